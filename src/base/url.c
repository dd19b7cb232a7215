/*
 * URLs taken apart as browsers do (WHATWG URL Standard, url.spec.whatwg.org),
 * not as RFC 3986 has it: what matters is where a tap would have led.  Where
 * a browser would refuse and a host can still be read (a port beyond 65535),
 * the host is given.
 */
#include "base/url.h"

#include <assert.h>
#include <string.h>

#include <libpsl.h>

#include "base/text.h"
#include "base/url_host.h"
#include "base/url_ip.h"
#include "base/url_shorteners.h"

enum form {			/* what stood before the host */
	FORM_BARE,
	FORM_WEB,		/* http and the like: backslash is slash */
	FORM_OTHER
};

static bool
is_letter(uint8_t c)
{
	c = text_lower(c);
	return c >= 'a' && c <= 'z';
}

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool
is_slash(uint8_t c)
{
	return c == '/' || c == '\\';
}

/* The length of a scheme that begins at `from`, without ":"; 0 if none. */
static size_t
scheme_length(struct bytes in, size_t from)
{
	size_t i;

	if (from >= in.n || !is_letter(in.p[from]))
		return 0;
	for (i = from; i < in.n && (is_letter(in.p[i]) || is_digit(in.p[i]) ||
	    in.p[i] == '+' || in.p[i] == '-' || in.p[i] == '.'); i++)
		continue;
	return i < in.n && in.p[i] == ':' ? i - from : 0;
}

static bool
is_web(struct bytes scheme)
{
	return text_same_as(scheme, "http") || text_same_as(scheme, "https") ||
	    text_same_as(scheme, "ftp") || text_same_as(scheme, "ws") ||
	    text_same_as(scheme, "wss") || text_same_as(scheme, "file");
}

static bool
is_two_slashes(struct bytes in, size_t at, bool web)
{
	if (at > in.n || in.n - at < 2)
		return false;
	if (web)
		return is_slash(in.p[at]) && is_slash(in.p[at + 1]);
	return in.p[at] == '/' && in.p[at + 1] == '/';
}

/* Where the host part begins, and after what; u->scheme is set. */
static size_t
before_host(struct url *u, enum form *form)
{
	struct bytes in = u->text;
	size_t from = 0, n, at;

	*form = FORM_WEB;
	if (is_two_slashes(in, 0, true))
		return 2;
	while ((n = scheme_length(in, from)) > 0) {
		u->scheme = bytes_part(in, from, n);
		at = from + n + 1;
		if (is_web(u->scheme)) {
			/* Browsers take any number of slashes, but after
			   file: the third begins the path. */
			for (n = 0; at < in.n && is_slash(in.p[at]) &&
			    (n < 2 || text_lower(u->scheme.p[1]) != 'i'); n++)
				at++;
			return at;
		}
		*form = FORM_OTHER;
		if (is_two_slashes(in, at, false))
			return at + 2;
		from = at;	/* blob:https://..., view-source:https://... */
	}
	u->scheme = bytes_part(in, 0, 0);
	*form = FORM_BARE;
	return 0;
}

/* In "word:rest" without slashes: whether the word is a host all the same,
   not a scheme such as tel:, about: or data:. */
static bool
is_bare_host(struct bytes authority)
{
	size_t colon = bytes_find_byte(authority, ':', 0);
	struct bytes head = bytes_part(authority, 0, colon);

	return colon == SIZE_MAX ||
	    bytes_find_byte(authority, '@', 0) != SIZE_MAX ||
	    bytes_find_byte(head, '.', 0) != SIZE_MAX ||
	    text_same_as(head, "localhost");
}

static uint16_t
port_read(struct bytes in)
{
	uint64_t v;

	return text_uint(in, &v) && v <= UINT16_MAX ? (uint16_t)v : 0;
}

/* A host in letters that IDNA refuses: there, but without a normal form. */
static bool
is_foreign(struct bytes host)
{
	bool foreign = false;
	size_t i;

	for (i = 0; i < host.n; i++) {
		if (host.p[i] >= 0x80)
			foreign = true;
		else if (!is_letter(host.p[i]) && !is_digit(host.p[i]) &&
		    memchr("-_.%", host.p[i], 4) == NULL)
			return false;
	}
	return foreign && text_utf8(host);
}

/* The address or the name in u->host; false if it cannot be either. */
static bool
host_kind(struct url *u, enum form form)
{
	uint8_t normal[LIMIT_HOST_BYTES];
	struct bytes host = bytes_at(normal, url_host_put(normal, u->host));

	u->kind = URL_HOST_NAME;
	if (host.n == 0)
		return is_foreign(u->host);
	if (!url_ip_is_number(host))
		return true;
	u->kind = URL_HOST_IPV4;
	return form == FORM_BARE ? url_ipv4(host, u->ip) :
	    url_ip_loose(host, u->ip);
}

/* "[address]:port" */
static bool
bracket_read(struct url *u, struct bytes in)
{
	size_t end = bytes_find_byte(in, ']', 0);

	if (end == SIZE_MAX)
		return false;
	u->host = bytes_part(in, 1, end - 1);
	u->kind = URL_HOST_IPV6;
	in = bytes_part(in, end + 1, in.n);
	if (bytes_starts(in, ":"))
		u->port = port_read(bytes_part(in, 1, in.n));
	return url_ipv6(u->host, u->ip);
}

