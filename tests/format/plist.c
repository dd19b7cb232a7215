/*
 * Property lists of both forms: every type, damage, and lists made to hurt.
 */
#include "format/plist.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"
#include "bplist_make.h"
#include "plist_try.h"

#define assert_json(p, want)	assert_true(plist_try_json(p, want))

/* Reads XML, and the same compiled, and expects one JSON of both. */
static void
both(const char *xml, const char *want)
{
	struct buf made = buf_with(MIB);
	const char *why;
	struct plist_try d;

	plist_try_read(&d, bytes_of(xml));
	assert_int_equal(d.err, ERR_NONE);
	assert_string_equal(d.why, "");
	assert_json(d.root, want);
	plist_try_free(&d);

	assert_true(bplist_from_xml(&made, bytes_of(xml), &why));
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.err, ERR_NONE);
	assert_string_equal(d.why, "");
	assert_json(d.root, want);
	plist_try_free(&d);
	buf_free(&made);
}

#define DICT(x)		"<plist version=\"1.0\"><dict>" x "</dict></plist>"
#define ARRAY(x)	"<plist version=\"1.0\"><array>" x "</array></plist>"

static void
test_both_forms(void **state)
{
	(void)state;
	both(ARRAY(""), "[]");
	both(DICT(""), "{}");
	both("<string>alone</string>", "\"alone\"");
	both(ARRAY("<true/><false/><true></true>"), "[true,false,true]");
	both(ARRAY("<integer>0</integer><integer>255</integer>"
	    "<integer>256</integer><integer>65536</integer>"
	    "<integer>4294967295</integer><integer>4294967296</integer>"),
	    "[0,255,256,65536,4294967295,4294967296]");
	both(ARRAY("<integer>-1</integer><integer>+7</integer>"
	    "<integer>-9223372036854775808</integer>"
	    "<integer>9223372036854775807</integer>"
	    "<integer>18446744073709551615</integer>"
	    "<integer>0x1F</integer><integer>-0Xff</integer>"),
	    "[-1,7,-9223372036854775808,9223372036854775807,"
	    "18446744073709551615,31,-255]");
	both(ARRAY("<real>1.5</real><real>-0.25</real><real>1e3</real>"
	    "<real>nan</real><real>inf</real>"),
	    "[1.5,-0.25,1000,null,null]");
	both(ARRAY("<date>2024-03-17T08:00:00Z</date>"
	    "<date>2001-01-01T00:00:00Z</date>"
	    "<date>1999-12-31T23:59:59Z</date>"),
	    "[\"2024-03-17T08:00:00.000000Z\",\"2001-01-01T00:00:00.000000Z\","
	    "\"1999-12-31T23:59:59.000000Z\"]");
	both(ARRAY("<data></data><data>AA==</data><data>\n\tAAEC\n\tAw==\n"
	    "</data>"), "[\"\",\"AA==\",\"AAECAw==\"]");
	both(ARRAY("<string></string><string/><string>a&amp;b</string>"
	    "<string>caf\xc3\xa9 \xf0\x9f\x98\x80</string>"),
	    "[\"\",\"\",\"a&b\",\"caf\xc3\xa9 \xf0\x9f\x98\x80\"]");
	both(ARRAY("<dict><key>CF$UID</key><integer>300</integer></dict>"
	    "<dict><key>CF$UID</key><integer>3</integer>"
	    "<key>x</key><true/></dict>"),
	    "[300,{\"CF$UID\":3,\"x\":true}]");
	both(DICT("<key>b</key><dict><key>x</key><array><integer>1</integer>"
	    "<string>b</string></array></dict><key>a</key><true/>"),
	    "{\"b\":{\"x\":[1,\"b\"]},\"a\":true}");
}

