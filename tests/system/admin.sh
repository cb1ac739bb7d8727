#!/bin/sh
# SPDX-License-Identifier: MIT
# admin.sh - providers that come, change and go while calls of others go on, and what stays over starts.
. tests/system/lib.sh
begin admin
tapictl=$bin/tapictl

# A folder of providers of this test's own.
tsp=$dir/tsp
mkdir "$tsp"
cp "$BUILD/lib/tapi/tsp/exchange.so" "$BUILD/lib/tapi/tsp/template.so" "$BUILD/lib/tapi/tsp/sip.so" "$tsps/none.so" "$tsp"
cp "$tsps/bad.so" "$tsp/bad.so"

configure_here()
{
	configure "${1:-}"
	sed "s|^tsp_path = .*|tsp_path = $tsp|" "$dir/conf" >"$dir/conf.new" && mv "$dir/conf.new" "$dir/conf"
}

line_called()
{
	"$tapictl" lines | awk -v name="$1" 'substr($0, 7, length(name) + 1) == name " " { print $1 }'
}

states_of()
{
	"$tapictl" providers --json | sed -n 's/.*"permanent_provider_id":\([0-9]*\),"name":"\([^"]*\)".*"state":"\([^"]*\)".*/\1 \2 \3/p'
}

a_call_is_up()
{
	spawn answer "$tapictl" answer 1
	spawn caller "$tapictl" dial 0 102 --duration 600 --timeout 300
	caller=$pid
	eventually 15 'the call is connected' grep -q connected "$dir/caller.out" &&
		eventually 10 'connected at the answerer' grep -q connected "$dir/answer.out"
}

the_call_goes_on()
{
	run "$tapictl" calls
	[ "$(grep -c ' connected ' "$dir/out")" = 2 ] || { WHY="$(cat "$dir/out")"; return 1; }
	kill -0 "$caller" 2>/dev/null
}

a_provider_is_added_while_a_call_of_another_goes_on()
{
	spawn monitor "$tapictl" monitor --json
	eventually 5 'the monitor opens the lines' has_opens 2 3 || return 1
	run "$tapictl" provider add template
	code 0 && has out 'provider 2' || return 1
	eventually 10 'its line is told of' grep -q LINE_CREATE "$dir/monitor.out" &&
		is 'its line' "$(line_called 'Template line')" 4 && the_call_goes_on || return 1
	run "$tapictl" dial 4 100 --duration 0.1 --timeout 300
	code 0 && has out connected
}

what_cannot_be_added_says_why_and_leaves_nothing()
{
	run "$tapictl" provider add /bin/sh
	code 1 && has err 'without a folder' || return 1
	run "$tapictl" provider add ../../bin/sh
	code 1 || return 1
	run "$tapictl" provider add nowhere
	code 1 && has err 'No such file' || return 1
	run "$tapictl" provider add none
	code 1 && has err 'does not export' || return 1
	run "$tapictl" provider add template
	code 1 && has err 'there is a provider template already' || return 1
	is providers "$(states_of | tr '\n' ';')" '1 exchange running;2 template running;' && the_call_goes_on
}

a_file_that_others_may_write_is_not_added()
{
	cp "$tsp/template.so" "$tsp/open.so"
	chmod o+w "$tsp/open.so"
	run "$tapictl" provider add open
	code 1 && has err 'others than its owner may write to it' && is providers "$(states_of | grep -c open)" 0
}

keys_are_described_with_types_and_defaults()
{
	run "$tapictl" provider config exchange --json
	code 0 || return 1
	"$bin/sys-json" <"$dir/out" || { WHY='not JSON'; return 1; }
	has out '"key":"extensions"' && has out '"key":"no_answer_ms","type":2,"min":100,"max":3600000' &&
		has out '"value":"101-104","source":"file"'
}

keys_are_set_while_the_call_goes_on()
{
	run "$tapictl" provider config exchange no_answer_ms=5000 calls_per_line=3
	code 0 || return 1
	run "$tapictl" provider config exchange no_answer_ms
	code 0 && has out 'no_answer_ms         5000  (set here)' || return 1
	run "$tapictl" line 0
	has out 'calls at most 3' && the_call_goes_on
}

