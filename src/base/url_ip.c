/*
 * Addresses.  A link to http://0x7f.1/ or http://2130706433/ hides an address
 * from people, not from browsers; both read as 127.0.0.1.
 */
#include "base/url_ip.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/text.h"
#include "base/url.h"

bool
url_ipv4(struct bytes in, uint8_t ip[4])
{
	char text[INET_ADDRSTRLEN];

	if (in.n == 0 || in.n >= sizeof(text) ||
	    memchr(in.p, 0, in.n) != NULL)
		return false;
	memcpy(text, in.p, in.n);
	text[in.n] = '\0';
	return inet_pton(AF_INET, text, ip) == 1;
}

bool
url_ipv6(struct bytes in, uint8_t ip[16])
{
	char text[INET6_ADDRSTRLEN];
	size_t zone = bytes_find_byte(in, '%', 0);

	if (zone != SIZE_MAX) {
		if (zone + 1 == in.n)
			return false;
		in.n = zone;
	}
	if (in.n == 0 || in.n >= sizeof(text) ||
	    memchr(in.p, 0, in.n) != NULL)
		return false;
	memcpy(text, in.p, in.n);
	text[in.n] = '\0';
	return inet_pton(AF_INET6, text, ip) == 1;
}

static unsigned
digit(uint8_t c)
{
	c = text_lower(c);
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

/* One part: "0x" alone is 0.  What passes 32 bits stays just above them. */
static bool
part_read(struct bytes in, uint64_t *v)
{
	unsigned base = 10, d;
	uint64_t sum = 0;
	size_t i;

	if (in.n == 0)
		return false;
	if (in.n > 1 && in.p[0] == '0' && text_lower(in.p[1]) == 'x') {
		base = 16;
		in = bytes_part(in, 2, in.n);
	} else if (in.n > 1 && in.p[0] == '0') {
		base = 8;
		in = bytes_part(in, 1, in.n);
	}
	for (i = 0; i < in.n; i++) {
		d = digit(in.p[i]);
		if (d >= base)
			return false;
		sum = sum * base + d;
		if (sum > UINT32_MAX)
			sum = UINT64_C(1) << 32;
	}
	*v = sum;
	return true;
}

static struct bytes
without_dot(struct bytes host)
{
	if (host.n > 0 && host.p[host.n - 1] == '.')
		host.n--;
	return host;
}

bool
url_ip_is_number(struct bytes host)
{
	struct bytes last = without_dot(host);
	uint64_t v;
	size_t i;

	for (i = last.n; i > 0 && last.p[i - 1] != '.'; i--)
		continue;
	last = bytes_part(last, i, last.n);
	for (i = 0; i < last.n; i++)
		if (last.p[i] < '0' || last.p[i] > '9')
			return part_read(last, &v);
	return last.n > 0;
}

bool
url_ip_loose(struct bytes in, uint8_t ip[4])
{
	uint64_t part[4], sum = 0;
	size_t n = 0, i, dot = 0;

	in = without_dot(in);
	do {
		if (n == 4)
			return false;
		dot = bytes_find_byte(in, '.', 0);
		if (!part_read(bytes_part(in, 0, dot), &part[n++]))
			return false;
		if (dot != SIZE_MAX)
			in = bytes_part(in, dot + 1, in.n);
	} while (dot != SIZE_MAX);
	for (i = 0; i + 1 < n; i++) {
		if (part[i] > 255)
			return false;
		sum |= part[i] << (24 - 8 * i);
	}
	if (part[n - 1] >> (8 * (5 - n)) != 0)
		return false;
	sum |= part[n - 1];
	for (i = 0; i < 4; i++)
		ip[i] = (uint8_t)(sum >> (24 - 8 * i));
	return true;
}

void
url_ip_show4(struct buf *to, const uint8_t ip[4])
{
	char text[INET_ADDRSTRLEN];

	(void)inet_ntop(AF_INET, ip, text, sizeof(text));
	buf_text(to, text);
}

void
url_ip_show6(struct buf *to, const uint8_t ip[16])
{
	char text[INET6_ADDRSTRLEN];

	(void)inet_ntop(AF_INET6, ip, text, sizeof(text));
	buf_text(to, text);
}
