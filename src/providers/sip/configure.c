// SPDX-License-Identifier: MIT
/* configure.c - a set of keys is taken over as a whole: accounts that are new come, those that are
 * not in it go, those that changed register anew. Calls of the others notice nothing. */
#define LOG_TOPIC "sip"
#include "sip.h"

#include "account.h"
#include "stack.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static LONG bad_config(const struct config_error *why, int err)
{
	/* The next key begins a new set. */
	sip.is_collecting = false;
	return sip_fail(err == -ENOMEM ? LINEERR_NOMEM : LINEERR_INVALPARAM, why->cause, "%s",
			why->sentence);
}

LONG sip_configure(const char *key, const char *value)
{
	struct config_error why = { 0 };
	int err;

	if (!sip.is_collecting) {
		config_fini(&sip.collected);
		config_init(&sip.collected);
		sip.is_collecting = true;
	}
	err = config_set(&sip.collected, key, value, &why);
	return err ? bad_config(&why, err) : 0;
}

/* The account's place in the new set is emptied: what is left there afterwards is new. */
static struct account_config *take_config(struct config *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++) {
		struct account_config *found = c->accounts[i];

		if (!found || strcmp(found->name, name) != 0)
			continue;
		c->accounts[i] = NULL;
		return found;
	}
	return NULL;
}

static void update_accounts(struct config *c)
{
	list_for_safe(l, &sip.accounts) {
		struct account *a = list_entry(l, struct account, link);
		struct account_config *wanted;

		if (a->is_removed)
			continue;
		wanted = take_config(c, account_name(a));
		if (!wanted)
			account_remove(a);
		else if (account_config_equal(a->config, wanted))
			account_config_free(wanted);
		else
			account_change_take(a, wanted);
	}
}

static int add_accounts(struct config *c)
{
	for (size_t i = 0; i < c->count; i++) {
		struct account *a;

		if (!c->accounts[i])
			continue;
		a = account_new_take(c->accounts[i]);
		c->accounts[i] = NULL;
		if (!a)
			return -ENOMEM;
		list_append(&sip.accounts, &a->link);
		if (sip.is_started)
			account_announce(a);
	}
	return 0;
}

/* The accounts live in sip.accounts; what is left in the set is what they have in common. */
static int take_over(struct config *c)
{
	int err;

	update_accounts(c);
	err = add_accounts(c);
	c->count = 0;
	config_fini(&sip.config);
	sip.config = *c;
	config_init(c);
	log_set_level(sip.config.log);
	return err;
}

/* Sofia opens its socket for TLS at its beginning or never. */
static const struct account_config *find_tls_without_socket(const struct config *c)
{
	for (size_t i = 0; !stack_port(true) && i < c->count; i++)
		if (c->accounts[i]->transport == TRANSPORT_TLS)
			return c->accounts[i];
	return NULL;
}

/* What runs cannot become this one. */
static LONG check_change(const struct config *c)
{
	const struct account_config *tls = find_tls_without_socket(c);
	const char *key = config_fixed_key(c, &sip.config);
	char cause[CONFIG_NAME_MAX + 16];

	if (key)
		return sip_fail(LINEERR_OPERATIONFAILED, key,
				"this changes only when the provider is started again");
	if (!tls)
		return 0;
	(void)snprintf(cause, sizeof(cause), "%s/transport", tls->name);
	return sip_fail(LINEERR_OPERATIONFAILED, cause,
			"the first line with TLS needs a restart of the provider");
}

LONG sip_configured(void)
{
	struct config_error why = { 0 };
	int err;

	if (!sip.is_collecting) { /* no key at all: the set is empty */
		config_fini(&sip.collected);
		config_init(&sip.collected);
	}
	sip.is_collecting = false;
	err = config_check(&sip.collected, &why);
	if (err)
		return bad_config(&why, err);
	if (sip.is_started && check_change(&sip.collected))
		return LINEERR_OPERATIONFAILED;
	err = take_over(&sip.collected);
	sip.is_configured = true;
	return err ? sip_fail(LINEERR_NOMEM, "memory", "out of memory") : 0;
}
