#!/bin/sh
# SPDX-License-Identifier: MIT
# registrar.sh - accounts at a kamailio with digest: registration, its loss and return, reasons, secrets that stay secret.
. tests/sip/lib.sh
group sip_registrar

account() # NAME SECRET-LINE [MORE]
{
	echo "
[sip $1]
	server = $registrar
	domain = test.example
	user = $1
	$2
	expires = 60
	retry_min_s = 1
	retry_max_s = 2
	${3:-}"
}

states() # NAME: the state column of its line
{
	"$bin/tapictl" lines | grep " $1 "
}

registered() # NAME
{
	say app status "$1"
	see app 2 '^status' && case $SEEN in *' in'*) return 0 ;; esac
	return 1
}

an_account_registers_with_its_digest()
{
	eventually 10 'alice is in service' is_in_service app 0 && eventually 3 'kamailio has it' \
		grep -q 'register alice from .* udp' "$dir/kamailio.err"
}

the_secret_may_come_from_a_file()
{
	eventually 10 'bob is in service' is_in_service app 1
}

the_secret_may_be_a_credential_of_systemd()
{
	eventually 10 'erin is in service' is_in_service app 6
}

# The server's name leads nowhere: all that is sent goes to the proxy.
a_proxy_takes_all_there()
{
	eventually 10 'proxied is in service' is_in_service app 7 || return 1
	say app auto answer
	forget_lines app
	dial app 7 bob && see app 8 "^state $CALL CONNECTED" || return 1
	say app auto none
	say app dropall
	over app "$CALL"
}

kept_alive() # TIMES
{
	[ "$(grep -c 'kept alive by dave' "$dir/kamailio.err")" -ge "$1" ]
}

# Seconds to the next try, in the order in which they were said: at most 2, 4, 8, less a half of that by chance.
tries_of_lost() { sed -n 's/.*line lost is not registered.*again in \([0-9]*\) s.*/\1/p' "$dir/daemon.log"; }
tried() { [ "$(tries_of_lost | wc -l)" -ge "$1" ]; }

who_fails_waits_longer_each_time()
{
	eventually 20 'three failures' tried 3 || return 1
	# shellcheck disable=SC2046
	set -- $(tries_of_lost)
	FIGURE="after $1, $2, $3 s"
	[ "$1" -le 2 ] && [ "$2" -le 4 ] && [ "$3" -ge 4 ] && [ "$3" -le 8 ] || { WHY=$FIGURE; return 1; }
}

told_of_broken() { sed -n 's/.*line broken is not registered: SIP 503 .*again in \([0-9]*\) s.*/\1/p' "$dir/daemon.log" | grep -m 1 .; }

# Its own wait would be a second.
a_server_that_names_a_time_is_not_asked_before()
{
	eventually 10 'a failure' told_of_broken || return 1
	FIGURE="after $(told_of_broken) s"
	[ "$(told_of_broken)" -ge 10 ] || { WHY="tried again $FIGURE"; return 1; }
}

# A NAT forgets a way by UDP after half a minute.
the_way_through_a_nat_is_kept_open()
{
	eventually 10 'natted is in service' is_in_service app 8 && eventually 5 'a message to the server itself' kept_alive 1 || return 1
	[ -n "${LONG:-}" ] || return 0
	eventually 40 'one more, of itself' kept_alive 2
}

tcp_carries_it_too()
{
	eventually 10 'carol is in service' is_in_service app 2 && eventually 3 'kamailio has it by TCP' \
		grep -q 'register carol from .* tcp' "$dir/kamailio.err"
}

