// SPDX-License-Identifier: MIT
/* account.c - an account comes from the configuration, changes with it, and goes with it. */
#define LOG_TOPIC "sip"
#include "account.h"

#include "call.h"
#include "services.h"
#include "sip.h"
#include "tell.h"

#include "base/log.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define SOME_IP "192.0.2.1" /* an address that every default route leads to (RFC 5737) */

static bool is_tls(const struct account *a)
{
	return a->config->transport == TRANSPORT_TLS;
}

static void write_host(const char *ip, char *out, size_t size)
{
	(void)snprintf(out, size, strchr(ip, ':') && ip[0] != '[' ? "[%s]" : "%s", ip);
}

/* Peer to peer there is no domain: the account is where this machine listens. */
static void name_it(struct account *a)
{
	const struct account_config *c = a->config;
	const char *scheme = is_tls(a) && c->server.host[0] ? "sips" : "sip";
	const char *self = stack_host(false)[0]  ? stack_host(false)
			   : a->local_address[0] ? a->local_address
						 : "127.0.0.1";
	const bool by_tls = is_tls(a) && stack_port(true);
	const unsigned port = stack_port(by_tls);
	char host[CONFIG_TEXT_MAX + 3];

	if (c->domain[0]) {
		(void)snprintf(a->aor, sizeof(a->aor), "%s:%s@%s", scheme, c->user, c->domain);
		return;
	}
	write_host(self, host, sizeof(host));
	if (port && port != 5060)
		(void)snprintf(a->aor, sizeof(a->aor), "%s:%s@%s:%u", scheme, c->user, host, port);
	else
		(void)snprintf(a->aor, sizeof(a->aor), "%s:%s@%s", scheme, c->user, host);
}

void account_find_self(struct account *a)
{
	bool has_server = a->config->server.host[0] || a->config->proxy.host[0];

	if (has_server)
		(void)account_find_local(a, NULL, a->local_address);
	else
		(void)account_address_towards(SOME_IP, a->local_address);
	name_it(a);
}

const char *account_transport(const struct account *a)
{
	static const char *const params[] = { [TRANSPORT_UDP] = "",
		[TRANSPORT_TCP] = ";transport=tcp",
		[TRANSPORT_TLS] = ";transport=tls" };

	return params[a->config->transport];
}

void account_write_contact(const struct account *a, const char *user, const char *local, char *out,
		size_t size)
{
	const char *own = stack_host(is_tls(a));
	const char *ip = a->config->public_address[0] ? a->config->public_address
			 : own[0]                     ? own
						      : local;
	char host[CONFIG_TEXT_MAX + 3];

	out[0] = '\0';
	if (!ip[0] || !stack_port(is_tls(a)))
		return;
	write_host(ip, host, sizeof(host));
	(void)snprintf(out, size, "<sip:%s@%s:%u%s>", user, host, (unsigned)stack_port(is_tls(a)),
			account_transport(a));
}

struct account *account_new_take(struct account_config *config)
{
	struct account *a = mem_new(struct account);

	if (!a) {
		account_config_free(config);
		return NULL;
	}
	list_init(&a->link);
	list_init(&a->calls);
	list_init(&a->instances);
	a->refs = 1;
	a->config = config;
	registration_init(&a->registration);
	message_waiting_init(&a->waiting);
	name_it(a);
	return a;
}

struct account *account_ref(struct account *a)
{
	a->refs++;
	return a;
}

void account_unref(struct account *a)
{
	if (--a->refs)
		return;
	account_config_free(a->config);
	mem_free(a);
}

void account_change_take(struct account *a, struct account_config *config)
{
	log_info("line %s has changed", account_name(a));
	registration_stop(a);
	account_config_free(a->config);
	a->config = config;
	a->local_address[0] = '\0';
	a->server_count = 0;
	name_it(a);
	services_account_changed(a);
	account_tell_state(a, LINEDEVSTATE_CAPSCHANGE, NULL);
	registration_start(a);
}

void account_announce(struct account *a)
{
	log_info("line %s is new", account_name(a));
	a->temporary_id = sip_new_handle();
	tell_provider(LINE_CREATE, (DWORD_PTR)sip.provider, (DWORD_PTR)a->temporary_id);
}

