// SPDX-License-Identifier: MIT
/* term_player.c - WAV files as a source. The file thread reads, converts and fills a ring; the
 * clock thread only empties it. Each start makes a new take, so the two never meet on an old one.
 * Who controls from elsewhere only leaves a wish, which one of these two threads finds. */
#include "media/resample.h"
#include "media/ring.h"
#include "media/terminal.h"
#include "media/wav.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>

#define RING_SAMPLES (MEDIA_RATE / 2) /* 500 ms; the ring rounds up */
#define BLOCK        1024
#define RATE_MIN     50 /* percent */
#define RATE_MAX     200

enum { CAUSE_END_OF_FILE = 1, CAUSE_READ_ERROR = 2 }; /* FT_STATE_EVENT_CAUSE */

struct take {
	struct engine_retired retired;
	struct ring ring;
	atomic_bool paused;
	atomic_uint ended; /* CAUSE_: nothing more comes into the ring */
	atomic_bool over;  /* and all of it has been played */
	bool told;         /* the clock thread's */

	/* Below: the file lock's. */
	struct wav_reader wav;
	struct resample *resample;
	int rate;               /* as it is converted; percent */
	size_t next_file, tail; /* zeros to go through the filter */
	int16_t block[BLOCK];
	size_t block_at, block_count;
};

struct player {
	struct media_terminal base;
	struct engine_file file;
	_Atomic(struct take *) take;
	atomic_bool wanted;  /* a new take */
	atomic_bool refused; /* it could not be had; to be told */
	atomic_int rate;     /* percent */
	char **files;
	size_t count;
};

static struct player *self(struct media_terminal *t)
{
	return (struct player *)(void *)t;
}

static void take_free(struct take *k)
{
	wav_close(&k->wav);
	resample_free(k->resample);
	ring_fini(&k->ring);
	mem_free(k);
}

static void free_retired(struct engine_retired *retired)
{
	take_free((struct take *)(void *)((char *)retired - offsetof(struct take, retired)));
}

static int open_file(struct player *p, const char *name, struct wav_reader *out)
{
	int r = wav_open(name, out);

	return terminal_result(&p->base, name, r == -EINVAL ? -EBADMSG : r);
}

/* For the file that is open, at the rate that is wished now. 0 or -ENOMEM. */
static int set_resample(struct player *p, struct take *k)
{
	uint32_t from;

	k->rate = atomic_load(&p->rate);
	from = (uint32_t)((uint64_t)k->wav.rate * (unsigned int)k->rate / 100);
	resample_free(k->resample);
	k->resample = NULL;
	if (from == MEDIA_RATE)
		return 0;
	k->resample = resample_new(from, MEDIA_RATE, RESAMPLE_FILE);
	if (!k->resample)
		return -ENOMEM;
	k->tail = resample_tail(k->resample);
	return 0;
}

/* Opens the next file of the list. 0, -ENOENT behind the last, or -errno. */
static int next_file(struct player *p, struct take *k)
{
	const char *name;
	int r;

	wav_close(&k->wav);
	if (k->next_file == p->count)
		return -ENOENT;
	name = p->files[k->next_file++];
	r = open_file(p, name, &k->wav);
	if (r < 0)
		return r == -ENOENT ? -ENXIO : r;
	return set_resample(p, k);
}

/* The next samples of the file, then the zeros that push the last out of the filter. */
static int fill_block(struct take *k)
{
	long n = wav_read(&k->wav, k->block, BLOCK);

	if (n < 0)
		return (int)n;
	if (n == 0 && k->resample && k->tail) {
		n = k->tail < BLOCK ? (long)k->tail : BLOCK;
		memset(k->block, 0, (size_t)n * sizeof(k->block[0]));
		k->tail -= (size_t)n;
	}
	k->block_at = 0;
	k->block_count = (size_t)n;
	return 0;
}

/* False: nothing moves any more. */
static bool move_block(struct take *k)
{
	size_t in = k->block_count - k->block_at, out;
	int16_t converted[BLOCK];

	if (!k->resample) {
		k->block_at += ring_write(&k->ring, k->block + k->block_at, in);
		return true;
	}
	out = ring_room(&k->ring);
	if (out > BLOCK)
		out = BLOCK;
	resample_run(k->resample, k->block + k->block_at, &in, converted, &out);
	k->block_at += in;
	(void)ring_write(&k->ring, converted, out);
	return in || out;
}

