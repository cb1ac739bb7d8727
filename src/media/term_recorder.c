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
	atomic_bool cut;       /* as if the end of the file had come; nothing is written any more */
	bool told;             /* the clock thread's */
	struct wav_writer wav; /* the file lock's */
};

struct recorder {
	struct media_terminal base;
	struct engine_file file;
	_Atomic(struct take *) take;
	atomic_bool wanted;  /* the file anew */
	atomic_bool refused; /* it could not be had; to be told */
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

/* The take that was, with its file complete; file lock held. */
static struct take *finish_take(struct recorder *rec)
{
	struct take *k = atomic_exchange(&rec->take, NULL);
	int r;

	if (!k)
		return NULL;
	/* A frame that the clock thread writes at this very moment is not waited for. */
	empty_ring(rec, k);
	r = wav_finish(&k->wav);
	if (r)
		(void)terminal_result(&rec->base, rec->name, r);
	return k;
}

/* Somebody wants the file anew. */
static void restart(struct recorder *rec)
{
	struct take *k;

	if (!rec->name)
		return;
	k = finish_take(rec);
	if (k)
		engine_retire_later(&k->retired, free_retired);
	if (make_take(rec, &k) == 0)
		atomic_store(&rec->take, k);
	else
		atomic_store(&rec->refused, true);
}

static void recorder_turn(struct engine_file *file)
{
	struct recorder *rec = list_entry(file, struct recorder, file);
	struct take *k;

	if (atomic_exchange(&rec->wanted, false))
		restart(rec);
	k = atomic_load(&rec->take);
	if (k)
		empty_ring(rec, k);
}

/* file lock held, or the clock thread's */
static enum media_state state_of(const struct take *k)
{
	if (!k || atomic_load(&k->failed) || atomic_load(&k->cut))
		return MEDIA_IDLE;
	return atomic_load(&k->paused) ? MEDIA_PAUSED : MEDIA_RUNNING;
}

static void recorder_control(struct media_terminal *t, enum terminal_action action)
{
	struct take *k = atomic_load(&self(t)->take);

	if (action == ACTION_START || action == ACTION_RESET)
		atomic_store(&self(t)->wanted, action == ACTION_START && state_of(k) == MEDIA_IDLE);
	if (k && action == ACTION_RESET)
		atomic_store(&k->cut, true);
	if (k && (action == ACTION_PAUSE || action == ACTION_RESUME))
		atomic_store(&k->paused, action == ACTION_PAUSE);
}

static void recorder_write(struct media_terminal *t, const int16_t *frame)
{
	struct take *k = atomic_load(&self(t)->take);

	if (k && !atomic_load(&k->paused) && !atomic_load(&k->cut) &&
			ring_room(&k->ring) >= FRAME_SAMPLES)
		(void)ring_write(&k->ring, frame, FRAME_SAMPLES);
}

static size_t recorder_room(struct media_terminal *t)
{
	struct take *k = atomic_load(&self(t)->take);

	if (!k || atomic_load(&k->paused) || atomic_load(&k->failed) || atomic_load(&k->cut))
		return SIZE_MAX; /* it throws away */
	return ring_room(&k->ring) / FRAME_SAMPLES;
}

static bool recorder_news(struct media_terminal *t, uint32_t *state, uint32_t *cause)
{
	struct take *k = atomic_load(&self(t)->take);

	if (k && !k->told && atomic_load(&k->failed))
		k->told = true;
	else if (!atomic_exchange(&self(t)->refused, false))
		return false;
	*state = MEDIA_IDLE;
	*cause = CAUSE_WRITE_ERROR;
	return true;
}

static void recorder_free(struct media_terminal *t)
{
	struct recorder *rec = self(t);

	media_recorder_stop(t);
	engine_file_lock();
	engine_file_remove(&rec->file);
	engine_file_unlock();
	mem_free(rec->name);
	mem_free(t);
}

static const struct terminal_ops recorder_ops = {
	.version = TERMINAL_VERSION,
	.name = "File Recording",
	.patient = true,
	.write = recorder_write,
	.room = recorder_room,
	.news = recorder_news,
	.control = recorder_control,
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

/* The file thread may make a new take at any time that it has the lock. */
enum media_state media_recorder_state(struct media_terminal *t)
{
	enum media_state state;

	engine_file_lock();
	state = state_of(atomic_load(&self(t)->take));
	engine_file_unlock();
	return state;
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
	engine_file_lock();
	mem_free(self(t)->name);
	self(t)->name = copy;
	engine_file_remove(&self(t)->file);
	engine_file_add(&self(t)->file); /* it may be wanted to start */
	engine_file_unlock();
	return 0;
}

const char *media_recorder_file(const struct media_terminal *t)
{
	return ((const struct recorder *)(const void *)t)->name;
}

int media_recorder_start(struct media_terminal *t)
{
	struct recorder *rec = self(t);
	struct take *old = NULL, *k;
	enum media_state state;
	int r = 0;

	engine_file_lock();
	k = atomic_load(&rec->take);
	state = state_of(k);
	if (state == MEDIA_PAUSED)
		atomic_store(&k->paused, false);
	if (state == MEDIA_IDLE) {
		atomic_store(&rec->wanted, false);
		old = finish_take(rec);
		r = rec->name ? make_take(rec, &k) : -EINVAL;
		if (!r)
			atomic_store(&rec->take, k);
	}
	engine_file_unlock();
	if (old)
		engine_retire(&old->retired, free_retired);
	return r;
}

void media_recorder_pause(struct media_terminal *t)
{
	struct take *k;

	engine_file_lock();
	k = atomic_load(&self(t)->take);
	if (state_of(k) == MEDIA_RUNNING)
		atomic_store(&k->paused, true);
	engine_file_unlock();
}

void media_recorder_stop(struct media_terminal *t)
{
	struct recorder *rec = self(t);
	struct take *k;

	engine_file_lock();
	atomic_store(&rec->wanted, false);
	k = finish_take(rec);
	engine_file_unlock();
	if (k)
		engine_retire(&k->retired, free_retired);
}
