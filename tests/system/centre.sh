#!/bin/sh
# SPDX-License-Identifier: MIT
# centre.sh - the call centre of examples/: a proxy, an agent and a supervisor as programs, callers by tapictl.
. tests/system/lib.sh
begin centre

start_daemon "[provider exchange]
extensions = 101-106"

says() # FILE TEXT
{
	grep -qF "$2" "$dir/$1.out"
}

a_centre_opens()
{
	spawn acd "$bin/sys-acd" 5 0 1
	wait_until 10 says acd open || { WHY="acd did not open: $(cat "$dir/acd.err")"; return 1; }
	spawn supervisor "$bin/sys-supervisor" 1 3
	supervisor=$pid
	wait_until 10 says supervisor watching || {
		WHY="no supervisor: $(cat "$dir/supervisor.err")"
		return 1
	}
}

a_wrong_password_is_refused()
{
	run "$bin/sys-agent" 0 carla 4711 1
	code 1 && has err "cannot log in: LINEERR_INVALPASSWORD: acd refused" || return 1
	run "$bin/sys-agent" 2 carla 1234 1
	code 1 && has err 'cannot log in: LINEERR_OPERATIONUNAVAIL: no program serves LINEPROXYREQUEST_CREATEAGENT' && has err 'on line 2 [no proxy]'
}

who_gives_up_is_counted()
{
	spawn impatient "$bin/tapictl" dial 3 106
	wait_until 10 says supervisor '1 came, 1 wait' || { WHY='the supervisor did not see it come'; return 1; }
	kill -INT $pid && reap $pid || return 1
	wait_until 10 says supervisor "1 came, 0 wait, 1 gave up" || {
		WHY='the supervisor did not see it'
		return 1
	}
}

an_agent_takes_two_calls()
{
	spawn agent "$bin/sys-agent" 0 carla 1234 2
	agent=$pid
	wait_until 10 says agent ready || { WHY="agent: $(cat "$dir/agent.err")"; return 1; }
	spawn first "$bin/tapictl" dial 3 106
	spawn second "$bin/tapictl" dial 4 106
	reap "$agent" 30 && [ "$CODE" = 0 ] || { WHY="agent: $CODE $WHY"; return 1; }
	says agent "logged off"
	expected='logged in ready talking wrapping up ready talking wrapping up logged off'
	got=$(tr '\n' ' ' <"$dir/agent.out")
	[ "$got" = "$expected " ] || { WHY="the agent said: $got"; return 1; }
}

who_calls_in_vain_is_told_why()
{
	run "$bin/sys-dial" 3 199
	code 0 && has err 'the call ended: the exchange has no extension of this number [Q.850 1' || return 1
	run "$bin/sys-dial" 3 104
	code 0 && has err 'extension 104 is busy [Q.850 17' || return 1
	spawn elsewhere "$bin/sys-supervisor" 2 1
	eventually 5 'it says so' says elsewhere 'no queue: no program serves' && kill $pid && reap $pid
}

a_supervisor_saw_it_all()
{
	reap "$supervisor" 10 && [ "$CODE" = 0 ] || { WHY="supervisor: $CODE $WHY"; return 1; }
	for text in "agent 1 logs in" "session 1: LINEAGENTSESSIONSTATE_READY" \
		"session 1: LINEAGENTSESSIONSTATE_BUSYONCALL" "session 1: LINEAGENTSESSIONSTATE_BUSYWRAPUP" \
		"agent 1: LINEAGENTSTATEEX_BUSYACD, " ", 2 calls" "3 came, 0 wait, 1 gave up, 2 went on"; do
		says supervisor "$text" || { WHY="not seen: $text"; return 1; }
	done
}

# To ask is no change: who is told of the queue asks, and must not be told again for that.
a_question_is_no_news()
{
	count=$(grep -c '^queue:' "$dir/supervisor.out")
	[ "$count" -le 8 ] || { WHY="told of the queue $count times"; return 1; }
}

try a_centre_opens
try a_wrong_password_is_refused
try who_gives_up_is_counted
try an_agent_takes_two_calls
try who_calls_in_vain_is_told_why
try a_supervisor_saw_it_all
try a_question_is_no_news
