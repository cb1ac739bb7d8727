// SPDX-License-Identifier: MIT
/* provider_init.c - from a host's hello to a running provider: negotiate, enumerate, give device
 * ids, init, look at each line (version, extension id, capabilities). */
#include "base/mem.h"
#include "core.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "message.h"
#include "provider.h"
#include "provider_admin.h"
#include "provider_store.h"

#include <string.h>
#include <tapi.h>

#define LOG_TOPIC "provider"

enum { ORDER_MS = 1000, ADDRESSES_KNOWN = 16, LOOKING_MAX = 128 };

/* The host stays no longer: what it says will not become better. */
static void give_up(struct provider *p)
{
	provider_fail(p);
	if (p->host && !provider_admin_roll_back(p))
		peer_doom(&p->host->peer, PEER_CLOSED_BY_US, "the provider failed");
}

static const Failure *reason_of(struct core *core, const struct answer *a)
{
	const Failure *f = a->failure;

	if (a->frame && (a->frame->h.flags & FLAG_FAILURE))
		f = (const Failure *)arena_unpack(&core->arena, &failure__descriptor,
				a->frame->body, a->frame->h.length);
	return f ? f : failure_new(core, LAYER_PROVIDER, NULL, "error %#x", (unsigned)a->result);
}

void provider_give_up(struct provider *p, const struct answer *a, const char *what)
{
	const Failure *f = reason_of(p->core, a);

	provider_set_reason(p, f->layer ? f->layer : LAYER_PROVIDER, f->cause, "%s: %s", what,
			f->sentence ? f->sentence : "no reason was given");
	give_up(p);
}

/* Else it has been removed, or given up, while its host started. */
static bool is_starting(const struct provider *p)
{
	return p->state == PROVIDER_STARTING || p->state == PROVIDER_RESTARTING;
}

/* What it lacks, others may give back: its host is started again, later and later. */
static bool may_be_had_later(const struct provider *p, const struct answer *a)
{
	return p->admin == ADMIN_NONE &&
	       (a->result == LINEERR_RESOURCEUNAVAIL || a->result == LINEERR_NOMEM);
}

static void try_later(struct provider *p, const struct answer *a, const char *what)
{
	const Failure *f = reason_of(p->core, a);

	peer_doom(&p->host->peer, PEER_CLOSED_BY_US, "%s: %s", what,
			f->sentence ? f->sentence : "no reason was given");
}

static bool failed(struct pending *pending, const struct answer *a, const char *what)
{
	struct provider *p = pending->host ? pending->host->provider : NULL;

	if (!p || !is_starting(p))
		return true; /* the host is gone or has to go: provider_host_gone() follows */
	if (a->result && may_be_had_later(p, a))
		try_later(p, a, what);
	else if (a->result)
		provider_give_up(p, a, what);
	return a->result != 0;
}

/* So many at a time that the host has always something to do. */
static void look_on(struct provider *p)
{
	while (p->looked < p->to_look_count && p->looking < LOOKING_MAX) {
		struct line *line = p->to_look[p->looked++];

		if (!line->removed)
			provider_look_at(line);
	}
	if (p->looked == p->to_look_count && !p->looking) {
		provider_stop_looking(p);
		if (is_starting(p))
			provider_running(p);
	}
}

static void count_up(struct line *line)
{
	line->looking++;
	line->provider->looking++;
}

static void count_down(struct pending *pending)
{
	struct provider *p = pending->host ? pending->host->provider : NULL;
	struct line *line = line_of_pending(pending);

	if (!p || !p->looking)
		return;
	p->looking--;
	if (line && line->looking && --line->looking == 0 && line->look_again && !line->removed)
		provider_look_at(line);
	look_on(p);
}

/* NULL: it is there no more. */
static struct line *looked_at(const struct pending *pending)
{
	struct line *line = line_of_pending(pending);

	return line && !line->removed ? line : NULL;
}

static void on_version(struct pending *pending, const struct answer *a)
{
	struct line *line = looked_at(pending);

	if (line)
		line->tspi_version = a->reply ? message_number(a->reply, "tspi_version")
					      : line->provider->tspi_version;
	count_down(pending);
}

