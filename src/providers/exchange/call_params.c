// SPDX-License-Identifier: MIT
/* call_params.c - LINECALLPARAMS: what it may ask for, and what of it a new call keeps. */
#include "call.h"

#include "connection.h"
#include "exchange.h"
#include "extension.h"

#include <string.h>

#define PARAM_FLAGS                                                                                \
	(LINECALLPARAMFLAGS_IDLE | LINECALLPARAMFLAGS_BLOCKID | LINECALLPARAMFLAGS_ORIGOFFHOOK |   \
			LINECALLPARAMFLAGS_SECURE | LINECALLPARAMFLAGS_PREDICTIVEDIAL |            \
			CALL_PARAMS_AT_ONCE)

/* A part of the structure, as its members ...Size and ...Offset say. */
#define PART(p, name) part_of(p, (p)->dw##name##Size, (p)->dw##name##Offset)

static bool is_inside(const LINECALLPARAMS *p, DWORD size, DWORD offset)
{
	return size == 0 || (offset <= p->dwTotalSize && size <= p->dwTotalSize - offset);
}

static struct blob part_of(const LINECALLPARAMS *p, DWORD size, DWORD offset)
{
	return (struct blob){ size ? (char *)(uintptr_t)p + offset : NULL, size };
}

static LONG check_modes(const LINECALLPARAMS *p)
{
	DWORD media = p->dwMediaMode;

	if (media & ~(MEDIA_MODES | LINEMEDIAMODE_UNKNOWN) ||
			(!(media & LINEMEDIAMODE_UNKNOWN) && media & (media - 1)))
		return exchange_fail(LINEERR_INVALMEDIAMODE, "media mode",
				"the exchange carries voice, data by modem and fax, one of them");
	return params_check(p->dwBearerMode, p->dwMinRate, p->dwMaxRate);
}

