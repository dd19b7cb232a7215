/*
 * Whole percentages: against sums over all outcomes, done here the plain way,
 * and against the published figures, from the real files of OSTRAKON_SHARED if
 * they are there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/limits.h"
#include "election/count.h"
#include "election/profile_builtin.h"
#include "election/read_results.h"

#define MANY	4000

static struct arena arena;

/* --- the plain way -------------------------------------------------------- */

/* As the published code tells it. */
static bool
whole(uint32_t k, uint32_t n)
{
	double p = 100.0 * k / n;

	return fabs(p - rint(p)) <= 0.05;
}

/* Over all outcomes, each from the one before it: from the middle outwards, for
   there they are largest. */
static long double
plain(uint32_t k, uint32_t n)
{
	long double p = (long double)k / n, odds = p / (1 - p), mass, sum = 0;
	long double all = 0;
	uint32_t i;

	for (mass = 1, i = k; ; i++) {
		all += mass;
		sum += whole(i, n) ? mass : 0;
		if (i == n)
			break;
		mass *= (long double)(n - i) / (i + 1) * odds;
	}
	for (mass = 1, i = k; i > 0; i--) {
		mass *= (long double)i / (n - i + 1) / odds;
		all += mass;
		sum += whole(i - 1, n) ? mass : 0;
	}
	return sum / all;
}

/* --- one station ---------------------------------------------------------- */

static const struct anomaly_report *
compute(const struct anomaly_station *s, uint64_t n, unsigned nregions)
{
	static struct bytes names[8];

	names[0] = bytes_of("R0");
	names[1] = bytes_of("R1");
	names[2] = bytes_of("R2");
	return anomaly_compute(s, n, names, nregions, &arena);
}

/* A station of which k of n voters took part, and k of n ballots were the
   leader's: both are to be expected alike. */
static double
expected(uint32_t k, uint32_t n)
{
	struct anomaly_station s = { n, k, n, k, 0 };
	const struct anomaly_report *r;
	double e, p;

	arena_reset(&arena);
	r = compute(&s, 1, 1);
	assert_non_null(r);
	assert_int_equal(r->included, 1);
	e = r->of[ANOMALY_TURNOUT].expected;
	assert_true(e == r->of[ANOMALY_LEADER].expected);
	assert_true(e >= 0 && e <= 1);
	p = 1 - (1 - e) * (1 - e);
	assert_true(fabs(r->of[ANOMALY_EITHER].expected - p) < 1e-15);
	assert_int_equal(r->of[ANOMALY_TURNOUT].observed, whole(k, n));
	assert_int_equal(r->of[ANOMALY_LEADER].observed, whole(k, n));
	assert_int_equal(r->of[ANOMALY_EITHER].observed, whole(k, n));
	return e;
}

static void
check(uint32_t k, uint32_t n, double within)
{
	double got = expected(k, n);
	long double want = plain(k, n);

	if (fabsl(got - want) > within)
		fail_msg("%u of %u: %.15g, not %.15Lg", k, n, got, want);
}

static void
small_stations_all_outcomes(void **state)
{
	uint32_t k, n;

	(void)state;
	for (n = 100; n <= 160; n++)
		for (k = 1; k <= n * 99 / 100; k++)
			check(k, n, 1e-10);
	for (n = 161; n < 3000; n += 37)
		for (k = 1; k <= n * 99 / 100; k += 1 + n / 50)
			check(k, n, 1e-10);
}

/* Fewer ballots than a hundred, down to one. */
static void
few_ballots(void **state)
{
	struct anomaly_station s = { 1000, 501, 1, 0, 0 };
	const struct anomaly_report *r;

	(void)state;
	for (s.received = 1; s.received < 100; s.received++)
		for (s.leader = 1; s.leader < s.received &&
		    s.leader <= s.received * 99 / 100; s.leader++) {
			arena_reset(&arena);
			r = compute(&s, 1, 1);
			assert_int_equal(r->included, 1);
			assert_true(fabsl(r->of[ANOMALY_LEADER].expected -
			    plain(s.leader, s.received)) < 1e-11);
		}
}

/* Where something lies just at the edge of a window, floating point decides:
   some of it is in, some is not. */
static void
edges_are_as_in_floating_point(void **state)
{
	uint32_t n, k, in = 0, out = 0;

	(void)state;
	for (n = 2000; n <= 8000; n += 2000)
		for (k = 1; k < n * 98 / 100; k++) {
			if (20 * (100 * k % n) != n &&
			    20 * (n - 100 * k % n) != n)
				continue;
			in += whole(k, n);
			out += !whole(k, n);
			check(k, n, 1e-10);
		}
	assert_true(in > 0);
	assert_true(out > 0);
}

