# rounds.awk - reads the k=v lines of a run; with rows.awk before it: a value or a ratio of each round, as a row.

function key(c, p, r, k) { return c SUBSEP p SUBSEP r SUBSEP k }

/^round=/ {
	delete kv
	for (i = 1; i <= NF; i++) {
		n = index($i, "=")
		kv[substr($i, 1, n - 1)] = substr($i, n + 1)
	}
	if (kv["round"] > rounds)
		rounds = kv["round"]
	for (k in kv)
		value[key(kv["contestant"], kv["placement"], kv["round"], k)] = kv[k]
}

# Fills list[1..n] and returns n; a contestant that was skipped gives 0.
function values(c, k, p,   r, n) {
	for (r = 1; r <= rounds; r++)
		if (key(c, p, r, k) in value)
			list[++n] = value[key(c, p, r, k)] + 0
	return n + 0
}

function ratios(a, ka, b, kb, p,   r, n) {
	for (r = 1; r <= rounds; r++)
		if (key(a, p, r, ka) in value && key(b, p, r, kb) in value)
			list[++n] = value[key(a, p, r, ka)] / value[key(b, p, r, kb)]
	return n + 0
}

# The floor itself moved by more than half between rounds: nothing of this placement is judged.
function look_for_noise(c, k, p,   n) {
	n = values(c, k, p)
	if (n) {
		spread(n, "%s")
		noisy[p] = list[n] / list[1] > 1.5
	}
}
