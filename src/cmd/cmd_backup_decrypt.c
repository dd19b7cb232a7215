/*
 * ostrakon backup decrypt: the files of a backup in clear.
 */
#include "cmd/cmd_backup.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/out.h"
#include "cmd/cmd.h"
#include "cmd/complain.h"
#include "cmd/options.h"
#include "examine/extract.h"

struct decrypting {
	struct backup backup;
	struct extract_options extract;
	struct option_list only;
	bool quiet;
	time_t shown;			/* the last progress */
};

static const struct verb verb = { "backup decrypt", "BACKUP",
    "Writes the files of a backup to a folder, in clear; goes on where it was "
    "broken off.",
    "What then lies in the folder is in clear: keep it like the phone.\n"
    "exit: 0 all of them, 2 some are not or are odd (files.jsonl says why),\n"
    "3 usage, machine or wrong password" };

static void
on_progress(void *ctx, uint64_t files, uint64_t of, uint64_t bytes)
{
	struct decrypting *d = ctx;
	struct timespec now = { 0, 0 };

	if (!d->backup.tty)
		return;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec == d->shown)
		return;
	d->shown = now.tv_sec;
	(void)fprintf(stderr, "\r\033[K%llu of %llu files, %.1f MB",
	    (unsigned long long)files, (unsigned long long)of,
	    (double)bytes / 1e6);
	(void)fflush(stderr);
}

/* --- what is said --------------------------------------------------------- */

static void
put_count(struct out *out, uint64_t n, const char *one, const char *many)
{
	buf_uint(out_buf(out), n);
	out_text(out, " ");
	out_text(out, n == 1 ? one : many);
}

static void
put_place(struct out *out, const char *folder, const char *name)
{
	size_t n = strlen(folder);

	while (n > 1 && folder[n - 1] == '/')
		n--;
	out_escape(out, bytes_at(folder, n), TEXT_LOG);
	out_text(out, name);
}

/* What of the command was in vain, and what nobody can know. */
static void
warn(const struct decrypting *d, const struct extract_sum *s)
{
	unsigned i;

	for (i = 0; i < d->only.n; i++)
		if (s->unmatched[i])
			complain_about(d->only.items[i], "no file of the "
			    "backup is named by it");
	if (s->gaps > 0)
		complain_about(d->backup.folder, "Manifest.db is damaged: "
		    "files that it named there are missing, see " EXTRACT_LIST);
}

static void
summary(const struct decrypting *d, const struct extract_sum *s,
    struct out *out)
{
	const char *word = d->backup.look.encrypted ? "decrypted" : "copied";

	put_place(out, d->extract.folder, ": ");
	put_count(out, s->written, "file", "files");
	buf_printf(out_buf(out), " %s, %.1f MB", word,
	    (double)s->bytes / 1e6);
	if (s->before > 0)
		buf_printf(out_buf(out), " (%llu of them before)",
		    (unsigned long long)s->before);
	out_text(out, "\n");
	if (s->failed > 0) {
		put_count(out, s->failed, "file", "files");
		buf_printf(out_buf(out), " could not be %s\n", word);
	}
	if (s->odd > 0) {
		put_count(out, s->odd, "of the files is odd",
		    "of the files are odd");
		out_text(out, ": cut, changed, or with a wrong end\n");
	}
	out_text(out, "The list, with SHA-256 of both sides and every fault: ");
	put_place(out, d->extract.folder, "/" EXTRACT_LIST "\n");
	out_text(out, "What lies in this folder is in clear: keep it like the "
	    "phone itself.\n");
}

static int
ended(const struct decrypting *d, enum extract_end end,
    const struct extract_sum *s)
{
	char why[512];

	cmd_backup_progress_end(&d->backup);
	if (end == EXTRACT_EVIDENCE) {
		cmd_backup_refused(&d->backup, s->refusal, s->err);
		return EXIT_TROUBLE;
	}
	if (examine_stopped())
		(void)snprintf(why, sizeof(why), "interrupted; give the same "
		    "command to go on where it stopped");
	else if (end == EXTRACT_MACHINE)
		(void)snprintf(why, sizeof(why), "%s (%s)", extract_text(end),
		    err_text(s->err));
	else
		(void)snprintf(why, sizeof(why), "%s", extract_text(end));
	complain_about(end == EXTRACT_NOTHING || end == EXTRACT_MANY ?
	    d->backup.folder : d->extract.folder, why);
	return end == EXTRACT_NOTHING ? EXIT_INCOMPLETE : EXIT_TROUBLE;
}

/* --- the work ------------------------------------------------------------- */

static int
run(struct decrypting *d, const char *path)
{
	struct out out;
	struct extract_sum sum;
	enum extract_end end;

	if (!cmd_backup_open(&d->backup, path))
		return EXIT_TROUBLE;
	if (d->backup.have_keys)
		d->extract.keys = &d->backup.keys;
	end = extract_run(d->backup.ex, d->backup.folder, &d->extract, &sum);
	if (end != EXTRACT_DONE)
		return ended(d, end, &sum);
	cmd_backup_progress_end(&d->backup);
	warn(d, &sum);
	out = out_file(STDOUT_FILENO);
	summary(d, &sum, &out);
	if (out_end(&out) != ERR_NONE) {
		(void)fprintf(stderr, "ostrakon: writing to stdout failed\n");
		return EXIT_TROUBLE;
	}
	return sum.failed > 0 || sum.odd > 0 || sum.gaps > 0 ?
	    EXIT_INCOMPLETE : 0;
}

/* What a glob can be, and all of them together. */
static bool
only_ok(const struct option_list *only)
{
	size_t n, all = 0;
	unsigned i;

	for (i = 0; i < only->n; i++) {
		n = strlen(only->items[i]);
		all += n + 1;
		if (n > 0 && n <= TEXT_GLOB_MAX && all <= EXTRACT_ONLY_BYTES &&
		    only->items[i][0] != '/')
			continue;
		complain_about(only->items[i], "--only takes DOMAIN/PATH, of "
		    "at most 1,024 bytes");
		return false;
	}
	return true;
}

int
cmd_backup_decrypt(int argc, char **argv)
{
	struct decrypting d = { .backup.verb = "backup decrypt" };
	const struct option table[] = {
		{ 'o', "output", "DIR", "where to write them: a new folder",
		    .text = &d.extract.folder },
		{ .name = "only", .arg = "DOMAIN/PATH", .list = &d.only,
		    .about = "only these, with * ** ?; may be repeated" },
		{ .name = "names", .flag = &d.extract.names,
		    .about = "under their names on the phone" },
		PASSWORD_OPTIONS(d.backup.passwords),
		{ 'j', "jobs", "N", "workers at once (as processors)",
		    .number = &d.extract.workers },
		{ 'q', "quiet", NULL, "no progress line", .flag = &d.quiet },
		{ 0 }
	};
	int first, status;

	switch (options_read(&verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (argc - first != 1 || d.extract.folder == NULL ||
	    d.extract.folder[0] == '\0') {
		options_help(stderr, &verb, table);
		return EXIT_TROUBLE;
	}
	if (!only_ok(&d.only))
		return EXIT_TROUBLE;
	d.extract.only = d.only.items;
	d.extract.nonly = d.only.n;
	d.extract.progress = on_progress;
	d.extract.ctx = &d;
	d.backup.tty = !d.quiet && isatty(STDERR_FILENO);
	status = run(&d, argv[first]);
	cmd_backup_close(&d.backup);
	return status;
}
