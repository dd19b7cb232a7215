/*
 * The write-ahead log beside a database: which of its frames are committed.
 *
 * A frame counts if its salts are those of the log's header and its checksum
 * continues the chain; a page counts if a commit follows it.  What stands
 * behind the last such frame is most often harmless: frames of an earlier
 * use of the file, or of a transaction that was rolled back.  It is a gap
 * only where a commit of this use of the file is among it.
 */
#include "format/sqlite_inside.h"

#include <string.h>

#define WAL_HEAD	32
#define FRAME_HEAD	24

struct wal {
	struct sqlite *db;
	const struct input *in;
	uint32_t page_size;
	bool big;		/* words of the checksum, not of the fields */
	uint8_t salts[8];
	uint32_t sum[2];	/* of all that was read and counts */
	uint32_t frames;	/* whole ones in the file */
};

static uint32_t
word(struct bytes b, size_t at, bool big)
{
	uint32_t v = sqlite_u32(b, at);

	return big ? v : __builtin_bswap32(v);
}

static void
add(uint32_t sum[2], struct bytes b, bool big)
{
	size_t at;

	for (at = 0; at + 8 <= b.n; at += 8) {
		sum[0] += word(b, at, big) + sum[1];
		sum[1] += word(b, at + 4, big) + sum[0];
	}
}

static uint64_t
frame_offset(const struct wal *w, uint32_t frame)
{
	return WAL_HEAD + (uint64_t)frame * (FRAME_HEAD + w->page_size);
}

/* Whether the checksum of the frame follows from what came before it. */
static bool
follows(const struct wal *w, struct bytes frame, uint32_t sum[2])
{
	sum[0] = w->sum[0];
	sum[1] = w->sum[1];
	add(sum, bytes_part(frame, 0, 8), w->big);
	add(sum, bytes_part(frame, FRAME_HEAD, w->page_size), w->big);
	return sum[0] == sqlite_u32(frame, 16) &&
	    sum[1] == sqlite_u32(frame, 20);
}

static bool
salted(const struct wal *w, struct bytes frame)
{
	return bytes_eq(bytes_part(frame, 8, 8),
	    bytes_at(w->salts, sizeof(w->salts)));
}

/* Whether the frame follows once one bit of its page number or commit mark
   is turned: then it was a good one. */
static bool
nearly_follows(const struct wal *w, uint8_t *p, struct bytes frame)
{
	uint32_t sum[2];
	unsigned bit;
	bool good;

	for (bit = 0; bit < 64; bit++) {
		p[bit / 8] ^= (uint8_t)(1U << bit % 8);
		good = follows(w, frame, sum);
		p[bit / 8] ^= (uint8_t)(1U << bit % 8);
		if (good)
			return true;
	}
	return false;
}

/* The log ends before the file does: is what stands there a loss? */
static bool
lost_behind(const struct wal *w, uint32_t from)
{
	uint8_t *p = w->db->buf;
	uint32_t i, sum[2];
	struct bytes frame;
	size_t n;

	for (i = from; i < w->frames; i++) {
		n = i == from ? FRAME_HEAD + w->page_size : FRAME_HEAD;
		n = input_read(w->in, p, n, frame_offset(w, i));
		frame = bytes_at(p, n);
		if (n < FRAME_HEAD)
			return true;
		if (salted(w, frame) && sqlite_u32(frame, 4) != 0)
			return true;
		if (i == from && (follows(w, frame, sum) ||
		    (salted(w, frame) && nearly_follows(w, p, frame))))
			return true;
	}
	/* A piece of a frame, as a copy that was cut short leaves it. */
	n = input_read(w->in, p, FRAME_HEAD, frame_offset(w, w->frames));
	if (n <= 8)
		return n > 0 && from == w->frames && from > 0;
	frame = bytes_part(bytes_at(p, n), 8, sizeof(w->salts));
	return bytes_eq(frame, bytes_part(bytes_at(w->salts,
	    sizeof(w->salts)), 0, frame.n));
}

static bool
head(struct wal *w, struct bytes b)
{
	uint32_t magic = sqlite_u32(b, 0);

	w->big = magic & 1;
	w->page_size = sqlite_u32(b, 8);
	if (b.n < WAL_HEAD || (magic & ~1U) != 0x377f0682 ||
	    sqlite_u32(b, 4) != 3007000 || w->page_size < 512 ||
	    w->page_size > SQLITE_PAGE_MAX ||
	    (w->page_size & (w->page_size - 1)) != 0)
		return false;
	memcpy(w->salts, bytes_part(b, 16, 8).p, sizeof(w->salts));
	add(w->sum, bytes_part(b, 0, 24), w->big);
	return w->sum[0] == sqlite_u32(b, 24) && w->sum[1] == sqlite_u32(b, 28);
}

/* Reads frames up to the first that does not count; returns how many counted,
   and leaves in the overlay those that are committed. */
static uint32_t
frames(struct wal *w, struct sqlite_overlay *o, uint32_t *count)
{
	size_t n = FRAME_HEAD + w->page_size, committed = 0;
	uint8_t *p = w->db->buf;
	uint32_t i, sum[2], page;
	struct bytes frame = bytes_at(p, n);

	for (i = 0; i < w->frames; i++) {
		if (input_read(w->in, p, n, frame_offset(w, i)) < n)
			break;
		page = sqlite_u32(frame, 0);
		if (page == 0 || !salted(w, frame) || !follows(w, frame, sum))
			break;
		memcpy(w->sum, sum, sizeof(w->sum));
		sqlite_overlay_put(o, page, frame_offset(w, i) + FRAME_HEAD);
		if (sqlite_u32(frame, 4) == 0)
			continue;
		*count = sqlite_u32(frame, 4);
		committed = o->used;
	}
	o->used = committed;
	sqlite_overlay_seal(o, true);
	return i;
}

bool
sqlite_wal_read(struct sqlite *db, const struct input *in, uint32_t *size,
    uint32_t *count)
{
	struct sqlite_overlay *o = &db->pages.wal;
	struct wal w = { .db = db, .in = in };
	struct bytes b;
	uint64_t whole;
	size_t i;

	b = bytes_at(db->buf, input_read(in, db->buf, WAL_HEAD, 0));
	if (!head(&w, b)) {
		for (i = 0; i < b.n && b.p[i] == 0; i++)
			continue;
		if (i < b.n)	/* zeroes are a log that was never begun */
			sqlite_gap_file(db, "the write-ahead log has a "
			    "damaged header and was not read");
		return false;
	}
	whole = (in->size - WAL_HEAD) / (FRAME_HEAD + w.page_size);
	w.frames = whole > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)whole;
	if (!sqlite_overlay_init(o, db->arena, in, w.frames))
		return false;
	i = frames(&w, o, count);
	if (lost_behind(&w, (uint32_t)i))
		sqlite_gap_file(db, "the write-ahead log is damaged from its "
		    "frame %zu on, %u frames in all", i + 1, w.frames);
	if (o->used > 0)
		*size = w.page_size;
	return o->used > 0;
}
