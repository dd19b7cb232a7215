/*
 * ostrakon check: examine evidence, and say what it shows.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/out.h"
#include "base/text.h"
#include "cmd/bundles.h"
#include "cmd/case_files.h"
#include "cmd/cmd.h"
#include "cmd/complain.h"
#include "cmd/password.h"
#include "examine/examine.h"
#include "examine/output.h"
#include "report/report.h"

/* Arguments that custody.json keeps. */
#define ARGS_MAX	1000
/* Fits into 80 columns whatever the characters are. */
#define PROGRESS_BYTES	79

struct check {
	struct report_options report;
	struct examine_options examine;
	struct option_list indicators;
	const char *output, *lang;
	bool json, hash_all, records, quiet, tty;
	struct password_options passwords;
	struct password given;	/* by the options, for all backups */
	uint64_t rounds;	/* of the derivation under way */
	int argc;
	const char *argv[ARGS_MAX];	/* as given */
	struct examine *ex;
	unsigned ncases, shown;
	int status;		/* the worst so far */
	struct out out;		/* stdout */
};

static const struct verb verb = { "check", "BACKUP ...",
    "Examines iPhone and iPad backups: a folder with Manifest.db, or a folder "
    "of such.",
    "exit: 0 nothing found, 1 compromised or suspicious, 2 incomplete, "
    "3 usage or machine" };

static int
worse(int a, int b)
{
	static const int rank[] = { 0, 2, 1, 3 };

	return rank[a] > rank[b] ? a : b;
}

static int
status_of(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_NOTHING:
		return EXIT_NOTHING;
	case VERDICT_INCOMPLETE:
		return EXIT_INCOMPLETE;
	default:
		return EXIT_FOUND;
	}
}

/* --- progress: one line, only on a terminal ------------------------------- */

static void
on_progress(void *ctx, const char *artifact, struct bytes file,
    uint64_t bytes, uint64_t records)
{
	struct check *c = ctx;
	struct buf b = buf_with(4 * KIB);
	struct bytes shown;

	if (!c->tty)
		return;
	buf_printf(&b, "%.1f MB read; %s", (double)bytes / 1e6, artifact);
	if (records > 0)
		buf_printf(&b, ", %llu records", (unsigned long long)records);
	if (file.n > 0) {
		buf_text(&b, ": ");
		text_escape(&b, text_head(file, 200), TEXT_LOG);
	}
	/* A longer line would go on below, and could not be wiped away. */
	shown = text_head(buf_bytes(&b), PROGRESS_BYTES);
	(void)fprintf(stderr, "\r\033[K%.*s", (int)shown.n,
	    (const char *)shown.p);
	(void)fflush(stderr);
	buf_free(&b);
}

static void
on_rounds(void *ctx, uint64_t done)
{
	const struct check *c = ctx;

	if (c->tty && c->rounds > 0)
		(void)fprintf(stderr, "\r\033[Kderiving the key from the "
		    "password: %u %%", (unsigned)(done * 100 / c->rounds));
}

static void
progress_end(const struct check *c)
{
	if (c->tty)
		(void)fprintf(stderr, "\r\033[K");
}

/* --- one backup ----------------------------------------------------------- */

static int
refused(const struct check *c, const char *folder, enum refusal refusal,
    enum err err)
{
	const char *detail = c->ex == NULL ? "" : examine_detail(c->ex);
	struct buf why = buf_with(4 * KIB);

	progress_end(c);
	if (examine_stopped())
		buf_text(&why, "interrupted; nothing was kept");
	else if (refusal == REFUSAL_MACHINE)
		buf_printf(&why, "could not be examined: %s", err_text(err));
	else
		buf_printf(&why, "%s.%s%s%s", refusal_text(refusal),
		    detail[0] == '\0' ? "" : " (", detail,
		    detail[0] == '\0' ? "" : ")");
	buf_byte(&why, '\0');
	complain_about(folder, why.bad ? refusal_text(refusal) :
	    (const char *)why.p);
	buf_free(&why);
	return EXIT_TROUBLE;
}

static const char *
output_fault(enum err err)
{
	switch (err) {
	case ERR_KIND:
		return "the output folder must be new or empty.";
	case ERR_DENIED:
		return "the output folder may not be written, or lies inside "
		    "the evidence.";
	case ERR_MISSING:
		return "the folder above the output folder does not exist.";
	case ERR_FULL:
		return "the disk is full; nothing was kept.";
	default:
		return "the output could not be written; nothing was kept.";
	}
}

