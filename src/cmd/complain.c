#include "cmd/complain.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"

void
complain_about(const char *what, const char *why)
{
	struct buf b = buf_with(LIMIT_PATH_BYTES * 8);

	text_escape(&b, bytes_of(what), TEXT_LOG);
	buf_text(&b, ": ");
	text_escape(&b, bytes_of(why), TEXT_LOG);
	(void)fprintf(stderr, "ostrakon: %.*s\n", (int)b.n, (const char *)b.p);
	buf_free(&b);
}
