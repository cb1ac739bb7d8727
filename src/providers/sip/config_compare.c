// SPDX-License-Identifier: MIT
/* config_compare.c - copies of accounts, and what a reload has changed. */
#include "config.h"

#include "secret.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

static bool same_host(const struct host_port *a, const struct host_port *b)
{
	return a->port == b->port && strcmp(a->host, b->host) == 0;
}

static bool same_texts(const struct account_config *a, const struct account_config *b)
{
	return strcmp(a->name, b->name) == 0 && strcmp(a->domain, b->domain) == 0 &&
	       strcmp(a->user, b->user) == 0 && strcmp(a->auth_user, b->auth_user) == 0 &&
	       strcmp(a->secret, b->secret) == 0 && strcmp(a->caller_name, b->caller_name) == 0 &&
	       strcmp(a->codecs, b->codecs) == 0 &&
	       strcmp(a->public_address, b->public_address) == 0;
}

/* From where the secret comes is nobody's business; whether it is another one is. */
bool account_config_equal(const struct account_config *a, const struct account_config *b)
{
	return same_texts(a, b) && same_host(&a->server, &b->server) &&
	       same_host(&a->proxy, &b->proxy) && a->transport == b->transport &&
	       a->registers == b->registers && a->expires_s == b->expires_s && a->srtp == b->srtp &&
	       a->calls == b->calls && a->reject == b->reject && a->digits == b->digits &&
	       a->nat == b->nat && a->session_expires_s == b->session_expires_s &&
	       a->reliable == b->reliable && a->mwi == b->mwi &&
	       a->no_answer_ms == b->no_answer_ms && a->retry_min_s == b->retry_min_s &&
	       a->retry_max_s == b->retry_max_s && a->uui_size == b->uui_size;
}

const char *config_fixed_key(const struct config *a, const struct config *b)
{
	const struct {
		const char *key;
		bool is_same;
	} rows[] = {
		{ "listen", same_host(&a->listen, &b->listen) },
		{ "listen_tls", same_host(&a->listen_tls, &b->listen_tls) },
		{ "tls_certificate", strcmp(a->tls_certificate, b->tls_certificate) == 0 },
		{ "tls_key", strcmp(a->tls_key, b->tls_key) == 0 },
		{ "tls_ca", strcmp(a->tls_ca, b->tls_ca) == 0 },
		{ "tls_verify", a->tls_verify == b->tls_verify },
		{ "user_agent", strcmp(a->user_agent, b->user_agent) == 0 },
		{ "t1_ms", a->t1_ms == b->t1_ms },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!rows[i].is_same)
			return rows[i].key;
	return NULL;
}

struct account_config *account_config_dup(const struct account_config *a)
{
	return mem_dup(a, sizeof(*a));
}

void account_config_free(struct account_config *a)
{
	if (a)
		secret_wipe(a, sizeof(*a));
	mem_free(a);
}

void host_port_write(const struct host_port *h, char *out, size_t size)
{
	bool is_six = strchr(h->host, ':') != NULL;
	int used = snprintf(out, size, "%s%s%s", is_six ? "[" : "", h->host, is_six ? "]" : "");

	if (h->port && used >= 0 && (size_t)used < size)
		(void)snprintf(out + used, size - (size_t)used, ":%u", (unsigned)h->port);
}
