#include "election/read_list.h"

#include <string.h>

#include "base/text.h"
#include "format/csv.h"

enum part { PART_REGION, PART_DISTRICT, PART_TERRITORY, PART_STATION,
    PART_REASON, PART_REGISTERED, PARTS };

struct list {
	const struct results_file *file;
	const struct list_sink *sink;
	uint64_t at;			/* bytes read */
	int column[PARTS];		/* -1: not there */
};

static size_t
more(void *ctx, void *to, size_t n)
{
	struct list *l = ctx;

	n = input_read(&l->file->input, to, n, l->at);
	l->at += n;
	return n;
}

static int
part_of(const struct profile *profile, struct bytes header)
{
	struct bytes key = { 0 };

	switch (profile_column(profile, header, &key)) {
	case COLUMN_REGION:
		return PART_REGION;
	case COLUMN_DISTRICT:
		return PART_DISTRICT;
	case COLUMN_TERRITORY:
		return PART_TERRITORY;
	case COLUMN_STATION:
		return PART_STATION;
	case COLUMN_REASON:
		return PART_REASON;
	case COLUMN_LINE:
		return bytes_is(key, "registered") ? PART_REGISTERED : -1;
	default:
		return -1;
	}
}

/* The columns as one profile sees them, and how many it knows. */
struct seen {
	int column[PARTS];		/* -1: not there */
	unsigned known;
	bool twice;			/* two are the same */
};

static struct seen
columns(const struct profile *profile, const struct csv_row *row)
{
	struct seen s = { .known = 0 };
	unsigned i;
	int part;

	for (i = 0; i < PARTS; i++)
		s.column[i] = -1;
	for (i = 0; i < row->n; i++) {
		part = part_of(profile, row->fields[i]);
		if (part < 0)
			continue;
		s.twice = s.twice || s.column[part] >= 0;
		s.column[part] = (int)i;
		s.known++;
	}
	return s;
}

/* The profile that knows most of the columns, of equals the first: one word
   in common ("region") makes no list of another's.  NULL, or why there is
   none. */
static const char *
choose(struct list *l, const struct profile *const *profiles,
    unsigned nprofiles, const struct csv_row *row)
{
	struct seen best = { .known = 0 }, s;
	unsigned i;

	for (i = 0; i < nprofiles; i++) {
		s = columns(profiles[i], row);
		if (s.known > best.known)
			best = s;
	}
	if (best.known == 0 || (best.column[PART_REGION] < 0 &&
	    best.column[PART_STATION] < 0))
		return "no columns of a list of stations: region, territory, "
		    "station";
	memcpy(l->column, best.column, sizeof(l->column));
	return best.twice ? "two columns for the same" : NULL;
}

static struct bytes
cell(const struct list *l, const struct csv_row *row, enum part part)
{
	int i = l->column[part];

	return i < 0 ? bytes_of("") : row->fields[i];
}

static bool
line(struct list *l, const struct csv_row *row)
{
	struct count_listed listed = { .file = l->file->number,
	    .line = row->line };
	struct bytes number = text_trim(cell(l, row, PART_REGISTERED));
	uint64_t v = 0;

	listed.region = cell(l, row, PART_REGION);
	listed.district = cell(l, row, PART_DISTRICT);
	listed.territory = cell(l, row, PART_TERRITORY);
	listed.station = cell(l, row, PART_STATION);
	listed.reason = cell(l, row, PART_REASON);
	listed.registered = FORM_EMPTY;
	if (number.n > 0) {
		if (!text_uint(number, &v) || v > (uint64_t)FORM_MOST) {
			l->sink->fault(l->sink->ctx, l->file->number,
			    row->line, 1, "the number of registered voters is "
			    "no number");
			return false;
		}
		listed.registered = (int64_t)v;
	}
	l->sink->station(l->sink->ctx, &listed);
	return true;
}

static uint64_t
rows(struct list *l, struct csv *csv, const struct profile *const *profiles,
    unsigned nprofiles)
{
	struct csv_row row;
	struct csv_fault fault;
	enum csv_end end = csv_next(csv, &row);
	const char *why;
	uint64_t n = 0;

	why = end == CSV_ROW ? choose(l, profiles, nprofiles, &row) : NULL;
	if (why != NULL) {
		l->sink->fault(l->sink->ctx, l->file->number, row.line, 1,
		    why);
		return 0;
	}
	while (end == CSV_ROW && (end = csv_next(csv, &row)) == CSV_ROW)
		n += line(l, &row);
	if (end == CSV_FAULT) {
		fault = csv_fault(csv);
		l->sink->fault(l->sink->ctx, l->file->number, fault.line,
		    fault.column, fault.why);
	} else if (l->at < l->file->input.size) {
		l->sink->fault(l->sink->ctx, l->file->number, 0, 0,
		    "it could not be read to its end");
	}
	return n;
}

uint64_t
read_list(const struct results_file *file,
    const struct profile *const *profiles, unsigned nprofiles,
    const struct list_sink *sink)
{
	struct list l = { .file = file, .sink = sink };
	struct csv_source source = { more, &l };
	struct csv *csv = csv_new(source, 0);
	uint64_t n = 0;

	if (csv == NULL) {
		sink->fault(sink->ctx, file->number, 0, 0,
		    "not enough memory");
		return 0;
	}
	n = rows(&l, csv, profiles, nprofiles);
	csv_free(csv);
	return n;
}
