// SPDX-License-Identifier: MIT
/* stream.c - one direction of a call's media, and which terminals are on it. */
#include "rtp_msp.h"

#include <errno.h>

DWORD rtp_stream_media_type(struct msp_stream *stream)
{
	return stream->media_type;
}

DWORD rtp_stream_direction(struct msp_stream *stream)
{
	return stream->direction;
}

const char *rtp_stream_name(struct msp_stream *stream)
{
	if (stream->media_type == TAPIMEDIATYPE_VIDEO)
		return stream->direction == TD_CAPTURE ? "video capture" : "video render";
	return stream->direction == TD_CAPTURE ? "audio capture" : "audio render";
}

static LONG set_run(struct msp_stream *stream, enum media_run run)
{
	enum media_run before = stream->run;
	int r;

	if (stream->media_type != TAPIMEDIATYPE_AUDIO && run == MEDIA_RUN)
		return TAPI_E_INVALIDSTREAMSTATE; /* nothing carries video yet */
	stream->run = run;
	stream->call->cause = CALL_CAUSE_LOCAL_REQUEST;
	r = call_publish(stream->call);
	if (r < 0)
		stream->run = before;
	return rtp_error(r);
}

LONG rtp_start_stream(struct msp_stream *stream)
{
	return set_run(stream, MEDIA_RUN);
}

LONG rtp_pause_stream(struct msp_stream *stream)
{
	return set_run(stream, MEDIA_HUSH);
}

LONG rtp_stop_stream(struct msp_stream *stream)
{
	return set_run(stream, MEDIA_STOP);
}

LONG rtp_select_terminal(struct msp_stream *stream, struct msp_terminal *terminal)
{
	int r;

	if (terminal->address != stream->call->address)
		return TAPI_E_INVALIDTERMINAL;
	if (stream->media_type != rtp_terminal_media_type(terminal))
		return TAPI_E_INVALIDMEDIATYPE;
	if (stream->direction != terminal->direction)
		return TAPI_E_INVALIDDIRECTION;
	if (terminal->stream)
		return TAPI_E_TERMINALINUSE;
	if (stream->count == PLAN_TERMINALS)
		return TAPI_E_MAXTERMINALS;
	r = media_terminal_prepare(terminal->media);
	if (r < 0)
		return rtp_error(r);
	stream->terminals[stream->count++] = terminal;
	r = call_publish(stream->call);
	if (r < 0)
		stream->count--;
	else
		terminal->stream = stream;
	return rtp_error(r);
}

static void take_out(struct msp_stream *stream, unsigned int at)
{
	stream->count--;
	for (; at < stream->count; at++)
		stream->terminals[at] = stream->terminals[at + 1];
}

LONG rtp_unselect_terminal(struct msp_stream *stream, struct msp_terminal *terminal)
{
	int r;

	for (unsigned int i = 0; i < stream->count; i++) {
		if (stream->terminals[i] != terminal)
			continue;
		take_out(stream, i);
		r = call_publish(stream->call);
		if (r < 0) {
			stream->terminals[stream->count++] = terminal;
			return rtp_error(r);
		}
		terminal->stream = NULL;
		if (terminal->released)
			terminal_free(terminal);
		return 0;
	}
	return TAPI_E_INVALIDTERMINAL;
}

LONG rtp_stream_terminal(struct msp_stream *stream, DWORD index, struct msp_terminal **out)
{
	for (unsigned int i = 0; i < stream->count; i++) {
		if (stream->terminals[i]->released)
			continue;
		if (index-- == 0) {
			*out = stream->terminals[i];
			return 0;
		}
	}
	return TAPI_E_NOITEMS;
}

void stream_clear(struct msp_stream *stream)
{
	while (stream->count) {
		struct msp_terminal *t = stream->terminals[--stream->count];

		t->stream = NULL;
		if (t->released)
			terminal_free(t);
	}
}
