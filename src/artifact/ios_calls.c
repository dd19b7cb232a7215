/*
 * Calls: telephone, FaceTime and calls of other apps that use the system's
 * call list.
 *
 * Evidence: CallHistory.storedata, Core Data, and CallHistoryTemp.storedata,
 * where calls wait while the phone was not unlocked.  Times are seconds since
 * 2001-01-01 UTC, durations seconds.
 * Not here: calls that the user deleted, calls inside apps that keep their own
 * list.
 *
 * A missed FaceTime or WhatsApp call from an unknown number can carry an
 * attack, and far more often is a wrong number.
 */
#include "artifact/artifact.h"

enum { TIME, NUMBER, NAME, DURATION, PROVIDER, ORIGINATED, ANSWERED, LOCATION,
    COUNTRY, TYPE, CAUSE, UNIQUE_ID, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]       = { "time", KIND_TIME_MAC, "ZDATE", .event = "call" },
	[NUMBER]     = { "number", KIND_HANDLE, "ZADDRESS", .shown = true },
	[NAME]       = { "name", KIND_LABEL, "ZNAME", .shown = true },
	[DURATION]   = { "duration", KIND_SECONDS, "ZDURATION",
	                 .shown = true },
	[PROVIDER]   = { "provider", KIND_APP_ID, "ZSERVICE_PROVIDER",
	                 .shown = true },
	[ORIGINATED] = { "originated", KIND_BOOL, "ZORIGINATED" },
	[ANSWERED]   = { "answered", KIND_BOOL, "ZANSWERED" },
	[LOCATION]   = { "location", KIND_LABEL, "ZLOCATION" },
	[COUNTRY]    = { "country", KIND_LABEL, "ZISO_COUNTRY_CODE" },
	[TYPE]       = { "call_type", KIND_INT, "ZCALLTYPE" },
	[CAUSE]      = { "disconnected_cause", KIND_INT,
	                 "ZDISCONNECTED_CAUSE" },
	[UNIQUE_ID]  = { "unique_id", KIND_LABEL, "ZUNIQUE_ID" },
};

static const struct place places[] = {
	{ "HomeDomain", "Library/CallHistoryDB/CallHistory.storedata" },
	{ "HomeDomain", "Library/CallHistoryDB/CallHistoryTemp.storedata" },
	{ NULL, NULL }
};

const struct artifact artifact_ios_calls = {
	.name    = "ios_calls",
	.about   = "telephone and FaceTime calls",
	.in      = ARTIFACT_IN_ENCRYPTED,
	.places  = places,
	.table   = "ZCALLRECORD",
	.fields  = fields,
	.nfields = NFIELDS,
};
