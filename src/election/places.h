/*
 * Regions and their territories, and other names that come again and again:
 * each text once, by number.
 */
#ifndef ELECTION_PLACES_H
#define ELECTION_PLACES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"

#define PLACES_NONE	UINT32_MAX

struct place {
	uint32_t above;		/* the region of a territory; PLACES_NONE */
	struct bytes name;
};

struct places {
	struct arena *arena;	/* texts are copied here */
	struct buf items, table;
	uint32_t n, slots;
	uint32_t last[2];	/* what was asked for last, at each level */
	bool bad;
};

struct places places_with(struct arena *, uint32_t most);
void places_free(struct places *);
/* The number of a name under `above`; made if it is new and `add` is true,
   else PLACES_NONE (also if there is no room: then it is bad). */
uint32_t places_number(struct places *, uint32_t above, struct bytes name,
    bool add);
struct place places_get(const struct places *, uint32_t);

/* The order of names for people: runs of digits by their value, all else by
   its bytes. */
int places_order(struct bytes, struct bytes);

#endif
