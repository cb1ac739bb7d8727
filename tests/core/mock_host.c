// SPDX-License-Identifier: MIT
/* mock_host.c - answers of a provider with MOCK_LINES lines of two addresses. */
#include "mock_host.h"

#include <string.h>

void host_return(struct mock *host, const struct seen *request, int32_t result,
		const ProtobufCMessage *reply)
{
	Failure failure = FAILURE__INIT;
	struct frame_header h = {
		.kind = FRAME_RETURN, .serial = request->h.serial, .result = result
	};

	SET(&failure, layer, LAYER_PROVIDER);
	failure.cause = (char *)"MOCK";
	failure.sentence = (char *)"the mock refuses";
	h.flags = result ? FLAG_FAILURE : 0;
	mock_send(host, h, result ? &failure.base : reply);
}

void host_complete(struct mock *host, uint32_t serial, int32_t result)
{
	Failure failure = FAILURE__INIT;
	struct frame_header h = { .kind = FRAME_COMPLETION, .serial = serial, .result = result };

	failure.sentence = (char *)"the mock fails";
	h.flags = result ? FLAG_FAILURE : 0;
	mock_send(host, h, result ? &failure.base : NULL);
}

static void make_large(const struct mock *host, LineDevCaps *caps, uint32_t device)
{
	bool last = device == host->line_base + MOCK_LINES + (uint32_t)host->more_lines - 1;
	static uint8_t bytes[100 * 1024];

	ck_assert_uint_le(host->caps_bytes, sizeof(bytes));
	SET_BYTES(caps, dev_specific, bytes, host->caps_bytes);
	SET(caps, media_modes, last ? VOICE : LINEMEDIAMODE_DATAMODEM);
}

/* The device is the first field of both requests. */
static char *name_of(const struct mock *host, const struct seen *s, uint32_t base,
		const char *otherwise)
{
	uint32_t index = ((const LineGetDevCaps *)(const void *)s->body)->device - base;
	const char *name = index < sizeof(host->names) / sizeof(host->names[0]) ? host->names[index]
										: NULL;

	return (char *)(uintptr_t)(name ? name : otherwise);
}

static void return_caps(struct mock *host, const struct seen *s)
{
	LineGetDevCapsReply reply = LINE_GET_DEV_CAPS_REPLY__INIT;
	LineDevCaps caps = LINE_DEV_CAPS__INIT;

	caps.line_name = name_of(host, s, host->line_base, "mock line");
	SET(&caps, num_addresses, 2);
	SET(&caps, media_modes, VOICE | LINEMEDIAMODE_DATAMODEM);
	SET(&caps, address_types, host->address_types);
	if (host->caps_bytes)
		make_large(host, &caps, ((const LineGetDevCaps *)(const void *)s->body)->device);
	reply.line_dev_caps = &caps;
	host_return(host, s, 0, &reply.base);
}

static void return_phone_caps(struct mock *host, const struct seen *s)
{
	PhoneGetDevCapsReply reply = PHONE_GET_DEV_CAPS_REPLY__INIT;
	PhoneCaps caps = PHONE_CAPS__INIT;

	caps.phone_name = name_of(host, s, host->phone_base, "mock phone");
	reply.phone_caps = &caps;
	host_return(host, s, 0, &reply.base);
}

/* With nonsense about what is the core's to say. */
static void return_phone_status(struct mock *host, const struct seen *s)
{
	PhoneGetStatusReply reply = PHONE_GET_STATUS_REPLY__INIT;
	PhoneStatus status = PHONE_STATUS__INIT;

	SET(&status, ring_mode, 7);
	SET(&status, num_owners, 99);
	SET(&status, num_monitors, 99);
	status.owner_name = (char *)"the mock";
	reply.phone_status = &status;
	host_return(host, s, 0, &reply.base);
}

static void return_status(struct mock *host, const struct seen *s)
{
	LineGetLineDevStatusReply reply = LINE_GET_LINE_DEV_STATUS_REPLY__INIT;
	LineDevStatus status = LINE_DEV_STATUS__INIT;

	Failure reason = FAILURE__INIT;

	SET(&status, ring_mode, 7);
	reply.line_dev_status = &status;
	reason.sentence = (char *)"the mock is out of service";
	reply.reason = &reason;
	host_return(host, s, 0, &reply.base);
}

/* A conference only when asked for one, a consultation before forwarding only with parameters. */
static bool makes_calls(const struct seen *s)
{
	if (s->h.kind == CALL_LineCompleteTransfer)
		return ((const LineCompleteTransfer *)(const void *)s->body)->transfer_mode ==
		       LINETRANSFERMODE_CONFERENCE;
	if (s->h.kind == CALL_LineForward)
		return ((const LineForward *)(const void *)s->body)->call_params != NULL;
	return true;
}

