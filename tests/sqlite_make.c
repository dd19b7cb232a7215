#include "sqlite_make.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sqlite_oracle.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static unsigned
below(uint64_t *seed, size_t n)
{
	return (unsigned)(oracle_random(seed) % n);
}

static const char *
pick(uint64_t *seed, const char *const *list, size_t n)
{
	return list[below(seed, n)];
}

#define PICK(seed, list)	pick(seed, list, COUNT(list))

/* Not every statement that chance makes is allowed; those that are not
   change nothing. */
static void
run(sqlite3 *lib, const char *format, ...)
{
	va_list args;
	char *sql;

	va_start(args, format);
	sql = sqlite3_vmprintf(format, args);
	va_end(args);
	if (sqlite3_exec(lib, sql, NULL, NULL, NULL) != SQLITE_OK &&
	    getenv("OSTRAKON_SHOW_SQL") != NULL)
		fprintf(stderr, "%s\n  %s\n", sql, sqlite3_errmsg(lib));
	sqlite3_free(sql);
}

void
sqlite_make_settings(sqlite3 *lib, uint64_t *seed)
{
	static const char *const encodings[] = { "UTF-8", "UTF-8", "UTF-16le",
	    "UTF-16be" };
	static const int reserved[] = { 0, 0, 0, 8, 32 };
	int bytes = reserved[below(seed, COUNT(reserved))];

	run(lib, "PRAGMA page_size = %d", 512 << below(seed, 8));
	run(lib, "PRAGMA secure_delete = %d", below(seed, 2));
	run(lib, "PRAGMA auto_vacuum = %d", below(seed, 3));
	run(lib, "PRAGMA encoding = '%s'", PICK(seed, encodings));
	sqlite3_file_control(lib, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}

static const char *const names[] = {
	"a", "\"b c\"", "[d e]", "`f``g`", "\"h\"\"i\"", "'j k'", "\"primary\"",
	"l\xc3\xa9", "M", "n_1", "[check]", "o", "p", "q$", "\"r,s\"", "`t)`"
};

static const char *const types[] = {
	"", "INTEGER", "INT", "integer", "TEXT", "VARCHAR(20)", "BLOB", "REAL",
	"DOUBLE PRECISION", "NUMERIC", "DECIMAL(10, 5)", "BOOLEAN",
	"FLOATING POINT", "TIMESTAMP", "ANY", "UNSIGNED BIG INT", "\"REAL\"",
	"FLOAT /* blob */", "CLOB", "STRING", "real -- int\n"
};

static const char *const strict_types[] = {
	"TEXT", "INT", "INTEGER", "REAL", "BLOB", "ANY", "any"
};

static const char *const defaults[] = {
	"", "", "", "DEFAULT 0", "DEFAULT 17", "DEFAULT -1", "DEFAULT +3",
	"DEFAULT 1.5", "DEFAULT -2.0", "DEFAULT 1e3", "DEFAULT 'text'",
	"DEFAULT 'it''s'", "DEFAULT \"double\"", "DEFAULT bare",
	"DEFAULT NULL", "DEFAULT (NULL)", "DEFAULT (-7)", "DEFAULT ((4))",
	"DEFAULT x'00ff10'", "DEFAULT TRUE", "DEFAULT false", "DEFAULT '12'",
	"DEFAULT ' 3.0 '", "DEFAULT '1e2x'", "DEFAULT 0x1F", "DEFAULT 5.250",
	"DEFAULT 9223372036854775807", "DEFAULT 9223372036854775808",
	"DEFAULT -9223372036854775808", "DEFAULT 123456789012", "DEFAULT ''",
	"DEFAULT (5.0)", "DEFAULT 'a' COLLATE NOCASE", "DEFAULT 1 UNIQUE",
	"DEFAULT 5 CHECK (1 > 0)", "DEFAULT 'x' REFERENCES t0 (a)",
	"CONSTRAINT \"default\" DEFAULT 8", "DEFAULT .5", "DEFAULT '-0x10'",
	"DEFAULT '\xc3\xa4\xf0\x9f\x98\x80'"
};

static const char *const keys[] = {
	"", "", "", ", PRIMARY KEY (%s)", ", PRIMARY KEY (%s DESC)",
	", CONSTRAINT pk PRIMARY KEY (%s COLLATE NOCASE ASC)",
	", PRIMARY KEY (%s, id, %s) ON CONFLICT IGNORE",
	", UNIQUE (%s), CHECK (1), PRIMARY KEY (id DESC, %s)",
	", FOREIGN KEY (%s) REFERENCES t0 (a) UNIQUE (id)",
};

static const char *const ids[] = {
	"id", "id INTEGER PRIMARY KEY", "id INTEGER PRIMARY KEY",
	"id INTEGER PRIMARY KEY DESC", "id INTEGER PRIMARY KEY ASC",
	"id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", "id INT PRIMARY KEY",
	"id \"INTEGER\" PRIMARY KEY", "id TEXT PRIMARY KEY", "id INTEGER",
	"id BIGINT(20) PRIMARY KEY"
};

static const char *const strict_ids[] = {
	"id INTEGER PRIMARY KEY", "id INT PRIMARY KEY", "id ANY", "id INT",
	"id INTEGER PRIMARY KEY DESC"
};

static void
make_table(sqlite3 *lib, uint64_t *seed, unsigned number)
{
	static const char *const options[] = { "", "", "", " WITHOUT ROWID",
	    " WITHOUT /* x */ ROWID", " STRICT", " STRICT, WITHOUT ROWID" };
	static const char *const made[] = { "", "", "",
	    ", g1 AS (id + 1) VIRTUAL",
	    ", g2 TEXT GENERATED ALWAYS AS ('x' || id) STORED",
	    ", g3 INT AS (2)" };
	unsigned i, n = below(seed, 8), from = below(seed, COUNT(names));
	const char *option = PICK(seed, options), *name, *key;
	char *list = sqlite3_mprintf("");
	bool strict = strstr(option, "STRICT") != NULL;

	for (i = 0; i < n; i++) {
		name = names[(from + i) % COUNT(names)];
		list = sqlite3_mprintf("%z, %s %s %s", list, name,
		    strict ? PICK(seed, strict_types) : PICK(seed, types),
		    strict ? "" : PICK(seed, defaults));
	}
	name = n == 0 ? "id" : names[from];
	key = sqlite3_mprintf(PICK(seed, keys), name, name);
	run(lib, "CREATE TABLE t%u (%s%s, z %s -- the last\n%s%s)%s",
	    number, strict ? PICK(seed, strict_ids) : PICK(seed, ids), list,
	    strict ? "ANY" : "INT", PICK(seed, made), key, option);
	/* If that made no sense, the same without its key. */
	run(lib, "CREATE TABLE IF NOT EXISTS t%u (id%s, z INT)", number, list);
	sqlite3_free((char *)key);
	sqlite3_free(list);
}

void
sqlite_make_schema(sqlite3 *lib, uint64_t *seed)
{
	unsigned i, n = 1 + below(seed, 5);

	run(lib, "PRAGMA foreign_keys = OFF");
	for (i = 0; i < n; i++)
		make_table(lib, seed, i);
	run(lib, "CREATE VIEW v AS SELECT * FROM t0");
	run(lib, "CREATE TRIGGER r AFTER DELETE ON t0 BEGIN SELECT 1; END");
	if (below(seed, 4) == 0)
		run(lib, "CREATE VIRTUAL TABLE full USING fts5 (x)");
	if (below(seed, 2) == 0)
		run(lib, "CREATE INDEX i ON t0 (z) WHERE z > 3");
}

static void
bind_text(sqlite3_stmt *st, int i, uint64_t *seed)
{
	static const char *const pieces[] = { "a", "Z", "0", " ", "\xc3\xa9",
	    "\xe2\x82\xac", "\xf0\x9f\x98\x80", "xy", "\xef\xbf\xbd" };
	size_t most = below(seed, 12) == 0 ? 5000 : 40, n;
	char *text = sqlite3_malloc64(most * 4 + 1);
	const char *piece;
	size_t at = 0;

	assert(text != NULL);
	for (n = below(seed, most); n > 0; n--) {
		piece = PICK(seed, pieces);
		memcpy(text + at, piece, strlen(piece));
		at += strlen(piece);
	}
	sqlite3_bind_text64(st, i, text, at, sqlite3_free, SQLITE_UTF8);
}

static void
bind_value(sqlite3_stmt *st, int i, uint64_t *seed)
{
	uint64_t v = oracle_random(seed);
	double r;

	switch (below(seed, 8)) {
	case 0:
		sqlite3_bind_null(st, i);
		break;
	case 1:
		sqlite3_bind_int64(st, i, (sqlite3_int64)(v % 3));
		break;
	case 2:
	case 3:
		sqlite3_bind_int64(st, i, (sqlite3_int64)v >> below(seed, 64));
		break;
	case 4:
		memcpy(&r, &v, sizeof(r));
		sqlite3_bind_double(st, i, below(seed, 2) == 0 ? r :
		    (double)(v % 1000) / 4);
		break;
	case 5:
		sqlite3_bind_zeroblob(st, i, below(seed, 8) == 0 ?
		    (int)below(seed, 9000) : (int)below(seed, 30));
		break;
	default:
		bind_text(st, i, seed);
	}
}

static void
insert(sqlite3 *lib, uint64_t *seed, unsigned table, unsigned rows)
{
	char *marks = sqlite3_mprintf("?1"), *list = sqlite3_mprintf("\"id\"");
	char *sql = sqlite3_mprintf("PRAGMA table_info(t%u)", table);
	sqlite3_stmt *st = NULL;
	const char *name;
	int i, n = 1;

	if (sqlite3_prepare_v2(lib, sql, -1, &st, NULL) != SQLITE_OK)
		rows = 0;
	while (sqlite3_step(st) == SQLITE_ROW) {
		name = (const char *)sqlite3_column_text(st, 1);
		if (strcmp(name, "id") == 0 || name[0] == 'g')
			continue;
		list = sqlite3_mprintf("%z, \"%w\"", list, name);
		marks = sqlite3_mprintf("%z, ?%d", marks, ++n);
	}
	sqlite3_finalize(st);
	sqlite3_free(sql);
	sql = sqlite3_mprintf("INSERT OR IGNORE INTO t%u (%z) VALUES (%z)",
	    table, list, marks);
	st = NULL;
	if (sqlite3_prepare_v2(lib, sql, -1, &st, NULL) != SQLITE_OK)
		rows = 0;
	for (; rows > 0; rows--) {
		for (i = 1; i <= n; i++)
			bind_value(st, i, seed);
		/* Types that STRICT takes, half of the time. */
		if (below(seed, 2) == 0)
			for (i = 2; i <= n; i++)
				sqlite3_bind_int64(st, i, below(seed, 99999));
		if (below(seed, 3) > 0)		/* most often in order */
			sqlite3_bind_null(st, 1);
		sqlite3_step(st);
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	sqlite3_free(sql);
}

static void
change(sqlite3 *lib, uint64_t *seed, unsigned t, unsigned step)
{
	switch (below(seed, 9)) {
	case 0:
		run(lib, "DELETE FROM t%u WHERE z IS NULL", t);
		break;
	case 1:
		run(lib, "DELETE FROM t%u WHERE abs(random()) %% 3 = 0", t);
		break;
	case 2:
		run(lib, "UPDATE t%u SET z = hex(randomblob(z %% 900))", t);
		break;
	case 3:
	case 4:
		run(lib, "ALTER TABLE t%u ADD COLUMN x%u %s %s", t, step,
		    PICK(seed, types), PICK(seed, defaults));
		break;
	case 5:
		run(lib, "ALTER TABLE t%u RENAME COLUMN z TO \"z z\"", t);
		run(lib, "ALTER TABLE t%u RENAME \"z z\" TO z", t);
		break;
	case 6:
		run(lib, "ALTER TABLE t%u DROP COLUMN x%u", t, below(seed, 9));
		break;
	case 7:
		run(lib, "CREATE TABLE c%u AS SELECT *, 1.0 AS \"a b\" FROM "
		    "t%u", step, t);
		break;
	default:
		run(lib, "PRAGMA incremental_vacuum(3)");
	}
}

void
sqlite_make_rows(sqlite3 *lib, uint64_t *seed, unsigned rows)
{
	unsigned step, t, steps = 3 + below(seed, 10);

	for (step = 0; step < steps; step++) {
		t = below(seed, 6);
		insert(lib, seed, t, below(seed, rows + 1));
		change(lib, seed, t, step);
		insert(lib, seed, t, below(seed, rows / 4 + 1));
	}
	run(lib, "INSERT INTO full VALUES ('some words'), ('and more')");
	if (below(seed, 8) == 0)
		run(lib, "DROP TABLE t1");
	if (below(seed, 8) == 0 && sqlite3_get_autocommit(lib))
		run(lib, "VACUUM");
}
