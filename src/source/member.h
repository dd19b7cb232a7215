/*
 * A member: one file of the evidence, as its source names it.
 */
#ifndef SOURCE_MEMBER_H
#define SOURCE_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

#define MEMBER_NONE	UINT32_MAX

struct member {			/* texts are borrowed from its list */
	uint32_t id;		/* place in the case's list */
	struct bytes domain;	/* "HomeDomain"; none beside the Manifest */
	struct bytes path;	/* "Library/SMS/sms.db" */
	struct bytes file;	/* where it lies in the evidence: "3d/3d0d…" */
	uint64_t size;		/* bytes, as the manifest says; not trusted */
	struct bytes key;	/* its wrapped key (crypt/keys.h), as the
				   manifest has it; none: it lies in clear */
	uint32_t wal, journal;	/* members beside it, or MEMBER_NONE */
	/* The artifact it is for, and whether it is an `also` file. */
	uint32_t artifact;
	bool also;
};

/* The absolute path on the device of a file of a backup:
   HomeDomain + Library/SMS/sms.db -> /private/var/mobile/Library/SMS/sms.db.
   Containers, whose folders have random names on the phone, get their bundle
   id in the place of the name.  False if the domain is unknown: then nothing
   is appended. */
bool member_device_path(struct buf *, struct bytes domain, struct bytes path);

#endif
