/*
 * The job that reads the index of indicator sets (YAML), inside the jail.
 *
 *	indicators:
 *	  - type: github
 *	    name: ...
 *	    github: { owner: ..., repo: ..., branch: ..., path: ... }
 *	  - type: download
 *	    download_url: https://...
 */
#include <string.h>
#include <yaml.h>

#include "examine/sets.h"
#include "examine/talk.h"
#include "examine/worker.h"

#define EVENTS_MAX	200000

struct entry {			/* what is known of the entry in hand */
	struct buf name, owner, repo, branch, path, url;
};

struct sets_reader {
	struct talk *talk;
	yaml_parser_t parser;
	unsigned events, depth;
	struct entry entry;
	struct buf key;
};

static struct buf *
slot_of(struct entry *e, struct bytes key)
{
	if (bytes_is(key, "name"))
		return &e->name;
	if (bytes_is(key, "owner"))
		return &e->owner;
	if (bytes_is(key, "repo"))
		return &e->repo;
	if (bytes_is(key, "branch"))
		return &e->branch;
	if (bytes_is(key, "path"))
		return &e->path;
	if (bytes_is(key, "download_url"))
		return &e->url;
	return NULL;
}

static void
entry_reset(struct entry *e)
{
	buf_reset(&e->name);
	buf_reset(&e->owner);
	buf_reset(&e->repo);
	buf_reset(&e->branch);
	buf_reset(&e->path);
	buf_reset(&e->url);
}

static void
entry_free(struct entry *e)
{
	buf_free(&e->name);
	buf_free(&e->owner);
	buf_free(&e->repo);
	buf_free(&e->branch);
	buf_free(&e->path);
	buf_free(&e->url);
}

/* An entry is whole: its address, or "" if it gives none. */
static void
entry_tell(struct sets_reader *r)
{
	struct entry *e = &r->entry;
	struct buf *u = &e->url;

	if (u->n == 0 && e->owner.n > 0 && e->repo.n > 0 && e->path.n > 0) {
		buf_text(u, "https://raw.githubusercontent.com/");
		buf_add(u, buf_bytes(&e->owner));
		buf_byte(u, '/');
		buf_add(u, buf_bytes(&e->repo));
		buf_byte(u, '/');
		if (e->branch.n > 0)
			buf_add(u, buf_bytes(&e->branch));
		else
			buf_text(u, "main");
		buf_byte(u, '/');
		buf_add(u, buf_bytes(&e->path));
	}
	buf_byte(u, '\n');
	buf_add(u, buf_bytes(&e->name));
	talk_note(r->talk, buf_bytes(u));
	entry_reset(e);
}

/* The value of a key; keys of the inner mapping have names of their own. */
static void
on_scalar(struct sets_reader *r, const yaml_event_t *event)
{
	struct bytes text = bytes_at(event->data.scalar.value,
	    event->data.scalar.length);
	struct buf *slot;

	if (r->key.n == 0) {
		buf_add(&r->key, bytes_part(text, 0, 64));
		return;
	}
	slot = slot_of(&r->entry, buf_bytes(&r->key));
	if (slot != NULL && slot->n == 0)
		buf_add(slot, bytes_part(text, 0, 1000));
	buf_reset(&r->key);
}

/* Depth: 1 the document's mapping, 2 the list, 3 an entry, 4 inside it. */
static bool
on_event(struct sets_reader *r, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		/* Members of inner lists are neither keys nor values. */
		if (r->depth == 3 || r->depth == 4)
			on_scalar(r, event);
		break;
	case YAML_MAPPING_START_EVENT:
	case YAML_SEQUENCE_START_EVENT:
		r->depth += event->type == YAML_SEQUENCE_START_EVENT &&
		    r->depth >= 3 ? 10 : 1;
		buf_reset(&r->key);
		break;
	case YAML_MAPPING_END_EVENT:
		if (r->depth == 3)
			entry_tell(r);
		r->depth--;
		buf_reset(&r->key);
		break;
	case YAML_SEQUENCE_END_EVENT:
		r->depth -= r->depth >= 13 ? 10 : 1;
		buf_reset(&r->key);
		break;
	case YAML_ALIAS_EVENT:
		return false;
	default:
		break;
	}
	return r->depth < 64;
}

static bool
read_events(struct sets_reader *r)
{
	yaml_event_t event;
	bool more = true, end = false;

	while (more && !end && r->events++ < EVENTS_MAX) {
		if (!yaml_parser_parse(&r->parser, &event))
			return false;
		end = event.type == YAML_STREAM_END_EVENT;
		more = on_event(r, &event);
		yaml_event_delete(&event);
	}
	return end;
}

int
worker_sets(const struct worker *worker)
{
	struct arena arena = arena_with(SETS_INDEX_MAX * 2);
	struct talk talk = { 0 };
	struct sets_reader r = { .talk = &talk };
	struct input in;
	const char *why;
	uint8_t *p;
	bool whole;

	talk_start(&talk, worker);
	r.key = buf_with(128);
	r.entry = (struct entry){ buf_with(1024), buf_with(1024),
	    buf_with(1024), buf_with(1024), buf_with(1024), buf_with(8192) };
	if (!talk_open(&talk, 0, &in, &why) || in.size > SETS_INDEX_MAX)
		return WORKER_NO_MEMORY;
	p = arena_alloc(&arena, (size_t)in.size + 1, 1);
	if (p == NULL || !yaml_parser_initialize(&r.parser))
		return WORKER_NO_MEMORY;
	yaml_parser_set_input_string(&r.parser, p,
	    input_read(&in, p, (size_t)in.size, 0));
	whole = read_events(&r);
	yaml_parser_delete(&r.parser);
	if (!whole)
		return WORKER_BAD_INPUT;
	buf_free(&r.key);
	entry_free(&r.entry);
	arena_free(&arena);
	talk_done(&talk, NULL);
	return WORKER_DONE;
}
