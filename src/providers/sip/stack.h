// SPDX-License-Identifier: MIT
/* stack.h - sofia-sip's thread: beginning, end, timers, and who is told of its events.
 *
 * Each handle of sofia is bound to the key of an owner, a number, so that an event that is already
 * on its way finds nothing when its owner is gone. */
#ifndef SIP_STACK_H
#define SIP_STACK_H

#include "providers/kit/why.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sofia-sip/nua.h>
#include <sofia-sip/sip.h>

struct config;

/* One event of sofia; all of it ends with the call that brings it. */
struct sip_event {
	nua_event_t event;
	int status; /* of a response, or of what sofia has answered by itself */
	const char *phrase;
	nua_handle_t *nh;
	const sip_t *sip; /* NULL: no message, or one that sofia made up (a timeout) */
	const tagi_t *tags;
	msg_t *msg;       /* the request or response */
	const char *from; /* the IP address that it came from; "" unknown */
};

/* Sofia made this response itself: nobody has answered. */
bool sip_event_is_local(const struct sip_event *e);

/* What a handle of sofia belongs to: a dialog, a registration, a subscription. */
struct owner {
	uint64_t key; /* 0: not in the table */
	void (*take)(struct owner *o, const struct sip_event *e);
};

/* Puts the owner into the table under a new key. 0 or -ENOMEM. */
int owner_add(struct owner *o, void (*take)(struct owner *o, const struct sip_event *e));
void owner_remove(struct owner *o);
/* What a handle is bound to. */
nua_hmagic_t *owner_magic(const struct owner *o);

/* Makes the thread and waits until it listens. 0 or -errno; *why says it. */
int stack_start(const struct config *c, bool with_tls, struct why *why);
/* Lets what is under way end for a moment, then ends the thread. Lock held; given up within. */
void stack_stop(void);
/* Whose functions may be called for a peer that is reached from this local address (NULL: any)
 * while the stack runs; else NULL. */
nua_t *stack_nua(const char *local);
/* A handle that nobody wants any more; at its end the stack has freed them all itself. */
void stack_drop_handle(nua_handle_t *nh);
/* Where it listens: the port, and the host if it is a certain one, else "". */
uint16_t stack_port(bool tls);
const char *stack_host(bool tls);
/* A timer is due earlier than the thread knows. */
void stack_wake(uint64_t due_ms);

/* stack_log.c: sofia's words into ours, and SIP messages into the trace. */
void stack_log_start(bool has_certificate);
/* The last thing that sofia complained of since stack_log_forget(); "" nothing. It explains why a
 * request failed before it was sent. */
void stack_log_complaint(char *out, size_t size);
void stack_log_forget(void);

/* stack_tls.c: a private folder with the certificates as sofia wants them; removed once they are
 * read. */
int stack_tls_prepare(const struct config *c, char *folder, size_t size, struct why *why);
void stack_tls_remove(const char *folder);

#endif
