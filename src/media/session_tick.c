// SPDX-License-Identifier: MIT
/* session_tick.c - 20 ms of a session: take what has arrived, play two frames (session_render.c),
 * send two. Runs in the clock thread: no allocation, no lock, no log, no file. */
#include "media/session_private.h"

#include "base/random.h"

#include <string.h>

#define ALONE_NS         1000000000u /* so long the peer's first packet is waited for */
#define MEDIA_TIMEOUT_NS 10000000000u
#define LOOK_TICKS       5

#define EVENT_CLOCK 8000

enum { CAUSE_REMOTE = 4, CAUSE_TIMEOUT = 5, CAUSE_RECOVERED = 6 }; /* MSP_CALL_EVENT_CAUSE */

void session_post(struct media_session *s, enum media_news_kind kind, uint32_t a, uint32_t b,
		uint32_t c, uint64_t now_ns)
{
	const struct media_news news = { .kind = kind,
		.object = s->id,
		.a = a,
		.b = b,
		.c = c,
		.tick_ms = (uint32_t)(now_ns / 1000000u) };

	mailbox_post(s->mailbox, &news);
}

void session_count(_Atomic uint64_t *figure, uint64_t n)
{
	atomic_fetch_add_explicit(figure, n, memory_order_relaxed);
}

static void begin_receiving(struct media_session *s)
{
	memset(&s->rx, 0, offsetof(struct receiver, jitter));
	jitter_init(&s->rx.jitter);
	event_receiver_init(&s->rx.digits);
}

void session_reset(struct media_session *s)
{
	uint32_t chance[3];

	random_bytes(chance, sizeof(chance));
	memset(&s->tx, 0, sizeof(s->tx));
	begin_receiving(s);
	s->tx.ssrc = chance[0] | 1u;
	s->tx.timestamp = chance[1];
	/* Below half, so that whoever misses the first packets of SRTP knows how often it wrapped.
	 */
	s->tx.sequence = (uint16_t)(chance[2] & 0x7fff);
	s->chance = s->tx.ssrc;
	event_sender_init(&s->tx.digits);
	atomic_store(&s->figures[MEDIA_CAPTURE].ssrc, s->tx.ssrc);
}

/* --- commands ------------------------------------------------------------------------------- */

static void end_running(struct media_session *s, uint64_t now_ns)
{
	if (s->tx.digits.active || s->tx.pulses.active)
		session_post(s, MEDIA_DIGITS_DONE, s->tx.digits_id, 1, 0, now_ns);
	if (s->tx.tone_on)
		session_post(s, MEDIA_TONE_DONE, s->tx.tone_id, 1, 0, now_ns);
	s->tx.digits.active = s->tx.pulses.active = false;
	s->tx.tone_on = false;
}

static bool is_nothing(const struct media_tone *t)
{
	for (int i = 0; i < TONE_FREQUENCIES; i++) {
		if (t->parts[i].hz)
			return false;
	}
	return !t->sound;
}

static void begin_tone(struct media_session *s, const struct command *c, uint64_t now_ns)
{
	if (is_nothing(&c->tone)) {
		session_post(s, MEDIA_TONE_DONE, c->id, 0, 0, now_ns);
		return;
	}
	sound_start(&s->tx.sound, c->tone.sound);
	s->tx.by_name = c->tone.sound != NULL;
	if (!s->tx.by_name)
		tone_set_parts(&s->tx.tone, c->tone.parts);
	s->tx.tone_on = true;
	s->tx.tone_id = c->id;
	s->tx.tone_left = c->tone.duration_ms ? MS_TO_SAMPLES(c->tone.duration_ms) : UINT32_MAX;
}

static void obey(struct media_session *s, const struct command *c, uint64_t now_ns)
{
	end_running(s, now_ns);
	switch (c->kind) {
	case COMMAND_DIGITS:
		event_sender_start(&s->tx.digits, c->digits, c->duration_ms, c->pause_ms);
		s->tx.digits_id = c->id;
		break;
	case COMMAND_PULSES:
		pulse_start(&s->tx.pulses, c->digits);
		s->tx.digits_id = c->id;
		break;
	case COMMAND_TONE:
		begin_tone(s, c, now_ns);
		break;
	}
}

static void take_commands(struct media_session *s, uint64_t now_ns)
{
	uint32_t head = atomic_load_explicit(&s->command_head, memory_order_relaxed);
	uint32_t tail = atomic_load_explicit(&s->command_tail, memory_order_acquire);

	for (; head != tail; head++)
		obey(s, &s->commands[head % COMMANDS], now_ns);
	atomic_store_explicit(&s->command_head, head, memory_order_release);
}

