// SPDX-License-Identifier: MIT
/* stream.c - streams and substreams of a call: thin faces of what the MSP has. One object for one
 * stream, as long as anybody holds it. */
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"

static const struct msp_ops *ops_of(const struct tapi_stream *stream)
{
	return stream->call->instance->ops;
}

/* Under the lock from here to leave(). 0, or the stream is of the past. */
static LONG enter(const struct tapi_stream *stream)
{
	objects_lock();
	if (stream && stream->msp)
		return 0;
	if (stream && tapi_need(stream->call->address->tapi))
		return TAPI_E_NOT_INITIALIZED;
	return fail(TAPI_E_INVALIDSTREAM, "stream",
			"there is no such stream, or its call has ended");
}

LONG stream_leave(LONG result, const char *what)
{
	objects_unlock();
	return result ? fail(result, "MSP", "the MSP refuses: %s", what) : 0;
}

static LONG not_offered(void)
{
	return fail(TAPI_E_NOTSUPPORTED, "MSP", "the MSP does not offer this");
}

/* --- Life ------------------------------------------------------------------------------------ */

struct tapi_stream *tapi_stream_of(struct tapi_call *call, struct msp_stream *msp)
{
	struct tapi_stream *stream;

	list_for(pos, &call->streams) {
		stream = list_entry(pos, struct tapi_stream, link);
		if (stream->msp == msp)
			return tapi_ref(stream);
	}
	stream = mem_new(struct tapi_stream);
	if (!stream)
		return NULL;
	object_init(&stream->object, OBJECT_STREAM);
	list_init(&stream->substreams);
	stream->call = tapi_ref(call);
	stream->msp = msp;
	list_append(&call->streams, &stream->link);
	return stream;
}

void tapi_stream_end(struct tapi_stream *stream)
{
	list_remove(&stream->link);
	tapi_unref(stream->call);
	mem_free(stream);
}

static LONG stream_out(struct tapi_call *call, struct msp_stream *msp, struct tapi_stream **out)
{
	*out = tapi_stream_of(call, msp);
	return *out ? 0 : TAPI_E_NOTENOUGHMEMORY;
}

static LONG terminal_out(struct tapi_call *call, struct msp_terminal *msp,
		struct tapi_terminal **out)
{
	*out = tapi_terminal_of(call->instance, call->address, msp);
	return *out ? 0 : TAPI_E_NOTENOUGHMEMORY;
}

static void cut(struct tapi_stream *stream)
{
	stream->msp = NULL;
	list_for(pos, &stream->substreams)
		list_entry(pos, struct tapi_substream, link)->msp = NULL;
}

void tapi_streams_cut(struct tapi_call *call)
{
	list_for(pos, &call->streams)
		cut(list_entry(pos, struct tapi_stream, link));
}

static LONG substream_out(struct tapi_stream *stream, struct msp_substream *msp,
		struct tapi_substream **out)
{
	struct tapi_substream *substream;

	list_for(pos, &stream->substreams) {
		substream = list_entry(pos, struct tapi_substream, link);
		if (substream->msp == msp) {
			*out = tapi_ref(substream);
			return 0;
		}
	}
	*out = substream = mem_new(struct tapi_substream);
	if (!substream)
		return TAPI_E_NOTENOUGHMEMORY;
	object_init(&substream->object, OBJECT_SUBSTREAM);
	substream->stream = tapi_ref(stream);
	substream->msp = msp;
	list_append(&stream->substreams, &substream->link);
	return 0;
}

void tapi_substream_end(struct tapi_substream *substream)
{
	list_remove(&substream->link);
	tapi_unref(substream->stream);
	mem_free(substream);
}

/* --- ITStreamControl ------------------------------------------------------------------------- */

static LONG enter_call(const struct tapi_call *call)
{
	objects_lock();
	if (call && call->msp)
		return 0;
	if (call && tapi_need(call->address->tapi))
		return TAPI_E_NOT_INITIALIZED;
	return fail(TAPI_E_NOTSUPPORTED, "no media", "the call has no media, or not any more");
}

LONG tapi_call_get_stream(struct tapi_call *call, DWORD index, struct tapi_stream **out)
{
	struct msp_stream *msp;
	LONG result = out ? enter_call(call) : TAPI_E_NOTSUPPORTED;

	if (!out)
		return fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");
	if (!result)
		result = call->instance->ops->stream(call->msp, index, &msp);
	if (!result)
		result = stream_out(call, msp, out);
	objects_unlock();
	return result;
}

LONG tapi_call_create_stream(struct tapi_call *call, DWORD media_type, TERMINAL_DIRECTION direction,
		struct tapi_stream **out)
{
	struct msp_stream *msp;
	LONG result;

