/*
 * The verbs of ostrakon election: each gets its own argv (argv[0] is the verb)
 * and gives the exit status of the program.
 */
#ifndef CMD_CMD_ELECTION_H
#define CMD_CMD_ELECTION_H

int cmd_election(int argc, char **argv);
int cmd_election_law(int argc, char **argv);
int cmd_election_calendar(int argc, char **argv);
int cmd_election_phase(int argc, char **argv);
int cmd_election_candidates(int argc, char **argv);
int cmd_election_count(int argc, char **argv);
int cmd_election_anomaly(int argc, char **argv);

#endif
