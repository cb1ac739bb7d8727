// SPDX-License-Identifier: MIT
/* forward.c - one row a mode: when it counts, and for whose calls. The most special one wins. */
#define LOG_TOPIC "exchange"
#include "forward.h"

#include "connection.h"
#include "exchange.h"
#include "extension.h"

#include "base/log.h"
#include "base/mem.h"
#include "providers/kit/varpart.h"

#include <errno.h>
#include <string.h>

/* Whose calls. */
enum whose { OF_ONE, OF_INSIDE, OF_OUTSIDE, OF_ALL };

#define BUSY_OR_NOT_ANSWERED (FORWARD_BUSY | FORWARD_NO_ANSWER)

/* clang-format off */
static const struct mode {
	DWORD mode;
	unsigned when; /* enum forward_when */
	enum whose whose;
} modes[] = {
	{ LINEFORWARDMODE_UNCOND,         FORWARD_ALWAYS,       OF_ALL },
	{ LINEFORWARDMODE_UNCONDINTERNAL, FORWARD_ALWAYS,       OF_INSIDE },
	{ LINEFORWARDMODE_UNCONDEXTERNAL, FORWARD_ALWAYS,       OF_OUTSIDE },
	{ LINEFORWARDMODE_UNCONDSPECIFIC, FORWARD_ALWAYS,       OF_ONE },
	{ LINEFORWARDMODE_BUSY,           FORWARD_BUSY,         OF_ALL },
	{ LINEFORWARDMODE_BUSYINTERNAL,   FORWARD_BUSY,         OF_INSIDE },
	{ LINEFORWARDMODE_BUSYEXTERNAL,   FORWARD_BUSY,         OF_OUTSIDE },
	{ LINEFORWARDMODE_BUSYSPECIFIC,   FORWARD_BUSY,         OF_ONE },
	{ LINEFORWARDMODE_NOANSW,         FORWARD_NO_ANSWER,    OF_ALL },
	{ LINEFORWARDMODE_NOANSWINTERNAL, FORWARD_NO_ANSWER,    OF_INSIDE },
	{ LINEFORWARDMODE_NOANSWEXTERNAL, FORWARD_NO_ANSWER,    OF_OUTSIDE },
	{ LINEFORWARDMODE_NOANSWSPECIFIC, FORWARD_NO_ANSWER,    OF_ONE },
	{ LINEFORWARDMODE_BUSYNA,         BUSY_OR_NOT_ANSWERED, OF_ALL },
	{ LINEFORWARDMODE_BUSYNAINTERNAL, BUSY_OR_NOT_ANSWERED, OF_INSIDE },
	{ LINEFORWARDMODE_BUSYNAEXTERNAL, BUSY_OR_NOT_ANSWERED, OF_OUTSIDE },
	{ LINEFORWARDMODE_BUSYNASPECIFIC, BUSY_OR_NOT_ANSWERED, OF_ONE },
};
/* clang-format on */

#define MODES (sizeof(modes) / sizeof(modes[0]))

/* How a call comes that was forwarded then. */
static const struct {
	enum forward_when when;
	DWORD reason;
} reasons[] = {
	{ FORWARD_ALWAYS, LINECALLREASON_FWDUNCOND },
	{ FORWARD_BUSY, LINECALLREASON_FWDBUSY },
	{ FORWARD_NO_ANSWER, LINECALLREASON_FWDNOANSWER },
};

static const struct mode *find_mode(DWORD mode)
{
	for (size_t i = 0; i < MODES; i++)
		if (modes[i].mode == mode)
			return &modes[i];
	return NULL;
}

DWORD forward_modes(void)
{
	DWORD bits = 0;

	for (size_t i = 0; i < MODES; i++)
		bits |= modes[i].mode;
	return bits;
}

/* --- the list ------------------------------------------------------------------------------- */

static LONG read_number(const LINEFORWARDLIST *list, DWORD size, DWORD offset, char *out)
{
	char text[CALL_DIGITS_MAX * 2];

	if (offset > list->dwTotalSize || size > list->dwTotalSize - offset)
		return exchange_fail(LINEERR_STRUCTURETOOSMALL, "forwarding",
				"a number lies outside of LINEFORWARDLIST");
	if (size >= sizeof(text))
		return exchange_fail(LINEERR_INVALADDRESS, "forwarding", "a number is too long");
	memcpy(text, (const char *)list + offset, size);
	text[size] = '\0';
	return call_read_number(text, out);
}

static LONG check_destination(const struct extension *e, const char *to)
{
	const struct extension *line = exchange_number(to);

	if (line && line != e)
		return 0;
	return exchange_fail(LINEERR_INVALADDRESS, "forwarding", "%s",
			line ? "an extension is not forwarded to itself"
			     : "the exchange has no extension of this number");
}

