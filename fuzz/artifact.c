/*
 * Every artifact over its files, with indicators, as a worker runs it: what it
 * tells is JSON and CSV that holds, and messages that the parent takes.
 *
 * The first byte selects the artifact ('A' is the first of the list); then
 * comes its file.  After "=-wal=" and "=-jrn=" follows what lies beside the
 * file before; after "=file" and one byte the next file, at the place of that
 * number.  Seeds are made from the cases of tests/artifact (tests/fuzz/seeds.c).
 */
/* fuzz: max_len=16384 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/engine.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/url.h"
#include "examine/wire.h"
#include "format/json.h"
#include "indicator/build.h"
#include "indicator/match.h"
#include "record/timeline.h"

#define MARK	6			/* length of a mark */
#define FILES	8
#define LINE	(256 * KIB)

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char bundle[] = "{\"objects\":["
    "{\"type\":\"indicator\",\"id\":\"a\",\"pattern\":\"[domain-name:value IN "
    "('bad.example','track.example.com','xn--bcher-kva.example')]\"},"
    "{\"type\":\"indicator\",\"id\":\"b\",\"pattern\":\"[url:value IN "
    "('http://bad.example/x?y','https://www.example.com/')]\"},"
    "{\"type\":\"indicator\",\"id\":\"c\",\"pattern\":\"[ipv4-addr:value="
    "'192.0.2.0/24' OR ipv6-addr:value='2001:db8::/33']\"},"
    "{\"type\":\"indicator\",\"id\":\"d\",\"pattern\":\"[process:name="
    "'procexactly16length'] AND [file:path='/private/var/tmp/x']\"},"
    "{\"type\":\"indicator\",\"id\":\"e\",\"pattern\":\"[file:name LIKE "
    "'%xy_%' OR url:value MATCHES '^(a|h)+t/[0-9]' OR email-addr:value="
    "'me@bad.example' OR phone-number:value='+15550100']\"},"
    "{\"type\":\"indicator\",\"id\":\"f\",\"pattern\":\"[app:id='a.b.c'] AND "
    "[domain-name:value='and.example']\"}]}";

struct given {
	struct bytes data[FILES];
	struct member members[FILES];
	unsigned n;
	struct wire_bounds bounds;
	uint32_t nfindings;
	struct buf out;
	struct arena arena;
};

static struct index index_made;

static void
make(void)
{
	static struct arena arena;
	struct buf out = buf_with(MIB);
	struct build *build;

	arena = arena_with(4 * MIB);
	url_prepare();
	if (hash_prepare() != ERR_NONE ||
	    build_new(&build, &arena) != ERR_NONE)
		abort();
	build_add(build, bytes_of("a"), bytes_of(bundle));
	if (build_end(build, &out) != ERR_NONE || index_open(&index_made,
	    arena_copy(&arena, buf_bytes(&out))) != ERR_NONE ||
	    index_count(&index_made) == 0)
		abort();
	buf_free(&out);
}

/* What the parent would say to the message: it takes it. */
static void
taken(struct given *g)
{
	struct wire_message m;

	if (g->out.bad)
		return;
	assert(wire_read(&m, buf_bytes(&g->out), &g->bounds, &g->arena) ||
	    g->arena.bad);
	arena_reset(&g->arena);
}

/* Our reader goes no deeper than LIMIT_DEPTH; a record may. */
static bool
deep(struct bytes json)
{
	unsigned depth = 0;
	size_t i;

	for (i = 0; i < json.n && depth < LIMIT_DEPTH / 2; i++)
		depth += json.p[i] == '{' || json.p[i] == '[';
	return i < json.n;
}

static bool
on_open(void *ctx, const struct member *member, struct input *in,
    const char **why)
{
	struct given *g = ctx;

	*why = "missing";
	*in = input_memory(g->data[member->id]);
	return in->size != 1;
}

static void
on_line(void *ctx, struct bytes line)
{
	(void)ctx;
	assert(line.n > 0 && line.p[line.n - 1] == '\n');
	assert(text_utf8(line));
	assert(deep(line) || json_valid(bytes_part(line, 0, line.n - 1)));
}

static void
on_event(void *ctx, int64_t time, int64_t row, const char *what,
    struct bytes message)
{
	struct timeline_event e = { time, what, "a", row, message };
	struct given *g = ctx;

	buf_reset(&g->out);
	timeline_json(&g->out, &e);
	if (!g->out.bad && g->out.n > 0)
		assert(json_valid(buf_bytes(&g->out)));
	buf_reset(&g->out);
	timeline_csv(&g->out, &e);
	assert(g->out.bad || text_utf8(buf_bytes(&g->out)));
}

