// SPDX-License-Identifier: MIT
/* service.c - when a service is possible: one table of features by call state; and what of a
 * service shows in LINECALLINFO. */
#define LOG_TOPIC "exchange"
#include "service.h"

#include "call.h"
#include "complete.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"
#include "outside.h"
#include "pickup.h"
#include "transfer.h"

#include "base/log.h"
#include "base/mem.h"
#include "providers/kit/varpart.h"

#define STATE(s)    LINECALLSTATE_##s
#define FEATURE(f)  LINECALLFEATURE_##f
#define FEATURE2(f) LINECALLFEATURE2_##f

#define RINGING  (STATE(OFFERING) | STATE(ACCEPTED))
#define DIALLING (STATE(DIALTONE) | STATE(DIALING) | STATE(PROCEEDING) | STATE(RINGBACK))
#define HELD     (STATE(ONHOLD) | STATE(ONHOLDPENDTRANSFER) | STATE(ONHOLDPENDCONF))
#define NOT_OVER (RINGING | DIALLING | HELD | STATE(BUSY) | STATE(CONNECTED) | STATE(CONFERENCED))

/* Parties are listened to as their conference. */
#define LISTENING (NOT_OVER & ~STATE(CONFERENCED))

/* clang-format off */
static const struct {
	DWORD feature, feature2;
	DWORD states;
} services[] = {
	{ FEATURE(SETCALLDATA),   0, NOT_OVER | STATE(DISCONNECTED) },
	{ FEATURE(SETCALLPARAMS), 0, NOT_OVER },
	{ FEATURE(SETQOS),        0, NOT_OVER },
	{ FEATURE(SECURECALL),    0, NOT_OVER },
	{ FEATURE(SETTREATMENT),  0, RINGING | HELD },
	{ FEATURE(REDIRECT),      0, STATE(OFFERING) },
	{ FEATURE(PARK), FEATURE2(PARKDIRECT) | FEATURE2(PARKNONDIRECT), STATE(CONNECTED) },
	{ FEATURE(COMPLETECALL),  0, STATE(BUSY) | STATE(RINGBACK) },
	{ FEATURE(MONITORDIGITS), 0, LISTENING },
	{ FEATURE(MONITORMEDIA),  0, LISTENING },
	{ FEATURE(MONITORTONES),  0, LISTENING },
	{ FEATURE(GATHERDIGITS),  0, LISTENING },
	{ FEATURE(SETMEDIACONTROL), 0, LISTENING },
	{ FEATURE(HOLD),          0, STATE(CONNECTED) },
	{ FEATURE(UNHOLD),        0, HELD },
	{ FEATURE(SWAPHOLD),      0, HELD | STATE(CONNECTED) },
	{ FEATURE(BLINDTRANSFER), 0, STATE(CONNECTED) },
	{ FEATURE(SETUPTRANSFER), FEATURE2(ONESTEPTRANSFER), STATE(CONNECTED) },
	{ FEATURE(COMPLETETRANSF), FEATURE2(TRANSFERNORM) | FEATURE2(TRANSFERCONF),
		STATE(ONHOLD) | STATE(ONHOLDPENDTRANSFER) },
	{ FEATURE(SETUPCONF), FEATURE2(NOHOLDCONFERENCE), STATE(CONNECTED) },
	{ FEATURE(PREPAREADDCONF), 0, STATE(CONNECTED) },
	{ FEATURE(ADDTOCONF),     0, HELD | STATE(CONNECTED) | STATE(PROCEEDING) | STATE(RINGBACK) },
	{ FEATURE(REMOVEFROMCONF), 0, STATE(CONFERENCED) },
};
/* clang-format on */

#define SERVICES (sizeof(services) / sizeof(services[0]))

bool blob_set(struct blob *b, const void *bytes, DWORD size)
{
	void *copy = size ? mem_dup(bytes, size) : NULL;

	if (size && !copy)
		return false;
	mem_free(b->bytes);
	b->bytes = copy;
	b->size = size;
	return true;
}

void blob_fini(struct blob *b)
{
	mem_free(b->bytes);
	*b = (struct blob){ 0, 0 };
}

