#!/bin/sh
# ostrakon election candidates: exit status, what is on stdout, what on stderr;
# the example of March 2023.
set -u
faults=0
cd "$(dirname "$0")/../.." || exit 2
sample=samples/candidates-2023.yaml
# status WANT OPTION...: its output is left in $TEST_TMP/out and /err.
status() {
	want=$1
	shift
	"$OSTRAKON" election candidates "$@" >"$TEST_TMP/out" \
	    2>"$TEST_TMP/err"
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
empty() {
	[ ! -s "$TEST_TMP/$1" ] && return
	echo "$1 is not empty:"
	cat "$TEST_TMP/$1"
	faults=$((faults + 1))
}

# March 2023.
status 0 $sample --law ru-2003 --on 2023-03-15 --voting-day 2024-03-17
empty err
tr '\n' ' ' <"$TEST_TMP/out" | tr -s ' ' >"$TEST_TMP/line"
mv "$TEST_TMP/line" "$TEST_TMP/out"
has out 'Viktor Granin: not announced: no event up to this day; holds the office since 7 May 2018'
has out 'holds the office since 7 May 2018; no bar found in what was given; not yet nominated (proposer); 1 rule is not decided by the program (early-end)'
has out 'proposer: open until nominations end, art. 6(1) nominations do not begin before 7 December 2023'
has out 'Anton Belozerov: announced (13 December 2018); barred at least until 30 January 2042 (imprisonment, conviction-grave, conviction-extremist)'
has out 'imprisonment: barred until 30 January 2032, art. 3(4)'
has out 'at the next regular election, 17 March 2030, by what is known now: barred'
has out 'Yelena Saburova (female, born on 9 October 1981)'
has out 'interest expressed (27 February 2023), not announced'
has out 'Pavel Ostrovoy: interest expressed (19 January 2023), not announced; barred for good (citizenship)'
has out 'it is no decision of a commission or a court'

# Before the second sentence and the second conviction: the first alone.
status 0 $sample --law ru-2003 --on 2021-09-01 --voting-day 2024-03-17
has out 'imprisonment: barred until 1 October 2024, art. 3(4)'
has out 'later, and not considered: 0 events, 2 other facts of the file'

# The same as JSON, and the same bytes each time.
status 0 $sample --law ru-2003 --on 2023-03-15 --voting-day 2024-03-17 --json
mv "$TEST_TMP/out" "$TEST_TMP/first"
status 0 --json --voting-day=2024-03-17 --on=2023-03-15 --law=RU2003 $sample
cmp -s "$TEST_TMP/first" "$TEST_TMP/out" || {
	echo 'JSON: other bytes'
	faults=$((faults + 1))
}
has out '"title": "an invented field, a year before the vote"'
has out '"next_voting_day": "2030-03-17"'
has out '"state": "not-nominated"'
has out '"state": "open"'
has out '"state": "none"'
has out '"in_office_since": "2018-05-07"'
has out '"barred_until": "2032-01-30"'
has out '"bar_ends": "not-before"'
if command -v python3 >/dev/null; then
	python3 -m json.tool "$TEST_TMP/out" >"$TEST_TMP/err" || {
		echo 'that is no JSON'
		faults=$((faults + 1))
	}
fi

# What rests on memory is marked; without the day of voting it is told.
status 0 $sample --law ru-2003 --on 2007-06-01
has out '[unverified]'
has out 'day of voting: not given'
status 0 $sample --law ru-2003 --on 2023-03-15 --voting-day 2024-03-17
grep -qF '[unverified]' "$TEST_TMP/out" && {
	echo 'all of that is verified'
	faults=$((faults + 1))
}

# CSV by its name; control characters in a name stay harmless.
printf 'name,born,events\n"N\033[2J",1971-05-04,announced 2023-01-02\n' \
    >"$TEST_TMP/some.CSV"
status 0 "$TEST_TMP/some.CSV" --law ru-2003 --on 2023-03-15
has out 'announced (2 January 2023)'
grep -q "$(printf '\033')" "$TEST_TMP/out" && {
	echo 'an escape sequence comes through'
	faults=$((faults + 1))
}

# Interest after an announcement takes nothing back.
printf 'name,announced,interest-expressed\nN,2023-01-02,2023-02-03\n' \
    >"$TEST_TMP/both.csv"
status 0 "$TEST_TMP/both.csv" --law ru-2003 --on 2023-03-15
has out 'status: interest expressed (3 February 2023)'
grep -q 'not announced' "$TEST_TMP/out" && {
	echo 'that was announced'
	faults=$((faults + 1))
}

# A fault of a row is the only one.
printf 'name,born\nN\n' >"$TEST_TMP/short.csv"
status 3 "$TEST_TMP/short.csv" --law ru-2003 --on 2023-03-15
has err 'fewer fields'
[ "$(wc -l <"$TEST_TMP/err")" -eq 1 ] || {
	echo 'more is told than one fault'
	faults=$((faults + 1))
}

# Faults: all of them, each with its place; nothing on stdout.
printf 'candidates:\n- {name: N, nmae: M}\n- {name: O, born: 1971-02-29}\n' \
    >"$TEST_TMP/bad.yaml"
status 3 "$TEST_TMP/bad.yaml" --law ru-2003 --on 2023-03-15
empty out
has err 'bad.yaml: line 2, column 13: "nmae" is no key here'
has err 'bad.yaml: line 3, column 19: no day of the calendar'

# Usage, and files that are none.
status 3
has err 'usage: ostrakon election candidates'
status 3 $sample $sample --law ru-2003 --on 2023-03-15
status 3 $sample --on 2023-03-15
has err '--law and --on must be given'
status 3 $sample --law ru-2003
status 3 $sample --law ru-2003 --on 2023-02-29
has err '--on: a date is written'
status 3 $sample --law ru-1066 --on 2023-03-15
has err 'there is no such law'
status 3 $sample --law ru-2003 --on 1999-03-15
has err 'not in force'
status 3 "$TEST_TMP/absent" --law ru-2003 --on 2023-03-15
has err 'absent'
status 3 "$TEST_TMP" --law ru-2003 --on 2023-03-15
has err 'it is no file'
status 3 /dev/zero --law ru-2003 --on 2023-03-15
has err 'it is no file'
head -c 5000000 /dev/zero >"$TEST_TMP/large.yaml"
status 3 "$TEST_TMP/large.yaml" --law ru-2003 --on 2023-03-15
has err 'larger than 4 MiB'
status 0 -h
empty err
[ "$faults" -eq 0 ]
