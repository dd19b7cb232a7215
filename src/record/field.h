/*
 * One field of an artifact's records: the line of the table that yields the
 * JSON key, the HTML column, the timeline, the matching and the manual.
 */
#ifndef RECORD_FIELD_H
#define RECORD_FIELD_H

#include "base/buf.h"
#include "record/kind.h"
#include "record/val.h"

/* What it says about the phone when a published indicator stands here. */
enum sense {
	SENSE_BY_KIND = 0,	/* see sense_of() */
	SENSE_RAN,		/* it ran, as this phone itself recorded */
	SENSE_PRESENT,		/* it was on the phone */
	SENSE_RECEIVED,		/* someone sent it, or was in contact */
	SENSE_VISITED,		/* this address was opened */
	SENSE_LOADED,		/* a page had a part of it loaded, or an icon */
	SENSE_TYPED,		/* it stands there, no more is known */
	SENSE_NOT_MATCHED
};

struct field {
	const char *name;	/* JSON key: lower case with _ */
	enum kind kind;
	/* Where it is read: a column of the table, through references with
	   dots ("history_item.url"); "a|b" takes the first that exists.
	   NULL: the artifact's own code fills it. */
	const char *from;
	enum sense sense;
	/* For times: what happened then, as the timeline says it; NULL keeps
	   the time off the timeline. */
	const char *event;
	bool shown;		/* part of the one-line summary of the record */
	bool derived;		/* put together from other fields: matched and
				   shown, but not in the record's line */
};

/* The sense of a field: its own, or by its kind: PROCESS ran; PATH, FILE_NAME,
   hashes, certificates, APP_ID, PROFILE, PROPERTY present; TEXT, EMAIL, PHONE,
   HANDLE received; URL, DOMAIN, IP visited; others are not matched. */
enum sense sense_of(const struct field *);

/* One record as a JSON object: {"name":value,...}; unset fields are left out.
   Times are RFC 3339, blobs base64, modes octal text, lists arrays.  `limit`
   cuts each text and blob (0: whole) and marks the cut with U+2026. */
void field_json(struct buf *, const struct field *, unsigned nfields,
    const struct val *, size_t limit);

/* One value as JSON, and as plain text (not escaped) for people. */
void field_value_json(struct buf *, enum kind, const struct val *,
    size_t limit);
void field_value_text(struct buf *, enum kind, const struct val *,
    size_t limit);

/* The one-line summary: the shown fields that are set, "value, value, name:
   number", not escaped, cut to `limit` bytes (0: whole). */
void field_summary(struct buf *, const struct field *, unsigned nfields,
    const struct val *, size_t limit);

#endif
