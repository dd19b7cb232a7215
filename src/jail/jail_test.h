/*
 * The jail put to the test, on this machine and by this very binary: each
 * thing that it denies is tried by a worker of its own.
 */
#ifndef JAIL_JAIL_TEST_H
#define JAIL_JAIL_TEST_H

#include <stdio.h>

struct worker;

/* Starts a nursery, tries everything and prints one line for each, then what
   is enforced.  Exit status: 0 if all was denied, 1 if something was not or
   this is a sanitizer build, 3 if the test could not be made. */
int jail_test(FILE *out);

/* Its job in the nursery (NURSERY_SELF_TEST). */
int jail_test_job(const struct worker *);

#endif
