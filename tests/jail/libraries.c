/*
 * What workers use of libraries works in the jail: memory in all sizes, hashes,
 * domains, XML, patterns.  A library that opens a file or starts a thread when
 * it is first used would be killed here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <expat.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "jail/nursery.h"

static void
prepare(void)
{
	(void)hash_prepare();
	url_prepare();
}

static int
memory(const struct worker *w)
{
	struct arena a;
	struct buf b;
	unsigned i;

	(void)w;
	for (i = 0; i < 20; i++) {
		a = arena_with(128 * MIB);
		if (arena_alloc(&a, 1, (size_t)1 << (i + 6)) == NULL ||
		    arena_alloc(&a, 1, 64 * MIB >> i) == NULL)
			return 1;
		arena_free(&a);
	}
	b = buf_with(64 * MIB);
	for (i = 0; i < 4 * MIB; i++)
		buf_le(&b, i, 8);
	i = b.bad;
	buf_free(&b);
	return (int)i;
}

static int
hashes(const struct worker *w)
{
	uint8_t one[HASH_SHA256], two[HASH_SHA256], sha1[HASH_SHA1];
	struct hash *h;

	(void)w;
	hash_sha256(bytes_of("abc"), one);
	hash_sha1(bytes_of("abc"), sha1);
	if (hash_new(&h) != ERR_NONE)
		return 1;
	hash_add(h, bytes_of("ab"));
	hash_add(h, bytes_of("c"));
	hash_end(h, two);
	hash_free(h);
	return memcmp(one, two, sizeof(one)) != 0 || one[0] != 0xba ||
	    sha1[0] != 0xa9 || hash_key(bytes_of("a")) == 0;
}

static int
domains(const struct worker *w)
{
	struct buf host = buf_with(LIMIT_HOST_BYTES);
	struct bytes domain;
	int bad;

	(void)w;
	if (!url_host_normal(&host, bytes_of("WWW.B\xc3\xbc""cher.co.uk.")))
		return 1;
	domain = url_registrable(buf_bytes(&host));
	bad = !bytes_is(domain, "xn--bcher-kva.co.uk");
	buf_free(&host);
	return bad;
}

static int
xml(const struct worker *w)
{
	static const char text[] = "<a b='1'><c>&amp;</c></a>";
	XML_Parser p = XML_ParserCreate(NULL);
	int bad;

	(void)w;
	if (p == NULL)
		return 1;
	bad = XML_Parse(p, text, sizeof(text) - 1, 1) != XML_STATUS_OK;
	XML_ParserFree(p);
	return bad;
}

static int
patterns(const struct worker *w)
{
	static const uint8_t text[] = "so http://example.com/";
	pcre2_match_data *match;
	pcre2_code *code;
	PCRE2_SIZE at;
	int error, n;

	(void)w;
	code = pcre2_compile((PCRE2_SPTR)"https?://[a-z.]+", 16, PCRE2_UTF,
	    &error, &at, NULL);
	if (code == NULL)
		return 1;
	match = pcre2_match_data_create_from_pattern(code, NULL);
	if (match == NULL)
		return 1;
	n = pcre2_match(code, text, sizeof(text) - 1, 0, 0, match, NULL);
	pcre2_match_data_free(match);
	pcre2_code_free(code);
	return n != 1;
}

static int
clocks(const struct worker *w)
{
	(void)w;
	return time_now() < INT64_C(1600000000) * TIME_SECOND;
}

static job_fn *const jobs[] = {
	memory, hashes, domains, xml, patterns, clocks,
};
#define NJOBS	(sizeof(jobs) / sizeof(jobs[0]))

static void
all_work_in_the_jail(void **state)
{
	struct nursery *n = NULL;
	struct nursery_end end;
	struct job job;
	int channel;
	uint32_t i;

	(void)state;
	assert_int_equal(nursery_start(&n), ERR_NONE);
	memset(&job, 0, sizeof(job));
	job.limits.memory = LIMIT_WORKER_AS;
	job.limits.seconds = 10;
	for (i = 0; i < NJOBS; i++) {
		job.kind = job.id = i;
		assert_int_equal(nursery_job(n, &job, &channel), ERR_NONE);
		assert_int_equal(nursery_ended(n, &end), ERR_NONE);
		if (!end.exited || end.status != 0)
			print_message("job %u %s\n", i, end.why);
		assert_true(end.exited);
		assert_int_equal(end.status, 0);
		(void)close(channel);
	}
	nursery_stop(n);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_work_in_the_jail),
	};

	if (argc > 1 && strcmp(argv[1], "--nursery") == 0)
		return nursery_main(jobs, NJOBS, prepare);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
