/*
 * Every form of the escaper: what comes out is UTF-8 without controls.
 */
#include <assert.h>

#include "base/text.h"
#include "base/time.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_at(data, size), out;
	struct buf b = buf_with(size * 9 + 3);
	unsigned form;
	size_t i;

	for (form = TEXT_TERMINAL; form <= TEXT_HTML; form++) {
		buf_reset(&b);
		text_escape(&b, in, form);
		out = buf_bytes(&b);
		if (b.bad)		/* no memory: then cut anywhere */
			break;
		assert(text_utf8(out));
		for (i = 0; i < out.n; i++)
			assert((out.p[i] >= 0x20 && out.p[i] != 0x7f) ||
			    ((out.p[i] == '\n' || out.p[i] == '\t') &&
			    form != TEXT_LOG && form != TEXT_JSON));
	}
	buf_free(&b);
	for (i = 0; i <= size && i < 20; i++)
		assert(text_head(in, i).n <= i);
	i = size / 2 < TEXT_GLOB_MAX ? size / 2 : TEXT_GLOB_MAX;
	b = buf_with(TEXT_GLOB_MAX + 1);
	buf_add(&b, bytes_part(in, 0, i));
	buf_byte(&b, 0);
	if (!b.bad)
		(void)text_glob(bytes_part(in, i, size), (const char *)b.p);
	buf_free(&b);
	(void)time_read(in);
	return 0;
}
