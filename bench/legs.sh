#!/bin/sh
# SPDX-License-Identifier: MIT
# legs.sh - make bench-legs: the CPU time of calls with sound both ways, ours against baresip's. sipp calls, and the calls stay;
# bench-legs is their peers' sound. Each side plays the same file to each call and decodes what comes. Exit 77: no sipp or baresip,
# or packets did not flow as they must.
. tests/system/lib.sh
. bench/lib.sh
. bench/peers.sh
. bench/answerers.sh

rounds=${ROUNDS:-3} calls=${BENCH_CALLS:-100} slice=${BENCH_SLICE:-3}

# A minute of noise at 8 kHz: no source ends before the slice does.
make_sound() # FILE
{
	{
		printf 'RIFF\044\246\016\000WAVEfmt \020\000\000\000\001\000\001\000\100\037\000\000\200\076\000\000\002\000\020\000'
		printf 'data\000\246\016\000'
		head -c 960000 /dev/urandom
	} >"$1"
}

start_side() # CONTESTANT
{
	case $1 in
	baresip) start_baresip "aufile,$dir/sound.wav" ;;
	ours) start_ours "--media --play $dir/sound.wav" ;;
	esac || { echo "bench-legs: $1 did not start" >&2; exit 1; }
}

peers_are_there()
{
	[ "$(wc -l <"$dir/legs.out")" -eq 16 ]
}

all_talk()
{
	[ "$(grep -c '^[0-9]* [0-9]*$' "$dir/talk.log")" -eq "$calls" ]
}

value() # KEY
{
	echo "$line" | tr ' ' '\n' | sed -n "s/^$1=//p"
}

# Each way a packet every 20 ms for each call, give or take one in a hundred, and all that came was read.
flows()
{
	awk "BEGIN { due = $(value due); low = due * 0.99; high = due * 1.01
		exit !($(value sent) >= low && $(value received) >= low && $(value received) <= high &&
			$(value lost) + $(value dropped) == 0 && $(value unread_bytes) < $calls * 16384) }"
}

# $line: what came out.
slice() # CONTESTANT
{
	start_side "$1"
	rm -f "$dir/ports" "$dir/talk.log"
	mkfifo "$dir/ports"
	# shellcheck disable=SC2086
	spawn legs "$bin/bench-legs" "$slice" "$dir/ports" $servers
	_legs=$pid
	wait_until 5 peers_are_there || { echo 'bench-legs: no peers' >&2; exit 1; }
	{ echo SEQUENTIAL; sed 's/$/;/' "$dir/legs.out"; } >"$dir/peers.csv"
	# shellcheck disable=SC2046
	set -- "$1" $(ports 2)
	sipp_here talk -sf bench/stay.xml -inf "$dir/peers.csv" -s alice -p "$2" -mp "$3" -r 50 -m "$calls" -l "$calls" \
		-trace_logs -log_file "$dir/talk.log" "127.0.0.1:$port"
	_talk=$pid
	wait_until 20 all_talk || { echo "bench-legs: $1 did not answer all calls" >&2; exit 1; }
	sort -n "$dir/talk.log" | cut -d ' ' -f 2 >"$dir/ports"
	reap "$_legs" $((slice + 10)) || exit 1
	line=$(tail -n 1 "$dir/legs.out")
	kill -KILL "$_talk"
	reap "$_talk"
	"stop_$1"
}

command -v sipp >/dev/null 2>&1 || { echo 'bench-legs: skipped: sipp is not installed' >&2; exit 77; }
begin_bench legs
raw "calls=$calls sipp=\"$(sipp -v 2>/dev/null | sed -n 's/^ *SIPp \([^ ,]*\).*/\1/p')\""
make_sound "$dir/sound.wav"
order='baresip ours'
command -v baresip >/dev/null 2>&1 || { skip baresip; order=ours; }
r=1
while [ $r -le "$rounds" ]; do
	for c in $order; do
		slice "$c"
		flows && ok=yes || ok=no
		raw "round=$r placement=free contestant=$c flows=$ok $line"
		tail -n 1 "$dir/raw"
	done
	# shellcheck disable=SC2086
	set -- $order
	order="${2:-} $1"
	r=$((r + 1))
done
end_bench rounds.awk legs.awk
