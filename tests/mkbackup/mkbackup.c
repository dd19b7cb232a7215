/*
 * Makes an iOS backup folder from text:
 *
 *	mkbackup [options] SPEC-FOLDER OUT-FOLDER
 *
 * SPEC-FOLDER holds backup.list and the sources it names, in the syntax of
 * tests/artifact/README.md.  OUT-FOLDER must not be there yet.  The same text
 * gives the same bytes.  docs/format/ios-backup.md tells what is made.
 *
 *	--scale N	a large phone: filled up to N thousand rows of the
 *			manifest; and what scale() gives in the scripts, which
 *			make so many more messages and visits
 *	--files N	filled up to N rows instead; 0: none
 *	--redirects N	what redirects() gives: of a thousand visits in
 *			Safari, so many go on from http to https
 *	--seed N	other invented texts, names and keys
 *	--flat		all files in one folder, as before iOS 10
 *	--encrypt WORD	an encrypted backup with this password
 *	--rounds N	how often it is hashed; 10,000 (a phone: 10,000,000)
 *	--old		encrypted as before iOS 10.2: one stage, and
 *			Manifest.db lies in clear
 *	--stale-sizes	the manifest tells too small sizes of databases, as it
 *			happens on real phones
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/limits.h"
#include "base/text.h"
#include "encrypt_make.h"
#include "sample.h"
#include "sample_fill.h"
#include "sample_invent.h"

#define PAGE		4096
#define ROUNDS		10000
#define MANIFEST_CLASS	4

static const char schema[] =
    "PRAGMA page_size=4096;"
    "PRAGMA journal_mode=OFF;"
    "PRAGMA synchronous=OFF;"
    "PRAGMA cache_size=-100000;"
    "CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT,"
    " relativePath TEXT, flags INTEGER, file BLOB);"
    "CREATE INDEX FilesDomainIdx ON Files(domain);"
    "CREATE INDEX FilesRelativePathIdx ON Files(relativePath);"
    "CREATE INDEX FilesFlagsIdx ON Files(flags);"
    "CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);"
    "INSERT INTO Properties VALUES"
    " ('salt', X'000102030405060708090a0b0c0d0e0f'),"
    " ('passwordHash', X'');"
    "BEGIN";

struct job {
	struct sample sample;
	struct arena row;	/* what one row of the manifest takes */
	const char *out;
	uint64_t files;		/* rows wanted; 0: as they come */
	uint64_t rows;
	bool flat, old, stale;
	const char *password;	/* NULL: not encrypted */
	uint64_t rounds;
	struct encrypt_make encrypt;
	uint8_t manifest_key[KEY_BYTES];
	uint8_t manifest_wrapped[WRAPPED_BYTES];
	sqlite3 *db;		/* Manifest.db; NULL if the list brings one */
	sqlite3_stmt *insert;
};

static bool
write_file(struct job *job, const char *path, struct bytes data)
{
	FILE *f = fopen(path, "wb");
	bool good;

	if (f == NULL)
		return sample_fault(&job->sample, "%s: %s", path,
		    strerror(errno));
	good = data.n == 0 || fwrite(data.p, 1, data.n, f) == data.n;
	good = fclose(f) == 0 && good;
	return good || sample_fault(&job->sample, "%s: %s", path,
	    strerror(errno));
}

/* --- encryption ------------------------------------------------------------- */

/* A key for a file; what was there is forgotten. */
static bool
key_make(struct job *job, struct sample_file *file,
    uint8_t key[KEY_BYTES], uint8_t wrapped[WRAPPED_BYTES])
{
	file->key = bytes_of(NULL);
	if (job->password == NULL || file->plain || file->type != 'f')
		return true;
	file->key = bytes_at(wrapped, WRAPPED_BYTES);
	return encrypt_make_key(&job->encrypt, file->class, file->bad_key, key,
	    wrapped) || sample_fault(&job->sample, "%.*s: no key of class %u",
	    (int)file->path.n, (const char *)file->path.p, file->class);
}

static bool
write_encrypted(struct job *job, const char *path, struct bytes data,
    const uint8_t key[KEY_BYTES])
{
	struct buf b = buf_with(4 * GIB);
	bool good;

	keybag_make_file(&b, key, data, true);
	good = write_file(job, path, buf_bytes(&b));
	buf_free(&b);
	return good;
}

/* The key bag into the text of Manifest.plist. */
static bool
manifest_plist(struct job *job, const struct sample_file *file,
    struct bytes *out)
{
	struct buf b = buf_with(LIMIT_PLIST_BYTES);
	struct bytes text, no = bytes_of("<false/>");
	size_t flag, end = SIZE_MAX, at = 0;
	bool good;

