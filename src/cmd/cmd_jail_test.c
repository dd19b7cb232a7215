/*
 * ostrakon jail-test: what the jail of this machine denies, proven.
 */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "jail/jail_test.h"

int
cmd_jail_test(int argc, char **argv)
{
	static const struct verb verb = { "jail-test", "",
	    "Tries everything that a worker may not do, each in a worker of "
	    "its own.",
	    "OSTRAKON_JAIL_ABI=N lowers Landlock to that version.\n"
	    "exit: 0 all was denied, 1 something was not, 3 it could not be "
	    "tested" };
	static const struct option none[] = { { 0 } };
	int first;

	switch (options_read(&verb, none, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	return jail_test(stdout);
}
