#include "election/names.h"

#include "base/buf.h"
#include "base/text.h"

#define GRAVE		0x300
#define BREVE		0x306
#define DIAERESIS	0x308

/* Small letters, and the same with a mark. */
static const struct {
	uint32_t mark;
	const char *plain, *marked;
} composed[] = {
	{ GRAVE, "aeiou", "àèìòù" },
	{ 0x301, "aceilnorsuyz", "áćéíĺńóŕśúýź" },
	{ 0x302, "aceghijosuwy", "âĉêĝĥîĵôŝûŵŷ" },
	{ 0x303, "ainou", "ãĩñõũ" },
	{ 0x304, "aeiou", "āēīōū" },
	{ BREVE, "aegiou", "ăĕğĭŏŭ" },
	{ 0x307, "cegz", "ċėġż" },
	{ DIAERESIS, "aeiouy", "äëïöüÿ" },
	{ 0x30a, "au", "åů" },
	{ 0x30b, "ou", "őű" },
	{ 0x30c, "cdelnrstz", "čďěľňřšťž" },
	{ 0x327, "cgklnrst", "çģķļņŗşţ" },
	{ 0x328, "aeiu", "ąęįų" },
};

/* Cyrillic letters from U+0430 on that look like Latin ones, small or large;
   a blank: none does. */
static const char alike[] = "a b  e    k mho pcty x";

static uint32_t
lower(uint32_t c)
{
	if (c < 0x80)
		return text_lower((uint8_t)c);
	if (c >= 0xc0 && c <= 0xde && c != 0xd7)
		return c + 0x20;
	if (c == 0x178)
		return 0xff;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177))
		return c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
		return c + (c & 1);
	if (c >= 0x391 && c <= 0x3a9)		/* Greek */
		return c + 0x20;
	if (c >= 0x400 && c <= 0x40f)
		return c + 0x50;
	if (c >= 0x410 && c <= 0x42f)
		return c + 0x20;
	if (c >= 0x460 && c <= 0x52f)
		return c | 1;
	return c;
}

/* A small letter as one without its mark, and the mark; 0: it has none. */
static uint32_t
decompose(uint32_t *c)
{
	struct bytes marked;
	size_t i, at, n;
	unsigned k;
	uint32_t other;

	if (*c == 0x439) {			/* short i */
		*c = 0x438;
		return BREVE;
	}
	if (*c == 0x451 || *c == 0x457) {	/* yo, yi */
		*c = *c == 0x451 ? 0x435 : 0x456;
		return DIAERESIS;
	}
	if (*c < 0xe0 || *c > 0x17e)
		return 0;
	for (k = 0; k < sizeof(composed) / sizeof(composed[0]); k++) {
		marked = bytes_of(composed[k].marked);
		for (i = 0, at = 0; (n = text_char(marked, at, &other)) > 0;
		    i++, at += n) {
			if (other != *c)
				continue;
			*c = (uint8_t)composed[k].plain[i];
			return composed[k].mark;
		}
	}
	return 0;
}

/* What a reader passes over. */
static bool
is_nothing(uint32_t c)
{
	switch (c) {
	case '"': case '\'': case '`': case '#':
	case 0x85: case 0xa0: case 0xab: case 0xad: case 0xb4: case 0xbb:
	case 0x1680: case 0x2028: case 0x2029: case 0x202f: case 0x205f:
	case 0x2060: case 0x2116: case 0x3000: case 0xfeff:
		return true;
	default:
		return c <= ' ' || (c >= 0x2000 && c <= 0x200f) ||
		    (c >= 0x2018 && c <= 0x201f) ||
		    (c >= 0x202a && c <= 0x202e) ||
		    (c >= 0x2066 && c <= 0x2069);
	}
}

static bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

struct folding {
	uint8_t *to;
	size_t n;
	bool run, written;	/* within digits; one of them was written */
};

/* The end of a run of digits: of zeros alone, one is kept. */
static void
end_run(struct folding *f)
{
	if (f->run && !f->written)
		f->to[f->n++] = '0';
	f->run = false;
}

static void
put_digit(struct folding *f, uint8_t c)
{
	if (!f->run && f->n > 0 && is_digit(f->to[f->n - 1]))
		f->to[f->n++] = ' ';
	f->written = (f->run && f->written) || c != '0';
	f->run = true;
	if (f->written)
		f->to[f->n++] = c;
}

