// SPDX-License-Identifier: MIT
/* test_cause.c - what each response means for a call. */
#include "parts.h"

#include "providers/sip/cause.h"

#include <stdio.h>
#include <string.h>

#define MODE(m) CAUSE_DISCONNECTED, LINEDISCONNECTMODE_##m
#define BUSY    CAUSE_BUSY, LINEBUSYMODE_STATION

/* clang-format off */
static const struct {
	struct cause_facts facts;
	enum cause_end end;
	DWORD mode;
	const char *cause, *sentence; /* NULL: not looked at */
} refusals[] = {
	{ { .status = 300 }, MODE(FORWARDED), "SIP 300", NULL },
	{ { .status = 302 }, MODE(FORWARDED), "SIP 302", NULL },
	{ { .status = 400, .phrase = "Bad" }, MODE(TEMPFAILURE), "SIP 400", "Bad" },
	{ { .status = 401 }, MODE(REJECT), "SIP 401",
		"a user and a secret are asked for: the line has no secret to answer with" },
	{ { .status = 407, .phrase = "Proxy Authentication Required", .has_secret = true },
		MODE(REJECT), "SIP 407", "Proxy Authentication Required: the server does not "
		"accept the user or the secret" },
	{ { .status = 403, .phrase = "Forbidden" }, MODE(REJECT), "SIP 403", "Forbidden" },
	{ { .status = 404, .phrase = "Not Found" }, MODE(BADADDRESS), "SIP 404", "Not Found" },
	{ { .status = 405 }, MODE(INCOMPATIBLE), "SIP 405", NULL },
	{ { .status = 408 }, MODE(UNREACHABLE), "SIP 408", NULL },
	{ { .status = 408, .was_ringing = true }, MODE(NOANSWER), "SIP 408", NULL },
	{ { .status = 410 }, MODE(NUMBERCHANGED), "SIP 410", NULL },
	{ { .status = 415 }, MODE(INCOMPATIBLE), "SIP 415", NULL },
	{ { .status = 416 }, MODE(BADADDRESS), "SIP 416", NULL },
	{ { .status = 420 }, MODE(INCOMPATIBLE), "SIP 420", NULL },
	{ { .status = 480 }, MODE(UNREACHABLE), "SIP 480", NULL },
	{ { .status = 480, .was_ringing = true }, MODE(NOANSWER), "SIP 480", NULL },
	{ { .status = 481 }, MODE(TEMPFAILURE), "SIP 481", NULL },
	{ { .status = 484 }, MODE(BADADDRESS), "SIP 484", NULL },
	{ { .status = 485 }, MODE(BADADDRESS), "SIP 485", NULL },
	{ { .status = 486, .phrase = "Busy Here" }, BUSY, "SIP 486", "Busy Here" },
	{ { .status = 487 }, MODE(CANCELLED), "SIP 487", NULL },
	{ { .status = 488 }, MODE(INCOMPATIBLE), "SIP 488", NULL },
	{ { .status = 499 }, MODE(TEMPFAILURE), "SIP 499", "the call was refused" },
	{ { .status = 500 }, MODE(TEMPFAILURE), "SIP 500", NULL },
	{ { .status = 502 }, MODE(TEMPFAILURE), "SIP 502", NULL },
	{ { .status = 503 }, MODE(CONGESTION), "SIP 503", NULL },
	{ { .status = 504 }, MODE(TEMPFAILURE), "SIP 504", NULL },
	{ { .status = 580 }, MODE(QOSUNAVAIL), "SIP 580", NULL },
	{ { .status = 599 }, MODE(TEMPFAILURE), "SIP 599", NULL },
	{ { .status = 600 }, BUSY, "SIP 600", NULL },
	{ { .status = 603, .phrase = "Decline" }, MODE(REJECT), "SIP 603", "Decline" },
	{ { .status = 604 }, MODE(BADADDRESS), "SIP 604", NULL },
	{ { .status = 606 }, MODE(INCOMPATIBLE), "SIP 606", NULL },
	{ { .status = 607 }, MODE(BLOCKED), "SIP 607", NULL },
	{ { .status = 699 }, MODE(REJECT), "SIP 699", NULL },
	{ { .status = 0 }, MODE(UNKNOWN), "SIP 0", NULL },
	{ { .status = 900 }, MODE(UNKNOWN), "SIP 900", NULL },
	{ { .status = -1 }, MODE(UNKNOWN), "SIP -1", NULL },
	/* Reason */
	{ { .status = 480, .phrase = "Gone", .reason = "Q.850;cause=17;text=\"User busy\"" }, BUSY,
		"SIP 480", "Gone (Q.850 17 user busy)" },
	{ { .status = 503, .reason = "SIP;cause=503, q.850 ; cause = 22" }, MODE(NUMBERCHANGED),
		"SIP 503", NULL },
	{ { .status = 500, .reason = "Q.850;cause=999" }, MODE(TEMPFAILURE), "SIP 500", NULL },
	{ { .status = 500, .reason = "Q.850;cause=1x" }, MODE(TEMPFAILURE), "SIP 500", NULL },
	{ { .status = 500, .reason = "Q.850" }, MODE(TEMPFAILURE), "SIP 500", NULL },
	{ { .status = 500, .reason = ";,;\"" }, MODE(TEMPFAILURE), "SIP 500", NULL },
	{ { .status = 486, .reason = "Q.850;cause=1" }, BUSY, "SIP 486", NULL },
	{ { .status = 408, .was_ringing = true, .reason = "Q.850;cause=20" }, MODE(UNREACHABLE),
		"SIP 408", NULL },
	/* A phrase is somebody else's text. */
	{ { .status = 404, .phrase = "a\x1b[2Jb\xff" }, MODE(BADADDRESS), "SIP 404", "a?[2Jb?" },
	{ { .status = 404, .phrase = "%s%n" }, MODE(BADADDRESS), "SIP 404", "%s%n" },
	/* Nobody said it. */
	{ { .status = 408, .is_local = true }, MODE(UNREACHABLE), "timeout",
		"the other side does not answer" },
	{ { .status = 408, .is_local = true, .was_ringing = true }, MODE(NOANSWER), "timeout",
		NULL },
	{ { .status = 503, .is_local = true, .phrase = "DNS Error" }, MODE(UNREACHABLE), "DNS",
		"the address of the other side cannot be found" },
	{ { .status = 503, .is_local = true, .server = "x.net" }, MODE(UNREACHABLE), "transport",
		"x.net cannot be reached: nobody listens there, or no way leads there" },
	{ { .status = 408, .is_local = true, .server = "x.net", .tls = "it has expired" },
		MODE(UNREACHABLE), "TLS", "no TLS connection to x.net: it has expired" },
	{ { .status = 408, .is_local = true, .tls = "" }, MODE(UNREACHABLE), "timeout", NULL },
	{ { .status = 900, .is_local = true }, MODE(TEMPFAILURE), "transport", NULL },
};
/* clang-format on */

