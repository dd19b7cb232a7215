/*
 * Files of an encrypted backup: read whole, and in pieces whose sizes the
 * input gives, they are the same.
 */
/* fuzz: max_len=16384 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "crypt/decrypt.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t key[KEY_BYTES] = "a key that the seeds are of";
	static uint8_t whole[1 << 20], part[1 << 12];
	struct input cipher = input_memory(bytes_at(data, size)), in;
	enum decrypt_odd odd;
	struct decrypt *d;
	size_t at = 0, n, i;

	(void)decrypt_in_clear(&cipher);
	if (size > sizeof(whole) ||
	    decrypt_open(&d, &cipher, key, &odd) != ERR_NONE)
		return 0;
	in = decrypt_input(d);
	assert(in.size <= size);
	n = input_read(&in, whole, sizeof(whole), 0);
	assert(n == in.size);
	for (i = 0; at < n; i++) {
		size_t ask = 1 + data[i % size] * (i % 17);
		size_t got = input_read(&in, part, ask, at);

		assert(got == (ask < n - at ? ask : n - at));
		assert(memcmp(part, whole + at, got) == 0);
		at += data[(i + 1) % size] % 3 == 0 ? 1 + got / 2 : got;
	}
	decrypt_close(d);
	return 0;
}
