#include "artifact/certs.h"

#include "base/buf.h"
#include "base/text.h"
#include "base/time.h"

enum {				/* tags */
	TAG_INTEGER = 0x02, TAG_OID = 0x06, TAG_UTF8 = 0x0c,
	TAG_PRINTABLE = 0x13, TAG_TELETEX = 0x14, TAG_IA5 = 0x16,
	TAG_UTC_TIME = 0x17, TAG_TIME = 0x18, TAG_BMP = 0x1e,
	TAG_SEQUENCE = 0x30, TAG_SET = 0x31, TAG_VERSION = 0xa0
};

#define NAME_MAX_BYTES	1024	/* of a name as text */
#define PARTS_MAX	32	/* of a name; five are usual */

/* One element: its tag, and a cursor over its content.  Tags of one byte and
   lengths of up to four are all that certificates use. */
static struct cur
take(struct cur *c, unsigned *tag)
{
	uint64_t n;

	*tag = (unsigned)cur_be(c, 1);
	n = cur_be(c, 1);
	if (n >= 0x80) {
		if (n < 0x81 || n > 0x84)
			c->bad = true;
		else
			n = cur_be(c, (unsigned)(n - 0x80));
	}
	return cur_sub(c, c->bad ? 0 : (size_t)n);
}

/* The same, of a tag that must be there. */
static struct cur
want(struct cur *c, unsigned tag)
{
	struct cur at = *c, inner;
	unsigned have;

	inner = take(&at, &have);
	if (have != tag)
		at.bad = true;
	*c = at;
	return inner;
}

/* 2.5.4.x and the e-mail address of PKCS #9; others are shown as dots. */
static const char *
name_of(struct bytes oid)
{
	static const uint8_t email[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d,
	    0x01, 0x09, 0x01 };

	if (bytes_eq(oid, bytes_at(email, sizeof(email))))
		return "E";
	if (oid.n != 3 || oid.p[0] != 0x55 || oid.p[1] != 0x04)
		return "?";
	switch (oid.p[2]) {
	case 3:
		return "CN";
	case 6:
		return "C";
	case 7:
		return "L";
	case 8:
		return "ST";
	case 10:
		return "O";
	case 11:
		return "OU";
	default:
		return "?";
	}
}

/* Texts are UTF-8, ASCII, or two bytes a character. */
static void
put_text(struct buf *b, unsigned tag, struct bytes text)
{
	uint8_t utf8[4];
	size_t i;
	uint32_t c;

	if (tag != TAG_BMP && text_utf8(text)) {
		buf_add(b, text);
		return;
	}
	for (i = 0; i < text.n; i++) {
		c = text.p[i];
		if (tag == TAG_BMP && i + 1 < text.n)
			c = c << 8 | text.p[++i];
		buf_add(b, bytes_at(utf8, text_put(utf8, c)));
	}
}

/* SET { SEQUENCE { OID, text } }, again and again. */
static void
put_name(struct buf *b, struct cur *c)
{
	struct cur set, pair, oid, text;
	unsigned parts, tag = 0;

	for (parts = 0; cur_left(c) > 0 && parts < PARTS_MAX; parts++) {
		set = want(c, TAG_SET);
		pair = want(&set, TAG_SEQUENCE);
		oid = want(&pair, TAG_OID);
		text = take(&pair, &tag);
		if (!cur_ok(c) || !cur_ok(&set) || !cur_ok(&pair)) {
			c->bad = true;
			return;
		}
		if (b->n > 0)
			buf_text(b, ", ");
		buf_text(b, name_of(oid.in));
		buf_byte(b, '=');
		put_text(b, tag, text.in);
	}
}

struct val
certs_name(struct arena *arena, struct bytes name)
{
	struct buf b = buf_with(NAME_MAX_BYTES);
	struct cur whole = cur_over(name), c = whole, inner;
	struct val v = val_unset();

	inner = want(&whole, TAG_SEQUENCE);
	if (cur_ok(&whole) && cur_left(&whole) == 0)
		c = inner;
	put_name(&b, &c);
	if (cur_ok(&c) && !b.bad && b.n > 0)
		v = val_text(arena_copy(arena, buf_bytes(&b)));
	buf_free(&b);
	return v;
}

/* "YYMMDDHHMMSSZ", and with four digits of the year. */
static struct val
time_of(struct cur *c)
{
	static const char form[] = "0000-00-00T00:00:00Z";
	struct buf b = buf_with(64);
	unsigned tag;
	struct bytes in = take(c, &tag).in;
	int64_t t = TIME_UNSET;
	size_t i, at = 0;

	if (tag == TAG_UTC_TIME && in.n == 13)
		buf_text(&b, in.p[0] >= '5' ? "19" : "20");
	else if (tag != TAG_TIME || in.n != 15)
		in.n = 0;
	for (i = b.n; in.n > 0 && i < sizeof(form) - 1; i++) {
		if (form[i] != '0')
			buf_byte(&b, (uint8_t)form[i]);
		else
			buf_byte(&b, in.p[at++]);
	}
	if (in.n > 0)
		t = time_read(buf_bytes(&b));
	buf_free(&b);
	return t == TIME_UNSET ? val_unset() : val_time(t);
}

bool
certs_read(struct cert *cert, struct arena *arena, struct bytes der)
{
	static const struct cert none;
	struct cur c = cur_over(der), body, at, issuer, dates, subject;
	unsigned tag;

	*cert = none;
	body = want(&c, TAG_SEQUENCE);
	body = want(&body, TAG_SEQUENCE);
	at = body;
	(void)take(&at, &tag);
	if (tag == TAG_VERSION)
		body = at;
	(void)want(&body, TAG_INTEGER);
	(void)want(&body, TAG_SEQUENCE);
	issuer = want(&body, TAG_SEQUENCE);
	dates = want(&body, TAG_SEQUENCE);
	subject = want(&body, TAG_SEQUENCE);
	if (!cur_ok(&c) || !cur_ok(&body))
		return false;
	cert->issuer = certs_name(arena, issuer.in);
	cert->subject = certs_name(arena, subject.in);
	cert->from = time_of(&dates);
	cert->to = time_of(&dates);
	return true;
}
