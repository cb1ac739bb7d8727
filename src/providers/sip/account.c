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

static void name_it(struct account *a)
{
	const struct account_config *c = a->config;

	(void)snprintf(a->aor, sizeof(a->aor), "%s:%s%s%s",
			c->transport == TRANSPORT_TLS && c->server.host[0] ? "sips" : "sip",
			c->user, c->domain[0] ? "@" : "", c->domain);
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
	name_it(a);
	services_account_changed(a);
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
bool account_address_towards(const char *ip, char out[ADDRESS_MAX + 1])
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
