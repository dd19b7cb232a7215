/*
 * Each kind of value against each key, right where others are wrong; what holds
 * within one record, and within the case.
 */
#include "indicator/bundle.h"

#include "base/text.h"

/* --- hosts ------------------------------------------------------------- */

#define DOMAIN	"[domain-name:value = 'b.evil.example']"

static void
every_parent_of_a_host(void **state)
{
	(void)state;
	assert_meets(DOMAIN, KIND_URL, "https://b.evil.example/x?y");
	assert_meets(DOMAIN, KIND_URL, "http://a.b.evil.example:8443/");
	assert_meets(DOMAIN, KIND_URL, "http://1.2.a.b.evil.example");
	assert_meets(DOMAIN, KIND_URL, "HTTPS://B.EVIL.Example./");
	assert_meets(DOMAIN, KIND_URL, "https://bank.example@b.evil.example/");
	assert_meets(DOMAIN, KIND_URL, "//b.evil.example/x");
	assert_meets(DOMAIN, KIND_URL, "b.evil.example/x");
	assert_meets(DOMAIN, KIND_URL, "see b.evil.example, now");
	assert_meets(DOMAIN, KIND_DOMAIN, "B.evil.example.");
	assert_meets(DOMAIN, KIND_DOMAIN, "c.b.evil.example:443");
	assert_meets(DOMAIN, KIND_TEXT, "go to (http://b.evil.example/x).");
	assert_meets(DOMAIN, KIND_TEXT, "go to b.evil.example now");
	assert_meets(DOMAIN, KIND_TEXT, "mail me@b.evil.example");
	assert_meets(DOMAIN, KIND_EMAIL, "Me <me@b.evil.example>");
	assert_misses(DOMAIN, KIND_URL, "https://xb.evil.example/");
	assert_misses(DOMAIN, KIND_URL, "https://evil.example/");
	assert_misses(DOMAIN, KIND_URL, "https://b.evil.example.org/");
	assert_misses(DOMAIN, KIND_URL, "https://b.evil.example@bank.example/");
	assert_misses(DOMAIN, KIND_URL, "https://ok.example/b.evil.example");
	assert_misses(DOMAIN, KIND_DOMAIN, "evil.example");
	assert_misses(DOMAIN, KIND_TEXT, "xb.evil.example");
	assert_misses(DOMAIN, KIND_LABEL, "b.evil.example");
	assert_misses(DOMAIN, KIND_JSON, "\"b.evil.example\"");
}

static void
hosts_as_feeds_write_them(void **state)
{
	(void)state;
	assert_meets("[domain-name:value='*.evil.example']", KIND_DOMAIN,
	    "a.evil.example");
	assert_meets("[domain-name:value='EVIL.example.']", KIND_DOMAIN,
	    "evil.example");
	assert_meets("[domain-name:value='evil.example:8080']", KIND_DOMAIN,
	    "evil.example");
	assert_meets("[domain-name:value='http://evil.example/']", KIND_DOMAIN,
	    "evil.example");
	assert_meets("[url:value='evil.example']", KIND_DOMAIN,
	    "x.evil.example");
	/* www. is a host like any other. */
	assert_meets("[domain-name:value='www.evil.example']", KIND_URL,
	    "http://www.evil.example/");
	assert_meets("[domain-name:value='www.evil.example']", KIND_URL,
	    "http://a.www.evil.example/");
	assert_misses("[domain-name:value='www.evil.example']", KIND_URL,
	    "http://evil.example/");
	assert_misses("[domain-name:value='wevil.example']", KIND_URL,
	    "http://evil.example/");
	/* Other letters: both spellings, on both sides. */
	assert_meets("[domain-name:value='b\xc3\xbc""cher.example']",
	    KIND_URL, "http://xn--bcher-kva.example/");
	assert_meets("[domain-name:value='xn--bcher-kva.example']",
	    KIND_URL, "http://B\xc3\x9c""CHER.example/");
	/* A public suffix is no place of one owner. */
	assert_meets("[domain-name:value='co.uk']", KIND_DOMAIN, "co.uk");
	assert_misses("[domain-name:value='co.uk']", KIND_DOMAIN, "bbc.co.uk");
	assert_misses("[domain-name:value='com']", KIND_DOMAIN, "evil.com");
	assert_meets("[domain-name:value='oneword']", KIND_URL,
	    "http://oneword/x");
}

