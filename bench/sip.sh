#!/bin/sh
# SPDX-License-Identifier: MIT
# sip.sh [short] - calls per second and CPU per call of three answering sides, each called by sipp over the loopback: sipp
# itself, baresip, and tapisrvd with an application that answers through libtapi, without media and with the rtp MSP.
# Prints one line of k=v per contestant, round and rate, then the ratios. Exit 77: too noisy to judge, or no sipp.
. tests/system/lib.sh
. bench/peers.sh
. bench/answerers.sh

rounds=3 slice=3 long=60 rates='200 400 600 800 1200 2000 3000 4000 6000 8000 12000 16000' held='0 100 1000'
contestants='uas baresip silent media'
if [ "${1:-}" = short ]; then
	rounds=1 slice=1 long=5 rates='200 400 800 1600 3200 6400 12800' held='0 100'
fi
command -v sipp >/dev/null 2>&1 || { echo 'bench-sip: skipped: sipp is not installed' >&2; exit 77; }
if ! command -v baresip >/dev/null 2>&1; then
	echo 'contestant=baresip skipped: not installed'
	contestants='uas silent media'
fi

# CPU time of all threads of these processes together, in us.
cpu_us()
{
	for _p; do cat "/proc/$_p/task"/*/schedstat 2>/dev/null; done | awk '{ s += $1 } END { printf "%.0f\n", s / 1000 }'
}

is_bound() # PORT
{
	grep -q " [0-9A-F]*$(printf ':%04X' "$1") " /proc/net/udp
}

# --- The answering sides: each leaves $port and $servers (their pids). ---

start_uas()
{
	# shellcheck disable=SC2046
	set -- $(ports 2)
	port=$1
	sipp_here uas -sn uas -p "$1" -mp "$2"
	servers=$pid
	wait_until 5 is_bound "$port"
}

start_side() # CONTESTANT
{
	case $1 in
	uas) start_uas ;;
	baresip) start_baresip aubridge,bench ;;
	silent) start_ours '' ;;
	media) start_ours --media ;;
	esac || { echo "bench-sip: $1 did not start" >&2; exit 1; }
}

stop_side() # CONTESTANT
{
	case $1 in
	silent | media) stop_ours ;;
	baresip) stop_baresip ;;
	uas) kill -USR1 "$servers" && reap "$servers" || { kill -KILL "$servers"; reap "$servers"; } ;;
	esac
}

# --- The calling side ---

# Columns of sipp's statistics, last line.
figures() # FILE
{
	awk -F ';' '
	NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
	{ good = $column["SuccessfulCall(C)"]; bad = $column["FailedCall(C)"]; again = $column["Retransmissions(C)"]
	  rate = $column["CallRate(C)"] }
	END { printf "ok=%d failed=%d retransmissions=%d achieved=%.0f\n", good, bad, again, rate }' "$1"
}

# Calls at a rate for some seconds. Clean: all are ok, nothing was sent twice, and no backlog has made the slice much
# longer. $result: ok= failed= retransmissions= achieved= clean= cpu_us=
# and, of ours, cpu_us of daemon, host and application.
load() # RATE SECONDS
{
	# shellcheck disable=SC2046
	set -- "$1" "$2" $(($1 * $2)) $(ports 2)
	_before=$(cpu_us $servers)
	_each=$(for _s in $servers; do cpu_us "$_s"; done)
	rm -f "$dir/stat"
	sipp_here uac -sn uac -s alice -p "$4" -mp "$5" -r "$1" -m "$3" -l 100000 -d 0 -trace_stat -stf "$dir/stat" -fd 1 \
		"127.0.0.1:$port"
	_patience=$patience patience=1 # longer is far behind
	reap "$pid" $(($2 + 8)) || { kill -KILL "$pid"; reap "$pid"; }
	patience=$_patience
	_after=$(cpu_us $servers)
	result=$(figures "$dir/stat")
	_clean=0
	case $result in
	"ok=$3 failed=0 retransmissions=0 "*) [ $((${result##*achieved=} * 10)) -lt $(($1 * 9)) ] || _clean=1 ;;
	esac
	result="$result clean=$_clean"
	result="$result cpu_us=$(awk "BEGIN { printf \"%.1f\", ($_after - $_before) / $3 }")"
	_i=0
	for _s in $servers; do
		_was=$(echo $_each | cut -d ' ' -f $((_i + 1)))
		result="$result cpu${_i}_us=$(awk "BEGIN { printf \"%.1f\", ($(cpu_us "$_s") - $_was) / $3 }")"
		_i=$((_i + 1))
	done
}

say() # TEXT: to the raw lines
{
	echo "$*" | tee -a "$dir/raw"
}

environment()
{
	say "cores=$(getconf _NPROCESSORS_ONLN) kernel=$(uname -r) machine=$(uname -m)" \
		"cpu=\"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)\"" \
		"compiler=\"$(${CC:-cc} --version | head -n 1)\" sofia=$(pkg-config --modversion sofia-sip-ua)" \
		"sipp=\"$(sipp -v 2>/dev/null | sed -n 's/^ *SIPp \([^ ,]*\).*/\1/p')\"" \
		"fifo=no pinning=no load=$(cut -d ' ' -f 1-3 /proc/loadavg 2>/dev/null | tr ' ' ,)"
}

