/*
 * Files out of a backup whose manifest lies, and by workers that end badly:
 * nothing is written but below the folder, and every file that is wanted is
 * there or stands in the list.  This program is also the nursery: the number of
 * workers that is asked for says how they behave.
 */
#include <dirent.h>
#include <errno.h>
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
#include "checking.h"
#include "examine/examine_inside.h"
#include "examine/extract.h"
#include "examine/extract_folder.h"
#include "examine/extract_plan.h"
#include "examine/extract_wire.h"
#include "examine/talk.h"
#include "examine/worker.h"
#include "sabotage.h"
#include "sample.h"

#define CLEAN	"samples/clean"

/* --- workers -------------------------------------------------------------- */

enum evil { FINE = 2, CRASHES, LIES_ABOUT_SIZE, ASKS_OTHER_NAME, ASKS_TWICE,
    TELLS_UNASKED, FULL };

static void
send_said(struct talk *t, struct extract_said *said)
{
	struct buf b = buf_with(LIMIT_MESSAGE);

	extract_put_said(&b, said);
	wire_ask(&t->message, buf_bytes(&b));
	talk_send(t);
	buf_free(&b);
}

/* The first question of a worker, for the property list beside the files. */
static int
lie(const struct worker *w, const struct extract_job *job)
{
	static uint8_t answer[4096];
	struct extract_said said = { .has_request = true,
	    .row = job->worker };
	int fds[CHANNEL_FDS];
	struct talk t = { 0 };
	unsigned nfds = 0;
	size_t n;

	talk_start(&t, w);
	said.wanted.name = bytes_of(job->workers == ASKS_OTHER_NAME ?
	    "../../evil" : extract_roots[job->roots[job->worker]]);
	said.has_result = job->workers == TELLS_UNASKED;
	said.result.row = said.row;
	said.result.outcome = EXTRACT_WRITTEN;
	send_said(&t, &said);
	if (channel_receive(w->channel, answer, sizeof(answer), &n, fds,
	    &nfds) != ERR_NONE || n == 0)
		return WORKER_CHANNEL;
	if (job->workers != ASKS_TWICE)
		said.has_result = true;
	said.result.size = 12345;
	if (job->workers == FULL)
		said.result.outcome = EXTRACT_DISK_FULL;
	said.row += job->workers;
	send_said(&t, &said);
	(void)channel_receive(w->channel, answer, sizeof(answer), &n, fds,
	    &nfds);
	return WORKER_DONE;
}

static int
job(const struct worker *w)
{
	struct extract_job job;

	if (!extract_read_job(&job, w->args))
		return WORKER_CHANNEL;
	if (job.mode == EXTRACT_PLAN || job.workers <= FINE)
		return worker_extract(w);
	if (job.workers != CRASHES)
		return job.worker >= job.nroots ? worker_extract(w) :
		    lie(w, &job);
	/* Each but the first crashes on its first file. */
	if (job.from == 0 && job.worker > 0)
		abort();
	return worker_extract(w);
}

static job_fn *const jobs[JOB_COUNT] = { [JOB_EXTRACT] = job };

/* --- the parent ----------------------------------------------------------- */

static struct examine ex;
static struct arena arena;
static const char *backup, *folder;
static struct extract_sum sum;

static int
begin(void **state)
{
	static unsigned n;
	char name[32];

	arena = arena_with(GIB);
	if (!checking_can())
		return 0;
	(void)snprintf(name, sizeof(name), "backup %u", n);
	backup = checking_backup(&arena, CLEAN, name);
	(void)snprintf(name, sizeof(name), "out %u", n++);
	folder = checking_path(&arena, name);
	(void)state;
	return session_new(&ex.session) == ERR_NONE ? 0 : 1;
}

static int
end(void **state)
{
	(void)state;
	if (checking_can())
		session_free(ex.session);
	arena_free(&arena);
	return 0;
}

static void
need(void)
{
	if (!checking_can())
		skip();
}

