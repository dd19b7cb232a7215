/*
 * Reading a profile out of its YAML file.
 */
#include "election/profile_inside.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/text.h"
#include "election/relation_inside.h"

struct reader {
	struct arena *arena;
	struct profile *p;
	struct yaml_fault *fault;
	struct buf words;	/* a pattern in the making */
	struct profile_test tests[PROFILE_TESTS];	/* of one rule */
	unsigned ntests;
};

static bool bad(struct reader *, const struct yaml *, const char *, ...)
    __attribute__((format(printf, 3, 4)));

static bool
bad(struct reader *r, const struct yaml *at, const char *format, ...)
{
	va_list list;

	r->fault->line = at->line;
	r->fault->column = at->column;
	va_start(list, format);
	(void)vsnprintf(r->fault->why, sizeof(r->fault->why), format, list);
	va_end(list);
	return false;
}

static bool
bad_key(struct reader *r, const struct yaml *member)
{
	struct bytes key = text_head(member->key, 40);

	bad(r, member, "\"%.*s\" is not known here", (int)key.n,
	    (const char *)key.p);
	r->fault->line = member->key_line;
	r->fault->column = member->key_column;
	return false;
}

static bool
keys_are(struct reader *r, const struct yaml *map, const char *const *known)
{
	const struct yaml *m;
	unsigned i;

	if (map->kind != YAML_MAP)
		return bad(r, map, "a map should stand here");
	for (m = map->first; m != NULL; m = m->next) {
		for (i = 0; known[i] != NULL && !bytes_is(m->key, known[i]);)
			i++;
		if (known[i] == NULL)
			return bad_key(r, m);
	}
	return true;
}

/* The next of a list of scalars; a scalar alone is a list of one. */
static const struct yaml *
scalars(const struct yaml *node, const struct yaml *last)
{
	if (node == NULL || node->kind == YAML_MAP)
		return NULL;
	if (node->kind == YAML_SCALAR)
		return last == NULL ? node : NULL;
	return last == NULL ? node->first : last->next;
}

static bool
scalar(struct reader *r, const struct yaml *node, struct bytes *text)
{
	if (node->kind != YAML_SCALAR)
		return bad(r, node, "a text should stand here");
	if (node->text.n == 0)
		return bad(r, node, "an empty text");
	*text = arena_copy(r->arena, node->text);
	return true;
}

/* The text as a pattern for itself; e also for the Russian letter yo, which
   many leave out. */
static void
put_literal(struct buf *b, struct bytes text)
{
	size_t at, n;
	uint32_t c;

	for (at = 0; at < text.n; at += n) {
		n = text_char(text, at, &c);
		if (n == 0)
			n = 1;
		if (n == 1 && !(text_lower(text.p[at]) >= 'a' &&
		    text_lower(text.p[at]) <= 'z') &&
		    !(text.p[at] >= '0' && text.p[at] <= '9'))
			buf_byte(b, '\\');
		if (n == 2 && (c == 0x435 || c == 0x451))
			buf_text(b, "[\u0435\u0451]");
		else
			buf_add(b, bytes_part(text, at, n));
	}
}

static bool
add_pattern(struct reader *r, const struct yaml *at, struct bytes pattern,
    int *number)
{
	char why[128];

	*number = profile_patterns_add(r->p->patterns, pattern, why,
	    sizeof(why));
	return *number >= 0 || bad(r, at, "pattern: %s", why);
}

/* A pattern of the operator's own: an empty one would fit everything. */
static bool
own_pattern(struct reader *r, const struct yaml *node, int *number)
{
	if (node->kind != YAML_SCALAR || node->text.n == 0)
		return bad(r, node, "a regular expression should stand here");
	return add_pattern(r, node, node->text, number);
}

static bool
add_test(struct reader *r, const struct yaml *at, struct bytes pattern,
    bool wanted)
{
	struct profile_test *t = &r->tests[r->ntests];

	if (r->ntests == PROFILE_TESTS)
		return bad(r, at, "too many tests");
	t->wanted = wanted;
	r->ntests++;
	return add_pattern(r, at, pattern, &t->pattern);
}

