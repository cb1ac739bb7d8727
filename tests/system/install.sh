#!/bin/sh
# SPDX-License-Identifier: MIT
# install.sh - what is installed is enough: the template is built in a folder of its own, the examples against the
# installed headers, and they run with the installed daemon.
. tests/system/lib.sh
begin inst
root=$dir/root
prefix=/usr/local
cc=${CC:-cc}
# Programs of a sanitizer build need it, too.
san=${SAN:+-fsanitize=$SAN}
installed=$root$prefix

pc()
{
	PKG_CONFIG_PATH='' PKG_CONFIG_LIBDIR=$installed/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root pkg-config "$@" tapi
}

everything_is_installed()
{
	run "${MAKE:-make}" -s install DESTDIR="$root" PREFIX=$prefix BUILD="$BUILD" SAN="${SAN:-}" CC="$cc"
	code 0 || return 1
	for f in bin/tapisrvd bin/tapictl bin/tapi-conform lib/libtapi.so lib/tapi/tapi-tsphost lib/tapi/tsp/exchange.so \
		lib/pkgconfig/tapi.pc include/tapi/tapi.h include/tapi/tspi.h include/tapi/mspi.h include/tapi/tapi3.h \
		share/man/man1/tapictl.1 bin/tapi-dial share/applications/tapi-dial.desktop etc/tapi/recipients; do
		WHY="$f is not installed"
		[ -e "$installed/$f" ] || return 1
	done
}

nothing_installed_names_the_folder_it_was_built_in()
{
	WHY="it does: $(grep -rlF "$BUILD/" "$installed" --include='*.pc' --include='*.conf' --include='*.service' \
		--include='*.h')"
	[ "$WHY" = 'it does: ' ]
}

# stand_alone OPTION...: each header in the language of the options.
# shellcheck disable=SC2046
stand_alone()
{
	for h in "$installed"/include/tapi/*.h; do
		printf '#include <%s>\nextern int not_empty;\n' "${h##*/}" |
			$cc "$@" -Wall -Wextra -Wpedantic -Werror $(pc --cflags) -fsyntax-only - 2>"$dir/err" && continue
		WHY="${h##*/}: $(head -n 1 "$dir/err")"
		return 1
	done
}

each_header_stands_alone()
{
	stand_alone -x c -std=c11 || return 1
	echo | $cc -x c++ -fsyntax-only - 2>/dev/null || return 0 # there is no compiler for it
	stand_alone -x c++ -std=c++11
}

the_template_builds_alone()
{
	mkdir "$dir/tsp"
	cp src/providers/template/tsp.c src/providers/template/Makefile "$dir/tsp"
	run env PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR="$installed/lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$root" \
		"${MAKE:-make}" -C "$dir/tsp" TREE=/nonexistent CC="$cc" tspdir="$installed/lib/tapi/tsp" DESTDIR= \
		CFLAGS="-O2 -g -Wall -Wextra -Wpedantic -Werror $san" install
	code 0 && WHY='it is not installed' && [ -f "$installed/lib/tapi/tsp/template.so" ]
}

# shellcheck disable=SC2046,SC2086
the_examples_build_against_the_installed_headers()
{
	mkdir "$dir/examples"
	for e in dial answer monitor call3; do
		cp "examples/$e.c" "$dir/examples"
		run $cc -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -Wall -Wextra -Wpedantic -Werror $san $(pc --cflags) \
			"$dir/examples/$e.c" -o "$dir/examples/$e" $(pc --libs) -Wl,-rpath,"$installed/lib"
		code 0 || { WHY="$e: $WHY"; return 1; }
	done
}

the_templates_line_is_listed_and_makes_calls()
{
	run "$installed/bin/tapictl" lines
	code 0 && has out 'Template line' || return 1
	run "$installed/bin/tapictl" dial 4 5551 --duration 0.1 --timeout 300
	code 0 && has out connected
}

in_examples()
{
	cd "$dir/examples" || return 1
	"$@" &
	pid=$!
	pids="$pids $pid"
	cd "$top" || return 1
}

dial_and_answer_talk()
{
	in_examples ./monitor >"$dir/monitor.out" 2>&1
	in_examples ./answer 1 >"$dir/answer.out" 2>&1
	eventually 5 'lines open' sh -c '"$1" line 1 | grep -q " 3 opens"' - "$installed/bin/tapictl" || return 1
	in_examples ./dial 0 102 >"$dir/dial.out" 2>&1
	eventually 10 'connected' grep -q CONNECTED "$dir/dial.out" &&
		eventually 10 'connected at the answerer' grep -q CONNECTED "$dir/answer.out" || return 1
	kill -INT "$pid"
	reap "$pid" && is 'exit of dial' "$CODE" 0 && has dial.out LINECALLSTATE_IDLE && has answer.out 'call from 101' &&
		eventually 5 'the answerer is idle' grep -q LINECALLSTATE_IDLE "$dir/answer.out" &&
		eventually 5 'the monitor saw it' grep -q 'line 0: call .* LINECALLSTATE_CONNECTED' "$dir/monitor.out"
}

call3_plays_to_the_answerer()
{
	in_examples ./call3 0 102 /usr/share/sounds/alsa/Front_Left.wav >"$dir/call3.out" 2>&1
	reap "$pid" 20 && is 'exit of call3' "$CODE" 0 && has call3.out connected && has call3.out 'all played' &&
		WHY='no recording' && [ -s "$dir/examples/call3.wav" ]
}

try everything_is_installed
try nothing_installed_names_the_folder_it_was_built_in
try each_header_stands_alone
try the_template_builds_alone
try the_examples_build_against_the_installed_headers
export TAPI_MSP_PATH="$installed/lib/tapi/msp"
bin=$installed/bin
configure '[provider exchange]
	extensions = 101-104
	absent_ms = 60000

	[provider template]'
sed -i -e "s|^tsp_path = .*|tsp_path = $installed/lib/tapi/tsp|" -e "s|^host = .*|host = $installed/lib/tapi/tapi-tsphost|" \
	"$dir/conf"
LD_LIBRARY_PATH=$installed/lib
export LD_LIBRARY_PATH
launch_daemon
try the_templates_line_is_listed_and_makes_calls
try dial_and_answer_talk
try call3_plays_to_the_answerer
