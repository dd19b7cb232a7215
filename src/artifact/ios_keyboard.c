/*
 * Keyboards: which are in use, and the shorthands that they write out.
 *
 * Evidence: UserDictionary.sqlite and TextReplacements.db, shorthands and what
 * is written for them; com.apple.keyboard.plist and AppleKeyboards of the
 * global settings, the keyboards: one that came with an app stands there by its
 * name.  Times are seconds since 2001-01-01 UTC.
 * Not here: what was typed; words that the keyboard learned are in files that
 * are not read.  Whether a keyboard of an app may use the network, which lets
 * it pass on what is typed, is in ios_tcc (kTCCServiceKeyboardNetwork).
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"
#include "artifact/words.h"

enum { CHANGED, SHORTHAND, PHRASE, DELETED, ENTRY, KEYBOARDS, NFIELDS };

static const struct field fields[NFIELDS] = {
	[CHANGED]   = { "changed", KIND_TIME_MAC, "ZTIMESTAMP",
	                .event = "shorthand changed" },
	[SHORTHAND] = { "shorthand", KIND_TEXT, "ZSHORTCUT",
	                .sense = SENSE_TYPED, .shown = true },
	[PHRASE]    = { "phrase", KIND_TEXT, "ZPHRASE",
	                .sense = SENSE_TYPED, .shown = true },
	[DELETED]   = { "deleted", KIND_BOOL, "ZWASDELETED" },
	[ENTRY]     = { "entry", KIND_LABEL, .shown = true },
	[KEYBOARDS] = { "keyboards", KIND_APP_ID, .shown = true },
};

static const struct place places[] = {
	{ "HomeDomain", "Library/Keyboard/UserDictionary.sqlite" },
	{ "KeyboardDomain", "Library/Keyboard/UserDictionary.sqlite" },
	{ "HomeDomain", "Library/KeyboardServices/TextReplacements.db" },
	{ "KeyboardDomain", "Library/KeyboardServices/TextReplacements.db" },
	{ "HomeDomain", "Library/Preferences/com.apple.keyboard.plist" },
	{ "HomeDomain",
	  "Library/Preferences/com.apple.keyboard.preferences.plist" },
	{ "HomeDomain", "Library/Preferences/.GlobalPreferences.plist" },
	{ NULL, NULL }
};

/* Those of the system are "en_GB@sw=QWERTY;hw=Automatic". */
static struct val
of_apps(struct run *run, const struct val *words)
{
	uint32_t i, n = 0, count = words->type == VAL_LIST ? words->n : 0;
	struct val *list;

	list = arena_alloc(run_scratch(run), (size_t)count + 1,
	    sizeof(*list));
	for (i = 0; list != NULL && i < count; i++)
		if (bytes_find_byte(words->items[i].bytes, '@', 0) ==
		    SIZE_MAX && bytes_find_byte(words->items[i].bytes, '.',
		    0) != SIZE_MAX)
			list[n++] = words->items[i];
	return n == 0 ? val_unset() : val_list(list, n);
}

static void
read_settings(struct run *run, const struct member *member)
{
	bool global = bytes_ends(member->path, "GlobalPreferences.plist");
	struct val v[NFIELDS] = { 0 }, words, names;
	struct plist root;
	uint32_t i;

	if (!plists_root(run, member, &root))
		return;
	for (i = 0; i < plist_count(root); i++) {
		if (global && !bytes_is(plist_key(root, i),
		    "AppleKeyboards"))
			continue;
		words_in(run, plist_at(root, i), &words, &names);
		v[ENTRY] = val_text(plist_key(root, i));
		v[KEYBOARDS] = of_apps(run, &words);
		run_row(run, (int64_t)i + 1);
		run_record(run, v);
	}
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view view = {
	    .table = "ZTEXTREPLACEMENTENTRY|ZUSERDICTIONARYENTRY" };
	struct sqlite *db;

	if (bytes_ends(member->path, ".plist"))
		read_settings(run, member);
	else if ((db = run_sqlite(run, member)) != NULL)
		(void)run_view(run, db, &view);
}

const struct artifact artifact_ios_keyboard = {
	.name    = "ios_keyboard",
	.about   = "keyboards of apps, and shorthands",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
