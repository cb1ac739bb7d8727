// SPDX-License-Identifier: MIT
/* stack_private.h - sofia's thread from within: for stack.c, stack_nua.c and network.c only. */
#ifndef SIP_STACK_PRIVATE_H
#define SIP_STACK_PRIVATE_H

#include "config.h"
#include "pace.h"
#include "stack.h"

#include <pthread.h>
#include <sofia-sip/su_wait.h>

#define STACK_AGENTS_MAX    16
#define STACK_ADDRESSES_MAX 64
#define STACK_IP_MAX        63
#define STACK_URL_MAX       (CONFIG_TEXT_MAX + 32)

enum stack_state { STACK_STARTING, STACK_RUNNING, STACK_FAILED, STACK_ENDED };

typedef char stack_ip[STACK_IP_MAX + 1];

/* sofia opens one socket for each address that there is when an agent begins. An address that
 * comes later gets an agent of its own. */
struct agent {
	nua_t *nua;
	stack_ip ip; /* "": the first one, of all addresses of the beginning */
	bool is_over;
};

struct addresses {
	stack_ip ips[STACK_ADDRESSES_MAX];
	size_t count;
};

struct stack {
	pthread_t thread;
	pthread_cond_t changed;
	enum stack_state state;
	bool is_stopping;  /* the last good-byes are under way */
	bool is_abandoned; /* nobody waits for its end: the thread frees it */
	su_root_t *root;
	struct agent agents[STACK_AGENTS_MAX];
	size_t agent_count;
	struct addresses addresses; /* those that have sockets */
	su_timer_t *timer;
	uint64_t due_ms; /* when the timer runs */
	struct host_port listen, listen_tls;
	char folder[128]; /* of certificates */
	char user_agent[CONFIG_TEXT_MAX + 1];
	bool has_tls, tls_verify;
	uint32_t t1_ms;
	struct why why;
	struct pace pace;
	unsigned long events;
	bool is_draining; /* what has come is taken, and told when nothing is left */

	/* network.c */
	su_wait_t watch[1];
	int watch_fd, watch_index;
};

/* stack.c */

/* The one that runs; NULL: none. */
struct stack *stack_running(void);
void stack_on_event(nua_event_t event, int status, char const *phrase, nua_t *nua,
		nua_magic_t *magic, nua_handle_t *nh, nua_hmagic_t *hmagic, sip_t const *sip_msg,
		tagi_t tags[]);

/* stack_nua.c; on the thread itself */

/* The first agent. False: it cannot listen. */
bool agents_begin(struct stack *s);
/* The address is new. */
void agents_add(struct stack *s, const char *ip);
void agents_shutdown(struct stack *s);
/* This one has ended. True: it was the last. */
bool agents_ended(struct stack *s, const nua_t *nua);
void agents_destroy(struct stack *s);

/* network.c; on the thread itself */

void network_attach(struct stack *s);
void network_detach(struct stack *s);
void addresses_read(struct addresses *out);
bool addresses_have(const struct addresses *a, const char *ip);

#endif
