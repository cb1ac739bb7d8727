// SPDX-License-Identifier: MIT
/* phones.c - what the tests of phones do again and again. */
#include "phones.h"

void phones_set_up(struct phones *f)
{
	world_init(&f->w, "mock", NULL);
	f->host = world_raw(&f->w, true, 0);
	f->host->phones = PHONES;
	(void)world_host_on(f->host, "mock");
	f->a = world_app(&f->w, "a");
	f->b = world_app(&f->w, "b");
}

int32_t phones_try_open(struct mock *app, uint32_t device, uint32_t version, uint32_t privilege,
		uint32_t ext)
{
	PhoneOpen m = PHONE_OPEN__INIT;

	SET_ID(&m, device, device);
	SET(&m, api_version, version);
	SET(&m, ext_version, ext);
	SET(&m, privilege, privilege);
	return app_call(app, CALL_PhoneOpen, 0, &m.base);
}

uint32_t phones_open(struct mock *app, uint32_t privilege)
{
	ck_assert_int_eq(phones_try_open(app, DEVICE, 0x00020002, privilege, 0), 0);
	return app_answer(app, FRAME_RETURN, app->serial)->h.open;
}

int32_t phones_set_masks(struct mock *app, uint32_t open, uint32_t states, uint32_t modes,
		uint32_t button_states)
{
	PhoneSetStatusMessages m = PHONE_SET_STATUS_MESSAGES__INIT;

	SET_ID(&m, phone, DEVICE);
	SET(&m, phone_states, states);
	SET(&m, button_modes, modes);
	SET(&m, button_states, button_states);
	return app_call(app, CALL_PhoneSetStatusMessages, open, &m.base);
}

int32_t phones_set_lamp(struct mock *app, uint32_t open, uint32_t device)
{
	PhoneSetLamp m = PHONE_SET_LAMP__INIT;

	SET_ID(&m, phone, device);
	return app_call(app, CALL_PhoneSetLamp, open, &m.base);
}

int32_t phones_get_lamp(struct mock *app, uint32_t open)
{
	PhoneGetLamp m = PHONE_GET_LAMP__INIT;

	SET_ID(&m, phone, DEVICE);
	return app_call(app, CALL_PhoneGetLamp, open, &m.base);
}

int32_t phones_close(struct mock *app, uint32_t open)
{
	PhoneClose m = PHONE_CLOSE__INIT;

	SET_ID(&m, phone, DEVICE);
	return app_call(app, CALL_PhoneClose, open, &m.base);
}
