/*
 * The count: what must hold of it whatever the country is.  An invented
 * country, made from a seed; changed in one place, and counted again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "election/count.h"
#include "election/levels.h"
#include "election/profile_builtin.h"
#include "election/read_list.h"
#include "election/read_results.h"

#define STATIONS	400
#define CANDIDATES	4
#define LINES		(5 + CANDIDATES)

static struct arena arena;
static const struct profile *profiles[8];
static unsigned nprofiles;

struct station {
	unsigned region, territory, number;
	long v[LINES];		/* registered issued found valid invalid, then
				   votes */
	bool empty;
	const char *version, *reason;
};

static uint32_t seed;

static uint32_t
dice(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static void
invent(struct station *s, unsigned i)
{
	unsigned k;
	long left;

	memset(s, 0, sizeof(*s));
	s->region = i / 80;
	s->territory = i / 10;
	s->number = i + 1;
	s->version = s->reason = "";
	s->v[0] = 100 + dice(2000);
	s->v[1] = s->v[0] * (30 + dice(60)) / 100;
	s->v[2] = s->v[1] - dice(3);
	s->v[4] = s->v[2] / 50;
	s->v[3] = s->v[2] - s->v[4];
	for (left = s->v[3], k = 0; k < CANDIDATES - 1; k++) {
		s->v[5 + k] = left * (10 + dice(40)) / 100;
		left -= s->v[5 + k];
	}
	s->v[5 + k] = left;
}

static void
write_csv(struct buf *b, const struct station *s, unsigned n)
{
	unsigned i, k;

	buf_text(b, "region,territory,station,version,reason,registered,"
	    "ballots issued,ballots cast,valid,invalid,Ada Arc,Bo Birch,"
	    "Cy Cole,Dee Dahl\n");
	for (i = 0; i < n; i++) {
		buf_printf(b, "R%u,\"T %u, east\",%u,%s,%s", s[i].region,
		    s[i].territory, s[i].number, s[i].version, s[i].reason);
		for (k = 0; k < LINES; k++)
			if (s[i].empty)
				buf_text(b, ",");
			else
				buf_printf(b, ",%ld", s[i].v[k]);
		buf_text(b, "\n");
	}
}

struct run {
	struct count *count;
	struct tally tally;
	struct buf csv;
};

static struct run
begin(const struct station *s, unsigned n, const struct count_setup *setup)
{
	struct run r = { .csv = buf_with(MIB) };
	struct results_file f = { .name = bytes_of("r.csv") };
	struct results_read read = { 0 };
	struct form_sink sink;

	write_csv(&r.csv, s, n);
	f.input = input_memory(buf_bytes(&r.csv));
	r.count = count_new(setup);
	assert_non_null(r.count);
	sink = count_sink(r.count);
	read_results(&f, profiles, nprofiles, &sink, &arena, &read);
	count_file(r.count, f.name, read.profile, read.format, read.rows);
	return r;
}

static struct run
run(const struct station *s, unsigned n, const struct count_setup *setup)
{
	struct run r = begin(s, n, setup);

	assert_int_equal(count_end(r.count, &r.tally), ERR_NONE);
	return r;
}

static void
drop(struct run *r)
{
	count_free(r->count);
	buf_free(&r->csv);
}

static int
line_of(const struct tally *t, const char *key)
{
	unsigned i;

	for (i = 0; i < t->nlines; i++)
		if (bytes_is(t->lines[i].key, key))
			return (int)i;
	fail_msg("no line %s", key);
	return -1;
}

static struct station country[STATIONS];
static const struct count_setup plain;

static void
reset(void)
{
	unsigned i;

	seed = 7;
	for (i = 0; i < STATIONS; i++)
		invent(&country[i], i);
}

/* Everything of two tallies but places in files. */
static void
same(const struct tally *a, const struct tally *b)
{
	unsigned i, k;

	assert_int_equal(a->nnodes, b->nnodes);
	assert_int_equal(a->nlines, b->nlines);
	assert_int_equal(a->nfailures, b->nfailures);
	assert_int_equal(a->nversions, b->nversions);
	for (i = 0; i < a->nnodes; i++) {
		assert_true(bytes_eq(a->nodes[i].name, b->nodes[i].name));
		assert_int_equal(a->nodes[i].parent, b->nodes[i].parent);
		assert_int_equal(a->nodes[i].stations, b->nodes[i].stations);
		assert_int_equal(a->nodes[i].counted, b->nodes[i].counted);
		assert_int_equal(a->nodes[i].missing, b->nodes[i].missing);
		assert_int_equal(a->nodes[i].broken, b->nodes[i].broken);
		for (k = 0; k < a->nlines; k++)
			assert_int_equal(a->nodes[i].sums[k],
			    b->nodes[i].sums[k]);
	}
	for (i = 0; i < a->nfailures; i++)
		assert_true(bytes_eq(a->failures[i].explained,
		    b->failures[i].explained));
	for (i = 0; i < a->nversions; i++)
		assert_true(bytes_eq(a->versions[i].by_version,
		    b->versions[i].by_version));
}

static void
shuffle(struct station *s, unsigned n)
{
	struct station t;
	unsigned i, k;

	for (i = n - 1; i > 0; i--) {
		k = dice(i + 1);
		t = s[i];
		s[i] = s[k];
		s[k] = t;
	}
}

/* --- properties ----------------------------------------------------------- */

static void
sums_re_add(void **state)
{
	struct run r;
	uint64_t sums[LINES] = { 0 };
	unsigned i, k;

	(void)state;
	reset();
	r = run(country, STATIONS, &plain);
	for (i = 0; i < STATIONS; i++)
		for (k = 0; k < LINES; k++)
			sums[k] += (uint64_t)country[i].v[k];
	assert_int_equal(r.tally.faults_in_all, 0);
	assert_int_equal(r.tally.nodes[0].counted, STATIONS);
	assert_int_equal(r.tally.nnodes, 1 + STATIONS / 80 + STATIONS / 10);
	assert_int_equal(tally_figure(&r.tally, &r.tally.nodes[0],
	    FIGURE_REGISTERED), sums[0]);
	assert_int_equal(tally_figure(&r.tally, &r.tally.nodes[0],
	    FIGURE_ISSUED), sums[1]);
	assert_int_equal(tally_figure(&r.tally, &r.tally.nodes[0],
	    FIGURE_FOUND), sums[2]);
	assert_int_equal(r.tally.nodes[0].sums[line_of(&r.tally, "Cy Cole")],
	    sums[7]);
	assert_int_equal(r.tally.failures_in_all, 0);
	drop(&r);
}

static void
order_changes_nothing(void **state)
{
	struct run a, b;
	unsigned i, times;

	(void)state;
	reset();
	country[3].v[5]++;			/* breaks a relation */
	country[55].v[3]--;
	country[70] = country[60];		/* two versions of one */
	country[70].version = "2";
	country[70].reason = "recount";
	country[71].empty = true;
	a = run(country, STATIONS, &plain);
	assert_int_equal(a.tally.faults_in_all, 0);
	assert_true(a.tally.nfailures >= 2);
	assert_int_equal(a.tally.nversions, 1);
	for (times = 0; times < 5; times++) {
		shuffle(country, STATIONS);
		b = run(country, STATIONS, &plain);
		same(&a.tally, &b.tally);
		drop(&b);
	}
	i = a.tally.nodes[0].counted;
	assert_int_equal(i, STATIONS - 4);	/* 2 broken, 1 old, 1 empty */
	drop(&a);
}

static void
a_station_less(void **state)
{
	struct run a, b;
	const struct tally_node *na, *nb;
	unsigned gone, i, k, changed;

	(void)state;
	reset();
	a = run(country, STATIONS, &plain);
	for (gone = 0; gone < STATIONS; gone += 37) {
		struct station keep = country[gone];

		country[gone] = country[STATIONS - 1];
		country[STATIONS - 1] = keep;
		b = run(country, STATIONS - 1, &plain);
		changed = 0;
		for (i = 0; i < a.tally.nnodes; i++) {
			na = &a.tally.nodes[i];
			nb = &b.tally.nodes[i];
			if (na->stations == nb->stations)
				continue;
			changed++;
			for (k = 0; k < LINES; k++)
				assert_int_equal(na->sums[k] - nb->sums[k],
				    keep.v[k]);
		}
		assert_int_equal(changed, 3);	/* its three levels */
		drop(&b);
		country[STATIONS - 1] = country[gone];
		country[gone] = keep;
	}
	drop(&a);
}

/* One cell changed by one breaks a relation, or (registered, up) does not. */
static void
a_changed_cell_shows(void **state)
{
	struct run r;
	unsigned k;

	(void)state;
	reset();
	for (k = 2; k < LINES; k++) {
		country[9].v[k]++;
		r = run(country, STATIONS, &plain);
		assert_true(r.tally.failures_in_all > 0);
		assert_int_equal(r.tally.nodes[0].broken, 1);
		assert_int_equal(r.tally.nodes[0].counted, STATIONS - 1);
		assert_int_equal(r.tally.nodes[0].missing_registered, -1);
		drop(&r);
		country[9].v[k]--;
	}
	country[9].v[0] = country[9].v[1] - 1;
	r = run(country, STATIONS, &plain);
	assert_int_equal(r.tally.nodes[0].broken, 1);
	drop(&r);
}

static void
broken_can_be_accepted(void **state)
{
	const struct count_setup accept = { .accept_broken = true };
	struct run r;

	(void)state;
	reset();
	country[9].v[5]++;
	r = run(country, STATIONS, &accept);
	assert_int_equal(r.tally.nodes[0].counted, STATIONS);
	assert_int_equal(r.tally.nodes[0].broken, 0);
	assert_true(r.tally.nfailures > 0);
	assert_true(r.tally.failures[0].counted);
	drop(&r);
}

/* --- duplicates and versions ---------------------------------------------- */

static void
twice_is_a_fault(void **state)
{
	struct run r;

	(void)state;
	reset();
	country[200] = country[100];
	r = run(country, STATIONS, &plain);
	assert_int_equal(r.tally.faults_in_all, 1);
	assert_int_equal(r.tally.faults[0].line, 202);
	assert_int_equal(r.tally.nnodes, 0);
	drop(&r);
}

static void
the_latest_version_holds(void **state)
{
	static const struct {
		const char *a, *b;
		int holds;		/* 0 or 1, or -1: a fault */
	} pairs[] = {
		{ "", "2", 1 }, { "10", "9", 0 }, { "corrected", "", 0 },
		{ "first", "recount", 1 }, { "recount", "corrected", -1 },
		{ "1", "2", 1 }, { "3", "recount", -1 },
	};
	struct run r;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		reset();
		country[200] = country[100];
		country[100].version = pairs[i].a;
		country[200].version = pairs[i].b;
		country[100].v[0] = 5000;
		country[200].v[0] = 6000;
		r = run(country, STATIONS, &plain);
		if (pairs[i].holds < 0) {
			assert_true(r.tally.faults_in_all > 0);
		} else {
			assert_int_equal(r.tally.faults_in_all, 0);
			assert_int_equal(r.tally.nversions, 1);
			assert_int_equal(r.tally.nodes[0].stations,
			    STATIONS - 1);
			assert_true(bytes_is(r.tally.versions[0].by_version,
			    pairs[i].holds == 0 ? pairs[i].a : pairs[i].b));
		}
		drop(&r);
	}
}

