#!/bin/sh
# SPDX-License-Identifier: MIT
# incoming.sh - calls that come: sipp calls, the application answers, refuses, redirects, holds.
. tests/sip/lib.sh
group sip_incoming

# calling SCENARIO [OPTIONS]: sipp calls us.
calling()
{
	_scenario=$1
	shift
	forget_lines app
	sipp_start caller "$_scenario" "$sip" "$@"
}

answer() # CALL
{
	say app answer "$1"
	see app 5 "^state $1 CONNECTED"
}

hang_up() # CALL
{
	say app drop "$1"
	over app "$1"
}

# DISCONNECTED by the other side, then IDLE by us.
ended_there() # CALL
{
	see app 6 "^state $1 DISCONNECTED NORMAL" && hang_up "$1"
}

ok_so_far() { sipp_end caller; }

a_call_is_offered_with_its_caller_and_answered()
{
	calling uac && offered app || return 1
	info_has app "$CALL" '"caller_id":"' 'Sipp Tester' '"origin":"LINECALLORIGIN_EXTERNAL"' '"called_id":"' &&
		answer "$CALL" && ended_there "$CALL" && ok_so_far
}

we_hang_up()
{
	calling uac_wait && offered app && answer "$CALL" && hang_up "$CALL" && ok_so_far
}

accepting_it_rings_there()
{
	calling uac_cancel && offered app || return 1
	say app accept "$CALL"
	see app 3 '^reply accept 0' && see app 5 "^state $CALL (DISCONNECTED|IDLE)" || return 1
	say app drop "$CALL"
	over app "$CALL" && ok_so_far
}

a_call_that_is_cancelled_at_once_is_no_trouble()
{
	calling uac_cancel_at_once && ok_so_far
}

a_cancel_after_the_answer_does_nothing()
{
	say app auto answer
	calling uac_cancel_late && see app 6 '^state [0-9]+ DISCONNECTED' && ok_so_far
	_r=$?
	say app auto none
	return $_r
}

a_refused_call_gets_486()
{
	ANSWER=486 calling uac_code && offered app && hang_up "$CALL" && ok_so_far
}

a_line_that_wants_it_refuses_with_603()
{
	ANSWER=603 calling uac_code -s other && offered app && hang_up "$CALL" && ok_so_far
}

a_redirected_call_gets_302()
{
	calling uac_302 && offered app || return 1
	say app redirect "$CALL" "sip:elsewhere@$sip"
	see app 3 '^reply redirect 0' && over app "$CALL" && ok_so_far
}

a_user_that_nobody_has_gets_404()
{
	ANSWER=404 calling uac_code -s nobody && ok_so_far && unseen app OFFERING
}

