/*
 * Where libcrypto keeps keys: in a region that its owner has locked, as long as
 * the vault is open; else in the heap like everything of the C library.
 *
 * libcrypto puts a key schedule where its allocator tells it to, and the
 * allocator can be chosen once, before it first allocates.  One thread.
 */
#ifndef BASE_VAULT_H
#define BASE_VAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What one piece can have, and all that is used of a region. */
#define VAULT_PIECE	1024
#define VAULT_PIECES	256

/* From now on libcrypto asks here for memory.  False if it has begun without,
   or is built without that door: its keys then lie in the heap. */
bool vault_prepare(void);

/* A region of VAULT_PIECES pieces, zeroed, aligned to one; it must outlive the
   process's use of libcrypto.  Once. */
void vault_region(uint8_t *);
bool vault_has_region(void);

/* Between open and close what libcrypto asks for comes from the region. */
void vault_open(void);
void vault_close(void);

/* Memory of n bytes, zeroed, from the region if there is room, else from the
   heap; NULL if there is none. */
void *vault_new(size_t n);

/* Gives back, wiped, what vault_new gave; n as then.  NULL is allowed. */
void vault_free(void *, size_t n);

/* Pieces of the region in use. */
size_t vault_used(void);

#endif
