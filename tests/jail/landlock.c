/*
 * Landlock alone, without seccomp before it: each ABI denies what it can, and
 * nothing that only a later one could.
 */
#include "jail/landlock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define NO_RIGHT	200	/* restrict failed: no ABI in force */

static char file[64];

static int
try_open(void)
{
	return open(file, O_RDONLY);
}

static int
try_mkdir(void)
{
	return mkdir("/tmp/ostrakon-landlock-new", 0700);
}

static int
try_truncate(void)
{
	return truncate(file, 1);
}

static int
try_connect(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	int s = socket(AF_INET, SOCK_STREAM, 0);

	to.sin_port = htons(1);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return connect(s, (struct sockaddr *)&to, sizeof(to));
}

static int
try_abstract(void)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int s = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)snprintf(to.sun_path + 1, sizeof(to.sun_path) - 1, "ostrakon-%d",
	    (int)getppid());
	return connect(s, (struct sockaddr *)&to, sizeof(to));
}

static int
try_signal(void)
{
	return kill(getppid(), 0);
}

/* The errno with which it ends under this ABI; 0 if it is let through. */
static int
under(int abi, int (*try)(void))
{
	int status, in_force;
	pid_t pid = fork();

	assert_true(pid != -1);
	if (pid == 0) {
		if (prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL) == -1)
			_exit(NO_RIGHT);
		in_force = landlock_enter(abi);
		if (in_force != (abi > LANDLOCK_ABI ? LANDLOCK_ABI : abi))
			_exit(NO_RIGHT);
		_exit(try() == -1 ? errno : 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* The same, but a kernel that knows less is no fault of ours. */
static bool
offered(int abi)
{
	if (abi > landlock_offered())
		print_message("this kernel has no Landlock ABI %d\n", abi);
	return abi <= landlock_offered();
}

static void
nothing_below_its_abi(void **state)
{
	int listener = socket(AF_UNIX, SOCK_STREAM, 0), abi;
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	(void)state;
	(void)snprintf(at.sun_path + 1, sizeof(at.sun_path) - 1, "ostrakon-%d",
	    (int)getpid());
	assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof(at)),
	    0);
	assert_int_equal(listen(listener, 20), 0);
	for (abi = 0; abi <= LANDLOCK_ABI && offered(abi); abi++) {
		assert_int_equal(under(abi, try_open), abi >= 1 ? EACCES : 0);
		if (abi >= 1)
			assert_int_equal(under(abi, try_mkdir), EACCES);
		assert_int_equal(under(abi, try_truncate),
		    abi >= 3 ? EACCES : 0);
		assert_int_equal(under(abi, try_connect),
		    abi >= 4 ? EACCES : ECONNREFUSED);
		assert_int_equal(under(abi, try_abstract), abi >= 6 ? EPERM : 0);
		assert_int_equal(under(abi, try_signal), abi >= 6 ? EPERM : 0);
	}
	(void)close(listener);
}

static void
more_than_is_known(void **state)
{
	(void)state;
	if (landlock_offered() < LANDLOCK_ABI)
		skip();
	assert_int_equal(under(LANDLOCK_ABI + 50, try_open), EACCES);
}

static int
make_file(void **state)
{
	int fd;

	(void)state;
	(void)snprintf(file, sizeof(file), "/tmp/ostrakon-landlock-XXXXXX");
	fd = mkstemp(file);
	if (fd == -1 || write(fd, "text", 4) != 4)
		return -1;
	return close(fd);
}

static int
remove_file(void **state)
{
	(void)state;
	return unlink(file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_below_its_abi),
		cmocka_unit_test(more_than_is_known),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
