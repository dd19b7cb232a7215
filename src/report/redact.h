/*
 * What a redacted report leaves out: device identifiers, numbers, addresses,
 * names, texts of messages, and paths and URLs that may hold any of them.
 * Kept are times, counts, programs, apps, hashes, and whatever equals a
 * published indicator, for that is public already.
 */
#ifndef REPORT_REDACT_H
#define REPORT_REDACT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "record/result.h"

/* Whether this fact about the device may stay. */
bool redact_keeps_device(const char *key);

/* Whether this value of a finding's record may stay as it is. */
bool redact_keeps(const struct result_finding *, enum kind,
    const struct val *);

/* The published value that the text holds, or none. */
struct bytes redact_published(const struct result_finding *, struct bytes);

/* "HomeDomain/.../sms.db": only the domain, up to its first "-", and the name
   of the file. */
void redact_member(struct buf *, struct bytes member);

#endif
