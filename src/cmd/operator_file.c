#include "cmd/operator_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/input.h"
#include "cmd/complain.h"
#include "format/yaml.h"

/* Why a file that could be opened is not read; NULL if it is. */
static const char *
read_open(int fd, struct arena *arena, struct bytes *text)
{
	struct stat st;
	struct input in;
	void *p;
	size_t n;

	if (fstat(fd, &st) != 0)
		return strerror(errno);
	if (S_ISDIR(st.st_mode))
		return "it is a folder";
	if (!S_ISREG(st.st_mode))
		return "it is no regular file";
	if (st.st_size > YAML_BYTES)
		return "it is larger than 4 MiB";
	n = (size_t)st.st_size;
	p = arena_alloc(arena, n + 1, 1);
	if (p == NULL)
		return "not enough memory";
	in = input_file(fd, n);
	if (input_read(&in, p, n, 0) != n)
		return "it could not be read to its end";
	*text = bytes_at(p, n);
	return NULL;
}

bool
operator_file_read(const char *path, struct arena *arena, struct bytes *text)
{
	/* Not waiting for whoever might write to a pipe of that name. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	const char *why = fd < 0 ? strerror(errno) :
	    read_open(fd, arena, text);

	if (why != NULL)
		complain_about(path, why);
	if (fd >= 0)
		(void)close(fd);
	return why == NULL;
}
