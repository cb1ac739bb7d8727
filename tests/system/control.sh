#!/bin/sh
# SPDX-License-Identifier: MIT
# control.sh - tapictl acts on calls of other programs, on lines that can hold, redirect and forward: SIP accounts of this
# machine that call each other. And lines that are out of service, come and go.
real_time=yes
. tests/system/lib.sh
begin control
tapictl=$bin/tapictl
sip=127.0.0.1:$("$bin/sip-port")

accounts() # NAME...
{
	echo "[provider sip]
	listen = $sip
	t1_ms = 100"
	for _a; do printf '[sip %s]\n user = %s\n' "$_a" "$_a"; done
	# Nobody is there.
	printf '[sip nobody]\n user = nobody\n server = 127.0.0.1:1\n secret = x\n register = yes\n'
}

json_has() # KEY...
{
	"$bin/sys-json" "$@" <"$dir/out" 2>"$dir/json" && return 0
	WHY=$(cat "$dir/json")
	return 1
}

id_on() # LINE
{
	"$tapictl" calls | awk -v line="$1" '$2 == line { print $1; exit }'
}

call_is() # STATE LINE
{
	"$tapictl" calls | awk -v line="$2" '$2 == line { print $3 }' | grep -qx "$1"
}

grown_to() # FILE BYTES
{
	[ "$(wc -c <"$dir/$1" 2>/dev/null || echo 0)" -ge "$2" ]
}

size() { wc -c <"$dir/$1"; }

# listen NAME OPTION...: an application that answers on this line; it has the line open when this returns.
listen()
{
	_line=$1
	shift
	spawn "$_line" "$tapictl" answer "$_line" --timeout 300 "$@"
	eventually 10 "$_line is listening" is_open_elsewhere "$_line"
}

connect() # alice calls bob
{
	listen bob --record "$dir/bob.wav" || return 1
	bob=$pid
	spawn alice "$tapictl" dial alice "sip:bob@$sip" --record "$dir/alice.wav"
	alice=$pid
	eventually 10 'alice connected' grep -q connected "$dir/alice.out" &&
		eventually 10 'bob connected' grep -q connected "$dir/bob.out" && id=$(id_on 0) && [ -n "$id" ]
}

out_of_service_has_a_reason()
{
	out_of_service() { "$tapictl" lines | grep nobody | grep -q 'out of service: .'; }
	eventually 10 'nobody is out of service' out_of_service || return 1
	run "$tapictl" lines
	code 0 && is 'lines in service' "$(grep -c 'in service$' "$dir/out")" 3 || return 1
	run "$tapictl" lines --json
	grep nobody "$dir/out" >"$dir/nobody"
	cp "$dir/nobody" "$dir/out"
	json_has state reason.sentence line_dev_status
}

a_call_of_another_program_is_held_and_its_sound_stays_there()
{
	connect && eventually 10 'sound at bob' grown_to bob.wav 20000 || return 1
	run "$tapictl" hold "$id"
	code 0 && has out "call $id: onhold" && eventually 5 'alice knows' grep -q onhold "$dir/alice.out" || return 1
	run "$tapictl" hold "$id"
	code 4 && has err INVALCALLSTATE || return 1
	run "$tapictl" unhold "$id" --json
	code 0 && json_has command result exit calls.call_id calls.call_state && has out LINECALLSTATE_CONNECTED || return 1
	eventually 10 'sound at bob again' grown_to bob.wav $(($(size bob.wav) + 20000)) &&
		eventually 10 'sound at alice again' grown_to alice.wav $(($(size alice.wav) + 20000)) &&
		is 'owners and monitors' "$("$tapictl" calls | awk '$2 == 0 { print $NF }')" 1/0
}

