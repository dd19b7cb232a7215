#include "election/from_totals.h"

#include <string.h>

#include "base/text.h"
#include "format/csv.h"

enum column { COL_ID, COL_LAW, COL_ROUND, COL_DATE, COL_REGISTERED, COL_CAST,
    COL_VALID, COL_INVALID, COL_AGAINST_ALL, COL_NAMED, COL_NONE = -1 };

static const char *const names[COL_NAMED] = { "id", "law", "round", "date",
    "registered", "cast", "valid", "invalid", "against_all" };

/* Without a line of names. */
static const char usual[] = "id,law,round,date,registered,cast,valid,invalid,"
    "c1,v1,c2,v2,c3,v3,against_all,outcome,next_date,inauguration,src\n";

struct table {
	struct bytes left;		/* not yet handed to the reader */
	struct csv *csv;
	struct csv_row row;
	struct arena *arena;
	struct from_totals *to;
	struct from_totals_fault *fault;
	/* Where each column stands, or COL_NONE; candidates from 0. */
	int at[COL_NAMED];
	int name[FROM_TOTALS_CONTENDERS], votes[FROM_TOTALS_CONTENDERS];
	unsigned ncontenders;
	bool headless;		/* the line of names is ours */
};

static size_t
give(void *ctx, void *to, size_t n)
{
	struct table *t = ctx;
	struct bytes part = bytes_part(t->left, 0, n);

	if (part.n > 0)
		memcpy(to, part.p, part.n);
	t->left = bytes_part(t->left, part.n, SIZE_MAX);
	return part.n;
}

static bool
fault(struct table *t, const char *why)
{
	t->fault->line = 0;
	t->fault->column = 0;
	t->fault->why = bytes_of(why);
	return false;
}

static bool
fault_row(struct table *t, const char *why)
{
	(void)fault(t, why);
	t->fault->line = t->row.line;
	t->fault->column = 1;
	return false;
}

static bool
fault_field(struct table *t, int at, const char *why)
{
	(void)fault(t, why);
	csv_place(t->csv, (unsigned)at, &t->fault->line, &t->fault->column);
	return false;
}

static bool
fault_csv(struct table *t)
{
	struct csv_fault f = csv_fault(t->csv);

	(void)fault(t, f.why);
	t->fault->line = f.line;
	t->fault->column = f.column;
	return false;
}

/* --- the line of names ---------------------------------------------------- */

static int *
place_of(struct table *t, struct bytes name)
{
	uint64_t n;
	unsigned i;

	for (i = 0; i < COL_NAMED; i++)
		if (text_same_as(name, names[i]))
			return &t->at[i];
	if (name.n < 2 || !text_uint(bytes_part(name, 1, SIZE_MAX), &n) ||
	    n == 0 || n > FROM_TOTALS_CONTENDERS)
		return NULL;
	if (text_lower(name.p[0]) == 'c')
		return &t->name[n - 1];
	return text_lower(name.p[0]) == 'v' ? &t->votes[n - 1] : NULL;
}

/* Whether the row names columns. */
static bool
is_head(struct table *t)
{
	unsigned i;

	for (i = 0; i < t->row.n; i++)
		if (text_same_as(text_trim(t->row.fields[i]), "round"))
			return true;
	return false;
}

static bool
read_head(struct table *t)
{
	int *place;
	unsigned i;

	for (i = 0; i < COL_NAMED; i++)
		t->at[i] = COL_NONE;
	for (i = 0; i < FROM_TOTALS_CONTENDERS; i++)
		t->name[i] = t->votes[i] = COL_NONE;
	for (i = 0; i < t->row.n; i++) {
		place = place_of(t, text_trim(t->row.fields[i]));
		if (place == NULL)
			continue;
		if (*place != COL_NONE)
			return fault_field(t, (int)i, "two columns have this "
			    "name");
		*place = (int)i;
	}
	for (i = 0; i < FROM_TOTALS_CONTENDERS; i++) {
		if ((t->name[i] == COL_NONE) != (t->votes[i] == COL_NONE))
			return fault_row(t, "the columns of a candidate are "
			    "two: c1 and v1");
		if (t->name[i] != COL_NONE)
			t->ncontenders = i + 1;
	}
	if (t->at[COL_ROUND] == COL_NONE || t->ncontenders == 0)
		return fault_row(t, "the table lacks round, c1 or v1");
	return true;
}

