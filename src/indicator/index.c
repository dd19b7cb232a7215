#include "indicator/index.h"

#include <assert.h>

#include "base/time.h"
#include "indicator/index_check.h"
#include "indicator/layout.h"

static_assert(INDEX_SECTIONS == SECTION_COUNT, "index.h and layout.h agree");

/* The sections lie one after the other, so only their sizes are told. */
enum err
index_open(struct index *out, struct bytes all)
{
	struct index x = { .all = all };
	struct cur c = cur_over(all);
	struct cur sizes;
	unsigned i;

	if (!bytes_is(cur_take(&c, 8), LAYOUT_MAGIC) ||
	    cur_le(&c, 4) != LAYOUT_VERSION)
		return ERR_KIND;
	sizes = cur_sub(&c, SECTION_COUNT * 4);
	for (i = 0; i < SECTION_COUNT; i++)
		x.section[i] = cur_take(&c, (size_t)cur_le(&sizes, 4));
	if (!cur_ok(&c) || !cur_ok(&sizes) || cur_left(&c) > 0 ||
	    !index_check(&x))
		return ERR_KIND;
	*out = x;
	return ERR_NONE;
}

static uint32_t
entries(const struct index *x, enum section s, uint32_t words)
{
	return (uint32_t)(x->section[s].n / 4 / words);
}

uint32_t
index_count(const struct index *x)
{
	return entries(x, SECTION_INDICATOR, INDICATOR_WORDS);
}

uint32_t
index_published(const struct index *x)
{
	return layout_word(x, SECTION_TOTAL, TOTAL_PUBLISHED);
}

bool
index_get(const struct index *x, uint32_t id, struct index_indicator *out)
{
	size_t at = (size_t)id * INDICATOR_WORDS;
	uint32_t kind;

	if (id >= index_count(x))
		return false;
	kind = layout_word(x, SECTION_INDICATOR, at + INDICATOR_KIND);
	out->id = layout_text(x, SECTION_INDICATOR, at + INDICATOR_ID_TEXT);
	out->value = layout_text(x, SECTION_INDICATOR,
	    at + INDICATOR_VALUE_TEXT);
	out->kind = bytes_of(key_name((enum key)kind));
	out->sets = layout_text(x, SECTION_INDICATOR,
	    at + INDICATOR_SETS_TEXT);
	out->reference = layout_text(x, SECTION_INDICATOR,
	    at + INDICATOR_REFERENCE_TEXT);
	out->valid_from = (int64_t)layout_long(x, SECTION_INDICATOR,
	    at + INDICATOR_FROM);
	out->valid_until = (int64_t)layout_long(x, SECTION_INDICATOR,
	    at + INDICATOR_UNTIL);
	out->compound = kind == KEY_COUNT;
	return true;
}

bool
index_expired(const struct index_indicator *i, int64_t when)
{
	return i->valid_until != TIME_UNSET && when != TIME_UNSET &&
	    i->valid_until <= when;
}

uint32_t
index_sets(const struct index *x)
{
	return entries(x, SECTION_SET, SET_WORDS);
}

bool
index_set_at(const struct index *x, uint32_t i, struct index_set *out)
{
	size_t at = (size_t)i * SET_WORDS;
	unsigned k;

	if (i >= index_sets(x))
		return false;
	out->name = layout_text(x, SECTION_SET, at + SET_NAME_TEXT);
	out->file = layout_text(x, SECTION_SET, at + SET_FILE_TEXT);
	out->count = layout_word(x, SECTION_SET, at + SET_INDICATORS);
	for (k = 0; k < KEY_COUNT; k++)
		out->by_key[k] = layout_word(x, SECTION_SET, at + SET_KEYS + k);
	return true;
}

void
index_by_key(const struct index *x, uint32_t by_key[KEY_COUNT])
{
	unsigned k;

	for (k = 0; k < KEY_COUNT; k++)
		by_key[k] = layout_word(x, SECTION_TOTAL, TOTAL_KEYS + k);
}

uint32_t
index_notes(const struct index *x)
{
	return entries(x, SECTION_NOTE, NOTE_WORDS);
}

bool
index_note_at(const struct index *x, uint32_t i, struct index_note *out)
{
	size_t at = (size_t)i * NOTE_WORDS;

	if (i >= index_notes(x))
		return false;
	out->kind = (enum index_note_kind)layout_word(x, SECTION_NOTE,
	    at + NOTE_KIND);
	out->file = layout_text(x, SECTION_NOTE, at + NOTE_FILE_TEXT);
	out->object = layout_text(x, SECTION_NOTE, at + NOTE_OBJECT_TEXT);
	out->why = layout_text(x, SECTION_NOTE, at + NOTE_WHY_TEXT);
	out->offset = layout_long(x, SECTION_NOTE, at + NOTE_OFFSET);
	return true;
}
