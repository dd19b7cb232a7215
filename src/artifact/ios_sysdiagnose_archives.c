/*
 * Sysdiagnose archives inside the backup: further evidence.
 *
 * Evidence: files named sysdiagnose_*.tar.gz, most often in the File Provider
 * Storage, where "Save to Files" puts them.  Their name tells when they were
 * made, with the zone, and by which build of which system; the manifest tells
 * the size.
 * Not here: anything of what is inside.  The archive is not opened: each is a
 * finding that says so, and what to do.  A name can be given by anybody.
 */
#include "artifact/artifact.h"

#include "base/time.h"

enum { MADE, NAME, SIZE, SYSTEM, MODEL, BUILD, DOMAIN_, PATH, NFIELDS };

static const struct field fields[NFIELDS] = {
	[MADE]    = { "made", KIND_TIME, .event = "sysdiagnose made" },
	[NAME]    = { "name", KIND_FILE_NAME, .shown = true },
	[SIZE]    = { "size", KIND_SIZE, .shown = true },
	[SYSTEM]  = { "system", KIND_LABEL },
	[MODEL]   = { "model", KIND_LABEL },
	[BUILD]   = { "build", KIND_LABEL },
	[DOMAIN_] = { "domain", KIND_LABEL },
	[PATH]    = { "path", KIND_LABEL },
};

static const struct place places[] = {
	{ "AppDomainGroup-group.com.apple.FileProvider.LocalStorage",
	  "File Provider Storage/sysdiagnose_*.tar.gz" },
	{ NULL, "**/sysdiagnose_*.tar.gz" },
	{ NULL, "sysdiagnose_*.tar.gz" },
	{ NULL, NULL }
};

/* The text up to the next "_", which is passed. */
static struct bytes
part(struct bytes name, size_t *at)
{
	size_t end = bytes_find_byte(name, '_', *at);
	struct bytes b;

	if (end == SIZE_MAX)
		end = name.n;
	b = bytes_part(name, *at, end - *at);
	*at = end < name.n ? end + 1 : end;
	return b;
}

/* "2021.09.29" and "09-40-55+0100" as a time. */
static struct val
made(struct bytes day, struct bytes clock)
{
	struct buf b = buf_with(64);
	int64_t t = TIME_UNSET;
	size_t i;

	if (day.n == 10 && clock.n == 13) {
		for (i = 0; i < day.n; i++)
			buf_byte(&b, day.p[i] == '.' ? '-' : day.p[i]);
		buf_byte(&b, 'T');
		for (i = 0; i < clock.n; i++) {
			if (i == 11)
				buf_byte(&b, ':');
			buf_byte(&b, i < 8 && clock.p[i] == '-' ? ':' :
			    clock.p[i]);
		}
		t = time_read(buf_bytes(&b));
	}
	buf_free(&b);
	return t == TIME_UNSET ? val_unset() : val_time(t);
}

static struct val
label(struct bytes b)
{
	return b.n > 0 ? val_text(b) : val_unset();
}

/* sysdiagnose_DAY_CLOCK_SYSTEM_MODEL_BUILD.tar.gz */
static void
from_name(struct val *v, struct bytes name)
{
	struct bytes stem = bytes_part(name, 0, name.n - 7), day, clock;
	size_t at = 0;

	(void)part(stem, &at);
	day = part(stem, &at);
	clock = part(stem, &at);
	v[MADE] = made(day, clock);
	v[SYSTEM] = label(part(stem, &at));
	v[MODEL] = label(part(stem, &at));
	v[BUILD] = label(part(stem, &at));
}

static void
read_file(struct run *run, const struct member *member)
{
	struct val v[NFIELDS] = { 0 };
	struct bytes name = member->path;
	size_t at;

	while ((at = bytes_find_byte(name, '/', 0)) != SIZE_MAX)
		name = bytes_part(name, at + 1, name.n);
	from_name(v, name);
	v[NAME] = val_text(name);
	if (member->size > 0 && member->size <= INT64_MAX)
		v[SIZE] = val_int((int64_t)member->size);
	v[DOMAIN_] = val_text(member->domain);
	v[PATH] = val_text(member->path);
	run_row(run, 1);
	run_record(run, v);
}

static void
judge(struct run *run, const struct val *v)
{
	(void)v;
	run_finding(run, RULE_SYSDIAGNOSE);
}

const struct artifact artifact_ios_sysdiagnose_archives = {
	.name    = "ios_sysdiagnose_archives",
	.about   = "sysdiagnose archives in the backup: named, not opened",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
	.judge   = judge,
};
