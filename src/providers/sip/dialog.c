// SPDX-License-Identifier: MIT
/* dialog.c - birth and death of a dialog, and everything that it sends. */
#define LOG_TOPIC "sip"
#include "dialog.h"

#include "account.h"
#include "call.h"
#include "cause.h"
#include "sip.h"
#include "takeover.h"
#include "uui.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <sofia-sip/msg.h>
#include <sofia-sip/nta_tag.h>
#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>

#define SDP_TYPE   "application/sdp"
#define HEADER_MAX (UUI_HEADER_MAX + 32)

/* --- Addresses --- */

/* Of a URI; the host is "" if it cannot be read. */
static struct host_port host_of(const char *uri)
{
	struct host_port out = { "", 0 };
	char copy[ACCOUNT_URI_MAX];
	unsigned long port = 0;
	url_t url[1];
	size_t size;

	if (snprintf(copy, sizeof(copy), "%s", uri) >= (int)sizeof(copy))
		return out;
	if (url_d(url, copy) || !url->url_host)
		return out;
	size = strlen(url->url_host);
	if (url->url_host[0] == '[' && size > 2)
		(void)snprintf(out.host, sizeof(out.host), "%.*s", (int)(size - 2),
				url->url_host + 1);
	else
		(void)snprintf(out.host, sizeof(out.host), "%s", url->url_host);
	if (url->url_port)
		port = strtoul(url->url_port, NULL, 10);
	if (port <= UINT16_MAX)
		out.port = (uint16_t)port;
	return out;
}

/* From where the first hop is reached, if that can be known before it is asked. */
static void find_local_address(struct dialog *d, const struct host_port *to)
{
	if (!account_find_local(d->account, to, d->local_address))
		(void)snprintf(d->local_address, sizeof(d->local_address), "%s",
				d->account->local_address);
}

/* "\"Alice\" <sip:alice@example.net>" */
static void write_from(const struct dialog *d, char *out, size_t size)
{
	const char *name = d->account->config->caller_name;
	size_t used = 0;

	if (d->is_hidden) {
		(void)snprintf(out, size, "\"Anonymous\" <sip:anonymous@anonymous.invalid>");
		return;
	}
	if (name[0] && size > 2 * strlen(name) + 4) {
		out[used++] = '"';
		for (; *name; name++) {
			if (*name == '"' || *name == '\\')
				out[used++] = '\\';
			out[used++] = *name;
		}
		out[used++] = '"';
		out[used++] = ' ';
	}
	(void)snprintf(out + used, size - used, "<%s>", d->account->aor);
}

/* --- Birth and death --- */

static struct dialog *make(struct account *a)
{
	struct dialog *d = mem_new(struct dialog);

	if (!d)
		return NULL;
	if (owner_add(&d->owner, dialog_take_event)) {
		mem_free(d);
		return NULL;
	}
	d->account = account_ref(a);
	d->is_acked = true;
	timer_init(&d->linger, NULL);
	return d;
}

/* RFC 3323: who hides does not name itself here either. */
static const char *contact_user(const struct dialog *d)
{
	return d->is_hidden ? "anonymous" : d->account->config->user;
}

static void make_handle(struct dialog *d, const char *to_uri, const struct host_port *host)
{
	const struct account_config *c = d->account->config;
	char from[2 * ACCOUNT_URI_MAX], route[ACCOUNT_ROUTE_MAX], to[ACCOUNT_URI_MAX];
	char url[ACCOUNT_URI_MAX];

	d->is_hidden = d->call->param_flags & LINECALLPARAMFLAGS_BLOCKID;
	write_from(d, from, sizeof(from));
	(void)snprintf(to, sizeof(to), "<%s>", to_uri);
	account_write_route(d->account, host, route, sizeof(route));
	/* Straight to the peer: by the line's transport, unless the URI names one (or sips:). */
	(void)snprintf(url, sizeof(url), "%s%s", to_uri,
			!route[0] && strncmp(to_uri, "sip:", 4) == 0 &&
							!strstr(to_uri, ";transport=")
					? account_transport(d->account)
					: "");
	d->nh = nua_handle(stack_nua(d->local_address), owner_magic(&d->owner), NUTAG_URL(url),
			SIPTAG_TO_STR(to), SIPTAG_FROM_STR(from), NUTAG_M_USERNAME(contact_user(d)),
			NUTAG_SESSION_TIMER(c->session_expires_s), NUTAG_UPDATE_REFRESH(1),
			TAG_IF(c->reliable, NUTAG_EARLY_MEDIA(1)),
			TAG_IF(route[0], NUTAG_INITIAL_ROUTE_STR(route)),
			TAG_IF(d->is_hidden, SIPTAG_HEADER_STR("Privacy: id")), TAG_END());
}

