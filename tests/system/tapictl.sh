#!/bin/sh
# SPDX-License-Identifier: MIT
# tapictl.sh - what a person and a script get from tapictl: exit codes, messages, JSON.
. tests/system/lib.sh
begin ctl
tapictl=$bin/tapictl

json_has() # KEY...: every line of out is an object with these keys
{
	"$bin/sys-json" "$@" <"$dir/out" 2>"$dir/json" && return 0
	WHY=$(cat "$dir/json")
	return 1
}

# --- no daemon

no_daemon_names_the_socket_and_how_to_start_it()
{
	run "$tapictl" --socket "$dir/nowhere" lines
	code 5 && has err "$dir/nowhere" && has err 'start it with `tapisrvd`' && is stdout "$(cat "$dir/out")" ''
}

the_socket_is_chosen_in_the_documented_order()
{
	(unset TAPISRVD_SOCKET; XDG_RUNTIME_DIR=$dir/xdg "$tapictl" lines) 2>"$dir/err" >"$dir/out"
	has err "$dir/xdg/tapisrvd/socket" || return 1
	(XDG_RUNTIME_DIR=$dir/xdg TAPISRVD_SOCKET=$dir/env "$tapictl" lines) 2>"$dir/err" >"$dir/out"
	has err "$dir/env" || return 1
	(TAPISRVD_SOCKET=$dir/env "$tapictl" lines --socket "$dir/option") 2>"$dir/err" >"$dir/out"
	has err "$dir/option"
}

a_socket_file_without_a_daemon_is_unreachable_too()
{
	: >"$dir/file"
	run "$tapictl" --socket "$dir/file" lines
	code 5 && has err "$dir/file"
}

a_daemon_that_does_not_answer_is_given_up_in_time()
{
	kill -STOP "$daemon"
	_began=$(date +%s)
	run "$tapictl" lines --timeout 1
	_took=$(($(date +%s) - _began))
	kill -CONT "$daemon"
	code 5 && has err 'does not answer' && is 'in time' "$((_took < 25))" 1
}

# The daemon waits longer for the provider.
a_provider_that_does_not_answer_in_time_is_no_unreachable_daemon()
{
	_host=$(host_pid exchange)
	kill -STOP "$_host"
	run "$tapictl" dial 0 102 --timeout 1
	kill -CONT "$_host"
	code 6 && has err 'does not answer it [timeout]'
}

connections() # also those that the daemon has not accepted
{
	grep -c " $socket$" /proc/net/unix
}

more_connections_than()
{
	[ "$(connections)" -gt "$1" ]
}

who_waits_for_the_daemon_can_be_ended()
{
	kill -STOP "$daemon"
	_before=$(connections) _began=$(date +%s)
	spawn lines "$tapictl" lines
	eventually 5 'a connection' more_connections_than "$_before" && kill -TERM $pid && reap $pid 5
	_ended=$?
	kill -CONT "$daemon"
	[ $_ended = 0 ] && is 'in time' "$(($(date +%s) - _began < 25))" 1 # it waits 30 s for an answer
}

help_is_data_and_wrong_usage_is_2()
{
	run "$tapictl" --help
	code 0 && has out 'usage: tapictl' && is stderr "$(cat "$dir/err")" '' || return 1
	for words in '' 'nonsense' 'line' 'lines 1' 'dial 0' '--nonsense lines' 'lines --timeout' \
		'dial 0 102 --duration -1' 'dial 0 102 --timeout soon' 'answer' 'hold' 'hold x' 'swap 1' 'swap 1 1' \
		'transfer 1' 'call 1 --consult' 'lines --media' 'answer 0 --off' 'forward 0 --off --busy 1' 'call 0:x' \
		'answer 0 --reject --redirect 1' 'forward'; do
		# shellcheck disable=SC2086
		run "$tapictl" $words
		code 2 && is stdout "$(cat "$dir/out")" '' || { WHY="'$words': $WHY"; return 1; }
		[ -s "$dir/err" ] || { WHY="'$words' says nothing"; return 1; }
	done
}

each_command_has_help_of_its_own()
{
	"$tapictl" --help >"$dir/all" && [ "$(wc -l <"$dir/all")" -lt 120 ] || return 1
	name=
	for name in $(sed -n '/^Options/q; s/^  \([a-z][a-z]*\) .*/\1/p' "$dir/all"); do
		run "$tapictl" "$name" --help
		code 0 && has out "usage: tapictl $name" && is stderr "$(cat "$dir/err")" '' || return 1
	done
	is 'last command' "$name" "$(sed -n '/^Options/q; s/^  \([a-z][a-z]*\) .*/\1/p' "$dir/all" | tail -n 1)" &&
		[ -n "$name" ] || return 1
	run "$tapictl" --help dial
	code 0 && has out '--play F.wav' && has out 'Without --duration' && has_not out --reject || return 1
	run "$tapictl" lines --help
	code 0 && has_not out --play
}

