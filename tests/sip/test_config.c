// SPDX-License-Identifier: MIT
/* test_config.c - the keys of SIP lines, good and bad, alone and together. */
#include "parts.h"

#include "../oom.h"
#include "../scratch.h"
#include "base/mem.h"
#include "providers/sip/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
	const char *key, *value;
	int result;
} keys[] = {
	{ "listen", "*:5060", 0 },
	{ "listen", "*", 0 },
	{ "listen", "127.0.0.1:0", 0 },
	{ "listen", "[::1]:5070", 0 },
	{ "listen", "[::1", -EINVAL },
	{ "listen", "[127.0.0.1]", -EINVAL },
	{ "listen", "[*]:5060", -EINVAL },
	{ "listen", "example.net:5060", -EINVAL },
	{ "listen", "*:65536", -EINVAL },
	{ "listen", "*:", -EINVAL },
	{ "listen", "", -EINVAL },
	{ "listen_tls", "*:5061", 0 },
	{ "tls_certificate", "/etc/cert.pem", 0 },
	{ "tls_certificate", "cert.pem", -EINVAL },
	{ "tls_key", "", -EINVAL },
	{ "tls_verify", "yes", 0 },
	{ "tls_verify", "maybe", -EINVAL },
	{ "user_agent", "a phone", 0 },
	{ "user_agent", "a\r\nVia: x", -EINVAL },
	{ "log", "debug", 0 },
	{ "log", "loud", -EINVAL },
	{ "media_ms", "0", -EINVAL },
	{ "media_ms", "2000", 0 },
	{ "t1_ms", "50", 0 },
	{ "colour", "red", -ENOENT },
	{ "", "", -ENOENT },
	{ "alice/server", "example.net", 0 },
	{ "alice/server", "example.net:5062", 0 },
	{ "alice/server", "192.0.2.1", 0 },
	{ "alice/server", "192.0.2.300", -EINVAL },
	{ "alice/server", "[2001:db8::1]:5062", 0 },
	{ "alice/server", "2001:db8::1", -EINVAL },
	{ "alice/server", "example.net:0", -EINVAL },
	{ "alice/server", "example.net:sip", -EINVAL },
	{ "alice/server", "*", -EINVAL },
	{ "alice/server", "-x", -EINVAL },
	{ "alice/server", "a..b", -EINVAL },
	{ "alice/server", ".", -EINVAL },
	{ "alice/server", "sip:example.net", -EINVAL },
	{ "alice/domain", "example.net", 0 },
	{ "alice/domain", "example.net:5060", -EINVAL },
	{ "alice/user", "alice", 0 },
	{ "alice/user", "+49301234", 0 },
	{ "alice/user", "alice@example.net", -EINVAL },
	{ "alice/user", "al ice", -EINVAL },
	{ "alice/user", "", -EINVAL },
	{ "alice/auth_user", "alice@example.net", 0 },
	{ "alice/auth_user", "a:b", -EINVAL },
	{ "alice/auth_user", "a\"b", -EINVAL },
	{ "alice/secret", "pass word", 0 },
	{ "alice/secret", "", -EINVAL },
	{ "alice/secret", "pass:word", -EINVAL },
	{ "alice/secret_file", "relative", -EINVAL },
	{ "alice/credential", "../x", -EINVAL },
	{ "alice/credential", "..", -EINVAL },
	{ "alice/credential", "sip-alice", 0 },
	{ "alice/transport", "tls", 0 },
	{ "alice/transport", "sctp", -EINVAL },
	{ "alice/proxy", "proxy.example.net:5080", 0 },
	{ "alice/register", "no", 0 },
	{ "alice/register", "1", -EINVAL },
	{ "alice/expires", "60", 0 },
	{ "alice/expires", "9", -EINVAL },
	{ "alice/expires", "-60", -EINVAL },
	{ "alice/expires", "99999999999", -EINVAL },
	{ "alice/caller_name", "Alice Müller", 0 },
	{ "alice/caller_name", "\xff", -EINVAL },
	{ "alice/caller_name", "\xc3", -EINVAL },
	{ "alice/caller_name", "Al\"ice", -EINVAL },
	{ "alice/codecs", "opus G722 PCMU PCMA", 0 },
	{ "alice/codecs", "pcma, pcmu", 0 },
	{ "alice/codecs", "PCMU G722 pcmu", -EINVAL },
	{ "alice/codecs",
			"opus G722 PCMU PCMA G726-16 G726-24 G726-32 G726-40 AAL2-G726-16 "
			"AAL2-G726-24 aal2-g726-32 AAL2-G726-40",
			0 },
	{ "alice/codecs", "G729", -EINVAL },
	{ "alice/codecs", "", -EINVAL },
	{ "alice/codecs", " , ", -EINVAL },
	{ "alice/codecs", "PCMU PCMU PCMU PCMU PCMU PCMU PCMU PCMU PCMU", -EINVAL },
	{ "alice/srtp", "optional", 0 },
	{ "alice/srtp", "on", -EINVAL },
	{ "alice/calls", "10000", 0 },
	{ "alice/calls", "10001", -EINVAL },
	{ "alice/calls", "0", -EINVAL },
	{ "alice/reject", "603", 0 },
	{ "alice/reject", "404", -EINVAL },
	{ "alice/digits", "info", 0 },
	{ "alice/digits", "inband", -EINVAL },
	{ "alice/nat", "yes", 0 },
	{ "alice/public_address", "192.0.2.1", 0 },
	{ "alice/public_address", "2001:db8::1", 0 },
	{ "alice/public_address", "example.net", -EINVAL },
	{ "alice/session_expires", "0", 0 },
	{ "alice/session_expires", "89", -EINVAL },
	{ "alice/session_expires", "90", 0 },
	{ "alice/reliable", "no", 0 },
	{ "alice/mwi", "yes", 0 },
	{ "alice/no_answer_ms", "20000", 0 },
	{ "alice/retry_min_s", "0", -EINVAL },
	{ "alice/retry_max_s", "1800", 0 },
	{ "alice/uui_size", "0", 0 },
	{ "alice/colour", "red", -ENOENT },
	{ "alice/", "red", -ENOENT },
	{ "/user", "red", -EINVAL },
	{ "floor 2/alice/user", "alice", 0 },
	{ "al\nice/user", "alice", -EINVAL },
	{ "0123456789012345678901234567890123456789012345678901234567890123/user", "a", -EINVAL },
};

