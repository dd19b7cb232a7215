#include "format/bplist_text.h"

#include <string.h>

#include "base/text.h"

/* One character of UTF-16; a surrogate without its other half is U+FFFD. */
static uint32_t
next_utf16(struct cur *c)
{
	uint32_t unit = (uint32_t)cur_be(c, 2);
	struct cur ahead = *c;
	uint32_t low;

	if (unit < 0xd800 || unit > 0xdfff)
		return unit;
	low = cur_left(c) < 2 ? 0 : (uint32_t)cur_be(&ahead, 2);
	if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff)
		return 0xfffd;
	*c = ahead;
	return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

/* Converted text, in the arena: from UTF-16BE (width 2) or Latin-1 (1). */
static void
convert(struct plist_node *node, struct arena *arena, struct bytes from,
    unsigned width)
{
	struct cur c = cur_over(from);
	uint8_t spare[4];
	size_t n = 0;
	uint8_t *to;

	while (cur_left(&c) > 0)
		n += text_put(spare,
		    width == 2 ? next_utf16(&c) : (uint32_t)cur_be(&c, 1));
	to = arena_alloc(arena, n, 1);
	if (to == NULL)
		return;
	node->p = to;
	node->n = (uint32_t)n;
	c = cur_over(from);
	for (n = 0; cur_left(&c) > 0; )
		n += text_put(to + n,
		    width == 2 ? next_utf16(&c) : (uint32_t)cur_be(&c, 1));
}

static bool
is_ascii(struct bytes b)
{
	uint64_t all = 0, eight;
	size_t i;

	for (i = 0; b.n - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, b.p + i, sizeof(eight));
		all |= eight;
	}
	if (b.n >= sizeof(eight)) {
		/* The rest, and some of it again. */
		memcpy(&eight, b.p + b.n - sizeof(eight), sizeof(eight));
		all |= eight;
		i = b.n;
	}
	for (; i < b.n; i++)
		all |= b.p[i];
	return (all & UINT64_C(0x8080808080808080)) == 0;
}

/* "ASCII" is what the format says; other writers put UTF-8 there. */
void
bplist_text(struct plist_node *node, struct arena *arena, struct bytes b,
    unsigned width)
{
	node->type = PLIST_TEXT;
	if (width == 2 || (!is_ascii(b) && !text_utf8(b))) {
		convert(node, arena, b, width);
		return;
	}
	node->p = b.p;
	node->n = (uint32_t)b.n;
}
