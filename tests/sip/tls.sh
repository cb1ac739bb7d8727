#!/bin/sh
# SPDX-License-Identifier: MIT
# tls.sh - TLS with certificates of our own: a good one registers, a wrong one says what is wrong with it; SRTP.
. tests/sip/lib.sh
. tests/sip/peers/certificates.sh
group sip_tls

account() # NAME SECRET: an account by TLS
{
	echo "
[sip $1]
	server = 127.0.0.1:$kamailio_tls_port
	domain = test.example
	user = $1
	secret = $2
	transport = tls
	expires = 60
	retry_min_s = 1
	retry_max_s = 2"
}

# A kamailio with this certificate, a daemon that asks it.
with() # CERTIFICATE
{
	kamailio_cert=$dir/ca/$1
	kamailio_start || return 1
	sip_keys="tls_ca = $dir/ca/ca.pem
	${more_keys:-}"
	sip_daemon "$(account alice swordfish-a1)${second:+$(account bob swordfish-b2)}" && app_start app alice ${second:+bob}
}

without()
{
	app_stop app
	stop_daemon && kamailio_stop
}

a_good_certificate_registers()
{
	with good && eventually 10 'alice is in service' is_in_service app 0 && eventually 3 'by TLS' \
		grep -q 'register alice from .* tls' "$dir/kamailio.err"
	_r=$?
	without
	return $_r
}

# Through kamailio, which reaches us by the connections that we made.
a_call_between_two_lines_is_made_by_tls()
{
	second=bob
	with good && eventually 10 'alice is in service' is_in_service app 0 && eventually 10 'bob is in service' is_in_service app 1 &&
		call_bob
	_r=$?
	second=
	without
	return $_r
}

call_bob()
{
	forget_lines app
	dial app 0 bob || return 1
	_mine=$CALL
	offered app || return 1
	_other=$CALL
	say app answer "$_other"
	see app 6 "^state $_other CONNECTED" || return 1
	say app drop "$_mine"
	see app 6 "^state $_other DISCONNECTED NORMAL" || return 1
	say app drop "$_other"
	over app "$_other"
}

says_why() # PATTERN
{
	say app status 0
	see app 2 '^status' || return 1
	echo "$SEEN" | grep -qiE "out.*\\[.*$1" && FIGURE=${SEEN#*out }
}

wrong() # CERTIFICATE PATTERN
{
	with "$1" && eventually 10 "out of service because of $2" says_why "$2"
	_r=$?
	[ $_r = 0 ] || WHY="$WHY; $SEEN"
	without
	return $_r
}

a_certificate_of_another_name_says_so() { wrong name '(name|certificate|subject)'; }
a_certificate_of_a_strange_authority_says_so() { wrong stranger '(certificate|issuer|authority|verif)'; }
a_certificate_that_is_over_says_so() { wrong expired '(expired|certificate)'; }

without_verification_any_certificate_registers()
{
	more_keys='tls_verify = no'
	with stranger && eventually 10 'alice is in service' is_in_service app 0
	_r=$?
	more_keys=
	without
	return $_r
}

certificates_make || { echo "FAIL certificates: $(tail -n 2 "$dir/openssl.log")"; failures=1; exit 1; }

short a_good_certificate_registers
long a_call_between_two_lines_is_made_by_tls
long a_certificate_of_another_name_says_so
short a_certificate_of_a_strange_authority_says_so
long a_certificate_that_is_over_says_so
long without_verification_any_certificate_registers
