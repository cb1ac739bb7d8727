// SPDX-License-Identifier: MIT
/* test_slots.c - the tag is the slot: every member of every structure of tapi.h that travels has
 * its field at that place, of that kind, under that name, and no field is without a member. */
#include "../test_main.h"
#include "structs.h"

#include "wire/flat_layout.h"

#include <tapi.h>

#include <ctype.h>
#include <stdio.h>

static const struct member {
	const char *structure, *name;
	size_t offset, size;
} members[] = {
#include "wiretest/members.inc"
};

static const struct size {
	const char *structure;
	uint32_t version;
	size_t bytes;
} sizes[] = {
#include "wiretest/sizes.inc"
};

enum {
	MEMBERS = sizeof(members) / sizeof(members[0]),
	SIZES = sizeof(sizes) / sizeof(sizes[0]),
};

/* Never travel, or travel as bytes; all others must have a message. */
static const char *const without_message[] = { "LINEINITIALIZEEXPARAMS", "LINEMESSAGE",
	"LINEPROXYREQUEST", "LINEREQMAKECALL", "LINEREQMAKECALLW", "LINEREQMEDIACALL",
	"LINEREQMEDIACALLW", "PHONEINITIALIZEEXPARAMS", "PHONEMESSAGE", "LINECALLQOSINFO",
	"LINEQOSSERVICELEVEL" };

static bool may_lack_message(const char *name)
{
	for (size_t i = 0; i < sizeof(without_message) / sizeof(without_message[0]); i++)
		if (!strcmp(name, without_message[i]))
			return true;
	return false;
}

/* Their members are smaller than a slot; only their size is checked. */
static bool in_halves(const char *name)
{
	return !strcmp(name, "GUID") || !strcmp(name, "SYSTEMTIME");
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

static bool is_header(const char *name)
{
	return !strcmp(name, "dwTotalSize") || !strcmp(name, "dwNeededSize") ||
	       !strcmp(name, "dwUsedSize");
}

static const ProtobufCFieldDescriptor *field_at(const ProtobufCMessageDescriptor *d, size_t offset)
{
	for (unsigned i = 0; i < d->n_fields; i++)
		if (flat_field_offset(&d->fields[i]) == offset)
			return &d->fields[i];
	return NULL;
}

/* dwCallerIDSize of a part and caller_id of the message: "callerid". */
static void plain_member(const char *name, bool part, char out[64])
{
	size_t n = 0;

	if (strncmp(name, "ul", 2) || !isupper((unsigned char)name[2]))
		while (islower((unsigned char)*name))
			name++;
	for (; *name && n < 63; name++)
		out[n++] = (char)tolower((unsigned char)*name);
	out[n] = '\0';
	if (part && ends_with(out, "size"))
		out[n - 4] = '\0';
}

static void plain_field(const char *name, char out[64])
{
	size_t n = 0;

	for (; *name && n < 63; name++)
		if (*name != '_')
			out[n++] = *name;
	out[n] = '\0';
}

static enum flat_kind kind_of_size(size_t size)
{
	return size == 4 ? FLAT_NUMBER : size == 8 ? FLAT_WIDE : FLAT_INLINE;
}

static void check_kind(const struct member *m, const ProtobufCFieldDescriptor *f)
{
	const struct member *next = m + 1;

	if (!strcmp(m->name, "ForwardList")) {
		ck_assert_uint_eq(m->size, sizeof(LINEFORWARD));
		return;
	}
	if (flat_kind(f) == FLAT_PART) {
		ck_assert_msg(ends_with(m->name, "Size"), "%s.%s", m->structure, m->name);
		ck_assert_msg(ends_with(next->name, "Offset") &&
						!strncmp(m->name, next->name,
								strlen(m->name) - strlen("Size")) &&
						next->offset == m->offset + SLOT,
				"%s.%s", m->structure, m->name);
		return;
	}
	ck_assert_msg(flat_kind(f) == kind_of_size(m->size), "%s.%s", m->structure, m->name);
	if (flat_kind(f) == FLAT_INLINE)
		ck_assert_uint_eq((size_t)flat_slots(flat_sub(f)) * SLOT, m->size);
}

/* Returns true if the next member belongs to the same field (the offset of a part). */
static bool check_member(const struct structure *s, const struct member *m)
{
	const ProtobufCFieldDescriptor *f = field_at(s->d, m->offset);
	char a[64], b[64];

	ck_assert_msg(f != NULL, "%s.%s has no field at slot %zu", s->name, m->name,
			m->offset / SLOT + 1);
	check_kind(m, f);
	plain_member(m->name, flat_kind(f) == FLAT_PART, a);
	plain_field(f->name, b);
	if (strcmp(m->name, "ForwardList") != 0)
		ck_assert_msg(!strcmp(a, b), "%s.%s is called %s", s->name, m->name, f->name);
	return flat_kind(f) == FLAT_PART && strcmp(m->name, "ForwardList") != 0;
}

START_TEST(every_member_has_its_field)
{
	const struct structure *s = &structures[_i];
	unsigned header = 0, fields = 0;

	if (in_halves(s->name))
		return;
	if (!s->d) {
		ck_assert_msg(may_lack_message(s->name), "%s has no message", s->name);
		return;
	}
	for (size_t i = 0; i < MEMBERS; i++) {
		if (strcmp(members[i].structure, s->name) != 0)
			continue;
		if (is_header(members[i].name)) {
			header++;
			continue;
		}
		fields++;
		if (check_member(s, &members[i]))
			i++;
	}

	ck_assert_uint_eq(header, flat_header_slots(s->d));
	ck_assert_msg(fields == s->d->n_fields, "%s: %u members, %u fields", s->name, fields,
			s->d->n_fields);
}
END_TEST

START_TEST(fixed_parts_are_as_long_as_the_structures)
{
	const struct structure *s = &structures[_i];
	size_t inside = !strcmp(s->name, "LINEFORWARDLIST") ? sizeof(LINEFORWARD) : 0;

	if (s->d)
		ck_assert_uint_eq(flat_fixed_size(s->d, 0) + inside, s->size);
}
END_TEST

START_TEST(fixed_parts_of_old_versions_are_as_long_as_the_facts_say)
{
	const struct size *want = &sizes[_i];
	const struct structure *s = structure_find(want->structure);
	size_t inside = !strcmp(want->structure, "LINEFORWARDLIST") ? sizeof(LINEFORWARD) : 0;

	if (s && s->d)
		ck_assert_msg(flat_fixed_size(s->d, want->version) + inside == want->bytes,
				"%s in %#x", s->name, want->version);
}
END_TEST

START_TEST(versions_between_have_the_older_size)
{
	const struct structure *s = structure_find("LINECALLINFO");

	ck_assert_uint_eq(flat_fixed_size(s->d, 0x00020001), flat_fixed_size(s->d, 0x00020000));
	ck_assert_uint_lt(flat_fixed_size(s->d, 0x00020002), flat_fixed_size(s->d, 0x00030000));
	ck_assert_uint_eq(flat_fixed_size(s->d, 0x00030001), flat_fixed_size(s->d, 0));
}
END_TEST

static Suite *slots_suite(void)
{
	Suite *s = suite_create("slots");
	TCase *t = tcase_create("slots");
	int count = (int)structure_count;

	tcase_add_loop_test(t, every_member_has_its_field, 0, count);
	tcase_add_loop_test(t, fixed_parts_are_as_long_as_the_structures, 0, count);
	tcase_add_loop_test(t, fixed_parts_of_old_versions_are_as_long_as_the_facts_say, 0, SIZES);
	tcase_add_test(t, versions_between_have_the_older_size);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(slots_suite())
