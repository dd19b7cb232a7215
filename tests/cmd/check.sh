#!/bin/sh
# ostrakon check, from outside: what it refuses and how it says so, its exit
# status, and what it leaves on the disk.  tests/cmd/demo.sh tells whether it
# finds what is there; tests/cmd/disk.sh is about full and read-only disks.
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
"$mkbackup" "$root/samples/clean" clean || exit 1
"$mkbackup" "$root/samples/demo" demo || exit 1
sms=$(printf %s HomeDomain-Library/SMS/sms.db | sha1sum | cut -c 1-40)
sms=$(printf %.2s "$sms")/$sms
[ -f "clean/$sms" ] || exit 1

# A clean backup of another name, to be spoilt.
another() {
	cp -a clean "$1"
}
# check OPTION...: with the bundle; its output in out and says.
check() {
	"$OSTRAKON" check -i "$bundle" "$@" >out 2>says
	status=$?
}
# ends STATUS WHAT: how the last check ended.
ends() {
	[ "$status" -eq "$1" ] ||
	    fault "$2: exit status $status, not $1: $(head -n 3 says out)"
}
# has FILE WORDS WHAT
has() {
	grep -qF -- "$2" "$1" || fault "$3: nothing says \"$2\""
}
has_not() {
	if grep -qF -- "$2" "$1"; then
		fault "$3: it says \"$2\""
	fi
}
# verdict WORD WHAT: of the last check with --json.
verdict() {
	has out "\"verdict\": \"$1\"" "$2"
}
# refused FOLDER WORDS: one sentence, status 3, and nothing left behind.
refused() {
	check -o left "$1"
	ends 3 "$1"
	has says "ostrakon: $1: " "$1"
	has says "$2" "$1"
	[ "$(wc -l <says)" -eq 1 ] || fault "$1: more than one line: $(cat says)"
	[ ! -s out ] || fault "$1: something on stdout"
	[ ! -e left ] || fault "$1: an output folder is left"
	rm -rf left
}
# gap FOLDER WORDS: examined, incomplete, and the gap is named.
gap() {
	check --json "$1"
	ends 2 "$1"
	verdict incomplete "$1"
	awk -f "$root/tests/cmd/case.awk" out >gist
	grep '^gap' gist | grep -qF -- "$2" ||
	    fault "$1: no gap says \"$2\": $(grep '^gap' gist)"
}

# --- what is no backup, or cannot be read as one

refused nowhere 'there is no such file or folder'
: >file
refused file 'this is a file'
mkdir empty stranger stranger/inside
: >stranger/photo.jpg
refused empty 'this is no iOS backup'
refused stranger 'this is no iOS backup'
mkdir old domains domains/HomeDomain
: >old/Manifest.mbdb
refused old 'iOS 9 or older'
refused domains 'unpacked into folders by domain'
another no-manifest && rm no-manifest/Manifest.db
refused no-manifest 'Manifest.db is missing'
another no-info && rm no-info/Info.plist
refused no-info 'Info.plist is not'
for kind in empty random cut linked; do
	another "$kind-manifest"
done
: >empty-manifest/Manifest.db
refused empty-manifest 'Manifest.db cannot be read at all'
awk 'BEGIN { for (i = 0; i < 4000; i++) print i * 7919 % 65521 }' \
    >random-manifest/Manifest.db
refused random-manifest 'Manifest.db cannot be read at all'
head -c 5000 clean/Manifest.db >cut-manifest/Manifest.db
refused cut-manifest 'Manifest.db cannot be read at all'
mv linked-manifest/Manifest.db manifest-elsewhere
ln -s ../manifest-elsewhere linked-manifest/Manifest.db
refused linked-manifest 'Manifest.db is missing'

# --- encrypted

cp -R "$root/samples/clean" spec
sed 's,<key>IsEncrypted</key>.*,<key>IsEncrypted</key><true/>,' \
    spec/manifest.plist.xml >spec/new && mv spec/new spec/manifest.plist.xml
"$mkbackup" spec decrypted || exit 1
cp -a decrypted encrypted
cp random-manifest/Manifest.db encrypted/Manifest.db
refused encrypted 'this backup is encrypted, and its keys cannot be had'
# A copy that another tool decrypted still has the mark.
check --json decrypted
ends 0 decrypted
verdict 'nothing found' decrypted

# --- damage that is a gap

another bad-info && echo 'no property list' >bad-info/Info.plist
gap bad-info Info.plist
another missing && rm "missing/$sms"
gap missing 'HomeDomain/Library/SMS/sms.db'
another damaged && head -c 3000 "clean/$sms" >"damaged/$sms"
gap damaged 'HomeDomain/Library/SMS/sms.db'

# --- evidence that points elsewhere.  Nothing outside is read: a link to a
# sound copy of the very file is as bad as one to a file of the system.

