/*
 * ID status cache: Apple IDs, numbers and addresses whose iMessage or FaceTime
 * status the phone looked up.  Gone from backups since iOS 14.7.
 *
 * Evidence: idstatuscache.plist: service -> handle -> { LookupDate (seconds
 * since 2001-01-01 UTC), IDStatus }, and beside the services settings of its
 * own, which are shown as they are.
 * Not here: whether anything was sent.
 *
 * A lookup happens before the first message to someone, in either direction.
 * Handles with NUL bytes in them came with zero-click attacks of 2019-2021.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"
#include "base/hash.h"

enum { TIME, SERVICE, HANDLE, STATUS, OCCURRENCES, OTHER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]    = { "time", KIND_TIME, .event = "handle looked up" },
	[SERVICE] = { "service", KIND_LABEL, .shown = true },
	[HANDLE]  = { "handle", KIND_HANDLE, .shown = true },
	[STATUS]  = { "id_status", KIND_INT, .shown = true },
	[OCCURRENCES] = { "occurrences", KIND_INT },
	[OTHER]   = { "entry", KIND_JSON },
};

static const struct place places[] = {
	{ "HomeDomain", "Library/Preferences/"
	    "com.apple.identityservices.idstatuscache.plist" },
	{ "HomeDomain", "Library/IdentityServices/idstatuscache.plist" },
	{ NULL, NULL }
};

/* In how many services a handle stands, by its hash. */
struct tally {
	uint64_t *keys;		/* 0: empty */
	uint32_t *counts;
	uint32_t mask;
};

static uint32_t
tally_slot(const struct tally *t, struct bytes handle)
{
	uint64_t key = hash_key(handle) | 1;
	uint32_t at = (uint32_t)(key >> 1) & t->mask;

	while (t->keys[at] != 0 && t->keys[at] != key)
		at = (at + 1) & t->mask;
	t->keys[at] = key;
	return at;
}

/* No memory for it leaves mask 0, and the field unset. */
static void
tally_make(struct tally *t, struct run *run, struct plist root)
{
	uint32_t slots = 16, n = 0, i, k;
	struct plist service;

	for (i = 0; i < plist_count(root); i++)
		n += plist_count(plist_at(root, i));
	while (slots / 2 < n)
		slots *= 2;
	t->keys = arena_alloc(run_keep(run), slots, sizeof(*t->keys));
	t->counts = arena_alloc(run_keep(run), slots, sizeof(*t->counts));
	if (t->keys == NULL || t->counts == NULL)
		return;
	t->mask = slots - 1;
	for (i = 0; i < plist_count(root); i++) {
		service = plist_at(root, i);
		for (k = 0; k < plist_count(service); k++)
			t->counts[tally_slot(t, plist_key(service, k))]++;
	}
}

static void
judge(struct run *run, const struct val *v)
{
	static const uint8_t two[2];

	if (bytes_find(val_bytes(&v[HANDLE]), bytes_at(two, 2), 0) !=
	    SIZE_MAX)
		run_finding(run, RULE_IDSTATUS_NUL);
}

static void
one(struct run *run, const struct tally *tally, struct bytes service,
    struct bytes handle, struct plist entry)
{
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(run);

	v[SERVICE] = val_text(service);
	v[HANDLE] = val_text(handle);
	v[TIME] = plists_time(plist_get(entry, "LookupDate"), scratch);
	v[STATUS] = plist_val(plist_get(entry, "IDStatus"), scratch);
	if (tally->mask > 0)
		v[OCCURRENCES] = val_int(tally->counts[tally_slot(tally,
		    handle)]);
	if (plist_type(entry) != PLIST_DICT)
		v[OTHER] = plist_val(entry, scratch);
	run_record(run, v);
}

static void
setting(struct run *run, struct bytes name, struct plist value)
{
	struct val v[NFIELDS] = { 0 };

	if (!plists_plain(value))
		run_gap(run, GAP_NO_OFFSET,
		    "the handles of a service have another shape");
	v[SERVICE] = val_text(name);
	v[OTHER] = plist_val(value, run_scratch(run));
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct tally tally = { NULL, NULL, 0 };
	struct plist root, service;
	struct bytes name;
	int64_t row = 0;
	uint32_t i, k;

	if (!plists_root(run, member, &root))
		return;
	tally_make(&tally, run, root);
	for (i = 0; i < plist_count(root); i++) {
		service = plist_at(root, i);
		name = plist_key(root, i);
		if (plist_type(service) != PLIST_DICT) {
			run_row(run, ++row);
			setting(run, name, service);
			continue;
		}
		for (k = 0; k < plist_count(service); k++) {
			run_row(run, ++row);
			one(run, &tally, name, plist_key(service, k),
			    plist_at(service, k));
		}
	}
}

const struct artifact artifact_ios_id_status_cache = {
	.name    = "ios_id_status_cache",
	.about   = "handles looked up for iMessage and FaceTime",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
	.judge   = judge,
};
