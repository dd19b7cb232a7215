/*
 * Every artifact over its cases, whole and damaged.  README.md tells what a
 * case is.
 *
 *	run [ARTIFACT...]
 *
 * OSTRAKON_WANT=1 writes the want files anew.  OSTRAKON_ALL_BITS=1 flips every
 * bit.  OSTRAKON_TRACE=1 names each damage before it is tried.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "artifact/engine.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/url.h"
#include "indicator/build.h"
#include "sample.h"
#include "shape.h"

#define FOLDER		"tests/artifact"
#define CASES_MAX	1000
#define FINDINGS_MAX	4000
#define ENGINE_MEMORY	(64 * MIB)
#define TEXT_LIMIT	(16 * MIB)
/* Damages tried of one case; more are evenly thinned. */
#ifdef OSTRAKON_SANITIZER
#define CUTS_MAX	1000		/* twenty times as slow */
#define BITS_MAX	2000
#else
#define CUTS_MAX	4000
#define BITS_MAX	8000
#endif

static const char *const endings[] = {
	".sql", ".plist.xml", ".txt", ".hex", ".list"
};

struct one {			/* a case */
	const struct artifact *artifact;
	unsigned place;		/* of the artifact in the list */
	char folder[256];
	char stem[256];
	char source[256];	/* the stem with its ending */
};

struct found {			/* a finding, for sorting */
	const char *rule;
	int64_t row;
	uint64_t count;
	struct bytes matched;
};

struct ready {			/* a case, compiled */
	struct arena arena;
	struct sample sample;
	const struct artifact *artifact;
	const struct sample_file *files;
	unsigned nfiles;
	unsigned main;		/* of files: the one that is damaged */
	struct bytes damaged;	/* instead of its own bytes, if set */
	struct member *members;
	unsigned nmembers;
	struct index index;
	/* what came out */
	bool quiet;		/* only count */
	bool verdict;		/* no records are wanted */
	struct buf told;	/* findings and gaps, with all that is in them */
	struct buf lines, facts, gaps;
	struct found *found;
	unsigned nfound;
	uint64_t ngaps, tried;
	struct engine_counts counts;
};

/* --- reading a case ---------------------------------------------------------- */

/* The artifact's first place, its stars made into a name. */
static struct bytes
starless(struct arena *arena, const char *pattern)
{
	struct buf b = buf_with(LIMIT_PATH_BYTES);
	struct bytes out;

	for (; *pattern != '\0'; pattern++) {
		if (*pattern != '*')
			buf_byte(&b, (uint8_t)*pattern);
		else if (pattern[1] != '*')
			buf_byte(&b, 'x');
	}
	out = arena_copy(arena, buf_bytes(&b));
	buf_free(&b);
	return out;
}

static bool
files_of_one(struct ready *r, const struct one *one)
{
	const struct place *place = one->artifact->places;
	struct sample_made made;
	struct sample_file *file;

	file = arena_alloc(&r->arena, 2, sizeof(*file));
	if (file == NULL || place == NULL || place->path == NULL ||
	    !sample_source(&r->sample, one->source, false, false, &made))
		return false;
	file->domain = starless(&r->arena, place->domain != NULL ?
	    place->domain : "AppDomain-*");
	file->path = starless(&r->arena, place->path);
	file->type = 'f';
	file->data = made.data;
	file[1] = file[0];
	file[1].data = made.wal;
	if (made.wal.n > 0) {
		struct buf b = buf_with(LIMIT_PATH_BYTES);

		buf_add(&b, file->path);
		buf_text(&b, "-wal");
		file[1].path = arena_copy(&r->arena, buf_bytes(&b));
		buf_free(&b);
	}
	r->files = file;
	r->nfiles = made.wal.n > 0 ? 2 : 1;
	return true;
}

/* The member with that domain and path, or NULL. */
static struct member *
member_named(struct ready *r, struct bytes domain, struct bytes path)
{
	unsigned i;

	for (i = 0; i < r->nmembers; i++)
		if (bytes_eq(r->members[i].domain, domain) &&
		    bytes_eq(r->members[i].path, path))
			return &r->members[i];
	return NULL;
}

