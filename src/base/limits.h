/*
 * Every bound of the program, each with its reason.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define KIB	1024UL
#define MIB	(1024UL * 1024UL)
#define GIB	(1024UL * 1024UL * 1024UL)

/* A property list is held in memory whole.  The largest seen in practice is
   an Info.plist of a phone with 300 apps and their icons: 9 MB. */
#define LIMIT_PLIST_BYTES	(32 * MIB)
/* Nodes made while reading one property list; a node is about 40 bytes. */
#define LIMIT_PLIST_NODES	500000
/* Nesting of property lists, JSON and archives; Apple's stay under 30. */
#define LIMIT_DEPTH		64

/* One text or blob taken out of a database row.  iMessage texts stay under
   20 kB; session data of a Safari tab reaches some hundred kB. */
#define LIMIT_CELL_BYTES	(16 * MIB)
/* Columns of one table; SQLite's own default limit is 2,000. */
#define LIMIT_COLUMNS		2000
/* Tables in one schema; Core Data stores have under 300. */
#define LIMIT_TABLES		4096
/* Bytes of all CREATE statements in one database. */
#define LIMIT_SCHEMA_BYTES	(4 * MIB)
/* Depth of a b-tree; 2^32 pages at fan-out 2 cannot be deeper than 32, real
   trees end at 5. */
#define LIMIT_BTREE_DEPTH	32

/* A URL longer than this is matched by its host only; browsers stop at
   2 MB, links in messages under 8 kB. */
#define LIMIT_URL_BYTES		(64 * KIB)
/* DNS allows 253 characters in a name. */
#define LIMIT_HOST_BYTES	253

/* One message between worker and parent; below the default socket buffer of
   208 kB, so that a send never stalls on size alone. */
#define LIMIT_MESSAGE		(128 * KIB)
/* Text of one value in a finding; the whole stands in records. */
#define LIMIT_FINDING_TEXT	2048
/* Findings and gaps of one artifact; more are counted, not listed. */
#define LIMIT_FINDINGS		2000
#define LIMIT_GAPS		500

/* Address space of a worker: the index is mapped, not counted twice; peak
   use is measured at a few MiB. */
#define LIMIT_WORKER_AS		(512 * MIB)
/* CPU seconds of one worker; a million messages take one. */
#define LIMIT_WORKER_CPU	600

/* Members of one backup that artifacts ask for; a phone with 2,000 apps
   that each hold web storage has about 4,000. */
#define LIMIT_MEMBERS		20000
/* A member's domain and path. */
#define LIMIT_PATH_BYTES	4096

/* Indicators over all sets: twenty times what is published today. */
#define LIMIT_INDICATORS	200000
/* One STIX file. */
#define LIMIT_STIX_BYTES	(256 * MIB)

#endif
