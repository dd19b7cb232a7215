/*
 * Messages: SMS, MMS, RCS and iMessage, sent and received.
 *
 * Evidence: sms.db.  A row of `message`, its sender or recipient in `handle`,
 * its chat through chat_message_join.  Times are nanoseconds since 2001-01-01
 * UTC, before iOS 11 seconds.  Since iOS 16 the text often stands only in
 * attributedBody.  Earlier versions of edited messages, and parts that were
 * deleted not long ago, are read too.
 * handle_id 0 is usual for what the owner wrote to a group.
 * Not here: what was deleted for good, and messages that an exploit removed.
 *
 * That a link was received says nothing of whether it was opened.  A text that
 * begins as Apple's threat notifications do is most often that; swindlers copy
 * it: Apple's never asks for a password or for something to be installed.
 */
#include "artifact/artifact.h"

#include "base/text.h"
#include "base/url.h"
#include "format/attributed.h"
#include "format/keyed.h"

enum { DATE, READ, DELIVERED, PLAYED, EDITED, RETRACTED, DELETED, TYPE, HANDLE,
    DIRECTION, TEXT, FROM_BODY, SUBJECT, LINKS, EARLIER, CHAT, CHAT_NAME,
    OTHER, GROUP_TITLE, BALLOON, FROM_ME, BODY, PAYLOAD, SUMMARY, ROOM, ROOMS,
    SERVICE, ACCOUNT, CALLER, GUID, MESSAGE, PART, IS_READ, IS_SENT,
    IS_DELIVERED, IS_FINISHED, IS_SYSTEM, IS_SERVICE, IS_FORWARD, IS_EMPTY,
    IS_AUDIO, IS_SPAM, IS_CORRUPT, IS_SOS, IS_VERIFIED, DETONATED, DOWNGRADED,
    QUIETLY, ERROR, ITEM, GROUP_ACTION, SHARE_STATUS, SHARE_DIRECTION, ACTION,
    SOURCE, ABOUT_GUID, ABOUT_TYPE, ABOUT_EMOJI, STYLE, ATTACHMENTS, DETECTED,
    REPLY, THREAD, THREAD_PART, COUNTRY, CENTER, VERSION, MESSAGE_TYPE, PARTS,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[DATE]      = { "date", KIND_TIME_MAC, .event = "message" },
	[READ]      = { "date_read", KIND_TIME_MAC, .event = "message read" },
	[DELIVERED] = { "date_delivered", KIND_TIME_MAC },
	[PLAYED]    = { "date_played", KIND_TIME_MAC },
	[EDITED]    = { "date_edited", KIND_TIME_MAC,
	                .event = "message edited" },
	[RETRACTED] = { "date_retracted", KIND_TIME_MAC,
	                .event = "message unsent" },
	[DELETED]   = { "delete_date", KIND_TIME_MAC,
	                .event = "message deleted" },
	[TYPE]      = { "type", KIND_LABEL },
	[HANDLE]    = { "handle", KIND_HANDLE, .shown = true },
	[DIRECTION] = { "direction", KIND_LABEL, .shown = true },
	[TEXT]      = { "text", KIND_TEXT, .shown = true },
	/* The text is that of attributedBody: there was none, or another. */
	[FROM_BODY] = { "text_from_attributed", KIND_BOOL },
	[SUBJECT]   = { "subject", KIND_TEXT },
	/* Of previews and of attributes; those in the text stand there. */
	[LINKS]     = { "links", KIND_URL, .sense = SENSE_RECEIVED,
	                .shown = true },
	/* Of edited messages, and the text where attributedBody differs. */
	[EARLIER]   = { "other_texts", KIND_TEXT },
	/* Where it is other than the handle. */
	[CHAT]      = { "chat", KIND_HANDLE },
	[CHAT_NAME] = { "chat_name", KIND_TEXT },
	[ROOM]      = { "room_name", KIND_LABEL },
	[ROOMS]     = { "cache_roomnames", KIND_LABEL },
	[SERVICE]   = { "service", KIND_LABEL },
	[ACCOUNT]   = { "account", KIND_LABEL },
	[CALLER]    = { "destination_caller_id", KIND_HANDLE,
	                .sense = SENSE_NOT_MATCHED },
	[GUID]      = { "guid", KIND_LABEL },
	[FROM_ME]   = { "is_from_me", KIND_BOOL },
	[IS_READ]   = { "is_read", KIND_BOOL },
	[IS_SENT]   = { "is_sent", KIND_BOOL },
	[IS_DELIVERED] = { "is_delivered", KIND_BOOL },
	[IS_FINISHED] = { "is_finished", KIND_BOOL },
	[IS_SYSTEM] = { "is_system_message", KIND_BOOL },
	[IS_SERVICE] = { "is_service_message", KIND_BOOL },
	[IS_FORWARD] = { "is_forward", KIND_BOOL },
	[IS_EMPTY]  = { "is_empty", KIND_BOOL },
	[IS_AUDIO]  = { "is_audio_message", KIND_BOOL },
	[IS_SPAM]   = { "is_spam", KIND_BOOL },
	[IS_CORRUPT] = { "is_corrupt", KIND_BOOL },
	[IS_SOS]    = { "is_sos", KIND_BOOL },
	[IS_VERIFIED] = { "is_kt_verified", KIND_BOOL },
	[DETONATED] = { "was_detonated", KIND_BOOL },
	[DOWNGRADED] = { "was_downgraded", KIND_BOOL },
	[QUIETLY]   = { "was_delivered_quietly", KIND_BOOL },
	[ERROR]     = { "error", KIND_INT },
	[ITEM]      = { "item_type", KIND_INT },
	[GROUP_TITLE] = { "group_title", KIND_TEXT },
	[GROUP_ACTION] = { "group_action_type", KIND_INT },
	[OTHER]     = { "other_handle", KIND_HANDLE },
	[SHARE_STATUS] = { "share_status", KIND_INT },
	[SHARE_DIRECTION] = { "share_direction", KIND_INT },
	[ACTION]    = { "message_action_type", KIND_INT },
	[SOURCE]    = { "message_source", KIND_INT },
	[ABOUT_GUID] = { "associated_message_guid", KIND_LABEL },
	[ABOUT_TYPE] = { "associated_message_type", KIND_INT },
	[ABOUT_EMOJI] = { "associated_message_emoji", KIND_LABEL },
	[BALLOON]   = { "balloon_bundle_id", KIND_APP_ID,
	                .sense = SENSE_TYPED },
	[STYLE]     = { "expressive_send_style_id", KIND_LABEL },
	[ATTACHMENTS] = { "cache_has_attachments", KIND_BOOL },
	[DETECTED]  = { "has_dd_results", KIND_BOOL },
	[REPLY]     = { "reply_to_guid", KIND_LABEL },
	[THREAD]    = { "thread_originator_guid", KIND_LABEL },
	[THREAD_PART] = { "thread_originator_part", KIND_LABEL },
	[COUNTRY]   = { "country", KIND_LABEL },
	[CENTER]    = { "service_center", KIND_LABEL },
	[VERSION]   = { "version", KIND_INT },
	[MESSAGE_TYPE] = { "message_type", KIND_INT },
	[PARTS]     = { "part_count", KIND_INT },
	[MESSAGE]   = { "message", KIND_INT },
	[PART]      = { "part_index", KIND_INT },
	/* Only what could not be read whole; searched as it stands. */
	[BODY]      = { "attributed_body", KIND_TEXT },
	[PAYLOAD]   = { "payload_data", KIND_BLOB },
	[SUMMARY]   = { "message_summary_info", KIND_BLOB },
};

