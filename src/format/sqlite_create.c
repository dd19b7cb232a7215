/*
 * From the text of CREATE TABLE to columns: names, how values were changed on
 * their way in, which column is the rowid, where each lies in a record.
 *
 * The text in sqlite_schema is what the app gave, checked by SQLite, so the
 * grammar is followed only as far as those questions need it.
 */
#include "format/sqlite_inside.h"

#include "base/text.h"

struct draft {			/* what a column says, until all is read */
	struct bytes fallback;
	struct bytes collation;
	bool names;		/* fallback stands without parentheses */
	bool integer;		/* its type is INTEGER and no more */
	bool any;		/* its type is ANY */
};

struct key {			/* one column of the PRIMARY KEY */
	unsigned column;
	struct bytes collation;
};

struct maker {
	struct sqlite *db;
	struct sqlite_table *t;
	struct sqlite_sql q;
	struct draft *draft;	/* [room], as the columns and keys are */
	struct key *key;
	unsigned nkeys;
	unsigned room;
	bool bad;		/* not what SQLite would have accepted */
	bool keyed;		/* a PRIMARY KEY was read */
	bool alias;		/* it is one that may be the rowid */
};

static bool
is_any(const struct sqlite_sql *q, const char *const *words)
{
	for (; *words != NULL; words++)
		if (sqlite_sql_is(q, *words))
			return true;
	return false;
}

static bool
ends_column(const struct sqlite_sql *q)
{
	return q->token == SQL_END || sqlite_sql_sign(q, ',') ||
	    sqlite_sql_sign(q, ')');
}

static bool
contains(struct bytes b, const char *word)
{
	struct bytes w = bytes_of(word);
	size_t i;

	for (i = 0; i + w.n <= b.n; i++)
		if (text_same(bytes_part(b, i, w.n), w))
			return true;
	return false;
}

/* https://www.sqlite.org/datatype3.html, 3.1 */
static enum sqlite_affinity
affinity_of(struct bytes type)
{
	if (contains(type, "int"))
		return SQLITE_AS_NUMBER;
	if (contains(type, "char") || contains(type, "clob") ||
	    contains(type, "text"))
		return SQLITE_AS_TEXT;
	if (type.n == 0 || contains(type, "blob"))
		return SQLITE_AS_IS;
	if (contains(type, "real") || contains(type, "floa") ||
	    contains(type, "doub"))
		return SQLITE_AS_REAL;
	return SQLITE_AS_NUMBER;
}

/* Whether the text of a type is INTEGER and no more: only that can be the
   rowid. */
static bool
is_integer(struct bytes type)
{
	struct sqlite_sql q;
	struct bytes word;

	sqlite_sql_start(&q, type);
	word = q.text;
	if (q.token == SQL_NAME || q.token == SQL_STRING)
		word = bytes_part(word, 1, word.n - 2);
	sqlite_sql_next(&q);
	return text_same_as(word, "integer") && q.token == SQL_END;
}

static bool
is_name(const struct sqlite_sql *q)
{
	return q->token == SQL_WORD || q->token == SQL_NAME ||
	    q->token == SQL_STRING;
}

/* (10) or (10, 5) after a type. */
static void
read_width(struct maker *m)
{
	struct sqlite_sql *q = &m->q;
	bool number = false;

	for (sqlite_sql_next(q); !sqlite_sql_sign(q, ')');
	    sqlite_sql_next(q)) {
		number |= q->token == SQL_NUMBER;
		if (q->token != SQL_NUMBER && !sqlite_sql_sign(q, ',') &&
		    !sqlite_sql_sign(q, '-') && !sqlite_sql_sign(q, '+')) {
			m->bad = true;
			return;
		}
	}
	m->bad |= !number;
	sqlite_sql_next(q);
}

static void
read_type(struct maker *m, struct sqlite_column *c, struct draft *d)
{
	static const char *const ends[] = { "constraint", "primary", "not",
	    "null", "unique", "check", "default", "collate", "references",
	    "as", "generated", NULL };
	struct sqlite_sql *q = &m->q;
	size_t from = q->at - q->text.n;
	struct bytes type = bytes_at(NULL, 0);

	while (is_name(q) && !is_any(q, ends)) {
		sqlite_sql_next(q);
		type = bytes_part(q->in, from, q->end - from);
	}
	if (type.n > 0 && sqlite_sql_sign(q, '(')) {
		read_width(m);
		type = bytes_part(q->in, from, q->end - from);
	}
	c->affinity = affinity_of(type);
	d->integer = is_integer(type);
	d->any = text_same_as(type, "any");
}

