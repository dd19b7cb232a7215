/*
 * The CSV reader: rows whose fields lie in the reader's own buffer.
 *
 * csv_scan turns the bytes into bits, 4 KiB at a time; here the bits are
 * walked.  Outside of quotes every separator ends a field, and only quotes and
 * control characters stop the walk; within quotes separators are passed over.
 * A quoted field is unquoted where it lies.  When the bits are used up, what
 * belongs to the open row moves to the front of the buffer, and more is read
 * behind it.
 */
#include "format/csv.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "format/csv_inside.h"

static_assert(CSV_FIELDS == 512, "a fault says so");

#define CHUNK		(256 * KIB)
#define WINDOW		64	/* blocks that are scanned at a time */
#define AHEAD		8	/* bytes after a block that can be looked at */
#define GUARD		16	/* bytes before the buffer */
#define PAD		(CSV_BLOCK + AHEAD)	/* and after it */
#define NOWHERE		SIZE_MAX

/* Once a row has held a line end, its fields are not all on one line. */
struct line {
	uint64_t number;
	size_t at;		/* where the line begins */
	unsigned field;		/* the first that begins on it */
};

/* Places are counted from the start of the buffer; they change when what is
   in it moves. */
struct csv {
	struct arena arena;
	struct csv_source source;
	size_t chunk;
	struct buf room;	/* grows only for a long row */
	uint8_t *buf;		/* in it, behind the guard */
	size_t end;		/* bytes in buf */
	bool begun, whole;	/* whole: the source has no more */
	uint8_t separator;	/* 0 until it is known */

	struct csv_block blocks[WINDOW];
	size_t nblocks, block;	/* that were scanned; the next to be walked */
	size_t base;		/* where the block begins that is walked */
	size_t next;		/* where the block after the scanned begins */
	size_t bad;		/* where the bytes are not UTF-8, or NOWHERE */
	uint64_t open;		/* for csv_scan */
	uint64_t separators, stops;	/* of the block, not yet walked */
	size_t from;		/* nothing before this counts any more */

	size_t row, field;	/* where the row and the open field begin */
	bool quoted;		/* within quotes */
	size_t part, put;	/* a quoted field: what was not yet moved to
				   its place, and that place */
	unsigned n, most;	/* fields; how many there may be */
	unsigned columns;	/* of the first row; 0 before it */
	struct bytes fields[CSV_FIELDS + CSV_BLOCK + 2];
	size_t places[CSV_FIELDS + CSV_BLOCK + 2];	/* for grow */

	struct line line;	/* the current one */
	struct line first;	/* where the row began */
	struct line lines[CSV_FIELDS + 1];
	unsigned nlines;

	bool done;		/* the row is whole */
	enum csv_end state;	/* CSV_ROW: going on */
	struct csv_fault fault;
};

struct csv *
csv_new_chunk(struct csv_source source, char separator, size_t chunk)
{
	struct arena arena = arena_with(sizeof(struct csv) + KIB);
	struct csv *c = arena_alloc(&arena, 1, sizeof(*c));

	assert(chunk > 0 && (uint8_t)separator < 0x80 && separator != '"' &&
	    separator != '\r' && separator != '\n');
	if (c == NULL)
		return NULL;
	c->room = buf_with(GUARD + CSV_ROW_BYTES + 4 * PAD + chunk);
	if (buf_room(&c->room, GUARD + 4 * PAD + chunk) == NULL) {
		arena_free(&arena);
		return NULL;
	}
	memset(c->room.p, '\n', GUARD);
	c->buf = c->room.p + GUARD;
	c->arena = arena;
	c->source = source;
	c->chunk = chunk;
	c->separator = (uint8_t)separator;
	c->bad = NOWHERE;
	c->most = CSV_FIELDS;
	c->line.number = 1;
	return c;
}

struct csv *
csv_new(struct csv_source source, char separator)
{
	return csv_new_chunk(source, separator, CHUNK);
}

void
csv_free(struct csv *c)
{
	struct arena arena;

	if (c == NULL)
		return;
	buf_free(&c->room);
	arena = c->arena;	/* it holds the reader itself */
	arena_free(&arena);
}

/* The place of a fault in the current line.  Of a row that is too long this is
   all that is said, so that it does not matter how much of it was read. */
