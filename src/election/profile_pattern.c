/*
 * The patterns of a profile: libpcre2 with every limit it has, and never its
 * just-in-time compiler, for no worker may make memory executable.
 */
#include "election/profile_inside.h"

#include "base/limits.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define PATTERN_MAX	4096	/* bytes of one */
#define NEST_MAX	50	/* groups within groups */
/* A header has 300 bytes, and a plain pattern needs some thousand steps. */
#define MATCH_LIMIT	100000
#define DEPTH_LIMIT	2000
#define HEAP_LIMIT	1024	/* KiB */
/* A pattern takes 1 kB; matching asks for its memory once. */
#define BYTES		(8 * MIB)

/* libpcre2 takes its memory from here, and never gives it back. */
struct pool {
	struct arena *arena;
	size_t left;
};

struct profile_patterns {
	struct pool pool;
	pcre2_general_context *memory;
	pcre2_compile_context *compile;
	pcre2_match_context *match;
	pcre2_match_data *data;
	pcre2_code *all[PROFILE_TESTS];
	int n;
};

static void *
pool_take(size_t size, void *ctx)
{
	struct pool *pool = ctx;

	/* Asked for within its limit, the arena does not turn bad. */
	if (size > pool->left ||
	    size + 64 > pool->arena->limit - pool->arena->used)
		return NULL;
	pool->left -= size;
	return arena_alloc(pool->arena, 1, size);
}

static void
pool_give(void *p, void *ctx)
{
	(void)p;
	(void)ctx;
}

struct profile_patterns *
profile_patterns_new(struct arena *arena)
{
	struct profile_patterns *p = arena_alloc(arena, 1, sizeof(*p));

	if (p == NULL)
		return NULL;
	p->pool.arena = arena;
	p->pool.left = BYTES;
	p->memory = pcre2_general_context_create(pool_take, pool_give,
	    &p->pool);
	if (p->memory == NULL)
		return NULL;
	p->compile = pcre2_compile_context_create(p->memory);
	p->match = pcre2_match_context_create(p->memory);
	p->data = pcre2_match_data_create(1, p->memory);
	if (p->compile == NULL || p->match == NULL || p->data == NULL)
		return NULL;
	pcre2_set_max_pattern_length(p->compile, PATTERN_MAX);
	pcre2_set_parens_nest_limit(p->compile, NEST_MAX);
	pcre2_set_match_limit(p->match, MATCH_LIMIT);
	pcre2_set_depth_limit(p->match, DEPTH_LIMIT);
	pcre2_set_heap_limit(p->match, HEAP_LIMIT);
	return p;
}

int
profile_patterns_add(struct profile_patterns *p, struct bytes pattern,
    char *why, size_t size)
{
	/* A pattern may not turn the options off again: pure bytes (\C) would
	   split characters. */
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS |
	    PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
	PCRE2_SIZE at;
	int code;

	if (p->n == PROFILE_TESTS) {
		code = PCRE2_ERROR_NOMEMORY;
	} else {
		p->all[p->n] = pcre2_compile(pattern.n == 0 ?
		    (PCRE2_SPTR)"" : pattern.p, pattern.n, options, &code, &at,
		    p->compile);
		if (p->all[p->n] != NULL)
			return p->n++;
	}
	if (pcre2_get_error_message(code, (PCRE2_UCHAR *)why, size) < 0)
		why[0] = '\0';
	return -1;
}

enum profile_fit
profile_patterns_fit(const struct profile_patterns *p, int number,
    struct bytes text)
{
	int got = pcre2_match(p->all[number], text.n == 0 ?
	    (PCRE2_SPTR)"" : text.p, text.n, 0, PCRE2_NO_JIT, p->data,
	    p->match);

	if (got >= 0)
		return PROFILE_YES;
	return got == PCRE2_ERROR_NOMATCH ? PROFILE_NO : PROFILE_LIMIT;
}
