// SPDX-License-Identifier: MIT
/* terminal_media.c - what terminals of one kind can do: files, volume, samples, tones; and playing
 * and recording in one step. Each goes to the MSP's interface for it. */
#include "libtapi/tapi3/terminal_media.h"

#include <string.h>

enum { REASON_SIZE = 256 };

static const GUID iid_reason = MSP_IID_REASON;

LONG terminal_enter(const struct tapi_terminal *terminal, const GUID *iid, const void **vtable)
{
	const struct msp_ops *ops;

	objects_lock();
	if (!terminal || !terminal->instance)
		return fail(TAPI_E_INVALIDTERMINAL, "terminal",
				"there is no such terminal, or its MSP has ended");
	ops = terminal->instance->ops;
	if (ops->query_terminal && ops->query_terminal(terminal->msp, iid, vtable) == 0)
		return 0;
	return fail(TAPI_E_NOTSUPPORTED, "terminal", "this is not a terminal of that kind");
}

LONG terminal_leave(LONG result, const char *what)
{
	objects_unlock();
	return result < 0 && result != TAPI_E_NOTSUPPORTED && result != TAPI_E_NOITEMS
			       ? fail(result, "MSP", "the terminal cannot %s", what)
			       : result;
}

LONG terminal_leave_with(const struct tapi_terminal *terminal, LONG result, const char *cause,
		const char *what)
{
	const struct instance *i = terminal ? terminal->instance : NULL;
	const struct msp_reason *r;
	const void *vtable = NULL;
	char why[REASON_SIZE] = "";

	if (i && result < 0 && result != TAPI_E_NOTSUPPORTED && result != TAPI_E_WRONG_STATE &&
			i->ops->query_terminal &&
			i->ops->query_terminal(terminal->msp, &iid_reason, &vtable) == 0) {
		r = vtable;
		r->reason(terminal->msp, why, sizeof(why));
	}
	if (!*why)
		return terminal_leave(result, what);
	objects_unlock();
	return fail(result, cause, "the terminal cannot %s: %s", what, why);
}

/* Where files are concerned the MSP knows which one it was. */
static LONG leave_file(const struct tapi_terminal *terminal, LONG result, const char *what)
{
	return terminal_leave_with(terminal, result, "file", what);
}

/* --- ITMediaControl -------------------------------------------------------------------------- */

LONG tapi_terminal_start(struct tapi_terminal *terminal)
{
	ENTER(terminal, MSP_IID_MEDIA_CONTROL, msp_media_control, control);
	return leave_file(terminal, result ? result : control->start(terminal->msp), "start");
}

LONG tapi_terminal_stop(struct tapi_terminal *terminal)
{
	ENTER(terminal, MSP_IID_MEDIA_CONTROL, msp_media_control, control);
	return leave_file(terminal, result ? result : control->stop(terminal->msp), "stop");
}

LONG tapi_terminal_pause(struct tapi_terminal *terminal)
{
	ENTER(terminal, MSP_IID_MEDIA_CONTROL, msp_media_control, control);
	return terminal_leave(result ? result : control->pause(terminal->msp), "pause");
}

LONG tapi_terminal_get_media_state(struct tapi_terminal *terminal, TERMINAL_MEDIA_STATE *out)
{
	ENTER(terminal, MSP_IID_MEDIA_CONTROL, msp_media_control, control);
	DWORD state = TMS_IDLE;

	if (!result)
		result = control->state(terminal->msp, &state);
	if (!result && out)
		*out = (TERMINAL_MEDIA_STATE)state;
	return terminal_leave(result, "tell its state");
}

/* --- ITMediaPlayback, ITMediaRecord ---------------------------------------------------------- */

