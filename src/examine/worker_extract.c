/*
 * Files out of a backup, in clear.  Inside the jail: Manifest.db says which
 * there are and how they are encrypted; the parent gives a descriptor to read
 * and one to write for each.
 *
 * The size that the manifest tells is never used to cut a file: databases that
 * grew while they were copied are longer.
 */
#include "examine/worker.h"

#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "crypt/decrypt.h"
#include "crypt/secret.h"
#include "examine/extract_wire.h"
#include "examine/talk.h"
#include "examine/worker_copy.h"
#include "examine/wire.h"
#include "format/keyed.h"
#include "format/sqlite.h"

#define SQLITE_MEMORY	(160 * MIB)
/* Of a plan that is told in one message. */
#define BATCH		(64 * KIB)
/* Rows of Files that are no files. */
#define FLAG_FOLDER	2
#define FLAG_LINK	4

enum column { FILE_ID, DOMAIN_, PATH, FLAGS, BLOB, NCOLUMNS };

static const char *const columns[NCOLUMNS] = { "fileID", "domain",
    "relativePath", "flags", "file" };

struct extractor {
	struct talk talk;
	struct extract_job job;
	char globs[EXTRACT_ONLY_BYTES + 2 * EXTRACT_ONLY_MAX];
	const char *domains[EXTRACT_ONLY_MAX], *paths[EXTRACT_ONLY_MAX];
	bool matched[EXTRACT_ONLY_MAX];
	struct secret keys;		/* struct keys; or none */
	struct arena arena, database, row;
	struct decrypt *manifest;
	struct input db, wal, rollback;
	struct sqlite *sqlite;
	struct sqlite_scan *scan;
	int at[NCOLUMNS];
	struct buf text;		/* a note or a question on its way */
	struct buf name;
	uint64_t next;			/* number of the next wanted file */
	struct copier copier;
	struct extract_said said;
	uint8_t *kept;			/* texts of the last result */
	char why[EXTRACT_WHY];
};

/* --- which files are wanted ----------------------------------------------- */

/* Cuts each pattern at its first slash. */
static bool
read_globs(struct extractor *x)
{
	char *to = x->globs;
	struct bytes only;
	size_t cut;
	uint32_t i;

	for (i = 0; i < x->job.nonly; i++) {
		only = x->job.only[i];
		if (to + only.n + 2 > x->globs + sizeof(x->globs))
			return false;
		memcpy(to, only.p, only.n);
		cut = bytes_find_byte(only, '/', 0);
		x->domains[i] = to;
		x->paths[i] = cut == SIZE_MAX ? "**" : to + cut + 1;
		if (cut != SIZE_MAX)
			to[cut] = '\0';
		to[only.n] = '\0';
		to += only.n + 1;
	}
	return true;
}

static struct bytes
text_of(const struct sqlite_row *row, int column)
{
	struct val v = sqlite_value(row, column);

	return text_head(val_bytes(&v), EXTRACT_TEXT);
}

static bool
is_wanted(struct extractor *x, const struct sqlite_row *row)
{
	struct val flags = sqlite_value(row, x->at[FLAGS]);
	int64_t kind = val_number(&flags, 1);
	struct bytes domain, path;
	bool wanted = x->job.nonly == 0;
	uint32_t i;

	if (kind == FLAG_FOLDER || kind == FLAG_LINK)
		return false;
	if (wanted)
		return true;
	domain = text_of(row, x->at[DOMAIN_]);
	path = text_of(row, x->at[PATH]);
	for (i = 0; i < x->job.nonly; i++) {
		if (!text_glob(domain, x->domains[i]) ||
		    !text_glob(path, x->paths[i]))
			continue;
		x->matched[i] = true;
		wanted = true;
	}
	return wanted;
}

/* The row as a question; the name is what the manifest says, be it what it
   may: the parent judges it. */
