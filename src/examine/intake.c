#include "examine/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/sort.h"
#include "base/text.h"
#include "base/time.h"

/* Memory for what one artifact tells: 2,000 findings of 4 kB. */
#define TOLD_MEMORY	(8 * MIB)
/* Device facts that are kept; a phone has about fifteen. */
#define DEVICE_MAX	64
/* Observations kept of one artifact for patterns over the whole case. */
#define PARTS_MAX	20000
/* Names of all members; 4,000 of a phone with much on it take 1 MiB. */
#define MEMBER_BYTES	(16 * MIB)

enum err
intake_init(struct intake *g, struct arena *arena, struct broker *broker,
    const struct index *index)
{
	unsigned i;

	memset(g, 0, sizeof(*g));
	g->arena = arena;
	g->broker = broker;
	g->index = index;
	g->device_end = &g->device;
	g->told = arena_alloc(arena, artifact_count() + 1, sizeof(*g->told));
	if (g->told == NULL)
		return ERR_MEMORY;
	/* The last one is for what concerns the evidence as a whole. */
	for (i = 0; i <= artifact_count(); i++) {
		g->told[i].intake = g;
		g->told[i].artifact = i;
		g->told[i].arena = arena_with(TOLD_MEMORY);
		g->told[i].findings_end = &g->told[i].findings;
		g->told[i].gaps_end = &g->told[i].gaps;
	}
	return ERR_NONE;
}

void
intake_free(struct intake *g)
{
	unsigned i;

	for (i = 0; g->told != NULL && i <= artifact_count(); i++)
		arena_free(&g->told[i].arena);
	g->told = NULL;
}

static bool
member_keep(struct intake *g, const struct member *m)
{
	struct told_member *t;

	size_t n = m->domain.n + m->path.n + m->file.n + m->key.n;

	if (g->nmembers >= LIMIT_MEMBERS * 3 ||
	    g->member_bytes + n > MEMBER_BYTES) {
		g->members_full = true;
		return false;
	}
	t = arena_alloc(g->arena, 1, sizeof(*t));
	if (t == NULL)
		return false;
	t->member = *m;
	t->member.domain = arena_copy(g->arena, m->domain);
	t->member.path = arena_copy(g->arena, m->path);
	t->member.file = arena_copy(g->arena, m->file);
	t->member.key = arena_copy(g->arena, m->key);
	t->next = g->members;
	g->members = t;
	g->nmembers++;
	g->member_bytes += n;
	return !g->arena->bad;
}

bool
intake_member(struct intake *g, const struct member *found)
{
	struct member m = { .domain = found->domain, .path = found->path,
	    .file = found->file, .size = found->size, .key = found->key,
	    .wal = MEMBER_NONE, .journal = MEMBER_NONE };
	const struct artifact *a;
	const char *suffix;
	unsigned i;

	for (i = 0; i < artifact_count(); i++) {
		a = artifact_at(i);
		m.artifact = i;
		m.also = false;
		if (!artifact_place(a->places, m.domain, m.path, &suffix)) {
			if (!artifact_place(a->also, m.domain, m.path,
			    &suffix))
				continue;
			m.also = true;
		}
		/* A wal or journal is only looked into beside its database. */
		if (suffix[0] != '\0')
			m.also = true;
		if (!member_keep(g, &m))
			return false;
	}
	return true;
}

static int
member_order(const void *va, const void *vb)
{
	const struct member *a = va, *b = vb;
	int c;

	if ((a->domain.n == 0) != (b->domain.n == 0))
		return a->domain.n == 0 ? -1 : 1;
	if (a->artifact != b->artifact)
		return a->artifact < b->artifact ? -1 : 1;
	c = bytes_cmp(a->domain, b->domain);
	if (c == 0)
		c = bytes_cmp(a->path, b->path);
	if (c == 0)
		c = bytes_cmp(a->file, b->file);
	return c != 0 ? c : bytes_cmp(a->key, b->key);
}

/* The wal or journal of a database. */
static uint32_t
beside(const struct intake *g, const struct member *m, const char *suffix,
    bool *linked)
{
	struct buf path = buf_with(LIMIT_PATH_BYTES + 16);
	const struct member *found;
	uint32_t id = MEMBER_NONE;

	buf_add(&path, m->path);
	buf_text(&path, suffix);
	/* The list is sorted: it can only follow. */
	for (found = m + 1; id == MEMBER_NONE &&
	    found < g->list + g->nlist; found++) {
		if (found->artifact != m->artifact ||
		    !bytes_eq(found->domain, m->domain) ||
		    bytes_cmp(found->path, buf_bytes(&path)) > 0)
			break;
		if (bytes_eq(found->path, buf_bytes(&path)))
			id = (uint32_t)(found - g->list);
	}
	buf_free(&path);
	if (id != MEMBER_NONE)
		linked[id] = true;
	return id;
}

