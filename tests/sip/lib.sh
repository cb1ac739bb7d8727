# lib.sh - for the tests of the SIP provider against peers: a daemon with accounts, the application sip-app that is told
# what to do and whose lines are waited for, scenarios that are counted and timed. A group of scenarios is a script
# with "group NAME" at its beginning, then functions, then "short NAME" or "long NAME" for each scenario.
# LONG=1: all; ONLY: those whose name has this text.
. tests/system/lib.sh
. tests/sip/peers/kamailio.sh
. tests/sip/peers/baresip.sh
. tests/sip/peers/sipp.sh
sounds=/usr/share/sounds/alsa
FIGURE='' SEEN='' sip_port='' sip=''

group() # NAME
{
	_wanted=0
	# shellcheck disable=SC2013
	for _s in $(sed -n "s/^short \([a-z0-9_]*\).*/\1/p${LONG:+;s/^long \([a-z0-9_]*\).*/\1/p}" "$0"); do
		case $_s in *"${ONLY:-}"*) _wanted=$((_wanted + 1)) ;; esac
	done
	[ $_wanted -gt 0 ] || exit 0
	begin "$1"
	for _p in sipp kamailio baresip openssl; do
		command -v "$_p" >/dev/null 2>&1 || {
			echo "FAIL $1: $_p IS NOT INSTALLED, and without it nothing here is proved; ./bootstrap check installs it"
			exit 1
		}
	done
}

now_ms()
{
	echo $(($(date +%s%N) / 1000000))
}

scenario() # NAME
{
	case $1 in *"${ONLY:-}"*) ;; *) return 0 ;; esac
	_begun=$(now_ms)
	FIGURE='' WHY='it returned an error'
	_pids_before=$pids
	if "$1"; then
		echo "ok $1: ${FIGURE:+$FIGURE, }$(($(now_ms) - _begun)) ms"
	else
		failures=$((failures + 1))
		echo "FAIL $1: $WHY"
		keep_evidence "$1"
		[ -z "${app_app:-}" ] || { say app auto none; say app dropall; }
	fi
	_left=
	for _p in $pids; do _left="$_p $_left"; done
	for _p in $_left; do # what the scenario started, the last first: phones sign off before their registrar goes
		case " $_pids_before " in *" $_p "*) ;; *)
			kill "$_p" 2>/dev/null
			reap "$_p" 5 >/dev/null || { kill -KILL "$_p" 2>/dev/null; forget "$_p"; }
			;;
		esac
	done
}

short() { scenario "$1"; }
long() { [ -z "${LONG:-}" ] || scenario "$1"; }

keep_evidence() # NAME
{
	mkdir -p "$BUILD/sip-failures/$1"
	for _f in "$dir"/*.out "$dir"/*.err "$dir"/*.msg "$dir"/*.why "$dir"/*.log "$dir"/conf; do
		[ -s "$_f" ] && tail -c 200000 "$_f" >"$BUILD/sip-failures/$1/${_f##*/}"
	done
}

# Accounts as sections; listens on a free port of the loopback. $sip_keys: more lines of [provider sip].
sip_configure() # SECTIONS
{
	[ -n "$sip_port" ] || sip_port=$("$bin/sip-port")
	sip=127.0.0.1:$sip_port
	configure "[provider sip]
	listen = $sip
	${sip_keys:-}

	$1"
}

sip_daemon() # SECTIONS
{
	sip_configure "$1"
	launch_daemon
}

# The account of a peer-to-peer line.
alone='[sip alice]
	user = alice
	'

# sip-app with its FIFO. Marks say up to where its lines have been seen.
app_start() # NAME [OPTIONS] LINE...
{
	_n=$1
	shift
	_options=
	while :; do
		case ${1:-} in
		--silent) _options="$_options $1"; shift ;;
		--*) _options="$_options $1 $2"; shift 2 ;;
		*) break ;;
		esac
	done
	[ -p "$dir/$_n.commands" ] || mkfifo "$dir/$_n.commands"
	# shellcheck disable=SC2086
	spawn "$_n" "$bin/sip-app" $_options "$dir/$_n.commands" "$@"
	eval "app_$_n=$pid mark_$_n=0"
	see "$_n" 10 '^ready'
}

