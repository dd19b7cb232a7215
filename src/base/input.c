#include "base/input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static size_t
file_read(const struct input *in, void *to, size_t n, uint64_t offset)
{
	size_t done = 0;
	ssize_t got;

	while (done < n) {
		got = pread(in->fd, (char *)to + done, n - done,
		    (off_t)(offset + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

static size_t
memory_read(const struct input *in, void *to, size_t n, uint64_t offset)
{
	memcpy(to, in->memory.p + offset, n);
	return n;
}

struct input
input_file(int fd, uint64_t size)
{
	struct input in = { .read = file_read, .size = size, .fd = fd };

	return in;
}

struct input
input_memory(struct bytes memory)
{
	struct input in = { .read = memory_read, .size = memory.n, .fd = -1,
	    .memory = memory };

	return in;
}

size_t
input_read(const struct input *in, void *to, size_t n, uint64_t offset)
{
	if (offset >= in->size)
		return 0;
	if (n > in->size - offset)
		n = (size_t)(in->size - offset);
	return n == 0 ? 0 : in->read(in, to, n, offset);
}
