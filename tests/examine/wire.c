/*
 * Messages between worker and parent: what was put in comes out, and what a
 * hostile worker could write is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "crypt/keys.h"
#include "examine/wire.h"

#define ARTIFACT	2	/* any with a few fields */

static const struct wire_bounds bounds = { ARTIFACT, 10, 5 };

static void
values(struct val *v, unsigned n, struct val *items)
{
	unsigned i;

	items[0] = val_text(bytes_of("a"));
	items[1] = val_text(bytes_of("b"));
	for (i = 0; i < n; i++)
		v[i] = val_unset();
	v[0] = val_text(bytes_of("text \xff with bad bytes"));
	v[1] = val_list(items, 2);
	v[2] = val_json(bytes_of("{\"a\":[1,2]}"));
	v[3] = val_real(2.5);
	v[4] = val_time(1234567);
}

static struct finding
sample(const struct val *v)
{
	struct finding f = { .rule = RULE_IOC_VISITED, .artifact = ARTIFACT,
	    .member = 4, .row = -7, .time = 99, .field = 1,
	    .matched = bytes_of("evil.example"), .nindicators = 2,
	    .indicators = { 3, 9 }, .record = v,
	    .nfields = artifact_at(ARTIFACT)->nfields };

	return f;
}

static void
finding_round_trip(void **state)
{
	struct arena arena = arena_with(MIB);
	struct buf b = buf_with(LIMIT_MESSAGE);
	struct val v[64], items[2];
	struct wire_message m;
	struct finding f;

	(void)state;
	assert_in_range(artifact_at(ARTIFACT)->nfields, 5, 64);
	values(v, artifact_at(ARTIFACT)->nfields, items);
	f = sample(v);
	wire_finding(&b, WIRE_FINDING, 0, &f);
	assert_true(wire_read(&m, buf_bytes(&b), &bounds, &arena));
	assert_int_equal(m.type, WIRE_FINDING);
	assert_int_equal(m.finding.rule, RULE_IOC_VISITED);
	assert_int_equal(m.finding.row, -7);
	assert_int_equal(m.finding.time, 99);
	assert_int_equal(m.finding.count, 1);
	assert_true(bytes_is(m.finding.matched, "evil.example"));
	assert_int_equal(m.finding.indicators[1], 9);
	assert_true(bytes_eq(m.finding.record[0].bytes, v[0].bytes));
	assert_int_equal(m.finding.record[1].n, 2);
	assert_true(bytes_is(m.finding.record[1].items[1].bytes, "b"));
	assert_true(bytes_is(m.finding.record[2].bytes, "{\"a\":[1,2]}"));
	assert_true(m.finding.record[3].r == 2.5);
	assert_int_equal(m.finding.record[4].i, 1234567);
	buf_free(&b);
	arena_free(&arena);
}

/* One thing wrong at a time. */
static void
lies_are_refused(void **state)
{
	struct arena arena = arena_with(MIB);
	struct buf b = buf_with(LIMIT_MESSAGE);
	struct val v[64], items[2];
	struct wire_message m;
	struct finding good, f;

	(void)state;
	values(v, artifact_at(ARTIFACT)->nfields, items);
	good = sample(v);
#define REFUSED(change) do {						\
	f = good;							\
	change;								\
	wire_finding(&b, WIRE_FINDING, 0, &f);				\
	assert_false(wire_read(&m, buf_bytes(&b), &bounds, &arena));	\
} while (0)
	REFUSED(f.rule = RULE_COUNT);
	REFUSED(f.artifact = ARTIFACT + 1);
	REFUSED(f.member = 5);
	REFUSED(f.field = artifact_at(ARTIFACT)->nfields);
	REFUSED(f.indicators[0] = 10);
	REFUSED(f.nfields = 3);
	REFUSED(f.nindicators = 0);
	REFUSED(f.rule = RULE_IOC_TOGETHER);
	REFUSED(f.rule = RULE_APP_NO_STORE);
#undef REFUSED
	wire_finding(&b, WIRE_PART, 0, &good);
	assert_false(wire_read(&m, buf_bytes(&b), &bounds, &arena));
	v[2] = val_json(bytes_of("{\"a\":"));
	wire_finding(&b, WIRE_FINDING, 0, &good);
	assert_false(wire_read(&m, buf_bytes(&b), &bounds, &arena));
	wire_gap(&b, 5, 0, bytes_of("x"));
	assert_false(wire_read(&m, buf_bytes(&b), &bounds, &arena));
	wire_gap(&b, 4, 0, bytes_of("x"));
	assert_true(wire_read(&m, buf_bytes(&b), &bounds, &arena));
	buf_byte(&b, 0);
	assert_false(wire_read(&m, buf_bytes(&b), &bounds, &arena));
	buf_free(&b);
	arena_free(&arena);
}

