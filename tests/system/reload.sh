#!/bin/sh
# SPDX-License-Identifier: MIT
# reload.sh - SIGHUP: keys that change while calls are up, lines that come and go, files that are refused.
. tests/system/lib.sh
begin reload
tapictl=$bin/tapictl

# lines NAME...: sections of the provider "lines"
lines()
{
	echo '[provider exchange]
extensions = 101-102

[provider lines]'
	echo "path = $tsps/lines.so"
	for _n; do printf '\n[lines %s]\nnumber = 1%s\n' "$_n" "$_n"; done
}

line_of()
{
	grep -nF -- "$1" "$dir/conf" | cut -d : -f 1 | tail -n 1
}

# reload LINES: the file is this now, and the daemon has read it.
reload()
{
	_before=$(grep -c 'reads .* again' "$dir/daemon.log")
	configure "$1"
	kill -HUP "$daemon"
	eventually 5 'the file is read again' has_read $((_before + 1))
}

has_read()
{
	[ "$(grep -c 'reads .* again' "$dir/daemon.log")" -ge "$1" ]
}

said()
{
	eventually 10 "$1: $(tail -n 3 "$dir/app.out" | tr '\n' ';')" grep -q "^$1" "$dir/app.out"
}

state_of()
{
	"$tapictl" providers --json | grep "\"name\":\"$1\"" >"$dir/one"
}

shows() # PROVIDER TEXT
{
	state_of "$1"
	grep -qF -- "$2" "$dir/one"
}

an_application_uses_the_lines_of_the_start()
{
	spawn app "$bin/sys-lines"
	app=$pid
	said ready && said 'opened 2 alice' && said 'opened 3 bob' && said 'connected 2' && said 'connected 3'
}

a_line_comes_with_a_reload()
{
	reload "$(lines alice bob carol)" && said 'created 4 carol' && said 'connected 4' || return 1
	run "$tapictl" lines
	code 0 && has out carol && has out 1carol
}

a_line_goes_with_a_reload_and_its_call_with_it()
{
	reload "$(lines alice carol)" && said 'idle 3' && said 'closed 3 the line has been removed' &&
		said 'removed 3 nodevice' || return 1
	run "$tapictl" lines
	code 0 && has_not out bob
}

the_calls_of_other_lines_stay()
{
	has_not app.out 'idle 2' && has_not app.out 'idle 4' && has_not app.out 'closed 2' || return 1
	run "$tapictl" calls
	code 0 && is calls "$(grep -ci " connected " "$dir/out")" 2
}

a_line_that_comes_back_has_a_new_number()
{
	reload "$(lines alice carol bob)" && said 'created 5 bob' && said 'connected 5'
}

a_file_with_faults_changes_nothing()
{
	reload "$(lines alice)
	[daemon]
	nonsense = 1" && eventually 5 'the fault is logged' has daemon.log "conf:$(line_of nonsense): unknown key in [daemon]" &&
		eventually 5 'it says so' has daemon.log 'has faults: nothing changes' || return 1
	run "$tapictl" lines
	code 0 && has out carol && has out bob
}

what_the_provider_refuses_is_its_reason()
{
	reload "$(lines alice carol bob dave)
	refuse = sesame" && eventually 5 'the reason is shown' shows lines "conf:$(line_of '[lines dave]'): dave: the line is refused" &&
		has one '"state":"running"' && has_not daemon.log sesame && has daemon.log 'its new configuration is refused' || return 1
	run "$tapictl" lines
	code 0 && has out carol && has out bob && has_not out dave || return 1
	reload "$(lines alice carol bob)" && eventually 5 'the reason is gone' hides lines refused
}

hides()
{
	state_of "$1"
	! grep -qF -- "$2" "$dir/one"
}

a_provider_that_takes_keys_at_its_start_only_is_named()
{
	reload "$(lines alice carol bob | sed 's/101-102/101-103/')" &&
		eventually 5 'it is logged' has daemon.log 'exchange: its configuration has changed' &&
		has daemon.log 'needs a restart of the daemon' || return 1
	run "$tapictl" lines
	code 0 && is lines "$(grep -c 'Extension 10' "$dir/out")" 2
}

