/*
 * The encoder of RFC 3492, section 6.3; constants and names are its own.
 */
#include "base/url_puny.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum { BASE = 36, TMIN = 1, TMAX = 26, SKEW = 38, DAMP = 700, BIAS = 72,
    INITIAL = 128 };

struct out {
	uint8_t *to;
	size_t n;
	bool full;
};

static void
put(struct out *out, uint8_t c)
{
	if (out->n == URL_PUNY_LABEL)
		out->full = true;
	else
		out->to[out->n++] = c;
}

static uint32_t
adapt(uint32_t delta, uint32_t points, bool first)
{
	uint32_t k = 0;

	delta = first ? delta / DAMP : delta / 2;
	delta += delta / points;
	while (delta > (BASE - TMIN) * TMAX / 2) {
		delta /= BASE - TMIN;
		k += BASE;
	}
	return k + (BASE - TMIN + 1) * delta / (delta + SKEW);
}

static void
put_number(struct out *out, uint32_t q, uint32_t bias)
{
	uint32_t k, t, digit;

	for (k = BASE; ; k += BASE) {
		t = k <= bias ? TMIN : k >= bias + TMAX ? TMAX : k - bias;
		digit = q < t ? q : t + (q - t) % (BASE - t);
		put(out, (uint8_t)(digit < 26 ? 'a' + digit :
		    '0' + digit - 26));
		if (q < t)
			return;
		q = (q - t) / (BASE - t);
	}
}

/* The characters that count, at most `max`; SIZE_MAX if not UTF-8 or more. */
static size_t
read_label(uint32_t *points, size_t max, struct bytes label)
{
	size_t at, length, n = 0;
	uint32_t c;

	for (at = 0; at < label.n; at += length) {
		length = text_char(label, at, &c);
		if (length == 0)
			return SIZE_MAX;
		if (c >= 0xfe00 && c <= 0xfe0f)
			continue;
		if (n == max)
			return SIZE_MAX;
		points[n++] = c < 0x80 ? text_lower((uint8_t)c) : c;
	}
	return n;
}

/* The least point that is n or more; points beyond Unicode do not occur. */
static uint32_t
least_from(const uint32_t *points, size_t count, uint32_t n)
{
	uint32_t least = UINT32_MAX;
	size_t i;

	for (i = 0; i < count; i++)
		if (points[i] >= n && points[i] < least)
			least = points[i];
	return least;
}

size_t
url_puny_put(uint8_t to[URL_PUNY_LABEL], struct bytes label)
{
	uint32_t points[URL_PUNY_LABEL];
	struct out out = { to, 0, false };
	uint32_t n = INITIAL, next, delta = 0, bias = BIAS, done = 0, basic;
	size_t i, count = read_label(points, URL_PUNY_LABEL, label);

	if (count == SIZE_MAX)
		return 0;
	for (i = 0; i < 4; i++)
		put(&out, (uint8_t)"xn--"[i]);
	for (i = 0; i < count; i++)
		if (points[i] < 0x80)
			put(&out, (uint8_t)points[i]);
	done = basic = (uint32_t)(out.n - 4);
	if (basic > 0)
		put(&out, '-');
	/* At most 63 points below 0x110000: delta stays below 2^27. */
	for (; done < count && !out.full; n++, delta++) {
		next = least_from(points, count, n);
		delta += (next - n) * (done + 1);
		n = next;
		for (i = 0; i < count; i++) {
			if (points[i] < n)
				delta++;
			if (points[i] != n)
				continue;
			put_number(&out, delta, bias);
			bias = adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
	}
	return out.full || basic == count ? 0 : out.n;
}
