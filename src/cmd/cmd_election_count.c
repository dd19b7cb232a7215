/*
 * ostrakon election count: from station protocols to the decision.
 */
#include "cmd/cmd_election_count.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/cmd_election.h"
#include "cmd/cmd_election_totals.h"
#include "cmd/complain.h"
#include "cmd/law_option.h"
#include "cmd/operator_file.h"
#include "cmd/options.h"
#include "cmd/signals.h"
#include "election/levels.h"
#include "election/outcome.h"
#include "election/profile.h"
#include "election/standing.h"
#include "examine/output.h"
#include "examine/worker.h"
#include "jail/nursery.h"
#include "report/election.h"

#define ARENA_BYTES	(2 * GIB)

struct counting {
	struct count_ask ask;
	struct outcome_question question;
	struct election_view view;
	struct tally tally;
	struct arena arena;
	struct output *output;

	const char *law, *day, *first_day, *results, *published, *previous;
	const char *row, *folder, *nist, *title;
	struct option_list events;
	unsigned round;
	bool final, accept_broken, json;
	bool nameless;		/* the NIST file, until it is whole */
};

/* --- the worker ----------------------------------------------------------- */

uint32_t
cmd_election_job(void)
{
	return JOB_COUNT;
}

#define WHY_BYTES	600	/* of a fault: two names are quoted in it */

static void
tell_faults(const struct count_ask *ask, const struct tally *t)
{
	const struct tally_fault *f;
	char why[WHY_BYTES + 100], place[100];
	struct bytes name, text;
	unsigned i;

	for (i = 0; i < t->nfaults; i++) {
		f = &t->faults[i];
		name = f->file < t->nfiles ? t->files[f->file].name :
		    bytes_of("");
		text = text_head(f->why, WHY_BYTES);
		place[0] = '\0';
		if (f->line > 0 && f->column > 0)
			(void)snprintf(place, sizeof(place), "line %llu, "
			    "column %u: ", (unsigned long long)f->line,
			    f->column);
		else if (f->line > 0)
			(void)snprintf(place, sizeof(place), "line %llu: ",
			    (unsigned long long)f->line);
		(void)snprintf(why, sizeof(why), "%s%.*s", place, (int)text.n,
		    (const char *)text.p);
		complain_about(name.n == 0 ? ask->results[0] :
		    (const char *)name.p, why);
	}
	if (t->faults_in_all > t->nfaults)
		(void)fprintf(stderr, "ostrakon: and %s%llu faults more\n",
		    t->faults_in_all < 1000 ? "" : "at least ",
		    (unsigned long long)(t->faults_in_all - t->nfaults));
	(void)fprintf(stderr, "ostrakon: nothing was counted\n");
}

/* The operator's own profile: its faults are told with their place. */
static bool
profile_good(const char *path, struct arena *arena)
{
	struct yaml_fault fault = { 0 };
	struct bytes text;
	char why[256];

	if (path == NULL)
		return true;
	if (!operator_file_read(path, arena, &text))
		return false;
	if (profile_read(text, arena, &fault) != NULL)
		return true;
	(void)snprintf(why, sizeof(why), "line %u, column %u: %s", fault.line,
	    fault.column, fault.why);
	complain_about(path, why);
	return false;
}

bool
cmd_election_tally(const struct count_ask *ask, struct arena *arena,
    struct tally *tally)
{
	struct tally_file *files;
	char why[300];
	unsigned i;
	enum err err;

	if (!profile_good(ask->profile, arena))
		return false;
	err = count_run(ask, arena, tally, why);
	if (err != ERR_NONE) {
		complain_about("election", why);
		return false;
	}
	files = arena_alloc(arena, tally->nfiles + 1, sizeof(*files));
	for (i = 0; files != NULL && i < tally->nfiles; i++) {
		files[i] = tally->files[i];
		files[i].name = bytes_of(arena_string(arena,
		    tally->files[i].name));
	}
	if (files == NULL)
		return false;
	tally->files = files;
	if (tally->nfaults > 0)
		tell_faults(ask, tally);
	else if (ask->leader != NULL && tally->leader < 0)
		complain_about(ask->leader, "no candidate's name has this in "
		    "it (--leader)");
	return tally->nfaults == 0 && (ask->leader == NULL ||
	    tally->leader >= 0);
}

/* --- the question --------------------------------------------------------- */

