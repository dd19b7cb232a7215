/*
 * A count told: JSON as the schema says, text and page that no name out of a
 * file can break, pictures that hold what was counted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/limits.h"
#include "format/json.h"
#include "report/election.h"
#include "report/election_png.h"
#include "report/wrap.h"
#include "schema.h"

enum { REGISTERED, ISSUED, FOUND, VALID, INVALID, ADA, BERT, NONE, LINES };
enum sample { PLAIN, SHORT, HOSTILE, BARE, SAMPLES };

#define EVIL	"<script>\"x\"</script>\x1b[2J\n\u202e&amp;'"

static struct arena arena;
static const struct schema_node *schema;

static struct form_line lines[LINES];
static struct tally_node nodes[4];
static uint64_t sums[4][LINES];
static int8_t figures[FIGURE_COUNT][LINES];
static struct tally_control controls[3];
static struct tally_failure failures[2];
static struct tally_version versions[1];
static struct tally_annulled annulled[1];
static struct tally_station unmet[1];
static struct tally_file files[1];
static uint32_t turnout[TALLY_TURNOUT];
static uint64_t cells[TALLY_CELLS * TALLY_CELLS];
static struct anomaly_region regions[2];
static struct anomaly_report anomaly;
static struct contender contenders[2];
static struct outcome_question question;
static struct outcome outcome;
static struct law law;
static const int both[] = { 0, 1 };

/* --- an invented count ---------------------------------------------------- */

static struct bytes
name(enum sample which, const char *plain)
{
	return bytes_of(which == HOSTILE ? EVIL : plain);
}

static void
make_form(enum sample which, struct tally *t)
{
	static const char *const keys[LINES] = { "registered", "issued",
	    "found", "valid", "invalid", "Ada", "Bert", "Against all" };
	static const unsigned of[] = { REGISTERED, ISSUED, FOUND, VALID,
	    INVALID };
	unsigned i;

	memset(lines, 0, sizeof(lines));
	memset(figures, 0, sizeof(figures));
	for (i = 0; i < LINES; i++) {
		lines[i].key = bytes_of(keys[i]);
		lines[i].candidate = i >= ADA;
		lines[i].against_all = i == NONE;
	}
	lines[ADA].key = name(which, "Ada");
	t->lines = lines;
	t->nlines = LINES;
	t->leader = which == BARE ? -1 : ADA;
	for (i = 0; i < FIGURE_BLANK && which != BARE; i++) {
		figures[i][of[i]] = 1;
		t->figures[i] = figures[i];
	}
	t->vote = bytes_of(which == BARE ? "" : "president");
}

/* The country, region North with territory Hill, region South. */
static void
make_nodes(enum sample which, struct tally *t)
{
	static const uint64_t north[LINES] = { 1000, 700, 690, 680, 10, 400,
	    180, 100 };
	static const uint64_t south[LINES] = { 2000, 1000, 1000, 1000, 0, 490,
	    510, 0 };
	unsigned i;

	memset(nodes, 0, sizeof(nodes));
	for (i = 0; i < LINES; i++) {
		sums[1][i] = sums[2][i] = north[i];
		sums[3][i] = south[i];
		sums[0][i] = north[i] + south[i];
	}
	for (i = 0; i < 4; i++) {
		nodes[i].level = i == 0 ? TALLY_COUNTRY : i == 2 ?
		    TALLY_TERRITORY : TALLY_REGION;
		nodes[i].parent = i == 2 ? 1 : 0;
		nodes[i].name = i == 0 ? bytes_of("") : name(which, i == 1 ?
		    "North" : i == 2 ? "Hill" : "South");
		nodes[i].sums = sums[i];
		nodes[i].stations = nodes[i].counted = i == 0 ? 3 :
		    i == 3 ? 2 : 1;
	}
	if (which != PLAIN) {
		nodes[0].stations += 3;
		nodes[0].missing = 1;
		nodes[0].broken = nodes[0].annulled = 1;
		nodes[0].missing_registered = which == SHORT ? 2345 : -1;
	}
	t->nodes = nodes;
	t->nnodes = which == BARE ? 1 : 4;
}

static struct tally_station
station(enum sample which, const char *number)
{
	struct tally_station s = { .node = 2, .name = name(which, number),
	    .file = 0, .line = 7 };

	return s;
}

