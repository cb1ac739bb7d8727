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

/^endurance=/ && !/ [1-9][0-9]* passed, 0 failed$/ { bad++ }

function most(c,   r, top) {
	for (r in rates)
		if (clean[c, r] * 2 > rounds && r + 0 > top + 0)
			top = r
	return top + 0
}

function rate_ratios(a, b,   r, n) {
	for (r = 1; r <= rounds; r++)
		if (best[b, r] + 0 > 0)
			list[++n] = best[a, r] / best[b, r]
	return n + 0
}

# The highest rate that both did cleanly in this round.
function common(a, b, r,   x, top) {
	for (x in rates)
		if (value[a, x, r, "clean"] == 1 && value[b, x, r, "clean"] == 1 && x + 0 > top + 0)
			top = x
	return top
}

function cpu_ratios(a, b,   r, n, x) {
	for (r = 1; r <= rounds; r++)
		if ((x = common(a, b, r)) != "")
			list[++n] = value[a, x, r, "cpu_us"] / value[b, x, r, "cpu_us"]
	return n + 0
}

function cpu(what, a, b, k,   r, n, x) {
	for (r = 1; r <= rounds; r++)
		if ((x = common(a, b, r)) != "")
			list[++n] = value[a, x, r, k] + 0
	note(what, "free", n, "%.0f")
}

function moved(c,   r, low, high) {
	for (r = 1; r <= rounds; r++) {
		if (r == 1 || best[c, r] + 0 < low) low = best[c, r] + 0
		if (r == 1 || best[c, r] + 0 > high) high = best[c, r] + 0
	}
	if (low > 0 && high / low <= 1.5)
		return 0
	return 1
}

function shares(c, peer) {
	cpu("    of that: daemon", c, peer, "cpu0_us")
	cpu("    of that: provider host", c, peer, "cpu1_us")
	cpu("    of that: application", c, peer, "cpu2_us")
}

function clean_rate(what, c) {
	list[1] = most(c)
	if (seen[c])
		note(what, "free", 1, "%d")
}

function side(c, name, peer) {
	cpu("CPU us per call: " name, c, peer, "cpu_us")
	shares(c, peer)
}

END {
	if (what == "clean_rate") {
		print most(c)
		exit 0
	}
	peer = seen["baresip"] ? "baresip" : "uas"
	noisy["free"] = moved("uas") || (seen["baresip"] && moved("baresip"))
	judge("S1", "clean rate without media / sipp -sn uas", "free", rate_ratios("silent", "uas"), "%.2f", ">=", 0.125, 0.25)
	judge("S2", "CPU per call with media / baresip", "free", cpu_ratios("media", "baresip"), "%.2f", "<=", 0.6, 0.4)
	judge("S3", "clean rate with media / baresip", "free", rate_ratios("media", "baresip"), "%.2f", ">=", 1.5, 3)
	clean_rate("highest clean rate, calls/s: sipp -sn uas", "uas")
	clean_rate("highest clean rate: baresip", "baresip")
	clean_rate("highest clean rate: ours without media", "silent")
	clean_rate("highest clean rate: ours with media", "media")
	if (seen["baresip"])
		cpu("CPU us per call: baresip", "baresip", "media", "cpu_us")
	side("media", "ours with media", peer)
	side("silent", "ours without media", "uas")
	cpu("CPU us per call: sipp -sn uas", "uas", "silent", "cpu_us")
	list[1] = bad + 0
	note("long runs at half of the highest clean rate in which a call failed", "free", 1, "%d")
	exit bad ? 1 : code()
}
