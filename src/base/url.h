/*
 * URLs and host names, taken apart without allocation.
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

enum url_host { URL_HOST_NONE, URL_HOST_NAME, URL_HOST_IPV4, URL_HOST_IPV6 };

struct url {			/* all borrowed from the text */
	struct bytes text;	/* without blanks at its ends */
	struct bytes scheme;	/* without ":"; none for a bare host */
	struct bytes user;	/* user-info, without "@" */
	struct bytes host;	/* as written, without brackets */
	struct bytes path;	/* from "/" on, without query and fragment */
	struct bytes rest;	/* from "?" or "#" on */
	uint16_t port;		/* 0 if none is written, or no port number */
	enum url_host kind;
	uint8_t ip[16];		/* IPv4 in the first four */
};

/* Takes apart "scheme://…", "//host…" or "host[:port][/…]" as browsers do:
   backslashes count as slashes in http(s), blanks and controls at the ends
   are no part of it, IPv4 also as 0x7f.1, octal or one number when a scheme is
   there; "blob:https://…" gives the inner one.  Tab, CR and LF within, which
   browsers drop, are dropped by the caller.  False, and *u untouched, if no
   host can be found. */
bool url_read(struct url *u, struct bytes);

/* The host of a URL as indicators keep it: a name as url_host_normal gives it,
   or an address as text; false if the name cannot be one. */
bool url_normal(struct buf *to, const struct url *);

/* The host in the form indicators are kept in: lower case, percent-decoded,
   A-labels (IDNA 2008 with UTS 46 mapping through libidn2, only called for
   non-ASCII), no trailing dot.  At most LIMIT_HOST_BYTES; false, and nothing
   added, if it cannot be one. */
bool url_host_normal(struct buf *to, struct bytes host);

/* An address as text, no brackets: "1.2.3.4", "2001:db8::1"; IPv6 also with a
   zone, "fe80::1%en0", and with an IPv4 tail.  False: ip untouched. */
bool url_ipv4(struct bytes, uint8_t ip[4]);
bool url_ipv6(struct bytes, uint8_t ip[16]);

/* The registrable domain (public-suffix list, with its private section) of a
   normal host: a tail of it; none for an IP or a bare suffix. */
struct bytes url_registrable(struct bytes normal_host);

/* Same registrable domain, or same host where there is none, or the same
   bytes. */
bool url_same_site(struct bytes url, struct bytes other_url);

/* One pass over free text.  Finds URLs with a scheme, and dotted host names
   without one ("example.com/x", "http" not needed), and e-mail addresses.
   Trailing punctuation and unbalanced closing brackets are not part of it.
   *at begins at 0 and moves on; false at the end.

   It finds too much rather than too little: any last label of two letters or
   more will do ("file.txt").  A URL ends where one inside it begins
   ("?u=https://…"), so that both hosts are found.  Where a bare name runs
   together with words in other letters, the whole is found, and then the
   Latin part, which lies within it. */
enum url_found { URL_FOUND_URL, URL_FOUND_HOST, URL_FOUND_EMAIL };
bool url_find(struct bytes text, size_t *at, struct bytes *found,
    enum url_found *what);

/* Whether the host, or what follows its "www.", is a known link shortener (so
   where it led is unknown). */
bool url_is_shortener(struct bytes normal_host);

/* Loads what libpsl and libidn2 would open later; call before the jail. */
void url_prepare(void);

#endif