/* Changes whose database the manifest does not name: nothing reads them. */
static void
orphan(struct intake *g, const struct member *m)
{
	const struct artifact *a = artifact_at(m->artifact);
	const char *suffix;

	if ((artifact_place(a->places, m->domain, m->path, &suffix) ||
	    artifact_place(a->also, m->domain, m->path, &suffix)) &&
	    suffix[0] != '\0')
		intake_gap(g, (int)m->artifact, m->id, GAP_NO_OFFSET,
		    bytes_of("changes of a database (-wal or -journal) are "
		    "there, but no database that they belong to"));
}

/* Puts the members in order; one that the manifest names twice is one, unless
   with two keys: then both are tried. */
static void
list_sort(struct intake *g)
{
	uint32_t i, n = 0;

	sort_items(g->list, g->nlist, sizeof(*g->list), member_order);
	for (i = 0; i < g->nlist; i++)
		if (n == 0 || member_order(&g->list[n - 1], &g->list[i]) != 0)
			g->list[n++] = g->list[i];
	g->nlist = n;
}

enum err
intake_members_done(struct intake *g)
{
	struct told_member *t;
	uint32_t i = 0;
	bool *linked;

	g->nlist = 0;
	g->list = arena_alloc(g->arena, g->nmembers, sizeof(*g->list));
	linked = arena_alloc(g->arena, g->nmembers, sizeof(*linked));
	if (g->list == NULL || linked == NULL)
		return ERR_MEMORY;
	g->nlist = g->nmembers;
	for (t = g->members; t != NULL; t = t->next)
		g->list[i++] = t->member;
	list_sort(g);
	for (i = 0; i < g->nlist; i++) {
		g->list[i].id = i;
		g->list[i].wal = beside(g, &g->list[i], "-wal", linked);
		g->list[i].journal = beside(g, &g->list[i], "-journal",
		    linked);
	}
	for (i = 0; i < g->nlist; i++)
		if (g->list[i].also && !linked[i])
			orphan(g, &g->list[i]);
	return ERR_NONE;
}

const struct member *
intake_members_of(struct intake *g, unsigned artifact, uint32_t *n)
{
	const struct member *first = NULL;
	uint32_t i;

	*n = 0;
	g->told[artifact].nmembers = 0;
	for (i = 0; i < g->nlist; i++) {
		if (g->list[i].artifact != artifact)
			continue;
		if (first == NULL)
			first = &g->list[i];
		g->told[artifact].nmembers += !g->list[i].also;
		++*n;
	}
	return first;
}

void
intake_gap(struct intake *g, int artifact, uint32_t member, uint64_t offset,
    struct bytes why)
{
	struct told *told = &g->told[artifact < 0 ? artifact_count() :
	    (unsigned)artifact];
	struct told_gap *gap;

	if (told->ngaps > LIMIT_GAPS + 3)
		return;
	if (told->ngaps == LIMIT_GAPS + 3) {
		member = MEMBER_NONE;
		offset = GAP_NO_OFFSET;
		why = bytes_of("more gaps than are listed");
	}
	gap = arena_alloc(g->arena, 1, sizeof(*gap));
	if (gap == NULL)
		return;
	gap->member = member;
	gap->offset = offset;
	gap->why = arena_copy(g->arena, why);
	*told->gaps_end = gap;
	told->gaps_end = &gap->next;
	told->ngaps++;
}

struct bytes
intake_device(const struct intake *g, const char *key)
{
	const struct told_pair *p;

	for (p = g->device; p != NULL; p = p->next)
		if (bytes_is(p->key, key))
			return p->value;
	return bytes_at(NULL, 0);
}

bool
intake_open(void *ctx, uint32_t member, int *fd, uint64_t *size,
    const char **why)
{
	struct told *told = ctx;
	struct intake *g = told->intake;
	struct broker_file file;
	enum err err;

	if (member >= g->nlist ||
	    g->list[member].artifact != told->artifact) {
		*why = "a file was asked for that is not its own";
		return false;
	}
	err = broker_file(g->broker, g->list[member].file, &file);
	if (err == ERR_MISSING)
		*why = "the manifest names the file, but the backup does not "
		    "hold it";
	else if (err == ERR_KIND)
		*why = "it is a link or a device, not a plain file";
	else
		*why = "the file may not be read, or reading failed";
	if (err != ERR_NONE)
		return false;
	*fd = file.fd;
	*size = file.size;
	g->bytes += file.size;
	if (g->progress != NULL)
		g->progress(g->progress_ctx, artifact_at(told->artifact)->name,
		    g->list[member].path, g->bytes, 0);
	return true;
}

