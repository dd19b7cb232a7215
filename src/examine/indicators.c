/*
 * Bundles to an index, in a jailed worker.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "examine/examine_inside.h"

struct loading {
	const char *const *files;
	unsigned n;
	const char *why;
};

static bool
loading_open(void *ctx, uint32_t number, int *fd, uint64_t *size,
    const char **why)
{
	struct loading *l = ctx;
	struct stat st;

	if (number >= l->n)
		return false;
	*fd = open(l->files[number], O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (*fd < 0) {
		*why = errno == ENOENT ? "there is no such file" :
		    errno == EACCES ? "it may not be read" :
		    "it cannot be opened";
		return false;
	}
	if (fstat(*fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		(void)close(*fd);
		*why = "it is not a plain file";
		return false;
	}
	*size = (uint64_t)st.st_size;
	return true;
}

static bool
loading_message(void *ctx, const struct wire_message *m)
{
	(void)ctx;
	return m->type == WIRE_DONE;
}

static void
loading_ended(void *ctx, const char *why)
{
	struct loading *l = ctx;

	l->why = why;
}

/* The file's own name, as sets and notes show it. */
static struct bytes
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return bytes_of(slash == NULL ? path : slash + 1);
}

static enum err
map_index(struct examine *ex)
{
	const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE |
	    F_SEAL_SEAL;
	uint8_t sum[HASH_SHA256];
	struct buf hex = buf_with(128);
	off_t n = lseek(ex->index_fd, 0, SEEK_END);
	void *p;

	if (n <= 0 || fcntl(ex->index_fd, F_ADD_SEALS, seals) != 0)
		return ERR_WORKER;
	/* Private: before Linux 6.7 what is sealed cannot be shared. */
	p = mmap(NULL, (size_t)n, PROT_READ, MAP_PRIVATE, ex->index_fd, 0);
	if (p == MAP_FAILED)
		return ERR_MEMORY;
	ex->index_bytes = bytes_at(p, (size_t)n);
	if (index_open(&ex->index, ex->index_bytes) != ERR_NONE)
		return ERR_WORKER;
	ex->have_index = true;
	hash_sha256(ex->index_bytes, sum);
	text_hex(&hex, bytes_at(sum, sizeof(sum)));
	memcpy(ex->index_sha256, hex.p, 64);
	buf_free(&hex);
	return ERR_NONE;
}

enum err
examine_indicators(struct examine *ex, const char *const *files, unsigned n)
{
	struct loading loading = { files, n, NULL };
	struct arena arena = arena_with(LIMIT_MESSAGE);
	struct buf args = buf_with(NURSERY_ARGS);
	struct task task = { .kind = JOB_INDICATORS, .ctx = &loading,
	    .open = loading_open, .message = loading_message,
	    .ended = loading_ended, .arena = &arena };
	struct bytes name;
	enum err err;
	unsigned i;

	ex->index_fd = memfd_create("indicators",
	    MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (ex->index_fd < 0)
		return ERR_MEMORY;
	buf_le(&args, n, 4);
	for (i = 0; i < n; i++) {
		name = base_name(files[i]);
		buf_le(&args, name.n, 4);
		buf_add(&args, name);
	}
	task.args = buf_bytes(&args);
	task.fds = &ex->index_fd;
	task.nfds = 1;
	err = args.bad ? ERR_MEMORY : session_start(ex->session, &task, 1);
	if (err == ERR_NONE)
		err = session_finish(ex->session);
	buf_free(&args);
	arena_free(&arena);
	if (err == ERR_NONE && loading.why != NULL)
		err = ERR_WORKER;
	return err == ERR_NONE ? map_index(ex) : err;
}
