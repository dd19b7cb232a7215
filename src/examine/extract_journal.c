#include "examine/extract_journal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/out.h"
#include "base/text.h"
#include "jail/beneath.h"

#define HEAD	"ostrakon backup decrypt 1"
#define HEAD_MAX	1024
/* A line is at most a name of 4 kB, and three texts that grow sixfold when
   they are escaped. */
#define LINE_MAX_BYTES	(128 * KIB)
#define WINDOW		(2 * LINE_MAX_BYTES)
#define WINDOW_FIRST	(WINDOW / 16)	/* most lines have some 400 bytes */

/* --- its head ------------------------------------------------------------- */

static void
head_put(struct buf *b, const struct extract_identity *id,
    const struct extract_sum *done)
{
	buf_printf(b, HEAD "\nevidence %s\noptions %s\n", id->evidence,
	    id->options);
	if (done != NULL)
		buf_printf(b, "done %llu %llu %llu %llu %llu %llu\n",
		    (unsigned long long)done->files,
		    (unsigned long long)done->written,
		    (unsigned long long)done->bytes,
		    (unsigned long long)done->odd,
		    (unsigned long long)done->failed,
		    (unsigned long long)done->gaps);
	buf_byte(b, '\n');
}

static bool
write_all(int fd, struct bytes data)
{
	ssize_t wrote;

	while (data.n > 0) {
		wrote = write(fd, data.p, data.n);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0) {
			errno = wrote == 0 ? ENOSPC : errno;
			return false;
		}
		data = bytes_part(data, (size_t)wrote, SIZE_MAX);
	}
	return true;
}

static enum extract_end
end_now(void)
{
	return errno == ENOSPC || errno == EDQUOT ? EXTRACT_FULL :
	    errno == EACCES || errno == EPERM || errno == EROFS ?
	    EXTRACT_DENIED : EXTRACT_MACHINE;
}

/* A part of our own gets its name, over what has it. */
static enum extract_end
give_name(struct extract_folder *f, struct extract_part *part,
    const char *name)
{
	uint64_t inode;

	errno = extract_folder_name(f, part, bytes_of(name), true, &inode);
	return errno == 0 ? EXTRACT_DONE : end_now();
}

enum extract_end
extract_journal_mark(struct extract_folder *f,
    const struct extract_identity *id, const struct extract_sum *done)
{
	struct buf b = buf_with(HEAD_MAX);
	enum extract_end end = EXTRACT_DONE;
	struct extract_part part;

	head_put(&b, id, done);
	if (extract_folder_part(f, &part, EXTRACT_OWN_PART,
	    bytes_of(EXTRACT_JOURNAL)) < 0 ||
	    !write_all(part.fd, buf_bytes(&b)))
		end = end_now();
	if (end == EXTRACT_DONE)
		end = give_name(f, &part, EXTRACT_JOURNAL);
	extract_folder_drop(f, &part);
	buf_free(&b);
	return end;
}

/* The next line, without its end; none if there is no end. */
static struct bytes
take_line(struct cur *c)
{
	struct bytes line = bytes_at(NULL, 0);
	size_t end = bytes_find_byte(c->in, '\n', c->at);

	if (end == SIZE_MAX) {
		c->bad = true;
		return line;
	}
	line = cur_take(c, end - c->at);
	(void)cur_take(c, 1);
	return line;
}

static bool
read_done(struct bytes line, struct extract_sum *sum)
{
	uint64_t *to[] = { &sum->files, &sum->written, &sum->bytes,
	    &sum->odd, &sum->failed, &sum->gaps };
	size_t at = 5, end;
	unsigned i;

	for (i = 0; i < sizeof(to) / sizeof(to[0]); i++) {
		end = bytes_find_byte(line, ' ', at);
		if (end == SIZE_MAX)
			end = line.n;
		if (!text_uint(bytes_part(line, at, end - at), to[i]))
			return false;
		at = end + 1;
	}
	return true;
}