static void
a_domain_with_a_path_is_a_place(void **state)
{
	static const char p[] = "[domain-name:value='evil.example/x/y']";

	(void)state;
	assert_meets(p, KIND_URL, "https://evil.example/x/y");
	assert_meets(p, KIND_URL, "http://EVIL.example/x/y/z?q#f");
	assert_meets(p, KIND_URL, "evil.example/x/y/");
	assert_meets(p, KIND_TEXT, "at evil.example/x/y/1 now");
	assert_misses(p, KIND_URL, "https://evil.example/x/yy");
	assert_misses(p, KIND_URL, "https://evil.example/x");
	assert_misses(p, KIND_URL, "https://evil.example/");
	assert_misses(p, KIND_URL, "https://a.evil.example/x/y");
	assert_misses(p, KIND_DOMAIN, "evil.example");
	assert_meets("[url:value='evil.example/x?id=1']", KIND_URL,
	    "https://evil.example/x?id=1");
	assert_misses("[url:value='evil.example/x?id=1']", KIND_URL,
	    "https://evil.example/x?id=12");
}

static void
addresses_are_numbers(void **state)
{
	static const char v4[] = "[ipv4-addr:value = '1.2.3.4']";
	static const char v6[] = "[ipv6-addr:value = '2001:DB8::1']";
	static const char net[] = "[ipv4-addr:value = '10.20.30.1/20']";

	(void)state;
	assert_meets(v4, KIND_IP, "1.2.3.4");
	assert_meets(v4, KIND_URL, "http://1.2.3.4:8080/x");
	assert_meets(v4, KIND_URL, "http://0x01020304/");
	assert_meets(v4, KIND_URL, "http://16909060/");
	assert_meets(v4, KIND_URL, "http://user@1.2.3.4/");
	assert_meets(v4, KIND_DOMAIN, "1.2.3.4");
	assert_meets(v4, KIND_IP, "::ffff:1.2.3.4");
	assert_meets(v4, KIND_TEXT, "from http://1.2.3.4/a");
	assert_misses(v4, KIND_IP, "11.2.3.4");
	assert_misses(v4, KIND_IP, "1.2.3.45");
	assert_misses(v4, KIND_URL, "http://11.2.3.45/");
	assert_misses(v4, KIND_DOMAIN, "1.2.3.4.example");
	assert_meets(v6, KIND_IP, "2001:db8:0:0::1");
	assert_meets(v6, KIND_URL, "http://[2001:db8::0001]:80/");
	assert_misses(v6, KIND_IP, "2001:db8::11");
	assert_meets(net, KIND_IP, "10.20.16.0");
	assert_meets(net, KIND_IP, "10.20.31.255");
	assert_misses(net, KIND_IP, "10.20.32.0");
	assert_meets("[ipv4-addr:value ISSUBSET '198.51.100.0/24']", KIND_URL,
	    "http://198.51.100.77/");
	assert_meets("[ipv6-addr:value ISSUBSET '2001:db8::/33']", KIND_IP,
	    "2001:db8:7fff::1");
	assert_misses("[ipv6-addr:value ISSUBSET '2001:db8::/33']", KIND_IP,
	    "2001:db8:8000::1");
	assert_meets("[domain-name:value='1.2.3.4']", KIND_IP, "1.2.3.4");
}

