#!/bin/sh
# SPDX-License-Identifier: MIT
# numbers.sh - locations, cards and countries by tapictl; what dial makes of a number; all of it kept.
. tests/system/lib.sh
begin numbers
tapictl=$bin/tapictl

json_has() # KEY...
{
	"$bin/sys-json" "$@" <"$dir/out" 2>"$dir/json" && return 0
	WHY=$(cat "$dir/json")
	return 1
}

becomes() # NUMBER DIALABLE [OPTION...]
{
	_number=$1 _wanted=$2
	shift 2
	run "$tapictl" translate "$_number" "$@"
	code 0 && is dialable "$(sed -n 's/^dialable *//p' "$dir/out")" "$_wanted"
}

a_new_user_dials_e164()
{
	becomes '+49 (30) 123-456' T+4930123456 || return 1
	run "$tapictl" location list
	code 0 && has out '*   0  Here'
}

a_location_is_made_changed_and_used()
{
	run "$tapictl" location add Berlin country=germany area_code=30 local_access=0 long_distance_access=0
	code 0 && has out 'location 1' || return 1
	run "$tapictl" location use berlin
	code 0 && becomes '+49 (30) 123-456' T0123456 && becomes '+49 (89) 123-456' T0089123456 || return 1
	run "$tapictl" location set 1 international_access=0, cancel_call_waiting='*43#' dialling=pulse
	code 0 && becomes '+1 (425) 882-8080' 'P*43#0,0014258828080' --cancel-waiting || return 1
	run "$tapictl" location show Berlin
	code 0 && has out 'Germany (+49)' && has out pulse || return 1
	run "$tapictl" location set 1 dialling=tone cancel_call_waiting=
	code 0 || return 1
	run "$tapictl" location show Berlin --json
	code 0 && json_has location.name location.country_id rules && has out '"cancel_call_waiting":""'
}

another_location_is_asked_without_being_used()
{
	run "$tapictl" location add Seattle country=1 area_code=206 toll_prefixes=555
	code 0 || return 1
	run "$tapictl" location rule Seattle 425 include_area_code=yes
	code 0 || return 1
	run "$tapictl" location rule Seattle 360 prefixes=679,675 dial=1 include_area_code=yes
	code 0 && becomes '+1 (425) 882-8080' T4258828080 --location Seattle &&
		becomes '+1 (360) 679-1234' T13606791234 --location Seattle &&
		becomes '+1 (206) 555-1234' T12065551234 --location Seattle &&
		becomes '+1 (206) 555-1234' T5551234 --location Seattle --as-local &&
		becomes '+1 (425) 882-8080' T0,0014258828080 || return 1
	run "$tapictl" location rule Seattle 425 --off
	code 0 && becomes '+1 (425) 882-8080' T14258828080 --location Seattle || return 1
	run "$tapictl" location rule Seattle 425 --off
	code 3
}

a_card_hides_its_number()
{
	run "$tapictl" card add Company number=98765432 pin=4711 long_distance_access=08001234 long_distance_rule='J,H#K,0FG'
	code 0 || return 1
	becomes '+49 (89) 123' T008001234,98765432#4711,089123 --card company &&
		has out '[Company]#[Company]' && has_not out ' 98765432' || return 1
	run "$tapictl" translate '+49 (89) 123' --card company --explain
	code 0 && has out '  card: long distance calls go by card Company' &&
		is 'times the number is told' "$(grep -c 98765432 "$dir/out")" 1 || return 1
	run "$tapictl" card show company
	code 0 && has out number_digits && has_not out 98765432 && has_not out 4711 || return 1
	run "$tapictl" card list --json
	code 0 && json_has permanent_card_id name number_digits && has_not out 98765432 || return 1
	run "$tapictl" location set Berlin card=company
	code 0 && becomes '+49 (89) 123' T008001234,98765432#4711,089123 &&
		becomes '+49 (89) 123' T0089123 --card 0 || return 1
	run "$tapictl" card remove company
	code 4 && has err 'location Berlin prefers this card' || return 1
	run "$tapictl" location set Berlin card=
	code 0 && becomes '+49 (89) 123' T0089123 || return 1
	! grep -q 98765432 "$dir/daemon.log" || { WHY='the log has the card number'; return 1; }
}

