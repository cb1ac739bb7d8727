// SPDX-License-Identifier: MIT
/* instance.c - MSP instances: one per address and application. Carries data between TSP and MSP and
 * fetches the MSP's events. */
#define LOG_TOPIC "msp"
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"
#include "base/trace.h"

#include <string.h>
#include <unistd.h>

enum { DETAIL = 100 };

/* The instance that this thread hands data to: what it says meanwhile is fetched afterwards, so its
 * signal wakes nobody. */
static _Thread_local const struct instance *speaking_to;

/* Any thread of the MSP, also under objects_lock; so no lock here. */
static void signal_host(void *host)
{
	struct instance *i = host;

	if (!atomic_exchange(&i->signalled, true) && i != speaking_to)
		tapi_wake(i->tapi);
}

static void trace_host(void *host, void *call, const char *what, const char *detail)
{
	const struct tapi_call *c = call;

	(void)host;
	trace_hop(TRACE_MSP, what, c ? c->id : 0, "%s", detail ? detail : "");
}

static const struct msp_host msp_host = {
	.version = MSP_VERSION, .signal = signal_host, .trace = trace_host
};

/* The first line of what TSP and MSP say, when it is text. */
static void first_line(const void *data, size_t size, char out[DETAIL])
{
	const char *s = data;
	size_t n = 0;

	while (n < size && n < DETAIL - 1 && s[n] >= ' ' && s[n] <= '~') {
		out[n] = s[n];
		n++;
	}
	out[n] = '\0';
}

/* The call that data is for; made here when the TSP speaks of it before the application has heard.
 */
static struct tapi_call *call_for(struct instance *i, HCALL handle, uint64_t id)
{
	struct tapi_address *address;
	struct tapi_call *call = tapi_call_by_handle(i->tapi, handle);

	if (call)
		return call;
	address = tapi_address_find(i->tapi, i->device, i->address_id);
	if (!address)
		return NULL;
	call = tapi_call_adopt(address, handle, id);
	if (call)
		tapi_call_attach(call, 0, tapi_call_flags(call->line_state));
	return call;
}

static bool take(struct instance *i, HCALL handle, uint64_t id, const void *data, size_t size)
{
	struct tapi_call *call = NULL;
	char detail[DETAIL];
	LONG result;

	if (!i->address)
		return false;
	if (id && handle)
		call = call_for(i, handle, id);
	if (id && (!call || call->instance != i))
		return false;
	first_line(data, size, detail);
	trace_hop(TRACE_MSP, "ReceiveTSPData", id, "%s", detail);
	speaking_to = i;
	result = i->ops->receive_tsp_data(i->address, call ? call->msp : NULL, data, (DWORD)size);
	speaking_to = NULL;
	if (result)
		log_warn("call %#llx: the MSP does not understand its TSP (%#x)",
				(unsigned long long)id, (unsigned)result);
	return true;
}

static bool data_in(struct msp *m, struct app *a, HCALL call, uint64_t call_id, const void *data,
		size_t size)
{
	struct instance *i = list_entry(m, struct instance, msp);
	struct tapi *tapi = i->tapi;
	bool taken;

	(void)a;
	objects_lock();
	taken = take(i, call, call_id, data, size);
	objects_unlock();
	tapi_drain(tapi);
	return taken;
}

/* Makes it known to the server; without the lock, for that takes its time. It may end meanwhile:
 * who finds it ended undoes it. */
static LONG instance_link(struct instance *i, struct app *a)
{
	LONG result = msp_create(a, i->line, i->address_id, &i->msp);
	bool ended;

	objects_lock();
	ended = !i->address;
	i->linked = !result && !ended;
	objects_unlock();
	if (!result && ended) {
		msp_close(a, &i->msp);
		result = fail(TAPI_E_NOT_INITIALIZED, "shutdown", "the connection has ended");
	}
	return result;
}

/* The server has forgotten it; media goes on, and new calls need an instance that it knows. */
static void lost(struct msp *m, struct app *a)
{
	struct instance *i = list_entry(m, struct instance, msp);
	bool ended;

	objects_lock();
	ended = !i->address;
	i->linked = false;
	objects_unlock();
	if (ended)
		return;
	log_warn("line %u: the server has lost the MSP instance, making another", i->device);
	(void)instance_link(i, a);
}

struct instance *instance_find(struct tapi *tapi, DWORD device, DWORD address_id)
{
	list_for(pos, &tapi->instances) {
		struct instance *i = list_entry(pos, struct instance, link);

		if (i->device == device && i->address_id == address_id)
			return i;
	}
	return NULL;
}

static LONG instance_new(struct tapi_address *address, HLINE line, const struct msp_ops *ops,
		struct instance **out)
{
	struct instance *i = mem_new(struct instance);
	LONG result;

	if (!i)
		return fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory for an MSP instance");
	list_init(&i->link);
	i->msp.data = data_in;
	i->msp.lost = lost;
	i->device = address->device;
	i->address_id = address->id;
	i->tapi = address->tapi;
	tapi_hook(i->tapi, &i->msp.hook);
	i->ops = ops;
	i->line = line;
	atomic_init(&i->signalled, false);
	objects_lock();
	result = ops->initialize(&msp_host, i, &i->address);
	objects_unlock();
	if (result) {
		mem_free(i);
		return fail(result, "Initialize", "the MSP %s does not start", ops->name);
	}
	*out = i;
	return 0;
}