static int
output_failed(const struct check *c, const char *folder, enum err err)
{
	progress_end(c);
	complain_about(folder, output_fault(err));
	return EXIT_TROUBLE;
}

static int
show(struct check *c, const char *folder, const struct result *r)
{
	progress_end(c);
	if (c->json) {
		if (c->shown++ > 0)
			report_json_between(&c->out);
		report_json(&c->out, r, &c->report);
		return status_of(r->verdict);
	}
	if (c->ncases > 1) {
		out_text(&c->out, c->shown++ > 0 ? "\n\n" : "");
		out_escape(&c->out, bytes_of(folder), TEXT_LOG);
		out_text(&c->out, "\n");
	}
	report_text(&c->out, r, &c->report);
	return status_of(r->verdict);
}

static int
check_open(struct check *c, const char *folder, const char *output)
{
	struct arena arena = arena_with(MIB);
	struct examine_case *ec = NULL;
	enum refusal refusal;
	enum err err = ERR_NONE;
	int status;

	c->examine.output = NULL;
	c->examine.no_records = c->examine.keys != NULL && !c->records;
	c->report.output_dir = output;
	if (output != NULL)
		err = output_new(&c->examine.output, &arena, output, folder);
	if (err != ERR_NONE) {
		arena_free(&arena);
		return output_failed(c, output, err);
	}
	refusal = examine_backup(c->ex, folder, &c->examine, &ec, &err);
	if (refusal != REFUSAL_NONE) {
		if (c->examine.output != NULL)
			output_abandon(c->examine.output);
		arena_free(&arena);
		if (refusal == REFUSAL_MACHINE && err == ERR_FULL)
			return output_failed(c, output, err);
		return refused(c, folder, refusal, err);
	}
	if (c->examine.output != NULL) {
		err = case_files_write(c->examine.output,
		    examine_result(ec), &c->report, c->argc, c->argv);
		if (err == ERR_NONE)
			err = output_commit(c->examine.output);
		else
			output_abandon(c->examine.output);
	}
	status = err == ERR_NONE ? show(c, folder, examine_result(ec)) :
	    output_failed(c, output, err);
	examine_case_free(ec);
	arena_free(&arena);
	return status;
}

/* One backup, and what opens it if it is encrypted. */
struct one {
	struct password password;
	struct unlock_look look;
	bool refused;		/* and said so */
};

static int
check_one(struct check *c, const char *folder, const char *output,
    struct one *one)
{
	struct unlocked keys;
	enum refusal refusal;
	enum err err;
	int status;

	c->examine.keys = NULL;
	if (!one->look.encrypted)
		return check_open(c, folder, output);
	if (!one->password.have)
		return refused(c, folder, REFUSAL_ENCRYPTED, ERR_NONE);
	c->rounds = one->look.rounds;
	refusal = unlock(c->ex, folder, &one->password.with, on_rounds, c,
	    &keys, &err);
	password_free(&one->password);
	if (refusal != REFUSAL_NONE)
		return refused(c, folder, refusal, err);
	c->examine.keys = &keys;
	status = check_open(c, folder, output);
	c->examine.keys = NULL;
	unlocked_free(&keys);
	return status;
}

/* --- all of them ---------------------------------------------------------- */

struct todo {
	const char *const *folders;
	struct one *ones;		/* of the folders */
	unsigned n;
};

/* What is encrypted, and its password: asked for before any work is done. */
static void
look(struct check *c, const char *folder, struct one *one)
{
	enum err err = ERR_NONE;
	enum refusal refusal = unlock_look(c->ex, folder, &one->look, &err);

	if (refusal != REFUSAL_NONE) {
		one->refused = true;
		c->status = worse(c->status, refused(c, folder, refusal, err));
		return;
	}
	if (!one->look.encrypted)
		return;
	if (c->given.have)
		(void)password_copy(&c->given, &one->password);
	else if (!password_ask(folder, &one->password) && examine_stopped())
		(void)refused(c, folder, REFUSAL_NONE, err);
}

static bool
look_all(struct check *c, struct todo *todo, unsigned n, struct arena *arena)
{
	unsigned i, k;

	for (i = 0; i < n; i++) {
		todo[i].ones = arena_alloc(arena, todo[i].n,
		    sizeof(*todo[i].ones));
		if (todo[i].ones == NULL)
			return false;
		for (k = 0; k < todo[i].n && !examine_stopped(); k++)
			look(c, todo[i].folders[k], &todo[i].ones[k]);
	}
	password_free(&c->given);
	return !examine_stopped();
}

