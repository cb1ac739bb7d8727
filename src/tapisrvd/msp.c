// SPDX-License-Identifier: MIT
/* msp.c - MSP instances and the relay. Data for a call goes to the instance of the session that
 * made it or last came to own it with an instance; monitors get none. When nobody takes it, the TSP
 * is told with empty data. */
#include "msp.h"

#include "base/mem.h"
#include "base/trace.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "event.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "session.h"

#include <tspi.h>

#define LOG_TOPIC "msp"

struct msp *msp_new(struct line *line, uint32_t number, uint32_t address_id)
{
	struct msp *m = mem_new(struct msp);

	if (!m)
		return NULL;
	m->line = line;
	m->number = number;
	m->address_id = address_id;
	list_init(&m->in_session);
	list_append(&line->msps, &m->in_line);
	return m;
}

void msp_free(struct msp *m)
{
	list_remove(&m->in_session);
	list_remove(&m->in_line);
	mem_free(m);
}

struct msp *msp_find(const struct line *line, uint32_t number)
{
	list_for(l, &line->msps) {
		struct msp *m = list_entry(l, struct msp, in_line);

		if (m->number == number)
			return m;
	}
	return NULL;
}

void msp_set_session(struct msp *m, struct session *s, uint32_t open)
{
	list_remove(&m->in_session);
	list_append(&s->msps, &m->in_session);
	m->session = s;
	m->session_id = s->id;
	m->open = open;
}

static void close_at_tsp(struct host *h, uint32_t number)
{
	TspiLineCloseMspInstance request = TSPI_LINE_CLOSE_MSP_INSTANCE__INIT;

	SET(&request, msp_line, number);
	(void)host_call(h, CALL_TspiLineCloseMspInstance, &request.base, NULL);
}

void msp_close(struct msp *m)
{
	close_at_tsp(m->line->provider->host, m->number);
	msp_free(m);
}

void msp_close_all(struct session *s)
{
	while (!list_empty(&s->msps))
		msp_close(list_entry(s->msps.next, struct msp, in_session));
}

/* The session's instance for the call's line and address. */
static struct msp *instance_for(const struct call *call, uint64_t session_id)
{
	list_for(l, &call->line->msps) {
		struct msp *m = list_entry(l, struct msp, in_line);

		if (m->session && m->session_id == session_id && m->address_id == call->address_id)
			return m;
	}
	return NULL;
}

/* The instance that has the call's media. */
static struct msp *instance_of(const struct call *call)
{
	return call->msp_session ? instance_for(call, call->msp_session) : NULL;
}

bool msp_let_go(struct call *call, const struct session *s)
{
	if (call->msp_session != s->id)
		return false;
	call->msp_session = 0;
	list_for(l, &call->holders) {
		const struct held *h = list_entry(l, struct held, in_call);

		if (h->session != s && h->privilege == LINECALLPRIVILEGE_OWNER &&
				instance_for(call, h->session->id))
			call->msp_session = h->session->id;
	}
	return true;
}

bool msp_may_take(const struct call *call, const struct session *s)
{
	return instance_for(call, s->id) || !instance_of(call);
}

static void tell_tsp(struct line *line, uint64_t call, uint32_t number, ProtobufCBinaryData data)
{
	TspiLineReceiveMspData request = TSPI_LINE_RECEIVE_MSP_DATA__INIT;

	SET_ID(&request, line, line->device);
	SET_ID(&request, call, call);
	SET(&request, msp_line, number);
	SET_BYTES(&request, buffer, data.data, data.len);
	(void)host_call(line->provider->host, CALL_TspiLineReceiveMspData, &request.base, NULL);
}

static void nobody_takes(struct call *call)
{
	ProtobufCBinaryData none = { 0, NULL };

	log_debug("call %#llx: no application takes its media", (unsigned long long)call->id);
	tell_tsp(call->line, call->id, 0, none);
}

static void to_instance(const struct msp *m, const Event *e)
{
	const struct open *o = m->session ? session_find_open(m->session, m->open) : NULL;
	Event out = *e;

	if (!o)
		return;
	SET(&out, p1, m->number);
	SET(&out, p2, 0);
	SET(&out, p3, 0);
	event_to_open(o, &out, 0, event_pack(m->line->core, &out));
}

void msp_data_from_host(struct line *line, struct call *call, const Event *e)
{
	struct msp *m;

	if (e->data.len > PAYLOAD_MAX) {
		log_warn("line %u: %zu bytes for an MSP are too many", line->device, e->data.len);
		return;
	}
	if (call) {
		m = e->p1 ? msp_find(line, (uint32_t)e->p1) : instance_of(call);
		if (m)
			to_instance(m, e);
		else if (!call->core->quiet) /* its session may be on its way back */
			nobody_takes(call);
		return;
	}
	list_for(l, &line->msps) {
		m = list_entry(l, struct msp, in_line);
		if (!e->p1 || m->number == e->p1)
			to_instance(m, e);
	}
}