/* header: the whole header is one of these texts. */
static bool
headers(struct reader *r, const struct yaml *node)
{
	const struct yaml *m;
	struct buf *b = &r->words;

	if (node == NULL)
		return true;
	if (scalars(node, NULL) == NULL)
		return bad(r, node, "a text or a list of texts should stand "
		    "here");
	buf_reset(b);
	buf_text(b, "^(?:");
	for (m = scalars(node, NULL); m != NULL; m = scalars(node, m)) {
		if (m->kind != YAML_SCALAR)
			return bad(r, m, "a text should stand here");
		if (m != scalars(node, NULL))
			buf_byte(b, '|');
		put_literal(b, profile_clean(m->text, r->arena));
	}
	buf_text(b, ")$");
	return add_test(r, node, buf_bytes(b), true);
}

/* words: each begins a word of the header; without: none does.  "a|b": a or
   b. */
static bool
words(struct reader *r, const struct yaml *node, bool wanted)
{
	const struct yaml *m;
	struct buf *b = &r->words;
	size_t at, end;

	for (m = scalars(node, NULL); m != NULL; m = scalars(node, m)) {
		if (m->kind != YAML_SCALAR || m->text.n == 0)
			return bad(r, m, "a word should stand here");
		buf_reset(b);
		buf_text(b, "(?<![\\p{L}\\p{N}])(?:");
		for (at = 0; at <= m->text.n; at = end + 1) {
			end = bytes_find_byte(m->text, '|', at);
			if (end == SIZE_MAX)
				end = m->text.n;
			if (end == at)
				return bad(r, m, "an empty word");
			if (at > 0)
				buf_byte(b, '|');
			put_literal(b, bytes_part(m->text, at, end - at));
		}
		buf_byte(b, ')');
		if (!add_test(r, m, buf_bytes(b), wanted))
			return false;
	}
	return node == NULL || scalars(node, NULL) != NULL ||
	    bad(r, node, "a list of words should stand here");
}

static bool
tests(struct reader *r, const struct yaml *map, struct profile_rule *rule)
{
	const struct yaml *pattern = yaml_get(map, "pattern");
	struct profile_test *made;

	r->ntests = 0;
	if (!headers(r, yaml_get(map, "header")) ||
	    !words(r, yaml_get(map, "words"), true))
		return false;
	if (pattern != NULL && (pattern->kind != YAML_SCALAR ||
	    pattern->text.n == 0))
		return bad(r, pattern, "a regular expression should stand "
		    "here");
	if (pattern != NULL && !add_test(r, pattern, pattern->text, true))
		return false;
	if (r->ntests == 0)
		return bad(r, map, "one of header, words and pattern is "
		    "needed");
	if (!words(r, yaml_get(map, "without"), false))
		return false;
	made = arena_alloc(r->arena, r->ntests, sizeof(*made));
	if (made == NULL)
		return bad(r, map, "no memory");
	memcpy(made, r->tests, r->ntests * sizeof(*made));
	rule->tests = made;
	rule->n = r->ntests;
	return true;
}

static bool
is_key(struct bytes key)
{
	size_t i;

	for (i = 0; i < key.n; i++)
		if (!(key.p[i] >= 'a' && key.p[i] <= 'z') && (i == 0 ||
		    (!(key.p[i] >= '0' && key.p[i] <= '9') &&
		    !(key.p[i] == '-' && i + 1 < key.n))))
			return false;
	return key.n > 0 && key.n <= 60 && !bytes_is(key, "votes") &&
	    !bytes_is(key, "candidates");
}

static bool
column(struct reader *r, const struct yaml *map)
{
	static const char *const known[] = { "line", "is", "header", "words",
	    "without", "pattern", NULL };
	const struct yaml *line = yaml_get(map, "line");
	const struct yaml *is = yaml_get(map, "is");
	struct profile_rule *rule = &r->p->rules[r->p->nrules];
	unsigned i;

	if (!keys_are(r, map, known))
		return false;
	if (r->p->nrules == PROFILE_RULES)
		return bad(r, map, "more than %d columns", PROFILE_RULES);
	if ((line == NULL) == (is == NULL))
		return bad(r, map, "one of line and is is needed");
	if (line != NULL) {
		if (!is_key(line->text))
			return bad(r, line, "the key of a line has small "
			    "letters, digits and hyphens");
		rule->is = COLUMN_LINE;
		rule->key = arena_copy(r->arena, line->text);
	} else {
		for (i = COLUMN_CANDIDATE; i <= COLUMN_UNKNOWN &&
		    !bytes_is(is->text, profile_place(i));)
			i++;
		if (i > COLUMN_UNKNOWN)
			return bad(r, is, "not a kind of column");
		rule->is = (enum column_is)i;
	}
	r->p->nrules++;
	return tests(r, map, rule);
}

