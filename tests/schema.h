/*
 * A validator for the part of JSON Schema 2020-12 that docs/ uses, over a
 * small JSON tree of its own: nothing in it comes from the code under test.
 */
#ifndef TESTS_SCHEMA_H
#define TESTS_SCHEMA_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"

struct schema_node;

/* NULL if it is not one JSON value and nothing else, or nested over 100. */
const struct schema_node *schema_read(struct arena *, struct bytes json);

/* Whether the schema uses only what is understood here, its references lead
   somewhere, and it requires only what it describes. */
bool schema_sound(const struct schema_node *schema, struct buf *why);

/* Whether the value is as the schema says; else `why` tells where it is not. */
bool schema_holds(const struct schema_node *schema,
    const struct schema_node *value, struct buf *why);

/* A member of an object, or NULL; an item of an array, or NULL; the text of a
   string or number. */
const struct schema_node *schema_get(const struct schema_node *,
    const char *key);
const struct schema_node *schema_item(const struct schema_node *, unsigned);
struct bytes schema_text(const struct schema_node *);

#endif