static LONG check_parts(const LINECALLPARAMS *p)
{
	const struct {
		const char *what;
		DWORD size, offset;
	} parts[] = {
		{ "the originating address", p->dwOrigAddressSize, p->dwOrigAddressOffset },
		{ "the user-user information", p->dwUserUserInfoSize, p->dwUserUserInfoOffset },
		{ "the call data", p->dwCallDataSize, p->dwCallDataOffset },
		{ "a flow specification", p->dwSendingFlowspecSize, p->dwSendingFlowspecOffset },
		{ "a flow specification", p->dwReceivingFlowspecSize,
				p->dwReceivingFlowspecOffset },
		{ "the target address", p->dwTargetAddressSize, p->dwTargetAddressOffset },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (!is_inside(p, parts[i].size, parts[i].offset))
			return exchange_fail(LINEERR_INVALCALLPARAMS, "call parameters",
					"%s lies outside of LINECALLPARAMS", parts[i].what);
	return 0;
}

static LONG check_contents(const LINECALLPARAMS *p)
{
	struct blob uui = PART(p, UserUserInfo), data = PART(p, CallData),
		    sending = PART(p, SendingFlowspec), receiving = PART(p, ReceivingFlowspec);
	LONG err = uui_check(uui.bytes, uui.size);

	if (!err)
		err = params_check_data(&data);
	if (!err)
		err = params_check_flowspec(&sending);
	if (!err)
		err = params_check_flowspec(&receiving);
	return err;
}

static LONG read_address(const LINECALLPARAMS *p, char target[CALL_DIGITS_MAX + 1])
{
	struct blob text = PART(p, TargetAddress);
	char address[CALL_DIGITS_MAX * 2];

	if (text.size >= sizeof(address))
		return exchange_fail(LINEERR_INVALADDRESS, "call parameters",
				"the target address is too long");
	memcpy(address, text.bytes ? text.bytes : "", text.size);
	address[text.size] = '\0';
	return call_read_number(address, target);
}

/* Where the call is to be sent by itself, and when; or whom a consultation calls at once. */
static LONG read_target(const LINECALLPARAMS *p, char target[CALL_DIGITS_MAX + 1])
{
	LONG err;

	target[0] = '\0';
	if (p->dwCallParamFlags & CALL_PARAMS_AT_ONCE)
		return read_address(p, target);
	if (!p->dwPredictiveAutoTransferStates)
		return 0;
	if (!(p->dwCallParamFlags & LINECALLPARAMFLAGS_PREDICTIVEDIAL) ||
			p->dwPredictiveAutoTransferStates & ~(DWORD)PREDICTIVE_STATES)
		return exchange_fail(LINEERR_INVALCALLPARAMS, "call parameters",
				"only a predictive call is transferred by itself, and when it is "
				"connected");
	err = read_address(p, target);
	if (!err && !exchange_number(target))
		err = exchange_fail(LINEERR_INVALADDRESS, "call parameters",
				"the exchange has no extension of the target's number");
	return err;
}

static bool is_own_number(const struct extension *e, const LINECALLPARAMS *p)
{
	struct blob text = PART(p, OrigAddress);
	size_t length = strlen(e->number);

	if (text.size && ((const char *)text.bytes)[text.size - 1] == '\0')
		text.size--;
	return length && text.size == length && memcmp(text.bytes, e->number, length) == 0;
}

static LONG check_address(const struct extension *e, const LINECALLPARAMS *p)
{
	if (p->dwAddressMode == LINEADDRESSMODE_DIALABLEADDR)
		return is_own_number(e, p) ? 0
					   : exchange_fail(LINEERR_INVALADDRESS, "call parameters",
							     "the line's address is %s", e->number);
	if (p->dwAddressMode && p->dwAddressMode != LINEADDRESSMODE_ADDRESSID)
		return exchange_fail(LINEERR_INVALADDRESSMODE, "call parameters",
				"an address is named by its id or its number");
	if (p->dwAddressID)
		return exchange_fail(LINEERR_INVALADDRESSID, "call parameters",
				"the line has one address, 0");
	return 0;
}

LONG call_check_params(const struct extension *e, const LINECALLPARAMS *p)
{
	char target[CALL_DIGITS_MAX + 1];
	LONG err;

	if (p->dwTotalSize < sizeof(*p))
		return exchange_fail(LINEERR_STRUCTURETOOSMALL, "call parameters",
				"LINECALLPARAMS is smaller than its fixed part");
	err = check_modes(p);
	if (!err)
		err = check_parts(p);
	if (!err)
		err = check_contents(p);
	if (err)
		return err;
	if (p->dwCallParamFlags & ~PARAM_FLAGS)
		return exchange_fail(LINEERR_INVALCALLPARAMS, "call parameters",
				"flags %#x ask for what the exchange has not",
				(unsigned)(p->dwCallParamFlags & ~PARAM_FLAGS));
	err = read_target(p, target);
	return err ? err : check_address(e, p);
}

LONG call_forbid_params(const LINECALLPARAMS *p, DWORD flags)
{
	if (!p || p->dwTotalSize < sizeof(*p))
		return 0; /* call_check_params() says what is wrong */
	if (p->dwCallParamFlags & flags)
		return exchange_fail(LINEERR_INVALCALLPARAMS, "call parameters",
				"flags %#x belong to another function",
				(unsigned)(p->dwCallParamFlags & flags));
	return 0;
}

LONG call_apply_params(struct call *c, const LINECALLPARAMS *p)
{
	struct blob uui = PART(p, UserUserInfo), data = PART(p, CallData),
		    sending = PART(p, SendingFlowspec), receiving = PART(p, ReceivingFlowspec),
		    made_with = { NULL, 0 };
	struct services *s = &c->services;

	if (p->dwBearerMode)
		c->bearer_mode = p->dwBearerMode;
	if (p->dwMediaMode)
		c->media_mode = p->dwMediaMode;
	c->rate = params_rate(p->dwMaxRate);
	c->param_flags = p->dwCallParamFlags;
	s->predictive.states = p->dwPredictiveAutoTransferStates;
	(void)read_target(p, s->predictive.target);
	s->is_secure = p->dwCallParamFlags & LINECALLPARAMFLAGS_SECURE;
	if (p->dwNoAnswerTimeout && p->dwNoAnswerTimeout < c->no_answer_ms / 1000)
		c->no_answer_ms = p->dwNoAnswerTimeout * 1000;
	if (!blob_set(&s->data, data.bytes, data.size) ||
			!blob_set(&s->sending_flowspec, sending.bytes, sending.size) ||
			!blob_set(&s->receiving_flowspec, receiving.bytes, receiving.size) ||
			!blob_set(&made_with, uui.bytes, uui.size))
		return LINEERR_NOMEM;
	c->connection->made_with = (struct uui){ made_with.size, made_with.bytes };
	return 0;
}
