/*
 * The broker: what can be reached through it, and the evidence hash.
 */
#include "jail/broker.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"

static char top[64];		/* a folder of our own; we stand in it */

/* What docs/evidence-hash.md tells an examiner to type. */
static const char by_hand[] =
    "find . -type f -printf '%P\\0' | LC_ALL=C sort -z |\n"
    "while IFS= read -r -d '' name; do\n"
    "\tprintf '%s\\0%s\\0%s\\n' \"$name\" \"$(stat -c %s -- \"$name\")\" \\\n"
    "\t    \"$(sha256sum <\"$name\" | cut -d ' ' -f 1)\"\n"
    "done | sha256sum\n";

static void
put(const char *name, const char *text)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd != -1);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(close(fd), 0);
}

static int
set_up(void **state)
{
	(void)state;
	(void)snprintf(top, sizeof(top), "/tmp/ostrakon-broker-XXXXXX");
	if (mkdtemp(top) == NULL || chdir(top) == -1 ||
	    mkdir("evidence", 0700) == -1)
		return -1;
	put("outside", "no evidence");
	return chdir("evidence");
}

static int
take_down(void **state)
{
	char rm[] = "rm", how[] = "-rf";
	char *const argv[] = { rm, how, top, NULL };
	int status = 0;
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		(void)execv("/bin/rm", argv);
		_exit(1);
	}
	return waitpid(pid, &status, 0) == pid && status == 0 ? 0 : -1;
}

static struct broker *
opened(void)
{
	struct broker *b = NULL;

	assert_int_equal(broker_open(&b, "."), ERR_NONE);
	return b;
}

static enum err
take(struct broker *b, struct bytes name)
{
	struct broker_file f = { -1, 0, 0 };
	enum err err = broker_file(b, name, &f);

	if (err == ERR_NONE)
		assert_int_equal(close(f.fd), 0);
	else
		assert_int_equal(f.fd, -1);
	return err;
}

static enum err
take_text(struct broker *b, const char *name)
{
	return take(b, bytes_of(name));
}

/* Ends and closes it; the names stay in the arena. */
static struct broker_sum
summed(struct broker *b, struct arena *a)
{
	struct broker_sum sum;

	assert_int_equal(broker_end(b, a, &sum), ERR_NONE);
	broker_close(b);
	return sum;
}

/* The SHA-256 that a shell gives, in the folder we stand in. */
static void
shell_sum(char hex[65])
{
	char sh[] = "bash", c[] = "-c", script[sizeof(by_hand)];
	char *const argv[] = { sh, c, script, NULL };
	int ends[2], status;
	size_t got = 0;
	ssize_t n;
	pid_t pid;

	memcpy(script, by_hand, sizeof(by_hand));
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid != -1);
	if (pid == 0) {
		(void)dup2(ends[1], STDOUT_FILENO);
		(void)execv("/bin/bash", argv);
		_exit(1);
	}
	(void)close(ends[1]);
	while (got < 64 && (n = read(ends[0], hex + got, 64 - got)) > 0)
		got += (size_t)n;
	hex[got] = '\0';
	(void)close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(got, 64);
}

static void
a_folder_or_nothing(void **state)
{
	struct broker *b = NULL;
	char path[128];

	(void)state;
	assert_int_equal(broker_open(&b, "not-there"), ERR_MISSING);
	assert_int_equal(broker_open(&b, "../outside"), ERR_KIND);
	assert_null(b);
	/* The operator may name it by a link. */
	assert_int_equal(symlink(top, "../link"), 0);
	(void)snprintf(path, sizeof(path), "%s/link/evidence", top);
	assert_int_equal(broker_open(&b, path), ERR_NONE);
	broker_close(b);
	broker_close(NULL);
	assert_int_equal(unlink("../link"), 0);
	b = NULL;
	if (geteuid() == 0)
		return;		/* root may read every folder */
	assert_int_equal(mkdir("../shut", 0), 0);
	assert_int_equal(broker_open(&b, "../shut"), ERR_DENIED);
}

