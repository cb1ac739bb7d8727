#!/bin/sh
# SPDX-License-Identifier: MIT
# audio.sh - a real softphone, baresip: speech both ways in every codec, plain and encrypted, recorded on both sides.
real_time=yes
. tests/sip/lib.sh
group sip_audio

we_say="$sounds/Front_Center.wav $sounds/Front_Left.wav"
they_say="$sounds/Rear_Center.wav $sounds/Side_Left.wav"

account() # NAME CODECS [MORE]
{
	echo "
[sip $1]
	user = $1
	codecs = $2
	${3:-}"
}

# Speaks for 5 seconds with a baresip that has these codecs, by the line of this number.
speak() # LINE BARESIP-CODECS [BARESIP ACCOUNT PARAMETERS]
{
	baresip_start "phone$1" "sip:phone$1@127.0.0.1:9" "regint=0;audio_codecs=$2;${3:-}" || { WHY='no baresip'; return 1; }
	eval "_uri=\$baresip_phone$1_uri"
	forget_lines app
	dial app "$1" "$_uri" || return 1
	see app 8 "^state $CALL CONNECTED" || return 1
	_call=$CALL
	sleep 4.6 # of speech
	say app drop "$_call"
	over app "$_call" || return 1
	eventually 5 'the end at baresip' grep -q CALL_CLOSED "$dir/phone$1_events.out" || return 1
	grep -q "audio tx pipeline.*$4" "$dir/phone$1.out" || { WHY="not $4: $(grep 'tx pipeline' "$dir/phone$1.out")"; return 1; }
	heard "$dir/app$_call.wav" "$they_say" "$we_say" && heard "$(baresip_file "phone$1" dec)" "$we_say" "$they_say"
}

pcmu_is_heard_both_ways() { speak 0 PCMU '' PCMU; }
pcma_is_heard_both_ways() { speak 1 PCMA '' PCMA; }
g722_is_heard_both_ways() { speak 2 G722/16000/1 '' G722; }
# baresip packs G.726 with the first code in the high bits, RFC 3551 (4.5.4) wants it in the low ones, as ours is: so it cannot
# judge that codec; tests/media/test_coders.c does. Here the line calls itself.
g726_is_heard_by_another_line_of_ours()
{
	forget_lines app
	dial app 7 "sip:l7@$sip" || return 1
	_mine=$CALL
	offered app || return 1
	_other=$CALL
	say app answer "$_other"
	see app 5 "^state $_other CONNECTED" && see app 8 "^played $_mine" || return 1
	CALL=$_mine
	speaks G726-32 || return 1
	sleep 0.3 # until the last of it is there
	say app drop "$_mine"
	over app "$_mine" || return 1
	say app drop "$_other"
	over app "$_other" && heard "$dir/app$_other.wav" "$we_say" "$they_say"
}
# Opus shapes its noise as the ear likes it: the waveform is less the same than it sounds.
opus_is_heard_both_ways()
{
	at_least=0.9
	speak 3 opus/48000/1 "" opus
	_r=$?
	at_least=
	return $_r
}
# Of what both have, the caller likes this best.
the_order_of_the_caller_decides()
{
	baresip_start picky "sip:picky@127.0.0.1:9" "regint=0;audio_codecs=G722/16000/1,PCMU/8000/1" || return 1
	forget_lines app
	baresip_do picky dial "sip:l4@$sip"
	offered app || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" || return 1
	eventually 3 "G722 at baresip" grep -q "audio tx pipeline.*G722" "$dir/picky.out" || return 1
	say app drop "$CALL"
	over app "$CALL"
}

srtp_that_is_required_is_heard()
{
	speak 5 PCMU 'mediaenc=srtp-mand' PCMU && grep -q 'SRTP is Enabled' "$dir/phone5.out" || {
		WHY="$WHY; $(grep -i srtp "$dir/phone5.out" | tail -n 1)"
		return 1
	}
}

