// SPDX-License-Identifier: MIT
/* phones.h - a phone for the time of a command, and what can be done with it. */
#ifndef TAPICTL_PHONES_H
#define TAPICTL_PHONES_H

#include "tapictl.h"

struct phone_session {
	struct session lines; /* to find a phone by its line */
	HPHONEAPP app;
	DWORD count; /* one above the highest phone device id */
	HANDLE event;
};

/* The phone that a command is about. */
struct phone_talk {
	struct phone_session *session;
	HPHONE phone;
	DWORD device;
	const struct options *options; /* argv[0] is what to do, the rest its words */
};

/* One thing to do: `phone 3 press 5`. */
struct phone_verb {
	const char *name;
	int least, most; /* words behind it */
	const char *arguments;
	int sets; /* so many words set something: the phone must be owned; 0: none does */
	enum exit_code (*run)(struct phone_talk *t);
};
extern const struct phone_verb phone_verbs[];
extern const int phone_verb_count;

enum exit_code phone_session_open(struct phone_session *s);
void phone_session_close(struct phone_session *s);
/* A phone by its number, or by the name or address of its line; complains. */
enum exit_code phone_session_find(struct phone_session *s, const char *word, DWORD *out);
LONG phone_session_open_phone(struct phone_session *s, DWORD device, DWORD privilege, HPHONE *out);
/* Waits for the PHONE_REPLY to a request, complains about either. */
enum exit_code phone_finish(struct phone_talk *t, const char *what, LONG request);

enum exit_code phone_show(struct phone_talk *t);
enum exit_code phone_monitor(struct phone_talk *t);

#endif
