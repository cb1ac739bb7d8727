// SPDX-License-Identifier: MIT
/* ops_party.c - operations on several calls, and hand-off. */
#include "workload.h"

#include <stdio.h>

#define HELD                                                                                       \
	(LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLDPENDCONF)

/* Whom a consultation may have reached, or not yet. */
#define CONSULTED (LINECALLSTATE_CONNECTED | LINECALLSTATE_RINGBACK | LINECALLSTATE_PROCEEDING)

static LONG op_hold(struct app *a)
{
	return asked(a, "lineHold", lineHold(call_in(a, LINECALLSTATE_CONNECTED)));
}

static LONG op_unhold(struct app *a)
{
	return asked(a, "lineUnhold", lineUnhold(call_in(a, HELD)));
}

static LONG op_swap(struct app *a)
{
	HCALL held = call_in(a, HELD);

	return asked(a, "lineSwapHold",
			lineSwapHold(beside(a, held, LINECALLSTATE_CONNECTED), held));
}

static LONG op_setup_transfer(struct app *a)
{
	HCALL *made = new_calls(a);
	HCALL call = call_in(a, LINECALLSTATE_CONNECTED);

	return asked_new(a, "lineSetupTransfer", lineSetupTransfer(call, made, NULL), made, NULL);
}

static LONG op_complete_transfer(struct app *a)
{
	HCALL *made = new_calls(a);
	HCALL held = call_in(a, LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER);
	HCALL consult = beside(a, held, CONSULTED);

	if (machine_below(2))
		return asked(a, "lineCompleteTransfer",
				lineCompleteTransfer(held, consult, NULL,
						LINETRANSFERMODE_TRANSFER));
	return asked_new(a, "lineCompleteTransfer",
			lineCompleteTransfer(pick(a, held), consult, made,
					LINETRANSFERMODE_CONFERENCE),
			made, NULL);
}

static LONG op_blind(struct app *a)
{
	HCALL call = call_in(a, LINECALLSTATE_CONNECTED);

	return asked(a, "lineBlindTransfer", lineBlindTransfer(call, any_number(), 0));
}

static LONG op_setup_conference(struct app *a)
{
	HCALL *made = new_calls(a);
	HCALL call = call_in(a, LINECALLSTATE_CONNECTED);
	HLINE line = call ? checker_line_of(checker, a->number, call) : any_line(a);

	return asked_new(a, "lineSetupConference",
			lineSetupConference(call, line, &made[0], &made[1], 3, NULL), &made[0],
			&made[1]);
}

static LONG op_prepare(struct app *a)
{
	HCALL *made = new_calls(a);
	HCALL call = call_in(a, LINECALLSTATE_CONNECTED);

	return asked_new(a, "linePrepareAddToConference",
			linePrepareAddToConference(call, made, NULL), made, NULL);
}

static LONG op_add(struct app *a)
{
	HCALL conference = call_in(a, LINECALLSTATE_ONHOLDPENDCONF);
	HCALL consult = beside(a, conference, CONSULTED);

	return asked(a, "lineAddToConference", lineAddToConference(conference, consult));
}

static LONG op_remove(struct app *a)
{
	return asked(a, "lineRemoveFromConference",
			lineRemoveFromConference(call_in(a, LINECALLSTATE_CONFERENCED)));
}

static LONG op_related(struct app *a)
{
	LINECALLLIST *list = any_buffer(sizeof(LINECALLLIST));
	HCALL conference = call_in(a, LINECALLSTATE_CONFERENCED);
	LONG result = lineGetConfRelatedCalls(conference, list);

	if (result == 0)
		take_list(a, list, checker_line_of(checker, a->number, conference));
	return result;
}

static LONG op_handoff(struct app *a)
{
	char name[16];

	(void)snprintf(name, sizeof(name), "app%u", machine_below(3));
	if (machine_below(2))
		return lineHandoff(any_call(a), name, 0);
	return lineHandoff(any_call(a), NULL, LINEMEDIAMODE_INTERACTIVEVOICE);
}

static LONG op_park(struct app *a)
{
	HCALL call = call_in(a, LINECALLSTATE_CONNECTED);

	return asked(a, "linePark", linePark(call, LINEPARKMODE_DIRECTED, any_number(), NULL));
}

static LONG op_unpark(struct app *a)
{
	HCALL *made = new_calls(a);
	HLINE line = any_line(a);

	return asked_new(a, "lineUnpark", lineUnpark(line, 0, made, any_number()), made, NULL);
}

static LONG op_pickup(struct app *a)
{
	HCALL *made = new_calls(a);
	HLINE line = any_line(a);

	return asked_new(a, "linePickup",
			linePickup(line, 0, made, machine_below(2) ? any_number() : NULL, NULL),
			made, NULL);
}

const struct operation party_operations[] = {
	{ "lineHold", 12, op_hold },
	{ "lineUnhold", 10, op_unhold },
	{ "lineSwapHold", 5, op_swap },
	{ "lineSetupTransfer", 8, op_setup_transfer },
	{ "lineCompleteTransfer", 12, op_complete_transfer },
	{ "lineBlindTransfer", 5, op_blind },
	{ "lineSetupConference", 8, op_setup_conference },
	{ "linePrepareAddToConference", 8, op_prepare },
	{ "lineAddToConference", 12, op_add },
	{ "lineRemoveFromConference", 6, op_remove },
	{ "lineGetConfRelatedCalls", 4, op_related },
	{ "lineHandoff", 8, op_handoff },
	{ "linePark", 5, op_park },
	{ "lineUnpark", 5, op_unpark },
	{ "linePickup", 8, op_pickup },
	{ NULL, 0, NULL },
};
