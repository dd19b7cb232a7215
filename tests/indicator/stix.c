/*
 * Objects of a bundle: what is read, and that one bad object costs only itself.
 */
#include "indicator/bundle.h"

#include "indicator/stix.h"

/* All objects as "id!" or "id: fault!", and the bundle's fault. */
static void
show(struct buf *to, const char *text, struct arena *arena)
{
	struct stix s = stix_over(bytes_of(text), arena);
	struct stix_object o;

	while (stix_next(&s, &o)) {
		if (o.id.n > 0)
			buf_add(to, o.id);
		else
			buf_printf(to, "%u", o.number);
		if (o.fault != NULL)
			buf_printf(to, ": %s", o.fault);
		buf_byte(to, '!');
	}
	if (!s.whole)
		buf_printf(to, " %zu %s", s.json.cur.at, s.fault);
}

#define assert_objects(text, want)	check(text, want, __LINE__)

static void
check(const char *text, const char *want, int line)
{
	struct arena arena = arena_with(16 * MIB);
	struct buf b = buf_with(MIB);

	show(&b, text, &arena);
	if (!bytes_is(buf_bytes(&b), want)) {
		print_error("%s\n is \"%.*s\"\nnot \"%s\"\n", text, (int)b.n,
		    b.p, want);
		_fail(__FILE__, line);
	}
	buf_free(&b);
	arena_free(&arena);
}

#define BUNDLE	"{\"type\":\"bundle\",\"objects\":["
#define GOOD	"{\"type\":\"x\",\"id\":\"good\"}"

static void
bundles(void **state)
{
	(void)state;
	assert_objects(BUNDLE GOOD "]}", "good!");
	assert_objects(BUNDLE GOOD "," GOOD "],\"id\":\"b\"}", "good!good!");
	assert_objects("{\"objects\":[" GOOD "],\"more\":false}", "good!");
	assert_objects("\xef\xbb\xbf" BUNDLE "]}", "");
	assert_objects("{\"type\":\"bundle\"}", "");
	assert_objects("{\"spec_version\":\"2.0\",\"objects\":[" GOOD
	    "],\"type\":\"bundle\"}", "good!");
	assert_objects("[]", " 1 this is no STIX bundle");
	assert_objects("", " 0 the document is cut short");
	assert_objects("{\"type\":\"grapes\",\"objects\":[" GOOD "]}",
	    " 16 this is no STIX bundle");
	assert_objects("{\"type\":\"bundle\",\"objects\":{}}",
	    " 28 objects is not a list");
	assert_objects(BUNDLE GOOD "]} x", "good! 55 something follows the end");
	assert_objects(BUNDLE GOOD "],}", "good! 54 a key is none");
	assert_objects(BUNDLE GOOD, "good! 52 the document is cut short");
	assert_objects(BUNDLE GOOD ",{\"type\":\"x\",\"id\":\"b",
	    "good! 70 a text is cut short");
}

