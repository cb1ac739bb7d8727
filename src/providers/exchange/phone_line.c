// SPDX-License-Identifier: MIT
/* phone_line.c - the set and its line, tied as those of a PBX are: who lifts the set answers the
 * call that rings, or gets dial tone; keys dial; who puts it down ends the call. The line's calls
 * ring the set, light its line key and are named on the display. */
#include "phone.h"

#include "call.h"
#include "exchange.h"
#include "extension.h"
#include "station.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

#define LEVEL_STEP     0x1000u
#define RING_OF_A_CALL 1u /* the ring mode */

static struct call *own_call(const struct phone *p)
{
	struct call *c = p->call ? call_find((HDRVCALL)p->call) : NULL;

	return c && c->line == p->line && call_is_active(c) ? c : NULL;
}

static bool rings(const struct call *c)
{
	return c->state == CALL_STATE_OFFERING || c->state == CALL_STATE_ACCEPTED;
}

/* What a lifted set finds on its line: first a call that rings, then one that is active. */
static struct call *find_call(const struct extension *e, DWORD terminal)
{
	struct call *found = NULL;

	list_for(l, &e->calls) {
		struct call *c = list_entry(l, struct call, link);

		if (!terminal_has(&c->terminals, terminal, LINETERMMODE_HOOKSWITCH))
			continue;
		if (rings(c))
			return c;
		if (!found && call_occupies(c) == CALL_OCCUPIES_ACTIVE)
			found = c;
	}
	return found;
}

/* Whether a call can be started on the set: some application must take it. */
static bool can_start(const struct extension *e, DWORD terminal)
{
	return terminal_has(&e->terminals, terminal, LINETERMMODE_HOOKSWITCH) && e->is_open &&
	       e->offered_modes & LINEMEDIAMODE_INTERACTIVEVOICE && !extension_is_full(e) &&
	       station_serves(e) && !(e->status_flags & LINEDEVSTATUSFLAGS_LOCKED);
}

void phone_lifted(struct phone *p, DWORD dev)
{
	DWORD terminal = phone_switch_of(dev & ~(dev - 1));
	struct call *c;

	if (exchange.config.sets_apart)
		return;
	c = find_call(p->line, terminal);
	if (!c && can_start(p->line, terminal))
		c = call_start(p->line);
	p->call = c ? c->handle : 0;
	if (c && rings(c))
		(void)call_step(c, CALL_EVENT_ANSWER, NULL);
}

/* A call on hold waits on; somebody will take it back. */
void phone_put_down(struct phone *p)
{
	struct call *c = own_call(p);

	p->call = 0;
	if (c && !call_is_on_hold(c))
		(void)call_step(c, CALL_EVENT_DROP, NULL);
}

static void lift_speaker(struct phone *p)
{
	if (!phone_off_hook(p))
		phone_move(p, PHONEHOOKSWITCHDEV_SPEAKER, PHONEHOOKSWITCHMODE_MICSPEAKER);
}

static void dial(struct phone *p, char digit)
{
	struct call *c = own_call(p);

	if (c && terminal_has(&c->terminals, TERMINAL_SET, LINETERMMODE_BUTTONS))
		call_key(c, digit);
}

/* --- function keys; the others are for applications --- */

static void take_line(struct phone *p, DWORD id)
{
	(void)id;
	lift_speaker(p);
}

static void drop(struct phone *p, DWORD id)
{
	struct call *c = own_call(p);

	(void)id;
	if (c)
		(void)call_step(c, CALL_EVENT_DROP, NULL);
}

static void hold(struct phone *p, DWORD id)
{
	struct call *c = own_call(p);

	(void)id;
	if (c && call_can(c, CALL_EVENT_HOLD))
		(void)call_step(c, CALL_EVENT_HOLD, NULL);
	else if (c && !c->consult && call_can(c, CALL_EVENT_UNHOLD))
		(void)call_step(c, CALL_EVENT_UNHOLD, NULL);
}

static void dial_text(struct phone *p, DWORD id)
{
	const char *text = p->buttons[id].text;

	if (!text[0] || text[strspn(text, "0123456789*#")])
		return; /* no number was put there */
	lift_speaker(p);
	for (; *text; text++)
		dial(p, *text);
}

/* TAPI: a device that is muted keeps its volume and gain. */
static void mute(struct phone *p, DWORD id)
{
	static const DWORD devs[] = { PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHDEV_SPEAKER,
		PHONEHOOKSWITCHDEV_HEADSET };
	bool muted = p->buttons[id].lamp == PHONELAMPMODE_STEADY;

	for (size_t i = 0; i < sizeof(devs) / sizeof(devs[0]); i++)
		if (p->switches[i].mode != PHONEHOOKSWITCHMODE_ONHOOK)
			phone_move(p, devs[i],
					muted ? PHONEHOOKSWITCHMODE_MICSPEAKER
					      : PHONEHOOKSWITCHMODE_SPEAKER);
	if (phone_off_hook(p) && p->buttons[id].lamp != PHONELAMPMODE_DUMMY)
		phone_light(p, id, muted ? PHONELAMPMODE_OFF : PHONELAMPMODE_STEADY);
}

static DWORD next_level(DWORD level, bool up)
{
	if (up)
		return level > PHONE_LEVEL_MAX - LEVEL_STEP ? PHONE_LEVEL_MAX : level + LEVEL_STEP;
	return level < LEVEL_STEP ? 0 : level - LEVEL_STEP;
}

