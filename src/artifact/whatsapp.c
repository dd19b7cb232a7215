#include "artifact/whatsapp.h"

#include "base/hash.h"
#include "base/text.h"

#define BUCKETS		8192u	/* a power of two */
/* A phone with 5,000 contacts makes 10,000; pairs are as many as all members
   of all groups. */
#define PEOPLE_MAX	200000u

enum id_type { ID_OTHER, ID_NUMBER, ID_LID };

struct id {
	enum id_type type;
	struct bytes digits;
};

struct who {
	struct who *next;	/* in its bucket */
	struct id id;
	struct bytes number, name;
};

struct whatsapp {
	struct run *run;
	struct who *buckets[BUCKETS];
	uint32_t n;
	bool full;		/* told */
};

/* "+15550100", "15550100@s.whatsapp.net" and "15550100:3@s.whatsapp.net" are
   one; "1234@lid" and "1234:3@lid" too. */
static struct id
id_of(struct bytes text)
{
	struct id id = { ID_OTHER, { NULL, 0 } };
	struct bytes host, none = { NULL, 0 };
	size_t at = bytes_find_byte(text, '@', 0), n = 0;
	bool plus = bytes_starts(text, "+");

	if (plus)
		text = bytes_part(text, 1, text.n);
	host = at == SIZE_MAX ? none : bytes_part(text, at, text.n);
	while (n < text.n && text.p[n] >= '0' && text.p[n] <= '9')
		n++;
	id.digits = bytes_part(text, 0, n);
	if (n == 0)
		return id;
	if (at == SIZE_MAX)
		id.type = n == text.n ? ID_NUMBER : ID_OTHER;
	else if (plus || (n < at && text.p[n] != ':'))
		id.type = ID_OTHER;
	else if (bytes_is(host, "@s.whatsapp.net"))
		id.type = ID_NUMBER;
	else if (bytes_is(host, "@lid"))
		id.type = ID_LID;
	return id;
}

static uint32_t
bucket_of(struct id id)
{
	return (uint32_t)(hash_key(id.digits) + (uint64_t)id.type) &
	    (BUCKETS - 1);
}

static struct who *
find(const struct whatsapp *w, struct id id)
{
	struct who *who;

	if (w == NULL || id.type == ID_OTHER)
		return NULL;
	who = w->buckets[bucket_of(id)];
	while (who != NULL && (who->id.type != id.type ||
	    !bytes_eq(who->id.digits, id.digits)))
		who = who->next;
	return who;
}

static struct who *
make(struct whatsapp *w, struct id id)
{
	struct arena *arena = run_keep(w->run);
	struct who *who = find(w, id), **bucket = &w->buckets[bucket_of(id)];

	if (who != NULL || id.type == ID_OTHER)
		return who;
	if (w->n == PEOPLE_MAX) {
		if (!w->full)
			run_gap(w->run, GAP_NO_OFFSET, "more WhatsApp numbers "
			    "than are held: some stay without a name");
		w->full = true;
		return NULL;
	}
	who = arena_alloc(arena, 1, sizeof(*who));
	if (who == NULL)
		return NULL;
	who->id.type = id.type;
	who->id.digits = arena_copy(arena, id.digits);
	who->next = *bucket;
	*bucket = who;
	w->n++;
	return who;
}

static struct bytes
with_plus(struct arena *arena, struct bytes digits)
{
	struct bytes out = { NULL, 0 };
	uint8_t *p = arena_alloc(arena, digits.n + 1, 1);
	size_t i;

	if (p == NULL)
		return out;
	p[0] = '+';
	for (i = 0; i < digits.n; i++)
		p[i + 1] = digits.p[i];
	return bytes_at(p, digits.n + 1);
}

/* What is known first stays; a later row fills what was missing. */
static void
learn(struct whatsapp *w, struct bytes about, struct bytes number,
    struct bytes name)
{
	struct who *who = make(w, id_of(text_trim(about)));
	struct id id = id_of(text_trim(number));

