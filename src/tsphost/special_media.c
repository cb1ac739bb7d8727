// SPDX-License-Identifier: MIT
/* special_media.c - MSP instances, and what carries numbers of the host's own: digits and tones. */
#define LOG_TOPIC "host"
#include "tsphost/job.h"

#include "tsphost/event.h"
#include "tsphost/tags.h"

LONG special_create_msp(struct job *j)
{
	const TspiLineCreateMspInstance *q = (const void *)j->request;
	struct host *h = j->host;
	struct msp *m = msp_new(h, j->line, q->address_id, j->frame->h.origin_session);
	LONG result;

	if (!m)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for an MSP instance");
	result = h->tsp.lineCreateMSPInstance(j->line->hd, q->address_id, m->handle, &m->hd);
	if (result)
		msp_free(h, m);
	else
		*job_number(j, 4) = m->handle;
	return result;
}

LONG special_close_msp(struct job *j)
{
	const TspiLineCloseMspInstance *q = (const void *)j->request;
	struct msp *m = msp_find(j->host, q->msp_line);
	LONG result;

	if (!m)
		return job_refuse(j, FAULT_BAD_PARAMETER, "there is no MSP instance %#x",
				q->msp_line);
	result = j->host->tsp.lineCloseMSPInstance(m->hd);
	msp_free(j->host, m);
	return result;
}

/* size 0: nobody takes the media of this call. */
LONG special_receive_msp(struct job *j)
{
	const TspiLineReceiveMspData *q = (const void *)j->request;
	const struct msp *m = q->msp_line ? msp_find(j->host, q->msp_line) : NULL;

	if (q->msp_line && !m)
		return job_refuse(j, FAULT_BAD_PARAMETER, "there is no MSP instance %#x",
				q->msp_line);
	if (q->buffer.len > PAYLOAD_MAX)
		return job_refuse(j, FAULT_BAD_PARAMETER, "%zu bytes are more than %d",
				q->buffer.len, PAYLOAD_MAX);
	return j->host->tsp.lineReceiveMSPData(j->line->hd, job_call(j, 0), m ? m->hd : 0,
			q->buffer.data, (DWORD)q->buffer.len);
}

/* The TSP never says that a gathering was cancelled, and late digits go nowhere. */
static void cancel_gathering(struct job *j)
{
	struct tag *old = tag_of_call(j->host, TAG_GATHER, j->calls[0]);

	if (!old)
		return;
	event_send_gathered(j->host, old, LINEGATHERTERM_CANCEL, 0);
	tag_free(old);
}

LONG special_gather_digits(struct job *j)
{
	const LineGatherDigits *q = (const void *)j->request;
	struct tag *t = NULL;
	LONG result;

	if (q->digits > PAYLOAD_MAX)
		return job_refuse(j, FAULT_BAD_PARAMETER, "%u digits are too many", q->digits);
	if (q->digits) {
		t = tag_new(j->host, TAG_GATHER, j->calls[0], &j->frame->h, q->digits);
		if (!t)
			return job_refuse(j, FAULT_NO_MEMORY, "no memory for the digits");
		list_remove(&t->link); /* until it is clear that it replaces the old one */
	}
	result = j->host->tsp.lineGatherDigits(job_call(j, 0), t ? t->id : 0, q->digit_modes,
			t ? t->digits : NULL, q->digits, q->termination_digits,
			q->first_digit_timeout, q->inter_digit_timeout);
	if (!result)
		cancel_gathering(j);
	if (t && result)
		tag_free(t);
	else if (t)
		list_append(&j->host->tags, &t->link);
	return result;
}

LONG special_generate_digits(struct job *j)
{
	const LineGenerateDigits *q = (const void *)j->request;
	struct tag *t = NULL;
	LONG result;

	if (q->digits) {
		t = tag_new(j->host, TAG_GENERATE, j->calls[0], &j->frame->h, 0);
		if (!t)
			return job_refuse(j, FAULT_NO_MEMORY, "no memory for the digits");
	}
	result = j->host->tsp.lineGenerateDigits(job_call(j, 0), t ? t->id : 0, q->digit_mode,
			q->digits, q->duration);
	if (result)
		tag_free(t);
	return result;
}

LONG special_generate_tone(struct job *j)
{
	const LineGenerateTone *q = (const void *)j->request;
	struct tag *t = NULL;
	LONG result;

	if (q->tone_mode) {
		t = tag_new(j->host, TAG_GENERATE, j->calls[0], &j->frame->h, 0);
		if (!t)
			return job_refuse(j, FAULT_NO_MEMORY, "no memory for the tone");
	}
	result = j->host->tsp.lineGenerateTone(job_call(j, 0), t ? t->id : 0, q->tone_mode,
			q->duration, job_in_count(j, 5), job_in(j, 5));
	if (result)
		tag_free(t);
	return result;
}

LONG special_monitor_tones(struct job *j)
{
	const LineMonitorTones *q = (const void *)j->request;
	struct tag *t = tag_new(j->host, TAG_TONES, j->calls[0], &j->frame->h, 0);
	LONG result;

	if (!t)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for the tone list");
	result = j->host->tsp.lineMonitorTones(job_call(j, 0), t->id, job_in(j, 2),
			job_in_count(j, 2));
	if (!result && !q->n_tone_list)
		tag_free(t);
	return result;
}
