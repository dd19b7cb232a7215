/*
 * Opening what lies beneath one folder, and nothing else: no symbolic link is
 * followed, no "..", no magic link, no device or pipe is touched.
 */
#ifndef JAIL_BENEATH_H
#define JAIL_BENEATH_H

#include <stdint.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

/* The folder itself, which may be reached through links: the operator named
   it.  ERR_DENIED also if the kernel has no openat2 (before 5.6). */
enum err beneath_root(const char *folder, int *root);

/* A regular file, for reading.  Names are "a/b/c": not empty, no empty part,
   no "." or "..", no NUL; another spelling of the same file is ERR_DENIED.
   ERR_KIND for a folder, a link (or one on the way), a pipe, a device. */
enum err beneath_file(int root, struct bytes name, int *fd, struct stat *);

/* Of whatever bears the name, a link itself; nothing is opened. */
enum err beneath_stat(int root, struct bytes name, struct stat *);

/* What a name is, without opening it: 'f' file, 'd' folder, 'l' link, 'o'
   other, 0 if there is nothing that could be reached.  No name: the root. */
char beneath_look(int root, struct bytes name);

struct beneath_name {
	struct bytes name;	/* one part, in the arena */
	char what;		/* as beneath_look */
};

/* What is in a folder (no name: the root), but "." and "..": sorted by bytes,
   a folder as if "/" stood after its name.  So a walk that goes down where it
   meets a folder meets all paths in the order of their bytes. */
enum err beneath_names(int root, struct bytes folder, struct arena *,
    struct beneath_name **, size_t *n);

#endif
