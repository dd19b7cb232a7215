/*
 * Typed streams, as NSArchiver writes them.
 *
 * After a head come groups: a type text ("@", "iI", "[12c]"), then one value
 * for each type in it.  Type texts and class names are numbered as they first
 * appear, and so, apart from them, are objects, classes and C strings; a
 * small integer names one that came before.  One wrong byte moves every later
 * number, so nothing after damage is read.
 */
#include "format/attributed.h"

#include <string.h>

#include "base/limits.h"
#include "format/attributed_inside.h"

/* The first byte of an item; others are small integers. */
enum {
	HEAD_INT2 = ATTRIBUTED_INT2, HEAD_INT4 = 0x82, HEAD_REAL = 0x83,
	HEAD_NEW = 0x84, HEAD_NIL = 0x85, HEAD_END = 0x86
};

#define FIRST_NUMBER	(-110)	/* how number 0 is written */
#define NOTHING		UINT32_MAX

/* Most bodies hold under twenty of each; these cost no allocation. */
#define STRINGS_INLINE	48
#define THINGS_INLINE	96

enum what { WHAT_OTHER = 0, WHAT_STRING, WHAT_ATTRIBUTED, WHAT_URL };

struct thing {			/* an object, a class or a C string */
	struct bytes text;
	enum what what;		/* or, of a class, its instances */
	bool class;
};

struct stream {
	struct cur c;
	bool big;		/* integers are big-endian */
	struct arena *arena;
	struct bytes *strings;
	struct thing *things;
	uint32_t nstrings, strings_cap;
	uint32_t nthings, things_cap;
	uint32_t depth;
	uint32_t values;
	struct bytes *links;
	uint32_t nlinks, max_links;
	struct bytes strings_inline[STRINGS_INLINE];
	struct thing things_inline[THINGS_INLINE];
};

static uint32_t read_object(struct stream *);

/* As cur_be() of one byte, and inline: most of a body is single bytes. */
static inline uint8_t
take_byte(struct cur *c)
{
	if (c->bad || c->at >= c->in.n) {
		c->bad = true;
		return 0;
	}
	return c->in.p[c->at++];
}

static inline uint8_t
read_byte(struct stream *s)
{
	return take_byte(&s->c);
}

static uint64_t
read_fixed(struct stream *s, unsigned width)
{
	return s->big ? cur_be(&s->c, width) : cur_le(&s->c, width);
}

static int32_t
int_after(struct stream *s, uint8_t head)
{
	if (head == HEAD_INT2)
		return (int16_t)read_fixed(s, 2);
	if (head == HEAD_INT4)
		return (int32_t)read_fixed(s, 4);
	if (head >= HEAD_REAL && (int8_t)head < FIRST_NUMBER)
		s->c.bad = true;	/* reserved */
	return (int8_t)head;
}

/* A length is the same integer without its sign; nil is none. */
static struct bytes
read_counted(struct stream *s)
{
	uint8_t head = read_byte(s);
	int32_t n;

	if (head == HEAD_NIL)
		return bytes_at(NULL, 0);
	n = int_after(s, head);
	if (head == HEAD_INT2)
		return cur_take(&s->c, (uint16_t)n);
	if (head == HEAD_INT4)
		return cur_take(&s->c, (uint32_t)n);
	return cur_take(&s->c, (uint8_t)n);
}

/* Twice the room, in the arena; what was there moves along. */
static void *
grow(struct stream *s, const void *from, uint32_t *cap, size_t size)
{
	void *to = NULL;

	if (*cap <= LIMIT_PLIST_NODES / 2)
		to = arena_alloc(s->arena, *cap * 2, size);
	if (to == NULL) {
		s->c.bad = true;
		return NULL;
	}
	memcpy(to, from, *cap * size);
	*cap *= 2;
	return to;
}

static uint32_t
thing_add(struct stream *s, bool class)
{
	void *p = s->things;

	if (s->nthings == s->things_cap)
		p = grow(s, p, &s->things_cap, sizeof(*s->things));
	if (p == NULL)
		return NOTHING;
	s->things = p;
	s->things[s->nthings] = (struct thing){ .class = class };
	return s->nthings++;
}

static uint32_t
number_after(struct stream *s, uint8_t head, uint32_t have)
{
	int64_t number = (int64_t)int_after(s, head) - FIRST_NUMBER;

	if (number < 0 || number >= have)
		s->c.bad = true;
	return s->c.bad ? NOTHING : (uint32_t)number;
}

