#include "indicator/key.h"

#include "base/text.h"

static const struct {
	const char *path, *name;
} keys[KEY_COUNT] = {
#define X(constant, pattern, name) [constant] = { pattern, name },
	KEYS(X)
#undef X
};

/*
 * Other spellings.  STIX has no object for telephone numbers, so feeds invent
 * one; a process is also named through the file it runs.
 */
static const struct {
	const char *path;
	enum key key;
} spellings[] = {
	{ "phone-number:number",		KEY_PHONE },
	{ "phone-number:phone_number",		KEY_PHONE },
	{ "phone:number",			KEY_PHONE },
	{ "phone:value",			KEY_PHONE },
	{ "x-phone-number:value",		KEY_PHONE },
	{ "x-phone-number:number",		KEY_PHONE },
	{ "x-phone:number",			KEY_PHONE },
	{ "x-phone:value",			KEY_PHONE },
	{ "telephone-number:value",		KEY_PHONE },
	{ "email-message:from_ref.value",	KEY_EMAIL },
	{ "email-message:sender_ref.value",	KEY_EMAIL },
	{ "process:binary_ref.name",		KEY_PROCESS },
	{ "process:image_ref.name",		KEY_PROCESS },
	{ "directory:path",			KEY_PATH },
	{ "file:parent_directory_ref.path",	KEY_PATH },
};

/* Where the name of a hash follows; the three keys stand in one order. */
static const struct {
	const char *path;
	enum key first;
} hashes[] = {
	{ "file:hashes.",		KEY_MD5 },
	{ "process:binary_ref.hashes.",	KEY_MD5 },
	{ "process:image_ref.hashes.",	KEY_MD5 },
	{ "app:cert.",			KEY_CERT_MD5 },
	{ "x509-certificate:hashes.",	KEY_CERT_MD5 },
};

const char *
key_name(enum key key)
{
	return key < KEY_COUNT ? keys[key].name : "pattern";
}

/* "SHA-256", "sha256" and "SHA_256" are one. */
static bool
same_algorithm(struct bytes written, const char *name)
{
	struct bytes want = bytes_of(name);
	size_t i, n = 0;

	for (i = 0; i < written.n; i++) {
		if (written.p[i] == '-' || written.p[i] == '_')
			continue;
		if (n == want.n || text_lower(written.p[i]) != want.p[n])
			return false;
		n++;
	}
	return n == want.n;
}

static bool
hash_find(enum key *key, struct bytes path)
{
	static const char *const names[] = { "md5", "sha1", "sha256" };
	struct bytes rest;
	size_t i, k;

	for (i = 0; i < sizeof(hashes) / sizeof(hashes[0]); i++) {
		if (!bytes_starts(path, hashes[i].path))
			continue;
		rest = bytes_part(path, bytes_of(hashes[i].path).n, path.n);
		for (k = 0; k < 3; k++) {
			if (!same_algorithm(rest, names[k]))
				continue;
			*key = hashes[i].first + (enum key)k;
			return true;
		}
	}
	return false;
}

bool
key_find(enum key *key, struct bytes path)
{
	size_t i;

	for (i = 0; i < KEY_COUNT; i++) {
		if (bytes_is(path, keys[i].path)) {
			*key = (enum key)i;
			return true;
		}
	}
	for (i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		if (bytes_is(path, spellings[i].path)) {
			*key = spellings[i].key;
			return true;
		}
	}
	return hash_find(key, path);
}

bool
key_ignores_case(enum key key)
{
	return key != KEY_URL && key != KEY_PROCESS && key != KEY_FILE_NAME &&
	    key != KEY_PATH;
}