static void
urls_are_compared_whole(void **state)
{
	static const char p[] =
	    "[url:value = 'http://Evil.example:80/A/b?c=D']";

	(void)state;
	assert_meets(p, KIND_URL, "http://evil.example/A/b?c=D");
	assert_meets(p, KIND_URL, "HTTP://EVIL.EXAMPLE:80/A/b?c=D#frag");
	assert_meets(p, KIND_URL, " http://u:p@evil.example./A/b?c=D ");
	assert_meets(p, KIND_URL, "http://evil.exa\tmple/A/b?c\n=D");
	assert_meets(p, KIND_TEXT, "<http://evil.example/A/b?c=D>");
	assert_misses(p, KIND_URL, "http://evil.example/a/b?c=D");
	assert_misses(p, KIND_URL, "https://evil.example/A/b?c=D");
	assert_misses(p, KIND_URL, "http://evil.example:8080/A/b?c=D");
	assert_misses(p, KIND_URL, "http://evil.example/A/b");
	assert_misses(p, KIND_URL, "http://evil.example/");
	assert_meets("[url:value='https://evil.example']", KIND_URL,
	    "https://evil.example:443/");
	assert_meets("[url:value='https://e.example/#/x']", KIND_URL,
	    "https://e.example/#/x");
	assert_misses("[url:value='https://e.example/#/x']", KIND_URL,
	    "https://e.example/#/y");
	assert_meets("[url:value='http://[2001:db8::1]/x']", KIND_URL,
	    "http://[2001:DB8:0::1]:80/x");
}

/* --- people ------------------------------------------------------------ */

static void
mail_and_numbers(void **state)
{
	static const char mail[] = "[email-addr:value='Jo@Evil.example']";
	static const char phone[] =
	    "[phone-number:value = '+44 20 7946-0958']";

	(void)state;
	assert_meets(mail, KIND_EMAIL, "jo@evil.example");
	assert_meets(mail, KIND_EMAIL, "Jo <JO@EVIL.EXAMPLE>");
	assert_meets(mail, KIND_HANDLE, "mailto:jo@evil.example");
	assert_meets(mail, KIND_HANDLE, "E:jo@evil.example");
	assert_meets(mail, KIND_TEXT, "write to jo@evil.example.");
	assert_meets(mail, KIND_URL, "mailto:jo@evil.example?subject=x");
	assert_meets(mail, KIND_EMAIL, "ok@x.example, jo@evil.example");
	assert_misses(mail, KIND_EMAIL, "mojo@evil.example");
	assert_misses(mail, KIND_EMAIL, "jo@evil.example.org");
	assert_meets(phone, KIND_PHONE, "+442079460958");
	assert_meets(phone, KIND_PHONE, "0044 (20) 7946 0958");
	assert_meets(phone, KIND_PHONE, "442079460958");
	assert_meets(phone, KIND_HANDLE, "tel:+442079460958");
	assert_meets(phone, KIND_HANDLE, "P:+442079460958");
	assert_meets(phone, KIND_HANDLE, "442079460958@s.whatsapp.net");
	assert_meets(phone, KIND_HANDLE, "442079460958:7@s.whatsapp.net");
	assert_meets(phone, KIND_HANDLE, "442079460958-1600000000@g.us");
	assert_meets(phone, KIND_PHONE, "+44\xc2\xa0" "20\xe2\x80\x91" "79460958");
	assert_misses(phone, KIND_PHONE, "+4420794609581");
	assert_misses(phone, KIND_PHONE, "2079460958");
	assert_misses(phone, KIND_HANDLE, "442079460958@lid");
	assert_misses(phone, KIND_INT, "442079460958");
	assert_meets("[phone:number = 'EvilShop']", KIND_HANDLE, "EVILSHOP");
	assert_meets("[x-phone-number:value = 49170123456]", KIND_PHONE,
	    "+49 170 123456");
}

/* --- files, processes, apps --------------------------------------------- */

