// SPDX-License-Identifier: MIT
/* tapi.h - the telephony interface that programs call: TAPI 2.x, up to API version 3.1. This and
 * all headers beside it are for C11 and for C++, and need no other before them.
 *
 * This file has the rules that hold for all functions, and the list of what differs from Windows.
 * The rest is in the files that it includes, by noun: lines, calls, phones, dialling, agents.
 * tapix.h has what is ours and not TAPI's, tapi3.h the objects of TAPI 3.
 *
 * A first call: lineInitializeEx, lineNegotiateAPIVersion, lineOpen, lineMakeCall, then
 * lineGetMessage until LINE_REPLY and LINE_CALLSTATE say CONNECTED; lineDrop, lineDeallocateCall,
 * lineClose, lineShutdown.
 *
 * Calls are silent, and send no digits, until the program gives them their sound: after lineOpen,
 * tapi_line_media() of tapi3.h does that for all calls of the line; tapi_call_from_handle() and
 * tapi_call_play() or tapi_call_record() then play and record files.
 *
 *
 * RULES FOR ALL FUNCTIONS
 *
 * Results.   A function without "Reply" below returns 0 or a negative error. One with "Reply" is
 *            asynchronous: it returns a request id from 1 to 0x7FFFFFFF, or a negative error and
 *            nothing follows; each id gets exactly one LINE_REPLY or PHONE_REPLY with 0 or a
 *            negative error, before the first message on a handle that the request made.
 * Errors.    Besides those named, any function can return UNINITIALIZED, NOMEM, OPERATIONFAILED,
 *            RESOURCEUNAVAIL, INVALPOINTER, for each handle it takes INVALAPPHANDLE,
 *            INVALLINEHANDLE, INVALCALLHANDLE or INVALPHONEHANDLE (never existed, or no longer),
 *            NODEVICE for a device that is gone, and OPERATIONUNAVAIL for what the provider or
 *            this release does not serve. A structure shorter than the fixed part of its
 *            negotiated version is STRUCTURETOOSMALL; one with a part that leads out of it, a
 *            string that is not UTF-8 or too long, and a bit that has no name and no error of its
 *            own, are INVALPARAM. The reason behind an error is in tapix.h.
 * Owner.     A function so marked needs owner privilege on the call or phone: else NOTOWNER.
 * Ownership. What a function reads is copied before it returns. What an asynchronous function
 *            writes, it writes when the reply is delivered (the handle of a call that it makes
 *            also before, not valid yet): those pointers stay valid until then.
 * Context.   Any thread, several at once. Callbacks run only inside tapiDispatch(). No signals,
 *            no hidden threads but those of media; a child after fork() must initialise anew.
 * Messages.  They wait in the program's own memory until it takes them; one that leaves 65536 of
 *            them, or 64 MiB, is disconnected: its calls and lines end.
 * Waiting.   The first connection waits up to 1 s for a server that is just being started. While
 *            the server is away a function waits up to 2 s for it to come back, a request up to
 *            5 s for the provider's entry to return.
 *            lineAccept, lineAnswer and lineDrop do not wait for that while other messages wait for
 *            the program: what the provider returns as an error is then in LINE_REPLY.
 *
 * Variable-sized structures. The program sets dwTotalSize to the size of its buffer. What fits is
 * filled in, dwUsedSize says how much that is and dwNeededSize how much all of it would be. A part
 * that does not fit has size and offset 0; that is success. Parts are found at their Offset from
 * the beginning of the structure; the Size of a string counts its NUL. Nothing is written beyond
 * dwTotalSize.
 *
 *
 * THE POSIX DIALECT: everything that differs from TAPI on Windows
 *
 *  1. Strings are UTF-8 `char *`. There are no A and W functions, only the plain names; LPCWSTR and
 *     LPWSTR are LPCSTR and LPSTR, also at TSPI. WCHAR is 16 bits and lives only in
 *     LINEREQMAKECALLW and LINEREQMEDIACALLW, which nothing uses. Sizes of strings are bytes.
 *     STRINGFORMAT_ASCII, _DBCS and _UNICODE all mean UTF-8.
 *  2. DWORD is uint32_t, LONG int32_t, DWORD_PTR and WPARAM uintptr_t, CURRENCY int64_t, DATE
 *     double, on every machine.
 *  3. Handles are uint32_t, also on 64 bits. At TSPI, HDRV..., HTAPILINE, HTAPICALL, HTAPIPHONE and
 *     HPROVIDER are as wide as a pointer, HTAPIMSPLINE and HTAPIDIALOGINSTANCE are uint32_t.
 *  4. HANDLE, HWND, HICON and HINSTANCE are intptr_t. A HANDLE is a file descriptor or 0; the
 *     others are always 0: write 0, not NULL.
 *  5. CALLBACK, WINAPI and TSPIAPI are defined and empty. FAR, PASCAL, VOID and the like are not.
 *  6. `#pragma pack(4)` gives the sizes and offsets of 64-bit Windows, where tapi.h is packed to
 *     one byte; the AgentSpecific arm of LINEPROXYREQUEST alone needs one byte here, too. TSPI's
 *     own structures have the compiler's packing. The sizes hold where pointers have 64 bits.
 *  7. Constants are `#define`s, unsigned, because programs test them with `#ifdef`; error codes are
 *     LONG and negative, so that they compare with results without a cast.
 *  8. TAPI_CURRENT_VERSION hides nothing: structures always have the members of all versions, and
 *     the library gives each program what fits the version it negotiated.
 *  9. A pointer through which a function only reads is a pointer to const.
 * 10. No windows, icons or dialogs: lineConfigDialog, lineConfigDialogEdit, lineConfigProvider,
 *     lineGetIcon, lineTranslateDialog, phoneConfigDialog and phoneGetIcon return OPERATIONUNAVAIL,
 *     hwndOwner is ignored, TUISPI_ functions do not exist. Configuration is key and value.
 * 11. Messages. USEEVENT: Handles.hEvent is a descriptor to poll for reading, and lineGetMessage
 *     takes them. USEHIDDENWINDOW, lineInitialize and phoneInitialize: the callback runs inside
 *     tapiDispatch() of tapix.h. There are no completion ports.
 * 12. lineGetID and phoneGetID give a PCM name for the wave classes and an open descriptor for the
 *     comm classes; at TSPI the last argument is `int *descriptor` instead of a process.
 * 13. A program's name for hand-off and priorities is that of its executable file, without path.
 * 14. LINEDEVSTATE_REINIT of a provider is about its own devices: until all programs have closed
 *     them, opening them is LINEERR_REINIT; lineInitializeEx never is for that reason.
 * 15. TSPs are shared objects with configuration and reasons of their own: the end of tspi.h.
 */
#ifndef TAPI_H
#define TAPI_H

#include "tapi_types.h"
#include "tapi_message.h"
#include "tapi_error.h"
#include "tapi_line_const.h"
#include "tapi_line_struct.h"
#include "tapi_line.h"
#include "tapi_call_const.h"
#include "tapi_call_struct.h"
#include "tapi_call.h"
#include "tapi_phone_const.h"
#include "tapi_phone.h"
#include "tapi_dialing.h"
#include "tapi_agent_struct.h"
#include "tapi_agent.h"

#endif
