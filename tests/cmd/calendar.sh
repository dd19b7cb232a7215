#!/bin/sh
# ostrakon election calendar and phase: what is printed, in all three forms, and
# what is refused.
set -u
faults=0
# status WANT COMMAND...: its output is left in $TEST_TMP/out and /err.
status() {
	want=$1
	shift
	"$@" >"$TEST_TMP/out" 2>"$TEST_TMP/err"
	got=$?
	[ "$got" -eq "$want" ] && return
	echo "$*: $got, not $want"
	cat "$TEST_TMP/err"
	faults=$((faults + 1))
}
has() {
	grep -qF -e "$2" "$TEST_TMP/$1" && return
	echo "$1 lacks: $2"
	cat "$TEST_TMP/$1"
	faults=$((faults + 1))
}
lacks() {
	grep -qF -e "$2" "$TEST_TMP/$1" || return
	echo "$1 has: $2"
	faults=$((faults + 1))
}
empty() {
	[ ! -s "$TEST_TMP/$1" ] && return
	echo "$1 is not empty:"
	cat "$TEST_TMP/$1"
	faults=$((faults + 1))
}
calendar() {
	want=$1
	shift
	status "$want" "$OSTRAKON" election calendar --law ru-2003 \
	    --voting-day 2024-03-17 "$@"
}
phase() {
	want=$1
	shift
	status "$want" "$OSTRAKON" election phase --law ru-2003 \
	    --voting-day 2024-03-17 "$@"
}
# One date, from its first line to the next that begins at the margin, as one
# line.
entry() {
	awk -v title="$1" '/^[^ ]/ { inside = index($0, title) > 0 }
	/^$/ { inside = 0 }
	inside' "$TEST_TMP/out" | tr -s ' \n' ' ' >"$TEST_TMP/entry"
	[ -s "$TEST_TMP/entry" ] || {
		echo "there is no $1"
		faults=$((faults + 1))
	}
}

# --- the table -------------------------------------------------------------

facts='--called 2023-12-07 --published 2023-12-08 --previous-voting 2018-03-18'
# shellcheck disable=SC2086 # words
calendar 0 $facts --today 2024-01-10
empty err
has out 'Voting: Sunday 17 March 2024'
has out "The law's own rule gives the same day"
entry 'parties nominate'
has entry 'Fri 2023-12-08'
has entry 'to Mon 2024-01-01'
has entry 'passed; art. 35'
has entry '8 December 2023 is day 1'
entry 'signatures and documents'
has entry 'Wed 2023-12-27'
has entry 'to Wed 2024-01-31 18:00'
has entry 'now; '
has entry '80 full days between 27 December 2023'
entry 'campaign on the air'
has entry 'Sat 2024-02-17'
has entry 'to Fri 2024-03-15 00:00'
has entry '[unverified]'
entry 'second voting'
has entry 'Sun 2024-04-07'
has entry 'depends on the outcome: if there is a second voting'
has entry '21 days after 17 March 2024'
entry 'inauguration'
has entry 'Tue 2024-05-07'
has entry '6 years after 7 May 2018'
has out 'Next, in 21 days: 31 January 2024'
has out '[unverified]: known from memory alone'

# Nothing is called passed without today, and no machine's clock is asked.
# shellcheck disable=SC2086 # words
calendar 0 $facts
has out 'Nothing is called passed'
lacks out 'passed;'
calendar 0 --today today
has out 'passed;'

# Another day than the rule's is said; one that cannot be told is not compared.
status 0 "$OSTRAKON" election calendar --law ru-2003 --voting-day 2024-03-10 \
    --previous-voting 2018-03-18
has out "THE LAW'S OWN RULE GIVES ANOTHER DAY"
has out '17 March 2024'
calendar 0
has out "Not compared with the law's own rule"
has out 'the day of the previous election is not'

# What is not known says what it needs.
calendar 0 --today 2024-01-10
entry 'parties nominate'
has entry 'not known'
has entry 'until "25th day from called-published"'
has out 'More could be told with --called DATE, --published DATE'
calendar 0 --second-round no
entry 'second voting'
has entry 'does not take place'
calendar 0 --second-round yes --second-voting-day 2024-04-14
entry 'second voting'
has entry 'as given; by the law: 21 days after'
has entry ': outside of what the law says'

# --- JSON and iCalendar ----------------------------------------------------

# shellcheck disable=SC2086 # words
calendar 0 $facts --json
has out '"id": "second-voting"'
has out '"from": "2024-04-07"'
has out '"until_instant": "2024-01-31T18:00:00+03:00"'
has out '"same": true'
has out '"today": null'
# shellcheck disable=SC2086 # words
calendar 0 $facts --ics
cp "$TEST_TMP/out" "$TEST_TMP/first"
has out 'UID:second-voting.2024-03-17.ru-2003@ostrakon.invalid'
has out 'DTSTART;VALUE=DATE:20240407'
[ "$(grep -c "$(printf '\r')\$" "$TEST_TMP/out")" -eq \
    "$(wc -l <"$TEST_TMP/out")" ] || {
	echo 'a line does not end with CR LF'
	faults=$((faults + 1))
}
LC_ALL=C awk 'length($0) > 76 { bad = 1 } END { exit bad }' \
    "$TEST_TMP/out" || {
	echo 'a line of more than 75 octets'
	faults=$((faults + 1))
}
# shellcheck disable=SC2086 # words
calendar 0 $facts --ics
cmp "$TEST_TMP/first" "$TEST_TMP/out" || faults=$((faults + 1))

