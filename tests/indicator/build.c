/*
 * From bundles to the index: revisions, sets, what is left out and said so,
 * and that the same bundles give the same bytes.
 */
#include "indicator/bundle.h"

#include "indicator/key.h"

#define IND(id, pattern, more)						\
	"{\"type\":\"indicator\",\"id\":\"indicator--" id "\","		\
	"\"pattern\":\"" pattern "\"" more "}"
#define DAY(n)	",\"modified\":\"2026-01-0" n "T00:00:00Z\""
#define SET(type, id, name, more)					\
	"{\"type\":\"" type "\",\"id\":\"" id "\",\"name\":\"" name "\"" \
	more "}"
#define LINK(id, from, to, more)					\
	"{\"type\":\"relationship\",\"id\":\"relationship--" id "\","	\
	"\"relationship_type\":\"indicates\",\"source_ref\":\"" from "\"," \
	"\"target_ref\":\"" to "\"" more "}"
#define HOST(name)	"[domain-name:value='" name "']"

/* The one entry whose value this is. */
static struct index_indicator
entry(const struct bundle *b, const char *value)
{
	struct index_indicator in;
	uint32_t i;

	for (i = 0; index_get(&b->index, i, &in); i++)
		if (bytes_is(in.value, value))
			return in;
	fail_msg("no entry %s", value);
	return in;
}

static void
the_newest_revision_counts(void **state)
{
	struct bundle b;

	(void)state;
	bundle_start(&b);
	bundle_objects(&b, "a.json", IND("1", HOST("old.example"), DAY("1")) ","
	    IND("2", HOST("kept.example"), DAY("3")) ","
	    IND("3", HOST("gone.example"), DAY("1")));
	bundle_objects(&b, "b.json", IND("1", HOST("new.example"), DAY("2")) ","
	    IND("2", HOST("older.example"), DAY("2")) ","
	    IND("3", HOST("gone.example"), DAY("2") ",\"revoked\":true"));
	bundle_end(&b);
	assert_int_equal(index_count(&b.index), 2);
	assert_int_equal(index_published(&b.index), 2);
	bundle_text(entry(&b, "new.example").id, "indicator--1");
	bundle_text(entry(&b, "kept.example").id, "indicator--2");
	assert_int_equal(bundle_hits(&b, KIND_DOMAIN, "gone.example"), 0);
	assert_int_equal(bundle_hits(&b, KIND_DOMAIN, "old.example"), 0);
	assert_int_equal(bundle_hits(&b, KIND_DOMAIN, "new.example"), 1);
	assert_int_equal(index_notes(&b.index), 1);
	assert_true(bundle_noted(&b, NOTE_REVOKED, "withdrawn"));
	bundle_free(&b);
}

static void
sets_by_refs_and_by_relationships(void **state)
{
	struct index_indicator in;
	struct index_set set;
	struct bundle b;

	(void)state;
	bundle_start(&b);
	bundle_objects(&b, "a.json",
	    IND("1", HOST("one.example"), "") ","
	    IND("2", HOST("two.example"), "") ","
	    IND("3", HOST("three.example"), "") ","
	    IND("4", HOST("four.example"), "") ","
	    SET("malware", "malware--1", "Zed", "") ","
	    SET("report", "report--1", "Amber", ",\"object_refs\":["
	    "\"indicator--1\",\"malware--1\",\"indicator--9\"],"
	    "\"external_references\":[{\"url\":\"https://r.example/\"}]") ","
	    LINK("1", "indicator--1", "malware--1", "") ","
	    LINK("2", "indicator--2", "malware--1", "") ","
	    LINK("3", "indicator--2", "malware--1", "") ","
	    LINK("4", "campaign--1", "indicator--3", "") ","
	    LINK("5", "indicator--3", "identity--1", "") ","
	    LINK("6", "indicator--2", "malware--none", "") ","
	    SET("campaign", "campaign--1", "Camp", ""));
	bundle_end(&b);
	in = entry(&b, "one.example");
	bundle_text(in.sets, "Amber; Zed");
	bundle_text(in.reference, "https://r.example/");
	in = entry(&b, "two.example");
	bundle_text(in.sets, "Zed");
	bundle_text(in.reference, "a.json");
	bundle_text(entry(&b, "three.example").sets, "Camp");
	bundle_text(entry(&b, "four.example").sets, "a.json");

	assert_int_equal(index_sets(&b.index), 4);
	assert_true(index_set_at(&b.index, 0, &set));
	bundle_text(set.name, "Amber");
	assert_int_equal(set.count, 1);
	assert_true(index_set_at(&b.index, 2, &set));
	bundle_text(set.name, "Zed");
	bundle_text(set.file, "a.json");
	assert_int_equal(set.count, 2);
	assert_int_equal(set.by_key[KEY_DOMAIN], 2);
	assert_true(index_set_at(&b.index, 3, &set));
	bundle_text(set.name, "a.json");
	assert_false(index_set_at(&b.index, 4, &set));
	assert_int_equal(index_notes(&b.index), 0);
	bundle_free(&b);
}