static void
forget_all(struct todo *todo, unsigned n)
{
	unsigned i, k;

	for (i = 0; i < n; i++)
		for (k = 0; todo[i].ones != NULL && k < todo[i].n; k++)
			password_free(&todo[i].ones[k].password);
}

static const char *
last_name(const char *path, struct arena *arena)
{
	size_t n = strlen(path), from;

	while (n > 1 && path[n - 1] == '/')
		n--;
	for (from = n; from > 0 && path[from - 1] != '/'; from--)
		;
	return arena_string(arena, bytes_at(path + from, n - from));
}

/* DIR, or DIR/UDID when there are several. */
static const char *
output_of(const struct check *c, const char *folder, struct arena *arena)
{
	struct buf b = buf_with(LIMIT_PATH_BYTES);
	const char *name = last_name(folder, arena), *path;

	if (c->output == NULL || c->ncases < 2)
		return c->output;
	buf_text(&b, c->output);
	buf_byte(&b, '/');
	/* "." and ".." would not lie below it. */
	if (name != NULL && name[0] == '.')
		buf_text(&b, "backup");
	buf_text(&b, name);
	path = b.bad || name == NULL ? NULL :
	    arena_string(arena, buf_bytes(&b));
	buf_free(&b);
	return path == NULL ? "" : path;	/* "": it cannot be made */
}

/* The output lies in none of the backups, also not in one of the others. */
static enum err
outside_all(const struct check *c, const struct todo *todo, unsigned n)
{
	enum err err = ERR_NONE;
	unsigned i, k;

	if (c->output == NULL)
		return ERR_NONE;
	for (i = 0; i < n; i++)
		for (k = 0; err == ERR_NONE && k < todo[i].n; k++)
			err = output_outside(c->output, todo[i].folders[k]);
	return err;
}

static void
check_all(struct check *c, const struct todo *todo, unsigned n,
    struct arena *arena)
{
	enum err err = outside_all(c, todo, n);
	bool made = false;
	unsigned i, k;

	if (err != ERR_NONE) {
		c->status = output_failed(c, c->output, err);
		return;
	}
	if (c->output != NULL && c->ncases > 1) {
		made = mkdir(c->output, 0700) == 0;
		if (!made && errno != EEXIST) {
			c->status = output_failed(c, c->output,
			    errno == ENOENT ? ERR_MISSING :
			    errno == ENOSPC ? ERR_FULL : ERR_DENIED);
			return;
		}
	}
	if (c->json && c->ncases > 1)
		report_json_begin(&c->out);
	for (i = 0; i < n; i++)
		for (k = 0; k < todo[i].n && !examine_stopped(); k++)
			if (!todo[i].ones[k].refused)
				c->status = worse(c->status, check_one(c,
				    todo[i].folders[k],
				    output_of(c, todo[i].folders[k], arena),
				    &todo[i].ones[k]));
	if (c->json && c->ncases > 1)
		report_json_end(&c->out);
	/* If nothing was kept, nothing stays behind. */
	if (made)
		(void)rmdir(c->output);
}

static int
load(struct check *c, struct arena *arena)
{
	struct bundles *b = arena_alloc(arena, 1, sizeof(*b));
	enum err err;

	if (b == NULL)
		return EXIT_TROUBLE;
	bundles_find(b, arena, &c->indicators);
	if (b->trouble)
		return EXIT_TROUBLE;
	if (b->n == 0) {
		(void)fprintf(stderr, "ostrakon: no indicators: give files "
		    "with -i, or run `ostrakon indicators update` first. "
		    "Going on without.\n");
		return 0;
	}
	err = examine_indicators(c->ex, b->files, b->n);
	if (err == ERR_NONE)
		return 0;
	(void)fprintf(stderr, "ostrakon: the indicators could not be read: "
	    "%s\n", err_text(err));
	return EXIT_TROUBLE;
}

/* What was begun is taken away again: it would lie about in clear.  Who asks a
   third time (timeout sends two at once) does not want to wait for that. */
static void
on_signal(int sig)
{
	static volatile sig_atomic_t times;

	(void)sig;
	examine_stop();
	times = times + 1;
	if (times > 2)
		_exit(EXIT_TROUBLE);
}

