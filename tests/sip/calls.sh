#!/bin/sh
# SPDX-License-Identifier: MIT
# calls.sh - calls that we make, sipp is called: states, modes and reasons at our side, what sipp saw at the other.
real_time=yes
. tests/sip/lib.sh
group sip_calls

# called SCENARIO [OPTIONS]: sipp waits; then we dial it. $CALL, $peer.
called()
{
	_scenario=$1
	shift
	sipp_start called "$_scenario" 127.0.0.1:9 "$@" || return 1
	peer=127.0.0.1:$sipp_port
	forget_lines app
	dial app 0 "sip:bob@$peer"
}

states() # CALL STATE...: in this order
{
	_call=$1
	shift
	for _state; do see app 6 "^state $_call $_state" || return 1; done
}

hang_up() # CALL
{
	say app drop "$1"
	over app "$1"
}

a_call_is_made_rings_is_answered_and_ends()
{
	called uas && states "$CALL" DIALING PROCEEDING RINGBACK CONNECTED || return 1
	info_has app "$CALL" '"origin":"LINECALLORIGIN_OUTBOUND"' '"called_id":"' && hang_up "$CALL" && sipp_end called
}

# sipp listens by TCP only, and the address names no transport.
a_line_without_a_server_calls_by_its_own_transport()
{
	sipp_start called uas 127.0.0.1:9 -t t1 || return 1
	forget_lines app
	dial app 2 "sip:bob@127.0.0.1:$sipp_port"
	states "$CALL" RINGBACK CONNECTED && hang_up "$CALL" && sipp_end called
}

the_other_side_hangs_up()
{
	called uas_bye && states "$CALL" CONNECTED 'DISCONNECTED NORMAL' || return 1
	hang_up "$CALL" && sipp_end called
}

# All that is said is said before the answer.
early_media_is_heard_before_the_answer()
{
	"$bin/sip-speech" "$dir/early.ulaw" 0.3 0 "$sounds/Side_Left.wav" || return 1
	SOUND=$dir/early.ulaw called uas_early && states "$CALL" RINGBACK CONNECTED || return 1
	_call=$CALL
	hang_up "$_call" && sipp_end called && heard "$dir/app$_call.wav" "$sounds/Side_Left.wav" "$sounds/Side_Right.wav"
}

the_second_of_two_forks_answers()
{
	called uas_forks && states "$CALL" CONNECTED && hang_up "$CALL" && sipp_end called
}

a_ringing_call_is_cancelled()
{
	called uas_ring && states "$CALL" RINGBACK && hang_up "$CALL" && sipp_end called
}

a_cancel_that_crosses_the_answer_ends_the_call()
{
	called uas_cancel_cross && states "$CALL" RINGBACK && hang_up "$CALL" && sipp_end called
}

an_invite_is_sent_again_until_it_is_heard()
{
	called uas_slow && states "$CALL" CONNECTED && hang_up "$CALL" && sipp_end called || return 1
	_n=$(sipp_count called INVITE)
	FIGURE="$_n INVITEs"
	[ "$_n" -ge 3 ] || { WHY="$_n INVITEs"; return 1; }
}

answers_that_nobody_knows_do_not_disturb()
{
	called uas_odd_progress && states "$CALL" CONNECTED && hang_up "$CALL" && sipp_end called
}

# sipp loses every fifth message of those that it sends and gets.
ten_calls_on_a_bad_network_all_come_through()
{
	sipp_start called uas 127.0.0.1:9 -m 40 -lost 20 -timeout 120 || return 1
	peer=127.0.0.1:$sipp_port
	for _i in 1 2 3 4 5 6 7 8 9 10; do
		forget_lines app
		dial app 0 "sip:bob@$peer" && see app 15 "^state $CALL CONNECTED" || { WHY="call $_i: $WHY"; return 1; }
		hang_up "$CALL" || { WHY="call $_i: $WHY"; return 1; }
	done
	FIGURE="$(sipp_count called 'INVITE ') INVITEs for 10 calls"
}

a_repeated_answer_gets_its_ack_again()
{
	called uas_ack_lost && states "$CALL" CONNECTED && eventually 3 "a second ACK" acked_twice && hang_up "$CALL" && sipp_end called
}

acked_twice()
{
	[ "$(sipp_count called ACK)" -ge 2 ]
}

