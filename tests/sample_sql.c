/*
 * Databases from scripts, by the SQLite library, with functions of our own.
 */
#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"
#include "sample.h"
#include "sample_invent.h"

#define MAC_EPOCH	INT64_C(978307200)	/* 2001-01-01, Unix */
#define WEBKIT_EPOCH	INT64_C(11644473600)	/* 1601-01-01, before 1970 */
#define DEPTH		4

/* --- functions for scripts -------------------------------------------------- */

static struct bytes
argument(sqlite3_value *value)
{
	const void *p = sqlite3_value_blob(value);

	return bytes_at(p, (size_t)sqlite3_value_bytes(value));
}

static void
give(sqlite3_context *ctx, struct sample *s, bool good, struct bytes b)
{
	char why[1024];

	if (good) {
		sqlite3_result_blob64(ctx, b.p, b.n, SQLITE_TRANSIENT);
		return;
	}
	snprintf(why, sizeof(why), "%.*s", (int)s->why.n,
	    s->why.n > 0 ? (const char *)s->why.p : "");
	buf_reset(&s->why);
	sqlite3_result_error(ctx, why, -1);
}

/* A time of a script: RFC 3339, UTC if it names no zone. */
static int64_t
script_time(struct bytes text)
{
	struct buf b = buf_with(64);
	int64_t time;

	time = time_read(text);
	if (time == TIME_UNSET) {
		buf_add(&b, text);
		buf_byte(&b, 'Z');
		time = time_read(buf_bytes(&b));
	}
	buf_free(&b);
	return time;
}

/* The function's own name, as user data, says which epoch and unit. */
static void
sql_time(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	const char *name = sqlite3_user_data(ctx);
	int64_t time;

	(void)n;
	time = script_time(argument(values[0]));
	if (time == TIME_UNSET) {
		sqlite3_result_error(ctx, "not a time", -1);
		return;
	}
	if (strcmp(name, "mac") == 0)
		sqlite3_result_double(ctx,
		    (double)(time - MAC_EPOCH * TIME_SECOND) / 1e6);
	else if (strcmp(name, "mac_ns") == 0)
		sqlite3_result_int64(ctx,
		    (time - MAC_EPOCH * TIME_SECOND) * 1000);
	else if (strcmp(name, "unix") == 0)
		sqlite3_result_int64(ctx, time / TIME_SECOND);
	else if (strcmp(name, "unix_us") == 0)
		sqlite3_result_int64(ctx, time);
	else
		sqlite3_result_int64(ctx, time + WEBKIT_EPOCH * TIME_SECOND);
}

static void
sql_attributed(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	struct sample *s = sqlite3_user_data(ctx);
	struct bytes out = { NULL, 0 };

	(void)n;
	give(ctx, s, sample_attributed(s, argument(values[0]), &out), out);
}

static void
sql_plist(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	struct sample *s = sqlite3_user_data(ctx);
	struct bytes out = { NULL, 0 };

	(void)n;
	give(ctx, s, sample_plist(s, argument(values[0]), false, &out), out);
}

/* What Safari keeps of a tab: four bytes, then a property list. */
static void
sql_tabdata(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	struct sample *s = sqlite3_user_data(ctx);
	struct buf b = buf_with(LIMIT_PLIST_BYTES);
	struct bytes out = { NULL, 0 };
	bool good;

	(void)n;
	good = sample_plist(s, argument(values[0]), false, &out);
	buf_add(&b, bytes_at("\0\0\0\1", 4));
	buf_add(&b, out);
	give(ctx, s, good, buf_bytes(&b));
	buf_free(&b);
}

static void
sql_fileid(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	char id[SAMPLE_ID + 1];

	(void)n;
	sample_id(argument(values[0]), argument(values[1]), id);
	sqlite3_result_text(ctx, id, SAMPLE_ID, SQLITE_TRANSIENT);
}

/* mbfile(path, size, mode, uid, birth, modified, changed) */
static void
sql_mbfile(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	struct sample *s = sqlite3_user_data(ctx);
	struct sample_file file;
	struct bytes out = { NULL, 0 };

	(void)n;
	memset(&file, 0, sizeof(file));
	file.path = argument(values[0]);
	file.size = (uint64_t)sqlite3_value_int64(values[1]);
	file.mode = (uint32_t)sqlite3_value_int64(values[2]);
	file.uid = (uint32_t)sqlite3_value_int64(values[3]);
	file.birth = sqlite3_value_int64(values[4]) * TIME_SECOND;
	file.mtime = sqlite3_value_int64(values[5]) * TIME_SECOND;
	file.changed = sqlite3_value_int64(values[6]) * TIME_SECOND;
	give(ctx, s, sample_mbfile(s, &file, &out), out);
}

