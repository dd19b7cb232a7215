/*
 * WhatsApp: messages, previews of links, chats, members of groups, and which
 * number stands behind which hidden identifier.  WhatsApp Business too.
 *
 * Evidence: ChatStorage.sqlite, Core Data.  ZWAMESSAGE with ZWAMEDIAITEM,
 * ZWACHATSESSION and ZWAGROUPMEMBER; ZWAMESSAGEDATAITEM (what WhatsApp found
 * or fetched of links); LID.sqlite, or in older versions the same table in
 * ChatStorage: pairs of "…@lid" and number.  Times are seconds since
 * 2001-01-01 UTC.
 * Not here: what was deleted or has disappeared, calls, the media themselves.
 *
 * A record is of one of the types message, media (an item whose message does
 * not point back to it), link, chat, group_member and lid_phone_number_pair.
 * A chat counts the messages that are still stored, and the first and last.
 * A stranger who writes once with a link, or adds one to a group, is how some
 * attacks begin; advertising does the same.
 */
#include "artifact/artifact.h"

#include "artifact/whatsapp.h"

enum { TIME, SENT, URL_DATE, LAST, CREATED, PAIRED, FIRST_STORED, LAST_STORED,
    TYPE, CHAT, PARTNER, PARTNER_NUMBER, DIRECTION, FROM, TO, MEMBER, TEXT,
    MATCHED, CONTENT1, CONTENT2, SUMMARY, TITLE, MEDIA_URL, MEDIA_PATH,
    CARD_NAME, CARD, METADATA, LID, NUMBER, DRAFT, CREATOR, OWNER, FROM_ME,
    SESSION, MEDIA, BACK, MEMBER_NAME, AUTHOR, SIZE, LATITUDE, LONGITUDE,
    MESSAGE_TYPE, STATUS, ERROR, GROUP_EVENT, FLAGS, STARRED, PUSH_NAME,
    STANZA, SORT, PARENT, MESSAGE, ITEM_TYPE, SESSION_TYPE, ARCHIVED, REMOVED,
    HIDDEN, COUNTER, STORED, UNREAD, ACTIVE, ADMIN, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]      = { "time", KIND_TIME_MAC, .event = "WhatsApp message" },
	/* Where it is other than the time. */
	[SENT]      = { "sent_date", KIND_TIME_MAC },
	[URL_DATE]  = { "media_url_date", KIND_TIME_MAC },
	[LAST]      = { "last_message_date", KIND_TIME_MAC,
	                .event = "last WhatsApp message of the chat" },
	[CREATED]   = { "group_creation_date", KIND_TIME_MAC,
	                .event = "WhatsApp group created" },
	[PAIRED]    = { "pair_timestamp", KIND_TIME_MAC,
	                .event = "WhatsApp number pair recorded" },
	[FIRST_STORED] = { "first_stored_message_date", KIND_TIME,
	                .event = "first stored WhatsApp message of the chat" },
	[LAST_STORED] = { "last_stored_message_date", KIND_TIME },
	[TYPE]      = { "type", KIND_LABEL },
	[CHAT]      = { "contact_jid", KIND_HANDLE, .shown = true },
	[PARTNER]   = { "partner_name", KIND_LABEL, .shown = true },
	[PARTNER_NUMBER] = { "partner_resolved_phone_number", KIND_PHONE,
	                .sense = SENSE_RECEIVED },
	[DIRECTION] = { "direction", KIND_LABEL, .shown = true },
	/* These two where they are other than the chat's. */
	[FROM]      = { "from_jid", KIND_HANDLE, .shown = true },
	[TO]        = { "to_jid", KIND_HANDLE },
	[MEMBER]    = { "group_member_jid", KIND_HANDLE, .shown = true },
	[MEMBER_NAME] = { "group_member_name", KIND_LABEL },
	[TEXT]      = { "text", KIND_TEXT, .shown = true },
	[MATCHED]   = { "matched_text", KIND_TEXT, .shown = true },
	[CONTENT1]  = { "content1", KIND_TEXT },
	[CONTENT2]  = { "content2", KIND_TEXT },
	[SUMMARY]   = { "summary", KIND_TEXT },
	[TITLE]     = { "title", KIND_TEXT },
	[MEDIA_URL] = { "media_url", KIND_URL, .sense = SENSE_RECEIVED },
	[MEDIA_PATH] = { "media_local_path", KIND_PATH,
	                .sense = SENSE_RECEIVED },
	[AUTHOR]    = { "author_name", KIND_LABEL },
	[CARD_NAME] = { "vcard_name", KIND_TEXT },
	[CARD]      = { "vcard_string", KIND_TEXT },
	/* Protobuf; holds quoted texts and previews, searched as it stands. */
	[METADATA]  = { "media_metadata", KIND_TEXT },
	[SIZE]      = { "file_size", KIND_SIZE },
	/* Of a place, if the message is one; else the size of a picture. */
	[LATITUDE]  = { "latitude", KIND_REAL },
	[LONGITUDE] = { "longitude", KIND_REAL },
	[LID]       = { "lid", KIND_HANDLE, .shown = true },
	[NUMBER]    = { "phone_number", KIND_HANDLE, .shown = true },
	[FROM_ME]   = { "is_from_me", KIND_BOOL },
	[MESSAGE_TYPE] = { "message_type", KIND_INT },
	[STATUS]    = { "message_status", KIND_INT },
	[ERROR]     = { "message_error_status", KIND_INT },
	[GROUP_EVENT] = { "group_event_type", KIND_INT },
	[FLAGS]     = { "flags", KIND_INT },
	[STARRED]   = { "starred", KIND_BOOL },
	[PUSH_NAME] = { "push_name", KIND_LABEL },
	[STANZA]    = { "stanza_id", KIND_LABEL },
	[SORT]      = { "sort", KIND_INT },
	[PARENT]    = { "parent_message", KIND_INT },
	[SESSION]   = { "session_pk", KIND_INT },
	[MESSAGE]   = { "message", KIND_INT },
	[MEDIA]     = { "media_item", KIND_INT },
	[BACK]      = { "media_item_of_message", KIND_INT },
	[ITEM_TYPE] = { "item_type", KIND_INT },
	[SESSION_TYPE] = { "session_type", KIND_INT },
	[ARCHIVED]  = { "archived", KIND_BOOL },
	[REMOVED]   = { "removed", KIND_BOOL },
	[HIDDEN]    = { "hidden", KIND_BOOL },
	[COUNTER]   = { "message_counter", KIND_INT },
	[STORED]    = { "stored_message_count", KIND_INT },
	[UNREAD]    = { "unread_count", KIND_INT },
	[DRAFT]     = { "saved_input", KIND_TEXT, .sense = SENSE_TYPED },
	[CREATOR]   = { "group_creator_jid", KIND_HANDLE },
	[OWNER]     = { "group_owner_jid", KIND_HANDLE },
	[ACTIVE]    = { "group_member_active", KIND_BOOL },
	[ADMIN]     = { "group_member_admin", KIND_BOOL },
};

