#include "indicator/gather.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "indicator/gather_join.h"
#include "indicator/grow.h"
#include "indicator/stix.h"

static const char *const set_types[] = {
	"malware", "report", "grouping", "campaign", "intrusion-set",
	"threat-actor", "tool", "infrastructure", "incident"
};

static const struct bytes none;

bool
gather_init(struct gather *g, struct arena *arena,
    const struct gather_file *files, uint32_t nfiles)
{
	struct gather empty = { .arena = arena, .files = files,
	    .nfiles = nfiles };

	*g = empty;
	g->ids = intern_in(arena);
	return notes_init(&g->notes, arena, nfiles);
}

static void
note_object(struct gather *g, uint32_t file, const struct stix_object *o,
    const char *why)
{
	uint8_t text[32];
	struct buf b = { text, 0, sizeof(text), sizeof(text), false };
	struct bytes object = o->id;

	if (object.n == 0) {
		buf_text(&b, "object ");
		buf_uint(&b, o->number);
		object = buf_bytes(&b);
	}
	notes_add(&g->notes, NOTE_ERROR, file, o->offset, object, none, why);
}

static void
add_indicator(struct gather *g, uint32_t file, const struct stix_object *o)
{
	struct gather_indicator *list, one = { .file = file };

	if (o->pattern.n == 0) {
		note_object(g, file, o, "it has no pattern");
		return;
	}
	if (g->nindicators >= LIMIT_INDICATORS * 2) {
		note_object(g, file, o, "there are too many indicators");
		return;
	}
	one.id = intern_add(&g->ids, 0, o->id);
	list = grow_array(g->arena, g->indicators, g->nindicators,
	    &g->indicators_cap, sizeof(*list));
	if (list == NULL || one.id == INTERN_NONE)
		return;
	one.offset = o->offset;
	one.modified = o->modified;
	one.from = o->valid_from;
	one.until = o->valid_until;
	one.pattern = o->pattern;
	one.type = o->pattern_type;
	one.revoked = o->revoked;
	g->indicators = list;
	list[g->nindicators++] = one;
}

/* False if there are too many, or no room. */
static bool
add_link(struct gather *g, const struct gather_link *link)
{
	struct gather_link *list;

	if (g->nlinks >= GATHER_LINKS)
		return false;
	list = grow_array(g->arena, g->links, g->nlinks, &g->links_cap,
	    sizeof(*list));
	if (list == NULL)
		return false;
	g->links = list;
	list[g->nlinks++] = *link;
	return true;
}

static void
add_set(struct gather *g, uint32_t file, const struct stix_object *o)
{
	struct gather_set *list, one = { .file = file };
	struct gather_link link = { .id = INTERN_NONE };
	uint32_t i;

	if (g->nsets >= GATHER_SETS) {
		note_object(g, file, o, "there are too many sets");
		return;
	}
	one.id = intern_add(&g->ids, 0, o->id);
	list = grow_array(g->arena, g->sets, g->nsets, &g->sets_cap,
	    sizeof(*list));
	if (list == NULL || one.id == INTERN_NONE)
		return;
	one.modified = o->modified;
	one.name = o->name.n > 0 ? o->name : o->id;
	one.name = bytes_part(one.name, 0, 256);
	one.url = o->url.n <= LIMIT_PATH_BYTES ? o->url : none;
	one.revoked = o->revoked;
	g->sets = list;
	list[g->nsets++] = one;
	link.a = one.id;
	link.modified = o->modified;
	for (i = 0; i < o->nrefs; i++) {
		if (!bytes_starts(o->refs[i], "indicator--"))
			continue;
		link.b = intern_add(&g->ids, 0, o->refs[i]);
		if (link.b == INTERN_NONE || !add_link(g, &link)) {
			note_object(g, file, o, "it refers to too much");
			return;
		}
	}
}

static void
add_relationship(struct gather *g, uint32_t file, const struct stix_object *o)
{
	struct gather_link link = { .modified = o->modified,
	    .revoked = o->revoked };

	if (o->source.n == 0 || o->target.n == 0) {
		note_object(g, file, o, "a relationship without two ends");
		return;
	}
	if (!bytes_starts(o->source, "indicator--") &&
	    !bytes_starts(o->target, "indicator--"))
		return;
	link.id = intern_add(&g->ids, 0, o->id);
	link.a = intern_add(&g->ids, 0, o->source);
	link.b = intern_add(&g->ids, 0, o->target);
	if (link.id == INTERN_NONE || link.a == INTERN_NONE ||
	    link.b == INTERN_NONE || !add_link(g, &link))
		note_object(g, file, o, "there are too many relationships");
}

static void
add_object(struct gather *g, uint32_t file, const struct stix_object *o)
{
	size_t i;

	if (o->id.n > 256) {
		note_object(g, file, o, "its id is too long");
		return;
	}
	if (bytes_is(o->type, "indicator")) {
		add_indicator(g, file, o);
		return;
	}
	if (bytes_is(o->type, "relationship")) {
		add_relationship(g, file, o);
		return;
	}
	for (i = 0; i < sizeof(set_types) / sizeof(set_types[0]); i++)
		if (bytes_is(o->type, set_types[i]))
			add_set(g, file, o);
}

void
gather_read(struct gather *g, uint32_t file)
{
	const struct gather_file *f = &g->files[file];
	struct stix_object o;
	struct stix s;

	if (f->fault != NULL) {
		notes_add(&g->notes, NOTE_ERROR, file, UINT64_MAX, none, none,
		    f->fault);
		return;
	}
	if (f->text.n > LIMIT_STIX_BYTES) {
		notes_add(&g->notes, NOTE_ERROR, file, UINT64_MAX, none, none,
		    "the file is too large");
		return;
	}
	s = stix_over(f->text, g->arena);
	while (stix_next(&s, &o)) {
		if (o.fault != NULL)
			note_object(g, file, &o, o.fault);
		else
			add_object(g, file, &o);
	}
	if (!s.whole)
		notes_add(&g->notes, NOTE_ERROR, file, s.json.cur.at, none,
		    none, s.fault);
}

bool
gather_end(struct gather *g)
{
	return gather_join_live(g) && gather_join_sets(g) && !g->arena->bad;
}

const uint32_t *
gather_sets_of(const struct gather *g, uint32_t id, uint32_t *n)
{
	*n = g->of_first[id + 1] - g->of_first[id];
	return g->of + g->of_first[id];
}
