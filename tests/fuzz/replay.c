/*
 * Runs a fuzz target without a fuzzer, with any compiler: linked with one
 * fuzz/NAME.c, it gives every file of a corpus folder to that target,
 *
 *	as it is,
 *	cut short at places spread over the file,
 *	with single bits flipped, spread likewise,
 *	and with each of its allocations failing, one at a time.
 *
 * The same inputs every time.  Each file is one test; each runs in a process
 * of its own, so that a crash names its input and the others still run.  The
 * counts are printed as cmocka prints them, for tests/run.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define MUTATIONS	256		/* cuts of one file, and flips */
#define FAILURES	64		/* allocations that fail, one by one */
#define FILE_BYTES	(1024UL * 1024UL)
#define TOTAL_BYTES	(16UL * 1024UL * 1024UL)  /* fed from one file */
#define SECONDS		60		/* for one file */

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* What the child is at, shared with the parent that must tell of it. */
struct at {
	const char *how;
	size_t where;
};

static struct at *at;
static size_t until_failure;		/* allocations left; 0: none fails */
static bool failed_one;

/* The linker sends the library's allocations here (--wrap). */
void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
void *__wrap_malloc(size_t);
void *__wrap_calloc(size_t, size_t);
void *__wrap_realloc(void *, size_t);

static bool
fails(void)
{
	if (until_failure == 0 || --until_failure > 0)
		return false;
	failed_one = true;
	return true;
}

void *
__wrap_malloc(size_t n)
{
	return fails() ? NULL : __real_malloc(n);
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

void *
__wrap_realloc(void *p, size_t n)
{
	return fails() ? NULL : __real_realloc(p, n);
}

/* A copy of exactly n bytes, so that a read past the end is seen. */
static void
feed(const uint8_t *data, size_t n, const char *how, size_t where)
{
	uint8_t *copy = __real_malloc(n == 0 ? 1 : n);

	if (copy == NULL)
		abort();
	if (n > 0)
		memcpy(copy, data, n);
	at->how = how;
	at->where = where;
	(void)LLVMFuzzerTestOneInput(copy, n);
	free(copy);
}

static void
feed_all(uint8_t *data, size_t n)
{
	size_t rounds = n == 0 ? 0 : TOTAL_BYTES / n / 2;
	size_t i;
	size_t bit;

	feed(data, n, "as it is", 0);
	if (rounds > MUTATIONS)
		rounds = MUTATIONS;
	for (i = 0; i < rounds && i < n; i++)
		feed(data, n < rounds ? i : n / rounds * i, "cut to",
		    n < rounds ? i : n / rounds * i);
	for (i = 0; i < rounds && i < n * 8; i++) {
		/* Coprime strides walk through all bits of a byte. */
		bit = n * 8 < rounds ? i : (n * 8 / rounds | 1) * i % (n * 8);
		data[bit / 8] ^= (uint8_t)(1U << bit % 8);
		feed(data, n, "with this bit flipped", bit);
		data[bit / 8] ^= (uint8_t)(1U << bit % 8);
	}
	for (i = 1, failed_one = true; failed_one && i <= FAILURES; i++) {
		failed_one = false;
		until_failure = i;
		feed(data, n, "with this allocation failing", i);
		until_failure = 0;
	}
}

static size_t
read_file(const char *path, uint8_t *to, size_t max)
{
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL) {
		perror(path);
		exit(1);
	}
	n = fread(to, 1, max, f);
	if (ferror(f)) {
		perror(path);
		exit(1);
	}
	fclose(f);
	return n;
}

/* One file, or none: then a few bytes of our own.  True if all went well. */
static bool
replay(const char *path)
{
	static uint8_t data[FILE_BYTES];
	int status;
	size_t n;
	pid_t pid;

	printf("[ RUN      ] %s\n", path);
	fflush(NULL);
	at->how = "before its first input";
	pid = fork();
	if (pid == 0) {
		alarm(SECONDS);
		for (n = 0; n < 256; n++)
			data[n] = (uint8_t)n;
		if (strcmp(path, "no corpus") != 0)
			n = read_file(path, data, sizeof(data));
		feed_all(data, n);
		/* By way of exit, for leaks are found there. */
		exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		perror("fork");
		exit(1);
	}
	if (status == 0) {
		printf("[       OK ] %s\n", path);
		return true;
	}
	if (WIFSIGNALED(status))
		printf("signal %d: ", WTERMSIG(status));
	printf("%s, %s %zu\n[  FAILED  ] %s\n", path, at->how, at->where, path);
	return false;
}

static int
not_hidden(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

int
main(int argc, char **argv)
{
	struct dirent **files = NULL;
	char path[4096];
	const char *name = strrchr(argv[0], '/');
	unsigned passed = 0;
	unsigned failed = 0;
	int n;
	int i;

	name = name == NULL ? argv[0] : name + 1;
	(void)snprintf(path, sizeof(path), "fuzz/corpus/%s", name);
	at = mmap(NULL, sizeof(*at), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED) {
		perror("mmap");
		return 1;
	}
	*(replay("no corpus") ? &passed : &failed) += 1;
	n = scandir(argc > 1 ? argv[1] : path, &files, not_hidden, alphasort);
	for (i = 0; i < n; i++) {
		(void)snprintf(path, sizeof(path), "%s%s/%s",
		    argc > 1 ? "" : "fuzz/corpus/", argc > 1 ? argv[1] : name,
		    files[i]->d_name);
		*(replay(path) ? &passed : &failed) += 1;
		free(files[i]);
	}
	free(files);
	printf("[  PASSED  ] %u test(s).\n", passed);
	if (failed > 0)
		printf("[  FAILED  ] %u test(s), listed above.\n", failed);
	return failed > 0;
}
