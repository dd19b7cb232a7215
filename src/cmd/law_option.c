#include "cmd/law_option.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/complain.h"
#include "cmd/operator_file.h"

static void
complain(const char *file, const struct law_faults *faults)
{
	char why[256];
	unsigned i;

	for (i = 0; i < faults->n && i < LAW_FAULTS; i++) {
		(void)snprintf(why, sizeof(why), "line %u, column %u: %s",
		    faults->items[i].line, faults->items[i].column,
		    faults->items[i].why);
		complain_about(file, why);
	}
}

const struct law *
law_option(const char *name, struct arena *arena)
{
	struct law_faults faults = { 0 };
	int builtin = strchr(name, '/') != NULL ? -1 :
	    law_builtin_find(bytes_of(name));
	const struct law *law;
	struct bytes text;
	struct stat st;

	if (builtin >= 0) {
		text = law_builtin_text((unsigned)builtin);
	} else if (stat(name, &st) != 0 && strchr(name, '/') == NULL &&
	    strchr(name, '.') == NULL) {
		complain_about(name, "there is no such law; ostrakon election "
		    "law list names those there are");
		return NULL;
	} else if (!operator_file_read(name, arena, &text)) {
		return NULL;
	}
	law = law_read(text, arena, &faults);
	if (law == NULL)
		complain(name, &faults);
	return law;
}

const struct law_version *
law_option_version(const struct law *law, int32_t day)
{
	const struct law_version *version = law_on(law, day);
	struct buf why = buf_with(256);

	if (version == NULL) {
		buf_text(&why, "this law was not in force on ");
		date_show(&why, day);
		buf_byte(&why, '\0');
		complain_about("--law", why.bad ? "not in force" :
		    (const char *)why.p);
	}
	buf_free(&why);
	return version;
}

bool
law_option_date(const char *name, const char *text, int32_t *date)
{
	*date = text == NULL ? DATE_UNSET : date_read(bytes_of(text));
	if (text == NULL || *date != DATE_UNSET)
		return true;
	complain_about(name, "a date is written as 2024-03-17");
	return false;
}
