// SPDX-License-Identifier: MIT
/* phone_specific.c - what a hand does at the set, behind phoneDevSpecific (tapi-exchange(7)): a
 * word, a blank, and what it is about. */
#include "phone.h"

#include "exchange.h"
#include "extension.h"

#include <stdio.h>
#include <string.h>

#define WORDS_MAX 63u

static LONG no_button(const char *name)
{
	return exchange_fail(PHONEERR_INVALBUTTONLAMPID, "button",
			"the set has no button \"%s\" to press", name);
}

static LONG find_button(const struct phone *p, const char *name, DWORD *id)
{
	*id = phone_button_named(name);
	if (*id == PHONE_NOTHING || p->buttons[*id].mode == PHONEBUTTONMODE_DUMMY)
		return no_button(name);
	return 0;
}

static LONG press(struct phone *p, const char *what)
{
	DWORD id;
	LONG err = find_button(p, what, &id);

	if (err)
		return err;
	phone_press(p, id);
	phone_release(p);
	return 0;
}

static LONG hold_down(struct phone *p, const char *what)
{
	DWORD id;
	LONG err = find_button(p, what, &id);

	if (!err)
		phone_press(p, id);
	return err;
}

static LONG let_go(struct phone *p, const char *what)
{
	(void)what;
	phone_release(p);
	return 0;
}

static LONG move(struct phone *p, const char *what, DWORD mode)
{
	DWORD dev = phone_switch_named(*what ? what : "handset");

	if (!dev)
		return exchange_fail(PHONEERR_INVALHOOKSWITCHDEV, "hookswitch",
				"\"%s\" is not handset, speaker or headset", what);
	phone_move(p, dev, mode);
	return 0;
}

static LONG lift(struct phone *p, const char *what)
{
	return move(p, what, PHONEHOOKSWITCHMODE_MICSPEAKER);
}

static LONG put_down(struct phone *p, const char *what)
{
	if (*what)
		return move(p, what, PHONEHOOKSWITCHMODE_ONHOOK);
	phone_move(p, phone_off_hook(p), PHONEHOOKSWITCHMODE_ONHOOK);
	return 0;
}

static LONG set_flag(struct phone *p, DWORD flag, bool on, DWORD state)
{
	bool was = (p->status_flags & flag) != 0;

	p->status_flags = on ? p->status_flags | flag : p->status_flags & ~flag;
	if (was != on)
		phone_tell_state(p, state, 0);
	return 0;
}

static LONG suspend(struct phone *p, const char *what)
{
	(void)what;
	return set_flag(p, PHONESTATUSFLAGS_SUSPENDED, true, PHONESTATE_SUSPEND);
}

static LONG resume(struct phone *p, const char *what)
{
	(void)what;
	return set_flag(p, PHONESTATUSFLAGS_SUSPENDED, false, PHONESTATE_RESUME);
}

static LONG unplug(struct phone *p, const char *what)
{
	(void)what;
	return set_flag(p, PHONESTATUSFLAGS_CONNECTED, false, PHONESTATE_DISCONNECTED);
}

static LONG plug(struct phone *p, const char *what)
{
	(void)what;
	return set_flag(p, PHONESTATUSFLAGS_CONNECTED, true, PHONESTATE_CONNECTED);
}

static const struct {
	const char *word;
	bool by_hand; /* the set must be connected */
	LONG (*act)(struct phone *p, const char *what);
} words[] = {
	{ "press", true, press },
	{ "down", true, hold_down },
	{ "up", true, let_go },
	{ "offhook", true, lift },
	{ "onhook", true, put_down },
	{ "suspend", false, suspend },
	{ "resume", false, resume },
	{ "unplug", false, unplug },
	{ "plug", false, plug },
};

static LONG act(struct phone *p, const char *word, const char *what)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		LONG err;

		if (strcmp(words[i].word, word) != 0)
			continue;
		err = words[i].by_hand ? phone_check(p) : 0;
		return err ? err : words[i].act(p, what);
	}
	return exchange_fail(PHONEERR_INVALPARAM, "device specific",
			"\"%s\" is none of press, down, up, offhook, onhook, suspend, resume, "
			"unplug, plug",
			word);
}

LONG phone_specific(struct phone *p, DRV_REQUESTID id, const void *params, DWORD size)
{
	char text[WORDS_MAX + 1], *what;
	LONG err;

	if (!params)
		return exchange_fail(PHONEERR_INVALPOINTER, "device specific",
				"no words were given");
	if (size && ((const char *)params)[size - 1] == '\0')
		size--;
	if (!size || size > WORDS_MAX || memchr(params, '\0', size))
		return exchange_fail(PHONEERR_INVALPARAM, "device specific",
				"a word is expected, and what it is about");
	memcpy(text, params, size);
	text[size] = '\0';
	what = strchr(text, ' ');
	if (what)
		*what++ = '\0';
	err = act(p, text, what ? what : text + size);
	return err ? err : phone_done(id);
}
