/*
 * Host names in their normal form.  Two spellings of one host must give the
 * same bytes, or an indicator is missed.
 */
#include "base/url_host.h"

#include <string.h>

#include <idn2.h>

#include "base/text.h"
#include "base/url.h"
#include "base/url_puny.h"

/* A name in other letters is longer in UTF-8 than as A-label, and mapping may
   drop characters; beyond this it is not worth the time. */
#define DECODED_MAX	(LIMIT_HOST_BYTES * 4)

static int
hex_digit(uint8_t c)
{
	c = text_lower(c);
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Copies, each %XX as its byte; 0 if it does not fit or % stands alone. */
static size_t
decode(uint8_t to[DECODED_MAX], struct bytes in)
{
	size_t i, n = 0;
	int high, low;

	for (i = 0; i < in.n; i++) {
		if (n == DECODED_MAX)
			return 0;
		if (in.p[i] != '%') {
			to[n++] = in.p[i];
			continue;
		}
		if (in.n - i < 3)
			return 0;
		high = hex_digit(in.p[i + 1]);
		low = hex_digit(in.p[i + 2]);
		if (high < 0 || low < 0)
			return 0;
		to[n++] = (uint8_t)(high << 4 | low);
		i += 2;
	}
	return n;
}

static bool
is_name_byte(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    c == '-' || c == '_';
}

static bool
is_ascii(struct bytes in)
{
	size_t i;

	for (i = 0; i < in.n; i++)
		if (in.p[i] >= 0x80)
			return false;
	return true;
}

/* Lower case, and labels of 1 to 63 letters, digits, "-" and "_". */
static size_t
plain(uint8_t *to, size_t max, struct bytes in)
{
	size_t i, label = 0;
	uint8_t c;

	if (in.n > max)
		return 0;
	for (i = 0; i < in.n; i++) {
		c = text_lower(in.p[i]);
		if (c == '.' && label > 0)
			label = 0;
		else if (is_name_byte(c) && label < 63)
			label++;
		else
			return 0;
		to[i] = c;
	}
	return in.n;
}

/* UTS 46 mapping and A-labels: full-width letters and dots become plain. */
static size_t
map(uint8_t *to, size_t max, struct bytes in)
{
	uint8_t text[DECODED_MAX + 1], *out = NULL;
	size_t n = 0;

	if (in.n > DECODED_MAX || memchr(in.p, 0, in.n) != NULL)
		return 0;
	memcpy(text, in.p, in.n);
	text[in.n] = '\0';
	if (idn2_lookup_u8(text, &out, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL)
	    != IDN2_OK)
		return 0;
	n = strlen((const char *)out);
	if (n > max)
		n = 0;
	memcpy(to, out, n);
	idn2_free(out);
	return n;
}

/* The length of a dot at `at`: ".", or one of the three that UTS 46 takes for
   it; 0 if there is none. */
static size_t
dot_length(struct bytes in, size_t at)
{
	uint32_t c = 0;
	size_t n = text_char(in, at, &c);

	return c == '.' || c == 0x3002 || c == 0xff0e || c == 0xff61 ? n : 0;
}

/* Label by label, for a host that libidn2 refuses as a whole: what it refuses
   alone (emoji) is encoded as it stands. */
static size_t
map_labels(uint8_t to[LIMIT_HOST_BYTES], struct bytes in)
{
	uint8_t out[URL_PUNY_LABEL];
	size_t at = 0, n = 0, got, dot = 0;
	struct bytes label;

	for (; at < in.n; at += label.n + dot) {
		label = bytes_part(in, at, in.n);
		for (label.n = 0; at + label.n < in.n; label.n++)
			if ((dot = dot_length(in, at + label.n)) > 0)
				break;
		got = is_ascii(label) ? plain(out, sizeof(out), label) :
		    map(out, sizeof(out), label);
		if (got == 0)
			got = url_puny_put(out, label);
		if (got == 0 || got >= LIMIT_HOST_BYTES - n)
			return 0;
		memcpy(to + n, out, got);
		n += got;
		to[n++] = '.';
	}
	return n;
}

/* Bytes of a plain host in lower case; 0: not one. */
static const uint8_t fold[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, '-', '.', 0,
	'0', '1', '2', '3', '4', '5', '6', '7',
	'8', '9', 0, 0, 0, 0, 0, 0,
	0, 'a', 'b', 'c', 'd', 'e', 'f', 'g',
	'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
	'p', 'q', 'r', 's', 't', 'u', 'v', 'w',
	'x', 'y', 'z', 0, 0, 0, 0, '_',
	0, 'a', 'b', 'c', 'd', 'e', 'f', 'g',
	'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
	'p', 'q', 'r', 's', 't', 'u', 'v', 'w',
	'x', 'y', 'z', 0, 0, 0, 0, 0
};

size_t
url_host_plain(uint8_t to[LIMIT_HOST_BYTES], struct bytes host)
{
	size_t i, label = 0;
	uint8_t c;

	if (host.n == 0 || host.n > LIMIT_HOST_BYTES)
		return 0;
	for (i = 0; i < host.n; i++) {
		c = fold[host.p[i]];
		if (c == '.' ? i == label : c == 0 || i - label == 63)
			return 0;
		if (c == '.')
			label = i + 1;
		to[i] = c;
	}
	return label < host.n && to[label] >= 'a' && to[label] <= 'z' ?
	    host.n : 0;
}

bool
url_host_is_plain(struct bytes host)
{
	uint8_t to[LIMIT_HOST_BYTES];

	return url_host_plain(to, host) > 0;
}

static struct bytes
without_dots(struct bytes host)
{
	while (host.n > 0 && host.p[host.n - 1] == '.')
		host.n--;
	return host;
}

size_t
url_host_put(uint8_t to[LIMIT_HOST_BYTES], struct bytes host)
{
	uint8_t decoded[DECODED_MAX], mapped[LIMIT_HOST_BYTES];
	size_t n = plain(to, LIMIT_HOST_BYTES, without_dots(host));

	if (n > 0 || host.n == 0)
		return n;
	if (memchr(host.p, '%', host.n) != NULL)
		host = bytes_at(decoded, decode(decoded, host));
	if (host.n <= DECODED_MAX && !is_ascii(host)) {
		n = map(mapped, sizeof(mapped), host);
		if (n == 0)
			n = map_labels(mapped, host);
		host = bytes_at(mapped, n);
	}
	return plain(to, LIMIT_HOST_BYTES, without_dots(host));
}

bool
url_host_normal(struct buf *to, struct bytes host)
{
	uint8_t normal[LIMIT_HOST_BYTES];
	size_t n = url_host_put(normal, host);

	buf_add(to, bytes_at(normal, n));
	return n > 0 && !to->bad;
}

void
url_host_prepare(void)
{
	uint8_t to[LIMIT_HOST_BYTES];

	(void)url_host_put(to, bytes_of("\xd0\xbf\xd1\x80.\xd1\x80\xd1\x84"));
}
