/*
 * Accounts of messengers: what Telegram, Signal, WhatsApp, Viber, Threema,
 * Messenger and WeChat leave of them in their settings.
 *
 * Evidence: the property lists in Library/Preferences of these apps and of
 * their groups, every setting at any depth; of Telegram also
 * accounts-shared-data, JSON: accounts and the proxy.  Which settings tell of
 * an account is partly known from public sources of the apps, else guessed by
 * a word in their name (phone, jabber, account, ...).
 * Not here: messages and contacts.  Signal keeps its database out of backups
 * and encrypts it; so does Telegram with its folder telegram-data, which most
 * versions keep out of backups.  Data in settings is not opened.  What logs
 * someone in (tokens, passwords) is not kept, only its length.
 *
 * An account is most often the owner's; a second one, or a proxy that nobody
 * remembers, is worth a question.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"
#include "base/limits.h"
#include "base/text.h"
#include "format/json.h"

enum { TYPE, APP, SETTING, ACCOUNT, NAME, HOST, PORT, TEXT, VALUE, LENGTH,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[TYPE]    = { "type", KIND_LABEL },
	[APP]     = { "app", KIND_LABEL, .shown = true },
	[SETTING] = { "setting", KIND_LABEL, .shown = true },
	[ACCOUNT] = { "account", KIND_HANDLE, .sense = SENSE_TYPED,
	              .shown = true },
	[NAME]    = { "name", KIND_LABEL, .shown = true },
	[HOST]    = { "proxy", KIND_DOMAIN, .sense = SENSE_TYPED,
	              .shown = true },
	[PORT]    = { "proxy_port", KIND_INT },
	[TEXT]    = { "text", KIND_TEXT, .sense = SENSE_TYPED,
	              .shown = true },
	/* A number, a date, yes or no. */
	[VALUE]   = { "value", KIND_LABEL },
	/* Of data, and of what is not kept. */
	[LENGTH]  = { "length", KIND_SIZE },
};

#define PREFERENCES	"Library/Preferences/*.plist"
#define SHARED_DATA	"accounts-shared-data"
#define SHARED_MAX	(4 * MIB)
#define SETTING_MAX	1024	/* of the name of a setting; more is cut */

static const struct place places[] = {
	{ "AppDomainGroup-group.net.whatsapp.*", PREFERENCES },
	{ "AppDomain-net.whatsapp.*", PREFERENCES },
	{ "AppDomainGroup-group.ph.telegra.*", PREFERENCES },
	{ "AppDomain-ph.telegra.*", PREFERENCES },
	{ "AppDomainGroup-group.ph.telegra.*", "**/" SHARED_DATA },
	{ "AppDomainGroup-group.org.whispersystems.*", PREFERENCES },
	{ "AppDomain-org.whispersystems.*", PREFERENCES },
	{ "AppDomainGroup-group.viber.*", PREFERENCES },
	{ "AppDomain-com.viber*", PREFERENCES },
	{ "AppDomainGroup-group.ch.threema*", PREFERENCES },
	{ "AppDomain-ch.threema.*", PREFERENCES },
	{ "AppDomainGroup-group.com.facebook.Messenger", PREFERENCES },
	{ "AppDomain-com.facebook.Messenger", PREFERENCES },
	{ "AppDomain-com.tencent.xin", PREFERENCES },
	{ NULL, NULL }
};

/* What stands in a domain, and whose it is. */
static const struct {
	const char *word, *name;
} apps[] = {
	{ "WhatsAppSMB", "WhatsApp Business" }, { "whatsapp", "WhatsApp" },
	{ "telegra", "Telegram" }, { "whispersystems", "Signal" },
	{ "viber", "Viber" }, { "threema", "Threema" },
	{ "Messenger", "Messenger" }, { "tencent", "WeChat" }
};

struct reading {
	struct run *run;
	struct val app;
	struct buf name;	/* of the setting, "a.b.c" */
	int64_t row;
};

/* Whether one of the words stands in the name, whatever its case. */
static bool
tells_of(struct bytes name, const char *const *words)
{
	size_t at, n;

	for (; *words != NULL; words++)
		for (n = bytes_of(*words).n, at = 0; at + n <= name.n; at++)
			if (text_same_as(bytes_part(name, at, n), *words))
				return true;
	return false;
}

