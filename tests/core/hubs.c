// SPDX-License-Identifier: MIT
#include "hubs.h"

#include "mock_host.h"

#include <unistd.h>

struct mock *hubs_tracker(struct world *w)
{
	struct mock *app = world_raw(w, false, getuid());
	TapixInitialize initialize = TAPIX_INITIALIZE__INIT;
	Hello hello = HELLO__INIT;

	SET(&hello, call_hub_tracking, 1);
	hello.app_name = hello.friendly_name = (char *)(uintptr_t) "tracker";
	app_hello(app, &hello);
	world_turn(w);
	app->session = ((const Hello *)(const void *)mock_last(app, FRAME_HELLO)->body)->session;
	(void)app_send(app, CALL_TapixInitialize, 0, &initialize.base);
	world_turn(w);
	return app;
}

void hubs_set_up(struct hubs *f, const char *second)
{
	world_init(&f->w, "mock", second);
	f->host = world_host(&f->w, "mock");
	f->app = hubs_tracker(&f->w);
	f->open[0] = app_open(f->app, 0, OWNER, VOICE);
	f->open[1] = app_open(f->app, 1, OWNER, VOICE);
}

static void tell(struct mock *host, uint64_t call, uint32_t hub, uint32_t msg, uint32_t p1,
		uint32_t p3)
{
	CallState snapshot = CALL_STATE__INIT;
	LineCallInfo info = LINE_CALL_INFO__INIT;
	LineCallStatus status = LINE_CALL_STATUS__INIT;

	SET(&info, media_mode, VOICE);
	SET(&info, call_id, hub);
	snapshot.info = &info;
	snapshot.status = &status;
	host_event(host, call, msg, p1, 0, p3, &snapshot);
}

void hubs_state(struct mock *host, uint64_t call, uint32_t state, uint32_t hub)
{
	tell(host, call, hub, LINE_CALLSTATE, state, VOICE);
}

void hubs_changed(struct mock *host, uint64_t call, uint32_t hub)
{
	tell(host, call, hub, LINE_CALLINFO, LINECALLINFOSTATE_CALLID, 0);
}

uint64_t hubs_call(struct mock *host, uint32_t device, uint32_t hub)
{
	uint64_t call = host_new_call(host, device, VOICE);

	hubs_state(host, call, LINECALLSTATE_CONNECTED, hub);
	return call;
}

uint64_t hubs_object(const struct mock *app, uint32_t msg)
{
	return seen_event(app_event(app, msg))->object;
}