static const char *const of_message[NFIELDS] = {
	[TIME] = "ZMESSAGEDATE", [SENT] = "ZSENTDATE",
	[URL_DATE] = "ZMEDIAITEM.ZMEDIAURLDATE",
	[CHAT] = "ZCHATSESSION.ZCONTACTJID",
	[PARTNER] = "ZCHATSESSION.ZPARTNERNAME", [FROM] = "ZFROMJID",
	[TO] = "ZTOJID", [MEMBER] = "ZGROUPMEMBER.ZMEMBERJID",
	[MEMBER_NAME] = "ZGROUPMEMBER.ZCONTACTNAME", [TEXT] = "ZTEXT",
	[TITLE] = "ZMEDIAITEM.ZTITLE", [MEDIA_URL] = "ZMEDIAITEM.ZMEDIAURL",
	[MEDIA_PATH] = "ZMEDIAITEM.ZMEDIALOCALPATH",
	[AUTHOR] = "ZMEDIAITEM.ZAUTHORNAME",
	[CARD_NAME] = "ZMEDIAITEM.ZVCARDNAME",
	[CARD] = "ZMEDIAITEM.ZVCARDSTRING", [METADATA] = "ZMEDIAITEM.ZMETADATA",
	[SIZE] = "ZMEDIAITEM.ZFILESIZE", [LATITUDE] = "ZMEDIAITEM.ZLATITUDE",
	[LONGITUDE] = "ZMEDIAITEM.ZLONGITUDE", [FROM_ME] = "ZISFROMME",
	[MESSAGE_TYPE] = "ZMESSAGETYPE", [STATUS] = "ZMESSAGESTATUS",
	[ERROR] = "ZMESSAGEERRORSTATUS", [GROUP_EVENT] = "ZGROUPEVENTTYPE",
	[FLAGS] = "ZFLAGS", [STARRED] = "ZSTARRED", [PUSH_NAME] = "ZPUSHNAME",
	[STANZA] = "ZSTANZAID", [SORT] = "ZSORT", [PARENT] = "ZPARENTMESSAGE",
	[SESSION] = "ZCHATSESSION", [MEDIA] = "ZMEDIAITEM",
};

