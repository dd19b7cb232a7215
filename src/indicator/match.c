/*
 * One record: its values are looked up, each by its kind, and the terms they
 * meet are kept; at the end of the record comes what the terms mean together.
 */
#include "indicator/match.h"

#include <assert.h>
#include <string.h>

#include "indicator/match_inside.h"
#include "base/text.h"
#include "indicator/normal.h"

#define KIND_BIT(kind)	(UINT64_C(1) << (kind))

/* Kinds whose values come again and again. */
#define OFTEN	(KIND_BIT(KIND_PHONE) | KIND_BIT(KIND_EMAIL) | \
    KIND_BIT(KIND_HANDLE) | KIND_BIT(KIND_DOMAIN) | KIND_BIT(KIND_IP) | \
    KIND_BIT(KIND_APP_ID) | KIND_BIT(KIND_PROCESS))

static_assert(KIND_COUNT <= 64, "kinds fit into one set of bits");
static_assert(KEY_COUNT <= 32, "keys fit into one set of bits");

/* --- a new matcher ----------------------------------------------------- */

static size_t
term_at(uint32_t term)
{
	return (size_t)term * TERM_WORDS;
}

static enum key
key_of_term(const struct match *m, uint32_t term)
{
	return (enum key)(layout_word(m->index, SECTION_TERM, term_at(term) +
	    TERM_KIND) >> 8);
}

/* The terms of LIKE and MATCHES, by key; those that no longer compile (the
   reader of the bundles has tried them) are left out, and told. */
static bool
load_scans(struct match *m, struct arena *arena)
{
	uint32_t nlike = m->n[SPACE_LIKE], n = nlike + m->n[SPACE_MATCHES];
	struct match_scan *list = arena_alloc(arena, n, sizeof(*list));
	uint32_t i, k, at = 0;
	struct match_scan *s;

	if (list == NULL)
		return false;
	for (k = 0; k < KEY_COUNT; k++) {
		m->scans[k].list = &list[at];
		for (i = 0; i < n; i++) {
			s = &list[at];
			s->term = m->first[SPACE_LIKE] + i;
			if (key_of_term(m, s->term) != (enum key)k)
				continue;
			s->like = layout_text(m->index, SECTION_TERM,
			    term_at(s->term) + TERM_TEXT);
			s->regex = i < nlike ? -1 : regex_add(m->regex,
			    s->like, key_ignores_case((enum key)k));
			if (i >= nlike && s->regex < 0) {
				m->fault = "an expression of an indicator "
				    "could not be compiled";
				continue;
			}
			at++;
			m->scans[k].n++;
		}
	}
	return true;
}

/* Which lengths of networks there are: each costs one look per address. */
static void
load_prefixes(struct match *m)
{
	enum space s;
	struct bytes value;
	uint32_t i;
	uint8_t prefix;

	for (s = SPACE_IPV4; s <= SPACE_IPV6; s++) {
		for (i = 0; i < m->n[s]; i++) {
			value = layout_text(m->index, SECTION_TERM,
			    term_at(m->first[s] + i) + TERM_TEXT);
			if (value.n != (s == SPACE_IPV4 ? 5 : 17))
				continue;
			prefix = value.p[value.n - 1];
			if (s == SPACE_IPV4 && prefix <= 32)
				m->prefix4 |= UINT64_C(1) << prefix;
			else if (s == SPACE_IPV6 && prefix <= 128)
				m->prefix6[prefix] = 1;
		}
	}
}

static void
load_filter(struct match *m)
{
	uint32_t slot, bit;
	size_t at;

	for (slot = 0; slot <= m->mask; slot++) {
		at = (size_t)slot * TABLE_WORDS;
		if (layout_word(m->index, SECTION_TABLE, at + TABLE_TERM) == 0)
			continue;
		bit = layout_word(m->index, SECTION_TABLE, at + TABLE_HASH) %
		    MATCH_FILTER;
		m->filter[bit / 64] |= UINT64_C(1) << bit % 64;
	}
}

