/*
 * Links in free text: messages, notes, log lines.
 *
 * Every link has a "." or a "://", so the text is searched for "." and ":"
 * alone; most bytes are passed over eight at a time.  From such a mark the
 * name is read to both sides.  No byte is read again once a place behind it
 * was given out or refused, except within 64 characters before a mark.
 *
 * It does not show that anyone opened the link, and does not see names with
 * letters put in between to hide them ("hxxp", "[.]").
 */
#include "base/url.h"

#include <string.h>

#include "base/text.h"
#include "base/url_name.h"

#define SCHEME_MAX	32	/* longest scheme looked back for */
#define LOCAL_MAX	64	/* bytes before the @ of an address */

static bool
is_byte(const struct bytes *in, size_t at, uint8_t c)
{
	return at < in->n && in->p[at] == c;
}

static bool
is_letter(uint8_t c)
{
	c = text_lower(c);
	return c >= 'a' && c <= 'z';
}

static bool
is_hex(const struct bytes *in, size_t at)
{
	uint8_t c = at < in->n ? text_lower(in->p[at]) : 0;

	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* The next "." or ":" from `at` on, or the end. */
static size_t
next_mark(const struct bytes *in, size_t at)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t eight, dot, colon;

	for (; in->n - at >= sizeof(eight); at += sizeof(eight)) {
		memcpy(&eight, in->p + at, sizeof(eight));
		dot = eight ^ (ones * '.');	/* a zero byte for each "." */
		colon = eight ^ (ones * ':');
		if (((((dot - ones) & ~dot) | ((colon - ones) & ~colon)) &
		    (ones << 7)) != 0)
			break;
	}
	while (at < in->n && in->p[at] != '.' && in->p[at] != ':')
		at++;
	return at;
}

/* Where a "http" or "https" that ends before `at` begins, or SIZE_MAX. */
static size_t
web_before(const struct bytes *in, size_t floor, size_t at)
{
	size_t n;

	for (n = 5; n >= 4; n--)
		if (at - floor >= n && text_same(bytes_part(*in, at - n, n),
		    bytes_part(bytes_of("https"), 0, n)))
			return at - n;
	return SIZE_MAX;
}

/* Cuts trailing punctuation, opening brackets, and closing ones that were not
   opened since `from`. */
static size_t
trim_tail(const struct bytes *in, size_t from, size_t end)
{
	static const char brackets[] = "()[]{}";
	size_t count[6] = { 0 }, i, which;
	const char *hit;

	if (end == from ||
	    memchr(".,;:!?'\"()[]{}", in->p[end - 1], 14) == NULL)
		return end;
	for (i = from; i < end; i++) {
		hit = memchr(brackets, in->p[i], 6);
		if (hit != NULL)
			count[hit - brackets]++;
	}
	for (; end > from; end--) {
		if (memchr(".,;:!?'\"", in->p[end - 1], 8) != NULL)
			continue;
		hit = memchr(brackets, in->p[end - 1], 6);
		if (hit == NULL)
			break;
		which = (size_t)(hit - brackets);
		if (which % 2 == 1 && count[which] <= count[which - 1])
			break;
		count[which]--;
	}
	return end;
}

/* The length of the character at `at` if a URL can have it, else 0. */
static size_t
url_length(const struct bytes *in, size_t at)
{
	if (at >= in->n || in->p[at] >= 0x80)
		return url_name_letter(in, at);
	return url_name_is(in, at, URL_ENDS) ? 0 : 1;
}

/* From "/", "?" or "#" to the end of the URL. */
static size_t
tail_end(const struct bytes *in, size_t from)
{
	size_t at = from, n, web;

	for (;; at += n) {
		n = url_length(in, at);
		if (n == 0)
			break;
		if (in->p[at] != ':' && in->p[at] != '%')
			continue;
		if (!bytes_starts(bytes_part(*in, at, 3), "://") &&
		    !text_same_as(bytes_part(*in, at, 9), "%3a%2f%2f"))
			continue;
		web = web_before(in, from, at);
		if (web != SIZE_MAX) {	/* another URL begins */
			at = web;
			break;
		}
	}
	return trim_tail(in, from, at);
}

