/*
 * URLs and hosts, by tables.
 */
#include "base/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/url_ip.h"
#include "base/url_puny.h"
#include "base/url_shorteners.h"

/* The normal host; NULL: url_read refuses; "!": read, but no normal form. */
static const struct {
	const char *url, *host;
	unsigned port;
} hosts[] = {
	{ "http://example.com", "example.com", 0 },
	{ "http://example.com/", "example.com", 0 },
	{ "HTTPS://EXAMPLE.Com:443/x", "example.com", 443 },
	{ "https://example.com?x", "example.com", 0 },
	{ "https://example.com#x", "example.com", 0 },
	{ "  https://example.com/ \n", "example.com", 0 },
	{ "example.com", "example.com", 0 },
	{ "example.com/x", "example.com", 0 },
	{ "example.com:8080/x", "example.com", 8080 },
	{ "www.example.com.", "www.example.com", 0 },
	{ "example.com.:80", "example.com", 80 },
	{ "//example.com/x", "example.com", 0 },
	{ "\\\\example.com\\x", "example.com", 0 },
	{ "localhost:80", "localhost", 80 },
	{ "localhost", "localhost", 0 },
	{ "http://a_b.example.com", "a_b.example.com", 0 },
	{ "http://-a.example.com", "-a.example.com", 0 },
	/* User-info made to look like the host. */
	{ "https://good.com@evil.com", "evil.com", 0 },
	{ "https://good.com:443@evil.com:8/x", "evil.com", 8 },
	{ "https://evil.com\\@good.com", "evil.com", 0 },
	{ "https://evil.com/@good.com", "evil.com", 0 },
	{ "https://evil.com?@good.com", "evil.com", 0 },
	{ "https://evil.com#@good.com", "evil.com", 0 },
	{ "https://a@b@evil.com", "evil.com", 0 },
	{ "https://good.com%2f@evil.com", "evil.com", 0 },
	{ "https://@evil.com", "evil.com", 0 },
	{ "https://:@evil.com", "evil.com", 0 },
	{ "https://good.com@", NULL, 0 },
	{ "user:pass@evil.com/x", "evil.com", 0 },
	/* Any number of slashes, or backslashes. */
	{ "http:evil.com", "evil.com", 0 },
	{ "http:/evil.com", "evil.com", 0 },
	{ "http:///evil.com", "evil.com", 0 },
	{ "http:\\\\evil.com\\x", "evil.com", 0 },
	{ "http:/\\/evil.com", "evil.com", 0 },
	/* Ports. */
	{ "http://evil.com:", "evil.com", 0 },
	{ "http://evil.com:0", "evil.com", 0 },
	{ "http://evil.com:65535", "evil.com", 65535 },
	{ "http://evil.com:65536", "evil.com", 0 },
	{ "http://evil.com:99999999999999999999999", "evil.com", 0 },
	{ "http://evil.com:x", "evil.com", 0 },
	{ "http://evil.com:80:90", "evil.com", 0 },
	/* Percent. */
	{ "http://ev%69l%2ecom", "evil.com", 0 },
	{ "http://EV%49L.com", "evil.com", 0 },
	{ "http://evil%2Ecom%2e", "evil.com", 0 },
	{ "http://ev%6.com", NULL, 0 },
	{ "http://ev%zz.com", NULL, 0 },
	{ "http://evil.com%", NULL, 0 },
	{ "http://evil%00.com", NULL, 0 },
	{ "http://evil%2f.com", NULL, 0 },
	{ "http://%d0%bf%d1%80.com", "xn--o1ac.com", 0 },
	/* IPv4. */
	{ "http://127.0.0.1/", "127.0.0.1", 0 },
	{ "http://127.0.0.1./", "127.0.0.1", 0 },
	{ "http://127.1:80/", "127.0.0.1", 80 },
	{ "http://127.0.1/", "127.0.0.1", 0 },
	{ "http://2130706433/", "127.0.0.1", 0 },
	{ "http://0x7f000001/", "127.0.0.1", 0 },
	{ "http://0X7F.1/", "127.0.0.1", 0 },
	{ "http://0177.0.0.01/", "127.0.0.1", 0 },
	{ "http://017700000001/", "127.0.0.1", 0 },
	{ "http://0x/", "0.0.0.0", 0 },
	{ "http://%31%32%37.1/", "127.0.0.1", 0 },
	{ "http://1.2.3.256/", NULL, 0 },
	{ "http://1.256.3.4/", NULL, 0 },
	{ "http://1.2.65536/", NULL, 0 },
	{ "http://1.2.65535/", "1.2.255.255", 0 },
	{ "http://1.2.3.4.5/", NULL, 0 },
	{ "http://4294967295/", "255.255.255.255", 0 },
	{ "http://4294967296/", NULL, 0 },
	{ "http://08.1.1.1/", NULL, 0 },
	{ "http://1..2/", NULL, 0 },
	{ "http://evil.5/", NULL, 0 },
	{ "http://evil.0x5/", NULL, 0 },
	{ "http://0xevil/", "0xevil", 0 },
	{ "//2130706433/", "127.0.0.1", 0 },
	{ "1.2.3.4", "1.2.3.4", 0 },
	{ "1.2.3.4:80/x", "1.2.3.4", 80 },
	{ "127.1", NULL, 0 },
	{ "2130706433", NULL, 0 },
	{ "0x7f.0.0.1", NULL, 0 },
	{ "1.2.3.999", NULL, 0 },
	/* Full-width digits and dots. */
	{ "http://\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.1", "127.0.0.1", 0 },
	{ "http://\xe2\x91\xa0.2.3.4", "1.2.3.4", 0 },
	/* IPv6. */
	{ "http://[2001:DB8::1]:8080/x", "2001:db8::1", 8080 },
	{ "http://[::ffff:1.2.3.4]", "::ffff:1.2.3.4", 0 },
	{ "http://[fe80::1%25en0]/", "fe80::1", 0 },
	{ "http://[fe80::1%en0]/", "fe80::1", 0 },
	{ "http://u@[::1]", "::1", 0 },
	{ "[::1]:80", "::1", 80 },
	{ "2001:db8:0:0:0:0:0:1", "2001:db8::1", 0 },
	{ "http://2001:db8::1/", "2001:db8::1", 0 },
	{ "http://[::1", NULL, 0 },
	{ "http://[::1]x", "::1", 0 },
	{ "http://[]/", NULL, 0 },
	{ "http://[1.2.3.4]/", NULL, 0 },
	{ "http://[1::2::3]/", NULL, 0 },
	{ "http://[::1%]/", NULL, 0 },
	/* Other letters: both forms. */
	{ "http://\xd0\x9f\xd0\xa0\xd0\x98\xd0\x9c\xd0\x95\xd0\xa0.\xd1\x80"
	    "\xd1\x84/", "xn--e1afmkfd.xn--p1ai", 0 },
	{ "http://XN--E1AFMKFD.xn--P1AI/", "xn--e1afmkfd.xn--p1ai", 0 },
	{ "http://b\xc3\xbc" "cher.de", "xn--bcher-kva.de", 0 },
	{ "http://bu\xcc\x88" "cher.de", "xn--bcher-kva.de", 0 },
	{ "http://fa\xc3\x9f.de", "xn--fa-hia.de", 0 },
	{ "http://\xef\xbd\x85\xef\xbd\x96il\xef\xbc\x8e\xef\xbd\x83om",
	    "evil.com", 0 },
	{ "http://evil\xe3\x80\x82" "com", "evil.com", 0 },
	{ "http://evil\xef\xbd\xa1" "com\xe3\x80\x82", "evil.com", 0 },
	{ "http://ev\xc2\xadil.com", "evil.com", 0 },
	{ "http://ev\xe2\x80\x8bil.com", "evil.com", 0 },
	{ "http://\xd0\xb0pple.com", "xn--pple-43d.com", 0 },
	{ "http://i\xe2\x9d\xa4\xef\xb8\x8f.ws", "xn--i-7iq.ws", 0 },
	{ "http://\xf0\x9f\x92\xa9.la", "xn--ls8h.la", 0 },
	{ "http://\xf0\x9f\x92\xa9.\xd1\x80\xd1\x84", "xn--ls8h.xn--p1ai", 0 },
	{ "http://r3---sn.\xd1\x80\xd1\x84", "r3---sn.xn--p1ai", 0 },
	{ "http://\xd0\xb0..\xd1\x80\xd1\x84", "!", 0 },
	{ "http://\xd0\xb0 b.\xd1\x80\xd1\x84", NULL, 0 },
	{ "http://\xff.com", NULL, 0 },
	/* Other schemes. */
	{ "ftp://evil.com/x", "evil.com", 0 },
	{ "whatsapp://send?text=x", "send", 0 },
	{ "com.example.app://evil.com:5", "evil.com", 5 },
	{ "foo://a\\@evil.com", "evil.com", 0 },
	{ "foo://evil.com\\x", "evil.com", 0 },
	{ "blob:https://evil.com/550e", "evil.com", 0 },
	{ "view-source:http://evil.com", "evil.com", 0 },
	{ "a:b:c:http://evil.com", "evil.com", 0 },
	{ "file://host/share", "host", 0 },
	{ "file:///etc/passwd", NULL, 0 },
	{ "mailto:bob@evil.com", "evil.com", 0 },
	{ "about:blank", NULL, 0 },
	{ "data:text/html,x", NULL, 0 },
	{ "javascript:alert(1)", NULL, 0 },
	{ "tel:+4930123", NULL, 0 },
	{ "tel:110", NULL, 0 },
	{ "foo:///x", NULL, 0 },
	{ "://evil.com", NULL, 0 },
	/* No host. */
	{ "", NULL, 0 },
	{ "   ", NULL, 0 },
	{ "/x/y", NULL, 0 },
	{ "http://", NULL, 0 },
	{ "http:///", NULL, 0 },
	{ "http://?x", NULL, 0 },
	{ "http://.", NULL, 0 },
	{ "http://..", NULL, 0 },
	{ "http://.com", NULL, 0 },
	{ "http://a..com", NULL, 0 },
	{ "http://a b.com", NULL, 0 },
	{ "http://a<b.com", NULL, 0 },
	{ "two words", NULL, 0 },
};

