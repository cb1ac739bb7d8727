#!/bin/sh
# SPDX-License-Identifier: MIT
# features.sh - the services of calls, by hand as a user would: one program has a call, others park it, take it back, pick
# it up, forward it and so on with tapictl, and a third one monitors and sees it all.
. tests/system/lib.sh
begin features
tapictl=$bin/tapictl

call_is() # STATE LINE
{
	"$tapictl" calls | awk -v line="$2" '$2 == line { print $3 }' | grep -qx "$1"
}

id_on() # LINE STATE
{
	"$tapictl" calls | awk -v line="$1" -v state="$2" '$2 == line && (!state || $3 == state) { print $1; exit }'
}

# listen LINE OPTION...: a program that answers there; it has the line open when this returns.
listen()
{
	_line=$1
	shift
	spawn "line$_line" "$tapictl" answer "$_line" --timeout 300 "$@"
	eventually 10 "$_line is listening" sh -c '"$1" line "$2" | grep -qE " ([2-9]|1[0-9]) opens"' - "$tapictl" "$_line"
}

watch()
{
	spawn monitor "$tapictl" monitor
	monitor=$pid
	for _n in 0 1 2 3; do
		eventually 5 'the monitor opens the lines' has_opens 2 "$_n" || return 1
	done
}

seen() # WHAT PATTERN
{
	eventually 5 "the monitor saw $1" grep -q -- "$2" "$dir/monitor.out"
}

unwatch()
{
	kill "$monitor"
	reap "$monitor" && is 'exit of the monitor' "$CODE" 0
}

gone() # PID...: these programs end, and their calls
{
	for _p; do kill "$_p" 2>/dev/null; done
	for _p; do reap "$_p" || return 1; done
	eventually 5 'no call is left' sh -c '[ "$("$1" calls | wc -l)" = 1 ]' - "$tapictl"
}

a_call_is_parked_by_one_program_taken_back_by_another_and_seen_by_a_third()
{
	watch && listen 1 || return 1
	called=$pid
	spawn caller "$tapictl" dial 0 102
	caller=$pid
	eventually 10 'they are connected' call_is connected 1 || return 1
	id=$(id_on 1 connected)
	run "$tapictl" data "1:$id" 'customer 4711'
	code 0 || return 1
	run "$tapictl" data "1:$id" text --file "$dir/out"
	code 2 && has err 'either a text or' || return 1
	run "$tapictl" data "1:$id" --file "$dir"
	code 1 && has err 'directory' || return 1
	run "$tapictl" data "1:$id" "$(printf '%070000d' 0)"
	code 1 && has err 'at most 65536 bytes' || return 1
	head -c 70000 /dev/zero >"$dir/big"
	run "$tapictl" data "1:$id" --file "$dir/big"
	code 1 && has err 'at most 65536 bytes' || return 1
	run "$tapictl" park "1:$id"
	code 0 && has out "call $id: parked at 700" || return 1
	reap "$called" || return 1 # its call has gone, and so has it
	eventually 5 'the caller waits' call_is connected 0 || return 1
	run "$tapictl" unpark 2 701
	code 3 && has err 'no call is parked there' || return 1
	spawn taker "$tapictl" unpark 2 700
	taker=$pid
	eventually 10 'it was taken back' call_is connected 2 || return 1
	run "$tapictl" data "2:$id"
	code 0 && has out 'customer 4711' || return 1
	run "$tapictl" call "2:$id"
	has out 'unpark' && has out '101' || return 1
	gone "$taker" "$caller" || return 1
	seen 'the offered call' "^[0-9:.]* line 1 .*LINE_CALLSTATE .* offering.*  call $id" &&
		seen 'its answer' "line 1 .*LINE_CALLSTATE .* connected active.*  call $id" &&
		seen 'the data' "line 1 .*LINE_CALLINFO .* calldata" &&
		seen 'that it was parked' "line 1 .*LINE_CALLSTATE .* idle" &&
		seen 'that it was taken back' "line 2 .*LINE_CALLSTATE .* connected.*  call $id" &&
		seen 'who the caller has now' "line 0 .*LINE_CALLINFO .* connectedid" &&
		unwatch
}

