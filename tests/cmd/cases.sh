#!/bin/sh
# ostrakon election count --from-totals: every row of the table of real
# elections comes out as it did; the day of the next voting and of the
# inauguration is the one that the law fixes, or lies within the window that is
# printed.
#
# What happened besides the figures is given as events, as it would be known to
# who asks; the rest is in the row.
set -u
root=$PWD
faults=0
fault() {
	echo "$1"
	faults=$((faults + 1))
}

table=$OSTRAKON_SHARED/elections/cases.csv
[ -f "$table" ] || { echo 'the table of cases is not here'; exit 77; }
cd "$TEST_TMP" || exit 2

# The events of a row.
events_of() {
	case $1 in
	UA-2004-2) echo --event=annulled-round:2004-12-03 ;;
	AT-2016-2) echo --event=annulled-round:2016-07-01 ;;
	RO-2024-1) echo --event=annulled-all:2024-12-06 ;;
	esac
}
# The member KEY of the file json, one of those at the depth of the outcome: a
# text, true, false or null.
member() {
	sed -n "s/^\t\t\"$1\": \"\\{0,1\\}\\([^\",]*\\)\"\\{0,1\\},\\{0,1\\}\$/\\1/p" json
}
# Both ends of a window, as "FROM UNTIL".
window() {
	awk -v key="\"$1\": {" 'index($0, key) { on = 1 }
	    on && /"(from|until)":/ { gsub(/[",]/, ""); printf "%s ", $2 }
	    /^\t\t}/ { on = 0 }' json
}
# Whether one day is not after the other; null is no day.
in_order() {
	case " $1 $2 " in *' null '*) return 0 ;; esac
	[ "$(printf '%s\n' "$1" "$2" | LC_ALL=C sort | head -n 1)" = "$1" ]
}
# lies DAY KEY WINDOW ID: the day is the one, or in the window.
lies() {
	day=$1 said=$(member "$2")
	[ -n "$day" ] || return 0
	if [ "$said" != null ]; then
		[ "$said" = "$day" ] || fault "$4: $2 $said, not $day"
		fixed=$((fixed + 1))
		return
	fi
	key=$2 case=$4
	# shellcheck disable=SC2046 # two words
	set -- $(window "$3")
	[ $# -eq 2 ] || { fault "$case: $key has no window"; return; }
	[ "$1 $2" != 'null null' ] || fault "$case: $key: a window without ends"
	if ! in_order "$1" "$day" || ! in_order "$day" "$2"; then
		fault "$case: $key: $day is not from $1 until $2"
	fi
	windows=$((windows + 1))
}

rows=0 fixed=0 windows=0
sed 1d "$table" >rows.csv
while IFS=, read -r id law round date registered cast valid invalid c1 v1 \
    c2 v2 c3 v3 against outcome next inauguration source; do
	rows=$((rows + 1))
	# shellcheck disable=SC2046 # options are words
	"$OSTRAKON" election count --from-totals "$id" --json \
	    $(events_of "$id") "$table" >json 2>says
	status=$?
	kind=$(member kind) scope=$(member scope)
	unopposed=$(member unopposed)
	case $outcome in
	elected) want="elected null false" ;;
	elected_unopposed) want="elected null true" ;;
	failed_turnout) want="repeat null false" ;;
	annulled_round) want="annulled round false" ;;
	annulled_all) want="annulled all false" ;;
	*) want="$outcome null false" ;;
	esac
	[ "$kind $scope $unopposed $status" = "$want 0" ] ||
	    fault "$id: $kind $scope $unopposed, not $want ($status," \
	    "$(cat says))"
	winner=$(member winner)
	case $outcome in
	elected*) first=$c1
		# The elected has most votes, whichever comes first.
		if [ -n "$v2" ] && [ "$v2" -gt "$v1" ]; then first=$c2; fi
		[ "$winner" = "$first" ] ||
		    fault "$id: $winner is elected, not $first" ;;
	runoff)
		[ "$(tr -d '\t\n' <json |
		    sed 's/.*"between": \[\([^]]*\)\].*/\1/')" = \
		    "\"$c1\",\"$c2\"" ] ||
		    fault "$id: not between $c1 and $c2" ;;
	esac
	[ -z "$next" ] || lies "$next" date date_window "$id"
	[ -z "$inauguration" ] ||
	    lies "$inauguration" inauguration inauguration_window "$id"
	# The same, told: the day or the window is there, and what rests on
	# memory says so.
	# shellcheck disable=SC2046 # options are words
	"$OSTRAKON" election count --from-totals "$table:$id" \
	    $(events_of "$id") >text 2>>says
	[ "$(member unverified)" = true ] &&
	    ! grep -q '\[unverified\]' text &&
	    fault "$id: the text does not say that it is unverified"
	# The decision does not see what the row says of it.
	row="X,$law,$round,$date,$registered,$cast,$valid,$invalid,$c1,$v1,$c2"
	row="$row,$v2,$c3,$v3,$against,runoff,1999-09-09,1999-09-09,$source"
	# shellcheck disable=SC2046 # options are words
	"$OSTRAKON" election count --from-totals "$row" $(events_of "$id") \
	    --json >json2 2>>says
	cmp -s json json2 || fault "$id: it depends on the answer in the row"
done <rows.csv

[ "$rows" -ge 45 ] || fault "only $rows rows were read"
[ "$fixed" -ge 15 ] || fault "only $fixed days are fixed"
[ "$windows" -ge 15 ] || fault "only $windows windows are printed"
cd "$root" && [ "$faults" -eq 0 ]
