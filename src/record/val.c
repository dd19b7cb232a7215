#include "record/val.h"

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