/* Logarithms of these do not stand in the table. */
static void
large_stations(void **state)
{
	static const uint32_t sizes[] = { 8190, 8191, 8192, 8193, 10000, 42866,
	    65536, 131072, 1000000, 2000000 };
	uint32_t n;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		n = sizes[i];
		check(1, n, 1e-10);
		check(2, n, 1e-10);
		check(n / 100, n, 1e-10);
		check(n / 3, n, 1e-10);
		check(n / 2, n, 1e-10);
		check(n / 1000 * 667, n, 1e-10);
		check(n / 100 * 99, n, 1e-10);
	}
	/* A tenth of all percentages lie so near to a whole one. */
	assert_true(fabs(expected(700000001, 2000000000) - 1) < 1e-9);
	assert_true(expected(704000001, 2000000000) < 1e-9);
}

static void
mirrored_alike(void **state)
{
	uint32_t n, k;

	(void)state;
	for (n = 100; n < 20000; n = n * 3 / 2 + 1)
		for (k = n / 100 + 1; k < n / 2; k += 1 + n / 40)
			assert_true(fabs(expected(k, n) - expected(n - k, n)) <
			    1e-11);
}

static void
nothing_for_the_leader_is_whole(void **state)
{
	struct anomaly_station s = { 1000, 501, 500, 0, 0 };
	const struct anomaly_report *r = compute(&s, 1, 1);

	(void)state;
	assert_int_equal(r->of[ANOMALY_LEADER].observed, 1);
	assert_true(r->of[ANOMALY_LEADER].expected == 1);
	assert_true(r->of[ANOMALY_LEADER].anomaly == 0);
	assert_true(r->of[ANOMALY_LEADER].deviation == 0);
	assert_true(r->of[ANOMALY_LEADER].z == 0);
	assert_int_equal(r->of[ANOMALY_TURNOUT].observed, 0);
	assert_int_equal(r->of[ANOMALY_EITHER].observed, 1);
	assert_true(r->of[ANOMALY_EITHER].expected == 1);
	assert_true(r->of[ANOMALY_TURNOUT].deviation > 0);
}

/* --- many stations -------------------------------------------------------- */

static void
reasons_to_leave_out(void **state)
{
	static const struct anomaly_station s[] = {
		{ 1000, 600, 500, 300, 0 },
		{ 1000, 990, 990, 980, 0 },	/* just in */
		{ 1000, 0, 500, 300, 0 },	/* in: nobody took part */
		{ 100, 50, 50, 25, 0 },
		{ 1000, 600, 0, 0, 0 },		/* no ballots */
		{ 50, 50, 0, 0, 0 },		/* the first reason counts */
		{ 99, 50, 50, 25, 0 },		/* small */
		{ 0, 50, 50, 25, 0 },
		{ 10, 10, 10, 10, 0 },
		{ 1000, 991, 990, 500, 0 },	/* turnout */
		{ 1000, 1000, 1000, 1000, 0 },
		{ 1000, 1001, 900, 100, 0 },
		{ 1000, 600, 600, 595, 0 },	/* leader */
		{ 1000, 600, 600, 600, 0 },
		{ 1000, 600, 600, 601, 0 },
		{ 1000, 600, 600, 4000, 0 },
		{ 1000, 600, 500, 300, 7 },	/* of no region */
	};
	const struct anomaly_report *r = compute(s, sizeof(s) / sizeof(s[0]),
	    3);

	(void)state;
	assert_int_equal(r->stations, 17);
	assert_int_equal(r->included, 4);
	assert_int_equal(r->no_ballots, 2);
	assert_int_equal(r->under_100, 3);
	assert_int_equal(r->turnout_over_99, 3);
	assert_int_equal(r->leader_over_99, 4);
	assert_int_equal(r->of[ANOMALY_EITHER].stations, 4);
	assert_int_equal(r->nregions, 1);
}

static void
no_stations(void **state)
{
	const struct anomaly_report *r = compute(NULL, 0, 0);

	(void)state;
	assert_non_null(r);
	assert_int_equal(r->included, 0);
	assert_int_equal(r->nregions, 0);
	assert_true(r->of[ANOMALY_EITHER].z == 0);
}

static uint32_t seed = 1;

static uint32_t
dice(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static void
invent(struct anomaly_station *s, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++) {
		s[i].registered = 100 + dice(2900);
		s[i].given = 1 + s[i].registered / 100 * (20 + dice(75));
		s[i].received = s[i].given - dice(2);
		s[i].leader = s[i].received / 100 * (10 + dice(80));
		s[i].region = dice(2) * 2;	/* of region 1 is none */
	}
}