static bool
is_line(struct bytes line, const char *word, const char *value)
{
	struct bytes head = bytes_of(word);

	return bytes_starts(line, word) &&
	    bytes_is(bytes_part(line, head.n, SIZE_MAX), value);
}

static enum extract_end
read_head(struct extract_folder *f, const struct extract_identity *id,
    struct bytes in, struct extract_sum *sum, bool *finished)
{
	struct cur c = cur_over(in);
	struct bytes head = take_line(&c), evidence, options, last;

	evidence = take_line(&c);
	options = take_line(&c);
	last = take_line(&c);
	if (!cur_ok(&c) || !bytes_is(head, HEAD))
		return EXTRACT_FOREIGN;
	if (!is_line(evidence, "evidence ", id->evidence))
		return EXTRACT_OTHER;
	if (!is_line(options, "options ", id->options))
		return EXTRACT_OPTIONS;
	*finished = bytes_starts(last, "done ") && read_done(last, sum) &&
	    beneath_look(f->dir, bytes_of(EXTRACT_LIST)) == 'f';
	f->first = c.at;
	return EXTRACT_DONE;
}

enum extract_end
extract_journal_open(struct extract_folder *f,
    const struct extract_identity *id, struct extract_sum *sum,
    bool *finished)
{
	uint8_t head[HEAD_MAX];
	struct stat st;
	ssize_t got;

	*finished = false;
	f->journal = openat(f->dir, EXTRACT_JOURNAL, O_RDWR | O_NOFOLLOW |
	    O_NONBLOCK | O_CLOEXEC);
	if (f->journal < 0)
		return errno == ELOOP ? EXTRACT_FOREIGN : end_now();
	if (fstat(f->journal, &st) != 0 || !S_ISREG(st.st_mode))
		return EXTRACT_FOREIGN;
	got = pread(f->journal, head, sizeof(head), 0);
	if (got < 0)
		return EXTRACT_MACHINE;
	f->end = (uint64_t)st.st_size;
	return read_head(f, id, bytes_at(head, (size_t)got), sum, finished);
}

/* --- its lines ------------------------------------------------------------ */

bool
extract_folder_tell(struct extract_folder *f, const struct extract_line *line,
    uint64_t *at)
{
	struct buf b = buf_with(LINE_MAX_BYTES);
	ssize_t wrote;
	bool good;

	buf_uint(&b, line->row);
	buf_byte(&b, '\t');
	if (line->size == UINT64_MAX)
		buf_byte(&b, '-');
	else
		buf_uint(&b, line->size);
	buf_byte(&b, '\t');
	buf_add(&b, line->name);
	buf_byte(&b, '\t');
	buf_add(&b, line->json);
	buf_byte(&b, '\n');
	wrote = b.bad ? 0 : pwrite(f->journal, b.p, b.n, (off_t)f->end);
	good = wrote == (ssize_t)b.n;
	if (good) {
		*at = f->end;
		f->end += b.n;
	} else {
		(void)!ftruncate(f->journal, (off_t)f->end);
		if (wrote >= 0)		/* so a full disk shows first */
			errno = ENOSPC;
	}
	buf_free(&b);
	return good;
}

static struct bytes
field(struct cur *c)
{
	size_t end = bytes_find_byte(c->in, '\t', c->at);
	struct bytes text = bytes_at(NULL, 0);

	if (end == SIZE_MAX) {
		c->bad = true;
		return text;
	}
	text = cur_take(c, end - c->at);
	(void)cur_take(c, 1);
	return text;
}

static bool
line_read(struct extract_line *line, struct bytes in)
{
	struct cur c = cur_over(in);
	struct bytes row = field(&c), size = field(&c);

	line->name = field(&c);
	line->json = bytes_part(in, c.at, SIZE_MAX);
	line->size = UINT64_MAX;
	return cur_ok(&c) && text_uint(row, &line->row) &&
	    (bytes_is(size, "-") || (text_uint(size, &line->size) &&
	    line->size != UINT64_MAX)) && bytes_starts(line->json, "{") &&
	    bytes_ends(line->json, "}");
}

