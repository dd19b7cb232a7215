#include "examine/unlock.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "examine/evidence.h"
#include "examine/examine_inside.h"
#include "jail/broker.h"

/* What one job told. */
struct unlocking {
	struct broker *broker;
	struct examine *ex;
	void (*progress)(void *ctx, uint64_t done);
	void *ctx;
	struct unlock_look *look;
	struct unlocked *to;
	enum refusal refusal;
	const char *why;		/* how the worker ended, or NULL */
	bool told;
};

/* Files that nearly every phone has: whether they lie in clear tells a copy
   that another tool has decrypted from a backup whose Manifest.db is in clear
   (before iOS 10.2). */
static const char *const known[] = {
	"HomeDomain-Library/SMS/sms.db",
	"HomeDomain-Library/AddressBook/AddressBook.sqlitedb",
	"HomeDomain-Library/CallHistoryDB/CallHistory.storedata",
	"HomeDomain-Library/Calendar/Calendar.sqlitedb",
	"HomeDomain-Library/TCC/TCC.db",
	"HomeDomain-Library/Preferences/.GlobalPreferences.plist",
	"HomeDomain-Library/Safari/History.db",
	"HomeDomain-Library/Accounts/Accounts3.sqlite",
	"WirelessDomain-Library/Databases/DataUsage.sqlite",
};

/* Where a file with this name lies: by the SHA-1 of it. */
static void
known_place(struct buf *b, const char *name)
{
	uint8_t id[HASH_SHA1];

	hash_sha1(bytes_of(name), id);
	text_hex(b, bytes_at(id, 1));
	buf_byte(b, '/');
	text_hex(b, bytes_at(id, HASH_SHA1));
}

static bool
on_open(void *ctx, uint32_t number, int *fd, uint64_t *size, const char **why)
{
	struct unlocking *u = ctx;
	struct broker_file file;
	struct buf name = buf_with(64);
	enum err err = ERR_MISSING;

	if (number == KEYS_FILE_PLIST)
		buf_text(&name, "Manifest.plist");
	else if (number == KEYS_FILE_DB)
		buf_text(&name, "Manifest.db");
	else if (number - KEYS_FILE_KNOWN < sizeof(known) / sizeof(known[0]))
		known_place(&name, known[number - KEYS_FILE_KNOWN]);
	if (name.n > 0)
		err = broker_file(u->broker, buf_bytes(&name), &file);
	*why = name.n == 0 ? "no more" : "not there";
	buf_free(&name);
	if (err != ERR_NONE)
		return false;
	*fd = file.fd;
	*size = file.size;
	return true;
}

static bool
take_manifest_key(struct unlocking *u, struct bytes key)
{
	if (u->to == NULL || u->told || u->to->manifest_encrypted ||
	    key.n != WRAPPED_BYTES)
		return false;
	memcpy(u->to->manifest, key.p, WRAPPED_BYTES);
	u->to->manifest_encrypted = true;
	return true;
}

/* A word, and what belongs to it. */
static bool
on_note(struct unlocking *u, struct bytes text)
{
	size_t end = bytes_find_byte(text, ' ', 0);
	struct bytes word = bytes_part(text, 0, end);
	struct bytes rest = end == SIZE_MAX ? bytes_at(NULL, 0) :
	    bytes_part(text, end + 1, 160);

	if (bytes_is(word, "manifest"))
		return take_manifest_key(u, rest);
	if (u->told)
		return false;
	u->told = true;
	if (bytes_is(word, "wrong") && u->to != NULL) {
		u->refusal = REFUSAL_PASSWORD;
	} else if (bytes_is(word, "nokey") && u->to != NULL) {
		u->refusal = REFUSAL_KEY_FILE;
	} else if (bytes_is(word, "fault")) {
		u->refusal = REFUSAL_KEYBAG;
		(void)snprintf(u->ex->detail, sizeof(u->ex->detail), "%.*s",
		    (int)rest.n, (const char *)rest.p);
	} else if (bytes_is(word, "encrypted") && u->look != NULL) {
		u->look->encrypted = text_uint(rest, &u->look->rounds);
		return u->look->encrypted;
	} else {
		return bytes_is(word, u->look != NULL ? "plain" : "open");
	}
	return true;
}

static bool
on_message(void *ctx, const struct wire_message *m)
{
	struct unlocking *u = ctx;

	switch (m->type) {
	case WIRE_DONE:
		return true;
	case WIRE_NOTE:
		return on_note(u, m->text);
	case WIRE_PROGRESS:
		if (u->progress != NULL)
			u->progress(u->ctx, m->count);
		return true;
	default:
		return false;
	}
}

static void
on_end(void *ctx, const char *why)
{
	struct unlocking *u = ctx;

	u->why = why;
}

static enum refusal
run_job(struct examine *ex, const char *folder, struct unlocking *u,
    uint32_t mode, const int *fds, unsigned nfds, enum err *err)
{
	struct arena scratch = arena_with(LIMIT_MESSAGE);
	struct buf args = buf_with(16);
	struct task task = { .kind = JOB_KEYS, .ctx = u, .open = on_open,
	    .message = on_message, .ended = on_end, .arena = &scratch,
	    .fds = fds, .nfds = nfds };

	u->ex = ex;
	ex->detail[0] = '\0';
	*err = broker_open(&u->broker, folder);
	if (*err != ERR_NONE)
		return evidence_refusal(*err);
	buf_le(&args, mode, 4);
	task.args = buf_bytes(&args);
	*err = session_start(ex->session, &task, 1);
	if (*err == ERR_NONE)
		*err = session_finish(ex->session);
	if (*err != ERR_NONE)
		session_drop(ex->session);
	else if (u->why != NULL || !u->told)
		*err = ERR_WORKER;
	broker_close(u->broker);
	buf_free(&args);
	arena_free(&scratch);
	return *err != ERR_NONE ? REFUSAL_MACHINE : u->refusal;
}

enum refusal
unlock_look(struct examine *ex, const char *folder, struct unlock_look *look,
    enum err *err)
{
	struct unlocking u = { .look = look };
	enum refusal refusal;

	*look = (struct unlock_look){ 0 };
	refusal = run_job(ex, folder, &u, KEYS_LOOK, NULL, 0, err);
	if (refusal != REFUSAL_NONE)
		*look = (struct unlock_look){ 0 };
	return refusal;
}

enum refusal
unlock(struct examine *ex, const char *folder, const struct secret *with,
    void (*progress)(void *ctx, uint64_t done), void *ctx,
    struct unlocked *to, enum err *err)
{
	struct unlocking u = { .progress = progress, .ctx = ctx, .to = to };
	enum refusal refusal = REFUSAL_MACHINE;
	int fds[3];

	*to = (struct unlocked){ .keys.fd = -1, .key.fd = -1 };
	*err = secret_new(&to->keys, sizeof(struct keys));
	if (*err == ERR_NONE)
		*err = secret_new(&to->key, KEY_BYTES);
	if (*err == ERR_NONE) {
		fds[0] = with->fd;
		fds[1] = to->keys.fd;
		fds[2] = to->key.fd;
		refusal = run_job(ex, folder, &u, KEYS_UNLOCK, fds, 3, err);
	}
	if (refusal != REFUSAL_NONE) {
		unlocked_free(to);
		return refusal;
	}
	secret_seal(&to->keys);
	secret_seal(&to->key);
	return REFUSAL_NONE;
}

void
unlocked_free(struct unlocked *u)
{
	secret_free(&u->keys);
	secret_free(&u->key);
	*u = (struct unlocked){ .keys.fd = -1, .key.fd = -1 };
}
