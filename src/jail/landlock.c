/*
 * Constants by hand, from the kernel's include/uapi/linux/landlock.h and
 * Documentation/userspace-api/landlock.rst (Linux 6.15).
 */
#include "jail/landlock.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ASK_VERSION	1U		/* LANDLOCK_CREATE_RULESET_VERSION */

#define FS_FIRST	((UINT64_C(1) << 13) - 1)	/* ABI 1: 13 rights */
#define FS_REFER	(UINT64_C(1) << 13)		/* ABI 2 */
#define FS_TRUNCATE	(UINT64_C(1) << 14)		/* ABI 3 */
#define FS_IOCTL_DEV	(UINT64_C(1) << 15)		/* ABI 5 */
#define NET_BIND_TCP	(UINT64_C(1) << 0)		/* ABI 4 */
#define NET_CONNECT_TCP	(UINT64_C(1) << 1)		/* ABI 4 */
#define SCOPE_ABSTRACT	(UINT64_C(1) << 0)		/* ABI 6 */
#define SCOPE_SIGNAL	(UINT64_C(1) << 1)		/* ABI 6 */

struct handled {		/* struct landlock_ruleset_attr */
	uint64_t fs;
	uint64_t net;		/* from ABI 4 */
	uint64_t scoped;	/* from ABI 6 */
};

int
landlock_offered(void)
{
	long abi;

	abi = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
	    ASK_VERSION);
	if (abi < 0)
		return 0;
	return abi > LANDLOCK_ABI ? LANDLOCK_ABI : (int)abi;
}

int
landlock_enter(int abi)
{
	struct handled h = { FS_FIRST, 0, 0 };
	size_t size = sizeof(h.fs);
	long rules, done;

	if (abi > landlock_offered())
		abi = landlock_offered();
	if (abi < 1)
		return 0;
	if (abi >= 2)
		h.fs |= FS_REFER;
	if (abi >= 3)
		h.fs |= FS_TRUNCATE;
	if (abi >= 4) {
		h.net = NET_BIND_TCP | NET_CONNECT_TCP;
		size = offsetof(struct handled, scoped);
	}
	if (abi >= 5)
		h.fs |= FS_IOCTL_DEV;
	if (abi >= 6) {
		h.scoped = SCOPE_ABSTRACT | SCOPE_SIGNAL;
		size = sizeof(h);
	}
	rules = syscall(SYS_landlock_create_ruleset, &h, size, 0U);
	if (rules < 0)
		return 0;
	done = syscall(SYS_landlock_restrict_self, (int)rules, 0U);
	(void)close((int)rules);
	return done == 0 ? abi : 0;
}