reliable_ringing_gets_its_prack()
{
	called uas_100rel && states "$CALL" RINGBACK CONNECTED && hang_up "$CALL" && sipp_end called
}

a_call_is_held_and_brought_back()
{
	called uas_hold && states "$CALL" CONNECTED || return 1
	say app hold "$CALL"
	see app 3 '^reply hold 0' || return 1
	say app callstatus "$CALL"
	see app 2 '^callstatus.*LINECALLSTATE_ONHOLD"' || return 1
	say app unhold "$CALL"
	see app 3 '^reply unhold 0' || return 1
	say app callstatus "$CALL"
	see app 2 '^callstatus.*"call_state":"LINECALLSTATE_CONNECTED"' && hang_up "$CALL" && sipp_end called
}

the_other_side_holds_and_brings_back()
{
	called uas_holds && states "$CALL" 'CONNECTED ACTIVE' 'CONNECTED ACTIVEHELD' 'CONNECTED ACTIVE' DISCONNECTED &&
		hang_up "$CALL" && sipp_end called
}

a_hold_that_meets_another_change_is_tried_again()
{
	called uas_glare && states "$CALL" CONNECTED || return 1
	say app hold "$CALL"
	see app 8 '^reply hold 0' && hang_up "$CALL" && sipp_end called
}

an_update_of_the_called_side_is_answered()
{
	called uas_update && states "$CALL" CONNECTED DISCONNECTED && hang_up "$CALL" && sipp_end called
}

credentials_are_given_when_asked_for()
{
	sipp_start called uas_digest 127.0.0.1:9 || return 1
	forget_lines app
	dial app 1 "sip:bob@127.0.0.1:$sipp_port" && states "$CALL" CONNECTED && hang_up "$CALL" && sipp_end called
}

credentials_that_are_refused_are_not_tried_for_ever()
{
	sipp_start called uas_digest_wrong 127.0.0.1:9 || return 1
	forget_lines app
	dial app 1 "sip:bob@127.0.0.1:$sipp_port" && see app 6 "^state $CALL DISCONNECTED (REJECT|UNAVAIL).*SIP 401" &&
		hang_up "$CALL" && sipp_end called
}

a_moved_party_is_called_where_it_is()
{
	sipp_start target uas 127.0.0.1:9 || return 1
	called uas_302 -key target "127.0.0.1:$sipp_port" && see app 5 "^info $CALL .*REDIRECTIONID" &&
		see app 6 "^state $CALL CONNECTED" || return 1
	info_has app "$CALL" '"redirection_id":"sip:moved@' '"redirecting_id":"sip:bob@' && hang_up "$CALL" && sipp_end called &&
		sipp_end target
}

an_answer_without_a_common_codec_ends_incompatible()
{
	called uas_no_codec && see app 6 "^state $CALL DISCONNECTED INCOMPATIBLE" && hang_up "$CALL" && sipp_end called
}

user_user_information_goes_both_ways()
{
	sipp_start called uas_uui 127.0.0.1:9 || return 1
	forget_lines app
	dial app 0 "sip:bob@127.0.0.1:$sipp_port" hello && states "$CALL" CONNECTED || return 1
	info_has app "$CALL" '"user_user_info":"616e73776572"' && states "$CALL" DISCONNECTED || return 1
	say app uui "$CALL" # lets go of it: the next one shows
	see app 3 '^reply uui 0' && info_has app "$CALL" '"user_user_info":"627965"' &&
		hang_up "$CALL" && sipp_end called
}

digits_come_by_info()
{
	called uas_digits && states "$CALL" CONNECTED || return 1
	say app listen "$CALL"
	see app 4 "^digit $CALL 5" && see app 4 "^digit $CALL 7" && states "$CALL" DISCONNECTED && hang_up "$CALL" && sipp_end called
}

a_peer_that_forgot_the_call_does_not_hinder_its_end()
{
	called uas_gone && states "$CALL" CONNECTED && hang_up "$CALL" && sipp_end called
}

# Begun before all others: half of two minutes passes meanwhile.
begin_a_long_session()
{
	case $ONLY in "" | *refresh* | *session*) ;; *) return 0 ;; esac
	app_start long late || return 1
	sipp_timeout=150 sipp_start session uas_timer 127.0.0.1:9 -key expires 120 || return 1
	dial long 0 "sip:bob@127.0.0.1:$sipp_port" && see long 6 "^state $CALL CONNECTED"
}

