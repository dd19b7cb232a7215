/*
 * Keyed archives: what the questions unwrap, and archives that lead astray.
 */
#include "format/keyed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/time.h"
#include "bplist_make.h"

#define UID(n)	"<dict><key>CF$UID</key><integer>" n "</integer></dict>"
#define CLASS(name) "<dict><key>$classname</key><string>" name "</string>" \
	"<key>$classes</key><array><string>" name "</string>" \
	"<string>NSObject</string></array></dict>"
#define ARCHIVE(top, objects) "<plist version=\"1.0\"><dict>" \
	"<key>$version</key><integer>100000</integer>" \
	"<key>$archiver</key><string>NSKeyedArchiver</string>" \
	"<key>$top</key><dict>" top "</dict><key>$objects</key>" \
	"<array><string>$null</string>" objects "</array></dict></plist>"
#define ROOT	"<key>root</key>" UID("1")

struct archive {
	struct arena arena;
	struct buf binary;
	struct plist doc;
	unsigned gaps;
};

static void
note(void *ctx, const struct gap *gap)
{
	(void)gap;
	++*(unsigned *)ctx;
}

/* Compiled to binary, as archives are found. */
static struct keyed
archive_read(struct archive *a, const char *xml)
{
	struct gap_sink sink = { note, &a->gaps };

	memset(a, 0, sizeof(*a));
	a->arena = arena_with(MIB);
	a->binary = buf_with(MIB);
	assert_true(bplist_from_xml(&a->binary, bytes_of(xml), NULL));
	assert_int_equal(plist_read(&a->doc, &a->arena, buf_bytes(&a->binary),
	    &sink), ERR_NONE);
	assert_int_equal(a->gaps, 0);
	return keyed_root(a->doc);
}

static void
archive_free(struct archive *a)
{
	arena_free(&a->arena);
	buf_free(&a->binary);
}

/* A manifest row's MBFile, as iOS 14 writes it. */
static const char mbfile[] = ARCHIVE(ROOT,
	"<dict><key>LastModified</key><integer>1610659523</integer>"
	"<key>Flags</key><integer>0</integer>"
	"<key>RelativePath</key>" UID("2")
	"<key>EncryptionKey</key>" UID("3")
	"<key>Target</key>" UID("0")
	"<key>Mode</key><integer>33188</integer>"
	"<key>$class</key>" UID("5") "</dict>"
	"<string>Media/PhotoData/x</string>"
	"<dict><key>NS.data</key><data>AwAAAAEC</data><key>$class</key>"
	UID("4") "</dict>"
	CLASS("NSMutableData") CLASS("MBFile"));

/* All at once: the same as one by one. */
static void
assert_all(struct keyed k, const char *const *keys, unsigned n)
{
	struct keyed all[KEYED_ALL], one;
	unsigned i;

	keyed_get_all(k, keys, all, n);
	for (i = 0; i < n; i++) {
		one = keyed_get(k, keys[i]);
		assert_ptr_equal(all[i].node.doc, one.node.doc);
		assert_int_equal(all[i].node.node, one.node.node);
	}
}

static void
test_mbfile(void **state)
{
	static const char *const keys[] = { "Mode", "Size", "LastModified",
	    "RelativePath", "EncryptionKey", "Target", "Digest", "$class",
	    "", "Mode" };
	struct archive a;
	struct keyed k = archive_read(&a, mbfile);

	(void)state;
	assert_true(keyed_is(a.doc));
	assert_true(keyed_present(k));
	assert_true(bytes_is(keyed_class(k), "MBFile"));
	assert_true(bytes_is(keyed_bytes(keyed_get(k, "RelativePath")),
	    "Media/PhotoData/x"));
	assert_int_equal(keyed_int(keyed_get(k, "Mode"), -1), 0100644);
	assert_int_equal(keyed_int(keyed_get(k, "LastModified"), -1),
	    1610659523);
	assert_int_equal(keyed_bytes(keyed_get(k, "EncryptionKey")).n, 6);
	assert_true(bytes_is(keyed_class(keyed_get(k, "EncryptionKey")),
	    "NSMutableData"));
	assert_false(keyed_present(keyed_get(k, "Target")));	/* nil */
	assert_false(keyed_present(keyed_get(k, "Digest")));
	assert_int_equal(keyed_int(keyed_get(k, "Digest"), -1), -1);
	assert_int_equal(keyed_bytes(keyed_get(k, "Digest")).n, 0);
	assert_int_equal(keyed_date(keyed_get(k, "Digest")), TIME_UNSET);
	assert_all(k, keys, sizeof(keys) / sizeof(keys[0]));
	assert_all(keyed_get(k, "Mode"), keys, 3);
	assert_all(k, keys, 0);
	archive_free(&a);
}

