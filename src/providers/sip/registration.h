// SPDX-License-Identifier: MIT
/* registration.h - an account's REGISTER: kept alive, tried again with growing delays, and the
 * reason why its line is out of service. */
#ifndef SIP_REGISTRATION_H
#define SIP_REGISTRATION_H

#include "config.h"
#include "stack.h"

#include "providers/kit/timer.h"
#include "providers/kit/why.h"

#include <stdbool.h>
#include <stdint.h>

struct account;

enum registration_state {
	REGISTRATION_OFF,    /* the account does not register: always in service */
	REGISTRATION_TRYING, /* the first answer is still to come, or the server refused */
	REGISTRATION_FAILED, /* `why` says it; the timer tries again */
	REGISTRATION_ON,
	REGISTRATION_STOPPED, /* unregistered */
};

struct registration {
	enum registration_state state;
	nua_handle_t *nh; /* while there is one, it holds a reference to the account */
	struct owner owner;
	struct why why;
	unsigned failures;  /* in a row */
	unsigned answered;  /* challenges since the last success: auth.h */
	struct timer timer; /* the next attempt; or, while TLS connects, a look at how it goes */
	bool is_asking;     /* a REGISTER is on its way */
};

void registration_init(struct registration *r);
/* Begin, or begin anew with other settings. Does nothing before the stack runs. */
void registration_start(struct account *a);
/* Unregister; the line is out of service. */
void registration_stop(struct account *a);
/* The network has changed: register at once. */
void registration_refresh(struct account *a);
/* Forget everything: the stack has ended. */
void registration_fini(struct account *a);
/* Those that unregister and have not been answered. */
void registration_forget_goodbyes(void);

/* "sips:proxy.example.net:5061;lr": a host of the configuration as a URI of the account. */
void registration_write_uri(const struct account *a, const struct host_port *h, const char *more,
		char *out, size_t size);

bool registration_is_in_service(const struct account *a);
const char *registration_state_name(const struct account *a);

#endif