another link && rm "link/$sms" && ln -s /etc/passwd "link/$sms"
gap link 'it is a link or a device, not a plain file'
another link-inside && mv "link-inside/$sms" link-inside/real &&
    ln -s ../real "link-inside/$sms"
gap link-inside 'it is a link or a device, not a plain file'
another link-folder && mv link-folder/3d link-folder/real &&
    ln -s real link-folder/3d
gap link-folder 'it is a link or a device, not a plain file'
another pipe && rm "pipe/$sms" && mkfifo "pipe/$sms"
gap pipe 'it is a link or a device, not a plain file'
another folder && rm "folder/$sms" && mkdir "folder/$sms"
gap folder 'not a plain file'
# What the operator names may be a link.
ln -s clean named
check --json named
ends 0 named

# --- indicators

# No indicators: said at once, and never "nothing found".
"$OSTRAKON" check --json clean >out 2>says
status=$?
ends 2 'without indicators'
verdict incomplete 'without indicators'
has says 'no indicators' 'without indicators'
has out 'no indicators were loaded' 'without indicators'
"$OSTRAKON" check --json demo >out 2>says
status=$?
ends 1 'demo without indicators'
verdict suspicious 'demo without indicators'
# A bundle that is cut: what it gives is used, and the rest is missed.
head -c 3000 "$bundle" >cut.stix2
"$OSTRAKON" check -i cut.stix2 --json clean >out 2>says
status=$?
ends 2 'cut bundle'
verdict incomplete 'cut bundle'
has out 'cut.stix2' 'cut bundle'
echo '{}' >none.stix2
"$OSTRAKON" check -i none.stix2 --json clean >out 2>says
status=$?
ends 2 'a bundle of nothing'
verdict incomplete 'a bundle of nothing'
"$OSTRAKON" check -i cut.stix2 -i "$bundle" --json demo >out 2>says
status=$?
ends 1 'a cut bundle and a whole one'
verdict compromised 'a cut bundle and a whole one'
for what in nowhere.stix2 empty; do
	"$OSTRAKON" check -i "$what" -o left clean >out 2>says
	status=$?
	ends 3 "-i $what"
	[ "$(wc -l <says)" -eq 1 ] || fault "-i $what: not one line"
	[ ! -e left ] || fault "-i $what: an output folder is left"
done
OSTRAKON_INDICATORS=cut.stix2:$bundle "$OSTRAKON" check demo >out 2>says
status=$?
ends 1 'OSTRAKON_INDICATORS'
mkdir -p "$XDG_DATA_HOME/ostrakon/indicators"
cp "$bundle" "$XDG_DATA_HOME/ostrakon/indicators/"
"$OSTRAKON" check clean >out 2>says
status=$?
ends 0 'the default folder of indicators'

# --- the output folder

check -o result demo
ends 1 '-o'
[ "$(stat -c %a result result/records | tr '\n' ' ')" = '700 700 ' ] ||
    fault 'the output folders are not of mode 0700'
[ -z "$(find result -type f ! -perm 0600)" ] || fault 'a file is not 0600'
[ -z "$(find result ! -type f ! -type d)" ] || fault 'a file is no file'
[ -z "$(find result -name '*.part' -o -name '.*')" ] || fault 'half files'
check -o result demo
ends 3 'an output folder that is not empty'
has says 'must be new or empty' 'an output folder that is not empty'
check -o file clean
ends 3 '-o file'
[ ! -s file ] || fault '-o file: it was written over'
check -o no/such/folder clean
ends 3 '-o no/such/folder'
has says 'does not exist' '-o no/such/folder'
check -o clean/result clean
ends 3 'output inside the evidence'
has says 'inside the evidence' 'output inside the evidence'
[ ! -e clean/result ] || fault 'something was left in the evidence'
ln -s "$PWD/clean/3d" into-evidence
check -o into-evidence/result clean
ends 3 'output inside the evidence, by a link'
[ ! -e clean/3d/result ] || fault 'something was left in the evidence'
mkdir taken
check -o taken clean
ends 0 'an empty output folder'
[ -f taken/case.json ] || fault 'an empty output folder was not used'
check --json clean
cmp -s out taken/case.json || fault '--json is not what case.json holds'
if [ -c /dev/full ]; then
	"$OSTRAKON" check -i "$bundle" --json clean >/dev/full 2>says
	status=$?
	ends 3 'a full stdout'
fi

# --- several backups

mkdir several several/notes
cp -a clean several/00008101-A
cp -a demo several/00008101-B
: >several/notes/read.me
check --json several
ends 1 several
head -n 1 out | grep -q '^{"cases": \[$' || fault 'several: no {"cases": ['
[ "$(grep -c '^	"verdict": {$' out)" -eq 2 ] || fault 'several: not two cases'
check -o of-several several
ends 1 several
for one in A B; do
	[ -f "of-several/00008101-$one/case.json" ] || fault "no DIR/UDID $one"
	has out "several/00008101-$one" several
