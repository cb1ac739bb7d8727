// SPDX-License-Identifier: MIT
/* phone.h - the telephone set of an extension: a phone device. What is on it stays while the
 * exchange runs, whether an application has it open or not.
 *
 * The set and the line are tied as those of a PBX are (phone_line.c); which parts of the set a line
 * or call uses say its terminals (terminal.h). */
#ifndef EXCHANGE_PHONE_H
#define EXCHANGE_PHONE_H

#include "providers/kit/timer.h"

#include <stdbool.h>
#include <tspi.h>

struct call;
struct extension;

#define PHONE_ROWS       2u
#define PHONE_COLUMNS    20u
#define PHONE_CELLS      (PHONE_ROWS * PHONE_COLUMNS)
#define PHONE_KEYS       12u /* the keypad: 0-9, star, hash */
#define PHONE_BUTTONS    24u
#define PHONE_LINE_KEY   12u /* its lamp shows what the line does */
#define PHONE_MESSAGES   23u /* the lamp that says that messages wait */
#define PHONE_TEXT_MAX   40u /* bytes of a button's text */
#define PHONE_RING_MODES 4u
#define PHONE_LEVEL_MAX  0xFFFFu
#define PHONE_AREAS      4u
#define PHONE_AREA_SIZE  256u
#define PHONE_NOTHING    0xFFFFFFFFu

/* Handset, speaker, headset: the places of PHONEHOOKSWITCHDEV_ bits. */
#define PHONE_SWITCHES 3u

struct phone_switch {
	DWORD mode, volume, gain; /* PHONEHOOKSWITCHMODE_ */
};

struct phone_button {
	DWORD mode, function, lamp; /* PHONEBUTTONMODE_, PHONELAMPMODE_ */
	char text[PHONE_TEXT_MAX + 1];
};

struct phone {
	struct extension *line;
	bool is_open;
	DWORD opens; /* tells events of an earlier open */
	HTAPIPHONE ht_phone;
	PHONEEVENT event;
	DWORD states, button_modes, button_states; /* what the host wants to hear of */
	DWORD ext_version;

	DWORD status_flags; /* PHONESTATUSFLAGS_ */
	struct phone_switch switches[PHONE_SWITCHES];
	struct phone_button buttons[PHONE_BUTTONS];
	DWORD held; /* the button that is down, or PHONE_NOTHING */
	struct timer release;
	char display[PHONE_CELLS + 1];
	DWORD ring_mode, ring_volume;
	unsigned char areas[PHONE_AREAS][PHONE_AREA_SIZE];

	uint64_t call;   /* that the lifted set is in, 0: none */
	bool line_rings; /* some call rings it */
	DWORD line_lamp; /* what the line last wanted of its lamp */
	bool shows_line; /* the first row is the line's */
	char line_text[PHONE_COLUMNS + 1];
};

void phone_init(struct phone *p, struct extension *line);
void phone_fini(struct phone *p);
/* The open phone that this handle names, or NULL. */
struct phone *phone_find(HDRVPHONE handle);
HDRVPHONE phone_handle(const struct phone *p);
DWORD phone_device_id(const struct phone *p);
/* The phone of a device id, or NULL. */
struct phone *phone_device(DWORD device_id);

LONG phone_open(struct phone *p, HTAPIPHONE ht_phone, PHONEEVENT event);
void phone_close(struct phone *p);

/* PHONE_STATE with one bit, if the host wants to hear of it. */
void phone_tell_state(const struct phone *p, DWORD state, DWORD detail);
/* A request is done; returns its id. */
LONG phone_done(DRV_REQUESTID id);
/* It is connected and not taken away. */
bool phone_serves(const struct phone *p);
/* 0, or why nothing can be set on it now. */
LONG phone_check(const struct phone *p);

/* phone_caps.c */

LONG phone_caps(const struct phone *p, PHONECAPS *out);
LONG phone_status(const struct phone *p, PHONESTATUS *out);

/* phone_button.c */

void phone_init_buttons(struct phone *p);
LONG phone_get_button(const struct phone *p, DWORD id, PHONEBUTTONINFO *out);
LONG phone_set_button(struct phone *p, DRV_REQUESTID id, DWORD button, const PHONEBUTTONINFO *in);
LONG phone_get_lamp(const struct phone *p, DWORD id, DWORD *mode);
LONG phone_set_lamp(struct phone *p, DRV_REQUESTID id, DWORD lamp, DWORD mode);
/* From inside of the exchange. */
void phone_light(struct phone *p, DWORD lamp, DWORD mode);
/* Lamp modes of a button; DUMMY: it has none. */
DWORD phone_lamp_modes(DWORD id);
/* A finger: a button that is down comes up when the next one goes down, at the latest. */
void phone_press(struct phone *p, DWORD id);
void phone_release(struct phone *p);
/* "5", "*", "12"; PHONE_NOTHING: the set has no such button. */
DWORD phone_button_named(const char *name);

/* phone_switch.c */

/* The only bit of dev as an index, or PHONE_NOTHING. */
DWORD phone_switch_of(DWORD dev);
DWORD phone_off_hook(const struct phone *p); /* PHONEHOOKSWITCHDEV_ */
LONG phone_set_switches(struct phone *p, DRV_REQUESTID id, DWORD devs, DWORD mode);
/* A hand lifts it, or puts it down. */
void phone_move(struct phone *p, DWORD devs, DWORD mode);
/* Its volume, by its index. */
void phone_turn(struct phone *p, DWORD index, DWORD volume);
enum phone_level { PHONE_VOLUME, PHONE_GAIN };
LONG phone_get_level(const struct phone *p, enum phone_level level, DWORD dev, DWORD *value);
LONG phone_set_level(struct phone *p, DRV_REQUESTID id, enum phone_level level, DWORD dev,
		DWORD value);
/* "handset", "speaker", "headset"; 0: neither. */
DWORD phone_switch_named(const char *name);

/* phone_display.c */

LONG phone_get_display(const struct phone *p, VARSTRING *out);
LONG phone_set_display(struct phone *p, DRV_REQUESTID id, DWORD row, DWORD column, const char *text,
		DWORD size);
/* The first row, from inside of the exchange; padded and cut. */
void phone_show(struct phone *p, const char *text);

/* phone_ring.c: the ringer, and the data areas. */

LONG phone_set_ring(struct phone *p, DRV_REQUESTID id, DWORD mode, DWORD volume);
void phone_ring(struct phone *p, DWORD mode);
LONG phone_get_data(const struct phone *p, DWORD area, void *data, DWORD size);
LONG phone_set_data(struct phone *p, DRV_REQUESTID id, DWORD area, const void *data, DWORD size);

/* phone_line.c: what one does to the other. */

/* The first device was lifted, the last one was put down, a key was pressed. */
void phone_lifted(struct phone *p, DWORD dev);
void phone_put_down(struct phone *p);
void phone_key(struct phone *p, DWORD id);
/* The line's calls or its message lamp have changed. */
void phone_follow(struct extension *e);

/* phone_specific.c */

LONG phone_specific(struct phone *p, DRV_REQUESTID id, const void *params, DWORD size);

#endif
