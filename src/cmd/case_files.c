#include "cmd/case_files.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/limits.h"
#include "base/out.h"

static enum err
write_report(struct output *o, const char *name, const struct result *r,
    const struct report_options *options, void (*report)(struct out *,
    const struct result *, const struct report_options *))
{
	struct out out;
	int fd = output_file(o, name);

	if (fd < 0)
		return ERR_IO;
	out = out_file(fd);
	report(&out, r, options);
	return out_end(&out);
}

static enum err
write_custody(struct output *o, struct arena *arena, const struct result *r,
    const struct report_options *options, int argc, const char *const *argv)
{
	struct report_custody_info info = { .argc = (unsigned)argc,
	    .argv = argv };
	const struct output_sum *sums;
	struct report_output *list;
	struct utsname host;
	char kernel[256] = "unknown";
	struct out out;
	enum err err;
	unsigned i;
	int fd;

	if (uname(&host) == 0)
		(void)snprintf(kernel, sizeof(kernel), "%.64s %.64s %.64s",
		    host.sysname, host.release, host.machine);
	err = output_sums(o, arena, &sums, &info.noutputs);
	list = arena_alloc(arena, info.noutputs, sizeof(*list));
	if (err != ERR_NONE || list == NULL)
		return err != ERR_NONE ? err : ERR_MEMORY;
	for (i = 0; i < info.noutputs; i++) {
		list[i].file = sums[i].name;
		list[i].size = sums[i].size;
		memcpy(list[i].sha256, sums[i].sha256,
		    sizeof(list[i].sha256));
	}
	info.outputs = list;
	info.kernel = kernel;
	info.sandbox = r->enforced;
	info.started = r->started;
	info.ended = r->ended;
	fd = output_file(o, "custody.json");
	if (fd < 0)
		return ERR_IO;
	out = out_file(fd);
	report_custody(&out, r, options, &info);
	return out_end(&out);
}

enum err
case_files_write(struct output *o, const struct result *r,
    const struct report_options *options, int argc, const char *const *argv)
{
	struct arena arena = arena_with(MIB);
	enum err err;

	err = write_report(o, "case.json", r, options, report_json);
	if (err == ERR_NONE)
		err = write_report(o, "report.html", r, options, report_html);
	if (err == ERR_NONE)
		err = write_custody(o, &arena, r, options, argc, argv);
	arena_free(&arena);
	return err;
}
