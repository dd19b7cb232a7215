/*
 * Files of real phones, with what their write-ahead logs add: how many records
 * each artifact makes of them, the log beside the database and without it.
 *
 * The archives lie in OSTRAKON_SHARED/evidence/ios-images and are no part of
 * this project; where they or unzip are missing, all is skipped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "artifact/engine.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/url.h"

#define MEMBERS_MAX	64	/* files of one row, logs too */
#define NAME_BYTES	1024

/* One archive, or a part of it, and one artifact that reads it. */
struct row {
	const char *zip;	/* what stands between "testdata." and ".zip" */
	const char *tail;	/* its files whose path ends so */
	const char *artifact;	/* NULL: no artifact reads it */
	const char *domain, *path;	/* where it lies in a backup */
	unsigned files;
	uint64_t with, without;	/* records: with the logs, without them */
	/* Gaps with and without: a database whose pages all lie in its log is
	   not whole without it. */
	uint32_t gaps_with, gaps_without;
	const char *why;	/* if no artifact reads it */
};

static const struct row rows[] = {
	{ "whatsApp.whatsAppMessages.josh_ios15_ffs", "/ChatStorage.sqlite",
	    "ios_whatsapp",
	    "AppDomainGroup-group.net.whatsapp.WhatsApp.shared",
	    "ChatStorage.sqlite", 1, 45, 45, 0, 0, NULL },
	{ "whatsApp.whatsAppContacts.josh_ios15_ffs", "/ContactsV2.sqlite",
	    "ios_whatsapp_contacts",
	    "AppDomainGroup-group.net.whatsapp.WhatsApp.shared",
	    "ContactsV2.sqlite", 1, 9, 9, 0, 0, NULL },
	{ "addressBook.addressBook.belkasoft_ctf6_ios_device1",
	    "/AddressBook.sqlitedb", "ios_contacts", "HomeDomain",
	    "Library/AddressBook/AddressBook.sqlitedb", 1, 2, 0, 0, 2, NULL },
	{ "accountData.accountData.belkasoft_ctf6_ios_device1",
	    "/Accounts3.sqlite", "ios_accounts", "HomeDomain",
	    "Library/Accounts/Accounts3.sqlite", 1, 154, 152, 0, 0, NULL },
	{ "appleWifiPlist.appleWifiKnownNetworks.josh_ios15_ffs",
	    "/com.apple.wifi.known-networks.plist", "ios_wifi_networks",
	    "SystemPreferencesDomain", "com.apple.wifi.known-networks.plist",
	    1, 1, 1, 0, 0, NULL },
	/* Settings alone: the networks moved out of it with iOS 14. */
	{ "appleWifiPlist.appleWifiKnownNetworks.josh_ios15_ffs",
	    "/com.apple.wifi.plist", "ios_wifi_networks",
	    "SystemPreferencesDomain",
	    "SystemConfiguration/com.apple.wifi.plist", 1, 0, 0, 0, 0,
	    NULL },
	{ "celWireless.celWireless.josh_ios15_ffs",
	    "/com.apple.commcenter.plist", "ios_cellular", "WirelessDomain",
	    "Library/Preferences/com.apple.commcenter.plist", 1, 2, 2, 0, 0,
	    NULL },
	{ "deviceDatam.deviceDatam.josh_ios15_ffs",
	    "/com.apple.commcenter.device_specific_nobackup.plist",
	    "ios_cellular", "WirelessDomain",
	    "Library/Preferences/"
	    "com.apple.commcenter.device_specific_nobackup.plist",
	    1, 2, 2, 0, 0, NULL },
	{ "storeSystem.storeSystemAppInstalls.josh_ios17_ffs",
	    "/storeSystem.db", "ios_app_store",
	    "SysContainerDomain-com.apple.appstored",
	    "Documents/Persistence/storeSystem.db", 1, 54, 55, 0, 0, NULL },
	{ "appCookies.appCookies.josh_ios17_ffs", "/Cookies.binarycookies",
	    "ios_cookies", "AppDomain-x",
	    "Library/Cookies/Cookies.binarycookies", 33, 409, 409, 0, 0,
	    NULL },
	{ "safariCache.safariCache.josh_ios17_ffs", NULL, NULL, NULL, NULL,
	    0, 0, 0, 0, 0, "caches are in no backup" },
};

#define NROWS	(sizeof(rows) / sizeof(rows[0]))