/* --- speaking ------------------------------------------------------------------------------- */

static void read_sources(struct media_session *s, const struct media_way *way, int16_t *frame)
{
	int32_t sum[FRAME_SAMPLES] = { 0 };
	int16_t one[FRAME_SAMPLES];

	for (unsigned int t = 0; s->flowing && t < way->count; t++) {
		terminal_read(way->terminals[t], one);
		for (int i = 0; i < FRAME_SAMPLES; i++)
			sum[i] += one[i];
	}
	for (int i = 0; i < FRAME_SAMPLES; i++)
		frame[i] = way->run == MEDIA_RUN ? sample_clip(sum[i]) : 0;
}

static void read_tone(struct media_session *s, int16_t *frame, uint64_t now_ns)
{
	const bool over = s->tx.sound.sound == NULL && s->tx.by_name;

	if (s->tx.tone_left == 0 || over) {
		s->tx.tone_on = false;
		session_post(s, MEDIA_TONE_DONE, s->tx.tone_id, 0, 0, now_ns);
		return;
	}
	if (s->tx.by_name)
		sound_make(&s->tx.sound, frame, FRAME_SAMPLES);
	else
		tone_make(&s->tx.tone, frame, FRAME_SAMPLES);
	if (s->tx.tone_left == UINT32_MAX)
		return;
	s->tx.tone_left = s->tx.tone_left > FRAME_SAMPLES ? s->tx.tone_left - FRAME_SAMPLES : 0;
}

static void read_pulses(struct media_session *s, int16_t *frame, uint64_t now_ns)
{
	pulse_make(&s->tx.pulses, frame, FRAME_SAMPLES);
	if (!s->tx.pulses.active)
		session_post(s, MEDIA_DIGITS_DONE, s->tx.digits_id, 0, 0, now_ns);
}

static void send_packet(struct media_session *s, const struct media_plan *plan,
		const struct rtp_header *h, uint8_t *packet, size_t payload_size)
{
	rtp_write(packet, h);
	s->tx.sequence++;
	if (!session_send(s, plan, PORT_RTP, packet, RTP_HEADER_SIZE + payload_size))
		return;
	session_count(&s->figures[MEDIA_CAPTURE].packets, 1);
	session_count(&s->figures[MEDIA_CAPTURE].bytes, payload_size);
}

/* True: an event packet has been sent in place of sound. If the peer does not take it, the digit's
 * two tones are put into the samples. */
static bool send_digit(struct media_session *s, const struct media_plan *plan, int16_t *samples,
		uint64_t now_ns)
{
	_Alignas(uint64_t) uint8_t packet[RTP_HEADER_SIZE + EVENT_PAYLOAD_SIZE + SECURE_TRAILER];
	struct event_packet event;
	enum event_step step = event_sender_tick(&s->tx.digits, s->tx.timestamp,
			plan->tx_event.clock, &event);
	const struct rtp_header h = { .payload_type = plan->tx_event.payload_type,
		.marker = event.marker,
		.sequence = s->tx.sequence,
		.timestamp = event.timestamp,
		.ssrc = s->tx.ssrc };

	if (step == EVENT_DONE)
		session_post(s, MEDIA_DIGITS_DONE, s->tx.digits_id, 0, 0, now_ns);
	if (step != EVENT_PACKET)
		return false;
	if (!(plan->ask.events >> event.payload[0] &
			    1)) { /* the peer takes none, or not this one */
		if (event.marker && !tone_set_digit(&s->tx.tone, s->tx.digits.digit))
			memset(&s->tx.tone, 0, sizeof(s->tx.tone)); /* a flash has no sound */
		if (s->tx.digits.end_copies == EVENT_END_COPIES - 1 || s->tx.digits.event >= 0)
			tone_make(&s->tx.tone, samples, TICK_SAMPLES);
		return false;
	}
	memcpy(packet + RTP_HEADER_SIZE, event.payload, EVENT_PAYLOAD_SIZE);
	send_packet(s, plan, &h, packet, EVENT_PAYLOAD_SIZE);
	return true;
}

/* How far the clock of what is sent moves in so many of our samples. */
static uint32_t wide_ticks(const struct media_session *s, unsigned int samples)
{
	return (uint32_t)((uint64_t)samples * s->tx.clock / MEDIA_RATE);
}