static void
fault(struct csv *c, size_t at, size_t seen, const char *why)
{
	c->state = CSV_FAULT;
	c->fault.line = c->line.number;
	c->fault.column = (uint32_t)(at - c->line.at + 1);
	c->fault.why = why;
	if (seen - c->row > CSV_ROW_BYTES) {
		c->fault.line = c->first.number;
		c->fault.column = 1;
		c->fault.why = "a row of more than a megabyte";
	}
}

/* Room for one more chunk behind what is there. */
static bool
grow(struct csv *c)
{
	size_t need = GUARD + c->end + c->chunk + PAD;
	const uint8_t *old = c->buf;
	unsigned i;

	if (need <= c->room.cap)
		return true;
	/* As places, for as long as the buffer may move. */
	for (i = 0; i < c->n; i++)
		c->places[i] = (size_t)(c->fields[i].p - old);
	c->room.n = GUARD + c->end;
	if (buf_room(&c->room, c->chunk + PAD) == NULL)
		return false;
	c->buf = c->room.p + GUARD;
	for (i = 0; i < c->n; i++)
		c->fields[i].p = c->buf + c->places[i];
	return true;
}

/* Reads one chunk; false without memory for it, which is a fault. */
static bool
read_more(struct csv *c)
{
	size_t got;

	if (!grow(c)) {
		fault(c, c->row, c->row, "not enough memory for the row");
		return false;
	}
	got = c->source.read(c->source.ctx, c->buf + c->end, c->chunk);
	assert(got <= c->chunk);
	c->end += got;
	if (got < c->chunk) {
		c->whole = true;
		memset(c->buf + c->end, 0, PAD);
	}
	return true;
}

/* The most frequent outside of quotes, of those before the end of the row. */
static uint8_t
separator_of(struct bytes in, bool *ended)
{
	static const uint8_t known[3] = { ',', ';', '\t' };
	size_t count[3] = { 0, 0, 0 };
	bool quoted = false;
	unsigned j, best;
	size_t i;

	for (i = 0; i < in.n && (quoted || in.p[i] != '\n'); i++) {
		quoted ^= in.p[i] == '"';
		for (j = 0; j < 3; j++)
			count[j] += !quoted && in.p[i] == known[j];
	}
	*ended = i < in.n;
	for (j = 1, best = 0; j < 3; j++)
		best = count[j] > count[best] ? j : best;
	return known[best];
}

/* The byte-order mark, and the separator if nobody said which. */
static void
begin(struct csv *c)
{
	bool ended = false;
	uint8_t separator;

	c->begun = true;
	while (!c->whole && c->end < PAD && read_more(c))
		;
	if (bytes_starts(bytes_at(c->buf, c->end), "\xef\xbb\xbf"))
		c->from = c->line.at = c->next = 3;
	if (c->separator != 0)
		return;
	do {
		separator = separator_of(bytes_at(c->buf, c->end), &ended);
	} while (!ended && !c->whole && c->end <= CSV_ROW_BYTES &&
	    read_more(c));
	c->separator = separator;
}

/* Everything moves `by` bytes to the front. */
static void
move(struct csv *c, size_t by)
{
	unsigned i;

	if (by == 0)
		return;
	memmove(c->buf, c->buf + by, c->end - by);
	c->buf[-1] = '\n';
	c->end -= by;
	c->next -= by;
	c->from -= by;
	c->row -= by;
	c->field -= by;
	c->part -= by;
	c->put -= by;
	c->line.at -= by;
	c->first.at -= by;
	for (i = 0; i < c->nlines; i++)
		c->lines[i].at -= by;
	for (i = 0; i < c->n; i++)
		c->fields[i].p -= by;
}

/* Where the character begins that is not UTF-8, in the block at `at` or
   across its front. */
static size_t
find_bad(const struct csv *c, size_t at)
{
	struct bytes in = bytes_at(c->buf, c->end);
	size_t i = at;
	size_t n;
	uint32_t letter;

	while (i > 0 && at - i < 3 && (in.p[i - 1] & 0xc0) == 0x80)
		i--;
	if (i > 0 && in.p[i - 1] >= 0xc0)
		i--;
	while ((n = text_char(in, i, &letter)) > 0)
		i += n;
	return i;
}

/* Bits for the bytes from `at` on, in the block that begins at `base`. */
static uint64_t
bits_from(size_t base, size_t at)
{
	if (at <= base)
		return UINT64_MAX;
	return at - base < CSV_BLOCK ? UINT64_MAX << (at - base) : 0;
}

