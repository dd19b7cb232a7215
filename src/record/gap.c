#include "record/gap.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

void
gap_add(const struct gap_sink *sink, uint64_t offset, const char *why)
{
	struct gap gap = { offset, why };

	if (sink != NULL && sink->add != NULL)
		sink->add(sink->ctx, &gap);
}

void
gap_addf(const struct gap_sink *sink, uint64_t offset, const char *format, ...)
{
	char why[256];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	gap_add(sink, offset, why);
}
