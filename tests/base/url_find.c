/*
 * Links in free text: by tables, at every place, at length, and at random.
 */
#include "base/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* What is found, each with its kind: u URL, h host, e e-mail; one blank
   between. */
static const char *const finds[][2] = {
	{ "", "" }, { "no link here", "" }, { "Dr. Who, e.g. or i.e.", "" },
	{ "v1.2, 3.14 and 12:30", "" }, { "...", "" }, { "a.", "" },
	{ ".com", "" }, { "://", "" }, { "http://", "" }, { "x://", "" },
	{ "http://x.com/y", "u:http://x.com/y" },
	{ "see http://x.com/y now", "u:http://x.com/y" },
	{ "see HTTP://X.COM.", "u:HTTP://X.COM" },
	{ "http://localhost/x http://a", "u:http://localhost/x u:http://a" },
	{ "whatsapp://send?text=a.b", "u:whatsapp://send?text=a.b" },
	{ "com.example.app://x.y/z", "u:com.example.app://x.y/z" },
	{ "bit.ly/x", "h:bit.ly/x" },
	{ "go to bit.ly/Ab3, now", "h:bit.ly/Ab3" },
	{ "evil.com", "h:evil.com" },
	{ "Evil.Com:8080/x", "h:Evil.Com:8080/x" },
	{ "evil.com: look", "h:evil.com" },
	{ "evil.com?x=1", "h:evil.com?x=1" },
	{ "evil.com./x", "h:evil.com./x" }, { "evil.com. Bye", "h:evil.com" },
	{ "a evil.com b good.org/x c", "h:evil.com h:good.org/x" },
	{ "evil.com,good.org", "h:evil.com h:good.org" },
	{ "-evil.com- _evil.com_ *evil.com*",
	    "h:evil.com h:evil.com h:evil.com" },
	{ "=evil.com", "h:evil.com" }, { "//evil.com/x", "h:evil.com/x" },
	{ "\"http:\\/\\/evil.com\\/x\"", "h:evil.com" },
	{ "1.2.3.4 1.2.3.4:80/x", "h:1.2.3.4 h:1.2.3.4:80/x" },
	{ "1.2.3.456 1.2.3", "" },
	{ "file.txt", "h:file.txt" },
	{ "xn--e1afmkfd.xn--p1ai/x", "h:xn--e1afmkfd.xn--p1ai/x" },
	/* What is no part of it. */
	{ "(http://x.com/a)", "u:http://x.com/a" },
	{ "(see http://x.com/a(b)).", "u:http://x.com/a(b)" },
	{ "http://x.com/a_(b)", "u:http://x.com/a_(b)" },
	{ "[http://x.com/a] {http://x.com/b}",
	    "u:http://x.com/a u:http://x.com/b" },
	{ "http://x.com/a.,;:!?'", "u:http://x.com/a" },
	{ "http://x.com/a?b!", "u:http://x.com/a?b" },
	{ "'http://x.com/a'", "u:http://x.com/a" },
	{ "\"http://x.com/a\"", "u:http://x.com/a" },
	{ "<http://x.com/a>", "u:http://x.com/a" },
	{ "`http://x.com`", "u:http://x.com" },
	{ "http://x.com,", "u:http://x.com" },
	{ "http://x.com)", "u:http://x.com" },
	{ "http://x.com:", "u:http://x.com" },
	{ "http://x.com:80.", "u:http://x.com:80" },
	{ "http://x.com/?", "u:http://x.com/" },
	{ "http://x.com/\n/y", "u:http://x.com/" },
	{ "[x](http://x.com/a)[y](http://y.com/b)",
	    "u:http://x.com/a)[y] u:http://y.com/b" },
	{ "<a href=http://x.com/a>x.com</a>", "u:http://x.com/a h:x.com" },
	/* User-info, addresses, odd hosts. */
	{ "https://good.com@evil.com/x", "u:https://good.com@evil.com/x" },
	{ "https://u:p@evil.com", "u:https://u:p@evil.com" },
	{ "http://[2001:db8::1]:80/x.", "u:http://[2001:db8::1]:80/x" },
	{ "http://[::1].", "u:http://[::1]" },
	{ "http://[x]/ http://[::1", "" },
	{ "http://0x7f.1/x", "u:http://0x7f.1/x" },
	{ "http://2130706433", "u:http://2130706433" },
	{ "http://ev%69l%2ecom/x", "u:http://ev%69l%2ecom/x" },
	{ "http:///evil.com", "u:http:///evil.com" },
	/* Glued together. */
	{ "see.http://x.com/y", "u:http://x.com/y" },
	{ "Linkhttps://x.com", "u:https://x.com" },
	{ "http://x.com/http://y.com/", "u:http://x.com/ u:http://y.com/" },
	{ "https://l.x.com/l.php?u=https://evil.com/z",
	    "u:https://l.x.com/l.php?u= u:https://evil.com/z" },
	{ "https://l.x.com/?u=https%3A%2F%2Fevil.com%2Fz",
	    "u:https://l.x.com/?u= h:evil.com" },
	{ "http://http://evil.com", "u:http://evil.com" },
	{ "see evil.com.Then go", "h:evil.com" },
	{ "http://evil.com.Then", "u:http://evil.com" },
	{ "evil.com.1", "h:evil.com" },
	{ "evil.com...more", "h:evil.com" },
	{ "a.b.evil.co.uk/x", "h:a.b.evil.co.uk/x" },
	/* E-mail. */
	{ "bob@evil.com", "e:bob@evil.com" },
	{ "mail bob.b+x@mail.evil.com.", "e:bob.b+x@mail.evil.com" },
	{ "b.b+c.c%d@evil.com", "e:b.b+c.c%d@evil.com" },
	{ "<mailto:bob@evil.com>", "e:bob@evil.com" },
	{ "bob@localhost", "" }, { "@evil.com", "h:evil.com" },
	{ "john.doe@ x.com", "h:john.doe h:x.com" },
	{ "a@b.com,c@d.com", "e:a@b.com e:c@d.com" },
	{ "bob@evil.com.Then", "e:bob@evil.com" },
};