/* A type text or class name; nil is none. */
static struct bytes
read_string(struct stream *s)
{
	uint8_t head = read_byte(s);
	void *p = s->strings;
	struct bytes b;
	uint32_t number;

	if (head == HEAD_NIL)
		return bytes_at(NULL, 0);
	if (head != HEAD_NEW) {
		number = number_after(s, head, s->nstrings);
		return number == NOTHING ? bytes_at(NULL, 0) :
		    s->strings[number];
	}
	b = read_counted(s);
	if (s->nstrings == s->strings_cap)
		p = grow(s, p, &s->strings_cap, sizeof(*s->strings));
	if (p == NULL)
		return bytes_at(NULL, 0);
	s->strings = p;
	s->strings[s->nstrings++] = b;
	return b;
}

static enum what
what_of(struct bytes class)
{
	static const struct {
		const char *name;
		size_t n;
		enum what what;
	} known[] = {
		{ "NSString", 8, WHAT_STRING },
		{ "NSMutableString", 15, WHAT_STRING },
		{ "NSAttributedString", 18, WHAT_ATTRIBUTED },
		{ "NSMutableAttributedString", 25, WHAT_ATTRIBUTED },
		{ "NSURL", 5, WHAT_URL },
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (class.n == known[i].n &&
		    memcmp(class.p, known[i].name, class.n) == 0)
			return known[i].what;
	}
	return WHAT_OTHER;
}

static void
deeper(struct stream *s)
{
	if (++s->depth > LIMIT_DEPTH)
		s->c.bad = true;
}

/* A class and those above it; gives what its objects are. */
static enum what
read_class(struct stream *s)
{
	uint8_t head = read_byte(s);
	enum what what, above;
	struct bytes name;
	uint32_t id;

	if (s->c.bad || head == HEAD_NIL)
		return WHAT_OTHER;
	if (head != HEAD_NEW) {
		id = number_after(s, head, s->nthings);
		if (id == NOTHING || !s->things[id].class) {
			s->c.bad = true;
			return WHAT_OTHER;
		}
		return s->things[id].what;
	}
	name = read_string(s);
	(void)int_after(s, read_byte(s));	/* version */
	id = thing_add(s, true);
	deeper(s);
	if (s->c.bad)
		return WHAT_OTHER;
	above = read_class(s);
	s->depth--;
	what = what_of(name);
	s->things[id].what = what == WHAT_OTHER ? above : what;
	return s->things[id].what;
}

static void
read_c_string(struct stream *s)
{
	uint8_t head = read_byte(s);

	if (head == HEAD_NIL)
		return;
	if (head != HEAD_NEW) {
		(void)number_after(s, head, s->nthings);
		return;
	}
	(void)thing_add(s, false);
	(void)read_string(s);
}

static void
read_real(struct stream *s, unsigned width)
{
	uint8_t head = read_byte(s);

	if (head == HEAD_REAL)
		(void)cur_take(&s->c, width);
	else
		(void)int_after(s, head);
}

/* What an object holds of interest: a string its bytes, an attributed string
   the first string in it, a URL the last one (after what it is relative to). */
static void
keep(struct stream *s, uint32_t owner, uint32_t member)
{
	struct thing *to, *from;

	if (owner == NOTHING || member == NOTHING)
		return;
	to = &s->things[owner];
	from = &s->things[member];
	if (from->what != WHAT_STRING || from->class)
		return;
	if (to->what == WHAT_URL ||
	    (to->what == WHAT_ATTRIBUTED && to->text.p == NULL))
		to->text = from->text;
}

static void
read_value(struct stream *s, uint32_t owner, uint8_t type)
{
	struct bytes b;

	switch (type) {
	case 'c': case 'C': case 'B':
		(void)read_byte(s);
		break;
	case 's': case 'S': case 'i': case 'I':
	case 'l': case 'L': case 'q': case 'Q':
		(void)int_after(s, read_byte(s));
		break;
	case 'f':
		read_real(s, 4);
		break;
	case 'd':
		read_real(s, 8);
		break;
	case '*':
		read_c_string(s);
		break;
	case ':': case '%':
		(void)read_string(s);
		break;
	case '+':
		b = read_counted(s);
		if (owner != NOTHING && s->things[owner].what == WHAT_STRING)
			s->things[owner].text = b;
		break;
	case '#':
		(void)read_class(s);
		break;
	case '@':
		keep(s, owner, read_object(s));
		break;
	default:
		s->c.bad = true;
		break;
	}
}