struct packet_sound { /* of a packet */
	const int16_t *samples;
	unsigned int count;
	bool still; /* so was the tick before, and the filter is empty */
	uint32_t timestamp;
};

/* As the codec has it. */
static size_t encode(struct media_session *s, const struct packet_sound *sound, uint8_t *out)
{
	const struct coder *e = s->tx.encoder;
	int16_t half[MS_TO_SAMPLES(CODEC_SEND_MS_MAX) / 2];

	if (sound->still && e->codec->has_silence) {
		memset(out, e->codec->silence, sound->count / 2);
		return sound->count / 2;
	}
	if (e->codec->rate == MEDIA_RATE)
		return e->codec->encode(e->state, sound->samples, sound->count, out);
	for (unsigned int i = 0; i < sound->count; i += FRAME_SAMPLES)
		halfband_down(&s->tx.down, sound->samples + i, half + i / 2);
	return e->codec->encode(e->state, half, sound->count / 2, out);
}

static void send_sound(struct media_session *s, const struct media_plan *plan,
		const struct packet_sound *sound)
{
	_Alignas(uint64_t) uint8_t packet[RTP_HEADER_SIZE + CODEC_BYTES_MAX + SECURE_TRAILER];
	const struct rtp_header h = { .payload_type = plan->tx.payload_type,
		.marker = !s->tx.talking,
		.sequence = s->tx.sequence,
		.timestamp = sound->timestamp,
		.ssrc = s->tx.ssrc };
	size_t size = encode(s, sound, packet + RTP_HEADER_SIZE);

	s->tx.talking = size != 0;
	if (size)
		send_packet(s, plan, &h, packet, size);
}

/* A tick becomes one packet, or two, or waits for those that follow: as the peer asks. */
static void send_tick(struct media_session *s, const struct media_plan *plan,
		const int16_t *samples, bool still)
{
	const unsigned int count = MS_TO_SAMPLES(plan->ask.packet_ms);
	struct packet_sound sound = { samples, count, still, s->tx.timestamp };
	struct held *held = &s->tx.held;
	unsigned int left;

	if (!held->count && count == TICK_SAMPLES) {
		send_sound(s, plan, &sound);
		return;
	}
	held->still = still && (held->still || !held->count);
	memcpy(held->samples + held->count, samples, TICK_SAMPLES * sizeof(*samples));
	sound.samples = held->samples;
	sound.still = held->still;
	sound.timestamp -= wide_ticks(s, held->count);
	for (left = held->count + TICK_SAMPLES; left >= count; left -= count) {
		send_sound(s, plan, &sound);
		sound.samples += count;
		sound.timestamp += wide_ticks(s, count);
	}
	memmove(held->samples, sound.samples, left * sizeof(*samples));
	held->count = left;
}

/* In place of sound; what there was of a packet is not sent any more. */
static void send_no_sound(struct media_session *s, bool talking)
{
	s->tx.held.count = 0;
	s->tx.talking = talking;
}

static void capture(struct media_session *s, const struct media_plan *plan, uint64_t now_ns)
{
	const struct media_way *way = &plan->way[MEDIA_CAPTURE];
	const bool send = session_wants(way);
	const bool sounds = s->flowing && session_has_sound(way);
	const bool quiet = !s->tx.tone_on && !s->tx.digits.active && !s->tx.pulses.active &&
			   !plan->mix && !sounds;
	int16_t samples[TICK_SAMPLES] = { 0 };

	for (int i = 0; send && i < FRAMES_PER_TICK; i++) {
		int16_t *frame = samples + i * FRAME_SAMPLES;

		if (!quiet)
			read_sources(s, way, frame);
		session_watch_level(&s->figures[MEDIA_CAPTURE], frame, FRAME_SAMPLES);
	}
	if (plan->mix)
		mix_speak(plan->mix, samples, send && sounds);
	for (int i = 0; send && s->tx.tone_on && i < FRAMES_PER_TICK; i++)
		read_tone(s, samples + i * FRAME_SAMPLES, now_ns);
	for (int i = 0; send && s->tx.pulses.active && i < FRAMES_PER_TICK; i++)
		read_pulses(s, samples + i * FRAME_SAMPLES, now_ns);
	for (unsigned int i = 0; i < way->count; i++)
		session_tell_file(s, way->terminals[i], now_ns);
	if (!send) {
		end_running(s, now_ns);
		send_no_sound(s, false);
	} else if (send_digit(s, plan, samples, now_ns)) {
		send_no_sound(s, true);
	} else {
		send_tick(s, plan, samples, quiet && s->tx.quiet);
	}
	s->tx.quiet = quiet;
	s->tx.timestamp += s->tx.clock / TICKS_PER_S;
}

