// SPDX-License-Identifier: MIT
/* test_proxy.c - requests of agents that a program serves, when its connection breaks. */
#include "../test_main.h"
#include "recovery.h"

#include <unistd.h>

static const uint32_t types[] = { LINEPROXYREQUEST_SETAGENTSTATE };

struct centre {
	struct recovery f; /* the proxy is f.app */
	struct mock *agent;
	uint32_t agent_open;
};

/* Asks to be the proxy of line 0; its serial. */
static uint32_t open_as_proxy(struct mock *app)
{
	LineOpen m = LINE_OPEN__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;

	SET_BYTES(&params, dev_specific, (uint8_t *)(uintptr_t)types, sizeof(types));
	SET_ID(&m, device, 0);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, LINECALLPRIVILEGE_OWNER | LINEOPENOPTION_PROXY);
	SET(&m, media_modes, VOICE);
	m.call_params = &params;
	return app_send(app, CALL_LineOpen, 0, &m.base);
}

static void centre_init(struct centre *c)
{
	uint32_t serial;

	memset(c, 0, sizeof(*c));
	world_init(&c->f.w, "mock", NULL);
	c->f.host = world_host(&c->f.w, "mock");
	c->f.app = world_app(&c->f.w, "app");
	serial = open_as_proxy(c->f.app);
	world_turn(&c->f.w);
	ck_assert_int_eq(app_answer(c->f.app, FRAME_RETURN, serial)->h.result, 0);
	c->f.open = app_answer(c->f.app, FRAME_RETURN, serial)->h.open;
	c->agent = world_app(&c->f.w, "agent");
	c->agent_open = app_open(c->agent, 0, MONITOR, 0);
	ck_assert_uint_ne(c->agent_open, 0);
}

static uint32_t ask(struct centre *c)
{
	LineSetAgentState m = LINE_SET_AGENT_STATE__INIT;

	SET_ID(&m, line, 0);
	SET(&m, agent_state, LINEAGENTSTATE_READY);
	ck_assert_int_eq(app_call(c->agent, CALL_LineSetAgentState, c->agent_open, &m.base), 0);
	return c->agent->serial;
}

static uint32_t asked(struct mock *proxy)
{
	const Event *e = seen_event(app_event(proxy, LINE_PROXYREQUEST));
	ProxyRequest *m = proxy_request__unpack(NULL, e->data.len, e->data.data);
	uint32_t id = m->id;

	proxy_request__free_unpacked(m, NULL);
	return id;
}

static int32_t respond_with(struct mock *proxy, uint32_t open, uint32_t id, LONG result)
{
	LineProxyResponse m = LINE_PROXY_RESPONSE__INIT;
	ProxyAnswer answer = PROXY_ANSWER__INIT;
	uint8_t packed[64];

	SET(&answer, id, id);
	SET_ID(&m, line, 0);
	SET(&m, result, (uint32_t)result);
	SET_BYTES(&m, proxy_request, packed, proxy_answer__pack(&answer, packed));
	return app_call(proxy, CALL_LineProxyResponse, open, &m.base);
}

static int32_t respond(struct mock *proxy, uint32_t open, uint32_t id)
{
	return respond_with(proxy, open, id, 0);
}

START_TEST(what_a_proxy_was_asked_is_answered)
{
	struct centre c;
	uint32_t serial;

	centre_init(&c);
	serial = ask(&c);

	ck_assert_int_eq(respond(c.f.app, c.f.open, asked(c.f.app)), 0);

	ck_assert_int_eq(app_answer(c.agent, FRAME_COMPLETION, serial)->h.result, 0);
	world_fini(&c.f.w);
}
END_TEST

static const char *reason_of(const struct mock *app, uint16_t kind, uint32_t serial)
{
	return seen_failure(app_answer(app, kind, serial))->sentence;
}

START_TEST(what_a_proxy_refuses_is_named)
{
	struct centre c;
	uint32_t serial;

	centre_init(&c);
	serial = ask(&c);
	ck_assert_int_eq(respond_with(c.f.app, c.f.open, asked(c.f.app), LINEERR_INVALAGENTSTATE),
			0);

	ck_assert_int_eq(app_answer(c.agent, FRAME_COMPLETION, serial)->h.result,
			LINEERR_INVALAGENTSTATE);
	ck_assert_str_eq(reason_of(c.agent, FRAME_COMPLETION, serial),
			"app refused: LINEERR_INVALAGENTSTATE");
	world_fini(&c.f.w);
}
END_TEST

