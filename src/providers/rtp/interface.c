// SPDX-License-Identifier: MIT
/* interface.c - what streams and terminals can do beyond the operations of mspi.h, by GUID. */
#include "rtp_msp.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define FREQUENCY_MAX 3999

/* It fails for what the caller named. */
static LONG file_error(int r)
{
	return r == 0 || r == -ENOMEM || r == -EBUSY ? rtp_error(r) : TAPI_E_INVALIDTERMINAL;
}

static LONG start_error(int r)
{
	return r == -EINVAL ? TAPI_E_WRONG_STATE : file_error(r);
}

/* --- files ---------------------------------------------------------------------------------- */

static LONG player_start(struct msp_terminal *t)
{
	return start_error(media_player_start(t->media));
}

static LONG player_stop(struct msp_terminal *t)
{
	media_player_stop(t->media);
	return 0;
}

static LONG player_pause(struct msp_terminal *t)
{
	media_player_pause(t->media);
	return 0;
}

static LONG player_state(struct msp_terminal *t, DWORD *out)
{
	*out = (DWORD)media_player_state(t->media);
	return 0;
}

static const struct msp_media_control player_control = {
	.start = player_start,
	.stop = player_stop,
	.pause = player_pause,
	.state = player_state,
};

static LONG player_set_play_list(struct msp_terminal *t, const char *const *files, DWORD count)
{
	return file_error(media_player_set_files(t->media, files, count));
}

static LONG player_file(struct msp_terminal *t, DWORD index, const char **out)
{
	const char *file = media_player_file(t->media, index);

	if (!file)
		return TAPI_E_NOITEMS;
	*out = file;
	return 0;
}

static const struct msp_media_playback player_playback = {
	.set_play_list = player_set_play_list,
	.file = player_file,
};

static LONG recorder_start(struct msp_terminal *t)
{
	return start_error(media_recorder_start(t->media));
}

static LONG recorder_stop(struct msp_terminal *t)
{
	media_recorder_stop(t->media);
	return 0;
}

static LONG recorder_pause(struct msp_terminal *t)
{
	media_recorder_pause(t->media);
	return 0;
}

static LONG recorder_state(struct msp_terminal *t, DWORD *out)
{
	*out = (DWORD)media_recorder_state(t->media);
	return 0;
}

static const struct msp_media_control recorder_control = {
	.start = recorder_start,
	.stop = recorder_stop,
	.pause = recorder_pause,
	.state = recorder_state,
};

static LONG recorder_set_file_name(struct msp_terminal *t, const char *file)
{
	return file_error(media_recorder_set_file(t->media, file));
}

static LONG recorder_file_name(struct msp_terminal *t, const char **out)
{
	const char *file = media_recorder_file(t->media);

	if (!file)
		return TAPI_E_NOITEMS;
	*out = file;
	return 0;
}

static const struct msp_media_record recorder_record = {
	.set_file_name = recorder_set_file_name,
	.file_name = recorder_file_name,
};

/* --- every terminal ------------------------------------------------------------------------- */

static LONG set_volume(struct msp_terminal *t, LONG volume)
{
	if (volume < 0 || volume > TERMINAL_UNITY)
		return TAPI_E_OPERATIONFAILED;
	media_terminal_set_volume(t->media, volume);
	return 0;
}

static LONG volume(struct msp_terminal *t, LONG *out)
{
	*out = media_terminal_volume(t->media);
	return 0;
}

static LONG set_balance(struct msp_terminal *t, LONG balance)
{
	(void)t;
	(void)balance;
	return TAPI_E_NOTSUPPORTED;
}

static LONG balance(struct msp_terminal *t, LONG *out)
{
	(void)t;
	(void)out;
	return TAPI_E_NOTSUPPORTED;
}

static const struct msp_basic_audio basic_audio = {
	.set_volume = set_volume,
	.volume = volume,
	.set_balance = set_balance,
	.balance = balance,
};

