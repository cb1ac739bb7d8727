// SPDX-License-Identifier: MIT
/* configure.c - keys are collected, then taken over together: all of them before the start, those
 * that can change at any time while the exchange runs. */
#include "exchange.h"

static bool begin(void)
{
	config_fini(&exchange.collected);
	exchange.is_collecting = config_init(&exchange.collected) == 0;
	return exchange.is_collecting;
}

LONG exchange_configure(const char *key, const char *value)
{
	const char *why = "";

	if (!exchange.is_collecting && !begin())
		return LINEERR_NOMEM;
	if (config_set(&exchange.collected, key, value, &why) == 0)
		return 0;
	exchange.is_collecting = false; /* the next key begins a new set */
	return exchange_fail(LINEERR_INVALPARAM, key, "%s", why);
}

LONG exchange_configured(void)
{
	const char *fixed, *wrong, *why = "";

	if (!exchange.is_collecting && !begin()) /* no key at all: the set is empty */
		return LINEERR_NOMEM;
	exchange.is_collecting = false;
	wrong = config_fault(&exchange.collected, &why);
	if (wrong)
		return exchange_fail(LINEERR_INVALPARAM, wrong, "%s", why);
	fixed = exchange.count ? config_fixed_key(&exchange.config, &exchange.collected) : NULL;
	if (fixed)
		return exchange_fail(LINEERR_OPERATIONUNAVAIL, fixed,
				"this changes only when the provider is started again");
	config_fini(&exchange.config);
	exchange.config = exchange.collected;
	exchange.collected = (struct config){ 0 };
	return 0;
}

void exchange_configure_late(void)
{
	if (exchange.is_collecting)
		(void)exchange_configured();
}
