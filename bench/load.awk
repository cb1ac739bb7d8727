# load.awk - the goals of one run of load.sh, after rows.awk and rounds.awk.

function against_floor(goal, shape, what, must, aim,   n) {
	n = ratios("core_" shape, "per_s", "floor_" shape, "per_s", "both")
	if (goal != "")
		judge(goal, what " / F2", "both", n, "%.2f", ">=", must, aim)
	else
		note(what " / F2", "both", n, "%.2f")
}

function per_s(shape, what) {
	note(what ", requests/s: F2", "both", values("floor_" shape, "per_s", "both"), "%.0f")
	note(what ", requests/s: the core", "both", values("core_" shape, "per_s", "both"), "%.0f")
	note(what ", CPU us a request: F2", "both", values("floor_" shape, "cpu0_us", "both"), "%.2f")
	note(what ", CPU us a request: the core", "both", values("core_" shape, "cpu0_us", "both"), "%.2f")
}

END {
	look_for_noise("floor_64_1", "per_s", "both")
	against_floor("R7", "64_1", "64 clients, one request each", 0.6, 0.8)
	against_floor("R7", "64_32", "64 clients, 32 requests each", 0.5, 0.7)
	judge("R8", "512 clients / 64 clients, requests/s", "both", ratios("core_512_1", "per_s", "core_64_1", "per_s", "both"), "%.2f", ">=", 0.95, 1)
	against_floor("", "1_1", "1 client, one request")
	against_floor("", "1_32", "1 client, 32 requests")
	against_floor("", "512_1", "512 clients, one request each")
	note("512 clients / 64 clients, requests/s: F2", "both", ratios("floor_512_1", "per_s", "floor_64_1", "per_s", "both"), "%.2f")
	per_s("64_1", "64 clients")
	per_s("64_32", "64 x 32")
	per_s("512_1", "512 clients")
	exit code()
}
