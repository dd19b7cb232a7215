/*
 * Voicemail: messages on the answering machine of the operator that were
 * fetched to the phone.
 *
 * Evidence: voicemail.db.  The time is Unix seconds, that of deleting seconds
 * since 2001-01-01 UTC, the length seconds.
 * Not here: what was said; calls without a message; what was deleted for good.
 */
#include "artifact/artifact.h"

enum { TIME, TRASHED, SENDER, CALLBACK, RECEIVER, DURATION, FLAGS, UUID,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]     = { "time", KIND_TIME_UNIX, "date",
	               .event = "voicemail left" },
	[TRASHED]  = { "trashed", KIND_TIME_MAC, "trashed_date",
	               .event = "voicemail deleted" },
	[SENDER]   = { "sender", KIND_HANDLE, "sender", .shown = true },
	[CALLBACK] = { "callback", KIND_HANDLE, "callback_num",
	               .shown = true },
	[RECEIVER] = { "receiver", KIND_HANDLE, "receiver",
	               .sense = SENSE_NOT_MATCHED },
	[DURATION] = { "duration", KIND_SECONDS, "duration", .shown = true },
	[FLAGS]    = { "flags", KIND_INT, "flags" },
	[UUID]     = { "uuid", KIND_LABEL, "uuid" },
};

static const struct place places[] = {
	{ "HomeDomain", "Library/Voicemail/voicemail.db" },
	{ NULL, NULL }
};

const struct artifact artifact_ios_voicemail = {
	.name    = "ios_voicemail",
	.about   = "messages left on the answering machine",
	.places  = places,
	.table   = "voicemail",
	.fields  = fields,
	.nfields = NFIELDS,
};
