#include "cmd/fetch.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/text.h"

#define CONNECT_SECONDS	20L
/* Slower than this for so long counts as broken. */
#define SLOW_BYTES	100L
#define SLOW_SECONDS	60L
#define REDIRECTS	5L

/* The calls that are used, so that the library is no part of start-up. */
struct curl {
	CURL *(*init)(void);
	CURLcode (*set)(CURL *, CURLoption, ...);
	CURLcode (*perform)(CURL *);
	CURLcode (*info)(CURL *, CURLINFO, ...);
	void (*cleanup)(CURL *);
	const char *(*text)(CURLcode);
	struct curl_slist *(*add)(struct curl_slist *, const char *);
	void (*free_list)(struct curl_slist *);
};

struct writing {
	struct fetch *f;
	uint64_t n;
	bool full;
};

static bool
load(struct curl *c)
{
	void *lib = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);

	if (lib == NULL)
		return false;
#define TAKE(member, name) \
	*(void **)&c->member = dlsym(lib, name)
	TAKE(init, "curl_easy_init");
	TAKE(set, "curl_easy_setopt");
	TAKE(perform, "curl_easy_perform");
	TAKE(info, "curl_easy_getinfo");
	TAKE(cleanup, "curl_easy_cleanup");
	TAKE(text, "curl_easy_strerror");
	TAKE(add, "curl_slist_append");
	TAKE(free_list, "curl_slist_free_all");
#undef TAKE
	return c->init != NULL && c->set != NULL && c->perform != NULL &&
	    c->info != NULL && c->cleanup != NULL && c->text != NULL &&
	    c->add != NULL && c->free_list != NULL;
}

static size_t
on_body(char *p, size_t size, size_t count, void *ctx)
{
	struct writing *w = ctx;
	size_t n = size * count, done = 0;
	ssize_t got;

	if (n > w->f->max - w->n)
		return 0;
	while (done < n) {
		got = write(w->f->fd, p + done, n - done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			w->full = true;
			return 0;
		}
		done += (size_t)got;
	}
	w->n += n;
	return n;
}

static size_t
on_header(char *p, size_t size, size_t count, void *ctx)
{
	static const char name[] = "etag:";
	struct writing *w = ctx;
	struct bytes line = bytes_at(p, size * count), value;
	size_t i, head = sizeof(name) - 1;

	if (line.n < head || !text_same_as(bytes_part(line, 0, head), name))
		return size * count;
	value = text_trim(bytes_part(line, head, line.n));
	if (value.n >= sizeof(w->f->new_etag))
		return size * count;
	for (i = 0; i < value.n; i++)
		if (value.p[i] <= ' ' || value.p[i] >= 0x7f)
			return size * count;
	memcpy(w->f->new_etag, value.p, value.n);
	w->f->new_etag[value.n] = '\0';
	return size * count;
}

static void
options(const struct curl *c, CURL *h, struct writing *w,
    struct curl_slist *headers)
{
	struct fetch *f = w->f;

	(void)c->set(h, CURLOPT_URL, f->url);
	(void)c->set(h, CURLOPT_PROTOCOLS_STR, "https");
	(void)c->set(h, CURLOPT_REDIR_PROTOCOLS_STR, "https");
	(void)c->set(h, CURLOPT_FOLLOWLOCATION, 1L);
	(void)c->set(h, CURLOPT_MAXREDIRS, REDIRECTS);
	(void)c->set(h, CURLOPT_FAILONERROR, 1L);
	(void)c->set(h, CURLOPT_NOSIGNAL, 1L);
	(void)c->set(h, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	(void)c->set(h, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES);
	(void)c->set(h, CURLOPT_LOW_SPEED_TIME, SLOW_SECONDS);
	(void)c->set(h, CURLOPT_USERAGENT, "ostrakon/" OSTRAKON_VERSION);
	(void)c->set(h, CURLOPT_ACCEPT_ENCODING, "");
	(void)c->set(h, CURLOPT_WRITEFUNCTION, on_body);
	(void)c->set(h, CURLOPT_WRITEDATA, w);
	(void)c->set(h, CURLOPT_HEADERFUNCTION, on_header);
	(void)c->set(h, CURLOPT_HEADERDATA, w);
	(void)c->set(h, CURLOPT_HTTPHEADER, headers);
	if (f->ca != NULL)
		(void)c->set(h, CURLOPT_CAINFO, f->ca);
}

static enum err
fail(struct fetch *f, enum err err, const char *why)
{
	(void)snprintf(f->why, sizeof(f->why), "%s", why);
	return err;
}

static enum err
run(const struct curl *c, CURL *h, struct fetch *f)
{
	struct writing w = { f, 0, false };
	struct curl_slist *headers = NULL;
	char line[300];
	CURLcode code;
	long status = 0;

	if (f->etag != NULL && f->etag[0] != '\0') {
		(void)snprintf(line, sizeof(line), "If-None-Match: %s",
		    f->etag);
		headers = c->add(NULL, line);
	}
	options(c, h, &w, headers);
	code = c->perform(h);
	(void)c->info(h, CURLINFO_RESPONSE_CODE, &status);
	c->free_list(headers);
	if (w.full)
		return fail(f, ERR_FULL, "it could not be written");
	if (code == CURLE_WRITE_ERROR)
		return fail(f, ERR_NETWORK, "it is larger than any such file");
	if (code == CURLE_HTTP_RETURNED_ERROR) {
		(void)snprintf(f->why, sizeof(f->why),
		    "the server answered %ld", status);
		return ERR_NETWORK;
	}
	if (code != CURLE_OK)
		return fail(f, ERR_NETWORK, c->text(code));
	f->unchanged = status == 304;
	return ERR_NONE;
}

enum err
fetch_file(struct fetch *f)
{
	struct curl c;
	CURL *h;
	enum err err;

	f->unchanged = false;
	f->new_etag[0] = f->why[0] = '\0';
	if (!load(&c))
		return fail(f, ERR_MISSING, "libcurl is not installed here "
		    "(Debian: libcurl4)");
	h = c.init();
	if (h == NULL)
		return fail(f, ERR_MEMORY, "there is no memory");
	err = run(&c, h, f);
	c.cleanup(h);
	return err;
}
