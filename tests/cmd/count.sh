#!/bin/sh
# ostrakon election count, from outside: small invented results, every way of
# giving them, and everything that must not be counted in silence.
set -u
root=$PWD
faults=0
fault() {
	echo "$1"
	faults=$((faults + 1))
}
cd "$TEST_TMP" || exit 2

# count STATUS WORD...: what it prints in out, what it says in says.
count() {
	want=$1
	shift
	"$OSTRAKON" election count "$@" >out 2>says </dev/null
	status=$?
	[ "$status" -eq "$want" ] ||
	    fault "count $*: exit status $status, not $want: $(cat says)"
}
# has TEXT FILE
has() {
	grep -qF -e "$1" "$2" || fault "no '$1' in $2: $(head -n 6 "$2")"
}
hasnt() {
	! grep -qF -e "$1" "$2" || fault "'$1' in $2"
}
# refuses TEXT WORD...: nothing is counted, and this is why.
refuses() {
	text=$1
	shift
	count 3 "$@"
	has "$text" says
	[ ! -s out ] || fault "count $*: something was counted"
}
# number KEY: the first of that name in the JSON.
number() {
	sed -n "s/^[[:space:]]*\"$1\": \(-\{0,1\}[0-9]*\),*\$/\1/p" out |
	    head -n 1
}
# is KEY NUMBER
is() {
	got=$(number "$1")
	[ "$got" = "$2" ] || fault "$1 is $got, not $2"
}

names='region,territory,polling station,registered,ballots cast,valid,invalid'
names=$names,'Ann Roe,Bob Poe'
# table FILE ROW...
table() {
	file=$1
	shift
	printf '%s\n' "$names" "$@" >"$file"
}
table north.csv 'North,Ash,1,1200,800,790,10,500,290' \
    'North,Ash,2,900,700,690,10,300,390' 'North,Oak,1,500,400,395,5,200,195'
table south.csv 'South,Elm,1,700,600,590,10,400,190' \
    'South,Elm,2,800,,,,,' 'South,Elm,3,800,500,490,10,300,190'
# A row is empty or it is not.
refuses 'south.csv: line 3, column 17: an empty cell in a row that has numbers' \
    south.csv
table south.csv 'South,Elm,1,700,600,590,10,400,190' 'South,Elm,2,,,,,,' \
    'South,Elm,3,800,500,490,10,300,190'
before=$(cat north.csv south.csv | cksum; stat -c %Y.%Z north.csv south.csv)

# --- several files, zip, standard input, separators -------------------------

count 0 --json north.csv south.csv
for pair in registered:4100 found:3000 valid:2955 invalid:45 counted:5 \
    missing:1 broken:0 annulled:0; do
	is "${pair%:*}" "${pair#*:}"
done
has '"Ann Roe": 1700' out
has '"Bob Poe": 1255' out
has '"kind": "not_applicable"' out
"$OSTRAKON" election count --json north.csv south.csv >again
cmp -s out again || fault 'two runs, two texts'
cp out whole

# The same in other clothes: the numbers do not change.
sums() {
	sed -n '/"totals"/,/^	}/p; /"stations": {/,/^	}/p' "$1"
}
same() {
	count 0 --json "$@"
	[ "$(sums out)" = "$(sums whole)" ] || fault "other numbers: $*"
}
same south.csv north.csv
tr , ';' <north.csv >north.txt
tr , '\t' <south.csv | sed 's/$/\r/; 1s/^/\xef\xbb\xbf/' >south.dat
same north.txt south.dat
{ cat north.csv; sed 1d south.csv; } >all.csv
same all.csv
"$OSTRAKON" election count --json - <all.csv >out 2>says ||
    fault "standard input: $(cat says)"
[ "$(sums out)" = "$(sums whole)" ] || fault 'other numbers: standard input'
# shellcheck disable=SC2002 # a pipe is meant
cat all.csv | "$OSTRAKON" election count --json - >out 2>says ||
    fault "a pipe: $(cat says)"
[ "$(sums out)" = "$(sums whole)" ] || fault 'other numbers: a pipe'
if command -v zip >/dev/null; then
	mkdir -p box/in
	cp north.csv box
	cp south.csv box/in/south
	(cd box && zip -qr ../both.zip .) || fault 'no zip'
	same both.zip
	zip -q one.zip north.csv
	same south.csv one.zip
	refuses 'one.zip: line 2, column 1: this station stands twice' \
	    north.csv one.zip
	refuses 'this station stands twice' both.zip south.csv
	: >box/none.csv
	(cd box && zip -qr ../none.zip .)
	refuses 'none.zip: line 1: none.csv: no header row' none.zip
	zip -q nested.zip one.zip
	refuses 'nested.zip: an archive within an archive' nested.zip
	zip -q -P secret locked.zip north.csv
	refuses 'locked.zip: it is encrypted' locked.zip
	head -c 150 one.zip >cut.zip
	refuses 'cut.zip: no directory of a zip archive' cut.zip
