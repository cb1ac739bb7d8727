#!/bin/sh
# SPDX-License-Identifier: MIT
# demo.sh - what `make demo-sip` shows holds, and its ladder notices what is missing.
. tests/sip/lib.sh
group sip_demo
demo=$BUILD/sys/demo-sip

the_demo_holds()
{
	run env -u TAPISRVD_SOCKET BUILD="$BUILD" sh src/demo/demo-sip.sh
	FIGURE=$(grep '^ladder:' "$dir/out")
	code 0 || { WHY=$(grep -e GAP -e '^FAIL' -e '^demo-sip' "$dir/out" "$dir/err" | tr '\n' ';'); return 1; }
}

without_a_hop_the_ladder_shows_the_gap()
{
	for hop in SIP lineMakeCall TSPI_lineHold lineUnhold TSPI_lineBlindTransfer MSP_TSP_DATA LINE_CALLSTATE; do
		run "$bin/tapi-ladder" --sip --without $hop "$demo/trace"
		code 1 && has out "GAP: no $hop" || { WHY="$hop: $WHY"; return 1; }
	done
}

# A full disk cuts a record; another process then writes behind it.
half_a_record_is_passed_over()
{
	whole='{"t":7,"pid":1,"who":"app","hop":"lineMakeCall","object":"0","detail":""}'
	for half in '{"t":7,"pid":1,"who":"app","hop":"lineDr' '{"t":7,"p' '{'; do
		printf '%s%s\n%s\n%s' "$half" "$whole" "$whole" "$half" >"$dir/torn"
		run "$bin/tapi-ladder" --all "$dir/torn"
		has out 'ladder: 2 records' || return 1
		[ "$(grep -c lineMakeCall "$dir/out")" -ge 2 ] || { WHY="after $half: a record is missing"; return 1; }
	done
}

short half_a_record_is_passed_over
long the_demo_holds
long without_a_hop_the_ladder_shows_the_gap
