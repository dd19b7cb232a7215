/*
 * The one spelling in which values are compared.  Indicators and evidence go
 * through the same functions, or they would not meet.
 */
#ifndef INDICATOR_NORMAL_H
#define INDICATOR_NORMAL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/url.h"

/* All append to the buffer.  False if the value is none of its kind; what was
   appended is then worth nothing. */

/* ASCII lower case. */
bool normal_lower(struct buf *, struct bytes);

/* name@host, both lower case, the host as url_host_normal has it. */
bool normal_email(struct buf *, struct bytes);

/* Digits alone: +44 20 7946 0958, 0044-20-79460958 and tel:+442079460958 are
   "442079460958".  A sender's name in letters becomes lower case. */
bool normal_phone(struct buf *, struct bytes);

/* Hex digits, lower case; colons and blanks between them are left out. */
bool normal_hex(struct buf *, struct bytes);

/* "//host:port/path?query#fragment" without user-info, without the usual port
   of the scheme, "/" for an empty path. */
bool normal_url(struct buf *, const struct url *, bool fragment);

/* The host and the port, if not the usual one, and the path without "/" at
   its end. */
bool normal_place(struct buf *, const struct url *);

/* A path without "//", "/./" and "/" at its end, and without the /private
   before /var, /tmp and /etc; "file://" before it is dropped.  Absolute ones
   begin with "/", others do not. */
bool normal_path(struct buf *, struct bytes);

/* The address cut to its network, and the length of the prefix: bytes + 1 in
   all, of 4 or 16. */
void normal_network(uint8_t to[17], const uint8_t *ip, unsigned bytes,
    unsigned prefix);

/* The part after the last "/" or, if the path ends in some, before them. */
struct bytes normal_base(struct bytes path);

/* The part of the text inside brackets "Name <a@b>", or all of it. */
struct bytes normal_strip(struct bytes);

#endif