static void
sets_across_files_and_revisions(void **state)
{
	struct bundle b;

	(void)state;
	bundle_start(&b);
	bundle_objects(&b, "a.json", IND("1", HOST("a.example"), "") ","
	    IND("2", HOST("b.example"), "") ","
	    LINK("1", "indicator--1", "malware--1", DAY("1")) ","
	    LINK("2", "indicator--2", "malware--1", DAY("2")));
	bundle_objects(&b, "b.json", SET("malware", "malware--1", "Old",
	    DAY("1")) ","
	    LINK("1", "indicator--1", "malware--1", DAY("2")
	    ",\"revoked\":true"));
	bundle_objects(&b, "c.json", SET("malware", "malware--1", "New",
	    DAY("2")));
	bundle_end(&b);
	bundle_text(entry(&b, "b.example").sets, "New");
	bundle_text(entry(&b, "b.example").reference, "c.json");
	/* Its relationship was withdrawn. */
	bundle_text(entry(&b, "a.example").sets, "a.json");
	bundle_free(&b);
}

static void
one_value_in_two_sets_names_both(void **state)
{
	struct index_indicator in;
	uint32_t by_key[KEY_COUNT];
	struct bundle b;

	(void)state;
	bundle_start(&b);
	bundle_objects(&b, "a.json", IND("5", HOST("Evil.example"),
	    ",\"valid_until\":\"2026-01-01T00:00:00Z\","
	    "\"valid_from\":\"2025-06-01T00:00:00Z\"") ","
	    SET("malware", "malware--1", "One", "") ","
	    LINK("1", "indicator--5", "malware--1", ""));
	bundle_objects(&b, "b.json", IND("4", HOST("evil.example."),
	    ",\"valid_until\":\"2026-03-01T00:00:00Z\","
	    "\"valid_from\":\"2025-05-01T00:00:00Z\"") ","
	    SET("malware", "malware--2", "Two", "") ","
	    LINK("2", "indicator--4", "malware--2", "") ","
	    IND("6", "[ipv4-addr:value='192.0.2.1']", "") ","
	    IND("7", "[domain-name:value='192.0.2.1']", ""));
	bundle_end(&b);
	assert_int_equal(index_count(&b.index), 3);
	assert_int_equal(index_published(&b.index), 4);
	in = entry(&b, "Evil.example");
	bundle_text(in.id, "indicator--5");
	bundle_text(in.sets, "One; Two");
	assert_int_equal(in.valid_from, time_read(bytes_of(
	    "2025-05-01T00:00:00Z")));
	assert_false(index_expired(&in, time_read(bytes_of(
	    "2026-02-01T00:00:00Z"))));
	assert_true(index_expired(&in, time_read(bytes_of(
	    "2026-03-01T00:00:00Z"))));
	assert_false(index_expired(&in, TIME_UNSET));
	index_by_key(&b.index, by_key);
	assert_int_equal(by_key[KEY_DOMAIN], 2);
	assert_int_equal(by_key[KEY_IPV4], 1);
	/* Two keys, one address: both are hits of one value. */
	assert_int_equal(bundle_hits(&b, KIND_IP, "192.0.2.1"), 2);
	bundle_free(&b);
}

static void
expired_is_matched_all_the_same(void **state)
{
	struct bundle b;
	struct index_indicator in;

	(void)state;
	bundle_start(&b);
	bundle_objects(&b, "a.json", IND("1", HOST("evil.example"),
	    ",\"valid_until\":\"2001-01-01T00:00:00Z\""));
	bundle_end(&b);
	assert_int_equal(bundle_hits(&b, KIND_DOMAIN, "evil.example"), 1);
	in = entry(&b, "evil.example");
	assert_true(index_expired(&in, time_read(bytes_of(
	    "2026-01-01T00:00:00Z"))));
	bundle_free(&b);
}

