# instructions.awk - the slopes of instructions.sh: two for each contestant, which must agree, then the ratio of the last ones.

{
	for (i = 1; i <= NF; i++) {
		split($i, kv, "=")
		v[kv[1]] = kv[2]
	}
	c = v["contestant"]
	if (c in instructions) {
		slope = (v["instructions"] - instructions[c]) / (v["requests"] - requests[c])
		if (c in per_request && (slope / per_request[c] > 1.005 || slope / per_request[c] < 0.995)) {
			printf "noisy: %s: %.0f, then %.0f instructions per request\n", c, per_request[c], slope
			noisy = 1
		}
		per_request[c] = slope
	}
	instructions[c] = v["instructions"]
	requests[c] = v["requests"]
}

END {
	if (noisy)
		exit 77
	ratio = per_request["core"] / per_request["floor"]
	verdict = ratio <= aim + 0 ? "aim reached" : ratio <= must + 0 ? "ok" : "above must"
	printf "R5: instructions per request: floor F2 %.0f, answered by the core %.0f, ratio %.2f (must %s, aim %s): %s\n",
		per_request["floor"], per_request["core"], ratio, must, aim, verdict
	exit verdict == "above must"
}
