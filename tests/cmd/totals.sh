#!/bin/sh
# ostrakon election count --from-totals, from outside: every way of naming a row
# asks the same, and what cannot be asked is refused with a reason.  Whether the
# answers are right: tests/cmd/cases.sh, tests/election/outcome.c.
set -u
root=$PWD
faults=0
fault() {
	echo "$1"
	faults=$((faults + 1))
}

cd "$TEST_TMP" || exit 2
cat >law.yaml <<'END'
law: zz-2000
title: An invented law
country: ZZ
office: President
vote: president
clock: [{from: 1990-01-01, zone: UTC0}]
sources: {book: {title: A book}}
versions:
  - from: 2000-01-01
    round-1:
      article: art. 1
      source: book
      elected-if: votes > 1/2 of found
      nobody: next-round
    round-2:
      article: art. 2
      source: book
      advance: 2
      date: 14 days after voting
      elected-if: votes > next
      withdrawn: next
END
names=id,law,round,date,registered,cast,valid,invalid,c1,v1,c2,v2,c3,v3
names=$names,against_all,outcome,next_date,inauguration,src
row=A1,XX,1,2020-03-01,1000,600,590,10,Anna,300,Bo,200,Clara,90,,,,,
other=A2,XX,1,2020-03-01,1000,600,590,10,Anna,301,Bo,200,Clara,89,,,,,
printf '%s\n%s\n' "$names" "$row" >one.csv
printf '%s\n%s\n%s\n' "$names" "$row" "$other" >two.csv

# asks STATUS WORD...: the answer in out.
asks() {
	want=$1
	shift
	"$OSTRAKON" election count --law law.yaml --from-totals "$@" >out \
	    2>says <in
	status=$?
	[ "$status" -eq "$want" ] ||
	    fault "$*: exit status $status, not $want: $(cat says)"
}
: >in
says() {
	grep -qF -e "$1" "$2" || fault "no '$1' in: $(head -n 5 "$2")"
}

asks 0 "$row"
says 'second round between Anna and Bo on 15 March 2020' out
says '301 are needed' out
cp out answer
for way in "$(cat one.csv)" one.csv one.csv:A1 two.csv:A1 two.csv:1; do
	asks 0 "$way"
	cmp -s out answer || fault "$way: another answer"
done
for which in A1 a1 1; do
	asks 0 "$which" two.csv
	cmp -s out answer || fault "$which of two.csv: another answer"
done
cp one.csv in
asks 0 -
cmp -s out answer || fault 'stdin: another answer'
asks 0 A2 two.csv
says 'elected: Anna' out
asks 0 "$row" --event withdrawn:Bo:2020-03-02
says 'between Anna and Clara' out
asks 0 "A1,,1,,,600,590,10,Anna,300,Bo (withdrawn),200,Clara,90,,,,," --json
says '"Clara"' out
says '"date": null' out
# Nothing to tell by: pending.
asks 2 A1,,1,2020-03-01,1000,,,,Anna,300,Bo,200,,,,,,,
says 'pending' out
says 'the ballots found' out

asks 3 two.csv
says 'several rows' says
asks 3 A3 two.csv
says 'no such row' says
asks 3 nothing.csv
says 'neither a row nor a file' says
asks 3 A1 nothing.csv
asks 3 "A1,,1,2020-03-01,1000,600,580,10,Anna,300,Bo,200,Clara,80,,,,,"
says 'line 1, column 23: cast is not valid and invalid together' says
asks 3 "$row" --event resigned:Bo
says 'withdrawn:NAME:DATE' says
asks 3 A1,,1,1999-03-01,,600,590,10,Anna,300,,,,,,,,, --law none.yaml
"$OSTRAKON" election count --from-totals "$row" >out 2>says
[ $? -eq 3 ] || fault 'a law that is not there is taken'
says 'XX' says
"$OSTRAKON" election count --from-totals ",${row#*,XX}" >out 2>says
[ $? -eq 3 ] || fault 'no law is needed'
# A law that was not in force.
asks 0 A1,,1,1999-03-01,,600,590,10,Anna,300,,,,,,,,,
says 'not applicable' out
cd "$root" && [ "$faults" -eq 0 ]
