// SPDX-License-Identifier: MIT
/* cause.c - the table of responses, and the one of Q.850 causes, which gateways put into Reason. */
#include "cause.h"

#include "text.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define MODE(m) CAUSE_DISCONNECTED, LINEDISCONNECTMODE_##m
#define BUSY    CAUSE_BUSY, LINEBUSYMODE_STATION

/* The first row that holds the status counts. A sentence is for a response without a phrase. */
/* clang-format off */
static const struct cause_row rows[] = {
	{ 300, 399, MODE(FORWARDED),      false, "the number is reached elsewhere" },
	{ 401, 401, MODE(REJECT),         false, "a user and a secret are asked for" },
	{ 402, 402, MODE(REJECT),         false, "a payment is asked for" },
	{ 403, 403, MODE(REJECT),         true,  "the call is forbidden" },
	{ 404, 404, MODE(BADADDRESS),     false, "nobody has this address" },
	{ 405, 406, MODE(INCOMPATIBLE),   false, "the far side takes no such calls" },
	{ 407, 407, MODE(REJECT),         false, "a user and a secret are asked for" },
	{ 408, 408, MODE(UNREACHABLE),    true,  "the far side did not answer" },
	{ 410, 410, MODE(NUMBERCHANGED),  false, "the address is not in use any more" },
	{ 415, 415, MODE(INCOMPATIBLE),   false, "the far side understands no such session" },
	{ 416, 416, MODE(BADADDRESS),     false, "the far side understands no such address" },
	{ 417, 417, MODE(BADADDRESS),     false, "the far side understands no such address" },
	{ 420, 421, MODE(INCOMPATIBLE),   false, "an extension of SIP is missing on one side" },
	{ 424, 424, MODE(INCOMPATIBLE),   false, "the far side does not understand the call" },
	{ 433, 433, MODE(BLOCKED),        false, "no calls of hidden callers are taken" },
	{ 480, 480, MODE(UNREACHABLE),    true,  "the far side cannot be reached now" },
	{ 482, 483, MODE(UNREACHABLE),    true,  "the call went round in a loop" },
	{ 484, 485, MODE(BADADDRESS),     false, "the address is incomplete or ambiguous" },
	{ 486, 486, BUSY,                 false, "the far side is busy" },
	{ 487, 487, MODE(CANCELLED),      false, "the call was given up" },
	{ 488, 488, MODE(INCOMPATIBLE),   false, "the far side takes none of the codecs offered" },
	{ 493, 494, MODE(INCOMPATIBLE),   false, "the far side wants another kind of security" },
	{ 400, 499, MODE(TEMPFAILURE),    true,  "the call was refused" },
	{ 501, 501, MODE(INCOMPATIBLE),   false, "the far side takes no such calls" },
	{ 503, 503, MODE(CONGESTION),     true,  "the server is overloaded or out of service" },
	{ 505, 505, MODE(INCOMPATIBLE),   false, "the far side speaks another version of SIP" },
	{ 513, 513, MODE(INCOMPATIBLE),   false, "the far side takes no message of this size" },
	{ 580, 580, MODE(QOSUNAVAIL),     false, "the quality asked for is not to be had" },
	{ 500, 599, MODE(TEMPFAILURE),    true,  "the server has failed" },
	{ 600, 600, BUSY,                 false, "the far side is busy everywhere" },
	{ 603, 603, MODE(REJECT),         false, "the far side does not want the call" },
	{ 604, 604, MODE(BADADDRESS),     false, "nobody has this address" },
	{ 606, 606, MODE(INCOMPATIBLE),   false, "the far side takes no such session" },
	{ 607, 608, MODE(BLOCKED),        false, "the far side blocks this caller" },
	{ 600, 699, MODE(REJECT),         true,  "the call was refused" },
	{ INT_MIN, INT_MAX, MODE(UNKNOWN), true, "the call has failed" },
};