# --- with a daemon

lines_lists_each_line()
{
	run "$tapictl" lines
	code 0 && is 'number of lines' "$(grep -c 'Extension 10[1-4]' "$dir/out")" 4
}

names_do_not_command_the_terminal()
{
	run "$tapictl" lines
	code 0 && has out 'Extension 104?[31m' || return 1
	run "$tapictl" line 3
	code 0 && has out 'Extension 104?[31m' || return 1
	run "$tapictl" lines --json
	code 0 && has out 'Extension 104\u001b[31m'
}

columns_are_aligned()
{
	run "$tapictl" lines
	code 0 && is 'columns where the state begins' \
		"$(awk '!/104/ { print match($0, NR == 1 ? "state$" : "in service") }' "$dir/out" | sort -u | wc -l)" 1
}

lines_speaks_json()
{
	run "$tapictl" lines --json
	code 0 && is objects "$(wc -l <"$dir/out")" 4 && json_has device line_dev_caps.line_name line_dev_caps.media_modes \
		line_dev_caps.permanent_line_id && has out '"LINEMEDIAMODE_INTERACTIVEVOICE"'
}

line_shows_one_line_also_as_json()
{
	run "$tapictl" line 1
	code 0 && has out 'Extension 102' || return 1
	run "$tapictl" line 1 --json
	code 0 && is objects "$(wc -l <"$dir/out")" 1 &&
		json_has device line_dev_caps.line_name line_dev_status.num_opens addresses.address_id \
			addresses.address_caps.address addresses.address_status
}

the_state_of_each_line_is_shown()
{
	run "$tapictl" lines
	code 0 && is 'lines in service' "$(grep -c 'in service$' "$dir/out")" 4 || return 1
	run "$tapictl" lines --json
	code 0 && json_has state line_dev_status.dev_status_flags && has out '"state":"in service"' || return 1
	run "$tapictl" line 1
	code 0 && has out '  state           in service'
}

a_line_is_named_by_number_name_or_address()
{
	for name in 1 'Extension 102' 102; do
		run "$tapictl" line "$name"
		code 0 && has out 'line 1  Extension 102' || { WHY="'$name': $WHY"; return 1; }
	done
}

a_line_that_is_not_there_is_3()
{
	run "$tapictl" line 9
	code 3 && has err 'no line 9' || return 1
	run "$tapictl" line x
	code 3 && has err "name or address 'x'" || return 1
	run "$tapictl" dial 9 102
	code 3 || return 1
	run "$tapictl" answer 9
	code 3
}

providers_are_listed_also_as_json()
{
	run "$tapictl" providers
	code 0 && has out exchange && has out running || return 1
	run "$tapictl" providers --json
	code 0 && json_has name path state num_lines pid restarts isolation permanent_provider_id &&
		has out '"state":"running"'
}

a_number_that_nobody_has_is_3_with_the_reason()
{
	run "$tapictl" dial 0 999 --timeout 300
	code 3 && has err 'no extension of this number'
}

a_bad_address_is_3_with_the_reason()
{
	run "$tapictl" dial 0 'x y' --timeout 300
	code 3 && has err 'cannot be dialled' && has err LINEERR_INVALADDRESS
}

a_rejected_call_is_4()
{
	spawn reject "$bin/sys-reject" 3
	rejecter=$pid
	eventually 5 'the application is ready' grep -q ready "$dir/reject.out" || return 1
	run "$tapictl" dial 0 104 --timeout 300
	code 4 && has err reject || return 1
	kill "$rejecter"
	reap "$rejecter" && is 'exit of the other' "$CODE" 0
}

nobody_answers_is_6()
{
	run "$tapictl" dial 2 101 --timeout 1
	code 6 && has err 'not connected within 1 s' || return 1
	run "$tapictl" answer 2 --timeout 0.2
	code 6 && has err 'no call came within 0.2 s'
}

