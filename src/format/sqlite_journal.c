/*
 * A hot rollback journal: the pages of the database as they were before a
 * transaction that did not end.  They are served in place of the file's.
 *
 * A journal whose header is zeroed or that is empty belongs to a transaction
 * that ended well.  One that names a super-journal belongs to a transaction
 * over several databases, whose end only that file knows; SQLite takes it as
 * committed if the file is gone, so do we, and say so.
 */
#include "format/sqlite_inside.h"

#include <string.h>

#define MAGIC_BYTES	8
#define HEAD_BYTES	28

static const uint8_t magic[MAGIC_BYTES] = {
	0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7
};

struct journal {
	struct sqlite *db;
	const struct input *in;
	uint32_t sector, page_size;
	uint32_t nonce;		/* of the checksums */
	uint32_t pages;		/* the database had before */
	uint32_t records;	/* in this segment */
	uint64_t at;
	bool strange;		/* it restores pages there never were */
};

static bool
power(uint32_t v, uint32_t low, uint32_t high)
{
	return v >= low && v <= high && (v & (v - 1)) == 0;
}

/* One segment's header; false if there is none at this place. */
static bool
segment(struct journal *j, bool first)
{
	uint8_t raw[HEAD_BYTES] = { 0 };
	struct bytes b = bytes_at(raw, sizeof(raw));

	if (input_read(j->in, raw, sizeof(raw), j->at) < sizeof(raw) ||
	    !bytes_starts(b, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"))
		return false;
	j->records = sqlite_u32(b, 8);
	j->nonce = sqlite_u32(b, 12);
	if (first) {
		j->pages = sqlite_u32(b, 16);
		j->sector = sqlite_u32(b, 20);
		/* Journals of old leave it open: as in the database. */
		if (sqlite_u32(b, 24) != 0)
			j->page_size = sqlite_u32(b, 24);
	}
	if (!power(j->sector, 32, 65536) ||
	    !power(j->page_size, 512, SQLITE_PAGE_MAX))
		return false;
	j->at += j->sector;
	return true;
}

static uint32_t
checksum(const struct journal *j, struct bytes page)
{
	uint32_t sum = j->nonce;
	size_t i;

	for (i = j->page_size - 200; i > 0 && i < page.n; i -= 200) {
		sum += page.p[i];
		if (i < 200)
			break;
	}
	return sum;
}

/* One page image; false at the end or where the journal is damaged. */
static bool
record(struct journal *j, struct sqlite_overlay *o)
{
	size_t n = (size_t)j->page_size + 8;
	struct bytes b = bytes_at(j->db->buf, n);
	uint32_t page;

	if (input_read(j->in, j->db->buf, n, j->at) < n)
		return false;
	page = sqlite_u32(b, 0);
	if (page == 0 || page == 0x40000000 / j->page_size + 1 ||
	    sqlite_u32(b, n - 4) !=
	    checksum(j, bytes_part(b, 4, j->page_size)))
		return false;
	if (o->used < o->room)
		sqlite_overlay_put(o, page, j->at + 4);
	j->at += n;
	j->strange |= page > j->pages;
	return true;
}

/* Whether the journal ends with the name of a super-journal. */
static bool
has_super(const struct input *in)
{
	uint8_t tail[16] = { 0 };
	struct bytes b = bytes_at(tail, sizeof(tail));
	uint32_t n;

	if (in->size < sizeof(tail) ||
	    input_read(in, tail, sizeof(tail), in->size - 16) < 16)
		return false;
	n = sqlite_u32(b, 0);
	return memcmp(bytes_part(b, 8, 8).p, magic, MAGIC_BYTES) == 0 &&
	    n > 0 && n <= in->size - 16 && n < LIMIT_PATH_BYTES;
}

/* Reads segments of records; false if one ends before its time. */
static bool
segments(struct journal *j, struct sqlite_overlay *o)
{
	uint32_t i, n;

	do {
		n = j->records;
		/* Not counted, for the disk was not waited for: to the end,
		   where a piece of a record fails to read. */
		if (n == UINT32_MAX)
			n = (uint32_t)((j->in->size - j->at + j->page_size +
			    7) / (j->page_size + 8));
		for (i = 0; i < n; i++)
			if (!record(j, o))
				return false;
		/* The next header begins at a multiple of the sector. */
		j->at += j->sector - 1;
		j->at -= j->at % j->sector;
	} while (segment(j, false));
	return true;
}

bool
sqlite_journal_read(struct sqlite *db, const struct input *in,
    uint32_t *size, uint32_t *count)
{
	struct sqlite_overlay *o = &db->pages.journal;
	struct journal j = { .db = db, .in = in, .page_size = *size };
	uint8_t first[MAGIC_BYTES] = { 0 };
	size_t n = input_read(in, first, sizeof(first), 0);

	if (n == 0 || first[0] == 0)
		return false;
	if (!segment(&j, true)) {
		sqlite_gap_file(db, "the rollback journal has a damaged "
		    "header: what it would have undone was read as it stands");
		return false;
	}
	if (has_super(in)) {
		sqlite_gap_file(db, "the rollback journal belongs to a "
		    "transaction over several files: taken as committed");
		return false;
	}
	if (!sqlite_overlay_init(o, db->arena, in,
	    (size_t)(in->size / (j.page_size + 8))))
		return false;
	if (!segments(&j, o) || j.strange)
		sqlite_gap_file(db, "the rollback journal is damaged after "
		    "%zu pages: the rest was read as it stands", o->used);
	sqlite_overlay_seal(o, false);
	if (o->used > 0) {
		*count = j.pages;
		*size = j.page_size;
	}
	return o->used > 0;
}