static void
test_scalars(void **state)
{
	struct archive a;
	struct keyed k = archive_read(&a, ARCHIVE(ROOT,
	    "<dict><key>s</key>" UID("2") "<key>d</key>" UID("3")
	    "<key>u</key>" UID("4") "<key>w</key>" UID("6")
	    "<key>n</key>" UID("7") "<key>a</key>" UID("8")
	    "<key>i</key>" UID("9") "<key>b</key>" UID("10")
	    "<key>inline</key><integer>5</integer>"
	    "<key>date</key><date>2024-03-17T08:00:00Z</date></dict>"
	    "<dict><key>NS.string</key><string>mutable</string></dict>"
	    "<dict><key>NS.time</key><real>732355200.5</real></dict>"
	    "<dict><key>NS.relative</key>" UID("5") "<key>NS.base</key>"
	    UID("0") "</dict>"
	    "<string>https://example.org/x</string>"
	    "<dict><key>NS.uuidbytes</key><data>AAECAwQFBgcICQoLDA0ODw=="
	    "</data></dict>"
	    "<dict><key>NS.intval</key><integer>77</integer></dict>"
	    "<dict><key>NSString</key>" UID("2") "</dict>"
	    "<integer>123</integer>"
	    "<dict><key>NS.bytes</key><data>YnQ=</data></dict>"));

	(void)state;
	assert_true(bytes_is(keyed_bytes(keyed_get(k, "s")), "mutable"));
	assert_int_equal(keyed_date(keyed_get(k, "d")),
	    INT64_C(1710662400) * TIME_SECOND + TIME_SECOND / 2);
	assert_int_equal(keyed_date(keyed_get(k, "date")),
	    INT64_C(1710662400) * TIME_SECOND);
	assert_true(bytes_is(keyed_bytes(keyed_get(k, "u")),
	    "https://example.org/x"));
	assert_int_equal(keyed_bytes(keyed_get(k, "w")).n, 16);
	assert_int_equal(keyed_int(keyed_get(k, "n"), -1), 77);
	assert_true(bytes_is(keyed_bytes(keyed_get(k, "a")), "mutable"));
	assert_int_equal(keyed_int(keyed_get(k, "i"), -1), 123);
	assert_true(bytes_is(keyed_bytes(keyed_get(k, "b")), "bt"));
	assert_int_equal(keyed_int(keyed_get(k, "inline"), -1), 5);
	assert_int_equal(keyed_int(keyed_get(k, "s"), -1), -1);
	assert_int_equal(keyed_date(keyed_get(k, "s")), TIME_UNSET);
	assert_int_equal(keyed_bytes(keyed_get(k, "i")).n, 0);
	archive_free(&a);
}

static void
test_collections(void **state)
{
	struct archive a;
	struct keyed k = archive_read(&a, ARCHIVE(ROOT,
	    "<dict><key>NS.keys</key><array>" UID("2") UID("3") UID("4")
	    "</array><key>NS.objects</key><array>" UID("5") UID("6") UID("7")
	    "</array><key>$class</key>" UID("10") "</dict>"
	    "<string>list</string><string>set</string><string>ordered</string>"
	    "<dict><key>NS.objects</key><array>" UID("8") UID("9")
	    "</array></dict>"
	    "<dict><key>NS.objects</key><array>" UID("9") "</array></dict>"
	    "<dict><key>NS.object.0</key>" UID("9") "<key>NS.object.1</key>"
	    UID("8") "<key>NS.other</key><true/></dict>"
	    "<string>one</string><integer>2</integer>" CLASS("NSDictionary")));
	struct keyed list = keyed_get(k, "list");
	struct keyed ordered = keyed_get(k, "ordered");
	static const char *const keys[] = { "set", "list", "ordered", "none",
	    "$class" };

	(void)state;
	assert_all(k, keys, sizeof(keys) / sizeof(keys[0]));
	assert_int_equal(keyed_count(k), 3);
	assert_true(bytes_is(keyed_class(k), "NSDictionary"));
	assert_true(bytes_is(keyed_bytes(keyed_key(k, 1)), "set"));
	assert_false(keyed_present(keyed_key(k, 3)));
	assert_int_equal(keyed_count(list), 2);
	assert_true(bytes_is(keyed_bytes(keyed_at(list, 0)), "one"));
	assert_int_equal(keyed_int(keyed_at(list, 1), -1), 2);
	assert_false(keyed_present(keyed_at(list, 2)));
	assert_int_equal(keyed_count(keyed_at(k, 1)), 1);
	assert_int_equal(keyed_count(ordered), 2);
	assert_true(bytes_is(keyed_bytes(keyed_at(ordered, 1)), "one"));
	assert_false(keyed_present(keyed_at(ordered, 2)));
	assert_false(keyed_present(keyed_get(k, "other")));
	assert_int_equal(keyed_count(keyed_at(list, 0)), 0);
	archive_free(&a);
}

