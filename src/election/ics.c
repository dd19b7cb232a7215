#include "election/ics.h"

#include <stddef.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"

#define LINE_OCTETS	75
#define VALUE_BYTES	(64 * KIB)

struct folding {
	struct out *out;
	unsigned octets;		/* of the line so far */
};

/* n octets that may not be parted. */
static void
put(struct folding *f, struct bytes part)
{
	if (f->octets + part.n > LINE_OCTETS) {
		out_text(f->out, "\r\n ");
		f->octets = 1;
	}
	out_add(f->out, part);
	f->octets += (unsigned)part.n;
}

/* Of control characters only the end of a line; nor what some take for one. */
static bool
is_left_out(uint32_t c)
{
	return (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) ||
	    c == 0x2028 || c == 0x2029;
}

static void
put_char(struct folding *f, struct bytes character, uint32_t c, bool text)
{
	if (is_left_out(c))
		return;
	if (c == '\n' && !text)
		return;
	if (c == '\n')
		put(f, bytes_of("\\n"));
	else if (text && c == '\\')
		put(f, bytes_of("\\\\"));
	else if (text && c == ';')
		put(f, bytes_of("\\;"));
	else if (text && c == ',')
		put(f, bytes_of("\\,"));
	else
		put(f, character);
}

void
ics_line(struct out *out, const char *name, struct bytes value, bool text)
{
	struct folding f = { out, 0 };
	struct bytes key = bytes_of(name);
	uint32_t c;
	size_t at, n;

	for (at = 0; at < key.n; at++)
		put(&f, bytes_part(key, at, 1));
	put(&f, bytes_of(":"));
	for (at = 0; at < value.n; at += n == 0 ? 1 : n) {
		n = text_char(value, at, &c);
		if (n != 0)
			put_char(&f, bytes_part(value, at, n), c, text);
	}
	out_text(out, "\r\n");
}

/* --- dates ---------------------------------------------------------------- */

static void
line_date(struct out *out, const char *name, int32_t date)
{
	struct date_parts d = date_parts(date);
	struct buf b = buf_with(32);

	buf_printf(&b, "%04d%02u%02u", d.year, d.month, d.day);
	ics_line(out, name, buf_bytes(&b), false);
	buf_free(&b);
}

static void
line_instant(struct out *out, const char *name, int64_t instant)
{
	struct buf b = buf_with(64), shown = buf_with(64);
	unsigned i;

	/* "2024-03-17T08:00:00.000000Z", without its marks. */
	time_show(&shown, instant);
	for (i = 0; i < shown.n && shown.p[i] != '.'; i++)
		if (shown.p[i] != '-' && shown.p[i] != ':')
			buf_byte(&b, shown.p[i]);
	buf_byte(&b, 'Z');
	ics_line(out, name, buf_bytes(&b), false);
	buf_free(&b);
	buf_free(&shown);
}

/* One day, or a window; a window that is open on one side is the day on which
   it begins or ends.  Where there is an hour, times are in UTC. */
static void
write_when(struct out *out, const struct calendar_item *item)
{
	struct when_day from = item->from, until = item->until;
	int64_t from_at = item->from_instant, until_at = item->until_instant;
	int32_t after;

	if (from.date == DATE_UNSET) {
		from = until;
		from_at = until_at;
	}
	if (until.date == DATE_UNSET) {
		until = from;
		until_at = from_at;
	}
	if (until.date < from.date)
		until = from;		/* a law's own contradiction */
	/* The end is the day after the last; after the last of all days there
	   is none. */
	after = date_add_days(until.date, 1);
	if ((from.seconds == WHEN_NO_HOUR && until.seconds == WHEN_NO_HOUR) ||
	    from_at == TIME_UNSET) {
		line_date(out, "DTSTART;VALUE=DATE", from.date);
		if (after != DATE_UNSET)
			line_date(out, "DTEND;VALUE=DATE", after);
		return;
	}
	line_instant(out, "DTSTART", from_at);
	if (until_at > from_at)
		line_instant(out, "DTEND", until_at);
}

/* --- events --------------------------------------------------------------- */

static void
write_uid(struct out *out, const struct calendar *cal,
    const struct calendar_item *item)
{
	struct buf b = buf_with(VALUE_BYTES);

	buf_add(&b, item->id);
	buf_byte(&b, '.');
	date_show(&b, cal->facts.anchors[ANCHOR_VOTING]);
	buf_byte(&b, '.');
	buf_add(&b, cal->facts.law->id);
	buf_text(&b, "@ostrakon.invalid");
	ics_line(out, "UID", buf_bytes(&b), true);
	buf_free(&b);
}