static const char *const of_media[NFIELDS] = {
	[TIME] = "ZMESSAGE.ZMESSAGEDATE", [URL_DATE] = "ZMEDIAURLDATE",
	[CHAT] = "ZMESSAGE.ZCHATSESSION.ZCONTACTJID",
	[PARTNER] = "ZMESSAGE.ZCHATSESSION.ZPARTNERNAME",
	[FROM] = "ZMESSAGE.ZFROMJID", [TO] = "ZMESSAGE.ZTOJID",
	[TITLE] = "ZTITLE", [MEDIA_URL] = "ZMEDIAURL",
	[MEDIA_PATH] = "ZMEDIALOCALPATH", [AUTHOR] = "ZAUTHORNAME",
	[CARD_NAME] = "ZVCARDNAME", [CARD] = "ZVCARDSTRING",
	[METADATA] = "ZMETADATA", [SIZE] = "ZFILESIZE",
	[LATITUDE] = "ZLATITUDE", [LONGITUDE] = "ZLONGITUDE",
	[FROM_ME] = "ZMESSAGE.ZISFROMME", [SESSION] = "ZMESSAGE.ZCHATSESSION",
	[MESSAGE] = "ZMESSAGE", [MEDIA] = "rowid",
	[BACK] = "ZMESSAGE.ZMEDIAITEM",
};

static const char *const of_link[NFIELDS] = {
	[TIME] = "ZDATE|ZMESSAGE.ZMESSAGEDATE",
	[CHAT] = "ZMESSAGE.ZCHATSESSION.ZCONTACTJID|ZCHATJID",
	[PARTNER] = "ZMESSAGE.ZCHATSESSION.ZPARTNERNAME",
	[FROM] = "ZMESSAGE.ZFROMJID|ZSENDERJID", [TO] = "ZMESSAGE.ZTOJID",
	[MATCHED] = "ZMATCHEDTEXT", [CONTENT1] = "ZCONTENT1",
	[CONTENT2] = "ZCONTENT2", [SUMMARY] = "ZSUMMARY", [TITLE] = "ZTITLE",
	[FROM_ME] = "ZMESSAGE.ZISFROMME", [SESSION] = "ZMESSAGE.ZCHATSESSION",
	[MESSAGE] = "ZMESSAGE", [ITEM_TYPE] = "ZTYPE",
};

static const char *const of_chat[NFIELDS] = {
	[LAST] = "ZLASTMESSAGEDATE", [CREATED] = "ZGROUPINFO.ZCREATIONDATE",
	[CHAT] = "ZCONTACTJID", [PARTNER] = "ZPARTNERNAME",
	[TEXT] = "ZLASTMESSAGETEXT", [FLAGS] = "ZFLAGS", [SESSION] = "rowid",
	[SESSION_TYPE] = "ZSESSIONTYPE", [ARCHIVED] = "ZARCHIVED",
	[REMOVED] = "ZREMOVED", [HIDDEN] = "ZHIDDEN",
	[COUNTER] = "ZMESSAGECOUNTER", [UNREAD] = "ZUNREADCOUNT",
	[DRAFT] = "ZSAVEDINPUT", [CREATOR] = "ZGROUPINFO.ZCREATORJID",
	[OWNER] = "ZGROUPINFO.ZOWNERJID",
};

