#include "result_sample.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/time.h"
#include "record/gap.h"

#define SHA	"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define DAY(n)	(INT64_C(1685577600000000) + (n) * TIME_DAY)	/* 2023-06-01 */

const char *const result_secrets[] = {
	"Anna Example", "Boris", "+15550100", "15550101", "490154203237518",
	"F17ABCDEF", "00008030-001A2B3C4D5E6F70", "8901260", "meet me at nine",
	"private-token", "diary-of-anna", "anna@example.org", "kitchen",
	"Inspector Lestrade", "desk 14", NULL
};

enum { M_TEXT, M_TIME, M_SENDER, M_SERVICE, M_LINKS, M_FIELDS };

static const struct field message[M_FIELDS] = {
	[M_TEXT] = { "text", KIND_TEXT, NULL, SENSE_BY_KIND, NULL, true },
	[M_TIME] = { "time", KIND_TIME_MAC, NULL, SENSE_BY_KIND, "sent", true },
	[M_SENDER] = { "handle", KIND_HANDLE, NULL, SENSE_BY_KIND, NULL, true },
	[M_SERVICE] = { "service", KIND_LABEL, NULL, SENSE_BY_KIND, NULL,
	    false },
	[M_LINKS] = { "links", KIND_URL, NULL, SENSE_BY_KIND, NULL, true },
};

enum { P_NAME, P_FIRST, P_IN, P_OUT, P_APP, P_FIELDS };

static const struct field process[P_FIELDS] = {
	[P_NAME] = { "process", KIND_PROCESS, NULL, SENSE_BY_KIND, NULL, true },
	[P_FIRST] = { "first", KIND_TIME_MAC, NULL, SENSE_BY_KIND, "first use",
	    true },
	[P_IN] = { "wwan_in", KIND_SIZE, NULL, SENSE_BY_KIND, NULL, true },
	[P_OUT] = { "wwan_out", KIND_SIZE, NULL, SENSE_BY_KIND, NULL, true },
	[P_APP] = { "bundle", KIND_APP_ID, NULL, SENSE_BY_KIND, NULL, false },
};

enum { F_PATH, F_MODE, F_TIME, F_OWNER, F_EXTRA, F_FIELDS };

static const struct field file[F_FIELDS] = {
	[F_PATH] = { "path", KIND_PATH, NULL, SENSE_BY_KIND, NULL, true },
	[F_MODE] = { "mode", KIND_MODE, NULL, SENSE_BY_KIND, NULL, true },
	[F_TIME] = { "created", KIND_TIME, NULL, SENSE_BY_KIND, "created",
	    true },
	[F_OWNER] = { "owner", KIND_LABEL, NULL, SENSE_BY_KIND, NULL, true },
	[F_EXTRA] = { "extra", KIND_JSON, NULL, SENSE_BY_KIND, NULL, false },
};

#define B(s)	{ (const uint8_t *)(s), sizeof(s) - 1 }

static const struct result_indicator process_indicator = {
	B("indicator--2f0b1c1e-0000-4000-8000-000000000001"), B("exampled"),
	B("process"), B("Example Implant (invented)"),
	B("https://research.example/implant"), false
};

static const struct result_indicator domain_indicators[2] = {
	{ B("indicator--2f0b1c1e-0000-4000-8000-000000000002"),
	  B("attack.example"), B("domain"), B("Example Implant (invented)"),
	  B("https://research.example/implant"), false },
	{ B("indicator--2f0b1c1e-0000-4000-8000-000000000003"),
	  B("attack.example"), B("domain"), B("Other List (invented)"),
	  { NULL, 0 }, true }
};

