#!/bin/sh
# ostrakon backup, from outside: every file comes out as it was on the phone, or
# stands in the list with the reason; nothing is written where it must not be.
# tests/cmd/backup_hostile.c has manifests that lie; tests/cmd/backup_disk.sh
# full disks.
set -u
root=$PWD
mkbackup=$(dirname "$OSTRAKON")/mkbackup
bundle=$root/samples/demo/invented.stix2
faults=0
fault() {
	echo "$1"
	faults=$((faults + 1))
}

[ -x "$mkbackup" ] || { echo 'mkbackup is not built'; exit 77; }
cd "$TEST_TMP" || exit 2
printf 'correct horse\n' >password
printf 'battery staple\n' >wrong
chmod 600 password wrong
make_encrypted() {
	"$mkbackup" --encrypt 'correct horse' --rounds 500 "$@" || exit 1
}
"$mkbackup" "$root/samples/demo" clear || exit 1
make_encrypted "$root/samples/demo" enc
make_encrypted --old --stale-sizes "$root/samples/demo" old

# backup WORD...: its output in out and says.
backup() {
	"$OSTRAKON" backup "$@" >out 2>says </dev/null
	status=$?
}
# decrypt OPTION...: with the password.
decrypt() {
	backup decrypt --password-file password "$@"
}
# ends STATUS WHAT
ends() {
	[ "$status" -eq "$1" ] ||
	    fault "$2: exit status $status, not $1: $(head -n 3 says out)"
}
# has FILE WORDS WHAT
has() {
	grep -qF -- "$2" "$1" ||
	    fault "$3: nothing says \"$2\": $(head -n 3 "$1")"
}
# whole FOLDER WHAT: what the list says of the files is so, and they are all
# that is there.
whole() {
	sed -n 's/.*"name":"\([^"]*\)".*"sha256":"\([0-9a-f]*\)".*/\2  \1/p' \
	    "$1/files.jsonl" >sums
	[ -s sums ] || fault "$2: no sums"
	(cd "$1" && sha256sum --quiet -c ../sums) ||
	    fault "$2: the list has other sums"
	(cd "$1" && find . -type f) | sed 's|^\./||' |
	    grep -v -e '^files.jsonl$' -e '^.ostrakon-decrypt$' | sort >there
	sed 's/^[0-9a-f]*  //' sums | sort | diff - there ||
	    fault "$2: other files are there than in the list"
	[ -z "$(find "$1" -type f ! -perm 600)" ] || fault "$2: modes of files"
	[ -z "$(find "$1" -type d ! -perm 700)" ] || fault "$2: modes of folders"
}
# same FOLDER WHAT: the files of the demo.
same() {
	diff -r -x Manifest.db -x Manifest.plist -x files.jsonl \
	    -x .ostrakon-decrypt clear "$1" >differs ||
	    fault "$2: $(head -n 5 differs)"
	whole "$1" "$2"
}
# finds FOLDER OPTION...: what a check says of it.  What was absent reads
# otherwise, for the copy is taken for a backup that was never encrypted.
finds() {
	"$OSTRAKON" check -q --json -i "$bundle" "$@" >found 2>says </dev/null
	awk -f "$root/tests/cmd/case.awk" found | grep -v ': absent, \|: not in'
}

# --- everything

for kind in enc old; do
	stat -c '%n %s %Y %Z' $kind $kind/* >before
	decrypt -o $kind.out $kind
	ends 0 $kind
	same $kind.out $kind
	cmp -s $kind/Manifest.plist $kind.out/Manifest.plist ||
	    fault "$kind: another Manifest.plist"
	has out 'is in clear' $kind
	stat -c '%n %s %Y %Z' $kind $kind/* | diff before - ||
	    fault "$kind: the evidence changed"
	[ "$(head -c 15 $kind.out/Manifest.db)" = 'SQLite format 3' ] ||
	    fault "$kind: Manifest.db is no database"
	finds --password-file password $kind >with
	finds $kind.out >without
	grep -q '^finding' with || fault "$kind: nothing is found"
	diff with without >differs ||
	    fault "$kind: a check says otherwise: $(head -n 5 differs)"
done
decrypt -o clear.out clear
ends 0 'a plain backup'
has out copied 'a plain backup'
same clear.out 'a plain backup'
cmp -s clear/Manifest.db clear.out/Manifest.db ||
    fault 'a plain Manifest.db is changed'
for jobs in 1 4; do
	decrypt -j $jobs -o jobs.out enc
	diff enc.out/files.jsonl jobs.out/files.jsonl >/dev/null ||
	    fault "$jobs workers: another list"
	rm -rf jobs.out
done
# Again: there is nothing to do.
decrypt -o enc.out enc
ends 0 'a finished one'
has out 'of them before' 'a finished one'
same enc.out 'a finished one'

# --- some of it

decrypt --names -o names enc
ends 0 names
whole names names
sms=$(printf %s HomeDomain-Library/SMS/sms.db | sha1sum | cut -c 1-40)
cmp "clear/$(printf %.2s "$sms")/$sms" names/HomeDomain/Library/SMS/sms.db ||
    fault 'names: another sms.db'
[ "$(wc -l <names/files.jsonl)" -eq \
    "$(grep -c file_id enc.out/files.jsonl)" ] || fault 'names: not all'
decrypt --names --only 'HomeDomain/Library/Safari/*' \
    --only CameraRollDomain --only '*/**/ChatStorage.sqlite' \
    --only 'App*Group-*/Chat*' --only 'NoDomain/**' -o some enc
ends 0 some
has says 'NoDomain/**: no file of the backup' some
has says '*/**/ChatStorage.sqlite: no file of the backup' some
whole some some
[ "$(grep -c . some/files.jsonl)" -eq 6 ] ||
    fault "some: $(grep -c . some/files.jsonl) files"
