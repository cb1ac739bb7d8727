# instructions.awk - the slopes of instructions.sh, after rows.awk: two for each contestant, which must agree, then the ratio.

/^contestant=/ {
	for (i = 1; i <= NF; i++) {
		split($i, kv, "=")
		v[kv[1]] = kv[2]
	}
	c = v["contestant"]
	if (c in instructions)
		slopes[c, ++count[c]] = (v["instructions"] - instructions[c]) / (v["requests"] - requests[c])
	instructions[c] = v["instructions"]
	requests[c] = v["requests"]
}

function slope(c,   n) {
	for (n = 1; n <= count[c]; n++)
		list[n] = slopes[c, n]
	spread(count[c], "%s")
	if (list[count[c]] / list[1] > 1.005)
		noisy["any"] = 1
	return middle
}

END {
	floor = slope("floor")
	row("", "floor F2, instructions per request", "any", spread(count["floor"], "%.0f"), "", "", "")
	core = slope("core")
	row("", "answered by the core, instructions per request", "any", spread(count["core"], "%.0f"), "", "", "")
	list[1] = core / floor
	judge("R5", "instructions: answered by the core / F2", "any", 1, "%.2f", "<=", 1.6, 1.25)
	exit code()
}
