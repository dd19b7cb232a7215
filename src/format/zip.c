/*
 * Zip archives over an input: the directory at the end, and members read as
 * streams.
 *
 * Two lists say what an archive holds: the directory, and the heads before the
 * members.  A reader that believes one of them can be shown other things than
 * a reader that believes the other; so a member is read only where both agree.
 * Members that share bytes are how a small archive becomes a huge one.
 */
#include "format/zip.h"

#include <assert.h>
#include <string.h>
#include <zlib.h>

#include "base/limits.h"
#include "base/sort.h"

#define END_BYTES	22
#define END64_BYTES	56
#define LOCATOR_BYTES	20
#define ENTRY_BYTES	46
#define HEAD_BYTES	30
#define COMMENT_MAX	65535
#define ENTRY_MAX	(ENTRY_BYTES + 3 * 65535)
#define WINDOW		(512 * KIB)	/* of the directory, at a time */
#define IN_BYTES	(64 * KIB)
/* zlib takes 40 KiB to inflate; it cannot take more than this. */
#define STREAM_BYTES	(IN_BYTES + 64 * KIB)

#define ENCRYPTED	1
#define SIZES_BEHIND	8	/* not in the head, but after the data */
#define PATCH		32
#define STRONG		64
#define HIDDEN		0x2000	/* the directory is encrypted */
#define STORED		0
#define DEFLATED	8

bool
zip_is(const struct input *in)
{
	uint8_t head[4];
	struct bytes b;

	if (input_read(in, head, sizeof(head), 0) < sizeof(head))
		return false;
	b = bytes_at(head, sizeof(head));
	/* The second: an archive without members. */
	return bytes_is(b, "PK\3\4") || bytes_is(b, "PK\5\6");
}

/* n bytes at `at`, or none and *c bad. */
static struct cur
cur_at(const struct input *in, void *to, size_t n, uint64_t at)
{
	struct cur c = cur_over(bytes_at(to, input_read(in, to, n, at)));

	c.bad = c.in.n < n;
	return c;
}

/* ---- the end of the directory ---- */

struct end {
	uint64_t at;		/* where it lies */
	uint64_t members, size, directory;
};

/* The last record of the end whose comment reaches to the end of the file. */
static bool
find_end(const struct input *in, struct bytes tail, struct end *end)
{
	size_t i = tail.n < END_BYTES ? 0 : tail.n - END_BYTES + 1;
	struct cur c;

	while (i-- > 0) {
		c = cur_over(bytes_part(tail, i, END_BYTES));
		if (cur_le(&c, 4) != 0x06054b50)
			continue;
		cur_seek(&c, 20);
		if (cur_le(&c, 2) != tail.n - i - END_BYTES)
			continue;
		end->at = in->size - (tail.n - i);
		return true;
	}
	return false;
}

/* Zip64: sizes that the old record cannot hold.  NULL, or why not. */
static const char *
read_end64(const struct input *in, struct end *end)
{
	uint8_t b[END64_BYTES];
	struct cur c;
	uint64_t at;

	if (end->at < LOCATOR_BYTES)
		return NULL;
	c = cur_at(in, b, LOCATOR_BYTES, end->at - LOCATOR_BYTES);
	if (cur_le(&c, 4) != 0x07064b50)
		return NULL;
	if (cur_le(&c, 4) != 0)
		return "an archive in several parts";
	at = cur_le(&c, 8);
	if (cur_le(&c, 4) > 1)
		return "an archive in several parts";
	if (end->at - LOCATOR_BYTES < at)
		return "the zip64 record lies behind its locator";
	c = cur_at(in, b, END64_BYTES, at);
	if (cur_le(&c, 4) != 0x06064b50)
		return "there is no zip64 record where the locator points";
	cur_seek(&c, 16);
	if (cur_le(&c, 8) != 0)		/* this part, and the directory's */
		return "an archive in several parts";
	end->members = cur_le(&c, 8);
	if (cur_le(&c, 8) != end->members)
		return "an archive in several parts";
	end->size = cur_le(&c, 8);
	end->directory = cur_le(&c, 8);
	end->at = at;
	return cur_ok(&c) ? NULL : "the zip64 record is cut short";
}

