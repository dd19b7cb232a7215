/*
 * The verbs below `indicators`.
 */
#ifndef CMD_CMD_INDICATORS_H
#define CMD_CMD_INDICATORS_H

int cmd_indicators_update(int argc, char **argv);

#endif
