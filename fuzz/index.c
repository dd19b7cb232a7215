/*
 * The index as a reader that was taken over may write it, and values as
 * spyware may have written them.  The first byte says how many edits follow to
 * a good index, three bytes each: where, where, what; the rest is a value of
 * every kind.  After 0xff all the rest is an index.
 */
/* fuzz: max_len=4096 */
#include <assert.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/limits.h"
#include "indicator/build.h"
#include "indicator/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char bundle[] = "{\"objects\":["
    "{\"type\":\"indicator\",\"id\":\"a\",\"pattern\":\"[domain-name:value IN "
    "('one.example','two.example/x/y','b\xc3\xbc.example','co.uk')]\"},"
    "{\"type\":\"indicator\",\"id\":\"b\",\"pattern\":\"[url:value IN "
    "('http://one.example/x?y#z','a.example/b?c')]\"},"
    "{\"type\":\"indicator\",\"id\":\"c\",\"pattern\":\"[ipv4-addr:value IN "
    "('192.0.2.0/24','1.2.3.4') OR ipv6-addr:value='2001:db8::/33']\"},"
    "{\"type\":\"indicator\",\"id\":\"d\",\"pattern\":\"[process:name="
    "'procexactly16length'] AND [file:path='/var/tmp/x' AND "
    "app:id!='a.b.c' AND file:path='Library/y']\"},"
    "{\"type\":\"indicator\",\"id\":\"e\",\"pattern\":\"[file:name LIKE "
    "'%xy_%' OR url:value MATCHES '^(a|b)+/[0-9]' OR email-addr:value="
    "'me@one.example' OR phone-number:value='+491701']\"}]}";

static struct buf made;

static void
make(void)
{
	struct arena arena = arena_with(4 * MIB);
	struct build *build;

	if (hash_prepare() != ERR_NONE ||
	    build_new(&build, &arena) != ERR_NONE)
		abort();
	made = buf_with(MIB);
	build_add(build, bytes_of("a"), bytes_of(bundle));
	if (build_end(build, &made) != ERR_NONE)
		abort();
	arena_free(&arena);
}

static void
ask(struct arena *arena, const struct index *x, struct bytes value)
{
	const struct match_hit *hits;
	struct index_indicator in;
	struct match *m;
	bool met[4] = { true, false, true, false };
	unsigned kind, n;
	uint32_t i;

	for (i = 0; index_get(x, i, &in); i++)
		(void)match_complete(x, i, met, 4);
	if (match_new(&m, arena, x) != ERR_NONE)
		return;
	match_begin(m);
	for (kind = 0; kind < KIND_COUNT; kind++)
		match_value(m, kind, (enum kind)kind, value);
	for (n = match_end(m, &hits); n > 0; n--)
		assert(index_get(x, hits[n - 1].indicator, &in));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(8 * MIB);
	struct cur c = cur_over(bytes_at(data, size));
	struct bytes all;
	uint8_t *copy;
	unsigned edits;
	struct index x;

	if (made.p == NULL)
		make();
	edits = (unsigned)cur_le(&c, 1);
	all = arena_copy(&arena, edits == 0xff ?
	    cur_take(&c, cur_left(&c)) : buf_bytes(&made));
	copy = arena_alloc(&arena, all.n + 1, 1);
	for (size_t i = 0; copy != NULL && i < all.n; i++)
		copy[i] = all.p[i];
	for (edits &= 15; edits > 0 && all.n > 0 && cur_left(&c) > 2; edits--) {
		size_t at = cur_le(&c, 2) % all.n;

		copy[at] = (uint8_t)cur_le(&c, 1);
	}
	if (index_open(&x, bytes_at(copy, all.n)) == ERR_NONE)
		ask(&arena, &x, cur_take(&c, cur_left(&c)));
	arena_free(&arena);
	return 0;
}