static void
a_file_is_read(void **state)
{
	struct timespec times[2] = { { 1, 0 }, { 1700000000, 123456789 } };
	struct broker *b = opened();
	struct broker_file f;
	char text[16];

	(void)state;
	assert_int_equal(mkdir("a", 0700), 0);
	put("a/b", "hello");
	assert_int_equal(utimensat(AT_FDCWD, "a/b", times, 0), 0);
	assert_int_equal(broker_file(b, bytes_of("a/b"), &f), ERR_NONE);
	assert_int_equal(f.size, 5);
	assert_true(f.mtime == INT64_C(1700000000123456));
	assert_int_equal(read(f.fd, text, sizeof(text)), 5);
	assert_memory_equal(text, "hello", 5);
	/* Read-only, not inherited, and its access time is left alone. */
	assert_int_equal(write(f.fd, "x", 1), -1);
	assert_int_equal(fcntl(f.fd, F_GETFD), FD_CLOEXEC);
	assert_int_equal(close(f.fd), 0);
	broker_close(b);
	assert_int_equal(unlink("a/b"), 0);
	assert_int_equal(rmdir("a"), 0);
}

static void
the_access_time_stays(void **state)
{
	struct timespec times[2] = { { 1000, 0 }, { 2000, 0 } };
	struct arena a = arena_with(MIB);
	struct broker *b = opened();
	struct stat st;

	(void)state;
	put("seen", "text");
	assert_int_equal(utimensat(AT_FDCWD, "seen", times, 0), 0);
	assert_int_equal(take_text(b, "seen"), ERR_NONE);
	(void)summed(b, &a);
	assert_int_equal(stat("seen", &st), 0);
	assert_int_equal(st.st_atim.tv_sec, 1000);
	assert_int_equal(unlink("seen"), 0);
	arena_free(&a);
}

/* Nothing but a plain name of a regular file beneath the folder. */
static void
nothing_else_is_reached(void **state)
{
	static const struct {
		const char *name;
		enum err err;
	} cases[] = {
		{ "", ERR_DENIED }, { ".", ERR_DENIED }, { "..", ERR_DENIED },
		{ "../outside", ERR_DENIED }, { "d/../f", ERR_DENIED },
		{ "d/../../outside", ERR_DENIED }, { "/etc/passwd", ERR_DENIED },
		{ "./f", ERR_DENIED }, { "d//f", ERR_DENIED },
		{ "f/", ERR_DENIED }, { "d/", ERR_DENIED },
		{ "link-in", ERR_KIND }, { "link-out", ERR_KIND },
		{ "link-folder/f", ERR_KIND }, { "link-proc/exe", ERR_KIND },
		{ "d", ERR_KIND }, { "pipe", ERR_KIND }, { "f/g", ERR_KIND },
		{ "none", ERR_MISSING }, { "d/none", ERR_MISSING },
		{ "none/f", ERR_MISSING },
		{ "f", ERR_NONE }, { "d/f", ERR_NONE }, { "...", ERR_NONE },
		{ "d/..f", ERR_NONE }, { "two\nlines", ERR_NONE },
		{ "\xff\xfe", ERR_NONE },
	};
	static char path[LIMIT_PATH_BYTES + 10];
	struct arena a = arena_with(MIB);
	struct broker *b = opened();
	struct broker_sum sum;
	unsigned i, files = 0;

	(void)state;
	assert_int_equal(mkdir("d", 0700), 0);
	put("f", "1");
	put("d/f", "2");
	put("...", "3");
	put("d/..f", "4");
	put("two\nlines", "5");
	put("\xff\xfe", "6");
	assert_int_equal(symlink("f", "link-in"), 0);
	assert_int_equal(symlink("../outside", "link-out"), 0);
	assert_int_equal(symlink("d", "link-folder"), 0);
	assert_int_equal(symlink("/proc/self", "link-proc"), 0);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(take_text(b, cases[i].name), cases[i].err);
		files += cases[i].err == ERR_NONE;
	}
	assert_int_equal(take(b, bytes_at("f\0g", 3)), ERR_DENIED);
	assert_int_equal(take(b, bytes_at("f\0", 2)), ERR_DENIED);
	/* Longer than a path can be; and a part longer than a name can be. */
	memset(path, 'x', sizeof(path));
	assert_int_equal(take(b, bytes_at(path, sizeof(path))), ERR_DENIED);
	assert_int_equal(take(b, bytes_at(path, LIMIT_PATH_BYTES)), ERR_DENIED);
	assert_int_equal(take(b, bytes_at(path, 256)), ERR_DENIED);
	assert_int_equal(take(b, bytes_at(path, 255)), ERR_MISSING);
	sum = summed(b, &a);
	assert_int_equal(sum.files, files);
	assert_int_equal(sum.nchanged, 0);
	assert_int_equal(sum.nunread, 0);
	arena_free(&a);
}