START_TEST(a_request_that_nobody_serves_is_named)
{
	LineSetAgentGroup m = LINE_SET_AGENT_GROUP__INIT;
	struct centre c;

	centre_init(&c);
	SET_ID(&m, line, 0);
	ck_assert_int_eq(app_call(c.agent, CALL_LineSetAgentGroup, c.agent_open, &m.base),
			LINEERR_OPERATIONUNAVAIL);

	ck_assert_str_eq(reason_of(c.agent, FRAME_RETURN, c.agent->serial),
			"no program serves LINEPROXYREQUEST_SETAGENTGROUP on line 0");
	world_fini(&c.f.w);
}
END_TEST

/* It may not have come there, and the proxy has no way to ask for it again. */
START_TEST(what_a_proxy_was_asked_over_a_broken_connection_fails)
{
	struct centre c;
	uint32_t serial, id;
	struct mock *proxy;

	centre_init(&c);
	serial = ask(&c);
	id = asked(c.f.app);
	mock_send(c.f.app, (struct frame_header){ .kind = FRAME_EVENT }, NULL); /* nonsense */
	world_turn(&c.f.w);
	ck_assert(!c.f.app->connected);
	proxy = recovery_come_back(&c.f, getuid());
	recovery_claim_open(proxy, c.f.open, 0);
	ck_assert_uint_eq(recovery_end(proxy)->n_lost_opens, 0);

	ck_assert_uint_eq(app_answers(c.agent, FRAME_COMPLETION, serial), 1);
	ck_assert_int_eq(app_answer(c.agent, FRAME_COMPLETION, serial)->h.result,
			LINEERR_OPERATIONFAILED);
	ck_assert_int_eq(respond(proxy, c.f.open, id), LINEERR_INVALPARAM);
	serial = ask(&c);
	ck_assert_uint_ne(asked(proxy), id);
	ck_assert_int_eq(respond(proxy, c.f.open, asked(proxy)), 0);
	ck_assert_int_eq(app_answer(c.agent, FRAME_COMPLETION, serial)->h.result, 0);
	world_fini(&c.f.w);
}
END_TEST

static size_t count_served(struct mock *app)
{
	LineGetProxyStatus m = LINE_GET_PROXY_STATUS__INIT;
	const LineGetProxyStatusReply *reply;

	SET_ID(&m, device, 0);
	SET(&m, app_api_version, 0x00020002);
	ck_assert_int_eq(app_call(app, CALL_LineGetProxyStatus, 0, &m.base), 0);
	reply = (const void *)app_answer(app, FRAME_RETURN, app->serial)->body;
	return reply->line_proxy_reqest_list->n_list;
}

START_TEST(a_proxy_serves_from_the_return_of_its_open_on)
{
	struct world w;
	struct mock *host, *proxy, *second, *agent;
	uint32_t serial;

	world_init(&w, "mock", NULL);
	host = world_host(&w, "mock");
	proxy = world_app(&w, "proxy");
	second = world_app(&w, "second");
	agent = world_app(&w, "agent");
	host->manual[CALL_TspiLineOpen] = true;
	(void)open_as_proxy(proxy);
	world_turn(&w);
	ck_assert_uint_eq(count_served(agent), 0);
	serial = open_as_proxy(second); /* it comes too late all the same */
	world_turn(&w);
	ck_assert_int_eq(app_answer(second, FRAME_RETURN, serial)->h.result, LINEERR_NOTREGISTERED);

	host_return(host, host_request(host, CALL_TspiLineOpen), 0, NULL);
	world_turn(&w);

	ck_assert_uint_eq(count_served(agent), 1);
	world_fini(&w);
}
END_TEST

/* The proxy's open goes first: that is told to the others, and must not change what they are told
 * of theirs. */
START_TEST(a_line_that_closes_under_its_proxy_closes_for_all)
{
	struct centre c;
	const Event *e;

	centre_init(&c);
	mock_forget(c.agent);
	mock_hang_up(c.f.host);

	ck_assert_uint_eq(app_events(c.agent, LINE_PROXYSTATUS), 1);
	ck_assert_uint_eq(app_events(c.agent, LINE_CLOSE), 1);
	ck_assert_uint_eq(app_event(c.agent, LINE_CLOSE)->h.open, c.agent_open);
	e = seen_event(app_event(c.agent, LINE_CLOSE));
	ck_assert_str_eq(e->reason->cause, "host ended");
	ck_assert_uint_eq(app_events(c.f.app, LINE_CLOSE), 1);
	world_fini(&c.f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core proxy");
	TCase *t = tcase_create("proxy");

	tcase_add_test(t, what_a_proxy_was_asked_is_answered);
	tcase_add_test(t, what_a_proxy_refuses_is_named);
	tcase_add_test(t, a_request_that_nobody_serves_is_named);
	tcase_add_test(t, what_a_proxy_was_asked_over_a_broken_connection_fails);
	tcase_add_test(t, a_proxy_serves_from_the_return_of_its_open_on);
	tcase_add_test(t, a_line_that_closes_under_its_proxy_closes_for_all);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
