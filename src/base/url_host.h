/*
 * Host names in their normal form, for the files that take URLs apart.
 */
#ifndef BASE_URL_HOST_H
#define BASE_URL_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/limits.h"

/* As url_host_normal: how many bytes were written, or 0 if the host cannot
   be one. */
size_t url_host_put(uint8_t to[LIMIT_HOST_BYTES], struct bytes host);

/* The same for the hosts that most are: letters, digits, "-", "_" and dots
   between labels, the last of which begins with a letter (so it is no
   address).  0: not such a one. */
size_t url_host_plain(uint8_t to[LIMIT_HOST_BYTES], struct bytes host);
bool url_host_is_plain(struct bytes host);

/* What libidn2 would set up at its first use. */
void url_host_prepare(void);

#endif
