// SPDX-License-Identifier: MIT
/* account_server.c - whether a message came from the account's own server. On it depends who gets
 * a digest of our secret, whose word is taken for who somebody is, and who may send us on. */
#include "account.h"

#include "stack.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

/* An IPv6 address can be written in many ways. */
static bool is_host(const char *host, const char *ip)
{
	unsigned char a[16], b[16];

	if (strcasecmp(host, "localhost") == 0)
		return strcmp(ip, "127.0.0.1") == 0 || strcmp(ip, "::1") == 0;
	if (inet_pton(AF_INET6, host, a) == 1 && inet_pton(AF_INET6, ip, b) == 1)
		return memcmp(a, b, sizeof(a)) == 0;
	return strcmp(host, ip) == 0;
}

static bool is_known(const struct account *a, const char *ip)
{
	for (size_t i = 0; i < a->server_count; i++)
		if (strcmp(a->servers[i], ip) == 0)
			return true;
	return false;
}

bool account_is_from_server(const struct account *a, const struct sip_event *e)
{
	const struct account_config *c = a->config;

	if (!e->from[0] || !c->server.host[0])
		return false;
	return is_host(c->server.host, e->from) || is_host(c->proxy.host, e->from) ||
	       is_known(a, e->from);
}

void account_learn_server(struct account *a, const struct sip_event *e)
{
	size_t size = strlen(e->from);

	if (!size || size > ADDRESS_MAX || sip_event_is_local(e) || account_is_from_server(a, e))
		return;
	if (a->server_count == ACCOUNT_SERVERS_MAX) { /* the oldest one goes */
		a->server_count--;
		memmove(a->servers[0], a->servers[1], a->server_count * sizeof(a->servers[0]));
	}
	memcpy(a->servers[a->server_count++], e->from, size + 1);
}

struct parties_rules account_rules(const struct account *a, const struct sip_event *e)
{
	return (struct parties_rules){ a->config->domain, account_is_from_server(a, e) };
}