/* Ties each wal and journal to its database. */
static void
members_tie(struct ready *r)
{
	struct member *m, *base;
	unsigned i;

	for (i = 0; i < r->nmembers; i++) {
		m = &r->members[i];
		if (bytes_ends(m->path, "-wal")) {
			base = member_named(r, m->domain,
			    bytes_part(m->path, 0, m->path.n - 4));
			if (base != NULL)
				base->wal = m->id;
		} else if (bytes_ends(m->path, "-journal")) {
			base = member_named(r, m->domain,
			    bytes_part(m->path, 0, m->path.n - 8));
			if (base != NULL)
				base->journal = m->id;
		}
	}
}

/* The files that this artifact reads; those beside a database come as `also`,
   so that the engine does not read them for themselves. */
static bool
members_make(struct ready *r, const struct one *one)
{
	const struct sample_file *f;
	const char *suffix;
	struct member *m;
	bool own, also, any = false;
	unsigned i;

	r->members = arena_alloc(&r->arena, r->nfiles, sizeof(*r->members));
	if (r->members == NULL)
		return false;
	for (i = 0; i < r->nfiles; i++) {
		f = &r->files[i];
		suffix = "";
		own = artifact_place(one->artifact->places, f->domain,
		    f->path, &suffix);
		also = !own && artifact_place(one->artifact->also, f->domain,
		    f->path, &suffix);
		if (f->type != 'f' || (!own && !also))
			continue;
		m = &r->members[r->nmembers++];
		m->id = i;
		m->domain = f->domain;
		m->path = f->path;
		m->file = f->path;
		m->size = f->data.n;
		m->wal = m->journal = MEMBER_NONE;
		m->artifact = one->place;
		m->also = also || *suffix != '\0';
		any = any || !m->also;
	}
	members_tie(r);
	return any || sample_fault(&r->sample,
	    "no file of the case is one of the artifact's own");
}

/* The bundle that holds each line as one indicator of one set. */
static void
bundle_from_lines(struct buf *b, struct bytes text)
{
	static const char stamp[] = "\"spec_version\":\"2.1\","
	    "\"created\":\"2024-01-01T00:00:00.000Z\","
	    "\"modified\":\"2024-01-01T00:00:00.000Z\"";
	static const char malware[] =
	    "malware--00000000-0000-4000-8000-000000000000";
	struct bytes line;
	unsigned n = 0;
	size_t at, end;

	buf_printf(b, "{\"type\":\"bundle\",\"id\":"
	    "\"bundle--00000000-0000-4000-8000-000000000001\",\"objects\":["
	    "{\"type\":\"malware\",\"id\":\"%s\",%s,"
	    "\"name\":\"Invented\",\"is_family\":false}", malware, stamp);
	for (at = 0; at < text.n; at = end + 1) {
		end = bytes_find_byte(text, '\n', at);
		if (end == SIZE_MAX)
			end = text.n;
		line = text_trim(bytes_part(text, at, end - at));
		if (line.n == 0 || line.p[0] == '#')
			continue;
		n++;
		buf_printf(b, ",{\"type\":\"indicator\",\"id\":"
		    "\"indicator--00000000-0000-4000-8000-%012u\",%s,"
		    "\"indicator_types\":[\"malicious-activity\"],"
		    "\"pattern_type\":\"stix\",\"valid_from\":"
		    "\"2024-01-01T00:00:00Z\",\"pattern\":\"", n, stamp);
		text_escape(b, line, TEXT_JSON);
		buf_printf(b, "\"},{\"type\":\"relationship\",\"id\":"
		    "\"relationship--00000000-0000-4000-8000-%012u\",%s,"
		    "\"relationship_type\":\"indicates\",\"source_ref\":"
		    "\"indicator--00000000-0000-4000-8000-%012u\","
		    "\"target_ref\":\"%s\"}", n, stamp, n, malware);
	}
	buf_text(b, "]}\n");
}

static bool
exists(const char *folder, const char *name)
{
	char path[544];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return stat(path, &st) == 0;
}

