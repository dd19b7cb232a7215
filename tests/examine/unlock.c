/*
 * The way into an encrypted backup, as the parent sees it: what it believes of
 * a worker that lies, and that a right password opens.  This program is also
 * the nursery; where Manifest.plist begins with "say:" the worker says what
 * stands there, line by line.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/text.h"
#include "encrypt_make.h"
#include "examine/examine_inside.h"
#include "examine/talk.h"
#include "examine/unlock.h"
#include "sample.h"

#define SCRIPT	"say:\n"

/* --- the worker ------------------------------------------------------------ */

static int
say_lines(struct talk *t, struct bytes script)
{
	size_t at = 0, end;
	struct bytes line;

	for (at = bytes_of(SCRIPT).n; at < script.n; at = end + 1) {
		end = bytes_find_byte(script, '\n', at);
		line = bytes_part(script, at, end - at);
		if (bytes_is(line, "die"))
			_exit(1);
		if (bytes_is(line, "progress"))
			wire_progress(&t->message, UINT64_MAX);
		else if (bytes_is(line, "gap"))
			wire_gap(&t->message, MEMBER_NONE, 0, line);
		else
			wire_note(&t->message, line);
		talk_send(t);
	}
	talk_done(t, NULL);
	return WORKER_DONE;
}

static int
keys_or_lies(const struct worker *w)
{
	static uint8_t text[4096];
	struct talk t = { 0 };
	struct input in;
	const char *why;
	size_t n = 0;

	talk_start(&t, w);
	if (talk_open(&t, KEYS_FILE_PLIST, &in, &why))
		n = input_read(&in, text, sizeof(text), 0);
	talk_close(&t);
	if (bytes_starts(bytes_at(text, n), SCRIPT))
		return say_lines(&t, bytes_at(text, n));
	buf_free(&t.message);
	arena_free(&t.arena);
	return worker_keys(w);
}

static job_fn *const jobs[JOB_COUNT] = { [JOB_KEYS] = keys_or_lies };

/* --- the parent ------------------------------------------------------------ */

static struct examine *ex;
static char folder[64];

static void
put(const char *name, struct bytes data)
{
	char path[128];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, data.p, data.n), data.n);
	assert_int_equal(close(fd), 0);
}

static void
script(const char *lines)
{
	struct buf b = buf_with(4096);

	buf_text(&b, SCRIPT);
	buf_text(&b, lines);
	put("Manifest.plist", buf_bytes(&b));
	buf_free(&b);
}

static enum refusal
looks(const char *lines, struct unlock_look *look)
{
	enum err err = ERR_NONE;
	enum refusal refusal;

	script(lines);
	look->encrypted = true;
	look->rounds = 99;
	refusal = unlock_look(ex, folder, look, &err);
	if (refusal != REFUSAL_NONE) {
		assert_false(look->encrypted);
		assert_int_equal(look->rounds, 0);
	}
	assert_int_equal(refusal == REFUSAL_MACHINE, err != ERR_NONE);
	return refusal;
}

static struct secret
given(const char *text)
{
	struct unlock_with *with;
	struct secret s;

	assert_int_equal(secret_new(&s, sizeof(*with)), ERR_NONE);
	with = (void *)s.p;
	with->n = (uint32_t)strlen(text);
	memcpy(with->text, text, with->n);
	return s;
}

static enum refusal
unlocks(const char *password, struct unlocked *to)
{
	struct secret with = given(password);
	enum err err = ERR_NONE;
	enum refusal refusal;

	memset(to, 1, sizeof(*to));
	refusal = unlock(ex, folder, &with, NULL, NULL, to, &err);
	secret_free(&with);
	if (refusal != REFUSAL_NONE) {
		assert_null(to->keys.p);
		assert_null(to->key.p);
		assert_false(to->manifest_encrypted);
	}
	return refusal;
}

static enum refusal
unlocks_by(const char *lines)
{
	struct unlocked u;
	enum refusal refusal;

	script(lines);
	refusal = unlocks("p", &u);
	if (refusal == REFUSAL_NONE)
		unlocked_free(&u);
	return refusal;
}

#define WRAPPED	"12345678901234567890123456789012345678901234"

static void
what_a_look_may_say(void **state)
{
	struct unlock_look look;

	(void)state;
	assert_int_equal(looks("plain \n", &look), REFUSAL_NONE);
	assert_false(look.encrypted);
	assert_int_equal(looks("encrypted 10010000\n", &look), REFUSAL_NONE);
	assert_true(look.encrypted);
	assert_int_equal(look.rounds, 10010000);
	assert_int_equal(looks("fault because \x1b[2J\n", &look),
	    REFUSAL_KEYBAG);
	assert_string_equal(examine_detail(ex), "because \x1b[2J");
}

static void
what_a_look_may_not_say(void **state)
{
	static const char *const lies[] = { "", "plain \nplain \n",
	    "encrypted 5\nplain \n", "encrypted 5\ndie\n", "encrypted \n",
	    "encrypted -1\n", "encrypted 99999999999999999999\n", "open \n",
	    "wrong \n", "nokey \n", "gap\n", "\n", "plainly\n",
	    "manifest " WRAPPED "\nplain \n", "encrypted 5\nfault x\n" };
	struct unlock_look look;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lies) / sizeof(lies[0]); i++)
		if (looks(lies[i], &look) != REFUSAL_MACHINE)
			fail_msg("believed: %s", lies[i]);
}

