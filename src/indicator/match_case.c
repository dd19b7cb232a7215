/*
 * Indicators as a whole: those that need several observations of a case, and
 * which of them some evidence can test.
 */
#include "base/text.h"
#include "indicator/match.h"
#include "indicator/match_inside.h"

#define KIND_BIT(kind)	(UINT64_C(1) << (kind))
#define HOSTS	(KIND_BIT(KIND_TEXT) | KIND_BIT(KIND_URL) | \
    KIND_BIT(KIND_DOMAIN) | KIND_BIT(KIND_IP))
#define PEOPLE	(KIND_BIT(KIND_EMAIL) | KIND_BIT(KIND_HANDLE))
#define FILES	(KIND_BIT(KIND_PATH) | KIND_BIT(KIND_FILE_NAME) | \
    KIND_BIT(KIND_PROCESS))

uint32_t
match_parts(const struct index *x, uint32_t indicator)
{
	return layout_word(x, SECTION_INDICATOR, (size_t)indicator *
	    INDICATOR_WORDS + INDICATOR_PARTS);
}

bool
match_complete(const struct index *x, uint32_t indicator, const bool *met,
    uint32_t n)
{
	size_t at = (size_t)indicator * INDICATOR_WORDS;
	uint32_t i, k, words, part;
	size_t first;
	bool all;

	first = layout_word(x, SECTION_INDICATOR, at + INDICATOR_CASE);
	words = layout_word(x, SECTION_INDICATOR, at + INDICATOR_CASE_WORDS);
	for (i = 0; i < words; i++) {
		all = true;
		for (k = layout_word(x, SECTION_CASE, first + i); k > 0; k--) {
			part = layout_word(x, SECTION_CASE, first + ++i);
			all = all && part < n && met[part];
		}
		if (all)
			return true;
	}
	return false;
}

bool
match_testable(enum key key, uint64_t kinds)
{
	static const uint64_t tested[KEY_COUNT] = {
		[KEY_DOMAIN] = HOSTS | PEOPLE,
		[KEY_IPV4] = HOSTS, [KEY_IPV6] = HOSTS,
		[KEY_URL] = KIND_BIT(KIND_TEXT) | KIND_BIT(KIND_URL),
		[KEY_EMAIL] = KIND_BIT(KIND_TEXT) | PEOPLE,
		[KEY_PHONE] = KIND_BIT(KIND_PHONE) | KIND_BIT(KIND_HANDLE),
		[KEY_PROCESS] = KIND_BIT(KIND_PROCESS) | KIND_BIT(KIND_APP_ID),
		[KEY_FILE_NAME] = FILES, [KEY_PATH] = FILES,
		[KEY_MD5] = KIND_BIT(KIND_MD5),
		[KEY_SHA1] = KIND_BIT(KIND_SHA1),
		[KEY_SHA256] = KIND_BIT(KIND_SHA256),
		[KEY_CERT_MD5] = KIND_BIT(KIND_CERT_MD5),
		[KEY_CERT_SHA1] = KIND_BIT(KIND_CERT_SHA1),
		[KEY_CERT_SHA256] = KIND_BIT(KIND_CERT_SHA256),
		[KEY_APP_ID] = KIND_BIT(KIND_APP_ID) | KIND_BIT(KIND_PROCESS),
		[KEY_PROFILE] = KIND_BIT(KIND_PROFILE),
		[KEY_PROPERTY] = KIND_BIT(KIND_PROPERTY)
	};

	return key < KEY_COUNT && (tested[key] & kinds) != 0;
}
