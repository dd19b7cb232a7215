/*
 * What a folder is, told by the names in it alone.
 */
#ifndef EXAMINE_EVIDENCE_H
#define EXAMINE_EVIDENCE_H

#include "examine/examine.h"
#include "jail/broker.h"

/* REFUSAL_NONE if it looks like an iOS backup that can be examined. */
enum refusal evidence_look(struct broker *);

/* From what broker_open gave. */
enum refusal evidence_refusal(enum err);

#endif
