/*
 * What is said on stderr: one line, and no name or word in it can move the
 * cursor of a terminal.
 */
#ifndef CMD_COMPLAIN_H
#define CMD_COMPLAIN_H

/* "ostrakon: WHAT: WHY", each as it is, but escaped. */
void complain_about(const char *what, const char *why);

#endif
