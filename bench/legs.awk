# legs.awk - the goal of one run of legs.sh, after rows.awk and rounds.awk. Where packets did not flow as they must, there is nothing to judge.

/ flows=no / { broken++ }

END {
	look_for_noise("baresip", "cpu_us", "free")
	what = "CPU of a call leg in 20 ms / baresip's"
	if (broken) {
		noisy["free"] = 1
		row("M2", what, "free", "-", "<= 0.25", "<= 0.125", "noisy")
	} else {
		judge("M2", what, "free", ratios("ours", "cpu_us", "baresip", "cpu_us", "free"), "%.3f", "<=", 0.25, 0.125)
	}
	note("CPU us of a call leg in 20 ms: baresip", "free", values("baresip", "cpu_us", "free"), "%.2f")
	note("CPU us of a call leg in 20 ms: ours", "free", values("ours", "cpu_us", "free"), "%.2f")
	exit code()
}
