#include "cmd/password.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "cmd/complain.h"

static struct unlock_with *
with_of(const struct password *p)
{
	return (void *)p->with.p;
}

static bool
begin(struct password *p)
{
	if (secret_new(&p->with, sizeof(struct unlock_with)) != ERR_NONE)
		return false;
	if (!p->with.locked)
		(void)fprintf(stderr, "ostrakon: keys cannot be locked in "
		    "memory here (ulimit -l): they could be swapped to disk\n");
	p->have = true;
	return true;
}

void
password_free(struct password *p)
{
	if (p->have)
		secret_free(&p->with);
	p->have = false;
}

bool
password_copy(const struct password *from, struct password *to)
{
	if (!from->have || secret_new(&to->with, sizeof(struct unlock_with)) !=
	    ERR_NONE)
		return false;
	memcpy(to->with.p, from->with.p, sizeof(struct unlock_with));
	to->have = true;
	return true;
}

/* Everything up to the end; false if it does not fit or cannot be read. */
static bool
read_all(int fd, struct unlock_with *to)
{
	ssize_t got = 1;

	for (to->n = 0; got > 0 && to->n < UNLOCK_TEXT_MAX;
	    to->n += (uint32_t)got) {
		got = read(fd, to->text + to->n, UNLOCK_TEXT_MAX - to->n);
		if (got < 0)
			return false;
	}
	return got == 0;
}

/* One line end is no part of a password. */
static void
drop_line_end(struct unlock_with *with)
{
	if (with->n > 0 && with->text[with->n - 1] == '\n')
		with->n--;
	if (with->n > 0 && with->text[with->n - 1] == '\r')
		with->n--;
}

/* A file that others may read keeps no secret; it is read all the same. */
static void
warn_if_open(const char *name, int fd)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (st.st_mode & (S_IRGRP | S_IROTH)) != 0)
		complain_about(name, "others can read this file (chmod 600)");
}

static bool
from_file(struct password *p, const char *name, bool is_key)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool ok;

	if (fd < 0) {
		complain_about(name, strerror(errno));
		return false;
	}
	warn_if_open(name, fd);
	ok = begin(p) && read_all(fd, with_of(p));
	(void)close(fd);
	if (!ok) {
		password_free(p);
		complain_about(name, "no password or key can be read from it "
		    "(at most 1,000 bytes)");
		return false;
	}
	with_of(p)->is_key = is_key;
	if (!is_key)
		drop_line_end(with_of(p));
	return true;
}

static bool
from_descriptor(struct password *p, const char *text)
{
	uint64_t fd;

	if (!text_uint(bytes_of(text), &fd) || fd > 1000000 || !begin(p) ||
	    !read_all((int)fd, with_of(p))) {
		password_free(p);
		complain_about(text, "no password can be read from this "
		    "descriptor");
		return false;
	}
	drop_line_end(with_of(p));
	return true;
}

bool
password_options_read(const char *verb, const struct password_options *o,
    struct password *p)
{
	if ((o->file != NULL) + (o->fd != NULL) + (o->key_file != NULL) > 1) {
		(void)fprintf(stderr, "ostrakon %s: give one of "
		    "--password-file, --password-fd and --key-file\n", verb);
		return false;
	}
	if (o->file != NULL)
		return from_file(p, o->file, false);
	if (o->key_file != NULL)
		return from_file(p, o->key_file, true);
	return o->fd == NULL || from_descriptor(p, o->fd);
}

/* --- the prompt ----------------------------------------------------------- */

/* What would end us, or stop us, while the terminal does not show what is
   typed: it is noted, and done again when it does. */
static const int noted[] = { SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM,
    SIGTSTP };
#define NNOTED	(sizeof(noted) / sizeof(noted[0]))

static volatile sig_atomic_t arrived;	/* the first of them */

struct prompt {
	int tty;
	struct termios shown;
	struct sigaction before[NNOTED];
	sigset_t mask;
};

