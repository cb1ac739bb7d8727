// SPDX-License-Identifier: MIT
/* phone_switch.c - handset, speaker and headset: their hookswitches, volumes and gains. One row
 * each. */
#include "phone.h"

#include "exchange.h"
#include "extension.h"

#include <string.h>

/* clang-format off */
static const struct {
	const char *name;
	DWORD dev, hook, volume, gain; /* PHONESTATE_ */
} rows[PHONE_SWITCHES] = {
	{ "handset", PHONEHOOKSWITCHDEV_HANDSET, PHONESTATE_HANDSETHOOKSWITCH,
		PHONESTATE_HANDSETVOLUME, PHONESTATE_HANDSETGAIN },
	{ "speaker", PHONEHOOKSWITCHDEV_SPEAKER, PHONESTATE_SPEAKERHOOKSWITCH,
		PHONESTATE_SPEAKERVOLUME, PHONESTATE_SPEAKERGAIN },
	{ "headset", PHONEHOOKSWITCHDEV_HEADSET, PHONESTATE_HEADSETHOOKSWITCH,
		PHONESTATE_HEADSETVOLUME, PHONESTATE_HEADSETGAIN },
};
/* clang-format on */

DWORD phone_switch_of(DWORD dev)
{
	for (DWORD i = 0; i < PHONE_SWITCHES; i++)
		if (rows[i].dev == dev)
			return i;
	return PHONE_NOTHING;
}

DWORD phone_switch_named(const char *name)
{
	for (DWORD i = 0; i < PHONE_SWITCHES; i++)
		if (strcmp(rows[i].name, name) == 0)
			return rows[i].dev;
	return 0;
}

DWORD phone_off_hook(const struct phone *p)
{
	DWORD devs = 0;

	for (DWORD i = 0; i < PHONE_SWITCHES; i++)
		if (p->switches[i].mode != PHONEHOOKSWITCHMODE_ONHOOK)
			devs |= rows[i].dev;
	return devs;
}

void phone_move(struct phone *p, DWORD devs, DWORD mode)
{
	DWORD before = phone_off_hook(p), after, lifted;

	for (DWORD i = 0; i < PHONE_SWITCHES; i++) {
		if (!(devs & rows[i].dev) || p->switches[i].mode == mode)
			continue;
		p->switches[i].mode = mode;
		phone_tell_state(p, rows[i].hook, mode);
	}
	after = phone_off_hook(p);
	lifted = after & ~before;
	if (!before && lifted)
		phone_lifted(p, lifted);
	else if (before && !after)
		phone_put_down(p);
}

LONG phone_set_switches(struct phone *p, DRV_REQUESTID id, DWORD devs, DWORD mode)
{
	const DWORD all = PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_SPEAKER |
			  PHONEHOOKSWITCHDEV_HEADSET;
	LONG err = phone_check(p);

	if (err)
		return err;
	if (!devs || devs & ~all)
		return exchange_fail(PHONEERR_INVALHOOKSWITCHDEV, "hookswitch",
				"%#x names no handset, speaker or headset", (unsigned)devs);
	if (!mode || mode & (mode - 1) || mode >= PHONEHOOKSWITCHMODE_UNKNOWN)
		return exchange_fail(PHONEERR_INVALHOOKSWITCHMODE, "hookswitch mode",
				"%#x is not a mode that a hookswitch can be set to",
				(unsigned)mode);
	(void)phone_done(id);
	phone_move(p, devs, mode);
	return (LONG)id;
}

void phone_turn(struct phone *p, DWORD index, DWORD volume)
{
	if (p->switches[index].volume == volume)
		return;
	p->switches[index].volume = volume;
	phone_tell_state(p, rows[index].volume, volume);
}

static LONG find(DWORD dev, DWORD *index)
{
	*index = phone_switch_of(dev);
	if (*index != PHONE_NOTHING)
		return 0;
	return exchange_fail(PHONEERR_INVALHOOKSWITCHDEV, "hookswitch",
			"%#x is not one of handset, speaker and headset", (unsigned)dev);
}

LONG phone_get_level(const struct phone *p, enum phone_level level, DWORD dev, DWORD *value)
{
	DWORD i;
	LONG err = find(dev, &i);

	if (!err)
		*value = level == PHONE_VOLUME ? p->switches[i].volume : p->switches[i].gain;
	return err;
}

LONG phone_set_level(struct phone *p, DRV_REQUESTID id, enum phone_level level, DWORD dev,
		DWORD value)
{
	DWORD i, *at;
	LONG err = phone_check(p);

	if (!err)
		err = find(dev, &i);
	if (err)
		return err;
	if (value > PHONE_LEVEL_MAX)
		value = PHONE_LEVEL_MAX;
	at = level == PHONE_VOLUME ? &p->switches[i].volume : &p->switches[i].gain;
	(void)phone_done(id);
	if (*at == value)
		return (LONG)id;
	*at = value;
	phone_tell_state(p, level == PHONE_VOLUME ? rows[i].volume : rows[i].gain, value);
	return (LONG)id;
}