no_common_codec_gets_488()
{
	calling uac_no_codec || return 1
	if offered app 2; then
		say app answer "$CALL"
		see app 5 "^(state $CALL DISCONNECTED INCOMPATIBLE|reply answer LINEERR)" || return 1
		FIGURE=${SEEN#state * }
		hang_up "$CALL" || return 1
	else
		FIGURE='never offered'
	fi
	ok_so_far
}

the_caller_holds_and_brings_back()
{
	calling uac_hold && offered app && answer "$CALL" && see app 5 "^state $CALL CONNECTED ACTIVEHELD" &&
		see app 5 "^state $CALL CONNECTED ACTIVE" && ended_there "$CALL" && ok_so_far
}

we_hold_and_bring_back()
{
	calling uac_held && offered app && answer "$CALL" || return 1
	say app hold "$CALL"
	see app 3 '^reply hold 0' || return 1
	say app unhold "$CALL"
	see app 3 '^reply unhold 0' && ended_there "$CALL" && ok_so_far
}

a_late_offer_is_answered_with_ours()
{
	calling uac_late && offered app && answer "$CALL" && ended_there "$CALL" && ok_so_far
}

a_re_invite_without_offer_gets_ours()
{
	calling uac_late_again && offered app && answer "$CALL" && ended_there "$CALL" && ok_so_far
}

ringing_is_reliable_when_that_is_required()
{
	calling uac_100rel && offered app || return 1
	say app accept "$CALL"
	see app 3 '^reply accept 0' && sleep 0.3 && answer "$CALL" && ended_there "$CALL" && ok_so_far
}

update_changes_a_call()
{
	calling uac_update && offered app && answer "$CALL" && see app 5 "^state $CALL CONNECTED ACTIVEHELD" &&
		ended_there "$CALL" && ok_so_far
}

two_changes_at_once_get_491()
{
	calling uac_glare && offered app && answer "$CALL" || return 1
	say app hold "$CALL"
	see app 6 "^state $CALL DISCONNECTED" && hang_up "$CALL" && ok_so_far
}

digits_come_by_info()
{
	calling uac_info && offered app || return 1
	say app listen "$CALL"
	see app 5 '^reply listen 0' && answer "$CALL" && see app 5 "^digit $CALL 5" && see app 5 "^digit $CALL #" && ended_there "$CALL" && ok_so_far
}

user_user_information_goes_both_ways()
{
	calling uac_uui && offered app && info_has app "$CALL" '"user_user_info":"68656c6c6f"' || return 1
	say app answer "$CALL" reply
	see app 5 "^state $CALL CONNECTED" && see app 5 "^state $CALL DISCONNECTED" || return 1
	say app uui "$CALL"
	see app 3 '^reply uui 0' && info_has app "$CALL" '"user_user_info":"627965"' && hang_up "$CALL" && ok_so_far
}

cancelled() # CALL
{
	say app accept "$1"
	see app 6 "^state $1 DISCONNECTED" && hang_up "$1"
}

a_diverted_call_says_from_where()
{
	calling uac_diversion && offered app &&
		info_has app "$CALL" '"redirecting_id":"' office '"redirecting_id_name":"The Office"' &&
		cancelled "$CALL" && ok_so_far
}

history_info_says_it_too()
{
	calling uac_history && offered app && info_has app "$CALL" '"redirecting_id":"' office &&
		cancelled "$CALL" && ok_so_far
}

the_session_timer_is_agreed()
{
	calling uac_timer && offered app && answer "$CALL" && ended_there "$CALL" && ok_so_far
}

a_session_that_is_too_short_gets_422()
{
	calling uac_small_timer || return 1
	offered app 1 && say app drop "$CALL"
	ok_so_far
}

an_extension_that_nobody_has_gets_420()
{
	calling uac_bad_require && ok_so_far && unseen app OFFERING
}

what_only_sip_has_can_be_asked()
{
	calling uac && offered app || return 1
	say app special 0 "$CALL" header from
	see app 3 '^reply special 0' || return 1
	say app special
	see app 3 '^special "Sipp Tester" <sip:sipp@' || return 1
	say app special 0 "$CALL" header X-Nothing
	see app 3 '^reply special LINEERR_OPERATIONUNAVAIL' || return 1
	say app special 0 - nonsense
	see app 3 '^reply special LINEERR_INVALPARAM' || return 1
	say app special 0 - registration
	see app 3 '^reply special 0' || return 1
	say app special
	see app 3 '^special State: not registered by configuration' || return 1
	answer "$CALL" && ended_there "$CALL" && ok_so_far
}

a_waiting_message_switches_the_lamp()
{
	calling uac_mwi && see app 5 '^line alice MSGWAITON' && see app 5 '^line alice MSGWAITOFF' && ok_so_far
}

sipp_calls() { sipp_count many 'INVITE '; }

# The appearances ring; all others are told that the line is busy, and nothing is offered for them.
three_hundred_calls_at_once_get_486_beyond_the_appearances()
{
	forget_lines app
	sipp_start many uac_many "$sip" -m 300 -r 300 -rp 1 -l 300 -timeout 60 || return 1
	for _i in 1 2 3 4; do offered app 10 || return 1; done
	eventually 30 '296 of them refused' enough_refused 296 || return 1
	unseen app OFFERING || return 1
	for _c in $(sed -n 's/^state \([0-9]*\) OFFERING.*/\1/p' "$dir/app.out" | tail -n 4); do
		say app drop "$_c"
		over app "$_c" || return 1
	done
	sipp_end many 40 && FIGURE="300 calls, 4 offered"
}

offerings() { grep -c '^state [0-9]* OFFERING' "$dir/app.out"; }

were_offered() # COUNT
{
	[ "$(offerings)" -ge "$1" ]
}

# More than a first guess has room for.
all_calls_of_a_line_are_listed()
{
	_before=$(offerings)
	sipp_start crowd uac_many "$sip" -s many -m 300 -r 300 -l 300 -timeout 60 || return 1
	eventually 20 'all of them are offered' were_offered $((_before + 300)) || return 1
	"$bin/tapictl" calls >"$dir/listed.out" || { WHY='tapictl calls failed'; return 1; }
	app_stop app
	_listed=$(grep -c '^ *[0-9.]* *2 *offering ' "$dir/listed.out")
	[ "$_listed" = 300 ] || { WHY="$_listed of 300 calls are listed"; return 1; }
	sipp_end crowd 40 && FIGURE="300 calls"
}

enough_refused()
{
	[ "$(grep -c 'CSeq: 1 ACK' "$dir/many.msg")" -ge "$1" ]
}

# Takes over a call that is there, without ringing: the call stays, its other party is another one.
a_call_with_replaces_takes_the_old_ones_place()
{
	forget_lines app
	sipp_start caller uac_wait "$sip" || return 1
	offered app && answer "$CALL" || return 1
	_callid=$(sed -n 's/^Call-ID: *\(.*\)\r*$/\1/p' "$dir/caller.msg" | tr -d '\r' | head -n 1)
	_from=$(sed -n 's/^From:.*tag=\([^;]*\).*/\1/p' "$dir/caller.msg" | tr -d '\r' | head -n 1)
	_to=$(sed -n 's/^To:.*tag=\([^;]*\).*/\1/p' "$dir/caller.msg" | tr -d '\r' | head -n 1)
	# Tags as the receiver of Replaces sees them: its own is to-tag.
	sipp_start second uac_replaces "$sip" -key callid "$_callid" -key totag "$_to" -key fromtag "$_from" || return 1
	see app 5 "^info $CALL .*CONNECTEDID" && unseen app OFFERING && sipp_end caller && ended_there "$CALL" && sipp_end second
}

sip_daemon "$alone

[sip other]
	user = other
	reject = 603

[sip many]
	user = many
	calls = 300"
app_start app alice other many || { echo "FAIL start: $WHY"; failures=1; exit 1; }

short a_call_is_offered_with_its_caller_and_answered
short we_hang_up
long accepting_it_rings_there
long a_call_that_is_cancelled_at_once_is_no_trouble
long a_cancel_after_the_answer_does_nothing
short a_refused_call_gets_486
long a_line_that_wants_it_refuses_with_603
short a_redirected_call_gets_302
long a_user_that_nobody_has_gets_404
short no_common_codec_gets_488
short the_caller_holds_and_brings_back
long we_hold_and_bring_back
short a_late_offer_is_answered_with_ours
long a_re_invite_without_offer_gets_ours
long ringing_is_reliable_when_that_is_required
long update_changes_a_call
long two_changes_at_once_get_491
long digits_come_by_info
long user_user_information_goes_both_ways
long a_diverted_call_says_from_where
long history_info_says_it_too
long the_session_timer_is_agreed
long a_session_that_is_too_short_gets_422
long an_extension_that_nobody_has_gets_420
short what_only_sip_has_can_be_asked
short a_waiting_message_switches_the_lamp
long three_hundred_calls_at_once_get_486_beyond_the_appearances
long a_call_with_replaces_takes_the_old_ones_place
short all_calls_of_a_line_are_listed
