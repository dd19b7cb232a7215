/*
 * Workers that end badly, for real: whatever one of them does, it becomes a gap
 * with the artifact's name, and the others go on.  This program is also the
 * nursery, with jobs of its own.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "examine/examine_inside.h"
#include "examine/talk.h"

#ifdef OSTRAKON_SANITIZER
#define SANITIZER	true
#else
#define SANITIZER	false
#endif

#define EVIL	"ios_sms"		/* whose worker ends badly */
#define GOOD	"ios_calls"		/* whose worker does its work */

/* --- what workers do: the letter of their arguments says it -------------- */

static void
spin(void)
{
	volatile uint64_t n = 0;

	while (n != UINT64_MAX)
		n++;
}

static int
memory_all(void)
{
	volatile char *p;
	int i;

	for (i = 0; i < 1000; i++) {
		p = mmap(NULL, MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE |
		    MAP_ANONYMOUS, -1, 0);
		if (p == MAP_FAILED)
			return WORKER_NO_MEMORY;
		*p = 1;
	}
	return WORKER_DONE;
}

static int
die(const struct worker *w, char how)
{
	volatile char *nowhere = NULL;
	uint8_t byte[16];
	size_t n;

	switch (how) {
	case 's':
		*nowhere = 1;
		break;
	case 'a':
		abort();
	case 'o':
		(void)open("/etc/passwd", O_RDONLY);
		break;
	case 'm':
		return memory_all();
	case 't':
		spin();
		break;
	case 'q':
		(void)channel_receive(w->channel, byte, sizeof(byte), &n, NULL,
		    NULL);
		break;
	default:
		break;
	}
	return 0;
}

static struct finding
finding(void)
{
	struct finding f = { .rule = RULE_SMS_APPLE_ALERT,
	    .artifact = (uint32_t)artifact_find(EVIL), .member = MEMBER_NONE,
	    .row = 7, .time = 0, .last = 0, .count = 1,
	    .field = FINDING_NO_FIELD };

	return f;
}

static void
found(struct talk *t, const char *file, const char *domain)
{
	struct member m = { .domain = bytes_of(domain),
	    .path = bytes_of("Library/SMS/sms.db"), .file = bytes_of(file),
	    .artifact = (uint32_t)artifact_find(EVIL) };

	wire_found(&t->message, &m);
}

/* Makes the message that the letter stands for; false if it is none. */
static bool
lie(struct talk *t, char how)
{
	struct finding f = finding();
	struct buf *b = &t->message;

	switch (how) {
	case '0':
		buf_reset(b);
		buf_byte(b, 200);
		break;
	case '1':
		wire_note(b, bytes_of("cut short"));
		b->n -= 2;
		break;
	case '2':
		wire_note(b, bytes_of("not asked for"));
		break;
	case '3':
		f.artifact++;
		wire_finding(b, WIRE_FINDING, 0, &f);
		break;
	case '4':
		f.nindicators = 1;
		f.indicators[0] = 12345;
		wire_finding(b, WIRE_FINDING, 0, &f);
		break;
	case '5':
		f.member = 1000;
		wire_finding(b, WIRE_FINDING, 0, &f);
		break;
	case '6':
		wire_again(b, 5, 10, 0, 0);
		break;
	case '7':
		wire_gap(b, 99, 0, bytes_of("x"));
		break;
	case '8':
		wire_opened(b, 5, "");
		break;
	case '9':
		found(t, "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28",
		    "HomeDomain");
		break;
	default:
		return false;
	}
	return true;
}

/* A descriptor is sent along. */
static void
send_descriptor(const struct talk *t)
{
	struct buf b = buf_with(64);

	wire_progress(&b, 1);
	(void)channel_send(t->worker->channel, buf_bytes(&b),
	    &t->worker->channel, 1);
	buf_free(&b);
}

static int
job(const struct worker *w)
{
	char how = w->args.n > 0 ? (char)w->args.p[0] : 'd';
	struct engine_counts counts = { .records = 3, .members = 1 };
	struct finding f = finding();
	struct talk t = { 0 };
	struct input in;
	const char *why = "";
	int status = WORKER_DONE;

	talk_start(&t, w);
	if (how != 'd' && how != 'A') {
		wire_finding(&t.message, WIRE_FINDING, 0, &f);
		talk_send(&t);
	}
	if (strchr("saomtq", how) != NULL)
		status = die(w, how);
	while (how == 'k') {
		wire_progress(&t.message, 1);
		talk_send(&t);
	}
	if (how == 'D')
		send_descriptor(&t);
	if (how == 'x' || (how == 'A' && (talk_open(&t, 0, &in, &why) ||
	    talk_open(&t, UINT32_MAX, &in, &why) || why[0] == '\0')))
		status = 9;
	if (how == 'W')
		status = WORKER_NO_OUTPUT;
	if (lie(&t, how))
		talk_send(&t);
	if (how == 'n')
		buf_free(&t.message);
	else
		talk_done(&t, &counts);
	return status;
}

