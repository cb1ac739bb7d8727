# SPDX-License-Identifier: MIT
# lib.sh - what the scripts of the bench share; after tests/system/lib.sh. Raw lines of k=v go to $dir/raw, which stays as
# $BUILD/bench-NAME.txt; rows (rows.awk) to $BUILD/bench-NAME.rows.

rounds=${ROUNDS:-7}
cpu=$(($(getconf _NPROCESSORS_ONLN) - 1))

# Nothing happens on it by itself.
quiet_exchange='[provider exchange]
	extensions = 101-104
	dial_ms = 3600000'

raw() # LINE
{
	echo "$*" >>"$dir/raw"
}

skip() # CONTESTANT
{
	echo "contestant=$1 skipped: not installed" | tee -a "$dir/raw"
}

# begin_bench NAME: the private folder, and what the run was made on. BENCH_RT=1: all that is started, peers too, has SCHED_FIFO 1.
begin_bench()
{
	bench=$1 fifo=no
	if [ "${BENCH_RT:-}" = 1 ]; then
		chrt -f -p 1 $$ 2>/dev/null || { echo 'bench: SCHED_FIFO is not allowed here' >&2; exit 77; }
		fifo=yes
	fi
	[ $cpu -gt 0 ] || { echo 'bench: needs two CPUs' >&2; exit 77; }
	begin "b-$bench"
	raw "cores=$((cpu + 1)) kernel=$(uname -r) machine=$(uname -m)" \
		"cpu=\"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)\""
	raw "compiler=\"$(${CC:-cc} --version | head -n 1)\" libevent=$(pkg-config --modversion libevent_core)" \
		"protobuf_c=$(pkg-config --modversion libprotobuf-c) fifo=$fifo pinning=sched_setaffinity(same:$cpu,both:0+$cpu)" \
		"load=$(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null)"
	cat "$dir/raw"
}

# end_bench AWK...: the rows of the raw lines as a table; the exit code is theirs.
end_bench()
{
	_code=0
	cp "$dir/raw" "$BUILD/bench-$bench.txt"
	for _f; do set -- "$@" -f "bench/$_f"; shift; done
	awk -f bench/rows.awk "$@" "$dir/raw" >"$BUILD/bench-$bench.rows" || _code=$?
	awk -f bench/show.awk "$BUILD/bench-$bench.rows"
	echo "raw lines: $BUILD/bench-$bench.txt"
	trap - EXIT
	[ -n "${KEEP:-}" ] || rm -rf "$dir"
	exit $_code
}

# measure CONTESTANT...: in each round each of them once in each placement, in rotated order: contestant NAME PLACE says
# what came out.
measure()
{
	_order=$* _round=1
	while [ $_round -le "$rounds" ]; do
		echo "$bench: round $_round of $rounds" >&2
		for _placement in ${placements:-same both}; do
			[ "$_placement" = same ] && _where=$cpu || _where=0:$cpu
			for _c in $_order; do
				_line=$(contestant "$_c" $_where) || { echo "bench: $_c failed" >&2; exit 1; }
				raw "round=$_round placement=$_placement contestant=$_c $_line"
			done
		done
		_order="${_order#* } ${_order%% *}"
		_round=$((_round + 1))
	done
}

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
