// SPDX-License-Identifier: MIT
/* stack_nua.c - sofia's user agents: what they are told when they begin. */
#define LOG_TOPIC "sip"
#include "stack_private.h"

#include "sip.h"

#include "base/log.h"
#include "base/trace.h"

#include <stdio.h>
#include <string.h>

#include <sofia-sip/nta_tag.h>
#include <sofia-sip/nua_tag.h>
#include <sofia-sip/tport_tag.h>

#define UDP_BUFFER  (4u << 20) /* or what the system allows: a burst of calls is not to be lost */
#define MESSAGE_MAX 65536u
/* For what is parsed of a message: most of them need no other piece of the heap then. More than
 * that takes pages that a call does not use. */
#define MESSAGE_ROOM 2048u

/* Sofia would wait as long as a Retry-After says, and ask again, without a word to us. */
#ifdef NUTAG_MAX_RETRY_AFTER
#define NO_RETRY_AFTER NUTAG_MAX_RETRY_AFTER(0)
#else
#define NO_RETRY_AFTER NUTAG_RETRY_AFTER_ENABLE(0)
#endif

#define ALLOWED   "INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE, INFO, NOTIFY, REFER"
#define SUPPORTED "timer, 100rel, replaces"
#define ANSWERED  "INVITE, UPDATE, INFO, NOTIFY, REFER" /* sofia answers the others by itself */

static void write_url(const char *scheme, const struct host_port *h, const char *ip, char *out,
		size_t size)
{
	struct host_port at = *h;
	char text[CONFIG_TEXT_MAX + 16];

	if (ip[0])
		(void)snprintf(at.host, sizeof(at.host), "%s", ip);
	host_port_write(&at, text, sizeof(text));
	(void)snprintf(out, size, "%s:%s", scheme, text);
}

static nua_t *make_nua(struct stack *s, const char *ip)
{
	unsigned policy = s->tls_verify ? TPTLS_VERIFY_OUT | TPTLS_VERIFY_SUBJECTS_OUT
					: TPTLS_VERIFY_NONE;
	char url[STACK_URL_MAX], tls_url[STACK_URL_MAX];
	bool tls = s->has_tls;

	write_url("sip", &s->listen, ip, url, sizeof(url));
	write_url("sips", &s->listen_tls, ip, tls_url, sizeof(tls_url));
	return nua_create(s->root, stack_on_event, (nua_magic_t *)s, NUTAG_URL(url),
			TAG_IF(tls, NUTAG_SIPS_URL(tls_url)),
			TAG_IF(tls, NUTAG_CERTIFICATE_DIR(s->folder)),
			TAG_IF(tls, TPTAG_TLS_VERSION(0)),
			TAG_IF(tls, TPTAG_TLS_VERIFY_POLICY(policy)),
			TAG_IF(tls, TPTAG_TLS_VERIFY_DATE(1)),
			TAG_IF(trace_enabled(), TPTAG_LOG(1)), TPTAG_KEEPALIVE(30000),
			TPTAG_UDP_RMEM(UDP_BUFFER), NTATAG_MAXSIZE(MESSAGE_MAX),
			NTATAG_PRELOAD(MESSAGE_ROOM), NTATAG_SIP_T1(s->t1_ms),
			NTATAG_UDP_MTU(MESSAGE_MAX), NUTAG_MEDIA_ENABLE(0), NUTAG_AUTOALERT(0),
			NUTAG_AUTOANSWER(0), NUTAG_AUTOACK(1), NUTAG_ENABLEMESSAGE(0),
			SIPTAG_ALLOW_STR(ALLOWED), SIPTAG_SUPPORTED_STR(SUPPORTED),
			NUTAG_APPL_METHOD(NULL), NUTAG_APPL_METHOD(ANSWERED),
			SIPTAG_USER_AGENT_STR(s->user_agent), NO_RETRY_AFTER, NUTAG_AUTO302(0),
			NUTAG_AUTO305(0), NUTAG_DETECT_NETWORK_UPDATES(NUA_NW_DETECT_NOTHING),
			TAG_END());
}

static bool begin(struct stack *s, const char *ip)
{
	struct agent *a = &s->agents[s->agent_count];

	a->nua = make_nua(s, ip);
	if (!a->nua)
		return false;
	(void)snprintf(a->ip, sizeof(a->ip), "%s", ip);
	s->agent_count++;
	return true;
}

bool agents_begin(struct stack *s)
{
	addresses_read(&s->addresses);
	return begin(s, "");
}

void agents_add(struct stack *s, const char *ip)
{
	struct why why = { 0 };

	if (s->agent_count == STACK_AGENTS_MAX || s->addresses.count == STACK_ADDRESSES_MAX) {
		log_warn("%s is not listened at: too many addresses have come", ip);
		return;
	}
	if (s->has_tls && stack_tls_prepare(&sip.config, s->folder, sizeof(s->folder), &why)) {
		log_warn("%s is not listened at: %s", ip, why.sentence);
		return;
	}
	if (begin(s, ip)) {
		log_info("%s is new: it is listened at", ip);
		(void)snprintf(s->addresses.ips[s->addresses.count++], sizeof(stack_ip), "%s", ip);
	} else {
		log_warn("%s is not listened at: it cannot be opened", ip);
	}
	stack_tls_remove(s->folder);
}

void agents_shutdown(struct stack *s)
{
	for (size_t i = 0; i < s->agent_count; i++)
		nua_shutdown(s->agents[i].nua);
}

bool agents_ended(struct stack *s, const nua_t *nua)
{
	bool all = true;

	for (size_t i = 0; i < s->agent_count; i++) {
		if (s->agents[i].nua == nua)
			s->agents[i].is_over = true;
		all = all && s->agents[i].is_over;
	}
	return all;
}

void agents_destroy(struct stack *s)
{
	for (size_t i = 0; i < s->agent_count; i++)
		nua_destroy(s->agents[i].nua);
}

nua_t *stack_nua(const char *local)
{
	struct stack *s = stack_running();

	if (!s || s->state != STACK_RUNNING)
		return NULL;
	for (size_t i = 1; local && i < s->agent_count; i++)
		if (strcmp(s->agents[i].ip, local) == 0)
			return s->agents[i].nua;
	return s->agents[0].nua;
}
