/*
 * What an indicator tests: the object paths of STIX patterns that phone
 * evidence can show.  docs/indicators.md says how each is compared.
 */
#ifndef INDICATOR_KEY_H
#define INDICATOR_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

/*	constant		path in patterns		name in JSON */
#define KEYS(X)								\
	X(KEY_DOMAIN,		"domain-name:value",		"domain") \
	X(KEY_IPV4,		"ipv4-addr:value",		"ipv4")	\
	X(KEY_IPV6,		"ipv6-addr:value",		"ipv6")	\
	X(KEY_URL,		"url:value",			"url")	\
	X(KEY_EMAIL,		"email-addr:value",		"email") \
	X(KEY_PHONE,		"phone-number:value",		"phone") \
	X(KEY_PROCESS,		"process:name",			"process") \
	X(KEY_FILE_NAME,	"file:name",			"file_name") \
	X(KEY_PATH,		"file:path",			"path")	\
	X(KEY_MD5,		"file:hashes.md5",		"md5")	\
	X(KEY_SHA1,		"file:hashes.sha1",		"sha1")	\
	X(KEY_SHA256,		"file:hashes.sha256",		"sha256") \
	X(KEY_CERT_MD5,		"app:cert.md5",			"cert_md5") \
	X(KEY_CERT_SHA1,	"app:cert.sha1",		"cert_sha1") \
	X(KEY_CERT_SHA256,	"app:cert.sha256",		"cert_sha256") \
	X(KEY_APP_ID,		"app:id",			"app_id") \
	X(KEY_PROFILE,		"configuration-profile:id",	"profile") \
	X(KEY_PROPERTY,		"android-property:name",	"property")

enum key {
#define X(constant, pattern, name) constant,
	KEYS(X)
#undef X
	KEY_COUNT
};

/* "domain", as in JSON; "pattern" for KEY_COUNT.  Static. */
const char *key_name(enum key);

/* The key of an object path without its quotes ("file:hashes.SHA-256"), other
   spellings in use included; false if phone evidence shows no such thing. */
bool key_find(enum key *, struct bytes path);

/* Whether values of it are compared without regard to ASCII case. */
bool key_ignores_case(enum key);

#endif