static void
test_many_members(void **state)
{
	struct buf xml = buf_with(MIB), made = buf_with(MIB);
	struct plist_try d;
	unsigned i;

	(void)state;
	buf_text(&xml, "<plist><array>");
	for (i = 0; i < 70000; i++)
		buf_text(&xml, i % 2 ? "<true/>" : "<false/>");
	buf_text(&xml, "<integer>5</integer></array></plist>");
	assert_true(bplist_from_xml(&made, buf_bytes(&xml), NULL));
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.gaps, 0);
	assert_int_equal(plist_count(d.root), 70001);
	assert_int_equal(plist_int(plist_at(d.root, 69999), -1), 1);
	assert_int_equal(plist_int(plist_at(d.root, 70000), -1), 5);
	plist_try_free(&d);
	buf_free(&xml);
	buf_free(&made);
}

static void
test_questions(void **state)
{
	struct plist_try d;
	struct plist none = { NULL, 0 };

	(void)state;
	plist_try_read(&d, bytes_of(DICT("<key>n</key><integer>7</integer>"
	    "<key>r</key><real>2</real><key>h</key><real>2.5</real>"
	    "<key>t</key><string>text</string><key></key><true/>"
	    "<key>w</key><date>2024-03-17T08:00:00Z</date>"
	    "<key>l</key><array><dict><key>k</key><string>deep</string></dict>"
	    "</array><key>big</key><integer>18446744073709551615</integer>")));
	assert_int_equal(plist_count(d.root), 8);
	assert_int_equal(plist_int(plist_get(d.root, "n"), -1), 7);
	assert_int_equal(plist_int(plist_get(d.root, "r"), -1), 2);
	assert_int_equal(plist_int(plist_get(d.root, "h"), -1), -1);
	assert_int_equal(plist_int(plist_get(d.root, "t"), -1), -1);
	assert_int_equal(plist_int(plist_get(d.root, "big"), -1), -1);
	assert_true(plist_real(plist_get(d.root, "big"), 0) > 1.8e19);
	assert_true(plist_real(plist_get(d.root, "h"), 0) == 2.5);
	assert_true(plist_real(plist_get(d.root, "n"), 0) == 7);
	assert_true(plist_real(plist_get(d.root, "t"), -1) == -1);
	assert_int_equal(plist_int(plist_get(d.root, ""), -1), 1);
	assert_int_equal(plist_date(plist_get(d.root, "w")),
	    INT64_C(1710662400) * TIME_SECOND);
	assert_int_equal(plist_date(plist_get(d.root, "n")), TIME_UNSET);
	assert_true(bytes_is(plist_bytes(plist_path(d.root, "l.0.k")), "deep"));
	assert_false(plist_is(plist_path(d.root, "l.1.k")));
	assert_false(plist_is(plist_path(d.root, "l.x")));
	assert_false(plist_is(plist_path(d.root, "l.99999999999999999999")));
	assert_false(plist_is(plist_path(d.root, "n.0")));
	assert_true(bytes_is(plist_key(d.root, 3), "t"));
	assert_int_equal(plist_key(d.root, 8).n, 0);
	assert_false(plist_is(plist_at(d.root, 8)));
	assert_false(plist_is(plist_get(d.root, "missing")));
	assert_false(plist_is(plist_get(none, "x")));
	assert_int_equal(plist_type(none), PLIST_NONE);
	assert_int_equal(plist_count(none), 0);
	assert_int_equal(plist_int(none, 5), 5);
	assert_int_equal(plist_bytes(none).n, 0);
	assert_json(none, "null");
	plist_try_free(&d);
}