	if (!out)
		return fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");
	result = enter_call(call);
	if (!result && !call->instance->ops->create_stream)
		result = not_offered();
	if (!result)
		result = call->instance->ops->create_stream(call->msp, media_type, (DWORD)direction,
				&msp);
	if (!result)
		result = stream_out(call, msp, out);
	return stream_leave(result, "create a stream");
}

LONG tapi_call_remove_stream(struct tapi_call *call, struct tapi_stream *stream)
{
	LONG result = enter(stream);

	if (!result && (stream->call != call || !ops_of(stream)->remove_stream))
		result = not_offered();
	if (!result)
		result = ops_of(stream)->remove_stream(call->msp, stream->msp);
	if (!result) {
		selections_forget(call, stream->msp, NULL);
		cut(stream);
	}
	return stream_leave(result, "remove a stream");
}

/* --- ITStream -------------------------------------------------------------------------------- */

struct tapi_call *tapi_stream_get_call(struct tapi_stream *stream)
{
	return stream ? stream->call : NULL;
}

DWORD tapi_stream_get_media_type(struct tapi_stream *stream)
{
	DWORD type = enter(stream) ? 0 : ops_of(stream)->stream_media_type(stream->msp);

	objects_unlock();
	return type;
}

TERMINAL_DIRECTION tapi_stream_get_direction(struct tapi_stream *stream)
{
	DWORD direction = enter(stream) ? TD_NONE : ops_of(stream)->stream_direction(stream->msp);

	objects_unlock();
	return (TERMINAL_DIRECTION)direction;
}

const char *tapi_stream_get_name(struct tapi_stream *stream)
{
	const char *name = enter(stream) ? "" : ops_of(stream)->stream_name(stream->msp);

	objects_unlock();
	return name;
}

LONG tapi_stream_start(struct tapi_stream *stream)
{
	LONG result = enter(stream);

	return stream_leave(result ? result : ops_of(stream)->start_stream(stream->msp), "start");
}

LONG tapi_stream_pause(struct tapi_stream *stream)
{
	LONG result = enter(stream);

	return stream_leave(result ? result : ops_of(stream)->pause_stream(stream->msp), "pause");
}

LONG tapi_stream_stop(struct tapi_stream *stream)
{
	LONG result = enter(stream);

	return stream_leave(result ? result : ops_of(stream)->stop_stream(stream->msp), "stop");
}

static LONG check_terminal(const struct tapi_stream *stream, const struct tapi_terminal *terminal)
{
	if (terminal && terminal->instance && terminal->instance == stream->call->instance)
		return 0;
	return TAPI_E_INVALIDTERMINAL;
}

LONG tapi_stream_select_terminal(struct tapi_stream *stream, struct tapi_terminal *terminal)
{
	LONG result = enter(stream);

	if (!result)
		result = check_terminal(stream, terminal);
	if (!result)
		result = selection_add(stream->call, terminal, stream->msp, NULL);
	return stream_leave(result, "select a terminal");
}

LONG tapi_stream_unselect_terminal(struct tapi_stream *stream, struct tapi_terminal *terminal)
{
	LONG result = enter(stream);

	if (!result)
		result = check_terminal(stream, terminal);
	if (!result)
		result = selection_remove(stream->call, terminal, stream->msp, NULL);
	return stream_leave(result, "unselect a terminal");
}

LONG tapi_stream_get_terminal(struct tapi_stream *stream, DWORD index, struct tapi_terminal **out)
{
	struct msp_terminal *msp;
	LONG result;

	if (!out)
		return fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");
	result = enter(stream);
	if (!result)
		result = ops_of(stream)->stream_terminal(stream->msp, index, &msp);
	if (!result)
		result = terminal_out(stream->call, msp, out);
	objects_unlock();
	return result;
}

/* --- The MSP's own interfaces for audio ------------------------------------------------------ */

LONG stream_enter(const struct tapi_stream *stream, const GUID *iid, const void **vtable)
{
	LONG result = enter(stream);

	if (!result && !ops_of(stream)->query_stream)
		result = TAPI_E_NOTSUPPORTED;
	return result ? result : ops_of(stream)->query_stream(stream->msp, iid, vtable);
}

static LONG audio(const struct tapi_stream *stream, const struct msp_stream_audio **out)
{
	static const GUID iid = MSP_IID_STREAM_AUDIO;
	const void *vtable;
	LONG result = stream_enter(stream, &iid, &vtable);

	if (!result)
		*out = vtable;
	return result;
}

LONG tapi_stream_set_mute(struct tapi_stream *stream, int mute)
{
	const struct msp_stream_audio *a;
	LONG result = audio(stream, &a);

	return stream_leave(result ? result : a->set_mute(stream->msp, mute != 0), "mute");
}

