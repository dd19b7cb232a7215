/*
 * What a worker and the parent say to each other.  The parent believes
 * nothing: every message is checked as it is read (ids, ranges, lengths).
 */
#ifndef EXAMINE_WIRE_H
#define EXAMINE_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "artifact/engine.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "jail/jail.h"
#include "record/finding.h"
#include "source/member.h"

enum wire {
	WIRE_JAIL = 1,		/* first: what is enforced */
	WIRE_OPEN,		/* member id: asks for a descriptor */
	WIRE_OPENED,		/* the answer: size and descriptor, or why */
	WIRE_FINDING,
	WIRE_AGAIN,
	WIRE_PART,
	WIRE_GAP,
	WIRE_DEVICE,
	WIRE_FOUND,
	WIRE_PROGRESS,
	WIRE_NOTE,		/* text, for a job's own use */
	WIRE_ASK,		/* the same, answered like WIRE_OPEN */
	WIRE_DONE		/* last: the counts */
};

/* Each puts one whole message into an emptied buffer. */
void wire_jail(struct buf *, const struct jail_state *);
void wire_open(struct buf *, uint32_t member);
void wire_opened(struct buf *, uint64_t size, const char *why);
void wire_finding(struct buf *, enum wire, uint32_t part,
    const struct finding *);
void wire_again(struct buf *, uint32_t which, uint64_t count, int64_t first,
    int64_t last);
void wire_gap(struct buf *, uint32_t member, uint64_t offset,
    struct bytes why);
void wire_device(struct buf *, const char *key, struct bytes value);
void wire_found(struct buf *, const struct member *);
void wire_progress(struct buf *, uint64_t records);
void wire_note(struct buf *, struct bytes text);
void wire_ask(struct buf *, struct bytes text);
void wire_done(struct buf *, const struct engine_counts *);

/* One message taken apart.  Texts are borrowed from the message; values of a
   finding stand in the arena. */
struct wire_message {
	enum wire type;
	struct jail_state jail;
	uint32_t member, part, which;
	uint64_t size, offset, count;
	int64_t first, last;
	struct bytes text, key;
	struct finding finding;
	struct member found;
	struct engine_counts counts;
};

/* What may stand in the messages of this worker. */
struct wire_bounds {
	uint32_t artifact;		/* that it runs */
	uint32_t nindicators;
	uint32_t nmembers;		/* ids below this */
};

/* False if the message is not well-formed or out of bounds. */
bool wire_read(struct wire_message *, struct bytes, const struct wire_bounds *,
    struct arena *);

/* The member list of a job, for a descriptor that the worker maps. */
void wire_members(struct buf *, const struct member *, uint32_t n);
bool wire_read_members(struct bytes, struct arena *, struct member **,
    uint32_t *n);

#endif
