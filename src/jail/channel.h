/*
 * Messages between two processes of ours: SOCK_SEQPACKET, one message a
 * packet, at most LIMIT_MESSAGE bytes and CHANNEL_FDS descriptors.
 */
#ifndef JAIL_CHANNEL_H
#define JAIL_CHANNEL_H

#include "base/bytes.h"
#include "base/err.h"

#define CHANNEL_FDS	16

/* A pair of connected ends, close-on-exec. */
enum err channel_pair(int ends[2]);

/* A send at this end waits at most so many seconds for the other side. */
enum err channel_bound(int end, unsigned seconds);

/* Sends one message of 1 to LIMIT_MESSAGE bytes; blocks while the other side
   is slow.  Gives ERR_WORKER if it is gone, or too slow (channel_bound).
   Never raises SIGPIPE. */
enum err channel_send(int end, struct bytes, const int *fds, unsigned nfds);

/* Receives one message into `to`.  Gives its length in *n (0: the other side
   closed) and the descriptors that came with it (owned by the caller; at most
   CHANNEL_FDS).  A cut message is ERR_WORKER and its descriptors are closed;
   nothing is given then.  With fds NULL no descriptor may come: one that does
   is ERR_WORKER too. */
enum err channel_receive(int end, void *to, size_t room, size_t *n,
    int fds[CHANNEL_FDS], unsigned *nfds);

#endif