bad_keys_change_nothing()
{
	run "$tapictl" provider config exchange no_answer_ms=7 calls_per_line=9
	code 1 && has err 'no_answer_ms' || return 1
	run "$tapictl" provider config exchange colour=red
	code 1 && has err 'no such key' || return 1
	run "$tapictl" provider config exchange colour
	code 3 || return 1
	run "$tapictl" provider config exchange no_answer_ms calls_per_line
	has out 5000 && has out '3  (set here)' && the_call_goes_on
}

keys_make_lines_of_a_provider_that_runs()
{
	run "$tapictl" provider add sip
	code 0 || return 1
	run "$tapictl" provider config sip listen=127.0.0.1:0 alice/user=alice
	code 0 || run "$tapictl" provider config sip alice/user=alice alice/secret=sesame
	code 0 && eventually 10 'the line is there' has_line alice || return 1
	run "$tapictl" provider config sip
	has_not out sesame
}

has_line()
{
	[ -n "$(line_called "$1")" ]
}

a_provider_is_asked_in_its_own_words()
{
	run "$tapictl" provider ask exchange calls
	code 0 && has out '101: 1 active, 0 held' || return 1
	run "$tapictl" provider ask exchange what
	code 1 && has err 'none of the words' || return 1
	run "$tapictl" provider ask template help
	code 4 && has err 'does not export'
}

lineConfigProvider_gives_the_keys_anew()
{
	run "$bin/sys-admin" config 1
	code 0 && run "$bin/sys-admin" config 99
	code 1 && has out LINEERR_INVALPARAM
}

ids_and_keys_stay_over_a_start_of_the_daemon()
{
	"$tapictl" lines --json | sed 's/"state".*"line_dev_caps"//; s/,"line_dev_status".*//' >"$dir/lines.before"
	states_of >"$dir/states.before"
	kill "$caller" && reap "$caller"
	stop_daemon && launch_daemon || return 1
	eventually 10 'alice is back' has_line alice || return 1
	"$tapictl" lines --json | sed 's/"state".*"line_dev_caps"//; s/,"line_dev_status".*//' >"$dir/lines.after"
	states_of >"$dir/states.after"
	WHY="$(diff "$dir/lines.before" "$dir/lines.after")"
	cmp -s "$dir/lines.before" "$dir/lines.after" || return 1
	WHY="$(diff "$dir/states.before" "$dir/states.after")"
	cmp -s "$dir/states.before" "$dir/states.after" || return 1
	run "$tapictl" provider config exchange no_answer_ms
	has out '5000  (set here)'
}

ids_stay_when_the_daemon_is_killed_and_when_a_host_is()
{
	kill -KILL "$daemon"
	reap "$daemon"
	launch_daemon
	eventually 10 'alice is back' has_line alice && is template "$(line_called 'Template line')" 4 || return 1
	kill -KILL "$(host_pid template)"
	eventually 10 'the host is back' has_line 'Template line' && is template "$(line_called 'Template line')" 4
}

a_removed_provider_closes_its_lines_and_its_ids_say_so()
{
	a_call_is_up || return 1
	spawn held "$tapictl" dial 4 100 --duration 600 --timeout 300
	held=$pid
	eventually 10 'its call is connected' grep -q connected "$dir/held.out" || return 1
	run "$tapictl" provider remove template
	code 0 && reap "$held" && has held.err 'the provider template has been removed' || return 1
	run "$tapictl" line 4
	code 3 && has err NODRIVER && the_call_goes_on && eventually 5 'its host ends' has_hosts 2
}

has_hosts()
{
	[ "$(hosts_here | wc -l)" = "$1" ]
}

what_cannot_be_removed_says_why()
{
	run "$tapictl" provider remove template
	code 3 || return 1
	run "$tapictl" provider remove exchange
	code 1 && has err 'configuration file' && the_call_goes_on
}

one_that_comes_again_has_another_id()
{
	run "$tapictl" provider add template
	code 0 || return 1
	WHY="$(cat "$dir/out"), as one before"
	[ "$(sed 's/provider //' "$dir/out")" -gt 3 ]
}