# A contestant that was not clean at two rates one after the other is out for this round.
round() # NUMBER
{
	_out=' ' _bad=' '
	for rate in $rates; do
		for c in $contestants; do
			case $_out in *" $c "*) continue ;; esac
			start_side "$c"
			load "$rate" "$slice"
			stop_side "$c"
			say "round=$1 contestant=$c rate=$rate $result load=$(cut -d ' ' -f 1 /proc/loadavg)"
			case $result in
			*clean=1*) _bad=$(echo "$_bad" | sed "s/ $c / /") ;;
			*) case $_bad in *" $c "*) _out="$_out$c " ;; *) _bad="$_bad$c " ;; esac ;;
			esac
		done
	done
	contestants="${contestants#* } ${contestants%% *}"
}

# The highest rate that was clean in most rounds.
clean_rate() # CONTESTANT
{
	awk -v c="$1" -v rounds=$rounds -v what=clean_rate -f bench/rows.awk -f bench/sip.awk "$dir/raw"
}

# Half of the maximum, for long: not one call may fail.
endure() # CONTESTANT
{
	_half=$(($(clean_rate "$1") / 2))
	[ $_half -gt 0 ] || { say "endurance=$1 rate=0 0 passed, 0 failed"; return; }
	start_side "$1"
	load $_half $long
	_rss=$(for _s in $servers; do sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$_s/status"; done | tr '\n' ,)
	stop_side "$1"
	_ok=${result#ok=} _failed=${result#*failed=}
	say "endurance=$1 rate=$_half seconds=$long $result rss_kb=${_rss%,}: ${_ok%% *} passed, ${_failed%% *} failed"
}

# What a call costs while others are held.
hold() # HOW MANY
{
	start_side silent
	if [ "$1" -gt 0 ]; then
		# shellcheck disable=SC2046
		set -- "$1" $(ports 2)
		sipp_here holder -sn uac -s alice -p "$2" -mp "$3" -r 200 -m "$1" -l 100000 -d 60000 "127.0.0.1:$port"
		_holder=$pid
		sleep $(($1 / 200 + 2))
	fi
	load 200 "$slice"
	say "held=$1 $result"
	[ "$1" = 0 ] || { kill -KILL "$_holder"; reap "$_holder"; }
	stop_side silent
}

begin bench-sip
environment
r=1
while [ $r -le $rounds ]; do
	round $r
	r=$((r + 1))
done
for h in $held; do hold "$h"; done
endure silent
endure media
cp "$dir/raw" "$BUILD/bench-sip.txt"
code=0
awk -v rounds=$rounds -f bench/rows.awk -f bench/sip.awk "$dir/raw" >"$BUILD/bench-sip.rows" || code=$?
awk -f bench/show.awk "$BUILD/bench-sip.rows"
echo "raw lines: $BUILD/bench-sip.txt"
trap - EXIT
rm -rf "$dir"
exit $code
