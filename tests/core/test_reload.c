// SPDX-License-Identifier: MIT
/* test_reload.c - the file is read again: who gets its new keys, when, and what comes of a refusal,
 * of a host that dies meanwhile, of a core that does. */
#include "../test_main.h"
#include "base/mem.h"
#include "mock_host.h"
#include "tapisrvd/provider.h"
#include "tapisrvd/reload.h"
#include "world.h"

#include <string.h>
#include <unistd.h>

struct fixture {
	struct world w;
	struct mock *host, *other;
};

static void set_up(struct fixture *f)
{
	world_init(&f->w, "mock", "other");
	f->host = world_host(&f->w, "mock");
	f->other = world_host(&f->w, "other");
}

static struct provider *provider(struct fixture *f)
{
	return provider_find(f->w.core, "mock");
}

static void reload(struct fixture *f, const char *text)
{
	world_reload(&f->w, text);
}

static const char *keys_of(KeyValue *const *pairs, size_t count)
{
	static char text[256];

	text[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		size_t used = strlen(text);

		(void)snprintf(text + used, sizeof(text) - used, "%s=%s;", pairs[i]->key,
				pairs[i]->value);
	}
	return text;
}

/* Of the last request. */
static const char *given(const struct mock *host)
{
	const struct seen *s = host_request(host, CALL_TspiProviderConfigured);
	const TspiProviderConfigured *m;

	ck_assert_ptr_nonnull(s);
	m = (const void *)s->body;
	return keys_of(m->config, m->n_config);
}

static const char *greeted_with(const struct mock *host)
{
	return keys_of(host->core_hello.config, host->core_hello.n_config);
}

static unsigned asked(const struct mock *host)
{
	return host_asked(host, CALL_TspiProviderConfigured);
}

/* Answers the last request; cause NULL: it is taken. */
static void answer(struct mock *host, int32_t result, const char *cause)
{
	Failure failure = FAILURE__INIT;
	struct frame_header h = { .kind = FRAME_RETURN, .result = result };

	h.serial = host_request(host, CALL_TspiProviderConfigured)->h.serial;
	h.flags = result ? FLAG_FAILURE : 0;
	failure.cause = (char *)(uintptr_t)cause;
	failure.sentence = (char *)(uintptr_t) "it does not fit";
	mock_send(host, h, result ? &failure.base : NULL);
	world_turn(host->world);
}

static struct mock *restart(struct fixture *f)
{
	mock_hang_up(f->host);
	world_turn(&f->w);
	f->host = world_host(&f->w, "mock");
	ck_assert_int_eq(provider(f)->state, PROVIDER_RUNNING);
	return f->host;
}

START_TEST(new_keys_go_to_the_provider_whose_they_are)
{
	struct fixture f;

	set_up(&f);
	reload(&f, "[mock alice]\nuser = al\n[provider mock]\nx = 1\n");

	ck_assert_uint_eq(asked(f.host), 1);
	ck_assert_str_eq(given(f.host), "alice/user=al;x=1;");
	ck_assert_str_eq(given(f.other), "");
	ck_assert_str_eq(provider(&f)->reason.sentence, "");
	ck_assert_str_eq(greeted_with(restart(&f)), "alice/user=al;x=1;");
	world_fini(&f.w);
}
END_TEST

/* A key may name a file, with a secret in it, that has changed. */
START_TEST(what_has_not_changed_is_given_again)
{
	struct fixture f;

	set_up(&f);
	reload(&f, "[provider mock]\nx = 1\n");
	reload(&f, "# a comment more\n[provider mock]\nx = 1\n");

	ck_assert_uint_eq(asked(f.host), 2);
	ck_assert_str_eq(given(f.host), "x=1;");
	ck_assert_uint_eq(options_line_of(provider(&f)->options, "x"), 3);
	world_fini(&f.w);
}
END_TEST

START_TEST(refused_keys_are_the_reason_of_a_provider_that_runs)
{
	struct fixture f;
	struct mock *app;
	const TapixGetProvidersReply *reply;
	TapixGetProviders get = TAPIX_GET_PROVIDERS__INIT;
	uint32_t serial;

	set_up(&f);
	f.host->manual[CALL_TspiProviderConfigured] = true;
	reload(&f, "\n[mock alice]\nuser = al\n");
	answer(f.host, LINEERR_INVALPARAM, _i ? "alice" : "alice/user");
	app = world_app(&f.w, "app");
	serial = app_send(app, CALL_TapixGetProviders, 0, &get.base);
	world_turn(&f.w);
	reply = (const void *)app_answer(app, FRAME_RETURN, serial)->body;

	ck_assert_str_eq(reply->providers[0]->state, "running");
	ck_assert_str_eq(reply->providers[0]->reason->sentence,
			_i ? "its new configuration is refused: the.conf:2: it does not fit"
			   : "its new configuration is refused: the.conf:3: it does not fit");
	ck_assert_str_eq(greeted_with(restart(&f)), "");
	world_fini(&f.w);
}
END_TEST

