/*
 * What PBKDF2 costs: the floor of every check of an encrypted backup, whose key
 * takes ten million rounds.  libcrypto's time stands beside it.
 *
 *	bench_pbkdf2 [ROUNDS]	to measure with; a million unless told
 *
 * Processor time, the best of seven runs each, told for ten million rounds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <openssl/evp.h>

#include "crypt/pbkdf2.h"

#define RUNS	7
#define KEY	1e7		/* rounds of a phone's key */

static const char password[] = "correct horse";
static const char salt[] = "twenty bytes of salt";

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
ours(enum pbkdf2_way way, enum pbkdf2_hash hash, int rounds)
{
	uint8_t out[32];
	double start = now();

	(void)pbkdf2(way, hash, bytes_of(password), bytes_of(salt),
	    (uint64_t)rounds, out, NULL);
	return now() - start;
}

/* The same 32 bytes: of SHA-1 these are two blocks, and so twice the work. */
static double
theirs(const EVP_MD *md, int rounds)
{
	uint8_t out[32];
	double start = now();

	if (PKCS5_PBKDF2_HMAC(password, sizeof(password) - 1,
	    (const uint8_t *)salt, sizeof(salt) - 1, rounds, md, 32,
	    out) != 1) {
		fprintf(stderr, "libcrypto would not\n");
		exit(1);
	}
	return now() - start;
}

static void
bench(enum pbkdf2_hash hash, const char *name, const EVP_MD *md, int rounds)
{
	static const char *const ways[] = {
		[PBKDF2_PORTABLE] = "portable", [PBKDF2_SHANI] = "SHA-NI"
	};
	double t, best[PBKDF2_SHANI + 1] = { 1e9, 1e9, 1e9 };
	unsigned run, way;

	/* In turn, so that a busy minute of the machine meets all of them;
	   the place of PBKDF2_BEST is libcrypto's. */
	for (run = 0; run < RUNS; run++) {
		for (way = 0; way <= PBKDF2_SHANI; way++) {
			if (!pbkdf2_has(way))
				continue;
			t = way == PBKDF2_BEST ? theirs(md, rounds) :
			    ours(way, hash, rounds);
			if (t < best[way])
				best[way] = t;
		}
	}
	for (way = PBKDF2_PORTABLE; way <= PBKDF2_SHANI; way++) {
		if (!pbkdf2_has(way))
			continue;
		printf("PBKDF2 %-7s %-8s %6.2f M rounds/s %6.3f s   "
		    "libcrypto %6.3f s\n", name, ways[way],
		    rounds / best[way] / 1e6, best[way] * KEY / rounds,
		    best[PBKDF2_BEST] * KEY / rounds);
	}
}

int
main(int argc, char **argv)
{
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 1000000;

	if (rounds < 1) {
		fprintf(stderr, "bench_pbkdf2: how many rounds?\n");
		return 1;
	}
	bench(PBKDF2_SHA256, "SHA-256", EVP_sha256(), rounds);
	bench(PBKDF2_SHA1, "SHA-1", EVP_sha1(), rounds);
	return 0;
}
