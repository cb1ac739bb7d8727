#!/bin/sh
# demo-sip.sh - lines by SIP, on the loopback: a kamailio where two accounts register, a call with speech to a softphone
# (baresip), hold, transfer to a second softphone, hang-up; what passed between the parts of TAPI, and beside it what passed
# by SIP, as it happens; the proof from the recordings. `make demo-sip` runs it. Exit 0 only if all of it held.
. tests/sip/lib.sh

alice_says="$sounds/Front_Center.wav $sounds/Front_Left.wav"
bob_says="$sounds/Rear_Center.wav $sounds/Rear_Left.wav"
carol_says="$sounds/Side_Left.wav $sounds/Side_Right.wav"
tapictl=$bin/tapictl
ladder='' bad=0

for program in kamailio baresip; do
	command -v "$program" >/dev/null 2>&1 ||
		{ echo "demo-sip: $program is not installed; ./bootstrap demo-sip installs it" >&2; exit 2; }
done
for f in $alice_says $bob_says $carol_says; do
	[ -f "$f" ] || { echo "demo-sip: $f is missing; it comes with the package alsa-utils" >&2; exit 2; }
done

verdict() # WHAT, 0 OR NOT
{
	if [ "$2" = 0 ]; then echo "ok    $1"; else echo "FAIL  $1"; bad=1; fi
}

give_up() # WHY
{
	echo "demo-sip: $1" >&2
	for f in "$dir"/*.err "$dir"/*.log; do [ -s "$f" ] && { echo "--- $f" && tail -n 8 "$f"; } >&2; done
	exit 1
}

phone() # NAME SECRET "FILES THAT IT SAYS"
{
	# shellcheck disable=SC2086
	"$bin/sip-speech" "$dir/$1.wav" 0.3 60 $3
	baresip_says=$dir/$1.wav
	baresip_start "$1" "sip:$1@$registrar" "auth_user=$1;auth_pass=$2;regint=60;audio_codecs=PCMU" &&
		wait_until 5 grep -q '200 OK' "$dir/$1.out"
}

both_in_service() { [ "$("$tapictl" lines | grep -c 'in service')" = 2 ]; }
said() { grep -q "$2" "$dir/$1"; }
play() { for f in $1; do printf ' --play %s' "$f"; done; }

proved() # RECORDING "WHAT IS IN IT" "WHAT IS NOT"
{
	# shellcheck disable=SC2086
	"$bin/tapi-proof" "$1" --own $2 --other $3
}

begin demo-sip
KEEP=1 # its files are to be looked at
kamailio_start || give_up 'no registrar'
{ phone bob swordfish-b2 "$bob_says" && phone carol swordfish-c3 "$carol_says"; } || give_up 'no softphones'
export TAPI_TRACE="$dir/trace"
: >"$TAPI_TRACE"
sip_daemon "[sip alice]
	server = $registrar
	domain = test.example
	user = alice
	secret = swordfish-a1
	codecs = PCMU PCMA

[sip dave]
	server = $registrar
	domain = test.example
	user = dave
	secret = swordfish-d4"
wait_until 10 both_in_service || give_up 'the accounts did not register'
printf '%s\n' "One daemon with two accounts at a kamailio ($registrar), two softphones, bob and carol; files in $dir" ''
"$tapictl" lines
echo
"$bin/tapi-ladder" --sip --follow "$TAPI_TRACE" & # on the terminal
ladder=$!
pids="$pids $ladder"
spawn monitor env TAPI_TRACE= "$tapictl" monitor

# alice calls bob. What she says is over before she holds the call; then she sends him to carol.
# shellcheck disable=SC2046
spawn alice "$tapictl" dial alice bob --timeout 20 --duration 60 $(play "$alice_says") --record "$dir/alice.wav"
alice=$pid
wait_until 15 said alice.out connected || give_up "no call: $(cat "$dir/alice.err")"
wait_until 10 said bob_events.out CALL_ESTABLISHED
sleep 4.2 # both speak
call=$("$tapictl" calls --json | sed -n 's/.*"call_id":\([0-9]*\).*/\1/p' | head -n 1)
"$tapictl" hold "$call"
held=$?
wait_until 5 said monitor.out 'CALLSTATE .*onhold'
held=$((held + $?))
sleep 0.5
"$tapictl" unhold "$call"
unheld=$?
sleep 0.5
"$tapictl" transfer "$call" "sip:carol@$registrar" # bob looks for her there himself
sent=$?
wait_until 10 said carol_events.out CALL_ESTABLISHED
reached=$?
reap "$alice" 15 || :
sleep 4 # bob and carol speak
baresip_do bob hangup
wait_until 5 said carol_events.out CALL_CLOSED
closed=$?
sleep 0.3

kill -TERM "$ladder"
laddered=0
wait "$ladder" || laddered=$?
forget "$ladder"
printf '\n%s\n' 'every state, as tapictl monitor saw it:'
grep CALLSTATE "$dir/monitor.out" | sed 's/^/  /'
printf '\n%s\n' 'the recordings:'
heard=0
proved "$dir/alice.wav" "$bob_says" "$alice_says" || heard=1
proved "$(baresip_file bob dec)" "$alice_says" "$bob_says" || heard=1
sent_heard=0
proved "$(baresip_file carol dec)" "$bob_says" "$alice_says" || sent_heard=1
proved "$(baresip_file bob dec 2)" "$carol_says" "$alice_says" || sent_heard=1

echo
verdict 'the call was held and brought back' $((held + unheld))
verdict 'bob was sent to carol, and alice was out of it' $((sent + reached))
verdict 'bob hung up, carol noticed' $closed
verdict "alice's application ended well (exit $CODE)" "$CODE"
verdict 'every hop of the ladder was seen, TAPI and SIP' $laddered
verdict 'alice and bob heard each other' $heard
verdict 'bob and carol heard each other' $sent_heard
echo
echo "recordings: $dir/alice.wav $dir/bob/dump-*.wav $dir/carol/dump-*.wav"
echo "trace:      $TAPI_TRACE (all of it: $bin/tapi-ladder --all --sip)"
exit $bad
