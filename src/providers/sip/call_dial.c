// SPDX-License-Identifier: MIT
/* call_dial.c - making a call: its parameters, and its address in one or more parts. */
#include "call.h"

#include "account.h"
#include "dial.h"
#include "dialog.h"
#include "registration.h"
#include "sip.h"
#include "tell.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

static LONG check_modes(const LINECALLPARAMS *p)
{
	DWORD bearer = p->dwBearerMode, media = p->dwMediaMode;

	if (bearer & (bearer - 1))
		return sip_fail(LINEERR_INVALBEARERMODE, "bearer mode",
				"more than one bearer mode was given");
	if (bearer & ~BEARER_MODES)
		return sip_fail(LINEERR_BEARERMODEUNAVAIL, "bearer mode",
				"SIP lines carry voice and speech only");
	if (p->dwMaxRate && p->dwMinRate > p->dwMaxRate)
		return sip_fail(LINEERR_INVALRATE, "rate", "the lowest rate is above the highest");
	if (p->dwMinRate > ACCOUNT_RATE)
		return sip_fail(LINEERR_RATEUNAVAIL, "rate", "SIP lines carry %u bit/s",
				ACCOUNT_RATE);
	if (media & ~(MEDIA_MODES | LINEMEDIAMODE_UNKNOWN) ||
			(!(media & LINEMEDIAMODE_UNKNOWN) && media & (media - 1)))
		return sip_fail(LINEERR_INVALMEDIAMODE, "media mode",
				"SIP lines carry interactive or automated voice, one of them");
	return 0;
}

LONG call_check_params(const struct account *a, const LINECALLPARAMS *p)
{
	LONG err = check_modes(p);

	if (!err && p->dwUserUserInfoSize)
		err = call_check_uui(a, p, p->dwUserUserInfoSize);
	return err;
}

/* Fields that are 0 mean the usual thing. */
static LONG apply_params(struct call *c, const LINECALLPARAMS *p)
{
	if (p->dwBearerMode)
		c->bearer_mode = p->dwBearerMode;
	if (p->dwMediaMode)
		c->media_mode = p->dwMediaMode;
	c->param_flags = p->dwCallParamFlags;
	if (p->dwNoAnswerTimeout && p->dwNoAnswerTimeout < c->no_answer_ms / 1000)
		c->no_answer_ms = p->dwNoAnswerTimeout * 1000;
	if (p->dwUserUserInfoSize == 0)
		return 0;
	return uui_set(&c->made_with, (const char *)p + p->dwUserUserInfoOffset,
			       p->dwUserUserInfoSize)
			       ? LINEERR_NOMEM
			       : 0;
}

/* What has been dialled so far, with the new part. */
static LONG append(const char *before, const char *part, char out[CALL_DIALLED_MAX + 1])
{
	int size = snprintf(out, CALL_DIALLED_MAX + 1, "%s%s", before, part);

	if (size < 0 || size > CALL_DIALLED_MAX)
		return sip_fail(LINEERR_INVALADDRESS, "address",
				"the address is longer than %d bytes", CALL_DIALLED_MAX);
	return 0;
}

static LONG read_address(const struct account *a, const char *text, struct dial *out)
{
	const char *why = "";
	LONG err = dial_read(text, a->config->domain, out, &why);

	return err ? sip_fail(err, "address", "%s", why) : 0;
}

/* The whole text has been read: it is the call's now. */
static LONG take_address(struct call *c, const char *text, const struct dial *d)
{
	size_t size = strlen(text);

	memcpy(c->dialled, text, size + 1);
	if (d->is_partial) {
		if (size && c->dialled[size - 1] == ';')
			c->dialled[size - 1] = '\0';
		(void)call_step(c, c->dialled[0] ? CALL_EVENT_DIGITS : CALL_EVENT_OFFHOOK, NULL);
		return 0;
	}
	c->dialog = dialog_new(c->line, c, d->uri);
	if (!c->dialog)
		return LINEERR_NOMEM;
	party_set(&c->parties.called, c->dialled, NULL);
	(void)call_step(c, CALL_EVENT_DIGITS, NULL);
	(void)call_step(c, CALL_EVENT_NUMBER, NULL);
	return 0;
}

static LONG check_line(const struct account *a)
{
	if (account_is_full(a))
		return sip_fail(LINEERR_CALLUNAVAIL, "line", "line %s has %u calls already",
				account_name(a), (unsigned)a->config->calls);
	return 0;
}

LONG call_new_outgoing(struct account *a, HTAPICALL ht_call, const LINECALLPARAMS *params,
		struct call **out)
{
	struct call *c;
	LONG err = params ? call_check_params(a, params) : 0;

	if (!err)
		err = check_line(a);
	if (err)
		return err;
	c = call_new(a, false);
	if (!c)
		return LINEERR_NOMEM;
	c->ht_call = ht_call;
	err = params ? apply_params(c, params) : 0;
	if (err) {
		call_discard(c);
		return err;
	}
	party_set(&c->parties.caller, a->config->user, a->config->caller_name);
	*out = c;
	return 0;
}

LONG call_make(struct account *a, DRV_REQUESTID id, HTAPICALL ht_call, HDRVCALL *out,
		const char *dest, DWORD country, const LINECALLPARAMS *params)
{
	char text[CALL_DIALLED_MAX + 1];
	struct call *c;
	struct dial d;
	LONG err = append("", dest && *dest ? dest : ";", text);

	if (!err)
		err = read_address(a, text, &d);
	if (!err)
		err = call_new_outgoing(a, ht_call, params, &c);
	if (err)
		return err;
	c->country = country;
	*out = (HDRVCALL)c->handle;
	tell_done(id, 0, NULL);
	if (take_address(c, text, &d)) {
		struct why why = { 0 };

		why_set(&why, LINEDISCONNECTMODE_TEMPFAILURE, "memory", "out of memory");
		(void)call_step(c, CALL_EVENT_DIGITS, NULL);
		(void)call_step(c, CALL_EVENT_END, &why);
	}
	return (LONG)id;
}

LONG call_dial(struct call *c, DRV_REQUESTID id, const char *dest)
{
	char text[CALL_DIALLED_MAX + 1];
	struct dial d;
	LONG err;

	if (!(call_features(c) & LINECALLFEATURE_DIAL) || c->dialog)
		return sip_fail(LINEERR_INVALCALLSTATE, "call state",
				"nothing can be dialled in state %s", call_state_name(c->state));
	err = append(c->dialled, dest ? dest : "", text);
	if (!err)
		err = read_address(c->line, text, &d);
	if (!err)
		err = take_address(c, text, &d);
	if (err)
		return err;
	tell_done(id, 0, NULL);
	return (LONG)id;
}
