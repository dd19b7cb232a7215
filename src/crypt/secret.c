/*
 * Secrets lie in memory files: a descriptor can be handed on, and the bytes
 * never pass through a socket's buffer.
 */
#include "crypt/secret.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Linux 6.3; the headers of Debian 12 are older than many a kernel. */
#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL	0x0008U
#endif

/* Locking and dumping: asked for everywhere, refused at times; a secret that
   may be swapped is still better than no check at all, and `locked` tells. */
static enum err
keep(struct secret *s, void *p, size_t n)
{
	if (p == MAP_FAILED)
		return ERR_MEMORY;
	s->p = p;
	s->n = n;
	s->locked = mlock(p, n) == 0;
	(void)madvise(p, n, MADV_DONTDUMP);
	return ERR_NONE;
}

/* Never executable, where the kernel knows that. */
static int
memory_file(void)
{
	unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
	int fd = memfd_create("secret", flags | MFD_NOEXEC_SEAL);

	if (fd == -1 && errno == EINVAL)
		fd = memfd_create("secret", flags);
	return fd;
}

enum err
secret_new(struct secret *out, size_t n)
{
	struct secret s = { .fd = memory_file() };
	enum err err;

	assert(n > 0 && n <= SECRET_MAX);
	if (s.fd == -1)
		return errno == ENOMEM ? ERR_MEMORY : ERR_IO;
	/* A file that another could cut short would be a fault on access. */
	if (ftruncate(s.fd, (off_t)n) == -1 || fcntl(s.fd, F_ADD_SEALS,
	    F_SEAL_SHRINK | F_SEAL_GROW) == -1)
		err = ERR_IO;
	else
		err = keep(&s, mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED,
		    s.fd, 0), n);
	if (err != ERR_NONE) {
		(void)close(s.fd);
		return err;
	}
	*out = s;
	return ERR_NONE;
}

void
secret_seal(const struct secret *s)
{
	(void)fcntl(s->fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE);
	(void)fcntl(s->fd, F_ADD_SEALS, F_SEAL_SEAL);
}

enum err
secret_map(struct secret *out, int fd, size_t n)
{
	struct secret s = { .fd = -1, .mapped = true };
	off_t size = lseek(fd, 0, SEEK_END);
	enum err err;

	assert(n > 0);
	if (size < 0 || (uint64_t)size < n)
		return ERR_KIND;
	err = keep(&s, mmap(NULL, n, PROT_READ, MAP_SHARED, fd, 0), n);
	if (err == ERR_NONE)
		*out = s;
	return err;
}

enum err
secret_write(int fd, const void *from, size_t n)
{
	const char *p = from;
	size_t done = 0;
	ssize_t wrote;

	if (lseek(fd, 0, SEEK_SET) != 0)
		return ERR_IO;
	while (done < n) {
		wrote = write(fd, p + done, n - done);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return ERR_IO;
		done += (size_t)wrote;
	}
	return ERR_NONE;
}

enum err
secret_private(struct secret *out, size_t n)
{
	struct secret s = { .fd = -1 };
	enum err err;

	assert(n > 0);
	err = keep(&s, mmap(NULL, n, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), n);
	if (err == ERR_NONE)
		*out = s;
	return err;
}

void
secret_free(struct secret *s)
{
	if (s->p == NULL)
		return;
	if (!s->mapped)
		secret_wipe(s->p, s->n);
	(void)munmap(s->p, s->n);
	if (s->fd != -1)
		(void)close(s->fd);
	memset(s, 0, sizeof(*s));
}

void
secret_wipe(void *p, size_t n)
{
	if (n > 0)
		explicit_bzero(p, n);
}
