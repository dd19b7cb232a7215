/*
 * In CBC a block needs only the one before it, so that any page of a file can
 * be read by itself.  Readers go through databases page by page: the last block
 * of one read is kept, for it begins the next.
 */
#include "crypt/decrypt.h"

#include <assert.h>
#include <string.h>

#include <openssl/evp.h>

#include "base/bytes.h"
#include "base/text.h"
#include "base/vault.h"

#define BLOCK		16
/* A page of a database, which in a write-ahead log begins within a block; what
   is larger is decrypted where it lies. */
#define CHUNK		(4096 + BLOCK)
/* Enough of a file to tell whether it is text. */
#define LOOK		256
/* What libcrypto takes at once is an int. */
#define STRETCH		(1u << 30)

static const uint8_t sqlite_magic[16] = "SQLite format 3";
#define SQLITE_PAGE_SIZE	16	/* where it stands, and in 2 bytes */
#define SQLITE_PAGES		28	/* in 4 bytes */
#define SQLITE_HEAD		32	/* enough of the header for both */

struct decrypt {
	struct input cipher;
	EVP_CIPHER_CTX *ctx;
	uint64_t size;			/* of the clear text */
	uint64_t next;			/* where the last read ended ... */
	uint8_t last[BLOCK];		/* ... and the encrypted block before */
};

static EVP_CIPHER *cbc;

enum err
decrypt_prepare(void)
{
	(void)vault_prepare();
	/* The system's openssl.cnf could load modules into us. */
	if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) != 1)
		return ERR_MEMORY;
	if (cbc == NULL)
		cbc = EVP_CIPHER_fetch(NULL, "AES-256-CBC", NULL);
	if (cbc == NULL)
		return ERR_MEMORY;
	return keys_prepare();
}

/* n encrypted bytes, whole blocks of which the first follows `iv`. */
static void
blocks(struct decrypt *d, const uint8_t iv[BLOCK], const uint8_t *from,
    uint8_t *to, size_t n)
{
	int ok = EVP_DecryptInit_ex2(d->ctx, NULL, NULL, iv, NULL);
	int part, out;

	while (ok == 1 && n > 0) {
		part = n < STRETCH ? (int)n : (int)STRETCH;
		ok = EVP_DecryptUpdate(d->ctx, to, &out, from, part);
		from += part;
		to += part;
		n -= (size_t)part;
	}
	assert(ok == 1);
}

/* Remembers where a read of n bytes ended; from is what was read. */
static void
remember(struct decrypt *d, const uint8_t *from, size_t n, uint64_t offset)
{
	memcpy(d->last, from + n - BLOCK, BLOCK);
	d->next = offset + n;
}

/* Whole blocks at a block's beginning, of which the one before is known. */
static size_t
read_onward(struct decrypt *d, uint8_t *to, size_t n, uint64_t offset)
{
	size_t got = input_read(&d->cipher, to, n, offset);
	uint8_t iv[BLOCK];

	got -= got % BLOCK;
	if (got == 0)
		return 0;
	memcpy(iv, d->last, BLOCK);
	remember(d, to, got, offset);
	blocks(d, iv, to, to, got);
	return got;
}

/* The same anywhere: reads the block before too. */
static size_t
read_anywhere(struct decrypt *d, uint8_t *to, size_t n, uint64_t offset)
{
	uint8_t from[BLOCK + CHUNK];
	size_t got;

	if (n > CHUNK) {
		d->next = UINT64_MAX;
		if (input_read(&d->cipher, d->last, BLOCK, offset - BLOCK) <
		    BLOCK)
			return 0;
		d->next = offset;
		return read_onward(d, to, n, offset);
	}
	got = input_read(&d->cipher, from, BLOCK + n, offset - BLOCK);
	got -= got % BLOCK;
	if (got <= BLOCK)
		return 0;
	remember(d, from, got, offset - BLOCK);
	blocks(d, from, from + BLOCK, to, got - BLOCK);
	return got - BLOCK;
}

static size_t
read_blocks(struct decrypt *d, uint8_t *to, size_t n, uint64_t offset)
{
	assert(n % BLOCK == 0 && offset % BLOCK == 0);
	if (offset == 0) {
		memset(d->last, 0, BLOCK);	/* the IV */
		d->next = 0;
	}
	if (offset == d->next)
		return read_onward(d, to, n, offset);
	return read_anywhere(d, to, n, offset);
}

/* What begins or ends within a block, at most about a chunk. */
static size_t
read_ragged(struct decrypt *d, uint8_t *to, size_t n, uint64_t offset)
{
	size_t before = (size_t)(offset % BLOCK);
	size_t whole = CHUNK;
	uint8_t clear[CHUNK];
	size_t got;

	if (n < CHUNK - before)
		whole = (before + n + BLOCK - 1) / BLOCK * BLOCK;
	got = read_blocks(d, clear, whole, offset - before);
	if (got <= before)
		return 0;
	got -= before;
	if (got > n)
		got = n;
	memcpy(to, clear + before, got);
	return got;
}

static size_t
read_clear(const struct input *in, void *to, size_t n, uint64_t offset)
{
	struct decrypt *d = in->ctx;
	uint8_t *at = to;
	size_t done = 0;
	size_t got = 1;

	while (done < n && got > 0) {
		if ((offset + done) % BLOCK == 0 && n - done >= BLOCK)
			got = read_blocks(d, at + done,
			    (n - done) / BLOCK * BLOCK, offset + done);
		else
			got = read_ragged(d, at + done, n - done,
			    offset + done);
		done += got;
	}
	return done;
}