static void
sql_blob_file(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	struct sample *s = sqlite3_user_data(ctx);
	struct sample_made made = { { NULL, 0 }, { NULL, 0 } };
	char *name;
	bool good;

	(void)n;
	name = arena_string(s->arena, argument(values[0]));
	s->depth++;
	if (s->depth > DEPTH)
		good = sample_fault(s, "blob_file() is nested too deep");
	else
		good = name != NULL &&
		    sample_source(s, name, false, false, &made);
	s->depth--;
	give(ctx, s, good, made.data);
}

static void
sql_scale(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	struct sample *s = sqlite3_user_data(ctx);

	(void)n;
	(void)values;
	sqlite3_result_int64(ctx, s->scale);
}

static void
sql_redirects(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	struct sample *s = sqlite3_user_data(ctx);

	(void)n;
	(void)values;
	sqlite3_result_int64(ctx, s->redirects);
}

/* dice(i, k, sides): the kth throw of row i, from 0. */
static void
sql_dice(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	struct sample *s = sqlite3_user_data(ctx);
	uint64_t throw = sample_invent_number(s->seed ^
	    (uint64_t)sqlite3_value_int64(values[1]) << 48,
	    (uint64_t)sqlite3_value_int64(values[0]));
	int64_t sides = sqlite3_value_int64(values[2]);

	(void)n;
	sqlite3_result_int64(ctx, sides < 1 ? 0 :
	    (int64_t)(throw % (uint64_t)sides));
}

/* invent('text', i): also 'url', 'host', 'guid', 'phone', 'word'. */
static void
sql_invent(sqlite3_context *ctx, int n, sqlite3_value **values)
{
	static const struct {
		const char *what;
		void (*call)(struct buf *, uint64_t);
	} all[] = {
		{ "text", sample_invent_text }, { "url", sample_invent_url },
		{ "host", sample_invent_host }, { "guid", sample_invent_guid },
		{ "phone", sample_invent_phone },
	};
	struct sample *s = sqlite3_user_data(ctx);
	struct bytes what = argument(values[0]);
	uint64_t row = sample_invent_number(s->seed,
	    (uint64_t)sqlite3_value_int64(values[1]));
	struct buf b = buf_with(4096);
	size_t i;

	(void)n;
	if (bytes_is(what, "word"))
		buf_text(&b, sample_invent_word(row));
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (bytes_is(what, all[i].what))
			all[i].call(&b, row);
	if (b.n > 0)
		sqlite3_result_text(ctx, (const char *)b.p, (int)b.n,
		    SQLITE_TRANSIENT);
	else
		sqlite3_result_error(ctx, "invent(): of what?", -1);
	buf_free(&b);
}

static void
functions_add(struct sample *s, sqlite3 *db)
{
	static const char *const times[] = {
		"mac", "mac_ns", "unix", "unix_us", "webkit"
	};
	static const struct {
		const char *name;
		int arguments;
		void (*call)(sqlite3_context *, int, sqlite3_value **);
	} others[] = {
		{ "attributed", 1, sql_attributed },
		{ "plist", 1, sql_plist },
		{ "tabdata", 1, sql_tabdata },
		{ "fileid", 2, sql_fileid },
		{ "mbfile", 7, sql_mbfile },
		{ "blob_file", 1, sql_blob_file },
		{ "scale", 0, sql_scale },
		{ "redirects", 0, sql_redirects },
		{ "dice", 3, sql_dice },
		{ "invent", 2, sql_invent },
	};
	/* What gives the same each time may stand in indexes and defaults. */
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
	size_t i;

	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		sqlite3_create_function_v2(db, times[i], 1, flags,
		    arena_string(s->arena, bytes_of(times[i])), sql_time,
		    NULL, NULL, NULL);
	}
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		sqlite3_create_function_v2(db, others[i].name,
		    others[i].arguments, flags, s, others[i].call, NULL, NULL,
		    NULL);
}

/* --- scripts ------------------------------------------------------------------ */

