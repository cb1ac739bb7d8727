// SPDX-License-Identifier: MIT
/* proxy.c - requests of agents and supervisors: to the proxy of the line that serves their type,
 * and its answer back. */
#include "proxy.h"

#include "base/mem.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "event.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "session.h"
#include "wire/names.h"
#include "wire/proxied.h"

#include <string.h>
#include <unistd.h>

#define LOG_TOPIC "proxy"

enum { PROXIED_MAX = 1024, VERSION_2_2 = 0x00020002 };

#define BIT(type) (1U << (type))
#define ALL_TYPES ((BIT(LINEPROXYREQUEST_SETAGENTSTATEEX) * 2 - 1) & ~1U)
/* What an application of 2.2 needs to work with agents by handle. */
#define ACD_TYPES (ALL_TYPES & ~(BIT(LINEPROXYREQUEST_CREATEAGENT) - 1))

/* One request that a proxy has not answered. */
struct proxied {
	struct list link; /* in open->proxied */
	uint32_t id;
	struct pending *pending;
};

/* Who serves it, or will when its lineOpen has succeeded: nobody else may then. */
static struct open *claimant(const struct line *line, uint32_t type)
{
	list_for(l, &line->opens) {
		struct open *o = list_entry(l, struct open, in_line);

		if (o->proxies & BIT(type))
			return o;
	}
	return NULL;
}

static struct open *proxy_of(const struct line *line, uint32_t type)
{
	struct open *o = claimant(line, type);

	return o && !o->opening ? o : NULL;
}

/* Of one that there is. */
static const char *type_name(uint32_t type)
{
	return names_constant("LINEPROXYREQUEST_", type);
}

/* --- who serves what ------------------------------------------------------------------------ */

static LONG add_type(struct request *r, uint32_t type, uint32_t *wanted)
{
	const struct open *other;

	if (!proxied_call(type))
		return request_fail(r, LINEERR_INVALPARAM, "proxy",
				"%#x is no LINEPROXYREQUEST_ value", type);
	other = claimant(r->line, type);
	if (other) /* what TAPI has for it */
		return request_fail(r, LINEERR_NOTREGISTERED, "proxy",
				"%s serves %s on line %u already", session_name(other->session),
				type_name(type), r->line->device);
	*wanted |= BIT(type);
	return 0;
}

LONG proxy_check_open(struct request *r, const LineOpen *m, uint32_t *wanted)
{
	const ProtobufCBinaryData *list = m->call_params ? &m->call_params->dev_specific : NULL;
	uint32_t type;
	LONG code = 0;

	*wanted = 0;
	if (!list || !list->len || list->len % sizeof(type))
		return request_fail(r, LINEERR_INVALPARAM, "proxy",
				"the device-specific part of LINECALLPARAMS must list "
				"LINEPROXYREQUEST_ values");
	for (size_t at = 0; !code && at < list->len; at += sizeof(type)) {
		memcpy(&type, list->data + at, sizeof(type));
		code = add_type(r, type, wanted);
	}
	return code;
}

/* LINE_PROXYSTATUS, to all others. */
static void tell_status(const struct open *proxy, uint32_t status, uint32_t type)
{
	struct line *line = proxy->line;
	Event e = EVENT__INIT;
	size_t size;

	SET_ID(&e, object, line->device);
	SET(&e, msg, LINE_PROXYSTATUS);
	SET(&e, p1, status);
	SET(&e, p2, type);
	size = event_pack(line->core, &e);
	list_for(l, &line->opens) {
		const struct open *o = list_entry(l, struct open, in_line);

		if (o != proxy && o->api_version >= VERSION_2_2)
			event_to_open(o, &e, 0, size);
	}
}

static uint32_t served(const struct line *line)
{
	uint32_t all = 0;

	list_for(l, &line->opens) {
		const struct open *o = list_entry(l, struct open, in_line);

		all |= o->opening ? 0 : o->proxies;
	}
	return all;
}

void proxy_opened(struct open *o)
{
	uint32_t before = served(o->line) & ~o->proxies;

	for (uint32_t type = 1; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; type++)
		if (o->proxies & BIT(type))
			tell_status(o, LINEPROXYSTATUS_OPEN, type);
	if ((before & ACD_TYPES) != ACD_TYPES && (served(o->line) & ACD_TYPES) == ACD_TYPES)
		tell_status(o, LINEPROXYSTATUS_ALLOPENFORACD, 0);
}

void proxy_claimed(struct open *o, const uint32_t *claimed, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (proxied_call(claimed[i]) && !claimant(o->line, claimed[i]))
			o->proxies |= BIT(claimed[i]);
}

