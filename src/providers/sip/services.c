// SPDX-License-Identifier: MIT
/* services.c - which service takes which event. */
#include "services.h"

#include "account.h"
#include "dialog.h"

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_status.h>

void services_account_registered(struct account *a)
{
	(void)a;
}

void services_account_changed(struct account *a)
{
	(void)a;
}

bool services_take_stray(const struct sip_event *e)
{
	if (e->event != nua_i_notify && e->event != nua_i_refer && e->event != nua_i_info)
		return false;
	nua_respond(e->nh, SIP_481_NO_TRANSACTION, NUTAG_WITH(e->msg), TAG_END());
	return true;
}

bool services_take_event(struct dialog *d, const struct sip_event *e)
{
	(void)d;
	(void)e;
	return false;
}