/* Reads, if the blocks are used up, and scans.  False at the end, and at a
   fault. */
static bool
scan(struct csv *c)
{
	size_t left, good;

	if (!c->whole && c->end - c->next < PAD) {
		if (c->next > c->row && c->next - c->row > CSV_ROW_BYTES) {
			fault(c, c->next, c->next, "");
			return false;
		}
		move(c, c->row < c->next ? c->row : c->next);
	}
	while (!c->whole && c->end - c->next < PAD && read_more(c))
		;
	if (c->state != CSV_ROW)
		return false;
	left = c->end - c->next;
	c->nblocks = c->whole ? (left + CSV_BLOCK - 1) / CSV_BLOCK :
	    (left - AHEAD) / CSV_BLOCK;
	if (c->nblocks > WINDOW)
		c->nblocks = WINDOW;
	good = csv_scan(c->buf + c->next, c->nblocks, c->separator, c->blocks,
	    &c->open);
	if (good < c->nblocks)
		c->bad = find_bad(c, c->next + good * CSV_BLOCK);
	else if (left <= c->nblocks * CSV_BLOCK && c->open != 0)
		c->bad = find_bad(c, c->end);
	if (c->bad < c->next) {
		fault(c, c->bad, c->bad, "bytes that are not UTF-8");
		return false;
	}
	c->block = 0;
	c->base = c->next;
	c->next += c->nblocks * CSV_BLOCK;
	return c->nblocks > 0;
}

/* The bits of the next block; false at the end, and at a fault. */
static bool
next_block(struct csv *c)
{
	uint64_t bits;

	c->base += CSV_BLOCK;
	if (c->block == c->nblocks && !scan(c))
		return false;
	bits = bits_from(c->base, c->from) & ~bits_from(c->base, c->end);
	c->separators = c->blocks[c->block].separators & bits;
	c->stops = c->blocks[c->block].stops & bits;
	if (c->bad - c->base < CSV_BLOCK)
		c->stops |= UINT64_C(1) << (c->bad - c->base);
	c->block++;
	return true;
}

/* A field too many begins at `at`. */
static void
surplus(struct csv *c, size_t at)
{
	fault(c, at, at, c->columns == 0 ? "more than 512 fields" :
	    "more fields than in the first row");
}

/* Ends a field at each separator before the next stop, and gives the place of
   that; NOWHERE if the input ends before it, or at a fault. */
static size_t
walk(struct csv *c)
{
	struct bytes *f;
	uint64_t before, separators;
	size_t at;

	for (;;) {
		before = (c->stops - 1) & ~c->stops;
		separators = c->quoted ? 0 : c->separators & before;
		c->separators &= ~before;
		for (f = c->fields + c->n; separators != 0; f++) {
			at = c->base + (size_t)__builtin_ctzll(separators);
			separators &= separators - 1;
			*f = bytes_at(c->buf + c->field, at - c->field);
			c->field = at + 1;
		}
		c->n = (unsigned)(f - c->fields);
		if (c->n >= c->most) {
			at = c->n == c->most ? c->field :
			    (size_t)(c->fields[c->most].p - c->buf);
			surplus(c, at);
			return NOWHERE;
		}
		if (c->stops != 0)
			break;
		if (!next_block(c))
			return NOWHERE;
	}
	at = c->base + (size_t)__builtin_ctzll(c->stops);
	c->stops &= c->stops - 1;
	return at;
}

/* The walk goes on at `to`. */
static void
skip(struct csv *c, size_t to)
{
	uint64_t bits = bits_from(c->base, to);

	c->from = to;
	c->separators &= bits;
	c->stops &= bits;
}

/* The row ends at `at`, the next begins at `next`. */
static void
end_row(struct csv *c, size_t at, size_t next)
{
	if (at == c->row && c->whole && next == c->end) {
		c->state = CSV_END;
		return;
	}
	if (c->columns == 0)
		c->columns = c->most = c->n;
	if (c->n < c->columns || at - c->row > CSV_ROW_BYTES) {
		fault(c, at, at, "fewer fields than in the first row");
		return;
	}
	c->line.number++;
	c->line.at = next;
	c->done = true;
	skip(c, next);
}

