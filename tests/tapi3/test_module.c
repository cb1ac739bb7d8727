// SPDX-License-Identifier: MIT
/* test_module.c - which files are taken for media service providers, and texts of GUIDs. */
/* Before Check, which has a macro fail. */
#include "libtapi/tapi3/objects.h"

#include "../scratch.h"
#include "../test_main.h"
#include "mock_msp.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const GUID clsid = MOCK_MSP_CLSID;
static char folder[64], path[128];

static void source(char *out, size_t size, const char *name)
{
	const char *build = getenv("BUILD");

	(void)snprintf(out, size, "%s/lib/tapi3-test/%s", build && *build ? build : "build/default",
			name);
}

/* Copies a file of the build into the folder of MSPs. */
static void place(const char *name, const char *as, mode_t mode)
{
	char from[512], bytes[4096];
	ssize_t n;
	int in, out;

	source(from, sizeof(from), name);
	(void)snprintf(path, sizeof(path), "%s/%s.so", folder, as);
	in = open(from, O_RDONLY | O_CLOEXEC);
	out = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ck_assert_int_ge(in, 0);
	ck_assert_int_ge(out, 0);
	while ((n = read(in, bytes, sizeof(bytes))) > 0)
		ck_assert_int_eq(write(out, bytes, (size_t)n), n);
	ck_assert_int_eq(fchmod(out, mode), 0);
	(void)close(in);
	(void)close(out);
}

static void setup(void)
{
	scratch_template(folder, sizeof(folder), "msp");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(setenv("TAPI_MSP_PATH", folder, 1), 0);
	path[0] = '\0';
}

static void teardown(void)
{
	if (*path)
		(void)remove(path);
	ck_assert_int_eq(rmdir(folder), 0);
}

static LONG look(const GUID *wanted)
{
	const struct msp_ops *ops = NULL;
	LONG result = module_find(wanted, &ops);

	ck_assert((result == 0) == (ops != NULL));
	return result;
}

static const char good[] = MOCK_MSP_UUID ".so";

START_TEST(an_msp_is_found_by_its_class)
{
	place(good, MOCK_MSP_UUID, 0755);

	ck_assert_int_eq(look(&clsid), 0);
}
END_TEST

START_TEST(all_folders_of_the_path_are_looked_into)
{
	char list[256];

	place(good, MOCK_MSP_UUID, 0755);
	(void)snprintf(list, sizeof(list), "/nowhere::%s", folder);
	ck_assert_int_eq(setenv("TAPI_MSP_PATH", list, 1), 0);

	ck_assert_int_eq(look(&clsid), 0);
}
END_TEST

START_TEST(what_others_may_write_to_is_not_loaded)
{
	struct tapix_reason why;

	place(good, MOCK_MSP_UUID, 0757);

	ck_assert_int_eq(look(&clsid), TAPI_E_NODRIVER);
	tapixGetLastReason(&why);
	ck_assert_ptr_nonnull(strstr(why.sentence, "others may write"));
}
END_TEST

START_TEST(what_is_not_a_file_is_not_loaded)
{
	(void)snprintf(path, sizeof(path), "%s/%s", folder, good);
	ck_assert_int_eq(mkdir(path, 0755), 0);

	ck_assert_int_eq(look(&clsid), TAPI_E_NODRIVER);
}
END_TEST

START_TEST(what_has_another_class_is_not_taken)
{
	GUID other = clsid;

	other.Data4[7] ^= 1;
	place(good, "0d3d2a44-6a2e-4b8f-9c1d-3f1e5a7b9c00", 0755);

	ck_assert_int_eq(look(&other), TAPI_E_NODRIVER);
}
END_TEST

START_TEST(what_is_not_an_msp_is_not_taken)
{
	static const char *const files[] = { "version.so", "missing.so", "../libbase.a" };

	place(files[_i], MOCK_MSP_UUID, 0755);

	ck_assert_int_eq(look(&clsid), TAPI_E_NODRIVER);
}
END_TEST

START_TEST(a_missing_msp_has_a_reason)
{
	struct tapix_reason why;

	ck_assert_int_eq(look(&clsid), TAPI_E_NODRIVER);

	tapixGetLastReason(&why);
	ck_assert_ptr_nonnull(strstr(why.sentence, good));
}
END_TEST

/* Only root can become a program with two minds. */
START_TEST(a_privileged_program_ignores_the_path)
{
	place(good, MOCK_MSP_UUID, 0755);
	ck_assert_int_eq(setegid(getgid() + 1), 0);

	ck_assert_int_eq(look(&clsid), TAPI_E_NODRIVER);

	ck_assert_int_eq(setegid(getgid()), 0);
}
END_TEST

START_TEST(guids_are_read_with_and_without_braces)
{
	static const char text[] = "{0D3D2A44-6A2E-4B8F-9C1D-3F1E5A7B9C01}";
	char out[GUID_TEXT];
	GUID guid;

	ck_assert(guid_parse(text, &guid));
	ck_assert_mem_eq(&guid, &clsid, sizeof(guid));
	guid_text(&guid, out);
	ck_assert_str_eq(out, text);
	ck_assert(guid_parse(MOCK_MSP_UUID, &guid));
	ck_assert_mem_eq(&guid, &clsid, sizeof(guid));
	ck_assert(!guid_parse("", &guid));
	ck_assert(!guid_parse("{0D3D2A44-6A2E-4B8F-9C1D-3F1E5A7B9C0}", &guid));
	ck_assert(!guid_parse("{0D3D2A44-6A2E-4B8F-9C1D-3F1E5A7B9C011}", &guid));
	ck_assert(!guid_parse("{0D3D2A44x6A2E-4B8F-9C1D-3F1E5A7B9C01}", &guid));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("tapi3 modules");
	TCase *t = tcase_create("modules");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, an_msp_is_found_by_its_class);
	tcase_add_test(t, all_folders_of_the_path_are_looked_into);
	tcase_add_test(t, what_others_may_write_to_is_not_loaded);
	tcase_add_test(t, what_is_not_a_file_is_not_loaded);
	tcase_add_test(t, what_has_another_class_is_not_taken);
	tcase_add_loop_test(t, what_is_not_an_msp_is_not_taken, 0, 3);
	tcase_add_test(t, a_missing_msp_has_a_reason);
	tcase_add_test(t, guids_are_read_with_and_without_braces);
	if (geteuid() == 0)
		tcase_add_test(t, a_privileged_program_ignores_the_path);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
