# media_table.awk - the goals of one run of media.sh, after rows.awk and rounds.awk.

/^step=/ {
	delete kv
	for (i = 1; i <= NF; i++) {
		n = index($i, "=")
		kv[substr($i, 1, n - 1)] = substr($i, n + 1)
	}
	if (kv["passed"] == "yes")
		most[kv["contestant"]] = kv["step"]
}

function us(what, c) {
	note(what ", CPU us", "pair", values(c, "cpu_us", "pair"), "%.2f")
}

END {
	look_for_noise("floor", "cpu_us", "pair")
	judge("M1", "streams per core, with terminals / the floor's", "pair", ratios("floor", "cpu_us", "sound", "cpu_us", "pair"), "%.2f", ">=", 0.35, 0.55)
	judge("M3", "bridged call / the floor's", "pair", ratios("bridged", "cpu_us", "floor_bridged", "cpu_us", "pair"), "%.2f", "<=", 2.5, 1.7)
	judge("M4", "mixing 10 parties / the bare mix", "pair", ratios("mix_10", "cpu_us", "floor_mix_10", "cpu_us", "pair"), "%.2f", "<=", 1.3, 1.0)
	judge("M4", "mixing 50 parties / the bare mix", "pair", ratios("mix_50", "cpu_us", "floor_mix_50", "cpu_us", "pair"), "%.2f", "<=", 1.3, 1.0)
	note("a conference of ten / the floor's, sockets and codecs included", "pair", ratios("conference", "cpu_us", "floor_conference", "cpu_us", "pair"), "%.2f")
	note("streams per core, no terminals / the floor's", "pair", ratios("floor", "cpu_us", "plain", "cpu_us", "pair"), "%.2f")
	note("streams per core, digits listened for / the floor's with a detector", "pair", ratios("floor_digits", "cpu_us", "digits", "cpu_us", "pair"), "%.2f")
	note("one stream listened to for digits / not", "pair", ratios("digits", "cpu_us", "plain", "cpu_us", "pair"), "%.2f")
	note("one stream listened to for digits, pulses, a tone and kinds of media / not", "pair", ratios("detect", "cpu_us", "plain", "cpu_us", "pair"), "%.2f")
	us("one stream in 20 ms: floor, socket and G.711", "floor")
	us("one stream in 20 ms: floor, and digits", "floor_digits")
	us("one stream: digits listened for", "digits")
	us("one stream: digits, pulses, a tone and kinds of media", "detect")
	us("one stream: no terminals", "plain")
	us("one stream: a media stream terminal each way", "sound")
	us("one stream: a media stream terminal each way, SRTP", "secure")
	us("one stream: floor, each two bridged", "floor_bridged")
	us("one stream: each two calls a conference", "bridged")
	us("one stream: floor, a conference of each ten", "floor_conference")
	us("one stream: a conference of each ten", "conference")
	us("mixing 10 for 20 ms: floor", "floor_mix_10")
	us("mixing 10 for 20 ms", "mix_10")
	us("mixing 50 for 20 ms: floor", "floor_mix_50")
	us("mixing 50 for 20 ms", "mix_50")
	for (c in most) {
		list[1] = most[c]
		note("most streams of the steps that passed: " c, "pair", 1, "%d")
	}
	exit code()
}
