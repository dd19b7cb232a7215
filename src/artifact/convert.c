/*
 * A value as its kind wants it.  What does not fit its kind is kept as it was
 * found: it is still shown and matched.
 */
#include "artifact/run_inside.h"
#include "base/time.h"
#include "base/text.h"

/* Numbers too large to be seconds are units of a smaller kind, which iOS apps
   also store as reals. */
static int64_t
real_time(enum kind kind, double r)
{
	bool whole = r > -9e18 && r < 9e18 && (r > 1e11 || r < -1e11);

	if (kind == KIND_TIME_MAC)
		return time_mac(r);
	if (kind == KIND_TIME_WEBKIT)
		return whole ? time_webkit((int64_t)r) : TIME_UNSET;
	return whole ? time_unix((int64_t)r) : time_unix_seconds(r);
}

static struct val
as_time(enum kind kind, struct val v)
{
	int64_t t = TIME_UNSET;

	if (v.type == VAL_INT) {
		if (kind == KIND_TIME_MAC)
			t = time_mac_int(v.i);
		else if (kind == KIND_TIME_WEBKIT)
			t = time_webkit(v.i);
		else
			t = time_unix(v.i);
		if (v.i == 0)
			return val_unset();
	} else if (v.type == VAL_REAL) {
		t = real_time(kind, v.r);
		if (v.r == 0.0)
			return val_unset();
	} else if (v.type == VAL_TEXT) {
		t = time_read(v.bytes);
	}
	return t == TIME_UNSET ? v : val_time(t);
}

static struct val
number_text(struct arena *arena, struct val v)
{
	struct buf b = buf_with(64);

	if (v.type == VAL_INT)
		buf_int(&b, v.i);
	else
		buf_printf(&b, "%.17g", v.r);
	v = val_text(arena_copy(arena, buf_bytes(&b)));
	buf_free(&b);
	return v;
}

struct val
run_convert(struct arena *arena, enum kind kind, struct val v)
{
	if (v.type == VAL_UNSET || v.type == VAL_LIST || v.type == VAL_JSON)
		return v;
	if (kind_is_time(kind))
		return as_time(kind, v);
	switch (kind) {
	case KIND_BOOL:
		return v.type == VAL_INT && (v.i == 0 || v.i == 1) ?
		    val_bool(v.i == 1) : v;
	case KIND_INT:
	case KIND_SIZE:
	case KIND_MODE:
	case KIND_SECONDS:
	case KIND_REAL:
	case KIND_BLOB:
	case KIND_JSON:
		return v;
	case KIND_LABEL:
		if (v.type != VAL_BLOB)
			return v;
		break;
	default:
		break;
	}
	/* The others are text, whatever the column says. */
	if (v.type == VAL_INT || v.type == VAL_REAL)
		return number_text(arena, v);
	if (v.type == VAL_BLOB && v.bytes.n > 0 && text_utf8(v.bytes))
		return val_text(v.bytes);
	return v;
}
