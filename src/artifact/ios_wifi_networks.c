/*
 * Wi-Fi networks: those that the phone knows, and those it met while it hid
 * its own address.
 *
 * Evidence: com.apple.wifi.known-networks.plist (since about iOS 14: one
 * dictionary a network), before that com.apple.wifi.plist and
 * com.apple.wifi-networks.plist ("List of known networks"), and
 * com.apple.wifi-private-mac-networks.plist ("List of scanned networks with
 * private mac").  Times are dates.  The shape since iOS 14 is known from real
 * files, the others from public descriptions.
 * Not here: passwords; networks that were forgotten.
 *
 * Places and companions of a phone can be read from it.  A network that an app
 * or a profile added was not chosen by hand: hotels, airlines and mobile
 * operators do that, and so could someone who wants the phone to join theirs.
 */
#include "artifact/artifact.h"

#include "artifact/archives.h"
#include "artifact/plists.h"
#include "base/text.h"

enum { ADDED, BY_USER, BY_SYSTEM, UPDATED, SEEN, PASSWORD, CAPTIVE_LOGIN,
    LIST, SSID, SECURITY, REASON, APP, PROFILE, HIDDEN, CAPTIVE, BSSIDS,
    PRIVATE_MAC, OTHER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[ADDED]     = { "added", KIND_TIME, "AddedAt|addedAt",
	                .event = "Wi-Fi network added" },
	[BY_USER]   = { "joined_by_user", KIND_TIME,
	                "JoinedByUserAt|lastJoined",
	                .event = "Wi-Fi network joined by hand" },
	[BY_SYSTEM] = { "joined_by_system", KIND_TIME,
	                "JoinedBySystemAt|lastAutoJoined",
	                .event = "Wi-Fi network joined by itself" },
	[UPDATED]   = { "updated", KIND_TIME, "UpdatedAt|lastUpdated" },
	[SEEN]      = { "last_seen", KIND_TIME, "LastDiscoveredAt",
	                .event = "Wi-Fi network last seen" },
	[PASSWORD]  = { "password_changed", KIND_TIME,
	                "WiFiNetworkPasswordModificationDate",
	                .event = "password of a Wi-Fi network changed" },
	[CAPTIVE_LOGIN] = { "captive_login", KIND_TIME,
	                "CaptiveWebSheetLoginDate",
	                .event = "signed in to a Wi-Fi network's page" },
	[LIST]      = { "list", KIND_LABEL },
	[SSID]      = { "ssid", KIND_LABEL, .shown = true },
	[SECURITY]  = { "security", KIND_LABEL,
	                "SupportedSecurityTypes|SecurityMode" },
	[REASON]    = { "add_reason", KIND_LABEL, "AddReason",
	                .shown = true },
	[APP]       = { "added_by", KIND_APP_ID, "BundleID", .shown = true },
	[PROFILE]   = { "profile", KIND_PROFILE },
	[HIDDEN]    = { "hidden", KIND_BOOL, "Hidden|HIDDEN_NETWORK" },
	[CAPTIVE]   = { "captive", KIND_BOOL, "CaptiveNetwork" },
	[BSSIDS]    = { "bssids", KIND_LABEL, .shown = true },
	[PRIVATE_MAC] = { "private_mac", KIND_LABEL },
	[OTHER]     = { "network", KIND_JSON },
};

#define SETTINGS	"SystemConfiguration/"

static const struct place places[] = {
	{ "SystemPreferencesDomain", "com.apple.wifi.known-networks.plist" },
	{ "SystemPreferencesDomain", SETTINGS "com.apple.wifi.plist" },
	{ "SystemPreferencesDomain",
	    SETTINGS "com.apple.wifi-networks.plist" },
	{ "SystemPreferencesDomain",
	    SETTINGS "com.apple.wifi-networks.plist.backup" },
	{ "SystemPreferencesDomain",
	    SETTINGS "com.apple.wifi-private-mac-networks.plist" },
	{ NULL, NULL }
};

/* Beside the network's own members there are parts of it that hold some. */
static const char *const parts[] = { "__OSSpecific__", "CaptiveProfile" };

