# table.awk - the ratios of one run of quick.sh, with rounds.awk before it.
# Exit 77 when the floor itself moved by more than half between rounds.

function sum(c, p, r) {
	return value[key(c, p, r, "cpu0_us")] + value[key(c, p, r, "cpu1_us")] + \
		value[key(c, p, r, "cpu2_us")] + value[key(c, p, r, "client_cpu_us")]
}

function floor_moved(p,   r, v, low, high) {
	for (r = 1; r <= rounds; r++) {
		v = value[key("floor_core", p, r, "p50_us")] + 0
		if (r == 1 || v < low) low = v
		if (r == 1 || v > high) high = v
	}
	if (high / low <= 1.5)
		return 0
	printf "noisy: the floor's p50 (%s) was between %.1f and %.1f us\n", p, low, high
	return 1
}

END {
	print "median (min-max) of the rounds"
	split("same both", placements, " ")
	for (i = 1; i <= 2; i++) {
		p = placements[i]
		plain("floor F1, blocking, p50 us", "floor_core", "p50_us", p, "%.1f")
		ratio("F2 (libevent, own buffers) / F1, p50", "event_core", "p50_us", "floor_core", "p50_us", p)
		ratio("R1: answered by the core / F1, p50", "core", "p50_us", "floor_core", "p50_us", p)
		ratio("    answered by the core / F2, p50", "core", "p50_us", "event_core", "p50_us", p)
		ratio("    daemon's CPU / F1 server's CPU", "core", "cpu0_us", "floor_core", "cpu0_us", p)
		ratio("    answered by the provider host / F1, p50", "host", "p50_us", "floor_host", "p50_us", p)
		ratio("R6: answered by the provider host / by the core, p50", "host", "p50_us", "core", "p50_us", p)
		plain("calls per second, one after the other", "call", "per_s", p, "%.0f")
		plain("    set-up to CONNECTED, p50 us", "call", "setup_p50_us", p, "%.0f")
		plain("    set-up and tear-down, p50 us", "call", "whole_p50_us", p, "%.0f")
		plain("    CPU us per call, daemon", "call", "cpu0_us", p, "%.0f")
		plain("    CPU us per call, provider host", "call", "cpu1_us", p, "%.0f")
		plain("    CPU us per call, answering application", "call", "cpu2_us", p, "%.0f")
		plain("    CPU us per call, calling application", "call", "client_cpu_us", p, "%.0f")
		for (r = 1; r <= rounds; r++)
			list[r] = sum("call", p, r) / value[key("floor_core", p, r, "p50_us")]
		printf "%-62s %-5s %s\n", "    CPU of all four per call / F1 round trip", p, spread(rounds, "%.1f")
		for (r = 1; r <= rounds; r++)
			list[r] = value[key("call", p, r, "whole_p50_us")] / \
				(messages * value[key("core", p, r, "p50_us")])
		printf "%-62s %-5s %s\n", sprintf("S4: time per call / (%.1f messages x R1's p50)", messages), p, \
			spread(rounds, "%.2f")
		noisy += floor_moved(p)
	}
	exit noisy ? 77 : 0
}
