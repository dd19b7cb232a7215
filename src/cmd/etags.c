#include "cmd/etags.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"

#define NAME	"etags"

void
etags_read(struct etags *e, int dir)
{
	int fd = openat(dir, NAME, O_RDONLY | O_CLOEXEC);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
	char line[2400];
	char *tab, *end;

	e->n = 0;
	if (file == NULL)
		return;
	while (fgets(line, sizeof(line), file) != NULL) {
		tab = strchr(line, '\t');
		end = strchr(line, '\n');
		if (tab == NULL || end == NULL || tab > end)
			continue;
		*tab = *end = '\0';
		etags_set(e, line, tab + 1);
	}
	(void)fclose(file);
}

static struct etag *
find(const struct etags *e, const char *url)
{
	unsigned i;

	for (i = 0; i < e->n; i++)
		if (strcmp(e->list[i].url, url) == 0)
			return (struct etag *)(uintptr_t)&e->list[i];
	return NULL;
}

const char *
etags_get(const struct etags *e, const char *url)
{
	const struct etag *tag = find(e, url);

	return tag == NULL || tag->tag[0] == '\0' ? NULL : tag->tag;
}

void
etags_set(struct etags *e, const char *url, const char *tag)
{
	struct etag *known = find(e, url);

	if (strlen(url) >= sizeof(known->url) ||
	    strlen(tag) >= sizeof(known->tag))
		return;
	if (known == NULL && e->n < ETAGS_MAX)
		known = &e->list[e->n++];
	if (known == NULL)
		return;
	memcpy(known->url, url, strlen(url) + 1);
	memcpy(known->tag, tag, strlen(tag) + 1);
}

bool
etags_write(const struct etags *e, int dir)
{
	int fd = openat(dir, NAME ".part",
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct out out;
	unsigned i;
	enum err err;

	if (fd < 0)
		return false;
	out = out_file(fd);
	for (i = 0; i < e->n; i++)
		if (e->list[i].tag[0] != '\0')
			buf_printf(out_buf(&out), "%s\t%s\n", e->list[i].url,
			    e->list[i].tag);
	err = out_end(&out);
	if (close(fd) != 0 || err != ERR_NONE)
		return false;
	return renameat(dir, NAME ".part", dir, NAME) == 0;
}