static void on_extension(struct pending *pending, const struct answer *a)
{
	const ProtobufCMessage *id = message_part(a->reply, "extension_id");
	struct line *line = looked_at(pending);

	if (line && id) {
		SET(&line->extension, extension_id0, message_number(id, "extension_id0"));
		SET(&line->extension, extension_id1, message_number(id, "extension_id1"));
		SET(&line->extension, extension_id2, message_number(id, "extension_id2"));
		SET(&line->extension, extension_id3, message_number(id, "extension_id3"));
	}
	count_down(pending);
}

static void on_address_caps(struct pending *pending, const struct answer *a)
{
	struct line *line = looked_at(pending);

	if (line && a->reply)
		line_keep_address_caps(line, pending->value, a->frame);
	count_down(pending);
}

/* Lines are chosen by their addresses, too (LINEMAPPER). */
static void look_at_addresses(struct line *line)
{
	for (uint32_t i = 0; i < line->num_addresses && i < ADDRESSES_KNOWN; i++) {
		const uint32_t numbers[] = { i, line->provider->tspi_version };
		struct pending *p = line_ask(line, CALL_LineGetAddressCaps, numbers, 2,
				on_address_caps);

		if (!p)
			continue;
		p->value = i;
		count_up(line);
	}
}

static void on_caps(struct pending *pending, const struct answer *a)
{
	struct line *line = looked_at(pending);

	if (line)
		line_keep_caps(line, a->frame, a->reply);
	if (line && !line->kind->is_phone && a->reply)
		look_at_addresses(line);
	if (line && line->provider->state == PROVIDER_RUNNING)
		line_announce(line);
	count_down(pending);
}

void provider_stop_looking(struct provider *p)
{
	mem_free(p->to_look);
	p->to_look = NULL;
	p->to_look_count = p->looked = p->looking = 0;
}

void provider_look_at(struct line *line)
{
	const uint32_t versions[] = { CORE_API_LOW, CORE_API_HIGH };
	const uint32_t *own = &line->provider->tspi_version;
	const struct line_kind *kind = line->kind;

	line->look_again = line->looking != 0;
	if (line->look_again)
		return;
	if (line_ask(line, kind->tsp_version, versions, 2, on_version))
		count_up(line);
	if (line_ask(line, kind->tsp_extension, own, 1, on_extension))
		count_up(line);
	if (line_ask(line, kind->tsp_caps, own, 1, on_caps))
		count_up(line);
}

/* False: there is no memory for the list. */
static bool list_lines(struct provider *p)
{
	struct line *line;
	size_t cursor = 0;
	uint32_t count = 0;

	provider_stop_looking(p);
	while (line_next(p->core, p, &cursor))
		count++;
	p->to_look = mem_new_array(struct line *, count + 1);
	cursor = 0;
	while (p->to_look && (line = line_next(p->core, p, &cursor))) {
		line->looking = 0;
		p->to_look[p->to_look_count++] = line;
	}
	return p->to_look != NULL;
}

/* Its host is started again, later and later, until there is room for all of its devices. */
static void no_room(struct provider *p)
{
	if (p->host)
		peer_doom(&p->host->peer, PEER_CLOSED_BY_US, "there is no memory for its devices");
}

static void on_init(struct pending *pending, const struct answer *a)
{
	if (failed(pending, a, "TSPI_providerInit failed"))
		return;
	if (list_lines(pending->host->provider))
		look_on(pending->host->provider);
	else
		no_room(pending->host->provider);
}

static bool is_taken(const struct provider *p, const struct line_kind *kind, uint32_t first,
		uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct line *line = line_find_kind(p->core, kind, first + i);

		if (line ? line->provider != p || line->removed
			 : line_is_spent(p->core, kind, first + i))
			return true;
	}
	return false;
}

/* What its last TSPI_providerInit gave it of a kind. */
static bool is_in_base(const struct line *line)
{
	const struct provider *p = line->provider;

	return line->kind->is_phone ? line->device - p->phone_base < p->num_phones
				    : line->device - p->line_base < p->num_lines;
}

/* A host that was started again has other devices than the one before. */
static void remove_others(struct provider *p)
{
	size_t cursor = 0;
	struct line *line;

	while ((line = line_next(p->core, p, &cursor)))
		if (!is_in_base(line))
			line_remove(line, failure_new(p->core, LAYER_PROVIDER, "restart",
							  "the provider %s has this %s no more",
							  p->options->name, line->kind->name));
}