/* --- what would be counted twice and has other bytes ---------------------- */

/* The faults of files, one after another, as "FILE:LINE: why" each. */
static const char *
faults_of(const char *const *files, unsigned n)
{
	static char told[8192];
	struct count *c = count_new(&plain);
	struct results_file f = { .name = bytes_of("f") };
	struct results_read read;
	struct form_sink sink;
	struct tally t;
	size_t at = 0;
	unsigned i;

	assert_non_null(c);
	sink = count_sink(c);
	for (i = 0; i < n; i++) {
		f.input = input_memory(bytes_of(files[i]));
		f.number = i;
		read_results(&f, profiles, nprofiles, &sink, &arena, &read);
		count_file(c, f.name, read.profile, read.format, read.rows);
	}
	assert_int_equal(count_end(c, &t), ERR_NONE);
	assert_true((t.nfaults > 0) == (t.nnodes == 0));
	told[0] = '\0';
	for (i = 0; i < t.nfaults; i++)
		at += (size_t)snprintf(&told[at], sizeof(told) - at,
		    "%u:%u: %.*s\n", t.faults[i].file,
		    (unsigned)t.faults[i].line, (int)t.faults[i].why.n,
		    (const char *)t.faults[i].why.p);
	count_free(c);
	return told;
}

#define HEAD	"region,territory,station,registered,Ann,Bob\n"

