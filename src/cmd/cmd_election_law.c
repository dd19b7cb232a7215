/*
 * ostrakon election law list|show|check: what laws there are, one of them in
 * words, and whether a file can be used as one.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/out.h"
#include "base/quote.h"
#include "cmd/cmd.h"
#include "cmd/cmd_election.h"
#include "cmd/complain.h"
#include "cmd/law_option.h"
#include "cmd/operator_file.h"
#include "cmd/options.h"
#include "election/law.h"
#include "election/law_show.h"

#define LAW_MEMORY	(64 * MIB)	/* the largest law takes under 1 MiB */

/* --- list ----------------------------------------------------------------- */

static void
list_json(struct out *out, const struct law *law)
{
	struct law_tally tally = law_show_tally(law);
	struct buf *b;

	out_text(out, "{\"law\":");
	quote_json(out_buf(out), law->id);
	out_text(out, ",\"country\":");
	quote_json(out_buf(out), law->country);
	out_text(out, ",\"title\":");
	quote_json(out_buf(out), law->title);
	out_text(out, ",\"office\":");
	quote_json(out_buf(out), law->office);
	out_text(out, ",\"vote\":");
	quote_json(out_buf(out), law->vote);
	b = out_buf(out);
	buf_text(b, ",\"from\":\"");
	date_show(b, law->versions[0].from);
	buf_printf(b, "\",\"versions\":%u,\"rules\":%u,\"unverified\":%u}",
	    law->nversions, tally.rules, tally.unverified);
}

static void
list_text(struct out *out, const struct law *law)
{
	struct law_tally tally = law_show_tally(law);

	out_escape(out, law->id, TEXT_LOG);
	out_text(out, "  ");
	out_escape(out, law->country, TEXT_LOG);
	out_text(out, "  ");
	out_escape(out, law->title, TEXT_LOG);
	buf_printf(out_buf(out), "\n  %u version%s, %u rules", law->nversions,
	    law->nversions == 1 ? "" : "s", tally.rules);
	if (tally.unverified > 0)
		buf_printf(out_buf(out), ", %u of them unverified",
		    tally.unverified);
	out_text(out, "\n");
}

static int
list_all(struct out *out, bool json)
{
	struct arena arena = arena_with(LAW_MEMORY);
	struct law_faults faults;
	const struct law *law;
	int status = 0;
	unsigned i;

	out_text(out, json ? "[" : "");
	for (i = 0; i < law_builtin_count(); i++) {
		arena_reset(&arena);
		law = law_read(law_builtin_text(i), &arena, &faults);
		if (law == NULL) {
			complain_about(law_builtin_id(i), "it cannot be read");
			status = EXIT_TROUBLE;
			continue;
		}
		out_text(out, !json ? "" : i == 0 ? "\n" : ",\n");
		if (json)
			list_json(out, law);
		else
			list_text(out, law);
	}
	out_text(out, json ? "\n]\n" : "");
	arena_free(&arena);
	return status;
}

