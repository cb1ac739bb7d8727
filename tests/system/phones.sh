#!/bin/sh
# SPDX-License-Identifier: MIT
# phones.sh - sets of the exchange: what a hand does at one reaches applications and the line; a daemon and a host that die.
. tests/system/lib.sh
begin phones
tapictl=$bin/tapictl

watch() # PHONE: into $dir/watch.out; the phone is watched when this returns.
{
	spawn watch "$tapictl" phone "$1" monitor
	watcher=$pid
	eventually 5 'the phone is watched' sh -c '"$1" phone "$2" | grep -q "monitors *2"' - "$tapictl" "$1"
}

unwatch()
{
	kill "$watcher" && reap "$watcher"
}

json_has() # KEY...
{
	"$bin/sys-json" "$@" <"$dir/out" 2>"$dir/json" && return 0
	WHY=$(cat "$dir/json")
	return 1
}

each_line_has_a_phone()
{
	run "$tapictl" phones
	code 0 && is 'phones' "$(grep -c 'connected' "$dir/out")" 4 || return 1
	run "$tapictl" phones --json
	code 0 && json_has device phone_caps.phone_name phone_status.lamp_modes || return 1
	run "$tapictl" phone 102
	code 0 && has out 'phone 1  Extension 102'
}

a_button_reaches_whoever_watches()
{
	watch 1 || return 1
	run "$tapictl" phone 102 press '*'
	code 0 && eventually 5 'down and up' grep -q 'PHONE_BUTTON *10 keypad up' "$dir/watch.out" &&
		has watch.out '10 keypad down' || return 1
	run "$tapictl" phone 1 press 99
	code 3 && has err 'INVALBUTTONLAMPID' || return 1
	unwatch
}

what_is_set_is_there_for_the_next()
{
	run "$tapictl" phone 1 display 'Please call home'
	code 0 || return 1
	run "$tapictl" phone 1 display
	code 0 && has out 'Please call home' && is rows "$(wc -l <"$dir/out")" 2 || return 1
	run "$tapictl" phone 1 lamp 13 flutter
	code 0 || return 1
	run "$tapictl" phone 1 lamp 13
	code 0 && is lamp "$(cat "$dir/out")" flutter || return 1
	run "$tapictl" phone 1 gain headset 4711
	code 0 || return 1
	run "$tapictl" phone 1 gain headset
	code 0 && is gain "$(cat "$dir/out")" 4711 || return 1
	run "$tapictl" phone 1 ring 3 100
	code 0 || return 1
	run "$tapictl" phone 1 ring
	code 0 && has out 'mode 3, volume 100' || return 1
	run "$tapictl" phone 1 ring 9
	code 1 && has err 'PHONEERR_INVALRINGMODE'
}

what_makes_no_sense_is_said()
{
	run "$tapictl" phone 1 juggle
	code 2 && has err 'press KEY' || return 1
	for words in 'volume handset 65536' 'gain headset 99999' 'ring 1 65536'; do
		# shellcheck disable=SC2086
		run "$tapictl" phone 1 $words
		code 2 && has err 'from 0 to 65535' || return 1
	done
	run "$tapictl" phone nobody press 1
	code 3 && has err 'no phone has the name' || return 1
	run "$tapictl" phone 1 lamp 13 purple
	code 2 && has err 'flutter' || return 1
	run "$tapictl" phone 1 suspend
	code 0 || return 1
	run "$tapictl" phone 1 lamp 13 off
	code 4 && has err 'INVALPHONESTATE' || return 1
	run "$tapictl" phone 1 resume
	code 0
}

a_number_that_is_keyed_is_called_and_the_set_hangs_up()
{
	spawn caller "$tapictl" answer 102 --timeout 300
	spawn called "$tapictl" answer 103 --timeout 300
	called=$pid
	eventually 10 'both lines are taken' sh -c \
		'for l in 102 103; do "$1" line $l | grep -qE " ([2-9]|1[0-9]) opens" || exit 1; done' - "$tapictl" ||
		return 1
	"$tapictl" phone 102 offhook && for k in 1 0 3; do "$tapictl" phone 102 press $k || return 1; done
	eventually 10 'the call is up' grep -q connected "$dir/called.out" || return 1
	eventually 5 'the display says so' sh -c '"$1" phone 102 display | grep -q "Talking to 103"' - "$tapictl" ||
		return 1
	run "$tapictl" phone 102 onhook
	code 0 && reap "$called" 10 && has called.out disconnected
}

a_daemon_that_dies_takes_no_phone_along()
{
	watch 1 || return 1
	kill -KILL "$daemon"
	reap "$daemon"
	launch_daemon
	: >"$dir/watch.out"
	eventually 10 'the phone is watched again' sh -c '"$1" phone 1 | grep -q "monitors *2"' - "$tapictl" || return 1
	run "$tapictl" phone 1 press 7
	code 0 && eventually 5 'the key' grep -q 'PHONE_BUTTON *7 keypad down' "$dir/watch.out" || return 1
	unwatch
}

a_host_that_dies_closes_its_phones()
{
	watch 1 || return 1
	kill -KILL "$(host_pid exchange)"
	reap "$watcher" || return 1
	has watch.out PHONE_CLOSE && has watch.err 'host of the provider exchange ended' || return 1
	again() { "$tapictl" phone 1 press 1; }
	eventually 10 'the phone is there again' again
}

start_daemon
for t in each_line_has_a_phone a_button_reaches_whoever_watches what_is_set_is_there_for_the_next \
	what_makes_no_sense_is_said a_number_that_is_keyed_is_called_and_the_set_hangs_up \
	a_daemon_that_dies_takes_no_phone_along a_host_that_dies_closes_its_phones; do
	try $t
done
