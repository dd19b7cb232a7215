/*
 * YAML: what is read, with its places; what is refused, where and why; and
 * that no request for memory that fails does more than fail.
 */
#include "format/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"

/* libyaml asks these for memory; the ones here stand before its own. */
void *yaml_malloc(size_t);
void *yaml_realloc(void *, size_t);
unsigned char *yaml_strdup(const unsigned char *);

static unsigned until_failure;		/* requests left; 0: none fails */
static bool failed_one;

static bool
fails(void)
{
	if (until_failure == 0 || --until_failure > 0)
		return false;
	failed_one = true;
	return true;
}

void *
yaml_malloc(size_t n)
{
	return fails() ? NULL : malloc(n == 0 ? 1 : n);
}

void *
yaml_realloc(void *p, size_t n)
{
	return fails() ? NULL : realloc(p, n == 0 ? 1 : n);
}

unsigned char *
yaml_strdup(const unsigned char *s)
{
	return fails() || s == NULL ? NULL :
	    (unsigned char *)strdup((const char *)s);
}

/* One line for each value: "2:3 key@2:1 'text'". */
static void
tell(struct buf *to, const struct yaml *y)
{
	const struct yaml *member;

	buf_printf(to, "%u:%u", y->line, y->column);
	if (y->key_line > 0) {
		buf_byte(to, ' ');
		buf_add(to, y->key);
		buf_printf(to, "@%u:%u", y->key_line, y->key_column);
	}
	if (y->kind == YAML_SCALAR) {
		buf_text(to, y->quoted ? " \"" : " '");
		buf_add(to, y->text);
		buf_text(to, y->quoted ? "\"\n" : "'\n");
		return;
	}
	buf_printf(to, " %s %u\n", y->kind == YAML_MAP ? "map" : "list", y->n);
	for (member = y->first; member != NULL; member = member->next)
		tell(to, member);
}

static void
assert_tree(const char *text, const char *want)
{
	struct arena arena = arena_with(MIB);
	struct buf told = buf_with(MIB);
	struct yaml_fault fault;
	const struct yaml *y = yaml_read(bytes_of(text), &arena, &fault);

	if (y == NULL)
		fail_msg("%s: %u:%u: %s", text, fault.line, fault.column,
		    fault.why);
	tell(&told, y);
	buf_byte(&told, 0);
	assert_string_equal(told.p, want);
	buf_free(&told);
	arena_free(&arena);
}

static void
assert_fault_in(struct bytes in, unsigned line, unsigned column,
    const char *why)
{
	struct arena arena = arena_with(64 * MIB);
	struct yaml_fault fault = { 0 };

	if (yaml_read(in, &arena, &fault) != NULL)
		fail_msg("%.*s is read", (int)in.n, (const char *)in.p);
	if (fault.line != line || fault.column != column ||
	    strcmp(fault.why, why) != 0)
		fail_msg("%.*s: %u:%u: %s", in.n > 100 ? 100 : (int)in.n,
		    (const char *)in.p, fault.line, fault.column, fault.why);
	arena_free(&arena);
}

