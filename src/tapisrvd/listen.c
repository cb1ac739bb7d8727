// SPDX-License-Identifier: MIT
/* listen.c - accepts connections; who the peer is comes from the kernel, never from a message. */
#include "listen.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/os.h"
#include "client.h"
#include "core.h"
#include "failure.h"
#include "host.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <tapi.h>
#include <unistd.h>

#define LOG_TOPIC "listen"

enum {
	RETRY_MS = 100,
	SAY_MS = 1000,       /* refusals are logged once within that */
	ACCEPT_MAX = 16,     /* in a turn, so that those that came before can say hello */
	HALF_OPEN_MAX = 64,  /* connections whose hello is due: then the next ones wait */
	HALF_OPEN_USER = 32, /* of one user: then the next ones are refused */
};

void listen_say_refused(struct core *core, const char *what, const char *why)
{
	uint64_t now = clock_now_ms();

	core->refused++;
	if (core->refused_ms && now < core->refused_ms + SAY_MS)
		return;
	log_warn("%s %s (%u refused so far)", what, why, core->refused);
	core->refused_ms = now;
}

/* Its last words, as it would read them after a hello. */
static void turn_away(struct core *core, int fd, int32_t result, const char *cause,
		const char *text)
{
	struct frame_header h = {
		.kind = FRAME_HELLO, .flags = FLAG_CLOSING | FLAG_FAILURE, .result = result
	};
	const Failure *why;
	struct conn conn;

	core_begin_frame(core);
	why = failure_new(core, LAYER_SERVER, cause, "%s", text);
	conn_init(&conn, fd, LIMIT_BEFORE_HELLO);
	if (conn_send(&conn, &h, &why->base) == 0)
		(void)conn_flush(&conn);
	conn_fini(&conn);
}

static void say_who_may(const struct core *core, char *text, size_t size)
{
	if (core->has_group)
		(void)snprintf(text, size, "; members of the group %.48s may",
				core->options->group);
	else
		(void)snprintf(text, size, "; there is no group %.48s, whose members might",
				core->options->group);
}

static bool may_use(const struct core *core, int fd, const struct os_peer *peer)
{
	return peer->uid == geteuid() || peer->uid == 0 ||
	       (core->has_group && os_peer_is_in_group(fd, core->group));
}

/* NULL: it is welcome. */
static const char *objection(const struct core *core, int fd, const struct os_peer *peer)
{
	if (!may_use(core, fd, peer))
		return "may not use this daemon";
	if (client_count(core, peer->uid) >= core->options->max_clients)
		return "has too many connections";
	if (core->half_open >= HALF_OPEN_USER &&
			client_count_half_open(core, peer->uid) >= HALF_OPEN_USER)
		return "has too many connections that have said nothing yet";
	return NULL;
}

static void take_client(struct core *core, int fd)
{
	struct os_peer peer;
	char who[24] = "a client", text[192], hint[96] = "";
	int err = os_peer(fd, &peer);
	const char *why = err ? "cannot be asked who it is" : objection(core, fd, &peer);

	if (!err)
		(void)snprintf(who, sizeof(who), "user %u", (unsigned)peer.uid);
	if (why) {
		listen_say_refused(core, who, why);
		if (!err && !may_use(core, fd, &peer))
			say_who_may(core, hint, sizeof(hint));
		(void)snprintf(text, sizeof(text), "%s %s%s", who, why, hint);
		turn_away(core, fd, LINEERR_OPERATIONFAILED, "turned away", text);
	} else if (core_add_client(core, fd, peer.uid)) {
		listen_say_refused(core, who, "is turned away: no memory");
	}
}

static void take_host(struct core *core, int fd)
{
	struct os_peer peer;

	if (os_peer(fd, &peer) || (peer.uid != geteuid() && peer.uid != 0)) {
		log_warn("a host of another user is turned away");
		core_close_fd(fd);
		return;
	}
	(void)core_add_host(core, fd, peer.pid);
}

static void pause_listening(struct core *core, const char *why)
{
	listen_say_refused(core, "new connections", why);
	(void)event_del(&core->accept_client);
	(void)event_del(&core->accept_host);
	timer_set(&core->timers, &core->accept_timer, RETRY_MS);
}

static void spare_descriptor(struct core *core)
{
	if (core->spare_fd < 0)
		core->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

/* There is no descriptor left but the one that is kept for this. False: nobody could be told. */
static bool refuse_one(struct core *core, int listen_fd)
{
	static const char sentence[] = "the daemon has no descriptor left for a connection";
	int fd;

	if (core->spare_fd < 0)
		return false;
	close(core->spare_fd);
	core->spare_fd = -1;
	fd = accept(listen_fd, NULL, NULL);
	if (fd >= 0)
		turn_away(core, fd, LINEERR_RESOURCEUNAVAIL, "descriptors", sentence);
	spare_descriptor(core);
	if (fd >= 0)
		listen_say_refused(core, "a client", "is turned away: no descriptor is left");
	return fd >= 0;
}

/* Hosts wait: they are few, and would only be started again. */
static bool is_refused(struct core *core, int listen_fd, void (*take)(struct core *, int))
{
	return take == take_client && (errno == EMFILE || errno == ENFILE) &&
	       refuse_one(core, listen_fd);
}

static void on_accept(struct core *core, int listen_fd, void (*take)(struct core *, int))
{
	for (int i = 0; i < ACCEPT_MAX; i++) {
		int fd;

		if (take == take_client && core->half_open >= HALF_OPEN_MAX) {
			pause_listening(core, "wait: too many have said nothing yet");
			return;
		}
		fd = accept(listen_fd, NULL, NULL);

		if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
			continue;
		if (fd < 0 && is_refused(core, listen_fd, take))
			continue;
		if (fd < 0) {
			if (errno != EAGAIN && errno != EWOULDBLOCK)
				pause_listening(core, strerror(errno));
			return;
		}
		(void)os_cloexec(fd);
		take(core, fd);
	}
}

static void on_client(evutil_socket_t fd, short what, void *arg)
{
	(void)what;
	on_accept(arg, fd, take_client);
}

static void on_host(evutil_socket_t fd, short what, void *arg)
{
	(void)what;
	on_accept(arg, fd, take_host);
}

static void on_retry(struct timer *t)
{
	struct core *core = list_entry(t, struct core, accept_timer);

	if (event_add(&core->accept_client, NULL) < 0 || event_add(&core->accept_host, NULL) < 0)
		pause_listening(core, strerror(errno));
}

void listen_stop(struct core *core)
{
	timer_clear(&core->accept_timer);
	(void)event_del(&core->accept_client);
	(void)event_del(&core->accept_host);
	if (core->spare_fd >= 0)
		close(core->spare_fd);
	core->spare_fd = -1;
}

int listen_start(struct core *core)
{
	timer_init(&core->accept_timer, on_retry);
	spare_descriptor(core);
	event_assign(&core->accept_client, core->base, core->listen_fd, EV_READ | EV_PERSIST,
			on_client, core);
	event_assign(&core->accept_host, core->base, core->host_listen_fd, EV_READ | EV_PERSIST,
			on_host, core);
	if (!event_add(&core->accept_client, NULL) && !event_add(&core->accept_host, NULL))
		return 0;
	log_error("%s: cannot be watched: %s", core->options->socket, strerror(errno));
	listen_stop(core);
	return -ENOMEM;
}

int core_add_client(struct core *core, int fd, uid_t uid)
{
	struct client *c;

	return client_new(core, fd, uid, &c);
}

int core_add_host(struct core *core, int fd, pid_t pid)
{
	struct host *h;

	return host_new(core, fd, pid, &h);
}
