// SPDX-License-Identifier: MIT
/* treatment.c - what a party hears that waits to be answered or is on hold. */
#include "service.h"

#include "call.h"
#include "connection.h"
#include "exchange.h"

#include "media/rtpmsg.h"
#include "providers/kit/varpart.h"

#include <string.h>

static const struct {
	DWORD id;
	const char *name, *sound; /* the word of tapi-rtp-msp(7) */
} treatments[] = {
	{ LINECALLTREATMENT_SILENCE, "Silence", "silence" },
	{ LINECALLTREATMENT_RINGBACK, "Ringback", "ringback" },
	{ LINECALLTREATMENT_BUSY, "Busy", "busy" },
	{ LINECALLTREATMENT_MUSIC, "Music", "music" },
};

enum { TREATMENTS = sizeof(treatments) / sizeof(treatments[0]), NAME_SIZE = 12 };

static size_t find(DWORD id)
{
	size_t i = 0;

	while (i < TREATMENTS && treatments[i].id != id)
		i++;
	return i;
}

void treatment_play(struct call *c, DWORD treatment)
{
	size_t i = find(treatment);
	struct rtpmsg_writer w;

	c->services.hears = treatment;
	if (c->leg.msp.state == MSP_STATE_NONE)
		return; /* it is told when there is somebody to tell */
	(void)media_begin(c, &w, RTPMSG_PLAY);
	if (i < TREATMENTS)
		rtpmsg_add(&w, "Sound", treatments[i].sound);
	(void)media_end(c, &w, NULL, 0);
}

void treatment_update(struct call *c, bool again)
{
	struct call *peer = connection_peer(c);
	bool waits = call_features(c) & LINECALLFEATURE_SETTREATMENT;
	DWORD wanted = waits ? c->services.treatment : 0;

	if (peer && call_is_active(peer) && (again ? wanted : peer->services.hears != wanted))
		treatment_play(peer, wanted);
}

LONG treatment_set(struct call *c, DRV_REQUESTID id, DWORD treatment)
{
	LONG err;

	if (find(treatment) == TREATMENTS)
		return exchange_fail(LINEERR_INVALPARAM, "treatment",
				"%#x is not in the list of treatments of the address",
				(unsigned)treatment);
	err = service_check(c, LINECALLFEATURE_SETTREATMENT, "given a treatment");
	if (err)
		return err;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	if (c->services.treatment == treatment)
		return (LONG)id;
	c->services.treatment = treatment;
	treatment_update(c, false);
	call_info_changed(c, LINECALLINFOSTATE_TREATMENT);
	return (LONG)id;
}

/* The entries, and behind them the names that they point to. */
void treatment_list(LINEADDRESSCAPS *out, struct varpart *v)
{
	struct {
		LINECALLTREATMENTENTRY entries[TREATMENTS];
		char names[TREATMENTS][NAME_SIZE];
	} list;
	DWORD names = v->used + (DWORD)sizeof(list.entries), size, offset;

	memset(&list, 0, sizeof(list));
	for (DWORD i = 0; i < TREATMENTS; i++) {
		size_t length = strlen(treatments[i].name) + 1;

		memcpy(list.names[i], treatments[i].name, length);
		list.entries[i] = (LINECALLTREATMENTENTRY){ treatments[i].id, (DWORD)length,
			names + i * NAME_SIZE };
	}
	size = offset = 0;
	varpart_add(v, &size, &offset, &list, sizeof(list));
	if (!size)
		return;
	out->dwNumCallTreatments = TREATMENTS;
	out->dwCallTreatmentListSize = sizeof(list.entries);
	out->dwCallTreatmentListOffset = offset;
}
