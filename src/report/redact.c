#include "report/redact.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"

/* A whole number of so many digits can be a telephone number. */
#define NUMBER_MAX	9999999

/* Where a published value is looked for, and how long one may be. */
#define SEARCHED	4096
#define VALUE_MAX	512

bool
redact_keeps_device(const char *key)
{
	static const char *const kept[] = {
		"product_name", "product_type", "product_version", "build",
		"last_backup", "itunes_version", "macos_version",
		"manifest_version", "passcode_set", "full_backup",
		"snapshot_state", "encrypted", "encrypted_flag",
		"target_type", NULL
	};
	unsigned i;

	for (i = 0; kept[i] != NULL; i++)
		if (strcmp(kept[i], key) == 0)
			return true;
	return false;
}

static bool
is_published(const struct result_finding *f, struct bytes text)
{
	unsigned i;

	for (i = 0; i < f->nindicators; i++)
		if (text.n > 0 && text_same(f->indicators[i].value, text))
			return true;
	return false;
}

static bool
keeps_text(enum kind kind)
{
	switch (kind) {
	case KIND_PROCESS:
	case KIND_APP_ID:
	case KIND_MD5:
	case KIND_SHA1:
	case KIND_SHA256:
	case KIND_CERT_MD5:
	case KIND_CERT_SHA1:
	case KIND_CERT_SHA256:
	case KIND_PROPERTY:
		return true;
	default:
		return kind_is_time(kind);
	}
}

bool
redact_keeps(const struct result_finding *f, enum kind kind,
    const struct val *v)
{
	switch (v->type) {
	case VAL_UNSET:
	case VAL_BOOL:
	case VAL_TIME:
		return true;
	case VAL_INT:
		return kind == KIND_SIZE || kind == KIND_MODE ||
		    (v->i >= -NUMBER_MAX && v->i <= NUMBER_MAX);
	case VAL_REAL:
		/* Others may be a place on earth. */
		return kind == KIND_SECONDS || kind == KIND_SIZE;
	case VAL_TEXT:
		return keeps_text(kind) || is_published(f, v->bytes);
	case VAL_BLOB:
	case VAL_LIST:
	case VAL_JSON:
		return false;
	}
	return false;
}

/* Whether `what` stands in `text`, case ignored.  Both are cut short first:
   their product is what this costs. */
static bool
holds(struct bytes text, struct bytes what)
{
	size_t at;

	text = bytes_part(text, 0, SEARCHED);
	if (what.n == 0 || what.n > text.n || what.n > VALUE_MAX)
		return false;
	for (at = 0; at <= text.n - what.n; at++)
		if (text_same(bytes_part(text, at, what.n), what))
			return true;
	return false;
}

struct bytes
redact_published(const struct result_finding *f, struct bytes text)
{
	unsigned i;

	for (i = 0; i < f->nindicators; i++)
		if (holds(text, f->indicators[i].value))
			return f->indicators[i].value;
	return bytes_at(NULL, 0);
}

void
redact_member(struct buf *to, struct bytes member)
{
	size_t slash = bytes_find_byte(member, '/', 0);
	size_t dash, last = 0, at;

	if (slash == SIZE_MAX) {
		buf_add(to, member);
		return;
	}
	dash = bytes_find_byte(bytes_part(member, 0, slash), '-', 0);
	buf_add(to, bytes_part(member, 0, dash == SIZE_MAX ? slash : dash));
	for (at = slash; at != SIZE_MAX;
	    at = bytes_find_byte(member, '/', at + 1))
		last = at;
	buf_text(to, last == slash ? "" : "/\xe2\x80\xa6");
	buf_add(to, bytes_part(member, last, member.n));
}
