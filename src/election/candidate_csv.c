/*
 * Candidates as CSV: a row for each, turned into the tree that the same file
 * would be in YAML.  A cell that is a list has its items between semicolons:
 * "RU birth..; FI 1995-04-01..2004-06-30".
 */
#include "base/text.h"
#include "election/candidate_inside.h"
#include "format/csv.h"

#define COLUMNS	64

#define EVENT_WORDS	"event date"
#define SCALARS	"name sex note born residence-since proposer supporters"

struct place {
	uint32_t line, column;
};

struct column {
	struct bytes name;
	struct place at;
};

struct table {
	struct candidate_reader *r;
	struct column columns[COLUMNS];
	unsigned n;
};

struct part {			/* of a cell */
	struct bytes text;
	struct place at;
};

/* --- nodes ---------------------------------------------------------------- */

static struct yaml *
node(struct candidate_reader *r, enum yaml_kind kind, struct part p)
{
	struct yaml *y = arena_alloc(r->arena, 1, sizeof(*y));

	if (y == NULL)
		return NULL;
	*y = (struct yaml){ .kind = kind, .line = p.at.line,
	    .column = p.at.column };
	if (kind == YAML_SCALAR)
		y->text = p.text;
	return y;
}

/* Appends; *last is the one before. */
static void
append(struct yaml *to, struct yaml **last, struct yaml *y)
{
	if (to == NULL || y == NULL)
		return;
	if (*last == NULL)
		to->first = y;
	else
		(*last)->next = y;
	*last = y;
	to->n++;
}

static void
put(struct candidate_reader *r, struct yaml *map, struct yaml **last,
    struct bytes key, struct place at, struct yaml *value)
{
	const struct yaml *y;

	if (map == NULL || value == NULL)
		return;
	for (y = map->first; y != NULL; y = y->next)
		if (bytes_eq(y->key, key)) {
			candidate_fault_at(r, at.line, at.column,
			    "\"%s\" stands twice", candidate_quoted(r, key));
			return;
		}
	value->key = key;
	value->key_line = at.line;
	value->key_column = at.column;
	append(map, last, value);
}

/* --- parts of a cell ------------------------------------------------------ */

static struct part
part_of(struct part p, size_t from, size_t n)
{
	struct part sub = p;

	sub.text = bytes_part(p.text, from, n);
	sub.at.column += (uint32_t)from;
	return sub;
}

static struct part
trimmed(struct part p)
{
	struct bytes text = text_trim(p.text);
	size_t from = 0;

	while (text.n > 0 && p.text.p + from != text.p)
		from++;
	return part_of(p, from, text.n);
}

/* Whether what follows a byte is quoted, and before it was or was not.  A quote
   opens before a value and closes behind it; within a word, as in Val-d'Oise,
   it is one more letter. */
static bool
is_quoted(struct bytes text, size_t at, bool quoted)
{
	if (text.p[at] != '\'')
		return quoted;
	if (!quoted)
		return at == 0 || bytes_find_byte(bytes_of(" ;="),
		    text.p[at - 1], 0) != SIZE_MAX;
	return at + 1 < text.n && bytes_find_byte(bytes_of(" ;"),
	    text.p[at + 1], 0) == SIZE_MAX;
}

static bool
ends_quoted(struct bytes text)
{
	bool quoted = false;
	size_t i;

	for (i = 0; i < text.n; i++)
		quoted = is_quoted(text, i, quoted);
	return quoted;
}

/* The next piece up to a byte that is not within '...'; trimmed.  False at the
   end. */
static bool
next(struct part *rest, uint8_t until, struct part *piece)
{
	bool quoted = false;
	size_t n = 0;

	if (rest->text.n == 0)
		return false;
	for (; n < rest->text.n; n++) {
		quoted = is_quoted(rest->text, n, quoted);
		if (rest->text.p[n] == until && !quoted)
			break;
	}
	*piece = trimmed(part_of(*rest, 0, n));
	*rest = part_of(*rest, n + 1, SIZE_MAX);
	return true;
}

