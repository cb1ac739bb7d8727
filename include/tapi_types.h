// SPDX-License-Identifier: MIT
/* tapi_types.h - scalars, handles, GUID and callbacks, as tapi.h's dialect says. */
#ifndef TAPI_TYPES_H
#define TAPI_TYPES_H

#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Calling conventions mean nothing here; old sources still write them. */
#ifndef CALLBACK
#define CALLBACK
#endif
#ifndef WINAPI
#define WINAPI
#endif
#ifndef TSPIAPI
#define TSPIAPI
#endif

/* Everything is built with hidden visibility; this marks what is exported. */
#ifndef TAPI_EXPORT
#if defined(__GNUC__)
#define TAPI_EXPORT __attribute__((visibility("default")))
#else
#define TAPI_EXPORT
#endif
#endif

/* The API version that a program asks for, if it does not define another one before including. It
 * hides nothing: all members of all versions are always there. */
#ifndef TAPI_CURRENT_VERSION
#define TAPI_CURRENT_VERSION 0x00030001u
#endif

/* Scalars. */
typedef uint8_t BYTE;
typedef uint16_t WORD;
typedef uint16_t WCHAR; /* in LINEREQMAKECALLW and LINEREQMEDIACALLW only */
typedef uint32_t DWORD;
typedef int32_t LONG;
typedef uintptr_t DWORD_PTR;
typedef uintptr_t WPARAM;
typedef intptr_t HANDLE; /* a file descriptor, or 0 */
typedef intptr_t HWND; /* 0 */
typedef intptr_t HICON; /* 0 */
typedef intptr_t HINSTANCE; /* 0 */
typedef int64_t CURRENCY; /* ten-thousandths */
typedef double DATE; /* days since the beginning of 1899-12-30 */

typedef void *LPVOID;
typedef char *LPSTR;
typedef const char *LPCSTR;
typedef DWORD *LPDWORD;
typedef HICON *LPHICON;

/* Handles: numbers that only this process understands; 0 is never one. */
typedef uint32_t HLINEAPP; /* a registration for lines */
typedef uint32_t HLINE; /* an open line */
typedef uint32_t HCALL; /* a call, with a privilege */
typedef uint32_t HPHONEAPP; /* a registration for phones */
typedef uint32_t HPHONE; /* an open phone */
typedef uint32_t HAGENT; /* an agent, the proxy's number */
typedef uint32_t HAGENTSESSION; /* a session, the proxy's number */

typedef HLINEAPP *LPHLINEAPP;
typedef HLINE *LPHLINE;
typedef HCALL *LPHCALL;
typedef HPHONEAPP *LPHPHONEAPP;
typedef HPHONE *LPHPHONE;
typedef HAGENT *LPHAGENT;
typedef HAGENTSESSION *LPHAGENTSESSION;

/** As Windows has it in memory; the text of Data1 to 3 is in the machine's byte order. */
typedef struct guid_tag {
	uint32_t Data1;
	uint16_t Data2;
	uint16_t Data3;
	uint8_t Data4[8];
} GUID, *LPGUID;

/** True if two GUIDs, given by pointer, are the same. */
#define IsEqualGUID(a, b) (!memcmp((a), (b), sizeof(GUID)))

/** A time in UTC. */
typedef struct systemtime_tag {
	WORD wYear;
	WORD wMonth; /* 1 is January */
	WORD wDayOfWeek; /* 0 is Sunday */
	WORD wDay;
	WORD wHour;
	WORD wMinute;
	WORD wSecond;
	WORD wMilliseconds;
} SYSTEMTIME;

/**
 * A program's procedure for messages in callback mode.
 *
 * Context: the thread that calls tapiDispatch(), and no other.
 */
typedef void(CALLBACK *LINECALLBACK)(DWORD hDevice, DWORD dwMessage, DWORD_PTR dwInstance,
		DWORD_PTR dwParam1, DWORD_PTR dwParam2, DWORD_PTR dwParam3);
typedef void(CALLBACK *PHONECALLBACK)(DWORD hDevice, DWORD dwMessage, DWORD_PTR dwInstance,
		DWORD_PTR dwParam1, DWORD_PTR dwParam2, DWORD_PTR dwParam3);

#ifdef __cplusplus
}
#endif

#endif
