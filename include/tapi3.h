// SPDX-License-Identifier: MIT
/* tapi3.h - the objects of TAPI 3 in C: tapi, address, call, stream, substream, terminal, event.
 * Part of libtapi; lives beside tapi.h in one program, also for the same call.
 * tapi3(7) says which function stands for which method of which TAPI 3 interface.
 *
 *     struct tapi *tapi;
 *     struct tapi_address *address;
 *     struct tapi_call *call;
 *     const char *files[] = { "hello.wav", "goodbye.wav" };
 *
 *     tapi_initialize("softphone", &tapi);
 *     tapi_set_event_callback(tapi, on_event, NULL);
 *     tapi_set_event_filter(tapi, TE_CALLSTATE | TE_FILETERMINAL);
 *     tapi_get_address(tapi, 0, &address);
 *     tapi_address_create_call(address, "102", LINEADDRESSTYPE_PHONENUMBER,
 *                     TAPIMEDIATYPE_AUDIO, &call);
 *     tapi_call_play(call, files, 2, NULL);
 *     tapi_call_connect(call, 0);
 *     while (!done)
 *             tapi_dispatch(tapi, -1);
 *
 * Rules that hold for every function:
 *
 * Results:   0, or a negative TAPI_E_... or LINEERR_...; tapixGetLastReason() says more. Functions
 *            that write text return its length without NUL (>= size: it was cut).
 * Objects:   counted. `*out` is a new reference of the caller's, for tapi_unref(). A pointer that a
 *            function *returns* is borrowed: it lives as long as the object it was asked from.
 *            NULL for an object is TAPI_E_INVALIDTERMINAL or the like, never a crash in getters.
 * Lists:     by index from 0; TAPI_E_NOITEMS behind the last.
 * Strings:   UTF-8; arguments are copied. Classes are GUIDs in text, as in tapi3const_guid.h.
 * Context:   any thread, unless said otherwise. Events come only out of tapi_dispatch(),
 *            tapiDispatch() and lineGetMessage(), in the thread that called these. */
#ifndef TAPI3_H
#define TAPI3_H

#include "tapi.h"
#include "tapi3_format.h"
#include "tapi3const.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tapi; /* ITTAPI */
struct tapi_address; /* ITAddress: one address of one line device */
struct tapi_call; /* ITBasicCallControl, ITCallInfo, ITStreamControl */
struct tapi_stream; /* ITStream: one media type in one direction */
struct tapi_substream; /* ITSubStream: one participant of a stream */
struct tapi_terminal; /* ITTerminal: a source or sink of media */
struct tapi_event; /* the event objects, all kinds */

/* --- Any object ------------------------------------------------------------------------------ */

/** One reference more; returns the object (AddRef). */
TAPI_EXPORT void *tapi_ref(void *object);
/** One reference less; the last one ends it (Release). NULL is allowed. */
TAPI_EXPORT void tapi_unref(void *object);
/**
 * Ask a call, stream or terminal for an interface of its media service provider (QueryInterface):
 * mspi.h has those of the rtp MSP, such as MSP_IID_RTP_STATISTICS of a stream.
 *
 * Ownership: `*vtable` is static; its functions take `*self` first. Both end with `object`.
 * Errors:    TAPI_E_NOTSUPPORTED no such interface, or an object without media.
 * Context:   its functions may not run while another thread is inside libtapi for this call.
 */
TAPI_EXPORT LONG tapi_object_query(
		void *object, const GUID *iid, const void **vtable, void **self);

/* --- tapi ------------------------------------------------------------------------------------ */

/**
 * Connect to tapisrvd as an application (Initialize). Its lines are opened when a call or a
 * notification needs them.
 *
 * Errors: those of lineInitializeEx.
 */
TAPI_EXPORT LONG tapi_initialize(const char *app_name, struct tapi **out);
/**
 * The same objects for an application that has initialised itself with lineInitializeEx. Always the
 * same tapi for the same handle; lineShutdown ends it.
 *
 * Errors: LINEERR_INVALAPPHANDLE.
 */
TAPI_EXPORT LONG tapi_from_handle(HLINEAPP app, struct tapi **out);
/** Ends calls, media and the connection. The objects stay until unreferenced, but fail. A tapi that
 * is never shut down stays, whatever happens to its references. */