/* DEFAULT: a literal with a sign, a name, or anything in parentheses. */
static void
read_default(struct maker *m, struct draft *d)
{
	struct sqlite_sql *q = &m->q;
	size_t from;

	sqlite_sql_next(q);
	from = q->at - q->text.n;
	d->names = !sqlite_sql_sign(q, '(');
	if (sqlite_sql_sign(q, '-') || sqlite_sql_sign(q, '+'))
		sqlite_sql_next(q);
	m->bad |= q->token == SQL_END ||
	    (q->token == SQL_SIGN && !sqlite_sql_sign(q, '('));
	sqlite_sql_skip(q);
	d->fallback = bytes_part(q->in, from, q->end - from);
}

static void
add_key(struct maker *m, unsigned column, struct bytes collation)
{
	if (m->nkeys < m->room)
		m->key[m->nkeys++] = (struct key){ column, collation };
}

/* PRIMARY KEY [ASC|DESC] after a column.  DESC makes it no rowid: an error of
   old that SQLite keeps for the sake of old files. */
static void
read_column_key(struct maker *m, unsigned column, const struct draft *d)
{
	sqlite_sql_next(&m->q);
	m->bad |= !sqlite_sql_is(&m->q, "key") || m->keyed;
	sqlite_sql_next(&m->q);
	m->keyed = true;
	m->alias = d->integer && !sqlite_sql_is(&m->q, "desc");
	add_key(m, column, bytes_at(NULL, 0));
}

/* GENERATED ALWAYS AS (expression) [STORED|VIRTUAL] */
static void
read_generated(struct maker *m, struct sqlite_column *c)
{
	sqlite_sql_next(&m->q);
	m->bad |= !sqlite_sql_sign(&m->q, '(');
	sqlite_sql_skip(&m->q);
	c->generated = !sqlite_sql_is(&m->q, "stored");
	if (sqlite_sql_is(&m->q, "stored") || sqlite_sql_is(&m->q, "virtual"))
		sqlite_sql_next(&m->q);
}

/* Words of constraints that change nothing for a reader.  Any other word is
   one that SQLite would have refused: the text is damaged. */
static void
read_other(struct maker *m)
{
	static const char *const words[] = { "not", "null", "on", "conflict",
	    "rollback", "abort", "fail", "ignore", "replace", "asc", "desc",
	    "autoincrement", "unique", "delete", "update", "set", "default",
	    "cascade", "restrict", "no", "action", "deferrable", "initially",
	    "deferred", "immediate", "generated", "always", NULL };
	struct sqlite_sql *q = &m->q;

	if (sqlite_sql_is(q, "constraint") || sqlite_sql_is(q, "match")) {
		sqlite_sql_next(q);
		m->bad |= !is_name(q);
	} else if (sqlite_sql_is(q, "references")) {
		sqlite_sql_next(q);
		m->bad |= !is_name(q);
		sqlite_sql_next(q);
		if (!sqlite_sql_sign(q, '('))
			return;
	} else if (sqlite_sql_is(q, "check")) {
		sqlite_sql_next(q);
		m->bad |= !sqlite_sql_sign(q, '(');
	} else {
		m->bad |= !is_any(q, words);
	}
	sqlite_sql_skip(q);
}

static void
read_column(struct maker *m)
{
	struct sqlite_table *t = m->t;
	struct sqlite_column *c = &t->columns[t->ncolumns];
	struct draft *d = &m->draft[t->ncolumns];
	struct sqlite_sql *q = &m->q;
	bool set = false;	/* SET DEFAULT of a foreign key */

	c->name = sqlite_sql_name(q, m->db->arena);
	m->bad |= c->name == NULL;
	sqlite_sql_next(q);
	read_type(m, c, d);
	while (!ends_column(q) && !m->bad) {
		if (sqlite_sql_is(q, "default") && !set) {
			read_default(m, d);
		} else if (sqlite_sql_is(q, "primary")) {
			read_column_key(m, t->ncolumns, d);
		} else if (sqlite_sql_is(q, "as")) {
			read_generated(m, c);
		} else if (sqlite_sql_is(q, "collate")) {
			sqlite_sql_next(q);
			m->bad |= !is_name(q);
			d->collation = q->text;
			sqlite_sql_next(q);
		} else {
			set = sqlite_sql_is(q, "set");
			read_other(m);
			continue;
		}
		set = false;
	}
	t->ncolumns++;
}

