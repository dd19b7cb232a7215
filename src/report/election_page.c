#include "report/election_page.h"

#include "base/limits.h"
#include "report/wrap.h"

struct election_page
election_page_new(struct out *out, unsigned width, bool colour)
{
	struct election_page p = { .out = out,
	    .width = width < 40 ? 40 : width, .colour = colour,
	    .line = buf_with(MIB), .safe = buf_with(8 * MIB) };

	return p;
}

void
election_page_free(struct election_page *p)
{
	if (p->line.bad || p->safe.bad)
		p->out->buf.bad = true;
	buf_free(&p->line);
	buf_free(&p->safe);
}

static struct bytes
escaped(struct election_page *p)
{
	buf_reset(&p->safe);
	text_escape(&p->safe, buf_bytes(&p->line), TEXT_LOG);
	buf_reset(&p->line);
	return buf_bytes(&p->safe);
}

void
election_page_flow(struct election_page *p, unsigned first, unsigned indent)
{
	wrap_blanks(p->out, first);
	wrap_text(p->out, escaped(p), first, indent, p->width);
}

void
election_page_rest(struct election_page *p, unsigned at)
{
	wrap_text(p->out, escaped(p), at, at, p->width);
}

void
election_page_labelled(struct election_page *p, const char *label,
    unsigned first, unsigned column)
{
	unsigned n = first + wrap_columns(bytes_of(label));

	wrap_blanks(p->out, first);
	out_text(p->out, label);
	wrap_blanks(p->out, n < column ? column - n : 1);
	wrap_text(p->out, escaped(p), n < column ? column : n + 1, column,
	    p->width);
}

void
election_page_loud(struct election_page *p, bool on)
{
	if (p->colour)
		out_text(p->out, on ? "\033[1;31m" : "\033[0m");
}

void
election_page_heading(struct election_page *p, const char *text)
{
	out_text(p->out, p->begun ? "\n" : "");
	out_text(p->out, p->colour ? "\033[1m" : "");
	buf_text(&p->line, text);
	election_page_flow(p, 0, 2);
	out_text(p->out, p->colour ? "\033[0m" : "");
	p->begun = true;
}

void
election_page_name(struct election_page *p, unsigned first, unsigned width)
{
	struct bytes name = escaped(p);
	unsigned n = first + wrap_columns(name);

	wrap_blanks(p->out, first);
	if (n + 1 > width) {
		wrap_text(p->out, name, first, first + 2, p->width);
		n = 0;
	} else {
		out_add(p->out, name);
	}
	wrap_blanks(p->out, width - n);
}

void
election_page_cell(struct election_page *p, unsigned width)
{
	struct bytes cell = escaped(p);
	unsigned n = wrap_columns(cell);

	wrap_blanks(p->out, n < width ? width - n : 1);
	out_add(p->out, cell);
}

void
election_page_end(struct election_page *p)
{
	out_text(p->out, "\n");
}