a_restart_takes_what_waits_for_it()
{
	kill "$caller" && reap "$caller"
	run "$tapictl" provider config exchange extensions=101-105
	code 0 && has out 'next start: tapictl provider restart exchange' || return 1
	run "$tapictl" provider restart exchange
	code 0 && eventually 10 'the new line is there' has_line 'Extension 105'
}

a_provider_that_hangs_while_it_starts_is_not_added()
{
	run "$tapictl" provider add bad
	[ "$CODE" != 0 ] || run "$tapictl" provider remove bad
	is providers "$(states_of | grep -c ' bad ')" 0
}

it_stops_cleanly()
{
	stop_daemon && is 'exit code' "$CODE" 0 && is 'hosts after' "$(hosts_here)" ''
}

# --- started by its socket, ended when nobody is left ---

starts()
{
	grep -c '^start' "$dir/launcher.out"
}

# The launcher says so when the daemon runs already.
has_started() # TIMES
{
	[ "$(starts)" = "$1" ]
}

it_is_started_by_its_socket()
{
	daemon_keys='idle_timeout = 0.5'
	configure_here
	spawn launcher "$bin/sys-manager" etc/tapisrvd.service.in "$socket" "$bin/tapisrvd" --config "$dir/conf"
	launcher=$pid
	eventually 5 'the socket is there' [ -S "$socket" ] && is starts "$(starts)" 0 || return 1
	run "$tapictl" lines --timeout 300
	code 0 && has out 'Extension 101' && eventually 5 'one start' has_started 1
}

it_ends_when_nobody_is_left_and_leaves_the_socket()
{
	eventually 10 'it ends' grep -q '^end 1 0' "$dir/launcher.out" || return 1
	WHY='its socket is gone'
	[ -S "$socket" ] && is hosts "$(hosts_here)" '' && has launcher.err 'no application for 0.5 s'
}

it_is_started_again_and_knows_nothing_of_before()
{
	run "$tapictl" calls
	code 0 && eventually 5 'two starts' has_started 2 && is calls "$(grep -c connected "$dir/out")" 0
}

# Who comes late finds another one than before.
it_stays_while_an_application_is_there()
{
	spawn watcher "$tapictl" monitor
	watcher=$pid
	eventually 5 'the monitor opens the lines' has_opens 2 104 || return 1
	_starts=$(starts)
	sleep 1.5 # three times the idle time: this is about nothing happening
	is starts "$(starts)" "$_starts" && kill "$watcher" && reap "$watcher" &&
		eventually 10 'it ends' grep -q "^end $_starts 0" "$dir/launcher.out"
}

what_is_no_socket_is_refused()
{
	kill "$launcher" && reap "$launcher" || return 1
	CODE=0
	(LISTEN_PID=$(exec sh -c 'echo $PPID'); export LISTEN_PID LISTEN_FDS=1
		exec "$bin/tapisrvd" --config "$dir/conf" 3</dev/null) 2>"$dir/err" || CODE=$?
	code 1 && has err 'no listening Unix stream socket'
}

configure_here
launch_daemon
try a_call_is_up
try a_provider_is_added_while_a_call_of_another_goes_on
try what_cannot_be_added_says_why_and_leaves_nothing
try a_file_that_others_may_write_is_not_added
try keys_are_described_with_types_and_defaults
try keys_are_set_while_the_call_goes_on
try bad_keys_change_nothing
try keys_make_lines_of_a_provider_that_runs
try a_provider_is_asked_in_its_own_words
try lineConfigProvider_gives_the_keys_anew
try ids_and_keys_stay_over_a_start_of_the_daemon
try ids_stay_when_the_daemon_is_killed_and_when_a_host_is
try a_removed_provider_closes_its_lines_and_its_ids_say_so
try what_cannot_be_removed_says_why
try one_that_comes_again_has_another_id
try a_restart_takes_what_waits_for_it
try a_provider_that_hangs_while_it_starts_is_not_added
try it_stops_cleanly
try it_is_started_by_its_socket
try it_ends_when_nobody_is_left_and_leaves_the_socket
try it_is_started_again_and_knows_nothing_of_before
try it_stays_while_an_application_is_there
try what_is_no_socket_is_refused