static void
sums_of_stations(void **state)
{
	static struct anomaly_station s[MANY];
	const struct anomaly_report *r;
	long double e = 0, v = 0, p, q;
	uint64_t observed = 0;
	unsigned i, n = 0;

	(void)state;
	invent(s, MANY);
	r = compute(s, MANY, 3);
	for (i = 0; i < MANY; i += 1) {
		if (s[i].received == 0 || (double)s[i].given /
		    s[i].registered > 0.99 || (double)s[i].leader /
		    s[i].received > 0.99)
			continue;
		n++;
		p = s[i].leader == 0 ? 1 : plain(s[i].leader, s[i].received);
		q = plain(s[i].given, s[i].registered);
		p = 1 - (1 - p) * (1 - q);
		e += p;
		v += p * (1 - p);
		observed += whole(s[i].leader, s[i].received) ||
		    whole(s[i].given, s[i].registered);
	}
	assert_int_equal(r->included, n);
	assert_true(n > MANY / 2);
	assert_int_equal(r->of[0].observed, observed);
	assert_true(fabsl(r->of[0].expected - e) < 1e-7);
	assert_true(fabsl(r->of[0].deviation - sqrtl(v)) < 1e-7);
	assert_true(fabsl(r->of[0].anomaly - ((long double)observed - e)) <
	    1e-7);
	assert_true(fabs(r->of[0].z - r->of[0].anomaly / r->of[0].deviation) <
	    1e-12);
}

static void
regions_add_up(void **state)
{
	static struct anomaly_station s[MANY];
	const struct anomaly_report *r;
	const struct anomaly *a, *b, *all;
	unsigned i;

	(void)state;
	invent(s, MANY);
	r = compute(s, MANY, 3);
	assert_int_equal(r->nregions, 2);
	assert_true(bytes_is(r->regions[0].name, "R0"));
	assert_true(bytes_is(r->regions[1].name, "R2"));
	for (i = 0; i < ANOMALY_KINDS; i++) {
		all = &r->of[i];
		a = &r->regions[0].of[i];
		b = &r->regions[1].of[i];
		assert_int_equal(a->stations + b->stations, all->stations);
		assert_int_equal(a->observed + b->observed, all->observed);
		assert_true(a->stations > MANY / 4 && b->stations > MANY / 4);
		assert_true(fabs(a->expected + b->expected - all->expected) <
		    1e-9);
		assert_true(fabs(hypot(a->deviation, b->deviation) -
		    all->deviation) < 1e-9);
	}
}

/* --- the published figures ------------------------------------------------ */

struct golden {
	const char *file;
	unsigned included, observed[ANOMALY_KINDS];
	const char *expected, *anomaly[ANOMALY_KINDS], *z;
	int high;		/* regions with z > 3.09; -1: not published */
	const char *region;	/* the highest: a part of its name, and how
				   much */
	double much;
};

static const struct golden goldens[] = {
	{ "2004.csv.zip", 85457, { 17393, 9283, 9214 }, "16458.642",
	    { "934.358", "586.554", "566.829" }, "8.22", -1, NULL, 0 },
	{ "2011.csv.zip", 86718, { 17803, 9708, 9216 }, "16800.433",
	    { "1002.567", "766.547", "448.843" }, "8.74", -1, NULL, 0 },
	{ "2016.csv.zip", 90357, { 19068, 10195, 10313 }, "17569.591",
	    { "1498.409", "834.114", "1150.121" }, "12.80", -1, NULL, 0 },
	{ "2018.csv.zip", 91152, { 19271, 10116, 10543 }, "17562.402",
	    { "1708.598", "857.131", "1297.527" }, "14.56", 9,
	    "\u0422\u0430\u0442\u0430\u0440\u0441\u0442\u0430\u043d", 234.2 },
	{ "2020.csv.zip", 90633, { 21062, 12062, 10817 }, "17456.964",
	    { "3605.036", "2835.929", "1649.879" }, "30.81", 24, NULL, 0 },
	{ "2024.csv.zip", 85345, { 19375, 10051, 10838 }, "16441.318",
	    { "2933.682", "1389.280", "2170.807" }, "25.88", 22,
	    "\u041a\u0440\u0430\u0441\u043d\u043e\u0434\u0430\u0440", 376.6 },
};

static void
same_text(const char *file, double got, const char *format, const char *want)
{
	char text[32];

	(void)snprintf(text, sizeof(text), format, got);
	if (strcmp(text, want) != 0)
		fail_msg("%s: %s, not %s", file, text, want);
}

