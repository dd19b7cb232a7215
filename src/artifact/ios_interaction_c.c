/*
 * Interactions: who was in contact with the owner through which app, as iOS
 * itself records it, also for apps and messages that are gone since.
 *
 * Evidence: interactionC.db (CoreDuet), Core Data.  ZINTERACTIONS with its
 * sender, recipients and attachments; ZCONTACTS with the counts and the first
 * and last dates that iOS keeps of each person.  Recipients and attachments
 * come through tables whose names hold numbers that differ between versions.
 * Times are seconds since 2001-01-01 UTC.  WhatsApp's identifiers are resolved
 * with its own files, if they are there.
 * Not here: what was said; iOS forgets interactions after some weeks.
 *
 * A record is of type interaction, one each with lists of its recipients and
 * attachments, or contact.  The lists of recipients have one value for each
 * recipient, those of attachments one for each attachment.
 */
#include <stdlib.h>

#include "artifact/artifact.h"

#include "artifact/whatsapp.h"
#include "base/sort.h"
#include "base/text.h"
#include "base/time.h"

enum { START, END, ENDED, CREATED, RECORDED, CONTACT_CREATED, FIRST_SENDER,
    LAST_SENDER, FIRST_RECIPIENT, LAST_RECIPIENT, FIRST_OUTGOING,
    LAST_OUTGOING, TYPE, BUNDLE, TARGET, DIRECTION, ACCOUNT, SENDER,
    SENDER_NAME, SENDER_PERSON, SENDER_CUSTOM, SENDER_NUMBER, SENDER_KNOWN,
    RECIPIENTS, RECIPIENT_NAMES, RECIPIENT_PERSONS, RECIPIENT_CUSTOMS,
    RECIPIENT_NUMBERS, RECIPIENTS_KNOWN, DOMAIN, DOMAIN_NUMBER, DOMAIN_KNOWN,
    GROUP, CONTENTS, UTIS, URLS, SIZES, PHOTOS, ATTACHMENT_IDS, CLOUD_IDS,
    RECIPIENT_COUNT, RESPONSE, MECHANISM, TABLE_ID, CONTENT_URL, LOCATION,
    INTENT, UUID, IDENTIFIER, NAME, PERSON, CUSTOM, NUMBER, KNOWN,
    SENDER_COUNT, INCOMING_COUNT, OUTGOING_COUNT, NFIELDS };