/* --- the archives ---------------------------------------------------------- */

extern char **environ;

static char folder[1024];

/* What a program writes; false if it is not there or fails. */
static bool
output_of(const char *const *argv, struct buf *out)
{
	posix_spawn_file_actions_t actions;
	int fd[2], status = -1;
	bool good;
	uint8_t *room;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
	assert_int_equal(posix_spawn_file_actions_adddup2(&actions, fd[1], 1),
	    0);
	assert_int_equal(posix_spawn_file_actions_addclose(&actions, fd[0]),
	    0);
	good = posix_spawnp(&pid, argv[0], &actions, NULL,
	    (char *const *)(uintptr_t)argv, environ) == 0;
	(void)posix_spawn_file_actions_destroy(&actions);
	(void)close(fd[1]);
	while (good && (room = buf_room(out, 65536)) != NULL) {
		n = read(fd[0], room, 65536);
		if (n <= 0)
			break;
		out->n += (size_t)n;
	}
	(void)close(fd[0]);
	if (!good || waitpid(pid, &status, 0) != pid)
		return false;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 && !out->bad;
}

/* One file of an archive. */
static struct bytes
file_of(struct arena *arena, const char *zip, const char *name)
{
	const char *argv[] = { "unzip", "-p", zip, name, NULL };
	struct buf b = buf_with(64 * MIB);
	struct bytes out;

	assert_true(output_of(argv, &b));
	out = arena_copy(arena, buf_bytes(&b));
	buf_free(&b);
	return out;
}

/* The names in an archive, one a line. */
static struct bytes
names_of(struct arena *arena, const char *zip)
{
	const char *argv[] = { "unzip", "-Z1", zip, NULL };
	struct buf b = buf_with(MIB);
	struct bytes out;

	assert_true(output_of(argv, &b));
	out = arena_copy(arena, buf_bytes(&b));
	buf_free(&b);
	return out;
}

static bool
have_all(void)
{
	const char *shared = getenv("OSTRAKON_SHARED");
	const char *argv[] = { "unzip", "-v", NULL };
	struct buf b = buf_with(MIB);
	bool good;

	(void)snprintf(folder, sizeof(folder), "%s/evidence/ios-images",
	    shared == NULL ? "" : shared);
	good = access(folder, R_OK | X_OK) == 0;
	if (!good)
		print_message("no %s\n", folder);
	else if (!(good = output_of(argv, &b)))
		print_message("no unzip\n");
	buf_free(&b);
	return good;
}

/* --- one row --------------------------------------------------------------- */

struct real {
	struct arena arena;
	struct bytes files[MEMBERS_MAX];
	struct member members[MEMBERS_MAX];
	unsigned n, own;
	uint32_t gaps;
};

/* Takes a file and the log beside it; `path` is that in the backup. */
static void
take(struct real *r, const char *zip, const struct row *row,
    struct bytes names, const char *name)
{
	struct member *m = &r->members[r->n];
	char log[NAME_BYTES + 8], line[NAME_BYTES + 16];

	assert_true(r->n + 2 <= MEMBERS_MAX);
	r->files[r->n] = file_of(&r->arena, zip, name);
	m->id = r->n++;
	m->domain = bytes_of(row->domain);
	m->path = bytes_of(row->path);
	m->wal = m->journal = MEMBER_NONE;
	r->own++;
	(void)snprintf(log, sizeof(log), "%s-wal", name);
	(void)snprintf(line, sizeof(line), "%s\n", log);
	if (bytes_find(names, bytes_of(line), 0) == SIZE_MAX)
		return;
	m->wal = r->n;
	m = &r->members[r->n];
	r->files[r->n] = file_of(&r->arena, zip, log);
	m->id = r->n++;
	m->domain = bytes_of(row->domain);
	m->wal = m->journal = MEMBER_NONE;
	m->also = true;
}

static void
unpack(struct real *r, const struct row *row)
{
	struct bytes names, line;
	char zip[1200], name[NAME_BYTES];
	size_t at, end;

	memset(r, 0, sizeof(*r));
	r->arena = arena_with(128 * MIB);
	(void)snprintf(zip, sizeof(zip), "%s/testdata.%s.zip", folder,
	    row->zip);
	names = names_of(&r->arena, zip);
	for (at = 0; at < names.n; at = end + 1) {
		end = bytes_find_byte(names, '\n', at);
		assert_true(end != SIZE_MAX);
		line = bytes_part(names, at, end - at);
		if (!bytes_ends(line, row->tail) || line.n >= sizeof(name))
			continue;
		(void)snprintf(name, sizeof(name), "%.*s", (int)line.n,
		    (const char *)line.p);
		take(r, zip, row, names, name);
	}
}

