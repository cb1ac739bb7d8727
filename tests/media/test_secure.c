// SPDX-License-Identifier: MIT
/* test_secure.c - SRTP with keys in the SDP: what is agreed and what is refused, calls between two
 * instances, and a peer that speaks libsrtp2 by itself, with policies written out. */
#include "peer.h"

#include "base/clock.h"
#include "base/log.h"
#include "media/crypto.h"
#include "media/engine.h"
#include "oom.h"
#include "test_main.h"

#include <srtp2/srtp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY                   "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"
#define OTHER                 "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
#define LINE(tag, suite, key) "a=crypto:" tag " " suite " inline:" key "\r\n"
#define A80                   "AES_CM_128_HMAC_SHA1_80"
#define A32                   "AES_CM_128_HMAC_SHA1_32"
#define B80                   "AES_256_CM_HMAC_SHA1_80"
#define BIG                   KEY "SXlOMldCa0Fnb2Q2eHZKVA" /* 62 digits */

static struct end e;
static struct peer p;

static unsigned long figure_of(struct end *of, const char *name)
{
	struct end_message m;

	end_send(of, "TAPI-RTP/1 figures? 9\n\n");
	m = end_expect(of, RTPMSG_FIGURES);
	return strtoul(message_header(&m, name), NULL, 10);
}

static bool is_secure(struct end *of)
{
	struct end_message m;

	end_send(of, "TAPI-RTP/1 figures? 9\n\n");
	m = end_expect(of, RTPMSG_FIGURES);
	return strcmp(message_header(&m, "SRTP"), "on") == 0;
}

/* --- what is agreed -------------------------------------------------------------------------- */

static const struct {
	const char *wish, *profile, *crypto;
	const char *answer; /* what the answer's line begins with; "": plain; NULL: 488 */
	const char *answer_profile;
} offers[] = {
	{ "off", "RTP/AVP", "", "", "RTP/AVP" },
	{ "off", "RTP/AVP", LINE("1", A80, KEY), "", "RTP/AVP" },
	{ "off", "RTP/SAVP", LINE("1", A80, KEY), NULL, NULL },
	{ "optional", "RTP/AVP", "", "", "RTP/AVP" },
	{ "optional", "RTP/AVP", LINE("3", A80, KEY), "a=crypto:3 " A80 " inline:", "RTP/AVP" },
	{ "optional", "RTP/SAVP", LINE("3", A32, KEY), "a=crypto:3 " A32 " inline:", "RTP/SAVP" },
	{ "optional", "RTP/SAVP", "", NULL, NULL },
	{ "optional", "RTP/AVP", LINE("1", "F8_128_HMAC_SHA1_80", KEY), "", "RTP/AVP" },
	{ "optional", "RTP/SAVP", LINE("1", "F8_128_HMAC_SHA1_80", KEY), NULL, NULL },
	{ "required", "RTP/SAVP", LINE("1", "F8_128_HMAC_SHA1_80", KEY) LINE("2", A80, KEY),
			"a=crypto:2 " A80 " inline:", "RTP/SAVP" },
	{ "required", "RTP/SAVP", LINE("9", B80, BIG), "a=crypto:9 " B80 " inline:", "RTP/SAVP" },
	{ "required", "RTP/AVP", LINE("1", A80, KEY), "a=crypto:1 " A80 " inline:", "RTP/AVP" },
	{ "required", "RTP/AVP", "", NULL, NULL },
	{ "required", "RTP/SAVP", LINE("1", A80, "short"), NULL, NULL },
	{ "required", "RTP/SAVPF", LINE("1", A80, KEY), NULL, NULL },
};

START_TEST(an_offer_is_answered_as_the_tsp_wishes)
{
	struct end_message m;
	char text[4096];

	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer 1\nSRTP: %s\n\n%s", offers[_i].wish,
			peer_sdp(&p, offers[_i].profile, offers[_i].crypto));
	end_send(&e, text);

	if (!offers[_i].answer) {
		m = end_expect(&e, RTPMSG_ERROR);
		ck_assert_str_eq(message_header(&m, "Code"), "488");
		ck_assert_msg(strstr(m.bytes, "codec") == NULL, "%s", m.bytes);
	} else {
		m = end_expect(&e, RTPMSG_ANSWER);
		(void)snprintf(text, sizeof(text), " %s 0", offers[_i].answer_profile);
		ck_assert_msg(strstr(m.bytes, text) != NULL, "%s", m.bytes);
		ck_assert_int_eq(strstr(m.bytes, "a=crypto") != NULL, *offers[_i].answer != '\0');
		ck_assert_ptr_nonnull(strstr(m.bytes, offers[_i].answer));
		ck_assert_ptr_null(strstr(m.bytes, KEY));
		ck_assert_int_eq(is_secure(&e), *offers[_i].answer != '\0');
	}
	end_close(&e);
	peer_close(&p);
}
END_TEST