static const struct {
	int cause;
	enum cause_end end;
	DWORD mode;
	const char *text;
} q850[] = {
	{   1, MODE(BADADDRESS),    "unallocated number" },
	{   2, MODE(UNREACHABLE),   "no route to network" },
	{   3, MODE(UNREACHABLE),   "no route to destination" },
	{  16, MODE(NORMAL),        "normal call clearing" },
	{  17, BUSY,                "user busy" },
	{  18, MODE(NOANSWER),      "no user responding" },
	{  19, MODE(NOANSWER),      "no answer from user" },
	{  20, MODE(UNREACHABLE),   "subscriber absent" },
	{  21, MODE(REJECT),        "call rejected" },
	{  22, MODE(NUMBERCHANGED), "number changed" },
	{  26, MODE(PICKUP),        "picked up elsewhere" },
	{  27, MODE(OUTOFORDER),    "destination out of order" },
	{  28, MODE(BADADDRESS),    "invalid number format" },
	{  29, MODE(REJECT),        "facility rejected" },
	{  31, MODE(NORMAL),        "normal, unspecified" },
	{  34, MODE(CONGESTION),    "no circuit available" },
	{  38, MODE(TEMPFAILURE),   "network out of order" },
	{  41, MODE(TEMPFAILURE),   "temporary failure" },
	{  42, MODE(CONGESTION),    "switching equipment congestion" },
	{  44, MODE(CONGESTION),    "requested circuit not available" },
	{  47, MODE(CONGESTION),    "resource unavailable" },
	{  55, MODE(BLOCKED),       "incoming calls barred" },
	{  57, MODE(BLOCKED),       "bearer capability not authorised" },
	{  58, MODE(INCOMPATIBLE),  "bearer capability not available" },
	{  65, MODE(INCOMPATIBLE),  "bearer capability not implemented" },
	{  79, MODE(INCOMPATIBLE),  "service not implemented" },
	{  88, MODE(INCOMPATIBLE),  "incompatible destination" },
	{ 102, MODE(TEMPFAILURE),   "recovery on timer expiry" },
	{ 111, MODE(TEMPFAILURE),   "protocol error" },
	{ 127, MODE(TEMPFAILURE),   "interworking" },
};
/* clang-format on */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const struct cause_row *cause_rows(size_t *count)
{
	*count = COUNT(rows);
	return rows;
}

static const struct cause_row *find_row(int status)
{
	size_t i = 0;

	while (status < rows[i].first || status > rows[i].last)
		i++;
	return &rows[i]; /* the last row holds all */
}

/* The cause of this protocol in a Reason header, -1: there is none. */
static int find_cause(const char *reason, const char *protocol)
{
	struct text value, params, name, cause;
	struct text rest = text_of(reason ? reason : "");
	int number;

	while (text_next_value(&rest, &value)) {
		params = text_split_params(&value);
		if (!text_is(value, protocol))
			continue;
		while (text_next_param(&params, &name, &cause))
			if (text_is(name, "cause") && text_number(cause, 0, 999, &number))
				return number;
	}
	return -1;
}

/* Index into q850, or its count. */
static size_t find_q850(const char *reason)
{
	int cause = find_cause(reason, "Q.850");
	size_t i = 0;

	while (i < COUNT(q850) && q850[i].cause != cause)
		i++;
	return i;
}

/* Nobody said it: sofia has waited in vain, or could not send. Its phrases are for its authors. */
static enum cause_end local_end(const struct cause_facts *f, struct why *why)
{
	const char *server = f->server ? f->server : "the other side";
	char phrase[96];