fi

# --- what would be counted twice --------------------------------------------

cp north.csv copy.csv
refuses 'copy.csv: line 2, column 1: this station stands twice' north.csv copy.csv
table twice.csv 'North,Ash,1,1200,800,790,10,500,290' \
    'North,Ash,01,1200,800,790,10,500,290'
refuses 'twice.csv: line 3, column 1: this station stands twice, and is written '"\
in another way: \"1\" in line 2" twice.csv
table twice.csv 'North,Ash,1,1200,800,790,10,500,290' \
    'north,Ash,1,1200,800,790,10,500,290'
refuses 'line 3, column 1: this region is written in another way' twice.csv
table sum.csv 'North,Ash,1,1200,800,790,10,500,290' \
    'North,Ash,2,900,700,690,10,300,390' 'North,Ash,,2100,1500,1480,20,800,680'
refuses 'sum.csv: line 4, column 1: this row has the sums of all others' sum.csv
table sum.csv 'North,Ash,1,1200,800,790,10,500,290' \
    'Total,,,1200,800,790,10,500,290'
refuses 'sum.csv: line 3, column 1: a row of sums, and no station: "Total"' \
    sum.csv
printf 'region,registered,Ann,Bob\nNorth,900,300,200\n' >post.csv
cp post.csv again.csv
refuses 'again.csv: line 2, column 1: a row without the name of a station' \
    post.csv again.csv

# --- columns ----------------------------------------------------------------

# column NAME WHY: one more column, in front of the candidates.
column() {
	printf 'region,precinct,registered,%s,Ann Roe,Bob Poe\n%s\n' "$1" \
	    'North,1,900,400,300,100' >column.csv
	refuses "column.csv: line 1, column 28: $2" column.csv
}
column precinct_id 'a column that the profile does not know: "precinct_id"'
column Population 'a column that the profile does not know: "Population"'
column 'turnout %' 'a column that the profile does not know: "turnout %"'
column '' 'a column that the profile does not know: ""'
column registered_voters 'a second column for the same: "registered_voters"'
printf 'region,Ann Roe,ANN ROE\nNorth,1,2\n' >column.csv
refuses 'line 1, column 16: a candidate who stands there already' column.csv
printf 'region,registered,invalid,Ann\nNorth,9,1,8\n' >a.csv
printf 'region,registered,Ann\nSouth,9,8\n' >b.csv
refuses 'b.csv: line 1: the figures need a line that only the files before' \
    a.csv b.csv
printf 'region,registered,invalid,Ann,Cid\nSouth,9,1,8,0\n' >b.csv
refuses 'line 1, column 31: a candidate that the files before do not have' \
    a.csv b.csv

# --- cells ------------------------------------------------------------------

# cell TEXT WHY
cell() {
	printf '%s\nN,A,1,%s,80,70,10,60,10\n' "$names" "$1" >cell.csv
	refuses "cell.csv: line 2, column 7: $2" cell.csv
}
cell -5 'a negative number: "-5"'
cell +5 'a number with a sign: "+5"'
cell 1.5 'a number with a fraction or with separators: "1.5"'
cell '"1,200"' 'a number with a fraction or with separators: "1,200"'
cell '1 200' 'a number with blanks in it: "1 200"'
cell ' 5' 'blanks around a number: " 5"'
cell 80% 'a percentage, and no number: "80%"'
cell 3000000000 'an absurdly large number: "3000000000"'
cell n/a 'not a number: "n/a"'
printf '%s\nN,A,1,100,80,70,10,60,10,\n' "$names" >cell.csv
refuses 'line 2, column 26: more fields than in the first row' cell.csv
printf 'region,Ann,Bob\nN,"1"2,3\n' >cell.csv
refuses 'line 2, column 6: text after a closing quote' cell.csv
printf 'region,Ann,Bob\n\320\241\345\342,1,2\n' >cell.csv
refuses 'line 2, column 3: bytes that are not UTF-8' cell.csv
printf 'region,Ann,Bob\n\033[31mred,-1,2\n' >cell.csv
refuses 'line 2, column 10: a negative number' cell.csv
: >cell.csv
refuses 'cell.csv: line 1: no header row' cell.csv
mkdir -p folder
refuses 'folder: this is a folder' folder
refuses 'nowhere.csv: no such file or folder' nowhere.csv

# --- controls ---------------------------------------------------------------

table broken.csv 'North,Ash,1,1200,800,790,10,500,290' \
    'North,Ash,2,900,700,690,10,300,391'
