// SPDX-License-Identifier: MIT
/* test_listen.c - gathering, tones, kinds of media, media control: what the MSP is asked to listen
 * for, and what becomes of what it hears. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"
#include "providers/kit/gather.h"
#include "providers/kit/tones.h"

#include <stdio.h>
#include <string.h>

#define DTMF  LINEDIGITMODE_DTMF
#define PULSE LINEDIGITMODE_PULSE

static char buffer[8], other[8];
static unsigned said; /* digits of call 2's MSP */

static void connect(void)
{
	world_start(NULL);
	(void)world_add_msp("101");
	(void)world_add_msp("102");
	(void)world_make("101", "102", NULL);
	(void)world_msp_says(1, "TAPI-RTP/1 offer 1\n\nsdp A");
	(void)world_answer(2);
	(void)world_msp_says(2, "TAPI-RTP/1 answer 1\n\nsdp B");
	(void)world_take();
	memset(buffer, '.', sizeof(buffer));
	memset(other, '.', sizeof(other));
	said = 0;
}

/* Call 2 gathers into buffer. */
static LONG gather(DWORD end_to_end, DWORD count, const char *terms, DWORD first, DWORD inter)
{
	return TSPI_lineGatherDigits(world_call(2), end_to_end, DTMF, buffer, count, terms, first,
			inter);
}

static void press(const char *digits)
{
	char text[96];

	for (; *digits; digits++) {
		(void)snprintf(text, sizeof(text),
				"TAPI-RTP/1 digit %u\nDigit: %c\nState: down\n\n", ++said, *digits);
		(void)world_msp_says(2, text);
		(void)snprintf(text, sizeof(text), "TAPI-RTP/1 digit %u\nDigit: %c\nState: up\n\n",
				++said, *digits);
		(void)world_msp_says(2, text);
	}
}

/* --- gathering -------------------------------------------------------------------------------- */

START_TEST(a_full_buffer_ends_without_a_nul)
{
	ck_assert_int_eq(gather(7, 4, NULL, 0, 0), 0);
	expect_log("102.2 msp detect 2 [Digits: on]\n");
	press("12");
	expect_log("");
	press("34");

	expect_log("102.2 GATHERED 1 7\n"
		   "102.2 msp detect 3 [Digits: off]\n");
	ck_assert_mem_eq(buffer, "1234....", 8);
}
END_TEST

START_TEST(a_terminator_is_stored_and_ends)
{
	(void)gather(7, 6, "#*", 0, 0);
	press("12#");

	ck_assert_ptr_nonnull(strstr(world_take(), "102.2 GATHERED 2 7\n"));
	ck_assert_mem_eq(buffer, "12#\0....", 8);
}
END_TEST

START_TEST(no_first_digit_in_time_is_firsttimeout)
{
	(void)gather(7, 4, NULL, 3000, 1000);
	(void)world_take();
	exchange_advance(2999);
	expect_log("");
	exchange_advance(1);

	expect_log("102.2 GATHERED 4 7\n"
		   "102.2 msp detect 3 [Digits: off]\n");
	ck_assert_mem_eq(buffer, "\0.......", 8);
}
END_TEST

START_TEST(no_next_digit_in_time_is_intertimeout)
{
	(void)gather(7, 4, NULL, 3000, 1000);
	exchange_advance(2000);
	press("5");
	exchange_advance(900);
	press("6");
	exchange_advance(900);
	ck_assert_ptr_null(strstr(world_take(), "GATHERED"));
	exchange_advance(200);

	ck_assert_ptr_nonnull(strstr(world_take(), "102.2 GATHERED 8 7\n"));
	ck_assert_mem_eq(buffer, "56\0.....", 8);
}
END_TEST

