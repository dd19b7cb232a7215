/*
 * The worker of a count: everything from elsewhere is read here, in the jail.
 */
#include "election/count_job.h"

#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/out.h"
#include "election/count.h"
#include "election/levels.h"
#include "election/nist.h"
#include "election/profile_builtin.h"
#include "election/read_list.h"
#include "election/read_results.h"
#include "election/tally.h"
#include "jail/channel.h"

#define ARENA_BYTES	(256 * MIB)

struct job_state {
	const struct worker *worker;
	uint32_t flags;
	struct nist_about about;
	struct arena arena;
	struct count *count;
	struct tally tally;
	const struct profile *profiles[COUNT_PROFILES];
	unsigned nprofiles;
	unsigned nfiles;
	bool bad_profile;		/* the operator's own cannot be used */
};

/* --- profiles ------------------------------------------------------------- */

static bool
profile(struct job_state *s, struct bytes text)
{
	struct yaml_fault fault;
	const struct profile *p;

	if (s->nprofiles == COUNT_PROFILES)
		return false;
	p = profile_read(text, &s->arena, &fault);
	if (p != NULL)
		s->profiles[s->nprofiles++] = p;
	return p != NULL;
}

static bool
builtin_profiles(struct job_state *s)
{
	unsigned i;

	for (i = 0; i < profile_builtin_count(); i++)
		if (!profile(s, profile_builtin_text(profile_builtin_name(i))))
			return false;
	return true;
}

static bool
own_profile(struct job_state *s, const struct results_file *f)
{
	size_t n = (size_t)f->input.size;
	void *p = arena_alloc(&s->arena, n + 1, 1);

	if (p == NULL || input_read(&f->input, p, n, 0) != n)
		return false;
	s->nprofiles = 0;
	s->bad_profile = !profile(s, bytes_at(p, n));
	return !s->bad_profile;
}

/* --- files ---------------------------------------------------------------- */

static void
on_listed(void *ctx, const struct count_listed *l)
{
	count_expect(ctx, l);
}

static void
on_annulled(void *ctx, const struct count_listed *l)
{
	count_annul(ctx, l);
}

static void
on_fault(void *ctx, unsigned file, uint64_t line, uint32_t column,
    const char *why)
{
	struct form_sink sink = count_sink(ctx);

	sink.fault(ctx, file, line, column, why);
}

static bool
file(struct job_state *s, enum count_role role, struct results_file *f)
{
	struct list_sink list = { role == COUNT_EXPECT ? on_listed :
	    on_annulled, on_fault, s->count };
	struct results_read read = { 0 };
	struct form_sink sink = count_sink(s->count);

	if (role == COUNT_PROFILE)
		return own_profile(s, f);
	f->number = s->nfiles++;
	if (role == COUNT_RESULTS) {
		read_results(f, s->profiles, s->nprofiles, &sink, &s->arena,
		    &read);
	} else {
		read.rows = read_list(f, s->profiles, s->nprofiles, &list);
		read.format = bytes_of(role == COUNT_EXPECT ? "stations" :
		    "annulled");
	}
	count_file(s->count, f->name, read.profile, read.format, read.rows);
	return true;
}

/* One message of the parent; false at the end, or if it makes no sense. */
static bool
message(struct job_state *s, bool *good)
{
	static uint8_t room[LIMIT_MESSAGE];
	struct results_file f = { 0 };
	struct cur cur;
	int fds[CHANNEL_FDS];
	unsigned nfds = 0, i;
	size_t n = 0;
	uint64_t role, size;

	*good = channel_receive(s->worker->channel, room, sizeof(room), &n,
	    fds, &nfds) == ERR_NONE && n >= COUNT_MESSAGE_HEAD;
	if (!*good)
		return false;
	cur = cur_over(bytes_at(room, n));
	role = cur_le(&cur, 4);
	size = cur_le(&cur, 8);
	f.name = cur_take(&cur, cur_left(&cur));
	if (role != COUNT_DONE && nfds == 1) {
		f.input = input_file(fds[0], size);
		*good = file(s, (enum count_role)role, &f);
	} else {
		*good = role == COUNT_DONE;
	}
	for (i = 0; i < nfds; i++)
		(void)close(fds[i]);
	return *good && role != COUNT_DONE;
}