the_caller_refreshes_the_session()
{
	eventually 80 "a refresh" session_refreshed || return 1
	say long drop 1
	over long 1 && sipp_end session
}

session_refreshed()
{
	grep -q "^UPDATE" "$dir/session.msg" || [ "$(sipp_count session INVITE)" -ge 2 ]
}

nobody_there_is_unreachable()
{
	forget_lines app
	dial app 0 "sip:bob@127.0.0.1:$("$bin/sip-port")" || return 1
	see app 40 "^state $CALL DISCONNECTED UNREACHABLE" && hang_up "$CALL"
}

# The line waits 1.5 s.
who_rings_for_too_long_has_not_answered()
{
	sipp_start called uas_silent 127.0.0.1:9 || return 1
	forget_lines app
	dial app 3 "sip:bob@127.0.0.1:$sipp_port" && states "$CALL" RINGBACK && see app 6 "^state $CALL DISCONNECTED NOANSWER" || return 1
	FIGURE=${SEEN#state * }
	hang_up "$CALL" && sipp_end called
}

the_called_side_sees_the_name_of_the_account()
{
	sipp_start called uas 127.0.0.1:9 || return 1
	forget_lines app
	dial app 3 "sip:bob@127.0.0.1:$sipp_port" && states "$CALL" CONNECTED && hang_up "$CALL" && sipp_end called || return 1
	grep -q '^From: *"Impatient Müller" *<sip:impatient@' "$dir/called.msg" || { WHY=$(grep -m 1 '^From' "$dir/called.msg"); return 1; }
}

a_name_that_nobody_has_is_said_at_once()
{
	forget_lines app
	dial app 0 'sip:bob@nobody.invalid' || return 1
	see app 10 "^state $CALL DISCONNECTED (BADADDRESS|UNREACHABLE)" && hang_up "$CALL"
}

what_is_no_address_is_refused()
{
	forget_lines app
	for _a in 'sip:' 'sip:@' 'tel:' 'http://example.net/' ; do
		say app dial 0 "$_a"
		see app 5 '^reply dial' || return 1
		case $SEEN in *LINEERR_INVALADDRESS*) ;; *) WHY="'$_a': $SEEN"; return 1 ;; esac
	done
}

[ -z "${LONG:-}" ] || known_late="

[sip late]
	user = late"
sip_keys='t1_ms = 200'
sip_daemon "$alone

[sip known]
	user = known
	auth_user = alice
	secret = swordfish-a1

[sip stream]
	transport = tcp

[sip impatient]
	caller_name = Impatient Müller
	no_answer_ms = 1500${known_late:-}"
app_start app --record "$dir/app%d.wav" alice known stream impatient || { echo "FAIL start: $WHY"; failures=1; exit 1; }
[ -z "${LONG:-}" ] || begin_a_long_session || { echo "FAIL start: $WHY"; failures=1; }

short a_call_is_made_rings_is_answered_and_ends
short the_other_side_hangs_up
short early_media_is_heard_before_the_answer
long a_line_without_a_server_calls_by_its_own_transport
long the_second_of_two_forks_answers
short a_ringing_call_is_cancelled
short a_cancel_that_crosses_the_answer_ends_the_call
long an_invite_is_sent_again_until_it_is_heard
long answers_that_nobody_knows_do_not_disturb
long ten_calls_on_a_bad_network_all_come_through
long a_repeated_answer_gets_its_ack_again
long reliable_ringing_gets_its_prack
short a_call_is_held_and_brought_back
long the_other_side_holds_and_brings_back
long a_hold_that_meets_another_change_is_tried_again
long an_update_of_the_called_side_is_answered
short credentials_are_given_when_asked_for
long credentials_that_are_refused_are_not_tried_for_ever
long a_moved_party_is_called_where_it_is
long an_answer_without_a_common_codec_ends_incompatible
long user_user_information_goes_both_ways
long digits_come_by_info
long a_peer_that_forgot_the_call_does_not_hinder_its_end
long the_caller_refreshes_the_session
long nobody_there_is_unreachable
long who_rings_for_too_long_has_not_answered
long the_called_side_sees_the_name_of_the_account
long a_name_that_nobody_has_is_said_at_once
long what_is_no_address_is_refused
