#include "report/say.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"
#include "report/redact.h"

/* Subjects of all artifacts in one sentence; there are some dozens. */
#define SAID_MAX	(64 * KIB)
#define DETAIL_MAX	1000

void
say_phrase(struct buf *to, enum lang lang, enum phrase phrase,
    const struct bytes *places, unsigned n)
{
	struct bytes text = bytes_of(texts_phrase(lang, phrase));
	size_t from = 0, at;
	unsigned i;

	for (i = 0; i < n; i++) {
		at = bytes_find(text, bytes_of("{}"), from);
		assert(at != SIZE_MAX);
		buf_add(to, bytes_part(text, from, at - from));
		buf_add(to, places[i]);
		from = at + 2;
	}
	assert(bytes_find(text, bytes_of("{}"), from) == SIZE_MAX);
	buf_add(to, bytes_part(text, from, text.n));
}

void
say_with_number(struct buf *to, enum lang lang, enum phrase phrase, uint64_t v)
{
	struct buf number = buf_with(64);
	struct bytes place;

	say_number(&number, lang, v);
	place = buf_bytes(&number);
	say_phrase(to, lang, phrase, &place, 1);
	buf_free(&number);
}

/* Russian groups digits with blanks, which must not break the line. */
static const char *
thousands(enum lang lang)
{
	return lang == LANG_RU ? "\xc2\xa0" : ",";
}

void
say_number(struct buf *to, enum lang lang, uint64_t v)
{
	uint64_t unit = 1;
	unsigned digits = 1;

	while (v / unit >= 10) {
		unit *= 10;
		digits++;
	}
	for (; digits > 0; digits--, unit /= 10) {
		buf_byte(to, (uint8_t)('0' + v / unit % 10));
		if (digits > 1 && digits % 3 == 1)
			buf_text(to, thousands(lang));
	}
}

void
say_size(struct buf *to, enum lang lang, uint64_t v)
{
	static const char *const units[LANG_COUNT][5] = {
		[LANG_EN] = { "bytes", "kB", "MB", "GB", "TB" },
		[LANG_RU] = { "байт", "кБ", "МБ", "ГБ", "ТБ" }
	};
	uint64_t unit = 1;
	unsigned i = 0;

	while (i < 4 && v / unit >= 1000) {
		unit *= 1000;
		i++;
	}
	say_number(to, lang, v / unit);
	if (i > 0 && v / unit < 100) {
		buf_byte(to, lang == LANG_RU ? ',' : '.');
		buf_uint(to, v % unit / (unit / 10));
	}
	buf_text(to, "\xc2\xa0");
	buf_text(to, units[lang][i]);
}

void
say_time(struct buf *to, enum lang lang, int64_t t)
{
	size_t start = to->n;

	time_show_short(to, t);
	if (to->n > start)
		buf_text(to, " UTC");
	else
		buf_text(to, texts_phrase(lang, PHRASE_NO_TIME));
}

struct bytes
say_last(struct bytes path)
{
	size_t at, last = 0;

	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	for (at = bytes_find_byte(path, '/', 0); at != SIZE_MAX &&
	    at + 1 < path.n; at = bytes_find_byte(path, '/', at + 1))
		last = at + 1;
	return bytes_part(path, last, path.n);
}

uint64_t
say_gaps(const struct result *r)
{
	uint64_t sum = 0;
	unsigned i;

	for (i = 0; i < r->ngaps; i++)
		if (__builtin_add_overflow(sum, r->gaps[i].count, &sum))
			return UINT64_MAX;
	return sum;
}

unsigned
say_subjects(struct buf *to, const struct result *r, enum coverage state,
    enum lang lang)
{
	const struct result_coverage *c;
	unsigned i, n = 0;

	for (i = 0; i < r->ncoverage; i++) {
		c = &r->coverage[i];
		if (c->state != state)
			continue;
		if (n++ > 0)
			buf_text(to, "; ");
		buf_text(to, texts_artifact(lang, c->artifact, c->about));
	}
	return n;
}

