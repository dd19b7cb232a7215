#!/bin/sh
# Encrypted backups, from outside: that they give what their twins in clear
# give, where the password may come from, and what is said of damaged ones.
set -u
root=$PWD
mkbackup=$(dirname "$OSTRAKON")/mkbackup
demo=$root/samples/demo
faults=0
fault() {
	echo "$1"
	faults=$((faults + 1))
}

[ -x "$mkbackup" ] || { echo 'mkbackup is not built'; exit 77; }
cd "$TEST_TMP" || exit 2
umask 077
"$mkbackup" "$demo" clear || exit 1
"$mkbackup" --encrypt 'pass wörd' --rounds 20 --stale-sizes "$demo" enc ||
    exit 1
"$mkbackup" --encrypt old --rounds 20 --old "$demo" old || exit 1
printf 'pass wörd' >word
printf 'pass wörd\n' >word_line
printf 'pass wörd\r\n' >word_crlf
printf 'pass wörd\n\n' >word_lines
printf old >word_old
printf 'pass word' >wrong
id() {
	printf %s "$1" | sha1sum | sed 's|^\(..\)\([^ ]*\).*|\1/\1\2|'
}
sms=$(id HomeDomain-Library/SMS/sms.db)
[ -f "enc/$sms" ] || exit 1

# check OPTION...: its output in out and says.
check() {
	"$OSTRAKON" check -q -i "$demo/invented.stix2" "$@" >out 2>says \
	    </dev/null
	status=$?
}
ends() {
	[ "$status" -eq "$1" ] ||
	    fault "$2: exit status $status, not $1: $(head -n 3 says)"
}
has() {
	grep -qF -- "$2" "$1" || fault "$3: nothing says \"$2\": $(head -n 3 "$1")"
}
# What a case says, without what differs in any twin (the evidence itself).
gist() {
	awk -f "$root/tests/cmd/case.awk" "$1" |
	    sed 's/not in an unencrypted backup/absent/'
}
# spoilt NAME: a copy of the encrypted backup, to be damaged.
spoilt() {
	rm -rf "$1"
	cp -a enc "$1"
}
# gap FOLDER WORDS WORD-FILE
gap() {
	check --json --password-file "$3" "$1"
	grep '"why"' out >whys
	has whys "$2" "$1"
	grep -qE '"verdict": "(compromised|incomplete|suspicious)"' out ||
	    fault "$1: no verdict"
	if grep -q '"verdict": "nothing found"' out; then
		fault "$1: nothing found, with gaps"
	fi
}
# refused FOLDER WORDS WORD-FILE: one sentence, status 3, nothing left.
refused() {
	check -o left --password-file "$3" "$1"
	ends 3 "$1"
	has says "$2" "$1"
	[ "$(wc -l <says)" -eq 1 ] || fault "$1: not one line: $(cat says)"
	[ ! -s out ] || fault "$1: something on stdout"
	[ ! -e left ] || fault "$1: an output folder is left"
	rm -rf left
}

# The twins: the same findings, gaps, coverage, records and timeline.
find enc old -type f -exec sha256sum {} + | sort >before
check --json clear
ends 1 clear
gist out >want
check --json --password-file word enc
ends 1 'encrypted'
gist out | diff want - >differs || fault "encrypted: $(head -n 5 differs)"
grep -q '"encrypted": true' out || fault 'it does not say that it is encrypted'
check --json --password-file word_old old
gist out | diff want - >differs || fault "old: $(head -n 5 differs)"
check -o clear.d clear
check -o enc.d --records --password-file word enc
[ -d clear.d/records ] || fault 'no records'
# The manifest itself differs: keys, sizes.
rm -f clear.d/records/ios_manifest.jsonl enc.d/records/ios_manifest.jsonl
rm -f clear.d/records/ios_backup_info.jsonl enc.d/records/ios_backup_info.jsonl
diff -r clear.d/records enc.d/records >differs ||
    fault "records: $(head -n 5 differs)"
grep -v ios_backup_info clear.d/timeline.jsonl | grep -v ios_manifest >a
grep -v ios_backup_info enc.d/timeline.jsonl | grep -v ios_manifest >b
diff a b >differs || fault "timeline: $(head -n 5 differs)"
# Not decided by how many work at once.
check --json -j 1 --password-file word enc
cp out one
check --json -j 2 --password-file word enc
cmp -s one out || fault 'another result with two workers'

# Without --records nothing in clear but what was found.
check -o bare --password-file word enc
ends 1 bare
has out 'Output: findings, coverage and report only' bare
[ "$(cd bare && echo ./*)" = './case.json ./custody.json ./report.html' ] ||
    fault "bare: $(ls bare)"