/* --- the whole ------------------------------------------------------------------------------ */

static void tell_way(struct media_session *s, const struct media_plan *plan, int way, bool active,
		uint32_t cause, uint64_t now_ns)
{
	if (active == s->active[way])
		return;
	s->active[way] = active;
	if (!cause)
		cause = plan->way[way].cause;
	session_post(s, active ? MEDIA_ACTIVE : MEDIA_INACTIVE, (uint32_t)way, cause, 0, now_ns);
}

static void watch(struct media_session *s, const struct media_plan *plan, uint64_t now_ns)
{
	bool hears = session_wants(&plan->way[MEDIA_RENDER]),
	     speaks = session_wants(&plan->way[MEDIA_CAPTURE]);
	bool recovered = s->timed_out;

	s->timed_out = hears && s->rx.heard && now_ns - s->rx.heard_ns > MEDIA_TIMEOUT_NS;
	recovered = recovered && !s->timed_out;
	if (speaks && (s->rx.heard || !plan->way[MEDIA_RENDER].agreed ||
				      now_ns - s->adopted_ns >= ALONE_NS))
		s->flowing = true;
	tell_way(s, plan, MEDIA_CAPTURE, speaks && s->flowing, 0, now_ns);
	tell_way(s, plan, MEDIA_RENDER, hears && s->rx.heard && !s->timed_out,
			s->timed_out ? CAUSE_TIMEOUT
			: recovered  ? CAUSE_RECOVERED
				     : 0,
			now_ns);
}

/* Another peer: its sound has nothing to do with what was before; ours goes on. */
static void adopt(struct media_session *s, const struct media_plan *plan, uint64_t now_ns)
{
	if (plan->agreement == s->adopted)
		return;
	session_forget_source(s);
	session_forget_digits(s, plan, now_ns);
	begin_receiving(s);
	session_unlatch(s);
	s->adopted = plan->agreement;
	s->adopted_ns = now_ns;
	s->flowing = false;
	s->timed_out = false;
	s->tx.talking = false;
	atomic_store(&s->heard, NULL);
}

/* Another clock is another source (RFC 7160), for receivers could not tell its timestamps apart;
 * the old one says goodbye, so that nobody waits for its silence. */
static void begin_source(struct media_session *s)
{
	const struct figures *f = &s->figures[MEDIA_CAPTURE];

	rtcp_send(s, true);
	s->tx.reported = false;
	s->chance = s->chance * 1664525u + 1013904223u;
	s->tx.ssrc ^= s->chance | 1u;
	s->tx.packets_before = atomic_load(&f->packets);
	s->tx.bytes_before = atomic_load(&f->bytes);
	send_no_sound(s, false);
	atomic_store(&s->figures[MEDIA_CAPTURE].ssrc, s->tx.ssrc);
}

static void set_encoder(struct media_session *s, struct coder *encoder,
		const struct codec_wish *wish)
{
	uint32_t clock = encoder->codec->clock;

	s->tx.encoder = encoder;
	coder_please(encoder, wish);
	if (s->tx.clock && s->tx.clock != clock)
		begin_source(s);
	s->tx.clock = clock;
}

void session_tick(struct engine_task *task, uint64_t now_ns)
{
	struct media_session *s =
			(struct media_session *)(void *)((char *)task -
							 offsetof(struct media_session, task));
	struct published_plan *p = atomic_load(&s->plan);

	if (!p)
		return;
	if (!p->plan.agreement) {
		session_render_unagreed(s, &p->plan, now_ns);
		mailbox_flush(s->mailbox);
		return;
	}
	jitter_set_decoders(&s->rx.jitter, p->decoders, p->plan.rx_count);
	adopt(s, &p->plan, now_ns);
	set_encoder(s, p->encoder, &p->plan.ask.wish);
	take_commands(s, now_ns);
	s->looks = s->turn++ % LOOK_TICKS == 0;
	session_receive(s, &p->plan, now_ns);
	rtcp_receive(s, &p->plan, now_ns);
	watch(s, &p->plan, now_ns);
	session_render(s, &p->plan, now_ns);
	session_hear_tick(s, &p->plan, now_ns);
	capture(s, &p->plan, now_ns);
	rtcp_send_due(s, now_ns);
	mailbox_flush(s->mailbox);
}
