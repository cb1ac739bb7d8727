// SPDX-License-Identifier: MIT
/* test_secure_peer.c - SRTP with a peer that speaks libsrtp2 by itself, with policies written out:
 * each understands the other, and what is not the peer's is not heard. */
#include "crypto_lines.h"
#include "peer.h"

#include "media/crypto.h"
#include "test_main.h"

#include <srtp2/srtp.h>
#include <string.h>

static struct end e;
static struct peer p;

/* As RFC 3711 and the library's crypto_types.h number them. */
enum { AES_ICM_128 = 1, AES_ICM_256 = 5, HMAC_SHA1 = 3 };

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
	rx = context(message_crypto(&answer, 0), true);
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
	ck_assert_uint_eq(end_figure(&e, "Received-Packets"), 100);
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

	ck_assert_uint_eq(end_figure(&e, "Stranger"), 10);
	ck_assert_uint_eq(end_figure(&e, "Received-Packets"), 0);
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

	ck_assert_uint_eq(end_figure(&e, "Received-Packets"), 1);
	ck_assert_uint_eq(end_figure(&e, "Duplicate"), 5); /* the library looks at numbers first */
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

	ck_assert_uint_eq(end_figure(&e, "Stranger"), 20);
	ck_assert_uint_eq(end_figure(&e, "Received-Packets"), 0);
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

	ck_assert_uint_eq(end_figure(&e, "Received-Packets"), 10);
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
	ck_assert_uint_eq(end_figure(&e, "Received-Packets"), 1);
	p.next.ssrc++; /* who has another key may be somebody else */
	say_next(after);
	world_step(&e, 1);

	ck_assert_uint_eq(end_figure(&e, "Received-Packets"), 2);
	(void)srtp_dealloc(tx);
	(void)srtp_dealloc(after);
	end_close(&e);
	peer_close(&p);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("secure peer");
	TCase *c = tcase_create("peer");

	tcase_add_loop_test(c, others_understand_us_and_we_them, 0, 3);
	tcase_add_loop_test(c, a_wrong_key_and_plain_packets_are_strangers, 0, 2);
	tcase_add_test(c, what_was_heard_once_is_not_heard_again);
	tcase_add_test(c, a_changed_packet_is_a_stranger);
	tcase_add_test(c, a_key_with_an_mki_is_found_in_each_packet);
	tcase_add_test(c, a_peer_that_changes_its_key_is_followed);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