/* A reply that names new calls, if it has fields for them. */
static void return_calls(struct mock *host, const struct seen *s)
{
	const ProtobufCMessageDescriptor *d = rule_find(s->h.kind)->reply;
	const protobuf_c_boolean yes = 1;
	ProtobufCMessage *reply = arena_alloc(&host->arena, d->sizeof_message);

	protobuf_c_message_init(d, reply);
	for (unsigned i = 0; i < d->n_fields; i++) {
		uint64_t id;

		if (d->fields[i].type != PROTOBUF_C_TYPE_FIXED64 || !makes_calls(s))
			continue;
		id = (uint64_t)host->provider_id << 32 | ++host->calls;
		memcpy((char *)reply + d->fields[i].offset, &id, sizeof(id));
		memcpy((char *)reply + d->fields[i].quantifier_offset, &yes, sizeof(yes));
	}
	host_return(host, s, 0, reply);
}

static void return_version(struct mock *host, const struct seen *s)
{
	TspiLineNegotiateTspiVersionReply reply = TSPI_LINE_NEGOTIATE_TSPI_VERSION_REPLY__INIT;

	SET(&reply, tspi_version, 0x00030000);
	host_return(host, s, 0, &reply.base);
}

static void return_extension(struct mock *host, const struct seen *s)
{
	TspiLineGetExtensionIdReply reply = TSPI_LINE_GET_EXTENSION_ID_REPLY__INIT;
	LineExtensionId id = LINE_EXTENSION_ID__INIT;

	SET(&id, extension_id0, 0xab);
	reply.extension_id = &id;
	host_return(host, s, 0, &reply.base);
}

static void return_count(struct mock *host, const struct seen *s)
{
	TspiProviderEnumDevicesReply reply = TSPI_PROVIDER_ENUM_DEVICES_REPLY__INIT;

	SET(&reply, num_lines, (uint32_t)(MOCK_LINES + host->more_lines));
	SET(&reply, num_phones, host->phones);
	host_return(host, s, 0, &reply.base);
}

static void return_msp(struct mock *host, const struct seen *s)
{
	TspiLineCreateMspInstanceReply reply = TSPI_LINE_CREATE_MSP_INSTANCE_REPLY__INIT;

	SET(&reply, msp_line, 40 + ++host->serial);
	host_return(host, s, 0, &reply.base);
}

static void on_init(struct mock *host, const struct seen *s)
{
	const TspiProviderInit *init = (const void *)s->body;

	host->line_base = init->line_device_id_base;
	host->phone_base = init->phone_device_id_base;
	host_return(host, s, 0, NULL);
}

static void answer(struct mock *host, const struct seen *s)
{
	switch (s->h.kind) {
	case CALL_TspiLineNegotiateTspiVersion:
	case CALL_TspiPhoneNegotiateTspiVersion: /* the same field */
		return_version(host, s);
		return;
	case CALL_TspiLineGetExtensionId:
	case CALL_TspiPhoneGetExtensionId:
		return_extension(host, s);
		return;
	case CALL_TspiProviderEnumDevices:
		return_count(host, s);
		return;
	case CALL_TspiProviderInit:
		on_init(host, s);
		return;
	case CALL_LineGetDevCaps:
		return_caps(host, s);
		return;
	case CALL_PhoneGetDevCaps:
		return_phone_caps(host, s);
		return;
	case CALL_PhoneGetStatus:
		return_phone_status(host, s);
		return;
	case CALL_LineGetLineDevStatus:
		return_status(host, s);
		return;
	case CALL_TspiLineCreateMspInstance:
		return_msp(host, s);
		return;
	default:
		if (rule_find(s->h.kind)->kind == KIND_ASYNC)
			return_calls(host, s);
		else
			host_return(host, s, 0, NULL);
	}
}

void mock_host_react(struct mock *host, const struct seen *s)
{
	const struct rule *rule = rule_find(s->h.kind);

	if (s->h.kind == FRAME_HELLO && s->body && !(s->h.flags & FLAG_FAILURE)) {
		host->core_hello = *(const Hello *)(const void *)s->body;
		host->provider_id = host->core_hello.permanent_provider_id;
	}
	if (rule && s->h.kind == host->stops_at && !host->stopped)
		host->stopped = (unsigned)(s - host->seen) + 1;
	if (!rule || host->silent || host->stopped || host->manual[s->h.kind] ||
			(host->script && host->script(host, s)))
		return;
	if (host->fail[s->h.kind]) {
		host_return(host, s, host->fail[s->h.kind], NULL);
		return;
	}
	answer(host, s);
	if (rule->kind != KIND_ASYNC)
		return;
	if (host->slow && host->owed_count < MOCK_OWED)
		host->owed[host->owed_count++] = s->h.serial;
	else
		host_complete(host, s->h.serial, 0);
}

