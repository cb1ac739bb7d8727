#!/bin/sh
# SPDX-License-Identifier: MIT
# torture.sh - the messages of RFC 4475 and RFC 5118, some of our own, and random ones: the answer that the RFC asks for,
# and afterwards the provider is there as before.
. tests/sip/lib.sh
group sip_torture

lives_on() # the process of the provider is still the same, and calls work
{
	is 'process of the provider' "$(host_pid sip)" "$host" || return 1
	"$bin/sip-send" --quiet "udp:$sip" tests/sip/peers/options.sip || { WHY='no answer to OPTIONS'; return 1; }
	say app auto none
	forget_lines app
	sipp_start caller uac "$sip" && offered app || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" && see app 6 "^state $CALL DISCONNECTED" || return 1
	say app drop "$CALL"
	over app "$CALL" && sipp_end caller
	_r=$?
	say app auto drop
	return $_r
}

torture_by() # udp|tcp
{
	say app auto drop
	"$bin/sip-send" --timeout 30000 --probe tests/sip/peers/options.sip "$1:$sip" tests/sip/torture/*.sip >"$dir/$1.out" ||
		{ WHY=$(sed -n 's/^FAIL //p' "$dir/$1.out" | tr '\n' ';'); return 1; }
	FIGURE="$(grep -c "^ok" "$dir/$1.out") messages, of these $(grep -c ", known" "$dir/$1.out") answered otherwise, as known"
	lives_on
}

bad_messages_by_udp_get_what_they_deserve() { torture_by udp; }
bad_messages_by_tcp_get_what_they_deserve() { torture_by tcp; }

random_by() # udp|tcp SECONDS
{
	say app auto drop
	"$bin/sip-send" --fuzz "$2" ${SEED:+--seed "$SEED"} --probe tests/sip/peers/options.sip "$1:$sip" \
		tests/sip/torture/*.sip tests/sip/peers/options.sip >"$dir/fuzz.out" ||
		{ WHY="no answer after $(cat "$dir/fuzz.out")"; return 1; }
	FIGURE=$(cat "$dir/fuzz.out")
	sleep 0.5
	lives_on
}

random_messages_by_udp_do_no_harm() { random_by udp ${LONG:+1}0; }
random_messages_by_tcp_do_no_harm() { random_by tcp ${LONG:+1}0; }

sip_daemon "$alone
	calls = 64"
app_start app --auto drop alice || { echo "FAIL start: $WHY"; failures=1; exit 1; }
host=$(host_pid sip)

short bad_messages_by_udp_get_what_they_deserve
long bad_messages_by_tcp_get_what_they_deserve
long random_messages_by_udp_do_no_harm
long random_messages_by_tcp_do_no_harm