static bool
on_open(void *ctx, const struct member *m, struct input *in, const char **why)
{
	struct real *r = ctx;

	(void)why;
	*in = input_memory(r->files[m->id]);
	return true;
}

static void
on_gap(void *ctx, uint32_t member, const struct gap *gap)
{
	struct real *r = ctx;

	(void)member;
	r->gaps++;
	if (getenv("OSTRAKON_TRACE") != NULL)
		print_message("  gap: %s\n", gap->why);
}

static void
on_line(void *ctx, struct bytes line)
{
	(void)ctx;
	if (getenv("OSTRAKON_TRACE") != NULL)
		print_message("  %.*s", (int)line.n, (const char *)line.p);
}

static uint64_t
records(struct real *r, const struct row *row, bool logs)
{
	struct sink sink = { .ctx = r, .open = on_open, .gap = on_gap,
	    .line = on_line };
	struct engine engine = { .sink = &sink, .memory = 128 * MIB };
	struct member members[MEMBERS_MAX];
	struct engine_counts counts;
	unsigned i;

	memcpy(members, r->members, sizeof(members));
	for (i = 0; i < r->n && !logs; i++)
		members[i].wal = MEMBER_NONE;
	engine.members = members;
	engine.nmembers = r->n;
	engine.artifact = (unsigned)artifact_find(row->artifact);
	r->gaps = 0;
	assert_int_equal(engine_run(&engine, &counts), ERR_NONE);
	return counts.records;
}

/* --- the tests ------------------------------------------------------------- */

static void
test_row(void **state)
{
	const struct row *row = *state;
	uint64_t with, without;
	uint32_t gaps_with;
	struct real r;

	if (!have_all())
		skip();
	assert_true(artifact_find(row->artifact) >= 0);
	assert_int_equal(hash_prepare(), ERR_NONE);
	url_prepare();
	unpack(&r, row);
	with = records(&r, row, true);
	gaps_with = r.gaps;
	without = records(&r, row, false);
	arena_free(&r.arena);
	print_message("%s: %u files, %llu records (%u gaps), %llu (%u) "
	    "without logs\n", row->artifact, r.own, (unsigned long long)with,
	    gaps_with, (unsigned long long)without, r.gaps);
	assert_int_equal(r.own, row->files);
	assert_int_equal(with, row->with);
	assert_int_equal(gaps_with, row->gaps_with);
	assert_int_equal(without, row->without);
	assert_int_equal(r.gaps, row->gaps_without);
}

/* An archive that no row names would be one that nobody looked at. */
static void
every_archive_has_a_row(void **state)
{
	char name[300];
	struct dirent *e;
	unsigned i, missing = 0;
	DIR *dir;

	(void)state;
	if (!have_all())
		skip();
	dir = opendir(folder);
	assert_non_null(dir);
	while ((e = readdir(dir)) != NULL) {
		if (!bytes_ends(bytes_of(e->d_name), ".zip"))
			continue;
		for (i = 0; i < NROWS; i++) {
			(void)snprintf(name, sizeof(name), "testdata.%s.zip",
			    rows[i].zip);
			if (strcmp(name, e->d_name) == 0)
				break;
		}
		if (i == NROWS) {
			print_error("no row for %s\n", e->d_name);
			missing++;
		}
	}
	(void)closedir(dir);
	assert_int_equal(missing, 0);
}

int
main(void)
{
	struct CMUnitTest tests[NROWS + 1];
	size_t i, n = 0;

	memset(tests, 0, sizeof(tests));
	tests[n++] = (struct CMUnitTest){ "every archive has a row",
	    every_archive_has_a_row, NULL, NULL, NULL };
	for (i = 0; i < NROWS; i++)
		if (rows[i].artifact != NULL)
			tests[n++] = (struct CMUnitTest){ rows[i].zip,
			    test_row, NULL, NULL,
			    (void *)(uintptr_t)&rows[i] };
	return _cmocka_run_group_tests("real files", tests, n, NULL, NULL);
}
