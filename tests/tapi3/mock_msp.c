// SPDX-License-Identifier: MIT
/* mock_msp.c - see mock_msp.h. */
#include "mock_msp.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VISIBLE __attribute__((visibility("default")))

VISIBLE extern struct mock_msp mock_msp;
struct mock_msp mock_msp;
VISIBLE void mock_msp_raise(const struct msp_event *e);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of the events */

static void note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void note(const char *fmt, ...)
{
	size_t n = strlen(mock_msp.log);
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(mock_msp.log + n, sizeof(mock_msp.log) - n, fmt, args);
	va_end(args);
	strncat(mock_msp.log, "\n", sizeof(mock_msp.log) - strlen(mock_msp.log) - 1);
}

static LONG initialize(const struct msp_host *host, void *arg, struct msp_address **out)
{
	note("initialize");
	mock_msp.host = host;
	mock_msp.host_arg = arg;
	mock_msp.addresses++;
	*out = malloc(1);
	return *out ? 0 : TAPI_E_NOTENOUGHMEMORY;
}

static void shutdown_address(struct msp_address *address)
{
	note("shutdown");
	mock_msp.addresses--;
	free(address);
}

static LONG create_call(struct msp_address *address, void *cookie, DWORD media_types, DWORD flags,
		struct msp_call **out)
{
	struct msp_call *call;
	LONG error = mock_msp.next_error;

	(void)address;
	note("create_call %u %#x", (unsigned)flags, (unsigned)media_types);
	mock_msp.next_error = 0;
	if (mock_msp.on_create_call)
		mock_msp.on_create_call();
	if (error)
		return error;
	if (mock_msp.only_types && media_types & ~mock_msp.only_types)
		return TAPI_E_INVALIDMEDIATYPE;
	call = calloc(1, sizeof(*call));
	if (!call)
		return TAPI_E_NOTENOUGHMEMORY;
	call->cookie = cookie;
	call->flags = flags;
	call->media_types = media_types;
	for (unsigned i = 0; i < 2; i++) {
		call->streams[i].call = call;
		call->streams[i].direction = i ? TD_RENDER : TD_CAPTURE;
	}
	mock_msp.calls++;
	mock_msp.last_call = *out = call;
	return 0;
}

static void shutdown_call(struct msp_call *call)
{
	note("shutdown_call");
	for (unsigned i = 0; i < 2; i++)
		for (unsigned t = 0; t < call->streams[i].count; t++)
			call->streams[i].terminals[t]->selected--;
	mock_msp.calls--;
	if (mock_msp.last_call == call)
		mock_msp.last_call = NULL;
	free(call);
}

static LONG receive_tsp_data(struct msp_address *address, struct msp_call *call, const void *data,
		DWORD size)
{
	(void)address;
	note("receive_tsp_data %s %u", call ? "call" : "address", (unsigned)size);
	memcpy(mock_msp.bytes, data, size);
	mock_msp.size = size;
	return 0;
}

void mock_msp_raise(const struct msp_event *e)
{
	pthread_mutex_lock(&lock);
	mock_msp.events[(mock_msp.first_event + mock_msp.event_count++) % MOCK_MSP_EVENTS] = *e;
	pthread_mutex_unlock(&lock);
	mock_msp.host->signal(mock_msp.host_arg);
}

static LONG get_event(struct msp_address *address, struct msp_event *out)
{
	LONG result = TAPI_E_NOEVENT;

	(void)address;
	pthread_mutex_lock(&lock);
	if (mock_msp.event_count) {
		*out = mock_msp.events[mock_msp.first_event];
		mock_msp.first_event = (mock_msp.first_event + 1) % MOCK_MSP_EVENTS;
		mock_msp.event_count--;
		result = 0;
	}
	pthread_mutex_unlock(&lock);
	return result;
}

/* --- Terminals ------------------------------------------------------------------------------- */

static const GUID playback = MSP_TERMINAL_FILE_PLAYBACK, recording = MSP_TERMINAL_FILE_RECORDING,
		  media_stream = MSP_TERMINAL_MEDIA_STREAM,
		  audio_device = MSP_TERMINAL_AUDIO_DEVICE;
