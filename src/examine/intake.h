/*
 * What workers told, kept apart by artifact until all have ended.
 */
#ifndef EXAMINE_INTAKE_H
#define EXAMINE_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "examine/session.h"
#include "indicator/index.h"
#include "jail/broker.h"
#include "record/result.h"

struct told_finding {
	struct told_finding *next;
	struct finding f;
};

struct told_part {
	struct told_part *next;
	uint32_t part;
	struct finding f;
};

struct told_gap {
	struct told_gap *next;
	uint32_t member;
	uint64_t offset;
	struct bytes why;
};

struct told_pair {
	struct told_pair *next;
	struct bytes key, value;
};

struct told_member {
	struct told_member *next;
	struct member member;
};

/* All that one artifact told. */
struct told {
	struct intake *intake;
	unsigned artifact;
	struct arena arena;		/* what this worker may make us keep */
	struct told_finding *findings, **findings_end;
	struct told_part *parts;
	struct told_gap *gaps, **gaps_end;
	uint32_t nfindings, ngaps, nparts;
	struct engine_counts counts;
	uint32_t nmembers;		/* of its own, that it was given */
	bool unwritten;			/* its records are not whole */
	bool over;			/* the worker has ended */
};

/* One case under way. */
struct intake {
	struct arena *arena;		/* of the result */
	struct broker *broker;
	const struct index *index;
	struct told *told;		/* one per artifact */
	struct told_pair *device, **device_end;
	unsigned ndevice;
	struct told_member *members;	/* newest first */
	uint32_t nmembers;
	size_t member_bytes;		/* of their names */
	bool describing;		/* device facts may be told */
	bool gathering;			/* members may still be told of */
	struct member *list;		/* all of them by id, once known */
	uint32_t nlist;
	bool members_full;
	uint64_t bytes;			/* of the files handed out */
	void (*progress)(void *ctx, const char *artifact, struct bytes file,
	    uint64_t bytes, uint64_t records);
	void *progress_ctx;
};

enum err intake_init(struct intake *, struct arena *, struct broker *,
    const struct index *);

void intake_free(struct intake *);

/* A member for each artifact that asks for the file (domain, path, file, size
   and key of it); false if it is one too many. */
bool intake_member(struct intake *, const struct member *);

/* Gives the members numbers and links wal and journal.  Those beside the
   manifest come first, and keep theirs when it is called again with more: no
   artifact has files both there and elsewhere. */
enum err intake_members_done(struct intake *);

/* The members of one artifact, in the arena. */
const struct member *intake_members_of(struct intake *, unsigned artifact,
    uint32_t *n);

/* A gap of the case (artifact < 0) or of an artifact. */
void intake_gap(struct intake *, int artifact, uint32_t member,
    uint64_t offset, struct bytes why);

/* The value of a device fact, or none. */
struct bytes intake_device(const struct intake *, const char *key);

/* The three calls of a task whose ctx is a struct told. */
bool intake_open(void *ctx, uint32_t member, int *fd, uint64_t *size,
    const char **why);
bool intake_message(void *ctx, const struct wire_message *);
void intake_ended(void *ctx, const char *why);

#endif