static const struct field fields[NFIELDS] = {
	[START]     = { "start_date", KIND_TIME_MAC, .event = "interaction" },
	[END]       = { "end_date", KIND_TIME_MAC },
	/* On the timeline only where it is another time: */
	[ENDED]     = { "ended", KIND_TIME, .event = "interaction ended" },
	[CREATED]   = { "interactions_creation_date", KIND_TIME_MAC },
	/* and where it is an hour or more from the start: */
	[RECORDED]  = { "recorded", KIND_TIME,
	                .event = "interaction recorded" },
	[CONTACT_CREATED] = { "contacts_creation_date", KIND_TIME_MAC,
	                .event = "contact first recorded" },
	[FIRST_SENDER] = { "first_incoming_sender_date", KIND_TIME_MAC,
	                .event = "first from this contact" },
	[LAST_SENDER] = { "last_incoming_sender_date", KIND_TIME_MAC,
	                .event = "last from this contact" },
	[FIRST_RECIPIENT] = { "first_incoming_recipient_date", KIND_TIME_MAC,
	                .event = "first received together with this contact" },
	[LAST_RECIPIENT] = { "last_incoming_recipient_date", KIND_TIME_MAC,
	                .event = "last received together with this contact" },
	[FIRST_OUTGOING] = { "first_outgoing_recipient_date", KIND_TIME_MAC,
	                .event = "first to this contact" },
	[LAST_OUTGOING] = { "last_outgoing_recipient_date", KIND_TIME_MAC,
	                .event = "last to this contact" },
	[TYPE]      = { "type", KIND_LABEL },
	[BUNDLE]    = { "bundle_id", KIND_APP_ID, .shown = true },
	[TARGET]    = { "target_bundle_id", KIND_APP_ID },
	[DIRECTION] = { "direction", KIND_LABEL, .shown = true },
	[ACCOUNT]   = { "account", KIND_LABEL },
	[SENDER]    = { "sender_identifier", KIND_HANDLE, .shown = true },
	[SENDER_NAME] = { "sender_display_name", KIND_LABEL, .shown = true },
	[SENDER_PERSON] = { "sender_personid", KIND_LABEL },
	[SENDER_CUSTOM] = { "sender_custom_id", KIND_HANDLE },
	[SENDER_NUMBER] = { "sender_resolved_phone_number", KIND_PHONE,
	                .sense = SENSE_RECEIVED },
	[SENDER_KNOWN] = { "sender_resolved_name", KIND_LABEL, .shown = true },
	[RECIPIENTS] = { "recipient_identifiers", KIND_HANDLE, .shown = true },
	[RECIPIENT_NAMES] = { "recipient_display_names", KIND_LABEL,
	                .shown = true },
	[RECIPIENT_PERSONS] = { "recipient_personids", KIND_LABEL },
	[RECIPIENT_CUSTOMS] = { "recipient_custom_ids", KIND_HANDLE },
	[RECIPIENT_NUMBERS] = { "recipient_resolved_phone_numbers", KIND_PHONE,
	                .sense = SENSE_RECEIVED },
	[RECIPIENTS_KNOWN] = { "recipient_resolved_names", KIND_LABEL,
	                .shown = true },
	[DOMAIN]    = { "domain_identifier", KIND_HANDLE },
	[DOMAIN_NUMBER] = { "domain_resolved_phone_number", KIND_PHONE,
	                .sense = SENSE_RECEIVED },
	[DOMAIN_KNOWN] = { "domain_resolved_name", KIND_LABEL },
	[GROUP]     = { "group_name", KIND_TEXT, .shown = true },
	[CONTENTS]  = { "attachment_contents", KIND_TEXT, .shown = true },
	[UTIS]      = { "attachment_utis", KIND_LABEL },
	[URLS]      = { "attachment_content_urls", KIND_URL,
	                .sense = SENSE_RECEIVED },
	[SIZES]     = { "attachment_sizes", KIND_SIZE },
	[PHOTOS]    = { "attachment_photo_local_ids", KIND_LABEL },
	[ATTACHMENT_IDS] = { "attachment_ids", KIND_LABEL },
	[CLOUD_IDS] = { "attachment_cloud_ids", KIND_LABEL },
	[RECIPIENT_COUNT] = { "recipient_count", KIND_INT },
	[RESPONSE]  = { "is_response", KIND_BOOL },
	[MECHANISM] = { "mechanism", KIND_INT },
	[TABLE_ID]  = { "table_id", KIND_INT },
	[CONTENT_URL] = { "interaction_content_url", KIND_URL,
	                .sense = SENSE_RECEIVED },
	[LOCATION]  = { "location_uuid", KIND_LABEL },
	[INTENT]    = { "derived_intent_id", KIND_LABEL },
	[UUID]      = { "uuid", KIND_LABEL },
	[IDENTIFIER] = { "identifier", KIND_HANDLE, .shown = true },
	[NAME]      = { "display_name", KIND_LABEL, .shown = true },
	[PERSON]    = { "personid", KIND_LABEL },
	[CUSTOM]    = { "custom_id", KIND_HANDLE },
	[NUMBER]    = { "resolved_phone_number", KIND_PHONE,
	                .sense = SENSE_RECEIVED, .shown = true },
	[KNOWN]     = { "resolved_name", KIND_LABEL, .shown = true },
	[SENDER_COUNT] = { "incoming_sender_count", KIND_INT },
	[INCOMING_COUNT] = { "incoming_recipient_count", KIND_INT },
	[OUTGOING_COUNT] = { "outgoing_recipient_count", KIND_INT },
};

static const char *const of_interaction[NFIELDS] = {
	[START] = "ZSTARTDATE", [END] = "ZENDDATE", [CREATED] = "ZCREATIONDATE",
	[BUNDLE] = "ZBUNDLEID", [TARGET] = "ZTARGETBUNDLEID",
	[DIRECTION] = "ZDIRECTION", [ACCOUNT] = "ZACCOUNT",
	[SENDER] = "ZSENDER.ZIDENTIFIER",
	[SENDER_NAME] = "ZSENDER.ZDISPLAYNAME",
	[SENDER_PERSON] = "ZSENDER.ZPERSONID",
	[SENDER_CUSTOM] = "ZSENDER.ZCUSTOMIDENTIFIER",
	[DOMAIN] = "ZDOMAINIDENTIFIER", [GROUP] = "ZGROUPNAME",
	[RECIPIENT_COUNT] = "ZRECIPIENTCOUNT", [RESPONSE] = "ZISRESPONSE",
	[MECHANISM] = "ZMECHANISM", [CONTENT_URL] = "ZCONTENTURL",
	[LOCATION] = "ZLOCATIONUUID", [INTENT] = "ZDERIVEDINTENTIDENTIFIER",
	[UUID] = "ZUUID", [TABLE_ID] = "rowid",
};