# --- phase -----------------------------------------------------------------

phase 0 --on 2024-03-17T16:59:59.999999Z
has out 'At 2024-03-17T19:59:59.999999+03:00 (an instant with its zone)'
has out 'Main phase: voting'
phase 0 --on 2024-03-17T20:00:00
has out "(a time by the law's clock)"
has out 'Main phase: counting'
phase 0 --on 2024-03-16
has out "(0:00 of that day by the law's clock)"
phase 0 --on 2024-03-20T12:00
has out 'Main phase: unknown; whether counting holds is not known.'
has out 'at the latest'
has out 'the day on which results are determined is not known'
has out '--results DATE'
phase 0 --on 2024-03-20T12:00 --results not-yet --today 2024-03-20
has out 'Main phase: counting'
phase 0 --on 2023-01-01
has out 'Main phase: none'
phase 0 --on 2024-03-25 --results 2024-03-21 --second-round yes --json
has out '"main": "between-rounds"'
has out '"between-rounds": "yes"'
has out '"second-voting": "no"'
has out '"from": "2024-03-22T00:00:00+03:00"'

# Clocks that are changed.
status 0 "$OSTRAKON" election phase --law fr --voting-day 2022-04-10 \
    --on 2022-03-27T02:30
has out "passes over"
status 0 "$OSTRAKON" election phase --law fr --voting-day 2022-04-10 \
    --on 2022-10-30T02:30
has out '2022-10-30T02:30:00+02:00 (a time that comes twice'

# --- what is refused -------------------------------------------------------

refused() {
	empty out
	has err "$1"
}
status 3 "$OSTRAKON" election calendar --law ru-2003
refused 'it needs --law and --voting-day'
status 3 "$OSTRAKON" election calendar --law none --voting-day 2024-03-17
refused 'there is no such law'
status 3 "$OSTRAKON" election calendar --law ru-2003 --voting-day 1990-01-01
refused 'not in force'
status 3 "$OSTRAKON" election calendar --law ru-2003 --voting-day 2024-02-30
refused 'a date is written as'
calendar 3 --json --ics
refused 'not both'
calendar 3 extra
refused 'no operands'
calendar 3 --called 2023-12-08 --published 2023-12-07
refused '--published: this is before --called'
calendar 3 --results 2024-03-16
refused '--results: this is before --voting-day'
calendar 3 --results 2024-03-21 --today 2024-03-20
refused 'this is after --today'
calendar 3 --results not-yet
refused 'needs --today'
calendar 3 --second-round maybe
refused 'yes, no or unknown'
calendar 3 --second-round no --second-voting-day 2024-04-07
refused 'no, and a day of it is given'
calendar 3 --second-first-day 2024-04-08 --second-voting-day 2024-04-07
refused 'after --second-voting-day'
calendar 3 --second-voting-day 2024-03-17
refused '--second-voting-day: this is the day of --voting-day'
calendar 3 --results 2024-04-10 --second-voting-day 2024-04-07
refused '--second-voting-day: this is before --results'
calendar 3 --second-results 2024-05-08 --inauguration 2024-05-07
refused '--inauguration: this is before --second-results'
calendar 3 --called 2024-03-12 --first-day 2024-03-10
refused '--first-day: this is before --called'
calendar 3 --previous-voting 2024-03-17
refused '--voting-day: this is the day of --previous-voting'
calendar 3 --called not-yet --today 2024-04-11
refused '--called: not-yet, and --voting-day has come'
calendar 3 --results not-yet --second-results 2024-04-10 --today 2024-04-11
refused '--results: not-yet, and --second-results has come'
calendar 0 --results not-yet --results-published 2024-03-21 --today 2024-03-21
status 3 "$OSTRAKON" election calendar --law ab --voting-day 2005-01-12 \
    --second-round yes
refused 'this law has no second round'
status 3 "$OSTRAKON" election phase --law ab --voting-day 2005-01-12 \
    --on 2005-01-20 --second-voting-day 2005-01-26
refused 'this law has no second round'
phase 3
refused 'it needs --on'
phase 3 --on 2024-03-17T25:00
refused 'an instant is written as'
if [ -w /dev/full ]; then
	# shellcheck disable=SC2086 # words
	"$OSTRAKON" election calendar --law ru-2003 --voting-day 2024-03-17 \
	    >/dev/full 2>"$TEST_TMP/err"
	[ $? -eq 3 ] || { echo 'a full disk'; faults=$((faults + 1)); }
	has err 'standard output'
fi
[ "$faults" -eq 0 ]