static void
test_maps_and_lists(void **state)
{
	(void)state;
	assert_tree("a: b\nc:\n  - 1\n  -  x y\nd:\n  e: f\n  g:\n    h: i\n",
	    "1:1 map 3\n"
	    "1:4 a@1:1 'b'\n"
	    "3:3 c@2:1 list 2\n"
	    "3:5 '1'\n"
	    "4:6 'x y'\n"
	    "6:3 d@5:1 map 2\n"
	    "6:6 e@6:3 'f'\n"
	    "8:5 g@7:3 map 1\n"
	    "8:8 h@8:5 'i'\n");
	/* A list need not be deeper than its key; a map may begin in an item. */
	assert_tree("a:\n- b: 1\n  c: 2\n- - d\n  - e\n",
	    "1:1 map 1\n"
	    "2:1 a@1:1 list 2\n"
	    "2:3 map 2\n"
	    "2:6 b@2:3 '1'\n"
	    "3:6 c@3:3 '2'\n"
	    "4:3 list 2\n"
	    "4:5 'd'\n"
	    "5:5 'e'\n");
	assert_tree("- a\n", "1:1 list 1\n1:3 'a'\n");
	assert_tree("only text\n", "1:1 'only text'\n");
	/* The long form of a key. */
	assert_tree("? a\n: b\n? c\n",
	    "1:1 map 2\n2:3 a@1:3 'b'\n4:1 c@3:3 ''\n");
	/* No merging, no numbers, no truth: these are texts. */
	assert_tree("<<: ~\nyes: no\n1: 0x10\n", "1:1 map 3\n1:5 <<@1:1 '~'\n"
	    "2:6 yes@2:1 'no'\n3:4 1@3:1 '0x10'\n");
	/* One key in many maps. */
	assert_tree("a: {a: {a: b}}\n", "1:1 map 1\n1:4 a@1:1 map 1\n"
	    "1:8 a@1:5 map 1\n1:12 a@1:9 'b'\n");
}

static void
test_flow(void **state)
{
	(void)state;
	assert_tree("a: [1, \"b\", [c], {d: e, f}]\n",
	    "1:1 map 1\n"
	    "1:4 a@1:1 list 4\n"
	    "1:5 '1'\n"
	    "1:8 \"b\"\n"
	    "1:13 list 1\n"
	    "1:14 'c'\n"
	    "1:18 map 2\n"
	    "1:22 d@1:19 'e'\n"
	    "1:26 f@1:25 ''\n");
	assert_tree("{a: 1,\n \"b\":2,\n}\n",
	    "1:1 map 2\n1:5 a@1:2 '1'\n2:6 b@2:2 '2'\n");
	assert_tree("[]\n", "1:1 list 0\n");
	assert_tree("{}\n", "1:1 map 0\n");
	assert_tree("[a: b]\n", "1:1 list 1\n1:2 map 1\n1:5 a@1:2 'b'\n");
}

static void
test_scalars(void **state)
{
	(void)state;
	/* Null and the empty text differ. */
	assert_tree("a:\nb: \"\"\nc: ''\nd: |\ne: # none\n",
	    "1:1 map 5\n1:3 a@1:1 ''\n2:4 b@2:1 \"\"\n3:4 c@3:1 \"\"\n"
	    "4:4 d@4:1 \"\"\n5:3 e@5:1 ''\n");
	assert_tree("a: \"b: # \\\"c\\\" \\u00e4\\x41\\t\"\nd: 'e''f'\n",
	    "1:1 map 2\n1:4 a@1:1 \"b: # \"c\" \xc3\xa4" "A\t\"\n"
	    "2:4 d@2:1 \"e'f\"\n");
	assert_tree("a: b # c\nd: e#f\n# g\n",
	    "1:1 map 2\n1:4 a@1:1 'b'\n2:4 d@2:1 'e#f'\n");
	/* Over several lines. */
	assert_tree("a: b\n  c\n\n  d\ne: \"f\n  g \\\n  h\"\n",
	    "1:1 map 2\n1:4 a@1:1 'b c\nd'\n5:4 e@5:1 \"f g h\"\n");
	assert_tree("a: |\n  b\n   c\n\n  d\n\ne: |-\n  f\ng: |+\n  h\n\n",
	    "1:1 map 3\n1:4 a@1:1 \"b\n c\n\nd\n\"\n7:4 e@7:1 \"f\"\n"
	    "9:4 g@9:1 \"h\n\n\"\n");
	assert_tree("a: >\n  b\n  c\n\n  d\n", "1:1 map 1\n"
	    "1:4 a@1:1 \"b c\nd\n\"\n");
	assert_tree("a: |2\n    b\n", "1:1 map 1\n1:4 a@1:1 \"  b\n\"\n");
	/* Columns count characters. */
	assert_tree("\xc3\xa4\xf0\x9f\x98\x80: {\xc3\xb6: x}\n",
	    "1:1 map 1\n1:5 \xc3\xa4\xf0\x9f\x98\x80@1:1 map 1\n"
	    "1:9 \xc3\xb6@1:6 'x'\n");
}

