#!/bin/sh
# ostrakon election law: exit status, what is on stdout, what on stderr.
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
empty() {
	[ ! -s "$TEST_TMP/$1" ] && return
	echo "$1 is not empty:"
	cat "$TEST_TMP/$1"
	faults=$((faults + 1))
}

# Every law that is built in is listed, shown, and good as a file.
status 0 "$OSTRAKON" election law list
empty err
n=0
for file in data/laws/*.yaml; do
	id=$(basename "$file" .yaml)
	has out "$id  "
	n=$((n + 1))
done
[ "$n" -ge 30 ] || { echo "$n laws"; faults=$((faults + 1)); }
[ "$(grep -c '^  [0-9]* version' "$TEST_TMP/out")" -eq "$n" ] || {
	echo "not $n laws are listed"
	faults=$((faults + 1))
}
status 0 "$OSTRAKON" election law list --json
has out '{"law":"ru-2003","country":"RU",'
status 0 "$OSTRAKON" election law check data/laws/*.yaml
empty out
empty err

# By id in any case, by path, one version of it.
status 0 "$OSTRAKON" election law show ru-2003
cp "$TEST_TMP/out" "$TEST_TMP/whole"
has out '[unverified]'
status 0 "$OSTRAKON" election law show RU2003
cmp "$TEST_TMP/out" "$TEST_TMP/whole" || faults=$((faults + 1))
status 0 "$OSTRAKON" election law show data/laws/ru-2003.yaml
cmp "$TEST_TMP/out" "$TEST_TMP/whole" || faults=$((faults + 1))
status 0 "$OSTRAKON" election law show --on 2024-03-17 ru-2003
[ "$(grep -c '^voting held' "$TEST_TMP/out")" -eq 1 ] || {
	echo 'not one version'
	faults=$((faults + 1))
}
has out '    date: 21 days after voting'
status 0 "$OSTRAKON" election law show --json ru-2003
has out '"unverified":true'
status 3 "$OSTRAKON" election law show --on 1990-01-01 ru-2003
empty out
status 3 "$OSTRAKON" election law show --on 1990-02-30 ru-2003
status 3 "$OSTRAKON" election law show no-such-law
has err 'no-such-law'
status 3 "$OSTRAKON" election law show
status 3 "$OSTRAKON" election law
status 3 "$OSTRAKON" election law list more

# Faults have their place; a name cannot move the cursor.
cat >"$TEST_TMP/bad.yaml" <<'YAML'
law: bad
title: A law
country: XX
office: President
vote: president
clock: [{from: 1990-01-01, zone: CET-1}]
versions:
  - from: 2001-02-30
    round-1: {unverified: true, elected-if: votes > 1/2 of valid}
    "\e[2J": 1
YAML
status 1 "$OSTRAKON" election law check "$TEST_TMP/bad.yaml"
has out "$TEST_TMP/bad.yaml:8:11: no day of the calendar"
has out "$TEST_TMP/bad.yaml:9:5: \"nobody\" is missing"
has out "$TEST_TMP/bad.yaml:10:5: "
if LC_ALL=C grep -q "$(printf '\033')" "$TEST_TMP/out"; then
	echo 'an escape reached the terminal'
	faults=$((faults + 1))
fi
status 3 "$OSTRAKON" election law show "$TEST_TMP/bad.yaml"
status 1 "$OSTRAKON" election law check data/laws/fr.yaml "$TEST_TMP/bad.yaml"
status 3 "$OSTRAKON" election law check "$TEST_TMP/none.yaml" \
    "$TEST_TMP/bad.yaml"
has err "$TEST_TMP/none.yaml"
has out "$TEST_TMP/bad.yaml:8:11"
status 3 "$OSTRAKON" election law check "$TEST_TMP"
status 3 "$OSTRAKON" election law check
head -c 5000000 /dev/zero >"$TEST_TMP/large.yaml"
status 3 "$OSTRAKON" election law check "$TEST_TMP/large.yaml"
mkfifo "$TEST_TMP/fifo"
status 3 "$OSTRAKON" election law check "$TEST_TMP/fifo"

[ "$faults" -eq 0 ]