for name in HomeDomain/Library/Safari/History.db \
    CameraRollDomain/Media/DCIM/100APPLE/IMG_0413.HEIC; do
	[ -f "some/$name" ] || fault "some: $name is not there"
done
decrypt --only 'HomeDomain/Library/SMS/*' -o few enc
ends 0 few
cmp "clear/$(printf %.2s "$sms")/$sms" "few/$(printf %.2s "$sms")/$sms" ||
    fault 'few: another sms.db'
[ "$(find few -type f | wc -l)" -eq 3 ] || fault "few: $(find few -type f)"
decrypt --only 'homedomain/**' -o none enc
ends 2 'nothing is meant'
has says 'no file of the backup is named by --only' 'nothing is meant'
[ ! -e none ] || fault 'nothing is meant: a folder is left'

# --- what is refused

# refused WORDS OPTION...
refused() {
	words=$1
	shift
	decrypt "$@"
	ends 3 "$*"
	has says "$words" "$*"
	[ ! -s out ] || fault "$*: something on stdout"
}
refused 'lies inside the evidence' -o enc/out enc
refused 'lies inside the evidence' -o enc enc
ln -s enc/00 way-in
mkdir -p enc/00 && stat -c '%n %s %Y %Z' enc enc/* >before
refused 'lies inside the evidence' -o way-in enc
refused 'lies inside the evidence' -o way-in/out enc
stat -c '%n %s %Y %Z' enc enc/* | diff before - || fault 'written into evidence'
rmdir enc/00 2>/dev/null
mkdir -m 700 full empty
: >full/file
: >a-file
refused 'it holds something else' -o full enc
refused 'it holds something else' -o a-file enc
refused 'does not exist' -o nowhere/out enc
refused 'another backup' -o old.out enc
refused 'other --only or --names' -o names enc
refused 'other --only or --names' -o names --names --only 'HomeDomain/**' enc
refused 'there is no such file or folder' -o left nowhere
refused 'no iOS backup' -o left full
[ "$(find full empty -type f)" = full/file ] || fault 'a full folder changed'
decrypt -o empty enc
ends 0 'an empty folder'
same empty 'an empty folder'
backup decrypt -o left --password-file wrong enc
ends 3 'a wrong password'
has says 'is not that of this backup' 'a wrong password'
backup decrypt -o left enc
ends 3 'no password'
has says 'its password is needed' 'no password'
backup decrypt --password-file password enc
ends 3 'no folder'
has says usage 'no folder'
decrypt -o left --only '' enc
ends 3 'an empty pattern'
decrypt -o left enc old
ends 3 'two backups'
[ ! -e left ] || fault 'a folder is left'
cp -r enc cut-manifest
head -c 3008 enc/Manifest.db >cut-manifest/Manifest.db
decrypt -o cut.out cut-manifest
[ "$status" -eq 3 ] || [ "$status" -eq 2 ] ||
    fault "a cut manifest: exit status $status"
has says Manifest.db 'a cut manifest'

# --- files of which something is wrong

mkdir spec
cp "$root/samples/clean/manifest.plist.xml" spec
cat >spec/text.txt <<'END'
One line, and another one,
which make some sixty bytes.
END
: >spec/nothing.txt
cat >spec/backup.list <<'END'
- | Manifest.plist | manifest.plist.xml |
HomeDomain | good    | text.txt |
HomeDomain | plain   | text.txt | plain
HomeDomain | bad-key | text.txt | key=bad
HomeDomain | locked  | text.txt | class=10
HomeDomain | gone    | text.txt | missing
HomeDomain | cut     | text.txt |
HomeDomain | short   | text.txt |
HomeDomain | folder  | text.txt |
HomeDomain | link    | text.txt |
HomeDomain | emptied | text.txt |
HomeDomain | empty   | nothing.txt |
HomeDomain | a space | text.txt | size=3
END
make_encrypted spec odd
place() {
	id=$(printf %s "HomeDomain-$1" | sha1sum | cut -c 1-40)
	echo "odd/$(printf %.2s "$id")/$id"
}
for name in cut short; do
	cp "$(place $name)" file
	[ $name = cut ] && n=41 || n=48
	head -c "$n" file >"$(place $name)"
done
rm "$(place folder)" "$(place link)" && mkdir "$(place folder)"
ln -s ../../password "$(place link)"
: >"$(place emptied)"
decrypt --names -o odd.out odd
ends 2 odd
has out '7 files decrypted' odd
has out '5 files could not be decrypted' odd
has out '3 of the files are odd' odd
whole odd.out odd
# line NAME WORDS: what the list says of one.
line() {
	grep -F "\"path\":\"$1\"" odd.out/files.jsonl >line
	has line "$2" "$1"
}
line bad-key 'its key is damaged'
line locked 'that the key bag does not open'
line gone 'the backup does not hold it'
line cut 'its last block is not whole'
line short 'is wrong (padding)'
line folder 'a folder, a link or a device'
line link 'a folder, a link or a device'
line emptied 'which the manifest says it is not'
for name in good plain 'a space'; do
	cmp spec/text.txt "odd.out/HomeDomain/$name" || fault "$name differs"
	line "$name" '"name":"HomeDomain/'
	! grep -q fault line || fault "$name: $(cat line)"
done
line 'a space' '"manifest_size":3,'
[ "$(wc -c <odd.out/HomeDomain/empty)" -eq 0 ] ||
    fault 'an empty file is not there'
[ "$(wc -c <odd.out/HomeDomain/cut)" -eq 32 ] || fault 'cut: not what is left'
[ "$(wc -c <odd.out/HomeDomain/short)" -eq 48 ] || fault 'short: not whole'
for name in bad-key locked gone folder link; do
	[ ! -e "odd.out/HomeDomain/$name" ] || fault "$name is there"
done
# A key bag that was lost: files that may be encrypted are not passed off.
make_encrypted --old spec lost
rm lost/Manifest.plist
decrypt --names -o lost.out lost
ends 2 lost
grep good lost.out/files.jsonl >line
has line 'which may be encrypted' lost

# --- broken off

make_encrypted --files 4000 "$root/samples/demo" many
decrypt -o many.whole many
ends 0 many
whole many.whole many
n=0 killed=0
while [ $n -lt 6 ]; do
	n=$((n + 1))
	[ $n -ne 4 ] || rm -rf many.out		# and once more from the start
	"$OSTRAKON" backup decrypt -q --password-file password -o many.out \
	    many >out 2>says &
	pid=$!
	# Longer each time, until some of it is there.
	tries=0
	while [ "$(find many.out -name '?????*' -type f 2>/dev/null |
	    wc -l)" -lt $((n * 300)) ] && [ $tries -lt 200 ]; do
		tries=$((tries + 1))
	done
	if [ $n -eq 2 ]; then
		kill -s TERM $pid 2>/dev/null
	else
		kill -s KILL $pid 2>/dev/null
	fi
	wait $pid
	status=$?
	[ $status -eq 0 ] || killed=$((killed + 1))
	[ $n -ne 2 ] || [ $status -eq 0 ] || has says 'interrupted' 'a signal'
done 2>/dev/null
[ $killed -gt 1 ] || fault 'no run was broken off'
# One that was done is taken away, and the journal's last line is torn.
rm -rf many.out/00
[ -f many.out/files.jsonl ] ||
    truncate -s -7 many.out/.ostrakon-decrypt
[ ! -f many.out/files.jsonl ] || rm many.out/files.jsonl
decrypt -o many.out many
ends 0 'gone on with'
diff -r many.whole many.out >differs || fault "gone on: $(head -n 5 differs)"

# --- the key

backup key -o key --password-file password enc
ends 0 key
[ "$(stat -c %a key)" = 600 ] || fault 'key: its mode'
grep -qxE '[0-9a-f]{64}' key || fault 'key: no 64 digits'
[ "$(wc -c <key)" -eq 65 ] || fault 'key: something beside the digits'
has says 'keep it as well' key
finds --password-file password enc >with
finds --key-file key enc >without
diff with without || fault 'a check with the key says otherwise'
backup decrypt --key-file key -o key.out enc
ends 0 'by the key'
same key.out 'by the key'
backup key -o - --password-file password enc
ends 0 'key -'
diff out key || fault 'key -: another key'
cp key kept
backup key -o key --password-file wrong enc
ends 3 'a key file that is there'
has says 'is there already' 'a key file that is there'
cmp -s key kept || fault 'key: written over'
ln -s nothing dangling
for where in enc/key way-in/key dangling nowhere/key; do
	backup key -o "$where" --password-file password enc
	ends 3 "key $where"
done
for where in nothing enc/key; do
	[ ! -e $where ] || fault 'a key where it must not be'
done
backup key --password-file password enc
ends 3 'key without -o'
has says usage 'key without -o'
! grep -qE '[0-9a-f]{64}' out says || fault 'the key on a terminal'
backup key -o other --password-file wrong enc
ends 3 'key by a wrong password'
[ ! -e other ] || fault 'a key by a wrong password'
backup key -o other --password-file password clear
ends 3 'key of a plain backup'
has says 'is not encrypted' 'key of a plain backup'
backup
ends 3 'no verb'

[ "$faults" -eq 0 ]
