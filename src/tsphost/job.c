// SPDX-License-Identifier: MIT
/* job.c - from a frame to a TSPI call and back. Every way through job_run() ends in one RETURN. */
#define LOG_TOPIC "host"
#include "tsphost/job.h"

#include "base/mem.h"
#include "base/trace.h"
#include "tsphost/flatten.h"
#include "tsphost/job_parts.h"
#include "tsphost/reply.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ATTEMPTS = 4 }; /* of a get whose answer grows while it is asked */

LONG job_refuse(struct job *j, enum fault fault, const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	reason_set(&j->refusal, "refused by the host", "%s", text);
	return fault_code(fault, j->r->rule);
}

static LONG check_ready(struct job *j, const struct thunk *t)
{
	const struct host *h = j->host;

	switch (t->kind) {
	case CALL_TspiLineNegotiateTspiVersion: /* it loads the TSP */
		return 0;
	case CALL_TspiProviderConfigured: /* it may be the configuration that the TSP has */
		return h->stage == HOST_RUNNING ? 0
						: job_refuse(j, FAULT_UNINITIALIZED,
								  "the provider is not running");
	case CALL_TspiPhoneNegotiateTspiVersion:
	case CALL_TspiProviderConfig:
	case CALL_TspiProviderEnumDevices:
	case CALL_TspiProviderInit:
	case CALL_TspiProviderInstall:
	case CALL_TspiProviderRemove:
	case CALL_TspiProviderUiIdentify:
		if (h->stage >= HOST_LOADED)
			break;
		return job_refuse(j, FAULT_UNINITIALIZED, "the provider is not loaded");
	default:
		if (h->stage == HOST_RUNNING)
			break;
		return job_refuse(j, FAULT_UNINITIALIZED, "the provider is not running");
	}
	if (t->kind == CALL_TspiLineCloseCall) /* the host forgets the call in any case */
		return 0;
	if (!tsp_has(&h->tsp, t->function))
		return job_refuse(j, FAULT_UNAVAILABLE, "the provider does not export %s",
				tsp_name(t->function));
	return 0;
}

/* A LONG that is no documented answer becomes an error with words. */
static LONG judge(struct job *j, LONG result)
{
	const struct rule *rule = j->r->rule;
	const char *what;

	if (result < 0 || (rule->kind == KIND_SYNC && !result))
		return result;
	if (rule->kind == KIND_ASYNC && result == (LONG)j->r->id)
		return 0;
	what = rule->kind == KIND_ASYNC ? "not the request's id" : "no error code";
	log_warn("%s: answered %s with %#lx, which is %s", j->host->provider, rule->name,
			(unsigned long)result, what);
	return job_refuse(j, FAULT_FAILED, "the provider answered %s with %#lx, which is %s",
			rule->name, (unsigned long)result, what);
}

static void close_descriptor(struct job *j)
{
	if (j->descriptor >= 0)
		close(j->descriptor);
	j->descriptor = -1;
}

static LONG call_tsp(struct job *j, const struct thunk *t)
{
	LONG result = 0;

	for (unsigned i = 0; i < ATTEMPTS; i++) {
		trace_hop(TRACE_TSP, tsp_name(t->function), j->r->object, "%s", "");
		result = t->call(j);
		if (result || j->r->rule->kind == KIND_ASYNC)
			break;
		if (!parts_grow(j))
			break;
		close_descriptor(j);
	}
	return j->refusal.set ? result : judge(j, result);
}

static LONG execute(struct job *j, const struct thunk *t)
{
	struct request *r = j->r;
	LONG result = check_ready(j, t);

	if (!result)
		result = parts_resolve(j);
	if (!result)
		result = parts_prepare(j);
	if (result)
		return result;
	if (r->rule->kind == KIND_ASYNC && inbox_expect(j->host->inbox, r) < 0)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for the request");
	result = call_tsp(j, t);
	if (result && r->id)
		inbox_forget(j->host->inbox, r);
	return result;
}

/* What failed keeps nothing: no call, no descriptor. */
static void undo(struct job *j)
{
	struct request *r = j->r;
	struct reason said;

	reason_take(&said);
	if (j->refusal.set)
		r->reason = j->refusal;
	else if (said.set)
		r->reason = said;
	reply_explain(&r->reason, r->rule, r->result);
	close_descriptor(j);
	for (unsigned i = 0; i < r->out_count; i++)
		if (r->outs[i].made)
			call_free(j->host, r->outs[i].made);
}

/* What the TSP said although it succeeded; where nobody asks for that it is forgotten. */
static void take_reason(struct job *j, ProtobufCMessage *reply, Failure *failure)
{
	struct request *r = j->r;
	struct reason said;

	reason_take(&said);
	if (!said.set || !reply || r->rule->number != CALL_LineGetLineDevStatus)
		return;
	r->reason = said;
	reason_message(&r->reason, failure);
	((LineGetLineDevStatusReply *)reply)->reason = failure;
}

/* The RETURN. An asynchronous request that was accepted lives on. */
static void answer(struct job *j)
{
	struct request *r = j->r;
	struct host *h = j->host;
	ProtobufCMessage *reply = NULL;
	Failure failure;

	if (!r->result && r->rule->kind == KIND_SYNC)
		r->result = request_collect(r, &h->arena, &reply);
	else if (!r->result)
		reply = parts_reserved(j);
	if (r->result)
		undo(j);
	else
		take_reason(j, reply, &failure);
	if (!r->result && r->rule->kind == KIND_ASYNC)
		list_append(&h->requests, &r->link);
	reply_send(h, FRAME_RETURN, r, reply, j->descriptor);
	close_descriptor(j);
	if (r->result || r->rule->kind == KIND_SYNC)
		request_free(r);
}

static struct request *request_new(const struct frame *f, const struct rule *rule)
{
	struct request *r = mem_new(struct request);

	if (!r)
		return NULL;
	list_init(&r->link);
	list_init(&r->done.link);
	r->done.kind = ITEM_COMPLETION;
	r->done.request = r;
	r->h = f->h;
	r->rule = rule;
	return r;
}

/* No such call, or no memory: a RETURN without anything behind it. */
static void answer_bare(struct host *h, const struct frame *f, LONG result, const char *why)
{
	struct frame_header header = { .kind = FRAME_RETURN,
		.flags = FLAG_FAILURE,
		.serial = f->h.serial,
		.open = f->h.open,
		.origin_session = f->h.origin_session,
		.origin_serial = f->h.origin_serial,
		.result = result };
	struct reason reason;
	Failure failure;

	reason_set(&reason, "host", "%s", why);
	reason_message(&reason, &failure);
	host_send(h, &header, &failure.base);
}

int job_run(struct host *h, const struct frame *f)
{
	const struct rule *rule = rule_find(f->h.kind);
	const struct thunk *t = thunk_find(f->h.kind);
	struct job j = { .host = h, .frame = f, .descriptor = -1 };

	if (!rule || !t) {
		answer_bare(h, f, LINEERR_OPERATIONUNAVAIL, "no TSPI function does this");
		return 0;
	}
	arena_reset(&h->arena, MESSAGE_MAX);
	j.request = arena_unpack(&h->arena, rule->request, f->body, f->h.length);
	if (!j.request)
		return -EPROTO;
	j.r = request_new(f, rule);
	if (!j.r) {
		answer_bare(h, f, fault_code(FAULT_NO_MEMORY, rule), "no memory for the request");
		return 0;
	}
	j.r->result = execute(&j, t);
	answer(&j);
	return 0;
}