/* --- what comes out ------------------------------------------------------- */

static int
outputs(struct job_state *s)
{
	unsigned next = 1;
	struct out out;
	enum err err = ERR_NONE, end = ERR_NONE;

	if (s->tally.nfaults > 0)
		return WORKER_DONE;
	if ((s->flags & COUNT_WITH_STATIONS) != 0) {
		out = out_file(s->worker->fds[next++]);
		err = levels_stations(&out, s->count, &s->tally);
		end = out_end(&out);
	}
	if ((s->flags & COUNT_WITH_NIST) != 0 && err == ERR_NONE &&
	    end == ERR_NONE) {
		out = out_file(s->worker->fds[next]);
		err = nist_write(&out, s->count, &s->tally, &s->about);
		end = out_end(&out);
	}
	if (err == ERR_MEMORY || end == ERR_MEMORY)
		return WORKER_NO_MEMORY;
	return err == ERR_NONE && end == ERR_NONE ? WORKER_DONE :
	    COUNT_NO_OUTPUT;
}

static int
result(struct job_state *s)
{
	struct buf buf = buf_with(COUNT_BYTES);
	struct out out = out_file(s->worker->fds[0]);
	enum err err = count_end(s->count, &s->tally);

	if (err == ERR_NONE) {
		tally_write(&s->tally, &buf);
		out_add(&out, buf_bytes(&buf));
	}
	if (out_end(&out) != ERR_NONE || buf.bad)
		err = err == ERR_NONE ? ERR_IO : err;
	buf_free(&buf);
	if (err != ERR_NONE)
		return err == ERR_MEMORY ? WORKER_NO_MEMORY : COUNT_NO_OUTPUT;
	return outputs(s);
}

/* flags, round, complete, day of voting, then three texts with their sizes:
   the leader, the title, the country. */
static bool
arguments(struct job_state *s, struct count_setup *setup)
{
	struct cur cur = cur_over(s->worker->args);
	unsigned nfds;

	s->flags = (uint32_t)cur_le(&cur, 4);
	s->about.round = (unsigned)cur_le(&cur, 4);
	s->about.complete = cur_le(&cur, 4) != 0;
	s->about.voting = (int32_t)(uint32_t)cur_le(&cur, 4);
	setup->leader = cur_take(&cur, (size_t)cur_le(&cur, 4));
	s->about.title = cur_take(&cur, (size_t)cur_le(&cur, 4));
	s->about.country = cur_take(&cur, (size_t)cur_le(&cur, 4));
	setup->accept_broken = (s->flags & COUNT_ACCEPT_BROKEN) != 0;
	setup->pictures = (s->flags & COUNT_PICTURES) != 0;
	setup->anomaly = (s->flags & COUNT_ANOMALY) != 0;
	nfds = 1u + ((s->flags & COUNT_WITH_STATIONS) != 0) +
	    ((s->flags & COUNT_WITH_NIST) != 0);
	return cur_ok(&cur) && s->worker->nfds == nfds;
}

int
count_job(const struct worker *worker)
{
	struct job_state s = { .worker = worker };
	struct count_setup setup = { 0 };
	bool good = true;
	int status;

	if (!arguments(&s, &setup))
		return WORKER_CHANNEL;
	s.arena = arena_with(ARENA_BYTES);
	s.count = count_new(&setup);
	if (s.count == NULL)
		return WORKER_NO_MEMORY;
	if (!builtin_profiles(&s))
		return s.arena.bad ? WORKER_NO_MEMORY : COUNT_BAD_PROFILE;
	while (message(&s, &good))
		;
	status = good ? result(&s) : s.bad_profile ? COUNT_BAD_PROFILE :
	    WORKER_CHANNEL;
	count_free(s.count);
	arena_free(&s.arena);
	return status;
}
