# The election's part of bench/run: counts of invented countries, and of real
# results where they lie beside the project.
# shellcheck shell=sh

: "${build:?}" "${work:?}" "${table:?}"
shared=${OSTRAKON_SHARED:-../shared}/elections

# Any command of ours: its time and its memory.
#	ours SET NUMBER CASE ARGUMENT...
ours() {
	set_=$1 files=$2 case_=$3
	shift 3
	say "$set_: $case_"
	seen=$("$build/bench/peak" "$build/ostrakon" "$@" 2>"$work/log" |
	    tail -n 1) || seen='- - - - -'
	read -r peak _ _ _ status <<-END
	$seen
	END
	# shellcheck disable=SC2046 # four numbers
	row "$set_" "$files" "$case_" $(timed "$set_ $case_" \
	    "$build/ostrakon" "$@") "$peak" - "$status"
	rm -rf "$work/out"
}

# Thousands of stations, one file.
country() {
	file=$work/country-$1k.csv
	if [ ! -s "$file" ]; then
		say "makes $file"
		awk -v stations="${1}000" -f bench/country.awk >"$file.new"
		mv "$file.new" "$file"
	fi
	ours "country ${1}k" "${1}000" count election count --json \
	    --law ru-2003 --voting-day 2024-03-17 "$file"
	ours "country ${1}k" "${1}000" 'tables and report (-o)' \
	    election count --json -o "$work/out" "$file"
	ours "country ${1}k" "${1}000" anomaly election anomaly --json "$file"
	other "country ${1}k" "${1}000" 'floor: wc -l' wc -l "$file"
}

real() {
	have unzip || return 0
	for year in 2004 2011 2016 2018 2020 2024; do
		[ -s "$work/$year.csv" ] ||
		    unzip -qo "$shared/$year.csv.zip" -d "$work"
	done
	ours 2018 97699 count election count --json --law ru-2003 \
	    --voting-day 2018-03-18 "$work/2018.csv"
	ours 2018 97699 anomaly election anomaly --json "$work/2018.csv"
	cat >"$work/six.sh" <<-END
	for year in 2004 2011 2016 2018 2020 2024; do
		'$build/ostrakon' election count --json "$work/\$year.csv"
	done
	END
	cat >"$work/six-zips.sh" <<-END
	for year in 2004 2011 2016 2018 2020 2024; do
		'$build/ostrakon' election count --json \
		    '$shared'/\$year.csv.zip
	done
	END
	cat >"$work/six-unzip.sh" <<-END
	for year in 2004 2011 2016 2018 2020 2024; do
		unzip -p '$shared'/\$year.csv.zip
	done
	END
	other 'six years' 576643 'count, unpacked' sh "$work/six.sh"
	other 'six years' 576643 'count, from the zips' sh "$work/six-zips.sh"
	other 'six years' 576643 'floor: unzip -p' sh "$work/six-unzip.sh"
}

elections() {
	for thousands in ${BENCH_STATIONS-100 1000}; do
		country "$thousands"
	done
	[ ! -d "$shared" ] || real
}