static void
end_unquoted(struct csv *c, size_t at, size_t next)
{
	c->fields[c->n++] = bytes_at(c->buf + c->field, at - c->field);
	end_row(c, at, next);
}

/* Brings what was read of a quoted field to its place. */
static void
put(struct csv *c, size_t to)
{
	size_t n = to - c->part;

	if (c->put < c->part)
		memmove(c->buf + c->put, c->buf + c->part, n);
	c->put += n;
}

/* The quote that ends a field, and what must follow. */
static void
closing(struct csv *c, size_t at)
{
	const struct line *last = c->nlines == 0 ? &c->first :
	    &c->lines[c->nlines - 1];
	uint8_t byte = c->buf[++at];

	c->quoted = false;
	c->fields[c->n++] = bytes_at(c->buf + c->field + 1,
	    c->put - c->field - 1);
	if (c->line.number != last->number) {
		c->lines[c->nlines] = c->line;
		c->lines[c->nlines++].field = c->n;
	}
	if (at == c->end) {
		end_row(c, at, at);
	} else if (byte == c->separator) {
		c->field = at + 1;
		skip(c, at + 1);
		if (c->n >= c->most)
			surplus(c, at + 1);
	} else if (byte == '\n') {
		end_row(c, at, at + 1);
	} else if (byte == '\r' && c->buf[at + 1] == '\n') {
		end_row(c, at, at + 2);
	} else {
		fault(c, at, at, byte == '\r' ? "a bare CR" :
		    "text after a closing quote");
	}
}

static void
quote(struct csv *c, size_t at)
{
	if (c->quoted && c->buf[at + 1] == '"') {
		put(c, at + 1);
		c->part = at + 2;
		skip(c, at + 2);
	} else if (c->quoted) {
		put(c, at);
		closing(c, at);
	} else if (at == c->field) {
		c->quoted = true;
		c->part = c->put = at + 1;
	} else {
		fault(c, at, at, "a quote within an unquoted field");
	}
}

static void
stop(struct csv *c, size_t at)
{
	uint8_t byte = c->buf[at];

	if (byte == '"') {
		quote(c, at);
	} else if (byte == '\0') {
		fault(c, at, at, "a NUL");
	} else if (byte >= 0x80) {
		fault(c, at, at, "bytes that are not UTF-8");
	} else if (c->quoted) {
		c->line.number += byte == '\n';
		c->line.at = byte == '\n' ? at + 1 : c->line.at;
	} else if (byte == '\n') {
		end_unquoted(c, at, at + 1);
	} else if (byte == '\r' && c->buf[at + 1] == '\n') {
		end_unquoted(c, at, at + 2);
	} else if (byte == '\r') {
		fault(c, at, at, "a bare CR");
	}
}

/* The input has ended within the row. */
static void
end(struct csv *c)
{
	if (c->quoted) {
		c->line = c->nlines == 0 ? c->first : c->lines[c->nlines - 1];
		fault(c, c->field, c->end,
		    "a quoted field without its end");
	} else if (c->row == c->end) {
		c->state = CSV_END;
	} else {
		end_unquoted(c, c->end, c->end);
	}
}

enum csv_end
csv_next(struct csv *c, struct csv_row *row)
{
	size_t at;

	*row = (struct csv_row){ c->fields, 0, 0 };
	if (c->state != CSV_ROW)
		return c->state;
	if (!c->begun)
		begin(c);
	c->row = c->field = c->from;
	c->first = c->line;
	c->n = c->nlines = 0;
	c->done = false;
	while (!c->done && c->state == CSV_ROW) {
		at = walk(c);
		if (at != NOWHERE)
			stop(c, at);
		else if (c->state == CSV_ROW)
			end(c);
	}
	if (c->state != CSV_ROW)
		return c->state;
	row->n = c->n;
	row->line = c->first.number;
	return CSV_ROW;
}

struct csv_fault
csv_fault(const struct csv *c)
{
	return c->fault;
}

void
csv_place(const struct csv *c, unsigned i, uint64_t *line, uint32_t *column)
{
	const struct line *l = &c->first;
	const uint8_t *p;
	unsigned j;

	assert(i < c->n);
	for (j = 0; j < c->nlines && c->lines[j].field <= i; j++)
		l = &c->lines[j];
	p = c->fields[i].p;
	*line = l->number;
	*column = (uint32_t)((size_t)(p - c->buf) - l->at - (p[-1] == '"') + 1);
}