static struct extract_wanted
wanted_of(struct extractor *x, const struct sqlite_row *row)
{
	struct extract_wanted w = { { NULL, 0 }, { NULL, 0 } };

	buf_reset(&x->name);
	if (x->job.names) {
		buf_add(&x->name, text_of(row, x->at[DOMAIN_]));
		buf_byte(&x->name, '/');
		buf_add(&x->name, text_of(row, x->at[PATH]));
	}
	w.id = text_of(row, x->at[FILE_ID]);
	w.name = buf_bytes(&x->name);
	return w;
}

/* --- the plan ------------------------------------------------------------- */

static void
note(struct extractor *x)
{
	talk_note(&x->talk, buf_bytes(&x->text));
	buf_reset(&x->text);
}

static void
on_gap(void *ctx, const struct gap *gap)
{
	struct extractor *x = ctx;
	struct buf b = buf_with(LIMIT_FINDING_TEXT + 64);

	buf_byte(&b, EXTRACT_NOTE_GAP);
	buf_le(&b, gap->offset, 8);
	buf_add(&b, bytes_part(bytes_of(gap->why), 0, EXTRACT_WHY));
	talk_note(&x->talk, buf_bytes(&b));
	buf_free(&b);
}

static void
plan_row(struct extractor *x, const struct sqlite_row *row)
{
	struct extract_wanted w = wanted_of(x, row);

	if (x->text.n == 0)
		buf_byte(&x->text, EXTRACT_NOTE_ROWS);
	extract_put_wanted(&x->text, &w);
	if (x->text.n > BATCH)
		note(x);
}

static void
plan_end(struct extractor *x)
{
	uint32_t i;

	if (x->text.n > 0)
		note(x);
	for (i = 0; i < x->job.nonly; i++) {
		if (x->matched[i])
			continue;
		buf_byte(&x->text, EXTRACT_NOTE_UNMATCHED);
		buf_le(&x->text, i, 4);
		note(x);
	}
}

/* --- asking --------------------------------------------------------------- */

struct answer {
	int fds[CHANNEL_FDS];
	unsigned nfds;
	uint64_t size;
};

/* Tells what became of the last file, and asks for the next. */
static void
ask(struct extractor *x, uint64_t row, const struct extract_wanted *w,
    struct answer *a)
{
	static uint8_t message[LIMIT_FINDING_TEXT + 64];
	struct wire_bounds none = { 0, 0, 0 };
	struct wire_message m;
	size_t n;

	x->said.has_request = true;
	x->said.row = row;
	x->said.wanted = *w;
	buf_reset(&x->text);
	extract_put_said(&x->text, &x->said);
	wire_ask(&x->talk.message, buf_bytes(&x->text));
	talk_send(&x->talk);
	if (channel_receive(x->talk.worker->channel, message,
	    sizeof(message), &n, a->fds, &a->nfds) != ERR_NONE || n == 0 ||
	    !wire_read(&m, bytes_at(message, n), &none, &x->talk.arena) ||
	    m.type != WIRE_OPENED || (a->nfds != 0 && a->nfds != 2))
		_exit(WORKER_CHANNEL);
	a->size = m.size;
	memset(&x->said, 0, sizeof(x->said));
	x->said.result.row = row;
	if (a->nfds > 0)
		return;
	n = m.text.n < sizeof(x->why) ? m.text.n : sizeof(x->why);
	memcpy(x->why, m.text.p, n);
	x->said.result.why = bytes_at(x->why, n);
}

static void
answer_close(struct answer *a)
{
	while (a->nfds > 0)
		(void)close(a->fds[--a->nfds]);
}

/* Its size and its key, by the archived MBFile. */
static struct copy_source
describe(struct extractor *x, const struct sqlite_row *row)
{
	static const struct gap_sink silent;
	struct val blob = sqlite_value(row, x->at[BLOB]);
	struct copy_source lies = { { NULL, 0 }, false };
	struct plist doc;
	struct keyed file;
	int64_t size;

	arena_reset(&x->row);
	lies.damaged = plist_read(&doc, &x->row, val_bytes(&blob), &silent) !=
	    ERR_NONE || !keyed_is(doc);
	if (lies.damaged)
		return lies;
	file = keyed_root(doc);
	size = keyed_int(keyed_get(file, "Size"), -1);
	x->said.result.has_manifest_size = size >= 0;
	x->said.result.manifest_size = size < 0 ? 0 : (uint64_t)size;
	lies.key = keyed_bytes(keyed_get(file, "EncryptionKey"));
	if (lies.key.n == 0 &&
	    keyed_present(keyed_get(file, "EncryptionKey")))
		lies.damaged = true;
	return lies;
}