static void transfer_now(struct timer *t)
{
	struct call *c = list_entry(t, struct call, services.predictive.timer);
	const char *target = c->services.predictive.target;

	c->services.predictive.states = 0;
	if (transfer_blind(c, 0, target) < 0)
		log_info("call %llu of %s: it is not transferred to %s",
				(unsigned long long)c->handle, c->line->number, target);
}

void services_init(struct services *s)
{
	timer_init(&s->predictive.timer, transfer_now);
	timer_init(&s->parking.timer, NULL);
	timer_init(&s->charging, NULL);
}

/* In the middle of a step nothing else begins. */
void service_stepped(struct call *c)
{
	if (c->services.predictive.states & call_reported_state(c))
		exchange_arm(&c->services.predictive.timer, 0);
}

void service_connected(struct call *c)
{
	outside_connected(c);
	if (park_over(c))
		media_join(c->connection);
}

void service_ended(struct call *c)
{
	(void)park_over(c);
	timer_stop(&c->services.predictive.timer);
	outside_ended(c);
	complete_unmix(c);
	complete_call_ended(c);
}

DWORD service_impossible(const struct call *c)
{
	DWORD bits = 0;

	if (extension_is_waiting_place(c->line))
		bits |= FEATURE(ACCEPT) | FEATURE(ANSWER);
	if (!connection_peer(c))
		bits |= FEATURE(PARK) | FEATURE(REDIRECT);
	if (!c->connection->target)
		bits |= FEATURE(COMPLETECALL);
	return bits;
}

void services_fini(struct services *s)
{
	blob_fini(&s->data);
	blob_fini(&s->sending_flowspec);
	blob_fini(&s->receiving_flowspec);
}

static DWORD features_in(DWORD states, DWORD impossible, DWORD *features2)
{
	DWORD bits = 0;

	*features2 = 0;
	for (size_t i = 0; i < SERVICES; i++) {
		if (!(services[i].states & states) || services[i].feature & impossible)
			continue;
		bits |= services[i].feature;
		*features2 |= services[i].feature2;
	}
	return bits;
}

DWORD service_features(const struct call *c, DWORD impossible, DWORD *features2)
{
	DWORD features = features_in(call_reported_state(c), impossible, features2);

	*features2 |= complete_features2(c);
	return features;
}

DWORD service_possible_features(DWORD *features2)
{
	DWORD features = features_in(0xFFFFFFFFu, 0, features2);

	*features2 |= complete_possible_features2();
	return features;
}

LONG service_check(const struct call *c, DWORD feature, const char *what)
{
	if (call_features(c) & feature)
		return 0;
	return exchange_fail(LINEERR_INVALCALLSTATE, "call state",
			"a call in state %s cannot be %s", call_state_name(c->state), what);
}

/* Data that the one side has and the other has not travels with the call. */
static void spread_data(const struct call *from, struct call *to)
{
	const struct blob *data = &from->services.data;

	if (data->size && !to->services.data.size &&
			blob_set(&to->services.data, data->bytes, data->size) &&
			to->state != CALL_STATE_NEW)
		call_info_changed(to, LINECALLINFOSTATE_CALLDATA);
}

void service_joined(struct call *a, struct call *b)
{
	spread_data(a, b);
	spread_data(b, a);
}

void service_info(const struct call *c, LINECALLINFO *out, struct varpart *v)
{
	const struct services *s = &c->services;

	outside_info(c, out, v);
	out->dwCallTreatment = s->treatment;
	out->dwCompletionID = c->completion_id;
	varpart_add(v, &out->dwCallDataSize, &out->dwCallDataOffset, s->data.bytes, s->data.size);
	varpart_add(v, &out->dwSendingFlowspecSize, &out->dwSendingFlowspecOffset,
			s->sending_flowspec.bytes, s->sending_flowspec.size);
	varpart_add(v, &out->dwReceivingFlowspecSize, &out->dwReceivingFlowspecOffset,
			s->receiving_flowspec.bytes, s->receiving_flowspec.size);
}
