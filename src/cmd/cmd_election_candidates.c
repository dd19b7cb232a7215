/*
 * ostrakon election candidates: where each candidate stands on a day, and who
 * may stand by law.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/input.h"
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/cmd_election.h"
#include "cmd/complain.h"
#include "cmd/law_option.h"
#include "cmd/options.h"
#include "report/election_candidates.h"

#define FILE_BYTES	YAML_BYTES
#define ARENA_BYTES	(512 * MIB)	/* a full file takes a tenth of it */
#define NARROW	80
#define WIDE	120

static const struct verb verb = { "election candidates", "FILE",
    "Where each candidate stands on a day, and rule by rule who may stand.",
    "FILE is YAML, or CSV if its name ends in .csv; docs/candidates.md has "
    "its form.\nDATE is written 2024-03-17.  What the file does not say is "
    "not known, and gives\n\"cannot tell\".\n"
    "exit: 0 told, 3 usage, machine or a file with faults" };

struct asking {
	const char *file, *law_name, *on_text, *voting_text;
	bool json;
	int32_t on, voting;
	struct arena arena;
};

/* --- the file ------------------------------------------------------------- */

static bool
load(struct asking *a, struct bytes *text)
{
	int fd = open(a->file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;
	struct input in;
	const char *why = NULL;
	void *p = NULL;
	size_t n = 0;

	if (fd < 0 || fstat(fd, &st) != 0) {
		why = strerror(errno);
	} else if (!S_ISREG(st.st_mode)) {
		why = "it is no file";
	} else if (st.st_size > (off_t)FILE_BYTES) {
		why = "it is larger than 4 MiB";
	} else {
		n = (size_t)st.st_size;
		p = arena_alloc(&a->arena, n + 1, 1);
		in = input_file(fd, n);
		n = p == NULL ? 0 : input_read(&in, p, n, 0);
		why = p == NULL ? "not enough memory" : NULL;
	}
	if (why != NULL)
		complain_about(a->file, why);
	if (fd >= 0)
		(void)close(fd);
	*text = bytes_at(p, n);
	return why == NULL;
}

static void
tell_faults(const char *file, const struct candidate_faults *faults)
{
	char why[256];
	unsigned i;

	for (i = 0; i < faults->n && i < CANDIDATE_FAULTS; i++) {
		(void)snprintf(why, sizeof(why), "line %u, column %u: %s",
		    faults->items[i].line, faults->items[i].column,
		    faults->items[i].why);
		complain_about(file, why);
	}
	if (faults->n > CANDIDATE_FAULTS)
		(void)fprintf(stderr, "ostrakon: and %u faults more\n",
		    faults->n - CANDIDATE_FAULTS);
}

static const struct candidates *
read_file(struct asking *a)
{
	struct candidate_faults faults = { 0 };
	const struct candidates *all;
	struct bytes text;
	size_t n = strlen(a->file);
	bool csv = n >= 4 && text_same_as(bytes_of(a->file + n - 4), ".csv");

	if (!load(a, &text))
		return NULL;
	all = candidate_read(text, csv ? CANDIDATE_CSV : CANDIDATE_YAML,
	    &a->arena, &faults);
	if (all == NULL)
		tell_faults(a->file, &faults);
	return all;
}

/* --- the answer ----------------------------------------------------------- */

static unsigned
width(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO) ||
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
	    size.ws_col < NARROW)
		return NARROW;
	return size.ws_col > WIDE ? WIDE : size.ws_col;
}

static int
show(const struct election_candidates *view, bool json)
{
	struct out out = out_file(STDOUT_FILENO);
	enum err err;

	if (json)
		election_candidates_json(&out, view);
	else
		election_candidates_text(&out, view, width());
	err = out_end(&out);
	if (err == ERR_NONE)
		return 0;
	complain_about("standard output", err_text(err));
	return EXIT_TROUBLE;
}

static int
answer(struct asking *a, const struct law *law, const struct candidates *all)
{
	struct eligibility_setting set;
	struct election_candidates view = { &set, all, NULL };
	const struct eligibility **eligible;
	unsigned i = 0;

	eligible = arena_alloc(&a->arena, all->n, sizeof(*eligible));
	if (eligible != NULL && eligibility_set(&set, law, a->on, a->voting,
	    &a->arena))
		for (; i < all->n; i++) {
			eligible[i] = eligibility_of(&set, &all->items[i],
			    &a->arena);
			if (eligible[i] == NULL)
				break;
		}
	if (i < all->n) {
		complain_about(a->file, "not enough memory");
		return EXIT_TROUBLE;
	}
	view.eligible = eligible;
	return show(&view, a->json);
}

static int
run(struct asking *a)
{
	const struct law *law;
	const struct candidates *all;

	if (a->law_name == NULL || a->on_text == NULL) {
		complain_about("election candidates", "--law and --on must be "
		    "given");
		return EXIT_TROUBLE;
	}
	if (!law_option_date("--on", a->on_text, &a->on) ||
	    !law_option_date("--voting-day", a->voting_text, &a->voting))
		return EXIT_TROUBLE;
	law = law_option(a->law_name, &a->arena);
	if (law == NULL || law_option_version(law,
	    a->voting != DATE_UNSET ? a->voting : a->on) == NULL)
		return EXIT_TROUBLE;
	all = read_file(a);
	return all == NULL ? EXIT_TROUBLE : answer(a, law, all);
}

int
cmd_election_candidates(int argc, char **argv)
{
	struct asking ask = { .arena = arena_with(ARENA_BYTES) };
	const struct option table[] = {
		{ 0, "law", "ID|FILE", "the law: ru-2003, or a file",
		    .text = &ask.law_name },
		{ 0, "on", "DATE", "the day that is asked for: what came "
		    "later is not considered", .text = &ask.on_text },
		{ 0, "voting-day", "DATE", "of the first round; its last day",
		    .text = &ask.voting_text },
		{ 0, "json", NULL, "JSON to stdout", .flag = &ask.json },
		{ 0 }
	};
	int first, status;

	switch (options_read(&verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (first != argc - 1) {
		options_help(stderr, &verb, table);
		return EXIT_TROUBLE;
	}
	ask.file = argv[first];
	status = run(&ask);
	arena_free(&ask.arena);
	return status;
}
