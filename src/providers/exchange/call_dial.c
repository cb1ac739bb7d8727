// SPDX-License-Identifier: MIT
/* call_dial.c - making a call: its parameters, and the dialling of its number in one or more parts.
 */
#include "call.h"

#include "connection.h"
#include "exchange.h"
#include "extension.h"

#include "base/mem.h"

#include <string.h>

/* What a dial string asks of a line that this one has not. */
static const struct {
	char character;
	LONG error;
	const char *sentence;
} refused[] = {
	{ '$', LINEERR_DIALBILLING, "the exchange has no billing tone to wait for ($)" },
	{ '@', LINEERR_DIALQUIET, "the exchange cannot wait for quiet (@)" },
	{ 'W', LINEERR_DIALDIALTONE, "the exchange has no second dial tone to wait for (W)" },
	{ 'w', LINEERR_DIALDIALTONE, "the exchange has no second dial tone to wait for (w)" },
	{ '?', LINEERR_DIALPROMPT, "the user has to be asked before this is dialled (?)" },
	{ ':', LINEERR_DIALVOICEDETECT, "the exchange cannot wait for a voice (:)" },
};

struct dial_string {
	char digits[CALL_DIGITS_MAX + 1];
	bool is_partial; /* ends in ';': more will come */
};

static bool is_digit(char c)
{
	return c && strchr("0123456789ABCDabcd*#+", c);
}

/* What is dialled but chooses nobody: pauses, hook flash, pulse or tone. */
static bool is_silent(char c)
{
	return c && strchr(",!PpTt", c);
}

static LONG refuse(const char *at)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (*at == refused[i].character)
			return exchange_fail(refused[i].error, "dial string", "%s",
					refused[i].sentence);
	return exchange_fail(LINEERR_INVALADDRESS, "dial string",
			"the address holds a character that cannot be dialled");
}

/* TSPI: the whole string is looked at before the first digit is dialled. */
static LONG read_dial_string(const char *text, struct dial_string *out)
{
	size_t used = 0;

	out->is_partial = false;
	for (; *text && *text != '|' && *text != '^'; text++) {
		if (*text == ';' && text[1] == '\0') {
			out->is_partial = true;
			break;
		}
		if (is_silent(*text))
			continue;
		if (!is_digit(*text))
			return refuse(text);
		if (used == CALL_DIGITS_MAX)
			return exchange_fail(LINEERR_INVALADDRESS, "dial string",
					"the address has more than %d digits", CALL_DIGITS_MAX);
		out->digits[used++] = *text;
	}
	out->digits[used] = '\0';
	return 0;
}

static LONG check_modes(const LINECALLPARAMS *p)
{
	DWORD bearer = p->dwBearerMode, media = p->dwMediaMode;

	if (bearer & (bearer - 1))
		return exchange_fail(LINEERR_INVALBEARERMODE, "bearer mode",
				"more than one bearer mode was given");
	if (bearer & ~BEARER_MODES)
		return exchange_fail(LINEERR_BEARERMODEUNAVAIL, "bearer mode",
				"the exchange carries voice and speech only");
	if (p->dwMaxRate && p->dwMinRate > p->dwMaxRate)
		return exchange_fail(LINEERR_INVALRATE, "rate",
				"the lowest rate is above the highest");
	if (p->dwMinRate > EXTENSION_RATE)
		return exchange_fail(LINEERR_RATEUNAVAIL, "rate", "the exchange carries %u bit/s",
				EXTENSION_RATE);
	if (media & ~(MEDIA_MODES | LINEMEDIAMODE_UNKNOWN) ||
			(!(media & LINEMEDIAMODE_UNKNOWN) && media & (media - 1)))
		return exchange_fail(LINEERR_INVALMEDIAMODE, "media mode",
				"the exchange carries interactive or automated voice, one of them");
	return 0;
}

static bool is_own_number(const struct extension *e, const LINECALLPARAMS *p)
{
	const char *text = (const char *)p + p->dwOrigAddressOffset;
	size_t size = p->dwOrigAddressSize, length = strlen(e->number);

	if (p->dwOrigAddressOffset > p->dwTotalSize ||
			size > p->dwTotalSize - p->dwOrigAddressOffset)
		return false;
	if (size && text[size - 1] == '\0')
		size--;
	return size == length && memcmp(text, e->number, length) == 0;
}

static LONG check_uui(const LINECALLPARAMS *p)
{
	if (p->dwUserUserInfoSize == 0)
		return 0;
	if (p->dwUserUserInfoOffset > p->dwTotalSize ||
			p->dwUserUserInfoSize > p->dwTotalSize - p->dwUserUserInfoOffset)
		return exchange_fail(LINEERR_INVALCALLPARAMS, "call parameters",
				"the user-user information lies outside of LINECALLPARAMS");
	return uui_check((const char *)p + p->dwUserUserInfoOffset, p->dwUserUserInfoSize);
}

