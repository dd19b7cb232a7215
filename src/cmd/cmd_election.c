/*
 * ostrakon election: laws, the calendar, candidates and the count.
 */
#include "cmd/cmd_election.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/complain.h"

static const struct {
	const char *name;
	int (*run)(int, char **);
	const char *about;
} verbs[] = {
	{ "law", cmd_election_law, "list, show or check laws" },
	{ "calendar", cmd_election_calendar, "every date of an election" },
	{ "phase", cmd_election_phase, "the phases at an instant" },
	{ "candidates", cmd_election_candidates,
	    "who may stand, and who does" },
	{ "count", cmd_election_count,
	    "count from station protocols, and decide" },
	{ "anomaly", cmd_election_anomaly,
	    "percentages that are too often whole" },
};

#define NVERBS	(sizeof(verbs) / sizeof(verbs[0]))

int
cmd_election(int argc, char **argv)
{
	bool help = argc >= 2 && (strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "--help") == 0);
	FILE *to = help ? stdout : stderr;
	unsigned i;

	for (i = 0; argc >= 2 && i < NVERBS; i++)
		if (strcmp(argv[1], verbs[i].name) == 0)
			return verbs[i].run(argc - 1, argv + 1);
	if (argc >= 2 && !help)
		complain_about(argv[1], "there is no such verb of election");
	(void)fprintf(to, "usage: ostrakon election VERB [options] ...\n");
	for (i = 0; i < NVERBS; i++)
		(void)fprintf(to, "  %-12s %s\n", verbs[i].name,
		    verbs[i].about);
	(void)fprintf(to, "ostrakon election VERB -h tells more; see "
	    "ostrakon-election(1).\n");
	return help ? 0 : EXIT_TROUBLE;
}
