/*
 * The CSV reader: the same rows and the same fault whatever the size of the
 * chunks, and fields that are UTF-8 without a NUL.
 */
/* fuzz: max_len=4096 */
#include <assert.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "format/csv_inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static size_t
take(void *ctx, void *to, size_t n)
{
	struct cur *c = ctx;
	struct bytes part = cur_take(c, n < cur_left(c) ? n : cur_left(c));

	if (part.n > 0)
		memcpy(to, part.p, part.n);
	return part.n;
}

/* A sum over everything that was said; 0 without memory. */
static uint64_t
all_of(struct bytes in, size_t chunk)
{
	struct cur cur = cur_over(in);
	struct csv *c = csv_new_chunk((struct csv_source){ take, &cur }, 0,
	    chunk);
	struct buf b = buf_with(MIB);
	struct csv_fault fault;
	struct csv_row row;
	uint64_t line, sum;
	uint32_t column;
	unsigned i;

	if (c == NULL)
		return 0;
	while (csv_next(c, &row) == CSV_ROW) {
		for (i = 0; i < row.n; i++) {
			csv_place(c, i, &line, &column);
			assert(line >= row.line && column > 0);
			assert(text_utf8(row.fields[i]));
			assert(bytes_find_byte(row.fields[i], 0, 0) ==
			    SIZE_MAX);
			buf_printf(&b, "%u:%u:", (unsigned)line, column);
			buf_add(&b, row.fields[i]);
		}
	}
	fault = csv_fault(c);
	buf_printf(&b, "%u:%u:", (unsigned)fault.line, fault.column);
	buf_text(&b, fault.why);
	sum = b.bad ? 0 : hash_key(buf_bytes(&b));
	buf_free(&b);
	csv_free(c);
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_at(data, size);
	uint64_t whole = all_of(in, 8192);
	uint64_t small = all_of(in, size % 64 + 1);

	assert(whole == small || whole == 0 || small == 0);
	return 0;
}
