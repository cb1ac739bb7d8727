#!/bin/sh
# SPDX-License-Identifier: MIT
# providers.sh - the daemon's own life and configuration, and providers that fail, hang or crash while it runs.
. tests/system/lib.sh
begin prov
tapictl=$bin/tapictl
exchange='[provider exchange]
extensions = 101-102'

check_config() # LINES
{
	configure "$1"
	run "$bin/tapisrvd" --check-config --config "$dir/conf"
}

# The line of the file that holds a text.
line_of()
{
	grep -nF -- "$1" "$dir/conf" | cut -d : -f 1
}

a_good_configuration_is_ok()
{
	check_config "$exchange"
	code 0 && is output "$(cat "$dir/out" "$dir/err")" "$dir/conf: ok" && WHY='it listens' && [ ! -e "$socket" ]
}

# What only the provider can know, with the line of the key; all of it, and no value.
the_providers_are_asked_about_their_keys()
{
	check_config '[provider exchange]
	extensions = sesame
	calls_per_line = 2
	colour = sesame

	[exchange office]
	lamp = sesame'
	code 1 && has err "conf:$(line_of extensions): extensions: the value is a list" &&
		has err "conf:$(line_of colour): colour: the exchange has no such key" &&
		has err "conf:$(line_of lamp): office/lamp: the exchange has no such key" &&
		is 'faults' "$(wc -l <"$dir/err")" 3 && has_not err sesame && is output "$(cat "$dir/out")" '' || return 1
	check_config "[provider template]
	path = $BUILD/lib/tapi/tsp/template.so
	nonsense = 1"
	code 1 && has err "conf:$(line_of nonsense): nonsense: this provider takes no configuration" || return 1
	check_config "[provider none]
	path = $tsps/none.so"
	code 1 && has err "conf:$(line_of none): none: $tsps/none.so is not a whole TSP"
}

a_provider_that_hangs_or_crashes_on_its_keys_is_named()
{
	daemon_keys='kill_timeout = 0.5'
	check_config "[provider hang]
	path = $tsps/bad.so
	configure = hang"
	daemon_keys=
	code 1 && has err "conf:$(line_of 'provider hang'): hang: the provider does not return from its configuration" || return 1
	check_config "[provider crash]
	path = $tsps/bad.so
	configure = crash"
	code 1 && has err "conf:$(line_of 'provider crash'): crash: the provider crashed on its configuration"
}

a_bad_configuration_is_named_with_line_and_key()
{
	daemon_keys='nonsense = 1
	entry_timeout = soon'
	check_config "$exchange"
	daemon_keys=
	code 1 && has err "conf:$(line_of nonsense):" && has err 'unknown key in [daemon]: nonsense' &&
		has err "conf:$(line_of soon):" && has err soon || return 1
	check_config '[provider exchange]
	isolation = none'
	code 1 && has err "conf:$(line_of isolation):" && has err 'process or thread' || return 1
	check_config '[provder exchange]
	extensions = 101'
	code 1 && has err "conf:$(line_of provder):" && has err provder.so || return 1
	check_config 'neither this nor that'
	code 1 && has err "conf:$(line_of neither):" || return 1
	run "$bin/tapisrvd" --check-config --config "$dir/nowhere"
	code 1 && has err "$dir/nowhere"
}

wrong_usage_is_2()
{
	run "$bin/tapisrvd" --nonsense
	code 2 && has err 'usage: tapisrvd'
}

start_with_failing_providers()
{
	mkdir -p "$dir/tsp"
	cp "$BUILD/lib/tapi/tsp/template.so" "$dir/tsp/writable.so"
	chmod 777 "$dir/tsp/writable.so"
	echo 'no program at all' >"$dir/tsp/text.so"
	failing="$exchange

[provider missing]
path = $dir/tsp/nowhere.so

[provider none]
path = $tsps/none.so

[provider text]
path = $dir/tsp/text.so

[provider writable]
path = $dir/tsp/writable.so

[provider future]
path = $tsps/bad.so
version = 0x00090000

[provider broken]
path = $tsps/bad.so
init = fail

[provider keyed]
path = $tsps/bad.so
nonsense = 1

[provider hang]
path = $tsps/bad.so
make_call = hang

[provider crash]
path = $tsps/bad.so
make_call = crash

[provider stuck]
path = $tsps/bad.so
make_call = hang
isolation = thread

[provider threaded]
path = $BUILD/lib/tapi/tsp/template.so
isolation = thread"
	start_daemon "$failing"
}

