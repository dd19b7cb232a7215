#include "examine/sets.h"

#include <unistd.h>

#include "base/url.h"
#include "examine/session.h"

struct reading {
	struct sets *sets;
	struct arena *arena;
	int fd;
	const char *why;
};

bool
sets_url_ok(struct bytes url)
{
	struct url u;
	size_t i;

	if (url.n > 2000 || !bytes_starts(url, "https://"))
		return false;
	for (i = 0; i < url.n; i++)
		if (url.p[i] <= ' ' || url.p[i] >= 0x7f)
			return false;
	return url_read(&u, url) && u.host.n > 0 && u.user.n == 0;
}

static bool
on_open(void *ctx, uint32_t number, int *fd, uint64_t *size, const char **why)
{
	struct reading *r = ctx;
	off_t n = lseek(r->fd, 0, SEEK_END);

	*why = "there is no more";
	if (number != 0 || n < 0)
		return false;
	*fd = dup(r->fd);
	*size = (uint64_t)n;
	return *fd >= 0;
}

/* One set: its address, a line end, its name. */
static bool
on_message(void *ctx, const struct wire_message *m)
{
	struct reading *r = ctx;
	struct sets *s = r->sets;
	struct bytes url, name;
	size_t end;

	if (m->type == WIRE_DONE)
		return true;
	if (m->type != WIRE_NOTE)
		return false;
	end = bytes_find_byte(m->text, '\n', 0);
	url = bytes_part(m->text, 0, end);
	name = end == SIZE_MAX ? url : bytes_part(m->text, end + 1, 200);
	if (s->n == SETS_MAX || !sets_url_ok(url)) {
		s->refused++;
		return true;
	}
	s->list[s->n].url = arena_string(r->arena, url);
	s->list[s->n].name = arena_string(r->arena, name);
	s->n += !r->arena->bad;
	return true;
}

static void
on_end(void *ctx, const char *why)
{
	struct reading *r = ctx;

	r->why = why;
}

enum err
sets_read(struct sets *sets, struct arena *arena, int fd)
{
	struct reading reading = { sets, arena, fd, NULL };
	struct arena scratch = arena_with(LIMIT_MESSAGE);
	struct task task = { .kind = JOB_SETS, .ctx = &reading,
	    .open = on_open, .message = on_message, .ended = on_end,
	    .arena = &scratch };
	struct session *session = NULL;
	enum err err = session_new(&session);

	sets->n = sets->refused = 0;
	if (err == ERR_NONE)
		err = session_start(session, &task, 1);
	if (err == ERR_NONE)
		err = session_finish(session);
	session_free(session);
	arena_free(&scratch);
	if (err == ERR_NONE && (reading.why != NULL || sets->n == 0))
		err = ERR_KIND;
	return err;
}