START_TEST(a_new_gathering_cancels_the_old_one)
{
	(void)gather(7, 4, NULL, 1000, 1000);
	press("5");
	(void)world_take();

	ck_assert_int_eq(TSPI_lineGatherDigits(world_call(2), 8, DTMF, other, 2, NULL, 0, 0), 0);
	expect_log("102.2 GATHERED 16 7\n");
	ck_assert_mem_eq(buffer, "5\0......", 8);
	exchange_advance(5000);
	press("67");

	ck_assert_ptr_nonnull(strstr(world_take(), "102.2 GATHERED 1 8\n"));
	ck_assert_mem_eq(buffer, "5\0......", 8);
	ck_assert_mem_eq(other, "67......", 8);
}
END_TEST

START_TEST(a_null_buffer_only_cancels)
{
	ck_assert_int_eq(TSPI_lineGatherDigits(world_call(2), 0, 0, NULL, 0, NULL, 0, 0), 0);
	expect_log("");
	(void)gather(7, 4, NULL, 0, 0);
	(void)world_take();

	ck_assert_int_eq(TSPI_lineGatherDigits(world_call(2), 0, 0, NULL, 0, NULL, 0, 0), 0);

	expect_log("102.2 GATHERED 16 7\n"
		   "102.2 msp detect 3 [Digits: off]\n");
}
END_TEST