TAPI_EXPORT LONG tapi_shutdown(struct tapi *tapi);
/** For the functions of tapi.h and tapix.h. 0 after shutdown. */
TAPI_EXPORT HLINEAPP tapi_get_handle(struct tapi *tapi);
/** To poll for reading; then call tapi_dispatch(tapi, 0). Never read from it. */
TAPI_EXPORT HANDLE tapi_get_descriptor(struct tapi *tapi);
/**
 * Wait for something to happen, then deliver all that has.
 *
 * Units:   `timeout_ms` 0 does not wait, -1 waits for ever. Returns how many events were delivered,
 *          which may be 0.
 * Errors:  TAPI_E_TIMEOUT nothing came; LINEERR_OPERATIONFAILED the daemon is gone for good.
 * Context: one thread at a time; not from inside a callback. For tapi_from_handle() only if
 *          the application dispatches with tapiDispatch, not with lineGetMessage.
 */
TAPI_EXPORT LONG tapi_dispatch(struct tapi *tapi, int timeout_ms);

/** `event` is borrowed for the time of the callback (ITTAPIEventNotification). */
typedef void (*tapi_event_callback)(struct tapi_event *event, void *arg);
TAPI_EXPORT LONG tapi_set_event_callback(
		struct tapi *tapi, tapi_event_callback callback, void *arg);
/** Which events come: TAPI_EVENT bits. At first none. */
TAPI_EXPORT LONG tapi_set_event_filter(struct tapi *tapi, DWORD kinds);
TAPI_EXPORT DWORD tapi_get_event_filter(struct tapi *tapi);

TAPI_EXPORT LONG tapi_get_address(struct tapi *tapi, DWORD index, struct tapi_address **out);
/**
 * From now on new calls of this address are told of (TE_CALLNOTIFICATION). Their media is made
 * before that.
 *
 * Units:  `owner` and `monitor` are truths; `media_types` TAPIMEDIATYPE_ bits; `instance` comes
 *         back in events. `*registration` is for tapi_unregister_notifications.
 * Errors: TAPI_E_INVALIDMEDIATYPE, those of lineOpen.
 */
TAPI_EXPORT LONG tapi_register_call_notifications(struct tapi *tapi, struct tapi_address *address,
		int monitor, int owner, DWORD media_types, LONG instance, LONG *registration);
/** The line is closed when its last call has ended. Errors: TAPI_E_NOTREGISTERED. */
TAPI_EXPORT LONG tapi_unregister_notifications(struct tapi *tapi, LONG registration);
/** Which application gets calls of a media type first: lineSetAppPriority. */
TAPI_EXPORT LONG tapi_set_application_priority(
		struct tapi *tapi, const char *app_name, DWORD media_type, int priority);
/** Which application serves tapiRequestMakeCall first. */
TAPI_EXPORT LONG tapi_set_assisted_telephony_priority(
		struct tapi *tapi, const char *app_name, int priority);

/* --- Address --------------------------------------------------------------------------------- */

TAPI_EXPORT struct tapi *tapi_address_get_tapi(struct tapi_address *address);
/** The line's name and, where it has several, the address: "extension 101". */
TAPI_EXPORT const char *tapi_address_get_name(struct tapi_address *address);
TAPI_EXPORT const char *tapi_address_get_provider_name(struct tapi_address *address);
/** What others dial; "" if the provider does not know. */
TAPI_EXPORT const char *tapi_address_get_dialable(struct tapi_address *address);
/** AS_OUTOFSERVICE also when its device is gone. */
TAPI_EXPORT ADDRESS_STATE tapi_address_get_state(struct tapi_address *address);
/**
 * The lamp that says that a message waits; `waiting` 1 or 0. What comes of it is a TE_ADDRESS.
 *
 * Errors: those of lineSetLineDevStatus.
 */
TAPI_EXPORT LONG tapi_address_set_message_waiting(struct tapi_address *address, int waiting);
TAPI_EXPORT LONG tapi_address_get_message_waiting(struct tapi_address *address, int *out);
/** A version of the provider's extensions. Errors: those of lineNegotiateExtVersion. */
TAPI_EXPORT LONG tapi_address_negotiate_ext_version(
		struct tapi_address *address, DWORD low, DWORD high, DWORD *out);
/** Errors: TAPI_E_NOTSUPPORTED no such capability, those of lineGetDevCaps. */
TAPI_EXPORT LONG tapi_address_get_capability(
		struct tapi_address *address, ADDRESS_CAPABILITY which, DWORD *out);
TAPI_EXPORT LONG tapi_address_get_capability_string(struct tapi_address *address,
		ADDRESS_CAPABILITY_STRING which, char *text, size_t size);
TAPI_EXPORT LONG tapi_address_get_call_treatment(
		struct tapi_address *address, DWORD index, char *text, size_t size);
TAPI_EXPORT LONG tapi_address_get_completion_message(
		struct tapi_address *address, DWORD index, char *text, size_t size);
TAPI_EXPORT LONG tapi_address_get_device_class(
		struct tapi_address *address, DWORD index, char *text, size_t size);
