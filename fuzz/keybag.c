/*
 * Key bags and key files: what is read must be within bounds, and what was not
 * made with the password must not open.
 */
/* fuzz: max_len=4096 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "crypt/decrypt.h"
#include "crypt/keybag.h"

#define ROUNDS	50	/* more would only be slow */

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_at(data, size);
	uint8_t key[KEY_BYTES] = { 0 };
	struct keybag bag;
	struct keys keys;
	const char *why = NULL;

	(void)decrypt_prepare();
	(void)keybag_key_text(in, key);
	if (!keybag_read(&bag, in, &why)) {
		assert(why != NULL);
		return 0;
	}
	assert(bag.rounds > 0 && bag.nclasses <= KEYS_MAX &&
	    bag.rounds + bag.rounds2 <= KEYBAG_ROUNDS_MAX);
	if (bag.rounds + bag.rounds2 > ROUNDS)
		return 0;
	/* The seeds open with "p". */
	if (keybag_derive(&bag, bytes_of("p"), key, NULL) &&
	    keybag_unlock(&bag, key, &keys))
		assert(keys.n > 0 && keys.n <= bag.nclasses);
	if (keybag_derive(&bag, bytes_of("q"), key, NULL))
		assert(!keybag_unlock(&bag, key, &keys));
	return 0;
}
