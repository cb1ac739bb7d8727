#!/bin/sh
# SPDX-License-Identifier: MIT
# two.sh - two of our own daemons, alice at the first, bob and carol at the second, all three registered at a kamailio: calls
# with speech, hold, transfer, a conference that each hears.
real_time=yes
. tests/sip/lib.sh
group sip_two

alice_says="$sounds/Front_Center.wav"
bob_says="$sounds/Rear_Center.wav"
carol_says="$sounds/Side_Left.wav"

account() # NAME SECRET
{
	echo "
[sip $1]
	server = $registrar
	domain = test.example
	user = $1
	secret = $2
	codecs = PCMU"
}

# The second daemon has a folder of its own; its application finds it by its socket.
second_daemon() # SECTIONS
{
	mkdir -p "$dir/2/run"
	chmod 700 "$dir/2" "$dir/2/run"
	sip_port_2=$("$bin/sip-port")
	sed -e "s|$dir/run|$dir/2/run|" -e '/^ *\[provider/,$d' "$dir/conf" >"$dir/2/conf"
	printf '[provider sip]\nlisten = 127.0.0.1:%s\n%s\n' "$sip_port_2" "$1" >>"$dir/2/conf"
	"$bin/tapisrvd" --config "$dir/2/conf" 2>>"$dir/daemon2.log" </dev/null &
	daemon_2=$!
	pids="$pids $daemon_2"
	wait_until 15 env TAPISRVD_SOCKET="$dir/2/run/socket" "$bin/tapictl" providers
}

hang_up() # NAME CALL
{
	say "$1" drop "$2"
	over "$1" "$2"
}

# alice calls LINE-NAME (a line of there); $here is the number of the call at alice's side, $there at the other.
between() # NAME
{
	forget_lines app
	forget_lines there
	dial app 0 "$1" || return 1
	here=$CALL
	offered there || return 1
	there=$CALL
	say there answer "$there"
	see app 6 "^state $here CONNECTED" && see there 6 "^state $there CONNECTED"
}

all_register()
{
	eventually 10 'alice' is_in_service app 0 && eventually 10 'bob' is_in_service there 0 &&
		eventually 10 'carol' is_in_service there 1
}

a_call_between_them_is_heard_and_ended()
{
	between bob || return 1
	say app play "$here" "$alice_says"
	say there play "$there" "$bob_says"
	see app 6 "^played $here" && see there 6 "^played $there" || return 1
	sleep 0.3 # until the last of it is there
	say app drop "$here"
	over app "$here" && see there 5 "^state $there DISCONNECTED NORMAL" && hang_up there "$there" || return 1
	heard "$dir/here$here.wav" "$bob_says" "$alice_says" && heard "$dir/there$there.wav" "$alice_says" "$bob_says"
}

hold_is_seen_on_both_sides()
{
	between bob || return 1
	say app hold "$here"
	see app 5 '^reply hold 0' && see there 5 "^state $there CONNECTED ACTIVEHELD" || return 1
	say app unhold "$here"
	see app 5 '^reply unhold 0' && see there 5 "^state $there CONNECTED ACTIVE" || return 1
	say there hold "$there"
	see there 5 '^reply hold 0' && see app 5 "^state $here CONNECTED ACTIVEHELD" || return 1
	say there unhold "$there"
	see there 5 '^reply unhold 0' && see app 5 "^state $here CONNECTED ACTIVE" && hang_up app "$here" &&
		see there 5 "^state $there DISCONNECTED" && hang_up there "$there"
}

# alice sends bob to carol and is out of it.
a_blind_transfer_connects_the_other_two()
{
	between bob || return 1
	say app blind "$here" carol
	offered there 6 || return 1
	say there answer "$CALL"
	see there 6 "^state $CALL CONNECTED" && see app 8 '^reply blind 0' && over app "$here" || return 1
	_n=$CALL
	hang_up there "$_n" || return 1
	say there dropall
	sleep 0.3
	return 0
}

a_consultation_connects_the_other_two()
{
	between bob || return 1
	say app setup "$here"
	see app 5 '^call [0-9]+ by setup' || return 1
	consult=${SEEN#call }
	consult=${consult%% *}
	see app 5 '^reply setup 0' && see there 5 "^state $there CONNECTED ACTIVEHELD" || return 1
	say app to "$consult" carol
	offered there 6 || return 1
	say there answer "$CALL"
	see app 6 "^state $consult CONNECTED" || return 1
	say app complete "$here" "$consult"
	see app 8 '^reply complete 0' && over app "$here" || return 1
	say there callstatus "$CALL"
	see there 3 '^callstatus.*LINECALLSTATE_CONNECTED' || return 1
	say there dropall
	sleep 0.5
	return 0
}

# Both others hear alice and each other, alice hears both.
a_conference_of_three_is_heard_by_all()
{
	between bob || return 1
	bob=$there
	say app conference "$here"
	see app 5 '^call [0-9]+ by conference' || return 1
	conference=${SEEN#call }
	conference=${conference%% *}
	see app 5 '^call [0-9]+ by conference' || return 1
	consult=${SEEN#call }
	consult=${consult%% *}
	see app 5 '^reply conference 0' || return 1
	say app to "$consult" carol
	offered there 6 || return 1
	carol=$CALL
	say there answer "$carol"
	see app 6 "^state $consult CONNECTED" || return 1
	say app add "$conference" "$consult"
	see app 5 '^reply add 0' || return 1
	for _s in "there $carol $carol_says" "there $bob $bob_says" "app $here $alice_says"; do # one after the other
		# shellcheck disable=SC2086
		set -- $_s
		say "$1" play "$2" "$3"
		see "$1" 6 "^played $2" || return 1
		sleep 0.3
	done
	for _c in "$here" "$consult" "$conference"; do say app drop "$_c"; done
	sleep 0.5
	say there dropall
	sleep 0.3
	at_least=0.5 # a busy machine may stretch a pause inside a phrase: what follows it is then later
	heard "$dir/there$bob.wav" "$carol_says $alice_says" "$bob_says" &&
		heard "$dir/there$carol.wav" "$bob_says $alice_says" "$carol_says" &&
		heard "$dir/here$here.wav" "$bob_says" "$alice_says"
	_r=$?
	at_least=
	return $_r
}

kamailio_start || { failures=1; exit 1; }
sip_daemon "$(account alice swordfish-a1)"
second_daemon "$(account bob swordfish-b2)$(account carol swordfish-c3)"
app_start app --record "$dir/here%d.wav" alice || { echo "FAIL start: $WHY"; failures=1; exit 1; }
TAPISRVD_SOCKET=$dir/2/run/socket
app_start there --record "$dir/there%d.wav" bob carol || { echo "FAIL start: $WHY"; failures=1; exit 1; }
TAPISRVD_SOCKET=$socket

short all_register
short a_call_between_them_is_heard_and_ended
short hold_is_seen_on_both_sides
long a_blind_transfer_connects_the_other_two
long a_consultation_connects_the_other_two
long a_conference_of_three_is_heard_by_all
