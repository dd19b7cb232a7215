#include "indicator/logic.h"

#include "indicator/grow.h"
#include "indicator/key.h"
#include "indicator/term.h"

static const struct dnf nothing;

static struct dnf
leave_out(struct logic *l, const char *why, struct bytes about)
{
	if (l->why == NULL) {
		l->why = why;
		l->about = about;
	}
	return nothing;
}

/* --- inside one record ------------------------------------------------- */

/* A constant as text that can be compared with values of the key. */
static bool
is_comparable(enum key key, const struct pattern_value *v)
{
	if (v->is == PATTERN_TEXT)
		return true;
	if (v->is == PATTERN_NUMBER)
		return key == KEY_PHONE;
	return v->is == PATTERN_HEX && key >= KEY_MD5 && key <= KEY_CERT_SHA256;
}

static const char *
read_term(struct logic *l, struct term *t, const struct pattern *p,
    enum key key, const struct pattern_value *v)
{
	if (!is_comparable(key, v))
		return "is compared with a constant of another kind";
	if (p->op == PATTERN_LIKE && l->likes >= LOGIC_LIKE)
		return "there are too many patterns with LIKE";
	if (p->op == PATTERN_MATCHES && l->regexes >= LOGIC_REGEX)
		return "there are too many patterns with MATCHES";
	if (p->op == PATTERN_LIKE)
		return term_like(t, key, v->text);
	if (p->op == PATTERN_MATCHES)
		return term_matches(t, key, v->text);
	return term_exact(t, &l->value, key, v->text);
}

/* Keeps how the indicator spells a new term. */
static bool
keep_written(struct logic *l, uint32_t number, const struct pattern *p,
    struct bytes text)
{
	struct arena *arena = l->terms->arena;
	struct bytes *written;

	written = grow_array(arena, l->written, number, &l->written_cap,
	    sizeof(*written));
	if (written == NULL)
		return false;
	l->written = written;
	if (bytes_eq(text, intern_bytes(l->terms, number)))
		text = intern_bytes(l->terms, number);
	else
		text = arena_copy(arena, text);
	if (p->op == PATTERN_LIKE || p->op == PATTERN_MATCHES) {
		buf_reset(&l->value);
		buf_text(&l->value, p->op == PATTERN_LIKE ? "LIKE " :
		    "MATCHES ");
		buf_add(&l->value, text);
		text = arena_copy(arena, buf_bytes(&l->value));
	}
	written[number] = text;
	return !arena->bad;
}

/* One constant of a comparison. */
static struct dnf
compare_one(struct logic *l, const struct pattern *p, enum key key,
    const struct pattern_value *v)
{
	uint32_t number, before = l->terms->n;
	const char *why;
	struct term t;

	why = read_term(l, &t, p, key, v);
	if (why != NULL)
		return leave_out(l, why, p->path);
	number = intern_copy(l->terms, (uint32_t)t.key << 8 | t.space, t.value);
	if (number == INTERN_NONE ||
	    (number >= before && !keep_written(l, number, p, v->text)))
		return leave_out(l, "there is no room for it", p->path);
	if (number >= before && t.space == SPACE_LIKE)
		l->likes++;
	if (number >= before && t.space == SPACE_MATCHES)
		l->regexes++;
	return dnf_one(l->arena, LOGIC_LITERAL(number, p->negated));
}

static struct dnf
compare(struct logic *l, const struct pattern *p)
{
	struct dnf sum = nothing, one;
	enum key key;
	uint32_t i;

	if (!key_find(&key, p->path))
		return leave_out(l, "no phone evidence shows it", p->path);
	if (p->op == PATTERN_ORDER)
		return leave_out(l, "< and > are not tested", p->path);
	if (p->op == PATTERN_EXISTS)
		return leave_out(l, "EXISTS is not tested", p->path);
	if (p->op == PATTERN_SUPERSET)
		return leave_out(l, "ISSUPERSET is not tested", p->path);
	if (p->op == PATTERN_SUBSET && key != KEY_IPV4 && key != KEY_IPV6)
		return leave_out(l, "ISSUBSET is for addresses", p->path);
	for (i = 0; i < p->nvalues; i++) {
		one = compare_one(l, p, key, &p->values[i]);
		/* NOT IN: all of them, and one that cannot be tested spoils
		   it; IN: any of them. */
		if (p->negated && one.n == 0)
			return nothing;
		if (i == 0 || !p->negated) {
			if (!dnf_or(&sum, &one))
				return leave_out(l, "too many alternatives",
				    p->path);
		} else if (!dnf_and(l->arena, &sum, &one)) {
			return leave_out(l, "too many terms", p->path);
		}
	}
	return sum;
}

