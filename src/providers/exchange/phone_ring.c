// SPDX-License-Identifier: MIT
/* phone_ring.c - the ringer, and the data areas. */
#include "phone.h"

#include "exchange.h"
#include "extension.h"

#include <string.h>

void phone_ring(struct phone *p, DWORD mode)
{
	if (p->ring_mode == mode)
		return;
	p->ring_mode = mode;
	phone_tell_state(p, PHONESTATE_RINGMODE, mode);
}

LONG phone_set_ring(struct phone *p, DRV_REQUESTID id, DWORD mode, DWORD volume)
{
	LONG err = phone_check(p);

	if (err)
		return err;
	if (mode > PHONE_RING_MODES)
		return exchange_fail(PHONEERR_INVALRINGMODE, "ring mode",
				"the set rings in modes 1 to %u, 0 is silence", PHONE_RING_MODES);
	if (volume > PHONE_LEVEL_MAX)
		volume = PHONE_LEVEL_MAX;
	(void)phone_done(id);
	phone_ring(p, mode);
	if (p->ring_volume != volume) {
		p->ring_volume = volume;
		phone_tell_state(p, PHONESTATE_RINGVOLUME, volume);
	}
	return (LONG)id;
}

static LONG check_area(DWORD area)
{
	if (area < PHONE_AREAS)
		return 0;
	return exchange_fail(PHONEERR_INVALDATAID, "data area",
			"the set has data areas 0 to %u, not %u", PHONE_AREAS - 1, (unsigned)area);
}

LONG phone_get_data(const struct phone *p, DWORD area, void *data, DWORD size)
{
	LONG err = check_area(area);

	if (err)
		return err;
	if (!size) /* there need be no room then */
		return 0;
	memset(data, 0, size);
	memcpy(data, p->areas[area], size < PHONE_AREA_SIZE ? size : PHONE_AREA_SIZE);
	return 0;
}

LONG phone_set_data(struct phone *p, DRV_REQUESTID id, DWORD area, const void *data, DWORD size)
{
	LONG err = phone_check(p);

	if (!err)
		err = check_area(area);
	if (err)
		return err;
	if (size > PHONE_AREA_SIZE)
		return exchange_fail(PHONEERR_INVALPARAM, "data area",
				"a data area has %u bytes, not %u", PHONE_AREA_SIZE,
				(unsigned)size);
	if (size)
		memcpy(p->areas[area], data, size);
	(void)phone_done(id);
	phone_tell_state(p, PHONESTATE_OTHER, 0);
	return (LONG)id;
}