static bool
vote(struct reader *r, const struct yaml *map)
{
	static const char *const known[] = { "kind", "every", "any", NULL };
	const struct yaml *kind = yaml_get(map, "kind");
	const struct yaml *every = yaml_get(map, "every");
	const struct yaml *any = yaml_get(map, "any");
	struct profile_vote *v = &r->p->votes[r->p->nvotes];

	if (!keys_are(r, map, known))
		return false;
	if (r->p->nvotes++ == PROFILE_VOTES)
		return bad(r, map, "more than %d kinds of vote",
		    PROFILE_VOTES);
	if (kind == NULL || (every == NULL) == (any == NULL))
		return bad(r, map, "kind, and one of every and any, are "
		    "needed");
	if (!scalar(r, kind, &v->kind))
		return false;
	v->every = v->any = -1;
	if (every != NULL)
		return own_pattern(r, every, &v->every);
	return own_pattern(r, any, &v->any);
}

static bool
has_line(const struct profile *p, struct bytes key)
{
	unsigned i;

	for (i = 0; i < p->nrules; i++)
		if (p->rules[i].is == COLUMN_LINE &&
		    bytes_eq(p->rules[i].key, key))
			return true;
	return false;
}

static bool
is_place(struct bytes name)
{
	unsigned i;

	for (i = COLUMN_CANDIDATE; i <= COLUMN_UNKNOWN; i++)
		if (bytes_is(name, profile_place((enum column_is)i)))
			return true;
	return false;
}

/* A formula or a relation; the lines it names must be those of a column. */
static bool
expression(struct reader *r, const struct yaml *node, bool formula,
    const struct relation **out)
{
	const struct relation *one;
	const struct relation_term *t;
	const char *why;
	unsigned i;
	size_t at;

	if (node->kind != YAML_SCALAR)
		return bad(r, node, "a text should stand here");
	*out = relation_read(node->text, formula, r->arena, &why, &at);
	if (*out == NULL)
		return bad(r, node, "%s (at byte %zu)", why, at + 1);
	for (one = *out; one != NULL; one = one->next)
		for (i = 0; i < one->n; i++) {
			t = &one->terms[i];
			if (formula && t->what == RELATION_NUMBER)
				return bad(r, node, "a figure is made of "
				    "lines, and of no number");
			if (t->what == RELATION_LINE && !t->quoted &&
			    !has_line(r->p, t->key))
				return bad(r, node, "no column is the line "
				    "\"%.60s\"", arena_string(r->arena,
				    t->key));
		}
	return true;
}

static bool
relation(struct reader *r, const struct yaml *map)
{
	static const char *const known[] = { "id", "kind", "law", "text",
	    NULL };
	const struct yaml *id = yaml_get(map, "id");
	const struct yaml *kind = yaml_get(map, "kind");
	const struct yaml *law = yaml_get(map, "law");
	const struct yaml *text = yaml_get(map, "text");
	struct profile_relation *made = &r->p->relations[r->p->nrelations];
	unsigned i;

	if (!keys_are(r, map, known))
		return false;
	if (r->p->nrelations == PROFILE_RELATIONS)
		return bad(r, map, "more than %d relations",
		    PROFILE_RELATIONS);
	if (id == NULL || kind == NULL || text == NULL)
		return bad(r, map, "id, kind and text are needed");
	if (!bytes_is(kind->text, "hard") && !bytes_is(kind->text, "mild"))
		return bad(r, kind, "hard or mild should stand here");
	made->hard = bytes_is(kind->text, "hard");
	if (!scalar(r, id, &made->id) || !scalar(r, text, &made->text) ||
	    (law != NULL && !scalar(r, law, &made->law)))
		return false;
	for (i = 0; i < r->p->nrelations; i++)
		if (bytes_eq(r->p->relations[i].id, made->id))
			return bad(r, id, "this id stands twice");
	r->p->nrelations++;
	return expression(r, text, false, &made->relation);
}

