// SPDX-License-Identifier: MIT
/* test_load.c - what the host says of files that are no TSPs, of bad configuration, of bad frames,
 * and of answers that a TSP should not give. */
#include "../test_main.h"
#include "core.h"

#include <tapi.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct got *negotiate(struct core *c, uint32_t low, uint32_t high)
{
	TspiLineNegotiateTspiVersion q = TSPI_LINE_NEGOTIATE_TSPI_VERSION__INIT;

	q.has_device = q.has_low_version = q.has_high_version = 1;
	q.device = INITIALIZE_NEGOTIATION;
	q.low_version = low;
	q.high_version = high;
	return core_return(c, core_send(c, CALL_TspiLineNegotiateTspiVersion, &q));
}

static void start_with_path(struct core *c, const char *path)
{
	core_start_with(c, path, NULL, NULL);
}

START_TEST(missing_file_is_named)
{
	struct core c;
	struct got *g;

	start_with_path(&c, "not_there");
	g = negotiate(&c, 0x20000, 0x30001);

	ck_assert_int_eq(g->h.result, LINEERR_OPERATIONUNAVAIL);
	ck_assert_ptr_nonnull(strstr(core_reason(g), "host_not_there.so"));
	ck_assert_ptr_nonnull(strstr(core_reason(g), "No such file"));
	(void)core_stop(&c);
}
END_TEST

START_TEST(shared_object_without_exports_is_no_tsp)
{
	struct core c;
	struct got *g;

	start_with_path(&c, "empty");
	g = negotiate(&c, 0x20000, 0x30001);

	ck_assert_int_eq(g->h.result, LINEERR_OPERATIONUNAVAIL);
	ck_assert_ptr_nonnull(strstr(core_reason(g), "does not export TSPI_"));
	(void)core_stop(&c);
}
END_TEST

/* A copy of the mock that everybody may write to, in a folder of its own. */
static void copy_file(const char *from, const char *to)
{
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	char buf[4096];
	size_t n;

	ck_assert(in && out);
	while ((n = fread(buf, 1, sizeof(buf), in)) > 0)
		ck_assert_uint_eq(fwrite(buf, 1, n, out), n);
	ck_assert_int_eq(fclose(in), 0);
	ck_assert_int_eq(fclose(out), 0);
}