/* The first of "a|b" that the network, or a part of it, has. */
static struct plist
first_of(struct plist network, const char *names)
{
	struct bytes rest = bytes_of(names), name;
	struct plist p = { NULL, 0 }, in;
	unsigned i;
	uint32_t k;
	size_t bar;

	while (rest.n > 0 && !plist_is(p)) {
		bar = bytes_find_byte(rest, '|', 0);
		name = bytes_part(rest, 0, bar);
		rest = bytes_part(rest, bar == SIZE_MAX ? rest.n : bar + 1,
		    rest.n);
		for (i = 0; i < 3 && !plist_is(p); i++) {
			in = i == 0 ? network :
			    plist_get(network, parts[i - 1]);
			for (k = 0; k < plist_count(in); k++)
				if (bytes_eq(plist_key(in, k), name))
					p = plist_at(in, k);
		}
	}
	return p;
}

/* Six bytes as "0a:1b:...". */
static struct val
mac_of(struct run *run, struct plist p)
{
	struct bytes b = plist_bytes(p);
	struct buf text = buf_with(64);
	struct val v;
	size_t i;

	if (plist_type(p) != PLIST_DATA || b.n != 6)
		return plist_val(p, run_scratch(run));
	for (i = 0; i < b.n; i++)
		buf_printf(&text, i == 0 ? "%02x" : ":%02x", b.p[i]);
	v = val_text(arena_copy(run_scratch(run), buf_bytes(&text)));
	buf_free(&text);
	return v;
}

static void
stations(struct run *run, struct val *v, struct plist network)
{
	struct archives_list list = { NULL, 0, 0 };
	struct arena *scratch = run_scratch(run);
	struct plist all = plists_part(run, plist_get(network, "BSSList"),
	    PLIST_ARRAY, "the stations of a Wi-Fi network have another shape");
	uint32_t i;

	for (i = 0; i < plist_count(all); i++)
		archives_add(run, &list, plist_val(plist_get(plist_at(all,
		    i), "BSSID"), scratch));
	archives_add(run, &list, plist_val(first_of(network, "BSSID"),
	    scratch));
	v[BSSIDS] = archives_as_val(&list);
}

/* Its name is up to 32 bytes of any kind, most often UTF-8. */
static struct val
ssid_of(struct run *run, struct plist network)
{
	struct val v = plist_val(first_of(network, "SSID_STR|SSID"),
	    run_scratch(run));

	if (v.type == VAL_BLOB && text_utf8(v.bytes))
		v = val_text(v.bytes);
	return v;
}

static void
one(struct run *run, struct bytes list, struct plist network)
{
	struct archives_list profiles = { NULL, 0, 0 };
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(run);
	struct plist p;
	unsigned i;

	if (plist_type(network) != PLIST_DICT)
		run_gap(run, GAP_NO_OFFSET,
		    "a Wi-Fi network has another shape");
	for (i = 0; i < OTHER; i++) {
		if (fields[i].from == NULL)
			continue;
		p = first_of(network, fields[i].from);
		v[i] = i <= CAPTIVE_LOGIN ? plists_time(p, scratch) :
		    plist_val(p, scratch);
	}
	v[LIST] = val_text(list);
	v[SSID] = ssid_of(run, network);
	stations(run, v, network);
	archives_add(run, &profiles, plist_val(plist_get(network,
	    "PayloadIdentifier"), scratch));
	archives_add(run, &profiles, plist_val(plist_get(network,
	    "PayloadUUID"), scratch));
	v[PROFILE] = archives_as_val(&profiles);
	v[PRIVATE_MAC] = mac_of(run, plist_path(network,
	    "PRIVATE_MAC_ADDRESS.PRIVATE_MAC_ADDRESS_VALUE"));
	v[OTHER] = plist_val(network, scratch);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, list;
	struct bytes key;
	int64_t row = 0;
	uint32_t i, k;

	if (!plists_root(run, member, &root))
		return;
	for (i = 0; i < plist_count(root); i++) {
		list = plist_at(root, i);
		key = plist_key(root, i);
		if (bytes_starts(key, "List of ")) {
			list = plists_part(run, list, PLIST_ARRAY,
			    "a list of Wi-Fi networks has another shape");
			for (k = 0; k < plist_count(list); k++) {
				run_row(run, ++row);
				one(run, key, plist_at(list, k));
			}
		} else if (bytes_starts(key, "wifi.network.")) {
			run_row(run, ++row);
			one(run, bytes_of("known"), list);
		} else if (plist_type(list) == PLIST_DICT &&
		    plist_is(first_of(list, "SSID_STR|SSID"))) {
			run_row(run, ++row);
			one(run, key, list);
		}
	}
}

const struct artifact artifact_ios_wifi_networks = {
	.name    = "ios_wifi_networks",
	.about   = "Wi-Fi networks that the phone knows",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
