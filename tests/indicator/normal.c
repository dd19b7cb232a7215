/*
 * The one spelling: what becomes of a value, and that it then stays.
 */
#include "indicator/bundle.h"

#include "indicator/normal.h"

typedef bool spell(struct buf *, struct bytes);

static void
check(spell *f, const char *in, const char *want, int line)
{
	struct buf b = buf_with(MIB), again = buf_with(MIB);
	bool good = f(&b, bytes_of(in));

	if (good != (want != NULL) ||
	    (good && !bytes_is(buf_bytes(&b), want))) {
		print_error("\"%s\" is %s\"%.*s\"\n", in, good ? "" : "none, ",
		    (int)b.n, (const char *)b.p);
		_fail(__FILE__, line);
	}
	if (good) {
		assert_true(f(&again, buf_bytes(&b)));
		assert_true(bytes_eq(buf_bytes(&again), buf_bytes(&b)));
	}
	buf_free(&again);
	buf_free(&b);
}

#define assert_spelt(f, in, want)	check(f, in, want, __LINE__)

static void
paths(void **state)
{
	(void)state;
	assert_spelt(normal_path, "/a/b", "/a/b");
	assert_spelt(normal_path, "//a///b//", "/a/b");
	assert_spelt(normal_path, "/./a/././b/.", "/a/b");
	assert_spelt(normal_path, "a/b/", "a/b");
	assert_spelt(normal_path, "./a", "a");
	assert_spelt(normal_path, "/a/../b", "/a/../b");
	assert_spelt(normal_path, "/private/var/x", "/var/x");
	assert_spelt(normal_path, "/private/var", "/var");
	assert_spelt(normal_path, "/private/variable", "/private/variable");
	assert_spelt(normal_path, "/private/tmp/x", "/tmp/x");
	assert_spelt(normal_path, "/private", "/private");
	assert_spelt(normal_path, "private/var/x", "private/var/x");
	assert_spelt(normal_path, "FILE:///private/etc/x", "/etc/x");
	assert_spelt(normal_path, "/", NULL);
	assert_spelt(normal_path, "", NULL);
	assert_spelt(normal_path, "./.", NULL);
}

static void
numbers_hashes_mail(void **state)
{
	(void)state;
	assert_spelt(normal_phone, "+1 (555) 010-0000", "15550100000");
	assert_spelt(normal_phone, "0015550100000", "15550100000");
	assert_spelt(normal_phone, "tel:+15550100000;ext=2", "15550100000");
	assert_spelt(normal_phone, "0170 123", "0170123");
	assert_spelt(normal_phone, "\xe2\x80\xaa+1555\xe2\x80\xac", "1555");
	assert_spelt(normal_phone, "Bank", "bank");
	assert_spelt(normal_phone, "1+2", "1+2");
	assert_spelt(normal_phone, "+", NULL);
	assert_spelt(normal_phone, "", NULL);
	assert_spelt(normal_phone, "\xff", "\xff");
	assert_spelt(normal_hex, "AB:cd 12", "abcd12");
	assert_spelt(normal_hex, "xy", NULL);
	assert_spelt(normal_hex, "", NULL);
	assert_spelt(normal_hex, "::", NULL);
	assert_spelt(normal_email, " A.B@Example.ORG. ", "a.b@example.org");
	assert_spelt(normal_email, "a@b@c.example", "a@b@c.example");
	assert_spelt(normal_email, "a@bad host", "a@bad host");
	assert_spelt(normal_email, "@x.example", NULL);
	assert_spelt(normal_email, "x@", NULL);
	assert_spelt(normal_email, "x", NULL);
}

static void
a_base_is_a_part(void **state)
{
	(void)state;
	bundle_text(normal_base(bytes_of("/a/b")), "b");
	bundle_text(normal_base(bytes_of("/a/b//")), "b");
	bundle_text(normal_base(bytes_of("b")), "b");
	bundle_text(normal_base(bytes_of("//")), "");
	bundle_text(normal_base(bytes_of("")), "");
	bundle_text(normal_strip(bytes_of(" A <b@c> ")), "b@c");
	bundle_text(normal_strip(bytes_of("A <b")), "A <b");
}

static void
networks(void **state)
{
	static const uint8_t ip[4] = { 255, 255, 255, 255 };
	uint8_t net[17];

	(void)state;
	normal_network(net, ip, 4, 32);
	assert_memory_equal(net, "\xff\xff\xff\xff\x20", 5);
	normal_network(net, ip, 4, 9);
	assert_memory_equal(net, "\xff\x80\x00\x00\x09", 5);
	normal_network(net, ip, 4, 0);
	assert_memory_equal(net, "\x00\x00\x00\x00\x00", 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths),
		cmocka_unit_test(numbers_hashes_mail),
		cmocka_unit_test(a_base_is_a_part),
		cmocka_unit_test(networks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
