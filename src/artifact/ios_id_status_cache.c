/*
 * ID status cache: Apple IDs, numbers and addresses whose iMessage or FaceTime
 * status the phone looked up.  Gone from backups since iOS 14.7.
 *
 * Evidence: idstatuscache.plist: service -> handle -> { LookupDate (seconds
 * since 2001-01-01 UTC), IDStatus }.
 * Not here: whether anything was sent.
 *
 * A lookup happens before the first message to someone, in either direction.
 * Handles with NUL bytes in them came with zero-click attacks of 2019-2021.
 */
#include "artifact/artifact.h"

#include "base/time.h"

enum { TIME, SERVICE, HANDLE, STATUS, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]    = { "time", KIND_TIME, .event = "handle looked up" },
	[SERVICE] = { "service", KIND_LABEL, .shown = true },
	[HANDLE]  = { "handle", KIND_HANDLE, .shown = true },
	[STATUS]  = { "id_status", KIND_INT, .shown = true },
};

static const struct place places[] = {
	{ "HomeDomain",
	  "Library/Preferences/com.apple.identityservices.idstatuscache.plist" },
	{ "HomeDomain", "Library/IdentityServices/idstatuscache.plist" },
	{ NULL, NULL }
};

static void
judge(struct run *run, const struct val *v)
{
	static const uint8_t two[2];

	if (bytes_find(val_bytes(&v[HANDLE]), bytes_at(two, 2), 0) !=
	    SIZE_MAX)
		run_finding(run, RULE_IDSTATUS_NUL);
}

static void
one(struct run *run, struct bytes service, struct bytes handle,
    struct plist entry)
{
	struct val v[NFIELDS] = { 0 };
	struct plist date = plist_get(entry, "LookupDate");
	int64_t t = plist_type(date) == PLIST_DATE ? plist_date(date) :
	    time_mac(plist_real(date, (double)plist_int(date, 0)));

	if (t != TIME_UNSET)
		v[TIME] = val_time(t);
	v[SERVICE] = val_text(service);
	v[HANDLE] = val_text(handle);
	v[STATUS] = plist_val(plist_get(entry, "IDStatus"), run_scratch(run));
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, service;
	int64_t row = 0;
	uint32_t i, k;

	if (!run_plist(run, member, &root))
		return;
	for (i = 0; i < plist_count(root); i++) {
		service = plist_at(root, i);
		if (plist_type(service) != PLIST_DICT)
			continue;
		for (k = 0; k < plist_count(service); k++) {
			if (plist_type(plist_at(service, k)) != PLIST_DICT)
				continue;
			run_row(run, ++row);
			one(run, plist_key(root, i), plist_key(service, k),
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
