// SPDX-License-Identifier: MIT
/* mspi.h - for authors of media service providers (MSPs).
 *
 * An MSP is a shared object named after its class, "<UUID>.so" (lower case, no braces), that
 * libtapi finds in $libdir/tapi/msp and loads into the application's process. It exports one
 * symbol, `msp_provider`, a struct of operations after the COM interfaces ITMSPAddress,
 * ITTerminalSupport, ITStreamControl, ITStream, ITSubStreamControl, ITSubStream and ITTerminal.
 * A TSP names its MSP in TSPI_lineMSPIdentify; the two talk in buffers that nobody between them
 * reads (for the rtp MSP: tapi-rtp-msp(7)).
 *
 * Rules that hold for every operation:
 *
 * Results:   0, or a negative TAPI_E_... (their values as LONG); E_POINTER and the like are not
 *            used. Out-parameters are written on success only.
 * Context:   libtapi calls all operations of one instance one after the other, on whatever thread
 *            the application calls or dispatches from. No operation may block: no waiting for
 *            the network, the TSP or a device. An MSP may have threads of its own; they reach
 *            libtapi by msp_host.signal and in no other way.
 * Objects:   opaque; made and ended here, counted by libtapi. A stream lives until remove_stream or
 *            shutdown_call, a terminal until release_terminal *and* until no stream has it.
 *            get_event never hands out an object that has been ended.
 * Lists:     by index from 0; TAPI_E_NOITEMS behind the last. Indexes are stable until the list
 *            is changed by another operation.
 * Strings:   UTF-8, borrowed: valid as long as the object they were asked from.
 * Optional:  a NULL member is "not offered"; those marked * must be there. */
#ifndef MSPI_H
#define MSPI_H

#include "tapi.h"
#include "tapi3const.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The version of everything in this file; libtapi refuses an MSP that has another one. */
#define MSP_VERSION 1

struct msp_address; /* an instance: one per address and application (ITMSPAddress) */
struct msp_call; /* the media of one call (ITStreamControl) */
struct msp_stream; /* one media type in one direction (ITStream) */
struct msp_substream; /* one participant of a stream (ITSubStream) */
struct msp_terminal; /* a source or sink (ITTerminal) */

/* --- What libtapi gives the instance ------------------------------------------------------- */

struct msp_host {
	DWORD version; /* MSP_VERSION of libtapi */
	/**
	 * There is something to fetch: libtapi will call get_event until TAPI_E_NOEVENT.
	 *
	 * Context: any thread, also from inside an operation; never blocks, never calls back.
	 */
	void (*signal)(void *host);
	/**
	 * One trace record "what: detail" of what this MSP has just done for `call`; may be NULL.
	 *
	 * Ownership: `call` is the cookie of create_call or NULL; strings are copied.
	 * Context:   from inside an operation only (so, for what threads do: in get_event).
	 */
	void (*trace)(void *host, void *call, const char *what, const char *detail);
};

/* --- Events (MSP_EVENT_INFO) ---------------------------------------------------------------- */

struct msp_event {
	DWORD kind; /* MSP_EVENT: ME_ADDRESS_EVENT ... ME_TONE_TERMINAL_EVENT */
	void *call; /* the cookie of create_call; NULL: of the address, no call */
	struct msp_stream *stream; /* or NULL */
	struct msp_terminal *terminal; /* or NULL */
	DWORD event; /* ME_ADDRESS_EVENT: MSP_ADDRESS_EVENT; ME_CALL_EVENT: MSP_CALL_EVENT;
		      * ME_FILE_TERMINAL_EVENT: the new TERMINAL_MEDIA_STATE */
	DWORD cause; /* ME_CALL_EVENT: MSP_CALL_EVENT_CAUSE; ME_FILE_TERMINAL_EVENT:
		      * FT_STATE_EVENT_CAUSE */
	LONG error; /* 0 or TAPI_E_... of the failure the event tells of */
	const void *data; /* ME_TSP_DATA: the bytes for the TSP. ME_PRIVATE_EVENT: the MSP's own */
	DWORD size; /* of data; at most 65536 */
};

/* When CALL_STREAM_ACTIVE comes: media flows. For a stream of a two-way call that means that its
 * own direction has been agreed with the peer *and* the first media of the peer has arrived (or has
 * not for a second after the agreement: then sound goes out without waiting longer). */