# Where a password may come from.
: >nothing
for file in word_line word_crlf; do
	check --password-file $file enc
	ends 1 "$file"
done
check --password-file word_lines enc
ends 3 'two line ends'
check --password-fd 7 enc 7<word_line
ends 1 'a descriptor'
check --password-fd 9999 enc
ends 3 'no such descriptor'
check --password-file nowhere enc
ends 3 'no such file'
check --password-file word --password-fd 7 enc 7<nothing
ends 3 'two passwords'
check --password-file /dev/zero enc
ends 3 'no end'

refused enc 'the password (or key) is not that of this backup' nothing
refused enc 'the password (or key) is not that of this backup' wrong
refused old 'the password (or key) is not that of this backup' wrong
chmod 644 word_line
check --password-file word_line enc
has says 'others can read this file' 'a file for everybody'
# Nobody to ask.
setsid "$OSTRAKON" check -q enc >out 2>says </dev/null
status=$?
ends 3 'no terminal'
has says 'its password is needed' 'no terminal'
# Asked at the terminal: the password is not shown, and whatever ends or stops
# the question, what is typed after it is shown again.
cat >ask.sh <<END
trap : INT QUIT
'$OSTRAKON' check -q -i '$demo/invented.stix2' enc
echo "ended \$?"
stty -a
END
# typed COMMAND STATUS WHAT: what the command writes is typed at the prompt.
# (exec: a shell in between would die of Ctrl-backslash, and take all with it.)
typed() {
	: >seen
	(
		for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
			if grep -q 'Password of' seen; then
				break
			fi
			sleep 0.5
		done
		eval "$1"
		sleep 1
	) | script -qfec 'exec sh ask.sh' seen >/dev/null
	grep -q 'Password of the encrypted backup' seen || fault "$3: not asked"
	grep -q "ended $2" seen || fault "$3: did not end with $2: $(cat seen)"
	grep -qE '(^|[ ;])echo( |;|$)' seen || fault "$3: nothing is shown after it"
	if grep -q 'pass w' seen; then
		fault "$3: the password was shown"
	fi
}
if command -v script >/dev/null; then
	typed 'cat word_lines' 1 asked
	grep -q COMPROMISED seen || fault "asked: $(head -n 3 seen)"
	typed 'printf "pass w\003"' 3 'Ctrl-C'
	has seen 'interrupted' 'Ctrl-C'
	typed 'printf "pass w\034"' 131 'Ctrl-backslash'
	typed 'printf "pass w\032"; sleep 1; cat word_line' 1 'Ctrl-Z'
	[ "$(grep -o 'Password of' seen | wc -l)" -eq 2 ] ||
	    fault 'Ctrl-Z: not asked again'
	typed 'printf "\004"' 3 'Ctrl-D'
	typed 'head -c 2000 /dev/zero | tr "\0" x; echo; echo touch it' 3 'long'
	has seen 'no password has more than' 'long'
fi
# Keys.
printf '%064d\n' 0 >zeros
printf 'no key\n' >nokey
check --key-file zeros enc
ends 3 'a wrong key'
has says 'is not that of this backup' 'a wrong key'
check --key-file nokey enc
has says 'the key file holds no key' 'no key'

# A copy that another tool has decrypted says of itself that it is encrypted.
cp -a clear copy
cp enc/Manifest.plist copy
check --json copy
gist out | diff want - >differs || fault "copy: $(head -n 5 differs)"

# Several: one password, and one backup that has another.
mkdir many
cp -a enc many/a
cp -a clear many/b
cp -a old many/c
check --json --password-file word many
ends 3 'several'
[ "$(grep -c '"verdict": "compromised"' out)" -eq 2 ] ||
    fault 'several: not two verdicts'
has says 'many/c' 'several'