static void
gives(const char *rows, const char *want)
{
	char text[4096];
	const char *file = text;

	(void)snprintf(text, sizeof(text), HEAD "%s", rows);
	assert_string_equal(faults_of(&file, 1), want);
}

static void
twice_in_other_letters(void **state)
{
	(void)state;
	gives("N,T,1,900,1,2\nN,T,2,900,3,4\nN,T,01,900,5,6\n"
	    "N,T,\xc2\xa0""2,900,7,8\n",
	    "0:4: this station stands twice, and is written in another way: "
	    "\"1\" in line 2\n"
	    "0:5: this station stands twice, and is written in another way: "
	    "\"2\" in line 3\n");
	gives("N,T,УИК №1,900,1,2\nN,T,УИК № 1,900,3,4\n",
	    "0:3: this station stands twice, and is written in another way: "
	    "\"УИК №1\" in line 2\n");
	gives("N,T,1,900,1,2\nn ,T,2,900,3,4\nN,«T»,3,900,3,4\n",
	    "0:3: this region is written in another way: \"N\" in line 2\n"
	    "0:4: this territory is written in another way: \"T\" in line 2\n"
	    );
	/* In two territories, and of two districts, they are two. */
	gives("N,T,1,900,1,2\nN,U,01,900,3,4\nN,T,11,900,3,4\n"
	    "N,T,1 1,900,5,6\n", "");
}