/* Fills the ring. 0, or -errno if a file cannot be read. */
static int fill_ring(struct player *p, struct take *k)
{
	int r;

	if (k->rate != atomic_load(&p->rate)) {
		r = set_resample(p, k);
		if (r < 0)
			return r;
	}
	while (!atomic_load(&k->ended) && ring_room(&k->ring) > 1) {
		if (k->block_at == k->block_count) {
			r = fill_block(k);
			if (r < 0)
				return terminal_result(&p->base, p->files[k->next_file - 1], r);
			if (k->block_count == 0) {
				r = next_file(p, k);
				if (r == -ENOENT)
					atomic_store(&k->ended, CAUSE_END_OF_FILE);
				else if (r < 0)
					return r;
				continue;
			}
		}
		if (!move_block(k))
			return -EIO;
	}
	return 0;
}

/* A take that is ready to play from the first sample. */
static int make_take(struct player *p, struct take **out)
{
	struct take *k = mem_new(struct take);
	int r;

	if (!k)
		return -ENOMEM;
	k->wav.fd = -1;
	r = ring_init(&k->ring, RING_SAMPLES);
	if (!r)
		r = next_file(p, k);
	if (!r)
		r = fill_ring(p, k);
	if (r)
		take_free(k);
	else
		*out = k;
	return r;
}

/* file lock held */
static void replace_take(struct player *p, struct take *k)
{
	struct take *old = atomic_exchange(&p->take, k);

	if (old)
		engine_retire_later(&old->retired, free_retired);
}

/* Somebody wants to hear it from its beginning. */
static void restart(struct player *p)
{
	struct take *k;

	if (!p->count)
		return;
	if (make_take(p, &k) == 0)
		replace_take(p, k);
	else
		atomic_store(&p->refused, true);
}

static void player_turn(struct engine_file *file)
{
	struct player *p = list_entry(file, struct player, file);
	struct take *k;

	if (atomic_exchange(&p->wanted, false))
		restart(p);
	k = atomic_load(&p->take);
	if (k && fill_ring(p, k) < 0)
		atomic_store(&k->ended, CAUSE_READ_ERROR);
}

static void step_rate(struct player *p, enum terminal_action action)
{
	int rate = atomic_load(&p->rate);

	if (action == ACTION_RATE_UP)
		rate = rate * 5 / 4;
	else if (action == ACTION_RATE_DOWN)
		rate = rate * 4 / 5;
	else
		rate = 100;
	rate = rate < RATE_MIN ? RATE_MIN : rate > RATE_MAX ? RATE_MAX : rate;
	atomic_store(&p->rate, rate);
}

/* As if the file had ended. */
static void cut_short(struct take *k)
{
	unsigned int none = 0;

	(void)atomic_compare_exchange_strong(&k->ended, &none, CAUSE_END_OF_FILE);
	atomic_store(&k->over, true);
}

static void player_control(struct media_terminal *t, enum terminal_action action)
{
	struct player *p = self(t);
	struct take *k = atomic_load(&p->take);

	switch (action) {
	case ACTION_START:
		atomic_store(&p->wanted, true);
		break;
	case ACTION_RESET:
		atomic_store(&p->wanted, false);
		if (k)
			cut_short(k);
		break;
	case ACTION_PAUSE:
	case ACTION_RESUME:
		if (k)
			atomic_store(&k->paused, action == ACTION_PAUSE);
		break;
	case ACTION_RATE_UP:
	case ACTION_RATE_DOWN:
	case ACTION_RATE_NORMAL:
		step_rate(p, action);
		break;
	case ACTION_VOLUME_UP:
	case ACTION_VOLUME_DOWN:
	case ACTION_VOLUME_NORMAL:
		terminal_step_volume(t, action);
		break;
	case ACTION_NONE:
	case TERMINAL_ACTIONS:
		break;
	}
}

static void player_read(struct media_terminal *t, int16_t *frame)
{
	struct take *k = atomic_load(&self(t)->take);
	size_t n = 0;

	if (k && !atomic_load(&k->paused) && !atomic_load(&k->over)) {
		unsigned int ended = atomic_load(&k->ended);

		n = ring_read(&k->ring, frame, FRAME_SAMPLES);
		if (n < FRAME_SAMPLES && ended)
			atomic_store(&k->over, true);
	}
	memset(frame + n, 0, (FRAME_SAMPLES - n) * sizeof(*frame));
}

/* file lock held, or the clock thread's */
static enum media_state state_of(const struct take *k)
{
	if (!k || atomic_load(&k->over))
		return MEDIA_IDLE;
	return atomic_load(&k->paused) ? MEDIA_PAUSED : MEDIA_RUNNING;
}

