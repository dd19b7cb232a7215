#include "checking.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/text.h"

#define OUTPUT_MAX	(1024 * MIB)	/* that is read of one file */

static const char *
beside(struct arena *arena, const char *name)
{
	const char *binary = getenv("OSTRAKON");
	const char *slash = binary == NULL ? NULL : strrchr(binary, '/');
	struct buf b = buf_with(LIMIT_PATH_BYTES);
	const char *path;

	if (slash == NULL)
		return NULL;
	buf_add(&b, bytes_at(binary, (size_t)(slash - binary) + 1));
	buf_text(&b, name);
	path = arena_string(arena, buf_bytes(&b));
	buf_free(&b);
	return path;
}

bool
checking_can(void)
{
	struct arena arena = arena_with(MIB);
	const char *maker = beside(&arena, "mkbackup");
	bool can = maker != NULL && access(maker, X_OK) == 0 &&
	    access(getenv("OSTRAKON"), X_OK) == 0;

	arena_free(&arena);
	return can;
}

const char *
checking_path(struct arena *arena, const char *name)
{
	const char *folder = getenv("TEST_TMP");
	struct buf b = buf_with(LIMIT_PATH_BYTES);
	const char *path;

	assert_non_null(folder);
	buf_printf(&b, "%s/%s", folder, name);
	path = arena_string(arena, buf_bytes(&b));
	buf_free(&b);
	assert_non_null(path);
	return path;
}

/* Runs it to its end; stdout and stderr go to files, if they are named. */
static int
run(char *const *argv, const char *out, const char *errors,
    struct rusage *used)
{
	pid_t pid = fork();
	int status, fd;

	assert_true(pid >= 0);
	if (pid == 0) {
		fd = out == NULL ? -1 : open(out, O_WRONLY | O_CREAT |
		    O_TRUNC, 0600);
		if (fd >= 0)
			(void)dup2(fd, STDOUT_FILENO);
		fd = errors == NULL ? -1 : open(errors, O_WRONLY | O_CREAT |
		    O_TRUNC, 0600);
		if (fd >= 0)
			(void)dup2(fd, STDERR_FILENO);
		(void)execv(argv[0], argv);
		_exit(127);
	}
	assert_int_equal(wait4(pid, &status, 0, used), pid);
	if (!WIFEXITED(status))
		fail_msg("%s died of signal %d", argv[0], WTERMSIG(status));
	return WEXITSTATUS(status);
}

const char *
checking_backup(struct arena *arena, const char *spec, const char *name)
{
	char *argv[4] = { NULL, NULL, NULL, NULL };
	const char *path = checking_path(arena, name);

	argv[0] = arena_string(arena, bytes_of(beside(arena, "mkbackup")));
	argv[1] = arena_string(arena, bytes_of(spec));
	argv[2] = arena_string(arena, bytes_of(path));
	assert_int_equal(run(argv, NULL, NULL, NULL), 0);
	return path;
}

static struct bytes
file_read(struct arena *arena, const char *folder, const char *name)
{
	char path[LIMIT_PATH_BYTES];
	struct stat st;
	uint8_t *p;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s%s%s", folder,
	    name == NULL ? "" : "/", name == NULL ? "" : name);
	f = fopen(path, "rb");
	if (f == NULL)
		fail_msg("%s is missing", path);
	assert_int_equal(fstat(fileno(f), &st), 0);
	assert_true((size_t)st.st_size < OUTPUT_MAX);
	p = arena_alloc(arena, (size_t)st.st_size + 1, 1);
	assert_non_null(p);
	assert_int_equal(fread(p, 1, (size_t)st.st_size, f), st.st_size);
	assert_int_equal(fclose(f), 0);
	return bytes_at(p, (size_t)st.st_size);
}

/* --- what may not stand in an output ---------------------------------------- */

/* U+0080 to U+009F, and what turns the direction of text or hides it. */
static bool
hidden(const uint8_t *p, size_t n)
{
	if (n >= 2 && p[0] == 0xc2 && p[1] < 0xa0)
		return true;
	if (n < 3 || p[0] != 0xe2)
		return n >= 3 && p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf;
	return (p[1] == 0x80 && ((p[2] >= 0x8b && p[2] <= 0x8f) ||
	    (p[2] >= 0xa8 && p[2] <= 0xae))) ||
	    (p[1] == 0x81 && p[2] >= 0xa0 && p[2] <= 0xaf);
}

