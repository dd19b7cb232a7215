/*
 * Addresses as browsers read and write them.
 */
#ifndef BASE_URL_IP_H
#define BASE_URL_IP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

/* Whether the last label is a number, so that the host can only be an IPv4
   address (WHATWG URL, "ends in a number"). */
bool url_ip_is_number(struct bytes host);

/* IPv4 in every form browsers take: 1 to 4 parts, each decimal, octal (0…) or
   hexadecimal (0x…), the last filling the bytes that are left, and a dot at
   the end. */
bool url_ip_loose(struct bytes, uint8_t ip[4]);

/* RFC 5952 for IPv6. */
void url_ip_show4(struct buf *, const uint8_t ip[4]);
void url_ip_show6(struct buf *, const uint8_t ip[16]);

#endif
