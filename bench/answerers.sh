# SPDX-License-Identifier: MIT
# answerers.sh - for benches of SIP calls, after tests/system/lib.sh and peers.sh: sipp, and sides that answer it. A side that was
# started leaves $port and $servers, the ids of its processes.

ports() # COUNT: free ones
{
	"$bin/sip-port" "$1" | tr '\n' ' '
}

# sipp's own buffers are too small for its rates.
sipp_here() # NAME ARGUMENTS
{
	_n=$1
	shift
	spawn "$_n" env TERM=dumb sipp -i 127.0.0.1 -mi 127.0.0.1 -nostdin -buff_size 4000000 "$@"
}

start_baresip() # SOURCE
{
	port=$(ports 1)
	port=${port% }
	configure_baresip "$port" "$1"
	launch_baresip || return 1
	servers=$pid
}

start_ours() # OPTIONS of the application
{
	port=$(ports 1)
	port=${port% }
	start_daemon "[sip alice]
	user = alice
	calls = 5000
	codecs = PCMU

	[provider sip]
	listen = 127.0.0.1:$port"
	# shellcheck disable=SC2086
	spawn app "$bin/bench-answer-all" $1 0
	app=$pid
	servers="$daemon $(host_pid sip) $app"
	wait_until 5 grep -q ready "$dir/app.out"
}

stop_ours()
{
	kill "$app" && reap "$app"
	stop_daemon
	: >"$dir/daemon.log"
}

stop_baresip()
{
	kill "$servers" && reap "$servers"
}