static const char *const of_member[NFIELDS] = {
	[CHAT] = "ZCHATSESSION.ZCONTACTJID",
	[PARTNER] = "ZCHATSESSION.ZPARTNERNAME", [MEMBER] = "ZMEMBERJID",
	[MEMBER_NAME] = "ZCONTACTNAME", [SESSION] = "ZCHATSESSION",
	[ACTIVE] = "ZISACTIVE", [ADMIN] = "ZISADMIN",
};

static const char *const of_pair[NFIELDS] = {
	[PAIRED] = "ZTIMESTAMP", [LID] = "ZLID", [NUMBER] = "ZPHONENUMBER",
};

static const struct reference refs[] = {
	{ "ZWAMESSAGE", "ZMEDIAITEM", "ZWAMEDIAITEM", NULL },
	{ "ZWAMESSAGE", "ZCHATSESSION", "ZWACHATSESSION", NULL },
	{ "ZWAMESSAGE", "ZGROUPMEMBER", "ZWAGROUPMEMBER", NULL },
	{ "ZWAMEDIAITEM", "ZMESSAGE", "ZWAMESSAGE", NULL },
	{ "ZWAMESSAGEDATAITEM", "ZMESSAGE", "ZWAMESSAGE", NULL },
	{ "ZWACHATSESSION", "ZGROUPINFO", "ZWAGROUPINFO", NULL },
	{ "ZWAGROUPMEMBER", "ZCHATSESSION", "ZWACHATSESSION", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ WHATSAPP_DOMAIN, "ChatStorage.sqlite" },
	{ WHATSAPP_DOMAIN, "LID.sqlite" },
	{ NULL, NULL }
};

/* Chats whose stored messages are counted, by Z_PK. */
#define CHATS_MAX	65536

struct chat {
	int64_t count, first, last;	/* first and last only if set */
	bool dated;
};

struct state {
	struct whatsapp *who;
	struct chat chats[CHATS_MAX];
};

static struct state *
state_of(struct run *run)
{
	return *run_state(run);
}

static struct chat *
chat_of(struct run *run, const struct val *v)
{
	struct state *s = state_of(run);
	int64_t pk = val_number(&v[SESSION], -1);

	return s != NULL && pk > 0 && pk < CHATS_MAX ? &s->chats[pk] : NULL;
}

/* --- records that are told ----------------------------------------------- */

static void
late(struct val *v, const char *type)
{
	v[TYPE] = val_text(bytes_of(type));
	if (val_set(&v[FROM_ME]))
		v[DIRECTION] = val_text(bytes_of(
		    val_number(&v[FROM_ME], 0) != 0 ? "sent" : "received"));
}

/* What would only say the same again. */
static void
repeated(struct val *v)
{
	struct bytes chat = val_bytes(&v[CHAT]);

	if (v[SENT].type == VAL_TIME && v[TIME].type == VAL_TIME &&
	    v[SENT].i == v[TIME].i)
		v[SENT] = val_unset();
	if (bytes_eq(val_bytes(&v[FROM]), chat))
		v[FROM] = val_unset();
	if (bytes_eq(val_bytes(&v[TO]), chat))
		v[TO] = val_unset();
}

/* Protobuf is bytes, whether or not they happen to be text. */
static void
metadata(struct val *v)
{
	if (v[METADATA].type == VAL_TEXT)
		v[METADATA] = val_blob(v[METADATA].bytes);
}

static void
message_late(struct val *v)
{
	late(v, "message");
	repeated(v);
	metadata(v);
}

static void
media_late(struct val *v)
{
	late(v, "media");
	repeated(v);
	metadata(v);
}

static void
link_late(struct val *v)
{
	late(v, "link");
	repeated(v);
}

static void
chat_late(struct val *v)
{
	late(v, "chat");
}

static void
member_late(struct val *v)
{
	late(v, "group_member");
}

static void
pair_late(struct val *v)
{
	late(v, "lid_phone_number_pair");
}

/* --- rows ---------------------------------------------------------------- */

