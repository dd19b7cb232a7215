/*
 * Numbers of CSV: tables have millions, of one to four digits mostly.  All
 * digits of a field are looked at together, so that how many they are, which
 * nobody can foresee, decides no branch.
 */
#include "format/csv.h"

#include <string.h>

#define DIGITS		18	/* that surely fit */
#define EACH(byte)	(0x01010101u * (byte))

static int64_t
one_by_one(struct bytes f)
{
	int64_t value = 0;
	size_t i;

	if (f.n == 0)
		return CSV_EMPTY;
	if (f.n > DIGITS)
		return CSV_NO_NUMBER;
	for (i = 0; i < f.n; i++) {
		if (f.p[i] < '0' || f.p[i] > '9')
			return CSV_NO_NUMBER;
		value = value * 10 + (f.p[i] - '0');
	}
	return value;
}

/* The four bytes that the field ends with; what was before it is dropped, which
   leaves leading zeros.  Then digits are made pairs, and the whole: the first
   digit is the lowest byte. */
static inline int64_t
at_once(struct bytes f)
{
	static const uint32_t mask[] = { 0, 0xff000000, 0xffff0000,
	    0xffffff00, 0xffffffff };
	uint32_t v;

	memcpy(&v, f.p + f.n - sizeof(v), sizeof(v));
	v = (v ^ EACH('0')) & mask[f.n];
	if (((v + EACH(0x80 - 10)) | v) & EACH(0x80))
		return CSV_NO_NUMBER;
	v = v * (10 * 256 + 1) >> 8 & 0x00ff00ff;
	return v * (100 * 65536 + 1) >> 16;
}

uint64_t
csv_numbers(const struct csv_row *row, const uint16_t *columns, unsigned n,
    int64_t *values)
{
	uint64_t all = 0;
	struct bytes f;
	unsigned i;

	for (i = 0; i < n; i++) {
		f = row->fields[columns[i]];
		values[i] = f.n - 1 < sizeof(uint32_t) && __BYTE_ORDER__ ==
		    __ORDER_LITTLE_ENDIAN__ ? at_once(f) : one_by_one(f);
		all |= (uint64_t)values[i];
	}
	return all;
}