LONG tapi_stream_get_mute(struct tapi_stream *stream, int *out)
{
	const struct msp_stream_audio *a;
	LONG result = audio(stream, &a);
	DWORD mute = 0;

	if (!result)
		result = a->mute(stream->msp, &mute);
	if (!result && out)
		*out = mute != 0;
	return stream_leave(result, "tell whether it is muted");
}

LONG tapi_stream_get_level(struct tapi_stream *stream, DWORD *out)
{
	const struct msp_stream_audio *a;
	LONG result = audio(stream, &a);
	DWORD level = 0;

	if (!result)
		result = a->level(stream->msp, &level);
	if (!result && out)
		*out = level;
	return stream_leave(result, "tell the level");
}

/* --- ITSubStreamControl, ITSubStream --------------------------------------------------------- */

LONG tapi_stream_get_substream(struct tapi_stream *stream, DWORD index, struct tapi_substream **out)
{
	struct msp_substream *msp;
	LONG result;

	if (!out)
		return fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");
	result = enter(stream);
	if (!result && !ops_of(stream)->substream)
		result = not_offered();
	if (!result)
		result = ops_of(stream)->substream(stream->msp, index, &msp);
	if (!result)
		result = substream_out(stream, msp, out);
	objects_unlock();
	return result;
}

LONG tapi_stream_create_substream(struct tapi_stream *stream, struct tapi_substream **out)
{
	struct msp_substream *msp;
	LONG result;

	if (!out)
		return fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");
	result = enter(stream);
	if (!result && !ops_of(stream)->substream)
		result = not_offered();
	if (!result)
		result = ops_of(stream)->create_substream(stream->msp, &msp);
	if (!result)
		result = substream_out(stream, msp, out);
	return stream_leave(result, "create a substream");
}

static LONG enter_substream(const struct tapi_substream *substream)
{
	LONG result = enter(substream ? substream->stream : NULL);

	return result || substream->msp ? result : TAPI_E_INVALIDSTREAM;
}

LONG tapi_stream_remove_substream(struct tapi_stream *stream, struct tapi_substream *substream)
{
	LONG result = enter_substream(substream);

	if (!result && substream->stream != stream)
		result = TAPI_E_INVALIDSTREAM;
	if (!result)
		result = ops_of(stream)->remove_substream(stream->msp, substream->msp);
	if (!result) {
		selections_forget(stream->call, stream->msp, substream->msp);
		substream->msp = NULL;
	}
	return stream_leave(result, "remove a substream");
}

struct tapi_stream *tapi_substream_get_stream(struct tapi_substream *substream)
{
	return substream ? substream->stream : NULL;
}

LONG tapi_substream_start(struct tapi_substream *substream)
{
	LONG result = enter_substream(substream);

	return stream_leave(result ? result
				   : ops_of(substream->stream)->start_substream(substream->msp),
			"start");
}

LONG tapi_substream_pause(struct tapi_substream *substream)
{
	LONG result = enter_substream(substream);

	return stream_leave(result ? result
				   : ops_of(substream->stream)->pause_substream(substream->msp),
			"pause");
}

LONG tapi_substream_stop(struct tapi_substream *substream)
{
	LONG result = enter_substream(substream);

	return stream_leave(result ? result
				   : ops_of(substream->stream)->stop_substream(substream->msp),
			"stop");
}

LONG tapi_substream_select_terminal(struct tapi_substream *substream,
		struct tapi_terminal *terminal)
{
	LONG result = enter_substream(substream);

	if (!result)
		result = check_terminal(substream->stream, terminal);
	if (!result)
		result = selection_add(substream->stream->call, terminal, substream->stream->msp,
				substream->msp);
	return stream_leave(result, "select a terminal");
}

LONG tapi_substream_unselect_terminal(struct tapi_substream *substream,
		struct tapi_terminal *terminal)
{
	LONG result = enter_substream(substream);

	if (!result)
		result = check_terminal(substream->stream, terminal);
	if (!result)
		result = selection_remove(substream->stream->call, terminal, substream->stream->msp,
				substream->msp);
	return stream_leave(result, "unselect a terminal");
}

LONG tapi_substream_get_terminal(struct tapi_substream *substream, DWORD index,
		struct tapi_terminal **out)
{
	struct msp_terminal *msp;
	LONG result;

	if (!out)
		return fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");
	result = enter_substream(substream);
	if (!result)
		result = ops_of(substream->stream)->substream_terminal(substream->msp, index, &msp);
	if (!result)
		result = terminal_out(substream->stream->call, msp, out);
	objects_unlock();
	return result;
}