static void
test_val(void **state)
{
	struct plist_try d;
	struct val v;

	(void)state;
	plist_try_read(&d, bytes_of(ARRAY("<integer>7</integer><real>2.5</real>"
	    "<true/><date>2024-03-17T08:00:00Z</date><string>s</string>"
	    "<data>AAE=</data><array><true/></array>"
	    "<integer>18446744073709551615</integer>")));
	v = plist_val(plist_at(d.root, 0), &d.arena);
	assert_true(v.type == VAL_INT && v.i == 7);
	v = plist_val(plist_at(d.root, 1), &d.arena);
	assert_true(v.type == VAL_REAL && v.r == 2.5);
	v = plist_val(plist_at(d.root, 2), &d.arena);
	assert_true(v.type == VAL_BOOL && v.i == 1);
	v = plist_val(plist_at(d.root, 3), &d.arena);
	assert_true(v.type == VAL_TIME &&
	    v.i == INT64_C(1710662400) * TIME_SECOND);
	v = plist_val(plist_at(d.root, 4), &d.arena);
	assert_true(v.type == VAL_TEXT && bytes_is(v.bytes, "s"));
	v = plist_val(plist_at(d.root, 5), &d.arena);
	assert_true(v.type == VAL_BLOB && v.bytes.n == 2 && v.bytes.p[1] == 1);
	v = plist_val(plist_at(d.root, 6), &d.arena);
	assert_true(v.type == VAL_JSON && bytes_is(v.bytes, "[true]"));
	v = plist_val(plist_at(d.root, 7), &d.arena);
	assert_true(v.type == VAL_REAL && v.r > 1.8e19);
	v = plist_val(plist_at(d.root, 99), &d.arena);
	assert_int_equal(v.type, VAL_UNSET);
	plist_try_free(&d);
}

/* One binary object between head and trailer; its JSON, or NULL for a gap. */
static void
object(const char *bytes, size_t n, const char *want)
{
	struct buf made = buf_with(MIB);
	struct bplist_make m = bplist_make_over(&made);
	unsigned members[2];
	struct plist_try d;

	members[0] = bplist_make_add(&m, bytes, n);
	members[1] = bplist_make_text(&m, "beside");
	bplist_make_end(&m, bplist_make_array(&m, members, 2));
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.err, ERR_NONE);
	assert_int_equal(d.gaps, want == NULL ? 1 : 0);
	if (want == NULL)
		assert_int_equal(plist_type(plist_at(d.root, 0)), PLIST_NONE);
	else
		assert_json(plist_at(d.root, 0), want);
	assert_json(plist_at(d.root, 1), "\"beside\"");
	plist_try_free(&d);
	buf_free(&made);
}
#define OBJECT(bytes, want)	object(bytes, sizeof(bytes) - 1, want)

