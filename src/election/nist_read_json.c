/*
 * JSON of any size, read through a window, and its objects by tables of their
 * members.
 *
 * The window moves between two events, so that a text or a run of blanks must
 * be shorter than what is always kept in it.
 */
#include "election/nist_inside.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"

#define WINDOW		(1 * MIB)
#define KEPT		(256 * KIB)	/* the longest text */
#define SCRATCH		(16 * MIB)
#define FAULTS		1000		/* then the file is read no further */
#define QUOTED		100		/* bytes of a text in a fault */
#define FAULT_BYTES	1024

/* --- the window ----------------------------------------------------------- */

/* Counts lines up to a place of the window. */
static void
count_lines(struct nist_file *f, size_t to)
{
	size_t at;

	while ((at = bytes_find_byte(bytes_part(f->json.cur.in, 0, to), '\n',
	    f->counted)) != SIZE_MAX) {
		f->counted = at + 1;
		f->line++;
		f->line_at = f->base + f->counted;
	}
	f->counted = to > f->counted ? to : f->counted;
}

static struct bytes
fill(struct nist_file *f, size_t kept)
{
	size_t n = input_read(f->input, f->room + kept, WINDOW - kept,
	    f->base + kept);

	f->ended = n < WINDOW - kept;
	return bytes_at(f->room, kept + n);
}

static void
slide(struct nist_file *f)
{
	struct cur *c = &f->json.cur;
	size_t left = cur_left(c);

	if (f->ended || left >= KEPT)
		return;
	count_lines(f, c->at);
	memmove(f->room, f->room + c->at, left);
	f->base += c->at;
	f->counted = 0;
	c->at = 0;
	c->in = fill(f, left);
	arena_reset(&f->scratch);
}

bool
nist_open(struct nist *r)
{
	struct nist_file *f = &r->file;

	if (f->room == NULL) {
		f->room = arena_alloc(&r->arena, WINDOW, 1);
		f->scratch = arena_with(SCRATCH);
	}
	if (f->room == NULL)
		return false;
	f->base = f->line_at = 0;
	f->line = 1;
	f->counted = f->before = 0;
	arena_reset(&f->scratch);
	f->json = json_over(fill(f, 0), &f->scratch);
	return true;
}

void
nist_close(struct nist *r)
{
	arena_free(&r->file.scratch);
}

enum json_event
nist_next(struct nist *r)
{
	struct nist_file *f = &r->file;

	if (r->stopped)
		return JSON_END;
	slide(f);
	f->before = f->json.cur.at;
	f->event = json_next(&f->json);
	return f->event;
}

struct bytes
nist_text(const struct nist *r)
{
	return r->file.json.text;
}

bool
nist_flag(const struct nist *r)
{
	return r->file.event == JSON_TRUE;
}

static bool
between(uint8_t c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',';
}

struct nist_where
nist_here(struct nist *r)
{
	struct nist_file *f = &r->file;
	struct bytes in = f->json.cur.in;
	size_t at = f->before;

	while (at < f->json.cur.at && between(in.p[at]))
		at++;
	if (f->json.fault != NULL && f->json.cur.at > at)
		at = f->json.cur.at;
	count_lines(f, at);
	return (struct nist_where){ f->line, (uint32_t)(f->base + at -
	    f->line_at + 1) };
}

/* --- faults --------------------------------------------------------------- */

void
nist_fault(struct nist *r, struct nist_where where, const char *why,
    struct bytes what)
{
	struct buf b = buf_with(FAULT_BYTES);
	struct bytes head = text_head(what, QUOTED);
	char *text;

	if (r->stopped)
		return;
	buf_text(&b, why);
	if (what.p != NULL) {
		buf_text(&b, ": \"");
		text_escape(&b, head, TEXT_LOG);
		buf_text(&b, head.n < what.n ? "...\"" : "\"");
	}
	text = arena_string(r->texts, buf_bytes(&b));
	buf_free(&b);
	r->sink->fault(r->sink->ctx, r->number, where.line, where.column,
	    text == NULL ? why : text);
	if (++r->faults < FAULTS)
		return;
	r->sink->fault(r->sink->ctx, r->number, where.line, 0,
	    "too many faults: the file was read no further");
	r->stopped = true;
}

void
nist_fault_here(struct nist *r, const char *why, struct bytes what)
{
	nist_fault(r, nist_here(r), why, what);
}

/* What both passes meet is told by the first. */
static void
fault_once(struct nist *r, struct nist_where where, const char *why,
    struct bytes what)
{
	if (r->pass == 1 && r->file.json.fault == NULL)
		nist_fault(r, where, why, what);
}

/* --- objects -------------------------------------------------------------- */

void
nist_pass(struct nist *r)
{
	struct json *j = &r->file.json;
	struct arena *arena = j->arena;
	uint32_t depth = j->depth;

	assert(depth > 0 || j->fault != NULL || r->stopped);
	j->arena = NULL;	/* texts are checked and not kept */
	while (j->depth >= depth && nist_next(r) != JSON_END)
		;
	j->arena = arena;
}

