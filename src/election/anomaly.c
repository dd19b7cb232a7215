#include "election/anomaly.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* A percentage counts as whole if it lies so near to one: bins of 0.1 points,
   as in the paper. */
#define NEAR		0.05
/* What lies further from the middle than so many deviations and so many steps
   has together less than 1e-11 of the probability (Bernstein's bound). */
#define FAR		7.0
#define FAR_STEPS	8.0
/* Logarithms of numbers below it, and of their factorials, stand in a table. */
#define TABLE		8192u

#define MIN_VOTERS	100
#define MAX_SHARE	0.99

struct logs {
	const double *log, *factorial;	/* of k, of k! */
	uint32_t n;
};

/* Whether 100 k / n is whole, in floating point as the published code has
   it. */
static bool
is_whole(uint32_t k, uint32_t n)
{
	double percent = 100.0 * k / n;

	return fabs(percent - nearbyint(percent)) <= NEAR;
}

/* e^x for x < 700, to 1e-14 of itself if x is not large; as good as nothing of
   what is below -700.  Calls of exp would take half the time of an anomaly.
   e^x = 2^(i / 32) e^r, r at most log 2 / 64. */
static inline double
power_of_e(double x)
{
	static const double roots[32] = {
		1, 0x1.059b0d3158574p0, 0x1.0b5586cf9890fp0,
		0x1.11301d0125b51p0, 0x1.172b83c7d517bp0, 0x1.1d4873168b9aap0,
		0x1.2387a6e756238p0, 0x1.29e9df51fdee1p0, 0x1.306fe0a31b715p0,
		0x1.371a7373aa9cbp0, 0x1.3dea64c123422p0, 0x1.44e086061892dp0,
		0x1.4bfdad5362a27p0, 0x1.5342b569d4f82p0, 0x1.5ab07dd485429p0,
		0x1.6247eb03a5585p0, 0x1.6a09e667f3bcdp0, 0x1.71f75e8ec5f74p0,
		0x1.7a11473eb0187p0, 0x1.82589994cce13p0, 0x1.8ace5422aa0dbp0,
		0x1.93737b0cdc5e5p0, 0x1.9c49182a3f090p0, 0x1.a5503b23e255dp0,
		0x1.ae89f995ad3adp0, 0x1.b7f76f2fb5e47p0, 0x1.c199bdd85529cp0,
		0x1.cb720dcef9069p0, 0x1.d5818dcfba487p0, 0x1.dfc97337b9b5fp0,
		0x1.ea4afa2a490dap0, 0x1.f50765b6e4540p0,
	};
	double shifted, r, square, e;
	uint64_t i, bits;

	x = x < -700 ? -700 : x;
	shifted = x * 46.166241308446828384 + 0x1.8p52;
	memcpy(&i, &shifted, sizeof(i));
	r = x - (shifted - 0x1.8p52) * 0.021660849392498290195;
	/* The series in pairs, which the processor can do side by side. */
	square = r * r;
	e = 1 + r + square * (1 / 2. + r * (1 / 6.) + square *
	    (1 / 24. + r * (1 / 120.)));
	memcpy(&bits, &roots[i & 31], sizeof(bits));
	bits += (i >> 5) << 52;
	memcpy(&x, &bits, sizeof(x));
	return x * e;
}

/* Outcomes near one whole percentage: from first to last; none: last is one
   less. */
struct window {
	uint64_t first, last;
};

/* As is_whole has it: integers tell, but for what lies just at the edge.  There
   lies something only if 2000 divides n. */
static inline struct window
window(uint32_t percent, uint32_t n, bool edges)
{
	uint64_t middle = UINT64_C(20) * percent * n;
	struct window w;

	w.first = percent == 0 ? 0 : (middle - n + 1999) / 2000;
	w.last = percent == 100 ? n : (middle + n) / 2000;
	if (edges) {
		w.first += !is_whole((uint32_t)w.first, n);
		w.last -= !is_whole((uint32_t)w.last, n);
	}
	return w;
}

