/*
 * What a date rule is once it is parsed; for when.c and when_day.c alone.
 */
#ifndef ELECTION_WHEN_INSIDE_H
#define ELECTION_WHEN_INSIDE_H

#include "election/when.h"

#define WHEN_LAST	0	/* as date_nth_weekday has it */

enum when_shape {
	WHEN_ANCHOR, WHEN_ENTRY,
	WHEN_DATE,		/* 2024-03-17 */
	WHEN_SHIFT,		/* n units after or before `of` */
	WHEN_FULL_DAYS,		/* n full days between */
	WHEN_DAY_FROM,		/* nth day, `of` is the first */
	WHEN_NTH,		/* nth weekday after or before `of` */
	WHEN_NTH_OF,		/* nth weekday of a month, the year of voting */
	WHEN_NTH_OF_MONTH_OF,	/* nth weekday of the month of `of` */
	WHEN_ON_OR,		/* weekday on or after, on or before */
	WHEN_NEAREST,
	WHEN_YEARLY,		/* month and day, after or before */
	WHEN_EARLIER, WHEN_LATER	/* of `of` and `other` */
};

enum when_unit { WHEN_DAYS, WHEN_WEEKS, WHEN_MONTHS, WHEN_YEARS };

struct when {
	enum when_shape shape;
	struct bytes text;		/* of the whole rule */
	int32_t seconds;		/* of the whole rule, or WHEN_NO_HOUR */
	enum anchor anchor;
	struct bytes name;		/* of an entry */
	int32_t date;
	unsigned n;			/* count, ordinal, day of the month */
	enum when_unit unit;
	bool back;			/* before */
	unsigned weekday, month;
	const struct when *of, *other;
};

#endif
