/*
 * A certificate, as far as a person wants to know it: whose, by whom, from
 * when to when.  A bounded look at its DER; nothing is checked but lengths.
 */
#ifndef ARTIFACT_CERTS_H
#define ARTIFACT_CERTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "record/val.h"

struct cert {
	struct val subject, issuer;	/* "CN=..., O=..."; or unset */
	struct val from, to;		/* times, or unset */
};

/* False if it is no certificate, or a damaged one; then all is unset. */
bool certs_read(struct cert *, struct arena *, struct bytes der);

/* A name alone: DER with or without its outer SEQUENCE.  Unset if it is none
   that can be read. */
struct val certs_name(struct arena *, struct bytes name);

#endif
