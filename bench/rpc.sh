#!/bin/sh
# SPDX-License-Identifier: MIT
# rpc.sh - make bench-rpc: requests and calls against a bare ping-pong of the same bytes and against D-Bus, interleaved, all
# on one CPU (`same`) and with the daemon on another CPU than everybody else (`both`). Exit 77: too noisy to judge.
. tests/system/lib.sh
. bench/lib.sh
. bench/peers.sh

slice=${SLICE:-0.3} call_slice=${CALL_SLICE:-0.5}

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
	dbus) "$bin/bench-peer-dbus" call "$bus" $slice "$2" "$bus_daemon" "$bus_service" ;;
	ofono) "$bin/bench-peer-dbus" ofono "$bus" $slice "$2" "$bus_daemon" "$ofono" ;;
	modemmanager) "$bin/bench-peer-dbus" modemmanager "$bus" $slice "$2" "$bus_daemon" "$modemmanager" ;;
	call)
		spawn answer "$bin/bench-call" answer 1 "$2"
		answerer=$pid
		wait_until 5 grep -q ready "$dir/answer.out"
		"$bin/bench-call" dial 0 102 $call_slice 0 "$2" "$daemon" "$host" $answerer
		kill $answerer && reap $answerer >/dev/null
		;;
	esac
}

begin_bench rpc
count_messages
start_daemon "$quiet_exchange"
host=$(host_pid exchange)
record_requests core host
raw "messages_per_call=$messages applications=$client_messages host=$host_messages (frames, of 100 calls)"
contestants='floor_core core event_core host floor_host call'
if start_bus; then contestants="$contestants dbus"; else skip dbus; fi
if start_peer ofono ofonod --nodetach; then ofono=$pid contestants="$contestants ofono"; else skip ofono; fi
if start_peer modemmanager ModemManager; then modemmanager=$pid contestants="$contestants modemmanager"; else skip modemmanager; fi
measure $contestants
stop_daemon
end_bench rounds.awk rpc.awk
