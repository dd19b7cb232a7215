/*
 * What mkbackup --encrypt makes, opened again with libcrypto alone: key bag,
 * manifest key, manifest, and every file against the same backup in clear.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <sqlite3.h>

#include "base/limits.h"
#include "checking.h"
#include "format/keyed.h"
#include "sample.h"

#define DEMO		"samples/demo"
#define PASSWORD	"correct horse Ä"
#define CLASSES		16
#define KEY		32

struct opened {			/* a backup */
	struct sample files;
	struct plist plist;
	uint8_t class_keys[CLASSES][KEY];
	bool has[CLASSES];
	uint32_t dpic, iter;
	struct bytes dpsl, salt;
	unsigned closed;	/* classes that the password does not open */
};

static struct arena arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_with(4 * GIB);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* mkbackup with options, up to a NULL. */
static int
make(const char *spec, const char *out, ...)
{
	const char *binary = getenv("OSTRAKON");
	char maker[LIMIT_PATH_BYTES], *argv[16];
	unsigned n = 1;
	int status;
	va_list ap;
	pid_t pid;

	(void)snprintf(maker, sizeof(maker), "%.*smkbackup",
	    (int)(strrchr(binary, '/') - binary) + 1, binary);
	argv[0] = maker;
	va_start(ap, out);
	while ((argv[n] = va_arg(ap, char *)) != NULL && n < 13)
		n++;
	va_end(ap);
	argv[n++] = arena_string(&arena, bytes_of(spec));
	argv[n++] = arena_string(&arena, bytes_of(out));
	argv[n] = NULL;
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
		(void)execv(argv[0], argv);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
needs(void)
{
	if (!checking_can())
		skip();
}

static struct bytes
read_in(struct opened *o, const char *name)
{
	struct bytes data;

	assert_true(sample_read(&o->files, name, &data));
	return data;
}

static bool
unwrap(const uint8_t *with, struct bytes wrapped, uint8_t *key)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	uint8_t room[KEY + 16];
	int n = 0;
	bool good;

	assert_non_null(ctx);
	assert_int_equal(wrapped.n, KEY + 8);
	EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	good = EVP_DecryptInit_ex(ctx, EVP_aes_256_wrap(), NULL, with,
	    NULL) == 1 && EVP_DecryptUpdate(ctx, room, &n, wrapped.p,
	    (int)wrapped.n) == 1 && n == KEY;
	if (good)
		memcpy(key, room, KEY);
	EVP_CIPHER_CTX_free(ctx);
	return good;
}

static struct bytes
decrypt(const uint8_t *key, struct bytes cipher)
{
	static const uint8_t iv[16];
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	uint8_t *to = arena_alloc(&arena, cipher.n + 16, 1);
	int n = 0, last = 0;

	assert_non_null(ctx);
	assert_non_null(to);
	assert_true(cipher.n > 0 && cipher.n % 16 == 0);
	assert_int_equal(EVP_DecryptInit_ex(ctx, EVP_aes_256_cbc(), NULL, key,
	    iv), 1);
	assert_int_equal(EVP_DecryptUpdate(ctx, to, &n, cipher.p,
	    (int)cipher.n), 1);
	assert_int_equal(EVP_DecryptFinal_ex(ctx, to + n, &last), 1);
	EVP_CIPHER_CTX_free(ctx);
	return bytes_at(to, (size_t)(n + last));
}

/* --- the key bag ------------------------------------------------------------- */

static void
derive(const struct opened *o, const char *password, uint8_t *key)
{
	uint8_t first[KEY];
	const char *p = password;
	int n = (int)strlen(password);

	if (o->dpsl.p != NULL) {
		assert_int_equal(PKCS5_PBKDF2_HMAC(p, n, o->dpsl.p,
		    (int)o->dpsl.n, (int)o->dpic, EVP_sha256(), KEY, first),
		    1);
		p = (const char *)first;
		n = KEY;
	}
	assert_int_equal(PKCS5_PBKDF2_HMAC(p, n, o->salt.p, (int)o->salt.n,
	    (int)o->iter, EVP_sha1(), KEY, key), 1);
}

/* The values before the first class. */
static void
head_value(struct opened *o, const char *tag, struct bytes value)
{
	struct cur c = cur_over(value);

	if (strcmp(tag, "DPIC") == 0)
		o->dpic = (uint32_t)cur_be(&c, 4);
	else if (strcmp(tag, "ITER") == 0)
		o->iter = (uint32_t)cur_be(&c, 4);
	else if (strcmp(tag, "DPSL") == 0)
		o->dpsl = value;
	else if (strcmp(tag, "SALT") == 0)
		o->salt = value;
}