/* --- what is left out ------------------------------------------------------- */

static void
untestable(const char *pattern, const char *why, uint32_t entries)
{
	struct bundle b;

	bundle_start(&b);
	bundle_pattern(&b, pattern);
	bundle_end(&b);
	if (index_count(&b.index) != entries)
		fail_msg("%s: %u entries", pattern, index_count(&b.index));
	if (!bundle_noted(&b, NOTE_NOT_TESTABLE, why))
		fail_msg("%s: not noted with \"%s\"", pattern, why);
	bundle_free(&b);
}

static void
what_cannot_be_tested_is_told(void **state)
{
	(void)state;
	untestable("[mutex:name='x']", "mutex:name: no phone evidence", 0);
	untestable("[process:name='a'] FOLLOWEDBY [process:name='b']",
	    "FOLLOWEDBY", 0);
	untestable("[process:name='a'] REPEATS 2 TIMES", "REPEATS", 0);
	untestable("[process:name='a'] WITHIN 2 SECONDS", "WITHIN", 0);
	untestable("[process:name='a'] START t'2026-01-01T00:00:00Z' "
	    "STOP t'2026-01-02T00:00:00Z'", "START", 0);
	untestable("[file:name < 'b']", "< and >", 0);
	untestable("[EXISTS file:name]", "EXISTS", 0);
	untestable("[ipv4-addr:value ISSUPERSET '1.2.3.4']", "ISSUPERSET", 0);
	untestable("[file:name ISSUBSET '1.2.3.4']", "ISSUBSET", 0);
	untestable("[file:name = 7]", "another kind", 0);
	untestable("[process:name != 'ok']", "what is not there", 0);
	untestable("[process:name NOT IN ('a','b')]", "what is not there", 0);
	untestable("[process:name NOT LIKE 'abc%' OR file:name NOT LIKE 'bcd%']",
	    "what is not there", 0);
	untestable("[process:name='a' AND process:name!='a']", "not there", 0);
	untestable("[domain-name:value LIKE '%']", "nearly everything", 0);
	untestable("[domain-name:value MATCHES '(']", "does not compile", 0);
	untestable("[domain-name:value MATCHES 'x*']", "fits everything", 0);
	untestable("[domain-name:value='']", "empty", 0);
	untestable("[domain-name:value='a b']", "no host name", 0);
	untestable("[ipv4-addr:value='1.2.3']", "no address", 0);
	untestable("[ipv4-addr:value='0.0.0.0/0']", "too wide", 0);
	untestable("[ipv4-addr:value='1.2.3.4/33']", "no network", 0);
	untestable("[file:hashes.md5='abc']", "length of its hash", 0);
	untestable("[file:hashes.'SHA-512'='abc']", "no phone evidence", 0);
	untestable("[file:path='/private/var/mobile/']", "every phone", 0);
	untestable("[file:path='/']", "every phone", 0);
	untestable("[email-addr:value='nobody']", "no e-mail", 0);
	untestable("[url:value='mailto:']", "no URL", 0);
	/* In part: what can be tested is, and the rest is told. */
	untestable("[file:name='a' OR mutex:name='b']", "in part, mutex", 1);
	untestable("[file:name='a'] OR [mutex:name='b']", "in part, mutex", 1);
	untestable("[file:name IN ('a', 'b', '')]", "in part", 2);
	untestable("[file:name='a' OR file:name!='b']", "in part", 1);
	untestable("[file:name='a'] OR ([file:name='b'] FOLLOWEDBY "
	    "[file:name='c'])", "FOLLOWEDBY", 1);
	/* All of it is needed. */
	untestable("[file:name='a' AND mutex:name='b']", "mutex", 0);
	untestable("[file:name='a'] AND [mutex:name='b']", "mutex", 0);
	untestable("[file:name='a'] AND [file:name!='b']", "not there", 0);
	untestable("[file:name='a' AND file:name NOT IN ('b', '')]", "empty",
	    0);
}