static const char *
read_end(const struct input *in, struct end *end)
{
	uint8_t b[END_BYTES];
	struct cur c = cur_at(in, b, END_BYTES, end->at);
	const char *why;

	cur_seek(&c, 4);
	if (cur_le(&c, 4) != 0)		/* this part, and the directory's */
		return "an archive in several parts";
	end->members = cur_le(&c, 2);
	if (cur_le(&c, 2) != end->members)
		return "an archive in several parts";
	end->size = cur_le(&c, 4);
	end->directory = cur_le(&c, 4);
	if (!cur_ok(&c))
		return "the end of the directory cannot be read";
	why = read_end64(in, end);
	if (why != NULL)
		return why;
	if (end->directory > end->at || end->size > end->at - end->directory)
		return "the directory is not where its end says";
	return NULL;
}

static const char *
find_directory(const struct input *in, struct end *end)
{
	struct arena own = arena_with(2 * (END_BYTES + COMMENT_MAX));
	size_t n = END_BYTES + COMMENT_MAX;
	uint8_t *tail = arena_alloc(&own, n, 1);
	const char *why = "no directory of a zip archive";

	if (in->size < n)
		n = (size_t)in->size;
	if (tail == NULL)
		why = "not enough memory";
	else if (input_read(in, tail, n, in->size - n) == n &&
	    find_end(in, bytes_at(tail, n), end))
		why = read_end(in, end);
	arena_free(&own);
	return why;
}

/* ---- the directory ---- */

struct directory {
	const struct input *in;
	struct arena *arena;	/* the caller's, for what is kept */
	uint64_t at, end;
	uint8_t *window;	/* a part of it */
	struct bytes part;
	uint64_t part_at;
};

/* Up to n bytes from where the directory is read on. */
static struct bytes
look(struct directory *d, size_t n)
{
	uint64_t left = d->end - d->at;

	if (n > left)
		n = (size_t)left;
	if (d->at < d->part_at || d->at - d->part_at > d->part.n ||
	    n > d->part.n - (d->at - d->part_at)) {
		d->part_at = d->at;
		d->part = bytes_at(d->window, input_read(d->in, d->window,
		    left < WINDOW ? (size_t)left : WINDOW, d->at));
	}
	return bytes_part(d->part, (size_t)(d->at - d->part_at), n);
}

/* The field of extra bytes that holds what 32 bits cannot. */
static struct cur
zip64_field(struct bytes extra)
{
	struct cur c = cur_over(extra);
	struct cur field;
	uint64_t id;

	while (cur_left(&c) >= 4) {
		id = cur_le(&c, 2);
		field = cur_sub(&c, (size_t)cur_le(&c, 2));
		if (id == 1 && cur_ok(&c))
			return field;
	}
	return cur_over(bytes_at(NULL, 0));
}

static void
widen(struct cur *field, uint64_t *v)
{
	if (*v == UINT32_MAX)
		*v = cur_le(field, 8);
}

