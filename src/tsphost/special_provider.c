// SPDX-License-Identifier: MIT
/* special_provider.c - loading, negotiating, starting and stopping the TSP. */
#define LOG_TOPIC "host"
#include "tsphost/job.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

static LONG load(struct job *j)
{
	struct host *h = j->host;
	char why[384];

	if (h->stage != HOST_EMPTY)
		return 0;
	if (tsp_load(&h->tsp, h->path, why, sizeof(why)) < 0)
		return job_refuse(j, FAULT_UNAVAILABLE, "%s", why);
	if (h->tsp.providerSetReasonProc)
		h->tsp.providerSetReasonProc(reason_proc);
	if (h->tsp.providerSetBatchProc)
		h->tsp.providerSetBatchProc(inbox_procs(h->inbox)->batch);
	h->stage = HOST_LOADED;
	log_info("%s: loaded %s", h->provider, h->path);
	return 0;
}

/* The core finds the line of the file by the cause. */
static LONG configure(struct job *j, const struct config *c)
{
	struct reason why;
	LONG result = config_give(c, &j->host->tsp, &why);

	if (!result)
		return 0;
	if (why.cause[0])
		reason_set(&j->refusal, why.cause, "%s: %s", why.cause, why.sentence);
	else
		j->refusal = why;
	return fault_code(result == LINEERR_OPERATIONUNAVAIL ? FAULT_UNAVAILABLE
							     : FAULT_BAD_PARAMETER,
			j->r->rule);
}

LONG special_configured(struct job *j)
{
	const TspiProviderConfigured *q = (const void *)j->request;
	struct host *h = j->host;
	struct config new = { 0 };
	bool is_new;
	LONG result;

	if (config_take(&new, q->config, q->n_config) < 0) {
		config_fini(&new);
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for the configuration");
	}
	is_new = !config_is_equal(&new, &h->config);
	if (!is_new && !h->tsp.providerConfigured) {
		config_fini(&new);
		return 0;
	}
	/* The same keys may name files that are not the same: what is new the TSP knows. */
	result = h->tsp.providerConfigured ? configure(j, &new)
					   : job_refuse(j, FAULT_UNAVAILABLE,
							     "the provider cannot be configured "
							     "anew while it "
							     "runs");
	if (result) {
		config_fini(&new);
		return result;
	}
	if (is_new)
		log_info("%s: has taken a new configuration", h->provider);
	config_fini(&h->config);
	h->config = new;
	return 0;
}

struct describing {
	struct arena *arena;
	ProviderKeys keys;
	size_t room;
	bool failed;
};

static char *copy(struct describing *d, LPCSTR text)
{
	size_t size = text ? strlen(text) + 1 : 0;
	char *to = size ? arena_alloc(d->arena, size) : NULL;

	if (size && !to)
		d->failed = true;
	if (to)
		memcpy(to, text, size);
	return to;
}

static bool grow(struct describing *d)
{
	size_t room = d->room ? 2 * d->room : 32;
	ProviderKey **more = arena_alloc(d->arena, room * sizeof(*more));

	if (!more)
		return false;
	for (size_t i = 0; i < d->keys.n_keys; i++)
		more[i] = d->keys.keys[i];
	d->keys.keys = more;
	d->room = room;
	return true;
}

static void CALLBACK describe(DWORD_PTR context, const TSPI_KEY *key)
{
	struct describing *d = (struct describing *)context;
	ProviderKey *k = d->failed || !key || !key->key ? NULL : arena_alloc(d->arena, sizeof(*k));

	if (!k || (d->keys.n_keys == d->room && !grow(d))) {
		d->failed = true;
		return;
	}
	provider_key__init(k);
	k->key = copy(d, key->key);
	k->has_type = k->has_min = k->has_max = 1;
	k->type = key->type;
	k->min = key->min;
	k->max = key->max;
	k->values = copy(d, key->values);
	k->normal = copy(d, key->normal);
	k->help = copy(d, key->help);
	d->keys.keys[d->keys.n_keys++] = k;
}

LONG special_describe_keys(struct job *j)
{
	struct describing d = { .arena = &j->host->arena };
	struct out *out = request_out(j->r, 1);
	LONG result;

	provider_keys__init(&d.keys);
	result = j->host->tsp.providerDescribeKeys(describe, (DWORD_PTR)&d);
	if (result)
		return result;
	out->size = provider_keys__get_packed_size(&d.keys);
	out->data = d.failed || out->size > PAYLOAD_MAX ? NULL : mem_alloc(out->size + 1);
	if (!out->data) {
		out->size = 0;
		return job_refuse(j, FAULT_FAILED,
				"the provider's description of its keys cannot be taken");
	}
	(void)provider_keys__pack(&d.keys, out->data);
	return 0;
}

static LONG check_version(struct job *j, uint32_t low, uint32_t high, uint32_t got)
{
	if (got >= low && got <= high)
		return 0;
	return job_refuse(j, FAULT_FAILED,
			"the provider chose version %#x, which is not between %#x and %#x", got,
			low, high);
}

