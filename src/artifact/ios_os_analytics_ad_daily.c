/*
 * Network use by process, as kept for daily analytics.
 *
 * Evidence: com.apple.osanalytics.addaily.plist, netUsageBaseline: process ->
 * [date, Wi-Fi in, Wi-Fi out, mobile in, mobile out], bytes.
 * Not here: processes that used no network; older baselines are overwritten.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"

enum { PROCESS, TIME, WIFI_IN, WIFI_OUT, WWAN_IN, WWAN_OUT, NFIELDS };

static const struct field fields[NFIELDS] = {
	[PROCESS]  = { "process", KIND_PROCESS, .shown = true },
	[TIME]     = { "time", KIND_TIME, .event = "network use counted" },
	[WIFI_IN]  = { "wifi_in", KIND_SIZE, .shown = true },
	[WIFI_OUT] = { "wifi_out", KIND_SIZE, .shown = true },
	[WWAN_IN]  = { "wwan_in", KIND_SIZE, .shown = true },
	[WWAN_OUT] = { "wwan_out", KIND_SIZE, .shown = true },
};

static const struct place places[] = {
	{ "HomeDomain",
	  "Library/Preferences/com.apple.osanalytics.addaily.plist" },
	{ NULL, NULL }
};

static void
one(struct run *run, struct bytes process, struct plist entry)
{
	struct val v[NFIELDS] = { 0 };
	uint32_t i;
	int64_t n;

	v[PROCESS] = val_text(process);
	entry = plists_part(run, entry, PLIST_ARRAY,
	    "an entry of netUsageBaseline has another shape");
	v[TIME] = plists_time(plist_at(entry, 0), run_scratch(run));
	for (i = WIFI_IN; i < NFIELDS; i++) {
		v[i] = plist_val(plist_at(entry, i - TIME), run_scratch(run));
		n = val_number(&v[i], -1);
		if (v[i].type == VAL_REAL && (double)n == v[i].r)
			v[i] = val_int(n);	/* bytes, kept as fractions */
	}
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, usage;
	uint32_t i;

	if (!plists_root(run, member, &root))
		return;
	usage = plists_part(run, plist_get(root, "netUsageBaseline"),
	    PLIST_DICT, "netUsageBaseline is no dictionary: an unknown "
	    "schema");
	for (i = 0; i < plist_count(usage); i++) {
		run_row(run, (int64_t)i + 1);
		one(run, plist_key(usage, i), plist_at(usage, i));
	}
}

const struct artifact artifact_ios_os_analytics_ad_daily = {
	.name    = "ios_os_analytics_ad_daily",
	.about   = "network use by process, daily analytics",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