has_read_again() { grep -q 'reads .* again' "$dir/daemon.log"; }

# Until now the providers had time to start.
the_daemon_has_less_patience()
{
	daemon_keys='entry_timeout = 1
	kill_timeout = 2'
	configure "$failing"
	daemon_keys=
	kill -HUP "$daemon"
	eventually 5 'the file is read again' has_read_again
}

failed() # PROVIDER TEXT: listed as failed, and the reason holds the text
{
	"$tapictl" providers --json >"$dir/all"
	grep "\"name\":\"$1\"" "$dir/all" >"$dir/one"
	has one '"state":"failed"' && has one '"sentence":"' && has one "$2" || { WHY="$1: $WHY"; return 1; }
	"$tapictl" providers | grep -A 1 " $1 " | grep -qF "$2" && return 0
	WHY="$1: tapictl providers does not show '$2'"
	return 1
}

a_missing_file_is_listed_as_failed()
{
	failed missing "$dir/tsp/nowhere.so"
}

what_is_no_tsp_is_listed_as_failed()
{
	failed none 'TSPI' && failed text "$dir/tsp/text.so"
}

a_file_that_others_can_write_is_listed_as_failed()
{
	failed writable 'others than its owner may write'
}

a_wrong_version_is_listed_as_failed()
{
	failed future 'the version of another time'
}

the_providers_own_reason_is_shown()
{
	failed broken 'the board is not plugged in'
}

an_unknown_key_of_a_provider_is_named_with_its_line()
{
	failed keyed "it cannot be used: $dir/conf:$(line_of nonsense): nonsense: "
}

a_line_of_a_failed_provider_says_why()
{
	run "$tapictl" line 2
	code 3 && has err 'the provider broken failed' && has err 'the board is not plugged in'
}

the_daemon_and_the_others_run()
{
	run "$tapictl" providers --json
	code 0 && is 'running providers' "$(grep -c '"state":"running"' "$dir/out")" 5 || return 1
	run "$tapictl" lines
	code 0 && has out 'Extension 101' && has out 'Extension 102' && is lines "$(grep -c 'Template line' "$dir/out")" 4
}

a_second_daemon_says_already_running()
{
	run "$bin/tapisrvd" --config "$dir/conf"
	code 1 && has err 'already running' || return 1
	run "$tapictl" lines
	code 0
}

# The number of the line that a provider has.
line_of_provider()
{
	"$tapictl" providers --json | grep -q "\"name\":\"$1\"" || return 1
	"$tapictl" lines --json | grep '"device"' >"$dir/devices"
	sed -n "s/.*provider: $1: running, 1 lines from \([0-9]*\),.*/\1/p" "$dir/daemon.log" | tail -n 1
}

restarted() # PROVIDER
{
	"$tapictl" providers --json | grep "\"name\":\"$1\"" | grep '"state":"running"' | grep -q '"restarts":[1-9]'
}

an_entry_that_hangs_fails_the_request_and_the_host_is_started_again()
{
	exchange_pid=$(host_pid exchange)
	run "$tapictl" dial "$(line_of_provider hang)" 1 --timeout 300
	code 1 && has err 'did not return from LineMakeCall within 1 s' || return 1
	eventually 15 'the host is started again' restarted hang &&
		is 'host of the exchange' "$(host_pid exchange)" "$exchange_pid"
}

an_entry_that_crashes_fails_the_request_and_the_host_is_started_again()
{
	run "$tapictl" dial "$(line_of_provider crash)" 1 --timeout 300
	code 1 && has err 'tapictl: the call was not made: ' && has err 'the host of the provider crash ended: killed by signal 6' || return 1
	eventually 15 'the host is started again' restarted crash &&
		is 'host of the exchange' "$(host_pid exchange)" "$exchange_pid"
}

