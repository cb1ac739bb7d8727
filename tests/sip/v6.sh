#!/bin/sh
# SPDX-License-Identifier: MIT
# v6.sh - the same over IPv6, signalling and sound.
. tests/sip/lib.sh
group sip_v6
sipp_address='[::1]'

we_call_by_ipv6()
{
	sipp_start called uas '[::1]:9' || return 1
	forget_lines app
	dial app 0 "sip:bob@[::1]:$sipp_port" && see app 6 "^state $CALL CONNECTED" || return 1
	say app drop "$CALL"
	over app "$CALL" && sipp_end called || return 1
	grep -q 'c=IN IP6 ::1' "$dir/called.msg" || { WHY='no IPv6 in our SDP'; return 1; }
}

we_are_called_by_ipv6()
{
	forget_lines app
	sipp_start caller uac "$sip" && offered app || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" && see app 5 "^state $CALL DISCONNECTED NORMAL" || return 1
	say app drop "$CALL"
	over app "$CALL" && sipp_end caller
}

bad_messages_by_ipv6()
{
	say app auto drop
	"$bin/sip-send" --timeout 30000 --probe tests/sip/peers/options.sip "udp:$sip" tests/sip/torture/v6*.sip >"$dir/v6.out" ||
		{ WHY=$(sed -n 's/^FAIL //p' "$dir/v6.out" | tr '\n' ';'); return 1; }
	FIGURE="$(grep -c '^ok' "$dir/v6.out") messages"
}

unset TAPI_MEDIA_ADDRESS
sip_port=$("$bin/sip-port")
sip="[::1]:$sip_port"
configure "[provider sip]
	listen = $sip

	$alone"
launch_daemon
app_start app alice || { echo "FAIL start: $WHY"; failures=1; exit 1; }

short we_call_by_ipv6
long we_are_called_by_ipv6
long bad_messages_by_ipv6
