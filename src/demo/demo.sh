#!/bin/sh
# demo.sh - a real call between two applications, extension 101 to 102 of the exchange, with the ladder of
# what passed between the parts as it happens, and the proof from the recordings. `make demo` runs it.
# Exit 0 only if the call, the digits, the ladder and the proof all held.
set -eu

sounds=/usr/share/sounds/alsa
caller_says="$sounds/Front_Center.wav $sounds/Front_Left.wav $sounds/Front_Right.wav $sounds/Rear_Right.wav"
answerer_says="$sounds/Rear_Center.wav $sounds/Side_Left.wav $sounds/Rear_Left.wav $sounds/Side_Right.wav"
digits='4711#'

bin=$BUILD/bin
dir=$(pwd)/$BUILD/demo
case $BUILD in /*) dir=$BUILD/demo ;; esac

for f in $caller_says $answerer_says; do
	[ -f "$f" ] || { echo "demo: $f is missing; it comes with the package alsa-utils" >&2; exit 2; }
done

rm -rf "$dir"
mkdir -p "$dir/run"
chmod 700 "$dir" "$dir/run"
export TAPI_TRACE="$dir/trace" TAPISRVD_SOCKET="$dir/run/socket" TAPI_MSP_PATH="$BUILD/lib/tapi/msp"
export TAPI_MEDIA_ADDRESS=127.0.0.1
cat >"$dir/tapisrvd.conf" <<EOF
[daemon]
socket = $dir/run/socket
run_dir = $dir/run
state = $dir/state
tsp_path = $BUILD/lib/tapi/tsp
host = $bin/tapi-tsphost

[provider exchange]
extensions = 101-104
EOF

daemon="" ladder="" answerer=""
finish()
{
	for pid in $answerer $ladder $daemon; do
		kill "$pid" 2>/dev/null || :
	done
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

printf '%s\n' "One daemon, one provider host, two applications; files in $dir" ''
: >"$TAPI_TRACE"
"$bin/tapisrvd" --config "$dir/tapisrvd.conf" 2>"$dir/tapisrvd.log" &
daemon=$!
tries=100
until TAPI_TRACE='' "$bin/tapictl" lines >"$dir/lines" 2>"$dir/lines.err"; do
	tries=$((tries - 1))
	if [ $tries = 0 ] || ! kill -0 $daemon 2>/dev/null; then
		echo "demo: the daemon did not start:" >&2
		cat "$dir/tapisrvd.log" "$dir/lines.err" >&2
		exit 1
	fi
	sleep 0.1
done
cat "$dir/lines"
echo

"$bin/tapi-ladder" --follow "$TAPI_TRACE" &
ladder=$!

play() { for f in $1; do printf ' --play %s' "$f"; done; }

# shellcheck disable=SC2046
"$bin/tapictl" answer 1 --timeout 30 $(play "$answerer_says") --record "$dir/answerer.wav" \
	>"$dir/answerer.out" 2>&1 &
answerer=$!
tries=200
until grep -q '"hop":"TSPI_lineCreateMSPInstance"' "$TAPI_TRACE" || [ $tries = 0 ]; do # it waits for calls
	tries=$((tries - 1))
	sleep 0.05
done
caller_code=0
# shellcheck disable=SC2046
"$bin/tapictl" dial 0 102 --timeout 30 $(play "$caller_says") --record "$dir/caller.wav" --digits "$digits" \
	>"$dir/caller.out" 2>&1 || caller_code=$?
answerer_code=0
wait $answerer || answerer_code=$?
answerer=

kill -TERM $ladder
ladder_code=0
wait $ladder || ladder_code=$?
ladder=

good=0
verdict() # what, 0 or not
{
	if [ "$2" = 0 ]; then echo "ok    $1"; else echo "FAIL  $1"; good=1; fi
}

echo
echo "caller:"; sed 's/^/  /' "$dir/caller.out"
echo "answerer:"; sed 's/^/  /' "$dir/answerer.out"
echo
proof=0
# shellcheck disable=SC2086
"$bin/tapi-proof" "$dir/caller.wav" --own $answerer_says --other $caller_says || proof=1
# shellcheck disable=SC2086
"$bin/tapi-proof" "$dir/answerer.wav" --own $caller_says --other $answerer_says || proof=1
heard=1
grep -qxF "digits heard: $digits" "$dir/answerer.out" && heard=0

echo
verdict "the caller's application ended well (exit $caller_code)" $caller_code
verdict "the answerer's application ended well (exit $answerer_code)" $answerer_code
verdict "every hop of the ladder was seen" $ladder_code
verdict "each side heard the other, and only the other" $proof
verdict "the answerer heard the digits $digits" $heard
echo
echo "recordings: $dir/caller.wav $dir/answerer.wav"
echo "trace:      $dir/trace (all of it: $bin/tapi-ladder --all)"
exit $good
