// SPDX-License-Identifier: MIT
/* scene.c - see scene.h. */
#include "scene.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tspi.h>

struct scene scene;
static unsigned looked_at;

/* --- The server ------------------------------------------------------------------------------ */

static void dev_caps(struct mock *m, const struct frame *f)
{
	LineGetDevCapsReply reply = LINE_GET_DEV_CAPS_REPLY__INIT;
	LineDevCaps caps = LINE_DEV_CAPS__INIT;
	char name[] = "line one", provider[] = "mock provider";

	caps.line_name = name;
	caps.provider_info = provider;
	caps.has_num_addresses = caps.has_media_modes = caps.has_permanent_line_id = 1;
	caps.num_addresses = 1;
	caps.media_modes = scene.modes;
	caps.permanent_line_id = 77;
	reply.line_dev_caps = &caps;
	mock_return(m, &f->h, &reply.base);
}

static void address_caps(struct mock *m, const struct frame *f)
{
	LineGetAddressCapsReply reply = LINE_GET_ADDRESS_CAPS_REPLY__INIT;
	LineAddressCaps caps = LINE_ADDRESS_CAPS__INIT;
	char number[] = "101", line[] = "tapi/line", wave[] = "wave/in";
	char *classes[] = { line, wave };

	caps.address = number;
	caps.has_max_num_active_calls = 1;
	caps.max_num_active_calls = 3;
	caps.n_device_classes = 2;
	caps.device_classes = classes;
	reply.address_caps = &caps;
	mock_return(m, &f->h, &reply.base);
}

static void msp_identify(struct mock *m, const struct frame *f)
{
	static const GUID clsid = MOCK_MSP_CLSID;
	TapixMspIdentifyReply reply = TAPIX_MSP_IDENTIFY_REPLY__INIT;
	Guid guid = GUID__INIT;
	uint32_t words[4];

	memcpy(words, &clsid, sizeof(words));
	if (scene.clsid_last)
		words[3] = scene.clsid_last;
	guid.has_data1 = guid.has_data2 = guid.has_data3 = guid.has_data4 = 1;
	guid.data1 = words[0];
	guid.data2 = words[1];
	guid.data3 = words[2];
	guid.data4 = words[3];
	if (!scene.no_msp)
		reply.clsid = &guid;
	mock_return(m, &f->h, &reply.base);
}

static void create_instance(struct mock *m, const struct frame *f)
{
	TapixCreateMspInstanceReply reply = TAPIX_CREATE_MSP_INSTANCE_REPLY__INIT;

	reply.has_msp_line = 1;
	reply.msp_line = MSP_LINE;
	mock_return(m, &f->h, &reply.base);
}

static void msp_data(struct mock *m, const struct frame *f)
{
	TapixMspData *d = tapix_msp_data__unpack(NULL, f->h.length, f->body);
	size_t n = strlen(scene.sent);

	ck_assert_ptr_nonnull(d);
	if (d->has_data && d->data.len)
		(void)snprintf(scene.sent + n, sizeof(scene.sent) - n, "%.*s|", (int)d->data.len,
				(const char *)d->data.data);
	else
		scene.empty_count++;
	scene.sent_count++;
	scene.sent_call = d->call;
	tapix_msp_data__free_unpacked(d, NULL);
	mock_return(m, &f->h, NULL);
}

static bool refused(struct mock *m, const struct frame *f)
{
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;

	if (f->h.kind == CALL_LineMakeCall)
		scene.calls_at_make_call = scene.msp->calls;
	if (f->h.kind != scene.refuse_kind)
		return false;
	reply.has_call = 1;
	reply.call = MOCK_CALL + ++m->next_call;
	mock_return(m, &f->h, f->h.kind == CALL_LineMakeCall ? &reply.base : NULL);
	mock_fail(m, &f->h, FRAME_COMPLETION, LINEERR_CALLUNAVAIL, "full", "no room");
	return true;
}