static const char *const of_message[NFIELDS] = {
	[DATE] = "date", [READ] = "date_read", [DELIVERED] = "date_delivered",
	[PLAYED] = "date_played", [EDITED] = "date_edited",
	[RETRACTED] = "date_retracted",
	[DELETED] = "rowid@chat_recoverable_message_join.delete_date",
	[HANDLE] = "handle_id.id", [TEXT] = "text", [SUBJECT] = "subject",
	[CHAT] = "rowid@chat_message_join.chat_id.chat_identifier",
	[CHAT_NAME] = "rowid@chat_message_join.chat_id.display_name",
	[ROOM] = "rowid@chat_message_join.chat_id.room_name",
	[ROOMS] = "cache_roomnames", [SERVICE] = "service",
	[ACCOUNT] = "account", [CALLER] = "destination_caller_id",
	[GUID] = "guid", [FROM_ME] = "is_from_me", [IS_READ] = "is_read",
	[IS_SENT] = "is_sent", [IS_DELIVERED] = "is_delivered",
	[IS_FINISHED] = "is_finished", [IS_SYSTEM] = "is_system_message",
	[IS_SERVICE] = "is_service_message", [IS_FORWARD] = "is_forward",
	[IS_EMPTY] = "is_empty", [IS_AUDIO] = "is_audio_message",
	[IS_SPAM] = "is_spam", [IS_CORRUPT] = "is_corrupt", [IS_SOS] = "is_sos",
	[IS_VERIFIED] = "is_kt_verified", [DETONATED] = "was_detonated",
	[DOWNGRADED] = "was_downgraded", [QUIETLY] = "was_delivered_quietly",
	[ERROR] = "error", [ITEM] = "item_type", [GROUP_TITLE] = "group_title",
	[GROUP_ACTION] = "group_action_type", [OTHER] = "other_handle.id",
	[SHARE_STATUS] = "share_status", [SHARE_DIRECTION] = "share_direction",
	[ACTION] = "message_action_type", [SOURCE] = "message_source",
	[ABOUT_GUID] = "associated_message_guid",
	[ABOUT_TYPE] = "associated_message_type",
	[ABOUT_EMOJI] = "associated_message_emoji",
	[BALLOON] = "balloon_bundle_id", [STYLE] = "expressive_send_style_id",
	[ATTACHMENTS] = "cache_has_attachments", [DETECTED] = "has_dd_results",
	[REPLY] = "reply_to_guid", [THREAD] = "thread_originator_guid",
	[THREAD_PART] = "thread_originator_part", [COUNTRY] = "country",
	[CENTER] = "service_center", [VERSION] = "version",
	[MESSAGE_TYPE] = "type", [PARTS] = "part_count",
	[BODY] = "attributedBody", [PAYLOAD] = "payload_data",
	[SUMMARY] = "message_summary_info",
};