static void
test_binary_objects(void **state)
{
	(void)state;
	OBJECT("\x00", "null");
	OBJECT("\x0f", "null");
	OBJECT("\x13\xff\xff\xff\xff\xff\xff\xff\xfe", "-2");
	OBJECT("\x10\xff", "255");
	OBJECT("\x14\0\0\0\0\0\0\0\0\x80\0\0\0\0\0\0\0", "9223372036854775808");
	OBJECT("\x14\xff\xff\xff\xff\xff\xff\xff\xff"
	    "\xff\xff\xff\xff\xff\xff\xff\xff", "-1");
	OBJECT("\x14\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0", NULL);
	OBJECT("\x14\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0\0\0\0\0", NULL);
	OBJECT("\x15\0", NULL);
	OBJECT("\x22\x3f\xc0\0\0", "1.5");
	OBJECT("\x23\x3f\xf8\0\0\0\0\0\0", "1.5");
	OBJECT("\x21\0\0", NULL);
	OBJECT("\x33\0\0\0\0\0\0\0\0", "\"2001-01-01T00:00:00.000000Z\"");
	OBJECT("\x33\x7f\xf8\0\0\0\0\0\0", "null");
	OBJECT("\x33\x7e\x37\xe4\x3c\x88\0\x75\x9c", "null");
	OBJECT("\x32\0\0\0\0", NULL);
	OBJECT("\x40", "\"\"");
	OBJECT("\x42\x00\xff", "\"AP8=\"");
	OBJECT("\x50", "\"\"");
	OBJECT("\x54" "caf\xe9", "\"caf\xc3\xa9\"");	/* Latin-1 */
	OBJECT("\x55" "caf\xc3\xa9", "\"caf\xc3\xa9\"");
	OBJECT("\x60", "\"\"");
	OBJECT("\x62\0\xe9\x20\xac", "\"\xc3\xa9\xe2\x82\xac\"");
	OBJECT("\x62\xd8\x3d\xde\x00", "\"\xf0\x9f\x98\x80\"");
	OBJECT("\x61\xd8\x3d", "\"\xef\xbf\xbd\"");
	OBJECT("\x62\xd8\x3d\0A", "\"\xef\xbf\xbd" "A\"");
	OBJECT("\x62\xde\0\0A", "\"\xef\xbf\xbd" "A\"");
	OBJECT("\x62\xde\0\xde\0", "\"\xef\xbf\xbd\xef\xbf\xbd\"");
	OBJECT("\x80\x05", "5");
	OBJECT("\x81\x01\x00", "256");
	OBJECT("\x84\x01\0\0\0\0", NULL);
	OBJECT("\x88\0\0\0\0\0\0\0\0\x05", NULL);
	OBJECT("\xa1\x01", "[\"beside\"]");
	OBJECT("\xb1\x01", "[\"beside\"]");
	OBJECT("\xc1\x01", "[\"beside\"]");
	OBJECT("\xd1\x01\x01", "{\"beside\":\"beside\"}");
	OBJECT("\x4f\x10\x01" "x", "\"eA==\"");
	OBJECT("\x5f\x11\x00\x01" "x", "\"x\"");
	OBJECT("\xaf\x12\0\0\0\x01\x01", "[\"beside\"]");
	OBJECT("\x5f\x50", NULL);		/* a length that is no integer */
	OBJECT("\x5f\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", NULL);
	OBJECT("\x5f\x13\xff\xff\xff\xff\xff\xff\xff\xff", NULL);
	OBJECT("\x6f\x13\x80\0\0\0\0\0\0\0", NULL);
	OBJECT("\xaf\x13\x7f\xff\xff\xff\xff\xff\xff\xff", NULL);
	OBJECT("\xdf\x13\x7f\xff\xff\xff\xff\xff\xff\xff", NULL);
	OBJECT("\x70", NULL);
	OBJECT("\x90", NULL);
	OBJECT("\xe0", NULL);
	OBJECT("\xf0", NULL);
	OBJECT("\x0c", NULL);
}

static void
test_binary_members(void **state)
{
	struct buf made = buf_with(MIB);
	struct bplist_make m = bplist_make_over(&made);
	struct plist_try d;

	(void)state;
	bplist_make_add(&m, "\xa3\x01\x09\x02", 4);	/* 9 is no object */
	bplist_make_text(&m, "one");
	bplist_make_add(&m, "\xd2\x01\x03\x01\x03", 5);	/* 3 is no key */
	bplist_make_add(&m, "\x10\x07", 2);
	bplist_make_end(&m, 0);
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.gaps, 2);
	assert_int_equal(d.offset, 8);
	assert_json(d.root, "[\"one\",null,{\"one\":\"one\",\"\":7}]");
	plist_try_free(&d);
	buf_free(&made);
}

/* Wide offsets and references say the same as narrow ones. */
static void
test_widths(void **state)
{
	struct buf made = buf_with(MIB);
	struct bplist_make m;
	struct plist_try d;
	unsigned o, r;
	unsigned member[1];

	(void)state;
	for (o = 1; o <= 8; o++) {
		for (r = 1; r <= 8; r++) {
			buf_reset(&made);
			m = bplist_make_over(&made);
			m.offset_width = o;
			m.ref_width = r;
			member[0] = bplist_make_text(&m, "x");
			bplist_make_end(&m, bplist_make_array(&m, member, 1));
			plist_try_read(&d, buf_bytes(&made));
			assert_int_equal(d.gaps, 0);
			assert_json(d.root, "[\"x\"]");
			plist_try_free(&d);
		}
	}
	buf_free(&made);
}

/* Each bad end of a list is a gap and no root. */
static void
trailer(size_t from_end, uint8_t value)
{
	struct buf made = buf_with(MIB);
	struct bplist_make m = bplist_make_over(&made);
	struct plist_try d;

	bplist_make_text(&m, "root");
	bplist_make_end(&m, 0);
	made.p[made.n - from_end] = value;
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.err, ERR_NONE);
	assert_true(d.gaps > 0);
	assert_false(plist_is(d.root));
	plist_try_free(&d);
	buf_free(&made);
}

