#!/bin/sh
# SPDX-License-Identifier: MIT
# network.sh - the address of this machine changes under a registered line: in a network of our own, where the way to the
# registrar (127.0.0.1) begins first at one address, then at another that was not there before.
[ -n "${LONG:-}" ] || exit 0 # nothing of it is in the short form
if [ -z "${OWN_NETWORK:-}" ]; then
	OWN_NETWORK=1
	export OWN_NETWORK
	as_root=-r # a user namespace, which root needs not and has not in a chroot
	[ "$(id -u)" != 0 ] || as_root=
	exec unshare $as_root -n sh "$0" "$@"
fi
ip link set lo up
. tests/sip/lib.sh
group sip_network

way_begins_at() # IP
{
	ip route replace local 127.0.0.1 dev lo table local src "$1"
}

listens_at() # IP
{
	ss -Hlun "src $1" | grep -q ":$sip_port "
}

a_line_moves_to_an_address_that_is_new()
{
	listens_at 10.9.0.2 || { WHY='it does not listen at the address of the beginning'; return 1; }
	forget_lines app
	_begun_ms=$(now_ms)
	ip addr add 10.9.0.3/32 dev lo && way_begins_at 10.9.0.3 && ip addr del 10.9.0.2/32 dev lo || return 1
	eventually 5 'kamailio hears of it from there' \
		grep -q 'register alice from 10.9.0.3' "$dir/kamailio.err" || return 1
	FIGURE="after $(($(now_ms) - _begun_ms)) ms"
	listens_at 10.9.0.3 || { WHY='it does not listen at the new address'; return 1; }
	eventually 3 'alice is in service' is_in_service app 0
}

a_call_reaches_it_there()
{
	say app auto answer
	sipp_start caller uac 10.9.0.3:"$sip_port" -s alice -m 1 || return 1
	see app 6 '^state [0-9]+ CONNECTED' && sipp_end caller
}

# Our server answers 302: the port of the account is that of its domain, so nothing else decides where we call.
who_we_are_sent_to_gets_no_digest()
{
	sipp_start stranger uas_challenges 127.0.0.1:9 -i 127.0.0.6 -mi 127.0.0.6 &&
		awk -f tests/sip/sipp/scenario.awk tests/sip/sipp/uas_302.scn >"$dir/server.xml" || return 1
	spawn server env TERM=dumb sipp -sf "$dir/server.xml" -i 127.0.0.5 -p 5060 -m 1 -nostdin -key target "127.0.0.6:$sipp_port" \
		-timeout 20 -timeout_error -trace_err -error_file "$dir/server.why"
	eval "sipp_server=$pid"
	wait_until 5 is_bound 5060 || return 1
	forget_lines app
	dial app 1 bob && see app 8 "^state $CALL DISCONNECTED REJECT.*SIP 401" || return 1
	say app drop "$CALL"
	over app "$CALL" && sipp_end server && sipp_end stranger || return 1
	[ "$(sipp_count stranger INVITE)" = 1 ] || { WHY='INVITE was sent again, with credentials'; return 1; }
}

ip addr add 10.9.0.2/32 dev lo
way_begins_at 10.9.0.2
kamailio_start || { echo 'FAIL start: no registrar'; failures=1; exit 1; }
sip_port=$("$bin/sip-port")
start_daemon "[provider sip]
listen = *:$sip_port

[sip alice]
server = $registrar
domain = test.example
user = alice
secret = swordfish-a1
expires = 600

[sip sent]
server = 127.0.0.5
user = sent
secret = swordfish-d4
register = no"
app_start app alice sent || { echo "FAIL start: $WHY"; failures=1; exit 1; }
eventually 10 'alice is in service' is_in_service app 0

long who_we_are_sent_to_gets_no_digest
long a_line_moves_to_an_address_that_is_new
long a_call_reaches_it_there
