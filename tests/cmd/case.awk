# The gist of a case.json, a line a fact: what a test can hold against a file.
# Reads the tabs that Ostrakon writes: one key a line.
function value(line) {
	sub(/^[^:]*: /, "", line)
	sub(/,$/, "", line)
	gsub(/^"|"$/, "", line)
	return line
}
function key(line) {
	gsub(/^\t+"|".*$/, "", line)
	return line
}
{
	depth = match($0, /[^\t]/) - 1
	k = key($0)
}
depth == 1 && /^\t"/ { section = k }
section == "verdict" && k == "verdict" && depth == 2 { print "verdict", value($0) }
section == "findings" {
	if (depth == 2 && /{$/)
		indicator = matched = ""
	else if (depth == 3)
		f[k] = value($0)
	else if (depth == 4 && (k == "row" || k == "member"))
		f[k] = value($0)
	else if (depth == 4 && k == "value" && indicator == "")
		indicator = value($0)
	else if (depth == 2) {
		print "finding", f["level"], f["strength"], f["rule"]
		print "  in", f["artifact"] ", row", f["row"] ",", f["member"]
		print "  at", f["time"], "times", f["count"]
		if (indicator != "") {
			print "  matched", f["matched"]
			print "  by", indicator
		}
	}
}
section == "gaps" {
	if (depth == 2 && /{$/)
		split("", g)
	else if (depth == 3)
		g[k] = value($0)
	else if (depth == 2)
		print "gap in", g["artifact"] ",", g["member"] ",", \
		    g["offset"] ":", g["why"]
	else if (depth == 1 && /\[\]/)
		print "no gaps"
}
section == "coverage" && depth == 3 {
	if (k == "artifact")
		artifact = value($0)
	else if (k == "state")
		state = value($0)
	else if (k == "records")
		print "coverage", artifact ":", state ", records", value($0)
}
section == "indicators" && depth == 2 && /"(loaded|testable)"/ {
	print "indicators", k, value($0)
}
