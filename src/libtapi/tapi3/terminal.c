// SPDX-License-Identifier: MIT
/* terminal.c - terminals of an address: static ones, those that an application makes, and what is
 * selected where. One object for one terminal, as long as anybody holds it or a stream has it. */
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"

static struct list terminals = LIST_INIT(terminals); /* all of the process */

/* --- Life ------------------------------------------------------------------------------------ */

struct tapi_terminal *tapi_terminal_of(struct instance *i, struct tapi_address *address,
		struct msp_terminal *msp)
{
	struct tapi_terminal *terminal;
	GUID clsid;

	list_for(pos, &terminals) {
		terminal = list_entry(pos, struct tapi_terminal, link);
		if (terminal->instance == i && terminal->msp == msp)
			return tapi_ref(terminal);
	}
	terminal = mem_new(struct tapi_terminal);
	if (!terminal)
		return NULL;
	object_init(&terminal->object, OBJECT_TERMINAL);
	terminal->address = tapi_ref(address);
	terminal->instance = i;
	terminal->msp = msp;
	clsid = i->ops->terminal_clsid(msp);
	guid_text(&clsid, terminal->clsid);
	list_append(&terminals, &terminal->link);
	return terminal;
}

void tapi_terminal_end(struct tapi_terminal *terminal)
{
	list_remove(&terminal->link);
	if (terminal->instance && terminal->dynamic)
		terminal->instance->ops->release_terminal(terminal->msp);
	tapi_unref(terminal->address);
	mem_free(terminal);
}

/* The instance is about to end; the objects stay and answer TAPI_E_INVALIDTERMINAL. */
void tapi_terminals_cut(struct instance *i)
{
	list_for(pos, &terminals) {
		struct tapi_terminal *terminal = list_entry(pos, struct tapi_terminal, link);

		if (terminal->instance != i)
			continue;
		if (terminal->dynamic)
			i->ops->release_terminal(terminal->msp);
		terminal->instance = NULL;
		terminal->msp = NULL;
	}
}

void terminals_forget(void)
{
	list_for(pos, &terminals) {
		struct tapi_terminal *terminal = list_entry(pos, struct tapi_terminal, link);

		terminal->instance = NULL;
		terminal->msp = NULL;
	}
}

/* --- ITTerminalSupport ----------------------------------------------------------------------- */

static LONG make_instance(struct tapi_address *address)
{
	LONG result = tapi_address_open(address);

	return result ? result : instance_obtain(address, address->line);
}

LONG address_enter(struct tapi_address *address, struct instance **out)
{
	LONG result = 0;

	*out = NULL;
	objects_lock();
	if (address)
		*out = instance_find(address->tapi, address->device, address->id);
	if (!*out && address) {
		objects_unlock();
		result = make_instance(address);
		objects_lock();
		if (!result)
			*out = instance_find(address->tapi, address->device, address->id);
	}
	if (*out && (*out)->address)
		return 0;
	return result ? result
		      : fail(TAPI_E_NOTSUPPORTED, "no MSP",
					"the line has no media service provider");
}

static LONG terminal_out(struct instance *i, struct tapi_address *address, struct msp_terminal *msp,
		struct tapi_terminal **out)
{
	*out = tapi_terminal_of(i, address, msp);
	return *out ? 0 : TAPI_E_NOTENOUGHMEMORY;
}

LONG tapi_address_get_static_terminal(struct tapi_address *address, DWORD index,
		struct tapi_terminal **out)
{
	struct msp_terminal *msp;
	struct instance *i;
	LONG result;

	if (!out)
		return fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");
	result = address_enter(address, &i);
	if (!result)
		result = i->ops->static_terminal ? i->ops->static_terminal(i->address, index, &msp)
						 : TAPI_E_NOITEMS;
	if (!result)
		result = terminal_out(i, address, msp, out);
	objects_unlock();
	return result;
}

LONG tapi_address_get_default_static_terminal(struct tapi_address *address, DWORD media_type,
		TERMINAL_DIRECTION direction, struct tapi_terminal **out)
{
	struct msp_terminal *msp;
	struct instance *i;
	LONG result;

	if (!out)
		return fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");
	result = address_enter(address, &i);
	if (!result)
		result = i->ops->default_static_terminal
					 ? i->ops->default_static_terminal(i->address, media_type,
							   (DWORD)direction, &msp)
					 : TAPI_E_NOITEMS;
	if (!result)
		result = terminal_out(i, address, msp, out);
	objects_unlock();
	return result;
}

