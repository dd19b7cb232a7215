/*
 * From hits and rules to findings: each told once, then counted.
 */
#include <string.h>

#include "artifact/run_inside.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"

/* Findings of one rule without an indicator that are told one by one; the
   next stands for all that follow. */
#define EACH_RULE	16
/* As much for one indicator: other matched texts after that are counted. */
#define EACH_INDICATOR	32
/* And for one part of a pattern that needs several observations. */
#define EACH_PART	4

/* A power of two above twice what can be in it: a text and a counter for each
   finding, and the rules. */
#define SEEN_SLOTS	16384u
#define NOT_TOLD	UINT32_MAX

static enum rule
rule_of_name(enum sense sense, enum rule present)
{
	if (sense == SENSE_RECEIVED)
		return RULE_IOC_FILE_RECEIVED;
	if (sense == SENSE_TYPED)
		return RULE_IOC_STANDS;
	return present;
}

static enum rule
rule_of_process(enum sense sense, bool truncated)
{
	if (sense == SENSE_TYPED || sense == SENSE_RECEIVED)
		return RULE_IOC_STANDS;
	if (truncated)
		return RULE_IOC_TRUNCATED;
	return sense == SENSE_RAN ? RULE_IOC_PROCESS : RULE_IOC_PROCESS_NAME;
}

static enum rule
rule_of_address(enum sense sense)
{
	switch (sense) {
	case SENSE_RECEIVED:
		return RULE_IOC_RECEIVED;
	case SENSE_VISITED:
		return RULE_IOC_VISITED;
	case SENSE_LOADED:
		return RULE_IOC_LOADED;
	default:
		return RULE_IOC_STANDS;
	}
}

static enum rule
rule_of_hit(const struct field *field, const struct match_hit *hit)
{
	enum sense sense = sense_of(field);

	switch (hit->key) {
	case KEY_PROCESS:
		return rule_of_process(sense, hit->truncated);
	case KEY_PATH:
		return rule_of_name(sense, RULE_IOC_PATH);
	case KEY_FILE_NAME:
		return rule_of_name(sense, RULE_IOC_FILE_NAME);
	case KEY_MD5:
	case KEY_SHA1:
	case KEY_SHA256:
		return RULE_IOC_HASH;
	case KEY_CERT_MD5:
	case KEY_CERT_SHA1:
	case KEY_CERT_SHA256:
		return RULE_IOC_CERT;
	case KEY_APP_ID:
		return sense == SENSE_TYPED ? RULE_IOC_STANDS : RULE_IOC_APP;
	case KEY_PROFILE:
		return RULE_IOC_PROFILE;
	case KEY_PROPERTY:
		return RULE_IOC_PROPERTY;
	case KEY_EMAIL:
	case KEY_PHONE:
		return sense == SENSE_TYPED ? RULE_IOC_STANDS :
		    RULE_IOC_CONTACT;
	default:
		return rule_of_address(sense);
	}
}

/* What is known under a key; a new, empty one if nothing is yet.  NULL only
   if there is no memory. */
static struct seen *
seen_of(struct run *run, uint64_t key)
{
	uint32_t at = (uint32_t)key & (SEEN_SLOTS - 1);

	if (run->seen == NULL)
		run->seen = arena_alloc(&run->keep, SEEN_SLOTS,
		    sizeof(*run->seen));
	if (run->seen == NULL) {
		run->bad = true;
		return NULL;
	}
	while (run->seen[at].key != 0 && run->seen[at].key != key)
		at = (at + 1) & (SEEN_SLOTS - 1);
	if (run->seen[at].key == 0) {
		run->seen[at].key = key;
		run->seen[at].which = NOT_TOLD;
		run->nseen++;
	}
	return &run->seen[at];
}

static void
seen_again(struct seen *seen, int64_t time)
{
	seen->count++;
	if (time == TIME_UNSET)
		return;
	if (seen->first == TIME_UNSET || time < seen->first)
		seen->first = time;
	if (seen->last == TIME_UNSET || time > seen->last)
		seen->last = time;
}

static uint64_t
key_of(enum rule rule, uint32_t indicator, struct bytes matched)
{
	uint8_t head[8];
	uint32_t r = (uint32_t)rule;
	uint64_t k;

	memcpy(head, &r, 4);
	memcpy(head + 4, &indicator, 4);
	k = hash_key(matched) * UINT64_C(0x9e3779b97f4a7c15);
	k ^= hash_key(bytes_at(head, sizeof(head)));
	return k == 0 ? 1 : k;
}

/* The table is full: occurrences are from here on counted by rule alone, and
   a gap says that they are not listed. */
static uint64_t
key_when_full(struct run *run, enum rule rule, uint64_t key)
{
	if (run->nseen < LIMIT_FINDINGS)
		return key;
	if (!run->full)
		run_gap(run, GAP_NO_OFFSET, "more findings than are listed; "
		    "the rest are only counted");
	run->full = true;
	return key_of(rule, UINT32_MAX - 1, bytes_of("more"));
}