/* The nth of words between blanks; empty if there are not so many. */
static struct bytes
nth(const char *words, unsigned n)
{
	struct part rest = { bytes_of(words), { 0, 0 } }, word;

	while (next(&rest, ' ', &word))
		if (n-- == 0)
			return word.text;
	return bytes_at(NULL, 0);
}

static bool
is_plain(struct bytes text, const char *word)
{
	return bytes_is(text, word);
}

/* --- items ---------------------------------------------------------------- */

static struct part
unquoted(struct part p)
{
	if (p.text.n >= 2 && p.text.p[0] == '\'' &&
	    p.text.p[p.text.n - 1] == '\'')
		return part_of(p, 1, p.text.n - 2);
	return p;
}

/* Several classes of one offence: grave+extremist. */
static struct yaml *
value_of(struct candidate_reader *r, struct bytes key, struct part p)
{
	struct yaml *list, *last = NULL, *y;
	struct part word;
	bool quoted = p.text.n > 0 && p.text.p[0] == '\'';

	if (!bytes_is(key, "offence") ||
	    bytes_find_byte(p.text, '+', 0) == SIZE_MAX) {
		y = node(r, YAML_SCALAR, unquoted(p));
		if (y != NULL)
			y->quoted = quoted;
		return y;
	}
	list = node(r, YAML_LIST, p);
	while (next(&p, '+', &word))
		append(list, &last, node(r, YAML_SCALAR, word));
	return list;
}

static void
put_part(struct candidate_reader *r, struct yaml *map, struct yaml **last,
    struct part key, struct part p)
{
	put(r, map, last, key.text, key.at, value_of(r, key.text, p));
}

/* key=value; FROM..UNTIL; a flag by its name; or the next of `words`. */
static void
item_word(struct candidate_reader *r, struct yaml *map, struct yaml **last,
    struct part p, const char *words, unsigned *nwords)
{
	size_t is = bytes_find_byte(p.text, '=', 0);
	size_t quote = bytes_find_byte(p.text, '\'', 0);
	size_t dots = bytes_find(p.text, bytes_of(".."), 0);
	struct bytes key = nth(words, *nwords);

	if (is != SIZE_MAX && (quote == SIZE_MAX || is < quote)) {
		put_part(r, map, last, part_of(p, 0, is),
		    part_of(p, is + 1, SIZE_MAX));
	} else if (dots != SIZE_MAX && quote == SIZE_MAX) {
		if (dots > 0)
			put_part(r, map, last, (struct part){
			    bytes_of("from"), p.at }, part_of(p, 0, dots));
		if (dots + 2 < p.text.n)
			put_part(r, map, last, (struct part){
			    bytes_of("until"), p.at }, part_of(p, dots + 2,
			    SIZE_MAX));
	} else if (is_plain(p.text, "permanent") ||
	    is_plain(p.text, "by-birth")) {
		put(r, map, last, p.text, p.at, node(r, YAML_SCALAR,
		    (struct part){ bytes_of("true"), p.at }));
	} else if (key.n == 0) {
		candidate_fault_at(r, p.at.line, p.at.column, "what is "
		    "\"%s\"?", candidate_quoted(r, p.text));
	} else {
		*nwords += 1;
		put_part(r, map, last, (struct part){ key, p.at }, p);
	}
}

static struct yaml *
item(struct candidate_reader *r, struct part p, const char *words)
{
	struct yaml *map, *last = NULL;
	struct part word;
	unsigned nwords = 0;

	if (is_plain(p.text, "unknown"))
		return node(r, YAML_SCALAR, p);
	map = node(r, YAML_MAP, p);
	while (next(&p, ' ', &word))
		if (word.text.n > 0)
			item_word(r, map, &last, word, words, &nwords);
	return map;
}

/* --- cells ---------------------------------------------------------------- */

static struct yaml *
items(struct candidate_reader *r, struct part p, const char *words)
{
	struct yaml *list = node(r, YAML_LIST, p), *last = NULL;
	struct part one;

	while (next(&p, ';', &one)) {
		if (one.text.n == 0)
			candidate_fault_at(r, one.at.line, one.at.column,
			    "an item with nothing in it");
		else
			append(list, &last, words == NULL ?
			    node(r, YAML_SCALAR, one) : item(r, one, words));
	}
	return list;
}

