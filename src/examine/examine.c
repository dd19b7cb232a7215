/*
 * A session with its indicators, and the cases that came out of it.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "base/limits.h"
#include "examine/examine_inside.h"

enum err
examine_new(struct examine **out)
{
	struct arena arena = arena_with(MIB);
	struct examine *ex = arena_alloc(&arena, 1, sizeof(*ex));
	enum err err;

	if (ex == NULL)
		return ERR_MEMORY;
	ex->arena = arena;
	ex->index_fd = -1;
	err = session_new(&ex->session);
	if (err != ERR_NONE) {
		arena_free(&arena);
		return err;
	}
	*out = ex;
	return ERR_NONE;
}

void
examine_free(struct examine *ex)
{
	struct arena arena;

	if (ex == NULL)
		return;
	session_free(ex->session);
	if (ex->index_bytes.n > 0)
		(void)munmap((void *)(uintptr_t)ex->index_bytes.p,
		    ex->index_bytes.n);
	if (ex->index_fd >= 0)
		(void)close(ex->index_fd);
	arena = ex->arena;
	arena_free(&arena);
}

const struct index *
examine_index(const struct examine *ex)
{
	return ex->have_index ? &ex->index : NULL;
}

const char *
examine_detail(const struct examine *ex)
{
	return ex->detail;
}

void
examine_stop(void)
{
	session_stop = 1;
}

bool
examine_stopped(void)
{
	return session_stop != 0;
}

const struct result *
examine_result(const struct examine_case *c)
{
	return &c->result;
}

void
examine_case_free(struct examine_case *c)
{
	struct arena arena;

	if (c == NULL)
		return;
	intake_free(&c->intake);
	broker_close(c->broker);
	arena = c->arena;
	arena_free(&arena);
}
