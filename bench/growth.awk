# growth.awk - the lines of growth.sh, after rows.awk: of each kind of work, what it costs beside many against beside ten; the
# goal is for the mass that makes it worst.

/^mass=/ {
	for (i = 1; i <= NF; i++) {
		split($i, kv, "=")
		v[kv[1]] = kv[2]
	}
	m = v["mass"]
	w = v["what"]
	if (!(m in seen))
		masses[++mass_count] = m
	if (!(w in known))
		works[++work_count] = w
	seen[m] = known[w] = 1
	if (v["count"] + 0 > most[m])
		most[m] = v["count"] + 0
	instructions[m, w, v["count"]] = v["instructions"]
}

END {
	for (i = 1; i <= work_count; i++) {
		w = works[i]
		worst = 0
		for (j = 1; j <= mass_count; j++) {
			m = masses[j]
			if (!instructions[m, w, 10])
				continue
			ratio = instructions[m, w, most[m]] / instructions[m, w, 10]
			beside = beside sprintf("%s\t%s\n", ratio, sprintf("instructions of %s: beside %d %s / beside 10 (%d)", w, most[m], m, instructions[m, w, 10]))
			if (ratio > worst) {
				worst = ratio
				name = sprintf("%d %s", most[m], m)
			}
		}
		list[1] = worst
		judge("G5", sprintf("instructions of %s beside many / few (%s)", w, name), "any", 1, "%.2f", "<=", 1.1, 1.05)
	}
	n = split(beside, rows, "\n")
	for (i = 1; i < n; i++) {
		split(rows[i], part, "\t")
		list[1] = part[1]
		note(part[2], "any", 1, "%.2f")
	}
	exit code()
}