/* A number, or "Tver=120; Oryol=80". */
static struct yaml *
signatures(struct candidate_reader *r, struct part p)
{
	struct yaml *map, *last = NULL;
	struct part one;
	size_t is, found;

	if (bytes_find_byte(p.text, '=', 0) == SIZE_MAX)
		return node(r, YAML_SCALAR, p);
	map = node(r, YAML_MAP, p);
	while (next(&p, ';', &one)) {
		is = SIZE_MAX;
		found = bytes_find_byte(one.text, '=', 0);
		while (found != SIZE_MAX) {
			is = found;
			found = bytes_find_byte(one.text, '=', found + 1);
		}
		if (is == SIZE_MAX || text_trim(bytes_part(one.text, 0, is)).n
		    == 0)
			candidate_fault_at(r, one.at.line, one.at.column,
			    "signatures are written REGION=NUMBER");
		else
			put(r, map, &last, text_trim(bytes_part(one.text, 0,
			    is)), one.at, node(r, YAML_SCALAR,
			    trimmed(part_of(one, is + 1, SIZE_MAX))));
	}
	return map;
}

static const char *
words_of(struct bytes name)
{
	unsigned i;

	for (i = 0; i < CANDIDATE_FACTS; i++)
		if (bytes_is(name, candidate_shapes[i].name))
			return candidate_shapes[i].words;
	return NULL;
}

static struct yaml *
cell(struct candidate_reader *r, struct bytes name, struct part p)
{
	if (candidate_among(name, SCALARS) || is_plain(p.text, "none") ||
	    is_plain(p.text, "unknown"))
		return node(r, YAML_SCALAR, p);
	if (bytes_is(name, "signatures"))
		return signatures(r, p);
	return items(r, p, words_of(name));
}

static bool
is_event(struct bytes name)
{
	unsigned i;

	for (i = 0; i < CANDIDATE_EVENT_KINDS; i++)
		if (bytes_is(name, candidate_event_name(
		    (enum candidate_event_kind)i)))
			return true;
	return false;
}

/* --- rows ----------------------------------------------------------------- */

struct row {			/* being made */
	struct yaml *map, *last;
	struct yaml *events, *last_event;
};

/* A column for one kind of event: a day, or several. */
static void
event_days(struct candidate_reader *r, struct row *row, struct column *column,
    struct part p)
{
	struct yaml *map, *last;
	struct part day;

	if (row->events == NULL)
		row->events = node(r, YAML_LIST, p);
	if (row->events != NULL && row->events->kind != YAML_LIST) {
		candidate_fault_at(r, p.at.line, p.at.column, "\"events\" "
		    "says that there are none, or not known");
		return;
	}
	while (next(&p, ';', &day)) {
		last = NULL;
		map = node(r, YAML_MAP, day);
		put(r, map, &last, bytes_of("event"), day.at, node(r,
		    YAML_SCALAR, (struct part){ column->name, day.at }));
		put(r, map, &last, bytes_of("date"), day.at,
		    node(r, YAML_SCALAR, day));
		append(row->events, &row->last_event, map);
	}
}

static void
put_cell(struct table *t, struct row *row, unsigned i, struct part p)
{
	struct part one;

	if (!candidate_among(t->columns[i].name, SCALARS) &&
	    ends_quoted(p.text))
		candidate_fault_at(t->r, p.at.line, p.at.column, "a quote (') "
		    "that does not end");
	if (bytes_is(t->columns[i].name, "events")) {
		row->events = node(t->r, is_plain(p.text, "none") ||
		    is_plain(p.text, "unknown") ? YAML_SCALAR : YAML_LIST, p);
		while (row->events != NULL &&
		    row->events->kind == YAML_LIST && next(&p, ';', &one))
			append(row->events, &row->last_event, item(t->r, one,
			    EVENT_WORDS));
	} else if (!is_event(t->columns[i].name)) {
		put(t->r, row->map, &row->last, t->columns[i].name, p.at,
		    cell(t->r, t->columns[i].name, p));
	}
}