static void
what_unlocking_may_say(void **state)
{
	static const char *const lies[] = { "", "plain \n", "encrypted 5\n",
	    "open \nopen \n", "wrong \nopen \n", "open \ndie\n",
	    "manifest " WRAPPED "\nmanifest " WRAPPED "\nopen \n",
	    "open \nmanifest " WRAPPED "\n", "manifest 1234\nopen \n",
	    "manifest \nopen \n", "manifest " WRAPPED "5\nopen \n",
	    "manifest " WRAPPED "\n", "gap\nopen \n" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lies) / sizeof(lies[0]); i++)
		if (unlocks_by(lies[i]) != REFUSAL_MACHINE)
			fail_msg("believed: %s", lies[i]);
	assert_int_equal(unlocks_by("wrong \n"), REFUSAL_PASSWORD);
	assert_int_equal(unlocks_by("nokey \n"), REFUSAL_KEY_FILE);
	assert_int_equal(unlocks_by("fault x\n"), REFUSAL_KEYBAG);
	assert_int_equal(unlocks_by("progress\nopen \n"), REFUSAL_NONE);
	assert_int_equal(unlocks_by("manifest " WRAPPED "\nopen \n"),
	    REFUSAL_NONE);
}

/* A folder that is not there, or none. */
static void
what_cannot_be_opened(void **state)
{
	struct unlock_look look;
	char path[128];
	enum err err;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/nowhere", folder);
	assert_int_equal(unlock_look(ex, path, &look, &err), REFUSAL_MISSING);
	(void)snprintf(path, sizeof(path), "%s/Manifest.plist", folder);
	assert_int_equal(unlock_look(ex, path, &look, &err), REFUSAL_FILE);
}

static void
manifest_of(const struct encrypt_make *e, const uint8_t *wrapped)
{
	struct arena arena = arena_with(MIB);
	struct sample sample = sample_with(&arena, NULL);
	struct buf b = buf_with(64 * KIB);
	struct bytes plist;

	buf_text(&b, "<dict><key>IsEncrypted</key><true/>"
	    "<key>BackupKeyBag</key><data>");
	text_base64(&b, buf_bytes(&e->keybag));
	buf_text(&b, "</data><key>ManifestKey</key><data>");
	text_base64(&b, bytes_at(wrapped, WRAPPED_BYTES));
	buf_text(&b, "</data></dict>");
	assert_true(sample_plist(&sample, buf_bytes(&b), false, &plist));
	put("Manifest.plist", plist);
	buf_free(&b);
	sample_free(&sample);
	arena_free(&arena);
}

/* The real worker.  Afterwards nobody but us can change the keys. */
static void
the_right_password(void **state)
{
	uint8_t key[KEY_BYTES], wrapped[WRAPPED_BYTES], file[KEY_BYTES];
	struct encrypt_make e;
	struct unlock_look look;
	const struct keys *keys;
	struct unlocked u;
	const char *why;
	enum err err;

	(void)state;
	encrypt_make_init(&e, "p", 5, false, 1);
	assert_true(encrypt_make_key(&e, 4, false, key, wrapped));
	manifest_of(&e, wrapped);
	put("Manifest.db", bytes_of("not in clear, as anyone can see"));
	assert_int_equal(unlock_look(ex, folder, &look, &err), REFUSAL_NONE);
	assert_true(look.encrypted);
	assert_int_equal(look.rounds, 10005);
	assert_int_equal(unlocks("q", &u), REFUSAL_PASSWORD);
	assert_int_equal(unlocks("", &u), REFUSAL_PASSWORD);
	assert_int_equal(unlocks("p", &u), REFUSAL_NONE);
	keys = (const void *)u.keys.p;
	assert_int_equal(keys->n, 8);
	assert_memory_equal(u.key.p, e.keys.derived, KEY_BYTES);
	assert_true(u.manifest_encrypted);
	assert_memory_equal(u.manifest, wrapped, WRAPPED_BYTES);
	assert_true(keys_file(keys, bytes_at(u.manifest, WRAPPED_BYTES), file,
	    &why));
	assert_memory_equal(file, key, KEY_BYTES);
	assert_int_equal(write(u.keys.fd, "x", 1), -1);
	assert_int_equal(write(u.key.fd, "x", 1), -1);
	assert_true(mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED,
	    u.keys.fd, 0) == MAP_FAILED);
	unlocked_free(&u);
	encrypt_make_free(&e);
}

static int
begin(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/ostrakon-unlock-XXXXXX");
	return mkdtemp(folder) == NULL || examine_new(&ex) != ERR_NONE;
}

static int
end(void **state)
{
	char path[128];

	(void)state;
	examine_free(ex);
	(void)snprintf(path, sizeof(path), "%s/Manifest.plist", folder);
	(void)unlink(path);
	(void)snprintf(path, sizeof(path), "%s/Manifest.db", folder);
	(void)unlink(path);
	return rmdir(folder);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_look_may_say),
		cmocka_unit_test(what_a_look_may_not_say),
		cmocka_unit_test(what_unlocking_may_say),
		cmocka_unit_test(what_cannot_be_opened),
		cmocka_unit_test(the_right_password),
	};

	if (argc > 1 && strcmp(argv[1], "--nursery") == 0)
		return nursery_main(jobs, JOB_COUNT, worker_prepare);
	return cmocka_run_group_tests(tests, begin, end);
}