a_call_is_made_shown_and_ended()
{
	spawn monitor "$tapictl" monitor --json
	monitor=$pid
	eventually 5 'the monitor opens the lines' has_opens 2 0 || return 1
	spawn answer "$tapictl" answer 1 --json
	answerer=$pid
	spawn dial "$tapictl" dial 0 102
	dialler=$pid
	eventually 10 'connected' grep -q connected "$dir/dial.out" &&
		eventually 10 'connected at the answerer' grep -q CONNECTED "$dir/answer.out" || return 1
	run "$tapictl" calls
	code 0 && is 'calls shown' "$(grep -c connected "$dir/out")" 2 || return 1
	run "$tapictl" calls --json
	code 0 && is objects "$(wc -l <"$dir/out")" 2 && json_has call_info.call_id call_info.num_owners call_status.call_state && has out '"LINECALLSTATE_CONNECTED"'
}

id_of_the_call()
{
	"$tapictl" calls | sed -n 's/^ *\([0-9][0-9]*\) .*/\1/p' | head -n 1
}

one_call_is_shown_whole()
{
	id=$(id_of_the_call)
	run "$tapictl" call "0:$id"
	code 0 && has out "call $id  connected" && has out '  from            101' && has out '  owners          1' || return 1
	run "$tapictl" call "102:$id" --json
	code 0 && json_has device call_info.call_id call_status.call_state && has out '"device":1' || return 1
	run "$tapictl" call "0:$id" --media
	code 0 && has out '  sound' && has out '  Codec ' && has out '  Sent-Packets ' || return 1
	run "$tapictl" call "0:$id" --media --json
	code 0 && json_has media.codec media.sent_packets
}

a_call_that_is_not_there_is_3_and_one_of_two_is_asked_for()
{
	run "$tapictl" hold 4000000000
	code 3 && has err 'no call 4000000000' || return 1
	run "$tapictl" call "2:$id"
	code 3 && has err "no call 2:$id" || return 1
	run "$tapictl" hold "$id"
	code 2 && has err "say 0:$id or 1:$id"
}

what_the_state_does_not_allow_is_4_and_leaves_the_call_alone()
{
	run "$tapictl" unhold "0:$id"
	code 4 && has err 'the call is CONNECTED, which does not allow this' || return 1
	run "$tapictl" unhold "0:$id" --json
	code 4 && json_has command result exit reason.sentence calls.call_state && has out '"result":"refused"' &&
		has out '"call_state":"LINECALLSTATE_CONNECTED"' || return 1
	run "$tapictl" calls
	code 0 && is 'calls connected, with one owner each' "$(grep -c ' connected .*1/1$' "$dir/out")" 2 &&
		is 'columns where the state begins' "$(awk '{ print match($0, NR == 1 ? "state" : "connected") }' \
			"$dir/out" | sort -u | wc -l)" 1
}

a_line_in_use_refuses_with_4()
{
	run "$tapictl" dial 2 102 --timeout 300
	code 4 && has err busy
}

interrupted_it_hangs_up_and_both_end_well()
{
	kill -INT $dialler
	reap $dialler && is 'exit of dial' "$CODE" 0 && has dial.out idle || return 1
	reap $answerer && is 'exit of answer' "$CODE" 0 && has answer.err 'extension 101 hung up' &&
		cp "$dir/answer.out" "$dir/out" && json_has call_state
}

monitor_has_seen_the_call()
{
	eventually 5 'idle' grep -q LINECALLSTATE_IDLE "$dir/monitor.out" || return 1
	kill -TERM $monitor
	reap $monitor && is 'exit of monitor' "$CODE" 0 || return 1
	cp "$dir/monitor.out" "$dir/out"
	json_has msg device object p1 p2 p3 && has out LINECALLSTATE_OFFERING && has out LINECALLSTATE_CONNECTED
}

nothing_is_left_after_the_calls()
{
	run "$tapictl" calls --json
	code 0 && is calls "$(cat "$dir/out")" ''
}

a_file_to_play_that_is_missing_is_named()
{
	spawn answer "$tapictl" answer 1 --timeout 1
	answerer=$pid
	run "$tapictl" dial 0 102 --play "$dir/missing.wav" --timeout 300
	code 1 && has err missing.wav || return 1
	reap $answerer && is 'exit of answer: nothing rang' "$CODE" 6
}

