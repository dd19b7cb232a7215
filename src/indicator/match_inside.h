/*
 * What the files of the matcher share: inside of match.h.
 */
#ifndef INDICATOR_MATCH_INSIDE_H
#define INDICATOR_MATCH_INSIDE_H

#include "base/limits.h"
#include "indicator/layout.h"
#include "indicator/match.h"
#include "indicator/regex.h"
#include "indicator/space.h"

#define MATCH_MET	256u	/* terms met in one record */
#define MATCH_HITS	64u
/* A power of two: bits for the hashes of all terms, and for the hosts of which
   a URL or place is a term.  They stay in the first cache. */
#define MATCH_FILTER	65536u
#define MATCH_HOSTS	16384u
/* Values that met nothing, two for each hash, and the longest that is noted. */
#define MATCH_QUIET	2048u
#define MATCH_QUIET_BYTES	58u
/* The longest value that is put into its normal form. */
#define MATCH_SCRATCH	(LIMIT_URL_BYTES + 1024)

struct match_met {		/* a term that stands in the record */
	uint32_t term, field;
	bool truncated;
	struct bytes matched;
};

struct match_scan {		/* a term that is tried on every value */
	uint32_t term;
	int regex;		/* number of the expression, or -1: LIKE */
	struct bytes like;
};

struct match_quiet {		/* a value that met nothing */
	uint32_t seen;			/* keys of which it is one */
	uint8_t kind, n;
	uint8_t text[MATCH_QUIET_BYTES];
};

struct match_scans {
	const struct match_scan *list;
	uint32_t n;
};

struct match {
	const struct index *index;
	uint64_t seed;
	uint32_t mask;			/* slots of the table, less one */
	uint32_t first[SPACE_COUNT], n[SPACE_COUNT];	/* terms of each */
	struct match_scans scans[KEY_COUNT];
	struct regex *regex;
	uint32_t shorteners[256];	/* by first letter: bit n, length n */
	uint64_t prefix4;		/* bit n: networks of that length */
	uint8_t prefix6[129];
	uint64_t filter[MATCH_FILTER / 64];
	uint64_t hosts[MATCH_HOSTS / 64];
	struct match_quiet quiet[MATCH_QUIET][2];

	/* The record: */
	struct match_met met[MATCH_MET];
	uint32_t nmet;
	struct match_hit hits[MATCH_HITS];
	unsigned nhits;
	uint32_t seen;			/* keys of which it has values */
	bool shortened;
	const char *fault;

	/* The value: */
	uint32_t field;
	struct bytes found;		/* what a hit shows */
	bool meets;			/* it met a term */
	uint8_t scratch[2][MATCH_SCRATCH];
};

/* Looks a normal value up; its hash is space_done() of it. */
void match_look_up(struct match *, enum space, uint32_t hash, struct bytes);

/* The same; most values are no term, and need no more than one bit. */
static inline void
match_look(struct match *m, enum space space, uint32_t hash, struct bytes value)
{
	uint32_t bit = hash % MATCH_FILTER;

	if ((m->filter[bit / 64] >> bit % 64 & 1) != 0)
		match_look_up(m, space, hash, value);
}

/* The same for values that are hashed whole. */
void match_look_whole(struct match *, enum space, struct bytes);

/* A term was met by the value at work. */
void match_meet(struct match *, uint32_t term, bool truncated);

/* Tries LIKE and MATCHES of the key on one spelling of a value; and notes that
   the record has a value of the key. */
void match_scan(struct match *, enum key, struct bytes spelling);

/* An empty buffer over scratch memory, 0 or 1. */
struct buf match_buf(struct match *, unsigned which);

/* match_host.c: URLs, hosts and addresses. */
void match_host_prepare(struct match *);
void match_host_url(struct match *, struct bytes);
void match_host_domain(struct match *, struct bytes);
void match_host_name(struct match *, struct bytes);	/* nothing else */
void match_host_text(struct match *, struct bytes);

/* match_person.c: e-mail addresses, numbers, handles. */
void match_person_email(struct match *, struct bytes);
bool match_person_address(struct match *, struct bytes);	/* name@host */
void match_person_phone(struct match *, struct bytes);
void match_person_handle(struct match *, struct bytes);

/* match_file.c: paths, names, processes. */
void match_file_path(struct match *, struct bytes);
void match_file_name(struct match *, struct bytes);
void match_file_process(struct match *, struct bytes);
void match_file_app(struct match *, struct bytes);

#endif