static void
check_regions(const struct golden *g, const struct anomaly_report *r)
{
	const struct anomaly_region *best = &r->regions[0];
	unsigned i, high = 0;

	for (i = 0; i < r->nregions; i++) {
		high += r->regions[i].of[0].z > 3.09;
		if (r->regions[i].of[0].anomaly > best->of[0].anomaly)
			best = &r->regions[i];
	}
	if (g->high >= 0)
		assert_int_equal(high, g->high);
	if (g->region == NULL)
		return;
	assert_true(bytes_find(best->name, bytes_of(g->region), 0) !=
	    SIZE_MAX);
	assert_true(fabs(best->of[0].anomaly - g->much) < 0.05);
}

static void
check_golden(const struct golden *g, const struct tally *t)
{
	const struct anomaly_report *r = t->anomaly;
	unsigned i;

	assert_non_null(r);
	assert_int_equal(r->included, g->included);
	assert_int_equal(r->stations, r->included + r->no_ballots +
	    r->under_100 + r->turnout_over_99 + r->leader_over_99);
	for (i = 0; i < ANOMALY_KINDS; i++) {
		assert_int_equal(r->of[i].observed, g->observed[i]);
		same_text(g->file, r->of[i].anomaly, "%.3f", g->anomaly[i]);
	}
	same_text(g->file, r->of[0].expected, "%.3f", g->expected);
	same_text(g->file, r->of[0].z, "%.2f", g->z);
	check_regions(g, r);
}

struct bin {
	const char *file;
	unsigned bin, stations;
};

/* The published histograms of turnout, without noise. */
static const struct bin bins[] = {
	{ "2018.csv.zip", 600, 359 }, { "2018.csv.zip", 650, 336 },
	{ "2018.csv.zip", 750, 246 }, { "2018.csv.zip", 800, 231 },
	{ "2018.csv.zip", 850, 254 }, { "2018.csv.zip", 900, 227 },
	{ "2018.csv.zip", 950, 316 }, { "2024.csv.zip", 800, 322 },
	{ "2024.csv.zip", 850, 378 }, { "2024.csv.zip", 900, 430 },
	{ "2024.csv.zip", 950, 518 },
};

static void
check_bins(const char *file, const struct tally *t)
{
	uint64_t all = 0;
	unsigned i;

	for (i = 0; i < sizeof(bins) / sizeof(bins[0]); i++)
		if (strcmp(bins[i].file, file) == 0)
			assert_int_equal(t->turnout[bins[i].bin],
			    bins[i].stations);
	for (i = 0; i < TALLY_TURNOUT; i++)
		all += t->turnout[i];
	if (strcmp(file, "2018.csv.zip") == 0)
		assert_in_range(all, 95085 - 300, 95085);
}

static void
real_file(const struct golden *g, const char *path,
    const struct profile *const *profiles, unsigned nprofiles)
{
	const struct count_setup setup = { .pictures = true, .anomaly = true };
	struct count *c = count_new(&setup);
	struct form_sink sink = count_sink(c);
	struct results_file f = { .name = bytes_of(g->file) };
	struct results_read read;
	struct tally tally;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	f.input = input_file(fd, (uint64_t)st.st_size);
	read_results(&f, profiles, nprofiles, &sink, &arena, &read);
	count_file(c, f.name, read.profile, read.format, read.rows);
	assert_int_equal(count_end(c, &tally), ERR_NONE);
	assert_int_equal(tally.faults_in_all, 0);
	check_golden(g, &tally);
	check_bins(g->file, &tally);
	count_free(c);
	close(fd);
}

static void
real_files(void **state)
{
	const char *shared = getenv("OSTRAKON_SHARED");
	const struct profile *profiles[8];
	struct yaml_fault fault;
	char path[512];
	unsigned i, n;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/elections", shared == NULL ?
	    "." : shared);
	if (shared == NULL || access(path, R_OK) != 0)
		skip();
	for (n = 0; n < profile_builtin_count() && n < 8; n++) {
		profiles[n] = profile_read(profile_builtin_text(
		    profile_builtin_name(n)), &arena, &fault);
		assert_non_null(profiles[n]);
	}
	for (i = 0; i < sizeof(goldens) / sizeof(goldens[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s/elections/%s", shared,
		    goldens[i].file);
		real_file(&goldens[i], path, profiles, n);
	}
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_with(64 * MIB);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

#define TEST(f)	cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(small_stations_all_outcomes),
		TEST(few_ballots),
		TEST(edges_are_as_in_floating_point),
		TEST(large_stations),
		TEST(mirrored_alike),
		TEST(nothing_for_the_leader_is_whole),
		TEST(reasons_to_leave_out),
		TEST(no_stations),
		TEST(sums_of_stations),
		TEST(regions_add_up),
		TEST(real_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