static const char *const of_part[NFIELDS] = {
	[DATE] = "message_id.date", [DELETED] = "delete_date",
	[HANDLE] = "message_id.handle_id.id",
	[CHAT] = "chat_id.chat_identifier",
	[CHAT_NAME] = "chat_id.display_name", [ROOM] = "chat_id.room_name",
	[SERVICE] = "message_id.service", [GUID] = "message_id.guid",
	[FROM_ME] = "message_id.is_from_me", [MESSAGE] = "message_id",
	[PART] = "part_index", [BODY] = "part_text",
};

static const struct reference refs[] = {
	{ "message", "handle_id", "handle", NULL },
	{ "message", "other_handle", "handle", NULL },
	{ "message", "rowid", "chat_message_join", "message_id" },
	{ "message", "rowid", "chat_recoverable_message_join", "message_id" },
	{ "chat_message_join", "chat_id", "chat", NULL },
	{ "recoverable_message_part", "message_id", "message", NULL },
	{ "recoverable_message_part", "chat_id", "chat", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "HomeDomain", "Library/SMS/sms.db" },
	{ NULL, NULL }
};

/* Links, and other texts, kept of one message. */
#define KEPT		32

struct kept {
	struct val list[KEPT];
	uint32_t n;
};

static void
keep(struct kept *kept, struct bytes text)
{
	uint32_t i;

	for (i = 0; i < kept->n; i++)
		if (bytes_eq(kept->list[i].bytes, text))
			return;
	if (text.n > 0 && kept->n < KEPT)
		kept->list[kept->n++] = val_text(text);
}

/* Those that do not stand in `text` already. */
static struct val
kept_list(struct run *run, const struct kept *kept, struct bytes text)
{
	struct val *list;
	uint32_t i, n = 0;

	if (kept->n == 0)
		return val_unset();
	list = arena_alloc(run_scratch(run), kept->n, sizeof(*list));
	if (list == NULL)
		return val_unset();
	for (i = 0; i < kept->n; i++)
		if (bytes_find(text, kept->list[i].bytes, 0) == SIZE_MAX)
			list[n++] = kept->list[i];
	return n == 0 ? val_unset() : val_list(list, n);
}

