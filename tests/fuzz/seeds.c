/*
 * Makes seeds for fuzz/artifact.c out of the cases in tests/artifact, where
 * they stand as text.
 *
 *	seeds OUT-FOLDER
 *
 * Each case becomes one file, OUT-FOLDER/ARTIFACT-STEM: the byte of the
 * artifact, the first file of its own, and behind a mark each file beside it.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact/artifact.h"
#include "base/limits.h"
#include "sample.h"

#define FOLDER		"tests/artifact"
#define SEED_MAX	(64 * KIB)	/* larger ones only slow it down */

struct seed {
	unsigned place;			/* of the artifact in the list */
	const struct artifact *artifact;
	char folder[256];
	struct arena arena;
	struct sample sample;
	struct buf out;
	unsigned files;
};

static void
add(struct seed *s, const char *mark, uint8_t place, struct bytes data)
{
	buf_text(&s->out, mark);
	if (mark[0] != '\0' && mark[1] == 'f')
		buf_byte(&s->out, place);
	buf_add(&s->out, data);
	s->files++;
}

/* The number of the place that the file lies at, counted as the target does:
   the artifact's own, then those it looks into; -1 if it is none of them. */
static int
place_of(const struct artifact *a, const struct sample_file *f,
    const char **suffix)
{
	const struct place *lists[2] = { a->places, a->also };
	struct place one[2] = { { NULL, NULL }, { NULL, NULL } };
	int n = 0, k;

	for (k = 0; k < 2; k++) {
		const struct place *p = lists[k];

		for (; p != NULL && p->path != NULL; p++, n++) {
			one[0] = *p;
			if (artifact_place(one, f->domain, f->path, suffix))
				return n;
		}
	}
	return -1;
}

static bool
from_list(struct seed *s, const char *name)
{
	const struct sample_file *files;
	const char *suffix;
	unsigned i, n;
	int place;

	if (!sample_list(&s->sample, name, &files, &n))
		return false;
	for (i = 0; i < n; i++) {
		suffix = "";
		place = files[i].type != 'f' || files[i].missing ? -1 :
		    place_of(s->artifact, &files[i], &suffix);
		if (place < 0 || (s->files == 0 && suffix[0] != '\0'))
			continue;
		add(s, s->files == 0 ? "" : suffix[0] == '\0' ? "=file" :
		    suffix[1] == 'w' ? "=-wal=" : "=-jrn=", (uint8_t)place,
		    files[i].data);
	}
	return true;
}

static bool
from_one(struct seed *s, const char *name)
{
	struct sample_made made;

	if (!sample_source(&s->sample, name, false, false, &made))
		return false;
	add(s, "", 0, made.data);
	if (made.wal.n > 0)
		add(s, "=-wal=", 0, made.wal);
	return true;
}

static bool
seed_write(const struct seed *s, const char *out, const char *name)
{
	char path[1024];
	FILE *f;
	bool good;

	(void)snprintf(path, sizeof(path), "%s/%s-%s", out, s->artifact->name,
	    name);
	f = fopen(path, "wb");
	if (f == NULL)
		return false;
	good = fwrite(s->out.p, 1, s->out.n, f) == s->out.n;
	return fclose(f) == 0 && good;
}

static bool
seed_make(struct seed *s, const char *out, const char *name)
{
	struct bytes file = bytes_of(name);
	bool good;

	s->arena = arena_with(256 * MIB);
	s->sample = sample_with(&s->arena, s->folder);
	s->out = buf_with(SEED_MAX);
	s->files = 0;
	buf_byte(&s->out, (uint8_t)('A' + s->place));
	good = bytes_ends(file, ".list") ? from_list(s, name) :
	    from_one(s, name);
	if (!good)
		fprintf(stderr, "seeds: %s/%.*s\n", s->folder,
		    (int)s->sample.why.n, (const char *)s->sample.why.p);
	if (good && !s->out.bad && s->files > 0)
		good = seed_write(s, out, name);
	buf_free(&s->out);
	sample_free(&s->sample);
	arena_free(&s->arena);
	return good;
}

/* The inputs of cases: not what is wanted of them, nor their indicators. */
static int
is_input(const struct dirent *e)
{
	struct bytes name = bytes_of(e->d_name);

	return bytes_starts(name, "case") && (bytes_ends(name, ".sql") ||
	    bytes_ends(name, ".plist.xml") || bytes_ends(name, ".txt") ||
	    bytes_ends(name, ".hex") || bytes_ends(name, ".list"));
}

int
main(int argc, char **argv)
{
	struct seed s = { .place = 0 };
	struct dirent **names;
	bool good = true;
	int i, n;

	if (argc != 2) {
		fprintf(stderr, "usage: seeds OUT-FOLDER\n");
		return 2;
	}
	if (mkdir(argv[1], 0755) != 0 && access(argv[1], W_OK) != 0) {
		perror(argv[1]);
		return 1;
	}
	for (; s.place < artifact_count(); s.place++) {
		s.artifact = artifact_at(s.place);
		(void)snprintf(s.folder, sizeof(s.folder), FOLDER "/%s",
		    s.artifact->name);
		names = NULL;
		n = scandir(s.folder, &names, is_input, alphasort);
		for (i = 0; i < n; i++) {
			good = seed_make(&s, argv[1], names[i]->d_name) &&
			    good;
			free(names[i]);
		}
		free(names);
	}
	return good ? 0 : 1;
}
