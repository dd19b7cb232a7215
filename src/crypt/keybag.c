/*
 * A key bag is a row of fields: a tag of four letters, a length (32 bits,
 * big-endian), a value.  First those of the bag; then, from the second UUID on,
 * those of one class after another.
 *
 * A phone writes its bag in one piece, so what is odd about one is no damage to
 * be worked around but a reason not to spend ten million rounds on it.
 *
 * Sources: iPhone data protection tools of Bédrune and Sigwald (2011); what
 * iOS 10.2 added: public notes on its backups.
 */
#include "crypt/keybag.h"

#include <string.h>

#include "crypt/secret.h"

#define TYPE_BACKUP	1
#define WRAP_PASSWORD	2u
#define SALT_MAX	64
#define CLASS_KEY_BYTES	(KEY_BYTES + 8)

/* The fields that are read. */
enum tag {
	VERS, TYPE, SALT, ITER, DPSL, DPIC,	/* of the bag */
	UUID, CLAS, WRAP, WPKY,			/* of both, or of a class */
	NTAGS
};

static const char names[NTAGS][5] = {
	"VERS", "TYPE", "SALT", "ITER", "DPSL", "DPIC",
	"UUID", "CLAS", "WRAP", "WPKY",
};

struct fields {			/* of the bag, or of one class */
	bool has[NTAGS];
	struct bytes value[NTAGS];
};

static enum tag
tag_of(struct bytes name)
{
	enum tag t = VERS;

	while (t < NTAGS && !bytes_is(name, names[t]))
		t++;
	return t;
}

/* The fields up to the next UUID or the end.  False if they are cut or one
   stands there twice. */
static bool
read_fields(struct cur *c, struct fields *f, const char **why)
{
	struct bytes name, value;
	struct cur ahead;
	enum tag tag;

	memset(f, 0, sizeof(*f));
	while (cur_left(c) > 0) {
		ahead = *c;
		name = cur_take(&ahead, 4);
		value = cur_take(&ahead, (size_t)cur_be(&ahead, 4));
		if (!cur_ok(&ahead)) {
			*why = "is cut";
			return false;
		}
		tag = tag_of(name);
		if (tag < NTAGS && f->has[tag]) {
			if (tag == UUID)
				return true;
			*why = "says the same thing twice";
			return false;
		}
		*c = ahead;
		if (tag < NTAGS) {
			f->has[tag] = true;
			f->value[tag] = value;
		}
	}
	return true;
}

/* 0 if there is none. */
static bool
number(const struct fields *f, enum tag tag, uint32_t *out, const char **why)
{
	struct cur c = cur_over(f->value[tag]);

	*out = f->has[tag] ? (uint32_t)cur_be(&c, 4) : 0;
	if (cur_ok(&c) && cur_left(&c) == 0)
		return true;
	*why = "has a number that is not of four bytes";
	return false;
}

/* One stage: a salt and a number of rounds. */
static bool
stage(const struct fields *f, enum tag salt, enum tag rounds,
    struct bytes *salt_out, uint64_t *rounds_out, const char **why)
{
	uint32_t n;

	if (!number(f, rounds, &n, why))
		return false;
	*salt_out = f->value[salt];
	*rounds_out = n;
	*why = NULL;
	if (!f->has[salt])
		*why = "has no salt";
	else if (salt_out->n < 1 || salt_out->n > SALT_MAX)
		*why = "has a salt of a length that no phone uses";
	else if (!f->has[rounds])
		*why = "does not say how many rounds";
	else if (n == 0)
		*why = "asks for no rounds at all";
	return *why == NULL;
}

static bool
read_bag(struct keybag *bag, const struct fields *f, const char **why)
{
	if (!number(f, VERS, &bag->version, why) ||
	    !number(f, TYPE, &bag->type, why))
		return false;
	if (!f->has[TYPE] || bag->type != TYPE_BACKUP) {
		*why = "is not that of a backup";
		return false;
	}
	if (!stage(f, SALT, ITER, &bag->salt, &bag->rounds, why))
		return false;
	if ((f->has[DPSL] || f->has[DPIC]) &&
	    !stage(f, DPSL, DPIC, &bag->salt2, &bag->rounds2, why))
		return false;
	if (bag->rounds + bag->rounds2 <= KEYBAG_ROUNDS_MAX)
		return true;
	*why = "asks for more than 100,000,000 rounds, ten times what phones "
	    "ask for";
	return false;
}