static void
every_cut_is_refused(void **state)
{
	struct arena arena = arena_with(MIB);
	struct buf b = buf_with(LIMIT_MESSAGE);
	struct val v[64], items[2];
	struct wire_message m;
	struct finding f;
	size_t n;

	(void)state;
	values(v, artifact_at(ARTIFACT)->nfields, items);
	f = sample(v);
	f.rule = RULE_IOC_TOGETHER;
	f.nindicators = 1;
	wire_finding(&b, WIRE_PART, 3, &f);
	for (n = 0; n < b.n; n++) {
		assert_false(wire_read(&m, bytes_at(b.p, n), &bounds,
		    &arena));
		arena_reset(&arena);
	}
	assert_true(wire_read(&m, buf_bytes(&b), &bounds, &arena));
	assert_int_equal(m.part, 3);
	buf_free(&b);
	arena_free(&arena);
}

/* A member's key is whole or none, in a message and in a job's list. */
static void
keys_of_members(void **state)
{
	static const uint8_t key[64] = { 4, 0, 0, 0, 1 };
	struct arena arena = arena_with(MIB);
	struct buf b = buf_with(LIMIT_MESSAGE);
	struct member in = { .id = 1, .domain = bytes_of("d"),
	    .path = bytes_of("p"), .file = bytes_of("f") }, *list;
	struct wire_message m;
	uint32_t n;

	(void)state;
	for (in.key = bytes_at(key, 0); in.key.n <= sizeof(key); in.key.n++) {
		bool good = in.key.n == 0 || in.key.n == WRAPPED_BYTES;

		wire_found(&b, &in);
		assert_int_equal(wire_read(&m, buf_bytes(&b), &bounds,
		    &arena), good);
		assert_true(!good || bytes_eq(m.found.key, in.key));
		buf_reset(&b);
		wire_members(&b, &in, 1);
		assert_int_equal(wire_read_members(buf_bytes(&b), &arena,
		    &list, &n), good);
		assert_true(!good || bytes_eq(list[0].key, in.key));
		buf_reset(&b);
	}
	buf_free(&b);
	arena_free(&arena);
}

static void
long_values_are_cut(void **state)
{
	static uint8_t big[LIMIT_FINDING_TEXT * 3];
	struct arena arena = arena_with(MIB);
	struct buf b = buf_with(LIMIT_MESSAGE);
	struct val v[64], items[2];
	struct wire_message m;
	struct finding f;

	(void)state;
	memset(big, 'x', sizeof(big));
	values(v, artifact_at(ARTIFACT)->nfields, items);
	v[0] = val_text(bytes_at(big, sizeof(big)));
	v[2] = val_json(bytes_at(big, sizeof(big)));
	f = sample(v);
	wire_finding(&b, WIRE_FINDING, 0, &f);
	assert_true(wire_read(&m, buf_bytes(&b), &bounds, &arena));
	assert_int_equal(m.finding.record[0].bytes.n, LIMIT_FINDING_TEXT);
	assert_true(bytes_starts(m.finding.record[2].bytes, "\"too long"));
	buf_free(&b);
	arena_free(&arena);
}

static void
members_round_trip(void **state)
{
	struct arena arena = arena_with(MIB);
	struct buf b = buf_with(MIB);
	struct member in[2] = { { .id = 0, .domain = bytes_of("HomeDomain"),
	    .path = bytes_of("a/b"), .file = bytes_of("xx/y"), .size = 5,
	    .wal = 1, .journal = MEMBER_NONE, .artifact = 1 },
	    { .id = 1, .path = bytes_of("a/b-wal"), .also = true } };
	struct member *out;
	uint32_t n;
	size_t cut;

	(void)state;
	wire_members(&b, in, 2);
	assert_true(wire_read_members(buf_bytes(&b), &arena, &out, &n));
	assert_int_equal(n, 2);
	assert_true(bytes_is(out[0].domain, "HomeDomain"));
	assert_int_equal(out[0].wal, 1);
	assert_true(out[1].also);
	for (cut = 0; cut < b.n; cut++)
		assert_false(wire_read_members(bytes_at(b.p, cut), &arena,
		    &out, &n));
	buf_free(&b);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finding_round_trip),
		cmocka_unit_test(lies_are_refused),
		cmocka_unit_test(every_cut_is_refused),
		cmocka_unit_test(keys_of_members),
		cmocka_unit_test(long_values_are_cut),
		cmocka_unit_test(members_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