srtp_that_is_optional_is_used_by_one_that_has_it()
{
	speak 6 PCMU 'mediaenc=srtp' PCMU && grep -q 'SRTP is Enabled' "$dir/phone6.out" || {
		WHY="$WHY; $(grep -i srtp "$dir/phone6.out" | tail -n 1)"
		return 1
	}
}

srtp_that_is_required_is_not_had_without()
{
	baresip_start plain "sip:plain@127.0.0.1:9" 'regint=0;audio_codecs=PCMU' || return 1
	forget_lines app
	dial app 5 "$baresip_plain_uri" || return 1
	see app 8 "^state $CALL (DISCONNECTED INCOMPATIBLE|CONNECTED)" || return 1
	_seen=$SEEN
	say app drop "$CALL"
	over app "$CALL"
	case $_seen in *INCOMPATIBLE*) ;; *) WHY=$_seen; return 1 ;; esac
}

baresip_calls_and_is_heard()
{
	baresip_start caller "sip:caller@127.0.0.1:9" 'regint=0;audio_codecs=PCMU' || return 1
	forget_lines app
	baresip_do caller dial "sip:alice@$sip"
	offered app || return 1
	say app answer "$CALL"
	see app 5 "^state $CALL CONNECTED" || return 1
	_call=$CALL
	sleep 4.6 # of speech
	baresip_do caller hangup
	see app 5 "^state $_call DISCONNECTED NORMAL" || return 1
	say app drop "$_call"
	over app "$_call" || return 1
	heard "$dir/app$_call.wav" "$they_say" "$we_say" && heard "$(baresip_file caller dec)" "$we_say" "$they_say"
}

baresip_holds_and_resumes()
{
	baresip_start holder "sip:holder@127.0.0.1:9" 'regint=0;audio_codecs=PCMU' || return 1
	forget_lines app
	dial app 0 "$baresip_holder_uri" && see app 8 "^state $CALL CONNECTED" || return 1
	baresip_do holder hold
	see app 5 "^state $CALL CONNECTED ACTIVEHELD" || return 1
	baresip_do holder resume
	see app 5 "^state $CALL CONNECTED ACTIVE" || return 1
	say app drop "$CALL"
	over app "$CALL"
}

speaks() # CODEC
{
	say app format "$CALL"
	see app 1 '^format 0' || return 1
	case $SEEN in "format 0 $1"*) return 0 ;; esac
	return 1
}

# Both sides speak the new one after a re-INVITE; what the line has not is not taken.
the_application_changes_the_format_of_a_running_call()
{
	baresip_start formats "sip:formats@127.0.0.1:9" 'regint=0;audio_codecs=PCMU,G722/16000/1' || return 1
	forget_lines app
	dial app 4 "$baresip_formats_uri" && see app 8 "^state $CALL CONNECTED" || return 1
	eventually 5 'PCMU at baresip' grep -q "audio tx pipeline.*PCMU" "$dir/formats.out" || return 1
	say app formats "$CALL" opus PCMA
	see app 5 '^reply formats .*no format is known here and allowed' || return 1
	say app formats "$CALL" G722 opus
	see app 5 '^reply formats 0' || return 1
	eventually 5 'G722 at baresip' grep -q "Set audio encoder: G722" "$dir/formats.out" &&
		eventually 5 'G722 here' speaks G722 || return 1
	say app drop "$CALL"
	over app "$CALL"
}

has_offers() # BARESIP COUNT
{
	[ "$(grep -c CALL_REMOTE_SDP "$dir/$1_events.out")" -ge "$2" ]
}

