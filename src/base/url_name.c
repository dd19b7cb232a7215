/*
 * Dotted names in free text, host names if they are any.  Where a name ends
 * is a guess as soon as people write without blanks, "evil.com.Then" or with
 * Chinese on both sides; it is made so that a host is found.
 */
#include "base/url_name.h"

#include <string.h>

#include <libpsl.h>

#include "base/text.h"
#include "base/url.h"
#include "base/url_host.h"

#define LABEL_MAX	63	/* characters of one label */
#define BYTES_MAX	(4 * LIMIT_HOST_BYTES)	/* in letters of any script */

/* letters, digits, "-" */
#define W	(URL_IN_NAME | URL_IN_LOCAL | URL_IN_SCHEME)
#define U	(URL_IN_NAME | URL_IN_LOCAL)				/* _ */
#define D	(URL_IN_LOCAL | URL_IN_SCHEME)			/* . + */
#define L	URL_IN_LOCAL				/* % */
#define E	URL_ENDS
const uint8_t url_name_classes[256] = {
	E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E,
	E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E,
	E, 0, E, 0, 0, L, 0, 0, 0, 0, 0, D, 0, W, D, 0,
	W, W, W, W, W, W, W, W, W, W, 0, 0, E, 0, E, 0,
	0, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
	W, W, W, W, W, W, W, W, W, W, W, 0, E, 0, 0, U,
	E, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
	W, W, W, W, W, W, W, W, W, W, W, 0, 0, 0, 0, E
};
#undef W
#undef U
#undef D
#undef L
#undef E

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

/* Blanks, quotes, brackets and full stops of all scripts, and what has no
   shape: no name and no path goes on over them. */
static bool
is_end(uint32_t c)
{
	return (c >= 0x80 && c <= 0xa0) || c == 0xab || c == 0xbb ||
	    c == 0x60c || c == 0x61b || c == 0x61f || c == 0x6d4 ||
	    c == 0x964 || c == 0x965 || (c >= 0x2000 && c <= 0x206f) ||
	    (c >= 0x3000 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011) ||
	    (c >= 0x3014 && c <= 0x301f) || c == 0xfeff || c == 0xff01 ||
	    c == 0xff08 || c == 0xff09 || c == 0xff0c || c == 0xff0e ||
	    c == 0xff1a || c == 0xff1b || c == 0xff1f || c == 0xff3b ||
	    c == 0xff3d || c == 0xff5b || (c >= 0xff5d && c <= 0xff64);
}

size_t
url_name_letter(const struct bytes *in, size_t at)
{
	uint32_t c = 0;
	size_t n = text_char(*in, at, &c);

	return n > 1 && !is_end(c) ? n : 0;
}

size_t
url_name_letter_before(const struct bytes *in, size_t at, size_t floor)
{
	size_t n;

	for (n = 2; n <= 4 && n <= at - floor; n++)
		if (url_name_letter(in, at - n) == n)
			return n;
	return 0;
}

/* Writers of Chinese, Thai and the like put no blank before a link. */
static bool
is_unspaced(const struct bytes *in, size_t at)
{
	uint32_t c = 0;

	return text_char(*in, at, &c) > 1 && c >= 0xe00 &&
	    (c < 0x1e00 || c >= 0x2000);
}

size_t
url_name_start(const struct bytes *in, size_t floor, size_t at)
{
	size_t n, count = 0;

	while (at > floor) {
		n = url_name_is(in, at - 1, URL_IN_NAME) ? 1 :
		    url_name_letter_before(in, at, floor);
		if (n == 0)
			break;
		if (count++ == LABEL_MAX)
			return SIZE_MAX;
		at -= n;
	}
	return at;
}

static size_t
label_end(const struct bytes *in, size_t at, bool after_scheme)
{
	size_t n;

	for (;; at += n) {
		n = url_name_is(in, at, URL_IN_NAME) ? 1 :
		    url_name_letter(in, at);
		if (n == 0 && after_scheme && is_byte(in, at, '%') &&
		    is_hex(in, at + 1) && is_hex(in, at + 2))
			n = 3;
		if (n == 0)
			return at;
	}
}

/* Whether it is a top-level domain in the public-suffix list. */
static bool
is_known(struct bytes label)
{
	uint8_t normal[LIMIT_HOST_BYTES];
	char text[LIMIT_HOST_BYTES + 1];
	size_t n;

	if (label.n > BYTES_MAX)
		return false;
	if (text_same_as(label, "com") || text_same_as(label, "org") ||
	    text_same_as(label, "net"))
		return true;		/* most are, and the list is slow */
	n = url_host_put(normal, label);
	memcpy(text, normal, n);
	text[n] = '\0';
	return n > 0 && psl_is_public_suffix2(psl_builtin(), text,
	    PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) == 1;
}