static void
paths_by_whole_names(void **state)
{
	static const char p[] = "[file:path = '/private/var/tmp/a/']";

	(void)state;
	assert_meets(p, KIND_PATH, "/private/var/tmp/a");
	assert_meets(p, KIND_PATH, "/private/var/tmp/a/b/c");
	assert_meets(p, KIND_PATH, "/var/tmp/a");
	assert_meets(p, KIND_PATH, "/private//var/./tmp/a/");
	assert_meets(p, KIND_PATH, "file:///private/var/tmp/a");
	assert_meets(p, KIND_URL, "file:///private/var/tmp/a");
	assert_meets(p, KIND_PROCESS, "/private/var/tmp/a/run");
	assert_misses(p, KIND_PATH, "/private/var/tmp/ab");
	assert_misses(p, KIND_PATH, "/private/var/tmp");
	assert_misses(p, KIND_PATH, "/private/var/tmp/A");
	assert_misses(p, KIND_PATH, "/x/private/var/tmp/a");
	assert_meets("[file:path='/tmp/a']", KIND_PATH, "/private/tmp/a");
	assert_meets("[file:path='/private/etc/x']", KIND_PATH, "/etc/x");
	assert_misses("[file:path='/private/x/a']", KIND_PATH, "/x/a");
	/* Relative: the last names, whole ones. */
	assert_meets("[file:path='Library/P/x.plist']", KIND_PATH,
	    "/var/mobile/Library/P/x.plist");
	assert_meets("[file:path='Library/P/x.plist']", KIND_PATH,
	    "Library/P/x.plist");
	assert_misses("[file:path='Library/P/x.plist']", KIND_PATH,
	    "/var/mobile/MyLibrary/P/x.plist");
	assert_misses("[file:path='Library/P/x.plist']", KIND_PATH,
	    "/var/Library/P/x.plist/more");
	assert_meets("[file:name='bad.plist']", KIND_PATH, "/a/bad.plist");
	assert_meets("[file:name='bad.plist']", KIND_FILE_NAME, "bad.plist");
	assert_misses("[file:name='bad.plist']", KIND_PATH, "/a/Bad.plist");
	assert_misses("[file:name='bad.plist']", KIND_PATH, "/a/xbad.plist");
	assert_misses("[file:name='bad.plist']", KIND_PATH, "/bad.plist/a");
	assert_meets("[directory:path='/data/local/tmp/wd/*']", KIND_PATH,
	    "/data/local/tmp/wd/x");
}

static void
processes_and_apps(void **state)
{
	static const char p[] = "[process:name = 'roleabout']";
	struct bundle b;
	const struct match_hit *hits;

	(void)state;
	assert_meets(p, KIND_PROCESS, "roleabout");
	assert_meets(p, KIND_PROCESS, "/usr/libexec/roleabout");
	assert_meets(p, KIND_APP_ID, "roleabout");
	assert_misses(p, KIND_PROCESS, "roleaboutd");
	assert_misses(p, KIND_PROCESS, "Roleabout");
	assert_misses(p, KIND_PROCESS, "/roleabout/other");
	assert_misses(p, KIND_PATH, "/usr/libexec/roleabout");
	assert_meets("[app:id='com.evil.App']", KIND_APP_ID, "COM.EVIL.app");
	assert_meets("[app:id='com.evil.app']", KIND_PROCESS,
	    "com.evil.app:remote");
	assert_misses("[app:id='com.evil.app']", KIND_APP_ID, "com.evil.app2");

	bundle_start(&b);
	bundle_pattern(&b, "[process:name='com.apple.Mappit.Service']");
	bundle_pattern(&b, "[process:name='com.apple.Mappit']");
	bundle_end(&b);
	assert_int_equal(bundle_hits(&b, KIND_PROCESS, "com.apple.Mappit"), 2);
	match_end(b.match, &hits);
	assert_false(hits[0].truncated);
	assert_true(hits[1].truncated);
	bundle_text(hits[1].matched, "com.apple.Mappit");
	assert_int_equal(bundle_hits(&b, KIND_PROCESS, "com.apple.Mapp"), 0);
	assert_int_equal(bundle_hits(&b, KIND_PROCESS,
	    "com.apple.Mappit."), 0);
	bundle_free(&b);
}

