// SPDX-License-Identifier: MIT
/* forward.c - reading, choosing and showing of forwardings. */
#include "forward.h"

#include "dial.h"

#include <string.h>

static const struct {
	DWORD mode;
	bool at_once, if_busy, if_not_answered, is_specific;
} modes[] = {
	{ LINEFORWARDMODE_UNCOND, true, false, false, false },
	{ LINEFORWARDMODE_UNCONDSPECIFIC, true, false, false, true },
	{ LINEFORWARDMODE_BUSY, false, true, false, false },
	{ LINEFORWARDMODE_BUSYSPECIFIC, false, true, false, true },
	{ LINEFORWARDMODE_NOANSW, false, false, true, false },
	{ LINEFORWARDMODE_NOANSWSPECIFIC, false, false, true, true },
	{ LINEFORWARDMODE_BUSYNA, false, true, true, false },
	{ LINEFORWARDMODE_BUSYNASPECIFIC, false, true, true, true },
};

#define MODES (sizeof(modes) / sizeof(modes[0]))

/* Index into modes, or MODES. */
static size_t find_mode(DWORD mode)
{
	size_t i = 0;

	while (i < MODES && modes[i].mode != mode)
		i++;
	return i;
}

static bool take_text(const LINEFORWARDLIST *list, DWORD size, DWORD offset,
		char out[FORWARD_ADDRESS_MAX + 1])
{
	const char *text = (const char *)list + offset;

	out[0] = '\0';
	if (size == 0)
		return true;
	if (offset > list->dwTotalSize || size > list->dwTotalSize - offset)
		return false;
	if (text[size - 1] == '\0')
		size--;
	if (size > FORWARD_ADDRESS_MAX || memchr(text, '\0', size))
		return false;
	memcpy(out, text, size);
	out[size] = '\0';
	return true;
}

static LONG read_entry(struct forward_entry *e, const LINEFORWARDLIST *list,
		const LINEFORWARD *from, const char *domain, const char **why)
{
	size_t mode = find_mode(from->dwForwardMode);
	struct dial dial;
	LONG err;

	*e = (struct forward_entry){ .mode = from->dwForwardMode };
	if (mode == MODES) {
		*why = "the line forwards always, on busy and on no answer; of all callers or of "
		       "one";
		return LINEERR_INVALPARAM;
	}
	if (!take_text(list, from->dwCallerAddressSize, from->dwCallerAddressOffset, e->caller) ||
			!take_text(list, from->dwDestAddressSize, from->dwDestAddressOffset,
					e->dest)) {
		*why = "an address is too long, or lies outside of LINEFORWARDLIST";
		return LINEERR_INVALPARAM;
	}
	if (modes[mode].is_specific && !e->caller[0]) {
		*why = "this mode of forwarding needs the caller's address";
		return LINEERR_INVALPARAM;
	}
	if (!e->dest[0])
		return 0;
	err = dial_read(e->dest, domain, &dial, why);
	if (err)
		return err;
	if (dial.is_partial || strlen(dial.uri) >= sizeof(e->uri)) {
		*why = "calls are forwarded to a whole address";
		return LINEERR_INVALADDRESS;
	}
	memcpy(e->uri, dial.uri, strlen(dial.uri) + 1);
	return 0;
}

LONG forward_set(struct forwarding *f, const LINEFORWARDLIST *list, DWORD rings, const char *domain,
		const char **why)
{
	struct forwarding now = { .rings = rings ? rings : FORWARD_RINGS };
	LONG err = 0;

	if (now.rings < FORWARD_RINGS_MIN || now.rings > FORWARD_RINGS_MAX)
		now.rings = FORWARD_RINGS_MAX;
	if (list && list->dwNumEntries > FORWARD_ENTRIES_MAX) {
		*why = "a line has at most 16 forwardings";
		return LINEERR_INVALPARAM;
	}
	if (list && list->dwTotalSize < offsetof(LINEFORWARDLIST, ForwardList) +
							list->dwNumEntries * sizeof(LINEFORWARD)) {
		*why = "LINEFORWARDLIST is smaller than its entries";
		return LINEERR_INVALPARAM;
	}
	for (DWORD i = 0; list && !err && i < list->dwNumEntries; i++) {
		const char *entry = (const char *)list + offsetof(LINEFORWARDLIST, ForwardList);
		LINEFORWARD from;

		memcpy(&from, entry + i * sizeof(from), sizeof(from));
		err = read_entry(&now.entries[now.count++], list, &from, domain, why);
	}
	if (!err)
		*f = now;
	return err;
}

static bool applies(size_t mode, enum forward_when when)
{
	if (modes[mode].at_once)
		return true;
	return when == FORWARD_IF_BUSY
			       ? modes[mode].if_busy
			       : when == FORWARD_IF_NOT_ANSWERED && modes[mode].if_not_answered;
}

/* The caller as it is shown, or the number or user in it. */
static bool is_caller(const char *wanted, const struct party *caller)
{
	const char *address = caller->address, *at;

	if (strcmp(wanted, address) == 0)
		return true;
	if (strncmp(address, "sip:", 4) != 0)
		return false;
	address += 4;
	if (strcmp(wanted, address) == 0)
		return true;
	at = strchr(address, '@');
	return at && strlen(wanted) == (size_t)(at - address) &&
	       strncmp(wanted, address, strlen(wanted)) == 0;
}

const struct forward_entry *forward_find(const struct forwarding *f, enum forward_when when,
		const struct party *caller)
{
	const struct forward_entry *all = NULL;

	for (size_t i = 0; i < f->count; i++) {
		const struct forward_entry *e = &f->entries[i];
		size_t mode = find_mode(e->mode);

		if (mode == MODES || !applies(mode, when))
			continue;
		if (modes[mode].is_specific && is_caller(e->caller, caller))
			return e;
		if (!modes[mode].is_specific && !all)
			all = e;
	}
	return all;
}

static size_t size_of(const char *text)
{
	return *text ? strlen(text) + 1 : 0;
}

/* Returns what was put there. */
static DWORD put(const char *text, char **at, DWORD *offset, DWORD *out_offset)
{
	DWORD size = (DWORD)size_of(text);

	*out_offset = size ? *offset : 0;
	memcpy(*at, text, size);
	*at += size;
	*offset += size;
	return size;
}

size_t forward_write(const struct forwarding *f, void *out, size_t room, DWORD offset)
{
	size_t needed = f->count * sizeof(LINEFORWARD);
	char *entry = out, *texts;

	for (size_t i = 0; i < f->count; i++)
		needed += size_of(f->entries[i].caller) + size_of(f->entries[i].dest);
	if (needed > room)
		return needed;
	texts = entry + f->count * sizeof(LINEFORWARD);
	offset += (DWORD)(f->count * sizeof(LINEFORWARD));
	for (size_t i = 0; i < f->count; i++) {
		LINEFORWARD to = { .dwForwardMode = f->entries[i].mode,
			.dwCallerAddressType = LINEADDRESSTYPE_PHONENUMBER,
			.dwDestAddressType = LINEADDRESSTYPE_PHONENUMBER };

		to.dwCallerAddressSize = put(f->entries[i].caller, &texts, &offset,
				&to.dwCallerAddressOffset);
		to.dwDestAddressSize =
				put(f->entries[i].dest, &texts, &offset, &to.dwDestAddressOffset);
		memcpy(entry + i * sizeof(to), &to, sizeof(to));
	}
	return needed;
}
