/*
 * Shortcuts: automations on the phone, and the addresses in their actions.
 *
 * Evidence: Shortcuts.sqlite, Core Data; the actions are a property list in
 * ZSHORTCUTACTIONS.  Times are seconds since 2001-01-01 UTC.
 * Not here: whether and when a shortcut ran.
 */
#include "artifact/artifact.h"

#include "base/limits.h"

enum { CREATED, MODIFIED, NAME, ID, DESCRIPTION, ACTIONS, IDENTIFIERS, URLS,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[CREATED]     = { "created", KIND_TIME_MAC,
	                  "ZSHORTCUT.ZCREATIONDATE",
	                  .event = "shortcut created" },
	[MODIFIED]    = { "modified", KIND_TIME_MAC,
	                  "ZSHORTCUT.ZMODIFICATIONDATE",
	                  .event = "shortcut modified" },
	[NAME]        = { "name", KIND_LABEL, "ZSHORTCUT.ZNAME",
	                  .shown = true },
	[ID]          = { "shortcut_id", KIND_INT, "ZSHORTCUT.Z_PK" },
	[DESCRIPTION] = { "description", KIND_TEXT,
	                  "ZSHORTCUT.ZACTIONSDESCRIPTION",
	                  .sense = SENSE_TYPED },
	[ACTIONS]     = { "actions", KIND_INT },
	[IDENTIFIERS] = { "action_identifiers", KIND_LABEL, .shown = true },
	[URLS]        = { "action_texts", KIND_TEXT, .sense = SENSE_TYPED },
};

static const char *const of_shortcut[NFIELDS] = {
	[CREATED] = "ZCREATIONDATE", [MODIFIED] = "ZMODIFICATIONDATE",
	[NAME] = "ZNAME", [ID] = "Z_PK",
	[DESCRIPTION] = "ZACTIONSDESCRIPTION",
};

static const struct reference refs[] = {
	{ "ZSHORTCUTACTIONS", "ZSHORTCUT", "ZSHORTCUT", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "HomeDomain", "Library/Shortcuts/Shortcuts.sqlite" },
	{ "AppDomainGroup-group.is.workflow.shortcuts",
	  "**Shortcuts.sqlite" },
	{ NULL, NULL }
};

/* Texts of parameters kept for one shortcut, and how deep they lie. */
#define TEXTS_MAX	4096
#define DEPTH_MAX	16

struct texts {
	struct val *items;
	uint32_t n;
	bool cut;
};

static void
gather_texts(struct texts *t, struct plist p, unsigned depth)
{
	uint32_t i;

	if (plist_type(p) == PLIST_TEXT && t->n < TEXTS_MAX)
		t->items[t->n++] = val_text(plist_bytes(p));
	else if (plist_type(p) == PLIST_TEXT || depth == DEPTH_MAX)
		t->cut = true;
	else if (plist_type(p) == PLIST_ARRAY || plist_type(p) == PLIST_DICT)
		for (i = 0; i < plist_count(p) && !t->cut; i++)
			gather_texts(t, plist_at(p, i), depth + 1);
}

static void
actions_of(struct run *run, struct val *v, struct bytes data)
{
	struct arena *scratch = run_scratch(run);
	struct texts ids = { 0 }, texts = { 0 };
	struct plist root, id;
	uint32_t i, n;

	if (plist_read(&root, scratch, data, run_gaps(run)) != ERR_NONE) {
		run_gap(run, GAP_NO_OFFSET,
		    "the actions of a shortcut are no property list");
		return;
	}
	n = plist_count(root);
	ids.items = arena_alloc(scratch, TEXTS_MAX, sizeof(struct val));
	texts.items = arena_alloc(scratch, TEXTS_MAX, sizeof(struct val));
	if (ids.items == NULL || texts.items == NULL)
		return;
	v[ACTIONS] = val_int(n);
	for (i = 0; i < n; i++) {
		id = plist_get(plist_at(root, i),
		    "WFWorkflowActionIdentifier");
		gather_texts(&ids, id, 0);
		gather_texts(&texts, plist_get(plist_at(root, i),
		    "WFWorkflowActionParameters"), 0);
	}
	if (texts.cut || ids.cut)
		run_gap(run, GAP_NO_OFFSET,
		    "a shortcut has more texts than are read");
	v[IDENTIFIERS] = ids.n == 0 ? val_unset() :
	    val_list(ids.items, ids.n);
	v[URLS] = texts.n == 0 ? val_unset() : val_list(texts.items, texts.n);
}

static void
actions_row(struct run *run, struct val *v)
{
	struct val data = run_column(run, "ZDATA");

	if (data.type == VAL_BLOB && data.bytes.n > 0)
		actions_of(run, v, data.bytes);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view actions = { .table = "ZSHORTCUTACTIONS",
	    .refs = refs, .row = actions_row };
	static const struct view shortcuts = { .table = "ZSHORTCUT",
	    .from = of_shortcut };
	struct sqlite *db = run_sqlite(run, member);

	if (db == NULL)
		return;
	(void)run_view(run, db, &shortcuts);
	(void)run_view(run, db, &actions);
}

const struct artifact artifact_ios_shortcuts = {
	.name    = "ios_shortcuts",
	.about   = "automations and the addresses in them",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