static void
hashes_and_other_equal_things(void **state)
{
	static const char md5[] = "D41D8CD98F00B204E9800998ECF8427E";
	static const char sha256[] = "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855";
	static const char *const names[] = {
		"file:hashes.'SHA-256'", "file:hashes.\"sha256\"",
		"file:hashes.SHA256", "file:hashes.sha256",
		"file:hashes.'SHA_256'", "file:hashes.SHA-256"
	};
	char pattern[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)snprintf(pattern, sizeof(pattern), "[%s = '%s']",
		    names[i], sha256);
		assert_meets(pattern, KIND_SHA256,
		    "E3B0C44298FC1C149AFBF4C8996FB924"
		    "27AE41E4649B934CA495991B7852B855");
		assert_misses(pattern, KIND_CERT_SHA256, sha256);
		assert_misses(pattern, KIND_MD5, md5);
	}
	(void)snprintf(pattern, sizeof(pattern), "[file:hashes.MD5='%s']", md5);
	assert_meets(pattern, KIND_MD5, "d41d8cd98f00b204e9800998ecf8427e");
	(void)snprintf(pattern, sizeof(pattern), "[app:cert.'SHA-256'='%s']",
	    sha256);
	assert_meets(pattern, KIND_CERT_SHA256, sha256);
	assert_misses(pattern, KIND_SHA256, sha256);
	assert_meets("[app:cert.sha1='da39a3ee5e6b4b0d3255bfef95601890afd80709'"
	    "]", KIND_CERT_SHA1, "DA:39:A3:EE:5E:6B:4B:0D:32:55:BF:EF:95:60:18:"
	    "90:AF:D8:07:09");
	assert_meets("[configuration-profile:id='76DAB334-7E17']",
	    KIND_PROFILE, "76dab334-7e17");
	assert_misses("[configuration-profile:id='76DAB334-7E17']",
	    KIND_PROFILE, "76dab334");
	assert_meets("[android-property:name='sys.x.doc']", KIND_PROPERTY,
	    "sys.x.doc");
	assert_meets("[android-property:name='sys.x.doc']", KIND_PROPERTY,
	    "sys.x.doc=1");
	assert_misses("[android-property:name='sys.x.doc']", KIND_PROPERTY,
	    "sys.x.doc.y");
	assert_meets("[android-property:name='a.b=1']", KIND_PROPERTY,
	    "a.b=1");
	assert_misses("[android-property:name='a.b=1']", KIND_PROPERTY,
	    "a.b=2");
}

/* --- operators ------------------------------------------------------------ */

static void
like_and_matches(void **state)
{
	(void)state;
	assert_meets("[domain-name:value LIKE '%.evil.example']", KIND_URL,
	    "https://A.evil.example:9/x");
	assert_misses("[domain-name:value LIKE '%.evil.example']", KIND_URL,
	    "https://evil.example/");
	assert_meets("[domain-name:value LIKE 'c__.EVIL.%']", KIND_DOMAIN,
	    "cdn.evil.example");
	assert_meets("[url:value MATCHES '^https?://[a-z]+\\\\.example/x/[0-9]+$']",
	    KIND_URL, "https://evil.example/x/12");
	assert_meets("[url:value MATCHES '/x/\\\\d{3}$']", KIND_TEXT,
	    "see http://h.example/x/123, now");
	assert_misses("[url:value MATCHES '/x/\\\\d{3}$']", KIND_URL,
	    "http://h.example/X/123");
	assert_meets("[file:path LIKE '/private/var/tmp/%.dylib']", KIND_PATH,
	    "/var/tmp/x.dylib");
	assert_meets("[file:path MATCHES '^/var/tmp/[a-z]$']", KIND_PATH,
	    "/private/var/tmp/q");
	assert_meets("[file:name LIKE 'fsCached%']", KIND_PATH,
	    "/a/fsCachedData7");
	assert_meets("[process:name MATCHES '^Diagnostic(s)?-[0-9]+$']",
	    KIND_PROCESS, "/usr/bin/Diagnostics-2543");
	assert_meets("[email-addr:value LIKE '%@evil.example']", KIND_HANDLE,
	    "mailto:JO@evil.example");
	assert_meets("[phone-number:value LIKE '+4917%']", KIND_PHONE,
	    "+49 17 1");
	assert_meets("[phone-number:value LIKE '4917%']", KIND_PHONE,
	    "+49 17 1");
	assert_meets("[ipv4-addr:value LIKE '10.1.%']", KIND_URL,
	    "http://10.1.2.3/");
	assert_meets("[file:hashes.md5 LIKE 'd41d8cd9%']", KIND_MD5,
	    "D41D8CD98F00B204E9800998ECF8427E");
	assert_meets("[app:id NOT IN ('com.a','com.b') AND app:id LIKE 'com.%']",
	    KIND_APP_ID, "com.c");
	assert_misses("[app:id NOT IN ('com.a','com.b') AND app:id LIKE 'com.%']",
	    KIND_APP_ID, "com.b");
	assert_meets("[domain-name:value IN ('a.example', 'b.example')]",
	    KIND_DOMAIN, "b.example");
}