count 1 --json broken.csv
is counted 1
is broken 1
is valid 790
has 'valid (690) = votes (691): 690 is not 691' out
count 1 --accept-broken --json broken.csv
is counted 2
is broken 0
is valid 1480

# --- lists ------------------------------------------------------------------

printf '%s\n' 'region,territory,polling station,reason' \
    'North,Ash,2,a court' 'North,Ash,7,nobody' >annul.csv
count 0 --annul annul.csv --json north.csv
is counted 2
is annulled 1
is registered 1700
count 0 --annul annul.csv north.csv
has 'North / Ash / 2: 900 registered voters, 700 ballots; a court' out
has 'ATTENTION: 1 station of the list of annulled ones is not in the results' \
    out
has 'North / Ash / 7' out
# The words of another language make no other list.
sed '1s/.*/region,tik,uik,reason/' annul.csv >annul_ru.csv
count 0 --annul annul_ru.csv --json north.csv
is annulled 1
printf 'name,reason\nAsh,x\n' >bad.csv
refuses 'bad.csv: line 1, column 1: no columns of a list of stations' \
    --annul bad.csv north.csv

# So many voters are missing that they could change it; or so few that not.
printf '%s\n' 'region,territory,polling station,registered' \
    'North,Ash,1,1200' 'North,Ash,2,900' 'North,Oak,1,500' 'North,Oak,2,300' \
    >stations.csv
count 2 --law fr --stations stations.csv --json north.csv
has '"kind": "pending"' out
is missing 1
count 0 --law fr --stations stations.csv --final --json north.csv
has '"kind": "elected"' out
has '"winner": "Ann Roe"' out
sed '$s/300/5/' stations.csv >few.csv
count 0 --law fr --stations few.csv --json north.csv
has '"winner": "Ann Roe"' out
printf 'North,Ash,1,1200\n' >>few.csv
refuses 'few.csv: line 6, column 1: this station is listed twice' \
    --stations few.csv north.csv

# --- versions ---------------------------------------------------------------

printf '%s,version,reason\n%s\n%s\n%s\n' "$names" \
    'North,Ash,1,1200,800,790,10,500,290,,' \
    'North,Ash,2,900,700,690,10,300,390,,' \
    'North,Ash,1,1200,800,790,10,400,390,2,a recount' >versions.csv
count 0 --json versions.csv
is counted 2
has '"Ann Roe": 700' out
has 'a recount' out
printf '%s,version\n%s\n%s\n' "$names" \
    'North,Ash,1,1200,800,790,10,500,290,recount' \
    'North,Ash,1,1200,800,790,10,400,390,correction' >versions.csv
refuses 'two versions of one protocol, and nothing says which is the later' \
    versions.csv

# --- output -----------------------------------------------------------------

count 0 -o result north.csv south.csv
for name in stations.csv territories.csv regions.csv country.csv count.json \
    report.html; do
	[ "$(stat -c %a "result/$name")" = 600 ] || fault "$name: its mode"
	[ -s "result/$name" ] || fault "$name is empty"
done
[ "$(stat -c %a result)" = 700 ] || fault 'the mode of the folder'
[ "$(find result -type f | wc -l)" -eq 6 ] || fault "in it: $(ls -A result)"
"$OSTRAKON" election count -o result2 north.csv south.csv >/dev/null
diff -r result result2 || fault 'two runs, two results'
# Every level adds up to the next.
column_of() {
	awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++)
	    if ($i == name) k = i; next } { sub(/\r/, ""); n += $k }
	    END { print n }' "result/$2"
}
for line in registered valid 'Ann Roe'; do
	want=$(column_of "$line" country.csv)
	for level in regions territories stations; do
		got=$(column_of "$line" "$level.csv")
		[ "$got" = "$want" ] || fault "$level: $line is $got, not $want"
	done
done
# What was written is results, too.
count 0 --json result/stations.csv
[ "$(sums out)" = "$(sums whole)" ] || fault 'stations.csv counts otherwise'
count 0 --annul annul.csv -o without north.csv
refuses 'line 3, column 16: an annulled station stands among results' \
    without/stations.csv
refuses 'result: the folder is not empty' -o result north.csv
mkdir empty
count 0 -o empty north.csv
[ -s empty/count.json ] || fault 'an empty folder was not taken'
refuses 'stands twice' -o bad north.csv copy.csv
[ ! -e bad ] || fault 'a folder without results'
refuses 'nowhere' -o nowhere/bad north.csv

refuses 'give --voting-day' --nist nist.json north.csv
[ ! -e nist.json ] || fault 'a NIST file without a day'
count 0 --nist nist.json --voting-day 2024-03-17 north.csv south.csv
[ "$(stat -c %a nist.json)" = 600 ] || fault 'the mode of the NIST file'
count 0 --json nist.json
is registered 4100
has '"Ann Roe": 1700' out
refuses 'nist.json: File exists' --nist nist.json -o bad \
    --voting-day 2024-03-17 north.csv