static void
make_told(enum sample which, struct tally *t)
{
	memset(controls, 0, sizeof(controls));
	controls[0] = (struct tally_control){ bytes_of("R1"),
	    name(which, "registered >= issued"), name(which, "art. 1"), true,
	    true, 4, which == PLAIN ? 0 : 1, which == PLAIN ? 0 : 5 };
	controls[1] = (struct tally_control){ bytes_of("R2"),
	    bytes_of("found <= issued"), bytes_of(""), false, true, 4, 1, 2 };
	controls[2].id = bytes_of("R3");
	controls[2].text = bytes_of("a = b");
	t->controls = controls;
	t->ncontrols = 3;
	failures[0] = (struct tally_failure){ station(which, "12"), 0, false,
	    name(which, "registered (5) >= issued (10): 5 is less than 10") };
	failures[1] = (struct tally_failure){ station(which, "13"), 1, true,
	    bytes_of("found (12) <= issued (10): 12 is more than 10") };
	t->failures = which == PLAIN ? &failures[1] : failures;
	t->nfailures = which == PLAIN ? 1 : 2;
	t->failures_in_all = t->nfailures;
	if (which == PLAIN)
		return;
	versions[0] = (struct tally_version){ station(which, "14"),
	    station(which, "14"), bytes_of(""), bytes_of("2"),
	    name(which, "recount") };
	annulled[0] = (struct tally_annulled){ station(which, "15"),
	    name(which, "court of Hill"), 321, 123 };
	unmet[0] = station(which, "North / Hill / 99");
	unmet[0].node = 0;
	t->versions = versions;
	t->nversions = 1;
	t->versions_in_all = 1200;
	t->annulled = annulled;
	t->nannulled = 1;
	t->annul_unmet = unmet;
	t->nannul_unmet = 1;
	t->stations_listed = which == SHORT;
	t->unlisted = which == SHORT ? 2 : 0;
}

static void
make_pictures(enum sample which, struct tally *t)
{
	static const struct anomaly a = { 4, 3, 1.25, 0.5, 1.75, 3.5 };
	static const struct anomaly none = { 4, 0, 0, 0, 0, 0 };
	unsigned i;

	memset(turnout, 0, sizeof(turnout));
	memset(cells, 0, sizeof(cells));
	turnout[500] = 40;
	turnout[509] = 2;
	turnout[999] = 21;
	cells[100 * TALLY_CELLS + 120] = 64000;
	cells[199 * TALLY_CELLS] = 1;
	anomaly = (struct anomaly_report){ name(which, "Ada"), 4, 5, 1, 0, 0,
	    0, { a, none, a }, regions, 2 };
	for (i = 0; i < 2; i++) {
		regions[i].name = name(which, i == 0 ? "North" : "South");
		regions[i].of[ANOMALY_EITHER] = i == 0 ? none : a;
	}
	t->turnout = turnout;
	t->cells = cells;
	t->anomaly = &anomaly;
}

static struct tally
tally_of(enum sample which)
{
	struct tally t = { .nfiles = 1 };

	make_form(which, &t);
	make_nodes(which, &t);
	files[0] = (struct tally_file){ name(which, "/secret/way/r.csv"),
	    bytes_of("neutral"), bytes_of("csv wide"), 6 };
	t.files = files;
	if (which != BARE) {
		make_told(which, &t);
		make_pictures(which, &t);
	}
	return t;
}

static struct election_view
view_of(enum sample which, const struct tally *t, enum outcome_kind kind)
{
	static const struct bytes reasons[] = { { (const uint8_t *)"Because.",
	    8 } };
	struct election_view v = { .tally = t, .question = &question };
	unsigned i;

	memset(&question, 0, sizeof(question));
	memset(&outcome, 0, sizeof(outcome));
	for (i = 0; i < ANCHOR_COUNT; i++)
		question.anchors[i] = DATE_UNSET;
	question.anchors[ANCHOR_VOTING] = date_of(2031, 3, 16);
	question.round = 1;
	contenders[0] = (struct contender){ name(which, "Ada"), 890,
	    DATE_UNSET, -1 };
	contenders[1] = (struct contender){ bytes_of("Bert"), 690, DATE_UNSET,
	    -1 };
	question.standing.contenders = contenders;
	question.standing.ncontenders = 2;
	law.id = name(which, "xx-2030");
	law.title = name(which, "An invented law");
	question.law = &law;
	outcome.kind = kind;
	outcome.winner = kind == OUTCOME_ELECTED ? 0 : -1;
	outcome.between = both;
	outcome.nbetween = kind == OUTCOME_RUNOFF ? 2 :
	    kind == OUTCOME_RUNOFF_SINGLE;
	outcome.scope = kind == OUTCOME_ANNULLED ? "round" : NULL;
	outcome.date.from = outcome.date.until = kind == OUTCOME_RUNOFF ?
	    date_of(2031, 4, 6) : DATE_UNSET;
	outcome.date.known = kind == OUTCOME_RUNOFF;
	outcome.date.words = name(which, "21 days after the first round");
	outcome.inauguration = outcome.date;
	outcome.article = name(which, "art. 7");
	outcome.basis = bytes_of("found");
	outcome.share_num = 890;
	outcome.share_den = 1690;
	outcome.of_found = (struct outcome_share){ 890, 1690 };
	outcome.reasons = reasons;
	outcome.nreasons = 1;
	outcome.unverified = kind == OUTCOME_RUNOFF;
	v.outcome = &outcome;
	return v;
}