START_TEST(each_key)
{
	struct config c;
	struct config_error why = { "", "" };

	config_init(&c);

	ck_assert_int_eq(config_set(&c, keys[_i].key, keys[_i].value, &why), keys[_i].result);

	if (keys[_i].result) {
		ck_assert_str_ne(why.sentence, "");
		ck_assert_int_eq(strncmp(why.cause, keys[_i].key, strlen(why.cause)), 0);
	}
	config_fini(&c);
}
END_TEST

/* It may be a secret that stands behind the wrong key. */
START_TEST(no_sentence_holds_a_value)
{
	struct config c;
	struct config_error why = { "", "" };

	config_init(&c);

	(void)config_set(&c, keys[_i].key, "s3cr3t\x01:", &why);

	ck_assert_ptr_null(strstr(why.sentence, "s3cr3t"));
	config_fini(&c);
}
END_TEST

/* Sets, line by line; what config_check() says of them. */
static const struct {
	const char *lines[8]; /* key, value, key, value, NULL */
	const char *cause;    /* NULL: good */
} sets[] = {
	{ { NULL }, NULL },
	{ { "alice/server", "example.net", "alice/user", "alice" }, NULL },
	{ { "alice/calls", "2" }, NULL },
	{ { "floor 2/calls", "2" }, "floor 2" },
	{ { "alice/server", "example.net" }, "alice" },
	{ { "alice/register", "yes" }, "alice/register" },
	{ { "alice/retry_min_s", "60", "alice/retry_max_s", "30" }, "alice" },
	{ { "alice/secret", "geheim", "alice/credential", "x" }, "alice/credential" },
	{ { "alice/secret", "geheim", "alice/secret_file", "/x" }, "alice/secret_file" },
	{ { "alice/credential", "x", "alice/secret_file", "/x" }, "alice/secret_file" },
	{ { "alice/secret_file", "/nowhere/file" }, "alice/secret_file" },
	{ { "alice/secret_file", "/" }, "alice/secret_file" },
	{ { "alice/secret_file", "/dev/null" }, "alice/secret_file" },
	{ { "alice/credential", "x" }, "alice/credential" },
	{ { "listen_tls", "*" }, "listen_tls" },
	{ { "tls_key", "/nowhere" }, "tls_key" },
	{ { "tls_certificate", "/nowhere" }, "tls_certificate" },
	{ { "tls_ca", "/nowhere/ca.pem" }, "tls_ca" },
};

START_TEST(each_set)
{
	struct config c;
	struct config_error why = { "", "" };
	const char *const *l = sets[_i].lines;
	int result;

	(void)unsetenv("CREDENTIALS_DIRECTORY");
	config_init(&c);
	for (; *l; l += 2)
		ck_assert_int_eq(config_set(&c, l[0], l[1], &why), 0);

	result = config_check(&c, &why);

	ck_assert_int_eq(result < 0, sets[_i].cause != NULL);
	ck_assert_str_eq(why.cause, sets[_i].cause ? sets[_i].cause : "");
	ck_assert_int_eq(why.sentence[0] == '\0', sets[_i].cause == NULL);
	config_fini(&c);
}
END_TEST