static struct msp_terminal microphone = { .clsid = CLSID_MicrophoneTerminal_INIT,
	.media_type = TAPIMEDIATYPE_AUDIO,
	.direction = TD_CAPTURE };

static LONG static_terminal(struct msp_address *address, DWORD index, struct msp_terminal **out)
{
	(void)address;
	*out = &microphone;
	return index ? TAPI_E_NOITEMS : 0;
}

static LONG default_static_terminal(struct msp_address *address, DWORD media_type, DWORD direction,
		struct msp_terminal **out)
{
	(void)address;
	*out = &microphone;
	return media_type == TAPIMEDIATYPE_AUDIO && direction == TD_CAPTURE ? 0 : TAPI_E_NOITEMS;
}

static LONG terminal_class(struct msp_address *address, DWORD index, GUID *out)
{
	(void)address;
	*out = index ? recording : playback;
	return index > 1 ? TAPI_E_NOITEMS : 0;
}

static LONG create_terminal(struct msp_address *address, const GUID *clsid, DWORD media_type,
		DWORD direction, struct msp_terminal **out)
{
	struct msp_terminal *t;

	(void)address;
	if (memcmp(clsid, &playback, sizeof(*clsid)) && memcmp(clsid, &recording, sizeof(*clsid)) &&
			memcmp(clsid, &media_stream, sizeof(*clsid)) &&
			memcmp(clsid, &audio_device, sizeof(*clsid)))
		return TAPI_E_INVALIDTERMINALCLASS;
	t = calloc(1, sizeof(*t));
	if (!t)
		return TAPI_E_NOTENOUGHMEMORY;
	t->clsid = *clsid;
	t->media_type = media_type;
	t->direction = direction;
	t->state = TMS_IDLE;
	note("create_terminal");
	mock_msp.terminals++;
	mock_msp.last_terminal = *out = t;
	return 0;
}

static void release_terminal(struct msp_terminal *t)
{
	note("release_terminal%s", t->selected ? " while selected" : "");
	mock_msp.terminals--;
	free(t);
}

static const char *terminal_name(struct msp_terminal *t)
{
	return t == &microphone ? "microphone" : "terminal";
}

static DWORD terminal_state(struct msp_terminal *t)
{
	return t->selected ? TS_INUSE : TS_NOTINUSE;
}

static DWORD terminal_type(struct msp_terminal *t)
{
	return t == &microphone ? TT_STATIC : TT_DYNAMIC;
}

static GUID terminal_clsid(struct msp_terminal *t)
{
	return t->clsid;
}

static DWORD terminal_media_type(struct msp_terminal *t)
{
	return t->media_type;
}

static DWORD terminal_direction(struct msp_terminal *t)
{
	return t->direction;
}

/* --- Streams --------------------------------------------------------------------------------- */

static LONG stream(struct msp_call *call, DWORD index, struct msp_stream **out)
{
	if (index > 1)
		return TAPI_E_NOITEMS;
	*out = &call->streams[index];
	return 0;
}

static DWORD stream_media_type(struct msp_stream *s)
{
	(void)s;
	return TAPIMEDIATYPE_AUDIO;
}

static DWORD stream_direction(struct msp_stream *s)
{
	return s->direction;
}

static const char *stream_name(struct msp_stream *s)
{
	return s->direction == TD_CAPTURE ? "audio capture" : "audio render";
}

static LONG start_stream(struct msp_stream *s)
{
	note("start %s", stream_name(s));
	return 0;
}

static LONG pause_stream(struct msp_stream *s)
{
	note("pause %s", stream_name(s));
	return 0;
}

static LONG stop_stream(struct msp_stream *s)
{
	note("stop %s", stream_name(s));
	return 0;
}

static LONG select_terminal(struct msp_stream *s, struct msp_terminal *t)
{
	if (t->direction != s->direction)
		return TAPI_E_INVALIDDIRECTION;
	if (s->count == 4)
		return TAPI_E_MAXTERMINALS;
	if (mock_msp.inside++)
		mock_msp.overlapped = true;
	s->terminals[s->count++] = t;
	t->selected++;
	note("select on %s", stream_name(s));
	mock_msp.inside--;
	return 0;
}