static const char *const better[] = { "[provider mock]\nx = 3\n", "[provider mock]\n" };

START_TEST(reason_of_a_refusal_goes_with_the_next_reload)
{
	struct fixture f;

	set_up(&f);
	f.host->manual[CALL_TspiProviderConfigured] = true;
	reload(&f, "[provider mock]\nx = 2\n");
	answer(f.host, LINEERR_INVALPARAM, "x");
	ck_assert_str_ne(provider(&f)->reason.sentence, "");
	f.host->manual[CALL_TspiProviderConfigured] = false;
	reload(&f, better[_i]);

	ck_assert_uint_eq(asked(f.host), 2);
	ck_assert_str_eq(provider(&f)->reason.sentence, "");
	world_fini(&f.w);
}
END_TEST

START_TEST(provider_that_cannot_keeps_them_for_its_next_start)
{
	struct fixture f;

	set_up(&f);
	f.host->fail[CALL_TspiProviderConfigured] = LINEERR_OPERATIONUNAVAIL;
	reload(&f, "[provider mock]\nx = 1\n");

	ck_assert_int_eq(provider(&f)->state, PROVIDER_RUNNING);
	ck_assert_ptr_nonnull(strstr(provider(&f)->reason.sentence, "only at its start"));
	reload(&f, "[provider mock]\nx = 1\n"); /* it still has not got them */
	ck_assert_ptr_nonnull(strstr(provider(&f)->reason.sentence, "only at its start"));
	ck_assert_str_eq(greeted_with(restart(&f)), "x=1;");
	world_fini(&f.w);
}
END_TEST

START_TEST(reload_during_a_reload_waits_for_its_end)
{
	struct fixture f;

	set_up(&f);
	f.host->manual[CALL_TspiProviderConfigured] = true;
	f.host->manual[CALL_LineGetAddressCaps] = true; /* answers come in order */
	reload(&f, "[provider mock]\nx = 1\n");
	reload(&f, "[provider mock]\nx = 2\n");
	reload(&f, "[provider mock]\nx = 3\n");
	ck_assert_uint_eq(asked(f.host), 1);
	answer(f.host, 0, NULL);

	ck_assert_uint_eq(asked(f.host), 2);
	ck_assert_str_eq(given(f.host), "x=3;");
	answer(f.host, LINEERR_INVALPARAM, "x");
	ck_assert_str_eq(greeted_with(restart(&f)), "x=1;");
	world_fini(&f.w);
}
END_TEST

