// SPDX-License-Identifier: MIT
/* stream_format.c - in which formats the sound of a call crosses the network (ITFormatControl):
 * what there is, what the application prefers, what is in use. */
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"

#include <string.h>

static const GUID iid_format = MSP_IID_FORMAT_CONTROL;

/* Under the lock afterwards. */
static LONG enter(const struct tapi_stream *stream, const struct msp_format_control **out)
{
	const void *vtable = NULL;
	LONG result = stream_enter(stream, &iid_format, &vtable);

	*out = vtable;
	return result;
}

/* TAPI_E_NOITEMS is no failure that needs a reason. */
static LONG leave_item(LONG result, const char *what)
{
	if (result != TAPI_E_NOITEMS)
		return stream_leave(result, what);
	objects_unlock();
	return result;
}

static void format_out(const struct msp_format *f, struct tapi_stream_format *out, size_t size)
{
	struct tapi_stream_format all = { .clock = f->clock,
		.rate = f->rate,
		.channels = f->channels,
		.bit_rate = f->bit_rate,
		.packet_ms = f->packet_ms,
		.place = f->place };

	memcpy(all.codec, f->codec, sizeof(all.codec));
	memcpy(out, &all, size < sizeof(all) ? size : sizeof(all));
}

LONG tapi_stream_get_format(struct tapi_stream *stream, DWORD index, struct tapi_stream_format *out,
		size_t size)
{
	const struct msp_format_control *control;
	struct msp_format f;
	LONG result = enter(stream, &control);

	if (!result && !out)
		result = LINEERR_INVALPOINTER;
	if (!result)
		result = control->capability(stream->msp, index, &f);
	if (!result)
		format_out(&f, out, size);
	return leave_item(result, "list formats");
}

LONG tapi_stream_get_current_format(struct tapi_stream *stream, struct tapi_stream_format *out,
		size_t size)
{
	const struct msp_format_control *control;
	struct msp_format f;
	LONG result = enter(stream, &control);

	if (!result && !out)
		result = LINEERR_INVALPOINTER;
	if (!result)
		result = control->current(stream->msp, &f);
	if (!result)
		format_out(&f, out, size);
	return leave_item(result, "tell the format");
}

/* Gives the lock back. */
static LONG leave_names(LONG result, const char *names)
{
	if (result != TAPI_E_NOFORMAT)
		return stream_leave(result, "use these formats");
	objects_unlock();
	return fail(result, "format", "of '%s' no format is known here and allowed on the line",
			names);
}

LONG tapi_stream_set_format_preference(struct tapi_stream *stream, const char *names)
{
	const struct msp_format_control *control;
	LONG result = enter(stream, &control);

	if (!result)
		result = control->set_preferred(stream->msp, names ? names : "");
	return leave_names(result, names);
}

LONG tapi_stream_get_format_preference(struct tapi_stream *stream, char *text, size_t size)
{
	const struct msp_format_control *control;
	const char *names;
	LONG result = enter(stream, &control);

	if (!result)
		result = control->preferred(stream->msp, &names);
	if (result)
		return stream_leave(result, "tell the formats");
	result = text_out(names, text, size);
	objects_unlock();
	return result;
}

/* --- For calls to come ----------------------------------------------------------------------- */

static LONG prefer(const struct msp_ops *ops, struct msp_call *call, const char *names)
{
	const void *vtable = NULL;
	struct msp_stream *stream;
	LONG result = ops->stream(call, 0, &stream);

	if (!result && !ops->query_stream)
		result = TAPI_E_NOTSUPPORTED;
	if (!result)
		result = ops->query_stream(stream, &iid_format, &vtable);
	return result ? result
		      : ((const struct msp_format_control *)vtable)->set_preferred(stream, names);
}

/* Whether the MSP knows the names turns out at a call, so it gets one, of which nobody hears. */
static LONG ask(const struct instance *i, const char *names)
{
	struct msp_call *call;
	LONG result = i->ops->create_call(i->address, NULL, TAPIMEDIATYPE_AUDIO, MSP_CALL_OUTGOING,
			&call);

	if (result)
		return result;
	result = prefer(i->ops, call, names);
	i->ops->shutdown_call(call);
	return result;
}

LONG tapi_address_set_format_preference(struct tapi_address *address, const char *names)
{
	struct instance *i;
	char *copy = NULL;
	LONG result = address_enter(address, &i);

	if (!result && names && *names)
		result = ask(i, names);
	if (!result && names && *names) {
		copy = mem_strdup(names);
		if (!copy)
			result = TAPI_E_NOTENOUGHMEMORY;
	}
	if (!result) {
		mem_free(i->formats);
		i->formats = copy;
	}
	return leave_names(result, names);
}

void call_prefer_formats(struct tapi_call *call)
{
	const struct instance *i = call->instance;

	if (i->formats)
		(void)prefer(i->ops, call->msp, i->formats);
}