the_explanation_has_the_order_of_the_manual()
{
	run "$tapictl" translate '+49 (89) 123' --explain
	code 0 || return 1
	is steps "$(sed -n 's/^  \([a-z0-9-]*\):.*/\1/p' "$dir/out" | tr '\n' ' ')" 'canonical other-area tone access-code direct ' || return 1
	for step in $("$tapictl" translate '+1 (206) 555-1@2|3' --location Seattle --explain |
		sed -n 's/^  \([a-z0-9-]*\):.*/\1/p'); do
		grep -qE "^\.It .*$step" man/tapi-numbers.7 || { WHY="$step is not in the manual"; return 1; }
	done
	run "$tapictl" translate '+49 (89) 123' --explain --json
	code 0 && json_has translate_output.dialable_string steps
}

countries_are_listed_and_found()
{
	run "$tapictl" country
	code 0 && [ "$(wc -l <"$dir/out")" -gt 240 ] || return 1
	run "$tapictl" country +7
	code 0 && is lines "$(wc -l <"$dir/out")" 2 && has out Kazakhstan || return 1
	run "$tapictl" country germany --json
	code 0 && json_has country_id country_name long_distance_rule && has out '"0FG"' || return 1
	run "$tapictl" country Atlantis
	code 3
}

dial_translates_what_begins_with_plus()
{
	spawn answer "$tapictl" answer 1 --duration 1
	eventually 10 'line 1 is open' sh -c '"$1" line 1 | grep -q "[1-9] opens"' - "$tapictl" || return 1
	run "$tapictl" location add Inside country=49 area_code=30
	run "$tapictl" dial 0 '+49 (30) 102' --location Inside --duration 0.2 --timeout 300
	code 0 && has out connected || return 1
	reap "$pid" || return 1
	run "$tapictl" dial 0 '+49 (30) 102' --as-is --timeout 300
	code 3
}

wrong_words_are_named()
{
	run "$tapictl" location set Berlin nonsense=1
	code 2 && has err "no key 'nonsense'" || return 1
	run "$tapictl" location fly
	code 2 && has err "no command 'location fly'" || return 1
	for words in 'location add' 'location set Berlin' 'location set Berlin nonsense=1' 'location set Berlin area_code' \
		'location set Berlin dialling=loud' 'location rule Berlin 30 include_area_code=maybe' \
		'location list extra' 'location' 'card' 'location fly' 'translate' 'country a b' 'lines --explain' \
		'location set Berlin permanent_location_id=7'; do
		# shellcheck disable=SC2086
		run "$tapictl" $words
		code 2 && [ -s "$dir/err" ] || { WHY="'$words': $WHY"; return 1; }
	done
	for words in 'location set Berlin area_code=3x' 'location set Berlin local_access=hello' 'location set Berlin name=Seattle' \
		'location set Berlin toll_prefixes=1,,2' 'card set Company long_distance_rule=Q' 'card set 0 name=x' \
		'location rule Berlin x' 'card set Company number=12a' 'translate +nonsense' 'location remove Berlin' \
		'location remove 0'; do
		# shellcheck disable=SC2086
		run "$tapictl" $words
		{ code 1 || code 3 || code 4; } && has err LINEERR_ || { WHY="'$words': $WHY"; return 1; }
	done
	for words in 'location show Atlantis' 'card show 77' 'location use 77' 'translate 1 --card nobody' \
		'translate 1 --location nowhere'; do
		# shellcheck disable=SC2086
		run "$tapictl" $words
		code 3 || { WHY="'$words': $WHY"; return 1; }
	done
}

all_of_it_outlives_the_daemon()
{
	run "$tapictl" card remove Company
	run "$tapictl" card add Second number=1 long_distance_rule=HFG
	code 0 && has out 'card 2' || return 1
	stop_daemon && launch_daemon || return 1
	run "$tapictl" location list
	code 0 && has out '*   1  Berlin' && has out Seattle || return 1
	becomes '+1 (360) 679-1234' T13606791234 --location Seattle &&
		becomes '+1 (425) 1' T14251 --location Seattle --card second || return 1
	run "$tapictl" card remove 2
	run "$tapictl" card add Third
	code 0 && has out 'card 3' || return 1
	is 'mode of the state' "$(stat -c %a "$dir/state/state.db")" 600
}

# --- assisted telephony: programs that know nothing of telephones

is_called() # NAME: the one who answers on line 1 has been connected
{
	eventually 10 "$1 is connected" grep -q connected "$dir/$1.out"
}

answers() # NAME
{
	spawn "$1" "$tapictl" answer 1 --duration 0.5
	eventually 10 'line 1 is open' sh -c '"$1" line 1 | grep -q "[1-9] opens"' - "$tapictl"
}

