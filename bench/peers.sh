# SPDX-License-Identifier: MIT
# peers.sh - what others would take instead: a bus of our own, what may be installed on it, and baresip.

bus=

# 0: there is a bus with our service on it: $bus is its address, $bus_daemon and $bus_service are process ids.
start_bus()
{
	command -v dbus-daemon >/dev/null 2>&1 && [ -x "$bin/bench-peer-dbus" ] || return 1
	cat >"$dir/bus.conf" <<-EOC
	<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
	 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
	<busconfig>
	<listen>unix:path=$dir/run/bus</listen>
	<auth>EXTERNAL</auth>
	<policy context="default">
	<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/>
	</policy>
	</busconfig>
	EOC
	spawn bus dbus-daemon --config-file="$dir/bus.conf" --nofork
	bus_daemon=$pid bus=unix:path=$dir/run/bus
	wait_until 5 test -S "$dir/run/bus" || return 1
	spawn bus_service "$bin/bench-peer-dbus" serve "$bus"
	bus_service=$pid
	wait_until 5 "$bin/bench-peer-dbus" call "$bus" 1x -
}

# 0: an emitter of signals, driven by the fifo $dir/signals, is on that bus: $bus_emitter.
start_emitter()
{
	mkfifo "$dir/signals"
	spawn emitter "$bin/bench-peer-signals" emit "$bus" "$dir/signals"
	bus_emitter=$pid
}

# start_peer NAME PROGRAM OPTIONS...: on that bus; 0: it answers, $pid is its process id.
start_peer()
{
	_peer=$1 _program=$2
	shift 2
	[ -n "$bus" ] && command -v "$_program" >/dev/null 2>&1 || return 1
	spawn "$_peer" env DBUS_SYSTEM_BUS_ADDRESS="$bus" "$_program" "$@"
	wait_until 5 "$bin/bench-peer-dbus" "$_peer" "$bus" 1x -
}

# configure_baresip PORT SOURCE: the folder $dir/baresip. It is headless, answers by itself, has PCMU; SOURCE is what it says:
# a driver and, after a comma, its device.
configure_baresip()
{
	mkdir -p "$dir/baresip"
	for _m in /usr/lib/baresip/modules /usr/lib/*/baresip/modules /usr/local/lib/baresip/modules; do
		[ -d "$_m" ] && _modules=$_m
	done
	cat >"$dir/baresip/config" <<-EOC
	poll_method epoll
	net_interface 127.0.0.1
	sip_listen 127.0.0.1:$1
	call_local_timeout 120
	call_max_calls 0
	audio_player aubridge,bench
	audio_source $2
	audio_alert aubridge,bench
	rtp_ports 34000-60000
	rtp_stats no
	module_path $_modules
	module g711.so
	$(printf 'module %s.so\n' aubridge "${2%%,*}" | sort -u)
	module_tmp account.so
	module_app menu.so
	EOC
	echo "<sip:alice@127.0.0.1:$1>;regint=0;answermode=auto;audio_codecs=PCMU/8000/1" >"$dir/baresip/accounts"
	: >"$dir/baresip/contacts"
}

# 0: it runs, $pid is its process id.
launch_baresip()
{
	spawn baresip env HOME="$dir/baresip" baresip -f "$dir/baresip"
	wait_until 10 grep -q 'baresip is ready' "$dir/baresip.out"
}
