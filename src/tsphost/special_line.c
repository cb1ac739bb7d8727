// SPDX-License-Identifier: MIT
/* special_line.c - what opens and closes: lines and calls. After a close the TSP's part of
 * every pending request is over; the host completes what is left. */
#define LOG_TOPIC "host"
#include "tsphost/job.h"

LONG special_line_open(struct job *j)
{
	const TspiLineOpen *q = (const void *)j->request;
	struct host *h = j->host;
	struct line *l;
	LONG result;

	if (line_find(h, j->device))
		return job_refuse(j, FAULT_FAILED, "line %u is open already", j->device);
	l = line_new(h, j->device);
	if (!l)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for a line");
	l->version = q->tspi_version ? q->tspi_version : h->version;
	result = h->tsp.lineOpen(j->device, l->handle, &l->hd, l->version,
			inbox_procs(h->inbox)->line);
	if (result)
		line_free(h, l);
	return result;
}

LONG special_line_close(struct job *j)
{
	LONG result = stop_line(j->host, j->line);

	j->line = j->r->line = NULL;
	return result;
}

LONG special_close_call(struct job *j)
{
	struct host *h = j->host;
	struct call *c = j->calls[0];
	uint32_t handle = c->handle;
	LONG result;

	if (c->pending) /* it is the request's that makes it */
		return job_refuse(j, FAULT_NO_CALL, "the call is still being made");
	result = h->tsp.lineCloseCall ? h->tsp.lineCloseCall(c->hd) : 0;
	turn_run_closing(h, NULL, c);
	j->calls[0] = j->r->call = NULL;
	j->line = j->r->line = NULL;
	if (!inbox_find(h->inbox, HANDLE_CALL, handle))
		return result; /* the TSP has closed its line meanwhile */
	request_fail_left(h, NULL, c, NULL);
	call_free(h, c);
	return result;
}

LONG special_select_ext(struct job *j)
{
	const TspiLineSelectExtVersion *q = (const void *)j->request;
	LONG result = j->host->tsp.lineSelectExtVersion(j->line->hd, q->ext_version);

	if (!result)
		j->line->ext_version = q->ext_version;
	return result;
}

/* Whether a consultation call is needed the TSP says by giving a handle for it, before it returns:
 * the RETURN names the calls that are made. */
LONG special_forward(struct job *j)
{
	const LineForward *q = (const void *)j->request;
	LONG result = j->host->tsp.lineForward(j->r->id, job_line(j), q->all_addresses,
			q->address_id, job_in(j, 4), q->num_rings_no_answer, job_made(j, 6),
			job_made_hd(j, 6), job_in(j, 7));

	if (result >= 0 && !*job_made_hd(j, 6))
		job_unmake(j, 6);
	return result;
}

/* A conference call is made only for LINETRANSFERMODE_CONFERENCE. */
LONG special_complete_transfer(struct job *j)
{
	const LineCompleteTransfer *q = (const void *)j->request;

	if (q->transfer_mode != LINETRANSFERMODE_CONFERENCE)
		job_unmake(j, 3);
	return j->host->tsp.lineCompleteTransfer(j->r->id, job_call(j, 0), job_call(j, 1),
			job_made(j, 3), job_made_hd(j, 3), q->transfer_mode);
}