static void
looking(void **state)
{
	struct broker *b = opened();

	(void)state;
	assert_int_equal(broker_look(b, bytes_of("")), 'd');
	assert_int_equal(broker_look(b, bytes_of("d")), 'd');
	assert_int_equal(broker_look(b, bytes_of("d/f")), 'f');
	assert_int_equal(broker_look(b, bytes_of("link-in")), 'l');
	assert_int_equal(broker_look(b, bytes_of("link-folder/f")), 0);
	assert_int_equal(broker_look(b, bytes_of("pipe")), 'o');
	assert_int_equal(broker_look(b, bytes_of("none")), 0);
	assert_int_equal(broker_look(b, bytes_of("../outside")), 0);
	broker_close(b);
}

static void
names_are_sorted(void **state)
{
	/* "x.d" is a folder, and "/" follows "-" and stands before "0". */
	static const char *const want[] = { "x", "x-y", "x.d-", "x.d", "x.d0",
	    "xx" };
	struct arena a = arena_with(MIB);
	struct broker *b = opened();
	struct beneath_name *names = NULL;
	size_t n = 0, i;

	(void)state;
	assert_int_equal(mkdir("n", 0700), 0);
	assert_int_equal(mkdir("n/x.d", 0700), 0);
	put("n/xx", "");
	put("n/x.d-", "");
	put("n/x-y", "");
	put("n/x.d0", "");
	put("n/x", "");
	assert_int_equal(broker_names(b, bytes_of("n"), &a, &names, &n),
	    ERR_NONE);
	assert_int_equal(n, 6);
	for (i = 0; i < n; i++) {
		assert_true(bytes_is(names[i].name, want[i]));
		assert_int_equal(names[i].what, i == 3 ? 'd' : 'f');
	}
	assert_int_equal(broker_names(b, bytes_of("f"), &a, &names, &n),
	    ERR_KIND);
	assert_int_equal(broker_names(b, bytes_of("none"), &a, &names, &n),
	    ERR_MISSING);
	assert_int_equal(broker_names(b, bytes_of(".."), &a, &names, &n),
	    ERR_DENIED);
	assert_int_equal(broker_names(b, bytes_of("link-folder"), &a, &names,
	    &n), ERR_KIND);
	arena_free(&a);
	/* More names than there is room for. */
	a = arena_with(1024);
	assert_int_equal(broker_names(b, bytes_of(""), &a, &names, &n),
	    ERR_MEMORY);
	arena_free(&a);
	broker_close(b);
}

