#!/bin/sh
# SPDX-License-Identifier: MIT
# services.sh - conferences from their beginning to their end, consultations that come to nothing, being transferred in
# vain, and a server that is asked whether messages wait.
real_time=yes
. tests/sip/lib.sh
group sip_services

# connect NAME SCENARIO [OPTIONS]: sipp NAME answers a call of ours. $CALL.
connect()
{
	_peer=$1 _scenario=$2
	shift 2
	sipp_start "$_peer" "$_scenario" 127.0.0.1:9 "$@" || return 1
	forget_lines app
	dial app 0 "sip:bob@127.0.0.1:$sipp_port" && see app 6 "^state $CALL CONNECTED"
}

hang_up() # CALL
{
	say app drop "$1"
	over app "$1"
}

is_state() # CALL STATE
{
	say app callstatus "$1"
	see app 2 '^callstatus' || return 1
	case $SEEN in *"\"call_state\":\"LINECALLSTATE_$2\""*) return 0 ;; esac
	WHY="call $1 is not $2: $(echo "$SEEN" | cut -c 1-300)"
	return 1
}

# The number of the next call that NAME made: $CALL.
made() # BY
{
	see app 5 "^call [0-9]+ by $1" || return 1
	CALL=${SEEN#call }
	CALL=${CALL%% *}
}

# A consultation call $second for the call $first.
consult()
{
	say app setup "$first"
	made setup || return 1
	second=$CALL
	see app 3 '^reply setup 0' && is_state "$first" ONHOLDPENDTRANSFER
}

# A conference call $conference with the party $first, and a consultation call $second.
begin_conference()
{
	connect one uas_speaks || return 1
	first=$CALL
	say app conference "$first"
	made conference || return 1
	conference=$CALL
	made conference || return 1
	second=$CALL
	see app 3 '^reply conference 0' && is_state "$first" CONFERENCED && is_state "$conference" ONHOLDPENDCONF
}

# Dials on a consultation call, to a new sipp NAME.
call_to() # CALL NAME
{
	sipp_start "$2" uas_speaks 127.0.0.1:9 || return 1
	say app to "$1" "sip:$2@127.0.0.1:$sipp_port"
	see app 6 "^state $1 CONNECTED"
}

confer()
{
	begin_conference && call_to "$second" two || return 1
	say app add "$conference" "$second"
	see app 5 '^reply add 0' && is_state "$conference" CONNECTED && is_state "$second" CONFERENCED
}

a_fourth_joins_a_conference_and_is_let_go()
{
	confer || return 1
	say app prepare "$conference"
	made prepare || return 1
	third=$CALL
	see app 3 '^reply prepare 0' && is_state "$conference" ONHOLDPENDCONF || return 1
	call_to "$third" three || return 1
	say app add "$conference" "$third"
	see app 5 '^reply add 0' && is_state "$third" CONFERENCED || return 1
	say app remove "$third"
	see app 5 '^reply remove 0' && is_state "$third" CONNECTED && is_state "$conference" CONNECTED || return 1
	hang_up "$third" || return 1
	say app drop "$conference"
	over app "$conference" && over app "$first" && over app "$second"
}

the_last_party_of_a_conference_is_a_plain_call()
{
	confer && hang_up "$second" && over app "$conference" && is_state "$first" CONNECTED && hang_up "$first"
}

a_conference_is_held_and_brought_back()
{
	confer || return 1
	say app hold "$conference"
	see app 4 '^reply hold 0' && is_state "$conference" ONHOLD && is_state "$first" CONFERENCED || return 1
	say app unhold "$conference"
	see app 4 '^reply unhold 0' && is_state "$conference" CONNECTED || return 1
	say app drop "$conference"
	over app "$conference" && over app "$first" && over app "$second"
}

a_dropped_consultation_ends_a_conference_of_one()
{
	begin_conference || return 1
	say app drop "$second"
	over app "$conference" && is_state "$first" CONNECTED && hang_up "$first"
}

a_consultation_becomes_a_conference()
{
	connect one uas_speaks || return 1
	first=$CALL
	consult && call_to "$second" two || return 1
	say app threeway "$first" "$second"
	made threeway || return 1
	conference=$CALL
	see app 3 '^reply threeway 0' && is_state "$first" CONFERENCED && is_state "$second" CONFERENCED &&
		is_state "$conference" CONNECTED || return 1
	say app drop "$conference"
	over app "$conference" && over app "$first" && over app "$second"
}

a_dropped_consultation_brings_the_call_back()
{
	connect one uas_speaks || return 1
	first=$CALL
	consult || return 1
	say app drop "$second"
	see app 4 "^state $first CONNECTED" && hang_up "$first"
}

bringing_the_call_back_drops_the_consultation()
{
	connect one uas_speaks || return 1
	first=$CALL
	consult && call_to "$second" two || return 1
	say app unhold "$first"
	over app "$second" && is_state "$first" CONNECTED && hang_up "$first"
}

a_transfer_before_the_answer_is_a_blind_one()
{
	connect one uas_held_refer || return 1
	first=$CALL
	consult || return 1
	sipp_start two uas_ring 127.0.0.1:9 || return 1
	say app to "$second" "sip:target@127.0.0.1:$sipp_port"
	see app 6 "^state $second RINGBACK" || return 1
	say app complete "$first" "$second"
	see app 8 '^reply complete 0' && over app "$first" && sipp_end one && sipp_end two
}

a_target_that_refuses_gives_the_call_back()
{
	ANSWER=486 sipp_start target uas_code 127.0.0.1:9 || return 1
	forget_lines app
	sipp_start caller uac_refer_refused "$sip" -key target "127.0.0.1:$sipp_port" || return 1
	offered app || return 1
	say app listen "$CALL"
	see app 5 '^reply listen 0' || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" && see app 8 '^digit [0-9]+ 5' && see app 5 "^state $CALL DISCONNECTED NORMAL" && hang_up "$CALL" &&
		sipp_end caller && sipp_end target
}

strange_requests_leave_the_call_alone()
{
	forget_lines app
	sipp_start caller uac_refer_strange "$sip" && offered app || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" && see app 8 "^state $CALL DISCONNECTED NORMAL" && hang_up "$CALL" &&
		sipp_end caller
}

nothing_is_replaced_that_is_not_there()
{
	forget_lines app
	for _r in '481 1@x;to-tag=2;from-tag=3' '481 1@x;to-tag=2;from-tag=3;early-only' '400 1;to-tag=;from-tag='; do
		ANSWER=${_r%% *} sipp_start caller uac_replaces_code "$sip" -key replaces "${_r#* }" && sipp_end caller || return 1
	done
	unseen app OFFERING
}

digits_go_out_by_info()
{
	sipp_start one uas_info 127.0.0.1:9 || return 1
	forget_lines app
	dial app 1 "sip:bob@127.0.0.1:$sipp_port" && see app 6 "^state $CALL CONNECTED" || return 1
	say app digits "$CALL" '1#'
	see app 5 "^generated $CALL DONE" && hang_up "$CALL" && sipp_end one
}

# The line tries each second until its server is there.
messages_are_asked_for()
{
	awk -f tests/sip/sipp/scenario.awk tests/sip/sipp/uas_mwi.scn >"$dir/server.xml" || return 1
	forget_lines app
	rm -f "$dir/server.msg" "$dir/server.why"
	spawn server env TERM=dumb sipp -sf "$dir/server.xml" -i 127.0.0.1 -p "$server" -m 1 -nostdin -trace_msg \
		-message_file "$dir/server.msg" -trace_err -error_file "$dir/server.why" -timeout 120 -timeout_error
	eval "sipp_server=$pid"
	see app 10 '^line boxed MSGWAITON' && see app 5 '^line boxed MSGWAITOFF' && sipp_end server
}

# Another program of ours, which is held and brought back, and a softphone: each of them hears what the other says, and
# nothing of its own voice. (baresip 1.0 decodes nothing any more after it was held, so it is the one that is not.)
parties_of_a_conference_hear_each_other()
{
	_one="$sounds/Front_Left.wav $sounds/Rear_Center.wav" _two="$sounds/Front_Center.wav $sounds/Side_Left.wav"
	# shellcheck disable=SC2086
	"$bin/sip-speech" "$dir/one.wav" 0.4 60 $_one && "$bin/sip-speech" "$dir/two.wav" 0.9 60 $_two || return 1
	app_start far --auto answer --play "$dir/one.wav" --record "$dir/far%d.wav" far || return 1
	baresip_says=$dir/two.wav baresip_start two 'sip:two@127.0.0.1:9' 'regint=0;audio_codecs=PCMU' || return 1
	forget_lines app
	dial app 0 "sip:far@$sip" && see app 8 "^state $CALL CONNECTED" || return 1
	first=$CALL
	consult || return 1
	say app to "$second" "$baresip_two_uri"
	see app 8 "^state $second CONNECTED" || return 1
	say app threeway "$first" "$second"
	made threeway || return 1
	conference=$CALL
	see app 3 '^reply threeway 0' || return 1
	sleep 9 # of speech
	say app drop "$conference"
	over app "$conference" && over app "$first" && over app "$second" || return 1
	see far 5 '^state 1 DISCONNECTED NORMAL' && say far drop 1 && over far 1 || return 1
	eventually 5 'the end at baresip' grep -q CALL_CLOSED "$dir/two_events.out" || return 1
	heard "$dir/far1.wav" "$_two" "$_one" && heard "$(baresip_file two dec)" "$_one" "$_two"
}

server=$("$bin/sip-port")
# A line with two calls has room for a call and its consultation: the conference call has no peer.
a_conference_call_takes_no_room()
{
	sipp_start one uas_speaks 127.0.0.1:9 || return 1
	forget_lines app
	dial app 1 "sip:bob@127.0.0.1:$sipp_port" && see app 6 "^state $CALL CONNECTED" || return 1
	first=$CALL
	say app callstatus "$first"
	see app 2 '^callstatus' || return 1
	case $SEEN in *PREPAREADDCONF*) WHY='a plain call claims to be a conference call'; return 1 ;; esac
	say app conference "$first"
	made conference || return 1
	conference=$CALL
	made conference && see app 3 '^reply conference 0' || return 1
	say app dropall
	over app "$first" && sipp_end one
}

