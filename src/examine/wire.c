#include "examine/wire.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "crypt/keys.h"
#include "format/json.h"

/* JSON of a record stands inside case.json, which our own reader, and those of
   others, must still take. */
#define JSON_NESTING	32

/* --- writing -------------------------------------------------------------- */

static void
put_bytes(struct buf *b, struct bytes text)
{
	buf_le(b, text.n, 4);
	buf_add(b, text);
}

static void
put_type(struct buf *b, enum wire type)
{
	buf_reset(b);
	buf_byte(b, (uint8_t)type);
}

void
wire_jail(struct buf *b, const struct jail_state *s)
{
	put_type(b, WIRE_JAIL);
	buf_byte(b, s->no_new_privs);
	buf_byte(b, s->seccomp);
	buf_byte(b, s->limits);
	buf_byte(b, s->sanitizer);
	buf_le(b, (uint32_t)s->landlock, 4);
	buf_le(b, (uint32_t)s->landlock_kernel, 4);
}

void
wire_open(struct buf *b, uint32_t member)
{
	put_type(b, WIRE_OPEN);
	buf_le(b, member, 4);
}

void
wire_opened(struct buf *b, uint64_t size, const char *why)
{
	put_type(b, WIRE_OPENED);
	buf_le(b, size, 8);
	put_bytes(b, bytes_of(why));
}

/* How deep the brackets of a JSON text nest. */
static unsigned
nesting(struct bytes json)
{
	unsigned depth = 0, most = 0;
	bool text = false;
	size_t i;

	for (i = 0; i < json.n; i++) {
		if (text && json.p[i] == '\\')
			i++;
		else if (json.p[i] == '"')
			text = !text;
		else if (!text && (json.p[i] == '{' || json.p[i] == '['))
			depth++;
		else if (!text && (json.p[i] == '}' || json.p[i] == ']'))
			depth--;
		if (depth > most)
			most = depth;
	}
	return most;
}

static void
put_val(struct buf *b, const struct val *v, unsigned depth)
{
	uint32_t i, n;
	uint64_t bits;
	struct bytes text;

	buf_byte(b, (uint8_t)v->type);
	switch (v->type) {
	case VAL_UNSET:
		break;
	case VAL_INT:
	case VAL_BOOL:
	case VAL_TIME:
		buf_le(b, (uint64_t)v->i, 8);
		break;
	case VAL_REAL:
		memcpy(&bits, &v->r, sizeof(bits));
		buf_le(b, bits, 8);
		break;
	case VAL_TEXT:
	case VAL_BLOB:
		text = v->type == VAL_TEXT ?
		    text_head(v->bytes, LIMIT_FINDING_TEXT) :
		    bytes_part(v->bytes, 0, LIMIT_FINDING_TEXT);
		put_bytes(b, text);
		break;
	case VAL_JSON:
		/* It cannot be cut and stay JSON. */
		text = v->bytes.n <= LIMIT_FINDING_TEXT &&
		    nesting(v->bytes) <= JSON_NESTING ? v->bytes :
		    bytes_of("\"too long to be shown here\"");
		put_bytes(b, text);
		break;
	case VAL_LIST:
		n = depth > 0 ? 0 : v->n < 16 ? v->n : 16;
		buf_le(b, n, 4);
		for (i = 0; i < n; i++)
			put_val(b, &v->items[i], depth + 1);
		break;
	}
}

void
wire_finding(struct buf *b, enum wire type, uint32_t part,
    const struct finding *f)
{
	uint32_t i;

	put_type(b, type);
	buf_le(b, part, 4);
	buf_le(b, (uint32_t)f->rule, 4);
	buf_le(b, f->artifact, 4);
	buf_le(b, f->member, 4);
	buf_le(b, (uint64_t)f->row, 8);
	buf_le(b, (uint64_t)f->time, 8);
	buf_le(b, f->field, 4);
	put_bytes(b, bytes_part(f->matched, 0, LIMIT_FINDING_TEXT));
	buf_le(b, f->nindicators, 4);
	for (i = 0; i < f->nindicators; i++)
		buf_le(b, f->indicators[i], 4);
	buf_le(b, f->nfields, 4);
	for (i = 0; i < f->nfields; i++)
		put_val(b, &f->record[i], 0);
}

void
wire_again(struct buf *b, uint32_t which, uint64_t count, int64_t first,
    int64_t last)
{
	put_type(b, WIRE_AGAIN);
	buf_le(b, which, 4);
	buf_le(b, count, 8);
	buf_le(b, (uint64_t)first, 8);
	buf_le(b, (uint64_t)last, 8);
}

void
wire_gap(struct buf *b, uint32_t member, uint64_t offset, struct bytes why)
{
	put_type(b, WIRE_GAP);
	buf_le(b, member, 4);
	buf_le(b, offset, 8);
	put_bytes(b, bytes_part(why, 0, LIMIT_FINDING_TEXT));
}

void
wire_device(struct buf *b, const char *key, struct bytes value)
{
	put_type(b, WIRE_DEVICE);
	put_bytes(b, bytes_of(key));
	put_bytes(b, text_head(value, LIMIT_FINDING_TEXT));
}