LONG account_created(uint64_t temporary_id, DWORD device)
{
	list_for(l, &sip.accounts) {
		struct account *a = list_entry(l, struct account, link);

		if (a->temporary_id != temporary_id || a->has_device || a->is_removed)
			continue;
		a->device = device;
		a->has_device = true;
		registration_start(a);
		return 0;
	}
	return sip_fail(LINEERR_OPERATIONFAILED, "device", "the line has gone meanwhile");
}

void account_remove(struct account *a)
{
	log_info("line %s is removed", account_name(a));
	a->is_removed = true;
	account_close(a);
	services_account_changed(a);
	registration_stop(a);
	if (a->has_device)
		tell_provider(LINE_REMOVE, a->device, 0);
	list_remove(&a->link);
	account_unref(a);
}

struct account *account_find(HDRVLINE handle)
{
	list_for(l, &sip.accounts) {
		struct account *a = list_entry(l, struct account, link);

		if (a->is_open && a->handle == (uint64_t)handle)
			return a;
	}
	return NULL;
}

DWORD account_count(void)
{
	DWORD count = 0;

	list_for(l, &sip.accounts)
		count++;
	return count;
}

const char *account_name(const struct account *a)
{
	return a->config->name;
}

/* How well a URI fits an account's user and domain. */
static int fit(const struct account *a, const url_t *u, int user, int host)
{
	int points = 0;

	if (!u)
		return 0;
	if (u->url_user && strcmp(u->url_user, a->config->user) == 0)
		points += user;
	if (points && u->url_host && strcasecmp(u->url_host, a->config->domain) == 0)
		points += host;
	return points;
}

struct account *account_called(const sip_t *m)
{
	struct account *best = NULL, *only = NULL;
	int best_points = 0;
	size_t count = 0;

	list_for(l, &sip.accounts) {
		struct account *a = list_entry(l, struct account, link);
		int points = fit(a, m->sip_request->rq_url, 8, 4);

		points += m->sip_to ? fit(a, m->sip_to->a_url, 2, 1) : 0;
		if (points > best_points) {
			best = a;
			best_points = points;
		}
		only = a;
		count++;
	}
	if (!best && count == 1 && !m->sip_request->rq_url->url_user)
		return only;
	return best;
}

static bool read_ip(const char *ip, struct sockaddr_storage *out, socklen_t *size)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(5060) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(5060) };

	if (inet_pton(AF_INET, ip, &v4.sin_addr) == 1) {
		memcpy(out, &v4, sizeof(v4));
		*size = sizeof(v4);
		return true;
	}
	if (inet_pton(AF_INET6, ip, &v6.sin6_addr) == 1) {
		memcpy(out, &v6, sizeof(v6));
		*size = sizeof(v6);
		return true;
	}
	return false;
}

/* Connecting a UDP socket sends nothing; the kernel only chooses the address. */
static bool ask_kernel(const char *ip, char out[ADDRESS_MAX + 1])
{
	struct sockaddr_storage to, own;
	socklen_t to_size, size = sizeof(own);
	const void *address;
	bool good;
	int fd;

	if (!read_ip(ip, &to, &to_size))
		return false;
	fd = socket(to.ss_family, SOCK_DGRAM, 0);
	if (fd < 0)
		return false;
	good = connect(fd, (struct sockaddr *)&to, to_size) == 0 &&
	       getsockname(fd, (struct sockaddr *)&own, &size) == 0;
	(void)close(fd);
	if (!good)
		return false;
	address = own.ss_family == AF_INET
				  ? (const void *)&((struct sockaddr_in *)(void *)&own)->sin_addr
				  : (const void *)&((struct sockaddr_in6 *)(void *)&own)->sin6_addr;
	return inet_ntop(own.ss_family, address, out, ADDRESS_MAX + 1) != NULL;
}

/* Most calls of a time come from one server: its answer is kept until the network changes. */
static struct {
	char ip[ADDRESS_MAX + 1], local[ADDRESS_MAX + 1];
} last_route;

void account_forget_routes(void)
{
	last_route.ip[0] = '\0';
}

bool account_address_towards(const char *ip, char out[ADDRESS_MAX + 1])
{
	if (last_route.ip[0] && strcmp(last_route.ip, ip) == 0) {
		memcpy(out, last_route.local, ADDRESS_MAX + 1);
		return true;
	}
	if (strlen(ip) > ADDRESS_MAX || !ask_kernel(ip, out))
		return false;
	memcpy(last_route.ip, ip, strlen(ip) + 1);
	memcpy(last_route.local, out, ADDRESS_MAX + 1);
	return true;
}
