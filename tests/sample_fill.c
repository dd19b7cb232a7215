/*
 * The mix follows what is said of real backups: attachments, thumbnails and
 * WhatsApp's media are the most by number, and most files are small.
 */
#include "sample_fill.h"

#include <inttypes.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "sample_invent.h"

#define N(a)	(sizeof(a) / sizeof((a)[0]))
#define BLOCK	65536

/* Bytes of a file: sixteen equal parts of them. */
static const uint16_t sizes[] = {
	160, 310, 440, 570, 710, 860, 1030, 1230, 1460, 1740, 2080, 2530, 3160,
	4070, 5720, 10400
};

static const char *const apps[] = {
	"com.apple.mobilesafari", "com.apple.MobileSMS", "com.apple.Maps",
	"com.apple.mobilenotes", "com.apple.podcasts", "com.apple.news",
	"net.whatsapp.WhatsApp", "org.whispersystems.signal",
	"org.example.canvasspal", "org.example.trains", "org.example.recipes",
	"org.example.chess", "org.example.bank", "org.example.radio",
};

static const char *const domains[] = {
	"HomeDomain", "HealthDomain", "RootDomain", "WirelessDomain",
	"KeyboardDomain", "DatabaseDomain", "BooksDomain", "HomeKitDomain",
};

static const char *const data_names[] = {
	"json", "dat", "txt", "bin", "cache", "log"
};

static const char *const media_names[] = {
	"jpg", "heic", "mov", "opus", "mp4", "thumb"
};

static void
attachment(struct buf *path, uint64_t n, uint64_t x)
{
	buf_printf(path, "Library/SMS/Attachments/%02x/%02u/",
	    (unsigned)(x % 256), (unsigned)(x >> 8 & 15));
	sample_invent_guid(path, x);
	buf_printf(path, "/IMG_%04" PRIu64 ".%s", n,
	    media_names[(x >> 16) % N(media_names)]);
}

static void
thumbnail(struct buf *path, uint64_t n, uint64_t x)
{
	buf_printf(path, "Media/PhotoData/Thumbnails/V2/DCIM/%uAPPLE/"
	    "IMG_%04u.HEIC/500%u.JPG", (unsigned)(100 + n / 10000),
	    (unsigned)(n % 10000), x % 2 == 0 ? 3u : 5u);
}

static void
whatsapp(struct buf *path, uint64_t n, uint64_t x)
{
	buf_text(path, "Message/Media/");
	sample_invent_phone(path, x % 800);
	buf_printf(path, "@s.whatsapp.net/%x/%x/%016" PRIx64 "-%" PRIu64
	    ".%s", (unsigned)(x >> 10 & 15), (unsigned)(x >> 14 & 15), x, n,
	    media_names[(x >> 18) % N(media_names)]);
}

static void
app_file(struct buf *path, uint64_t n, uint64_t x)
{
	static const char *const folders[] = {
		"Documents", "Library/Application Support",
		"Library/Caches/data"
	};

	buf_printf(path, "%s/%s/%s_%" PRIu64 ".%s", folders[x % N(folders)],
	    sample_invent_word(x + 1), sample_invent_word(x + 2), n,
	    data_names[(x >> 8) % N(data_names)]);
}

static void
web_storage(struct buf *path, uint64_t n, uint64_t x)
{
	buf_text(path, "Library/WebKit/WebsiteData/LocalStorage/https_");
	sample_invent_host(path, x);
	buf_printf(path, "_%" PRIu64 ".localstorage", n);
}

static void
preference(struct buf *path, uint64_t n, uint64_t x)
{
	buf_printf(path, "Library/Preferences/org.example.%s.%s%" PRIu64,
	    sample_invent_word(x + 1), sample_invent_word(x + 2), n);
}

static void
other(struct buf *path, uint64_t n, uint64_t x)
{
	buf_printf(path, "Library/%s/%s/", sample_invent_word(x + 1),
	    sample_invent_word(x + 2));
	sample_invent_guid(path, x);
	buf_printf(path, "/%s%" PRIu64 ".%s", sample_invent_word(x + 3), n,
	    data_names[(x >> 8) % N(data_names)]);
}

/* Domain and path; a domain that ends in "-" is that of some app. */
static void
name(struct buf *domain, struct buf *path, uint64_t n, uint64_t x)
{
	static const struct {
		unsigned percent;
		const char *domain;	/* NULL: one of the list */
		void (*path)(struct buf *, uint64_t n, uint64_t x);
	} kinds[] = {
		{ 22, "MediaDomain", attachment },
		{ 20, "CameraRollDomain", thumbnail },
		{ 18, "AppDomainGroup-group.net.whatsapp.WhatsApp.shared",
		    whatsapp },
		{ 16, "AppDomain-", app_file },
		{ 6, "AppDomain-", web_storage },
		{ 6, "AppDomain-", preference },
		{ 12, NULL, other },
	};
	unsigned left = (unsigned)((x >> 40) % 100), i = 0;

	while (left >= kinds[i].percent)
		left -= kinds[i++].percent;
	buf_text(domain, kinds[i].domain != NULL ? kinds[i].domain :
	    domains[(x >> 50) % N(domains)]);
	if (bytes_ends(buf_bytes(domain), "-"))
		buf_text(domain, apps[(x >> 50) % N(apps)]);
	kinds[i].path(path, n, x);
}

/* Bytes that do not pack well; the same block for all files. */
static struct bytes
content(uint64_t x)
{
	static uint8_t block[2 * BLOCK];
	uint64_t word;
	size_t i;

	for (i = 0; block[0] == 0 && i < sizeof(block); i += sizeof(word)) {
		word = sample_invent_number(1, i) | 1;
		memcpy(block + i, &word, sizeof(word));
	}
	return bytes_at(block + x % BLOCK, sizes[(x >> 20) % N(sizes)] +
	    x % 64);
}

bool
sample_fill(struct sample *s, uint64_t n, struct sample_file *to)
{
	struct buf domain = buf_with(LIMIT_PATH_BYTES);
	struct buf path = buf_with(LIMIT_PATH_BYTES);
	uint64_t x = sample_invent_number(s->seed, n);

	memset(to, 0, sizeof(*to));
	name(&domain, &path, n, x);
	to->type = 'f';
	to->mode = 0100644;
	to->class = x % 10 == 0 ? 4 : 3;
	to->uid = 501;
	to->birth = (INT64_C(1577836800) + (int64_t)(x % 126000000)) *
	    TIME_SECOND;
	to->mtime = to->changed = to->birth + (int64_t)(x >> 40) % 8000000 *
	    TIME_SECOND;
	if (n % 1000 == 7) {
		to->type = 'l';
		to->mode = 0120755;
		to->target = bytes_of("/private/var/mobile/Library/elsewhere");
	} else if (n % 10 == 9) {
		to->type = 'd';
		to->mode = 040755;
		to->class = 0;
	} else
		to->data = content(x);
	to->size = to->data.n;
	to->domain = arena_copy(s->arena, buf_bytes(&domain));
	to->path = arena_copy(s->arena, buf_bytes(&path));
	buf_free(&domain);
	buf_free(&path);
	return !s->arena->bad || sample_fault(s, "no memory");
}
