/*
 * One file of a backup, from one descriptor to another.
 */
#include "examine/worker_copy.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "crypt/decrypt.h"
#include "crypt/secret.h"
#include "examine/worker.h"

/* What is read, hashed, decrypted and written at once: it stays in the
   processor's cache. */
#define WINDOW		(256 * KIB)

enum err
worker_copy_new(struct copier *c, struct arena *arena)
{
	enum err err = hash_new(&c->source_hash);

	if (err == ERR_NONE)
		err = hash_new(&c->hash);
	c->window = arena_alloc(arena, WINDOW, 1);
	return c->window == NULL ? ERR_MEMORY : err;
}

void
worker_copy_free(struct copier *c)
{
	hash_free(c->source_hash);
	hash_free(c->hash);
}

/* The bytes of a file as it lies, hashed as they are read for the first
   time. */
struct tee {
	const struct input *from;
	struct hash *hash;
	uint64_t next;			/* all before it has been hashed */
};

static size_t
tee_read(const struct input *in, void *to, size_t n, uint64_t offset)
{
	struct tee *t = in->ctx;
	size_t got = input_read(t->from, to, n, offset);

	if (offset <= t->next && offset + got > t->next) {
		hash_add(t->hash, bytes_part(bytes_at(to, got),
		    (size_t)(t->next - offset), SIZE_MAX));
		t->next = offset + got;
	}
	return got;
}

/* Static text. */
static void
fault(struct copier *c, const char *why)
{
	c->result->why = bytes_of(why);
}

/* False, and the outcome told, if it cannot be written. */
static bool
write_all(struct copier *c, int fd, struct bytes data)
{
	ssize_t wrote;

	while (data.n > 0) {
		wrote = write(fd, data.p, data.n);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0) {
			c->result->outcome = wrote < 0 &&
			    errno != ENOSPC && errno != EDQUOT ?
			    EXTRACT_WRITE_ERROR : EXTRACT_DISK_FULL;
			return false;
		}
		data = bytes_part(data, (size_t)wrote, SIZE_MAX);
	}
	return true;
}

/* From the input to the descriptor (-1: nowhere), hashed; whether all of it
   could be read. */
static bool
stream(struct copier *c, const struct input *in, int to)
{
	struct extract_result *r = c->result;
	struct bytes part;

	r->outcome = to < 0 ? EXTRACT_NOT_WRITTEN : EXTRACT_WRITTEN;
	for (r->size = 0; r->size < in->size; r->size += part.n) {
		part = bytes_at(c->window, input_read(in, c->window, WINDOW,
		    r->size));
		hash_add(c->hash, part);
		if (part.n == 0 || (to >= 0 && !write_all(c, to, part)))
			break;
	}
	hash_end(c->hash, r->sha256);
	return r->size == in->size;
}

/* As it lies. */
static void
copy(struct copier *c, const struct input *in, int to)
{
	struct extract_result *r = c->result;
	bool whole = stream(c, in, to);

	r->has_source = whole;
	r->source_size = r->size;
	memcpy(r->source_sha256, r->sha256, HASH_SHA256);
	if (!whole && r->outcome == EXTRACT_WRITTEN)
		r->outcome = EXTRACT_NOT_WRITTEN;
	if (!whole)
		fault(c, "it could not be read to its end");
}

/* What no block of the clear text begins with is read for the hash alone. */
static bool
read_rest(struct copier *c, const struct input *in, const struct tee *t)
{
	size_t got = 1;

	while (t->next < in->size && got > 0)
		got = input_read(in, c->window, WINDOW, t->next);
	return t->next == in->size;
}

static void
decrypt_to(struct copier *c, const struct input *from,
    const uint8_t key[KEY_BYTES], int to)
{
	struct extract_result *r = c->result;
	struct tee tee = { from, c->source_hash, 0 };
	struct input cipher = { .read = tee_read, .size = from->size,
	    .fd = -1, .ctx = &tee };
	enum decrypt_odd odd = DECRYPT_FINE;
	struct decrypt *d;
	struct input clear;
	bool whole;

	if (decrypt_open(&d, &cipher, key, &odd) != ERR_NONE)
		_exit(WORKER_NO_MEMORY);
	clear = decrypt_input(d);
	whole = stream(c, &clear, to) && read_rest(c, &cipher, &tee);
	decrypt_close(d);
	hash_end(c->source_hash, r->source_sha256);
	r->source_size = from->size;
	r->has_source = whole;
	if (!whole && r->outcome == EXTRACT_WRITTEN)
		r->outcome = EXTRACT_NOT_WRITTEN;
	if (!whole)
		fault(c, "it could not be read to its end");
	else if (odd == DECRYPT_PADDING)
		fault(c, "what ends the encrypted file is wrong (padding): it "
		    "was cut, or its key is not right; written whole");
	else if (odd == DECRYPT_CUT)
		fault(c, "the encrypted file was cut: its last block is not "
		    "whole, and is left out");
	else if (from->size == 0 && r->manifest_size > 0)
		fault(c, "the file is empty, which the manifest says it is "
		    "not");
}

/* Before iOS 10.2 Manifest.db lay in clear, so a backup that lost its key bag
   looks like a plain one: what nobody could tell from an encrypted file. */
static bool
may_be_encrypted(const struct copier *c, const struct copy_source *lies)
{
	const struct extract_result *r = c->result;

	return lies->key.n > 0 && r->size > 0 && r->size % 16 == 0 &&
	    r->size != r->manifest_size;
}

void
worker_copy(struct copier *c, const struct input *in,
    const struct copy_source *lies, int to, struct extract_result *result)
{
	const char *why = "";
	uint8_t key[KEY_BYTES];

	c->result = result;
	if ((lies->key.n == 0 && !lies->damaged) || decrypt_in_clear(in)) {
		copy(c, in, to);
	} else if (c->keys == NULL) {
		copy(c, in, to);
		if (may_be_encrypted(c, lies) && c->result->why.n == 0)
			fault(c, "the manifest has a key for it, and the "
			    "backup none: copied as it lies, which may be "
			    "encrypted");
	} else if (lies->damaged) {
		copy(c, in, -1);
		fault(c, "what the manifest says of it is damaged, so that it "
		    "cannot be decrypted");
	} else if (lies->key.n != WRAPPED_BYTES) {
		copy(c, in, -1);
		fault(c, "its key is damaged in the manifest");
	} else if (!keys_file(c->keys, lies->key, key,
	    &why)) {
		copy(c, in, -1);
		fault(c, why);
	} else {
		decrypt_to(c, in, key, to);
		secret_wipe(key, sizeof(key));
	}
}
