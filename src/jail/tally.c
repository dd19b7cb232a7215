#include "jail/tally.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"

#define FLUSH_AT	(64 * KIB)

enum err
tally_begin(struct tally *t, int fd)
{
	memset(t, 0, sizeof(*t));
	t->fd = fd;
	t->text = buf_with(2 * FLUSH_AT);
	return hash_new(&t->hash);
}

static enum err
write_all(int fd, struct bytes b)
{
	size_t at = 0;
	ssize_t n;

	while (at < b.n) {
		n = write(fd, b.p + at, b.n - at);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return errno == ENOSPC || errno == EDQUOT ? ERR_FULL :
			    ERR_IO;
		at += (size_t)n;
	}
	return ERR_NONE;
}

static void
flush(struct tally *t)
{
	if (t->text.bad)
		t->err = ERR_MEMORY;
	if (t->err != ERR_NONE)
		return;
	hash_add(t->hash, buf_bytes(&t->text));
	if (t->fd != -1)
		t->err = write_all(t->fd, buf_bytes(&t->text));
	buf_reset(&t->text);
}

void
tally_add(struct tally *t, struct bytes name, uint64_t size,
    const uint8_t *sha256)
{
	if (t->err != ERR_NONE)
		return;
	buf_add(&t->text, name);
	buf_byte(&t->text, '\0');
	buf_uint(&t->text, size);
	buf_byte(&t->text, '\0');
	if (sha256 == NULL)
		buf_byte(&t->text, '-');
	else
		text_hex(&t->text, bytes_at(sha256, HASH_SHA256));
	buf_byte(&t->text, '\n');
	t->files++;
	t->bytes += size;
	if (t->text.bad || t->text.n >= FLUSH_AT)
		flush(t);
}

enum err
tally_end(struct tally *t, char sha256[65])
{
	uint8_t digest[HASH_SHA256];
	struct buf hex = buf_with(2 * HASH_SHA256);

	flush(t);
	if (t->err == ERR_NONE) {
		hash_end(t->hash, digest);
		text_hex(&hex, bytes_at(digest, sizeof(digest)));
		if (hex.bad)
			t->err = ERR_MEMORY;
	}
	if (t->err == ERR_NONE) {
		memcpy(sha256, hex.p, hex.n);
		sha256[hex.n] = '\0';
	}
	buf_free(&hex);
	buf_free(&t->text);
	hash_free(t->hash);
	t->hash = NULL;
	return t->err;
}
