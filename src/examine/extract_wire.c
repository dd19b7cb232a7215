#include "examine/extract_wire.h"

#include <string.h>

const char *const extract_roots[EXTRACT_ROOTS] = {
	[EXTRACT_DB] = "Manifest.db",
	[EXTRACT_WAL] = "Manifest.db-wal",
	[EXTRACT_ROLLBACK] = "Manifest.db-journal",
	"Manifest.db-shm", "Info.plist", "Manifest.plist", "Status.plist",
};

static void
put_bytes(struct buf *b, struct bytes text)
{
	buf_le(b, text.n, 4);
	buf_add(b, text);
}

static struct bytes
take_bytes(struct cur *c, size_t max)
{
	size_t n = (size_t)cur_le(c, 4);

	if (n > max)
		c->bad = true;
	return cur_take(c, n);
}

void
extract_put_job(struct buf *b, const struct extract_job *j)
{
	uint32_t i;

	buf_le(b, j->mode, 4);
	buf_byte(b, j->names);
	buf_byte(b, j->keys);
	buf_le(b, j->workers, 4);
	buf_le(b, j->worker, 4);
	buf_le(b, j->from, 8);
	put_bytes(b, j->manifest);
	buf_le(b, j->nroots, 4);
	for (i = 0; i < j->nroots; i++)
		buf_byte(b, j->roots[i]);
	buf_le(b, j->nonly, 4);
	for (i = 0; i < j->nonly; i++)
		put_bytes(b, j->only[i]);
}

bool
extract_read_job(struct extract_job *j, struct bytes in)
{
	struct cur c = cur_over(in);
	uint32_t i;

	j->mode = (uint32_t)cur_le(&c, 4);
	j->names = cur_le(&c, 1) != 0;
	j->keys = cur_le(&c, 1) != 0;
	j->workers = (uint32_t)cur_le(&c, 4);
	j->worker = (uint32_t)cur_le(&c, 4);
	j->from = cur_le(&c, 8);
	j->manifest = take_bytes(&c, WRAPPED_BYTES);
	j->nroots = (uint32_t)cur_le(&c, 4);
	if (j->nroots > EXTRACT_ROOTS || j->workers == 0)
		return false;
	for (i = 0; i < j->nroots; i++) {
		j->roots[i] = (uint8_t)cur_le(&c, 1);
		if (j->roots[i] >= EXTRACT_ROOTS)
			return false;
	}
	j->nonly = (uint32_t)cur_le(&c, 4);
	if (j->nonly > EXTRACT_ONLY_MAX)
		return false;
	for (i = 0; i < j->nonly; i++)
		j->only[i] = take_bytes(&c, EXTRACT_ONLY_BYTES);
	return cur_ok(&c) && cur_left(&c) == 0;
}

void
extract_put_wanted(struct buf *b, const struct extract_wanted *w)
{
	put_bytes(b, bytes_part(w->id, 0, EXTRACT_ID));
	put_bytes(b, bytes_part(w->name, 0, EXTRACT_NAME));
}

bool
extract_read_wanted(struct extract_wanted *w, struct cur *c)
{
	w->id = take_bytes(c, EXTRACT_ID);
	w->name = take_bytes(c, EXTRACT_NAME);
	return cur_ok(c);
}

static void
put_result(struct buf *b, const struct extract_result *r)
{
	buf_le(b, r->row, 8);
	put_bytes(b, bytes_part(r->id, 0, EXTRACT_ID));
	put_bytes(b, bytes_part(r->domain, 0, EXTRACT_TEXT));
	put_bytes(b, bytes_part(r->path, 0, EXTRACT_TEXT));
	buf_byte(b, (uint8_t)r->outcome);
	put_bytes(b, bytes_part(r->why, 0, EXTRACT_WHY));
	buf_byte(b, r->has_manifest_size);
	buf_byte(b, r->has_source);
	buf_le(b, r->manifest_size, 8);
	buf_le(b, r->source_size, 8);
	buf_le(b, r->size, 8);
	buf_add(b, bytes_at(r->source_sha256, HASH_SHA256));
	buf_add(b, bytes_at(r->sha256, HASH_SHA256));
}

static void
take_sha256(struct cur *c, uint8_t to[HASH_SHA256])
{
	struct bytes from = cur_take(c, HASH_SHA256);

	if (from.n == HASH_SHA256)
		memcpy(to, from.p, HASH_SHA256);
}

static void
take_result(struct cur *c, struct extract_result *r)
{
	uint64_t outcome;

	r->row = cur_le(c, 8);
	r->id = take_bytes(c, EXTRACT_ID);
	r->domain = take_bytes(c, EXTRACT_TEXT);
	r->path = take_bytes(c, EXTRACT_TEXT);
	outcome = cur_le(c, 1);
	if (outcome >= EXTRACT_OUTCOMES)
		c->bad = true;
	r->outcome = (enum extract_outcome)outcome;
	r->why = take_bytes(c, EXTRACT_WHY);
	r->has_manifest_size = cur_le(c, 1) != 0;
	r->has_source = cur_le(c, 1) != 0;
	r->manifest_size = cur_le(c, 8);
	r->source_size = cur_le(c, 8);
	r->size = cur_le(c, 8);
	take_sha256(c, r->source_sha256);
	take_sha256(c, r->sha256);
}

void
extract_put_said(struct buf *b, const struct extract_said *s)
{
	buf_byte(b, s->has_result);
	if (s->has_result)
		put_result(b, &s->result);
	buf_byte(b, s->has_request);
	if (!s->has_request)
		return;
	buf_le(b, s->row, 8);
	extract_put_wanted(b, &s->wanted);
}

bool
extract_read_said(struct extract_said *s, struct bytes in)
{
	struct cur c = cur_over(in);

	memset(s, 0, sizeof(*s));
	s->has_result = cur_le(&c, 1) != 0;
	if (s->has_result)
		take_result(&c, &s->result);
	s->has_request = cur_le(&c, 1) != 0;
	if (s->has_request) {
		s->row = cur_le(&c, 8);
		(void)extract_read_wanted(&s->wanted, &c);
	}
	return cur_ok(&c) && cur_left(&c) == 0;
}
