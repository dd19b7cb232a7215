/*
 * What workers tell, and what a worker that was taken over tries: files of
 * others, members out of turn, facts that are not its to tell.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/limits.h"
#include "crypt/keys.h"
#include "examine/intake.h"

#define SMS_DB		"Library/SMS/sms.db"
#define SMS_FILE	"3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28"
#define OTHER_FILE	"aa/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

struct scene {
	char folder[64];
	struct arena arena;
	struct broker *broker;
	struct intake g;
	struct told *sms, *manifest, *info;
};

static struct told *
told_of(struct scene *s, const char *artifact)
{
	return &s->g.told[artifact_find(artifact)];
}

static int
setup(void **state)
{
	struct scene *s = test_calloc(1, sizeof(*s));
	char name[128];
	FILE *f;

	(void)snprintf(s->folder, sizeof(s->folder),
	    "/tmp/ostrakon-intake-XXXXXX");
	assert_non_null(mkdtemp(s->folder));
	(void)snprintf(name, sizeof(name), "%s/3d", s->folder);
	assert_int_equal(mkdir(name, 0700), 0);
	(void)snprintf(name, sizeof(name), "%s/%s", s->folder, SMS_FILE);
	f = fopen(name, "w");
	assert_non_null(f);
	assert_int_equal(fputs("bytes", f) >= 0 && fclose(f) == 0, 1);
	s->arena = arena_with(48 * MIB);
	assert_int_equal(hash_prepare(), ERR_NONE);
	assert_int_equal(broker_open(&s->broker, s->folder), ERR_NONE);
	assert_int_equal(intake_init(&s->g, &s->arena, s->broker, NULL),
	    ERR_NONE);
	s->sms = told_of(s, "ios_sms");
	s->manifest = told_of(s, "ios_manifest");
	s->info = told_of(s, "ios_backup_info");
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct scene *s = *state;
	char name[128];

	intake_free(&s->g);
	broker_close(s->broker);
	arena_free(&s->arena);
	(void)snprintf(name, sizeof(name), "%s/%s", s->folder, SMS_FILE);
	(void)unlink(name);
	(void)snprintf(name, sizeof(name), "%s/3d", s->folder);
	(void)rmdir(name);
	(void)rmdir(s->folder);
	test_free(s);
	return 0;
}

static void
add(struct scene *s, const char *path, const char *file)
{
	struct member m = { .domain = bytes_of("HomeDomain"),
	    .path = bytes_of(path), .file = bytes_of(file), .size = 5 };

	(void)intake_member(&s->g, &m);
}

/* The member of an artifact with this path; there must be one. */
static const struct member *
member(struct scene *s, const struct told *told, const char *path)
{
	uint32_t i;

	for (i = 0; i < s->g.nlist; i++)
		if (s->g.list[i].artifact == told->artifact &&
		    bytes_is(s->g.list[i].path, path))
			return &s->g.list[i];
	fail_msg("no %s", path);
	return NULL;
}

static bool
opens(struct told *told, uint32_t id)
{
	const char *why = NULL;
	uint64_t size;
	int fd = -1;

	if (!intake_open(told, id, &fd, &size, &why)) {
		assert_non_null(why);
		return false;
	}
	assert_int_equal(size, 5);
	assert_int_equal(close(fd), 0);
	return true;
}

static bool
has(struct bytes text, const char *what)
{
	return bytes_find(text, bytes_of(what), 0) != SIZE_MAX;
}

static void
only_its_own_files(void **state)
{
	struct scene *s = *state;
	uint32_t id, i;

	assert_false(opens(s->sms, 0));
	add(s, SMS_DB, SMS_FILE);
	assert_false(opens(s->sms, 0));		/* not known yet */
	assert_int_equal(intake_members_done(&s->g), ERR_NONE);
	id = member(s, s->sms, SMS_DB)->id;
	assert_true(opens(s->sms, id));
	assert_true(opens(s->sms, id));
	assert_false(opens(told_of(s, "ios_calls"), id));
	/* Members that were told of since have no place in the list yet. */
	for (i = 0; i < 5000; i++)
		add(s, SMS_DB, OTHER_FILE);
	for (i = s->g.nlist; i < s->g.nmembers; i++)
		assert_false(opens(s->sms, i));
	assert_false(opens(s->sms, UINT32_MAX));
}

static void
members_only_in_their_time(void **state)
{
	struct scene *s = *state;
	struct wire_message m = { .type = WIRE_FOUND, .found = {
	    .domain = bytes_of("HomeDomain"), .path = bytes_of(SMS_DB),
	    .file = bytes_of(SMS_FILE) } };

	assert_false(intake_message(s->sms, &m));
	assert_false(intake_message(s->manifest, &m));
	assert_int_equal(s->g.nmembers, 0);
	s->g.gathering = true;
	assert_true(intake_message(s->manifest, &m));
	assert_true(s->g.nmembers > 0);
	m.found.file = bytes_of("3d/3D0d7e5fb2ce288813306e4d4636395e047a3d28");
	assert_false(intake_message(s->manifest, &m));
	m.found.file = bytes_of("../../etc/passwd");
	assert_false(intake_message(s->manifest, &m));
	m.found.file = bytes_of(SMS_FILE);
	m.found.domain = bytes_of("");
	assert_false(intake_message(s->manifest, &m));
}