static void
test_hosts(void **state)
{
	struct buf b = buf_with(1000);
	struct url u;
	size_t i;
	bool got;

	(void)state;
	for (i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		memset(&u, 0, sizeof(u));
		buf_reset(&b);
		got = url_read(&u, bytes_of(hosts[i].url));
		if (!got)
			assert_int_equal(u.text.n, 0);	/* untouched */
		else if (!url_normal(&b, &u))
			buf_text(&b, "!");
		else
			assert_int_equal(u.port, hosts[i].port);
		if (got != (hosts[i].host != NULL) || (got &&
		    !bytes_is(buf_bytes(&b), hosts[i].host)))
			fail_msg("%s: %.*s", hosts[i].url, (int)b.n, b.p);
	}
	buf_free(&b);
}

static void
test_parts(void **state)
{
	struct url u;

	(void)state;
	assert_true(url_read(&u, bytes_of(
	    " HttpS://me:pw@Host.Example:81/a/b?c=d#e ")));
	assert_true(bytes_is(u.text,
	    "HttpS://me:pw@Host.Example:81/a/b?c=d#e"));
	assert_true(bytes_is(u.scheme, "HttpS"));
	assert_true(bytes_is(u.user, "me:pw"));
	assert_true(bytes_is(u.host, "Host.Example"));
	assert_true(bytes_is(u.path, "/a/b"));
	assert_true(bytes_is(u.rest, "?c=d#e"));
	assert_int_equal(u.kind, URL_HOST_NAME);
	assert_int_equal(u.port, 81);

	assert_true(url_read(&u, bytes_of("example.com#a?b/c")));
	assert_int_equal(u.scheme.n + u.user.n + u.path.n, 0);
	assert_true(bytes_is(u.rest, "#a?b/c"));

	assert_true(url_read(&u, bytes_of("blob:https://[::1]/x")));
	assert_true(bytes_is(u.scheme, "https"));
	assert_true(bytes_is(u.host, "::1"));
	assert_int_equal(u.kind, URL_HOST_IPV6);
	assert_int_equal(u.ip[15], 1);

	assert_true(url_read(&u, bytes_of("http://0x7f.1\\x\\y?")));
	assert_true(bytes_is(u.host, "0x7f.1"));
	assert_true(bytes_is(u.path, "\\x\\y"));
	assert_int_equal(u.kind, URL_HOST_IPV4);
	assert_memory_equal(u.ip, "\x7f\0\0\1", 4);
}

