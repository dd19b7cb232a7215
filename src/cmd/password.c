#include "cmd/password.h"

#include <errno.h>
#include <fcntl.h>
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

/* Everything up to the end, or a line end if `line`; false if it does not fit
   or cannot be read. */
static bool
read_all(int fd, struct unlock_with *to, bool line)
{
	ssize_t got;

	to->n = 0;
	for (;;) {
		if (to->n == UNLOCK_TEXT_MAX)
			return false;
		got = read(fd, to->text + to->n, line ? 1 :
		    UNLOCK_TEXT_MAX - to->n);
		if (got < 0)
			return false;
		to->n += (uint32_t)got;
		if (got == 0 || (line && to->text[to->n - 1] == '\n'))
			return true;
	}
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
	ok = begin(p) && read_all(fd, with_of(p), false);
	(void)close(fd);
	if (!ok) {
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
	    !read_all((int)fd, with_of(p), false)) {
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

bool
password_ask(const char *folder, struct password *p)
{
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC);
	struct buf b = buf_with(8192);
	struct termios now, quiet;
	bool ok = tty >= 0 && tcgetattr(tty, &now) == 0 && begin(p);

	if (ok) {
		buf_text(&b, "Password of the encrypted backup ");
		text_escape(&b, bytes_of(folder), TEXT_LOG);
		buf_text(&b, ": ");
		quiet = now;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		quiet.c_lflag |= ICANON;
		ok = tcsetattr(tty, TCSAFLUSH, &quiet) == 0 &&
		    write(tty, b.p, b.n) == (ssize_t)b.n &&
		    read_all(tty, with_of(p), true);
		(void)tcsetattr(tty, TCSAFLUSH, &now);
		(void)!write(tty, "\n", 1);
		drop_line_end(with_of(p));
		if (with_of(p)->n == 0)
			ok = false;
	}
	if (tty >= 0)
		(void)close(tty);
	buf_free(&b);
	if (!ok)
		password_free(p);
	return ok;
}
