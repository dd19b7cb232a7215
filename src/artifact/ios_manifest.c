/*
 * The manifest: every file of the backup, with its times.
 *
 * Evidence: Manifest.db, table Files; each row holds an archived MBFile.
 * Birth, LastModified and LastStatusChange are Unix seconds.
 * Not here: the files' content; files that apps keep out of backups; anything
 * outside the backed-up domains.
 *
 * A name can match an indicator by chance where the indicator is a bare file
 * name; a whole path hardly can.
 */
#include "artifact/artifact.h"
#include "artifact/places.h"

#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "crypt/keys.h"
#include "format/keyed.h"

enum { MODIFIED, CHANGED, CREATED, PATH, DOMAIN_, RELATIVE, FILE_ID, FLAGS,
    MODE, OWNER, GROUP, SIZE, INODE, TARGET, CLASS,
    HOSTS, NFIELDS };

static const struct field fields[NFIELDS] = {
	[MODIFIED] = { "modified", KIND_TIME_UNIX,
	               .event = "file modified" },
	[CHANGED]  = { "status_changed", KIND_TIME_UNIX,
	               .event = "file status changed" },
	[CREATED]  = { "created", KIND_TIME_UNIX, .event = "file created" },
	[PATH]     = { "path", KIND_PATH, .derived = true },
	[DOMAIN_]  = { "domain", KIND_LABEL, "domain", .shown = true },
	[RELATIVE] = { "relative_path", KIND_LABEL, "relativePath",
	               .shown = true },
	[FILE_ID]  = { "file_id", KIND_LABEL, "fileID" },
	[FLAGS]    = { "flags", KIND_INT, "flags" },
	[MODE]     = { "mode", KIND_MODE },
	[OWNER]    = { "owner", KIND_INT },
	[GROUP]    = { "group", KIND_INT },
	[SIZE]     = { "size", KIND_SIZE },
	[INODE]    = { "inode", KIND_INT },
	[TARGET]   = { "target", KIND_PATH },
	[CLASS]    = { "protection_class", KIND_INT },
	[HOSTS]    = { "hosts", KIND_DOMAIN, .sense = SENSE_LOADED,
	               .derived = true },
};

static const struct place places[] = {
	{ "", "Manifest.db" },
	{ NULL, NULL }
};

/* What an archive says, under which name, and for which field. */
static const struct {
	const char *key;
	unsigned field;
} archived[] = {
	{ "LastModified", MODIFIED }, { "LastStatusChange", CHANGED },
	{ "Birth", CREATED }, { "Mode", MODE }, { "UserID", OWNER },
	{ "GroupID", GROUP }, { "Size", SIZE }, { "InodeNumber", INODE },
	{ "ProtectionClass", CLASS }, { "Target", TARGET }
};

#define ARCHIVED	(sizeof(archived) / sizeof(archived[0]))

static struct val
number(struct keyed k)
{
	int64_t i = keyed_int(k, INT64_MIN);

	return i == INT64_MIN ? val_unset() : val_int(i);
}

/* Unix seconds, or in old versions a date. */
static struct val
when(struct keyed k)
{
	int64_t t = keyed_date(k);

	if (t == TIME_UNSET)
		t = time_unix(keyed_int(k, 0));
	return t == TIME_UNSET ? val_unset() : val_time(t);
}

static struct val
target(struct keyed k)
{
	struct bytes b = keyed_bytes(k);

	return b.n > 0 ? val_text(b) : val_unset();
}

static void
from_archive(struct run *run, struct val *v, struct bytes blob)
{
	const char *keys[ARCHIVED];
	struct keyed said[ARCHIVED];
	struct plist doc;
	unsigned i, f;

	if (plist_read(&doc, run_scratch(run), blob, run_gaps(run)) !=
	    ERR_NONE || !keyed_is(doc)) {
		run_gap(run, GAP_NO_OFFSET,
		    "the description of a file in the manifest is damaged");
		return;
	}
	for (i = 0; i < ARCHIVED; i++)
		keys[i] = archived[i].key;
	keyed_get_all(keyed_root(doc), keys, said, ARCHIVED);
	for (i = 0; i < ARCHIVED; i++) {
		f = archived[i].field;
		v[f] = kind_is_time(fields[f].kind) ? when(said[i]) :
		    f == TARGET ? target(said[i]) : number(said[i]);
	}
}

/* What does not fit is matched as the manifest has it. */
#define DEVICE_PATH	(2 * LIMIT_PATH_BYTES)

struct state {
	struct places *places;
	uint8_t path[DEVICE_PATH];	/* of one file after the other */
};

static struct state *
state_of(struct run *run)
{
	struct state *s = *run_state(run);

	if (s != NULL)
		return s;
	s = arena_alloc(run_keep(run), 1, sizeof(*s));
	if (s != NULL && places_new(&s->places, run_keep(run)) == ERR_NONE)
		*run_state(run) = s;
	return *run_state(run);
}

/* Path indicators name places on the device, so the path is put together. */
static void
device_path(struct run *run, struct val *v)
{
	struct state *s = state_of(run);
	struct buf b = { NULL, 0, DEVICE_PATH, DEVICE_PATH, false };

	v[PATH] = v[RELATIVE];
	if (s == NULL)
		return;
	b.p = s->path;
	if (member_device_path(&b, val_bytes(&v[DOMAIN_]),
	    val_bytes(&v[RELATIVE])) && !b.bad)
		v[PATH] = val_text(buf_bytes(&b));
}

#define HOSTS_MAX	16