START_TEST(host_that_dies_of_it_is_started_with_the_newest)
{
	struct fixture f;

	set_up(&f);
	f.host->manual[CALL_TspiProviderConfigured] = true;
	reload(&f, "[provider mock]\nx = 1\n");
	if (_i)
		reload(&f, "[provider mock]\nx = 2\n");

	ck_assert_str_eq(greeted_with(restart(&f)), _i ? "x=2;" : "x=1;");
	ck_assert_uint_eq(asked(f.host), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(provider_that_does_not_return_shows_it)
{
	struct fixture f;

	set_up(&f);
	f.host->manual[CALL_TspiProviderConfigured] = true;
	reload(&f, "[provider mock]\nx = 1\n");
	world_wait(&f.w, 6000);

	ck_assert_int_eq(provider(&f)->state, PROVIDER_RUNNING);
	ck_assert_ptr_nonnull(strstr(provider(&f)->reason.sentence, "did not return"));
	ck_assert_str_eq(greeted_with(restart(&f)), "x=1;");
	world_fini(&f.w);
}
END_TEST

START_TEST(keys_that_come_while_it_starts_are_given_when_it_runs)
{
	struct fixture f;
	struct mock *host;

	world_init(&f.w, "mock", "other");
	f.other = world_host(&f.w, "other");
	host = world_raw(&f.w, true, 0);
	host->manual[CALL_TspiProviderEnumDevices] = true;
	f.host = world_host_on(host, "mock");
	reload(&f, "[provider mock]\nx = 1\n");
	ck_assert_uint_eq(asked(f.host), 0);
	host_return_devices(host);
	world_turn(&f.w);

	ck_assert_int_eq(provider(&f)->state, PROVIDER_RUNNING);
	ck_assert_str_eq(given(f.host), "x=1;");
	world_fini(&f.w);
}
END_TEST

START_TEST(host_that_outlived_a_core_is_asked_for_what_the_file_has_now)
{
	struct fixture f;
	struct mock *resumed;

	set_up(&f);
	reload(&f, "[provider mock]\nx = 1\n");
	world_kill_core(&f.w);
	resumed = mock_host_resume(&f.w, f.host);
	mock_host_end_snapshot(resumed);

	ck_assert_int_eq(provider(&f)->state, PROVIDER_RUNNING);
	ck_assert_str_eq(given(resumed), "x=1;");
	world_fini(&f.w);
}
END_TEST

START_TEST(provider_that_had_failed_is_started_again)
{
	struct fixture f;

	world_init(&f.w, "mock", "other");
	f.other = world_host(&f.w, "other");
	f.host = world_raw(&f.w, true, 0);
	f.host->fail[CALL_TspiLineNegotiateTspiVersion] = LINEERR_INVALPARAM;
	(void)world_host_on(f.host, "mock");
	ck_assert_int_eq(provider(&f)->state, PROVIDER_FAILED);
	reload(&f, "[provider mock]\nx = 1\n");
	f.host = world_host(&f.w, "mock");

	ck_assert_int_eq(provider(&f)->state, PROVIDER_RUNNING);
	ck_assert_str_eq(greeted_with(f.host), "x=1;");
	ck_assert_str_eq(provider(&f)->reason.sentence, "");
	world_fini(&f.w);
}
END_TEST

/* More than a message can hold. */
static void add_keys(struct provider_options *o, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct setting *s = mem_new(struct setting);

		ck_assert_ptr_nonnull(s);
		s->key = mem_strdup("some/key");
		s->value = mem_strdup("a value that is neither short nor long");
		list_append(&o->settings, &s->link);
	}
}

static const unsigned too_many[] = { 30000, 120000 };

START_TEST(provider_with_too_many_keys_fails)
{
	struct fixture f;

	world_init(&f.w, "mock", "other");
	add_keys(provider(&f)->options, too_many[_i]);
	f.host = world_host(&f.w, "mock");
	f.other = world_host(&f.w, "other");

	ck_assert_int_eq(provider(&f)->state, PROVIDER_FAILED);
	ck_assert_ptr_nonnull(strstr(provider(&f)->reason.sentence, "too large"));
	ck_assert(f.other->connected);
	world_fini(&f.w);
}
END_TEST

START_TEST(provider_that_runs_goes_on_without_too_many_keys)
{
	struct fixture f;
	struct options fresh;
	struct provider_options *o;

	set_up(&f);
	reload(&f, "[provider mock]\nx = 1\n");
	ck_assert_int_eq(options_init(&fresh), 0);
	o = options_provider(&fresh, "mock");
	add_keys(o, too_many[_i]);
	ck_assert_int_eq(options_complete(&fresh), 0);
	core_begin_frame(f.w.core);
	reload_take(f.w.core, &f.w.options, &fresh);
	options_fini(&fresh);
	world_turn(&f.w);

	ck_assert(f.host->connected);
	ck_assert_int_eq(provider(&f)->state, PROVIDER_RUNNING);
	ck_assert_ptr_nonnull(strstr(provider(&f)->reason.sentence, "too large"));
	ck_assert_str_eq(greeted_with(restart(&f)), "x=1;");
	world_fini(&f.w);
}
END_TEST

START_TEST(times_are_taken_over)
{
	struct fixture f;

	set_up(&f);
	reload(&f, "[daemon]\ndispatch_timeout = 2\nentry_timeout = 3\nkill_timeout = 4\n");

	ck_assert_uint_eq(f.w.core->options->dispatch_ms, 2000);
	ck_assert_uint_eq(f.w.core->options->entry_ms, 3000);
	ck_assert_uint_eq(f.w.core->options->kill_ms, 4000);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core reload");
	TCase *t = tcase_create("reload");

	tcase_add_test(t, new_keys_go_to_the_provider_whose_they_are);
	tcase_add_test(t, what_has_not_changed_is_given_again);
	tcase_add_loop_test(t, refused_keys_are_the_reason_of_a_provider_that_runs, 0, 2);
	tcase_add_loop_test(t, reason_of_a_refusal_goes_with_the_next_reload, 0, 2);
	tcase_add_test(t, provider_that_cannot_keeps_them_for_its_next_start);
	tcase_add_test(t, reload_during_a_reload_waits_for_its_end);
	tcase_add_loop_test(t, host_that_dies_of_it_is_started_with_the_newest, 0, 2);
	tcase_add_test(t, provider_that_does_not_return_shows_it);
	tcase_add_test(t, keys_that_come_while_it_starts_are_given_when_it_runs);
	tcase_add_test(t, host_that_outlived_a_core_is_asked_for_what_the_file_has_now);
	tcase_add_test(t, provider_that_had_failed_is_started_again);
	tcase_add_loop_test(t, provider_with_too_many_keys_fails, 0, 2);
	tcase_add_loop_test(t, provider_that_runs_goes_on_without_too_many_keys, 0, 2);
	tcase_add_test(t, times_are_taken_over);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
