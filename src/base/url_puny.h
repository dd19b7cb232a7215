/*
 * Punycode (RFC 3492), for labels that IDNA 2008 refuses and browsers take:
 * emoji above all.
 */
#ifndef BASE_URL_PUNY_H
#define BASE_URL_PUNY_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

#define URL_PUNY_LABEL	63	/* bytes of a label in DNS */

/* The label as "xn--…", ASCII letters in lower case and variation selectors
   left out: its length, or 0 if it is not UTF-8 or comes out too long. */
size_t url_puny_put(uint8_t to[URL_PUNY_LABEL], struct bytes label);

#endif
