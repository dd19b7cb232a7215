/*
 * Whole backups that are hostile.  Whatever stands in them, a check ends in
 * rows or gaps, in its time; what was not read is never "nothing found"; and
 * nothing of it acts in the outputs (tests/checking.c looks at each).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "bplist_make.h"
#include "checking.h"
#include "sabotage.h"
#include "sample.h"

#ifdef OSTRAKON_SANITIZER
#define SECONDS		250.0
#define MANY		20		/* of what is done a thousandfold */
#else
#define SECONDS		60.0
#define MANY		1
#endif

#define CLEAN		"samples/clean"
#define DEMO		"samples/demo"
#define INVENTED	"samples/demo/invented.stix2"

#define HOME		"HomeDomain"
#define SMS		HOME, "Library/SMS/sms.db"
#define SAFARI		HOME, "Library/Safari/History.db"
#define CALLS		HOME, "Library/CallHistoryDB/CallHistory.storedata"
#define CONTACTS	HOME, "Library/AddressBook/AddressBook.sqlitedb"
#define PREFERENCES	HOME, "Library/Preferences/.GlobalPreferences.plist"
#define ADDAILY		HOME, \
	"Library/Preferences/com.apple.osanalytics.addaily.plist"
#define LOCATIOND	"RootDomain", "Library/Caches/locationd/clients.plist"
#define DATAUSAGE	"WirelessDomain", "Library/Databases/DataUsage.sqlite"

static struct arena arena;
static const char *backup;

