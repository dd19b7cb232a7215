/*
 * The sections of the index that depend on each other; inside of write.c.
 */
#ifndef INDICATOR_WRITE_PART_H
#define INDICATOR_WRITE_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "indicator/entries.h"
#include "indicator/intern.h"
#include "indicator/layout.h"

struct write_order {
	uint32_t *order;	/* numbers, sorted */
	uint32_t *rank;		/* what each became */
	uint32_t n;
};

struct write_words {
	uint32_t *p;
	uint32_t n, cap;
};

struct write {
	struct arena *arena;
	const struct entries *from;
	struct write_order entries, terms;
	struct buf text;
	struct intern strings;	/* texts, each once */
	uint32_t *places;	/* where each text begins */
	uint32_t places_cap;
	struct write_words words[SECTION_COUNT];
	uint64_t seed;
	uint32_t by_key[KEY_COUNT];
	bool failed;
};

void write_word(struct write *, enum section, uint32_t);
void write_long(struct write *, enum section, uint64_t);
void write_text(struct write *, enum section, struct bytes);
/* The same for a text that does not come again. */
void write_text_once(struct write *, enum section, struct bytes);

/* The terms, what must be met together, and the literals. */
bool write_part_terms(struct write *);

/* The indicators and the sets. */
bool write_part_entries(struct write *);

/* The hash table for w->seed; false if a run of it is too long. */
bool write_part_table(struct write *);

#endif
