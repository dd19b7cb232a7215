#include "indicator/normal.h"

#include <string.h>

#include "base/text.h"

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

bool
normal_lower(struct buf *to, struct bytes in)
{
	uint8_t *p = buf_room(to, in.n);
	size_t i;

	if (p == NULL)
		return false;
	for (i = 0; i < in.n; i++)
		p[i] = text_lower(in.p[i]);
	to->n += in.n;
	return true;
}

bool
normal_email(struct buf *to, struct bytes in)
{
	const uint8_t *sign;
	size_t at;

	in = text_trim(in);
	sign = in.n == 0 ? NULL : memrchr(in.p, '@', in.n);
	if (sign == NULL || sign == in.p)
		return false;
	at = (size_t)(sign - in.p);
	if (at + 1 == in.n || !normal_lower(to, bytes_part(in, 0, at + 1)))
		return false;
	in = bytes_part(in, at + 1, in.n);
	return url_host_normal(to, in) || normal_lower(to, in);
}

/* What may stand between the digits of a number. */
static bool
is_filler(struct bytes in, size_t at, size_t *n)
{
	uint32_t c = 0;

	*n = text_char(in, at, &c);
	if (*n == 0) {
		*n = 1;
		return false;
	}
	/* No-break blanks, direction marks and dashes: contacts hold them. */
	return (c < 0x80 && c != 0 && strchr(" -.()/\t", (int)c) != NULL) ||
	    c == 0xa0 || c == 0x202f || (c >= 0x2000 && c <= 0x2015) ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f);
}

bool
normal_phone(struct buf *to, struct bytes in)
{
	size_t i, step, from = to->n;
	bool letters = false, plus = false;

	in = text_trim(in);
	if (in.n >= 4 && text_same_as(bytes_part(in, 0, 4), "tel:"))
		in = bytes_part(in, 4, in.n);
	in = bytes_part(in, 0, bytes_find_byte(in, ';', 0));
	for (i = 0; i < in.n && !letters; i += step) {
		if (is_filler(in, i, &step))
			continue;
		if (in.p[i] == '+' && to->n == from && !plus)
			plus = true;
		else if (is_digit(in.p[i]))
			buf_byte(to, in.p[i]);
		else
			letters = true;
	}
	if (letters) {
		to->n = from;
		return normal_lower(to, in);
	}
	/* "+0044" does not exist, so 00 is the sign only without a plus. */
	if (!plus && to->n - from > 4 && to->p[from] == '0' &&
	    to->p[from + 1] == '0') {
		memmove(to->p + from, to->p + from + 2, to->n - from - 2);
		to->n -= 2;
	}
	return to->n > from && !to->bad;
}

bool
normal_hex(struct buf *to, struct bytes in)
{
	size_t i, n = 0;
	uint8_t c, *p;

	in = text_trim(in);
	p = buf_room(to, in.n);
	for (i = 0; p != NULL && i < in.n; i++) {
		c = in.p[i];
		if (c >= 'A' && c <= 'F')
			c |= 0x20;
		else if (c == ':' || c == ' ')
			continue;
		else if (!is_digit(c) && (c < 'a' || c > 'f'))
			return false;
		p[n++] = c;
	}
	to->n += n;
	return n > 0;
}

static uint16_t
usual_port(struct bytes scheme)
{
	if (text_same_as(scheme, "https") || text_same_as(scheme, "wss"))
		return 443;
	if (text_same_as(scheme, "http") || text_same_as(scheme, "ws"))
		return 80;
	return text_same_as(scheme, "ftp") ? 21 : 0;
}

static bool
normal_authority(struct buf *to, const struct url *u)
{
	bool good;

	if (u->kind == URL_HOST_IPV6)
		buf_byte(to, '[');
	good = url_normal(to, u);
	if (u->kind == URL_HOST_IPV6)
		buf_byte(to, ']');
	if (u->port != 0 && u->port != usual_port(u->scheme)) {
		buf_byte(to, ':');
		buf_uint(to, u->port);
	}
	return good && !to->bad;
}

bool
normal_url(struct buf *to, const struct url *u, bool fragment)
{
	struct bytes rest = u->rest;

	buf_text(to, "//");
	if (!normal_authority(to, u))
		return false;
	if (u->path.n == 0)
		buf_byte(to, '/');
	buf_add(to, u->path);
	if (!fragment)
		rest = bytes_part(rest, 0, bytes_find_byte(rest, '#', 0));
	buf_add(to, rest);
	return !to->bad;
}

bool
normal_place(struct buf *to, const struct url *u)
{
	struct bytes path = u->path;

	while (path.n > 0 && path.p[path.n - 1] == '/')
		path.n--;
	if (!normal_authority(to, u))
		return false;
	buf_add(to, path);
	return !to->bad;
}

/* Whether "/private" at the beginning of a clean path is only another way to
   the same folder: /var, /tmp and /etc of iOS are links into it. */
static bool
is_linked(struct bytes clean)
{
	static const char *const links[] = { "/var", "/tmp", "/etc" };
	struct bytes rest;
	size_t i;

	if (!bytes_starts(clean, "/private/"))
		return false;
	rest = bytes_part(clean, 8, clean.n);
	for (i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (bytes_starts(rest, links[i]) &&
		    (rest.n == 4 || rest.p[4] == '/'))
			return true;
	return false;
}

bool
normal_path(struct buf *to, struct bytes in)
{
	size_t at = 0, end, from = to->n;
	struct bytes clean;
	uint8_t *p;

	if (in.n >= 7 && text_same_as(bytes_part(in, 0, 7), "file://"))
		in = bytes_part(in, 7, in.n);
	p = buf_room(to, in.n + 1);
	if (p == NULL)
		return false;
	while (at < in.n) {
		end = bytes_find_byte(in, '/', at);
		if (end == SIZE_MAX)
			end = in.n;
		if (end > at && !(end == at + 1 && in.p[at] == '.')) {
			/* A relative path has nothing before its first name. */
			if (to->n > from || in.p[0] == '/')
				to->p[to->n++] = '/';
			memcpy(to->p + to->n, in.p + at, end - at);
			to->n += end - at;
		}
		at = end + 1;
	}
	clean = bytes_at(to->p + from, to->n - from);
	if (is_linked(clean)) {
		memmove(to->p + from, to->p + from + 8, clean.n - 8);
		to->n -= 8;
	}
	return to->n > from;
}

void
normal_network(uint8_t to[17], const uint8_t *ip, unsigned bytes,
    unsigned prefix)
{
	unsigned i, bits, mask;

	for (i = 0; i < bytes; i++) {
		bits = prefix < i * 8 ? 0 : prefix - i * 8;
		mask = bits >= 8 ? 0xff : 0xff00u >> bits;
		to[i] = (uint8_t)(ip[i] & mask);
	}
	to[bytes] = (uint8_t)prefix;
}

struct bytes
normal_base(struct bytes path)
{
	const uint8_t *slash;

	while (path.n > 0 && path.p[path.n - 1] == '/')
		path.n--;
	slash = path.n == 0 ? NULL : memrchr(path.p, '/', path.n);
	if (slash == NULL)
		return path;
	return bytes_part(path, (size_t)(slash - path.p) + 1, path.n);
}

struct bytes
normal_strip(struct bytes in)
{
	size_t from, end;

	in = text_trim(in);
	from = bytes_find_byte(in, '<', 0);
	if (from == SIZE_MAX)
		return in;
	end = bytes_find_byte(in, '>', from);
	return end == SIZE_MAX ? in : bytes_part(in, from + 1, end - from - 1);
}
