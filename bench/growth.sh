#!/bin/sh
# SPDX-License-Identifier: MIT
# growth.sh - make bench-growth: what a request, an event, a call and a session cost the daemon, in instructions of its own
# (callgrind, user space), while so many lines, sessions, calls or all three (pairs) are idle, or its own session has so many
# lines open, against ten of them. The slope between two numbers of each is free of start and end. SHORT=1: up to a thousand;
# MASSES='lines:10 lines:500': these. Exit 77: valgrind is not installed.
. tests/system/lib.sh
. bench/lib.sh

if [ -n "${SHORT:-}" ]; then
	masses='lines:10 lines:1000 clients:10 clients:1000 calls:10 calls:1000
		opens:10 opens:1000'
else
	masses='lines:10 lines:1000 lines:100000 clients:10 clients:1000 clients:10000 calls:10 calls:1000 calls:10000
		opens:10 opens:1000 pairs:10 pairs:1000 pairs:10000'
fi
few=200 many=2200

# What the daemon has spent since it was asked last.
spent()
{
	_dumps=$((_dumps + 1))
	callgrind_control -d "$daemon" >/dev/null 2>>"$dir/control.err" || exit 1
	wait_until 60 grep -qs '^totals: ' "$dir/cg.$_dumps"
	sed -n 's/^totals: //p' "$dir/cg.$_dumps"
}

work() # WHAT COUNT: into $dir/n
{
	"$bin/bench-work" "$socket" $opens "$dir/trigger" "$1" "$2" || exit 1
	spent >"$dir/n"
}

# The daemon, and what it holds; only what follows is instrumented.
hold() # MASS COUNT
{
	_lines=1 opens=1
	case $1 in
	lines | pairs) _lines=$2 ;;
	opens) _lines=$2 opens=$2 ;;
	esac
	rm -rf "$dir/state" "$dir"/cg.*
	_dumps=0
	configure "[provider many]
	path = $BUILD/lib/bench/many.so
	trigger = $dir/trigger
	lines = $((_lines < 50000 ? _lines : 50000))

	[provider more]
	path = $BUILD/lib/bench/many.so
	lines = $((_lines < 50000 ? 0 : _lines - 50000))"
	launch_daemon
	for _p in many more; do
		wait_until 120 grep -q "provider: $_p: running" "$dir/daemon.log" || exit 1
	done
	holder=
	if [ $opens = 1 ] && [ "$1" != lines ]; then
		spawn holder "$bin/bench-hold" "$socket" "$1" "$2"
		holder=$pid
		wait_until 300 grep -q ready "$dir/holder.out" || { echo "bench-growth: $1 $2 failed" >&2; exit 1; }
	fi
	callgrind_control -i on "$daemon" >/dev/null 2>>"$dir/control.err"
}

let_go()
{
	callgrind_control -i off "$daemon" >/dev/null 2>>"$dir/control.err"
	[ -z "$holder" ] || { kill "$holder" && reap "$holder"; }
	stop_daemon
	: >"$dir/daemon.log"
}

command -v valgrind >/dev/null || { echo 'bench-growth: skipped: valgrind is not installed' >&2; exit 77; }
begin_bench growth
mkfifo "$dir/trigger"
# Or each session that has a call would be asked from time to time whether it dispatches.
daemon_keys='connections = 20000
	dispatch_timeout = 3600'
daemon_under="valgrind --tool=callgrind --instr-atstart=no --log-file=$dir/valgrind.log --callgrind-out-file=$dir/cg"
for mass in ${MASSES:-$masses}; do
	echo "growth: $mass" >&2
	hold "${mass%:*}" "${mass#*:}"
	[ $opens = 1 ] && works='requests events calls sessions' || works='requests events calls'
	for what in $works; do
		work $what $few
		first=$(cat "$dir/n")
		work $what $many
		raw "mass=${mass%:*} count=${mass#*:} what=$what instructions=$((($(cat "$dir/n") - first) / (many - few)))"
	done
	let_go
done
end_bench growth.awk
