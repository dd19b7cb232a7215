/*
 * NSKeyedArchiver: an object graph inside a property list.
 *
 * $top names the root, $objects holds everything, UIDs are references.  The
 * questions below follow UIDs, and unwrap NSString, NSData, NSDate, NSArray,
 * NSSet and NSDictionary (with their mutable forms) as they go.
 */
#ifndef FORMAT_KEYED_H
#define FORMAT_KEYED_H

#include "format/plist.h"

struct keyed {			/* one object; pass by value */
	struct plist archive;	/* the $objects array */
	struct plist node;	/* never a UID */
};

/* Whether the document is a keyed archive. */
bool keyed_is(struct plist doc);

/* The root object ($top.root, else the first of $top). */
struct keyed keyed_root(struct plist doc);

/* The member of an object by its archive key ("RelativePath"); none if not
   there.  On an NSDictionary: the value whose key is this text. */
struct keyed keyed_get(struct keyed, const char *key);
/* The same for n keys at once, at most KEYED_ALL, into out[0..n). */
#define KEYED_ALL	16
void keyed_get_all(struct keyed, const char *const *keys, struct keyed *out,
    unsigned n);
/* Members of an NSArray, NSSet, NSOrderedSet or NSDictionary. */
uint32_t keyed_count(struct keyed);
struct keyed keyed_at(struct keyed, uint32_t);
struct keyed keyed_key(struct keyed, uint32_t);	/* of an NSDictionary */

/* Name of its class, or none. */
struct bytes keyed_class(struct keyed);

/* Scalars: NSString and NSMutableString to text, NSData to data, NSDate
   (NS.time, s since 2001) to microseconds since 1970 or TIME_UNSET, NSURL to
   its text (absolute unless the member NS.base is there), NSUUID to its 16
   bytes, NSAttributedString to its text. */
struct bytes keyed_bytes(struct keyed);
int64_t keyed_int(struct keyed, int64_t otherwise);
int64_t keyed_date(struct keyed);
bool keyed_present(struct keyed);

#endif
