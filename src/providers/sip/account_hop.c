// SPDX-License-Identifier: MIT
/* account_hop.c - where a request of an account goes first: to its proxy, to its server, or to the
 * host of the URI; and from which of our addresses. */
#include "account.h"

#include "hosts.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

bool account_is_own_domain(const struct account *a, const char *host)
{
	return a->config->server.host[0] && strcasecmp(host, a->config->domain) == 0;
}

/* `to` NULL: the server is meant itself. */
static struct host_port first_hop(const struct account *a, const struct host_port *to)
{
	const struct account_config *c = a->config;

	if (c->proxy.host[0])
		return c->proxy;
	return !to || account_is_own_domain(a, to->host) ? c->server : *to;
}

/* A certificate is checked against the name, so the name has to stay there. */
static bool find_host(const struct account *a, struct host_port *hop)
{
	char ip[ADDRESS_MAX + 1];

	if (a->config->transport == TRANSPORT_TLS || !hosts_find(hop->host, ip, sizeof(ip)))
		return false;
	(void)snprintf(hop->host, sizeof(hop->host), "%s", ip);
	return true;
}

/* The URI names its first hop by itself. */
static bool says_its_hop(const struct account *a, const struct host_port *to)
{
	const struct account_config *c = a->config;

	if (c->proxy.host[0])
		return false;
	if (!to || !account_is_own_domain(a, to->host))
		return true;
	return !c->server.port && strcasecmp(c->server.host, c->domain) == 0;
}

void account_write_route(const struct account *a, const struct host_port *to, char *out,
		size_t size)
{
	struct host_port hop = first_hop(a, to);
	char uri[CONFIG_TEXT_MAX + 64];
	bool is_found = find_host(a, &hop);

	out[0] = '\0';
	if (says_its_hop(a, to) && !is_found)
		return;
	registration_write_uri(a, &hop, ";lr", uri, sizeof(uri));
	(void)snprintf(out, size, "<%s>", uri);
}

bool account_find_local(const struct account *a, const struct host_port *to,
		char out[ADDRESS_MAX + 1])
{
	struct host_port hop = first_hop(a, to);
	char ip[ADDRESS_MAX + 1];

	if (account_address_towards(hop.host, out))
		return true;
	return hosts_find(hop.host, ip, sizeof(ip)) && account_address_towards(ip, out);
}
