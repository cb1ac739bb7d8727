// SPDX-License-Identifier: MIT
/* test_device.c - devices of this machine as terminals of the rtp MSP: static ones, those of a
 * name, their failures as events, and a call from one's microphone to the other's loudspeaker. */
#include "fake_pcm.h"
#include "pair.h"

#include "media/audio.h"
#include "providers/rtp/rtp_msp.h"
#include "oom.h"
#include "test_main.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const GUID device_class = MSP_TERMINAL_AUDIO_DEVICE;
static const GUID microphone_class = MSP_TERMINAL_MICROPHONE;
static const GUID speakers_class = MSP_TERMINAL_SPEAKERS;
static const GUID iid_device = MSP_IID_AUDIO_DEVICE;
static const GUID iid_reason = MSP_IID_REASON;

static struct fake_device devices[3];
static struct pair pair;

static void setup(void)
{
	memset(devices, 0, sizeof(devices));
	devices[0] = (struct fake_device){ .name = "default", .rate = 48000, .channels = 2 };
	devices[1] = (struct fake_device){ .name = "headset", .rate = 44100, .channels = 1 };
	fake_pcm_set(devices);
	media_audio_set_ops(&fake_pcm);
	/* No more names than "default". */
	ck_assert_int_eq(setenv("ALSA_CONFIG_PATH", "/dev/null", 1), 0);
	pair_open(&pair);
}

static void teardown(void)
{
	pair_close(&pair);
	media_audio_set_ops(NULL);
}

static void run(unsigned int ticks, struct msp_terminal *one, struct msp_terminal *other)
{
	struct audio_wait wait;

	for (; ticks; ticks--) {
		pair_step(&pair, 1);
		if (one)
			audio_turn(media_audio_inside(one->media), &wait);
		if (other)
			audio_turn(media_audio_inside(other->media), &wait);
	}
}

START_TEST(the_default_devices_are_static_terminals)
{
	struct msp_address *a = pair.a.address;
	const struct msp_audio_device *d;
	struct msp_terminal *mic, *speakers, *again;
	const char *name;
	GUID clsid;

	ck_assert_int_eq(msp_provider.static_terminal(a, 0, &mic), 0);
	ck_assert_int_eq(msp_provider.static_terminal(a, 1, &speakers), 0);
	ck_assert_int_eq(msp_provider.static_terminal(a, 2, &again), TAPI_E_NOITEMS);

	clsid = msp_provider.terminal_clsid(mic);
	ck_assert_mem_eq(&clsid, &microphone_class, sizeof(GUID));
	clsid = msp_provider.terminal_clsid(speakers);
	ck_assert_mem_eq(&clsid, &speakers_class, sizeof(GUID));
	ck_assert_uint_eq(msp_provider.terminal_type(mic), TT_STATIC);
	ck_assert_uint_eq(msp_provider.terminal_direction(mic), TD_CAPTURE);
	ck_assert_uint_eq(msp_provider.terminal_direction(speakers), TD_RENDER);
	ck_assert_str_eq(msp_provider.terminal_name(mic), "default");
	d = terminal_interface(speakers, &iid_device);
	ck_assert_int_eq(d->device(speakers, &name), 0);
	ck_assert_str_eq(name, "default");
	ck_assert_int_eq(d->set_device(speakers, "headset"), TAPI_E_NOTSUPPORTED);
	ck_assert_int_eq(msp_provider.default_static_terminal(a, TAPIMEDIATYPE_AUDIO, TD_RENDER,
					 &again),
			0);
	ck_assert_ptr_eq(again, speakers);
	ck_assert_int_eq(msp_provider.default_static_terminal(a, TAPIMEDIATYPE_VIDEO, TD_RENDER,
					 &again),
			TAPI_E_NOITEMS);
}
END_TEST

START_TEST(a_device_is_named_at_any_time)
{
	struct msp_terminal *t = end_terminal(&pair.a, &device_class, TD_CAPTURE);
	const struct msp_audio_device *d = terminal_interface(t, &iid_device);
	struct msp_audio_figures f;
	const char *name;

	ck_assert_uint_eq(msp_provider.terminal_type(t), TT_DYNAMIC);
	ck_assert_int_eq(d->device(t, &name), 0);
	ck_assert_str_eq(name, "default");
	ck_assert_int_eq(d->set_device(t, "headset"), 0);
	ck_assert_int_eq(d->device(t, &name), 0);
	ck_assert_str_eq(name, "headset");
	ck_assert_int_eq(d->set_latency(t, 60), 0);
	ck_assert_int_eq(d->set_latency(t, 5000), TAPI_E_OPERATIONFAILED);
	ck_assert_int_eq(d->figures(t, &f), 0);
	ck_assert_uint_eq(f.running, 0);
	ck_assert_uint_eq(f.rate, 0);
}
END_TEST

