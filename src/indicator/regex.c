#include "indicator/regex.h"

#include "base/limits.h"
#include "base/text.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define PATTERN_MAX	4096	/* bytes of one expression */
#define NEST_MAX	50	/* groups within groups */
/* One text of 2 kB and a plain expression need some thousand steps. */
#define MATCH_LIMIT	100000
#define DEPTH_LIMIT	2000
#define HEAP_LIMIT	1024	/* KiB */
#define TRIES		8	/* that may meet a limit */
/* An expression in use takes 1 kB; all of them must fit. */
#define COMPILE_BYTES	(16 * MIB)
#define MATCH_BYTES	(4 * MIB)
/* Steps of LIKE: the text against a run of % in between. */
#define LIKE_STEPS	1000000

struct one {
	pcre2_code *code;
	unsigned limits;	/* how often one was met */
};

/* libpcre2 takes its memory from here, and never gives it back: expressions
   live as long as the set, and what matching needs grows once. */
struct pool {
	struct arena *arena;
	size_t left;
};

struct regex {
	struct pool pool;
	pcre2_general_context *memory;
	pcre2_compile_context *compile;
	pcre2_match_context *match;
	pcre2_match_data *data;
	struct one *all;
	unsigned n, max;
};

static void *
pool_take(size_t size, void *ctx)
{
	struct pool *pool = ctx;

	/* Asked for within its limit, the arena does not turn bad. */
	if (size > pool->left || size > SIZE_MAX / 2 ||
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

static bool
contexts(struct regex *r)
{
	r->memory = pcre2_general_context_create(pool_take, pool_give,
	    &r->pool);
	if (r->memory == NULL)
		return false;
	r->compile = pcre2_compile_context_create(r->memory);
	r->match = pcre2_match_context_create(r->memory);
	r->data = pcre2_match_data_create(1, r->memory);
	if (r->compile == NULL || r->match == NULL || r->data == NULL)
		return false;
	pcre2_set_max_pattern_length(r->compile, PATTERN_MAX);
	pcre2_set_parens_nest_limit(r->compile, NEST_MAX);
	pcre2_set_match_limit(r->match, MATCH_LIMIT);
	pcre2_set_depth_limit(r->match, DEPTH_LIMIT);
	pcre2_set_heap_limit(r->match, HEAP_LIMIT);
	return true;
}

struct regex *
regex_new(struct arena *arena, unsigned n)
{
	struct regex *r = arena_alloc(arena, 1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->pool.arena = arena;
	r->pool.left = COMPILE_BYTES;
	r->max = n;
	r->all = arena_alloc(arena, n, sizeof(*r->all));
	if (r->all == NULL || !contexts(r)) {
		arena->bad = true;
		return NULL;
	}
	return r;
}

/* Pure byte expressions (\C) would split characters; everything else that
   libpcre2 offers is bounded by the limits above. */
static pcre2_code *
compile(pcre2_compile_context *ctx, struct bytes text, bool ignore_case,
    int *why)
{
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF |
	    PCRE2_NEVER_BACKSLASH_C | (ignore_case ? PCRE2_CASELESS : 0);
	PCRE2_SIZE at;

	return pcre2_compile(text.n == 0 ? (PCRE2_SPTR)"" : text.p, text.n,
	    options, why, &at, ctx);
}

int
regex_add(struct regex *r, struct bytes text, bool ignore_case)
{
	int why;

	if (r->n == r->max)
		return -1;
	r->all[r->n].code = compile(r->compile, text, ignore_case, &why);
	if (r->all[r->n].code == NULL)
		return -1;
	return (int)r->n++;
}

enum regex_answer
regex_fits(struct regex *r, int number, struct bytes text)
{
	struct one *one = &r->all[number];
	int got;

	if (one->limits >= TRIES)
		return REGEX_LIMIT;
	if (r->pool.left > MATCH_BYTES)
		r->pool.left = MATCH_BYTES;
	got = pcre2_match(one->code, text.n == 0 ? (PCRE2_SPTR)"" : text.p,
	    text.n, 0, PCRE2_NO_JIT, r->data, r->match);
	if (got >= 0)
		return REGEX_YES;
	if (got == PCRE2_ERROR_NOMATCH)
		return REGEX_NO;
	one->limits++;
	return REGEX_LIMIT;
}

const char *
regex_fault(struct bytes text, bool ignore_case)
{
	struct arena arena = arena_with(MIB);
	struct regex *r = regex_new(&arena, 1);
	const char *fault = NULL;
	int why = 0;

	if (r == NULL)
		fault = "no memory to compile it";
	else if (text.n > PATTERN_MAX)
		fault = "a regular expression longer than 4 KiB";
	else if (compile(r->compile, text, ignore_case, &why) == NULL)
		fault = "a regular expression that does not compile";
	/* One that fits the empty text fits every text. */
	else if (regex_add(r, text, ignore_case) < 0 ||
	    regex_fits(r, 0, bytes_of("")) == REGEX_YES)
		fault = "a regular expression that fits everything";
	arena_free(&arena);
	return fault;
}

/* Whether one character of the pattern fits at text[at]; its length there. */
static size_t
fits_one(struct bytes like, size_t p, struct bytes text, size_t at,
    bool ignore_case)
{
	uint32_t c;
	size_t n;

	if (p >= like.n || at >= text.n || like.p[p] == '%')
		return 0;
	if (like.p[p] == '_') {
		n = text_char(text, at, &c);
		return n == 0 ? 1 : n;
	}
	if (like.p[p] == text.p[at])
		return 1;
	return ignore_case && text_lower(like.p[p]) == text_lower(text.p[at]);
}

enum regex_answer
regex_like(struct bytes like, struct bytes text, bool ignore_case)
{
	size_t p = 0, at = 0, star = SIZE_MAX, back = 0, n;
	uint32_t steps = 0;

	while (at < text.n) {
		if (++steps > LIKE_STEPS)
			return REGEX_LIMIT;
		n = fits_one(like, p, text, at, ignore_case);
		if (n > 0) {
			p++;
			at += n;
		} else if (p < like.n && like.p[p] == '%') {
			star = ++p;
			back = at;
		} else if (star != SIZE_MAX) {
			/* The last % takes one byte more; only it can help. */
			p = star;
			at = ++back;
		} else {
			return REGEX_NO;
		}
	}
	while (p < like.n && like.p[p] == '%')
		p++;
	return p == like.n ? REGEX_YES : REGEX_NO;
}
