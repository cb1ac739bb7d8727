#!/bin/sh
# SPDX-License-Identifier: MIT
# media.sh - calls that are heard: the demo with its ladder and proof, what the ladder and the proof refuse, and a call
# that goes on while the core dies and comes back.
real_time=yes
. tests/system/lib.sh
begin media
tapictl=$bin/tapictl

sounds=/usr/share/sounds/alsa
caller_says="$sounds/Front_Center.wav $sounds/Front_Left.wav $sounds/Front_Right.wav $sounds/Rear_Right.wav"
answerer_says="$sounds/Rear_Center.wav $sounds/Side_Left.wav $sounds/Rear_Left.wav $sounds/Side_Right.wav"
demo=$BUILD/demo

play() { for f in $1; do printf ' --play %s' "$f"; done; }

# shellcheck disable=SC2086
proof() # RECORDING OWN OTHER
{
	run "$bin/tapi-proof" "$1" --own $2 --other $3
}

the_demo_holds()
{
	run env -u TAPISRVD_SOCKET BUILD="$BUILD" sh src/demo/demo.sh
	code 0 || { grep -e GAP -e FAIL "$dir/out" >&2; return 1; }
	has out 'digits heard: 4711#'
}

the_ladder_is_read_from_the_trace_alone()
{
	run "$bin/tapi-ladder" "$demo/trace"
	code 0 && has_not out GAP
}

without_a_hop_the_ladder_shows_the_gap()
{
	for hop in CreateMSPCall TSPI_lineMakeCall LINE_APPNEWCALL TSPI_lineAnswer LINE_SENDMSPDATA ReceiveTSPData \
		MSP_TSP_DATA TSPI_lineReceiveMSPData LINE_MONITORDIGITS lineDrop; do
		run "$bin/tapi-ladder" --without $hop "$demo/trace"
		code 1 && has out "GAP: no $hop" || { WHY="$hop: $WHY"; return 1; }
	done
}

a_trace_without_one_process_shows_gaps()
{
	host=$(sed -n 's/.*"pid":\([0-9]*\),"who":"tsp".*/\1/p' "$demo/trace" | head -n 1)
	grep -v "\"pid\":$host," "$demo/trace" >"$dir/trace"
	run "$bin/tapi-ladder" "$dir/trace"
	code 1 && has out 'GAP: no TSPI_lineMakeCall'
}

the_proof_fails_on_swapped_files()
{
	proof "$demo/caller.wav" "$answerer_says" "$caller_says"
	code 0 || return 1
	proof "$demo/answerer.wav" "$answerer_says" "$caller_says"
	code 1 && has out FAIL || return 1
	proof "$demo/caller.wav" "$caller_says" "$answerer_says"
	code 1 && has out FAIL
}

the_proof_fails_on_a_muted_call()
{
	spawn answer "$tapictl" answer 1 --record "$dir/mute_answer.wav"
	answerer=$pid
	run "$tapictl" dial 0 102 --record "$dir/mute_dial.wav" --duration 1.5
	code 0 && reap $answerer && is 'exit of answer' "$CODE" 0 || return 1
	for f in mute_answer mute_dial; do
		proof "$dir/$f.wav" "$sounds/Front_Center.wav" "$sounds/Rear_Left.wav"
		code 1 && has out 'FAIL  Front_Center.wav' || { WHY="$f: $WHY"; return 1; }
	done
}

# A monitor, which has no part in the call, asks; the answer comes from the MSP of the application that has it.
figures() # LINE
{
	run "$bin/sys-figures" "$1"
	code 0 && grep -q '^Received-Packets: [1-9]' "$dir/out"
}

the_media_of_a_running_call_is_told_to_a_monitor()
{
	spawn answer "$tapictl" answer 1
	answerer=$pid
	spawn dial "$tapictl" dial 0 102 --play "$sounds/Front_Center.wav" --duration 600
	dialler=$pid
	eventually 5 'figures of the calling side' figures 0 && has out 'Codec: ' && has out 'Remote: 127.0.0.1:' &&
		eventually 5 'figures of the called side' figures 1 && has out 'Lost: 0' || return 1
	kill -INT $dialler
	reap $dialler && is 'exit of dial' "$CODE" 0 && reap $answerer && is 'exit of answer' "$CODE" 0
}