static void
put_member(struct buf *b, const struct member *m)
{
	buf_le(b, m->id, 4);
	put_bytes(b, m->domain);
	put_bytes(b, m->path);
	put_bytes(b, m->file);
	buf_le(b, m->size, 8);
	buf_le(b, m->wal, 4);
	buf_le(b, m->journal, 4);
	buf_le(b, m->artifact, 4);
	buf_byte(b, m->also);
	put_bytes(b, m->key);
}

void
wire_found(struct buf *b, const struct member *m)
{
	put_type(b, WIRE_FOUND);
	put_member(b, m);
}

void
wire_progress(struct buf *b, uint64_t records)
{
	put_type(b, WIRE_PROGRESS);
	buf_le(b, records, 8);
}

void
wire_note(struct buf *b, struct bytes text)
{
	put_type(b, WIRE_NOTE);
	put_bytes(b, text);
}

void
wire_ask(struct buf *b, struct bytes text)
{
	put_type(b, WIRE_ASK);
	put_bytes(b, text);
}

void
wire_done(struct buf *b, const struct engine_counts *c)
{
	put_type(b, WIRE_DONE);
	buf_le(b, c->records, 8);
	buf_le(b, c->members, 4);
	buf_le(b, c->gaps, 4);
}

void
wire_members(struct buf *b, const struct member *m, uint32_t n)
{
	uint32_t i;

	buf_le(b, n, 4);
	for (i = 0; i < n; i++)
		put_member(b, &m[i]);
}

/* --- reading -------------------------------------------------------------- */

static struct bytes
take_bytes(struct cur *c, size_t max)
{
	size_t n = (size_t)cur_le(c, 4);

	if (n > max)
		c->bad = true;
	return cur_take(c, n);
}

static void
take_val(struct cur *c, struct val *v, struct arena *arena, unsigned depth)
{
	struct val *items;
	uint64_t bits;
	uint32_t i;

	v->type = (enum val_type)cur_le(c, 1);
	switch (v->type) {
	case VAL_UNSET:
		return;
	case VAL_INT:
	case VAL_BOOL:
	case VAL_TIME:
		v->i = (int64_t)cur_le(c, 8);
		return;
	case VAL_REAL:
		bits = cur_le(c, 8);
		memcpy(&v->r, &bits, sizeof(bits));
		return;
	case VAL_TEXT:
	case VAL_BLOB:
	case VAL_JSON:
		v->bytes = arena_copy(arena,
		    take_bytes(c, LIMIT_FINDING_TEXT));
		if (v->type == VAL_JSON && (!json_valid(v->bytes) ||
		    nesting(v->bytes) > JSON_NESTING))
			c->bad = true;
		return;
	case VAL_LIST:
		v->n = (uint32_t)cur_le(c, 4);
		if (v->n > 16 || depth > 0)
			break;
		items = arena_alloc(arena, v->n, sizeof(*items));
		if (items == NULL)
			break;
		for (i = 0; i < v->n; i++)
			take_val(c, &items[i], arena, depth + 1);
		v->items = items;
		return;
	}
	v->type = VAL_UNSET;
	c->bad = true;
}

/* Rules over indicators name at least one, and only they do; an observation
   that is a part of a pattern names just its own. */
static bool
indicators_ok(const struct wire_message *m)
{
	const struct finding *f = &m->finding;
	bool compared = bytes_starts(bytes_of(rule_info(f->rule)->id),
	    "indicator.");

	if (m->type == WIRE_PART)
		return f->rule == RULE_IOC_TOGETHER && f->nindicators == 1;
	return f->rule != RULE_IOC_TOGETHER &&
	    compared == (f->nindicators > 0);
}

static void
take_finding(struct cur *c, struct wire_message *m,
    const struct wire_bounds *bounds, struct arena *arena)
{
	struct finding *f = &m->finding;
	unsigned nfields = artifact_at(bounds->artifact)->nfields;
	uint64_t rule;
	struct val *v;
	uint32_t i;

	m->part = (uint32_t)cur_le(c, 4);
	rule = cur_le(c, 4);
	f->rule = rule < RULE_COUNT ? (enum rule)rule : RULE_COUNT;
	f->artifact = (uint32_t)cur_le(c, 4);
	f->member = (uint32_t)cur_le(c, 4);
	f->row = (int64_t)cur_le(c, 8);
	f->time = f->last = (int64_t)cur_le(c, 8);
	f->count = 1;
	f->field = (uint32_t)cur_le(c, 4);
	f->matched = arena_copy(arena, take_bytes(c, LIMIT_FINDING_TEXT));
	f->nindicators = (uint32_t)cur_le(c, 4);
	if (f->rule == RULE_COUNT || f->artifact != bounds->artifact ||
	    f->nindicators > FINDING_INDICATORS || !indicators_ok(m) ||
	    (f->member != MEMBER_NONE && f->member >= bounds->nmembers) ||
	    (f->field != FINDING_NO_FIELD && f->field >= nfields))
		c->bad = true;
	for (i = 0; !c->bad && i < f->nindicators; i++) {
		f->indicators[i] = (uint32_t)cur_le(c, 4);
		if (f->indicators[i] >= bounds->nindicators)
			c->bad = true;
	}
	f->nfields = (uint32_t)cur_le(c, 4);
	if (c->bad || (f->nfields != 0 && f->nfields != nfields)) {
		c->bad = true;
		return;
	}
	v = arena_alloc(arena, f->nfields, sizeof(*v));
	for (i = 0; v != NULL && i < f->nfields; i++)
		take_val(c, &v[i], arena, 0);
	f->record = v;
}