enum err
match_new(struct match **out, struct arena *arena, const struct index *x)
{
	struct match *m = arena_alloc(arena, 1, sizeof(*m));
	uint32_t i;

	if (m == NULL)
		return ERR_MEMORY;
	m->index = x;
	m->seed = layout_long(x, SECTION_TOTAL, TOTAL_SEED);
	m->mask = (uint32_t)(x->section[SECTION_TABLE].n / 4 / TABLE_WORDS) - 1;
	for (i = 0; i < SPACE_COUNT; i++) {
		m->first[i] = layout_word(x, SECTION_SPACE, i * SPACE_WORDS +
		    SPACE_FIRST);
		m->n[i] = layout_word(x, SECTION_SPACE, i * SPACE_WORDS +
		    SPACE_TERMS);
	}
	if (m->n[SPACE_MATCHES] > 0) {
		m->regex = regex_new(arena, m->n[SPACE_MATCHES]);
		if (m->regex == NULL)
			return ERR_MEMORY;
	}
	if (!load_scans(m, arena))
		return ERR_MEMORY;
	load_prefixes(m);
	load_filter(m);
	match_host_prepare(m);
	*out = m;
	return ERR_NONE;
}

/* --- terms ------------------------------------------------------------- */

void
match_meet(struct match *m, uint32_t term, bool truncated)
{
	struct match_met *met;
	uint32_t i;

	m->meets = true;
	for (i = 0; i < m->nmet; i++)
		if (m->met[i].term == term && m->met[i].field == m->field)
			return;
	if (m->nmet == MATCH_MET) {
		m->fault = "one record meets more than 256 indicator terms";
		return;
	}
	met = &m->met[m->nmet++];
	met->term = term;
	met->field = m->field;
	met->truncated = truncated;
	met->matched = m->found;
}

void
match_look_up(struct match *m, enum space space, uint32_t hash,
    struct bytes value)
{
	uint32_t run, term, slot = hash & m->mask;
	size_t at;

	for (run = 0; run < LAYOUT_RUN; run++) {
		at = (size_t)slot * TABLE_WORDS;
		term = layout_word(m->index, SECTION_TABLE, at + TABLE_TERM);
		if (term-- == 0)
			break;
		if (layout_word(m->index, SECTION_TABLE, at + TABLE_HASH) ==
		    hash && (layout_word(m->index, SECTION_TERM,
		    term_at(term) + TERM_KIND) & 0xff) == space &&
		    bytes_eq(value, layout_text(m->index, SECTION_TERM,
		    term_at(term) + TERM_TEXT)))
			match_meet(m, term, false);
		slot = (slot + 1) & m->mask;
	}
}

void
match_look_whole(struct match *m, enum space space, struct bytes value)
{
	if (m->n[space] > 0 && value.n > 0)
		match_look(m, space, space_hash(m->seed, space, value), value);
}

void
match_scan(struct match *m, enum key key, struct bytes spelling)
{
	const struct match_scans *scans = &m->scans[key];
	bool ignore = key_ignores_case(key);
	enum regex_answer answer;
	uint32_t i;

	m->seen |= 1u << key;
	if (scans->n > 0 && spelling.n > SPACE_SCAN_BYTES) {
		m->fault = "a value is too long for LIKE and MATCHES: only "
		    "its first 64 KiB were compared";
		spelling.n = SPACE_SCAN_BYTES;
	}
	for (i = 0; i < scans->n; i++) {
		if (scans->list[i].regex < 0)
			answer = regex_like(scans->list[i].like, spelling,
			    ignore);
		else
			answer = regex_fits(m->regex, scans->list[i].regex,
			    spelling);
		if (answer == REGEX_YES)
			match_meet(m, scans->list[i].term, false);
		else if (answer == REGEX_LIMIT)
			m->fault = "an indicator's LIKE or MATCHES took too "
			    "much work, and was not decided";
	}
}

struct buf
match_buf(struct match *m, unsigned which)
{
	struct buf b = { m->scratch[which], 0, MATCH_SCRATCH, MATCH_SCRATCH,
	    false };

	return b;
}

