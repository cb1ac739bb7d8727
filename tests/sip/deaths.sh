#!/bin/sh
# SPDX-License-Identifier: MIT
# deaths.sh - who is killed while a call is up: the daemon, the provider's host, the application, the registrar.
. tests/sip/lib.sh
group sip_deaths

# connect NAME: sipp NAME answers a call of the application's first line. $CALL.
connect()
{
	sipp_start "$1" uas_speaks 127.0.0.1:9 || return 1
	forget_lines app
	dial app 0 "sip:bob@127.0.0.1:$sipp_port" && see app 6 "^state $CALL CONNECTED"
}

hang_up() # CALL
{
	say app drop "$1"
	over app "$1"
}

# The call is held and brought back by the new daemon, and hung up.
a_killed_daemon_leaves_the_call()
{
	connect one || return 1
	kill -KILL "$daemon"
	reap "$daemon" || return 1
	launch_daemon
	_pids_before="$_pids_before $daemon" # it stays
	say app hold "$CALL"
	see app 10 '^reply hold 0' || return 1
	say app unhold "$CALL"
	see app 5 '^reply unhold 0' && unseen app "^state $CALL (DISCONNECTED|IDLE)" && hang_up "$CALL" && sipp_end one
}

a_killed_application_hangs_up()
{
	sipp_start one uas_speaks 127.0.0.1:9 && app_start mortal mortal || return 1
	dial mortal 0 "sip:bob@127.0.0.1:$sipp_port" && see mortal 6 "^state $CALL CONNECTED" || return 1
	# shellcheck disable=SC2154
	kill -KILL "$app_mortal"
	reap "$app_mortal" && sipp_end one
}

# By another way than the registrar: it does not notice. The line goes out of service and back.
a_dead_registrar_leaves_the_call()
{
	connect one || return 1
	kamailio_stop || return 1
	see app 20 '^line alice .*OUTOFSERVICE' || return 1
	say app hold "$CALL"
	see app 5 '^reply hold 0' || return 1
	kamailio_launch || return 1
	_pids_before="$_pids_before $kamailio" # so does this one
	see app 20 '^line alice .*INSERVICE' && hang_up "$CALL" && sipp_end one
}

# The last: the application's lines are gone then.
a_killed_host_ends_its_calls_and_is_back_with_its_lines()
{
	connect one || return 1
	host=$(host_pid sip)
	kill -KILL "$host"
	see app 5 "^state $CALL IDLE .*host ended" || return 1
	FIGURE=${SEEN#state * }
	app_start again alice || return 1
	eventually 10 'alice is in service' is_in_service again 0 && sipp_start two uas_speaks 127.0.0.1:9 || return 1
	dial again 0 "sip:bob@127.0.0.1:$sipp_port" && see again 6 "^state $CALL CONNECTED" || return 1
	say again drop "$CALL"
	over again "$CALL" && sipp_end two
}

kamailio_start || { failures=1; exit 1; }
sip_keys='t1_ms = 100'
sip_daemon "[sip alice]
	server = $registrar
	domain = test.example
	user = alice
	secret = swordfish-a1
	expires = 10
	retry_min_s = 1
	retry_max_s = 1

[sip mortal]
	user = mortal"
app_start app alice || { echo "FAIL start: $WHY"; failures=1; exit 1; }
eventually 10 'alice is in service' is_in_service app 0

short a_killed_daemon_leaves_the_call
long a_killed_application_hangs_up
long a_dead_registrar_leaves_the_call
long a_killed_host_ends_its_calls_and_is_back_with_its_lines