/* The bundle of the case, or nothing: then the index is empty. */
static bool
bundle_make(struct ready *r, const struct one *one, char name[272],
    struct buf *bundle)
{
	struct bytes text = { NULL, 0 };

	snprintf(name, 272, "%s.stix2", one->stem);
	if (exists(one->folder, name)) {
		if (!sample_read(&r->sample, name, &text))
			return false;
		buf_add(bundle, text);
		return true;
	}
	snprintf(name, 272, "%s.ioc", one->stem);
	if (!exists(one->folder, name))
		return true;
	if (!sample_read(&r->sample, name, &text))
		return false;
	bundle_from_lines(bundle, text);
	return true;
}

static bool
index_make(struct ready *r, const struct one *one)
{
	struct buf bundle = buf_with(TEXT_LIMIT), out = buf_with(TEXT_LIMIT);
	struct build *build = NULL;
	struct index_note note;
	char name[272];
	uint32_t i;
	bool good;

	good = bundle_make(r, one, name, &bundle) &&
	    build_new(&build, &r->arena) == ERR_NONE;
	if (good && bundle.n > 0)
		build_add(build, bytes_of(name), arena_copy(&r->arena,
		    buf_bytes(&bundle)));
	good = good && build_end(build, &out) == ERR_NONE &&
	    index_open(&r->index, arena_copy(&r->arena, buf_bytes(&out))) ==
	    ERR_NONE;
	if (!good)
		sample_fault(&r->sample, "%s: no index", name);
	/* A mistake in the indicators of a case is a mistake in the case. */
	for (i = 0; good && i < index_notes(&r->index); i++)
		if (index_note_at(&r->index, i, &note))
			sample_fault(&r->sample, "%s: %.*s", name,
			    (int)note.why.n, (const char *)note.why.p);
	if (good && bundle.n > 0 && index_count(&r->index) == 0)
		sample_fault(&r->sample, "%s: no indicator", name);
	buf_free(&bundle);
	buf_free(&out);
	return r->sample.why.n == 0;
}

static void
ready_free(struct ready *r)
{
	buf_free(&r->lines);
	buf_free(&r->facts);
	buf_free(&r->gaps);
	buf_free(&r->told);
	sample_free(&r->sample);
	arena_free(&r->arena);
}

/* Fails the test if the case cannot be compiled. */
static void
ready_make(struct ready *r, const struct one *one)
{
	bool good;

	memset(r, 0, sizeof(*r));
	r->artifact = one->artifact;
	r->arena = arena_with(256 * MIB);
	r->sample = sample_with(&r->arena, one->folder);
	r->lines = buf_with(TEXT_LIMIT);
	r->facts = buf_with(TEXT_LIMIT);
	r->gaps = buf_with(TEXT_LIMIT);
	r->told = buf_with(TEXT_LIMIT);
	r->found = arena_alloc(&r->arena, FINDINGS_MAX, sizeof(*r->found));
	if (bytes_ends(bytes_of(one->source), ".list"))
		good = sample_list(&r->sample, one->source, &r->files,
		    &r->nfiles);
	else
		good = files_of_one(r, one);
	good = good && members_make(r, one) && index_make(r, one);
	if (!good)
		print_error("%s/%s: %.*s\n", one->folder, one->stem,
		    (int)r->sample.why.n, r->sample.why.n > 0 ?
		    (const char *)r->sample.why.p : "");
	if (!good)
		ready_free(r);
	assert_true(good);
}

/* --- the sink ----------------------------------------------------------------- */

static bool
sink_open(void *ctx, const struct member *member, struct input *in,
    const char **why)
{
	struct ready *r = ctx;
	const struct sample_file *f = &r->files[member->id];

	if (f->missing) {
		*why = "the file is missing";
		return false;
	}
	if (member->id == r->main && r->damaged.p != NULL)
		*in = input_memory(r->damaged);
	else
		*in = input_memory(f->data);
	return true;
}

static void
sink_line(void *ctx, struct bytes line)
{
	struct ready *r = ctx;

	if (!r->quiet)
		buf_add(&r->lines, line);
}

