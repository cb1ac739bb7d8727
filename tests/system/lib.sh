# SPDX-License-Identifier: MIT
# lib.sh - for whole-system tests and the bench: a private folder, a daemon in it, processes that are ended by
# their number, bounded waiting, named cases. Sourced by scripts that run in the top folder with $BUILD set.

set -u
umask 022 # tapisrvd refuses providers that others may write
top=$(pwd)
case ${BUILD:?} in /*) ;; *) BUILD=$top/$BUILD ;; esac
bin=$BUILD/bin
tsps=$BUILD/lib/tests
MEDIA_ADDRESS=127.0.0.1
export TAPI_MEDIA_ADDRESS=$MEDIA_ADDRESS TAPI_MSP_PATH="$BUILD/lib/tapi/msp"
unset XDG_RUNTIME_DIR TAPI_TRACE TAPI_LOG

pids='' daemon='' cases=0 failures=0 CODE=0 WHY=''
# Seconds below are those of a machine that has nothing else to do. What is waited for comes, so it is waited for
# this many times as long: that costs nothing, and no machine is that slow.
patience=10

# begin NAME: the private folder $dir. Names are short: sockets have short names.
begin()
{
	dir=$BUILD/sys/$1
	rm -rf "$dir"
	mkdir -p "$dir/run"
	chmod 700 "$dir" "$dir/run"
	socket=$dir/run/socket
	export TAPISRVD_SOCKET="$socket" STATE_DIRECTORY="$dir/state"
	trap finish EXIT
	trap 'exit 1' INT TERM HUP
}

# Everything that this script started is ended; the folder stays when something failed, and with KEEP=1.
finish()
{
	status=$?
	trap - EXIT
	_apps=
	for p in $pids; do [ "$p" = "$daemon" ] || _apps="$_apps $p"; done
	for group in "$_apps" "$daemon"; do # applications first: without a daemon they would wait for it
		for p in $group; do kill -CONT "$p" 2>/dev/null && kill "$p" 2>/dev/null; done
		wait_until 5 all_gone $group || for p in $group; do kill -KILL "$p" 2>/dev/null; done
	done
	for p in $(hosts_here); do kill -KILL "$p" 2>/dev/null; done
	if grep -lE 'Sanitizer: |runtime error: ' "$dir"/*.log "$dir"/*.err 2>/dev/null >&2; then
		failures=$((failures + 1))
		echo "FAIL no_sanitizer_has_anything_to_say"
		grep -hE -A 12 'Sanitizer: |runtime error: ' "$dir"/*.log "$dir"/*.err 2>/dev/null | head -n 60 >&2
	fi
	if [ "$failures" -gt 0 ] || [ $status -ne 0 ]; then
		for f in "$dir"/*.log; do
			[ -s "$f" ] && { echo "--- $f" && tail -n 25 "$f"; } >&2
		done
		exit 1
	fi
	[ -n "${KEEP:-}" ] || rm -rf "$dir" ${elsewhere:+"$elsewhere"} # access.sh may have moved
	exit 0
}

all_gone()
{
	for _p; do
		kill -0 "$_p" 2>/dev/null && ! is_zombie "$_p" && return 1
	done
	return 0
}

is_zombie()
{
	[ -r "/proc/$1/stat" ] && sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | grep -q '^Z'
}

# Provider hosts of the daemon in this folder, found by the private path in their command line.
hosts_here()
{
	for _c in /proc/[0-9]*/cmdline; do
		if { tr '\0' ' ' <"$_c"; } 2>/dev/null | grep -q "^[^ ]*tapi-tsphost .*$dir/run/"; then
			_c=${_c%/cmdline}
			echo "${_c#/proc/}"
		fi
	done
}

# wait_until SECONDS COMMAND...: polls, 0 once the command succeeds, 1 when the time is over, with patience.
wait_until()
{
	_left=$(($1 * 20 * patience))
	shift
	until "$@" >/dev/null 2>&1; do
		_left=$((_left - 1))
		[ $_left -gt 0 ] || return 1
		sleep 0.05
	done
}

# spawn NAME COMMAND...: in the background, output in $dir/NAME.out and NAME.err; $pid is its number.
spawn()
{
	_name=$1
	shift
	: >"$dir/$_name.out"
	"$@" >"$dir/$_name.out" 2>"$dir/$_name.err" </dev/null &
	pid=$!
	pids="$pids $pid"
}