/* "[12c]": twelve raw bytes; "[3i]": three integers. */
static void
read_array(struct stream *s, uint32_t owner, struct cur *type)
{
	uint64_t n = 0;
	uint8_t c = take_byte(type);

	while (c >= '0' && c <= '9' && n < UINT32_MAX) {
		n = n * 10 + (uint64_t)(c - '0');
		c = take_byte(type);
	}
	if (take_byte(type) != ']' || n > cur_left(&s->c))
		s->c.bad = true;
	if (c == 'c' || c == 'C') {
		(void)cur_take(&s->c, (size_t)n);
		return;
	}
	while (n-- > 0 && !s->c.bad)
		read_value(s, owner, c);
}

/* "{name=QQ}" stands for what is between = and }. */
static void
pass_name(struct cur *type)
{
	size_t at = bytes_find_byte(type->in, '=', type->at);

	cur_seek(type, at == SIZE_MAX ? at : at + 1);
}

static void
read_group(struct stream *s, uint32_t owner)
{
	struct cur type = { read_string(s), 0, false };
	uint8_t c;

	if (type.in.n == 0)
		s->c.bad = true;
	while (!s->c.bad && type.at < type.in.n) {
		c = take_byte(&type);
		if (++s->values > LIMIT_PLIST_NODES)
			s->c.bad = true;
		else if (c == '[')
			read_array(s, owner, &type);
		else if (c == '{')
			pass_name(&type);
		else if (c != '}')
			read_value(s, owner, c);
		s->c.bad = s->c.bad || type.bad;
	}
}

static void
object_done(struct stream *s, uint32_t id)
{
	if (s->things[id].what == WHAT_URL && s->nlinks < s->max_links &&
	    s->things[id].text.n > 0)
		s->links[s->nlinks++] = s->things[id].text;
}

/* An object's number, or nothing for nil. */
static uint32_t
read_object(struct stream *s)
{
	uint8_t head = read_byte(s);
	uint32_t id;
	enum what what;

	if (s->c.bad || head == HEAD_NIL)
		return NOTHING;
	if (head != HEAD_NEW)
		return number_after(s, head, s->nthings);
	id = thing_add(s, false);
	what = read_class(s);
	deeper(s);
	if (s->c.bad)
		return NOTHING;
	s->things[id].what = what;
	while (!s->c.bad) {
		if (s->c.at < s->c.in.n && s->c.in.p[s->c.at] == HEAD_END) {
			s->c.at++;
			break;
		}
		read_group(s, id);
	}
	s->depth--;
	if (!s->c.bad)
		object_done(s, id);
	return id;
}

static void
read_stream(struct stream *s, struct arena *arena, struct bytes body)
{
	uint8_t version;
	struct bytes name;

	s->c = cur_over(body);
	s->arena = arena;
	s->strings = s->strings_inline;
	s->strings_cap = STRINGS_INLINE;
	s->things = s->things_inline;
	s->things_cap = THINGS_INLINE;
	s->nstrings = s->nthings = s->depth = s->values = s->nlinks = 0;
	version = read_byte(s);
	name = read_counted(s);
	s->big = bytes_is(name, "typedstream");
	if ((version != 3 && version != 4) ||
	    (!s->big && !bytes_is(name, "streamtyped"))) {
		s->c.bad = true;
		return;
	}
	(void)int_after(s, read_byte(s));	/* of the writing system */
	do
		read_group(s, NOTHING);
	while (!s->c.bad && cur_left(&s->c) > 0);
}

/* The text that a stream was read for; whether it was read whole. */
static bool
text_of(const struct stream *s, struct bytes *text)
{
	const struct thing *root = &s->things[0];

	*text = bytes_at(NULL, 0);
	if (s->nthings == 0)
		return false;
	if (root->class || (root->what != WHAT_ATTRIBUTED &&
	    root->what != WHAT_STRING))
		return false;
	*text = root->text;
	return !s->c.bad && root->text.p != NULL;
}

bool
attributed_text(struct bytes *text, struct arena *arena, struct bytes body)
{
	struct stream s;

	s.max_links = 0;
	read_stream(&s, arena, body);
	return text_of(&s, text);
}

uint32_t
attributed_links(struct bytes *links, uint32_t max, struct arena *arena,
    struct bytes body)
{
	struct stream s;

	s.links = links;
	s.max_links = max;
	read_stream(&s, arena, body);
	return s.nlinks;
}

struct attributed_seen
attributed_stream(struct bytes *text, struct arena *arena, struct bytes body)
{
	struct attributed_seen seen = { false, false, false };
	struct stream s;
	uint32_t i;

	s.max_links = 0;
	read_stream(&s, arena, body);
	seen.whole = text_of(&s, text);
	seen.big = s.big;
	for (i = 0; i < s.nthings; i++)
		seen.links = seen.links || s.things[i].what == WHAT_URL;
	return seen;
}