static void
test_normal(void **state)
{
	char label[70], host[300];
	struct buf b = buf_with(1000);
	size_t i;

	(void)state;
	memset(label, 'a', sizeof(label));
	assert_true(url_host_normal(&b, bytes_at(label, 63)));
	assert_int_equal(b.n, 63);
	assert_false(url_host_normal(&b, bytes_at(label, 64)));
	assert_int_equal(b.n, 63);
	buf_reset(&b);
	for (i = 0; i < sizeof(host); i++)
		host[i] = i % 2 == 0 ? 'A' : '.';
	assert_true(url_host_normal(&b, bytes_at(host, LIMIT_HOST_BYTES)));
	assert_true(url_host_normal(&b, bytes_at(host, LIMIT_HOST_BYTES + 1)));
	assert_false(url_host_normal(&b, bytes_at(host, LIMIT_HOST_BYTES + 2)));
	assert_int_equal(b.n, 2 * LIMIT_HOST_BYTES);
	assert_int_equal(b.p[0], 'a');
	assert_false(url_host_normal(&b, bytes_of("")));
	assert_false(url_host_normal(&b, bytes_of(".")));
	assert_false(url_host_normal(&b, bytes_of("a\0b")) &&
	    bytes_ends(buf_bytes(&b), "b"));
	buf_free(&b);
	b = buf_with(5);
	assert_false(url_host_normal(&b, bytes_of("evil.com")));
	assert_int_equal(b.n, 0);
	buf_free(&b);
}