/* A record of up to three values, ended by KIND_COUNT. */
static unsigned
record(struct bundle *b, const struct match_hit **hits, ...)
{
	enum kind kind;
	uint32_t field = 0;
	va_list args;

	match_begin(b->match);
	va_start(args, hits);
	while ((kind = (enum kind)va_arg(args, int)) != KIND_COUNT)
		match_value(b->match, field++, kind,
		    bytes_of(va_arg(args, const char *)));
	va_end(args);
	return match_end(b->match, hits);
}

static void
terms_within_one_record(void **state)
{
	const struct match_hit *hits;
	struct bundle b;

	(void)state;
	bundle_start(&b);
	bundle_pattern(&b, "[(process:name='p' OR process:name='q') AND "
	    "file:path='/a/b' AND domain-name:value != 'ok.example']");
	bundle_end(&b);
	assert_int_equal(index_count(&b.index), 1);
	assert_int_equal(record(&b, &hits, KIND_PROCESS, "q", KIND_PATH,
	    "/a/b/c", KIND_DOMAIN, "x.example", KIND_COUNT), 1);
	assert_int_equal(hits[0].part, MATCH_WHOLE);
	assert_int_equal(hits[0].indicator, 0);
	assert_int_equal(record(&b, &hits, KIND_PROCESS, "p", KIND_PATH,
	    "/a/b/c", KIND_DOMAIN, "ok.example", KIND_COUNT), 0);
	/* Without any host nothing says that it is another one. */
	assert_int_equal(record(&b, &hits, KIND_PROCESS, "p", KIND_PATH,
	    "/a/b/c", KIND_COUNT), 0);
	assert_int_equal(record(&b, &hits, KIND_PROCESS, "p", KIND_DOMAIN,
	    "x.example", KIND_COUNT), 0);
	/* Not across records. */
	(void)record(&b, &hits, KIND_PROCESS, "p", KIND_COUNT);
	assert_int_equal(record(&b, &hits, KIND_PATH, "/a/b", KIND_DOMAIN,
	    "x.example", KIND_COUNT), 0);
	bundle_free(&b);
}

static void
observations_within_the_case(void **state)
{
	const struct match_hit *hits;
	bool met[3] = { false, false, false };
	struct index_indicator in;
	struct bundle b;

	(void)state;
	bundle_start(&b);
	bundle_pattern(&b, "[app:id='com.a'] OR ([process:name='p'] AND "
	    "[domain-name:value='d.example' OR file:name='f'])");
	bundle_end(&b);
	assert_int_equal(index_count(&b.index), 2);
	assert_int_equal(record(&b, &hits, KIND_APP_ID, "com.a", KIND_COUNT),
	    1);
	assert_int_equal(hits[0].part, MATCH_WHOLE);
	assert_true(index_get(&b.index, hits[0].indicator, &in));
	assert_false(in.compound);
	bundle_text(in.value, "com.a");
	bundle_text(in.kind, "app_id");

	assert_int_equal(record(&b, &hits, KIND_PROCESS, "p", KIND_COUNT), 1);
	assert_int_not_equal(hits[0].part, MATCH_WHOLE);
	assert_true(index_get(&b.index, hits[0].indicator, &in));
	assert_true(in.compound);
	bundle_text(in.kind, "pattern");
	assert_int_equal(match_parts(&b.index, hits[0].indicator), 2);
	assert_false(match_complete(&b.index, hits[0].indicator, met, 2));
	met[hits[0].part] = true;
	assert_false(match_complete(&b.index, hits[0].indicator, met, 2));
	assert_int_equal(record(&b, &hits, KIND_PATH, "/x/f", KIND_COUNT), 1);
	met[hits[0].part] = true;
	assert_true(match_complete(&b.index, hits[0].indicator, met, 2));
	assert_false(match_complete(&b.index, hits[0].indicator, met, 1));
	bundle_free(&b);
}