static LONG class_out(LONG result, const GUID *guid, char *text, size_t size)
{
	char name[GUID_TEXT];

	objects_unlock();
	if (result)
		return result;
	guid_text(guid, name);
	return text_out(name, text, size);
}

LONG tapi_address_get_terminal_class(struct tapi_address *address, DWORD index, char *text,
		size_t size)
{
	struct instance *i;
	GUID guid;
	LONG result = address_enter(address, &i);

	if (!result)
		result = i->ops->terminal_class(i->address, index, &guid);
	return class_out(result, &guid, text, size);
}

LONG tapi_address_get_pluggable_superclass(struct tapi_address *address, DWORD index, char *text,
		size_t size)
{
	struct instance *i;
	GUID guid;
	LONG result = address_enter(address, &i);

	if (!result)
		result = i->ops->pluggable_superclass
					 ? i->ops->pluggable_superclass(i->address, index, &guid)
					 : TAPI_E_NOITEMS;
	return class_out(result, &guid, text, size);
}

LONG tapi_address_get_pluggable_class(struct tapi_address *address, const char *superclass,
		DWORD media_type, DWORD index, char *text, size_t size)
{
	struct instance *i;
	GUID super, guid;
	LONG result;

	if (!superclass || !guid_parse(superclass, &super))
		return fail(TAPI_E_INVALIDTERMINALCLASS, "class", "the text is no GUID");
	result = address_enter(address, &i);
	if (!result)
		result = i->ops->pluggable_class ? i->ops->pluggable_class(i->address, &super,
								   media_type, index, &guid)
						 : TAPI_E_NOITEMS;
	return class_out(result, &guid, text, size);
}

LONG tapi_address_create_terminal(struct tapi_address *address, const char *clsid, DWORD media_type,
		TERMINAL_DIRECTION direction, struct tapi_terminal **out)
{
	struct msp_terminal *msp;
	struct instance *i;
	GUID guid;
	LONG result;

	if (!out)
		return fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");
	if (!clsid || !guid_parse(clsid, &guid))
		return fail(TAPI_E_INVALIDTERMINALCLASS, "class", "the text is no GUID");
	result = address_enter(address, &i);
	if (!result) {
		result = i->ops->create_terminal(i->address, &guid, media_type, (DWORD)direction,
				&msp);
		if (result)
			(void)fail(result, "MSP", "%s makes no such terminal", i->ops->name);
	}
	if (!result) {
		result = terminal_out(i, address, msp, out);
		if (result)
			i->ops->release_terminal(msp);
		else
			(*out)->dynamic = true;
	}
	objects_unlock();
	return result;
}

LONG tapi_call_request_terminal(struct tapi_call *call, const char *clsid, DWORD media_type,
		TERMINAL_DIRECTION direction, struct tapi_terminal **out)
{
	return tapi_address_create_terminal(tapi_call_get_address(call), clsid, media_type,
			direction, out);
}

/* --- What is selected where ------------------------------------------------------------------ */

static void selection_free(struct selection *s)
{
	list_remove(&s->link);
	tapi_unref(s->terminal);
	mem_free(s);
}

/* Noted before the MSP has it: a terminal that is on a stream must not go. */
LONG selection_add(struct tapi_call *call, struct tapi_terminal *terminal,
		struct msp_stream *stream, struct msp_substream *substream)
{
	const struct msp_ops *ops = call->instance->ops;
	struct selection *s = mem_new(struct selection);
	LONG result;

	if (!s)
		return TAPI_E_NOTENOUGHMEMORY;
	s->terminal = tapi_ref(terminal);
	s->stream = stream;
	s->substream = substream;
	list_append(&call->selections, &s->link);
	result = substream ? ops->select_substream_terminal(substream, terminal->msp)
			   : ops->select_terminal(stream, terminal->msp);
	if (result)
		selection_free(s);
	return result;
}

static LONG unselect(const struct msp_ops *ops, struct msp_terminal *terminal,
		struct msp_stream *stream, struct msp_substream *substream)
{
	return substream ? ops->unselect_substream_terminal(substream, terminal)
			 : ops->unselect_terminal(stream, terminal);
}