static struct bytes
told(void (*f)(struct out *, const struct election_view *),
    const struct election_view *v)
{
	struct out out = out_memory(16 * MIB);
	struct bytes made;

	f(&out, v);
	made = arena_copy(&arena, buf_bytes(&out.buf));
	assert_false(out.buf.bad);
	assert_int_equal(out_end(&out), ERR_NONE);
	return made;
}

static struct bytes
text_of(const struct election_view *v, unsigned width)
{
	struct out out = out_memory(MIB);
	struct bytes made;

	election_text(&out, v, width, false);
	made = arena_copy(&arena, buf_bytes(&out.buf));
	assert_int_equal(out_end(&out), ERR_NONE);
	return made;
}

static bool
has(struct bytes text, const char *what)
{
	return bytes_find(text, bytes_of(what), 0) != SIZE_MAX;
}

static void
assert_has(struct bytes text, const char *what)
{
	if (!has(text, what))
		fail_msg("lacks %s in\n%.*s", what, (int)text.n,
		    (const char *)text.p);
}

static unsigned
count(struct bytes text, const char *what)
{
	unsigned n = 0;
	size_t at = 0;

	while ((at = bytes_find(text, bytes_of(what), at)) != SIZE_MAX) {
		at++;
		n++;
	}
	return n;
}

/* --- JSON ----------------------------------------------------------------- */

static const struct schema_node *
assert_holds(struct bytes json)
{
	struct buf why = buf_with(64 * KIB);
	const struct schema_node *value = schema_read(&arena, json);

	assert_true(json_valid(json));
	assert_non_null(value);
	if (!schema_holds(schema, value, &why))
		fail_msg("%.*s", (int)why.n, (const char *)why.p);
	buf_free(&why);
	return value;
}

static void
assert_refused(const char *json)
{
	struct buf why = buf_with(64 * KIB);

	assert_false(schema_holds(schema, schema_read(&arena, bytes_of(json)),
	    &why));
	buf_free(&why);
}

static void
json_is_as_the_schema_says(void **state)
{
	struct buf why = buf_with(64 * KIB);
	struct election_view v;
	struct tally t;
	unsigned i, k;

	(void)state;
	if (!schema_sound(schema, &why))
		fail_msg("%.*s", (int)why.n, (const char *)why.p);
	buf_free(&why);
	assert_refused("{}");
	assert_refused("{\"totals\": {}}");
	for (i = 0; i < SAMPLES; i++) {
		t = tally_of((enum sample)i);
		for (k = 0; k <= OUTCOME_NOT_APPLICABLE; k++) {
			v = view_of((enum sample)i, &t, (enum outcome_kind)k);
			(void)assert_holds(told(election_json, &v));
		}
		v.outcome = NULL;
		v.why_none = "no law";
		(void)assert_holds(told(election_json, &v));
		v.question = NULL;
		(void)assert_holds(told(election_json, &v));
		if (t.anomaly != NULL)
			(void)assert_holds(told(election_anomaly_json, &v));
	}
}

static struct bytes
member(const struct schema_node *n, const char *a, const char *b)
{
	n = schema_get(n, a);
	if (n != NULL && b != NULL)
		n = schema_get(n, b);
	assert_non_null(n);
	return schema_text(n);
}