static void
test_ends(void **state)
{
	(void)state;
	assert_tree("", "1:1 map 0\n");
	assert_tree("\n\n", "1:1 map 0\n");
	assert_tree("# nothing\n", "1:1 map 0\n");
	assert_tree("---\n", "1:1 map 0\n");
	assert_tree("---\n...\n", "1:1 map 0\n");
	assert_tree("\xef\xbb\xbf", "1:1 map 0\n");
	assert_tree("\"\"", "1:1 \"\"\n");
	assert_tree("---\na: b\n", "2:1 map 1\n2:4 a@2:1 'b'\n");
	assert_tree("--- [a]\n...\n# c\n", "1:5 list 1\n1:6 'a'\n");
	assert_tree("a: b\n...\n", "1:1 map 1\n1:4 a@1:1 'b'\n");
	assert_tree("a: b", "1:1 map 1\n1:4 a@1:1 'b'\n");
	assert_tree("a: ---\nb: ...\n",
	    "1:1 map 2\n1:4 a@1:1 '---'\n2:4 b@2:1 '...'\n");
	/* A mark at the start; the other line end. */
	assert_tree("\xef\xbb\xbf" "a: b\nc: d\n",
	    "1:1 map 2\n1:4 a@1:1 'b'\n2:4 c@2:1 'd'\n");
	assert_tree("a: b\r\nc:\r\n- d\r\n- \"e\r\n  f\"\r\n\r\ng: |\r\n"
	    "  h\r\n  i\r\n",
	    "1:1 map 3\n1:4 a@1:1 'b'\n3:1 c@2:1 list 2\n3:3 'd'\n"
	    "4:3 \"e f\"\n7:4 g@7:1 \"h\ni\n\"\n");
	/* Tabs that do not indent. */
	assert_tree("a:\tb\t# c\nd: \"\te\"\n",
	    "1:1 map 2\n1:4 a@1:1 'b'\n2:4 d@2:1 \"\te\"\n");
}

#define ANCHOR	"an anchor (&); put the text in quotes if it is none"
#define ALIAS	"an alias (*); put the text in quotes if it is none"
#define TAG	"a tag (!); put the text in quotes if it is none"
#define TAB	"a tab in the indentation (use spaces)"
#define QUOTE	"a quotation that does not end"
#define ESCAPE	"an escape (\\) that is not known"
#define BEGIN	"a character that cannot begin a value (put the text in " \
		"quotes)"
#define NO_KEY	"no key of this map (wrong indentation, or text after a " \
		"quotation)"
#define LOST	"text that belongs to nothing above it (wrong indentation)"
#define COLON	"a \":\" where no key can end (wrong indentation, or text " \
		"that needs quotes)"
#define NO_COLON "text that is neither a key (no \": \" follows) nor a value"
#define ITEM	"a list item (\"- \") where none can stand"
#define NO_ITEM	"no item of this list (wrong indentation, or \"- \" missing)"
#define NESTED_KEY "a list or map where a key must stand"
#define BLOCK	"something after | or > that is no indicator"
#define CONTROL	"a control character"
#define UTF8	"a byte that is no UTF-8"
#define LINE	"a line end that editors do not show (U+2028, U+2029)"
#define PERCENT	"a line that begins with % (no directives)"