/* The order of opening, and how often, make no difference. */
static void
the_hash_is_of_the_sorted_list(void **state)
{
	static const char list[] =
	    "d/f\0" "1\0"
	    "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35\n"
	    "f\0" "1\0"
	    "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b\n";
	struct arena a = arena_with(MIB);
	uint8_t digest[HASH_SHA256];
	struct buf hex = buf_with(64);
	struct broker *b = opened();
	char text[512];
	struct broker_sum one, two;
	int fd;

	(void)state;
	assert_int_equal(take_text(b, "f"), ERR_NONE);
	assert_int_equal(take_text(b, "d/f"), ERR_NONE);
	assert_int_equal(take_text(b, "f"), ERR_NONE);
	fd = memfd_create("list", MFD_CLOEXEC);
	broker_list_to(b, fd);
	one = summed(b, &a);
	assert_int_equal(one.files, 2);
	assert_int_equal(one.bytes, 2);
	hash_sha256(bytes_at(list, sizeof(list) - 1), digest);
	text_hex(&hex, bytes_at(digest, sizeof(digest)));
	assert_memory_equal(hex.p, one.sha256, 64);
	assert_int_equal(strlen(one.sha256), 64);
	/* The list itself. */
	assert_int_equal(pread(fd, text, sizeof(text), 0), sizeof(list) - 1);
	assert_memory_equal(text, list, sizeof(list) - 1);
	(void)close(fd);
	b = opened();
	assert_int_equal(take_text(b, "d/f"), ERR_NONE);
	assert_int_equal(take_text(b, "f"), ERR_NONE);
	two = summed(b, &a);
	assert_string_equal(one.sha256, two.sha256);
	buf_free(&hex);
	arena_free(&a);
}

/* A full disk is told, and the hash is not lost in silence. */
static void
the_list_does_not_fit(void **state)
{
	struct arena a = arena_with(MIB);
	struct broker *b = opened();
	struct broker_sum sum;
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	assert_true(fd != -1);
	assert_int_equal(take_text(b, "f"), ERR_NONE);
	broker_list_to(b, fd);
	assert_int_equal(broker_end(b, &a, &sum), ERR_FULL);
	assert_string_equal(sum.sha256, "");
	broker_close(b);
	(void)close(fd);
	arena_free(&a);
}

static void
nothing_was_read(void **state)
{
	struct arena a = arena_with(MIB);
	struct broker_sum sum = summed(opened(), &a);

	(void)state;
	assert_int_equal(sum.files, 0);
	assert_string_equal(sum.sha256, "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855");
	arena_free(&a);
}

/* Every file, as the shell finds them: names with line ends and bytes that
   are no text, folders that sort between files, several windows of data. */
static void
all_files_as_by_hand(void **state)
{
	static uint8_t block[700 * 1024];
	struct arena a = arena_with(MIB);
	struct broker_sum all, some;
	struct broker *b;
	char want[65];
	size_t i;
	int fd;

	(void)state;
	for (i = 0; i < sizeof(block); i++)
		block[i] = (uint8_t)(i * 7 + (i >> 9));
	fd = open("d/large", O_WRONLY | O_CREAT, 0600);
	assert_int_equal(write(fd, block, sizeof(block)), sizeof(block));
	(void)close(fd);
	put("n/x.d/deep", "deep");
	put("n/x.d/empty", "");
	shell_sum(want);
	b = opened();
	broker_hash_all(b);
	all = summed(b, &a);
	assert_string_equal(all.sha256, want);
	assert_int_equal(all.nunread, 0);
	assert_int_equal(all.nchanged, 0);
	/* The same, with some of them handed out before. */
	b = opened();
	assert_int_equal(take_text(b, "n/x.d/deep"), ERR_NONE);
	assert_int_equal(take_text(b, "..."), ERR_NONE);
	assert_int_equal(take_text(b, "d/large"), ERR_NONE);
	assert_int_equal(take_text(b, "\xff\xfe"), ERR_NONE);
	broker_hash_all(b);
	some = summed(b, &a);
	assert_string_equal(some.sha256, want);
	assert_int_equal(some.files, all.files);
	assert_int_equal(some.bytes, all.bytes);
	arena_free(&a);
}