/** TAPIMEDIATYPE_ bits that calls here can have; 0 if unknown. */
TAPI_EXPORT DWORD tapi_address_get_media_types(struct tapi_address *address);
/** 1 or 0. */
TAPI_EXPORT int tapi_address_query_media_type(struct tapi_address *address, DWORD media_type);

/**
 * A call that is not dialled yet (CS_IDLE): give it terminals and information, then
 * tapi_call_connect it.
 *
 * Units:  `address_type` LINEADDRESSTYPE_; `media_types` TAPIMEDIATYPE_ bits bound its streams.
 * Errors: TAPI_E_INVALIDMEDIATYPE, those of lineOpen. A line without MSP makes a call
 *         without streams.
 */
TAPI_EXPORT LONG tapi_address_create_call(struct tapi_address *address, const char *destination,
		DWORD address_type, DWORD media_types, struct tapi_call **out);
/** The calls that this application has here. */
TAPI_EXPORT LONG tapi_address_get_call(
		struct tapi_address *address, DWORD index, struct tapi_call **out);

/**
 * Of one kind of event, do or do not tell about one sub-event (the numbers of tapi_event_get_event
 * and, for TE_CALLSTATE, the CALL_STATE; -1: all) of this address. At first all that the
 * tapi's filter lets through.
 */
TAPI_EXPORT LONG tapi_address_set_event_filter(
		struct tapi_address *address, TAPI_EVENT kind, LONG sub_event, int enable);
/** 1 or 0. */
TAPI_EXPORT int tapi_address_get_event_filter(
		struct tapi_address *address, TAPI_EVENT kind, LONG sub_event);

/* Terminals (ITTerminalSupport). Errors: TAPI_E_NODRIVER: the line has no MSP. */

/** Devices of this machine. */
TAPI_EXPORT LONG tapi_address_get_static_terminal(
		struct tapi_address *address, DWORD index, struct tapi_terminal **out);
TAPI_EXPORT LONG tapi_address_get_default_static_terminal(struct tapi_address *address,
		DWORD media_type, TERMINAL_DIRECTION direction, struct tapi_terminal **out);
/** Text of the GUID of a class that create_terminal takes. */
TAPI_EXPORT LONG tapi_address_get_terminal_class(
		struct tapi_address *address, DWORD index, char *text, size_t size);
/**
 * A terminal of a class, such as CLSID_String_FilePlaybackTerminal.
 *
 * Errors: TAPI_E_INVALIDTERMINALCLASS, TAPI_E_INVALIDMEDIATYPE, TAPI_E_INVALIDDIRECTION.
 */
TAPI_EXPORT LONG tapi_address_create_terminal(struct tapi_address *address, const char *clsid,
		DWORD media_type, TERMINAL_DIRECTION direction, struct tapi_terminal **out);
TAPI_EXPORT LONG tapi_address_get_pluggable_superclass(
		struct tapi_address *address, DWORD index, char *text, size_t size);
TAPI_EXPORT LONG tapi_address_get_pluggable_class(struct tapi_address *address,
		const char *superclass, DWORD media_type, DWORD index, char *text, size_t size);

/* --- Call ------------------------------------------------------------------------------------ */

/**
 * The object of a call of tapi.h, with the media of its line's MSP. With tapi_line_media() it had
 * its media from the start; without, a call that is connected gets it now (the provider moves
 * the media here). Always the same object for the same handle; the handle stays the application's.
 *
 * Errors: LINEERR_INVALCALLHANDLE. A line without MSP gives a call without streams.
 */
TAPI_EXPORT LONG tapi_call_from_handle(HCALL handle, struct tapi_call **out);
/**
 * Give all calls of a line, made or received from now on with tapi.h, their media before the
 * application hears of them.
 *
 * Errors: TAPI_E_NODRIVER the line has no MSP, or none of the kind it names is installed;
 *         LINEERR_INVALLINEHANDLE.
 */
TAPI_EXPORT LONG tapi_line_media(HLINE line);
/**
 * The object of an address of a line of tapi.h, for instance to make terminals before there is a
 * call. After tapi_line_media() they come from the instance that the line's calls have.
 *
 * Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALADDRESSID.
 */
TAPI_EXPORT LONG tapi_address_from_handle(
		HLINE line, DWORD address_id, struct tapi_address **out);