static bool player_news(struct media_terminal *t, uint32_t *state, uint32_t *cause)
{
	struct take *k = atomic_load(&self(t)->take);

	if (atomic_exchange(&self(t)->refused, false)) {
		*state = state_of(k);
		*cause = CAUSE_READ_ERROR;
		return true;
	}
	if (!k || k->told || !atomic_load(&k->over))
		return false;
	k->told = true;
	*state = MEDIA_IDLE;
	*cause = atomic_load(&k->ended);
	return true;
}

static void forget_files(struct player *p)
{
	for (size_t i = 0; i < p->count; i++)
		mem_free(p->files[i]);
	mem_free(p->files);
	p->files = NULL;
	p->count = 0;
}

static void player_free(struct media_terminal *t)
{
	struct player *p = self(t);

	engine_file_lock();
	engine_file_remove(&p->file);
	engine_file_unlock();
	if (atomic_load(&p->take))
		take_free(atomic_load(&p->take));
	forget_files(p);
	mem_free(p);
}

static const struct terminal_ops player_ops = {
	.version = TERMINAL_VERSION,
	.name = "File Playback",
	.read = player_read,
	.news = player_news,
	.control = player_control,
	.free = player_free,
};

struct media_terminal *media_player_new(uint64_t id)
{
	struct player *p = mem_new(struct player);

	if (!p)
		return NULL;
	terminal_init(&p->base, &player_ops, id);
	list_init(&p->file.link);
	p->file.turn = player_turn;
	atomic_store(&p->rate, 100);
	return &p->base;
}

/* The file thread may make a new take at any time that it has the lock. */
enum media_state media_player_state(struct media_terminal *t)
{
	enum media_state state;

	engine_file_lock();
	state = state_of(atomic_load(&self(t)->take));
	engine_file_unlock();
	return state;
}

/* All can be played, as far as their heads tell. */
static int check_files(struct player *p, const char *const *files, size_t count)
{
	struct wav_reader wav;
	int r = 0;

	for (size_t i = 0; !r && i < count; i++) {
		r = open_file(p, files[i], &wav);
		if (!r)
			wav_close(&wav);
	}
	return r;
}

int media_player_set_files(struct media_terminal *t, const char *const *files, size_t count)
{
	struct player *p = self(t);
	char **copy = mem_new_array(char *, count + 1);
	int r = copy ? 0 : -ENOMEM;

	if (!r && media_player_state(t) != MEDIA_IDLE)
		r = -EBUSY;
	if (!r)
		r = check_files(p, files, count);
	for (size_t i = 0; !r && i < count; i++) {
		copy[i] = mem_strdup(files[i]);
		if (!copy[i])
			r = -ENOMEM;
	}
	if (r) {
		for (size_t i = 0; copy && i < count; i++)
			mem_free(copy[i]);
		mem_free(copy);
		return r;
	}
	media_player_stop(t);
	engine_file_lock();
	forget_files(p);
	p->files = copy;
	p->count = count;
	engine_file_remove(&p->file);
	engine_file_add(&p->file); /* whatever its state is, it may be wanted to start */
	engine_file_unlock();
	return 0;
}

const char *media_player_file(const struct media_terminal *t, size_t index)
{
	const struct player *p = (const struct player *)(const void *)t;

	return index < p->count ? p->files[index] : NULL;
}

static bool go_on(struct take *k)
{
	if (state_of(k) == MEDIA_PAUSED)
		atomic_store(&k->paused, false);
	return state_of(k) != MEDIA_IDLE;
}

int media_player_start(struct media_terminal *t)
{
	struct player *p = self(t);
	struct take *k, *old = NULL;
	int r = 0;

	engine_file_lock();
	if (!go_on(atomic_load(&p->take))) {
		atomic_store(&p->wanted, false);
		r = p->count ? make_take(p, &k) : -EINVAL;
		if (!r)
			old = atomic_exchange(&p->take, k);
	}
	engine_file_unlock();
	if (old)
		engine_retire(&old->retired, free_retired);
	return r;
}

void media_player_pause(struct media_terminal *t)
{
	struct take *k;

	engine_file_lock();
	k = atomic_load(&self(t)->take);
	if (state_of(k) == MEDIA_RUNNING)
		atomic_store(&k->paused, true);
	engine_file_unlock();
}

void media_player_stop(struct media_terminal *t)
{
	struct player *p = self(t);
	struct take *k;

	engine_file_lock();
	atomic_store(&p->wanted, false);
	k = atomic_exchange(&p->take, NULL);
	engine_file_unlock();
	if (k)
		engine_retire(&k->retired, free_retired);
}
