#!/bin/sh
# SPDX-License-Identifier: MIT
# digits.sh - digits and tones by tapictl between two programs: what one sends, others gather, monitor and find in a
# recording; and gathering goes on while the core dies.
. tests/system/lib.sh
begin digits
tapictl=$bin/tapictl

# A call from line 0 to line 1, both with sound; the answerer records.
call_up()
{
	spawn answer "$tapictl" answer 1 --record "$dir/heard.wav"
	answerer=$pid
	spawn dial "$tapictl" dial 0 102 --record "$dir/said.wav"
	dialler=$pid
	eventually 10 'the call is connected' grep -q connected "$dir/dial.out" &&
		eventually 10 'connected at the answerer' grep -q connected "$dir/answer.out" || return 1
	from=0:$(call_of 0) to=1:$(call_of 1)
}

call_of() # LINE
{
	"$tapictl" calls 2>/dev/null | awk -v line="$1" '$2 == line { print $1; exit }'
}

hang_up()
{
	kill -INT "$dialler"
	reap "$dialler" && is 'exit of dial' "$CODE" 0 && reap "$answerer" && is 'exit of answer' "$CODE" 0
}

# Sends these digits again and again until the process has ended: nobody knows when it begins to listen.
press_until_gone() # PID CALL DIGITS WORD...
{
	_pressed=$1
	shift
	for _n in $(seq 100); do
		! all_gone "$_pressed" || break
		run "$tapictl" digits "$@"
		code 0 || return 1
	done
	reap "$_pressed"
}

digits_are_gathered()
{
	call_up || return 1
	spawn gather "$tapictl" gather "$to" --count 3
	press_until_gone $pid "$from" 7 && is 'exit of gather' "$CODE" 0 && is 'what was gathered' "$(cat "$dir/gather.out")" \
		'777  (all of them)'
}

a_terminator_ends_gathering()
{
	spawn gather "$tapictl" gather "$to" --count 20 --term '#' --json
	press_until_gone $pid "$from" '#' && is 'exit of gather' "$CODE" 0 && has gather.out '"digits":"#"' &&
		has gather.out LINEGATHERTERM_TERMDIGIT
}

without_digits_the_time_is_over()
{
	run "$tapictl" gather "$to" --count 4 --timeout 0.3
	code 6 && has out '(no digit in time)'
}

an_interrupted_gathering_says_so()
{
	gathering && kill -INT $_gather && reap $_gather && is 'exit of gather' "$CODE" 1 && has gather.out '(cancelled)'
}

gathering()
{
	spawn gather "$tapictl" gather "$to" --count 4
	_gather=$pid
	eventually 60 'a second owner' owned_by_two "$to"
}

# As timeout(1) does. The second comes while the daemon has not answered the first; if it was late, that was no test.
interrupted_twice_is_interrupted_once()
{
	for _n in 1 2 3 4 5 6 7 8 9 10; do
		gathering || return 1
		kill -STOP "$daemon"
		_ns=$(date +%s%N)
		kill -INT $_gather
		sleep 0.2
		kill -INT $_gather
		_ns=$(($(date +%s%N) - _ns))
		kill -CONT "$daemon"
		reap $_gather
		[ $_ns -gt 900000000 ] || break
	done
	is 'exit of gather' "$CODE" 1 && has gather.out '(cancelled)'
}

owned_by_two() # CALL
{
	"$tapictl" call "$1" --json | grep -q '"num_owners":2'
}

# Both own it for a while, and one of them goes first: dial keeps it, see the_call_ends_well.
two_commands_act_at_once()
{
	spawn gather "$tapictl" gather "$from" --count 1
	_gather=$pid
	eventually 5 'a second owner' owned_by_two "$from" && run "$tapictl" digits "$from" 3 && code 0 || return 1
	press_until_gone $_gather "$to" 8 && has gather.out '8  (all of them)'
}

monitor_tells_what_is_heard()
{
	spawn monitor "$tapictl" monitor --sound --tone 1400/300
	_monitor=$pid
	until_told LINE_MONITORDIGITS digits 5 && has monitor.out 'digit 5' &&
		until_told LINE_MONITORTONE tone 1400 --duration 0.5 &&
		until_told LINE_MONITORMEDIA tone 2100 --duration 1.5 && has monitor.out g3fax || return 1
	kill -INT $_monitor
	reap $_monitor
}

until_told() # MESSAGE VERB WORD...: sends it until the monitor has told of it
{
	_message=$1 _verb=$2
	shift 2
	for _n in $(seq 50); do
		grep -q "$_message" "$dir/monitor.out" && return 0
		run "$tapictl" "$_verb" "$from" "$@"
		code 0 || return 1
	done
	WHY="no $_message: $(tail -n 1 "$dir/monitor.out")"
	return 1
}