/* Each test has a backup of its own, and a memory. */
static int
begin(void **state)
{
	static unsigned n;
	char name[32];

	if (!checking_can())
		return 0;
	arena = arena_with(4 * GIB);
	(void)snprintf(name, sizeof(name), "backup %u", n++);
	backup = checking_backup(&arena, *state, name);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct checked
check(void)
{
	struct checked c = checking_run(&arena, INVENTED, backup);

	assert_true(c.seconds < SECONDS);
	return c;
}

static const char *
where(const char *domain, const char *path)
{
	return sabotage_where(&arena, backup, domain, path);
}

static void
need(void)
{
	if (!checking_can()) {
		print_message("OSTRAKON names no program\n");
		skip();
	}
}

/* --- text in every field ------------------------------------------------------ */

/* Acts in a spreadsheet, a browser, a terminal, JSON, and hides. */
static const char poison_text[] = "=cmd|' /C calc'!A1\x1b]0;owned\x07\x1b[2J"
    "\x1b[31m<script>alert(1)</script><img src=x onerror=alert(2)>"
    "\"'><x-poison a='\"},{\"verdict\":\"nothing found\"}]]>--></style>"
    "\r\nSet: x\xe2\x80\xae" "cod\xe2\x81\xa6\xc2\x9b" "2J\xe2\x80\xa8"
    "\xff\xfe\x80 javascript:alert(3) {{7*7}} %s%n ../../x "
    "https://keyholder-sync.example/?<b>&amp;\x7f";

static void
every_text_is_hostile(struct bytes poison)
{
	static const struct {
		const char *domain, *path;
	} files[] = {
		{ SMS }, { CONTACTS }, { CALLS }, { SAFARI },
		{ HOME, "Library/Calendar/Calendar.sqlitedb" },
		{ HOME, "Library/CoreDuet/People/interactionC.db" },
		{ HOME, "Library/Safari/BrowserState.db" },
		{ HOME, "Library/TCC/TCC.db" }, { DATAUSAGE },
		{ HOME, "Library/Shortcuts/Shortcuts.sqlite" },
		{ "AppDomainGroup-group.net.whatsapp.WhatsApp.shared",
		    "ChatStorage.sqlite" },
		{ "AppDomainGroup-group.net.whatsapp.WhatsApp.shared",
		    "ContactsV2.sqlite" },
		{ "AppDomain-com.apple.mobilesafari", "Library/WebKit/"
		    "WebsiteData/ResourceLoadStatistics/observations.db" },
	}, plists[] = {
		{ ADDAILY }, { LOCATIOND }, { PREFERENCES },
		{ NULL, "Manifest.plist" }, { NULL, "Status.plist" },
	};
	struct sample sample = sample_with(&arena, DEMO);
	struct sample_made info;
	struct checked c;
	unsigned i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		sabotage_texts(where(files[i].domain, files[i].path), poison,
		    "sqlite_sequence");
	for (i = 0; i < sizeof(plists) / sizeof(plists[0]); i++)
		sabotage_plist_texts(&arena, where(plists[i].domain,
		    plists[i].path), poison);
	/* The device's own name, which only a binary list can hold. */
	assert_true(sample_source(&sample, "info.plist.xml", false, false,
	    &info));
	sabotage_write(where(NULL, "Info.plist"), info.data);
	sabotage_plist_texts(&arena, where(NULL, "Info.plist"), poison);
	sample_free(&sample);
	/* Other names in the manifest, beside those that are asked for. */
	sabotage_sql(where(NULL, "Manifest.db"), "INSERT INTO Files (fileID, "
	    "domain, relativePath, flags) VALUES (lower(hex(randomblob(20))), "
	    "'AppDomain-=1+1<script>', char(27) || '[31m/<script>=1', 1)");
	c = check();
	assert_int_equal(c.status, 1);
	assert_true(checking_records(&c, "ios_sms") > 0);
	assert_true(checking_records(&c, "ios_safari_history") > 0);
	assert_true(checking_records(&c, "ios_calls") > 0);
	assert_true(checking_findings(&c, NULL) > 0);
}

static void
text_that_acts(void **state)
{
	(void)state;
	need();
	every_text_is_hostile(bytes_of(poison_text));
}

static void
text_with_nul_bytes(void **state)
{
	static const char text[] = "\0\0=1\0<script>\0https://"
	    "keyholder-sync.example/\0\xe2\x80\xae\0";

	(void)state;
	need();
	every_text_is_hostile(bytes_at(text, sizeof(text)));
}

/* --- databases ------------------------------------------------------------------ */

/* Views and triggers are never run: the rows are those of the tables. */
static void
views_and_triggers(void **state)
{
	struct buf sql = buf_with(64 * KIB);
	struct checked c;
	unsigned long rows;
	unsigned i;

	(void)state;
	need();
	c = check();
	rows = checking_records(&c, "ios_sms");
	assert_int_equal(c.status, 0);
	buf_text(&sql, "CREATE VIEW v0 AS SELECT * FROM message;");
	for (i = 1; i < 40; i++)
		buf_printf(&sql, "CREATE VIEW v%u AS SELECT a.* FROM v%u a, "
		    "v%u b, v%u c;", i, i - 1, i - 1, i - 1);
	buf_text(&sql, "CREATE TRIGGER t1 AFTER INSERT ON message BEGIN "
	    "INSERT INTO message (guid) VALUES (hex(randomblob(8))); END;"
	    "CREATE TRIGGER t2 INSTEAD OF UPDATE ON v1 BEGIN DELETE FROM "
	    "message; END; PRAGMA recursive_triggers=1;");
	buf_byte(&sql, '\0');
	sabotage_sql(where(SMS), (const char *)sql.p);
	c = check();
	assert_int_equal(c.status, 0);
	assert_int_equal(checking_records(&c, "ios_sms"), rows);

	/* A view that has taken the table's place is no table. */
	sabotage_sql(where(SMS), "DROP TABLE message; CREATE VIEW message AS WITH RECURSIVE r AS (SELECT 1 UNION ALL "
	    "SELECT 1 FROM r) SELECT * FROM r");
	c = check();
	assert_int_equal(c.status, 2);
	assert_true(checking_gaps(&c, "ios_sms", "no table") > 0);
	buf_free(&sql);
}

/* Thousands of rows, so that the table's root has children. */
static void
many_visits(void)
{
	sabotage_sql(where(SAFARI), "WITH RECURSIVE n(i) AS (SELECT 1000 "
	    "UNION ALL SELECT i + 1 FROM n WHERE i < 9000) "
	    "INSERT INTO history_items (id, url, visit_count) SELECT i, "
	    "'https://page.example/' || i, 1 FROM n;"
	    "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n "
	    "WHERE i < 9000) INSERT INTO history_visits (id, history_item, "
	    "visit_time) SELECT i, i, 700000000 + i FROM n");
}

static void
trees_that_go_in_circles(void **state)
{
	struct checked c;
	unsigned long rows;

	(void)state;
	need();
	many_visits();
	c = check();
	assert_int_equal(c.status, 0);
	rows = checking_records(&c, "ios_safari_history");
	sabotage_cycle(where(SAFARI), "history_visits");
	c = check();
	assert_int_equal(c.status, 2);
	assert_true(checking_gaps(&c, "ios_safari_history", "") > 0);
	assert_true(checking_records(&c, "ios_safari_history") < rows);
	assert_true(checking_records(&c, "ios_sms") > 0);
	sabotage_cycle(where(SAFARI), "history_items");
	c = check();
	assert_int_equal(c.status, 2);
}

/* A URL of 9 MB, and a message as long, with an indicator at their ends. */
static void
values_without_end(void **state)
{
	struct checked c;

	(void)state;
	need();
	sabotage_sql(where(SAFARI), "UPDATE history_items SET url = "
	    "'https://a.example/' || id || replace(hex(zeroblob(4718592)), '00', "
	    "'ab') || 'https://keyholder-sync.example/'");
	sabotage_sql(where(SMS), "UPDATE message SET attributedBody = NULL, "
	    "text = '=1+' || replace(hex(zeroblob(4718592)), '00', '<b') || "
	    "' https://keyholder-sync.example/'");
	c = check();
	assert_int_equal(c.status, 1);
	assert_true(checking_findings(&c, "indicator.link_received") > 0);
}

/* 1 GB of nothing, told as a database; and a database that ends in it. */
static void
files_without_end(void **state)
{
	struct checked c;

	(void)state;
	need();
	assert_int_equal(truncate(where(SMS), (off_t)GIB), 0);
	c = check();
	assert_true(checking_records(&c, "ios_sms") > 0);
	/* And without the page count in its head, which told what is of it. */
	sabotage_poke(where(SMS), 28, 0);
	sabotage_poke(where(SMS), 29, 0);
	sabotage_poke(where(SMS), 30, 0);
	sabotage_poke(where(SMS), 31, 0);
	c = check();
	assert_int_equal(c.status, 2);
	assert_true(checking_gaps(&c, "ios_sms", "") > 0);
	assert_true(checking_records(&c, "ios_sms") > 0);
	sabotage_write(where(SMS), bytes_at(NULL, 0));
	assert_int_equal(truncate(where(SMS), (off_t)GIB), 0);
	assert_int_equal(truncate(where(PREFERENCES), (off_t)GIB), 0);
	assert_int_equal(truncate(where(NULL, "Info.plist"), (off_t)GIB), 0);
	c = check();
	assert_int_equal(c.status, 2);
	assert_true(checking_state(&c, "ios_sms", "unreadable"));
	assert_true(checking_gaps(&c, "ios_backup_info", "larger") > 0);
}

/* --- property lists --------------------------------------------------------------- */

/* An array of twice the array of twice ...: 154 bytes that name a million. */
static void
bomb_write(const char *file)
{
	struct buf b = buf_with(64 * KIB);
	struct bplist_make m = bplist_make_over(&b);
	unsigned at = bplist_make_text(&m, "x"), two[2], i;

	for (i = 0; i < 26; i++) {
		two[0] = two[1] = at;
		at = bplist_make_array(&m, two, 2);
	}
	bplist_make_end(&m, at);
	sabotage_write(file, buf_bytes(&b));
	buf_free(&b);
}

static void
property_lists_that_grow(void **state)
{
	static const char laughs[] = "<?xml version=\"1.0\"?><!DOCTYPE plist ["
	    "<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
	    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;"
	    "&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\">"
	    "<!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;\"><!ENTITY g \"&f;&f;&f;"
	    "&f;&f;&f;&f;&f;\"><!ENTITY h SYSTEM \"file:///etc/passwd\">]>"
	    "<plist><dict><key>Device Name</key><string>&g;&h;</string>"
	    "</dict></plist>";
	struct checked c;

	(void)state;
	need();
	bomb_write(where(PREFERENCES));
	bomb_write(where(ADDAILY));
	bomb_write(where(LOCATIOND));
	bomb_write(where(NULL, "Manifest.plist"));
	bomb_write(where(NULL, "Status.plist"));
	sabotage_write(where(NULL, "Info.plist"), bytes_of(laughs));
	c = check();
	assert_int_equal(c.status, 2);
	assert_true(checking_gaps(&c, "ios_backup_info", "") > 0);
	assert_true(checking_state(&c, "ios_sms", "examined"));
	bomb_write(where(NULL, "Info.plist"));
	c = check();
	assert_int_equal(c.status, 2);
}

/* --- the manifest ------------------------------------------------------------------- */

static void
a_manifest_that_lies(void **state)
{
	struct checked c;

	(void)state;
	need();
	sabotage_sql(where(NULL, "Manifest.db"),
	    "UPDATE Files SET fileID = 'Manifest.db' WHERE relativePath = "
	    "'Library/SMS/sms.db';"
	    "INSERT INTO Files (fileID, domain, relativePath, flags) VALUES "
	    "('../../../../../../../../../../etc/passwd', 'HomeDomain', "
	    "'Library/Safari/Profiles/../History.db', 1),"
	    "('zz00000000000000000000000000000000000000', 'HomeDomain', "
	    "'Library/Safari/Profiles/a/History.db', 1),"
	    "('AA00000000000000000000000000000000000000', 'HomeDomain', "
	    "'Library/Safari/Profiles/b/History.db', 1),"
	    "('ee00000000000000000000000000000000000000', 'HomeDomain', "
	    "'Library/Safari/Profiles/c/History.db', 2),"
	    "('ef00000000000000000000000000000000000000', 'HomeDomain', "
	    "'Library/Safari/Profiles/' || hex(zeroblob(3000)) || "
	    "'/History.db', 1),"
	    "(NULL, NULL, NULL, NULL), (1, 2, 3, 4), "
	    "(x'00', x'00', x'00', x'00');");
	c = check();
	assert_int_equal(c.status, 2);
	assert_true(checking_gaps(&c, "ios_manifest", "no valid ID") > 0);
	assert_true(checking_gaps(&c, "ios_manifest",
	    "is a folder or a link") > 0);
	assert_true(checking_gaps(&c, "ios_manifest", "longer path") > 0);
	assert_false(checking_state(&c, "ios_sms", "examined"));
	assert_true(checking_state(&c, "ios_safari_history", "examined"));
}

/* IDs and names that stand there twice: each file is read, and once. */
static void
a_manifest_that_repeats(void **state)
{
	struct checked c;
	unsigned long rows;

	(void)state;
	need();
	c = check();
	rows = checking_records(&c, "ios_sms");
	sabotage_sql(where(NULL, "Manifest.db"),
	    "CREATE TABLE other AS SELECT * FROM Files; DROP TABLE Files;"
	    "ALTER TABLE other RENAME TO Files;"
	    "INSERT INTO Files SELECT * FROM Files;"
	    "INSERT INTO Files SELECT * FROM Files WHERE relativePath LIKE "
	    "'%.db'; UPDATE Files SET domain = domain || '' WHERE 1");
	c = check();
	assert_int_equal(c.status, 0);
	assert_int_equal(checking_records(&c, "ios_sms"), rows);
	/* The same name with another ID, that leads nowhere. */
	sabotage_sql(where(NULL, "Manifest.db"), "INSERT INTO Files (fileID, "
	    "domain, relativePath, flags) VALUES "
	    "('00000000000000000000000000000000deadbeef', 'HomeDomain', "
	    "'Library/SMS/sms.db', 1)");
	c = check();
	assert_int_equal(c.status, 2);
	assert_int_equal(checking_records(&c, "ios_sms"), rows);
	assert_true(checking_gaps(&c, "ios_sms", "does not hold it") > 0);
	/* Every file is the same one. */
	sabotage_sql(where(NULL, "Manifest.db"), "UPDATE Files SET fileID = "
	    "(SELECT fileID FROM Files WHERE relativePath = "
	    "'Library/SMS/sms.db' LIMIT 1)");
	c = check();
	assert_int_equal(c.status, 2);
	assert_int_equal(checking_records(&c, "ios_sms"), rows);
}

static void
a_manifest_of_a_hundred_thousand(void **state)
{
	struct checked c;

	(void)state;
	need();
	sabotage_sql(where(NULL, "Manifest.db"), "WITH RECURSIVE n(i) AS "
	    "(SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999) "
	    "INSERT INTO Files (fileID, domain, relativePath, flags) SELECT "
	    "substr(lower(hex(i || '............................')), 1, 40), "
	    "'AppDomain-x' || i, 'Library/WebKit/WebsiteData/"
	    "ResourceLoadStatistics/observations.db', 1 FROM n");
	c = check();
	assert_int_equal(c.status, 2);
	assert_true(checking_gaps(&c, NULL,
	    "more files than can be examined") > 0);
	assert_true(checking_gaps(&c, "ios_webkit_resource_load_statistics",
	    "does not hold it") > 0);
	assert_true(checking_state(&c, "ios_manifest", "partly read") ||
	    checking_state(&c, "ios_manifest", "examined"));
}

/* --- floods ------------------------------------------------------------------------ */

/* 20,000 indicators, each met by 15 visits, parts of 6,000 others, and one
   message that would be drowned by them. */
static void
findings_without_end(void **state)
{
	const char *bundle = checking_path(&arena, "many.stix2");
	struct buf b = buf_with(16 * MIB);
	struct checked c;
	unsigned i;

	(void)state;
	need();
	buf_text(&b, "{\"type\":\"bundle\",\"objects\":[");
	for (i = 0; i < 20000; i++)
		buf_printf(&b, "{\"type\":\"indicator\",\"id\":\"i-%u\","
		    "\"pattern_type\":\"stix\",\"pattern\":"
		    "\"[domain-name:value='h%u.example']\"},", i, i);
	for (i = 0; i < 6000; i++)
		buf_printf(&b, "{\"type\":\"indicator\",\"id\":\"p-%u\","
		    "\"pattern_type\":\"stix\",\"pattern\":\"[url:value="
		    "'https://h%u.example/0'] AND [app:id='nobody']\"},", i,
		    i);
	buf_text(&b, "{\"type\":\"indicator\",\"id\":\"last\","
	    "\"pattern_type\":\"stix\",\"pattern\":"
	    "\"[domain-name:value='last.example']\"}]}");
	sabotage_write(bundle, buf_bytes(&b));
	buf_free(&b);
	b = buf_with(MIB);
	buf_printf(&b, "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT "
	    "i + 1 FROM n WHERE i < %u) INSERT INTO history_items (id, url, "
	    "visit_count) SELECT i + 1000, 'https://h' || (i %% 20000) || "
	    "'.example/' || (i / 20000), 1 FROM n; WITH RECURSIVE n(i) AS "
	    "(SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %u) INSERT INTO "
	    "history_visits (id, history_item, visit_time, redirect_source) "
	    "SELECT i + 1000, i + 1000, 700000000 + i, NULL FROM n",
	    300000u / MANY, 300000u / MANY);
	buf_byte(&b, '\0');
	sabotage_sql(where(SAFARI), (const char *)b.p);
	sabotage_sql(where(SMS), "UPDATE message SET attributedBody = NULL, "
	    "text = 'see https://last.example/'");
	c = checking_run(&arena, bundle, backup);
	assert_true(c.seconds < SECONDS);
	assert_int_equal(c.status, 1);
	assert_true(checking_gaps(&c, "ios_safari_history",
	    "more findings than are listed") > 0);
	assert_int_equal(checking_gaps(&c, NULL, "the worker"), 0);
	assert_true(checking_findings(&c, "indicator.page_visited") <=
	    LIMIT_FINDINGS + 1);
	assert_true(checking_findings(&c, "indicator.link_received") > 0);
	buf_free(&b);
}

/* --- damage of any kind -------------------------------------------------------------- */

static void
damage(const char *file, unsigned how)
{
	struct bytes data = sabotage_read(&arena, file);
	uint8_t *copy = arena_alloc(&arena, data.n + 1, 1);
	size_t i;

	assert_non_null(copy);
	assert_true(data.n > 0);
	memcpy(copy, data.p, data.n);
	switch (how) {
	case 0:
		sabotage_write(file, bytes_part(data, 0, data.n / 2));
		break;
	case 1:
		sabotage_write(file, bytes_at(NULL, 0));
		break;
	case 2:
		memset(copy, 0, data.n);
		sabotage_write(file, bytes_at(copy, data.n));
		break;
	case 3:
		for (i = 0; i < data.n; i++)
			copy[i] = (uint8_t)(i * 131 ^ i >> 8);
		sabotage_write(file, bytes_at(copy, data.n));
		break;
	case 4:
		assert_int_equal(unlink(file), 0);
		break;
	case 5:
		assert_int_equal(unlink(file), 0);
		assert_int_equal(mkdir(file, 0700), 0);
		break;
	case 6:
		assert_int_equal(unlink(file), 0);
		assert_int_equal(symlink("/etc/passwd", file), 0);
		break;
	default:
		assert_int_equal(unlink(file), 0);
		assert_int_equal(mkfifo(file, 0600), 0);
		break;
	}
}

/* Any of the files that the check reads, damaged in any way: never "nothing
   found".  The manifest and Info.plist are the backup itself. */
static void
never_nothing_found(void **state)
{
	static const struct {
		const char *domain, *path, *artifact;
	} files[] = {
		{ SMS, "ios_sms" }, { SAFARI, "ios_safari_history" },
		{ CALLS, "ios_calls" }, { CONTACTS, "ios_contacts" },
		{ DATAUSAGE, "ios_datausage" },
		{ PREFERENCES, "ios_global_preferences" },
		{ ADDAILY, "ios_os_analytics_ad_daily" },
		{ LOCATIOND, "ios_locationd_clients" },
	};
	const char *file;
	struct bytes whole;
	struct checked c;
	unsigned i, how;

	(void)state;
	need();
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		file = where(files[i].domain, files[i].path);
		whole = sabotage_read(&arena, file);
		for (how = 0; how < 8; how++) {
			damage(file, how);
			c = check();
			if (c.status != 2 || checking_state(&c,
			    files[i].artifact, "examined"))
				fail_msg("%s, damage %u: exit %d",
				    files[i].path, how, c.status);
			assert_true(checking_verdict(&c, "incomplete"));
			if (how == 5)
				assert_int_equal(rmdir(file), 0);
			else
				(void)unlink(file);
			sabotage_write(file, whole);
		}
	}
	c = check();
	assert_int_equal(c.status, 0);
}

#define ON(backup_spec, test)						\
	{ #test, test, begin, end, (void *)(uintptr_t)(backup_spec) }

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON(DEMO, text_that_acts),
		ON(DEMO, text_with_nul_bytes),
		ON(CLEAN, views_and_triggers),
		ON(CLEAN, trees_that_go_in_circles),
		ON(CLEAN, values_without_end),
		ON(CLEAN, files_without_end),
		ON(CLEAN, property_lists_that_grow),
		ON(CLEAN, a_manifest_that_lies),
		ON(CLEAN, a_manifest_that_repeats),
		ON(CLEAN, a_manifest_of_a_hundred_thousand),
		ON(CLEAN, findings_without_end),
		ON(CLEAN, never_nothing_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