/* The same in other scripts. */
static const char *const foreign_finds[][2] = {
	{ "см.http://x.com/y", "u:http://x.com/y" },
	{ "см. http://x.com/y, да", "u:http://x.com/y" },
	{ "пример.рф/x и xn--p1ai.рф",
	    "h:пример.рф/x h:xn--p1ai.рф" },
	{ "http://пример.рф/путь.",
	    "u:http://пример.рф/путь" },
	{ "http://x.comпривет", "u:http://x.com" },
	{ "«http://x.com/a»", "u:http://x.com/a" },
	{ "“http://x.com/a”…", "u:http://x.com/a" },
	{ "请访问http://x.com/y。然后", "u:http://x.com/y" },
	{ "请访问http://x.com。然后", "u:http://x.com" },
	{ "请访问http://x.com，然后", "u:http://x.com" },
	{ "http://x.com/y（看）", "u:http://x.com/y" },
	{ "http://evil。com/x", "u:http://evil。com/x" },
	{ "http://www。evil。com。然后", "u:http://www。evil。com" },
	{ "http://x.com。abc", "u:http://x.com" },
	{ "请访问evil.com查看", "h:请访问evil.com h:evil.com" },
	{ "查看evil.com和good.net吧",
	    "h:查看evil.com h:evil.com h:和good.net h:good.net" },
	{ "查看evil.com/x", "h:查看evil.com/x h:evil.com/x" },
	{ "زوروا http://x.com/y، شكرا", "u:http://x.com/y" },
	{ "زورواhttp://x.com/y؟", "u:http://x.com/y" },
	{ "مثال.إختبار", "h:مثال.إختبار" },
	{ "аpple.com", "h:аpple.com h:pple.com" },
	{ "www.coоp.com", "h:www.coоp.com h:p.com" },
	{ "查看bücher.de", "h:查看bücher.de h:bücher.de" },
	{ "bücher.de münchen.example.org",
	    "h:bücher.de h:münchen.example.org" },
	{ "почта:боб@пример.рф", "e:боб@пример.рф" },
	{ "请联系bob@evil.com谢谢", "e:bob@evil.com" },
	{ "привет.Как дела", "h:привет.Как" },
	{ "evil.com.Спасибо", "h:evil.com" },
	{ "http://x.com/ab\xff" "c", "u:http://x.com/ab" },
	{ "http://x.com/a\xe2\x80\x8b" "b", "u:http://x.com/a" },
	{ "http://x.com/a\xe2\x80\xae" "b", "u:http://x.com/a" },
};

