/*
 * E-mail addresses, telephone numbers, and handles, which may be either.
 */
#include <string.h>

#include "base/text.h"
#include "indicator/match_inside.h"
#include "indicator/normal.h"

bool
match_person_address(struct match *m, struct bytes address)
{
	struct buf b = match_buf(m, 0);
	struct bytes normal;
	size_t sign;

	if (!normal_email(&b, address))
		return false;
	normal = buf_bytes(&b);
	match_look_whole(m, SPACE_EMAIL, normal);
	match_scan(m, KEY_EMAIL, normal);
	if (m->scans[KEY_EMAIL].n > 0 && !bytes_eq(normal, address))
		match_scan(m, KEY_EMAIL, address);
	/* Mail from a domain that is an indicator is worth knowing. */
	sign = (size_t)((const uint8_t *)memrchr(address.p, '@', address.n) -
	    address.p);
	match_host_name(m, bytes_part(address, sign + 1, address.n));
	return true;
}

void
match_person_email(struct match *m, struct bytes in)
{
	struct bytes address = normal_strip(in);

	if (bytes_find_byte(address, ' ', 0) != SIZE_MAX ||
	    bytes_find_byte(address, ',', 0) != SIZE_MAX ||
	    !match_person_address(m, address))
		match_host_text(m, in);
}

void
match_person_phone(struct match *m, struct bytes in)
{
	struct buf b = match_buf(m, 0);
	struct bytes number;

	buf_byte(&b, '+');
	if (in.n > 256 || !normal_phone(&b, in))
		return;
	number = bytes_part(buf_bytes(&b), 1, b.n);
	match_look_whole(m, SPACE_PHONE, number);
	/* Patterns are written with and without the sign. */
	match_scan(m, KEY_PHONE, in);
	match_scan(m, KEY_PHONE, number);
	match_scan(m, KEY_PHONE, buf_bytes(&b));
}

static bool
take_head(struct bytes *in, const char *head)
{
	struct bytes want = bytes_of(head);

	if (!text_same(bytes_part(*in, 0, want.n), want))
		return false;
	*in = bytes_part(*in, want.n, in->n);
	return true;
}

/* "49170123:12@s.whatsapp.net", "49170123-1600000@g.us": the number, which may
   be followed by that of a device or of a group. */
static struct bytes
number_of_jid(struct bytes in)
{
	size_t n = 0, sign = bytes_find_byte(in, '@', 0);
	struct bytes host = bytes_part(in, sign, in.n), none = { NULL, 0 };

	if (!text_same_as(host, "@s.whatsapp.net") &&
	    !text_same_as(host, "@c.us") && !text_same_as(host, "@g.us"))
		return none;
	while (n < sign && in.p[n] >= '0' && in.p[n] <= '9')
		n++;
	if (n < sign && memchr(":.-_", in.p[n], 4) == NULL)
		return none;
	return bytes_part(in, 0, n);
}

void
match_person_handle(struct match *m, struct bytes in)
{
	struct bytes number;

	/* Apple writes the kind of an account before it. */
	if (take_head(&in, "mailto:") || take_head(&in, "e:")) {
		in = bytes_part(in, 0, bytes_find_byte(in, '?', 0));
		match_person_email(m, in);
		return;
	}
	if (take_head(&in, "tel:") || take_head(&in, "p:") ||
	    take_head(&in, "sms:")) {
		match_person_phone(m, in);
		return;
	}
	number = number_of_jid(in);
	if (number.n > 0)
		match_person_phone(m, number);
	if (bytes_find_byte(in, '@', 0) != SIZE_MAX)
		match_person_email(m, in);
	else
		match_person_phone(m, in);
}
