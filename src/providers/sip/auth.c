// SPDX-License-Identifier: MIT
/* auth.c - sofia computes the digests; it is told the secret only for a realm that asks for one. */
#define LOG_TOPIC "sip"
#include "auth.h"

#include "account.h"
#include "dialog.h"
#include "secret.h"

#include "base/log.h"

#include <stdio.h>
#include <string.h>

#include <sofia-sip/msg_header.h>
#include <sofia-sip/nua_tag.h>

#define REALM_MAX 256

static bool is_challenge(int status)
{
	return status == 401 || status == 407;
}

/* "Digest:"realm":user:secret". The buffer is wiped by whoever gave it. */
static bool write_credentials(const struct account *a, const msg_auth_t *au, char *out, size_t size)
{
	const char *realm = msg_header_find_param(au->au_common, "realm");
	int n;

	if (!realm || strlen(realm) > REALM_MAX || !au->au_scheme)
		return false;
	n = realm[0] == '"' ? snprintf(out, size, "%s:%s:%s:%s", au->au_scheme, realm,
					      a->config->auth_user, a->config->secret)
			    : snprintf(out, size, "%s:\"%s\":%s:%s", au->au_scheme, realm,
					      a->config->auth_user, a->config->secret);
	return n > 0 && (size_t)n < size;
}

static bool answer_one(const struct account *a, const struct sip_event *e, const msg_auth_t *au)
{
	char text[REALM_MAX + 2 * CONFIG_TEXT_MAX + CONFIG_SECRET_MAX + 64];
	bool good;

	good = write_credentials(a, au, text, sizeof(text));
	if (good)
		nua_authenticate(e->nh, NUTAG_AUTH(text), TAG_END());
	secret_wipe(text, sizeof(text));
	return good;
}

static bool answer(const struct account *a, const struct sip_event *e, unsigned *answered)
{
	const msg_auth_t *au;
	unsigned bit = e->status == 401 ? 1u : 2u;

	if (!is_challenge(e->status) || !e->sip || !a->config->secret[0] || *answered & bit)
		return false;
	au = e->status == 401 ? e->sip->sip_www_authenticate : e->sip->sip_proxy_authenticate;
	if (!au)
		return false;
	*answered |= bit;
	log_debug("line %s answers a challenge", account_name(a));
	return answer_one(a, e, au);
}

/* Whom we call, and who calls us and makes us say BYE, could else collect digests and guess the
 * secret at leisure. */
bool auth_answer(const struct account *a, const struct sip_event *e, unsigned *answered)
{
	return account_is_from_server(a, e) && answer(a, e, answered);
}

bool auth_answer_in(const struct dialog *d, const struct sip_event *e, unsigned *answered)
{
	const struct account *a = d->account;

	if (a->config->server.host[0] || d->is_incoming)
		return auth_answer(a, e, answered);
	return answer(a, e, answered);
}
