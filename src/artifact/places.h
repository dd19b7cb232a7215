/*
 * The places of all artifacts at once: whether any of them asks for a file.
 * A manifest names hundreds of thousands of files, and each is asked about.
 */
#ifndef ARTIFACT_PLACES_H
#define ARTIFACT_PLACES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

struct places;			/* opaque; in the arena */

enum err places_new(struct places **, struct arena *);

/* As artifact_place() for the places of every artifact, `also` ones too. */
bool places_ask(const struct places *, struct bytes domain,
    struct bytes path);

#endif