swapping_needs_a_held_call()
{
	listen carol || return 1
	carol=$pid
	spawn alice2 "$tapictl" dial alice "sip:carol@$sip"
	alice2=$pid
	eventually 10 'carol connected' grep -q connected "$dir/carol.out" || return 1
	other=$("$tapictl" calls | awk -v id="$id" '$2 == 0 && $1 != id { print $1 }')
	run "$tapictl" hold "$id"
	code 0 || return 1
	run "$tapictl" swap "$id" "$other"
	code 0 && has out "call $id: connected" && has out "call $other: onhold" || return 1
	run "$tapictl" swap "$id" "$other"
	code 0 && has out "call $id: onhold" && has out "call $other: connected"
}

dropping_ends_it_for_everybody()
{
	for i in "$id" "$other"; do
		run "$tapictl" drop "$i"
		code 0 && has out "call $i: idle" || return 1
	done
	for p in $alice $bob $alice2 $carol; do reap "$p" || return 1; done
	run "$tapictl" calls --json
	is calls "$(cat "$dir/out")" ''
}

connected_on() # LINE
{
	call_is connected "$1"
}

nobody_on() # LINE
{
	[ -z "$(id_on "$1")" ]
}

# The two are left with each other: one hears the other, and when one hangs up both are done.
they_have_each_other()
{
	eventually 10 'bob has a call' connected_on 1 && eventually 10 'carol has a call' connected_on 2 &&
		eventually 10 'alice has none' nobody_on 0 || return 1
	reap "$alice" || return 1
	eventually 10 'sound at carol' grown_to carol.wav $(($(size carol.wav) + 20000)) &&
		eventually 10 'sound at bob' grown_to bob.wav $(($(size bob.wav) + 20000)) || return 1
	run "$tapictl" drop "$(id_on 2)"
	code 0 && reap "$bob" && reap "$carol" && eventually 5 'bob has none' nobody_on 1
}

a_call_is_transferred_blind()
{
	listen carol --record "$dir/carol.wav" || return 1
	carol=$pid
	connect || return 1
	run "$tapictl" transfer "$id" "sip:carol@$sip"
	code 0 && has out "call $id: idle" && they_have_each_other
}

a_call_is_transferred_after_asking()
{
	listen carol --record "$dir/carol.wav" || return 1
	carol=$pid
	connect || return 1
	run "$tapictl" transfer "$id" "sip:carol@$sip" --consult --json
	code 0 && json_has command result calls.call_state && is 'calls that are over' \
		"$(grep -o LINECALLSTATE_IDLE "$dir/out" | wc -l)" 2 && they_have_each_other
}

a_transfer_to_nobody_takes_the_call_back()
{
	connect || return 1
	run "$tapictl" transfer "$id" "sip:none@$sip" --consult
	code 3 && has err 'the third party: ' && has out "call $id: connected" || return 1
	eventually 5 'sound at bob again' grown_to bob.wav $(($(size bob.wav) + 20000)) || return 1
	run "$tapictl" drop "$id"
	code 0 && reap "$alice" && reap "$bob"
}

calls_of_two_programs_are_no_conference()
{
	listen carol || return 1
	carol=$pid
	connect || return 1
	spawn alice2 "$tapictl" dial alice "sip:carol@$sip"
	alice2=$pid
	eventually 10 'carol connected' grep -q connected "$dir/carol.out" || return 1
	other=$("$tapictl" calls | awk -v id="$id" '$2 == 0 && $1 != id { print $1 }')
	run "$tapictl" conference "$id" "$other"
	code 1 && has err 'in different applications' && has out "call $id: connected" && has out "call $other: connected" ||
		return 1
	for i in "$id" "$other"; do run "$tapictl" drop "$i"; done
	for p in $alice $bob $alice2 $carol; do reap "$p" || return 1; done
}

sounds=/usr/share/sounds/alsa

play() # FILE: five times
{
	for _i in 1 2 3 4 5; do printf ' --play %s' "$sounds/$1"; done
}

tell() { echo "$1" >&9; }

