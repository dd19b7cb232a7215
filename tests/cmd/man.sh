#!/bin/sh
# The manual pages tell what the program does: every option that -h prints
# stands in the page of its verb, and the other way round; so do the verbs, and
# the variables that the source asks for.
set -u
faults=0
same() {
	diff "$TEST_TMP/program" "$TEST_TMP/page" >"$TEST_TMP/diff" && return
	echo "$1: < the program only, > the page only"
	grep '^[<>]' "$TEST_TMP/diff"
	faults=$((faults + 1))
}

# options VERB PAGE [SECTION]
options() {
	# shellcheck disable=SC2086 # a verb may be two words
	"$OSTRAKON" $1 -h |
	    sed -n 's/^  \(-\|    -\)/\1/p' |
	    sed 's/^ *//; s/   *.*$//; s/, -/ -/' |
	    tr '[:upper:]' '[:lower:]' | sort >"$TEST_TMP/program"
	[ -s "$TEST_TMP/program" ] || echo 'no options at all'
	# An option's line: .It Fl i Ar path , Fl -indicators Ar path
	awk -v section="${3-}" '
	/^\.S[hs] / { inside = section == "" || $0 == ".Ss " section }
	/^\.It Fl / && inside' "man/$2" |
	    sed 's/^\.It //; s/Fl /-/g; s/ , -/ -/; s/ Ar / /g' |
	    sed 's/^\(-.\) \([a-z]*\) \(--.* \2\)$/\1 \3/' |
	    sort >"$TEST_TMP/page"
	same "$1"
}
options check ostrakon-check.1
options 'backup decrypt' ostrakon-backup.1 decrypt
options 'backup key' ostrakon-backup.1 key
options artifacts ostrakon-artifacts.1
options 'indicators list' ostrakon-indicators.1 list
options 'indicators show' ostrakon-indicators.1 show
options 'indicators update' ostrakon-indicators.1 update
options 'election law list' ostrakon-election.1 'law list'
options 'election law show' ostrakon-election.1 'law show'
options 'election law check' ostrakon-election.1 'law check'
options 'election calendar' ostrakon-election.1 calendar
options 'election phase' ostrakon-election.1 phase
options 'election candidates' ostrakon-election.1 candidates
options 'election count' ostrakon-election.1 count
options 'election anomaly' ostrakon-election.1 anomaly
options jail-test ostrakon-jail-test.1

"$OSTRAKON" -h | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p' |
    sort >"$TEST_TMP/program"
sed -n 's/^\.It Cm //p' man/ostrakon.1 | sort >"$TEST_TMP/page"
same verbs
# Each has a page of its own, but for the version.
while IFS= read -r verb; do
	[ "$verb" = version ] || [ -f "man/ostrakon-$verb.1" ] || {
		echo "man/ostrakon-$verb.1 is missing"
		faults=$((faults + 1))
	}
done <"$TEST_TMP/program"

grep -rho 'getenv("[A-Z_]*")' src | sed 's/.*"\(.*\)".*/\1/' |
    sort -u >"$TEST_TMP/program"
sed -n 's/^\.It Ev //p' man/ostrakon.1 | sed 's/ , Ev /\n/' |
    sort -u >"$TEST_TMP/page"
same 'environment'
[ "$faults" -eq 0 ]