static LONG read_entry(const struct extension *e, const LINEFORWARDLIST *list,
		const LINEFORWARD *from, struct forward_entry *out)
{
	const struct mode *mode = find_mode(from->dwForwardMode);
	LONG err = 0;

	if (!mode)
		return exchange_fail(LINEERR_INVALPARAM, "forwarding",
				"%#x is no mode of forwarding", (unsigned)from->dwForwardMode);
	out->mode = from->dwForwardMode;
	out->country = from->dwDestCountryCode;
	if (mode->whose == OF_ONE)
		err = read_number(list, from->dwCallerAddressSize, from->dwCallerAddressOffset,
				out->caller);
	if (err || !from->dwDestAddressSize)
		return err;
	err = read_number(list, from->dwDestAddressSize, from->dwDestAddressOffset, out->to);
	return err ? err : check_destination(e, out->to);
}

static LONG read_list(const struct extension *e, const LINEFORWARDLIST *list,
		struct forwarding *out)
{
	DWORD specific = 0;

	if (list->dwNumEntries > FORWARD_ENTRIES_MAX)
		return exchange_fail(LINEERR_INVALPARAM, "forwarding",
				"an extension has at most %d instructions", FORWARD_ENTRIES_MAX);
	if (list->dwTotalSize < offsetof(LINEFORWARDLIST, ForwardList) +
						list->dwNumEntries * sizeof(LINEFORWARD))
		return exchange_fail(LINEERR_STRUCTURETOOSMALL, "forwarding",
				"LINEFORWARDLIST is smaller than its entries");
	for (DWORD i = 0; i < list->dwNumEntries; i++) {
		LONG err = read_entry(e, list, &list->ForwardList[i], &out->entries[i]);

		if (err)
			return err;
		if (out->entries[i].caller[0] && ++specific > FORWARD_SPECIFIC_MAX)
			return exchange_fail(LINEERR_INVALPARAM, "forwarding",
					"at most %d instructions name a caller",
					FORWARD_SPECIFIC_MAX);
	}
	out->count = list->dwNumEntries;
	return 0;
}

/* TAPI: out of range is the nearest in range. */
static DWORD rings_in_range(DWORD rings)
{
	if (rings < FORWARD_RINGS_MIN)
		return FORWARD_RINGS_MIN;
	return rings > FORWARD_RINGS_MAX ? FORWARD_RINGS_MAX : rings;
}

LONG forward_set(struct extension *e, DRV_REQUESTID id, const LINEFORWARDLIST *list, DWORD rings)
{
	struct forwarding *read = mem_new(struct forwarding);
	LONG err;

	if (!read)
		return LINEERR_NOMEM;
	err = list ? read_list(e, list, read) : 0;
	if (!err) {
		read->rings = rings_in_range(rings);
		e->forwarding = *read;
		outbox_complete(&exchange.outbox, id, 0, NULL);
		if (e->address_states & LINEADDRESSSTATE_FORWARD)
			tell_line(e, LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_FORWARD, 0);
	}
	mem_free(read);
	return err ? err : (LONG)id;
}

void forward_status(const struct extension *e, LINEADDRESSSTATUS *out, struct varpart *v)
{
	const struct forwarding *f = &e->forwarding;
	LINEFORWARD list[FORWARD_ENTRIES_MAX];
	DWORD at = v->used + f->count * (DWORD)sizeof(list[0]);

	out->dwNumRingsNoAnswer = f->count ? f->rings : 0xFFFFFFFFu; /* it counts time then */
	if (!f->count)
		return;
	memset(list, 0, sizeof(list));
	for (DWORD i = 0; i < f->count; i++) {
		const struct forward_entry *entry = &f->entries[i];
		LINEFORWARD *to = &list[i];

		to->dwForwardMode = entry->mode;
		to->dwDestCountryCode = entry->country;
		to->dwCallerAddressType = to->dwDestAddressType = LINEADDRESSTYPE_PHONENUMBER;
		to->dwCallerAddressSize = entry->caller[0] ? (DWORD)strlen(entry->caller) + 1 : 0;
		to->dwDestAddressSize = entry->to[0] ? (DWORD)strlen(entry->to) + 1 : 0;
		to->dwCallerAddressOffset = to->dwCallerAddressSize ? at : 0;
		at += to->dwCallerAddressSize;
		to->dwDestAddressOffset = to->dwDestAddressSize ? at : 0;
		at += to->dwDestAddressSize;
	}
	varpart_add_list(v, &out->dwForwardSize, &out->dwForwardOffset, list,
			f->count * sizeof(list[0]), at - v->used);
	if (!out->dwForwardSize)
		return;
	out->dwForwardNumEntries = f->count;
	for (DWORD i = 0; i < f->count; i++) {
		varpart_put(v, f->entries[i].caller, list[i].dwCallerAddressSize);
		varpart_put(v, f->entries[i].to, list[i].dwDestAddressSize);
	}
}

/* --- a call --------------------------------------------------------------------------------- */

static bool is_meant(const struct mode *mode, const struct forward_entry *entry,
		const struct extension *caller)
{
	switch (mode->whose) {
	case OF_ONE:
		return strcmp(entry->caller, caller->number) == 0;
	case OF_INSIDE:
		return caller->kind != LINE_KIND_TRUNK;
	case OF_OUTSIDE:
		return caller->kind == LINE_KIND_TRUNK;
	case OF_ALL:
		return true;
	}
	return false;
}

