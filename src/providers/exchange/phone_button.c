// SPDX-License-Identifier: MIT
/* phone_button.c - the keypad, the function keys and their lamps. */
#include "phone.h"

#include "exchange.h"
#include "extension.h"

#include "providers/kit/varpart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOLD_MS 5000u /* nobody holds a button longer */

#define LAMPS                                                                                      \
	(PHONELAMPMODE_OFF | PHONELAMPMODE_STEADY | PHONELAMPMODE_WINK | PHONELAMPMODE_FLASH |     \
			PHONELAMPMODE_FLUTTER | PHONELAMPMODE_BROKENFLUTTER)

static const char keys[PHONE_KEYS + 1] = "0123456789*#";

/* Those behind the keypad, when the exchange starts. */
static const struct {
	DWORD mode, function, lamps;
	const char *text;
} fixed[] = {
	{ PHONEBUTTONMODE_CALL, PHONEBUTTONFUNCTION_CALLAPP, LAMPS, "Line" },
	{ PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_HOLD, LAMPS, "Hold" },
	{ PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_TRANSFER, LAMPS, "Transfer" },
	{ PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_CONFERENCE, LAMPS, "Conference" },
	{ PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_FORWARD, LAMPS, "Forward" },
	{ PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_ABBREVDIAL, LAMPS, "Speed 1" },
	{ PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_ABBREVDIAL, LAMPS, "Speed 2" },
	{ PHONEBUTTONMODE_LOCAL, PHONEBUTTONFUNCTION_MUTE, LAMPS, "Mute" },
	{ PHONEBUTTONMODE_LOCAL, PHONEBUTTONFUNCTION_VOLUMEUP, PHONELAMPMODE_DUMMY, "Louder" },
	{ PHONEBUTTONMODE_LOCAL, PHONEBUTTONFUNCTION_VOLUMEDOWN, PHONELAMPMODE_DUMMY, "Softer" },
	{ PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_DROP, PHONELAMPMODE_DUMMY, "Drop" },
	{ PHONEBUTTONMODE_DUMMY, PHONEBUTTONFUNCTION_NONE, LAMPS, "Messages" }, /* a lamp alone */
};
_Static_assert(PHONE_KEYS + sizeof(fixed) / sizeof(fixed[0]) == PHONE_BUTTONS, "buttons");

static void release_late(struct timer *t)
{
	phone_release(list_entry(t, struct phone, release));
}

void phone_init_buttons(struct phone *p)
{
	for (DWORD i = 0; i < PHONE_BUTTONS; i++) {
		struct phone_button *b = &p->buttons[i];

		b->mode = PHONEBUTTONMODE_KEYPAD;
		b->function = PHONEBUTTONFUNCTION_NONE;
		b->lamp = PHONELAMPMODE_DUMMY;
		b->text[0] = keys[i < PHONE_KEYS ? i : 0];
		if (i < PHONE_KEYS)
			continue;
		b->mode = fixed[i - PHONE_KEYS].mode;
		b->function = fixed[i - PHONE_KEYS].function;
		if (fixed[i - PHONE_KEYS].lamps != PHONELAMPMODE_DUMMY)
			b->lamp = PHONELAMPMODE_OFF;
		(void)snprintf(b->text, sizeof(b->text), "%s", fixed[i - PHONE_KEYS].text);
	}
	p->held = PHONE_NOTHING;
	timer_init(&p->release, release_late);
}

DWORD phone_lamp_modes(DWORD id)
{
	return id < PHONE_KEYS ? PHONELAMPMODE_DUMMY : fixed[id - PHONE_KEYS].lamps;
}

DWORD phone_button_named(const char *name)
{
	const char *key = name[0] && !name[1] ? strchr(keys, name[0]) : NULL;
	char *end;
	unsigned long id;

	if (key)
		return (DWORD)(key - keys);
	if (name[0] < '0' || name[0] > '9')
		return PHONE_NOTHING;
	id = strtoul(name, &end, 10);
	return *end || id >= PHONE_BUTTONS ? PHONE_NOTHING : (DWORD)id;
}

static LONG bad_button(DWORD id)
{
	return exchange_fail(PHONEERR_INVALBUTTONLAMPID, "button",
			"the set has no button %u; its buttons are 0 to %u", (unsigned)id,
			PHONE_BUTTONS - 1);
}

static DWORD state_of(const struct phone *p, DWORD id)
{
	if (p->buttons[id].mode == PHONEBUTTONMODE_DUMMY)
		return PHONEBUTTONSTATE_UNAVAIL;
	return p->held == id ? PHONEBUTTONSTATE_DOWN : PHONEBUTTONSTATE_UP;
}

LONG phone_get_button(const struct phone *p, DWORD id, PHONEBUTTONINFO *out)
{
	struct varpart v;

	if (id >= PHONE_BUTTONS)
		return bad_button(id);
	if (varpart_begin(&v, out, sizeof(*out)))
		return PHONEERR_STRUCTURETOOSMALL;
	out->dwButtonMode = p->buttons[id].mode;
	out->dwButtonFunction = p->buttons[id].function;
	out->dwButtonState = state_of(p, id);
	varpart_add_text(&v, &out->dwButtonTextSize, &out->dwButtonTextOffset, p->buttons[id].text);
	return varpart_end(&v);
}