# TAPI: other characters are skipped silently; the end is told all the same.
nothing_to_send_is_sent_at_once()
{
	connect one uas_speaks || return 1
	say app digits "$CALL" x
	see app 3 "^generated? $CALL DONE" && hang_up "$CALL" && sipp_end one || return 1
	sipp_start one uas_speaks 127.0.0.1:9 || return 1
	dial app 1 "sip:bob@127.0.0.1:$sipp_port" && see app 6 "^state $CALL CONNECTED" || return 1
	say app digits "$CALL" x
	see app 3 "^generated? $CALL DONE" && hang_up "$CALL" && sipp_end one
}

sip_daemon "$alone
	calls = 6
	codecs = PCMU

[sip far]
	user = far

[sip info]
	user = info
	digits = info
	calls = 2

[sip boxed]
	user = boxed
	server = 127.0.0.1:$server
	register = no
	mwi = yes
	retry_min_s = 1
	retry_max_s = 1"
app_start app alice info boxed || { echo "FAIL start: $WHY"; failures=1; exit 1; }

long a_fourth_joins_a_conference_and_is_let_go
long the_last_party_of_a_conference_is_a_plain_call
long a_conference_is_held_and_brought_back
long a_dropped_consultation_ends_a_conference_of_one
short a_consultation_becomes_a_conference
long parties_of_a_conference_hear_each_other
long a_conference_call_takes_no_room
long a_dropped_consultation_brings_the_call_back
long bringing_the_call_back_drops_the_consultation
long a_transfer_before_the_answer_is_a_blind_one
short a_target_that_refuses_gives_the_call_back
long strange_requests_leave_the_call_alone
long nothing_is_replaced_that_is_not_there
long digits_go_out_by_info
long messages_are_asked_for
long nothing_to_send_is_sent_at_once
