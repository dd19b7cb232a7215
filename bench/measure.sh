# How bench/run measures one case.
# shellcheck shell=sh

# BUILD, the folder for data, runs of each case, and the file with the results.
: "${build:?}" "${work:?}" "${runs:?}" "${table:?}"
missing=

say() {
	printf 'bench: %s\n' "$*" >&2
}

# Whether a tool is there; one that is missing is named, once.
have() {
	command -v "$1" >/dev/null && return 0
	case " $missing " in
	*" $1 "*) ;;
	*)
		missing="$missing $1"
		say "$1 is not installed: what needs it is left out"
		;;
	esac
	return 1
}

# One line of the table: set, files, case, mean, min, user, system (s), peak
# (KiB), output (bytes), exit status; "-" is not measured.
row() {
	printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>"$table"
}

# Words as one command line for hyperfine, which splits it again.
quoted() {
	for word; do
		printf "'%s' " "$word"
	done
}

# Seconds of a command: "mean min user system"; the JSON is kept.
timed() {
	name=$1
	shift
	if ! have hyperfine; then
		echo '- - - -'
		return
	fi
	file=$work/json/$(printf %s "$name" | tr -c 'A-Za-z0-9\n' '-')
	hyperfine -N --style none --warmup 1 --runs "$runs" --ignore-failure \
	    --prepare "rm -rf '$work/out'" --command-name x \
	    --export-json "$file.json" --export-csv "$work/times.csv" \
	    "$(quoted "$@")" >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		echo '- - - -'
		return
	}
	awk -F , 'NR == 2 { printf "%.4f %.4f %.4f %.4f\n", $2, $7, $5, $6 }' \
	    "$work/times.csv"
}

# A check: first once for its memory, its output and its exit status (which
# also warms the cache), then for its time.  One that cannot check is told.
#	check SET FILES CASE ARGUMENT...
check() {
	set_=$1 files=$2 case_=$3
	shift 3
	say "$set_: $case_"
	rm -rf "$work/out"
	seen=$("$build/bench/peak" "$build/ostrakon" check -q "$@" \
	    2>"$work/log") || seen='- - - - -'
	read -r peak _ _ unreadable status <<-END
	$seen
	END
	size=$([ ! -d "$work/out" ] || du -sb "$work/out" | cut -f 1)
	if [ "$unreadable" != 0 ]; then
		say "not every process could be looked at: its peak is too low"
	fi
	if [ "$status" = - ] || [ "$status" -ge 3 ]; then
		say "exit status $status: $(tail -n 1 "$work/log")"
		row "$set_" "$files" "$case_" - - - - - - "$status"
		return
	fi
	# shellcheck disable=SC2046 # four numbers
	row "$set_" "$files" "$case_" $(timed "$set_ $case_" \
	    "$build/ostrakon" check -q "$@") "$peak" "${size:--}" "$status"
	rm -rf "$work/out"
}

# Anything else: only its time.
other() {
	set_=$1 files=$2 case_=$3
	shift 3
	say "$set_: $case_"
	# shellcheck disable=SC2046 # four numbers
	row "$set_" "$files" "$case_" $(timed "$set_ $case_" "$@") - - -
}

# The table for people, and what follows from it.
show() {
	awk -F '\t' -f bench/table.awk "$table"
}
