#!/bin/sh
# The demonstration: makes the backup of an invented phone that was broken
# into, checks it, and says where the results lie.
#
#	samples/demo.sh BUILD	(make demo)
#
# Exits 0 if the check found what was planted.
set -u
cd "$(dirname "$0")/.." || exit 3
if [ $# -ne 1 ] || [ ! -x "$1/ostrakon" ] || [ ! -x "$1/mkbackup" ]; then
	echo 'usage: samples/demo.sh BUILD (or make demo)' >&2
	exit 3
fi
build=$1
demo=$build/demo
result=$demo/result
unset OSTRAKON_INDICATORS OSTRAKON_JAIL_ABI

fail() {
	echo "demo: $1" >&2
	exit 3
}

rm -rf "$demo"
mkdir -p "$demo" || fail "$demo cannot be made"
"$build/mkbackup" samples/demo "$demo/backup" ||
    fail 'the sample backup could not be made'

echo 'The phone of Mara Ellison, who does not exist, as a backup.  What was'
echo 'planted in it is told in samples/README.md.'
echo
echo "\$ ostrakon check -i samples/demo/invented.stix2 -o $result $demo/backup"
"$build/ostrakon" check -i samples/demo/invented.stix2 -o "$result" \
    "$demo/backup"
status=$?

[ "$status" -eq 1 ] ||
    fail "exit status $status; 1 (compromised or suspicious) was expected"
for file in report.html case.json timeline.csv custody.json; do
	[ -s "$result/$file" ] || fail "$result/$file was not written"
done
grep -q '"verdict": "compromised"' "$result/case.json" ||
    fail 'the verdict is not "compromised"'
echo
echo 'As it should be: compromised (exit status 1).  The results:'
echo "  $result/report.html    for people; open it in a browser"
echo "  $result/case.json      the same for programs"
echo "  $result/timeline.csv   everything in the order of time"
echo "  $result/records/       all records that were read"
echo "  $result/custody.json   when, by whom, how, and the sums of all files"