/* One column of PRIMARY KEY (...): a name, perhaps in parentheses of its own,
   perhaps with COLLATE and an order. */
static void
read_key_column(struct maker *m)
{
	struct sqlite_table *t = m->t;
	struct sqlite_sql *q = &m->q;
	struct bytes collation = bytes_at(NULL, 0);
	unsigned i, depth = 0;
	char *name;

	for (; sqlite_sql_sign(q, '('); sqlite_sql_next(q))
		depth++;
	name = sqlite_sql_name(q, m->db->arena);
	for (i = 0; name != NULL && i < t->ncolumns; i++)
		if (text_same_as(bytes_of(name), t->columns[i].name))
			break;
	m->bad |= name == NULL || i == t->ncolumns;
	sqlite_sql_next(q);
	while (!m->bad && (depth > 0 || !ends_column(q))) {
		if (sqlite_sql_is(q, "collate")) {
			sqlite_sql_next(q);
			collation = q->text;
		} else if (depth > 0 && sqlite_sql_sign(q, ')')) {
			depth--;
		} else {
			m->bad |= !sqlite_sql_is(q, "asc") &&
			    !sqlite_sql_is(q, "desc") &&
			    !sqlite_sql_is(q, "autoincrement");
		}
		sqlite_sql_next(q);
	}
	if (!m->bad)
		add_key(m, i, collation);
}

/* PRIMARY KEY (...) of the table.  Here DESC makes no difference. */
static void
read_table_key(struct maker *m)
{
	struct sqlite_sql *q = &m->q;

	sqlite_sql_next(q);
	m->bad |= !sqlite_sql_is(q, "key") || m->keyed;
	sqlite_sql_next(q);
	m->bad |= !sqlite_sql_sign(q, '(');
	do {
		sqlite_sql_next(q);
		read_key_column(m);
	} while (sqlite_sql_sign(q, ',') && !m->bad);
	m->bad |= !sqlite_sql_sign(q, ')');
	sqlite_sql_next(q);
	m->keyed = true;
	m->alias = m->nkeys == 1 && m->draft[m->key[0].column].integer;
}

static void
read_constraints(struct maker *m)
{
	struct sqlite_sql *q = &m->q;

	while (!sqlite_sql_sign(q, ')') && !m->bad) {
		if (sqlite_sql_is(q, "primary")) {
			read_table_key(m);
		} else if (sqlite_sql_is(q, "unique") ||
		    sqlite_sql_is(q, "key")) {
			sqlite_sql_next(q);
			m->bad |= !sqlite_sql_sign(q, '(');
			sqlite_sql_skip(q);
		} else if (sqlite_sql_is(q, "foreign") ||
		    sqlite_sql_sign(q, ',')) {
			sqlite_sql_next(q);
		} else {
			read_other(m);
		}
	}
}

static void
read_body(struct maker *m)
{
	static const char *const constraints[] = { "constraint", "primary",
	    "unique", "check", "foreign", NULL };
	struct sqlite_sql *q = &m->q;

	while (!m->bad) {
		if (m->t->ncolumns == m->room) {
			m->bad = true;
			return;
		}
		read_column(m);
		if (!sqlite_sql_sign(q, ','))
			break;
		sqlite_sql_next(q);
		if (is_any(q, constraints)) {
			read_constraints(m);
			break;
		}
	}
	m->bad |= !sqlite_sql_sign(q, ')');
}

/* WITHOUT ROWID, STRICT */
static void
read_options(struct maker *m, bool *strict)
{
	struct sqlite_sql *q = &m->q;

	for (sqlite_sql_next(q); q->token != SQL_END && !m->bad;
	    sqlite_sql_next(q)) {
		if (sqlite_sql_is(q, "strict")) {
			*strict = true;
		} else if (sqlite_sql_is(q, "without")) {
			sqlite_sql_next(q);
			m->bad |= !sqlite_sql_is(q, "rowid");
			m->t->rowid = false;
		} else {
			m->bad |= !sqlite_sql_sign(q, ',') &&
			    !sqlite_sql_sign(q, ';');
		}
	}
}

