// SPDX-License-Identifier: MIT
/* test_tapix.c - what is ours: providers, names, JSON; and two things beside the thin path: phones,
 * and a descriptor that lineGetID gives. */
#include "client.h"
#include "../test_main.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static struct world w;

static void setup(void)
{
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
}

static void teardown(void)
{
	world_close(&w);
}

static bool give_providers(struct mock *m, const struct frame *f)
{
	TapixGetProvidersReply reply = TAPIX_GET_PROVIDERS_REPLY__INIT;
	ProviderStatus a = PROVIDER_STATUS__INIT, b = PROVIDER_STATUS__INIT, *list[] = { &a, &b };
	Failure why = FAILURE__INIT;
	char exchange[] = "exchange", sip[] = "sip", running[] = "running", failed[] = "failed",
	     cause[] = "ENOENT", sentence[] = "there is no such file\033[31m\302\233!";

	if (f->h.kind != CALL_TapixGetProviders)
		return false;
	a.name = exchange;
	a.state = running;
	a.has_num_lines = 1;
	a.num_lines = 4;
	b.name = sip;
	b.state = failed;
	why.has_layer = 1;
	why.layer = TAPIX_LAYER_SERVER;
	why.cause = cause;
	why.sentence = sentence;
	b.reason = &why;
	reply.n_providers = 2;
	reply.providers = list;
	mock_return(m, &f->h, &reply.base);
	return true;
}

START_TEST(providers_come_with_the_reason_of_a_failure)
{
	struct tapix_provider p[4];
	DWORD count = 1;

	mock_lock(w.mock);
	w.mock->handler = give_providers;
	mock_unlock(w.mock);
	ck_assert_int_eq(tapixGetProviders(w.app, p, sizeof(p[0]), &count),
			LINEERR_STRUCTURETOOSMALL);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(p[0].name, "exchange");

	count = 4;
	ck_assert_int_eq(tapixGetProviders(w.app, p, sizeof(p[0]), &count), 0);
	ck_assert_uint_eq(p[0].num_lines, 4);
	ck_assert_str_eq(p[1].state, "failed");
	ck_assert_str_eq(p[1].reason.cause, "ENOENT");
	ck_assert_str_eq(p[1].reason.sentence,
			"there is no such file [31m  !"); /* no terminal obeys it */
}
END_TEST

START_TEST(a_program_with_a_shorter_record_gets_its_part)
{
	size_t size = offsetof(struct tapix_provider, path);
	char array[2 * 512];
	DWORD count = 2;

	mock_lock(w.mock);
	w.mock->handler = give_providers;
	mock_unlock(w.mock);
	ck_assert_uint_lt(2 * size, sizeof(array));
	ck_assert_int_eq(tapixGetProviders(w.app, (struct tapix_provider *)(void *)array, size,
					 &count),
			0);

	ck_assert_str_eq(array + size + offsetof(struct tapix_provider, name), "sip");
}
END_TEST

static bool give_access(struct mock *m, const struct frame *f)
{
	TapixGetPhoneAccessReply reply = TAPIX_GET_PHONE_ACCESS_REPLY__INIT;
	AccessRule a = ACCESS_RULE__INIT, b = ACCESS_RULE__INIT, *list[] = { &a, &b };
	char who[] = "@sales", root[] = "root", devices[] = "phone *", all[] = "all";

	if (f->h.kind != CALL_TapixGetPhoneAccess)
		return false;
	a.who = root;
	a.has_role = b.has_role = b.has_line = reply.has_role = 1;
	a.role = TAPIX_ROLE_ADMINISTRATE;
	a.devices = all;
	b.who = who;
	b.role = reply.role = TAPIX_ROLE_OWN;
	b.devices = devices;
	b.line = 7;
	reply.n_rules = 2;
	reply.rules = list;
	mock_return(m, &f->h, &reply.base);
	return true;
}

START_TEST(rules_of_access_come_with_their_lines)
{
	struct tapix_access rules[2];
	DWORD count = 1, role = 99;

	mock_lock(w.mock);
	w.mock->handler = give_access;
	mock_unlock(w.mock);
	ck_assert_int_eq(tapixGetAccess(w.app, TAPIX_OBJECT_PHONE, 3, rules, sizeof(rules[0]),
					 &count, NULL),
			LINEERR_STRUCTURETOOSMALL);
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(tapixGetAccess(w.app, TAPIX_OBJECT_PHONE, 3, rules, sizeof(rules[0]),
					 &count, &role),
			0);
	ck_assert_str_eq(rules[0].who, "root");
	ck_assert_uint_eq(rules[0].role, TAPIX_ROLE_ADMINISTRATE);
	ck_assert_uint_eq(rules[0].line, 0);
	ck_assert_str_eq(rules[1].who, "@sales");
	ck_assert_str_eq(rules[1].devices, "phone *");
	ck_assert_uint_eq(rules[1].line, 7);
	ck_assert_uint_eq(role, TAPIX_ROLE_OWN);
	ck_assert_int_eq(tapixGetAccess(w.app, 9, 0, rules, sizeof(rules[0]), &count, &role),
			LINEERR_INVALPARAM);
}
END_TEST