app_stop() # NAME
{
	eval "_pid=\$app_$1"
	kill "$_pid" 2>/dev/null
	reap "$_pid" 10
}

say() # NAME COMMAND...
{
	_n=$1
	shift
	eval "_pid=\$app_$_n"
	all_gone "$_pid" && return 0 # a FIFO without its reader would keep us for ever
	echo "$*" >"$dir/$_n.commands"
}

found()
{
	# shellcheck disable=SC2154
	_hit=$(tail -n +$((_mark + 1)) "$dir/$_n.out" | grep -nE -m 1 -- "$_pattern")
}

# The next line of NAME that matches, within SECONDS; it and all before it are then over. $SEEN is the line.
see() # NAME SECONDS PATTERN
{
	_n=$1 _pattern=$3
	eval "_mark=\$mark_$_n"
	_tries=$(($2 * 40 * patience))
	until found; do # not wait_until, which may be what called us
		_tries=$((_tries - 1))
		[ $_tries -gt 0 ] && sleep 0.025 && continue
		WHY="$_n did not say '$3' within $(($2 * patience)) s; last: $(tail -n +$((_mark + 1)) "$dir/$_n.out" | tail -n 3 | tr '\n' ';' | cut -c 1-300)"
		return 1
	done
	SEEN=${_hit#*:}
	eval "mark_$_n=$((_mark + ${_hit%%:*}))"
}

# NAME has not said it since the last that was seen.
unseen() # NAME PATTERN
{
	_n=$1 _pattern=$2
	eval "_mark=\$mark_$_n"
	found || return 0
	WHY="$_n said '${_hit#*:}'"
	return 1
}

# All of it is over: what comes is new.
forget_lines() # NAME
{
	eval "mark_$1=$(wc -l <"$dir/$1.out")"
}

# Dials and waits for the number of the new call: $CALL.
dial() # NAME LINE ADDRESS [UUI]
{
	_n=$1
	shift
	say "$_n" dial "$@"
	see "$_n" 5 '^(call [0-9]+ by dial|reply dial LINEERR)' || return 1
	case $SEEN in reply*) WHY=$SEEN; return 1 ;; esac
	CALL=${SEEN#call }
	CALL=${CALL%% *}
}

# A call that is offered to NAME: $CALL.
offered() # NAME [SECONDS]
{
	see "$1" "${2:-5}" '^state [0-9]+ OFFERING' || return 1
	CALL=${SEEN#state }
	CALL=${CALL%% *}
}

# CALL of NAME is over, and deallocated.
over() # NAME CALL
{
	see "$1" 10 "^gone $2\$"
}

# The value of a key in the last callinfo of NAME.
info_has() # NAME CALL TEXT...
{
	_who=$1 _call=$2
	shift 2
	say "$_who" callinfo "$_call"
	see "$_who" 5 '^callinfo' || return 1
	for _t; do
		case $SEEN in *"$_t"*) ;; *)
			WHY="LINECALLINFO has no $_t: $(echo "$SEEN" | cut -c 1-1500)"
			return 1
			;;
		esac
	done
}

# Is in RECORDING what one side said (files), and nothing of the other? Sets the figure to the least correlation.
heard() # RECORDING "OWN FILES" ["OTHER FILES"]
{
	# shellcheck disable=SC2086
	if ! "$bin/tapi-proof" "$1" --at-least "${at_least:-0.97}" --own $2 ${3:+--other $3} >"$dir/proof" 2>&1; then
		WHY="$(basename "$1"): $(grep -E 'FAIL|cannot|No such' "$dir/proof" | head -n 2 | tr '\n' ' ')"
		return 1
	fi
	_least=$(sed -n 's/.* own  *\([0-9.]*\) .*/\1/p' "$dir/proof" | sort -n | head -n 1)
	FIGURE="${FIGURE:+$FIGURE, }correlation $_least"
}

is_in_service() # NAME LINE
{
	say "$1" status "$2"
	see "$1" 2 '^status' || return 1
	case $SEEN in *' in'*) return 0 ;; esac
	WHY=$SEEN
	return 1
}
