/*
 * Mobile network: SIM cards that were in the phone, and their numbers.
 *
 * Evidence: CellularUsage.db, table subscriber_info, one row a SIM (times are
 * seconds since 2001-01-01 UTC); com.apple.commcenter.plist,
 * com.apple.commcenter.data.plist and
 * com.apple.commcenter.device_specific_nobackup.plist: numbers and ids beside
 * much else, and under PersonalWallet one dictionary a SIM (ts, Unix seconds).
 * The lists are known from real files of iOS 15 and public descriptions.
 * The last one is in no backup, only in copies of the whole file system.
 * Not here: calls and messages.
 *
 * A new SIM, or a number that changed, has harmless reasons far more often
 * than others; someone who takes over a number gets its messages.
 */
#include "artifact/artifact.h"

#include "artifact/archives.h"
#include "artifact/plists.h"
#include "base/text.h"
#include "base/time.h"

enum { UPDATED, USED, RECORD, SIM, NUMBERS, IMSI, IMEI, SLOT, LABEL, TEXTS,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[UPDATED] = { "updated", KIND_TIME_MAC, .event = "SIM card updated" },
	[USED]    = { "used", KIND_TIME, .event = "SIM card used" },
	[RECORD]  = { "record", KIND_LABEL, .shown = true },
	[SIM]     = { "sim", KIND_LABEL, .shown = true },
	[NUMBERS] = { "numbers", KIND_PHONE, .sense = SENSE_TYPED,
	              .shown = true },
	[IMSI]    = { "imsi", KIND_LABEL },
	[IMEI]    = { "imei", KIND_LABEL, .shown = true },
	[SLOT]    = { "slot", KIND_INT },
	[LABEL]   = { "label", KIND_TEXT, .sense = SENSE_TYPED,
	              .shown = true },
	[TEXTS]   = { "texts", KIND_TEXT, .sense = SENSE_TYPED },
};

static const char *const of_subscriber[NFIELDS] = {
	[UPDATED] = "last_update_time", [SIM] = "subscriber_id",
	[NUMBERS] = "subscriber_mdn", [SLOT] = "slot_id", [LABEL] = "tag",
};

#define LISTS	"Library/Preferences/com.apple.commcenter."

static const struct place places[] = {
	{ "WirelessDomain", "Library/Databases/CellularUsage.db" },
	{ "WirelessDomain", LISTS "plist" },
	{ "WirelessDomain", LISTS "data.plist" },
	{ "WirelessDomain", LISTS "device_specific_nobackup.plist" },
	{ NULL, NULL }
};

/* Dictionaries with one SIM a key; they make records of their own. */
static const char *const wallets[] = { "PersonalWallet",
    "unique-sim-label-store" };

struct gather {
	struct run *run;
	struct archives_list lists[NFIELDS];
	struct val used;
};

static bool
is_wallet(struct bytes key)
{
	return bytes_is(key, wallets[0]) || bytes_is(key, wallets[1]);
}

/* Keys are written in many ways: only letters count, in lower case. */
static bool
key_has(struct bytes key, const char *part)
{
	size_t i, n = bytes_of(part).n;

	for (i = 0; i + n <= key.n; i++)
		if (text_same_as(bytes_part(key, i, n), part))
			return true;
	return false;
}

/* Which field a text under this key belongs to; NFIELDS: none. */
static unsigned
field_of(struct bytes key)
{
	if (text_same_as(key, "mdn") || key_has(key, "phonenumber"))
		return NUMBERS;
	if (key_has(key, "iccid") || key_has(key, "subscriberidentity") ||
	    text_same_as(key, "subscriber_account_ids"))
		return SIM;
	if (key_has(key, "imsi"))
		return IMSI;
	if (key_has(key, "imei") && !key_has(key, "svn"))
		return IMEI;
	if (text_same_as(key, "tag") || text_same_as(key, "text"))
		return LABEL;
	return NFIELDS;
}

