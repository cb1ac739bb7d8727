#!/bin/sh
# SPDX-License-Identifier: MIT
# manager.sh - under a service manager that does what the unit says: the daemon is killed, hangs, is stopped; calls
# and hosts stay as the unit wants it.
. tests/system/lib.sh
begin manager
tapictl=$bin/tapictl
unit=etc/tapisrvd.service.in

manage() # UNIT
{
	spawn manager "$bin/sys-manager" "$1" "$socket" "$bin/tapisrvd" --config "$dir/conf"
	manager=$pid
	eventually 5 'the socket is there' [ -S "$socket" ]
}

# What the manager says: "start 1 PID", "ready 1 PID", "alive 1 PID", "died 1 SIGNAL", "end 1 CODE", "watchdog 1 PID".
said() { grep -q "^$1\( .*\)*$" "$dir/manager.out"; }
pid_of_start() { sed -n "s/^start $1 //p" "$dir/manager.out"; }

it_is_started_by_its_socket_and_gets_ready()
{
	manage $unit || return 1
	run "$tapictl" lines --timeout 300
	code 0 && has out 'Extension 101' && eventually 5 'it says that it is ready' said 'ready 1'
}

a_call_is_up()
{
	spawn answer "$tapictl" answer 1
	answerer=$pid
	spawn caller "$tapictl" dial 0 102 --duration 600 --timeout 300
	caller=$pid
	eventually 15 'the call is connected' grep -q connected "$dir/caller.out" || return 1
	host=$(hosts_here)
	is 'hosts' "$(echo "$host" | wc -w)" 1
}

the_call_goes_on()
{
	run "$tapictl" calls
	is 'calls' "$(grep -c ' connected ' "$dir/out")" 2 && has_not caller.out disconnected &&
		is 'host' "$(hosts_here)" "$host" && is 'host, as the daemon says' "$(host_pid exchange)" "$host" &&
		kill -0 "$caller" && kill -0 "$answerer"
}

a_killed_daemon_is_started_again_with_its_calls()
{
	for round in 1 2 3; do
		kill -KILL "$(pid_of_start $round)" || return 1
		eventually 10 "it is ready after kill $round" said "ready $((round + 1))" &&
			said "died $round 9" && the_call_goes_on || return 1
	done
}

alive() # START TIMES
{
	[ "$(grep -c "^alive $1 " "$dir/manager.out")" -ge "$2" ]
}

# The third time it is longer than the watchdog waits.
a_watched_daemon_lives()
{
	eventually 10 'it says that it is alive' alive 4 3 || return 1
	said watchdog && { WHY='it was not fed'; return 1; }
	is 'starts' "$(grep -c '^start' "$dir/manager.out")" 4
}

a_daemon_that_hangs_is_killed_and_started_again_with_its_calls()
{
	kill -STOP "$(pid_of_start 4)" || return 1
	eventually 10 'the watchdog bites' said 'watchdog 4' && eventually 10 'it is ready' said 'ready 5' &&
		the_call_goes_on
}

a_stop_ends_all_in_order()
{
	kill "$manager"
	reap "$manager" 15 && is 'exit code' "$CODE" 0 && said 'end 5 0' && reap "$caller" && reap "$answerer" &&
		is 'hosts after' "$(hosts_here)" ''
}

# The other way round: what KillMode is there for.
with_another_kill_mode_the_host_would_not_stay()
{
	sed 's/^KillMode=.*/KillMode=control-group/' $unit >"$dir/unit"
	manage "$dir/unit" && run "$tapictl" lines --timeout 300 && code 0 && a_call_is_up || return 1
	kill -KILL "$(pid_of_start 1)"
	eventually 10 'the call ends' grep -q idle "$dir/caller.out" && reap "$caller" && reap "$answerer" || return 1
	[ "$(host_pid exchange)" != "$host" ] || { WHY='the host is still there'; return 1; }
	kill "$manager"
	reap "$manager" 15 && is 'hosts after' "$(hosts_here)" ''
}

configure
export WATCHDOG_MS=4000
try it_is_started_by_its_socket_and_gets_ready
try a_call_is_up
try a_killed_daemon_is_started_again_with_its_calls
try a_watched_daemon_lives
try a_daemon_that_hangs_is_killed_and_started_again_with_its_calls
try a_stop_ends_all_in_order
try with_another_kill_mode_the_host_would_not_stay