static struct end_message ask_offer(const char *headers)
{
	char text[256];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer? 1\n%s\n", headers);
	end_send(&e, text);
	return end_expect(&e, RTPMSG_OFFER);
}

static const struct {
	const char *wish, *profile, *crypto;
	bool good, secure;
} answers[] = {
	{ "off", "RTP/AVP", "", true, false },
	{ "off", "RTP/SAVP", LINE("1", A80, KEY), false, false },
	{ "optional", "RTP/AVP", "", true, false },
	{ "optional", "RTP/AVP", LINE("1", A80, KEY), true, true },
	{ "optional", "RTP/SAVP", LINE("2", A32, KEY), true, true },
	{ "required", "RTP/SAVP", LINE("2", A32, KEY), true, true },
	{ "required", "RTP/SAVP", LINE("3", B80, BIG), true, true },
	{ "required", "RTP/SAVP", LINE("2", A80, KEY), false, false }, /* not that line */
	{ "required", "RTP/SAVP", LINE("4", A80, KEY), false, false },
	{ "required", "RTP/SAVP", "", false, false },
	{ "required", "RTP/AVP", "", false, false },
};

START_TEST(an_answer_must_take_up_a_line_of_the_offer)
{
	struct end_message m;
	char text[4096];

	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer? 1\nSRTP: %s\n\n", answers[_i].wish);
	end_send(&e, text);
	m = end_expect(&e, RTPMSG_OFFER);
	ck_assert_int_eq(strstr(m.bytes, "RTP/SAVP") != NULL,
			strcmp(answers[_i].wish, "required") == 0);
	ck_assert_int_eq(strstr(m.bytes, "a=crypto:1 " A80 " inline:") != NULL,
			strcmp(answers[_i].wish, "off") != 0);
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 answer 1\n\n%s",
			peer_sdp(&p, answers[_i].profile, answers[_i].crypto));
	end_send(&e, text);

	if (!answers[_i].good) {
		m = end_expect(&e, RTPMSG_ERROR);
		ck_assert_str_eq(message_header(&m, "Code"), "488");
	} else {
		ck_assert_uint_eq(e.message_count, 0);
		ck_assert_int_eq(is_secure(&e), answers[_i].secure);
	}
	end_close(&e);
	peer_close(&p);
}
END_TEST

START_TEST(a_wish_that_is_none_is_refused)
{
	struct end_message m;

	world_open(&e, "127.0.0.1");
	end_send(&e, "TAPI-RTP/1 offer? 1\nSRTP: maybe\n\n");

	m = end_expect(&e, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "400");
	end_close(&e);
}
END_TEST

/* The n-th a=crypto line of a message, without its end. */
static const char *crypto_line(const struct end_message *m, int n)
{
	static char lines[4][256];
	static int next;
	char *to = lines[next++ % 4];
	const char *at = m->bytes;

	for (; n >= 0; n--) {
		at = strstr(at, "a=crypto:");
		ck_assert_ptr_nonnull(at);
		at += 9;
	}
	(void)snprintf(to, 256, "%.*s", (int)strcspn(at, "\r"), at);
	return to;
}

START_TEST(our_keys_differ_and_stay_in_a_re_offer)
{
	struct end_message first, again;
	char text[4096];

	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	first = ask_offer("SRTP: required\n");
	ck_assert_str_ne(strstr(crypto_line(&first, 0), "inline:"),
			strstr(crypto_line(&first, 1), "inline:"));
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 answer 1\n\n%s",
			peer_sdp(&p, "RTP/SAVP", LINE("1", A80, KEY)));
	end_send(&e, text);
	again = ask_offer("");

	ck_assert_ptr_nonnull(strstr(again.bytes, " RTP/SAVP "));
	ck_assert_str_eq(crypto_line(&first, 0), crypto_line(&again, 0));
	end_close(&e);
	peer_close(&p);
}
END_TEST

