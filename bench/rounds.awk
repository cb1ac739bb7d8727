# rounds.awk - reads the k=v lines of a run; for tables: a value or a ratio of each round, then median (min-max).

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

# The list in list[1..n] as "median (min-max)".
function spread(n, format,   i, j, t) {
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
			t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
		}
	return sprintf(format " (" format "-" format ")", list[int((n + 1) / 2)], list[1], list[n])
}

function ratio(what, a, ka, b, kb, p,   r) {
	for (r = 1; r <= rounds; r++)
		list[r] = value[key(a, p, r, ka)] / value[key(b, p, r, kb)]
	printf "%-62s %-5s %s\n", what, p, spread(rounds, "%.2f")
}

function plain(what, a, ka, p, format,   r) {
	for (r = 1; r <= rounds; r++)
		list[r] = value[key(a, p, r, ka)] + 0
	printf "%-62s %-5s %s\n", what, p, spread(rounds, format)
}