static void
test_trailer(void **state)
{
	(void)state;
	trailer(26, 0);		/* width of offsets */
	trailer(26, 9);
	trailer(25, 0);		/* width of references */
	trailer(25, 9);
	trailer(24, 0x80);	/* number of objects */
	trailer(17, 0);
	trailer(17, 2);
	trailer(16, 0x80);	/* root */
	trailer(9, 1);
	trailer(8, 0x80);	/* where the table lies */
	trailer(1, 7);
	trailer(1, 0xff);
}

/* Bytes between the table and the trailer: told, and the rest is read. */
static void
test_trailer_apart(void **state)
{
	struct buf made = buf_with(MIB);
	struct bplist_make m = bplist_make_over(&made);
	struct plist_try d;

	(void)state;
	bplist_make_text(&m, "root");
	bplist_make_end(&m, 0);
	buf_byte(&made, 0);
	memmove(made.p + made.n - 32, made.p + made.n - 33, 32);
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.gaps, 1);
	assert_json(d.root, "\"root\"");
	plist_try_free(&d);
	buf_free(&made);
}

static void
test_offsets_astray(void **state)
{
	struct buf made = buf_with(MIB);
	struct bplist_make m = bplist_make_over(&made);
	unsigned members[3];
	struct plist_try d;

	(void)state;
	members[0] = bplist_make_text(&m, "lost");
	members[1] = bplist_make_text(&m, "kept");
	members[2] = bplist_make_text(&m, "lost");
	bplist_make_array(&m, members, 3);
	m.offsets[0] = 7;		/* in the head */
	m.offsets[2] = 0xff;		/* past the objects */
	bplist_make_end(&m, 3);
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.gaps, 2);
	assert_json(d.root, "[null,\"kept\",null]");
	plist_try_free(&d);
	buf_free(&made);
}

/* 30 arrays of two, each holding the next twice: 154 bytes that stand for a
   thousand million members. */
static void
test_bomb(void **state)
{
	struct buf made = buf_with(MIB), out = buf_with(GIB);
	struct bplist_make m = bplist_make_over(&made);
	unsigned char array[3] = { 0xa2, 0, 0 };
	struct plist p;
	struct plist_try d;
	unsigned i;
	struct val v;

	(void)state;
	for (i = 0; i < 28; i++) {
		array[1] = array[2] = (unsigned char)(i + 1);
		bplist_make_add(&m, array, sizeof(array));
	}
	bplist_make_add(&m, "\x09", 1);
	bplist_make_end(&m, 0);
	assert_int_equal(made.n, 154);
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.gaps, 0);
	assert_true(d.arena.used < 2048);
	for (p = d.root; plist_type(p) == PLIST_ARRAY; p = plist_at(p, 1))
		assert_int_equal(plist_count(p), 2);
	assert_int_equal(plist_int(p, 0), 1);
	plist_json(d.root, &out);
	assert_true(out.bad);
	assert_true(out.n < 8 * MIB);
	buf_free(&out);
	out = buf_with(1000);
	plist_json(d.root, &out);
	assert_true(out.bad);
	assert_true(out.n <= 1000);
	buf_free(&out);
	v = plist_val(d.root, &d.arena);
	assert_int_equal(v.type, VAL_JSON);
	assert_true(bytes_is(v.bytes, "\"too large to show\""));
	plist_try_free(&d);
	buf_free(&made);
}

/* What nothing leads to was lost by a container: a gap, once. */
static void
test_strays(void **state)
{
	struct buf b = buf_with(KIB);
	struct bplist_make m = bplist_make_over(&b);
	struct plist_try t;
	unsigned pair[2];

	(void)state;
	(void)bplist_make_text(&m, "lost");
	(void)bplist_make_text(&m, "lost too");
	pair[0] = bplist_make_text(&m, "key");
	pair[1] = bplist_make_text(&m, "value");
	bplist_make_end(&m, bplist_make_dict(&m, pair, 1));
	plist_try_read(&t, buf_bytes(&b));
	assert_int_equal(t.err, ERR_NONE);
	assert_true(plist_try_json(t.root, "{\"key\":\"value\"}"));
	assert_int_equal(t.gaps, 1);
	assert_int_equal(t.offset, 8);
	assert_non_null(strstr(t.why, "and to 1 more"));
	plist_try_free(&t);
	buf_free(&b);
}

