// SPDX-License-Identifier: MIT
/* call.c - the media side of a call: its streams, its session, and the plan made of them. */
#define LOG_TOPIC "rtp"
#include "rtp_msp.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/os.h"

#include <errno.h>
#include <string.h>

#define MEDIA_TYPES (TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO)

static struct msp_stream *find_stream(struct msp_call *call, DWORD media_type, DWORD direction)
{
	list_for(link, &call->streams) {
		struct msp_stream *s = list_entry(link, struct msp_stream, link);

		if (s->media_type == media_type && s->direction == direction)
			return s;
	}
	return NULL;
}

struct msp_stream *call_audio(struct msp_call *call, DWORD direction)
{
	return find_stream(call, TAPIMEDIATYPE_AUDIO, direction);
}

static LONG add_stream(struct msp_call *call, DWORD media_type, DWORD direction,
		struct msp_stream **out)
{
	struct msp_stream *s = mem_new(struct msp_stream);

	if (!s)
		return TAPI_E_NOTENOUGHMEMORY;
	s->call = call;
	s->media_type = media_type;
	s->direction = direction;
	list_append(&call->streams, &s->link);
	if (out)
		*out = s;
	return 0;
}

static LONG add_default_streams(struct msp_call *call)
{
	static const DWORD types[] = { TAPIMEDIATYPE_AUDIO, TAPIMEDIATYPE_VIDEO };
	LONG r = 0;

	for (size_t i = 0; !r && i < sizeof(types) / sizeof(types[0]); i++) {
		if (!(call->media_types & types[i]))
			continue;
		r = add_stream(call, types[i], TD_CAPTURE, NULL);
		if (!r)
			r = add_stream(call, types[i], TD_RENDER, NULL);
	}
	return r;
}

LONG rtp_create_call(struct msp_address *address, void *cookie, DWORD media_types, DWORD flags,
		struct msp_call **out)
{
	struct msp_call *call;
	LONG r;

	if (!(media_types & MEDIA_TYPES))
		return TAPI_E_INVALIDMEDIATYPE;
	call = mem_new(struct msp_call);
	if (!call)
		return TAPI_E_NOTENOUGHMEMORY;
	call->address = address;
	call->cookie = cookie;
	call->id = ++address->last_id;
	call->media_types = media_types & MEDIA_TYPES;
	call->wish = SDP_BOTH;
	call->sdp_id = random_u64() >> 2;
	call->video.rtp = call->video.rtcp = -1;
	list_init(&call->streams);
	list_append(&address->calls, &call->link);
	r = add_default_streams(call);
	if (!r && (flags & MSP_CALL_JOINED))
		r = dialog_join(call);
	if (r)
		rtp_shutdown_call(call);
	else
		*out = call;
	return r;
}

static void stream_free(struct msp_stream *stream)
{
	stream_clear(stream);
	address_forget(stream->call->address, NULL, stream, NULL);
	list_remove(&stream->link);
	mem_free(stream);
}

void call_forget_sdp(struct msp_call *call)
{
	if (call->peer_sdp)
		mem_wipe(call->peer_sdp, call->peer_sdp_size);
	mem_free(call->peer_sdp);
	call->peer_sdp = NULL;
}

void rtp_shutdown_call(struct msp_call *call)
{
	media_session_free(call->session);
	call->session = NULL;
	media_mix_leave(call->member);
	for (int i = 0; i < MEDIA_TAPS; i++)
		media_tap_unref(call->taps[i]);
	keys_forget(call);
	udp_pair_close(&call->video);
	list_for_safe(link, &call->streams) {
		stream_free(list_entry(link, struct msp_stream, link));
	}
	address_forget(call->address, call, NULL, NULL);
	list_remove(&call->link);
	call_forget_sdp(call);
	mem_free(call);
}

LONG rtp_stream(struct msp_call *call, DWORD index, struct msp_stream **out)
{
	list_for(link, &call->streams) {
		if (index-- == 0) {
			*out = list_entry(link, struct msp_stream, link);
			return 0;
		}
	}
	return TAPI_E_NOITEMS;
}

LONG rtp_create_stream(struct msp_call *call, DWORD media_type, DWORD direction,
		struct msp_stream **out)
{
	LONG r;

	if (!(call->media_types & media_type) || (media_type & (media_type - 1)))
		return TAPI_E_INVALIDMEDIATYPE;
	if (direction != TD_CAPTURE && direction != TD_RENDER)
		return TAPI_E_INVALIDDIRECTION;
	if (find_stream(call, media_type, direction))
		return TAPI_E_MAXSTREAMS;
	r = add_stream(call, media_type, direction, out);
	return r ? r : rtp_error(call_publish(call));
}

