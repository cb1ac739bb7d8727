// SPDX-License-Identifier: MIT
/* fuzz_libtapi.c - a daemon that answers anything and reports what it likes: the application gets a
 * result for each call, nothing is written outside of what it gave, and it can end.
 *
 * Steps: who (0: what the daemon says from now on when it is asked `kind`, as the RETURN; 1: as the
 * COMPLETION; 2: a frame of `kind`, `about` is its serial and open; 3: the application calls the
 * function number `kind`, with numbers of about `about`; 4: it takes its messages; 5: the daemon
 * hangs up), flags: the frame's; in the upper half which result. The first functions are called
 * once that has been said with which the input begins; its size says in which version of TAPI. */
#include "../tests/hostile/functions.h"
#include "base/clock.h"
#include "daemon.h"
#include "libtapi/internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);

enum { SAY_RETURN, SAY_COMPLETION, A_FRAME, A_CALL, MESSAGES, HANG_UP, WHO };
enum { STEPS = 64 };

static bool begun;
static DWORD version;

static void begin(void)
{
	begun = true;
	functions_begin(version, 0, 0);
}

static void play(const struct step *s)
{
	unsigned who = s->who % WHO;

	if (who <= SAY_COMPLETION) {
		daemon_says((enum daemon_saying)who, s);
		return;
	}
	if (!begun)
		begin();
	if (who == A_FRAME) {
		daemon_frame(s);
	} else if (who == A_CALL) {
		(void)functions_call(s->kind % functions_count(), s->about);
	} else if (who == HANG_UP) {
		daemon_hangs_up();
	} else {
		functions_take_messages();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const DWORD versions[] = { 0x00030001, 0x00020000, 0x00010003 };
	struct step step;

	clock_set_virtual(1000000000u);
	limits = (struct limits){
		.call_away = 300, .session_away = 2000, .retry = 0, .start = 0, .answer = 1000
	};
	daemon_start();
	begun = false;
	version = versions[size % (sizeof(versions) / sizeof(versions[0]))];
	for (int i = 0; i < STEPS && play_next(&data, &size, &step); i++)
		play(&step);
	if (!begun)
		begin();
	functions_end();
	daemon_forget();
	return 0;
}

static const ProtobufCMessageDescriptor *message_of(const struct step *s)
{
	const struct rule *rule = rule_find(s->kind);

	if (s->who % WHO > A_FRAME)
		return NULL;
	if (s->flags & (FLAG_FAILURE | FLAG_CLOSING))
		return &failure__descriptor;
	switch (s->kind) {
	case FRAME_HELLO:
		return &hello__descriptor;
	case FRAME_RESYNC:
		return &resync__descriptor;
	case FRAME_EVENT:
		return &event__descriptor;
	default:
		return rule ? rule->reply : NULL;
	}
}

static uint16_t some_kind(struct chance *c, unsigned who)
{
	const struct rule *rule;

	if (who == A_CALL)
		return (uint16_t)chance_below(c, functions_count());
	if (who == A_FRAME)
		return (uint16_t)(chance_one_in(c, 6) ? FRAME_HELLO + chance_below(c, 10)
						      : FRAME_EVENT);
	if (chance_one_in(c, 10))
		return chance_one_in(c, 2) ? FRAME_HELLO : FRAME_RESYNC;
	do
		rule = rule_find((uint16_t)chance_below(c, CALL_MAX));
	while (!rule || rule->privilege == PRIVILEGE_NOBODY);
	return rule->number;
}

static void invent(struct chance *c, struct step *s)
{
	static const uint8_t whos[] = { SAY_RETURN, SAY_RETURN, SAY_COMPLETION, A_FRAME, A_FRAME,
		A_FRAME, A_CALL, A_CALL, A_CALL, MESSAGES, MESSAGES, HANG_UP };

	s->who = whos[chance_below(c, sizeof(whos))];
	s->kind = some_kind(c, s->who);
	s->about = (uint16_t)chance_below(c, 64);
	if (chance_one_in(c, 4) && s->who != A_CALL)
		s->flags = (uint8_t)(chance_below(c, 8) << 4);
	if (s->flags || chance_one_in(c, 20))
		s->flags |= FLAG_FAILURE;
	if (chance_one_in(c, 8))
		s->flags |= (uint8_t)(1u << chance_below(c, 4));
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	const struct play_rules rules = { &daemon_facts, message_of, invent };

	return play_mutate(&rules, data, size, max, seed);
}