/* Apple's own writer leaves truth values that nothing leads to: no gap. */
static void
test_left_behind(void **state)
{
	struct buf b = buf_with(KIB);
	struct bplist_make m = bplist_make_over(&b);
	struct plist_try t;
	unsigned pair[2];

	(void)state;
	(void)bplist_make_add(&m, "\x08", 1);
	(void)bplist_make_add(&m, "\x09", 1);
	pair[0] = bplist_make_text(&m, "key");
	pair[1] = bplist_make_text(&m, "value");
	bplist_make_end(&m, bplist_make_dict(&m, pair, 1));
	plist_try_read(&t, buf_bytes(&b));
	assert_true(plist_try_json(t.root, "{\"key\":\"value\"}"));
	assert_int_equal(t.gaps, 0);
	plist_try_free(&t);
	buf_free(&b);
}

static void
test_cycles(void **state)
{
	struct buf made = buf_with(MIB);
	struct bplist_make m = bplist_make_over(&made);
	struct plist_try d;

	(void)state;
	bplist_make_add(&m, "\xa2\x00\x01", 3);		/* holds itself */
	bplist_make_add(&m, "\xd1\x02\x03", 3);
	bplist_make_text(&m, "k");
	bplist_make_add(&m, "\xa3\x01\x00\x02", 4);	/* both above */
	bplist_make_end(&m, 0);
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.gaps, 3);
	assert_json(d.root, "[null,{\"k\":[null,null,\"k\"]}]");
	plist_try_free(&d);
	buf_free(&made);
}

/* A chain of n arrays; every array also holds `last`, so that a part is first
   met near the root and then again far below. */
static void
chain(struct buf *made, unsigned n)
{
	struct bplist_make m = bplist_make_over(made);
	unsigned i, members[2];

	m.ref_width = m.offset_width = 2;
	for (i = 0; i < n; i++) {
		members[0] = n;
		members[1] = i + 1 < n ? i + 1 : n;
		bplist_make_array(&m, members, 2);
	}
	bplist_make_array(&m, members, 0);
	bplist_make_end(&m, 0);
}

static void
test_depth(void **state)
{
	struct buf made = buf_with(MIB);
	struct plist_try d;

	(void)state;
	chain(&made, LIMIT_DEPTH - 1);
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.gaps, 0);
	assert_int_equal(plist_try_height(d.root), LIMIT_DEPTH);
	plist_try_free(&d);
	buf_reset(&made);
	chain(&made, LIMIT_DEPTH);
	plist_try_read(&d, buf_bytes(&made));
	assert_true(d.gaps > 0);
	/* one more for the none that stands for the rest */
	assert_int_equal(plist_try_height(d.root), LIMIT_DEPTH + 1);
	plist_try_free(&d);
	buf_reset(&made);
	chain(&made, 4000);
	plist_try_read(&d, buf_bytes(&made));
	assert_true(d.gaps > 0);
	assert_true(plist_try_height(d.root) <= LIMIT_DEPTH + 1);
	plist_try_free(&d);
	buf_free(&made);
}

/* An array of n levels, the deepest holding `last`. */
static unsigned
tower(struct bplist_make *m, unsigned n, unsigned last)
{
	while (n-- > 0)
		last = bplist_make_array(m, &last, 1);
	return last;
}

