// SPDX-License-Identifier: MIT
/* account.h - one account: a line device with one address, its registration and its calls. */
#ifndef SIP_ACCOUNT_H
#define SIP_ACCOUNT_H

#include "config.h"
#include "forward.h"
#include "message_waiting.h"
#include "parties.h"
#include "registration.h"

#include "base/list.h"

#include <stdbool.h>
#include <tspi.h>

#include <sofia-sip/sip.h>

#define MEDIA_MODES  (LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE)
#define BEARER_MODES (LINEBEARERMODE_VOICE | LINEBEARERMODE_SPEECH)
#define ACCOUNT_RATE 64000u

#define ADDRESS_MAX     63 /* an IP address as text */
#define ACCOUNT_URI_MAX 640

#define ACCOUNT_SERVERS_MAX 8

struct control;

struct account {
	struct list link; /* in sip.accounts */
	unsigned refs;    /* the provider's, until it is removed, and each dialog's */
	struct account_config *config;
	char aor[ACCOUNT_URI_MAX];           /* "sip:alice@example.net" */
	char local_address[ADDRESS_MAX + 1]; /* from which the server is reached; "" unknown */

	DWORD device;          /* the device id */
	bool has_device;       /* it has one; not while LINE_CREATE is on its way */
	uint64_t temporary_id; /* its name in LINE_CREATE */
	bool is_removed;       /* not in the configuration any more */
	struct registration registration;
	/* From which addresses its server has answered, the last one last. */
	char servers[ACCOUNT_SERVERS_MAX][ADDRESS_MAX + 1];
	size_t server_count;

	bool is_open;
	uint32_t opens;  /* how often it has been opened: tells events of an earlier open */
	uint64_t handle; /* HDRVLINE, a new one for each open */
	HTAPILINE ht_line;
	LINEEVENT event;
	DWORD offered_modes;               /* media modes that some application takes calls of */
	DWORD line_states, address_states; /* what the host wants to hear of */
	DWORD ext_version;
	struct list instances;
	struct control *control; /* of media, of the calls that have none of their own; or NULL */

	struct list calls;
	DWORD active_calls; /* of them: those that occupy the line; call_state.c counts */
	DWORD known_calls;  /* as last reported */

	struct forwarding forwarding;
	struct message_waiting waiting;
};

/* An MSP instance of an application on this line. */
struct instance {
	struct list link;
	uint64_t handle;
	HTAPIMSPLINE ht_msp_line;
};

/* account.c: from configuration to device. All under the lock. */

/* With one reference; config is taken. NULL: out of memory (config is freed). */
struct account *account_new_take(struct account_config *config);
struct account *account_ref(struct account *a);
void account_unref(struct account *a);
/* It runs with other settings from now on; config is taken. Its calls stay. */
void account_change_take(struct account *a, struct account_config *config);
/* It is new while the provider runs: LINE_CREATE. */
void account_announce(struct account *a);
/* The host's answer to that: its device id. 0 or a LINEERR_. */
LONG account_created(uint64_t temporary_id, DWORD device);
/* It is gone from the configuration: ends its calls, unregisters, LINE_REMOVE. */
void account_remove(struct account *a);

DWORD account_count(void);
/* The open line that this handle names, or NULL. */
struct account *account_find(HDRVLINE handle);
const char *account_name(const struct account *a);

/* ";transport=tls", or "" for UDP. */
const char *account_transport(const struct account *a);

/* Who a new request is for, by its request URI, then by its To; NULL: nobody. */
struct account *account_called(const sip_t *m);
/* The stack runs: from where its server is reached, and what others dial to reach it. */
void account_find_self(struct account *a);
/* "<sip:alice@192.0.2.7:5060>": where it is reached from where `local` is an address; "" if that is
 * not known, then sofia chooses. */
void account_write_contact(const struct account *a, const char *user, const char *local, char *out,
		size_t size);
/* account_hop.c: the first hop of a request to this host of a URI (without brackets); NULL: to the
 * server itself. */
#define ACCOUNT_ROUTE_MAX (CONFIG_TEXT_MAX + 68)
/* "<sip:192.0.2.1;lr>" for its Route header, or "": the URI leads there by itself. */
void account_write_route(const struct account *a, const struct host_port *to, char *out,
		size_t size);
/* The host of a URI is the domain of our server. */
bool account_is_own_domain(const struct account *a, const char *host);
/* From which of our addresses it is reached; false: that is not known before it has answered. */
bool account_find_local(const struct account *a, const struct host_port *to,
		char out[ADDRESS_MAX + 1]);

/* The local address from which this IP address is reached; false: unknown. */
bool account_address_towards(const char *ip, char out[ADDRESS_MAX + 1]);
/* The network has changed: what is known of that may be wrong. */
void account_forget_routes(void);

/* account_server.c: strangers and the server. */

/* It came from the account's server or proxy, as far as its address shows. */
bool account_is_from_server(const struct account *a, const struct sip_event *e);
/* The answer to a request that went to the server. */
void account_learn_server(struct account *a, const struct sip_event *e);
/* How the headers of a message are read. */
struct parties_rules account_rules(const struct account *a, const struct sip_event *e);

/* account_line.c: as an open line. */

LONG account_open(struct account *a, HTAPILINE ht_line, LINEEVENT event);
/* Completes what is pending, ends the calls silently, forgets the MSP instances. */
void account_close(struct account *a);
LONG account_add_instance(struct account *a, HTAPIMSPLINE ht, HDRVMSPLINE *out);
LONG account_remove_instance(HDRVMSPLINE handle);
bool account_has_instance(const struct account *a);

/* Calls that occupy the line: from their start to DISCONNECTED or IDLE. */
DWORD account_active_calls(const struct account *a);
bool account_is_full(const struct account *a);
/* The count of calls may have changed: tell those who asked. */
void account_report(struct account *a);
/* The count-th ring. */
void account_ring(const struct account *a, DWORD count);
/* LINEDEVSTATE_ with a reason (which may be NULL), if the host wants to hear of it. */
void account_tell_state(const struct account *a, DWORD state, const struct why *why);

#endif