static const struct result_pair device[] = {
	{ "name", B("Anna Example's iPhone") },
	{ "product_type", B("iPhone14,5") },
	{ "product_version", B("16.5") },
	{ "build", B("20F66") },
	{ "serial", B("F17ABCDEF") },
	{ "udid", B("00008030-001A2B3C4D5E6F70") },
	{ "imei", B("490154203237518") },
	{ "iccid", B("8901260012345678901") },
	{ "phone", B("+15550100") },
	{ "last_backup", B("2023-06-20T09:15:00.000000Z") },
	{ "itunes_version", B("12.12.9.4") },
};

static const struct result_count counts[] = {
	{ "domain", 5013, 5013 }, { "ipv4", 45, 45 }, { "process", 83, 83 },
	{ "sha256", 101, 0 }, { "property", 3, 0 }, { "email", 65, 65 },
};

static const struct result_set sets[] = {
	{ B("Example Implant (invented)"), B("lists/example.stix2"), 1547 },
	{ B("Other List (invented)"), B("lists/other.stix2"), 3763 },
};

static const struct result_note notes[] = {
	{ "error", B("lists/bad.stix2"), B(""), B("the file ends too early"),
	  4096 },
	{ "not testable", B("lists/example.stix2"), B("indicator--77"),
	  B("mutex:name is not in phone evidence"), UINT64_MAX },
};

static const struct result_coverage coverage_all[] = {
	{ "ios_backup_info", "the backup and its device", COVERAGE_EXAMINED,
	  1, 1, 0 },
	{ "ios_manifest", "files that the backup lists", COVERAGE_EXAMINED,
	  20311, 1, 0 },
	{ "ios_sms", "SMS and iMessage messages", COVERAGE_EXAMINED, 4211, 1,
	  0 },
	{ "ios_datausage", "network use by program", COVERAGE_EXAMINED, 388,
	  1, 0 },
	{ "ios_chrome_history", "pages visited in Chrome", COVERAGE_ABSENT, 0,
	  0, 0 },
	{ "ios_whatsapp", "WhatsApp messages", COVERAGE_ABSENT, 0, 0, 0 },
	{ "ios_safari_history", "pages visited in Safari",
	  COVERAGE_NOT_IN_KIND, 0, 0, 0 },
	{ "ios_calls", "calls made and received", COVERAGE_NOT_IN_KIND, 0, 0,
	  0 },
};

static const struct result_coverage coverage_gaps[] = {
	{ "ios_backup_info", "the backup and its device", COVERAGE_EXAMINED,
	  1, 1, 0 },
	{ "ios_sms", "SMS and iMessage messages", COVERAGE_PARTLY, 4011, 1,
	  2 },
	{ "ios_tcc", "access to camera, microphone and data",
	  COVERAGE_UNREADABLE, 0, 1, 1 },
	{ "ios_safari_history", "pages visited in Safari",
	  COVERAGE_NOT_IN_KIND, 0, 0, 0 },
};

static const struct result_gap gaps[] = {
	{ "ios_sms", B("HomeDomain/Library/SMS/sms.db"), 40960,
	  B("The page is no table page."), 3 },
	{ "ios_tcc", B("HomeDomain/Library/TCC/TCC.db"), GAP_NO_OFFSET,
	  B("The file ends too early."), 1 },
	{ NULL, { NULL, 0 }, GAP_NO_OFFSET,
	  B("A worker was ended by the jail."), 1 },
};

static struct val *
values(struct arena *arena, unsigned n)
{
	struct val *v = arena_alloc(arena, n, sizeof(*v));

	assert(v != NULL);
	return v;
}

static struct val
text(const char *s)
{
	return (struct val){ .type = VAL_TEXT, .bytes = bytes_of(s) };
}

static struct val
number(enum val_type type, int64_t i)
{
	return (struct val){ .type = type, .i = i };
}