LONG tapi_terminal_set_play_list(struct tapi_terminal *terminal, const char *const *files,
		DWORD count)
{
	ENTER(terminal, MSP_IID_MEDIA_PLAYBACK, msp_media_playback, playback);

	for (DWORD i = 0; !result && i < count; i++)
		if (!files || !files[i])
			result = LINEERR_INVALPOINTER;
	return leave_file(terminal,
			result ? result : playback->set_play_list(terminal->msp, files, count),
			"take the play list");
}

LONG tapi_terminal_get_play_list(struct tapi_terminal *terminal, DWORD index, char *text,
		size_t size)
{
	ENTER(terminal, MSP_IID_MEDIA_PLAYBACK, msp_media_playback, playback);
	const char *file;

	if (!result)
		result = playback->file(terminal->msp, index, &file);
	if (!result)
		result = text_out(file, text, size);
	return terminal_leave(result, "tell its play list");
}

LONG tapi_terminal_set_file_name(struct tapi_terminal *terminal, const char *file)
{
	ENTER(terminal, MSP_IID_MEDIA_RECORD, msp_media_record, record);

	if (!result && !file)
		result = LINEERR_INVALPOINTER;
	return leave_file(terminal, result ? result : record->set_file_name(terminal->msp, file),
			"take the file's name");
}

LONG tapi_terminal_get_file_name(struct tapi_terminal *terminal, char *text, size_t size)
{
	ENTER(terminal, MSP_IID_MEDIA_RECORD, msp_media_record, record);
	const char *file;

	if (!result)
		result = record->file_name(terminal->msp, &file);
	if (!result)
		result = text_out(file, text, size);
	return terminal_leave(result, "tell its file");
}

/* --- ITBasicAudioTerminal -------------------------------------------------------------------- */

LONG tapi_terminal_set_volume(struct tapi_terminal *terminal, LONG volume)
{
	ENTER(terminal, MSP_IID_BASIC_AUDIO, msp_basic_audio, audio);
	return terminal_leave(result ? result : audio->set_volume(terminal->msp, volume),
			"set its volume");
}

LONG tapi_terminal_get_volume(struct tapi_terminal *terminal, LONG *out)
{
	ENTER(terminal, MSP_IID_BASIC_AUDIO, msp_basic_audio, audio);

	if (!result && !out)
		result = LINEERR_INVALPOINTER;
	return terminal_leave(result ? result : audio->volume(terminal->msp, out),
			"tell its volume");
}

LONG tapi_terminal_set_balance(struct tapi_terminal *terminal, LONG balance)
{
	ENTER(terminal, MSP_IID_BASIC_AUDIO, msp_basic_audio, audio);
	return terminal_leave(result ? result : audio->set_balance(terminal->msp, balance),
			"set its balance");
}

LONG tapi_terminal_get_balance(struct tapi_terminal *terminal, LONG *out)
{
	ENTER(terminal, MSP_IID_BASIC_AUDIO, msp_basic_audio, audio);

	if (!result && !out)
		result = LINEERR_INVALPOINTER;
	return terminal_leave(result ? result : audio->balance(terminal->msp, out),
			"tell its balance");
}

/* --- Media streams --------------------------------------------------------------------------- */

LONG tapi_terminal_set_format(struct tapi_terminal *terminal, DWORD rate, DWORD channels)
{
	ENTER(terminal, MSP_IID_MEDIA_STREAM, msp_media_stream, stream);
	const struct msp_audio_format format = { rate, channels };

	return terminal_leave(result ? result : stream->set_format(terminal->msp, &format),
			"take the format");
}

LONG tapi_terminal_get_format(struct tapi_terminal *terminal, DWORD *rate, DWORD *channels)
{
	ENTER(terminal, MSP_IID_MEDIA_STREAM, msp_media_stream, stream);
	struct msp_audio_format format = { 0, 0 };

	if (!result)
		result = stream->format(terminal->msp, &format);
	if (!result && rate)
		*rate = format.rate;
	if (!result && channels)
		*channels = format.channels;
	return terminal_leave(result, "tell its format");
}

