// SPDX-License-Identifier: MIT
/* caller.c - the application that makes the calls of its scenes, holds them, consults and confers.
 */
#include "board.h"
#include "../conformance/app.h"

#include "base/random.h"

#include <string.h>

struct scene {
	unsigned number;
	HLINE line;
	struct own *first, *second, *conference;
	unsigned dialled; /* digits of an unfinished number */
};

static struct scene scenes[SCENES_MAX];
static unsigned count;

static bool is_building(void)
{
	return board->mode == MODE_BUILD;
}

static bool may_end(const struct scene *s)
{
	return !is_building() && scene_mood(s->number) == MORTAL;
}

static DWORD state_of_own(const struct own *o)
{
	return o ? o->told : 0;
}

static bool is_in(const struct own *o, DWORD states)
{
	return (state_of_own(o) & states) != 0;
}

/* --- steps --- */

static void make_call(struct scene *s, const char *number)
{
	s->first = own_new(scene_device(s->number, 0), s->number);
	s->dialled = (unsigned)strcspn(number, ";");
	asked(lineMakeCall(s->line, &s->first->call, number, 0, NULL), s->first, NULL, NULL);
}

static void call_place(struct scene *s, unsigned place)
{
	make_call(s, scene_number(s->number, place));
}

/* The next digits of the number, with more to come until it is whole. */
static void dial_on(struct scene *s, struct own *o, unsigned place, unsigned digits)
{
	const char *left = scene_number(s->number, place) + s->dialled;
	bool is_whole = digits >= strlen(left);
	char some[16];

	(void)snprintf(some, sizeof(some), "%.*s%s", (int)digits, left, is_whole ? "" : ";");
	s->dialled += is_whole ? (unsigned)strlen(left) : digits;
	asked(lineDial(o->call, some, 0), o, NULL, NULL);
}

static void hold(struct own *o)
{
	asked(lineHold(o->call), o, NULL, NULL);
}

static void unhold(struct own *o)
{
	asked(lineUnhold(o->call), o, NULL, NULL);
}

/* To itself, which takes its time to fail; the call goes on. */
static void transfer_in_vain(struct scene *s)
{
	asked(lineBlindTransfer(s->first->call, scene_number(s->number, 0), 0), s->first, NULL,
			NULL);
}

static void set_up_transfer(struct scene *s)
{
	s->second = own_new(s->first->device, s->number);
	s->dialled = 0;
	asked(lineSetupTransfer(s->first->call, &s->second->call, NULL), s->first, s->second, NULL);
}

static void set_up_conference(struct scene *s)
{
	s->second = own_new(s->first->device, s->number);
	s->conference = own_new(s->first->device, s->number);
	s->conference->is_conference = true;
	s->dialled = 0;
	asked(lineSetupConference(s->first->call, 0, &s->conference->call, &s->second->call, 3,
			      NULL),
			s->first, s->second, s->conference);
}

/* The parties go with it. */
static void end_conference(struct scene *s)
{
	if (s->first)
		s->first->dropped = true;
	if (s->second)
		s->second->dropped = true;
	own_drop(s->conference);
}

/* --- what each kind does --- */

static bool make_if_none(struct scene *s)
{
	if (!s->first)
		call_place(s, 1);
	return s->first == NULL || s->first->busy || !s->first->told;
}

static void talk(struct scene *s)
{
	bool is_to_hold = scene_kind(s->number) == HELD || !is_building();

	if (make_if_none(s))
		return;
	if (may_end(s) && chance(4))
		own_drop(s->first);
	else if (is_in(s->first, LINECALLSTATE_CONNECTED) && !is_building() && chance(2))
		transfer_in_vain(s);
	else if (is_in(s->first, LINECALLSTATE_CONNECTED) && is_to_hold)
		hold(s->first);
	else if (is_in(s->first, LINECALLSTATE_ONHOLD) &&
			(scene_kind(s->number) == TALKING || !is_building()))
		unhold(s->first);
}

static void ring(struct scene *s)
{
	DWORD up = LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD;

	if (make_if_none(s))
		return;
	if ((is_building() && is_in(s->first, up)) || (may_end(s) && chance(8)))
		own_drop(s->first);
}

static void dial_slowly(struct scene *s)
{
	DWORD dialling = LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING;
	bool is_even = scene_device(s->number, 0) % 2 == 0;

	if (!s->first)
		make_call(s, is_even ? ";" : "1;");
	else if (s->first->busy || !s->first->told || (is_building() && is_in(s->first, dialling)))
		return;
	else if (is_building() || (may_end(s) && chance(8)))
		own_drop(s->first);
	else if (is_in(s->first, dialling) && (may_end(s) || s->dialled < 3))
		dial_on(s, s->first, 1, may_end(s) ? 4 : 1);
}

/* The first call has not ended, and the other one is answered only if it should be. */
static bool is_consulting_well(const struct scene *s)
{
	return s->first && (s->number % 2 || !is_in(s->second, LINECALLSTATE_CONNECTED));
}

