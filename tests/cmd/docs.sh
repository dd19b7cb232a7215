#!/bin/sh
# docs/artifacts.md tells of every artifact of the program, in its order, and of
# every rule that an artifact has of its own; and of no others.
set -u
faults=0
same() {
	diff "$TEST_TMP/program" "$TEST_TMP/docs" >"$TEST_TMP/diff" && return
	echo "$1: < the program only, > docs/artifacts.md only"
	grep '^[<>]' "$TEST_TMP/diff"
	faults=$((faults + 1))
}

"$OSTRAKON" artifacts | sed 's/ .*//' >"$TEST_TMP/program"
# shellcheck disable=SC2016 # the backquotes are the document's
sed -n 's/^| `\([a-z_]*\)` |.*/\1/p' docs/artifacts.md >"$TEST_TMP/docs"
[ -s "$TEST_TMP/program" ] || { echo 'no artifacts'; exit 1; }
same artifacts

sed -n 's/^.*X(RULE_[A-Z_]*,[^"]*"\(ios\.[a-z_.]*\)".*/\1/p' \
    src/record/rule.h | sort >"$TEST_TMP/program"
grep '^| ' docs/artifacts.md | grep -o 'ios\.[a-z_.]*' | sort -u \
    >"$TEST_TMP/docs"
[ -s "$TEST_TMP/program" ] || { echo 'no rules'; exit 1; }
same rules

exit $((faults > 0))
