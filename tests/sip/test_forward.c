// SPDX-License-Identifier: MIT
/* test_forward.c - forwardings: which are taken, which apply, and how they are shown. */
#include "parts.h"

#include "providers/sip/forward.h"

#include <stddef.h>
#include <string.h>

struct rule {
	DWORD mode;
	const char *caller, *dest;
};

/* A LINEFORWARDLIST with room for what tests put there. */
struct list {
	union {
		LINEFORWARDLIST list;
		char bytes[4096];
	} u;
};

static DWORD append(struct list *l, DWORD *used, const char *text, DWORD *offset)
{
	DWORD size = text ? (DWORD)strlen(text) + 1 : 0;

	*offset = size ? *used : 0;
	if (size)
		memcpy(l->u.bytes + *used, text, size);
	*used += size;
	return size;
}

static void make(struct list *l, const struct rule *rules, DWORD count)
{
	DWORD used = (DWORD)(offsetof(LINEFORWARDLIST, ForwardList) + count * sizeof(LINEFORWARD));

	memset(l, 0, sizeof(*l));
	for (DWORD i = 0; i < count; i++) {
		LINEFORWARD f = { .dwForwardMode = rules[i].mode };

		f.dwCallerAddressSize = append(l, &used, rules[i].caller, &f.dwCallerAddressOffset);
		f.dwDestAddressSize = append(l, &used, rules[i].dest, &f.dwDestAddressOffset);
		memcpy(l->u.bytes + offsetof(LINEFORWARDLIST, ForwardList) + i * sizeof(f), &f,
				sizeof(f));
	}
	l->u.list.dwNumEntries = count;
	l->u.list.dwTotalSize = used;
}

static LONG set(struct forwarding *f, const struct rule *rules, DWORD count)
{
	const char *why = "";
	struct list l;
	LONG result;

	make(&l, rules, count);
	result = forward_set(f, &l.u.list, 0, "example.net", &why);
	ck_assert_int_eq(why[0] != '\0', result != 0);
	return result;
}

static const struct {
	struct rule rule;
	LONG result;
	const char *uri;
} rows[] = {
	{ { LINEFORWARDMODE_UNCOND, NULL, "102" }, 0, "sip:102@example.net" },
	{ { LINEFORWARDMODE_BUSY, NULL, "sip:bob@example.org" }, 0, "sip:bob@example.org" },
	{ { LINEFORWARDMODE_NOANSW, NULL, "tel:+49-30" }, 0, "sip:+4930@example.net;user=phone" },
	{ { LINEFORWARDMODE_BUSYNA, NULL, "102" }, 0, "sip:102@example.net" },
	{ { LINEFORWARDMODE_UNCONDSPECIFIC, "101", "102" }, 0, "sip:102@example.net" },
	{ { LINEFORWARDMODE_UNCOND, NULL, NULL }, 0, "" },
	{ { LINEFORWARDMODE_UNCOND, NULL, "" }, 0, "" },
	{ { LINEFORWARDMODE_UNCONDSPECIFIC, NULL, "102" }, LINEERR_INVALPARAM, NULL },
	{ { LINEFORWARDMODE_UNCONDINTERNAL, NULL, "102" }, LINEERR_INVALPARAM, NULL },
	{ { LINEFORWARDMODE_UNCOND | LINEFORWARDMODE_BUSY, NULL, "102" }, LINEERR_INVALPARAM,
			NULL },
	{ { 0, NULL, "102" }, LINEERR_INVALPARAM, NULL },
	{ { LINEFORWARDMODE_UNCOND, NULL, "10;" }, LINEERR_INVALADDRESS, NULL },
	{ { LINEFORWARDMODE_UNCOND, NULL, "mailto:x@y" }, LINEERR_INVALADDRESS, NULL },
	{ { LINEFORWARDMODE_UNCOND, NULL, "10?" }, LINEERR_DIALPROMPT, NULL },
};

START_TEST(each_rule)
{
	struct forwarding f = { .count = 0 };

	ck_assert_int_eq(set(&f, &rows[_i].rule, 1), rows[_i].result);

	ck_assert_uint_eq(f.count, rows[_i].result ? 0 : 1);
	if (!rows[_i].result)
		ck_assert_str_eq(f.entries[0].uri, rows[_i].uri);
}
END_TEST

static const struct rule some[] = {
	{ LINEFORWARDMODE_BUSY, NULL, "1" },
	{ LINEFORWARDMODE_BUSYSPECIFIC, "bob", "2" },
	{ LINEFORWARDMODE_NOANSW, NULL, "3" },
	{ LINEFORWARDMODE_UNCONDSPECIFIC, "+49", "4" },
	{ LINEFORWARDMODE_UNCONDSPECIFIC, "sip:carol@example.org", NULL },
};

