// SPDX-License-Identifier: MIT
/* terminal.c - what all terminals share, and the null terminal. */
#define LOG_TOPIC "media"
#include "media/terminal.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/os.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define NAME_SHOWN   160
#define VOLUME_LEAST (TERMINAL_UNITY / 32) /* -30 dB */

static pthread_mutex_t why_lock = PTHREAD_MUTEX_INITIALIZER;

void terminal_init(struct media_terminal *t, const struct terminal_ops *ops, uint64_t id)
{
	t->ops = ops;
	t->id = id;
	atomic_store(&t->refs, 1);
	atomic_store(&t->volume, TERMINAL_UNITY);
}

struct media_terminal *media_terminal_ref(struct media_terminal *t)
{
	atomic_fetch_add(&t->refs, 1);
	return t;
}

void media_terminal_unref(struct media_terminal *t)
{
	if (t && atomic_fetch_sub(&t->refs, 1) == 1)
		t->ops->free(t);
}

void media_terminal_set_volume(struct media_terminal *t, int volume)
{
	atomic_store(&t->volume, volume);
}

int media_terminal_volume(const struct media_terminal *t)
{
	return atomic_load(&t->volume);
}

/* The end of a long path tells more than its beginning. */
static const char *shown(const char *file)
{
	size_t n = strlen(file);

	if (n <= NAME_SHOWN)
		return file;
	file += n - NAME_SHOWN;
	while ((*file & 0xc0) == 0x80) /* inside a character */
		file++;
	return file;
}

int terminal_result(struct media_terminal *t, const char *file, int result)
{
	const char *name = shown(file);

	(void)pthread_mutex_lock(&why_lock);
	t->why[0] = '\0';
	if (result < 0) {
		(void)snprintf(t->why, sizeof(t->why), "%s%s: %s", name == file ? "" : "...", name,
				result == -EBADMSG ? "not a WAV file with 8 or 16 bit PCM"
						   : os_error_text(-result));
		log_error("%s %llu: %s", t->ops->name, (unsigned long long)t->id, t->why);
	}
	(void)pthread_mutex_unlock(&why_lock);
	return result;
}

void terminal_say(struct media_terminal *t, const char *why)
{
	(void)pthread_mutex_lock(&why_lock);
	(void)snprintf(t->why, sizeof(t->why), "%s", why);
	(void)pthread_mutex_unlock(&why_lock);
}

int media_terminal_prepare(struct media_terminal *t)
{
	return t->ops->prepare ? t->ops->prepare(t) : 0;
}

void media_terminal_why(const struct media_terminal *t, char *out, size_t size)
{
	(void)pthread_mutex_lock(&why_lock);
	(void)snprintf(out, size, "%s", t->why);
	(void)pthread_mutex_unlock(&why_lock);
}

void terminal_control(struct media_terminal *t, enum terminal_action action)
{
	if (action != ACTION_NONE && t->ops->control)
		t->ops->control(t, action);
}

void media_terminal_control(struct media_terminal *t, enum terminal_action action)
{
	engine_file_lock(); /* a take that it looks at stays */
	terminal_control(t, action);
	engine_file_unlock();
}

void terminal_step_volume(struct media_terminal *t, enum terminal_action action)
{
	int volume = media_terminal_volume(t);

	if (action == ACTION_VOLUME_UP)
		volume = (int)((int64_t)volume * 1413 / 1000);
	else if (action == ACTION_VOLUME_DOWN)
		volume = (int)((int64_t)volume * 708 / 1000);
	else
		volume = TERMINAL_UNITY;
	if (volume < VOLUME_LEAST)
		volume = VOLUME_LEAST;
	media_terminal_set_volume(t, volume < TERMINAL_UNITY ? volume : TERMINAL_UNITY);
}

static void scale(const int16_t *in, int16_t *out, int volume)
{
	for (int i = 0; i < FRAME_SAMPLES; i++)
		out[i] = (int16_t)((int64_t)in[i] * volume / TERMINAL_UNITY);
}

void terminal_read(struct media_terminal *t, int16_t *frame)
{
	int volume = atomic_load_explicit(&t->volume, memory_order_relaxed);

	t->ops->read(t, frame);
	if (volume != TERMINAL_UNITY)
		scale(frame, frame, volume);
}

void terminal_write(struct media_terminal *t, const int16_t *frame)
{
	int volume = atomic_load_explicit(&t->volume, memory_order_relaxed);
	int16_t scaled[FRAME_SAMPLES];

	if (volume != TERMINAL_UNITY) {
		scale(frame, scaled, volume);
		frame = scaled;
	}
	t->ops->write(t, frame);
}

static void null_read(struct media_terminal *t, int16_t *frame)
{
	(void)t;
	memset(frame, 0, FRAME_SAMPLES * sizeof(*frame));
}

static void null_write(struct media_terminal *t, const int16_t *frame)
{
	(void)t;
	(void)frame;
}

static void null_free(struct media_terminal *t)
{
	mem_free(t);
}

static const struct terminal_ops null_ops = {
	.version = TERMINAL_VERSION,
	.name = "Null",
	.patient = true,
	.silent = true,
	.read = null_read,
	.write = null_write,
	.free = null_free,
};

struct media_terminal *media_null_new(uint64_t id)
{
	struct media_terminal *t = mem_new(struct media_terminal);

	if (t)
		terminal_init(t, &null_ops, id);
	return t;
}
