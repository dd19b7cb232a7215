#include "record/kind.h"

#include <assert.h>

static const char *const names[KIND_COUNT] = {
#define X(constant, name) [constant] = name,
	KINDS(X)
#undef X
};

const char *
kind_name(enum kind kind)
{
	assert((unsigned)kind < KIND_COUNT);
	return names[kind];
}

int
kind_is_time(enum kind kind)
{
	return kind == KIND_TIME || kind == KIND_TIME_MAC ||
	    kind == KIND_TIME_UNIX || kind == KIND_TIME_WEBKIT;
}
