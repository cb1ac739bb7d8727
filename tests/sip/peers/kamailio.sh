# kamailio.sh - a registrar of our own: kamailio_start starts it and sets $registrar (127.0.0.1:PORT) and
# $registrar_tls, $kamailio (its pid). Users and secrets are $users, "name:secret ...". More by variables:
# kamailio_min_expires, kamailio_nonce_s, kamailio_cert (folder with server.pem and server.key: TLS).
users='alice:swordfish-a1 bob:swordfish-b2 carol:swordfish-c3 dave:swordfish-d4 erin:swordfish-e5'
kamailio='' registrar='' registrar_tls=''

kamailio_modules()
{
	for _m in /usr/lib/*/kamailio/modules /usr/lib/kamailio/modules /usr/lib64/kamailio/modules; do
		[ -d "$_m" ] && echo "$_m/" && return
	done
}

kamailio_configure() # FILE
{
	_tls='#' # comments the lines out
	[ -z "${kamailio_cert:-}" ] || _tls=
	for _u in $users; do
		printf '\t$sht(users=>%s) = "%s";\n' "${_u%%:*}" "${_u#*:}"
	done >"$dir/kamailio.users"
	sed -e "s|@DEBUG@|${kamailio_debug:-1}|" -e "s|@PORT@|$kamailio_port|" -e "s|@TLS_PORT@|$kamailio_tls_port|" \
		-e "s|@TLS_ON@|$_tls|" -e "s|@MODULES@|$(kamailio_modules)|" \
		-e "s|@MIN_EXPIRES@|${kamailio_min_expires:-1}|" -e "s|@NONCE_S@|${kamailio_nonce_s:-300}|" \
		-e "s|@TLS_KEY@|${kamailio_cert:-}/server.key|" \
		-e "s|@TLS_CERTIFICATE@|${kamailio_cert:-}/server.pem|" \
		-e "/@USERS@/{r $dir/kamailio.users" -e 'd;}' tests/sip/peers/kamailio.cfg >"$1"
}

kamailio_launch()
{
	mkdir -p "$dir/kamailio"
	kamailio_configure "$dir/kamailio.cfg"
	spawn kamailio kamailio -f "$dir/kamailio.cfg" -DD -E -m 16 -M 4 -w "$dir" -Y "$dir/kamailio"
	kamailio=$pid
	if ! wait_until 10 "$bin/sip-send" --quiet --timeout 300 "udp:$registrar" tests/sip/peers/options.sip; then
		echo "kamailio did not start:" >&2
		tail -n 5 "$dir/kamailio.err" >&2
		return 1
	fi
}

kamailio_start()
{
	# shellcheck disable=SC2046
	set -- $("$bin/sip-port" 2)
	kamailio_port=$1 kamailio_tls_port=$2
	registrar=127.0.0.1:$1
	registrar_tls=127.0.0.1:$2
	kamailio_launch
}

kamailio_stop()
{
	kill "$kamailio" 2>/dev/null
	reap "$kamailio"
}
