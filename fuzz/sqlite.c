/*
 * The SQLite reader: every value of every row, by scan and by rowid.  Where
 * no gap was told, all cells are rows and each is found again.  A check that is
 * put off finds something where one done at once does.
 *
 * The first byte says what the tail of the input is (0: nothing, 1: a log,
 * 2: a journal), the next two how long that tail is.
 */
/* fuzz: max_len=16384 */
#include <assert.h>

#include "base/limits.h"
#include "format/sqlite.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
count(void *ctx, const struct gap *gap)
{
	(void)gap;
	++*(unsigned *)ctx;
}

static void
read_table(struct sqlite *db, const struct sqlite_table *t,
    const unsigned *gaps)
{
	struct sqlite_scan *scan;
	struct sqlite_find *find;
	struct sqlite_row row, again;
	struct val v;
	uint64_t rows = 0;
	unsigned i;

	if (sqlite_scan_open(&scan, db, t) != ERR_NONE)
		return;
	if (sqlite_find_open(&find, db, t) != ERR_NONE) {
		sqlite_scan_close(scan);
		return;
	}
	for (; sqlite_scan_next(scan, &row); rows++) {
		for (i = 0; i < sqlite_columns(t); i++) {
			v = sqlite_value(&row, (int)i);
			(void)val_number(&v, 0);
		}
		if (!sqlite_find_row(find, row.rowid, &again))
			assert(*gaps > 0 || sqlite_column(t, "rowid") < 0);
		else
			assert(again.rowid == row.rowid);
	}
	assert(*gaps > 0 || rows == sqlite_cells(t));
	assert(rows <= sqlite_cells(t));
	sqlite_find_close(find);
	sqlite_scan_close(scan);
}

/* How many gaps there are, when the structure is checked then. */
static unsigned
read_files(struct sqlite_files files, enum sqlite_check check)
{
	struct arena arena = arena_with(8 * MIB);
	const struct sqlite_table *t;
	unsigned gaps = 0, i;
	struct gap_sink sink = { count, &gaps };
	struct sqlite *db;

	files.check = check;
	if (sqlite_open(&db, &arena, &files, &sink) == ERR_NONE) {
		for (i = 0; (t = sqlite_table_at(db, i)) != NULL; i++)
			read_table(db, t, &gaps);
		sqlite_close(db);
	}
	assert(gaps <= 101);
	arena_free(&arena);
	return gaps;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes b = bytes_at(data, size), tail;
	struct sqlite_files files = { NULL };
	struct input in, other;
	unsigned first, later;
	size_t n;

	if (size < 3)
		return 0;
	n = (size_t)data[1] << 8 | data[2];
	tail = n > size - 3 ? bytes_at(NULL, 0) :
	    bytes_part(b, size - n, n);
	in = input_memory(bytes_part(b, 3, size - 3 - tail.n));
	other = input_memory(tail);
	files.db = &in;
	files.wal = data[0] == 1 ? &other : NULL;
	files.journal = data[0] == 2 ? &other : NULL;
	first = read_files(files, SQLITE_CHECK_FIRST);
	later = read_files(files, SQLITE_CHECK_LATER);
	/* An allocation that failed in one of them fails no second time. */
	if ((first > 0) != (later > 0)) {
		first = read_files(files, SQLITE_CHECK_FIRST);
		later = read_files(files, SQLITE_CHECK_LATER);
	}
	assert((first > 0) == (later > 0));
	(void)read_files(files, SQLITE_CHECK_USED);
	return 0;
}