static enum extract_end
extract(unsigned workers, bool names)
{
	struct extract_options options = { .folder = folder, .names = names,
	    .workers = workers };

	return extract_run(&ex, backup, &options, &sum);
}

/* The line of the list that holds this, NUL-ended. */
static const char *
line_with(const char *text)
{
	char path[LIMIT_PATH_BYTES];
	struct bytes all;
	size_t at, start, stop;

	(void)snprintf(path, sizeof(path), "%s/" EXTRACT_LIST, folder);
	all = sabotage_read(&arena, path);
	at = bytes_find(all, bytes_of(text), 0);
	if (at == SIZE_MAX)
		fail_msg("no line of the list holds %s", text);
	for (start = at; start > 0 && all.p[start - 1] != '\n'; start--)
		;
	stop = bytes_find_byte(all, '\n', at);
	assert_int_not_equal(stop, SIZE_MAX);
	return arena_string(&arena, bytes_part(all, start, stop - start));
}

static unsigned
lines(void)
{
	char path[LIMIT_PATH_BYTES];
	struct bytes all;
	unsigned n = 0;
	size_t i;

	(void)snprintf(path, sizeof(path), "%s/" EXTRACT_LIST, folder);
	all = sabotage_read(&arena, path);
	for (i = 0; i < all.n; i++)
		n += all.p[i] == '\n';
	return n;
}

/* Files below a folder. */
static unsigned
files_in(const char *path)
{
	char below[LIMIT_PATH_BYTES];
	struct dirent *entry;
	struct stat st;
	unsigned n = 0;
	DIR *dir = opendir(path);

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		(void)snprintf(below, sizeof(below), "%s/%s", path,
		    entry->d_name);
		assert_int_equal(lstat(below, &st), 0);
		n += S_ISDIR(st.st_mode) ? files_in(below) : 1;
	}
	if (dir != NULL)
		(void)closedir(dir);
	return n;
}

/* --- manifests that lie --------------------------------------------------- */

/* A row of the manifest with its file: "file N" in clear. */
static void
row(unsigned n, const char *domain, const char *path)
{
	char sql[512 + 2 * LIMIT_PATH_BYTES], file[LIMIT_PATH_BYTES];

	(void)snprintf(sql, sizeof(sql), "INSERT INTO Files VALUES "
	    "('%040x', %s, %s, 1, NULL)", n, domain, path);
	(void)snprintf(file, sizeof(file), "%s/Manifest.db", backup);
	sabotage_sql(file, sql);
	(void)snprintf(file, sizeof(file), "%s/00", backup);
	(void)mkdir(file, 0700);
	(void)snprintf(file, sizeof(file), "%s/00/%040x", backup, n);
	sabotage_write(file, bytes_of("in clear"));
}