/* A window over the journal, for reading lines. */
struct window {
	int fd;
	uint8_t *p;
	uint64_t from;			/* place of p[0] */
	size_t n;
};

/* The line at a place, without its end; none if there is none whole. */
static struct bytes
line_at(struct window *w, uint64_t at)
{
	struct bytes in = bytes_at(NULL, 0);
	size_t end = SIZE_MAX, want;
	ssize_t got;

	if (at >= w->from && at < w->from + w->n) {
		in = bytes_part(bytes_at(w->p, w->n), (size_t)(at - w->from),
		    SIZE_MAX);
		end = bytes_find_byte(in, '\n', 0);
	}
	for (want = WINDOW_FIRST; end == SIZE_MAX && want <= WINDOW;
	    want *= 16) {
		got = pread(w->fd, w->p, want, (off_t)at);
		w->from = at;
		w->n = got < 0 ? 0 : (size_t)got;
		in = bytes_at(w->p, w->n);
		end = bytes_find_byte(in, '\n', 0);
	}
	return end == SIZE_MAX ? bytes_at(NULL, 0) : bytes_part(in, 0, end);
}

bool
extract_folder_each(struct extract_folder *f, bool (*each)(void *ctx,
    const struct extract_line *, uint64_t at), void *ctx)
{
	struct arena arena = arena_with(WINDOW + KIB);
	struct window w = { .fd = f->journal,
	    .p = arena_alloc(&arena, WINDOW, 1) };
	struct extract_line line;
	struct bytes text;
	uint64_t at = f->first;
	bool good = w.p != NULL;

	while (good && at < f->end) {
		text = line_at(&w, at);
		if (!line_read(&line, text) || !each(ctx, &line, at))
			break;
		at += text.n + 1;
	}
	if (good && at < f->end)
		good = ftruncate(f->journal, (off_t)at) == 0;
	f->end = at;
	arena_free(&arena);
	return good;
}

/* --- the end -------------------------------------------------------------- */

/* False if a row's line is not there: that is a fault of ours, or of the
   disk. */
static bool
list_rows(struct extract_folder *f, const struct extract_plan *plan,
    struct out *out)
{
	struct arena arena = arena_with(WINDOW + KIB);
	struct window w = { .fd = f->journal,
	    .p = arena_alloc(&arena, WINDOW, 1) };
	struct extract_line line;
	bool good = w.p != NULL;
	uint64_t i;

	for (i = 0; good && i < plan->n; i++) {
		good = line_read(&line, line_at(&w,
		    extract_plan_row(plan, i)->at)) && line.row == i;
		if (good)
			out_add(out, line.json);
		if (good)
			out_text(out, "\n");
	}
	arena_free(&arena);
	return good;
}

enum extract_end
extract_folder_finish(struct extract_folder *f,
    const struct extract_plan *plan, struct bytes head,
    const struct extract_identity *id, const struct extract_sum *sum)
{
	enum extract_end end = EXTRACT_DONE;
	struct extract_part part;
	struct out out;
	enum err err;

	if (extract_folder_part(f, &part, EXTRACT_OWN_PART,
	    bytes_of(EXTRACT_LIST)) < 0)
		return end_now();
	out = out_file(part.fd);
	out_add(&out, head);
	if (!list_rows(f, plan, &out))
		end = EXTRACT_MACHINE;
	err = out_end(&out);
	if (err != ERR_NONE)
		end = err == ERR_FULL ? EXTRACT_FULL : EXTRACT_MACHINE;
	if (end == EXTRACT_DONE)
		end = give_name(f, &part, EXTRACT_LIST);
	extract_folder_drop(f, &part);
	if (end == EXTRACT_DONE) {
		end = extract_journal_mark(f, id, sum);
		if (end != EXTRACT_DONE)
			(void)unlinkat(f->dir, EXTRACT_LIST, 0);
	}
	return end;
}
