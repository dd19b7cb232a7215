#include "indicator/term.h"

#include "base/text.h"
#include "base/url.h"
#include "indicator/normal.h"
#include "indicator/regex.h"

/* Networks wider than this hold much of the internet. */
#define PREFIX_MIN4	8
#define PREFIX_MIN6	16

static const char *
done(struct term *t, struct buf *to, enum space space)
{
	t->space = space;
	t->value = buf_bytes(to);
	if (to->bad)
		return "the value is too long";
	return to->n == 0 ? "the value is empty" : NULL;
}

/* --- addresses and hosts ----------------------------------------------- */

/* The address, cut to its network, and the length of the prefix. */
static const char *
network(struct term *t, struct buf *to, const uint8_t *ip, unsigned bytes,
    unsigned prefix)
{
	uint8_t value[17];

	if (prefix < (bytes == 4 ? PREFIX_MIN4 : PREFIX_MIN6))
		return "the network is too wide to mean anything";
	normal_network(value, ip, bytes, prefix);
	buf_add(to, bytes_at(value, bytes + 1));
	if (t->key == KEY_IPV4 || t->key == KEY_IPV6)
		t->key = bytes == 4 ? KEY_IPV4 : KEY_IPV6;
	return done(t, to, bytes == 4 ? SPACE_IPV4 : SPACE_IPV6);
}

static const char *
read_address(struct term *t, struct buf *to, struct bytes text)
{
	size_t slash = bytes_find_byte(text, '/', 0);
	struct bytes host = bytes_part(text, 0, slash);
	uint8_t ip[16];
	uint64_t prefix = 0;
	bool whole = slash == SIZE_MAX;
	struct url u;

	if (!whole && !text_uint(bytes_part(text, slash + 1, text.n), &prefix))
		return "the value is no address";
	if (url_ipv4(host, ip)) {
		if (whole)
			prefix = 32;
		return prefix > 32 ? "the value is no network" :
		    network(t, to, ip, 4, (unsigned)prefix);
	}
	if (url_ipv6(host, ip)) {
		if (whole)
			prefix = 128;
		return prefix > 128 ? "the value is no network" :
		    network(t, to, ip, 16, (unsigned)prefix);
	}
	if (whole && url_read(&u, text) && u.kind == URL_HOST_IPV4)
		return network(t, to, u.ip, 4, 32);	/* with a port */
	if (whole && url_read(&u, text) && u.kind == URL_HOST_IPV6)
		return network(t, to, u.ip, 16, 128);
	return "the value is no address";
}

static const char *
read_host(struct term *t, struct buf *to, const struct url *u)
{
	struct bytes host;

	if (u->kind == URL_HOST_IPV4)
		return network(t, to, u->ip, 4, 32);
	if (u->kind == URL_HOST_IPV6)
		return network(t, to, u->ip, 16, 128);
	if (!url_host_normal(to, u->host))
		return "the value is no host name";
	host = buf_bytes(to);
	if (bytes_is(host, "localhost"))
		return "the value is every phone itself";
	/* Below a public suffix (com, co.uk, github.io) live strangers. */
	return done(t, to, url_registrable(host).n == 0 ? SPACE_HOST_ONLY :
	    SPACE_HOST);
}

/* A host with a path, whatever the scheme. */
static const char *
read_place(struct term *t, struct buf *to, const struct url *u)
{
	struct bytes path = u->path;

	if (bytes_find_byte(u->rest, '?', 0) == 0) {
		if (!normal_url(to, u, true))
			return "the value is no URL";
		return done(t, to, SPACE_URL_BARE);
	}
	while (path.n > 0 && path.p[path.n - 1] == '/')
		path.n--;
	if (path.n == 0)
		return read_host(t, to, u);
	if (!normal_place(to, u))
		return "the value is no URL";
	return done(t, to, SPACE_PLACE);
}

static const char *
read_domain(struct term *t, struct buf *to, struct bytes text)
{
	struct url u;

	/* "*.example.com" and ".example.com" mean the domain. */
	if (bytes_starts(text, "*."))
		text = bytes_part(text, 2, text.n);
	else if (bytes_starts(text, "."))
		text = bytes_part(text, 1, text.n);
	if (!url_read(&u, text))
		return "the value is no host name";
	return read_place(t, to, &u);
}

static const char *
read_url(struct term *t, struct buf *to, struct bytes text)
{
	struct url u;

	if (!url_read(&u, text))
		return "the value is no URL";
	if (u.scheme.n == 0)
		return read_place(t, to, &u);
	if (!normal_lower(to, u.scheme))
		return "the value is no URL";
	buf_byte(to, ':');
	if (!normal_url(to, &u, true))
		return "the value is no URL";
	return done(t, to, SPACE_URL);
}

