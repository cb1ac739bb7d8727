#!/bin/sh
# SPDX-License-Identifier: MIT
# stop.sh - SIGTERM: applications hear at once why their calls end, and no provider host stays behind, not even one
# that outlived another daemon and hangs.
. tests/system/lib.sh
begin stop
tapictl=$bin/tapictl

hosts_left() { hosts_here | wc -l; }

none_left() { [ "$(hosts_left)" = 0 ]; }

applications_hear_at_once_why()
{
	spawn answer "$tapictl" answer 1
	answerer=$pid
	spawn dial "$tapictl" dial 0 102
	dialler=$pid
	eventually 10 'the call is connected' grep -q connected "$dir/dial.out" &&
		eventually 10 'connected at the answerer' grep -q connected "$dir/answer.out" || return 1
	kill -TERM "$daemon"
	# Without a word they would look for the daemon for 10 s.
	reap $dialler 5 && is 'exit of dial' "$CODE" 1 && has dial.out idle && has dial.err 'the daemon is stopping' &&
		reap $answerer 5 && is 'exit of answer' "$CODE" 1 && has answer.out idle &&
		has answer.err 'the daemon is stopping' || return 1
	reap "$daemon" 5 && is 'exit of the daemon' "$CODE" 0 && daemon='' &&
		has daemon.log 'exchange: shut down' && eventually 5 'the host ended' none_left
}

restart_over_a_living_host()
{
	start_daemon '[provider exchange]
	extensions = 101-104'
	host=$(host_pid exchange)
	kill -KILL "$daemon"
	reap "$daemon"
	launch_daemon
	is 'host of the exchange' "$(host_pid exchange)" "$host"
}

a_host_of_before_that_hangs_is_ended()
{
	daemon_keys='kill_timeout = 2'
	restart_over_a_living_host || return 1
	kill -STOP "$host"
	kill -TERM "$daemon"
	reap "$daemon" 10 && daemon='' && has daemon.log 'exchange: did not shut down in time' &&
		eventually 5 'the host ended' none_left
}

the_next_daemon_finds_its_place_free()
{
	launch_daemon
	"$tapictl" providers --json | grep -q '"state":"running"' || return 1
	stop_daemon
}

start_daemon '[provider exchange]
	extensions = 101-104
	absent_ms = 60000'
try applications_hear_at_once_why
try a_host_of_before_that_hangs_is_ended
try the_next_daemon_finds_its_place_free
