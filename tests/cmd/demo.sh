#!/bin/sh
# The demonstration finds what was planted and nothing else, gives the same
# bytes every time, and leaves the evidence as it was.
#
# samples/demo/expected.txt is the gist of its case.json (case.awk).  After a
# change that is meant:
#
#	make demo
#	awk -f tests/cmd/case.awk build/demo/result/case.json \
#	    >samples/demo/expected.txt
#
# and read the difference.
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
mkdir first second third fourth
"$mkbackup" "$root/samples/demo" first/backup || exit 1

# sums FOLDER: every file with its bytes, mode and times.
sums() (
	cd "$1" || exit 2
	find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2
	find . -printf '%p %M %s %T@ %l\n' | LC_ALL=C sort
)
# check FOLDER OPTION...: into FOLDER/result.
check() {
	folder=$1
	shift
	"$OSTRAKON" check -i "$bundle" -o "$folder/result" "$@" \
	    "$folder/backup" >"$folder/text" 2>"$folder/says"
	status=$?
	[ "$status" -eq 1 ] || fault "check $*: exit status $status"
	[ ! -s "$folder/says" ] || fault "check $* says: $(cat "$folder/says")"
}

sums first/backup >before
check first -j 1
sums first/backup >after
diff before after || fault 'the evidence changed'

awk -f "$root/tests/cmd/case.awk" first/result/case.json >gist
diff "$root/samples/demo/expected.txt" gist || fault 'not what is expected'

# Elsewhere, with two workers, from evidence that nobody may write to.
cp -a first/backup second/backup
chmod -R a-w second/backup
check second -j 2
chmod -R u+w second/backup
cp -a first/backup third/backup
check third -j 1
for other in second third; do
	for file in case.json report.html timeline.csv timeline.jsonl records
	do
		diff -r "first/result/$file" "$other/result/$file" >/dev/null ||
		    fault "$other: $file is not the same"
	done
	sed "s,$other/,first/," "$other/text" | cmp -s - first/text ||
	    fault "$other: the text is not the same"
done

# Who examined it stands in the page for people and in custody.json, and
# changes nothing else.
cp -a first/backup fourth/backup
check fourth --examiner 'A. Nyberg' --note 'handed in by her'
for file in case.json timeline.csv timeline.jsonl records; do
	diff -r "first/result/$file" "fourth/result/$file" >/dev/null ||
	    fault "an examiner changes $file"
done
for file in report.html custody.json; do
	for word in 'A. Nyberg' 'handed in by her'; do
		grep -q "$word" "fourth/result/$file" ||
		    fault "$file does not hold: $word"
	done
done

# custody.json has the true sum of every file beside it.
sed -n 's/^\t\t\t"file": "\(.*\)",$/\1/p' fourth/result/custody.json >files
sed -n 's/^\t\t\t"sha256": "\(.*\)".*$/\1/p' fourth/result/custody.json >hashes
paste -d '\n' hashes files | sed 'N;s/\n/  /' >sums
[ "$(wc -l <sums)" -gt 20 ] || fault 'custody.json names few files'
(cd fourth/result && sha256sum --quiet -c ../../sums) ||
    fault 'custody.json has a wrong sum'
(cd fourth/result && find . -type f ! -name custody.json) | sed 's,^\./,,' |
    LC_ALL=C sort >there
LC_ALL=C sort files | diff - there || fault 'custody.json does not name all'

# Every time of the timeline can be read, and none is before the one above it.
sed -n 's/.*"datetime":"\([^"]*\)".*/\1/p' first/result/timeline.jsonl >when
[ "$(wc -l <when)" -eq "$(wc -l <first/result/timeline.jsonl)" ] ||
    fault 'a line of the timeline has no time'
LC_ALL=C sort -c when || fault 'the timeline is not in order'

# The demonstration itself: it ends well, says where the results lie, and can
# be run again over what it left.
cp -a "$(dirname "$OSTRAKON")/ostrakon" "$mkbackup" . || exit 1
for run in 1 2; do
	"$root/samples/demo.sh" "$PWD" >said 2>&1 ||
	    fault "run $run of the demonstration: $(tail -n 1 said)"
done
for word in 'Verdict: COMPROMISED' demo/result/report.html \
    demo/result/case.json; do
	grep -q "$word" said || fault "the demonstration does not say $word"
done
cmp demo/result/case.json first/result/case.json ||
    fault 'the demonstration gives another case.json'
# What README.md shows is what is seen: the same lines in the same order, and
# what is left out is marked.
cp said seen
awk '/^```$/ { inside = 0 } inside || /^\$ ostrakon check/ {
	inside = 1
	print
}' "$root/README.md" >readme
[ "$(wc -l <readme)" -gt 20 ] || fault 'README.md shows no session'
awk -v build="$PWD" '
{ gsub(build, "build") }
FNR == NR { seen[++n] = $0; next }
$0 == "…" { left_out = 1; next }
{
	do
		at++
	while (left_out && at <= n && seen[at] != $0)
	if (FNR == 1)
		for (at = 1; at <= n && seen[at] != $0; at++)
			;
	if (seen[at] != $0) {
		print "README.md shows what is not seen: " $0
		exit 1
	}
	left_out = 0
}' seen readme || fault 'README.md shows another session than the true one'
number=$("$OSTRAKON" artifacts | wc -l)
grep -q "today's $number artifacts" "$root/README.md" ||
    fault "README.md does not say that there are $number artifacts"
# It does not take a failure for a success.
printf '#!/bin/sh\nexit 0\n' >ostrakon
"$root/samples/demo.sh" "$PWD" >said 2>&1 &&
    fault 'the demonstration is content with nothing found'
[ "$faults" -eq 0 ]
