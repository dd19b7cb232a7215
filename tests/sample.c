/*
 * Lists of files, and the sources they name.
 */
#include "sample.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"

#define FILES_MAX	4000
#define TEXT_MAX	(64 * MIB)

struct sample
sample_with(struct arena *arena, const char *folder)
{
	struct sample s = {
		.arena = arena, .folder = folder, .page_size = 512,
		.seed = 1, .why = buf_with(4096)
	};

	return s;
}

void
sample_free(struct sample *s)
{
	buf_free(&s->why);
}

bool
sample_fault(struct sample *s, const char *format, ...)
{
	char text[1024];
	va_list ap;

	if (s->why.n > 0)
		return false;
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	buf_text(&s->why, text);
	return false;
}

bool
sample_read(struct sample *s, const char *name, struct bytes *text)
{
	struct buf b = buf_with(TEXT_MAX);
	char path[4096];
	uint8_t *room;
	size_t n = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", s->folder, name);
	f = fopen(path, "rb");
	if (f == NULL)
		return sample_fault(s, "%s: %s", path, strerror(errno));
	while ((room = buf_room(&b, 65536)) != NULL &&
	    (n = fread(room, 1, 65536, f)) > 0)
		b.n += n;
	if (ferror(f) || room == NULL)
		sample_fault(s, "%s: cannot be read", path);
	fclose(f);
	*text = arena_copy(s->arena, buf_bytes(&b));
	buf_free(&b);
	if (s->arena->bad)
		sample_fault(s, "%s: no memory", path);
	return s->why.n == 0;
}

static int
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = text_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
hex_read(struct sample *s, const char *name, struct bytes text,
    struct bytes *out)
{
	struct buf b = buf_with(TEXT_MAX);
	bool comment = false;
	int digit, high = -1;
	size_t i;

	for (i = 0; i < text.n; i++) {
		if (text.p[i] == '\n' || text.p[i] == '#')
			comment = text.p[i] == '#';
		if (comment || strchr(" \t\r\n", text.p[i]) != NULL)
			continue;
		digit = hex_digit(text.p[i]);
		if (digit < 0)
			break;
		if (high >= 0)
			buf_byte(&b, (uint8_t)(high << 4 | digit));
		high = high >= 0 ? -1 : digit;
	}
	if (i < text.n || high >= 0)
		sample_fault(s, "%s: not hex at byte %zu", name, i);
	*out = arena_copy(s->arena, buf_bytes(&b));
	buf_free(&b);
	return s->why.n == 0;
}

bool
sample_source(struct sample *s, const char *name, bool xml, bool wal,
    struct sample_made *made)
{
	struct bytes text;

	memset(made, 0, sizeof(*made));
	if (!sample_read(s, name, &text))
		return false;
	if (bytes_ends(bytes_of(name), ".sql"))
		return sample_sql(s, name, text, wal, made);
	if (bytes_ends(bytes_of(name), ".hex"))
		return hex_read(s, name, text, &made->data);
	if (bytes_ends(bytes_of(name), ".plist.xml"))
		return sample_plist(s, text, xml, &made->data) ||
		    sample_fault(s, "%s: no property list", name);
	made->data = text;
	return true;
}

void
sample_id(struct bytes domain, struct bytes path, char id[SAMPLE_ID + 1])
{
	struct buf b = buf_with(2 * LIMIT_PATH_BYTES);
	struct buf hex = buf_with(SAMPLE_ID);
	uint8_t hash[HASH_SHA1];

	hash_prepare();
	buf_add(&b, domain);
	buf_byte(&b, '-');
	buf_add(&b, path);
	hash_sha1(buf_bytes(&b), hash);
	text_hex(&hex, bytes_at(hash, sizeof(hash)));
	memcpy(id, hex.p, SAMPLE_ID);
	id[SAMPLE_ID] = '\0';
	buf_free(&hex);
	buf_free(&b);
}

/* --- lists ---------------------------------------------------------------- */

struct options {
	bool xml, wal, sized;
};

static bool
number(struct bytes text, unsigned base, uint64_t *to)
{
	char digits[32], *end;

	if (text.n == 0 || text.n >= sizeof(digits))
		return false;
	memcpy(digits, text.p, text.n);
	digits[text.n] = '\0';
	*to = strtoull(digits, &end, (int)base);
	return *end == '\0';
}