/* The application has no MSP call for it: the TSP goes on without media. */
static void not_taken(struct request *r)
{
	if (r->call->msp_session == r->session->id)
		nobody_takes(r->call);
}

LONG handle_msp_data(struct request *r)
{
	const TapixMspData *m = (const void *)r->msg;
	struct msp *msp = msp_find(r->line, m->msp_line);

	if (m->data.len > PAYLOAD_MAX)
		return request_fail(r, LINEERR_INVALPARAM, "too long",
				"MSP data may have %d bytes, not %zu", PAYLOAD_MAX, m->data.len);
	if (!request_host(r) || host_is_full(request_host(r)))
		return LINEERR_RESOURCEUNAVAIL;
	if (r->call && !m->data.len) {
		not_taken(r);
		return request_return(r, NULL);
	}
	if (!msp || msp->session != r->session)
		return request_fail(r, LINEERR_INVALPARAM, "instance",
				"the application has no MSP instance %u on this line", m->msp_line);
	if (r->held && r->held->privilege != LINECALLPRIVILEGE_OWNER)
		return LINEERR_NOTOWNER;
	if (r->call && msp->address_id == r->call->address_id && !instance_of(r->call)) {
		call_media_to(r->call, r->session);
		call_write_note(r->call);
	}
	trace_hop(TRACE_TAPISRV, "MSP_TSP_DATA", m->call ? m->call : r->line->device, "%zu bytes",
			m->data.len);
	tell_tsp(r->line, m->call, m->msp_line, m->data);
	return request_return(r, NULL);
}

/* a NULL: the code says it all. */
static void fail(struct pending *p, int32_t result, const struct answer *a)
{
	struct core *core = p->session ? p->session->core : NULL;

	if (core)
		pending_fail(p, result,
				a ? answer_failure(core, a)
				  : failure_new(core, LAYER_SERVER, NULL, "%s",
						    failure_sentence(result)));
}

static void created(struct pending *p, const struct answer *a)
{
	const TspiLineCreateMspInstanceReply *reply = (const void *)a->reply;
	struct line *line = p->host ? line_find(p->host->peer.core, (uint32_t)p->object) : NULL;
	struct open *o = p->session ? session_find_open(p->session, p->open) : NULL;
	TapixCreateMspInstanceReply answer = TAPIX_CREATE_MSP_INSTANCE_REPLY__INIT;
	struct msp *m;

	if (!reply || !line) {
		fail(p, a->result ? a->result : LINEERR_OPERATIONFAILED, a);
		return;
	}
	m = o ? msp_new(line, reply->msp_line, p->value) : NULL;
	if (!m) { /* its application is gone, or has closed the line, or memory is short */
		close_at_tsp(p->host, reply->msp_line);
		fail(p, o ? LINEERR_NOMEM : LINEERR_INVALLINEHANDLE, NULL);
		return;
	}
	msp_set_session(m, p->session, p->open);
	SET(&answer, msp_line, reply->msp_line);
	pending_return(p, &answer.base);
}

LONG handle_create_msp_instance(struct request *r)
{
	const TapixCreateMspInstance *m = (const void *)r->msg;
	TspiLineCreateMspInstance request = TSPI_LINE_CREATE_MSP_INSTANCE__INIT;
	struct pending *p;

	SET_ID(&request, line, r->line->device);
	SET(&request, address_id, m->address_id);
	p = host_forward_message(request_host(r), r->session,
			rule_find(CALL_TspiLineCreateMspInstance), r->frame, &request.base,
			created);
	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->line->device;
	p->value = m->address_id;
	return 0;
}

LONG handle_close_msp_instance(struct request *r)
{
	const TapixCloseMspInstance *m = (const void *)r->msg;
	struct msp *msp = msp_find(r->line, m->msp_line);

	if (!msp || msp->session != r->session)
		return request_fail(r, LINEERR_INVALPARAM, "instance",
				"the application has no MSP instance %u on this line", m->msp_line);
	msp_close(msp);
	return request_return(r, NULL);
}

static void identified(struct pending *p, const struct answer *a)
{
	const TspiLineMspIdentifyReply *from = (const void *)a->reply;
	TapixMspIdentifyReply reply = TAPIX_MSP_IDENTIFY_REPLY__INIT;

	if (a->result && a->result != LINEERR_OPERATIONUNAVAIL) {
		fail(p, a->result, a);
		return;
	}
	if (from)
		reply.clsid = from->clsid;
	pending_return(p, &reply.base);
}

LONG handle_msp_identify(struct request *r)
{
	TspiLineMspIdentify request = TSPI_LINE_MSP_IDENTIFY__INIT;
	struct pending *p;

	SET_ID(&request, device, r->line->device);
	p = host_forward_message(request_host(r), r->session, rule_find(CALL_TspiLineMspIdentify),
			r->frame, &request.base, identified);
	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->line->device;
	return 0;
}
