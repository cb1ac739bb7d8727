#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh - the provider conformance kit: every provider here conforms, each bad one is rejected for its own reason.
set -u
kit=$BUILD/bin/tapi-conform
bad=$BUILD/lib/conformkit
good=$BUILD/lib/tapi/tsp
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failed=0 passed=0
# A sanitizer leaves crashes to the kit.
export ASAN_OPTIONS=handle_segv=0:handle_abort=0:detect_leaks=0 TSAN_OPTIONS=handle_segv=0:handle_abort=0

fail()
{
	echo "FAIL $1"
	[ ! -f "$2" ] || sed 's/^/    /' "$2"
	failed=$((failed + 1))
}

# conforms NAME ARGUMENTS...: in the background.
conforms()
{
	name=$1
	shift
	{
		timeout 120 "$kit" "$@" >"$out/$name.good" 2>"$out/$name.err"
		echo $? >"$out/$name.code"
	} &
}

# VARIANT CODE CHECK TEXT: which check finds it, and what it says.
rows='
MISSING   3 load       does not export TSPI_lineGetID
VERSION   1 version    asked for 0x10003 to 0x10003 it chooses version 0x30001
EXITS     1 start      it ended its process (exit code 3) in TSPI_providerInit
STATE     1 sessions   it has kept the base of another session
LEAK      1 sessions   each session leaves descriptors open
CRASH     1 open       it crashed (signal 6) in TSPI_lineOpen
ZERO      1 open       TSPI_lineOpen gives the handle 0
OTHERS    1 devices    TSPI_lineOpen opens device 4, which is not its own
OVERRUN   1 sizes      it crashed (signal 11) in TSPI_lineGetDevCaps
HANG      1 sizes      it does not return from TSPI_lineGetDevCaps within 5 s
PERMANENT 1 permanent  in the next session
CLAIM     1 claimed    it claims LINECALLFEATURE_HOLD, but does not export TSPI_lineHold
HIDDEN    1 exported   it exports TSPI_lineHold, but nothing claims LINECALLFEATURE_HOLD
UNAVAIL   1 answers    TSPI_lineHold answers LINEERR_OPERATIONUNAVAIL
TWICE     1 call       it completes TSPI_lineMakeCall 2 times
EARLY     1 call       comes before the completion of its TSPI_lineMakeCall
IDLE      1 call       IDLE is final
STATES    1 call       which is not exactly one LINECALLSTATE_
NEVER     1 drop       TSPI_lineDrop is not completed within 4 s
CLOSE     1 closeline  TSPI_lineClose returns with TSPI_lineDrop uncompleted
LATE      1 closeline  comes of a line that was closed
KEEPS     1 copies     it crashed (signal 11) in TSPI_lineGetCallInfo
PROMPT    1 prompt     ? asks the application to prompt
'

run_bad()
{
	timeout 60 "$kit" --only "$2" "$bad/$1.so" >"$out/$1.bad" 2>"$out/$1.err"
	echo $? >"$out/$1.code"
}

judge_good()
{
	if [ "$(cat "$out/$1.code")" = 0 ]; then
		passed=$((passed + 1))
	else
		fail "$1 conforms" "$out/$1.good"
	fi
}

judge_bad()
{
	if [ "$(cat "$out/$1.code")" != "$2" ]; then
		fail "$1: exit code $(cat "$out/$1.code"), not $2" "$out/$1.bad"
	elif ! grep -q "^  FAIL *$3 " "$out/$1.bad" || ! grep -qF "$4" "$out/$1.bad"; then
		fail "$1: not rejected by $3 with '$4'" "$out/$1.bad"
	else
		passed=$((passed + 1))
	fi
}

conforms template "$good/template.so"
conforms exchange "$good/exchange.so"
conforms sip --key listen=127.0.0.1:0 --key alice/user=alice --key alice/codecs=PCMU --key bob/user=bob --dial sip:bob@127.0.0.1:9 "$good/sip.so"
echo "$rows" | { while read -r variant code check text; do [ -z "$variant" ] || run_bad "$variant" "$check" & done; wait; }
wait
for name in template exchange sip; do judge_good $name; done
while read -r variant code check text; do
	[ -z "$variant" ] || judge_bad "$variant" "$code" "$check" "$text"
done <<-EOR
	$rows
EOR

# For programs: one object a line, each of them JSON with its check.
"$kit" --json --only claimed "$bad/CLAIM.so" >"$out/json"
grep -q '^{"check":"claimed","rule":"[^"]*","verdict":"failed","faults":\["it claims LINECALLFEATURE_HOLD' "$out/json" &&
	grep -q '^{"passed":0,"failed":1,"skipped":0}$' "$out/json" || fail 'the report as JSON' "$out/json"
"$kit" --only nothing "$good/template.so" >"$out/usage" 2>&1
[ $? = 2 ] || fail 'a check that there is not' "$out/usage"
"$kit" --key "$(printf '%0600d' 1)=1" "$good/template.so" >"$out/usage" 2>&1
[ $? = 2 ] || fail 'a key that is too long' "$out/usage"

echo "  conformance kit: $passed passed, $failed failed"
[ $failed = 0 ] && [ $passed = 26 ]