static void
large_conditions_are_bounded(void **state)
{
	struct buf p = buf_with(MIB);
	struct bundle b;
	unsigned i, k;

	(void)state;
	/* Five lists of six: 7,776 alternatives. */
	buf_text(&p, "[");
	for (i = 0; i < 5; i++) {
		buf_text(&p, i == 0 ? "file:name IN (" :
		    " AND file:name IN (");
		for (k = 0; k < 6; k++)
			buf_printf(&p, "%s'f%u-%u'", k == 0 ? "" : ",", i, k);
		buf_text(&p, ")");
	}
	buf_text(&p, "]");
	buf_byte(&p, '\0');
	untestable((const char *)p.p, "too many alternatives", 0);
	/* A long list is a list of entries. */
	buf_reset(&p);
	for (i = 0; i < 2000; i++)
		buf_printf(&p, "%s[file:name='f%u']", i == 0 ? "" : " OR ", i);
	buf_byte(&p, '\0');
	bundle_start(&b);
	bundle_pattern(&b, (const char *)p.p);
	bundle_end(&b);
	assert_int_equal(index_count(&b.index), 2000);
	assert_int_equal(index_published(&b.index), 1);
	assert_int_equal(index_notes(&b.index), 0);
	bundle_free(&b);
	/* Seventy that must be met one by one are too many; then no entry. */
	buf_reset(&p);
	for (i = 0; i < 32; i++)
		buf_printf(&p, "%s([file:name='f%u'] AND [file:name='g%u'] AND "
		    "[file:name='h%u'])", i == 0 ? "" : " OR ", i, i, i);
	buf_byte(&p, '\0');
	bundle_start(&b);
	bundle_pattern(&b, (const char *)p.p);
	bundle_end(&b);
	assert_int_equal(index_count(&b.index), 0);
	assert_true(bundle_noted(&b, NOTE_ERROR, "too many observations"));
	bundle_free(&b);
	buf_free(&p);
}

static void
damage_is_told_with_its_place(void **state)
{
	struct index_note note;
	struct bundle b;

	(void)state;
	bundle_start(&b);
	bundle_objects(&b, "a.json", IND("1", HOST("a.example"), "") ","
	    IND("2", "[domain-name:value=]", "") ","
	    "{\"type\":\"indicator\",\"id\":\"indicator--3\"},"
	    "{\"type\":\"relationship\",\"id\":\"relationship--1\"},"
	    IND("4", "rule x {}", ",\"pattern_type\":\"yara\"") ",}");
	bundle_add(&b, "b.json", "\xff");
	build_fault(b.build, bytes_of("c.json"), "cannot be opened");
	bundle_objects(&b, "d.json", IND("5", HOST("d.example"), ""));
	bundle_end(&b);
	assert_int_equal(index_count(&b.index), 2);
	assert_int_equal(bundle_hits(&b, KIND_DOMAIN, "a.example"), 1);
	assert_int_equal(bundle_hits(&b, KIND_DOMAIN, "d.example"), 1);
	assert_int_equal(index_notes(&b.index), 7);
	assert_true(index_note_at(&b.index, 0, &note));
	assert_int_equal(note.kind, NOTE_ERROR);
	bundle_text(note.file, "a.json");
	bundle_text(note.object, "indicator--2");
	bundle_text(note.why, "the pattern is damaged at its byte 19: "
	    "expected a constant");
	/* Of the object, after the head and the one before. */
	assert_int_equal(note.offset, 45 + strlen(IND("1", HOST("a.example"),
	    "")) + 1);
	assert_true(bundle_noted(&b, NOTE_ERROR, "it has no pattern"));
	assert_true(bundle_noted(&b, NOTE_ERROR, "without two ends"));
	assert_true(bundle_noted(&b, NOTE_OTHER_PATTERN, "yara"));
	assert_true(bundle_noted(&b, NOTE_ERROR, "a value is none"));
	assert_true(bundle_noted(&b, NOTE_ERROR, "cannot be opened"));
	assert_true(index_note_at(&b.index, 6, &note));
	bundle_text(note.file, "c.json");
	assert_int_equal(note.offset, UINT64_MAX);
	bundle_free(&b);
}

static void
notes_are_bounded(void **state)
{
	struct buf text = buf_with(MIB);
	struct index_note note;
	struct bundle b;
	unsigned i;

	(void)state;
	for (i = 0; i < 500; i++)
		buf_printf(&text, "%s" IND("%03u", "[mutex:name='%u']", ""),
		    i == 0 ? "" : ",", i, i);
	buf_byte(&text, '\0');
	bundle_start(&b);
	bundle_objects(&b, "a.json", (const char *)text.p);
	bundle_end(&b);
	assert_int_equal(index_notes(&b.index), 51);
	assert_true(index_note_at(&b.index, 50, &note));
	assert_int_equal(note.kind, NOTE_NOT_TESTABLE);
	bundle_text(note.why, "and 450 more of this kind");
	bundle_free(&b);
	buf_free(&text);
}

