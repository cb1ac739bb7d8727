// SPDX-License-Identifier: MIT
/* tapictl.h - what the commands of tapictl share. tapictl is an application like any other: it sees
 * the installed headers only. Data goes to stdout, messages to stderr. */
#ifndef TAPICTL_H
#define TAPICTL_H

#include <stdbool.h>
#include <stdio.h>
#include <tapi.h>
#include <tapix.h>

/* The exit codes that scripts rely on. */
enum exit_code {
	EXIT_DONE,
	EXIT_FAILED,
	EXIT_USAGE,
	EXIT_NOT_FOUND,
	EXIT_REFUSED,
	EXIT_UNREACHABLE,
	EXIT_TIMED_OUT,
};

enum { MAX_PLAY = 32, MAX_WORDS = 24, MAX_OPTIONS = 96 };

struct options {
	bool json, help, version;
	bool reject, media, consult, off, pulse, sound, stay;
	bool given[MAX_OPTIONS];     /* rows of options.c */
	const char *argv[MAX_WORDS]; /* command and its words */
	int argc;
	const char *play[MAX_PLAY];
	int play_count;
	const char *record, *digits, *uui, *mic, *speaker, *codecs;
	bool as_is, explain, as_local, as_long_distance, cancel_waiting; /* numbers */
	bool once;                                                       /* recipient */
	const char *location, *card, *line;
	const char *redirect, *always, *busy, *noanswer; /* addresses */
	const char *group, *mode, *message, *file, *rings;
	const char *count, *term, *tone;
	double duration_s, timeout_s; /* below 0: not given */
};

/* An initialised application; lines are opened by the commands. */
struct session {
	HLINEAPP app;
	DWORD lines; /* one above the highest line device id */
	HANDLE event;
};

/* false: wrong usage, said on stderr. */
bool options_parse(int argc, char **argv, struct options *out);
/* Are all options given for every command, or in `allowed` (names with blanks between; NULL: none)?
 * Complains. */
bool options_fit(const struct options *o, const char *command, const char *allowed);
/* A line of help for each option in `allowed`; NULL: for those of all commands. */
void help_options(FILE *to, const char *allowed);

/* Says "tapictl: what: reason" for a failed call and gives the exit code for it. */
enum exit_code complain(const char *what, LONG error);
/* The same when the LINE_REPLY of a request carried the error. */
enum exit_code complain_reply(HLINEAPP app, const char *what, LONG request, LONG error);
/* "tapictl: what: sentence [cause]" on stderr. */
void tell_reason(const char *what, const struct tapix_reason *r);
enum exit_code exit_code_for(LONG error);
/* What the end of a call means; EXIT_DONE: nothing bad that is known. */
enum exit_code exit_code_of_end(DWORD state, DWORD mode);
/* "done", "refused", ... */
const char *exit_word(enum exit_code code);
/* A line that was removed, or whose provider failed: lists leave it out. */
bool is_gone(LONG error);

enum exit_code session_open(struct session *s);
void session_close(struct session *s);
/* A line by its number, its name or one of its addresses; complains. */
enum exit_code session_line(struct session *s, const char *word, DWORD *out);
/* The same for what belongs to a line; messages say noun. */
enum exit_code session_line_as(struct session *s, const char *noun, const char *word, DWORD *out);
LONG session_open_line(struct session *s, DWORD device, DWORD privileges, DWORD media, HLINE *out);
/* The next message within timeout_ms (INFINITE: for ever); 0, LINEERR_OPERATIONFAILED when none
 * came, or an error. SIGINT and SIGTERM end it as if none came; session_stopped() tells. */
LONG session_message(struct session *s, LINEMESSAGE *out, DWORD timeout_ms);
bool session_stopped(void);
/* SIGTERM has come; it stays so after session_go_on(). */
bool session_terminated(void);
/* An event is ready; false: SIGINT or SIGTERM came. */
bool session_await(HANDLE event);
/* After so many seconds (below 0: never) it is as if SIGINT had come; session_expired() tells. */
void session_limit(double seconds);
bool session_expired(void);
/* Takes note of the signal: there is something left to do, the next one stops that. */
void session_go_on(void);

/* Structures of variable size, grown until all fits; to be freed with free(). NULL: *error. */
LINEDEVCAPS *get_dev_caps(struct session *s, DWORD device, LONG *error);
LINEADDRESSCAPS *get_address_caps(struct session *s, DWORD device, DWORD address, LONG *error);
LINEDEVSTATUS *get_line_status(HLINE line, LONG *error);
LINEADDRESSSTATUS *get_address_status(HLINE line, DWORD address, LONG *error);
LINECALLINFO *get_call_info(HCALL call, LONG *error);
LINECALLSTATUS *get_call_status(HCALL call, LONG *error);
LINECALLLIST *get_new_calls(HLINE line, LONG *error);
PHONECAPS *get_phone_caps(HPHONEAPP app, DWORD device, LONG *error);
PHONESTATUS *get_phone_status(HPHONE phone, LONG *error);
VARSTRING *get_display(HPHONE phone, LONG *error);
PHONEBUTTONINFO *get_button_info(HPHONE phone, DWORD button, LONG *error);
/* "in service", or why not; *r is the reason, or empty. */
const char *line_state(const LINEDEVSTATUS *status, struct tapix_reason *r);
/* A string part of a structure, "" when absent. */
const char *part(const void *structure, DWORD size, DWORD offset);