static bool
read_class(struct keybag *bag, const struct fields *f, const char **why)
{
	struct keybag_class k = { 0 };
	unsigned i;

	if (!number(f, CLAS, &k.class, why) || !number(f, WRAP, &k.wrap, why))
		return false;
	k.wrapped = f->value[WPKY];
	if (!f->has[CLAS])
		*why = "has a class without a number";
	else if (bag->nclasses == KEYS_MAX)
		*why = "has more classes than any phone";
	else if (k.wrapped.n != 0 && k.wrapped.n != CLASS_KEY_BYTES)
		*why = "has a class whose key is not of 40 bytes";
	else
		*why = NULL;
	for (i = 0; i < bag->nclasses && *why == NULL; i++)
		if (bag->classes[i].class == k.class)
			*why = "has a class twice";
	if (*why != NULL)
		return false;
	bag->classes[bag->nclasses++] = k;
	return true;
}

static bool
opens(const struct keybag_class *k)
{
	return (k->wrap & WRAP_PASSWORD) != 0 && k->wrapped.n > 0;
}

bool
keybag_read(struct keybag *out, struct bytes in, const char **why)
{
	struct cur c = cur_over(in);
	struct keybag bag = { 0 };
	struct fields f;
	unsigned i;

	*why = "is empty";
	if (in.n == 0 || !read_fields(&c, &f, why) || !read_bag(&bag, &f, why))
		return false;
	while (cur_left(&c) > 0)
		if (!read_fields(&c, &f, why) || !read_class(&bag, &f, why))
			return false;
	for (i = 0; i < bag.nclasses && !opens(&bag.classes[i]); i++)
		;
	if (i == bag.nclasses) {
		*why = "holds no key that a password opens";
		return false;
	}
	*out = bag;
	return true;
}

/* --- from the password to the keys ---------------------------------------- */

struct onward {			/* progress of the second stage */
	const struct pbkdf2_progress *to;
	uint64_t before;
};

static bool
tell_on(void *ctx, uint64_t done)
{
	const struct onward *o = ctx;

	return o->to->tell(o->to->ctx, o->before + done);
}

bool
keybag_derive(const struct keybag *bag, struct bytes password,
    uint8_t key[KEY_BYTES], const struct pbkdf2_progress *progress)
{
	struct onward onward = { progress, bag->rounds2 };
	struct pbkdf2_progress second = { tell_on, &onward };
	uint8_t first[KEY_BYTES];
	bool ok = true;

	if (bag->rounds2 > 0) {
		ok = pbkdf2(PBKDF2_BEST, PBKDF2_SHA256, password, bag->salt2,
		    bag->rounds2, first, progress);
		password = bytes_at(first, sizeof(first));
	}
	ok = ok && pbkdf2(PBKDF2_BEST, PBKDF2_SHA1, password, bag->salt,
	    bag->rounds, key, progress != NULL ? &second : NULL);
	secret_wipe(first, sizeof(first));
	if (!ok)
		secret_wipe(key, KEY_BYTES);
	return ok;
}

bool
keybag_unlock(const struct keybag *bag, const uint8_t key[KEY_BYTES],
    struct keys *keys)
{
	const struct keybag_class *k;

	secret_wipe(keys, sizeof(*keys));
	for (k = bag->classes; k < bag->classes + bag->nclasses; k++) {
		if (!opens(k))
			continue;
		if (!keys_unwrap(key, k->wrapped, keys->of[keys->n].key))
			continue;
		keys->of[keys->n++].class = k->class;
	}
	return keys->n > 0;
}

/* -1 if it is none. */
static int
digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
keybag_key_text(struct bytes text, uint8_t key[KEY_BYTES])
{
	uint8_t out[KEY_BYTES];
	bool ok;
	size_t i;
	int d;

	while (text.n > 0 && memchr(" \t\r\n", text.p[text.n - 1], 4) != NULL)
		text.n--;
	ok = text.n == sizeof(out) * 2;
	memset(out, 0, sizeof(out));
	for (i = 0; ok && i < text.n; i++) {
		d = digit(text.p[i]);
		ok = d >= 0;
		out[i / 2] = (uint8_t)((out[i / 2] & 15u) << 4 |
		    ((unsigned)d & 15u));
	}
	if (ok)
		memcpy(key, out, sizeof(out));
	secret_wipe(out, sizeof(out));
	return ok;
}