/* A result is told with the next question, when its row is gone. */
static void
keep_texts(struct extractor *x, const struct sqlite_row *row, struct bytes id)
{
	struct bytes *to[3] = { &x->said.result.id, &x->said.result.domain,
	    &x->said.result.path };
	struct bytes texts[3] = { bytes_part(id, 0, EXTRACT_ID),
	    text_of(row, x->at[DOMAIN_]), text_of(row, x->at[PATH]) };
	uint8_t *p = x->kept;
	unsigned i;

	for (i = 0; i < 3; i++) {
		if (texts[i].n > 0)
			memcpy(p, texts[i].p, texts[i].n);
		*to[i] = bytes_at(p, texts[i].n);
		p += texts[i].n;
	}
}

static bool
is_mine(const struct extractor *x, uint64_t row)
{
	return row >= x->job.from && row % x->job.workers == x->job.worker;
}

static void
one_file(struct extractor *x, const struct sqlite_row *row, uint64_t number)
{
	struct extract_wanted w = wanted_of(x, row);
	struct extract_result *r = &x->said.result;
	struct answer a;
	struct copy_source lies;
	struct input in;

	ask(x, number, &w, &a);
	if (a.nfds == 0 && r->why.n == 0)
		return;			/* done long ago */
	x->said.has_result = true;
	keep_texts(x, row, w.id);
	if (a.nfds == 0 && a.size == 1)
		return;
	lies = describe(x, row);
	if (a.nfds == 0)
		return;
	in = input_file(a.fds[0], a.size);
	worker_copy(&x->copier, &in, &lies, a.fds[1], r);
	answer_close(&a);
}

/* What lies beside the files. */
static void
one_root(struct extractor *x, uint32_t number)
{
	uint8_t which = x->job.roots[number];
	struct extract_wanted w = { { NULL, 0 },
	    bytes_of(extract_roots[which]) };
	struct extract_result *r = &x->said.result;
	struct copy_source lies = { { NULL, 0 }, false };
	struct answer a;
	struct input in;

	ask(x, number, &w, &a);
	if (a.nfds == 0 && r->why.n == 0)
		return;
	x->said.has_result = true;
	r->path = w.name;
	if (a.nfds == 0)
		return;
	if (which == EXTRACT_DB)
		lies.key = x->job.manifest;
	in = input_file(a.fds[0], a.size);
	worker_copy(&x->copier, &in, &lies, a.fds[1], r);
	answer_close(&a);
}

/* --- all of them ---------------------------------------------------------- */

static const struct input *
beside(struct extractor *x, uint32_t number, struct input *to)
{
	const char *why;

	return talk_open(&x->talk, number, to, &why) ? to : NULL;
}

/* Manifest.db, decrypted page by page if it is encrypted. */
static bool
manifest_input(struct extractor *x)
{
	enum decrypt_odd odd = DECRYPT_FINE;
	const char *why = "cannot be read";
	uint8_t key[KEY_BYTES];
	struct input in;
	bool ok = talk_open(&x->talk, EXTRACT_DB, &in, &why);

	if (ok && x->job.manifest.n > 0 && x->keys.p != NULL &&
	    !decrypt_in_clear(&in)) {
		ok = keys_file((const void *)x->keys.p, x->job.manifest, key,
		    &why);
		if (ok && decrypt_open(&x->manifest, &in, key, &odd) !=
		    ERR_NONE)
			_exit(WORKER_NO_MEMORY);
		if (ok)
			in = decrypt_input(x->manifest);
		secret_wipe(key, sizeof(key));
	}
	x->db = in;
	if (!ok)
		on_gap(x, &(struct gap){ GAP_NO_OFFSET, why });
	return ok;
}