/* The text of a button as an application gave it; it may end in a NUL. */
static LONG read_text(const PHONEBUTTONINFO *in, char out[PHONE_TEXT_MAX + 1])
{
	DWORD size = in->dwButtonTextSize;
	const char *text = (const char *)in + in->dwButtonTextOffset;

	if (size && (in->dwButtonTextOffset > in->dwTotalSize ||
				    size > in->dwTotalSize - in->dwButtonTextOffset))
		return exchange_fail(PHONEERR_INVALPARAM, "button text",
				"the text lies outside of PHONEBUTTONINFO");
	if (size && text[size - 1] == '\0')
		size--;
	if (size > PHONE_TEXT_MAX)
		return exchange_fail(PHONEERR_INVALPARAM, "button text",
				"the text of a button has at most %u bytes", PHONE_TEXT_MAX);
	memset(out, 0, PHONE_TEXT_MAX + 1);
	if (size)
		memcpy(out, text, size);
	return 0;
}

static LONG check_button(DWORD id, const PHONEBUTTONINFO *in)
{
	const DWORD modes = PHONEBUTTONMODE_CALL | PHONEBUTTONMODE_FEATURE | PHONEBUTTONMODE_LOCAL |
			    PHONEBUTTONMODE_DISPLAY;
	DWORD mode = in->dwButtonMode;

	if (id >= PHONE_BUTTONS)
		return bad_button(id);
	if (id < PHONE_KEYS || fixed[id - PHONE_KEYS].mode == PHONEBUTTONMODE_DUMMY)
		return exchange_fail(PHONEERR_INVALBUTTONLAMPID, "button",
				"only the function keys, %u to %u, can be changed", PHONE_KEYS,
				PHONE_MESSAGES - 1);
	if (in->dwTotalSize < sizeof(*in))
		return PHONEERR_STRUCTURETOOSMALL;
	if (!mode || mode & (mode - 1) || mode & ~modes)
		return exchange_fail(PHONEERR_INVALBUTTONMODE, "button mode",
				"%#x is not the mode of a function key", (unsigned)mode);
	if (in->dwButtonFunction > PHONEBUTTONFUNCTION_SEND)
		return exchange_fail(PHONEERR_INVALPARAM, "button function",
				"%#x is not a function of buttons", (unsigned)in->dwButtonFunction);
	return 0;
}

LONG phone_set_button(struct phone *p, DRV_REQUESTID id, DWORD button, const PHONEBUTTONINFO *in)
{
	struct phone_button *b = &p->buttons[button < PHONE_BUTTONS ? button : 0];
	char text[PHONE_TEXT_MAX + 1];
	LONG err = phone_check(p);
	bool in_caps;

	if (!err)
		err = check_button(button, in);
	if (!err)
		err = read_text(in, text);
	if (err)
		return err;
	in_caps = b->mode != in->dwButtonMode || b->function != in->dwButtonFunction;
	b->mode = in->dwButtonMode;
	b->function = in->dwButtonFunction;
	memcpy(b->text, text, sizeof(text));
	/* Before the reply: whoever reads PHONECAPS behind that reads the new ones. */
	phone_tell_state(p, in_caps ? PHONESTATE_CAPSCHANGE : PHONESTATE_OTHER, 0);
	return phone_done(id);
}

LONG phone_get_lamp(const struct phone *p, DWORD id, DWORD *mode)
{
	if (id >= PHONE_BUTTONS)
		return bad_button(id);
	*mode = p->buttons[id].lamp;
	return 0;
}

void phone_light(struct phone *p, DWORD lamp, DWORD mode)
{
	if (p->buttons[lamp].lamp == mode)
		return;
	p->buttons[lamp].lamp = mode;
	phone_tell_state(p, PHONESTATE_LAMP, lamp);
}

LONG phone_set_lamp(struct phone *p, DRV_REQUESTID id, DWORD lamp, DWORD mode)
{
	LONG err = phone_check(p);

	if (err)
		return err;
	if (lamp >= PHONE_BUTTONS)
		return bad_button(lamp);
	if (phone_lamp_modes(lamp) == PHONELAMPMODE_DUMMY)
		return exchange_fail(PHONEERR_INVALBUTTONLAMPID, "lamp", "button %u has no lamp",
				(unsigned)lamp);
	if (!mode || mode & (mode - 1) || !(mode & phone_lamp_modes(lamp)))
		return exchange_fail(PHONEERR_INVALLAMPMODE, "lamp mode",
				"%#x is not a mode of this lamp", (unsigned)mode);
	(void)phone_done(id);
	phone_light(p, lamp, mode);
	return (LONG)id;
}

static void tell_button(const struct phone *p, DWORD id, DWORD state)
{
	DWORD mode = p->buttons[id].mode;

	if (p->button_modes & mode && p->button_states & state)
		tell_phone(p, PHONE_BUTTON, id, mode, state);
}

void phone_release(struct phone *p)
{
	DWORD id = p->held;

	if (id == PHONE_NOTHING)
		return;
	timer_stop(&p->release);
	p->held = PHONE_NOTHING;
	tell_button(p, id, PHONEBUTTONSTATE_UP);
}

void phone_press(struct phone *p, DWORD id)
{
	phone_release(p);
	p->held = id;
	exchange_arm(&p->release, HOLD_MS);
	tell_button(p, id, PHONEBUTTONSTATE_DOWN);
	phone_key(p, id);
}