static bool serve(struct mock *m, const struct frame *f)
{
	static const struct {
		uint16_t kind;
		void (*answer)(struct mock *m, const struct frame *f);
	} rows[] = {
		{ CALL_LineGetDevCaps, dev_caps },
		{ CALL_LineGetAddressCaps, address_caps },
		{ CALL_TapixMspIdentify, msp_identify },
		{ CALL_TapixCreateMspInstance, create_instance },
		{ CALL_TapixMspData, msp_data },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].kind == f->h.kind) {
			rows[i].answer(m, f);
			return true;
		}
	return refused(m, f);
}

/* --- The application ------------------------------------------------------------------------- */

static void msp_folder(char *out, size_t size)
{
	const char *build = getenv("BUILD");

	(void)snprintf(out, size, "%s/lib/tapi3-test", build && *build ? build : "build/default");
}

/* The MSP's own window for tests; the same object that libtapi will load. */
static void find_msp(void)
{
	char path[512];
	void *so, *symbol;

	msp_folder(path, sizeof(path));
	ck_assert_int_eq(setenv("TAPI_MSP_PATH", path, 1), 0);
	strcat(path, "/" MOCK_MSP_UUID ".so");
	so = dlopen(path, RTLD_NOW);
	ck_assert_msg(so != NULL, "%s", dlerror());
	scene.msp = dlsym(so, "mock_msp");
	symbol = dlsym(so, "mock_msp_raise");
	ck_assert_ptr_nonnull(scene.msp);
	memcpy(&scene.raise, &symbol, sizeof(symbol));
	memset(scene.msp, 0, sizeof(*scene.msp));
}

void scene_keep_event(struct tapi_event *e, void *arg)
{
	struct scene *s = arg;
	struct kept_event *k = &s->events[s->event_count % EVENTS_KEPT];

	*k = (struct kept_event){ tapi_event_get_kind(e), tapi_event_get_event(e),
		tapi_event_get_state(e), tapi_event_get_cause(e), tapi_event_get_error(e),
		tapi_event_get_termination(e), tapi_event_get_digit(e),
		tapi_ref(tapi_event_get_call(e)), tapi_event_get_stream(e),
		tapi_event_get_terminal(e), s->msp->calls };
	s->event_count++;
	if (s->on_event)
		s->on_event(s, e);
}

static void open_tapi(bool own)
{
	static HLINEAPP app;
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD devices, version = 0x00030001;

	if (own) {
		ck_assert_int_eq(tapi_initialize("test", &scene.tapi), 0);
		return;
	}
	ck_assert_int_eq(lineInitializeEx(&app, 0, NULL, "test", &devices, &version, &params), 0);
	ck_assert_int_eq(tapi_from_handle(app, &scene.tapi), 0);
}

void scene_open(bool own)
{
	memset(&scene, 0, sizeof(scene));
	looked_at = 0;
	scene.modes = LINEMEDIAMODE_INTERACTIVEVOICE;
	find_msp();
	scene.server = mock_new();
	mock_lock(scene.server);
	scene.server->handler = serve;
	mock_unlock(scene.server);
	open_tapi(own);
	ck_assert_int_eq(tapi_set_event_callback(scene.tapi, scene_keep_event, &scene), 0);
	ck_assert_int_eq(tapi_set_event_filter(scene.tapi, 0xffffffffu), 0);
	ck_assert_int_eq(tapi_get_address(scene.tapi, 0, &scene.address), 0);
}

void scene_close(void)
{
	for (unsigned i = 0; i < scene.event_count && i < EVENTS_KEPT; i++)
		tapi_unref(scene.events[i].call);
	tapi_unref(scene.address);
	ck_assert_int_eq(tapi_shutdown(scene.tapi), 0);
	tapi_unref(scene.tapi);
	ck_assert_uint_eq(scene.msp->addresses, 0);
	ck_assert_uint_eq(scene.msp->calls, 0);
	ck_assert_uint_eq(scene.msp->terminals, 0);
	ck_assert(!scene.msp->overlapped);
	mock_free(scene.server);
}