static void
write_stamp(struct out *out, const struct calendar *cal)
{
	int32_t today = cal->facts.today;

	line_instant(out, "DTSTAMP", today == DATE_UNSET ? 0 :
	    today * TIME_DAY);
}

static void
write_summary(struct out *out, const struct calendar_item *item)
{
	struct buf b = buf_with(VALUE_BYTES);

	buf_add(&b, item->title);
	if (item->open_start && !item->given)
		buf_text(&b, " (last day)");
	if (item->open_end && !item->given)
		buf_text(&b, " (from this day on)");
	if (item->depends)
		buf_text(&b, item->only_if == ONLY_REPEAT ?
		    " (if the election is repeated)" :
		    " (if there is a second voting)");
	if (item->unverified)
		buf_text(&b, " [unverified]");
	ics_line(out, "SUMMARY", buf_bytes(&b), true);
	buf_free(&b);
}

static void
write_description(struct out *out, const struct calendar *cal,
    const struct calendar_item *item)
{
	struct buf b = buf_with(VALUE_BYTES);

	buf_add(&b, item->counted);
	if (item->ground.there && (item->ground.article.n > 0 ||
	    item->ground.nsources > 0)) {
		buf_text(&b, "\n");
		law_cite(cal->facts.law, &item->ground, &b);
	}
	if (item->ground.note.n > 0) {
		buf_text(&b, "\n");
		buf_add(&b, item->ground.note);
	}
	if (item->unverified)
		buf_text(&b, "\nUnverified: it rests on something that is "
		    "known from memory alone.");
	ics_line(out, "DESCRIPTION", buf_bytes(&b), true);
	buf_free(&b);
}

/* Whether it has a day to be shown on. */
static bool
is_known(const struct calendar_item *item)
{
	return item->state != CALENDAR_NOT &&
	    (item->from.date != DATE_UNSET || item->open_start) &&
	    (item->until.date != DATE_UNSET || item->open_end) &&
	    (item->from.date != DATE_UNSET || item->until.date != DATE_UNSET);
}

static void
write_event(struct out *out, const struct calendar *cal,
    const struct calendar_item *item)
{
	ics_line(out, "BEGIN", bytes_of("VEVENT"), true);
	write_uid(out, cal, item);
	write_stamp(out, cal);
	write_when(out, item);
	write_summary(out, item);
	write_description(out, cal, item);
	ics_line(out, "STATUS", bytes_of(item->depends ? "TENTATIVE" :
	    "CONFIRMED"), true);
	/* It takes nobody's time. */
	ics_line(out, "TRANSP", bytes_of("TRANSPARENT"), true);
	ics_line(out, "END", bytes_of("VEVENT"), true);
}

static void
write_left_out(struct out *out, const struct calendar *cal)
{
	struct buf b = buf_with(VALUE_BYTES);
	unsigned i, n = 0;

	for (i = 0; i < cal->n; i++) {
		if (is_known(&cal->items[i]) ||
		    cal->items[i].state == CALENDAR_NOT)
			continue;
		buf_text(&b, n++ == 0 ? "Not known yet, and not here: " :
		    "; ");
		buf_add(&b, cal->items[i].title);
	}
	if (n > 0)
		ics_line(out, "DESCRIPTION", buf_bytes(&b), true);
	buf_free(&b);
}

void
ics_write(struct out *out, const struct calendar *cal)
{
	struct buf b = buf_with(VALUE_BYTES);
	unsigned i;

	ics_line(out, "BEGIN", bytes_of("VCALENDAR"), true);
	ics_line(out, "VERSION", bytes_of("2.0"), true);
	ics_line(out, "PRODID", bytes_of("-//Ostrakon//election//EN"), true);
	ics_line(out, "CALSCALE", bytes_of("GREGORIAN"), true);
	buf_add(&b, cal->facts.law->office);
	buf_text(&b, ", voting on ");
	date_words(&b, cal->facts.anchors[ANCHOR_VOTING]);
	ics_line(out, "NAME", buf_bytes(&b), true);
	buf_free(&b);
	write_left_out(out, cal);
	for (i = 0; i < cal->n; i++)
		if (is_known(&cal->items[i]))
			write_event(out, cal, &cal->items[i]);
	ics_line(out, "END", bytes_of("VCALENDAR"), true);
}