/* Of what is lifted; of the ringer when nothing is. */
static void change_volume(struct phone *p, DWORD id)
{
	bool up = p->buttons[id].function == PHONEBUTTONFUNCTION_VOLUMEUP;
	DWORD level;

	if (!phone_off_hook(p)) {
		level = next_level(p->ring_volume, up);
		if (level != p->ring_volume)
			phone_tell_state(p, PHONESTATE_RINGVOLUME, level);
		p->ring_volume = level;
		return;
	}
	for (DWORD i = 0; i < PHONE_SWITCHES; i++)
		if (p->switches[i].mode != PHONEHOOKSWITCHMODE_ONHOOK)
			phone_turn(p, i, next_level(p->switches[i].volume, up));
}

static const struct {
	DWORD function;
	void (*press)(struct phone *p, DWORD id);
} functions[] = {
	{ PHONEBUTTONFUNCTION_CALLAPP, take_line },
	{ PHONEBUTTONFUNCTION_CONNECT, take_line },
	{ PHONEBUTTONFUNCTION_SPEAKERON, take_line },
	{ PHONEBUTTONFUNCTION_DROP, drop },
	{ PHONEBUTTONFUNCTION_DISCONNECT, drop },
	{ PHONEBUTTONFUNCTION_HOLD, hold },
	{ PHONEBUTTONFUNCTION_ABBREVDIAL, dial_text },
	{ PHONEBUTTONFUNCTION_REPDIAL, dial_text },
	{ PHONEBUTTONFUNCTION_MUTE, mute },
	{ PHONEBUTTONFUNCTION_VOLUMEUP, change_volume },
	{ PHONEBUTTONFUNCTION_VOLUMEDOWN, change_volume },
};

void phone_key(struct phone *p, DWORD id)
{
	if (id < PHONE_KEYS) {
		dial(p, p->buttons[id].text[0]);
		return;
	}
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
		if (functions[i].function == p->buttons[id].function)
			functions[i].press(p, id);
}

/* --- what the line does to the set --- */

struct seen {
	bool rings;
	DWORD lamp;
	char text[PHONE_COLUMNS + 1];
};

/* The lamps of calls, the most urgent first. */
static DWORD lamp_of(const struct call *c)
{
	if (rings(c))
		return PHONELAMPMODE_FLASH;
	if (call_occupies(c) == CALL_OCCUPIES_ACTIVE)
		return PHONELAMPMODE_STEADY;
	return call_is_on_hold(c) ? PHONELAMPMODE_WINK : PHONELAMPMODE_OFF;
}

static bool is_more_urgent(DWORD lamp, DWORD than)
{
	static const DWORD order[] = { PHONELAMPMODE_FLASH, PHONELAMPMODE_STEADY,
		PHONELAMPMODE_WINK };

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]) && order[i] != than; i++)
		if (order[i] == lamp)
			return true;
	return false;
}

static void describe(const struct call *c, char text[PHONE_COLUMNS + 1])
{
	bool calls = c->side == CALL_SIDE_CALLER;
	const char *other = c->parties[calls ? PARTY_CONNECTED : PARTY_CALLER].number;

	if (rings(c))
		(void)snprintf(text, PHONE_COLUMNS + 1, "Call from %.9s", other ? other : "?");
	else if (c->state == CALL_STATE_CONNECTED && other)
		(void)snprintf(text, PHONE_COLUMNS + 1, "Talking to %.9s", other);
}

static struct seen look(const struct extension *e)
{
	struct seen s = { .lamp = PHONELAMPMODE_OFF };

	list_for(l, &e->calls) {
		const struct call *c = list_entry(l, struct call, link);
		DWORD lamp = lamp_of(c);

		if (rings(c) && terminal_has(&c->terminals, TERMINAL_SET, LINETERMMODE_RINGER))
			s.rings = true;
		if (terminal_has(&c->terminals, TERMINAL_SET, LINETERMMODE_LAMPS) &&
				is_more_urgent(lamp, s.lamp))
			s.lamp = lamp;
		if (terminal_has(&c->terminals, TERMINAL_SET, LINETERMMODE_DISPLAY) && !s.text[0])
			describe(c, s.text);
	}
	return s;
}

/* What an application has written stays until the line has something to say. */
static void show(struct phone *p, const char *text)
{
	bool said_something = p->shows_line;

	if (strcmp(p->line_text, text) == 0)
		return;
	memcpy(p->line_text, text, sizeof(p->line_text));
	p->shows_line = text[0] != '\0';
	if (text[0] || said_something)
		phone_show(p, text);
}

void phone_follow(struct extension *e)
{
	struct phone *p = &e->phone;
	struct seen s;

	if (exchange.config.sets_apart)
		return;
	s = look(e);
	if (s.rings != p->line_rings)
		phone_ring(p, s.rings ? RING_OF_A_CALL : 0);
	p->line_rings = s.rings;
	if (s.lamp != p->line_lamp)
		phone_light(p, PHONE_LINE_KEY, s.lamp);
	p->line_lamp = s.lamp;
	phone_light(p, PHONE_MESSAGES,
			e->status_flags & LINEDEVSTATUSFLAGS_MSGWAIT ? PHONELAMPMODE_STEADY
								     : PHONELAMPMODE_OFF);
	show(p, s.text);
}