/* Domains and paths are SQL. */
static const struct {
	const char *domain, *path;
	const char *why;		/* NULL: it is written */
} hostile[] = {
	{ "'HomeDomain'", "'../../escape'", "would lie elsewhere" },
	{ "'HomeDomain'", "'a/../../../escape'", "would lie elsewhere" },
	{ "'..'", "'escape'", "would lie elsewhere" },
	{ "'.'", "'escape'", "would lie elsewhere" },
	{ "''", "'etc/escape'", "would lie elsewhere" },
	{ "'/etc'", "'escape'", "would lie elsewhere" },
	{ "'HomeDomain'", "'/etc/escape'", "would lie elsewhere" },
	{ "'HomeDomain'", "'a//b'", "would lie elsewhere" },
	{ "'HomeDomain'", "'a/'", "would lie elsewhere" },
	{ "'HomeDomain'", "''", "would lie elsewhere" },
	{ "NULL", "NULL", "would lie elsewhere" },
	{ "'HomeDomain'", "'a' || char(0) || 'b'", "control characters" },
	{ "'HomeDomain'", "'a' || char(10) || 'b'", "control characters" },
	{ "'HomeDomain'", "char(27) || '[2J'", "control characters" },
	{ "'HomeDomain'", "'a' || char(127)", "control characters" },
	{ "'HomeDomain'", "'a' || char(155)", "control characters" },
	{ "'HomeDomain'", "CAST(x'61ff62' AS TEXT)", "control characters" },
	{ "'HomeDomain'", "hex(zeroblob(128))", "longer or deeper" },
	{ "'HomeDomain'", "substr(hex(zeroblob(128)), 2)", NULL },
	{ "'HomeDomain'", "replace(hex(zeroblob(2100)), '0', 'a/') || 'b'",
	    "longer or deeper" },
	{ "'HomeDomain'", "replace(hex(zeroblob(40)), '0', 'a/') || 'b'",
	    "longer or deeper" },
	{ "'files.jsonl'", "'x'", "that ostrakon uses" },
	{ "'.ostrakon-decrypt'", "'x'", "that ostrakon uses" },
	{ "'.ostrakon-part-0'", "'x'", "that ostrakon uses" },
	{ "'D'", "'once'", NULL },
	{ "'D'", "'once'", "the same name" },
	{ "'D/once'", "'below'", "the name of an earlier file" },
	{ "'D'", "'folder/file'", NULL },
	{ "'D'", "'folder'", "that of a folder" },
	{ "'D'", "'=1+1 <script>'", NULL },
	{ "'D'", "'-rf *'", NULL },
	{ "'D'", "'\xd0\xb8\xd0\xbc\xd1\x8f'", NULL },
};
#define NHOSTILE	(sizeof(hostile) / sizeof(hostile[0]))

static void
names_that_lead_elsewhere(void **state)
{
	unsigned i, written = 0, before;
	const char *line;
	char id[41];

	(void)state;
	need();
	for (i = 0; i < NHOSTILE; i++)
		row(i, hostile[i].domain, hostile[i].path);
	before = files_in(getenv("TEST_TMP"));
	assert_int_equal(extract(FINE, true), EXTRACT_DONE);
	for (i = 0; i < NHOSTILE; i++) {
		(void)snprintf(id, sizeof(id), "%040x", i);
		line = line_with(id);
		if ((hostile[i].why == NULL) !=
		    (strstr(line, "\"fault\"") == NULL) ||
		    (hostile[i].why == NULL) !=
		    (strstr(line, "\"name\"") != NULL) ||
		    (hostile[i].why != NULL &&
		    strstr(line, hostile[i].why) == NULL))
			fail_msg("%u: %s", i, line);
		written += hostile[i].why == NULL;
	}
	assert_int_equal(sum.failed, NHOSTILE - written);
	assert_int_equal(lines(), sum.files);
	assert_int_equal(files_in(folder), sum.written + 2);
	/* Nothing anywhere else. */
	assert_int_equal(files_in(getenv("TEST_TMP")), before + sum.written +
	    2);
	/* By ID they are no matter. */
	assert_int_equal(rmdir(folder), -1);
	folder = checking_path(&arena, "by ID");
	assert_int_equal(extract(FINE, false), EXTRACT_DONE);
	assert_int_equal(sum.failed, 0);
	assert_int_equal(files_in(folder), sum.written + 2);
}