LONG rtp_remove_stream(struct msp_call *call, struct msp_stream *stream)
{
	if (stream->call != call)
		return TAPI_E_INVALIDSTREAM;
	stream_free(stream);
	return rtp_error(call_publish(call));
}

int call_mix(struct msp_call *call, const char *group)
{
	struct media_member *before = call->member, *m = NULL;
	int r = 0;

	if (*group && before && strcmp(media_mix_name(before), group) == 0)
		return 0;
	if (*group)
		r = media_mix_join(group, &m);
	if (r < 0)
		return r;
	call->member = m;
	r = call_publish(call);
	if (r < 0)
		call->member = before;
	media_mix_leave(r < 0 ? m : before);
	return r;
}

void call_stream_event(struct msp_stream *stream, DWORD kind, DWORD cause)
{
	struct msp_event event = { .kind = ME_CALL_EVENT,
		.call = stream->call->cookie,
		.stream = stream,
		.terminal = stream->count ? stream->terminals[0] : NULL,
		.event = kind,
		.cause = cause };

	stream->active = kind == CALL_STREAM_ACTIVE;
	address_trace(stream->call,
			kind == CALL_STREAM_ACTIVE ? "CALL_STREAM_ACTIVE" : "CALL_STREAM_INACTIVE",
			rtp_stream_name(stream));
	if (event.terminal && event.terminal->released)
		event.terminal = NULL;
	(void)address_post(stream->call->address, stream->call, &event);
}

void call_close_session(struct msp_call *call, DWORD cause)
{
	media_session_free(call->session);
	call->session = NULL;
	keys_forget(call);
	udp_pair_close(&call->video);
	memset(&call->offer, 0, sizeof(call->offer));
	call->play = NULL;
	call->agreed = call->reoffer = call->trying = false;
	list_for(link, &call->streams) {
		struct msp_stream *s = list_entry(link, struct msp_stream, link);

		if (s->active)
			call_stream_event(s, CALL_STREAM_INACTIVE, cause);
	}
}

static void plan_way(struct msp_call *call, DWORD direction, unsigned int bit,
		struct media_way *way)
{
	struct msp_stream *s = call_audio(call, direction);

	way->cause = call->cause;
	way->run = MEDIA_STOP;
	if (!s)
		return;
	way->agreed = call->agreed && (call->agreement.direction & call->wish & bit);
	way->run = s->run;
	if (way->run == MEDIA_RUN && (s->mute || (call->hushed && direction == TD_CAPTURE)))
		way->run = MEDIA_HUSH;
	for (unsigned int i = 0; i < s->count; i++)
		way->terminals[way->count++] = s->terminals[i]->media;
}

int call_publish(struct msp_call *call)
{
	const struct agreement *a = &call->agreement;
	struct media_plan plan;

	if (!call->session)
		return 0;
	memset(&plan, 0, sizeof(plan));
	if (call->agreed) {
		plan.agreement = call->agreement_number;
		plan.rtp = a->rtp;
		plan.rtcp = a->rtcp;
		plan.latch = a->latch;
		plan.tx = a->tx;
		plan.tx_event = a->tx_event;
		plan.ask = a->ask;
		memcpy(plan.rx, a->rx.codecs, sizeof(plan.rx));
		plan.rx_count = a->rx.codec_count;
		memcpy(plan.rx_events, a->rx.events, sizeof(plan.rx_events));
		plan.rx_event_count = a->rx.event_count;
		memcpy(plan.secure, a->secure, sizeof(plan.secure));
	}
	plan.mix = call->member;
	memcpy(plan.taps, call->taps, sizeof(plan.taps));
	plan.rules = call->listening.rules;
	plan.play = call->play;
	plan.play_turn = call->play_turn;
	plan_way(call, TD_CAPTURE, SDP_SEND, &plan.way[MEDIA_CAPTURE]);
	plan_way(call, TD_RENDER, SDP_RECV, &plan.way[MEDIA_RENDER]);
	return media_session_set_plan(call->session, &plan);
}

int call_open_session(struct msp_call *call)
{
	struct sockaddr_storage local;
	int r;

	if (call->session)
		return 0;
	media_local_address(&call->settings.address, &local);
	/* Another number each time, so that late news of an older session finds nobody. */
	call->id = ++call->address->last_id;
	r = media_session_new((const struct sockaddr *)&local, call->id, &call->address->mailbox,
			&call->session);
	if (r < 0)
		log_error("call %llu: no sockets for RTP: %s", (unsigned long long)call->id,
				os_error_text(-r));
	if (r < 0 || !call->play)
		return r;
	r = call_publish(call); /* it is heard before anything is agreed */
	if (r < 0) {
		media_session_free(call->session);
		call->session = NULL;
	}
	return r;
}
