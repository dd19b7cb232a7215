/*
 * Paths by their whole names, file names, processes and app ids.
 */
#include <string.h>

#include "base/text.h"
#include "indicator/match_inside.h"
#include "indicator/normal.h"

#define NAMES_MAX	128	/* names of one path that are looked at */
#define PROCESS_MAX	16	/* bytes of a name that the kernel keeps */

/* From the left: is the path itself an indicator, or a folder above it? */
static void
look_above(struct match *m, struct bytes path)
{
	uint64_t h = SPACE_START(m->seed);
	unsigned names = 0;
	size_t i;

	if (m->n[SPACE_PATH] == 0 || path.p[0] != '/')
		return;
	for (i = 0; i <= path.n && names < NAMES_MAX; i++) {
		if (i > 0 && (i == path.n || path.p[i] == '/')) {
			match_look(m, SPACE_PATH,
			    space_done(h, SPACE_PATH), bytes_part(path, 0, i));
			names++;
		}
		if (i < path.n)
			h = space_step(h, path.p[i]);
	}
}

/* From the right: the last name, the last two, ... */
static void
look_tails(struct match *m, struct bytes path)
{
	uint64_t h = SPACE_START(m->seed);
	unsigned names = 0;
	size_t i;

	if (m->n[SPACE_PATH_TAIL] == 0)
		return;
	for (i = path.n; i > 0 && names < NAMES_MAX; i--) {
		if (path.p[i - 1] == '/') {
			match_look(m, SPACE_PATH_TAIL,
			    space_done(h, SPACE_PATH_TAIL),
			    bytes_part(path, i, path.n));
			names++;
		}
		h = space_step(h, path.p[i - 1]);
	}
	if (i == 0)
		match_look(m, SPACE_PATH_TAIL,
		    space_done(h, SPACE_PATH_TAIL), path);
}

/* Expressions are tried on the path as found, and as it is with and without
   the /private that iOS adds. */
static void
scan_path(struct match *m, struct bytes in, struct bytes path)
{
	struct buf b;

	match_scan(m, KEY_PATH, in);
	if (m->scans[KEY_PATH].n == 0)
		return;
	if (!bytes_eq(in, path))
		match_scan(m, KEY_PATH, path);
	if (!bytes_starts(path, "/var/") && !bytes_starts(path, "/tmp/") &&
	    !bytes_starts(path, "/etc/"))
		return;
	b = match_buf(m, 1);
	buf_text(&b, "/private");
	buf_add(&b, path);
	if (!bytes_eq(buf_bytes(&b), in))
		match_scan(m, KEY_PATH, buf_bytes(&b));
}

void
match_file_name(struct match *m, struct bytes in)
{
	struct bytes base = normal_base(in);

	if (base.n < in.n) {
		match_file_path(m, in);
		return;
	}
	match_look_whole(m, SPACE_FILE_NAME, base);
	match_look_whole(m, SPACE_PATH_TAIL, base);
	match_scan(m, KEY_FILE_NAME, base);
}

void
match_file_path(struct match *m, struct bytes in)
{
	struct buf b = match_buf(m, 0);
	struct bytes path, base;

	if (in.n > LIMIT_URL_BYTES) {
		m->fault = "a path longer than 64 KiB was not compared";
		return;
	}
	if (!normal_path(&b, in))
		return;
	path = buf_bytes(&b);
	base = normal_base(path);
	look_above(m, path);
	look_tails(m, path);
	match_look_whole(m, SPACE_FILE_NAME, base);
	match_scan(m, KEY_FILE_NAME, base);
	scan_path(m, in, path);
}

/* Names in the index that begin with all 16 bytes of this one: they stand side
   by side, so the first is found by halving. */
static void
look_truncated(struct match *m, struct bytes name)
{
	uint32_t low = m->first[SPACE_PROCESS];
	uint32_t end = low + m->n[SPACE_PROCESS], high = end, mid;
	struct bytes value;

	while (low < high) {
		mid = low + (high - low) / 2;
		value = layout_text(m->index, SECTION_TERM, (size_t)mid *
		    TERM_WORDS + TERM_TEXT);
		if (bytes_cmp(value, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < end; low++) {
		value = layout_text(m->index, SECTION_TERM, (size_t)low *
		    TERM_WORDS + TERM_TEXT);
		if (!bytes_eq(bytes_part(value, 0, name.n), name))
			break;
		if (value.n > name.n)
			match_meet(m, low, true);
	}
}

/* A package as Android names its processes: "com.example.app:remote". */
static void
look_package(struct match *m, struct bytes name)
{
	struct buf b = match_buf(m, 0);

	name = bytes_part(name, 0, bytes_find_byte(name, ':', 0));
	if (m->n[SPACE_APP_ID] == 0 || name.n > 512 ||
	    bytes_find_byte(name, '.', 0) == SIZE_MAX ||
	    !normal_lower(&b, name))
		return;
	match_look_whole(m, SPACE_APP_ID, buf_bytes(&b));
}

void
match_file_process(struct match *m, struct bytes in)
{
	struct bytes name = normal_base(in);

	match_look_whole(m, SPACE_PROCESS, name);
	if (name.n == PROCESS_MAX && m->n[SPACE_PROCESS] > 0)
		look_truncated(m, name);
	match_scan(m, KEY_PROCESS, name);
	look_package(m, name);
	if (name.n < in.n && in.p[0] == '/')
		match_file_path(m, in);
}

/* Feeds name some implants by process where the phone shows a bundle id. */
void
match_file_app(struct match *m, struct bytes in)
{
	match_look_whole(m, SPACE_PROCESS, in);
	match_scan(m, KEY_PROCESS, in);
}