static bool
option(struct bytes word, struct sample_file *file, struct options *options)
{
	size_t at = bytes_find_byte(word, '=', 0);
	struct bytes key = bytes_part(word, 0, at);
	struct bytes value = { NULL, 0 };
	uint64_t n = 0;

	if (at != SIZE_MAX)
		value = bytes_part(word, at + 1, SIZE_MAX);
	if (bytes_is(word, "xml"))
		return options->xml = true;
	if (bytes_is(word, "wal=keep"))
		return options->wal = true;
	if (bytes_is(word, "missing"))
		return file->missing = true;
	if (bytes_is(word, "plain"))
		return file->plain = true;
	if (bytes_is(word, "key=bad"))
		return file->bad_key = true;
	if (bytes_is(key, "mtime"))
		return (file->mtime = file->changed = time_read(value)) !=
		    TIME_UNSET;
	if (bytes_is(key, "birth"))
		return (file->birth = time_read(value)) != TIME_UNSET;
	if (!number(value, bytes_is(key, "mode") ? 8 : 10, &n))
		return false;
	if (bytes_is(key, "mode"))
		file->mode = (file->mode & 0170000) | (uint32_t)n;
	else if (bytes_is(key, "uid"))
		file->uid = (uint32_t)n;
	else if (bytes_is(key, "class"))
		file->class = (uint32_t)n;
	else if (bytes_is(key, "size"))
		file->size = n, options->sized = true;
	else
		return false;
	return true;
}

static bool
options_read(struct bytes text, struct sample_file *file,
    struct options *options)
{
	size_t at = 0, end;

	while (at < text.n) {
		end = bytes_find_byte(text, ' ', at);
		if (end == SIZE_MAX)
			end = text.n;
		if (end > at && !option(bytes_part(text, at, end - at), file,
		    options))
			return false;
		at = end + 1;
	}
	return true;
}

/* Up to four parts between bars; how many. */
static unsigned
parts_of(struct bytes line, struct bytes part[4])
{
	size_t at = 0, end;
	unsigned n;

	for (n = 0; n < 4; n++) {
		part[n].p = NULL;
		part[n].n = 0;
	}
	for (n = 0; n < 4; n++) {
		end = n == 3 ? SIZE_MAX : bytes_find_byte(line, '|', at);
		part[n] = text_trim(bytes_part(line, at,
		    end == SIZE_MAX ? SIZE_MAX : end - at));
		if (end == SIZE_MAX)
			return n + 1;
		at = end + 1;
	}
	return n;
}

static void
kind_of(struct sample_file *file, struct bytes source)
{
	file->type = 'f';
	file->mode = 0100644;
	file->class = 3;
	if (bytes_is(source, "/")) {
		file->type = 'd';
		file->mode = 040755;
		file->class = 0;
	} else if (bytes_starts(source, "->")) {
		file->type = 'l';
		file->mode = 0120755;
		file->class = 0;
		file->target = text_trim(bytes_part(source, 2, SIZE_MAX));
	}
}

static uint64_t
size_of(const char *file, struct bytes data)
{
	struct stat st;

	return file == NULL ? data.n : stat(file, &st) != 0 ? 0 :
	    (uint64_t)st.st_size;
}

/* Fills one file, and a second one with its wal; how many, or 0. */
static unsigned
file_make(struct sample *s, struct bytes line, struct sample_file to[2])
{
	struct options options = { false, false, false };
	struct bytes part[4];
	struct sample_made made = { .file = NULL };
	struct buf path = buf_with(LIMIT_PATH_BYTES);
	char *name;

	if (parts_of(line, part) < 3)
		return 0;
	if (!bytes_is(part[0], "-"))
		to->domain = part[0];
	to->path = part[1];
	to->uid = 501;
	to->birth = time_read(bytes_of("2024-01-01T00:00:00Z"));
	to->mtime = to->changed = to->birth;
	kind_of(to, part[2]);
	if (!options_read(part[3], to, &options))
		return 0;
	name = arena_string(s->arena, part[2]);
	if (to->type != 'f')
		return 1;
	if (name == NULL || !sample_source(s, name, options.xml, options.wal,
	    &made))
		return 0;
	to->source = name;
	to->data = made.data;
	to->staged = made.file;
	if (!options.sized)
		to->size = size_of(made.file, made.data);
	if (made.wal.n == 0 && made.wal_file == NULL)
		return 1;
	to[1] = to[0];
	buf_add(&path, to->path);
	buf_text(&path, "-wal");
	to[1].path = arena_copy(s->arena, buf_bytes(&path));
	buf_free(&path);
	to[1].data = made.wal;
	to[1].staged = made.wal_file;
	to[1].size = size_of(made.wal_file, made.wal);
	return 2;
}

bool
sample_list(struct sample *s, const char *name,
    const struct sample_file **files, unsigned *n)
{
	struct sample_file *all;
	struct bytes text, line;
	unsigned made, row = 0;
	size_t at, end;

	*n = 0;
	if (!sample_read(s, name, &text))
		return false;
	all = arena_alloc(s->arena, FILES_MAX + 1, sizeof(*all));
	if (all == NULL)
		return sample_fault(s, "%s: no memory", name);
	for (at = 0; at < text.n; at = end + 1) {
		end = bytes_find_byte(text, '\n', at);
		if (end == SIZE_MAX)
			end = text.n;
		line = text_trim(bytes_part(text, at, end - at));
		row++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		made = *n < FILES_MAX ? file_make(s, line, all + *n) : 0;
		if (made == 0)
			return sample_fault(s, "%s:%u: not understood", name,
			    row);
		*n += made;
	}
	*files = all;
	return *n > 0 || sample_fault(s, "%s: no file", name);
}