	if (!sample_read(&job->sample, file->source, &text))
		return false;
	flag = bytes_find(text, bytes_of("<key>IsEncrypted</key>"), 0);
	flag = bytes_find(text, no, flag);
	while ((at = bytes_find(text, bytes_of("</dict>"), at)) != SIZE_MAX)
		end = at++;
	if (flag == SIZE_MAX || end == SIZE_MAX || end < flag)
		return sample_fault(&job->sample, "%s: no <key>IsEncrypted"
		    "</key><false/> in a <dict>", file->source);
	buf_add(&b, bytes_part(text, 0, flag));
	buf_text(&b, "<true/>");
	buf_add(&b, bytes_part(text, flag + no.n, end - flag - no.n));
	buf_text(&b, "<key>BackupKeyBag</key><data>");
	text_base64(&b, buf_bytes(&job->encrypt.keybag));
	buf_text(&b, "</data>");
	if (!job->old) {
		buf_text(&b, "<key>ManifestKey</key><data>");
		text_base64(&b, bytes_at(job->manifest_wrapped,
		    sizeof(job->manifest_wrapped)));
		buf_text(&b, "</data>");
	}
	buf_add(&b, bytes_part(text, end, SIZE_MAX));
	good = sample_plist(&job->sample, buf_bytes(&b), false, out);
	buf_free(&b);
	return good;
}

static void
encrypt_begin(struct job *job)
{
	encrypt_make_init(&job->encrypt, job->password, (uint32_t)job->rounds,
	    job->old, job->sample.seed);
	(void)encrypt_make_key(&job->encrypt, MANIFEST_CLASS, false,
	    job->manifest_key, job->manifest_wrapped);
}

/* --- files -------------------------------------------------------------------- */

/* Where a file of the backup lies; makes its folder. */
static bool
store(struct job *job, const struct sample_file *file, const char *id,
    const uint8_t key[KEY_BYTES])
{
	const char *staged = file->staged;
	char path[PATH_MAX];
	bool good;

	if (!job->flat) {
		snprintf(path, sizeof(path), "%s/%.2s", job->out, id);
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			return sample_fault(&job->sample, "%s: %s", path,
			    strerror(errno));
	}
	snprintf(path, sizeof(path), "%s/%.2s%s%s", job->out,
	    job->flat ? "" : id, job->flat ? "" : "/", id);
	if (staged == NULL)
		return file->key.n > 0 ?
		    write_encrypted(job, path, file->data, key) :
		    write_file(job, path, file->data);
	good = file->key.n > 0 ?
	    encrypt_make_file(key, staged, path) :
	    rename(staged, path) == 0;
	return good || sample_fault(&job->sample, "%s: %s", path,
	    strerror(errno));
}

/* One row of Files; a folder that is there already is left as it is. */
static bool
list(struct job *job, const struct sample_file *file, const char *id)
{
	int flags = file->type == 'f' ? 1 : file->type == 'd' ? 2 : 4;
	struct arena *arena = job->sample.arena;
	sqlite3_stmt *insert = job->insert;
	struct bytes blob;
	bool good;
	int rc;

	if (job->db == NULL)
		return true;
	job->sample.arena = &job->row;
	good = sample_mbfile(&job->sample, file, &blob);
	job->sample.arena = arena;
	if (!good)
		return false;
	sqlite3_reset(insert);
	sqlite3_bind_text(insert, 1, id, -1, SQLITE_STATIC);
	sqlite3_bind_text(insert, 2, (const char *)file->domain.p,
	    (int)file->domain.n, SQLITE_STATIC);
	sqlite3_bind_text(insert, 3, file->path.n > 0 ?
	    (const char *)file->path.p : "", (int)file->path.n,
	    SQLITE_STATIC);
	sqlite3_bind_int(insert, 4, flags);
	sqlite3_bind_blob64(insert, 5, blob.p, blob.n, SQLITE_STATIC);
	rc = sqlite3_step(insert);
	job->rows += (uint64_t)sqlite3_changes64(job->db);
	return rc == SQLITE_DONE || sample_fault(&job->sample,
	    "Manifest.db: %s", sqlite3_errmsg(job->db));
}

/* The folders above a file, from the domain's own on. */
static bool
list_folders(struct job *job, const struct sample_file *file)
{
	struct sample_file folder = *file;
	char id[SAMPLE_ID + 1];
	size_t at = 0;

	folder.type = 'd';
	folder.mode = 040755;
	folder.size = 0;
	folder.class = 0;
	folder.target = folder.key = bytes_of(NULL);
	folder.path = bytes_part(file->path, 0, 0);
	for (;;) {
		sample_id(folder.domain, folder.path, id);
		if (!list(job, &folder, id))
			return false;
		at = bytes_find_byte(file->path, '/', at);
		if (at == SIZE_MAX)
			return true;
		folder.path = bytes_part(file->path, 0, at++);
	}
}