TAPI_EXPORT struct tapi_address *tapi_call_get_address(struct tapi_call *call);
/** For the functions of tapi.h; 0 before tapi_call_connect. */
TAPI_EXPORT HCALL tapi_call_get_handle(struct tapi_call *call);
TAPI_EXPORT CALL_STATE tapi_call_get_state(struct tapi_call *call);
TAPI_EXPORT CALL_PRIVILEGE tapi_call_get_privilege(struct tapi_call *call);
/** A pointer of the application's. */
TAPI_EXPORT void tapi_call_set_user_data(struct tapi_call *call, void *data);
TAPI_EXPORT void *tapi_call_get_user_data(struct tapi_call *call);

/** The same as for addresses, for one call. */
TAPI_EXPORT LONG tapi_call_set_event_filter(
		struct tapi_call *call, TAPI_EVENT kind, LONG sub_event, int enable);
TAPI_EXPORT int tapi_call_get_event_filter(
		struct tapi_call *call, TAPI_EVENT kind, LONG sub_event);

/* Requests: 0 means that the provider has taken it. What becomes of it is a TE_CALLSTATE: with a
 * new state, or with the old state and tapi_event_get_error() if it has failed. */

/**
 * Dial.
 *
 * Units:   `sync` other than 0: dispatch until the call is connected or has ended, with
 *          TAPI_E_DESTBUSY, TAPI_E_DESTNOANSWER, TAPI_E_INVALADDRESS or TAPI_E_REQUESTFAILED then.
 * Errors:  TAPI_E_INVALCALLSTATE dialled already, those of lineMakeCall.
 * Context: `sync`: as tapi_dispatch.
 */
TAPI_EXPORT LONG tapi_call_connect(struct tapi_call *call, int sync);
TAPI_EXPORT LONG tapi_call_answer(struct tapi_call *call);
/** Hang up, or refuse. A call that nobody has connected ends at once. */
TAPI_EXPORT LONG tapi_call_disconnect(struct tapi_call *call, DISCONNECT_CODE code);
/** `hold` 1 or 0. */
TAPI_EXPORT LONG tapi_call_hold(struct tapi_call *call, int hold);
TAPI_EXPORT LONG tapi_call_swap_hold(struct tapi_call *call, struct tapi_call *other);
TAPI_EXPORT LONG tapi_call_blind_transfer(struct tapi_call *call, const char *destination);
/**
 * Hold the call and dial the consultation call, which tapi_address_create_call has made for the same
 * address. A consultation that is up already is taken as it is. tapi_call_finish ends it.
 *
 * Units:   `sync` as for tapi_call_connect.
 * Errors:  TAPI_E_INVALCALLSTATE, LINEERR_INVALPARAM it is of another address, those of
 *          lineSetupTransfer.
 */
TAPI_EXPORT LONG tapi_call_transfer(
		struct tapi_call *call, struct tapi_call *consult, int sync);
/**
 * The same to have three parties or more: makes a conference of the call, or takes the one that it
 * is in.
 *
 * Errors:  as tapi_call_transfer; those of lineSetupConference, linePrepareAddToConference.
 */
TAPI_EXPORT LONG tapi_call_conference(
		struct tapi_call *call, struct tapi_call *consult, int sync);
/**
 * What becomes of a consultation: FM_ASTRANSFER connects both peers with each other, without us;
 * FM_ASCONFERENCE with us, also after tapi_call_transfer.
 *
 * Errors:  TAPI_E_INVALCALLSTATE no consultation, or made with tapi_call_conference and to be
 *          finished as a transfer.
 */
TAPI_EXPORT LONG tapi_call_finish(struct tapi_call *consult, FINISH_MODE mode);
/** More digits of an address (lineDial). */
TAPI_EXPORT LONG tapi_call_dial(struct tapi_call *call, const char *digits);
TAPI_EXPORT LONG tapi_call_handoff_direct(struct tapi_call *call, const char *app_name);
TAPI_EXPORT LONG tapi_call_handoff_indirect(struct tapi_call *call, DWORD media_type);
TAPI_EXPORT LONG tapi_call_park_direct(struct tapi_call *call, const char *park_address);
TAPI_EXPORT LONG tapi_call_remove_from_conference(struct tapi_call *call);
TAPI_EXPORT LONG tapi_call_release_user_user_info(struct tapi_call *call);

/* Information. Before tapi_call_connect the set_ functions write what the call is made with.
 * Errors: TAPI_E_NOTSUPPORTED cannot be asked or set; TAPI_E_INVALCALLSTATE not now. */

TAPI_EXPORT LONG tapi_call_get_info_long(struct tapi_call *call, CALLINFO_LONG which, DWORD *out);
TAPI_EXPORT LONG tapi_call_set_info_long(struct tapi_call *call, CALLINFO_LONG which, DWORD value);
TAPI_EXPORT LONG tapi_call_get_info_string(
		struct tapi_call *call, CALLINFO_STRING which, char *text, size_t size);
