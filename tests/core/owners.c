// SPDX-License-Identifier: MIT
/* owners.c - what the tests of owners do again and again. */
#include "owners.h"

#include <string.h>

static const char *const names[OWNERS_APPS] = { "a", "b", "c", "d" };

void owners_set_up(struct owners *f)
{
	memset(f, 0, sizeof(*f));
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
}

void owners_add_app(struct owners *f, unsigned n, const char *name, uint32_t privileges,
		uint32_t media_modes)
{
	f->app[n] = world_app(&f->w, name);
	f->open[n] = app_open(f->app[n], 0, privileges, media_modes);
	ck_assert_uint_ne(f->open[n], 0);
}

void owners_add_all(struct owners *f, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		owners_add_app(f, i, names[i], OWNER, VOICE);
}

int32_t owners_hand_off(const struct owners *f, unsigned n, uint64_t call, const char *name,
		uint32_t mode)
{
	LineHandoff m = LINE_HANDOFF__INIT;

	SET_ID(&m, call, call);
	m.file_name = (char *)(uintptr_t)name;
	SET(&m, media_mode, mode);
	return app_call(f->app[n], CALL_LineHandoff, f->open[n], &m.base);
}

int32_t owners_set_privilege(const struct owners *f, unsigned n, uint64_t call, uint32_t privilege)
{
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;

	SET_ID(&m, call, call);
	SET(&m, call_privilege, privilege);
	return app_call(f->app[n], CALL_LineSetCallPrivilege, f->open[n], &m.base);
}

const LineCallInfo *owners_info(const struct owners *f, unsigned n, uint64_t call)
{
	LineGetCallInfo m = LINE_GET_CALL_INFO__INIT;
	const LineGetCallInfoReply *reply;

	SET_ID(&m, call, call);
	ck_assert_int_eq(app_call(f->app[n], CALL_LineGetCallInfo, f->open[n], &m.base), 0);
	reply = (const void *)app_answer(f->app[n], FRAME_RETURN, f->app[n]->serial)->body;
	return reply->call_info;
}

uint32_t owners_privilege_of(const struct owners *f, unsigned n, uint64_t call)
{
	LineGetCallStatus m = LINE_GET_CALL_STATUS__INIT;
	const LineGetCallStatusReply *reply;

	SET_ID(&m, call, call);
	if (app_call(f->app[n], CALL_LineGetCallStatus, f->open[n], &m.base))
		return 0;
	reply = (const void *)app_answer(f->app[n], FRAME_RETURN, f->app[n]->serial)->body;
	return reply->call_status->call_privilege;
}

int32_t owners_set_priority(struct mock *app, const char *name, uint32_t mode, uint32_t priority)
{
	LineSetAppPriority m = LINE_SET_APP_PRIORITY__INIT;

	m.app_filename = (char *)(uintptr_t)name;
	SET(&m, media_mode, mode);
	SET(&m, request_mode, LINEREQUESTMODE_MAKECALL);
	SET(&m, priority, priority);
	return app_call(app, CALL_LineSetAppPriority, 0, &m.base);
}

uint32_t owners_get_priority(struct mock *app, const char *name, uint32_t mode)
{
	LineGetAppPriority m = LINE_GET_APP_PRIORITY__INIT;
	const LineGetAppPriorityReply *reply;

	m.app_filename = (char *)(uintptr_t)name;
	SET(&m, media_mode, mode);
	SET(&m, request_mode, LINEREQUESTMODE_MAKECALL);
	ck_assert_int_eq(app_call(app, CALL_LineGetAppPriority, 0, &m.base), 0);
	reply = (const void *)app_answer(app, FRAME_RETURN, app->serial)->body;
	return reply->priority;
}