static void
test_puny(void **state)
{
	/* RFC 3492, section 7.1, in lower case; then lengths. */
	static const char *const cases[][2] = {
		{ "\xd9\x84\xd9\x8a\xd9\x87\xd9\x85\xd8\xa7\xd8\xa8\xd8\xaa"
		    "\xd9\x83\xd9\x84\xd9\x85\xd9\x88\xd8\xb4\xd8\xb9\xd8\xb1"
		    "\xd8\xa8\xd9\x8a\xd8\x9f",
		    "xn--egbpdaj6bu4bxfgehfvwxn" },
		{ "3\xe5\xb9\xb4\x42\xe7\xb5\x84\xe9\x87\x91\xe5\x85\xab\xe5"
		    "\x85\x88\xe7\x94\x9f", "xn--3b-ww4c5e180e575a65lsy2b" },
		{ "\xe3\x81\x9d\xe3\x81\xae\xe3\x82\xb9\xe3\x83\x94\xe3\x83"
		    "\xbc\xe3\x83\x89\xe3\x81\xa7",
		    "xn--d9juau41awczczp" },
		{ "plain", NULL }, { "", NULL }, { "\xff", NULL },
	};
	uint8_t to[URL_PUNY_LABEL];
	struct bytes got;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		got = bytes_at(to, url_puny_put(to, bytes_of(cases[i][0])));
		assert_true(bytes_is(got, cases[i][1]));
	}
}

static void
test_ip(void **state)
{
	static const char *const wrong4[] = { "", "1", "1.2.3", "1.2.3.4.5",
	    "1.2.3.256", "1.2.3.-4", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4",
	    "1.2.3.4.", "0x1.2.3.4", "1.2.3.44444444444444444444444" };
	static const char *const wrong6[] = { "", ":", "1", "1:2:3:4:5:6:7",
	    "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "::1%",
	    "[::1]", "::1 ", "1.2.3.4", "::1.2.3", "::1.2.3.256" };
	uint8_t ip[16] = { 9 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong4) / sizeof(wrong4[0]); i++)
		assert_false(url_ipv4(bytes_of(wrong4[i]), ip));
	for (i = 0; i < sizeof(wrong6) / sizeof(wrong6[0]); i++)
		assert_false(url_ipv6(bytes_of(wrong6[i]), ip));
	assert_false(url_ipv4(bytes_at("1.2.3.4\0", 8), ip));
	assert_int_equal(ip[0], 9);
	assert_true(url_ipv4(bytes_of("255.0.10.1"), ip));
	assert_memory_equal(ip, "\xff\0\x0a\1", 4);
	assert_true(url_ipv6(bytes_of("::1.2.3.4"), ip));
	assert_memory_equal(ip + 10, "\0\0\1\2\3\4", 6);
	assert_true(url_ipv6(bytes_of("FE80::%wlan0"), ip));
	assert_memory_equal(ip, "\xfe\x80\0", 3);
	assert_true(url_ip_is_number(bytes_of("a.b.09")));
	assert_true(url_ip_is_number(bytes_of("0xf.")));
	assert_false(url_ip_is_number(bytes_of("1.2.x")));
	assert_false(url_ip_is_number(bytes_of("")));
}