a_call_is_picked_up_where_nobody_answers()
{
	spawn quiet "$tapictl" rings 1 5
	quiet=$pid
	spawn ringing "$bin/sys-reject" 1 ring
	ringing=$pid
	eventually 5 'somebody rings' grep -q ready "$dir/ringing.out" || return 1
	spawn caller "$tapictl" dial 0 102
	caller=$pid
	eventually 10 'it rings' call_is offering 1 || return 1
	run "$tapictl" pickup 2 104
	code 1 && has err 'no call alerts there' || return 1
	spawn taker "$tapictl" pickup 2 102
	taker=$pid
	eventually 10 'it was picked up' call_is connected 2 && eventually 5 'the caller knows' call_is connected 0 || return 1
	gone "$taker" "$caller" "$ringing" "$quiet"
}

a_call_is_accepted_given_a_treatment_and_sent_elsewhere()
{
	spawn ringing "$bin/sys-reject" 1 ring
	ringing=$pid
	eventually 5 'somebody rings' grep -q ready "$dir/ringing.out" && listen 2 || return 1
	answerer=$pid
	spawn caller "$tapictl" dial 0 102
	caller=$pid
	eventually 10 'it rings' call_is offering 1 || return 1
	id=$(id_on 1 offering)
	run "$tapictl" treatment "1:$id" music
	code 0 || return 1
	run "$tapictl" treatment "1:$id" opera
	code 2 && has err 'silence, ringback, busy, music' || return 1
	run "$tapictl" redirect "1:$id" 103
	code 0 && has out "call $id: idle" && eventually 10 'the third has it' call_is connected 2 || return 1
	run "$tapictl" call "2:$id"
	has out 'reason          redirect' && has out 'redirected by   102' || return 1
	gone "$caller" "$ringing" || return 1
	reap "$answerer"
}

a_line_is_forwarded_in_every_way()
{
	run "$tapictl" forward 1 uncondspecific:104= busy=103 noansw=103 --rings 2
	code 0 && has out 'uncondspecific from 104: nobody (do not disturb)' && has out 'busy: 103' && has out 'noansw: 103' ||
		return 1
	run "$tapictl" forward 1 --json
	code 0 && has out '"forward_mode":"LINEFORWARDMODE_UNCONDSPECIFIC","caller_address":"104","dest_address":""' || return 1
	run "$tapictl" dial 3 102 --timeout 300
	code 1 && has err 'not to be disturbed' || return 1
	run "$tapictl" forward 1 uncond=999
	code 3 && has err 'no extension of this number' || return 1
	run "$tapictl" forward 1 sometimes=103
	code 2 && has err "'sometimes=103' is no MODE=ADDRESS" || return 1
	listen 2 || return 1
	answerer=$pid
	run "$tapictl" forward 1 uncond=103
	code 0 || return 1
	spawn caller "$tapictl" dial 0 102
	caller=$pid
	eventually 10 'the third has it' call_is connected 2 || return 1
	run "$tapictl" call "2:$(id_on 2 connected)"
	has out 'fwduncond' || return 1
	gone "$caller" && reap "$answerer" || return 1
	run "$tapictl" forward 1 --off
	code 0 && has out 'not forwarded'
}

rings_of_forwarding_are_shown_and_wrong_words_refused()
{
	run "$tapictl" forward 1 busy=103 noansw=103 --rings 2
	code 0 && has out 'noansw: 103 after 2 rings' && is busy "$(grep busy "$dir/out")" 'busy: 103' || return 1
	run "$tapictl" forward 1 --json
	code 0 && has out '"num_rings_no_answer":2' || return 1
	run "$tapictl" forward 1 busynainternal=103 noansw=104 --rings 1
	code 0 && has out 'busynainternal: 103 after 1 ring' && has out 'noansw: 104 after 1 ring' || return 1
	run "$tapictl" forward 1 --noanswer 103
	code 0 && has out 'noansw: 103 after 4 rings' || return 1
	run "$tapictl" forward 1 noansw=103 --rings 99
	code 2 && has err 'the line takes 1 to 15 rings, not 99' || return 1
	run "$tapictl" forward 1 noansw=103 --rings 0
	code 2 && has err 'the line takes 1 to 15 rings, not 0' || return 1
	while IFS='|' read -r words message; do
		# shellcheck disable=SC2086
		run "$tapictl" forward 1 $words
		code 2 && has err "$message" || { WHY="$words: $WHY"; return 1; }
	done <<-EOF
	--off --rings 3|it stands alone
	--rings 3|--rings is for noansw and busyna
	busy=103 --rings 3|--rings is for noansw and busyna
	uncond=103 uncond=104|uncond is given twice
	--always 103 uncond=104|uncond is given twice
	busyspecific:104=103 busyspecific:104=101|busyspecific:104 is given twice
	uncond:104=103|'uncond:104=103' is no MODE=ADDRESS
	uncondspecific=103|'uncondspecific=103' is no MODE=ADDRESS
	EOF
	run "$tapictl" forward 1
	code 0 && is forwarding "$(cat "$dir/out")" 'noansw: 103 after 4 rings' || return 1
	run "$tapictl" forward 1 busyspecific:104=103 busyspecific:101=103
	code 0 || return 1
	run "$tapictl" forward 1 --off
	code 0 && has out 'not forwarded'
}