static void take(struct config *c, const char *key, const char *value)
{
	struct config_error why;

	ck_assert_int_eq(config_set(c, key, value, &why), 0);
}

START_TEST(an_account_gets_its_defaults)
{
	struct config c;
	struct config_error why;
	const struct account_config *a;

	config_init(&c);
	take(&c, "alice/server", "sip.example.net:5070");
	take(&c, "alice/user", "alice");
	take(&c, "bob/calls", "1");
	ck_assert_int_eq(config_check(&c, &why), 0);

	a = config_find(&c, "alice");
	ck_assert_str_eq(a->domain, "sip.example.net");
	ck_assert_str_eq(a->auth_user, "alice");
	ck_assert(a->registers);
	ck_assert_uint_eq(a->calls, 4);
	ck_assert_uint_eq(a->reject, 486);
	a = config_find(&c, "bob");
	ck_assert_str_eq(a->user, "bob");
	ck_assert_str_eq(a->domain, "");
	ck_assert(!a->registers);
	ck_assert_ptr_null(config_find(&c, "carol"));
	ck_assert_ptr_null(config_find(&c, "bo"));
	config_fini(&c);
}
END_TEST

START_TEST(hosts_are_written_as_in_a_uri)
{
	struct config c;
	char text[64];

	config_init(&c);
	host_port_write(&c.listen, text, sizeof(text));
	ck_assert_str_eq(text, "*:5060");
	take(&c, "listen", "[::1]:5070");
	host_port_write(&c.listen, text, sizeof(text));
	ck_assert_str_eq(text, "[::1]:5070");
	take(&c, "alice/server", "example.net");
	host_port_write(&c.accounts[0]->server, text, sizeof(text));
	ck_assert_str_eq(text, "example.net");
	config_fini(&c);
}
END_TEST

START_TEST(codecs_are_written_as_the_msp_reads_them)
{
	struct config c;

	config_init(&c);
	take(&c, "a/codecs", "OPUS,g722  pcma,");
	ck_assert_str_eq(c.accounts[0]->codecs, "opus G722 PCMA");
	config_fini(&c);
}
END_TEST

/* Every key of an account changes something that a reload must see. */
static const char *const changes[][2] = {
	{ "a/server", "b.example" },
	{ "a/domain", "x" },
	{ "a/user", "b" },
	{ "a/auth_user", "c" },
	{ "a/secret", "s" },
	{ "a/transport", "tcp" },
	{ "a/proxy", "p" },
	{ "a/register", "no" },
	{ "a/expires", "61" },
	{ "a/caller_name", "A" },
	{ "a/codecs", "PCMU" },
	{ "a/srtp", "required" },
	{ "a/calls", "1" },
	{ "a/reject", "603" },
	{ "a/digits", "info" },
	{ "a/nat", "yes" },
	{ "a/public_address", "192.0.2.1" },
	{ "a/session_expires", "0" },
	{ "a/reliable", "no" },
	{ "a/mwi", "yes" },
	{ "a/no_answer_ms", "1000" },
	{ "a/retry_min_s", "6" },
	{ "a/retry_max_s", "299" },
	{ "a/uui_size", "0" },
};

START_TEST(a_reload_sees_each_change)
{
	struct config before, after;
	struct config_error why;
	struct account_config *copy;

	config_init(&before);
	config_init(&after);
	take(&before, "a/server", "a.example");
	take(&before, "a/user", "a");
	take(&after, "a/server", "a.example");
	take(&after, "a/user", "a");
	copy = account_config_dup(after.accounts[0]);
	ck_assert(account_config_equal(copy, after.accounts[0]));
	account_config_free(copy);

	take(&after, changes[_i][0], changes[_i][1]);

	ck_assert_int_eq(config_check(&before, &why), 0);
	ck_assert_int_eq(config_check(&after, &why), 0);
	ck_assert(!account_config_equal(before.accounts[0], after.accounts[0]));
	ck_assert_ptr_null(config_fixed_key(&before, &after));
	take(&after, "log", "debug");
	ck_assert_ptr_null(config_fixed_key(&before, &after));
	take(&after, "t1_ms", "100");
	ck_assert_ptr_nonnull(config_fixed_key(&before, &after));
	config_fini(&before);
	config_fini(&after);
}
END_TEST