static void
changes_are_told(void **state)
{
	struct arena a = arena_with(MIB);
	struct timespec times[2] = { { 5, 0 }, { 5, 1 } };
	struct broker *b = opened();
	struct broker_sum sum;

	(void)state;
	put("grown", "1");
	put("touched", "1");
	put("vanished", "1");
	put("replaced", "1");
	put("same", "1");
	assert_int_equal(utimensat(AT_FDCWD, "replaced", times, 0), 0);
	assert_int_equal(take_text(b, "vanished"), ERR_NONE);
	assert_int_equal(take_text(b, "touched"), ERR_NONE);
	assert_int_equal(take_text(b, "grown"), ERR_NONE);
	assert_int_equal(take_text(b, "same"), ERR_NONE);
	assert_int_equal(take_text(b, "replaced"), ERR_NONE);
	(void)usleep(50000);		/* all are hashed by now */
	put("grown", "12");
	assert_int_equal(utimensat(AT_FDCWD, "touched", times, 0), 0);
	assert_int_equal(unlink("vanished"), 0);
	/* Another file of the same size and time. */
	put("other", "1");
	assert_int_equal(utimensat(AT_FDCWD, "other", times, 0), 0);
	assert_int_equal(rename("other", "replaced"), 0);
	sum = summed(b, &a);
	assert_int_equal(sum.files, 5);
	assert_int_equal(sum.nchanged, 4);
	assert_true(bytes_is(sum.changed[0], "grown"));
	assert_true(bytes_is(sum.changed[1], "replaced"));
	assert_true(bytes_is(sum.changed[2], "touched"));
	assert_true(bytes_is(sum.changed[3], "vanished"));
	assert_int_equal(sum.nunread, 0);
	arena_free(&a);
}

/* A file that is gone, or cannot be read, before its turn to be hashed. */
static void
what_cannot_be_read_is_told(void **state)
{
	struct arena a = arena_with(MIB);
	struct broker *b;
	struct broker_sum sum;
	char text[64], list[256];
	int i, fd;
	ssize_t n;

	(void)state;
	/* Something that keeps the thread busy while the file goes. */
	fd = open("busy", O_WRONLY | O_CREAT, 0600);
	assert_int_equal(ftruncate(fd, 300 * (off_t)MIB), 0);
	(void)close(fd);
	put("gone", "1");
	b = opened();
	assert_int_equal(take_text(b, "busy"), ERR_NONE);
	assert_int_equal(take_text(b, "gone"), ERR_NONE);
	assert_int_equal(unlink("gone"), 0);
	fd = memfd_create("list", MFD_CLOEXEC);
	broker_list_to(b, fd);
	sum = summed(b, &a);
	assert_int_equal(sum.nunread, 1);
	assert_true(bytes_is(sum.unread[0], "gone"));
	assert_int_equal(sum.nchanged, 1);
	assert_true(bytes_is(sum.changed[0], "gone"));
	n = pread(fd, list, sizeof(list), 0);
	assert_true(n > 9);
	assert_memory_equal(list + n - 9, "gone\0001\0-\n", 9);
	(void)close(fd);
	/* Many: the lists grow. */
	b = opened();
	assert_int_equal(take_text(b, "busy"), ERR_NONE);
	for (i = 0; i < 100; i++) {
		(void)snprintf(text, sizeof(text), "gone-%02d", i);
		put(text, "1");
		assert_int_equal(take_text(b, text), ERR_NONE);
		assert_int_equal(unlink(text), 0);
	}
	sum = summed(b, &a);
	assert_int_equal(sum.nunread, 100);
	assert_true(bytes_is(sum.unread[0], "gone-00"));
	assert_true(bytes_is(sum.unread[99], "gone-99"));
	assert_int_equal(unlink("busy"), 0);
	arena_free(&a);
}

/* Left before its end: the thread is stopped in the middle of a file. */
static void
closing_does_not_wait(void **state)
{
	struct broker *b;
	int64_t begun;
	int fd;

	(void)state;
	fd = open("huge", O_WRONLY | O_CREAT, 0600);
	assert_int_equal(ftruncate(fd, (off_t)64 << 30), 0);
	(void)close(fd);
	b = opened();
	assert_int_equal(take_text(b, "huge"), ERR_NONE);
	begun = time_now();
	broker_close(b);
	assert_true(time_now() - begun < 5 * TIME_SECOND);
	assert_int_equal(unlink("huge"), 0);
}