who_got_no_answer_is_called_back_later()
{
	watch || return 1
	spawn ringing "$bin/sys-reject" 1 ring
	ringing=$pid
	eventually 5 'somebody rings' grep -q ready "$dir/ringing.out" || return 1
	spawn caller "$tapictl" dial 2 102
	caller=$pid
	eventually 10 'it rings' call_is ringback 2 || return 1
	run "$tapictl" complete "2:$(id_on 2 ringback)" --mode campon
	code 1 && has err 'not completed this way' || return 1
	run "$tapictl" complete "2:$(id_on 2 ringback)"
	code 0 && has out 'callback' || return 1
	completion=$(sed -n 's/completion \([0-9]*\).*/\1/p' "$dir/out")
	reap "$caller" || return 1
	run "$tapictl" uncomplete 2 "$completion"
	code 0 || return 1
	run "$tapictl" uncomplete 2 "$completion"
	code 1 && has err 'does not wait for this' || return 1
	seen 'the count of completions' 'line 2 .*LINE_LINEDEVSTATE .* numcompletions' && unwatch && gone "$ringing"
}

# Without --stay, dial hangs up at once; with it, another program can say what is to happen.
who_is_busy_is_waited_for_or_called_back()
{
	run "$tapictl" provider config exchange calls_per_line=1
	code 0 || return 1
	spawn called "$bin/sys-answer" 1 # takes one call after the other
	called=$pid
	eventually 10 'somebody is there' has_opens 2 1 || return 1
	spawn talker "$tapictl" dial 0 102
	talker=$pid
	eventually 10 'they are connected' call_is connected 1 || return 1
	run "$tapictl" dial 2 102 --timeout 300
	code 4 && has err 'extension 102 is busy' || return 1
	spawn caller "$tapictl" dial 2 102 --stay
	caller=$pid
	eventually 10 'it is busy' call_is busy 2 || return 1
	run "$tapictl" complete "2:$(id_on 2 busy)" --mode message --message 9
	code 1 && has err 'the messages are 0 to 3' || return 1
	run "$tapictl" complete "2:$(id_on 2 busy)" --mode campon
	code 0 && has out campon || return 1
	kill "$talker"
	reap "$talker" || return 1
	eventually 10 'the one who waited is through' call_is connected 2 || return 1
	run "$tapictl" call "1:$(id_on 1 connected)"
	has out campedon || return 1
	spawn other "$tapictl" dial 0 103 --stay
	other=$pid
	eventually 10 'it is busy' call_is busy 0 || return 1
	run "$tapictl" complete "0:$(id_on 0 busy)"
	code 0 && has out callback && reap "$other" && is 'exit of who is called back' "$CODE" 4 || return 1
	spawn back "$tapictl" answer 0
	back=$pid
	eventually 10 'it listens' has_opens 2 0 || return 1
	listen 2 || return 1
	again=$pid
	kill "$caller"
	reap "$caller" || return 1
	eventually 10 'it is called back' call_is connected 0 && eventually 10 'the other one has it' call_is connected 2 || return 1
	run "$tapictl" call "0:$(id_on 0 connected)"
	has out callcompletion || return 1
	gone "$back" "$called" && reap "$again" || return 1
	run "$tapictl" provider config exchange calls_per_line=
	code 0
}

a_secured_call_is_not_disturbed()
{
	listen 1 || return 1
	called=$pid
	spawn caller "$tapictl" dial 0 102
	caller=$pid
	eventually 10 'they are connected' call_is connected 1 || return 1
	run "$tapictl" secure "1:$(id_on 1 connected)"
	code 0 || return 1
	run "$tapictl" dial 2 102
	code 4 && has err busy || return 1
	gone "$caller" && reap "$called"
}

