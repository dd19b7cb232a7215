/*
 * Integer percentages: how many stations report a turnout or a leader's share
 * that is (within 0.05 points) a whole percentage, and how many were to be
 * expected, exactly (Poisson binomial).  After Kobak, Shpilkin, Pshenichnikov,
 * Annals of Applied Statistics 10(1), 2016; docs/anomaly.md.
 */
#ifndef ELECTION_ANOMALY_H
#define ELECTION_ANOMALY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

struct anomaly_station {	/* as counted: people and ballots */
	uint32_t registered, given, received, leader;
	uint32_t region;	/* index below nregions */
};

enum anomaly_of { ANOMALY_EITHER, ANOMALY_LEADER, ANOMALY_TURNOUT,
    ANOMALY_KINDS };

struct anomaly {
	uint64_t stations, observed;
	double expected, deviation, anomaly, z;	/* z 0 if deviation is 0 */
};

struct anomaly_region {
	struct bytes name;
	struct anomaly of[ANOMALY_KINDS];
};

struct anomaly_report {
	struct bytes leader;	/* name of the candidate */
	uint64_t included, stations;	/* of all stations with figures */
	/* Left out, each station by the first reason that holds. */
	uint64_t no_ballots, under_100, turnout_over_99, leader_over_99;
	struct anomaly of[ANOMALY_KINDS];
	const struct anomaly_region *regions;	/* those with stations */
	unsigned nregions;
};

/* Everything in the arena; NULL if there is no memory.  nregions names. */
const struct anomaly_report *anomaly_compute(const struct anomaly_station *,
    uint64_t n, const struct bytes *regions, unsigned nregions,
    struct arena *);

#endif