void host_go_on(struct mock *host)
{
	unsigned first = host->stopped - 1;

	ck_assert_uint_ne(host->stopped, 0);
	host->stopped = host->stops_at = 0;
	for (unsigned i = first; i < host->count; i++)
		mock_host_react(host, &host->seen[i]);
	world_turn(host->world);
}

void host_return_devices(struct mock *host)
{
	return_count(host, host_request(host, CALL_TspiProviderEnumDevices));
}

struct mock *world_host(struct world *w, const char *provider)
{
	return world_host_on(world_raw(w, true, 0), provider);
}

struct mock *world_host_on(struct mock *host, const char *provider)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello hello = HELLO__INIT;

	host->name = provider;
	SET(&hello, protocol, WIRE_PROTOCOL);
	hello.provider = (char *)(uintptr_t)provider;
	SET(&hello, host_instance, 77);
	SET(&hello, pipes, host->world->asks_pipes);
	mock_send(host, h, &hello.base);
	world_turn(host->world);
	return host;
}

struct mock *mock_host_resume(struct world *w, const struct mock *before)
{
	struct mock *host = world_raw(w, true, 0);
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello hello = HELLO__INIT;

	host->name = before->name;
	host->provider_id = before->provider_id;
	host->line_base = before->line_base;
	host->calls = before->calls;
	host->serial = before->serial;
	SET(&hello, protocol, WIRE_PROTOCOL);
	hello.provider = (char *)(uintptr_t)before->name;
	SET(&hello, host_instance, 77);
	SET(&hello, pipes, w->asks_pipes);
	SET(&hello, resumed, 1);
	SET(&hello, permanent_provider_id, before->provider_id);
	SET(&hello, line_base, before->line_base);
	SET(&hello, num_lines, MOCK_LINES);
	SET(&hello, phone_base, before->phone_base);
	SET(&hello, num_phones, before->phones);
	SET(&hello, tspi_version, 0x00030000);
	mock_send(host, h, &hello.base);
	world_turn(w);
	return host;
}

void mock_host_end_snapshot(struct mock *host)
{
	struct frame_header h = { .kind = FRAME_END };

	mock_send(host, h, NULL);
	world_turn(host->world);
}

void host_event(struct mock *host, uint64_t object, uint32_t msg, uint64_t p1, uint64_t p2,
		uint64_t p3, CallState *state)
{
	struct frame_header h = { .kind = FRAME_EVENT };
	Event e = EVENT__INIT;

	SET_ID(&e, object, object);
	SET(&e, msg, msg);
	SET(&e, p1, p1);
	SET(&e, p2, p2);
	SET(&e, p3, p3);
	e.state = state;
	mock_send(host, h, &e.base);
	world_turn(host->world);
}

void host_state(struct mock *host, uint64_t call, uint32_t state, uint32_t mode)
{
	CallState snapshot = CALL_STATE__INIT;
	LineCallInfo info = LINE_CALL_INFO__INIT;
	LineCallStatus status = LINE_CALL_STATUS__INIT;

	SET(&info, media_mode, VOICE);
	SET(&info, num_owners, 99); /* a TSP's nonsense: the core's to say */
	SET(&info, num_monitors, 98);
	info.called_id = (char *)"102";
	info.comment = (char *)"the provider's";
	SET(&status, call_privilege, 97);
	SET(&status, call_state_mode, 96);
	SET(&status, call_features, LINECALLFEATURE_DROP | LINECALLFEATURE_MONITORDIGITS);
	snapshot.info = &info;
	snapshot.status = &status;
	host_event(host, call, LINE_CALLSTATE, state, mode, VOICE, &snapshot);
}

uint64_t host_new_call(struct mock *host, uint32_t device, uint32_t media_modes)
{
	uint64_t call = (uint64_t)host->provider_id << 32 | ++host->calls;
	CallState snapshot = CALL_STATE__INIT;
	LineCallInfo info = LINE_CALL_INFO__INIT;
	LineCallStatus status = LINE_CALL_STATUS__INIT;

	SET(&info, media_mode, media_modes);
	SET(&status, call_features, LINECALLFEATURE_ANSWER);
	snapshot.info = &info;
	snapshot.status = &status;
	host_event(host, device, LINE_NEWCALL, call, 0, 0, NULL);
	host_event(host, call, LINE_CALLSTATE, LINECALLSTATE_OFFERING, LINEOFFERINGMODE_ACTIVE,
			media_modes, &snapshot);
	return call;
}

unsigned host_asked(const struct mock *host, uint16_t kind)
{
	return mock_count(host, kind);
}

const struct seen *host_request(const struct mock *host, uint16_t kind)
{
	return mock_last(host, kind);
}