static void why(struct msp_terminal *t, char *text, size_t size)
{
	media_terminal_why(t->media, text, size);
}

static const struct msp_reason reason = {
	.reason = why,
};

/* --- media stream and tone ------------------------------------------------------------------ */

static LONG stream_set_format(struct msp_terminal *t, const struct msp_audio_format *format)
{
	int r;

	if (t->stream)
		return TAPI_E_TERMINALINUSE;
	r = media_stream_set_format(t->media, format->rate, format->channels);
	return r == -EINVAL ? TAPI_E_NOFORMAT : rtp_error(r);
}

static LONG stream_format(struct msp_terminal *t, struct msp_audio_format *out)
{
	media_stream_format(t->media, &out->rate, &out->channels);
	return 0;
}

static LONG moved(long n)
{
	return n < 0 ? TAPI_E_INVALIDDIRECTION : (LONG)n;
}

static LONG stream_write(struct msp_terminal *t, const int16_t *samples, DWORD frames)
{
	return moved(media_stream_write(t->media, samples, frames));
}

static LONG stream_read(struct msp_terminal *t, int16_t *samples, DWORD frames)
{
	return moved(media_stream_read(t->media, samples, frames));
}

static LONG stream_ready(struct msp_terminal *t, DWORD *out)
{
	*out = (DWORD)media_stream_ready(t->media);
	return 0;
}

static const struct msp_media_stream media_stream = {
	.set_format = stream_set_format,
	.format = stream_format,
	.write = stream_write,
	.read = stream_read,
	.ready = stream_ready,
};

static LONG tone_set_tone(struct msp_terminal *t, const struct msp_tone_spec *tone)
{
	DWORD used = 0;

	for (int i = 0; i < 4; i++) {
		if (tone->frequency[i] > FREQUENCY_MAX)
			return TAPI_E_INVALTONE;
		used += tone->frequency[i] != 0;
	}
	if (!used || tone->volume > TERMINAL_UNITY)
		return TAPI_E_INVALTONE;
	return rtp_error(media_tone_set(t->media, tone->frequency,
			(int32_t)(tone->volume / 2 / used), tone->on_ms, tone->off_ms));
}

static const struct msp_tone tone = {
	.set_tone = tone_set_tone,
};

/* --- streams -------------------------------------------------------------------------------- */

static LONG set_mute(struct msp_stream *s, DWORD mute)
{
	bool before = s->mute;
	int r;

	s->mute = mute != 0;
	r = call_publish(s->call);
	if (r < 0)
		s->mute = before;
	return rtp_error(r);
}

static LONG mute(struct msp_stream *s, DWORD *out)
{
	*out = s->mute;
	return 0;
}

static void figures_of(struct msp_stream *s, struct media_figures *out)
{
	memset(out, 0, sizeof(*out));
	if (s->call->session)
		media_session_figures(s->call->session,
				s->direction == TD_CAPTURE ? MEDIA_CAPTURE : MEDIA_RENDER, out);
}

static LONG level(struct msp_stream *s, DWORD *out)
{
	struct media_figures f;

	figures_of(s, &f);
	*out = f.level;
	return 0;
}

static const struct msp_stream_audio stream_audio = {
	.set_mute = set_mute,
	.mute = mute,
	.level = level,
};

static LONG rtp_figures(struct msp_stream *s, struct msp_rtp_figures *out)
{
	const struct msp_call *call = s->call;
	struct media_figures f;

	figures_of(s, &f);
	memset(out, 0, sizeof(*out));
	out->packets = f.packets;
	out->bytes = f.bytes;
	out->lost = f.lost;
	out->late = f.late;
	out->duplicate = f.duplicate;
	out->stranger = f.stranger;
	out->concealed_frames = f.made;
	out->jitter_us = f.jitter_us;
	out->round_trip_us = f.round_trip_us;
	out->buffered_ms = f.delay_ms;
	out->ssrc = f.ssrc;
	if (call->session)
		call_address_text(media_session_local(call->session), out->local,
				sizeof(out->local));
	if (call->agreed) {
		(void)snprintf(out->codec, sizeof(out->codec), "%s",
				call->agreement.tx.codec->name);
		call_address_text((const struct sockaddr *)&call->agreement.rtp, out->remote,
				sizeof(out->remote));
	}
	return 0;
}