static const struct {
	const char *text;
	unsigned line, column;
	const char *why;
} faults[] = {
	/* What YAML has and this has not. */
	{ "a: &b c\n", 1, 4, ANCHOR },
	{ "a:\n  &b\n  c: d\n", 2, 3, ANCHOR },
	{ "a: &b [c]\n", 1, 4, ANCHOR },
	{ "a: &b {c: d}\n", 1, 4, ANCHOR },
	{ "&a b: c\n", 1, 1, ANCHOR },
	{ "a: & b\n", 1, 4, ANCHOR },
	{ "a: b\nc: *a\n", 2, 4, ALIAS },
	{ "a: *bold* text\n", 1, 4, ALIAS },
	{ "*a : b\n", 1, 1, ALIAS },
	{ "<<: *a\n", 1, 5, ALIAS },
	{ "a: !b c\n", 1, 4, TAG },
	{ "a: ! c\n", 1, 4, TAG },
	{ "a: !!str c\n", 1, 4, TAG },
	{ "a: !b!c d\n", 1, 4, TAG },
	{ "a: !<b> d\n", 1, 4, TAG },
	{ "a: !<b d\n", 1, 4, TAG },
	{ "a: !!seq [b]\n", 1, 4, TAG },
	{ "a: !!map {b: c}\n", 1, 4, TAG },
	{ "!a b: c\n", 1, 1, TAG },
	{ "a: !%zz b\n", 1, 4, TAG },
	{ "%YAML 1.2\n---\na: b\n", 1, 1, PERCENT },
	{ "# c\n%TAG ! tag:x,2000:\n---\na: b\n", 2, 1, PERCENT },
	{ "a: b\n...\n%TAG ! tag:x,2000:\n", 3, 1, PERCENT },
	{ "a: b\n---\nc: d\n", 2, 1, "a second document" },
	{ "---\n---\n", 2, 1, "a second document" },
	{ "a: b\n...\n---\n", 3, 1, "a second document" },
	{ "a: b\n...\nc: d\n", 3, 1, LOST },
	{ "[a]: b\n", 1, 1, NESTED_KEY },
	{ "a:\n  {b: c}: d\n", 2, 3, NESTED_KEY },
	{ "? - a\n: b\n", 1, 3, NESTED_KEY },
	{ "{a: 1, ? [b]}\n", 1, 10, NESTED_KEY },
	{ "? \n: b\n", 1, 2, "a key without a name" },
	{ "a:\n  \"\": b\n", 2, 3, "a key without a name" },
	/* Keys that stand twice. */
	{ "a: 1\nb: 2\na: 3\n", 3, 1,
	    "the key \"a\" stands twice; first in line 1" },
	{ "b:\n  a: 1\n  \"\\x61\": 2\n", 3, 3,
	    "the key \"a\" stands twice; first in line 2" },
	{ "{a: {b: 1, c: 2}, d: [{b: 1, e: 3,\n b: 2}]}\n", 2, 2,
	    "the key \"b\" stands twice; first in line 1" },
	{ "? a\n? a\n", 2, 3, "the key \"a\" stands twice; first in line 1" },
	{ "\"a\\e\": 1\n'b': 1\n\"a\\e\": 1\n", 3, 1,
	    "the key \"a\\u{1b}\" stands twice; first in line 1" },
	{ "123456789012345678901234567890123456789012345678901234567890xyz: "
	    "1\n123456789012345678901234567890123456789012345678901234567890"
	    "xyz: 2\n", 2, 1, "the key \"12345678901234567890123456789012345"
	    "6789012345678901234567890\" stands twice; first in line 1" },
	/* Tabs. */
	{ "\ta: b\n", 1, 1, TAB },
	{ "a:\n\tb: c\n", 2, 1, TAB },
	{ "a:\n  b: c\n\td: e\n", 3, 1, TAB },
	{ "a: b\n\tc\n", 2, 1, TAB },
	{ "a: |\n\tb\n", 2, 1, TAB },
	{ "a:\n-\tb: c\n", 2, 2, TAB },
	/* Mistakes. */
	{ "a: \"b\nc: d\n", 1, 4, QUOTE },
	{ "a: b\nc: 'd\n", 2, 4, QUOTE },
	{ "a: 'b\n---\n'\n", 1, 4, QUOTE },
	{ "a: \"b\" c\n", 1, 8, NO_KEY },
	{ "a: 'it's'\n", 1, 8, NO_KEY },
	{ "a:\n  b: c\n d: e\n", 3, 2, NO_KEY },
	{ "a: b\n- c\n", 2, 1, NO_KEY },
	{ ": a\n", 1, 1, NO_KEY },
	{ "- a\nb: c\n", 2, 1, NO_ITEM },
	{ "  a: b\nc: d\n", 2, 1, LOST },
	{ "{a: b} c\n", 1, 8, LOST },
	{ "- - a\n - b\n", 2, 2, NO_ITEM },
	{ "a: b: c\n", 1, 5, COLON },
	{ "a: b\n  c: d\n", 2, 4, COLON },
	{ "a: b\nfoo\nc: d\n", 2, 1, NO_COLON },
	{ "a: b\nfoo\n", 2, 1, NO_COLON },
	{ "a: - b\n", 1, 4, ITEM },
	{ "a: ? b\n", 1, 4, "a key (\"? \") where none can stand" },
	{ "a: ]\n", 1, 4, "nothing that can be a value" },
	{ "a: [b,\n  c\nd: e\n", 3, 2,
	    "no \",\" or \"]\" after an item of the list that began in line "
	    "1" },
	{ "a: {b: c,\n  d: e\n", 3, 1,
	    "no \",\" or \"}\" after a value of the map that began in line "
	    "1" },
	/* Where the file ends without a line end. */
	{ "a: b\nc: [d", 2, 6,
	    "no \",\" or \"]\" after an item of the list that began in line "
	    "2" },
	{ "a: b\nc: [", 2, 5, "nothing that can be a value" },
	{ "a: b\nc", 2, 1, NO_COLON },
	{ "a: @b\n", 1, 4, BEGIN },
	{ "a: `b`\n", 1, 4, BEGIN },
	{ "a: 5\nb: %c\n", 2, 4, BEGIN },
	{ "a: \"\\q\"\n", 1, 5, ESCAPE },
	{ "a: \"\\xz\"\n", 1, 7, ESCAPE },
	{ "a: \"b\\ud800\"\n", 1, 8, ESCAPE },
	{ "a: \"\\U00110000\"\n", 1, 7, ESCAPE },
	{ "a: |b\n  c\n", 1, 5, BLOCK },
	{ "a: >0\n  c\n", 1, 5, BLOCK },
	/* Characters, wherever they stand. */
	{ "a: \xff\n", 1, 4, UTF8 },
	{ "# \xc3\xa4\xc3\n", 1, 4, UTF8 },
	{ "a: b\nc: \"\xed\xa0\x80\"\n", 2, 5, UTF8 },
	{ "a: \xc0\x80\n", 1, 4, UTF8 },
	{ "\xff\xfe" "a", 1, 1, UTF8 },
	{ "a: b\xe4\n", 1, 5, UTF8 },
	{ "a: b\nc\x01: d\n", 2, 2, CONTROL },
	{ "a: \x1b[1m\n", 1, 4, CONTROL },
	{ "a: \x7f\n", 1, 4, CONTROL },
	{ "# \xc2\x85" "a: b\n", 1, 3, CONTROL },
	{ "# \xe2\x80\xa8" "a: b\n", 1, 3, LINE },
	{ "# \xe2\x80\xa9" "a: b\n", 1, 3, LINE },
	{ "# \ra: b\n", 1, 3, "a carriage return without a line feed" },
	{ "a: b\r\nc: d\r", 2, 5, "a carriage return without a line feed" },
	{ "a: b\n\xef\xbb\xbf" "c: d\n", 2, 1,
	    "a byte-order mark inside the file" },
	{ "\xef\xbb\xbf\xef\xbb\xbf" "c: d\n", 1, 1,
	    "a byte-order mark inside the file" },
	{ "a: \xef\xbf\xbe\n", 1, 4, "a code that is no character" },
	/* Places: after a mark, after CRLF, in characters. */
	{ "\xef\xbb\xbf" "a: @\n", 1, 4, BEGIN },
	{ "a: b\r\n\r\nc: @\r\n", 3, 4, BEGIN },
	{ "\xc3\xa4\xf0\x9f\x98\x80: \"\xc3\xb6\" x\n", 1, 9, NO_KEY },
	{ "a: |\n  b\n  c\nd: >\n  e\n\n  f\ng: @\n", 8, 4, BEGIN },
};