static void
json_has_the_figures(void **state)
{
	struct tally t = tally_of(PLAIN);
	struct election_view v = view_of(PLAIN, &t, OUTCOME_RUNOFF);
	const struct schema_node *root, *n;

	(void)state;
	root = assert_holds(told(election_json, &v));
	assert_true(bytes_is(member(root, "totals", "registered"), "3000"));
	assert_true(bytes_is(member(root, "totals", "turnout"), "56.666667"));
	assert_true(bytes_is(member(root, "totals", "turnout_of"), "issued"));
	assert_true(bytes_is(member(root, "totals", "against_all"),
	    "Against all"));
	n = schema_get(schema_get(root, "totals"), "candidates");
	assert_true(bytes_is(member(n, "Ada", NULL), "890"));
	assert_true(bytes_is(member(n, "Against all", NULL), "100"));
	n = schema_item(schema_get(root, "regions"), 1);
	assert_true(bytes_is(member(n, "name", NULL), "South"));
	assert_true(bytes_is(member(n, "totals", "turnout"), "50.000000"));
	assert_null(schema_item(schema_get(root, "regions"), 2));
	n = schema_item(schema_get(root, "failures"), 0);
	assert_true(bytes_is(member(n, "station", "region"), "North"));
	assert_true(bytes_is(member(n, "station", "territory"), "Hill"));
	assert_true(bytes_is(member(n, "station", "file"), "r.csv"));
	assert_true(bytes_is(member(root, "outcome", "kind"), "runoff"));
	assert_true(bytes_is(member(root, "outcome", "date"), "2031-04-06"));
}

/* Without a line of ballots issued, turnout is by ballots found; without both
   it is null. */
static void
turnout_says_what_it_is_of(void **state)
{
	struct tally t = tally_of(PLAIN);
	struct election_view v = view_of(PLAIN, &t, OUTCOME_PENDING);
	struct bytes json;

	(void)state;
	t.figures[FIGURE_ISSUED] = NULL;
	json = told(election_json, &v);
	assert_has(json, "\"turnout\": 56.333333");
	assert_has(json, "\"turnout_of\": \"found\"");
	t.figures[FIGURE_FOUND] = NULL;
	json = told(election_json, &v);
	assert_has(json, "\"turnout\": null");
	assert_has(json, "\"turnout_of\": null");
}

static void
no_decision_says_why(void **state)
{
	struct tally t = tally_of(PLAIN);
	struct election_view v = view_of(PLAIN, &t, OUTCOME_PENDING);
	const struct schema_node *root;

	(void)state;
	v.outcome = NULL;
	v.why_none = "no law was named";
	root = assert_holds(told(election_json, &v));
	assert_true(bytes_is(member(root, "outcome", "kind"),
	    "not_applicable"));
	assert_true(bytes_is(member(root, "outcome", "why"),
	    "no law was named"));
	assert_has(text_of(&v, 80), "none: no law was named");
	assert_has(told(election_html, &v), "no law was named");
}

static void
anomaly_has_its_members(void **state)
{
	struct tally t = tally_of(PLAIN);
	struct election_view v = { .tally = &t };
	const struct schema_node *root = assert_holds(
	    told(election_anomaly_json, &v));
	struct out out = out_memory(MIB);

	(void)state;
	root = schema_get(root, "integer");
	assert_true(bytes_is(member(root, "either", "expected"), "1.250"));
	assert_true(bytes_is(member(root, "turnout", "z"), "3.500"));
	election_anomaly_text(&out, &v);
	assert_has(buf_bytes(&out.buf), "1 of 2 regions");
	assert_has(buf_bytes(&out.buf), "floating point");
	assert_has(buf_bytes(&out.buf), "no proof");
	assert_int_equal(out_end(&out), ERR_NONE);
}

/* --- text ----------------------------------------------------------------- */

