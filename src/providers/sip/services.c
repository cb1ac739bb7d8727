// SPDX-License-Identifier: MIT
/* services.c - which service takes which event. */
#include "services.h"

#include "account.h"
#include "bodies.h"
#include "call.h"
#include "dialog.h"
#include "message_waiting.h"
#include "takeover.h"
#include "transfer.h"

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>

void services_account_registered(struct account *a)
{
	message_waiting_start(a);
}

void services_account_changed(struct account *a)
{
	message_waiting_stop(a);
}

void services_fini(void)
{
	message_waiting_fini_all();
}

bool services_take_stray(const struct sip_event *e)
{
	if (e->event != nua_i_notify && e->event != nua_i_refer && e->event != nua_i_info)
		return false;
	if (e->event == nua_i_notify && message_waiting_take_stray(e))
		return true;
	nua_respond(e->nh, SIP_481_NO_TRANSACTION, NUTAG_WITH(e->msg), TAG_END());
	return true;
}

/* A digit. Without a body INFO asks whether the call still lives. */
static bool take_info(struct dialog *d, const struct sip_event *e)
{
	const sip_payload_t *body = e->sip ? e->sip->sip_payload : NULL;
	const char *type =
			e->sip && e->sip->sip_content_type ? e->sip->sip_content_type->c_type : "";
	uint32_t duration;
	char digit;

	if (e->status >= 200)
		return true;
	if (body && body->pl_len &&
			!info_read(type, body->pl_data, body->pl_len, &digit, &duration)) {
		nua_respond(d->nh, SIP_415_UNSUPPORTED_MEDIA, NUTAG_WITH(e->msg),
				SIPTAG_ACCEPT_STR("application/dtmf-relay, application/dtmf"),
				TAG_END());
		return true;
	}
	nua_respond(d->nh, SIP_200_OK, NUTAG_WITH(e->msg), TAG_END());
	if (body && body->pl_len && d->call)
		digits_received(d->call, digit);
	return true;
}

static const struct {
	nua_event_t event;
	bool (*take)(struct dialog *d, const struct sip_event *e);
} rows[] = {
	{ nua_i_info, take_info },
	{ nua_r_info, info_digits_take_answer },
	{ nua_i_refer, takeover_take_refer },
	{ nua_r_refer, transfer_take_answer },
	{ nua_i_notify, transfer_take_notify },
};

bool services_take_event(struct dialog *d, const struct sip_event *e)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].event == e->event)
			return rows[i].take(d, e);
	return false;
}
