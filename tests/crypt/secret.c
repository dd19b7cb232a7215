/*
 * Memory for secrets: locked, not in core dumps, shared by its descriptor,
 * wiped for all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "crypt/secret.h"

/* A sanitizer has its own mlock, which does nothing. */
#ifdef OSTRAKON_SANITIZER
#define SANITIZER	1
#else
#define SANITIZER	0
#endif

/* The flags that the kernel shows for the mapping at p. */
static void
flags_of(const void *p, char *flags, size_t n)
{
	FILE *f = fopen("/proc/self/smaps", "r");
	char line[512];
	unsigned long from, to;
	int here = 0;

	assert_non_null(f);
	flags[0] = '\0';
	while (flags[0] == '\0' && fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "%lx-%lx ", &from, &to) == 2)
			here = (unsigned long)p >= from &&
			    (unsigned long)p < to;
		else if (here && strncmp(line, "VmFlags:", 8) == 0)
			(void)snprintf(flags, n, "%.*s", (int)n - 1, line);
	}
	(void)fclose(f);
	assert_int_not_equal(flags[0], '\0');
}

static void
assert_kept(const struct secret *s)
{
	char flags[512];

	assert_true(s->locked);
	flags_of(s->p, flags, sizeof(flags));
	if (!SANITIZER)
		assert_non_null(strstr(flags, " lo"));
	assert_non_null(strstr(flags, " dd"));
}

static void
locked_and_not_dumped(void **state)
{
	struct secret s, m, p;
	size_t i;

	(void)state;
	assert_int_equal(secret_new(&s, 100), ERR_NONE);
	assert_int_equal(s.n, 100);
	for (i = 0; i < s.n; i++)
		assert_int_equal(s.p[i], 0);
	assert_kept(&s);
	assert_int_equal(fcntl(s.fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	assert_int_equal(secret_map(&m, s.fd, 100), ERR_NONE);
	assert_kept(&m);
	assert_int_equal(m.fd, -1);
	assert_int_equal(secret_private(&p, 100000), ERR_NONE);
	assert_kept(&p);
	assert_int_equal(p.fd, -1);
	p.p[99999] = 1;
	secret_free(&p);
	secret_free(&m);
	secret_free(&s);
	assert_null(s.p);
	secret_free(&s);	/* of zeros */
}

static void
the_size_is_fixed(void **state)
{
	struct secret s, m = { 0 };

	(void)state;
	assert_int_equal(secret_new(&s, SECRET_MAX), ERR_NONE);
	assert_int_equal(ftruncate(s.fd, 0), -1);
	assert_int_equal(ftruncate(s.fd, 2 * SECRET_MAX), -1);
	assert_int_equal(secret_map(&m, s.fd, SECRET_MAX + 1), ERR_KIND);
	assert_int_equal(secret_map(&m, -1, 1), ERR_KIND);
	assert_null(m.p);
	secret_free(&s);
}

static void
shared_by_its_descriptor(void **state)
{
	struct secret s, m;
	char text[] = "the keys";

	(void)state;
	assert_int_equal(secret_new(&s, 16), ERR_NONE);
	assert_int_equal(secret_map(&m, s.fd, 16), ERR_NONE);
	assert_int_equal(secret_write(s.fd, text, sizeof(text)), ERR_NONE);
	assert_string_equal((char *)s.p, text);
	assert_string_equal((char *)m.p, text);
	assert_int_equal(secret_write(s.fd, "THE", 3), ERR_NONE);
	assert_string_equal((char *)m.p, "THE keys");
	/* It cannot grow: what does not fit is an error, not more memory. */
	memset(s.p, 0, 16);
	assert_int_equal(secret_write(s.fd, "0123456789abcdefgh", 18), ERR_IO);
	s.p[0] = 1;
	secret_free(&s);
	assert_int_equal(m.p[0], 0);
	assert_int_equal(m.p[15], 0);
	secret_free(&m);
	assert_int_equal(secret_write(-1, text, 1), ERR_IO);
}

static void
read_only_where_it_is_mapped(void **state)
{
	struct secret s, m;
	char flags[512];

	(void)state;
	assert_int_equal(secret_new(&s, 16), ERR_NONE);
	assert_int_equal(secret_map(&m, s.fd, 16), ERR_NONE);
	flags_of(s.p, flags, sizeof(flags));
	assert_non_null(strstr(flags, " wr"));
	flags_of(m.p, flags, sizeof(flags));
	assert_null(strstr(flags, " wr"));
	secret_free(&m);
	secret_free(&s);
}

/* Who has only the descriptor can read what its maker still changes. */
static void
sealed_for_others(void **state)
{
	struct secret s, m;
	void *p;

	(void)state;
	assert_int_equal(secret_new(&s, 16), ERR_NONE);
	assert_int_equal(secret_write(s.fd, "the keys", 9), ERR_NONE);
	secret_seal(&s);
	assert_int_equal(secret_write(s.fd, "THE", 3), ERR_IO);
	p = mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED, s.fd, 0);
	assert_true(p == MAP_FAILED);
	assert_int_equal(fcntl(s.fd, F_ADD_SEALS, F_SEAL_WRITE), -1);
	assert_int_equal(secret_map(&m, s.fd, 16), ERR_NONE);
	assert_int_equal(mprotect(m.p, 16, PROT_READ | PROT_WRITE), -1);
	assert_string_equal((char *)m.p, "the keys");
	s.p[0] = 'T';
	assert_string_equal((char *)m.p, "The keys");
	secret_free(&s);
	assert_int_equal(m.p[0], 0);
	secret_free(&m);
}

/* Unlocked is said, and works.  root may lock all it wants. */
static void
unlocked_is_said(void **state)
{
	struct rlimit none = { 0, 0 };
	struct secret s;
	int status = 0;
	pid_t child;

	(void)state;
	if (SANITIZER)
		skip();
	child = fork();
	if (child == 0) {
		if (setrlimit(RLIMIT_MEMLOCK, &none) == -1 ||
		    (geteuid() == 0 && setuid(65534) == -1))
			_exit(2);
		if (secret_new(&s, 16) != ERR_NONE)
			_exit(3);
		s.p[15] = 1;
		_exit(s.locked);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
wiped(void **state)
{
	char text[] = "secret";

	(void)state;
	secret_wipe(text, sizeof(text));
	assert_memory_equal(text, "\0\0\0\0\0\0", sizeof(text));
	secret_wipe(NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(locked_and_not_dumped),
		cmocka_unit_test(the_size_is_fixed),
		cmocka_unit_test(shared_by_its_descriptor),
		cmocka_unit_test(read_only_where_it_is_mapped),
		cmocka_unit_test(sealed_for_others),
		cmocka_unit_test(unlocked_is_said),
		cmocka_unit_test(wiped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