static void
check_find(const char *text, const char *want)
{
	struct buf b = buf_with(1000);
	enum url_found what;
	struct bytes found, in = bytes_of(text);
	size_t at = 0, before = 0;

	while (url_find(in, &at, &found, &what)) {
		assert_true(at > before && at <= in.n);
		assert_true(found.n > 0 && found.p >= in.p &&
		    found.p + found.n <= in.p + in.n);
		before = at;
		if (b.n > 0)
			buf_byte(&b, ' ');
		buf_byte(&b, (uint8_t)"uhe"[what]);
		buf_byte(&b, ':');
		buf_add(&b, found);
	}
	assert_int_equal(at, in.n);
	assert_false(url_find(in, &at, &found, &what));
	if (!bytes_is(buf_bytes(&b), want))
		fail_msg("%s: %.*s", text, (int)b.n, b.p);
	buf_free(&b);
}

static void
test_find(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(finds) / sizeof(finds[0]); i++)
		check_find(finds[i][0], finds[i][1]);
	for (i = 0; i < sizeof(foreign_finds) / sizeof(foreign_finds[0]); i++)
		check_find(foreign_finds[i][0], foreign_finds[i][1]);
}

static void
test_find_shift(void **state)
{
	char text[100];
	size_t i;

	(void)state;
	/* Wherever the mark stands within the eight bytes of one step. */
	for (i = 0; i < 40; i++) {
		memset(text, ' ', i);
		snprintf(text + i, sizeof(text) - i, "%s", "t.co");
		check_find(text, "h:t.co");
		snprintf(text + i, sizeof(text) - i, "%s", "a://b rest");
		check_find(text, "u:a://b");
	}
}

/* All that is found in `n` bytes of `piece` over and over; fails if the time
   grows with the square.  The host of each must be readable in linear time. */
static size_t
count_found(const char *head, const char *piece, size_t n)
{
	struct bytes in, found;
	enum url_found what;
	struct url u;
	size_t at = 0, i, count = 0, size = strlen(piece);
	char *text = malloc(n);
	clock_t begin = clock();

	assert_non_null(text);
	for (i = 0; i < n; i++)
		text[i] = i < strlen(head) ? head[i] : piece[i % size];
	in = bytes_at(text, n);
	while (url_find(in, &at, &found, &what)) {
		count++;
		(void)url_read(&u, found);
	}
	free(text);
	if (clock() - begin > 20 * CLOCKS_PER_SEC)
		fail_msg("%s %s takes too long", head, piece);
	return count;
}

static void
test_find_work(void **state)
{
	static const char *const pieces[] = { ".", "a", "a.", "ab.", "://",
	    "a://", "@", "a@", "a.b@", "a.b+", "(", ")", "%3a%2f%2f",
	    "http%3a%2f%2f", "com.", "1.", "\xe4\xb8\xad", "\xe4\xb8\xad.",
	    "a\xe3\x80\x82", "com\xe4\xb8\xad", "a.com\xe4\xb8\xad", "[",
	    "http://[", "-.", "_", ":", "a:", "\xff.", "http://a@", "?", "/" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		(void)count_found("", pieces[i], 1 << 20);
		(void)count_found("http://", pieces[i], 1 << 20);
	}
	assert_int_equal(count_found("http://x.com/", "path/", 9 << 20), 1);
	assert_int_equal(count_found("http://", "a", 9 << 20), 1);
	assert_true(count_found("", "http://a.com/", 9 << 20) > 700000);
}

/* Random text of the pieces links are made of: always forward, always
   inside. */
static void
test_find_random(void **state)
{
	static const char *const pieces[] = { "http://", "://", ".", "com",
	    "@", "evil", "/", ":80", "%2e", "\xe4\xb8\xad", "\xe3\x80\x82",
	    "(", ")", " ", "\xff", "[::1]", "1.2.3.4", "-", "+", "\xd0\xb0" };
	struct bytes in, found, last;
	enum url_found what;
	uint64_t seed = 5;
	char text[200];
	struct url u;
	size_t at, before, i, k, n;

	(void)state;
	for (i = 0; i < 100000; i++) {
		for (n = 0, k = 0; k < 12; k++) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s",
			    pieces[(seed >> 33) % 20]);
		}
		in = bytes_at(text, n);
		last = bytes_at(NULL, 0);
		for (at = 0, before = 0; url_find(in, &at, &found, &what);
		    before = at) {
			assert_true(at > before && at <= n);
			assert_true(found.n > 0 && found.p >= in.p);
			assert_true(found.p + found.n <= in.p + n);
			assert_true(last.p == NULL || found.p > last.p);
			last = found;
			(void)url_read(&u, found);
		}
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_find_shift),
		cmocka_unit_test(test_find_work),
		cmocka_unit_test(test_find_random),
	};

	url_prepare();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
