// SPDX-License-Identifier: MIT
/* term_recorder.c - a WAV file as a sink. The clock thread fills a ring; the file thread writes it,
 * and brings the header up to date each time, so that a killed process leaves a valid file. */
#include "media/ring.h"
#include "media/terminal.h"
#include "media/wav.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RING_SAMPLES (4 * MEDIA_RATE)
#define BLOCK        1024

enum { CAUSE_WRITE_ERROR = 3 }; /* FT_STATE_EVENT_CAUSE */

struct take {
	struct engine_retired retired;
	struct ring ring;
	atomic_bool paused, failed;
	bool told;             /* the clock thread's */
	struct wav_writer wav; /* the file lock's */
};

struct recorder {
	struct media_terminal base;
	struct engine_file file;
	_Atomic(struct take *) take;
	char *name;
};

static struct recorder *self(struct media_terminal *t)
{
	return (struct recorder *)(void *)t;
}

/* Writes what is in the ring; file lock held. */
static void empty_ring(struct recorder *rec, struct take *k)
{
	int16_t block[BLOCK];
	size_t n, wrote = 0;
	int r = 0;

	if (atomic_load(&k->failed))
		return;
	while (!r && (n = ring_read(&k->ring, block, BLOCK)) > 0) {
		r = wav_write(&k->wav, block, n);
		wrote += n;
	}
	if (!r && wrote)
		r = wav_patch(&k->wav);
	if (r) {
		(void)terminal_result(&rec->base, rec->name, r);
		atomic_store(&k->failed, true);
	}
}

static void take_free(struct take *k)
{
	ring_fini(&k->ring);
	mem_free(k);
}

static void free_retired(struct engine_retired *retired)
{
	take_free((struct take *)(void *)((char *)retired - offsetof(struct take, retired)));
}

static void recorder_turn(struct engine_file *file)
{
	struct recorder *rec = list_entry(file, struct recorder, file);
	struct take *k = atomic_load(&rec->take);

	if (k)
		empty_ring(rec, k);
}

static void recorder_write(struct media_terminal *t, const int16_t *frame)
{
	struct take *k = atomic_load(&self(t)->take);

	if (k && !atomic_load(&k->paused) && ring_room(&k->ring) >= FRAME_SAMPLES)
		(void)ring_write(&k->ring, frame, FRAME_SAMPLES);
}

static size_t recorder_room(struct media_terminal *t)
{
	struct take *k = atomic_load(&self(t)->take);

	if (!k || atomic_load(&k->paused) || atomic_load(&k->failed))
		return SIZE_MAX; /* it throws away */
	return ring_room(&k->ring) / FRAME_SAMPLES;
}

static bool recorder_news(struct media_terminal *t, uint32_t *state, uint32_t *cause)
{
	struct take *k = atomic_load(&self(t)->take);

	if (!k || k->told || !atomic_load(&k->failed))
		return false;
	k->told = true;
	*state = MEDIA_IDLE;
	*cause = CAUSE_WRITE_ERROR;
	return true;
}

static void recorder_free(struct media_terminal *t)
{
	media_recorder_stop(t);
	mem_free(self(t)->name);
	mem_free(t);
}

static const struct terminal_ops recorder_ops = {
	.version = TERMINAL_VERSION,
	.name = "File Recording",
	.patient = true,
	.write = recorder_write,
	.room = recorder_room,
	.news = recorder_news,
	.free = recorder_free,
};

struct media_terminal *media_recorder_new(uint64_t id)
{
	struct recorder *rec = mem_new(struct recorder);

	if (!rec)
		return NULL;
	terminal_init(&rec->base, &recorder_ops, id);
	list_init(&rec->file.link);
	rec->file.turn = recorder_turn;
	return &rec->base;
}

enum media_state media_recorder_state(struct media_terminal *t)
{
	struct take *k = atomic_load(&self(t)->take);

	if (!k || atomic_load(&k->failed))
		return MEDIA_IDLE;
	return atomic_load(&k->paused) ? MEDIA_PAUSED : MEDIA_RUNNING;
}

/* The file can be written, or made. */
static int check_place(const char *file)
{
	const char *slash = strrchr(file, '/');
	size_t n = slash ? (size_t)(slash - file) + 1 : 0;
	struct stat st;
	char *folder;
	int r;

	if (stat(file, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return -EISDIR;
		return access(file, W_OK) < 0 ? -errno : 0;
	}
	if (errno != ENOENT)
		return -errno;
	folder = mem_alloc(n + 2);
	if (!folder)
		return -ENOMEM;
	memcpy(folder, n ? file : ".", n ? n : 1);
	folder[n ? n : 1] = '\0';
	r = access(folder, W_OK | X_OK) < 0 ? -errno : 0;
	mem_free(folder);
	return r;
}

int media_recorder_set_file(struct media_terminal *t, const char *file)
{
	char *copy;
	int r;

	if (media_recorder_state(t) != MEDIA_IDLE)
		return -EBUSY;
	r = terminal_result(t, file, check_place(file));
	if (r)
		return r;
	copy = mem_strdup(file);
	if (!copy)
		return -ENOMEM;
	media_recorder_stop(t);
	mem_free(self(t)->name);
	self(t)->name = copy;
	return 0;
}

const char *media_recorder_file(const struct media_terminal *t)
{
	return ((const struct recorder *)(const void *)t)->name;
}

static int make_take(struct recorder *rec, struct take **out)
{
	struct take *k = mem_new(struct take);
	int r;

	if (!k)
		return -ENOMEM;
	r = ring_init(&k->ring, RING_SAMPLES);
	if (!r)
		r = wav_create(rec->name, MEDIA_RATE, &k->wav);
	if (!r) {
		*out = k;
		return terminal_result(&rec->base, rec->name, 0);
	}
	take_free(k);
	return terminal_result(&rec->base, rec->name, r);
}

int media_recorder_start(struct media_terminal *t)
{
	struct recorder *rec = self(t);
	enum media_state state = media_recorder_state(t);
	struct take *k;
	int r;

	if (state == MEDIA_RUNNING)
		return 0;
	if (state == MEDIA_PAUSED) {
		atomic_store(&atomic_load(&rec->take)->paused, false);
		return 0;
	}
	if (!rec->name)
		return -EINVAL;
	media_recorder_stop(t);
	r = make_take(rec, &k);
	if (r)
		return r;
	engine_file_lock();
	atomic_store(&rec->take, k);
	engine_file_add(&rec->file);
	engine_file_unlock();
	return 0;
}

void media_recorder_pause(struct media_terminal *t)
{
	if (media_recorder_state(t) == MEDIA_RUNNING)
		atomic_store(&atomic_load(&self(t)->take)->paused, true);
}

void media_recorder_stop(struct media_terminal *t)
{
	struct recorder *rec = self(t);
	struct take *k;
	int r = 0;

	engine_file_lock();
	engine_file_remove(&rec->file);
	k = atomic_exchange(&rec->take, NULL);
	if (k) {
		/* A frame that the clock thread writes at this very moment is not waited for. */
		empty_ring(rec, k);
		r = wav_finish(&k->wav);
	}
	engine_file_unlock();
	if (r)
		(void)terminal_result(&rec->base, rec->name, r);
	if (k)
		engine_retire(&k->retired, free_retired);
}
