/*
 * Files of data/ that are built in; data/embed.sh writes the tables when the
 * program is made.
 */
#ifndef ELECTION_EMBEDDED_H
#define ELECTION_EMBEDDED_H

#include <stddef.h>
#include <stdint.h>

struct embedded {
	const char *name;		/* without .yaml; NULL: the end */
	const uint8_t *text;
	size_t n;
};

extern const struct embedded embedded_laws[], embedded_profiles[];

#endif