without_a_recipient_the_request_is_refused()
{
	export XDG_CONFIG_HOME="$dir/config"
	mkdir -p "$dir/config/tapi"
	run "$bin/tapi-dial" tel:102
	code 4 && has err 'no file names one to start' || return 1
	run "$tapictl" requests list
	code 0 && is requests "$(wc -l <"$dir/out")" 0
}

a_recipient_places_the_call()
{
	run "$tapictl" location use Inside # so that +49 30 is left out
	code 0 && answers first || return 1
	answering=$pid
	spawn recipient "$tapictl" recipient 0 --once --duration 0.2
	recipient=$pid
	eventually 10 'the request is taken' "$bin/tapi-dial" --app 'address book' 'tel:+49-30-102' || return 1
	eventually 10 'it is told' grep -q 'request: +4930102, asked by address book' "$dir/recipient.out" || return 1
	is_called first && reap "$recipient" && reap "$answering"
}

# An interrupt ends the call that is up, a second one the program; to be terminated ends both.
a_recipient_that_is_ended_ends_its_call_too()
{
	answers third || return 1
	answering=$pid
	spawn recipient "$tapictl" recipient 0
	recipient=$pid
	eventually 10 'the request is taken' "$bin/tapi-dial" tel:102 || return 1
	is_called third || return 1
	kill -TERM "$recipient"
	reap "$recipient" && is 'exit of recipient' "$CODE" 0 && reap "$answering"
}

a_click_starts_the_program_of_the_list()
{
	echo "tapictl = \"$tapictl\" recipient 0 --once --duration 0.2" >"$dir/config/tapi/recipients"
	answers second || return 1
	# As a desktop runs it.
	sed -e "s|@BINDIR@|$bin|" etc/tapi-dial.desktop.in >"$dir/tapi-dial.desktop"
	grep -q 'x-scheme-handler/tel;x-scheme-handler/callto;x-scheme-handler/sip;' "$dir/tapi-dial.desktop" || return 1
	click=$(sed -n 's/^Exec=//p' "$dir/tapi-dial.desktop" | sed 's/%u/callto:102/')
	# shellcheck disable=SC2086
	run $click
	code 0 && is_called second && reap "$pid" || return 1
	eventually 10 'nothing waits' sh -c '[ -z "$("$1" requests list)" ]' - "$tapictl"
}

requests_wait_and_can_be_removed()
{
	echo "true = /bin/true" >"$dir/config/tapi/recipients"
	run "$bin/tapi-dial" --name Bob --comment 'about the sum' sip:bob@example.net
	code 0 || return 1
	run "$tapictl" requests list --json
	code 0 && json_has id at dest_address app_name called_party comment && has out 'sip:bob@example.net' || return 1
	stop_daemon && launch_daemon || return 1
	run "$tapictl" requests list
	code 0 && has out 'Bob: about the sum' || return 1
	_id=$(awk '{ print $1 }' "$dir/out")
	run "$tapictl" requests remove "$_id"
	code 0 || return 1
	run "$tapictl" requests remove "$_id"
	code 3
}

tapi_dial_knows_its_words()
{
	for words in '' '--nonsense' 'a b' '--name' 'mailto:bob@example.net' 'tel:x'; do
		# shellcheck disable=SC2086
		run "$bin/tapi-dial" $words
		code 2 && [ -s "$dir/err" ] || { WHY="'$words': $WHY"; return 1; }
	done
	run "$bin/tapi-dial" --print 'tel:+49-30-1;isub=2'
	code 0 && is address "$(cat "$dir/out")" '+49301|2' || return 1
	run "$bin/tapi-dial" --socket "$dir/nowhere" tel:102
	code 5 && has err "$dir/nowhere"
}

start_daemon
try a_new_user_dials_e164
try a_location_is_made_changed_and_used
try another_location_is_asked_without_being_used
try a_card_hides_its_number
try the_explanation_has_the_order_of_the_manual
try countries_are_listed_and_found
try dial_translates_what_begins_with_plus
try wrong_words_are_named
try all_of_it_outlives_the_daemon
try without_a_recipient_the_request_is_refused
try a_recipient_places_the_call
try a_recipient_that_is_ended_ends_its_call_too
try a_click_starts_the_program_of_the_list
try requests_wait_and_can_be_removed
try tapi_dial_knows_its_words