/* --- The provider --------------------------------------------------------------------------- */

/* create_call flags */
#define MSP_CALL_OUTGOING 0x0u /* the TSP will speak first, with an offer? of its own */
#define MSP_CALL_INCOMING 0x1u /* the TSP will speak first, when the call is answered */
/* The call is connected already and its media may be elsewhere (hand-off, lineSetCallPrivilege,
 * tapi_call_from_handle late): the MSP speaks first, the TSP moves the media here. */
#define MSP_CALL_JOINED   0x2u

struct msp_ops {
	DWORD version; /* * MSP_VERSION */
	const char *name; /* * for people: "RTP" */
	GUID clsid; /* * the class; its text is the file's name */

	/* ITMSPAddress */

	/**
	 * * Make the instance for one address of one application (Initialize).
	 *
	 * Ownership: the instance is the caller's until shutdown. `host` outlives it.
	 * Errors:    TAPI_E_NOTENOUGHMEMORY, TAPI_E_RESOURCEUNAVAIL.
	 */
	LONG (*initialize)(const struct msp_host *host, void *host_arg, struct msp_address **out);
	/** * End the instance with its calls, terminals and events; signal is silent after. */
	void (*shutdown)(struct msp_address *address);
	/**
	 * * Make the media side of a call (CreateMSPCall). It comes with its default streams:
	 * capture and render of each of `media_types` (TAPIMEDIATYPE_ bits), which bound the
	 * whole call.
	 *
	 * Ownership: `cookie` is libtapi's and comes back in events; `*out` until shutdown_call.
	 * Errors:    TAPI_E_INVALIDMEDIATYPE, TAPI_E_NOTENOUGHMEMORY, TAPI_E_RESOURCEUNAVAIL.
	 */
	LONG (*create_call)(struct msp_address *address, void *cookie, DWORD media_types,
			DWORD flags, struct msp_call **out);
	/** * End the call, its streams, sockets and queued events (ShutdownMSPCall). */
	void (*shutdown_call)(struct msp_call *call);
	/**
	 * * Take one buffer of the TSP (ReceiveTSPData); `call` NULL: for the address.
	 *
	 * Ownership: `data` is the caller's. Units: `size` bytes, any content, at most 65536.
	 * Errors:    TAPI_E_OPERATIONFAILED for what it cannot read; nothing has changed then
	 *            except that the TSP may have been told.
	 */
	LONG (*receive_tsp_data)(struct msp_address *address, struct msp_call *call,
			const void *data, DWORD size);
	/**
	 * * Fetch the oldest event (GetEvent).
	 *
	 * Ownership: `out->data` is borrowed until the next operation on this instance.
	 * Errors:    TAPI_E_NOEVENT: none is left, signal will come for the next.
	 */
	LONG (*get_event)(struct msp_address *address, struct msp_event *out);

	/* ITTerminalSupport, ITTerminalSupport2 */

	/** Devices of this machine that can be selected. */
	LONG (*static_terminal)(struct msp_address *address, DWORD index,
			struct msp_terminal **out);
	/** The one to take when the application has no wish. TAPI_E_NOITEMS if there is none. */
	LONG (*default_static_terminal)(struct msp_address *address, DWORD media_type,
			DWORD direction, struct msp_terminal **out);
	/** * Classes that create_terminal takes. */
	LONG (*terminal_class)(struct msp_address *address, DWORD index, GUID *out);
	/**
	 * * Make a dynamic terminal.
	 *
	 * Units:     `media_type` TAPIMEDIATYPE_, `direction` TERMINAL_DIRECTION.
	 * Errors:    TAPI_E_INVALIDTERMINALCLASS, TAPI_E_INVALIDMEDIATYPE, TAPI_E_INVALIDDIRECTION.
	 */
	LONG (*create_terminal)(struct msp_address *address, const GUID *clsid, DWORD media_type,
			DWORD direction, struct msp_terminal **out);
	/** * libtapi's last reference is gone; a selected terminal plays on until unselected. */
	void (*release_terminal)(struct msp_terminal *terminal);
	/** Superclasses of terminals that others plugged in, and their classes. */
	LONG (*pluggable_superclass)(struct msp_address *address, DWORD index, GUID *out);
	LONG (*pluggable_class)(struct msp_address *address, const GUID *superclass,
			DWORD media_type, DWORD index, GUID *out);