# The caller's list is an order, the answerer's the one that counts.
formats_that_the_applications_prefer_are_used()
{
	spawn answer "$tapictl" answer 1 --codecs 'speex G722 PCMU'
	answerer=$pid
	spawn dial "$tapictl" dial 0 102 --codecs 'PCMU G722' --play "$sounds/Front_Center.wav" --duration 600
	dialler=$pid
	eventually 5 'figures of the calling side' figures 0 && has out 'Codec: G722/8000' &&
		eventually 5 'figures of the called side' figures 1 && has out 'Codec: G722/8000' || return 1
	kill -INT $dialler
	reap $dialler && is 'exit of dial' "$CODE" 0 && reap $answerer && is 'exit of answer' "$CODE" 0 || return 1
	run "$tapictl" dial 0 102 --codecs speex
	code 1 && has err "--codecs: of 'speex' no format is known"
}

recorded() # FILE: bytes so far
{
	wc -c <"$dir/$1" 2>/dev/null || echo 0
}

grown_to() # FILE BYTES
{
	[ "$(recorded "$1")" -ge "$2" ]
}

# The caller speaks for so long that the core is back before it hangs up.
# shellcheck disable=SC2046
a_call_goes_on_while_the_core_is_dead()
{
	spawn answer "$tapictl" answer 1 $(play "$answerer_says") --record "$dir/answerer.wav"
	answerer=$pid
	spawn dial "$tapictl" dial 0 102 $(play "$caller_says $caller_says") --record "$dir/caller.wav" --digits '4711#'
	dialler=$pid
	eventually 10 'a second of sound' grown_to caller.wav 16000 || return 1
	host=$(host_pid exchange)
	kill -KILL "$daemon"
	reap "$daemon"
	eventually 5 'sound without a core' grown_to caller.wav $(($(recorded caller.wav) + 16000)) &&
		eventually 5 'sound at the other side' grown_to answerer.wav $(($(recorded answerer.wav) + 1))
}

the_core_comes_back_to_the_same_host_and_call()
{
	launch_daemon
	is 'host of the exchange' "$(host_pid exchange)" "$host" || return 1
	run "$tapictl" calls --json
	code 0 && is 'ends of the call' "$(wc -l <"$dir/out")" 2 && has out LINECALLSTATE_CONNECTED
}

the_same_call_is_hung_up_and_digits_were_heard()
{
	reap $dialler 20 && is 'exit of dial' "$CODE" 0 && has dial.out idle || return 1
	reap $answerer && is 'exit of answer' "$CODE" 0 && has answer.out disconnected &&
		has answer.out 'digits heard: 4711#'
}

the_sound_never_stopped()
{
	proof "$dir/caller.wav" "$answerer_says" "$caller_says"
	code 0 || { cat "$dir/out" >&2; return 1; }
	proof "$dir/answerer.wav" "$caller_says" "$answerer_says"
	code 0 || { cat "$dir/out" >&2; return 1; }
}

a_call_after_that_works_and_nothing_is_left()
{
	spawn answer "$tapictl" answer 1
	answerer=$pid
	run "$tapictl" dial 0 102 --duration 0.1
	code 0 && reap $answerer && is 'exit of answer' "$CODE" 0 || return 1
	run "$tapictl" calls --json
	code 0 && is calls "$(cat "$dir/out")" ''
}

try the_demo_holds
try the_ladder_is_read_from_the_trace_alone
try without_a_hop_the_ladder_shows_the_gap
try a_trace_without_one_process_shows_gaps
try the_proof_fails_on_swapped_files
start_daemon
try the_proof_fails_on_a_muted_call
try the_media_of_a_running_call_is_told_to_a_monitor
try formats_that_the_applications_prefer_are_used
try a_call_goes_on_while_the_core_is_dead
try the_core_comes_back_to_the_same_host_and_call
try the_same_call_is_hung_up_and_digits_were_heard
try the_sound_never_stopped
try a_call_after_that_works_and_nothing_is_left