START_TEST(there_are_at_most_1000_lines)
{
	struct config c;
	struct config_error why;
	char key[32];

	config_init(&c);
	for (int i = 0; i < CONFIG_ACCOUNTS_MAX; i++) {
		(void)snprintf(key, sizeof(key), "%d/calls", i);
		take(&c, key, "1");
	}

	ck_assert_int_eq(config_set(&c, "one more/calls", "1", &why), -ENOSPC);

	take(&c, "999/calls", "2");
	config_fini(&c);
}
END_TEST

/* Files of secrets. */
static const struct {
	const char *text;
	mode_t mode;
	const char *secret; /* NULL: refused */
} files[] = {
	{ "geheim", 0600, "geheim" },
	{ "geheim\n", 0640, "geheim" },
	{ "geheim\r\nsecond line", 0400, "geheim" },
	{ "two words", 0600, "two words" },
	{ "geheim", 0644, NULL },
	{ "geheim", 0602, NULL },
	{ "geheim:wort", 0600, NULL },
	{ "", 0600, NULL },
	{ "\ngeheim", 0600, NULL },
};

static void write_file(const char *path, const char *text, mode_t mode)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert(fputs(text, f) >= 0);
	ck_assert_int_eq(fclose(f), 0);
	ck_assert_int_eq(chmod(path, mode), 0);
}

static void check_read(const char *key, const char *value, const char *secret)
{
	struct config c;
	struct config_error why = { "", "" };

	config_init(&c);
	take(&c, key, value);
	ck_assert_int_eq(config_check(&c, &why) == 0, secret != NULL);
	ck_assert_str_eq(c.accounts[0]->secret, secret ? secret : "");
	ck_assert_ptr_null(strstr(why.sentence, "geheim"));
	config_fini(&c);
}

/* A folder of this test with a file "secret" in it. */
struct place {
	char folder[128];
	char path[160];
};

static void place_open(struct place *p)
{
	scratch_template(p->folder, sizeof(p->folder), "secret");
	ck_assert_ptr_nonnull(mkdtemp(p->folder));
	(void)snprintf(p->path, sizeof(p->path), "%s/secret", p->folder);
}

static void place_close(struct place *p)
{
	ck_assert_int_eq(unlink(p->path), 0);
	ck_assert_int_eq(rmdir(p->folder), 0);
}

START_TEST(each_file)
{
	struct place s;

	place_open(&s);
	write_file(s.path, files[_i].text, files[_i].mode);
	ck_assert_int_eq(setenv("CREDENTIALS_DIRECTORY", s.folder, 1), 0);

	check_read("a/secret_file", s.path, files[_i].secret);
	check_read("a/credential", "secret", files[_i].secret);

	place_close(&s);
}
END_TEST

START_TEST(a_long_line_is_no_secret)
{
	struct place s;
	char text[CONFIG_SECRET_MAX + 2];

	place_open(&s);
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	write_file(s.path, text, 0600);
	check_read("a/secret_file", s.path, NULL);
	text[CONFIG_SECRET_MAX] = '\0';
	write_file(s.path, text, 0600);
	check_read("a/secret_file", s.path, text);
	place_close(&s);
}
END_TEST

START_TEST(no_memory_for_an_account)
{
	for (struct oom o = OOM_START; oom_next(&o);) {
		struct config c;
		struct config_error why;
		int err;

		config_init(&c);
		err = config_set(&c, "alice/user", "alice", &why);
		ck_assert_int_eq(err, oom_failed(&o) ? -ENOMEM : 0);
		config_fini(&c);
	}
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

TCase *config_case(void)
{
	TCase *c = tcase_create("config");

	tcase_add_loop_test(c, each_key, 0, COUNT(keys));
	tcase_add_loop_test(c, no_sentence_holds_a_value, 0, COUNT(keys));
	tcase_add_loop_test(c, each_set, 0, COUNT(sets));
	tcase_add_test(c, an_account_gets_its_defaults);
	tcase_add_test(c, hosts_are_written_as_in_a_uri);
	tcase_add_test(c, codecs_are_written_as_the_msp_reads_them);
	tcase_add_loop_test(c, a_reload_sees_each_change, 0, COUNT(changes));
	tcase_add_test(c, there_are_at_most_1000_lines);
	return c;
}

TCase *secret_case(void)
{
	TCase *c = tcase_create("secret");

	tcase_add_loop_test(c, each_file, 0, COUNT(files));
	tcase_add_test(c, a_long_line_is_no_secret);
	return c;
}

TCase *config_oom_case(void)
{
	TCase *c = tcase_create("oom");

	tcase_add_test(c, no_memory_for_an_account);
	return c;
}