/* One entry; NULL, or why it cannot be read. */
static const char *
read_entry(struct directory *d, struct zip_member *m)
{
	struct bytes all = look(d, ENTRY_MAX);
	struct cur c = cur_over(all);
	struct cur wide;
	size_t name, extra, comment;
	uint64_t part;

	if (cur_le(&c, 4) != 0x02014b50)
		return "the directory breaks off";
	cur_seek(&c, 8);
	m->flags = (uint16_t)cur_le(&c, 2);
	m->method = (uint16_t)cur_le(&c, 2);
	cur_seek(&c, 16);
	m->crc = (uint32_t)cur_le(&c, 4);
	m->packed = cur_le(&c, 4);
	m->size = cur_le(&c, 4);
	name = (size_t)cur_le(&c, 2);
	extra = (size_t)cur_le(&c, 2);
	comment = (size_t)cur_le(&c, 2);
	part = cur_le(&c, 2);
	cur_seek(&c, 42);
	m->at = cur_le(&c, 4);
	m->name = arena_copy(d->arena, cur_take(&c, name));
	wide = zip64_field(cur_take(&c, extra));
	(void)cur_take(&c, comment);
	if (!cur_ok(&c))
		return "the directory breaks off";
	widen(&wide, &m->size);
	widen(&wide, &m->packed);
	widen(&wide, &m->at);
	if (!cur_ok(&wide))
		m->fault = "its zip64 sizes are missing";
	else if (part != 0 && part != 0xffff)
		m->fault = "it lies in another part of the archive";
	m->folder = bytes_ends(m->name, "/");
	d->at += c.at;
	return d->arena->bad ? "not enough memory" : NULL;
}

/* ---- members that share bytes ---- */

struct span {
	uint64_t at, end;
	struct zip_member *m;
};

static int
by_place(const void *a, const void *b)
{
	const struct span *x = a;
	const struct span *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->m < y->m ? -1 : x->m > y->m;
}

/* Gives a fault to each member that shares bytes with another, or with the
   directory.  False without memory. */
static bool
find_shared(struct zip *zip, uint64_t directory)
{
	struct arena own = arena_with(zip->n * sizeof(struct span) + KIB);
	struct span *spans = arena_alloc(&own, zip->n, sizeof(*spans));
	struct span *far = spans;	/* that reaches farthest */
	struct span *s;
	size_t i;

	for (i = 0; spans != NULL && i < zip->n; i++) {
		s = &spans[i];
		s->m = &zip->members[i];
		s->at = s->m->at;
		if (__builtin_add_overflow(s->at, HEAD_BYTES + s->m->name.n,
		    &s->end) || __builtin_add_overflow(s->end, s->m->packed,
		    &s->end) || s->end > directory)
			s->m->fault = "it reaches beyond the members";
	}
	if (spans != NULL)
		sort_items(spans, zip->n, sizeof(*spans), by_place);
	for (i = 1; spans != NULL && i < zip->n; i++) {
		if (spans[i].at < far->end)
			spans[i].m->fault = far->m->fault =
			    "it shares bytes with another member";
		if (spans[i].end > far->end)
			far = &spans[i];
	}
	arena_free(&own);
	return spans != NULL;
}

bool
zip_read(const struct input *in, struct arena *arena, struct zip *zip)
{
	struct arena own = arena_with(WINDOW + KIB);
	struct directory d = { .in = in, .arena = arena };
	struct end end = { 0, 0, 0, 0 };
	uint64_t n;

	*zip = (struct zip){ NULL, 0, find_directory(in, &end) };
	if (zip->fault != NULL)
		return false;
	n = end.members;
	if (n > end.size / ENTRY_BYTES)
		n = end.size / ENTRY_BYTES;
	if (n > ZIP_MEMBERS)
		n = ZIP_MEMBERS;
	d.at = end.directory;
	d.end = end.directory + end.size;
	d.window = arena_alloc(&own, WINDOW, 1);
	zip->members = arena_alloc(arena, (size_t)n, sizeof(*zip->members));
	if (d.window == NULL || zip->members == NULL) {
		zip->fault = "not enough memory";
		arena_free(&own);
		return false;
	}
	while (zip->n < n && zip->fault == NULL) {
		zip->fault = read_entry(&d, &zip->members[zip->n]);
		zip->n += zip->fault == NULL;
	}
	if (zip->fault == NULL && n < end.members)
		zip->fault = n == ZIP_MEMBERS ? "more than a million members" :
		    "the directory breaks off";
	if (zip->fault == NULL && d.at < d.end)
		zip->fault = "the directory holds more than its end says";
	if (!find_shared(zip, end.directory))
		zip->fault = "not enough memory";
	arena_free(&own);
	return true;
}

