/*
 * What the operator knows of an election, as options: the same of all verbs
 * that ask for its calendar.
 */
#ifndef CMD_ELECTION_FACTS_H
#define CMD_ELECTION_FACTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/out.h"
#include "election/calendar.h"

struct election_facts {
	const char *law, *voting_day, *first_day, *called, *published,
	    *previous_voting, *previous_inauguration, *results,
	    *results_published, *second_round, *second_voting_day,
	    *second_first_day, *second_results, *second_results_published,
	    *inauguration, *failed_voting, *repeat, *today;
	bool early;
};

/* Rows for the table of options. */
#define ELECTION_FACTS(f) \
	{ .name = "law", .arg = "ID|FILE", .text = &(f).law, \
	    .about = "the law: ru-2003, or a file" }, \
	{ .name = "voting-day", .arg = "DATE", .text = &(f).voting_day, \
	    .about = "of the first round; its last day" }, \
	{ .name = "first-day", .arg = "DATE", .text = &(f).first_day, \
	    .about = "its first day, if not as the law has it" }, \
	{ .name = "called", .arg = "DATE", .text = &(f).called, \
	    .about = "the election was called" }, \
	{ .name = "published", .arg = "DATE", .text = &(f).published, \
	    .about = "the calling was published" }, \
	{ .name = "previous-voting", .arg = "DATE", \
	    .text = &(f).previous_voting, \
	    .about = "voting of the election before this one" }, \
	{ .name = "previous-inauguration", .arg = "DATE", \
	    .text = &(f).previous_inauguration, \
	    .about = "the term that ends began" }, \
	{ .name = "results", .arg = "DATE", .text = &(f).results, \
	    .about = "results of the first round were determined" }, \
	{ .name = "results-published", .arg = "DATE", \
	    .text = &(f).results_published, .about = "and published" }, \
	{ .name = "second-round", .arg = "ANSWER", \
	    .text = &(f).second_round, \
	    .about = "there is one: yes, no or unknown" }, \
	{ .name = "second-voting-day", .arg = "DATE", \
	    .text = &(f).second_voting_day, \
	    .about = "if not as the law has it; its last day" }, \
	{ .name = "second-first-day", .arg = "DATE", \
	    .text = &(f).second_first_day, .about = "its first day" }, \
	{ .name = "second-results", .arg = "DATE", \
	    .text = &(f).second_results, \
	    .about = "results of the second round were determined" }, \
	{ .name = "second-results-published", .arg = "DATE", \
	    .text = &(f).second_results_published, \
	    .about = "and published" }, \
	{ .name = "inauguration", .arg = "DATE", \
	    .text = &(f).inauguration, \
	    .about = "if not as the law has it" }, \
	{ .name = "early", .flag = &(f).early, \
	    .about = "an early election, or the repeat of one" }, \
	{ .name = "failed-voting", .arg = "DATE", \
	    .text = &(f).failed_voting, \
	    .about = "of the election that this one repeats" }, \
	{ .name = "repeat", .arg = "ANSWER", .text = &(f).repeat, \
	    .about = "it has to be repeated: yes, no or unknown" }, \
	{ .name = "today", .arg = "DATE", .text = &(f).today, \
	    .about = "what has passed; \"today\" is this machine's" }

#define ELECTION_FACTS_MORE \
	"DATE is written 2024-03-17.  The days of calling, publication and " \
	"results may be\n\"not-yet\", with --today: not before that day.  " \
	"What is not given is not known.\n"

/* Reads the law and the facts into the arena; false and a message if they
   cannot be, or contradict each other. */
bool election_facts_read(const char *verb, const struct election_facts *,
    struct arena *, struct calendar_facts *);
/* "--results", for an anchor that can be given; or NULL. */
const char *election_facts_option(enum anchor);
/* The options for a set of anchors, if there are any: "More could be told with
   --results DATE.", a line. */
void election_facts_more(struct out *, uint32_t anchors);
/* "Law of ... (xx-2001), as of 20 March 2001": a line. */
void election_facts_title(struct out *, const struct calendar_facts *);
/* Writes all of it to standard output; the exit status. */
int election_facts_end(struct out *);

#endif