[ ! -e bad ] || fault 'a folder was left'
refuses 'stands twice' --nist bad.json --voting-day 2024-03-17 north.csv \
    copy.csv
[ ! -e bad.json ] || fault 'a NIST file was left'

if [ -c /dev/full ]; then
	for way in '' --json; do
		# shellcheck disable=SC2086 # a word or none
		"$OSTRAKON" election count $way north.csv >/dev/full 2>says
		[ $? -eq 3 ] || fault 'a full disk was not noticed'
		has 'writing to stdout failed' says
	done
fi
if [ "$(id -u)" -ne 0 ]; then
	mkdir -p locked
	chmod 500 locked
	refuses 'locked/out: not permitted' -o locked/out north.csv
	chmod 700 locked
fi
(
	ulimit -f 1
	"$OSTRAKON" election count -o full north.csv >out 2>says
)
[ $? -eq 3 ] || fault "a file that may not grow: $(cat says)"
[ ! -e full ] || fault "left behind: $(ls -A full)"

# --- being stopped ----------------------------------------------------------

awk -v names="$names" 'BEGIN { print names; for (i = 400000; i > 0; i--)
    printf "R%d,T%d,%d,1200,800,790,10,500,290\n", i % 7, i % 900, i }' >many.csv
for signal in INT TERM HUP; do
	(
		trap - "$signal"
		exec "$OSTRAKON" election count -o out.d --nist out.json \
		    --voting-day 2024-03-17 many.csv
	) >out 2>says &
	pid=$!
	while [ ! -d out.d ] && kill -0 "$pid" 2>/dev/null; do :; done
	kill -s "$signal" "$pid" 2>/dev/null
	wait "$pid"
	status=$?
	# It may have been done already, or cannot hear (INT, of a script).
	if [ "$status" -eq 3 ]; then
		has interrupted says
		[ ! -e out.d ] || fault "$signal: left: $(ls -A out.d)"
		[ ! -e out.json ] || fault "$signal: half a NIST file"
	elif [ ! -s out.d/count.json ] || [ ! -s out.json ]; then
		fault "$signal: exit status $status: $(cat says)"
	fi
	rm -rf out.d out.json
done
rm many.csv

# --- profiles ---------------------------------------------------------------

# shellcheck disable=SC2016 # marks of the text
sed -n '/^```yaml$/,/^```$/p' "$root/docs/results.md" | sed '1d; /^```$/,$d' \
    >isle.yaml
cat >isle.csv <<'END'
Isle,Polling place,Voters on the roll,Ballots found,Void,Remarks,Ann Roe,None of the above
West,1,1000,800,10,fine,500,290
West,2,900,700,10,,300,390
END
count 0 --profile isle.yaml --json isle.csv
is registered 1900
has '"Ann Roe": 800' out
printf 'Isle,Share %%,Ann Roe\nWest,50,1\n' >share.csv
refuses 'line 1, column 6: a column that the profile does not know' \
    --profile isle.yaml share.csv
# profile TEXT WHY
profile() {
	printf 'profile: x\n%s\n' "$1" >x.yaml
	refuses "x.yaml: line $2" --profile x.yaml north.csv
}
profile 'columns: [{is: regoin, header: a}]' '2, column 16: not a kind of column'
profile 'columns: [{is: region, heder: a}]' '2, column 24: "heder" is not known'
profile "columns: [{is: region, pattern: '('}]" '2, column 33: pattern: missing'
profile 'columns: [{is: region, header: []}]' '2, column 32: a text or a list'
profile "columns: []
against-all: ''" '3, column 14: a regular expression'
profile 'columns: [{line: a, header: a}]
figures: {valid: a + 5}' '3, column 18: a figure is made of lines'
profile 'columns: [{line: a, header: a}]
relations: [{id: A, kind: hard, text: a = b}]' \
    '3, column 39: no column is the line "b"'
refuses 'nobody: no candidate' --leader nobody north.csv
count 0 --leader Bob north.csv

# --- the anomaly reads the same ---------------------------------------------

"$OSTRAKON" election anomaly north.csv south.csv >out 2>says ||
    fault "anomaly: $(cat says)"
"$OSTRAKON" election anomaly north.csv copy.csv >out 2>says
[ $? -eq 3 ] || fault 'anomaly of a file that stands twice'
"$OSTRAKON" election anomaly --leader nobody north.csv >out 2>says
[ $? -eq 3 ] || fault 'anomaly for nobody'

now=$(cat north.csv south.csv | cksum; stat -c %Y.%Z north.csv south.csv)
[ "$now" = "$before" ] || fault 'the results were changed'
[ "$faults" -eq 0 ]
