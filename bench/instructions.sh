#!/bin/sh
# SPDX-License-Identifier: MIT
# instructions.sh - make bench-instructions: what a request that the core answers costs the daemon in instructions of its
# own (callgrind, user space), against the floor's server F2, which does nothing but libevent and protobuf-c with the same
# bytes. The slope between two numbers of requests is free of start and end, and of what else runs on the machine.
# Exit 1 above what it must be; 77: valgrind is not installed, or two slopes differ by more than 0.5 %.
. tests/system/lib.sh
. bench/lib.sh

counts='2000 12000 22000'

# The instructions of the process that has ended, by valgrind's log.
collected()
{
	sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$dir/$1.callgrind"
}

# The wrapper for NAME; what callgrind has written stays in $BUILD/callgrind.NAME for callgrind_annotate.
callgrind()
{
	echo valgrind --tool=callgrind --log-file="$dir/$1.callgrind" --callgrind-out-file="$BUILD/callgrind.$1"
}

floor() # COUNT
{
	spawn floor $(callgrind floor) "$bin/bench-floor-rpc" serve "$core_frames" "$dir/run/floor"
	wait_until 15 test -S "$dir/run/floor"
	"$bin/bench-floor-rpc" connect "$core_frames" "$1x" - "$dir/run/floor" >/dev/null || exit 1
	kill "$pid" && reap "$pid" && collected floor
}

core() # COUNT
{
	daemon_under=$(callgrind core)
	launch_daemon
	"$bin/bench-rpc" core "$1x" - >/dev/null || exit 1
	stop_daemon && collected core
}

command -v valgrind >/dev/null || { echo 'bench-instructions: skipped: valgrind is not installed' >&2; exit 77; }
begin_bench instructions
start_daemon "$quiet_exchange"
record_requests core
stop_daemon
for count in $counts; do
	for contestant in floor core; do
		$contestant "$count" >"$dir/n" || exit 1
		raw "contestant=$contestant requests=$count instructions=$(cat "$dir/n")"
	done
done
end_bench instructions.awk