/* --- the row -------------------------------------------------------------- */

static struct bytes
field(const struct table *t, int at)
{
	return at == COL_NONE || (unsigned)at >= t->row.n ? bytes_at(NULL, 0) :
	    text_trim(t->row.fields[at]);
}

static bool
read_figure(struct table *t, int at, int64_t *figure)
{
	struct bytes text = field(t, at);
	uint64_t n;

	*figure = FIGURE_UNKNOWN;
	if (text.n == 0)
		return true;
	if (!text_uint(text, &n) || n > (uint64_t)FIGURE_MAX)
		return fault_field(t, at, "this is no count of votes");
	*figure = (int64_t)n;
	return true;
}

static bool
named_before(const struct contender *c, unsigned n, struct bytes name)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (text_same(c[i].name, name))
			return true;
	return false;
}

static bool
read_contender(struct table *t, unsigned i, struct contender *c,
    struct event *events)
{
	struct standing *s = &t->to->standing;
	struct contender *one = &c[s->ncontenders];
	struct bytes name = field(t, t->name[i]);

	if (!read_figure(t, t->votes[i], &one->votes))
		return false;
	if (name.n == 0 && one->votes >= 0)
		return fault_field(t, t->votes[i], "votes for no name");
	if (name.n == 0)
		return true;
	name = arena_copy(t->arena, name);
	if (event_of_name(name, &one->name, &events[t->to->nevents]))
		t->to->nevents++;
	else if (event_meant(name))
		return fault_field(t, t->name[i], "an event is written as "
		    "NAME (withdrawn 2003-05-14) or NAME (died 2003-05-14)");
	else
		one->name = name;
	if (named_before(c, s->ncontenders, one->name))
		return fault_field(t, t->name[i], "this name stands twice");
	one->born = DATE_UNSET;
	one->votes_before = FIGURE_UNKNOWN;
	s->ncontenders++;
	return true;
}

static bool
read_contenders(struct table *t)
{
	struct contender *c = arena_alloc(t->arena, t->ncontenders + 1u,
	    sizeof(*c));
	struct event *events = arena_alloc(t->arena, t->ncontenders + 1u,
	    sizeof(*events));
	unsigned i;

	if (c == NULL || events == NULL)
		return fault(t, "there is no memory");
	t->to->standing.contenders = c;
	t->to->events = events;
	for (i = 0; i < t->ncontenders; i++)
		if (t->name[i] != COL_NONE &&
		    !read_contender(t, i, c, events))
			return false;
	if (t->to->standing.ncontenders == 0)
		return fault_row(t, "the row names no candidate");
	return true;
}

/* What cannot be so: the identities that every table of results keeps. */
static bool
check_sums(struct table *t)
{
	struct standing *s = &t->to->standing;
	int64_t votes = s->against_all > 0 ? s->against_all : 0;
	bool all = true;
	unsigned i;

	for (i = 0; i < s->ncontenders; i++) {
		all = all && s->contenders[i].votes >= 0;
		votes += all ? s->contenders[i].votes : 0;
	}
	if (s->found >= 0 && s->valid >= 0 && s->invalid >= 0 &&
	    s->valid + s->invalid != s->found)
		return fault_field(t, t->at[COL_CAST], "cast is not valid and "
		    "invalid together");
	if (s->valid >= 0 && s->found >= 0 && s->valid > s->found)
		return fault_field(t, t->at[COL_VALID], "more valid ballots "
		    "than were cast");
	if (s->valid >= 0 && votes > s->valid)
		return fault_field(t, t->at[COL_VALID], "the votes are more "
		    "than the valid ballots");
	if (s->found >= 0 && votes > s->found)
		return fault_field(t, t->at[COL_CAST], "the votes are more "
		    "than the ballots cast");
	if (s->registered >= 0 && s->found > s->registered)
		return fault_field(t, t->at[COL_REGISTERED], "fewer voters "
		    "than ballots");
	s->all_listed = all && s->valid >= 0 && votes == s->valid;
	return true;
}