	text_clean(f->phrase ? f->phrase : "", phrase, sizeof(phrase));
	if (f->tls && f->tls[0] && (f->status == 408 || f->status == 503))
		why_set(why, LINEDISCONNECTMODE_UNREACHABLE, "TLS", "no TLS connection to %s: %s",
				server, f->tls);
	else if (strstr(phrase, "DNS"))
		why_set(why, LINEDISCONNECTMODE_UNREACHABLE, "DNS",
				"the address of %s cannot be found", server);
	else if (f->status == 408 && f->was_ringing)
		why_set(why, LINEDISCONNECTMODE_NOANSWER, "timeout", "nobody answered in time");
	else if (f->status == 408)
		why_set(why, LINEDISCONNECTMODE_UNREACHABLE, "timeout", "%s does not answer",
				server);
	else if (f->status == 503)
		why_set(why, LINEDISCONNECTMODE_UNREACHABLE, "transport",
				"%s cannot be reached: nobody listens there, or no way leads there",
				server);
	else
		why_set(why, LINEDISCONNECTMODE_TEMPFAILURE, "transport",
				"the request could not be sent%s%s", phrase[0] ? ": " : "", phrase);
	return CAUSE_DISCONNECTED;
}

/* What is more than the status alone says. */
static DWORD mode_of(const struct cause_row *row, const struct cause_facts *f)
{
	if (f->was_ringing && (row->first == 408 || row->first == 480))
		return LINEDISCONNECTMODE_NOANSWER;
	return row->mode;
}

enum cause_end cause_of_refusal(const struct cause_facts *f, struct why *why)
{
	const struct cause_row *row = find_row(f->status);
	size_t q = row->is_vague ? find_q850(f->reason) : COUNT(q850);
	char cause[16], phrase[96];

	if (f->is_local)
		return local_end(f, why);
	(void)snprintf(cause, sizeof(cause), "SIP %d", f->status);
	text_clean(f->phrase ? f->phrase : "", phrase, sizeof(phrase));
	if (!phrase[0])
		text_clean(row->sentence, phrase, sizeof(phrase));
	if (q < COUNT(q850)) {
		why_set(why, q850[q].mode, cause, "%s (Q.850 %d %s)", phrase, q850[q].cause,
				q850[q].text);
		return q850[q].end;
	}
	if (f->status == 401 || f->status == 407)
		why_set(why, row->mode, cause, "%s: %s", phrase,
				f->has_secret ? "the server does not accept the user or the secret"
					      : "the line has no secret to answer with");
	else
		why_set(why, mode_of(row, f), cause, "%s", phrase);
	return row->end;
}

void cause_of_bye(const char *reason, struct why *why)
{
	size_t q = find_q850(reason);
	char cause[24];

	if (q == COUNT(q850)) {
		why_set(why, LINEDISCONNECTMODE_NORMAL, "SIP BYE", "the far side hung up");
		return;
	}
	(void)snprintf(cause, sizeof(cause), "Q.850 %d", q850[q].cause);
	why_set(why, q850[q].end == CAUSE_BUSY ? LINEDISCONNECTMODE_BUSY : q850[q].mode, cause,
			"the far side hung up: %s", q850[q].text);
}

void cause_of_cancel(const char *reason, struct why *why)
{
	/* RFC 3326: "Call completed elsewhere". */
	if (find_cause(reason, "SIP") == 200 || find_cause(reason, "Q.850") == 26)
		why_set(why, LINEDISCONNECTMODE_PICKUP, "SIP CANCEL",
				"the call was answered elsewhere");
	else
		why_set(why, LINEDISCONNECTMODE_NORMAL, "SIP CANCEL", "the caller hung up");
}

bool cause_write_reason(const struct why *why, char *out, size_t size)
{
	static const char name[] = "Q.850 ";
	struct text number;
	int cause;

	if (!why || strncmp(why->cause, name, sizeof(name) - 1) != 0)
		return false;
	number = text_of(why->cause + sizeof(name) - 1);
	if (!text_number(number, 1, 127, &cause))
		return false;
	for (size_t i = 0; i < COUNT(q850); i++)
		if (q850[i].cause == cause) {
			(void)snprintf(out, size, "Q.850;cause=%d;text=\"%s\"", cause,
					q850[i].text);
			return true;
		}
	return false;
}