	/* ITTerminal; * all of them */

	const char *(*terminal_name)(struct msp_terminal *terminal);
	DWORD (*terminal_state)(struct msp_terminal *terminal); /* TERMINAL_STATE */
	DWORD (*terminal_type)(struct msp_terminal *terminal); /* TERMINAL_TYPE */
	GUID (*terminal_clsid)(struct msp_terminal *terminal);
	DWORD (*terminal_media_type)(struct msp_terminal *terminal);
	DWORD (*terminal_direction)(struct msp_terminal *terminal); /* TERMINAL_DIRECTION */

	/* ITStreamControl */

	/** * The streams of a call; audio capture and audio render come first. */
	LONG (*stream)(struct msp_call *call, DWORD index, struct msp_stream **out);
	/** Errors: TAPI_E_INVALIDMEDIATYPE, TAPI_E_INVALIDDIRECTION, TAPI_E_MAXSTREAMS. */
	LONG (*create_stream)(struct msp_call *call, DWORD media_type, DWORD direction,
			struct msp_stream **out);
	LONG (*remove_stream)(struct msp_call *call, struct msp_stream *stream);

	/* ITStream; * all of them */

	DWORD (*stream_media_type)(struct msp_stream *stream);
	DWORD (*stream_direction)(struct msp_stream *stream); /* TD_CAPTURE or TD_RENDER */
	const char *(*stream_name)(struct msp_stream *stream);
	/** Streams start by themselves when the call's media is agreed; these override that.
	 * Errors: TAPI_E_INVALIDSTREAMSTATE. */
	LONG (*start_stream)(struct msp_stream *stream);
	LONG (*pause_stream)(struct msp_stream *stream); /* silence, the connection stays */
	LONG (*stop_stream)(struct msp_stream *stream);
	/**
	 * Put a terminal on a stream; allowed at any time, also while media flows.
	 *
	 * Errors: TAPI_E_INVALIDMEDIATYPE, TAPI_E_INVALIDDIRECTION, TAPI_E_TERMINALINUSE,
	 *         TAPI_E_MAXTERMINALS, TAPI_E_INVALIDTERMINAL (of another instance).
	 */
	LONG (*select_terminal)(struct msp_stream *stream, struct msp_terminal *terminal);
	/** Errors: TAPI_E_INVALIDTERMINAL: it is not on this stream. */
	LONG (*unselect_terminal)(struct msp_stream *stream, struct msp_terminal *terminal);
	LONG (*stream_terminal)(struct msp_stream *stream, DWORD index, struct msp_terminal **out);

	/* ITSubStreamControl, ITSubStream; all or none of them */

	LONG (*substream)(struct msp_stream *stream, DWORD index, struct msp_substream **out);
	LONG (*create_substream)(struct msp_stream *stream, struct msp_substream **out);
	LONG (*remove_substream)(struct msp_stream *stream, struct msp_substream *substream);
	LONG (*start_substream)(struct msp_substream *substream);
	LONG (*pause_substream)(struct msp_substream *substream);
	LONG (*stop_substream)(struct msp_substream *substream);
	LONG (*select_substream_terminal)(struct msp_substream *substream,
			struct msp_terminal *terminal);
	LONG (*unselect_substream_terminal)(struct msp_substream *substream,
			struct msp_terminal *terminal);
	LONG (*substream_terminal)(struct msp_substream *substream, DWORD index,
			struct msp_terminal **out);
	struct msp_stream *(*substream_stream)(struct msp_substream *substream);

	/* QueryInterface */

	/**
	 * Ask an object for one of the interfaces below, or for one of the MSP's own.
	 *
	 * Ownership: `*vtable` is static; its functions take `object` as their first argument.
	 * Errors:    TAPI_E_NOTSUPPORTED: this object does not have it.
	 */
	LONG (*query_call)(struct msp_call *object, const GUID *iid, const void **vtable);
	LONG (*query_stream)(struct msp_stream *object, const GUID *iid, const void **vtable);
	LONG (*query_terminal)(struct msp_terminal *object, const GUID *iid, const void **vtable);
};

/* The one symbol that an MSP exports (mark it visible: default visibility). */
extern const struct msp_ops msp_provider;