static bool
is_secret(struct bytes name)
{
	static const char *const words[] = { "token", "secret", "passw",
	    "passcode", "credential", "cookie", "auth", "privatekey", NULL };

	return tells_of(name, words);
}

static bool
is_name(struct bytes name)
{
	static const char *const words[] = { "username", "nickname",
	    "pushname", "displayname", "profilename", "fullname", NULL };

	return tells_of(name, words);
}

static bool
is_account(struct bytes name)
{
	static const char *const words[] = { "phone", "number", "jabber",
	    "jid", "account", "userid", "user_id", "email", NULL };

	return tells_of(name, words);
}

/* A number with its sign, an address, a WhatsApp identifier; a number without
   a sign only if it is `expected`. */
static bool
is_handle(struct bytes text, bool expected)
{
	size_t i, digits = 0;

	if (bytes_find_byte(text, ' ', 0) == SIZE_MAX &&
	    bytes_find_byte(text, '/', 0) == SIZE_MAX &&
	    bytes_find_byte(text, '@', 0) != SIZE_MAX &&
	    bytes_find_byte(text, '.', 0) != SIZE_MAX)
		return true;
	for (i = 0; i < text.n; i++) {
		if (text.p[i] >= '0' && text.p[i] <= '9')
			digits++;
		else if (text.p[i] != '+' && text.p[i] != '-' &&
		    text.p[i] != ' ' && text.p[i] != '(' && text.p[i] != ')')
			return false;
	}
	return digits >= 7 && digits <= 15 && (expected ||
	    bytes_starts(text, "+"));
}

static void
tell(struct reading *r, struct val *v, const char *type)
{
	v[TYPE] = val_text(bytes_of(type));
	v[APP] = r->app;
	run_row(r->run, ++r->row);
	run_record(r->run, v);
}

/* --- settings ------------------------------------------------------------ */

static void
text_setting(struct val *v, struct bytes name, struct bytes text)
{
	if (is_secret(name))
		v[LENGTH] = val_int((int64_t)text.n);
	else if (is_handle(text, is_account(name)))
		v[ACCOUNT] = val_text(text);
	else if (is_name(name))
		v[NAME] = val_text(text);
	else
		v[TEXT] = val_text(text);
}

/* Numbers of accounts are written as integers too. */
static void
number_setting(struct reading *r, struct val *v, struct plist p)
{
	struct bytes name = buf_bytes(&r->name), text;
	struct buf digits = buf_with(64);

	v[VALUE] = plist_val(p, run_scratch(r->run));
	if (plist_type(p) != PLIST_INT || !is_account(name))
		return;
	buf_int(&digits, plist_int(p, 0));
	text = arena_copy(run_scratch(r->run), buf_bytes(&digits));
	buf_free(&digits);
	if (is_handle(text, true)) {
		v[ACCOUNT] = val_text(text);
		v[VALUE] = val_unset();
	}
}

static void
setting(struct reading *r, struct plist p)
{
	struct val v[NFIELDS] = { 0 };
	struct bytes name = buf_bytes(&r->name);
	bool secret = is_secret(name);

	v[SETTING] = val_text(name);
	if (plist_type(p) == PLIST_TEXT)
		text_setting(v, name, plist_bytes(p));
	else if (plist_type(p) == PLIST_DATA)
		v[LENGTH] = val_int((int64_t)plist_bytes(p).n);
	else if (plists_plain(p) && !secret)
		number_setting(r, v, p);
	tell(r, v, secret ? "secret" : "setting");
}

static void
key_setting(struct reading *r, struct bytes key)
{
	struct val v[NFIELDS] = { 0 };

	if (!is_handle(key, false))
		return;
	v[SETTING] = val_text(buf_bytes(&r->name));
	v[ACCOUNT] = val_text(key);
	tell(r, v, "setting_of_account");
}

