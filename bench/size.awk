# size.awk - the goals of one run of size.sh, after rows.awk and rounds.awk.

function bytes(what, c) {
	note(what, "any", values(c, "bytes", "any"), "%d")
}

function kb(what, c) {
	note(what ", KiB", "any", values(c, "kb", "any"), "%d")
}

function ms(what, c) {
	note(what ", us", "free", values(c, "p50_us", "free"), "%.0f")
}

END {
	look_for_noise("floor", "p50_us", "free")
	judge("G1", "idle with five providers: RSS / the floor's", "any", ratios("idle", "kb", "floor", "kb", "any"), "%.2f", "<=", 3, 2)
	judge("G1", "idle with five providers: RSS / dbus-daemon's", "any", ratios("idle", "kb", "dbus", "kb", "any"), "%.2f", "<=", 0.8, 0.8)
	judge("G2", "memory of an idle client / a bufferevent's", "any", ratios("client", "bytes", "floor_client", "bytes", "any"), "%.2f", "<=", 2, 1)
	judge("G3", "bytes of an idle line", "any", values("line", "bytes", "any"), "%d", "<=", 1024, 512)
	list[1] = value[key("call", "any", 1, "bytes")] / (41.8 * 1024)
	judge("G3", "a held call / baresip's 41.8 KiB (not of this run)", "any", 1, "%.3f", "<=", 0.2, 0.1)
	judge("G4", "core after 10,000 clients and calls / before", "any", ratios("growth", "core_after", "growth", "core_before", "any"), "%.3f", "<=", 1.05, 1.01)
	judge("T1", "exec to listening, five providers / the floor's", "free", ratios("ours", "p50_us", "floor", "p50_us", "free"), "%.2f", "<=", 4, 2)
	judge("T2", "exec to listening / dbus-daemon's", "free", ratios("ours", "p50_us", "dbus", "p50_us", "free"), "%.2f", "<=", 2, 1)
	judge("T2", "exec to listening / baresip's until it is ready", "free", ratios("ours", "p50_us", "baresip", "p50_us", "free"), "%.2f", "<=", 0.8, 0.4)
	kb("idle: the floor", "floor")
	kb("idle: dbus-daemon", "dbus")
	kb("the core when it listens", "started")
	kb("idle: the core, after 1000 sessions and 2000 requests", "idle")
	kb("idle: one provider host (the exchange)", "host_a")
	bytes("bytes of a client: a bufferevent", "floor_client")
	bytes("bytes of a client: the core", "client")
	bytes("bytes of a line: its provider host", "line_at_host")
	bytes("bytes of a held call: the core", "call")
	bytes("bytes of a held call: its provider host", "call_at_host")
	note("host after 10,000 calls / before", "any", ratios("growth", "host_after", "growth", "host_before", "any"), "%.3f")
	ms("/bin/true", "true")
	ms("exec to listening: the floor", "floor")
	ms("exec to listening: dbus-daemon", "dbus")
	ms("exec until baresip is ready", "baresip")
	ms("exec to listening: ours", "ours")
	ms("exec until all five providers run", "providers")
	exit code()
}
