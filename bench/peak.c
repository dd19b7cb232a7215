/*
 * The peak memory of a command and all processes that it starts:
 *
 *	peak [-e MS] COMMAND [ARG...]
 *
 * Every MS milliseconds (5) it adds up what each process has of its own,
 * Pss_Anon + Pss_Shmem of /proc/PID/smaps_rollup: shared memory is counted
 * once, mapped evidence not at all.  The largest sum counts; a peak that lasts
 * less than MS can be missed.
 *
 * Prints "KIB SAMPLES PROCESSES UNREADABLE STATUS": the peak, how often it
 * looked, how many processes there were at most at a time, how often a process
 * could not be looked at (one that may not be traced, if we are not root), and
 * how the command ended.  What the command itself prints is thrown away, but
 * for stderr.  Exit 0, or 2 if nothing could be measured.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROCESSES	4096

struct tally {
	unsigned long peak, samples, most, unreadable;
	bool found;		/* the kernel tells what we ask for */
};

/* A small file of /proc; its length, or -1. */
static ssize_t
slurp(const char *path, char *to, size_t n)
{
	ssize_t got, all = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	while ((size_t)all < n - 1 &&
	    (got = read(fd, to + all, n - 1 - (size_t)all)) > 0)
		all += got;
	to[all] = '\0';
	close(fd);
	return all;
}

static unsigned long
kib_of(const char *text, const char *key)
{
	const char *at = strstr(text, key);

	return at == NULL ? 0 : strtoul(at + strlen(key), NULL, 10);
}

static unsigned long
memory_of(pid_t pid, struct tally *tally)
{
	char path[64], text[4096];

	(void)snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
	if (slurp(path, text, sizeof(text)) < 0) {
		tally->unreadable += errno == EACCES || errno == EPERM;
		return 0;
	}
	if (strstr(text, "Pss_Anon:") != NULL)
		tally->found = true;
	return kib_of(text, "Pss_Anon:") + kib_of(text, "Pss_Shmem:");
}

/* Adds the children of one thread. */
static void
add_children(const char *path, pid_t *pids, size_t *n)
{
	char text[16384], *at = text, *next;
	long pid;

	if (slurp(path, text, sizeof(text)) < 0)
		return;
	while ((pid = strtol(at, &next, 10)) > 0 && *n < PROCESSES) {
		pids[(*n)++] = (pid_t)pid;
		at = next;
	}
}

static void
add_family(pid_t pid, pid_t *pids, size_t *n)
{
	char path[64 + 256];
	struct dirent *entry;
	DIR *threads;

	(void)snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	threads = opendir(path);
	if (threads == NULL)
		return;
	while ((entry = readdir(threads)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "/proc/%d/task/%s/children",
		    (int)pid, entry->d_name);
		add_children(path, pids, n);
	}
	closedir(threads);
}

/* All that descend from us: orphans come back to us (see main). */
static void
look(struct tally *tally)
{
	static pid_t pids[PROCESSES];
	unsigned long sum = 0;
	size_t i, n = 0;

	add_family(getpid(), pids, &n);
	for (i = 0; i < n; i++) {
		add_family(pids[i], pids, &n);
		sum += memory_of(pids[i], tally);
	}
	tally->samples++;
	if (sum > tally->peak)
		tally->peak = sum;
	if (n > tally->most)
		tally->most = n;
}

static pid_t
start(char **argv)
{
	pid_t pid = fork();
	int fd;

	if (pid == 0) {
		fd = open("/dev/null", O_WRONLY);
		(void)dup2(fd, STDOUT_FILENO);
		(void)execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	return pid;
}

/* Looks until the first child has ended; its status. */
static int
watch(pid_t pid, long ms, struct tally *tally)
{
	struct timespec next;
	int status;
	pid_t ended;

	(void)clock_gettime(CLOCK_MONOTONIC, &next);
	for (;;) {
		look(tally);
		while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
			if (ended == pid)
				return status;
		if (ended < 0)
			return 127 << 8;
		next.tv_nsec += ms * 1000000;
		while (next.tv_nsec >= 1000000000) {
			next.tv_nsec -= 1000000000;
			next.tv_sec++;
		}
		(void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next,
		    NULL);
	}
}

int
main(int argc, char **argv)
{
	struct tally tally = { 0, 0, 0, 0, false };
	long ms = 5;
	pid_t pid;
	int c, status;

	while ((c = getopt(argc, argv, "+e:")) != -1)
		if (c != 'e' || (ms = strtol(optarg, NULL, 10)) < 1 ||
		    ms > 1000)
			ms = 0;
	if (ms == 0 || optind >= argc) {
		fputs("usage: peak [-e MS] COMMAND [ARG...]\n", stderr);
		return 2;
	}
	(void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	pid = start(argv + optind);
	if (pid < 0) {
		perror("fork");
		return 2;
	}
	status = watch(pid, ms, &tally);
	if (!tally.found) {
		fputs("peak: the kernel does not tell Pss_Anon\n", stderr);
		return 2;
	}
	printf("%lu %lu %lu %lu %d\n", tally.peak, tally.samples, tally.most,
	    tally.unreadable, WIFEXITED(status) ? WEXITSTATUS(status) :
	    128 + WTERMSIG(status));
	return 0;
}
