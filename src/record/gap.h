/*
 * A gap: bytes or rows that were there and were not examined.
 */
#ifndef RECORD_GAP_H
#define RECORD_GAP_H

#include <stdint.h>

#define GAP_NO_OFFSET	UINT64_MAX

struct gap {
	uint64_t offset;	/* in the member, bytes; or GAP_NO_OFFSET */
	const char *why;	/* an English sentence of ours */
};

/* Where readers put gaps.  `add` may be NULL: then they are lost, which is
   right only in tests and fuzzers. */
struct gap_sink {
	void (*add)(void *ctx, const struct gap *);
	void *ctx;
};

void gap_add(const struct gap_sink *, uint64_t offset, const char *why);

/* As gap_add, the sentence made from a format of ours. */
void gap_addf(const struct gap_sink *, uint64_t offset, const char *, ...)
    __attribute__((format(printf, 3, 4)));

#endif
