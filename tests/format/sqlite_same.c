/*
 * Hundreds of databases made by chance: every table, row and look-up as the
 * sqlite3 library has it, and no gap.
 *
 * A failure names its seed; OSTRAKON_SEED=n runs that one alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sqlite_make.h"
#include "sqlite_oracle.h"

#ifdef OSTRAKON_SANITIZER
#define DATABASES	60
#define LIVE		8
#else
#define DATABASES	300
#define LIVE		40
#endif

/* In memory if there is room: what is tested is not the disk. */
static char in_memory[] = "/dev/shm/ostrakon-sqlite-XXXXXX";
static char on_disk[] = "/tmp/ostrakon-sqlite-XXXXXX";
static char *folder;

static bool
wanted(uint64_t seed)
{
	const char *only = getenv("OSTRAKON_SEED");

	return only == NULL || strtoull(only, NULL, 10) == seed;
}

/* Reads the files with ours and compares with what the library has. */
static void
compare(uint64_t seed, sqlite3 *lib, const struct sqlite_files *files)
{
	struct arena arena = arena_with(256 * MIB);
	struct oracle_gaps gaps;
	struct gap_sink sink = oracle_sink(&gaps);
	struct sqlite *db;
	const char *why;

	assert_int_equal(sqlite_open(&db, &arena, files, &sink), ERR_NONE);
	why = oracle_differs(lib, db);
	sqlite_close(db);
	arena_free(&arena);
	if (why == NULL && gaps.n > 0)
		why = gaps.last;
	if (why != NULL)
		fail_msg("seed %llu: %s", (unsigned long long)seed, why);
}

static void
all_alike(void **state)
{
	struct sqlite_files files = { NULL, NULL, NULL };
	struct input in;
	sqlite3_int64 n;
	unsigned char *p;
	uint64_t seed, s;
	sqlite3 *lib;

	(void)state;
	for (seed = 1; seed <= DATABASES; seed++) {
		if (!wanted(seed))
			continue;
		s = seed;
		assert_int_equal(sqlite3_open(":memory:", &lib), SQLITE_OK);
		sqlite_make_settings(lib, &s);
		sqlite_make_schema(lib, &s);
		sqlite_make_rows(lib, &s, seed % 10 == 0 ? 600 : 60);
		p = sqlite3_serialize(lib, "main", &n, 0);
		assert_non_null(p);
		in = input_memory(bytes_at(p, (size_t)n));
		files.db = &in;
		compare(seed, lib, &files);
		sqlite3_free(p);
		sqlite3_close(lib);
	}
}

static struct bytes
slurp(const char *name, const char *suffix)
{
	char path[256];
	struct stat st;
	uint8_t *p;
	int fd;

	snprintf(path, sizeof(path), "%s/%s%s", folder, name, suffix);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return bytes_at(NULL, 0);
	assert_int_equal(fstat(fd, &st), 0);
	p = malloc((size_t)st.st_size + 1);
	assert_non_null(p);
	assert_int_equal(read(fd, p, (size_t)st.st_size), st.st_size);
	close(fd);
	return bytes_at(p, (size_t)st.st_size);
}

static void
spill(const char *name, const char *suffix, struct bytes b)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s%s", folder, name, suffix);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(b.p, 1, b.n, f), b.n);
	assert_int_equal(fclose(f), 0);
}

static sqlite3 *
open_file(const char *name)
{
	char path[256];
	sqlite3 *lib;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_int_equal(sqlite3_open(path, &lib), SQLITE_OK);
	sqlite3_db_config(lib, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	return lib;
}

static void
clean(void)
{
	static const char *const files[] = { "db", "db-wal", "db-shm",
	    "db-journal", "copy", "copy-journal", "copy-wal", "copy-shm" };
	char path[256];
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
		unlink(path);
	}
}

static void
sql(sqlite3 *lib, const char *text)
{
	(void)sqlite3_exec(lib, text, NULL, NULL, NULL);
}

/* Ours over the files as they lie, `lib` a connection that sees what was
   committed. */
static void
compare_files(uint64_t seed, sqlite3 *lib)
{
	struct bytes b[3] = { slurp("db", ""), slurp("db", "-wal"),
	    slurp("db", "-journal") };
	struct input in[3] = { input_memory(b[0]), input_memory(b[1]),
	    input_memory(b[2]) };
	struct sqlite_files files = { &in[0], b[1].p == NULL ? NULL : &in[1],
	    b[2].p == NULL ? NULL : &in[2] };

	compare(seed, lib, &files);
	free((void *)(uintptr_t)b[0].p);
	free((void *)(uintptr_t)b[1].p);
	free((void *)(uintptr_t)b[2].p);
}