static void
test_faults(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		assert_fault_in(bytes_of(faults[i].text), faults[i].line,
		    faults[i].column, faults[i].why);
	assert_fault_in(bytes_at("a: b\0\n", 6), 1, 5, CONTROL);
}

/* `text` n times. */
static void
repeat(struct buf *b, const char *text, size_t n)
{
	while (n-- > 0)
		buf_text(b, text);
}

static void
test_bounds(void **state)
{
	struct buf b = buf_with(8 * MIB);
	struct arena arena = arena_with(64 * MIB);
	struct yaml_fault fault;
	const struct yaml *y;
	unsigned i;

	(void)state;
	repeat(&b, "[", LIMIT_DEPTH);
	repeat(&b, "]", LIMIT_DEPTH);
	y = yaml_read(buf_bytes(&b), &arena, &fault);
	for (i = 1; i < LIMIT_DEPTH; i++) {
		assert_non_null(y);
		y = y->first;
	}
	assert_non_null(y);
	assert_int_equal(y->n, 0);
	buf_reset(&b);
	repeat(&b, "[", 2 * MIB);
	assert_fault_in(buf_bytes(&b), 1, LIMIT_DEPTH + 1,
	    "nested too deeply");
	buf_reset(&b);
	repeat(&b, "{a: ", 1000);
	assert_fault_in(buf_bytes(&b), 1, 4 * LIMIT_DEPTH + 1,
	    "nested too deeply");
	buf_reset(&b);
	repeat(&b, "- a\n", YAML_NODES - 1);
	arena_reset(&arena);
	y = yaml_read(buf_bytes(&b), &arena, &fault);
	assert_non_null(y);
	assert_int_equal(y->n, YAML_NODES - 1);
	buf_text(&b, "- b\n");
	assert_fault_in(buf_bytes(&b), YAML_NODES, 3, "too many values");
	buf_reset(&b);
	buf_text(&b, "a: ");
	repeat(&b, "x", YAML_BYTES - 3);
	arena_reset(&arena);
	y = yaml_get(yaml_read(buf_bytes(&b), &arena, &fault), "a");
	assert_non_null(y);
	assert_int_equal(y->text.n, YAML_BYTES - 3);
	buf_byte(&b, 'x');
	assert_fault_in(buf_bytes(&b), 1, 1, "more than 4 MiB");
	arena_free(&arena);
	buf_free(&b);
}

