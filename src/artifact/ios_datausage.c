/*
 * Data usage: processes that used the mobile network, over months.
 *
 * Evidence: DataUsage.sqlite, Core Data; ZPROCESS one row a process, ZLIVEUSAGE
 * its counters.  Times are seconds since 2001-01-01 UTC.  A record is a row of
 * counters with its process, or a process that has no counters.
 * Not here: what was sent, and to whom; processes that used no network.
 *
 * Implants have removed their row from ZPROCESS and left the counters behind.
 * A counter without a process, or numbers missing in the sequence, is also
 * what the system's own clean-up leaves; after a gap nothing is concluded from
 * a row that was not met.
 */
#include "artifact/artifact.h"

#include "artifact/keys.h"
#include "artifact/run_told.h"

enum { FIRST, TIME, LIVE_TIME, PROCESS, ACTING, BUNDLE, ID, WIFI_IN, WIFI_OUT,
    WWAN_IN, WWAN_OUT, LIVE_ID, LIVE_PROCESS, MISSING_FROM, MISSING_TO,
    MISSING, NFIELDS };

/* Names are "process" or, when it worked for an app, "process/bundle": then
   the first part stands in acting_process. */
static const struct field fields[NFIELDS] = {
	[FIRST]     = { "first_time", KIND_TIME_MAC,
	                .event = "process first used the network" },
	[TIME]      = { "time", KIND_TIME_MAC,
	                .event = "process used the network" },
	[LIVE_TIME] = { "live_time", KIND_TIME_MAC,
	                .event = "network use counted" },
	[PROCESS]   = { "process", KIND_PROCESS, .shown = true },
	[ACTING]    = { "acting_process", KIND_PROCESS },
	[BUNDLE]    = { "bundle_id", KIND_APP_ID, .sense = SENSE_RAN,
	                .shown = true },
	[ID]        = { "process_id", KIND_INT },
	[WIFI_IN]   = { "wifi_in", KIND_SIZE },
	[WIFI_OUT]  = { "wifi_out", KIND_SIZE },
	[WWAN_IN]   = { "wwan_in", KIND_SIZE, .shown = true },
	[WWAN_OUT]  = { "wwan_out", KIND_SIZE, .shown = true },
	[LIVE_ID]   = { "live_id", KIND_INT },
	[LIVE_PROCESS] = { "live_process_id", KIND_INT },
	[MISSING_FROM] = { "missing_from", KIND_INT, .shown = true },
	[MISSING_TO]   = { "missing_to", KIND_INT, .shown = true },
	[MISSING]      = { "missing", KIND_INT, .shown = true },
};

static const char *const of_process[NFIELDS] = {
	[FIRST] = "ZFIRSTTIMESTAMP", [TIME] = "ZTIMESTAMP",
	[PROCESS] = "ZPROCNAME", [BUNDLE] = "ZBUNDLENAME", [ID] = "Z_PK",
};

static const char *const of_live[NFIELDS] = {
	[FIRST] = "ZHASPROCESS.ZFIRSTTIMESTAMP",
	[TIME] = "ZHASPROCESS.ZTIMESTAMP", [LIVE_TIME] = "ZTIMESTAMP",
	[PROCESS] = "ZHASPROCESS.ZPROCNAME",
	[BUNDLE] = "ZHASPROCESS.ZBUNDLENAME", [ID] = "ZHASPROCESS.Z_PK",
	[WIFI_IN] = "ZWIFIIN", [WIFI_OUT] = "ZWIFIOUT",
	[WWAN_IN] = "ZWWANIN", [WWAN_OUT] = "ZWWANOUT",
	[LIVE_ID] = "Z_PK", [LIVE_PROCESS] = "ZHASPROCESS",
};

static const struct reference refs[] = {
	{ "ZLIVEUSAGE", "ZHASPROCESS", "ZPROCESS", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "WirelessDomain", "Library/Databases/DataUsage.sqlite" },
	{ NULL, NULL }
};

/* Runs of missing numbers that are told apart; the last takes in the rest. */
#define SPANS_MAX	1000

struct span {
	int64_t from, to, missing;
};

struct state {
	const struct keys *live;	/* by the process they are of */
	int64_t last;			/* number of the process row before */
	unsigned nspans;
	struct span spans[SPANS_MAX];
	bool whole;			/* every process was read */
};

static void
span_add(struct state *s, int64_t from, int64_t to)
{
	struct span *span = &s->spans[s->nspans];

	if (s->nspans == SPANS_MAX) {
		span--;
		span->to = to;
		span->missing += to - from + 1;
		return;
	}
	s->nspans++;
	span->from = from;
	span->to = to;
	span->missing = to - from + 1;
}

/* Core Data keeps bytes as it keeps fractions. */
static void
finish(struct run *run, struct val *v)
{
	struct bytes name = val_bytes(&v[PROCESS]);
	size_t slash = bytes_find_byte(name, '/', 0);
	int64_t n;
	unsigned i;

	if (slash != SIZE_MAX && slash > 0)
		v[ACTING] = val_text(bytes_part(name, 0, slash));
	for (i = WIFI_IN; i <= WWAN_OUT; i++) {
		n = val_number(&v[i], -1);
		if (v[i].type == VAL_REAL && (double)n == v[i].r)
			v[i] = val_int(n);
	}
	run_record(run, v);
}

static void
process_row(struct run *run, struct val *v)
{
	struct state *s = *run_state(run);
	int64_t id = val_number(&v[ID], 0), row;

	/* Core Data numbers from 1. */
	if (s->last > 0 && id > s->last && id - s->last > 1)
		span_add(s, s->last + 1, id - 1);
	if (id > 0)
		s->last = id;
	if (s->live == NULL || !keys_find(s->live, &v[ID], &row))
		finish(run, v);
}

/* The runs of numbers that no process has any more. */
static void
tell_missing(struct run *run, const struct state *s)
{
	struct val v[NFIELDS] = { 0 };
	unsigned i;

	for (i = 0; i < s->nspans; i++) {
		v[MISSING_FROM] = val_int(s->spans[i].from);
		v[MISSING_TO] = val_int(s->spans[i].to);
		v[MISSING] = val_int(s->spans[i].missing);
		run_row(run, s->spans[i].from);
		run_finding_about(run, RULE_DATAUSAGE_GAP, v);
	}
}

/* The counters name a process, and there is none of that number. */
static void
judge(struct run *run, const struct val *v)
{
	const struct state *s = *run_state(run);

	if (s->whole && v[LIVE_PROCESS].type == VAL_INT && !val_set(&v[ID]))
		run_finding(run, RULE_DATAUSAGE_ORPHAN);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view processes = { .table = "ZPROCESS",
	    .from = of_process, .row = process_row };
	static const struct view live = { .table = "ZLIVEUSAGE",
	    .refs = refs, .from = of_live, .row = finish };
	struct sqlite *db = run_sqlite(run, member);
	struct state *s = arena_alloc(run_keep(run), 1, sizeof(*s));
	const struct sqlite_table *counters;

	if (db == NULL || s == NULL)
		return;
	*run_state(run) = s;
	counters = sqlite_table(db, "ZLIVEUSAGE");
	if (counters != NULL)
		s->live = keys_new(run_keep(run), db, counters,
		    "ZHASPROCESS", run_gaps(run));
	s->whole = run_view(run, db, &processes) && !run_told(run);
	if (s->whole)
		tell_missing(run, s);
	(void)run_view(run, db, &live);
}

const struct artifact artifact_ios_datausage = {
	.name    = "ios_datausage",
	.about   = "processes that used the mobile network",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
	.judge   = judge,
};
