/*
 * WhatsApp calls: when, with whom, voice or video, answered or missed.
 * WhatsApp Business too.
 *
 * Evidence: CallHistory.sqlite, Core Data.  ZWAAGGREGATECALLEVENT is a line of
 * the list of calls (one or several calls with the same people),
 * ZWACDCALLEVENT a call of it, ZWACDCALLEVENTPARTICIPANT who takes part;
 * ZWAJOINABLECALLEVENT and ZWAUPCOMINGCALLEVENT group calls that could be
 * joined, or are planned.  Times are seconds since 2001-01-01 UTC.  Columns as
 * known from public descriptions; numbers behind "…@lid" come from
 * ContactsV2.sqlite and LID.sqlite.
 * Not here: calls that were deleted from the list.
 *
 * A record is of one of the types call, participant, call_list (a line whose
 * calls are gone), joinable_call and upcoming_call.  A call from an unknown
 * number, missed at once, can carry an attack; far more often someone
 * misdialled or sells something.
 */
#include "artifact/artifact.h"

#include "artifact/whatsapp.h"

enum { TIME, FIRST, TYPE, JID, NUMBER, NAME, INCOMING, OUTCOME, DURATION,
    MISSED, MISSED_REASON, VIDEO, GROUP, CREATOR, SENT, RECEIVED, CALL_ID,
    LINK, LIST, SEEN, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]      = { "time", KIND_TIME_MAC, .event = "WhatsApp call" },
	/* Of the first call of the line. */
	[FIRST]     = { "list_time", KIND_TIME_MAC },
	[TYPE]      = { "type", KIND_LABEL },
	[JID]       = { "participant_jid", KIND_HANDLE, .shown = true },
	[NUMBER]    = { "participant_phone_number", KIND_PHONE,
	                .shown = true },
	[NAME]      = { "participant_name", KIND_LABEL, .shown = true },
	[INCOMING]  = { "incoming", KIND_BOOL, .shown = true },
	[OUTCOME]   = { "outcome", KIND_LABEL, .shown = true },
	[DURATION]  = { "duration", KIND_SECONDS, .shown = true },
	[MISSED]    = { "missed", KIND_BOOL, .shown = true },
	[MISSED_REASON] = { "missed_reason", KIND_INT },
	[VIDEO]     = { "video", KIND_BOOL },
	[GROUP]     = { "group_jid", KIND_HANDLE, .shown = true },
	[CREATOR]   = { "call_creator_jid", KIND_HANDLE, .shown = true },
	[SENT]      = { "bytes_sent", KIND_SIZE },
	[RECEIVED]  = { "bytes_received", KIND_SIZE },
	[CALL_ID]   = { "call_id", KIND_LABEL },
	[LINK]      = { "link_token", KIND_LABEL },
	[LIST]      = { "call_list", KIND_INT },
	[SEEN]      = { "call", KIND_INT },
};

/* Columns that older versions have in the call are taken from there first. */
static const char *const of_call[NFIELDS] = {
	[TIME] = "ZDATE", [FIRST] = "Z1CALLEVENTS.ZFIRSTDATE",
	[INCOMING] = "ZINCOMING|Z1CALLEVENTS.ZINCOMING",
	[OUTCOME] = "ZOUTCOME", [DURATION] = "ZDURATION",
	[MISSED] = "ZMISSED|Z1CALLEVENTS.ZMISSED",
	[MISSED_REASON] = "Z1CALLEVENTS.ZMISSEDREASON",
	[VIDEO] = "ZVIDEO|Z1CALLEVENTS.ZVIDEO", [GROUP] = "ZGROUPJIDSTRING",
	[CREATOR] = "ZGROUPCALLCREATORUSERJIDSTRING", [SENT] = "ZBYTESSENT",
	[RECEIVED] = "ZBYTESRECEIVED", [CALL_ID] = "ZCALLIDSTRING",
	[LINK] = "Z1CALLEVENTS.ZLINKTOKEN", [LIST] = "Z1CALLEVENTS",
	[JID] = "ZCONTACTJID",
};
/* Entity 1 is the line of the list, entity 2 the call. */
static const char *const of_participant[NFIELDS] = {
	[TIME] = "Z2PARTICIPANTS.ZDATE",
	[FIRST] = "Z1PARTICIPANTS.ZFIRSTDATE", [JID] = "ZJIDSTRING",
	[OUTCOME] = "ZOUTCOME", [INCOMING] = "Z1PARTICIPANTS.ZINCOMING",
	[MISSED] = "Z1PARTICIPANTS.ZMISSED",
	[VIDEO] = "Z1PARTICIPANTS.ZVIDEO", [LIST] = "Z1PARTICIPANTS",
};
static const char *const of_list[NFIELDS] = {
	[FIRST] = "ZFIRSTDATE", [INCOMING] = "ZINCOMING",
	[MISSED] = "ZMISSED", [MISSED_REASON] = "ZMISSEDREASON",
	[VIDEO] = "ZVIDEO", [LINK] = "ZLINKTOKEN", [LIST] = "Z_PK",
	[SEEN] = "Z_PK.Z_PK",
};
static const char *const of_group_call[NFIELDS] = {
	[TIME] = "ZDATE|ZSTARTDATE", [JID] = "ZFROMJIDSTRING|ZJIDSTRING",
	[GROUP] = "ZGROUPJIDSTRING|ZCHATJIDSTRING",
	[CREATOR] = "ZGROUPCALLCREATORUSERJIDSTRING|ZCREATORJIDSTRING",
	[VIDEO] = "ZVIDEO", [CALL_ID] = "ZCALLIDSTRING|ZCALLID",
	[LINK] = "ZLINKTOKEN",
};

