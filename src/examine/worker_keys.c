/*
 * The keys of an encrypted backup: what Manifest.plist says of them, and the
 * way from a password to them.  Inside the jail.
 */
#include "examine/worker.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "crypt/decrypt.h"
#include "crypt/keybag.h"
#include "crypt/secret.h"
#include "examine/talk.h"
#include "examine/unlock.h"
#include "examine/wire.h"
#include "format/plist.h"

struct manifest {		/* Manifest.plist */
	bool there, encrypted;
	struct bytes bag, key;
};

static void
say(struct talk *t, const char *word, const char *rest)
{
	struct buf b = buf_with(256);

	buf_printf(&b, "%s %s", word, rest);
	talk_note(t, buf_bytes(&b));
	buf_free(&b);
}

/* Its damage is told when it is examined. */
static void
read_plist(struct talk *t, struct arena *arena, struct manifest *m)
{
	static const struct gap_sink silent;
	struct input in;
	struct plist root;
	const char *why;
	uint8_t *p;
	size_t n;

	if (!talk_open(t, KEYS_FILE_PLIST, &in, &why) ||
	    in.size > LIMIT_PLIST_BYTES)
		return;
	p = arena_alloc(arena, (size_t)in.size + 1, 1);
	n = p == NULL ? 0 : input_read(&in, p, (size_t)in.size, 0);
	if (p == NULL || plist_read(&root, arena, bytes_at(p, n), &silent) !=
	    ERR_NONE)
		return;
	m->there = true;
	m->encrypted = plist_int(plist_get(root, "IsEncrypted"), 0) != 0;
	m->bag = plist_bytes(plist_get(root, "BackupKeyBag"));
	m->key = plist_bytes(plist_get(root, "ManifestKey"));
}

/* Whether a file lies in clear; false too if it is not there. */
static bool
in_clear(struct talk *t, uint32_t number)
{
	struct input in;
	const char *why;
	bool clear = talk_open(t, number, &in, &why) && decrypt_in_clear(&in);

	talk_close(t);
	return clear;
}

/* Before iOS 10.2 Manifest.db lay in clear beside encrypted files; the copy
   that a tool has decrypted looks the same until one looks at a file. */
static bool
decrypted_copy(struct talk *t)
{
	const char *why = "";
	struct input in;
	uint32_t i;
	bool more = true;

	for (i = KEYS_FILE_KNOWN; more; i++) {
		if (in_clear(t, i))
			return true;
		more = talk_open(t, i, &in, &why) ||
		    strcmp(why, "no more") != 0;
		talk_close(t);
	}
	return false;
}

/* Whether it must be unlocked; its key bag then, unless that was a fault that
   has been told. */
static bool
needs_key(struct talk *t, struct arena *arena, struct manifest *m,
    struct keybag *bag)
{
	const char *why = "";
	bool clear = in_clear(t, KEYS_FILE_DB);

	read_plist(t, arena, m);
	talk_close(t);
	if (clear ? !m->encrypted || decrypted_copy(t) :
	    !m->encrypted && m->bag.n == 0) {
		say(t, "plain", "");
		return false;
	}
	if (m->bag.n == 0) {
		say(t, "fault", "Manifest.plist holds no key bag");
		return false;
	}
	if (!keybag_read(bag, m->bag, &why)) {
		struct buf b = buf_with(256);

		buf_printf(&b, "fault the key bag %s", why);
		talk_note(t, buf_bytes(&b));
		buf_free(&b);
		return false;
	}
	if (!clear && m->key.n != WRAPPED_BYTES) {
		say(t, "fault", m->key.n == 0 ? "Manifest.plist holds no key "
		    "for Manifest.db" : "the key of Manifest.db is damaged");
		return false;
	}
	return true;
}

static bool
on_rounds(void *ctx, uint64_t done)
{
	struct talk *t = ctx;

	wire_progress(&t->message, done);
	talk_send(t);
	return true;
}

static void
tell_manifest_key(struct talk *t, struct bytes key)
{
	struct buf b = buf_with(256);

	buf_text(&b, "manifest ");
	buf_add(&b, key);
	talk_note(t, buf_bytes(&b));
	buf_free(&b);
}

/* From what was given to the keys, in memory that is wiped. */
static int
open_bag(struct talk *t, const struct keybag *bag,
    const struct unlock_with *with, const struct manifest *m)
{
	const struct pbkdf2_progress progress = { on_rounds, t };
	const struct worker *w = t->worker;
	struct secret own;
	struct { uint8_t key[KEY_BYTES]; struct keys keys; } *s;
	struct bytes text = bytes_at(with->text, with->n);
	int status = WORKER_DONE;

	if (with->n > UNLOCK_TEXT_MAX ||
	    secret_private(&own, sizeof(*s)) != ERR_NONE)
		return WORKER_NO_MEMORY;
	s = (void *)own.p;
	if (with->is_key != 0 ? !keybag_key_text(text, s->key) :
	    !keybag_derive(bag, text, s->key, &progress)) {
		say(t, "nokey", "");
	} else if (!keybag_unlock(bag, s->key, &s->keys)) {
		say(t, "wrong", "");
	} else if (secret_write(w->fds[1], &s->keys, sizeof(s->keys)) !=
	    ERR_NONE || secret_write(w->fds[2], s->key, KEY_BYTES) !=
	    ERR_NONE) {
		status = WORKER_NO_MEMORY;
	} else {
		if (m->key.n == WRAPPED_BYTES)
			tell_manifest_key(t, m->key);
		say(t, "open", "");
	}
	secret_free(&own);
	return status;
}

static void
say_rounds(struct talk *t, uint64_t rounds)
{
	struct buf b = buf_with(64);

	buf_text(&b, "encrypted ");
	buf_uint(&b, rounds);
	talk_note(t, buf_bytes(&b));
	buf_free(&b);
}

int
worker_keys(const struct worker *worker)
{
	struct arena arena = arena_with(2 * LIMIT_PLIST_BYTES);
	struct talk t = { 0 };
	struct cur args = cur_over(worker->args);
	struct manifest m = { 0 };
	struct keybag bag;
	struct secret with;
	uint32_t mode;
	int status = WORKER_DONE;

	talk_start(&t, worker);
	mode = (uint32_t)cur_le(&args, 4);
	if (!needs_key(&t, &arena, &m, &bag)) {
		;
	} else if (mode == KEYS_LOOK) {
		say_rounds(&t, bag.rounds + bag.rounds2);
	} else if (worker->nfds < 3 || secret_map(&with, worker->fds[0],
	    sizeof(struct unlock_with)) != ERR_NONE) {
		status = WORKER_NO_MEMORY;
	} else {
		status = open_bag(&t, &bag, (const void *)with.p, &m);
		secret_free(&with);
	}
	arena_free(&arena);
	if (status == WORKER_DONE)
		talk_done(&t, NULL);
	return status;
}
