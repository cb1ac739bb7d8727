#!/bin/sh
# SPDX-License-Identifier: MIT
# transfer.sh - transfers both ways, swapped calls, forwarding, a conference of three.
. tests/sip/lib.sh
group sip_transfer

hang_up() # CALL
{
	say app drop "$1"
	over app "$1"
}

# called NAME SCENARIO [OPTIONS]: sipp NAME answers a call of ours. $CALL.
connect() # NAME SCENARIO [OPTIONS]
{
	_peer=$1 _scenario=$2
	shift 2
	sipp_start "$_peer" "$_scenario" 127.0.0.1:9 "$@" || return 1
	forget_lines app
	dial app 0 "sip:bob@127.0.0.1:$sipp_port" && see app 6 "^state $CALL CONNECTED"
}

a_call_is_transferred_blindly()
{
	connect called uas_refer || return 1
	say app blind "$CALL" 'sip:target@example.net'
	see app 5 '^reply blind 0' && see app 5 "^state $CALL IDLE" && sipp_end called
}

a_transfer_that_fails_leaves_the_call()
{
	connect called uas_refer_fails || return 1
	say app blind "$CALL" 'sip:target@example.net'
	see app 5 '^reply blind LINEERR_.*(SIP 486|[Bb]usy)' || return 1
	FIGURE=${SEEN#reply blind }
	say app callstatus "$CALL"
	see app 2 '^callstatus.*LINECALLSTATE_(CONNECTED|ONHOLD)' && hang_up "$CALL" && sipp_end called
}

a_transfer_ends_with_its_call_and_says_so()
{
	connect called uas_refer_waits || return 1
	say app blind "$CALL" 'sip:target@example.net'
	eventually 5 'REFER at the peer' grep -q '^REFER' "$dir/called.msg" || return 1
	say app drop "$CALL"
	over app "$CALL" && eventually 5 'the reply' grep -q '^reply blind LINEERR_OPERATIONFAILED \[call state\] ' "$dir/app.out" &&
		sipp_end called
}

# The first party is told to call the second one instead of us, in the place of our consultation call.
a_call_is_transferred_after_a_consultation()
{
	connect first uas_consulted || return 1
	first=$CALL
	sipp_start second uas 127.0.0.1:9 || return 1
	say app setup "$first"
	see app 5 '^call [0-9]+ by setup' || return 1
	consult=${SEEN#call }
	consult=${consult%% *}
	see app 5 '^reply setup 0' || return 1
	say app to "$consult" "sip:carol@127.0.0.1:$sipp_port"
	see app 6 "^state $consult CONNECTED" || return 1
	say app complete "$first" "$consult"
	see app 8 '^reply complete 0' || return 1
	over app "$first" && sipp_end first && sipp_end second || return 1
	_id=$(sed -n 's/^Call-ID: *//p' "$dir/second.msg" | tr -d '\r' | head -n 1)
	grep -qi "^Refer-To:.*Replaces=$(printf %s "$_id" | sed 's/@/%40/; s/\./\\./g')" "$dir/first.msg" ||
		{ WHY="Refer-To does not name the consultation call: $(grep -i '^Refer-To' "$dir/first.msg" | head -n 1)"; return 1; }
}

# The peer sends us on: a new call of ours to the target, and the peer hears how that went.
we_are_transferred()
{
	sipp_start target uas 127.0.0.1:9 || return 1
	forget_lines app
	sipp_start caller uac_refer "$sip" -key target "127.0.0.1:$sipp_port" || return 1
	offered app || return 1
	first=$CALL
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" && sipp_end caller || return 1
	for _call in $(seq "$first" $((first + 2))); do say app drop "$_call"; done
	sipp_end target
}

two_calls_are_swapped()
{
	connect one uas_speaks || return 1
	first=$CALL
	say app hold "$first"
	see app 4 '^reply hold 0' || return 1
	sipp_start two uas_speaks 127.0.0.1:9 || return 1
	dial app 0 "sip:carol@127.0.0.1:$sipp_port" && see app 6 "^state $CALL CONNECTED" || return 1
	say app swap "$CALL" "$first"
	see app 4 '^reply swap 0' || return 1
	say app callstatus "$first"
	see app 2 '^callstatus.*"call_state":"LINECALLSTATE_CONNECTED"' || return 1
	say app callstatus "$CALL"
	see app 2 '^callstatus.*"call_state":"LINECALLSTATE_ONHOLD"' && hang_up "$CALL" && hang_up "$first"
}

# Kept by the provider: a caller is sent elsewhere without anybody being asked.
forwarding_always_answers_302()
{
	say app forward 0 always "sip:elsewhere@$sip"
	see app 4 '^reply forward 0' || return 1
	forget_lines app
	sipp_start caller uac_302 "$sip" && sipp_end caller && unseen app OFFERING
	_r=$?
	say app forward 0
	see app 4 '^reply forward 0' || return 1
	return $_r
}

forwarding_without_answer_comes_later()
{
	say app forward 0 noanswer "sip:elsewhere@$sip"
	see app 4 '^reply forward 0' || return 1
	forget_lines app
	sipp_start caller uac_302 "$sip" && offered app && sipp_end caller 30
	_r=$?
	say app forward 0
	see app 4 '^reply forward 0' || return 1
	return $_r
}

forwarding_when_busy_sends_the_call_on()
{
	say app forward 1 busy "sip:elsewhere@$sip"
	see app 4 '^reply forward 0' || return 1
	sipp_start one uas_speaks 127.0.0.1:9 || return 1
	forget_lines app
	dial app 1 "sip:bob@127.0.0.1:$sipp_port" && see app 6 "^state $CALL CONNECTED" || return 1
	sipp_start caller uac_302 "$sip" -s single && sipp_end caller && unseen app OFFERING
	_r=$?
	hang_up "$CALL"
	say app forward 1
	see app 4 '^reply forward 0' || return 1
	return $_r
}

three_of_us_confer()
{
	connect one uas_speaks || return 1
	first=$CALL
	sipp_start two uas_speaks 127.0.0.1:9 || return 1
	say app conference "$first"
	see app 5 '^call [0-9]+ by conference' || return 1
	conference=${SEEN#call }
	conference=${conference%% *}
	see app 5 '^call [0-9]+ by conference' || return 1
	consult=${SEEN#call }
	consult=${consult%% *}
	see app 3 '^reply conference 0' || return 1
	say app to "$consult" "sip:carol@127.0.0.1:$sipp_port"
	see app 6 "^state $consult CONNECTED" || return 1
	say app add "$conference" "$consult"
	see app 5 '^reply add 0' || return 1
	say app callstatus "$consult"
	see app 2 '^callstatus.*LINECALLSTATE_CONFERENCED' || return 1
	say app callstatus "$first"
	see app 2 '^callstatus.*LINECALLSTATE_CONFERENCED' || return 1
	say app callstatus "$conference"
	see app 2 '^callstatus.*LINECALLSTATE_CONNECTED' || return 1
	say app drop "$conference"
	see app 5 '^reply drop 0' || return 1
	hang_up "$first"
	hang_up "$consult"
	return 0
}

sip_daemon "$alone

[sip single]
	user = single
	calls = 1"
app_start app alice single || { echo "FAIL start: $WHY"; failures=1; exit 1; }

short a_call_is_transferred_blindly
long a_transfer_that_fails_leaves_the_call
long a_transfer_ends_with_its_call_and_says_so
short a_call_is_transferred_after_a_consultation
short we_are_transferred
long two_calls_are_swapped
long forwarding_always_answers_302
long forwarding_without_answer_comes_later
long forwarding_when_busy_sends_the_call_on
long three_of_us_confer
