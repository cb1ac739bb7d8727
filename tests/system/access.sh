#!/bin/sh
# SPDX-License-Identifier: MIT
# access.sh - users and what the rules of [access] let them do: seen from tapictl, at a reload, at a restart.
group=$(id -gn nobody 2>/dev/null)
# Other users have to reach the programs and the socket: if they cannot come to where this is, it moves.
case ${BUILD:?} in /*) ;; *) BUILD=$(pwd)/$BUILD ;; esac
if [ "$(id -u)" = 0 ] && ! setpriv --reuid=nobody --regid="$group" --clear-groups test -x "$BUILD/bin/tapictl"; then
	elsewhere=$(mktemp -d) || exit 1
	chmod 755 "$elsewhere"
	mkdir "$elsewhere/bin"
	cp "$BUILD/bin/tapisrvd" "$BUILD/bin/tapi-tsphost" "$BUILD/bin/tapictl" "$BUILD/bin/sys-json" "$elsewhere/bin"
	cp -R "$BUILD/lib" "$elsewhere"
	BUILD=$elsewhere
fi
. tests/system/lib.sh
begin access
tapictl=$bin/tapictl

# Before a command: as these users.
nobody="setpriv --reuid=nobody --regid=$group --clear-groups"
other="setpriv --reuid=1 --regid=$group --clear-groups"
stranger="setpriv --reuid=1 --regid=1 --clear-groups"

lines_of() # AS
{
	$1 "$tapictl" lines | sed -n 's/^ *\([0-9][0-9]*\)  .*/\1/p' | tr '\n' ' '
}

# The file with these sections, and whether the daemon has read it again.
rules()
{
	configure "[provider exchange]
	extensions = 101-104
	absent_ms = 60000
	$1"
}

reload()
{
	_before=$(grep -c 'reads .* again' "$dir/daemon.log")
	rules "$1"
	kill -HUP "$daemon"
	eventually 5 'the file is read again' has_read $((_before + 1))
}

has_read()
{
	[ "$(grep -c 'reads .* again' "$dir/daemon.log")" -ge "$1" ]
}

line_of()
{
	grep -nF -- "$1" "$dir/conf" | cut -d : -f 1 | tail -n 1
}

