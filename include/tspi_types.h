// SPDX-License-Identifier: MIT
/* tspi_types.h - handles, callbacks, messages, constants and structures that only TSPs see.
 * tspi.h has the rules. */
#ifndef TSPI_TYPES_H
#define TSPI_TYPES_H

#include "tapi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A TSP is built with hidden visibility; the prototypes mark what it exports. */
#ifndef TSPI_EXPORT
#define TSPI_EXPORT TAPI_EXPORT
#endif

/* The TSP's handles: any value but 0; a pointer fits. */
typedef uintptr_t HDRVLINE;
typedef uintptr_t HDRVCALL;
typedef uintptr_t HDRVPHONE;
typedef uintptr_t HDRVMSPLINE;
typedef uintptr_t HDRVDIALOGINSTANCE;

typedef HDRVLINE *LPHDRVLINE;
typedef HDRVCALL *LPHDRVCALL;
typedef HDRVPHONE *LPHDRVPHONE;
typedef HDRVMSPLINE *LPHDRVMSPLINE;
typedef HDRVDIALOGINSTANCE *LPHDRVDIALOGINSTANCE;

/* The host's handles: the TSP keeps them and gives them back in events. */
typedef uintptr_t HTAPILINE;
typedef uintptr_t HTAPICALL;
typedef uintptr_t HTAPIPHONE;
typedef uintptr_t HPROVIDER;
typedef uint32_t HTAPIMSPLINE;
typedef uint32_t HTAPIDIALOGINSTANCE;

typedef HTAPILINE *LPHTAPILINE;
typedef HTAPICALL *LPHTAPICALL;
typedef HTAPIPHONE *LPHTAPIPHONE;
typedef HPROVIDER *LPHPROVIDER;
typedef HTAPIMSPLINE *LPHTAPIMSPLINE;
typedef HTAPIDIALOGINSTANCE *LPHTAPIDIALOGINSTANCE;

/* The number of an asynchronous request, 1 to 0x7FFFFFFF. */
typedef DWORD DRV_REQUESTID;

/**
 * An asynchronous request ended; exactly once for each that returned its id.
 *
 * Errors:  lResult is 0 or a negative LINEERR_ or PHONEERR_ code, never positive.
 * Context: any thread of the TSP, also from inside the request's own entry.
 */
typedef void(CALLBACK *ASYNC_COMPLETION)(DRV_REQUESTID dwRequestID, LONG lResult);

/**
 * Something happened on a line or call. Messages about a line have htCall 0.
 *
 * Ownership: what a parameter points to is copied before the return.
 * Context:   any thread of the TSP; it only queues, and a TSP thread waits while the queue is full.
 */
typedef void(CALLBACK *LINEEVENT)(HTAPILINE htLine, HTAPICALL htCall, DWORD dwMsg,
		DWORD_PTR dwParam1, DWORD_PTR dwParam2, DWORD_PTR dwParam3);

/** Something happened on a phone; as LINEEVENT. */
typedef void(CALLBACK *PHONEEVENT)(HTAPIPHONE htPhone, DWORD dwMsg, DWORD_PTR dwParam1,
		DWORD_PTR dwParam2, DWORD_PTR dwParam3);

/* Messages that only a TSP sends begin here; those of programs are in tapi_message.h. */
#define TSPI_MESSAGE_BASE                          500u

/* A call came to be without a request: the first event of it, LINE_CALLSTATE follows. htCall is 0.
 * A NULL written back means "not now": drop it or try later.
 * dwParam1: TSP's call handle (HDRVCALL).
 * dwParam2: pointer where server writes HTAPICALL, NULL on refusal.
 * dwParam3: unused.
 */
#define LINE_NEWCALL                               (TSPI_MESSAGE_BASE + 0u)

/* LINE_DEVSPECIFIC on a call.
 * dwParam1: device specific (the program gets LINE_DEVSPECIFIC).
 * dwParam2: device specific.
 * dwParam3: device specific.
 */
#define LINE_CALLDEVSPECIFIC                       (TSPI_MESSAGE_BASE + 1u)

/* LINE_DEVSPECIFICFEATURE on a call.
 * dwParam1: device specific (the program gets LINE_DEVSPECIFICFEATURE).
 * dwParam2: device specific.
 * dwParam3: device specific.
 */
#define LINE_CALLDEVSPECIFICFEATURE                (TSPI_MESSAGE_BASE + 2u)

/* Ask for a dialog; ignored here, there are none.
 * dwParam1: pointer to TUISPICREATEDIALOGINSTANCEPARAMS (htLine carries hProvider).
 * dwParam2 to 3: unused.
 */
