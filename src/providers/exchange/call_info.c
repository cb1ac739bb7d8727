// SPDX-License-Identifier: MIT
/* call_info.c - what a half says of itself: LINECALLINFO and LINECALLSTATUS. */
#include "call.h"

#include "exchange.h"
#include "extension.h"

#include "providers/kit/varpart.h"

struct party party_of_line(const struct extension *e)
{
	return (struct party){ LINECALLPARTYID_ADDRESS | LINECALLPARTYID_NAME, e->number, e->name };
}

struct party party_of_call(const struct call *c)
{
	if (c->param_flags & LINECALLPARAMFLAGS_BLOCKID)
		return (struct party){ LINECALLPARTYID_BLOCKED, NULL, NULL };
	return party_of_line(c->line);
}

void call_set_party(struct call *c, enum call_party which, struct party who)
{
	c->parties[which] = who;
}

static void add_parties(const struct call *c, LINECALLINFO *out, struct varpart *v)
{
	const struct {
		const struct party *party;
		DWORD *flags, *size, *offset, *name_size, *name_offset, *type;
	} rows[] = {
#define ROW(p, id)                                                                                 \
	{ &c->parties[p], &out->dw##id##Flags, &out->dw##id##Size, &out->dw##id##Offset,           \
		&out->dw##id##NameSize, &out->dw##id##NameOffset, &out->dw##id##AddressType }
		ROW(PARTY_CALLER, CallerID),
		ROW(PARTY_CALLED, CalledID),
		ROW(PARTY_CONNECTED, ConnectedID),
		ROW(PARTY_REDIRECTION, RedirectionID),
		ROW(PARTY_REDIRECTING, RedirectingID),
#undef ROW
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		*rows[i].flags = rows[i].party->flags;
		*rows[i].type = LINEADDRESSTYPE_PHONENUMBER;
		if (rows[i].party->number)
			varpart_add_text(v, rows[i].size, rows[i].offset, rows[i].party->number);
		if (rows[i].party->name)
			varpart_add_text(v, rows[i].name_size, rows[i].name_offset,
					rows[i].party->name);
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
	out->dwCallID = c->call_id;
	out->dwRelatedCallID = c->related_call_id;
	out->dwCallParamFlags = c->param_flags;
	out->dwCallStates = call_possible_states();
	out->dwMonitorDigitModes = c->listening.digit_modes;
	out->dwMonitorMediaModes = c->listening.media_modes;
	out->dwOrigin = c->origin;
	out->dwReason = c->reason;
	out->dwCountryCode = c->country;
	add_parties(c, out, &v);
	if (c->uui.count)
		varpart_add(&v, &out->dwUserUserInfoSize, &out->dwUserUserInfoOffset,
				c->uui.items[0].bytes, c->uui.items[0].size);
	terminal_add(&c->terminals, &out->dwTerminalModesSize, &out->dwTerminalModesOffset, &v);
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
				"the exchange carries voice, data by modem and fax; two only "
				"together with unknown");
	if (mode == c->media_mode)
		return 0;
	c->media_mode = mode;
	call_info_changed(c, LINECALLINFOSTATE_MEDIAMODE);
	return 0;
}
