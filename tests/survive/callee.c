// SPDX-License-Identifier: MIT
/* callee.c - the application that is called: it answers or lets it ring. */
#include "board.h"
#include "../conformance/app.h"

static bool is_to_answer(const struct own *o)
{
	enum kind kind = scene_kind(o->scene);

	if (board->mode == MODE_CHURN && scene_mood(o->scene) == MORTAL && chance(4))
		return true;
	if (kind == CONSULTING && o->device % PLACES == 2)
		return o->scene % 2;
	return kind != RINGING && kind != DIALLING;
}

static void act_on(struct own *o)
{
	enum mood mood = board->mode == MODE_BUILD ? RESTLESS : scene_mood(o->scene);

	if (o->busy || !o->told || own_clean(o) || mood == STILL)
		return;
	if (o->told & (LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED) && is_to_answer(o))
		asked(lineAnswer(o->call, NULL, 0), o, NULL, NULL);
	else if (o->told & LINECALLSTATE_OFFERING && chance(20))
		asked(lineAccept(o->call, NULL, 0), o, NULL, NULL);
	else if (mood == MORTAL && chance(200))
		own_drop(o);
}

static void act(void)
{
	for (unsigned i = 0; i < OWN_MAX && board->mode != MODE_SETTLE; i++)
		if (owns[i].used && owns[i].call && (board->mode == MODE_BUILD || chance(8)))
			act_on(&owns[i]);
}

static unsigned restless(void)
{
	for (unsigned i = 0; i < OWN_MAX && board->mode == MODE_BUILD; i++)
		if (owns[i].used && is_over(owns[i].told))
			return owns[i].scene + 1;
	return 0;
}

/* Each has all places of its scenes. */
static void begin(unsigned index)
{
	DWORD version = 0x00020002;

	expect_ok(initialise(&version));
	for (unsigned n = index; n < board->scenes; n += board->callees)
		for (unsigned place = 1; place < PLACES; place++)
			(void)actor_open(scene_device(n, place), LINECALLPRIVILEGE_OWNER);
}

static void message(const LINEMESSAGE *m)
{
	struct own *o;

	if (m->dwMessageID != LINE_APPNEWCALL)
		return;
	o = own_new((DWORD)m->dwCallbackInstance, (unsigned)m->dwCallbackInstance / PLACES);
	o->call = (HCALL)m->dwParam2;
}

const struct part callee_part = {
	.begin = begin,
	.message = message,
	.act = act,
	.restless = restless,
};
