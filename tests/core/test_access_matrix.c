// SPDX-License-Identifier: MIT
/* test_access_matrix.c - every request of calls.def by a user of every role: those pass whose role
 * the request's row names, or a higher one, and nobody else. Requests are made from their
 * descriptors, so a new row needs no test. The application holds all that a request can name, got
 * before its role was lowered behind the core's back: nothing but the check of access can refuse.
 */
#include "../rules.h"
#include "../test_main.h"
#include "phones.h"
#include "tapisrvd/access_rule.h"
#include "tapisrvd/session.h"

#include <string.h>

enum { ALICE = 4711 };

/* Each user in turn; what a request may then need at most. */
static const struct {
	enum role role; /* of the rule that it has */
	enum role most;
} users[] = {
	{ ROLE_NONE, ROLE_USER },
	{ ROLE_MONITOR, ROLE_MONITOR },
	{ ROLE_OWN, ROLE_OWN },
	{ ROLE_ADMIN, ROLE_ADMIN },
};

enum { USERS = sizeof(users) / sizeof(users[0]) };

struct scene {
	struct world w;
	struct mock *host, *app;
	uint32_t line, phone; /* opens */
	uint64_t call;
	struct access_rule rule;
};

static void lower(struct scene *s, enum role role)
{
	struct session *session = session_find(s->w.core, s->app->session, ALICE);
	struct access *a = &session->access;

	ck_assert_uint_eq(a->count, 1); /* the default's */
	s->rule.role = role;
	s->rule.who_text = (char *)"4711";
	a->rules[0] = &s->rule;
	a->count = role ? 1 : 0;
	a->is_admin = role == ROLE_ADMIN;
}

