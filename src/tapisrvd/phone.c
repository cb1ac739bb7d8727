// SPDX-License-Identifier: MIT
/* phone.c - phoneOpen and its privileges, and the messages that applications want of a phone. */
#include "phone.h"

#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "event.h"
#include "failure.h"
#include "session.h"

#include <tapi.h>

#define ALL_BUTTON_STATES (PHONEBUTTONSTATE_UNAVAIL * 2 - 1)

const struct line_kind phone_kind = {
	.name = "phone",
	.device_class = "tapi/phone",
	.is_phone = true,
	.create = PHONE_CREATE,
	.remove = PHONE_REMOVE,
	.close = PHONE_CLOSE,
	.tsp_open = CALL_TspiPhoneOpen,
	.tsp_close = CALL_TspiPhoneClose,
	.tsp_select_ext = CALL_TspiPhoneSelectExtVersion,
	.tsp_taken = CALL_TspiProviderCreatePhoneDevice,
	.tsp_version = CALL_TspiPhoneNegotiateTspiVersion,
	.tsp_extension = CALL_TspiPhoneGetExtensionId,
	.tsp_caps = CALL_PhoneGetDevCaps,
	.tsp_masks = CALL_PhoneSetStatusMessages,
	.own_masks = { PHONESTATE_CAPSCHANGE | PHONESTATE_REINIT },
};

struct line *phone_find(const struct core *core, uint32_t device)
{
	return line_find_kind(core, &phone_kind, device);
}

uint32_t phone_count_opens(const struct line *phone, uint32_t privilege)
{
	uint32_t count = 0;

	list_for(l, &phone->opens) {
		const struct open *o = list_entry(l, struct open, in_line);

		count += !o->opening && o->privileges == privilege;
	}
	return count;
}

void phone_tell_count(struct line *phone, uint32_t privilege, const struct open *except)
{
	Event e = EVENT__INIT;

	SET_ID(&e, object, phone->device);
	SET(&e, msg, PHONE_STATE);
	SET(&e, p1, privilege == PHONEPRIVILEGE_OWNER ? PHONESTATE_OWNER : PHONESTATE_MONITORS);
	SET(&e, p2, phone_count_opens(phone, privilege));
	event_to_opens(phone, &e, except);
}

LONG phone_check_open(struct request *r, uint32_t privilege)
{
	LONG code = line_check_versions(r);

	if (code)
		return code;
	if (privilege != PHONEPRIVILEGE_MONITOR && privilege != PHONEPRIVILEGE_OWNER)
		return request_fail(r, PHONEERR_INVALPRIVILEGE, "privilege",
				"a phone is opened as owner or as monitor, not with %#x",
				privilege);
	list_for(l, &r->line->opens) {
		const struct open *o = list_entry(l, struct open, in_line);

		if (privilege == PHONEPRIVILEGE_OWNER && o->privileges == privilege)
			return request_fail(r, PHONEERR_INUSE, "owner",
					"%s is the owner of phone %u", session_name(o->session),
					r->line->device);
	}
	return 0;
}

LONG handle_phone_open(struct request *r)
{
	const PhoneOpen *m = (const void *)r->msg;
	struct open *o;
	LONG code = phone_check_open(r, m->privilege);

	if (!code)
		code = line_begin_open(r, &o);
	if (code)
		return code;
	o->privileges = m->privilege;
	line_step(r->line);
	return 0;
}

LONG handle_set_phone_status_messages(struct request *r)
{
	const PhoneSetStatusMessages *m = (const void *)r->msg;

	/* TAPI: without modes the states are ignored. */
	if (m->button_modes && (!m->button_states || m->button_states & ~ALL_BUTTON_STATES))
		return request_fail(r, PHONEERR_INVALBUTTONSTATE, "button states",
				"with button modes there must be button states, and known ones");
	r->open->phone_states = m->phone_states;
	r->open->button_modes = m->button_modes;
	r->open->button_states = m->button_modes ? m->button_states : 0;
	line_tell_masks(r->line);
	return request_return(r, NULL);
}

LONG handle_get_phone_status_messages(struct request *r)
{
	PhoneGetStatusMessagesReply reply = PHONE_GET_STATUS_MESSAGES_REPLY__INIT;

	SET(&reply, phone_states, r->open->phone_states);
	SET(&reply, button_modes, r->open->button_modes);
	SET(&reply, button_states, r->open->button_states);
	return request_return(r, &reply.base);
}
