#include "record/result.h"

#include <assert.h>

const char *
verdict_name(enum verdict verdict)
{
	static const char *const names[] = {
		"nothing found", "incomplete", "suspicious", "compromised"
	};

	assert((unsigned)verdict <= VERDICT_COMPROMISED);
	return names[verdict];
}

const char *
coverage_name(enum coverage state)
{
	static const char *const names[] = {
		"examined", "partly read", "unreadable", "absent",
		"not in an unencrypted backup"
	};

	assert((unsigned)state <= COVERAGE_NOT_IN_KIND);
	return names[state];
}
