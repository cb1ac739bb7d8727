// SPDX-License-Identifier: MIT
/* failure.c - sentences for the codes that the core itself gives. */
#include "failure.h"

#include "core.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <tapi.h>

static const Failure *fixed(Failure *f, const char *cause, const char *sentence)
{
	failure__init(f);
	SET(f, layer, LAYER_SERVER);
	f->cause = (char *)(uintptr_t)cause;
	f->sentence = (char *)(uintptr_t)sentence;
	return f;
}

const Failure *failure_no_memory(void)
{
	static Failure f;

	return fixed(&f, "memory", "the daemon is short of memory");
}

const Failure *failure_no_descriptor(void)
{
	static Failure f;

	return fixed(&f, "descriptors", "the daemon has no descriptor left");
}

const Failure *failure_new(struct core *core, uint32_t layer, const char *cause, const char *fmt,
		...)
{
	char text[512];
	va_list args;
	Failure *f = arena_alloc(&core->arena, sizeof(*f));

	if (!f)
		return failure_no_memory();
	failure__init(f);
	SET(f, layer, layer);
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	f->sentence = arena_strdup(&core->arena, text);
	f->cause = cause ? arena_strdup(&core->arena, cause) : NULL;
	return f->sentence ? f : failure_no_memory();
}

const Failure *failure_not_kept(struct core *core, int err)
{
	return failure_new(core, LAYER_SERVER, "store",
			"the daemon cannot keep it (%s), so nothing has changed",
			err == -ENOSPC ? "the disk is full" : strerror(-err));
}

const char *failure_sentence(int32_t code)
{
	static const struct {
		int32_t code;
		const char *sentence;
	} rows[] = {
		{ LINEERR_ALLOCATED, "another program has the line" },
		{ LINEERR_BADDEVICEID, "there is no device with this number" },
		{ LINEERR_INCOMPATIBLEAPIVERSION, "no API version suits both the application "
						  "and the device" },
		{ LINEERR_INVALADDRESSID, "the line has no address with this number" },
		{ LINEERR_INVALADDRESSSTATE, "unknown bits in the mask of address states" },
		{ LINEERR_INVALCALLHANDLE, "the application does not hold this call" },
		{ LINEERR_INVALCALLPRIVILEGE, "the privilege must be either owner or monitor" },
		{ LINEERR_INVALCALLSELECT, "line, address or call must be selected" },
		{ LINEERR_INVALCALLSTATE, "the call is not in a state that allows this" },
		{ LINEERR_INVALDIGITMODE, "unknown bits in the digit modes" },
		{ LINEERR_INVALLINEHANDLE, "the application does not have this line open" },
		{ LINEERR_INVALLINESTATE, "unknown bits in the mask of line states" },
		{ LINEERR_INVALMEDIAMODE, "the media modes are none, or unknown ones" },
		{ LINEERR_INVALPARAM, "an argument is out of its range" },
		{ LINEERR_INVALPRIVSELECT, "privileges that do not go together" },
		{ LINEERR_LINEMAPPERFAILED, "no line has what was asked for" },
		{ LINEERR_NODEVICE, "the device has been removed" },
		{ LINEERR_NODRIVER, "the provider of this device is not running" },
		{ LINEERR_NOMEM, "the daemon is short of memory" },
		{ LINEERR_NOTOWNER, "only an owner of the call may do this" },
		{ LINEERR_OPERATIONFAILED, "the operation failed" },
		{ LINEERR_OPERATIONUNAVAIL, "this operation is not served" },
		{ LINEERR_RESOURCEUNAVAIL, "the provider cannot be reached at the moment" },
		{ LINEERR_REINIT, "the daemon is stopping" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].code == code)
			return rows[i].sentence;
	return "the operation failed";
}
