/*
 * Reading files of results: what a file is, which profile fits it, and what
 * its columns are.
 */
#include "election/read_inside.h"

#include "base/text.h"
#include "format/zip.h"

/* A member of an archive, or a file, as a stream. */
struct stream {
	const struct input *input;
	uint64_t at;
	struct zip_stream *member;	/* or NULL */
	bool nested;			/* it begins like an archive itself */
};

static size_t
take(void *ctx, void *to, size_t n)
{
	struct stream *s = ctx;
	uint8_t *p = to;
	size_t got, all = 0;

	while (all < n) {
		got = s->member != NULL ? zip_take(s->member, p + all, n - all)
		    : input_read(s->input, p + all, n - all, s->at);
		if (got == 0)
			break;
		s->at += got;
		all += got;
	}
	s->nested |= s->at == all && bytes_starts(bytes_at(p, all), "PK\3\4");
	return all;
}

/* One column that is told once. */
static void
place_column(struct read *r, unsigned i, enum column_is is,
    struct bytes header)
{
	if (is == COLUMN_IGNORED)
		return;
	if (is == COLUMN_UNKNOWN) {
		read_fault(r, i, "a column that the profile does not know",
		    header);
		return;
	}
	if (r->places[is] >= 0)
		read_fault(r, i, "a second column for the same", header);
	else
		r->places[is] = (int)i;
}

static void
number_column(struct read *r, unsigned i, enum column_is is, struct bytes key,
    struct bytes header)
{
	int line = read_line(r, i, is, key, header);

	if (line < 0)
		return;
	if (r->seen[line]) {
		read_fault(r, i, "a second column for the same", header);
		return;
	}
	r->seen[line] = true;
	r->numbers[r->nnumbers++] = (struct read_number){ .column = i,
	    .line = (unsigned)line };
}

static bool
is_long(const struct read *r)
{
	return r->places[COLUMN_KEY] >= 0 && r->places[COLUMN_VALUE] >= 0;
}

static bool
is_number(enum column_is is)
{
	return is == COLUMN_LINE || is == COLUMN_CANDIDATE ||
	    is == COLUMN_OTHER;
}

/* A file that names districts, and nothing between them and the stations:
   they are its territories. */
static void
columns(struct read *r)
{
	struct bytes keys[CSV_FIELDS];
	enum column_is is[CSV_FIELDS];
	unsigned i;

	for (i = 0; i <= COLUMN_UNKNOWN; i++)
		r->places[i] = -1;
	for (i = 0; i < r->row.n; i++) {
		is[i] = profile_column(r->profile, r->row.fields[i], &keys[i]);
		if (!is_number(is[i]))
			place_column(r, i, is[i], r->row.fields[i]);
	}
	for (i = 0; i < r->row.n; i++) {
		if (is_long(r) && is[i] == COLUMN_CANDIDATE)
			read_fault(r, i, "a column that the profile does not "
			    "know", r->row.fields[i]);
		else if (is_number(is[i]))
			number_column(r, i, is[i], keys[i], r->row.fields[i]);
	}
	if (r->places[COLUMN_TERRITORY] < 0) {
		r->places[COLUMN_TERRITORY] = r->places[COLUMN_DISTRICT];
		r->places[COLUMN_DISTRICT] = -1;
	}
}

/* The profile that knows most of the columns; of equals, one that misses
   nothing, then the first.  False and a fault if it misses a column. */
static bool
choose(struct read *r, const struct profile *const *profiles, unsigned n)
{
	struct bytes missing, least = bytes_of("no profile");
	unsigned i, fits, best = 0;

	for (i = 0; i < n; i++) {
		fits = profile_fits(profiles[i], r->row.fields, r->row.n,
		    &missing);
		if (r->profile != NULL && (fits < best || (fits == best &&
		    (least.n == 0 || missing.n > 0))))
			continue;
		r->profile = profiles[i];
		best = fits;
		least = missing;
	}
	if (r->profile == NULL || least.n > 0)
		read_fault_at(r, r->row.line, 0, "a column is missing", least);
	return r->profile != NULL && least.n == 0;
}