static void
on_finding(void *ctx, const struct finding *f)
{
	struct given *g = ctx;

	g->nfindings++;
	wire_finding(&g->out, WIRE_FINDING, 0, f);
	taken(g);
}

static void
on_part(void *ctx, uint32_t part, const struct finding *f)
{
	struct given *g = ctx;

	assert(part < match_parts(&index_made, f->indicators[0]));
	wire_finding(&g->out, WIRE_PART, part, f);
	taken(g);
}

static void
on_again(void *ctx, uint32_t which, uint64_t count, int64_t first,
    int64_t last)
{
	struct given *g = ctx;

	assert(which < g->nfindings && count > 1);
	wire_again(&g->out, which, count, first, last);
	taken(g);
}

static void
on_gap(void *ctx, uint32_t member, const struct gap *gap)
{
	struct given *g = ctx;

	assert(gap->why[0] != '\0');
	wire_gap(&g->out, member, gap->offset, bytes_of(gap->why));
	taken(g);
}

static void
on_device(void *ctx, const char *key, struct bytes value)
{
	struct given *g = ctx;

	wire_device(&g->out, key, value);
	taken(g);
}

static void
on_found(void *ctx, const struct member *member)
{
	struct given *g = ctx;

	assert(member->file.n == 43 && member->domain.n > 0);
	wire_found(&g->out, member);
	taken(g);
}

static void
file_add(struct given *g, const struct artifact *a, unsigned place,
    struct bytes data)
{
	struct member *m = &g->members[g->n];
	const struct place *p = a->places;
	unsigned own, all;

	for (own = 0; a->places[own].path != NULL; own++)
		;
	for (all = own; a->also != NULL && a->also[all - own].path != NULL;
	    all++)
		;
	place %= all;
	p = place < own ? &a->places[place] : &a->also[place - own];
	m->id = g->n;
	m->artifact = g->bounds.artifact;
	m->domain = bytes_of(p->domain == NULL ? "AppDomain-x" : p->domain);
	m->path = bytes_of(p->path);
	m->file = bytes_of("00/00");
	m->wal = m->journal = MEMBER_NONE;
	m->also = place >= own;
	g->data[g->n++] = data;
}

/* Where the next mark begins, or the end. */
static size_t
mark_find(struct bytes all, size_t at)
{
	while ((at = bytes_find_byte(all, '=', at)) != SIZE_MAX) {
		if (bytes_starts(bytes_part(all, at, MARK), "=-wal=") ||
		    bytes_starts(bytes_part(all, at, MARK), "=-jrn=") ||
		    (all.n - at >= MARK &&
		    bytes_starts(bytes_part(all, at, MARK), "=file")))
			return at;
		at++;
	}
	return all.n;
}

static void
files_split(struct given *g, const struct artifact *a, struct bytes all)
{
	size_t at = 0, end = mark_find(all, 0);
	unsigned before = 0;
	uint8_t kind;

	file_add(g, a, 0, bytes_part(all, 0, end));
	for (; end < all.n && g->n < FILES; end = at) {
		kind = all.p[end + 1];
		at = mark_find(all, end + MARK);
		file_add(g, a, kind == 'f' ? all.p[end + MARK - 1] : 0,
		    bytes_part(all, end + MARK, at - end - MARK));
		if (kind == 'f') {
			before = g->n - 1;
			continue;
		}
		g->members[g->n - 1].also = true;
		g->members[g->n - 1].path = bytes_of(kind == 'w' ?
		    "x-wal" : "x-journal");
		*(kind == 'w' ? &g->members[before].wal :
		    &g->members[before].journal) = g->n - 1;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct given g = { .out = buf_with(LINE), .arena = arena_with(MIB) };
	struct sink sink = { .ctx = &g, .open = on_open, .line = on_line,
	    .finding = on_finding, .again = on_again, .part = on_part,
	    .gap = on_gap, .event = on_event, .device = on_device,
	    .found = on_found };
	struct engine engine = { .index = &index_made, .members = g.members,
	    .sink = &sink, .memory = 64 * MIB };
	struct engine_counts counts;

	if (index_made.all.p == NULL)
		make();
	if (size == 0)
		return 0;
	engine.artifact = (data[0] + artifact_count() * 4 - 'A') %
	    artifact_count();
	g.bounds.artifact = engine.artifact;
	g.bounds.nindicators = index_count(&index_made);
	g.bounds.nmembers = FILES;
	files_split(&g, artifact_at(engine.artifact), bytes_at(data + 1,
	    size - 1));
	engine.nmembers = g.n;
	(void)engine_run(&engine, &counts);
	buf_free(&g.out);
	arena_free(&g.arena);
	return 0;
}
