// SPDX-License-Identifier: MIT
/* session_render.c - what is heard of a session: two frames in a tick, of the peer, of a
 * conference, or of a sound that is played instead. Clock thread: no allocation, no lock, no log.
 */
#include "media/session_private.h"

#include <string.h>

#define PATIENT_MAX 50 /* frames to a recording in one tick */

/* Half a frame at a time, so that the compiler knows how much that is. */
static uint32_t peak_of(const int16_t *samples)
{
	int16_t most = 0, least = 0;

	for (int i = 0; i < HALF_FRAME; i++) {
		most = samples[i] > most ? samples[i] : most;
		least = samples[i] < least ? samples[i] : least;
	}
	return (uint32_t)(most > -least ? most : -least);
}

void session_watch_level(struct figures *f, const int16_t *frame, unsigned int count)
{
	uint32_t level = atomic_load_explicit(&f->level, memory_order_relaxed);

	level -= level / 8;
	for (unsigned int i = 0; i < count; i += HALF_FRAME) {
		uint32_t peak = peak_of(frame + i);

		level = peak > level ? peak : level;
	}
	atomic_store_explicit(&f->level, level, memory_order_relaxed);
}

/* A terminal of this way gives or takes real sound. */
bool session_has_sound(const struct media_way *way)
{
	for (unsigned int i = 0; i < way->count; i++) {
		if (!way->terminals[i]->ops->silent)
			return true;
	}
	return false;
}

void session_tell_file(struct media_session *s, struct media_terminal *t, uint64_t now_ns)
{
	struct media_news news = { .kind = MEDIA_FILE, .object = t->id };

	if (!t->ops->news || !t->ops->news(t, &news.a, &news.b))
		return;
	news.tick_ms = (uint32_t)(now_ns / 1000000u);
	mailbox_post(s->mailbox, &news);
}

static bool listens(const struct media_way *way)
{
	return way->run != MEDIA_STOP && session_has_sound(way);
}

/* To those who listen. */
static void give(const struct media_way *way, const int16_t *frame)
{
	for (unsigned int i = 0; listens(way) && i < way->count; i++)
		terminal_write(way->terminals[i], frame);
}

/* A digit that comes as an event is heard as its tones, where it belongs. */
static void make_digit(struct media_session *s, int16_t *frame)
{
	struct hearing *h = &s->hearing;
	const char digit = s->rx.jitter.digit;

	if (digit != h->tone_of && !tone_set_digit(&h->tone, digit))
		memset(&h->tone, 0, sizeof(h->tone)); /* none, or a flash, which has no sound */
	h->tone_of = digit;
	if (digit)
		tone_make(&h->tone, frame, FRAME_SAMPLES);
}

/* A frame as it comes from the codec. */
static void play(struct media_session *s, const struct media_way *way, int16_t *frame)
{
	unsigned int count = jitter_samples(&s->rx.jitter);
	int16_t wide[FRAME_SAMPLES];

	if (way->run != MEDIA_RUN)
		memset(frame, 0, count * sizeof(*frame));
	session_watch_level(&s->figures[MEDIA_RENDER], frame, count);
	if (!listens(way))
		return;
	if (count < FRAME_SAMPLES) {
		halfband_up(&s->rx.up, frame, HALF_FRAME, wide);
		frame = wide;
	}
	if (way->run == MEDIA_RUN)
		make_digit(s, frame);
	give(way, frame);
}

/* The next frame of the peer, silence if there is none, to the taps, too. */
static void hear_frame(struct media_session *s, const struct media_plan *plan, int16_t *frame,
		uint64_t now_ns)
{
	if (!s->rx.heard || jitter_get(&s->rx.jitter, frame) == JITTER_WAIT)
		memset(frame, 0, FRAME_SAMPLES * sizeof(*frame));
	if (session_listens(plan))
		session_hear(s, plan, frame, jitter_samples(&s->rx.jitter), now_ns);
}

/* The sound that is played instead. */
static void play_sound(struct media_session *s, const struct media_way *way)
{
	int16_t frame[FRAME_SAMPLES];

	for (int i = 0; i < FRAMES_PER_TICK; i++) {
		sound_make(&s->playing.sound, frame, FRAME_SAMPLES);
		if (way->run != MEDIA_RUN)
			memset(frame, 0, sizeof(frame));
		session_watch_level(&s->figures[MEDIA_RENDER], frame, FRAME_SAMPLES);
		give(way, frame);
	}
}

/* True: there is one. */
static bool follow_playing(struct media_session *s, const struct media_plan *plan)
{
	if (plan->play_turn != s->playing.turn) {
		s->playing.turn = plan->play_turn;
		sound_start(&s->playing.sound, plan->play);
	}
	return s->playing.sound.sound != NULL;
}

