#include "cmd/options.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"

/* Operands that may stand between options. */
#define OPERANDS_MAX	512

void
options_help(FILE *to, const struct verb *verb, const struct option *o)
{
	char left[64];
	int n;

	(void)fprintf(to, "usage: ostrakon %s [options]%s%s\n%s\n", verb->name,
	    verb->operands[0] == '\0' ? "" : " ", verb->operands,
	    verb->about);
	for (; o->name != NULL; o++) {
		n = snprintf(left, sizeof(left), "  %c%c%s--%s%s%s",
		    o->letter == 0 ? ' ' : '-', o->letter == 0 ? ' ' :
		    o->letter, o->letter == 0 ? "  " : ", ", o->name,
		    o->arg == NULL ? "" : " ", o->arg == NULL ? "" : o->arg);
		(void)fprintf(to, n > 29 ? "%s\n%31s%s\n" : "%-30s%s%s\n",
		    left, n > 29 ? "" : " ", o->about);
	}
	(void)fprintf(to, "  -h, --help                   this text\n");
	if (verb->more != NULL)
		(void)fprintf(to, "%s\n", verb->more);
}

static bool
take(const struct verb *verb, const struct option *o, const char *value)
{
	uint64_t number;

	if (o->flag != NULL)
		*o->flag = true;
	if (o->text != NULL)
		*o->text = value;
	if (o->list != NULL && o->list->n == OPTION_LIST_MAX) {
		(void)fprintf(stderr, "ostrakon %s: --%s is given more than "
		    "%d times\n", verb->name, o->name, OPTION_LIST_MAX);
		return false;
	}
	if (o->list != NULL)
		o->list->items[o->list->n++] = value;
	if (o->number == NULL)
		return true;
	if (!text_uint(bytes_of(value), &number) || number > 1000000) {
		(void)fprintf(stderr, "ostrakon %s: --%s takes a number\n",
		    verb->name, o->name);
		return false;
	}
	*o->number = (unsigned)number;
	return true;
}

/* The option that a word names; *value is what follows "=" in it. */
static const struct option *
option_of(const struct option *o, const char *word, const char **value)
{
	size_t n = strcspn(word, "=");

	*value = NULL;
	for (; o->name != NULL; o++) {
		if (word[1] != '-' && o->letter == word[1] && word[1] != 0) {
			*value = word[2] == '\0' ? NULL : word + 2;
			return o;
		}
		if (word[1] == '-' && strlen(o->name) == n - 2 &&
		    strncmp(word + 2, o->name, n - 2) == 0) {
			*value = word[n] == '=' ? word + n + 1 : NULL;
			return o;
		}
	}
	return NULL;
}

static enum options_end
bad(const struct verb *verb, const char *word, const char *why)
{
	struct buf b = buf_with(LIMIT_PATH_BYTES * 8);

	/* What was typed, or pasted, may hold anything. */
	text_escape(&b, bytes_of(word), TEXT_LOG);
	(void)fprintf(stderr, "ostrakon %s: %.*s %s (ostrakon %s -h tells "
	    "more)\n", verb->name, (int)b.n, (const char *)b.p, why,
	    verb->name);
	buf_free(&b);
	return OPTIONS_BAD;
}

enum options_end
options_read(const struct verb *verb, const struct option *table, int argc,
    char **argv, int *first)
{
	char *operands[OPERANDS_MAX];
	const struct option *o;
	const char *value;
	int i, n = 0;

	for (i = 1; i < argc; i++) {
		if (argv[i][0] != '-' || argv[i][1] == '\0') {
			if (n == OPERANDS_MAX)
				return bad(verb, argv[i], "is one too many");
			operands[n++] = argv[i];
			continue;
		}
		if (strcmp(argv[i], "--") == 0)
			break;
		if (strcmp(argv[i], "-h") == 0 ||
		    strcmp(argv[i], "--help") == 0) {
			options_help(stdout, verb, table);
			return OPTIONS_HELP;
		}
		o = option_of(table, argv[i], &value);
		if (o == NULL)
			return bad(verb, argv[i], "is no option of this");
		if (o->arg == NULL && value != NULL)
			return bad(verb, argv[i], "takes no argument");
		if (o->arg != NULL && value == NULL) {
			if (i + 1 >= argc)
				return bad(verb, argv[i], "needs an argument");
			value = argv[++i];
		}
		if (!take(verb, o, value))
			return OPTIONS_BAD;
	}
	/* The operands go last; those after "--" stand there already. */
	if (i < argc)
		i++;
	*first = i - n;
	memcpy(argv + *first, operands, (size_t)n * sizeof(operands[0]));
	return OPTIONS_OK;
}
