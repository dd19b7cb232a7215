/*
 * The index as it comes from a reader that may have been taken over: refused,
 * or safe.  And the published sets, if they are at hand.
 */
#include "indicator/bundle.h"

#include <dirent.h>

#include "indicator/key.h"

/* Everything that can be asked, about every entry. */
static void
ask_all(struct arena *arena, const struct index *x)
{
	static const char *const values[] = {
		"one.example", "http://two.example/x?y#z", "192.0.2.7",
		"2001:db8::1", "me@one.example", "+49 170 1", "procexactly16len",
		"/private/var/tmp/x/y", "a.b.c",
		"0123456789abcdef0123456789abcdef",
		"text with http://one.example and more"
	};
	const struct match_hit *hits;
	struct index_indicator in;
	struct index_note note;
	struct index_set set;
	struct match *m;
	bool met[64] = { true };
	unsigned k, v, n;
	uint32_t i;

	for (i = 0; index_get(x, i, &in); i++) {
		(void)match_parts(x, i);
		(void)match_complete(x, i, met, 64);
	}
	for (i = 0; index_set_at(x, i, &set); i++)
		continue;
	for (i = 0; index_note_at(x, i, &note); i++)
		continue;
	if (match_new(&m, arena, x) != ERR_NONE)
		return;
	match_begin(m);
	for (v = 0; v < sizeof(values) / sizeof(values[0]); v++)
		for (k = 0; k < KIND_COUNT; k++)
			match_value(m, v, (enum kind)k, bytes_of(values[v]));
	n = match_end(m, &hits);
	while (n-- > 0)
		assert_true(index_get(x, hits[n].indicator, &in));
}

static void
every_damaged_index_is_refused_or_safe(void **state)
{
	struct arena arena = arena_with(64 * MIB);
	struct bundle b;
	struct index x;
	size_t i, refused = 0;
	unsigned bit;
	uint8_t *p;

	(void)state;
	bundle_start(&b);
	bundle_pattern(&b, "[domain-name:value='one.example']");
	bundle_pattern(&b, "[url:value IN ('http://two.example/x?y','a.b/c')]");
	bundle_pattern(&b, "[ipv4-addr:value='192.0.2.0/24']");
	bundle_pattern(&b, "[ipv6-addr:value='2001:db8::1']");
	bundle_pattern(&b, "[process:name='procexactly16length'] AND "
	    "[file:path='/var/tmp/x' AND app:id!='a.b.c']");
	bundle_pattern(&b, "[file:name LIKE '%xy' OR file:name MATCHES '^y$']");
	bundle_pattern(&b, "[mutex:name='x']");
	bundle_end(&b);
	p = b.bytes.p;
	for (i = 0; i < b.bytes.n; i++) {
		for (bit = 0; bit < 8; bit++) {
			p[i] ^= (uint8_t)(1u << bit);
			arena_reset(&arena);
			if (index_open(&x, buf_bytes(&b.bytes)) == ERR_NONE)
				ask_all(&arena, &x);
			else
				refused++;
			p[i] ^= (uint8_t)(1u << bit);
		}
	}
	assert_in_range(refused, b.bytes.n, b.bytes.n * 8);
	for (i = 0; i < b.bytes.n; i++)
		assert_int_equal(index_open(&x, bytes_at(p, i)), ERR_KIND);
	assert_int_equal(index_open(&x, buf_bytes(&b.bytes)), ERR_NONE);
	bundle_free(&b);
	arena_free(&arena);
}

static void
an_empty_index_is_one(void **state)
{
	struct arena arena = arena_with(4 * MIB);
	struct bundle b;

	(void)state;
	bundle_start(&b);
	bundle_end(&b);
	assert_int_equal(index_count(&b.index), 0);
	assert_int_equal(index_sets(&b.index), 0);
	assert_int_equal(index_notes(&b.index), 0);
	assert_int_equal(bundle_hits(&b, KIND_URL, "http://a.example/"), 0);
	ask_all(&arena, &b.index);
	bundle_free(&b);
	arena_free(&arena);
}

/* --- many ---------------------------------------------------------------------- */

static void
sixteen_thousand_are_found_again(void **state)
{
	struct buf text = buf_with(64 * MIB);
	struct index_set set;
	struct bundle b;
	char host[64];
	unsigned i, hits = 0;

	(void)state;
	buf_text(&text, "{\"type\":\"malware\",\"id\":\"malware--1\","
	    "\"name\":\"Many\"}");
	for (i = 0; i < 16000; i++) {
		buf_printf(&text, ",{\"type\":\"indicator\",\"id\":\"indicator--"
		    "%u\",\"pattern\":\"[domain-name:value='h%u.example']\"}",
		    i, i);
		buf_printf(&text, ",{\"type\":\"relationship\",\"id\":"
		    "\"relationship--%u\",\"source_ref\":\"indicator--%u\","
		    "\"target_ref\":\"malware--1\"}", i, i);
	}
	buf_byte(&text, '\0');
	bundle_start(&b);
	bundle_objects(&b, "many.json", (const char *)text.p);
	bundle_end(&b);
	assert_int_equal(index_count(&b.index), 16000);
	assert_int_equal(index_notes(&b.index), 0);
	assert_true(index_set_at(&b.index, 0, &set));
	assert_int_equal(set.count, 16000);
	for (i = 0; i < 32000; i++) {
		(void)snprintf(host, sizeof(host), "http://x.h%u.example/", i);
		hits += bundle_hits(&b, KIND_URL, host);
	}
	assert_int_equal(hits, 16000);
	bundle_free(&b);
	buf_free(&text);
}

/* --- the published sets ---------------------------------------------------------- */

static void
add_file(struct bundle *b, const char *folder, const char *name)
{
	struct buf text = buf_with(64 * MIB);
	char path[1200];
	uint8_t *p;
	size_t n;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "rb");
	assert_non_null(f);
	do {
		p = buf_room(&text, 65536);
		assert_non_null(p);
		n = fread(p, 1, 65536, f);
		text.n += n;
	} while (n > 0);
	(void)fclose(f);
	build_add(b->build, bytes_of(name),
	    arena_copy(&b->arena, buf_bytes(&text)));
	buf_free(&text);
}

static void
published_sets_are_read_whole(void **state)
{
	const char *shared = getenv("OSTRAKON_SHARED");
	char folder[900];
	struct dirent *e;
	struct bundle b;
	DIR *dir;

	(void)state;
	(void)snprintf(folder, sizeof(folder), "%s/indicators",
	    shared == NULL ? "" : shared);
	dir = opendir(folder);
	if (dir == NULL)
		skip();
	bundle_start(&b);
	while ((e = readdir(dir)) != NULL)
		if (strstr(e->d_name, ".stix2") != NULL)
			add_file(&b, folder, e->d_name);
	(void)closedir(dir);
	bundle_end(&b);
	assert_int_equal(index_published(&b.index), 5261);
	assert_int_equal(index_notes(&b.index), 0);
	assert_null(match_fault(b.match));
	bundle_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_damaged_index_is_refused_or_safe),
		cmocka_unit_test(an_empty_index_is_one),
		cmocka_unit_test(sixteen_thousand_are_found_again),
		cmocka_unit_test(published_sets_are_read_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