/* From the end of the host over port and path to the end of the URL. */
static size_t
after_host(const struct bytes *in, size_t end)
{
	size_t at = end;

	if (is_byte(in, at, '.') && at + 1 < in->n &&
	    memchr("/:?#", in->p[at + 1], 4) != NULL)
		at++;
	if (is_byte(in, at, ':')) {
		do
			at++;
		while (at < in->n && in->p[at] >= '0' && in->p[at] <= '9');
		if (in->p[at - 1] == ':')
			at--;
	}
	if (at < in->n && memchr("/?#", in->p[at], 3) != NULL)
		return tail_end(in, at);
	return at > end && in->p[at - 1] == '.' ? end : at;
}

/* The host after "://" and user-info; the end of authority is not passed. */
static size_t
host_after(const struct bytes *in, size_t from)
{
	size_t at, n, host = from;

	for (at = from; (n = url_length(in, at)) > 0; at += n) {
		if (memchr("/?#", in->p[at], 3) != NULL)
			break;
		if (in->p[at] == '@')
			host = at + 1;
	}
	return host;
}

/* "[2001:db8::1]"; its end, or 0. */
static size_t
bracket_end(const struct bytes *in, size_t from)
{
	struct bytes part = bytes_part(*in, from, 100);
	size_t end = bytes_find_byte(part, ']', 0);
	uint8_t ip[16];

	if (end == SIZE_MAX || end == 0 ||
	    !url_ipv6(bytes_part(part, 1, end - 1), ip))
		return 0;
	return from + end + 1;
}

/* The URL whose "://" stands at `mark`. */
static bool
find_url(const struct bytes *in, size_t floor, size_t mark,
    struct bytes *found)
{
	size_t start = mark, host, end, web;
	struct url_name name;

	while (start > floor && mark - start < SCHEME_MAX &&
	    url_name_is(in, start - 1, URL_IN_SCHEME))
		start--;
	while (start < mark && !is_letter(in->p[start]))
		start++;
	if (start == mark)
		return false;
	host = mark + 3;
	web = web_before(in, floor, mark);
	if (web != SIZE_MAX) {
		start = web;
		while (is_byte(in, host, '/') || is_byte(in, host, '\\'))
			host++;
	}
	host = host_after(in, host);
	if (is_byte(in, host, '[')) {
		end = bracket_end(in, host);
		if (end == 0)
			return false;
		*found = bytes_part(*in, start, after_host(in, end) - start);
		return true;
	}
	name = url_name_read(in, host, true);
	if (name.labels == 0 ||
	    bytes_starts(bytes_part(*in, name.end, 3), "://"))
		return false;		/* "http://http://..." */
	end = name.end;
	if (name.labels > 1)
		url_name_trim_last(in, &name);
	end = name.end == end ? after_host(in, end) : name.end;
	if (end == name.end) {		/* a sentence may have run on */
		url_name_trim_unknown(in, &name);
		end = name.end;
	}
	*found = bytes_part(*in, start, end - start);
	return true;
}

/* What stands before the "@" at `sign`, not before `floor`. */
static size_t
local_start(const struct bytes *in, size_t floor, size_t sign)
{
	bool ascii = sign > floor && in->p[sign - 1] < 0x80;
	size_t at = sign, n;

	while (at > floor && sign - at < LOCAL_MAX) {
		n = url_name_is(in, at - 1, URL_IN_LOCAL) ? 1 :
		    ascii ? 0 : url_name_letter_before(in, at, floor);
		if (n == 0)
			break;
		at -= n;
	}
	while (at < sign && in->p[at] == '.')
		at++;
	return at;
}

/* An e-mail address around the name, which is part of what stands before "@"
   or is the domain. */