static struct result_finding
process_finding(struct arena *arena)
{
	struct val *v = values(arena, P_FIELDS);
	struct result_finding f = {
		.finding = { RULE_IOC_PROCESS, 20, 7, 42, DAY(3), DAY(12), 3,
		    P_NAME, B("exampled"), 1, { 11 }, P_FIELDS, v },
		.level = LEVEL_CRITICAL, .strength = STRENGTH_RAN,
		.artifact = "ios_datausage", .fields = process,
		.member = B("WirelessDomain/Library/Databases/DataUsage.sqlite"),
		.nindicators = 1, .indicators = &process_indicator
	};

	v[P_NAME] = text("exampled");
	v[P_FIRST] = number(VAL_TIME, DAY(3));
	v[P_IN] = number(VAL_INT, 18113);
	v[P_OUT] = number(VAL_INT, 5242880);
	return f;
}

static struct result_finding
message_finding(struct arena *arena)
{
	struct val *v = values(arena, M_FIELDS);
	struct val *links = values(arena, 1);
	struct result_finding f = {
		.finding = { RULE_IOC_RECEIVED, 8, 3, 1201, DAY(2), DAY(2), 1,
		    M_TEXT, B("https://news.attack.example/private-token"), 2,
		    { 12, 13 }, M_FIELDS, v },
		.level = LEVEL_HIGH, .strength = STRENGTH_RECEIVED,
		.artifact = "ios_sms", .fields = message,
		.member = B("HomeDomain/Library/SMS/sms.db"),
		.nindicators = 2, .indicators = domain_indicators
	};

	links[0] = text("https://news.attack.example/private-token");
	v[M_TEXT] = text("Boris: meet me at nine, see "
	    "https://news.attack.example/private-token");
	v[M_TIME] = number(VAL_TIME, DAY(2));
	v[M_SENDER] = text("+15550100");
	v[M_SERVICE] = text("kitchen");
	v[M_LINKS] = (struct val){ .type = VAL_LIST, .n = 1, .items = links };
	return f;
}

static struct result_finding
file_finding(struct arena *arena, enum rule rule, enum level level)
{
	struct val *v = values(arena, F_FIELDS);
	struct result_finding f = {
		.finding = { rule, 1, 1, 77, DAY(-40), DAY(-40), 1,
		    F_PATH, B("/private/var/mobile/Documents/diary-of-anna"),
		    0, { 0 }, F_FIELDS, v },
		.level = level, .strength = STRENGTH_TRACE,
		.artifact = "ios_manifest", .fields = file,
		.member = B("AppDomain-org.example.diary-of-anna/Documents/"
		    "anna@example.org/notes.db")
	};

	v[F_PATH] = text("/private/var/mobile/Documents/diary-of-anna");
	v[F_MODE] = number(VAL_INT, 0100644);
	v[F_TIME] = number(VAL_TIME, DAY(-40));
	v[F_OWNER] = text("anna@example.org");
	v[F_EXTRA] = (struct val){ .type = VAL_JSON,
	    .bytes = bytes_of("{\"by\":\"Anna Example\",\"n\":[1,2]}") };
	return f;
}

static struct result_finding
shortened_finding(struct arena *arena, unsigned n)
{
	struct result_finding f = message_finding(arena);

	f.finding.rule = RULE_SHORTENED;
	f.finding.row = n;
	f.finding.time = f.finding.last = DAY(-400 + (int64_t)n);
	f.finding.matched = bytes_of("https://short.example/private-token");
	f.finding.nindicators = f.nindicators = 0;
	f.level = LEVEL_INFO;
	f.strength = STRENGTH_TRACE;
	return f;
}

static struct result
plain(void)
{
	struct result r = {
		.path = B("/media/usb/00008030-001A2B3C4D5E6F70/"),
		.kind = "ios_backup", .sha256 = SHA,
		.members_listed = 20311, .members_read = 34,
		.bytes_read = 45231104, .evidence_time = DAY(19),
		.ndevice = sizeof(device) / sizeof(device[0]),
		.device = device, .verdict = VERDICT_NOTHING,
		.ncoverage = sizeof(coverage_all) / sizeof(coverage_all[0]),
		.coverage = coverage_all,
		.loaded = 5310, .testable = 5206, .index_sha256 = SHA,
		.ncounts = sizeof(counts) / sizeof(counts[0]),
		.counts = counts,
		.nsets = sizeof(sets) / sizeof(sets[0]), .sets = sets,
		.sandbox = "partial",
		.sandbox_detail = B("Landlock lacks the network rules"),
		.started = DAY(30), .ended = DAY(30) + 400000
	};

	return r;
}