/* A binomial distribution of which k of n came out. */
struct binomial {
	uint32_t k, n;
	uint32_t from, to;	/* percentages that matter */
};

/* All of a station whose logarithms stand in the table: outcomes are listed
   first, so that the sum is a loop without branches. */
static double
sum_small(const struct binomial *b, const struct logs *l)
{
	uint32_t list[101 * (TABLE / 1000 + 1)], n = b->n, percent, i;
	/* The same for one n: a branch that is foreseen. */
	uint32_t listed = 0, most = n / 1000 + 1;
	const double *factorial = l->factorial;
	double log_q = l->log[n - b->k], odds = l->log[b->k] - log_q;
	double base = factorial[n] + n * (log_q - l->log[n]), sum = 0;
	bool edges = n % 2000 == 0;
	struct window w;

	for (percent = b->from; percent <= b->to; percent++) {
		w = window(percent, n, edges);
		for (i = 0; i < most; i++) {
			list[listed] = (uint32_t)w.first + i;
			listed += w.first + i <= w.last;
		}
	}
	for (i = 0; i < listed; i++)
		sum += power_of_e(base + list[i] * odds -
		    (factorial[list[i]] + factorial[n - list[i]]));
	return sum;
}

/* log (m! e^m / m^m): a small number, where log m! is a large one.  Beyond the
   table Stirling's series, exact to the last bits there. */
static double
rest(const struct logs *l, double m)
{
	uint32_t i = (uint32_t)m;

	if (i < l->n)
		return l->factorial[i] - m * l->log[i] + m;
	return log(6.28318530717958647693 * m) / 2 + 1 / (12 * m) -
	    1 / (360 * m * m * m);
}

/* m log (m / k) */
static double
away(double m, double k)
{
	return m > 0 ? m * log1p((m - k) / k) : 0;
}

/* The same for large stations, of which there are few; after C. Loader, Fast
   and accurate computation of binomial probabilities, 2000. */
static double
sum_large(const struct binomial *b, const struct logs *l)
{
	double k = b->k, n = b->n, all = rest(l, n), m, sum = 0;
	struct window w;
	uint32_t percent;

	for (percent = b->from; percent <= b->to; percent++) {
		w = window(percent, b->n, b->n % 2000 == 0);
		for (; w.first <= w.last; w.first++) {
			m = (double)w.first;
			sum += exp(all - rest(l, m) - rest(l, n - m) -
			    away(m, k) - away(n - m, n - k));
		}
	}
	return sum;
}

/* The probability that a binomial of n trials, of which k came out, gives a
   whole percentage. */
static double
probability(const struct logs *l, uint32_t k, uint32_t n)
{
	struct binomial b = { k, n, 0, 100 };
	double far, sum;

	assert(k < n);
	if (k == 0)
		return 1;		/* 0 %, whatever is drawn */
	far = FAR * sqrt((double)k * (n - k) / n) + FAR_STEPS;
	if (k > far)
		b.from = (uint32_t)((k - far) * 100 / n);
	if (n - k > far)
		b.to = (uint32_t)((k + far) * 100 / n) + 1;
	sum = n < l->n ? sum_small(&b, l) : sum_large(&b, l);
	return sum < 1 ? sum : 1;
}

/* --- sums ----------------------------------------------------------------- */

struct sum {
	uint64_t stations, observed;
	double expected, variance;
};

static void
add(struct sum *s, bool observed, double p)
{
	s->stations++;
	s->observed += observed;
	s->expected += p;
	s->variance += p * (1 - p);
}

static void
station(const struct logs *l, const struct anomaly_station *s,
    struct sum country[ANOMALY_KINDS], struct sum region[ANOMALY_KINDS])
{
	bool whole[ANOMALY_KINDS];
	double p[ANOMALY_KINDS];
	unsigned i;