static void
on_signal(int sig)
{
	if (arrived == 0)
		arrived = sig;
}

/* They come only while we wait: none between a look at `arrived` and a wait. */
static void
signals_note(struct prompt *t)
{
	struct sigaction note = { .sa_handler = on_signal };
	sigset_t these;
	size_t i;

	(void)sigemptyset(&these);
	for (i = 0; i < NNOTED; i++)
		(void)sigaddset(&these, noted[i]);
	(void)sigprocmask(SIG_BLOCK, &these, &t->mask);
	for (i = 0; i < NNOTED; i++) {
		(void)sigaction(noted[i], NULL, &t->before[i]);
		if (t->before[i].sa_handler != SIG_IGN)
			(void)sigaction(noted[i], &note, NULL);
	}
}

static void
signals_back(const struct prompt *t)
{
	size_t i;

	for (i = 0; i < NNOTED; i++)
		(void)sigaction(noted[i], &t->before[i], NULL);
	if (arrived != 0)
		(void)raise(arrived);
	(void)sigprocmask(SIG_SETMASK, &t->mask, NULL);
}

/* In the background: stops us as reading would, until we are called to the
   front; a terminal must not be changed under another's hands. */
static bool
in_front(int tty)
{
	if (tcgetpgrp(tty) == getpgrp())
		return true;
	(void)kill(0, SIGTTIN);
	return tcgetpgrp(tty) == getpgrp();
}

/* A line; false if a signal came, there is no line, or it is too long. */
static bool
read_line(const struct prompt *t, struct unlock_with *to)
{
	struct pollfd wait = { .fd = t->tty, .events = POLLIN };
	ssize_t got;

	for (to->n = 0; to->n < UNLOCK_TEXT_MAX; to->n++) {
		if (ppoll(&wait, 1, NULL, &t->mask) < 1 || arrived != 0)
			return false;
		got = read(t->tty, to->text + to->n, 1);
		if (got < 0)
			return false;
		if (got == 0 || to->text[to->n] == '\n') {
			drop_line_end(to);
			return to->n > 0;
		}
	}
	return false;
}

/* One prompt, the line after it not shown. */
static bool
ask(struct prompt *t, struct bytes question, struct unlock_with *to)
{
	struct termios quiet;
	bool ok;

	arrived = 0;
	if (!in_front(t->tty) || tcgetattr(t->tty, &t->shown) != 0)
		return false;
	quiet = t->shown;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	quiet.c_lflag |= ICANON | ISIG;
	quiet.c_iflag |= ICRNL;
	signals_note(t);
	ok = tcsetattr(t->tty, TCSAFLUSH, &quiet) == 0 &&
	    write(t->tty, question.p, question.n) == (ssize_t)question.n &&
	    read_line(t, to);
	/* What was typed and not taken would go to the shell. */
	(void)tcsetattr(t->tty, TCSAFLUSH, &t->shown);
	(void)!write(t->tty, "\n", 1);
	signals_back(t);
	return ok;
}

bool
password_ask(const char *folder, struct password *p)
{
	struct prompt t = { .tty = open("/dev/tty", O_RDWR | O_CLOEXEC) };
	struct buf b = buf_with(8192);
	bool ok = false;

	buf_text(&b, "Password of the encrypted backup ");
	text_escape(&b, bytes_of(folder), TEXT_LOG);
	buf_text(&b, ": ");
	if (t.tty >= 0 && begin(p)) {
		/* Again after it was stopped (Ctrl-Z) and goes on. */
		do
			ok = ask(&t, buf_bytes(&b), with_of(p));
		while (!ok && arrived == SIGTSTP);
		if (with_of(p)->n == UNLOCK_TEXT_MAX)
			complain_about(folder, "no password has more than "
			    "1,000 bytes");
	}
	if (t.tty >= 0)
		(void)close(t.tty);
	buf_free(&b);
	if (!ok)
		password_free(p);
	return ok;
}
