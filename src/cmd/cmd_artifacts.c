/*
 * ostrakon artifacts: what is examined, from the table itself.
 */
#include <stdio.h>

#include "artifact/artifact.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

static void
show_places(const struct place *place)
{
	for (; place != NULL && place->path != NULL; place++)
		(void)printf("    %s%s%s\n", place->domain == NULL ? "*" :
		    place->domain, place->domain != NULL &&
		    place->domain[0] == '\0' ? "" : "/", place->path);
}

static void
show_fields(const struct artifact *a)
{
	unsigned i;

	for (i = 0; i < a->nfields; i++)
		(void)printf("    %-32s %s%s%s\n", a->fields[i].name,
		    kind_name(a->fields[i].kind),
		    a->fields[i].event == NULL ? "" : ": ",
		    a->fields[i].event == NULL ? "" : a->fields[i].event);
}

static void
show_json(void)
{
	const struct artifact *a;
	unsigned i, f;

	(void)printf("[");
	for (i = 0; i < artifact_count(); i++) {
		a = artifact_at(i);
		(void)printf("%s\n{\"name\":\"%s\",\"about\":\"%s\",\"in\":"
		    "\"%s\",\"fields\":[", i == 0 ? "" : ",", a->name,
		    a->about, a->in == ARTIFACT_IN_ENCRYPTED ?
		    "encrypted backups" : "all backups");
		for (f = 0; f < a->nfields; f++)
			(void)printf("%s{\"name\":\"%s\",\"kind\":\"%s\"}",
			    f == 0 ? "" : ",", a->fields[f].name,
			    kind_name(a->fields[f].kind));
		(void)printf("]}");
	}
	(void)printf("\n]\n");
}

int
cmd_artifacts(int argc, char **argv)
{
	static const struct verb verb = { "artifacts", "[NAME ...]",
	    "Lists what is examined: name, what it is, where it lies.",
	    "With names: their files and fields too." };
	bool json = false;
	const struct option table[] = {
		{ .name = "json", .flag = &json,
		    .about = "as JSON, with all fields" },
		{ 0 }
	};
	const struct artifact *a;
	int first, i, found;
	unsigned k;

	switch (options_read(&verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (json) {
		show_json();
		return 0;
	}
	for (k = 0; first == argc && k < artifact_count(); k++) {
		a = artifact_at(k);
		(void)printf("%-36s %s%s\n", a->name, a->about,
		    a->in == ARTIFACT_IN_ENCRYPTED ?
		    " (encrypted backups)" : "");
	}
	for (i = first; i < argc; i++) {
		found = artifact_find(argv[i]);
		if (found < 0) {
			(void)fprintf(stderr, "ostrakon artifacts: there is "
			    "no artifact %s\n", argv[i]);
			return EXIT_TROUBLE;
		}
		a = artifact_at((unsigned)found);
		(void)printf("%s: %s\n  files\n", a->name, a->about);
		show_places(a->places);
		(void)printf("  fields\n");
		show_fields(a);
	}
	return 0;
}