# shellcheck disable=SC2046
two_calls_of_one_program_become_a_conference()
{
	listen bob --record "$dir/bob.wav" $(play Front_Center.wav) || return 1
	bob=$pid
	listen carol --record "$dir/carol.wav" $(play Rear_Left.wav) || return 1
	carol=$pid
	mkfifo "$dir/fifo"
	spawn app "$bin/sip-app" "$dir/fifo" alice
	app=$pid
	exec 9>"$dir/fifo"
	tell "dial 0 sip:bob@$sip"
	eventually 10 'the first call' grep -q '^state 1 CONNECTED' "$dir/app.out" || return 1
	tell 'hold 1'
	eventually 10 'it is held' grep -q '^reply hold 0' "$dir/app.out" || return 1
	tell "dial 0 sip:carol@$sip"
	eventually 10 'the second call' grep -q '^state 2 CONNECTED' "$dir/app.out" || return 1
	# shellcheck disable=SC2046
	spawn conference "$tapictl" conference $("$tapictl" calls | awk '$2 == 0 { print $1 }')
	conference=$pid
	eventually 10 'a conference' grep -q '^call [0-9]*: connected' "$dir/conference.out" &&
		is 'calls in it' "$(grep -c ': conferenced' "$dir/conference.out")" 2 || return 1
	eventually 20 'five seconds of it' grown_to carol.wav $(($(size carol.wav) + 160000))
}

# A mixer has no time to wait for who is late on a loaded machine; what was not said stays below 0.3.
each_hears_the_other_in_it()
{
	kill -INT "$conference"
	reap "$conference" && is 'exit of conference' "$CODE" 0 && has conference.out ': idle' || return 1
	for i in 1 2; do "$tapictl" drop "$(id_on $i)" >/dev/null 2>&1; done
	reap "$bob" && reap "$carol" || return 1
	tell quit
	exec 9>&-
	reap "$app" || return 1
	run "$bin/tapi-proof" "$dir/bob.wav" --at-least 0.7 --own $sounds/Rear_Left.wav --other $sounds/Front_Center.wav
	code 0 || { cat "$dir/out" >&2; return 1; }
	run "$bin/tapi-proof" "$dir/carol.wav" --at-least 0.7 --own $sounds/Front_Center.wav --other $sounds/Rear_Left.wav
	code 0 || { cat "$dir/out" >&2; return 1; }
}

forwarding_is_set_shown_and_ended()
{
	run "$tapictl" forward bob --busy "sip:carol@$sip" --noanswer "sip:alice@$sip"
	code 0 && has out "busy: sip:carol@$sip" && has out "noansw: sip:alice@$sip" || return 1
	run "$tapictl" forward bob --json
	code 0 && json_has device forward.forward_mode forward.dest_address && is modes \
		"$(grep -o forward_mode "$dir/out" | wc -l)" 2 || return 1
	run "$tapictl" forward bob --off
	code 0 && has out 'not forwarded'
}

a_call_is_refused()
{
	listen bob --reject || return 1
	bob=$pid
	run "$tapictl" dial alice "sip:bob@$sip" --timeout 300
	code 4 && reap $bob && is 'exit of answer' "$CODE" 0
}

uui_is() # CALL TEXT
{
	run "$tapictl" uui "$1"
	code 0 && has out "$2"
}

user_user_information_goes_with_a_call_and_its_answer()
{
	listen bob --uui 'the answer' || return 1
	bob=$pid
	spawn alice "$tapictl" dial alice "sip:bob@$sip" --uui 'the question'
	alice=$pid
	eventually 10 'alice connected' grep -q connected "$dir/alice.out" &&
		eventually 10 'bob connected' connected_on 1 && uui_is "$(id_on 1)" 'the question' &&
		uui_is "$(id_on 0)" 'the answer' || return 1
	run "$tapictl" drop "$(id_on 0)"
	code 0 && reap $alice && reap $bob || return 1
	run "$tapictl" dial alice "sip:bob@$sip" --uui "$(printf '%5000s' x)"
	code 1 && has err 'user-user'
}

