#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh BUILD 'LINES BRANCHES' 'LINES BRANCHES' FILE... - what gcov has counted in BUILD, in percent: each room,
# and all of src/ against the first goals; each FILE against the second.
set -eu
build=$1 goal=$2 high=$3
shift 3
files=$(git ls-files 'src/*.c')
for f in $files; do
	[ ! -f "$build/obj/${f%.c}.gcno" ] || gcov -b -n "$build/obj/${f%.c}.gcno" 2>/dev/null
done | awk -v goal="$goal" -v high="$high" -v strict="$*" '
function percent(a, b) { return b ? 100 * a / b : 100 }
function row(name, g) {
	l = percent(lines[name], all_lines[name]); b = percent(branches[name], all_branches[name])
	bad = g && (l < want[g, 1] || b < want[g, 2])
	printf "%s%-36s %6.1f %% of %6d lines  %6.1f %% of %6d branches%s\n", bad ? "! " : "  ", name, l, all_lines[name],
		b, all_branches[name], g ? sprintf("  (goal %d, %d)", want[g, 1], want[g, 2]) : ""
	failed += bad
}
function add(name, sum, whole, share, count) { sum[name] += share * count / 100; whole[name] += count }
BEGIN {
	split(goal, p); want[1, 1] = p[1]; want[1, 2] = p[2]
	split(high, p); want[2, 1] = p[1]; want[2, 2] = p[2]
}
/^File / { file = substr($2, 2, length($2) - 2); room = file; sub(/\/[^\/]*$/, "", room); counted = 0; next }
/^Lines executed:/ && counted++ { file = "" } # the sum of all files
file !~ /^src\/.*\.c$/ { next }
/^(Lines executed|Taken at least once):/ {
	share = $0; sub(/.*:/, "", share); share += 0
	for (i = 1; i <= 3; i++) {
		name = i == 1 ? file : i == 2 ? room : "src"
		if (/^Lines/) add(name, lines, all_lines, share, $NF)
		else add(name, branches, all_branches, share, $NF)
	}
	if (!(room in rooms)) { rooms[room]; order[++count] = room }
}
END {
	for (i = 1; i <= count; i++) row(order[i], 0)
	row("src", 1)
	n = split(strict, names)
	for (i = 1; i <= n; i++) row(names[i], 2)
	exit failed > 0
}'
