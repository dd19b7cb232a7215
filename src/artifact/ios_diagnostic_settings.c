/*
 * Diagnostic settings: what services of the system noted about processes and
 * apps for their own use.
 *
 * Evidence: the settings of aggregated (daily counts), symptomsd-diag (faults
 * that were reported), apsd (push services, and who uses them) and metrickitd
 * (measurements that apps asked for).  A record is an entry of such a file.
 * No public source says what each entry means, so they are read for the names
 * in them: names of members as processes and as apps, texts for links, apps and
 * paths.
 * Not here: when something ran, or how often; that a name stands there does
 * not say that it ran.  Network use by process is ios_os_analytics_ad_daily.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"
#include "artifact/words.h"

enum { FILE_, ENTRY, ENTRY_APP, PROCESSES, APPS, TEXTS, TEXT_APPS, PATHS,
    VALUE, NFIELDS };

static const struct field fields[NFIELDS] = {
	[FILE_]     = { "file", KIND_LABEL, .shown = true },
	[ENTRY]     = { "entry", KIND_PROCESS, .sense = SENSE_TYPED,
	                .shown = true },
	[ENTRY_APP] = { "entry_app_id", KIND_APP_ID, .sense = SENSE_TYPED },
	[PROCESSES] = { "names", KIND_PROCESS, .sense = SENSE_TYPED },
	[APPS]      = { "app_ids", KIND_APP_ID, .sense = SENSE_TYPED },
	[TEXTS]     = { "texts", KIND_TEXT, .sense = SENSE_TYPED },
	[TEXT_APPS] = { "text_app_ids", KIND_APP_ID, .sense = SENSE_TYPED },
	[PATHS]     = { "text_paths", KIND_PATH, .sense = SENSE_TYPED },
	[VALUE]     = { "value", KIND_JSON },
};

static const struct place places[] = {
	{ "HomeDomain",
	  "Library/Preferences/com.apple.aggregated.addaily.plist" },
	{ "HomeDomain", "Library/Preferences/com.apple.apsd.plist" },
	{ "HomeDomain", "Library/Preferences/com.apple.metrickitd.plist" },
	{ "HomeDomain",
	  "Library/Preferences/com.apple.symptomsd-diag.plist" },
	{ "SysContainerDomain-com.apple.apsd",
	  "Library/Preferences/com.apple.apsd.plist" },
	{ NULL, NULL }
};

static bool
is_id(struct bytes word)
{
	return bytes_find_byte(word, '.', 0) != SIZE_MAX &&
	    bytes_find_byte(word, '/', 0) == SIZE_MAX &&
	    bytes_find_byte(word, ' ', 0) == SIZE_MAX;
}

static bool
is_path(struct bytes word)
{
	return bytes_starts(word, "/");
}

/* Those of them that have the form; of the others are many. */
static struct val
only(struct run *run, const struct val *all, bool (*form)(struct bytes))
{
	uint32_t i, n = 0, count = all->type == VAL_LIST ? all->n : 0;
	struct val *list;

	list = arena_alloc(run_scratch(run), (size_t)count + 1,
	    sizeof(*list));
	if (list == NULL)
		return val_unset();
	for (i = 0; i < count; i++)
		if (form(all->items[i].bytes))
			list[n++] = all->items[i];
	return n == 0 ? val_unset() : val_list(list, n);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct bytes name = bytes_part(member->path,
	    sizeof("Library/Preferences/") - 1, member->path.n);
	struct val v[NFIELDS];
	struct plist root;
	uint32_t i;

	if (!plists_root(run, member, &root))
		return;
	for (i = 0; i < plist_count(root); i++) {
		v[FILE_] = val_text(name);
		v[ENTRY] = val_text(plist_key(root, i));
		words_in(run, plist_at(root, i), &v[TEXTS], &v[PROCESSES]);
		v[ENTRY_APP] = is_id(plist_key(root, i)) ? v[ENTRY] :
		    val_unset();
		v[APPS] = only(run, &v[PROCESSES], is_id);
		v[TEXT_APPS] = only(run, &v[TEXTS], is_id);
		v[PATHS] = only(run, &v[TEXTS], is_path);
		v[VALUE] = plist_val(plist_at(root, i), run_scratch(run));
		run_row(run, (int64_t)i + 1);
		run_record(run, v);
	}
}

const struct artifact artifact_ios_diagnostic_settings = {
	.name    = "ios_diagnostic_settings",
	.about   = "names that diagnostic and push services noted",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