static void
sink_finding(void *ctx, const struct finding *finding)
{
	struct ready *r = ctx;
	struct found *f;

	buf_printf(&r->told, "finding %d %" PRIu32 " %" PRId64 " %" PRId64
	    " %" PRIu32 " ", (int)finding->rule, finding->member, finding->row,
	    finding->time, finding->field);
	buf_add(&r->told, finding->matched);
	field_json(&r->told, r->artifact->fields, finding->nfields,
	    finding->record, 0);
	if (r->quiet || r->nfound == FINDINGS_MAX)
		return;
	f = &r->found[r->nfound++];
	f->rule = rule_info(finding->rule)->id;
	f->row = finding->row;
	f->count = finding->count;
	f->matched = arena_copy(&r->arena, finding->matched);
}

static void
sink_again(void *ctx, uint32_t which, uint64_t count, int64_t first,
    int64_t last)
{
	struct ready *r = ctx;

	(void)first;
	(void)last;
	if (!r->quiet && which < r->nfound)
		r->found[which].count = count;
}

static void
sink_part(void *ctx, uint32_t part, const struct finding *finding)
{
	struct ready *r = ctx;

	if (r->quiet)
		return;
	buf_printf(&r->facts, "part %" PRIu32 " %" PRId64 " ", part,
	    finding->row);
	text_escape(&r->facts, finding->matched, TEXT_LOG);
	buf_byte(&r->facts, '\n');
}

static void
sink_gap(void *ctx, uint32_t member, const struct gap *gap)
{
	struct ready *r = ctx;

	buf_printf(&r->told, "gap %" PRIu32 " %" PRIu64 " %s\n", member,
	    gap->offset, gap->why);
	r->ngaps++;
	if (r->quiet)
		return;
	if (gap->offset == GAP_NO_OFFSET)
		buf_printf(&r->gaps, "gap - %s\n", gap->why);
	else
		buf_printf(&r->gaps, "gap %" PRIu64 " %s\n", gap->offset,
		    gap->why);
}

static void
sink_device(void *ctx, const char *key, struct bytes value)
{
	struct ready *r = ctx;

	if (r->quiet)
		return;
	buf_printf(&r->facts, "device %s ", key);
	text_escape(&r->facts, value, TEXT_LOG);
	buf_byte(&r->facts, '\n');
}

static void
sink_found(void *ctx, const struct member *member)
{
	struct ready *r = ctx;

	if (r->quiet)
		return;
	buf_text(&r->facts, "found ");
	text_escape(&r->facts, member->domain, TEXT_LOG);
	buf_byte(&r->facts, '/');
	text_escape(&r->facts, member->path, TEXT_LOG);
	buf_byte(&r->facts, '\n');
}

static void
examine(struct ready *r, const struct one *one)
{
	struct sink sink = { .ctx = r, .open = sink_open, .line = sink_line,
	    .finding = sink_finding, .again = sink_again, .part = sink_part,
	    .gap = sink_gap, .device = sink_device, .found = sink_found };
	struct engine engine = { .artifact = one->place,
	    .index = &r->index, .members = r->members,
	    .nmembers = r->nmembers, .sink = &sink,
	    .memory = ENGINE_MEMORY };
	enum err err;

	r->ngaps = 0;
	buf_reset(&r->told);
	if (r->verdict)
		sink.line = NULL;
	/* A check asks the manifest for files before it examines it. */
	engine.locate = one->place == (unsigned)artifact_find("ios_manifest");
	if (engine.locate)
		(void)engine_run(&engine, &r->counts);
	engine.locate = false;
	err = engine_run(&engine, &r->counts);
	if (err != ERR_NONE) {
		/* The caller of the engine makes this a gap. */
		r->ngaps++;
		if (!r->quiet)
			buf_printf(&r->gaps, "gap - %s\n", err_text(err));
	}
}

/* --- what is wanted ------------------------------------------------------------- */

static int
found_order(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int order = strcmp(x->rule, y->rule);

	if (order == 0)
		order = (x->row > y->row) - (x->row < y->row);
	return order != 0 ? order : bytes_cmp(x->matched, y->matched);
}