/* --- how long the clear text is ------------------------------------------- */

/* A database of `whole` bytes, encrypted without padding: whole pages.  What
   looks like padding is then the end of its last page.  With `count` they must
   be as many as it says; a header may lag behind a write-ahead log. */
static bool
is_bare_database(struct decrypt *d, uint64_t whole, bool count)
{
	struct input in = decrypt_input(d);
	uint8_t head[SQLITE_HEAD];
	uint64_t page, pages;
	struct cur c = cur_over(bytes_at(head, sizeof(head)));

	if (input_read(&in, head, sizeof(head), 0) < sizeof(head) ||
	    memcmp(head, sqlite_magic, sizeof(sqlite_magic)) != 0)
		return false;
	cur_seek(&c, SQLITE_PAGE_SIZE);
	page = cur_be(&c, 2);
	cur_seek(&c, SQLITE_PAGES);
	pages = cur_be(&c, 4);
	if (page == 1)
		page = 65536;
	if (page < 512 || (page & (page - 1)) != 0 || whole % page != 0)
		return false;
	return !count || pages * page == whole;
}

/* How many bytes the padding of this last block has; 0 if it is none. */
static unsigned
padding_of(const uint8_t block[BLOCK])
{
	unsigned n = block[BLOCK - 1];
	unsigned i;

	if (n < 1 || n > BLOCK)
		return 0;
	for (i = BLOCK - n; i < BLOCK; i++)
		if (block[i] != n)
			return 0;
	return n;
}

/* Finds d->size; before, reads go to the end of the last whole block. */
static enum decrypt_odd
measure(struct decrypt *d)
{
	uint64_t whole = d->cipher.size - d->cipher.size % BLOCK;
	struct input in;
	uint8_t block[BLOCK];
	unsigned padding;

	d->size = whole;
	if (whole != d->cipher.size)
		return DECRYPT_CUT;
	if (whole == 0)
		return DECRYPT_FINE;
	in = decrypt_input(d);
	if (input_read(&in, block, BLOCK, whole - BLOCK) < BLOCK)
		return DECRYPT_CUT;
	padding = padding_of(block);
	if (is_bare_database(d, whole, padding == 0))
		return DECRYPT_FINE;
	d->size = whole - padding;
	return padding == 0 ? DECRYPT_PADDING : DECRYPT_FINE;
}

/* --- the whole ------------------------------------------------------------ */

enum err
decrypt_open(struct decrypt **out, const struct input *cipher,
    const uint8_t key[KEY_BYTES], enum decrypt_odd *odd)
{
	static const uint8_t zero[BLOCK];
	struct decrypt *d;
	int ok;

	if (cbc == NULL && decrypt_prepare() != ERR_NONE)
		return ERR_MEMORY;
	keys_lock();
	d = vault_new(sizeof(*d));
	if (d == NULL)
		return ERR_MEMORY;
	d->cipher = *cipher;
	d->next = UINT64_MAX;
	vault_open();
	d->ctx = EVP_CIPHER_CTX_new();
	ok = d->ctx != NULL && EVP_DecryptInit_ex2(d->ctx, cbc, key, zero,
	    NULL) == 1 && EVP_CIPHER_CTX_set_padding(d->ctx, 0) == 1;
	vault_close();
	if (!ok) {
		decrypt_close(d);
		return ERR_MEMORY;
	}
	*odd = measure(d);
	*out = d;
	return ERR_NONE;
}

struct input
decrypt_input(struct decrypt *d)
{
	struct input in = { .read = read_clear, .size = d->size, .fd = -1,
	    .ctx = d };

	return in;
}

void
decrypt_close(struct decrypt *d)
{
	if (d == NULL)
		return;
	EVP_CIPHER_CTX_free(d->ctx);
	vault_free(d, sizeof(*d));
}

bool
decrypt_in_clear(const struct input *in)
{
	static const uint8_t wal[8] = { 0x37, 0x7f, 0x06, 0x82, 0x00, 0x2d,
	    0xe2, 0x18 };		/* and its version; or ..83 */
	static const uint8_t journal[8] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20,
	    0xa1, 0x63, 0xd7 };
	uint8_t head[sizeof(sqlite_magic)] = { 0 };
	struct bytes b = bytes_at(head, input_read(in, head, sizeof(head), 0));

	if (bytes_eq(b, bytes_at(sqlite_magic, sizeof(sqlite_magic))) ||
	    bytes_starts(b, "bplist0") || bytes_starts(b, "<?xml ") ||
	    bytes_starts(b, "cook") ||
	    memcmp(head, journal, sizeof(journal)) == 0)
		return true;
	head[3] &= 0xfe;
	return memcmp(head, wal, sizeof(wal)) == 0;
}

bool
decrypt_seems_needed(const struct input *in)
{
	uint8_t head[LOOK];
	struct bytes b;
	size_t i;

	if (in->size == 0 || in->size % BLOCK != 0 || decrypt_in_clear(in))
		return false;
	b = bytes_at(head, input_read(in, head, sizeof(head), 0));
	/* The log or journal of a database that was closed well. */
	for (i = 0; i < b.n && i < BLOCK && head[i] == 0; i++)
		continue;
	return i < b.n && i < BLOCK && !text_utf8(text_head(b, LOOK - 4));
}
