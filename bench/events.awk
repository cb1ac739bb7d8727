# events.awk - the goals of one run of events.sh, after rows.awk and rounds.awk.

function rate(a, b, p) {
	return ratios(a, "per_s", b, "per_s", p)
}

function one(c, what, p) {
	note(what ", deliveries/s", p, values(c, "per_s", p), "%.0f")
	note(what ", CPU us a delivery: who sends", p, values(c, "cpu0_us", p), "%.2f")
	note(what ", CPU us a delivery: who listens", p, values(c, "client_cpu_us", p), "%.2f")
}

END {
	look_for_noise("floor_1", "per_s", "both")
	look_for_noise("floor_1", "per_s", "same")
	judge("E1", "an event to 100 / the floor, deliveries/s", "both", rate("ours_1", "floor_1", "both"), "%.2f", ">=", 0.6, 0.8)
	judge("E2", "an event to 100, unpacked / D-Bus signals", "both", rate("ours_unpack", "dbus_1", "both"), "%.2f", ">=", 1.5, 2)
	judge("E3", "bursts of 8 to 100 / the floor with 8 a write", "both", rate("ours_8", "floor_8", "both"), "%.2f", ">=", 0.4, 0.6)
	judge("E4", "time per delivery, 1000 listeners / 100", "same", rate("ours_1", "ours_1000", "same"), "%.2f", "<=", 3, 2.3)
	judge("E5", "deliveries/s with one that never reads / without", "both", rate("ours_stalled", "ours_1", "both"), "%.2f", ">=", 0.9, 0.97)
	note("bursts of 8 to 100 / D-Bus signals", "both", rate("ours_8", "dbus_8", "both"), "%.1f")
	note("an event to 100 / the floor", "same", rate("ours_1", "floor_1", "same"), "%.2f")
	note("time per delivery, 1000 listeners / 100: the floor", "same", rate("floor_1", "floor_1000", "same"), "%.2f")
	one("floor_1", "floor", "both")
	one("ours_1", "ours", "both")
	one("ours_unpack", "ours, unpacked", "both")
	one("dbus_1", "D-Bus", "both")
	one("floor_8", "floor, 8 a write", "both")
	one("ours_8", "ours, bursts of 8", "both")
	one("ours_1000", "ours, 1000 listeners", "same")
	exit code()
}