static void
put_letter(struct folding *f, uint32_t c)
{
	uint32_t mark;

	end_run(f);
	c = lower(c);
	mark = decompose(&c);
	if (c >= 0x430 && c < 0x430 + sizeof(alike) - 1 &&
	    alike[c - 0x430] != ' ')
		c = (uint8_t)alike[c - 0x430];
	else if (c == 0x456)
		c = 'i';
	else if (c >= 0x2010 && c <= 0x2015)
		c = '-';
	/* Many leave the dots of the Russian yo out. */
	if (c == DIAERESIS && f->n > 0 && f->to[f->n - 1] == 'e')
		return;
	f->n += text_put(&f->to[f->n], c);
	if (mark != 0 && !(mark == DIAERESIS && c == 'e'))
		f->n += text_put(&f->to[f->n], mark);
}

/* The next character; a byte that is none stands for itself. */
static uint32_t
next(struct bytes name, size_t *at)
{
	uint32_t c;
	size_t n = text_char(name, *at, &c);

	if (n == 0)
		c = name.p[*at];
	*at += n == 0 ? 1 : n;
	return c;
}

size_t
names_fold(struct bytes name, uint8_t *to)
{
	struct folding f = { .to = to };
	size_t at = 0;
	uint32_t c;

	while (at < name.n) {
		c = next(name, &at);
		if (is_nothing(c))
			end_run(&f);
		else if (is_digit(c))
			put_digit(&f, (uint8_t)c);
		else
			put_letter(&f, c);
	}
	end_run(&f);
	return f.n;
}

bool
names_alike(struct bytes a, struct bytes b)
{
	struct buf one, two;
	uint8_t *pa, *pb;
	bool same;

	if (bytes_eq(a, b))
		return true;
	one = buf_with(NAMES_ROOM(a.n));
	two = buf_with(NAMES_ROOM(b.n));
	pa = buf_room(&one, NAMES_ROOM(a.n));
	pb = buf_room(&two, NAMES_ROOM(b.n));
	same = pa != NULL && pb != NULL &&
	    bytes_eq(bytes_at(pa, names_fold(a, pa)),
	    bytes_at(pb, names_fold(b, pb)));
	buf_free(&one);
	buf_free(&two);
	return same;
}

/* --- sums ----------------------------------------------------------------- */

/* The next letter, small; 0: there is no more.  *after: what was passed over
   before it. */
static uint32_t
next_letter(struct bytes name, size_t *at, bool *after)
{
	uint32_t c;

	for (*after = false; *at < name.n; *after = true) {
		c = next(name, at);
		if (!is_nothing(c) && (c >= 0x80 || (lower(c) >= 'a' &&
		    lower(c) <= 'z')))
			return lower(c);
	}
	*after = true;
	return 0;
}

/* Whether the letters of a name are those of the word; or begin with it, if
   the word is not whole.  `first`: its first letter. */
static bool
says(struct bytes name, uint32_t first, const char *word, bool whole)
{
	struct bytes w = bytes_of(word);
	size_t at = 0, k = 0;
	bool after;
	uint32_t c;

	if (next(w, &k) != first)
		return false;
	for (k = 0; k < w.n;)
		if (next_letter(name, &at, &after) != next(w, &k))
			return false;
	c = next_letter(name, &at, &after);
	return whole ? c == 0 : after;
}

/* Whole names, for a station can stand beside the petrol station "Total". */
bool
names_is_total(struct bytes name)
{
	static const char *const words[] = { "total", "totals", "subtotal",
	    "grandtotal", "totale", "totaal", "insgesamt", "summe", "razem",
	    "celkem", "ukupno", "toplam", "yhteensä", "összesen", "усього",
	    "всього", "разом", "разам", "общо" };
	static const char *const firsts[] = { "итого", "всего" };
	size_t at = 0;
	bool after;
	uint32_t first = next_letter(name, &at, &after);
	unsigned i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (says(name, first, words[i], true))
			return true;
	for (i = 0; i < sizeof(firsts) / sizeof(firsts[0]); i++)
		if (says(name, first, firsts[i], false))
			return true;
	return false;
}
