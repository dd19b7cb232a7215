/* fuzz: max_len=65536 */
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "examine/extract_plan.h"
#include "examine/extract_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* The parent reads what a worker says of files, and where they should lie. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct extract_plan plan;
	static struct extract_said said;
	static struct extract_job job;
	struct bytes in = bytes_at(data, size);
	struct cur c = cur_over(in);
	struct extract_wanted w;
	size_t at = 0, end;

	(void)extract_read_said(&said, in);
	(void)extract_read_job(&job, in);
	while (cur_left(&c) > 0 && extract_read_wanted(&w, &c))
		(void)extract_id_ok(w.id);
	extract_plan_init(&plan);
	for (; at < size; at = end + 1) {
		end = bytes_find_byte(in, '\n', at);
		if (end == SIZE_MAX)
			end = size;
		(void)extract_plan_add(&plan, EXTRACT_NAME_FINE,
		    bytes_part(in, at, end - at));
	}
	extract_plan_free(&plan);
	return 0;
}