static bool
is_all_letters(struct bytes label)
{
	size_t i;

	for (i = 0; i < label.n; i++)
		if (!is_letter(label.p[i]))
			return false;
	return true;
}

/* What a top-level domain looks like: letters, at least two. */
static bool
is_plausible(struct bytes label)
{
	if (label.n < 2)
		return false;
	if (label.p[0] >= 0x80)
		return true;
	return is_all_letters(label) ||
	    (label.n > 4 && text_same_as(bytes_part(label, 0, 4), "xn--"));
}

/* In "com" followed at once by such letters: how far the "com" goes; else 0. */
static size_t
unspaced_border(const struct bytes *in, size_t from, size_t to)
{
	size_t at = from;
	struct bytes head;

	while (at < to && is_letter(in->p[at]))
		at++;
	if (at == to || at - from < 2 || !is_unspaced(in, at))
		return 0;
	head = bytes_part(*in, from, at - from);
	return is_known(head) ? at : 0;
}

static bool
is_wide_dot(const struct bytes *in, size_t at)
{
	uint32_t c = 0;

	return text_char(*in, at, &c) == 3 &&
	    (c == 0x3002 || c == 0xff0e || c == 0xff61);
}

/* The length of a dot at `at` before another label.  After a scheme the
   ideographic full stops count, as for browsers, but only in a name that has
   no plain dot: else they end a sentence. */
static size_t
dot_length(const struct bytes *in, size_t at, const struct url_name *name,
    bool after_scheme)
{
	if (is_byte(in, at, '.'))
		return 1;
	return after_scheme && !name->dotted && is_wide_dot(in, at) &&
	    url_name_is(in, at + 3, URL_IN_NAME) ? 3 : 0;
}

struct url_name
url_name_read(const struct bytes *in, size_t start, bool after_scheme)
{
	struct url_name name = { start, start, start, 0, false };
	size_t end, border, from = start, dot = 0;

	for (;;) {
		end = label_end(in, from, after_scheme);
		if (end == from)
			return name;
		if (dot == 1)
			name.dotted = true;
		name.last = from;
		name.end = end;
		name.labels++;
		border = name.labels < 2 ? 0 : unspaced_border(in, from, end);
		if (border > 0) {
			name.end = border;
			return name;
		}
		dot = dot_length(in, end, &name, after_scheme);
		if (dot == 0)
			return name;
		from = end + dot;
	}
}

static void
drop_label(const struct bytes *in, struct url_name *name)
{
	name->end = name->last - (in->p[name->last - 1] == '.' ? 1 : 3);
	name->last = name->end;
	while (name->last > name->start && in->p[name->last - 1] != '.' &&
	    !(name->last - name->start >= 3 && is_wide_dot(in,
	    name->last - 3)))
		name->last--;
	name->labels--;
}

/* No top-level domain mixes ASCII with other letters, or ends in - or _. */
void
url_name_trim_last(const struct bytes *in, struct url_name *name)
{
	size_t at = name->last;
	bool ascii = in->p[at] < 0x80;

	while (at < name->end && (in->p[at] < 0x80) == ascii)
		at++;
	while (at > name->last + 1 &&
	    (in->p[at - 1] == '-' || in->p[at - 1] == '_'))
		at--;
	name->end = at;
}

void
url_name_trim_unknown(const struct bytes *in, struct url_name *name)
{
	struct url_name shorter = *name;

	if (name->labels < 3 || name->end - name->start > BYTES_MAX)
		return;
	for (; shorter.labels >= 2; drop_label(in, &shorter)) {
		if (is_known(bytes_part(*in, shorter.last,
		    shorter.end - shorter.last))) {
			*name = shorter;
			return;
		}
	}
}

bool
url_name_trim(const struct bytes *in, struct url_name *name)
{
	uint8_t ip[4];

	if (name->end - name->start > BYTES_MAX)
		return false;
	if (name->labels == 4 && url_ipv4(bytes_part(*in, name->start,
	    name->end - name->start), ip))
		return true;
	for (; name->labels >= 2; drop_label(in, name)) {
		url_name_trim_last(in, name);
		if (is_plausible(bytes_part(*in, name->last,
		    name->end - name->last)))
			break;
	}
	if (name->labels < 2)
		return false;
	url_name_trim_unknown(in, name);
	return true;
}
