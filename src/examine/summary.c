/*
 * From what the workers told to the result of the case.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "base/time.h"
#include "correlate/verdict.h"
#include "examine/examine_inside.h"
#include "indicator/match.h"

/* Patterns over the whole case that are listed. */
#define TOGETHER_MAX	1000

/* One step of counting, then of filling: how many of each there are. */
static unsigned
count_findings(const struct intake *g)
{
	unsigned i, n = 0;

	for (i = 0; i < artifact_count(); i++)
		n += g->told[i].nfindings;
	return n;
}

static unsigned
count_gaps(const struct intake *g)
{
	unsigned i, n = 0;

	for (i = 0; i <= artifact_count(); i++)
		n += g->told[i].ngaps;
	return n;
}

/* "HomeDomain/Library/SMS/sms.db". */
static struct bytes
member_label(struct intake *g, uint32_t id)
{
	struct buf b = buf_with(64 * 1024);
	struct bytes label = { NULL, 0 };

	if (id == MEMBER_NONE || id >= g->nlist)
		return label;
	if (g->list[id].domain.n > 0) {
		buf_add(&b, g->list[id].domain);
		buf_byte(&b, '/');
	}
	buf_add(&b, g->list[id].path);
	label = arena_copy(g->arena, buf_bytes(&b));
	buf_free(&b);
	return label;
}

static const struct result_indicator *
indicators_of(struct examine *ex, struct intake *g, const struct finding *f,
    int64_t when)
{
	struct result_indicator *list;
	struct index_indicator in;
	uint32_t i;

	list = arena_alloc(g->arena, f->nindicators, sizeof(*list));
	for (i = 0; list != NULL && i < f->nindicators; i++) {
		if (!index_get(&ex->index, f->indicators[i], &in))
			continue;
		list[i].id = in.id;
		list[i].value = in.value;
		list[i].kind = in.kind;
		list[i].sets = in.sets;
		list[i].reference = in.reference;
		list[i].expired = index_expired(&in, when);
	}
	return list;
}

static void
finding_make(struct examine *ex, struct intake *g, const struct finding *f,
    int64_t when, struct result_finding *out)
{
	out->finding = *f;
	out->level = rule_info(f->rule)->level;
	out->strength = rule_info(f->rule)->strength;
	out->artifact = artifact_at(f->artifact)->name;
	out->fields = artifact_at(f->artifact)->fields;
	out->member = member_label(g, f->member);
	out->nindicators = f->nindicators;
	if (f->nindicators > 0)
		out->indicators = indicators_of(ex, g, f, when);
}

static int
finding_order(const void *va, const void *vb)
{
	const struct result_finding *a = va, *b = vb;
	const struct finding *fa = &a->finding, *fb = &b->finding;

	if (a->level != b->level)
		return a->level > b->level ? -1 : 1;
	if (a->strength != b->strength)
		return a->strength > b->strength ? -1 : 1;
	if (fa->rule != fb->rule)
		return fa->rule < fb->rule ? -1 : 1;
	if (fa->artifact != fb->artifact)
		return fa->artifact < fb->artifact ? -1 : 1;
	if (fa->time != fb->time)
		return fa->time < fb->time ? -1 : 1;
	if (fa->member != fb->member)
		return fa->member < fb->member ? -1 : 1;
	if (fa->row != fb->row)
		return fa->row < fb->row ? -1 : 1;
	if (fa->field != fb->field)
		return fa->field < fb->field ? -1 : 1;
	return bytes_cmp(fa->matched, fb->matched);
}

/* --- patterns that need several observations ------------------------------ */

/* Shows a part of each indicator that was met: of the first artifact that met
   one. */
static unsigned
add_together(struct examine *ex, struct intake *g, struct finding *list,
    unsigned most)
{
	uint32_t total = index_count(&ex->index);
	const struct told_part *p;
	uint32_t id, part, n;
	unsigned a, made = 0;
	bool *met;

	for (id = 0; id < total && made < most; id++) {
		n = match_parts(&ex->index, id);
		if (n == 0)
			continue;
		met = arena_alloc(g->arena, n, sizeof(*met));
		part = 0;
		for (a = 0; met != NULL && a < artifact_count(); a++) {
			for (p = g->told[a].parts; p != NULL; p = p->next) {
				if (p->f.indicators[0] != id || p->part >= n)
					continue;
				met[p->part] = true;
				if (part++ == 0)
					list[made] = p->f;
			}
		}
		if (part > 0 && match_complete(&ex->index, id, met, n)) {
			list[made].count = part;
			made++;
		}
	}
	return made;
}

static bool
any_parts(const struct intake *g)
{
	unsigned i;

	for (i = 0; i < artifact_count(); i++)
		if (g->told[i].parts != NULL)
			return true;
	return false;
}

/* --- the parts of a result ------------------------------------------------ */

