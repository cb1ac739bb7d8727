// SPDX-License-Identifier: MIT
/* params.c - what a call is made of and can be changed while it lasts: bearer and rate, call data,
 * quality of service, and that nothing may disturb it. */
#include "service.h"

#include "call.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"

#include <string.h>

#define BEARERS_DEFINED 0xFFu /* up to RESTRICTEDDATA */

LONG params_check(DWORD bearer, DWORD min_rate, DWORD max_rate)
{
	if (bearer & (bearer - 1))
		return exchange_fail(LINEERR_INVALBEARERMODE, "bearer mode",
				"more than one bearer mode was given");
	if (bearer & ~BEARERS_DEFINED)
		return exchange_fail(LINEERR_INVALBEARERMODE, "bearer mode",
				"%#x is no bearer mode", (unsigned)bearer);
	if (bearer & ~BEARER_MODES)
		return exchange_fail(LINEERR_BEARERMODEUNAVAIL, "bearer mode",
				"the exchange does not carry bearer mode %#x", (unsigned)bearer);
	if (max_rate && min_rate > max_rate)
		return exchange_fail(LINEERR_INVALRATE, "rate",
				"the lowest rate is above the highest");
	if (min_rate > EXTENSION_RATE)
		return exchange_fail(LINEERR_RATEUNAVAIL, "rate", "the exchange carries %u bit/s",
				EXTENSION_RATE);
	return 0;
}

LONG params_check_data(const struct blob *data)
{
	if (data->size && !data->bytes)
		return LINEERR_INVALPOINTER;
	if (data->size > CALL_DATA_MAX)
		return exchange_fail(LINEERR_INVALPARAM, "call data",
				"%u bytes were given, a call takes %u", (unsigned)data->size,
				CALL_DATA_MAX);
	return 0;
}

/* The token rate, its first number; all bits: whatever there is. */
LONG params_check_flowspec(const struct blob *spec)
{
	DWORD bytes_a_second;

	if (spec->size == 0)
		return 0;
	if (!spec->bytes)
		return LINEERR_INVALPOINTER;
	if (spec->size < FLOWSPEC_SIZE || spec->size > FLOWSPEC_SIZE_MAX)
		return exchange_fail(LINEERR_INVALPARAM, "flow specification",
				"a flow specification has %u to %u bytes, not %u", FLOWSPEC_SIZE,
				FLOWSPEC_SIZE_MAX, (unsigned)spec->size);
	memcpy(&bytes_a_second, spec->bytes, sizeof(bytes_a_second));
	if (bytes_a_second != 0xFFFFFFFFu && bytes_a_second > EXTENSION_RATE / 8)
		return exchange_fail(LINEERR_RATEUNAVAIL, "flow specification",
				"%u bytes a second were asked for, the exchange carries %u",
				(unsigned)bytes_a_second, EXTENSION_RATE / 8);
	return 0;
}

DWORD params_rate(DWORD max_rate)
{
	return max_rate && max_rate < EXTENSION_RATE ? max_rate : EXTENSION_RATE;
}

static void change(struct call *c, DWORD bearer, DWORD rate)
{
	DWORD what = (c->bearer_mode != bearer ? LINECALLINFOSTATE_BEARERMODE : 0) |
		     (c->rate != rate ? LINECALLINFOSTATE_RATE : 0);

	c->bearer_mode = bearer;
	c->rate = rate;
	if (what)
		call_info_changed(c, what);
}

/* Connected at once: who passes through does not wait for media. */
static void pass_through(struct call *c)
{
	(void)call_step(c, CALL_EVENT_ANSWER, NULL);
	connection_media_settled(c->connection);
}

LONG params_set(struct call *c, DRV_REQUESTID id, DWORD bearer, DWORD min_rate, DWORD max_rate)
{
	struct call *peer = connection_peer(c);
	struct why over = { LINEDISCONNECTMODE_NORMAL, "Q.850 16 normal call clearing",
		"the passthrough was ended, and it had no other party" };
	DWORD was = c->bearer_mode;
	LONG err = service_check(c, LINECALLFEATURE_SETCALLPARAMS, "changed");

	if (!err && !bearer)
		err = exchange_fail(LINEERR_INVALBEARERMODE, "bearer mode",
				"no bearer mode was given");
	if (!err)
		err = params_check(bearer, min_rate, max_rate);
	if (err)
		return err;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	change(c, bearer, params_rate(max_rate));
	if (peer && peer->state != CALL_STATE_NEW && bearer != LINEBEARERMODE_PASSTHROUGH)
		change(peer, bearer, params_rate(max_rate));
	if (bearer == LINEBEARERMODE_PASSTHROUGH && call_features(c) & LINECALLFEATURE_ANSWER)
		pass_through(c);
	else if (bearer != LINEBEARERMODE_PASSTHROUGH && was == LINEBEARERMODE_PASSTHROUGH && !peer)
		(void)call_step(c, CALL_EVENT_END, &over);
	return (LONG)id;
}

LONG params_secure(struct call *c, DRV_REQUESTID id)
{
	LONG err = service_check(c, LINECALLFEATURE_SECURECALL, "secured");

	if (err)
		return err;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	if (c->services.is_secure)
		return (LONG)id;
	c->services.is_secure = true;
	c->param_flags |= LINECALLPARAMFLAGS_SECURE;
	call_info_changed(c, LINECALLINFOSTATE_OTHER);
	return (LONG)id;
}

static bool set_data(struct call *c, const struct blob *data)
{
	if (!blob_set(&c->services.data, data->bytes, data->size))
		return false;
	if (c->state != CALL_STATE_NEW)
		call_info_changed(c, LINECALLINFOSTATE_CALLDATA);
	return true;
}

LONG params_set_data(struct call *c, DRV_REQUESTID id, const struct blob *data)
{
	struct call *peer = connection_peer(c);
	LONG err = service_check(c, LINECALLFEATURE_SETCALLDATA, "given data");

	if (!err)
		err = params_check_data(data);
	if (err)
		return err;
	if (!set_data(c, data))
		return LINEERR_NOMEM;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	if (peer)
		(void)set_data(peer, data);
	return (LONG)id;
}

LONG params_set_qos(struct call *c, DRV_REQUESTID id, const struct blob *sending,
		const struct blob *receiving)
{
	struct services *s = &c->services;
	LONG err = service_check(c, LINECALLFEATURE_SETQOS, "given a quality of service");

	if (!err)
		err = params_check_flowspec(sending);
	if (!err)
		err = params_check_flowspec(receiving);
	if (err)
		return err;
	if (!blob_set(&s->sending_flowspec, sending->bytes, sending->size) ||
			!blob_set(&s->receiving_flowspec, receiving->bytes, receiving->size))
		return LINEERR_NOMEM;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	call_info_changed(c, LINECALLINFOSTATE_QOS);
	return (LONG)id;
}