information_is_sent_and_lamps_are_lit()
{
	watch && listen 1 || return 1
	called=$pid
	spawn caller "$tapictl" dial 0 102
	caller=$pid
	eventually 10 'they are connected' call_is connected 1 || return 1
	run "$tapictl" uui "0:$(id_on 0 connected)" hello
	code 0 || return 1
	run "$tapictl" uui "1:$(id_on 1 connected)"
	code 0 && has out hello || return 1
	run "$tapictl" uui "1:$(id_on 1 connected)"
	code 0 && has_not out hello || return 1
	run "$tapictl" waiting 1 on
	code 0 && seen 'the lamp' 'line 1 .*LINE_LINEDEVSTATE .* msgwaiton' || return 1
	run "$tapictl" line 1
	has out 'msgwait' || return 1
	run "$tapictl" waiting 1 off
	code 0 && seen 'no lamp' 'line 1 .*LINE_LINEDEVSTATE .* msgwaitoff' || return 1
	gone "$caller" && reap "$called" && unwatch
}

the_least_rings_are_told()
{
	spawn first "$tapictl" rings 1 4
	first=$pid
	eventually 5 'four' grep -qx '4 rings' "$dir/first.out" || return 1
	spawn second "$tapictl" rings 1 2
	second=$pid
	eventually 5 'two' grep -qx '2 rings' "$dir/second.out" || return 1
	spawn third "$tapictl" rings 1 9
	third=$pid
	eventually 5 'still two' grep -qx '2 rings' "$dir/third.out" || return 1
	gone "$first" "$second" "$third"
}