static const struct reference refs[] = {
	{ "ZWACDCALLEVENT", "Z1CALLEVENTS", "ZWAAGGREGATECALLEVENT", NULL },
	{ "ZWACDCALLEVENTPARTICIPANT", "Z1PARTICIPANTS",
	  "ZWAAGGREGATECALLEVENT", NULL },
	{ "ZWACDCALLEVENTPARTICIPANT", "Z2PARTICIPANTS", "ZWACDCALLEVENT",
	  NULL },
	{ "ZWAAGGREGATECALLEVENT", "Z_PK", "ZWACDCALLEVENT", "Z1CALLEVENTS" },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ WHATSAPP_DOMAIN, "CallHistory.sqlite" },
	{ NULL, NULL }
};
static const struct place also[] = {
	{ WHATSAPP_DOMAIN, "ContactsV2.sqlite" },
	{ WHATSAPP_DOMAIN, "LID.sqlite" },
	{ NULL, NULL }
};

static void
record(struct run *run, struct val *v, const char *type)
{
	static const char *const outcomes[] = { "ended", "missed", NULL, NULL,
	    "rejected" };
	const struct whatsapp *who = *run_state(run);

	v[TYPE] = val_text(bytes_of(type));
	if (v[OUTCOME].type == VAL_INT && v[OUTCOME].i >= 0 &&
	    v[OUTCOME].i < 5 && outcomes[v[OUTCOME].i] != NULL)
		v[OUTCOME] = val_text(bytes_of(outcomes[v[OUTCOME].i]));
	if (val_set(&v[JID]) && who != NULL) {
		v[NUMBER] = whatsapp_number(run, who, val_bytes(&v[JID]));
		v[NAME] = whatsapp_name(who, val_bytes(&v[JID]));
	}
	run_record(run, v);
}

static void
call_row(struct run *run, struct val *v)
{
	record(run, v, "call");
}

static void
participant_row(struct run *run, struct val *v)
{
	if (!val_set(&v[TIME]))
		v[TIME] = v[FIRST];
	record(run, v, "participant");
}

static void
list_row(struct run *run, struct val *v)
{
	if (val_set(&v[SEEN]))
		return;		/* told with its calls */
	v[TIME] = v[FIRST];
	record(run, v, "call_list");
}

static void
joinable_row(struct run *run, struct val *v)
{
	record(run, v, "joinable_call");
}

static void
upcoming_row(struct run *run, struct val *v)
{
	record(run, v, "upcoming_call");
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view views[] = {
		{ .table = "ZWACDCALLEVENT", .refs = refs, .from = of_call,
		    .row = call_row },
		{ .table = "ZWACDCALLEVENTPARTICIPANT", .refs = refs,
		    .from = of_participant, .row = participant_row,
		    .optional = true },
		{ .table = "ZWAAGGREGATECALLEVENT", .refs = refs,
		    .from = of_list, .row = list_row, .optional = true },
		{ .table = "ZWAJOINABLECALLEVENT", .from = of_group_call,
		    .row = joinable_row, .optional = true },
		{ .table = "ZWAUPCOMINGCALLEVENT", .from = of_group_call,
		    .row = upcoming_row, .optional = true },
	};
	struct sqlite *db;
	size_t i;

	*run_state(run) = whatsapp_new(run, member->domain);
	db = run_sqlite(run, member);
	for (i = 0; db != NULL && i < sizeof(views) / sizeof(views[0]); i++)
		(void)run_view(run, db, &views[i]);
}

const struct artifact artifact_ios_whatsapp_calls = {
	.name    = "ios_whatsapp_calls",
	.about   = "WhatsApp calls",
	.places  = places,
	.also    = also,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