LONG instance_obtain(struct tapi_address *address, HLINE line)
{
	struct tapi *tapi = address->tapi;
	const struct msp_ops *ops;
	struct instance *i = NULL;
	GUID clsid;
	bool known;
	LONG result;

	objects_lock();
	known = instance_find(tapi, address->device, address->id) != NULL;
	objects_unlock();
	if (known)
		return 0;
	if (msp_identify(tapi->app, address->device, &clsid))
		return TAPI_E_NODRIVER; /* the last reason says it */
	result = module_find(&clsid, &ops);
	if (!result)
		result = instance_new(address, line, ops, &i);
	if (result)
		return result;
	objects_lock();
	known = instance_find(tapi, address->device, address->id) != NULL || tapi->closed;
	if (!known)
		list_append(&tapi->instances, &i->link);
	objects_unlock();
	if (!known)
		result = instance_link(i, tapi->app);
	if (known || result)
		instance_end(i);
	return result;
}

static void end_calls(struct instance *i)
{
	list_for_safe(pos, &i->tapi->calls) {
		struct tapi_call *call = list_entry(pos, struct tapi_call, link);

		if (call->instance == i)
			tapi_call_detach(call);
	}
}

/* Its memory stays for the dispatch that may be inside: tapi_end frees it. */
void instance_end(struct instance *i)
{
	bool linked;

	objects_lock();
	if (!i->address) {
		objects_unlock();
		return;
	}
	end_calls(i);
	tapi_terminals_cut(i);
	i->ops->shutdown(i->address);
	i->address = NULL;
	list_remove(&i->link);
	list_append(&i->tapi->ended, &i->link);
	linked = i->linked;
	i->linked = false;
	objects_unlock();
	if (linked)
		msp_close(i->tapi->app, &i->msp);
}

/* --- Events ---------------------------------------------------------------------------------- */

/* What the MSP wants its TSP to know; sent without objects_lock, for the socket may be full. */
static void send(struct instance *i, const struct msp_event *e)
{
	struct tapi_call *call = e->call;
	HCALL handle = call ? call->handle : 0;
	void *copy = mem_alloc(e->size + 1u);
	char detail[DETAIL];
	DWORD size = e->size;

	if (copy && size)
		memcpy(copy, e->data, size);
	first_line(e->data, e->size, detail);
	trace_hop(TRACE_MSP, "MSP_TSP_DATA", call ? call->id : 0, "%s", detail);
	if (!copy || (call && !handle)) {
		log_warn("what the MSP says of a call cannot be sent: %s",
				copy ? "it has no handle" : "no memory");
		mem_free(copy);
		return;
	}
	objects_unlock();
	if (msp_send(i->tapi->app, &i->msp, handle, copy, size))
		log_debug("what the MSP says of a call was not sent");
	mem_free(copy);
	objects_lock();
}

static void call_event(struct instance *i, const struct msp_event *e)
{
	struct tapi_call *call = e->call;
	struct tapi_event *out;

	if (!call)
		return;
	/* MSP_CALL_EVENT and its causes have the numbers of CALL_MEDIA_EVENT and its causes. */
	out = event_new(i->tapi, TE_CALLMEDIA, (LONG)e->event, call->address, call);
	if (!out)
		return;
	out->cause = (LONG)e->cause;
	out->error = e->error;
	if (e->stream)
		out->stream = tapi_stream_of(call, e->stream);
	if (e->terminal)
		out->terminal = tapi_terminal_of(i, call->address, e->terminal);
	event_post(out);
}

static void terminal_event(struct instance *i, const struct msp_event *e, TAPI_EVENT kind)
{
	struct tapi_call *call = e->call;
	struct tapi_address *address =
			call ? call->address : tapi_address_find(i->tapi, i->device, i->address_id);
	struct tapi_event *out = event_new(i->tapi, kind, (LONG)e->event, address, call);

	if (!out)
		return;
	out->state = (LONG)e->event;
	out->cause = (LONG)e->cause;
	out->error = e->error;
	if (e->terminal && address)
		out->terminal = tapi_terminal_of(i, address, e->terminal);
	event_post(out);
}

static void address_event(struct instance *i, const struct msp_event *e)
{
	struct tapi_address *address = tapi_address_find(i->tapi, i->device, i->address_id);
	LONG what = e->event == ADDRESS_TERMINAL_AVAILABLE ? AE_NEWTERMINAL : AE_REMOVETERMINAL;
	struct tapi_event *out = event_new(i->tapi, TE_ADDRESS, what, address, NULL);

	if (!out)
		return;
	if (e->terminal && address)
		out->terminal = tapi_terminal_of(i, address, e->terminal);
	event_post(out);
}

static void handle_event(struct instance *i, const struct msp_event *e)
{
	struct tapi_event *out;

	switch (e->kind) {
	case ME_TSP_DATA:
		send(i, e);
		break;
	case ME_CALL_EVENT:
		call_event(i, e);
		break;
	case ME_FILE_TERMINAL_EVENT:
		terminal_event(i, e, TE_FILETERMINAL);
		break;
	case ME_TONE_TERMINAL_EVENT:
		terminal_event(i, e, TE_TONETERMINAL);
		break;
	case ME_ADDRESS_EVENT:
		address_event(i, e);
		break;
	case ME_PRIVATE_EVENT:
		out = event_new(i->tapi, TE_PRIVATE, (LONG)e->event, NULL, e->call);
		if (out)
			event_post(out);
		break;
	default:
		log_debug("the MSP reports event %u, which is not known here", (unsigned)e->kind);
		break;
	}
}

void instance_drain(struct instance *i)
{
	struct msp_event e;

	atomic_store(&i->signalled, false);
	while (i->address && memset(&e, 0, sizeof(e)) && i->ops->get_event(i->address, &e) == 0)
		handle_event(i, &e);
}
