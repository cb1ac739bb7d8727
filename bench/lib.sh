# SPDX-License-Identifier: MIT
# lib.sh - what the scripts of the bench share; after tests/system/lib.sh.

# Nothing happens on it by itself.
quiet_exchange='[provider exchange]
	extensions = 101-104
	dial_ms = 3600000'

# record_requests WHAT...: the bytes of a real request and its answer, for the floor: $core_frames, $host_frames.
record_requests()
{
	mkdir "$dir/frames"
	spawn relay "$bin/bench-relay" "$dir/run/client" "$socket" "$dir/frames"
	wait_until 5 test -S "$dir/run/client"
	for what; do
		TAPISRVD_SOCKET=$dir/run/client "$bin/bench-rpc" "$what" 1x - >/dev/null || exit 1
	done
	kill "$pid" && reap "$pid"
	core_frames=$dir/frames/36.frames host_frames=$dir/frames/25.frames
}