/* Deeper than we go, and a folder that bars us: not in the list, but told. */
static void
folders_that_are_not_walked(void **state)
{
	struct arena a = arena_with(MIB);
	struct broker *b;
	struct broker_sum sum;
	unsigned i;

	(void)state;
	assert_int_equal(mkdir("deep", 0700), 0);
	assert_int_equal(chdir("deep"), 0);
	for (i = 0; i < BROKER_DEPTH + 2; i++) {
		assert_int_equal(mkdir("d", 0700), 0);
		assert_int_equal(chdir("d"), 0);
	}
	put("too-deep", "1");
	for (i = 0; i < BROKER_DEPTH + 2; i++)
		assert_int_equal(chdir(".."), 0);
	put("last", "1");
	if (geteuid() != 0)
		assert_int_equal(mkdir("shut", 0), 0);
	b = opened();
	broker_hash_all(b);
	sum = summed(b, &a);
	assert_int_equal(sum.files, 1);
	assert_int_equal(sum.nunread, geteuid() == 0 ? 1 : 2);
	assert_int_equal(sum.unread[0].n, 2 * (BROKER_DEPTH + 1));
	assert_true(bytes_ends(sum.unread[0], "/d/"));
	assert_int_equal(chdir(".."), 0);
	arena_free(&a);
}

/* As many as may be asked for, and one more. */
static void
the_number_of_files_is_bounded(void **state)
{
	struct arena a = arena_with(MIB);
	struct broker *b;
	struct arena many = arena_with(64 * MIB);
	struct beneath_name *names = NULL;
	struct broker_sum sum;
	char name[32];
	unsigned i;
	size_t n = 0;

	(void)state;
	assert_int_equal(mkdir("many", 0700), 0);
	assert_int_equal(chdir("many"), 0);
	put("first", "1");
	b = opened();
	for (i = 0; i < BROKER_FILES; i++) {
		(void)snprintf(name, sizeof(name), "%u", i);
		/* Links cost less than files; ext4 allows 65,000. */
		assert_int_equal(link("first", name), 0);
		assert_int_equal(take_text(b, name), ERR_NONE);
	}
	assert_int_equal(take_text(b, "first"), ERR_MEMORY);
	/* All of them in one list. */
	assert_int_equal(broker_names(b, bytes_of(""), &many, &names, &n),
	    ERR_NONE);
	assert_int_equal(n, BROKER_FILES + 1);
	for (i = 1; i < n; i++)
		assert_true(bytes_cmp(names[i - 1].name, names[i].name) < 0);
	arena_free(&many);
	assert_int_equal(take_text(b, "77"), ERR_NONE);	/* again */
	sum = summed(b, &a);
	assert_int_equal(sum.files, BROKER_FILES);
	assert_int_equal(sum.nunread, 0);
	assert_int_equal(chdir(".."), 0);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_folder_or_nothing),
		cmocka_unit_test(a_file_is_read),
		cmocka_unit_test(the_access_time_stays),
		cmocka_unit_test(nothing_else_is_reached),
		cmocka_unit_test(looking),
		cmocka_unit_test(names_are_sorted),
		cmocka_unit_test(the_hash_is_of_the_sorted_list),
		cmocka_unit_test(the_list_does_not_fit),
		cmocka_unit_test(nothing_was_read),
		cmocka_unit_test(all_files_as_by_hand),
		cmocka_unit_test(changes_are_told),
		cmocka_unit_test(what_cannot_be_read_is_told),
		cmocka_unit_test(closing_does_not_wait),
		cmocka_unit_test(folders_that_are_not_walked),
		cmocka_unit_test(the_number_of_files_is_bounded),
	};

	return cmocka_run_group_tests(tests, set_up, take_down);
}
