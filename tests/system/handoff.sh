#!/bin/sh
# SPDX-License-Identifier: MIT
# handoff.sh - two applications that hand a call over while a third one watches, and whom calls go to first: tapictl
# under several names, since an application's name is that of its file.
real_time=yes
. tests/system/lib.sh
begin handoff
tapictl=$bin/tapictl
sounds=/usr/share/sounds/alsa
for name in alice bob; do cp "$bin/tapictl" "$dir/$name"; done
export LD_LIBRARY_PATH="$BUILD/lib"

# Who has line 1 open, by the names of their files.
opened_by()
{
	"$tapictl" line 1 --json | grep -q "\"module_filename\":\"$1\""
}

id_on() # LINE
{
	"$tapictl" calls | awk -v line="$1" '$2 == line { print line ":" $1; exit }'
}

no_calls() { [ "$("$tapictl" calls | wc -l)" = 1 ]; }

answers() # NAME OPTION...: it has line 1 open when this returns
{
	_who=$1
	shift
	spawn "$_who" "$dir/$_who" answer 1 --timeout 300 "$@"
	eventually 10 "$_who has the line open" opened_by "$_who"
}

dials() # OPTION...
{
	spawn caller "$tapictl" dial 0 102 "$@"
	caller=$pid
}

# alice, then bob have the line open; 101 calls 102.
connect()
{
	answers alice && alice=$pid && answers bob "$@" && bob=$pid || return 1
	dials --record "$dir/caller.wav" --play "$sounds/Front_Center.wav" --play "$sounds/Front_Left.wav" --duration 30
	eventually 10 'alice connected' grep -q connected "$dir/alice.out" && id=$(id_on 1) && [ -n "$id" ]
}

hang_up() # PID...: interrupted, in that order
{
	for _p; do kill -INT "$_p" 2>/dev/null && reap "$_p"; done
	eventually 10 'no call is left' no_calls
}

grown_to() # FILE BYTES
{
	[ "$(wc -c <"$dir/$1" 2>/dev/null || echo 0)" -ge "$2" ]
}

a_call_is_handed_over_and_a_third_one_sees_it()
{
	spawn monitor "$tapictl" monitor
	monitor=$pid
	connect --play "$sounds/Rear_Center.wav" --record "$dir/bob.wav" || return 1
	run "$tapictl" handoff "$id" bob
	code 0 && has out "call ${id#1:}: connected" || return 1
	eventually 10 'bob has it' grep -q connected "$dir/bob.out" && reap "$alice" && code 0 &&
		has alice.out 'another program has the call now' || return 1
	eventually 10 'bob hears the caller' grown_to bob.wav 90000 || return 1
	eventually 10 'the monitor saw it' sh -c 'grep -q "LINE_CALLINFO.*numownerincr" "$1" && grep -q numownerdecr "$1"' - "$dir/monitor.out" ||
		return 1
	hang_up "$bob" && reap "$caller" && code 0 && kill -INT "$monitor" && reap "$monitor"
}

both_were_heard()
{
	run "$bin/tapi-proof" "$dir/caller.wav" --own "$sounds/Rear_Center.wav" --other "$sounds/Side_Left.wav"
	code 0
}

a_media_mode_finds_who_comes_first()
{
	connect || return 1
	run "$tapictl" handoff "$id" fax --media
	code 1 && has err LINEERR_TARGETNOTFOUND || return 1
	run "$tapictl" priority voice set bob
	code 0 && has out 'interactivevoice: bob' || return 1
	run "$tapictl" handoff "$id" voice --media --json
	code 0 && has out '"result":"done"' && eventually 10 'bob has it' grep -q connected "$dir/bob.out" &&
		reap "$alice" && code 0 && hang_up "$bob" "$caller"
}

the_next_call_goes_to_the_first_in_the_list()
{
	answers alice && alice=$pid && answers bob && bob=$pid || return 1
	dials --duration 0.2
	reap "$caller" && code 0 && has bob.out connected && has_not alice.out connected && reap "$bob" && code 0 || return 1
	hang_up "$alice"
}

priorities_outlive_the_daemon()
{
	stop_daemon && launch_daemon || return 1
	run "$tapictl" priority
	code 0 && is 'the lists' "$(cat "$dir/out")" 'interactivevoice: bob' || return 1
	run "$tapictl" priority fax set alice --json
	code 0 && is 'the list' "$(cat "$dir/out")" '{"media_mode":"LINEMEDIAMODE_G3FAX","apps":["alice"]}' || return 1
	run "$tapictl" priority fax set bob
	code 0 && is 'the list' "$(cat "$dir/out")" 'g3fax: bob alice' || return 1
	run "$tapictl" priority fax remove bob
	code 0 && is 'the list' "$(cat "$dir/out")" 'g3fax: alice' || return 1
	run "$tapictl" priority requests set alice
	code 0 && is 'the list' "$(cat "$dir/out")" 'requests: alice'
}

wrong_words_are_refused()
{
	run "$tapictl" handoff 4711 bob
	code 3 || return 1
	run "$tapictl" handoff 1 nothing --media
	code 2 && has err "'nothing' is no media mode" || return 1
	run "$tapictl" priority nothing
	code 2 && has err "'nothing' is no media mode" || return 1
	run "$tapictl" priority voice raise bob
	code 2 || return 1
	run "$tapictl" priority voice set
	code 2 || return 1
	run "$tapictl" priority voice set /usr/bin/bob
	code 1 && has err LINEERR_INVALAPPNAME
}

a_target_that_is_not_there_leaves_the_call_where_it_is()
{
	connect || return 1
	run "$tapictl" handoff "$id" carol
	code 1 && has err LINEERR_TARGETNOTFOUND && eventually 5 'one owner' sh -c '"$1" calls | grep -q "1/0$"' - "$tapictl" &&
		hang_up "$alice" "$bob" "$caller"
}

start_daemon
try wrong_words_are_refused
try a_call_is_handed_over_and_a_third_one_sees_it
try both_were_heard
try a_target_that_is_not_there_leaves_the_call_where_it_is
try a_media_mode_finds_who_comes_first
try the_next_call_goes_to_the_first_in_the_list
try priorities_outlive_the_daemon
[ $failures = 0 ]
