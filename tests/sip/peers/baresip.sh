# baresip.sh - softphones without a screen: baresip_start NAME ADDRESS-OF-RECORD [ACCOUNT PARAMETERS] runs one that speaks
# from $baresip_says (a WAV file of 48 kHz) and records both directions as $dir/NAME/dump-*-enc.wav (what it said) and
# -dec.wav (what it heard). Its events and answers are lines of $dir/NAME_events.out; baresip_do NAME COMMAND [PARAMS]
# controls it.
# Variables baresip_NAME (pid), baresip_NAME_port (SIP), baresip_NAME_uri afterwards.
# $baresip_modules: more modules (srtp opus ...); $baresip_tls_ca: certificates that it trusts.

baresip_folder()
{
	for _m in /usr/lib/baresip/modules /usr/lib/*/baresip/modules /usr/local/lib/baresip/modules; do
		[ -d "$_m" ] && echo "$_m" && return
	done
}

baresip_configure() # NAME SIP-PORT CONTROL-PORT
{
	mkdir -p "$dir/$1"
	cat >"$dir/$1/config" <<-EOC
	poll_method epoll
	net_interface 127.0.0.1
	sip_listen 127.0.0.1:$2
	sip_verify_server ${baresip_tls_ca:+yes}
	${baresip_tls_ca:+sip_cafile $baresip_tls_ca}
	call_local_timeout 120
	call_max_calls 64
	audio_player aubridge,$1
	audio_source ${baresip_says:+aufile,$baresip_says}
	audio_alert aubridge,$1
	ausrc_srate 48000
	auplay_srate 48000
	ausrc_channels 1
	auplay_channels 1
	audio_txmode thread
	rtp_ports $((($2 - 10000) * 2 + 34000))-$((($2 - 10000) * 2 + 34040))
	rtcp_mux no
	jitter_buffer_delay 1-5
	rtp_stats no
	snd_path $dir/$1
	module_path $(baresip_folder)
	module g711.so
	module g722.so
	module g726.so
	module opus.so
	module aufile.so
	module aubridge.so
	module sndfile.so
	module srtp.so
	module_tmp uuid.so
	module_tmp account.so
	module_app menu.so
	module_app ctrl_tcp.so
	ctrl_tcp_listen 127.0.0.1:$3
	opus_bitrate 32000
	opus_stereo no
	opus_sprop_stereo no
	EOC
}

baresip_start() # NAME AOR [PARAMETERS]
{
	_n=$1
	# shellcheck disable=SC2046
	set -- "$1" "$2" "${3:-}" $("$bin/sip-port" 2)
	baresip_configure "$_n" "$4" "$5"
	echo "<$2>;answermode=auto;$3" >"$dir/$_n/accounts"
	: >"$dir/$_n/contacts"
	eval "baresip_${_n}_port=$4 baresip_${_n}_control=$5 baresip_${_n}_uri=sip:${_n}@127.0.0.1:$4"
	spawn "$_n" env HOME="$dir/$_n" baresip -f "$dir/$_n" ${baresip_verbose:+-s}
	eval "baresip_$_n=$pid"
	if ! wait_until 10 grep -q 'baresip is ready' "$dir/$_n.out"; then
		echo "baresip did not start: $(tail -n 3 "$dir/$_n.out" "$dir/$_n.err")" >&2
		return 1
	fi
	mkfifo "$dir/$_n/commands"
	spawn "${_n}_events" "$bin/sip-ctl" "$5" "$dir/$_n/commands"
	wait_until 5 grep -q ready "$dir/${_n}_events.out"
}

baresip_do() # NAME COMMAND [PARAMS]
{
	_to=$1
	shift
	echo "$*" >"$dir/$_to/commands"
}

# What NAME said (enc) or heard (dec) in its N-th call: the file's name.
baresip_file() # NAME enc|dec [N]
{
	for _f in "$dir/$1"/dump-*-"$2".wav; do echo "$_f"; done | sort | sed -n "${3:-1}p"
}

baresip_stop() # NAME
{
	eval "_pid=\$baresip_$1"
	kill "$_pid" 2>/dev/null
	reap "$_pid"
}
