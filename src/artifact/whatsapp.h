/*
 * Who stands behind a WhatsApp identifier: "15550100@s.whatsapp.net" holds a
 * number, "1234@lid" hides it.  Numbers and names come from ContactsV2.sqlite
 * and LID.sqlite beside the messages.
 */
#ifndef ARTIFACT_WHATSAPP_H
#define ARTIFACT_WHATSAPP_H

#include "artifact/run.h"

/* WhatsApp and WhatsApp Business. */
#define WHATSAPP_DOMAIN	"AppDomainGroup-group.net.whatsapp.WhatsApp*.shared"

struct whatsapp;		/* opaque; in run_keep */

/* Reads what the artifact's files tell of it, those of one domain only unless
   that is empty.  NULL if there is no memory. */
struct whatsapp *whatsapp_new(struct run *, struct bytes domain);

/* A pair from elsewhere. */
void whatsapp_pair(struct whatsapp *, struct bytes lid, struct bytes number);

/* The number ("+15550100"; lives until the next record) and the name behind an
   identifier; unset where it is not known, and for groups.  w may be NULL. */
struct val whatsapp_number(struct run *, const struct whatsapp *,
    struct bytes id);
struct val whatsapp_name(const struct whatsapp *, struct bytes id);

#endif
