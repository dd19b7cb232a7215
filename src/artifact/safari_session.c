#include "artifact/safari_session.h"

#define ENTRIES_MAX	4096	/* Safari keeps some hundred for a tab */

static struct val
member(struct run *run, struct plist entry, const char *key)
{
	return plist_val(plist_get(entry, key), run_scratch(run));
}

static void
entries(struct run *run, struct plist list, struct val lists[SAFARI_LISTS])
{
	static const char *const keys[] = {
		[SAFARI_URLS] = "SessionHistoryEntryURL",
		[SAFARI_TITLES] = "SessionHistoryEntryTitle",
		[SAFARI_ORIGINALS] = "SessionHistoryEntryOriginalURL"
	};
	uint32_t n = plist_count(list), i, k;
	struct plist entry;
	struct val *to;

	if (n > ENTRIES_MAX) {
		run_gap(run, GAP_NO_OFFSET, "a tab has more pages to go back "
		    "to than are read");
		n = ENTRIES_MAX;
	}
	to = n == 0 ? NULL : arena_alloc(run_scratch(run),
	    (size_t)n * SAFARI_LISTS, sizeof(*to));
	if (to == NULL)
		return;
	for (i = 0; i < n; i++) {
		entry = plist_at(list, i);
		for (k = 0; k < SAFARI_SIZES; k++)
			to[k * n + i] = member(run, entry, keys[k]);
		to[SAFARI_SIZES * n + i] = val_int((int64_t)plist_bytes(
		    plist_get(entry, "SessionHistoryEntryData")).n);
	}
	for (k = 0; k < SAFARI_LISTS; k++)
		lists[k] = val_list(to + k * n, n);
}

bool
safari_session(struct run *run, struct bytes data, size_t head,
    struct val lists[SAFARI_LISTS])
{
	static const char why[] = "the pages of a tab could not be read: "
	    "they were searched as they stand";
	struct plist root, list;

	if (!run_plist_within(run, bytes_part(data, head, data.n), why, &root))
		return false;
	list = plist_path(root, "SessionHistory.SessionHistoryEntries");
	entries(run, list, lists);
	return plist_is(list);
}
