// SPDX-License-Identifier: MIT
/* test_config.c - the configuration file: what it means, and that whatever is wrong is named with
 * its line. */
#include "../oom.h"
#include "../scratch.h"
#include "../test_main.h"
#include "base/log.h"
#include "base/mem.h"
#include "tapisrvd/access_rule.h"
#include "tapisrvd/options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char said[4096];

static void listen_to_log(enum log_level level, const char *line, void *arg)
{
	(void)level;
	(void)arg;
	(void)strncat(said, line, sizeof(said) - strlen(said) - 1);
	(void)strncat(said, "\n", sizeof(said) - strlen(said) - 1);
}

/* Into a file of that name. */
static void write_text(char *path, size_t size, const char *text)
{
	int fd;

	scratch_template(path, size, "core-config");
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static int read_file(struct options *o, const char *path)
{
	int err;

	said[0] = '\0';
	log_set_sink(listen_to_log, NULL);
	err = config_read(o, path);
	log_set_sink(NULL, NULL);
	return err;
}

static int read_text(struct options *o, const char *text)
{
	char path[256];
	int err;

	write_text(path, sizeof(path), text);
	ck_assert_int_eq(options_init(o), 0);
	err = read_file(o, path);
	(void)unlink(path);
	return err;
}

START_TEST(everything_has_its_place)
{
	struct options o;
	const struct provider_options *p;
	const struct setting *s;

	ck_assert_int_eq(read_text(&o, "# a comment\n"
				       "[daemon]\n"
				       "socket = /x/y/socket\n"
				       "state = /s\n"
				       "unowned_calls = keep\n"
				       "tsp_path = /tsp ; where they are\n"
				       "dispatch_timeout = 2.5\n"
				       "entry_timeout=1\n"
				       "connections = 10000\n"
				       "\n"
				       "[provider one]\n"
				       "path = exchange\n"
				       "isolation = thread\n"
				       "  extensions = 101-104\n"
				       "seed = 7\n"
				       "; another\n"
				       "[provider two]\n"
				       "memory = 67108864\n"
				       "path = /lib/two.so\n"),
			0);
	ck_assert_int_eq(options_complete(&o), 0);
	ck_assert_str_eq(o.run_dir, "/x/y");
	ck_assert_int_eq(options_choose_state(&o), 0);
	ck_assert_str_eq(o.state, "/s");
	ck_assert(o.keep_unowned);
	ck_assert_uint_eq(o.dispatch_ms, 2500);
	ck_assert_uint_eq(o.entry_ms, 1000);
	ck_assert_uint_eq(o.kill_ms, 10000);
	ck_assert_uint_eq(o.max_clients, 10000);
	p = list_entry(o.providers.next, struct provider_options, link);
	ck_assert_str_eq(p->name, "one");
	ck_assert_str_eq(p->path, "/tsp/exchange.so");
	ck_assert(p->thread);
	s = list_entry(p->settings.next, struct setting, link);
	ck_assert_str_eq(s->key, "extensions");
	ck_assert_str_eq(s->value, "101-104");
	p = list_entry(p->link.next, struct provider_options, link);
	ck_assert_str_eq(p->path, "/lib/two.so");
	ck_assert(!p->thread);
	ck_assert_uint_eq(p->memory, 64 << 20);
	options_fini(&o);
}
END_TEST

static const struct access_rule *rule_at(const struct options *o, unsigned n)
{
	const struct list *l = o->access.next;

	while (n--)
		l = l->next;
	ck_assert_ptr_ne(l, &o->access);
	return list_entry(l, struct access_rule, link);
}

START_TEST(rules_say_who_may_what_on_which_devices)
{
	struct options o;

	ck_assert_int_eq(read_text(&o, "[access *]\n"
				       "monitor = all\n"
				       "[access @0]\n"
				       "own = line Extension 101 , phone  a/b*\n"
				       "[access 1000]\n"
				       "administrate = all\n"
				       "[access root]\n"
				       "own = all\n"
				       "[access @no-group-of-this-name]\n"
				       "own = all\n"
				       "[access 4294967295]\n"
				       "own = all\n"),
			0);
	ck_assert_int_eq(options_complete(&o), 0);
	ck_assert_uint_eq(list_count(&o.access), 7);
	ck_assert_int_eq(rule_at(&o, 0)->who, WHO_EVERYBODY);
	ck_assert_int_eq(rule_at(&o, 0)->role, ROLE_MONITOR);
	ck_assert_int_eq(rule_at(&o, 0)->devices, DEVICES_ALL);
	ck_assert_int_eq(rule_at(&o, 1)->who, WHO_GROUP);
	ck_assert_uint_eq(rule_at(&o, 1)->id, 0);
	ck_assert_int_eq(rule_at(&o, 1)->role, ROLE_OWN);
	ck_assert_int_eq(rule_at(&o, 1)->devices, DEVICES_LINES);
	ck_assert_str_eq(rule_at(&o, 1)->name, "Extension 101");
	ck_assert_uint_eq(rule_at(&o, 1)->line, 4);
	ck_assert_int_eq(rule_at(&o, 2)->devices, DEVICES_PHONES);
	ck_assert_str_eq(rule_at(&o, 2)->name, "a/b*");
	ck_assert_int_eq(rule_at(&o, 3)->who, WHO_USER);
	ck_assert_uint_eq(rule_at(&o, 3)->id, 1000);
	ck_assert_int_eq(rule_at(&o, 3)->role, ROLE_ADMIN);
	ck_assert_int_eq(rule_at(&o, 4)->who, WHO_USER);
	ck_assert_uint_eq(rule_at(&o, 4)->id, 0);
	ck_assert_int_eq(rule_at(&o, 5)->who, WHO_NOBODY);
	ck_assert_int_eq(rule_at(&o, 6)->who, WHO_NOBODY); /* -1 is no user */
	options_fini(&o);
}
END_TEST

/* The rules, as many as there are; no section at all is a rule, too. */
static const struct {
	const char *text;
	size_t rules;
} sections[] = {
	{ "", 1 },
	{ "[daemon]\nlog = info\n", 1 },
	{ "[access *]\n", 0 },
	{ "[access nobody-of-this-name]\nown = all\n", 1 },
};

START_TEST(without_a_section_everybody_owns)
{
	struct options o;

	ck_assert_int_eq(read_text(&o, sections[_i].text), 0);
	ck_assert_int_eq(options_complete(&o), 0);
	ck_assert_uint_eq(list_count(&o.access), sections[_i].rules);
	ck_assert_int_eq(o.has_access, strstr(sections[_i].text, "access") != NULL);
	if (!o.has_access) {
		ck_assert_int_eq(rule_at(&o, 0)->who, WHO_EVERYBODY);
		ck_assert_int_eq(rule_at(&o, 0)->role, ROLE_OWN);
		ck_assert_int_eq(rule_at(&o, 0)->devices, DEVICES_ALL);
	} else if (sections[_i].rules) {
		ck_assert_int_eq(rule_at(&o, 0)->who, WHO_NOBODY);
		ck_assert_ptr_nonnull(strstr(said, ":1: there is no user or group"));
	}
	options_fini(&o);
}
END_TEST

START_TEST(provider_section_without_keys_counts)
{
	struct options o;
	const struct provider_options *p;

	ck_assert_int_eq(read_text(&o, "[provider one]\n  [provider two]\nx = 1\n"), 0);
	ck_assert_int_eq(options_complete(&o), 0);
	p = list_entry(o.providers.next, struct provider_options, link);
	ck_assert_str_eq(p->name, "one");
	ck_assert(list_empty(&p->settings));
	p = list_entry(p->link.next, struct provider_options, link);
	ck_assert_str_eq(p->name, "two");
	ck_assert_ptr_eq(p->link.next, &o.providers);
	options_fini(&o);
}
END_TEST

static const struct setting *setting_at(const struct provider_options *p, unsigned n)
{
	const struct list *l = p->settings.next;

	while (n--)
		l = l->next;
	ck_assert_ptr_ne(l, &p->settings);
	return list_entry(l, struct setting, link);
}

START_TEST(parts_give_their_keys_to_the_provider_under_their_name)
{
	struct options o;
	const struct provider_options *p;

	ck_assert_int_eq(read_text(&o, "[provider sip]\n"
				       "listen = *:5060\n"
				       "[sip alice]\n"
				       "server = example.net\n"
				       "\n"
				       "path = /x\n"
				       "[sip bob.2]\n"
				       "secret = a ;b\n"
				       "[sip alice]\n"
				       "user = al\n"),
			0);
	p = list_entry(o.providers.next, struct provider_options, link);
	ck_assert_str_eq(p->name, "sip");
	ck_assert_ptr_null(p->path);
	ck_assert_ptr_eq(p->link.next, &o.providers);
	ck_assert_str_eq(setting_at(p, 0)->key, "listen");
	ck_assert_str_eq(setting_at(p, 1)->key, "alice/server");
	ck_assert_str_eq(setting_at(p, 1)->value, "example.net");
	ck_assert_str_eq(setting_at(p, 2)->key, "alice/path");
	ck_assert_str_eq(setting_at(p, 3)->key, "bob.2/secret");
	ck_assert_str_eq(setting_at(p, 4)->key, "alice/user");
	options_fini(&o);
}
END_TEST

START_TEST(keys_and_parts_are_found_by_their_line)
{
	struct options o;
	const struct provider_options *p;

	ck_assert_int_eq(read_text(&o, "[sip alice]\nuser = a\n[provider sip]\nlisten = 1\n"), 0);
	p = list_entry(o.providers.next, struct provider_options, link);
	ck_assert_uint_eq(options_line_of(p, "alice/user"), 2);
	ck_assert_uint_eq(options_line_of(p, "alice"), 1);
	ck_assert_uint_eq(options_line_of(p, "listen"), 4);
	ck_assert_uint_eq(options_line_of(p, "bob"), 0);
	ck_assert_uint_eq(p->line, 3);
	options_fini(&o);
}
END_TEST

START_TEST(part_alone_implies_its_provider)
{
	struct options o;
	const struct provider_options *p;

	ck_assert_int_eq(read_text(&o, "[sip alice]\nuser = a\n"), 0);
	ck_assert_int_eq(options_complete(&o), 0);
	p = list_entry(o.providers.next, struct provider_options, link);
	ck_assert_str_eq(p->name, "sip");
	ck_assert_uint_eq(p->line, 1);
	ck_assert_ptr_nonnull(strstr(p->path, "/tapi/tsp/sip.so"));
	options_fini(&o);
}
END_TEST

START_TEST(nothing_configured_is_the_exchange)
{
	struct options o;
	const struct provider_options *p;

	ck_assert_int_eq(read_text(&o, ""), 0);
	ck_assert_int_eq(options_complete(&o), 0);
	p = list_entry(o.providers.next, struct provider_options, link);
	ck_assert_str_eq(p->name, "exchange");
	ck_assert_ptr_nonnull(strstr(p->path, "/tapi/tsp/exchange.so"));
	options_fini(&o);
}
END_TEST

#define LONG_VALUE                                                                                 \
	"12345678901234567890123456789012345678901234567890"                                       \
	"12345678901234567890123456789012345678901234567890"                                       \
	"12345678901234567890123456789012345678901234567890"                                       \
	"12345678901234567890123456789012345678901234567890"
#define LONG_NAME "n2345678901234567890123456789012345678901234567890"

static const struct {
	const char *text, *wanted;
} wrong[] = {
	{ "[daemon]\nsockt = x\n", ":2: unknown key in [daemon]: sockt" },
	{ "[daemon]\n\nlog = loud\n", ":3: log must be" },
	{ "[daemon]\nkill_timeout = soon\n", ":2: seconds" },
	{ "[daemon]\nconnections = 0\n", ":2: connections is a number" },
	{ "[daemon]\nunowned_calls = maybe\n",
			":2: unowned_calls must be drop or keep, not: maybe" },
	{ "[daemon]\nkill_timeout = -1\n", ":2: seconds" },
	{ "[daemon]\nkill_timeout = 2s\n", ":2: seconds" },
	{ "[daemon]\nkill_timeout = 3601\n", ":2: seconds" },
	{ "[daemon]\nconnections = many\n", ":2: connections is a number" },
	{ "[daemon]\nconnections = 10k\n", ":2: connections is a number" },
	{ "[daemon]\nconnections = 100001\n", ":2: connections is a number" },
	{ "[numbers]\ncountry = 881\n", ":2: country is a name, two ISO letters or an id" },
	{ "[numbers]\narea_code = 1234567890123456\n", ":2: area_code has digits only" },
	{ "[daemon]\nkill_timeout = nan\n", ":2: seconds" },
	{ "[provider x]\n= secret\n", ":2: a value without a key" },
	{ "[deamon]\nlog = info\n", ":1: unknown section: deamon" },
	{ "[provider e x]\n", ":1: unknown section: provider e x" },
	{ "[daemon x]\nlog = info\n", ":1: unknown section: daemon x" },
	{ "[sip a/b]\nuser = x\n", ":1: unknown section: sip a/b" },
	{ "[sip  alice]\nuser = x\n", ":1: unknown section: sip  alice" },
	{ "[sip bob]\nx = 1\n[sip alice]\n[sip carol]\ny = 1\n",
			":3: the section has no keys: alice" },
	{ "\xef\xbb\xbf[sip alice]\n[sip bob]\nx = 1\n", ":1: the section has no keys: alice" },
	{ "[sip a]\nuser = x\n[sip b]\nuser = y\n[sip a]\nuser = z\n",
			":6: the key has been given already: a/user, in line 2" },
	{ "[provider x]\na = 1\na = 1\n", ":3: the key has been given already: a, in line 2" },
	{ "log = info\n", ":1: a key before the first section: log" },
	{ "[provider x]\nisolation = jail\n", ":2: isolation must be" },
	{ "[provider x]\nmemory = 15M\n", ":2: memory is a size such as 256M" },
	{ "[provider x]\nmemory = 64MB\n", ":2: memory is a size" },
	{ "[provider x]\nmemory = 64X\n", ":2: memory is a size" },
	{ "[provider x]\nmemory = -1\n", ":2: memory is a size" },
	{ "[provider x]\nmemory = 99999999T\n", ":2: memory is a size" },
	{ "[provider x]\nmemory = 64M\nisolation = thread\n", ":1: memory needs isolation" },
	{ "[provider x]\npath = a/b.so\n", ":2: path must be absolute" },
	{ "[provider ../x]\npath = a\n", ":1: unknown section: provider ../x" },
	{ "[provider x]\nwhat is this\n", ":2: neither" },
	{ "[provider x]\nkey = " LONG_VALUE "\n", ":2: the line is too long" },
	{ "[provider x]\nkey = " LONG_VALUE, ":2: the line is too long" },
	{ "[provider x]\n" LONG_NAME " = 1\n", ":2: the name is too long" },
	{ "[access]\nown = all\n", ":1: unknown section: access" },
	{ "[access *]\nowns = all\n", ":2: a role is monitor, own or administrate, not: owns" },
	{ "[access *]\nown = line 1, lines 2\n",
			":2: a device is all, line NAME or phone NAME, not: lines 2" },
	{ "[access *]\nown = all,,line x\n", ":2: a device is all, line NAME or phone NAME, not" },
	{ "[access *]\nown = line\n", ":2: a device is all, line NAME or phone NAME, not: line" },
	{ "[access *]\nown =\n", ":2: a device is all, line NAME or phone NAME, not" },
	{ "[access *]\nadministrate = line x\n", ":2: administrate is for all, not for: line x" },
	{ "[provider " LONG_NAME "]\na = 1\n", ":1: the name is too long" },
	{ "[provider x                                          ]\na = 1\n",
			":1: the name is too long" },
};

START_TEST(wrong_lines_are_named)
{
	struct options o;

	ck_assert_int_eq(read_text(&o, wrong[_i].text), -EINVAL);
	ck_assert_msg(strstr(said, wrong[_i].wanted) != NULL, "it said: %s", said);
	options_fini(&o);
}
END_TEST

/* What no message to its host holds: 1 MiB. */
START_TEST(provider_with_too_many_keys_is_named)
{
	static const char head[] = "# a comment\n[provider x]\n";
	static const char line[] = "key_00000 = a value that is neither short nor very long\n";
	const size_t lines = 1100000 / (sizeof(line) - 1);
	char *text = mem_zalloc(1, sizeof(head) + lines * (sizeof(line) - 1));
	struct options o;

	ck_assert_ptr_nonnull(text);
	memcpy(text, head, sizeof(head) - 1);
	for (size_t i = 0; i < lines; i++) {
		char *at = text + sizeof(head) - 1 + i * (sizeof(line) - 1);
		char number[8];

		memcpy(at, line, sizeof(line) - 1);
		(void)snprintf(number, sizeof(number), "%05u", (unsigned)i % 100000);
		memcpy(at + 4, number, 5);
	}

	ck_assert_int_eq(read_text(&o, text), -EINVAL);
	ck_assert_msg(strstr(said, ":2: the provider has too many keys: x") != NULL, "it said: %s",
			said);
	options_fini(&o);
	mem_free(text);
}
END_TEST

static const char *chosen_state(void)
{
	static char state[64];
	struct options o;

	ck_assert_int_eq(options_init(&o), 0);
	ck_assert_int_eq(options_choose_state(&o), 0);
	(void)snprintf(state, sizeof(state), "%s", o.state ? o.state : "none");
	options_fini(&o);
	return state;
}

START_TEST(state_folder_follows_from_the_environment)
{
	ck_assert_int_eq(setenv("HOME", "/h", 1), 0);
	ck_assert_int_eq(setenv("XDG_STATE_HOME", "/x", 1), 0);
	ck_assert_int_eq(setenv("STATE_DIRECTORY", "/a:/b", 1), 0);
	ck_assert_str_eq(chosen_state(), "/a");
	ck_assert_int_eq(unsetenv("STATE_DIRECTORY"), 0);
	if (geteuid() == 0) {
		ck_assert_str_eq(chosen_state(), "/var/lib/tapisrvd");
		ck_assert_int_eq(seteuid(65534), 0);
	}
	ck_assert_str_eq(chosen_state(), "/x/tapisrvd");
	ck_assert_int_eq(unsetenv("XDG_STATE_HOME"), 0);
	ck_assert_str_eq(chosen_state(), "/h/.local/state/tapisrvd");
	ck_assert_int_eq(unsetenv("HOME"), 0);
	ck_assert_str_eq(chosen_state(), "none");
	if (getuid() == 0)
		ck_assert_int_eq(seteuid(0), 0);
}
END_TEST

START_TEST(environment_counts_where_nothing_is_configured)
{
	struct options o;

	ck_assert_int_eq(setenv("TAPISRVD_SOCKET", "/r/socket", 1), 0);
	ck_assert_int_eq(setenv("TAPI_TSP_PATH", "/t", 1), 0);
	ck_assert_int_eq(setenv("TAPI_TSPHOST", "/h", 1), 0);
	ck_assert_int_eq(read_text(&o, "[provider x]\n"), 0);
	ck_assert_int_eq(options_complete(&o), 0);
	ck_assert_str_eq(o.socket, "/r/socket");
	ck_assert_str_eq(o.run_dir, "/r");
	ck_assert_str_eq(o.host_program, "/h");
	ck_assert_str_eq(options_provider(&o, "x")->path, "/t/x.so");
	options_fini(&o);
	ck_assert_int_eq(read_text(&o, "[daemon]\nrun_dir = /f\ntsp_path = /f/t\nhost = /f/h\n"),
			0);
	ck_assert_int_eq(options_complete(&o), 0);
	ck_assert_str_eq(o.socket, "/f/socket");
	ck_assert_str_eq(o.host_program, "/f/h");
	ck_assert_str_eq(options_provider(&o, "exchange")->path, "/f/t/exchange.so");
	options_fini(&o);
	ck_assert_int_eq(unsetenv("TAPISRVD_SOCKET"), 0);
	ck_assert_int_eq(unsetenv("TAPI_TSP_PATH"), 0);
	ck_assert_int_eq(unsetenv("TAPI_TSPHOST"), 0);
}
END_TEST

/* The log takes so many of one kind at a time. */
START_TEST(of_many_faults_the_log_has_the_first_and_their_number)
{
	char text[4096] = "[daemon]\n", line[64];
	struct options o;

	for (int i = 0; i < LOG_BURST + 7; i++) {
		(void)snprintf(line, sizeof(line), "key_%d = 1\n", i);
		(void)strcat(text, line);
	}
	ck_assert_int_eq(read_text(&o, text), -EINVAL);
	(void)snprintf(line, sizeof(line), "key_%d\n", LOG_BURST - 1);
	ck_assert_msg(strstr(said, line) != NULL, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, ": 7 more faults: tapisrvd --check-config names all"));
	options_fini(&o);
}
END_TEST