/* Whether a name ends as files do, and no name of a host: these are no
   top-level domains. */
static bool
ends_as_file(struct bytes name)
{
	static const char *const endings[] = { ".caf", ".css", ".dat", ".db",
	    ".heic", ".html", ".jpeg", ".jpg", ".js", ".json", ".log",
	    ".m4a", ".mp3", ".mp4", ".opus", ".pdf", ".plist", ".png",
	    ".sqlite", ".sqlite3", ".thumb", ".txt", ".webp", ".xml" };
	unsigned i;

	for (i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (bytes_ends(name, endings[i]))
			return true;
	return false;
}

/* Web storage is kept in files named after its site, "https_host.example_0":
   parts of the name that are host names. */
static void
hosts_in(struct run *run, struct val *v)
{
	struct bytes path = val_bytes(&v[RELATIVE]), part;
	struct val *hosts = NULL;
	uint32_t n = 0;
	size_t at, end;

	if (bytes_find_byte(path, '_', 0) == SIZE_MAX)
		return;
	for (at = 0; at < path.n; at = end + 1) {
		for (end = at; end < path.n && path.p[end] != '_' &&
		    path.p[end] != '/'; end++)
			;
		part = bytes_part(path, at, end - at);
		if (bytes_find_byte(part, '.', 0) == SIZE_MAX ||
		    ends_as_file(part) || url_registrable(part).n == 0)
			continue;
		if (hosts == NULL)
			hosts = arena_alloc(run_scratch(run), HOSTS_MAX,
			    sizeof(*hosts));
		if (hosts == NULL)
			return;
		if (n == HOSTS_MAX) {
			run_gap(run, GAP_NO_OFFSET, "the name of a file holds "
			    "more host names than are compared");
			break;
		}
		hosts[n++] = val_text(part);
	}
	if (n > 0)
		v[HOSTS] = val_list(hosts, n);
}

/* Whether an artifact asks for the file. */
static bool
asked_for(struct run *run, const struct member *m)
{
	struct state *s = state_of(run);

	return s != NULL && places_ask(s->places, m->domain, m->path);
}

/* 40 lower-case hex digits, as Apple writes it. */
static bool
id_ok(struct bytes id)
{
	size_t i;

	for (i = 0; i < id.n; i++)
		if (!((id.p[i] >= '0' && id.p[i] <= '9') ||
		    (id.p[i] >= 'a' && id.p[i] <= 'f')))
			return false;
	return id.n == 40;
}

/* What the archive says of a file that will be opened: its size, and the key
   that it is encrypted with.  Damage is told with the file's record. */
static void
how_it_lies(struct run *run, struct member *m)
{
	static const struct gap_sink silent;
	struct val blob = run_column(run, "file");
	struct plist doc;
	struct keyed file;
	struct bytes key;

	if (plist_read(&doc, run_scratch(run), val_bytes(&blob), &silent) !=
	    ERR_NONE || !keyed_is(doc))
		return;
	file = keyed_root(doc);
	m->size = (uint64_t)keyed_int(keyed_get(file, "Size"), 0);
	key = keyed_bytes(keyed_get(file, "EncryptionKey"));
	if (key.n == WRAPPED_BYTES)
		m->key = key;
	else if (key.n > 0)
		run_gap(run, GAP_NO_OFFSET, "the key of a file that should be "
		    "examined is damaged in the manifest");
}

/* Files that artifacts ask for are opened by their ID.  What the manifest says
   wrongly of such a file hides it: a gap. */
static void
offer(struct run *run, struct val *v)
{
	struct member m = { .domain = val_bytes(&v[DOMAIN_]),
	    .path = val_bytes(&v[RELATIVE]) };
	struct bytes id = val_bytes(&v[FILE_ID]);
	struct buf file = buf_with(64);

	if (m.path.n == 0 || m.domain.n == 0 || !asked_for(run, &m))
		return;
	if (m.path.n > LIMIT_PATH_BYTES || m.domain.n > LIMIT_PATH_BYTES) {
		run_gap(run, GAP_NO_OFFSET, "a file that should be examined "
		    "has a longer path than any");
		return;
	}
	if (!id_ok(id)) {
		run_gap(run, GAP_NO_OFFSET, "a file that should be examined "
		    "has no valid ID in the manifest");
		return;
	}
	if (val_number(&v[FLAGS], 1) != 1) {
		run_gap(run, GAP_NO_OFFSET, "a file that should be examined "
		    "is a folder or a link by the manifest");
		return;
	}
	buf_add(&file, bytes_part(id, 0, 2));
	buf_byte(&file, '/');
	buf_add(&file, id);
	m.file = buf_bytes(&file);
	how_it_lies(run, &m);
	run_found(run, &m);
	buf_free(&file);
}

static void
row(struct run *run, struct val *v)
{
	struct val blob = run_column(run, "file");

	if (val_set(&blob) && !(blob.type == VAL_BLOB && blob.bytes.n == 0))
		from_archive(run, v, val_bytes(&blob));
	device_path(run, v);
	hosts_in(run, v);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view view = { .table = "Files", .row = row };
	static const struct view files = { .table = "Files", .row = offer,
	    .optional = true };
	struct sqlite *db = run_sqlite(run, member);

	if (db != NULL)
		(void)run_view(run, db, run_locating(run) ? &files : &view);
}

const struct artifact artifact_ios_manifest = {
	.name    = "ios_manifest",
	.about   = "names and times of all files in the backup",
	.in      = ARTIFACT_IN_ROOT,
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