static void
unlock(struct opened *o, const char *password)
{
	struct bytes bag = plist_bytes(plist_get(o->plist, "BackupKeyBag"));
	struct cur c = cur_over(bag), number;
	uint32_t class = 0, wrap = 0;
	uint8_t key[KEY];
	struct bytes tag, value;
	char name[5] = "";

	while (cur_left(&c) > 0) {
		tag = cur_take(&c, 4);
		value = cur_take(&c, cur_be(&c, 4));
		assert_true(cur_ok(&c));
		memcpy(name, tag.p, 4);
		number = cur_over(value);
		if (strcmp(name, "CLAS") == 0) {
			if (class == 0)
				derive(o, password, key);
			class = (uint32_t)cur_be(&number, 4);
			assert_true(class < CLASSES);
		} else if (class == 0)
			head_value(o, name, value);
		else if (strcmp(name, "WRAP") == 0)
			wrap = (uint32_t)cur_be(&number, 4);
		else if (strcmp(name, "WPKY") == 0 && (wrap & 2) == 0)
			o->closed++;
		else if (strcmp(name, "WPKY") == 0)
			o->has[class] = unwrap(key, value,
			    o->class_keys[class]);
	}
}

static struct opened
open_backup(const char *path, const char *password)
{
	struct opened o = { .files = sample_with(&arena, path) };
	struct gap_sink none = { NULL, NULL };

	assert_int_equal(plist_read(&o.plist, &arena,
	    read_in(&o, "Manifest.plist"), &none), ERR_NONE);
	assert_int_equal(plist_int(plist_get(o.plist, "IsEncrypted"), 0), 1);
	unlock(&o, password);
	return o;
}

/* A key of the manifest or of a file: class and wrapped key. */
static bool
file_key(const struct opened *o, struct bytes blob, uint8_t *key)
{
	struct cur c = cur_over(blob);
	uint32_t class = (uint32_t)cur_le(&c, 4);

	assert_int_equal(blob.n, KEY + 12);
	assert_true(class < CLASSES);
	return o->has[class] && unwrap(o->class_keys[class],
	    cur_take(&c, KEY + 8), key);
}

/* --- the manifest ------------------------------------------------------------- */

static sqlite3 *
manifest(struct opened *o, bool encrypted)
{
	struct bytes data = read_in(o, "Manifest.db");
	uint8_t key[KEY];
	uint8_t *image;
	sqlite3 *db;

	if (encrypted) {
		assert_false(bytes_starts(data, "SQLite format 3"));
		assert_true(file_key(o, plist_bytes(plist_get(o->plist,
		    "ManifestKey")), key));
		data = decrypt(key, data);
	}
	assert_true(bytes_starts(data, "SQLite format 3"));
	image = sqlite3_malloc64(data.n);
	assert_non_null(image);
	memcpy(image, data.p, data.n);
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_deserialize(db, "main", image,
	    (sqlite3_int64)data.n, (sqlite3_int64)data.n,
	    SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY),
	    SQLITE_OK);
	return db;
}

struct tally {
	unsigned files, keyed, plain, locked, smaller;
};

/* One file against its original. */
static void
compare(struct opened *o, struct opened *clear, sqlite3_stmt *row,
    struct tally *tally)
{
	const char *id = (const char *)sqlite3_column_text(row, 0);
	struct gap_sink none = { NULL, NULL };
	uint8_t key[KEY];
	struct bytes blob, stored, original;
	struct keyed file;
	struct plist doc;
	char path[64];

	(void)snprintf(path, sizeof(path), "%.2s/%s", id, id);
	stored = read_in(o, path);
	original = read_in(clear, path);
	blob = arena_copy(&arena, bytes_at(sqlite3_column_blob(row, 1),
	    (size_t)sqlite3_column_bytes(row, 1)));
	assert_int_equal(plist_read(&doc, &arena, blob, &none), ERR_NONE);
	file = keyed_root(doc);
	blob = keyed_bytes(keyed_get(file, "EncryptionKey"));
	tally->files++;
	tally->smaller += (uint64_t)keyed_int(keyed_get(file, "Size"), 0) <
	    original.n;
	if (blob.p == NULL) {
		tally->plain++;
		assert_true(bytes_eq(stored, original));
	} else if (!file_key(o, blob, key))
		tally->locked++;
	else {
		tally->keyed++;
		assert_true(bytes_eq(decrypt(key, stored), original));
	}
}

/* All files of the encrypted backup against those of the one in clear. */
static struct tally
walk(const char *path, const char *clear_path, bool manifest_encrypted)
{
	struct opened o = open_backup(path, PASSWORD);
	struct opened clear = { .files = sample_with(&arena, clear_path) };
	struct tally tally = { 0 };
	sqlite3 *db = manifest(&o, manifest_encrypted);
	sqlite3_stmt *rows;

	assert_int_equal(o.closed, 3);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT fileID, file FROM"
	    " Files WHERE flags = 1", -1, &rows, NULL), SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW)
		compare(&o, &clear, rows, &tally);
	assert_int_equal(sqlite3_finalize(rows), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	sample_free(&o.files);
	sample_free(&clear.files);
	return tally;
}

/* --- tests -------------------------------------------------------------------- */