/* Many keys in one map, and one key in many maps: neither takes long, and each
   is found. */
static void
test_many_keys(void **state)
{
	struct arena arena = arena_with(64 * MIB);
	struct buf b = buf_with(4 * MIB);
	struct yaml_fault fault;
	const struct yaml *y, *member;
	char key[16];
	clock_t begun;
	unsigned i;

	(void)state;
	for (i = 0; i < 50000; i++)
		buf_printf(&b, "k%u: %u\n", i, i);
	y = yaml_read(buf_bytes(&b), &arena, &fault);
	assert_non_null(y);
	assert_int_equal(y->n, 50000);
	for (i = 0, member = y->first; i < 50000; i++) {
		(void)snprintf(key, sizeof(key), "k%u", i);
		assert_true(bytes_is(member->key, key));
		assert_int_equal(member->key_line, i + 1);
		assert_true(i % 5000 != 0 || yaml_get(y, key) == member);
		member = member->next;
	}
	assert_null(member);
	assert_null(yaml_get(y, "k50000"));
	buf_text(&b, "k777: x\n");
	assert_fault_in(buf_bytes(&b), 50001, 1,
	    "the key \"k777\" stands twice; first in line 778");
	buf_reset(&b);
	repeat(&b, "- {a: b}\n", 49999);
	arena_reset(&arena);
	begun = clock();
	y = yaml_read(buf_bytes(&b), &arena, &fault);
	assert_true(clock() - begun < CLOCKS_PER_SEC);
	assert_non_null(y);
	assert_int_equal(y->n, 49999);
	arena_free(&arena);
	buf_free(&b);
}

