/*
 * The channel: whole messages or none, and no descriptor lost or kept.
 */
#include "jail/channel.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"

static uint8_t big[256 * KIB], other[256 * KIB];

static unsigned
open_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned n = 0;

	assert_non_null(dir);
	while (readdir(dir) != NULL)
		n++;
	(void)closedir(dir);
	return n;
}

static void
close_all(const int *fds, unsigned n)
{
	while (n-- > 0)
		assert_int_equal(close(fds[n]), 0);
}

/* As a process would that keeps to no rule. */
static void
send_raw(int end, const void *p, size_t n, const int *fds, unsigned nfds)
{
	union {
		struct cmsghdr head;
		unsigned char room[CMSG_SPACE(64 * sizeof(int))];
	} control;
	struct iovec part = { (void *)(uintptr_t)p, n };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1 };
	int size = MIB;

	(void)setsockopt(end, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	if (nfds > 0) {
		memset(&control, 0, sizeof(control));
		control.head.cmsg_len = CMSG_LEN(nfds * sizeof(int));
		control.head.cmsg_level = SOL_SOCKET;
		control.head.cmsg_type = SCM_RIGHTS;
		memcpy(CMSG_DATA(&control.head), fds, nfds * sizeof(int));
		m.msg_control = control.room;
		m.msg_controllen = CMSG_SPACE(nfds * sizeof(int));
	}
	assert_int_equal(sendmsg(end, &m, MSG_NOSIGNAL), (ssize_t)n);
}

static void
messages_keep_their_bounds(void **state)
{
	static const size_t sizes[] = { 1, 2, 4096, LIMIT_MESSAGE };
	int ends[2], fds[CHANNEL_FDS];
	unsigned nfds = 7, i;
	size_t n;

	(void)state;
	for (i = 0; i < sizeof(big); i++)
		big[i] = (uint8_t)(i * 31 + (i >> 8));
	assert_int_equal(channel_pair(ends), ERR_NONE);
	for (i = 0; i < 3; i++)
		assert_int_equal(channel_send(ends[0], bytes_at(big, sizes[i]),
		    NULL, 0), ERR_NONE);
	for (i = 0; i < 3; i++) {
		assert_int_equal(channel_receive(ends[1], other, LIMIT_MESSAGE,
		    &n, fds, &nfds), ERR_NONE);
		assert_int_equal(n, sizes[i]);
		assert_int_equal(nfds, 0);
		assert_memory_equal(big, other, n);
	}
	/* The longest, in the other direction. */
	assert_int_equal(channel_send(ends[1], bytes_at(big, sizes[3]), NULL,
	    0), ERR_NONE);
	assert_int_equal(channel_receive(ends[0], other, LIMIT_MESSAGE, &n,
	    NULL, NULL), ERR_NONE);
	assert_int_equal(n, sizes[3]);
	assert_memory_equal(big, other, n);
	close_all(ends, 2);
}

/* What does not fit is no message: the next one is read as if it had not
   been, and the descriptors that came with it are closed. */
static void
a_cut_message_is_refused(void **state)
{
	unsigned before = open_fds(), nfds = 99;
	int ends[2], fds[CHANNEL_FDS], file;
	size_t n = 99;

	(void)state;
	assert_int_equal(channel_pair(ends), ERR_NONE);
	file = memfd_create("one", MFD_CLOEXEC);
	send_raw(ends[0], big, 200 * KIB, &file, 1);
	send_raw(ends[0], "after", 5, NULL, 0);
	assert_int_equal(channel_receive(ends[1], other, LIMIT_MESSAGE, &n,
	    fds, &nfds), ERR_WORKER);
	assert_int_equal(n, 99);
	assert_int_equal(nfds, 99);
	assert_int_equal(open_fds(), before + 3);
	assert_int_equal(channel_receive(ends[1], other, LIMIT_MESSAGE, &n,
	    fds, &nfds), ERR_NONE);
	assert_int_equal(n, 5);
	assert_int_equal(nfds, 0);
	/* One byte too many is too many. */
	send_raw(ends[0], big, 11, NULL, 0);
	assert_int_equal(channel_receive(ends[1], other, 10, &n, fds, &nfds),
	    ERR_WORKER);
	/* 200 KB in one piece, where there is room. */
	send_raw(ends[0], big, 200 * KIB, NULL, 0);
	assert_int_equal(channel_receive(ends[1], other, sizeof(other), &n,
	    fds, &nfds), ERR_NONE);
	assert_int_equal(n, 200 * KIB);
	assert_memory_equal(big, other, n);
	(void)close(file);
	close_all(ends, 2);
	assert_int_equal(open_fds(), before);
}