static void
text_tells_what_matters(void **state)
{
	struct tally t = tally_of(SHORT);
	struct election_view v = view_of(SHORT, &t, OUTCOME_RUNOFF);
	struct bytes text = text_of(&v, 100);

	(void)state;
	assert_has(text, "3 counted of 6 known");
	assert_has(text, "56.67% of registered (turnout)");
	assert_has(text, "52.66%");		/* 890 of 1690 */
	assert_has(text, "52.98%");		/* 890 of 1680 */
	assert_has(text, "Against all (against all)");
	assert_has(text, "North / Hill / 12 (r.csv, line 7)");
	assert_has(text, "R1: registered (5) >= issued (10)");
	assert_has(text, "the first version gave way to version \"2\": "
	    "recount");
	assert_has(text, "and 1,199 more");
	assert_has(text, "court of Hill");
	assert_has(text, "ATTENTION: 1 station of the list");
	assert_has(text, "North / Hill / 99");
	assert_has(text, "They stand for 2,345 registered voters.");
	assert_has(text, "second round between Ada and Bert on 6 April 2031 "
	    "[unverified]");
	assert_has(text, "lacks a line: R3.");
	assert_false(has(text, "/secret"));
	t = tally_of(HOSTILE);
	assert_has(text_of(&v, 100), "nobody can tell");
}

static void
text_keeps_its_width(void **state)
{
	static const unsigned widths[] = { 40, 80, 120 };
	struct election_view v;
	struct tally t;
	struct bytes text;
	size_t at, end;
	unsigned i, k;

	(void)state;
	for (i = 0; i < SAMPLES; i++)
		for (k = 0; k < 3; k++) {
			t = tally_of((enum sample)i);
			v = view_of((enum sample)i, &t, OUTCOME_RUNOFF);
			text = text_of(&v, widths[k]);
			assert_false(has(text, "\x1b"));
			assert_false(has(text, "\u202e"));
			for (at = 0; at < text.n; at = end + 1) {
				end = bytes_find_byte(text, '\n', at);
				assert_true(end != SIZE_MAX);
				if (wrap_columns(bytes_part(text, at,
				    end - at)) > widths[k])
					fail_msg("%u: %.*s", widths[k],
					    (int)(end - at), (const char *)
					    text.p + at);
			}
		}
}

static void
candidates_stand_by_votes(void **state)
{
	struct tally t = tally_of(PLAIN);
	struct election_view v = view_of(PLAIN, &t, OUTCOME_PENDING);
	struct bytes text;

	(void)state;
	sums[0][ADA] = 5;
	text = text_of(&v, 80);
	assert_true(bytes_find(text, bytes_of("  Bert"), 0) <
	    bytes_find(text, bytes_of("  Against all"), 0));
	assert_true(bytes_find(text, bytes_of("  Against all"), 0) <
	    bytes_find(text, bytes_of("  Ada"), 0));
}

/* --- the page ------------------------------------------------------------- */

static void
assert_page(struct bytes html)
{
	static const char *const pairs[][2] = {
		{ "<table", "</table>" }, { "<section", "</section>" },
		{ "<div", "</div>" }, { "<tr", "</tr>" }, { "<svg", "</svg>" },
		{ "<td", "</td>" }, { "<figure>", "</figure>" },
		{ "<ul", "</ul>" }, { "<li>", "</li>" }, { "<dl", "</dl>" },
		{ "<text", "</text>" }, { "<span", "</span>" },
		{ "<code>", "</code>" }
	};
	unsigned i;

	assert_true(text_utf8(html));
	assert_false(has(html, "<script"));
	assert_false(has(html, "http:"));
	assert_false(has(html, "https:"));
	assert_false(has(html, "\x1b"));
	assert_false(has(html, "\u202e"));
	assert_false(has(html, "/secret"));
	assert_false(has(html, "nan"));
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_int_equal(count(html, pairs[i][0]),
		    count(html, pairs[i][1]));
	assert_has(html, "</html>\n");
}

static void
page_is_whole(void **state)
{
	struct election_view v;
	struct bytes html;
	struct tally t;
	unsigned i, k;

	(void)state;
	for (i = 0; i < SAMPLES; i++) {
		t = tally_of((enum sample)i);
		for (k = 0; k <= OUTCOME_NOT_APPLICABLE; k++) {
			v = view_of((enum sample)i, &t, (enum outcome_kind)k);
			html = told(election_html, &v);
			assert_page(html);
			assert_true(bytes_eq(html, told(election_html, &v)));
		}
		v.outcome = NULL;
		v.why_none = EVIL;
		v.title = EVIL;
		assert_page(told(election_html, &v));
	}
}

