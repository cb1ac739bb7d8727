// SPDX-License-Identifier: MIT
/* forward.c - tapictl forward LINE: sets, ends or shows where its calls are forwarded to. */
#include "tapictl.h"

#include "control.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRIES = 3 };

struct entry {
	DWORD mode;
	const char *to;
};

/* A list of the entries that have an address; NULL: no memory. */
static LINEFORWARDLIST *make_list(const struct entry *entries)
{
	size_t head = offsetof(LINEFORWARDLIST, ForwardList) + ENTRIES * sizeof(LINEFORWARD);
	size_t size = head;
	LINEFORWARDLIST *list;

	for (int i = 0; i < ENTRIES; i++)
		size += entries[i].to ? strlen(entries[i].to) + 1 : 0;
	list = calloc(1, size);
	if (!list)
		return NULL;
	list->dwTotalSize = (DWORD)size;
	for (int i = 0; i < ENTRIES; i++) {
		LINEFORWARD *f = &list->ForwardList[list->dwNumEntries];
		size_t length = entries[i].to ? strlen(entries[i].to) + 1 : 0;

		if (!length)
			continue;
		memcpy((char *)list + head, entries[i].to, length);
		f->dwForwardMode = entries[i].mode;
		f->dwDestAddressSize = (DWORD)length;
		f->dwDestAddressOffset = (DWORD)head;
		f->dwDestAddressType = LINEADDRESSTYPE_PHONENUMBER;
		head += length;
		list->dwNumEntries++;
	}
	return list;
}

static void say_entry(const LINEADDRESSSTATUS *status, const LINEFORWARD *f, bool json, bool first)
{
	const char *to = part(status, f->dwDestAddressSize, f->dwDestAddressOffset);

	if (!json) {
		printf("%s: %s\n", short_bits("LINEFORWARDMODE_", f->dwForwardMode),
				*to ? to : "nobody (do not disturb)");
		return;
	}
	printf("%s{\"forward_mode\":\"%s\",\"dest_address\":", first ? "" : ",",
			full_name("LINEFORWARDMODE_", f->dwForwardMode));
	print_json_text(to);
	printf("}");
}

static enum exit_code show(const struct options *o, DWORD device, HLINE line)
{
	LONG error;
	LINEADDRESSSTATUS *status = get_address_status(line, 0, &error);

	if (!status)
		return complain("the forwarding of the line", error);
	if (o->json)
		printf("{\"device\":%u,\"forward\":[", device);
	else if (!status->dwForwardNumEntries)
		printf("not forwarded\n");
	for (DWORD i = 0; i < status->dwForwardNumEntries; i++) {
		const LINEFORWARD *f =
				(const void *)((const char *)status + status->dwForwardOffset);

		say_entry(status, &f[i], o->json, i == 0);
	}
	if (o->json)
		printf("]}\n");
	free(status);
	return EXIT_DONE;
}

static LONG set(struct control *c, HLINE line)
{
	const struct options *o = c->options;
	const struct entry entries[ENTRIES] = {
		{ LINEFORWARDMODE_UNCOND, o->always },
		{ LINEFORWARDMODE_BUSY, o->busy },
		{ LINEFORWARDMODE_NOANSW, o->noanswer },
	};
	LINEFORWARDLIST *list = o->off ? NULL : make_list(entries);
	HCALL consult = 0;
	LONG error;

	error = control_wait(c, lineForward(line, 0, 0, list, 0, &consult, NULL),
			"the line was not forwarded");
	free(list);
	if (consult)
		(void)lineDrop(consult, NULL, 0);
	return error;
}

enum exit_code command_forward(const struct options *o)
{
	bool sets = o->always || o->busy || o->noanswer;
	struct control c;
	DWORD device;
	HLINE line;
	LONG error;

	if (sets && o->off) {
		fputs("tapictl: --off ends all forwarding; it stands alone\n", stderr);
		return EXIT_USAGE;
	}
	if (control_open(&c, o, 0, false) == EXIT_DONE)
		c.code = session_line(&c.session, o->argv[1], &device);
	if (!c.code) {
		error = session_open_line(&c.session, device, LINECALLPRIVILEGE_NONE, 0, &line);
		if (error < 0)
			c.code = complain("the line cannot be opened", error);
		else if ((!sets && !o->off) || set(&c, line) >= 0)
			c.code = show(o, device, line);
		c.silent = !c.code;
	}
	return control_close(&c);
}