static bool
same_collation(const struct maker *m, const struct key *a,
    const struct key *b)
{
	struct bytes x = a->collation, y = b->collation;

	if (x.n == 0)
		x = m->draft[a->column].collation;
	if (y.n == 0)
		y = m->draft[b->column].collation;
	x = x.n == 0 ? bytes_of("binary") : x;
	y = y.n == 0 ? bytes_of("binary") : y;
	return text_same(x, y);
}

/* Without a rowid the key comes first in the record; a column that it names
   twice, with one collation, stands there once. */
static void
place_keys(struct maker *m)
{
	struct sqlite_column *columns = m->t->columns;
	unsigned i, k;

	for (i = 0; i < m->nkeys; i++) {
		for (k = 0; k < i; k++)
			if (m->key[k].column == m->key[i].column &&
			    same_collation(m, &m->key[k], &m->key[i]))
				break;
		if (k < i)
			continue;
		if (columns[m->key[i].column].field == SQLITE_NO_FIELD)
			columns[m->key[i].column].field = m->t->nfields;
		m->t->nfields++;
	}
}

static void
place(struct maker *m, bool strict)
{
	struct sqlite_table *t = m->t;
	struct sqlite_column *c;
	struct draft *d;
	unsigned i;

	for (i = 0; i < t->ncolumns; i++)
		t->columns[i].field = SQLITE_NO_FIELD;
	if (!t->rowid)
		place_keys(m);
	else if (m->keyed && m->alias)
		t->key = (int)m->key[0].column;
	for (i = 0; i < t->ncolumns; i++) {
		c = &t->columns[i];
		d = &m->draft[i];
		if (strict && d->any)
			c->affinity = SQLITE_AS_IS;
		if (c->field == SQLITE_NO_FIELD && !c->generated)
			c->field = t->nfields++;
		if (d->fallback.n > 0)
			c->unknown = !sqlite_default_value(m->db->arena,
			    d->fallback, c->affinity, d->names, &c->fallback);
		t->unknown = t->unknown || c->unknown;
	}
}

/* No more columns and keys than there are commas, and one. */
static bool
make_room(struct maker *m, struct bytes sql)
{
	struct arena *arena = m->db->arena;
	size_t at = 0, n = 1;

	while ((at = bytes_find_byte(sql, ',', at)) != SIZE_MAX) {
		at++;
		n++;
	}
	if (n > LIMIT_COLUMNS)
		n = LIMIT_COLUMNS;
	if (n > SQLITE_COLUMNS_ALL - m->db->all_columns)
		return false;
	m->db->all_columns += (unsigned)n;
	m->room = (unsigned)n;
	m->t->columns = arena_alloc(arena, n, sizeof(*m->t->columns));
	m->draft = arena_alloc(arena, n, sizeof(*m->draft));
	m->key = arena_alloc(arena, n, sizeof(*m->key));
	return m->key != NULL;
}

/* CREATE TABLE name, up to the parenthesis.  SQLite writes these words anew:
   what the app said between them is gone. */
static void
read_head(struct maker *m)
{
	struct sqlite_sql *q = &m->q;
	char *name;

	m->bad |= !sqlite_sql_is(q, "create");
	sqlite_sql_next(q);
	m->bad |= !sqlite_sql_is(q, "table");
	sqlite_sql_next(q);
	name = sqlite_sql_name(q, m->db->arena);
	m->bad |= name == NULL || !text_same_as(bytes_of(name), m->t->name);
	sqlite_sql_next(q);
	m->bad |= !sqlite_sql_sign(q, '(');
	sqlite_sql_next(q);
}

bool
sqlite_create_parse(struct sqlite *db, struct bytes sql,
    struct sqlite_table *t)
{
	struct maker m = { .db = db, .t = t };
	bool strict = false;

	t->rowid = true;
	t->key = -1;
	sqlite_sql_start(&m.q, sql);
	read_head(&m);
	if (m.bad || !make_room(&m, sql))
		return false;
	read_body(&m);
	if (!m.bad)
		read_options(&m, &strict);
	if (m.bad || (!t->rowid && !m.keyed))
		return false;
	place(&m, strict);
	return !db->arena->bad;
}