TAPI_EXPORT LONG tapi_call_set_info_string(
		struct tapi_call *call, CALLINFO_STRING which, const char *text);
/** Returns the number of bytes there are (> size: cut). */
TAPI_EXPORT LONG tapi_call_get_info_buffer(
		struct tapi_call *call, CALLINFO_BUFFER which, void *data, size_t size);
TAPI_EXPORT LONG tapi_call_set_info_buffer(
		struct tapi_call *call, CALLINFO_BUFFER which, const void *data, size_t size);

/* Digits and tones (ITLegacyCallMediaControl2). Modes: LINEDIGITMODE_ bits. */

/** Report digits of the peer as TE_DIGITEVENT; 0 ends it. */
TAPI_EXPORT LONG tapi_call_detect_digits(struct tapi_call *call, DWORD modes);
/** `duration_ms` 0 is the provider's own. The end is a TE_GENERATEEVENT. NULL cancels. */
TAPI_EXPORT LONG tapi_call_generate_digits(
		struct tapi_call *call, const char *digits, DWORD mode, DWORD duration_ms);
/** Gather up to `count` digits: one TE_GATHERDIGITS. `count` 0 cancels. Timeouts 0: none. */
TAPI_EXPORT LONG tapi_call_gather_digits(struct tapi_call *call, DWORD modes, DWORD count,
		const char *termination_digits, DWORD first_timeout_ms, DWORD inter_timeout_ms);
/** TAPI_TONEMODE. The end is a TE_GENERATEEVENT. */
TAPI_EXPORT LONG tapi_call_generate_tone(
		struct tapi_call *call, TAPI_TONEMODE mode, DWORD duration_ms);
TAPI_EXPORT LONG tapi_call_set_media_type(struct tapi_call *call, DWORD media_type);
TAPI_EXPORT LONG tapi_call_monitor_media(struct tapi_call *call, DWORD media_types);

/* Streams and terminals (ITStreamControl, ITBasicCallControl2). TAPI_E_NOTSUPPORTED: no media. */

/** Audio capture (what this side says) and audio render come first. */
TAPI_EXPORT LONG tapi_call_get_stream(
		struct tapi_call *call, DWORD index, struct tapi_stream **out);
TAPI_EXPORT LONG tapi_call_create_stream(struct tapi_call *call, DWORD media_type,
		TERMINAL_DIRECTION direction, struct tapi_stream **out);
TAPI_EXPORT LONG tapi_call_remove_stream(struct tapi_call *call, struct tapi_stream *stream);
/** A terminal of a class for this call, selected on nothing yet. */
TAPI_EXPORT LONG tapi_call_request_terminal(struct tapi_call *call, const char *clsid,
		DWORD media_type, TERMINAL_DIRECTION direction, struct tapi_terminal **out);
/** Put a terminal on the streams that fit its media type and direction. */
TAPI_EXPORT LONG tapi_call_select_terminal(
		struct tapi_call *call, struct tapi_terminal *terminal);
TAPI_EXPORT LONG tapi_call_unselect_terminal(
		struct tapi_call *call, struct tapi_terminal *terminal);

/* In one step (ours; a terminal made, named, selected and started). Both may be called as soon as
 * the call object is there: sound begins with nothing lost when media flows both ways. The end
 * of the last file is a TE_FILETERMINAL with TMS_IDLE and FTEC_END_OF_FILE. `out` may be NULL: the
 * terminal then ends with the call. */

/** Play WAV files one after the other, without a gap. Errors: TAPI_E_INVALIDTERMINAL a bad file. */
TAPI_EXPORT LONG tapi_call_play(struct tapi_call *call, const char *const *files, DWORD count,
		struct tapi_terminal **out);
/** Record what the peer says into a WAV file until tapi_terminal_stop or the end of the call. */
TAPI_EXPORT LONG tapi_call_record(
		struct tapi_call *call, const char *file, struct tapi_terminal **out);
/**
 * Speak and listen: a microphone and a loudspeaker (tapi_terminal_set_device) on the call. A name
 * that is NULL leaves that direction alone. They are open while media is agreed.
 *
 * Errors: TAPI_E_INVALIDTERMINAL: no device of that name is configured; nothing has changed then.
 */
TAPI_EXPORT LONG tapi_call_speak(struct tapi_call *call, const char *microphone,
		const char *speakers, struct tapi_terminal **microphone_out,
		struct tapi_terminal **speakers_out);

/* --- Stream ---------------------------------------------------------------------------------- */

/* A stream whose call has ended answers TAPI_E_INVALIDSTREAM. */