static const struct forward_entry *find_entry(const struct extension *to,
		const struct extension *caller, enum forward_when when)
{
	const struct forward_entry *best = NULL;
	enum whose best_whose = OF_ALL;

	for (DWORD i = 0; i < to->forwarding.count; i++) {
		const struct forward_entry *entry = &to->forwarding.entries[i];
		const struct mode *mode = find_mode(entry->mode);

		if (!mode || !(mode->when & (unsigned)when) || !is_meant(mode, entry, caller) ||
				(best && mode->whose >= best_whose))
			continue;
		best = entry;
		best_whose = mode->whose;
	}
	return best;
}

static DWORD reason_for(enum forward_when when)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].when == when)
			return reasons[i].reason;
	return LINECALLREASON_UNKNOWN;
}

void forward_go_on(struct connection *k, const struct extension *from, struct extension *to,
		DWORD reason)
{
	struct call *caller = k->half[CALL_SIDE_CALLER];
	struct why why = { LINEDISCONNECTMODE_CONGESTION, "Q.850 25 exchange routing error",
		"the call was sent on too often" };

	if (++k->hops > FORWARD_HOPS_MAX) {
		connection_fail(k, CALL_EVENT_END, &why);
		return;
	}
	k->reason = reason;
	k->redirecting = party_of_line(from);
	call_set_party(caller, PARTY_REDIRECTING, k->redirecting);
	call_set_party(caller, PARTY_REDIRECTION, party_of_line(to));
	call_info_changed(caller,
			LINECALLINFOSTATE_REDIRECTINGID | LINECALLINFOSTATE_REDIRECTIONID);
	log_debug("call id %u: from %s on to %s", (unsigned)caller->call_id, from->number,
			to->number);
	connection_reach(k, to);
}

bool forward_call(struct connection *k, struct extension *to, enum forward_when when)
{
	struct call *caller = k->half[CALL_SIDE_CALLER];
	const struct forward_entry *entry = find_entry(to, caller->line, when);
	struct why why = { 0 };

	if (!entry)
		return false;
	if (entry->to[0]) {
		forward_go_on(k, to, exchange_number(entry->to), reason_for(when));
		return true;
	}
	why_set(&why, LINEDISCONNECTMODE_DONOTDISTURB, "Q.850 21 call rejected",
			"extension %s is not to be disturbed", to->number);
	connection_fail(k, CALL_EVENT_END, &why);
	return true;
}

int forward_send_on(struct call *called, struct extension *to, DWORD reason)
{
	struct connection *k = called->connection;
	struct extension *from = called->line;

	if (connection_part(called))
		return -ENOMEM;
	called->connection->is_over = true;
	call_set_party(called, PARTY_REDIRECTING, party_of_line(from));
	call_set_party(called, PARTY_REDIRECTION, party_of_line(to));
	call_info_changed(called,
			LINECALLINFOSTATE_REDIRECTINGID | LINECALLINFOSTATE_REDIRECTIONID);
	forward_go_on(k, from, to, reason);
	return 0;
}

bool forward_unanswered(struct call *called, DWORD count)
{
	struct extension *line = called->line;
	struct call *caller = connection_peer(called);
	const struct forward_entry *entry;
	struct why why = { 0 };

	if (count < line->forwarding.rings || !caller || called->connection->is_answered)
		return false;
	entry = find_entry(line, caller->line, FORWARD_NO_ANSWER);
	if (!entry)
		return false;
	why_set(&why, LINEDISCONNECTMODE_FORWARDED, "Q.850 19 no answer from user",
			"the call was not answered and is forwarded");
	if (!entry->to[0]) {
		(void)forward_call(called->connection, line, FORWARD_NO_ANSWER);
		why.mode = LINEDISCONNECTMODE_NOANSWER;
	} else if (forward_send_on(called, exchange_number(entry->to),
				   LINECALLREASON_FWDNOANSWER)) {
		return false;
	}
	(void)call_step(called, CALL_EVENT_END, &why);
	return true;
}

LONG forward_redirect(struct call *c, DRV_REQUESTID id, const char *dest)
{
	char number[CALL_DIGITS_MAX + 1];
	struct extension *to;
	LONG err = service_check(c, LINECALLFEATURE_REDIRECT, "redirected");

	if (!err)
		err = call_read_number(dest, number);
	if (err)
		return err;
	to = exchange_number(number);
	if (!to || to == c->line)
		return exchange_fail(LINEERR_INVALADDRESS, "redirection", "%s",
				to ? "the call is at this extension already"
				   : "the exchange has no extension of this number");
	if (forward_send_on(c, to, LINECALLREASON_REDIRECT))
		return LINEERR_NOMEM;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	(void)call_step(c, CALL_EVENT_DROP, NULL);
	return (LONG)id;
}
