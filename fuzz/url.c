/*
 * Links in text, and each taken apart; what is found lies inside, and what is
 * normal stays as it is when made normal again.
 */
#include <assert.h>

#include "base/limits.h"
#include "base/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check(struct bytes in)
{
	struct buf b = buf_with(1000), again = buf_with(1000);
	struct bytes site;
	struct url u;

	if (url_read(&u, in) && u.kind == URL_HOST_NAME &&
	    url_normal(&b, &u)) {
		assert(b.n > 0 && b.n <= LIMIT_HOST_BYTES);
		assert(url_host_normal(&again, buf_bytes(&b)) || again.bad);
		assert(again.bad ||
		    bytes_eq(buf_bytes(&b), buf_bytes(&again)));
		site = url_registrable(buf_bytes(&b));
		assert(site.n <= b.n);
		(void)url_is_shortener(buf_bytes(&b));
		assert(url_same_site(in, in));
	}
	buf_free(&b);
	buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_at(data, size), found;
	enum url_found what;
	size_t at = 0, before;

	check(in);
	for (before = 0; url_find(in, &at, &found, &what); before = at) {
		assert(at > before && at <= size && found.n > 0);
		assert(found.p >= data && found.p + found.n <= data + size);
		check(found);
	}
	assert(at == size);
	return 0;
}
