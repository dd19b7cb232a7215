#include "indicator/entries.h"

#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "indicator/grow.h"
#include "indicator/layout.h"
#include "indicator/match.h"
#include "indicator/pattern.h"

/* Enough for the largest pattern: 4,096 terms and their alternatives. */
#define SCRATCH_BYTES	(16 * MIB)

void
entries_init(struct entries *e, struct gather *g)
{
	struct entries empty = { .arena = g->arena, .from = g };

	*e = empty;
	e->scratch = arena_with(SCRATCH_BYTES);
	e->terms = intern_in(g->arena);
	e->logic.terms = &e->terms;
	e->logic.value = buf_with(LIMIT_URL_BYTES * 2);
}

void
entries_free(struct entries *e)
{
	arena_free(&e->scratch);
	buf_free(&e->logic.value);
}

static struct entry *
entry_add(struct entries *e)
{
	struct entry *list;

	list = e->n >= LIMIT_INDICATORS ? NULL : grow_array(e->arena, e->list,
	    e->n, &e->cap, sizeof(*list));
	if (list == NULL)
		return NULL;
	e->list = list;
	memset(&list[e->n], 0, sizeof(*list));
	list[e->n].from = list[e->n].until = TIME_UNSET;
	return &list[e->n++];
}

/* The indicator's sets are the entry's; without any, its file is one. */
static bool
join_sets(struct entries *e, uint32_t entry, const struct gather_indicator *in)
{
	const struct gather *g = e->from;
	struct entry_set *list;
	const uint32_t *of;
	uint32_t i, n;

	of = gather_sets_of(g, in->id, &n);
	for (i = 0; i < n || i == 0; i++) {
		list = grow_array(e->arena, e->in_sets, e->nin_sets,
		    &e->in_sets_cap, sizeof(*list));
		if (list == NULL)
			return false;
		e->in_sets = list;
		list[e->nin_sets].entry = entry;
		list[e->nin_sets].set = n == 0 ? g->nsets + in->file : of[i];
		e->nin_sets++;
	}
	return true;
}

static bool
all_add(struct entries *e, uint32_t entry, uint32_t part,
    const struct dnf_all *a)
{
	struct entry_all *list;
	uint32_t *literals;

	list = grow_array(e->arena, e->alls, e->nalls, &e->alls_cap,
	    sizeof(*list));
	literals = arena_alloc(e->arena, a->n, sizeof(*literals));
	if (list == NULL || literals == NULL)
		return false;
	memcpy(literals, a->items, a->n * sizeof(*literals));
	e->alls = list;
	list[e->nalls].entry = entry;
	list[e->nalls].part = part;
	list[e->nalls].n = a->n;
	list[e->nalls].literals = literals;
	e->nalls++;
	return true;
}

/* --- one value alone --------------------------------------------------- */

/* The entry of the term, new or old, + 1. */
static uint32_t *
place_of_term(struct entries *e, uint32_t term)
{
	uint32_t *list;

	while (e->of_term_cap <= term) {
		list = grow_array(e->arena, e->of_term, e->of_term_cap,
		    &e->of_term_cap, sizeof(*list));
		if (list == NULL)
			return NULL;
		e->of_term = list;
	}
	return &e->of_term[term];
}

/* The same value published twice is good from the first day to the last. */
static void
widen_times(struct entry *entry, const struct gather_indicator *in, bool first)
{
	if (first) {
		entry->from = in->from;
		entry->until = in->until;
		return;
	}
	if (in->from == TIME_UNSET || entry->from == TIME_UNSET)
		entry->from = TIME_UNSET;
	else if (in->from < entry->from)
		entry->from = in->from;
	if (in->until == TIME_UNSET || entry->until == TIME_UNSET)
		entry->until = TIME_UNSET;
	else if (in->until > entry->until)
		entry->until = in->until;
}

