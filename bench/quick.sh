#!/bin/sh
# SPDX-License-Identifier: MIT
# quick.sh - make bench-quick: three rounds of floor, core, host and calls, interleaved, all on one CPU (`same`) and
# with the daemon on another CPU than everybody else (`both`). Prints one line of k=v per contestant and round, then the ratios. Exit 77: too noisy to judge.
. tests/system/lib.sh
. bench/lib.sh

rounds=3 slice=0.4 call_slice=2
cpu=$(($(getconf _NPROCESSORS_ONLN) - 1))
[ $cpu -gt 0 ] || { echo 'bench: needs two CPUs' >&2; exit 77; }

tell() # N: both relays print their counts for the N-th time
{
	kill -USR1 $relay $host_relay
	for f in relay host_relay; do
		wait_until 5 sh -c '[ $(wc -l <"$1") -ge $2 ]' - "$dir/$f.out" "$1"
	done
}

frames_of() # RELAY CALLS: frames per call, as it told last
{
	tail -n 1 "$dir/$1.out" | sed 's/frames_in=\([0-9]*\) frames_out=\([0-9]*\) .*/\1 \2/' |
		awk -v calls="$2" '{ printf "%.1f", ($1 + $2) / calls }'
}

# Counts the frames of 100 calls at both borders of the core, with a relay at each.
count_messages()
{
	cat >"$dir/host" <<-EOF
	#!/bin/sh
	exec "$bin/tapi-tsphost" --socket "$dir/run/relayed" "\$3" "\$4" "\$5" "\$6"
	EOF
	chmod 700 "$dir/host"
	spawn host_relay "$bin/bench-relay" "$dir/run/relayed" "$dir/run/host/socket"
	host_relay=$pid
	configure "$quiet_exchange"
	sed -i "s|^host = .*|host = $dir/host|" "$dir/conf"
	launch_daemon
	spawn relay "$bin/bench-relay" "$dir/run/client" "$socket"
	relay=$pid
	wait_until 5 test -S "$dir/run/client"
	TAPISRVD_SOCKET=$dir/run/client
	spawn answer "$bin/bench-call" answer 1 -
	answerer=$pid
	wait_until 5 grep -q ready "$dir/answer.out"
	tell 1
	run "$bin/bench-call" dial 0 102 60 100 -
	calls=$(sed -n 's/^n=\([0-9]*\) .*/\1/p' "$dir/out")
	tell 2
	kill $answerer && reap $answerer
	TAPISRVD_SOCKET=$socket
	stop_daemon
	kill $relay $host_relay
	reap $relay && reap $host_relay
	client_messages=$(frames_of relay "$calls")
	host_messages=$(frames_of host_relay "$calls")
	messages=$(awk "BEGIN { print $client_messages + $host_messages }")
}

contestant() # NAME PLACE
{
	case $1 in
	floor_core) "$bin/bench-floor-rpc" blocking "$core_frames" $slice "$2" ;;
	floor_host) "$bin/bench-floor-rpc" blocking "$host_frames" $slice "$2" ;;
	event_core) "$bin/bench-floor-rpc" event "$core_frames" $slice "$2" ;;
	core) "$bin/bench-rpc" core $slice "$2" "$daemon" ;;
	host) "$bin/bench-rpc" host $slice "$2" "$daemon" "$host" ;;
	call)
		spawn answer "$bin/bench-call" answer 1 "$2"
		answerer=$pid
		wait_until 5 grep -q ready "$dir/answer.out"
		"$bin/bench-call" dial 0 102 $call_slice 0 "$2" "$daemon" "$host" $answerer
		kill $answerer && reap $answerer >/dev/null
		;;
	esac
}

environment()
{
	echo "cores=$(getconf _NPROCESSORS_ONLN) kernel=$(uname -r) machine=$(uname -m)" \
		"cpu=\"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)\""
	echo "compiler=\"$(${CC:-cc} --version | head -n 1)\" libevent=$(pkg-config --modversion libevent_core)" \
		"protobuf_c=$(pkg-config --modversion libprotobuf-c) fifo=no pinning=sched_setaffinity(same:$cpu,both:0+$cpu)" \
		"load=$(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null)"
}

begin bench
environment | tee "$dir/raw"
count_messages
start_daemon "$quiet_exchange"
host=$(host_pid exchange)
record_requests core host
echo "messages_per_call=$messages applications=$client_messages host=$host_messages (frames, of 100 calls)" | tee -a "$dir/raw"

order='floor_core core event_core host floor_host call'
round=1
while [ $round -le $rounds ]; do
	for placement in same both; do
		[ $placement = same ] && where=$cpu || where=0:$cpu
		for c in $order; do
			line=$(contestant "$c" $where) || { echo "bench: $c failed" >&2; exit 1; }
			echo "round=$round placement=$placement contestant=$c $line" | tee -a "$dir/raw"
		done
	done
	order="${order#* } ${order%% *}"
	round=$((round + 1))
done
cp "$dir/raw" "$BUILD/bench-quick.txt"
echo
code=0
awk -v messages="$messages" -f bench/rounds.awk -f bench/table.awk "$dir/raw" || code=$?
echo "raw lines: $BUILD/bench-quick.txt"
stop_daemon
trap - EXIT
rm -rf "$dir"
exit $code
