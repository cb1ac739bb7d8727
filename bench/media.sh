#!/bin/sh
# SPDX-License-Identifier: MIT
# media.sh - make bench-media: streams of G.711 through the rtp MSP against a bare loop that does the same I/O, interleaved, the
# streams on one CPU and the generator on another. Then more and more streams, until packets leave late. BENCH_RT=1 runs all that
# with SCHED_FIFO 1, where that is allowed: on a busy machine nothing can be said about lateness without it. Exit 77: too noisy to judge.
set -eu

rounds=${BENCH_ROUNDS:-5} streams=${BENCH_STREAMS:-500} slice=${BENCH_SLICE:-2}
steps=${BENCH_STEPS:-1000 1500 2000 2500 3000 3500 4000 5000 6000}
bin=$BUILD/bin raw=$BUILD/bench-media.txt
[ "$(getconf _NPROCESSORS_ONLN)" -gt 1 ] || { echo 'bench: needs two CPUs' >&2; exit 77; }
run= fifo=no
if [ "${BENCH_RT:-}" = 1 ]; then
	chrt -f 1 true 2>/dev/null || { echo 'bench: SCHED_FIFO is not allowed here' >&2; exit 77; }
	run='chrt -f 1' fifo=yes
fi

limit="timeout -s KILL 60 $run"

contestant() # NAME STREAMS
{
	case $1 in
	floor_mix_*) $limit "$bin/bench-mix" "${1#floor_mix_}" 0.3 floor 0:1 ;;
	mix_*) $limit "$bin/bench-mix" "${1#mix_}" 0.3 ours 0:1 ;;
	floor) $limit "$bin/bench-floor-rtp" "$2" "$slice" plain 0:1 ;;
	floor_*) $limit "$bin/bench-floor-rtp" "$2" "$slice" "${1#floor_}" 0:1 ;;
	*) $limit "$bin/bench-media" "$2" "$slice" "$1" 0:1 ;;
	esac
}

value() # KEY LINE
{
	echo "$2" | tr ' ' '\n' | sed -n "s/^$1=//p"
}

echo "cores=$(getconf _NPROCESSORS_ONLN) kernel=$(uname -r) machine=$(uname -m) fifo=$fifo streams=$streams" \
	"load=$(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null)" | tee "$raw"
order='floor plain sound secure floor_digits digits detect floor_bridged bridged floor_conference conference
	floor_mix_10 mix_10 floor_mix_50 mix_50'
order=$(echo $order)
round=1
while [ "$round" -le "$rounds" ]; do
	for c in $order; do
		line=$(contestant "$c" "$streams") || { echo "bench: $c failed" >&2; exit 1; }
		echo "round=$round placement=pair contestant=$c $line" | tee -a "$raw"
	done
	order="${order#* } ${order%% *}"
	round=$((round + 1))
done
passes() # LINE: nothing is lost, less than 0.1 % late
{
	[ "$(value lost "$1")" -eq 0 ] && [ "$(value missed "$1")" -eq 0 ] &&
		awk "BEGIN { exit !($(value late_percent "$1") < 0.1) }"
}

too_many() # STREAMS LINE: by the CPU time of the step before, these take more than 18 of 20 ms
{
	awk "BEGIN { exit !($1 * $(value cpu_us "$2") > 18000) }"
}

# A step has two tries: neighbours can only make it worse.
for c in floor sound; do
	line='cpu_us=0'
	for n in $steps; do
		passed=no
		! too_many "$n" "$line" || { echo "step=$n contestant=$c passed=no (no CPU is left)"; break; }
		for try in 1 2; do
			line=$(contestant "$c" "$n") || break
			passes "$line" && passed=yes
			echo "step=$n contestant=$c passed=$passed $line" | tee -a "$raw"
			[ $passed = no ] || break
		done
		[ $passed = yes ] || break
	done
done
code=0
awk -f bench/rows.awk -f bench/rounds.awk -f bench/media_table.awk "$raw" >"$BUILD/bench-media.rows" || code=$?
awk -f bench/show.awk "$BUILD/bench-media.rows"
echo "raw lines: $raw"
exit $code