LONG handle_get_proxy_status(struct request *r)
{
	const LineGetProxyStatus *m = (const void *)r->msg;
	LineGetProxyStatusReply reply = LINE_GET_PROXY_STATUS_REPLY__INIT;
	LineProxyRequestList list = LINE_PROXY_REQUEST_LIST__INIT;
	uint32_t open[LINEPROXYREQUEST_SETAGENTSTATEEX];

	if (m->app_api_version < VERSION_2_2 || m->app_api_version > CORE_API_HIGH)
		return request_fail(r, LINEERR_INCOMPATIBLEAPIVERSION, "version",
				"lineGetProxyStatus is of version 2.2 and later");
	for (uint32_t type = 1; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; type++)
		if (proxy_of(r->line, type))
			open[list.n_list++] = type;
	list.list = open;
	SET(&list, num_entries, (uint32_t)list.n_list);
	reply.line_proxy_reqest_list = &list;
	return request_return(r, &reply.base);
}

/* --- requests --------------------------------------------------------------------------------- */

/* Of the application that asks, as far as it has said. */
static uint32_t version_of_asker(const struct request *r)
{
	if (r->open)
		return r->open->api_version;
	return r->rule->number == CALL_LineGetAgentCaps
			       ? ((const LineGetAgentCaps *)(const void *)r->msg)->app_api_version
			       : r->session->api_high;
}

static bool send_request(struct request *r, const struct open *proxy, uint32_t id, uint32_t type)
{
	ProxyRequest request = PROXY_REQUEST__INIT;
	Event e = EVENT__INIT;
	char machine[256] = "";
	size_t size;

	(void)gethostname(machine, sizeof(machine) - 1);
	SET(&request, id, id);
	SET(&request, type, type);
	SET(&request, api_version, version_of_asker(r));
	request.machine_name = machine;
	SET(&request, uid, (uint32_t)r->session->uid);
	request.has_body = 1;
	request.body.data = (uint8_t *)(uintptr_t)r->frame->body; /* only read */
	request.body.len = r->frame->h.length;
	e.has_data = 1;
	e.data.len = proxy_request__get_packed_size(&request);
	e.data.data = arena_alloc(&r->core->arena, e.data.len);
	if (!e.data.data)
		return false;
	(void)proxy_request__pack(&request, e.data.data);
	SET_ID(&e, object, proxy->line->device);
	SET(&e, msg, LINE_PROXYREQUEST);
	SET(&e, p1, type);
	size = event_pack(r->core, &e);
	event_to_open(proxy, &e, 0, size);
	return size != 0;
}

static struct proxied *proxied_new(struct request *r, struct open *proxy)
{
	struct proxied *q = mem_new(struct proxied);

	if (!q)
		return NULL;
	q->pending = pending_new(NULL, r->session, r->rule);
	if (!q->pending) {
		mem_free(q);
		return NULL;
	}
	q->pending->client_serial = r->frame->h.serial;
	q->pending->open = r->frame->h.open;
	q->pending->object = r->line->device;
	q->id = ++proxy->last_proxied;
	list_append(&proxy->proxied, &q->link);
	proxy->proxied_count++;
	return q;
}

/* The pending request is somebody else's from now on. */
static struct pending *proxied_take(struct open *proxy, struct proxied *q)
{
	struct pending *p = q->pending;

	list_remove(&q->link);
	proxy->proxied_count--;
	mem_free(q);
	return p;
}

LONG handle_proxied(struct request *r)
{
	uint32_t type = proxied_type(r->rule->number);
	struct open *proxy = proxy_of(r->line, type);
	struct proxied *q;

	if (!proxy)
		return request_fail(r, LINEERR_OPERATIONUNAVAIL, "no proxy",
				"no program serves %s on line %u", type_name(type),
				r->line->device);
	if (proxy->proxied_count == PROXIED_MAX || session_is_away(proxy->session))
		return request_fail(r, LINEERR_RESOURCEUNAVAIL, "proxy",
				"%s, which serves this, does not take requests now",
				session_name(proxy->session));
	q = r->session->pending_count < PENDING_MAX ? proxied_new(r, proxy) : NULL;
	if (!q)
		return LINEERR_RESOURCEUNAVAIL;
	if (!send_request(r, proxy, q->id, type)) {
		pending_free(proxied_take(proxy, q));
		return LINEERR_NOMEM;
	}
	pending_return(q->pending, NULL);
	q->pending->accepted = true;
	return 0;
}

/* --- answers ---------------------------------------------------------------------------------- */

/* The proxy has said no more than that; the daemon's sentences are about other things. */
static const char *code_name(LONG result)
{
	const char *name = names_constant("LINEERR_", (uint32_t)result);

	return name ? name : "an unknown error";
}

static struct proxied *proxied_find(const struct open *proxy, uint32_t id)
{
	list_for(l, &proxy->proxied) {
		struct proxied *q = list_entry(l, struct proxied, link);

		if (q->id == id)
			return q;
	}
	return NULL;
}