START_TEST(each_refusal)
{
	struct why why = { 0 };

	ck_assert_int_eq(cause_of_refusal(&refusals[_i].facts, &why), refusals[_i].end);

	ck_assert_uint_eq(why.mode, refusals[_i].mode);
	ck_assert_str_eq(why.cause, refusals[_i].cause);
	if (refusals[_i].sentence)
		ck_assert_str_eq(why.sentence, refusals[_i].sentence);
	ck_assert_str_ne(why.sentence, "");
}
END_TEST

START_TEST(each_status_has_a_mode_and_a_sentence)
{
	for (int status = 0; status < 1000; status++) {
		struct cause_facts facts = { .status = status };
		struct why why = { 0 };

		(void)cause_of_refusal(&facts, &why);

		ck_assert_uint_ne(why.mode, 0);
		ck_assert_uint_eq(why.mode & (why.mode - 1), 0);
		ck_assert_str_ne(why.sentence, "");
	}
}
END_TEST

START_TEST(a_long_phrase_is_cut)
{
	char phrase[5000];
	struct cause_facts facts = { .status = 404, .phrase = phrase };
	struct why why;

	memset(phrase, 'x', sizeof(phrase) - 1);
	phrase[sizeof(phrase) - 1] = '\0';
	(void)cause_of_refusal(&facts, &why);
	ck_assert_uint_lt(strlen(why.sentence), sizeof(why.sentence));
	ck_assert_uint_ge(strlen(why.sentence), 90);
}
END_TEST

static const struct {
	const char *reason;
	DWORD bye, cancel;
} ends[] = {
	{ NULL, LINEDISCONNECTMODE_NORMAL, LINEDISCONNECTMODE_NORMAL },
	{ "", LINEDISCONNECTMODE_NORMAL, LINEDISCONNECTMODE_NORMAL },
	{ "Q.850;cause=16", LINEDISCONNECTMODE_NORMAL, LINEDISCONNECTMODE_NORMAL },
	{ "Q.850;cause=17", LINEDISCONNECTMODE_BUSY, LINEDISCONNECTMODE_NORMAL },
	{ "Q.850;cause=27", LINEDISCONNECTMODE_OUTOFORDER, LINEDISCONNECTMODE_NORMAL },
	{ "SIP;cause=200;text=\"Call completed elsewhere\"", LINEDISCONNECTMODE_NORMAL,
			LINEDISCONNECTMODE_PICKUP },
	{ "x\",Q.850;cause=17", LINEDISCONNECTMODE_NORMAL, LINEDISCONNECTMODE_NORMAL },
};

START_TEST(each_end)
{
	struct why why;

	cause_of_bye(ends[_i].reason, &why);
	ck_assert_uint_eq(why.mode, ends[_i].bye);
	cause_of_cancel(ends[_i].reason, &why);
	ck_assert_uint_eq(why.mode, ends[_i].cancel);
}
END_TEST

START_TEST(our_reason_is_read_by_ourselves)
{
	char reason[96];
	struct why why;

	why_set(&why, 0, "Q.850 21", "nobody wants it");
	ck_assert(cause_write_reason(&why, reason, sizeof(reason)));
	ck_assert_str_eq(reason, "Q.850;cause=21;text=\"call rejected\"");
	cause_of_bye(reason, &why);
	ck_assert_uint_eq(why.mode, LINEDISCONNECTMODE_REJECT);
}
END_TEST

static const char *const no_reasons[] = { "", "SIP 486", "Q.850 ", "Q.850 999", "Q.850 126",
	"Q.850 17 user busy" };

START_TEST(other_causes_are_no_reason)
{
	char reason[96];
	struct why why = { 0 };

	why_set(&why, 0, no_reasons[_i], "x");
	ck_assert(!cause_write_reason(&why, reason, sizeof(reason)));
	ck_assert(!cause_write_reason(NULL, reason, sizeof(reason)));
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

TCase *cause_case(void)
{
	TCase *c = tcase_create("cause");

	tcase_add_loop_test(c, each_refusal, 0, COUNT(refusals));
	tcase_add_test(c, each_status_has_a_mode_and_a_sentence);
	tcase_add_test(c, a_long_phrase_is_cut);
	tcase_add_loop_test(c, each_end, 0, COUNT(ends));
	tcase_add_test(c, our_reason_is_read_by_ourselves);
	tcase_add_loop_test(c, other_causes_are_no_reason, 0, COUNT(no_reasons));
	return c;
}