/* Too small by some pages, but for one that has only one. */
static void
stale(struct job *job, struct sample_file *file, const char *id)
{
	uint64_t pages = 1 + sample_invent_number(job->sample.seed,
	    (uint64_t)strtoull(id + 24, NULL, 16)) % 19;

	if (!job->stale || file->size <= PAGE ||
	    bytes_ends(file->path, "-wal") || (file->staged == NULL &&
	    !bytes_starts(file->data, "SQLite format 3")))
		return;
	file->size = file->size > (pages + 1) * PAGE ?
	    file->size - pages * PAGE : PAGE;
}

/* Beside the manifest. */
static bool
add_beside(struct job *job, const struct sample_file *file)
{
	struct bytes data = file->data;
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%.*s", job->out, (int)file->path.n,
	    (const char *)file->path.p);
	if (job->password != NULL && bytes_is(file->path, "Manifest.plist") &&
	    !manifest_plist(job, file, &data))
		return false;
	if (file->missing)
		return true;
	return file->staged == NULL ? write_file(job, path, data) :
	    rename(file->staged, path) == 0 ||
	    sample_fault(&job->sample, "%s: %s", path, strerror(errno));
}

static bool
add(struct job *job, const struct sample_file *as_told, bool folders)
{
	uint8_t key[KEY_BYTES], wrapped[WRAPPED_BYTES];
	struct sample_file file = *as_told;
	char id[SAMPLE_ID + 1];
	bool good;

	if (file.domain.n == 0)
		return add_beside(job, &file);
	sample_id(file.domain, file.path, id);
	stale(job, &file, id);
	good = key_make(job, &file, key, wrapped) &&
	    (!folders || list_folders(job, &file)) && list(job, &file, id) &&
	    (file.type != 'f' || file.missing || store(job, &file, id, key));
	arena_reset(&job->row);
	return good;
}

/* Up to as many rows as are wanted. */
static bool
fill(struct job *job)
{
	struct arena *arena = job->sample.arena, own = arena_with(MIB);
	struct sample_file file;
	bool good = true;
	uint64_t n;

	job->sample.arena = &own;
	for (n = 0; good && job->db != NULL && job->rows < job->files; n++) {
		good = sample_fill(&job->sample, n, &file) &&
		    add(job, &file, false);
		arena_reset(&own);
	}
	job->sample.arena = arena;
	arena_free(&own);
	return good;
}

/* --- the manifest --------------------------------------------------------------- */

static bool
manifest_begin(struct job *job)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/Manifest.db", job->out);
	if (sqlite3_open_v2(path, &job->db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_CREATE, NULL) != SQLITE_OK ||
	    sqlite3_exec(job->db, schema, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(job->db, "INSERT OR IGNORE INTO Files"
	    " VALUES (?,?,?,?,?)", -1, &job->insert, NULL) != SQLITE_OK)
		return sample_fault(&job->sample, "%s: %s", path,
		    sqlite3_errmsg(job->db));
	return true;
}

static bool
manifest_end(struct job *job)
{
	char path[PATH_MAX], clear[PATH_MAX];
	bool good;

	sqlite3_finalize(job->insert);
	good = sqlite3_exec(job->db, "COMMIT", NULL, NULL, NULL) ==
	    SQLITE_OK;
	good = sqlite3_close(job->db) == SQLITE_OK && good;
	if (good && job->password != NULL && !job->old) {
		snprintf(path, sizeof(path), "%s/Manifest.db", job->out);
		snprintf(clear, sizeof(clear), "%s/Manifest.clear", job->out);
		good = rename(path, clear) == 0 &&
		    encrypt_make_file(job->manifest_key, clear, path) &&
		    unlink(clear) == 0;
	}
	return good || sample_fault(&job->sample,
	    "Manifest.db: not written");
}

static bool
has(const struct sample_file *files, unsigned n, const char *name)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (files[i].domain.n == 0 && bytes_is(files[i].path, name))
			return true;
	return false;
}

static bool
make(struct job *job)
{
	const struct sample_file *files = NULL;
	unsigned i, n = 0;
	bool own;

	if (!sample_list(&job->sample, "backup.list", &files, &n))
		return false;
	own = has(files, n, "Manifest.db");
	if (job->password != NULL && (own || !has(files, n, "Manifest.plist")))
		return sample_fault(&job->sample, "to be encrypted, a list "
		    "needs a Manifest.plist and no Manifest.db");
	if (job->password != NULL)
		encrypt_begin(job);
	if (mkdir(job->out, 0755) != 0)
		return sample_fault(&job->sample, "%s: %s", job->out,
		    strerror(errno));
	if (!own && !manifest_begin(job))
		return false;
	for (i = 0; i < n; i++)
		if (!add(job, &files[i], true))
			return false;
	return fill(job) && (job->db == NULL || manifest_end(job));
}