sections_and_daemon_keys_that_need_a_restart_are_named()
{
	daemon_keys='group = nogroup'
	reload "$(lines alice carol bob)
	[provider more]
	path = $tsps/none.so"
	daemon_keys=
	eventually 5 'the new section' has daemon.log '[provider more] is new: it needs a restart' &&
		has daemon.log '[daemon] group has changed: it needs a restart' || return 1
	reload "$(lines alice carol bob | sed 's/lines.so/none.so/')" &&
		eventually 5 'the path' has daemon.log '[provider lines] path or isolation has changed'
}

a_host_that_crashes_gets_the_newest_keys()
{
	reload "$(lines alice carol bob erin)" && said 'created 6 erin' || return 1
	old=$(host_pid lines)
	kill -KILL "$old"
	eventually 15 'it is started again' started_again || return 1
	run "$tapictl" lines
	code 0 && has out alice && has out erin && has out bob && is erins "$(grep -c erin "$dir/out")" 1
}

started_again()
{
	_pid=$(host_pid lines)
	[ -n "$_pid" ] && [ "$_pid" != "$old" ] && shows lines '"state":"running"' && "$tapictl" lines | grep -q erin
}

a_core_that_is_killed_finds_the_lines_again_and_compares_the_keys()
{
	old=$(host_pid lines)
	kill -KILL "$daemon"
	reap "$daemon"
	configure "$(lines alice carol bob erin frank)"
	launch_daemon
	eventually 10 'frank is there' frank_is_there && is 'its host' "$(host_pid lines)" "$old" &&
		said 'created [0-9]* frank' && is 'lines that came' "$(grep -c '^created .* frank' "$dir/app.out")" 1
}

frank_is_there()
{
	"$tapictl" lines | grep -q frank
}

a_provider_that_had_failed_is_started_again()
{
	stop_daemon
	start_daemon "$(lines alice)
	refuse = 1"
	eventually 5 'it has failed' shows lines '"state":"failed"' || return 1
	reload "$(lines alice)" && eventually 10 'it runs' shows lines '"state":"running"' &&
		eventually 5 'its line' "$tapictl" line alice && run "$tapictl" lines && has out alice
}

# What it had not said before it reads the file again with the next signal.
a_log_level_that_is_gone_is_the_usual_one()
{
	daemon_keys='log = error'
	reload "$(lines alice)" || return 1
	daemon_keys=
	configure "$(lines alice)"
	_before=$(grep -c 'reads .* again' "$dir/daemon.log")
	eventually 5 'it says so' reads_again $((_before + 1))
}

reads_again()
{
	kill -HUP "$daemon"
	has_read "$1"
}

# The keys are the same, the file that one of them names is not.
a_file_that_a_key_names_is_read_again()
{
	stop_daemon
	(umask 077 && echo sesame >"$dir/secret")
	_conf="[provider sip]
	listen = 127.0.0.1:0
	[sip alice]
	server = 127.0.0.1:9
	register = no
	user = alice
	secret_file = $dir/secret"
	start_daemon "$_conf"
	eventually 10 'it runs' shows sip '"state":"running"' || return 1
	rm "$dir/secret"
	reload "$_conf" && eventually 5 'the reason is shown' shows sip "conf:$(line_of secret_file): " || return 1
	(umask 077 && echo sesame >"$dir/secret")
	reload "$_conf" && eventually 5 'the reason is gone' hides sip refused && has_not daemon.log sesame
}

start_daemon "$(lines alice bob)"
try an_application_uses_the_lines_of_the_start
try a_line_comes_with_a_reload
try a_line_goes_with_a_reload_and_its_call_with_it
try the_calls_of_other_lines_stay
try a_line_that_comes_back_has_a_new_number
try a_file_with_faults_changes_nothing
try what_the_provider_refuses_is_its_reason
try a_provider_that_takes_keys_at_its_start_only_is_named
try sections_and_daemon_keys_that_need_a_restart_are_named
try a_host_that_crashes_gets_the_newest_keys
try a_core_that_is_killed_finds_the_lines_again_and_compares_the_keys
try a_provider_that_had_failed_is_started_again
try a_log_level_that_is_gone_is_the_usual_one
try a_file_that_a_key_names_is_read_again