/* ---- one member ---- */

struct zip_stream {
	struct arena arena;	/* it holds the stream itself */
	const struct input *in;
	uint64_t at, left;	/* packed bytes not yet read, and where */
	uint64_t size, done;	/* of the member; given so far */
	uint32_t want, crc;
	bool deflated, ended;
	const char *fault;
	z_stream z;
	uint8_t *packed;	/* IN_BYTES */
};

static void *
zlib_alloc(void *arena, unsigned count, unsigned size)
{
	return arena_alloc(arena, count, size);
}

static void
zlib_free(void *arena, void *p)
{
	(void)arena;		/* all of it at the end */
	(void)p;
}

/* The sizes in the head of a member, where it has them. */
static bool
same_sizes(struct cur *head, struct bytes extra, const struct zip_member *m,
    bool behind)
{
	uint32_t crc = (uint32_t)cur_le(head, 4);
	uint64_t packed = cur_le(head, 4);
	uint64_t size = cur_le(head, 4);
	struct cur wide = zip64_field(extra);

	if (behind)
		return (crc == 0 || crc == m->crc) &&
		    (packed == 0 || packed == UINT32_MAX ||
		    packed == m->packed) &&
		    (size == 0 || size == UINT32_MAX || size == m->size);
	widen(&wide, &size);
	widen(&wide, &packed);
	return cur_ok(&wide) && crc == m->crc && packed == m->packed &&
	    size == m->size;
}

/* Whether the head says what the directory says.  NULL, or what is wrong; then
   s->at is where the data begin. */
static const char *
read_head(struct zip_stream *s, const struct zip_member *m)
{
	static const char differs[] = "its head contradicts the directory";
	uint8_t b[HEAD_BYTES];
	struct cur c = cur_at(s->in, b, HEAD_BYTES, m->at);
	struct cur part;
	size_t name, extra;
	uint16_t flags;

	if (cur_le(&c, 4) != 0x04034b50)
		return "it has no head where the directory says";
	cur_seek(&c, 26);
	name = (size_t)cur_le(&c, 2);
	extra = (size_t)cur_le(&c, 2);
	s->at = m->at + HEAD_BYTES;
	part = cur_at(s->in, s->packed, name, s->at);
	if (!bytes_eq(cur_take(&part, name), m->name))
		return differs;
	s->at += name;
	part = cur_at(s->in, s->packed, extra, s->at);
	s->at += extra;
	cur_seek(&c, 6);
	flags = (uint16_t)cur_le(&c, 2);
	if (((flags ^ m->flags) & (ENCRYPTED | STRONG | HIDDEN)) != 0 ||
	    cur_le(&c, 2) != m->method)
		return differs;
	cur_seek(&c, 14);
	if (!same_sizes(&c, cur_take(&part, extra), m,
	    (flags & SIZES_BEHIND) != 0) || !cur_ok(&c) || !cur_ok(&part))
		return differs;
	if (s->at > s->in->size || s->left > s->in->size - s->at)
		return "it reaches beyond the end of the archive";
	return NULL;
}

static const char *
refused(const struct zip_member *m)
{
	if (m->fault != NULL)
		return m->fault;
	if ((m->flags & (ENCRYPTED | STRONG | HIDDEN)) != 0)
		return "it is encrypted";
	if ((m->flags & PATCH) != 0 ||
	    (m->method != STORED && m->method != DEFLATED))
		return "it is packed in a way that is not read";
	if (m->method == STORED && m->size != m->packed)
		return "it is stored, and has two sizes";
	return NULL;
}

static const char *
start(struct zip_stream *s, const struct zip_member *m)
{
	const char *why = read_head(s, m);

	if (why != NULL)
		return why;
	s->z.zalloc = zlib_alloc;
	s->z.zfree = zlib_free;
	s->z.opaque = &s->arena;
	if (s->deflated && inflateInit2(&s->z, -MAX_WBITS) != Z_OK)
		return "not enough memory";
	return NULL;
}

