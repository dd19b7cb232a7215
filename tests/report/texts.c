/*
 * Every rule, phrase, artifact and key has its text, in each language.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "report/texts.h"

static void
assert_text(const char *text)
{
	assert_non_null(text);
	assert_true(strlen(text) > 0);
	assert_true(text_utf8(bytes_of(text)));
	assert_null(strstr(text, "  "));
	assert_true(text[0] != ' ' && text[strlen(text) - 1] != ' ');
}

static void
assert_pair(const char *a, const char *b)
{
	assert_text(a);
	assert_text(b);
	assert_string_not_equal(a, b);
}

static void
rules(void **state)
{
	const struct texts_rule *en, *ru;
	unsigned i;

	(void)state;
	for (i = 0; i < RULE_COUNT; i++) {
		en = texts_rule(LANG_EN, (enum rule)i);
		ru = texts_rule(LANG_RU, (enum rule)i);
		if (en->title == NULL || ru->title == NULL)
			fail_msg("%s has no texts",
			    rule_info((enum rule)i)->id);
		assert_pair(en->title, ru->title);
		assert_pair(en->why, ru->why);
		assert_pair(en->harmless, ru->harmless);
		assert_pair(en->next, ru->next);
		/* Titles go into sentences; the others are sentences. */
		assert_true(en->title[strlen(en->title) - 1] != '.');
		assert_true(ru->title[strlen(ru->title) - 1] != '.');
		assert_true(en->why[strlen(en->why) - 1] == '.');
		assert_true(ru->next[strlen(ru->next) - 1] == '.');
	}
}

static void
titles_differ(void **state)
{
	unsigned i, j, lang;

	(void)state;
	for (lang = 0; lang < LANG_COUNT; lang++)
		for (i = 0; i < RULE_COUNT; i++)
			for (j = 0; j < i; j++)
				assert_string_not_equal(texts_rule(lang,
				    (enum rule)i)->title, texts_rule(lang,
				    (enum rule)j)->title);
}

static unsigned
places(const char *text)
{
	unsigned n = 0;

	while ((text = strstr(text, "{}")) != NULL) {
		n++;
		text += 2;
	}
	return n;
}

static void
phrases(void **state)
{
	const char *en, *ru;
	unsigned i;

	(void)state;
	for (i = 0; i < PHRASE_COUNT; i++) {
		en = texts_phrase(LANG_EN, (enum phrase)i);
		ru = texts_phrase(LANG_RU, (enum phrase)i);
		assert_pair(en, ru);
		assert_int_equal(places(en), places(ru));
	}
}

static void
names(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i <= VERDICT_COMPROMISED; i++) {
		assert_string_equal(texts_verdict(LANG_EN, i),
		    verdict_name(i));
		assert_pair(texts_verdict(LANG_EN, i),
		    texts_verdict(LANG_RU, i));
		assert_pair(texts_verdict_loud(LANG_EN, i),
		    texts_verdict_loud(LANG_RU, i));
	}
	for (i = 0; i <= LEVEL_CRITICAL; i++) {
		assert_string_equal(texts_level(LANG_EN, i), level_name(i));
		assert_pair(texts_level(LANG_EN, i), texts_level(LANG_RU, i));
	}
	for (i = 0; i <= STRENGTH_RAN; i++)
		assert_pair(texts_strength(LANG_EN, i),
		    texts_strength(LANG_RU, i));
	for (i = 0; i <= COVERAGE_NOT_IN_KIND; i++) {
		assert_string_equal(texts_coverage(LANG_EN, i),
		    coverage_name(i));
		assert_pair(texts_coverage(LANG_EN, i),
		    texts_coverage(LANG_RU, i));
	}
}

static void
artifacts(void **state)
{
	static const char *const all[] = {
#define ARTIFACT(name) #name,
#include "artifact/list.h"
#undef ARTIFACT
		NULL
	};
	unsigned i;

	(void)state;
	for (i = 0; all[i] != NULL; i++) {
		assert_string_equal(texts_artifact(LANG_EN, all[i], "x"), "x");
		if (strcmp(texts_artifact(LANG_RU, all[i], "x"), "x") == 0)
			fail_msg("%s has no Russian text", all[i]);
	}
	assert_string_equal(texts_artifact(LANG_RU, "ios_new", "new"), "new");
}

static void
languages(void **state)
{
	(void)state;
	assert_int_equal(texts_lang_find("en"), LANG_EN);
	assert_int_equal(texts_lang_find("ru"), LANG_RU);
	assert_int_equal(texts_lang_find("RU"), LANG_COUNT);
	assert_int_equal(texts_lang_find(""), LANG_COUNT);
	assert_string_equal(texts_lang(LANG_RU), "ru");
}

static void
others(void **state)
{
	const struct texts_helpline *h;
	unsigned i;

	(void)state;
	assert_string_equal(texts_device(LANG_EN, "serial"), "Serial number");
	assert_string_equal(texts_device(LANG_RU, "strange"), "strange");
	assert_true(bytes_is(texts_kind(LANG_EN, bytes_of("path")), "path"));
	assert_false(bytes_is(texts_kind(LANG_RU, bytes_of("path")), "path"));
	assert_true(bytes_is(texts_kind(LANG_RU, bytes_of("new")), "new"));
	for (i = 0; (h = texts_helpline(LANG_RU, i)) != NULL; i++) {
		assert_text(h->name);
		assert_text(h->who);
		assert_int_equal(strncmp(h->url, "https://", 8), 0);
		assert_non_null(texts_helpline(LANG_EN, i));
	}
	assert_true(i >= 3);
	assert_null(texts_helpline(LANG_EN, i));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules),
		cmocka_unit_test(titles_differ),
		cmocka_unit_test(phrases),
		cmocka_unit_test(names),
		cmocka_unit_test(artifacts),
		cmocka_unit_test(languages),
		cmocka_unit_test(others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