static bool
read_events(struct counting *k)
{
	struct event *events = arena_alloc(&k->arena, k->events.n + 1,
	    sizeof(*events));
	unsigned i;

	for (i = 0; events != NULL && i < k->events.n; i++)
		if (!event_read(bytes_of(k->events.items[i]), &events[i])) {
			complain_about(k->events.items[i], "an event is "
			    "annulled-round:DATE, annulled-all:DATE, "
			    "withdrawn:NAME:DATE or died:NAME:DATE");
			return false;
		}
	k->question.events = events;
	k->question.nevents = k->events.n;
	return events != NULL;
}

static bool
read_dates(struct counting *k)
{
	int32_t *a = k->question.anchors;
	unsigned i;
	int32_t day, first;

	for (i = 0; i < ANCHOR_COUNT; i++)
		a[i] = DATE_UNSET;
	if (!law_option_date("--voting-day", k->day, &day) ||
	    !law_option_date("--first-voting-day", k->first_day, &first) ||
	    !law_option_date("--results", k->results, k->round == 1 ?
	    &a[ANCHOR_RESULTS] : &a[ANCHOR_RESULTS_2]) ||
	    !law_option_date("--results-published", k->published,
	    k->round == 1 ? &a[ANCHOR_RESULTS_PUBLISHED] :
	    &a[ANCHOR_RESULTS_2_PUBLISHED]) ||
	    !law_option_date("--previous-inauguration", k->previous,
	    &a[ANCHOR_PREVIOUS_INAUGURATION]))
		return false;
	a[ANCHOR_VOTING] = k->round == 1 ? day : first;
	if (k->round > 1)
		a[ANCHOR_VOTING_2] = day;
	return true;
}

static bool
read_law(struct counting *k)
{
	int32_t *a = k->question.anchors;

	if (k->law == NULL)
		return true;
	k->question.law = law_option(k->law, &k->arena);
	if (k->question.law == NULL)
		return false;
	k->question.version = law_option_version(k->question.law,
	    a[ANCHOR_VOTING] != DATE_UNSET ? a[ANCHOR_VOTING] :
	    a[ANCHOR_VOTING_2]);
	return k->question.version != NULL;
}

static bool
prepare(struct counting *k)
{
	if (k->round < 1 || k->round > LAW_ROUNDS) {
		complain_about("--round", "a round is 1, 2 or 3");
		return false;
	}
	k->question.round = k->round;
	if (!read_events(k) || !read_dates(k) || !read_law(k))
		return false;
	k->ask.kind = cmd_election_job();
	k->ask.about.round = k->round;
	k->ask.about.complete = k->final;
	k->ask.about.voting = k->question.anchors[k->round == 1 ?
	    ANCHOR_VOTING : ANCHOR_VOTING_2];
	k->ask.about.title = bytes_of(k->title == NULL ? "" : k->title);
	if (k->question.law != NULL)
		k->ask.about.country = k->question.law->country;
	if (k->accept_broken)
		k->ask.flags |= COUNT_ACCEPT_BROKEN;
	if (k->nist != NULL && k->ask.about.voting == DATE_UNSET) {
		complain_about("--nist", "the format asks for the day of the "
		    "election: give --voting-day");
		return false;
	}
	return true;
}

static bool
decide(struct counting *k)
{
	const struct law *law = k->question.law;
	struct buf why = buf_with(1000);

	k->view.tally = &k->tally;
	k->view.question = &k->question;
	k->view.accept_broken = k->accept_broken;
	k->view.title = k->title;
	if (!standing_of(&k->tally, k->accept_broken, &k->arena,
	    &k->question))
		return false;
	k->question.standing.closed = k->final;
	if (law == NULL) {
		k->view.why_none = "no law was named (--law)";
	} else if (k->tally.vote.n > 0 &&
	    !bytes_eq(k->tally.vote, law->vote)) {
		buf_text(&why, "the law governs the vote for a ");
		buf_add(&why, law->vote);
		buf_text(&why, "; these results are of another kind of vote: ");
		buf_add(&why, k->tally.vote);
		k->view.why_none = arena_string(&k->arena, buf_bytes(&why));
	} else if (!standing_checked(&k->tally)) {
		k->view.why_none = "the results have no line of valid ballots "
		    "or of ballots found: nothing tells that every column "
		    "taken for a candidate is one";
	} else {
		k->view.outcome = outcome_decide(&k->question, &k->arena);
	}
	buf_free(&why);
	return k->view.outcome != NULL || k->view.why_none != NULL;
}

/* --- output --------------------------------------------------------------- */

