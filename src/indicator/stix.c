#include "indicator/stix.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"
#include "indicator/grow.h"

enum { STATE_START, STATE_BUNDLE, STATE_OBJECTS, STATE_END };

/* The properties that are read; each may stand in an object once. */
enum property {
	P_TYPE, P_ID, P_NAME, P_PATTERN, P_PATTERN_TYPE, P_RELATION, P_SOURCE,
	P_TARGET, P_MODIFIED, P_CREATED, P_FROM, P_UNTIL, P_REVOKED, P_REFS,
	P_EXTERNAL, P_COUNT
};

#define TEXT(s)	s, sizeof(s) - 1

static const struct {
	const char *name;
	size_t n;
	const char *wrong;	/* what is said if it has another type */
} properties[P_COUNT] = {
	[P_TYPE] = { TEXT("type"), "type is not a text" },
	[P_ID] = { TEXT("id"), "id is not a text" },
	[P_NAME] = { TEXT("name"), "name is not a text" },
	[P_PATTERN] = { TEXT("pattern"), "pattern is not a text" },
	[P_PATTERN_TYPE] = { TEXT("pattern_type"),
	    "pattern_type is not a text" },
	[P_RELATION] = { TEXT("relationship_type"),
	    "relationship_type is not a text" },
	[P_SOURCE] = { TEXT("source_ref"), "source_ref is not a text" },
	[P_TARGET] = { TEXT("target_ref"), "target_ref is not a text" },
	[P_MODIFIED] = { TEXT("modified"), "modified is not a time" },
	[P_CREATED] = { TEXT("created"), "created is not a time" },
	[P_FROM] = { TEXT("valid_from"), "valid_from is not a time" },
	[P_UNTIL] = { TEXT("valid_until"), "valid_until is not a time" },
	[P_REVOKED] = { TEXT("revoked"), "revoked is neither true nor false" },
	[P_REFS] = { TEXT("object_refs"),
	    "object_refs is not a list of texts" },
	[P_EXTERNAL] = { TEXT("external_references"),
	    "external_references is not a list of objects" }
};

#undef TEXT

struct stix
stix_over(struct bytes text, struct arena *arena)
{
	struct stix s = { .json = json_over(text, arena) };

	return s;
}

static void
spoil(struct stix_object *o, const char *why)
{
	if (o->fault == NULL)
		o->fault = why;
}

/* Passes over the rest of a list or object whose beginning was just read. */
static void
pass_rest(struct json *j, enum json_event event)
{
	uint32_t depth = j->depth;

	if (event != JSON_OBJECT && event != JSON_ARRAY)
		return;
	while (j->fault == NULL && j->depth >= depth) {
		event = json_next(j);
		if (event == JSON_END)
			return;
		if (event == JSON_KEY)
			json_skip(j);
	}
}

static void
read_text(struct json *j, struct stix_object *o, struct bytes *to,
    const char *wrong)
{
	enum json_event event = json_next(j);

	if (event == JSON_TEXT) {
		*to = j->text;
		return;
	}
	spoil(o, wrong);
	pass_rest(j, event);
}

static void
read_time(struct stix_object *o, struct bytes text, int64_t *to,
    const char *wrong)
{
	*to = time_read(text);
	if (*to == TIME_UNSET)
		spoil(o, wrong);
}

static void
read_refs(struct json *j, struct stix_object *o, const char *wrong)
{
	enum json_event event = json_next(j);
	struct bytes *refs;
	uint32_t cap = 0;

	if (event != JSON_ARRAY) {
		spoil(o, wrong);
		pass_rest(j, event);
		return;
	}
	while ((event = json_next(j)) != JSON_ARRAY_END && event != JSON_END) {
		if (event != JSON_TEXT) {
			spoil(o, wrong);
			pass_rest(j, event);
			continue;
		}
		refs = grow_array(j->arena, o->refs, o->nrefs, &cap,
		    sizeof(*refs));
		if (refs == NULL)
			return;		/* the arena is bad, and tells */
		o->refs = refs;
		refs[o->nrefs++] = j->text;
	}
}

/* One of external_references: its URL, if it is the first. */
static void
read_reference(struct json *j, struct stix_object *o)
{
	enum json_event event;

	while (json_next(j) == JSON_KEY) {
		if (!bytes_is(j->text, "url") || o->url.n > 0) {
			json_skip(j);
			continue;
		}
		event = json_next(j);
		if (event == JSON_TEXT)
			o->url = j->text;
		pass_rest(j, event);
	}
}

static void
read_external(struct json *j, struct stix_object *o, const char *wrong)
{
	enum json_event event = json_next(j);

	if (event != JSON_ARRAY) {
		spoil(o, wrong);
		pass_rest(j, event);
		return;
	}
	while ((event = json_next(j)) != JSON_ARRAY_END && event != JSON_END) {
		if (event == JSON_OBJECT) {
			read_reference(j, o);
		} else {
			spoil(o, wrong);
			pass_rest(j, event);
		}
	}
}

static void
read_revoked(struct json *j, struct stix_object *o, const char *wrong)
{
	enum json_event event = json_next(j);

	o->revoked = event == JSON_TRUE;
	if (event != JSON_TRUE && event != JSON_FALSE) {
		spoil(o, wrong);
		pass_rest(j, event);
	}
}

