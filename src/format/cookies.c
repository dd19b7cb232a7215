/*
 * A file is a head, pages of cookies, a sum over the pages, and a property
 * list that says which cookies are accepted (not read).  Numbers outside the
 * pages are big-endian, inside them little-endian.
 */
#include "format/cookies.h"

#include <string.h>

#define PAGE_TAG	0x00000100u
#define SUM_TAG		0x07172005u
#define COOKIE_HEAD	56u	/* what stands before the texts */

struct reader {
	const struct gap_sink *gaps;
	void (*each)(void *, const struct cookie *);
	void *ctx;
	size_t page_at;		/* in the file */
	uint32_t sum;		/* of every fourth byte of the pages */
};

static double
read_double(struct cur *c)
{
	uint64_t bits = cur_le(c, 8);
	double d;

	memcpy(&d, &bits, sizeof(d));
	return d;
}

/* The text at an offset of the cookie, up to its NUL; none, and damaged, if it
   does not lie in it. */
static struct bytes
text_at(struct bytes cookie, uint64_t at, bool *damaged)
{
	size_t end;

	if (at >= COOKIE_HEAD && at < cookie.n) {
		end = bytes_find_byte(cookie, 0, (size_t)at);
		if (end != SIZE_MAX)
			return bytes_part(cookie, (size_t)at,
			    end - (size_t)at);
	}
	*damaged = true;
	return bytes_at(NULL, 0);
}

static void
read_cookie(struct reader *r, struct bytes in, size_t at)
{
	struct cur c = cur_over(in);
	struct cookie k;
	uint64_t domain, name, path, value;
	bool damaged = false;

	cur_seek(&c, 8);		/* its size, a version */
	k.flags = (uint32_t)cur_le(&c, 4);
	(void)cur_take(&c, 4);		/* whether a port is written */
	domain = cur_le(&c, 4);
	name = cur_le(&c, 4);
	path = cur_le(&c, 4);
	value = cur_le(&c, 4);
	(void)cur_take(&c, 8);		/* a comment and its address */
	k.expires = read_double(&c);
	k.created = read_double(&c);
	k.domain = text_at(in, domain, &damaged);
	k.name = text_at(in, name, &damaged);
	k.path = text_at(in, path, &damaged);
	k.value_length = text_at(in, value, &damaged).n;
	if (damaged)
		gap_add(r->gaps, r->page_at + at, "a cookie is damaged: "
		    "texts of it lie outside it");
	r->each(r->ctx, &k);
}

/* Cookies do not overlap: so what they have together is at most the page. */
static void
read_page(struct reader *r, struct bytes page)
{
	static const char lost[] = "a page of cookies is damaged: some of "
	    "them cannot be read";
	struct cur c = cur_over(page), inner = cur_over(page);
	size_t left = page.n, at, size;
	uint64_t n, i;
	bool damaged;

	damaged = cur_be(&c, 4) != PAGE_TAG;
	n = cur_le(&c, 4);
	for (i = 0; i < n; i++) {
		at = (size_t)cur_le(&c, 4);
		cur_seek(&inner, at);
		size = (size_t)cur_le(&inner, 4);
		if (!cur_ok(&c) || !cur_ok(&inner) || size < COOKIE_HEAD ||
		    size > left || size > page.n - at) {
			damaged = true;
			inner.bad = false;
			if (!cur_ok(&c))
				break;
			continue;
		}
		left -= size;
		read_cookie(r, bytes_part(page, at, size), at);
	}
	if (damaged || cur_le(&c, 4) != 0 || !cur_ok(&c))
		gap_add(r->gaps, r->page_at, lost);
	for (at = 0; at < page.n; at += 4)
		r->sum += page.p[at];
}

enum err
cookies_read(struct bytes file, const struct gap_sink *gaps,
    void (*each)(void *ctx, const struct cookie *), void *ctx)
{
	struct reader r = { .gaps = gaps, .each = each, .ctx = ctx };
	struct cur c = cur_over(file), pages = cur_over(file);
	struct bytes page;
	uint64_t n, i, size;
	uint32_t sum;

	if (!bytes_is(cur_take(&c, 4), "cook"))
		return ERR_KIND;
	n = cur_be(&c, 4);
	if (!cur_ok(&c) || n > cur_left(&c) / 4) {
		gap_add(gaps, 4, "the file is cut short, or damaged in its "
		    "head");
		return ERR_NONE;
	}
	cur_seek(&pages, 8 + (size_t)n * 4);
	for (i = 0; i < n; i++) {
		size = cur_be(&c, 4);
		if (size > cur_left(&pages)) {
			gap_add(gaps, pages.at, "the file ends within its "
			    "cookies");
			size = cur_left(&pages);
			n = i + 1;
		}
		r.page_at = pages.at;
		page = cur_take(&pages, (size_t)size);
		read_page(&r, page);
	}
	sum = (uint32_t)cur_be(&pages, 4);
	if (cur_be(&pages, 4) != SUM_TAG || !cur_ok(&pages) || sum != r.sum)
		gap_add(gaps, pages.at, "the sum over the cookies is not "
		    "right: something was lost or changed");
	return ERR_NONE;
}
