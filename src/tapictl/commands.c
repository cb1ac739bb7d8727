// SPDX-License-Identifier: MIT
/* commands.c - a command is a row: what it is called, what it takes, which function runs it. */
#include "commands.h"

#include <string.h>

#define COUNT(array) (int)(sizeof(array) / sizeof((array)[0]))
#define TALK         "--play --record --mic --speaker --codecs --digits --duration"

static const char on_words[] =
		"A LINE is its number, its name or its address; a CALL the number that calls\n"
		"shows, or LINE:NUMBER.";
#define ON_CALLS                                                                                   \
	"A CALL is the number that calls shows, or LINE:NUMBER; LINE:NUMBER.2 is the second\n"     \
	"of several with one number, as in a conference. The command acts beside\n"                \
	"the program that has the call, whose sound stays where it is."
static const char on_calls[] = ON_CALLS;

static const struct command lines[] = {
	{ "lines", command_lines, 0, 0, "", "list the lines and their state", NULL, NULL },
	{ "line", command_line, 1, 1, "LINE",
			"show all of one line: capabilities, status, addresses", NULL, on_words },
	{ "access", command_access, 0, 2, "[LINE | phone PHONE]",
			"show which users may do what, with all or with one line or phone", NULL,
			"Administrators see all rules, others those that speak of them.\n"
			"The rules are in tapisrvd.conf(5)." },
	{ "forward", command_forward, 1, 17, "LINE [MODE=ADDRESS...]",
			"show, set or end forwarding", "--always --busy --noanswer --rings --off",
			"What is given replaces all that was set. A MODE is uncond, busy, noansw "
			"or\n"
			"busyna, or one of them with internal, external or specific behind it: "
			"specific\n"
			"ones name the caller, as in busyspecific:104=103. Without an ADDRESS the "
			"line\nis not to be disturbed: uncond=" },
	{ "rings", command_rings, 2, 2, "LINE N",
			"say after how many rings this program answers, until interrupted;\n"
			"print the least that any program has said",
			NULL, on_words },
	{ "waiting", command_waiting, 2, 2, "LINE on|off", "turn the message waiting lamp", NULL,
			on_words },
	{ "terminals", command_terminals, 1, 3, "LINE [ID on|off]",
			"show or switch the devices that take part in its calls", NULL, on_words },
	{ "priority", command_priority, 0, 3, "[MEDIA [set|remove APP]]",
			"show or change which program gets calls first", NULL,
			"MEDIA is a media mode such as voice or fax, or requests for "
			"tapiRequestMakeCall;\n"
			"APP the name of a program's file. Each user has lists of their own." },
	{ "monitor", command_monitor, 0, 0, "", "print what happens on all lines until interrupted",
			"--sound --tone",
			"Sound is listened to where a program has it: see tapi_line_media()." },
};

static const char on_phones[] =
		"A PHONE is its number, or the name or address of its line. What to DO:\n"
		"  show, monitor               all of it; what happens on it, until interrupted\n"
		"  press, down KEY, up         a button: 0-9, *, #, or its number\n"
		"  offhook, onhook [DEVICE]    lift it, put it down: handset, speaker, headset\n"
		"  suspend, resume, unplug, plug\n"
		"  display [TEXT], lamp N [MODE], ring [MODE [VOLUME]], volume DEVICE [N],\n"
		"  gain DEVICE [N], hookswitch [DEVICE MODE]   show it, or set it as its owner";

static const struct command phones[] = {
	{ "phones", command_phones, 0, 0, "", "list the phones and their state", NULL, NULL },
	{ "phone", command_phone, 1, 4, "PHONE [DO [WORD...]]",
			"show all of one phone, or be the hand at it", NULL, on_phones },
};

static const char on_providers[] = "NAME is a provider's name, or its permanent id.";

