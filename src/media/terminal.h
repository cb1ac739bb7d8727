// SPDX-License-Identifier: MIT
/* terminal.h - where sound comes from and goes to. A terminal is made by its kind's _new, selected
 * on streams (a plan holds a reference), and freed with the last reference, when the clock thread
 * cannot be inside it. */
#ifndef MEDIA_TERMINAL_H
#define MEDIA_TERMINAL_H

#include "media/engine.h"
#include "media/frame.h"
#include "media/mailbox.h"

#include <stdatomic.h>
#include <stddef.h>

#define TERMINAL_VERSION 1
#define TERMINAL_UNITY   65535 /* volume: as it is */
#define TERMINAL_WHY     256

struct media_terminal;

enum terminal_action {
	ACTION_NONE,
	ACTION_START,
	ACTION_RESET,
	ACTION_PAUSE,
	ACTION_RESUME,
	ACTION_RATE_UP,
	ACTION_RATE_DOWN,
	ACTION_RATE_NORMAL,
	ACTION_VOLUME_UP,
	ACTION_VOLUME_DOWN,
	ACTION_VOLUME_NORMAL,
	TERMINAL_ACTIONS
};

struct terminal_ops {
	int version;
	const char *name; /* for people */
	bool patient;     /* a sink that does not mind when its sound comes */
	bool silent;      /* gives silence, or throws away: need not be asked */
	bool device;      /* news are failures of a device: state is the -errno */
	/* The first two are called by the clock thread; sources have read, sinks have write. */
	void (*read)(struct media_terminal *t, int16_t *frame);
	void (*write)(struct media_terminal *t, const int16_t *frame);
	size_t (*room)(struct media_terminal *t); /* frames that write would take; NULL: any */
	/* Something to tell, at most once each; NULL: never. Clock thread. */
	bool (*news)(struct media_terminal *t, uint32_t *state, uint32_t *cause);
	/* Does it, or has it done soon; NULL: such things are not for it. Clock thread, or the
	 * owner's with the file lock held. */
	void (*control)(struct media_terminal *t, enum terminal_action action);
	void (*free)(struct media_terminal *t);
	/* It is about to be selected; NULL: nothing to do. The owner's; 0 or -errno. */
	int (*prepare)(struct media_terminal *t);
};

struct media_terminal { /* the first member of each kind */
	const struct terminal_ops *ops;
	uint64_t id; /* in news */
	atomic_uint refs;
	atomic_int volume;
	char why[TERMINAL_WHY]; /* terminal.c's */
};

void terminal_init(struct media_terminal *t, const struct terminal_ops *ops, uint64_t id);
MEDIA_API struct media_terminal *media_terminal_ref(struct media_terminal *t);
MEDIA_API void media_terminal_unref(struct media_terminal *t);
MEDIA_API void media_terminal_set_volume(struct media_terminal *t, int volume);
MEDIA_API int media_terminal_volume(const struct media_terminal *t);
/* Keeps the reason, "FILE: what is wrong", of a negative result; 0 forgets it. Gives the result
 * back. Not for the clock thread. */
int terminal_result(struct media_terminal *t, const char *file, int result);
/* The same for a reason in words; "" forgets it. */
void terminal_say(struct media_terminal *t, const char *why);
MEDIA_API int media_terminal_prepare(struct media_terminal *t);
/* The reason of the last failure; "" if there is none. */
MEDIA_API void media_terminal_why(const struct media_terminal *t, char *out, size_t size);
/* To those that can. The owner's; the second is the clock thread's. */
MEDIA_API void media_terminal_control(struct media_terminal *t, enum terminal_action action);
void terminal_control(struct media_terminal *t, enum terminal_action action);
/* 3 dB up or down, or as it is. Any thread. */
void terminal_step_volume(struct media_terminal *t, enum terminal_action action);
/* One frame with the volume applied. Clock thread. */
void terminal_read(struct media_terminal *t, int16_t *frame);
void terminal_write(struct media_terminal *t, const int16_t *frame);

/* Silence, or nothing. */
MEDIA_API struct media_terminal *media_null_new(uint64_t id);