static bool
add_single(struct entries *e, const struct gather_indicator *in,
    const struct dnf_all *a)
{
	uint32_t term = a->items[0] >> 1;
	uint32_t *place = place_of_term(e, term);
	struct entry *entry;
	bool first;

	if (place == NULL)
		return false;
	first = *place == 0;
	if (first) {
		entry = entry_add(e);
		if (entry == NULL)
			return false;
		entry->id = intern_bytes(&e->from->ids, in->id);
		entry->value = e->logic.written[term];
		entry->kind = intern_tag(&e->terms, term) >> 8;
		*place = e->n;
		if (!all_add(e, e->n - 1, MATCH_WHOLE, a))
			return false;
	}
	widen_times(&e->list[*place - 1], in, first);
	return join_sets(e, *place - 1, in);
}

/* --- several terms ----------------------------------------------------- */

static bool
add_case(struct entries *e, struct entry *entry, uint32_t word)
{
	uint32_t *list;

	list = grow_array(e->arena, entry->cases, entry->ncases,
	    &entry->cases_cap, sizeof(*list));
	if (list == NULL)
		return false;
	entry->cases = list;
	list[entry->ncases++] = word;
	return true;
}

/* The part's own number in the entry; its alternatives go in with it. */
static uint32_t
number_part(struct entries *e, uint32_t entry, uint32_t *numbers,
    uint32_t part)
{
	const struct dnf_all *a;

	if (numbers[part] != 0)
		return numbers[part] - 1;
	if (e->list[entry].parts == LAYOUT_PARTS)
		return MATCH_WHOLE;
	numbers[part] = ++e->list[entry].parts;
	for (a = e->logic.parts[part].first; a != NULL; a = a->next)
		if (!all_add(e, entry, numbers[part] - 1, a))
			return MATCH_WHOLE;
	return numbers[part] - 1;
}

/* An alternative that needs several observations. */
static bool
add_together(struct entries *e, uint32_t entry, uint32_t *numbers,
    const struct dnf_all *parts)
{
	uint32_t i, number;

	if (!add_case(e, &e->list[entry], parts->n))
		return false;
	for (i = 0; i < parts->n; i++) {
		number = number_part(e, entry, numbers, parts->items[i]);
		if (number == MATCH_WHOLE ||
		    !add_case(e, &e->list[entry], number))
			return false;
	}
	return true;
}

/* What one record alone can meet: values alone become entries of their own. */
static bool
add_whole(struct entries *e, const struct gather_indicator *in,
    const struct dnf *part, uint32_t entry)
{
	const struct dnf_all *a;
	bool good = true;

	for (a = part->first; a != NULL && good; a = a->next) {
		if (entry == MATCH_WHOLE && a->n == 1)
			good = add_single(e, in, a);
		else if (entry != MATCH_WHOLE && a->n > 1)
			good = all_add(e, entry, MATCH_WHOLE, a);
	}
	return good;
}

static bool
needs_several(const struct logic *l)
{
	const struct dnf_all *w, *a;

	for (w = l->whole.first; w != NULL; w = w->next) {
		if (w->n > 1)
			return true;
		for (a = l->parts[w->items[0]].first; a != NULL; a = a->next)
			if (a->n > 1)
				return true;
	}
	return false;
}

static bool
fill_compound(struct entries *e, const struct gather_indicator *in,
    uint32_t entry)
{
	const struct logic *l = &e->logic;
	const struct dnf_all *w;
	uint32_t *numbers;
	bool good;

	numbers = arena_alloc(&e->scratch, l->nparts, sizeof(*numbers));
	good = numbers != NULL;
	for (w = l->whole.first; w != NULL && good; w = w->next) {
		if (w->n > 1)
			good = add_together(e, entry, numbers, w);
		else
			good = add_whole(e, in, &l->parts[w->items[0]], entry);
	}
	return good && join_sets(e, entry, in);
}