static void
page_tells_what_matters(void **state)
{
	struct tally t = tally_of(SHORT);
	struct election_view v = view_of(SHORT, &t, OUTCOME_RUNOFF);
	struct bytes html = told(election_html, &v);

	(void)state;
	assert_has(html, "Second round between Ada and Bert on 6 April 2031");
	assert_has(html, "Unverified");
	assert_has(html, "An invented law (xx-2030), art. 7");
	assert_has(html, "21 days after the first round");
	assert_has(html, "Sunday, 16 March 2031");
	assert_has(html, "52.66%");
	assert_has(html, "52.98%");
	assert_has(html, "North / Hill / 12");
	assert_has(html, "North / Hill / 99");
	assert_has(html, "<th scope=\"row\">South</th>");
	assert_has(html, "most at 50 to 51%: 42.");
	assert_has(html, "most at 50.0%: 40.");
	assert_has(html, "Most voters at 50.0% and 60.0%: 64,000.");
	assert_has(html, "no proof of fraud");
	assert_true(bytes_find(html, bytes_of("Decision"), 0) <
	    bytes_find(html, bytes_of("Figures"), 0));
}

/* --- the picture ---------------------------------------------------------- */

/* A chunk of the file: its data; *at moves behind it. */
static struct bytes
chunk(struct bytes png, size_t *at, const char *type)
{
	struct cur c = cur_over(png);
	struct bytes kind, data;
	size_t n;

	cur_seek(&c, *at);
	n = (size_t)cur_be(&c, 4);
	kind = cur_take(&c, 4);
	data = cur_take(&c, n);
	assert_true(bytes_is(kind, type));
	assert_int_equal(cur_be(&c, 4), crc32(0, kind.p, (uInt)(n + 4)));
	assert_true(cur_ok(&c));
	*at += n + 12;
	return data;
}

static void
png_holds_its_pixels(void **state)
{
	static const uint8_t colours[3][3] = { { 1, 2, 3 }, { 4, 5, 6 },
	    { 7, 8, 9 } };
	/* More than one stored block. */
	const unsigned w = 300, h = 251;
	struct election_png p = { w, h, NULL, colours, 3 };
	uint8_t *pixels = arena_alloc(&arena, w * h, 1);
	uint8_t *raw = arena_alloc(&arena, (w + 1) * h, 1);
	uLongf n = (w + 1) * h;
	struct buf b = buf_with(MIB);
	struct bytes data;
	size_t at = 8;
	unsigned i;

	(void)state;
	for (i = 0; i < w * h; i++)
		pixels[i] = (uint8_t)(i * 7 % 11 % 3);
	p.pixels = pixels;
	election_png_write(&b, &p);
	assert_memory_equal(b.p, "\x89PNG\r\n\x1a\n", 8);
	data = chunk(buf_bytes(&b), &at, "IHDR");
	assert_memory_equal(data.p, "\0\0\x01\x2c\0\0\0\xfb\x08\x03\0\0\0", 13);
	data = chunk(buf_bytes(&b), &at, "PLTE");
	assert_memory_equal(data.p, colours, 9);
	(void)chunk(buf_bytes(&b), &at, "tRNS");
	data = chunk(buf_bytes(&b), &at, "IDAT");
	assert_int_equal(uncompress(raw, &n, data.p, data.n), Z_OK);
	assert_int_equal(n, (w + 1) * h);
	for (i = 0; i < w * h; i++)
		assert_int_equal(raw[i / w * (w + 1) + 1 + i % w], pixels[i]);
	(void)chunk(buf_bytes(&b), &at, "IEND");
	assert_int_equal(at, b.n);
	buf_free(&b);
}

static int
begin(void **state)
{
	uint8_t *p;
	FILE *f;
	size_t n;

	(void)state;
	arena = arena_with(512 * MIB);
	p = arena_alloc(&arena, 256 * KIB, 1);
	f = fopen("docs/count.schema.json", "r");
	if (p == NULL || f == NULL)
		return -1;
	n = fread(p, 1, 256 * KIB, f);
	fclose(f);
	schema = schema_read(&arena, bytes_at(p, n));
	return schema == NULL;
}

static int
end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_as_the_schema_says),
		cmocka_unit_test(json_has_the_figures),
		cmocka_unit_test(turnout_says_what_it_is_of),
		cmocka_unit_test(no_decision_says_why),
		cmocka_unit_test(anomaly_has_its_members),
		cmocka_unit_test(text_tells_what_matters),
		cmocka_unit_test(text_keeps_its_width),
		cmocka_unit_test(candidates_stand_by_votes),
		cmocka_unit_test(page_is_whole),
		cmocka_unit_test(page_tells_what_matters),
		cmocka_unit_test(png_holds_its_pixels),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
