/*
 * ostrakon backup: the key of an encrypted backup, and its files in clear.
 */
#include "cmd/cmd_backup.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/complain.h"
#include "cmd/options.h"
#include "examine/output.h"

/* --- the way in ----------------------------------------------------------- */

void
cmd_backup_progress_end(const struct backup *b)
{
	if (b->tty)
		(void)fprintf(stderr, "\r\033[K");
}

void
cmd_backup_refused(const struct backup *b, enum refusal refusal, enum err err)
{
	const char *detail = b->ex == NULL ? "" : examine_detail(b->ex);
	char why[1024];

	cmd_backup_progress_end(b);
	if (examine_stopped())
		(void)snprintf(why, sizeof(why), "interrupted");
	else if (refusal == REFUSAL_MACHINE)
		(void)snprintf(why, sizeof(why), "could not be opened: %s",
		    err_text(err));
	else if (refusal == REFUSAL_ENCRYPTED)
		(void)snprintf(why, sizeof(why), "this backup is encrypted: "
		    "its password is needed. Run the command in a terminal to "
		    "be asked for it, or give --password-file.");
	else
		(void)snprintf(why, sizeof(why), "%s.%s%s%s",
		    refusal_text(refusal), detail[0] == '\0' ? "" : " (",
		    detail, detail[0] == '\0' ? "" : ")");
	complain_about(b->folder, why);
}

static void
on_rounds(void *ctx, uint64_t done)
{
	const struct backup *b = ctx;

	if (b->tty && b->look.rounds > 0)
		(void)fprintf(stderr, "\r\033[Kderiving the key from the "
		    "password: %u %%", (unsigned)(done * 100 /
		    b->look.rounds));
}

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

static bool
find(struct backup *b, const char *path)
{
	const char *const *folders = NULL;
	unsigned n = 0;
	enum refusal refusal = examine_find(path, &b->arena, &folders, &n);

	b->folder = path;
	if (refusal != REFUSAL_NONE) {
		cmd_backup_refused(b, refusal, ERR_IO);
		return false;
	}
	if (n != 1) {
		complain_about(path, "there are several backups in it: name "
		    "one of them");
		return false;
	}
	b->folder = folders[0];
	return true;
}

static bool
unlock_with_password(struct backup *b, struct password *password)
{
	enum err err = ERR_NONE;
	enum refusal refusal = REFUSAL_ENCRYPTED;

	if (!password->have)
		(void)password_ask(b->folder, password);
	if (password->have)
		refusal = unlock(b->ex, b->folder, &password->with, on_rounds,
		    b, &b->keys, &err);
	cmd_backup_progress_end(b);
	if (refusal != REFUSAL_NONE) {
		cmd_backup_refused(b, refusal, err);
		return false;
	}
	b->have_keys = true;
	return true;
}

bool
cmd_backup_open(struct backup *b, const char *path)
{
	struct password password = { 0 };
	enum refusal refusal;
	enum err err;
	bool good;

	b->arena = arena_with(16 * MIB);
	if (!find(b, path) ||
	    !password_options_read(b->verb, &b->passwords, &password)) {
		password_free(&password);
		return false;
	}
	err = examine_new(&b->ex);
	if (err != ERR_NONE) {
		(void)fprintf(stderr, "ostrakon: the jail could not be "
		    "started: %s\n", err_text(err));
		password_free(&password);
		return false;
	}
	catch_signals();
	refusal = unlock_look(b->ex, b->folder, &b->look, &err);
	good = refusal == REFUSAL_NONE;
	if (!good)
		cmd_backup_refused(b, refusal, err);
	else if (b->look.encrypted)
		good = unlock_with_password(b, &password);
	password_free(&password);
	return good;
}

void
cmd_backup_close(struct backup *b)
{
	if (b->have_keys)
		unlocked_free(&b->keys);
	b->have_keys = false;
	examine_free(b->ex);
	b->ex = NULL;
	arena_free(&b->arena);
}

/* --- backup key ----------------------------------------------------------- */

static const struct verb key_verb = { "backup key", "BACKUP",
    "Writes the key of an encrypted backup to a new file, for --key-file.",
    "The file opens the backup as the password does: keep it as well.\n"
    "exit: 0 done, 3 usage, machine or wrong password" };

