/*
 * URLs, hosts and addresses, and the free text in which they stand.
 */
#include <string.h>

#include "base/text.h"
#include "base/url.h"
#include "base/url_host.h"
#include "base/url_shorteners.h"
#include "indicator/match_inside.h"
#include "indicator/normal.h"

#define PLACES_MAX	64	/* names of a URL's path that are looked at */

/* --- addresses --------------------------------------------------------- */

static void
look_network(struct match *m, enum space space, const uint8_t *ip,
    unsigned bytes, unsigned prefix)
{
	uint8_t value[17];

	normal_network(value, ip, bytes, prefix);
	match_look_whole(m, space, bytes_at(value, bytes + 1));
}

static void
look_ipv4(struct match *m, const uint8_t ip[4])
{
	unsigned i;

	m->seen |= 1u << KEY_IPV4;
	for (i = 0; i <= 32; i++)
		if (m->prefix4 >> i & 1)
			look_network(m, SPACE_IPV4, ip, 4, i);
}

static void
look_ipv6(struct match *m, const uint8_t ip[16])
{
	static const uint8_t mapped[12] = {
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff
	};
	unsigned i;

	m->seen |= 1u << KEY_IPV6;
	if (memcmp(ip, mapped, sizeof(mapped)) == 0)
		look_ipv4(m, ip + 12);
	if (m->n[SPACE_IPV6] == 0)
		return;
	for (i = 0; i <= 128; i++)
		if (m->prefix6[i])
			look_network(m, SPACE_IPV6, ip, 16, i);
}

/* --- hosts ------------------------------------------------------------- */

/* From the right, each parent in turn: one pass, no allocation.  Gives the
   hash of the whole. */
static uint64_t
look_parents(struct match *m, struct bytes host)
{
	uint64_t h = SPACE_START(m->seed);
	bool dotted = false;
	size_t i;

	for (i = host.n; i > 0; i--) {
		if (host.p[i - 1] == '.') {
			if (dotted)
				match_look(m, SPACE_HOST,
				    space_done(h, SPACE_HOST),
				    bytes_part(host, i, host.n));
			dotted = true;
		}
		h = space_step(h, host.p[i - 1]);
	}
	if (dotted)
		match_look(m, SPACE_HOST, space_done(h, SPACE_HOST),
		    host);
	if (m->n[SPACE_HOST_ONLY] > 0)
		match_look(m, SPACE_HOST_ONLY,
		    space_done(h, SPACE_HOST_ONLY), host);
	return h;
}

/* Whether a URL or a place on this host is a term; by the hash of the host,
   so it may say so for others too. */
static uint32_t
host_bit(uint64_t h)
{
	return space_done(h, SPACE_PLACE) % MATCH_HOSTS;
}

static bool
has_places(const struct match *m, uint64_t h)
{
	uint32_t bit = host_bit(h);

	return (m->hosts[bit / 64] >> bit % 64 & 1) != 0;
}

