// SPDX-License-Identifier: MIT
/* test_config.c - how a TSP gets its keys: at the start, anew while it runs, and in a process that
 * only checks them. */
#include "../test_main.h"
#include "core.h"

#include "base/os.h"

#include <tapi.h>

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef const char *const key[2];

static key good[] = { { "lines", "2" }, { "alice/user", "al" }, { NULL, NULL } };
static key other[] = { { "alice/user", "bo" }, { "lines", "1" }, { NULL, NULL } };
static key clash[] = { { "lines", "2" }, { "refuse", "alice" }, { NULL, NULL } };
static key unknown[] = { { "alice/user", "bo" }, { "secret", "sesame" }, { NULL, NULL } };
static key none[] = { { NULL, NULL } };

static struct got *configure(struct core *c, key *keys)
{
	TspiProviderConfigured q = TSPI_PROVIDER_CONFIGURED__INIT;

	q.config = core_pairs(c, keys, &q.n_config);
	return core_return(c, core_send(c, CALL_TspiProviderConfigured, &q));
}

static void run_with(struct core *c, key *keys)
{
	core_start_keys(c, "mock", keys);
	core_run_provider(c);
	(void)core_event(c, LINE_CREATE);
}

START_TEST(all_keys_come_before_the_provider_is_told_that_they_are_all)
{
	struct core c;

	run_with(&c, good);

	ck_assert_str_eq(c.mock->keys(), "lines=2;alice/user=al;");
	ck_assert_uint_eq(c.mock->configured(), 1);
	(void)core_stop(&c);
}
END_TEST

START_TEST(refusal_of_the_whole_fails_the_start_with_its_cause)
{
	struct core c;
	TspiLineNegotiateTspiVersion q = TSPI_LINE_NEGOTIATE_TSPI_VERSION__INIT;
	struct got *g;

	core_start_keys(&c, "mock", clash);
	q.has_device = q.has_low_version = q.has_high_version = 1;
	q.device = INITIALIZE_NEGOTIATION;
	q.low_version = 0x20000;
	q.high_version = 0x30001;
	g = core_return(&c, core_send(&c, CALL_TspiLineNegotiateTspiVersion, &q));

	ck_assert_int_eq(g->h.result, LINEERR_INVALPARAM);
	ck_assert_str_eq(core_reason(g), "alice: does not fit the rest");
	ck_assert_str_eq(((const Failure *)g->body)->cause, "alice");
	(void)core_stop(&c);
}
END_TEST

START_TEST(new_keys_reach_a_provider_that_runs)
{
	struct core c;

	run_with(&c, good);
	ck_assert_int_eq(configure(&c, other)->h.result, 0);
	ck_assert_str_eq(c.mock->keys(), "alice/user=bo;lines=1;");

	ck_assert_int_eq(configure(&c, none)->h.result, 0);
	ck_assert_str_eq(c.mock->keys(), "");
	ck_assert_uint_eq(c.mock->configured(), 3);
	(void)core_stop(&c);
}
END_TEST

START_TEST(keys_that_the_provider_has_reach_it_again)
{
	struct core c;

	run_with(&c, good);
	ck_assert_int_eq(configure(&c, good)->h.result, 0);

	ck_assert_uint_eq(c.mock->configured(), 2);
	(void)core_stop(&c);
}
END_TEST

static const struct {
	key *keys;
	const char *cause, *sentence;
	unsigned configured;
} refused[] = {
	{ clash, "alice", "alice: does not fit the rest", 2 },
	{ unknown, "secret", "secret: not one of my keys", 1 },
};

START_TEST(refused_keys_change_nothing)
{
	struct core c;
	struct got *g;

	run_with(&c, good);
	g = configure(&c, refused[_i].keys);

	ck_assert_int_eq(g->h.result, LINEERR_INVALPARAM);
	ck_assert_str_eq(core_reason(g), refused[_i].sentence);
	ck_assert_str_eq(((const Failure *)g->body)->cause, refused[_i].cause);
	ck_assert_str_eq(c.mock->keys(), "lines=2;alice/user=al;");
	ck_assert_uint_eq(c.mock->configured(), refused[_i].configured);
	ck_assert_int_eq(configure(&c, good)->h.result, 0); /* what it has */
	ck_assert_uint_eq(c.mock->configured(), refused[_i].configured + 1);
	ck_assert_int_eq(configure(&c, other)->h.result, 0); /* from nothing */
	ck_assert_str_eq(c.mock->keys(), "alice/user=bo;lines=1;");
	(void)core_stop(&c);
}
END_TEST

static const char *below_build(const char *name)
{
	static char path[2][512];
	static unsigned next;
	const char *build = getenv("BUILD");

	next = (next + 1) % 2;
	(void)snprintf(path[next], sizeof(path[next]), "%s/%s", build ? build : "build/default",
			name);
	return path[next];
}

START_TEST(provider_that_cannot_be_configured_anew_says_so)
{
	struct core c;

	core_start_at(&c, below_build("lib/tapi/tsp/template.so"));
	core_run_provider(&c);

	ck_assert_int_eq(configure(&c, good)->h.result, LINEERR_OPERATIONUNAVAIL);
	ck_assert_int_eq(configure(&c, none)->h.result, 0);
	(void)core_stop(&c);
}
END_TEST