START_TEST(structures_become_json)
{
	char buf[512], out[256];
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status),
		.dwUsedSize = sizeof(status),
		.dwCallState = LINECALLSTATE_BUSY };
	LINEDIALPARAMS dial = { .dwDialPause = 7 };
	LONG n = tapixStructToJson("LINECALLSTATUS", &status, out, sizeof(out));

	ck_assert_int_eq(n, (LONG)strlen(out));
	ck_assert_ptr_nonnull(strstr(out, "\"call_state\":\"LINECALLSTATE_BUSY\""));
	ck_assert_int_eq(tapixStructToJson("LINECALLSTATUS", &status, buf, 10), n);
	ck_assert_uint_eq(strlen(buf), 9);
	ck_assert_int_gt(tapixStructToJson("LINEDIALPARAMS", &dial, buf, sizeof(buf)), 0);
	ck_assert_str_eq(buf, "{\"dial_pause\":7}");

	ck_assert_int_eq(tapixStructToJson("LINENONSENSE", &status, buf, sizeof(buf)),
			LINEERR_INVALPARAM);
	status.dwTotalSize = 8;
	ck_assert_int_eq(tapixStructToJson("LINECALLSTATUS", &status, buf, sizeof(buf)),
			LINEERR_STRUCTURETOOSMALL);
}
END_TEST

START_TEST(constants_have_names)
{
	char buf[100];

	ck_assert_str_eq(tapixConstantName("LINECALLSTATE_", LINECALLSTATE_IDLE),
			"LINECALLSTATE_IDLE");
	ck_assert_str_eq(tapixConstantName("LINEERR_", (DWORD)LINEERR_NOMEM), "LINEERR_NOMEM");
	ck_assert_ptr_null(tapixConstantName("LINECALLSTATE_", 3));
	ck_assert_ptr_null(tapixConstantName(NULL, 3));
	ck_assert_str_eq(tapixBitNames("LINECALLPRIVILEGE_", 6, buf, sizeof(buf)),
			"LINECALLPRIVILEGE_MONITOR|LINECALLPRIVILEGE_OWNER");
}
END_TEST

START_TEST(the_socket_is_the_one_set_then_that_of_the_environment)
{
	ck_assert_str_eq(tapixGetSocket(), w.mock->path);
	ck_assert_int_eq(tapixSetSocket(NULL), 0);
	ck_assert_int_eq(setenv("TAPISRVD_SOCKET", "/x/y", 1), 0);
	ck_assert_str_eq(tapixGetSocket(), "/x/y");
	ck_assert_int_eq(unsetenv("TAPISRVD_SOCKET"), 0);
	ck_assert_int_eq(setenv("XDG_RUNTIME_DIR", "/r", 1), 0);
	ck_assert_str_eq(tapixGetSocket(), "/r/tapisrvd/socket");
	ck_assert_int_eq(unsetenv("XDG_RUNTIME_DIR"), 0);
	ck_assert_str_eq(tapixGetSocket(), "/run/tapisrvd/socket");
}
END_TEST

static bool give_descriptor(struct mock *m, const struct frame *f)
{
	struct frame_header h = { .kind = FRAME_RETURN, .serial = f->h.serial };
	LineGetIdReply id = LINE_GET_ID_REPLY__INIT;
	LineGetDevConfigReply config = LINE_GET_DEV_CONFIG_REPLY__INIT;
	const ProtobufCMessage *reply = f->h.kind == CALL_LineGetId ? &id.base : &config.base;
	VarString v = VAR_STRING__INIT;
	uint8_t body[64];
	int fds[2];

	if (f->h.kind != CALL_LineGetId && f->h.kind != CALL_LineGetDevConfig)
		return false;
	ck_assert_int_eq(pipe(fds), 0);
	ck_assert_int_eq(write(fds[1], "modem", 5), 5);
	v.has_string = 1;
	v.string.data = (uint8_t *)(uintptr_t) "ttyS0";
	v.string.len = 6;
	id.device_id = config.device_config = &v;
	ck_assert_uint_le(protobuf_c_message_get_packed_size(reply), sizeof(body));
	ck_assert_int_eq(conn_send_fd(&m->conn, &h, body, protobuf_c_message_pack(reply, body),
					 fds[0]),
			0);
	(void)conn_flush(&m->conn);
	close(fds[0]);
	close(fds[1]);
	return true;
}