static int
list(int argc, char **argv)
{
	static const struct verb verb = { "election law list", "",
	    "Lists the laws that are built in: id, country, title, how many "
	    "versions they have, and how many rules.", "A rule that is "
	    "unverified is known from memory alone.\n" };
	bool json = false;
	const struct option table[] = {
		{ .name = "json", .flag = &json, .about = "as JSON" },
		{ 0 }
	};
	struct out out;
	int first, status;

	switch (options_read(&verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (first != argc) {
		options_help(stderr, &verb, table);
		return EXIT_TROUBLE;
	}
	out = out_file(STDOUT_FILENO);
	status = list_all(&out, json);
	return out_end(&out) == ERR_NONE ? status : EXIT_TROUBLE;
}

/* --- show ----------------------------------------------------------------- */

static int
show_law(const char *name, const char *on, bool json)
{
	struct arena arena = arena_with(LAW_MEMORY);
	const struct law_version *only = NULL;
	const struct law *law = NULL;
	struct out out;
	int status = EXIT_TROUBLE;
	int32_t day;

	if (law_option_date("--on", on, &day))
		law = law_option(name, &arena);
	if (law != NULL && on != NULL) {
		only = law_on(law, day);
		if (only == NULL)
			complain_about("--on", "the law is not in force for "
			    "an election on that day");
	}
	if (law != NULL && (on == NULL || only != NULL)) {
		out = out_file(STDOUT_FILENO);
		law_show(&out, law, only, json);
		status = out_end(&out) == ERR_NONE ? 0 : EXIT_TROUBLE;
	}
	arena_free(&arena);
	return status;
}

static int
show(int argc, char **argv)
{
	static const struct verb verb = { "election law show", "LAW",
	    "Shows a law in words: each version, each rule with its article "
	    "and sources, [unverified] where it is known from memory alone.",
	    "LAW is the id of a law that is built in, or a file.\n" };
	const char *on = NULL;
	bool json = false;
	const struct option table[] = {
		{ .name = "on", .arg = "DATE", .text = &on, .about = "only "
		    "the version for an election on that day, whole" },
		{ .name = "json", .flag = &json, .about = "as JSON, each "
		    "version whole" },
		{ 0 }
	};
	int first;

	switch (options_read(&verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (first + 1 != argc) {
		options_help(stderr, &verb, table);
		return EXIT_TROUBLE;
	}
	return show_law(argv[first], on, json);
}

/* --- check ---------------------------------------------------------------- */

static int
check_file(struct out *out, const char *path)
{
	struct arena arena = arena_with(LAW_MEMORY);
	struct law_faults faults = { 0 };
	struct bytes text = bytes_at(NULL, 0);
	unsigned i;

	if (!operator_file_read(path, &arena, &text)) {
		arena_free(&arena);
		return EXIT_TROUBLE;
	}
	(void)law_read(text, &arena, &faults);
	for (i = 0; i < faults.n && i < LAW_FAULTS; i++) {
		out_escape(out, bytes_of(path), TEXT_LOG);
		buf_printf(out_buf(out), ":%u:%u: ",
		    (unsigned)faults.items[i].line,
		    (unsigned)faults.items[i].column);
		out_escape(out, bytes_of(faults.items[i].why), TEXT_LOG);
		out_text(out, "\n");
	}
	if (faults.n > LAW_FAULTS) {
		out_escape(out, bytes_of(path), TEXT_LOG);
		buf_printf(out_buf(out), ": %u more\n", faults.n - LAW_FAULTS);
	}
	arena_free(&arena);
	return faults.n == 0 ? 0 : 1;
}

static int
check(int argc, char **argv)
{
	static const struct verb verb = { "election law check", "FILE ...",
	    "Says whether files can be used as laws, with the line and column "
	    "of each fault.", "Exit status 0: they can; 1: there are faults; "
	    "3: a file cannot be read.\n" };
	const struct option table[] = { { 0 } };
	struct out out;
	int first, status = 0, one;

	switch (options_read(&verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (first == argc) {
		options_help(stderr, &verb, table);
		return EXIT_TROUBLE;
	}
	out = out_file(STDOUT_FILENO);
	for (; first < argc; first++) {
		one = check_file(&out, argv[first]);
		status = one > status ? one : status;
	}
	return out_end(&out) == ERR_NONE ? status : EXIT_TROUBLE;
}

int
cmd_election_law(int argc, char **argv)
{
	bool help = argc >= 2 && (strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "--help") == 0);

	if (argc >= 2 && strcmp(argv[1], "list") == 0)
		return list(argc - 1, argv + 1);
	if (argc >= 2 && strcmp(argv[1], "show") == 0)
		return show(argc - 1, argv + 1);
	if (argc >= 2 && strcmp(argv[1], "check") == 0)
		return check(argc - 1, argv + 1);
	(void)fprintf(help ? stdout : stderr,
	    "usage: ostrakon election law list|show|check\n"
	    "ostrakon election law list -h tells more; see "
	    "ostrakon-election(1).\n");
	return help ? 0 : EXIT_TROUBLE;
}
