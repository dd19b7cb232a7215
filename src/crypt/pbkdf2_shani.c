/*
 * PBKDF2's rounds with the SHA instructions of x86.
 *
 * A round is two compressions, each waiting for the one before, and each a
 * chain of 32 instructions of four cycles: nothing but that chain may cost
 * time.  So the state stays in vector registers in the order in which the
 * instructions want it, and is turned into the next message there.
 */
#include "crypt/pbkdf2_shani.h"

#include <assert.h>

#if defined(__x86_64__) || defined(__i386__)

#include <cpuid.h>
#include <immintrin.h>

/* For these functions alone: the rest must run on any processor. */
#define SHANI	__attribute__((target("sha,sse4.1,ssse3")))
#define INLINE	inline SHANI __attribute__((always_inline))

bool
pbkdf2_shani_has(void)
{
	unsigned a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || (c & bit_SSSE3) == 0 ||
	    (c & bit_SSE4_1) == 0)
		return false;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) != 0;
}

/* Four words, the first in the highest lane. */
static INLINE __m128i
high_first(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	return _mm_set_epi32((int)a, (int)b, (int)c, (int)d);
}

struct sha256 {			/* its eight words, as sha256rnds2 has them */
	__m128i abef, cdgh;
};

static INLINE struct sha256
sha256_load(const uint32_t h[8])
{
	return (struct sha256){ high_first(h[0], h[1], h[4], h[5]),
	    high_first(h[2], h[3], h[6], h[7]) };
}

static INLINE void
sha256_store(uint32_t h[8], struct sha256 s)
{
	__m128i abef = _mm_shuffle_epi32(s.abef, 0x1b);
	__m128i cdgh = _mm_shuffle_epi32(s.cdgh, 0x1b);

	_mm_storeu_si128((void *)h, _mm_unpacklo_epi64(abef, cdgh));
	_mm_storeu_si128((void *)(h + 4), _mm_unpackhi_epi64(abef, cdgh));
}

/* Rounds 4n to 4n + 3, with these words of the message. */
static INLINE struct sha256
sha256_four(struct sha256 s, unsigned n, __m128i w)
{
	const void *k = pbkdf2_sha256_k + n * 4;
	__m128i wk = _mm_add_epi32(w, _mm_load_si128(k));

	s.cdgh = _mm_sha256rnds2_epu32(s.cdgh, s.abef, wk);
	s.abef = _mm_sha256rnds2_epu32(s.abef, s.cdgh,
	    _mm_shuffle_epi32(wk, 0x0e));
	return s;
}

/* The four words of the schedule that follow these sixteen. */
static INLINE __m128i
sha256_next(__m128i w0, __m128i w1, __m128i w2, __m128i w3)
{
	__m128i w = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1),
	    _mm_alignr_epi8(w3, w2, 4));

	return _mm_sha256msg2_epu32(w, w3);
}

/* From the state `from`, one block: a hash, and the end of a message of 96
   bytes. */
static INLINE struct sha256
sha256_block(struct sha256 from, struct sha256 message)
{
	__m128i abef = _mm_shuffle_epi32(message.abef, 0x1b);
	__m128i cdgh = _mm_shuffle_epi32(message.cdgh, 0x1b);
	__m128i w0 = _mm_unpacklo_epi64(abef, cdgh);
	__m128i w1 = _mm_unpackhi_epi64(abef, cdgh);
	__m128i w2 = high_first(0, 0, 0, 0x80000000);
	__m128i w3 = high_first(96 * 8, 0, 0, 0);
	struct sha256 s = from;
	unsigned n;

	s = sha256_four(s, 0, w0);
	s = sha256_four(s, 1, w1);
	s = sha256_four(s, 2, w2);
	s = sha256_four(s, 3, w3);
#pragma GCC unroll 3
	for (n = 4; n < 16; n += 4) {
		w0 = sha256_next(w0, w1, w2, w3);
		s = sha256_four(s, n, w0);
		w1 = sha256_next(w1, w2, w3, w0);
		s = sha256_four(s, n + 1, w1);
		w2 = sha256_next(w2, w3, w0, w1);
		s = sha256_four(s, n + 2, w2);
		w3 = sha256_next(w3, w0, w1, w2);
		s = sha256_four(s, n + 3, w3);
	}
	s.abef = _mm_add_epi32(s.abef, from.abef);
	s.cdgh = _mm_add_epi32(s.cdgh, from.cdgh);
	return s;
}

SHANI void
pbkdf2_shani_sha256(struct pbkdf2_chain *chain, uint64_t n)
{
	struct sha256 inner = sha256_load(chain->inner);
	struct sha256 outer = sha256_load(chain->outer);
	struct sha256 u = sha256_load(chain->u);
	struct sha256 sum = sha256_load(chain->sum);

	for (; n > 0; n--) {
		u = sha256_block(outer, sha256_block(inner, u));
		sum.abef = _mm_xor_si128(sum.abef, u.abef);
		sum.cdgh = _mm_xor_si128(sum.cdgh, u.cdgh);
	}
	sha256_store(chain->u, u);
	sha256_store(chain->sum, sum);
}

