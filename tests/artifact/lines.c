/*
 * What a run writes out: the brief lines of records, the names of their files
 * in them, and the events of the timeline.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "artifact/engine.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"

#define NETWORK(name, more) "<key>wifi.network.ssid." name "</key><dict>"	\
	"<key>SSID</key><string>" name "</string>" more "</dict>"
#define DATE(key, day) "<key>" key "</key><date>2024-03-0" day		\
	"T08:00:00Z</date>"

static const char known[] = "<plist><dict>"
    NETWORK("one", DATE("AddedAt", "1") DATE("JoinedByUserAt", "1")
	DATE("JoinedBySystemAt", "2") "<key>Hidden</key><false/>")
    NETWORK("two", "<key>Hidden</key><true/>")
    "</dict></plist>";

struct heard {
	struct buf lines, events;
};

static bool
on_open(void *ctx, const struct member *m, struct input *in, const char **why)
{
	(void)ctx;
	(void)m;
	*why = NULL;
	*in = input_memory(bytes_of(known));
	return true;
}

static void
on_line(void *ctx, struct bytes line)
{
	struct heard *heard = ctx;
	size_t cut = bytes_find(line, bytes_of(",\"network\":"), 0);

	/* What follows is the whole of the list's entry. */
	buf_add(&heard->lines, bytes_part(line, 0, cut));
	buf_byte(&heard->lines, '\n');
}

static void
on_event(void *ctx, int64_t time, int64_t row, const char *what,
    struct bytes message)
{
	struct heard *heard = ctx;

	time_show_short(&heard->events, time);
	buf_printf(&heard->events, " %d %s: ", (int)row, what);
	buf_add(&heard->events, message);
	buf_byte(&heard->events, '\n');
}

static struct heard
run(unsigned nmembers, bool brief)
{
	static const char *const paths[] = {
		"com.apple.wifi.known-networks.plist",
		"com.apple.wifi.known-networks.plist.backup" };
	struct heard heard = { buf_with(MIB), buf_with(MIB) };
	struct sink sink = { .ctx = &heard, .open = on_open, .line = on_line,
	    .event = on_event };
	struct member members[2];
	struct engine engine = { .sink = &sink, .members = members,
	    .nmembers = nmembers, .memory = 64 * MIB, .brief = brief };
	struct engine_counts counts;
	unsigned i;

	url_prepare();
	memset(members, 0, sizeof(members));
	for (i = 0; i < nmembers; i++) {
		members[i].id = i;
		members[i].domain = bytes_of("SystemPreferencesDomain");
		members[i].path = bytes_of(paths[i]);
		members[i].wal = members[i].journal = MEMBER_NONE;
	}
	engine.artifact = (unsigned)artifact_find("ios_wifi_networks");
	assert_int_equal(engine_run(&engine, &counts), ERR_NONE);
	assert_int_equal(counts.records, 2 * nmembers);
	buf_byte(&heard.lines, '\0');
	buf_byte(&heard.events, '\0');
	return heard;
}

static void
heard_free(struct heard *heard)
{
	buf_free(&heard->lines);
	buf_free(&heard->events);
}

#define TIMES	"\"added\":\"2024-03-01T08:00:00.000000Z\","		\
	"\"joined_by_user\":\"2024-03-01T08:00:00.000000Z\","		\
	"\"joined_by_system\":\"2024-03-02T08:00:00.000000Z\","

static void
lines_of_one_file(void **state)
{
	struct heard heard = run(1, true);

	(void)state;
	assert_string_equal(heard.lines.p,
	    "{\"row\":1,\"record\":{" TIMES "\"list\":\"known\","
	    "\"ssid\":\"one\"\n"
	    "{\"row\":2,\"record\":{\"list\":\"known\",\"ssid\":\"two\","
	    "\"hidden\":true\n");
	heard_free(&heard);
	heard = run(1, false);
	assert_string_equal(heard.lines.p,
	    "{\"row\":1,\"record\":{" TIMES "\"list\":\"known\","
	    "\"ssid\":\"one\",\"hidden\":false\n"
	    "{\"row\":2,\"record\":{\"list\":\"known\",\"ssid\":\"two\","
	    "\"hidden\":true\n");
	heard_free(&heard);
}

/* The first line names the first file; those of the others all do. */
static void
lines_of_two_files(void **state)
{
	static const char name[] = "\"member\":\"SystemPreferencesDomain/"
	    "com.apple.wifi.known-networks.plist";
	struct heard heard = run(2, true);
	struct bytes left = bytes_of((const char *)heard.lines.p);
	struct bytes line;
	unsigned i;

	(void)state;
	for (i = 0; i < 4; i++) {
		line = bytes_part(left, 0, bytes_find_byte(left, '\n', 0));
		left = bytes_part(left, line.n + 1, left.n);
		assert_true((bytes_find(line, bytes_of(name), 0) !=
		    SIZE_MAX) == (i != 1));
		assert_true((bytes_find(line, bytes_of(".plist.backup\","),
		    0) != SIZE_MAX) == (i >= 2));
	}
	heard_free(&heard);
}

/* What happened at one time is one event. */
static void
events(void **state)
{
	struct heard heard = run(1, true);

	(void)state;
	assert_string_equal(heard.events.p,
	    "2024-03-01 08:00:00 1 Wi-Fi network added; "
	    "Wi-Fi network joined by hand: one\n"
	    "2024-03-02 08:00:00 1 Wi-Fi network joined by itself: one\n");
	heard_free(&heard);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_one_file),
		cmocka_unit_test(lines_of_two_files),
		cmocka_unit_test(events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
