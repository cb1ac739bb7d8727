// SPDX-License-Identifier: MIT
/* address.c - an instance: one address of one application, its queue of events. */
#define LOG_TOPIC "rtp"
#include "rtp_msp.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <string.h>

LONG rtp_error(int error)
{
	switch (error) {
	case 0:
		return 0;
	case -ENOMEM:
		return TAPI_E_NOTENOUGHMEMORY;
	case -EADDRINUSE:
	case -EMFILE:
	case -ENFILE:
	case -EAGAIN:
		return TAPI_E_RESOURCEUNAVAIL;
	case -EBUSY:
		return TAPI_E_WRONG_STATE;
	default:
		return TAPI_E_OPERATIONFAILED;
	}
}

/* The clock thread has news. */
static void wake_host(void *arg)
{
	struct msp_address *address = arg;

	address->host->signal(address->host_arg);
}

LONG rtp_initialize(const struct msp_host *host, void *host_arg, struct msp_address **out)
{
	struct msp_address *address = mem_new(struct msp_address);
	int r;

	if (!address)
		return TAPI_E_NOTENOUGHMEMORY;
	log_as_library();
	r = media_engine_ref();
	if (r < 0) {
		mem_free(address);
		return rtp_error(r);
	}
	address->host = host;
	address->host_arg = host_arg;
	media_mailbox_init(&address->mailbox, wake_host, address);
	list_init(&address->calls);
	list_init(&address->terminals);
	list_init(&address->events);
	*out = address;
	return 0;
}

/* What goes to the TSP may hold keys. */
static void event_free(struct event *e)
{
	if (e)
		mem_wipe(e->data, e->event.size);
	mem_free(e);
}

static void drop_given(struct msp_address *address)
{
	event_free(address->given);
	address->given = NULL;
}

void rtp_shutdown(struct msp_address *address)
{
	list_for_safe(link, &address->calls) {
		rtp_shutdown_call(list_entry(link, struct msp_call, link));
	}
	list_for_safe(link, &address->terminals) {
		terminal_free(list_entry(link, struct msp_terminal, link));
	}
	media_engine_quiesce();
	list_for_safe(link, &address->events) {
		event_free(list_entry(link, struct event, link));
	}
	drop_given(address);
	media_engine_unref();
	mem_free(address);
}

LONG address_post(struct msp_address *address, struct msp_call *call, const struct msp_event *event)
{
	struct event *e = mem_zalloc(1, sizeof(*e) + event->size);

	if (!e) {
		log_error("event %lu lost: no memory", (unsigned long)event->kind);
		return TAPI_E_NOTENOUGHMEMORY;
	}
	e->event = *event;
	e->call = call;
	if (event->size) {
		memcpy(e->data, event->data, event->size);
		e->event.data = e->data;
	}
	list_append(&address->events, &e->link);
	address->host->signal(address->host_arg);
	return 0;
}

void address_forget(struct msp_address *address, const struct msp_call *call,
		const struct msp_stream *stream, const struct msp_terminal *terminal)
{
	list_for_safe(link, &address->events) {
		struct event *e = list_entry(link, struct event, link);

		if ((call && e->call == call) || (stream && e->event.stream == stream) ||
				(terminal && e->event.terminal == terminal)) {
			list_remove(&e->link);
			event_free(e);
		}
	}
}

void address_trace(struct msp_call *call, const char *what, const char *detail)
{
	struct msp_address *address = call->address;

	if (address->host->trace)
		address->host->trace(address->host_arg, call->cookie, what, detail);
}

/* A device cannot be opened, or has gone. */
static void take_device_news(struct msp_terminal *t, const struct media_news *news)
{
	struct msp_event event = { .kind = ME_CALL_EVENT,
		.terminal = t,
		.stream = t->stream,
		.event = CALL_TERMINAL_FAIL,
		.cause = CALL_CAUSE_BAD_DEVICE,
		.error = news->a == EBUSY ? TAPI_E_RESOURCEUNAVAIL : TAPI_E_OPERATIONFAILED };
	char why[TERMINAL_WHY];

	if (!t->stream)
		return;
	media_terminal_why(t->media, why, sizeof(why));
	address_trace(t->stream->call, "CALL_TERMINAL_FAIL", why);
	event.call = t->stream->call->cookie;
	(void)address_post(t->address, t->stream->call, &event);
}

static void take_file_news(struct msp_address *address, const struct media_news *news)
{
	list_for(link, &address->terminals) {
		struct msp_terminal *t = list_entry(link, struct msp_terminal, link);
		struct msp_event event = { .kind = ME_FILE_TERMINAL_EVENT,
			.terminal = t,
			.stream = t->stream,
			.event = news->a,
			.cause = news->b };

		if (t->media->id != news->object || t->released)
			continue;
		if (t->media->ops->device) {
			take_device_news(t, news);
			return;
		}
		event.call = t->stream ? t->stream->call->cookie : NULL;
		if (news->b == FTEC_READ_ERROR || news->b == FTEC_WRITE_ERROR)
			event.error = TAPI_E_OPERATIONFAILED;
		(void)address_post(address, t->stream ? t->stream->call : NULL, &event);
		return;
	}
}

static void take_call_news(struct msp_address *address, const struct media_news *news)
{
	list_for(link, &address->calls) {
		struct msp_call *call = list_entry(link, struct msp_call, link);
		struct msp_stream *stream;

		if (!call->session || call->id != news->object)
			continue;
		if (news->kind != MEDIA_ACTIVE && news->kind != MEDIA_INACTIVE) {
			dialog_news(call, news);
			return;
		}
		stream = call_audio(call, news->a == MEDIA_CAPTURE ? TD_CAPTURE : TD_RENDER);
		if (stream)
			call_stream_event(stream,
					news->kind == MEDIA_ACTIVE ? CALL_STREAM_ACTIVE
								   : CALL_STREAM_INACTIVE,
					news->b);
		return;
	}
}

static void take_news(struct msp_address *address)
{
	struct media_news news;
	uint32_t lost = media_mailbox_lost(&address->mailbox);

	if (lost)
		log_error("%lu news of media lost: the application does not dispatch",
				(unsigned long)lost);
	while (media_mailbox_take(&address->mailbox, &news)) {
		if (news.kind == MEDIA_FILE)
			take_file_news(address, &news);
		else
			take_call_news(address, &news);
	}
}

LONG rtp_get_event(struct msp_address *address, struct msp_event *out)
{
	struct event *e;

	drop_given(address);
	take_news(address);
	if (list_empty(&address->events))
		return TAPI_E_NOEVENT;
	e = list_entry(address->events.next, struct event, link);
	list_remove(&e->link);
	address->given = e;
	*out = e->event;
	return 0;
}
