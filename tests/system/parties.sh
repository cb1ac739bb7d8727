#!/bin/sh
# SPDX-License-Identifier: MIT
# parties.sh - transfers, conferences, hold and forwarding: a real application, daemon and host, and the TSP that
# tests/host uses; in a process and on a thread of the daemon.
. tests/system/lib.sh
begin party

a_process_serves_them()
{
	run "$bin/sys-parties"
	code 0
}

a_thread_serves_them()
{
	stop_daemon || return 1
	start_daemon "$mock
	isolation = thread"
	run "$bin/sys-parties"
	code 0
}

answer_says_why_a_call_is_not_answered()
{
	spawn answering "$bin/tapictl" answer 0 --timeout 60
	answering=$pid
	eventually 10 'the line is open' is_open_elsewhere 0 || return 1
	spawn calling "$bin/tapictl" dial 0 stubborn
	calling=$pid
	reap "$answering" 20 || return 1
	is 'its exit code' "$CODE" 1 && has answering.err 'the call was not answered: it cannot be answered' || return 1
	kill "$calling"
	reap "$calling" 10
}

mock="[provider mock]
	path = $BUILD/lib/host_mock.so"
start_daemon "$mock"
try a_process_serves_them
try answer_says_why_a_call_is_not_answered
try a_thread_serves_them