START_TEST(file_that_everybody_may_write_is_not_loaded)
{
	char folder[128], path[160];
	struct core c;
	struct got *g;

	core_adopt(&c, -1, "mock");
	core_make_folder(&c);
	memcpy(folder, c.folder, sizeof(folder));
	(void)snprintf(path, sizeof(path), "%s/open.so", folder);
	copy_file(c.path, path);
	ck_assert_int_eq(chmod(path, 0666), 0);
	core_start_at(&c, path);
	g = negotiate(&c, 0x20000, 0x30001);

	ck_assert_int_eq(g->h.result, LINEERR_OPERATIONUNAVAIL);
	ck_assert_ptr_nonnull(strstr(core_reason(g), "written by everybody"));
	(void)core_stop(&c);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(unknown_key_is_named_with_the_words_of_the_provider)
{
	struct core c;
	struct got *g;

	core_start_with(&c, "mock", "colour", "green");
	g = negotiate(&c, 0x20000, 0x30001);

	ck_assert_int_eq(g->h.result, LINEERR_INVALPARAM);
	ck_assert_str_eq(core_reason(g), "colour: not one of my keys");
	(void)core_stop(&c);
}
END_TEST

START_TEST(known_key_is_taken)
{
	struct core c;

	core_start_with(&c, "mock", "lines", "2");
	ck_assert_int_eq(negotiate(&c, 0x20000, 0x30001)->h.result, 0);
	(void)core_stop(&c);
}
END_TEST

START_TEST(nothing_is_called_before_provider_init)
{
	struct core c;
	TspiLineOpen q = TSPI_LINE_OPEN__INIT;
	struct got *g;

	core_start(&c, "mock");
	q.has_device = 1;
	q.device = LINE_BASE;
	g = core_return(&c, core_send(&c, CALL_TspiLineOpen, &q));

	ck_assert_int_eq(g->h.result, LINEERR_UNINITIALIZED);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_get_is_repeated_until_all_fits)
{
	struct core c;
	LineGetDevCaps q = LINE_GET_DEV_CAPS__INIT;
	const LineGetDevCapsReply *r;

	core_world(&c);
	q.has_device = q.has_api_version = q.has_line_dev_caps = 1;
	q.device = LINE_BASE;
	q.api_version = 0x00010004; /* the client's; the TSP gets its own */
	q.line_dev_caps = 300;
	r = core_call(&c, CALL_LineGetDevCaps, &q, 0);

	ck_assert_uint_eq(strlen(r->line_dev_caps->line_name), 9999);
	ck_assert_uint_eq(r->line_dev_caps->max_rate, 0x00030001);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_line_status_comes_with_its_reason)
{
	struct core c;
	LineGetLineDevStatus q = LINE_GET_LINE_DEV_STATUS__INIT;
	const LineGetLineDevStatusReply *r;

	core_world(&c);
	q.has_line = 1;
	q.line = LINE_BASE;
	c.mock->out_of_service(1);
	r = core_call(&c, CALL_LineGetLineDevStatus, &q, 0);
	ck_assert_str_eq(r->reason->cause, "SIP 403");
	ck_assert_str_eq(r->reason->sentence, "Forbidden");

	c.mock->out_of_service(0);
	r = core_call(&c, CALL_LineGetLineDevStatus, &q, 0);
	ck_assert_ptr_null(r->reason);
	ck_assert_ptr_nonnull(r->line_dev_status);
	(void)core_stop(&c);
}
END_TEST

START_TEST(malformed_structure_is_a_failure_with_words)
{
	struct core c;
	LineGetDevConfig q = LINE_GET_DEV_CONFIG__INIT;
	struct got *g;

	core_world(&c);
	q.has_device = 1;
	q.device = LINE_BASE;
	g = core_return(&c, core_send(&c, CALL_LineGetDevConfig, &q));

	ck_assert_int_eq(g->h.result, LINEERR_OPERATIONFAILED);
	ck_assert_ptr_nonnull(strstr(core_reason(g), "malformed device_config"));
	(void)core_stop(&c);
}
END_TEST

START_TEST(positive_answer_of_a_synchronous_function_is_a_failure)
{
	struct core c;
	LineSetDevConfig q = LINE_SET_DEV_CONFIG__INIT;

	core_world(&c);
	q.has_device = 1;
	q.device = LINE_BASE;

	(void)core_call(&c, CALL_LineSetDevConfig, &q, LINEERR_OPERATIONFAILED);
	(void)core_stop(&c);
}
END_TEST

START_TEST(an_address_reaches_the_tsp_whole)
{
	struct core c;
	LineGetAddressId q = LINE_GET_ADDRESS_ID__INIT;
	const LineGetAddressIdReply *r;

	core_world(&c);
	q.has_line = 1;
	q.line = LINE_BASE;
	q.address = (char *)(uintptr_t) "seven";
	r = core_call(&c, CALL_LineGetAddressId, &q, 0);

	ck_assert_uint_eq(r->address_id, 7);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_descriptor_goes_with_the_return)
{
	struct core c;
	LineGetId q = LINE_GET_ID__INIT;
	struct got *g;
	char text[5] = "";

	core_world(&c);
	q.has_line = 1;
	q.line = LINE_BASE;
	q.device_class = (char *)(uintptr_t) "comm/datamodem";
	g = core_return(&c, core_send(&c, CALL_LineGetId, &q));

	ck_assert_int_eq(g->h.result, 0);
	ck_assert_int_ge(g->fd, 0);
	ck_assert_int_eq(read(g->fd, text, 4), 4);
	ck_assert_str_eq(text, "tone");
	(void)core_stop(&c);
}
END_TEST

START_TEST(unknown_call_number_is_operationunavail)
{
	struct core c;
	struct frame_header h = { .kind = 399, .serial = 77 };
	struct got *g;

	core_world(&c);
	core_send_frame(&c, &h, "", 0);
	g = core_expect(&c, FRAME_RETURN);

	ck_assert_uint_eq(g->h.serial, 77);
	ck_assert_int_eq(g->h.result, LINEERR_OPERATIONUNAVAIL);
	(void)core_stop(&c);
}
END_TEST

/* What no core says closes the connection, and in thread mode ends the host in order. */
static const struct {
	uint16_t kind;
	const char *body;
	size_t size;
} nonsense[] = {
	{ FRAME_RETURN, "", 0 },
	{ 1999, "", 0 },
	{ FRAME_HELLO, "", 0 },
	{ CALL_LineMakeCall, "\xff\xff\xff", 3 },
	{ FRAME_NOTE, "\x0f", 1 },
};

START_TEST(nonsense_closes_the_connection)
{
	struct core c;
	struct frame_header h = { .kind = nonsense[_i].kind, .serial = 1 };

	core_world(&c);
	core_send_frame(&c, &h, nonsense[_i].body, nonsense[_i].size);
	ck_assert_int_eq(pthread_join(c.thread, NULL), 0);
	c.has_thread = 0;

	ck_assert_uint_eq(c.mock->running(), 0);
	ck_assert_uint_eq(c.mock->lines(), 0);
	(void)core_stop(&c);
}
END_TEST

START_TEST(shutdown_drops_closes_and_ends_after_its_return)
{
	struct core c;
	TspiProviderShutdown q = TSPI_PROVIDER_SHUTDOWN__INIT;
	uint32_t serial;

	core_world(&c);
	(void)core_return(&c, core_dial(&c, "early"));
	serial = core_send(&c, CALL_TspiProviderShutdown, &q);

	ck_assert_int_eq(core_return(&c, serial)->h.result, 0);
	ck_assert_int_eq(pthread_join(c.thread, NULL), 0);
	c.has_thread = 0;
	ck_assert_uint_eq(c.mock->dropped(), 1);
	ck_assert_uint_eq(c.mock->calls(), 0);
	ck_assert_uint_eq(c.mock->lines(), 0);
	ck_assert_uint_eq(c.mock->running(), 0);
	ck_assert_int_eq(core_stop(&c), 0);
}
END_TEST

static Suite *load(void)
{
	Suite *s = suite_create("host load");
	TCase *t = tcase_create("load");

	tcase_add_test(t, missing_file_is_named);
	tcase_add_test(t, shared_object_without_exports_is_no_tsp);
	tcase_add_test(t, file_that_everybody_may_write_is_not_loaded);
	tcase_add_test(t, unknown_key_is_named_with_the_words_of_the_provider);
	tcase_add_test(t, known_key_is_taken);
	tcase_add_test(t, nothing_is_called_before_provider_init);
	tcase_add_test(t, a_get_is_repeated_until_all_fits);
	tcase_add_test(t, a_line_status_comes_with_its_reason);
	tcase_add_test(t, malformed_structure_is_a_failure_with_words);
	tcase_add_test(t, positive_answer_of_a_synchronous_function_is_a_failure);
	tcase_add_test(t, an_address_reaches_the_tsp_whole);
	tcase_add_test(t, a_descriptor_goes_with_the_return);
	tcase_add_test(t, unknown_call_number_is_operationunavail);
	tcase_add_loop_test(t, nonsense_closes_the_connection, 0,
			sizeof(nonsense) / sizeof(nonsense[0]));
	tcase_add_test(t, shutdown_drops_closes_and_ends_after_its_return);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(load())