static job_fn *const jobs[JOB_COUNT] = { job, job, job, job };

/* --- the parent ----------------------------------------------------------- */

static struct examine ex;

static int
begin(void **state)
{
	(void)state;
	return session_new(&ex.session) == ERR_NONE ? 0 : 1;
}

static int
end(void **state)
{
	(void)state;
	session_free(ex.session);
	return 0;
}

static void
case_begin(struct examine_case *c)
{
	struct intake *g = &c->intake;
	const char *const names[] = { EVIL, GOOD };
	struct member m = { .size = 1 };
	const struct artifact *a;
	unsigned i;

	memset(c, 0, sizeof(*c));
	c->arena = arena_with(8 * MIB);
	assert_int_equal(intake_init(g, &c->arena, NULL, NULL), ERR_NONE);
	for (i = 0; i < 2; i++) {
		a = artifact_at((unsigned)artifact_find(names[i]));
		m.domain = bytes_of(a->places[0].domain);
		m.path = bytes_of(a->places[0].path);
		m.file = bytes_of(i == 0 ? "a" : "b");
		assert_true(intake_member(g, &m));
	}
	assert_int_equal(intake_members_done(g), ERR_NONE);
}

static void
case_end(struct examine_case *c)
{
	struct arena arena = c->arena;

	intake_free(&c->intake);
	arena_free(&arena);
}

static struct task
task_of(struct intake *g, const char *artifact, const char *how)
{
	struct told *told = &g->told[artifact_find(artifact)];
	struct task task = { .kind = JOB_ARTIFACT, .ctx = told,
	    .open = intake_open, .message = intake_message,
	    .ended = intake_ended, .arena = &told->arena,
	    .args = bytes_of(how), .limits = { .seconds = 10 },
	    .wall = 20 };
	uint32_t n;

	(void)intake_members_of(g, (unsigned)artifact_find(artifact), &n);
	assert_true(n > 0);
	task.bounds.artifact = (uint32_t)artifact_find(artifact);
	task.bounds.nmembers = g->nlist;
	return task;
}

static const struct result_coverage *
coverage_of(const struct result *r, const char *artifact)
{
	const struct result_coverage *c;

	for (c = r->coverage; c < r->coverage + r->ncoverage; c++)
		if (strcmp(c->artifact, artifact) == 0)
			return c;
	fail_msg("no coverage of %s", artifact);
	return NULL;
}

/* The gap of the artifact, or NULL; at most one. */
static const struct result_gap *
gap_of(const struct result *r, const char *artifact)
{
	const struct result_gap *gap, *the_gap = NULL;

	for (gap = r->gaps; gap < r->gaps + r->ngaps; gap++) {
		if (gap->artifact == NULL ||
		    strcmp(gap->artifact, artifact) != 0)
			continue;
		assert_null(the_gap);
		the_gap = gap;
	}
	return the_gap;
}

/* One ends in its way, the other is done whole. */
static void
check(const char *how, const char *why, struct jail_limits limits,
    unsigned wall)
{
	struct examine_case c;
	const struct result_gap *gap;
	struct task task;
	char text[200];

	case_begin(&c);
	task = task_of(&c.intake, EVIL, how);
	if (limits.memory > 0)
		task.limits.memory = limits.memory;
	if (limits.seconds > 0)
		task.limits.seconds = limits.seconds;
	task.wall = wall > 0 ? wall : task.wall;
	assert_int_equal(session_start(ex.session, &task, 2), ERR_NONE);
	task = task_of(&c.intake, GOOD, "d");
	assert_int_equal(session_start(ex.session, &task, 2), ERR_NONE);
	assert_int_equal(session_finish(ex.session), ERR_NONE);
	assert_int_equal(summary_make(&ex, &c), ERR_NONE);
	gap = gap_of(&c.result, EVIL);
	if (gap == NULL)
		fail_msg("%s: no gap", how);
	(void)snprintf(text, sizeof(text), "the worker %s: what it had not "
	    "told by then is not known", why);
	if (!bytes_is(gap->why, text))
		fail_msg("%s: %.*s", how, (int)gap->why.n,
		    (const char *)gap->why.p);
	assert_null(gap_of(&c.result, GOOD));
	assert_int_equal(coverage_of(&c.result, GOOD)->state,
	    COVERAGE_EXAMINED);
	assert_int_equal(coverage_of(&c.result, GOOD)->records, 3);
	assert_int_not_equal(coverage_of(&c.result, EVIL)->state,
	    COVERAGE_EXAMINED);
	/* What it had told by then stands. */
	assert_int_equal(c.result.nfindings, 1);
	assert_int_equal(c.result.findings[0].finding.row, 7);
	assert_int_equal(c.result.verdict, VERDICT_SUSPICIOUS);
	case_end(&c);
}

static const struct jail_limits usual;
static const char broke[] = "did not keep to the protocol, or was stuck";

