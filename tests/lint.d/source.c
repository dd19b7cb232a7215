/*
 * Holds C sources against the house style, as far as a reader without a
 * compiler can:
 *
 *	source LAYERS FILE...
 *
 * LAYERS names the folders of src/ in their order, as docs/design.md lists
 * them.  Prints "file:line: reason" for each fault; exit 1 if there is one.
 *
 * It does not parse C.  Comments and literals are blanked first, and the shape
 * of the house (a function's braces alone in the first column) does the rest.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COLUMNS		80
#define TAB		8
#define BODY_LINES	60
#define INLINE_LINES	5	/* a function's body in a header */
#define FILE_LINES	600
#define TEST_LINES	900
#define NESTING		3
#define PARENS		256

struct source {
	const char *path;
	const char *layer;	/* of src/LAYER/, or NULL */
	const char *text;
	char *code;		/* text, comments and literals blanked */
	size_t n;
	bool ours;		/* of src/ or include/: the full rules hold */
	bool header;
};

static const char *const never[] = {
	"strcpy", "stpcpy", "strcat", "strncat", "sprintf", "vsprintf", "gets",
	"atoi", "atol", "atoll", "atof", "strtok", "alloca", "system", "popen",
	"tmpnam", "tempnam", "mktemp", NULL
};

/* Memory comes from arenas and buffers; only base/ knows the heap. */
static const char *const heap[] = {
	"malloc", "calloc", "realloc", "reallocarray", "free", "strdup",
	"strndup", "asprintf", "vasprintf", "getline", NULL
};

static const char *const unfinished[] = {
	"TODO", "FIXME", "XXX", "HACK", NULL
};

/* Folders that may not see another, though it stands above them. */
static const struct { const char *layer, *other; } apart[] = {
	{ "election", "source" },
	{ "election", "artifact" },
	{ "register", "artifact" },
};

static const char *layers;
static unsigned long faults;

static void fault(const struct source *, size_t at, const char *, ...)
    __attribute__((format(printf, 3, 4)));

static size_t
line_of(const struct source *s, size_t at)
{
	size_t line = 1;
	size_t i;

	for (i = 0; i < at && i < s->n; i++)
		line += s->text[i] == '\n';
	return line;
}

static void
fault(const struct source *s, size_t at, const char *format, ...)
{
	va_list args;

	printf("%s:%zu: ", s->path, line_of(s, at));
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	faults++;
}

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The length of the word at `at`, or 0 if none begins there. */
static size_t
word_at(const char *text, size_t n, size_t at)
{
	size_t end = at;

	if (isdigit((unsigned char)text[at]) ||
	    (at > 0 && is_word(text[at - 1])))
		return 0;
	while (end < n && is_word(text[end]))
		end++;
	return end - at;
}

static bool
word_is(const char *at, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(at, word, len) == 0;
}

static bool
listed(const char *const *list, const char *at, size_t len)
{
	for (; *list != NULL; list++) {
		if (word_is(at, len, *list))
			return true;
	}
	return false;
}

/* Where the comment or literal that starts at `at` ends, or `at`. */
static size_t
skip_blank(const char *t, size_t n, size_t at)
{
	size_t end = at;
	const char *close;

	if (t[at] == '/' && at + 1 < n && t[at + 1] == '*') {
		close = strstr(t + at + 2, "*/");
		return close == NULL ? n : (size_t)(close - t) + 2;
	}
	if (t[at] == '/' && at + 1 < n && t[at + 1] == '/')
		return at + strcspn(t + at, "\n");
	if (t[at] != '"' && t[at] != '\'')
		return at;
	for (end = at + 1; end < n && t[end] != t[at] && t[end] != '\n'; end++)
		end += t[end] == '\\';
	return end < n ? end + 1 : n;
}

static void
blank(struct source *s)
{
	size_t at = 0;
	size_t end;

	while (at < s->n) {
		end = skip_blank(s->text, s->n, at);
		if (end == at) {
			at++;
			continue;
		}
		for (; at < end; at++) {
			if (s->code[at] != '\n')
				s->code[at] = ' ';
		}
	}
}

/*
 * How many columns a line takes.  Bytes within a UTF-8 character take none, and
 * the backslash that continues a macro does not count.
 */