static void consult(struct scene *s)
{
	if (s->first && s->second && may_end(s) && chance(8))
		own_drop(chance(2) ? s->second : s->first);
	else if (s->second && is_building() && !is_consulting_well(s))
		own_drop(s->second);
	else if (is_in(s->second, LINECALLSTATE_DIALTONE))
		dial_on(s, s->second, 2, 4);
	else if (s->second || make_if_none(s))
		return;
	else if (is_in(s->first, LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER))
		unhold(s->first);
	else if (is_in(s->first, LINECALLSTATE_CONNECTED))
		set_up_transfer(s);
}

static void hold_conference(struct scene *s)
{
	if (is_in(s->conference, LINECALLSTATE_CONNECTED) && !is_building())
		hold(s->conference);
	else if (is_in(s->conference, LINECALLSTATE_ONHOLD))
		unhold(s->conference);
}

static void confer(struct scene *s)
{
	DWORD member = LINECALLSTATE_CONFERENCED;

	if (s->conference && may_end(s) && chance(8))
		end_conference(s);
	else if (is_in(s->conference, LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD) &&
			is_in(s->first, member) && is_in(s->second, member))
		hold_conference(s);
	else if (s->conference && (!s->first || !s->second))
		end_conference(s); /* a party has left */
	else if (is_in(s->second, LINECALLSTATE_DIALTONE))
		dial_on(s, s->second, 2, 4);
	else if (s->conference && is_in(s->second, LINECALLSTATE_CONNECTED))
		asked(lineAddToConference(s->conference->call, s->second->call), s->conference,
				s->second, NULL);
	else if (s->second && !s->conference)
		own_drop(s->second); /* what is left of one */
	else if (s->conference || make_if_none(s))
		return;
	else if (is_in(s->first, LINECALLSTATE_ONHOLD))
		unhold(s->first);
	else if (is_in(s->first, LINECALLSTATE_CONNECTED))
		set_up_conference(s);
}

/* --- the part --- */

/* True: it is not at work with this call. One that has ended may be another scene's by now. */
static bool look_at(const struct scene *s, struct own **o)
{
	if (*o && (!(*o)->used || (*o)->scene != s->number))
		*o = NULL;
	if (!*o)
		return true;
	if ((*o)->busy || !(*o)->told)
		return false;
	if (!own_clean(*o))
		return true;
	if (!(*o)->used)
		*o = NULL;
	return false;
}

static void act_in(struct scene *s)
{
	static void (*const acts[])(struct scene * s) = {
		[TALKING] = talk,
		[HELD] = talk,
		[RINGING] = ring,
		[DIALLING] = dial_slowly,
		[CONFERENCE] = confer,
		[CONSULTING] = consult,
	};
	bool first = look_at(s, &s->first), second = look_at(s, &s->second),
	     conf = look_at(s, &s->conference);

	if (first && second && conf && (is_building() || scene_mood(s->number) != STILL))
		acts[scene_kind(s->number)](s);
}

static void act(void)
{
	if (is_building())
		for (unsigned i = 0; i < count; i++)
			act_in(&scenes[i]);
	else if (board->mode == MODE_CHURN)
		act_in(&scenes[random_u64() % count]);
}

static bool is_at_rest_in(const struct scene *s)
{
	switch (scene_kind(s->number)) {
	case TALKING:
		return is_in(s->first, LINECALLSTATE_CONNECTED);
	case HELD:
		return is_in(s->first, LINECALLSTATE_ONHOLD);
	case RINGING:
		return is_in(s->first, LINECALLSTATE_RINGBACK);
	case DIALLING:
		return is_in(s->first, LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING);
	case CONFERENCE:
		return is_in(s->conference, LINECALLSTATE_CONNECTED) &&
		       is_in(s->first, LINECALLSTATE_CONFERENCED) &&
		       is_in(s->second, LINECALLSTATE_CONFERENCED);
	case CONSULTING:
		return is_in(s->first, LINECALLSTATE_ONHOLDPENDTRANSFER) &&
		       is_in(s->second, s->number % 2 ? LINECALLSTATE_CONNECTED
						      : LINECALLSTATE_RINGBACK);
	}
	return false;
}

static unsigned restless(void)
{
	for (unsigned i = 0; i < count && is_building(); i++)
		if (!is_at_rest_in(&scenes[i]))
			return scenes[i].number + 1;
	return 0;
}

static void begin(unsigned index)
{
	DWORD version = 0x00020002;

	expect_ok(initialise(&version));
	for (unsigned n = index; n < board->scenes; n += board->callers) {
		scenes[count].number = n;
		scenes[count++].line = actor_open(scene_device(n, 0), LINECALLPRIVILEGE_OWNER);
	}
	expect(count > 0);
}

static void message(const LINEMESSAGE *m)
{
	(void)m;
}

const struct part caller_part = {
	.begin = begin,
	.message = message,
	.act = act,
	.restless = restless,
};