static LONG unselect_terminal(struct msp_stream *s, struct msp_terminal *t)
{
	mock_msp.touched_removed |= s->removed;
	for (unsigned i = 0; i < s->count; i++) {
		if (s->terminals[i] != t)
			continue;
		s->terminals[i] = s->terminals[--s->count];
		t->selected--;
		note("unselect on %s", stream_name(s));
		return 0;
	}
	return TAPI_E_INVALIDTERMINAL;
}

static LONG remove_stream(struct msp_call *call, struct msp_stream *s)
{
	(void)call;
	while (s->count)
		s->terminals[--s->count]->selected--;
	s->removed = true;
	note("remove %s", stream_name(s));
	return 0;
}

static LONG stream_terminal(struct msp_stream *s, DWORD index, struct msp_terminal **out)
{
	if (index >= s->count)
		return TAPI_E_NOITEMS;
	*out = s->terminals[index];
	return 0;
}

/* --- Interfaces ------------------------------------------------------------------------------ */

static LONG start(struct msp_terminal *t)
{
	if (!*t->file)
		return TAPI_E_WRONG_STATE;
	note("play or record %s", t->file);
	t->state = TMS_ACTIVE;
	return 0;
}

static LONG stop(struct msp_terminal *t)
{
	note("rewind");
	t->state = TMS_IDLE;
	return 0;
}

static LONG pause_terminal(struct msp_terminal *t)
{
	t->state = TMS_PAUSED;
	return 0;
}

static LONG media_state(struct msp_terminal *t, DWORD *out)
{
	*out = t->state;
	return 0;
}

static LONG set_play_list(struct msp_terminal *t, const char *const *files, DWORD count)
{
	t->file[0] = '\0';
	t->is_bad = count && strcmp(files[count - 1], "bad.wav") == 0;
	if (t->is_bad)
		return TAPI_E_INVALIDTERMINAL;
	for (DWORD i = 0; i < count; i++)
		(void)snprintf(t->file + strlen(t->file), sizeof(t->file) - strlen(t->file), "%s%s",
				i ? " " : "", files[i]);
	return 0;
}

static LONG file(struct msp_terminal *t, DWORD index, const char **out)
{
	*out = t->file;
	return index ? TAPI_E_NOITEMS : 0;
}

static LONG set_file_name(struct msp_terminal *t, const char *name)
{
	return set_play_list(t, &name, 1);
}

static LONG file_name(struct msp_terminal *t, const char **out)
{
	return file(t, 0, out);
}

static void reason(struct msp_terminal *t, char *text, size_t size)
{
	(void)snprintf(text, size, "%s", t->is_bad ? "bad.wav: it is bad" : "");
}

static LONG write_samples(struct msp_terminal *t, const int16_t *samples, DWORD frames)
{
	(void)t, (void)samples;
	return frames > 80 ? 80 : (LONG)frames;
}

static LONG set_device(struct msp_terminal *t, const char *name)
{
	if (t == &microphone)
		return TAPI_E_NOTSUPPORTED;
	t->is_bad = strcmp(name, "bad.wav") == 0;
	if (t->is_bad)
		return TAPI_E_INVALIDTERMINAL;
	(void)snprintf(t->file, sizeof(t->file), "%s", name);
	return 0;
}

static LONG device(struct msp_terminal *t, const char **out)
{
	*out = t->file;
	return 0;
}

static LONG set_latency(struct msp_terminal *t, DWORD latency_ms)
{
	(void)t;
	return latency_ms < 1000 ? 0 : TAPI_E_OPERATIONFAILED;
}

static LONG device_figures(struct msp_terminal *t, struct msp_audio_figures *out)
{
	(void)t;
	*out = (struct msp_audio_figures){ 1, 48000, 2, 50, -7, 3, 4, 5 };
	return 0;
}

static const struct msp_audio_device devices = { set_device, device, set_latency, device_figures };
static const struct msp_media_control control = { start, stop, pause_terminal, media_state };
static const struct msp_media_playback player = { set_play_list, file };
static const struct msp_media_record recorder = { set_file_name, file_name };
static const struct msp_reason reasons = { reason };
static const struct msp_media_stream samples = { .write = write_samples };