static void
read_property(struct json *j, struct stix_object *o, enum property p,
    struct bytes times[P_COUNT])
{
	struct bytes *const texts[] = {
		[P_TYPE] = &o->type, [P_ID] = &o->id, [P_NAME] = &o->name,
		[P_PATTERN] = &o->pattern,
		[P_PATTERN_TYPE] = &o->pattern_type,
		[P_RELATION] = &o->relation, [P_SOURCE] = &o->source,
		[P_TARGET] = &o->target
	};
	const char *wrong = properties[p].wrong;

	if (p <= P_TARGET)
		read_text(j, o, texts[p], wrong);
	else if (p <= P_UNTIL)
		read_text(j, o, &times[p], wrong);
	else if (p == P_REVOKED)
		read_revoked(j, o, wrong);
	else if (p == P_REFS)
		read_refs(j, o, wrong);
	else
		read_external(j, o, wrong);
}

/* Times are read at the end, and only those that count. */
static void
read_times(struct stix_object *o, const struct bytes times[P_COUNT],
    uint32_t seen)
{
	if (seen & 1u << P_MODIFIED)
		read_time(o, times[P_MODIFIED], &o->modified,
		    properties[P_MODIFIED].wrong);
	else if (seen & 1u << P_CREATED)
		read_time(o, times[P_CREATED], &o->modified,
		    properties[P_CREATED].wrong);
	if (seen & 1u << P_FROM)
		read_time(o, times[P_FROM], &o->valid_from,
		    properties[P_FROM].wrong);
	if (seen & 1u << P_UNTIL)
		read_time(o, times[P_UNTIL], &o->valid_until,
		    properties[P_UNTIL].wrong);
}

static enum property
property_of(struct bytes name)
{
	size_t i;

	for (i = 0; i < P_COUNT; i++)
		if (name.n == properties[i].n &&
		    bytes_is(name, properties[i].name))
			break;
	return (enum property)i;
}

/* The object whose "{" was just read.  False if the text broke off in it. */
static bool
read_object(struct stix *s, struct stix_object *o)
{
	struct json *j = &s->json;
	struct bytes times[P_COUNT];
	uint32_t seen = 0;
	enum json_event event;
	enum property p;

	memset(times, 0, sizeof(times));
	while ((event = json_next(j)) == JSON_KEY) {
		p = property_of(j->text);
		if (p == P_COUNT) {
			json_skip(j);
			continue;
		}
		if (seen & 1u << p) {
			spoil(o, "a property occurs twice");
			json_skip(j);
			continue;
		}
		seen |= 1u << p;
		read_property(j, o, p, times);
	}
	read_times(o, times, seen);
	if (o->type.n == 0)
		spoil(o, "it has no type");
	else if (o->id.n == 0)
		spoil(o, "it has no id");
	return event == JSON_OBJECT_END && !j->arena->bad;
}

static bool
stop(struct stix *s, const char *why)
{
	s->state = STATE_END;
	if (s->fault == NULL)
		s->fault = s->json.fault != NULL ? s->json.fault : why;
	s->whole = s->fault == NULL;
	return false;
}

/* Up to the next list of objects, or the end of the file. */
static bool
find_objects(struct stix *s)
{
	struct json *j = &s->json;
	enum json_event event;

	if (s->state == STATE_START && json_next(j) != JSON_OBJECT)
		return stop(s, "this is no STIX bundle");
	s->state = STATE_BUNDLE;
	while ((event = json_next(j)) == JSON_KEY) {
		if (bytes_is(j->text, "type")) {
			event = json_next(j);
			if (event != JSON_TEXT || !bytes_is(j->text, "bundle"))
				return stop(s, "this is no STIX bundle");
		} else if (!bytes_is(j->text, "objects")) {
			json_skip(j);
		} else if (json_next(j) != JSON_ARRAY) {
			return stop(s, "objects is not a list");
		} else {
			s->state = STATE_OBJECTS;
			return true;
		}
	}
	if (event != JSON_OBJECT_END || json_next(j) != JSON_END)
		return stop(s, "the bundle is damaged");
	return stop(s, NULL);
}

bool
stix_next(struct stix *s, struct stix_object *o)
{
	struct stix_object empty = { .modified = TIME_UNSET,
	    .valid_from = TIME_UNSET, .valid_until = TIME_UNSET };
	enum json_event event;

	if (s->state == STATE_END)
		return false;
	for (;;) {
		if (s->state != STATE_OBJECTS && !find_objects(s))
			return false;
		event = json_next(&s->json);
		if (event == JSON_END)
			return stop(s, "the bundle is damaged");
		if (event != JSON_ARRAY_END)
			break;
		s->state = STATE_BUNDLE;
	}
	*o = empty;
	o->offset = s->json.cur.at == 0 ? 0 : s->json.cur.at - 1;
	o->number = s->number++;
	if (event != JSON_OBJECT) {
		spoil(o, "it is no object");
		pass_rest(&s->json, event);
		return s->json.fault == NULL || stop(s, NULL);
	}
	return read_object(s, o) || stop(s, "the bundle is damaged");
}
