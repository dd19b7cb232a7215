/*
 * Dates of the Gregorian calendar: days since 1970-01-01, or DATE_UNSET.
 * Years 1 to 9999; what falls outside is DATE_UNSET.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

#define DATE_UNSET	INT32_MIN

struct date_parts {
	int year;		/* 1 to 9999; 0 if unset */
	unsigned month, day;	/* from 1 */
};

/* DATE_UNSET if there is no such day. */
int32_t date_of(int year, unsigned month, unsigned day);
struct date_parts date_parts(int32_t);
/* 0 Sunday to 6 Saturday. */
unsigned date_weekday(int32_t);
/* "2024-03-17" and nothing else; DATE_UNSET if it is no date. */
int32_t date_read(struct bytes);
/* "2024-03-17"; "17 March 2024"; "Sunday".  Nothing if unset. */
void date_show(struct buf *, int32_t);
void date_words(struct buf *, int32_t);
const char *date_weekday_name(int32_t);
/* `n` days or months on (or back, if negative).  A day that the month does not
   have is its last.  DATE_UNSET stays unset. */
int32_t date_add_days(int32_t, int64_t n);
int32_t date_add_months(int32_t, int64_t n);
/* The nth (1 to 5) such weekday of a month, or the last one (0); DATE_UNSET if
   the month has no fifth. */
int32_t date_nth_weekday(int year, unsigned month, unsigned weekday,
    unsigned nth);
/* The first such weekday on or after the day; on or before it. */
int32_t date_weekday_from(int32_t, unsigned weekday);
int32_t date_weekday_until(int32_t, unsigned weekday);
/* Whole years from one day to a later one, as an age is counted: someone born
   on 29 February is a year older on 1 March.  -1 if either is unset or the
   second is earlier. */
int date_years(int32_t from, int32_t to);

#endif
