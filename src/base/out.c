#include "base/out.h"

#include <errno.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/limits.h"

/* Enough for a write to be worth its system call. */
#define WRITE_AT	(256 * KIB)
/* One piece between two calls of out_buf: a text of LIMIT_CELL_BYTES, every
   byte of it escaped as six. */
#define PIECE_MAX	(128 * MIB)

struct out
out_file(int fd)
{
	return (struct out){ .buf = buf_with(PIECE_MAX), .fd = fd };
}

struct out
out_memory(size_t max)
{
	return (struct out){ .buf = buf_with(max), .fd = -1 };
}

static enum err
fault(int error)
{
	return error == ENOSPC || error == EDQUOT || error == EFBIG ?
	    ERR_FULL : ERR_IO;
}

static void
flush(struct out *out)
{
	struct bytes left = buf_bytes(&out->buf);
	ssize_t n;

	if (out->buf.bad && out->err == ERR_NONE)
		out->err = ERR_MEMORY;
	if (out->hash != NULL && out->err == ERR_NONE)
		hash_add(out->hash, left);
	while (left.n > 0 && out->err == ERR_NONE) {
		n = write(out->fd, left.p, left.n);
		if (n >= 0)
			left = bytes_part(left, (size_t)n, left.n);
		else if (errno != EINTR)
			out->err = fault(errno);
	}
	buf_reset(&out->buf);
}

struct buf *
out_buf(struct out *out)
{
	if (out->fd >= 0 && out->buf.n >= WRITE_AT)
		flush(out);
	return &out->buf;
}

void
out_text(struct out *out, const char *text)
{
	buf_text(out_buf(out), text);
}

void
out_add(struct out *out, struct bytes b)
{
	buf_add(out_buf(out), b);
}

void
out_escape(struct out *out, struct bytes b, enum text_for form)
{
	text_escape(out_buf(out), b, form);
}

enum err
out_end(struct out *out)
{
	if (out->fd >= 0)
		flush(out);
	else if (out->buf.bad && out->err == ERR_NONE)
		out->err = ERR_MEMORY;
	buf_free(&out->buf);
	return out->err;
}