static void
result_write(struct ready *r, struct buf *b)
{
	const struct found *f;
	unsigned i, own = 0;

	for (i = 0; i < r->nmembers; i++)
		own += !r->members[i].also;
	for (i = 0; own > 1 && i < r->nmembers; i++) {
		if (r->members[i].also)
			continue;
		buf_printf(b, "file %" PRIu32 " ", r->members[i].id);
		text_escape(b, r->members[i].domain, TEXT_LOG);
		buf_byte(b, '/');
		text_escape(b, r->members[i].path, TEXT_LOG);
		buf_byte(b, '\n');
	}
	buf_add(b, buf_bytes(&r->lines));
	buf_add(b, buf_bytes(&r->facts));
	qsort(r->found, r->nfound, sizeof(*r->found), found_order);
	for (i = 0; i < r->nfound; i++) {
		f = &r->found[i];
		buf_printf(b, "finding %s %" PRId64, f->rule, f->row);
		if (f->count != 1)
			buf_printf(b, " x%" PRIu64, f->count);
		if (f->matched.n > 0) {
			buf_byte(b, ' ');
			text_escape(b, f->matched, TEXT_LOG);
		}
		buf_byte(b, '\n');
	}
	buf_add(b, buf_bytes(&r->gaps));
}

/* Shows the first line that differs. */
static void
difference_show(const struct one *one, struct bytes is, struct bytes wanted)
{
	size_t at = 0, start = 0, n = is.n < wanted.n ? is.n : wanted.n;
	struct bytes line[2];
	unsigned row = 1, i;

	for (; at < n && is.p[at] == wanted.p[at]; at++)
		if (is.p[at] == '\n') {
			row++;
			start = at + 1;
		}
	line[0] = bytes_part(wanted, start, SIZE_MAX);
	line[1] = bytes_part(is, start, SIZE_MAX);
	for (i = 0; i < 2; i++)
		line[i] = bytes_part(line[i], 0,
		    bytes_find_byte(line[i], '\n', 0));
	print_error("%s/%s.want:%u:\n  wanted: %.*s\n  is:     %.*s\n",
	    one->folder, one->stem, row, (int)line[0].n,
	    line[0].n > 0 ? (const char *)line[0].p : "", (int)line[1].n,
	    line[1].n > 0 ? (const char *)line[1].p : "");
}

static void
want_write(const char *path, struct bytes text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	if (text.n > 0)
		assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
}

/* Whether a check that writes no records, and fills of each only what it has
   to, tells the same findings and gaps as the one just made. */
static bool
verdict_same(struct ready *r, const struct one *one)
{
	struct bytes told = arena_copy(&r->arena, buf_bytes(&r->told));
	uint64_t records = r->counts.records, ngaps = r->ngaps;
	bool same, quiet = r->quiet;

	r->quiet = r->verdict = true;
	examine(r, one);
	r->verdict = false;
	r->quiet = quiet;
	same = r->counts.records == records && r->ngaps == ngaps &&
	    bytes_eq(told, buf_bytes(&r->told));
	if (!same)
		print_error("%s %s: without records: wanted:\n%.*s\nis:\n"
		    "%.*s\n", one->artifact->name, one->stem, (int)told.n,
		    told.n > 0 ? (const char *)told.p : "", (int)r->told.n,
		    r->told.n > 0 ? (const char *)r->told.p : "");
	return same;
}

static void
test_case(void **state)
{
	const struct one *one = *state;
	struct buf out = buf_with(TEXT_LIMIT);
	struct bytes wanted = { NULL, 0 };
	char name[272], path[544];
	struct ready r;
	bool same = true;

	ready_make(&r, one);
	examine(&r, one);
	result_write(&r, &out);
	snprintf(name, sizeof(name), "%s.want", one->stem);
	snprintf(path, sizeof(path), "%s/%s", one->folder, name);
	if (getenv("OSTRAKON_WANT") != NULL) {
		want_write(path, buf_bytes(&out));
	} else if (!sample_read(&r.sample, name, &wanted)) {
		print_error("%s is missing\n", path);
		same = false;
	} else if (!bytes_eq(wanted, buf_bytes(&out))) {
		difference_show(one, buf_bytes(&out), wanted);
		same = false;
	}
	same = verdict_same(&r, one) && same;
	buf_free(&out);
	ready_free(&r);
	assert_true(same);
}