/* A part that was read where it lies shallow is named again deep down. */
static void
test_depth_shared(void **state)
{
	struct buf made = buf_with(MIB);
	struct bplist_make m = bplist_make_over(&made);
	unsigned members[3];
	struct plist_try d;

	(void)state;
	members[0] = tower(&m, 30, bplist_make_text(&m, "x"));
	members[1] = bplist_make_array(&m, &members[0], 1);
	members[2] = tower(&m, 40, members[1]);
	bplist_make_end(&m, bplist_make_array(&m, members, 3));
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.gaps, 1);
	assert_int_equal(plist_try_height(plist_at(d.root, 0)), 31);
	assert_int_equal(plist_try_height(plist_at(d.root, 1)), 32);
	assert_int_equal(plist_try_height(plist_at(d.root, 2)), 41);
	plist_try_free(&d);
	buf_free(&made);
}

/* Four thousand arrays that all claim the same members. */
static void
test_overlap(void **state)
{
	struct buf made = buf_with(MIB);
	struct bplist_make m = bplist_make_over(&made);
	unsigned members[1000] = { 0 };
	unsigned i;
	struct plist_try d;

	(void)state;
	m.ref_width = m.offset_width = 2;
	bplist_make_array(&m, members, 1000);
	for (i = 1; i < 4000; i++) {
		m.offsets[i] = m.offsets[0];
		m.n++;
	}
	bplist_make_end(&m, 0);
	plist_try_read(&d, buf_bytes(&made));
	assert_int_equal(d.gaps, 3999 + 1000);
	assert_true(d.arena.used < 128 * KIB);
	plist_try_free(&d);
	buf_free(&made);
}

static const char sample_xml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
    "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
    "<plist version=\"1.0\"><dict><key>a</key><string>caf\xc3\xa9</string>"
    "<!-- note --><key>b</key><array><integer>-5</integer><real>0.5</real>"
    "<date>2024-03-17T08:00:00Z</date><data>AAEC</data>"
    "<string><![CDATA[<raw>]]></string></array><key>c</key><dict>"
    "<key>CF$UID</key><integer>2</integer></dict></dict></plist>\n";

/* Asks everything, so that a sanitizer sees what a question would touch. */
static void
visit(struct plist p, unsigned depth)
{
	uint32_t i;

	assert_true(depth <= LIMIT_DEPTH);
	if (plist_type(p) == PLIST_TEXT)
		assert_true(text_utf8(plist_bytes(p)));
	for (i = 0; i < plist_count(p); i++) {
		assert_true(text_utf8(plist_key(p, i)));
		visit(plist_at(p, i), depth + 1);
	}
}

