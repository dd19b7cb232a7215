/*
 * Invented texts, addresses and names.  Every host ends in a name that no
 * registry gives away (RFC 2606).
 */
#include "sample_invent.h"

#include <inttypes.h>

#define N(a)	(sizeof(a) / sizeof((a)[0]))

static const char *const words[] = {
	"able", "acorn", "after", "again", "amber", "answer", "apple", "april",
	"arrive", "aunt", "autumn", "baker", "basket", "beach", "bicycle",
	"birch", "bottle", "bread", "bridge", "bring", "brother", "button",
	"cabin", "call", "candle", "carrot", "chair", "cheese", "cinema",
	"clock", "cloud", "coffee", "cousin", "curtain", "daughter", "dinner",
	"doctor", "door", "early", "east", "eight", "evening", "fence",
	"ferry", "field", "find", "flour", "forest", "friday", "garden",
	"ginger", "glove", "green", "guest", "hammer", "harbour", "help",
	"hill", "honey", "house", "invoice", "island", "jacket", "juice",
	"keep", "kettle", "kitchen", "ladder", "lamp", "later", "leave",
	"lemon", "letter", "light", "little", "lunch", "maple", "market",
	"meadow", "meeting", "melon", "message", "milk", "monday", "morning",
	"music", "needle", "neighbour", "nine", "north", "number", "oak",
	"office", "olive", "orange", "oven", "paper", "parcel", "pencil",
	"pepper", "photo", "picnic", "plate", "plum", "poster", "quiet",
	"rain", "recipe", "river", "road", "saturday", "school", "shelf",
	"shop", "sister", "snow", "soup", "south", "spoon", "spring",
	"station", "stone", "street", "sugar", "summer", "sunday", "table",
	"taxi", "tea", "tell", "theatre", "thursday", "ticket", "today",
	"tomorrow", "towel", "train", "tree", "tuesday", "uncle", "village",
	"visit", "wait", "walk", "wallet", "water", "weather", "wednesday",
	"weekend", "west", "wheel", "window", "winter", "wood", "write",
	"yellow", "yes", "yesterday",
};

static const char *const phrases[] = {
	"👍", "😂😂", "до завтра", "à demain 🙂", "nos vemos mañana",
	"bis später", "明天见", "حسنا", "güle güle", "obrigada!", "❤️",
	"ευχαριστώ",
};

/* The names of which there is no registry. */
static const char *const endings[] = { "example", "test", "invalid" };

/* How many words: sixteen equal parts of what people write. */
static const uint8_t lengths[] = {
	2, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 14, 17, 21, 30
};

/* A mixing step of the kind of splitmix64. */
static uint64_t
mix(uint64_t x)
{
	x += UINT64_C(0x9e3779b97f4a7c15);
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

uint64_t
sample_invent_number(uint64_t seed, uint64_t n)
{
	return mix(mix(seed) ^ n);
}

const char *
sample_invent_word(uint64_t n)
{
	return words[mix(n) % N(words)];
}

void
sample_invent_text(struct buf *b, uint64_t n)
{
	uint64_t x = mix(n);
	unsigned left = lengths[x % N(lengths)];

	while (left-- > 0) {
		x = mix(x);
		buf_text(b, words[x % N(words)]);
		if (left > 0)
			buf_text(b, (x >> 32) % 9 == 0 ? ", " : " ");
	}
	x = mix(x);
	if (x % 100 < 15) {
		buf_byte(b, ' ');
		buf_text(b, phrases[(x >> 32) % N(phrases)]);
	}
}

void
sample_invent_host(struct buf *b, uint64_t n)
{
	uint64_t x = mix(n), one = mix(x >> 1) % 2000;

	buf_printf(b, "%s%s-%s%" PRIu64 ".%s", x % 2 == 0 ? "www." : "",
	    words[mix(one) % N(words)], words[mix(one + 2000) % N(words)],
	    one % 100, endings[one % N(endings)]);
}

void
sample_invent_url(struct buf *b, uint64_t n)
{
	uint64_t x = mix(n);

	buf_text(b, "https://");
	sample_invent_host(b, x);
	buf_printf(b, "/%s/%s-%" PRIu64, words[mix(x + 1) % N(words)],
	    words[mix(x + 2) % N(words)], (x >> 20) % 1000000);
	if (x % 4 == 0)
		buf_printf(b, "?id=%" PRIx64 "&from=%s", x >> 16,
		    words[mix(x + 3) % N(words)]);
}

void
sample_invent_guid(struct buf *b, uint64_t n)
{
	uint64_t x = mix(n), y = mix(x);

	buf_printf(b, "%08X-%04X-%04X-%04X-%012" PRIX64, (unsigned)(x >> 32),
	    (unsigned)(x >> 16 & 0xffff), (unsigned)(x & 0xffff),
	    (unsigned)(y >> 48), y & UINT64_C(0xffffffffffff));
}

void
sample_invent_phone(struct buf *b, uint64_t n)
{
	buf_printf(b, "+1555010%04u", (unsigned)(mix(n) % 10000));
}
