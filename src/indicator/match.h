/*
 * Matching the values of one record against the index, by their kind.
 */
#ifndef INDICATOR_MATCH_H
#define INDICATOR_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "indicator/index.h"
#include "record/kind.h"

struct match;			/* opaque: one matcher, in an arena */

struct match_hit {
	uint32_t indicator;
	uint32_t part;		/* which observation of it was met; the whole
				   indicator if MATCH_WHOLE */
	uint32_t field;		/* as given to match_value */
	enum key key;		/* what matched */
	bool truncated;		/* a process name, cut to 16 by the kernel */
	struct bytes matched;	/* the text in the value: a URL, a host, a
				   path; borrowed from it */
};

#define MATCH_WHOLE	UINT32_MAX

/* Compiles the patterns that need it.  Lives in the arena. */
enum err match_new(struct match **, struct arena *, const struct index *);

/* One record: begin, each value, end.  A value may be long; free text (TEXT) is
   searched for URLs, hosts and e-mail addresses.  Hits borrow from the values,
   which therefore must stay until the hits are used. */
void match_begin(struct match *);
void match_value(struct match *, uint32_t field, enum kind, struct bytes);

/* Whether the record met anything so far; if not, it has no hits. */
bool match_met(const struct match *);

/* The hits of the record, valid until match_begin; bounded (64 a record). */
unsigned match_end(struct match *, const struct match_hit **);

/* Link shorteners met in the record's URLs, whose target is not known. */
bool match_shortened(const struct match *);

/* Whether it ever left something out for a limit (regex work): then a gap. */
const char *match_fault(const struct match *);

/* --- the case: [a] AND [b] --------------------------------------------- */

/* The parts of an indicator that must all be met somewhere in the case. */
uint32_t match_parts(const struct index *, uint32_t indicator);

/* Given for one indicator which parts were met (met[part]), whether its
   pattern holds. */
bool match_complete(const struct index *, uint32_t indicator,
    const bool *met, uint32_t n);

/* Whether any field kind of the given ones can test this key at all; `kinds`
   is a bit set by enum kind. */
bool match_testable(enum key, uint64_t kinds);

#endif
