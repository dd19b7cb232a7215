/*
 * Makes an iOS backup folder from text:
 *
 *	mkbackup [--scale N] [--flat] SPEC-FOLDER OUT-FOLDER
 *
 * SPEC-FOLDER holds backup.list and the sources it names, in the syntax of
 * tests/artifact/README.md.  OUT-FOLDER must not be there yet.  The same text
 * gives the same bytes.  docs/format/ios-backup.md tells what is made.
 *
 *	--scale N	what scale() gives in the scripts; they use it to make
 *			many more rows, for benchmarks
 *	--flat		all files in one folder, as before iOS 10
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/limits.h"
#include "sample.h"

static const char schema[] =
    "PRAGMA page_size=4096;"
    "PRAGMA journal_mode=OFF;"
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
	const char *out;
	bool flat;
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

/* Where a file of the backup lies; makes its folder. */
static bool
store(struct job *job, const char *id, struct bytes data)
{
	char path[4096 + 128];

	if (!job->flat) {
		snprintf(path, sizeof(path), "%s/%.2s", job->out, id);
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			return sample_fault(&job->sample, "%s: %s", path,
			    strerror(errno));
	}
	snprintf(path, sizeof(path), "%s/%.2s%s%s", job->out,
	    job->flat ? "" : id, job->flat ? "" : "/", id);
	return write_file(job, path, data);
}

/* One row of Files; a folder that is there already is left as it is. */
static bool
list(struct job *job, const struct sample_file *file, const char *id)
{
	int flags = file->type == 'f' ? 1 : file->type == 'd' ? 2 : 4;
	sqlite3_stmt *insert = job->insert;
	struct bytes blob;
	int rc;

	if (job->db == NULL)
		return true;
	if (!sample_mbfile(&job->sample, file, &blob))
		return false;
	sqlite3_reset(insert);
	sqlite3_bind_text(insert, 1, id, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(insert, 2, (const char *)file->domain.p,
	    (int)file->domain.n, SQLITE_TRANSIENT);
	sqlite3_bind_text(insert, 3, file->path.n > 0 ?
	    (const char *)file->path.p : "", (int)file->path.n,
	    SQLITE_TRANSIENT);
	sqlite3_bind_int(insert, 4, flags);
	sqlite3_bind_blob64(insert, 5, blob.p, blob.n, SQLITE_TRANSIENT);
	rc = sqlite3_step(insert);
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
	folder.target = bytes_of(NULL);
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

static bool
add(struct job *job, const struct sample_file *file)
{
	char id[SAMPLE_ID + 1], path[4096 + LIMIT_PATH_BYTES];

	if (file->domain.n == 0) {
		snprintf(path, sizeof(path), "%s/%.*s", job->out,
		    (int)file->path.n, (const char *)file->path.p);
		return file->missing || write_file(job, path, file->data);
	}
	sample_id(file->domain, file->path, id);
	return list_folders(job, file) && list(job, file, id) &&
	    (file->type != 'f' || file->missing ||
	    store(job, id, file->data));
}

static bool
manifest_begin(struct job *job)
{
	char path[4096 + 16];

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
	bool good;

	sqlite3_finalize(job->insert);
	good = sqlite3_exec(job->db, "COMMIT", NULL, NULL, NULL) ==
	    SQLITE_OK;
	return (sqlite3_close(job->db) == SQLITE_OK && good) ||
	    sample_fault(&job->sample, "Manifest.db: not written");
}

static bool
has_manifest(const struct sample_file *files, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (files[i].domain.n == 0 &&
		    bytes_is(files[i].path, "Manifest.db"))
			return true;
	return false;
}

static bool
make(struct job *job)
{
	const struct sample_file *files = NULL;
	unsigned i, n = 0;

	if (!sample_list(&job->sample, "backup.list", &files, &n))
		return false;
	if (mkdir(job->out, 0755) != 0)
		return sample_fault(&job->sample, "%s: %s", job->out,
		    strerror(errno));
	if (!has_manifest(files, n) && !manifest_begin(job))
		return false;
	for (i = 0; i < n; i++)
		if (!add(job, &files[i]))
			return false;
	return job->db == NULL || manifest_end(job);
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "scale", required_argument, NULL, 's' },
		{ "flat", no_argument, NULL, 'f' },
		{ NULL, 0, NULL, 0 }
	};
	struct arena arena = arena_with(4 * GIB);
	struct job job = { .flat = false };
	int c, scale = 1;
	bool good;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'f')
			job.flat = true;
		else if (c != 's' ||
		    (scale = (int)strtol(optarg, NULL, 10)) < 1)
			argc = 0;
	}
	if (argc - optind != 2) {
		fprintf(stderr, "usage: mkbackup [--scale N] [--flat] "
		    "SPEC-FOLDER OUT-FOLDER\n");
		return 2;
	}
	job.sample = sample_with(&arena, argv[optind]);
	job.sample.page_size = 4096;
	job.sample.scale = (unsigned)scale;
	job.out = argv[optind + 1];
	good = make(&job);
	if (!good)
		fprintf(stderr, "mkbackup: %.*s\n", (int)job.sample.why.n,
		    (const char *)job.sample.why.p);
	sample_free(&job.sample);
	arena_free(&arena);
	return good ? 0 : 1;
}
