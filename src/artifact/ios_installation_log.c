/*
 * Installation log: what the system did about apps and their folders, line by
 * line.
 *
 * Evidence: mobile_installation_helper.log.0 and .1 of a shared container of
 * the system, in a file-system copy also mobile_installation.log.*; text, one
 * line an event: "Wed Jan 15 10:30:00 2024 [58] <notice> (0x1..) ...".  The
 * time is that of the phone's zone then, which the log does not name: it is
 * kept as it stands, and is on no timeline.
 * Not here: what is older than the log, which is written anew when it is full;
 * apps that were only used.
 *
 * Each line is a record.  Of lines whose wording is known the app stands in
 * bundle_id; in others, names of the form of an app's id are only mentioned:
 * the system speaks of many that were never there.  A log that ends within a
 * line, or holds none, has been cut, which is a gap; a cut between two lines
 * cannot be told.
 *
 * Wording as publicly described for iOS 12 to 18.
 */
#include "artifact/artifact.h"

#include "base/limits.h"
#include "base/text.h"

enum { CLOCK, ACTION, APP, MENTIONED, PATHS, LEVEL, MESSAGE, NFIELDS };

static const struct field fields[NFIELDS] = {
	[CLOCK]     = { "local_time", KIND_LABEL, .shown = true },
	[ACTION]    = { "action", KIND_LABEL, .shown = true },
	[APP]       = { "bundle_id", KIND_APP_ID, .shown = true },
	[MENTIONED] = { "mentioned", KIND_APP_ID, .sense = SENSE_TYPED },
	[PATHS]     = { "paths", KIND_PATH },
	[LEVEL]     = { "level", KIND_LABEL },
	[MESSAGE]   = { "message", KIND_LABEL },
};

static const struct place places[] = {
	{ "SysSharedContainerDomain-systemgroup.com.apple.mobile."
	  "installationhelperlogs",
	  "Library/Logs/mobile_installation_helper.log*" },
	{ NULL, "Library/Logs/MobileInstallation/*.log*" },
	{ NULL, NULL }
};

/* Wordings, and after what in them the app's id follows. */
static const struct wording {
	const char *text, *action, *before;
} wordings[] = {
	{ "Install Successful for", "installed", "for (" },
	{ "Uninstalling identifier ", "uninstalled", "identifier " },
	{ "Destroying container ", "container destroyed", "identifier " },
	{ "Made container live for ", "container made", "live for " },
	{ "Data container for ", "container moved", "container for " },
	{ "Attempting Delta patch update of ", "updated", "update of " },
	{ "Reboot detected", "reboot detected", NULL },
};

/* A log is written anew at about 1 MB. */
#define LOG_BYTES	(32 * MIB)
/* Names or paths of one line; more are a gap. */
#define LINE_WORDS	256u

static bool
id_byte(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
}

/* The run of bytes of an id that begins at `at`. */
static struct bytes
id_at(struct bytes line, size_t at)
{
	size_t end = at;

	while (end < line.n && id_byte(line.p[end]))
		end++;
	while (end > at && line.p[end - 1] == '.')
		end--;		/* of the sentence */
	return bytes_part(line, at, end - at);
}

static void
action_of(struct val *v, struct bytes line)
{
	const struct wording *w;
	struct bytes id;
	size_t at;
	unsigned i;

	for (i = 0; i < sizeof(wordings) / sizeof(wordings[0]); i++) {
		w = &wordings[i];
		at = bytes_find(line, bytes_of(w->text), 0);
		if (at == SIZE_MAX)
			continue;
		v[ACTION] = val_text(bytes_of(w->action));
		if (w->before != NULL)
			at = bytes_find(line, bytes_of(w->before), at);
		if (w->before == NULL || at == SIZE_MAX)
			return;
		at += bytes_of(w->before).n;
		id = id_at(line, at);
		/* "Placeholder:com.example.app" */
		if (at + id.n < line.n && line.p[at + id.n] == ':')
			id = id_at(line, at + id.n + 1);
		if (id.n > 0)
			v[APP] = val_text(id);
		return;
	}
}

