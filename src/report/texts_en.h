/*
 * What each rule says to people, in English.
 */
#ifndef REPORT_TEXTS_EN_H
#define REPORT_TEXTS_EN_H

#include "report/texts.h"

extern const struct texts_rule texts_en_rules[RULE_COUNT];

#endif
