/*
 * Link shorteners in wide use: hosts whose links lead on to anywhere.
 */
#ifndef BASE_URL_SHORTENERS_H
#define BASE_URL_SHORTENERS_H

#include <stddef.h>

/* Normal hosts, sorted by their bytes. */
extern const char *const url_shorteners[];
extern const size_t url_shorteners_count;

#endif
