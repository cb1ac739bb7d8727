#!/bin/sh
# SPDX-License-Identifier: MIT
# peers.sh - the peers among themselves, without us: what fails elsewhere is ours.
real_time=yes
. tests/sip/lib.sh
group sip_peers

sipp_pair() # CALLED CALLER
{
	sipp_start called "$1" 127.0.0.1:9 && sipp_start caller "$2" "127.0.0.1:$sipp_port" &&
		sipp_end caller && sipp_end called
}

sipp_speaks_to_sipp() { sipp_pair uas uac; }
sipp_holds_sipp() { sipp_pair uas_hold uac_hold; }
sipp_cancels_sipp() { sipp_pair uas_ring uac_cancel; }

kamailio_registers_and_connects_two_baresips()
{
	caller_says="$sounds/Front_Center.wav $sounds/Front_Left.wav"
	callee_says="$sounds/Rear_Center.wav $sounds/Side_Left.wav"
	# shellcheck disable=SC2086
	"$bin/sip-speech" "$dir/bob.wav" 0.5 30 $callee_says && "$bin/sip-speech" "$dir/carol.wav" 0.5 30 $caller_says &&
		kamailio_start || return 1
	baresip_says=$dir/bob.wav
	baresip_start bob "sip:bob@$registrar" "auth_user=bob;auth_pass=swordfish-b2;regint=60" || return 1
	baresip_says=$dir/carol.wav
	baresip_start carol "sip:carol@$registrar" "auth_user=carol;auth_pass=swordfish-c3;regint=60" || return 1
	for p in bob carol; do
		eventually 5 "$p registered" grep -q '200 OK' "$dir/$p.out" || return 1
	done
	baresip_do carol dial "sip:bob@$registrar"
	eventually 5 established grep -q CALL_ESTABLISHED "$dir/bob_events.out" || return 1
	sleep 4 # of speech
	baresip_do carol hangup
	eventually 5 closed grep -q CALL_CLOSED "$dir/bob_events.out" &&
		heard "$(baresip_file bob dec)" "$caller_says" "$callee_says" &&
		heard "$(baresip_file carol dec)" "$callee_says" "$caller_says"
}

long sipp_speaks_to_sipp
long sipp_holds_sipp
long sipp_cancels_sipp
long kamailio_registers_and_connects_two_baresips
