/*
 * The jail's own test, run by this program: all is denied, whatever Landlock
 * the kernel has; and it would say so if something were not.
 */
#include "jail/jail_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "jail/jail.h"
#include "jail/landlock.h"
#include "jail/nursery.h"

#ifdef OSTRAKON_SANITIZER
#define SANITIZER	true
#else
#define SANITIZER	false
#endif

static char said[16384];

static int
run(void)
{
	FILE *out = fmemopen(said, sizeof(said), "w");
	int status;

	assert_non_null(out);
	memset(said, 0, sizeof(said));
	status = jail_test(out);
	assert_int_equal(fclose(out), 0);
	return status;
}

static void
all_is_denied(void **state)
{
	static const char *const lines[] = {
		"open: stopped by the jail (SIGSYS)\n",
		"socket: stopped by the jail (SIGSYS)\n",
		"connect: stopped by the jail (SIGSYS)\n",
		"execve: stopped by the jail (SIGSYS)\n",
		"fork: stopped by the jail (SIGSYS)\n",
		"kill: stopped by the jail (SIGSYS)\n",
		"ptrace: stopped by the jail (SIGSYS)\n",
		"mmap executable: stopped by the jail (SIGSYS)\n",
		"mprotect executable: stopped by the jail (SIGSYS)\n",
		"stat: stopped by the jail (SIGSYS)\n",
		"writing past the file limit: stopped by the jail (SIGXFSZ)\n",
		"memory past its limit: refused\n",
		"CPU time past its limit: stopped by the jail (SIGXCPU)\n",
		"no_new_privs: yes\n",
	};
	unsigned i;

	(void)state;
	if (SANITIZER) {
		assert_int_equal(run(), 1);
		assert_non_null(strstr(said, "jail: none: sanitizer build\n"));
		assert_null(strstr(said, "stopped"));
		return;
	}
	assert_int_equal(run(), 0);
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_non_null(strstr(said, lines[i]));
	assert_null(strstr(said, "NOT"));
	assert_int_equal(strstr(said, "jail: full\n") != NULL,
	    landlock_offered() >= LANDLOCK_ABI_FULL);
}

/* seccomp alone denies it all; what is missing is told. */
static void
without_landlock(void **state)
{
	(void)state;
	if (SANITIZER)
		skip();
	assert_int_equal(setenv("OSTRAKON_JAIL_ABI", "0", 1), 0);
	assert_int_equal(run(), 0);
	assert_int_equal(unsetenv("OSTRAKON_JAIL_ABI"), 0);
	assert_null(strstr(said, "NOT"));
	assert_non_null(strstr(said, "jail: partial\n"));
	assert_non_null(strstr(said, "missing: no Landlock on this kernel"));
}

static void
names_and_what_is_missing(void **state)
{
	struct jail_state s = { .no_new_privs = true, .seccomp = true,
	    .limits = true, .landlock = LANDLOCK_ABI };
	int abi;

	(void)state;
	assert_string_equal(jail_name(&s), "full");
	assert_string_equal(jail_missing(&s), "");
	for (abi = 0; abi < LANDLOCK_ABI_FULL; abi++) {
		s.landlock = abi;
		assert_string_equal(jail_name(&s), "partial");
		assert_non_null(strstr(jail_missing(&s), "Landlock"));
		assert_int_equal(strstr(jail_missing(&s), "cutting") != NULL,
		    abi == 1 || abi == 2);
		assert_int_equal(strstr(jail_missing(&s), "TCP") != NULL,
		    abi >= 1 && abi <= 3);
		assert_int_equal(strstr(jail_missing(&s), "device") != NULL,
		    abi >= 1 && abi <= 4);
	}
	s.landlock = LANDLOCK_ABI;
	s.seccomp = false;
	assert_string_equal(jail_name(&s), "partial");
	assert_non_null(strstr(jail_missing(&s), "seccomp"));
	s.sanitizer = true;
	assert_string_equal(jail_name(&s), "none: sanitizer build");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_is_denied),
		cmocka_unit_test(without_landlock),
		cmocka_unit_test(names_and_what_is_missing),
	};

	if (argc > 1 && strcmp(argv[1], "--nursery") == 0)
		return nursery_main(NULL, 0, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