/* Messages of tapi.h that come meanwhile are of no interest. */
static void dispatch(void)
{
	LONG result = tapi_dispatch(scene.tapi, 30000);
	LINEMESSAGE m;

	if (result == LINEERR_OPERATIONFAILED) /* lineGetMessage is the way of this application */
		result = lineGetMessage(tapi_get_handle(scene.tapi), &m, 20) == 0 ? 1 : 0;
	ck_assert_int_ge(result, 0);
}

void scene_await(unsigned count)
{
	scene_await_count(&scene.event_count, count);
}

void scene_await_count(const unsigned *counter, unsigned count)
{
	for (;;) {
		unsigned now;

		mock_lock(scene.server);
		now = *counter;
		mock_unlock(scene.server);
		if (now >= count)
			return;
		dispatch();
	}
}

struct kept_event *scene_expect(TAPI_EVENT kind)
{
	struct kept_event *k;

	do {
		scene_await(looked_at + 1);
		k = &scene.events[looked_at++ % EVENTS_KEPT];
	} while (k->kind != kind);
	return k;
}

void scene_device_event(uint32_t msg, uint32_t device)
{
	Event e = EVENT__INIT;

	e.has_object = e.has_msg = e.has_p1 = 1;
	e.msg = msg;
	e.p1 = device;
	mock_event(scene.server, 0, 0, 0, 0, &e);
}

void scene_register(void)
{
	LONG registration;

	ck_assert_int_eq(tapi_register_call_notifications(scene.tapi, scene.address, 0, 1,
					 TAPIMEDIATYPE_AUDIO, 42, &registration),
			0);
}

uint32_t scene_last_open(void)
{
	uint32_t open;

	mock_lock(scene.server);
	open = scene.server->next_open;
	mock_unlock(scene.server);
	return open;
}

void scene_tsp_data(uint32_t open, uint64_t call, const void *data, size_t size)
{
	Event e = EVENT__INIT;
	char copy[MOCK_MSP_BYTES];

	memcpy(copy, data, size);
	e.has_object = e.has_msg = e.has_p1 = e.has_data = 1;
	e.object = call;
	e.msg = LINE_SENDMSPDATA;
	e.p1 = MSP_LINE;
	e.data.data = (uint8_t *)copy;
	e.data.len = size;
	mock_event(scene.server, open, 0, 0, 0, &e);
}

struct tapi_call *scene_incoming(uint64_t *id)
{
	struct kept_event *k;

	scene_register();
	*id = mock_offer(scene.server, scene_last_open());
	k = scene_expect(TE_CALLNOTIFICATION);
	ck_assert_ptr_nonnull(k->call);
	return k->call;
}

struct tapi_call *scene_connected(void)
{
	struct tapi_call *call;
	struct kept_event *k;

	ck_assert_int_eq(tapi_address_create_call(scene.address, "102", LINEADDRESSTYPE_PHONENUMBER,
					 TAPIMEDIATYPE_AUDIO, &call),
			0);
	ck_assert_int_eq(tapi_call_connect(call, 0), 0);
	do
		k = scene_expect(TE_CALLSTATE);
	while (k->state != CS_CONNECTED);
	return call;
}

unsigned scene_msp_did(const char *line)
{
	size_t n = strlen(line);
	unsigned count = 0;

	for (const char *at = scene.msp->log; (at = strstr(at, line)); at += n)
		if ((at == scene.msp->log || at[-1] == '\n') && at[n] == '\n')
			count++;
	return count;
}

bool scene_msp_order(const char *a, const char *b)
{
	const char *first = strstr(scene.msp->log, a), *second = strstr(scene.msp->log, b);

	return first && second && first < second;
}
