/*
 * The seccomp filter of a worker: the few system calls it may make.  Any
 * other kills it.
 */
#ifndef JAIL_FILTER_H
#define JAIL_FILTER_H

#include "base/err.h"

/* Builds the filter, once, so that each worker only loads it. */
enum err filter_prepare(void);

/* Loads it for this process, for good.  ERR_DENIED if that cannot be done. */
enum err filter_enter(void);

/* How many calls it lets through, whole or for some arguments. */
unsigned filter_calls(void);

#endif
