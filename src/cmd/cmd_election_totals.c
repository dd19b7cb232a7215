#include "cmd/cmd_election_totals.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/complain.h"
#include "cmd/law_option.h"
#include "election/from_totals.h"
#include "report/election_outcome.h"

#define ARENA_BYTES	(64 * MIB)

struct asking {
	struct arena arena;
	struct from_totals row;
	struct outcome_question question;
	const struct outcome *outcome;
	const char *from;		/* where the row came from */
};

/* --- the row -------------------------------------------------------------- */

static bool
read_all(struct asking *a, int fd, const char *name, struct bytes *text)
{
	struct buf b = buf_with(FROM_TOTALS_BYTES + 1);
	uint8_t *room;
	ssize_t n = 1;

	while (n > 0 && !b.bad && b.n <= FROM_TOTALS_BYTES) {
		room = buf_room(&b, 4096 < b.max - b.n ? 4096 : b.max - b.n);
		n = room == NULL ? 0 : read(fd, room, 4096 < b.max - b.n ?
		    4096 : b.max - b.n);
		if (n > 0)
			b.n += (size_t)n;
		else if (n < 0 && errno == EINTR)
			n = 1;
	}
	if (n < 0 || b.bad)
		complain_about(name, n < 0 ? strerror(errno) :
		    "there is no memory");
	else
		*text = arena_copy(&a->arena, buf_bytes(&b));
	buf_free(&b);
	return n >= 0 && !b.bad && !a->arena.bad;
}

static bool
read_file(struct asking *a, const char *path, struct bytes *text)
{
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO :
	    open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool good;

	a->from = path;
	if (fd < 0) {
		complain_about(path, strerror(errno));
		return false;
	}
	good = read_all(a, fd, fd == STDIN_FILENO ? "stdin" : path, text);
	if (fd != STDIN_FILENO)
		(void)close(fd);
	return good;
}

static bool
is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* "FILE:ID", where there is such a file. */
static const char *
file_before_colon(struct asking *a, const char *row, struct bytes *which)
{
	const char *colon = strrchr(row, ':');
	const char *path;

	if (colon == NULL)
		return NULL;
	path = arena_string(&a->arena, bytes_at(row, (size_t)(colon - row)));
	if (path == NULL || !is_file(path))
		return NULL;
	*which = bytes_of(colon + 1);
	return path;
}

static bool
find_table(struct asking *a, const char *row, const char *file,
    struct bytes *text, struct bytes *which)
{
	const char *path;

	*which = bytes_at(NULL, 0);
	if (file != NULL) {
		*which = bytes_of(row);
		return read_file(a, file, text);
	}
	if (strcmp(row, "-") == 0 || is_file(row))
		return read_file(a, row, text);
	path = file_before_colon(a, row, which);
	if (path != NULL)
		return read_file(a, path, text);
	if (strchr(row, ',') == NULL) {
		complain_about(row, "this is neither a row nor a file");
		return false;
	}
	a->from = "--from-totals";
	*text = bytes_of(row);
	return true;
}

static bool
read_row(struct asking *a, const char *row, const char *file)
{
	struct from_totals_fault fault = { 0 };
	struct buf why = buf_with(4096);
	struct bytes text = { NULL, 0 }, which = { NULL, 0 };
	bool good;

	if (!find_table(a, row, file, &text, &which))
		return false;
	good = from_totals_read(text, which, &a->arena, &a->row, &fault);
	if (!good && fault.line > 0)
		buf_printf(&why, "line %llu, column %lu: ",
		    (unsigned long long)fault.line,
		    (unsigned long)fault.column);
	if (!good) {
		buf_add(&why, fault.why);
		buf_byte(&why, '\0');
		complain_about(a->from, why.bad ? "it cannot be read" :
		    (const char *)why.p);
	}
	buf_free(&why);
	return good;
}

/* --- the question --------------------------------------------------------- */

static bool
ask(struct asking *a, const char *law, const struct option_list *given)
{
	struct event *events = arena_alloc(&a->arena, given->n + 1u,
	    sizeof(*events));
	const struct law *by;
	unsigned i;

	for (i = 0; events != NULL && i < given->n; i++)
		if (!event_read(bytes_of(given->items[i]), &events[i])) {
			complain_about(given->items[i], "an event is "
			    "annulled-round:DATE, annulled-all:DATE, "
			    "withdrawn:NAME:DATE or died:NAME:DATE");
			return false;
		}
	if (law == NULL && a->row.law.n == 0) {
		complain_about(a->from, "the row names no law; give --law");
		return false;
	}
	if (law == NULL)
		law = arena_string(&a->arena, a->row.law);
	by = law == NULL ? NULL : law_option(law, &a->arena);
	if (by == NULL || events == NULL)
		return false;
	if (!from_totals_question(&a->row, by, events, given->n, &a->arena,
	    &a->question))
		return false;
	a->outcome = outcome_decide(&a->question, &a->arena);
	return a->outcome != NULL;
}

static unsigned
width(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO) ||
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 40)
		return 80;
	return size.ws_col > 120 ? 120 : size.ws_col;
}

static bool
show(const struct asking *a, bool json)
{
	struct out out = out_file(STDOUT_FILENO);
	struct emit e = { .out = &out };

	if (json) {
		emit_object(&e, NULL);
		election_outcome_json(&e, a->outcome, &a->question);
		emit_object_end(&e);
		out_text(&out, "\n");
	} else {
		election_outcome_text(&out, a->outcome, &a->question,
		    width());
	}
	if (out_end(&out) == ERR_NONE)
		return true;
	(void)fprintf(stderr, "ostrakon: writing to stdout failed\n");
	return false;
}

int
cmd_election_totals(const char *row, const char *file, const char *law,
    const struct option_list *events, bool json)
{
	struct asking a = { .arena = arena_with(ARENA_BYTES) };
	int status = EXIT_TROUBLE;

	if (read_row(&a, row, file) && ask(&a, law, events) && show(&a, json))
		status = a.outcome->kind == OUTCOME_PENDING ?
		    EXIT_INCOMPLETE : 0;
	arena_free(&a.arena);
	return status;
}