LONG handle_proxy_response(struct request *r)
{
	const LineProxyResponse *m = (const void *)r->msg;
	const ProxyAnswer *answer = (const ProxyAnswer *)arena_unpack(&r->core->arena,
			&proxy_answer__descriptor, m->proxy_request.data,
			m->has_proxy_request ? m->proxy_request.len : 0);
	struct proxied *q = answer ? proxied_find(r->open, answer->id) : NULL;
	LONG result = (LONG)m->result;
	struct pending *p;

	if (!r->open->proxies)
		return request_fail(r, LINEERR_NOTREGISTERED, "proxy",
				"the line was not opened with LINEOPENOPTION_PROXY");
	if (!q)
		return request_fail(r, LINEERR_INVALPARAM, "proxy",
				"there is no such request, or it was answered before");
	if (result > 0)
		return request_fail(r, LINEERR_INVALPARAM, "result",
				"%d is neither 0 nor an error of TAPI", result);
	if (!result && !arena_unpack(&r->core->arena, q->pending->rule->reply, answer->body.data,
				       answer->has_body ? answer->body.len : 0))
		return request_fail(r, LINEERR_INVALPARAM, "proxy", "the answer is malformed");
	p = proxied_take(r->open, q);
	if (result)
		pending_fail(p, result,
				failure_new(r->core, LAYER_PROVIDER, "proxy", "%s refused: %s",
						session_name(r->session), code_name(result)));
	else
		pending_complete(p, answer->body.data, answer->has_body ? answer->body.len : 0);
	pending_settle(p);
	return request_return(r, NULL);
}

static void fail_proxied(struct open *o, const char *why)
{
	while (!list_empty(&o->proxied)) {
		struct pending *p =
				proxied_take(o, list_entry(o->proxied.next, struct proxied, link));

		pending_fail(p, LINEERR_OPERATIONFAILED,
				failure_new(o->session->core, LAYER_PROVIDER, "proxy gone",
						"%s, which served this, %s",
						session_name(o->session), why));
		pending_settle(p);
	}
}

void proxy_reconnected(struct session *s)
{
	list_for(l, &s->opens)
		fail_proxied(list_entry(l, struct open, in_session), "has lost its connection");
}

void proxy_closing(struct open *o)
{
	uint32_t gone = o->opening ? 0 : o->proxies;

	fail_proxied(o, "has closed the line");
	o->proxies = 0;
	for (uint32_t type = 1; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; type++)
		if (gone & BIT(type))
			tell_status(o, LINEPROXYSTATUS_CLOSE, type);
}

/* --- messages --------------------------------------------------------------------------------- */

/* What a proxy may say, and since which version there is such a message. */
static const struct {
	uint32_t msg, version;
} sayings[] = {
	{ LINE_AGENTSPECIFIC, 0x00020000 },
	{ LINE_AGENTSTATUS, 0x00020000 },
	{ LINE_AGENTSESSIONSTATUS, VERSION_2_2 },
	{ LINE_QUEUESTATUS, VERSION_2_2 },
	{ LINE_AGENTSTATUSEX, VERSION_2_2 },
	{ LINE_GROUPSTATUS, VERSION_2_2 },
};

static uint32_t version_of(uint32_t msg)
{
	for (size_t i = 0; i < sizeof(sayings) / sizeof(sayings[0]); i++)
		if (sayings[i].msg == msg)
			return sayings[i].version;
	return 0;
}

/* Whoever has the line, or where a call is named, that call. */
static void say(const struct request *r, const Event *e, uint32_t version)
{
	size_t size = event_pack(r->core, e);

	if (r->call) {
		list_for(l, &r->call->holders) {
			const struct held *h = list_entry(l, struct held, in_call);

			if (h->open != r->open && h->open->api_version >= version)
				event_to_open(h->open, e, 0, size);
		}
		return;
	}
	list_for(l, &r->line->opens) {
		const struct open *o = list_entry(l, struct open, in_line);

		if (o != r->open && o->api_version >= version)
			event_to_open(o, e, 0, size);
	}
}

LONG handle_proxy_message(struct request *r)
{
	const LineProxyMessage *m = (const void *)r->msg;
	uint32_t version = version_of(m->msg);
	Event e = EVENT__INIT;

	if (!r->open->proxies)
		return request_fail(r, LINEERR_NOTREGISTERED, "proxy",
				"the line was not opened with LINEOPENOPTION_PROXY");
	if (!version)
		return request_fail(r, LINEERR_INVALPARAM, "message",
				"message %u is not one that a proxy may send", m->msg);
	SET_ID(&e, object, r->call ? r->call->id : r->line->device);
	SET(&e, msg, m->msg);
	SET(&e, p1, m->param1);
	SET(&e, p2, m->param2);
	SET(&e, p3, m->param3);
	say(r, &e, version);
	return request_return(r, NULL);
}
