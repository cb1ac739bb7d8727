// SPDX-License-Identifier: MIT
/* test_keys.c - keys that programs set while a provider runs. */
#include "../test_main.h"
#include "tapisrvd/provider.h"
#include "tapisrvd/provider_keys.h"
#include "tapisrvd/reload.h"
#include "world.h"

#include <string.h>
#include <tapix.h>

struct fixture {
	struct world w;
	struct mock *host, *app;
};

static void set_up(struct fixture *f)
{
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
	f->app = world_app(&f->w, "app");
}

static struct provider *provider(struct fixture *f)
{
	return provider_find(f->w.core, "mock");
}

/* value NULL: as if it had never been set. */
static uint32_t set(struct fixture *f, const char *key, const char *value)
{
	TapixSetProviderKeys m = TAPIX_SET_PROVIDER_KEYS__INIT;
	KeyValue pair = KEY_VALUE__INIT, *pairs = &pair;

	pair.key = (char *)(uintptr_t)key;
	pair.value = (char *)(uintptr_t)value;
	m.keys = &pairs;
	m.n_keys = 1;
	SET(&m, permanent_provider_id, provider(f)->id);
	return app_send(f->app, CALL_TapixSetProviderKeys, 0, &m.base);
}

static int32_t result_of(struct fixture *f, uint32_t serial)
{
	const struct seen *s = app_answer(f->app, FRAME_RETURN, serial);

	ck_assert_ptr_nonnull(s);
	ck_assert(s->h.result == 0 || seen_failure(s)->sentence);
	return s->h.result;
}