START_TEST(missing_file_is_an_error)
{
	struct options o;

	ck_assert_int_eq(options_init(&o), 0);
	ck_assert_int_eq(read_file(&o, "/nonexistent/tapisrvd.conf"), -ENOENT);
	options_fini(&o);
}
END_TEST

START_TEST(folder_is_no_file)
{
	struct options o;

	ck_assert_int_eq(options_init(&o), 0);
	ck_assert_int_eq(read_file(&o, "/"), -EINVAL);
	ck_assert_ptr_nonnull(strstr(said, "/: cannot be read to its end"));
	options_fini(&o);
}
END_TEST

START_TEST(unowned_calls_are_dropped_by_word)
{
	struct options o;

	ck_assert_int_eq(read_text(&o, "[daemon]\nunowned_calls = drop\n"), 0);
	ck_assert(!o.keep_unowned);
	options_fini(&o);
}
END_TEST

/* All of that file. */
static void check_whole(const struct options *o)
{
	const struct provider_options *one =
			list_entry(o->providers.next, struct provider_options, link);

	ck_assert_str_eq(o->socket, "/x/socket");
	ck_assert_uint_eq(list_count(&o->providers), 1);
	ck_assert_str_eq(one->name, "one");
	ck_assert_str_eq(one->path, "/p.so");
	ck_assert_uint_eq(list_count(&one->parts), 1);
	ck_assert_uint_eq(list_count(&one->settings), 2);
	ck_assert_str_eq(setting_at(one, 0)->value, "1");
	ck_assert_str_eq(setting_at(one, 1)->key, "part/x");
	ck_assert_uint_eq(list_count(&o->access), 1);
}

