#!/bin/sh
# SPDX-License-Identifier: MIT
# deaths.sh - applications and provider hosts that are killed or stop in the middle of a call: the other side hears
# of it with a cause, nothing stays behind, nobody else notices.
. tests/system/lib.sh
begin die
tapictl=$bin/tapictl
rounds=50

descriptors_of() { ls "/proc/$1/fd" | wc -l; }
# UDP sockets of these processes: media has no place in them.
udp_ports_of()
{
	for _p; do ls -l "/proc/$_p/fd"; done | sed -n 's/.*socket:\[\([0-9]*\)\].*/ \1 /p' >"$dir/inodes"
	cat /proc/net/udp /proc/net/udp6 2>/dev/null | grep -cF -f "$dir/inodes"
}
calls_left() { "$tapictl" calls --json | wc -l; }

no_more_than() # LIMIT COMMAND...
{
	_limit=$1
	shift
	[ "$("$@")" -le "$_limit" ]
}

# A call from line 0 to line 1; $dialler and $answerer are the applications.
call_up() # [OPTIONS OF BOTH]
{
	spawn answer "$tapictl" answer 1 "$@"
	answerer=$pid
	spawn dial "$tapictl" dial 0 102 "$@"
	dialler=$pid
	eventually 10 'the call is connected' grep -q connected "$dir/dial.out" &&
		eventually 10 'connected at the answerer' grep -q connected "$dir/answer.out"
}

hang_up_well()
{
	kill -INT "$dialler"
	reap "$dialler" && is 'exit of dial' "$CODE" 0 && reap "$answerer" && is 'exit of answer' "$CODE" 0
}

a_killed_caller_is_a_drop_at_the_answerer()
{
	call_up || return 1
	kill -KILL $dialler
	reap $dialler
	reap $answerer && is 'exit of answer' "$CODE" 0 && has answer.out disconnected && has answer.err 'hung up'
}

a_killed_answerer_is_a_drop_at_the_caller()
{
	call_up || return 1
	kill -KILL $answerer
	reap $answerer
	reap $dialler && is 'exit of dial' "$CODE" 0 && has dial.out disconnected && has dial.err 'hung up'
}

nothing_stays_behind_after_50_rounds_of_it()
{
	host=$(host_pid exchange)
	daemon_fds=$(descriptors_of "$daemon") host_fds=$(descriptors_of "$host")
	round=0
	while [ $round -lt $rounds ]; do
		call_up --record /dev/null || return 1
		[ $((round % 2)) = 0 ] && victim=$dialler || victim=$answerer
		kill -KILL $victim
		reap $dialler && reap $answerer || return 1
		round=$((round + 1))
	done
	eventually 5 'no call is left' no_more_than 0 calls_left &&
		eventually 5 "the daemon has $daemon_fds descriptors" no_more_than "$daemon_fds" descriptors_of "$daemon" &&
		eventually 5 "the host has $host_fds descriptors" no_more_than "$host_fds" descriptors_of "$host" &&
		is 'UDP ports of daemon and host' "$(udp_ports_of "$daemon" "$host")" 0 &&
		is 'processes of the calls' "$pids" " $daemon" &&
		is 'host of the exchange' "$(host_pid exchange)" "$host"
}

a_killed_host_ends_the_call_with_a_cause_at_both()
{
	template=$(host_pid template)
	spawn other "$tapictl" dial 4 5551
	other=$pid
	eventually 5 'a call on another provider' grep -q connected "$dir/other.out" && call_up || return 1
	kill -KILL "$(host_pid exchange)"
	reap $dialler && is 'exit of dial' "$CODE" 1 && has dial.out idle && has dial.err 'host' || return 1
	reap $answerer && is 'exit of answer' "$CODE" 1 && has answer.out idle && has answer.err 'host'
}

restarted() # PROVIDER
{
	"$tapictl" providers --json | grep "\"name\":\"$1\"" | grep '"state":"running"' | grep -q '"restarts":[1-9]'
}

the_next_call_works()
{
	eventually 10 'the host is started again' restarted exchange && call_up && hang_up_well
}

