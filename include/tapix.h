/* SPDX-License-Identifier: MIT */
/**
 * tapix.h - what tapisrvd adds to TAPI 2.x: where the daemon is, reasons behind error codes, dispatch
 * without a window, providers and their state, structures as JSON.
 *
 * The library writes nothing to the program's stderr, unless $TAPI_LOG is a level: error, warn,
 * info, debug or trace.
 *
 * Strings are UTF-8. Functions return 0 or a LINEERR_ code unless said otherwise, and may be
 * called from any thread.
 */
#ifndef TAPIX_H
#define TAPIX_H

#include <stddef.h>
#include <tapi.h>
#include <tapix_assist.h>
#include <tapix_numbers.h>

#ifdef __cplusplus
extern "C" {
#endif

/* For dwTimeout of lineGetMessage and phoneGetMessage: wait for ever. */
#ifndef INFINITE
#define INFINITE 0xFFFFFFFFu
#endif

#define TAPIX_LAYER_CLIENT   1 /* libtapi: bad argument, no connection */
#define TAPIX_LAYER_SERVER   2 /* tapisrvd: not allowed, wrong state, unknown object */
#define TAPIX_LAYER_PROVIDER 3 /* the TSP or its host */
#define TAPIX_LAYER_NETWORK  4 /* beyond the TSP: the switch, the far end */

/**
 * A message of ours: the connection to the daemon was lost, because it was started again or had
 * closed it, and is whole again. All handles that were valid are valid, with the same privileges,
 * but for those that are told of now: dwParam1 calls (LINE_CALLSTATE IDLE follows for each) and
 * dwParam2 lines or phones (LINE_CLOSE, PHONE_CLOSE). Behind them comes the state of each call
 * whose state has changed meanwhile; dwParam3 states at least have been missed. A request that
 * waited for its reply still gets it, once.
 *
 * hDevice and dwCallbackInstance are 0. It comes once for each loss, to applications of lines and of
 * phones and of every version. Objects of 3.x: TE_RESYNCHRONISED in tapi3.h.
 */
#define TAPIX_RESYNCHRONISED 0x00010000u

/** Why something failed or ended. Empty strings and layer 0: nothing is known. */
struct tapix_reason {
	DWORD layer;         /* TAPIX_LAYER_ */
	char  cause[128];    /* that layer's own word: "SIP 486", "NO DIALTONE", "timeout" */
	char  sentence[256]; /* for people */
};

/**
 * The socket of the daemon for connections made from now on, before any other choice
 * ($TAPISRVD_SOCKET, $XDG_RUNTIME_DIR/tapisrvd/socket, /run/tapisrvd/socket).
 *
 * Ownership: path is copied; NULL goes back to the other choices.
 * Errors:    LINEERR_INVALPARAM too long for a socket's name, LINEERR_NOMEM.
 */
TAPI_EXPORT LONG tapixSetSocket(LPCSTR path);

/**
 * The socket that a connection made now would use; lives until the next call in this thread.
 */
TAPI_EXPORT LPCSTR tapixGetSocket(void);

/**
 * How long the functions of this process wait for the daemon's answer to a connection or a request,
 * from now on; 30 seconds if it is not said. Asynchronous functions wait for their request to be
 * accepted, not for their LINE_REPLY.
 *
 * Units:     milliseconds; 0 as if it had never been said.
 */
TAPI_EXPORT void tapixSetAnswerLimit(DWORD ms);

/**
 * Why the last failed call of this thread failed. After a lineGetLineDevStatus that returned 0: why
 * the line is out of service, as its provider says ("SIP 403", "Forbidden"), or nothing.
 *
 * Context: overwritten by the next failing call, or lineGetLineDevStatus, in the same thread.
 */
TAPI_EXPORT void tapixGetLastReason(struct tapix_reason *reason);

/**
 * Why a request failed whose LINE_REPLY carried a negative code. Kept for the last 64 failed
 * requests of the application handle.
 *
 * Errors: LINEERR_INVALPARAM no such failed request, LINEERR_INVALAPPHANDLE.
 */
TAPI_EXPORT LONG tapixGetReplyReason(HLINEAPP hLineApp, DWORD dwRequestID,
	struct tapix_reason *reason);

/**
 * Why a call was disconnected or went idle, as the last LINE_CALLSTATE of it said.
 *
 * Errors: LINEERR_INVALCALLHANDLE.
 */
TAPI_EXPORT LONG tapixGetCallReason(HCALL hCall, struct tapix_reason *reason);

/**
 * What is known of a call's media, asynchronously: lines `Name: value` in a VARSTRING of
 * STRINGFORMAT_ASCII (codec, addresses, packets sent, received, lost, jitter and so on; the rtp MSP's
 * are in tapi-rtp-msp(7)). LINE_REPLY follows, then lpMedia is written. Any handle of the call will do.
 *
 * Ownership: lpMedia must stay valid until LINE_REPLY.
 * Units:     returns a request id, or a LINEERR_ code.
 * Errors:    LINEERR_INVALCALLHANDLE, LINEERR_STRUCTURETOOSMALL, LINEERR_OPERATIONUNAVAIL the provider cannot, or
 *            the call has no media (yet).
 */
TAPI_EXPORT LONG tapixGetCallMedia(HCALL hCall, LPVARSTRING lpMedia);

/**
 * The list of lineSetAppPriority for one media mode (0: for requests of assisted telephony): names of
 * programs with line ends between, the first has priority, in a VARSTRING of STRINGFORMAT_ASCII. No
 * application handle is needed; it is the list of the program's user.
 *
 * Errors: LINEERR_INVALMEDIAMODE, LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG tapixGetAppPriorities(DWORD dwMediaMode, LPVARSTRING lpNames);

/**
 * Why a line (or phone) was closed by the daemon (LINE_CLOSE); kept for the last 32 of the process. The
 * handle itself is no longer valid.
 *
 * Errors: LINEERR_INVALPARAM never closed by force.
 */
TAPI_EXPORT LONG tapixGetCloseReason(HLINE hLine, struct tapix_reason *reason);

/**
 * Dispatches what has arrived on an application's descriptor: runs its LINECALLBACK and the callbacks of 3.x
 * objects (tapi3.h) for each queued message, and feeds its MSPs. For applications that initialised
 * with a callback (hidden window), whose descriptor tapixGetEventHandle() gives. Never waits.
 *
 * Units:   returns the number of messages dispatched, or a LINEERR_ code. 0 also when another
 *          thread is dispatching for this application.
 * Errors:  LINEERR_INVALAPPHANDLE no application has this descriptor; LINEERR_OPERATIONFAILED the daemon is gone and did
 *          not come back, this is a callback, or the application takes its messages with
 *          lineGetMessage (tapixGetLastReason says which).
 * Context: not from inside a callback of the same application.
 */
TAPI_EXPORT LONG tapiDispatch(HANDLE hEvent);

/**
 * The descriptor to poll for reading (epoll or kqueue inside), in every notification mode. It is the
 * library's: only wait on it. It stays the same while the daemon goes and comes back, and is
 * closed by lineShutdown. -1: no such application.
 *
 * Context: readable means that dispatching has something to do, not always that a message comes out.
 */
TAPI_EXPORT HANDLE tapixGetEventHandle(HLINEAPP hLineApp);

/** One provider as tapisrvd sees it. */
struct tapix_provider {
	DWORD permanent_provider_id;
	char  name[64];
	char  path[256];
	char  state[16];     /* starting, running, failed, restarting, stopped */
	struct tapix_reason reason; /* why it failed or was started again */
	DWORD num_lines, num_phones;
	char  isolation[16]; /* process, thread */
	DWORD pid;           /* 0 in thread mode */
	DWORD restarts;
};

/**
 * The configured providers with their state.
 *
 * Ownership: providers is the caller's array of *count elements; *count becomes the number there is.
 * Units:     element_size is sizeof(struct tapix_provider) as the caller knows it: the struct may grow.
 * Errors:    LINEERR_STRUCTURETOOSMALL when *count was too small; the first elements are filled in.
 */
TAPI_EXPORT LONG tapixGetProviders(HLINEAPP hLineApp, struct tapix_provider *providers,
	size_t element_size, DWORD *count);

#define TAPIX_ROLE_NONE         0
#define TAPIX_ROLE_MONITOR      1
#define TAPIX_ROLE_OWN          2
#define TAPIX_ROLE_ADMINISTRATE 3

/** One rule of who may do what: tapisrvd.conf(5), [access]. */
struct tapix_access {
	char  who[64];      /* a user, "@group", "*" */
	DWORD role;         /* TAPIX_ROLE_ */
	char  devices[224]; /* "all", "line NAME", "phone NAME" */
	DWORD line;         /* of the daemon's configuration file; 0: not written there */
	DWORD unknown;      /* not 0: there is no such user or group, the rule gives nothing */
};

/**
 * Who may do what with a line or phone (TAPIX_OBJECT_LINE, TAPIX_OBJECT_PHONE and its device id), or
 * with all (TAPIX_OBJECT_NONE, 0). An administrator gets all rules that speak of it, others those of
 * them that speak of their user.
 *
 * Ownership: rules is the caller's array of *count elements; *count becomes the number there is.
 * Units:     element_size is sizeof(struct tapix_access) as the caller knows it: the struct may grow.
 * Out:       *role (may be NULL): TAPIX_ROLE_ of the program's own user on that device; without one
 *            it is ADMINISTRATE or NONE.
 * Errors:    LINEERR_NODEVICE, PHONEERR_NODEVICE no such device, or none that the user may see;
 *            LINEERR_STRUCTURETOOSMALL when *count was too small.
 */
TAPI_EXPORT LONG tapixGetAccess(HLINEAPP hLineApp, DWORD dwObjectType, DWORD dwObjectID,
	struct tapix_access *rules, size_t element_size, DWORD *count, DWORD *role);

/* What a key's value is. */
#define TAPIX_KEY_TEXT   1
#define TAPIX_KEY_NUMBER 2
#define TAPIX_KEY_CHOICE 3 /* one of the words in values */
#define TAPIX_KEY_YESNO  4
#define TAPIX_KEY_SECRET 5 /* its value is not told */
#define TAPIX_KEY_PATH   6 /* of a file on the daemon's machine */
#define TAPIX_KEY_LIST   7 /* several, as values says */

/* Where it comes from; 0: nowhere, it is as normal says. */
#define TAPIX_SOURCE_FILE 1 /* the daemon's configuration file */
#define TAPIX_SOURCE_SET  2 /* tapixSetProviderKeys */

/** One key of a provider's configuration. */
struct tapix_key {
	char  key[128];    /* "no_answer_ms", "alice/user"; "?/user": of a thing with any name */
	DWORD type;        /* TAPIX_KEY_, 0: the provider does not say */
	DWORD min, max;    /* of a number */
	char  values[128]; /* of a choice, with blanks between; else what it looks like */
	char  normal[128]; /* what counts when it is not given */
	char  help[256];
	char  value[512];  /* as it is given now; "" for secrets */
	DWORD source;      /* TAPIX_SOURCE_ */
};

/**
 * The keys of a provider, as it describes them itself, then those given that it does not describe. For
 * administrators: root, the daemon's own user, and whom its configuration lets administrate.
 *
 * Ownership: keys is the caller's array of *count elements; *count becomes the number there is.
 * Units:     element_size is sizeof(struct tapix_key) as the caller knows it: the struct may grow.
 * Errors:    LINEERR_INVALPARAM no such provider; LINEERR_STRUCTURETOOSMALL when *count was too small;
 *            LINEERR_OPERATIONFAILED not allowed.
 */
TAPI_EXPORT LONG tapixGetProviderKeys(HLINEAPP hLineApp, DWORD dwPermanentProviderID,
	struct tapix_key *keys, size_t element_size, DWORD *count);

struct tapix_setting {
	LPCSTR key;
	LPCSTR value; /* NULL: as if it had never been set; the file's value counts again */
};

#define TAPIX_EFFECT_NOW      1
#define TAPIX_EFFECT_AT_START 2 /* of the provider, the next time: tapixRestartProvider */

/**
 * Sets keys of a provider: in place of the dialog of lineConfigProvider, which gives it all of them anew. The
 * provider takes all of these together, or nothing changes. They stay over restarts, above those of the
 * configuration file. For administrators.
 *
 * Out:    *effect (may be NULL): TAPIX_EFFECT_.
 * Errors: LINEERR_INVALPARAM no such provider, a bad key or value: the reason's cause is the key;
 *         LINEERR_OPERATIONFAILED not allowed, or the provider is busy with another change.
 */
TAPI_EXPORT LONG tapixSetProviderKeys(HLINEAPP hLineApp, DWORD dwPermanentProviderID,
	const struct tapix_setting *settings, DWORD count, DWORD *effect);

/**
 * Ends a provider's host and starts another one; its lines are closed (LINE_CLOSE). Returns when the
 * provider runs again. For administrators.
 *
 * Errors: LINEERR_INVALPARAM no such provider; LINEERR_OPERATIONUNAVAIL it is on a thread of the daemon;
 *         LINEERR_OPERATIONFAILED not allowed, busy, or it does not start: the reason says why.
 */
TAPI_EXPORT LONG tapixRestartProvider(HLINEAPP hLineApp, DWORD dwPermanentProviderID);

/* What the second number of tapixProviderDialog and tapixGetAccess is. */
#define TAPIX_OBJECT_NONE     0
#define TAPIX_OBJECT_LINE     1 /* a line device id */
#define TAPIX_OBJECT_PHONE    2 /* a phone device id */
#define TAPIX_OBJECT_PROVIDER 3 /* a permanent provider id */

/**
 * A block of the provider's own to TSPI_providerGenericDialogData and back, as a UI library would send it. For
 * administrators.
 *
 * Ownership: params is the caller's, size bytes, and changed in place.
 * Errors:    LINEERR_INVALPARAM no such object, or the provider does not know the block;
 *            LINEERR_OPERATIONUNAVAIL it has no such function.
 */
TAPI_EXPORT LONG tapixProviderDialog(HLINEAPP hLineApp, DWORD dwObjectType, DWORD dwObjectID,
	void *params, DWORD size);

/**
 * A variably sized structure of tapi.h as one JSON object on one line: keys are the field names of proto/tapi.proto,
 * constants and sets of bits their TAPI names ("LINECALLSTATE_CONNECTED", ["LINEMEDIAMODE_INTERACTIVEVOICE"]).
 *
 * name:      the C name, "LINEDEVCAPS".
 * Ownership: the text is in buf, always NUL-terminated.
 * Units:     returns the length without NUL that the whole text has (>= size: cut), or a LINEERR_ code.
 * Errors:    LINEERR_INVALPARAM no such structure; LINEERR_STRUCTURETOOSMALL and so on from its content.
 */
TAPI_EXPORT LONG tapixStructToJson(LPCSTR name, const void *structure, char *buf, size_t size);

/**
 * Name of a constant: tapixConstantName("LINECALLSTATE_", 0x100) is "LINECALLSTATE_CONNECTED". group is the common
 * prefix, as in the group column of the fact table; "LINE_" and "PHONE_" are the messages, "LINEERR_", "PHONEERR_" errors.
 * Returns NULL for a value without a name. The string is static.
 */
TAPI_EXPORT LPCSTR tapixConstantName(LPCSTR group, DWORD value);

/**
 * A bit set as text: "LINEMEDIAMODE_AUTOMATEDVOICE|LINEMEDIAMODE_DATAMODEM"; unnamed bits as hex. Returns buf.
 */
TAPI_EXPORT LPCSTR tapixBitNames(LPCSTR group, DWORD bits, char *buf, size_t size);

#ifdef __cplusplus
}
#endif

#endif