/* "user@host:port", all of it. */
static bool
authority_read(struct url *u, struct bytes in, enum form form)
{
	const uint8_t *sign;
	size_t colon;

	if (url_host_is_plain(in)) {	/* most are just that */
		u->host = in;
		u->kind = URL_HOST_NAME;
		return true;
	}
	sign = in.n == 0 ? NULL : memrchr(in.p, '@', in.n);
	if (sign != NULL) {
		u->user = bytes_part(in, 0, (size_t)(sign - in.p));
		in = bytes_part(in, u->user.n + 1, in.n);
	}
	/* After other schemes a backslash is no slash, and no host has one. */
	in = bytes_part(in, 0, bytes_find_byte(in, '\\', 0));
	if (bytes_starts(in, "["))
		return bracket_read(u, in);
	colon = bytes_find_byte(in, ':', 0);
	u->host = bytes_part(in, 0, colon);
	if (colon == SIZE_MAX)
		return host_kind(u, form);
	if (url_ipv6(in, u->ip)) {	/* people leave the brackets out */
		u->host = in;
		u->kind = URL_HOST_IPV6;
		return true;
	}
	u->port = port_read(bytes_part(in, colon + 1, in.n));
	return host_kind(u, form);
}

static struct bytes
trim(struct bytes in)
{
	while (in.n > 0 && in.p[0] <= ' ')
		in = bytes_part(in, 1, in.n);
	while (in.n > 0 && in.p[in.n - 1] <= ' ')
		in.n--;
	return in;
}

bool
url_read(struct url *out, struct bytes text)
{
	struct url u = { .text = trim(text) };
	struct bytes in = u.text;
	size_t from, end, tail;
	enum form form;
	uint8_t c;

	from = before_host(&u, &form);
	for (end = from; end < in.n; end++) {
		c = in.p[end];
		if (c == '/' || c == '?' || c == '#' ||
		    (c == '\\' && form != FORM_OTHER))
			break;
	}
	for (tail = end; tail < in.n; tail++)
		if (in.p[tail] == '?' || in.p[tail] == '#')
			break;
	u.path = bytes_part(in, end, tail - end);
	u.rest = bytes_part(in, tail, in.n);
	in = bytes_part(in, from, end - from);
	if (!authority_read(&u, in, form))
		return false;
	if (form == FORM_BARE && u.kind != URL_HOST_IPV6 && !is_bare_host(in))
		return false;
	*out = u;
	return true;
}

bool
url_normal(struct buf *to, const struct url *u)
{
	switch (u->kind) {
	case URL_HOST_NAME:
		return url_host_normal(to, u->host);
	case URL_HOST_IPV4:
		url_ip_show4(to, u->ip);
		return !to->bad;
	case URL_HOST_IPV6:
		url_ip_show6(to, u->ip);
		return !to->bad;
	case URL_HOST_NONE:
		break;
	}
	return false;
}

struct bytes
url_registrable(struct bytes host)
{
	char text[LIMIT_HOST_BYTES + 1];
	struct bytes none = bytes_part(host, host.n, 0);
	const char *tail;

	if (host.n == 0 || host.n > LIMIT_HOST_BYTES ||
	    memchr(host.p, 0, host.n) != NULL || url_ip_is_number(host) ||
	    bytes_find_byte(host, ':', 0) != SIZE_MAX)
		return none;
	memcpy(text, host.p, host.n);
	text[host.n] = '\0';
	tail = psl_registrable_domain(psl_builtin(), text);
	if (tail == NULL)
		return none;
	return bytes_part(host, (size_t)(tail - text), host.n);
}

bool
url_same_site(struct bytes one, struct bytes other)
{
	uint8_t text[2][LIMIT_HOST_BYTES];
	struct bytes host[2], site[2];
	struct url u[2];
	int i;

	if (bytes_eq(one, other))
		return true;
	if (!url_read(&u[0], one) || !url_read(&u[1], other) ||
	    u[0].kind != u[1].kind)
		return false;
	if (u[0].kind == URL_HOST_IPV4)
		return memcmp(u[0].ip, u[1].ip, 4) == 0;
	if (u[0].kind == URL_HOST_IPV6)
		return memcmp(u[0].ip, u[1].ip, 16) == 0;
	for (i = 0; i < 2; i++) {
		host[i] = bytes_at(text[i], url_host_put(text[i], u[i].host));
		if (host[i].n == 0)	/* no normal form: as written */
			host[i] = u[i].host;
		site[i] = url_registrable(host[i]);
	}
	if (site[0].n == 0 || site[1].n == 0)
		return bytes_eq(host[0], host[1]);
	return bytes_eq(site[0], site[1]);
}

bool
url_is_shortener(struct bytes host)
{
	size_t low = 0, high = url_shorteners_count, mid;
	int c;

	if (bytes_starts(host, "www."))
		host = bytes_part(host, 4, host.n);
	while (low < high) {
		mid = low + (high - low) / 2;
		c = bytes_cmp(host, bytes_of(url_shorteners[mid]));
		if (c == 0)
			return true;
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

void
url_prepare(void)
{
	(void)url_registrable(bytes_of("www.example.org"));
	url_host_prepare();
}