START_TEST(our_key_changes_with_the_peers)
{
	struct end_message first, same, other;

	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	first = peer_call(&p, &e, "SRTP: optional\n", "RTP/SAVP", LINE("1", A80, KEY));
	same = peer_call(&p, &e, "", "RTP/SAVP", LINE("1", A80, KEY) "a=sendonly\r\n");
	ck_assert_str_eq(crypto_line(&first, 0), crypto_line(&same, 0));
	other = peer_call(&p, &e, "", "RTP/SAVP", LINE("1", A80, OTHER));

	ck_assert_str_ne(crypto_line(&first, 0), crypto_line(&other, 0));
	end_close(&e);
	peer_close(&p);
}
END_TEST

/* --- between two instances ------------------------------------------------------------------- */

static void connect_secure(struct pair *w, const char *wish_a, const char *wish_b)
{
	struct end_message offer, answer;
	char text[8192];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer? 1\nSRTP: %s\n\n", wish_a);
	end_send(&w->a, text);
	offer = end_expect(&w->a, RTPMSG_OFFER);
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer 1\nSRTP: %s\n\n%s", wish_b,
			strstr(offer.bytes, "\n\n") + 2);
	end_send(&w->b, text);
	answer = end_expect(&w->b, RTPMSG_ANSWER);
	end_send_sdp(&w->a, "answer", 1, &answer);
	ck_assert_uint_eq(w->a.message_count, 0);
}

static const struct {
	const char *a, *b;
	bool secure;
} wishes[] = {
	{ "off", "off", false },
	{ "off", "optional", false },
	{ "optional", "off", false },
	{ "optional", "optional", true },
	{ "optional", "required", true },
	{ "required", "optional", true },
	{ "required", "required", true },
};

START_TEST(two_instances_agree_and_hear_each_other)
{
	static struct pair w;

	pair_open(&w);
	connect_secure(&w, wishes[_i].a, wishes[_i].b);
	pair_flow(&w);
	end_send(&w.b, "TAPI-RTP/1 detect 2\nDigits: on\n\n");
	(void)end_expect(&w.b, RTPMSG_OK);
	end_send(&w.a, "TAPI-RTP/1 digits 3\nDigits: 7\n\n");
	pair_step(&w, 300);

	(void)end_expect(&w.b, RTPMSG_DIGIT);
	(void)end_expect(&w.b, RTPMSG_DIGIT);
	(void)end_expect(&w.a, RTPMSG_DIGITS_DONE);
	ck_assert_int_eq(is_secure(&w.a), wishes[_i].secure);
	ck_assert_int_eq(is_secure(&w.b), wishes[_i].secure);
	ck_assert_uint_ge(figure_of(&w.a, "Received-Packets"), 290);
	ck_assert_uint_ge(figure_of(&w.b, "Received-Packets"), 290);
	ck_assert_uint_eq(figure_of(&w.a, "Stranger") + figure_of(&w.b, "Stranger"), 0);
	ck_assert_uint_gt(figure_of(&w.a, "Round-Trip-Us"), 0); /* reports are understood */
	pair_close(&w);
}
END_TEST

START_TEST(hold_and_resume_keep_the_keys_and_the_count)
{
	static struct pair w;
	struct end_message offer, answer;

	pair_open(&w);
	connect_secure(&w, "required", "required");
	pair_flow(&w);
	for (int i = 0; i < 4; i++) {
		end_send(&w.a, i % 2 ? "TAPI-RTP/1 resume 7\n\n" : "TAPI-RTP/1 hold 7\n\n");
		(void)end_expect(&w.a, RTPMSG_OK);
		end_send(&w.a, "TAPI-RTP/1 offer? 8\n\n");
		offer = end_expect(&w.a, RTPMSG_OFFER);
		end_send_sdp(&w.b, "offer", 8, &offer);
		answer = end_expect(&w.b, RTPMSG_ANSWER);
		end_send_sdp(&w.a, "answer", 8, &answer);
		pair_step(&w, 30);
	}

	ck_assert_uint_eq(figure_of(&w.a, "Stranger") + figure_of(&w.b, "Stranger"), 0);
	ck_assert_uint_ge(figure_of(&w.a, "Received-Packets"), 55);
	ck_assert_uint_ge(figure_of(&w.b, "Received-Packets"), 55);
	pair_close(&w);
}
END_TEST

