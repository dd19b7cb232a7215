#include "cmd/signals.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "cmd/cmd.h"

static void (*asked)(void);

/* Who asks a third time (timeout sends two at once) does not want to wait. */
static void
on_signal(int sig)
{
	static volatile sig_atomic_t times;

	(void)sig;
	asked();
	times = times + 1;
	if (times > 2)
		_exit(EXIT_TROUBLE);
}

void
signals_catch(void (*stop)(void))
{
	static const int which[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction action = { .sa_handler = on_signal }, now;
	unsigned i;

	asked = stop;
	for (i = 0; i < sizeof(which) / sizeof(which[0]); i++)
		if (sigaction(which[i], NULL, &now) == 0 &&
		    now.sa_handler != SIG_IGN)
			(void)sigaction(which[i], &action, NULL);
}