/* "http://host:port/path", "//host:port/path" or "host:port/path". */
static void
note_place(struct match *m, enum space space, struct bytes value)
{
	size_t n = 0, from = space == SPACE_PLACE ? 0 :
	    bytes_find(value, bytes_of("//"), 0) + 2;
	uint64_t h = SPACE_START(m->seed);
	uint32_t bit;

	value = bytes_part(value, from, value.n);
	while (n < value.n && value.p[n] != '/' && value.p[n] != ':')
		n++;
	for (; n > 0; n--)
		h = space_step(h, value.p[n - 1]);
	bit = host_bit(h);
	m->hosts[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* Most hosts are told from the shorteners by how long they are. */
static bool
is_shortener(const struct match *m, struct bytes host)
{
	if (bytes_starts(host, "www."))
		host = bytes_part(host, 4, host.n);
	return host.n > 0 && host.n < 32 &&
	    (m->shorteners[host.p[0]] >> host.n & 1) != 0 &&
	    url_is_shortener(host);
}

/* Whether places on it are worth a look. */
static bool
look_name(struct match *m, struct bytes host, struct bytes written)
{
	match_scan(m, KEY_DOMAIN, host);
	if (m->scans[KEY_DOMAIN].n > 0 && !bytes_eq(host, written))
		match_scan(m, KEY_DOMAIN, written);
	m->shortened = m->shortened || is_shortener(m, host);
	return has_places(m, look_parents(m, host));
}

static bool
look_host(struct match *m, const struct url *u)
{
	uint8_t text[LIMIT_HOST_BYTES];
	struct buf b = { text, 0, sizeof(text), sizeof(text), false };

	if (u->kind == URL_HOST_NAME) {
		b.n = url_host_plain(text, u->host);
		/* Without a normal form it is no place of an indicator. */
		if (b.n == 0 && !url_normal(&b, u))
			return look_name(m, u->host, u->host);
		return look_name(m, buf_bytes(&b), u->host);
	}
	if (u->kind == URL_HOST_IPV4) {
		look_ipv4(m, u->ip);
		if (url_normal(&b, u))
			match_scan(m, KEY_IPV4, buf_bytes(&b));
	} else if (u->kind == URL_HOST_IPV6) {
		look_ipv6(m, u->ip);
		if (url_normal(&b, u))
			match_scan(m, KEY_IPV6, buf_bytes(&b));
	}
	return true;
}

void
match_host_prepare(struct match *m)
{
	enum space s;
	struct bytes host;
	uint32_t k;
	size_t i;

	for (s = SPACE_URL; s <= SPACE_PLACE; s++)
		for (k = 0; k < m->n[s]; k++)
			note_place(m, s, layout_text(m->index, SECTION_TERM,
			    (size_t)(m->first[s] + k) * TERM_WORDS +
			    TERM_TEXT));
	for (i = 0; i < url_shorteners_count; i++) {
		host = bytes_of(url_shorteners[i]);
		if (host.n > 0 && host.n < 32)
			m->shorteners[host.p[0]] |= UINT32_C(1) << host.n;
	}
}

/* --- URLs -------------------------------------------------------------- */

/* "http:" and the rest of it, with and without its fragment. */
static void
look_whole(struct match *m, const struct url *u, bool fragment)
{
	struct buf b = match_buf(m, 0);
	size_t scheme;

	if (!normal_lower(&b, u->scheme))
		return;
	buf_byte(&b, ':');
	scheme = b.n;
	if (!normal_url(&b, u, fragment))
		return;
	match_look_whole(m, SPACE_URL, buf_bytes(&b));
	match_look_whole(m, SPACE_URL_BARE,
	    bytes_part(buf_bytes(&b), scheme, b.n));
	if (m->scans[KEY_URL].n > 0)
		match_scan(m, KEY_URL, bytes_part(buf_bytes(&b),
		    u->scheme.n > 0 ? 0 : scheme, b.n));
}

/* A host with a path as an indicator: is the URL at it, or below? */
static void
look_places(struct match *m, const struct url *u)
{
	struct buf b = match_buf(m, 0);
	uint64_t h = SPACE_START(m->seed);
	struct bytes place;
	unsigned names = 0;
	size_t i;

	if (m->n[SPACE_PLACE] == 0 || !normal_place(&b, u))
		return;
	place = buf_bytes(&b);
	for (i = 0; i <= place.n && names < PLACES_MAX; i++) {
		if (i == place.n || place.p[i] == '/') {
			match_look(m, SPACE_PLACE,
			    space_done(h, SPACE_PLACE),
			    bytes_part(place, 0, i));
			names++;
		}
		if (i < place.n)
			h = space_step(h, place.p[i]);
	}
}

static void
look_url(struct match *m, const struct url *u)
{
	bool places = look_host(m, u);

	m->seen |= 1u << KEY_URL;
	if (u->text.n > LIMIT_URL_BYTES) {
		m->fault = "a URL longer than 64 KiB was compared by its "
		    "host only";
		return;
	}
	match_scan(m, KEY_URL, u->text);
	if (places || m->scans[KEY_URL].n > 0) {
		look_whole(m, u, false);
		if (bytes_find_byte(u->rest, '#', 0) != SIZE_MAX)
			look_whole(m, u, true);
	}
	if (places)
		look_places(m, u);
}

/* Browsers drop these three wherever they stand in a URL. */
static struct bytes
without_breaks(struct match *m, struct bytes in)
{
	struct buf b;
	size_t i;

	if (in.n > LIMIT_URL_BYTES || (memchr(in.p, '\t', in.n) == NULL &&
	    memchr(in.p, '\n', in.n) == NULL &&
	    memchr(in.p, '\r', in.n) == NULL))
		return in;
	b = match_buf(m, 1);
	for (i = 0; i < in.n; i++)
		if (in.p[i] != '\t' && in.p[i] != '\r' && in.p[i] != '\n')
			buf_byte(&b, in.p[i]);
	return buf_bytes(&b);
}

/* URLs that name no host: a file, an address, a number. */
static bool
is_hostless(struct match *m, struct bytes in)
{
	if (strchr("fmtsFMTS", in.p[0]) == NULL || in.p[0] == '\0')
		return false;
	if (text_same_as(bytes_part(in, 0, 7), "file://")) {
		match_file_path(m, in);
		return true;
	}
	if (text_same_as(bytes_part(in, 0, 7), "mailto:") ||
	    text_same_as(bytes_part(in, 0, 4), "tel:") ||
	    text_same_as(bytes_part(in, 0, 4), "sms:")) {
		match_person_handle(m, in);
		return true;
	}
	return false;
}

void
match_host_url(struct match *m, struct bytes in)
{
	struct url u;

	if (in.n == 0 || is_hostless(m, in))
		return;
	if (url_read(&u, without_breaks(m, in)))
		look_url(m, &u);
	else
		match_host_text(m, in);
}

static bool
is_host(struct match *m, struct bytes in)
{
	uint8_t name[LIMIT_HOST_BYTES], ip[16];
	size_t n = url_host_plain(name, in);
	struct url u;

	if (n > 0) {
		(void)look_name(m, bytes_at(name, n), in);
		return true;
	}
	if (url_ipv6(in, ip)) {
		look_ipv6(m, ip);
		match_scan(m, KEY_IPV6, in);
		return true;
	}
	if (!url_read(&u, in))
		return false;
	/* A port or a path is no reason to miss the host. */
	if (look_host(m, &u) && u.path.n > 1)
		look_places(m, &u);
	return true;
}

void
match_host_name(struct match *m, struct bytes in)
{
	(void)is_host(m, in);
}

void
match_host_domain(struct match *m, struct bytes in)
{
	if (!is_host(m, in))
		match_host_text(m, in);
}

void
match_host_text(struct match *m, struct bytes in)
{
	enum url_found what;
	struct bytes whole = m->found, found;
	struct url u;
	size_t at = 0;

	while (url_find(in, &at, &found, &what)) {
		m->found = found;
		if (what == URL_FOUND_EMAIL)
			(void)match_person_address(m, found);
		else if (url_read(&u, found))
			look_url(m, &u);
	}
	m->found = whole;
}
