#include "report/election_png.h"

#include <zlib.h>

#include "base/limits.h"

#define STORED	65535u		/* bytes of one block */

static void
be32(struct buf *to, uint64_t v)
{
	buf_byte(to, (uint8_t)(v >> 24));
	buf_byte(to, (uint8_t)(v >> 16));
	buf_byte(to, (uint8_t)(v >> 8));
	buf_byte(to, (uint8_t)v);
}

static void
chunk(struct buf *to, const char *type, struct bytes data)
{
	uLong crc = crc32(0, (const Bytef *)type, 4);

	be32(to, data.n);
	buf_text(to, type);
	buf_add(to, data);
	if (data.n > 0)
		crc = crc32(crc, data.p, (uInt)data.n);
	be32(to, crc);
}

/* A zlib stream of stored blocks. */
static void
store(struct buf *to, struct bytes raw)
{
	struct bytes part;
	size_t at = 0;

	buf_byte(to, 0x78);
	buf_byte(to, 0x01);
	do {
		part = bytes_part(raw, at, STORED);
		at += part.n;
		buf_byte(to, at == raw.n);
		buf_le(to, part.n, 2);
		buf_le(to, ~part.n & 0xffff, 2);
		buf_add(to, part);
	} while (at < raw.n);
	be32(to, adler32(adler32(0, NULL, 0), raw.p, (uInt)raw.n));
}

static void
pixels(struct buf *to, const struct election_png *p)
{
	struct buf raw = buf_with(16 * MIB), data = buf_with(17 * MIB);
	unsigned y;

	for (y = 0; y < p->height; y++) {
		buf_byte(&raw, 0);	/* no filter */
		buf_add(&raw, bytes_at(&p->pixels[(size_t)y * p->width],
		    p->width));
	}
	store(&data, buf_bytes(&raw));
	chunk(to, "IDAT", buf_bytes(&data));
	to->bad = to->bad || raw.bad || data.bad;
	buf_free(&raw);
	buf_free(&data);
}

void
election_png_write(struct buf *to, const struct election_png *p)
{
	static const uint8_t transparent[] = { 0 };
	struct buf head = buf_with(64);

	buf_add(to, bytes_at("\x89PNG\r\n\x1a\n", 8));
	be32(&head, p->width);
	be32(&head, p->height);
	buf_byte(&head, 8);		/* bits */
	buf_byte(&head, 3);		/* numbers of colours */
	buf_byte(&head, 0);
	buf_byte(&head, 0);
	buf_byte(&head, 0);
	chunk(to, "IHDR", buf_bytes(&head));
	chunk(to, "PLTE", bytes_at(p->colours, (size_t)p->ncolours * 3));
	chunk(to, "tRNS", bytes_at(transparent, 1));
	pixels(to, p);
	chunk(to, "IEND", bytes_at(NULL, 0));
	buf_free(&head);
}
