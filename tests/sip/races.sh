#!/bin/sh
# SPDX-License-Identifier: MIT
# races.sh - messages that cross, peers that change their mind, and peers that are gone too early.
. tests/sip/lib.sh
group sip_races

hang_up() # CALL
{
	say app drop "$1"
	over app "$1"
}

# called SCENARIO [LINE]: sipp is called by us. $CALL.
called()
{
	sipp_start called "$1" 127.0.0.1:9 || return 1
	forget_lines app
	dial app "${2:-0}" "sip:bob@127.0.0.1:$sipp_port"
}

# calling SCENARIO [OPTIONS]: sipp calls us and is answered. $CALL.
answered()
{
	_scenario=$1
	shift
	forget_lines app
	sipp_start caller "$_scenario" "$sip" "$@" && offered app || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED"
}

a_challenge_after_the_end_is_not_answered()
{
	called uas_digest_late 1 && see app 3 "^state $CALL PROCEEDING" && sleep 0.2 && hang_up "$CALL" &&
		sipp_end called || return 1
	[ "$(sipp_count called Authorization:)" = 0 ] || { WHY='the call was made once more, with credentials'; return 1; }
}

refused() # CODE STATE
{
	ANSWER=$1
	export ANSWER
	called uas_retry_after && see app 3 "^state $CALL $2.*SIP $1" && hang_up "$CALL" && sipp_end called
}

what_may_be_tried_again_later_is_refused_now()
{
	refused 486 BUSY && refused 503 'DISCONNECTED CONGESTION' && refused 480 'DISCONNECTED UNREACHABLE'
}

both_of_two_forks_answer()
{
	called uas_fork_twice && see app 5 "^state $CALL CONNECTED" && sleep 0.5 && hang_up "$CALL" && sipp_end called
}

# The application is stopped, so that the change is not answered before it is given up.
a_change_that_is_given_up_leaves_the_call()
{
	answered uac_cancel_change || return 1
	_app=$(eval echo "\$app_app")
	kill -STOP "$_app"
	sleep 1.2
	kill -CONT "$_app"
	sipp_end caller && see app 5 "^state $CALL DISCONNECTED NORMAL" && hang_up "$CALL"
}

# RFC 5589: who transfers may hang up at once; whom we have reached is told all the same.
who_transfers_us_may_be_gone_at_once()
{
	sipp_start target uas_slow 127.0.0.1:9 || return 1
	answered uac_refer_bye -key target "127.0.0.1:$sipp_port" && sipp_end caller || return 1
	see app 6 "^info $CALL .*REASON" || return 1
	info_has app "$CALL" '"connected_id":"sip:target@' && hang_up "$CALL" && sipp_end target
}

# Whom it sent us to rings for as long as a call of ours may.
who_transfers_us_to_nobody_gets_the_call_back()
{
	sipp_start target uas_ring 127.0.0.1:9 || return 1
	forget_lines app
	sipp_start caller uac_refer_unanswered "$sip" -s known -key target "127.0.0.1:$sipp_port" && offered app || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" && sipp_end caller && sipp_end target &&
		see app 5 "^state $CALL DISCONNECTED NORMAL" && hang_up "$CALL"
}

who_transfers_us_may_hold_meanwhile()
{
	sipp_start target uas_ring 127.0.0.1:9 || return 1
	forget_lines app
	sipp_start caller uac_refer_holds "$sip" -s known -key target "127.0.0.1:$sipp_port" && offered app || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" && sipp_end caller && sipp_end target &&
		see app 5 "^state $CALL DISCONNECTED NORMAL" && hang_up "$CALL"
}

declined()
{
	[ "$(sipp_count caller 'SIP/2.0 603')" -ge 1 ]
}

a_transfer_while_it_rings_leaves_the_call()
{
	forget_lines app
	sipp_start caller uac_refer_early "$sip" && offered app || return 1
	say app accept "$CALL"
	see app 3 '^reply accept 0' && eventually 5 'the transfer is declined' declined || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" && see app 5 "^state $CALL DISCONNECTED NORMAL" && hang_up "$CALL" && sipp_end caller
}

an_answer_after_the_cancel_is_refused()
{
	forget_lines app
	sipp_start caller uac_cancel "$sip" && offered app || return 1
	say app accept "$CALL"
	see app 5 "^state $CALL DISCONNECTED" || return 1
	say app answer "$CALL"
	see app 3 '^reply answer LINEERR_INVALCALLSTATE' && hang_up "$CALL" && sipp_end caller
}

# Both requests are there before the first is done.
who_answers_and_hangs_up_at_once_hangs_up()
{
	forget_lines app
	sipp_start caller uac_answered_or_not "$sip" && offered app || return 1
	say app answer "$CALL"
	say app drop "$CALL"
	over app "$CALL" && sipp_end caller
}

refusals() { grep -c '^reply answer LINEERR_INVALCALLSTATE' "$dir/app.out"; }
more_refusals() { [ "$(refusals)" -gt "$1" ]; }

# The refusal may be there before the first is done, or behind it.
what_is_done_twice_is_refused_once()
{
	_before=$(refusals)
	forget_lines app
	sipp_start caller uac_wait "$sip" && offered app || return 1
	say app answer "$CALL"
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" && eventually 3 'a refusal' more_refusals "$_before" || return 1
	say app unhold "$CALL"
	see app 3 '^reply unhold LINEERR_INVALCALLSTATE' || return 1
	say app redirect "$CALL" sip:elsewhere@example.net
	see app 3 '^reply redirect LINEERR_INVALCALLSTATE' && hang_up "$CALL" && sipp_end caller
}

sip_keys='t1_ms = 200'
sip_daemon "$alone

[sip known]
	user = known
	auth_user = alice
	no_answer_ms = 1500
	secret = swordfish-a1"
app_start app alice known || { echo "FAIL start: $WHY"; failures=1; exit 1; }

long a_challenge_after_the_end_is_not_answered
long what_may_be_tried_again_later_is_refused_now
long both_of_two_forks_answer
long a_change_that_is_given_up_leaves_the_call
long who_transfers_us_may_be_gone_at_once
long who_transfers_us_to_nobody_gets_the_call_back
short a_transfer_while_it_rings_leaves_the_call
long who_transfers_us_may_hold_meanwhile
long an_answer_after_the_cancel_is_refused
long who_answers_and_hangs_up_at_once_hangs_up
long what_is_done_twice_is_refused_once