/* They were those of a provider that has not come yet, before the daemon's start. */
static bool is_reserved(const struct provider *p, const struct line_kind *kind, uint32_t first,
		uint32_t count)
{
	list_for(l, &p->core->providers) {
		const struct provider *other = list_entry(l, struct provider, link);
		const struct device_range *kept = &other->kept[kind->is_phone];

		if (other != p && !other->has_bases && first < kept->base + kept->count &&
				kept->base < first + count)
			return true;
	}
	return false;
}

/* Ids stay, also over a start of the daemon, unless there are more devices than have room, or one
 * of them has been removed. */
static uint32_t base_for(const struct provider *p, const struct line_kind *kind, uint32_t old,
		uint32_t count)
{
	const struct device_range *kept = &p->kept[kind->is_phone];
	uint32_t base;

	if (p->has_bases && !is_taken(p, kind, old, count))
		return old;
	if (!p->has_bases && kept->count && kept->base <= DEVICE_ID_MAX &&
			!is_taken(p, kind, kept->base, count))
		return kept->base;
	base = p->has_bases ? line_count(p->core, kind) : 0;
	while (is_taken(p, kind, base, count) || is_reserved(p, kind, base, count))
		base++;
	return base;
}

/* The ids are taken from now on, or another provider's would overlap. */
static bool take_ids(struct provider *p, const struct line_kind *kind, uint32_t base,
		uint32_t count)
{
	core_count_devices(p->core, kind, base + count);
	for (uint32_t i = 0; i < count; i++)
		if (!line_find_kind(p->core, kind, base + i) && !line_new(p, kind, base + i))
			return false;
	return true;
}

static void give_bases(struct provider *p)
{
	TspiProviderInit request = TSPI_PROVIDER_INIT__INIT;

	p->line_base = base_for(p, &line_kind, p->line_base, p->found_lines);
	p->phone_base = base_for(p, &phone_kind, p->phone_base, p->found_phones);
	p->num_lines = p->found_lines;
	p->num_phones = p->found_phones;
	p->has_bases = true;
	p->enumerated = false;
	provider_store_bases(p);
	remove_others(p);
	if (!take_ids(p, &line_kind, p->line_base, p->num_lines) ||
			!take_ids(p, &phone_kind, p->phone_base, p->num_phones)) {
		no_room(p);
		return;
	}
	SET(&request, tspi_version, p->tspi_version);
	SET(&request, permanent_provider_id, p->id);
	SET(&request, line_device_id_base, p->line_base);
	SET(&request, phone_device_id_base, p->phone_base);
	SET(&request, num_lines, p->num_lines);
	SET(&request, num_phones, p->num_phones);
	(void)host_call(p->host, CALL_TspiProviderInit, &request.base, on_init);
}

/* In the order of the configuration, so that device ids are the same at each start. */
void provider_give_bases(struct core *core)
{
	list_for(l, &core->providers) {
		struct provider *p = list_entry(l, struct provider, link);

		if (p->enumerated && p->host)
			give_bases(p);
		else if (!p->reported && !p->has_bases)
			return;
	}
}

void provider_take_turn(struct provider *p)
{
	if (p->enumerated)
		give_bases(p);
}

static void on_enumerated(struct pending *pending, const struct answer *a)
{
	const TspiProviderEnumDevicesReply *reply = (const void *)a->reply;
	struct provider *p;

	if (failed(pending, a, "TSPI_providerEnumDevices failed"))
		return;
	p = pending->host->provider;
	if (reply->num_lines > DEVICES_MAX || reply->num_phones > DEVICES_MAX) {
		provider_set_reason(p, LAYER_PROVIDER, "devices", "it claims to have %u lines",
				reply->num_lines);
		give_up(p);
		return;
	}
	p->found_lines = reply->num_lines;
	p->found_phones = reply->num_phones;
	p->enumerated = true;
	timer_set(&p->core->timers, &p->timer, ORDER_MS);
	provider_give_bases(p->core);
}