# The call goes on, by the codec that it had.
a_format_that_the_peer_has_not_ends_no_call()
{
	baresip_start simple "sip:simple@127.0.0.1:9" 'regint=0;audio_codecs=PCMU' || return 1
	forget_lines app
	dial app 4 "$baresip_simple_uri" && see app 8 "^state $CALL CONNECTED" || return 1
	eventually 5 'PCMU at baresip' grep -q "audio tx pipeline.*PCMU" "$dir/simple.out" || return 1
	say app formats "$CALL" G722
	see app 5 '^reply formats 0' || return 1
	eventually 5 'that offer, and the one that takes it back' has_offers simple 3 || return 1
	unseen app "^state $CALL DISCONNECTED" && speaks PCMU || return 1
	say app hold "$CALL"
	see app 5 "^state $CALL ONHOLD" || return 1
	say app drop "$CALL"
	over app "$CALL"
}

digits_go_both_ways_beside_the_sound()
{
	baresip_start keys "sip:keys@127.0.0.1:9" 'regint=0;audio_codecs=PCMU' || return 1
	forget_lines app
	dial app 0 "$baresip_keys_uri" && see app 8 "^state $CALL CONNECTED" || return 1
	say app digits "$CALL" '47#'
	see app 5 "^generated $CALL DONE" || return 1
	for _d in 4 7 '#'; do
		eventually 5 "$_d at baresip" grep -q "received event: '$_d' (end=1)" "$dir/keys.out" || return 1
	done
	say app listen "$CALL"
	see app 3 '^reply listen 0' || return 1
	for _d in 5 '*'; do
		baresip_do keys sndcode "$_d"
		see app 5 "^digit $CALL [$_d]" || return 1
	done
	say app drop "$CALL"
	over app "$CALL"
}

shows() # FIGURE: more than 0
{
	"$bin/tapictl" call "$_id" --media | grep -q "^  $1  *[1-9]"
}

figures_are_told()
{
	run "$bin/tapictl" call --help
	baresip_start figures "sip:figures@127.0.0.1:9" 'regint=0;audio_codecs=PCMU' || return 1
	forget_lines app
	dial app 0 "$baresip_figures_uri" && see app 8 "^state $CALL CONNECTED" || return 1
	sleep 2
	_id=$("$bin/tapictl" calls --json | sed -n 's/.*"call_id":\([0-9]*\).*/\1/p' | head -n 1)
	run "$bin/tapictl" call "$_id" --media
	code 0 && has out PCMU && has out 'Lost   ' && eventually 25 'what the peer reports' shows Round-Trip-Us && shows Jitter-Us
	_r=$?
	FIGURE=$("$bin/tapictl" call "$_id" --media | sed -n 's/^  \(Jitter-Us\|Lost\|Round-Trip-Us\)  */\1 /p' | tr '\n' ' ')
	say app drop "$CALL"
	over app "$CALL"
	return $_r
}

# shellcheck disable=SC2086
"$bin/sip-speech" "$dir/we.wav" 0.4 0 $we_say && "$bin/sip-speech" "$dir/they.wav" 0.4 60 $they_say || exit 1
baresip_says=$dir/they.wav
sip_daemon "$(account alice PCMU)$(account l1 PCMA)$(account l2 G722)$(account l3 opus)
$(account l4 'PCMU G722')$(account l5 PCMU 'srtp = required')$(account l6 PCMU 'srtp = optional')$(account l7 G726-32)"
app_start app --play "$dir/we.wav" --record "$dir/app%d.wav" alice l1 l2 l3 l4 l5 l6 l7 ||
	{ echo "FAIL start: $WHY"; failures=1; exit 1; }

short pcmu_is_heard_both_ways
long pcma_is_heard_both_ways
long g722_is_heard_both_ways
long opus_is_heard_both_ways
long g726_is_heard_by_another_line_of_ours
long digits_go_both_ways_beside_the_sound
long the_order_of_the_caller_decides
short srtp_that_is_required_is_heard
long srtp_that_is_optional_is_used_by_one_that_has_it
long srtp_that_is_required_is_not_had_without
long baresip_calls_and_is_heard
long baresip_holds_and_resumes
long figures_are_told
long the_application_changes_the_format_of_a_running_call
long a_format_that_the_peer_has_not_ends_no_call