/* --- Interfaces reached by query_... -------------------------------------------------------- */

/* ITMediaControl, on file and tone terminals: struct msp_media_control. */
#define MSP_IID_MEDIA_CONTROL                                                                      \
	{                                                                                          \
		0xc445dde8, 0x5199, 0x4bc7,                                                        \
		{                                                                                  \
			0x98, 0x07, 0x5f, 0xfb, 0x92, 0xe4, 0x2e, 0x09                             \
		}                                                                                  \
	}
struct msp_media_control {
	/**
	 * Play or record from here; also before there is media: it begins by itself, with nothing
	 * lost, at the first frame after the stream has become active.
	 *
	 * Errors: TAPI_E_WRONG_STATE (no file named yet); files are opened now:
	 *         TAPI_E_INVALIDTERMINAL if one cannot be; MSP_IID_REASON says which and why.
	 */
	LONG (*start)(struct msp_terminal *terminal);
	LONG (*stop)(struct msp_terminal *terminal); /* back to the start; a recording is closed */
	LONG (*pause)(struct msp_terminal *terminal); /* start goes on from here */
	LONG (*state)(struct msp_terminal *terminal, DWORD *out); /* TERMINAL_MEDIA_STATE */
};

/* ITMediaPlayback, on file playback terminals: struct msp_media_playback. */
#define MSP_IID_MEDIA_PLAYBACK                                                                     \
	{                                                                                          \
		0x627e8ae6, 0xae4c, 0x4a69,                                                        \
		{                                                                                  \
			0xbb, 0x63, 0x2a, 0xd6, 0x25, 0x40, 0x4b, 0x77                             \
		}                                                                                  \
	}
struct msp_media_playback {
	/** Files played one after the other, without a gap. All are looked at now; nothing has
	 * changed if one cannot be played.
	 * Errors: TAPI_E_WRONG_STATE unless idle; TAPI_E_INVALIDTERMINAL, as by start. */
	LONG (*set_play_list)(struct msp_terminal *terminal, const char *const *files, DWORD count);
	LONG (*file)(struct msp_terminal *terminal, DWORD index, const char **out);
};

/* ITMediaRecord, on file recording terminals: struct msp_media_record. */
#define MSP_IID_MEDIA_RECORD                                                                       \
	{                                                                                          \
		0xf5dd4592, 0x5476, 0x4cc1,                                                        \
		{                                                                                  \
			0x9d, 0x4d, 0xfa, 0xd3, 0xee, 0xfe, 0x7d, 0xb2                             \
		}                                                                                  \
	}
struct msp_media_record {
	/** The file is made, or emptied, by start; whether it can be is looked at now.
	 * Errors: TAPI_E_WRONG_STATE unless idle; TAPI_E_INVALIDTERMINAL, as by start. */
	LONG (*set_file_name)(struct msp_terminal *terminal, const char *file);
	LONG (*file_name)(struct msp_terminal *terminal, const char **out);
};

/* ITBasicAudioTerminal, on every audio terminal: struct msp_basic_audio. */
#define MSP_IID_BASIC_AUDIO                                                                        \
	{                                                                                          \
		0xb1efc38d, 0x9355, 0x11d0,                                                        \
		{                                                                                  \
			0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd                             \
		}                                                                                  \
	}
struct msp_basic_audio {
	/** Units: 0 silent ... 65535 as it is. */
	LONG (*set_volume)(struct msp_terminal *terminal, LONG volume);
	LONG (*volume)(struct msp_terminal *terminal, LONG *out);
	/** Units: -100 left ... 100 right. Errors: TAPI_E_NOTSUPPORTED by mono terminals. */
	LONG (*set_balance)(struct msp_terminal *terminal, LONG balance);
	LONG (*balance)(struct msp_terminal *terminal, LONG *out);
};

/* Ours, on media stream terminals: the application is the microphone or the loudspeaker. */
#define MSP_IID_MEDIA_STREAM                                                                       \
	{                                                                                          \
		0x4f8230f8, 0x37f7, 0x4e04,                                                        \
		{                                                                                  \
			0x92, 0x5d, 0xb7, 0x05, 0xc6, 0xea, 0x82, 0xdf                             \
		}                                                                                  \
	}
