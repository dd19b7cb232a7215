/*
 * Network use by process, as kept for daily analytics.
 *
 * Evidence: com.apple.osanalytics.addaily.plist, netUsageBaseline: process ->
 * [date, Wi-Fi in, Wi-Fi out, mobile in, mobile out], bytes.
 * Not here: processes that used no network; older baselines are overwritten.
 */
#include "artifact/artifact.h"

#include "base/time.h"

enum { TIME, PROCESS, WIFI_IN, WIFI_OUT, WWAN_IN, WWAN_OUT, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]     = { "time", KIND_TIME, .event = "network use counted" },
	[PROCESS]  = { "process", KIND_PROCESS, .shown = true },
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
	struct plist number;
	int64_t time = plist_date(plist_at(entry, 0));
	uint32_t i;

	v[PROCESS] = val_text(process);
	if (time != TIME_UNSET)
		v[TIME] = val_time(time);
	for (i = 0; i < 4; i++) {
		number = plist_at(entry, i + 1);
		if (plist_is(number))
			v[WIFI_IN + i] = val_int(plist_int(number, 0));
	}
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, usage;
	uint32_t i;

	if (!run_plist(run, member, &root))
		return;
	usage = plist_get(root, "netUsageBaseline");
	for (i = 0; i < plist_count(usage); i++) {
		run_row(run, (int64_t)i + 1);
		if (plist_type(plist_at(usage, i)) != PLIST_ARRAY)
			run_gap(run, GAP_NO_OFFSET,
			    "an entry of netUsageBaseline has another shape");
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