/* A log as it lies while the app runs: several commits, checkpoints that
   leave old frames behind, a transaction that is not committed, one that was
   rolled back after its pages had gone out. */
static void
live_log(void **state)
{
	sqlite3 *lib, *other;
	uint64_t seed, s;

	(void)state;
	for (seed = 1000; seed < 1000 + LIVE; seed++) {
		if (!wanted(seed))
			continue;
		s = seed;
		clean();
		lib = open_file("db");
		sqlite_make_settings(lib, &s);
		sql(lib, "PRAGMA journal_mode = WAL; PRAGMA synchronous = 0;"
		    "PRAGMA wal_autocheckpoint = 40; PRAGMA cache_size = 5");
		sqlite_make_schema(lib, &s);
		sqlite_make_rows(lib, &s, 40);
		if (seed % 2 == 0)
			sql(lib, "PRAGMA wal_checkpoint(RESTART)");
		sql(lib, "CREATE TABLE after_that (a, b);"
		    "INSERT INTO after_that VALUES (1, 'one'), (2, 'two')");
		if (seed % 3 == 0) {
			sql(lib, "BEGIN");
			sqlite_make_rows(lib, &s, 40);
			sql(lib, "ROLLBACK");
			sql(lib, "INSERT INTO after_that VALUES (3, 'three')");
		}
		if (seed % 4 < 3) {
			sql(lib, "BEGIN");
			sqlite_make_rows(lib, &s, 40);
		}
		other = open_file("db");
		compare_files(seed, other);
		sqlite3_close(other);
		sqlite3_close(lib);
	}
}

/* A journal as it lies in the middle of a transaction. */
static void
hot_journal(void **state)
{
	static const char *const modes[] = {
		"PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL",
		"PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF",
		"PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL",
		"PRAGMA journal_mode = PERSIST; PRAGMA synchronous = NORMAL",
	};
	struct bytes db, journal;
	sqlite3 *lib, *other;
	uint64_t seed, s;

	(void)state;
	for (seed = 2000; seed < 2000 + LIVE; seed++) {
		if (!wanted(seed))
			continue;
		s = seed;
		clean();
		lib = open_file("db");
		sqlite_make_settings(lib, &s);
		sql(lib, modes[seed % 4]);
		sql(lib, "PRAGMA cache_size = 5; BEGIN");
		sqlite_make_schema(lib, &s);
		sqlite_make_rows(lib, &s, 40);
		sql(lib, "COMMIT");
		if (seed % 8 < 7) {
			sql(lib, "BEGIN");
			sqlite_make_rows(lib, &s, 60);
		}
		db = slurp("db", "");
		journal = slurp("db", "-journal");
		spill("copy", "", db);
		if (journal.p != NULL)
			spill("copy", "-journal", journal);
		other = open_file("copy");
		compare_files(seed, other);
		sqlite3_close(other);
		sqlite3_close(lib);
		free((void *)(uintptr_t)db.p);
		free((void *)(uintptr_t)journal.p);
	}
}

/* Headers that say WAL where no log was handed in, and an empty one. */
static void
log_absent(void **state)
{
	struct input empty = input_memory(bytes_at(NULL, 0));
	struct sqlite_files files = { NULL, NULL, NULL };
	struct input in;
	struct bytes b;
	sqlite3 *lib;

	(void)state;
	clean();
	lib = open_file("db");
	sql(lib, "PRAGMA journal_mode = WAL; CREATE TABLE t (a);"
	    "INSERT INTO t VALUES (1), (2);"
	    "PRAGMA wal_checkpoint(TRUNCATE)");
	b = slurp("db", "");
	in = input_memory(b);
	files.db = &in;
	compare(0, lib, &files);
	files.wal = &empty;
	files.journal = &empty;
	compare(0, lib, &files);
	sqlite3_close(lib);
	free((void *)(uintptr_t)b.p);
}

static int
make_folder(void **state)
{
	(void)state;
	folder = mkdtemp(in_memory);
	if (folder == NULL)
		folder = mkdtemp(on_disk);
	return folder == NULL;
}

static int
remove_folder(void **state)
{
	(void)state;
	clean();
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_alike),
		cmocka_unit_test(live_log),
		cmocka_unit_test(hot_journal),
		cmocka_unit_test(log_absent),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
