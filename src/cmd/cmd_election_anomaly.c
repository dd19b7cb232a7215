/*
 * ostrakon election anomaly: percentages that are too often whole.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/cmd_election.h"
#include "cmd/cmd_election_count.h"
#include "cmd/options.h"
#include "report/election.h"

#define ARENA_BYTES	(2 * GIB)

static const struct verb verb = { "election anomaly", "RESULTS ...",
    "Counts stations whose turnout or leader's share is a whole percentage, "
    "and says how many were to be expected.",
    "What it finds is a reason to look, no proof: the text says what else "
    "makes such peaks.\n"
    "exit: 0 computed, 3 usage, machine or results that cannot be read" };

static bool
show(const struct tally *tally, bool json)
{
	struct election_view view = { .tally = tally };
	struct out out = out_file(STDOUT_FILENO);

	if (json)
		election_anomaly_json(&out, &view);
	else
		election_anomaly_text(&out, &view);
	if (out_end(&out) == ERR_NONE)
		return true;
	(void)fprintf(stderr, "ostrakon: writing to stdout failed\n");
	return false;
}

static int
run(struct count_ask *ask, bool json)
{
	struct arena arena = arena_with(ARENA_BYTES);
	struct tally tally;
	int status = EXIT_TROUBLE;

	if (!cmd_election_tally(ask, &arena, &tally))
		;
	else if (tally.anomaly == NULL)
		(void)fprintf(stderr, "ostrakon: these results have no "
		    "registered voters, no ballots or no such candidate\n");
	else if (show(&tally, json))
		status = 0;
	arena_free(&arena);
	return status;
}

int
cmd_election_anomaly(int argc, char **argv)
{
	struct count_ask ask = { .kind = cmd_election_job(),
	    .flags = COUNT_ANOMALY };
	bool json = false, accept = false;
	const char *leader = NULL;
	const struct option table[] = {
		{ 0, "leader", "NAME", "a part of the leading candidate's "
		    "name; auto: the one with most votes", .text = &leader },
		{ 0, "profile", "FILE", "what the columns are (YAML)",
		    .text = &ask.profile },
		{ 0, "annul", "FILE", "stations to leave out (CSV)",
		    .text = &ask.annul },
		{ 0, "accept-broken", NULL, "also protocols that break a hard "
		    "relation", .flag = &accept },
		{ 0, "json", NULL, "JSON to stdout", .flag = &json },
		{ 0 }
	};
	int first;

	switch (options_read(&verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (first == argc) {
		options_help(stderr, &verb, table);
		return EXIT_TROUBLE;
	}
	if (leader != NULL && !bytes_is(bytes_of(leader), "auto"))
		ask.leader = leader;
	if (accept)
		ask.flags |= COUNT_ACCEPT_BROKEN;
	ask.results = (const char *const *)&argv[first];
	ask.nresults = (unsigned)(argc - first);
	return run(&ask, json);
}