/* Depth is bounded: the readers leave no path beyond LIMIT_DEPTH. */
static void
walk(struct reading *r, struct plist p)
{
	uint32_t i, n = plist_count(p);
	size_t had = r->name.n;
	struct bytes key;

	if (n == 0) {
		setting(r, p);
		return;
	}
	for (i = 0; i < n; i++) {
		key = plist_key(p, i);
		if (had > 0 && key.n > 0)
			buf_byte(&r->name, '.');
		buf_add(&r->name, text_head(key, 256));
		r->name.bad = false;	/* a name that is cut does no harm */
		key_setting(r, key);
		walk(r, plist_at(p, i));
		r->name.n = had;
	}
}

static void
read_settings(struct reading *r, const struct member *member)
{
	struct plist root;

	if (plists_root(r->run, member, &root) && plist_count(root) > 0)
		walk(r, root);
}

/* --- Telegram's accounts ------------------------------------------------- */

/* An object of which some members are wanted; the others, keys among them,
   are passed over. */
static void
read_object(struct json *j, const char *const *keys, struct bytes *values)
{
	enum json_event event;
	unsigned i;

	while (json_next(j) == JSON_KEY) {
		for (i = 0; keys[i] != NULL; i++)
			if (bytes_is(j->text, keys[i]))
				break;
		if (keys[i] == NULL) {
			json_skip(j);
			continue;
		}
		event = json_next(j);
		if (event == JSON_TEXT || event == JSON_NUMBER)
			values[i] = j->text;
		else if (event == JSON_OBJECT || event == JSON_ARRAY)
			j->fault = "a text or number was expected";
	}
}

static struct val
text_val(struct bytes b)
{
	return b.n == 0 ? val_unset() : val_text(b);
}

static void
read_proxy(struct reading *r, struct json *j)
{
	static const char *const keys[] = { "host", "port", "username", NULL };
	struct val v[NFIELDS] = { 0 };
	struct bytes got[3] = { { NULL, 0 } };
	uint64_t port;

	if (json_next(j) != JSON_OBJECT)
		return;
	read_object(j, keys, got);
	v[HOST] = text_val(got[0]);
	if (text_uint(got[1], &port) && port <= UINT16_MAX)
		v[PORT] = val_int((int64_t)port);
	v[NAME] = text_val(got[2]);
	tell(r, v, "proxy");
}

static void
read_accounts(struct reading *r, struct json *j)
{
	static const char *const keys[] = { "id", "peerName", NULL };
	enum json_event event = json_next(j);

	while (event == JSON_ARRAY && json_next(j) == JSON_OBJECT) {
		struct val v[NFIELDS] = { 0 };
		struct bytes got[2] = { { NULL, 0 } };

		read_object(j, keys, got);
		v[VALUE] = text_val(got[0]);
		v[NAME] = text_val(got[1]);
		tell(r, v, "account");
	}
}

static void
read_shared(struct reading *r, const struct member *member)
{
	struct bytes b = run_load(r->run, member, SHARED_MAX);
	struct json j = json_over(b, run_keep(r->run));
	enum json_event event = JSON_END;

	if (b.p == NULL)
		return;
	if (json_next(&j) == JSON_OBJECT)
		while ((event = json_next(&j)) == JSON_KEY) {
			if (bytes_is(j.text, "proxy"))
				read_proxy(r, &j);
			else if (bytes_is(j.text, "accounts"))
				read_accounts(r, &j);
			else
				json_skip(&j);
		}
	if (event != JSON_OBJECT_END || json_next(&j) != JSON_END ||
	    j.fault != NULL)
		run_gap(r->run, j.cur.at, "the list of accounts is damaged, "
		    "or of an unknown schema");
}

static void
read_file(struct run *run, const struct member *member)
{
	struct reading r = { .run = run, .name = buf_with(SETTING_MAX) };
	size_t i;

	for (i = 0; i < sizeof(apps) / sizeof(apps[0]); i++)
		if (!val_set(&r.app) && bytes_find(member->domain,
		    bytes_of(apps[i].word), 0) != SIZE_MAX)
			r.app = val_text(bytes_of(apps[i].name));
	if (bytes_ends(member->path, SHARED_DATA))
		read_shared(&r, member);
	else
		read_settings(&r, member);
	buf_free(&r.name);
}

const struct artifact artifact_ios_messenger_accounts = {
	.name    = "ios_messenger_accounts",
	.about   = "accounts and settings of messengers",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