static const char *const of_contact[NFIELDS] = {
	[CONTACT_CREATED] = "ZCREATIONDATE",
	[FIRST_SENDER] = "ZFIRSTINCOMINGSENDERDATE",
	[LAST_SENDER] = "ZLASTINCOMINGSENDERDATE",
	[FIRST_RECIPIENT] = "ZFIRSTINCOMINGRECIPIENTDATE",
	[LAST_RECIPIENT] = "ZLASTINCOMINGRECIPIENTDATE",
	[FIRST_OUTGOING] = "ZFIRSTOUTGOINGRECIPIENTDATE",
	[LAST_OUTGOING] = "ZLASTOUTGOINGRECIPIENTDATE",
	[IDENTIFIER] = "ZIDENTIFIER", [NAME] = "ZDISPLAYNAME",
	[PERSON] = "ZPERSONID", [CUSTOM] = "ZCUSTOMIDENTIFIER",
	[SENDER_COUNT] = "ZINCOMINGSENDERCOUNT",
	[INCOMING_COUNT] = "ZINCOMINGRECIPIENTCOUNT",
	[OUTGOING_COUNT] = "ZOUTGOINGRECIPIENTCOUNT",
};

static const struct reference refs[] = {
	{ "ZINTERACTIONS", "ZSENDER", "ZCONTACTS", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "HomeDomain", "Library/CoreDuet/People/interactionC.db" },
	{ NULL, NULL }
};

static const struct place also[] = {
	{ WHATSAPP_DOMAIN, "ContactsV2.sqlite" },
	{ WHATSAPP_DOMAIN, "LID.sqlite" },
	{ NULL, NULL }
};

/* --- tables between ------------------------------------------------------ */

/* Pairs held of one such table, 8 bytes each; iOS keeps some ten thousand. */
#define PAIRS_MAX	(1u << 20)
/* Shown of one interaction; a group has 1,024 members at most. */
#define EACH_MAX	2048
/* Columns asked of what a pair leads to. */
#define COLUMNS_MAX	7

struct pair {
	uint32_t interaction, other;
};

/* What an interaction has several of, through a table between. */
struct several {
	const char *to_interaction, *to_other;	/* columns, after "Z_<n>" */
	const char *other;			/* the table it leads to */
	const char *columns[COLUMNS_MAX];
	unsigned first, n;			/* the fields they fill */
};

static const struct several of_recipients = {
	"INTERACTIONRECIPIENT", "RECIPIENTS", "ZCONTACTS",
	{ "ZIDENTIFIER", "ZDISPLAYNAME", "ZPERSONID", "ZCUSTOMIDENTIFIER" },
	RECIPIENTS, 4
};

static const struct several of_attachments = {
	"INTERACTIONS", "ATTACHMENTS", "ZATTACHMENT",
	{ "ZCONTENTTEXT", "ZUTI", "ZCONTENTURL", "ZSIZEINBYTES",
	    "ZPHOTOLOCALIDENTIFIER", "ZIDENTIFIER", "ZCLOUDIDENTIFIER" },
	CONTENTS, 7
};

struct join {
	const struct several *of;
	struct pair *pairs;
	uint32_t n;
	struct sqlite_find *find;
	int columns[COLUMNS_MAX];
	bool too_many;			/* told */
};

struct state {
	struct whatsapp *who;
	struct join recipients, attachments;
};

/* "Z_2RECIPIENTS" is RECIPIENTS. */
static int
numbered(const struct sqlite_table *t, const char *name)
{
	struct bytes column;
	unsigned i;
	size_t at;

	for (i = 0; i < sqlite_columns(t); i++) {
		column = bytes_of(sqlite_column_name(t, i));
		if (!bytes_starts(column, "Z_"))
			continue;
		for (at = 2; at < column.n && column.p[at] >= '0' &&
		    column.p[at] <= '9'; at++)
			continue;
		if (at > 2 && bytes_is(bytes_part(column, at, column.n), name))
			return (int)i;
	}
	return -1;
}

static int
pair_order(const void *va, const void *vb)
{
	const struct pair *a = va, *b = vb;

	if (a->interaction != b->interaction)
		return a->interaction < b->interaction ? -1 : 1;
	return a->other < b->other ? -1 : a->other > b->other;
}

