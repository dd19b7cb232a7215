/*
 * The nodes of a property list, shared by its two readers and the questions
 * in plist.c; nobody else includes this.
 *
 * Node 0 is the none node.  The members of an array stand in refs[first] to
 * refs[first + n); those of a dict are n keys, then n values.  A member that
 * could not be read is 0.  No path from the root is longer than LIMIT_DEPTH
 * and none comes back to where it was.
 */
#ifndef FORMAT_PLIST_NODE_H
#define FORMAT_PLIST_NODE_H

#include "format/plist.h"

struct plist_node {
	uint8_t type;		/* enum plist_type */
	bool big;		/* an integer above INT64_MAX, as uint64_t */
	uint8_t state;		/* while the binary form is read */
	uint8_t height;		/* containers below and with this one */
	uint32_t n;		/* bytes, members, pairs */
	union {
		int64_t i;	/* BOOL INT UID; DATE: us since 1970 */
		double r;
		const uint8_t *p;
		uint64_t first;
	};
};

struct plist_doc {
	struct plist_node *nodes;
	uint32_t *refs;
	uint32_t nnodes;	/* with the none node */
	uint32_t nrefs;
};

/* Each reads one form, told by its caller to be that one; *top is the root's
   node.  ERR_KIND if it is no property list after all. */
enum err bplist_read(struct plist_doc *, uint32_t *top, struct arena *,
    struct bytes, const struct gap_sink *);
enum err plist_xml_read(struct plist_doc *, uint32_t *top, struct arena *,
    struct bytes, const struct gap_sink *);

#endif