static bool
read_row(struct table *t)
{
	struct from_totals *to = t->to;
	struct standing *s = &to->standing;
	struct bytes date = field(t, t->at[COL_DATE]);
	uint64_t round;

	to->id = arena_copy(t->arena, field(t, t->at[COL_ID]));
	to->law = arena_copy(t->arena, field(t, t->at[COL_LAW]));
	if (!text_uint(field(t, t->at[COL_ROUND]), &round) || round < 1 ||
	    round > LAW_ROUNDS)
		return fault_field(t, t->at[COL_ROUND], "a round is 1, 2 or "
		    "3");
	to->round = (unsigned)round;
	to->date = date_read(date);
	if (date.n > 0 && to->date == DATE_UNSET)
		return fault_field(t, t->at[COL_DATE], "a date is written as "
		    "2024-03-17");
	s->participants = s->blank = FIGURE_UNKNOWN;
	s->missing_registered = FIGURE_UNKNOWN;
	s->closed = true;
	return read_figure(t, t->at[COL_REGISTERED], &s->registered) &&
	    read_figure(t, t->at[COL_CAST], &s->found) &&
	    read_figure(t, t->at[COL_VALID], &s->valid) &&
	    read_figure(t, t->at[COL_INVALID], &s->invalid) &&
	    read_figure(t, t->at[COL_AGAINST_ALL], &s->against_all) &&
	    read_contenders(t) && check_sums(t);
}

/* --- which one ------------------------------------------------------------ */

/* An empty row: the end of a file with a blank line, or a figure too few. */
static bool
is_blank(const struct csv_row *row)
{
	return row->n == 1 && text_trim(row->fields[0]).n == 0;
}

/* Reads rows until the one that is meant: with that id, or (if `number` > 0)
   the so-manieth, or the first.  *n counts the rows. */
static enum csv_end
seek(struct table *t, struct bytes id, uint64_t number, uint64_t *n)
{
	enum csv_end end;

	for (;;) {
		end = csv_next(t->csv, &t->row);
		if (end != CSV_ROW)
			return end;
		if (is_blank(&t->row))
			continue;
		*n += 1;
		if (number > 0 ? *n == number : id.n == 0 ||
		    text_same(field(t, t->at[COL_ID]), id))
			return CSV_ROW;
	}
}

static bool
only_one(struct table *t)
{
	enum csv_end end = csv_next(t->csv, &t->row);

	while (end == CSV_ROW && is_blank(&t->row))
		end = csv_next(t->csv, &t->row);
	if (end == CSV_FAULT)
		return fault_csv(t);
	return end == CSV_END || fault_row(t, "there are several rows; name "
	    "the one that is meant");
}

static void
copy_row(struct table *t)
{
	struct bytes *fields = arena_alloc(t->arena, t->row.n + 1u,
	    sizeof(*fields));
	unsigned i;

	for (i = 0; fields != NULL && i < t->row.n; i++)
		fields[i] = arena_copy(t->arena, t->row.fields[i]);
	if (fields == NULL)
		t->row.n = 0;
	t->row.fields = fields;
}

static bool
open_table(struct table *t, struct bytes text)
{
	struct csv_source source = { give, t };

	csv_free(t->csv);
	t->left = text;
	t->ncontenders = 0;
	t->csv = csv_new(source, ',');
	return t->csv != NULL || fault(t, "there is no memory");
}