static const struct {
	enum forward_when when;
	const char *caller;
	const char *dest; /* NULL: not forwarded */
} calls[] = {
	{ FORWARD_AT_ONCE, "sip:bob@example.org", NULL },
	{ FORWARD_IF_BUSY, "sip:bob@example.org", "2" },
	{ FORWARD_IF_BUSY, "sip:bobby@example.org", "1" },
	{ FORWARD_IF_NOT_ANSWERED, "sip:bob@example.org", "3" },
	{ FORWARD_AT_ONCE, "+49", "4" },
	{ FORWARD_IF_BUSY, "+49", "4" },
	{ FORWARD_AT_ONCE, "sip:carol@example.org", "" },
	{ FORWARD_AT_ONCE, "", NULL },
};

START_TEST(each_call)
{
	struct forwarding f = { .count = 0 };
	const struct forward_entry *e;
	struct party caller = { 0 };

	ck_assert_int_eq(set(&f, some, 5), 0);
	party_set(&caller, calls[_i].caller, NULL);

	e = forward_find(&f, calls[_i].when, &caller);

	ck_assert_int_eq(e != NULL, calls[_i].dest != NULL);
	if (e)
		ck_assert_str_eq(e->dest, calls[_i].dest);
}
END_TEST

START_TEST(a_bad_list_changes_nothing)
{
	const struct rule bad[] = { { LINEFORWARDMODE_BUSY, NULL, "5" },
		{ LINEFORWARDMODE_UNCOND, NULL, "??" } };
	struct forwarding f = { .count = 0 };
	const char *why;
	struct list l;

	ck_assert_int_eq(set(&f, some, 5), 0);
	ck_assert_int_eq(set(&f, bad, 2), LINEERR_DIALPROMPT);
	make(&l, some, 1);
	l.u.list.dwTotalSize = 30;
	ck_assert_int_eq(forward_set(&f, &l.u.list, 0, "x", &why), LINEERR_INVALPARAM);
	make(&l, some, 1);
	l.u.list.ForwardList[0].dwDestAddressOffset = l.u.list.dwTotalSize - 1;
	ck_assert_int_eq(forward_set(&f, &l.u.list, 0, "x", &why), LINEERR_INVALPARAM);
	make(&l, some, 1);
	l.u.list.ForwardList[0].dwDestAddressOffset = 0xffffffffu;
	ck_assert_int_eq(forward_set(&f, &l.u.list, 0, "x", &why), LINEERR_INVALPARAM);
	make(&l, some, 1);
	l.u.list.dwNumEntries = 0xffffffffu;
	ck_assert_int_eq(forward_set(&f, &l.u.list, 0, "x", &why), LINEERR_INVALPARAM);

	ck_assert_uint_eq(f.count, 5);
	ck_assert_int_eq(forward_set(&f, NULL, 0, "x", &why), 0);
	ck_assert_uint_eq(f.count, 0);
}
END_TEST

START_TEST(rings_have_limits)
{
	struct forwarding f;
	const char *why;

	ck_assert_int_eq(forward_set(&f, NULL, 0, "x", &why), 0);
	ck_assert_uint_eq(f.rings, FORWARD_RINGS);
	ck_assert_int_eq(forward_set(&f, NULL, 2, "x", &why), 0);
	ck_assert_uint_eq(f.rings, 2);
	ck_assert_int_eq(forward_set(&f, NULL, 1000, "x", &why), 0);
	ck_assert_uint_eq(f.rings, FORWARD_RINGS_MAX);
}
END_TEST

START_TEST(what_is_shown_can_be_read)
{
	struct forwarding f = { .count = 0 };
	char block[4096];
	LINEFORWARD entry;
	size_t size;

	ck_assert_int_eq(set(&f, some, 5), 0);
	size = forward_write(&f, NULL, 0, 0);
	ck_assert_uint_gt(size, 5 * sizeof(entry));
	ck_assert_uint_eq(forward_write(&f, block, size, 100), size);
	memcpy(&entry, block + sizeof(entry), sizeof(entry));
	ck_assert_uint_eq(entry.dwForwardMode, LINEFORWARDMODE_BUSYSPECIFIC);
	ck_assert_str_eq(block + entry.dwCallerAddressOffset - 100, "bob");
	ck_assert_str_eq(block + entry.dwDestAddressOffset - 100, "2");
	memcpy(&entry, block + 4 * sizeof(entry), sizeof(entry));
	ck_assert_uint_eq(entry.dwDestAddressSize, 0);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

TCase *forward_case(void)
{
	TCase *c = tcase_create("forward");

	tcase_add_loop_test(c, each_rule, 0, COUNT(rows));
	tcase_add_loop_test(c, each_call, 0, COUNT(calls));
	tcase_add_test(c, a_bad_list_changes_nothing);
	tcase_add_test(c, rings_have_limits);
	tcase_add_test(c, what_is_shown_can_be_read);
	return c;
}
