# sip.awk - what the lines of sip.sh say: of each round, then the median of the rounds (min-max).
# -v what=clean_rate -v c=CONTESTANT: only the highest rate that was clean in most rounds.
# Exit 77 when the floor itself moved by more than half between rounds, 1 when a call failed at half of the maximum.

/^round=/ {
	delete kv
	for (i = 1; i <= NF; i++) {
		n = index($i, "=")
		kv[substr($i, 1, n - 1)] = substr($i, n + 1)
	}
	at = kv["contestant"] SUBSEP kv["rate"]
	seen[kv["contestant"]] = 1
	rates[kv["rate"]] = 1
	for (k in kv)
		value[at, kv["round"], k] = kv[k]
	if (kv["clean"] == 1) {
		clean[at]++
		if (kv["rate"] + 0 > best[kv["contestant"], kv["round"]] + 0)
			best[kv["contestant"], kv["round"]] = kv["rate"]
	}
}

/^endurance=/ { endurance[++endurances] = $0; if ($0 !~ / [1-9][0-9]* passed, 0 failed$/) bad++ }
/^held=/ { holds[++hold_count] = $0 }

function most(c,   r, top) {
	for (r in rates)
		if (clean[c, r] * 2 > rounds && r + 0 > top + 0)
			top = r
	return top + 0
}

# The list in list[1..n] as "median (min-max)".
function spread(n, format,   i, j, t) {
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
			t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
		}
	return n ? sprintf(format " (" format "-" format ")", list[int((n + 1) / 2)], list[1], list[n]) : "-"
}

function row(what, text, goal) {
	printf "%-58s %-22s %s\n", what, text, goal
}

function rate_ratio(a, b,   r, n) {
	for (r = 1; r <= rounds; r++)
		if (best[b, r] + 0 > 0)
			list[++n] = best[a, r] / best[b, r]
	return spread(n, "%.2f")
}

# The highest rate that both did cleanly in this round.
function common(a, b, r,   x, top) {
	for (x in rates)
		if (value[a, x, r, "clean"] == 1 && value[b, x, r, "clean"] == 1 && x + 0 > top + 0)
			top = x
	return top
}

function cpu_ratio(a, b,   r, n, x) {
	for (r = 1; r <= rounds; r++)
		if ((x = common(a, b, r)) != "")
			list[++n] = value[a, x, r, "cpu_us"] / value[b, x, r, "cpu_us"]
	return spread(n, "%.2f")
}

function cpu(a, b, k,   r, n, x) {
	for (r = 1; r <= rounds; r++)
		if ((x = common(a, b, r)) != "")
			list[++n] = value[a, x, r, k] + 0
	return spread(n, "%.0f")
}

function moved(c,   r, low, high) {
	for (r = 1; r <= rounds; r++) {
		if (r == 1 || best[c, r] + 0 < low) low = best[c, r] + 0
		if (r == 1 || best[c, r] + 0 > high) high = best[c, r] + 0
	}
	if (low > 0 && high / low <= 1.5)
		return 0
	printf "noisy: the highest clean rate of %s was between %d and %d calls/s\n", c, low, high
	return 1
}

function shares(c, peer) {
	row("    of that: daemon", cpu(c, peer, "cpu0_us"), "")
	row("    of that: provider host", cpu(c, peer, "cpu1_us"), "")
	row("    of that: application", cpu(c, peer, "cpu2_us"), "")
}

END {
	if (what == "clean_rate") {
		print most(c)
		exit 0
	}
	peer = seen["baresip"] ? "baresip" : "uas"
	print "clean: all calls ok, no retransmission, in most of the rounds; then median (min-max) of the rounds"
	row("highest clean rate, calls/s: sipp -sn uas", most("uas"), "")
	if (seen["baresip"]) row("highest clean rate: baresip", most("baresip"), "")
	row("highest clean rate: ours without media", most("silent"), "")
	row("highest clean rate: ours with media", most("media"), "")
	row("S1: clean rate without media / sipp's", rate_ratio("silent", "uas"), "goal 0.125, aim 0.25")
	if (seen["baresip"]) {
		row("S2: CPU per call with media / baresip's", cpu_ratio("media", "baresip"), "goal 0.6, aim 0.4")
		row("S3: clean rate with media / baresip's", rate_ratio("media", "baresip"), "goal 1.5, aim 3")
		row("CPU us per call: baresip", cpu("baresip", "media", "cpu_us"), "")
	}
	row("CPU us per call: ours with media", cpu("media", peer, "cpu_us"), "")
	shares("media", peer)
	row("CPU us per call: ours without media", cpu("silent", "uas", "cpu_us"), "")
	shares("silent", "uas")
	row("CPU us per call: sipp -sn uas", cpu("uas", "silent", "cpu_us"), "")
	for (i = 1; i <= hold_count; i++) print holds[i]
	for (i = 1; i <= endurances; i++) print endurance[i]
	noisy = moved("uas")
	if (seen["baresip"]) noisy += moved("baresip")
	exit bad ? 1 : noisy ? 77 : 0
}
