/*
 * The texts of binary property lists, as UTF-8.
 */
#ifndef FORMAT_BPLIST_TEXT_H
#define FORMAT_BPLIST_TEXT_H

#include "base/arena.h"
#include "base/bytes.h"
#include "format/plist_node.h"

/* Makes the node a text: UTF-16BE (width 2), or what the format calls ASCII
   (width 1).  What needs converting goes into the arena, which is bad if there
   was no room. */
void bplist_text(struct plist_node *, struct arena *, struct bytes,
    unsigned width);

#endif