# What lasts until it is interrupted ends with --timeout, and exits as if nothing had come.
time_is_up_for_what_would_last()
{
	while read -r words; do
		# shellcheck disable=SC2086
		run timeout -k 10 100 "$tapictl" $words --timeout 0.3
		code 6 && has err '0.3 s are over' || { WHY="$words: $WHY"; return 1; }
	done <<-EOF
	rings 1 5
	monitor
	phone 1 monitor
	recipient 0 --once
	recipient 0
	EOF
	spawn ringing "$bin/sys-reject" 1 ring
	ringing=$pid
	eventually 5 'somebody rings' grep -q ready "$dir/ringing.out" || return 1
	run timeout -k 10 100 "$tapictl" confer 0 102 103 --timeout 0.5
	code 6 && has err 'was not connected within 0.5 s' || return 1
	gone "$ringing"
	listen 1 || return 1
	called=$pid
	spawn caller "$tapictl" dial 0 102
	caller=$pid
	eventually 10 'they are connected' call_is connected 1 || return 1
	for words in 'digits 1 11111111111111111111111111 --duration 0.5' 'tone 1 busy'; do
		# shellcheck disable=SC2086
		run timeout -k 10 100 "$tapictl" ${words%% *} "0:$(id_on 0 connected)" ${words#* 1 } --timeout 0.3
		code 6 && has err '0.3 s are over' && has out cancelled || { WHY="$words: $WHY"; return 1; }
	done
	gone "$caller" && reap "$called"
}

a_conference_says_who_did_not_join_and_lasts_as_long_as_said()
{
	listen 1 || return 1
	called=$pid
	# The time counts when all are there.
	run "$tapictl" confer 0 102 103 --duration 0.1
	code 3 && has err '103: no application takes calls on extension 103' && reap "$called" || return 1
	listen 1 || return 1
	called=$pid
	listen 2 || return 1
	other=$pid
	run "$tapictl" confer 0 102 103 --duration 0.2
	code 0 && has out 'call_state: idle' && reap "$called" && reap "$other"
}

# The other side's hold is no second connection.
who_is_held_is_told_so()
{
	listen 1 || return 1
	called=$pid
	spawn caller "$tapictl" dial 0 102
	caller=$pid
	eventually 10 'they are connected' call_is connected 1 || return 1
	for what in hold unhold; do
		run "$tapictl" "$what" "0:$(id_on 0 '')"
		code 0 || return 1
	done
	eventually 5 'taken back' sh -c '[ "$(grep -c connected "$1")" = 3 ]' - "$dir/line1.out" || return 1
	is 'what the held side says' "$(tail -n +3 "$dir/line1.out" | tr '\n' ' ')" \
		'call_state: connected call_state: connected activeheld call_state: connected ' || return 1
	gone "$caller" && reap "$called"
}

# Whatever a command on a call prints, the last object says how it ended.
each_command_on_a_call_ends_with_a_result()
{
	listen 1 || return 1
	called=$pid
	spawn caller "$tapictl" dial 0 102
	caller=$pid
	eventually 10 'they are connected' call_is connected 1 || return 1
	id=$(id_on 1 connected)
	while read -r command words; do
		# shellcheck disable=SC2086
		run "$tapictl" $command "1:$id" $words --json
		code 0 && has out '"result":"done","exit":0' || { WHY="$command $words: $WHY"; return 1; }
	done <<-EOF
	data hello
	data
	uui hello
	uui
	digits 12
	tone 400 --duration 0.1
	hold
	unhold
	secure
	park 700
	EOF
	reap "$called" || return 1
	run "$tapictl" drop "0:$id" --json
	code 0 && has out '"result":"done","exit":0' && reap "$caller"
}

a_number_is_dialled_in_parts()
{
	listen 1 || return 1
	called=$pid
	spawn caller "$tapictl" dial 0 '1;'
	caller=$pid
	eventually 10 'more is awaited' call_is dialing 0 || return 1
	run "$tapictl" more "0:$(id_on 0 dialing)" '0;'
	code 0 && has out dialing || return 1
	run "$tapictl" more "0:$(id_on 0 dialing)" 'x'
	code 3 && has err 'a character that cannot be dialled' || return 1
	run "$tapictl" more "0:$(id_on 0 dialing)" '2'
	code 0 && eventually 10 'they are connected' call_is connected 1 || return 1
	run "$tapictl" more "0:$(id_on 0 connected)" '2'
	code 4 && has err 'the call is CONNECTED' || return 1
	gone "$caller" && reap "$called"
}

a_terminal_that_is_off_does_not_ring()
{
	run "$tapictl" terminals 1
	code 0 && has out 'buttons lamps display ringer hookswitch' && is terminals "$(wc -l <"$dir/out")" 4 || return 1
	for words in '1 7 on' '9 0 on'; do
		# shellcheck disable=SC2086
		run "$tapictl" terminals $words
		code 3 || return 1
	done
	run "$tapictl" terminals 1 0
	code 2 && has err 'and on or off' || return 1
	run "$tapictl" terminals 1 0 off
	code 0 && has out 'phone     off' || return 1
	run "$tapictl" terminals 1 --json
	code 0 && has out '"terminal_id":0,"term_dev":"LINETERMDEV_PHONE","term_modes":""' || return 1
	spawn ringing "$bin/sys-reject" 1 ring
	ringing=$pid
	eventually 5 'somebody rings' grep -q ready "$dir/ringing.out" || return 1
	for ringer in 0 1; do
		spawn caller "$tapictl" dial 0 102
		caller=$pid
		eventually 10 'it rings' call_is offering 1 || return 1
		run "$tapictl" phone 1
		has out "ringer          mode $ringer of 4" && kill "$caller" && reap "$caller" || return 1
		run "$tapictl" terminals 1 0 on
		code 0 || return 1
	done
	gone "$ringing"
}

# Who leaves a conference has a call of another number.
who_leaves_a_conference_has_a_new_number()
{
	listen 1 || return 1
	called=$pid
	listen 2 || return 1
	other=$pid
	listen 3 || return 1
	third=$pid
	spawn confer "$tapictl" confer 0 102 103 104
	confer=$pid
	eventually 10 'all are there' sh -c '[ "$("$1" calls | grep -c conferenced)" = 3 ]' - "$tapictl" || return 1
	id=$(id_on 0 conferenced)
	run "$tapictl" leave "0:$id"
	code 0 && eventually 5 'a call outside' sh -c '[ "$("$1" calls | grep -c conferenced)" = 2 ]' - "$tapictl" || return 1
	new=$(sed -n 's/^call \([0-9]*\): connected/\1/p' "$dir/out")
	is 'a new number' "$([ -n "$new" ] && [ "$new" != "${id%.*}" ] && echo yes)" yes || return 1
	run "$tapictl" drop "0:$new"
	code 0 && gone "$confer" "$called" "$other" "$third"
}

start_daemon '[provider exchange]
	extensions = 101-104
	absent_ms = 200
	media_ms = 500'
try a_call_is_parked_by_one_program_taken_back_by_another_and_seen_by_a_third
try a_call_is_picked_up_where_nobody_answers
try a_call_is_accepted_given_a_treatment_and_sent_elsewhere
try a_line_is_forwarded_in_every_way
try rings_of_forwarding_are_shown_and_wrong_words_refused
try who_got_no_answer_is_called_back_later
try who_is_busy_is_waited_for_or_called_back
try a_secured_call_is_not_disturbed
try information_is_sent_and_lamps_are_lit
try a_conference_says_who_did_not_join_and_lasts_as_long_as_said
try who_leaves_a_conference_has_a_new_number
try who_is_held_is_told_so
try each_command_on_a_call_ends_with_a_result
try a_number_is_dialled_in_parts
try a_terminal_that_is_off_does_not_ring
try the_least_rings_are_told
try time_is_up_for_what_would_last