static unsigned
line_of(const char *text, const char *at)
{
	unsigned line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

/* Runs one part of a script; `whole` is for the line of a fault. */
static bool
part_run(struct sample *s, sqlite3 *db, const char *name, const char *whole,
    const char *part)
{
	sqlite3_stmt *statement;
	const char *next = part;
	int rc = SQLITE_OK;

	while (rc == SQLITE_OK && *part != '\0') {
		rc = sqlite3_prepare_v2(db, part, -1, &statement, &next);
		while (rc == SQLITE_OK && statement != NULL &&
		    (rc = sqlite3_step(statement)) == SQLITE_ROW)
			rc = SQLITE_OK;
		if (rc == SQLITE_DONE)
			rc = SQLITE_OK;
		if (rc != SQLITE_OK)
			sample_fault(s, "%s:%u: %s", name,
			    line_of(whole, part +
			        strspn(part, " \t\r\n")), sqlite3_errmsg(db));
		sqlite3_finalize(statement);
		part = next;
	}
	return rc == SQLITE_OK;
}

static bool
begin(struct sample *s, const char *path, sqlite3 **db)
{
	char page_size[64];

	/* The same script gives the same bytes: a wal has random salts. */
	sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, 1, NULL);
	if (sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
		return sample_fault(s, "%s: %s", path, sqlite3_errmsg(*db));
	functions_add(s, *db);
	snprintf(page_size, sizeof(page_size), "PRAGMA page_size=%u",
	    s->page_size);
	return part_run(s, *db, path, page_size, page_size);
}

/* Without a wal, all of it in memory. */
static bool
in_memory(struct sample *s, const char *name, const char *script,
    struct sample_made *made)
{
	sqlite3_int64 n = 0;
	sqlite3 *db = NULL;
	uint8_t *image;
	bool good;

	good = begin(s, ":memory:", &db) && part_run(s, db, name, script,
	    script);
	if (good) {
		image = sqlite3_serialize(db, "main", &n, 0);
		made->data = arena_copy(s->arena, bytes_at(image, (size_t)n));
		good = !s->arena->bad || sample_fault(s, "%s: no memory",
		    name);
		sqlite3_free(image);
	}
	sqlite3_close(db);
	return good;
}

static bool
take(struct sample *s, const char *folder, const char *name,
    struct bytes *out)
{
	const char *own = s->folder;
	bool good;

	s->folder = folder;
	good = sample_read(s, name, out);
	s->folder = own;
	return good;
}

static bool
with_wal(struct sample *s, const char *folder, const char *name,
    const char *script, const char *rest, struct sample_made *made)
{
	static const char wal[] =
	    "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;";
	char path[PATH_MAX + 8];
	sqlite3 *db = NULL;
	bool good;

	snprintf(path, sizeof(path), "%s/db", folder);
	/* Read while it is open: closing would empty the wal. */
	good = begin(s, path, &db) &&
	    part_run(s, db, name, script, script) &&
	    part_run(s, db, name, wal, wal) &&
	    part_run(s, db, name, script, rest) &&
	    take(s, folder, "db", &made->data) &&
	    take(s, folder, "db-wal", &made->wal);
	sqlite3_close(db);
	unlink(path);
	return good;
}

/* As a file, for what is too large for memory; the wal is left where it is. */
static bool
on_stage(struct sample *s, const char *name, const char *script,
    const char *rest, bool wal, struct sample_made *made)
{
	static const char fast[] = "PRAGMA synchronous=OFF;"
	    "PRAGMA journal_mode=OFF; PRAGMA cache_size=-200000;";
	static const char live[] =
	    "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;";
	char path[PATH_MAX];
	sqlite3 *db = NULL;
	bool good;

	snprintf(path, sizeof(path), "%s/%u.db", s->stage, s->staged++);
	made->file = arena_string(s->arena, bytes_of(path));
	good = begin(s, path, &db) && part_run(s, db, name, fast, fast) &&
	    part_run(s, db, name, script, script);
	if (good && wal) {
		sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
		    NULL);
		good = part_run(s, db, name, live, live) &&
		    part_run(s, db, name, script, rest);
	}
	good = sqlite3_close(db) == SQLITE_OK && good;
	if (wal) {
		snprintf(path, sizeof(path), "%s-shm", made->file);
		unlink(path);
		snprintf(path, sizeof(path), "%s-wal", made->file);
		made->wal_file = arena_string(s->arena, bytes_of(path));
	}
	return good || sample_fault(s, "%s: not written", name);
}

bool
sample_sql(struct sample *s, const char *name, struct bytes text, bool wal,
    struct sample_made *made)
{
	static const char mark[] = "\n-- wal\n";
	const char *temporary = getenv("TMPDIR");
	char *script = arena_string(s->arena, text), *cut;
	char folder[PATH_MAX], empty[] = "", *rest = script;
	bool good;

	if (script == NULL)
		return sample_fault(s, "%s: no memory", name);
	cut = strstr(script, mark);
	if (cut != NULL) {
		rest = cut + sizeof(mark) - 2;
		cut[1] = '\0';
	}
	/* One that is put into another stays in memory. */
	if (s->stage != NULL && s->depth == 0)
		return on_stage(s, name, cut != NULL || !wal ? script : empty,
		    rest, cut != NULL || wal, made);
	if (cut == NULL && !wal)
		return in_memory(s, name, script, made);
	snprintf(folder, sizeof(folder), "%s/sample-XXXXXX",
	    temporary != NULL ? temporary : "/tmp");
	if (mkdtemp(folder) == NULL)
		return sample_fault(s, "%s: cannot make a folder", folder);
	good = with_wal(s, folder, name, cut != NULL ? script : empty, rest,
	    made);
	rmdir(folder);
	return good;
}