/* All of it or nothing: half a condition would be another condition. */
static bool
add_compound(struct entries *e, const struct gather_indicator *in)
{
	uint32_t n = e->n, nalls = e->nalls, nin_sets = e->nin_sets;
	struct entry *entry = entry_add(e);

	if (entry == NULL)
		return false;
	entry->id = intern_bytes(&e->from->ids, in->id);
	entry->value = bytes_part(in->pattern, 0, LIMIT_FINDING_TEXT);
	entry->kind = KEY_COUNT;
	widen_times(entry, in, true);
	if (fill_compound(e, in, n))
		return true;
	e->n = n;
	e->nalls = nalls;
	e->nin_sets = nin_sets;
	return false;
}

static bool
add_pattern(struct entries *e, const struct gather_indicator *in)
{
	const struct logic *l = &e->logic;
	const struct dnf_all *w;
	bool good = true;

	for (w = l->whole.first; w != NULL && good; w = w->next)
		if (w->n == 1)
			good = add_whole(e, in, &l->parts[w->items[0]],
			    MATCH_WHOLE);
	if (good && needs_several(l))
		good = add_compound(e, in);
	e->published += good;
	return good;
}

/* --- one indicator ----------------------------------------------------- */

static void
note(struct entries *e, enum index_note_kind kind,
    const struct gather_indicator *in, struct bytes about, const char *why)
{
	notes_add(&e->from->notes, kind, in->file, in->offset,
	    intern_bytes(&e->from->ids, in->id), about, why);
}

static void
note_fault(struct entries *e, const struct gather_indicator *in,
    const struct pattern_fault *fault)
{
	uint8_t text[64];
	struct buf b = { text, 0, sizeof(text), sizeof(text), false };

	buf_text(&b, "the pattern is damaged at its byte ");
	buf_uint(&b, fault->at);
	note(e, NOTE_ERROR, in, buf_bytes(&b), fault->why);
}

static void
note_left_out(struct entries *e, const struct gather_indicator *in, bool partly)
{
	uint8_t text[300];
	struct buf b = { text, 0, sizeof(text), sizeof(text), false };

	if (partly)
		buf_text(&b, "in part");
	if (partly && e->logic.about.n > 0)
		buf_text(&b, ", ");
	buf_add(&b, bytes_part(e->logic.about, 0, 256));
	note(e, NOTE_NOT_TESTABLE, in, buf_bytes(&b), e->logic.why);
}

/* Its own fault is a note; false only if the arena has no room. */
static bool
read_pattern(struct entries *e, const struct gather_indicator *in)
{
	struct pattern_fault fault = { 0 };
	struct bytes none = { NULL, 0 };
	struct pattern *p;
	bool some;

	arena_reset(&e->scratch);
	p = pattern_read(in->pattern, &e->scratch, &fault);
	if (p == NULL) {
		note_fault(e, in, &fault);
		return true;
	}
	e->logic.arena = &e->scratch;
	some = logic_read(&e->logic, p);
	if (!some || e->logic.why != NULL)
		note_left_out(e, in, some);
	if (!some || add_pattern(e, in))
		return !e->arena->bad;
	note(e, NOTE_ERROR, in, none, e->n >= LIMIT_INDICATORS ?
	    "there are too many indicators" :
	    "it needs too many observations together");
	return !e->arena->bad;
}

static bool
read_indicator(struct entries *e, const struct gather_indicator *in)
{
	struct bytes none = { NULL, 0 };

	if (in->revoked) {
		note(e, NOTE_REVOKED, in, none, "it was withdrawn");
		return true;
	}
	if (in->type.n > 0 && !bytes_is(in->type, "stix")) {
		note(e, NOTE_OTHER_PATTERN, in, bytes_part(in->type, 0, 64),
		    "patterns of this type are not read");
		return true;
	}
	return read_pattern(e, in);
}

bool
entries_make(struct entries *e)
{
	uint32_t i;

	for (i = 0; i < e->from->nlive; i++)
		if (!read_indicator(e,
		    &e->from->indicators[e->from->live[i]]))
			return false;
	return !e->arena->bad;
}