TAPI_EXPORT struct tapi_call *tapi_stream_get_call(struct tapi_stream *stream);
TAPI_EXPORT DWORD tapi_stream_get_media_type(struct tapi_stream *stream);
/** TD_CAPTURE: towards the peer; TD_RENDER: from the peer. */
TAPI_EXPORT TERMINAL_DIRECTION tapi_stream_get_direction(struct tapi_stream *stream);
TAPI_EXPORT const char *tapi_stream_get_name(struct tapi_stream *stream);
/** Streams start by themselves when the call's media is agreed. */
TAPI_EXPORT LONG tapi_stream_start(struct tapi_stream *stream);
/** Silence; the connection stays. */
TAPI_EXPORT LONG tapi_stream_pause(struct tapi_stream *stream);
TAPI_EXPORT LONG tapi_stream_stop(struct tapi_stream *stream);
/** Allowed at any time. Errors: TAPI_E_INVALIDMEDIATYPE, TAPI_E_INVALIDDIRECTION,
 * TAPI_E_TERMINALINUSE, TAPI_E_MAXTERMINALS, TAPI_E_INVALIDTERMINAL of another address. */
TAPI_EXPORT LONG tapi_stream_select_terminal(
		struct tapi_stream *stream, struct tapi_terminal *terminal);
TAPI_EXPORT LONG tapi_stream_unselect_terminal(
		struct tapi_stream *stream, struct tapi_terminal *terminal);
TAPI_EXPORT LONG tapi_stream_get_terminal(
		struct tapi_stream *stream, DWORD index, struct tapi_terminal **out);
TAPI_EXPORT LONG tapi_stream_get_substream(
		struct tapi_stream *stream, DWORD index, struct tapi_substream **out);
TAPI_EXPORT LONG tapi_stream_create_substream(
		struct tapi_stream *stream, struct tapi_substream **out);
TAPI_EXPORT LONG tapi_stream_remove_substream(
		struct tapi_stream *stream, struct tapi_substream *substream);
/** Audio (ours): silence in one direction, and the peak of the last 100 ms (0 ... 32768). */
TAPI_EXPORT LONG tapi_stream_set_mute(struct tapi_stream *stream, int mute);
TAPI_EXPORT LONG tapi_stream_get_mute(struct tapi_stream *stream, int *out);
TAPI_EXPORT LONG tapi_stream_get_level(struct tapi_stream *stream, DWORD *out);

/* --- Substream ------------------------------------------------------------------------------- */

TAPI_EXPORT struct tapi_stream *tapi_substream_get_stream(struct tapi_substream *substream);
TAPI_EXPORT LONG tapi_substream_start(struct tapi_substream *substream);
TAPI_EXPORT LONG tapi_substream_pause(struct tapi_substream *substream);
TAPI_EXPORT LONG tapi_substream_stop(struct tapi_substream *substream);
TAPI_EXPORT LONG tapi_substream_select_terminal(
		struct tapi_substream *substream, struct tapi_terminal *terminal);
TAPI_EXPORT LONG tapi_substream_unselect_terminal(
		struct tapi_substream *substream, struct tapi_terminal *terminal);
TAPI_EXPORT LONG tapi_substream_get_terminal(
		struct tapi_substream *substream, DWORD index, struct tapi_terminal **out);

/* --- Terminal -------------------------------------------------------------------------------- */

/* Classes of ours beside those of TAPI: silence (capture) or nothing (render), a tone, and a sound
 * device of any name (capture or render). */
#define TAPI_TERMINAL_NULL "{5E85C804-1374-4B1E-AD2C-5A6A952B29ED}"
#define TAPI_TERMINAL_TONE "{6A820ECB-4F2B-4F91-880B-3D7818848415}"
#define TAPI_TERMINAL_AUDIO_DEVICE "{5B1C8F0E-0D6A-4B57-A17E-361D92C408F3}"

TAPI_EXPORT const char *tapi_terminal_get_name(struct tapi_terminal *terminal);
/** Text of the GUID. */
TAPI_EXPORT const char *tapi_terminal_get_class(struct tapi_terminal *terminal);
TAPI_EXPORT TERMINAL_TYPE tapi_terminal_get_type(struct tapi_terminal *terminal);
TAPI_EXPORT DWORD tapi_terminal_get_media_type(struct tapi_terminal *terminal);
TAPI_EXPORT TERMINAL_DIRECTION tapi_terminal_get_direction(struct tapi_terminal *terminal);
TAPI_EXPORT TERMINAL_STATE tapi_terminal_get_state(struct tapi_terminal *terminal);

/** Why its last function has failed, or its file or device after that; "" if it has not. */
TAPI_EXPORT LONG tapi_terminal_get_reason(
		struct tapi_terminal *terminal, char *text, size_t size);