static void
cuts_and_flips(struct bytes whole, size_t least)
{
	uint8_t *copy;
	struct plist_try d;
	size_t i;

	for (i = 0; i < whole.n; i++) {
		/* A copy of its own size, so that a sanitizer sees its end. */
		copy = test_malloc(i + 1);
		memcpy(copy, whole.p, i);
		plist_try_read(&d, bytes_at(copy, i));
		assert_true(i >= least || d.gaps > 0 || d.err == ERR_KIND);
		visit(d.root, 0);
		plist_try_free(&d);
		test_free(copy);
	}
	copy = test_malloc(whole.n);
	memcpy(copy, whole.p, whole.n);
	for (i = 0; i < whole.n * 8; i++) {
		copy[i / 8] ^= (uint8_t)(1 << i % 8);
		plist_try_read(&d, bytes_at(copy, whole.n));
		visit(d.root, 0);
		plist_try_free(&d);
		copy[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	test_free(copy);
}

static void
test_cuts_and_flips(void **state)
{
	struct buf made = buf_with(MIB);
	size_t end = sizeof(sample_xml) - 1;

	(void)state;
	assert_true(bplist_from_xml(&made, bytes_of(sample_xml), NULL));
	cuts_and_flips(buf_bytes(&made), made.n);
	/* Without its last line end it is still whole. */
	cuts_and_flips(bytes_of(sample_xml), end - 1);
	buf_free(&made);
}

static void
test_limits(void **state)
{
	struct buf big = buf_with(64 * MIB);
	struct bplist_make m;
	struct plist_try d;
	uint32_t i;

	(void)state;
	/* More XML nodes than are read. */
	buf_text(&big, "<plist><array>");
	for (i = 0; i < LIMIT_PLIST_NODES + 10; i++)
		buf_text(&big, "<true/>");
	buf_text(&big, "</array></plist>");
	plist_try_read(&d, buf_bytes(&big));
	assert_int_equal(d.gaps, 1);
	assert_int_equal(plist_count(d.root), LIMIT_PLIST_NODES - 1);
	plist_try_free(&d);

	/* More objects than are read; the last one is asked for. */
	buf_reset(&big);
	m = bplist_make_over(&big);
	m.ref_width = 4;
	bplist_make_add(&m, "\xa2\x00\x00\x00\x01\x00\x08\x00\x00", 9);
	bplist_make_text(&m, "x");
	for (i = 0; i < 0x80010; i++)
		buf_byte(&big, i == 0 ? 8 : 17);
	for (i = 0; i < 32; i++)
		buf_byte(&big, 0);
	big.p[big.n - 26] = 1;
	big.p[big.n - 25] = 4;
	big.p[big.n - 22] = 0;
	big.p[big.n - 19] = 0x08;
	big.p[big.n - 17] = 0x10;
	big.p[big.n - 1] = 19;
	plist_try_read(&d, buf_bytes(&big));
	assert_true(d.gaps >= 1);
	assert_json(d.root, "[\"x\",null]");
	plist_try_free(&d);

	/* More bytes than are read. */
	buf_reset(&big);
	buf_text(&big, "bplist00");
	assert_non_null(buf_room(&big, LIMIT_PLIST_BYTES));
	memset(big.p + big.n, 0, LIMIT_PLIST_BYTES);
	big.n += LIMIT_PLIST_BYTES;
	plist_try_read(&d, buf_bytes(&big));
	assert_int_equal(d.err, ERR_NONE);
	assert_int_equal(d.gaps, 1);
	assert_false(plist_is(d.root));
	plist_try_free(&d);
	buf_free(&big);
}

/* With any smaller arena: all or ERR_MEMORY, and no root then. */
static void
test_memory(void **state)
{
	struct buf made = buf_with(MIB);
	struct plist root;
	struct arena arena;
	size_t limit;
	unsigned form, failed = 0;
	enum err err;

	(void)state;
	assert_true(bplist_from_xml(&made, bytes_of(sample_xml), NULL));
	for (form = 0; form < 2; form++) {
		for (limit = 0; limit < 8192; limit += 16) {
			arena = arena_with(limit);
			root = (struct plist){ NULL, 0 };
			err = plist_read(&root, &arena, form ?
			    bytes_of(sample_xml) : buf_bytes(&made), NULL);
			assert_true(err == ERR_NONE || err == ERR_MEMORY);
			assert_int_equal(plist_is(root), err == ERR_NONE);
			failed += err == ERR_MEMORY;
			arena_free(&arena);
		}
		assert_int_equal(err, ERR_NONE);
	}
	assert_true(failed > 50);
	buf_free(&made);
}

static void
test_kind(void **state)
{
	static const char *const others[] = {
		"", "b", "bplist", "bplist15xxxxxxxx", "{ a = b; }", "SQLite",
		"<html><body/></html>", "<?xml version=\"1.0\"?><svg/>",
	};
	struct plist_try d;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		plist_try_read(&d, bytes_of(others[i]));
		assert_int_equal(d.err, ERR_KIND);
		assert_false(plist_is(d.root));
		plist_try_free(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_forms),
		cmocka_unit_test(test_many_members),
		cmocka_unit_test(test_questions),
		cmocka_unit_test(test_val),
		cmocka_unit_test(test_binary_objects),
		cmocka_unit_test(test_binary_members),
		cmocka_unit_test(test_widths),
		cmocka_unit_test(test_trailer),
		cmocka_unit_test(test_trailer_apart),
		cmocka_unit_test(test_offsets_astray),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_strays),
		cmocka_unit_test(test_left_behind),
		cmocka_unit_test(test_cycles),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_depth_shared),
		cmocka_unit_test(test_overlap),
		cmocka_unit_test(test_cuts_and_flips),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
