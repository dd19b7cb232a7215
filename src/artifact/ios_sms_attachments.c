/*
 * Attachments of messages: files sent and received by MMS and iMessage.
 *
 * Evidence: sms.db, table attachment, with its message through
 * message_attachment_join.  Times are nanoseconds since 2001-01-01 UTC, before
 * iOS 11 seconds.
 * Not here: the files themselves (they are members of their own), and those
 * whose message was deleted for good.
 *
 * Exploits of 2019 and 2020 left received rows whose file lay in /var/tmp and
 * whose name ended in -1.  iOS puts files that it has finished receiving into
 * Library/SMS/Attachments; a transfer that broke off may leave such a row too,
 * so it is a lead, to be held against crashes of the same minutes.
 */
#include "artifact/artifact.h"

#include "base/text.h"

enum { CREATED, STARTED, MESSAGE_DATE, FILENAME, PATH, TRANSFER_NAME, DIRECTION,
    HANDLE, SERVICE, UTI, MIME, TOTAL, OUTGOING, STATE, GUID, ORIGINAL_GUID,
    STICKER, HIDDEN, SENSITIVE, PREVIEW, EMOJI, ATTACHMENT, MESSAGE,
    MESSAGE_GUID, HAS_USER_INFO, SYNC, RECORD_ID, SR_SYNC, SR_RECORD_ID,
    USER_INFO, STICKER_INFO, ATTRIBUTION, TOKEN, SR_TOKEN, NFIELDS };

#define TO_MESSAGE	"rowid.message_id"

static const struct field fields[NFIELDS] = {
	[CREATED]   = { "created_date", KIND_TIME_MAC, "created_date",
	                .event = "attachment" },
	[STARTED]   = { "start_date", KIND_TIME_MAC, "start_date",
	                .event = "attachment transfer started" },
	[MESSAGE_DATE] = { "message_date", KIND_TIME_MAC, TO_MESSAGE ".date" },
	/* As it was found, and as indicators name it. */
	[FILENAME]  = { "filename", KIND_PATH, "filename",
	                .sense = SENSE_NOT_MATCHED, .shown = true },
	[PATH]      = { "path", KIND_PATH, .sense = SENSE_RECEIVED },
	[TRANSFER_NAME] = { "transfer_name", KIND_FILE_NAME, "transfer_name",
	                .sense = SENSE_RECEIVED, .shown = true },
	[DIRECTION] = { "direction", KIND_LABEL, .shown = true },
	[HANDLE]    = { "handle", KIND_HANDLE, TO_MESSAGE ".handle_id.id",
	                .shown = true },
	[SERVICE]   = { "service", KIND_LABEL, TO_MESSAGE ".service" },
	[UTI]       = { "uti", KIND_LABEL, "uti" },
	[MIME]      = { "mime_type", KIND_LABEL, "mime_type" },
	[TOTAL]     = { "total_bytes", KIND_SIZE, "total_bytes" },
	[OUTGOING]  = { "is_outgoing", KIND_BOOL, "is_outgoing" },
	[STATE]     = { "transfer_state", KIND_INT, "transfer_state" },
	[GUID]      = { "guid", KIND_LABEL, "guid" },
	[ORIGINAL_GUID] = { "original_guid", KIND_LABEL, "original_guid" },
	[STICKER]   = { "is_sticker", KIND_BOOL, "is_sticker" },
	[HIDDEN]    = { "hide_attachment", KIND_BOOL, "hide_attachment" },
	[SENSITIVE] = { "is_commsafety_sensitive", KIND_BOOL,
	                "is_commsafety_sensitive" },
	[PREVIEW]   = { "preview_generation_state", KIND_INT,
	                "preview_generation_state" },
	[EMOJI]     = { "emoji_image_short_description", KIND_LABEL,
	                "emoji_image_short_description" },
	[ATTACHMENT] = { "attachment_id", KIND_INT, "rowid" },
	[MESSAGE]   = { "message_id", KIND_INT, TO_MESSAGE },
	[MESSAGE_GUID] = { "message_guid", KIND_LABEL, TO_MESSAGE ".guid" },
	[HAS_USER_INFO] = { "has_user_info", KIND_BOOL },
	[SYNC]      = { "ck_sync_state", KIND_INT, "ck_sync_state" },
	[RECORD_ID] = { "ck_record_id", KIND_LABEL, "ck_record_id" },
	[SR_SYNC]   = { "sr_ck_sync_state", KIND_INT, "sr_ck_sync_state" },
	[SR_RECORD_ID] = { "sr_ck_record_id", KIND_LABEL, "sr_ck_record_id" },
	[USER_INFO] = { "user_info", KIND_BLOB, "user_info" },
	[STICKER_INFO] = { "sticker_user_info", KIND_BLOB,
	                "sticker_user_info" },
	[ATTRIBUTION] = { "attribution_info", KIND_BLOB, "attribution_info" },
	[TOKEN]     = { "ck_server_change_token_blob", KIND_BLOB,
	                "ck_server_change_token_blob" },
	[SR_TOKEN]  = { "sr_ck_server_change_token_blob", KIND_BLOB,
	                "sr_ck_server_change_token_blob" },
};