a_thread_that_hangs_is_reported_and_given_up()
{
	stuck=$(line_of_provider stuck)
	run "$tapictl" dial "$stuck" 1 --timeout 300
	code 1 && has err 'did not return from LineMakeCall within 1 s' &&
		eventually 5 'the provider is given up' failed stuck 'did not return for 2 s' || return 1
	run "$tapictl" dial "$stuck" 1
	code 3 && has err 'the provider stuck failed' || return 1
	run "$tapictl" lines
	code 0 && is 'other lines' "$(grep -c 'Extension 10[12]' "$dir/out")" 2
}

a_provider_on_a_thread_makes_calls_too()
{
	run "$tapictl" dial "$(line_of_provider threaded)" 5551 --duration 0.1 --timeout 300
	code 0 && has out connected && is 'process of its own' "$(host_pid threaded)" 0
}

sigterm_stops_cleanly()
{
	WHY='there was no host'
	[ -n "$(hosts_here)" ] && stop_daemon || return 1
	is 'exit code' "$CODE" 0 && is 'hosts after' "$(hosts_here)" '' || return 1
	WHY='the socket is still there'
	[ ! -e "$socket" ]
}

it_starts_again_in_the_same_folder()
{
	start_daemon "$exchange"
	run "$tapictl" lines
	code 0 && stop_daemon
}

without_a_configuration_it_runs_the_exchange()
{
	spawn plain "$bin/tapisrvd" --socket "$socket" --tsp-path "$BUILD/lib/tapi/tsp" --host "$bin/tapi-tsphost"
	daemon=$pid
	eventually 10 'it answers' "$tapictl" lines || return 1
	run "$tapictl" lines
	code 0 && is lines "$(grep -c 'Extension 10[1-4]' "$dir/out")" 4 && stop_daemon && is 'exit code' "$CODE" 0
}

# What $BUILD/env says is enough: a configuration of one's own names providers only.
a_configuration_of_ones_own_runs_from_the_build_folder()
{
	printf '[provider exchange]\nextensions = 301-302\n' >"$dir/own.conf"
	# shellcheck disable=SC2016
	spawn own env -u TAPISRVD_SOCKET -u STATE_DIRECTORY -u TAPI_MSP_PATH sh -c '. "$0/env"
		TAPISRVD_SOCKET=$1/run/socket STATE_DIRECTORY=$1/state exec tapisrvd --config "$1/own.conf"' "$BUILD" "$dir"
	daemon=$pid
	eventually 10 'it answers' "$tapictl" lines || { WHY="$WHY: $(cat "$dir/own.err")"; return 1; }
	run "$tapictl" lines
	code 0 && is lines "$(grep -c 'Extension 30[12]' "$dir/out")" 2 && stop_daemon && is 'exit code' "$CODE" 0
}

try a_good_configuration_is_ok
try the_providers_are_asked_about_their_keys
try a_provider_that_hangs_or_crashes_on_its_keys_is_named
try a_bad_configuration_is_named_with_line_and_key
try wrong_usage_is_2
try without_a_configuration_it_runs_the_exchange
try a_configuration_of_ones_own_runs_from_the_build_folder
start_with_failing_providers
try a_missing_file_is_listed_as_failed
try what_is_no_tsp_is_listed_as_failed
try a_file_that_others_can_write_is_listed_as_failed
try a_wrong_version_is_listed_as_failed
try the_providers_own_reason_is_shown
try an_unknown_key_of_a_provider_is_named_with_its_line
try a_line_of_a_failed_provider_says_why
try the_daemon_and_the_others_run
try a_second_daemon_says_already_running
try the_daemon_has_less_patience
try an_entry_that_hangs_fails_the_request_and_the_host_is_started_again
try an_entry_that_crashes_fails_the_request_and_the_host_is_started_again
try a_thread_that_hangs_is_reported_and_given_up
try a_provider_on_a_thread_makes_calls_too
try sigterm_stops_cleanly
try it_starts_again_in_the_same_folder