	whole[ANOMALY_LEADER] = is_whole(s->leader, s->received);
	whole[ANOMALY_TURNOUT] = is_whole(s->given, s->registered);
	whole[ANOMALY_EITHER] = whole[ANOMALY_LEADER] ||
	    whole[ANOMALY_TURNOUT];
	p[ANOMALY_LEADER] = probability(l, s->leader, s->received);
	p[ANOMALY_TURNOUT] = probability(l, s->given, s->registered);
	p[ANOMALY_EITHER] = 1 - (1 - p[ANOMALY_LEADER]) *
	    (1 - p[ANOMALY_TURNOUT]);
	for (i = 0; i < ANOMALY_KINDS; i++) {
		add(&country[i], whole[i], p[i]);
		add(&region[i], whole[i], p[i]);
	}
}

static void
tell(const struct sum sums[ANOMALY_KINDS], struct anomaly of[ANOMALY_KINDS])
{
	unsigned i;

	for (i = 0; i < ANOMALY_KINDS; i++) {
		of[i].stations = sums[i].stations;
		of[i].observed = sums[i].observed;
		of[i].expected = sums[i].expected;
		of[i].deviation = sqrt(sums[i].variance);
		of[i].anomaly = (double)sums[i].observed - sums[i].expected;
		of[i].z = of[i].deviation > 0 ?
		    of[i].anomaly / of[i].deviation : 0;
	}
}

/* Whether a station has a part in it; else it is counted by the reason. */
static bool
included(struct anomaly_report *r, const struct anomaly_station *s)
{
	if (s->received == 0)
		r->no_ballots++;
	else if (s->registered < MIN_VOTERS)
		r->under_100++;
	else if ((double)s->given / s->registered > MAX_SHARE)
		r->turnout_over_99++;
	else if ((double)s->leader / s->received > MAX_SHARE)
		r->leader_over_99++;
	else
		return true;
	return false;
}

static struct logs
logs(const struct anomaly_station *s, uint64_t n, struct arena *arena)
{
	struct logs l = { NULL, NULL, 0 };
	uint32_t most = 2, k;
	double *log_, *factorial;
	uint64_t i;

	for (i = 0; i < n; i++) {
		most = s[i].registered > most ? s[i].registered : most;
		most = s[i].received > most ? s[i].received : most;
	}
	most = most < TABLE ? most + 1 : TABLE;
	l.log = log_ = arena_alloc(arena, most, sizeof(*log_));
	l.factorial = factorial = arena_alloc(arena, most,
	    sizeof(*factorial));
	l.n = log_ == NULL || factorial == NULL ? 0 : most;
	for (k = 2; k < l.n; k++) {
		log_[k] = log(k);
		factorial[k] = factorial[k - 1] + log_[k];
	}
	return l;
}

static bool
regions(struct anomaly_report *r, const struct bytes *names, unsigned n,
    const struct sum *sums, struct arena *arena)
{
	struct anomaly_region *out = arena_alloc(arena, n + 1, sizeof(*out));
	unsigned i;

	if (out == NULL)
		return false;
	for (i = 0; i < n; i++) {
		if (sums[i * ANOMALY_KINDS].stations == 0)
			continue;
		out[r->nregions].name = names[i];
		tell(&sums[i * ANOMALY_KINDS], out[r->nregions++].of);
	}
	r->regions = out;
	return true;
}

const struct anomaly_report *
anomaly_compute(const struct anomaly_station *s, uint64_t n,
    const struct bytes *names, unsigned nregions, struct arena *arena)
{
	struct anomaly_report *r = arena_alloc(arena, 1, sizeof(*r));
	struct sum country[ANOMALY_KINDS] = { { 0 } };
	struct sum *sums = arena_alloc(arena, (size_t)nregions *
	    ANOMALY_KINDS + 1, sizeof(*sums));
	struct logs l = logs(s, n, arena);
	uint64_t i;

	if (r == NULL || sums == NULL || l.n == 0)
		return NULL;
	r->stations = n;
	for (i = 0; i < n; i++) {
		if (s[i].region >= nregions || !included(r, &s[i]))
			continue;
		r->included++;
		station(&l, &s[i], country,
		    &sums[(size_t)s[i].region * ANOMALY_KINDS]);
	}
	tell(country, r->of);
	return regions(r, names, nregions, sums, arena) ? r : NULL;
}