static const struct command providers[] = {
	{ "providers", command_providers, 0, 0, "",
			"list the providers, with the reason if one failed", NULL, NULL },
	{ "provider list", command_providers, 0, 0, "", "list them, as providers does", NULL,
			NULL },
	{ "provider add", command_provider_add, 1, 1, "FILE",
			"add a provider and start it; it stays over restarts", NULL,
			"FILE is the name of a file in the provider folder, without .so." },
	{ "provider remove", command_provider_remove, 1, 1, "NAME",
			"close a provider's lines by force and take it out", NULL, on_providers },
	{ "provider restart", command_provider_restart, 1, 1, "NAME",
			"close a provider's lines and start it again", NULL, on_providers },
	{ "provider config", command_provider_config, 1, MAX_WORDS - 3, "NAME [KEY[=VALUE]]...",
			"show a provider's keys, or set some, together", NULL,
			"What is set stays over restarts, above what the configuration file says.\n"
			"KEY= takes it back." },
	{ "provider ask", command_provider_ask, 2, MAX_WORDS - 2, "NAME WORD...",
			"ask a provider something in its own words; help lists them", NULL,
			on_providers },
};

static const struct command calls[] = {
	{ "calls", command_calls, 0, 0, "", "list the calls on all lines", NULL, NULL },
	{ "call", command_call, 1, 1, "CALL", "show all of one call; its sound with --media",
			"--media", on_words },
	{ "dial", command_dial, 2, 2, "LINE ADDRESS", "make a call",
			TALK " --uui --as-is --location --card --cancel-waiting --stay",
			"An ADDRESS that begins with + is dialled as the current location says, "
			"see\n"
			"translate. Without --duration, dial hangs up when all is played and sent, "
			"else when\n"
			"interrupted. --timeout: until connected. An ADDRESS that ends with a "
			"semicolon is\nnot complete: see more." },
	{ "more", command_more, 2, 2, "CALL DIGITS",
			"dial more of a number that ended with a semicolon", NULL, on_calls },
	{ "answer", command_answer, 1, 1, "LINE", "wait for a call and answer it",
			TALK " --uui --reject --redirect",
			"Without --duration, answer stays until the caller hangs up. --timeout: "
			"until a\ncall comes. A call that is handed over is taken as it is." },
	{ "accept", command_accept, 1, 1, "CALL", "accept an offered call: it rings", NULL,
			on_calls },
	{ "redirect", command_redirect, 2, 2, "CALL ADDRESS",
			"send an offered call elsewhere unanswered", NULL, on_calls },
	{ "park", command_park, 1, 2, "CALL [ADDRESS]",
			"leave a call at an address, or at one that the switch names", NULL,
			on_calls },
	{ "unpark", command_unpark, 2, 2, "LINE ADDRESS", "take back a call that is parked there",
			TALK, NULL },
	{ "pickup", command_pickup, 1, 2, "LINE [ADDRESS]",
			"take a call that rings elsewhere, or waits here", TALK " --group", NULL },
	{ "complete", command_complete, 1, 1, "CALL",
			"what is to happen to a call that is busy or rings unanswered",
			"--mode --message",
			"A busy call is there as long as its program keeps it: dial with --stay.\n"
			"The number that is printed is for uncomplete.\n\n" ON_CALLS },
	{ "uncomplete", command_uncomplete, 2, 2, "LINE ID", "give up waiting for that", NULL,
			on_words },
	{ "secure", command_secure, 1, 1, "CALL", "let no other call disturb this one", NULL,
			on_calls },
	{ "treatment", command_treatment, 2, 2, "CALL TREATMENT",
			"what its caller hears while it waits: silence, ringback, busy, music",
			NULL, on_calls },
	{ "data", command_data, 1, 2, "CALL [TEXT]", "show or set the data that travel with a call",
			"--file", on_calls },
	{ "uui", command_uui, 1, 2, "CALL [TEXT]",
			"send user-user information, or show and release what came", NULL,
			on_calls },
	{ "digits", command_digits, 2, 2, "CALL DIGITS",
			"send digits; a comma pauses, ! is a hook flash", "--pulse --duration",
			"--duration: of each digit." },
	{ "tone", command_tone, 2, 2, "CALL TONE",
			"send a tone for --duration, else until interrupted", "--duration",
			"A TONE is ringback, busy, beep or billing, or up to four frequencies in "
			"Hz such\nas 440+480, each with its cadence in milliseconds and its volume "
			"up to 65535 if\nneed be: 1400:250:250:30000." },
	{ "gather", command_gather, 1, 1, "CALL", "collect digits that are heard",
			"--count --term --pulse",
			"--timeout: until the first digit, and between two of them. What has come "
			"is\nprinted, also if it ends so." },
	{ "control", command_control, 2, MAX_WORDS - 2, "CALL WHEN=ACTION...",
			"let what is heard control the files that are played and recorded", NULL,
			"WHEN is a digit, a tone such as 1100/500 (see monitor --tone), or a state "
			"of the\ncall; an ACTION is start, reset, pause, resume, rateup, ratedown, "
			"ratenormal,\nvolumeup, volumedown or volumenormal. The rules last until "
			"interrupted.\n\n" ON_CALLS },
	{ "hold", command_hold, 1, 1, "CALL", "put a call on hold", NULL, on_calls },
	{ "unhold", command_unhold, 1, 1, "CALL", "take it off hold", NULL, on_calls },
	{ "drop", command_drop, 1, 1, "CALL", "end a call", NULL, on_calls },
	{ "transfer", command_transfer, 2, 2, "CALL ADDRESS",
			"send a call on; with --consult, ask there first", "--consult", on_calls },
	{ "swap", command_swap, 2, 2, "CALL CALL", "exchange a held call with an active one", NULL,
			on_calls },
	{ "handoff", command_handoff, 2, 2, "CALL APP",
			"give a call to another program (see answer); with --media, to the\n"
			"first one for a media mode",
			"--media", on_calls },
	{ "conference", command_conference, 2, 2, "CALL CALL",
			"make a conference of two calls; it lasts as long as this command", NULL,
			"Nobody else has the conference: this command stays until it has ended, "
			"and "
			"ends it\nwhen interrupted.\n\n" ON_CALLS },
	{ "confer", command_confer, 3, MAX_WORDS - 1, "LINE ADDRESS ADDRESS...",
			"call several, and make a conference of them, which lasts as long as\n"
			"this command",
			"--play --record --mic --speaker --codecs --duration",
			"What is played is heard by all, and they are recorded together. Without "
			"--duration,\nconfer ends the conference when all is played, else when "
			"interrupted." },
	{ "leave", command_leave, 1, 1, "CALL", "take a party out of its conference", NULL,
			on_calls },
};