START_TEST(get_id_gives_an_open_descriptor_before_the_name)
{
	char buf[200], text[8] = "";
	VARSTRING *v = (VARSTRING *)(void *)buf;
	HLINE line = world_line(&w);
	HANDLE handle;

	mock_lock(w.mock);
	w.mock->handler = give_descriptor;
	mock_unlock(w.mock);
	v->dwTotalSize = sizeof(*v); /* too small: nothing may leak */
	ck_assert_int_eq(lineGetID(line, 0, 0, LINECALLSELECT_LINE, v, "comm/datamodem"), 0);
	ck_assert_uint_eq(v->dwStringSize, 0);
	v->dwTotalSize = sizeof(buf);
	ck_assert_int_eq(lineGetID(line, 0, 0, LINECALLSELECT_LINE, v, "comm/datamodem"), 0);

	memcpy(&handle, buf + v->dwStringOffset, sizeof(handle));
	ck_assert_str_eq(buf + v->dwStringOffset + sizeof(handle), "ttyS0");
	ck_assert_int_eq(read((int)handle, text, sizeof(text)), 5);
	ck_assert_str_eq(text, "modem");
	ck_assert_int_ne(fcntl((int)handle, F_GETFD) & FD_CLOEXEC, 0);
	close((int)handle);
}
END_TEST

/* A provider that is wrong: the application would keep it for ever, and read it as text. */
START_TEST(no_other_function_gives_a_descriptor)
{
	char buf[200];
	VARSTRING *v = (VARSTRING *)(void *)buf;
	int next = dup(0);

	ck_assert_int_eq(close(next), 0);
	mock_lock(w.mock);
	w.mock->handler = give_descriptor;
	mock_unlock(w.mock);
	v->dwTotalSize = sizeof(buf);
	ck_assert_int_eq(lineGetDevConfig(0, v, "tapi/line"), 0);
	ck_assert_uint_eq(v->dwStringSize, 6);
	ck_assert_str_eq(buf + v->dwStringOffset, "ttyS0");
	mock_lock(w.mock); /* its own are closed, too */
	ck_assert_int_eq(dup(0), next);
	mock_unlock(w.mock);
	ck_assert_int_eq(close(next), 0);
}
END_TEST

static bool give_status(struct mock *m, const struct frame *f)
{
	static unsigned count;
	LineGetLineDevStatusReply reply = LINE_GET_LINE_DEV_STATUS_REPLY__INIT;
	LineDevStatus status = LINE_DEV_STATUS__INIT;
	Failure why = FAILURE__INIT;
	char cause[] = "SIP 403", sentence[] = "Forbidden";

	if (f->h.kind != CALL_LineGetLineDevStatus)
		return false;
	why.has_layer = 1;
	why.layer = TAPIX_LAYER_PROVIDER;
	why.cause = cause;
	why.sentence = sentence;
	reply.line_dev_status = &status;
	reply.reason = count++ ? NULL : &why;
	mock_return(m, &f->h, &reply.base);
	return true;
}

START_TEST(a_line_status_leaves_its_reason)
{
	LINEDEVSTATUS status = { .dwTotalSize = sizeof(status) };
	struct tapix_reason why;
	HLINE line;

	mock_lock(w.mock);
	w.mock->handler = give_status;
	mock_unlock(w.mock);
	ck_assert_int_eq(lineOpen(w.app, 0, &line, 0x00020000, 0, 0, LINECALLPRIVILEGE_NONE, 0,
					 NULL),
			0);
	ck_assert_int_eq(lineGetLineDevStatus(line, &status), 0);
	tapixGetLastReason(&why);
	ck_assert_uint_eq(why.layer, TAPIX_LAYER_PROVIDER);
	ck_assert_str_eq(why.cause, "SIP 403");
	ck_assert_str_eq(why.sentence, "Forbidden");

	ck_assert_int_eq(lineGetLineDevStatus(line, &status), 0);
	tapixGetLastReason(&why);
	ck_assert_uint_eq(why.layer, 0);
	ck_assert_str_eq(why.sentence, "");
}
END_TEST