LONG call_check_params(const struct extension *e, const LINECALLPARAMS *p)
{
	const DWORD flags = LINECALLPARAMFLAGS_IDLE | LINECALLPARAMFLAGS_BLOCKID |
			    LINECALLPARAMFLAGS_ORIGOFFHOOK;
	LONG err;

	if (p->dwTotalSize < sizeof(*p))
		return exchange_fail(LINEERR_STRUCTURETOOSMALL, "call parameters",
				"LINECALLPARAMS is smaller than its fixed part");
	err = check_modes(p);
	if (!err)
		err = check_uui(p);
	if (err)
		return err;
	if (p->dwCallParamFlags & ~flags)
		return exchange_fail(LINEERR_INVALCALLPARAMS, "call parameters",
				"flags %#x ask for what the exchange has not",
				(unsigned)(p->dwCallParamFlags & ~flags));
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

/* Fields that are 0 mean the usual thing. */
static LONG apply_params(struct call *c, const LINECALLPARAMS *p)
{
	struct uui *uui = &c->connection->made_with;

	if (p->dwBearerMode)
		c->bearer_mode = p->dwBearerMode;
	if (p->dwMediaMode)
		c->media_mode = p->dwMediaMode;
	c->param_flags = p->dwCallParamFlags;
	c->connection->is_caller_hidden = p->dwCallParamFlags & LINECALLPARAMFLAGS_BLOCKID;
	if (p->dwNoAnswerTimeout && p->dwNoAnswerTimeout < c->no_answer_ms / 1000)
		c->no_answer_ms = p->dwNoAnswerTimeout * 1000;
	if (p->dwUserUserInfoSize == 0)
		return 0;
	uui->bytes = mem_dup((const char *)p + p->dwUserUserInfoOffset, p->dwUserUserInfoSize);
	if (!uui->bytes)
		return LINEERR_NOMEM;
	uui->size = p->dwUserUserInfoSize;
	return 0;
}

static struct call *new_caller(struct extension *e, HTAPICALL ht_call)
{
	struct connection *k = connection_new();
	struct call *c = k ? call_new(e, k, CALL_SIDE_CALLER) : NULL;

	if (!c) {
		mem_free(k);
		return NULL;
	}
	k->caller_line = e;
	c->ht_call = ht_call;
	c->no_answer_ms = exchange.config.no_answer_ms;
	return c;
}

static void dial(struct call *c, const struct dial_string *d)
{
	strcat(c->digits, d->digits);
	if (d->digits[0])
		(void)call_step(c, CALL_EVENT_DIGITS, NULL);
	else if (c->state == CALL_STATE_NEW)
		(void)call_step(c, CALL_EVENT_OFFHOOK, NULL);
	if (!d->is_partial)
		(void)call_step(c, CALL_EVENT_NUMBER, NULL);
}

LONG call_make(struct extension *e, DRV_REQUESTID id, HTAPICALL ht_call, HDRVCALL *out,
		const char *dest, DWORD country, const LINECALLPARAMS *params)
{
	struct dial_string d;
	LONG err = read_dial_string(dest && *dest ? dest : ";", &d);
	struct call *c;

	if (!err && params)
		err = call_check_params(e, params);
	if (err)
		return err;
	if (extension_is_full(e))
		return exchange_fail(LINEERR_CALLUNAVAIL, "line",
				"extension %s has %u calls already", e->number,
				(unsigned)exchange.config.calls_per_line);
	c = new_caller(e, ht_call);
	if (!c)
		return LINEERR_NOMEM;
	c->country = country;
	if (params && apply_params(c, params)) {
		call_discard(c);
		return LINEERR_NOMEM;
	}
	*out = (HDRVCALL)c->handle;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	media_start(c);
	dial(c, &d);
	return (LONG)id;
}

LONG call_dial(struct call *c, DRV_REQUESTID id, const char *dest)
{
	struct dial_string d;
	LONG err;

	if (!(call_features(c) & LINECALLFEATURE_DIAL))
		return exchange_fail(LINEERR_INVALCALLSTATE, "call state",
				"nothing can be dialled in state %s", call_state_name(c->state));
	err = read_dial_string(dest ? dest : "", &d);
	if (err)
		return err;
	if (strlen(c->digits) + strlen(d.digits) > CALL_DIGITS_MAX)
		return exchange_fail(LINEERR_INVALADDRESS, "dial string",
				"more than %d digits have been dialled", CALL_DIGITS_MAX);
	outbox_complete(&exchange.outbox, id, 0, NULL);
	dial(c, &d);
	return (LONG)id;
}
