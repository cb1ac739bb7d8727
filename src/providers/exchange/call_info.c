// SPDX-License-Identifier: MIT
/* call_info.c - what a half says of itself: LINECALLINFO and LINECALLSTATUS. */
#include "call.h"

#include "connection.h"
#include "exchange.h"
#include "extension.h"

#include "providers/kit/varpart.h"

/* The three parties of a call, each by flags, number and name; NULL: there is none. */
struct party {
	DWORD flags;
	const char *number, *name;
};

static struct party party_of(const struct extension *e)
{
	return (struct party){ LINECALLPARTYID_ADDRESS | LINECALLPARTYID_NAME, e->number, e->name };
}

static struct party caller_of(const struct call *c)
{
	if (c->side == CALL_SIDE_CALLED && c->connection->is_caller_hidden)
		return (struct party){ LINECALLPARTYID_BLOCKED, NULL, NULL };
	return party_of(c->connection->caller_line);
}

static struct party called_of(const struct call *c)
{
	if (c->connection->called_line)
		return party_of(c->connection->called_line);
	if (c->digits[0])
		return (struct party){ LINECALLPARTYID_ADDRESS, c->digits, NULL };
	return (struct party){ LINECALLPARTYID_UNAVAIL, NULL, NULL };
}

static struct party connected_of(const struct call *c)
{
	if (!c->connection->is_connected)
		return (struct party){ LINECALLPARTYID_UNAVAIL, NULL, NULL };
	return called_of(c);
}

static void add_parties(const struct call *c, LINECALLINFO *out, struct varpart *v)
{
	const struct party none = { LINECALLPARTYID_UNAVAIL, NULL, NULL };
	const struct {
		struct party party;
		DWORD *flags, *size, *offset, *name_size, *name_offset, *type;
	} rows[] = {
#define ROW(p, id)                                                                                 \
	{ p, &out->dw##id##Flags, &out->dw##id##Size, &out->dw##id##Offset,                        \
		&out->dw##id##NameSize, &out->dw##id##NameOffset, &out->dw##id##AddressType }
		ROW(caller_of(c), CallerID),
		ROW(called_of(c), CalledID),
		ROW(connected_of(c), ConnectedID),
		ROW(none, RedirectionID),
		ROW(none, RedirectingID),
#undef ROW
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		*rows[i].flags = rows[i].party.flags;
		*rows[i].type = LINEADDRESSTYPE_PHONENUMBER;
		if (rows[i].party.number)
			varpart_add_text(v, rows[i].size, rows[i].offset, rows[i].party.number);
		if (rows[i].party.name)
			varpart_add_text(v, rows[i].name_size, rows[i].name_offset,
					rows[i].party.name);
	}
}

LONG call_get_info(const struct call *c, LINECALLINFO *out)
{
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	out->dwLineDeviceID = extension_device(c->line);
	out->dwBearerMode = c->bearer_mode;
	out->dwRate = c->rate;
	out->dwMediaMode = c->media_mode;
	out->dwAppSpecific = c->app_specific;
	out->dwCallID = call_id(c);
	out->dwCallParamFlags = c->param_flags;
	out->dwCallStates = call_possible_states();
	out->dwMonitorDigitModes = c->monitor_modes;
	out->dwOrigin = c->side == CALL_SIDE_CALLER ? LINECALLORIGIN_OUTBOUND
						    : LINECALLORIGIN_INTERNAL;
	out->dwReason = LINECALLREASON_DIRECT;
	out->dwCountryCode = c->country;
	out->dwTrunk = 0xFFFFFFFFu; /* unknown: there is no trunk */
	add_parties(c, out, &v);
	if (c->uui.count)
		varpart_add(&v, &out->dwUserUserInfoSize, &out->dwUserUserInfoOffset,
				c->uui.items[0].bytes, c->uui.items[0].size);
	service_info(c, out, &v);
	return varpart_end(&v);
}

LONG call_get_status(const struct call *c, LINECALLSTATUS *out)
{
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	out->dwCallState = call_reported_state(c);
	out->dwCallStateMode = c->mode;
	out->dwCallFeatures = call_features(c);
	out->dwCallFeatures2 = call_features2(c);
	out->tStateEntryTime = c->since;
	return varpart_end(&v);
}

LONG call_set_media_mode(struct call *c, DWORD mode)
{
	DWORD known = mode & ~(DWORD)LINEMEDIAMODE_UNKNOWN;

	if (mode == 0 || known & ~MEDIA_MODES || (mode == known && known & (known - 1)))
		return exchange_fail(LINEERR_INVALMEDIAMODE, "media mode",
				"the exchange carries interactive or automated voice; two only "
				"together with unknown");
	if (mode == c->media_mode)
		return 0;
	c->media_mode = mode;
	call_info_changed(c, LINECALLINFOSTATE_MEDIAMODE);
	return 0;
}