struct dialog *dialog_new(struct account *a, struct call *c, const char *to_uri)
{
	struct dialog *d = stack_nua(NULL) ? make(a) : NULL;
	struct host_port host;

	if (!d)
		return NULL;
	d->call = c;
	host = host_of(to_uri);
	d->is_by_server = account_is_own_domain(a, host.host) || a->config->proxy.host[0];
	find_local_address(d, &host);
	make_handle(d, to_uri, &host);
	if (d->nh)
		return d;
	dialog_free(d);
	return NULL;
}

struct dialog *dialog_new_incoming(struct account *a, const struct sip_event *e)
{
	struct dialog *d = make(a);

	if (!d)
		return NULL;
	d->is_incoming = true;
	d->is_by_server = account_is_from_server(a, e);
	d->nh = e->nh;
	nua_handle_bind(d->nh, owner_magic(&d->owner));
	return d;
}

void dialog_free(struct dialog *d)
{
	takeover_dialog_gone(d);
	timer_stop(&d->linger);
	mem_free(d->replaces);
	mem_free(d->referred_by);
	if (d->call)
		d->call->dialog = NULL;
	owner_remove(&d->owner);
	stack_drop_handle(d->nh);
	msg_destroy(d->message);
	account_unref(d->account);
	mem_free(d);
}

void dialogs_fini(void)
{
	size_t cursor = 0;
	struct owner *o;

	while ((o = map_next(&sip.owners, &cursor)))
		if (o->take == dialog_take_event)
			dialog_free(list_entry(o, struct dialog, owner));
}

/* --- Sending --- */

/* "User-to-User: ..." or "". */
static void write_uui(const struct uui *uui, char out[HEADER_MAX])
{
	static const char name[] = "User-to-User: ";
	size_t size = sizeof(name) - 1;

	memcpy(out, name, sizeof(name));
	if (!uui || !uui->size || !uui_write(uui, out + size, HEADER_MAX - size))
		out[0] = '\0';
}

#define SDP_TAGS(sdp)                                                                              \
	TAG_IF(sdp, SIPTAG_CONTENT_TYPE_STR(SDP_TYPE)), TAG_IF(sdp, SIPTAG_PAYLOAD_STR(sdp))
#define HEADER_TAG(text)  TAG_IF((text)[0], SIPTAG_HEADER_STR(text))
#define CONTACT_TAG(text) TAG_IF((text)[0], SIPTAG_CONTACT_STR(text))

/* Behind a NAT sofia knows better: it has seen where the server sees us. */
static void write_contact(const struct dialog *d, char out[ACCOUNT_URI_MAX])
{
	out[0] = '\0';
	if (!d->account->config->nat)
		account_write_contact(d->account, contact_user(d), d->local_address, out,
				ACCOUNT_URI_MAX);
}

void dialog_invite(struct dialog *d, const char *sdp, const struct uui *uui)
{
	char info[HEADER_MAX], contact[ACCOUNT_URI_MAX];

	write_uui(uui, info);
	write_contact(d, contact);
	d->state = DIALOG_STATE_EARLY;
	stack_log_forget();
	nua_invite(d->nh, SDP_TAGS(sdp), HEADER_TAG(info), CONTACT_TAG(contact), NUTAG_AUTOACK(0),
			TAG_IF(d->replaces, SIPTAG_REPLACES_STR(d->replaces)),
			TAG_IF(d->referred_by, SIPTAG_REFERRED_BY_STR(d->referred_by)), TAG_END());
}