const char *
say_subject(const struct result *r, const char *artifact, enum lang lang)
{
	unsigned i;

	if (artifact == NULL)
		return texts_phrase(lang, PHRASE_EVIDENCE_WHOLE);
	for (i = 0; i < r->ncoverage; i++)
		if (strcmp(r->coverage[i].artifact, artifact) == 0)
			return texts_artifact(lang, artifact,
			    r->coverage[i].about);
	return texts_artifact(lang, artifact, artifact);
}

static void
say_not_held(struct buf *to, const struct result *r, enum lang lang)
{
	struct buf list = buf_with(SAID_MAX);
	struct bytes place;

	if (say_subjects(&list, r, COVERAGE_NOT_IN_KIND, lang) > 0) {
		place = buf_bytes(&list);
		buf_byte(to, ' ');
		say_phrase(to, lang, PHRASE_NOT_HELD, &place, 1);
	}
	buf_free(&list);
}

void
say_why(struct buf *to, const struct result *r, enum lang lang)
{
	struct bytes title = { NULL, 0 };
	bool found = r->verdict >= VERDICT_SUSPICIOUS;

	if (r->nfindings > 0)
		title = bytes_of(texts_rule(lang,
		    r->findings[0].finding.rule)->title);
	if (found)
		say_phrase(to, lang, r->verdict == VERDICT_COMPROMISED ?
		    PHRASE_COMPROMISED_WHY : PHRASE_SUSPICIOUS_WHY, &title, 1);
	else if (r->verdict == VERDICT_INCOMPLETE)
		say_with_number(to, lang, PHRASE_INCOMPLETE_WHY, say_gaps(r));
	else
		say_phrase(to, lang, PHRASE_NOTHING_WHY, NULL, 0);
	if (found && r->ngaps > 0) {
		buf_byte(to, ' ');
		say_with_number(to, lang, PHRASE_WITH_GAPS, say_gaps(r));
	}
	if (r->loaded == 0) {
		buf_byte(to, ' ');
		say_phrase(to, lang, PHRASE_NO_INDICATORS, NULL, 0);
	}
	if (!found)
		say_not_held(to, r, lang);
}

static struct bytes
device(const struct result *r, const char *key)
{
	unsigned i;

	for (i = 0; i < r->ndevice; i++)
		if (strcmp(r->device[i].key, key) == 0)
			return r->device[i].value;
	return bytes_at(NULL, 0);
}

static void
add_part(struct buf *to, size_t start, struct bytes part)
{
	if (part.n == 0)
		return;
	if (to->n > start)
		buf_text(to, ", ");
	buf_add(to, text_head(part, 100));
}

void
say_device(struct buf *to, const struct result *r,
    const struct report_options *o)
{
	size_t start = to->n;
	struct bytes version = device(r, "product_version");
	struct bytes build = device(r, "build");
	struct bytes type = device(r, "product_type");

	if (!o->redact)
		add_part(to, start, device(r, "name"));
	add_part(to, start, device(r, "product_name"));
	add_part(to, start, type);
	if (version.n > 0) {
		add_part(to, start, bytes_of(bytes_starts(type, "iPad") ?
		    "iPadOS " : "iOS "));
		buf_add(to, text_head(version, 40));
	}
	if (version.n > 0 && build.n > 0) {
		buf_text(to, " (");
		buf_add(to, text_head(build, 40));
		buf_byte(to, ')');
	}
	if (to->n == start)
		buf_text(to, texts_phrase(o->lang, PHRASE_UNKNOWN_DEVICE));
}

const char *
say_kind(const struct result *r, enum lang lang)
{
	return strcmp(r->kind, "ios_backup") == 0 ?
	    texts_phrase(lang, PHRASE_BACKUP) : r->kind;
}