struct msp_audio_format {
	DWORD rate; /* samples a second: 8000, 16000, 24000, 32000, 44100 or 48000 */
	DWORD channels; /* 1 or 2, interleaved */
}; /* samples are int16_t in the machine's byte order */
struct msp_media_stream {
	/** Errors: TAPI_E_NOFORMAT; TAPI_E_TERMINALINUSE while selected. Default 8000, 1. */
	LONG (*set_format)(struct msp_terminal *terminal, const struct msp_audio_format *format);
	LONG (*format)(struct msp_terminal *terminal, struct msp_audio_format *out);
	/**
	 * Give (capture) or take (render) up to `frames` frames, never waiting; the result is how
	 * many were, which may be 0, or a negative error. Room and backlog are 500 ms; what does
	 * not fit is the application's to offer again; what it does not read in time is lost,
	 * newest first.
	 *
	 * Errors: TAPI_E_INVALIDDIRECTION. Context: any one thread beside the others.
	 */
	LONG (*write)(struct msp_terminal *terminal, const int16_t *samples, DWORD frames);
	LONG (*read)(struct msp_terminal *terminal, int16_t *samples, DWORD frames);
	/** Frames that write would take, or that read would give, now. */
	LONG (*ready)(struct msp_terminal *terminal, DWORD *out);
};

/* Ours, on terminals that are devices of this machine (microphone, speakers, audio device). The
 * device is opened while the terminal is in use on a stream of a call whose media is agreed, not
 * while it rings, and closed about a second after. When it cannot be opened or goes away, an
 * ME_CALL_EVENT CALL_TERMINAL_FAIL tells it once, with CALL_CAUSE_BAD_DEVICE, and MSP_IID_REASON
 * says why; it is tried again, after 0.25 s at first, after 8 s at last. */
#define MSP_IID_AUDIO_DEVICE                                                                       \
	{                                                                                          \
		0x1ea2e8da, 0x93ee, 0x4d3f,                                                        \
		{                                                                                  \
			0x8d, 0x0b, 0x4a, 0x0f, 0x7c, 0x0a, 0x5e, 0x31                             \
		}                                                                                  \
	}
struct msp_audio_figures {
	DWORD running; /* 1: open and moving sound */
	DWORD rate, channels; /* of the device as it was last open; 0: never */
	DWORD latency_ms; /* sound between the device and the stream, now */
	LONG drift_ppm; /* how much faster than ours the device's clock is; corrected */
	DWORD failures; /* times that it could not be opened, or went away */
	uint64_t xruns; /* times that the device ran over (capture) or dry (render) */
	uint64_t gaps; /* times that silence was put in, or sound left out, beside those */
};
struct msp_audio_device {
	/**
	 * Which device: for the rtp MSP, the name of a PCM of ALSA, at first "default". May be
	 * called at any time; a call goes on with the new one.
	 *
	 * Errors: TAPI_E_NOTSUPPORTED by static terminals; TAPI_E_INVALIDTERMINAL no such name is
	 *         configured. Whether it can be opened turns out when it is in use.
	 */
	LONG (*set_device)(struct msp_terminal *terminal, const char *name);
	LONG (*device)(struct msp_terminal *terminal, const char **out);
	/** What is aimed at between the device and the stream: 20 to 500 ms, at first 50.
	 * Errors: TAPI_E_OPERATIONFAILED outside of that. */
	LONG (*set_latency)(struct msp_terminal *terminal, DWORD latency_ms);
	LONG (*figures)(struct msp_terminal *terminal, struct msp_audio_figures *out);
};

/* Ours, on tone terminals (capture): struct msp_tone. */
#define MSP_IID_TONE                                                                               \
	{                                                                                          \
		0x731980ba, 0x468d, 0x44a3,                                                        \
		{                                                                                  \
			0xbf, 0x93, 0x2e, 0xc5, 0x62, 0x49, 0xce, 0xe1                             \
		}                                                                                  \
	}
struct msp_tone_spec {
	DWORD frequency[4]; /* Hz, 0 = unused */
	DWORD on_ms, off_ms; /* cadence; off_ms 0 = steady */
	DWORD volume; /* of each frequency, 0 ... 65535 = full scale over their number */
};
struct msp_tone {
	/** Takes effect at once. Errors: TAPI_E_INVALTONE (4000 Hz or above, no frequency). */
	LONG (*set_tone)(struct msp_terminal *terminal, const struct msp_tone_spec *tone);
};