/* Runs tapi-tsphost --check; what it answers, and its exit code. */
static int check(const char *tsp, const char *keys, char *answer, size_t size)
{
	const char *program = below_build("bin/tapi-tsphost");
	size_t used = 0;
	ssize_t n;
	int fds[2], status;
	pid_t pid;

	ck_assert_int_eq(os_socketpair(fds), 0);
	pid = fork();
	if (!pid) {
		if (dup2(fds[1], 0) == 0 && dup2(fds[1], 1) == 1)
			(void)execl(program, program, "--check", tsp, (char *)NULL);
		_exit(127);
	}
	close(fds[1]);
	ck_assert_int_eq(write(fds[0], keys, strlen(keys)), (ssize_t)strlen(keys));
	ck_assert_int_eq(shutdown(fds[0], SHUT_WR), 0);
	while ((n = read(fds[0], answer + used, size - 1 - used)) > 0)
		used += (size_t)n;
	answer[used] = '\0';
	close(fds[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static const struct {
	const char *tsp, *keys, *answer;
	int code;
} checks[] = {
	{ "lib/host_mock.so", "", "", 0 },
	{ "lib/host_mock.so", "lines=2\nalice/user=a=b\n", "", 0 },
	{ "lib/host_mock.so", "a=1\nlines=2\nb=2\nrefuse=x\n",
			"a\tnot one of my keys\nb\tnot one of my keys\n", 1 },
	{ "lib/host_mock.so", "lines=2\nrefuse=alice\n", "alice\tdoes not fit the rest\n", 1 },
	{ "lib/tapi/tsp/template.so", "", "", 0 },
	{ "lib/tapi/tsp/template.so", "x=1\n", "x\tthis provider takes no configuration\n", 1 },
};

START_TEST(program_checks_keys_without_a_provider_that_runs)
{
	char answer[1024];
	int code = check(below_build(checks[_i].tsp), checks[_i].keys, answer, sizeof(answer));

	ck_assert_str_eq(answer, checks[_i].answer);
	ck_assert_int_eq(code, checks[_i].code);
}
END_TEST

START_TEST(program_names_what_is_no_tsp)
{
	char answer[1024];

	ck_assert_int_eq(check(below_build("lib/host_empty.so"), "", answer, sizeof(answer)), 1);
	ck_assert_ptr_nonnull(strstr(answer, "does not export TSPI_"));
	ck_assert_int_eq(answer[0], '\t');
	ck_assert_int_eq(check(below_build("lib/nowhere.so"), "", answer, sizeof(answer)), 1);
	ck_assert_ptr_nonnull(strstr(answer, "No such file"));
}
END_TEST

START_TEST(descriptions_of_keys_are_copied)
{
	struct core c;
	TspiProviderDescribeKeys q = TSPI_PROVIDER_DESCRIBE_KEYS__INIT;
	const TspiProviderDescribeKeysReply *reply;
	ProviderKeys *keys;
	struct got *g;

	run_with(&c, good);
	g = core_return(&c, core_send(&c, CALL_TspiProviderDescribeKeys, &q));

	ck_assert_int_eq(g->h.result, 0);
	reply = (const void *)g->body;
	keys = provider_keys__unpack(NULL, reply->keys.len, reply->keys.data);
	ck_assert_ptr_nonnull(keys);
	ck_assert_uint_eq(keys->n_keys, 40);
	ck_assert_str_eq(keys->keys[0]->key, "lines");
	ck_assert_uint_eq(keys->keys[0]->type, TSPIKEY_NUMBER);
	ck_assert_str_eq(keys->keys[0]->normal, "2");
	ck_assert_str_eq(keys->keys[39]->key, "?/user");
	ck_assert_str_eq(keys->keys[39]->help, "help 39");
	ck_assert_uint_eq(keys->keys[39]->max, 39);
	ck_assert_ptr_null(keys->keys[39]->normal);
	provider_keys__free_unpacked(keys, NULL);
	(void)core_stop(&c);
}
END_TEST

static Suite *config(void)
{
	Suite *s = suite_create("host config");
	TCase *t = tcase_create("config");

	tcase_add_test(t, all_keys_come_before_the_provider_is_told_that_they_are_all);
	tcase_add_test(t, refusal_of_the_whole_fails_the_start_with_its_cause);
	tcase_add_test(t, new_keys_reach_a_provider_that_runs);
	tcase_add_test(t, keys_that_the_provider_has_reach_it_again);
	tcase_add_loop_test(t, refused_keys_change_nothing, 0, 2);
	tcase_add_test(t, descriptions_of_keys_are_copied);
	tcase_add_test(t, provider_that_cannot_be_configured_anew_says_so);
	tcase_add_loop_test(t, program_checks_keys_without_a_provider_that_runs, 0,
			sizeof(checks) / sizeof(checks[0]));
	tcase_add_test(t, program_names_what_is_no_tsp);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(config())
