// SPDX-License-Identifier: MIT
/* call_dial.c - making a call, and the dialling of its number in one or more parts. */
#include "call.h"

#include "connection.h"
#include "exchange.h"
#include "extension.h"
#include "station.h"

#include "base/mem.h"

#include <stdio.h>
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

LONG call_new_outgoing(struct extension *e, HTAPICALL ht_call, const LINECALLPARAMS *params,
		struct call **out)
{
	struct connection *k;
	struct call *c;
	LONG err = params ? call_check_params(e, params) : 0;

	if (!err)
		err = station_check_calling(e);
	if (err)
		return err;
	k = connection_new();
	c = k ? call_new(e, k, CALL_SIDE_CALLER) : NULL;
	if (!c) {
		mem_free(k);
		return LINEERR_NOMEM;
	}
	c->ht_call = ht_call;
	c->call_id = exchange_new_call_id();
	call_set_party(c, PARTY_CALLER, party_of_line(e));
	if (params && call_apply_params(c, params)) {
		call_discard(c);
		return LINEERR_NOMEM;
	}
	*out = c;
	return 0;
}

static void append(char to[CALL_DIGITS_MAX + 1], const char *digits)
{
	size_t used = strlen(to);

	(void)snprintf(to + used, CALL_DIGITS_MAX + 1 - used, "%s", digits);
}

static void dial(struct call *c, const struct dial_string *d)
{
	append(c->digits, d->digits);
	if (c->digits[0])
		call_set_party(c, PARTY_CALLED,
				(struct party){ LINECALLPARTYID_ADDRESS, c->digits, NULL });
	if (d->digits[0])
		(void)call_step(c, CALL_EVENT_DIGITS, NULL);
	else if (c->state == CALL_STATE_NEW)
		(void)call_step(c, CALL_EVENT_OFFHOOK, NULL);
	if (!d->is_partial)
		(void)call_step(c, CALL_EVENT_NUMBER, NULL);
}

LONG call_read_number(const char *dest, char out[CALL_DIGITS_MAX + 1])
{
	struct dial_string d;
	LONG err = read_dial_string(dest ? dest : "", &d);

	if (!err && (d.is_partial || !d.digits[0]))
		err = exchange_fail(LINEERR_INVALADDRESS, "dial string",
				"a whole number is needed here");
	if (!err)
		memcpy(out, d.digits, sizeof(d.digits));
	return err;
}

void call_dial_number(struct call *c, const char *number)
{
	struct dial_string d = { .is_partial = false };

	(void)snprintf(d.digits, sizeof(d.digits), "%s", number);
	dial(c, &d);
}

void call_begin_consult(struct call *c)
{
	media_start(c);
	if (c->param_flags & CALL_PARAMS_AT_ONCE)
		call_dial_number(c, c->services.predictive.target);
	else
		(void)call_step(c, CALL_EVENT_OFFHOOK, NULL);
}

LONG call_make(struct extension *e, DRV_REQUESTID id, HTAPICALL ht_call, HDRVCALL *out,
		const char *dest, DWORD country, const LINECALLPARAMS *params)
{
	struct dial_string d;
	LONG err = read_dial_string(dest && *dest ? dest : ";", &d);
	struct call *c;

	if (!err && params)
		err = call_check_params(e, params);
	if (!err)
		err = call_forbid_params(params, CALL_PARAMS_AT_ONCE);
	if (!err)
		err = extension_check_room(e, LINEERR_CALLUNAVAIL);
	if (!err)
		err = call_new_outgoing(e, ht_call, params, &c);
	if (err)
		return err;
	c->country = country;
	*out = (HDRVCALL)c->handle;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	if (c->bearer_mode == LINEBEARERMODE_PASSTHROUGH && !d.digits[0]) {
		(void)call_step(c, CALL_EVENT_CONNECT, NULL); /* to the line itself */
		return (LONG)id;
	}
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

struct call *call_start(struct extension *e)
{
	struct call *c;

	if (call_new_outgoing(e, 0, NULL, &c))
		return NULL;
	tell_new_call(c);
	return c;
}

/* The number is complete as soon as it names an extension, or cannot name one any more. */
static bool is_complete(const char *digits)
{
	for (DWORD i = 0; i < exchange.count; i++) {
		const char *number = exchange.extensions[i].number;

		if (strncmp(number, digits, strlen(digits)) == 0)
			return number[strlen(digits)] == '\0';
	}
	return true;
}

static void dial_keyed(struct call *c, const char *digits)
{
	struct dial_string d = { .is_partial = true };
	char all[CALL_DIGITS_MAX + 1];

	append(d.digits, digits);
	(void)snprintf(all, sizeof(all), "%s%s", c->digits, digits);
	d.is_partial = !is_complete(all);
	dial(c, &d);
}

void call_started(struct call *c)
{
	char keyed[CALL_DIGITS_MAX + 1];

	memcpy(keyed, c->digits, sizeof(keyed));
	c->digits[0] = '\0';
	media_start(c);
	(void)call_step(c, CALL_EVENT_OFFHOOK, NULL);
	if (keyed[0])
		dial_keyed(c, keyed);
}

void call_key(struct call *c, char digit)
{
	const char text[2] = { digit, '\0' };

	if (c->state == CALL_STATE_CONNECTED)
		digits_press(c, text);
	else if (strlen(c->digits) == CALL_DIGITS_MAX)
		return;
	else if (c->state == CALL_STATE_NEW)
		append(c->digits, text); /* the host has not taken the call yet */
	else if (call_can(c, CALL_EVENT_DIGITS))
		dial_keyed(c, text);
}
