// SPDX-License-Identifier: MIT
/* session.h - an application as the core knows it: its opens, the calls that it holds, what it has
 * asked. A connection is not a session: one that the core closed may come back. */
#ifndef TAPISRVD_SESSION_H
#define TAPISRVD_SESSION_H

#include "access.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "monitor.h"
#include "timer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct call;
struct client;
struct core;
struct hub;
struct line;

struct session {
	struct core *core;
	struct list link; /* in core->sessions */
	uint64_t id;
	uid_t uid;
	struct access access;
	uint32_t api_low, api_high;
	char *app_name, *friendly_name;
	struct client *client; /* NULL: away, grace_timer runs */
	struct timer grace_timer;
	struct list opens; /* struct open, in_session */
	struct map opens_by_number;
	struct list held;    /* struct held, in_session */
	struct list pending; /* struct pending, in_session: requests to hosts */
	struct list msps;    /* struct msp, in_session */
	struct list claims;  /* struct claim, while it resumes */
	size_t claim_count, claim_bytes;
	uint32_t last_open;
	uint32_t open_count, pending_count;
	uint32_t held_count, held_most;           /* and how many when little was queued */
	uint32_t owned;                           /* calls of which it is an owner */
	bool tracks_hubs;                         /* LINEINITIALIZEEXOPTION_CALLHUBTRACKING */
	uint32_t request_modes, request_instance; /* lineRegisterRequestRecipient */
	struct list in_recipients;                /* while it takes requests to place calls */
	uint64_t missed;    /* events that it did not get since its connection was lost */
	uint64_t news_seen; /* of core->news: the lines that it knows of */
};

enum { OPENS_MAX = 1024, PENDING_MAX = 1024 }; /* of a session */

/* One lineOpen or phoneOpen. */
struct open {
	struct list in_session, in_line;
	struct session *session;
	struct line *line;
	uint32_t number;
	uint64_t opened_at; /* monotonic ns, unique: the first opener has priority */
	bool opening;       /* its RETURN is due; gets no events and no calls yet */
	bool restored;      /* made by a claim, until the quiet second is over */
	uint32_t serial;    /* of the lineOpen that waits */
	struct buf mapped;  /* that request, if it is for LINEMAPPER and waits */
	uint32_t api_version, ext_version;
	uint32_t privileges, media_modes, address_id;
	uint32_t line_states, address_states;
	uint32_t phone_states, button_modes, button_states;
	struct list rings;   /* struct rings: lineSetNumRings by address */
	uint32_t proxies;    /* LINEPROXYREQUEST_ types that it serves, a bit each */
	struct list proxied; /* of proxy.c: requests that it has not answered */
	uint32_t proxied_count, last_proxied;
};

struct rings {
	struct list link;
	uint32_t address_id, count;
};

/* One call handle: that a session holds a call, and how. */
struct held {
	struct list in_session, in_call;
	struct session *session;
	struct call *call;
	struct open *open;  /* the one on which the session first got it */
	uint32_t privilege; /* LINECALLPRIVILEGE_MONITOR or _OWNER */
	struct monitored monitored;
	struct hub *hub; /* that the session knows by this handle; NULL: none */
	struct list in_hub;
	struct hub *remembered; /* told of before a restart, by this handle; NULL: none */
	struct list in_remembered;
};

/* id 0: a new number. NULL: memory is short. */
struct session *session_new(struct core *core, uint64_t id, uid_t uid);
/* Ends it: opens are closed as lineShutdown does, pending answers go nowhere. */
void session_end(struct session *s);
/* At the end of the daemon, or before anybody has it: releases memory, tells nobody. */
void session_free(struct session *s);
struct session *session_find(struct core *core, uint64_t id, uid_t uid);
/* The connection is gone but the session may come back. */
void session_keep(struct session *s, const char *why);
/* Or is coming just now: it is told what it has missed, events do not reach it yet. */
bool session_is_away(const struct session *s);
const char *session_name(const struct session *s);

struct open *session_find_open(const struct session *s, uint32_t number);
struct open *open_new(struct session *s, struct line *line, uint32_t number);
/* Forgets it; whoever holds calls on it has lost them before. */
void open_free(struct open *o);

/* lineSetNumRings. 0 or -ENOMEM. */
int open_set_rings(struct open *o, uint32_t address_id, uint32_t count);

struct held *held_find(const struct session *s, const struct call *call);
struct held *held_new(struct open *o, struct call *call, uint32_t privilege);
void held_free(struct held *h);
void held_set_privilege(struct held *h, uint32_t privilege);

#endif
