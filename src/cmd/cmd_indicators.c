/*
 * ostrakon indicators list|show|update: what the check compares with.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "artifact/artifact.h"
#include "base/limits.h"
#include "base/out.h"
#include "base/time.h"
#include "cmd/bundles.h"
#include "cmd/cmd.h"
#include "cmd/cmd_indicators.h"
#include "cmd/options.h"
#include "examine/examine.h"
#include "indicator/index.h"
#include "indicator/match.h"

struct listing {
	struct option_list indicators;
	bool json;
	struct arena arena;
	struct examine *ex;
	const struct index *index;
	struct out out;
};

/* The kinds of fields that a kind of evidence can show at all. */
static uint64_t
kinds_of(bool encrypted)
{
	const struct artifact *a;
	uint64_t kinds = 0;
	unsigned i, f;

	for (i = 0; i < artifact_count(); i++) {
		a = artifact_at(i);
		if (a->in == ARTIFACT_IN_ENCRYPTED && !encrypted)
			continue;
		for (f = 0; f < a->nfields; f++)
			if (sense_of(&a->fields[f]) != SENSE_NOT_MATCHED)
				kinds |= UINT64_C(1) << a->fields[f].kind;
	}
	return kinds;
}

static uint32_t
testable(const uint32_t by_key[KEY_COUNT], bool encrypted)
{
	uint64_t kinds = kinds_of(encrypted);
	uint32_t n = 0;
	unsigned i;

	for (i = 0; i < KEY_COUNT; i++)
		if (match_testable((enum key)i, kinds))
			n += by_key[i];
	return n;
}

static void
put_text(struct listing *l, struct bytes text)
{
	out_escape(&l->out, text, l->json ? TEXT_JSON : TEXT_LOG);
}

static void
put_keys(struct listing *l, const uint32_t by_key[KEY_COUNT])
{
	const char *between = "";
	unsigned i;

	for (i = 0; i < KEY_COUNT; i++) {
		if (by_key[i] == 0)
			continue;
		out_text(&l->out, between);
		buf_printf(out_buf(&l->out), l->json ? "\"%s\":%u" : "%s %u",
		    key_name((enum key)i), (unsigned)by_key[i]);
		between = l->json ? "," : ", ";
	}
}

static void
list_text(struct listing *l)
{
	uint32_t all[KEY_COUNT], i;
	struct index_set set;
	struct index_note note;

	for (i = 0; index_set_at(l->index, i, &set); i++) {
		put_text(l, set.name);
		buf_printf(out_buf(&l->out), ": %u indicators (",
		    (unsigned)set.count);
		put_keys(l, set.by_key);
		out_text(&l->out, ")\n  file ");
		put_text(l, set.file);
		buf_printf(out_buf(&l->out), "; testable by an unencrypted "
		    "iOS backup: %u, by an encrypted one: %u\n",
		    (unsigned)testable(set.by_key, false),
		    (unsigned)testable(set.by_key, true));
	}
	index_by_key(l->index, all);
	buf_printf(out_buf(&l->out), "%u indicators in all (",
	    (unsigned)index_count(l->index));
	put_keys(l, all);
	out_text(&l->out, ")\n");
	for (i = 0; index_note_at(l->index, i, &note); i++) {
		out_text(&l->out, note.kind == NOTE_ERROR ? "error: " :
		    "not used: ");
		put_text(l, note.file);
		out_text(&l->out, note.object.n > 0 ? ", " : "");
		put_text(l, note.object);
		if (note.offset != UINT64_MAX)
			buf_printf(out_buf(&l->out), ", byte %llu",
			    (unsigned long long)note.offset);
		out_text(&l->out, ": ");
		put_text(l, note.why);
		out_text(&l->out, "\n");
	}
}

static void
put_pair(struct listing *l, const char *key, struct bytes value)
{
	buf_printf(out_buf(&l->out), "\"%s\":\"", key);
	put_text(l, value);
	out_text(&l->out, "\",");
}

static void
list_json(struct listing *l)
{
	struct index_set set;
	struct index_note note;
	uint32_t i;

	buf_printf(out_buf(&l->out), "{\"indicators\":%u,\"sets\":[",
	    (unsigned)index_count(l->index));
	for (i = 0; index_set_at(l->index, i, &set); i++) {
		out_text(&l->out, i == 0 ? "\n{" : ",\n{");
		put_pair(l, "name", set.name);
		put_pair(l, "file", set.file);
		buf_printf(out_buf(&l->out), "\"count\":%u,"
		    "\"testable_ios_unencrypted\":%u,"
		    "\"testable_ios_encrypted\":%u,\"by_kind\":{",
		    (unsigned)set.count,
		    (unsigned)testable(set.by_key, false),
		    (unsigned)testable(set.by_key, true));
		put_keys(l, set.by_key);
		out_text(&l->out, "}}");
	}
	out_text(&l->out, "],\"notes\":[");
	for (i = 0; index_note_at(l->index, i, &note); i++) {
		out_text(&l->out, i == 0 ? "\n{" : ",\n{");
		put_pair(l, "file", note.file);
		put_pair(l, "object", note.object);
		put_pair(l, "why", note.why);
		buf_printf(out_buf(&l->out), "\"error\":%s}",
		    note.kind == NOTE_ERROR ? "true" : "false");
	}
	out_text(&l->out, "]}\n");
}