/* --- damage ------------------------------------------------------------------- */

/* What was being tried, for the case that it kills the program. */
static char trying[512];

static void
trying_is(const struct one *one, const char *what, size_t at)
{
	snprintf(trying, sizeof(trying), "%s %s: %s at %zu",
	    one->artifact->name, one->stem, what, at);
	if (getenv("OSTRAKON_TRACE") != NULL)
		fprintf(stderr, "%s\n", trying);
}

/* One damage; whether it was told about if anything was lost. */
static bool
damage_told(struct ready *r, const struct one *one, uint64_t whole,
    const struct shape *shape)
{
	struct shape damaged;

	r->quiet = true;
	examine(r, one);
	/* Now and then, for it takes as long again. */
	if (r->tried++ % 3 == 0 && !verdict_same(r, one))
		return false;
	if (r->counts.records >= whole || r->ngaps > 0)
		return true;
	/* Nothing that was there was passed over: some value reads otherwise,
	   a name or a key, and no reader could tell. */
	damaged = shape_of(r->damaged);
	return damaged.ngaps == 0 && damaged.hash == shape->hash;
}

static unsigned
cuts(struct ready *r, const struct one *one, uint64_t whole,
    const struct shape *shape)
{
	struct bytes data = r->files[r->main].data;
	size_t step = data.n / CUTS_MAX + 1, at;
	unsigned silent = 0;

	for (at = 0; at < data.n; at += step) {
		trying_is(one, "cut", at);
		r->damaged = bytes_part(data, 0, at);
		if (!damage_told(r, one, whole, shape) && silent++ < 5)
			print_error("%s: %" PRIu64 " records of %" PRIu64
			    ", and no gap\n", trying, r->counts.records,
			    whole);
	}
	return silent;
}

static unsigned
flips(struct ready *r, const struct one *one, uint64_t whole,
    const struct shape *shape)
{
	struct bytes data = r->files[r->main].data;
	uint8_t *copy = arena_alloc(&r->arena, data.n + 1, 1);
	size_t bits = data.n * 8, step, at;
	bool all = getenv("OSTRAKON_ALL_BITS") != NULL;
	unsigned silent = 0;

	assert_non_null(copy);
	if (data.n > 0)
		memcpy(copy, data.p, data.n);
	/* 9 visits every byte and each time another bit of it. */
	step = all ? 1 : bits / BITS_MAX + 1;
	if (!all && step < 9)
		step = 9;
	for (at = 0; at < bits; at += step) {
		trying_is(one, "bit", at);
		copy[at / 8] ^= (uint8_t)(1 << at % 8);
		r->damaged = bytes_at(copy, data.n);
		if (!damage_told(r, one, whole, shape) && silent++ < 5)
			print_error("%s: %" PRIu64 " records of %" PRIu64
			    ", and no gap\n", trying, r->counts.records,
			    whole);
		copy[at / 8] ^= (uint8_t)(1 << at % 8);
	}
	return silent;
}

static void
test_damage(void **state)
{
	const struct one *one = *state;
	struct shape shape;
	struct ready r;
	unsigned silent = 0;
	uint64_t whole;

	ready_make(&r, one);
	r.quiet = true;
	examine(&r, one);
	whole = r.counts.records;
	if (r.files[r.main].type == 'f' && !r.files[r.main].missing) {
		shape = shape_of(r.files[r.main].data);
		silent = cuts(&r, one, whole, &shape) +
		    flips(&r, one, whole, &shape);
	}
	trying[0] = '\0';
	ready_free(&r);
	assert_int_equal(silent, 0);
}

/* Runs whatever became of the test. */
static int
damage_after(void **state)
{
	(void)state;
	if (trying[0] != '\0')
		print_error("while trying %s\n", trying);
	trying[0] = '\0';
	return 0;
}

/* --- which cases there are -------------------------------------------------------- */

static struct one ones[CASES_MAX];
static unsigned nones;

