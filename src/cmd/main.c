/*
 * ostrakon VERB [options] OPERAND
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/cmd_election.h"
#include "cmd/complain.h"
#include "election/count_job.h"
#include "examine/worker.h"

static const struct {
	const char *name;
	int (*run)(int, char **);
	const char *about;
} verbs[] = {
	{ "check", cmd_check, "examine a phone's evidence" },
	{ "backup", cmd_backup,
	    "take files out of a backup, or save its key" },
	{ "artifacts", cmd_artifacts, "list what is examined" },
	{ "indicators", cmd_indicators,
	    "list, show or download published indicators" },
	{ "election", cmd_election,
	    "laws, calendar, candidates and the count" },
	{ "jail-test", cmd_jail_test,
	    "prove what the jail of this machine denies" },
	{ "version", cmd_version, "version of this program" },
};

#define NVERBS	(sizeof(verbs) / sizeof(verbs[0]))

/* What workers do: those of a check, then the count (cmd_election_job). */
static int
nursery(void)
{
	job_fn *jobs[JOB_COUNT + 1];
	unsigned i;

	for (i = 0; i < JOB_COUNT; i++)
		jobs[i] = worker_jobs[i];
	jobs[JOB_COUNT] = count_job;
	return nursery_main(jobs, JOB_COUNT + 1, worker_prepare);
}

static void
usage(FILE *to)
{
	unsigned i;

	(void)fprintf(to, "usage: ostrakon VERB [options] OPERAND\n");
	for (i = 0; i < NVERBS; i++)
		(void)fprintf(to, "  %-12s %s\n", verbs[i].name,
		    verbs[i].about);
	(void)fprintf(to, "ostrakon VERB -h tells more; see ostrakon(1).\n");
}

int
main(int argc, char **argv)
{
	unsigned i;

	if (argc >= 2 && strcmp(argv[1], "--nursery") == 0)
		return nursery();
	(void)signal(SIGPIPE, SIG_IGN);
	/* A limit on files (ulimit -f) is a fault of writing like any. */
	(void)signal(SIGXFSZ, SIG_IGN);
	if (argc < 2) {
		usage(stderr);
		return EXIT_TROUBLE;
	}
	if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0 ||
	    strcmp(argv[1], "help") == 0) {
		usage(stdout);
		return 0;
	}
	if (strcmp(argv[1], "--version") == 0)
		return cmd_version(argc - 1, argv + 1);
	for (i = 0; i < NVERBS; i++)
		if (strcmp(argv[1], verbs[i].name) == 0)
			return verbs[i].run(argc - 1, argv + 1);
	complain_about(argv[1], "there is no such verb");
	usage(stderr);
	return EXIT_TROUBLE;
}
