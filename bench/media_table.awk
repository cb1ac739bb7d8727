# media_table.awk - the ratios of one run of media.sh, with rounds.awk before it.
# Exit 77 when the floor itself moved by more than half between rounds.

/^step=/ {
	delete kv
	for (i = 1; i <= NF; i++) {
		n = index($i, "=")
		kv[substr($i, 1, n - 1)] = substr($i, n + 1)
	}
	if (kv["passed"] == "yes")
		most[kv["contestant"]] = kv["step"]
}

function inverse(what, a, b,   r) {
	for (r = 1; r <= rounds; r++)
		list[r] = value[key(b, "pair", r, "cpu_us")] / value[key(a, "pair", r, "cpu_us")]
	printf "%-62s %s\n", what, spread(rounds, "%.2f")
}

function us(what, a,   r) {
	for (r = 1; r <= rounds; r++)
		list[r] = value[key(a, "pair", r, "cpu_us")] + 0
	printf "%-62s %s\n", what, spread(rounds, "%.2f")
}

END {
	print "median (min-max) of the rounds; CPU us are those of one stream in 20 ms"
	us("floor: socket and G.711, CPU us", "floor")
	us("no terminals, CPU us", "plain")
	us("a media stream terminal each way, CPU us", "sound")
	us("a media stream terminal each way, SRTP, CPU us", "secure")
	inverse("M1: streams per core / the floor's, no terminals", "plain", "floor")
	inverse("M1: streams per core / the floor's, with terminals", "sound", "floor")
	us("floor, each two streams bridged, CPU us", "floor_bridged")
	us("each two calls a conference, CPU us", "bridged")
	for (r = 1; r <= rounds; r++)
		list[r] = value[key("bridged", "pair", r, "cpu_us")] / value[key("floor_bridged", "pair", r, "cpu_us")]
	printf "%-62s %s\n", "M3: bridged call / the floor's", spread(rounds, "%.2f")
	for (c in most)
		printf "%-62s %d\n", "most streams of the steps that passed: " c, most[c]
	for (r = 1; r <= rounds; r++) {
		v = value[key("floor", "pair", r, "cpu_us")] + 0
		if (r == 1 || v < low) low = v
		if (r == 1 || v > high) high = v
	}
	if (high / low <= 1.5)
		exit 0
	printf "noisy: the floor was between %.2f and %.2f us\n", low, high
	exit 77
}
