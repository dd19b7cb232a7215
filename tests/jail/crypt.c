/*
 * Encrypted backups in the jail: one worker derives the keys of a key bag and
 * writes them into the parent's secret; another has them mapped, unwraps a
 * file's key and reads the file.  All that libcrypto needs is loaded before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/vault.h"
#include "crypt/decrypt.h"
#include "crypt/keybag.h"
#include "crypt/secret.h"
#include "jail/nursery.h"
#include "keybag_make.h"

#define FILE_BYTES	100000
#define PASSWORD	"correct horse"

static const uint8_t file_key[KEY_BYTES] = "key of the file";

static void
prepare(void)
{
	if (decrypt_prepare() != ERR_NONE || !vault_prepare() ||
	    hash_prepare() != ERR_NONE)
		_exit(1);
}

static bool
go_on(void *ctx, uint64_t done)
{
	(void)ctx;
	return done < 1000000;
}

/* Its arguments are the key bag; descriptors: the password, for the keys. */
static int
derives(const struct worker *w)
{
	static const enum pbkdf2_way ways[] = { PBKDF2_PORTABLE, PBKDF2_SHANI };
	struct pbkdf2_progress progress = { go_on, NULL };
	uint8_t key[KEY_BYTES], other[KEY_BYTES], best[KEY_BYTES];
	struct secret password, room;
	struct keybag bag;
	const char *why;
	unsigned i;

	if (secret_map(&password, w->fds[0], strlen(PASSWORD)) != ERR_NONE ||
	    secret_private(&room, sizeof(struct keys)) != ERR_NONE ||
	    !password.locked || !room.locked)
		return 1;
	if (!keybag_read(&bag, w->args, &why))
		return 2;
	if (!keybag_derive(&bag, bytes_of("wrong"), key, &progress) ||
	    keybag_unlock(&bag, key, (void *)room.p))
		return 3;
	if (!keybag_derive(&bag, bytes_at(password.p, password.n), key,
	    &progress) || !keybag_unlock(&bag, key, (void *)room.p))
		return 4;
	(void)pbkdf2(PBKDF2_BEST, PBKDF2_SHA1, bytes_of("p"), bag.salt, 99,
	    best, NULL);
	for (i = 0; i < 2; i++)
		if (pbkdf2_has(ways[i]) && (!pbkdf2(ways[i], PBKDF2_SHA1,
		    bytes_of("p"), bag.salt, 99, other, NULL) ||
		    memcmp(other, best, sizeof(best)) != 0))
			return 5;
	if (secret_write(w->fds[1], room.p, room.n) != ERR_NONE)
		return 6;
	secret_free(&room);
	secret_free(&password);
	return WORKER_DONE;
}

/* Its arguments are the file's wrapped key; descriptors: the keys, the file. */
static int
reads(const struct worker *w)
{
	struct input cipher = input_file(w->fds[1], FILE_BYTES + 16), in;
	uint8_t key[KEY_BYTES], damaged[WRAPPED_BYTES], page[4096];
	struct secret keys;
	enum decrypt_odd odd;
	struct decrypt *d;
	const char *why;
	size_t at, i;

	if (secret_map(&keys, w->fds[0], sizeof(struct keys)) != ERR_NONE)
		return 1;
	memcpy(damaged, w->args.p, sizeof(damaged));
	damaged[9] ^= 1;
	if (keys_file((void *)keys.p, bytes_at(damaged, sizeof(damaged)), key,
	    &why) || !keys_file((void *)keys.p, w->args, key, &why) ||
	    memcmp(key, file_key, sizeof(key)) != 0)
		return 2;
	if (decrypt_open(&d, &cipher, key, &odd) != ERR_NONE ||
	    odd != DECRYPT_FINE)
		return 3;
	/* The struct, and two pieces of libcrypto's. */
	if (!vault_has_region() || vault_used() != 3)
		return 4;
	in = decrypt_input(d);
	for (at = 0; at < FILE_BYTES; at += sizeof(page) - 1) {
		if (input_read(&in, page, sizeof(page), at) != (FILE_BYTES -
		    at < sizeof(page) ? FILE_BYTES - at : sizeof(page)))
			return 5;
		for (i = 0; i < sizeof(page) && at + i < FILE_BYTES; i++)
			if (page[i] != (uint8_t)((at + i) * 7 >> 3))
				return 6;
	}
	decrypt_close(d);
	return vault_used() == 0 ? WORKER_DONE : 7;
}

static job_fn *const jobs[] = { derives, reads };

static void
run(struct nursery *n, uint32_t kind, struct bytes args, int one, int two)
{
	int fds[] = { one, two };
	struct job job = { .kind = kind, .id = kind, .args = args, .fds = fds,
	    .nfds = 2 };
	struct nursery_end end;
	int channel;

	job.limits.memory = LIMIT_WORKER_AS;
	job.limits.seconds = 10;
	job.limits.file = SECRET_MAX;
	assert_int_equal(nursery_job(n, &job, &channel), ERR_NONE);
	assert_int_equal(nursery_ended(n, &end), ERR_NONE);
	if (!end.exited || end.status != 0)
		print_message("job %u %s (%d)\n", kind, end.why, end.status);
	assert_true(end.exited);
	assert_int_equal(end.status, 0);
	(void)close(channel);
}

static int
file_of(const struct buf *b)
{
	int fd = memfd_create("file", MFD_CLOEXEC);

	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, b->p, b->n), (ssize_t)b->n);
	return fd;
}

static void
from_a_password_to_a_page(void **state)
{
	struct keybag_make m = keybag_make_with(PASSWORD, 20, 30, 9);
	struct buf bag = buf_with(MIB), text = buf_with(MIB);
	struct buf file = buf_with(MIB);
	struct nursery *n = NULL;
	uint8_t wrapped[WRAPPED_BYTES];
	struct secret password, keys;
	int fd;

	(void)state;
	keybag_make(&bag, &m);
	keybag_make_file_key(&m, 3, file_key, wrapped);
	while (text.n < FILE_BYTES)
		buf_byte(&text, (uint8_t)(text.n * 7 >> 3));
	keybag_make_file(&file, file_key, buf_bytes(&text), true);
	fd = file_of(&file);
	assert_int_equal(secret_new(&password, strlen(PASSWORD)), ERR_NONE);
	memcpy(password.p, PASSWORD, strlen(PASSWORD));
	assert_int_equal(secret_new(&keys, sizeof(struct keys)), ERR_NONE);

	assert_int_equal(nursery_start(&n), ERR_NONE);
	run(n, 0, buf_bytes(&bag), password.fd, keys.fd);
	assert_int_equal(((struct keys *)(void *)keys.p)->n, 11);
	run(n, 1, bytes_at(wrapped, sizeof(wrapped)), keys.fd, fd);
	nursery_stop(n);

	secret_free(&keys);
	secret_free(&password);
	(void)close(fd);
	buf_free(&bag);
	buf_free(&text);
	buf_free(&file);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_a_password_to_a_page),
	};

	if (argc > 1 && strcmp(argv[1], "--nursery") == 0)
		return nursery_main(jobs, sizeof(jobs) / sizeof(jobs[0]),
		    prepare);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