done
cp -a missing several/00008101-C
check several/00008101-A several/00008101-C
ends 2 'nothing found and incomplete'
check several
ends 1 'compromised and incomplete'
cp -a empty-manifest several/00008101-D
check --json several
ends 3 'one that cannot be examined'
has says 'several/00008101-D: Manifest.db' 'one that cannot be examined'
[ "$(grep -c '^	"verdict": {$' out)" -eq 3 ] || fault 'the others are missing'
check clean nowhere
ends 3 'one that is not there'
has out 'Verdict:' 'one that is not there'
mkdir bad
cp -a empty-manifest random-manifest bad
check -o left bad
ends 3 'none that can be examined'
[ ! -e left ] || fault 'none that can be examined: a folder is left'
# More than one run takes: none is left out in silence.
seq 1000 | sed 's,^,crowd/,' | xargs mkdir -p
seq 1000 | sed 's,.*,crowd/&/Manifest.db crowd/&/Info.plist,' | xargs touch
refused crowd 'too many backups'
# A parent with one backup is that backup.
mkdir single && cp -a clean single/00008101-E
check --json single
ends 0 single
head -n 1 out | grep -qx '{' || fault 'single: not one object'

# --- names

name=$(printf 'a b\n\033[2Jc\042d')
mkdir "$name" && cp -a clean "$name/e f"
check -o "$name/result" "$name/e f"
ends 0 'blanks and line ends in a path'
[ -f "$name/result/case.json" ] || fault 'no result at such a path'
check --json "$name"
ends 0 'a parent with such a name'
check "$name/nowhere"
ends 3 'such a path that is not there'
[ "$(wc -l <says)" -eq 1 ] || fault 'a line end in a name makes two lines'
if grep -q "$(printf '\033')" says; then
	fault 'a name moves the cursor'
fi
mkdir -- -dash && cp -a clean ./-dash/-backup
cd ./-dash || exit 2
"$OSTRAKON" check -i "$bundle" -- -backup >../out 2>../says
status=$?
cd .. || exit 2
ends 0 'an operand after --'

# --- options

"$OSTRAKON" check clean -i "$bundle" --json >out 2>says
status=$?
ends 0 'options after the operand'
"$OSTRAKON" check --indicators="$bundle" --jobs=1 clean --json >out2 2>says
status=$?
ends 0 'options around it, with ='
cmp -s out out2 || fault 'the order of options changes the result'
for words in '--bogus clean' '-x clean' '-j' '-j two clean' '--jobs=-1 clean' \
    '--lang xx clean' '--json=yes clean' ''; do
	# shellcheck disable=SC2086 # words
	check $words
	ends 3 "check $words"
	[ -s says ] || fault "check $words: says nothing"
	[ ! -s out ] || fault "check $words: something on stdout"
done
check -h
ends 0 -h
[ ! -s says ] || fault '-h: something on stderr'
"$OSTRAKON" nosuchverb >out 2>says
status=$?
ends 3 'a verb that is none'
"$OSTRAKON" >out 2>says
status=$?
ends 3 'no verb'

check --lang ru demo
ends 1 '--lang ru'
has out 'ВЗЛОМАН' '--lang ru'
has_not out 'Verdict' '--lang ru'
check --lang en demo
has out 'COMPROMISED' '--lang en'

# --redact hides her from what is handed on, and leaves case.json whole.
check --redact -o redacted demo
ends 1 --redact
for word in Mara Ellison '555-0100' DEMO00000001; do
	has_not out "$word" '--redact, text'
	has_not redacted/report.html "$word" '--redact, page'
done
for word in keyholderd vote-desk.example; do
	has out "$word" '--redact, text'
	has redacted/report.html "$word" '--redact, page'
done
cmp -s redacted/case.json result/case.json || fault '--redact changes case.json'

# Colour and a progress line: on a terminal only, and not if unwanted.
check demo
[ ! -s says ] || fault 'progress without a terminal'
if grep -q "$(printf '\033')" out; then
	fault 'colour without a terminal'
fi
# tty COMMAND: what it shows on a terminal.
tty() {
	script -q -e -c "$1" /dev/null </dev/null >shown
	status=$?
}
if command -v script >/dev/null; then
	command="'$OSTRAKON' check -i '$bundle' demo"
	colour=$(printf '\033[1;31m')
	tty "$command"
	ends 1 'on a terminal'
	has shown "$colour" 'on a terminal'
	has shown 'MB read; ios_sms' 'on a terminal'
	tr '\r' '\n' <shown | grep -a 'MB read' | sed 's/^.*\[K//' |
	    LC_ALL=C awk 'length($0) > 79 { long = 1 } END { exit long }' ||
	    fault 'a progress line is longer than a terminal is wide'
	tty "NO_COLOR=1 $command -q"
	ends 1 'NO_COLOR and -q'
	has_not shown "$(printf '\033')" 'NO_COLOR and -q'
	tty "$command --json"
	has_not shown "$colour" '--json on a terminal'
fi
[ "$faults" -eq 0 ]