/* "1:kOne" tells a slot. */
static bool
is_number(struct bytes b)
{
	size_t i, digits = 0;

	for (i = 0; i < b.n; i++) {
		if (b.p[i] >= '0' && b.p[i] <= '9')
			digits++;
		else if (b.p[i] >= 'A')
			return false;
	}
	return digits > 2;
}

/* One text or number, under the nearest key that says what it is. */
static void
take(struct gather *g, struct bytes key, unsigned field, struct plist p)
{
	struct arena *scratch = run_scratch(g->run);
	struct buf digits = buf_with(32);
	struct val v = plist_val(p, scratch);

	if (text_same_as(key, "ts") && plist_real(p, 0) > 0)
		g->used = val_time(time_unix_seconds(plist_real(p, 0)));
	if (v.type == VAL_INT && field < LABEL) {
		buf_int(&digits, v.i);
		v = val_text(arena_copy(scratch, buf_bytes(&digits)));
	}
	buf_free(&digits);
	if (v.type != VAL_TEXT)
		return;
	if (field == LABEL || (field < NFIELDS && is_number(v.bytes)))
		archives_add(g->run, &g->lists[field], v);
	if (plist_type(p) == PLIST_TEXT)
		archives_add(g->run, &g->lists[TEXTS], v);
}

/* Recursion is bounded: the readers leave no path beyond LIMIT_DEPTH. */
static void
gather(struct gather *g, unsigned above, struct plist p)
{
	struct bytes key = bytes_of("");
	unsigned field;
	struct plist one;
	uint32_t i;

	for (i = 0; i < plist_count(p); i++) {
		one = plist_at(p, i);
		if (plist_type(p) == PLIST_DICT)
			key = plist_key(p, i);
		if (is_wallet(key))
			continue;
		field = field_of(key);
		if (field == NFIELDS)
			field = above;
		if (plist_type(one) >= PLIST_ARRAY)
			gather(g, field, one);
		else
			take(g, key, field, one);
	}
}

static void
told(struct gather *g, const char *record, int64_t row)
{
	struct val v[NFIELDS] = { 0 };
	unsigned i;

	for (i = 0; i < NFIELDS; i++)
		v[i] = archives_as_val(&g->lists[i]);
	v[USED] = g->used;
	v[RECORD] = val_text(bytes_of(record));
	run_row(g->run, row);
	run_record(g->run, v);
}

static void
read_list(struct run *run, const struct member *member)
{
	static const struct gather none;
	struct plist root, wallet;
	struct gather g = { .run = run };
	int64_t row = 1;
	unsigned i;
	uint32_t k;

	if (!plists_root(run, member, &root))
		return;
	gather(&g, NFIELDS, root);
	told(&g, "phone", row);
	for (i = 0; i < 2; i++) {
		wallet = plists_part(run, plist_get(root, wallets[i]),
		    PLIST_DICT, "the list of SIM cards has another shape");
		for (k = 0; k < plist_count(wallet); k++) {
			g = none;
			g.run = run;
			archives_add(run, &g.lists[SIM],
			    val_text(plist_key(wallet, k)));
			gather(&g, NFIELDS, plist_at(wallet, k));
			told(&g, i == 0 ? "sim" : "label", ++row);
		}
	}
}

static void
subscriber_row(struct run *run, struct val *v)
{
	v[RECORD] = val_text(bytes_of("subscriber"));
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view subscribers = { .table = "subscriber_info",
	    .from = of_subscriber, .row = subscriber_row };
	struct sqlite *db;

	if (bytes_ends(member->path, ".plist")) {
		read_list(run, member);
		return;
	}
	db = run_sqlite(run, member);
	if (db != NULL)
		(void)run_view(run, db, &subscribers);
}

const struct artifact artifact_ios_cellular = {
	.name    = "ios_cellular",
	.about   = "SIM cards and numbers of the phone",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