static void
with_gaps(struct result *r)
{
	r->gaps = gaps;
	r->ngaps = sizeof(gaps) / sizeof(gaps[0]);
	r->coverage = coverage_gaps;
	r->ncoverage = sizeof(coverage_gaps) / sizeof(coverage_gaps[0]);
}

static void
with_findings(struct result *r, struct arena *arena, bool implant)
{
	struct result_finding *f = arena_alloc(arena, 10, sizeof(*f));
	unsigned n = 0, i;

	assert(f != NULL);
	if (implant)
		f[n++] = process_finding(arena);
	f[n++] = message_finding(arena);
	f[n++] = file_finding(arena, RULE_SMS_VAR_TMP, LEVEL_MEDIUM);
	f[n++] = file_finding(arena, RULE_DATAUSAGE_GAP, LEVEL_LOW);
	for (i = 0; i < 3; i++)
		f[n++] = shortened_finding(arena, i * 100);
	f[n] = shortened_finding(arena, 0);
	f[n].finding.rule = RULE_LOCKDOWN_ON;
	f[n].finding.matched = bytes_of(NULL);
	f[n].finding.time = f[n].finding.last = TIME_UNSET;
	n++;
	r->findings = f;
	r->nfindings = n;
	r->verdict = implant ? VERDICT_COMPROMISED : VERDICT_SUSPICIOUS;
}

/* --- a result that means ill -------------------------------------------------- */

static struct bytes
hostile(struct arena *arena)
{
	static const char bad[] = "</td><script>alert(1)</script>\" onload=x '"
	    "\033[2J\033]0;owned\007 \xe2\x80\xae" "drowssap \xff\xfe\xc0\xaf\0"
	    "\r\n=cmd|'/c calc'!A1 &lt; {} %s%n \xef\xbb\xbf\xc2\x9b"
	    "31m \xe6\xbc\xa2\xe5\xad\x97 ]]> --> ";
	size_t piece = sizeof(bad) - 1, size = 64 * 1024, at;
	uint8_t *p = arena_alloc(arena, size, 1);

	assert(p != NULL);
	for (at = 0; at < size; at++)
		p[at] = (uint8_t)bad[at % piece];
	return bytes_at(p, size);
}