static bool
keep_finding(struct told *told, const struct finding *f)
{
	struct told_finding *t;

	if (told->nfindings > LIMIT_FINDINGS * 4)
		return false;
	t = arena_alloc(&told->arena, 1, sizeof(*t));
	if (t == NULL)
		return false;
	t->f = *f;
	*told->findings_end = t;
	told->findings_end = &t->next;
	told->nfindings++;
	return true;
}

static bool
keep_again(struct told *told, const struct wire_message *m)
{
	struct told_finding *t = told->findings;
	uint32_t i;

	if (m->which >= told->nfindings)
		return false;
	for (i = 0; i < m->which; i++)
		t = t->next;
	t->f.count = m->count;
	t->f.time = m->first;
	t->f.last = m->last;
	return true;
}

static bool
keep_part(struct told *told, const struct wire_message *m)
{
	struct told_part *t;

	if (told->nparts++ > PARTS_MAX)
		return false;
	t = arena_alloc(&told->arena, 1, sizeof(*t));
	if (t == NULL)
		return false;
	t->part = m->part;
	t->f = m->finding;
	t->next = told->parts;
	told->parts = t;
	return true;
}

static bool
keep_device(struct intake *g, const struct wire_message *m)
{
	struct told_pair *p;
	size_t i;

	for (i = 0; i < m->key.n; i++)
		if (text_lower(m->key.p[i]) != m->key.p[i] ||
		    m->key.p[i] < '0' || m->key.p[i] > 'z')
			return false;
	for (p = g->device; p != NULL; p = p->next)
		if (bytes_eq(p->key, m->key))
			return false;
	if (g->ndevice >= DEVICE_MAX)
		return false;
	p = arena_alloc(g->arena, 1, sizeof(*p));
	if (p == NULL)
		return false;
	p->key = arena_copy(g->arena, m->key);
	p->value = arena_copy(g->arena, m->text);
	*g->device_end = p;
	g->device_end = &p->next;
	g->ndevice++;
	return true;
}

/* A file ID is 40 hex digits, and lies in the folder of its first two. */
static bool
file_name_ok(struct bytes file)
{
	size_t i;

	if (file.n != 43 || file.p[2] != '/' || file.p[0] != file.p[3] ||
	    file.p[1] != file.p[4])
		return false;
	for (i = 3; i < file.n; i++)
		if (!((file.p[i] >= '0' && file.p[i] <= '9') ||
		    (file.p[i] >= 'a' && file.p[i] <= 'f')))
			return false;
	return true;
}

bool
intake_message(void *ctx, const struct wire_message *m)
{
	struct told *told = ctx;
	struct intake *g = told->intake;

	switch (m->type) {
	case WIRE_FINDING:
		return keep_finding(told, &m->finding);
	case WIRE_AGAIN:
		return keep_again(told, m);
	case WIRE_PART:
		return keep_part(told, m);
	case WIRE_GAP:
		intake_gap(g, (int)told->artifact, m->member, m->offset,
		    m->text);
		return true;
	case WIRE_DEVICE:
		return g->describing && keep_device(g, m);
	case WIRE_FOUND:
		/* Only while members are gathered, and never root files. */
		if (!g->gathering || !file_name_ok(m->found.file) ||
		    m->found.domain.n == 0)
			return false;
		(void)intake_member(g, &m->found);
		return true;
	case WIRE_PROGRESS:
		/* All that is known of them, should it not live to the end. */
		told->counts.records = m->count;
		if (g->progress != NULL)
			g->progress(g->progress_ctx,
			    artifact_at(told->artifact)->name,
			    bytes_at(NULL, 0), g->bytes, m->count);
		return true;
	case WIRE_DONE:
		told->counts = m->counts;
		return true;
	default:
		return false;
	}
}

void
intake_ended(void *ctx, const char *why)
{
	struct told *told = ctx;
	char text[160];

	told->over = true;
	if (why == NULL)
		return;
	told->unwritten = why == session_no_output;
	(void)snprintf(text, sizeof(text), "the worker %s: what it had not "
	    "told by then is not known", why);
	intake_gap(told->intake, (int)told->artifact, MEMBER_NONE,
	    GAP_NO_OFFSET, bytes_of(text));
}