static void
show_one(struct listing *l, const struct index_indicator *in)
{
	struct buf *b;

	put_text(l, in->value);
	out_text(&l->out, "\n  kind ");
	put_text(l, in->kind);
	out_text(&l->out, "\n  sets ");
	put_text(l, in->sets);
	out_text(&l->out, "\n  id ");
	put_text(l, in->id);
	if (in->reference.n > 0) {
		out_text(&l->out, "\n  reference ");
		put_text(l, in->reference);
	}
	b = out_buf(&l->out);
	if (in->valid_from != TIME_UNSET) {
		buf_text(b, "\n  valid from ");
		time_show_short(b, in->valid_from);
	}
	if (in->valid_until != TIME_UNSET) {
		buf_text(b, "\n  valid until ");
		time_show_short(b, in->valid_until);
	}
	out_text(&l->out, "\n");
}

/* Those whose value, id or set holds the word; case is ignored in ASCII. */
static bool
holds(struct bytes text, const char *word)
{
	size_t n = strlen(word), i;

	for (i = 0; n <= text.n && i <= text.n - n; i++)
		if (text_same_as(bytes_part(text, i, n), word))
			return true;
	return false;
}

static int
show(struct listing *l, char **words, int nwords)
{
	struct index_indicator in;
	uint32_t i, found = 0;
	int k;

	for (i = 0; index_get(l->index, i, &in); i++) {
		for (k = 0; k < nwords; k++) {
			if (!holds(in.value, words[k]) &&
			    !holds(in.id, words[k]) &&
			    !holds(in.sets, words[k]))
				continue;
			show_one(l, &in);
			found++;
			break;
		}
	}
	if (found == 0)
		(void)fprintf(stderr, "ostrakon: no indicator holds that\n");
	return found > 0 ? 0 : 1;
}

static int
load(struct listing *l)
{
	struct bundles *b = arena_alloc(&l->arena, 1, sizeof(*b));
	enum err err;

	if (b == NULL)
		return EXIT_TROUBLE;
	bundles_find(b, &l->arena, &l->indicators);
	if (b->trouble)
		return EXIT_TROUBLE;
	if (b->n == 0) {
		(void)fprintf(stderr, "ostrakon: there are no indicators: "
		    "give files with -i, or run `ostrakon indicators "
		    "update`\n");
		return EXIT_TROUBLE;
	}
	err = examine_new(&l->ex);
	if (err == ERR_NONE)
		err = examine_indicators(l->ex, b->files, b->n);
	if (err != ERR_NONE) {
		(void)fprintf(stderr, "ostrakon: the indicators could not be "
		    "read: %s\n", err_text(err));
		return EXIT_TROUBLE;
	}
	l->index = examine_index(l->ex);
	return 0;
}

static int
list_or_show(const struct verb *verb, bool showing, int argc, char **argv)
{
	struct listing l = { .arena = arena_with(16 * MIB) };
	struct option table[] = {
		{ 'i', "indicators", "PATH", "STIX file or folder; may be "
		    "repeated", .list = &l.indicators },
		{ .name = "json", .flag = &l.json, .about = "as JSON" },
		{ 0 }
	};
	int first, status;

	if (showing)
		table[1].name = NULL;	/* show has no such form */
	switch (options_read(verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (showing ? first == argc : first != argc) {
		options_help(stderr, verb, table);
		return EXIT_TROUBLE;
	}
	status = load(&l);
	if (status == 0) {
		l.out = out_file(STDOUT_FILENO);
		if (showing)
			status = show(&l, argv + first, argc - first);
		else if (l.json)
			list_json(&l);
		else
			list_text(&l);
		if (out_end(&l.out) != ERR_NONE)
			status = EXIT_TROUBLE;
	}
	examine_free(l.ex);
	arena_free(&l.arena);
	return status;
}

int
cmd_indicators(int argc, char **argv)
{
	static const struct verb list = { "indicators list", "",
	    "Lists the indicators by set and kind, and how many of them each "
	    "kind of evidence can test.", NULL };
	static const struct verb show_verb = { "indicators show", "WORD ...",
	    "Shows the indicators whose value, id or set holds a word.",
	    NULL };

	if (argc >= 2 && strcmp(argv[1], "list") == 0)
		return list_or_show(&list, false, argc - 1, argv + 1);
	if (argc >= 2 && strcmp(argv[1], "show") == 0)
		return list_or_show(&show_verb, true, argc - 1, argv + 1);
	if (argc >= 2 && strcmp(argv[1], "update") == 0)
		return cmd_indicators_update(argc - 1, argv + 1);
	(void)fprintf(argc >= 2 && strcmp(argv[1], "-h") == 0 ? stdout :
	    stderr, "usage: ostrakon indicators list|show|update\n"
	    "ostrakon indicators list -h tells more; see "
	    "ostrakon-indicators(1).\n");
	return argc >= 2 && strcmp(argv[1], "-h") == 0 ? 0 : EXIT_TROUBLE;
}
