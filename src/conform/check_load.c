// SPDX-License-Identifier: MIT
/* check_load.c - before a session: exports, versions, keys. */
#include "checks.h"
#include "kit.h"

#include <stdio.h>
#include <string.h>

static void check_load(void)
{
	kit_load();
}

static void check_version(DWORD low, DWORD high)
{
	DWORD got = 0;
	LONG result = TSPI(lineNegotiateTSPIVersion, INITIALIZE_NEGOTIATION, low, high, &got);

	if (!result && (got < low || got > high))
		fault("asked for %#x to %#x it chooses version %#x", (unsigned)low, (unsigned)high,
				(unsigned)got);
	if (result && result != LINEERR_INCOMPATIBLEAPIVERSION)
		fault("asked for %#x to %#x it answers %s, not LINEERR_INCOMPATIBLEAPIVERSION",
				(unsigned)low, (unsigned)high, kit_error(result));
}

static void check_versions(void)
{
	static const DWORD known[] = { 0x00010003, 0x00010004, 0x00020000, 0x00020001, 0x00020002,
		0x00030000, 0x00030001 };
	DWORD got = 0;

	kit_load();
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		check_version(known[i], known[i]);
		check_version(KIT_LOW, known[i]);
	}
	if (TSPI(lineNegotiateTSPIVersion, INITIALIZE_NEGOTIATION, 0x7fff0000, 0x7fff0001, &got) ==
			0)
		fault("asked for version 0x7fff0000 to 0x7fff0001 it agrees to %#x", (unsigned)got);
	if (kit.tsp.phoneNegotiateTSPIVersion) {
		LONG result = TSPI(phoneNegotiateTSPIVersion, INITIALIZE_NEGOTIATION, KIT_LOW,
				KIT_HIGH, &got);

		if (!result && (got < KIT_LOW || got > KIT_HIGH))
			fault("for phones it chooses version %#x", (unsigned)got);
	}
}

struct keys {
	unsigned count;
};

static void CALLBACK on_key(DWORD_PTR context, const TSPI_KEY *key)
{
	struct keys *k = (struct keys *)context;

	k->count++;
	if (!key->key || !*key->key)
		fault("it describes a key without a name");
	else if (!key->type || key->type > TSPIKEY_LIST)
		fault("the key %s is described with the type %u, which there is not", key->key,
				(unsigned)key->type);
	else if (!key->help || !*key->help)
		fault("the key %s is described without help", key->key);
	else if (key->normal && key->key[0] != '?' &&
			TSPI(providerConfigure, key->key, key->normal))
		fault("the key %s does not take %s, which is normal", key->key, key->normal);
	if (key->key && key->type == TSPIKEY_NUMBER && key->key[0] != '?' &&
			key->max < UINT32_MAX) {
		char text[16];

		(void)snprintf(text, sizeof(text), "%u", (unsigned)key->max + 1);
		if (!TSPI(providerConfigure, key->key, text))
			fault("the key %s takes %s, which is above its most", key->key, text);
	}
}

static void check_keys(void)
{
	struct keys keys = { 0 };

	kit_load();
	if (!kit.tsp.providerConfigure) {
		if (kit.tsp.providerConfigured || kit.tsp.providerDescribeKeys)
			stop("it speaks of keys, but does not export TSPI_providerConfigure");
		skip("it takes no configuration");
	}
	if (!TSPI(providerConfigure, "no such key, surely", "1"))
		fault("TSPI_providerConfigure takes the key \"no such key, surely\"");
	if (kit.tsp.providerDescribeKeys && TSPI(providerDescribeKeys, on_key, (DWORD_PTR)&keys))
		fault("TSPI_providerDescribeKeys fails");
	if (kit.tsp.providerDescribeKeys && !keys.count)
		fault("TSPI_providerDescribeKeys describes no key");
}

const struct check checks_load[] = {
	{ "load", "it loads and exports the basic set", check_load },
	{ "version", "a version is chosen from the range, or there is none", check_versions },
	{ "keys", "keys are described truly, others are refused", check_keys },
};
const size_t checks_load_count = sizeof(checks_load) / sizeof(checks_load[0]);