/* Ours, on any terminal: the words behind an error. An MSP writes nothing to the terminal of the
 * application, so this is how the application hears which file it was. */
#define MSP_IID_REASON                                                                             \
	{                                                                                          \
		0xd9f41278, 0x83b7, 0x4df1,                                                        \
		{                                                                                  \
			0xa3, 0x80, 0xab, 0xc4, 0x6a, 0xd3, 0xb0, 0x05                             \
		}                                                                                  \
	}
struct msp_reason {
	/** Why the last operation on the terminal, or its file after that, has failed; always
	 * NUL-terminated, "" if it has not. */
	void (*reason)(struct msp_terminal *terminal, char *text, size_t size);
};

/* Ours, on audio streams: mute and level. */
#define MSP_IID_STREAM_AUDIO                                                                       \
	{                                                                                          \
		0xef155e4d, 0x6576, 0x4966,                                                        \
		{                                                                                  \
			0x9b, 0x5c, 0x6a, 0x1b, 0x73, 0xe3, 0x73, 0xad                             \
		}                                                                                  \
	}
struct msp_stream_audio {
	LONG (*set_mute)(struct msp_stream *stream, DWORD mute);
	LONG (*mute)(struct msp_stream *stream, DWORD *out);
	/** Peak of the last 100 ms or so. Units: 0 ... 32768. */
	LONG (*level)(struct msp_stream *stream, DWORD *out);
};

/* Ours, on streams that are carried by RTP: struct msp_rtp_statistics. */
#define MSP_IID_RTP_STATISTICS                                                                     \
	{                                                                                          \
		0x02e0aab1, 0x511d, 0x4633,                                                        \
		{                                                                                  \
			0xb1, 0x65, 0x31, 0x8c, 0x99, 0x4f, 0x11, 0x6b                             \
		}                                                                                  \
	}
struct msp_rtp_figures {
	uint64_t packets, bytes; /* sent by a capture stream, taken from the peer by a render one */
	uint64_t lost, late, duplicate, stranger; /* stranger: wrong source, payload or garbage */
	uint64_t concealed_frames; /* 10 ms frames that had to be made up */
	DWORD jitter_us; /* RFC 3550, of what this end hears; capture: what the peer reported */
	DWORD round_trip_us; /* from RTCP; 0 until known */
	DWORD buffered_ms; /* what the jitter buffer holds back */
	DWORD ssrc; /* of the sender of this direction */
	char codec[16]; /* "PCMU" ..., "" before agreement */
	char local[64], remote[64]; /* "127.0.0.1:40002", "[::1]:40002" */
};
struct msp_rtp_statistics {
	LONG (*figures)(struct msp_stream *stream, struct msp_rtp_figures *out);
};

/* ITFormatControl, on audio streams: in which formats the sound may cross the network, and in which
 * it does. It is one wish for the call, whichever stream it is said to. TAPI's GUID for it is not
 * known here, so this one is ours. */
#define MSP_IID_FORMAT_CONTROL                                                                     \
	{                                                                                          \
		0x3d9a6f21, 0x5b0e, 0x4c63,                                                        \
		{                                                                                  \
			0x9f, 0x1c, 0xe2, 0x77, 0x0b, 0x58, 0xd4, 0x1e                             \
		}                                                                                  \
	}
