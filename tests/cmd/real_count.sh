#!/bin/sh
# The count on published results, where they lie beside the project: totals to
# the vote, what later annulments took away, what is known to be missing, and
# whole percentages.
set -u
results=$OSTRAKON_SHARED/elections
[ -f "$results/2018.csv.zip" ] || {
	echo "no results in $results"
	exit 77
}
faults=0
fault() {
	echo "$1"
	faults=$((faults + 1))
}
cd "$TEST_TMP" || exit 2

# count ARGUMENT...: into the file "json".
count() {
	"$OSTRAKON" election count --json "$@" >json 2>says
	status=$?
	[ "$status" -le 2 ] || fault "count $*: exit status $status: $(cat says)"
}
# value KEY: its first number in the JSON.
value() {
	sed -n "s/^[[:space:]]*\"$1\": \([0-9.]*\),*\$/\1/p" json | head -n 1
}
# is WHAT KEY NUMBER
is() {
	got=$(value "$2")
	[ "$got" = "$3" ] || fault "$1: $2 is $got, not $3"
}

# totals YEAR REGISTERED ISSUED VALID INVALID FOUND LEADER VOTES
totals() {
	count "$results/$1.csv.zip"
	is "$1" registered "$2"
	is "$1" issued "$3"
	is "$1" valid "$4"
	is "$1" invalid "$5"
	is "$1" found "$6"
	is "$1" "$7" "$8"
}
totals 2004 108064342 69581430 68925431 578847 69504278 \
    'Путин Владимир Владимирович' 49563020
is 2004 'Против всех' 2396550
totals 2011 109229337 65766594 64615252 1033438 65648690 \
    '6. Всероссийская политическая партия .*ЕДИНАЯ РОССИЯ.*' 32371737
totals 2016 110061200 52700992 51649253 982596 52631849 \
    '4. Всероссийская политическая партия .*ЕДИНАЯ РОССИЯ.*' 28527828
totals 2018 109008428 73629581 72787734 791258 73578992 \
    'Путин Владимир Владимирович' 56430712
totals 2020 107999611 73107907 72419056 604950 73024006 'ДА' 57071119
totals 2024 99764974 75219882 73980307 1177131 75157438 \
    'Путин Владимир Владимирович' 65246672
is 2024 counted 91946
is 2024 missing 2268

# With the remote votes; what the official figures have beyond them is the same
# in every line.
count "$results/2024.csv.zip" "$results/2024-electronic-voting.csv"
is 'both of 2024' registered 108199380
is 'both of 2024' issued 83385406
is 'both of 2024' found 83214246
rest=0
while read -r name official; do
	rest=$((rest + official - $(value "$name.*")))
done <<-END
	Путин 76277708
	Харитонов 3768470
	Даванков 3362484
	Слуцкий 2797629
END
valid=$((86206291 - $(value valid)))
if [ "$rest" -ne 4169181 ] || [ "$valid" -ne "$rest" ]; then
	fault "2024: the candidates lack $rest, the valid ballots $valid"
fi
[ $((113011059 - $(value registered))) -eq 4811679 ] ||
    fault '2024: another number of voters is missing'
[ $((1188570 - $(value invalid))) -eq 11434 ] ||
    fault '2024: another number of invalid ballots is missing'

# Stations whose results were annulled after the election of 2018.
unzip -qo "$results/2018.csv.zip"
{
	echo region,territory,station,reason
	sed -n '45559p; 45563p; 92554p; 92561p' 2018.csv |
	    awk -F , '{ print $1 "," $2 "," $3 ",annulled" }'
} >annulled.csv
count --annul annulled.csv --law ru-2003 --voting-day 2018-03-18 2018.csv
is annulled registered 109001306
is annulled valid 72782415
is annulled invalid 791217
is annulled 'Путин Владимир Владимирович' 56426519
is annulled annulled 4
grep -q '"inauguration": "2018-05-07"' json || fault 'another inauguration'

# Every single changed number breaks a relation, but the first line's.
for line in 100 20000 97000; do
	for column in 4 5 6 7 8 9 10 11 12 13 15; do
		awk -F , -v OFS=, -v line=$line -v column=$((column + 1)) '
		NR == line { $column = $column + 1 } { print }' 2018.csv |
		    sed -n "1p; ${line}p" >changed.csv
		count changed.csv
		[ "$status" -eq 1 ] ||
		    fault "line $line, column $column: no relation breaks"
	done
done

# Whole percentages: YEAR INCLUDED OBSERVED EXPECTED ANOMALY
anomaly() {
	"$OSTRAKON" election anomaly --json "$results/$1.csv.zip" >json
	is "$1" included "$2"
	is "$1" observed "$3"
	near "$1 expected" "$(value expected)" "$4"
	near "$1 anomaly" "$(value anomaly)" "$5"
}
near() {
	awk -v a="$2" -v b="$3" 'BEGIN { d = a - b
	    exit !(a != "" && d < 0.0006 && d > -0.0006) }' ||
	    fault "$1: $2, not $3"
}
anomaly 2004 85457 17393 16458.642 934.358
anomaly 2011 86718 17803 16800.433 1002.567
anomaly 2016 90357 19068 17569.591 1498.409
anomaly 2018 91152 19271 17562.402 1708.598
anomaly 2020 90633 21062 17456.964 3605.036
anomaly 2024 85345 19375 16441.318 2933.682
[ "$faults" -eq 0 ]