/* The application owns line 0 and phone 0, and a call on it. */
static void set_up(struct scene *s)
{
	memset(s, 0, sizeof(*s));
	world_init(&s->w, "mock", NULL);
	s->host = world_raw(&s->w, true, 0);
	s->host->phones = 1;
	(void)world_host_on(s->host, "mock");
	s->app = world_app_of(&s->w, "alice", ALICE);
	s->line = app_open(s->app, 0, OWNER | MONITOR, VOICE);
	ck_assert_int_eq(phones_try_open(s->app, 0, 0x00020002, PHONEPRIVILEGE_OWNER, 0), 0);
	s->phone = app_answer(s->app, FRAME_RETURN, s->app->serial)->h.open;
	s->call = app_make_call(s->app, s->line, 0);
	host_state(s->host, s->call, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
}

static void put(ProtobufCMessage *m, const ProtobufCFieldDescriptor *f, uint64_t value)
{
	protobuf_c_boolean *has = (void *)((char *)m + f->quantifier_offset);

	if (f->type == PROTOBUF_C_TYPE_FIXED64)
		memcpy((char *)m + f->offset, &value, sizeof(value));
	else
		memcpy((char *)m + f->offset, &(uint32_t){ (uint32_t)value }, sizeof(uint32_t));
	*has = true;
}

/* The privilege that it asks for, where it asks for one. */
static bool asks_privilege(const ProtobufCFieldDescriptor *f)
{
	return f->type == PROTOBUF_C_TYPE_UINT32 && strstr(f->name, "privilege") != NULL;
}

static ProtobufCMessage *request_of(struct scene *s, const struct rule *rule, uint32_t privilege)
{
	ProtobufCMessage *m = arena_alloc(&s->app->arena, rule->request->sizeof_message);

	protobuf_c_message_init(rule->request, m);
	for (unsigned i = 0; i < rule->request->n_fields; i++) {
		const ProtobufCFieldDescriptor *f = &rule->request->fields[i];

		if (f->label == PROTOBUF_C_LABEL_REPEATED)
			continue;
		if (f->type == PROTOBUF_C_TYPE_FIXED64)
			put(m, f, s->call);
		else if (f->type == PROTOBUF_C_TYPE_FIXED32)
			put(m, f, 0);
		else if (rule->role == ROLE_ASKED && asks_privilege(f))
			put(m, f, privilege);
		else if (strcmp(f->name, "select") == 0)
			put(m, f, LINECALLSELECT_CALL);
	}
	return m;
}

static bool is_refused(const struct seen *s)
{
	const Failure *f = s ? seen_failure(s) : NULL;

	return f && f->cause && strcmp(f->cause, "not allowed") == 0;
}

/* Objects are no reason to refuse here; the core's own requests are no client's at all. */
static void check_answer(const struct rule *rule, const struct seen *s)
{
	static const int32_t strange[] = { LINEERR_INVALLINEHANDLE, LINEERR_INVALCALLHANDLE,
		LINEERR_INVALCONFCALLHANDLE, LINEERR_INVALCONSULTCALLHANDLE, LINEERR_BADDEVICEID,
		LINEERR_NODEVICE, LINEERR_NOTOWNER, PHONEERR_INVALPHONEHANDLE, PHONEERR_BADDEVICEID,
		PHONEERR_NODEVICE, PHONEERR_NOTOWNER };

	for (size_t i = 0; s && i < sizeof(strange) / sizeof(strange[0]); i++)
		ck_assert_msg(s->h.result != strange[i], "%s: %#x is not about access", rule->name,
				(unsigned)s->h.result);
}

/* Documented codes only: what one may not see is no device, all else has failed. */
static void check_refusal(const struct rule *rule, enum role role, const struct seen *s)
{
	bool hidden = role == ROLE_NONE && rule->objects != ON_NOTHING;
	bool phone = rule_is_phone(rule);

	ck_assert_int_eq(s->h.result,
			hidden ? (phone ? PHONEERR_NODEVICE : LINEERR_NODEVICE)
			       : (phone ? PHONEERR_OPERATIONFAILED : LINEERR_OPERATIONFAILED));
	ck_assert_ptr_nonnull(seen_failure(s)->sentence);
	ck_assert_uint_eq(seen_failure(s)->layer, LAYER_SERVER);
}

static void try(const struct rule *rule, unsigned user, uint32_t privilege, enum role needed)
{
	struct scene s;
	uint32_t serial, open;
	bool served = strcmp(rule->where, "HOST") != 0;
	bool allowed = needed <= users[user].most;
	const struct seen *answer;
	unsigned reached;

	set_up(&s);
	lower(&s, users[user].role);
	open = rule_is_phone(rule) ? s.phone : s.line;
	reached = mock_count(s.host, rule->number);
	serial = app_send(s.app, rule->number, open, request_of(&s, rule, privilege));
	answer = app_answer(s.app, FRAME_RETURN, serial);

	ck_assert_msg(s.app->connected, "%s: the core has closed the connection", rule->name);
	if (!served) {
		ck_assert_int_eq(answer->h.result, rule_is_phone(rule) ? PHONEERR_OPERATIONUNAVAIL
								       : LINEERR_OPERATIONUNAVAIL);
	} else {
		ck_assert_msg(is_refused(answer) == !allowed, "%s: role %d is %s", rule->name,
				(int)users[user].role, allowed ? "refused" : "let in");
	}
	if (served && allowed)
		check_answer(rule, answer);
	if (served && !allowed)
		check_refusal(rule, users[user].role, answer);
	if (!served || !allowed)
		ck_assert_uint_eq(mock_count(s.host, rule->number), reached);
	world_fini(&s.w);
}

START_TEST(a_request_passes_for_its_role_and_above)
{
	const struct rule *rule = rule_at(_i / USERS);
	const unsigned user = (unsigned)_i % USERS;
	const bool phone = rule_is_phone(rule);

	if (rule->role != ROLE_ASKED) {
		try(rule, user, 0, rule->role);
		return;
	}
	try(rule, user, phone ? PHONEPRIVILEGE_MONITOR : LINECALLPRIVILEGE_MONITOR, ROLE_MONITOR);
	try(rule, user, phone ? PHONEPRIVILEGE_OWNER : LINECALLPRIVILEGE_OWNER, ROLE_OWN);
}
END_TEST

/* No request is there that the roles do not tell apart. */
START_TEST(the_table_has_every_role)
{
	unsigned count[ROLE_ASKED + 1] = { 0 };

	for (int i = 0; i < rule_count(); i++)
		count[rule_at(i)->role]++;
	ck_assert_uint_eq(count[ROLE_NONE], 0);
	for (int role = ROLE_USER; role <= ROLE_ASKED; role++)
		ck_assert_uint_gt(count[role], 0);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core access matrix");
	TCase *t = tcase_create("matrix");

	tcase_add_loop_test(t, a_request_passes_for_its_role_and_above, 0, rule_count() * USERS);
	tcase_add_test(t, the_table_has_every_role);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