struct zip_stream *
zip_open(const struct input *in, const struct zip_member *m,
    const char **fault)
{
	struct arena arena = arena_with(STREAM_BYTES);
	struct zip_stream *s;

	*fault = refused(m);
	if (*fault != NULL)
		return NULL;
	s = arena_alloc(&arena, 1, sizeof(*s));
	if (s != NULL)
		s->packed = arena_alloc(&arena, IN_BYTES, 1);
	if (s == NULL || arena.bad) {
		*fault = "not enough memory";
		arena_free(&arena);
		return NULL;
	}
	s->arena = arena;
	s->in = in;
	s->left = m->packed;
	s->size = m->size;
	s->want = m->crc;
	s->deflated = m->method == DEFLATED;
	*fault = start(s, m);
	if (*fault == NULL)
		return s;
	arena = s->arena;
	arena_free(&arena);
	return NULL;
}

/* More packed bytes. */
static void
feed(struct zip_stream *s)
{
	size_t n = s->left < IN_BYTES ? (size_t)s->left : IN_BYTES;
	size_t got = input_read(s->in, s->packed, n, s->at);

	if (got < n)
		s->fault = "it cannot be read";
	s->at += got;
	s->left -= got;
	s->z.next_in = s->packed;
	s->z.avail_in = (unsigned)got;
}

static size_t
take_deflated(struct zip_stream *s, void *to, size_t n)
{
	int r;

	if (n > UINT32_MAX)
		n = UINT32_MAX;
	s->z.next_out = to;
	s->z.avail_out = (unsigned)n;
	while (s->z.avail_out > 0 && !s->ended && s->fault == NULL) {
		if (s->z.avail_in == 0 && s->left > 0)
			feed(s);
		r = inflate(&s->z, Z_NO_FLUSH);
		s->ended = r == Z_STREAM_END;
		if (r == Z_BUF_ERROR)
			s->fault = "its data break off";
		else if (r == Z_MEM_ERROR)
			s->fault = "not enough memory";
		else if (r != Z_OK && r != Z_STREAM_END)
			s->fault = "its data are damaged";
	}
	if (s->ended && (s->z.avail_in > 0 || s->left > 0))
		s->fault = "its data end before their size";
	return n - s->z.avail_out;
}

static size_t
take_stored(struct zip_stream *s, void *to, size_t n)
{
	size_t got;

	if (n > s->left)
		n = (size_t)s->left;
	got = input_read(s->in, to, n, s->at);
	if (got < n)
		s->fault = "it cannot be read";
	s->at += got;
	s->left -= got;
	s->ended = s->left == 0;
	return got;
}

size_t
zip_take(struct zip_stream *s, void *to, size_t n)
{
	size_t got;

	if (n == 0 || s->ended || s->fault != NULL)
		return 0;
	got = s->deflated ? take_deflated(s, to, n) : take_stored(s, to, n);
	if (got > s->size - s->done) {
		got = (size_t)(s->size - s->done);
		s->fault = "it is longer than the directory says";
	}
	s->done += got;
	s->crc = (uint32_t)crc32_z(s->crc, to, got);
	if (s->fault != NULL || !s->ended)
		return got;
	if (s->done < s->size)
		s->fault = "it is shorter than the directory says";
	else if (s->crc != s->want)
		s->fault = "its CRC-32 is not that of the directory";
	return got;
}

const char *
zip_close(struct zip_stream *s)
{
	struct arena arena;
	const char *fault;
	uint8_t beyond;

	if (s == NULL)
		return NULL;
	/* Who took just its size has not yet come to the end. */
	if (s->done == s->size)
		(void)zip_take(s, &beyond, 1);
	fault = s->fault;
	if (fault == NULL && !s->ended)
		fault = "it was not read to its end";
	arena = s->arena;
	arena_free(&arena);
	return fault;
}
