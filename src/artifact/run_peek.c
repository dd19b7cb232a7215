#include "artifact/run_peek.h"

#include "artifact/run_inside.h"

struct plist
run_peek_plist(struct run *run, const struct member *member)
{
	const struct gap_sink gaps = run->gaps;
	struct plist root = { NULL, 0 };

	run->gaps = (struct gap_sink){ NULL, NULL };
	if (!run_plist(run, member, &root))
		root = (struct plist){ NULL, 0 };
	run->gaps = gaps;
	return root;
}