static const struct msp_rtp_statistics rtp_statistics = {
	.figures = rtp_figures,
};

/* --- by GUID -------------------------------------------------------------------------------- */

struct interface {
	GUID iid;
	GUID clsid; /* of the terminals that have it; all zero: all of them */
	const void *vtable;
};

static const struct interface terminal_interfaces[] = {
	{ MSP_IID_MEDIA_CONTROL, MSP_TERMINAL_FILE_PLAYBACK, &player_control },
	{ MSP_IID_MEDIA_CONTROL, MSP_TERMINAL_FILE_RECORDING, &recorder_control },
	{ MSP_IID_MEDIA_PLAYBACK, MSP_TERMINAL_FILE_PLAYBACK, &player_playback },
	{ MSP_IID_MEDIA_RECORD, MSP_TERMINAL_FILE_RECORDING, &recorder_record },
	{ MSP_IID_MEDIA_STREAM, MSP_TERMINAL_MEDIA_STREAM, &media_stream },
	{ MSP_IID_TONE, MSP_TERMINAL_TONE, &tone },
	{ MSP_IID_AUDIO_DEVICE, MSP_TERMINAL_AUDIO_DEVICE, &audio_device },
	{ MSP_IID_AUDIO_DEVICE, MSP_TERMINAL_MICROPHONE, &audio_device },
	{ MSP_IID_AUDIO_DEVICE, MSP_TERMINAL_SPEAKERS, &audio_device },
	{ MSP_IID_BASIC_AUDIO, { 0, 0, 0, { 0 } }, &basic_audio },
	{ MSP_IID_REASON, { 0, 0, 0, { 0 } }, &reason },
};

static const struct interface stream_interfaces[] = {
	{ MSP_IID_STREAM_AUDIO, { 0, 0, 0, { 0 } }, &stream_audio },
	{ MSP_IID_RTP_STATISTICS, { 0, 0, 0, { 0 } }, &rtp_statistics },
	{ MSP_IID_FORMAT_CONTROL, { 0, 0, 0, { 0 } }, &format_control },
};

static LONG find_interface(const struct interface *list, size_t count, const GUID *iid,
		const GUID *clsid, const void **vtable)
{
	static const GUID any;

	for (size_t i = 0; i < count; i++) {
		if (guid_equal(iid, &list[i].iid) &&
				(guid_equal(&any, &list[i].clsid) ||
						guid_equal(clsid, &list[i].clsid))) {
			*vtable = list[i].vtable;
			return 0;
		}
	}
	return TAPI_E_NOTSUPPORTED;
}

LONG rtp_query_call(struct msp_call *object, const GUID *iid, const void **vtable)
{
	(void)object;
	return find_interface(NULL, 0, iid, iid, vtable);
}

LONG rtp_query_stream(struct msp_stream *object, const GUID *iid, const void **vtable)
{
	if (object->media_type != TAPIMEDIATYPE_AUDIO)
		return TAPI_E_NOTSUPPORTED;
	return find_interface(stream_interfaces,
			sizeof(stream_interfaces) / sizeof(stream_interfaces[0]), iid, iid, vtable);
}

LONG rtp_query_terminal(struct msp_terminal *object, const GUID *iid, const void **vtable)
{
	GUID clsid = rtp_terminal_clsid(object);

	return find_interface(terminal_interfaces,
			sizeof(terminal_interfaces) / sizeof(terminal_interfaces[0]), iid, &clsid,
			vtable);
}
