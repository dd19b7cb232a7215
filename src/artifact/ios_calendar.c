/*
 * Calendar: appointments, invitations and who sent them.
 *
 * Evidence: Calendar.sqlitedb; CalendarItem with its organizer, and every
 * participant.  Times are seconds since 2001-01-01 UTC.
 * Not here: deleted appointments, calendars that live on a server only.
 *
 * QuaDream's 2021 exploit came as invitations in the past, whose title was
 * "Meeting" and whose text was "Notes".  People write such titles too.
 */
#include "artifact/artifact.h"

#include "base/text.h"

enum { START, END, CREATED, MODIFIED, TYPE, SUMMARY, DESCRIPTION, URL, EMAIL,
    PHONE, COMMENT, PARTICIPANT_MODIFIED, ALL_DAY, CALENDAR, ORGANIZER,
    EXTERNAL_ID, EXTERNAL_TAG, IDENTIFIER, UUID, PARTICIPANT_UUID, HIDDEN,
    ACTION, CREATED_BY, ITEM, NFIELDS };

static const struct field fields[NFIELDS] = {
	[START]       = { "start_date", KIND_TIME_MAC,
	                  .event = "appointment starts" },
	[END]         = { "end_date", KIND_TIME_MAC,
	                  .event = "appointment ends" },
	[CREATED]     = { "creation_date", KIND_TIME_MAC,
	                  .event = "appointment created" },
	[MODIFIED]    = { "last_modified", KIND_TIME_MAC,
	                  .event = "appointment modified" },
	[TYPE]        = { "type", KIND_LABEL },
	[SUMMARY]     = { "summary", KIND_TEXT, .shown = true },
	[DESCRIPTION] = { "description", KIND_TEXT, .shown = true },
	[URL]         = { "url", KIND_URL, .sense = SENSE_RECEIVED },
	[EMAIL]       = { "participant_email", KIND_HANDLE, .shown = true },
	[PHONE]       = { "participant_phone", KIND_PHONE },
	[COMMENT]     = { "participant_comment", KIND_TEXT },
	[PARTICIPANT_MODIFIED] = { "participant_last_modified",
	                  KIND_TIME_MAC, .event = "participant modified" },
	[ALL_DAY]     = { "all_day", KIND_BOOL },
	[CALENDAR]    = { "calendar_id", KIND_INT },
	[ORGANIZER]   = { "organizer_id", KIND_INT },
	[EXTERNAL_ID] = { "external_id", KIND_LABEL },
	[EXTERNAL_TAG] = { "external_mod_tag", KIND_LABEL },
	[IDENTIFIER]  = { "unique_identifier", KIND_LABEL },
	[UUID]        = { "uuid", KIND_LABEL },
	[PARTICIPANT_UUID] = { "participant_uuid", KIND_LABEL },
	[HIDDEN]      = { "hidden", KIND_BOOL },
	[ACTION]      = { "action", KIND_INT },
	[CREATED_BY]  = { "created_by_id", KIND_INT },
	[ITEM]        = { "item", KIND_INT },
};

static const char *const of_item[NFIELDS] = {
	[START] = "start_date", [END] = "end_date",
	[CREATED] = "creation_date", [MODIFIED] = "last_modified",
	[SUMMARY] = "summary", [DESCRIPTION] = "description", [URL] = "url",
	[EMAIL] = "organizer_id.email",
	[PHONE] = "organizer_id.phone_number",
	[COMMENT] = "organizer_id.comment",
	[PARTICIPANT_MODIFIED] = "organizer_id.last_modified",
	[ALL_DAY] = "all_day", [CALENDAR] = "calendar_id",
	[ORGANIZER] = "organizer_id", [EXTERNAL_ID] = "external_id",
	[EXTERNAL_TAG] = "external_mod_tag",
	[IDENTIFIER] = "unique_identifier", [UUID] = "uuid|UUID",
	[PARTICIPANT_UUID] = "organizer_id.uuid|organizer_id.UUID",
	[HIDDEN] = "hidden", [ACTION] = "action",
	[CREATED_BY] = "created_by_id", [ITEM] = "rowid",
};

static const char *const of_participant[NFIELDS] = {
	[PARTICIPANT_MODIFIED] = "last_modified", [EMAIL] = "email",
	[PHONE] = "phone_number", [COMMENT] = "comment",
	[PARTICIPANT_UUID] = "uuid|UUID", [ITEM] = "owner_id",
};

static const struct reference refs[] = {
	{ "CalendarItem", "organizer_id", "Participant", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "HomeDomain", "Library/Calendar/Calendar.sqlitedb" },
	{ NULL, NULL }
};

static void
item_row(struct run *run, struct val *v)
{
	v[TYPE] = val_text(bytes_of("appointment"));
	run_record(run, v);
}

static void
participant_row(struct run *run, struct val *v)
{
	v[TYPE] = val_text(bytes_of("participant"));
	run_record(run, v);
}

static void
judge(struct run *run, const struct val *v)
{
	if (bytes_is(text_trim(val_bytes(&v[SUMMARY])), "Meeting") &&
	    bytes_is(text_trim(val_bytes(&v[DESCRIPTION])), "Notes"))
		run_finding(run, RULE_CALENDAR_QUADREAM);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view items = { .table = "CalendarItem",
	    .refs = refs, .from = of_item, .row = item_row };
	static const struct view participants = { .table = "Participant",
	    .from = of_participant, .row = participant_row,
	    .optional = true };
	struct sqlite *db = run_sqlite(run, member);

	if (db == NULL)
		return;
	(void)run_view(run, db, &items);
	(void)run_view(run, db, &participants);
}

const struct artifact artifact_ios_calendar = {
	.name    = "ios_calendar",
	.about   = "appointments and invitations",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
	.judge   = judge,
};