static uint32_t effect_of(struct fixture *f, uint32_t serial)
{
	ck_assert_int_eq(result_of(f, serial), 0);
	return ((const TapixSetProviderKeysReply *)(const void *)app_answer(f->app, FRAME_RETURN,
				serial)
					->body)
			->effect;
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

static const char *given(const struct mock *host)
{
	const struct seen *s = host_request(host, CALL_TspiProviderConfigured);
	const TspiProviderConfigured *m;

	ck_assert_ptr_nonnull(s);
	m = (const void *)s->body;
	return keys_of(m->config, m->n_config);
}

static void restart(struct fixture *f)
{
	mock_hang_up(f->host);
	world_turn(&f->w);
	f->host = world_host(&f->w, "mock");
}

static const char *greeted_with(const struct mock *host)
{
	return keys_of(host->core_hello.config, host->core_hello.n_config);
}

START_TEST(keys_that_are_taken_stay)
{
	struct fixture f;

	set_up(&f);
	ck_assert_uint_eq(effect_of(&f, set(&f, "x", "1")), TAPIX_EFFECT_NOW);
	ck_assert_str_eq(given(f.host), "x=1;");
	ck_assert_uint_eq(effect_of(&f, set(&f, "alice/y", "2")), TAPIX_EFFECT_NOW);
	ck_assert_str_eq(given(f.host), "x=1;alice/y=2;");
	restart(&f);
	ck_assert_str_eq(greeted_with(f.host), "x=1;alice/y=2;");
	ck_assert_uint_eq(effect_of(&f, set(&f, "x", NULL)), TAPIX_EFFECT_NOW);
	ck_assert_str_eq(given(f.host), "alice/y=2;");
	world_fini(&f.w);
}
END_TEST

START_TEST(refused_keys_are_forgotten)
{
	struct fixture f;
	uint32_t serial;

	set_up(&f);
	f.host->fail[CALL_TspiProviderConfigured] = LINEERR_INVALPARAM;
	serial = set(&f, "x", "1");
	ck_assert_int_eq(result_of(&f, serial), LINEERR_INVALPARAM);
	ck_assert_str_eq(provider(&f)->reason.sentence, ""); /* nothing has changed */
	restart(&f);
	ck_assert_str_eq(greeted_with(f.host), "");
	world_fini(&f.w);
}
END_TEST

START_TEST(keys_for_the_next_start_are_kept_for_it)
{
	struct fixture f;

	set_up(&f);
	f.host->fail[CALL_TspiProviderConfigured] = LINEERR_OPERATIONUNAVAIL;
	ck_assert_uint_eq(effect_of(&f, set(&f, "x", "1")), TAPIX_EFFECT_AT_START);
	restart(&f);
	ck_assert_str_eq(greeted_with(f.host), "x=1;");
	world_fini(&f.w);
}
END_TEST

START_TEST(a_host_that_dies_of_keys_does_not_get_them_again)
{
	struct fixture f;
	uint32_t serial;

	set_up(&f);
	f.host->manual[CALL_TspiProviderConfigured] = true;
	serial = set(&f, "x", "1");
	ck_assert_ptr_null(app_answer(f.app, FRAME_RETURN, serial));
	restart(&f);
	ck_assert_int_eq(result_of(&f, serial), LINEERR_OPERATIONFAILED);
	ck_assert_str_eq(greeted_with(f.host), "");
	world_fini(&f.w);
}
END_TEST

/* Its end is known, but not seen to yet. */
START_TEST(a_host_that_is_about_to_go_takes_no_keys)
{
	struct fixture f;
	uint32_t serial;

	set_up(&f);
	mock_send(f.host, (struct frame_header){ .kind = FRAME_RESYNC }, NULL); /* nonsense */
	serial = set(&f, "y", "1");
	ck_assert_int_eq(result_of(&f, serial), LINEERR_OPERATIONFAILED);
	restart(&f);

	ck_assert_str_eq(greeted_with(f.host), "");
	ck_assert_uint_eq(app_answers(f.app, FRAME_RETURN, serial), 1);
	ck_assert_uint_eq(effect_of(&f, set(&f, "y", "1")), TAPIX_EFFECT_NOW);
	world_fini(&f.w);
}
END_TEST

/* Long enough to need a page of its own. */
static const char *long_value(void)
{
	static char text[4096 + 1];

	memset(text, 'v', sizeof(text) - 1);
	return text;
}

static const char *why(struct fixture *f, uint32_t serial)
{
	ck_assert_int_eq(result_of(f, serial), LINEERR_OPERATIONFAILED);
	return seen_failure(app_answer(f->app, FRAME_RETURN, serial))->sentence;
}

START_TEST(keys_that_cannot_be_kept_are_taken_back)
{
	struct fixture f;

	set_up(&f);
	ck_assert_uint_eq(effect_of(&f, set(&f, "x", "1")), TAPIX_EFFECT_NOW);
	world_store_is_full(&f.w);
	ck_assert_ptr_nonnull(strstr(why(&f, set(&f, "x", long_value())), "the disk is full"));
	ck_assert_str_eq(given(f.host), "x=1;");
	restart(&f);
	ck_assert_str_eq(greeted_with(f.host), "x=1;");

	world_store_fails(&f.w, true);
	mock_hang_up(f.host);
	ck_assert_ptr_nonnull(strstr(why(&f, set(&f, "x", "2")), "nothing has changed"));
	f.host = world_host(&f.w, "mock");
	ck_assert_str_eq(greeted_with(f.host), "x=1;");
	world_fini(&f.w);
}
END_TEST

START_TEST(one_change_at_a_time)
{
	struct fixture f;
	uint32_t first;

	set_up(&f);
	f.host->manual[CALL_TspiProviderConfigured] = true;
	first = set(&f, "x", "1");
	ck_assert_int_eq(result_of(&f, set(&f, "y", "1")), LINEERR_OPERATIONFAILED);
	host_return(f.host, host_request(f.host, CALL_TspiProviderConfigured), 0, NULL);
	world_turn(&f.w);
	ck_assert_int_eq(result_of(&f, first), 0);
	world_fini(&f.w);
}
END_TEST

static const struct {
	const char *key, *value;
} bad[] = { { "", "1" }, { "a=b", "1" }, { "a\nb", "1" }, { "a", "1\n2" } };

START_TEST(what_is_no_key_is_refused)
{
	struct fixture f;

	set_up(&f);
	ck_assert_int_eq(result_of(&f, set(&f, bad[_i].key, bad[_i].value)), LINEERR_INVALPARAM);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiProviderConfigured), 0);
	world_fini(&f.w);
}
END_TEST