/* False after a gap if nothing can be read of it. */
static bool
open_manifest(struct extractor *x, const struct gap_sink *gaps)
{
	struct sqlite_files files = { .db = &x->db };
	const struct sqlite_table *table = NULL;
	enum err err = ERR_KIND;
	unsigned i;

	if (!manifest_input(x))
		return false;
	files.wal = beside(x, EXTRACT_WAL, &x->wal);
	files.journal = beside(x, EXTRACT_ROLLBACK, &x->rollback);
	err = sqlite_open(&x->sqlite, &x->database, &files, gaps);
	if (err == ERR_NONE)
		table = sqlite_table(x->sqlite, "Files");
	if (err == ERR_NONE && table != NULL)
		err = sqlite_scan_open(&x->scan, x->sqlite, table);
	if (err == ERR_MEMORY)
		_exit(WORKER_NO_MEMORY);
	if (err != ERR_NONE || table == NULL) {
		gap_add(gaps, GAP_NO_OFFSET, err != ERR_NONE ?
		    "it is no database" : "it has no table of files");
		return false;
	}
	for (i = 0; i < NCOLUMNS; i++)
		x->at[i] = sqlite_column(table, columns[i]);
	return true;
}

static void
walk(struct extractor *x)
{
	struct sqlite_row row;
	uint64_t number = x->job.nroots;

	while (sqlite_scan_next(x->scan, &row)) {
		if (!is_wanted(x, &row))
			continue;
		if (x->job.mode == EXTRACT_PLAN)
			plan_row(x, &row);
		else if (is_mine(x, number))
			one_file(x, &row, number);
		number++;
	}
	sqlite_scan_close(x->scan);
}

static void
run(struct extractor *x)
{
	struct gap_sink gaps = { x->job.mode == EXTRACT_PLAN ? on_gap : NULL,
	    x };
	uint32_t i;

	for (i = 0; x->job.mode == EXTRACT_FILES && i < x->job.nroots; i++)
		if (is_mine(x, i))
			one_root(x, i);
	if (open_manifest(x, &gaps))
		walk(x);
	if (x->sqlite != NULL)
		sqlite_close(x->sqlite);
	decrypt_close(x->manifest);
	if (x->job.mode == EXTRACT_PLAN) {
		plan_end(x);
	} else if (x->said.has_result) {
		buf_reset(&x->text);
		buf_byte(&x->text, EXTRACT_NOTE_LAST);
		x->said.has_request = false;
		extract_put_said(&x->text, &x->said);
		note(x);
	}
}

int
worker_extract(const struct worker *worker)
{
	static struct extractor x;

	talk_start(&x.talk, worker);
	x.arena = arena_with(MIB);
	x.database = arena_with(SQLITE_MEMORY);
	x.row = arena_with(2 * LIMIT_PLIST_BYTES);
	x.text = buf_with(LIMIT_MESSAGE);
	x.name = buf_with(2 * EXTRACT_NAME);
	x.kept = arena_alloc(&x.arena, EXTRACT_ID + 2 * EXTRACT_TEXT, 1);
	if (!extract_read_job(&x.job, worker->args) || !read_globs(&x))
		return WORKER_CHANNEL;
	if (x.kept == NULL || worker_copy_new(&x.copier, &x.arena) !=
	    ERR_NONE || (x.job.keys && (worker->nfds < 1 ||
	    secret_map(&x.keys, worker->fds[0], sizeof(struct keys)) !=
	    ERR_NONE)))
		return WORKER_NO_MEMORY;
	x.copier.keys = x.job.keys ? (const void *)x.keys.p : NULL;
	run(&x);
	worker_copy_free(&x.copier);
	secret_free(&x.keys);
	buf_free(&x.text);
	buf_free(&x.name);
	arena_free(&x.row);
	arena_free(&x.database);
	arena_free(&x.arena);
	talk_close(&x.talk);
	talk_done(&x.talk, NULL);
	return WORKER_DONE;
}