/* The value that comes next, whatever it is. */
static void
pass_value(struct nist *r)
{
	enum json_event e = nist_next(r);

	if (e == JSON_OBJECT || e == JSON_ARRAY)
		nist_pass(r);
}

static bool
fits(enum json_event e, enum nist_is is)
{
	switch (is) {
	case NIST_TEXT:
		return e == JSON_TEXT;
	case NIST_NUMBER:
		return e == JSON_NUMBER;
	case NIST_FLAG:
		return e == JSON_TRUE || e == JSON_FALSE;
	case NIST_LIST:
		return e == JSON_ARRAY;
	case NIST_OBJECT:
		return e == JSON_OBJECT;
	}
	return false;
}

/* Whether the value is what it must be; another is told and passed over. */
static bool
value(struct nist *r, enum json_event e, enum nist_is is)
{
	static const char *const wants[] = { "this must be a text",
	    "this must be a number", "this must be true or false",
	    "this must be a list", "this must be an object" };

	if (fits(e, is))
		return true;
	if (e != JSON_END)
		fault_once(r, nist_here(r), wants[is], bytes_at(NULL, 0));
	if (e == JSON_OBJECT || e == JSON_ARRAY)
		nist_pass(r);
	return false;
}

bool
nist_item(struct nist *r, enum nist_is is)
{
	enum json_event e;

	while ((e = nist_next(r)) != JSON_END && e != JSON_ARRAY_END)
		if (value(r, e, is))
			return true;
	return false;
}

void
nist_object(struct nist *r, struct nist_object *o, const struct nist_kind *k)
{
	*o = (struct nist_object){ .kind = k, .where = nist_here(r) };
	assert(k->n < 32);
}

static void
object_type(struct nist *r, struct nist_object *o)
{
	struct bytes type;
	unsigned i;

	if (o->typed)
		fault_once(r, nist_here(r), "a member that stands twice",
		    bytes_of("@type"));
	if (!value(r, nist_next(r), NIST_TEXT))
		return;
	type = nist_text(r);
	if (bytes_starts(type, "ElectionResults."))
		type = bytes_part(type, strlen("ElectionResults."), type.n);
	for (i = 0; i < 4 && o->kind->types[i] != NULL; i++)
		if (bytes_is(type, o->kind->types[i])) {
			o->typed = true;
			o->type = i;
			return;
		}
	fault_once(r, nist_here(r), "an object that does not belong here",
	    type);
	o->typed = true;
}

static void
object_end(struct nist *r, const struct nist_object *o)
{
	const struct nist_member *m;
	unsigned i;

	if (!o->typed)
		fault_once(r, o->where, "a required member is missing",
		    bytes_of("@type"));
	for (i = 0; i < o->kind->n; i++) {
		m = &o->kind->members[i];
		if ((m->required & 1u << o->type) != 0 &&
		    (o->seen & 1u << i) == 0)
			fault_once(r, o->where, "a required member is missing",
			    bytes_of(m->name));
	}
}

static int
member_named(const struct nist_kind *k, struct bytes name)
{
	unsigned i;

	for (i = 0; i < k->n; i++)
		if (bytes_is(name, k->members[i].name))
			return (int)i;
	return -1;
}

int
nist_member(struct nist *r, struct nist_object *o)
{
	int i;

	while (nist_next(r) == JSON_KEY) {
		if (bytes_is(nist_text(r), "@type")) {
			object_type(r, o);
			continue;
		}
		i = member_named(o->kind, nist_text(r));
		if (i < 0) {
			pass_value(r);
			continue;
		}
		if ((o->seen & 1u << i) != 0) {
			fault_once(r, nist_here(r), "a member that stands "
			    "twice", nist_text(r));
			pass_value(r);
			continue;
		}
		o->seen |= 1u << i;
		if (value(r, nist_next(r), o->kind->members[i].is))
			return i;
	}
	if (r->file.json.fault == NULL && !r->stopped)
		object_end(r, o);
	return -1;
}

/* --- numbers -------------------------------------------------------------- */

/* Without a fraction of zeros, which some programs write. */
static struct bytes
whole(struct bytes text)
{
	size_t point = bytes_find_byte(text, '.', 0), i;

	if (point == SIZE_MAX)
		return text;
	for (i = point + 1; i < text.n; i++)
		if (text.p[i] != '0')
			return text;
	return bytes_part(text, 0, point);
}

bool
nist_count(struct nist *r, int64_t *n)
{
	struct bytes text = nist_text(r);
	uint64_t v = 0;

	if (bytes_starts(text, "-"))
		nist_fault_here(r, "a negative number", text);
	else if (bytes_find_byte(text, 'e', 0) != SIZE_MAX ||
	    bytes_find_byte(text, 'E', 0) != SIZE_MAX ||
	    bytes_find_byte(whole(text), '.', 0) != SIZE_MAX)
		nist_fault_here(r, "not a whole number", text);
	else if (!text_uint(whole(text), &v) || v > (uint64_t)FORM_MOST)
		nist_fault_here(r, "an absurdly large number", text);
	else {
		*n = (int64_t)v;
		return true;
	}
	return false;
}