static void
pairs_read(struct run *run, struct sqlite *db, const struct sqlite_table *t,
    struct join *join)
{
	int left = numbered(t, join->of->to_interaction);
	int right = numbered(t, join->of->to_other);
	uint64_t max = sqlite_cells(t);
	struct sqlite_scan *scan;
	struct sqlite_row row;
	bool sorted = true;
	int64_t a, b;

	max = max > PAIRS_MAX ? PAIRS_MAX : max;
	join->pairs = arena_alloc(run_keep(run), max, sizeof(*join->pairs));
	if (join->pairs == NULL ||
	    sqlite_scan_open(&scan, db, t) != ERR_NONE)
		return;
	while (sqlite_scan_next(scan, &row)) {
		struct val va = sqlite_value(&row, left);
		struct val vb = sqlite_value(&row, right);

		a = val_number(&va, -1);
		b = val_number(&vb, -1);
		if (a < 0 || a > UINT32_MAX || b < 0 || b > UINT32_MAX)
			continue;
		if (join->n == max) {
			run_gap(run, GAP_NO_OFFSET, "more recipients or "
			    "attachments than are held");
			break;
		}
		join->pairs[join->n++] = (struct pair){ (uint32_t)a,
		    (uint32_t)b };
		sorted = sorted && (join->n < 2 || pair_order(
		    &join->pairs[join->n - 2], &join->pairs[join->n - 1]) <= 0);
	}
	sqlite_scan_close(scan);
	if (!sorted)
		sort_items(join->pairs, join->n, sizeof(*join->pairs),
		    pair_order);
}

static void
join_open(struct run *run, struct sqlite *db, const struct several *of,
    struct join *join)
{
	const struct sqlite_table *t;
	unsigned i, k;

	*join = (struct join){ .of = of };
	t = sqlite_table(db, of->other);
	if (t == NULL || sqlite_find_open(&join->find, db, t) != ERR_NONE) {
		join->find = NULL;
		return;
	}
	for (i = 0; i < of->n; i++)
		join->columns[i] = sqlite_column(t, of->columns[i]);
	sqlite_find_plan(join->find, join->columns, of->n);
	for (k = 0; (t = sqlite_table_at(db, k)) != NULL; k++)
		if (numbered(t, of->to_interaction) >= 0 &&
		    numbered(t, of->to_other) >= 0)
			break;
	if (t != NULL)
		pairs_read(run, db, t, join);
}

/* The pairs of one interaction: where they begin, and how many. */
static uint32_t
pairs_of(const struct join *join, int64_t interaction, uint32_t *first)
{
	uint32_t low = 0, high = join->n, middle, n = 0;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (join->pairs[middle].interaction < interaction)
			low = middle + 1;
		else
			high = middle;
	}
	*first = low;
	while (low + n < join->n &&
	    join->pairs[low + n].interaction == interaction)
		n++;
	return n;
}

/* A value that outlives the row it comes from; bytes are shown hex. */
static struct val
held(struct run *run, unsigned field, struct val v)
{
	struct arena *arena = run_scratch(run);
	struct buf b;

	if (v.type == VAL_BLOB && text_utf8(v.bytes) && field != ATTACHMENT_IDS)
		v = val_text(v.bytes);
	if (v.type == VAL_TEXT)
		return val_text(arena_copy(arena, v.bytes));
	if (v.type != VAL_BLOB)
		return v;
	b = buf_with(4096);
	text_hex(&b, bytes_part(v.bytes, 0, 1024));
	v = val_text(arena_copy(arena, buf_bytes(&b)));
	buf_free(&b);
	return v;
}

static bool
any_set(const struct val *v, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (val_set(&v[i]))
			return true;
	return false;
}

/* Fills the lists of one row. */
static void
join_fill(struct run *run, struct join *join, int64_t interaction,
    struct val *v)
{
	uint32_t first, n = pairs_of(join, interaction, &first), i;
	struct sqlite_row row;
	struct val *to;
	unsigned k;

	if (n == 0)
		return;
	if (n > EACH_MAX) {
		if (!join->too_many)
			run_gap(run, GAP_NO_OFFSET, "an interaction has more "
			    "recipients or attachments than are shown");
		join->too_many = true;
		n = EACH_MAX;
	}
	to = arena_alloc(run_scratch(run), (size_t)n * join->of->n,
	    sizeof(*to));
	if (to == NULL)
		return;
	for (i = 0; i < n; i++) {
		if (!sqlite_find_row(join->find, join->pairs[first + i].other,
		    &row))
			continue;
		for (k = 0; k < join->of->n; k++)
			to[k * n + i] = held(run, join->of->first + k,
			    sqlite_value(&row, join->columns[k]));
	}
	for (k = 0; k < join->of->n; k++)
		if (any_set(to + k * n, n))
			v[join->of->first + k] = val_list(to + k * n, n);
}