START_TEST(calls_leave_no_descriptor_and_no_key_behind)
{
	static struct pair w;
	unsigned int before;

	pair_open(&w);
	before = open_descriptors();
	for (int i = 0; i < 20; i++) {
		connect_secure(&w, "required", "optional");
		pair_step(&w, 3);
		end_send(&w.a, "TAPI-RTP/1 close 3\n\n");
		end_send(&w.b, "TAPI-RTP/1 close 3\n\n");
		pair_step(&w, 3);
	}

	ck_assert_uint_eq(open_descriptors(), before);
	pair_close(&w);
}
END_TEST

/* As RFC 3711 and the library's crypto_types.h number them. */
enum { AES_ICM_128 = 1, AES_ICM_256 = 5, HMAC_SHA1 = 3 };

/* --- a peer with a libsrtp2 of its own ------------------------------------------------------- */

static srtp_t context(const char *line, bool inbound)
{
	struct crypto_line read;
	srtp_policy_t policy;
	srtp_t out;
	uint8_t key[46];
	bool big;

	(void)srtp_init(); /* fails if the MSP was first */
	ck_assert(crypto_read(line, strcspn(line, "\r"), &read));
	memcpy(key, read.key.bytes, sizeof(key));
	memset(&policy, 0, sizeof(policy));
	big = strstr(line, B80) != NULL;
	policy.rtp = (srtp_crypto_policy_t){ big ? AES_ICM_256 : AES_ICM_128, big ? 46 : 30,
		HMAC_SHA1, 20, strstr(line, A32) ? 4 : 10, sec_serv_conf_and_auth };
	policy.rtcp = policy.rtp;
	policy.rtcp.auth_tag_len = 10;
	policy.ssrc.type = inbound ? ssrc_any_inbound : ssrc_any_outbound;
	policy.key = key;
	ck_assert_int_eq(srtp_create(&out, &policy), srtp_err_status_ok);
	return out;
}

static void say(srtp_t tx, const struct rtp_header *h)
{
	_Alignas(8) uint8_t packet[400];
	int size = RTP_HEADER_SIZE + 160;

	memset(packet, 0x55, sizeof(packet));
	rtp_write(packet, h);
	if (tx)
		ck_assert_int_eq(srtp_protect(tx, packet, &size), srtp_err_status_ok);
	peer_send(&p, p.sockets.rtp, &p.theirs, packet, (size_t)size);
}

static void say_next(srtp_t tx)
{
	say(tx, &p.next);
	p.next.sequence++;
	p.next.timestamp += 160;
}

static const char *const suites[] = { LINE("1", A80, KEY), LINE("1", A32, KEY),
	LINE("1", B80, BIG) };

START_TEST(others_understand_us_and_we_them)
{
	struct end_message answer;
	srtp_t tx, rx;
	_Alignas(8) uint8_t packet[1500];
	int heard = 0, reports = 0;
	ssize_t n;

	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	answer = peer_call(&p, &e, "SRTP: required\n", "RTP/SAVP", suites[_i]);
	tx = context(suites[_i] + 9, false);
	rx = context(crypto_line(&answer, 0), true);
	for (int i = 0; i < 100; i++) {
		say_next(tx); /* over the wrap of its sequence */
		world_step(&e, 1);
		while ((n = recv(p.sockets.rtp, packet, sizeof(packet), 0)) > 0) {
			int size = (int)n;

			ck_assert_int_eq(srtp_unprotect(rx, packet, &size), srtp_err_status_ok);
			ck_assert_int_eq(size, 172);
			heard++;
		}
	}
	end_send(&e, "TAPI-RTP/1 figures? 9\n\n");
	(void)end_expect(&e, RTPMSG_FIGURES);
	ck_assert_uint_eq(figure_of(&e, "Received-Packets"), 100);
	end_send(&e, "TAPI-RTP/1 close 2\n\n");
	while ((n = recv(p.sockets.rtcp, packet, sizeof(packet), 0)) > 0) {
		int size = (int)n;

		ck_assert_int_eq(srtp_unprotect_rtcp(rx, packet, &size), srtp_err_status_ok);
		reports++;
	}

	ck_assert_int_ge(heard, 98);
	ck_assert_int_ge(reports, 2); /* the last says goodbye */
	(void)srtp_dealloc(tx);
	(void)srtp_dealloc(rx);
	end_close(&e);
	peer_close(&p);
}
END_TEST

static void open_secure_call(void)
{
	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	(void)peer_call(&p, &e, "SRTP: required\n", "RTP/SAVP", LINE("1", A80, KEY));
}

