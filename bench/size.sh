#!/bin/sh
# SPDX-License-Identifier: MIT
# size.sh - make bench-size: memory and start-up, against an empty libevent daemon with five plugins, dbus-daemon and baresip.
. tests/system/lib.sh
. bench/lib.sh
. bench/peers.sh

few=1000 many=${MANY:-10000} cycles=10000 placements=free
plugins=$(for n in 1 2 3 4 5; do echo "$BUILD/lib/bench/plugin$n.so"; done)
one_line="[provider many]
	path = $BUILD/lib/bench/many.so"

rss_kb() # PID
{
	sed -n 's/^Rss: *\([0-9]*\) kB/\1/p' "/proc/$1/smaps_rollup"
}

# Each daemon begins without a past, and settles a second after its start.
fresh_daemon() # LINES
{
	rm -rf "$dir/state"
	start_daemon "$1"
	_started=$(rss_kb "$daemon")
	sleep 2
}

# holding NAME COMMAND...: while that holds what it makes, $kb is the size of process $of.
holding()
{
	spawn "$1" "$bin/bench-hold" "$2" "$3" "$4"
	_holder=$pid
	wait_until 60 grep -q ready "$dir/$1.out" || { echo "bench: $1 failed" >&2; exit 1; }
	kb=$(rss_kb "$of")
	[ -z "${host:-}" ] || host_kb=$(rss_kb "$host")
	kill "$_holder" && reap "$_holder"
}

# slope NAME KB KB COUNT: bytes for each of COUNT more.
slope()
{
	raw "round=1 placement=any contestant=$1 bytes=$((($3 - $2) * 1024 / $4))"
}

size_of_floor()
{
	spawn floor "$bin/bench-floor-daemon" "$dir/run/floor" $plugins
	of=$pid host=
	wait_until 5 test -S "$dir/run/floor"
	raw "round=1 placement=any contestant=floor kb=$(rss_kb "$of")"
	holding floor_few "$dir/run/floor" connections $few
	_few=$kb
	holding floor_many "$dir/run/floor" connections "$many"
	slope floor_client "$_few" "$kb" $((many - few))
	kill "$of" && reap "$of"
}

size_of_clients()
{
	fresh_daemon "$five_providers"
	of=$daemon host=
	raw "round=1 placement=any contestant=started kb=$_started"
	"$bin/bench-hold" "$socket" cycle-clients 1000 || exit 1
	"$bin/bench-rpc" core 1000x - >/dev/null && "$bin/bench-rpc" host 1000x - >/dev/null || exit 1
	raw "round=1 placement=any contestant=idle kb=$(rss_kb "$daemon")"
	for _p in a b c d e; do
		raw "round=1 placement=any contestant=host_$_p kb=$(rss_kb "$(host_pid $_p)")"
	done
	holding few_clients "$socket" clients $few
	_few=$kb
	holding many_clients "$socket" clients "$many"
	slope client "$_few" "$kb" $((many - few))
	stop_daemon
}

size_of_calls()
{
	fresh_daemon "$one_line"
	of=$daemon host=$(host_pid many)
	holding few_calls "$socket" calls $few
	_few=$kb _few_host=$host_kb
	holding many_calls "$socket" calls "$many"
	slope call "$_few" "$kb" $((many - few))
	slope call_at_host "$_few_host" "$host_kb" $((many - few))
	stop_daemon
}

size_of_lines()
{
	for _lines in $few "$many"; do
		fresh_daemon "$one_line
	lines = $_lines"
		eval "_core_$_lines=$(rss_kb "$daemon") _host_$_lines=$(rss_kb "$(host_pid many)")"
		stop_daemon
	done
	eval "slope line \$_core_$few \$_core_$many $((many - few))"
	eval "slope line_at_host \$_host_$few \$_host_$many $((many - few))"
}

# What grows although everything was given back; the first tenth fills the heap.
growth()
{
	fresh_daemon "$one_line"
	for _what in cycle-clients cycle-calls; do
		"$bin/bench-hold" "$socket" $_what $((cycles / 10)) || exit 1
	done
	_core=$(rss_kb "$daemon") _host=$(rss_kb "$(host_pid many)")
	for _what in cycle-clients cycle-calls; do
		"$bin/bench-hold" "$socket" $_what $cycles || exit 1
	done
	raw "round=1 placement=any contestant=growth core_before=$_core core_after=$(rss_kb "$daemon")" \
		"host_before=$_host host_after=$(rss_kb "$(host_pid many)")"
	stop_daemon
}

contestant() # NAME
{
	case $1 in
	true) "$bin/bench-start" 20 exit "$dir/run" /bin/true ;;
	floor) "$bin/bench-start" 20 notify "$dir/run" "$bin/bench-floor-daemon" "$dir/run/floor" $plugins ;;
	ours) "$bin/bench-start" 20 notify "$dir/run" "$bin/tapisrvd" --config "$dir/conf" ;;
	providers) "$bin/bench-start" 20 'core: ready' "$dir/run" "$bin/tapisrvd" --config "$dir/conf" ;;
	dbus) "$bin/bench-start" 20 unix: "$dir/run" "$(command -v dbus-daemon)" --config-file="$dir/bus.conf" --nofork --print-address=1 ;;
	baresip) HOME=$dir/baresip "$bin/bench-start" 20 'baresip is ready' "$dir/run" "$(command -v baresip)" -f "$dir/baresip" ;;
	esac
}

begin_bench size
daemon_keys="connections = 20000
	group = $(id -gn)" # as installed: a group that exists is found at once
five_providers=$(for p in a b c d e; do printf '[provider %s]\n\tpath = exchange\n' $p; done)
dbus=
if start_bus; then
	raw "round=1 placement=any contestant=dbus kb=$(rss_kb "$bus_daemon")"
	dbus=dbus
	kill "$bus_service" "$bus_daemon"
	reap "$bus_service" && reap "$bus_daemon"
else
	skip dbus
fi
size_of_floor
size_of_clients
size_of_calls
size_of_lines
growth
configure "$five_providers"
baresip=
if command -v baresip >/dev/null 2>&1; then
	configure_baresip "$("$bin/sip-port" 1)" aubridge,bench
	baresip=baresip
else
	skip baresip
fi
measure true floor ours providers $dbus $baresip
end_bench rounds.awk size.awk