static void
facts_only_once_and_in_their_time(void **state)
{
	struct scene *s = *state;
	struct wire_message m = { .type = WIRE_DEVICE,
	    .key = bytes_of("name"), .text = bytes_of("Mara") };

	assert_false(intake_message(s->sms, &m));
	s->g.describing = true;
	assert_true(intake_message(s->info, &m));
	assert_false(intake_message(s->info, &m));
	m.key = bytes_of("Na\"me");
	assert_false(intake_message(s->info, &m));
	assert_true(bytes_is(intake_device(&s->g, "name"), "Mara"));
	assert_int_equal(s->g.ndevice, 1);
}

/* A row that stands twice in the manifest is one file. */
static void
twice_is_once(void **state)
{
	static const uint8_t wrapped[WRAPPED_BYTES] = { 4 };
	struct scene *s = *state;
	struct member two = { .domain = bytes_of("HomeDomain"),
	    .path = bytes_of(SMS_DB), .file = bytes_of(SMS_FILE) };
	uint32_t n;

	add(s, SMS_DB, SMS_FILE);
	add(s, SMS_DB, SMS_FILE);
	assert_int_equal(intake_members_done(&s->g), ERR_NONE);
	(void)intake_members_of(&s->g, s->sms->artifact, &n);
	assert_int_equal(s->sms->nmembers, 1);
	/* With another key too; one of them will not fit, which shows. */
	two.key = bytes_at(wrapped, sizeof(wrapped));
	(void)intake_member(&s->g, &two);
	(void)intake_member(&s->g, &two);
	assert_int_equal(intake_members_done(&s->g), ERR_NONE);
	(void)intake_members_of(&s->g, s->sms->artifact, &n);
	assert_int_equal(s->sms->nmembers, 2);
	/* With another file it is another database. */
	add(s, SMS_DB, OTHER_FILE);
	assert_int_equal(intake_members_done(&s->g), ERR_NONE);
	(void)intake_members_of(&s->g, s->sms->artifact, &n);
	assert_int_equal(s->sms->nmembers, 3);
}

static void
changes_belong_to_a_database(void **state)
{
	struct scene *s = *state;
	const struct member *m;

	add(s, SMS_DB, SMS_FILE);
	add(s, SMS_DB "-wal", OTHER_FILE);
	assert_int_equal(intake_members_done(&s->g), ERR_NONE);
	m = member(s, s->sms, SMS_DB);
	assert_int_equal(m->wal, member(s, s->sms, SMS_DB "-wal")->id);
	assert_int_equal(s->sms->ngaps, 0);
	/* A second one of the same name is read by nobody. */
	add(s, SMS_DB "-wal", SMS_FILE);
	assert_int_equal(intake_members_done(&s->g), ERR_NONE);
	assert_int_equal(s->sms->ngaps, 1);
}

static void
changes_without_a_database_are_a_gap(void **state)
{
	struct scene *s = *state;
	uint32_t n;

	add(s, SMS_DB "-wal", SMS_FILE);
	assert_int_equal(intake_members_done(&s->g), ERR_NONE);
	(void)intake_members_of(&s->g, s->sms->artifact, &n);
	assert_int_equal(s->sms->nmembers, 0);
	assert_int_equal(s->sms->ngaps, 1);
	assert_true(has(s->sms->gaps->why, "-wal"));
}

/* Names as long as they may be: some members are not kept, and it shows; the
   check itself goes on. */
static void
too_many_names(void **state)
{
	struct scene *s = *state;
	struct buf path = buf_with(LIMIT_PATH_BYTES);
	struct member m = { .domain = bytes_of("HomeDomain"),
	    .file = bytes_of(SMS_FILE), .size = 5 };
	unsigned i;

	buf_text(&path, "Library/Safari/Profiles/");
	while (path.n < LIMIT_PATH_BYTES - 100)
		buf_byte(&path, 'x');
	buf_text(&path, "/History.db");
	m.path = buf_bytes(&path);
	for (i = 0; i < 20000 && !s->g.members_full; i++)
		(void)intake_member(&s->g, &m);
	assert_true(i > 1000);
	assert_true(s->g.members_full);
	assert_false(s->arena.bad);
	buf_free(&path);
}

static void
gaps_are_not_lost_count_of(void **state)
{
	struct scene *s = *state;
	struct told_gap *gap;
	unsigned i;

	for (i = 0; i < 4 * LIMIT_GAPS; i++)
		intake_gap(&s->g, -1, MEMBER_NONE, i, bytes_of("changed"));
	for (gap = s->g.told[artifact_count()].gaps; gap->next != NULL;)
		gap = gap->next;
	assert_true(has(gap->why, "more gaps"));
}

/* A worker that dies: how far it came by its own word, and a gap. */
static void
what_a_dead_worker_leaves(void **state)
{
	struct scene *s = *state;
	struct wire_message m = { .type = WIRE_PROGRESS, .count = 4096 };

	assert_true(intake_message(s->sms, &m));
	intake_ended(s->sms, "crashed");
	assert_int_equal(s->sms->counts.records, 4096);
	assert_int_equal(s->sms->ngaps, 1);
	assert_false(s->sms->unwritten);
	intake_ended(s->sms, session_no_output);
	assert_true(s->sms->unwritten);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(only_its_own_files),
		TEST(members_only_in_their_time),
		TEST(facts_only_once_and_in_their_time),
		TEST(twice_is_once),
		TEST(changes_belong_to_a_database),
		TEST(changes_without_a_database_are_a_gap),
		TEST(too_many_names),
		TEST(gaps_are_not_lost_count_of),
		TEST(what_a_dead_worker_leaves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
