/*
 * The kind of a field says how it is read from a database or property list,
 * what indicators it is matched against, and how it is shown.
 */
#ifndef RECORD_KIND_H
#define RECORD_KIND_H

/*	constant	name in JSON and docs */
#define KINDS(X)							\
	X(KIND_TEXT,		"text")		/* links in it are matched */ \
	X(KIND_LABEL,		"label")	/* a name, state: unmatched */ \
	X(KIND_URL,		"url")		\
	X(KIND_DOMAIN,		"domain")	\
	X(KIND_IP,		"ip")		\
	X(KIND_EMAIL,		"email")	\
	X(KIND_PHONE,		"phone")	\
	X(KIND_HANDLE,		"handle")	/* phone, e-mail, JID, tel: */ \
	X(KIND_PROCESS,		"process")	/* name, or end of a path */ \
	X(KIND_PATH,		"path")		/* path on the device */ \
	X(KIND_FILE_NAME,	"file_name")	\
	X(KIND_APP_ID,		"app_id")	\
	X(KIND_MD5,		"md5")		\
	X(KIND_SHA1,		"sha1")		\
	X(KIND_SHA256,		"sha256")	\
	X(KIND_CERT_MD5,	"cert_md5")	\
	X(KIND_CERT_SHA1,	"cert_sha1")	\
	X(KIND_CERT_SHA256,	"cert_sha256")	\
	X(KIND_PROFILE,		"profile")	/* configuration profile id */ \
	X(KIND_PROPERTY,	"property")	/* Android system property */ \
	X(KIND_INT,		"integer")	\
	X(KIND_SIZE,		"size")		/* bytes */ \
	X(KIND_MODE,		"mode")		/* Unix mode, shown octal */ \
	X(KIND_SECONDS,		"seconds")	/* a duration */ \
	X(KIND_REAL,		"real")		\
	X(KIND_BOOL,		"bool")		\
	X(KIND_BLOB,		"blob")		/* shown base64 */ \
	X(KIND_JSON,		"json")		/* made by us, unmatched */ \
	X(KIND_TIME,		"time")		/* microseconds already */ \
	X(KIND_TIME_MAC,	"time_mac")	/* s or ns since 2001-01-01 */ \
	X(KIND_TIME_UNIX,	"time_unix")	/* s to ns since 1970 */ \
	X(KIND_TIME_WEBKIT,	"time_webkit")	/* us since 1601-01-01 */

enum kind {
#define X(constant, name) constant,
	KINDS(X)
#undef X
	KIND_COUNT
};

/* Its name, static. */
const char *kind_name(enum kind);

/* Whether values of this kind are times (shown as RFC 3339, on timelines). */
int kind_is_time(enum kind);

#endif