static void
test_roots(void **state)
{
	struct archive a;
	struct keyed k;

	(void)state;
	k = archive_read(&a, ARCHIVE("<key>other</key>" UID("2"),
	    "<true/><string>second</string>"));
	assert_true(bytes_is(keyed_bytes(k), "second"));
	archive_free(&a);
	k = archive_read(&a, ARCHIVE("", "<true/>"));
	assert_true(keyed_is(a.doc));
	assert_false(keyed_present(k));
	archive_free(&a);
	k = archive_read(&a, "<plist><dict><key>$top</key><dict/>"
	    "<key>$objects</key><array/></dict></plist>");
	assert_false(keyed_is(a.doc));
	assert_false(keyed_present(k));
	archive_free(&a);
	k = archive_read(&a, "<plist><array/></plist>");
	assert_false(keyed_is(a.doc));
	assert_false(keyed_present(k));
	archive_free(&a);
}

/* References to themselves, to each other, and to nothing. */
static void
test_astray(void **state)
{
	struct archive a;
	struct keyed k = archive_read(&a, ARCHIVE(ROOT,
	    "<dict><key>self</key>" UID("2") "<key>pair</key>" UID("3")
	    "<key>far</key>" UID("99") "<key>loop</key>" UID("5")
	    "<key>huge</key>" UID("4294967295") "<key>$class</key>" UID("2")
	    "</dict>" UID("2") UID("4") UID("3")
	    "<dict><key>NS.string</key>" UID("5") "<key>NS.keys</key>" UID("5")
	    "<key>NS.objects</key>" UID("5") "<key>$class</key>" UID("5")
	    "</dict>"));
	struct keyed loop = keyed_get(k, "loop");

	(void)state;
	assert_false(keyed_present(keyed_get(k, "self")));
	assert_false(keyed_present(keyed_get(k, "pair")));
	assert_false(keyed_present(keyed_get(k, "far")));
	assert_false(keyed_present(keyed_get(k, "huge")));
	assert_int_equal(keyed_class(k).n, 0);
	assert_true(keyed_present(loop));
	assert_int_equal(keyed_bytes(loop).n, 0);
	assert_int_equal(keyed_count(loop), 0);
	assert_int_equal(keyed_class(loop).n, 0);
	assert_false(keyed_present(keyed_get(loop, "x")));
	archive_free(&a);
}

static void
ask(struct keyed k)
{
	uint32_t i;

	(void)keyed_class(k);
	(void)keyed_bytes(keyed_get(k, "RelativePath"));
	(void)keyed_bytes(keyed_get(k, "EncryptionKey"));
	(void)keyed_int(keyed_get(k, "Mode"), 0);
	(void)keyed_date(keyed_get(k, "LastModified"));
	for (i = 0; i < keyed_count(k); i++)
		(void)keyed_bytes(keyed_at(k, i));
}

static void
test_cuts_and_flips(void **state)
{
	struct archive a;
	struct arena arena = arena_with(MIB);
	struct plist doc;
	struct gap_sink sink;
	unsigned gaps;
	uint8_t *copy;
	size_t i, n;

	(void)state;
	(void)archive_read(&a, mbfile);
	n = a.binary.n;
	for (i = 0; i < n; i++) {
		copy = test_malloc(i + 1);
		memcpy(copy, a.binary.p, i);
		doc = (struct plist){ NULL, 0 };
		gaps = 0;
		sink = (struct gap_sink){ note, &gaps };
		assert_true(plist_read(&doc, &arena, bytes_at(copy, i),
		    &sink) == ERR_KIND || gaps > 0);
		ask(keyed_root(doc));
		arena_reset(&arena);
		test_free(copy);
	}
	copy = test_malloc(n);
	memcpy(copy, a.binary.p, n);
	for (i = 0; i < n * 8; i++) {
		copy[i / 8] ^= (uint8_t)(1 << i % 8);
		doc = (struct plist){ NULL, 0 };
		(void)plist_read(&doc, &arena, bytes_at(copy, n), NULL);
		ask(keyed_root(doc));
		arena_reset(&arena);
		copy[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	test_free(copy);
	arena_free(&arena);
	archive_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mbfile),
		cmocka_unit_test(test_scalars),
		cmocka_unit_test(test_collections),
		cmocka_unit_test(test_roots),
		cmocka_unit_test(test_astray),
		cmocka_unit_test(test_cuts_and_flips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
