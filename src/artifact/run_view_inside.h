/*
 * The inside of a view, shared by run_view*.c alone.
 */
#ifndef ARTIFACT_RUN_VIEW_INSIDE_H
#define ARTIFACT_RUN_VIEW_INSIDE_H

#include "artifact/kept.h"
#include "artifact/keys.h"
#include "artifact/run_inside.h"

#define MAX_NODES	16	/* tables joined in one view */
/* Rows of a table whose rowids are lower than this can be noted to have met
   nothing, a bit for each. */
#define QUIET_ROWS	(1u << 20)

struct node {			/* a table on the way of references */
	const struct reference *ref;	/* NULL for the view's own table */
	unsigned from;			/* the node that points here */
	int column;			/* of `from`, that holds the key */
	const struct sqlite_table *table;
	struct sqlite_find *find;
	struct keys *keys;		/* where the key is no rowid */
	bool pairs;			/* they give the one value wanted */
	struct val value;		/* that */
	struct kept *kept;		/* its rows */
	uint64_t sought, at;		/* the rows of the view these are for */
	int64_t rowid;
	bool leads;			/* to one */
	const struct val *v;		/* its row; NULL: none */
	short first;			/* field alone, or RUN_END */
	uint64_t *quiet;		/* [QUIET_ROWS / 64] */
	bool dead;			/* it cannot be read */
};

enum round { ROUND_READ, ROUND_READY, ROUND_LATE, ROUNDS };

struct column {			/* where a field comes from */
	enum round round;	/* when it is filled */
	bool time;		/* it is one, whatever it is stored as */
	bool alone;		/* filled by itself, when it is matched */
	short next;		/* field alone of the same node, or RUN_END */
	unsigned node;
	int column;		/* of the view's own table; of another, its
				   place in node.v; -1: nowhere */
};

struct round_of {		/* fields that are filled together */
	struct sqlite_want *own;	/* from the view's own table */
	unsigned nown;
	short *fields;		/* all of them, ended by RUN_END */
};

struct table_view {
	struct run *run;
	const struct view *view;
	struct sqlite_scan *scan;
	struct node nodes[MAX_NODES];
	unsigned nnodes;
	struct sqlite_row row;	/* of the view's own table */
	struct column *columns;	/* one per field */
	struct val *v;		/* the record that is being filled */
	struct round_of round[ROUNDS];
	short *free;		/* fields that no column fills... */
	short *sets;		/* ...and those of them that row may set */
	short *matched;		/* fields that are, but for those alone */
	bool dirty;		/* fields alone were filled */
	enum round next;	/* what is not filled yet */
	uint64_t at;
};

/* run_view_path.c */

/* The first of "a|b|c" that is a table, or NULL. */
const struct sqlite_table *run_view_table(struct sqlite *, const char *names);

/* Where a field comes from: the first of "a.b.c|d" that leads to a column;
   through the references a and b to the column c.  The tables on the way
   become nodes of the view. */
struct column run_view_path(struct run *, struct table_view *,
    const char *from);

#endif
