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

/* What libidn2 would set up at its first use. */
void url_host_prepare(void);

#endif
