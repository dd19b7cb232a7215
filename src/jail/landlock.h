/*
 * Landlock, the second wall: every right that the kernel knows is handled,
 * none is granted.  By raw calls; the headers of Debian 12 end at ABI 2.
 */
#ifndef JAIL_LANDLOCK_H
#define JAIL_LANDLOCK_H

/* The newest ABI that this program knows.  ABI 7 adds only what is logged. */
#define LANDLOCK_ABI		7
/* From here on all rights there are can be denied. */
#define LANDLOCK_ABI_FULL	6

/* What the kernel offers, at most LANDLOCK_ABI; 0 for nothing. */
int landlock_offered(void);

/* Gives up every right of ABI `abi`, at most what is offered, for this thread
   and all that come from it.  no_new_privs must be set.  Gives the ABI that is
   in force, 0 for none. */
int landlock_enter(int abi);

#endif
