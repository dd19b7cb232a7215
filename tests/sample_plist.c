/*
 * Property lists, archives and attributed strings from text.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"
#include "bplist_make.h"
#include "sample.h"

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
    "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
    "<plist version=\"1.0\">";

/* What the elements of ours hold, as bytes. */
static bool
data_of(struct sample *s, const char *name, struct bytes inside,
    struct buf *to)
{
	struct bytes out;
	size_t i;

	if (strcmp(name, "data-text") == 0) {
		buf_add(to, inside);
		return true;
	}
	if (strcmp(name, "data-plist") == 0) {
		if (!sample_plist(s, inside, false, &out))
			return false;
		buf_add(to, out);
		return true;
	}
	for (i = 0; i + 1 < inside.n; i += 2) {
		static const char digits[] = "0123456789abcdef";
		const char *high, *low;

		high = strchr(digits, text_lower(inside.p[i]));
		low = strchr(digits, text_lower(inside.p[i + 1]));
		if (high == NULL || low == NULL)
			break;
		buf_byte(to, (uint8_t)((high - digits) * 16 + (low - digits)));
	}
	return i == inside.n ||
	    sample_fault(s, "<data-hex> holds something else");
}

/* Replaces the innermost first of one element by <data>; false if there is
   none (left), or after a fault. */
static bool
replace_one(struct sample *s, const char *name, struct bytes *text)
{
	char open[32], close[32];
	struct buf data = buf_with(LIMIT_PLIST_BYTES);
	struct buf all = buf_with(LIMIT_PLIST_BYTES);
	size_t end, at, next;
	struct bytes inside;
	bool good;

	snprintf(open, sizeof(open), "<%s>", name);
	snprintf(close, sizeof(close), "</%s>", name);
	end = bytes_find(*text, bytes_of(close), 0);
	at = bytes_find(*text, bytes_of(open), 0);
	if (end == SIZE_MAX || at == SIZE_MAX || at > end)
		return false;
	while ((next = bytes_find(*text, bytes_of(open), at + 1)) < end)
		at = next;
	inside = bytes_part(*text, at + strlen(open),
	    end - at - strlen(open));
	good = data_of(s, name, inside, &data);
	buf_add(&all, bytes_part(*text, 0, at));
	buf_text(&all, "<data>");
	text_base64(&all, buf_bytes(&data));
	buf_text(&all, "</data>");
	buf_add(&all, bytes_part(*text, end + strlen(close), SIZE_MAX));
	*text = arena_copy(s->arena, buf_bytes(&all));
	good = good && !all.bad && !s->arena->bad;
	buf_free(&all);
	buf_free(&data);
	return good;
}

static bool
expand(struct sample *s, struct bytes *text)
{
	while (replace_one(s, "data-text", text) ||
	    replace_one(s, "data-hex", text) ||
	    replace_one(s, "data-plist", text))
		continue;
	return s->why.n == 0;
}

bool
sample_plist(struct sample *s, struct bytes text, bool xml,
    struct bytes *out)
{
	struct buf whole = buf_with(LIMIT_PLIST_BYTES);
	struct buf made = buf_with(LIMIT_PLIST_BYTES);
	const char *why = NULL;

	if (!expand(s, &text))
		return false;
	if (bytes_find(text, bytes_of("<plist"), 0) == SIZE_MAX) {
		buf_text(&whole, head);
		buf_add(&whole, text);
		buf_text(&whole, "</plist>\n");
	} else
		buf_add(&whole, text);
	if (xml)
		buf_add(&made, buf_bytes(&whole));
	else if (!bplist_from_xml(&made, buf_bytes(&whole), &why))
		sample_fault(s, "property list: %s", why);
	*out = arena_copy(s->arena, buf_bytes(&made));
	buf_free(&whole);
	buf_free(&made);
	return s->why.n == 0 && !s->arena->bad;
}

/* --- archives ------------------------------------------------------------- */

static void
put_int(struct buf *b, const char *key, int64_t value)
{
	buf_printf(b, "<key>%s</key><integer>%" PRId64 "</integer>", key,
	    value);
}

static void
put_uid(struct buf *b, const char *key, unsigned uid)
{
	buf_printf(b, "<key>%s</key><dict><key>CF$UID</key>"
	    "<integer>%u</integer></dict>", key, uid);
}

static void
put_text(struct buf *b, struct bytes text)
{
	buf_text(b, "<string>");
	text_escape(b, text, TEXT_HTML);
	buf_text(b, "</string>");
}

static void
put_class_of(struct buf *b, const char *name, const char *parents)
{
	buf_printf(b, "<dict><key>$classname</key><string>%s</string>"
	    "<key>$classes</key><array><string>%s</string>%s"
	    "<string>NSObject</string></array></dict>", name, name, parents);
}

