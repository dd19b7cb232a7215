/*
 * ostrakon version
 */
#include <stdio.h>

#include "cmd/cmd.h"

int
cmd_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
#ifdef OSTRAKON_SANITIZER
	(void)printf("ostrakon %s (sanitizer build: no jail)\n",
	    OSTRAKON_VERSION);
#else
	(void)printf("ostrakon %s\n", OSTRAKON_VERSION);
#endif
	return 0;
}