int dialog_status_without_call(const struct dialog *d)
{
	return d->successor ? 491 : 481;
}

bool dialog_can_change(const struct dialog *d)
{
	return d->state == DIALOG_STATE_CONFIRMED && d->is_acked;
}

void dialog_reinvite(struct dialog *d, const char *sdp)
{
	char contact[ACCOUNT_URI_MAX];

	write_contact(d, contact);
	nua_invite(d->nh, SDP_TAGS(sdp), CONTACT_TAG(contact), NUTAG_AUTOACK(0), TAG_END());
}

void dialog_ack(struct dialog *d, const char *sdp)
{
	nua_ack(d->nh, SDP_TAGS(sdp), TAG_END());
}

void dialog_ring(struct dialog *d, int status, const char *sdp, const struct uui *uui)
{
	char info[HEADER_MAX], contact[ACCOUNT_URI_MAX];

	write_uui(uui, info);
	write_contact(d, contact);
	d->state = DIALOG_STATE_EARLY;
	nua_respond(d->nh, status, NULL, SDP_TAGS(sdp), HEADER_TAG(info), CONTACT_TAG(contact),
			TAG_END());
}

void dialog_answer(struct dialog *d, const char *sdp, const struct uui *uui)
{
	char info[HEADER_MAX], contact[ACCOUNT_URI_MAX];

	write_uui(uui, info);
	write_contact(d, contact);
	d->state = DIALOG_STATE_CONFIRMED;
	d->is_acked = false;
	nua_respond(d->nh, SIP_200_OK, SDP_TAGS(sdp), HEADER_TAG(info), CONTACT_TAG(contact),
			NUTAG_SESSION_TIMER(d->account->config->session_expires_s), TAG_END());
}

void dialog_refuse(struct dialog *d, int status, const char *phrase)
{
	d->state = DIALOG_STATE_ENDING;
	nua_respond(d->nh, status, phrase, TAG_END());
}

void dialog_redirect(struct dialog *d, const char *contact)
{
	char text[ACCOUNT_URI_MAX];

	(void)snprintf(text, sizeof(text), "<%s>", contact);
	d->state = DIALOG_STATE_ENDING;
	nua_respond(d->nh, SIP_302_MOVED_TEMPORARILY, SIPTAG_CONTACT_STR(text), TAG_END());
}

void dialog_answer_change(struct dialog *d, int status, const char *sdp)
{
	char contact[ACCOUNT_URI_MAX];
	msg_t *update = d->update;

	write_contact(d, contact);
	d->update = NULL;
	if (!update && status < 300)
		d->is_acked = false;
	nua_respond(d->nh, status, NULL, SDP_TAGS(sdp), CONTACT_TAG(contact),
			TAG_IF(update, NUTAG_WITH(update)), TAG_END());
}

/* --- Leaving --- */

static void say_bye(struct dialog *d, const char *reason, const struct uui *uui)
{
	char info[HEADER_MAX];

	write_uui(uui, info);
	nua_bye(d->nh, HEADER_TAG(info), TAG_IF(reason, SIPTAG_REASON_STR(reason)), TAG_END());
}

void dialog_leave(struct dialog *d, int status, const struct why *why, const struct uui *uui)
{
	enum dialog_state was = d->state;
	char text[96];
	const char *reason = cause_write_reason(why, text, sizeof(text)) ? text : NULL;

	timer_stop(&d->linger);
	if (d->call)
		d->call->dialog = NULL;
	d->call = NULL;
	d->state = DIALOG_STATE_ENDING;
	d->answered = 0;
	if (was == DIALOG_STATE_ENDING)
		return; /* a refusal is on its way */
	if (was == DIALOG_STATE_CONFIRMED)
		say_bye(d, reason, uui);
	else if (d->is_incoming && was != DIALOG_STATE_ENDED)
		dialog_refuse(d, status ? status : 480, NULL);
	else if (was == DIALOG_STATE_EARLY)
		nua_cancel(d->nh, TAG_IF(reason, SIPTAG_REASON_STR(reason)), TAG_END());
	else
		dialog_free(d);
}