/* --- who it was ---------------------------------------------------------- */

static void
resolve(struct run *run, struct val *v, unsigned id, unsigned number,
    unsigned name)
{
	struct state *s = *run_state(run);

	v[number] = whatsapp_number(run, s->who, val_bytes(&v[id]));
	v[name] = whatsapp_name(s->who, val_bytes(&v[id]));
}

static void
resolve_recipients(struct run *run, struct val *v)
{
	struct state *s = *run_state(run);
	uint32_t n = v[RECIPIENTS].n, i;
	struct val *to;
	struct bytes id;

	if (v[RECIPIENTS].type != VAL_LIST)
		return;
	to = arena_alloc(run_scratch(run), (size_t)n * 2, sizeof(*to));
	if (to == NULL)
		return;
	for (i = 0; i < n; i++) {
		id = val_bytes(&v[RECIPIENTS].items[i]);
		to[i] = whatsapp_number(run, s->who, id);
		to[n + i] = whatsapp_name(s->who, id);
	}
	if (any_set(to, n))
		v[RECIPIENT_NUMBERS] = val_list(to, n);
	if (any_set(to + n, n))
		v[RECIPIENTS_KNOWN] = val_list(to + n, n);
}

/* --- rows ---------------------------------------------------------------- */

static void
times(struct val *v)
{
	int64_t apart;

	if (v[END].type == VAL_TIME && (v[START].type != VAL_TIME ||
	    v[START].i != v[END].i))
		v[ENDED] = v[END];
	if (v[CREATED].type != VAL_TIME)
		return;
	apart = v[START].type != VAL_TIME ? INT64_MAX :
	    v[CREATED].i - v[START].i;
	if (apart >= 3600 * TIME_SECOND || apart <= -3600 * TIME_SECOND)
		v[RECORDED] = v[CREATED];
}

static const short interaction_reads[] = { BUNDLE, SENDER, DOMAIN, TABLE_ID,
    RUN_END };
static const short contact_reads[] = { IDENTIFIER, RUN_END };

static void
interaction_late(struct val *v)
{
	int64_t direction = val_number(&v[DIRECTION], -1);

	v[TYPE] = val_text(bytes_of("interaction"));
	if (direction == 0 || direction == 1)
		v[DIRECTION] = val_text(bytes_of(direction == 0 ? "incoming" :
		    "outgoing"));
	times(v);
}

static void
interaction_row(struct run *run, struct val *v)
{
	struct state *s = *run_state(run);
	int64_t pk = val_number(&v[TABLE_ID], -1);

	join_fill(run, &s->recipients, pk, v);
	join_fill(run, &s->attachments, pk, v);
	if (bytes_starts(val_bytes(&v[BUNDLE]), "net.whatsapp.WhatsApp")) {
		resolve(run, v, SENDER, SENDER_NUMBER, SENDER_KNOWN);
		resolve(run, v, DOMAIN, DOMAIN_NUMBER, DOMAIN_KNOWN);
		resolve_recipients(run, v);
	}
	run_record(run, v);
}

static void
contact_late(struct val *v)
{
	v[TYPE] = val_text(bytes_of("contact"));
}

static void
contact_row(struct run *run, struct val *v)
{
	resolve(run, v, IDENTIFIER, NUMBER, KNOWN);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view interactions = { .table = "ZINTERACTIONS",
	    .refs = refs, .from = of_interaction, .row = interaction_row,
	    .reads = interaction_reads, .late = interaction_late };
	static const struct view contacts = { .table = "ZCONTACTS",
	    .from = of_contact, .row = contact_row, .reads = contact_reads,
	    .late = contact_late, .optional = true };
	struct state *s = arena_alloc(run_keep(run), 1, sizeof(*s));
	struct sqlite *db;

	if (s == NULL)
		return;
	s->who = whatsapp_new(run, bytes_at(NULL, 0));
	*run_state(run) = s;
	db = run_sqlite(run, member);
	if (db == NULL)
		return;
	join_open(run, db, &of_recipients, &s->recipients);
	join_open(run, db, &of_attachments, &s->attachments);
	(void)run_view(run, db, &interactions);
	(void)run_view(run, db, &contacts);
	sqlite_find_close(s->recipients.find);
	sqlite_find_close(s->attachments.find);
}

const struct artifact artifact_ios_interaction_c = {
	.name    = "ios_interaction_c",
	.about   = "who was in contact through which app",
	.places  = places,
	.also    = also,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