struct sha1 {			/* e in the highest lane, above zeros */
	__m128i abcd, e;
};

static INLINE struct sha1
sha1_load(const uint32_t h[8])
{
	return (struct sha1){ high_first(h[0], h[1], h[2], h[3]),
	    high_first(h[4], 0, 0, 0) };
}

static INLINE void
sha1_store(uint32_t h[8], struct sha1 s)
{
	_mm_storeu_si128((void *)h, _mm_shuffle_epi32(s.abcd, 0x1b));
	h[4] = (uint32_t)_mm_extract_epi32(s.e, 3);
}

/* The four words of the schedule that follow these sixteen. */
static INLINE __m128i
sha1_next(__m128i w0, __m128i w1, __m128i w2, __m128i w3)
{
	return _mm_sha1msg2_epu32(_mm_xor_si128(_mm_sha1msg1_epu32(w0, w1),
	    w2), w3);
}

/* Four rounds of the part `f` (0 to 3: twenty rounds each).  e of a later
   round is a of four rounds before, turned: s.e holds that whole state. */
#define SHA1_FOUR(s, f, w) do {						\
	__m128i e_ = _mm_sha1nexte_epu32((s).e, (w));			\
									\
	(s).e = (s).abcd;						\
	(s).abcd = _mm_sha1rnds4_epu32((s).abcd, e_, (f));		\
} while (0)

/* And the first of them, of the schedule's next words. */
#define SHA1_NEXT(s, f, w0, w1, w2, w3) do {				\
	(w0) = sha1_next((w0), (w1), (w2), (w3));			\
	SHA1_FOUR(s, f, w0);						\
} while (0)

/* As sha256_block; the message has 84 bytes. */
static INLINE struct sha1
sha1_block(struct sha1 from, struct sha1 message)
{
	__m128i w0 = message.abcd;
	__m128i w1 = _mm_or_si128(message.e, high_first(0, 0x80000000, 0, 0));
	__m128i w2 = _mm_setzero_si128();
	__m128i w3 = high_first(0, 0, 0, 84 * 8);
	struct sha1 s = { from.abcd, from.abcd };

	s.abcd = _mm_sha1rnds4_epu32(s.abcd, _mm_add_epi32(from.e, w0), 0);
	SHA1_FOUR(s, 0, w1);
	SHA1_FOUR(s, 0, w2);
	SHA1_FOUR(s, 0, w3);
	SHA1_NEXT(s, 0, w0, w1, w2, w3);
	SHA1_NEXT(s, 1, w1, w2, w3, w0);
	SHA1_NEXT(s, 1, w2, w3, w0, w1);
	SHA1_NEXT(s, 1, w3, w0, w1, w2);
	SHA1_NEXT(s, 1, w0, w1, w2, w3);
	SHA1_NEXT(s, 1, w1, w2, w3, w0);
	SHA1_NEXT(s, 2, w2, w3, w0, w1);
	SHA1_NEXT(s, 2, w3, w0, w1, w2);
	SHA1_NEXT(s, 2, w0, w1, w2, w3);
	SHA1_NEXT(s, 2, w1, w2, w3, w0);
	SHA1_NEXT(s, 2, w2, w3, w0, w1);
	SHA1_NEXT(s, 3, w3, w0, w1, w2);
	SHA1_NEXT(s, 3, w0, w1, w2, w3);
	SHA1_NEXT(s, 3, w1, w2, w3, w0);
	SHA1_NEXT(s, 3, w2, w3, w0, w1);
	SHA1_NEXT(s, 3, w3, w0, w1, w2);
	s.e = _mm_sha1nexte_epu32(s.e, from.e);
	s.abcd = _mm_add_epi32(s.abcd, from.abcd);
	return s;
}

SHANI void
pbkdf2_shani_sha1(struct pbkdf2_chain *chain, uint64_t n)
{
	struct sha1 inner = sha1_load(chain->inner);
	struct sha1 outer = sha1_load(chain->outer);
	struct sha1 u = sha1_load(chain->u);
	struct sha1 sum = sha1_load(chain->sum);

	for (; n > 0; n--) {
		u = sha1_block(outer, sha1_block(inner, u));
		sum.abcd = _mm_xor_si128(sum.abcd, u.abcd);
		sum.e = _mm_xor_si128(sum.e, u.e);
	}
	sha1_store(chain->u, u);
	sha1_store(chain->sum, sum);
}

#else

bool
pbkdf2_shani_has(void)
{
	return false;
}

void
pbkdf2_shani_sha256(struct pbkdf2_chain *chain, uint64_t n)
{
	(void)chain;
	(void)n;
	assert(pbkdf2_shani_has());
}

void
pbkdf2_shani_sha1(struct pbkdf2_chain *chain, uint64_t n)
{
	(void)chain;
	(void)n;
	assert(pbkdf2_shani_has());
}

#endif