struct msp_format {
	char codec[24]; /* "G722", as the names of set_preferred */
	DWORD clock; /* of timestamps, a second */
	DWORD rate, channels; /* of the sound: samples a second */
	DWORD bit_rate; /* of the sound alone, a second; what is aimed at if it varies */
	DWORD packet_ms; /* current, of what is sent: sound in each packet; else 0 */
	DWORD place; /* in the order of the call, 1 is the best; 0: not used by it */
};
struct msp_format_control {
	/** All that the MSP can, in an order that never changes. Errors: TAPI_E_NOITEMS. */
	LONG (*capability)(struct msp_stream *stream, DWORD index, struct msp_format *out);
	/**
	 * The formats that the call may use, best first: `names` with blanks between, "" for all
	 * that the provider allows, in its order. Those that the MSP or the provider does not
	 * know are skipped. Holds for what is offered and answered from now on; a call whose media
	 * is agreed is offered anew at once if that makes a difference. A peer that refuses that
	 * brings the wish of before back.
	 *
	 * Errors: TAPI_E_NOFORMAT none is left; nothing has changed then. What the provider allows is
	 *         known when it has first spoken of the call: if none is left then, there is no media.
	 */
	LONG (*set_preferred)(struct msp_stream *stream, const char *names);
	/** Borrowed until the next set_preferred. "": no wish. */
	LONG (*preferred)(struct msp_stream *stream, const char **names);
	/**
	 * What is sent (capture), or was last heard from the peer (render; before that, what it is
	 * sent).
	 *
	 * Errors: TAPI_E_NOITEMS before there is an agreement.
	 */
	LONG (*current)(struct msp_stream *stream, struct msp_format *out);
};

/* --- Classes -------------------------------------------------------------------------------- */

/* The rtp MSP, 37b33b44-0871-4d1f-8731-be144b281801: what a TSP whose media is RTP answers in
 * TSPI_lineMSPIdentify. Its language is in tapi-rtp-msp(7). */
#define MSP_CLSID_RTP                                                                              \
	{                                                                                          \
		0x37b33b44, 0x0871, 0x4d1f,                                                        \
		{                                                                                  \
			0x87, 0x31, 0xbe, 0x14, 0x4b, 0x28, 0x18, 0x01                             \
		}                                                                                  \
	}

/* Terminal classes: TAPI's own ... */
#define MSP_TERMINAL_MEDIA_STREAM                                                                  \
	{                                                                                          \
		0xe2f7aef7, 0x4971, 0x11d1,                                                        \
		{                                                                                  \
			0xa6, 0x71, 0x00, 0x60, 0x97, 0xc9, 0xa2, 0xe8                             \
		}                                                                                  \
	}
#define MSP_TERMINAL_FILE_RECORDING                                                                \
	{                                                                                          \
		0x521f3d06, 0xc3d0, 0x4511,                                                        \
		{                                                                                  \
			0x86, 0x17, 0x86, 0xb9, 0xa7, 0x83, 0xda, 0x77                             \
		}                                                                                  \
	}
#define MSP_TERMINAL_FILE_PLAYBACK                                                                 \
	{                                                                                          \
		0x0cb9914c, 0x79cd, 0x47dc,                                                        \
		{                                                                                  \
			0xad, 0xb0, 0x32, 0x7f, 0x47, 0xce, 0xfb, 0x20                             \
		}                                                                                  \
	}
#define MSP_TERMINAL_MICROPHONE                                                                    \
	{                                                                                          \
		0xaaf578ef, 0xdc70, 0x11d0,                                                        \
		{                                                                                  \
			0x8e, 0xd3, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f                             \
		}                                                                                  \
	}
#define MSP_TERMINAL_SPEAKERS                                                                      \
	{                                                                                          \
		0xaaf578f0, 0xdc70, 0x11d0,                                                        \
		{                                                                                  \
			0x8e, 0xd3, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f                             \
		}                                                                                  \
	}
/* ... and ours: silence (capture) or nothing (render), a tone, and a sound device of any name. */
#define MSP_TERMINAL_NULL                                                                          \
	{                                                                                          \
		0x5e85c804, 0x1374, 0x4b1e,                                                        \
		{                                                                                  \
			0xad, 0x2c, 0x5a, 0x6a, 0x95, 0x2b, 0x29, 0xed                             \
		}                                                                                  \
	}
#define MSP_TERMINAL_TONE                                                                          \
	{                                                                                          \
		0x6a820ecb, 0x4f2b, 0x4f91,                                                        \
		{                                                                                  \
			0x88, 0x0b, 0x3d, 0x78, 0x18, 0x84, 0x84, 0x15                             \
		}                                                                                  \
	}
#define MSP_TERMINAL_AUDIO_DEVICE                                                                  \
	{                                                                                          \
		0x5b1c8f0e, 0x0d6a, 0x4b57,                                                        \
		{                                                                                  \
			0xa1, 0x7e, 0x36, 0x1d, 0x92, 0xc4, 0x08, 0xf3                             \
		}                                                                                  \
	}

#ifdef __cplusplus
}
#endif

#endif
