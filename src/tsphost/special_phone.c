// SPDX-License-Identifier: MIT
/* special_phone.c - phones that open and close, and what the host does not let through. */
#define LOG_TOPIC "host"
#include "tsphost/job.h"

LONG special_phone_open(struct job *j)
{
	const TspiPhoneOpen *q = (const void *)j->request;
	struct host *h = j->host;
	struct phone *p;
	LONG result;

	if (phone_find(h, j->device))
		return job_refuse(j, FAULT_FAILED, "phone %u is open already", j->device);
	p = phone_new(h, j->device);
	if (!p)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for a phone");
	p->version = q->tspi_version ? q->tspi_version : h->version;
	result = h->tsp.phoneOpen(j->device, p->handle, &p->hd, p->version,
			inbox_procs(h->inbox)->phone);
	if (result)
		phone_free(h, p);
	return result;
}

LONG special_phone_select_ext(struct job *j)
{
	const TspiPhoneSelectExtVersion *q = (const void *)j->request;
	LONG result = j->host->tsp.phoneSelectExtVersion(j->phone->hd, q->ext_version);

	if (!result)
		j->phone->ext_version = q->ext_version;
	return result;
}

LONG special_phone_close(struct job *j)
{
	struct host *h = j->host;
	LONG result = stop_phone(h, j->phone);

	j->phone = j->r->phone = NULL;
	return result;
}

/* TSPI: the server checks pointers. */
LONG special_set_button(struct job *j)
{
	const PhoneSetButtonInfo *q = (const void *)j->request;

	if (!q->button_info)
		return job_refuse(j, FAULT_BAD_PARAMETER, "the request has no PHONEBUTTONINFO");
	return j->host->tsp.phoneSetButtonInfo(j->r->id, job_phone(j), q->button_lamp_id,
			job_in(j, 3));
}