static void
take_member(struct cur *c, struct member *m)
{
	m->id = (uint32_t)cur_le(c, 4);
	m->domain = take_bytes(c, LIMIT_PATH_BYTES);
	m->path = take_bytes(c, LIMIT_PATH_BYTES);
	m->file = take_bytes(c, LIMIT_PATH_BYTES);
	m->size = cur_le(c, 8);
	m->wal = (uint32_t)cur_le(c, 4);
	m->journal = (uint32_t)cur_le(c, 4);
	m->artifact = (uint32_t)cur_le(c, 4);
	m->also = cur_le(c, 1) != 0;
	m->key = take_bytes(c, WRAPPED_BYTES);
	if (m->artifact >= artifact_count() ||
	    (m->key.n != 0 && m->key.n != WRAPPED_BYTES))
		c->bad = true;
}

static void
take_jail(struct cur *c, struct jail_state *s)
{
	s->no_new_privs = cur_le(c, 1) != 0;
	s->seccomp = cur_le(c, 1) != 0;
	s->limits = cur_le(c, 1) != 0;
	s->sanitizer = cur_le(c, 1) != 0;
	s->landlock = (int32_t)cur_le(c, 4);
	s->landlock_kernel = (int32_t)cur_le(c, 4);
}

static void
take_counts(struct cur *c, struct engine_counts *n)
{
	n->records = cur_le(c, 8);
	n->members = (uint32_t)cur_le(c, 4);
	n->gaps = (uint32_t)cur_le(c, 4);
}

static void
take_again(struct cur *c, struct wire_message *m)
{
	m->which = (uint32_t)cur_le(c, 4);
	m->count = cur_le(c, 8);
	m->first = (int64_t)cur_le(c, 8);
	m->last = (int64_t)cur_le(c, 8);
}

static void
take_gap(struct cur *c, struct wire_message *m,
    const struct wire_bounds *bounds)
{
	m->member = (uint32_t)cur_le(c, 4);
	m->offset = cur_le(c, 8);
	m->text = take_bytes(c, LIMIT_FINDING_TEXT);
	if (m->member != MEMBER_NONE && m->member >= bounds->nmembers)
		c->bad = true;
}

bool
wire_read(struct wire_message *m, struct bytes in,
    const struct wire_bounds *bounds, struct arena *arena)
{
	struct cur c = cur_over(in);

	memset(m, 0, sizeof(*m));
	m->type = (enum wire)cur_le(&c, 1);
	switch (m->type) {
	case WIRE_JAIL:
		take_jail(&c, &m->jail);
		break;
	case WIRE_OPEN:
		m->member = (uint32_t)cur_le(&c, 4);
		break;
	case WIRE_OPENED:
		m->size = cur_le(&c, 8);
		m->text = take_bytes(&c, LIMIT_FINDING_TEXT);
		break;
	case WIRE_FINDING:
	case WIRE_PART:
		take_finding(&c, m, bounds, arena);
		break;
	case WIRE_AGAIN:
		take_again(&c, m);
		break;
	case WIRE_GAP:
		take_gap(&c, m, bounds);
		break;
	case WIRE_DEVICE:
		m->key = take_bytes(&c, 64);
		m->text = take_bytes(&c, LIMIT_FINDING_TEXT);
		break;
	case WIRE_FOUND:
		take_member(&c, &m->found);
		break;
	case WIRE_PROGRESS:
		m->count = cur_le(&c, 8);
		break;
	case WIRE_NOTE:
	case WIRE_ASK:
		m->text = take_bytes(&c, LIMIT_MESSAGE);
		break;
	case WIRE_DONE:
		take_counts(&c, &m->counts);
		break;
	default:
		return false;
	}
	return cur_ok(&c) && cur_left(&c) == 0 && !arena->bad;
}

bool
wire_read_members(struct bytes in, struct arena *arena, struct member **list,
    uint32_t *n)
{
	struct cur c = cur_over(in);
	uint32_t count = (uint32_t)cur_le(&c, 4);
	struct member *m;
	uint32_t i;

	if (count > LIMIT_MEMBERS * 4)
		return false;
	m = arena_alloc(arena, count, sizeof(*m));
	if (m == NULL)
		return false;
	for (i = 0; i < count && cur_ok(&c); i++)
		take_member(&c, &m[i]);
	if (!cur_ok(&c))
		return false;
	*list = m;
	*n = count;
	return true;
}
