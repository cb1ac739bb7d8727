#!/bin/sh
# SPDX-License-Identifier: MIT
# load.sh - make bench-load: requests per second with many clients and many requests at once, against a bare libevent server at
# the same shape (F2). The server is on one CPU, all clients are one process on another.
. tests/system/lib.sh
. bench/lib.sh

slice=${SLICE:-0.3} placements=both

contestant() # floor_CLIENTS_DEPTH or core_CLIENTS_DEPTH, PLACE
{
	_shape=${1#*_}
	case $1 in
	floor_*) "$bin/bench-load" floor "$dir/run/floor" "$core_frames" "${_shape%_*}" "${_shape#*_}" "$slice" "$2" "$floor" ;;
	core_*) "$bin/bench-load" core "$socket" 512 "${_shape%_*}" "${_shape#*_}" "$slice" "$2" "$daemon" ;;
	esac
}

begin_bench load
daemon_keys='connections = 10000'
start_daemon "$quiet_exchange"
record_requests core
stop_daemon
start_daemon "[provider many]
	path = $BUILD/lib/bench/many.so
	lines = 512"
spawn floor "$bin/bench-floor-rpc" serve "$core_frames" "$dir/run/floor"
floor=$pid
wait_until 5 test -S "$dir/run/floor"
measure floor_1_1 core_1_1 floor_64_1 core_64_1 floor_1_32 core_1_32 floor_64_32 core_64_32 floor_512_1 core_512_1
stop_daemon
kill $floor && reap $floor
end_bench rounds.awk load.awk