another_provider_noticed_nothing()
{
	is 'its host' "$(host_pid template)" "$template" && has_not other.out idle || return 1
	kill -INT $other
	reap $other && is 'exit of its call' "$CODE" 0
}

has_read_again() { [ "$(grep -c 'reads .* again' "$dir/daemon.log")" -gt "$1" ]; }

dispatch_within() # SECONDS
{
	_read=$(grep -c 'reads .* again' "$dir/daemon.log")
	daemon_keys="dispatch_timeout = $1"
	configure "$providers"
	kill -HUP "$daemon"
	eventually 5 'the file is read again' has_read_again "$_read"
}

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# As when the whole machine stands still: the daemon is asked nothing meanwhile, so it may not say that others are late.
# $_ran: the time for which it was the dialler alone that stood still. When that was too long it was no such thing.
who_was_stopped_together_with_the_daemon_keeps_its_call()
{
	dispatch_within 3 || return 1
	for _n in 1 2 3 4 5 6 7 8 9 10; do
		call_up || return 1
		_began=$(now_ms)
		kill -STOP $dialler
		sleep 1.7 # it has been asked whether it dispatches, and the answer is not due yet
		kill -STOP $daemon
		_ran=$(($(now_ms) - _began))
		sleep 3.2
		_began=$(now_ms)
		kill -CONT $daemon
		sleep 0.2
		kill -CONT $dialler
		_ran=$((_ran + $(now_ms) - _began))
		[ $_ran -gt 2700 ] || break
		kill -INT "$dialler"
		reap "$dialler" && reap "$answerer" || return 1
	done
	has_not dial.err 'did not dispatch' && has_not dial.out idle && hang_up_well
}

who_does_not_dispatch_loses_the_call_with_that_reason()
{
	call_up || return 1
	kill -STOP $answerer
	kill -INT $dialler # its drop is the event that the answerer does not take
	reap $dialler && eventually 5 'a log line' grep -q 'did not dispatch for 3.0 s' "$dir/daemon.log" || return 1
	kill -CONT $answerer
	reap $answerer 10 || return 1
	call_up || return 1
	kill -STOP $dialler
	spawn poke "$tapictl" monitor # LINE_CALLINFO: an event for the owner
	poke=$pid
	reap $answerer 5 || { kill -CONT $dialler; return 1; }
	kill -CONT $dialler
	kill $poke
	reap $poke && reap $dialler && has dial.out idle && has dial.err 'did not dispatch' && dispatch_within 60
}

a_core_that_does_not_come_back_ends_the_call_with_a_cause()
{
	call_up || return 1
	kill -KILL "$daemon"
	reap "$daemon"
	daemon=
	for side in dial answer; do
		[ $side = dial ] && pid=$dialler || pid=$answerer
		reap "$pid" 15 || return 1
		[ "$CODE" = 1 ] || code 5 || return 1 # failed, or unreachable
		has $side.out idle && has $side.err 'cannot reach tapisrvd' || return 1
	done
}

hosts_without_a_core_end_by_themselves()
{
	eventually 15 'the hosts ended' no_more_than 0 hosts_left && has daemon.log 'no core for 10000 ms' &&
		has daemon.log 'exchange: shut down' && has daemon.log 'template: shut down'
}

hosts_left() { hosts_here | wc -l; }

providers='[provider exchange]
	extensions = 101-104
	absent_ms = 60000

	[provider template]'
start_daemon "$providers"
try a_killed_caller_is_a_drop_at_the_answerer
try a_killed_answerer_is_a_drop_at_the_caller
try nothing_stays_behind_after_50_rounds_of_it
try a_killed_host_ends_the_call_with_a_cause_at_both
try the_next_call_works
try another_provider_noticed_nothing
try who_was_stopped_together_with_the_daemon_keeps_its_call
try who_does_not_dispatch_loses_the_call_with_that_reason
try a_core_that_does_not_come_back_ends_the_call_with_a_cause
try hosts_without_a_core_end_by_themselves
