#include "election/form.h"

int
form_find(const struct form *f, struct bytes key)
{
	unsigned i;

	for (i = 0; i < f->n; i++)
		if (bytes_eq(f->lines[i].key, key))
			return (int)i;
	return -1;
}

int
form_add(struct form *f, const struct form_line *line)
{
	struct form_line *made;

	if (f->n == FORM_LINES || form_find(f, line->key) >= 0)
		return -1;
	made = &f->lines[f->n];
	*made = *line;
	made->key = arena_copy(f->arena, line->key);
	made->header = arena_copy(f->arena, line->header);
	if (f->arena->bad)
		return -1;
	return (int)f->n++;
}
