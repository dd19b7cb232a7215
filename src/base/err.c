#include "base/err.h"

const char *
err_text(enum err err)
{
	switch (err) {
	case ERR_NONE:
		return "no error";
	case ERR_MEMORY:
		return "out of memory, or a limit was reached";
	case ERR_IO:
		return "input or output failed";
	case ERR_MISSING:
		return "no such file or folder";
	case ERR_DENIED:
		return "not permitted";
	case ERR_FULL:
		return "the disk is full";
	case ERR_KIND:
		return "not what was expected";
	case ERR_WORKER:
		return "a worker stopped";
	case ERR_NETWORK:
		return "the network failed";
	}
	return "unknown error";
}
