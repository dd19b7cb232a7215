/*
 * Being asked to stop, by the keyboard or by another program.
 */
#ifndef CMD_SIGNALS_H
#define CMD_SIGNALS_H

/* Calls `stop`, in the handler, for each SIGHUP, SIGINT and SIGTERM that is not
   ignored, so that what was begun can be taken away again.  The third ends the
   process at once. */
void signals_catch(void (*stop)(void));

#endif
