/*
 * Settings events: which process or profile last set which restriction, when.
 *
 * Evidence: MCSettingsEvents.plist: section -> (client or profile) -> kind of
 * setting -> setting -> part ("value", "preference", "ask") -> { process,
 * event, timestamp }.  As known from public descriptions; read by its shape:
 * a dictionary that holds no other dictionary is an event, the keys above it
 * are its name.
 * Not here: what the setting was before, and what it is now.
 *
 * Updates of the system and the person's own hand in Settings make most of
 * them; profiles and management servers stand there with the id of the
 * profile.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"
#include "base/limits.h"
#include "base/text.h"

enum { TIME, SECTION, OWNER, SETTING, EVENT, PROCESS, PROFILE, OTHER,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]    = { "timestamp", KIND_TIME, .event = "setting changed" },
	[SECTION] = { "section", KIND_LABEL, .shown = true },
	[OWNER]   = { "owner", KIND_PROFILE, .shown = true },
	[SETTING] = { "setting", KIND_LABEL, .shown = true },
	[EVENT]   = { "event", KIND_LABEL, .shown = true },
	[PROCESS] = { "process", KIND_PROCESS, .shown = true },
	[PROFILE] = { "by_profile", KIND_PROFILE },
	[OTHER]   = { "entry", KIND_JSON },
};

static const struct place places[] = {
	{ NULL, "Library/ConfigurationProfiles/MCSettingsEvents.plist" },
	{ NULL, "Library/UserConfigurationProfiles/MCSettingsEvents.plist" },
	{ NULL, NULL }
};

struct walk {
	struct run *run;
	struct bytes keys[LIMIT_DEPTH];
	unsigned n;
	int64_t row;
};

static bool
has_dict(struct plist p)
{
	uint32_t i;

	for (i = 0; i < plist_count(p); i++)
		if (plist_type(plist_at(p, i)) == PLIST_DICT)
			return true;
	return false;
}

/* A profile's id, alone or followed by more: 8-4-4-4-12 hex digits. */
static struct val
profile_of(struct bytes b)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	size_t i, n = sizeof(form) - 1;
	uint8_t c;

	if (b.n < n)
		return val_unset();
	for (i = 0; i < n; i++) {
		c = text_lower(b.p[i]);
		if (form[i] == '-' ? c != '-' : !((c >= '0' && c <= '9') ||
		    (c >= 'a' && c <= 'f')))
			return val_unset();
	}
	return val_text(bytes_part(b, 0, n));
}

/* "restrictedBool.allowCamera.value" */
static struct val
name_of(const struct walk *w, unsigned from)
{
	struct buf b = buf_with(LIMIT_PATH_BYTES);
	struct val v = val_unset();
	unsigned i;

	for (i = from; i < w->n; i++) {
		if (b.n > 0)
			buf_byte(&b, '.');
		buf_add(&b, w->keys[i]);
	}
	if (b.n > 0)
		v = val_text(arena_copy(run_scratch(w->run), buf_bytes(&b)));
	buf_free(&b);
	return v;
}

static void
event(struct walk *w, struct plist entry)
{
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(w->run);
	struct bytes section = w->n > 0 ? w->keys[0] : bytes_of("");
	unsigned from = 1;

	v[SECTION] = val_text(section);
	if (w->n > 1 && (bytes_is(section, "SystemClientRestrictions") ||
	    bytes_is(section, "SystemProfileRestrictions")))
		v[OWNER] = val_text(w->keys[from++]);
	v[SETTING] = name_of(w, from);
	v[TIME] = plists_time(plist_get(entry, "timestamp"), scratch);
	v[EVENT] = plist_val(plist_get(entry, "event"), scratch);
	v[PROCESS] = plist_val(plist_get(entry, "process"), scratch);
	v[PROFILE] = profile_of(val_bytes(&v[PROCESS]));
	v[OTHER] = plist_val(entry, scratch);
	run_row(w->run, ++w->row);
	run_record(w->run, v);
}

/* Recursion is bounded: the readers leave no path beyond LIMIT_DEPTH. */
static void
walk(struct walk *w, struct plist p)
{
	struct plist one;
	uint32_t i;

	if (plist_count(p) > 0 && !has_dict(p)) {
		event(w, p);
		return;
	}
	for (i = 0; i < plist_count(p); i++) {
		one = plist_at(p, i);
		if (plist_type(one) != PLIST_DICT && !plists_plain(one)) {
			run_gap(w->run, GAP_NO_OFFSET,
			    "a settings event has another shape");
			continue;
		}
		if (plist_type(one) != PLIST_DICT || w->n == LIMIT_DEPTH)
			continue;
		w->keys[w->n++] = plist_key(p, i);
		walk(w, one);
		w->n--;
	}
}

static void
read_file(struct run *run, const struct member *member)
{
	struct walk w = { .run = run };
	struct plist root;

	if (plists_root(run, member, &root))
		walk(&w, root);
}

const struct artifact artifact_ios_settings_events = {
	.name    = "ios_settings_events",
	.about   = "which process or profile set which restriction",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
