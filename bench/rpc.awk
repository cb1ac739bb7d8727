# rpc.awk - the goals of one run of rpc.sh, after rows.awk and rounds.awk.

/^messages_per_call=/ { messages = substr($1, 19) }

function p50(goal, what, a, b, p, must, aim,   n, bound) {
	spread(ratios("event_core", "p50_us", b, "p50_us", p), "%s")
	bound = b == "floor_core" || a == "host" ? "" : middle
	n = ratios(a, "p50_us", b, "p50_us", p)
	if (goal != "")
		judge(goal, what, p, n, "%.2f", "<=", must, aim, bound)
	else
		note(what, p, n, "%.2f")
}

function one(what, c, k, p, format) {
	note(what, p, values(c, k, p), format)
}

function sum(c, p, r) {
	return value[key(c, p, r, "cpu0_us")] + value[key(c, p, r, "cpu1_us")] + \
		value[key(c, p, r, "cpu2_us")] + value[key(c, p, r, "client_cpu_us")]
}

function goals() {
	p50("R1", "answered by the core / F1", "core", "floor_core", "same", 1.6, 1.35)
	p50("R2", "answered by the core / D-Bus call of equal content", "core", "dbus", "same", 0.25, 0.2)
	p50("R3", "answered by the core / D-Bus call of equal content", "core", "dbus", "both", 0.5, 0.43)
	p50("R4", "answered by the core / ofono GetModems", "core", "ofono", "same", 0.25, 0.2)
	p50("R4", "answered by the core / ModemManager Properties.Get", "core", "modemmanager", "same", 0.167, 0.125)
	p50("R6", "answered by the provider host / by the core", "host", "core", "same", 2.8, 2.3)
	p50("R6", "answered by the provider host / D-Bus call", "host", "dbus", "both", 1, 0.8)
	for (r = 1; r <= rounds; r++)
		list[r] = value[key("call", "same", r, "whole_p50_us")] / (messages * value[key("core", "same", r, "p50_us")])
	judge("S4", sprintf("time per call / (%.1f messages x answered by the core)", messages), "same", rounds, "%.2f", "<=", 1.5, 1.2)
}

function beside(p) {
	one("floor F1, blocking, us", "floor_core", "p50_us", p, "%.1f")
	one("answered by the core, us", "core", "p50_us", p, "%.1f")
	one("answered by the provider host, us", "host", "p50_us", p, "%.1f")
	one("D-Bus call of equal content, us", "dbus", "p50_us", p, "%.1f")
	p50("", "F2 (libevent, own buffers) / F1", "event_core", "floor_core", p)
	p50("", "answered by the core / F1", "core", "floor_core", p)
	p50("", "answered by the provider host / F1", "host", "floor_host", p)
	note("daemon's CPU / F1 server's CPU", p, ratios("core", "cpu0_us", "floor_core", "cpu0_us", p), "%.2f")
	one("calls per second, one after the other", "call", "per_s", p, "%.0f")
	one("call: set-up to CONNECTED, us", "call", "setup_p50_us", p, "%.0f")
	one("call: set-up and tear-down, us", "call", "whole_p50_us", p, "%.0f")
	one("call: CPU us, daemon", "call", "cpu0_us", p, "%.0f")
	one("call: CPU us, provider host", "call", "cpu1_us", p, "%.0f")
	one("call: CPU us, answering application", "call", "cpu2_us", p, "%.0f")
	one("call: CPU us, calling application", "call", "client_cpu_us", p, "%.0f")
	for (r = 1; r <= rounds; r++)
		list[r] = sum("call", p, r) / value[key("floor_core", p, r, "p50_us")]
	note("call: CPU of all four / F1 round trip", p, rounds, "%.1f")
}

END {
	look_for_noise("floor_core", "p50_us", "same")
	look_for_noise("floor_core", "p50_us", "both")
	goals()
	beside("same")
	beside("both")
	exit code()
}
