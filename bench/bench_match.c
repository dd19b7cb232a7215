/*
 * What one lookup costs, with 6,000 indicators of invented names, and what
 * loading 16,000 with their relationships costs.
 *
 *	bench_match [FILE.stix2 ...]	with these bundles instead
 *
 * Processor time, the best of seven rounds; ns per lookup.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/url.h"
#include "indicator/build.h"
#include "indicator/index.h"
#include "indicator/match.h"

#define ROUNDS	7
#define LOOKUPS	200000
#define VALUES	4096

struct sample {
	const char *name;
	enum kind kind;
	const char *format;	/* of one number */
};

static const struct sample samples[] = {
	{ "host", KIND_DOMAIN, "cdn%u.static.example.org" },
	{ "host, an indicator", KIND_DOMAIN, "www.h%u.test" },
	{ "URL", KIND_URL,
	    "https://www.example%u.org/news/2026/03/index.html?id=7" },
	{ "text without links", KIND_TEXT, "Can you bring the papers to the "
	    "office tomorrow before nine, room %u? Then we talk about the "
	    "rest of it." },
	{ "text with a link", KIND_TEXT, "Look at this, it was on "
	    "https://news%u.example.org/a/b?c=d and I could not believe it" },
	{ "path", KIND_PATH, "/private/var/mobile/Library/Caches/com.example."
	    "app%u/Cache.db" },
	{ "process", KIND_PROCESS, "/usr/libexec/helperd%u" },
	{ "process of 16 bytes", KIND_PROCESS, "com.apple.%06u" },
	{ "app id", KIND_APP_ID, "com.example.app%u" },
	{ "SHA-256", KIND_SHA256, "%064u" },
	{ "phone", KIND_PHONE, "+49 170 %07u" },
	{ "handle", KIND_HANDLE, "someone%u@example.org" },
};

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
put_indicator(struct buf *to, unsigned n)
{
	static const char *const patterns[] = {
		"domain-name:value='h%u.test'", "process:name='procd%u'",
		"file:path='/private/var/tmp/x%u'", "file:name='f%u.dat'",
		"app:id='com.evil.app%u'", "file:hashes.sha256='%064u'",
		"email-addr:value='u%u@mail.test'",
		"ipv4-addr:value='198.51.100.%u'"
	};
	unsigned which = n % 8 < 7 || n % 80 > 76 ? 0 : n / 8 % 8;

	buf_printf(to, ",{\"type\":\"indicator\",\"spec_version\":\"2.1\","
	    "\"id\":\"indicator--00000000-0000-4000-8000-%012u\","
	    "\"created\":\"2026-01-01T00:00:00.000000Z\",\"modified\":"
	    "\"2026-01-01T00:00:00.000000Z\",\"pattern\":\"[", n);
	/* Each holds one %u. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	buf_printf(to, patterns[which], which == 7 ? n % 256 : n);
#pragma GCC diagnostic pop
	buf_printf(to, "]\",\"pattern_type\":\"stix\",\"valid_from\":"
	    "\"2026-01-01T00:00:00Z\"},{\"type\":\"relationship\",\"id\":"
	    "\"relationship--00000000-0000-4000-8000-%012u\",\"created\":"
	    "\"2026-01-01T00:00:00Z\",\"modified\":\"2026-01-01T00:00:00Z\","
	    "\"relationship_type\":\"indicates\",\"source_ref\":"
	    "\"indicator--00000000-0000-4000-8000-%012u\",\"target_ref\":"
	    "\"malware--1\"}", n, n);
}

static void
put_bundle(struct buf *to, unsigned n)
{
	unsigned i;

	buf_text(to, "{\"type\":\"bundle\",\"objects\":[{\"type\":\"malware\","
	    "\"id\":\"malware--1\",\"name\":\"Sample\"}");
	for (i = 0; i < n; i++)
		put_indicator(to, i);
	buf_text(to, "]}");
}

static void
read_file(struct buf *to, const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t n = 1;
	uint8_t *p;

	if (f == NULL) {
		perror(path);
		exit(1);
	}
	while (n > 0 && (p = buf_room(to, 65536)) != NULL) {
		n = fread(p, 1, 65536, f);
		to->n += n;
	}
	(void)fclose(f);
}

/* Builds and opens; the seconds it took. */
static double
load(struct buf *out, struct index *x, const struct buf *texts, unsigned n)
{
	struct arena arena = arena_with(512 * MIB);
	double start = now();
	struct build *build;
	unsigned i;

	buf_reset(out);
	if (build_new(&build, &arena) != ERR_NONE)
		exit(1);
	for (i = 0; i < n; i++)
		build_add(build, bytes_of("bench"), buf_bytes(&texts[i]));
	if (build_end(build, out) != ERR_NONE ||
	    index_open(x, buf_bytes(out)) != ERR_NONE) {
		fprintf(stderr, "the index could not be built\n");
		exit(1);
	}
	start = now() - start;
	arena_free(&arena);
	return start;
}

static void
bench_load(const char *name, struct buf *out, struct index *x,
    const struct buf *texts, unsigned n)
{
	double best = 1e9, t;
	size_t bytes = 0;
	unsigned i;

	for (i = 0; i < n; i++)
		bytes += texts[i].n;
	for (i = 0; i < ROUNDS; i++) {
		t = load(out, x, texts, n);
		if (t < best)
			best = t;
	}
	printf("%-24s %8.1f ms   %u entries, %.1f MB\n", name, best * 1e3,
	    index_count(x), (double)bytes / 1e6);
}

static void
bench_kind(struct match *m, const struct sample *s)
{
	static char values[VALUES][160];
	const struct match_hit *hits;
	unsigned i, round, n = 0;
	double best = 1e9, t;

	for (i = 0; i < VALUES; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		(void)snprintf(values[i], sizeof(values[i]), s->format, i);
#pragma GCC diagnostic pop
	}
	for (round = 0; round < ROUNDS; round++) {
		t = now();
		for (i = 0, n = 0; i < LOOKUPS; i++) {
			match_begin(m);
			match_value(m, 0, s->kind,
			    bytes_of(values[i % VALUES]));
			n += match_end(m, &hits);
		}
		t = now() - t;
		if (t < best)
			best = t;
	}
	printf("%-24s %8.0f ns   %u hits\n", s->name, best / LOOKUPS * 1e9,
	    n);
}

int
main(int argc, char **argv)
{
	struct buf texts[64], out = buf_with(512 * MIB);
	struct arena arena = arena_with(64 * MIB);
	unsigned i, n = argc > 1 ? (unsigned)argc - 1 : 1;
	struct match *m;
	struct index x;

	if (n > 64 || hash_prepare() != ERR_NONE)
		return 1;
	url_prepare();
	for (i = 0; i < n; i++)
		texts[i] = buf_with(256 * MIB);
	if (argc == 1) {
		put_bundle(&texts[0], 16000);
		bench_load("load 16,000", &out, &x, texts, 1);
		buf_reset(&texts[0]);
		put_bundle(&texts[0], 6000);
	}
	for (i = 0; argc > 1 && i < n; i++)
		read_file(&texts[i], argv[i + 1]);
	bench_load(argc > 1 ? "load these files" : "load 6,000", &out, &x,
	    texts, n);
	if (match_new(&m, &arena, &x) != ERR_NONE)
		return 1;
	for (i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		bench_kind(m, &samples[i]);
	for (i = 0; i < n; i++)
		buf_free(&texts[i]);
	buf_free(&out);
	arena_free(&arena);
	return 0;
}