/* Without a name, where the file system knows such files: who is stopped leaves
   no half of one. */
static int
nist_open(struct counting *k)
{
	const char *slash = strrchr(k->nist, '/');
	const char *folder = slash == NULL ? "." : arena_string(&k->arena,
	    bytes_at(k->nist, (size_t)(slash - k->nist) + 1));
	struct stat st;
	int fd = -1;

	if (lstat(k->nist, &st) == 0)
		errno = EEXIST;
	else if (folder != NULL)
		fd = open(folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
	k->nameless = fd >= 0;
	if (fd < 0 && errno != EEXIST)
		fd = open(k->nist, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
		    O_CLOEXEC, 0600);
	if (fd < 0)
		complain_about(k->nist, strerror(errno));
	return fd;
}

static bool
open_output(struct counting *k)
{
	enum err err;

	if (k->folder != NULL) {
		err = output_new(&k->output, &k->arena, k->folder,
		    "/dev/null");
		if (err != ERR_NONE) {
			complain_about(k->folder, err == ERR_KIND ?
			    "the folder is not empty" : err_text(err));
			return false;
		}
		k->ask.stations_fd = output_file(k->output, "stations.csv");
		k->ask.flags |= COUNT_WITH_STATIONS | COUNT_PICTURES |
		    COUNT_ANOMALY;
	}
	if (k->nist != NULL) {
		k->ask.nist_fd = nist_open(k);
		k->ask.flags |= COUNT_WITH_NIST;
	}
	return (k->folder == NULL || k->ask.stations_fd >= 0) &&
	    (k->nist == NULL || k->ask.nist_fd >= 0);
}

static enum err
write_level(struct counting *k, const char *name, enum tally_level level)
{
	int fd = output_file(k->output, name);
	struct out out;

	if (fd < 0)
		return ERR_IO;
	out = out_file(fd);
	levels_write(&out, &k->tally, level);
	return out_end(&out);
}

static enum err
write_view(struct counting *k, const char *name, void (*f)(struct out *,
    const struct election_view *))
{
	int fd = output_file(k->output, name);
	struct out out;

	if (fd < 0)
		return ERR_IO;
	out = out_file(fd);
	f(&out, &k->view);
	return out_end(&out);
}

static bool
write_folder(struct counting *k)
{
	enum err err = ERR_NONE;

	if (k->output == NULL)
		return true;
	err = write_level(k, "country.csv", TALLY_COUNTRY);
	if (err == ERR_NONE)
		err = write_level(k, "regions.csv", TALLY_REGION);
	if (err == ERR_NONE)
		err = write_level(k, "territories.csv", TALLY_TERRITORY);
	if (err == ERR_NONE)
		err = write_view(k, "count.json", election_json);
	if (err == ERR_NONE)
		err = write_view(k, "report.html", election_html);
	if (err == ERR_NONE)
		err = output_commit(k->output);
	else
		output_abandon(k->output);
	k->output = NULL;
	if (err != ERR_NONE)
		complain_about(k->folder, err_text(err));
	return err == ERR_NONE;
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
show(struct counting *k)
{
	struct out out = out_file(STDOUT_FILENO);

	if (k->json)
		election_json(&out, &k->view);
	else
		election_text(&out, &k->view, width(), isatty(STDOUT_FILENO) &&
		    getenv("NO_COLOR") == NULL);
	if (out_end(&out) == ERR_NONE)
		return true;
	(void)fprintf(stderr, "ostrakon: writing to stdout failed\n");
	return false;
}

static bool
nist_done(struct counting *k, bool good)
{
	char from[64];

	if (k->nist == NULL)
		return good;
	(void)snprintf(from, sizeof(from), "/proc/self/fd/%d",
	    k->ask.nist_fd);
	if (good && (fsync(k->ask.nist_fd) != 0 || (k->nameless &&
	    linkat(AT_FDCWD, from, AT_FDCWD, k->nist, AT_SYMLINK_FOLLOW) != 0)
	    || close(k->ask.nist_fd) != 0)) {
		complain_about(k->nist, strerror(errno));
		good = false;
	}
	if (!good && !k->nameless)
		(void)unlink(k->nist);
	return good;
}

static int
status(const struct counting *k)
{
	const struct outcome *o = k->view.outcome;
	unsigned i;

	if (o != NULL && o->kind == OUTCOME_PENDING)
		return EXIT_INCOMPLETE;
	for (i = 0; i < k->tally.ncontrols; i++)
		if (k->tally.controls[i].hard &&
		    k->tally.controls[i].violations > 0)
			return EXIT_FOUND;
	return 0;
}

static int
count(struct counting *k)
{
	bool good;

	if (!prepare(k))
		return EXIT_TROUBLE;
	signals_catch(count_run_stop);
	good = open_output(k);
	if (good) {
		good = cmd_election_tally(&k->ask, &k->arena, &k->tally);
		good = nist_done(k, good);
	}
	if (!good || !decide(k)) {
		if (k->output != NULL)
			output_abandon(k->output);
		return EXIT_TROUBLE;
	}
	if (!write_folder(k) || !show(k))
		return EXIT_TROUBLE;
	return status(k);
}

static int
run(struct counting *k)
{
	int status_now;

	/* It gets ready while the law is read; if it cannot, count_run tries
	   again and tells. */
	if (nursery_start(&k->ask.nursery) != ERR_NONE)
		k->ask.nursery = NULL;
	status_now = count(k);
	nursery_stop(k->ask.nursery);
	return status_now;
}

/* --- the verb ------------------------------------------------------------- */

static const struct verb verb = { "election count", "RESULTS ...",
    "Counts station protocols, and says what the law makes of them.",
    "RESULTS: CSV (wide or long), zip archives of it, NIST SP 1500-100 JSON, "
    "or -.\n"
    "exit: 0 counted, 1 a protocol breaks a hard relation, 2 pending,\n"
    "3 usage, machine or results that cannot be read" };

static int
from_row(struct counting *k, const char *file)
{
	return cmd_election_totals(k->row, file, k->law, &k->events, k->json);
}

static int
dispatch(struct counting *k, const struct option *table, int argc, char **argv)
{
	int first, status_now;

	switch (options_read(&verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (k->row != NULL && argc - first <= 1)
		return from_row(k, first < argc ? argv[first] : NULL);
	if (k->row != NULL || first == argc) {
		options_help(stderr, &verb, table);
		return EXIT_TROUBLE;
	}
	k->ask.results = (const char *const *)&argv[first];
	k->ask.nresults = (unsigned)(argc - first);
	k->arena = arena_with(ARENA_BYTES);
	status_now = run(k);
	arena_free(&k->arena);
	return status_now;
}

int
cmd_election_count(int argc, char **argv)
{
	struct counting k = { .round = 1 };
	const struct option table[] = {
		{ 0, "law", "LAW", "id of a law, or a file: decides by it",
		    .text = &k.law },
		{ 0, "voting-day", "DATE", "the day of this voting",
		    .text = &k.day },
		{ 0, "round", "N", "which round this is (1)",
		    .number = &k.round },
		{ 0, "first-voting-day", "DATE", "of the first round, when "
		    "this is a later one", .text = &k.first_day },
		{ 0, "stations", "FILE", "all stations there are (CSV)",
		    .text = &k.ask.stations },
		{ 0, "annul", "FILE", "stations whose results were annulled "
		    "(CSV)", .text = &k.ask.annul },
		{ 0, "final", NULL, "the commission has closed the count",
		    .flag = &k.final },
		{ 0, "accept-broken", NULL, "count protocols that break a "
		    "hard relation", .flag = &k.accept_broken },
		{ 0, "event", "EVENT", "annulled-round:DATE, "
		    "annulled-all:DATE, withdrawn:NAME:DATE, died:NAME:DATE",
		    .list = &k.events },
		{ 0, "results", "DATE", "when the results were determined",
		    .text = &k.results },
		{ 0, "results-published", "DATE", "when they were published",
		    .text = &k.published },
		{ 0, "previous-inauguration", "DATE", "the last one",
		    .text = &k.previous },
		{ 0, "profile", "FILE", "what the columns are (YAML)",
		    .text = &k.ask.profile },
		{ 0, "leader", "NAME", "for the pictures, a part of a "
		    "candidate's name", .text = &k.ask.leader },
		{ 0, "title", "TEXT", "of the election, for the report",
		    .text = &k.title },
		{ 'o', "output", "DIR", "writes tables, count.json and "
		    "report.html", .text = &k.folder },
		{ 0, "nist", "FILE", "writes all as NIST SP 1500-100 JSON",
		    .text = &k.nist },
		{ 0, "from-totals", "ROW", "decides a row of totals instead",
		    .text = &k.row },
		{ 0, "json", NULL, "JSON to stdout", .flag = &k.json },
		{ 0 }
	};

	return dispatch(&k, table, argc, argv);
}