status_is() # LINE PATTERN
{
	say app status "$1"
	see app 4 '^status' && echo "$SEEN" | grep -qE "$2" && FIGURE=${SEEN#*out}
}

out_because() # LINE PATTERN
{
	eventually 10 "out of service because of $2" status_is "$1" "out.*$2" || { WHY="$WHY; $SEEN"; return 1; }
}

a_wrong_secret_says_so() { out_because 3 'SIP 40[13]'; }
a_forbidden_account_says_the_servers_reason() { out_because 4 'SIP 403.*Forbidden'; }
a_server_without_a_name_says_so() { out_because 5 '\['; }

tapictl_shows_it()
{
	run "$bin/tapictl" lines
	code 0 && has out 'in service' && has out '403'
}

# Between two accounts of the same daemon, through kamailio, by number as by URI.
a_number_is_called_in_the_accounts_domain()
{
	say app auto answer
	forget_lines app
	dial app 0 bob || return 1
	_mine=$CALL
	see app 8 "^state $_mine CONNECTED" || return 1
	say app auto none
	say app drop "$_mine"
	see app 5 '^state [0-9]+ DISCONNECTED NORMAL' || return 1
	_other=${SEEN#state }
	say app drop "${_other%% *}"
	over app "${_other%% *}"
}

a_dead_registrar_puts_the_line_out_of_service_and_back()
{
	forget_lines app
	kamailio_stop || return 1
	kill -HUP "$daemon" # nothing has changed: nothing must happen
	_begun_ms=$(now_ms)
	see app 90 '^line alice (OUTOFSERVICE|.*OUTOFSERVICE)' || return 1
	FIGURE="out after $((($(now_ms) - _begun_ms) / 1000)) s"
	kamailio_launch || return 1
	_pids_before="$_pids_before $kamailio" # it stays for the scenarios that follow
	_begun_ms=$(now_ms)
	see app 40 '^line alice (INSERVICE|.*INSERVICE)' || return 1
	FIGURE="$FIGURE, back $(($(now_ms) - _begun_ms)) ms after the registrar"
}

a_clean_stop_unregisters()
{
	app_stop app && stop_daemon && eventually 5 'an unregistration' grep -q 'register alice .*expires 0' "$dir/kamailio.err"
}

# In what the run has left, and in what others can see.
secrets_stay_secret()
{
	for _s in swordfish-a1 swordfish-b2 swordfish-c3 swordfish-d4 swordfish-e5 wrong-secret-x9; do
		_where=$(grep -rlF "$_s" "$dir" 2>/dev/null | grep -vE '/(conf|bob\.secret|erin-secret|kamailio\.cfg|kamailio\.users)$')
		[ -z "$_where" ] || { WHY="$_s is in $_where"; return 1; }
	done
}

no_command_line_has_a_secret()
{
	for _c in /proc/[0-9]*/cmdline; do
		{ tr '\0' ' ' <"$_c"; } 2>/dev/null | grep -qE 'swordfish-(a1|b2|c3|d4|e5)|wrong-secret-x9' && ! { tr '\0' ' ' <"$_c"; } 2>/dev/null | grep -q grep && {
			WHY="in the command line of ${_c%/cmdline}"
			return 1
		}
	done
	for _p in $daemon $(hosts_here); do
		{ tr '\0' ' ' <"/proc/$_p/environ"; } 2>/dev/null | grep -qE 'swordfish-(a1|b2|c3|d4|e5)|wrong-secret-x9' && {
			WHY="in the environment of $_p"
			return 1
		}
	done
	return 0
}

sip_keys='t1_ms = 100
	log = trace'
kamailio_start || { failures=1; exit 1; }
printf 'swordfish-b2\n' >"$dir/bob.secret"
chmod 600 "$dir/bob.secret"
mkdir "$dir/credentials"
printf 'swordfish-e5\n' >"$dir/credentials/erin-secret"
chmod 600 "$dir/credentials/erin-secret"
export CREDENTIALS_DIRECTORY="$dir/credentials"
TAPI_LOG=trace TAPI_TRACE=$dir/trace
export TAPI_LOG TAPI_TRACE
sip_daemon "$(account alice 'secret = swordfish-a1')$(account bob "secret_file = $dir/bob.secret")
$(account carol 'secret = swordfish-c3' 'transport = tcp')$(account dave 'secret = wrong-secret-x9')
$(account blocked 'secret = wrong-secret-x9')
[sip nowhere]
	server = nobody.invalid
	user = nowhere
	retry_min_s = 1
	retry_max_s = 2
$(account erin 'credential = erin-secret')
[sip proxied]
	server = nobody.invalid
	proxy = $registrar
	domain = test.example
	user = erin
	secret = swordfish-e5

[sip natted]
	server = $registrar
	domain = test.example
	user = dave
	secret = swordfish-d4
	nat = yes

[sip broken]
	server = $registrar
	domain = test.example
	user = broken
	retry_min_s = 1
	retry_max_s = 60

[sip lost]
	server = 127.0.0.1:9
	user = lost
	retry_min_s = 2
	retry_max_s = 60"
spawn monitor "$bin/tapictl" monitor --json
app_start app alice bob carol dave blocked nowhere erin proxied natted || { echo "FAIL start: $WHY"; failures=1; exit 1; }

short an_account_registers_with_its_digest
short the_secret_may_come_from_a_file
short the_secret_may_be_a_credential_of_systemd
short tcp_carries_it_too
short a_proxy_takes_all_there
short a_wrong_secret_says_so
short a_forbidden_account_says_the_servers_reason
long a_server_without_a_name_says_so
short tapictl_shows_it
short a_number_is_called_in_the_accounts_domain
short no_command_line_has_a_secret
short a_server_that_names_a_time_is_not_asked_before
long who_fails_waits_longer_each_time
short the_way_through_a_nat_is_kept_open
long a_dead_registrar_puts_the_line_out_of_service_and_back
long a_clean_stop_unregisters
short secrets_stay_secret