static const short nothing[] = { RUN_END };
static const short message_reads[] = { TIME, SESSION, RUN_END };
static const short media_reads[] = { BACK, MEDIA, RUN_END };
static const short chat_reads[] = { CHAT, SESSION, RUN_END };
static const short pair_reads[] = { LID, NUMBER, RUN_END };

static void
message_row(struct run *run, struct val *v)
{
	struct chat *chat = chat_of(run, v);
	int64_t time = v[TIME].i;

	if (chat != NULL)
		chat->count++;
	if (chat != NULL && v[TIME].type == VAL_TIME) {
		if (!chat->dated || time < chat->first)
			chat->first = time;
		if (!chat->dated || time > chat->last)
			chat->last = time;
		chat->dated = true;
	}
	run_record(run, v);
}

/* Those that a message points to were read with it. */
static void
media_row(struct run *run, struct val *v)
{
	if (v[BACK].type == VAL_INT && v[BACK].i == v[MEDIA].i)
		return;
	v[BACK] = val_unset();
	run_record(run, v);
}

static void
chat_row(struct run *run, struct val *v)
{
	struct chat *chat = chat_of(run, v);

	if (chat != NULL)
		v[STORED] = val_int(chat->count);
	if (chat != NULL && chat->dated) {
		v[FIRST_STORED] = val_time(chat->first);
		v[LAST_STORED] = val_time(chat->last);
	}
	v[PARTNER_NUMBER] = whatsapp_number(run, state_of(run)->who,
	    val_bytes(&v[CHAT]));
	run_record(run, v);
}

static void
pair_row(struct run *run, struct val *v)
{
	whatsapp_pair(state_of(run)->who, val_bytes(&v[LID]),
	    val_bytes(&v[NUMBER]));
	run_record(run, v);
}

static const struct view messages = { .table = "ZWAMESSAGE", .refs = refs,
	.from = of_message, .row = message_row, .reads = message_reads,
	.sets = nothing, .late = message_late };
static const struct view others[] = {
	{ .table = "ZWAMEDIAITEM", .refs = refs, .from = of_media,
	    .row = media_row, .reads = media_reads, .sets = nothing,
	    .late = media_late, .optional = true },
	{ .table = "ZWAMESSAGEDATAITEM", .refs = refs, .from = of_link,
	    .late = link_late, .optional = true },
	/* Before the chats, which show numbers. */
	{ .table = "ZWAPHONENUMBERLIDPAIR", .from = of_pair,
	    .row = pair_row, .reads = pair_reads, .late = pair_late,
	    .optional = true },
	{ .table = "ZWACHATSESSION", .refs = refs, .from = of_chat,
	    .row = chat_row, .reads = chat_reads, .late = chat_late,
	    .optional = true },
	{ .table = "ZWAGROUPMEMBER", .refs = refs, .from = of_member,
	    .late = member_late, .optional = true }
};
static const struct view pairs = { .table = "ZWAPHONENUMBERLIDPAIR",
	.from = of_pair, .row = pair_row, .reads = pair_reads,
	.late = pair_late };

static void
read_file(struct run *run, const struct member *member)
{
	struct state *s = state_of(run);
	struct sqlite *db;
	unsigned i;

	if (s == NULL)
		s = arena_alloc(run_keep(run), 1, sizeof(*s));
	if (s == NULL)
		return;
	*run_state(run) = s;
	if (s->who == NULL || bytes_ends(member->path, "ChatStorage.sqlite")) {
		s->who = whatsapp_new(run, member->domain);
		for (i = 0; i < CHATS_MAX; i++)
			s->chats[i] = (struct chat){ 0 };
	}
	db = run_sqlite(run, member);
	if (db == NULL)
		return;
	if (bytes_ends(member->path, "LID.sqlite")) {
		(void)run_view(run, db, &pairs);
		return;
	}
	(void)run_view(run, db, &messages);
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		(void)run_view(run, db, &others[i]);
}

const struct artifact artifact_ios_whatsapp = {
	.name    = "ios_whatsapp",
	.about   = "WhatsApp messages, chats and numbers",
	.in      = ARTIFACT_IN_ANY,
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