/* Errors of all that follow: TAPI_E_NOTSUPPORTED: not a terminal of this kind. */

/* File playback, file recording, tone (ITMediaControl). */

/** Begin as soon as media flows, or go on after a pause. Errors: TAPI_E_WRONG_STATE no file. */
TAPI_EXPORT LONG tapi_terminal_start(struct tapi_terminal *terminal);
/** Back to the start; a recording is complete on disk when this returns. */
TAPI_EXPORT LONG tapi_terminal_stop(struct tapi_terminal *terminal);
TAPI_EXPORT LONG tapi_terminal_pause(struct tapi_terminal *terminal);
TAPI_EXPORT LONG tapi_terminal_get_media_state(
		struct tapi_terminal *terminal, TERMINAL_MEDIA_STATE *out);

/**
 * The files, played one after the other. All are looked at now, also before there is a call; the
 * reason (tapix.h) names the one that cannot be played.
 *
 * Errors: TAPI_E_INVALIDTERMINAL one of them is missing, not readable or no WAV file with 8 or 16
 *         bit PCM; TAPI_E_WRONG_STATE unless stopped.
 */
TAPI_EXPORT LONG tapi_terminal_set_play_list(
		struct tapi_terminal *terminal, const char *const *files, DWORD count);
TAPI_EXPORT LONG tapi_terminal_get_play_list(
		struct tapi_terminal *terminal, DWORD index, char *text, size_t size);
/**
 * The file is made, or emptied, by start; whether that can be is looked at now, as by the list.
 *
 * Errors: TAPI_E_INVALIDTERMINAL, TAPI_E_WRONG_STATE unless stopped.
 */
TAPI_EXPORT LONG tapi_terminal_set_file_name(struct tapi_terminal *terminal, const char *file);
TAPI_EXPORT LONG tapi_terminal_get_file_name(
		struct tapi_terminal *terminal, char *text, size_t size);

/* Audio. Volume 0 silent ... 65535 as it is; balance -100 left ... 100 right. */

TAPI_EXPORT LONG tapi_terminal_set_volume(struct tapi_terminal *terminal, LONG volume);
TAPI_EXPORT LONG tapi_terminal_get_volume(struct tapi_terminal *terminal, LONG *out);
TAPI_EXPORT LONG tapi_terminal_set_balance(struct tapi_terminal *terminal, LONG balance);
TAPI_EXPORT LONG tapi_terminal_get_balance(struct tapi_terminal *terminal, LONG *out);

/* Media stream: the application is the microphone or the loudspeaker. Samples are int16_t in the
 * machine's byte order, channels interleaved; a frame is one sample of each channel. */

/** Errors: TAPI_E_NOFORMAT, TAPI_E_TERMINALINUSE while selected. At first 8000, 1. */
TAPI_EXPORT LONG tapi_terminal_set_format(
		struct tapi_terminal *terminal, DWORD rate, DWORD channels);
TAPI_EXPORT LONG tapi_terminal_get_format(
		struct tapi_terminal *terminal, DWORD *rate, DWORD *channels);
/**
 * Give to the peer (a capture terminal); never waits, returns the number of frames taken.
 *
 * Context: one thread beside the others. The same holds for read.
 */
TAPI_EXPORT LONG tapi_terminal_write(
		struct tapi_terminal *terminal, const int16_t *samples, DWORD frames);
/** Take from the peer (a render terminal); returns the number of frames given. */
TAPI_EXPORT LONG tapi_terminal_read(
		struct tapi_terminal *terminal, int16_t *samples, DWORD frames);
/** Frames that write would take or read would give now. */
TAPI_EXPORT LONG tapi_terminal_get_ready(struct tapi_terminal *terminal, DWORD *out);

/* Microphones, speakers and audio devices. A device is opened while its terminal is on a stream of
 * a call whose media is agreed. One that cannot be opened, or goes away, is a TE_CALLMEDIA event
 * CME_TERMINAL_FAIL with CMC_BAD_DEVICE, once; tapi_terminal_get_reason says why, and the MSP goes
 * on trying, so that it comes back by itself. */

/**
 * Which device; for calls whose sound is RTP the name of a PCM of ALSA, at first "default". At any
 * time: a call goes on with the new one.
 *
 * Errors: TAPI_E_INVALIDTERMINAL no such name is configured; TAPI_E_NOTSUPPORTED by static
 *         terminals, which are one device each.
 */
TAPI_EXPORT LONG tapi_terminal_set_device(struct tapi_terminal *terminal, const char *name);
TAPI_EXPORT LONG tapi_terminal_get_device(
		struct tapi_terminal *terminal, char *text, size_t size);
