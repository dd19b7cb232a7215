/*
 * Cookies: sites of which an app, or a page shown in it, loaded something.
 *
 * Evidence: *.binarycookies in the folders Cookies of Safari and other apps.
 * Times are seconds since 2001-01-01 UTC.  The values log people in, so that
 * only their length is kept.
 * Not here: cookies that were deleted or ran out, those of private tabs; apps
 * that bring a network library of their own keep cookies elsewhere.
 *
 * A cookie does not mean that a page was opened: advertisements and counters
 * in other pages set them too.
 */
#include "artifact/artifact.h"

#include "base/limits.h"
#include "base/time.h"
#include "format/cookies.h"

enum { CREATED, EXPIRES, DOMAIN, NAME, PATH, BELOW, SECURE, HTTP_ONLY, FLAGS,
    LENGTH, NFIELDS };

static const struct field fields[NFIELDS] = {
	[CREATED]   = { "created", KIND_TIME, .event = "cookie set" },
	[EXPIRES]   = { "expires", KIND_TIME },
	[DOMAIN]    = { "domain", KIND_DOMAIN, .sense = SENSE_LOADED,
	                .shown = true },
	[NAME]      = { "name", KIND_LABEL, .shown = true },
	[PATH]      = { "path", KIND_LABEL },
	/* For the hosts below the domain too: it was written with a dot. */
	[BELOW]     = { "hosts_below", KIND_BOOL },
	[SECURE]    = { "secure", KIND_BOOL },
	[HTTP_ONLY] = { "http_only", KIND_BOOL },
	[FLAGS]     = { "flags", KIND_INT },
	[LENGTH]    = { "value_length", KIND_SIZE },
};

static const struct place places[] = {
	{ NULL, "Library/Cookies/*.binarycookies" },
	{ NULL, "**/Cookies/*.binarycookies" },
	{ NULL, NULL }
};

/* Some kB are usual; what was seen at most is 26 kB. */
#define FILE_MAX	(16 * MIB)

struct reading {
	struct run *run;
	int64_t row;
};

static struct val
text_val(struct bytes b)
{
	return b.n == 0 ? val_unset() : val_text(b);
}

static struct val
time_val(double seconds)
{
	int64_t t = time_mac(seconds);

	return t == TIME_UNSET ? val_unset() : val_time(t);
}

static void
cookie(void *ctx, const struct cookie *k)
{
	struct val v[NFIELDS] = { 0 };
	struct reading *r = ctx;
	struct bytes domain = k->domain;
	bool below = bytes_starts(domain, ".");

	if (below)
		domain = bytes_part(domain, 1, domain.n);
	v[CREATED] = time_val(k->created);
	v[EXPIRES] = time_val(k->expires);
	v[DOMAIN] = text_val(domain);
	v[NAME] = text_val(k->name);
	v[PATH] = text_val(k->path);
	v[BELOW] = val_bool(below);
	v[SECURE] = val_bool((k->flags & COOKIE_SECURE) != 0);
	v[HTTP_ONLY] = val_bool((k->flags & COOKIE_HTTP_ONLY) != 0);
	v[FLAGS] = val_int(k->flags);
	v[LENGTH] = val_int((int64_t)k->value_length);
	run_row(r->run, ++r->row);
	run_record(r->run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct reading r = { run, 0 };
	struct bytes file = run_load(run, member, FILE_MAX);

	if (file.p != NULL && cookies_read(file, run_gaps(run), cookie, &r) ==
	    ERR_KIND)
		run_gap(run, 0, "the file is no cookie file");
}

const struct artifact artifact_ios_cookies = {
	.name    = "ios_cookies",
	.about   = "sites that set cookies in apps",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
