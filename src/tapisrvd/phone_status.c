// SPDX-License-Identifier: MIT
/* phone_status.c - what the core adds to a phone's status: who has it open. */
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "phone.h"
#include "session.h"

#include <tapi.h>

static void merge(const struct line *phone, PhoneStatus *status)
{
	status->owner_name = NULL;
	list_for(l, &phone->opens) {
		const struct open *o = list_entry(l, struct open, in_line);

		if (o->privileges == PHONEPRIVILEGE_OWNER && !o->opening)
			status->owner_name = o->session->friendly_name;
	}
	SET(status, num_owners, phone_count_opens(phone, PHONEPRIVILEGE_OWNER));
	SET(status, num_monitors, phone_count_opens(phone, PHONEPRIVILEGE_MONITOR));
}

static void status_done(struct pending *p, const struct answer *a)
{
	struct line *phone = line_of_pending(p);
	PhoneGetStatusReply *reply = (PhoneGetStatusReply *)(uintptr_t)a->reply;

	if (!phone || !reply || !reply->phone_status) {
		pending_relay(p, a);
		return;
	}
	merge(phone, reply->phone_status);
	pending_return(p, &reply->base);
}

LONG handle_get_phone_status(struct request *r)
{
	struct pending *p =
			host_forward(request_host(r), r->session, r->rule, r->frame, status_done);

	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->line->device;
	return 0;
}