/* SIGHUP with x = 1 in the file. */
static void reload(struct fixture *f)
{
	struct options fresh;
	struct provider_options *o;

	ck_assert_int_eq(options_init(&fresh), 0);
	o = options_provider(&fresh, "mock");
	ck_assert_ptr_nonnull(o);
	ck_assert_int_eq(settings_put(&o->settings, "x", "1"), 0);
	ck_assert_int_eq(settings_put(&o->settings, "z", "9"), 0);
	ck_assert_int_eq(options_complete(&fresh), 0);
	core_begin_frame(f->w.core);
	reload_take(f->w.core, &f->w.options, &fresh);
	options_fini(&fresh);
	world_turn(&f->w);
}

START_TEST(what_was_set_is_above_the_file)
{
	struct fixture f;

	set_up(&f);
	ck_assert_int_eq(result_of(&f, set(&f, "x", "2")), 0);
	reload(&f);
	ck_assert_str_eq(given(f.host), "x=2;z=9;");
	ck_assert_int_eq(result_of(&f, set(&f, "x", NULL)), 0);
	ck_assert_str_eq(given(f.host), "x=1;z=9;");
	world_fini(&f.w);
}
END_TEST

START_TEST(a_reload_beside_a_change_has_it_too)
{
	struct fixture f;

	set_up(&f);
	f.host->manual[CALL_TspiProviderConfigured] = true;
	(void)set(&f, "y", "2");
	reload(&f);
	f.host->manual[CALL_TspiProviderConfigured] = false;
	host_return(f.host, host_request(f.host, CALL_TspiProviderConfigured), 0, NULL);
	world_turn(&f.w);
	ck_assert_str_eq(given(f.host), "x=1;z=9;y=2;");
	world_fini(&f.w);
}
END_TEST

/* --- lineConfigProvider --- */

static int32_t config_provider(struct fixture *f, uint32_t id)
{
	LineConfigProvider m = LINE_CONFIG_PROVIDER__INIT;

	SET(&m, permanent_provider_id, id);
	return app_call(f->app, CALL_LineConfigProvider, 0, &m.base);
}

static void refuse_export(struct fixture *f, uint32_t serial)
{
	Failure why = FAILURE__INIT;
	struct frame_header h = { .kind = FRAME_RETURN,
		.flags = FLAG_FAILURE,
		.serial = serial,
		.result = LINEERR_OPERATIONUNAVAIL };

	why.cause = (char *)"refused by the host";
	mock_send(f->host, h, &why.base);
	world_turn(&f->w);
}

START_TEST(config_passes_through)
{
	struct fixture f;

	set_up(&f);
	ck_assert_int_eq(config_provider(&f, provider(&f)->id), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiProviderConfig), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiProviderConfigured), 0);
	ck_assert_int_eq(config_provider(&f, 77), LINEERR_INVALPARAM);
	f.host->fail[CALL_TspiProviderConfig] = LINEERR_OPERATIONFAILED;
	ck_assert_int_eq(config_provider(&f, provider(&f)->id), LINEERR_OPERATIONFAILED);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_provider_without_it_is_given_its_keys_anew)
{
	struct fixture f;
	LineConfigProvider m = LINE_CONFIG_PROVIDER__INIT;
	uint32_t serial;

	set_up(&f);
	ck_assert_int_eq(result_of(&f, set(&f, "x", "2")), 0);
	f.host->manual[CALL_TspiProviderConfig] = true;
	SET(&m, permanent_provider_id, provider(&f)->id);
	serial = app_send(f.app, CALL_LineConfigProvider, 0, &m.base);
	refuse_export(&f, host_request(f.host, CALL_TspiProviderConfig)->h.serial);
	ck_assert_int_eq(result_of(&f, serial), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiProviderConfigured), 2);
	ck_assert_str_eq(given(f.host), "x=2;");
	world_fini(&f.w);
}
END_TEST

