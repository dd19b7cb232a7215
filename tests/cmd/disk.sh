#!/bin/sh
# Full disks, read-only disks, and evidence that may not be read.
#
# Mounts small file systems in a namespace of its own, which needs either root
# or a kernel that lets users do so.
set -u
root=$PWD
mkbackup=$(dirname "$OSTRAKON")/mkbackup
bundle=$root/samples/demo/invented.stix2
faults=0
fault() {
	echo "$1"
	faults=$((faults + 1))
}

if [ "${1-}" != inside ]; then
	[ -x "$mkbackup" ] || { echo 'mkbackup is not built'; exit 77; }
	if ! unshare -r -m mount -t tmpfs none /mnt 2>/dev/null; then
		echo 'this system lets us mount nothing'
		exit 77
	fi
	exec unshare -r -m "$0" inside
fi
cd "$TEST_TMP" || exit 2
mkdir disk evidence
"$mkbackup" "$root/samples/demo" backup || exit 1

# check OPTION...
check() {
	"$OSTRAKON" check -i "$bundle" "$@" >out 2>says
	status=$?
}
# says STATUS WORDS WHAT
says() {
	[ "$status" -eq "$1" ] || fault "$3: exit status $status, not $1"
	grep -qF "$2" says || fault "$3: does not say \"$2\": $(cat says)"
}

check -o whole backup
awk -f "$root/tests/cmd/case.awk" whole/case.json >want
# A disk of any size: all of it or nothing, and nothing in between.
kept=0 refused=0
for size in 4 12 28 60 100 140 180 220 260 300 340 400 500 900 1600; do
	mount -t tmpfs -o "size=${size}k" none disk || exit 2
	check -o disk/result backup
	if [ "$status" -eq 1 ]; then
		kept=$((kept + 1))
		for file in case.json report.html timeline.csv timeline.jsonl \
		    records; do
			diff -r "whole/$file" "disk/result/$file" >/dev/null ||
			    fault "$size kB: $file is not whole"
		done
	else
		refused=$((refused + 1))
		says 3 'the disk is full; nothing was kept' "$size kB"
		[ -z "$(ls -A disk)" ] || fault "$size kB: left $(ls -A disk)"
		[ ! -s out ] || fault "$size kB: a verdict all the same"
	fi
	umount disk || exit 2
done
[ "$kept" -gt 0 ] || fault 'no disk was large enough'
[ "$refused" -gt 5 ] || fault 'hardly any disk was too small'

# Evidence on a read-only disk is examined like any other.
mount --bind backup evidence || exit 2
mount -o remount,bind,ro evidence || exit 2
touch evidence/new 2>/dev/null && fault 'the disk is not read-only'
check --json evidence
[ "$status" -eq 1 ] || fault "read-only evidence: exit status $status"
awk -f "$root/tests/cmd/case.awk" out | diff want - ||
    fault 'read-only evidence gives another result'
check -o evidence/result evidence
says 3 'may not be written, or lies inside the evidence' 'a read-only disk'
umount evidence

# May not: root without the power to pass over permissions is a user like any.
powers=-dac_override,-dac_read_search
mkdir several
cp -a backup several/open
cp -a backup several/shut
chmod 0 several/shut
if command -v setpriv >/dev/null; then
	command="setpriv --bounding-set $powers --inh-caps $powers"
	# shellcheck disable=SC2086 # words
	$command "$OSTRAKON" check -i "$bundle" several/shut >out 2>says
	status=$?
	says 3 'you may not read it' 'a shut folder'
	# One among others is not passed over in silence.
	# shellcheck disable=SC2086 # words
	$command "$OSTRAKON" check -i "$bundle" several >out 2>says
	status=$?
	says 3 'several/shut: you may not read it' 'one shut folder of two'
	grep -q COMPROMISED out || fault 'the open one was not examined'
	sms=$(printf %s HomeDomain-Library/SMS/sms.db | sha1sum | cut -c 1-40)
	chmod 0 "backup/$(printf %.2s "$sms")/$sms"
	# shellcheck disable=SC2086 # words
	$command "$OSTRAKON" check -i "$bundle" --json backup >out 2>says
	awk -f "$root/tests/cmd/case.awk" out |
	    grep '^gap in ios_sms, HomeDomain/Library/SMS/sms.db' >gaps ||
	    fault 'a file that may not be read is no gap'
	mkdir locked
	chmod 500 locked
	# shellcheck disable=SC2086 # words
	$command "$OSTRAKON" check -i "$bundle" -o locked/result several/open \
	    >out 2>says
	status=$?
	says 3 'may not be written' 'a locked folder for the output'
fi
chmod 700 several/shut
[ "$faults" -eq 0 ]
