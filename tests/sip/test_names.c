// SPDX-License-Identifier: MIT
/* test_names.c - what messages, as sofia reads them, say of a dialog and of its parties; and the
 * folder of certificates that sofia starts with. */
#include "../test_main.h"

#include "base/mem.h"
#include "providers/sip/dialog_name.h"
#include "providers/sip/config.h"
#include "providers/sip/headers.h"
#include "providers/sip/stack.h"

#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <sofia-sip/msg.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>

#define OK_TEXT                                                                                    \
	"SIP/2.0 200 OK\r\n"                                                                       \
	"Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1\r\n"                                           \
	"From: <sip:alice@example.net>;tag=ours\r\n"                                               \
	"To: \"Carol\" <sip:carol@example.net>;tag=theirs\r\n"                                     \
	"Call-ID: 12;34@192.0.2.1\r\n"                                                             \
	"CSeq: 1 INVITE\r\n"                                                                       \
	"Contact: <sip:carol@192.0.2.7:5070;transport=tcp?X=y>\r\n"                                \
	"User-to-User: 48656c6c6f;encoding=hex\r\n"                                                \
	"User-to-User: zz\r\n"                                                                     \
	"P-Asserted-Identity: <tel:+49>\r\n"                                                       \
	"privacy: id\r\n"                                                                          \
	"Diversion: <tel:1>\r\n"                                                                   \
	"Content-Length: 0\r\n\r\n"

static msg_t *read_message(const char *text)
{
	msg_t *m = msg_make(sip_default_mclass(), 0, text, (ssize_t)strlen(text));

	ck_assert_ptr_nonnull(m);
	ck_assert_ptr_nonnull(sip_object(m));
	return m;
}

static void learn(struct dialog_name *n, bool is_ours)
{
	msg_t *m = read_message(OK_TEXT);

	memset(n, 0, sizeof(*n));
	dialog_name_learn(n, sip_object(m), is_ours);
	msg_destroy(m);
}

START_TEST(a_dialog_is_named_by_its_messages)
{
	struct dialog_name n;

	learn(&n, true);
	ck_assert(dialog_name_is_whole(&n));
	ck_assert_str_eq(n.call_id, "12;34@192.0.2.1");
	ck_assert_str_eq(n.local_tag, "ours");
	ck_assert_str_eq(n.remote_tag, "theirs");
	ck_assert_str_eq(n.target, "sip:carol@192.0.2.7:5070;transport=tcp");

	learn(&n, false);
	ck_assert_str_eq(n.local_tag, "theirs");
	ck_assert_str_eq(n.remote_tag, "ours");

	memset(&n, 0, sizeof(n));
	dialog_name_learn(&n, NULL, true);
	ck_assert(!dialog_name_is_whole(&n));
}
END_TEST

static const struct {
	const char *replaces;
	bool is_it;
} names[] = {
	{ "12;34@192.0.2.1;to-tag=ours;from-tag=theirs", false }, /* the id ends at the semicolon */
	{ "1234@192.0.2.1;to-tag=ours;from-tag=theirs", true },
	{ "1234@192.0.2.1;to-tag=ours;from-tag=theirs;early-only", true },
	{ "1234@192.0.2.1;to-tag=theirs;from-tag=ours", false },
	{ "1234@192.0.2.1;to-tag=ours", false },
	{ "1234@192.0.2.2;to-tag=ours;from-tag=theirs", false },
};

START_TEST(each_replaces)
{
	su_home_t home[1] = { SU_HOME_INIT(home) };
	struct dialog_name n = { "1234@192.0.2.1", "ours", "theirs", "sip:x" };
	sip_replaces_t *r = sip_replaces_make(home, names[_i].replaces);

	ck_assert_ptr_nonnull(r);
	ck_assert_int_eq(dialog_name_is(&n, r), names[_i].is_it);
	su_home_deinit(home);
}
END_TEST

START_TEST(refer_to_names_the_dialog_for_its_peer)
{
	struct dialog_name n = { "12/34@192.0.2.1", "ours", "theirs", "sip:carol@192.0.2.7" };
	char text[2200], back[1024];
	size_t size;

	ck_assert(dialog_name_write(&n, text, sizeof(text)));
	ck_assert_str_eq(text, "<sip:carol@192.0.2.7?Replaces=12%2F34%40192.0.2.1%3Bto-tag%3Dtheirs"
			       "%3Bfrom-tag%3Dours>");
	size = strlen(text);
	text[size - 1] = '\0';
	ck_assert(dialog_name_read_replaces(strchr(text, '?') + 1, back, sizeof(back)));
	ck_assert_str_eq(back, "12/34@192.0.2.1;to-tag=theirs;from-tag=ours");
	ck_assert(!dialog_name_write(&n, text, 40));
	memset(n.call_id, '%', sizeof(n.call_id) - 1);
	memset(n.local_tag, '%', sizeof(n.local_tag) - 1);
	memset(n.remote_tag, '%', sizeof(n.remote_tag) - 1);
	memset(n.target, 'x', sizeof(n.target) - 1);
	(void)dialog_name_write(&n, text, sizeof(text));
}
END_TEST