/* --- the command ------------------------------------------------------------------ */

/* Large databases are made as files beside the backup, and moved. */
static bool
stage_begin(struct job *job, char path[PATH_MAX])
{
	if (job->sample.scale == 0)
		return true;
	snprintf(path, PATH_MAX, "%s.stage", job->out);
	job->sample.stage = path;
	return mkdir(path, 0755) == 0 || sample_fault(&job->sample,
	    "%s: %s", path, strerror(errno));
}

static void
stage_end(const struct job *job)
{
	char path[PATH_MAX];
	unsigned i;

	for (i = 0; i < job->sample.staged; i++) {
		snprintf(path, sizeof(path), "%s/%u.db", job->sample.stage, i);
		unlink(path);
		snprintf(path, sizeof(path), "%s/%u.db-wal",
		    job->sample.stage, i);
		unlink(path);
	}
	if (job->sample.stage != NULL)
		rmdir(job->sample.stage);
}

/* An option with a number; `to` is untouched if it is none. */
static bool
number(const char *text, uint64_t least, uint64_t most, uint64_t *to)
{
	uint64_t n;

	if (!text_uint(bytes_of(text), &n) || n < least || n > most)
		return false;
	*to = n;
	return true;
}

struct wanted {
	uint64_t scale, files, redirects;
};

static bool
option_read(struct job *job, int c, struct wanted *wanted)
{
	switch (c) {
	case 's':
		return number(optarg, 1, 10000, &wanted->scale);
	case 'n':
		return number(optarg, 0, 10000000, &wanted->files);
	case 'r':
		return number(optarg, 0, 500, &wanted->redirects);
	case 'S':
		return number(optarg, 0, UINT64_MAX, &job->sample.seed);
	case 'R':
		return number(optarg, 1, INT32_MAX, &job->rounds);
	case 'e':
		job->password = optarg;
		return true;
	case 'f':
		return job->flat = true;
	case 'o':
		return job->old = true;
	case 't':
		return job->stale = true;
	default:
		return false;
	}
}

static bool
options_read(struct job *job, int argc, char **argv)
{
	static const struct option options[] = {
		{ "scale", required_argument, NULL, 's' },
		{ "files", required_argument, NULL, 'n' },
		{ "redirects", required_argument, NULL, 'r' },
		{ "seed", required_argument, NULL, 'S' },
		{ "flat", no_argument, NULL, 'f' },
		{ "encrypt", required_argument, NULL, 'e' },
		{ "rounds", required_argument, NULL, 'R' },
		{ "old", no_argument, NULL, 'o' },
		{ "stale-sizes", no_argument, NULL, 't' },
		{ NULL, 0, NULL, 0 }
	};
	struct wanted wanted = { 0, UINT64_MAX, 2 };
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
		if (!option_read(job, c, &wanted))
			return false;
	job->sample.scale = (unsigned)wanted.scale;
	job->sample.redirects = (unsigned)wanted.redirects;
	job->files = wanted.files != UINT64_MAX ? wanted.files :
	    wanted.scale * 1000;
	return argc - optind == 2 && (job->password != NULL || !job->old);
}

int
main(int argc, char **argv)
{
	struct arena arena = arena_with(4 * GIB);
	struct job job = { .rounds = ROUNDS, .row = arena_with(MIB) };
	char stage[PATH_MAX];
	bool good;

	job.sample = sample_with(&arena, NULL);
	job.sample.page_size = PAGE;
	if (!options_read(&job, argc, argv)) {
		fprintf(stderr, "usage: mkbackup [--scale N] [--files N] "
		    "[--redirects N] [--seed N] [--flat]\n"
		    "                [--encrypt PASSWORD [--rounds N] [--old] "
		    "[--stale-sizes]]\n"
		    "                SPEC-FOLDER OUT-FOLDER\n");
		return 2;
	}
	job.sample.folder = argv[optind];
	job.out = argv[optind + 1];
	good = stage_begin(&job, stage) && make(&job);
	stage_end(&job);
	if (!good)
		fprintf(stderr, "mkbackup: %.*s\n", (int)job.sample.why.n,
		    (const char *)job.sample.why.p);
	if (job.password != NULL)
		encrypt_make_free(&job.encrypt);
	sample_free(&job.sample);
	arena_free(&job.row);
	arena_free(&arena);
	return good ? 0 : 1;
}
