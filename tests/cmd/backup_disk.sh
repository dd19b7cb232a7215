#!/bin/sh
# Full disks: what was taken out of a backup by then stays, and the same command
# goes on when there is room.
#
# Mounts small file systems in a namespace of its own, which needs either root
# or a kernel that lets users do so.
set -u
root=$PWD
mkbackup=$(dirname "$OSTRAKON")/mkbackup
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
printf word >password
chmod 600 password
"$mkbackup" --encrypt word --rounds 100 --files 300 "$root/samples/demo" \
    phone || exit 1
mkdir disk
decrypt() {
	"$OSTRAKON" backup decrypt --password-file password -o "$1" phone \
	    >out 2>says
	status=$?
}
decrypt whole
[ "$status" -eq 0 ] || fault "no whole one: $(cat says)"

refused=0 steps=0
for size in 8 16 48 200 400 800 1600; do
	mount -t tmpfs -o "size=${size}k" none disk || exit 2
	decrypt disk/out
	while [ "$status" -eq 3 ] && [ $steps -lt 200 ]; do
		refused=$((refused + 1)) steps=$((steps + 1))
		grep -q 'the disk is full; make room' says ||
		    fault "$size kB: $(cat says)"
		[ ! -e disk/out/files.jsonl ] || fault "$size kB: a list"
		size=$((size + size / 2))
		mount -o "remount,size=${size}k" disk || exit 2
		decrypt disk/out
	done
	[ "$status" -eq 0 ] || fault "$size kB: exit status $status"
	diff -r whole disk/out >differs ||
	    fault "$size kB: $(head -n 5 differs)"
	umount disk || exit 2
done
[ "$refused" -gt 10 ] || fault "only $refused disks were full"

# A disk on which nothing can be written.
mount --bind whole disk || exit 2
mount -o remount,bind,ro disk || exit 2
decrypt disk/out
[ "$status" -eq 3 ] || fault "a read-only disk: exit status $status"
grep -q 'may not be written' says || fault "a read-only disk: $(cat says)"
[ "$faults" -eq 0 ]