/* --- the matcher ------------------------------------------------------------ */

static void
hits_say_what_and_where(void **state)
{
	const struct match_hit *hits;
	struct bundle b;

	(void)state;
	bundle_start(&b);
	bundle_pattern(&b, "[domain-name:value='evil.example']");
	bundle_end(&b);
	match_begin(b.match);
	match_value(b.match, 3, KIND_TEXT, bytes_of("ok.example evil.example "
	    "and http://evil.example/x"));
	match_value(b.match, 7, KIND_URL, bytes_of("https://evil.example/y"));
	match_value(b.match, 8, KIND_URL, bytes_of("https://ok.example/y"));
	assert_int_equal(match_end(b.match, &hits), 2);
	assert_int_equal(hits[0].field, 3);
	assert_int_equal(hits[0].key, KEY_DOMAIN);
	bundle_text(hits[0].matched, "evil.example");
	assert_int_equal(hits[1].field, 7);
	bundle_text(hits[1].matched, "https://evil.example/y");
	match_begin(b.match);
	assert_int_equal(match_end(b.match, &hits), 0);
	assert_null(match_fault(b.match));
	bundle_free(&b);
}

static void
shorteners_are_told(void **state)
{
	struct bundle b;

	(void)state;
	bundle_start(&b);
	bundle_end(&b);
	assert_int_equal(bundle_hits(&b, KIND_TEXT, "see bit.ly/abc"), 0);
	assert_true(match_shortened(b.match));
	assert_int_equal(bundle_hits(&b, KIND_URL, "http://a.example/"), 0);
	assert_false(match_shortened(b.match));
	bundle_free(&b);
}

static void
limits_are_told(void **state)
{
	struct buf text = buf_with(MIB);
	struct bundle b;
	const struct match_hit *hits;
	unsigned i;

	(void)state;
	bundle_start(&b);
	bundle_pattern(&b, "[file:name MATCHES '^(a+)+$']");
	bundle_pattern(&b, "[domain-name:value LIKE '%.example']");
	bundle_end(&b);
	assert_int_equal(bundle_hits(&b, KIND_FILE_NAME, "aaaa"), 1);
	assert_null(match_fault(b.match));
	for (i = 0; i < 40; i++)
		buf_byte(&text, 'a');
	buf_text(&text, "!");
	match_begin(b.match);
	match_value(b.match, 0, KIND_FILE_NAME, buf_bytes(&text));
	assert_int_equal(match_end(b.match, &hits), 0);
	assert_non_null(match_fault(b.match));
	bundle_free(&b);

	/* One record in which everything is bad. */
	bundle_start(&b);
	bundle_pattern(&b, "[domain-name:value='evil.example']");
	bundle_end(&b);
	buf_reset(&text);
	for (i = 0; i < 5000; i++)
		buf_text(&text, "http://evil.example/x ");
	match_begin(b.match);
	for (i = 0; i < 1000; i++)
		match_value(b.match, i, KIND_URL, bytes_of("evil.example"));
	match_value(b.match, 0, KIND_TEXT, buf_bytes(&text));
	assert_int_equal(match_end(b.match, &hits), 64);
	assert_non_null(match_fault(b.match));
	buf_free(&text);
	bundle_free(&b);
}