faults_are_named_with_their_lines()
{
	rules '[access *]
	onw = all
	monitor = lines
	[access nosuchuser]
	own = line Extension 101
	[access @nosuchgroup]'
	run "$bin/tapisrvd" --config "$dir/conf" --check-config
	code 1 && has err "conf:$(line_of onw): a role is monitor, own or administrate, not: onw" &&
		has err "conf:$(line_of 'monitor = lines'): a device is all, line NAME or phone NAME, not: lines" && has err "conf:$(line_of nosuchuser): there is no such user or group: nosuchuser" &&
		has err "conf:$(line_of nosuchgroup): there is no such user or group: @nosuchgroup" || return 1
	rules '[access *]
	own = line Extension 10?, phone exchange/*'
	run "$bin/tapisrvd" --config "$dir/conf" --check-config
	code 0
}

the_daemons_user_is_shown_the_rules()
{
	run "$tapictl" access
	code 0 && has out 'administrate  all                              always' &&
		has out "line Extension 101               line $(line_of 'own = line Extension 101')" || return 1
	run "$tapictl" access 104
	code 0 && has out 'you may administrate line 3' && has_not out 'Extension 101' || return 1
	run "$tapictl" access phone 101
	code 0 && has out 'phone Extension 101' && has out 'you may administrate phone 0' || return 1
	run "$tapictl" access 102 --json
	code 0 && has out '"line":1,"role":"administrate","rules":[{' || return 1
	"$bin/sys-json" <"$dir/out" >/dev/null
}

a_user_sees_what_is_his()
{
	is lines "$(lines_of "$nobody")" '0 1 ' || return 1
	run $nobody "$tapictl" phones
	code 0 && is phones "$(grep -c Extension "$dir/out")" 1 || return 1
	run $nobody "$tapictl" access 101
	code 0 && has out 'you may own line 0' || return 1
	run $nobody "$tapictl" access 102
	code 0 && has out 'you may only monitor line 1' && has_not out 'Extension 101' || return 1
	run $nobody "$tapictl" access 2
	code 4 && has err 'no rule in [access] lets user' && has err '[not allowed], LINEERR_NODEVICE'
}

a_user_uses_what_is_his()
{
	spawn answer "$tapictl" answer 103
	run $nobody "$tapictl" dial 101 103 --duration 0.2 --timeout 300
	code 0 && has out connected || return 1
	run $nobody "$tapictl" dial 102 103 --timeout 300
	code 4 && has err "may only monitor line 1 (Extension 102): no rule goes beyond \"monitor = line Extension 102\"" &&
		has err "line $(line_of 'monitor = line Extension 102') of the configuration" || return 1
	run $nobody "$tapictl" provider restart exchange
	code 4 && has err 'whom [access] lets administrate'
}

others_see_nothing_and_strangers_do_not_come_in()
{
	is lines "$(lines_of "$other")" '' || return 1
	run $stranger "$tapictl" lines
	code 5 && has err "no permission, the socket is for user root and members of the group $group" || return 1
	chmod 666 "$dir/run/socket"
	run $stranger "$tapictl" lines
	chmod 660 "$dir/run/socket"
	code 5 && has err "user 1 may not use this daemon; members of the group $group may" && has_not err 'start it with'
}

a_right_that_is_taken_ends_what_stands_on_it()
{
	spawn answer "$tapictl" answer 103
	spawn dial $nobody "$tapictl" dial 101 103 --duration 60 --timeout 300
	dial=$pid
	spawn watch $nobody "$tapictl" monitor --json
	watch=$pid
	eventually 20 'it is connected' grep -q connected "$dir/dial.out" &&
		eventually 5 'somebody watches' has_opens 2 1 || return 1
	reload '[access nobody]
	monitor = line *' &&
		eventually 5 'it is logged' has daemon.log 'loses line 0: by the rules in [access] user' &&
		reap "$dial" 20 && is 'dial has failed' "$((CODE != 0))" 1 &&
		eventually 5 'the call ends' grep -q idle "$dir/answer.out" &&
		eventually 5 'what comes into sight' grep -q LINE_CREATE "$dir/watch.out" && is lines "$(lines_of "$nobody")" '0 1 2 3 ' || return 1
	reload '[access *]' && eventually 5 'all goes out of sight' gone_from_sight &&
		is lines "$(lines_of "$nobody")" ''
}

gone_from_sight()
{
	[ "$(grep -c LINE_REMOVE "$dir/watch.out")" = 4 ]
}

# The application comes back to a core whose rules are others.
after_a_restart_the_rules_of_then_count()
{
	kill "$watch"
	reap "$watch"
	reload '[access nobody]
	own = all' || return 1
	spawn answer "$tapictl" answer 103
	spawn dial $nobody "$tapictl" dial 101 103 --duration 60 --timeout 300
	dial=$pid
	eventually 20 'it is connected' grep -q connected "$dir/dial.out" || return 1
	kill -KILL "$daemon"
	reap "$daemon"
	rules '[access nobody]
	monitor = all'
	launch_daemon
	reap "$dial" 20 && is 'dial has failed' "$((CODE != 0))" 1 && eventually 10 'the call ends' grep -q idle "$dir/answer.out"
}

try faults_are_named_with_their_lines
daemon_keys="group = ${group:-nogroup}"
rules "[access nobody]
own = line Extension 101, phone Extension 101
monitor = line Extension 102"
launch_daemon
try the_daemons_user_is_shown_the_rules
if [ "$(id -u)" != 0 ] || [ -z "$group" ] || ! command -v setpriv >/dev/null; then
	echo 'SKIP access: to be other users needs root, a user nobody and setpriv' >&2
	exit 0
fi
chmod 755 "$dir" "$dir/run"
try a_user_sees_what_is_his
try a_user_uses_what_is_his
try others_see_nothing_and_strangers_do_not_come_in
try a_right_that_is_taken_ends_what_stands_on_it
try after_a_restart_the_rules_of_then_count