START_TEST(the_end_of_the_call_cancels_gathering)
{
	(void)gather(7, 4, NULL, 0, 0);
	press("5");
	(void)world_take();

	(void)world_drop(1);

	ck_assert_ptr_nonnull(strstr(world_take(), "102.2 GATHERED 16 7\n"));
	ck_assert_mem_eq(buffer, "5\0......", 8);
	ck_assert_int_eq(gather(8, 4, NULL, 0, 0), LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(monitoring_and_gathering_go_side_by_side)
{
	(void)TSPI_lineMonitorDigits(world_call(2), DTMF);
	(void)gather(7, 2, NULL, 0, 0);
	(void)world_take();
	press("42");

	expect_log("102.2 DIGIT 4 2 0\n"
		   "102.2 DIGIT 2 2 0\n"
		   "102.2 GATHERED 1 7\n");
}
END_TEST

START_TEST(pulse_digits_are_gathered_and_monitored)
{
	(void)TSPI_lineGatherDigits(world_call(2), 7, PULSE, buffer, 2, NULL, 0, 0);
	(void)TSPI_lineMonitorDigits(world_call(2), PULSE);
	ck_assert_ptr_nonnull(strstr(world_take(), "detect 2 [Digits: off]\n"));
	press("1");
	(void)world_msp_says(2, "TAPI-RTP/1 digit 9\nDigit: 3\nState: pulse\nTick: 8\n\n");
	(void)world_msp_says(2, "TAPI-RTP/1 digit 10\nDigit: 0\nState: pulse\nTick: 9\n\n");

	expect_log("102.2 DIGIT 3 1 8\n"
		   "102.2 DIGIT 0 1 9\n"
		   "102.2 GATHERED 1 7\n");
	ck_assert_mem_eq(buffer, "30......", 8);
}
END_TEST

START_TEST(what_cannot_be_gathered)
{
	HDRVCALL c = world_call(2);

	ck_assert_int_eq(gather(1, 0, NULL, 0, 0), LINEERR_INVALPARAM);
	ck_assert_int_eq(TSPI_lineGatherDigits(c, 1, 0, buffer, 4, NULL, 0, 0),
			LINEERR_INVALDIGITMODE);
	ck_assert_int_eq(TSPI_lineGatherDigits(c, 1, LINEDIGITMODE_DTMFEND, buffer, 4, NULL, 0, 0),
			LINEERR_INVALDIGITMODE);
	ck_assert_int_eq(gather(1, 4, "x", 0, 0), LINEERR_INVALDIGITS);
	ck_assert_int_eq(TSPI_lineGatherDigits(c, 1, PULSE, buffer, 4, "#", 0, 0),
			LINEERR_INVALDIGITS);
	ck_assert_int_eq(gather(1, 4, NULL, 99, 0), LINEERR_INVALTIMEOUT);
	ck_assert_int_eq(gather(1, 4, NULL, 0, 600001), LINEERR_INVALTIMEOUT);
	ck_assert_int_eq(gather(1, 4, NULL, 100, 600000), 0);
	ck_assert_ptr_nonnull(strstr(world_take(), "102.2 msp detect 2 [Digits: on]\n"));
	ck_assert_int_eq(gather(1, 0, NULL, 0, 0), LINEERR_INVALPARAM);
	expect_log("because digits\n"); /* the one before goes on */
}
END_TEST

/* --- tones ------------------------------------------------------------------------------------ */

static LONG monitor(DWORD list, const LINEMONITORTONE *tones, DWORD count)
{
	return TSPI_lineMonitorTones(world_call(2), list, tones, count);
}

static const LINEMONITORTONE fax[] = { { 11, 500, 1100, 0, 0 }, { 12, 300, 2100, 0, 0 } };
static const LINEMONITORTONE dial[] = { { 21, 0, 350, 440, 0 }, { 22, 2000, 0, 0, 0 } };

START_TEST(lists_are_told_together_and_apart)
{
	ck_assert_int_eq(monitor(5, fax, 2), 0);
	expect_log("102.2 msp tones 2 <1 500 1100\n2 300 2100\n>\n");
	ck_assert_int_eq(monitor(6, dial, 2), 0);
	expect_log("102.2 msp tones 3 <1 500 1100\n2 300 2100\n3 20 350 440\n4 2000\n>\n");

	(void)world_msp_says(2, "TAPI-RTP/1 heard 1\nNumber: 1\nTick: 77\n\n");
	(void)world_msp_says(2, "TAPI-RTP/1 heard 2\nNumber: 4\nTick: 78\n\n");
	expect_log("102.2 TONE 11 5 77\n"
		   "102.2 TONE 22 6 78\n");
	ck_assert_int_eq(monitor(5, NULL, 2), 0);
	expect_log("102.2 msp tones 4 <3 20 350 440\n4 2000\n>\n");
	(void)world_msp_says(2, "TAPI-RTP/1 heard 3\nNumber: 1\nTick: 79\n\n");
	expect_log("");
	ck_assert_int_eq(monitor(6, dial, 0), 0);
	expect_log("102.2 msp tones 5\n");
}
END_TEST

START_TEST(one_tone_of_two_lists_is_two_messages)
{
	(void)monitor(5, fax, 1);
	(void)monitor(6, fax, 1);
	(void)world_take();

	(void)world_msp_says(2, "TAPI-RTP/1 heard 1\nNumber: 1\n\n");
	(void)world_msp_says(2, "TAPI-RTP/1 heard 2\nNumber: 2\n\n");

	expect_log("102.2 TONE 11 5 0\n"
		   "102.2 TONE 11 6 0\n");
}
END_TEST

START_TEST(a_list_takes_the_place_of_the_one_with_its_id)
{
	(void)monitor(5, fax, 2);
	(void)world_take();

	ck_assert_int_eq(monitor(5, dial, 1), 0);

	expect_log("102.2 msp tones 3 <3 20 350 440\n>\n");
}
END_TEST

START_TEST(tones_that_cannot_be_monitored)
{
	LINEMONITORTONE many[17] = { { 0 } }, bad = { 1, 500, 4000, 0, 0 };

	ck_assert_int_eq(monitor(5, many, 17), LINEERR_INVALTONE);
	ck_assert_int_eq(monitor(5, &bad, 1), LINEERR_INVALTONE);
	bad = (LINEMONITORTONE){ 1, 60001, 400, 0, 0 };
	ck_assert_int_eq(monitor(5, &bad, 1), LINEERR_INVALTONE);
	for (DWORD i = 0; i < 4; i++)
		ck_assert_int_eq(monitor(i, many, 16), 0);
	ck_assert_int_eq(monitor(9, fax, 1), LINEERR_RESOURCEUNAVAIL);
	ck_assert_int_eq(monitor(3, fax, 1), 0);
	(void)world_drop(1);
	ck_assert_int_eq(monitor(5, fax, 1), LINEERR_INVALCALLSTATE);
}
END_TEST

START_TEST(a_new_instance_is_told_everything)
{
	(void)monitor(5, fax, 1);
	(void)TSPI_lineMonitorMedia(world_call(2), LINEMEDIAMODE_G3FAX);
	(void)world_take();

	(void)world_msp_says(2, "TAPI-RTP/1 offer 1\nNew: yes\n\nsdp");

	ck_assert_ptr_nonnull(strstr(world_take(), "102.2 msp detect 4 [Digits: off]\n"
						   "102.2 msp tones 5 <1 500 1100\n>\n"));
}
END_TEST

/* --- media ------------------------------------------------------------------------------------ */

static void sounds_like(const char *kind)
{
	char text[96];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 media %u\nKind: %s\nTick: 5\n\n", ++said,
			kind);
	(void)world_msp_says(2, text);
}

START_TEST(kinds_of_sound_are_media_modes)
{
	ck_assert_int_eq(TSPI_lineMonitorMedia(world_call(2),
					 LINEMEDIAMODE_G3FAX | LINEMEDIAMODE_INTERACTIVEVOICE),
			0);
	expect_log("102.2 msp detect 2 [Digits: off]\n"
		   "102.2 CALLINFO 0x8000000\n");
	ck_assert_uint_eq(world_info(2)->dwMonitorMediaModes,
			LINEMEDIAMODE_G3FAX | LINEMEDIAMODE_INTERACTIVEVOICE);

	sounds_like("voice");
	sounds_like("silence");
	sounds_like("ced");
	sounds_like("cng");
	sounds_like("fax");
	sounds_like("modem");
	sounds_like("opera");

	expect_log("102.2 MEDIA 4 5\n"
		   "102.2 MEDIA 32 5\n"
		   "102.2 MEDIA 32 5\n"
		   "102.2 MEDIA 32 5\n");
	ck_assert_uint_eq(world_info(2)->dwMediaMode, LINEMEDIAMODE_INTERACTIVEVOICE);
}
END_TEST

START_TEST(media_that_cannot_be_monitored)
{
	ck_assert_int_eq(TSPI_lineMonitorMedia(world_call(2), LINEMEDIAMODE_TDD),
			LINEERR_INVALMEDIAMODE);
	ck_assert_int_eq(TSPI_lineMonitorMedia(world_call(2), LINEMEDIAMODE_DATAMODEM), 0);
	(void)world_drop(1);
	ck_assert_int_eq(TSPI_lineMonitorMedia(world_call(2), LINEMEDIAMODE_G3FAX),
			LINEERR_INVALCALLSTATE);
}
END_TEST

/* --- tones that are sent -----------------------------------------------------------------------
 */

static LONG send_tone(DWORD mode, DWORD ms, const LINEGENERATETONE *tones, DWORD count)
{
	return TSPI_lineGenerateTone(world_call(1), 77, mode, ms, count, tones);
}

START_TEST(standard_tones_have_names)
{
	ck_assert_int_eq(send_tone(LINETONEMODE_BUSY, 0, NULL, 0), 0);
	ck_assert_int_eq(send_tone(LINETONEMODE_RINGBACK, 500, NULL, 9), 0);
	ck_assert_int_eq(send_tone(LINETONEMODE_BILLING, 0, NULL, 0), 0);
	ck_assert_int_eq(send_tone(LINETONEMODE_BEEP, 0, NULL, 0), 0);

	expect_log("101.1 msp tone 2 [Sound: busy]\n"
		   "101.1 msp tone 3 [Sound: ringback]\n"
		   "101.1 msp tone 4 [Sound: billing]\n"
		   "101.1 msp tone 5 [Frequencies: 1400]\n");
}
END_TEST

START_TEST(a_custom_tone_ends_the_digits_before_it)
{
	const LINEGENERATETONE tones[] = { { 700, 0, 0, 40000 }, { 1500, 500, 250, 65535 } };

	(void)TSPI_lineGenerateDigits(world_call(1), 76, DTMF, "123", 0);
	(void)world_take();
	ck_assert_int_eq(send_tone(LINETONEMODE_CUSTOM, 2000, tones, 2), 0);
	expect_log("101.1 msp tone 3 [Duration: 2000] <700 0 0 40000\n1500 500 250 65535\n>\n");
	(void)world_msp_says(1, "TAPI-RTP/1 digits-done 2\nResult: cancelled\n\n");
	(void)world_msp_says(1, "TAPI-RTP/1 tone-done 3\nResult: done\n\n");

	expect_log("101.1 GENERATE 2 76\n"
		   "101.1 GENERATE 1 77\n");
}
END_TEST

START_TEST(tone_mode_0_only_cancels)
{
	(void)send_tone(LINETONEMODE_BUSY, 0, NULL, 0);
	ck_assert_int_eq(send_tone(0, 0, NULL, 0), 0);
	(void)world_take();
	(void)world_msp_says(1, "TAPI-RTP/1 tone-done 2\nResult: cancelled\n\n");
	(void)world_msp_says(1, "TAPI-RTP/1 tone-done 3\nResult: done\n\n");

	expect_log("101.1 GENERATE 2 77\n");
}
END_TEST

START_TEST(tones_that_cannot_be_sent)
{
	const LINEGENERATETONE good = { 700, 0, 0, 1 }, high = { 4000, 0, 0, 1 },
			       none = { 0, 0, 0, 1 }, loud = { 700, 0, 0, 65536 },
			       slow = { 700, 60001, 0, 1 };
	const LINEGENERATETONE five[5] = { good, good, good, good, good };

	ck_assert_int_eq(send_tone(32, 0, NULL, 0), LINEERR_INVALTONEMODE);
	ck_assert_int_eq(send_tone(LINETONEMODE_BUSY | LINETONEMODE_BEEP, 0, NULL, 0),
			LINEERR_INVALTONEMODE);
	ck_assert_int_eq(send_tone(LINETONEMODE_CUSTOM, 0, NULL, 1), LINEERR_INVALPOINTER);
	ck_assert_int_eq(send_tone(LINETONEMODE_CUSTOM, 0, NULL, 0), LINEERR_INVALTONE);
	ck_assert_int_eq(send_tone(LINETONEMODE_CUSTOM, 0, five, 5), LINEERR_INVALTONE);
	ck_assert_int_eq(send_tone(LINETONEMODE_CUSTOM, 0, &high, 1), LINEERR_INVALTONE);
	ck_assert_int_eq(send_tone(LINETONEMODE_CUSTOM, 0, &none, 1), LINEERR_INVALTONE);
	ck_assert_int_eq(send_tone(LINETONEMODE_CUSTOM, 0, &loud, 1), LINEERR_INVALTONE);
	ck_assert_int_eq(send_tone(LINETONEMODE_CUSTOM, 0, &slow, 1), LINEERR_INVALTONE);
	ck_assert_ptr_null(strstr(world_take(), "msp"));
	(void)world_drop(1);
	ck_assert_int_eq(send_tone(LINETONEMODE_BUSY, 0, NULL, 0), LINEERR_INVALCALLSTATE);
}
END_TEST

/* --- media control ---------------------------------------------------------------------------- */

static const LINEMEDIACONTROLDIGIT five = { '5', DTMF, LINEMEDIACONTROL_PAUSE };

static LONG control(DWORD select, const LINEMEDIACONTROLDIGIT *digits, DWORD count)
{
	return TSPI_lineSetMediaControl(world_line("102"), 0, world_call(2), select, digits, count,
			NULL, 0, NULL, 0, NULL, 0);
}

START_TEST(lists_become_rules_of_the_msp)
{
	const LINEMEDIACONTROLDIGIT digits[] = { { '5', DTMF | PULSE, LINEMEDIACONTROL_PAUSE },
		{ '#', LINEDIGITMODE_DTMFEND, LINEMEDIACONTROL_RESUME },
		{ '1', DTMF, LINEMEDIACONTROL_NONE } };
	const LINEMEDIACONTROLMEDIA media = { LINEMEDIAMODE_G3FAX, 300, LINEMEDIACONTROL_RESET };
	const LINEMEDIACONTROLTONE tone = { 0, 400, 350, 440, 0, LINEMEDIACONTROL_VOLUMEUP };

	ck_assert_int_eq(TSPI_lineSetMediaControl(world_line("102"), 0, world_call(2),
					 LINECALLSELECT_CALL, digits, 3, &media, 1, &tone, 1, NULL,
					 0),
			0);
	expect_log("102.2 msp controls 2 <digit 5 pulse pause\n"
		   "digit 5 down pause\n"
		   "digit # up resume\n"
		   "media cng 300 reset\n"
		   "media ced 300 reset\n"
		   "media fax 300 reset\n"
		   "tone 400 volume-up 350 440\n>\n");
	ck_assert_int_eq(control(LINECALLSELECT_CALL, NULL, 0), 0);
	expect_log("102.2 msp controls 3\n");
}
END_TEST

START_TEST(a_line_has_what_its_calls_have_not)
{
	ck_assert_int_eq(control(LINECALLSELECT_LINE, &five, 1), 0);
	expect_log("102.2 msp controls 2 <digit 5 down pause\n>\n");
	const LINEMEDIACONTROLDIGIT six = { '6', DTMF, LINEMEDIACONTROL_START };
	ck_assert_int_eq(control(LINECALLSELECT_CALL, &six, 1), 0);
	expect_log("102.2 msp controls 3 <digit 6 down start\n>\n");
	ck_assert_int_eq(control(LINECALLSELECT_CALL, NULL, 0), 0);
	expect_log("102.2 msp controls 4 <digit 5 down pause\n>\n");
	ck_assert_int_eq(control(LINECALLSELECT_ADDRESS, NULL, 0), 0);
	expect_log("102.2 msp controls 5\n");
}
END_TEST

START_TEST(a_call_state_acts_at_once)
{
	const LINEMEDIACONTROLCALLSTATE states[] = { { LINECALLSTATE_ONHOLD,
								     LINEMEDIACONTROL_PAUSE },
		{ LINECALLSTATE_CONNECTED, LINEMEDIACONTROL_RESUME } };

	ck_assert_int_eq(TSPI_lineSetMediaControl(world_line("102"), 0, world_call(2),
					 LINECALLSELECT_CALL, NULL, 0, NULL, 0, NULL, 0, states, 2),
			0);
	(void)world_take();

	(void)world_hold(2);
	ck_assert_ptr_nonnull(strstr(world_take(), "[Action: pause]\n"));
	(void)world_unhold(2);
	ck_assert_ptr_nonnull(strstr(world_take(), "[Action: resume]\n"));
}
END_TEST

START_TEST(lists_that_cannot_be)
{
	HDRVLINE line = world_line("102");
	HDRVCALL c = world_call(2);
	LINEMEDIACONTROLDIGIT d = { 'x', DTMF, LINEMEDIACONTROL_PAUSE };
	LINEMEDIACONTROLMEDIA m = { LINEMEDIAMODE_TDD, 0, LINEMEDIACONTROL_PAUSE };
	LINEMEDIACONTROLTONE t = { 0, 100, 5000, 0, 0, LINEMEDIACONTROL_PAUSE };
	LINEMEDIACONTROLCALLSTATE s = { 0, LINEMEDIACONTROL_PAUSE };

	ck_assert_int_eq(control(LINECALLSELECT_CALL, &d, 1), LINEERR_INVALDIGITLIST);
	d = (LINEMEDIACONTROLDIGIT){ '#', PULSE, LINEMEDIACONTROL_PAUSE };
	ck_assert_int_eq(control(LINECALLSELECT_CALL, &d, 1), LINEERR_INVALDIGITLIST);
	d = (LINEMEDIACONTROLDIGIT){ '1', DTMF, LINEMEDIACONTROL_PAUSE | LINEMEDIACONTROL_RESET };
	ck_assert_int_eq(control(LINECALLSELECT_CALL, &d, 1), LINEERR_INVALDIGITLIST);
	ck_assert_int_eq(control(LINECALLSELECT_CALL, &five, 33), LINEERR_INVALDIGITLIST);
	ck_assert_int_eq(TSPI_lineSetMediaControl(line, 0, c, LINECALLSELECT_CALL, NULL, 0, &m, 1,
					 NULL, 0, NULL, 0),
			LINEERR_INVALMEDIALIST);
	ck_assert_int_eq(TSPI_lineSetMediaControl(line, 0, c, LINECALLSELECT_CALL, NULL, 0, NULL, 0,
					 &t, 1, NULL, 0),
			LINEERR_INVALTONELIST);
	ck_assert_int_eq(TSPI_lineSetMediaControl(line, 0, c, LINECALLSELECT_CALL, NULL, 0, NULL, 0,
					 NULL, 0, &s, 1),
			LINEERR_INVALCALLSTATELIST);
	ck_assert_int_eq(control(32, &five, 1), LINEERR_INVALCALLSELECT);
	ck_assert_int_eq(TSPI_lineSetMediaControl(line, 1, c, LINECALLSELECT_ADDRESS, &five, 1,
					 NULL, 0, NULL, 0, NULL, 0),
			LINEERR_INVALADDRESSID);
	ck_assert_ptr_null(strstr(world_take(), "msp"));
}
END_TEST

TCase *listen_case(void)
{
	TCase *tc = tcase_create("listen");

	tcase_add_checked_fixture(tc, connect, world_stop);
	tcase_add_test(tc, a_full_buffer_ends_without_a_nul);
	tcase_add_test(tc, a_terminator_is_stored_and_ends);
	tcase_add_test(tc, no_first_digit_in_time_is_firsttimeout);
	tcase_add_test(tc, no_next_digit_in_time_is_intertimeout);
	tcase_add_test(tc, a_new_gathering_cancels_the_old_one);
	tcase_add_test(tc, a_null_buffer_only_cancels);
	tcase_add_test(tc, the_end_of_the_call_cancels_gathering);
	tcase_add_test(tc, monitoring_and_gathering_go_side_by_side);
	tcase_add_test(tc, pulse_digits_are_gathered_and_monitored);
	tcase_add_test(tc, what_cannot_be_gathered);
	tcase_add_test(tc, lists_are_told_together_and_apart);
	tcase_add_test(tc, one_tone_of_two_lists_is_two_messages);
	tcase_add_test(tc, a_list_takes_the_place_of_the_one_with_its_id);
	tcase_add_test(tc, tones_that_cannot_be_monitored);
	tcase_add_test(tc, a_new_instance_is_told_everything);
	tcase_add_test(tc, kinds_of_sound_are_media_modes);
	tcase_add_test(tc, media_that_cannot_be_monitored);
	tcase_add_test(tc, standard_tones_have_names);
	tcase_add_test(tc, a_custom_tone_ends_the_digits_before_it);
	tcase_add_test(tc, tone_mode_0_only_cancels);
	tcase_add_test(tc, tones_that_cannot_be_sent);
	tcase_add_test(tc, lists_become_rules_of_the_msp);
	tcase_add_test(tc, a_line_has_what_its_calls_have_not);
	tcase_add_test(tc, a_call_state_acts_at_once);
	tcase_add_test(tc, lists_that_cannot_be);
	return tc;
}
