#!/bin/sh
# SPDX-License-Identifier: MIT
# reload.sh - SIGHUP adds, changes and removes accounts while a call of another account is up.
. tests/sip/lib.sh
group sip_reload

bob='

[sip bob]
	user = bob'

reload() # SECTIONS
{
	forget_lines app
	_configured=$(times_configured)
	sip_configure "$1"
	kill -HUP "$daemon"
}

times_configured() { grep -c 'sip: has its new configuration' "$dir/daemon.log"; }
is_configured() { [ "$(times_configured)" -gt "$_configured" ]; }

a_call_is_up()
{
	sipp_start called uas_speaks 127.0.0.1:9 || return 1
	pids_kept=$sipp_called
	forget_lines app
	dial app 0 "sip:bob@127.0.0.1:$sipp_port" && see app 5 "^state $CALL CONNECTED" && held=$CALL
}

still_up()
{
	say app callstatus "$held"
	see app 3 '^callstatus.*LINECALLSTATE_CONNECTED' && unseen app "^state $held"
}

# All in one scenario: the call is up from the beginning to the end of it.
accounts_come_change_and_go_beside_a_call()
{
	a_call_is_up || return 1
	host=$(host_pid sip)
	reload "$alone$bob"
	see app 5 '^create [0-9]+' || return 1
	say app open bob
	see app 3 '^open .* bob' || return 1
	ANSWER=486 sipp_start caller uac_code "$sip" -s bob || return 1
	offered app || return 1
	say app drop "$CALL"
	over app "$CALL" && sipp_end caller && still_up || return 1
	reload "$alone$bob
	reject = 603"
	eventually 5 'the provider has its new configuration' is_configured || return 1
	ANSWER=603 sipp_start caller uac_code "$sip" -s bob || return 1
	offered app || return 1
	say app drop "$CALL"
	over app "$CALL" && sipp_end caller && still_up || return 1
	reload "$alone"
	see app 5 '^(remove [0-9]+|closed bob)' || return 1
	ANSWER=404 sipp_start caller uac_code "$sip" -s bob || return 1
	sipp_end caller && still_up || return 1
	is 'process of the provider' "$(host_pid sip)" "$host" || return 1
	say app drop "$held"
	over app "$held" && sipp_end called
}

a_file_with_an_error_changes_nothing()
{
	reload "$alone$bob
	codecs = nonsense"
	eventually 5 'the error with its line' grep -qE 'conf:[0-9]+: .*codecs' "$dir/daemon.log" || return 1
	FIGURE=$(grep -E 'conf:[0-9]+: .*codecs' "$dir/daemon.log" | tail -n 1 | sed 's/.*conf:/conf:/')
	unseen app '^(create|remove|closed)' || return 1
	forget_lines app
	sipp_start caller uac "$sip" && offered app || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL DISCONNECTED" || return 1
	say app drop "$CALL"
	over app "$CALL" && sipp_end caller
}

check_config_names_the_key_and_the_line()
{
	sip_configure "$alone
	expires = soon"
	run "$bin/tapisrvd" --config "$dir/conf" --check-config
	code 1 || return 1
	cat "$dir/out" "$dir/err" >"$dir/said"
	_line=$(grep -n 'expires = soon' "$dir/conf" | cut -d : -f 1)
	grep -qE "conf:$_line: .*expires" "$dir/said" || { WHY="no conf:$_line: $(head -n 2 "$dir/said")"; return 1; }
	FIGURE=$(grep -E "conf:$_line" "$dir/said" | head -n 1 | sed 's/.*conf:/conf:/')
	sip_configure "$alone"
	run "$bin/tapisrvd" --config "$dir/conf" --check-config
	code 0
}

an_account_that_has_a_call_and_goes_ends_it()
{
	reload "$alone$bob"
	see app 5 '^create [0-9]+' || return 1
	say app open bob
	see app 3 '^open ([0-9]+) bob' || return 1
	_number=${SEEN#open }
	sipp_start called uas_speaks 127.0.0.1:9 || return 1
	dial app "${_number%% *}" "sip:x@127.0.0.1:$sipp_port" && see app 5 "^state $CALL CONNECTED" || return 1
	reload "$alone"
	see app 5 '^(remove|closed|state [0-9]+ IDLE)' && sipp_end called
}

a_call_that_rings_stays_when_its_line_changes()
{
	forget_lines app
	sipp_start caller uac "$sip" && offered app || return 1
	_ringing=$CALL _taken=$(taken)
	reload "$alone
	reject = 603"
	eventually 5 'the new configuration' taken_since "$_taken" || return 1
	say app answer "$_ringing"
	see app 5 "^state $_ringing CONNECTED" && see app 5 "^state $_ringing DISCONNECTED" || return 1
	say app drop "$_ringing"
	over app "$_ringing" && sipp_end caller
}

taken() { grep -c 'has its new configuration' "$dir/daemon.log"; }
taken_since() { [ "$(taken)" -gt "$1" ]; }

a_line_that_goes_refuses_the_call_that_rings()
{
	reload "$alone$bob"
	see app 5 '^create [0-9]+' || return 1
	say app open bob
	see app 3 '^open .* bob' || return 1
	ANSWER=480 sipp_start caller uac_code "$sip" -s bob && offered app || return 1
	reload "$alone"
	see app 5 '^closed bob' && sipp_end caller
}

# There is no socket for TLS then, and the line would never register.
the_first_line_with_tls_wants_a_restart()
{
	reload "$alone

[sip safe]
	user = safe
	server = 127.0.0.1:5061
	transport = tls"
	eventually 5 'the line of the file' grep -qE 'conf:[0-9]+: safe/transport.*restart' "$dir/daemon.log" || return 1
	FIGURE=$(grep -E 'conf:[0-9]+: safe/transport' "$dir/daemon.log" | tail -n 1 | sed 's/.*conf:/conf:/')
	unseen app '^(create|remove|closed)'
}

sip_daemon "$alone"
app_start app alice || { echo "FAIL start: $WHY"; failures=1; exit 1; }

short accounts_come_change_and_go_beside_a_call
short a_file_with_an_error_changes_nothing
short check_config_names_the_key_and_the_line
long an_account_that_has_a_call_and_goes_ends_it
long a_call_that_rings_stays_when_its_line_changes
long a_line_that_goes_refuses_the_call_that_rings
long the_first_line_with_tls_wants_a_restart