START_TEST(a_microphone_is_heard_in_the_others_loudspeaker)
{
	struct msp_terminal *mic = end_terminal(&pair.a, &device_class, TD_CAPTURE);
	struct msp_terminal *speakers = end_terminal(&pair.b, &device_class, TD_RENDER);
	const struct msp_audio_device *d = terminal_interface(speakers, &iid_device);
	struct msp_audio_figures f;
	uint64_t before;
	double loudness;

	ck_assert_int_eq(d->set_device(speakers, "headset"), 0);
	run(10, mic, speakers);
	ck_assert_uint_eq(devices[0].opens, 0); /* nothing is agreed yet */
	pair_connect(&pair);
	run(1000, mic, speakers);
	before = devices[1].frames;
	devices[1].power = 0;

	run(50, mic, speakers);

	loudness = sqrt(devices[1].power / (double)(devices[1].frames - before));
	ck_assert_msg(fabs(loudness - 8000 / sqrt(2)) < 300, "loudness %g", loudness);
	ck_assert_int_eq(d->figures(speakers, &f), 0);
	ck_assert_uint_eq(f.running, 1);
	ck_assert_uint_eq(f.rate, 44100);
	ck_assert_uint_eq(f.gaps, 0);
}
END_TEST

START_TEST(a_device_that_fails_is_an_event_with_a_reason)
{
	struct msp_terminal *mic = end_terminal(&pair.a, &device_class, TD_CAPTURE);
	const struct msp_reason *r = terminal_interface(mic, &iid_reason);
	char why[256];

	devices[0].open_error = -EACCES;
	pair_connect(&pair);
	run(50, mic, NULL);

	ck_assert_uint_eq(pair.a.failed, 1);
	ck_assert_uint_eq(pair.a.last_cause, CALL_CAUSE_BAD_DEVICE);
	ck_assert_ptr_eq(pair.a.failed_terminal, mic);
	r->reason(mic, why, sizeof(why));
	ck_assert_str_eq(why, "default: it does not open");
}
END_TEST

START_TEST(a_static_terminal_serves_one_call_after_the_other)
{
	struct msp_terminal *mic;

	ck_assert_int_eq(msp_provider.default_static_terminal(pair.a.address, TAPIMEDIATYPE_AUDIO,
					 TD_CAPTURE, &mic),
			0);
	ck_assert_int_eq(msp_provider.select_terminal(pair.a.capture, mic), 0);
	pair_connect(&pair);
	run(50, mic, NULL);
	ck_assert_uint_eq(devices[0].opens, 1);

	msp_provider.shutdown_call(pair.a.call);
	pair.a.call = NULL;
	run(60, mic, NULL);

	ck_assert_uint_eq(devices[0].closes, 1);
	ck_assert_uint_eq(msp_provider.terminal_state(mic), TS_NOTINUSE);
}
END_TEST

/* Each allocation fails once; what is left must be closed and usable. */
START_TEST(without_memory_a_device_is_refused_whole)
{
	for (struct oom o = OOM_START; oom_next(&o);) {
		struct msp_terminal *mic, *fixed;
		const struct msp_audio_device *d;
		LONG r = msp_provider.create_terminal(pair.a.address, &device_class,
				TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &mic);

		if (r == 0) {
			d = terminal_interface(mic, &iid_device);
			r = d->set_device(mic, "headset");
			if (r == 0)
				r = msp_provider.select_terminal(pair.a.capture, mic);
			if (r == 0)
				r = msp_provider.static_terminal(pair.a.address, 0, &fixed);
			if (msp_provider.terminal_state(mic) == TS_INUSE)
				ck_assert_int_eq(msp_provider.unselect_terminal(pair.a.capture,
								 mic),
						0);
			msp_provider.release_terminal(mic);
		}
		ck_assert(oom_failed(&o) || r == 0);
	}
}
END_TEST

static Suite *device_suite(void)
{
	Suite *s = suite_create("device");
	TCase *c = tcase_create("device");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, the_default_devices_are_static_terminals);
	tcase_add_test(c, a_device_is_named_at_any_time);
	tcase_add_test(c, a_microphone_is_heard_in_the_others_loudspeaker);
	tcase_add_test(c, a_device_that_fails_is_an_event_with_a_reason);
	tcase_add_test(c, a_static_terminal_serves_one_call_after_the_other);
	suite_add_tcase(s, c);
	c = tcase_create("oom");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, without_memory_a_device_is_refused_whole);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(device_suite())