static bool
find_email(const struct bytes *in, size_t floor, const struct url_name *name,
    struct bytes *found)
{
	struct url_name domain = *name;
	size_t start, sign = name->end;

	if (name->start > floor && in->p[name->start - 1] == '@') {
		sign = name->start - 1;
	} else {
		while (sign - name->end < LOCAL_MAX &&
		    url_name_is(in, sign, URL_IN_LOCAL))
			sign++;
		if (!is_byte(in, sign, '@'))
			return false;
		domain = url_name_read(in, sign + 1, false);
	}
	start = local_start(in, floor, sign);
	if (start == sign || !url_name_trim(in, &domain))
		return false;
	*found = bytes_part(*in, start, domain.end - start);
	return true;
}

/* The length of a Latin letter or a mark over one that ends before `at`. */
static size_t
latin_before(const struct bytes *in, size_t at, size_t floor)
{
	size_t n = url_name_letter_before(in, at, floor);
	uint32_t c = 0;

	(void)text_char(*in, at - n, &c);
	return c < 0x370 || (c >= 0x1e00 && c < 0x1f00) ? n : 0;
}

/* In a name that runs on from words in other letters: where its Latin part
   begins, if that has a dot; else the end. */
static size_t
latin_part(const struct bytes *in, const struct url_name *name, size_t end)
{
	size_t at = name->end, n;

	while (at > name->start) {
		n = in->p[at - 1] < 0x80 ? 1 : latin_before(in, at,
		    name->start);
		if (n == 0)
			break;
		at -= n;
	}
	if (at == name->start || at == name->end || in->p[at] == '.' ||
	    memchr(in->p + at, '.', name->end - at) == NULL)
		return end;
	return at;
}

/* The name or address around the "." at `mark`.  *at: where to go on. */
static bool
find_name(const struct bytes *in, size_t floor, size_t mark, size_t *at,
    struct bytes *found, enum url_found *what)
{
	size_t start = url_name_start(in, floor, mark), end;
	struct url_name name;

	*at = mark + 1;
	if (start == SIZE_MAX)
		return false;
	if (start > floor && in->p[start - 1] == '%' && mark - start > 2 &&
	    is_hex(in, start) && is_hex(in, start + 1))
		start += 2;		/* "%2Fevil.com" */
	while (start < mark && (in->p[start] == '-' || in->p[start] == '_'))
		start++;
	if (start == mark)
		return false;
	name = url_name_read(in, start, false);
	*at = name.end > mark ? name.end : mark + 1;
	if (bytes_starts(bytes_part(*in, name.end, 3), "://"))
		return false;		/* com.example.app://... */
	if (find_email(in, floor, &name, found)) {
		*what = URL_FOUND_EMAIL;
		*at = (size_t)(found->p - in->p) + found->n;
		return true;
	}
	end = name.end;
	if (!url_name_trim(in, &name))
		return false;
	end = name.end == end ? after_host(in, end) : name.end;
	*what = URL_FOUND_HOST;
	*found = bytes_part(*in, start, end - start);
	*at = latin_part(in, &name, end);
	return true;
}

bool
url_find(struct bytes in, size_t *at, struct bytes *found,
    enum url_found *what)
{
	size_t floor = *at < in.n ? *at : in.n;
	size_t mark, next = floor;

	for (;;) {
		mark = next_mark(&in, next);
		if (mark == in.n)
			break;
		next = mark + 1;
		if (in.p[mark] == '.') {
			if (!url_name_is(&in, next, URL_IN_NAME) &&
			    (next == in.n || in.p[next] < 0x80))
				continue;
			if (find_name(&in, floor, mark, &next, found, what)) {
				*at = next;
				return true;
			}
		} else if (bytes_starts(bytes_part(in, mark, 3), "://") &&
		    find_url(&in, floor, mark, found)) {
			*what = URL_FOUND_URL;
			*at = (size_t)(found->p - in.p) + found->n;
			return true;
		}
	}
	*at = in.n;
	return false;
}
