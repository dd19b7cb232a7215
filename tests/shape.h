/*
 * The shape of a file: how many tables and rows a database has, how many
 * members of which type a property list.  Two files of one shape hold the
 * same things, only with other values in them.
 */
#ifndef TESTS_SHAPE_H
#define TESTS_SHAPE_H

#include <stdint.h>

#include "base/bytes.h"

struct shape {
	uint64_t hash;
	uint64_t ngaps;		/* told while reading it; 1 if it is neither */
};

struct shape shape_of(struct bytes);

#endif