/* A tone; silent until set. -ENOMEM. */
MEDIA_API struct media_terminal *media_tone_new(uint64_t id);
MEDIA_API int media_tone_set(struct media_terminal *t, const uint32_t frequency[4],
		int32_t amplitude, uint32_t on_ms, uint32_t off_ms);

/* The state of a file terminal: TMS_IDLE, TMS_ACTIVE, TMS_PAUSED. */
enum media_state { MEDIA_IDLE, MEDIA_RUNNING, MEDIA_PAUSED };

/* WAV playback, a list of files. The list: -EBUSY unless idle, or -errno of the first file that
 * cannot be played, -EBADMSG if it is no WAV file. start: likewise, and -EINVAL without a list. */
MEDIA_API struct media_terminal *media_player_new(uint64_t id);
MEDIA_API int media_player_set_files(struct media_terminal *t, const char *const *files,
		size_t count);
MEDIA_API const char *media_player_file(const struct media_terminal *t, size_t index);
MEDIA_API int media_player_start(struct media_terminal *t);
MEDIA_API void media_player_pause(struct media_terminal *t);
MEDIA_API void media_player_stop(struct media_terminal *t);
MEDIA_API enum media_state media_player_state(struct media_terminal *t);

/* WAV recording, likewise; the file is made by start. */
MEDIA_API struct media_terminal *media_recorder_new(uint64_t id);
MEDIA_API int media_recorder_set_file(struct media_terminal *t, const char *file);
MEDIA_API const char *media_recorder_file(const struct media_terminal *t);
MEDIA_API int media_recorder_start(struct media_terminal *t);
MEDIA_API void media_recorder_pause(struct media_terminal *t);
MEDIA_API void media_recorder_stop(struct media_terminal *t);
MEDIA_API enum media_state media_recorder_state(struct media_terminal *t);

/* A PCM of ALSA: a microphone (capture) or a loudspeaker. Opened while it is in use on a stream of
 * an agreed call; one that fails is told by news, and tried again. Names may change at any time:
 * 0, -ENAMETOOLONG, or -errno if no PCM of the name is configured. */
struct media_audio_figures {
	bool running;
	uint64_t xruns, gaps; /* of the device; of sound at our side */
	uint32_t failures, rate, channels, latency_ms;
	int32_t drift_ppm; /* how much faster the device's clock is thought to be */
};

#define MEDIA_AUDIO_DEFAULT  "default" /* the name at first */
#define MEDIA_LATENCY_MS     50
#define MEDIA_LATENCY_MS_MIN 20
#define MEDIA_LATENCY_MS_MAX 500

MEDIA_API struct media_terminal *media_audio_new(uint64_t id, bool capture);
MEDIA_API int media_audio_set_device(struct media_terminal *t, const char *name);
/* Valid until the next set. */
MEDIA_API const char *media_audio_device(const struct media_terminal *t);
/* -EINVAL outside of the limits. */
MEDIA_API int media_audio_set_latency(struct media_terminal *t, uint32_t latency_ms);
MEDIA_API void media_audio_figures(const struct media_terminal *t, struct media_audio_figures *out);
/* Devices of this machine, "default" first: pcm.h. */
MEDIA_API int media_audio_each(int (*each)(void *arg, const char *name, const char *description,
					       bool capture, bool render),
		void *arg);

/* The application is the source (capture) or the sink. Frames are rate x channels as set; the
 * functions return how many were moved, or -errno. */
MEDIA_API struct media_terminal *media_stream_new(uint64_t id, bool capture);
MEDIA_API int media_stream_set_format(struct media_terminal *t, uint32_t rate, uint32_t channels);
MEDIA_API void media_stream_format(const struct media_terminal *t, uint32_t *rate,
		uint32_t *channels);
MEDIA_API long media_stream_write(struct media_terminal *t, const int16_t *samples, size_t frames);
MEDIA_API long media_stream_read(struct media_terminal *t, int16_t *samples, size_t frames);
MEDIA_API size_t media_stream_ready(const struct media_terminal *t);

#endif