static void
a_worker_that_dies(void **state)
{
	struct jail_limits small = { .memory = 96 * MIB };
	struct jail_limits brief = { .seconds = 1 };

	(void)state;
	check("n", "ended before it was done", usual, 0);
	check("x", "gave up", usual, 0);
	check("W", session_no_output, usual, 0);
	check("t", "used up its time", brief, 0);
	if (SANITIZER)
		return;
	check("s", "crashed (memory fault)", usual, 0);
	check("o", "was stopped by the jail", usual, 0);
	check("m", "ran out of memory", small, 0);
}

static void
a_worker_that_is_stuck(void **state)
{
	(void)state;
	check("q", broke, usual, 1);
	check("k", broke, usual, 1);
}

static void
a_worker_that_lies(void **state)
{
	char how[2] = "0";

	(void)state;
	for (; how[0] <= '9'; how[0]++)
		check(how, broke, usual, 0);
	check("D", broke, usual, 0);
}

/* To ask for what is not its own is answered with no. */
static void
a_worker_that_asks_too_much(void **state)
{
	struct examine_case c;
	struct task task;

	(void)state;
	case_begin(&c);
	task = task_of(&c.intake, EVIL, "A");
	assert_int_equal(session_start(ex.session, &task, 2), ERR_NONE);
	assert_int_equal(session_finish(ex.session), ERR_NONE);
	assert_int_equal(summary_make(&ex, &c), ERR_NONE);
	assert_null(gap_of(&c.result, EVIL));
	assert_int_equal(coverage_of(&c.result, EVIL)->state,
	    COVERAGE_EXAMINED);
	case_end(&c);
}

/* While members are gathered, only names of files in the backup count. */
static void
members_are_told(void **state)
{
	static const struct {
		const char *file, *domain;
		bool taken;
	} cases[] = {
		{ "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28", "HomeDomain",
		    true },
		{ "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28", "", false },
		{ "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d2g", "HomeDomain",
		    false },
		{ "3d/4d0d7e5fb2ce288813306e4d4636395e047a3d28", "HomeDomain",
		    false },
		{ "3D/3D0d7e5fb2ce288813306e4d4636395e047a3d28", "HomeDomain",
		    false },
		{ "../../../../../../../../../../../../etc/passw", "HomeDomain",
		    false },
		{ "Manifest.db", "HomeDomain", false },
		{ "", "HomeDomain", false },
	};
	struct wire_message m = { .type = WIRE_FOUND };
	struct examine_case c;
	struct told *told;
	uint32_t before;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		case_begin(&c);
		told = &c.intake.told[artifact_find("ios_manifest")];
		m.found.file = bytes_of(cases[i].file);
		m.found.domain = bytes_of(cases[i].domain);
		m.found.path = bytes_of("Library/SMS/sms.db");
		before = c.intake.nmembers;
		assert_false(intake_message(told, &m));
		c.intake.gathering = true;
		assert_int_equal(intake_message(told, &m), cases[i].taken);
		assert_int_equal(c.intake.nmembers > before, cases[i].taken);
		case_end(&c);
	}
}

/* More members than can be, by number and by bytes: the rest is left out. */
static void
members_are_bounded(void **state)
{
	static char path[LIMIT_PATH_BYTES + 1];
	struct member m = { .domain = bytes_of("HomeDomain"),
	    .path = bytes_of("Library/SMS/sms.db"), .file = bytes_of("x") };
	struct examine_case c;
	uint32_t i;

	(void)state;
	case_begin(&c);
	c.arena.limit = 64 * MIB;
	for (i = 0; !c.intake.members_full && i < 1000000; i++)
		(void)intake_member(&c.intake, &m);
	assert_true(c.intake.nmembers <= 3 * LIMIT_MEMBERS);
	assert_int_equal(intake_members_done(&c.intake), ERR_NONE);
	case_end(&c);

	case_begin(&c);
	c.arena.limit = 48 * MIB;
	memset(path, 'x', sizeof(path) - 1);
	memcpy(path, "Library/Safari/Profiles/", 24);
	memcpy(path + sizeof(path) - 12, "/History.db", 11);
	m.path = bytes_of(path);
	for (i = 0; !c.intake.members_full && i < 1000000; i++)
		(void)intake_member(&c.intake, &m);
	assert_true(c.intake.members_full && i > 1000);
	assert_int_equal(intake_members_done(&c.intake), ERR_NONE);
	assert_false(c.arena.bad);
	case_end(&c);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_worker_that_dies),
		cmocka_unit_test(a_worker_that_is_stuck),
		cmocka_unit_test(a_worker_that_lies),
		cmocka_unit_test(a_worker_that_asks_too_much),
		cmocka_unit_test(members_are_told),
		cmocka_unit_test(members_are_bounded),
	};

	if (argc > 1 && strcmp(argv[1], "--nursery") == 0)
		return nursery_main(jobs, JOB_COUNT, worker_prepare);
	return cmocka_run_group_tests(tests, begin, end);
}