static enum err
make_findings(struct examine *ex, struct intake *g, struct result *r)
{
	const struct told_finding *t;
	struct result_finding *list;
	struct finding *more = NULL;
	unsigned i, n = count_findings(g), nmore = 0;

	if (ex->have_index && any_parts(g)) {
		more = arena_alloc(g->arena, TOGETHER_MAX, sizeof(*more));
		if (more != NULL)
			nmore = add_together(ex, g, more, TOGETHER_MAX);
		if (nmore == TOGETHER_MAX)
			intake_gap(g, -1, MEMBER_NONE, GAP_NO_OFFSET, bytes_of(
			    "more patterns of several observations were met "
			    "than are listed"));
	}
	list = arena_alloc(g->arena, n + nmore, sizeof(*list));
	if (list == NULL)
		return ERR_MEMORY;
	n = 0;
	for (i = 0; i < artifact_count(); i++)
		for (t = g->told[i].findings; t != NULL; t = t->next)
			finding_make(ex, g, &t->f, r->evidence_time,
			    &list[n++]);
	for (i = 0; i < nmore; i++)
		finding_make(ex, g, &more[i], r->evidence_time, &list[n++]);
	sort_items(list, n, sizeof(*list), finding_order);
	r->findings = list;
	r->nfindings = n;
	return ERR_NONE;
}

static bool
same_gap(const struct result_gap *a, const struct result_gap *b)
{
	return a->artifact == b->artifact && a->offset == b->offset &&
	    bytes_eq(a->member, b->member) && bytes_eq(a->why, b->why);
}

static enum err
make_gaps(struct intake *g, struct result *r)
{
	struct result_gap *list, gap;
	const struct told_gap *t;
	unsigned i, n = 0;

	list = arena_alloc(g->arena, count_gaps(g), sizeof(*list));
	if (list == NULL)
		return ERR_MEMORY;
	for (i = 0; i <= artifact_count(); i++) {
		for (t = g->told[i].gaps; t != NULL; t = t->next) {
			gap = (struct result_gap){
			    .artifact = i < artifact_count() ?
			    artifact_at(i)->name : NULL,
			    .member = member_label(g, t->member),
			    .offset = t->offset, .why = t->why, .count = 1 };
			if (n > 0 && same_gap(&list[n - 1], &gap))
				list[n - 1].count++;
			else
				list[n++] = gap;
		}
	}
	r->gaps = list;
	r->ngaps = n;
	return ERR_NONE;
}

/* Of a version such as "17.5.1", the first number; 0 if there is none. */
static unsigned
major_version(struct bytes version)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < version.n && i < 4 && version.p[i] >= '0' &&
	    version.p[i] <= '9'; i++)
		n = n * 10 + (unsigned)(version.p[i] - '0');
	return n;
}

static enum coverage
state_of(const struct told *t, const struct artifact *a, bool plain)
{
	if (t->nmembers == 0 && t->ngaps == 0)
		return a->in == ARTIFACT_IN_ENCRYPTED && plain ?
		    COVERAGE_NOT_IN_KIND : COVERAGE_ABSENT;
	if (t->counts.records == 0 && t->ngaps > 0)
		return COVERAGE_UNREADABLE;
	return t->ngaps > 0 ? COVERAGE_PARTLY : COVERAGE_EXAMINED;
}

static enum err
make_coverage(struct intake *g, struct result *r)
{
	unsigned major = major_version(intake_device(g, "product_version"));
	bool plain = !r->encrypted && (major == 0 || major >= 13);
	struct result_coverage *list;
	unsigned i;

	list = arena_alloc(g->arena, artifact_count(), sizeof(*list));
	if (list == NULL)
		return ERR_MEMORY;
	for (i = 0; i < artifact_count(); i++) {
		list[i].artifact = artifact_at(i)->name;
		list[i].about = artifact_at(i)->about;
		list[i].state = state_of(&g->told[i], artifact_at(i), plain);
		list[i].records = g->told[i].counts.records;
		list[i].members = g->told[i].nmembers;
		list[i].gaps = g->told[i].ngaps;
	}
	r->coverage = list;
	r->ncoverage = artifact_count();
	return ERR_NONE;
}

static enum err
make_device(struct intake *g, struct result *r)
{
	struct result_pair *list;
	const struct told_pair *p;
	unsigned n = 0;

	list = arena_alloc(g->arena, g->ndevice, sizeof(*list));
	if (list == NULL)
		return ERR_MEMORY;
	for (p = g->device; p != NULL; p = p->next) {
		/* The second: before iOS 10.2 only Manifest.db was in
		   clear. */
		if (bytes_is(p->key, "encrypted") ||
		    (r->encrypted && bytes_is(p->key, "encrypted_flag")))
			continue;
		list[n].key = arena_string(g->arena, p->key);
		list[n].value = p->value;
		n += list[n].key != NULL;
	}
	r->device = list;
	r->ndevice = n;
	r->evidence_time = time_read(intake_device(g, "last_backup"));
	return ERR_NONE;
}

/* The kinds of the fields that were read: what indicators could be tested. */
static uint64_t
kinds_read(const struct intake *g)
{
	const struct artifact *a;
	uint64_t kinds = 0;
	unsigned i, f;

	for (i = 0; i < artifact_count(); i++) {
		a = artifact_at(i);
		if (g->told[i].counts.members == 0)
			continue;
		for (f = 0; f < a->nfields; f++)
			if (sense_of(&a->fields[f]) != SENSE_NOT_MATCHED)
				kinds |= UINT64_C(1) << a->fields[f].kind;
	}
	return kinds;
}