LONG selection_remove(struct tapi_call *call, const struct tapi_terminal *terminal,
		struct msp_stream *stream, struct msp_substream *substream)
{
	LONG result = unselect(call->instance->ops, terminal->msp, stream, substream);

	if (result)
		return result;
	list_for_safe(pos, &call->selections) {
		struct selection *s = list_entry(pos, struct selection, link);

		if (s->terminal == terminal && s->stream == stream && s->substream == substream)
			selection_free(s);
	}
	return 0;
}

void selections_forget(struct tapi_call *call, const struct msp_stream *stream,
		const struct msp_substream *substream)
{
	list_for_safe(pos, &call->selections) {
		struct selection *s = list_entry(pos, struct selection, link);

		if (s->stream == stream && (!substream || s->substream == substream))
			selection_free(s);
	}
}

/* The call ends: what only it held ends with it, so its files are closed. */
void selections_clear(struct tapi_call *call)
{
	while (!list_empty(&call->selections)) {
		struct selection *s = list_entry(call->selections.next, struct selection, link);

		(void)unselect(call->instance->ops, s->terminal->msp, s->stream, s->substream);
		selection_free(s);
	}
}

/* Streams of the terminal's media type in its direction; `act` on each. */
static LONG each_stream(struct tapi_call *call, struct tapi_terminal *terminal,
		LONG (*act)(struct tapi_stream *, struct tapi_terminal *))
{
	DWORD type = tapi_terminal_get_media_type(terminal);
	TERMINAL_DIRECTION direction = tapi_terminal_get_direction(terminal);
	LONG result = TAPI_E_INVALIDTERMINAL, one = 0;

	for (DWORD i = 0; !one; i++) {
		struct tapi_stream *stream;

		one = tapi_call_get_stream(call, i, &stream);
		if (one)
			break;
		if (tapi_stream_get_media_type(stream) & type &&
				(direction == TD_BIDIRECTIONAL ||
						tapi_stream_get_direction(stream) == direction))
			result = one = act(stream, terminal);
		tapi_unref(stream);
	}
	return one == TAPI_E_NOITEMS ? result : one;
}

LONG tapi_call_select_terminal(struct tapi_call *call, struct tapi_terminal *terminal)
{
	return each_stream(call, terminal, tapi_stream_select_terminal);
}

LONG tapi_call_unselect_terminal(struct tapi_call *call, struct tapi_terminal *terminal)
{
	return each_stream(call, terminal, tapi_stream_unselect_terminal);
}

/* --- ITTerminal ------------------------------------------------------------------------------ */

/* NULL: it has ended with its MSP. Under the lock in any case. */
static const struct msp_ops *ops_of(const struct tapi_terminal *terminal)
{
	objects_lock();
	return terminal && terminal->instance ? terminal->instance->ops : NULL;
}

const char *tapi_terminal_get_name(struct tapi_terminal *terminal)
{
	const struct msp_ops *ops = ops_of(terminal);
	const char *name = ops ? ops->terminal_name(terminal->msp) : "";

	objects_unlock();
	return name;
}

const char *tapi_terminal_get_class(struct tapi_terminal *terminal)
{
	return terminal ? terminal->clsid : "";
}

TERMINAL_TYPE tapi_terminal_get_type(struct tapi_terminal *terminal)
{
	const struct msp_ops *ops = ops_of(terminal);
	DWORD type = ops ? ops->terminal_type(terminal->msp) : TT_DYNAMIC;

	objects_unlock();
	return (TERMINAL_TYPE)type;
}

DWORD tapi_terminal_get_media_type(struct tapi_terminal *terminal)
{
	const struct msp_ops *ops = ops_of(terminal);
	DWORD type = ops ? ops->terminal_media_type(terminal->msp) : 0;

	objects_unlock();
	return type;
}

TERMINAL_DIRECTION tapi_terminal_get_direction(struct tapi_terminal *terminal)
{
	const struct msp_ops *ops = ops_of(terminal);
	DWORD direction = ops ? ops->terminal_direction(terminal->msp) : TD_NONE;

	objects_unlock();
	return (TERMINAL_DIRECTION)direction;
}

TERMINAL_STATE tapi_terminal_get_state(struct tapi_terminal *terminal)
{
	const struct msp_ops *ops = ops_of(terminal);
	DWORD state = ops ? ops->terminal_state(terminal->msp) : TS_NOTINUSE;

	objects_unlock();
	return (TERMINAL_STATE)state;
}