static struct yaml *
read_row(struct table *t, const struct csv *csv, const struct csv_row *in)
{
	struct part cells[COLUMNS], whole = { .at = { (uint32_t)in->line, 1 } };
	struct row row = { .map = node(t->r, YAML_MAP, whole) };
	uint64_t line;
	unsigned i;

	for (i = 0; i < in->n && i < t->n; i++) {
		csv_place(csv, i, &line, &cells[i].at.column);
		cells[i].at.line = (uint32_t)line;
		cells[i].text = arena_copy(t->r->arena, in->fields[i]);
		cells[i] = trimmed(cells[i]);
		if (cells[i].text.n > 0)
			put_cell(t, &row, i, cells[i]);
	}
	for (i = 0; i < in->n && i < t->n; i++)
		if (cells[i].text.n > 0 && is_event(t->columns[i].name))
			event_days(t->r, &row, &t->columns[i], cells[i]);
	if (row.events != NULL)
		put(t->r, row.map, &row.last, bytes_of("events"),
		    (struct place){ row.events->line, row.events->column },
		    row.events);
	return row.map;
}

static void
read_head(struct table *t, const struct csv *csv, const struct csv_row *in)
{
	uint64_t line;
	struct column *c;
	unsigned i, k;

	if (in->n > COLUMNS) {
		candidate_fault_at(t->r, (uint32_t)in->line, 1,
		    "more than %d columns", COLUMNS);
		return;
	}
	for (i = 0; i < in->n; i++) {
		c = &t->columns[t->n++];
		csv_place(csv, i, &line, &c->at.column);
		c->at.line = (uint32_t)line;
		c->name = arena_copy(t->r->arena, text_trim(in->fields[i]));
		if (!candidate_among(c->name, SCALARS) &&
		    !candidate_among(c->name, "signatures "
		    "imprisonment-until events") &&
		    words_of(c->name) == NULL && !is_event(c->name))
			candidate_fault_at(t->r, c->at.line, c->at.column,
			    "\"%s\" is no column of this table",
			    candidate_quoted(t->r, c->name));
		for (k = 0; k < i; k++)
			if (bytes_eq(t->columns[k].name, c->name))
				candidate_fault_at(t->r, c->at.line,
				    c->at.column, "\"%s\" stands twice",
				    candidate_quoted(t->r, c->name));
	}
}

/* --- the file ------------------------------------------------------------- */

static size_t
from_memory(void *ctx, void *to, size_t n)
{
	struct bytes *rest = ctx;
	struct bytes part = bytes_part(*rest, 0, n);

	if (part.n > 0)
		memcpy(to, part.p, part.n);
	*rest = bytes_part(*rest, part.n, SIZE_MAX);
	return part.n;
}

static void
read_rows(struct table *t, struct csv *csv, struct yaml *list)
{
	struct yaml *last = NULL;
	struct csv_row row;
	struct csv_fault fault;
	enum csv_end end = csv_next(csv, &row);

	if (end == CSV_ROW) {
		read_head(t, csv, &row);
		if (t->r->faults->n > 0)
			return;
		while (list->n <= CANDIDATE_MOST &&
		    (end = csv_next(csv, &row)) == CSV_ROW)
			append(list, &last, read_row(t, csv, &row));
	}
	if (end == CSV_FAULT) {
		fault = csv_fault(csv);
		candidate_fault_at(t->r, (uint32_t)fault.line, fault.column,
		    "%s", fault.why);
	}
}

const struct yaml *
candidate_csv(struct candidate_reader *r, struct bytes in)
{
	struct table *t = arena_alloc(r->arena, 1, sizeof(*t));
	struct part start = { .at = { 1, 1 } };
	struct yaml *root = node(r, YAML_MAP, start), *last = NULL;
	struct yaml *list = node(r, YAML_LIST, start);
	struct csv *csv = csv_new((struct csv_source){ from_memory, &in }, 0);

	if (t != NULL && root != NULL && list != NULL && csv != NULL) {
		t->r = r;
		read_rows(t, csv, list);
		put(r, root, &last, bytes_of("candidates"), start.at, list);
		if (r->faults->n > 0 && list->n == 0)
			root = NULL;
	} else {
		candidate_fault_at(r, 1, 1, "not enough memory");
	}
	csv_free(csv);
	return root;
}
