# sipp.sh - scenarios of tests/sip/sipp. sipp_start NAME SCENARIO TARGET [OPTIONS] runs one call of it beside the
# script; $sipp_port is its port then. sipp_end NAME waits for its end: 0 if its calls were as the scenario says.
# What it saw: $dir/NAME.msg. TARGET: HOST:PORT, whom it calls; it waits for calls on its port in any case.

sipp_address=127.0.0.1

sipp_start() # NAME SCENARIO TARGET [OPTIONS]
{
	_n=$1 _s=$2 _t=$3
	shift 3
	awk -f tests/sip/sipp/scenario.awk "tests/sip/sipp/$_s.scn" >"$dir/$_n.xml" || return 1
	# shellcheck disable=SC2046
	set -- $("$bin/sip-port" 2) "$@"
	sipp_port=$1 _mp=$2
	shift 2
	rm -f "$dir/$_n.msg" "$dir/$_n.why"
	spawn "$_n" env TERM=dumb sipp -sf "$dir/$_n.xml" -i "$sipp_address" -p "$sipp_port" -mi "$sipp_address" -mp "$_mp" -m 1 \
		-nostdin -trace_msg -message_file "$dir/$_n.msg" -trace_err -error_file "$dir/$_n.why" \
		-timeout "${sipp_timeout:-120}" -timeout_error -recv_timeout 60000 -s alice "$@" "$_t"
	eval "sipp_$_n=$pid sipp_${_n}_port=$sipp_port"
	wait_until 5 sipp_is_there "$sipp_port" "$pid" || { echo "sipp did not start: $(tail -n 2 "$dir/$_n.err")" >&2; return 1; }
}

# Bound, or already at its end: some calls are short.
sipp_is_there() # PORT PID
{
	is_bound "$1" || all_gone "$2"
}

is_bound() # PORT, by UDP or TCP
{
	_hex=$(printf ':%04X' "$1")
	grep -q " [0-9A-F]*$_hex " /proc/net/udp /proc/net/tcp /proc/net/udp6 /proc/net/tcp6
}

sipp_end() # NAME [SECONDS]
{
	eval "_pid=\$sipp_$1"
	if ! reap "$_pid" "${2:-20}"; then
		WHY="sipp ($1) still waits: $(tail -n 2 "$dir/$1.why" 2>/dev/null)"
		return 1
	fi
	[ "$CODE" = 0 ] && return 0
	WHY="sipp ($1) ended with $CODE: $(grep -v '^$' "$dir/$1.why" 2>/dev/null | head -n 3 | tr '\n' ' ' | cut -c 1-300)"
	return 1
}

# How often a message with this beginning was seen or sent by NAME.
sipp_count() # NAME TEXT
{
	grep -c "^$2" "$dir/$1.msg"
}