	if (who == NULL)
		return;
	if (who->number.n == 0 && id.type == ID_NUMBER)
		who->number = with_plus(run_keep(w->run), id.digits);
	else if (who->number.n == 0 && id.type == ID_OTHER)
		who->number = arena_copy(run_keep(w->run), number);
	if (who->name.n == 0)
		who->name = arena_copy(run_keep(w->run), name);
}

/* --- the files ----------------------------------------------------------- */

enum { JID, LID, NUMBER, FULL, GIVEN, BUSINESS, USER, NCONTACT };

static const char *const contact_columns[NCONTACT] = {
	[JID] = "ZWHATSAPPID", [LID] = "ZLID", [NUMBER] = "ZPHONENUMBER",
	[FULL] = "ZFULLNAME", [GIVEN] = "ZGIVENNAME",
	[BUSINESS] = "ZBUSINESSNAME", [USER] = "ZUSERNAME"
};

static void
contact_row(void *ctx, const struct val *v)
{
	struct whatsapp *w = ctx;
	struct bytes name = { NULL, 0 }, number = val_bytes(&v[JID]);
	unsigned i;

	for (i = FULL; i <= USER && name.n == 0; i++)
		name = val_bytes(&v[i]);
	if (number.n == 0)
		number = val_bytes(&v[NUMBER]);
	learn(w, val_bytes(&v[JID]), number, name);
	learn(w, val_bytes(&v[LID]), number, name);
	if (bytes_starts(val_bytes(&v[NUMBER]), "+"))
		learn(w, val_bytes(&v[NUMBER]), val_bytes(&v[NUMBER]), name);
}

static const char *const pair_columns[] = { "ZLID", "ZPHONENUMBER" };

static void
pair_row(void *ctx, const struct val *v)
{
	whatsapp_pair(ctx, val_bytes(&v[0]), val_bytes(&v[1]));
}

struct whatsapp *
whatsapp_new(struct run *run, struct bytes domain)
{
	struct whatsapp *w = arena_alloc(run_keep(run), 1, sizeof(*w));
	const struct member *m;
	unsigned i;

	if (w == NULL)
		return NULL;
	w->run = run;
	for (i = 0; (m = run_member(run, i)) != NULL; i++) {
		if (domain.n > 0 && !bytes_eq(domain, m->domain))
			continue;
		if (bytes_ends(m->path, "LID.sqlite"))
			run_look(run, m, "ZWAPHONENUMBERLIDPAIR", pair_columns,
			    2, pair_row, w);
		else if (bytes_ends(m->path, "ContactsV2.sqlite"))
			run_look(run, m, "ZWAADDRESSBOOKCONTACT",
			    contact_columns, NCONTACT, contact_row, w);
	}
	return w;
}

void
whatsapp_pair(struct whatsapp *w, struct bytes lid, struct bytes number)
{
	if (w != NULL)
		learn(w, lid, number, bytes_at(NULL, 0));
}

/* --- questions ----------------------------------------------------------- */

struct val
whatsapp_number(struct run *run, const struct whatsapp *w, struct bytes text)
{
	struct id id = id_of(text);
	struct who *who;

	if (id.type == ID_NUMBER && !bytes_starts(text, "+"))
		return val_text(with_plus(run_scratch(run), id.digits));
	who = id.type == ID_LID ? find(w, id) : NULL;
	return who == NULL || who->number.n == 0 ? val_unset() :
	    val_text(who->number);
}

/* A pair names nobody, but the number behind it may. */
struct val
whatsapp_name(const struct whatsapp *w, struct bytes text)
{
	struct who *who = find(w, id_of(text));

	if (who != NULL && who->name.n == 0)
		who = find(w, id_of(who->number));
	return who == NULL || who->name.n == 0 ? val_unset() :
	    val_text(who->name);
}