static bool give_figures(struct mock *m, const struct frame *f)
{
	TapixGetCallMediaReply reply = TAPIX_GET_CALL_MEDIA_REPLY__INIT;
	VarString v = VAR_STRING__INIT;
	char text[] = "Codec: opus/48000\nLost: 0\n";

	if (f->h.kind != CALL_TapixGetCallMedia)
		return false;
	v.has_string_format = v.has_string = 1;
	v.string_format = STRINGFORMAT_ASCII;
	v.string.data = (uint8_t *)text;
	v.string.len = sizeof(text);
	mock_return(m, &f->h, NULL);
	reply.media = &v;
	mock_complete(m, &f->h, &reply.base);
	return true;
}

START_TEST(figures_of_a_call_come_with_their_reply)
{
	union {
		VARSTRING v;
		char room[200];
	} u;
	LINEMESSAGE m;
	HCALL call;
	HLINE line;
	LONG id;

	mock_lock(w.mock);
	w.mock->handler = give_figures;
	mock_unlock(w.mock);
	line = world_line(&w);
	ck_assert_int_gt(lineMakeCall(line, &call, "1", 0, NULL), 0);
	(void)world_expect(&w, LINE_REPLY);
	memset(&u, 0, sizeof(u));
	u.v.dwTotalSize = sizeof(u);
	id = tapixGetCallMedia(call, &u.v);
	ck_assert_int_gt(id, 0);
	do
		ck_assert_int_eq(lineGetMessage(w.app, &m, PATIENCE_MS), 0);
	while (m.dwMessageID != LINE_REPLY);

	ck_assert_uint_eq(m.dwParam1, (DWORD)id);
	ck_assert_int_eq((LONG)m.dwParam2, 0);
	ck_assert_str_eq(u.room + u.v.dwStringOffset, "Codec: opus/48000\nLost: 0\n");
	ck_assert_int_eq(tapixGetCallMedia(call, NULL), LINEERR_INVALPOINTER);
	ck_assert_int_eq(tapixGetCallMedia(77, &u.v), LINEERR_INVALCALLHANDLE);
}
END_TEST

START_TEST(a_phone_application_has_its_own_handles_and_replies)
{
	PHONEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT };
	DWORD devices, version = 0x00020000;
	Event e = EVENT__INIT;
	HPHONEAPP app;
	HPHONE phone;
	PHONEMESSAGE m;
	LONG id;

	ck_assert_int_eq(lineShutdown(w.app), 0);
	ck_assert_int_eq(phoneInitializeEx(&app, 0, NULL, "x", &devices, &version, &params), 0);
	ck_assert_uint_eq(devices, 1);
	ck_assert_int_eq(phoneOpen(app, 0, &phone, 0x00020000, 0, 5, PHONEPRIVILEGE_OWNER), 0);
	id = phoneSetVolume(phone, PHONEHOOKSWITCHDEV_HANDSET, 9);
	ck_assert_int_gt(id, 0);
	ck_assert_int_eq(phoneGetMessage(app, &m, PATIENCE_MS), 0);
	ck_assert_uint_eq(m.dwMessageID, PHONE_REPLY);
	ck_assert_uint_eq(m.dwParam1, (DWORD)id);
	e.has_object = e.has_msg = e.has_p1 = 1;
	e.msg = PHONE_BUTTON;
	e.p1 = 10;
	mock_event(w.mock, 1, 0, 0, 0, &e);
	ck_assert_int_eq(phoneGetMessage(app, &m, PATIENCE_MS), 0);
	ck_assert_uint_eq(m.hDevice, phone);
	ck_assert_uint_eq(m.dwCallbackInstance, 5);
	ck_assert_int_eq(phoneGetMessage(app, &m, 0), PHONEERR_OPERATIONFAILED);
	ck_assert_int_eq(phoneClose(app), PHONEERR_INVALPHONEHANDLE);
	ck_assert_int_eq(phoneShutdown(app), 0);
	mock_free(w.mock);
	setup();
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi tapix");
	TCase *t = tcase_create("tapix");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, providers_come_with_the_reason_of_a_failure);
	tcase_add_test(t, a_program_with_a_shorter_record_gets_its_part);
	tcase_add_test(t, rules_of_access_come_with_their_lines);
	tcase_add_test(t, structures_become_json);
	tcase_add_test(t, constants_have_names);
	tcase_add_test(t, the_socket_is_the_one_set_then_that_of_the_environment);
	tcase_add_test(t, get_id_gives_an_open_descriptor_before_the_name);
	tcase_add_test(t, no_other_function_gives_a_descriptor);
	tcase_add_test(t, a_line_status_leaves_its_reason);
	tcase_add_test(t, figures_of_a_call_come_with_their_reply);
	tcase_add_test(t, a_phone_application_has_its_own_handles_and_replies);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