/* --- hosts against a plain search -------------------------------------------- */

static uint32_t
roll(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void
random_host(uint32_t *seed, char to[64])
{
	static const char *const labels[] = {
		"a", "b", "www", "evil", "x-1", "long-label", "aa", "evilevil"
	};
	struct buf b = { (uint8_t *)to, 0, 63, 63, false };
	unsigned n = 1 + roll(seed) % 4;

	while (n-- > 0) {
		buf_text(&b, labels[roll(seed) % 8]);
		buf_byte(&b, '.');
	}
	buf_text(&b, roll(seed) % 2 ? "example" : "test");
	to[b.n] = '\0';
}

/* Whether the indicator is the host, or what follows one of its dots. */
static bool
is_below(const char *host, const char *indicator)
{
	size_t n = strlen(host), k = strlen(indicator);

	return n >= k && strcmp(host + n - k, indicator) == 0 &&
	    (n == k || host[n - k - 1] == '.');
}

static void
random_hosts_against_a_plain_search(void **state)
{
	char indicators[64][64], host[64], pattern[128], url[160];
	uint32_t seed = 7;
	unsigned i, k, round, hits = 0;
	struct bundle b;
	bool want;

	(void)state;
	for (round = 0; round < 10; round++) {
		bundle_start(&b);
		for (i = 0; i < 64; i++) {
			random_host(&seed, indicators[i]);
			(void)snprintf(pattern, sizeof(pattern),
			    "[domain-name:value='%.63s']", indicators[i]);
			bundle_pattern(&b, pattern);
		}
		bundle_end(&b);
		for (i = 0; i < 500; i++) {
			random_host(&seed, host);
			(void)snprintf(url, sizeof(url), "http://u@%.63s.:81/"
			    "%.63s", host, indicators[0]);
			for (k = 0, want = false; k < 64 && !want; k++)
				want = is_below(host, indicators[k]);
			hits += want;
			if ((bundle_hits(&b, KIND_URL, url) > 0) != want)
				fail_msg("%s: not %d", url, want);
			/* The short way for plain names, and the long one. */
			host[0] = (char)(host[0] & ~0x20);
			if ((bundle_hits(&b, KIND_DOMAIN, host) > 0) != want)
				fail_msg("%s: not %d", host, want);
		}
		bundle_free(&b);
	}
	assert_in_range(hits, 100, 4900);
}

static void
keys_and_kinds(void **state)
{
	uint64_t all = 0;
	unsigned k;

	(void)state;
	for (k = 0; k < KIND_COUNT; k++)
		all |= UINT64_C(1) << k;
	for (k = 0; k < KEY_COUNT; k++) {
		assert_true(match_testable((enum key)k, all));
		assert_false(match_testable((enum key)k,
		    UINT64_C(1) << KIND_LABEL));
	}
	assert_true(match_testable(KEY_DOMAIN, UINT64_C(1) << KIND_TEXT));
	assert_false(match_testable(KEY_PROCESS, UINT64_C(1) << KIND_PATH));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_parent_of_a_host),
		cmocka_unit_test(hosts_as_feeds_write_them),
		cmocka_unit_test(a_domain_with_a_path_is_a_place),
		cmocka_unit_test(addresses_are_numbers),
		cmocka_unit_test(urls_are_compared_whole),
		cmocka_unit_test(mail_and_numbers),
		cmocka_unit_test(paths_by_whole_names),
		cmocka_unit_test(processes_and_apps),
		cmocka_unit_test(hashes_and_other_equal_things),
		cmocka_unit_test(like_and_matches),
		cmocka_unit_test(terms_within_one_record),
		cmocka_unit_test(observations_within_the_case),
		cmocka_unit_test(hits_say_what_and_where),
		cmocka_unit_test(shorteners_are_told),
		cmocka_unit_test(limits_are_told),
		cmocka_unit_test(random_hosts_against_a_plain_search),
		cmocka_unit_test(keys_and_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