pulses_are_gathered()
{
	spawn gather "$tapictl" gather "$to" --count 2 --pulse
	press_until_gone $pid "$from" 2 --pulse && is 'what was gathered' "$(cat "$dir/gather.out")" '22  (all of them)'
}

# When the tone begins nobody knows: once it may end digits.
another_tone_ends_the_first()
{
	spawn tone "$tapictl" tone "$from" busy
	_tone=$pid _ended=0
	until all_gone $_tone; do
		run "$tapictl" digits "$from" 1
		[ "$CODE" = 0 ] && has out sent && continue
		_ended=$((_ended + 1))
		code 1 && has out cancelled && is 'times that digits were cancelled' $_ended 1 || return 1
	done
	reap $_tone && is 'exit of tone' "$CODE" 1 && has tone.out cancelled
}

wrong_words_are_refused()
{
	run "$tapictl" tone "$from" 5000+x && code 2 && has err 'such as 440+480' &&
		run "$tapictl" tone "$from" 5000 && code 1 && has err INVALTONE &&
		run "$tapictl" gather "$to" && code 2 && run "$tapictl" gather "$to" --count 0 && code 2 &&
		run "$tapictl" gather "$to" --term x --count 4 && code 1 && has err INVALDIGITS &&
		run "$tapictl" monitor --tone loud && code 2
}

lines_opened() { grep -c 'opened line' "$dir/daemon.log"; }
has_opened() { [ "$(lines_opened)" -ge "$1" ]; }

gathering_goes_on_while_the_core_dies()
{
	spawn gather "$tapictl" gather "$to" --count 3
	_gather=$pid
	_opened=$(lines_opened)
	spawn monitor "$tapictl" monitor
	_monitor=$pid
	eventually 5 'a monitor of all lines' has_opened $((_opened + 4)) || return 1
	eventually 5 'a second owner' owned_by_two "$to" && run "$tapictl" digits "$from" 4 && code 0 || return 1
	kill -KILL "$daemon"
	reap "$daemon"
	launch_daemon
	eventually 10 'the call again' owned_by_two "$to" &&
		eventually 5 'the monitor is told' grep -q 'TAPIX_RESYNCHRONISED .* calls lost 0 lines lost 0' "$dir/monitor.out" ||
		return 1
	kill $_monitor
	reap $_monitor || return 1
	press_until_gone $_gather "$from" 2 && is 'exit of gather' "$CODE" 0 && has gather.out '2  (all of them)'
}

recorded() { wc -c <"$dir/heard.wav"; }

has_grown() # BYTES
{
	[ "$(recorded)" -gt "$1" ]
}

# While it is paused digits pass, as long as it would take for the recording to grow. A rule may be late: then it has
# grown, and is asked again.
digits_control_a_recording()
{
	spawn control "$tapictl" control "$to" 5=pause 6=resume
	_control=$pid
	eventually 5 'the rules' grep -q connected "$dir/control.out" || return 1
	eventually 5 'the recording' has_grown "$(recorded)" || return 1
	for _n in 1 2 3 4 5 6 7 8 9 10; do
		run "$tapictl" digits "$from" 51
		code 0 || return 1
		_paused=$(recorded)
		run "$tapictl" digits "$from" 1111 --duration 0.2
		code 0 || return 1
		has_grown "$_paused" || break
	done
	is 'the paused recording' "$(recorded)" "$_paused" && run "$tapictl" digits "$from" 6 && code 0 &&
		eventually 5 'the recording again' has_grown "$_paused" || return 1
	kill -INT $_control
	reap $_control && is 'exit of control' "$CODE" 0 || return 1
	run "$tapictl" control "$to" 5=sing
	code 2 && has err "a rule is WHEN=ACTION"
}

the_call_ends_well()
{
	run "$tapictl" digits "$from" '4711#*0' --duration 0.1
	code 0 && hang_up && has_not dial.out 'another program has the call' && has_not answer.out 'another program has the call'
}

# Its header has its length when the call has ended; before these there are all digits of the tests above. A machine that
# stands still for a while breaks a digit: then it is another call.
the_recording_has_the_digits()
{
	for _n in 1 2 3 4 5; do
		run "$bin/sys-dtmf" "$dir/heard.wav"
		code 0 || return 1
		! has out '4711#*0' || return 0
		call_up && the_call_ends_well || return 1
	done
	return 1
}

start_daemon
for t in digits_are_gathered a_terminator_ends_gathering without_digits_the_time_is_over an_interrupted_gathering_says_so \
	interrupted_twice_is_interrupted_once two_commands_act_at_once monitor_tells_what_is_heard pulses_are_gathered another_tone_ends_the_first \
	wrong_words_are_refused digits_control_a_recording gathering_goes_on_while_the_core_dies the_call_ends_well the_recording_has_the_digits; do
	try $t
done
