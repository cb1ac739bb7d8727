// SPDX-License-Identifier: MIT
/* tsp_digits.c - between a call and the MSPs that have its sound: what is to be heard is said to
 * them, what they hear comes to the call. What is heard of a party belongs to its conference. */
#include "tsp_tones.h"

#include "msp.h"

#include <string.h>

#define T (&tones_tsp)

static const struct control *control_in_force(struct call *c)
{
	return T->listening(c)->control ? T->listening(c)->control : T->control_of_line(c);
}

void digits_init(struct call *c)
{
	listen_init(T->listening(c), T->ops, c);
}

void digits_fini(struct call *c)
{
	listen_fini(T->listening(c));
}

void digits_end(struct call *c)
{
	listen_end(T->listening(c));
}

void digits_cancel_all(struct call *c)
{
	generate_cancel_all(&T->msp(c)->generations, T->ops, c);
}

void digits_done(struct call *c, uint32_t id, bool complete)
{
	generate_done(&T->msp(c)->generations, T->ops, c, id, complete);
}

void digits_heard(struct call *c, const struct rtpmsg *m)
{
	struct call *owner = T->owner(c);

	listen_take(T->listening(owner), T->ops, owner, m);
}

void digits_detect(struct call *c, bool again)
{
	struct call *owner = T->owner(c);
	struct msp *msp = T->msp(c);

	if (msp->state == MSP_STATE_NONE)
		return; /* it is told when there is somebody to tell */
	if (again)
		memset(&msp->told, 0, sizeof(msp->told));
	listen_say(T->listening(owner), control_in_force(owner), &msp->told, T->ops, c);
}

static void detect(struct call *leg, struct call *c)
{
	(void)c;
	digits_detect(leg, false);
}

void digits_settle(struct call *c)
{
	T->each_leg(c, detect);
}

static void act_on_state(struct call *leg, struct call *c)
{
	if (T->msp(leg)->state != MSP_STATE_NONE)
		listen_control(control_in_force(c), T->reported_state(c), T->ops, leg);
}

void digits_state(struct call *c)
{
	digits_settle(c);
	if (T->owner(c) == c)
		T->each_leg(c, act_on_state);
}