static void
opens(void **state)
{
	const char *clear = checking_path(&arena, "clear");
	const char *new = checking_path(&arena, "new");
	struct opened o;
	struct tally t;

	(void)state;
	needs();
	assert_int_equal(make(DEMO, clear, NULL), 0);
	assert_int_equal(make(DEMO, new, "--encrypt", PASSWORD, "--rounds",
	    "1234", NULL), 0);
	t = walk(new, clear, true);
	assert_true(t.files > 20);
	assert_int_equal(t.keyed, t.files);
	assert_int_equal(t.smaller, 0);

	o = open_backup(new, PASSWORD);
	assert_int_equal(o.dpic, 1234);
	assert_int_equal(o.iter, 10000);
	assert_int_equal(o.dpsl.n, 20);
	assert_true(o.has[3] && o.has[4]);
	sample_free(&o.files);
	o = open_backup(new, "another");
	assert_false(o.has[3] || o.has[4]);
	sample_free(&o.files);
}

static void
old_shape(void **state)
{
	const char *clear = checking_path(&arena, "clear");
	const char *old = checking_path(&arena, "old");
	struct opened o;
	struct tally t;

	(void)state;
	needs();
	assert_int_equal(make(DEMO, old, "--encrypt", PASSWORD, "--old",
	    "--stale-sizes", "--seed", "7", NULL), 0);
	t = walk(old, clear, false);
	assert_int_equal(t.keyed, t.files);
	assert_true(t.smaller > 5);
	o = open_backup(old, PASSWORD);
	assert_null(o.dpsl.p);
	assert_int_equal(o.iter, 10000);
	assert_false(plist_is(plist_get(o.plist, "ManifestKey")));
	sample_free(&o.files);
}

static void
put(const char *folder, const char *name, const char *text)
{
	char path[LIMIT_PATH_BYTES];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* Without a key, with a damaged one, of a class that stays closed; empty, and
   as long as a block. */
static void
options(void **state)
{
	const char *spec = checking_path(&arena, "spec");
	const char *clear = checking_path(&arena, "options clear");
	const char *out = checking_path(&arena, "options");
	struct tally t;

	(void)state;
	needs();
	assert_int_equal(mkdir(spec, 0700), 0);
	put(spec, "manifest.plist.xml", "<dict><key>IsEncrypted</key><false/>"
	    "<key>Version</key><string>10.0</string></dict>");
	put(spec, "empty.txt", "");
	put(spec, "block.txt", "sixteen bytes !\n");
	put(spec, "backup.list", "- | Manifest.plist | manifest.plist.xml |\n"
	    "HomeDomain | a | block.txt |\n"
	    "HomeDomain | b | empty.txt | class=4\n"
	    "HomeDomain | c | block.txt | plain\n"
	    "HomeDomain | d | block.txt | key=bad\n"
	    "HomeDomain | e | block.txt | class=9\n"
	    "HomeDomain | f | / |\n");
	assert_int_equal(make(spec, clear, NULL), 0);
	assert_int_equal(make(spec, out, "--encrypt", PASSWORD, NULL), 0);
	t = walk(out, clear, true);
	assert_int_equal(t.files, 5);
	assert_int_equal(t.keyed, 2);
	assert_int_equal(t.plain, 1);
	assert_int_equal(t.locked, 2);

	put(spec, "backup.list", "HomeDomain | a | block.txt | class=12\n"
	    "- | Manifest.plist | manifest.plist.xml |\n");
	assert_int_equal(make(spec, checking_path(&arena, "no class"),
	    "--encrypt", PASSWORD, NULL), 1);
	put(spec, "backup.list", "HomeDomain | a | block.txt |\n");
	assert_int_equal(make(spec, checking_path(&arena, "no plist"),
	    "--encrypt", PASSWORD, NULL), 1);
	assert_int_equal(make(spec, checking_path(&arena, "no word"),
	    "--old", NULL), 2);
}

static struct bytes
manifest_of(const char *path)
{
	struct sample s = sample_with(&arena, path);
	struct bytes data;

	assert_true(sample_read(&s, "Manifest.db", &data));
	sample_free(&s);
	return data;
}

/* A large one: as many rows as were asked for; the same seed, the same bytes. */
static void
filled(void **state)
{
	static const char *const names[] = { "one", "two", "three" };
	static const char *const seeds[] = { "5", "5", "6" };
	struct bytes manifests[3];
	struct tally t;
	unsigned i;

	(void)state;
	needs();
	for (i = 0; i < 3; i++) {
		assert_int_equal(make(DEMO, checking_path(&arena, names[i]),
		    "--scale", "1", "--files", "400", "--seed", seeds[i],
		    "--encrypt", PASSWORD, NULL), 0);
		manifests[i] = manifest_of(checking_path(&arena, names[i]));
	}
	assert_true(bytes_eq(manifests[0], manifests[1]));
	assert_false(bytes_eq(manifests[0], manifests[2]));
	assert_int_equal(make(DEMO, checking_path(&arena, "one clear"),
	    "--scale", "1", "--files", "400", "--seed", "5", NULL), 0);
	t = walk(checking_path(&arena, "one"),
	    checking_path(&arena, "one clear"), true);
	assert_true(t.files > 250 && t.files < 400);
	assert_int_equal(t.keyed, t.files);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(opens, begin, end),
		cmocka_unit_test_setup_teardown(old_shape, begin, end),
		cmocka_unit_test_setup_teardown(options, begin, end),
		cmocka_unit_test_setup_teardown(filled, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
