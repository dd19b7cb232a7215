#include "record/timeline.h"

#include "base/text.h"
#include "base/time.h"

/* Timesketch wants a numeric offset, so that is what stands for "Z". */
static bool
add_time(struct buf *to, int64_t t)
{
	size_t start = to->n;

	time_show(to, t);
	if (to->bad || to->n == start)
		return false;
	to->n--;
	buf_text(to, "+00:00");
	return true;
}

static void
add_pair(struct buf *to, const char *key, struct bytes value)
{
	buf_text(to, key);
	text_escape(to, value, TEXT_JSON);
	buf_byte(to, '"');
}

void
timeline_json(struct buf *to, const struct timeline_event *event)
{
	size_t start = to->n;

	buf_text(to, "{\"datetime\":\"");
	if (!add_time(to, event->time)) {
		to->n = start;
		return;
	}
	add_pair(to, "\",\"timestamp_desc\":\"", bytes_of(event->desc));
	add_pair(to, ",\"artifact\":\"", bytes_of(event->artifact));
	buf_text(to, ",\"row\":");
	buf_int(to, event->row);
	add_pair(to, ",\"message\":\"", event->message);
	buf_text(to, "}\n");
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
	text_escape(to, bytes_of(event->desc), TEXT_CSV);
	buf_byte(to, ',');
	text_escape(to, bytes_of(event->artifact), TEXT_CSV);
	buf_byte(to, ',');
	buf_int(to, event->row);
	buf_byte(to, ',');
	text_escape(to, event->message, TEXT_CSV);
	buf_byte(to, '\n');
}