static LONG remember_version(struct job *j, struct devices *devices, uint32_t version)
{
	struct device *d = devices_make(devices, j->device);

	if (!d)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for the device's version");
	d->version = version;
	return 0;
}

LONG special_negotiate(struct job *j)
{
	const TspiLineNegotiateTspiVersion *q = (const void *)j->request;
	bool first = q->device == INITIALIZE_NEGOTIATION && j->host->stage == HOST_EMPTY;
	DWORD *version = job_number(j, 4);
	LONG result = 0;

	if (j->host->stage == HOST_EMPTY && !first)
		return job_refuse(j, FAULT_UNINITIALIZED, "the provider is not loaded");
	if (first)
		result = load(j);
	if (!result && first)
		result = configure(j, &j->host->config);
	if (!result)
		result = j->host->tsp.lineNegotiateTSPIVersion(q->device, q->low_version,
				q->high_version, version);
	if (!result)
		result = check_version(j, q->low_version, q->high_version, *version);
	if (result)
		return result;
	if (q->device == INITIALIZE_NEGOTIATION)
		j->host->version = *version;
	else
		result = remember_version(j, &j->host->lines_known, *version);
	return result;
}

LONG special_negotiate_phone(struct job *j)
{
	const TspiPhoneNegotiateTspiVersion *q = (const void *)j->request;
	DWORD *version = job_number(j, 4);
	LONG result = j->host->tsp.phoneNegotiateTSPIVersion(q->device, q->low_version,
			q->high_version, version);

	if (!result)
		result = check_version(j, q->low_version, q->high_version, *version);
	if (!result)
		result = remember_version(j, &j->host->phones_known, *version);
	return result;
}

LONG special_enum_devices(struct job *j)
{
	const TspiProviderEnumDevices *q = (const void *)j->request;
	const struct inbox_procs *procs = inbox_procs(j->host->inbox);
	DWORD *lines = job_number(j, 2), *phones = job_number(j, 3);
	LONG result = j->host->tsp.providerEnumDevices(q->permanent_provider_id, lines, phones,
			(HPROVIDER)q->permanent_provider_id, procs->line, procs->phone);

	if (result || !*phones)
		return result;
	for (unsigned i = 0; i < TSP_COUNT; i++)
		if (tsp_need((enum tsp_function)i) == TSP_WITH_PHONES &&
				!tsp_has(&j->host->tsp, (enum tsp_function)i))
			return job_refuse(j, FAULT_UNAVAILABLE,
					"the provider has phones, but does not export %s",
					tsp_name((enum tsp_function)i));
	return 0;
}

LONG special_init(struct job *j)
{
	const TspiProviderInit *q = (const void *)j->request;
	struct host *h = j->host;
	LONG result = h->tsp.providerInit(q->tspi_version, q->permanent_provider_id,
			q->line_device_id_base, q->phone_device_id_base, (DWORD_PTR)q->num_lines,
			(DWORD_PTR)q->num_phones, inbox_procs(h->inbox)->completion,
			job_number(j, 8));

	if (result)
		return result;
	h->stage = HOST_RUNNING;
	h->version = q->tspi_version;
	h->line_base = q->line_device_id_base;
	h->num_lines = (uint32_t)q->num_lines;
	h->phone_base = q->phone_device_id_base;
	h->num_phones = (uint32_t)q->num_phones;
	log_info("%s: %u lines from %u, %u phones from %u", h->provider, h->num_lines, h->line_base,
			h->num_phones, h->phone_base);
	return 0;
}

LONG special_shutdown(struct job *j)
{
	stop_provider(j->host);
	j->host->ending = true;
	return 0;
}

static LONG remember_device(struct job *j, struct devices *devices)
{
	struct device *d = devices_make(devices, j->device);

	if (d)
		d->extra = true;
	else
		log_warn("%s: device %u will be missing after a restart of the core: no memory",
				j->host->provider, j->device);
	return 0;
}

LONG special_create_line(struct job *j)
{
	const TspiProviderCreateLineDevice *q = (const void *)j->request;
	LONG result = j->host->tsp.providerCreateLineDevice((DWORD_PTR)q->temp_id, q->device);

	return result ? result : remember_device(j, &j->host->lines_known);
}

LONG special_create_phone(struct job *j)
{
	const TspiProviderCreatePhoneDevice *q = (const void *)j->request;
	LONG result = j->host->tsp.providerCreatePhoneDevice((DWORD_PTR)q->temp_id, q->device);

	return result ? result : remember_device(j, &j->host->phones_known);
}

/* A window handle means nothing in another process; what counts is the answer. */
LONG special_line_get_icon(struct job *j)
{
	const TspiLineGetIcon *q = (const void *)j->request;
	HICON icon = 0;

	return j->host->tsp.lineGetIcon(q->device, q->device_class, &icon);
}

LONG special_phone_get_icon(struct job *j)
{
	const TspiPhoneGetIcon *q = (const void *)j->request;
	HICON icon = 0;

	return j->host->tsp.phoneGetIcon(q->device, q->device_class, &icon);
}