/* The key as 64 hex digits and a line end; true if all of it was written. */
static bool
write_key(int fd, const struct secret *key)
{
	static const char digits[] = "0123456789abcdef";
	struct secret text;
	size_t i, n = 2 * KEY_BYTES + 1;
	bool good;

	if (secret_private(&text, n) != ERR_NONE)
		return false;
	for (i = 0; i < KEY_BYTES; i++) {
		text.p[2 * i] = (uint8_t)digits[key->p[i] >> 4];
		text.p[2 * i + 1] = (uint8_t)digits[key->p[i] & 15];
	}
	text.p[n - 1] = '\n';
	good = write(fd, text.p, n) == (ssize_t)n;
	secret_free(&text);
	return good;
}

/* Whether there can be such a new file, asked before the password is. */
static bool
key_file_ok(const char *file, const char *backup)
{
	struct stat st;

	switch (output_outside(file, backup)) {
	case ERR_NONE:
		break;
	case ERR_DENIED:
		complain_about(file, "the folder may not be read, or the file "
		    "would lie inside the evidence");
		return false;
	case ERR_MISSING:
		complain_about(file, "there is no such folder");
		return false;
	default:
		complain_about(file, "no file can be made there");
		return false;
	}
	if (lstat(file, &st) != 0)
		return true;
	complain_about(file, "it is there already, and is not written over");
	return false;
}

static int
key_to_file(const struct backup *b, const char *file)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	bool good;

	if (fd < 0) {
		complain_about(file, strerror(errno));
		return EXIT_TROUBLE;
	}
	good = write_key(fd, &b->keys.key) && fsync(fd) == 0;
	good = close(fd) == 0 && good;
	if (!good) {
		(void)unlink(file);
		complain_about(file, "the key could not be written");
		return EXIT_TROUBLE;
	}
	complain_about(file, "whoever has this file can read the backup, as "
	    "with its password: keep it as well");
	return 0;
}

static int
key_run(struct backup *b, const char *path, const char *file)
{
	bool print = strcmp(file, "-") == 0;
	int status = EXIT_TROUBLE;

	if (!print && !key_file_ok(file, path))
		return status;
	if (!cmd_backup_open(b, path)) {
		cmd_backup_close(b);
		return status;
	}
	if (!b->look.encrypted) {
		complain_about(b->folder, "this backup is not encrypted: it "
		    "has no key");
	} else if (!print && !key_file_ok(file, b->folder)) {
		;
	} else if (!print) {
		status = key_to_file(b, file);
	} else if (write_key(STDOUT_FILENO, &b->keys.key)) {
		(void)fprintf(stderr, "ostrakon: whoever has this key can read "
		    "the backup, as with its password\n");
		status = 0;
	} else {
		(void)fprintf(stderr, "ostrakon: writing to stdout failed\n");
	}
	cmd_backup_close(b);
	return status;
}

static int
key(int argc, char **argv)
{
	struct backup b = { .verb = "backup key" };
	const char *file = NULL;
	const struct option table[] = {
		{ 'o', "output", "FILE", "where to write it: a new file, or -",
		    .text = &file },
		{ .name = "password-file", .arg = "FILE",
		    .text = &b.passwords.file,
		    .about = "password of the backup" },
		{ .name = "password-fd", .arg = "N", .text = &b.passwords.fd,
		    .about = "the same, from a descriptor" },
		{ 0 }
	};
	int first;

	switch (options_read(&key_verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (argc - first != 1 || file == NULL) {
		options_help(stderr, &key_verb, table);
		return EXIT_TROUBLE;
	}
	b.tty = isatty(STDERR_FILENO);
	return key_run(&b, argv[first], file);
}

/* --- both ----------------------------------------------------------------- */

int
cmd_backup(int argc, char **argv)
{
	bool help = argc >= 2 && (strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "--help") == 0);

	if (argc >= 2 && strcmp(argv[1], "key") == 0)
		return key(argc - 1, argv + 1);
	if (argc >= 2 && strcmp(argv[1], "decrypt") == 0)
		return cmd_backup_decrypt(argc - 1, argv + 1);
	(void)fprintf(help ? stdout : stderr, "usage: ostrakon backup "
	    "decrypt|key\nostrakon backup decrypt -h tells more; see "
	    "ostrakon-backup(1).\n");
	return help ? 0 : EXIT_TROUBLE;
}