static void
without_a_name_in_two_files(void **state)
{
	static const char *const files[] = {
		"region,registered,Ann,Bob\nN,900,1,2\nS,900,3,4\n",
		"region,registered,Ann,Bob\nS,900,5,6\nN,900,1,2\n",
		"region,registered,Ann,Bob\nS,800,7,6\nN,,,\n",
	};

	(void)state;
	assert_string_equal(faults_of(files, 2), "1:3: a row without the name "
	    "of a station, and its numbers stand there before: \"N\" in line "
	    "2 of f\n");
	assert_string_equal(faults_of(&files[1], 2), "");
}

static void
rows_that_say_they_are_sums(void **state)
{
	(void)state;
	gives("N,T,1,900,1,2\nN,T,Total,1900,1,2\nИтого по стране,,,5,1,2\n",
	    "0:4: a row of sums, and no station: \"Итого по стране\"\n"
	    "0:3: a row of sums, and no station: \"Total\"\n");
	gives("N,T,Total Filling Station,900,1,2\n", "");
}

static void
rows_that_are_sums(void **state)
{
	static const char of_territory[] = "this row has the sums of all "
	    "others of its territory: it is no station";
	static const char of_region[] = "this row has the sums of all others "
	    "of its region: it is no station";
	static const char of_all[] = "this row has the sums of all others: it "
	    "is no station";
	char want[1000];

	(void)state;
	/* Under no name, under any, in front; of a region with one territory. */
	(void)snprintf(want, sizeof(want), "0:8: %s\n0:2: %s\n0:5: %s\n"
	    "0:9: %s\n", of_territory, of_territory, of_region, of_all);
	gives("N,T,sub,700,30,70\nN,T,1,500,10,20\nN,T,2,200,20,50\n"
	    "N,,,700,30,70\n"
	    "S,U,1,300,7,8\nS,U,2,400,9,9\nS,U,,700,16,17\n"
	    "Landmass,,,1400,46,87\n", want);
	/* Two alike are two; one alike without a name is their sum. */
	gives("N,T,1,900,1,2\nN,T,2,900,1,2\n", "");
	(void)snprintf(want, sizeof(want), "0:3: %s\n", of_territory);
	gives("N,T,1,900,1,2\nN,T,,900,1,2\n", want);
	/* Few voters add up by chance; one number that differs is enough. */
	gives("N,T,1,3,1,2\nN,T,2,3,2,1\nN,T,3,6,3,3\n", "");
	gives("N,T,1,300,1,2\nN,T,2,300,2,1\nN,T,3,600,3,4\n", "");
	gives("N,T,1,300,1,2\nN,T,2,,,\nN,T,3,0,0,0\nN,T,4,300,1,2\n", "");
}

/* --- lists ---------------------------------------------------------------- */

static void
on_listed(void *ctx, const struct count_listed *l)
{
	struct buf *told = ctx;

	buf_add(told, l->region);
	buf_byte(told, '/');
	buf_add(told, l->territory);
	buf_byte(told, '/');
	buf_add(told, l->station);
	buf_printf(told, " %d\n", (int)l->registered);
}

static void
on_list_fault(void *ctx, unsigned file, uint64_t line, uint32_t column,
    const char *why)
{
	(void)file;
	buf_printf(ctx, "%u:%u %s\n", (unsigned)line, column, why);
}

static void
list_gives(const char *csv, const char *want)
{
	struct buf told = buf_with(4096);
	const struct list_sink sink = { on_listed, on_list_fault, &told };
	struct results_file f = { .input = input_memory(bytes_of(csv)) };

	(void)read_list(&f, profiles, nprofiles, &sink);
	buf_byte(&told, 0);
	assert_string_equal((char *)told.p, want);
	buf_free(&told);
}