void
say_evidence(struct buf *to, const struct result *r, enum lang lang)
{
	struct buf when = buf_with(64);
	struct bytes place;

	buf_text(to, say_kind(r, lang));
	buf_text(to, ", ");
	buf_text(to, texts_phrase(lang, r->encrypted ? PHRASE_ENCRYPTED :
	    PHRASE_NOT_ENCRYPTED));
	time_show_short(&when, r->evidence_time);
	if (when.n > 0) {
		buf_text(&when, " UTC");
		place = buf_bytes(&when);
		buf_text(to, ", ");
		say_phrase(to, lang, PHRASE_MADE, &place, 1);
	}
	buf_free(&when);
}

void
say_read(struct buf *to, const struct result *r, enum lang lang)
{
	struct buf text[3] = { buf_with(64), buf_with(64), buf_with(64) };
	struct bytes places[3];
	unsigned i;

	say_number(&text[0], lang, r->members_listed);
	say_number(&text[1], lang, r->members_read);
	say_size(&text[2], lang, r->bytes_read);
	for (i = 0; i < 3; i++)
		places[i] = buf_bytes(&text[i]);
	say_phrase(to, lang, PHRASE_READ, places, 3);
	for (i = 0; i < 3; i++)
		buf_free(&text[i]);
}

void
say_sandbox(struct buf *to, const struct result *r, enum lang lang)
{
	if (strcmp(r->sandbox, "full") == 0)
		buf_text(to, texts_phrase(lang, PHRASE_SANDBOX_FULL));
	else if (strcmp(r->sandbox, "partial") == 0)
		buf_text(to, texts_phrase(lang, PHRASE_SANDBOX_PARTIAL));
	else if (strcmp(r->sandbox, "none") == 0)
		buf_text(to, texts_phrase(lang, PHRASE_SANDBOX_NONE));
	else
		buf_text(to, r->sandbox);
	if (r->sandbox_detail.n > 0) {
		buf_text(to, ": ");
		buf_add(to, text_head(r->sandbox_detail, DETAIL_MAX));
	}
}

void
say_compared(struct buf *to, const struct result *r, enum lang lang)
{
	struct buf text[2] = { buf_with(64), buf_with(64) };
	struct bytes places[2];

	say_number(&text[0], lang, r->loaded);
	say_number(&text[1], lang, r->testable);
	places[0] = buf_bytes(&text[0]);
	places[1] = buf_bytes(&text[1]);
	say_phrase(to, lang, PHRASE_COMPARED, places, 2);
	buf_free(&text[0]);
	buf_free(&text[1]);
}

static bool
has_coverage(const struct result *r, enum coverage state)
{
	unsigned i;

	for (i = 0; i < r->ncoverage; i++)
		if (r->coverage[i].state == state)
			return true;
	return false;
}

unsigned
say_steps(const struct result *r, enum phrase steps[SAY_STEPS])
{
	unsigned n = 0;

	if (r->verdict == VERDICT_COMPROMISED) {
		steps[n++] = PHRASE_DO_COMPROMISED_1;
		steps[n++] = PHRASE_DO_COMPROMISED_2;
		steps[n++] = PHRASE_DO_COMPROMISED_3;
	}
	if (r->verdict == VERDICT_SUSPICIOUS) {
		steps[n++] = PHRASE_DO_SUSPICIOUS_1;
		steps[n++] = PHRASE_DO_SUSPICIOUS_2;
	}
	if (r->loaded == 0)
		steps[n++] = PHRASE_DO_INDICATORS;
	if (r->verdict == VERDICT_INCOMPLETE)
		steps[n++] = PHRASE_DO_INCOMPLETE;
	if (has_coverage(r, COVERAGE_NOT_IN_KIND))
		steps[n++] = PHRASE_DO_ENCRYPTED;
	if (r->verdict == VERDICT_NOTHING)
		steps[n++] = PHRASE_DO_WELL;
	if (r->verdict <= VERDICT_INCOMPLETE)
		steps[n++] = PHRASE_DO_AGAIN;
	assert(n <= SAY_STEPS);
	return n;
}
