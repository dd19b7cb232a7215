/*
 * Kernels that lack something, played by a seccomp filter over this program
 * and all that it starts: without the jail no worker works; without Landlock
 * it works and says so.
 */
#include <errno.h>
#include <seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "jail/broker.h"
#include "jail/nursery.h"

#ifdef OSTRAKON_SANITIZER
#define SANITIZER	true
#else
#define SANITIZER	false
#endif

static int
job_state(const struct worker *w)
{
	return channel_send(w->channel, bytes_at(&w->jail, sizeof(w->jail)),
	    NULL, 0) == ERR_NONE ? WORKER_DONE : WORKER_CHANNEL;
}

static job_fn *const jobs[] = { job_state };

/* A kernel without one of its calls, made by a filter over all that follows:
   the call fails with `error`.  For prctl, only with this first argument. */
static bool
without_call(int call, int error, const unsigned *argument)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	struct scmp_arg_cmp first = { 0, SCMP_CMP_EQ, 0, 0 };
	int done;

	if (filter == NULL)
		return false;
	if (argument != NULL)
		first.datum_a = *argument;
	done = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO((unsigned)error),
	    call, argument != NULL, &first);
	if (done == 0)
		done = seccomp_load(filter);
	seccomp_release(filter);
	return done == 0;
}

/* What a job's end and first message are on such a kernel; in a child, for
   there is no way back. */
static int
on_such_a_kernel(int call, int error, const unsigned *argument, const char *why,
    int abi)
{
	struct job job;
	struct jail_state s;
	struct nursery_end end;
	struct nursery *n;
	int channel;
	size_t got;

	memset(&job, 0, sizeof(job));
	job.limits.memory = 128 * MIB;
	job.limits.seconds = 10;
	if (!without_call(call, error, argument))
		return 10;
	if (nursery_start(&n) != ERR_NONE ||
	    nursery_job(n, &job, &channel) != ERR_NONE)
		return 11;
	if (nursery_ended(n, &end) != ERR_NONE || strcmp(end.why, why) != 0)
		return 12;
	if (channel_receive(channel, &s, sizeof(s), &got, NULL, NULL) !=
	    ERR_NONE)
		return 13;
	nursery_stop(n);
	if (abi < 0)		/* nothing of the job was done */
		return end.status != WORKER_NO_JAIL || got != 0 ? 14 : 0;
	return got != sizeof(s) || s.landlock != abi ||
	    strcmp(jail_name(&s), "partial") != 0 ? 15 : 0;
}

static void
without_a_jail_no_work(void **state)
{
	static const unsigned no_new_privs = PR_SET_NO_NEW_PRIVS;
	static const char refused[] = "could not enter the jail";
	static const struct {
		int call, error;
		const unsigned *argument;
		const char *why;
		int abi;
	} cases[] = {
		{ SCMP_SYS(seccomp), EPERM, NULL, refused, -1 },
		{ SCMP_SYS(prctl), EPERM, &no_new_privs, refused, -1 },
		{ SCMP_SYS(prlimit64), EPERM, NULL, refused, -1 },
		{ SCMP_SYS(landlock_create_ruleset), ENOSYS, NULL, "ended", 0 },
		{ SCMP_SYS(landlock_create_ruleset), EOPNOTSUPP, NULL,
		    "ended", 0 },
		{ SCMP_SYS(landlock_restrict_self), E2BIG, NULL, "ended", 0 },
	};
	unsigned i;
	pid_t pid;
	int status;

	(void)state;
	if (SANITIZER)
		skip();
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		pid = fork();
		assert_true(pid != -1);
		if (pid == 0)
			_exit(on_such_a_kernel(cases[i].call, cases[i].error,
			    cases[i].argument, cases[i].why, cases[i].abi));
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
}

/* Refused at once, not file by file. */
static void
without_openat2(void **state)
{
	struct broker *b = NULL;
	int status;
	pid_t pid = fork();

	(void)state;
	assert_true(pid != -1);
	if (pid == 0) {
		if (!without_call(SCMP_SYS(openat2), ENOSYS, NULL))
			_exit(2);
		_exit(broker_open(&b, ".") == ERR_DENIED ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_jail_no_work),
		cmocka_unit_test(without_openat2),
	};

	if (argc > 1 && strcmp(argv[1], "--nursery") == 0)
		return nursery_main(jobs, 1, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