/* Every profile knows the word "region": that must not decide. */
static void
lists_in_any_language(void **state)
{
	(void)state;
	list_gives("region,tik,uik,reason\nN,T,1,x\n", "N/T/1 -1\n");
	list_gives("region,territory,polling station,registered\nN,T,1,5\n",
	    "N/T/1 5\n");
	list_gives("region,county,territory\nN,T,1\n",
	    "1:1 two columns for the same\n");
	list_gives("county,polling_place_owner,reason\nT,1,x\n",
	    "1:1 no columns of a list of stations: region, territory, "
	    "station\n");
	/* Names are those of the results, blanks and all. */
	list_gives("region,tik,uik\nN, T ,1 \n", "N/ T /1  -1\n");
}

static void
expect(struct count *c, const char *region, const char *territory,
    const char *station, int64_t registered)
{
	struct count_listed l = { .region = bytes_of(region),
	    .territory = bytes_of(territory), .station = bytes_of(station),
	    .registered = registered };

	count_expect(c, &l);
}

static void
missing_stations_are_known_from_the_list(void **state)
{
	struct run r;
	char region[16], territory[32], station[16];
	unsigned i;

	(void)state;
	reset();
	country[5].empty = true;
	r = begin(country, STATIONS, &plain);
	for (i = 0; i < STATIONS; i++) {
		(void)snprintf(region, sizeof(region), "R%u",
		    country[i].region);
		(void)snprintf(territory, sizeof(territory), "T %u, east",
		    country[i].territory);
		(void)snprintf(station, sizeof(station), "%u",
		    country[i].number);
		expect(r.count, region, territory, station, 1000);
	}
	expect(r.count, "R9", "T 99", "7777", 555);
	assert_int_equal(count_end(r.count, &r.tally), ERR_NONE);
	assert_int_equal(r.tally.faults_in_all, 0);
	assert_true(r.tally.stations_listed);
	assert_int_equal(r.tally.unlisted, 0);
	assert_int_equal(r.tally.nodes[0].stations, STATIONS + 1);
	assert_int_equal(r.tally.nodes[0].missing, 2);
	assert_int_equal(r.tally.nodes[0].missing_registered, 1555);
	drop(&r);
}

static void
without_a_list_nobody_can_tell(void **state)
{
	struct run r;

	(void)state;
	reset();
	country[5].empty = true;
	r = run(country, STATIONS, &plain);
	assert_int_equal(r.tally.nodes[0].missing, 1);
	assert_int_equal(r.tally.nodes[0].missing_registered, -1);
	assert_int_equal(r.tally.nodes[1].missing_registered, -1);
	assert_int_equal(r.tally.nodes[r.tally.nnodes - 1].missing_registered,
	    0);
	drop(&r);
}

static void
unlisted_stations_are_told(void **state)
{
	struct run r;

	(void)state;
	reset();
	r = begin(country, STATIONS, &plain);
	expect(r.count, "R0", "T 0, east", "1", 1000);
	assert_int_equal(count_end(r.count, &r.tally), ERR_NONE);
	assert_int_equal(r.tally.unlisted, STATIONS - 1);
	drop(&r);
}

static void
annulled_stations_are_left_out(void **state)
{
	struct count_listed l = { .region = bytes_of("R1"),
	    .territory = bytes_of("T 8, east"), .station = bytes_of("81"),
	    .reason = bytes_of("court of R1") };
	struct run a, b;
	unsigned k;

	(void)state;
	reset();
	a = run(country, STATIONS, &plain);
	b = begin(country, STATIONS, &plain);
	count_annul(b.count, &l);
	count_annul(b.count, &l);		/* twice is once */
	l.station = bytes_of("9999");
	count_annul(b.count, &l);
	assert_int_equal(count_end(b.count, &b.tally), ERR_NONE);
	assert_int_equal(b.tally.nodes[0].annulled, 1);
	assert_int_equal(b.tally.nannulled, 1);
	assert_int_equal(b.tally.nannul_unmet, 1);
	assert_int_equal(b.tally.annulled[0].registered, country[80].v[0]);
	assert_int_equal(b.tally.annulled[0].found, country[80].v[2]);
	assert_true(bytes_is(b.tally.annulled[0].reason, "court of R1"));
	for (k = 0; k < LINES; k++)
		assert_int_equal(a.tally.nodes[0].sums[k] -
		    b.tally.nodes[0].sums[k], country[80].v[k]);
	drop(&a);
	drop(&b);
}