/* The header row; false if there is nothing to go on with. */
static bool
header(struct read *r, const struct profile *const *profiles, unsigned n)
{
	const struct bytes none = bytes_at(NULL, 0);
	const struct form *form = r->sink->form;
	unsigned i;
	bool whole;

	if (csv_next(r->csv, &r->row) != CSV_ROW || (r->row.n == 1 &&
	    r->row.fields[0].n == 0)) {
		if (csv_fault(r->csv).why == NULL)
			read_fault_at(r, 1, 0, "no header row", none);
		return false;
	}
	r->lines_before = form->n;
	for (i = 0; i < form->n; i++)
		r->candidates_before |= form->lines[i].candidate;
	whole = choose(r, profiles, n);
	if (r->profile == NULL)
		return false;
	columns(r);
	if (whole && r->places[COLUMN_REGION] < 0 &&
	    r->places[COLUMN_TERRITORY] < 0 && r->places[COLUMN_STATION] < 0)
		read_fault_at(r, r->row.line, 0, "no column names a region, a "
		    "territory or a station", none);
	if (!is_long(r)) {
		if (r->places[COLUMN_KEY] >= 0 || r->places[COLUMN_VALUE] >= 0)
			read_fault_at(r, r->row.line, 0, "of the columns key "
			    "and value one is missing", none);
		read_candidates(r);
	}
	return whole && !r->stopped && (r->nnumbers > 0 || is_long(r));
}

/* One table. */
static void
table(struct read *r, struct stream *s, const struct profile *const *profiles,
    unsigned n, struct results_read *out)
{
	struct csv_fault fault;

	r->csv = csv_new((struct csv_source){ take, s }, 0);
	if (r->csv == NULL) {
		read_fault_at(r, 0, 0, "no memory", bytes_at(NULL, 0));
		return;
	}
	if (header(r, profiles, n)) {
		if (is_long(r))
			read_long(r);
		else
			read_wide(r);
	}
	if (r->profile != NULL) {
		out->profile = r->profile;
		out->format = bytes_of(is_long(r) ? "csv long" : "csv wide");
	}
	out->rows += r->rows;
	fault = csv_fault(r->csv);
	if (fault.why != NULL)
		read_fault_at(r, fault.line, fault.column, fault.why,
		    bytes_at(NULL, 0));
	csv_free(r->csv);
}

/* What other programs leave in archives. */
static bool
is_litter(const struct zip_member *m)
{
	size_t i, last = 0;

	for (i = 0; i < m->name.n; i++)
		if (m->name.p[i] == '/')
			last = i + 1;
	return m->folder || bytes_starts(m->name, "__MACOSX/") ||
	    bytes_starts(bytes_part(m->name, last, m->name.n), ".");
}

static void
archive(const struct results_file *file, struct read *r,
    const struct profile *const *profiles, unsigned n,
    struct results_read *out)
{
	const struct read empty = *r;
	const char *why;
	struct stream s = { .input = &file->input };
	struct zip zip;
	size_t i, count = 0;
	unsigned faults;

	if (!zip_read(&file->input, r->arena, &zip) || zip.fault != NULL) {
		read_fault_at(r, 0, 0, zip.fault, bytes_at(NULL, 0));
		return;
	}
	for (i = 0; i < zip.n; i++)
		count += !is_litter(&zip.members[i]);
	if (count == 0)
		read_fault_at(r, 0, 0, "an archive without files",
		    bytes_at(NULL, 0));
	for (i = 0; i < zip.n && !r->stopped; i++) {
		if (is_litter(&zip.members[i]))
			continue;
		faults = r->faults;
		*r = empty;
		r->faults = faults;
		r->member = count > 1 ? zip.members[i].name : empty.member;
		s.member = zip_open(&file->input, &zip.members[i], &why);
		if (s.member != NULL) {
			s.at = 0;
			s.nested = false;
			table(r, &s, profiles, n, out);
			why = zip_close(s.member);
			why = s.nested ? "an archive within an archive" : why;
		}
		if (why != NULL)
			read_fault_at(r, 0, 0, why, bytes_at(NULL, 0));
	}
}

/* JSON begins with a brace, and no table does. */
static bool
is_json(const struct input *input)
{
	uint8_t head[64];
	struct bytes in = bytes_at(head, input_read(input, head, sizeof(head),
	    0));

	if (bytes_starts(in, "\xef\xbb\xbf"))
		in = bytes_part(in, 3, in.n);
	in = text_trim(in);
	return in.n > 0 && in.p[0] == '{';
}

void
read_results(const struct results_file *file,
    const struct profile *const *profiles, unsigned n,
    const struct form_sink *sink, struct arena *arena,
    struct results_read *out)
{
	struct stream s = { .input = &file->input };
	struct read *r;

	*out = (struct results_read){ .rows = 0 };
	if (is_json(&file->input)) {
		nist_read(file, profiles, n, sink, arena, out);
		return;
	}
	r = arena_alloc(arena, 1, sizeof(*r));
	if (r == NULL) {
		sink->fault(sink->ctx, file->number, 0, 0, "no memory");
		return;
	}
	r->sink = sink;
	r->arena = arena;
	r->file = file->number;
	if (zip_is(&file->input)) {
		archive(file, r, profiles, n, out);
		return;
	}
	table(r, &s, profiles, n, out);
	if (s.at < file->input.size && !r->stopped && r->faults == 0)
		read_fault_at(r, 0, 0, "the file could not be read to its end",
		    bytes_at(NULL, 0));
}