START_TEST(a_wrong_key_and_plain_packets_are_strangers)
{
	srtp_t wrong = context("1 " A80 " inline:" OTHER, false);

	open_secure_call();
	for (int i = 0; i < 10; i++) {
		say_next(_i ? wrong : NULL);
		world_step(&e, 1);
	}

	ck_assert_uint_eq(figure_of(&e, "Stranger"), 10);
	ck_assert_uint_eq(figure_of(&e, "Received-Packets"), 0);
	ck_assert_uint_eq(e.active, 0);
	(void)srtp_dealloc(wrong);
	end_close(&e);
	peer_close(&p);
}
END_TEST

START_TEST(what_was_heard_once_is_not_heard_again)
{
	srtp_t tx = context("1 " A80 " inline:" KEY, false);
	_Alignas(8) uint8_t packet[400];
	int size = 172;

	open_secure_call();
	memset(packet, 0x55, sizeof(packet));
	rtp_write(packet, &p.next);
	ck_assert_int_eq(srtp_protect(tx, packet, &size), srtp_err_status_ok);
	for (int i = 0; i < 5; i++)
		peer_send(&p, p.sockets.rtp, &p.theirs, packet, (size_t)size);
	packet[20] ^= 1;
	p.next.sequence++;
	peer_send(&p, p.sockets.rtp, &p.theirs, packet, (size_t)size);
	world_step(&e, 2);

	ck_assert_uint_eq(figure_of(&e, "Received-Packets"), 1);
	ck_assert_uint_eq(figure_of(&e, "Duplicate"), 5); /* the library looks at numbers first */
	(void)srtp_dealloc(tx);
	end_close(&e);
	peer_close(&p);
}
END_TEST

START_TEST(a_changed_packet_is_a_stranger)
{
	srtp_t tx = context("1 " A80 " inline:" KEY, false);
	_Alignas(8) uint8_t packet[400];

	open_secure_call();
	for (int i = 0; i < 20; i++) {
		int size = 172;

		memset(packet, 0x55, sizeof(packet));
		rtp_write(packet, &p.next);
		p.next.sequence++;
		ck_assert_int_eq(srtp_protect(tx, packet, &size), srtp_err_status_ok);
		packet[12 + i * 8] ^= 1;
		peer_send(&p, p.sockets.rtp, &p.theirs, packet, (size_t)size);
		world_step(&e, 1);
	}

	ck_assert_uint_eq(figure_of(&e, "Stranger"), 20);
	ck_assert_uint_eq(figure_of(&e, "Received-Packets"), 0);
	(void)srtp_dealloc(tx);
	end_close(&e);
	peer_close(&p);
}
END_TEST

START_TEST(a_key_with_an_mki_is_found_in_each_packet)
{
	static const char line[] = LINE("1", A80, KEY "|2^31|258:4");
	uint8_t key[30], mki[] = { 0, 0, 1, 2 };
	srtp_master_key_t master = { key, mki, sizeof(mki) }, *masters[] = { &master };
	struct crypto_line read;
	srtp_policy_t policy;
	srtp_t tx;

	ck_assert(crypto_read(line + 9, sizeof(line) - 12, &read));
	memcpy(key, read.key.bytes, sizeof(key));
	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	(void)peer_call(&p, &e, "SRTP: required\n", "RTP/SAVP", line);
	memset(&policy, 0, sizeof(policy));
	srtp_crypto_policy_set_rtp_default(&policy.rtp);
	srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
	policy.ssrc.type = ssrc_any_outbound;
	policy.keys = masters;
	policy.num_master_keys = 1;
	ck_assert_int_eq(srtp_create(&tx, &policy), srtp_err_status_ok);
	for (int i = 0; i < 10; i++) {
		_Alignas(8) uint8_t packet[400] = { 0 };
		int size = 172;

		rtp_write(packet, &p.next);
		p.next.sequence++;
		p.next.timestamp += 160;
		ck_assert_int_eq(srtp_protect_mki(tx, packet, &size, 1, 0), srtp_err_status_ok);
		ck_assert_int_eq(size, 172 + 10 + 4);
		peer_send(&p, p.sockets.rtp, &p.theirs, packet, (size_t)size);
		world_step(&e, 1);
	}

	ck_assert_uint_eq(figure_of(&e, "Received-Packets"), 10);
	(void)srtp_dealloc(tx);
	end_close(&e);
	peer_close(&p);
}
END_TEST