static void
ids_that_are_none(void **state)
{
	static const char *const bad[] = {
		"../../../../etc/passwd", "",
		"3D0D7E5FB2CE288813306E4D4636395E047A3D28",
		"/0000000000000000000000000000000000000",
		"00000000000000000000000000000000000000001",
		"0000000000000000000000000000000000000/.",
	};
	char sql[512], file[LIMIT_PATH_BYTES];
	const char *line;
	unsigned i;

	(void)state;
	need();
	(void)snprintf(file, sizeof(file), "%s/Manifest.db", backup);
	sabotage_sql(file, "CREATE TABLE F AS SELECT * FROM Files;"
	    "DROP TABLE Files; ALTER TABLE F RENAME TO Files;");
	row(1, "'D'", "'first'");
	row(1, "'D'", "'second'");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)snprintf(sql, sizeof(sql), "INSERT INTO Files VALUES "
		    "('%s', 'D', 'bad %u', 1, x'0102')", bad[i], i);
		sabotage_sql(file, sql);
	}
	assert_int_equal(extract(FINE, false), EXTRACT_DONE);
	assert_int_equal(sum.failed, i + 1);
	assert_int_equal(lines(), sum.files);
	assert_non_null(strstr(line_with("\"first\""), "\"sha256\""));
	assert_non_null(strstr(line_with("\"second\""), "the same name"));
	while (i-- > 0) {
		(void)snprintf(sql, sizeof(sql), "\"bad %u\"", i);
		line = line_with(sql);
		assert_non_null(strstr(line, "is no file ID"));
		assert_null(strstr(line, "\"name\""));
	}
	assert_int_equal(files_in(folder), sum.written + 2);
}

/* The last page of rows in a table is none any more. */
static void
spoil_leaf(const char *file)
{
	struct bytes data = sabotage_read(&arena, file);
	size_t size = (size_t)data.p[16] << 8 | data.p[17], at, leaf = 0;

	for (at = size; at < data.n; at += size)
		if (data.p[at] == 13)
			leaf = at;
	assert_int_not_equal(leaf, 0);
	sabotage_poke(file, (long)leaf, 0);
}

/* Rows that cannot be read are told, and nothing else is lost. */
static void
a_damaged_manifest(void **state)
{
	char file[LIMIT_PATH_BYTES];
	uint64_t all;

	(void)state;
	need();
	(void)snprintf(file, sizeof(file), "%s/Manifest.db", backup);
	sabotage_sql(file, "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL "
	    "SELECT i + 1 FROM n WHERE i < 500) INSERT INTO Files SELECT "
	    "printf('%040x', i), 'D', 'gone ' || i, 1, NULL FROM n");
	assert_int_equal(extract(FINE, false), EXTRACT_DONE);
	assert_int_equal(sum.gaps, 0);
	assert_int_equal(sum.failed, 500);
	all = sum.files;
	spoil_leaf(file);
	/* It is another backup now. */
	assert_int_equal(extract(FINE, false), EXTRACT_OTHER);
	folder = checking_path(&arena, "damaged");

	assert_int_equal(extract(FINE, false), EXTRACT_DONE);
	assert_true(sum.gaps > 0);
	assert_true(sum.files < all);
	assert_int_equal(lines(), sum.files + sum.gaps);
	assert_non_null(strstr(line_with("\"offset\""), "Manifest.db"));
}

/* --- the folder ----------------------------------------------------------- */

/* Where a file system knows no nameless files. */
static void
parts_with_names(void **state)
{
	struct extract_identity id = { "e", "o" };
	struct extract_folder f, other;
	struct extract_part part;
	bool finished = true;
	uint64_t inode = 1, at;
	struct extract_line line = { .row = 5, .size = 3, .name =
	    bytes_of("a/b c"), .json = bytes_of("{}") };

	(void)state;
	need();
	assert_int_equal(extract_folder_open(&f, folder, backup, &id, &sum,
	    &finished), EXTRACT_DONE);
	assert_false(finished);
	f.nameless = false;
	assert_true(extract_folder_part(&f, &part, 3, bytes_of("a/b c")) >= 0);
	assert_true(part.named);
	assert_int_equal(write(part.fd, "abc", 3), 3);
	assert_int_equal(files_in(folder), 2);
	assert_int_equal(extract_folder_name(&f, &part, bytes_of("a/b c"),
	    false, &inode), 0);
	assert_int_equal(part.fd, -1);
	assert_int_not_equal(extract_folder_has(&f, bytes_of("a/b c"), 3), 0);
	assert_int_equal(extract_folder_has(&f, bytes_of("a/b c"), 4), 0);
	/* What is there is not replaced, unless that is said. */
	assert_true(extract_folder_part(&f, &part, 3, bytes_of("a/b c")) >= 0);
	assert_int_equal(extract_folder_name(&f, &part, bytes_of("a/b c"),
	    false, &inode), EEXIST);
	assert_int_equal(inode, extract_folder_has(&f, bytes_of("a/b c"), 3));
	assert_int_equal(extract_folder_name(&f, &part, bytes_of("a/b c"),
	    true, &inode), 0);
	assert_int_equal(extract_folder_has(&f, bytes_of("a/b c"), 3), 0);
	assert_true(extract_folder_part(&f, &part, 3, bytes_of("d")) >= 0);
	extract_folder_drop(&f, &part);
	assert_int_equal(files_in(folder), 2);
	assert_true(extract_folder_tell(&f, &line, &at));
	/* Not while another is at work. */
	assert_int_equal(extract_folder_open(&other, folder, backup, &id,
	    &sum, &finished), EXTRACT_BUSY);
	extract_folder_close(&f);
}