static bool same(const GUID *a, const GUID *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static LONG query_terminal(struct msp_terminal *t, const GUID *iid, const void **vtable)
{
	static const GUID iid_control = MSP_IID_MEDIA_CONTROL, iid_player = MSP_IID_MEDIA_PLAYBACK,
			  iid_recorder = MSP_IID_MEDIA_RECORD, iid_stream = MSP_IID_MEDIA_STREAM,
			  iid_reason = MSP_IID_REASON, iid_device = MSP_IID_AUDIO_DEVICE;

	*vtable = NULL;
	if (same(iid, &iid_control) && !same(&t->clsid, &media_stream) && t != &microphone)
		*vtable = &control;
	else if (same(iid, &iid_player) && same(&t->clsid, &playback))
		*vtable = &player;
	else if (same(iid, &iid_recorder) && same(&t->clsid, &recording))
		*vtable = &recorder;
	else if (same(iid, &iid_stream) && same(&t->clsid, &media_stream))
		*vtable = &samples;
	else if (same(iid, &iid_device) && (same(&t->clsid, &audio_device) || t == &microphone))
		*vtable = &devices;
	else if (same(iid, &iid_reason))
		*vtable = &reasons;
	return *vtable ? 0 : TAPI_E_NOTSUPPORTED;
}

static LONG capability(struct msp_stream *s, DWORD index, struct msp_format *out)
{
	(void)s;
	*out = (struct msp_format){ "MOCK", 8000, 16000, 1, 1234, 0, 1 };
	return index ? TAPI_E_NOITEMS : 0;
}

static LONG set_preferred(struct msp_stream *s, const char *names)
{
	if (strcmp(names, "bad") == 0)
		return TAPI_E_NOFORMAT;
	note("prefer %s", names);
	(void)snprintf(s->call->formats, sizeof(s->call->formats), "%s", names);
	return 0;
}

static LONG preferred(struct msp_stream *s, const char **names)
{
	*names = s->call->formats;
	return 0;
}

static LONG current(struct msp_stream *s, struct msp_format *out)
{
	(void)s, (void)out;
	return TAPI_E_NOITEMS;
}

static LONG query_stream(struct msp_stream *s, const GUID *iid, const void **vtable)
{
	static const GUID iid_format = MSP_IID_FORMAT_CONTROL;
	static const struct msp_format_control formats = { capability, set_preferred, preferred,
		current };

	(void)s;
	*vtable = same(iid, &iid_format) ? &formats : NULL;
	return *vtable ? 0 : TAPI_E_NOTSUPPORTED;
}

VISIBLE extern const struct msp_ops msp_provider;
const struct msp_ops msp_provider = {
	.version = MSP_VERSION,
	.name = "mock",
	.clsid = MOCK_MSP_CLSID,
	.initialize = initialize,
	.shutdown = shutdown_address,
	.create_call = create_call,
	.shutdown_call = shutdown_call,
	.receive_tsp_data = receive_tsp_data,
	.get_event = get_event,
	.static_terminal = static_terminal,
	.default_static_terminal = default_static_terminal,
	.terminal_class = terminal_class,
	.create_terminal = create_terminal,
	.release_terminal = release_terminal,
	.terminal_name = terminal_name,
	.terminal_state = terminal_state,
	.terminal_type = terminal_type,
	.terminal_clsid = terminal_clsid,
	.terminal_media_type = terminal_media_type,
	.terminal_direction = terminal_direction,
	.stream = stream,
	.remove_stream = remove_stream,
	.stream_media_type = stream_media_type,
	.stream_direction = stream_direction,
	.stream_name = stream_name,
	.start_stream = start_stream,
	.pause_stream = pause_stream,
	.stop_stream = stop_stream,
	.select_terminal = select_terminal,
	.unselect_terminal = unselect_terminal,
	.stream_terminal = stream_terminal,
	.query_stream = query_stream,
	.query_terminal = query_terminal,
};