static const struct reference refs[] = {
	{ "attachment", "rowid", "message_attachment_join", "attachment_id" },
	{ "message_attachment_join", "message_id", "message", NULL },
	{ "message", "handle_id", "handle", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "HomeDomain", "Library/SMS/sms.db" },
	{ NULL, NULL }
};

/* "~/Library/…" is the owner's home; /private/var and /var are one. */
static struct val
device_path(struct run *run, struct bytes name)
{
	static const char home[] = "/var/mobile";
	size_t n = sizeof(home) - 1, i;
	uint8_t *p;

	if (bytes_starts(name, "/private/var/"))
		name = bytes_part(name, 8, name.n);
	if (!bytes_starts(name, "~/"))
		return name.n == 0 ? val_unset() : val_text(name);
	p = arena_alloc(run_scratch(run), n + name.n - 1, 1);
	if (p == NULL)
		return val_text(name);
	for (i = 0; i < n; i++)
		p[i] = (uint8_t)home[i];
	for (i = 1; i < name.n; i++)
		p[n + i - 1] = name.p[i];
	return val_text(bytes_at(p, n + name.n - 1));
}

static const short reads[] = { FILENAME, RUN_END };

static void
row(struct run *run, struct val *v)
{
	v[PATH] = device_path(run, val_bytes(&v[FILENAME]));
	run_record(run, v);
}

static void
late(struct val *v)
{
	if (val_set(&v[OUTGOING]))
		v[DIRECTION] = val_text(bytes_of(
		    val_number(&v[OUTGOING], 0) != 0 ? "sent" : "received"));
	v[HAS_USER_INFO] = val_bool(val_bytes(&v[USER_INFO]).n > 0);
}

static const short judged[] = { RUN_END };

static void
judge(struct run *run, const struct val *v)
{
	struct bytes path = val_bytes(&v[PATH]);

	if (!bytes_starts(path, "/var/tmp/") || !bytes_ends(path, "-1"))
		return;
	run_whole(run);
	if (val_number(&v[OUTGOING], 0) == 0)
		run_finding(run, RULE_SMS_VAR_TMP);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view view = { .table = "attachment",
	    .refs = refs, .row = row, .reads = reads, .late = late };
	struct sqlite *db = run_sqlite(run, member);

	if (db != NULL)
		(void)run_view(run, db, &view);
}

const struct artifact artifact_ios_sms_attachments = {
	.name    = "ios_sms_attachments",
	.about   = "files sent and received in messages",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
	.judge   = judge,
	.judged  = judged,
	.shares  = true,
};