/* --- the tally as bytes --------------------------------------------------- */

static void
a_tally_passes_whole(void **state)
{
	const struct count_setup all = { .pictures = true, .anomaly = true };
	struct arena room = arena_with(64 * MIB);
	struct buf b = buf_with(4 * MIB), again = buf_with(4 * MIB);
	struct tally back;
	struct run r;

	(void)state;
	reset();
	country[3].v[5]++;
	country[70] = country[60];
	country[70].version = "2";
	r = run(country, STATIONS, &all);
	assert_non_null(r.tally.turnout);
	assert_non_null(r.tally.anomaly);
	tally_write(&r.tally, &b);
	assert_true(tally_read(buf_bytes(&b), &room, &back));
	tally_write(&back, &again);
	assert_true(bytes_eq(buf_bytes(&b), buf_bytes(&again)));
	arena_free(&room);
	buf_free(&b);
	buf_free(&again);
	drop(&r);
}

/* A worker that was taken over: whatever it sends, the parent stands. */
static void
a_damaged_tally_does_no_harm(void **state)
{
	struct buf b = buf_with(MIB);
	struct arena room = arena_with(64 * MIB);
	struct tally back;
	struct run r;
	size_t i;
	unsigned refused = 0, tried = 0;

	(void)state;
	reset();
	country[3].v[5]++;
	r = run(country, 40, &plain);
	tally_write(&r.tally, &b);
	for (i = 0; i < b.n; i++) {
		arena_reset(&room);
		assert_false(tally_read(bytes_part(buf_bytes(&b), 0, i),
		    &room, &back));
	}
	for (i = 0; i < b.n; i++) {
		b.p[i] ^= (uint8_t)(1u << (i % 8));
		arena_reset(&room);
		refused += !tally_read(buf_bytes(&b), &room, &back);
		tried++;
		b.p[i] ^= (uint8_t)(1u << (i % 8));
	}
	assert_true(refused > tried / 3);
	arena_free(&room);
	buf_free(&b);
	drop(&r);
}

/* --- tables --------------------------------------------------------------- */

static void
tables_re_add(void **state)
{
	struct out out = out_memory(4 * MIB);
	struct run r, again;
	struct results_file f = { .name = bytes_of("stations.csv") };
	struct results_read read = { 0 };
	struct form_sink sink;

	(void)state;
	reset();
	r = run(country, STATIONS, &plain);
	assert_int_equal(levels_stations(&out, r.count, &r.tally), ERR_NONE);
	/* What was written can be counted again, but for the columns that are
	   our own words. */
	again.csv = buf_with(MIB);
	again.count = count_new(&plain);
	f.input = input_memory(buf_bytes(&out.buf));
	sink = count_sink(again.count);
	read_results(&f, profiles, nprofiles, &sink, &arena, &read);
	count_file(again.count, f.name, read.profile, read.format, read.rows);
	assert_int_equal(count_end(again.count, &again.tally), ERR_NONE);
	assert_int_equal(again.tally.faults_in_all, 0);
	same(&r.tally, &again.tally);
	(void)out_end(&out);
	drop(&r);
	drop(&again);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_re_add),
		cmocka_unit_test(order_changes_nothing),
		cmocka_unit_test(a_station_less),
		cmocka_unit_test(a_changed_cell_shows),
		cmocka_unit_test(broken_can_be_accepted),
		cmocka_unit_test(twice_is_a_fault),
		cmocka_unit_test(the_latest_version_holds),
		cmocka_unit_test(twice_in_other_letters),
		cmocka_unit_test(without_a_name_in_two_files),
		cmocka_unit_test(rows_that_say_they_are_sums),
		cmocka_unit_test(rows_that_are_sums),
		cmocka_unit_test(lists_in_any_language),
		cmocka_unit_test(missing_stations_are_known_from_the_list),
		cmocka_unit_test(without_a_list_nobody_can_tell),
		cmocka_unit_test(unlisted_stations_are_told),
		cmocka_unit_test(annulled_stations_are_left_out),
		cmocka_unit_test(a_tally_passes_whole),
		cmocka_unit_test(a_damaged_tally_does_no_harm),
		cmocka_unit_test(tables_re_add),
	};
	struct yaml_fault fault;
	unsigned i;
	int failed;

	arena = arena_with(64 * MIB);
	for (i = 0; i < profile_builtin_count(); i++)
		profiles[nprofiles++] = profile_read(profile_builtin_text(
		    profile_builtin_name(i)), &arena, &fault);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