static void
descriptors_come_along(void **state)
{
	unsigned before = open_fds(), nfds = 0, i;
	int ends[2], files[CHANNEL_FDS], fds[CHANNEL_FDS];
	uint8_t c;
	size_t n;

	(void)state;
	assert_int_equal(channel_pair(ends), ERR_NONE);
	for (i = 0; i < CHANNEL_FDS; i++) {
		files[i] = memfd_create("some", MFD_CLOEXEC);
		c = (uint8_t)('a' + i);
		assert_int_equal(write(files[i], &c, 1), 1);
	}
	assert_int_equal(channel_send(ends[0], bytes_of("files"), files,
	    CHANNEL_FDS), ERR_NONE);
	close_all(files, CHANNEL_FDS);
	assert_int_equal(channel_receive(ends[1], other, 100, &n, fds, &nfds),
	    ERR_NONE);
	assert_int_equal(n, 5);
	assert_int_equal(nfds, CHANNEL_FDS);
	for (i = 0; i < CHANNEL_FDS; i++) {
		assert_int_equal(pread(fds[i], &c, 1, 0), 1);
		assert_int_equal(c, 'a' + i);
		assert_int_equal(fcntl(fds[i], F_GETFD), FD_CLOEXEC);
	}
	close_all(fds, CHANNEL_FDS);
	close_all(ends, 2);
	assert_int_equal(open_fds(), before);
}

static void
too_many_descriptors_are_refused(void **state)
{
	unsigned before = open_fds(), nfds = 0, i;
	int ends[2], files[CHANNEL_FDS + 1], fds[CHANNEL_FDS];
	size_t n;

	(void)state;
	assert_int_equal(channel_pair(ends), ERR_NONE);
	for (i = 0; i <= CHANNEL_FDS; i++)
		files[i] = ends[0];
	send_raw(ends[0], "x", 1, files, CHANNEL_FDS + 1);
	assert_int_equal(channel_receive(ends[1], other, 100, &n, fds, &nfds),
	    ERR_WORKER);
	/* One is too many for a reader who wants none. */
	send_raw(ends[0], "x", 1, files, 1);
	assert_int_equal(channel_receive(ends[1], other, 100, &n, NULL, NULL),
	    ERR_WORKER);
	/* One along with an empty message is not an end. */
	send_raw(ends[0], "", 0, files, 1);
	assert_int_equal(channel_receive(ends[1], other, 100, &n, fds, &nfds),
	    ERR_WORKER);
	close_all(ends, 2);
	assert_int_equal(open_fds(), before);
}

static void
the_other_side_closed(void **state)
{
	int ends[2];
	size_t n = 99;

	(void)state;
	assert_int_equal(channel_pair(ends), ERR_NONE);
	assert_int_equal(channel_send(ends[0], bytes_of("last"), NULL, 0),
	    ERR_NONE);
	(void)close(ends[0]);
	assert_int_equal(channel_receive(ends[1], other, 100, &n, NULL, NULL),
	    ERR_NONE);
	assert_int_equal(n, 4);
	assert_int_equal(channel_receive(ends[1], other, 100, &n, NULL, NULL),
	    ERR_NONE);
	assert_int_equal(n, 0);
	/* No SIGPIPE: this program would be gone. */
	assert_int_equal(channel_send(ends[1], bytes_of("late"), NULL, 0),
	    ERR_WORKER);
	(void)close(ends[1]);
	/* It closed with something of ours unread. */
	assert_int_equal(channel_pair(ends), ERR_NONE);
	assert_int_equal(channel_send(ends[0], bytes_of("unread"), NULL, 0),
	    ERR_NONE);
	(void)close(ends[1]);
	assert_int_equal(channel_receive(ends[0], other, 100, &n, NULL, NULL),
	    ERR_NONE);
	assert_int_equal(n, 0);
	(void)close(ends[0]);
}

/* One that never reads does not hold us for ever. */
static void
a_send_is_bounded(void **state)
{
	enum err err = ERR_NONE;
	int ends[2];
	unsigned sent = 0;

	(void)state;
	assert_int_equal(channel_pair(ends), ERR_NONE);
	assert_int_equal(channel_bound(ends[0], 1), ERR_NONE);
	while (err == ERR_NONE && sent < 1000) {
		err = channel_send(ends[0], bytes_at(big, LIMIT_MESSAGE), NULL,
		    0);
		sent++;
	}
	assert_int_equal(err, ERR_WORKER);
	assert_true(sent > 1 && sent < 20);
	close_all(ends, 2);
}

static void *
read_slowly(void *arg)
{
	int end = *(int *)arg;
	static uint8_t room[LIMIT_MESSAGE];
	size_t n = 1, total = 0;

	while (n > 0) {
		(void)usleep(2000);
		if (channel_receive(end, room, sizeof(room), &n, NULL,
		    NULL) != ERR_NONE)
			return NULL;
		total += n;
	}
	return (void *)total;
}

static void
a_slow_reader_gets_everything(void **state)
{
	pthread_t reader;
	void *total = NULL;
	int ends[2], i;

	(void)state;
	assert_int_equal(channel_pair(ends), ERR_NONE);
	assert_int_equal(pthread_create(&reader, NULL, read_slowly, &ends[1]),
	    0);
	for (i = 0; i < 50; i++)
		assert_int_equal(channel_send(ends[0],
		    bytes_at(big, LIMIT_MESSAGE), NULL, 0), ERR_NONE);
	(void)close(ends[0]);
	assert_int_equal(pthread_join(reader, &total), 0);
	assert_int_equal((size_t)total, 50 * LIMIT_MESSAGE);
	(void)close(ends[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_keep_their_bounds),
		cmocka_unit_test(a_cut_message_is_refused),
		cmocka_unit_test(descriptors_come_along),
		cmocka_unit_test(too_many_descriptors_are_refused),
		cmocka_unit_test(the_other_side_closed),
		cmocka_unit_test(a_send_is_bounded),
		cmocka_unit_test(a_slow_reader_gets_everything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
