/*
 * Shortcuts: automations on the phone, and the addresses in their actions.
 *
 * Evidence: Shortcuts.sqlite, Core Data; the actions are a property list in
 * ZSHORTCUTACTIONS.  Times are seconds since 2001-01-01 UTC.  A record is a row
 * of actions with its shortcut, or a shortcut that has none.
 * Not read: what starts a shortcut, and when it ran.
 */
#include "artifact/artifact.h"

#include "artifact/keys.h"
#include "artifact/plists.h"

enum { CREATED, MODIFIED, NAME, ID, WORKFLOW, DESCRIPTION, ACTIONS,
    IDENTIFIERS, TEXTS, NFIELDS };

static const struct field fields[NFIELDS] = {
	[CREATED]     = { "created", KIND_TIME_MAC,
	                  "ZSHORTCUT.ZCREATIONDATE",
	                  .event = "shortcut created" },
	[MODIFIED]    = { "modified", KIND_TIME_MAC,
	                  "ZSHORTCUT.ZMODIFICATIONDATE",
	                  .event = "shortcut modified" },
	[NAME]        = { "name", KIND_LABEL, "ZSHORTCUT.ZNAME",
	                  .shown = true },
	[ID]          = { "shortcut_id", KIND_INT, "ZSHORTCUT" },
	[WORKFLOW]    = { "workflow_id", KIND_LABEL,
	                  "ZSHORTCUT.ZWORKFLOWID" },
	[DESCRIPTION] = { "description", KIND_TEXT,
	                  "ZSHORTCUT.ZACTIONSDESCRIPTION",
	                  .sense = SENSE_TYPED },
	[ACTIONS]     = { "actions", KIND_INT },
	[IDENTIFIERS] = { "action_identifiers", KIND_LABEL, .shown = true },
	[TEXTS]       = { "action_texts", KIND_TEXT, .sense = SENSE_TYPED },
};

static const char *const of_shortcut[NFIELDS] = {
	[CREATED] = "ZCREATIONDATE", [MODIFIED] = "ZMODIFICATIONDATE",
	[NAME] = "ZNAME", [ID] = "Z_PK", [WORKFLOW] = "ZWORKFLOWID",
	[DESCRIPTION] = "ZACTIONSDESCRIPTION",
};

static const struct reference refs[] = {
	{ "ZSHORTCUTACTIONS", "ZSHORTCUT", "ZSHORTCUT", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "HomeDomain", "Library/Shortcuts/Shortcuts.sqlite" },
	{ "AppDomainGroup-group.is.workflow.shortcuts",
	  "Shortcuts.sqlite" },
	{ "AppDomainGroup-group.is.workflow.shortcuts",
	  "**/Shortcuts.sqlite" },
	{ NULL, NULL }
};

/* The member of that name of each action: all texts in it. */
static struct val
texts_of(struct run *run, struct plist actions, const char *name)
{
	uint32_t i, k, n = plist_count(actions), total = 0;
	struct val *each, *all;

	each = arena_alloc(run_scratch(run), n, sizeof(*each));
	for (i = 0; each != NULL && i < n; i++) {
		each[i] = plists_texts(run, plist_get(plist_at(actions, i),
		    name));
		total += each[i].type == VAL_LIST ? each[i].n : 0;
	}
	if (each == NULL || total == 0)
		return val_unset();
	all = arena_alloc(run_scratch(run), total, sizeof(*all));
	if (all == NULL)
		return val_unset();
	for (i = 0, total = 0; i < n; i++)
		for (k = 0; each[i].type == VAL_LIST && k < each[i].n; k++)
			all[total++] = each[i].items[k];
	return val_list(all, total);
}

static void
actions_of(struct run *run, struct val *v, struct bytes data)
{
	static const char why[] = "the actions of a shortcut are no property "
	    "list, or a damaged one";
	struct plist actions;
	uint32_t i, odd = 0;

	if (!plists_within(run, data, PLIST_ARRAY, why, &actions))
		return;
	for (i = 0; i < plist_count(actions); i++)
		odd += plist_type(plist_at(actions, i)) != PLIST_DICT;
	if (odd > 0)
		run_gap(run, GAP_NO_OFFSET,
		    "an action of a shortcut has another shape");
	v[ACTIONS] = val_int(plist_count(actions));
	v[IDENTIFIERS] = texts_of(run, actions, "WFWorkflowActionIdentifier");
	v[TEXTS] = texts_of(run, actions, "WFWorkflowActionParameters");
}

static void
actions_row(struct run *run, struct val *v)
{
	struct val data = run_column(run, "ZDATA");

	if (data.type == VAL_BLOB || data.type == VAL_TEXT)
		actions_of(run, v, data.bytes);
	else if (val_set(&data))
		run_gap(run, GAP_NO_OFFSET,
		    "the actions of a shortcut have another shape");
	run_record(run, v);
}

/* Those that have actions were told with them. */
static void
shortcut_row(struct run *run, struct val *v)
{
	const struct keys *told = *run_state(run);
	int64_t row;

	if (told == NULL || !keys_find(told, &v[ID], &row))
		run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view actions = { .table = "ZSHORTCUTACTIONS",
	    .refs = refs, .row = actions_row };
	static const struct view shortcuts = { .table = "ZSHORTCUT",
	    .from = of_shortcut, .row = shortcut_row };
	struct sqlite *db = run_sqlite(run, member);
	const struct sqlite_table *table;

	if (db == NULL)
		return;
	table = sqlite_table(db, "ZSHORTCUTACTIONS");
	*run_state(run) = table == NULL ? NULL : keys_new(run_keep(run), db,
	    table, "ZSHORTCUT", run_gaps(run));
	(void)run_view(run, db, &actions);
	(void)run_view(run, db, &shortcuts);
}

const struct artifact artifact_ios_shortcuts = {
	.name    = "ios_shortcuts",
	.about   = "automations and the addresses in them",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
