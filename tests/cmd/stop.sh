#!/bin/sh
# A check that is broken off leaves nothing behind, and the other things that
# must not happen in silence.
set -u
mkbackup=$(dirname "$OSTRAKON")/mkbackup
cd "$TEST_TMP" || exit 2
fail() {
	echo "$1"
	exit 1
}

[ -x "$mkbackup" ] || { echo 'mkbackup is not built'; exit 77; }
demo=$OLDPWD/samples/demo
"$mkbackup" --scale 12 "$demo" phone >/dev/null || fail 'no backup'

# Signals: asked to stop while it works.
for signal in INT TERM HUP; do
	"$OSTRAKON" check -q -i "$demo/invented.stix2" -o out phone \
	    >says 2>&1 &
	pid=$!
	while [ ! -d out ] && kill -0 "$pid" 2>/dev/null; do :; done
	kill -s "$signal" "$pid" 2>/dev/null
	wait "$pid"
	status=$?
	# It may have been done already: then all of it is there.
	if [ "$status" -eq 3 ]; then
		grep -q interrupted says || fail "$signal: $(cat says)"
		[ ! -e out ] || fail "$signal: left behind: $(find out)"
	else
		[ -s out/case.json ] || fail "$signal: status $status"
	fi
	rm -rf out
done

# Not into the evidence, nor into that of another phone; it is not touched.
cp -r phone other
before=$(stat -c %Y.%Z other phone)
"$OSTRAKON" check -q -o other/out phone other >says 2>&1
[ $? -eq 3 ] || fail 'wrote into another backup'
"$OSTRAKON" check -q -o phone/out phone >says 2>&1
[ $? -eq 3 ] || fail 'wrote into the backup'
[ "$before" = "$(stat -c %Y.%Z other phone)" ] || fail 'evidence changed'

# Indicators that were named are read, or it says so.
set --
n=0
while [ $n -le 256 ]; do
	set -- "$@" -i "$demo/invented.stix2"
	n=$((n + 1))
done
"$OSTRAKON" check -q "$@" phone >says 2>&1
[ $? -eq 3 ] || fail 'a 257th -i was not noticed'
mkdir sets
cp "$demo/invented.stix2" sets
ln -s nowhere sets/more.stix2
"$OSTRAKON" check -q -i sets phone >says 2>&1
[ $? -eq 3 ] || fail 'a bundle that cannot be had was not noticed'
rm sets/more.stix2

# A manifest that names nothing is none.
mkdir empty
cp phone/*.plist empty
head -c 0 /dev/null >empty/Manifest.db
"$OSTRAKON" check -q -i sets empty >says 2>&1
[ $? -eq 3 ] || fail "an empty manifest: $(cat says)"

# The same bytes with one worker and with four.
"$OSTRAKON" check -q -j 1 -i sets -o one phone >/dev/null
"$OSTRAKON" check -q -j 4 -i sets -o four phone >/dev/null
for file in case.json timeline.csv timeline.jsonl records; do
	diff -r "one/$file" "four/$file" >/dev/null || fail "$file differs"
done
