#include "record/rule.h"

#include <assert.h>

static const struct rule_info rules[RULE_COUNT] = {
#define X(constant, id, level, strength) \
	[constant] = { id, LEVEL_##level, STRENGTH_##strength },
	RULES(X)
#undef X
};

const struct rule_info *
rule_info(enum rule rule)
{
	assert((unsigned)rule < RULE_COUNT);
	return &rules[rule];
}

const char *
level_name(enum level level)
{
	static const char *const names[] = {
		"info", "low", "medium", "high", "critical"
	};

	assert((unsigned)level <= LEVEL_CRITICAL);
	return names[level];
}

const char *
strength_name(enum strength strength)
{
	static const char *const names[] = {
		"trace", "visited", "received", "present", "ran"
	};

	assert((unsigned)strength <= STRENGTH_RAN);
	return names[strength];
}
