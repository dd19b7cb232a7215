/*
 * What the columns of a table are, and the faults that rows can have.
 */
#include "election/read_inside.h"

#include "base/text.h"
#include "election/names.h"

#define QUOTED		100	/* bytes of a text in a fault */
#define FAULT_BYTES	1024

void
read_fault_at(struct read *r, uint64_t line, uint32_t column, const char *why,
    struct bytes what)
{
	struct buf b = buf_with(FAULT_BYTES);
	struct bytes head = text_head(what, QUOTED);
	char *text;

	if (r->stopped)
		return;
	if (r->member.n > 0) {
		text_escape(&b, text_head(r->member, QUOTED), TEXT_LOG);
		buf_text(&b, ": ");
	}
	buf_text(&b, why);
	if (what.p != NULL) {
		buf_text(&b, ": \"");
		text_escape(&b, head, TEXT_LOG);
		buf_text(&b, head.n < what.n ? "...\"" : "\"");
	}
	text = arena_string(r->arena, buf_bytes(&b));
	buf_free(&b);
	r->sink->fault(r->sink->ctx, r->file, line, column,
	    text == NULL ? why : text);
	if (++r->faults < READ_FAULTS)
		return;
	r->sink->fault(r->sink->ctx, r->file, line, 0,
	    "too many faults: the file was read no further");
	r->stopped = true;
}

void
read_fault(struct read *r, unsigned i, const char *why, struct bytes what)
{
	uint64_t line;
	uint32_t column;

	csv_place(r->csv, i, &line, &column);
	read_fault_at(r, line, column, why, what);
}

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* How many bytes are neither digits nor of `by`, and how many of `by`. */
static size_t
others(struct bytes f, const char *by, size_t *parting)
{
	size_t i, n = 0;

	for (i = 0, *parting = 0; i < f.n; i++) {
		if (is_digit(f.p[i]))
			continue;
		if (bytes_find_byte(bytes_of(by), f.p[i], 0) == SIZE_MAX)
			n++;
		else
			++*parting;
	}
	return n;
}

/* Digits, and these bytes between them. */
static bool
parted(struct bytes f, const char *by)
{
	size_t n;

	return f.n > 0 && is_digit(f.p[0]) && is_digit(f.p[f.n - 1]) &&
	    others(f, by, &n) == 0 && n > 0;
}

static bool
digits(struct bytes f)
{
	size_t n;

	return f.n > 0 && others(f, "", &n) == 0;
}

void
read_fault_number(struct read *r, unsigned i)
{
	struct bytes f = r->row.fields[i], rest = bytes_part(f, 1, f.n);
	const char *why = "not a number";

	if (text_trim(f).n < f.n)
		why = "blanks around a number";
	else if (f.p[0] == '-' && digits(rest))
		why = "a negative number";
	else if (f.p[0] == '+' && digits(rest))
		why = "a number with a sign";
	else if (digits(f))
		why = "an absurdly large number";
	else if (parted(f, ".,"))
		why = "a number with a fraction or with separators";
	else if (parted(f, " \xc2\xa0\xe2\x80\xaf\x89'_"))
		why = "a number with blanks in it";
	else if (f.p[f.n - 1] == '%')
		why = "a percentage, and no number";
	read_fault(r, i, why, f);
}

static bool
is_alike(const struct form *form, struct bytes name)
{
	unsigned i;

	for (i = 0; i < form->n; i++)
		if (form->lines[i].candidate &&
		    names_alike(form->lines[i].key, name))
			return true;
	return false;
}

int
read_line(struct read *r, unsigned i, enum column_is is, struct bytes key,
    struct bytes header)
{
	struct form_line made = { .key = key, .header = header };
	struct form *form = r->sink->form;
	int line;