/* --- workers that end badly ----------------------------------------------- */

static void
a_worker_that_crashes(void **state)
{
	uint64_t all;

	(void)state;
	need();
	assert_int_equal(extract(FINE, false), EXTRACT_DONE);
	all = sum.written;
	folder = checking_path(&arena, "crashed");
	assert_int_equal(extract(CRASHES, false), EXTRACT_DONE);
	assert_int_equal(sum.failed, CRASHES - 1);
	assert_int_equal(sum.written, all - (CRASHES - 1));
	assert_non_null(strstr(line_with("Info.plist"), "the worker that "
	    "read it crashed"));
	assert_int_equal(lines(), sum.files);
	assert_int_equal(files_in(folder), sum.written + 2);
}

static void
a_worker_that_lies(void **state)
{
	static const enum evil evils[] = { LIES_ABOUT_SIZE, ASKS_OTHER_NAME,
	    ASKS_TWICE, TELLS_UNASKED };
	unsigned i, before;
	char name[32];

	(void)state;
	need();
	before = files_in(getenv("TEST_TMP"));
	for (i = 0; i < sizeof(evils) / sizeof(evils[0]); i++) {
		(void)snprintf(name, sizeof(name), "lies %u", i);
		folder = checking_path(&arena, name);
		assert_int_equal(extract(evils[i], false), EXTRACT_MACHINE);
		assert_int_equal(sum.err, ERR_WORKER);
		/* What honest ones did, and the journal. */
		before += files_in(folder);
		assert_int_equal(files_in(getenv("TEST_TMP")), before);
		(void)snprintf(name, sizeof(name), "lies %u/Info.plist", i);
		assert_int_not_equal(access(checking_path(&arena, name), F_OK),
		    0);
		/* It can be gone on with. */
		assert_int_equal(extract(FINE, false), EXTRACT_DONE);
		assert_int_equal(sum.failed, 0);
		before = files_in(getenv("TEST_TMP"));
	}
	folder = checking_path(&arena, "full");
	assert_int_equal(extract(FULL, false), EXTRACT_FULL);
	assert_int_equal(extract(FINE, false), EXTRACT_DONE);
}

int
main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(names_that_lead_elsewhere,
		    begin, end),
		cmocka_unit_test_setup_teardown(ids_that_are_none, begin, end),
		cmocka_unit_test_setup_teardown(a_damaged_manifest, begin,
		    end),
		cmocka_unit_test_setup_teardown(parts_with_names, begin, end),
		cmocka_unit_test_setup_teardown(a_worker_that_crashes, begin,
		    end),
		cmocka_unit_test_setup_teardown(a_worker_that_lies, begin,
		    end),
	};

	if (argc >= 2 && strcmp(argv[1], "--nursery") == 0)
		return nursery_main(jobs, JOB_COUNT, worker_prepare);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