static size_t
columns(const char *line, size_t n)
{
	size_t column = 0;
	size_t i;

	if (n > 0 && line[n - 1] == '\\') {
		do
			n--;
		while (n > 0 && strchr(" \t", line[n - 1]) != NULL);
	}
	for (i = 0; i < n; i++)
		column += line[i] == '\t' ? TAB - column % TAB :
		    ((unsigned char)line[i] & 0xc0) != 0x80;
	return column;
}

/* Lines: length, blanks at the end, how many. */
static void
check_lines(const struct source *s)
{
	size_t most = s->ours ? FILE_LINES : TEST_LINES;
	size_t lines = 0;
	size_t at, n, wide;

	if (s->n > 0 && s->text[s->n - 1] != '\n')
		fault(s, s->n, "no newline at the end of the file");
	for (at = 0; at < s->n; at += n + 1) {
		n = strcspn(s->text + at, "\n");
		wide = columns(s->text + at, n);
		lines++;
		if (n > 0 && strchr(" \t\r", s->text[at + n - 1]) != NULL)
			fault(s, at, "blank at the end of the line");
		if (s->ours && wide > COLUMNS)
			fault(s, at, "%zu columns, %d at most", wide, COLUMNS);
	}
	if (lines > most)
		fault(s, s->n, "%zu lines, %zu at most", lines, most);
}

static int
layer_rank(const char *name, size_t len)
{
	const char *at = layers;
	int rank = 0;
	size_t n;

	while (*(at += strspn(at, " ")) != '\0') {
		n = strcspn(at, " ");
		if (n == len && memcmp(at, name, n) == 0)
			return rank;
		at += n;
		rank++;
	}
	return -1;
}

static void
check_layer(const struct source *s, size_t at, const char *name, size_t len)
{
	int mine = layer_rank(s->layer, strlen(s->layer));
	int other = layer_rank(name, len);
	size_t i;

	if (other > mine)
		fault(s, at, "%s/ may not include from %.*s/, which stands "
		    "below it in docs/design.md", s->layer, (int)len, name);
	for (i = 0; i < sizeof(apart) / sizeof(apart[0]); i++) {
		if (strcmp(s->layer, apart[i].layer) == 0 &&
		    word_is(name, len, apart[i].other))
			fault(s, at, "%s/ never includes from %s/", s->layer,
			    apart[i].other);
	}
}

/* An #include of ours names its folder, and that folder may be seen. */
static void
check_include(const struct source *s, size_t at)
{
	const char *name = s->text + at + strcspn(s->text + at, "\"<\n");
	size_t len = strcspn(name + 1, "\">\n");
	size_t folder = strcspn(name + 1, "/\">\n");

	if (*name != '"' || s->layer == NULL)
		return;
	if (folder < len)
		check_layer(s, at, name + 1, folder);
	else if (!word_is(name + 1, len, "ostrakon.h"))
		fault(s, at, "an include names its folder: \"%s/%.*s\"",
		    s->layer, (int)len, name + 1);
}

/* Takes preprocessor lines out of the code, so that braces balance. */
static void
take_directives(struct source *s)
{
	size_t at;
	size_t i;

	for (at = 0; at < s->n; at += strcspn(s->code + at, "\n") + 1) {
		i = at + strspn(s->code + at, " \t");
		if (s->code[i] != '#')
			continue;
		i += 1 + strspn(s->code + i + 1, " \t");
		if (strncmp(s->code + i, "include", 7) == 0)
			check_include(s, at);
		for (i = at; s->code[i] != '\0'; i++) {
			if (s->code[i] == '\n' && s->code[i - 1] != '\\')
				break;
			if (s->code[i] != '\n' && s->code[i] != '\\')
				s->code[i] = ' ';
		}
		at = i;
		at -= at > 0;
	}
}

/* Whether the word that ends before `at` is reached through . or ->. */
static bool
is_member(const char *code, size_t at)
{
	while (at > 0 && isspace((unsigned char)code[at - 1]))
		at--;
	return at > 0 && (code[at - 1] == '.' ||
	    (at > 1 && code[at - 1] == '>' && code[at - 2] == '-'));
}

static void
check_call(const struct source *s, size_t at, size_t len)
{
	const char *word = s->code + at;
	size_t after = at + len;

	after += strspn(s->code + after, " \t\n");
	if (s->code[after] != '(' || is_member(s->code, at))
		return;
	if (listed(never, word, len))
		fault(s, at, "%.*s() is not used here", (int)len, word);
	if (s->ours && listed(heap, word, len) &&
	    (s->layer == NULL || strcmp(s->layer, "base") != 0))
		fault(s, at, "%.*s() only in base/: use an arena or a buffer",
		    (int)len, word);
}

