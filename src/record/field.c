#include "record/field.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/quote.h"
#include "base/text.h"
#include "base/time.h"

#define CUT	"\xe2\x80\xa6"		/* U+2026 */
#define CUT_BYTES	3

/* Lists of lists are made by no artifact; deeper ones are left out. */
#define LIST_DEPTH	4

enum sense
sense_of(const struct field *field)
{
	if (field->sense != SENSE_BY_KIND)
		return field->sense;
	switch (field->kind) {
	case KIND_PROCESS:
		return SENSE_RAN;
	case KIND_PATH:
	case KIND_FILE_NAME:
	case KIND_MD5:
	case KIND_SHA1:
	case KIND_SHA256:
	case KIND_CERT_MD5:
	case KIND_CERT_SHA1:
	case KIND_CERT_SHA256:
	case KIND_APP_ID:
	case KIND_PROFILE:
	case KIND_PROPERTY:
		return SENSE_PRESENT;
	case KIND_TEXT:
	case KIND_EMAIL:
	case KIND_PHONE:
	case KIND_HANDLE:
		return SENSE_RECEIVED;
	case KIND_URL:
	case KIND_DOMAIN:
	case KIND_IP:
		return SENSE_VISITED;
	default:
		return SENSE_NOT_MATCHED;
	}
}

static bool
too_long(struct bytes b, size_t limit)
{
	return limit > 0 && b.n > limit;
}

/* Digits of a real that read back as the same one.  The program never sets a
   locale, so the point is a point. */
static void
add_real(struct buf *to, double r)
{
	char text[32];
	int n;

	if (r > -1e15 && r < 1e15 && r == (double)(int64_t)r) {
		buf_int(to, (int64_t)r);
		buf_text(to, ".0");
		return;
	}
	n = snprintf(text, sizeof(text), "%.15g", r);
	if (strtod(text, NULL) != r)
		n = snprintf(text, sizeof(text), "%.17g", r);
	assert(n > 0 && (size_t)n < sizeof(text));
	buf_add(to, bytes_at(text, (size_t)n));
}

static void
add_octal(struct buf *to, uint64_t v)
{
	uint8_t out[24];
	size_t at = sizeof(out);

	do {
		out[--at] = (uint8_t)('0' + v % 8);
		v /= 8;
	} while (v > 0);
	out[--at] = '0';
	buf_add(to, bytes_at(out + at, sizeof(out) - at));
}

static void
add_blob(struct buf *to, struct bytes b, size_t limit)
{
	text_base64(to, too_long(b, limit) ? bytes_part(b, 0, limit) : b);
	if (too_long(b, limit))
		buf_text(to, CUT);
}

static void
quote_text(struct buf *to, struct bytes b, size_t limit)
{
	if (!too_long(b, limit)) {
		quote_json(to, b);
		return;
	}
	buf_byte(to, '"');
	text_escape(to, text_head(b, limit), TEXT_JSON);
	buf_text(to, CUT);
	buf_byte(to, '"');
}

static void
int_json(struct buf *to, enum kind kind, int64_t i)
{
	if (kind == KIND_MODE) {
		buf_byte(to, '"');
		add_octal(to, (uint64_t)i);
		buf_byte(to, '"');
	} else if (kind == KIND_BOOL && (i == 0 || i == 1)) {
		buf_text(to, i == 1 ? "true" : "false");
	} else {
		buf_int(to, i);
	}
}

static void value_json(struct buf *, enum kind, const struct val *, size_t,
    unsigned);

static void
list_json(struct buf *to, enum kind kind, const struct val *v, size_t limit,
    unsigned depth)
{
	uint32_t i;

	buf_byte(to, '[');
	for (i = 0; i < v->n && depth < LIST_DEPTH; i++) {
		if (i > 0)
			buf_byte(to, ',');
		value_json(to, kind, &v->items[i], limit, depth + 1);
	}
	buf_byte(to, ']');
}

static void
value_json(struct buf *to, enum kind kind, const struct val *v, size_t limit,
    unsigned depth)
{
	switch (v->type) {
	case VAL_UNSET:
		buf_text(to, "null");
		return;
	case VAL_INT:
		int_json(to, kind, v->i);
		return;
	case VAL_REAL:
		if (isfinite(v->r))
			add_real(to, v->r);
		else
			buf_text(to, "null");
		return;
	case VAL_BOOL:
		buf_text(to, v->i != 0 ? "true" : "false");
		return;
	case VAL_TIME:
		buf_byte(to, '"');
		time_show(to, v->i);
		buf_byte(to, '"');
		return;
	case VAL_TEXT:
		quote_text(to, v->bytes, limit);
		return;
	case VAL_BLOB:
		buf_byte(to, '"');
		add_blob(to, v->bytes, limit);
		buf_byte(to, '"');
		return;
	case VAL_LIST:
		list_json(to, kind, v, limit, depth);
		return;
	case VAL_JSON:
		/* JSON cannot be cut and stay JSON: then it is a text. */
		if (too_long(v->bytes, limit))
			quote_text(to, v->bytes, limit);
		else
			buf_add(to, v->bytes);
		return;
	}
}

