/*
 * Cookie files, made here byte by byte.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "format/cookies.h"

struct heard {
	unsigned cookies, gaps;
	char text[2000];
};

static void
on_cookie(void *ctx, const struct cookie *k)
{
	struct heard *h = ctx;
	size_t n = strlen(h->text);

	h->cookies++;
	(void)snprintf(h->text + n, sizeof(h->text) - n,
	    "%.*s|%.*s|%.*s|%zu|%u|%.0f|%.0f\n",
	    (int)k->domain.n, (const char *)k->domain.p,
	    (int)k->name.n, (const char *)k->name.p,
	    (int)k->path.n, (const char *)k->path.p, k->value_length,
	    k->flags, k->created, k->expires);
}

static void
on_gap(void *ctx, const struct gap *gap)
{
	struct heard *h = ctx;

	(void)gap;
	h->gaps++;
}

static struct heard
read_all(struct bytes file, enum err wanted)
{
	struct heard h = { 0 };
	const struct gap_sink gaps = { on_gap, &h };

	assert_int_equal(cookies_read(file, &gaps, on_cookie, &h), wanted);
	return h;
}

/* --- making one ------------------------------------------------------------ */

static void
put_be(struct buf *b, uint32_t v)
{
	buf_byte(b, (uint8_t)(v >> 24));
	buf_byte(b, (uint8_t)(v >> 16));
	buf_byte(b, (uint8_t)(v >> 8));
	buf_byte(b, (uint8_t)v);
}

static void
put_double(struct buf *b, double d)
{
	uint64_t bits;

	memcpy(&bits, &d, sizeof(bits));
	buf_le(b, bits, 8);
}

static void
put_cookie(struct buf *b, uint32_t flags, const char *const texts[4],
    double expires, double created)
{
	size_t start = b->n, at = 56, i;

	for (i = 0; i < 4; i++)
		at += strlen(texts[i]) + 1;
	buf_le(b, at, 4);
	buf_le(b, 1, 4);
	buf_le(b, flags, 4);
	buf_le(b, 0, 4);
	for (at = 56, i = 0; i < 4; i++) {
		buf_le(b, at, 4);
		at += strlen(texts[i]) + 1;
	}
	buf_le(b, 0, 8);
	put_double(b, expires);
	put_double(b, created);
	for (i = 0; i < 4; i++)
		buf_add(b, bytes_at(texts[i], strlen(texts[i]) + 1));
	assert_int_equal(b->n - start, at);
}

static const char *const first[4] = { ".one.example", "id", "/", "secret" };
static const char *const second[4] = { "two.example", "n", "/a", "" };
static const char *const third[4] = { "three.example", "x", "/", "12" };

/* Two cookies on the first page, one on the second. */
static void
make(struct buf *file)
{
	struct buf body = buf_with(4096), page[2];
	uint32_t sum = 0;
	size_t i, k;

	page[0] = buf_with(4096);
	put_cookie(&body, 5, first, 800000000, 700000000);
	i = body.n;
	put_cookie(&body, 0, second, 0, 700000001);
	put_be(&page[0], 0x100);
	buf_le(&page[0], 2, 4);
	buf_le(&page[0], 20, 4);
	buf_le(&page[0], 20 + i, 4);
	buf_le(&page[0], 0, 4);
	buf_add(&page[0], buf_bytes(&body));
	buf_reset(&body);
	page[1] = buf_with(4096);
	put_cookie(&body, 1, third, 800000000, 700000002);
	put_be(&page[1], 0x100);
	buf_le(&page[1], 1, 4);
	buf_le(&page[1], 16, 4);
	buf_le(&page[1], 0, 4);
	buf_add(&page[1], buf_bytes(&body));
	buf_text(file, "cook");
	put_be(file, 2);
	put_be(file, (uint32_t)page[0].n);
	put_be(file, (uint32_t)page[1].n);
	for (i = 0; i < 2; i++) {
		buf_add(file, buf_bytes(&page[i]));
		for (k = 0; k < page[i].n; k += 4)
			sum += page[i].p[k];
		buf_free(&page[i]);
	}
	put_be(file, sum);
	put_be(file, 0x07172005);
	put_be(file, 0);
	buf_free(&body);
}

/* --- tests ----------------------------------------------------------------- */

static void
every_cookie_is_given(void **state)
{
	struct buf b = buf_with(4096);
	struct heard h;

	(void)state;
	make(&b);
	h = read_all(buf_bytes(&b), ERR_NONE);
	assert_string_equal(h.text,
	    ".one.example|id|/|6|5|700000000|800000000\n"
	    "two.example|n|/a|0|0|700000001|0\n"
	    "three.example|x|/|2|1|700000002|800000000\n");
	assert_int_equal(h.gaps, 0);
	buf_free(&b);
}

static void
another_file_is_none(void **state)
{
	(void)state;
	(void)read_all(bytes_of("bplist00"), ERR_KIND);
	(void)read_all(bytes_of("coo"), ERR_KIND);
	(void)read_all(bytes_of(""), ERR_KIND);
}

static void
every_cut_is_told(void **state)
{
	struct buf b = buf_with(4096);
	struct heard h;
	size_t n;

	(void)state;
	make(&b);
	/* The length of the property list at the end is not read. */
	for (n = 4; n < b.n - 4; n++) {
		h = read_all(bytes_at(b.p, n), ERR_NONE);
		assert_true(h.gaps > 0);
		assert_true(h.cookies <= 3);
	}
	buf_free(&b);
}

static void
no_flip_loses_a_cookie_in_silence(void **state)
{
	struct buf b = buf_with(4096);
	struct heard h;
	size_t bit;

	(void)state;
	make(&b);
	for (bit = 32; bit < b.n * 8; bit++) {
		b.p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		h = read_all(buf_bytes(&b), ERR_NONE);
		b.p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_true(h.cookies == 3 || h.gaps > 0);
	}
	buf_free(&b);
}

/* One cookie that every offset of a large page names. */
static void
work_is_linear(void **state)
{
	struct buf b = buf_with(1024 * 1024);
	const uint32_t n = 50000, size = 12 + 4 * n + 100;
	struct heard h;
	uint32_t i;

	(void)state;
	buf_text(&b, "cook");
	put_be(&b, 1);
	put_be(&b, size);
	put_be(&b, 0x100);
	buf_le(&b, n, 4);
	for (i = 0; i < n; i++)
		buf_le(&b, 8 + 4 * n, 4);
	buf_le(&b, 56, 4);	/* the end of the offsets, and a size */
	for (i = 0; i < 100; i++)
		buf_byte(&b, 0);
	h = read_all(buf_bytes(&b), ERR_NONE);
	assert_true(h.cookies <= size / 56);
	assert_true(h.gaps > 0);
	buf_free(&b);
}

static void
a_count_of_pages_that_cannot_be(void **state)
{
	struct buf b = buf_with(4096);
	struct heard h;

	(void)state;
	buf_text(&b, "cook");
	put_be(&b, 0xffffffff);
	put_be(&b, 16);
	h = read_all(buf_bytes(&b), ERR_NONE);
	assert_int_equal(h.cookies, 0);
	assert_int_equal(h.gaps, 1);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cookie_is_given),
		cmocka_unit_test(another_file_is_none),
		cmocka_unit_test(every_cut_is_told),
		cmocka_unit_test(no_flip_loses_a_cookie_in_silence),
		cmocka_unit_test(work_is_linear),
		cmocka_unit_test(a_count_of_pages_that_cannot_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
