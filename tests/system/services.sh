#!/bin/sh
# SPDX-License-Identifier: MIT
# services.sh - hold, transfers and conferences on the exchange by tapictl; recordings prove who heard whom.
real_time=yes
. tests/system/lib.sh
begin services
tapictl=$bin/tapictl

sounds=/usr/share/sounds/alsa
one=$sounds/Front_Center.wav two=$sounds/Front_Left.wav three=$sounds/Front_Right.wav four=$sounds/Rear_Right.wav
five=$sounds/Rear_Center.wav six=$sounds/Side_Left.wav seven=$sounds/Rear_Left.wav eight=$sounds/Side_Right.wav

play() { for f; do printf ' --play %s' "$f"; done; }

# proof RECORDING HEARD... -- UNHEARD...
proof()
{
	_recording=$1 _heard='' _unheard=''
	shift
	while [ $# -gt 0 ] && [ "$1" != -- ]; do _heard="$_heard $1" && shift; done
	[ $# -eq 0 ] || shift
	_unheard=$*
	# shellcheck disable=SC2086
	run "$bin/tapi-proof" "$dir/$_recording.wav" --at-least 0.9 --own $_heard ${_unheard:+--other $_unheard}
	code 0 || { WHY="$_recording: $WHY $(cat "$dir/out")"; return 1; }
}

recorded() # NAME: bytes so far
{
	wc -c <"$dir/$1.wav" 2>/dev/null || echo 0
}

# 16 kHz, 16 bits: the milliseconds that have been recorded.
has_recorded() # NAME MILLISECONDS
{
	[ "$(recorded "$1")" -ge $(($2 * 32)) ]
}

# answerer NAME LINE FILE...: answers, plays the files and records.
answerer()
{
	_name=$1 _line=$2
	shift 2
	# shellcheck disable=SC2046
	spawn "$_name" "$tapictl" answer "$_line" $(play "$@") --record "$dir/$_name.wav"
}

# The number of the call of a line, when it has one in that state.
call_of() # LINE STATE
{
	"$tapictl" calls 2>/dev/null | awk -v line="$1" -v state="$2" '$2 == line && $3 == state { print $1; exit }'
}

has_call() # LINE STATE
{
	[ -n "$(call_of "$1" "$2")" ]
}

await() # LINE STATE
{
	eventually 10 "line $1 in a call that is $2" has_call "$1" "$2"
}

ends() # PID...
{
	for _p; do reap "$_p" 15 && is 'exit code' "$CODE" 0 || return 1; done
}

# Where a file is in a recording, as tapi-proof says, in whole seconds.
found_at() # RECORDING FILE
{
	run "$bin/tapi-proof" "$dir/$1.wav" --own "$2"
	sed -n "s/.* at \([0-9]*\)\.[0-9]* s\$/\1/p" "$dir/out" | tail -n 1
}

# A file waits while nothing may be said: what follows the hold comes as much later as it took, on both sides.
a_held_call_is_silent()
{
	answerer b 1 $five $six $seven $eight
	b=$pid
	# shellcheck disable=SC2046
	spawn a "$tapictl" dial 0 102 $(play $one $two $three $four) --record "$dir/a.wav"
	a=$pid
	eventually 10 'the first word' has_recorded b 1900 || return 1
	run "$tapictl" hold "0:$(call_of 0 connected)" && code 0 && await 0 onhold && has_call 1 connected || return 1
	eventually 10 'the second half' has_recorded b 6500 || return 1
	run "$tapictl" unhold "0:$(call_of 0 onhold)" && code 0 || return 1
	ends $a $b && proof b $one $three -- $five && proof a $five $seven -- $one || return 1
	_b=$(found_at b $three) _a=$(found_at a $seven)
	[ "$_b" -ge 6 ] && [ "$_a" -ge 6 ] && [ "$(found_at b $one)" -le 1 ] && [ "$(found_at a $five)" -le 1 ] ||
		{ WHY="the third words are at $_b s and $_a s"; return 1; }
}

# 101 leaves; 102 and 103 hear each other.
a_consultation_leaves_the_other_two()
{
	answerer b 1 $one $two $three $four $one $two $three $four
	b=$pid
	answerer d 2 $five $six $seven $eight $five $six
	d=$pid
	spawn a "$tapictl" dial 0 102 --record "$dir/a.wav"
	a=$pid
	await 0 connected || return 1
	run "$tapictl" transfer "0:$(call_of 0 connected)" 103 --consult
	code 0 && ends $a && await 2 connected || return 1
	eventually 15 'the third party for long enough' has_recorded d 8500 || return 1
	run "$tapictl" drop "1:$(call_of 1 connected)"
	ends $b $d && proof b $five $six $seven -- $one && proof d $four -- $five
}

a_blind_transfer_leaves_the_other_two()
{
	answerer b 1 $one $two $three $four $one $two $three $four
	b=$pid
	answerer d 2 $five $six $seven $eight
	d=$pid
	spawn a "$tapictl" dial 0 102
	a=$pid
	await 0 connected || return 1
	run "$tapictl" transfer "0:$(call_of 0 connected)" 199
	code 3 && has err 'no extension of this number' && await 0 connected || return 1
	run "$tapictl" transfer "0:$(call_of 0 connected)" 103
	code 0 && ends $a && await 2 connected || return 1
	eventually 15 'the third party for long enough' has_recorded d 6500 || return 1
	run "$tapictl" drop "2:$(call_of 2 connected)"
	ends $b $d && proof b $five $six $seven -- $one && proof d $four -- $five
}

# Four parties: each hears the three others and not itself; who leaves hears no more, and is not heard.
a_conference_of_four_hears_all()
{
	answerer b 1 $one $one $one $one $one $one
	b=$pid
	answerer c 2 $three $three $three $three $three
	c=$pid
	answerer d 3 $five $five $five $five
	d=$pid
	# shellcheck disable=SC2046
	spawn a "$tapictl" confer 0 102 103 104 $(play $seven $seven $seven $seven) --record "$dir/a.wav"
	a=$pid
	eventually 15 'the words of the one who called all' has_recorded a 4000 || return 1
	run "$tapictl" calls
	conference=$(call_of 0 connected)
	is 'calls of the conference' "$(awk -v id="${conference%.*}." '$2 == 0 && index($1, id) == 1' "$dir/out" |
		wc -l)" 4 || return 1
	run "$tapictl" leave "0:$(call_of 0 conferenced)"
	code 0 && await 0 connected || return 1
	ends $a $b $c $d || return 1
	mixed a $one $three $five -- $seven && mixed b $seven -- $one && mixed c $five $seven $one -- $three &&
		mixed d $three $seven $one -- $five
}

# Voices that are mixed fit less well.
mixed()
{
	_recording=$1 _heard='' _unheard=''
	shift
	while [ $# -gt 0 ] && [ "$1" != -- ]; do _heard="$_heard $1" && shift; done
	[ $# -eq 0 ] || shift
	_unheard=$*
	# shellcheck disable=SC2086
	run "$bin/tapi-proof" "$dir/$_recording.wav" --at-least 0.35 --own $_heard ${_unheard:+--other $_unheard}
	code 0 || { WHY="$_recording: $WHY $(cat "$dir/out")"; return 1; }
}

# Who breaks into a call hears both, and both hear it; the others go on when it leaves.
who_breaks_in_hears_both()
{
	run "$tapictl" provider config exchange calls_per_line=1
	code 0 || return 1
	answerer b 1 $one $one $one $one $one $one $one
	b=$pid
	eventually 10 'somebody is there' has_opens 2 1 || return 1
	# shellcheck disable=SC2046
	spawn a "$tapictl" dial 0 102 $(play $three $three $three $three $three $three $three) --record "$dir/a.wav"
	a=$pid
	await 1 connected || return 1
	# shellcheck disable=SC2046
	spawn c "$tapictl" dial 2 102 --stay $(play $five $five $five $five) --record "$dir/c.wav"
	c=$pid
	await 2 busy || return 1
	run "$tapictl" complete "2:$(call_of 2 busy)" --mode intrude
	code 0 && await 2 connected && ends $c && has_call 1 connected && ends $a $b || return 1
	run "$tapictl" provider config exchange calls_per_line=
	code 0 && mixed c $one $three -- $five && mixed a $one $five -- $three && mixed b $three $five -- $one
}

# What a case that failed has left must not disturb the next one.
sweep()
{
	for _p in $pids; do
		[ "$_p" = "$daemon" ] || { kill "$_p" 2>/dev/null; reap "$_p" 5; }
	done
}

try_it()
{
	try "$1"
	sweep
	rm -f "$dir"/*.wav # has_recorded would take it for the next one's
}

start_daemon
try_it a_held_call_is_silent
try_it a_consultation_leaves_the_other_two
try_it a_blind_transfer_leaves_the_other_two
try_it who_breaks_in_hears_both
try_it a_conference_of_four_hears_all