static void
test_sites(void **state)
{
	static const char *const cases[][2] = {
		{ "example.com", "example.com" },
		{ "a.b.example.com", "example.com" },
		{ "www.example.co.uk", "example.co.uk" },
		{ "co.uk", "" }, { "com", "" },
		{ "me.github.io", "me.github.io" },
		{ "x.me.github.io", "me.github.io" },
		{ "github.io", "" },
		{ "www.ck", "www.ck" }, { "a.b.ck", "a.b.ck" },
		{ "x.unknown-suffix", "x.unknown-suffix" },
		{ "a.xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai" },
		{ "1.2.3.4", "" }, { "::1", "" }, { "2001:db8::1", "" },
		{ "", "" }, { "localhost", "" },
	};
	struct bytes host, site;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		host = bytes_of(cases[i][0]);
		site = url_registrable(host);
		assert_true(bytes_is(site, cases[i][1]));
		assert_ptr_equal(site.p + site.n, host.p + host.n);
	}
}

static void
test_same_site(void **state)
{
	static const struct {
		const char *one, *other;
		bool want;
	} cases[] = {
		{ "http://example.com/", "https://www.example.com/x", true },
		{ "http://EXAMPLE.com.", "https://example.com:8443", true },
		{ "http://a.github.io/", "http://b.github.io/", false },
		{ "http://a.co.uk/", "http://b.co.uk/", false },
		{ "http://example.com/", "http://example.org/", false },
		{ "http://example.com@evil.com", "http://example.com", false },
		{ "http://127.0.0.1/", "http://2130706433/x", true },
		{ "http://127.0.0.1/", "http://127.0.0.2/", false },
		{ "http://[::1]/", "http://[0:0::1]:80", true },
		{ "http://[::1]/", "http://[::2]", false },
		{ "http://[::1]/", "http://0.0.0.1", false },
		{ "http://localhost/", "http://localhost:8080/x", true },
		{ "http://com/", "http://org/", false },
		{ "http://github.io/", "http://github.io/x", true },
		{ "http://b\xc3\xbc" "cher.de", "http://xn--bcher-kva.de",
		    true },
		{ "http://\xd0\xb0..b", "http://\xd0\xb0..b/x", true },
		{ "http://\xd0\xb0..b", "http://\xd0\xb1..b/x", false },
		{ "about:blank", "about:blank", true },
		{ "about:blank", "about:newtab", false },
		{ "about:blank", "http://example.com", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (url_same_site(bytes_of(cases[i].one),
		    bytes_of(cases[i].other)) != cases[i].want)
			fail_msg("%s %s", cases[i].one, cases[i].other);
		assert_int_equal(url_same_site(bytes_of(cases[i].other),
		    bytes_of(cases[i].one)), cases[i].want);
	}
}

static void
test_shorteners(void **state)
{
	char www[100];
	struct buf b = buf_with(300);
	size_t i, with_w = 0;

	(void)state;
	assert_true(url_shorteners_count >= 60);
	for (i = 0; i < url_shorteners_count; i++) {
		if (i > 0)
			assert_true(strcmp(url_shorteners[i - 1],
			    url_shorteners[i]) < 0);
		buf_reset(&b);
		assert_true(url_host_normal(&b, bytes_of(url_shorteners[i])));
		assert_true(bytes_is(buf_bytes(&b), url_shorteners[i]));
		assert_true(url_is_shortener(buf_bytes(&b)));
		snprintf(www, sizeof(www), "www.%s", url_shorteners[i]);
		assert_true(url_is_shortener(bytes_of(www)));
		with_w += url_shorteners[i][0] == 'w';
	}
	buf_free(&b);
	assert_true(with_w > 0);
	assert_true(url_is_shortener(bytes_of("bit.ly")));
	assert_true(url_is_shortener(bytes_of("wp.me")));
	assert_true(url_is_shortener(bytes_of("t.co")));
	assert_false(url_is_shortener(bytes_of("t.me")));
	assert_false(url_is_shortener(bytes_of("xbit.ly")));
	assert_false(url_is_shortener(bytes_of("bit.ly.evil.com")));
	assert_false(url_is_shortener(bytes_of("")));
	assert_false(url_is_shortener(bytes_of("www.")));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_normal),
		cmocka_unit_test(test_puny),
		cmocka_unit_test(test_ip),
		cmocka_unit_test(test_sites),
		cmocka_unit_test(test_same_site),
		cmocka_unit_test(test_shorteners),
	};

	url_prepare();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