/** Sound between device and stream that is aimed at: 20 to 500 ms, at first 50. */
TAPI_EXPORT LONG tapi_terminal_set_device_latency(
		struct tapi_terminal *terminal, DWORD latency_ms);

struct tapi_device_figures {
	DWORD running; /* 1: open and moving sound */
	DWORD rate, channels; /* of the device as it was last open; 0: never */
	DWORD latency_ms; /* sound between device and stream, now */
	LONG drift_ppm; /* how much faster than ours its clock is; corrected */
	DWORD failures; /* times that it could not be opened, or went away */
	unsigned long long xruns; /* times that the device ran over (capture) or dry (render) */
	unsigned long long gaps; /* times that silence was put in or sound left out besides */
};
/** `size` is sizeof(struct tapi_device_figures): what this library does not know stays as it is. */
TAPI_EXPORT LONG tapi_terminal_get_device_figures(struct tapi_terminal *terminal,
		struct tapi_device_figures *out, size_t size);

/**
 * What a tone terminal plays, at once.
 *
 * Units:  up to 4 frequencies in Hz; cadence in ms, `off_ms` 0 is steady; volume 0 ... 65535.
 * Errors: TAPI_E_INVALTONE.
 */
TAPI_EXPORT LONG tapi_terminal_set_tone(struct tapi_terminal *terminal, const DWORD *frequencies,
		DWORD count, DWORD on_ms, DWORD off_ms, DWORD volume);

/** Ours: the daemon was away and is back, as TAPIX_RESYNCHRONISED of tapix.h says of handles. */
#define TE_RESYNCHRONISED ((TAPIOBJECT_EVENT)31)

/* --- Event ----------------------------------------------------------------------------------- */

/** TAPI_EVENT: what kind of event this is, so which of the following make sense. */
TAPI_EXPORT TAPI_EVENT tapi_event_get_kind(struct tapi_event *event);
TAPI_EXPORT struct tapi *tapi_event_get_tapi(struct tapi_event *event);
/** NULL where the event is about none; the same for the next three. */
TAPI_EXPORT struct tapi_address *tapi_event_get_address(struct tapi_event *event);
TAPI_EXPORT struct tapi_call *tapi_event_get_call(struct tapi_event *event);
TAPI_EXPORT struct tapi_stream *tapi_event_get_stream(struct tapi_event *event);
TAPI_EXPORT struct tapi_terminal *tapi_event_get_terminal(struct tapi_event *event);
/**
 * Which one of its kind: CALL_NOTIFICATION_EVENT (TE_CALLNOTIFICATION), CALL_MEDIA_EVENT
 * (TE_CALLMEDIA), ADDRESS_EVENT (TE_ADDRESS), TAPIOBJECT_EVENT or TE_RESYNCHRONISED
 * (TE_TAPIOBJECT), the MSP's own code (TE_PRIVATE).
 */
TAPI_EXPORT LONG tapi_event_get_event(struct tapi_event *event);
/** CALL_STATE (TE_CALLSTATE), TERMINAL_MEDIA_STATE (TE_FILETERMINAL). */
TAPI_EXPORT LONG tapi_event_get_state(struct tapi_event *event);
/** CALL_STATE_EVENT_CAUSE, CALL_MEDIA_EVENT_CAUSE, FT_STATE_EVENT_CAUSE, CALLINFOCHANGE_CAUSE. */
TAPI_EXPORT LONG tapi_event_get_cause(struct tapi_event *event);
/** 0, or why a request, stream or terminal has failed. */
TAPI_EXPORT LONG tapi_event_get_error(struct tapi_event *event);
/** The number given to tapi_register_call_notifications. */
TAPI_EXPORT LONG tapi_event_get_callback_instance(struct tapi_event *event);
/** TE_DIGITEVENT: the digit. */
TAPI_EXPORT char tapi_event_get_digit(struct tapi_event *event);
/** TE_DIGITEVENT: LINEDIGITMODE_. */
TAPI_EXPORT DWORD tapi_event_get_digit_mode(struct tapi_event *event);
/** TE_GATHERDIGITS: what came; "" for other events. */
TAPI_EXPORT const char *tapi_event_get_digits(struct tapi_event *event);
/** TE_GATHERDIGITS: TAPI_GATHERTERM; TE_GENERATEEVENT: LINEGENERATETERM_. */
TAPI_EXPORT LONG tapi_event_get_termination(struct tapi_event *event);
/** Digit events: the millisecond at which it was. */
TAPI_EXPORT DWORD tapi_event_get_tick_count(struct tapi_event *event);

#ifdef __cplusplus
}
#endif

#endif