/* Takes "case_x.sql" as a case. */
static void
one_add(unsigned place, const char *folder, const char *file)
{
	struct one *one = &ones[nones];
	struct bytes name = bytes_of(file);
	size_t i;

	for (i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (bytes_ends(name, endings[i]))
			break;
	if (i == sizeof(endings) / sizeof(endings[0]))
		return;
	assert_true(nones < CASES_MAX && name.n < sizeof(one->stem));
	memset(one, 0, sizeof(*one));
	one->artifact = artifact_at(place);
	one->place = place;
	snprintf(one->folder, sizeof(one->folder), "%s", folder);
	snprintf(one->source, sizeof(one->source), "%s", file);
	snprintf(one->stem, sizeof(one->stem), "%.*s",
	    (int)(name.n - strlen(endings[i])), file);
	/* A list stands for the case; its sources may have the same stem. */
	if (i + 1 < sizeof(endings) / sizeof(endings[0])) {
		char list[272];

		snprintf(list, sizeof(list), "%s.list", one->stem);
		if (exists(folder, list))
			return;
	}
	nones++;
}

static int
is_case(const struct dirent *entry)
{
	return strncmp(entry->d_name, "case", 4) == 0;
}

static void
artifact_cases(unsigned place)
{
	struct dirent **names = NULL;
	char folder[256];
	int i, n;

	snprintf(folder, sizeof(folder), FOLDER "/%s",
	    artifact_at(place)->name);
	n = scandir(folder, &names, is_case, alphasort);
	for (i = 0; i < n; i++) {
		one_add(place, folder, names[i]->d_name);
		free(names[i]);
	}
	free(names);
}

/* Every artifact has a case, and every folder here is an artifact's. */
static void
test_all_there(void **state)
{
	struct dirent **names = NULL;
	unsigned place, i, wrong = 0;
	int n;

	(void)state;
	for (place = 0; place < artifact_count(); place++) {
		for (i = 0; i < nones && ones[i].place != place; i++)
			continue;
		if (i == nones) {
			print_error(FOLDER "/%s has no case\n",
			    artifact_at(place)->name);
			wrong++;
		}
	}
	n = scandir(FOLDER, &names, NULL, alphasort);
	for (i = 0; n > 0 && i < (unsigned)n; i++) {
		if (names[i]->d_type == DT_DIR && names[i]->d_name[0] != '.' &&
		    artifact_find(names[i]->d_name) < 0) {
			print_error(FOLDER "/%s is no artifact's\n",
			    names[i]->d_name);
			wrong++;
		}
		free(names[i]);
	}
	free(names);
	assert_int_equal(wrong, 0);
}

int
main(int argc, char **argv)
{
	static struct CMUnitTest tests[2 * CASES_MAX + 1];
	static char titles[2 * CASES_MAX][600];
	size_t ntests = 0;
	unsigned i;
	int place;

	assert_true(hash_prepare() == ERR_NONE);
	url_prepare();
	for (i = 0; argc < 2 && i < artifact_count(); i++)
		artifact_cases(i);
	for (i = 1; i < (unsigned)argc; i++) {
		place = artifact_find(argv[i]);
		if (place < 0) {
			fprintf(stderr, "%s is no artifact\n", argv[i]);
			return 2;
		}
		artifact_cases((unsigned)place);
	}
	if (argc < 2)
		tests[ntests++] = (struct CMUnitTest){ "all there",
		    test_all_there, NULL, NULL, NULL };
	for (i = 0; i < nones; i++) {
		snprintf(titles[2 * i], sizeof(titles[0]), "%s %s",
		    ones[i].artifact->name, ones[i].stem);
		tests[ntests++] = (struct CMUnitTest){ titles[2 * i],
		    test_case, NULL, NULL, &ones[i] };
		if (getenv("OSTRAKON_WANT") != NULL)
			continue;
		snprintf(titles[2 * i + 1], sizeof(titles[0]), "%s %s damaged",
		    ones[i].artifact->name, ones[i].stem);
		tests[ntests++] = (struct CMUnitTest){ titles[2 * i + 1],
		    test_damage, NULL, damage_after, &ones[i] };
	}
	return _cmocka_run_group_tests("artifacts", tests, ntests, NULL,
	    NULL);
}