static void
test_get(void **state)
{
	struct arena arena = arena_with(MIB);
	struct yaml_fault fault;
	const struct yaml *y = yaml_read(bytes_of("a: 1\nbc: [d]\ne:\n"),
	    &arena, &fault);

	(void)state;
	assert_non_null(y);
	assert_true(bytes_is(yaml_get(y, "a")->text, "1"));
	assert_int_equal(yaml_get(y, "bc")->kind, YAML_LIST);
	assert_non_null(yaml_get(y, "e"));
	assert_null(yaml_get(y, "b"));
	assert_null(yaml_get(y, ""));
	assert_null(yaml_get(yaml_get(y, "bc"), "d"));
	assert_null(yaml_get(yaml_get(y, "a"), "1"));
	assert_null(yaml_get(NULL, "a"));
	arena_free(&arena);
}

static const char everything[] =
	"a: b\nc: [1, 'd', {e: f, g: \"h\\u00e4 i\"}]\nj: |\n  k\n  l\n"
	"m:\n- n\n- o: p\n  q:\n    r: >\n      s\n";

/* Each request of libyaml for memory fails once; then each of ours. */
static void
test_memory(void **state)
{
	struct arena arena = arena_with(MIB);
	struct yaml_fault fault;
	struct bytes in = bytes_of(everything);
	size_t used, limit;
	unsigned i;

	(void)state;
	for (i = 1, failed_one = true; failed_one; i++) {
		arena_reset(&arena);
		failed_one = false;
		until_failure = i;
		memset(&fault, 0, sizeof(fault));
		if ((yaml_read(in, &arena, &fault) == NULL) != failed_one)
			fail_msg("request %u", i);
		until_failure = 0;
		if (!failed_one)
			break;
		assert_string_equal(fault.why, "not enough memory");
		assert_true(fault.line > 0 && fault.column > 0);
	}
	assert_true(i > 50);
	used = arena.used;
	for (limit = 0; limit <= used; limit += 16) {
		arena_free(&arena);
		arena = arena_with(limit);
		memset(&fault, 0, sizeof(fault));
		if (yaml_read(in, &arena, &fault) != NULL)
			break;
		assert_string_equal(fault.why, "not enough memory");
		assert_true(fault.line > 0 && fault.column > 0);
	}
	assert_int_equal(limit, used);
	arena_free(&arena);
	arena = arena_with(0);
	assert_null(yaml_read(bytes_of(""), &arena, &fault));
	assert_string_equal(fault.why, "not enough memory");
	arena_free(&arena);
}

/* Every head of a file is read or refused with a place inside it. */
static void
test_heads(void **state)
{
	struct arena arena = arena_with(MIB);
	struct yaml_fault fault;
	unsigned lines;
	size_t n, i;

	(void)state;
	for (n = 0; n < sizeof(everything); n++) {
		arena_reset(&arena);
		lines = 1;
		for (i = 0; i < n; i++)
			lines += everything[i] == '\n';
		if (yaml_read(bytes_at(everything, n), &arena, &fault) ==
		    NULL && (fault.line < 1 || fault.line > lines ||
		    fault.column < 1 || fault.why[0] == '\0'))
			fail_msg("head of %zu", n);
	}
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_maps_and_lists),
		cmocka_unit_test(test_flow),
		cmocka_unit_test(test_scalars),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_many_keys),
		cmocka_unit_test(test_get),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_heads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
