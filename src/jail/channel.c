/*
 * Either side may have been taken over by what it read, so nothing about a
 * message is believed: not its length, not what comes along with it.
 */
#include "jail/channel.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/limits.h"

union control {
	struct cmsghdr head;	/* for its alignment */
	unsigned char room[CMSG_SPACE(CHANNEL_FDS * sizeof(int))];
};

enum err
channel_pair(int ends[2])
{
	int size = 2 * LIMIT_MESSAGE;
	unsigned i;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == -1)
		return errno == ENOMEM ? ERR_MEMORY : ERR_IO;
	/* A system may have set its default below one message.  If this fails
	   a send says so. */
	for (i = 0; i < 2; i++)
		(void)setsockopt(ends[i], SOL_SOCKET, SO_SNDBUF, &size,
		    sizeof(size));
	return ERR_NONE;
}

enum err
channel_bound(int end, unsigned seconds)
{
	struct timeval wait = { (time_t)seconds, 0 };

	if (setsockopt(end, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait)) == -1)
		return ERR_IO;
	return ERR_NONE;
}

static enum err
send_err(int error)
{
	switch (error) {
	case EPIPE:
	case ECONNRESET:
	case EAGAIN:		/* channel_bound: it does not read */
	case ETOOMANYREFS:	/* nor take the descriptors sent to it */
		return ERR_WORKER;
	case ENOMEM:
	case ENOBUFS:
		return ERR_MEMORY;
	default:
		return ERR_IO;
	}
}

enum err
channel_send(int end, struct bytes message, const int *fds, unsigned nfds)
{
	struct iovec part = { (void *)(uintptr_t)message.p, message.n };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1 };
	union control control;
	ssize_t sent;

	assert(message.n > 0 && message.n <= LIMIT_MESSAGE);
	assert(nfds <= CHANNEL_FDS);
	if (nfds > 0) {
		memset(&control, 0, sizeof(control));
		control.head.cmsg_len = CMSG_LEN(nfds * sizeof(int));
		control.head.cmsg_level = SOL_SOCKET;
		control.head.cmsg_type = SCM_RIGHTS;
		memcpy(CMSG_DATA(&control.head), fds, nfds * sizeof(int));
		m.msg_control = control.room;
		m.msg_controllen = CMSG_SPACE(nfds * sizeof(int));
	}
	do
		sent = sendmsg(end, &m, MSG_NOSIGNAL);
	while (sent == -1 && errno == EINTR);
	return sent == -1 ? send_err(errno) : ERR_NONE;
}

/* The descriptors that came along; each is ours now, wanted or not. */
static unsigned
take_fds(struct msghdr *m, int fds[CHANNEL_FDS])
{
	struct cmsghdr *c;
	size_t at, n;
	unsigned taken = 0;
	int fd;

	for (c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (at = 0; at < n; at++) {
			memcpy(&fd, CMSG_DATA(c) + at * sizeof(int),
			    sizeof(fd));
			assert(taken < CHANNEL_FDS);
			fds[taken++] = fd;
		}
	}
	return taken;
}

enum err
channel_receive(int end, void *to, size_t room, size_t *n,
    int fds[CHANNEL_FDS], unsigned *nfds)
{
	struct iovec part = { to, room };
	union control control;
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1 };
	int taken[CHANNEL_FDS];
	unsigned ntaken, i;
	ssize_t got;

	if (fds != NULL) {
		m.msg_control = control.room;
		m.msg_controllen = sizeof(control.room);
	}
	do
		got = recvmsg(end, &m, MSG_CMSG_CLOEXEC);
	while (got == -1 && errno == EINTR);
	if (got == -1 && errno == ECONNRESET) {	/* closed, ours unread */
		m.msg_controllen = 0;
		m.msg_flags = 0;
		got = 0;
	}
	if (got == -1)
		return errno == ENOMEM || errno == ENOBUFS ? ERR_MEMORY :
		    ERR_IO;
	ntaken = take_fds(&m, taken);
	if ((m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 ||
	    (got == 0 && ntaken > 0)) {
		for (i = 0; i < ntaken; i++)
			(void)close(taken[i]);
		return ERR_WORKER;
	}
	*n = (size_t)got;
	if (fds != NULL) {
		memcpy(fds, taken, ntaken * sizeof(int));
		*nfds = ntaken;
	}
	return ERR_NONE;
}
