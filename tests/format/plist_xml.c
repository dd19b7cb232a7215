/*
 * XML property lists: other encodings, damage, entities, depth.
 */
#include "format/plist.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "plist_try.h"

#define assert_json(p, want)	assert_true(plist_try_json(p, want))

#define DICT(x)		"<plist version=\"1.0\"><dict>" x "</dict></plist>"
#define ARRAY(x)	"<plist version=\"1.0\"><array>" x "</array></plist>"

static void
test_utf16_xml(void **state)
{
	struct buf wide = buf_with(MIB);
	struct plist_try d;
	unsigned order;
	const char *s;

	(void)state;
	for (order = 0; order < 2; order++) {
		buf_reset(&wide);
		buf_text(&wide, order ? "\xff\xfe" : "\xfe\xff");
		for (s = ARRAY("<string>x</string>"); *s != '\0'; s++) {
			buf_byte(&wide, order ? (uint8_t)*s : 0);
			buf_byte(&wide, order ? 0 : (uint8_t)*s);
		}
		plist_try_read(&d, buf_bytes(&wide));
		assert_int_equal(d.err, ERR_NONE);
		assert_int_equal(d.gaps, 0);
		assert_json(d.root, "[\"x\"]");
		plist_try_free(&d);
	}
	buf_free(&wide);
}

static void
damaged(const char *xml, const char *want, unsigned gaps)
{
	struct plist_try d;

	plist_try_read(&d, bytes_of(xml));
	assert_int_equal(d.err, ERR_NONE);
	assert_int_equal(d.gaps, gaps);
	assert_json(d.root, want);
	plist_try_free(&d);
}

static void
test_damaged_xml(void **state)
{
	struct plist_try d;

	(void)state;
	damaged(ARRAY("<integer>x</integer><true/>"), "[null,true]", 1);
	damaged(ARRAY("<integer></integer><true/>"), "[null,true]", 1);
	damaged(ARRAY("<integer>18446744073709551616</integer>"), "[null]", 1);
	damaged(ARRAY("<integer>-9223372036854775809</integer>"), "[null]", 1);
	damaged(ARRAY("<integer>0x</integer>"), "[null]", 1);
	damaged(ARRAY("<integer>0x11111111111111111</integer>"), "[null]", 1);
	damaged(ARRAY("<real>1.5x</real>"), "[null]", 1);
	damaged(ARRAY("<real></real>"), "[null]", 1);
	damaged(ARRAY("<date>yesterday</date>"), "[null]", 1);
	damaged(ARRAY("<data>A*==</data>"), "[null]", 1);
	damaged(ARRAY("<data>A</data>"), "[null]", 1);
	damaged(ARRAY("<data>AA=A</data>"), "[null]", 1);
	damaged(ARRAY("<odd><true/></odd><true/>"), "[true]", 1);
	damaged(ARRAY("<string>a<b/>c</string><true/>"), "[\"ac\",true]", 1);
	damaged(ARRAY("text<true/>more"), "[true]", 1);
	damaged(ARRAY("<plist><true/></plist><false/>"), "[false]", 1);
	damaged(DICT("<key>a</key><key>b</key><true/>"),
	    "{\"a\":null,\"b\":true}", 1);
	damaged(DICT("<key>a</key>"), "{\"a\":null}", 1);
	damaged(DICT("<true/>"), "{\"\":true}", 1);
	damaged("<plist><true/><false/></plist>", "true", 1);
	damaged("<plist/>", "null", 1);
	damaged("<plist><array><true/><dict><key>k</key><string>cut",
	    "[true,{\"k\":null}]", 1);
	damaged("<plist><array><true/></dict></array></plist>", "[true]", 1);

	/* The gap names the byte. */
	plist_try_read(&d, bytes_of("\n <plist><array><true/><<"));
	assert_int_equal(d.offset, 24);
	plist_try_free(&d);
}

static void
test_entities(void **state)
{
	struct plist_try d;

	(void)state;
	damaged("<!DOCTYPE plist [<!ENTITY a \"aaaaaaaaaa\">"
	    "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
	    "<plist><string>&b;</string></plist>", "null", 1);
	damaged("<!DOCTYPE plist [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
	    "<plist><string>&x;</string></plist>", "null", 1);
	damaged("<!DOCTYPE plist SYSTEM \"x.dtd\">"
	    "<plist><string>a&x;b</string></plist>", "\"ab\"", 1);
	plist_try_read(&d, bytes_of("<plist><string>&x;</string></plist>"));
	assert_true(d.gaps > 0);
	plist_try_free(&d);
}

static void
test_deep_xml(void **state)
{
	struct buf xml = buf_with(MIB);
	struct plist_try d;
	unsigned i;

	(void)state;
	for (i = 0; i < 5000; i++)
		buf_text(&xml, "<array>");
	for (i = 0; i < 5000; i++)
		buf_text(&xml, "</array>");
	plist_try_read(&d, buf_bytes(&xml));
	assert_int_equal(d.gaps, 1);
	assert_int_equal(plist_try_height(d.root), LIMIT_DEPTH + 1);
	plist_try_free(&d);
	buf_free(&xml);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf16_xml),
		cmocka_unit_test(test_damaged_xml),
		cmocka_unit_test(test_entities),
		cmocka_unit_test(test_deep_xml),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