/* --- what keys there are --- */

static const TapixGetProviderKeysReply *list(struct fixture *f)
{
	TapixGetProviderKeys m = TAPIX_GET_PROVIDER_KEYS__INIT;

	SET(&m, permanent_provider_id, provider(f)->id);
	ck_assert_int_eq(app_call(f->app, CALL_TapixGetProviderKeys, 0, &m.base), 0);
	return (const void *)app_answer(f->app, FRAME_RETURN, f->app->serial)->body;
}

static void describe(struct fixture *f)
{
	TapixGetProviderKeys m = TAPIX_GET_PROVIDER_KEYS__INIT;
	TspiProviderDescribeKeysReply reply = TSPI_PROVIDER_DESCRIBE_KEYS_REPLY__INIT;
	ProviderKey a = PROVIDER_KEY__INIT, b = PROVIDER_KEY__INIT, *all[] = { &a, &b };
	ProviderKeys keys = PROVIDER_KEYS__INIT;
	uint8_t bytes[256];

	a.key = (char *)"x";
	SET(&a, type, TAPIX_KEY_NUMBER);
	SET(&a, max, 7);
	b.key = (char *)"?/secret";
	SET(&b, type, TAPIX_KEY_SECRET);
	keys.keys = all;
	keys.n_keys = 2;
	SET_BYTES(&reply, keys, bytes, provider_keys__pack(&keys, bytes));
	f->host->manual[CALL_TspiProviderDescribeKeys] = true;
	SET(&m, permanent_provider_id, provider(f)->id);
	(void)app_send(f->app, CALL_TapixGetProviderKeys, 0, &m.base);
	host_return(f->host, host_request(f->host, CALL_TspiProviderDescribeKeys), 0, &reply.base);
	world_turn(&f->w);
}

START_TEST(keys_are_listed_as_described_with_their_values)
{
	struct fixture f;
	const TapixGetProviderKeysReply *reply;

	set_up(&f);
	(void)set(&f, "x", "3");
	(void)set(&f, "alice/secret", "sesame");
	(void)set(&f, "unknown", "it may be one");
	describe(&f);
	reply = (const void *)app_answer(f.app, FRAME_RETURN, f.app->serial)->body;

	ck_assert_uint_eq(reply->n_keys, 4);
	ck_assert_str_eq(reply->keys[0]->key, "x");
	ck_assert_str_eq(reply->keys[0]->value, "3");
	ck_assert_uint_eq(reply->keys[0]->max, 7);
	ck_assert_uint_eq(reply->keys[0]->source, TAPIX_SOURCE_SET);
	ck_assert_str_eq(reply->keys[1]->key, "?/secret");
	ck_assert_uint_eq(reply->keys[1]->source, 0);
	ck_assert_str_eq(reply->keys[2]->key, "alice/secret");
	ck_assert_uint_eq(reply->keys[2]->type, TAPIX_KEY_SECRET);
	ck_assert_str_eq(reply->keys[2]->value, ""); /* stays with the daemon */
	ck_assert_str_eq(reply->keys[3]->value, ""); /* who knows what it is */
	world_fini(&f.w);
}
END_TEST