static const struct {
	const char *headers;
	const char *replaces; /* NULL: none */
} queries[] = {
	{ "Replaces=a%3Bto-tag%3Db", "a;to-tag=b" },
	{ "Accept=x&replaces=a%3bb&y=z", "a;b" },
	{ "Replaces=plain", "plain" },
	{ "Replaces=a%zz", "a%zz" },
	{ "Replaces=a%", "a%" },
	{ "Replaces=a%4", "a%4" },
	{ "Replaces=a%0d%0aVia%3a", NULL },
	{ "Replaces=a%00b", NULL },
	{ "Replaces=", NULL },
	{ "XReplaces=a", NULL },
	{ "", NULL },
	{ NULL, NULL },
};

START_TEST(each_query)
{
	char text[32];
	bool read = dialog_name_read_replaces(queries[_i].headers, text, sizeof(text));

	ck_assert_int_eq(read, queries[_i].replaces != NULL);
	if (read)
		ck_assert_str_eq(text, queries[_i].replaces);
}
END_TEST

START_TEST(a_long_replaces_is_none)
{
	char text[8];

	ck_assert(dialog_name_read_replaces("Replaces=1234567", text, sizeof(text)));
	ck_assert(!dialog_name_read_replaces("Replaces=12345678", text, sizeof(text)));
}
END_TEST

static bool has(const struct header *headers, size_t count, const char *name, const char *value)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(headers[i].name, name) == 0 && strcmp(headers[i].value, value) == 0)
			return true;
	return false;
}

START_TEST(headers_become_texts)
{
	struct header headers[HEADERS_MAX];
	msg_t *m = read_message(OK_TEXT);
	size_t count = headers_of(sip_object(m), headers, HEADERS_MAX);

	ck_assert(has(headers, count, "From", "<sip:alice@example.net>;tag=ours"));
	ck_assert(has(headers, count, "To", "\"Carol\" <sip:carol@example.net>;tag=theirs"));
	ck_assert(has(headers, count, "P-Asserted-Identity", "<tel:+49>"));
	ck_assert(has(headers, count, "Privacy", "id"));
	ck_assert(has(headers, count, "Diversion", "<tel:1>"));
	headers_free(headers, count);
	ck_assert_uint_eq(headers_of(NULL, headers, HEADERS_MAX), 0);
	msg_destroy(m);
}
END_TEST

START_TEST(a_referred_call_says_so)
{
	static const char text[] = "INVITE sip:a@b.c SIP/2.0\r\n"
				   "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1\r\n"
				   "From: <sip:x@y.z>;tag=1\r\nTo: <sip:a@b.c>\r\nCall-ID: 1\r\n"
				   "CSeq: 1 INVITE\r\nReferred-By: <sip:r@y.z>\r\n"
				   "Content-Length: 0\r\n\r\n";
	const struct parties_rules rules = { "", false };
	struct header headers[HEADERS_MAX];
	msg_t *m = read_message(text);
	size_t count = headers_of(sip_object(m), headers, HEADERS_MAX);
	struct parties p;

	ck_assert_uint_eq(parties_of_invite(&p, headers, count, &rules), LINECALLREASON_TRANSFER);
	headers_free(headers, count);
	msg_destroy(m);
}
END_TEST

START_TEST(user_information_is_taken_from_what_can_be_read)
{
	struct uui_queue q = { .count = 0 };
	msg_t *m = read_message(OK_TEXT);

	ck_assert(headers_take_uui(sip_object(m), &q));
	ck_assert_uint_eq(q.count, 1);
	ck_assert_uint_eq(q.items[0].size, 5);
	uui_queue_fini(&q);
	msg_destroy(m);
}
END_TEST

/* The folder can be made, nothing can be opened in it. */
START_TEST(without_descriptors_there_are_no_certificates_and_a_reason)
{
	struct rlimit limit, none;
	struct config c = { .tls_verify = true };
	char folder[256];
	struct why why = { .mode = 0 };
	int err;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none = limit;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	err = stack_tls_prepare(&c, folder, sizeof(folder), &why);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);

	ck_assert_int_eq(err, -EMFILE);
	ck_assert_str_eq(why.cause, "TLS");
	ck_assert(strncmp(why.sentence, folder, strlen(folder)) == 0);
	ck_assert_ptr_nonnull(strstr(why.sentence, strerror(EMFILE)));
	ck_assert_int_eq(access(folder, F_OK), -1);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

static Suite *suite(void)
{
	Suite *s = suite_create("sip names");
	TCase *c = tcase_create("names");

	tcase_add_test(c, a_dialog_is_named_by_its_messages);
	tcase_add_loop_test(c, each_replaces, 0, COUNT(names));
	tcase_add_test(c, refer_to_names_the_dialog_for_its_peer);
	tcase_add_loop_test(c, each_query, 0, COUNT(queries));
	tcase_add_test(c, a_long_replaces_is_none);
	tcase_add_test(c, headers_become_texts);
	tcase_add_test(c, a_referred_call_says_so);
	tcase_add_test(c, user_information_is_taken_from_what_can_be_read);
	tcase_add_test(c, without_descriptors_there_are_no_certificates_and_a_reason);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