/* Whether it has the form of an app's id: com.example.app. */
static bool
id_like(struct bytes word)
{
	size_t i, dots = 0;

	for (i = 1; i + 1 < word.n; i++)
		dots += word.p[i] == '.';
	return dots >= 2 && text_lower(word.p[0]) >= 'a' &&
	    text_lower(word.p[0]) <= 'z';
}

static bool
ends_path(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '"' || c == '\'' || c == ')' ||
	    c == ']' || c == ',' || c == ';' || c == '>';
}

/* The next word of a line: a path, or a run of bytes of an id. */
static struct bytes
next_word(struct bytes line, size_t *at)
{
	size_t begin, end;

	while (*at < line.n && line.p[*at] != '/' && !id_byte(line.p[*at]))
		++*at;
	begin = end = *at;
	if (begin < line.n && line.p[begin] == '/')
		while (end < line.n && !ends_path(line.p[end]))
			end++;
	else
		end += id_at(line, begin).n;
	*at = end > begin ? end : begin + 1;
	return bytes_part(line, begin, end - begin);
}

static void
words_of(struct run *run, struct val *v, struct bytes line)
{
	struct val *ids, *paths;
	uint32_t nids = 0, npaths = 0;
	struct bytes word;
	size_t at = 0;

	ids = arena_alloc(run_scratch(run), LINE_WORDS, sizeof(*ids));
	paths = arena_alloc(run_scratch(run), LINE_WORDS, sizeof(*paths));
	while (ids != NULL && paths != NULL && nids < LINE_WORDS &&
	    npaths < LINE_WORDS && at < line.n) {
		word = next_word(line, &at);
		if (bytes_starts(word, "/") && word.n > 1)
			paths[npaths++] = val_text(word);
		else if (id_like(word) && !bytes_eq(word,
		    val_bytes(&v[APP])))
			ids[nids++] = val_text(word);
	}
	if (nids == LINE_WORDS || npaths == LINE_WORDS)
		run_gap(run, GAP_NO_OFFSET, "a line of the log names more "
		    "than is compared");
	if (nids > 0)
		v[MENTIONED] = val_list(ids, nids);
	if (npaths > 0)
		v[PATHS] = val_list(paths, npaths);
}

/* "TIME [process] <level> (thread) message"; another line is all message. */
static void
one(struct run *run, struct bytes line)
{
	struct val v[NFIELDS] = { 0 };
	struct bytes rest = line, level;
	size_t at = bytes_find(line, bytes_of(" ["), 0), end;

	if (at == 24) {
		v[CLOCK] = val_text(bytes_part(line, 0, at));
		rest = bytes_part(line, at + 1, line.n);
		at = bytes_find_byte(rest, '<', 0);
		end = bytes_find(rest, bytes_of("> "), 0);
		if (at < end && end - at < 16) {
			level = bytes_part(rest, at + 1, end - at - 1);
			v[LEVEL] = val_text(level);
			rest = bytes_part(rest, end + 2, rest.n);
		}
	}
	v[MESSAGE] = val_text(rest);
	action_of(v, rest);
	words_of(run, v, rest);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct bytes all = run_load(run, member, LOG_BYTES), line;
	size_t at = 0, end;
	int64_t n = 0;

	while (at < all.n) {
		end = bytes_find_byte(all, '\n', at);
		if (end == SIZE_MAX)
			break;
		line = text_trim(bytes_part(all, at, end - at));
		run_row(run, ++n);
		if (line.n > 0)
			one(run, line);
		at = end + 1;
	}
	if (all.p != NULL && (at < all.n || n == 0))
		run_gap(run, at, "the log does not end with a whole line");
	if (at < all.n) {
		run_row(run, ++n);
		one(run, bytes_part(all, at, all.n));
	}
}

const struct artifact artifact_ios_installation_log = {
	.name    = "ios_installation_log",
	.about   = "apps installed and removed, by the system's log",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