static void
one_bad_object_costs_only_itself(void **state)
{
	(void)state;
	assert_objects(BUNDLE "1," GOOD "]}", "0: it is no object!good!");
	assert_objects(BUNDLE "[[{\"a\":[1]}]]," GOOD "]}",
	    "0: it is no object!good!");
	assert_objects(BUNDLE "{\"id\":\"a\"}," GOOD "]}",
	    "a: it has no type!good!");
	assert_objects(BUNDLE "{\"type\":\"a\"}," GOOD "]}",
	    "0: it has no id!good!");
	assert_objects(BUNDLE "{\"type\":\"x\",\"id\":\"a\",\"id\":\"b\"},"
	    GOOD "]}", "a: a property occurs twice!good!");
	assert_objects(BUNDLE "{\"type\":\"x\",\"id\":{\"a\":[{}]}}," GOOD
	    "]}", "0: id is not a text!good!");
	assert_objects(BUNDLE "{\"type\":\"x\",\"id\":\"a\",\"modified\":1},"
	    GOOD "]}", "a: modified is not a time!good!");
	assert_objects(BUNDLE "{\"type\":\"x\",\"id\":\"a\",\"valid_until\":"
	    "\"soon\"}," GOOD "]}", "a: valid_until is not a time!good!");
	assert_objects(BUNDLE "{\"type\":\"x\",\"id\":\"a\",\"revoked\":[0]},"
	    GOOD "]}", "a: revoked is neither true nor false!good!");
	assert_objects(BUNDLE "{\"type\":\"x\",\"id\":\"a\",\"object_refs\":"
	    "[\"b\",{\"c\":1}]}," GOOD "]}",
	    "a: object_refs is not a list of texts!good!");
	assert_objects(BUNDLE "{\"type\":\"x\",\"id\":\"a\","
	    "\"external_references\":{\"url\":\"b\"}}," GOOD "]}",
	    "a: external_references is not a list of objects!good!");
	assert_objects(BUNDLE "{\"type\":\"x\",\"id\":\"a\","
	    "\"external_references\":[{\"url\":[{\"a\":[]}],\"b\":{}}]},"
	    GOOD "]}", "a!good!");
	assert_objects(BUNDLE "{\"type\":\"x\",\"id\":\"a\",\"zz\":{\"id\":"
	    "[{\"type\":2}]}}," GOOD "]}", "a!good!");
}

static void
what_is_read_of_an_object(void **state)
{
	static const char text[] = BUNDLE
	    "{\"type\":\"report\",\"id\":\"r\",\"name\":\"N\\u00e9\","
	    "\"created\":\"2026-01-01T00:00:00Z\",\"revoked\":true,"
	    "\"object_refs\":[\"a\",\"b\"],\"external_references\":["
	    "{\"source_name\":\"s\"},{\"url\":\"u1\"},{\"url\":\"u2\"}]},"
	    "{\"type\":\"indicator\",\"id\":\"i\",\"pattern\":\"p\","
	    "\"pattern_type\":\"yara\",\"created\":\"2026-01-01T00:00:00Z\","
	    "\"modified\":\"2026-01-02T00:00:00.5Z\","
	    "\"valid_from\":\"2026-01-03T00:00:00Z\","
	    "\"valid_until\":\"2026-01-04T00:00:00Z\"},"
	    "{\"type\":\"relationship\",\"id\":\"l\",\"source_ref\":\"i\","
	    "\"target_ref\":\"r\",\"relationship_type\":\"indicates\"}]}";
	struct arena arena = arena_with(MIB);
	struct stix s = stix_over(bytes_of(text), &arena);
	struct stix_object o;

	(void)state;
	assert_true(stix_next(&s, &o));
	assert_null(o.fault);
	bundle_text(o.name, "N\xc3\xa9");
	bundle_text(o.url, "u1");
	assert_int_equal(o.nrefs, 2);
	bundle_text(o.refs[1], "b");
	assert_true(o.revoked);
	assert_int_equal(o.modified, time_read(bytes_of("2026-01-01T00:00:00Z")));
	assert_int_equal(o.offset, sizeof(BUNDLE) - 1);
	assert_true(stix_next(&s, &o));
	assert_null(o.fault);
	bundle_text(o.pattern, "p");
	bundle_text(o.pattern_type, "yara");
	assert_false(o.revoked);
	assert_int_equal(o.modified, time_read(bytes_of(
	    "2026-01-02T00:00:00.5Z")));
	assert_int_equal(o.valid_from, time_read(bytes_of(
	    "2026-01-03T00:00:00Z")));
	assert_int_equal(o.valid_until, time_read(bytes_of(
	    "2026-01-04T00:00:00Z")));
	assert_true(stix_next(&s, &o));
	assert_null(o.fault);
	bundle_text(o.source, "i");
	bundle_text(o.target, "r");
	bundle_text(o.relation, "indicates");
	assert_int_equal(o.number, 2);
	assert_false(stix_next(&s, &o));
	assert_true(s.whole);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bundles),
		cmocka_unit_test(one_bad_object_costs_only_itself),
		cmocka_unit_test(what_is_read_of_an_object),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