static const char *
note_name(enum index_note_kind kind)
{
	switch (kind) {
	case NOTE_ERROR:
		return "error";
	case NOTE_NOT_TESTABLE:
		return "not testable";
	case NOTE_OTHER_PATTERN:
		return "other pattern type";
	default:
		return "revoked";
	}
}

static enum err
make_notes(struct examine *ex, struct intake *g, struct result *r)
{
	struct result_note *notes;
	struct index_note note;
	struct buf why = buf_with(4096);
	uint32_t i, n = index_notes(&ex->index);

	notes = arena_alloc(g->arena, n, sizeof(*notes));
	if (notes == NULL)
		return ERR_MEMORY;
	for (i = 0; i < n && index_note_at(&ex->index, i, &note); i++) {
		notes[i].kind = note_name(note.kind);
		notes[i].file = note.file;
		notes[i].object = note.object;
		notes[i].why = note.why;
		notes[i].offset = note.offset;
		if (note.kind != NOTE_ERROR)
			continue;
		/* What an indicator file does not give is not looked for. */
		buf_reset(&why);
		buf_text(&why, "indicators of the file ");
		buf_add(&why, note.file);
		buf_text(&why, " are missing: ");
		buf_add(&why, note.why);
		intake_gap(g, -1, MEMBER_NONE, GAP_NO_OFFSET,
		    buf_bytes(&why));
	}
	buf_free(&why);
	r->notes = notes;
	r->nnotes = i;
	return ERR_NONE;
}

static enum err
make_indicators(struct examine *ex, struct intake *g, struct result *r)
{
	uint64_t kinds = kinds_read(g);
	uint32_t by_key[KEY_COUNT];
	struct result_count *counts;
	struct result_set *sets;
	struct index_set set;
	uint32_t i, n;

	if (!ex->have_index || index_count(&ex->index) == 0)
		intake_gap(g, -1, MEMBER_NONE, GAP_NO_OFFSET, bytes_of(
		    "no indicators were loaded: nothing could be compared "
		    "with what is known of spyware"));
	if (!ex->have_index)
		return ERR_NONE;
	n = index_sets(&ex->index);
	counts = arena_alloc(g->arena, KEY_COUNT, sizeof(*counts));
	sets = arena_alloc(g->arena, n, sizeof(*sets));
	if (counts == NULL || sets == NULL)
		return ERR_MEMORY;
	index_by_key(&ex->index, by_key);
	for (i = 0; i < KEY_COUNT; i++) {
		counts[i].name = key_name((enum key)i);
		counts[i].loaded = by_key[i];
		if (match_testable((enum key)i, kinds))
			counts[i].testable = by_key[i];
		r->testable += counts[i].testable;
	}
	for (i = 0; i < n && index_set_at(&ex->index, i, &set); i++) {
		sets[i].name = set.name;
		sets[i].file = set.file;
		sets[i].count = set.count;
	}
	r->loaded = index_count(&ex->index);
	r->counts = counts;
	r->ncounts = KEY_COUNT;
	r->sets = sets;
	r->nsets = n;
	memcpy(r->index_sha256, ex->index_sha256, sizeof(r->index_sha256));
	return make_notes(ex, g, r);
}

/* What the weakest of the jails enforced, in words. */
static const char *
enforced(struct arena *arena, const struct jail_state *jail)
{
	struct buf b = buf_with(256);
	const char *words;

	if (jail->no_new_privs)
		buf_text(&b, "no_new_privs, ");
	if (jail->seccomp)
		buf_text(&b, "seccomp, ");
	if (jail->limits)
		buf_text(&b, "resource limits, ");
	if (jail->landlock > 0)
		buf_printf(&b, "Landlock ABI %d", (int)jail->landlock);
	else
		buf_text(&b, "no Landlock");
	words = arena_string(arena, buf_bytes(&b));
	buf_free(&b);
	return words;
}

enum err
summary_make(struct examine *ex, struct examine_case *c)
{
	struct intake *g = &c->intake;
	struct result *r = &c->result;
	const struct jail_state *jail = session_jail(ex->session);
	enum err err;

	err = make_device(g, r);
	if (err == ERR_NONE)
		err = make_findings(ex, g, r);
	if (err == ERR_NONE)
		err = make_indicators(ex, g, r);
	if (err == ERR_NONE)
		err = make_gaps(g, r);
	if (err == ERR_NONE)
		err = make_coverage(g, r);
	r->members_listed = g->told[artifact_find("ios_manifest")]
	    .counts.records;
	r->sandbox = jail_name(jail);
	r->sandbox_detail = bytes_of(jail_missing(jail));
	r->enforced = enforced(g->arena, jail);
	r->verdict = verdict_of(r);
	if (err == ERR_NONE && g->arena->bad)
		err = ERR_MEMORY;
	return err;
}
