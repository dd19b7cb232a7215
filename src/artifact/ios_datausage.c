/*
 * Data usage: processes that used the mobile network, over months.
 *
 * Evidence: DataUsage.sqlite, Core Data; ZPROCESS one row a process, ZLIVEUSAGE
 * its counters.  Times are seconds since 2001-01-01 UTC.
 * Not here: what was sent, and to whom; processes that used no network.
 *
 * Implants have removed their row from ZPROCESS and left the counters behind.
 * A counter without a process, or numbers missing in the sequence, is also
 * what the system's own clean-up leaves.
 */
#include "artifact/artifact.h"

enum { FIRST, TIME, LIVE_TIME, PROCESS, BUNDLE, ID, WIFI_IN, WIFI_OUT, WWAN_IN,
    WWAN_OUT, LIVE_ID, LIVE_PROCESS, MISSING_FROM, MISSING_TO, MISSING,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[FIRST]     = { "first_time", KIND_TIME_MAC,
	                .event = "process first used the network" },
	[TIME]      = { "time", KIND_TIME_MAC,
	                .event = "process used the network" },
	[LIVE_TIME] = { "live_time", KIND_TIME_MAC,
	                .event = "network use counted" },
	[PROCESS]   = { "process", KIND_PROCESS, .shown = true },
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

/* Runs of missing numbers that are told apart; the rest share one. */
#define RUNS_MAX	1000

struct state {
	int64_t last;		/* number of the process row before */
	bool any;
	unsigned runs;
};

/* A run of numbers that no process has any more. */
static void
missing(struct run *run, int64_t from, int64_t to)
{
	struct val v[NFIELDS] = { 0 };

	v[MISSING_FROM] = val_int(from);
	v[MISSING_TO] = val_int(to);
	v[MISSING] = val_int(to - from + 1);
	run_finding_about(run, RULE_DATAUSAGE_GAP, v);
}

static void
process_row(struct run *run, struct val *v)
{
	struct state *s = *run_state(run);
	int64_t id = val_number(&v[ID], INT64_MIN);

	run_record(run, v);
	if (id == INT64_MIN)
		return;
	if (s->any && id > s->last && id - s->last > 1 &&
	    s->runs++ < RUNS_MAX)
		missing(run, s->last + 1, id - 1);
	s->last = id;
	s->any = true;
}

static void
judge(struct run *run, const struct val *v)
{
	/* The counters name a process, and there is none of that number. */
	if (val_set(&v[LIVE_PROCESS]) && !val_set(&v[ID]) &&
	    val_set(&v[LIVE_ID]))
		run_finding(run, RULE_DATAUSAGE_ORPHAN);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view processes = { .table = "ZPROCESS",
	    .from = of_process, .row = process_row };
	static const struct view live = { .table = "ZLIVEUSAGE",
	    .refs = refs, .from = of_live, .optional = true };
	struct sqlite *db = run_sqlite(run, member);
	struct state *s = arena_alloc(run_keep(run), 1, sizeof(*s));

	if (db == NULL || s == NULL)
		return;
	*run_state(run) = s;
	(void)run_view(run, db, &processes);
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