static bool all_patient(const struct media_way *way)
{
	for (unsigned int i = 0; i < way->count; i++) {
		if (!way->terminals[i]->ops->patient)
			return false;
	}
	return way->count > 0;
}

static size_t room_of(const struct media_way *way)
{
	size_t room = PATIENT_MAX;

	for (unsigned int i = 0; i < way->count; i++) {
		struct media_terminal *t = way->terminals[i];
		size_t of = t->ops->room ? t->ops->room(t) : PATIENT_MAX;

		if (of < room)
			room = of;
	}
	return room;
}

/* The jitter buffer counts from its last beginning. */
static void count_made(struct media_session *s)
{
	uint64_t made = s->rx.jitter.made;

	session_count(&s->figures[MEDIA_RENDER].made,
			made >= s->made_before ? made - s->made_before : made);
	s->made_before = made;
}

/* A frame of the peer, at our rate. */
static void widen(struct media_session *s, const int16_t *frame, int16_t *wide)
{
	session_watch_level(&s->figures[MEDIA_RENDER], frame, jitter_samples(&s->rx.jitter));
	if (jitter_samples(&s->rx.jitter) < FRAME_SAMPLES)
		halfband_up(&s->rx.up, frame, HALF_FRAME, wide);
	else
		memcpy(wide, frame, FRAME_SAMPLES * sizeof(*wide));
}

/* A call on hold gives nothing to the conference and gets nothing from it. */
static void play_mixed(struct media_session *s, const struct media_plan *plan, bool playing,
		uint64_t now_ns)
{
	const struct media_way *way = &plan->way[MEDIA_RENDER];
	int16_t frame[FRAME_SAMPLES], peer[TICK_SAMPLES], all[TICK_SAMPLES];

	jitter_set_patient(&s->rx.jitter, false);
	for (int i = 0; i < FRAMES_PER_TICK; i++) {
		jitter_tick(&s->rx.jitter);
		hear_frame(s, plan, frame, now_ns);
		widen(s, frame, peer + i * FRAME_SAMPLES);
	}
	if (!session_wants(way))
		memset(peer, 0, sizeof(peer));
	mix_hear(plan->mix, peer, !playing && listens(way) ? all : NULL);
	if (playing) {
		play_sound(s, way);
		return;
	}
	if (!listens(way))
		return;
	if (!session_wants(way) || way->run != MEDIA_RUN)
		memset(all, 0, sizeof(all));
	for (int i = 0; i < FRAMES_PER_TICK; i++)
		give(way, all + i * FRAME_SAMPLES);
}

static void play_alone(struct media_session *s, const struct media_plan *plan, bool playing,
		uint64_t now_ns)
{
	const struct media_way *way = &plan->way[MEDIA_RENDER];
	const bool patient = !playing && all_patient(way), listen = session_listens(plan);
	int16_t frame[FRAME_SAMPLES];

	if (patient != s->rx.jitter.patient)
		jitter_set_patient(&s->rx.jitter, patient);
	for (int i = 0; i < FRAMES_PER_TICK; i++) {
		jitter_tick(&s->rx.jitter);
		if (patient || (!s->rx.heard && !listen))
			continue;
		hear_frame(s, plan, frame, now_ns);
		if (s->rx.heard && !playing)
			play(s, way, frame);
	}
	for (size_t room = patient ? room_of(way) : 0; room; room--) {
		if (jitter_get(&s->rx.jitter, frame) == JITTER_WAIT)
			break;
		if (listen)
			session_hear(s, plan, frame, jitter_samples(&s->rx.jitter), now_ns);
		play(s, way, frame);
	}
	if (playing)
		play_sound(s, way);
}

static void tell_files(struct media_session *s, const struct media_way *way, uint64_t now_ns)
{
	for (unsigned int i = 0; i < way->count; i++)
		session_tell_file(s, way->terminals[i], now_ns);
}

void session_render(struct media_session *s, const struct media_plan *plan, uint64_t now_ns)
{
	const struct media_way *way = &plan->way[MEDIA_RENDER];
	const bool playing = follow_playing(s, plan);

	if (plan->mix)
		play_mixed(s, plan, playing, now_ns);
	else
		play_alone(s, plan, playing, now_ns);
	tell_files(s, way, now_ns);
	atomic_store(&s->figures[MEDIA_RENDER].delay_ms, jitter_delay_ms(&s->rx.jitter));
	count_made(s);
}

void session_render_unagreed(struct media_session *s, const struct media_plan *plan,
		uint64_t now_ns)
{
	if (!follow_playing(s, plan))
		return;
	play_sound(s, &plan->way[MEDIA_RENDER]);
	tell_files(s, &plan->way[MEDIA_RENDER], now_ns);
}