# A key bag that is damaged, or asks for the impossible.
bag() {
	spoilt "$1"
	perl -0777 -pi -e "$2" "$1/Manifest.plist"
	cmp -s enc/Manifest.plist "$1/Manifest.plist" &&
	    fault "$1: not spoilt"
	refused "$1" "$3" word
}
bag rounds 's/DPIC\0\0\0\x04..../DPIC\0\0\0\x04\xff\xff\xff\xff/s' 'rounds'
bag iter 's/ITER\0\0\0\x04..../ITER\0\0\0\x04\0\0\0\0/s' 'rounds'
bag cut 's/DPSL\0\0\0\x14/DPSL\xff\xff\xff\xff/' 'the key bag'
bag long 's/SALT\0\0\0\x14/SALT\0\0\xff\xff/' 'the key bag'
bag nosalt 's/SALT\0\0\0\x14/SOLT\0\0\0\x14/' 'the key bag'
bag type 's/TYPE\0\0\0\x04..../TYPE\0\0\0\x04\0\0\0\x07/s' 'the key bag'
# One class key damaged: the password is right, but what it would open is not
# to be had.  Every one: that cannot be told from a wrong password.
spoilt class
perl -0777 -pi -e 's/(CLAS\0\0\0\x04\0\0\0\x03.*?WPKY\0\0\0\x28)./$1\x55/s' \
    class/Manifest.plist
cmp -s enc/Manifest.plist class/Manifest.plist && fault 'class: not spoilt'
gap class 'its key is of a class that the key bag does not open' word
bag keys 's/WPKY\0\0\0\x28./WPKY\0\0\0\x28\x55/sg' 'is not that of this backup'
spoilt gone
rm gone/Manifest.plist
refused gone 'Manifest' word

# Manifest.db damaged.
spoilt half
size=$(stat -c %s half/Manifest.db)
truncate -s $((size / 2 / 4096 * 4096)) half/Manifest.db
check --json --password-file word half
[ "$status" -ne 0 ] || fault 'half a manifest: nothing found'
spoilt stub
truncate -s 100 stub/Manifest.db
refused stub 'Manifest.db cannot be read' word

# One file damaged.
spoilt missing
rm "missing/$sms"
gap missing 'the backup does not hold it' word
spoilt short
size=$(stat -c %s "short/$sms")
truncate -s $((size - 7)) "short/$sms"
gap short 'the encrypted file was cut' word
spoilt block
truncate -s $((size - 4096)) "block/$sms"
gap block 'padding' word
spoilt noise
head -c "$size" /dev/urandom >"noise/$sms"
gap noise 'no SQLite database' word
spoilt empty
: >"empty/$sms"
gap empty 'the file is empty' word
# Its key: in clear only in the manifest of an old backup.
rm -rf badkey
cp -a old badkey
perl -0777 -pi -e 's/('"${sms#*/}"'.*?O\x10\x2c.{20})./$1\x55/s' \
    badkey/Manifest.db
cmp -s old/Manifest.db badkey/Manifest.db && fault 'badkey: not spoilt'
gap badkey 'key' word_old

rm -rf nokey
cp -a old nokey
perl -0777 -pi -e 's/('"${sms#*/}"'.*?Encryption)K/$1k/s' nokey/Manifest.db
cmp -s old/Manifest.db nokey/Manifest.db && fault 'nokey: not spoilt'
gap nokey 'it seems to be encrypted, but the manifest has no key for it' \
    word_old

# A file that lies in clear although it has a key is read as it lies; but who
# has no password could have put it there, and that is said.
spoilt plain
cp "clear/$sms" "plain/$sms"
gap plain 'it lies in clear, although the manifest has a key for it' word
findings() {
	grep -vE '^(no gaps|gap |coverage ios_sms)'
}
gist out | findings >got
findings <want | diff - got >differs ||
    fault "plain: $(head -n 5 differs)"
# So could a log with changes of the manifest, which hide what they like.
spoilt wal
cp "clear/$(id HomeDomain-Library/Safari/History.db-wal)" wal/Manifest.db-wal ||
    fault 'no log in the demo'
gap wal 'it lies in clear, although the manifest has a key for it' word
# Decrypted in part: the rest is not read as if it were clear.
rm -rf part
cp -a old part
cp "clear/$sms" "part/$sms"
gap part 'it seems to be encrypted, but the backup says' word_old

# Killed in the middle: nothing is left in clear.
"$mkbackup" --encrypt word --rounds 20 --scale 8 "$demo" large >/dev/null ||
    exit 1
printf word >word_large
for wait in 0.05 0.1 0.2 0.4; do
	rm -rf killed
	"$OSTRAKON" check -q -i "$demo/invented.stix2" -o killed --records \
	    --password-file word_large large >out 2>says &
	pid=$!
	sleep $wait
	kill -9 $pid 2>/dev/null && wait $pid 2>/dev/null
	[ ! -s killed/case.json ] || continue
	left=$(find killed -type f -size +0 2>/dev/null)
	[ -z "$left" ] || fault "killed: left $left"
done

find enc old -type f -exec sha256sum {} + | sort >after
cmp -s before after || fault 'the evidence was changed'
[ $faults -eq 0 ]
