/*
 * WhatsApp contacts: whom WhatsApp knows of the address book, and what they
 * say of themselves.
 *
 * Evidence: ContactsV2.sqlite, ZWAADDRESSBOOKCONTACT; its columns differ much
 * between versions.  Times are seconds since 2001-01-01 UTC.
 * Not here: people who wrote without being a contact (see ios_whatsapp).
 *
 * That a number stands here says nothing of a conversation.  Messages that
 * disappear are a common wish, and also what someone sets who covers tracks.
 */
#include "artifact/artifact.h"

#include "artifact/whatsapp.h"
#include "base/buf.h"

enum { MODE_TIME, ABOUT_TIME, EXPIRES, UPDATED, JID, LID, NUMBER, LOCAL_NUMBER,
    FULL, GIVEN, LAST, USER, BUSINESS, ABOUT, EMOJI, NOTES, DURATION, MODE_ON,
    MODE, STATUS, SYNC, IDENTIFIER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[MODE_TIME] = { "disappearing_mode_timestamp", KIND_TIME_MAC,
	                "ZDISAPPEARINGMODETIMESTAMP",
	                .event = "WhatsApp disappearing messages set" },
	[ABOUT_TIME] = { "about_timestamp", KIND_TIME_MAC, "ZABOUTTIMESTAMP",
	                .event = "WhatsApp contact changed their about text" },
	[EXPIRES]   = { "about_expiration_timestamp", KIND_TIME_MAC,
	                "ZABOUTEXPIRATIONTIMESTAMP",
	                .event = "WhatsApp about text expires" },
	[UPDATED]   = { "last_updated", KIND_TIME_MAC, "ZLASTUPDATED",
	                .event = "WhatsApp contact updated" },
	[JID]       = { "whatsapp_id", KIND_HANDLE, "ZWHATSAPPID",
	                .sense = SENSE_TYPED, .shown = true },
	[LID]       = { "lid", KIND_HANDLE, "ZLID", .sense = SENSE_TYPED,
	                .shown = true },
	[NUMBER]    = { "phone_number", KIND_HANDLE, "ZPHONENUMBER",
	                .sense = SENSE_TYPED, .shown = true },
	[LOCAL_NUMBER] = { "localized_phone_number", KIND_HANDLE,
	                "ZLOCALIZEDPHONENUMBER", .sense = SENSE_TYPED },
	[FULL]      = { "full_name", KIND_LABEL, "ZFULLNAME", .shown = true },
	[GIVEN]     = { "given_name", KIND_LABEL, "ZGIVENNAME" },
	[LAST]      = { "last_name", KIND_LABEL, "ZLASTNAME" },
	[USER]      = { "username", KIND_LABEL, "ZUSERNAME" },
	[BUSINESS]  = { "business_name", KIND_LABEL, "ZBUSINESSNAME" },
	[ABOUT]     = { "about_text", KIND_TEXT, "ZABOUTTEXT" },
	[EMOJI]     = { "about_emoji", KIND_LABEL, "ZABOUTEMOJI" },
	[NOTES]     = { "notes", KIND_TEXT, "ZNOTES", .sense = SENSE_TYPED },
	[DURATION]  = { "disappearing_mode_duration", KIND_SECONDS,
	                "ZDISAPPEARINGMODEDURATION" },
	[MODE_ON]   = { "disappearing_mode_is_on", KIND_BOOL },
	[MODE]      = { "disappearing_mode", KIND_LABEL, .shown = true },
	[STATUS]    = { "phone_status", KIND_INT,
	                "ZPHONESTATUS|ZPHONENUMBERSTATUS" },
	[SYNC]      = { "sync_policy", KIND_INT, "ZSYNCPOLICY" },
	[IDENTIFIER] = { "identifier", KIND_LABEL, "ZIDENTIFIER" },
};

static const struct place places[] = {
	{ WHATSAPP_DOMAIN, "ContactsV2.sqlite" },
	{ NULL, NULL }
};

static const struct {
	int64_t seconds;
	const char *label;
} modes[] = {
	{ 0, "off" }, { 86400, "24 hours" }, { 604800, "7 days" },
	{ 1209600, "14 days" }, { 2592000, "30 days" }, { 7776000, "90 days" }
};

static struct val
mode_label(struct run *run, int64_t seconds)
{
	struct buf b = buf_with(64);
	struct val label;
	size_t i;

	for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (modes[i].seconds == seconds)
			return val_text(bytes_of(modes[i].label));
	buf_int(&b, seconds);
	buf_text(&b, " seconds");
	label = val_text(arena_copy(run_scratch(run), buf_bytes(&b)));
	buf_free(&b);
	return label;
}

static void
row(struct run *run, struct val *v)
{
	int64_t seconds = val_number(&v[DURATION], INT64_MIN);

	if (seconds != INT64_MIN) {
		v[MODE_ON] = val_bool(seconds > 0);
		v[MODE] = mode_label(run, seconds);
	}
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view view = { .table = "ZWAADDRESSBOOKCONTACT",
	    .row = row };
	struct sqlite *db = run_sqlite(run, member);

	if (db != NULL)
		(void)run_view(run, db, &view);
}

const struct artifact artifact_ios_whatsapp_contacts = {
	.name    = "ios_whatsapp_contacts",
	.about   = "WhatsApp contacts",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
