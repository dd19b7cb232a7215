#include "artifact/run_told.h"

#include "artifact/run_inside.h"

bool
run_told(const struct run *run)
{
	return run->file_gaps > 0;
}