static void
with_hostile(struct result *r, struct arena *arena)
{
	struct bytes bad = hostile(arena);
	struct result_finding *f = arena_alloc(arena, 2, sizeof(*f));
	struct result_indicator *in = arena_alloc(arena, 1, sizeof(*in));
	struct result_gap *g = arena_alloc(arena, 1, sizeof(*g));
	struct result_pair *d = arena_alloc(arena, 4, sizeof(*d));
	struct result_set *s = arena_alloc(arena, 1, sizeof(*s));
	struct result_note *note = arena_alloc(arena, 1, sizeof(*note));
	struct val *v = values(arena, F_FIELDS);

	assert(f != NULL && in != NULL && g != NULL && d != NULL);
	assert(s != NULL && note != NULL);
	*in = (struct result_indicator){ bad, bad, bad, bad, bad, false };
	v[F_PATH] = (struct val){ .type = VAL_TEXT, .bytes = bad };
	v[F_MODE] = number(VAL_INT, INT64_MIN);
	v[F_TIME] = number(VAL_TIME, INT64_MAX);
	v[F_OWNER] = (struct val){ .type = VAL_BLOB, .bytes = bad };
	v[F_EXTRA] = (struct val){ .type = VAL_JSON,
	    .bytes = bytes_of("{\"not\": JSON</script>") };
	f[0] = file_finding(arena, RULE_IOC_PATH, LEVEL_CRITICAL);
	f[0].finding.matched = f[0].member = bad;
	f[0].finding.time = INT64_MIN + 1;
	f[0].finding.last = INT64_MAX;
	f[0].finding.count = UINT64_MAX;
	f[0].finding.row = INT64_MIN;
	f[0].finding.record = v;
	f[0].nindicators = 1;
	f[0].indicators = in;
	f[1] = f[0];
	f[1].finding.time = DAY(3);
	f[1].finding.matched = bytes_of(NULL);
	*g = (struct result_gap){ "ios_sms", bad, UINT64_MAX - 1,
	    bytes_of("The row is damaged."), UINT64_MAX };
	d[0] = (struct result_pair){ "name", bad };
	d[1] = (struct result_pair){ "product_type", bad };
	d[2] = (struct result_pair){ "product_version", bad };
	d[3] = (struct result_pair){ "last_backup", bad };
	*s = (struct result_set){ bad, bad, UINT32_MAX };
	*note = (struct result_note){ "error", bad, bad, bad, 0 };
	*r = (struct result){ .path = bad, .kind = "ios_backup",
	    .members_listed = UINT64_MAX, .members_read = UINT64_MAX,
	    .bytes_read = UINT64_MAX, .evidence_time = INT64_MAX,
	    .ndevice = 4, .device = d, .verdict = VERDICT_COMPROMISED,
	    .nfindings = 2, .findings = f, .ngaps = 1, .gaps = g,
	    .loaded = UINT32_MAX, .testable = 1, .nsets = 1, .sets = s,
	    .nnotes = 1, .notes = note, .sandbox = "none",
	    .sandbox_detail = bad, .started = INT64_MIN,
	    .ended = INT64_MIN };
}

static void
with_many(struct result *r, struct arena *arena)
{
	enum { FINDINGS = 3000, GAPS = 700 };
	struct result_finding *f = arena_alloc(arena, FINDINGS, sizeof(*f));
	struct result_gap *g = arena_alloc(arena, GAPS, sizeof(*g));
	unsigned i;

	assert(f != NULL && g != NULL);
	for (i = 0; i < FINDINGS; i++) {
		f[i] = i < 900 ? message_finding(arena) : i < 1500 ?
		    file_finding(arena, RULE_APP_NO_STORE, LEVEL_MEDIUM) :
		    shortened_finding(arena, i);
		f[i].finding.row = i;
		f[i].finding.time = DAY(-(int64_t)(i * 7 % 1500));
		f[i].finding.last = f[i].finding.time;
	}
	for (i = 0; i < GAPS; i++) {
		g[i] = gaps[0];
		g[i].offset = i * UINT64_C(4096);
	}
	r->verdict = VERDICT_SUSPICIOUS;
	r->findings = f;
	r->nfindings = FINDINGS;
	r->gaps = g;
	r->ngaps = GAPS;
}

struct result
result_sample(enum result_sample which, struct arena *arena)
{
	struct result r = plain();

	switch (which) {
	case RESULT_INCOMPLETE:
		with_gaps(&r);
		r.verdict = VERDICT_INCOMPLETE;
		r.nnotes = sizeof(notes) / sizeof(notes[0]);
		r.notes = notes;
		break;
	case RESULT_SUSPICIOUS:
		with_findings(&r, arena, false);
		break;
	case RESULT_COMPROMISED:
		with_findings(&r, arena, true);
		with_gaps(&r);
		break;
	case RESULT_HOSTILE:
		with_hostile(&r, arena);
		break;
	case RESULT_MANY:
		with_many(&r, arena);
		break;
	case RESULT_BARE:
		r = (struct result){ .kind = "ios_backup",
		    .evidence_time = TIME_UNSET, .sandbox = "full",
		    .started = TIME_UNSET, .ended = TIME_UNSET };
		break;
	default:
		break;
	}
	return r;
}