#define TRANSLATE "--location --card --as-local --as-long-distance --cancel-waiting"

static const char location_keys[] =
		"Keys: name country area_code dialling local_access long_distance_access\n"
		"international_access long_distance_carrier international_carrier\n"
		"cancel_call_waiting toll_prefixes card. A country is its name, +CODE, its id, or\n"
		"none; dialling is tone or pulse. An empty value takes a text away.";
static const char card_keys[] =
		"Keys: name hidden number pin local_access long_distance_access\n"
		"international_access same_area_rule long_distance_rule international_rule.\n"
		"Rules: E country code, F area code, G number, H card number, J access number,\n"
		"K PIN, see tapi-numbers(7). number=- and pin=- take them away.";

static const struct command numbers[] = {
	{ "translate", command_translate, 1, 1, "NUMBER", "say how a number is dialled from here",
			TRANSLATE " --line --explain", NULL },
	{ "location list", command_location_list, 0, 0, "", "list them; * is the current one", NULL,
			NULL },
	{ "location show", command_location_show, 1, 1, "LOCATION", "show all of one, with rules",
			NULL, NULL },
	{ "location add", command_location_add, 1, 20, "NAME [KEY=VALUE]...", "make one", NULL,
			location_keys },
	{ "location set", command_location_set, 2, 20, "LOCATION KEY=VALUE...", "change one", NULL,
			location_keys },
	{ "location rule", command_location_rule, 2, 5, "LOCATION AREA [KEY=VALUE]...",
			"say how an area code is dialled", "--off",
			"Keys: prefixes=555,556 (none: all numbers), dial=1 (before the number; "
			"none:\n"
			"it is a local call), include_area_code=yes|no. --off ends the rule for "
			"the "
			"area\ncode and the prefixes." },
	{ "location remove", command_location_remove, 1, 1, "LOCATION", "remove one", NULL, NULL },
	{ "location use", command_location_use, 1, 1, "LOCATION", "dial from there from now on",
			NULL, NULL },
	{ "card list", command_card_list, 0, 0, "", "list them", NULL, NULL },
	{ "card show", command_card_show, 1, 1, "CARD", "show all of one, but no secrets", NULL,
			NULL },
	{ "card add", command_card_add, 1, 20, "NAME [KEY=VALUE]...", "make one", NULL, card_keys },
	{ "card set", command_card_set, 2, 20, "CARD KEY=VALUE...", "change one", NULL, card_keys },
	{ "card remove", command_card_remove, 1, 1, "CARD", "remove one", NULL, NULL },
	{ "requests list", command_requests_list, 0, 0, "", "list them, the oldest first", NULL,
			NULL },
	{ "requests remove", command_requests_remove, 1, 1, "ID", "take one out of the queue", NULL,
			NULL },
	{ "recipient", command_recipient, 1, 1, "LINE",
			"place the calls that other programs ask for, until interrupted",
			TALK " --uui --as-is --location --card --cancel-waiting --once",
			"The first of `tapictl priority requests` is asked; see tapi-dial(1).\n"
			"--timeout: until a request comes, and until its call is connected." },
	{ "country", command_country, 0, 1, "[COUNTRY]",
			"list countries: id, code, name, and the rules for the same\n"
			"area, long distance and international calls",
			NULL, "A COUNTRY is its name, its id or +CODE." },
};

