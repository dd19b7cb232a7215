#include "report/emit.h"

#include "base/time.h"

static void
line(struct emit *e)
{
	struct buf *to = out_buf(e->out);
	unsigned i;

	buf_byte(to, '\n');
	for (i = 0; i < e->depth; i++)
		buf_byte(to, '\t');
}

struct buf *
emit_raw(struct emit *e, const char *key)
{
	struct buf *to = out_buf(e->out);

	if (e->more)
		buf_byte(to, ',');
	if (e->depth > 0)
		line(e);
	e->more = true;
	to = out_buf(e->out);
	if (key == NULL)
		return to;
	buf_byte(to, '"');
	text_escape(to, bytes_of(key), TEXT_JSON);
	buf_text(to, "\": ");
	return to;
}

static void
begin(struct emit *e, const char *key, uint8_t c)
{
	buf_byte(emit_raw(e, key), c);
	e->depth++;
	e->more = false;
}

static void
end(struct emit *e, uint8_t c)
{
	e->depth--;
	if (e->more)
		line(e);
	buf_byte(out_buf(e->out), c);
	e->more = true;
}

void
emit_object(struct emit *e, const char *key)
{
	begin(e, key, '{');
}

void
emit_object_end(struct emit *e)
{
	end(e, '}');
}

void
emit_array(struct emit *e, const char *key)
{
	begin(e, key, '[');
}

void
emit_array_end(struct emit *e)
{
	end(e, ']');
}

void
emit_text(struct emit *e, const char *key, struct bytes text)
{
	struct buf *to = emit_raw(e, key);

	buf_byte(to, '"');
	text_escape(to, text, TEXT_JSON);
	buf_byte(to, '"');
}

void
emit_text_or_null(struct emit *e, const char *key, struct bytes text)
{
	if (text.n > 0)
		emit_text(e, key, text);
	else
		emit_null(e, key);
}

void
emit_string(struct emit *e, const char *key, const char *text)
{
	emit_text(e, key, bytes_of(text));
}

void
emit_uint(struct emit *e, const char *key, uint64_t v)
{
	buf_uint(emit_raw(e, key), v);
}

void
emit_int(struct emit *e, const char *key, int64_t v)
{
	buf_int(emit_raw(e, key), v);
}

void
emit_bool(struct emit *e, const char *key, bool yes)
{
	buf_text(emit_raw(e, key), yes ? "true" : "false");
}

void
emit_null(struct emit *e, const char *key)
{
	buf_text(emit_raw(e, key), "null");
}

void
emit_time(struct emit *e, const char *key, int64_t t)
{
	struct buf *to = emit_raw(e, key);
	size_t start;

	buf_byte(to, '"');
	start = to->n;
	time_show(to, t);
	if (to->n > start) {
		buf_byte(to, '"');
		return;
	}
	/* Unset, or no time that can be shown. */
	if (!to->bad)
		to->n--;
	buf_text(to, "null");
}
