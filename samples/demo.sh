#!/bin/sh
# The demonstration: makes the backup of an invented phone that was broken
# into, checks it, and says where the results lie; then counts an invented
# election, which goes to a second round.
#
#	samples/demo.sh BUILD	(make demo)
#
# Exits 0 if the check found what was planted and the count came out right.
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
echo
echo 'An election in a country that does not exist, counted from the protocols'
echo 'of its stations; one is missing, one was corrected.'
echo
cat <<END
\$ ostrakon election count --law ru-2003 --voting-day 2030-03-17 \\
    --stations samples/election/stations.csv -o $demo/count \\
    samples/election/protocols.csv
END
"$build/ostrakon" election count --law ru-2003 --voting-day 2030-03-17 \
    --stations samples/election/stations.csv -o "$demo/count" \
    samples/election/protocols.csv || fail "exit status $?; 0 was expected"
grep -q '"date": "2030-04-07"' "$demo/count/count.json" ||
    fail 'the second round is not three weeks after the first'
echo
echo 'As it should be: a second round exactly three weeks later.  The results:'
echo "  $demo/count/report.html   for people, with pictures"
echo "  $demo/count/count.json    the same for programs"
echo "  $demo/count/*.csv         stations, territories, regions, the country"
