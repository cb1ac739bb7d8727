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

mock="[provider mock]
	path = $BUILD/lib/host_mock.so"
start_daemon "$mock"
try a_process_serves_them
try a_thread_serves_them