static struct dnf
inside(struct logic *l, const struct pattern *p)
{
	const struct pattern *child;
	struct dnf sum = nothing, one;
	bool good = true;

	if (p->is == PATTERN_TERM)
		return compare(l, p);
	for (child = p->child; child != NULL && good; child = child->next) {
		one = inside(l, child);
		if (p->is == PATTERN_OR || child == p->child)
			good = dnf_or(&sum, &one);
		else
			good = dnf_and(l->arena, &sum, &one);
		if (p->is == PATTERN_AND && sum.n == 0)
			return nothing;
	}
	return good ? sum : leave_out(l, "too many alternatives",
	    bytes_at(NULL, 0));
}

/* Something must be met, and not be forbidden as well. */
static bool
can_hold(const struct dnf_all *a)
{
	bool met = false;
	uint32_t i;

	for (i = 0; i < a->n; i++) {
		met = met || (a->items[i] & 1) == 0;
		if (i > 0 && (a->items[i - 1] ^ a->items[i]) == 1)
			return false;
	}
	return met;
}

static struct dnf
keep_possible(struct logic *l, const struct dnf *d)
{
	struct dnf kept = nothing, one = { NULL, NULL, 1 };
	struct dnf_all *a, *next;

	for (a = d->first; a != NULL; a = next) {
		next = a->next;
		if (!can_hold(a)) {
			(void)leave_out(l, "it only says what is not there",
			    bytes_at(NULL, 0));
			continue;
		}
		a->next = NULL;
		one.first = one.last = a;
		(void)dnf_or(&kept, &one);
	}
	return kept;
}

/* --- between records --------------------------------------------------- */

static struct dnf
observed(struct logic *l, const struct pattern *p)
{
	struct dnf d = inside(l, p->child);
	struct dnf *parts;

	if (d.n == 0)
		return nothing;
	d = keep_possible(l, &d);
	if (d.n == 0)
		return nothing;
	parts = l->nparts == DNF_ANY ? NULL : grow_array(l->arena, l->parts,
	    l->nparts, &l->parts_cap, sizeof(*parts));
	if (parts == NULL)
		return leave_out(l, "too many observations",
		    bytes_at(NULL, 0));
	l->parts = parts;
	parts[l->nparts] = d;
	return dnf_one(l->arena, l->nparts++);
}

static struct dnf
between(struct logic *l, const struct pattern *p)
{
	const struct pattern *child;
	struct dnf sum = nothing, one;
	bool good = true;

	if (p->qualifier != NULL)
		return leave_out(l, "when and how often is not tested",
		    bytes_of(p->qualifier));
	if (p->is == PATTERN_FOLLOWED)
		return leave_out(l, "the order of events is not tested",
		    bytes_of("FOLLOWEDBY"));
	if (p->is == PATTERN_OBSERVED)
		return observed(l, p);
	for (child = p->child; child != NULL && good; child = child->next) {
		one = between(l, child);
		if (p->is == PATTERN_OR || child == p->child)
			good = dnf_or(&sum, &one);
		else
			good = dnf_and(l->arena, &sum, &one);
		if (p->is == PATTERN_AND && sum.n == 0)
			return nothing;
	}
	return good ? sum : leave_out(l, "too many alternatives",
	    bytes_at(NULL, 0));
}

bool
logic_read(struct logic *l, const struct pattern *p)
{
	l->parts = NULL;
	l->nparts = l->parts_cap = 0;
	l->why = NULL;
	l->about = bytes_at(NULL, 0);
	l->whole = between(l, p);
	if (l->whole.n == 0 && l->why == NULL)
		l->why = "there is no room for it";
	return l->whole.n > 0;
}
