// SPDX-License-Identifier: MIT
/* call_info.c - what a call says of itself: LINECALLINFO and LINECALLSTATUS. */
#include "call.h"

#include "account.h"
#include "sip.h"

#include "providers/kit/varpart.h"

static void add_parties(const struct call *c, LINECALLINFO *out, struct varpart *v)
{
	const struct parties *p = &c->parties;
	const struct {
		const struct party *party;
		DWORD *flags, *size, *offset, *name_size, *name_offset, *type;
	} rows[] = {
#define ROW(p, id)                                                                                 \
	{ p, &out->dw##id##Flags, &out->dw##id##Size, &out->dw##id##Offset,                        \
		&out->dw##id##NameSize, &out->dw##id##NameOffset, &out->dw##id##AddressType }
		ROW(&p->caller, CallerID),
		ROW(&p->called, CalledID),
		ROW(&p->connected, ConnectedID),
		ROW(&p->redirection, RedirectionID),
		ROW(&p->redirecting, RedirectingID),
#undef ROW
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		*rows[i].flags = rows[i].party->flags ? rows[i].party->flags
						      : (DWORD)LINECALLPARTYID_UNAVAIL;
		*rows[i].type = rows[i].party->type ? rows[i].party->type
						    : (DWORD)LINEADDRESSTYPE_PHONENUMBER;
		if (rows[i].party->address[0])
			varpart_add_text(v, rows[i].size, rows[i].offset, rows[i].party->address);
		if (rows[i].party->name[0])
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
	out->dwLineDeviceID = c->line->device;
	out->dwBearerMode = c->bearer_mode;
	out->dwRate = ACCOUNT_RATE;
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
	out->dwTrunk = 0xFFFFFFFFu; /* unknown: there is no trunk */
	add_parties(c, out, &v);
	if (c->uui.count)
		varpart_add(&v, &out->dwUserUserInfoSize, &out->dwUserUserInfoOffset,
				c->uui.items[0].bytes, c->uui.items[0].size);
	return varpart_end(&v);
}

LONG call_get_status(const struct call *c, LINECALLSTATUS *out)
{
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	out->dwCallState = call_reported_state(c);
	out->dwCallStateMode = c->state == CALL_STATE_CONFERENCED ? 0 : c->mode;
	out->dwCallFeatures = call_features(c);
	out->tStateEntryTime = c->since;
	return varpart_end(&v);
}

LONG call_set_media_mode(struct call *c, DWORD mode)
{
	DWORD known = mode & ~(DWORD)LINEMEDIAMODE_UNKNOWN;

	if (mode == 0 || known & ~MEDIA_MODES || (mode == known && known & (known - 1)))
		return sip_fail(LINEERR_INVALMEDIAMODE, "media mode",
				"SIP lines carry interactive or automated voice; two only together "
				"with unknown");
	if (mode == c->media_mode)
		return 0;
	c->media_mode = mode;
	call_info_changed(c, LINECALLINFOSTATE_MEDIAMODE);
	return 0;
}