static void
no_controls(const char *what, struct bytes text)
{
	size_t i;

	if (!text_utf8(text))
		fail_msg("%s is not UTF-8", what);
	for (i = 0; i < text.n; i++)
		if ((text.p[i] < ' ' && text.p[i] != '\n' &&
		    text.p[i] != '\t' && text.p[i] != '\r') ||
		    text.p[i] == 0x7f || hidden(text.p + i, text.n - i))
			fail_msg("%s: byte %02x at %zu: %.60s", what,
			    text.p[i], i, (const char *)text.p +
			    (i < 30 ? 0 : i - 30));
}

static size_t
find(struct bytes text, const char *what)
{
	const void *p = memmem(text.p, text.n, what, strlen(what));

	return p == NULL ? SIZE_MAX :
	    (size_t)((const uint8_t *)p - text.p);
}

/* What the poison of the tests would become if it were not escaped. */
static void
no_markup(struct bytes html)
{
	static const char *const never[] = { "<script", "<img", "<iframe",
	    "<x-poison", "href=\"javascript", "href=\"data" };
	size_t i, at;

	for (i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		at = find(html, never[i]);
		if (at != SIZE_MAX)
			fail_msg("report.html has %s: %.80s", never[i],
			    (const char *)html.p + at);
	}
}

/* Whether a cell begins as a spreadsheet's formula; leading blanks count. */
static bool
formula(struct bytes cell)
{
	while (cell.n > 0 && (cell.p[0] == ' ' || cell.p[0] == '\t' ||
	    cell.p[0] == '\r' || cell.p[0] == '\n'))
		cell = bytes_part(cell, 1, cell.n);
	return cell.n > 0 && memchr("=+-@", cell.p[0], 4) != NULL;
}

/* Whether it is a number as it stands: -5 is no formula. */
static bool
plain_number(struct bytes cell)
{
	size_t i;

	for (i = 0; i < cell.n; i++)
		if ((cell.p[i] < '0' || cell.p[i] > '9') &&
		    (i > 0 || cell.p[i] != '-'))
			return false;
	return cell.n > 0;
}

static void
no_formula(struct bytes csv)
{
	size_t at = 0, end, columns = 0, first = 0;
	bool quoted;

	while (at < csv.n) {
		quoted = csv.p[at] == '"';
		at += quoted;
		for (end = at; end < csv.n && (quoted ? csv.p[end] != '"' :
		    csv.p[end] != ',' && csv.p[end] != '\n'); end++)
			;
		if (formula(bytes_part(csv, at, end - at)) &&
		    !plain_number(bytes_part(csv, at, end - at)))
			fail_msg("timeline.csv has a formula: %.60s",
			    (const char *)csv.p + at);
		/* "" inside a quoted cell: what follows is no beginning. */
		for (; quoted && end + 1 < csv.n && csv.p[end + 1] == '"';)
			for (end += 2; end < csv.n && csv.p[end] != '"'; end++)
				;
		end += quoted;
		columns++;
		assert_true(end < csv.n);
		if (csv.p[end] == '\n') {
			first = first == 0 ? columns : first;
			assert_int_equal(columns, first);
			columns = 0;
		}
		at = end + 1;
	}
}

static void
lines_are_json(struct arena *arena, const char *what, struct bytes text)
{
	size_t at, end;

	for (at = 0; at < text.n; at = end + 1) {
		end = bytes_find_byte(text, '\n', at);
		assert_true(end != SIZE_MAX);
		if (schema_read(arena, bytes_part(text, at, end - at)) == NULL)
			fail_msg("%s: a line that is no JSON: %.200s", what,
			    (const char *)text.p + at);
		arena_reset(arena);
	}
}

/* --- the run ------------------------------------------------------------------ */

static const struct schema_node *
case_read(struct arena *arena, const char *folder)
{
	const struct schema_node *schema, *value;
	struct buf why = buf_with(64 * KIB);
	struct bytes text = file_read(arena, folder, "case.json");

	no_controls("case.json", text);
	schema = schema_read(arena, file_read(arena, "docs/case.schema.json",
	    NULL));
	value = schema_read(arena, text);
	assert_non_null(schema);
	if (value == NULL)
		fail_msg("case.json is no JSON");
	if (!schema_holds(schema, value, &why))
		fail_msg("case.json: %.*s", (int)why.n, (const char *)why.p);
	buf_free(&why);
	return value;
}