/* --- the same bytes, and no crash ---------------------------------------------- */

static const char *const mixed[] = {
	IND("1", HOST("one.example"), DAY("1")) ","
	IND("2", "[process:name='p' AND file:name!='f']", "") ","
	SET("malware", "malware--1", "Zed", "") ","
	LINK("1", "indicator--1", "malware--1", ""),
	IND("1", HOST("two.example"), DAY("2")) ","
	IND("3", "[process:name='p'] AND [file:path='/var/tmp/x']", "") ","
	SET("report", "report--1", "Amber", ",\"object_refs\":["
	"\"indicator--1\",\"indicator--3\"]"),
	IND("4", "[url:value LIKE 'http%x' OR url:value MATCHES 'a.c$']", "")
	"," IND("5", HOST("one.example"), "") "," IND("6", "[a:b=1]", ""),
};

static void
any_order_of_files_gives_the_same_bytes(void **state)
{
	static const unsigned orders[6][3] = {
		{ 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 },
		{ 2, 0, 1 }, { 2, 1, 0 }
	};
	static const char *const names[] = { "x.json", "y.json", "z.json" };
	struct bundle b, first;
	unsigned i, k;

	(void)state;
	for (i = 0; i < 6; i++) {
		bundle_start(&b);
		for (k = 0; k < 3; k++)
			bundle_objects(&b, names[orders[i][k]],
			    mixed[orders[i][k]]);
		bundle_end(&b);
		if (i == 0) {
			first = b;
			continue;
		}
		assert_true(bytes_eq(buf_bytes(&b.bytes),
		    buf_bytes(&first.bytes)));
		bundle_free(&b);
	}
	bundle_free(&first);
}

static void
every_cut_keeps_what_came_before(void **state)
{
	struct buf text = buf_with(MIB);
	struct bundle b;
	size_t n, ends[3];
	unsigned i;

	(void)state;
	buf_text(&text, "{\"type\":\"bundle\",\"objects\":[");
	for (i = 0; i < 3; i++) {
		buf_text(&text, mixed[i]);
		ends[i] = text.n;
		buf_text(&text, i < 2 ? "," : "]}");
	}
	for (n = 0; n < text.n; n++) {
		bundle_start(&b);
		build_add(b.build, bytes_of("a"), bytes_at(text.p, n));
		bundle_end(&b);
		assert_true(index_notes(&b.index) > 0);
		if (n >= ends[0])	/* in one revision or the other */
			assert_in_range(bundle_hits(&b, KIND_TEXT,
			    "one.example two.example"), 1, 2);
		if (n >= ends[1])
			assert_int_equal(bundle_hits(&b, KIND_PROCESS, "p"),
			    1);
		bundle_free(&b);
	}
	buf_free(&text);
}

static void
a_small_arena_is_an_error_not_a_crash(void **state)
{
	struct buf out = buf_with(MIB);
	struct arena arena;
	struct build *build;
	unsigned failed = 0;
	size_t limit;

	(void)state;
	for (limit = 0; limit < 60000; limit += 97) {
		arena = arena_with(limit);
		buf_reset(&out);
		if (build_new(&build, &arena) != ERR_NONE) {
			failed++;
			continue;
		}
		build_add(build, bytes_of("a"), bytes_of("{\"objects\":["
		    IND("1", "[file:name='a' AND file:name LIKE 'abc\\\\\\\\%']",
		    "") "," SET("tool", "tool--1", "T", ",\"object_refs\":["
		    "\"indicator--1\"]") "]}"));
		failed += build_end(build, &out) != ERR_NONE;
		arena_free(&arena);
	}
	assert_in_range(failed, 10, 600);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_newest_revision_counts),
		cmocka_unit_test(sets_by_refs_and_by_relationships),
		cmocka_unit_test(sets_across_files_and_revisions),
		cmocka_unit_test(one_value_in_two_sets_names_both),
		cmocka_unit_test(expired_is_matched_all_the_same),
		cmocka_unit_test(what_cannot_be_tested_is_told),
		cmocka_unit_test(large_conditions_are_bounded),
		cmocka_unit_test(damage_is_told_with_its_place),
		cmocka_unit_test(notes_are_bounded),
		cmocka_unit_test(any_order_of_files_gives_the_same_bytes),
		cmocka_unit_test(every_cut_keeps_what_came_before),
		cmocka_unit_test(a_small_arena_is_an_error_not_a_crash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