# reap PID [SECONDS]: waits for its end, $CODE is its exit code; 1 if it does not end in time (default 10).
reap()
{
	if ! wait_until "${2:-10}" all_gone "$1"; then
		WHY="process $1 did not end"
		return 1
	fi
	CODE=0
	wait "$1" 2>/dev/null || CODE=$?
	forget "$1"
}

forget()
{
	_rest=
	for _p in $pids; do [ "$_p" = "$1" ] || _rest="$_rest $_p"; done
	pids=$_rest
}

# A key of [daemon], if $daemon_keys has not set it.
usual() # KEY VALUE
{
	case ${daemon_keys:-} in *"$1 ="*) ;; *) echo "$1 = $2" ;; esac
}

# configure [LINES]: $dir/conf with the private paths; LINES replace the default provider, the exchange.
# $daemon_keys: more lines for [daemon]. Unless they say otherwise, the daemon has as much patience as we have.
configure()
{
	cat >"$dir/conf" <<-EOC
	[daemon]
	socket = $socket
	run_dir = $dir/run
	tsp_path = $BUILD/lib/tapi/tsp
	host = $bin/tapi-tsphost
	$(usual dispatch_timeout 60)
	$(usual entry_timeout 60)
	${daemon_keys:-}

	${1:-[provider exchange]
	extensions = 101-104
	absent_ms = 60000}
	EOC
}

# $daemon_under: a command that runs the daemon, as a checker of memory does.
launch_daemon()
{
	${daemon_under:-} "$bin/tapisrvd" --config "$dir/conf" 2>>"$dir/daemon.log" </dev/null &
	daemon=$!
	pids="$pids $daemon"
	if ! wait_until 15 "$bin/tapictl" providers; then
		echo "the daemon did not start: $("$bin/tapictl" lines 2>&1 >/dev/null)" >&2
		exit 1
	fi
}

# start_daemon [LINES]
start_daemon()
{
	configure "${1:-}"
	launch_daemon
}

stop_daemon()
{
	kill "$daemon" 2>/dev/null
	reap "$daemon" 15 || return 1
	daemon=
}

# has_opens COUNT LINE: so many programs have it open.
has_opens()
{
	"$bin/tapictl" line "$2" | grep -q " $1 opens"
}

# By another program than the tapictl that asks.
is_open_elsewhere() # LINE
{
	"$bin/tapictl" line "$1" | grep -qE ' ([2-9]|1[0-9]) opens'
}

# run COMMAND...: $CODE, and the outputs in $dir/out and $dir/err. At most a minute, with patience.
run()
{
	CODE=0
	timeout $((60 * patience)) "$@" >"$dir/out" 2>"$dir/err" </dev/null || CODE=$?
}

# Assertions set $WHY and return 1: chain them with &&.
code()
{
	[ "$CODE" = "$1" ] && return 0
	WHY="exit code $CODE, not $1: $(tail -n 1 "$dir/err" 2>/dev/null)"
	return 1
}

has() # FILE TEXT: in $dir, a fixed text
{
	grep -qF -- "$2" "$dir/$1" && return 0
	WHY="'$2' is not in $1: $(tail -n 1 "$dir/$1" 2>/dev/null)"
	return 1
}

has_not()
{
	grep -qF -- "$2" "$dir/$1" || return 0
	WHY="'$2' is in $1"
	return 1
}

is() # WHAT GOT WANTED
{
	[ "$2" = "$3" ] && return 0
	WHY="$1 is '$2', not '$3'"
	return 1
}

# eventually SECONDS WHAT COMMAND...
eventually()
{
	_seconds=$1 _what=$2
	shift 2
	wait_until "$_seconds" "$@" && return 0
	WHY="not within $((_seconds * patience)) s: $_what"
	return 1
}

# try NAME: runs the function of that name as a case.
try()
{
	cases=$((cases + 1))
	WHY='it returned an error'
	if "$1"; then
		echo "ok $1"
	else
		failures=$((failures + 1))
		echo "FAIL $1: $WHY"
	fi
}

# The process id of a provider's host, as the daemon tells.
host_pid()
{
	"$bin/tapictl" providers --json 2>/dev/null | sed -n "s/.*\"name\":\"$1\".*\"pid\":\([0-9]*\).*/\1/p"
}
