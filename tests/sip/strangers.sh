#!/bin/sh
# SPDX-License-Identifier: MIT
# strangers.sh - who is not our server: what it asserts is not believed, and it gets no digest of our secret. The server
# of these accounts is 127.0.0.1, strangers call from 127.0.0.2.
. tests/sip/lib.sh
group sip_strangers

stranger='-i 127.0.0.2 -mi 127.0.0.2'

hang_up() # CALL
{
	say app drop "$1"
	over app "$1"
}

# calling SCENARIO [OPTIONS]: sipp calls us.
calling()
{
	_scenario=$1
	shift
	forget_lines app
	# shellcheck disable=SC2086
	sipp_start caller "$_scenario" "$sip" "$@"
}

# RFC 3261 22: who calls us and is hung up on could ask for our digest, and guess the secret at leisure.
a_stranger_gets_no_digest_for_our_bye()
{
	calling uac_challenges_bye $stranger && offered app || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" && hang_up "$CALL" && sipp_end caller || return 1
	[ "$(sipp_count caller Authorization:)" = 0 ] || { WHY='BYE was sent again, with credentials'; return 1; }
}

another_server_gets_no_digest()
{
	sipp_start called uas_challenges 127.0.0.1:9 $stranger || return 1
	forget_lines app
	dial app 0 "sip:bob@127.0.0.2:$sipp_port" && see app 6 "^state $CALL DISCONNECTED REJECT.*SIP 401" &&
		hang_up "$CALL" && sipp_end called || return 1
	[ "$(sipp_count called Authorization:)" = 0 ] || { WHY='INVITE was sent again, with credentials'; return 1; }
}

what_a_stranger_asserts_is_not_believed()
{
	ANSWER=486 calling uac_asserts $stranger && offered app || return 1
	info_has app "$CALL" 'Sipp Tester' && hang_up "$CALL" && sipp_end caller
}

what_the_server_asserts_is_believed()
{
	ANSWER=486 calling uac_asserts && offered app || return 1
	info_has app "$CALL" 'The Bank' && hang_up "$CALL" && sipp_end caller
}

a_stranger_does_not_make_messages_wait()
{
	calling uac_mwi $stranger
	sipp_end caller
	unseen app MSGWAITON
}

# Toll fraud: a call that our account would pay for.
a_stranger_does_not_make_us_call()
{
	calling uac_refer_declined $stranger && offered app || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" && see app 5 "^state $CALL DISCONNECTED NORMAL" && hang_up "$CALL" && sipp_end caller
}

# RFC 3323: the contact would tell what From does not.
who_hides_is_not_named()
{
	sipp_start called uas_hidden 127.0.0.1:9 || return 1
	forget_lines app
	say app hide 0 "sip:bob@127.0.0.1:$sipp_port"
	see app 5 '^call [0-9]+ by dial' || return 1
	CALL=${SEEN#call }
	CALL=${CALL%% *}
	see app 5 "^state $CALL CONNECTED" && hang_up "$CALL" && sipp_end called
}

sip_daemon '[sip alice]
	user = alice
	server = 127.0.0.1:9
	domain = test.example
	register = no
	secret = swordfish-a1'
app_start app alice || { echo "FAIL start: $WHY"; failures=1; exit 1; }

short a_stranger_gets_no_digest_for_our_bye
long another_server_gets_no_digest
long what_a_stranger_asserts_is_not_believed
long what_the_server_asserts_is_believed
long a_stranger_does_not_make_messages_wait
short a_stranger_does_not_make_us_call
long who_hides_is_not_named