START_TEST(oom_nothing_of_a_file_is_left_out_in_silence)
{
	unsigned refused = 0;
	char path[256];

	write_text(path, sizeof(path),
			"[daemon]\nsocket = /x/socket\n[provider one]\npath = /p.so\nkey = 1\n"
			"[one part]\nx = 1\n[access *]\nown = line a\n");
	for (struct oom o = OOM_START; oom_next(&o);) {
		struct options read;
		int err = options_init(&read);

		if (!err)
			err = read_file(&read, path);
		if (err)
			ck_assert(oom_failed(&o));
		else
			check_whole(&read);
		if (err == -EINVAL) {
			ck_assert_ptr_nonnull(strstr(said, "memory"));
			refused++;
		}
		options_fini(&read);
	}
	ck_assert_uint_gt(refused, 0);
	(void)unlink(path);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core config");
	TCase *t = tcase_create("config");

	tcase_add_test(t, everything_has_its_place);
	tcase_add_test(t, rules_say_who_may_what_on_which_devices);
	tcase_add_loop_test(t, without_a_section_everybody_owns, 0,
			sizeof(sections) / sizeof(sections[0]));
	tcase_add_test(t, provider_section_without_keys_counts);
	tcase_add_test(t, parts_give_their_keys_to_the_provider_under_their_name);
	tcase_add_test(t, keys_and_parts_are_found_by_their_line);
	tcase_add_test(t, part_alone_implies_its_provider);
	tcase_add_test(t, nothing_configured_is_the_exchange);
	tcase_add_loop_test(t, wrong_lines_are_named, 0, sizeof(wrong) / sizeof(wrong[0]));
	tcase_add_test(t, provider_with_too_many_keys_is_named);
	tcase_add_test(t, state_folder_follows_from_the_environment);
	tcase_add_test(t, environment_counts_where_nothing_is_configured);
	tcase_add_test(t, of_many_faults_the_log_has_the_first_and_their_number);
	tcase_add_test(t, missing_file_is_an_error);
	tcase_add_test(t, folder_is_no_file);
	tcase_add_test(t, unowned_calls_are_dropped_by_word);
	suite_add_tcase(s, t);
	t = tcase_create("oom");
	tcase_add_test(t, oom_nothing_of_a_file_is_left_out_in_silence);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
