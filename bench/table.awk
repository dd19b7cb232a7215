# The measurements of bench/run (tab-separated, with a head) as one table.
#
# "per file" compares a case with the same case of the first set in which it
# was measured: 1.00 is a cost that grows as the number of files does.  All
# comparisons are of the best runs: noise only adds.

NR == 1 {
	form = "%-15s %8s  %-32s %8s %8s %8s %7s %8s %8s\n"
	printf form, "backup", "files", "case", "mean s", "min s", "cpu s",
	    "MiB", "out MB", "per file"
	next
}

{
	key = $3
	each = "-"
	if ($5 != "-" && $2 > 0 && $1 !~ /rounds|visits|encrypted/) {
		if (!(key in first))
			first[key] = $5 / $2
		else if (first[key] > 0)
			each = sprintf("%.2f", $5 / $2 / first[key])
	}
	best[$1, $3] = $5
	if ($3 == "verdict")
		verdicts[++nverdicts] = $1
	if ($10 != "-" && $10 >= 3)
		$4 = "exit " $10
	if ($1 != last)
		print ""
	last = $1
	printf form, $1, $2, $3, number($4, 3), number($5, 3),
	    $6 == "-" ? "-" : sprintf("%.3f", $6 + $7),
	    $8 == "-" ? "-" : sprintf("%.1f", $8 / 1024),
	    $9 == "-" ? "-" : sprintf("%.1f", $9 / 1000000), each
	if ($3 == "verdict" && $8 != "-") {
		if (!low || $8 + 0 < low)
			low = $8 + 0
		if ($8 + 0 > high)
			high = $8 + 0
	}
}

END {
	print ""
	for (i = 1; i <= nverdicts; i++) {
		name = verdicts[i]
		if (best[name, "verdict"] !~ /^[0-9]/)
			continue
		floor = best[name, "floor: sqlite3"]
		if (floor > 0)
			printf "%s: %.2f times what the sqlite3 shell takes\n",
			    name, best[name, "verdict"] / floor
		compare(name, name " 10k rounds", "encrypted, 10,000 rounds")
		compare(name, name " 10M rounds",
		    "encrypted, 10,000,000 rounds")
		compare(name, name " 1 %", "with 1 % redirects")
	}
	if (high)
		printf "memory of all verdicts: %.1f to %.1f MiB\n",
		    low / 1024, high / 1024
}

function number(text, digits)
{
	return text ~ /^[0-9]/ ? sprintf("%.*f", digits, text) : text
}

function compare(plain, with, what)
{
	if (!((with, "verdict") in best) || best[with, "verdict"] !~ /^[0-9]/)
		return
	printf "%s: %s costs %.2f times as much (%+.3f s)\n", plain, what,
	    best[with, "verdict"] / best[plain, "verdict"],
	    best[with, "verdict"] - best[plain, "verdict"]
}
