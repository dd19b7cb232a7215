/*
 * What each rule says to people, in Russian.
 */
#ifndef REPORT_TEXTS_RU_H
#define REPORT_TEXTS_RU_H

#include "report/texts.h"

extern const struct texts_rule texts_ru_rules[RULE_COUNT];

#endif