LONG tapi_terminal_write(struct tapi_terminal *terminal, const int16_t *samples, DWORD frames)
{
	ENTER(terminal, MSP_IID_MEDIA_STREAM, msp_media_stream, stream);

	if (!result && !samples)
		result = LINEERR_INVALPOINTER;
	return terminal_leave(result ? result : stream->write(terminal->msp, samples, frames),
			"take samples");
}

LONG tapi_terminal_read(struct tapi_terminal *terminal, int16_t *samples, DWORD frames)
{
	ENTER(terminal, MSP_IID_MEDIA_STREAM, msp_media_stream, stream);

	if (!result && !samples)
		result = LINEERR_INVALPOINTER;
	return terminal_leave(result ? result : stream->read(terminal->msp, samples, frames),
			"give samples");
}

LONG tapi_terminal_get_ready(struct tapi_terminal *terminal, DWORD *out)
{
	ENTER(terminal, MSP_IID_MEDIA_STREAM, msp_media_stream, stream);

	if (!result && !out)
		result = LINEERR_INVALPOINTER;
	return terminal_leave(result ? result : stream->ready(terminal->msp, out), "tell its room");
}

LONG tapi_terminal_set_tone(struct tapi_terminal *terminal, const DWORD *frequencies, DWORD count,
		DWORD on_ms, DWORD off_ms, DWORD volume)
{
	ENTER(terminal, MSP_IID_TONE, msp_tone, tone);
	struct msp_tone_spec spec = { .on_ms = on_ms, .off_ms = off_ms, .volume = volume };

	if (!result && (!frequencies || count > sizeof(spec.frequency) / sizeof(DWORD)))
		result = TAPI_E_INVALTONE;
	for (DWORD i = 0; !result && i < count; i++)
		spec.frequency[i] = frequencies[i];
	return terminal_leave(result ? result : tone->set_tone(terminal->msp, &spec),
			"play this tone");
}

/* --- In one step ----------------------------------------------------------------------------- */

/* Named already: on the streams, and off it goes. Takes the reference of the terminal. */
static LONG begin(struct tapi_call *call, struct tapi_terminal *terminal, LONG result,
		struct tapi_terminal **out)
{
	if (!result)
		result = tapi_call_select_terminal(call, terminal);
	if (!result) {
		result = tapi_terminal_start(terminal);
		if (result) {
			struct tapix_reason why;

			tapixGetLastReason(&why);
			(void)tapi_call_unselect_terminal(call, terminal);
			(void)fail_with(result, &why);
		}
	}
	if (!result && out)
		*out = terminal;
	else
		tapi_unref(terminal);
	return result;
}

LONG terminal_media_of(struct tapi_call *call)
{
	bool media;

	objects_lock();
	media = call && call->msp;
	objects_unlock();
	return media ? 0
		     : fail(TAPI_E_NOTSUPPORTED, "no media",
				       "the call has no media, or not any more");
}

LONG tapi_call_play(struct tapi_call *call, const char *const *files, DWORD count,
		struct tapi_terminal **out)
{
	struct tapi_terminal *terminal;
	LONG result = terminal_media_of(call);

	if (!result)
		result = tapi_call_request_terminal(call, CLSID_String_FilePlaybackTerminal,
				TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &terminal);
	if (result)
		return result;
	return begin(call, terminal, tapi_terminal_set_play_list(terminal, files, count), out);
}

LONG tapi_call_record(struct tapi_call *call, const char *file, struct tapi_terminal **out)
{
	struct tapi_terminal *terminal;
	LONG result = terminal_media_of(call);

	if (!result)
		result = tapi_call_request_terminal(call, CLSID_String_FileRecordingTerminal,
				TAPIMEDIATYPE_AUDIO, TD_RENDER, &terminal);
	if (result)
		return result;
	return begin(call, terminal, tapi_terminal_set_file_name(terminal, file), out);
}
