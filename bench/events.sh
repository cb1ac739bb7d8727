#!/bin/sh
# SPDX-License-Identifier: MIT
# events.sh - make bench-events: an event to 100 and to 1000 listeners against a bare process that writes the same bytes to as
# many sockets, and against a D-Bus signal of the same content. Two batches are under way at a time, in ours and in D-Bus.
. tests/system/lib.sh
. bench/lib.sh
. bench/peers.sh

slice=${SLICE:-0.3} window=2

ours() # CLIENTS BATCH MODE PLACE
{
	"$bin/bench-events" "$socket" "$dir/trigger" "$1" "$2" $window "$3" "$slice" "$4" "$daemon" "$host"
}

contestant() # NAME PLACE
{
	case $1 in
	floor_1000) "$bin/bench-floor-fanout" 1000 1 "$bytes" "$slice" "$2" ;;
	floor_*) "$bin/bench-floor-fanout" 100 "${1#*_}" "$bytes" "$slice" "$2" ;;
	ours_1000) ours 1000 1 count "$2" ;;
	ours_1 | ours_8) ours 100 "${1#*_}" count "$2" ;;
	ours_*) ours 100 1 "${1#*_}" "$2" ;;
	dbus_1 | dbus_8)
		"$bin/bench-peer-signals" listen "$bus" "$dir/signals" 100 "${1#*_}" $window "$slice" "$2" "$bus_daemon" "$bus_emitter"
		;;
	esac
}

begin_bench events
daemon_keys='connections = 10000'
mkfifo "$dir/trigger"
start_daemon "[provider many]
	path = $BUILD/lib/bench/many.so
	trigger = $dir/trigger"
host=$(host_pid many)
bytes=$(ours 1 1 count - | sed 's/.* event_bytes=\([0-9]*\).*/\1/')
raw "event_bytes=$bytes"
dbus=
if start_bus; then start_emitter && dbus='dbus_1 dbus_8'; else skip dbus; fi
placements=both; measure floor_1 ours_1 floor_8 ours_8 ours_unpack ours_stalled $dbus
placements=same; measure floor_1 ours_1 floor_1000 ours_1000 ${dbus%% *}
stop_daemon
end_bench rounds.awk events.awk