static void
catch_signals(void)
{
	static const int which[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction action = { .sa_handler = on_signal }, now;
	unsigned i;

	for (i = 0; i < sizeof(which) / sizeof(which[0]); i++)
		if (sigaction(which[i], NULL, &now) == 0 &&
		    now.sa_handler != SIG_IGN)
			(void)sigaction(which[i], &action, NULL);
}

static int
run(struct check *c, char **paths, unsigned n)
{
	struct arena arena = arena_with(16 * MIB);
	struct todo *todo = arena_alloc(&arena, n, sizeof(*todo));
	enum refusal refusal;
	enum err err;
	unsigned i, k = 0;

	for (i = 0; i < n; i++) {
		refusal = examine_find(paths[i], &arena, &todo[k].folders,
		    &todo[k].n);
		if (refusal != REFUSAL_NONE)
			c->status = refused(c, paths[i], refusal, ERR_IO);
		else
			c->ncases += todo[k++].n;
	}
	if (c->ncases == 0)
		goto done;
	err = examine_new(&c->ex);
	if (err != ERR_NONE) {
		(void)fprintf(stderr, "ostrakon: the jail could not be "
		    "started: %s\n", err_text(err));
		c->status = EXIT_TROUBLE;
		goto done;
	}
	c->out = out_file(STDOUT_FILENO);
	catch_signals();
	if (look_all(c, todo, k, &arena) && load(c, &arena) == 0)
		check_all(c, todo, k, &arena);
	else
		c->status = EXIT_TROUBLE;
	forget_all(todo, k);
	if (out_end(&c->out) != ERR_NONE) {
		(void)fprintf(stderr, "ostrakon: writing to stdout failed\n");
		c->status = EXIT_TROUBLE;
	}
	examine_free(c->ex);
done:
	arena_free(&arena);
	return c->status;
}

static void
how_to_show(struct check *c)
{
	c->tty = !c->quiet && isatty(STDERR_FILENO);
	c->report.colour = !c->json && isatty(STDOUT_FILENO) &&
	    getenv("NO_COLOR") == NULL;
	c->examine.progress = on_progress;
	c->examine.ctx = c;
}

int
cmd_check(int argc, char **argv)
{
	struct check c = { 0 };
	const struct option table[] = {
		{ 'i', "indicators", "PATH", "STIX file or folder; may be "
		    "repeated", .list = &c.indicators },
		{ 'o', "output", "DIR", "write all of it, in clear, to a new "
		    "folder",
		    .text = &c.output },
		{ .name = "json", .flag = &c.json,
		    .about = "one JSON object on stdout" },
		{ .name = "lang", .arg = "LANG", .text = &c.lang,
		    .about = "en or ru" },
		{ .name = "redact", .flag = &c.report.redact,
		    .about = "hide personal data in text and HTML" },
		{ .name = "examiner", .arg = "NAME",
		    .text = &c.report.examiner, .about = "for report.html and "
		    "custody.json" },
		{ .name = "note", .arg = "TEXT", .text = &c.report.note,
		    .about = "for report.html and custody.json" },
		PASSWORD_OPTIONS(c.passwords),
		{ .name = "records", .flag = &c.records,
		    .about = "with -o: records and timeline of an encrypted "
		    "backup too, in clear" },
		{ .name = "hash-all", .flag = &c.hash_all,
		    .about = "hash every file of the evidence" },
		{ 'j', "jobs", "N", "workers at once (as processors)",
		    .number = &c.examine.workers },
		{ 'q', "quiet", NULL, "no progress line", .flag = &c.quiet },
		{ 0 }
	};
	int first, i;

	/* Reading the options moves operands; custody wants them as given. */
	for (i = 0; i < argc && i < ARGS_MAX; i++)
		c.argv[i] = argv[i];
	c.argc = i;
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
	c.report.lang = c.lang == NULL ? LANG_EN : texts_lang_find(c.lang);
	if (c.report.lang == LANG_COUNT) {
		(void)fprintf(stderr, "ostrakon check: --lang is en or ru\n");
		return EXIT_TROUBLE;
	}
	if (!password_options_read("check", &c.passwords, &c.given))
		return EXIT_TROUBLE;
	how_to_show(&c);
	c.examine.hash_all = c.hash_all;
	return run(&c, argv + first, (unsigned)(argc - first));
}
