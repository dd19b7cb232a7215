#include "examine/extract_plan.h"

#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"

#define PART_MAX	255	/* bytes of one part of a name */
#define DEPTH_MAX	64	/* parts; phones have up to about twenty */
#define SLOTS_FIRST	4096
#define SLOTS_MAX	(64u * EXTRACT_FILES_MAX)
/* In a slot, beside what is left of the key. */
#define SLOT_FOLDER	UINT64_C(1)

const char *
extract_name_text(enum extract_name name)
{
	static const char *const texts[EXTRACT_NAMES] = {
		[EXTRACT_NAME_FINE] = "",
		[EXTRACT_NAME_ID] = "its ID in the manifest is no file ID: "
		    "nobody knows where it lies",
		[EXTRACT_NAME_PARTS] = "its name would lie elsewhere, or has "
		    "empty parts",
		[EXTRACT_NAME_LONG] = "its name is longer or deeper than file "
		    "systems take",
		[EXTRACT_NAME_TEXT] = "its name holds control characters, or "
		    "is no text",
		[EXTRACT_NAME_OURS] = "its name is one that ostrakon uses here",
		[EXTRACT_NAME_TWICE] = "an earlier file of the manifest has "
		    "the same name",
		[EXTRACT_NAME_FOLDER] = "its name is that of a folder in which "
		    "an earlier file lies",
		[EXTRACT_NAME_BELOW] = "it would lie in a folder that has the "
		    "name of an earlier file",
	};

	return texts[name];
}

bool
extract_id_ok(struct bytes id)
{
	size_t i;

	for (i = 0; i < id.n; i++)
		if (!((id.p[i] >= '0' && id.p[i] <= '9') ||
		    (id.p[i] >= 'a' && id.p[i] <= 'f')))
			return false;
	return id.n == EXTRACT_ID_BYTES;
}

/* C0, DEL and C1, and what is no UTF-8. */
static bool
plain_text(struct bytes name)
{
	size_t at = 0, n;
	uint32_t c;

	while (at < name.n) {
		n = text_char(name, at, &c);
		if (n == 0 || c < 0x20 || (c >= 0x7f && c < 0xa0))
			return false;
		at += n;
	}
	return true;
}

static bool
is_ours(struct bytes name)
{
	struct bytes first = bytes_part(name, 0,
	    bytes_find_byte(name, '/', 0));

	return bytes_is(first, EXTRACT_LIST) ||
	    bytes_is(first, EXTRACT_JOURNAL) ||
	    bytes_starts(first, EXTRACT_PART);
}

enum extract_name
extract_name_check(struct bytes name)
{
	struct bytes part;
	unsigned depth = 0;
	size_t at, end;

	if (name.n == 0)
		return EXTRACT_NAME_PARTS;
	if (name.n >= LIMIT_PATH_BYTES)
		return EXTRACT_NAME_LONG;
	for (at = 0; at <= name.n; at = end + 1) {
		end = bytes_find_byte(name, '/', at);
		if (end == SIZE_MAX)
			end = name.n;
		part = bytes_part(name, at, end - at);
		if (part.n == 0 || bytes_is(part, ".") || bytes_is(part, ".."))
			return EXTRACT_NAME_PARTS;
		if (part.n > PART_MAX || ++depth > DEPTH_MAX)
			return EXTRACT_NAME_LONG;
	}
	if (!plain_text(name))
		return EXTRACT_NAME_TEXT;
	return is_ours(name) ? EXTRACT_NAME_OURS : EXTRACT_NAME_FINE;
}

void
extract_plan_init(struct extract_plan *p)
{
	memset(p, 0, sizeof(*p));
	p->rows = arena_with((EXTRACT_FILES_MAX + EXTRACT_BLOCK) *
	    sizeof(struct extract_row) * 2);
	p->table = arena_with(SLOTS_MAX);
}

void
extract_plan_free(struct extract_plan *p)
{
	arena_free(&p->rows);
	arena_free(&p->table);
}

/* --- names: a table of their keys ----------------------------------------- */

/* 0 stands for no name, and the lowest bit for a folder. */
static uint64_t
key_of(struct bytes name)
{
	uint64_t key = hash_key(name) & ~SLOT_FOLDER;

	return key == 0 ? 2 : key;
}