START_TEST(without_a_host_what_was_given_is_listed)
{
	struct fixture f;
	const TapixGetProviderKeysReply *reply;

	set_up(&f);
	reload(&f);
	mock_hang_up(f.host);
	reply = list(&f);
	ck_assert_uint_eq(reply->n_keys, 2);
	ck_assert_uint_eq(reply->keys[0]->source, TAPIX_SOURCE_FILE);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_block_goes_to_the_provider_of_its_object)
{
	struct fixture f;
	TapixProviderDialog m = TAPIX_PROVIDER_DIALOG__INIT;
	const TspiProviderGenericDialogData *got;
	TspiProviderGenericDialogDataReply answer = TSPI_PROVIDER_GENERIC_DIALOG_DATA_REPLY__INIT;
	const TapixProviderDialogReply *reply;
	uint8_t block[] = { 1, 2, 3 };

	set_up(&f);
	SET(&m, object_type, TAPIX_OBJECT_LINE);
	SET(&m, object_id, 2);
	SET_BYTES(&m, params, block, sizeof(block));
	ck_assert_int_eq(app_call(f.app, CALL_TapixProviderDialog, 0, &m.base), 0);
	got = (const void *)host_request(f.host, CALL_TspiProviderGenericDialogData)->body;
	ck_assert_uint_eq(got->object_id, 2);
	ck_assert_uint_eq(got->object_type, TAPIX_OBJECT_LINE);
	ck_assert_mem_eq(got->params.data, block, sizeof(block));
	f.host->manual[CALL_TspiProviderGenericDialogData] = true;
	(void)app_send(f.app, CALL_TapixProviderDialog, 0, &m.base);
	SET_BYTES(&answer, params, block + 1, 2);
	host_return(f.host, host_request(f.host, CALL_TspiProviderGenericDialogData), 0,
			&answer.base);
	world_turn(&f.w);
	reply = (const void *)app_answer(f.app, FRAME_RETURN, f.app->serial)->body;
	ck_assert_uint_eq(reply->params.len, 2);
	ck_assert_mem_eq(reply->params.data, block + 1, 2);
	SET(&m, object_id, 99);
	ck_assert_int_eq(app_call(f.app, CALL_TapixProviderDialog, 0, &m.base),
			LINEERR_BADDEVICEID);
	SET(&m, object_type, TAPIX_OBJECT_PROVIDER);
	ck_assert_int_eq(app_call(f.app, CALL_TapixProviderDialog, 0, &m.base), LINEERR_INVALPARAM);
	SET(&m, object_type, 9);
	ck_assert_int_eq(app_call(f.app, CALL_TapixProviderDialog, 0, &m.base), LINEERR_INVALPARAM);
	world_fini(&f.w);
}
END_TEST

/* --- a restart of one provider --- */

START_TEST(a_restart_is_answered_when_it_runs_again)
{
	struct fixture f;
	TapixRestartProvider m = TAPIX_RESTART_PROVIDER__INIT;
	uint32_t serial;

	set_up(&f);
	ck_assert_uint_ne(app_open(f.app, 0, OWNER, VOICE), 0);
	SET(&m, permanent_provider_id, provider(&f)->id);
	serial = app_send(f.app, CALL_TapixRestartProvider, 0, &m.base);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiProviderShutdown), 1);
	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 1);
	ck_assert_ptr_null(app_answer(f.app, FRAME_RETURN, serial));
	restart(&f);
	ck_assert_int_eq(result_of(&f, serial), 0);
	ck_assert_uint_eq(f.host->line_base, 0);
	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), 0);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core keys");
	TCase *t = tcase_create("keys");

	tcase_add_test(t, keys_that_are_taken_stay);
	tcase_add_test(t, refused_keys_are_forgotten);
	tcase_add_test(t, keys_for_the_next_start_are_kept_for_it);
	tcase_add_test(t, a_host_that_dies_of_keys_does_not_get_them_again);
	tcase_add_test(t, a_host_that_is_about_to_go_takes_no_keys);
	tcase_add_test(t, keys_that_cannot_be_kept_are_taken_back);
	tcase_add_test(t, one_change_at_a_time);
	tcase_add_loop_test(t, what_is_no_key_is_refused, 0, (int)(sizeof(bad) / sizeof(bad[0])));
	tcase_add_test(t, what_was_set_is_above_the_file);
	tcase_add_test(t, a_reload_beside_a_change_has_it_too);
	tcase_add_test(t, config_passes_through);
	tcase_add_test(t, a_provider_without_it_is_given_its_keys_anew);
	tcase_add_test(t, keys_are_listed_as_described_with_their_values);
	tcase_add_test(t, without_a_host_what_was_given_is_listed);
	tcase_add_test(t, a_block_goes_to_the_provider_of_its_object);
	tcase_add_test(t, a_restart_is_answered_when_it_runs_again);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