/* "key":{...} of a structure on stdout, no newline; a comma before it if asked. */
void print_json(const char *key, const char *name, const void *structure, bool comma);
/* A text as a JSON string, quotes included. */
void print_json_text(const char *text);
/* {"layer":...,"cause":...,"sentence":...} */
void print_json_reason(const struct tapix_reason *r);
/* Name of a constant, "0x..." if it has none. */
const char *full_name(const char *group, DWORD value);
/* Name of a constant without its group's prefix, lower case: "connected". */
const char *short_name(const char *group, DWORD value);
/* The same for a set of bits, with blanks between. */
const char *short_bits(const char *group, DWORD bits);

/* What dial and its like are given, as it is to be dialled from the user's location: to be freed.
 * Complains. */
enum exit_code translate_for(const struct options *o, DWORD device, const char *number, char **out);

enum exit_code command_card_add(const struct options *o);
enum exit_code command_card_list(const struct options *o);
enum exit_code command_card_remove(const struct options *o);
enum exit_code command_card_set(const struct options *o);
enum exit_code command_card_show(const struct options *o);
enum exit_code command_country(const struct options *o);
enum exit_code command_location_add(const struct options *o);
enum exit_code command_location_list(const struct options *o);
enum exit_code command_location_remove(const struct options *o);
enum exit_code command_location_rule(const struct options *o);
enum exit_code command_location_set(const struct options *o);
enum exit_code command_location_show(const struct options *o);
enum exit_code command_location_use(const struct options *o);
enum exit_code command_recipient(const struct options *o);
enum exit_code command_requests_list(const struct options *o);
enum exit_code command_requests_remove(const struct options *o);
enum exit_code command_translate(const struct options *o);
enum exit_code command_lines(const struct options *o);
enum exit_code command_line(const struct options *o);
enum exit_code command_access(const struct options *o);
enum exit_code command_phones(const struct options *o);
enum exit_code command_phone(const struct options *o);
enum exit_code command_calls(const struct options *o);
enum exit_code command_providers(const struct options *o);
enum exit_code command_provider_add(const struct options *o);
enum exit_code command_provider_remove(const struct options *o);
enum exit_code command_provider_restart(const struct options *o);
enum exit_code command_provider_config(const struct options *o);
enum exit_code command_provider_ask(const struct options *o);
enum exit_code command_monitor(const struct options *o);
enum exit_code command_call(const struct options *o);
enum exit_code command_hold(const struct options *o);
enum exit_code command_unhold(const struct options *o);
enum exit_code command_drop(const struct options *o);
enum exit_code command_swap(const struct options *o);
enum exit_code command_transfer(const struct options *o);
enum exit_code command_conference(const struct options *o);
enum exit_code command_confer(const struct options *o);
enum exit_code command_leave(const struct options *o);
enum exit_code command_control(const struct options *o);
enum exit_code command_accept(const struct options *o);
enum exit_code command_more(const struct options *o);
enum exit_code command_park(const struct options *o);
enum exit_code command_unpark(const struct options *o);
enum exit_code command_pickup(const struct options *o);
enum exit_code command_redirect(const struct options *o);
enum exit_code command_complete(const struct options *o);
enum exit_code command_uncomplete(const struct options *o);
enum exit_code command_secure(const struct options *o);
enum exit_code command_treatment(const struct options *o);
enum exit_code command_data(const struct options *o);
enum exit_code command_uui(const struct options *o);
enum exit_code command_rings(const struct options *o);
enum exit_code command_terminals(const struct options *o);
enum exit_code command_waiting(const struct options *o);
enum exit_code command_forward(const struct options *o);
enum exit_code command_handoff(const struct options *o);
enum exit_code command_priority(const struct options *o);
/* tones.c: what is listened for on a call that is watched. */
bool tone_parse(const char *text, LINEMONITORTONE *out);
void tone_watch(HCALL call, const LINEMONITORTONE *tone);

enum exit_code command_digits(const struct options *o);
enum exit_code command_gather(const struct options *o);
enum exit_code command_tone(const struct options *o);
enum exit_code command_dial(const struct options *o);
enum exit_code command_answer(const struct options *o);

#endif