/* --- attributedBody ------------------------------------------------------ */

/* False: not read whole.  Newer parts of the system write keyed archives.
   `links` is false if there are surely none in it. */
static bool
body_read(struct run *run, struct bytes body, struct bytes *text, bool *links)
{
	struct plist root;

	*links = true;
	if (!bytes_starts(body, "bplist"))
		return attributed_read(*run_state(run), text, links,
		    run_scratch(run), body);
	*text = bytes_at(NULL, 0);
	if (!run_plist_within(run, body, "the attributedBody of a message is "
	    "damaged", &root) || !keyed_is(root))
		return false;
	*text = keyed_bytes(keyed_root(root));
	return text->p != NULL;
}

/* A link need not look like the text it lies under. */
static void
body_links(struct run *run, struct bytes body, struct kept *links)
{
	struct bytes found[KEPT];
	uint32_t i, n;

	if (bytes_find(body, bytes_of("NSURL"), 0) == SIZE_MAX)
		return;
	n = attributed_links(found, KEPT, run_scratch(run), body);
	for (i = 0; i < n; i++)
		keep(links, found[i]);
}

/* Its text takes the place of a missing or different one. */
static void
body_text(struct run *run, struct val *v, struct kept *texts,
    struct kept *links)
{
	struct bytes had = val_bytes(&v[TEXT]), body = val_bytes(&v[BODY]);
	struct bytes text;
	bool whole, linked;

	if (body.n == 0)
		return;
	whole = body_read(run, body, &text, &linked);
	if (linked)
		body_links(run, body, links);
	v[BODY] = whole ? val_unset() : val_blob(body);
	if (!whole)
		run_gap(run, GAP_NO_OFFSET, "the attributedBody of a message "
		    "could not be read; it was searched as it stands");
	if (text.n == 0 || bytes_eq(text, had))
		return;
	if (!whole && had.n > 0) {
		keep(texts, text);
		return;
	}
	keep(texts, had);
	v[TEXT] = val_text(text);
	v[FROM_BODY] = val_bool(true);
}

/* --- payload_data, message_summary_info ---------------------------------- */

static void
text_links(struct bytes in, struct kept *links)
{
	enum url_found what;
	struct bytes found;
	size_t at = 0;

	while (links->n < KEPT && url_find(in, &at, &found, &what))
		if (what == URL_FOUND_URL)
			keep(links, found);
}

/* The preview of a link is a keyed archive: all its texts lie side by side.
   Other apps put in what they like. */
static void
payload_links(struct run *run, struct bytes payload, struct kept *links)
{
	struct plist root, objects;
	uint32_t i;

	if (payload.n == 0)
		return;
	if (!bytes_starts(payload, "bplist")) {
		text_links(payload, links);
		return;
	}
	if (!run_plist_within(run, payload, "the payload_data of a message "
	    "is damaged", &root))
		return;
	objects = plist_get(root, "$objects");
	for (i = 0; i < plist_count(objects); i++)
		if (plist_type(plist_at(objects, i)) == PLIST_TEXT)
			text_links(plist_bytes(plist_at(objects, i)), links);
}

/* ec: part -> versions, each with its text t as NSArchiver writes it. */
static void
earlier_texts(struct run *run, struct bytes summary, struct kept *texts)
{
	struct plist root, parts, part;
	struct bytes text;
	uint32_t i, k;

	/* Nearly all have one, few of them with this key. */
	if (bytes_find(summary, bytes_of("\x52" "ec"), 0) == SIZE_MAX ||
	    !run_plist_within(run, summary, "the message_summary_info of a "
	    "message is damaged", &root))
		return;
	parts = plist_get(root, "ec");
	for (i = 0; i < plist_count(parts); i++) {
		part = plist_at(parts, i);
		for (k = 0; k < plist_count(part); k++) {
			(void)attributed_text(&text, run_scratch(run),
			    plist_bytes(plist_get(plist_at(part, k), "t")));
			keep(texts, text);
		}
	}
}

/* --- rows ---------------------------------------------------------------- */

static const short message_reads[] = { TEXT, BODY, PAYLOAD, SUMMARY, RUN_END };
static const short message_sets[] = { FROM_BODY, LINKS, EARLIER, RUN_END };
static const short part_reads[] = { BODY, RUN_END };

