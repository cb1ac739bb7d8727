// SPDX-License-Identifier: MIT
/* network.c - the system tells that an address has come or gone, or it is looked at every half
 * minute where it tells nothing. A change is acted on when it has been quiet for a moment. */
#define LOG_TOPIC "sip"
#include "network.h"

#include "account.h"
#include "sip.h"
#include "stack_private.h"

#include "base/log.h"
#include "base/os.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define QUIET_MS 500
#define LOOK_MS  30000

static struct timer timer;
static bool is_watched;

bool addresses_have(const struct addresses *a, const char *ip)
{
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->ips[i], ip) == 0)
			return true;
	return false;
}

static void add_address(const char *ip, void *arg)
{
	struct addresses *a = arg;

	if (a->count < STACK_ADDRESSES_MAX && !addresses_have(a, ip))
		(void)snprintf(a->ips[a->count++], sizeof(stack_ip), "%s", ip);
}

void addresses_read(struct addresses *out)
{
	out->count = 0;
	(void)os_addresses(add_address, out);
}

static void listen_at_new(struct stack *s)
{
	struct addresses now;

	if (stack_host(false)[0])
		return; /* at one address only, by configuration */
	addresses_read(&now);
	for (size_t i = 0; i < now.count; i++)
		if (!addresses_have(&s->addresses, now.ips[i]))
			agents_add(s, now.ips[i]);
}

/* Has the way to its server another beginning now? Of a server that has a name only, it is not
 * known. */
static bool has_moved(struct account *a)
{
	char before[ADDRESS_MAX + 1], server[ADDRESS_MAX + 1];

	memcpy(before, a->local_address, sizeof(before));
	account_find_self(a);
	return strcmp(before, a->local_address) != 0 || !account_find_local(a, NULL, server);
}

static void look(struct timer *t)
{
	struct stack *s = stack_running();

	(void)t;
	if (!is_watched)
		sip_arm(&timer, LOOK_MS);
	if (!s)
		return;
	account_forget_routes();
	listen_at_new(s);
	list_for(l, &sip.accounts) {
		struct account *a = list_entry(l, struct account, link);

		if (!a->config->registers || a->registration.state == REGISTRATION_STOPPED)
			continue;
		if (!has_moved(a) && a->registration.state == REGISTRATION_ON)
			continue;
		log_info("line %s: the network has changed", account_name(a));
		registration_refresh(a);
	}
}

static int on_change(su_root_magic_t *magic, su_wait_t *w, su_wakeup_arg_t *arg)
{
	struct stack *s = (struct stack *)arg;
	char piece[4096];

	(void)magic;
	(void)w;
	while (read(s->watch_fd, piece, sizeof(piece)) > 0)
		;
	sip_enter();
	if (stack_running() == s)
		sip_arm(&timer, QUIET_MS);
	(void)sip_leave(0);
	return 0;
}

void network_attach(struct stack *s)
{
	s->watch_fd = os_network_watch();
	s->watch_index = -1;
	if (s->watch_fd < 0)
		return;
	if (su_wait_create(s->watch, s->watch_fd, SU_WAIT_IN) == 0)
		s->watch_index = su_root_register(s->root, s->watch, on_change,
				(su_wakeup_arg_t *)s, 0);
	if (s->watch_index >= 0)
		return;
	(void)close(s->watch_fd);
	s->watch_fd = -1;
}

void network_detach(struct stack *s)
{
	if (s->watch_fd < 0)
		return;
	(void)su_root_deregister(s->root, s->watch_index);
	(void)close(s->watch_fd);
	s->watch_fd = -1;
}

void network_start(void)
{
	const struct stack *s = stack_running();

	timer_init(&timer, look);
	is_watched = s && s->watch_fd >= 0;
	if (!is_watched)
		sip_arm(&timer, LOOK_MS);
}

void network_stop(void)
{
	if (timer.run)
		timer_stop(&timer);
	is_watched = false;
}
