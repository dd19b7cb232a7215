#include "record/val.h"

#include <stddef.h>

bool
val_set(const struct val *v)
{
	return v->type != VAL_UNSET;
}

struct val
val_unset(void)
{
	return (struct val){ .type = VAL_UNSET };
}

struct val
val_int(int64_t i)
{
	return (struct val){ .type = VAL_INT, .i = i };
}

struct val
val_bool(bool yes)
{
	return (struct val){ .type = VAL_BOOL, .i = yes };
}

struct val
val_real(double r)
{
	return (struct val){ .type = VAL_REAL, .r = r };
}

struct val
val_time(int64_t microseconds)
{
	return (struct val){ .type = VAL_TIME, .i = microseconds };
}

struct val
val_text(struct bytes b)
{
	return (struct val){ .type = VAL_TEXT, .bytes = b };
}

struct val
val_blob(struct bytes b)
{
	return (struct val){ .type = VAL_BLOB, .bytes = b };
}

struct val
val_json(struct bytes b)
{
	return (struct val){ .type = VAL_JSON, .bytes = b };
}

struct val
val_list(const struct val *items, uint32_t n)
{
	return (struct val){ .type = VAL_LIST, .n = n, .items = items };
}

struct bytes
val_bytes(const struct val *v)
{
	if (v->type == VAL_TEXT || v->type == VAL_BLOB || v->type == VAL_JSON)
		return v->bytes;
	return bytes_at(NULL, 0);
}

int64_t
val_number(const struct val *v, int64_t otherwise)
{
	if (v->type == VAL_INT || v->type == VAL_BOOL)
		return v->i;
	if (v->type == VAL_REAL && v->r >= -9e15 && v->r <= 9e15)
		return (int64_t)v->r;
	return otherwise;
}

bool
val_within(const struct val *first, const struct val *later,
    int64_t microseconds)
{
	int64_t gap;

	if (first->type != VAL_TIME || later->type != VAL_TIME)
		return false;
	return !__builtin_sub_overflow(later->i, first->i, &gap) &&
	    gap >= 0 && gap <= microseconds;
}
