#!/bin/sh
# SPDX-License-Identifier: MIT
# hostile.sh - bytes that no client sends: that connection is closed with one log line that names the reason, and a
# call of others goes on.
. tests/system/lib.sh
begin bad
tapictl=$bin/tapictl

warnings()
{
	grep -c '^\(warn\|error\)' "$dir/daemon.log"
}

warned() # MORE OFTEN THAN
{
	[ "$(warnings)" -gt "$1" ]
}

# closed ATTACK TEXT: the daemon ends the connection and says so in one line that holds the text.
closed()
{
	before=$(warnings)
	run "$bin/sys-raw" "$socket" "$1"
	code 0 && eventually 2 'a log line' warned "$before" || { WHY="$1: $WHY"; return 1; }
	is "log lines of $1" $(($(warnings) - before)) 1 || return 1
	grep '^\(warn\|error\)' "$dir/daemon.log" | tail -n 1 >"$dir/line"
	has line "$2" || { WHY="$1: $WHY"; return 1; }
}

descriptors_of()
{
	ls "/proc/$1/fd" | wc -l
}

what_comes_before_the_hello()
{
	closed garbage 'connection closed: ' && closed malformed_hello 'garbage came instead of a hello' &&
		closed request_before_hello 'instead of a hello' && closed too_long_before_hello 'connection closed: '
}

a_wrong_protocol_version()
{
	closed wrong_version 'protocol'
}

frames_that_are_too_long_or_too_short()
{
	closed too_long 'sys-raw: connection closed: ' && closed too_short 'malformed'
}

frames_that_do_not_belong_here()
{
	closed unknown_kind 1999 && closed wrong_direction 1003 && closed no_serial 'serial'
}

deep_and_amplifying_messages()
{
	closed deep 'sys-raw: connection closed: ' && closed amplifying 'too large'
}

one_that_asks_and_never_reads()
{
	closed never_reading 'does not read'
}

descriptors_that_nobody_asked_for()
{
	closed descriptors 'sys-raw: connection closed: '
}

one_that_says_nothing()
{
	reap $silent 10 && is 'exit code' "$CODE" 0 && has daemon.log 'no hello came in time'
}

# They end by themselves; who was there before notices nothing, and who comes after them is served.
a_crowd_that_says_nothing()
{
	run "$bin/sys-raw" "$socket" crowd
	code 0 && has out 'kept: 32 of 300' && has daemon.log 'has too many connections that have said nothing yet' ||
		return 1
	is 'lines about refusals' "$(grep -c 'said nothing yet' "$dir/daemon.log")" 1 || return 1
	run "$tapictl" lines
	code 0
}

no_descriptor_and_no_memory_stay_behind()
{
	eventually 2 'as many descriptors as before' sh -c '[ $(ls /proc/$0/fd | wc -l) -le $1 ]' "$daemon" "$fds"
}

the_call_of_others_went_on()
{
	run "$tapictl" calls
	code 0 && is 'connected ends' "$(grep -c connected "$dir/out")" 2 || return 1
	kill -INT $dialler
	reap $dialler && is 'exit of dial' "$CODE" 0 && reap $answerer && is 'exit of answer' "$CODE" 0 &&
		has answer.out disconnected
}

takes_no_more()
{
	run "$tapictl" lines
	code 5 && has daemon.log 'has too many connections'
}

hellos() { grep -c ': hello' "$dir/daemon.log"; }

more_hellos_than() { [ "$(hellos)" -gt "$1" ]; }

more_connections_than_a_user_may_have()
{
	stop_daemon || return 1
	daemon_keys='connections = 2'
	start_daemon
	before=$(hellos)
	spawn first "$tapictl" monitor
	first=$pid
	eventually 5 'the first is there' more_hellos_than "$before" || return 1
	spawn second "$tapictl" monitor
	second=$pid
	eventually 5 'the second is there' more_hellos_than $((before + 1)) || return 1
	eventually 5 'the third is turned away' takes_no_more || return 1
	kill -INT "$first" && reap "$first" && eventually 5 'there is room again' "$tapictl" lines || return 1
	kill -INT "$second" && reap "$second"
}

start_daemon
spawn silent "$bin/sys-raw" "$socket" silent
silent=$pid
spawn answer "$tapictl" answer 1
answerer=$pid
spawn dial "$tapictl" dial 0 102
dialler=$pid
wait_until 10 grep -q connected "$dir/dial.out"
fds=$(descriptors_of "$daemon")

try what_comes_before_the_hello
try a_wrong_protocol_version
try frames_that_are_too_long_or_too_short
try frames_that_do_not_belong_here
try deep_and_amplifying_messages
try one_that_asks_and_never_reads
try descriptors_that_nobody_asked_for
try one_that_says_nothing
try a_crowd_that_says_nothing
try no_descriptor_and_no_memory_stay_behind
try the_call_of_others_went_on
try more_connections_than_a_user_may_have
