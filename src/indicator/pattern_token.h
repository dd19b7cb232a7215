/*
 * The words and signs of a STIX pattern.
 */
#ifndef INDICATOR_PATTERN_TOKEN_H
#define INDICATOR_PATTERN_TOKEN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"

enum pattern_token {
	TOKEN_END,
	TOKEN_WORD,		/* letters, digits, "_" and "-" */
	TOKEN_SIGN,		/* one of [ ] ( ) , : . * */
	TOKEN_COMPARE,		/* = == != <> < <= > >= */
	TOKEN_TEXT,		/* 'it\'s', also in double quotes */
	TOKEN_NUMBER,
	TOKEN_HEX,		/* h'00ff' */
	TOKEN_BINARY,		/* b'AP8=' */
	TOKEN_TIME		/* t'2026-01-01T00:00:00Z' */
};

struct pattern_tokens {		/* the current one */
	enum pattern_token is;
	struct bytes text;	/* without quotes and escapes */
	struct bytes in;
	size_t from, at;	/* where it begins, and what follows it */
	struct arena *arena;
	const char *fault;	/* sticky; then `is` is TOKEN_END */
};

/* At the first token. */
struct pattern_tokens pattern_token_over(struct bytes, struct arena *);
void pattern_token_next(struct pattern_tokens *);
void pattern_token_fault(struct pattern_tokens *, const char *why);

bool pattern_token_is(const struct pattern_tokens *, uint8_t sign);
bool pattern_token_is_word(const struct pattern_tokens *, const char *);

/* An object path, "file:hashes.'SHA-256'", as "file:hashes.SHA-256"; list
   indexes ("[*]") stay in it.  False, and a fault, if there is none. */
bool pattern_token_path(struct pattern_tokens *, struct arena *,
    struct bytes *);

#endif
