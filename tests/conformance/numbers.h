// SPDX-License-Identifier: MIT
/* numbers.h - inside of an application: locations and cards to try dialling with. */
#ifndef CONFORMANCE_NUMBERS_H
#define CONFORMANCE_NUMBERS_H

#include "app.h"

#define V2_2   0x00020002u
#define NEWEST 0x00030001u

/* The structure of the last question, with room behind it. */
union dialling_answer {
	LINETRANSLATEOUTPUT output;
	LINETRANSLATECAPS caps;
	LINECOUNTRYLIST countries;
	char room[65536];
};
extern union dialling_answer dialling;

/* Empties it, for one of this dwTotalSize. */
void make_room(size_t size);
const LINETRANSLATEOUTPUT *translated(HLINEAPP app, const char *number, DWORD options);
const LINETRANSLATECAPS *caps_of(HLINEAPP app, DWORD version);

/* The offsets of an entry count from the beginning of the whole. */
#define text_of(entry, member)                                                                     \
	((entry)->member##Size ? dialling.room + (entry)->member##Offset : "")

/* With 9 and 8 as access codes for local and other calls. */
DWORD new_location(const char *name, DWORD country, const char *area);
/* With a rule for long distance calls. */
DWORD new_card(const char *name, const char *number, const char *rule);
/* A new location in area 425, which is used. */
void redmond(void);

#endif