	if (is != COLUMN_LINE)
		made.key = made.header = profile_clean(header, r->arena);
	if (is == COLUMN_CANDIDATE) {
		made.candidate = true;
		made.against_all = profile_against_all(r->profile, made.key);
	}
	line = form_find(form, made.key);
	if (line >= 0 && form->lines[line].candidate != made.candidate) {
		read_fault(r, i, "a candidate has the name of a line",
		    made.key);
		return -1;
	}
	if (line < 0 && made.candidate && r->candidates_before)
		read_fault(r, i, "a candidate that the files before do not "
		    "have", made.key);
	else if (line < 0 && made.candidate && is_alike(form, made.key))
		read_fault(r, i, "a candidate who stands there already, "
		    "written in another way", made.key);
	if (line < 0)
		line = form_add(form, &made);
	if (line < 0)
		read_fault(r, i, r->arena->bad || form->arena->bad ?
		    "no memory" : "too many lines in one protocol", made.key);
	return line;
}

/* A line that one file lacks would be nothing in the sums of all. */
static void
figures(struct read *r)
{
	const struct form *form = r->sink->form;
	unsigned i;

	for (i = 0; i < form->n && r->candidates_before; i++) {
		if (form->lines[i].candidate || !profile_figures_need(
		    r->profile, form->lines[i].key))
			continue;
		if (i >= r->lines_before)
			read_fault_at(r, 1, 0, "the figures need a line that "
			    "the files before do not have",
			    form->lines[i].key);
		else if (!r->seen[i])
			read_fault_at(r, 1, 0, "the figures need a line that "
			    "only the files before have", form->lines[i].key);
	}
}

void
read_candidates(struct read *r)
{
	const struct form *form = r->sink->form;
	unsigned i, n = 0;

	for (i = 0; i < form->n; i++) {
		if (!form->lines[i].candidate)
			continue;
		n += r->seen[i];
		if (!r->seen[i] && r->candidates_before)
			read_fault_at(r, 1, 0, "a candidate of the files "
			    "before is missing", form->lines[i].key);
	}
	if (n == 0)
		read_fault_at(r, 1, 0, "no column is a candidate",
		    (struct bytes){ NULL, 0 });
	figures(r);
}

/* Rows of one contest stand together, or take turns: the last is kept. */
bool
read_contest(struct read *r)
{
	struct bytes text = r->row.fields[r->places[COLUMN_CONTEST]];
	struct bytes last = bytes_at(r->contest, r->contest_n);

	if (r->contest_known && bytes_eq(text, last))
		return r->wanted;
	if (r->contest_known && !profile_picks(r->profile)) {
		read_fault(r, (unsigned)r->places[COLUMN_CONTEST], "a second "
		    "contest in one file, and the profile picks none", text);
		r->stopped = true;
		return false;
	}
	r->wanted = profile_wants(r->profile, text);
	r->contest_known = text.n <= sizeof(r->contest);
	r->contest_n = r->contest_known ? text.n : 0;
	memcpy(r->contest, text.p, r->contest_n);
	if (!r->contest_known)
		read_fault(r, (unsigned)r->places[COLUMN_CONTEST],
		    "too long a name of a contest", text);
	return r->wanted;
}

static inline struct bytes
place(const struct read *r, enum column_is is)
{
	int i = r->places[is];

	return i < 0 ? bytes_at(NULL, 0) : r->row.fields[i];
}

bool
read_place(struct read *r, struct protocol *p)
{
	int i = r->places[COLUMN_REGION];

	p->region = place(r, COLUMN_REGION);
	p->district = place(r, COLUMN_DISTRICT);
	p->territory = place(r, COLUMN_TERRITORY);
	p->station = place(r, COLUMN_STATION);
	p->version = place(r, COLUMN_VERSION);
	p->reason = place(r, COLUMN_REASON);
	if (text_same_as(text_trim(place(r, COLUMN_STATUS)), "annulled")) {
		read_fault(r, (unsigned)r->places[COLUMN_STATUS], "an annulled "
		    "station stands among results (take the row out, or the "
		    "column)", p->station);
		return false;
	}
	if (i >= 0 && p->region.n == 0) {
		read_fault(r, (unsigned)i, "a row without its region",
		    bytes_at(NULL, 0));
		return false;
	}
	if (p->region.n + p->district.n + p->territory.n + p->station.n > 0)
		return true;
	read_fault(r, 0, "a row without the name of a station",
	    bytes_at(NULL, 0));
	return false;
}