static void
outputs_check(const char *folder)
{
	struct arena arena = arena_with(2 * GIB);
	struct arena line = arena_with(GIB);
	const struct schema_node *all, *item, *name;
	struct bytes text;
	char file[200];
	unsigned i;

	text = file_read(&arena, folder, "report.html");
	no_controls("report.html", text);
	no_markup(text);
	text = file_read(&arena, folder, "timeline.csv");
	no_controls("timeline.csv", text);
	no_formula(text);
	all = schema_read(&arena, file_read(&arena, folder, "custody.json"));
	assert_non_null(all);
	all = schema_get(all, "outputs");
	for (i = 0; (item = schema_item(all, i)) != NULL; i++) {
		name = schema_get(item, "file");
		assert_non_null(name);
		(void)snprintf(file, sizeof(file), "%.*s",
		    (int)schema_text(name).n,
		    (const char *)schema_text(name).p);
		if (!bytes_ends(bytes_of(file), ".jsonl"))
			continue;
		text = file_read(&arena, folder, file);
		no_controls(file, text);
		lines_are_json(&line, file, text);
	}
	assert_true(i > 5);
	arena_free(&line);
	arena_free(&arena);
}

static void
remove_all(struct arena *arena, const char *path)
{
	char *argv[] = { arena_string(arena, bytes_of("/bin/rm")),
	    arena_string(arena, bytes_of("-rf")),
	    arena_string(arena, bytes_of(path)), NULL };

	assert_int_equal(run(argv, NULL, NULL, NULL), 0);
}

struct checked
checking_run(struct arena *arena, const char *indicators, const char *backup)
{
	const char *out = checking_path(arena, "out");
	const char *said = checking_path(arena, "said");
	const char *errors = checking_path(arena, "errors");
	const char *words[] = { getenv("OSTRAKON"), "check", "-q", "-i",
	    indicators, "-o", out, backup };
	char *argv[9] = { NULL };
	struct timespec from, to;
	struct rusage used;
	struct checked c = { .result = NULL };
	unsigned i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		argv[i] = arena_string(arena, bytes_of(words[i]));
	remove_all(arena, out);		/* of a test that failed */
	(void)clock_gettime(CLOCK_MONOTONIC, &from);
	c.status = run(argv, said, errors, &used);
	(void)clock_gettime(CLOCK_MONOTONIC, &to);
	c.seconds = (double)(to.tv_sec - from.tv_sec) +
	    (double)(to.tv_nsec - from.tv_nsec) / 1e9;
	c.memory = used.ru_maxrss;
	print_message("%s: exit %d after %.2f s, %ld MiB\n", backup, c.status,
	    c.seconds, c.memory / 1024);
	no_controls("stdout", file_read(arena, said, NULL));
	no_controls("stderr", file_read(arena, errors, NULL));
	if (c.status > 2)
		fail_msg("exit status %d: %s", c.status, (const char *)
		    file_read(arena, errors, NULL).p);
	c.result = case_read(arena, out);
	outputs_check(out);
	remove_all(arena, out);
	return c;
}

/* --- the result ----------------------------------------------------------------- */

static bool
text_is(const struct schema_node *node, const char *text)
{
	return text == NULL ? true : node != NULL &&
	    bytes_is(schema_text(node), text);
}

unsigned
checking_gaps(const struct checked *c, const char *artifact, const char *why)
{
	const struct schema_node *gaps = schema_get(c->result, "gaps"), *gap;
	unsigned i, n = 0;

	for (i = 0; (gap = schema_item(gaps, i)) != NULL; i++)
		if (text_is(schema_get(gap, "artifact"), artifact) &&
		    find(schema_text(schema_get(gap, "why")), why) != SIZE_MAX)
			n++;
	return n;
}

static const struct schema_node *
coverage(const struct checked *c, const char *artifact)
{
	const struct schema_node *all = schema_get(c->result, "coverage"),
	    *one;
	unsigned i;

	for (i = 0; (one = schema_item(all, i)) != NULL; i++)
		if (text_is(schema_get(one, "artifact"), artifact))
			return one;
	fail_msg("no coverage of %s", artifact);
	return NULL;
}

unsigned long
checking_records(const struct checked *c, const char *artifact)
{
	struct bytes n = schema_text(schema_get(coverage(c, artifact),
	    "records"));
	unsigned long value = 0;
	size_t i;

	for (i = 0; i < n.n; i++)
		value = value * 10 + (unsigned long)(n.p[i] - '0');
	return value;
}

bool
checking_state(const struct checked *c, const char *artifact,
    const char *state)
{
	return text_is(schema_get(coverage(c, artifact), "state"), state);
}

unsigned
checking_findings(const struct checked *c, const char *rule)
{
	const struct schema_node *all = schema_get(c->result, "findings"),
	    *one;
	unsigned i, n = 0;

	for (i = 0; (one = schema_item(all, i)) != NULL; i++)
		n += text_is(schema_get(one, "rule"), rule);
	return n;
}

bool
checking_verdict(const struct checked *c, const char *verdict)
{
	return text_is(schema_get(schema_get(c->result, "verdict"),
	    "verdict"), verdict);
}