/* Up to the rows; a table without a line of names gets the usual one. */
static bool
start(struct table *t, struct bytes text)
{
	struct buf with = buf_with(FROM_TOTALS_BYTES + sizeof(usual));
	enum csv_end end;
	bool good;

	if (!open_table(t, text))
		return false;
	end = csv_next(t->csv, &t->row);
	if (end == CSV_FAULT)
		return fault_csv(t);
	if (end == CSV_END)
		return fault(t, "there is no row");
	if (is_head(t))
		return read_head(t);
	buf_text(&with, usual);
	buf_add(&with, text);
	text = arena_copy(t->arena, buf_bytes(&with));
	buf_free(&with);
	t->headless = true;
	good = open_table(t, text) &&
	    csv_next(t->csv, &t->row) == CSV_ROW && read_head(t);
	return good;
}

static bool
found(struct table *t, enum csv_end end, const char *if_none)
{
	if (end == CSV_FAULT)
		return fault_csv(t);
	return end == CSV_ROW || fault(t, if_none);
}

static bool
find(struct table *t, struct bytes text, struct bytes which)
{
	uint64_t number = 0, n = 0;
	enum csv_end end;

	if (!start(t, text))
		return false;
	end = seek(t, which, 0, &n);
	if (end == CSV_END && text_uint(which, &number) && number > 0) {
		n = 0;
		if (!start(t, text))
			return false;
		end = seek(t, which, number, &n);
	}
	return found(t, end, "there is no such row");
}

static bool
check_only(struct table *t, struct bytes text)
{
	uint64_t n = 0;

	return start(t, text) && found(t, seek(t, bytes_at(NULL, 0), 0, &n),
	    "there is no row") && only_one(t);
}

bool
from_totals_read(struct bytes text, struct bytes which, struct arena *arena,
    struct from_totals *to, struct from_totals_fault *why)
{
	struct table t = { .arena = arena, .to = to, .fault = why };
	struct from_totals none = { .date = DATE_UNSET };
	bool good;

	*to = none;
	if (text.n > FROM_TOTALS_BYTES)
		return fault(&t, "the table is too large");
	good = which.n > 0 || check_only(&t, text);
	good = good && find(&t, text, which);
	if (good) {
		copy_row(&t);
		good = read_row(&t);
	}
	if (!good && t.headless && why->line > 1)
		why->line--;
	why->why = arena_copy(arena, good ? bytes_at(NULL, 0) : why->why);
	csv_free(t.csv);
	return good && !arena->bad;
}

/* --- the question --------------------------------------------------------- */

/* A version holds by the day of the first voting; of a later round, a week
   before at the latest. */
static const struct law_version *
version_for(const struct law *law, unsigned round, int32_t date)
{
	const struct law_version *v = NULL;

	if (round > 1 && date != DATE_UNSET)
		v = law_on(law, date_add_days(date, -7));
	return v != NULL ? v : law_on(law, date);
}

bool
from_totals_question(const struct from_totals *from, const struct law *law,
    const struct event *given, unsigned ngiven, struct arena *arena,
    struct outcome_question *q)
{
	struct outcome_question out = { .law = law, .round = from->round,
	    .standing = from->standing };
	struct event *events = arena_alloc(arena, from->nevents + ngiven + 1u,
	    sizeof(*events));
	unsigned i;

	if (events == NULL)
		return false;
	for (i = 0; i < from->nevents; i++)
		events[out.nevents++] = from->events[i];
	for (i = 0; i < ngiven; i++)
		events[out.nevents++] = given[i];
	out.events = events;
	if (law != NULL)
		out.version = version_for(law, from->round, from->date);
	for (i = 0; i < ANCHOR_COUNT; i++)
		out.anchors[i] = DATE_UNSET;
	out.anchors[from->round == 1 ? ANCHOR_VOTING : ANCHOR_VOTING_2] =
	    from->date;
	*q = out;
	return true;
}