static void
tell(struct run *run, const struct finding *f, uint64_t key)
{
	struct seen *seen = seen_of(run, key);

	if (seen == NULL)
		return;
	if (seen->which != NOT_TOLD) {
		seen_again(seen, f->time);
		return;
	}
	seen->which = run->nfindings++;
	seen->count = 1;
	seen->first = seen->last = f->time;
	if (run->engine->sink->finding != NULL)
		run->engine->sink->finding(run->engine->sink->ctx, f);
}

/* The first time of the record in hand, in the order of the fields. */
static int64_t
time_here(const struct run *run)
{
	const struct val *v = run->record;
	unsigned i;

	for (i = 0; v != NULL && i < run->artifact->nfields; i++)
		if (v[i].type == VAL_TIME)
			return v[i].i;
	return TIME_UNSET;
}

static struct finding
finding_here(struct run *run, enum rule rule, const struct val *v)
{
	struct finding f = {
		.rule = rule,
		.artifact = run->engine->artifact,
		.member = run->member == NULL ? MEMBER_NONE : run->member->id,
		.row = run->row,
		.count = 1,
		.field = FINDING_NO_FIELD,
		.nfields = v == NULL ? 0 : run->artifact->nfields,
		.record = v
	};

	run_view_late(run, v);
	run_view_late(run, run->record);
	f.time = f.last = time_here(run);
	return f;
}

/* Each matched text of an indicator is a finding of its own, up to a number;
   the rest of them share one. */
static uint64_t
key_of_hit(struct run *run, const struct finding *f)
{
	uint64_t key = key_of(f->rule, f->indicators[0], f->matched);
	struct seen *of_text, *texts;

	key = key_when_full(run, f->rule, key);
	/* No counter for each indicator then: the table would run over. */
	if (run->full)
		return key;
	of_text = seen_of(run, key);
	texts = seen_of(run, key_of(f->rule, f->indicators[0],
	    bytes_of("\1texts")));
	if (of_text == NULL || texts == NULL || of_text->which != NOT_TOLD)
		return key;
	if (texts->count++ < EACH_INDICATOR)
		return key;
	return key_of(f->rule, f->indicators[0], bytes_of("\1others"));
}

/* Whether an earlier hit of the record says the same: an address that stands
   in two fields of one record was met once. */
static bool
said_before(const struct run *run, const struct match_hit *hits, unsigned i)
{
	const struct field *fields = run->artifact->fields;
	unsigned k;

	for (k = 0; k < i; k++)
		if (hits[k].indicator == hits[i].indicator &&
		    hits[k].part == hits[i].part &&
		    rule_of_hit(&fields[hits[k].field], &hits[k]) ==
		    rule_of_hit(&fields[hits[i].field], &hits[i]))
			return true;
	return false;
}

static void
tell_part(struct run *run, const struct match_hit *h, struct finding *f)
{
	struct seen *seen;
	uint64_t key;

	f->rule = RULE_IOC_TOGETHER;
	key = key_of(f->rule, h->indicator, bytes_at(&h->part,
	    sizeof(h->part)));
	key = key_when_full(run, f->rule, key);
	if (run->full)
		return;
	seen = seen_of(run, key);
	if (seen == NULL || seen->count++ >= EACH_PART ||
	    run->engine->sink->part == NULL)
		return;
	run->engine->sink->part(run->engine->sink->ctx, h->part, f);
}

void
run_hits(struct run *run, const struct match_hit *hits, unsigned n)
{
	const struct match_hit *h;
	struct finding f;
	unsigned i;

	for (i = 0; i < n; i++) {
		h = &hits[i];
		if (said_before(run, hits, i))
			continue;
		f = finding_here(run, rule_of_hit(
		    &run->artifact->fields[h->field], h), run->record);
		f.field = h->field;
		f.matched = bytes_part(h->matched, 0, LIMIT_FINDING_TEXT);
		f.nindicators = 1;
		f.indicators[0] = h->indicator;
		if (h->part != MATCH_WHOLE) {
			tell_part(run, h, &f);
			continue;
		}
		tell(run, &f, key_of_hit(run, &f));
	}
}

void
run_finding(struct run *run, enum rule rule)
{
	run_finding_about(run, rule, run->record);
}

void
run_finding_about(struct run *run, enum rule rule, const struct val *v)
{
	struct finding f = finding_here(run, rule, v);
	uint32_t n = run->per_rule[rule];

	/* What only informs is told once. */
	if (rule_info(rule)->level == LEVEL_INFO)
		n = 0;
	if (n < EACH_RULE)
		run->per_rule[rule]++;
	tell(run, &f, key_when_full(run, rule,
	    key_of(rule, UINT32_MAX, bytes_at(&n, sizeof(n)))));
}

void
run_findings_end(struct run *run)
{
	const struct sink *sink = run->engine->sink;
	struct seen *seen;
	uint32_t i;

	if (run->seen == NULL || sink->again == NULL)
		return;
	for (i = 0; i < SEEN_SLOTS; i++) {
		seen = &run->seen[i];
		if (seen->key != 0 && seen->which != NOT_TOLD &&
		    seen->count > 1)
			sink->again(sink->ctx, seen->which, seen->count,
			    seen->first, seen->last);
	}
}