static void
direction(struct val *v)
{
	if (val_set(&v[FROM_ME]))
		v[DIRECTION] = val_text(bytes_of(
		    val_number(&v[FROM_ME], 0) != 0 ? "sent" : "received"));
}

/* A chat of two is named as the other one is. */
static void
chat(struct val *v)
{
	if (bytes_eq(val_bytes(&v[CHAT]), val_bytes(&v[HANDLE])))
		v[CHAT] = val_unset();
}

static void
message_late(struct val *v)
{
	v[TYPE] = val_text(bytes_of("message"));
	direction(v);
	chat(v);
}

static void
part_late(struct val *v)
{
	v[TYPE] = val_text(bytes_of("deleted part"));
	direction(v);
	chat(v);
}

static void
message_row(struct run *run, struct val *v)
{
	struct kept links, texts;

	links.n = texts.n = 0;
	body_text(run, v, &texts, &links);
	payload_links(run, val_bytes(&v[PAYLOAD]), &links);
	earlier_texts(run, val_bytes(&v[SUMMARY]), &texts);
	v[LINKS] = kept_list(run, &links, val_bytes(&v[TEXT]));
	v[EARLIER] = kept_list(run, &texts, bytes_at(NULL, 0));
	run_record(run, v);
}

static void
part_row(struct run *run, struct val *v)
{
	struct kept links, texts;

	links.n = texts.n = 0;
	body_text(run, v, &texts, &links);
	v[LINKS] = kept_list(run, &links, val_bytes(&v[TEXT]));
	run_record(run, v);
}

/* --- Apple's notice ------------------------------------------------------ */

/* Blanks, marks of direction, joiners, and the place of an attachment. */
static bool
unseen(uint32_t c)
{
	return c <= 0x20 || c == 0xa0 || c == 0xad || c == 0x61c ||
	    (c >= 0x2000 && c <= 0x200f) || (c >= 0x2028 && c <= 0x202f) ||
	    (c >= 0x205f && c <= 0x206f) || c == 0x3000 ||
	    (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || c == 0xfffc;
}

static struct bytes
skip_unseen(struct bytes text)
{
	size_t at = 0, n;
	uint32_t c;

	while ((n = text_char(text, at, &c)) > 0 && unseen(c))
		at += n;
	return bytes_part(text, at, text.n);
}

static bool
is_notice(struct bytes text)
{
	static const char *const notices[] = {
		"ALERT: State-sponsored attackers may be targeting your "
		    "iPhone",
		"ALERT: Apple detected a targeted mercenary spyware attack "
		    "against your iPhone"
	};
	unsigned i;

	text = skip_unseen(text);
	for (i = 0; i < sizeof(notices) / sizeof(notices[0]); i++)
		if (bytes_starts(text, notices[i]))
			return true;
	return false;
}

static const short judged[] = { TEXT, RUN_END };

static void
judge(struct run *run, const struct val *v)
{
	bool notice = is_notice(val_bytes(&v[TEXT]));
	uint32_t i;

	/* Sent ones too: people pass on the warning that they were given. */
	for (i = 0; v[EARLIER].type == VAL_LIST && i < v[EARLIER].n; i++)
		notice = notice || is_notice(val_bytes(&v[EARLIER].items[i]));
	if (notice)
		run_finding(run, RULE_SMS_APPLE_ALERT);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view messages = { .table = "message",
	    .refs = refs, .from = of_message, .row = message_row,
	    .reads = message_reads, .sets = message_sets,
	    .late = message_late };
	static const struct view parts = {
	    .table = "recoverable_message_part", .refs = refs,
	    .from = of_part, .row = part_row, .reads = part_reads,
	    .late = part_late, .optional = true };
	struct sqlite *db = run_sqlite(run, member);

	*run_state(run) = attributed_new(run_keep(run));
	if (db == NULL || *run_state(run) == NULL)
		return;
	(void)run_view(run, db, &messages);
	(void)run_view(run, db, &parts);
}

const struct artifact artifact_ios_sms = {
	.name    = "ios_sms",
	.about   = "SMS and iMessage",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
	.judge   = judge,
	.judged  = judged,
};