#define LINE_CREATEDIALOGINSTANCE                  (TSPI_MESSAGE_BASE + 3u)

/* Data for a dialog; ignored here.
 * dwParam1: pointer to block, NULL closes (htLine carries htDlgInst).
 * dwParam2: block size in bytes.
 * dwParam3: unused.
 */
#define LINE_SENDDIALOGINSTANCEDATA                (TSPI_MESSAGE_BASE + 4u)

/* A block for an MSP; it is copied before the procedure returns, goes the same bytes in the same
 * order, and nobody between looks into it. htCall 0 when it is about no call.
 * dwParam1: htMSPLine of the target, 0 for all MSPs.
 * dwParam2: pointer to opaque buffer.
 * dwParam3: buffer size in bytes.
 */
#define LINE_SENDMSPDATA                           (TSPI_MESSAGE_BASE + 5u)

/* The quality of service of a call changed.
 * dwParam1: QOS_EVENT value.
 * dwParam2: media type of the affected stream.
 * dwParam3: unused.
 */
#define LINE_QOSINFO                               (TSPI_MESSAGE_BASE + 6u)

/* The key that a LINECALLQOSINFO begins with ("LQSK"). */
#define LINEQOSSTRUCT_KEY                          0x4C51534Bu

/* What a TSP asks of the host. NONREENTRANT: one call at a time; the host of this project always
 * does that. */
#define LINETSPIOPTION_NONREENTRANT                0x00000001u

/* Objects of dialogs; never seen here. */
#define TUISPIDLL_OBJECT_LINEID                    0x00000001u
#define TUISPIDLL_OBJECT_PHONEID                   0x00000002u
#define TUISPIDLL_OBJECT_PROVIDERID                0x00000003u
#define TUISPIDLL_OBJECT_DIALOGINSTANCE            0x00000004u

/* Objects with provider-specific interfaces (3.0). */
#define PRIVATEOBJECT_NONE                         0x00000001u
#define PRIVATEOBJECT_CALLID                       0x00000002u
#define PRIVATEOBJECT_LINE                         0x00000003u
#define PRIVATEOBJECT_CALL                         0x00000004u
#define PRIVATEOBJECT_PHONE                        0x00000005u
#define PRIVATEOBJECT_ADDRESS                      0x00000006u

/* What a LINECALLQOSINFO asks for. */
#define LINEQOSREQUESTTYPE_SERVICELEVEL            0x00000001u

/* How much the quality of service matters. */
#define LINEQOSSERVICELEVEL_NEEDED                 0x00000001u
#define LINEQOSSERVICELEVEL_IFAVAILABLE            0x00000002u
#define LINEQOSSERVICELEVEL_BESTEFFORT             0x00000003u

/* dwParam1 of LINE_QOSINFO. */
#define LINEEQOSINFO_NOQOS                         0x00000001u
#define LINEEQOSINFO_ADMISSIONFAILURE              0x00000002u
#define LINEEQOSINFO_POLICYFAILURE                 0x00000003u
#define LINEEQOSINFO_GENERICERROR                  0x00000004u

/* Structures, with the compiler's own packing. */

/** Asks for a dialog; never served here. */
typedef struct tuispicreatedialoginstanceparams_tag {
	DRV_REQUESTID dwRequestID;
	HDRVDIALOGINSTANCE hdDlgInst;
	HTAPIDIALOGINSTANCE htDlgInst;
	LPCSTR lpszUIDLLName;
	LPVOID lpParams;
	DWORD dwSize;
} TUISPICREATEDIALOGINSTANCEPARAMS, *LPTUISPICREATEDIALOGINSTANCEPARAMS;

/** One medium of LINECALLQOSINFO. */
typedef struct lineqosservicelevel_tag {
	DWORD dwMediaMode;
	DWORD dwQOSServiceLevel;
} LINEQOSSERVICELEVEL, *LPLINEQOSSERVICELEVEL;

struct linecallqosinfo_setqosservicelevel {
	DWORD dwNumServiceLevelEntries;
	LINEQOSSERVICELEVEL LineQOSServiceLevel[1];
};

/** Quality of service wished for a call; in the device-specific part of LINECALLPARAMS. */
typedef struct linecallqosinfo_tag {
	DWORD dwKey;
	DWORD dwTotalSize;
	DWORD dwQOSRequestType;
	union {
		struct linecallqosinfo_setqosservicelevel SetQOSServiceLevel;
	};
} LINECALLQOSINFO, *LPLINECALLQOSINFO;

#ifdef __cplusplus
}
#endif

#endif