/* --- one record -------------------------------------------------------- */

void
match_begin(struct match *m)
{
	m->nmet = 0;
	m->nhits = 0;
	m->seen = 0;
	m->shortened = false;
}

/* A value that is compared whole, and without regard to case. */
static void
look_lower(struct match *m, enum key key, enum space space, struct bytes in)
{
	struct buf b = match_buf(m, 0);

	if (!normal_lower(&b, in))
		return;
	match_look_whole(m, space, buf_bytes(&b));
	match_scan(m, key, in);
}

static void
look_property(struct match *m, struct bytes in)
{
	size_t sign = bytes_find_byte(in, '=', 0);

	look_lower(m, KEY_PROPERTY, SPACE_PROPERTY, in);
	if (sign != SIZE_MAX)
		look_lower(m, KEY_PROPERTY, SPACE_PROPERTY,
		    text_trim(bytes_part(in, 0, sign)));
}

/* The length tells the hash, in indicators as here. */
static void
look_hash(struct match *m, enum key first, enum space space, struct bytes in)
{
	struct buf b = match_buf(m, 0);
	enum key key;

	if (in.n > 512 || !normal_hex(&b, in))
		return;
	key = b.n == 32 ? first : b.n == 40 ? first + 1 : first + 2;
	match_look_whole(m, space, buf_bytes(&b));
	match_scan(m, key, buf_bytes(&b));
}

static void
match_other(struct match *m, enum kind kind, struct bytes in)
{
	switch (kind) {
	case KIND_PATH:
		match_file_path(m, in);
		break;
	case KIND_FILE_NAME:
		match_file_name(m, in);
		break;
	case KIND_PROCESS:
		match_file_process(m, in);
		break;
	case KIND_APP_ID:
		match_file_app(m, in);
		look_lower(m, KEY_APP_ID, SPACE_APP_ID, in);
		break;
	case KIND_MD5:
	case KIND_SHA1:
	case KIND_SHA256:
		look_hash(m, KEY_MD5, SPACE_FILE_HASH, in);
		break;
	case KIND_CERT_MD5:
	case KIND_CERT_SHA1:
	case KIND_CERT_SHA256:
		look_hash(m, KEY_CERT_MD5, SPACE_CERT_HASH, in);
		break;
	case KIND_PROFILE:
		look_lower(m, KEY_PROFILE, SPACE_PROFILE, in);
		break;
	case KIND_PROPERTY:
		look_property(m, in);
		break;
	default:
		break;
	}
}

static void
match_by_kind(struct match *m, enum kind kind, struct bytes in)
{
	switch (kind) {
	case KIND_TEXT:
		match_host_text(m, in);
		break;
	case KIND_URL:
		match_host_url(m, in);
		break;
	case KIND_DOMAIN:
	case KIND_IP:
		match_host_domain(m, in);
		break;
	case KIND_EMAIL:
		match_person_email(m, in);
		break;
	case KIND_PHONE:
		match_person_phone(m, in);
		break;
	case KIND_HANDLE:
		match_person_handle(m, in);
		break;
	default:
		match_other(m, kind, in);
		break;
	}
}

/* The places where it may be noted that this value of its kind met nothing. */
static struct match_quiet *
quiet_at(struct match *m, enum kind kind, struct bytes in)
{
	uint64_t word, h = (uint64_t)kind << 8 | in.n;
	size_t i;

	for (i = 0; in.n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, in.p + i, sizeof(word));
		h = (h ^ word) * UINT64_C(0x9fb21c651e98df25);
		h ^= h >> 32;
	}
	word = 0;
	if (i < in.n)
		memcpy(&word, in.p + i, in.n - i);
	h = (h ^ word) * UINT64_C(0x9fb21c651e98df25);
	return m->quiet[(h >> 40) % MATCH_QUIET];
}

static inline bool
is_quiet(const struct match_quiet *q, enum kind kind, struct bytes in)
{
	return q->kind == kind && q->n == in.n &&
	    memcmp(q->text, in.p, in.n) == 0;
}