static bool
figures(struct reader *r, const struct yaml *map)
{
	const struct yaml *m;
	unsigned i;

	if (map->kind != YAML_MAP)
		return bad(r, map, "a map should stand here");
	for (m = map->first; m != NULL; m = m->next) {
		for (i = 0; i < FIGURE_COUNT &&
		    !bytes_is(m->key, figure_name(i));)
			i++;
		if (i == FIGURE_COUNT)
			return bad_key(r, m);
		if (!expression(r, m, true, &r->p->figures[i]))
			return false;
	}
	return true;
}

static bool
required(struct reader *r, const struct yaml *node)
{
	struct bytes name;
	size_t at = 0;

	if (r->p->nrequired == PROFILE_REQUIRED)
		return bad(r, node, "more than %d are required",
		    PROFILE_REQUIRED);
	if (!scalar(r, node, &r->p->required[r->p->nrequired]))
		return false;
	while (profile_next_name(node->text, &at, &name))
		if (!is_place(name) && !has_line(r->p, name))
			return bad(r, node, "no column is \"%.60s\"",
			    arena_string(r->arena, name));
	r->p->nrequired++;
	return true;
}

/* Every member of a list, in its order; nothing if there is none. */
static bool
each(struct reader *r, const struct yaml *list,
    bool (*one)(struct reader *, const struct yaml *))
{
	const struct yaml *m;

	if (list == NULL)
		return true;
	if (list->kind != YAML_LIST)
		return bad(r, list, "a list should stand here");
	for (m = list->first; m != NULL; m = m->next)
		if (!one(r, m))
			return false;
	return true;
}

static bool
whole(struct reader *r, const struct yaml *top)
{
	static const char *const known[] = { "profile", "title", "columns",
	    "contest", "required", "against-all", "vote", "relations",
	    "figures", NULL };
	static const char *const asks[] = { "header", "words", "without",
	    "pattern", NULL };
	const struct yaml *name = yaml_get(top, "profile");
	const struct yaml *contest = yaml_get(top, "contest");
	const struct yaml *against = yaml_get(top, "against-all");
	const struct yaml *all = yaml_get(top, "figures");

	if (!keys_are(r, top, known))
		return false;
	if (name == NULL || yaml_get(top, "columns") == NULL)
		return bad(r, top, "profile and columns are needed");
	if (!scalar(r, name, &r->p->name) ||
	    !each(r, yaml_get(top, "columns"), column))
		return false;
	if (contest != NULL && (!keys_are(r, contest, asks) ||
	    !tests(r, contest, &r->p->contest)))
		return false;
	if (against != NULL && !own_pattern(r, against, &r->p->against_all))
		return false;
	return each(r, yaml_get(top, "required"), required) &&
	    each(r, yaml_get(top, "vote"), vote) &&
	    each(r, yaml_get(top, "relations"), relation) &&
	    (all == NULL || figures(r, all));
}

const struct profile *
profile_read(struct bytes text, struct arena *arena, struct yaml_fault *fault)
{
	const struct yaml *top = yaml_read(text, arena, fault);
	struct reader *r = arena_alloc(arena, 1, sizeof(*r));
	struct profile *p = arena_alloc(arena, 1, sizeof(*p));
	bool ok;

	if (top == NULL)
		return NULL;
	if (r != NULL && p != NULL) {
		*r = (struct reader){ .arena = arena, .p = p, .fault = fault };
		r->words = buf_with(64 * KIB);
		p->against_all = -1;
		p->patterns = profile_patterns_new(arena);
	}
	if (r == NULL || p == NULL || p->patterns == NULL) {
		*fault = (struct yaml_fault){ .line = 1, .column = 1,
		    .why = "no memory" };
		return NULL;
	}
	ok = whole(r, top);
	if (ok && (arena->bad || r->words.bad))
		ok = bad(r, top, "no memory");
	buf_free(&r->words);
	return ok ? p : NULL;
}