START_TEST(a_peer_that_changes_its_key_is_followed)
{
	srtp_t tx = context("1 " A80 " inline:" KEY, false);
	srtp_t after = context("1 " A80 " inline:" OTHER, false);

	open_secure_call();
	say_next(tx);
	world_step(&e, 1);
	(void)peer_call(&p, &e, "", "RTP/SAVP", LINE("1", A80, OTHER));
	say_next(tx);
	world_step(&e, 1);
	ck_assert_uint_eq(figure_of(&e, "Received-Packets"), 1);
	say_next(after);
	world_step(&e, 1);

	ck_assert_uint_eq(figure_of(&e, "Received-Packets"), 2);
	(void)srtp_dealloc(tx);
	(void)srtp_dealloc(after);
	end_close(&e);
	peer_close(&p);
}
END_TEST

/* --- out of memory --------------------------------------------------------------------------- */

static void ignore_signal(void *host)
{
	(void)host;
}

static const struct msp_host quiet_host = { .version = MSP_VERSION, .signal = ignore_signal };

static void drop_line(enum log_level severity, const char *line, void *arg)
{
	(void)severity;
	(void)line;
	(void)arg;
}

static void tell(const char *text)
{
	(void)msp_provider.receive_tsp_data(e.address, e.call, text, (DWORD)strlen(text));
}

/* Offers and answers with keys, a conference, figures, as far as memory goes. */
static void live_a_little(void)
{
	struct msp_event event;
	char text[4096];

	if (msp_provider.initialize(&quiet_host, &e, &e.address) ||
			msp_provider.create_call(e.address, &e, TAPIMEDIATYPE_AUDIO, 0, &e.call))
		return;
	tell("TAPI-RTP/1 offer? 1\nSRTP: required\nLatch: 127.0.0.1\n\n");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 answer 1\n\n%s",
			peer_sdp(&p, "RTP/SAVP", LINE("1", A80, KEY)));
	tell(text);
	tell("TAPI-RTP/1 mix 2\nGroup: g\n\n");
	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer 3\n\n%s",
			peer_sdp(&p, "RTP/SAVP", LINE("7", A32, OTHER)));
	tell(text);
	tell("TAPI-RTP/1 figures? 4\n\n");
	clock_advance_ms(20);
	media_engine_step(clock_now_ns());
	while (msp_provider.get_event(e.address, &event) == 0)
		;
}

START_TEST(every_allocation_may_fail)
{
	unsigned int before;

	world_open(&e, "127.0.0.1");
	end_close(&e);
	peer_open(&p, "127.0.0.1");
	log_set_sink(drop_line, NULL);
	before = open_descriptors();
	for (struct oom o = OOM_START; oom_next(&o);) {
		live_a_little();
		end_close(&e);
		ck_assert_uint_eq(open_descriptors(), before);
	}
	peer_close(&p);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("secure");
	TCase *c = tcase_create("agree");

	tcase_add_loop_test(c, an_offer_is_answered_as_the_tsp_wishes, 0,
			(int)(sizeof(offers) / sizeof(offers[0])));
	tcase_add_loop_test(c, an_answer_must_take_up_a_line_of_the_offer, 0,
			(int)(sizeof(answers) / sizeof(answers[0])));
	tcase_add_test(c, a_wish_that_is_none_is_refused);
	tcase_add_test(c, our_keys_differ_and_stay_in_a_re_offer);
	tcase_add_test(c, our_key_changes_with_the_peers);
	suite_add_tcase(s, c);
	c = tcase_create("pair");
	tcase_add_loop_test(c, two_instances_agree_and_hear_each_other, 0,
			(int)(sizeof(wishes) / sizeof(wishes[0])));
	tcase_add_test(c, hold_and_resume_keep_the_keys_and_the_count);
	tcase_add_test(c, calls_leave_no_descriptor_and_no_key_behind);
	suite_add_tcase(s, c);
	c = tcase_create("peer");
	tcase_add_loop_test(c, others_understand_us_and_we_them, 0, 3);
	tcase_add_loop_test(c, a_wrong_key_and_plain_packets_are_strangers, 0, 2);
	tcase_add_test(c, what_was_heard_once_is_not_heard_again);
	tcase_add_test(c, a_changed_packet_is_a_stranger);
	tcase_add_test(c, a_key_with_an_mki_is_found_in_each_packet);
	tcase_add_test(c, a_peer_that_changes_its_key_is_followed);
	suite_add_tcase(s, c);
	c = tcase_create("oom");
	tcase_add_test(c, every_allocation_may_fail);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
