#!/bin/sh
# SPDX-License-Identifier: MIT
# audio.sh - a softphone speaks: a call on the exchange whose microphone and loudspeaker are PCMs of ALSA, on a headless
# PulseAudio with null sinks. What is played into the one's microphone is recorded from the other's loudspeaker.
. tests/system/lib.sh
begin audio
tapictl=$bin/tapictl
sounds=/usr/share/sounds/alsa
said="$sounds/Front_Center.wav $sounds/Rear_Left.wav"
unsaid="$sounds/Side_Right.wav"

# Everything below is private: home, runtime folder, socket. Nobody's sound server is asked or disturbed.
mkdir -p "$dir/home" "$dir/xdg/pulse"
chmod 700 "$dir/home" "$dir/xdg" "$dir/xdg/pulse"
export HOME="$dir/home" XDG_RUNTIME_DIR="$dir/xdg" PULSE_RUNTIME_PATH="$dir/xdg/pulse"
export PULSE_SERVER="unix:$PULSE_RUNTIME_PATH/native"
unset PULSE_LATENCY_MSEC DISPLAY DBUS_SESSION_BUS_ADDRESS ALSA_CONFIG_PATH PULSE_COOKIE

cat >"$HOME/.asoundrc" <<'EOC'
pcm.mic_a { type pulse device mic_a.monitor } # the microphone of A records here,
pcm.mouth_a { type pulse device mic_a }       # and what A says is played there
pcm.speaker_b { type pulse device line_b }    # the loudspeaker of B plays here,
pcm.ear_b { type pulse device line_b.monitor } # and what B hears is recorded there
pcm.silent { type null }
EOC

sink() { echo "module-null-sink sink_name=$1 rate=$2 channels=$3 format=s16le"; }

start_pulse()
{
	spawn pulse pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --disallow-exit --realtime=no \
		--high-priority=no -L "module-native-protocol-unix auth-anonymous=1 socket=$PULSE_RUNTIME_PATH/native" \
		-L "$(sink mic_a 48000 1)" -L "$(sink line_b 44100 2)"
	pulse=$pid
	eventually 10 'PulseAudio with its sinks' pulse_is_up
}

pulse_is_up()
{
	[ "$(pactl list short sinks 2>/dev/null | grep -c -e mic_a -e line_b)" = 2 ]
}

a_sound_server_without_a_card_runs()
{
	for tool in pulseaudio pactl arecord aplay; do
		command -v $tool >/dev/null && continue
		WHY="$tool IS NOT INSTALLED: NOTHING ABOUT SOUND DEVICES HAS BEEN TESTED (packages pulseaudio"
		WHY="$WHY pulseaudio-utils libasound2-plugins alsa-utils; ./bootstrap installs them)"
		return 1
	done
	start_pulse || { WHY="$WHY; $(tail -n 2 "$dir/pulse.err")"; return 1; }
}

connected() { grep -q 'call_state: connected' "$dir/$1.out"; }

running() # STREAMS KIND: so many streams at the sound server
{
	[ "$(pactl list short "$2" | wc -l)" = "$1" ]
}

no_device_is_open_while_it_rings()
{
	spawn b "$tapictl" answer 1 --speaker speaker_b --timeout 20
	b=$pid
	spawn a "$tapictl" dial 0 102 --mic mic_a
	a=$pid
	eventually 10 'a call' connected a && eventually 10 'a microphone that is open' running 1 source-outputs &&
		eventually 10 'a loudspeaker that is open' running 1 sink-inputs
}

grown_to() # FILE BYTES
{
	[ "$(wc -c <"$dir/$1")" -ge "$2" ]
}

# Each phrase is said three times: on a loaded machine a sound server, the clock of a call and a device thread are late
# now and then, and a phrase with a gap in it, or stretched by the correction after one, is another one to the proof. It
# takes the place that fits best; what was not said stays below 0.3.
what_one_says_the_other_hears()
{
	rm -f "$dir/heard.wav"
	spawn ear arecord -q -D ear_b -f S16_LE -r 48000 -c 1 "$dir/heard.wav"
	ear=$pid
	eventually 10 'a recording' grown_to heard.wav 20000 || return 1
	for f in $said $said $said; do run aplay -q -D mouth_a "$f" && code 0 || return 1; done
	# What was said last is still under way: on three sides of 50 ms, and through the sound server.
	run arecord -q -D ear_b -f S16_LE -r 48000 -c 1 -d 1 /dev/null
	kill -INT $ear
	reap $ear || return 1
	# shellcheck disable=SC2086
	run "$bin/tapi-proof" "$dir/heard.wav" --at-least 0.85 --own $said --other $unsaid
	code 0 || { cat "$dir/out" >&2; return 1; }
}

a_sound_server_that_dies_is_told_with_the_reason()
{
	kill $pulse
	reap $pulse || return 1
	eventually 10 'a word about the microphone' grep -q '^tapictl: microphone: mic_a: ' "$dir/a.err" &&
		eventually 10 'a word about the loudspeaker' grep -q '^tapictl: speaker: speaker_b: ' "$dir/b.err" &&
		is 'lines on stderr' "$(cat "$dir/a.err" "$dir/b.err" | wc -l)" 2 && kill -0 "$a" && kill -0 "$b"
}

the_devices_come_back_with_it()
{
	start_pulse && eventually 20 'the microphone again' running 1 source-outputs &&
		eventually 20 'the loudspeaker again' running 1 sink-inputs || return 1
	what_one_says_the_other_hears
}

the_figures_are_shown_at_the_end()
{
	kill -INT "$a"
	reap "$a" && reap "$b" || return 1
	cat "$dir/a.out" "$dir/b.out" >"$dir/figures"
	has a.out 'microphone: ' && has a.out ' Hz, 1 channels' && has a.out ' 1 failures' && has b.out 'speaker: '
	eventually 5 'both devices closed' running 0 sink-inputs
}

a_device_that_is_not_there_is_said_before_anybody_rings()
{
	run "$tapictl" dial 0 102 --mic nosuch
	code 1 && has err 'nosuch: no PCM of this name is configured' && has_not out call_state &&
		is 'lines on stderr' "$(wc -l <"$dir/err")" 1
}

a_device_without_a_clock_does_too()
{
	spawn b "$tapictl" answer 1 --mic silent --speaker silent --timeout 20
	b=$pid
	run "$tapictl" dial 0 102 --mic silent --speaker silent --duration 2 --json
	code 0 && has out '"microphone":{"rate":' && has out '"speaker":{"rate":' && has out '"failures":0' && reap "$b"
}

try a_sound_server_without_a_card_runs
start_daemon
[ "$failures" = 0 ] || exit 1
try no_device_is_open_while_it_rings
try what_one_says_the_other_hears
try a_sound_server_that_dies_is_told_with_the_reason
try the_devices_come_back_with_it
try the_figures_are_shown_at_the_end
try a_device_that_is_not_there_is_said_before_anybody_rings
try a_device_without_a_clock_does_too