void
field_value_json(struct buf *to, enum kind kind, const struct val *v,
    size_t limit)
{
	value_json(to, kind, v, limit, 0);
}

/* {"name": or ,"name": at once: this is done for every field of millions of
   records. */
static void
add_key(struct buf *to, uint8_t before, const char *name)
{
	size_t n = strlen(name);
	uint8_t *p = buf_room(to, n + 4);

	if (p == NULL)
		return;
	p[0] = before;
	p[1] = '"';
	memcpy(p + 2, name, n);
	p[n + 2] = '"';
	p[n + 3] = ':';
	to->n += n + 4;
}

void
field_json(struct buf *to, const struct field *fields, unsigned nfields,
    const struct val *v, size_t limit)
{
	unsigned i;
	uint8_t before = '{';

	for (i = 0; i < nfields; i++) {
		if (!val_set(&v[i]))
			continue;
		add_key(to, before, fields[i].name);
		value_json(to, fields[i].kind, &v[i], limit, 0);
		before = ',';
	}
	if (before == '{')
		buf_byte(to, '{');
	buf_byte(to, '}');
}

static void
int_text(struct buf *to, enum kind kind, int64_t i)
{
	if (kind == KIND_MODE)
		add_octal(to, (uint64_t)i);
	else if (kind == KIND_BOOL && (i == 0 || i == 1))
		buf_text(to, i == 1 ? "yes" : "no");
	else
		buf_int(to, i);
	if (kind == KIND_SECONDS)
		buf_text(to, " s");
	else if (kind == KIND_SIZE)
		buf_text(to, " bytes");
}

static void value_text(struct buf *, enum kind, const struct val *, size_t,
    unsigned);

static void
list_text(struct buf *to, enum kind kind, const struct val *v, size_t limit,
    unsigned depth)
{
	size_t start = to->n;
	uint32_t i;

	for (i = 0; i < v->n && depth < LIST_DEPTH; i++) {
		if (i > 0)
			buf_text(to, ", ");
		if (limit > 0 && to->n - start > limit) {
			buf_text(to, CUT);
			return;
		}
		value_text(to, kind, &v->items[i], limit, depth + 1);
	}
}

static void
value_text(struct buf *to, enum kind kind, const struct val *v, size_t limit,
    unsigned depth)
{
	switch (v->type) {
	case VAL_UNSET:
		return;
	case VAL_INT:
		int_text(to, kind, v->i);
		return;
	case VAL_REAL:
		if (isfinite(v->r))
			add_real(to, v->r);
		if (kind == KIND_SECONDS)
			buf_text(to, " s");
		return;
	case VAL_BOOL:
		buf_text(to, v->i != 0 ? "yes" : "no");
		return;
	case VAL_TIME:
		time_show_short(to, v->i);
		buf_text(to, " UTC");
		return;
	case VAL_TEXT:
	case VAL_JSON:
		buf_add(to, too_long(v->bytes, limit) ?
		    text_head(v->bytes, limit) : v->bytes);
		if (too_long(v->bytes, limit))
			buf_text(to, CUT);
		return;
	case VAL_BLOB:
		add_blob(to, v->bytes, limit);
		return;
	case VAL_LIST:
		list_text(to, kind, v, limit, depth);
		return;
	}
}

void
field_value_text(struct buf *to, enum kind kind, const struct val *v,
    size_t limit)
{
	value_text(to, kind, v, limit, 0);
}

/* Cuts what was added since `start` to `limit` bytes, the mark included. */
static void
cut_to(struct buf *to, size_t start, size_t limit)
{
	struct bytes added = bytes_part(buf_bytes(to), start, SIZE_MAX);

	if (to->bad || !too_long(added, limit))
		return;
	to->n = start + text_head(added,
	    limit > CUT_BYTES ? limit - CUT_BYTES : 0).n;
	if (limit >= CUT_BYTES)
		buf_text(to, CUT);
}

/* Texts say what they are; a number alone does not. */
static bool
needs_name(enum kind kind)
{
	switch (kind) {
	case KIND_INT:
	case KIND_SIZE:
	case KIND_MODE:
	case KIND_SECONDS:
	case KIND_REAL:
	case KIND_BOOL:
	case KIND_BLOB:
	case KIND_JSON:
		return true;
	default:
		return kind_is_time(kind);
	}
}

void
field_summary(struct buf *to, const struct field *fields, unsigned nfields,
    const struct val *v, size_t limit)
{
	size_t start = to->n;
	unsigned i;

	for (i = 0; i < nfields; i++) {
		if (!fields[i].shown || !val_set(&v[i]))
			continue;
		if (to->n > start)
			buf_add(to, bytes_at(", ", 2));
		if (needs_name(fields[i].kind)) {
			buf_text(to, fields[i].name);
			buf_add(to, bytes_at(": ", 2));
		}
		value_text(to, fields[i].kind, &v[i], limit, 0);
		if (limit > 0 && to->n - start > limit)
			break;
	}
	cut_to(to, start, limit);
}