/* --- the others -------------------------------------------------------- */

static const char *
read_hash(struct term *t, struct buf *to, struct bytes text)
{
	bool cert = t->key >= KEY_CERT_MD5 && t->key <= KEY_CERT_SHA256;
	enum key first = cert ? KEY_CERT_MD5 : KEY_MD5;

	if (!normal_hex(to, text))
		return "the value is no hash";
	if (to->n == 32)
		t->key = first;
	else if (to->n == 40)
		t->key = first + 1;
	else if (to->n == 64)
		t->key = first + 2;
	else
		return "the value has not the length of its hash";
	return done(t, to, cert ? SPACE_CERT_HASH : SPACE_FILE_HASH);
}

/* A folder that every phone has: what lies below it says nothing. */
static bool
is_everywhere(struct bytes path)
{
	static const char *const roots[] = {
		"/", "/Applications", "/Library", "/System", "/Users",
		"/apex", "/bin", "/cache", "/data", "/data/data", "/data/app",
		"/data/local", "/dev", "/etc", "/mnt", "/private", "/proc",
		"/product", "/sbin", "/sdcard", "/storage", "/sys", "/system",
		"/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/libexec", "/var",
		"/var/containers", "/var/db", "/var/log", "/var/logs",
		"/var/mobile", "/var/mobile/Library", "/var/mobile/Media",
		"/var/root", "/var/tmp", "/data/local/tmp", "/vendor"
	};
	size_t i;

	for (i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (bytes_is(path, roots[i]))
			return true;
	return path.n == 0;
}

static const char *
read_path(struct term *t, struct buf *to, struct bytes text)
{
	if (bytes_starts(text, "~/"))
		text = bytes_part(text, 2, text.n);
	if (bytes_ends(text, "/*"))
		text.n -= 2;
	if (!normal_path(to, text) || is_everywhere(buf_bytes(to)))
		return "the path is on every phone";
	return done(t, to, to->p[0] == '/' ? SPACE_PATH : SPACE_PATH_TAIL);
}

/* A name of a file or process; one with "/" is a path. */
static const char *
read_name(struct term *t, struct buf *to, struct bytes text, enum space space)
{
	if (bytes_find_byte(text, '/', 0) != SIZE_MAX)
		return read_path(t, to, text);
	buf_add(to, text);
	return done(t, to, space);
}

static const char *
read_lower(struct term *t, struct buf *to, struct bytes text, enum space space)
{
	(void)normal_lower(to, text);
	return done(t, to, space);
}

const char *
term_exact(struct term *t, struct buf *to, enum key key, struct bytes text)
{
	t->key = key;
	buf_reset(to);
	text = text_trim(text);
	if (text.n == 0)
		return "the value is empty";
	switch (key) {
	case KEY_DOMAIN:
		return read_domain(t, to, text);
	case KEY_IPV4:
	case KEY_IPV6:
		return read_address(t, to, text);
	case KEY_URL:
		return read_url(t, to, text);
	case KEY_EMAIL:
		return normal_email(to, normal_strip(text)) ?
		    done(t, to, SPACE_EMAIL) : "the value is no e-mail address";
	case KEY_PHONE:
		return normal_phone(to, text) && to->n > 2 ?
		    done(t, to, SPACE_PHONE) : "the value is no phone number";
	case KEY_PROCESS:
		return read_name(t, to, text, SPACE_PROCESS);
	case KEY_FILE_NAME:
		return read_name(t, to, text, SPACE_FILE_NAME);
	case KEY_PATH:
		return read_path(t, to, text);
	case KEY_APP_ID:
		return read_lower(t, to, text, SPACE_APP_ID);
	case KEY_PROFILE:
		return read_lower(t, to, text, SPACE_PROFILE);
	case KEY_PROPERTY:
		return read_lower(t, to, text, SPACE_PROPERTY);
	default:
		return read_hash(t, to, text);
	}
}

/* Whether a pattern of LIKE says more than "something stands here". */
static bool
says_something(struct bytes like)
{
	size_t i, n = 0;

	for (i = 0; i < like.n; i++)
		n += like.p[i] != '%' && like.p[i] != '_';
	return n > 2;
}

const char *
term_like(struct term *t, enum key key, struct bytes text)
{
	t->key = key;
	t->space = SPACE_LIKE;
	t->value = text;
	if (text.n > 1024)
		return "the value of LIKE is longer than 1 KiB";
	return says_something(text) ? NULL :
	    "the value of LIKE fits nearly everything";
}

const char *
term_matches(struct term *t, enum key key, struct bytes text)
{
	t->key = key;
	t->space = SPACE_MATCHES;
	t->value = text;
	return regex_fault(text, key_ignores_case(key));
}