/* People and apps come again with each record, and most never met anything. */
static void
match_often(struct match *m, enum kind kind, struct bytes in)
{
	struct match_quiet *q = quiet_at(m, kind, in);
	uint32_t seen = m->seen, i;
	bool shortened = m->shortened;

	for (i = 0; i < 2; i++) {
		if (is_quiet(&q[i], kind, in)) {
			m->seen |= q[i].seen;
			return;
		}
	}
	m->seen = 0;
	m->shortened = m->meets = false;
	match_by_kind(m, kind, in);
	if (!m->meets && !m->shortened) {
		q[1] = q[0];
		q->seen = m->seen;
		q->kind = (uint8_t)kind;
		q->n = (uint8_t)in.n;
		memcpy(q->text, in.p, in.n);
	}
	m->seen |= seen;
	m->shortened = m->shortened || shortened;
}

void
match_value(struct match *m, uint32_t field, enum kind kind, struct bytes in)
{
	m->field = field;
	if (kind != KIND_TEXT && kind != KIND_PROCESS)
		in = text_trim(in);
	m->found = in;
	if (in.n == 0)
		return;
	if (in.n <= MATCH_QUIET_BYTES && (OFTEN >> kind & 1) != 0)
		match_often(m, kind, in);
	else
		match_by_kind(m, kind, in);
}

/* --- what the terms mean ----------------------------------------------- */

static bool
is_met(const struct match *m, uint32_t term)
{
	uint32_t i;

	for (i = 0; i < m->nmet; i++)
		if (m->met[i].term == term)
			return true;
	return false;
}

/* A term that must not be met is decided only by a value of its key. */
static bool
holds(const struct match *m, uint32_t literal)
{
	uint32_t term = literal >> 1;

	if ((literal & 1) == 0)
		return is_met(m, term);
	return (m->seen >> key_of_term(m, term) & 1) && !is_met(m, term);
}

static bool
all_hold(const struct match *m, size_t all)
{
	uint32_t first = layout_word(m->index, SECTION_ALL, all + ALL_LITERAL);
	uint32_t i, n;

	n = layout_word(m->index, SECTION_ALL, all + ALL_LITERALS);
	for (i = 0; i < n; i++)
		if (!holds(m, layout_word(m->index, SECTION_LITERAL,
		    (size_t)first + i)))
			return false;
	return true;
}

static void
add_hit(struct match *m, const struct match_met *met, size_t all)
{
	struct match_hit hit = { .field = met->field,
	    .truncated = met->truncated, .matched = met->matched };
	unsigned i;

	hit.indicator = layout_word(m->index, SECTION_ALL, all + ALL_INDICATOR);
	hit.part = layout_word(m->index, SECTION_ALL, all + ALL_PART);
	hit.key = key_of_term(m, met->term);
	for (i = 0; i < m->nhits; i++)
		if (m->hits[i].indicator == hit.indicator &&
		    m->hits[i].part == hit.part &&
		    m->hits[i].field == hit.field)
			return;
	if (m->nhits == MATCH_HITS) {
		m->fault = "one record meets more than 64 indicators";
		return;
	}
	m->hits[m->nhits++] = hit;
}

unsigned
match_end(struct match *m, const struct match_hit **hits)
{
	uint32_t i, k, first, n;
	size_t at;

	for (i = 0; i < m->nmet; i++) {
		at = term_at(m->met[i].term);
		first = layout_word(m->index, SECTION_TERM, at + TERM_FIRST);
		n = layout_word(m->index, SECTION_TERM, at + TERM_ALLS);
		for (k = 0; k < n; k++) {
			at = ((size_t)first + k) * ALL_WORDS;
			if (all_hold(m, at))
				add_hit(m, &m->met[i], at);
		}
	}
	*hits = m->hits;
	return m->nhits;
}

bool
match_met(const struct match *m)
{
	return m->nmet > 0 || m->shortened;
}

bool
match_shortened(const struct match *m)
{
	return m->shortened;
}

const char *
match_fault(const struct match *m)
{
	return m->fault;
}