static void
check_typedef(const struct source *s, size_t at, size_t len)
{
	const char *next = s->code + at + len;

	if (!s->ours || !word_is(s->code + at, len, "typedef"))
		return;
	next += strspn(next, " \t\n");
	if (next[strcspn(next, "(;{")] == '(')
		return;			/* the type of a function */
	if (strncmp(next, "struct", 6) == 0 || strncmp(next, "union", 5) == 0 ||
	    strncmp(next, "enum", 4) == 0)
		fault(s, at, "no typedef for a struct, union or enum");
}

static void
check_words(const struct source *s)
{
	size_t at;
	size_t len;

	for (at = 0; at < s->n; at++) {
		len = word_at(s->code, s->n, at);
		if (len > 0) {
			check_call(s, at, len);
			check_typedef(s, at, len);
		}
		len = word_at(s->text, s->n, at);
		if (s->ours && listed(unfinished, s->text + at, len))
			fault(s, at, "unfinished: %.*s", (int)len,
			    s->text + at);
	}
}

/*
 * Whether the brace at `at` opens a block: not an initializer, a compound
 * literal or the members of a struct.  `head` tells whether the last closed
 * parenthesis belonged to if, for, while, switch or a macro like them.
 */
static bool
is_block(const char *code, size_t at, size_t from, bool head)
{
	size_t end;

	while (at > from && isspace((unsigned char)code[at - 1]))
		at--;
	if (code[at - 1] == ')')
		return head;
	if (strchr(";{}:", code[at - 1]) != NULL)
		return true;
	for (end = at; at > from && is_word(code[at - 1]); at--)
		continue;
	return word_is(code + at, end - at, "else") ||
	    word_is(code + at, end - at, "do");
}

/* Whether a parenthesis at `at` follows a word that may head a block. */
static bool
is_head(const char *code, size_t at, size_t from)
{
	size_t end;

	while (at > from && isspace((unsigned char)code[at - 1]))
		at--;
	for (end = at; at > from && is_word(code[at - 1]); at--)
		continue;
	return end > at && !word_is(code + at, end - at, "return") &&
	    !word_is(code + at, end - at, "sizeof");
}

/* The body from its brace at `from` to the one at `to`: how deep it goes. */
static void
check_nesting(const struct source *s, size_t from, size_t to)
{
	bool heads[PARENS];
	bool head = false;
	size_t parens = 0;
	size_t depth = 0;	/* blocks within the body */
	size_t inert = 0;	/* braces of an initializer */
	size_t i;

	for (i = from + 1; i < to; i++) {
		if (s->code[i] == '(' && parens < PARENS)
			heads[parens++] = is_head(s->code, i, from);
		else if (s->code[i] == ')' && parens > 0)
			head = heads[--parens];
		else if (s->code[i] == '{' && (inert > 0 ||
		    !is_block(s->code, i, from, head)))
			inert++;
		else if (s->code[i] == '{' && ++depth > NESTING)
			fault(s, i, "a block within %zu others, %d at most",
			    depth - 1, NESTING - 1);
		else if (s->code[i] == '}' && inert > 0)
			inert--;
		else if (s->code[i] == '}' && depth > 0)
			depth--;
	}
}

/* The start of the line before the one that starts at `at`. */
static size_t
line_before(const char *text, size_t at)
{
	at -= at > 0;
	while (at > 0 && text[at - 1] != '\n')
		at--;
	return at;
}

/* Whether the header of the same name has a struct or enum of this name. */
static bool
header_has(const struct source *s, const char *name, size_t len)
{
	char path[4096];
	char line[256];
	const char *at;
	bool found = false;
	FILE *f;
	int n = snprintf(path, sizeof(path), "%.*sh",
	    (int)(strlen(s->path) - 1), s->path);

	f = n < 0 || (size_t)n >= sizeof(path) ? NULL : fopen(path, "r");
	if (f == NULL)
		return false;
	while (!found && fgets(line, sizeof(line), f) != NULL) {
		at = line + strcspn(line, " \n");
		if (!word_is(line, (size_t)(at - line), "struct") &&
		    !word_is(line, (size_t)(at - line), "enum"))
			continue;
		at += strspn(at, " ");
		found = strcspn(at, " ;\n") == len &&
		    memcmp(at, name, len) == 0;
	}
	fclose(f);
	return found;
}