/* With the place in the file, if a key or THING is the cause. */
static const char *cannot_be_used(const struct provider *p, const struct answer *a)
{
	static const char plain[] = "it cannot be used";
	const Failure *f = a->result ? reason_of(p->core, a) : NULL;
	unsigned line = f && f->cause ? options_line_of(p->options, f->cause) : 0;

	if (!line || !p->core->options->file)
		return plain;
	f = failure_new(p->core, LAYER_PROVIDER, NULL, "%s: %s:%u", plain, p->core->options->file,
			line);
	return f->sentence ? f->sentence : plain;
}

static void enumerate(struct provider *p)
{
	TspiProviderEnumDevices request = TSPI_PROVIDER_ENUM_DEVICES__INIT;

	SET(&request, permanent_provider_id, p->id);
	(void)host_call(p->host, CALL_TspiProviderEnumDevices, &request.base, on_enumerated);
}

static void on_negotiated(struct pending *pending, const struct answer *a)
{
	const TspiLineNegotiateTspiVersionReply *reply = (const void *)a->reply;
	struct provider *p;

	p = pending->host ? pending->host->provider : NULL;
	if (failed(pending, a, p ? cannot_be_used(p, a) : NULL))
		return;
	p->tspi_version = reply->tspi_version;
	if (p->tspi_version < CORE_API_LOW || p->tspi_version > CORE_API_HIGH) {
		provider_set_reason(p, LAYER_PROVIDER, "version",
				"it wants TSPI version %#x, outside what was offered",
				p->tspi_version);
		give_up(p);
		return;
	}
	if (!provider_admin_install(p, enumerate))
		enumerate(p);
}

void provider_begin(struct provider *p)
{
	TspiLineNegotiateTspiVersion request = TSPI_LINE_NEGOTIATE_TSPI_VERSION__INIT;

	timer_clear(&p->timer);
	SET_ID(&request, device, INITIALIZE_NEGOTIATION);
	SET(&request, low_version, CORE_API_LOW);
	SET(&request, high_version, CORE_API_HIGH);
	(void)host_call(p->host, CALL_TspiLineNegotiateTspiVersion, &request.base, on_negotiated);
}

struct known_ids {
	const struct line_kind *kind;
	uint32_t base, count;
	const uint32_t *extra, *removed;
	size_t n_extra, n_removed;
};

static struct line *known_line(struct provider *p, const struct line_kind *kind, uint32_t device)
{
	struct line *line = line_find_kind(p->core, kind, device);

	if (line_is_spent(p->core, kind, device))
		return NULL;
	if (!line)
		line = line_new(p, kind, device);
	if (!line)
		log_error("out of memory");
	core_count_devices(p->core, kind, device + 1);
	return line && line->provider == p ? line : NULL;
}

static void take_known(struct provider *p, const struct known_ids *ids)
{
	struct line *line;

	for (size_t i = 0; i < ids->n_extra; i++) {
		line = known_line(p, ids->kind, ids->extra[i]);
		if (line)
			line->dynamic = line->announced = true;
	}
	for (uint32_t i = 0; i < ids->count; i++) {
		line = known_line(p, ids->kind, ids->base + i);
		if (line)
			line->announced = true; /* by the core before */
	}
	for (size_t i = 0; i < ids->n_removed; i++) {
		line = line_find_kind(p->core, ids->kind, ids->removed[i]);
		if (line && line->provider == p)
			line_set_removed(line, true);
	}
	line_forget_removed_later(p->core);
}

/* A resumed host said which ids it has: its snapshot names them. */
void provider_take_ids(struct provider *p, const Hello *hello)
{
	const struct known_ids lines = { &line_kind, p->line_base, p->num_lines, hello->extra_lines,
		hello->removed_lines, hello->n_extra_lines, hello->n_removed_lines };
	const struct known_ids phones = { &phone_kind, p->phone_base, p->num_phones,
		hello->extra_phones, hello->removed_phones, hello->n_extra_phones,
		hello->n_removed_phones };

	timer_clear(&p->timer);
	provider_store_bases(p);
	take_known(p, &lines);
	take_known(p, &phones);
}

void provider_adopt(struct provider *p)
{
	core_set_quiet(p->core);
	provider_compare_keys(p);
	(void)list_lines(p); /* its calls are worth more than what would be asked of its lines */
	look_on(p);
}
