#!/bin/sh
# SPDX-License-Identifier: MIT
# codes.sh - every response of the table in tapi-sip(7): its state, mode and reason. A code with "r" comes after ringing.
. tests/sip/lib.sh
group sip_codes

# CODE STATE-AND-MODE
table='
300 DISCONNECTED.FORWARDED
380 DISCONNECTED.FORWARDED
400 DISCONNECTED.TEMPFAILURE
401 DISCONNECTED.REJECT
402 DISCONNECTED.REJECT
403 DISCONNECTED.REJECT
404 DISCONNECTED.BADADDRESS
405 DISCONNECTED.INCOMPATIBLE
406 DISCONNECTED.INCOMPATIBLE
407 DISCONNECTED.REJECT
408 DISCONNECTED.UNREACHABLE
408r DISCONNECTED.NOANSWER
410 DISCONNECTED.NUMBERCHANGED
415 DISCONNECTED.INCOMPATIBLE
416 DISCONNECTED.BADADDRESS
420 DISCONNECTED.INCOMPATIBLE
423 DISCONNECTED.TEMPFAILURE
433 DISCONNECTED.BLOCKED
480 DISCONNECTED.UNREACHABLE
480r DISCONNECTED.NOANSWER
481 DISCONNECTED.TEMPFAILURE
482 DISCONNECTED.UNREACHABLE
483 DISCONNECTED.UNREACHABLE
484 DISCONNECTED.BADADDRESS
485 DISCONNECTED.BADADDRESS
486 BUSY
486r BUSY
487 DISCONNECTED.CANCELLED
488 DISCONNECTED.INCOMPATIBLE
493 DISCONNECTED.INCOMPATIBLE
499 DISCONNECTED.TEMPFAILURE
500 DISCONNECTED.TEMPFAILURE
501 DISCONNECTED.INCOMPATIBLE
502 DISCONNECTED.TEMPFAILURE
503 DISCONNECTED.CONGESTION
504 DISCONNECTED.TEMPFAILURE
505 DISCONNECTED.INCOMPATIBLE
513 DISCONNECTED.INCOMPATIBLE
580 DISCONNECTED.QOSUNAVAIL
599 DISCONNECTED.TEMPFAILURE
600 BUSY
603 DISCONNECTED.REJECT
603r DISCONNECTED.REJECT
604 DISCONNECTED.BADADDRESS
606 DISCONNECTED.INCOMPATIBLE
607 DISCONNECTED.BLOCKED
699 DISCONNECTED.REJECT
'

one_code() # CODE STATE
{
	_code=${1%r} _scenario=uas_code
	[ "$1" = "$_code" ] || _scenario=uas_ring_code
	ANSWER=$_code
	export ANSWER
	sipp_start called $_scenario 127.0.0.1:9 || return 1
	forget_lines app
	dial app 0 "sip:bob@127.0.0.1:$sipp_port" || return 1
	see app 6 "^state $CALL (BUSY|DISCONNECTED)" || return 1
	_end=$SEEN
	echo "$_end" | grep -qE "^state $CALL $2" || { WHY="$_end, wanted $2"; return 1; }
	case $_end in *"[SIP $_code]"*) ;; *) WHY="no reason 'SIP $_code': $_end"; return 1 ;; esac
	say app drop "$CALL"
	over app "$CALL" && sipp_end called || return 1
	_count=$((_count + 1))
	forget "$sipp_called"
}

every_code_has_its_state_mode_and_reason()
{
	_bad='' _count=0
	for _row in $table; do
		case $_row in [0-9]*) _which=$_row; continue ;; esac
		one_code "$_which" "$_row" || _bad="$_bad $_which: $WHY;"
	done
	FIGURE="$_count answers"
	WHY=$_bad
	[ -z "$_bad" ]
}

sip_daemon "$alone"
app_start app alice || { echo "FAIL start: $WHY"; failures=1; exit 1; }

long every_code_has_its_state_mode_and_reason