/* The slot of the name, or the free one where it belongs. */
static uint64_t *
slot_of(const struct extract_plan *p, uint64_t key)
{
	uint64_t i = (key >> 1) & (p->nslots - 1);

	while (p->slots[i] != 0 && (p->slots[i] & ~SLOT_FOLDER) != key)
		i = (i + 1) & (p->nslots - 1);
	return &p->slots[i];
}

static enum err
grow(struct extract_plan *p)
{
	struct extract_plan old = *p;
	uint64_t i;

	if (p->used * 2 < p->nslots)
		return ERR_NONE;
	p->nslots = old.nslots == 0 ? SLOTS_FIRST : 2 * old.nslots;
	p->table = arena_with(SLOTS_MAX);
	p->slots = arena_alloc(&p->table, p->nslots, sizeof(*p->slots));
	if (p->slots == NULL) {
		*p = old;
		return ERR_MEMORY;
	}
	for (i = 0; i < old.nslots; i++)
		if (old.slots[i] != 0)
			*slot_of(p, old.slots[i] & ~SLOT_FOLDER) =
			    old.slots[i];
	arena_free(&old.table);
	return ERR_NONE;
}

static enum err
enter(struct extract_plan *p, uint64_t key, bool folder)
{
	enum err err = grow(p);
	uint64_t *slot;

	if (err != ERR_NONE)
		return err;
	slot = slot_of(p, key);
	if (*slot == 0) {
		*slot = key | (folder ? SLOT_FOLDER : 0);
		p->used++;
	}
	return ERR_NONE;
}

/* Whether an earlier name stands in its way. */
static enum extract_name
collides(const struct extract_plan *p, struct bytes name)
{
	uint64_t slot;
	size_t at = 0;

	if (p->nslots == 0)
		return EXTRACT_NAME_FINE;
	slot = *slot_of(p, key_of(name));
	if (slot != 0)
		return slot & SLOT_FOLDER ? EXTRACT_NAME_FOLDER :
		    EXTRACT_NAME_TWICE;
	while ((at = bytes_find_byte(name, '/', at)) != SIZE_MAX) {
		slot = *slot_of(p, key_of(bytes_part(name, 0, at++)));
		if (slot != 0 && !(slot & SLOT_FOLDER))
			return EXTRACT_NAME_BELOW;
	}
	return EXTRACT_NAME_FINE;
}

static enum err
enter_all(struct extract_plan *p, struct bytes name)
{
	enum err err = enter(p, key_of(name), false);
	size_t at = 0;

	while (err == ERR_NONE &&
	    (at = bytes_find_byte(name, '/', at)) != SIZE_MAX)
		err = enter(p, key_of(bytes_part(name, 0, at++)), true);
	return err;
}

/* --- rows ----------------------------------------------------------------- */

struct extract_row *
extract_plan_row(const struct extract_plan *p, uint64_t n)
{
	return &p->blocks[n / EXTRACT_BLOCK][n % EXTRACT_BLOCK];
}

enum err
extract_plan_add(struct extract_plan *p, enum extract_name fault,
    struct bytes name)
{
	struct extract_row *row;

	if (p->n == EXTRACT_FILES_MAX)
		return ERR_MEMORY;
	if (p->n % EXTRACT_BLOCK == 0)
		p->blocks[p->n / EXTRACT_BLOCK] = arena_alloc(&p->rows,
		    EXTRACT_BLOCK, sizeof(*row));
	if (p->blocks[p->n / EXTRACT_BLOCK] == NULL)
		return ERR_MEMORY;
	row = extract_plan_row(p, p->n++);
	row->at = EXTRACT_OPEN;
	if (fault == EXTRACT_NAME_FINE)
		fault = extract_name_check(name);
	if (fault == EXTRACT_NAME_FINE)
		fault = collides(p, name);
	if (fault != EXTRACT_NAME_FINE) {
		row->inode = (uint64_t)fault;
		return ERR_NONE;
	}
	row->key = key_of(name);
	return enter_all(p, name);
}

bool
extract_plan_is(const struct extract_row *row, struct bytes name)
{
	return row->key != 0 && row->key == key_of(name);
}

bool
extract_plan_has(const struct extract_plan *p, uint64_t inode)
{
	const struct extract_row *row;
	uint64_t i;

	for (i = 0; i < p->n; i++) {
		row = extract_plan_row(p, i);
		if (row->key != 0 && row->at != EXTRACT_OPEN &&
		    row->inode == inode)
			return true;
	}
	return false;
}
