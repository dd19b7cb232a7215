/*
 * Everything that reports say to people, in each language: one table for what
 * each rule means, one for all other phrases.
 *
 * Phrases may hold {} where a number or a name is put in; see say.h.
 */
#ifndef REPORT_TEXTS_H
#define REPORT_TEXTS_H

#include "record/result.h"
#include "record/rule.h"
#include "report/phrases.h"

enum lang { LANG_EN, LANG_RU, LANG_COUNT };

enum phrase {
#define X(constant, english, russian) constant,
	PHRASES(X)
#undef X
	PHRASE_COUNT
};

struct texts_rule {
	const char *title;	/* what was found */
	const char *why;	/* why it matters */
	const char *harmless;	/* what harmless thing looks alike */
	const char *next;	/* what to do now */
};

const struct texts_rule *texts_rule(enum lang, enum rule);
const char *texts_phrase(enum lang, enum phrase);

/* "en", "ru". */
const char *texts_lang(enum lang);
/* The language of that name, or LANG_COUNT. */
enum lang texts_lang_find(const char *);

const char *texts_verdict(enum lang, enum verdict);
const char *texts_verdict_loud(enum lang, enum verdict);	/* capitals */
const char *texts_level(enum lang, enum level);
const char *texts_strength(enum lang, enum strength);
const char *texts_coverage(enum lang, enum coverage);

/* What an artifact is about: `about` itself in English, and where there is no
   translation. */
const char *texts_artifact(enum lang, const char *artifact, const char *about);

/* A kind of indicator ("domain"); the name itself if it is not known. */
struct bytes texts_kind(enum lang, struct bytes name);

/* A key of the case's device object as people say it; the key itself if it is
   not known. */
const char *texts_device(enum lang, const char *key);

/* Whom to turn to.  One per call, NULL after the last. */
struct texts_helpline {
	const char *name, *who, *address, *url;
};
const struct texts_helpline *texts_helpline(enum lang, unsigned);

#endif