try no_daemon_names_the_socket_and_how_to_start_it
try the_socket_is_chosen_in_the_documented_order
try a_socket_file_without_a_daemon_is_unreachable_too
try help_is_data_and_wrong_usage_is_2
try each_command_has_help_of_its_own
start_daemon '[provider exchange]
	extensions = 101-104
	names = Extension 101,Extension 102,Extension 103,Extension 104'"$(printf '\033')"'[31m
	calls_per_line = 1
	absent_ms = 60000'
try a_daemon_that_does_not_answer_is_given_up_in_time
try a_provider_that_does_not_answer_in_time_is_no_unreachable_daemon
try who_waits_for_the_daemon_can_be_ended
try lines_lists_each_line
try names_do_not_command_the_terminal
try columns_are_aligned
try lines_speaks_json
try line_shows_one_line_also_as_json
try the_state_of_each_line_is_shown
try a_line_is_named_by_number_name_or_address
try a_line_that_is_not_there_is_3
try providers_are_listed_also_as_json
try a_number_that_nobody_has_is_3_with_the_reason
try a_bad_address_is_3_with_the_reason
try a_rejected_call_is_4
try nobody_answers_is_6
try a_call_is_made_shown_and_ended
try one_call_is_shown_whole
try a_call_that_is_not_there_is_3_and_one_of_two_is_asked_for
try what_the_state_does_not_allow_is_4_and_leaves_the_call_alone
try a_line_in_use_refuses_with_4
try interrupted_it_hangs_up_and_both_end_well
try monitor_has_seen_the_call
try nothing_is_left_after_the_calls
try a_file_to_play_that_is_missing_is_named

digits_that_cannot_be_sent_are_wrong_usage()
{
	run "$tapictl" dial 0 102 --digits 12x
	code 2 && has err "not '12x'"
}
try digits_that_cannot_be_sent_are_wrong_usage

a_second_caller_is_refused_while_answering()
{
	spawn answer "$tapictl" answer 1 --timeout 300
	answerer=$pid
	spawn dial "$tapictl" dial 0 102 --json
	dialler=$pid
	eventually 5 'connected' grep -q CONNECTED "$dir/dial.out" || return 1
	run "$tapictl" dial 2 102 --timeout 300
	code 4 && has err 'the call ended' || return 1
	kill -INT $dialler
	reap $dialler && is 'exit of dial' "$CODE" 0 && reap $answerer && is 'exit of answer' "$CODE" 0 || return 1
	grep -q '"result":"done","exit":0' "$dir/dial.out"
}
try a_second_caller_is_refused_while_answering

interrupt()
{
	kill -INT "$1" 2>/dev/null
	all_gone "$1"
}

interrupted_again_it_does_not_wait_for_the_daemon()
{
	spawn answer "$tapictl" answer 1 --timeout 300
	answerer=$pid
	spawn dial "$tapictl" dial 0 102
	dialler=$pid
	eventually 5 'connected' grep -q connected "$dir/dial.out" || return 1
	kill -STOP "$daemon"
	eventually 10 'the end of dial' interrupt $dialler
	_ended=$?
	kill -CONT "$daemon"
	[ $_ended = 0 ] && reap $dialler && is 'exit of dial' "$CODE" $((128 + 2)) &&
		reap $answerer && is 'exit of answer' "$CODE" 0
}
try interrupted_again_it_does_not_wait_for_the_daemon

another_program_ends_a_call()
{
	spawn answer "$tapictl" answer 1 --timeout 300
	answerer=$pid
	spawn dial "$tapictl" dial 0 102
	dialler=$pid
	eventually 5 'connected' grep -q connected "$dir/dial.out" || return 1
	id=$(id_of_the_call)
	run "$tapictl" drop "0:$id" --json
	code 0 && json_has command result calls.call_state && has out '"call_state":"LINECALLSTATE_IDLE"' || return 1
	reap $dialler && has dial.out idle && reap $answerer && is 'exit of answer' "$CODE" 0 &&
		has answer.err 'extension 101 hung up'
}
try another_program_ends_a_call

a_call_is_refused_by_the_one_who_is_called()
{
	spawn answer "$tapictl" answer 1 --reject --timeout 300
	answerer=$pid
	run "$tapictl" dial 0 102 --timeout 300
	code 4 && has err reject && reap $answerer && is 'exit of answer' "$CODE" 0 && has answer.out offering &&
		has answer.out idle && has_not answer.out connected
}
try a_call_is_refused_by_the_one_who_is_called

a_line_that_is_not_forwarded_says_so()
{
	run "$tapictl" forward 0
	code 0 && has out 'not forwarded' || return 1
	run "$tapictl" forward 0 --json
	code 0 && has out '"forward":[]'
}
try a_line_that_is_not_forwarded_says_so

monitor_ends_with_5_when_the_daemon_is_gone()
{
	spawn monitor "$tapictl" monitor
	monitor=$pid
	eventually 5 'the monitor opens the lines' has_opens 2 3 || return 1
	stop_daemon
	reap $monitor 15 && is 'exit of monitor' "$CODE" 5 && has monitor.err 'the daemon is stopping'
}
try monitor_ends_with_5_when_the_daemon_is_gone