/* Whether the folder has a header NAME.h. */
static bool
folder_has(const struct source *s, const char *name, size_t len)
{
	char path[4096];
	int n = snprintf(path, sizeof(path), "%.*s/%.*s.h",
	    (int)(strrchr(s->path, '/') - s->path), s->path, (int)len, name);

	return n > 0 && (size_t)n < sizeof(path) && access(path, R_OK) == 0;
}

/*
 * foo.c exports foo_* alone; or bar_*, if foo.h has a struct or enum bar, or if
 * foo.c is a part of what bar.h promises.
 */
static void
check_name(const struct source *s, size_t at)
{
	const char *name = s->code + at;
	const char *stem = strrchr(s->path, '/') + 1;
	size_t type = line_before(s->code, at);
	size_t first = strcspn(name, "_(");

	if (!s->ours || s->header || strncmp(s->code + type, "static", 6) == 0)
		return;
	if (first == strcspn(stem, "_.") && memcmp(stem, name, first) == 0)
		return;
	if (!header_has(s, name, first) && !folder_has(s, name, first))
		fault(s, at, "%.*s is exported, but %s exports %.*s_ alone",
		    (int)strcspn(name, "( "), name, stem,
		    (int)strcspn(stem, "_."), stem);
}

/* A function whose braces stand at `from` and `to`. */
static void
check_function(const struct source *s, size_t from, size_t to)
{
	size_t lines = line_of(s, to) - line_of(s, from) - 1;
	size_t most = s->ours && s->header ? INLINE_LINES : BODY_LINES;
	size_t at = line_before(s->code, from);

	while (at > 0 && isspace((unsigned char)s->code[at]))
		at = line_before(s->code, at);
	if (s->code[at + strcspn(s->code + at, "(\n")] != '(')
		return;			/* a table, not a function */
	if (lines > most)
		fault(s, from, "a body of %zu lines, %zu at most", lines, most);
	if (s->code[at + strcspn(s->code + at, "( \t*\n")] != '(')
		fault(s, at, "the return type has a line of its own");
	else
		check_name(s, at);
	check_nesting(s, from, to);
}

static void
check_functions(const struct source *s)
{
	size_t open = 0;
	size_t i;

	for (i = 1; i < s->n; i++) {
		if (s->code[i - 1] != '\n')
			continue;
		if (s->code[i] == '{')
			open = i;
		if (s->code[i] == '}' && open > 0) {
			check_function(s, open, i);
			open = 0;
		}
	}
}

/* src/LAYER/… gives LAYER. */
static const char *
layer_dup(const char *path)
{
	const char *end;

	if (strncmp(path, "src/", 4) != 0)
		return NULL;
	end = strchr(path + 4, '/');
	return end == NULL ? NULL : strndup(path + 4, (size_t)(end - path - 4));
}

static char *
read_dup(const char *path, size_t *n)
{
	FILE *f = fopen(path, "r");
	char *text = NULL;
	long size;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0) {
		perror(path);
		exit(2);
	}
	rewind(f);
	text = calloc((size_t)size + 1, 1);
	if (text == NULL || fread(text, 1, (size_t)size, f) != (size_t)size) {
		perror(path);
		exit(2);
	}
	fclose(f);
	*n = strlen(text);
	return text;
}

static void
check(const char *path)
{
	struct source s = { .path = path };
	char *text = read_dup(path, &s.n);

	s.layer = layer_dup(path);
	s.ours = strncmp(path, "src/", 4) == 0 ||
	    strncmp(path, "include/", 8) == 0;
	s.header = s.n > 0 && path[strlen(path) - 1] == 'h';
	s.text = text;
	s.code = strdup(text);
	if (s.code == NULL)
		exit(2);
	check_lines(&s);
	blank(&s);
	check_words(&s);
	take_directives(&s);
	check_functions(&s);
	if (s.layer != NULL && layer_rank(s.layer, strlen(s.layer)) < 0)
		fault(&s, 0, "src/%s/ does not stand in docs/design.md",
		    s.layer);
	free((char *)(uintptr_t)s.layer);
	free(s.code);
	free(text);
}

int
main(int argc, char **argv)
{
	int i;

	if (argc < 2) {
		fputs("usage: source LAYERS FILE...\n", stderr);
		return 2;
	}
	layers = argv[1];
	for (i = 2; i < argc; i++)
		check(argv[i]);
	return faults > 0;
}
