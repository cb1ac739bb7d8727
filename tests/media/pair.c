// SPDX-License-Identifier: MIT
/* pair.c - two instances of the rtp MSP and a TSP between them. */
#include "pair.h"

#include "base/clock.h"
#include "base/random.h"
#include "media/engine.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void count_signal(void *host)
{
	((struct end *)host)->signals++;
}

static const struct msp_host host = {
	.version = MSP_VERSION,
	.signal = count_signal,
};

void end_open(struct end *e, DWORD media_types, DWORD flags)
{
	memset(e, 0, sizeof(*e));
	ck_assert_int_eq(msp_provider.initialize(&host, e, &e->address), 0);
	ck_assert_int_eq(msp_provider.create_call(e->address, e, media_types, flags, &e->call), 0);
	ck_assert_int_eq(msp_provider.stream(e->call, 0, &e->capture), 0);
	ck_assert_int_eq(msp_provider.stream(e->call, 1, &e->render), 0);
}

void end_close(struct end *e)
{
	if (e->call)
		msp_provider.shutdown_call(e->call);
	if (e->address)
		msp_provider.shutdown(e->address);
	memset(e, 0, sizeof(*e));
}

static void keep_message(struct end *e, const struct msp_event *event)
{
	struct end_message *m = &e->messages[e->message_count++];

	ck_assert_uint_le(e->message_count, END_MESSAGES);
	ck_assert_uint_lt(event->size, sizeof(m->bytes));
	memcpy(m->bytes, event->data, event->size);
	m->bytes[event->size] = '\0';
	m->size = event->size;
}

void end_drain(struct end *e)
{
	struct msp_event event;
	LONG r;

	while ((r = msp_provider.get_event(e->address, &event)) == 0) {
		ck_assert_ptr_eq(event.call, e);
		if (event.kind == ME_TSP_DATA)
			keep_message(e, &event);
		if (event.kind == ME_CALL_EVENT) {
			e->active += event.event == CALL_STREAM_ACTIVE;
			e->inactive += event.event == CALL_STREAM_INACTIVE;
			e->last_cause = event.cause;
			if (event.event == CALL_TERMINAL_FAIL) {
				e->failed++;
				e->failed_terminal = event.terminal;
			}
		}
		if (event.kind == ME_FILE_TERMINAL_EVENT) {
			e->files++;
			e->last_cause = event.cause;
		}
	}
	ck_assert_int_eq(r, TAPI_E_NOEVENT);
}

static void end_send_bytes(struct end *e, const void *data, size_t size)
{
	ck_assert_int_eq(msp_provider.receive_tsp_data(e->address, e->call, data, (DWORD)size), 0);
	end_drain(e);
}

void end_send(struct end *e, const char *text)
{
	end_send_bytes(e, text, strlen(text));
}

void end_send_sdp(struct end *e, const char *verb, int id, const struct end_message *from)
{
	const char *body = strstr(from->bytes, "\n\n");
	char text[8192];

	ck_assert_ptr_nonnull(body);
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 %s %d\n\n%s", verb, id, body + 2);
	end_send(e, text);
}

struct end_message end_expect(struct end *e, enum rtpmsg_verb verb)
{
	struct end_message m;
	struct rtpmsg read;

	ck_assert_uint_gt(e->message_count, 0);
	m = e->messages[0];
	e->message_count--;
	memmove(e->messages, e->messages + 1, e->message_count * sizeof(m));
	ck_assert_int_eq(rtpmsg_parse(m.bytes, m.size, &read), 0);
	ck_assert_msg(read.verb == verb, "%s instead of %s:\n%s", rtpmsg_verb_name(read.verb),
			rtpmsg_verb_name(verb), m.bytes);
	return m;
}

const char *message_header(const struct end_message *m, const char *name)
{
	static char value[RTPMSG_VALUE_MAX + 1];
	struct rtpmsg read;

	ck_assert_int_eq(rtpmsg_parse(m->bytes, m->size, &read), 0);
	(void)rtpmsg_text(&read, name, value, sizeof(value));
	return value;
}

const char *message_crypto(const struct end_message *m, int n)
{
	static char lines[4][256];
	static int next;
	char *to = lines[next++ % 4];
	const char *at = m->bytes;

	for (; n >= 0; n--) {
		at = strstr(at, "a=crypto:");
		ck_assert_ptr_nonnull(at);
		at += 9;
	}
	(void)snprintf(to, 256, "%.*s", (int)strcspn(at, "\r"), at);
	return to;
}

unsigned long end_figure(struct end *of, const char *name)
{
	struct end_message m;

	end_send(of, "TAPI-RTP/1 figures? 9\n\n");
	m = end_expect(of, RTPMSG_FIGURES);
	return strtoul(message_header(&m, name), NULL, 10);
}

bool end_is_secure(struct end *of)
{
	struct end_message m;

	end_send(of, "TAPI-RTP/1 figures? 9\n\n");
	m = end_expect(of, RTPMSG_FIGURES);
	return strcmp(message_header(&m, "SRTP"), "on") == 0;
}

void pair_open(struct pair *p)
{
	(void)setenv("TAPI_MEDIA_ADDRESS", "127.0.0.1", 1);
	clock_set_virtual(1000000000u);
	media_engine_set_manual(true);
	end_open(&p->a, TAPIMEDIATYPE_AUDIO, MSP_CALL_OUTGOING);
	end_open(&p->b, TAPIMEDIATYPE_AUDIO, MSP_CALL_INCOMING);
}

void pair_connect(struct pair *p)
{
	struct end_message offer, answer;

	end_send(&p->a, "TAPI-RTP/1 offer? 1\n\n");
	offer = end_expect(&p->a, RTPMSG_OFFER);
	end_send_sdp(&p->b, "offer", 1, &offer);
	answer = end_expect(&p->b, RTPMSG_ANSWER);
	end_send_sdp(&p->a, "answer", 1, &answer);
	ck_assert_uint_eq(p->a.message_count, 0);
}

void pair_step(struct pair *p, unsigned int ticks)
{
	for (; ticks; ticks--) {
		clock_advance_ms(20);
		media_engine_step(clock_now_ns());
		end_drain(&p->a);
		end_drain(&p->b);
	}
}

void pair_flow(struct pair *p)
{
	for (int i = 0; i < 50 && (p->a.active < 2 || p->b.active < 2); i++)
		pair_step(p, 1);
	ck_assert_uint_eq(p->a.active, 2);
	ck_assert_uint_eq(p->b.active, 2);
}

void pair_close(struct pair *p)
{
	end_close(&p->a);
	end_close(&p->b);
}

struct msp_terminal *end_terminal(struct end *e, const GUID *clsid, DWORD direction)
{
	struct msp_terminal *t;

	ck_assert_int_eq(msp_provider.create_terminal(e->address, clsid, TAPIMEDIATYPE_AUDIO,
					 direction, &t),
			0);
	ck_assert_int_eq(msp_provider.select_terminal(direction == TD_CAPTURE ? e->capture
									      : e->render,
					 t),
			0);
	return t;
}

const void *terminal_interface(struct msp_terminal *t, const GUID *iid)
{
	const void *vtable;

	ck_assert_int_eq(msp_provider.query_terminal(t, iid, &vtable), 0);
	return vtable;
}

const void *stream_interface(struct msp_stream *s, const GUID *iid)
{
	const void *vtable;

	ck_assert_int_eq(msp_provider.query_stream(s, iid, &vtable), 0);
	return vtable;
}

unsigned int open_descriptors(void)
{
	unsigned int n = 0;

	for (int fd = 0; fd < 1024; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}
