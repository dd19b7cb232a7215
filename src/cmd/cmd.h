/*
 * The verbs: each gets its own argv (argv[0] is the verb) and gives the exit
 * status of the program.
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#define EXIT_NOTHING	0	/* verdict nothing found; done */
#define EXIT_FOUND	1	/* compromised or suspicious */
#define EXIT_INCOMPLETE	2
#define EXIT_TROUBLE	3	/* usage, or this machine */

int cmd_check(int argc, char **argv);
int cmd_backup(int argc, char **argv);
int cmd_artifacts(int argc, char **argv);
int cmd_indicators(int argc, char **argv);
int cmd_jail_test(int argc, char **argv);
int cmd_version(int argc, char **argv);

#endif
