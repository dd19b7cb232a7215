/*
 * Names that are one to a reader.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "election/names.h"

static void
fold_is(const char *name, const char *want)
{
	uint8_t room[256];
	size_t n = names_fold(bytes_of(name), room);

	assert_true(n < NAMES_ROOM(strlen(name)));
	if (!bytes_is(bytes_at(room, n), want))
		fail_msg("%s is %.*s", name, (int)n, (const char *)room);
}

static void
digits(void **state)
{
	(void)state;
	fold_is("7", "7");
	fold_is("007", "7");
	fold_is("0", "0");
	fold_is("000", "0");
	fold_is("100", "100");
	fold_is("1 1", "1 1");
	fold_is("01 01", "1 1");
	fold_is("0 0", "0 0");
	fold_is("a010b00", "a10b0");
	fold_is("№ 5", "5");
}

static void
letters(void **state)
{
	static const char *const pairs[][2] = {
		{ "Ash", "ASH" }, { " Ash\t", "Ash" },
		{ "Ash", "\xe2\x80\x8b\xc2\xa0" "Ash\xef\xbb\xbf" },
		{ "УИК №1", "уик № 01" }, { "«Заря»", "\"ЗАРЯ\"" },
		{ "Ёлки", "елки" }, { "Ёлки", "Е\xcc\x88лки" },
		{ "Йод", "и\xcc\x86од" },
		{ "Łódź", "ŁO\xcc\x81" "DZ\xcc\x81" },
		{ "Žďár", "z\xcc\x8c" "d\xcc\x8c" "a\xcc\x81r" },
		{ "Hижегородская", "Нижегородская" }, { "1A", "1А" },
		{ "a–b", "a-b" }, { "Ÿ", "ÿ" }, { "Αθήνα", "αθήνα" },
	};
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (!names_alike(bytes_of(pairs[i][0]), bytes_of(pairs[i][1])))
			fail_msg("not alike: %s, %s", pairs[i][0],
			    pairs[i][1]);
}

static void
two_names(void **state)
{
	static const char *const pairs[][2] = {
		{ "1", "2" }, { "1", "11" }, { "11", "1 1" }, { "10", "1" },
		{ "Lhota", "Lhotá" }, { "1.1", "11" }, { "1a", "1b" },
		{ "1б", "1в" }, { "", "0" }, { "Ash", "Ashe" },
		{ "и", "й" }, { "o", "ö" }, { "-1", "1" },
	};
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (names_alike(bytes_of(pairs[i][0]), bytes_of(pairs[i][1])))
			fail_msg("alike: %s, %s", pairs[i][0], pairs[i][1]);
}

/* Any bytes, in the room that was promised. */
static void
no_text(void **state)
{
	uint8_t in[64], room[NAMES_ROOM(sizeof(in))];
	unsigned i, k;
	uint32_t seed = 1;

	(void)state;
	for (i = 0; i < 20000; i++) {
		for (k = 0; k < sizeof(in); k++) {
			seed = seed * 1664525u + 1013904223u;
			in[k] = (uint8_t)(seed >> 24);
			if (i % 2 == 0 && k % 2 == 0)
				in[k] = 0xc3;
		}
		assert_true(names_fold(bytes_at(in, sizeof(in)), room) <=
		    sizeof(room));
	}
}

static void
sums(void **state)
{
	static const char *const are[] = { "Total", "TOTAL:", " total ",
	    "Grand total", "Sub-total", "Totals", "Итого", "ИТОГО по округу",
	    "Всего:", "Insgesamt", "Összesen" };
	static const char *const are_not[] = { "", "1", "Totana", "Totalán",
	    "Total Filling Station", "Opposite Total", "Всегодичи", "Итоговка",
	    "Summa", "Razemowo" };
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(are) / sizeof(are[0]); i++)
		if (!names_is_total(bytes_of(are[i])))
			fail_msg("no sum: %s", are[i]);
	for (i = 0; i < sizeof(are_not) / sizeof(are_not[0]); i++)
		if (names_is_total(bytes_of(are_not[i])))
			fail_msg("a sum: %s", are_not[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits),
		cmocka_unit_test(letters),
		cmocka_unit_test(two_names),
		cmocka_unit_test(no_text),
		cmocka_unit_test(sums),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