bool
sample_mbfile(struct sample *s, const struct sample_file *file,
    struct bytes *out)
{
	struct buf b = buf_with(64 * KIB);
	bool link = file->target.n > 0, good;
	unsigned next = link ? 4 : 3;

	buf_text(&b, "<dict><key>$version</key><integer>100000</integer>"
	    "<key>$archiver</key><string>NSKeyedArchiver</string>"
	    "<key>$top</key><dict>");
	put_uid(&b, "root", 1);
	buf_text(&b, "</dict><key>$objects</key><array>"
	    "<string>$null</string><dict>");
	put_int(&b, "LastModified", file->mtime / TIME_SECOND);
	put_int(&b, "Flags", 0);
	put_int(&b, "GroupID", file->uid);
	put_int(&b, "LastStatusChange", file->changed / TIME_SECOND);
	put_uid(&b, "RelativePath", 2);
	put_int(&b, "Birth", file->birth / TIME_SECOND);
	put_int(&b, "Size", (int64_t)file->size);
	put_int(&b, "InodeNumber", 1000);
	put_int(&b, "Mode", file->mode);
	put_int(&b, "UserID", file->uid);
	put_int(&b, "ProtectionClass", file->class);
	if (link)
		put_uid(&b, "Target", 3);
	put_uid(&b, "$class", next);
	if (file->key.n > 0)
		put_uid(&b, "EncryptionKey", next + 1);
	buf_text(&b, "</dict>");
	put_text(&b, file->path);
	if (link)
		put_text(&b, file->target);
	put_class_of(&b, "MBFile", "");
	if (file->key.n > 0) {
		buf_text(&b, "<dict><key>NS.data</key><data>");
		text_base64(&b, file->key);
		buf_text(&b, "</data>");
		put_uid(&b, "$class", next + 2);
		buf_text(&b, "</dict>");
		put_class_of(&b, "NSMutableData", "<string>NSData</string>");
	}
	buf_text(&b, "</array></dict>");
	good = !b.bad && sample_plist(s, buf_bytes(&b), false, out);
	buf_free(&b);
	return good;
}

/* --- attributed strings ------------------------------------------------------ */

/* NSArchiver's lengths: one byte below 0x80, else a mark and two or four. */
static void
put_length(struct buf *b, size_t n)
{
	if (n < 0x80)
		buf_byte(b, (uint8_t)n);
	else if (n <= 0x7fff) {
		buf_byte(b, 0x81);
		buf_le(b, n, 2);
	} else {
		buf_byte(b, 0x82);
		buf_le(b, n, 4);
	}
}

/* A class: new object, new class, new shared string; its name and version. */
static void
put_class(struct buf *b, const char *name, uint8_t version)
{
	buf_text(b, "\x84\x84");
	buf_byte(b, (uint8_t)strlen(name));
	buf_text(b, name);
	buf_byte(b, version);
}

static size_t
utf16_units(struct bytes text)
{
	size_t at = 0, n, units = 0;
	uint32_t c = 0;

	while ((n = text_char(text, at, &c)) > 0) {
		at += n;
		units += c > 0xffff ? 2 : 1;
	}
	return units;
}

/*
 * The numbers are NSArchiver's own: 84 begins something new, 85 is nil, 86
 * ends an object, 92 and up point back to the strings and classes already
 * seen, in the order of their first writing.  As Messages writes it: one run
 * over the whole text, with one attribute, the number of the message's part.
 */
bool
sample_attributed(struct sample *s, struct bytes text, struct bytes *out)
{
	struct buf b = buf_with(LIMIT_CELL_BYTES);

	buf_text(&b, "\x04\x0b" "streamtyped\x81\xe8\x03");
	buf_text(&b, "\x84\x01@\x84");		/* one object follows */
	put_class(&b, "NSAttributedString", 0);
	put_class(&b, "NSObject", 0);
	buf_text(&b, "\x85\x92\x84");		/* no parent; an object */
	put_class(&b, "NSString", 1);
	buf_text(&b, "\x94\x84\x01+");		/* NSObject; bytes follow */
	put_length(&b, text.n);
	buf_add(&b, text);
	buf_text(&b, "\x86\x84\x02iI\x01");	/* run 1 of so many units */
	put_length(&b, utf16_units(text));
	buf_text(&b, "\x92\x84");
	put_class(&b, "NSDictionary", 0);
	buf_text(&b, "\x94\x84\x01i\x01\x92\x84\x96\x96\x1d"
	    "__kIMMessagePartAttributeName\x86\x92\x84");
	put_class(&b, "NSNumber", 0);
	put_class(&b, "NSValue", 0);
	buf_text(&b, "\x94\x84\x01*\x84\x99\x99");
	buf_byte(&b, 0);
	buf_text(&b, "\x86\x86\x86");
	*out = arena_copy(s->arena, buf_bytes(&b));
	buf_free(&b);
	return !s->arena->bad;
}
