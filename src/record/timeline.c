#include "record/timeline.h"

#include <string.h>

#include "base/quote.h"
#include "base/time.h"

/* Timesketch wants a numeric offset, so that is what stands for "Z". */
static bool
add_time(struct buf *to, int64_t t)
{
	size_t start = to->n;
	uint8_t *p;

	time_show(to, t);
	if (to->bad || to->n == start)
		return false;
	to->n--;
	p = buf_room(to, 6);
	if (p == NULL)
		return false;
	memcpy(p, "+00:00", 6);
	to->n += 6;
	return true;
}

void
timeline_json(struct buf *to, const struct timeline_event *event)
{
	static const char first[] = "{\"datetime\":\"",
	    desc[] = "\",\"timestamp_desc\":", artifact[] = ",\"artifact\":",
	    row[] = ",\"row\":", message[] = ",\"message\":";
	size_t start = to->n;

	buf_add(to, bytes_at(first, sizeof(first) - 1));
	if (!add_time(to, event->time)) {
		to->n = start;
		return;
	}
	buf_add(to, bytes_at(desc, sizeof(desc) - 1));
	quote_json(to, bytes_of(event->desc));
	buf_add(to, bytes_at(artifact, sizeof(artifact) - 1));
	quote_json(to, bytes_of(event->artifact));
	buf_add(to, bytes_at(row, sizeof(row) - 1));
	buf_int(to, event->row);
	buf_add(to, bytes_at(message, sizeof(message) - 1));
	quote_json(to, event->message);
	buf_add(to, bytes_at("}\n", 2));
}

void
timeline_csv_head(struct buf *to)
{
	buf_text(to, "datetime,timestamp_desc,artifact,row,message\n");
}

void
timeline_csv(struct buf *to, const struct timeline_event *event)
{
	size_t start = to->n;

	if (!add_time(to, event->time)) {
		to->n = start;
		return;
	}
	buf_byte(to, ',');
	quote_csv(to, bytes_of(event->desc));
	buf_byte(to, ',');
	quote_csv(to, bytes_of(event->artifact));
	buf_byte(to, ',');
	buf_int(to, event->row);
	buf_byte(to, ',');
	quote_csv(to, event->message);
	buf_byte(to, '\n');
}