const struct group command_groups[] = {
	{ "Lines", lines, COUNT(lines) },
	{ "Phones", phones, COUNT(phones) },
	{ "Providers", providers, COUNT(providers) },
	{ "Calls", calls, COUNT(calls) },
	{ "Numbers", numbers, COUNT(numbers) },
};
const int command_group_count = COUNT(command_groups);

const struct noun command_nouns[] = {
	{ "provider", "providers at run time" },
	{ "location", "where one dials from: list, show, add, set, rule, remove, use" },
	{ "requests", "calls that programs have asked for: list, remove" },
	{ "card", "calling cards: list, show, add, set, remove" },
	{ NULL, NULL },
};
const int command_noun_count = COUNT(command_nouns) - 1;

/* The number of words that the name has, if the words begin with them; else 0. */
static int matches(const char *name, const struct options *o)
{
	const char *blank = strchr(name, ' ');
	size_t first = blank ? (size_t)(blank - name) : strlen(name);

	if (!o->argc || strncmp(o->argv[0], name, first) != 0 || o->argv[0][first])
		return 0;
	if (!blank)
		return 1;
	return o->argc > 1 && strcmp(o->argv[1], blank + 1) == 0 ? 2 : 0;
}

const struct command *command_find(const struct options *o, int *words)
{
	for (int g = 0; g < command_group_count; g++) {
		for (int i = 0; i < command_groups[g].count; i++) {
			*words = matches(command_groups[g].commands[i].name, o);
			if (*words)
				return &command_groups[g].commands[i];
		}
	}
	return NULL;
}

const struct noun *noun_find(const char *word)
{
	for (int i = 0; i < command_noun_count; i++)
		if (strcmp(command_nouns[i].name, word) == 0)
			return &command_nouns[i];
	return NULL;
}