a_call_is_sent_on_unanswered()
{
	listen bob --redirect "sip:carol@$sip" --json || return 1
	bob=$pid
	listen carol || return 1
	carol=$pid
	run "$tapictl" dial alice "sip:bob@$sip" --duration 0.3 --timeout 300
	code 0 && has out connected && reap $bob && is 'exit of answer' "$CODE" 0 && has bob.out '"result":"done"' &&
		has_not bob.out CONNECTED && reap $carol && has carol.out connected
}

lines_that_come_and_go_are_monitored()
{
	spawn monitor "$tapictl" monitor
	monitor=$pid
	eventually 5 'the monitor opens the lines' has_opens 2 0 || return 1
	configure "$(accounts alice bob dora)"
	kill -HUP "$daemon"
	eventually 10 'carol has gone' grep -q ' line 2  *LINE_REMOVE' "$dir/monitor.out" &&
		eventually 10 'dora has come' grep -q 'LINE_CREATE' "$dir/monitor.out" || return 1
	run "$tapictl" line dora
	new=$(sed -n 's/^line \([0-9]*\) .*/\1/p' "$dir/out")
	code 0 && [ -n "$new" ] && eventually 5 'the new line is watched' has_opens 2 dora || return 1
	spawn dora "$tapictl" answer dora --timeout 300
	dora=$pid
	eventually 5 'dora is listening' has_opens 3 dora || return 1
	run "$tapictl" dial alice "sip:dora@$sip" --duration 0.2
	code 0 && reap $dora &&
		eventually 5 'the call on the new line' grep -q " line $new .*LINE_CALLSTATE .*offering.* call [0-9]" "$dir/monitor.out" &&
		eventually 5 'its end with the reason' grep -q " line $new .*disconnected.*(" "$dir/monitor.out" || return 1
	kill "$monitor"
	reap "$monitor" && is 'exit of monitor' "$CODE" 0
}

# What a reload changes in a line shows at once; lines come back to those who watch when a killed host does.
a_line_is_called_as_it_is_configured()
{
	configure "$(accounts alice bob dora | sed 's/^ user = dora$/ user = dorothy/')"
	kill -HUP "$daemon"
	eventually 10 'dora is dorothy' sh -c '"$1" lines | grep -q "dora .*sip:dorothy@"' - "$tapictl" || return 1
	is 'lines of the provider' "$("$tapictl" providers --json | sed -n 's/.*"num_lines":\([0-9]*\).*/\1/p')" 4
}

lines_of_a_killed_host_are_watched_again()
{
	spawn monitor "$tapictl" monitor
	monitor=$pid
	eventually 5 'the monitor opens the lines' has_opens 2 0 || return 1
	kill -KILL "$(host_pid sip)"
	eventually 5 'the line is closed' grep -q ' line 0 .*LINE_CLOSE' "$dir/monitor.out" &&
		eventually 15 'it is watched again' has_opens 2 alice || return 1
	kill "$monitor"
	reap "$monitor" && is 'exit of monitor' "$CODE" 0
}

start_daemon "$(accounts alice bob carol)"
try out_of_service_has_a_reason
try a_call_of_another_program_is_held_and_its_sound_stays_there
try swapping_needs_a_held_call
try dropping_ends_it_for_everybody
try a_call_is_transferred_blind
try a_call_is_transferred_after_asking
try a_transfer_to_nobody_takes_the_call_back
try calls_of_two_programs_are_no_conference
try two_calls_of_one_program_become_a_conference
try each_hears_the_other_in_it
try forwarding_is_set_shown_and_ended
try a_call_is_refused
try user_user_information_goes_with_a_call_and_its_answer
try a_call_is_sent_on_unanswered
try lines_that_come_and_go_are_monitored
try a_line_is_called_as_it_is_configured
try lines_of_a_killed_host_are_watched_again
