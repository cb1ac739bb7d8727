// SPDX-License-Identifier: MIT
/* tapi.h - the telephony interface that applications call (TAPI 2.x, up to API version 3.1):
 * types, constants, messages, structures and functions. */
#ifndef TAPI_H
#define TAPI_H

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

#ifndef TAPI_EXPORT
#if defined(__GNUC__)
#define TAPI_EXPORT __attribute__((visibility("default")))
#else
#define TAPI_EXPORT
#endif
#endif

/* What a program asks for in lineInitializeEx; it may define another one before including. */
#ifndef TAPI_CURRENT_VERSION
#define TAPI_CURRENT_VERSION 0x00030001u
#endif

/* Scalars. */
typedef uint8_t BYTE;
typedef uint16_t WORD;
typedef uint16_t WCHAR;
typedef uint32_t DWORD;
typedef int32_t LONG;
typedef uintptr_t DWORD_PTR;
typedef uintptr_t WPARAM;
typedef intptr_t HANDLE; /* a file descriptor, or 0 */
typedef intptr_t HWND;
typedef intptr_t HICON;
typedef intptr_t HINSTANCE;
typedef int64_t CURRENCY; /* ten-thousandths */
typedef double DATE;	  /* days since 1899-12-30 00:00 */

typedef void *LPVOID;
typedef char *LPSTR;
typedef const char *LPCSTR;
typedef DWORD *LPDWORD;
typedef HICON *LPHICON;

/* Handles: numbers of the library, never pointers; 0 is never one. */
typedef uint32_t HLINEAPP;
typedef uint32_t HLINE;
typedef uint32_t HCALL;
typedef uint32_t HPHONEAPP;
typedef uint32_t HPHONE;
typedef uint32_t HAGENT;
typedef uint32_t HAGENTSESSION;

typedef HLINEAPP *LPHLINEAPP;
typedef HLINE *LPHLINE;
typedef HCALL *LPHCALL;
typedef HPHONEAPP *LPHPHONEAPP;
typedef HPHONE *LPHPHONE;
typedef HAGENT *LPHAGENT;
typedef HAGENTSESSION *LPHAGENTSESSION;

typedef struct guid_tag {
	uint32_t Data1;
	uint16_t Data2;
	uint16_t Data3;
	uint8_t Data4[8];
} GUID, *LPGUID;

#define IsEqualGUID(a, b) (!memcmp((a), (b), sizeof(GUID)))

typedef struct systemtime_tag {
	WORD wYear;
	WORD wMonth; /* 1 = January */
	WORD wDayOfWeek; /* 0 = Sunday */
	WORD wDay;
	WORD wHour;
	WORD wMinute;
	WORD wSecond;
	WORD wMilliseconds;
} SYSTEMTIME;

/* Called from tapiDispatch() only, on the thread that calls it. */
typedef void(CALLBACK *LINECALLBACK)(DWORD hDevice, DWORD dwMessage, DWORD_PTR dwInstance,
		DWORD_PTR dwParam1, DWORD_PTR dwParam2, DWORD_PTR dwParam3);
typedef void(CALLBACK *PHONECALLBACK)(DWORD hDevice, DWORD dwMessage, DWORD_PTR dwInstance,
		DWORD_PTR dwParam1, DWORD_PTR dwParam2, DWORD_PTR dwParam3);

/*
 * Messages
 */

/* dwParam1: address id; dwParam2: LINEADDRESSSTATE_ bits that changed; dwParam3: unused. */
#define LINE_ADDRESSSTATE                          0u

/* dwParam1: LINECALLINFOSTATE_ bits that changed; dwParam2: unused; dwParam3: unused. */
#define LINE_CALLINFO                              1u

/* From the TSP: dwParam1: one LINECALLSTATE_ value; dwParam2: state mode (busy, connected,
 * dialtone, disconnect, offering, specialinfo); dwParam3: media modes of the call
 * (LINEMEDIAMODE_).
 * To the application: dwParam1: one LINECALLSTATE_ value; dwParam2: state mode; for CONFERENCED
 * the parent hConfCall or 0; dwParam3: 0, or new LINECALLPRIVILEGE_ of the receiver.
 */
#define LINE_CALLSTATE                             2u

/* dwParam1 to 3: unused. */
#define LINE_CLOSE                                 3u

/* dwParam1 to 3: device specific. */
#define LINE_DEVSPECIFIC                           4u

/* dwParam1 to 3: device specific. */
#define LINE_DEVSPECIFICFEATURE                    5u

/* From the TSP: dwParam1: one LINEGATHERTERM_ value; dwParam2: dwEndToEndID of the gather request;
 * dwParam3: tick count, ms (0 if none).
 * To the application: dwParam1: one LINEGATHERTERM_ value; dwParam2: unused; dwParam3: tick count,
 * ms (API 2.0 up).
 */
#define LINE_GATHERDIGITS                          6u

/* From the TSP: dwParam1: one LINEGENERATETERM_ value; dwParam2: dwEndToEndID of the generate
 * request; dwParam3: tick count, ms (0 if none).
 * To the application: dwParam1: one LINEGENERATETERM_ value; dwParam2: unused; dwParam3: tick
 * count, ms (API 2.0 up).
 */
#define LINE_GENERATE                              7u

/* dwParam1: LINEDEVSTATE_ bits that changed; dwParam2: RINGING: ring mode; REINIT: original
 * message id or 0; dwParam3: RINGING: ring count; REINIT: original dwParam1. */
#define LINE_LINEDEVSTATE                          8u

/* dwParam1: digit character in low byte; dwParam2: one LINEDIGITMODE_ value; dwParam3: tick count,
 * ms (API 2.0 up). */
#define LINE_MONITORDIGITS                         9u

/* dwParam1: one LINEMEDIAMODE_ value detected; dwParam2: unused; dwParam3: tick count, ms (API 2.0
 * up). */
#define LINE_MONITORMEDIA                          10u

/* From the TSP: dwParam1: dwAppSpecific tag of the detected tone; dwParam2: dwToneListID of the
 * tone list; dwParam3: tick count, ms (0 if none).
 * To the application: dwParam1: dwAppSpecific tag of the detected tone; dwParam2: unused;
 * dwParam3: tick count, ms (API 2.0 up).
 */
#define LINE_MONITORTONE                           11u

/* dwParam1: request id; dwParam2: 0 or negative LINEERR_ code; dwParam3: unused. */
#define LINE_REPLY                                 12u

/* dwParam1: one LINEREQUESTMODE_ value; dwParam2: DROP: requester window; otherwise unused;
 * dwParam3: DROP: wRequestID in low word; otherwise unused. */
#define LINE_REQUEST                               13u

/* dwParam1: button/lamp id (0-9, 10 star, 11 hash); dwParam2: PHONEBUTTONMODE_ value; dwParam3:
 * PHONEBUTTONSTATE_ value. */
#define PHONE_BUTTON                               14u

/* dwParam1 to 3: unused. */
#define PHONE_CLOSE                                15u

/* dwParam1 to 3: device specific. */
#define PHONE_DEVSPECIFIC                          16u

/* dwParam1: request id; dwParam2: 0 or negative PHONEERR_ code; dwParam3: unused. */
#define PHONE_REPLY                                17u

/* dwParam1: PHONESTATE_ bits that changed; dwParam2: detail: owners, monitors, lamp id, ring or
 * hookswitch mode; dwParam3: unused. */
#define PHONE_STATE                                18u

/* From the TSP: dwParam1: hProvider from TSPI_providerEnumDevices; dwParam2: TSP's temporary
 * device id; dwParam3: unused.
 * To the application: dwParam1: new line device id; dwParam2: unused; dwParam3: unused.
 */
#define LINE_CREATE                                19u

/* From the TSP: dwParam1: hProvider from TSPI_providerEnumDevices; dwParam2: TSP's temporary
 * device id; dwParam3: unused.
 * To the application: dwParam1: new phone device id; dwParam2: unused; dwParam3: unused.
 */
#define PHONE_CREATE                               20u

/* dwParam1: index of handler extension id in LINEAGENTCAPS; dwParam2: handler specific; dwParam3:
 * handler specific. */
#define LINE_AGENTSPECIFIC                         21u

/* dwParam1: address id of the agent; dwParam2: LINEAGENTSTATUS_ bits that changed; dwParam3: new
 * LINEAGENTSTATE_ if STATE bit, else 0. */
#define LINE_AGENTSTATUS                           22u

/* dwParam1: address id; dwParam2: new call handle (hCall); dwParam3: LINECALLPRIVILEGE_OWNER or
 * _MONITOR. */
#define LINE_APPNEWCALL                            23u

/* dwParam1: pointer to LINEPROXYREQUEST; dwParam2: reserved; dwParam3: reserved. */
#define LINE_PROXYREQUEST                          24u

/* dwParam1: id of the removed line device; dwParam2: reserved, 0; dwParam3: reserved, 0. */
#define LINE_REMOVE                                25u

/* dwParam1: id of the removed phone device; dwParam2: reserved, 0; dwParam3: reserved, 0. */
#define PHONE_REMOVE                               26u

/* dwParam1: agent session handle; dwParam2: LINEAGENTSESSIONSTATUS_ bits that changed; dwParam3:
 * new session state if STATE bit, else 0. */
#define LINE_AGENTSESSIONSTATUS                    27u

/* dwParam1: queue id; dwParam2: LINEQUEUESTATUS_ bits that changed; dwParam3: reserved, 0. */
#define LINE_QUEUESTATUS                           28u

/* dwParam1: agent handle; dwParam2: LINEAGENTSTATUSEX_ bits that changed; dwParam3: new
 * LINEAGENTSTATEEX_ if STATE bit, else 0. */
#define LINE_AGENTSTATUSEX                         29u

/* dwParam1: reserved, 0; dwParam2: LINEGROUPSTATUS_ bits that changed; dwParam3: reserved, 0. */
#define LINE_GROUPSTATUS                           30u

/* dwParam1: LINEPROXYSTATUS_ value; dwParam2: LINEPROXYREQUEST_ type for OPEN or CLOSE, else 0;
 * dwParam3: reserved, 0. */
#define LINE_PROXYSTATUS                           31u

/* dwParam1: LINECALLHUBTRACKING_ level of the new hub; dwParam2: unused; dwParam3: unused. */
#define LINE_APPNEWCALLHUB                         32u

/* dwParam1 to 3: reserved, 0. */
#define LINE_CALLHUBCLOSE                          33u

/* dwParam1 to 3: device specific. */
#define LINE_DEVSPECIFICEX                         34u

/*
 * Constants
 */

#define INITIALIZE_NEGOTIATION                     0xFFFFFFFFu
#define LINEMAPPER                                 0xFFFFFFFFu

#define LINEADDRCAPFLAGS_FWDNUMRINGS               0x00000001u
#define LINEADDRCAPFLAGS_PICKUPGROUPID             0x00000002u
#define LINEADDRCAPFLAGS_SECURE                    0x00000004u
#define LINEADDRCAPFLAGS_BLOCKIDDEFAULT            0x00000008u
#define LINEADDRCAPFLAGS_BLOCKIDOVERRIDE           0x00000010u
#define LINEADDRCAPFLAGS_DIALED                    0x00000020u
#define LINEADDRCAPFLAGS_ORIGOFFHOOK               0x00000040u
#define LINEADDRCAPFLAGS_DESTOFFHOOK               0x00000080u
#define LINEADDRCAPFLAGS_FWDCONSULT                0x00000100u
#define LINEADDRCAPFLAGS_SETUPCONFNULL             0x00000200u
#define LINEADDRCAPFLAGS_AUTORECONNECT             0x00000400u
#define LINEADDRCAPFLAGS_COMPLETIONID              0x00000800u
#define LINEADDRCAPFLAGS_TRANSFERHELD              0x00001000u
#define LINEADDRCAPFLAGS_TRANSFERMAKE              0x00002000u
#define LINEADDRCAPFLAGS_CONFERENCEHELD            0x00004000u
#define LINEADDRCAPFLAGS_CONFERENCEMAKE            0x00008000u
#define LINEADDRCAPFLAGS_PARTIALDIAL               0x00010000u
#define LINEADDRCAPFLAGS_FWDSTATUSVALID            0x00020000u
#define LINEADDRCAPFLAGS_FWDINTEXTADDR             0x00040000u
#define LINEADDRCAPFLAGS_FWDBUSYNAADDR             0x00080000u
#define LINEADDRCAPFLAGS_ACCEPTTOALERT             0x00100000u
#define LINEADDRCAPFLAGS_CONFDROP                  0x00200000u
#define LINEADDRCAPFLAGS_PICKUPCALLWAIT            0x00400000u
#define LINEADDRCAPFLAGS_PREDICTIVEDIALER          0x00800000u
#define LINEADDRCAPFLAGS_QUEUE                     0x01000000u
#define LINEADDRCAPFLAGS_ROUTEPOINT                0x02000000u
#define LINEADDRCAPFLAGS_HOLDMAKESNEW              0x04000000u
#define LINEADDRCAPFLAGS_NOINTERNALCALLS           0x08000000u
#define LINEADDRCAPFLAGS_NOEXTERNALCALLS           0x10000000u
#define LINEADDRCAPFLAGS_SETCALLINGID              0x20000000u
#define LINEADDRCAPFLAGS_ACDGROUP                  0x40000000u
#define LINEADDRCAPFLAGS_NOPSTNADDRESSTRANSLATION  0x80000000u

#define LINEADDRESSMODE_ADDRESSID                  0x00000001u
#define LINEADDRESSMODE_DIALABLEADDR               0x00000002u

#define LINEADDRESSSHARING_PRIVATE                 0x00000001u
#define LINEADDRESSSHARING_BRIDGEDEXCL             0x00000002u
#define LINEADDRESSSHARING_BRIDGEDNEW              0x00000004u
#define LINEADDRESSSHARING_BRIDGEDSHARED           0x00000008u
#define LINEADDRESSSHARING_MONITORED               0x00000010u

#define LINEADDRESSSTATE_OTHER                     0x00000001u
#define LINEADDRESSSTATE_DEVSPECIFIC               0x00000002u
#define LINEADDRESSSTATE_INUSEZERO                 0x00000004u
#define LINEADDRESSSTATE_INUSEONE                  0x00000008u
#define LINEADDRESSSTATE_INUSEMANY                 0x00000010u
#define LINEADDRESSSTATE_NUMCALLS                  0x00000020u
#define LINEADDRESSSTATE_FORWARD                   0x00000040u
#define LINEADDRESSSTATE_TERMINALS                 0x00000080u
#define LINEADDRESSSTATE_CAPSCHANGE                0x00000100u

#define LINEADDRESSTYPE_PHONENUMBER                0x00000001u
#define LINEADDRESSTYPE_SDP                        0x00000002u
#define LINEADDRESSTYPE_EMAILNAME                  0x00000004u
#define LINEADDRESSTYPE_DOMAINNAME                 0x00000008u
#define LINEADDRESSTYPE_IPADDRESS                  0x00000010u

#define LINEADDRFEATURE_FORWARD                    0x00000001u
#define LINEADDRFEATURE_MAKECALL                   0x00000002u
#define LINEADDRFEATURE_PICKUP                     0x00000004u
#define LINEADDRFEATURE_SETMEDIACONTROL            0x00000008u
#define LINEADDRFEATURE_SETTERMINAL                0x00000010u
#define LINEADDRFEATURE_SETUPCONF                  0x00000020u
#define LINEADDRFEATURE_UNCOMPLETECALL             0x00000040u
#define LINEADDRFEATURE_UNPARK                     0x00000080u
#define LINEADDRFEATURE_PICKUPHELD                 0x00000100u
#define LINEADDRFEATURE_PICKUPGROUP                0x00000200u
#define LINEADDRFEATURE_PICKUPDIRECT               0x00000400u
#define LINEADDRFEATURE_PICKUPWAITING              0x00000800u
#define LINEADDRFEATURE_FORWARDFWD                 0x00001000u
#define LINEADDRFEATURE_FORWARDDND                 0x00002000u

#define LINEAGENTFEATURE_SETAGENTGROUP             0x00000001u
#define LINEAGENTFEATURE_SETAGENTSTATE             0x00000002u
#define LINEAGENTFEATURE_SETAGENTACTIVITY          0x00000004u
#define LINEAGENTFEATURE_AGENTSPECIFIC             0x00000008u
#define LINEAGENTFEATURE_GETAGENTACTIVITYLIST      0x00000010u
#define LINEAGENTFEATURE_GETAGENTGROUP             0x00000020u

#define LINEAGENTSTATE_LOGGEDOFF                   0x00000001u
#define LINEAGENTSTATE_NOTREADY                    0x00000002u
#define LINEAGENTSTATE_READY                       0x00000004u
#define LINEAGENTSTATE_BUSYACD                     0x00000008u
#define LINEAGENTSTATE_BUSYINCOMING                0x00000010u
#define LINEAGENTSTATE_BUSYOUTBOUND                0x00000020u
#define LINEAGENTSTATE_BUSYOTHER                   0x00000040u
#define LINEAGENTSTATE_WORKINGAFTERCALL            0x00000080u
#define LINEAGENTSTATE_UNKNOWN                     0x00000100u
#define LINEAGENTSTATE_UNAVAIL                     0x00000200u

#define LINEAGENTSTATUS_GROUP                      0x00000001u
#define LINEAGENTSTATUS_STATE                      0x00000002u
#define LINEAGENTSTATUS_NEXTSTATE                  0x00000004u
#define LINEAGENTSTATUS_ACTIVITY                   0x00000008u
#define LINEAGENTSTATUS_ACTIVITYLIST               0x00000010u
#define LINEAGENTSTATUS_GROUPLIST                  0x00000020u
#define LINEAGENTSTATUS_CAPSCHANGE                 0x00000040u
#define LINEAGENTSTATUS_VALIDSTATES                0x00000080u
#define LINEAGENTSTATUS_VALIDNEXTSTATES            0x00000100u

#define LINEAGENTSTATEEX_NOTREADY                  0x00000001u
#define LINEAGENTSTATEEX_READY                     0x00000002u
#define LINEAGENTSTATEEX_BUSYACD                   0x00000004u
#define LINEAGENTSTATEEX_BUSYINCOMING              0x00000008u
#define LINEAGENTSTATEEX_BUSYOUTGOING              0x00000010u
#define LINEAGENTSTATEEX_UNKNOWN                   0x00000020u
#define LINEAGENTSTATEEX_RELEASED                  0x00000040u

#define LINEAGENTSTATUSEX_NEWAGENT                 0x00000001u
#define LINEAGENTSTATUSEX_STATE                    0x00000002u
#define LINEAGENTSTATUSEX_UPDATEINFO               0x00000004u

#define LINEAGENTSESSIONSTATE_NOTREADY             0x00000001u
#define LINEAGENTSESSIONSTATE_READY                0x00000002u
#define LINEAGENTSESSIONSTATE_BUSYONCALL           0x00000004u
#define LINEAGENTSESSIONSTATE_BUSYWRAPUP           0x00000008u
#define LINEAGENTSESSIONSTATE_ENDED                0x00000010u
#define LINEAGENTSESSIONSTATE_RELEASED             0x00000020u

#define LINEAGENTSESSIONSTATUS_NEWSESSION          0x00000001u
#define LINEAGENTSESSIONSTATUS_STATE               0x00000002u
#define LINEAGENTSESSIONSTATUS_UPDATEINFO          0x00000004u

#define LINEQUEUESTATUS_UPDATEINFO                 0x00000001u
#define LINEQUEUESTATUS_NEWQUEUE                   0x00000002u
#define LINEQUEUESTATUS_QUEUEREMOVED               0x00000004u

#define LINEGROUPSTATUS_NEWGROUP                   0x00000001u
#define LINEGROUPSTATUS_GROUPREMOVED               0x00000002u

#define LINEPROXYSTATUS_OPEN                       0x00000001u
#define LINEPROXYSTATUS_CLOSE                      0x00000002u
#define LINEPROXYSTATUS_ALLOPENFORACD              0x00000004u

#define LINEANSWERMODE_NONE                        0x00000001u
#define LINEANSWERMODE_DROP                        0x00000002u
#define LINEANSWERMODE_HOLD                        0x00000004u

#define LINEBEARERMODE_VOICE                       0x00000001u
#define LINEBEARERMODE_SPEECH                      0x00000002u
#define LINEBEARERMODE_MULTIUSE                    0x00000004u
#define LINEBEARERMODE_DATA                        0x00000008u
#define LINEBEARERMODE_ALTSPEECHDATA               0x00000010u
#define LINEBEARERMODE_NONCALLSIGNALING            0x00000020u
#define LINEBEARERMODE_PASSTHROUGH                 0x00000040u
#define LINEBEARERMODE_RESTRICTEDDATA              0x00000080u

#define LINEBUSYMODE_STATION                       0x00000001u
#define LINEBUSYMODE_TRUNK                         0x00000002u
#define LINEBUSYMODE_UNKNOWN                       0x00000004u
#define LINEBUSYMODE_UNAVAIL                       0x00000008u

#define LINECALLCOMPLCOND_BUSY                     0x00000001u
#define LINECALLCOMPLCOND_NOANSWER                 0x00000002u

#define LINECALLCOMPLMODE_CAMPON                   0x00000001u
#define LINECALLCOMPLMODE_CALLBACK                 0x00000002u
#define LINECALLCOMPLMODE_INTRUDE                  0x00000004u
#define LINECALLCOMPLMODE_MESSAGE                  0x00000008u

#define LINECALLFEATURE_ACCEPT                     0x00000001u
#define LINECALLFEATURE_ADDTOCONF                  0x00000002u
#define LINECALLFEATURE_ANSWER                     0x00000004u
#define LINECALLFEATURE_BLINDTRANSFER              0x00000008u
#define LINECALLFEATURE_COMPLETECALL               0x00000010u
#define LINECALLFEATURE_COMPLETETRANSF             0x00000020u
#define LINECALLFEATURE_DIAL                       0x00000040u
#define LINECALLFEATURE_DROP                       0x00000080u
#define LINECALLFEATURE_GATHERDIGITS               0x00000100u
#define LINECALLFEATURE_GENERATEDIGITS             0x00000200u
#define LINECALLFEATURE_GENERATETONE               0x00000400u
#define LINECALLFEATURE_HOLD                       0x00000800u
#define LINECALLFEATURE_MONITORDIGITS              0x00001000u
#define LINECALLFEATURE_MONITORMEDIA               0x00002000u
#define LINECALLFEATURE_MONITORTONES               0x00004000u
#define LINECALLFEATURE_PARK                       0x00008000u
#define LINECALLFEATURE_PREPAREADDCONF             0x00010000u
#define LINECALLFEATURE_REDIRECT                   0x00020000u
#define LINECALLFEATURE_REMOVEFROMCONF             0x00040000u
#define LINECALLFEATURE_SECURECALL                 0x00080000u
#define LINECALLFEATURE_SENDUSERUSER               0x00100000u
#define LINECALLFEATURE_SETCALLPARAMS              0x00200000u
#define LINECALLFEATURE_SETMEDIACONTROL            0x00400000u
#define LINECALLFEATURE_SETTERMINAL                0x00800000u
#define LINECALLFEATURE_SETUPCONF                  0x01000000u
#define LINECALLFEATURE_SETUPTRANSFER              0x02000000u
#define LINECALLFEATURE_SWAPHOLD                   0x04000000u
#define LINECALLFEATURE_UNHOLD                     0x08000000u
#define LINECALLFEATURE_RELEASEUSERUSERINFO        0x10000000u
#define LINECALLFEATURE_SETTREATMENT               0x20000000u
#define LINECALLFEATURE_SETQOS                     0x40000000u
#define LINECALLFEATURE_SETCALLDATA                0x80000000u

#define LINECALLFEATURE2_NOHOLDCONFERENCE          0x00000001u
#define LINECALLFEATURE2_ONESTEPTRANSFER           0x00000002u
#define LINECALLFEATURE2_COMPLCAMPON               0x00000004u
#define LINECALLFEATURE2_COMPLCALLBACK             0x00000008u
#define LINECALLFEATURE2_COMPLINTRUDE              0x00000010u
#define LINECALLFEATURE2_COMPLMESSAGE              0x00000020u
#define LINECALLFEATURE2_TRANSFERNORM              0x00000040u
#define LINECALLFEATURE2_TRANSFERCONF              0x00000080u
#define LINECALLFEATURE2_PARKDIRECT                0x00000100u
#define LINECALLFEATURE2_PARKNONDIRECT             0x00000200u

#define LINECALLHUBTRACKING_NONE                   0x00000000u
#define LINECALLHUBTRACKING_PROVIDERLEVEL          0x00000001u
#define LINECALLHUBTRACKING_ALLCALLS               0x00000002u

#define LINECALLINFOSTATE_OTHER                    0x00000001u
#define LINECALLINFOSTATE_DEVSPECIFIC              0x00000002u
#define LINECALLINFOSTATE_BEARERMODE               0x00000004u
#define LINECALLINFOSTATE_RATE                     0x00000008u
#define LINECALLINFOSTATE_MEDIAMODE                0x00000010u
#define LINECALLINFOSTATE_APPSPECIFIC              0x00000020u
#define LINECALLINFOSTATE_CALLID                   0x00000040u
#define LINECALLINFOSTATE_RELATEDCALLID            0x00000080u
#define LINECALLINFOSTATE_ORIGIN                   0x00000100u
#define LINECALLINFOSTATE_REASON                   0x00000200u
#define LINECALLINFOSTATE_COMPLETIONID             0x00000400u
#define LINECALLINFOSTATE_NUMOWNERINCR             0x00000800u
#define LINECALLINFOSTATE_NUMOWNERDECR             0x00001000u
#define LINECALLINFOSTATE_NUMMONITORS              0x00002000u
#define LINECALLINFOSTATE_TRUNK                    0x00004000u
#define LINECALLINFOSTATE_CALLERID                 0x00008000u
#define LINECALLINFOSTATE_CALLEDID                 0x00010000u
#define LINECALLINFOSTATE_CONNECTEDID              0x00020000u
#define LINECALLINFOSTATE_REDIRECTIONID            0x00040000u
#define LINECALLINFOSTATE_REDIRECTINGID            0x00080000u
#define LINECALLINFOSTATE_DISPLAY                  0x00100000u
#define LINECALLINFOSTATE_USERUSERINFO             0x00200000u
#define LINECALLINFOSTATE_HIGHLEVELCOMP            0x00400000u
#define LINECALLINFOSTATE_LOWLEVELCOMP             0x00800000u
#define LINECALLINFOSTATE_CHARGINGINFO             0x01000000u
#define LINECALLINFOSTATE_TERMINAL                 0x02000000u
#define LINECALLINFOSTATE_DIALPARAMS               0x04000000u
#define LINECALLINFOSTATE_MONITORMODES             0x08000000u
#define LINECALLINFOSTATE_TREATMENT                0x10000000u
#define LINECALLINFOSTATE_QOS                      0x20000000u
#define LINECALLINFOSTATE_CALLDATA                 0x40000000u

#define LINECALLORIGIN_OUTBOUND                    0x00000001u
#define LINECALLORIGIN_INTERNAL                    0x00000002u
#define LINECALLORIGIN_EXTERNAL                    0x00000004u
#define LINECALLORIGIN_UNKNOWN                     0x00000010u
#define LINECALLORIGIN_UNAVAIL                     0x00000020u
#define LINECALLORIGIN_CONFERENCE                  0x00000040u
#define LINECALLORIGIN_INBOUND                     0x00000080u

#define LINECALLPARAMFLAGS_SECURE                  0x00000001u
#define LINECALLPARAMFLAGS_IDLE                    0x00000002u
#define LINECALLPARAMFLAGS_BLOCKID                 0x00000004u
#define LINECALLPARAMFLAGS_ORIGOFFHOOK             0x00000008u
#define LINECALLPARAMFLAGS_DESTOFFHOOK             0x00000010u
#define LINECALLPARAMFLAGS_NOHOLDCONFERENCE        0x00000020u
#define LINECALLPARAMFLAGS_PREDICTIVEDIAL          0x00000040u
#define LINECALLPARAMFLAGS_ONESTEPTRANSFER         0x00000080u

#define LINECALLPARTYID_BLOCKED                    0x00000001u
#define LINECALLPARTYID_OUTOFAREA                  0x00000002u
#define LINECALLPARTYID_NAME                       0x00000004u
#define LINECALLPARTYID_ADDRESS                    0x00000008u
#define LINECALLPARTYID_PARTIAL                    0x00000010u
#define LINECALLPARTYID_UNKNOWN                    0x00000020u
#define LINECALLPARTYID_UNAVAIL                    0x00000040u

#define LINECALLPRIVILEGE_NONE                     0x00000001u
#define LINECALLPRIVILEGE_MONITOR                  0x00000002u
#define LINECALLPRIVILEGE_OWNER                    0x00000004u

#define LINECALLREASON_DIRECT                      0x00000001u
#define LINECALLREASON_FWDBUSY                     0x00000002u
#define LINECALLREASON_FWDNOANSWER                 0x00000004u
#define LINECALLREASON_FWDUNCOND                   0x00000008u
#define LINECALLREASON_PICKUP                      0x00000010u
#define LINECALLREASON_UNPARK                      0x00000020u
#define LINECALLREASON_REDIRECT                    0x00000040u
#define LINECALLREASON_CALLCOMPLETION              0x00000080u
#define LINECALLREASON_TRANSFER                    0x00000100u
#define LINECALLREASON_REMINDER                    0x00000200u
#define LINECALLREASON_UNKNOWN                     0x00000400u
#define LINECALLREASON_UNAVAIL                     0x00000800u
#define LINECALLREASON_INTRUDE                     0x00001000u
#define LINECALLREASON_PARKED                      0x00002000u
#define LINECALLREASON_CAMPEDON                    0x00004000u
#define LINECALLREASON_ROUTEREQUEST                0x00008000u

#define LINECALLSELECT_LINE                        0x00000001u
#define LINECALLSELECT_ADDRESS                     0x00000002u
#define LINECALLSELECT_CALL                        0x00000004u
#define LINECALLSELECT_DEVICEID                    0x00000008u
#define LINECALLSELECT_CALLID                      0x00000010u

#define LINECALLSTATE_IDLE                         0x00000001u
#define LINECALLSTATE_OFFERING                     0x00000002u
#define LINECALLSTATE_ACCEPTED                     0x00000004u
#define LINECALLSTATE_DIALTONE                     0x00000008u
#define LINECALLSTATE_DIALING                      0x00000010u
#define LINECALLSTATE_RINGBACK                     0x00000020u
#define LINECALLSTATE_BUSY                         0x00000040u
#define LINECALLSTATE_SPECIALINFO                  0x00000080u
#define LINECALLSTATE_CONNECTED                    0x00000100u
#define LINECALLSTATE_PROCEEDING                   0x00000200u
#define LINECALLSTATE_ONHOLD                       0x00000400u
#define LINECALLSTATE_CONFERENCED                  0x00000800u
#define LINECALLSTATE_ONHOLDPENDCONF               0x00001000u
#define LINECALLSTATE_ONHOLDPENDTRANSFER           0x00002000u
#define LINECALLSTATE_DISCONNECTED                 0x00004000u
#define LINECALLSTATE_UNKNOWN                      0x00008000u

#define LINECALLTREATMENT_SILENCE                  0x00000001u
#define LINECALLTREATMENT_RINGBACK                 0x00000002u
#define LINECALLTREATMENT_BUSY                     0x00000003u
#define LINECALLTREATMENT_MUSIC                    0x00000004u

#define LINECARDOPTION_PREDEFINED                  0x00000001u
#define LINECARDOPTION_HIDDEN                      0x00000002u

#define LINECONNECTEDMODE_ACTIVE                   0x00000001u
#define LINECONNECTEDMODE_INACTIVE                 0x00000002u
#define LINECONNECTEDMODE_ACTIVEHELD               0x00000004u
#define LINECONNECTEDMODE_INACTIVEHELD             0x00000008u
#define LINECONNECTEDMODE_CONFIRMED                0x00000010u

#define LINEDEVCAPFLAGS_CROSSADDRCONF              0x00000001u
#define LINEDEVCAPFLAGS_HIGHLEVCOMP                0x00000002u
#define LINEDEVCAPFLAGS_LOWLEVCOMP                 0x00000004u
#define LINEDEVCAPFLAGS_MEDIACONTROL               0x00000008u
#define LINEDEVCAPFLAGS_MULTIPLEADDR               0x00000010u
#define LINEDEVCAPFLAGS_CLOSEDROP                  0x00000020u
#define LINEDEVCAPFLAGS_DIALBILLING                0x00000040u
#define LINEDEVCAPFLAGS_DIALQUIET                  0x00000080u
#define LINEDEVCAPFLAGS_DIALDIALTONE               0x00000100u
#define LINEDEVCAPFLAGS_MSP                        0x00000200u
#define LINEDEVCAPFLAGS_CALLHUB                    0x00000400u
#define LINEDEVCAPFLAGS_CALLHUBTRACKING            0x00000800u
#define LINEDEVCAPFLAGS_PRIVATEOBJECTS             0x00001000u
#define LINEDEVCAPFLAGS_LOCAL                      0x00002000u

#define LINEDEVSTATE_OTHER                         0x00000001u
#define LINEDEVSTATE_RINGING                       0x00000002u
#define LINEDEVSTATE_CONNECTED                     0x00000004u
#define LINEDEVSTATE_DISCONNECTED                  0x00000008u
#define LINEDEVSTATE_MSGWAITON                     0x00000010u
#define LINEDEVSTATE_MSGWAITOFF                    0x00000020u
#define LINEDEVSTATE_INSERVICE                     0x00000040u
#define LINEDEVSTATE_OUTOFSERVICE                  0x00000080u
#define LINEDEVSTATE_MAINTENANCE                   0x00000100u
#define LINEDEVSTATE_OPEN                          0x00000200u
#define LINEDEVSTATE_CLOSE                         0x00000400u
#define LINEDEVSTATE_NUMCALLS                      0x00000800u
#define LINEDEVSTATE_NUMCOMPLETIONS                0x00001000u
#define LINEDEVSTATE_TERMINALS                     0x00002000u
#define LINEDEVSTATE_ROAMMODE                      0x00004000u
#define LINEDEVSTATE_BATTERY                       0x00008000u
#define LINEDEVSTATE_SIGNAL                        0x00010000u
#define LINEDEVSTATE_DEVSPECIFIC                   0x00020000u
#define LINEDEVSTATE_REINIT                        0x00040000u
#define LINEDEVSTATE_LOCK                          0x00080000u
#define LINEDEVSTATE_CAPSCHANGE                    0x00100000u
#define LINEDEVSTATE_CONFIGCHANGE                  0x00200000u
#define LINEDEVSTATE_TRANSLATECHANGE               0x00400000u
#define LINEDEVSTATE_COMPLCANCEL                   0x00800000u
#define LINEDEVSTATE_REMOVED                       0x01000000u

#define LINEDEVSTATUSFLAGS_CONNECTED               0x00000001u
#define LINEDEVSTATUSFLAGS_MSGWAIT                 0x00000002u
#define LINEDEVSTATUSFLAGS_INSERVICE               0x00000004u
#define LINEDEVSTATUSFLAGS_LOCKED                  0x00000008u

#define LINEDIALTONEMODE_NORMAL                    0x00000001u
#define LINEDIALTONEMODE_SPECIAL                   0x00000002u
#define LINEDIALTONEMODE_INTERNAL                  0x00000004u
#define LINEDIALTONEMODE_EXTERNAL                  0x00000008u
#define LINEDIALTONEMODE_UNKNOWN                   0x00000010u
#define LINEDIALTONEMODE_UNAVAIL                   0x00000020u

#define LINEDIGITMODE_PULSE                        0x00000001u
#define LINEDIGITMODE_DTMF                         0x00000002u
#define LINEDIGITMODE_DTMFEND                      0x00000004u

#define LINEDISCONNECTMODE_NORMAL                  0x00000001u
#define LINEDISCONNECTMODE_UNKNOWN                 0x00000002u
#define LINEDISCONNECTMODE_REJECT                  0x00000004u
#define LINEDISCONNECTMODE_PICKUP                  0x00000008u
#define LINEDISCONNECTMODE_FORWARDED               0x00000010u
#define LINEDISCONNECTMODE_BUSY                    0x00000020u
#define LINEDISCONNECTMODE_NOANSWER                0x00000040u
#define LINEDISCONNECTMODE_BADADDRESS              0x00000080u
#define LINEDISCONNECTMODE_UNREACHABLE             0x00000100u
#define LINEDISCONNECTMODE_CONGESTION              0x00000200u
#define LINEDISCONNECTMODE_INCOMPATIBLE            0x00000400u
#define LINEDISCONNECTMODE_UNAVAIL                 0x00000800u
#define LINEDISCONNECTMODE_NODIALTONE              0x00001000u
#define LINEDISCONNECTMODE_NUMBERCHANGED           0x00002000u
#define LINEDISCONNECTMODE_OUTOFORDER              0x00004000u
#define LINEDISCONNECTMODE_TEMPFAILURE             0x00008000u
#define LINEDISCONNECTMODE_QOSUNAVAIL              0x00010000u
#define LINEDISCONNECTMODE_BLOCKED                 0x00020000u
#define LINEDISCONNECTMODE_DONOTDISTURB            0x00040000u
#define LINEDISCONNECTMODE_CANCELLED               0x00080000u
#define LINEDISCONNECTMODE_DESTINATIONBARRED       0x00100000u
#define LINEDISCONNECTMODE_FDNRESTRICT             0x00200000u

#define LINEERR_ALLOCATED                          ((LONG)0x80000001u)
#define LINEERR_BADDEVICEID                        ((LONG)0x80000002u)
#define LINEERR_BEARERMODEUNAVAIL                  ((LONG)0x80000003u)
#define LINEERR_CALLUNAVAIL                        ((LONG)0x80000005u)
#define LINEERR_COMPLETIONOVERRUN                  ((LONG)0x80000006u)
#define LINEERR_CONFERENCEFULL                     ((LONG)0x80000007u)
#define LINEERR_DIALBILLING                        ((LONG)0x80000008u)
#define LINEERR_DIALDIALTONE                       ((LONG)0x80000009u)
#define LINEERR_DIALPROMPT                         ((LONG)0x8000000Au)
#define LINEERR_DIALQUIET                          ((LONG)0x8000000Bu)
#define LINEERR_INCOMPATIBLEAPIVERSION             ((LONG)0x8000000Cu)
#define LINEERR_INCOMPATIBLEEXTVERSION             ((LONG)0x8000000Du)
#define LINEERR_INIFILECORRUPT                     ((LONG)0x8000000Eu)
#define LINEERR_INUSE                              ((LONG)0x8000000Fu)
#define LINEERR_INVALADDRESS                       ((LONG)0x80000010u)
#define LINEERR_INVALADDRESSID                     ((LONG)0x80000011u)
#define LINEERR_INVALADDRESSMODE                   ((LONG)0x80000012u)
#define LINEERR_INVALADDRESSSTATE                  ((LONG)0x80000013u)
#define LINEERR_INVALAPPHANDLE                     ((LONG)0x80000014u)
#define LINEERR_INVALAPPNAME                       ((LONG)0x80000015u)
#define LINEERR_INVALBEARERMODE                    ((LONG)0x80000016u)
#define LINEERR_INVALCALLCOMPLMODE                 ((LONG)0x80000017u)
#define LINEERR_INVALCALLHANDLE                    ((LONG)0x80000018u)
#define LINEERR_INVALCALLPARAMS                    ((LONG)0x80000019u)
#define LINEERR_INVALCALLPRIVILEGE                 ((LONG)0x8000001Au)
#define LINEERR_INVALCALLSELECT                    ((LONG)0x8000001Bu)
#define LINEERR_INVALCALLSTATE                     ((LONG)0x8000001Cu)
#define LINEERR_INVALCALLSTATELIST                 ((LONG)0x8000001Du)
#define LINEERR_INVALCARD                          ((LONG)0x8000001Eu)
#define LINEERR_INVALCOMPLETIONID                  ((LONG)0x8000001Fu)
#define LINEERR_INVALCONFCALLHANDLE                ((LONG)0x80000020u)
#define LINEERR_INVALCONSULTCALLHANDLE             ((LONG)0x80000021u)
#define LINEERR_INVALCOUNTRYCODE                   ((LONG)0x80000022u)
#define LINEERR_INVALDEVICECLASS                   ((LONG)0x80000023u)
#define LINEERR_INVALDEVICEHANDLE                  ((LONG)0x80000024u)
#define LINEERR_INVALDIALPARAMS                    ((LONG)0x80000025u)
#define LINEERR_INVALDIGITLIST                     ((LONG)0x80000026u)
#define LINEERR_INVALDIGITMODE                     ((LONG)0x80000027u)
#define LINEERR_INVALDIGITS                        ((LONG)0x80000028u)
#define LINEERR_INVALEXTVERSION                    ((LONG)0x80000029u)
#define LINEERR_INVALGROUPID                       ((LONG)0x8000002Au)
#define LINEERR_INVALLINEHANDLE                    ((LONG)0x8000002Bu)
#define LINEERR_INVALLINESTATE                     ((LONG)0x8000002Cu)
#define LINEERR_INVALLOCATION                      ((LONG)0x8000002Du)
#define LINEERR_INVALMEDIALIST                     ((LONG)0x8000002Eu)
#define LINEERR_INVALMEDIAMODE                     ((LONG)0x8000002Fu)
#define LINEERR_INVALMESSAGEID                     ((LONG)0x80000030u)
#define LINEERR_INVALPARAM                         ((LONG)0x80000032u)
#define LINEERR_INVALPARKID                        ((LONG)0x80000033u)
#define LINEERR_INVALPARKMODE                      ((LONG)0x80000034u)
#define LINEERR_INVALPOINTER                       ((LONG)0x80000035u)
#define LINEERR_INVALPRIVSELECT                    ((LONG)0x80000036u)
#define LINEERR_INVALRATE                          ((LONG)0x80000037u)
#define LINEERR_INVALREQUESTMODE                   ((LONG)0x80000038u)
#define LINEERR_INVALTERMINALID                    ((LONG)0x80000039u)
#define LINEERR_INVALTERMINALMODE                  ((LONG)0x8000003Au)
#define LINEERR_INVALTIMEOUT                       ((LONG)0x8000003Bu)
#define LINEERR_INVALTONE                          ((LONG)0x8000003Cu)
#define LINEERR_INVALTONELIST                      ((LONG)0x8000003Du)
#define LINEERR_INVALTONEMODE                      ((LONG)0x8000003Eu)
#define LINEERR_INVALTRANSFERMODE                  ((LONG)0x8000003Fu)
#define LINEERR_LINEMAPPERFAILED                   ((LONG)0x80000040u)
#define LINEERR_NOCONFERENCE                       ((LONG)0x80000041u)
#define LINEERR_NODEVICE                           ((LONG)0x80000042u)
#define LINEERR_NODRIVER                           ((LONG)0x80000043u)
#define LINEERR_NOMEM                              ((LONG)0x80000044u)
#define LINEERR_NOREQUEST                          ((LONG)0x80000045u)
#define LINEERR_NOTOWNER                           ((LONG)0x80000046u)
#define LINEERR_NOTREGISTERED                      ((LONG)0x80000047u)
#define LINEERR_OPERATIONFAILED                    ((LONG)0x80000048u)
#define LINEERR_OPERATIONUNAVAIL                   ((LONG)0x80000049u)
#define LINEERR_RATEUNAVAIL                        ((LONG)0x8000004Au)
#define LINEERR_RESOURCEUNAVAIL                    ((LONG)0x8000004Bu)
#define LINEERR_REQUESTOVERRUN                     ((LONG)0x8000004Cu)
#define LINEERR_STRUCTURETOOSMALL                  ((LONG)0x8000004Du)
#define LINEERR_TARGETNOTFOUND                     ((LONG)0x8000004Eu)
#define LINEERR_TARGETSELF                         ((LONG)0x8000004Fu)
#define LINEERR_UNINITIALIZED                      ((LONG)0x80000050u)
#define LINEERR_USERUSERINFOTOOBIG                 ((LONG)0x80000051u)
#define LINEERR_REINIT                             ((LONG)0x80000052u)
#define LINEERR_ADDRESSBLOCKED                     ((LONG)0x80000053u)
#define LINEERR_BILLINGREJECTED                    ((LONG)0x80000054u)
#define LINEERR_INVALFEATURE                       ((LONG)0x80000055u)
#define LINEERR_NOMULTIPLEINSTANCE                 ((LONG)0x80000056u)
#define LINEERR_INVALAGENTID                       ((LONG)0x80000057u)
#define LINEERR_INVALAGENTGROUP                    ((LONG)0x80000058u)
#define LINEERR_INVALPASSWORD                      ((LONG)0x80000059u)
#define LINEERR_INVALAGENTSTATE                    ((LONG)0x8000005Au)
#define LINEERR_INVALAGENTACTIVITY                 ((LONG)0x8000005Bu)
#define LINEERR_DIALVOICEDETECT                    ((LONG)0x8000005Cu)
#define LINEERR_USERCANCELLED                      ((LONG)0x8000005Du)
#define LINEERR_INVALADDRESSTYPE                   ((LONG)0x8000005Eu)
#define LINEERR_INVALAGENTSESSIONSTATE             ((LONG)0x8000005Fu)
#define LINEERR_DISCONNECTED                       ((LONG)0x80000060u)
#define LINEERR_SERVICE_NOT_RUNNING                ((LONG)0x80000061u)

#define LINEFEATURE_DEVSPECIFIC                    0x00000001u
#define LINEFEATURE_DEVSPECIFICFEAT                0x00000002u
#define LINEFEATURE_FORWARD                        0x00000004u
#define LINEFEATURE_MAKECALL                       0x00000008u
#define LINEFEATURE_SETMEDIACONTROL                0x00000010u
#define LINEFEATURE_SETTERMINAL                    0x00000020u
#define LINEFEATURE_SETDEVSTATUS                   0x00000040u
#define LINEFEATURE_FORWARDFWD                     0x00000080u
#define LINEFEATURE_FORWARDDND                     0x00000100u

#define LINEFORWARDMODE_UNCOND                     0x00000001u
#define LINEFORWARDMODE_UNCONDINTERNAL             0x00000002u
#define LINEFORWARDMODE_UNCONDEXTERNAL             0x00000004u
#define LINEFORWARDMODE_UNCONDSPECIFIC             0x00000008u
#define LINEFORWARDMODE_BUSY                       0x00000010u
#define LINEFORWARDMODE_BUSYINTERNAL               0x00000020u
#define LINEFORWARDMODE_BUSYEXTERNAL               0x00000040u
#define LINEFORWARDMODE_BUSYSPECIFIC               0x00000080u
#define LINEFORWARDMODE_NOANSW                     0x00000100u
#define LINEFORWARDMODE_NOANSWINTERNAL             0x00000200u
#define LINEFORWARDMODE_NOANSWEXTERNAL             0x00000400u
#define LINEFORWARDMODE_NOANSWSPECIFIC             0x00000800u
#define LINEFORWARDMODE_BUSYNA                     0x00001000u
#define LINEFORWARDMODE_BUSYNAINTERNAL             0x00002000u
#define LINEFORWARDMODE_BUSYNAEXTERNAL             0x00004000u
#define LINEFORWARDMODE_BUSYNASPECIFIC             0x00008000u
#define LINEFORWARDMODE_UNKNOWN                    0x00010000u
#define LINEFORWARDMODE_UNAVAIL                    0x00020000u

#define LINEGATHERTERM_BUFFERFULL                  0x00000001u
#define LINEGATHERTERM_TERMDIGIT                   0x00000002u
#define LINEGATHERTERM_FIRSTTIMEOUT                0x00000004u
#define LINEGATHERTERM_INTERTIMEOUT                0x00000008u
#define LINEGATHERTERM_CANCEL                      0x00000010u

#define LINEGENERATETERM_DONE                      0x00000001u
#define LINEGENERATETERM_CANCEL                    0x00000002u

#define LINEINITIALIZEEXOPTION_USEHIDDENWINDOW     0x00000001u
#define LINEINITIALIZEEXOPTION_USEEVENT            0x00000002u
#define LINEINITIALIZEEXOPTION_USECOMPLETIONPORT   0x00000003u
#define LINEINITIALIZEEXOPTION_CALLHUBTRACKING     0x80000000u

#define LINELOCATIONOPTION_PULSEDIAL               0x00000001u

#define LINEMEDIACONTROL_NONE                      0x00000001u
#define LINEMEDIACONTROL_START                     0x00000002u
#define LINEMEDIACONTROL_RESET                     0x00000004u
#define LINEMEDIACONTROL_PAUSE                     0x00000008u
#define LINEMEDIACONTROL_RESUME                    0x00000010u
#define LINEMEDIACONTROL_RATEUP                    0x00000020u
#define LINEMEDIACONTROL_RATEDOWN                  0x00000040u
#define LINEMEDIACONTROL_RATENORMAL                0x00000080u
#define LINEMEDIACONTROL_VOLUMEUP                  0x00000100u
#define LINEMEDIACONTROL_VOLUMEDOWN                0x00000200u
#define LINEMEDIACONTROL_VOLUMENORMAL              0x00000400u

#define LINEMEDIAMODE_UNKNOWN                      0x00000002u
#define LINEMEDIAMODE_INTERACTIVEVOICE             0x00000004u
#define LINEMEDIAMODE_AUTOMATEDVOICE               0x00000008u
#define LINEMEDIAMODE_DATAMODEM                    0x00000010u
#define LINEMEDIAMODE_G3FAX                        0x00000020u
#define LINEMEDIAMODE_TDD                          0x00000040u
#define LINEMEDIAMODE_G4FAX                        0x00000080u
#define LINEMEDIAMODE_DIGITALDATA                  0x00000100u
#define LINEMEDIAMODE_TELETEX                      0x00000200u
#define LINEMEDIAMODE_VIDEOTEX                     0x00000400u
#define LINEMEDIAMODE_TELEX                        0x00000800u
#define LINEMEDIAMODE_MIXED                        0x00001000u
#define LINEMEDIAMODE_ADSI                         0x00002000u
#define LINEMEDIAMODE_VOICEVIEW                    0x00004000u
#define LINEMEDIAMODE_VIDEO                        0x00008000u
#define LAST_LINEMEDIAMODE                         0x00008000u

#define LINEOFFERINGMODE_ACTIVE                    0x00000001u
#define LINEOFFERINGMODE_INACTIVE                  0x00000002u

#define LINEOPENOPTION_SINGLEADDRESS               0x80000000u
#define LINEOPENOPTION_PROXY                       0x40000000u

#define LINEPARKMODE_DIRECTED                      0x00000001u
#define LINEPARKMODE_NONDIRECTED                   0x00000002u

#define LINEPROXYREQUEST_SETAGENTGROUP             0x00000001u
#define LINEPROXYREQUEST_SETAGENTSTATE             0x00000002u
#define LINEPROXYREQUEST_SETAGENTACTIVITY          0x00000003u
#define LINEPROXYREQUEST_GETAGENTCAPS              0x00000004u
#define LINEPROXYREQUEST_GETAGENTSTATUS            0x00000005u
#define LINEPROXYREQUEST_AGENTSPECIFIC             0x00000006u
#define LINEPROXYREQUEST_GETAGENTACTIVITYLIST      0x00000007u
#define LINEPROXYREQUEST_GETAGENTGROUPLIST         0x00000008u
#define LINEPROXYREQUEST_CREATEAGENT               0x00000009u
#define LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD 0x0000000Au
#define LINEPROXYREQUEST_GETAGENTINFO              0x0000000Bu
#define LINEPROXYREQUEST_CREATEAGENTSESSION        0x0000000Cu
#define LINEPROXYREQUEST_GETAGENTSESSIONLIST       0x0000000Du
#define LINEPROXYREQUEST_SETAGENTSESSIONSTATE      0x0000000Eu
#define LINEPROXYREQUEST_GETAGENTSESSIONINFO       0x0000000Fu
#define LINEPROXYREQUEST_GETQUEUELIST              0x00000010u
#define LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD 0x00000011u
#define LINEPROXYREQUEST_GETQUEUEINFO              0x00000012u
#define LINEPROXYREQUEST_GETGROUPLIST              0x00000013u
#define LINEPROXYREQUEST_SETAGENTSTATEEX           0x00000014u

#define LINEREMOVEFROMCONF_NONE                    0x00000001u
#define LINEREMOVEFROMCONF_LAST                    0x00000002u
#define LINEREMOVEFROMCONF_ANY                     0x00000003u

#define LINEREQUESTMODE_MAKECALL                   0x00000001u
#define LINEREQUESTMODE_MEDIACALL                  0x00000002u
#define LINEREQUESTMODE_DROP                       0x00000004u
#define LAST_LINEREQUESTMODE                       0x00000002u

#define LINEROAMMODE_UNKNOWN                       0x00000001u
#define LINEROAMMODE_UNAVAIL                       0x00000002u
#define LINEROAMMODE_HOME                          0x00000004u
#define LINEROAMMODE_ROAMA                         0x00000008u
#define LINEROAMMODE_ROAMB                         0x00000010u

#define LINESPECIALINFO_NOCIRCUIT                  0x00000001u
#define LINESPECIALINFO_CUSTIRREG                  0x00000002u
#define LINESPECIALINFO_REORDER                    0x00000004u
#define LINESPECIALINFO_UNKNOWN                    0x00000008u
#define LINESPECIALINFO_UNAVAIL                    0x00000010u

#define LINETERMDEV_PHONE                          0x00000001u
#define LINETERMDEV_HEADSET                        0x00000002u
#define LINETERMDEV_SPEAKER                        0x00000004u

#define LINETERMMODE_BUTTONS                       0x00000001u
#define LINETERMMODE_LAMPS                         0x00000002u
#define LINETERMMODE_DISPLAY                       0x00000004u
#define LINETERMMODE_RINGER                        0x00000008u
#define LINETERMMODE_HOOKSWITCH                    0x00000010u
#define LINETERMMODE_MEDIATOLINE                   0x00000020u
#define LINETERMMODE_MEDIAFROMLINE                 0x00000040u
#define LINETERMMODE_MEDIABIDIRECT                 0x00000080u

#define LINETERMSHARING_PRIVATE                    0x00000001u
#define LINETERMSHARING_SHAREDEXCL                 0x00000002u
#define LINETERMSHARING_SHAREDCONF                 0x00000004u

#define LINETOLLLISTOPTION_ADD                     0x00000001u
#define LINETOLLLISTOPTION_REMOVE                  0x00000002u

#define LINETONEMODE_CUSTOM                        0x00000001u
#define LINETONEMODE_RINGBACK                      0x00000002u
#define LINETONEMODE_BUSY                          0x00000004u
#define LINETONEMODE_BEEP                          0x00000008u
#define LINETONEMODE_BILLING                       0x00000010u

#define LINETRANSFERMODE_TRANSFER                  0x00000001u
#define LINETRANSFERMODE_CONFERENCE                0x00000002u

#define LINETRANSLATEOPTION_CARDOVERRIDE           0x00000001u
#define LINETRANSLATEOPTION_CANCELCALLWAITING      0x00000002u
#define LINETRANSLATEOPTION_FORCELOCAL             0x00000004u
#define LINETRANSLATEOPTION_FORCELD                0x00000008u

#define LINETRANSLATERESULT_CANONICAL              0x00000001u
#define LINETRANSLATERESULT_INTERNATIONAL          0x00000002u
#define LINETRANSLATERESULT_LONGDISTANCE           0x00000004u
#define LINETRANSLATERESULT_LOCAL                  0x00000008u
#define LINETRANSLATERESULT_INTOLLLIST             0x00000010u
#define LINETRANSLATERESULT_NOTINTOLLLIST          0x00000020u
#define LINETRANSLATERESULT_DIALBILLING            0x00000040u
#define LINETRANSLATERESULT_DIALQUIET              0x00000080u
#define LINETRANSLATERESULT_DIALDIALTONE           0x00000100u
#define LINETRANSLATERESULT_DIALPROMPT             0x00000200u
#define LINETRANSLATERESULT_VOICEDETECT            0x00000400u
#define LINETRANSLATERESULT_NOTRANSLATION          0x00000800u

#define PHONEBUTTONFUNCTION_UNKNOWN                0x00000000u
#define PHONEBUTTONFUNCTION_CONFERENCE             0x00000001u
#define PHONEBUTTONFUNCTION_TRANSFER               0x00000002u
#define PHONEBUTTONFUNCTION_DROP                   0x00000003u
#define PHONEBUTTONFUNCTION_HOLD                   0x00000004u
#define PHONEBUTTONFUNCTION_RECALL                 0x00000005u
#define PHONEBUTTONFUNCTION_DISCONNECT             0x00000006u
#define PHONEBUTTONFUNCTION_CONNECT                0x00000007u
#define PHONEBUTTONFUNCTION_MSGWAITON              0x00000008u
#define PHONEBUTTONFUNCTION_MSGWAITOFF             0x00000009u
#define PHONEBUTTONFUNCTION_SELECTRING             0x0000000Au
#define PHONEBUTTONFUNCTION_ABBREVDIAL             0x0000000Bu
#define PHONEBUTTONFUNCTION_FORWARD                0x0000000Cu
#define PHONEBUTTONFUNCTION_PICKUP                 0x0000000Du
#define PHONEBUTTONFUNCTION_RINGAGAIN              0x0000000Eu
#define PHONEBUTTONFUNCTION_PARK                   0x0000000Fu
#define PHONEBUTTONFUNCTION_REJECT                 0x00000010u
#define PHONEBUTTONFUNCTION_REDIRECT               0x00000011u
#define PHONEBUTTONFUNCTION_MUTE                   0x00000012u
#define PHONEBUTTONFUNCTION_VOLUMEUP               0x00000013u
#define PHONEBUTTONFUNCTION_VOLUMEDOWN             0x00000014u
#define PHONEBUTTONFUNCTION_SPEAKERON              0x00000015u
#define PHONEBUTTONFUNCTION_SPEAKEROFF             0x00000016u
#define PHONEBUTTONFUNCTION_FLASH                  0x00000017u
#define PHONEBUTTONFUNCTION_DATAON                 0x00000018u
#define PHONEBUTTONFUNCTION_DATAOFF                0x00000019u
#define PHONEBUTTONFUNCTION_DONOTDISTURB           0x0000001Au
#define PHONEBUTTONFUNCTION_INTERCOM               0x0000001Bu
#define PHONEBUTTONFUNCTION_BRIDGEDAPP             0x0000001Cu
#define PHONEBUTTONFUNCTION_BUSY                   0x0000001Du
#define PHONEBUTTONFUNCTION_CALLAPP                0x0000001Eu
#define PHONEBUTTONFUNCTION_DATETIME               0x0000001Fu
#define PHONEBUTTONFUNCTION_DIRECTORY              0x00000020u
#define PHONEBUTTONFUNCTION_COVER                  0x00000021u
#define PHONEBUTTONFUNCTION_CALLID                 0x00000022u
#define PHONEBUTTONFUNCTION_LASTNUM                0x00000023u
#define PHONEBUTTONFUNCTION_NIGHTSRV               0x00000024u
#define PHONEBUTTONFUNCTION_SENDCALLS              0x00000025u
#define PHONEBUTTONFUNCTION_MSGINDICATOR           0x00000026u
#define PHONEBUTTONFUNCTION_REPDIAL                0x00000027u
#define PHONEBUTTONFUNCTION_SETREPDIAL             0x00000028u
#define PHONEBUTTONFUNCTION_SYSTEMSPEED            0x00000029u
#define PHONEBUTTONFUNCTION_STATIONSPEED           0x0000002Au
#define PHONEBUTTONFUNCTION_CAMPON                 0x0000002Bu
#define PHONEBUTTONFUNCTION_SAVEREPEAT             0x0000002Cu
#define PHONEBUTTONFUNCTION_QUEUECALL              0x0000002Du
#define PHONEBUTTONFUNCTION_NONE                   0x0000002Eu
#define PHONEBUTTONFUNCTION_SEND                   0x0000002Fu

#define PHONEBUTTONMODE_DUMMY                      0x00000001u
#define PHONEBUTTONMODE_CALL                       0x00000002u
#define PHONEBUTTONMODE_FEATURE                    0x00000004u
#define PHONEBUTTONMODE_KEYPAD                     0x00000008u
#define PHONEBUTTONMODE_LOCAL                      0x00000010u
#define PHONEBUTTONMODE_DISPLAY                    0x00000020u

#define PHONEBUTTONSTATE_UP                        0x00000001u
#define PHONEBUTTONSTATE_DOWN                      0x00000002u
#define PHONEBUTTONSTATE_UNKNOWN                   0x00000004u
#define PHONEBUTTONSTATE_UNAVAIL                   0x00000008u

#define PHONEERR_ALLOCATED                         ((LONG)0x90000001u)
#define PHONEERR_BADDEVICEID                       ((LONG)0x90000002u)
#define PHONEERR_INCOMPATIBLEAPIVERSION            ((LONG)0x90000003u)
#define PHONEERR_INCOMPATIBLEEXTVERSION            ((LONG)0x90000004u)
#define PHONEERR_INIFILECORRUPT                    ((LONG)0x90000005u)
#define PHONEERR_INUSE                             ((LONG)0x90000006u)
#define PHONEERR_INVALAPPHANDLE                    ((LONG)0x90000007u)
#define PHONEERR_INVALAPPNAME                      ((LONG)0x90000008u)
#define PHONEERR_INVALBUTTONLAMPID                 ((LONG)0x90000009u)
#define PHONEERR_INVALBUTTONMODE                   ((LONG)0x9000000Au)
#define PHONEERR_INVALBUTTONSTATE                  ((LONG)0x9000000Bu)
#define PHONEERR_INVALDATAID                       ((LONG)0x9000000Cu)
#define PHONEERR_INVALDEVICECLASS                  ((LONG)0x9000000Du)
#define PHONEERR_INVALEXTVERSION                   ((LONG)0x9000000Eu)
#define PHONEERR_INVALHOOKSWITCHDEV                ((LONG)0x9000000Fu)
#define PHONEERR_INVALHOOKSWITCHMODE               ((LONG)0x90000010u)
#define PHONEERR_INVALLAMPMODE                     ((LONG)0x90000011u)
#define PHONEERR_INVALPARAM                        ((LONG)0x90000012u)
#define PHONEERR_INVALPHONEHANDLE                  ((LONG)0x90000013u)
#define PHONEERR_INVALPHONESTATE                   ((LONG)0x90000014u)
#define PHONEERR_INVALPOINTER                      ((LONG)0x90000015u)
#define PHONEERR_INVALPRIVILEGE                    ((LONG)0x90000016u)
#define PHONEERR_INVALRINGMODE                     ((LONG)0x90000017u)
#define PHONEERR_NODEVICE                          ((LONG)0x90000018u)
#define PHONEERR_NODRIVER                          ((LONG)0x90000019u)
#define PHONEERR_NOMEM                             ((LONG)0x9000001Au)
#define PHONEERR_NOTOWNER                          ((LONG)0x9000001Bu)
#define PHONEERR_OPERATIONFAILED                   ((LONG)0x9000001Cu)
#define PHONEERR_OPERATIONUNAVAIL                  ((LONG)0x9000001Du)
#define PHONEERR_RESOURCEUNAVAIL                   ((LONG)0x9000001Fu)
#define PHONEERR_REQUESTOVERRUN                    ((LONG)0x90000020u)
#define PHONEERR_STRUCTURETOOSMALL                 ((LONG)0x90000021u)
#define PHONEERR_UNINITIALIZED                     ((LONG)0x90000022u)
#define PHONEERR_REINIT                            ((LONG)0x90000023u)
#define PHONEERR_DISCONNECTED                      ((LONG)0x90000024u)
#define PHONEERR_SERVICE_NOT_RUNNING               ((LONG)0x90000025u)

#define PHONEFEATURE_GETBUTTONINFO                 0x00000001u
#define PHONEFEATURE_GETDATA                       0x00000002u
#define PHONEFEATURE_GETDISPLAY                    0x00000004u
#define PHONEFEATURE_GETGAINHANDSET                0x00000008u
#define PHONEFEATURE_GETGAINSPEAKER                0x00000010u
#define PHONEFEATURE_GETGAINHEADSET                0x00000020u
#define PHONEFEATURE_GETHOOKSWITCHHANDSET          0x00000040u
#define PHONEFEATURE_GETHOOKSWITCHSPEAKER          0x00000080u
#define PHONEFEATURE_GETHOOKSWITCHHEADSET          0x00000100u
#define PHONEFEATURE_GETLAMP                       0x00000200u
#define PHONEFEATURE_GETRING                       0x00000400u
#define PHONEFEATURE_GETVOLUMEHANDSET              0x00000800u
#define PHONEFEATURE_GETVOLUMESPEAKER              0x00001000u
#define PHONEFEATURE_GETVOLUMEHEADSET              0x00002000u
#define PHONEFEATURE_SETBUTTONINFO                 0x00004000u
#define PHONEFEATURE_SETDATA                       0x00008000u
#define PHONEFEATURE_SETDISPLAY                    0x00010000u
#define PHONEFEATURE_SETGAINHANDSET                0x00020000u
#define PHONEFEATURE_SETGAINSPEAKER                0x00040000u
#define PHONEFEATURE_SETGAINHEADSET                0x00080000u
#define PHONEFEATURE_SETHOOKSWITCHHANDSET          0x00100000u
#define PHONEFEATURE_SETHOOKSWITCHSPEAKER          0x00200000u
#define PHONEFEATURE_SETHOOKSWITCHHEADSET          0x00400000u
#define PHONEFEATURE_SETLAMP                       0x00800000u
#define PHONEFEATURE_SETRING                       0x01000000u
#define PHONEFEATURE_SETVOLUMEHANDSET              0x02000000u
#define PHONEFEATURE_SETVOLUMESPEAKER              0x04000000u
#define PHONEFEATURE_SETVOLUMEHEADSET              0x08000000u
#define PHONEFEATURE_GENERICPHONE                  0x10000000u

#define PHONEHOOKSWITCHDEV_HANDSET                 0x00000001u
#define PHONEHOOKSWITCHDEV_SPEAKER                 0x00000002u
#define PHONEHOOKSWITCHDEV_HEADSET                 0x00000004u

#define PHONEHOOKSWITCHMODE_ONHOOK                 0x00000001u
#define PHONEHOOKSWITCHMODE_MIC                    0x00000002u
#define PHONEHOOKSWITCHMODE_SPEAKER                0x00000004u
#define PHONEHOOKSWITCHMODE_MICSPEAKER             0x00000008u
#define PHONEHOOKSWITCHMODE_UNKNOWN                0x00000010u

#define PHONEINITIALIZEEXOPTION_USEHIDDENWINDOW    0x00000001u
#define PHONEINITIALIZEEXOPTION_USEEVENT           0x00000002u
#define PHONEINITIALIZEEXOPTION_USECOMPLETIONPORT  0x00000003u

#define PHONELAMPMODE_DUMMY                        0x00000001u
#define PHONELAMPMODE_OFF                          0x00000002u
#define PHONELAMPMODE_STEADY                       0x00000004u
#define PHONELAMPMODE_WINK                         0x00000008u
#define PHONELAMPMODE_FLASH                        0x00000010u
#define PHONELAMPMODE_FLUTTER                      0x00000020u
#define PHONELAMPMODE_BROKENFLUTTER                0x00000040u
#define PHONELAMPMODE_UNKNOWN                      0x00000080u

#define PHONEPRIVILEGE_MONITOR                     0x00000001u
#define PHONEPRIVILEGE_OWNER                       0x00000002u

#define PHONESTATE_OTHER                           0x00000001u
#define PHONESTATE_CONNECTED                       0x00000002u
#define PHONESTATE_DISCONNECTED                    0x00000004u
#define PHONESTATE_OWNER                           0x00000008u
#define PHONESTATE_MONITORS                        0x00000010u
#define PHONESTATE_DISPLAY                         0x00000020u
#define PHONESTATE_LAMP                            0x00000040u
#define PHONESTATE_RINGMODE                        0x00000080u
#define PHONESTATE_RINGVOLUME                      0x00000100u
#define PHONESTATE_HANDSETHOOKSWITCH               0x00000200u
#define PHONESTATE_HANDSETVOLUME                   0x00000400u
#define PHONESTATE_HANDSETGAIN                     0x00000800u
#define PHONESTATE_SPEAKERHOOKSWITCH               0x00001000u
#define PHONESTATE_SPEAKERVOLUME                   0x00002000u
#define PHONESTATE_SPEAKERGAIN                     0x00004000u
#define PHONESTATE_HEADSETHOOKSWITCH               0x00008000u
#define PHONESTATE_HEADSETVOLUME                   0x00010000u
#define PHONESTATE_HEADSETGAIN                     0x00020000u
#define PHONESTATE_SUSPEND                         0x00040000u
#define PHONESTATE_RESUME                          0x00080000u
#define PHONESTATE_DEVSPECIFIC                     0x00100000u
#define PHONESTATE_REINIT                          0x00200000u
#define PHONESTATE_CAPSCHANGE                      0x00400000u
#define PHONESTATE_REMOVED                         0x00800000u

#define PHONESTATUSFLAGS_CONNECTED                 0x00000001u
#define PHONESTATUSFLAGS_SUSPENDED                 0x00000002u

#define STRINGFORMAT_ASCII                         0x00000001u
#define STRINGFORMAT_DBCS                          0x00000002u
#define STRINGFORMAT_UNICODE                       0x00000003u
#define STRINGFORMAT_BINARY                        0x00000004u

#define TAPI_REPLY                                 0x00000463u

#define TAPIERR_CONNECTED                          ((LONG)0)
#define TAPIERR_DROPPED                            ((LONG)0xFFFFFFFFu)
#define TAPIERR_NOREQUESTRECIPIENT                 ((LONG)0xFFFFFFFEu)
#define TAPIERR_REQUESTQUEUEFULL                   ((LONG)0xFFFFFFFDu)
#define TAPIERR_INVALDESTADDRESS                   ((LONG)0xFFFFFFFCu)
#define TAPIERR_INVALWINDOWHANDLE                  ((LONG)0xFFFFFFFBu)
#define TAPIERR_INVALDEVICECLASS                   ((LONG)0xFFFFFFFAu)
#define TAPIERR_INVALDEVICEID                      ((LONG)0xFFFFFFF9u)
#define TAPIERR_DEVICECLASSUNAVAIL                 ((LONG)0xFFFFFFF8u)
#define TAPIERR_DEVICEIDUNAVAIL                    ((LONG)0xFFFFFFF7u)
#define TAPIERR_DEVICEINUSE                        ((LONG)0xFFFFFFF6u)
#define TAPIERR_DESTBUSY                           ((LONG)0xFFFFFFF5u)
#define TAPIERR_DESTNOANSWER                       ((LONG)0xFFFFFFF4u)
#define TAPIERR_DESTUNAVAIL                        ((LONG)0xFFFFFFF3u)
#define TAPIERR_UNKNOWNWINHANDLE                   ((LONG)0xFFFFFFF2u)
#define TAPIERR_UNKNOWNREQUESTID                   ((LONG)0xFFFFFFF1u)
#define TAPIERR_REQUESTFAILED                      ((LONG)0xFFFFFFF0u)
#define TAPIERR_REQUESTCANCELLED                   ((LONG)0xFFFFFFEFu)
#define TAPIERR_INVALPOINTER                       ((LONG)0xFFFFFFEEu)
#define TAPIERR_NOTADMIN                           ((LONG)0xFFFFFFEDu)
#define TAPIERR_MMCWRITELOCKED                     ((LONG)0xFFFFFFECu)
#define TAPIERR_PROVIDERALREADYINSTALLED           ((LONG)0xFFFFFFEBu)
#define TAPIERR_SCP_ALREADY_EXISTS                 ((LONG)0xFFFFFFEAu)
#define TAPIERR_SCP_DOES_NOT_EXIST                 ((LONG)0xFFFFFFE9u)

#define TAPIMAXDESTADDRESSSIZE                     80u
#define TAPIMAXAPPNAMESIZE                         40u
#define TAPIMAXCALLEDPARTYSIZE                     40u
#define TAPIMAXCOMMENTSIZE                         80u
#define TAPIMAXDEVICECLASSSIZE                     40u
#define TAPIMAXDEVICEIDSIZE                        40u

/*
 * Structures
 */
#pragma pack(push, 4)

typedef struct lineaddresscaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwLineDeviceID;
	DWORD dwAddressSize;
	DWORD dwAddressOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	DWORD dwAddressSharing;
	DWORD dwAddressStates;
	DWORD dwCallInfoStates;
	DWORD dwCallerIDFlags;
	DWORD dwCalledIDFlags;
	DWORD dwConnectedIDFlags;
	DWORD dwRedirectionIDFlags;
	DWORD dwRedirectingIDFlags;
	DWORD dwCallStates;
	DWORD dwDialToneModes;
	DWORD dwBusyModes;
	DWORD dwSpecialInfo;
	DWORD dwDisconnectModes;
	DWORD dwMaxNumActiveCalls;
	DWORD dwMaxNumOnHoldCalls;
	DWORD dwMaxNumOnHoldPendingCalls;
	DWORD dwMaxNumConference;
	DWORD dwMaxNumTransConf;
	DWORD dwAddrCapFlags;
	DWORD dwCallFeatures;
	DWORD dwRemoveFromConfCaps;
	DWORD dwRemoveFromConfState;
	DWORD dwTransferModes;
	DWORD dwParkModes;
	DWORD dwForwardModes;
	DWORD dwMaxForwardEntries;
	DWORD dwMaxSpecificEntries;
	DWORD dwMinFwdNumRings;
	DWORD dwMaxFwdNumRings;
	DWORD dwMaxCallCompletions;
	DWORD dwCallCompletionConds;
	DWORD dwCallCompletionModes;
	DWORD dwNumCompletionMessages;
	DWORD dwCompletionMsgTextEntrySize;
	DWORD dwCompletionMsgTextSize;
	DWORD dwCompletionMsgTextOffset;
	/* since API version 1.4 */
	DWORD dwAddressFeatures;
	/* since API version 2.0 */
	DWORD dwPredictiveAutoTransferStates;
	DWORD dwNumCallTreatments;
	DWORD dwCallTreatmentListSize;
	DWORD dwCallTreatmentListOffset;
	DWORD dwDeviceClassesSize;
	DWORD dwDeviceClassesOffset;
	DWORD dwMaxCallDataSize;
	DWORD dwCallFeatures2;
	DWORD dwMaxNoAnswerTimeout;
	DWORD dwConnectedModes;
	DWORD dwOfferingModes;
	DWORD dwAvailableMediaModes;
} LINEADDRESSCAPS, *LPLINEADDRESSCAPS;

typedef struct lineaddressstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumInUse;
	DWORD dwNumActiveCalls;
	DWORD dwNumOnHoldCalls;
	DWORD dwNumOnHoldPendCalls;
	DWORD dwAddressFeatures;
	DWORD dwNumRingsNoAnswer;
	DWORD dwForwardNumEntries;
	DWORD dwForwardSize;
	DWORD dwForwardOffset;
	DWORD dwTerminalModesSize;
	DWORD dwTerminalModesOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
} LINEADDRESSSTATUS, *LPLINEADDRESSSTATUS;

typedef struct lineagentactivityentry_tag {
	DWORD dwID;
	DWORD dwNameSize;
	DWORD dwNameOffset;
} LINEAGENTACTIVITYENTRY, *LPLINEAGENTACTIVITYENTRY;

typedef struct lineagentactivitylist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTACTIVITYLIST, *LPLINEAGENTACTIVITYLIST;

typedef struct lineagentcaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAgentHandlerInfoSize;
	DWORD dwAgentHandlerInfoOffset;
	DWORD dwCapsVersion;
	DWORD dwFeatures;
	DWORD dwStates;
	DWORD dwNextStates;
	DWORD dwMaxNumGroupEntries;
	DWORD dwAgentStatusMessages;
	DWORD dwNumAgentExtensionIDs;
	DWORD dwAgentExtensionIDListSize;
	DWORD dwAgentExtensionIDListOffset;
	/* since API version 2.2 */
	GUID ProxyGUID;
} LINEAGENTCAPS, *LPLINEAGENTCAPS;

typedef struct lineagentgroupentry_tag {
	struct {
		DWORD dwGroupID1;
		DWORD dwGroupID2;
		DWORD dwGroupID3;
		DWORD dwGroupID4;
	} GroupID;
	DWORD dwNameSize;
	DWORD dwNameOffset;
} LINEAGENTGROUPENTRY, *LPLINEAGENTGROUPENTRY;

typedef struct lineagentgrouplist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTGROUPLIST, *LPLINEAGENTGROUPLIST;

typedef struct lineagentstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwGroupListSize;
	DWORD dwGroupListOffset;
	DWORD dwState;
	DWORD dwNextState;
	DWORD dwActivityID;
	DWORD dwActivitySize;
	DWORD dwActivityOffset;
	DWORD dwAgentFeatures;
	DWORD dwValidStates;
	DWORD dwValidNextStates;
} LINEAGENTSTATUS, *LPLINEAGENTSTATUS;

typedef struct lineappinfo_tag {
	DWORD dwMachineNameSize;
	DWORD dwMachineNameOffset;
	DWORD dwUserNameSize;
	DWORD dwUserNameOffset;
	DWORD dwModuleFilenameSize;
	DWORD dwModuleFilenameOffset;
	DWORD dwFriendlyNameSize;
	DWORD dwFriendlyNameOffset;
	DWORD dwMediaModes;
	DWORD dwAddressID;
} LINEAPPINFO, *LPLINEAPPINFO;

typedef struct lineagententry_tag {
	HAGENT hAgent;
	DWORD dwNameSize;
	DWORD dwNameOffset;
	DWORD dwIDSize;
	DWORD dwIDOffset;
	DWORD dwPINSize;
	DWORD dwPINOffset;
} LINEAGENTENTRY, *LPLINEAGENTENTRY;

typedef struct lineagentlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTLIST, *LPLINEAGENTLIST;

typedef struct lineagentinfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAgentState;
	DWORD dwNextAgentState;
	DWORD dwMeasurementPeriod;
	CURRENCY cyOverallCallRate;
	DWORD dwNumberOfACDCalls;
	DWORD dwNumberOfIncomingCalls;
	DWORD dwNumberOfOutgoingCalls;
	DWORD dwTotalACDTalkTime;
	DWORD dwTotalACDCallTime;
	DWORD dwTotalACDWrapUpTime;
} LINEAGENTINFO, *LPLINEAGENTINFO;

typedef struct lineagentsessionentry_tag {
	HAGENTSESSION hAgentSession;
	HAGENT hAgent;
	GUID GroupID;
	DWORD dwWorkingAddressID;
} LINEAGENTSESSIONENTRY, *LPLINEAGENTSESSIONENTRY;

typedef struct lineagentsessionlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTSESSIONLIST, *LPLINEAGENTSESSIONLIST;

typedef struct lineagentsessioninfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAgentSessionState;
	DWORD dwNextAgentSessionState;
	DATE dateSessionStartTime;
	DWORD dwSessionDuration;
	DWORD dwNumberOfCalls;
	DWORD dwTotalTalkTime;
	DWORD dwAverageTalkTime;
	DWORD dwTotalCallTime;
	DWORD dwAverageCallTime;
	DWORD dwTotalWrapUpTime;
	DWORD dwAverageWrapUpTime;
	CURRENCY cyACDCallRate;
	DWORD dwLongestTimeToAnswer;
	DWORD dwAverageTimeToAnswer;
} LINEAGENTSESSIONINFO, *LPLINEAGENTSESSIONINFO;

typedef struct linequeueentry_tag {
	DWORD dwQueueID;
	DWORD dwNameSize;
	DWORD dwNameOffset;
} LINEQUEUEENTRY, *LPLINEQUEUEENTRY;

typedef struct linequeuelist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEQUEUELIST, *LPLINEQUEUELIST;

typedef struct linequeueinfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwMeasurementPeriod;
	DWORD dwTotalCallsQueued;
	DWORD dwCurrentCallsQueued;
	DWORD dwTotalCallsAbandoned;
	DWORD dwTotalCallsFlowedIn;
	DWORD dwTotalCallsFlowedOut;
	DWORD dwLongestEverWaitTime;
	DWORD dwCurrentLongestWaitTime;
	DWORD dwAverageWaitTime;
	DWORD dwFinalDisposition;
} LINEQUEUEINFO, *LPLINEQUEUEINFO;

typedef struct lineproxyrequestlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEPROXYREQUESTLIST, *LPLINEPROXYREQUESTLIST;

typedef struct linecallhubtrackinginfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAvailableTracking;
	DWORD dwCurrentTracking;
} LINECALLHUBTRACKINGINFO, *LPLINECALLHUBTRACKINGINFO;

typedef struct linedialparams_tag {
	DWORD dwDialPause;
	DWORD dwDialSpeed;
	DWORD dwDigitDuration;
	DWORD dwWaitForDialtone;
} LINEDIALPARAMS, *LPLINEDIALPARAMS;

typedef struct linecallinfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	HLINE hLine;
	DWORD dwLineDeviceID;
	DWORD dwAddressID;
	DWORD dwBearerMode;
	DWORD dwRate;
	DWORD dwMediaMode;
	DWORD dwAppSpecific;
	DWORD dwCallID;
	DWORD dwRelatedCallID;
	DWORD dwCallParamFlags;
	DWORD dwCallStates;
	DWORD dwMonitorDigitModes;
	DWORD dwMonitorMediaModes;
	LINEDIALPARAMS DialParams;
	DWORD dwOrigin;
	DWORD dwReason;
	DWORD dwCompletionID;
	DWORD dwNumOwners;
	DWORD dwNumMonitors;
	DWORD dwCountryCode;
	DWORD dwTrunk;
	DWORD dwCallerIDFlags;
	DWORD dwCallerIDSize;
	DWORD dwCallerIDOffset;
	DWORD dwCallerIDNameSize;
	DWORD dwCallerIDNameOffset;
	DWORD dwCalledIDFlags;
	DWORD dwCalledIDSize;
	DWORD dwCalledIDOffset;
	DWORD dwCalledIDNameSize;
	DWORD dwCalledIDNameOffset;
	DWORD dwConnectedIDFlags;
	DWORD dwConnectedIDSize;
	DWORD dwConnectedIDOffset;
	DWORD dwConnectedIDNameSize;
	DWORD dwConnectedIDNameOffset;
	DWORD dwRedirectionIDFlags;
	DWORD dwRedirectionIDSize;
	DWORD dwRedirectionIDOffset;
	DWORD dwRedirectionIDNameSize;
	DWORD dwRedirectionIDNameOffset;
	DWORD dwRedirectingIDFlags;
	DWORD dwRedirectingIDSize;
	DWORD dwRedirectingIDOffset;
	DWORD dwRedirectingIDNameSize;
	DWORD dwRedirectingIDNameOffset;
	DWORD dwAppNameSize;
	DWORD dwAppNameOffset;
	DWORD dwDisplayableAddressSize;
	DWORD dwDisplayableAddressOffset;
	DWORD dwCalledPartySize;
	DWORD dwCalledPartyOffset;
	DWORD dwCommentSize;
	DWORD dwCommentOffset;
	DWORD dwDisplaySize;
	DWORD dwDisplayOffset;
	DWORD dwUserUserInfoSize;
	DWORD dwUserUserInfoOffset;
	DWORD dwHighLevelCompSize;
	DWORD dwHighLevelCompOffset;
	DWORD dwLowLevelCompSize;
	DWORD dwLowLevelCompOffset;
	DWORD dwChargingInfoSize;
	DWORD dwChargingInfoOffset;
	DWORD dwTerminalModesSize;
	DWORD dwTerminalModesOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwCallTreatment;
	DWORD dwCallDataSize;
	DWORD dwCallDataOffset;
	DWORD dwSendingFlowspecSize;
	DWORD dwSendingFlowspecOffset;
	DWORD dwReceivingFlowspecSize;
	DWORD dwReceivingFlowspecOffset;
	/* since API version 3.0 */
	DWORD dwCallerIDAddressType;
	DWORD dwCalledIDAddressType;
	DWORD dwConnectedIDAddressType;
	DWORD dwRedirectionIDAddressType;
	DWORD dwRedirectingIDAddressType;
} LINECALLINFO, *LPLINECALLINFO;

typedef struct linecalllist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwCallsNumEntries;
	DWORD dwCallsSize;
	DWORD dwCallsOffset;
} LINECALLLIST, *LPLINECALLLIST;

typedef struct linecallparams_tag {
	DWORD dwTotalSize;
	DWORD dwBearerMode;
	DWORD dwMinRate;
	DWORD dwMaxRate;
	DWORD dwMediaMode;
	DWORD dwCallParamFlags;
	DWORD dwAddressMode;
	DWORD dwAddressID;
	LINEDIALPARAMS DialParams;
	DWORD dwOrigAddressSize;
	DWORD dwOrigAddressOffset;
	DWORD dwDisplayableAddressSize;
	DWORD dwDisplayableAddressOffset;
	DWORD dwCalledPartySize;
	DWORD dwCalledPartyOffset;
	DWORD dwCommentSize;
	DWORD dwCommentOffset;
	DWORD dwUserUserInfoSize;
	DWORD dwUserUserInfoOffset;
	DWORD dwHighLevelCompSize;
	DWORD dwHighLevelCompOffset;
	DWORD dwLowLevelCompSize;
	DWORD dwLowLevelCompOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwPredictiveAutoTransferStates;
	DWORD dwTargetAddressSize;
	DWORD dwTargetAddressOffset;
	DWORD dwSendingFlowspecSize;
	DWORD dwSendingFlowspecOffset;
	DWORD dwReceivingFlowspecSize;
	DWORD dwReceivingFlowspecOffset;
	DWORD dwDeviceClassSize;
	DWORD dwDeviceClassOffset;
	DWORD dwDeviceConfigSize;
	DWORD dwDeviceConfigOffset;
	DWORD dwCallDataSize;
	DWORD dwCallDataOffset;
	DWORD dwNoAnswerTimeout;
	DWORD dwCallingPartyIDSize;
	DWORD dwCallingPartyIDOffset;
	/* since API version 3.0 */
	DWORD dwAddressType;
} LINECALLPARAMS, *LPLINECALLPARAMS;

typedef struct linecallstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwCallState;
	DWORD dwCallStateMode;
	DWORD dwCallPrivilege;
	DWORD dwCallFeatures;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwCallFeatures2;
	SYSTEMTIME tStateEntryTime;
} LINECALLSTATUS, *LPLINECALLSTATUS;

typedef struct linecalltreatmententry_tag {
	DWORD dwCallTreatmentID;
	DWORD dwCallTreatmentNameSize;
	DWORD dwCallTreatmentNameOffset;
} LINECALLTREATMENTENTRY, *LPLINECALLTREATMENTENTRY;

typedef struct linecardentry_tag {
	DWORD dwPermanentCardID;
	DWORD dwCardNameSize;
	DWORD dwCardNameOffset;
	/* since API version 1.4 */
	DWORD dwCardNumberDigits;
	DWORD dwSameAreaRuleSize;
	DWORD dwSameAreaRuleOffset;
	DWORD dwLongDistanceRuleSize;
	DWORD dwLongDistanceRuleOffset;
	DWORD dwInternationalRuleSize;
	DWORD dwInternationalRuleOffset;
	DWORD dwOptions;
} LINECARDENTRY, *LPLINECARDENTRY;

typedef struct linecountryentry_tag {
	DWORD dwCountryID;
	DWORD dwCountryCode;
	DWORD dwNextCountryID;
	DWORD dwCountryNameSize;
	DWORD dwCountryNameOffset;
	DWORD dwSameAreaRuleSize;
	DWORD dwSameAreaRuleOffset;
	DWORD dwLongDistanceRuleSize;
	DWORD dwLongDistanceRuleOffset;
	DWORD dwInternationalRuleSize;
	DWORD dwInternationalRuleOffset;
} LINECOUNTRYENTRY, *LPLINECOUNTRYENTRY;

typedef struct linecountrylist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumCountries;
	DWORD dwCountryListSize;
	DWORD dwCountryListOffset;
} LINECOUNTRYLIST, *LPLINECOUNTRYLIST;

typedef struct linedevcaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwProviderInfoSize;
	DWORD dwProviderInfoOffset;
	DWORD dwSwitchInfoSize;
	DWORD dwSwitchInfoOffset;
	DWORD dwPermanentLineID;
	DWORD dwLineNameSize;
	DWORD dwLineNameOffset;
	DWORD dwStringFormat;
	DWORD dwAddressModes;
	DWORD dwNumAddresses;
	DWORD dwBearerModes;
	DWORD dwMaxRate;
	DWORD dwMediaModes;
	DWORD dwGenerateToneModes;
	DWORD dwGenerateToneMaxNumFreq;
	DWORD dwGenerateDigitModes;
	DWORD dwMonitorToneMaxNumFreq;
	DWORD dwMonitorToneMaxNumEntries;
	DWORD dwMonitorDigitModes;
	DWORD dwGatherDigitsMinTimeout;
	DWORD dwGatherDigitsMaxTimeout;
	DWORD dwMedCtlDigitMaxListSize;
	DWORD dwMedCtlMediaMaxListSize;
	DWORD dwMedCtlToneMaxListSize;
	DWORD dwMedCtlCallStateMaxListSize;
	DWORD dwDevCapFlags;
	DWORD dwMaxNumActiveCalls;
	DWORD dwAnswerMode;
	DWORD dwRingModes;
	DWORD dwLineStates;
	DWORD dwUUIAcceptSize;
	DWORD dwUUIAnswerSize;
	DWORD dwUUIMakeCallSize;
	DWORD dwUUIDropSize;
	DWORD dwUUISendUserUserInfoSize;
	DWORD dwUUICallInfoSize;
	LINEDIALPARAMS MinDialParams;
	LINEDIALPARAMS MaxDialParams;
	LINEDIALPARAMS DefaultDialParams;
	DWORD dwNumTerminals;
	DWORD dwTerminalCapsSize;
	DWORD dwTerminalCapsOffset;
	DWORD dwTerminalTextEntrySize;
	DWORD dwTerminalTextSize;
	DWORD dwTerminalTextOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 1.4 */
	DWORD dwLineFeatures;
	/* since API version 2.0 */
	DWORD dwSettableDevStatus;
	DWORD dwDeviceClassesSize;
	DWORD dwDeviceClassesOffset;
	/* since API version 2.2 */
	GUID PermanentLineGuid;
	/* since API version 3.0 */
	DWORD dwAddressTypes;
	GUID ProtocolGuid;
	DWORD dwAvailableTracking;
} LINEDEVCAPS, *LPLINEDEVCAPS;

typedef struct linedevstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumOpens;
	DWORD dwOpenMediaModes;
	DWORD dwNumActiveCalls;
	DWORD dwNumOnHoldCalls;
	DWORD dwNumOnHoldPendCalls;
	DWORD dwLineFeatures;
	DWORD dwNumCallCompletions;
	DWORD dwRingMode;
	DWORD dwSignalLevel;
	DWORD dwBatteryLevel;
	DWORD dwRoamMode;
	DWORD dwDevStatusFlags;
	DWORD dwTerminalModesSize;
	DWORD dwTerminalModesOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwAvailableMediaModes;
	DWORD dwAppInfoSize;
	DWORD dwAppInfoOffset;
} LINEDEVSTATUS, *LPLINEDEVSTATUS;

typedef struct lineextensionid_tag {
	DWORD dwExtensionID0;
	DWORD dwExtensionID1;
	DWORD dwExtensionID2;
	DWORD dwExtensionID3;
} LINEEXTENSIONID, *LPLINEEXTENSIONID;

typedef struct lineforward_tag {
	DWORD dwForwardMode;
	DWORD dwCallerAddressSize;
	DWORD dwCallerAddressOffset;
	DWORD dwDestCountryCode;
	DWORD dwDestAddressSize;
	DWORD dwDestAddressOffset;
	/* since API version 3.0 */
	DWORD dwCallerAddressType;
	DWORD dwDestAddressType;
} LINEFORWARD, *LPLINEFORWARD;

typedef struct lineforwardlist_tag {
	DWORD dwTotalSize;
	DWORD dwNumEntries;
	LINEFORWARD ForwardList[1];
} LINEFORWARDLIST, *LPLINEFORWARDLIST;

typedef struct linegeneratetone_tag {
	DWORD dwFrequency;
	DWORD dwCadenceOn;
	DWORD dwCadenceOff;
	DWORD dwVolume;
} LINEGENERATETONE, *LPLINEGENERATETONE;

typedef struct lineinitializeexparams_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwOptions;
	union {
		HANDLE hEvent;
		HANDLE hCompletionPort;
	} Handles;
	DWORD dwCompletionKey;
} LINEINITIALIZEEXPARAMS, *LPLINEINITIALIZEEXPARAMS;

typedef struct linelocationentry_tag {
	DWORD dwPermanentLocationID;
	DWORD dwLocationNameSize;
	DWORD dwLocationNameOffset;
	DWORD dwCountryCode;
	DWORD dwCityCodeSize;
	DWORD dwCityCodeOffset;
	DWORD dwPreferredCardID;
	/* since API version 1.4 */
	DWORD dwLocalAccessCodeSize;
	DWORD dwLocalAccessCodeOffset;
	DWORD dwLongDistanceAccessCodeSize;
	DWORD dwLongDistanceAccessCodeOffset;
	DWORD dwTollPrefixListSize;
	DWORD dwTollPrefixListOffset;
	DWORD dwCountryID;
	DWORD dwOptions;
	DWORD dwCancelCallWaitingSize;
	DWORD dwCancelCallWaitingOffset;
} LINELOCATIONENTRY, *LPLINELOCATIONENTRY;

typedef struct linemediacontrolcallstate_tag {
	DWORD dwCallStates;
	DWORD dwMediaControl;
} LINEMEDIACONTROLCALLSTATE, *LPLINEMEDIACONTROLCALLSTATE;

typedef struct linemediacontroldigit_tag {
	DWORD dwDigit;
	DWORD dwDigitModes;
	DWORD dwMediaControl;
} LINEMEDIACONTROLDIGIT, *LPLINEMEDIACONTROLDIGIT;

typedef struct linemediacontrolmedia_tag {
	DWORD dwMediaModes;
	DWORD dwDuration;
	DWORD dwMediaControl;
} LINEMEDIACONTROLMEDIA, *LPLINEMEDIACONTROLMEDIA;

typedef struct linemediacontroltone_tag {
	DWORD dwAppSpecific;
	DWORD dwDuration;
	DWORD dwFrequency1;
	DWORD dwFrequency2;
	DWORD dwFrequency3;
	DWORD dwMediaControl;
} LINEMEDIACONTROLTONE, *LPLINEMEDIACONTROLTONE;

typedef struct linemessage_tag {
	DWORD hDevice;
	DWORD dwMessageID;
	DWORD_PTR dwCallbackInstance;
	DWORD_PTR dwParam1;
	DWORD_PTR dwParam2;
	DWORD_PTR dwParam3;
} LINEMESSAGE, *LPLINEMESSAGE;

typedef struct linemonitortone_tag {
	DWORD dwAppSpecific;
	DWORD dwDuration;
	DWORD dwFrequency1;
	DWORD dwFrequency2;
	DWORD dwFrequency3;
} LINEMONITORTONE, *LPLINEMONITORTONE;

typedef struct lineproviderentry_tag {
	DWORD dwPermanentProviderID;
	DWORD dwProviderFilenameSize;
	DWORD dwProviderFilenameOffset;
} LINEPROVIDERENTRY, *LPLINEPROVIDERENTRY;

typedef struct lineproviderlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumProviders;
	DWORD dwProviderListSize;
	DWORD dwProviderListOffset;
} LINEPROVIDERLIST, *LPLINEPROVIDERLIST;

struct lineproxyrequest_setagentgroup {
	DWORD dwAddressID;
	LINEAGENTGROUPLIST GroupList;
};

struct lineproxyrequest_setagentstate {
	DWORD dwAddressID;
	DWORD dwAgentState;
	DWORD dwNextAgentState;
};

struct lineproxyrequest_setagentactivity {
	DWORD dwAddressID;
	DWORD dwActivityID;
};

struct lineproxyrequest_getagentcaps {
	DWORD dwAddressID;
	LINEAGENTCAPS AgentCaps;
};

struct lineproxyrequest_getagentstatus {
	DWORD dwAddressID;
	LINEAGENTSTATUS AgentStatus;
};

/* One byte of parameters follows the header: the facts count 13 bytes, so no padding here. */
#pragma pack(push, 1)
struct lineproxyrequest_agentspecific {
	DWORD dwAddressID;
	DWORD dwAgentExtensionIDIndex;
	DWORD dwSize;
	BYTE Params[1];
};
#pragma pack(pop)

struct lineproxyrequest_getagentactivitylist {
	DWORD dwAddressID;
	LINEAGENTACTIVITYLIST ActivityList;
};

struct lineproxyrequest_getagentgrouplist {
	DWORD dwAddressID;
	LINEAGENTGROUPLIST GroupList;
};

struct lineproxyrequest_createagent {
	HAGENT hAgent;
	DWORD dwAgentIDSize;
	DWORD dwAgentIDOffset;
	DWORD dwAgentPINSize;
	DWORD dwAgentPINOffset;
};

struct lineproxyrequest_setagentstateex {
	HAGENT hAgent;
	DWORD dwAgentState;
	DWORD dwNextAgentState;
};

struct lineproxyrequest_setagentmeasurementperiod {
	HAGENT hAgent;
	DWORD dwMeasurementPeriod;
};

struct lineproxyrequest_getagentinfo {
	HAGENT hAgent;
	LINEAGENTINFO AgentInfo;
};

struct lineproxyrequest_createagentsession {
	HAGENTSESSION hAgentSession;
	DWORD dwAgentPINSize;
	DWORD dwAgentPINOffset;
	HAGENT hAgent;
	GUID GroupID;
	DWORD dwWorkingAddressID;
};

struct lineproxyrequest_getagentsessionlist {
	HAGENT hAgent;
	LINEAGENTSESSIONLIST SessionList;
};

struct lineproxyrequest_getagentsessioninfo {
	HAGENTSESSION hAgentSession;
	LINEAGENTSESSIONINFO SessionInfo;
};

struct lineproxyrequest_setagentsessionstate {
	HAGENTSESSION hAgentSession;
	DWORD dwAgentSessionState;
	DWORD dwNextAgentSessionState;
};

struct lineproxyrequest_getqueuelist {
	GUID GroupID;
	LINEQUEUELIST QueueList;
};

struct lineproxyrequest_setqueuemeasurementperiod {
	DWORD dwQueueID;
	DWORD dwMeasurementPeriod;
};

struct lineproxyrequest_getqueueinfo {
	DWORD dwQueueID;
	LINEQUEUEINFO QueueInfo;
};

struct lineproxyrequest_getgrouplist {
	LINEAGENTGROUPLIST GroupList;
};

typedef struct lineproxyrequest_tag {
	DWORD dwSize;
	DWORD dwClientMachineNameSize;
	DWORD dwClientMachineNameOffset;
	DWORD dwClientUserNameSize;
	DWORD dwClientUserNameOffset;
	DWORD dwClientAppAPIVersion;
	DWORD dwRequestType;
	union {
		struct lineproxyrequest_setagentgroup SetAgentGroup;
		struct lineproxyrequest_setagentstate SetAgentState;
		struct lineproxyrequest_setagentactivity SetAgentActivity;
		struct lineproxyrequest_getagentcaps GetAgentCaps;
		struct lineproxyrequest_getagentstatus GetAgentStatus;
		struct lineproxyrequest_agentspecific AgentSpecific;
		struct lineproxyrequest_getagentactivitylist GetAgentActivityList;
		struct lineproxyrequest_getagentgrouplist GetAgentGroupList;
		/* since API version 2.2 */
		struct lineproxyrequest_createagent CreateAgent;
		struct lineproxyrequest_setagentstateex SetAgentStateEx;
		struct lineproxyrequest_setagentmeasurementperiod SetAgentMeasurementPeriod;
		struct lineproxyrequest_getagentinfo GetAgentInfo;
		struct lineproxyrequest_createagentsession CreateAgentSession;
		struct lineproxyrequest_getagentsessionlist GetAgentSessionList;
		struct lineproxyrequest_getagentsessioninfo GetAgentSessionInfo;
		struct lineproxyrequest_setagentsessionstate SetAgentSessionState;
		struct lineproxyrequest_getqueuelist GetQueueList;
		struct lineproxyrequest_setqueuemeasurementperiod SetQueueMeasurementPeriod;
		struct lineproxyrequest_getqueueinfo GetQueueInfo;
		struct lineproxyrequest_getgrouplist GetGroupList;
	};
} LINEPROXYREQUEST, *LPLINEPROXYREQUEST;

typedef struct linereqmakecall_tag {
	char szDestAddress[TAPIMAXDESTADDRESSSIZE];
	char szAppName[TAPIMAXAPPNAMESIZE];
	char szCalledParty[TAPIMAXCALLEDPARTYSIZE];
	char szComment[TAPIMAXCOMMENTSIZE];
} LINEREQMAKECALL, *LPLINEREQMAKECALL;

typedef struct linereqmakecallw_tag {
	WCHAR szDestAddress[TAPIMAXDESTADDRESSSIZE];
	WCHAR szAppName[TAPIMAXAPPNAMESIZE];
	WCHAR szCalledParty[TAPIMAXCALLEDPARTYSIZE];
	WCHAR szComment[TAPIMAXCOMMENTSIZE];
} LINEREQMAKECALLW, *LPLINEREQMAKECALLW;

typedef struct linereqmediacall_tag {
	HWND hWnd;
	WPARAM wRequestID;
	char szDeviceClass[TAPIMAXDEVICECLASSSIZE];
	unsigned char ucDeviceID[TAPIMAXDEVICEIDSIZE];
	DWORD dwSize;
	DWORD dwSecure;
	char szDestAddress[TAPIMAXDESTADDRESSSIZE];
	char szAppName[TAPIMAXAPPNAMESIZE];
	char szCalledParty[TAPIMAXCALLEDPARTYSIZE];
	char szComment[TAPIMAXCOMMENTSIZE];
} LINEREQMEDIACALL, *LPLINEREQMEDIACALL;

typedef struct linereqmediacallw_tag {
	HWND hWnd;
	WPARAM wRequestID;
	WCHAR szDeviceClass[TAPIMAXDEVICECLASSSIZE];
	unsigned char ucDeviceID[TAPIMAXDEVICEIDSIZE];
	DWORD dwSize;
	DWORD dwSecure;
	WCHAR szDestAddress[TAPIMAXDESTADDRESSSIZE];
	WCHAR szAppName[TAPIMAXAPPNAMESIZE];
	WCHAR szCalledParty[TAPIMAXCALLEDPARTYSIZE];
	WCHAR szComment[TAPIMAXCOMMENTSIZE];
} LINEREQMEDIACALLW, *LPLINEREQMEDIACALLW;

typedef struct linetermcaps_tag {
	DWORD dwTermDev;
	DWORD dwTermModes;
	DWORD dwTermSharing;
} LINETERMCAPS, *LPLINETERMCAPS;

typedef struct linetranslatecaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumLocations;
	DWORD dwLocationListSize;
	DWORD dwLocationListOffset;
	DWORD dwCurrentLocationID;
	DWORD dwNumCards;
	DWORD dwCardListSize;
	DWORD dwCardListOffset;
	DWORD dwCurrentPreferredCardID;
} LINETRANSLATECAPS, *LPLINETRANSLATECAPS;

typedef struct linetranslateoutput_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwDialableStringSize;
	DWORD dwDialableStringOffset;
	DWORD dwDisplayableStringSize;
	DWORD dwDisplayableStringOffset;
	DWORD dwCurrentCountry;
	DWORD dwDestCountry;
	DWORD dwTranslateResults;
} LINETRANSLATEOUTPUT, *LPLINETRANSLATEOUTPUT;

typedef struct phonebuttoninfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwButtonMode;
	DWORD dwButtonFunction;
	DWORD dwButtonTextSize;
	DWORD dwButtonTextOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 1.4 */
	DWORD dwButtonState;
} PHONEBUTTONINFO, *LPPHONEBUTTONINFO;

typedef struct phonecaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwProviderInfoSize;
	DWORD dwProviderInfoOffset;
	DWORD dwPhoneInfoSize;
	DWORD dwPhoneInfoOffset;
	DWORD dwPermanentPhoneID;
	DWORD dwPhoneNameSize;
	DWORD dwPhoneNameOffset;
	DWORD dwStringFormat;
	DWORD dwPhoneStates;
	DWORD dwHookSwitchDevs;
	DWORD dwHandsetHookSwitchModes;
	DWORD dwSpeakerHookSwitchModes;
	DWORD dwHeadsetHookSwitchModes;
	DWORD dwVolumeFlags;
	DWORD dwGainFlags;
	DWORD dwDisplayNumRows;
	DWORD dwDisplayNumColumns;
	DWORD dwNumRingModes;
	DWORD dwNumButtonLamps;
	DWORD dwButtonModesSize;
	DWORD dwButtonModesOffset;
	DWORD dwButtonFunctionsSize;
	DWORD dwButtonFunctionsOffset;
	DWORD dwLampModesSize;
	DWORD dwLampModesOffset;
	DWORD dwNumSetData;
	DWORD dwSetDataSize;
	DWORD dwSetDataOffset;
	DWORD dwNumGetData;
	DWORD dwGetDataSize;
	DWORD dwGetDataOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwDeviceClassesSize;
	DWORD dwDeviceClassesOffset;
	DWORD dwPhoneFeatures;
	DWORD dwSettableHandsetHookSwitchModes;
	DWORD dwSettableSpeakerHookSwitchModes;
	DWORD dwSettableHeadsetHookSwitchModes;
	DWORD dwMonitoredHandsetHookSwitchModes;
	DWORD dwMonitoredSpeakerHookSwitchModes;
	DWORD dwMonitoredHeadsetHookSwitchModes;
	/* since API version 2.2 */
	GUID PermanentPhoneGuid;
} PHONECAPS, *LPPHONECAPS;

typedef struct phoneextensionid_tag {
	DWORD dwExtensionID0;
	DWORD dwExtensionID1;
	DWORD dwExtensionID2;
	DWORD dwExtensionID3;
} PHONEEXTENSIONID, *LPPHONEEXTENSIONID;

typedef struct phoneinitializeexparams_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwOptions;
	union {
		HANDLE hEvent;
		HANDLE hCompletionPort;
	} Handles;
	DWORD dwCompletionKey;
} PHONEINITIALIZEEXPARAMS, *LPPHONEINITIALIZEEXPARAMS;

typedef struct phonemessage_tag {
	DWORD hDevice;
	DWORD dwMessageID;
	DWORD_PTR dwCallbackInstance;
	DWORD_PTR dwParam1;
	DWORD_PTR dwParam2;
	DWORD_PTR dwParam3;
} PHONEMESSAGE, *LPPHONEMESSAGE;

typedef struct phonestatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwStatusFlags;
	DWORD dwNumOwners;
	DWORD dwNumMonitors;
	DWORD dwRingMode;
	DWORD dwRingVolume;
	DWORD dwHandsetHookSwitchMode;
	DWORD dwHandsetVolume;
	DWORD dwHandsetGain;
	DWORD dwSpeakerHookSwitchMode;
	DWORD dwSpeakerVolume;
	DWORD dwSpeakerGain;
	DWORD dwHeadsetHookSwitchMode;
	DWORD dwHeadsetVolume;
	DWORD dwHeadsetGain;
	DWORD dwDisplaySize;
	DWORD dwDisplayOffset;
	DWORD dwLampModesSize;
	DWORD dwLampModesOffset;
	DWORD dwOwnerNameSize;
	DWORD dwOwnerNameOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwPhoneFeatures;
} PHONESTATUS, *LPPHONESTATUS;

typedef struct varstring_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwStringFormat;
	DWORD dwStringSize;
	DWORD dwStringOffset;
} VARSTRING, *LPVARSTRING;

#pragma pack(pop)

/*
 * Functions
 */
/* call-control */

TAPI_EXPORT LONG WINAPI lineAccept(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

TAPI_EXPORT LONG WINAPI lineAnswer(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

TAPI_EXPORT LONG WINAPI lineCompleteCall(HCALL hCall, LPDWORD lpdwCompletionID,
		DWORD dwCompletionMode, DWORD dwMessageID);

TAPI_EXPORT LONG WINAPI lineDial(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);

TAPI_EXPORT LONG WINAPI lineDrop(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

TAPI_EXPORT LONG WINAPI lineMakeCall(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress,
		DWORD dwCountryCode, const LINECALLPARAMS *lpCallParams);

TAPI_EXPORT LONG WINAPI lineRedirect(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);

TAPI_EXPORT LONG WINAPI lineSecureCall(HCALL hCall);

TAPI_EXPORT LONG WINAPI lineSetCallParams(HCALL hCall, DWORD dwBearerMode, DWORD dwMinRate,
		DWORD dwMaxRate, const LINEDIALPARAMS *lpDialParams);

TAPI_EXPORT LONG WINAPI lineSetCallTreatment(HCALL hCall, DWORD dwTreatment);

TAPI_EXPORT LONG WINAPI lineUncompleteCall(HLINE hLine, DWORD dwCompletionID);

/* provider-admin */

TAPI_EXPORT LONG WINAPI lineAddProvider(LPCSTR lpszProviderFilename, HWND hwndOwner,
		LPDWORD lpdwPermanentProviderID);

TAPI_EXPORT LONG WINAPI lineConfigProvider(HWND hwndOwner, DWORD dwPermanentProviderID);

TAPI_EXPORT LONG WINAPI lineGetProviderList(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);

TAPI_EXPORT LONG WINAPI lineRemoveProvider(DWORD dwPermanentProviderID, HWND hwndOwner);

/* conference */

TAPI_EXPORT LONG WINAPI lineAddToConference(HCALL hConfCall, HCALL hConsultCall);

TAPI_EXPORT LONG WINAPI lineGetConfRelatedCalls(HCALL hCall, LPLINECALLLIST lpCallList);

TAPI_EXPORT LONG WINAPI linePrepareAddToConference(HCALL hConfCall, LPHCALL lphConsultCall,
		const LINECALLPARAMS *lpCallParams);

TAPI_EXPORT LONG WINAPI lineRemoveFromConference(HCALL hCall);

TAPI_EXPORT LONG WINAPI lineSetupConference(HCALL hCall, HLINE hLine, LPHCALL lphConfCall,
		LPHCALL lphConsultCall, DWORD dwNumParties, const LINECALLPARAMS *lpCallParams);

/* agent-callcenter */

TAPI_EXPORT LONG WINAPI lineAgentSpecific(HLINE hLine, DWORD dwAddressID,
		DWORD dwAgentExtensionIDIndex, LPVOID lpParams, DWORD dwSize);

TAPI_EXPORT LONG WINAPI lineCreateAgent(HLINE hLine, LPSTR lpszAgentID, LPSTR lpszAgentPIN,
		LPHAGENT lphAgent);

TAPI_EXPORT LONG WINAPI lineCreateAgentSession(HLINE hLine, HAGENT hAgent, LPSTR lpszAgentPIN,
		DWORD dwWorkingAddressID, LPGUID lpGroupID, LPHAGENTSESSION lphAgentSession);

TAPI_EXPORT LONG WINAPI lineGetAgentActivityList(HLINE hLine, DWORD dwAddressID,
		LPLINEAGENTACTIVITYLIST lpAgentActivityList);

TAPI_EXPORT LONG WINAPI lineGetAgentCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
		DWORD dwAppAPIVersion, LPLINEAGENTCAPS lpAgentCaps);

TAPI_EXPORT LONG WINAPI lineGetAgentGroupList(HLINE hLine, DWORD dwAddressID,
		LPLINEAGENTGROUPLIST lpAgentGroupList);

TAPI_EXPORT LONG WINAPI lineGetAgentInfo(HLINE hLine, HAGENT hAgent, LPLINEAGENTINFO lpAgentInfo);

TAPI_EXPORT LONG WINAPI lineGetAgentSessionInfo(HLINE hLine, HAGENTSESSION hAgentSession,
		LPLINEAGENTSESSIONINFO lpAgentSessionInfo);

TAPI_EXPORT LONG WINAPI lineGetAgentSessionList(HLINE hLine, HAGENT hAgent,
		LPLINEAGENTSESSIONLIST lpAgentSessionList);

TAPI_EXPORT LONG WINAPI lineGetAgentStatus(HLINE hLine, DWORD dwAddressID,
		LPLINEAGENTSTATUS lpAgentStatus);

TAPI_EXPORT LONG WINAPI lineGetGroupList(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);

TAPI_EXPORT LONG WINAPI lineGetQueueInfo(HLINE hLine, DWORD dwQueueID,
		LPLINEQUEUEINFO lpLineQueueInfo);

TAPI_EXPORT LONG WINAPI lineGetQueueList(HLINE hLine, LPGUID lpGroupID,
		LPLINEQUEUELIST lpQueueList);

TAPI_EXPORT LONG WINAPI lineSetAgentActivity(HLINE hLine, DWORD dwAddressID, DWORD dwActivityID);

TAPI_EXPORT LONG WINAPI lineSetAgentGroup(HLINE hLine, DWORD dwAddressID,
		LPLINEAGENTGROUPLIST lpAgentGroupList);

TAPI_EXPORT LONG WINAPI lineSetAgentMeasurementPeriod(HLINE hLine, HAGENT hAgent,
		DWORD dwMeasurementPeriod);

TAPI_EXPORT LONG WINAPI lineSetAgentSessionState(HLINE hLine, HAGENTSESSION hAgentSession,
		DWORD dwAgentSessionState, DWORD dwNextAgentSessionState);

TAPI_EXPORT LONG WINAPI lineSetAgentState(HLINE hLine, DWORD dwAddressID, DWORD dwAgentState,
		DWORD dwNextAgentState);

TAPI_EXPORT LONG WINAPI lineSetAgentStateEx(HLINE hLine, HAGENT hAgent, DWORD dwAgentState,
		DWORD dwNextAgentState);

TAPI_EXPORT LONG WINAPI lineSetQueueMeasurementPeriod(HLINE hLine, DWORD dwQueueID,
		DWORD dwMeasurementPeriod);

/* hold-transfer */

TAPI_EXPORT LONG WINAPI lineBlindTransfer(HCALL hCall, LPCSTR lpszDestAddress,
		DWORD dwCountryCode);

TAPI_EXPORT LONG WINAPI lineCompleteTransfer(HCALL hCall, HCALL hConsultCall, LPHCALL lphConfCall,
		DWORD dwTransferMode);

TAPI_EXPORT LONG WINAPI lineHold(HCALL hCall);

TAPI_EXPORT LONG WINAPI lineSetupTransfer(HCALL hCall, LPHCALL lphConsultCall,
		const LINECALLPARAMS *lpCallParams);

TAPI_EXPORT LONG WINAPI lineSwapHold(HCALL hActiveCall, HCALL hHeldCall);

TAPI_EXPORT LONG WINAPI lineUnhold(HCALL hCall);

/* device */

TAPI_EXPORT LONG WINAPI lineClose(HLINE hLine);

TAPI_EXPORT LONG WINAPI lineGetAddressCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
		DWORD dwAPIVersion, DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps);

TAPI_EXPORT LONG WINAPI lineGetAddressID(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
		LPCSTR lpsAddress, DWORD dwSize);

TAPI_EXPORT LONG WINAPI lineGetAddressStatus(HLINE hLine, DWORD dwAddressID,
		LPLINEADDRESSSTATUS lpAddressStatus);

TAPI_EXPORT LONG WINAPI lineGetDevCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
		DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);

TAPI_EXPORT LONG WINAPI lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig,
		LPCSTR lpszDeviceClass);

TAPI_EXPORT LONG WINAPI lineGetID(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
		LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);

TAPI_EXPORT LONG WINAPI lineGetLineDevStatus(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);

TAPI_EXPORT LONG WINAPI lineGetNumRings(HLINE hLine, DWORD dwAddressID, LPDWORD lpdwNumRings);

TAPI_EXPORT LONG WINAPI lineGetStatusMessages(HLINE hLine, LPDWORD lpdwLineStates,
		LPDWORD lpdwAddressStates);

TAPI_EXPORT LONG WINAPI lineOpen(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine,
		DWORD dwAPIVersion, DWORD dwExtVersion, DWORD_PTR dwCallbackInstance,
		DWORD dwPrivileges, DWORD dwMediaModes, const LINECALLPARAMS *lpCallParams);

TAPI_EXPORT LONG WINAPI lineSetDevConfig(DWORD dwDeviceID, const void *lpDeviceConfig,
		DWORD dwSize, LPCSTR lpszDeviceClass);

TAPI_EXPORT LONG WINAPI lineSetLineDevStatus(HLINE hLine, DWORD dwStatusToChange, DWORD fStatus);

TAPI_EXPORT LONG WINAPI lineSetNumRings(HLINE hLine, DWORD dwAddressID, DWORD dwNumRings);

TAPI_EXPORT LONG WINAPI lineSetStatusMessages(HLINE hLine, DWORD dwLineStates,
		DWORD dwAddressStates);

TAPI_EXPORT LONG WINAPI lineSetTerminal(HLINE hLine, DWORD dwAddressID, HCALL hCall,
		DWORD dwSelect, DWORD dwTerminalModes, DWORD dwTerminalID, DWORD bEnable);

/* ui */

TAPI_EXPORT LONG WINAPI lineConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);

TAPI_EXPORT LONG WINAPI lineConfigDialogEdit(DWORD dwDeviceID, HWND hwndOwner,
		LPCSTR lpszDeviceClass, const void *lpDeviceConfigIn, DWORD dwSize,
		LPVARSTRING lpDeviceConfigOut);

TAPI_EXPORT LONG WINAPI lineGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);

TAPI_EXPORT LONG WINAPI lineTranslateDialog(HLINEAPP hLineApp, DWORD dwDeviceID,
		DWORD dwAPIVersion, HWND hwndOwner, LPCSTR lpszAddressIn);

TAPI_EXPORT LONG WINAPI phoneConfigDialog(DWORD dwDeviceID, HWND hwndOwner,
		LPCSTR lpszDeviceClass);

TAPI_EXPORT LONG WINAPI phoneGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);

/* call-handle */

TAPI_EXPORT LONG WINAPI lineDeallocateCall(HCALL hCall);

TAPI_EXPORT LONG WINAPI lineGetNewCalls(HLINE hLine, DWORD dwAddressID, DWORD dwSelect,
		LPLINECALLLIST lpCallList);

/* devspecific */

TAPI_EXPORT LONG WINAPI lineDevSpecific(HLINE hLine, DWORD dwAddressID, HCALL hCall,
		LPVOID lpParams, DWORD dwSize);

TAPI_EXPORT LONG WINAPI lineDevSpecificFeature(HLINE hLine, DWORD dwFeature, LPVOID lpParams,
		DWORD dwSize);

TAPI_EXPORT LONG WINAPI phoneDevSpecific(HPHONE hPhone, LPVOID lpParams, DWORD dwSize);

/* forward */

TAPI_EXPORT LONG WINAPI lineForward(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
		const LINEFORWARDLIST *lpForwardList, DWORD dwNumRingsNoAnswer,
		LPHCALL lphConsultCall, const LINECALLPARAMS *lpCallParams);

/* digits-tones */

TAPI_EXPORT LONG WINAPI lineGatherDigits(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits,
		DWORD dwNumDigits, LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
		DWORD dwInterDigitTimeout);

TAPI_EXPORT LONG WINAPI lineGenerateDigits(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits,
		DWORD dwDuration);

TAPI_EXPORT LONG WINAPI lineGenerateTone(HCALL hCall, DWORD dwToneMode, DWORD dwDuration,
		DWORD dwNumTones, const LINEGENERATETONE *lpTones);

TAPI_EXPORT LONG WINAPI lineMonitorDigits(HCALL hCall, DWORD dwDigitModes);

TAPI_EXPORT LONG WINAPI lineMonitorTones(HCALL hCall, const LINEMONITORTONE *lpToneList,
		DWORD dwNumEntries);

/* privileges */

TAPI_EXPORT LONG WINAPI lineGetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode,
		LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode, LPVARSTRING lpExtensionName,
		LPDWORD lpdwPriority);

TAPI_EXPORT LONG WINAPI lineHandoff(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);

TAPI_EXPORT LONG WINAPI lineSetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode,
		LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode, LPCSTR lpszExtensionName,
		DWORD dwPriority);

TAPI_EXPORT LONG WINAPI lineSetCallPrivilege(HCALL hCall, DWORD dwCallPrivilege);

/* call-info */

TAPI_EXPORT LONG WINAPI lineGetCallInfo(HCALL hCall, LPLINECALLINFO lpCallInfo);

TAPI_EXPORT LONG WINAPI lineGetCallStatus(HCALL hCall, LPLINECALLSTATUS lpCallStatus);

TAPI_EXPORT LONG WINAPI lineSetAppSpecific(HCALL hCall, DWORD dwAppSpecific);

TAPI_EXPORT LONG WINAPI lineSetCallData(HCALL hCall, LPVOID lpCallData, DWORD dwSize);

/* dialing-rules */

TAPI_EXPORT LONG WINAPI lineGetCountry(DWORD dwCountryID, DWORD dwAPIVersion,
		LPLINECOUNTRYLIST lpLineCountryList);

TAPI_EXPORT LONG WINAPI lineGetTranslateCaps(HLINEAPP hLineApp, DWORD dwAPIVersion,
		LPLINETRANSLATECAPS lpTranslateCaps);

TAPI_EXPORT LONG WINAPI lineSetCurrentLocation(HLINEAPP hLineApp, DWORD dwLocation);

TAPI_EXPORT LONG WINAPI lineSetTollList(HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn,
		DWORD dwTollListOption);

TAPI_EXPORT LONG WINAPI lineTranslateAddress(HLINEAPP hLineApp, DWORD dwDeviceID,
		DWORD dwAPIVersion, LPCSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
		LPLINETRANSLATEOUTPUT lpTranslateOutput);

/* init */

TAPI_EXPORT LONG WINAPI lineGetMessage(HLINEAPP hLineApp, LPLINEMESSAGE lpMessage,
		DWORD dwTimeout);

TAPI_EXPORT LONG WINAPI lineInitialize(LPHLINEAPP lphLineApp, HINSTANCE hInstance,
		LINECALLBACK lpfnCallback, LPCSTR lpszAppName, LPDWORD lpdwNumDevs);

TAPI_EXPORT LONG WINAPI lineInitializeEx(LPHLINEAPP lphLineApp, HINSTANCE hInstance,
		LINECALLBACK lpfnCallback, LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
		LPDWORD lpdwAPIVersion, LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams);

TAPI_EXPORT LONG WINAPI lineShutdown(HLINEAPP hLineApp);

TAPI_EXPORT LONG WINAPI phoneGetMessage(HPHONEAPP hPhoneApp, LPPHONEMESSAGE lpMessage,
		DWORD dwTimeout);

TAPI_EXPORT LONG WINAPI phoneInitialize(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance,
		PHONECALLBACK lpfnCallback, LPCSTR lpszAppName, LPDWORD lpdwNumDevs);

TAPI_EXPORT LONG WINAPI phoneInitializeEx(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance,
		PHONECALLBACK lpfnCallback, LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
		LPDWORD lpdwAPIVersion, LPPHONEINITIALIZEEXPARAMS lpPhoneInitializeExParams);

TAPI_EXPORT LONG WINAPI phoneShutdown(HPHONEAPP hPhoneApp);

/* proxy */

TAPI_EXPORT LONG WINAPI lineGetProxyStatus(HLINEAPP hLineApp, DWORD dwDeviceID,
		DWORD dwAppAPIVersion, LPLINEPROXYREQUESTLIST lpLineProxyReqestList);

TAPI_EXPORT LONG WINAPI lineProxyMessage(HLINE hLine, HCALL hCall, DWORD dwMsg, DWORD dwParam1,
		DWORD dwParam2, DWORD dwParam3);

TAPI_EXPORT LONG WINAPI lineProxyResponse(HLINE hLine, LPLINEPROXYREQUEST lpProxyRequest,
		DWORD dwResult);

/* assisted-telephony */

TAPI_EXPORT LONG WINAPI lineGetRequest(HLINEAPP hLineApp, DWORD dwRequestMode,
		LPVOID lpRequestBuffer);

TAPI_EXPORT LONG WINAPI lineRegisterRequestRecipient(HLINEAPP hLineApp,
		DWORD dwRegistrationInstance, DWORD dwRequestMode, DWORD bEnable);

TAPI_EXPORT LONG WINAPI tapiGetLocationInfo(LPSTR lpszCountryCode, LPSTR lpszCityCode);

TAPI_EXPORT LONG WINAPI tapiRequestDrop(HWND hwnd, WPARAM wRequestID);

TAPI_EXPORT LONG WINAPI tapiRequestMakeCall(LPCSTR lpszDestAddress, LPCSTR lpszAppName,
		LPCSTR lpszCalledParty, LPCSTR lpszComment);

TAPI_EXPORT LONG WINAPI tapiRequestMediaCall(HWND hwnd, WPARAM wRequestID, LPCSTR lpszDeviceClass,
		LPCSTR lpDeviceID, DWORD dwSize, DWORD dwSecure, LPCSTR lpszDestAddress,
		LPCSTR lpszAppName, LPCSTR lpszCalledParty, LPCSTR lpszComment);

/* media-control */

TAPI_EXPORT LONG WINAPI lineMonitorMedia(HCALL hCall, DWORD dwMediaModes);

TAPI_EXPORT LONG WINAPI lineSetMediaControl(HLINE hLine, DWORD dwAddressID, HCALL hCall,
		DWORD dwSelect, const LINEMEDIACONTROLDIGIT *lpDigitList, DWORD dwDigitNumEntries,
		const LINEMEDIACONTROLMEDIA *lpMediaList, DWORD dwMediaNumEntries,
		const LINEMEDIACONTROLTONE *lpToneList, DWORD dwToneNumEntries,
		const LINEMEDIACONTROLCALLSTATE *lpCallStateList, DWORD dwCallStateNumEntries);

TAPI_EXPORT LONG WINAPI lineSetMediaMode(HCALL hCall, DWORD dwMediaModes);

/* version */

TAPI_EXPORT LONG WINAPI lineNegotiateAPIVersion(HLINEAPP hLineApp, DWORD dwDeviceID,
		DWORD dwAPILowVersion, DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
		LPLINEEXTENSIONID lpExtensionID);

TAPI_EXPORT LONG WINAPI lineNegotiateExtVersion(HLINEAPP hLineApp, DWORD dwDeviceID,
		DWORD dwAPIVersion, DWORD dwExtLowVersion, DWORD dwExtHighVersion,
		LPDWORD lpdwExtVersion);

TAPI_EXPORT LONG WINAPI phoneNegotiateAPIVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID,
		DWORD dwAPILowVersion, DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
		LPPHONEEXTENSIONID lpExtensionID);

TAPI_EXPORT LONG WINAPI phoneNegotiateExtVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID,
		DWORD dwAPIVersion, DWORD dwExtLowVersion, DWORD dwExtHighVersion,
		LPDWORD lpdwExtVersion);

/* park-pickup */

TAPI_EXPORT LONG WINAPI linePark(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress,
		LPVARSTRING lpNonDirAddress);

TAPI_EXPORT LONG WINAPI linePickup(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall,
		LPCSTR lpszDestAddress, LPCSTR lpszGroupID);

TAPI_EXPORT LONG WINAPI lineUnpark(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall,
		LPCSTR lpszDestAddress);

/* user-user */

TAPI_EXPORT LONG WINAPI lineReleaseUserUserInfo(HCALL hCall);

TAPI_EXPORT LONG WINAPI lineSendUserUserInfo(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/* qos */

TAPI_EXPORT LONG WINAPI lineSetCallQualityOfService(HCALL hCall, LPVOID lpSendingFlowspec,
		DWORD dwSendingFlowspecSize, LPVOID lpReceivingFlowspec,
		DWORD dwReceivingFlowspecSize);

/* phone-device */

TAPI_EXPORT LONG WINAPI phoneClose(HPHONE hPhone);

TAPI_EXPORT LONG WINAPI phoneGetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID,
		LPPHONEBUTTONINFO lpButtonInfo);

TAPI_EXPORT LONG WINAPI phoneGetData(HPHONE hPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize);

TAPI_EXPORT LONG WINAPI phoneGetDevCaps(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion,
		DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps);

TAPI_EXPORT LONG WINAPI phoneGetDisplay(HPHONE hPhone, LPVARSTRING lpDisplay);

TAPI_EXPORT LONG WINAPI phoneGetGain(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain);

TAPI_EXPORT LONG WINAPI phoneGetHookSwitch(HPHONE hPhone, LPDWORD lpdwHookSwitchDevs);

TAPI_EXPORT LONG WINAPI phoneGetID(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);

TAPI_EXPORT LONG WINAPI phoneGetLamp(HPHONE hPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode);

TAPI_EXPORT LONG WINAPI phoneGetRing(HPHONE hPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume);

TAPI_EXPORT LONG WINAPI phoneGetStatus(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus);

TAPI_EXPORT LONG WINAPI phoneGetStatusMessages(HPHONE hPhone, LPDWORD lpdwPhoneStates,
		LPDWORD lpdwButtonModes, LPDWORD lpdwButtonStates);

TAPI_EXPORT LONG WINAPI phoneGetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume);

TAPI_EXPORT LONG WINAPI phoneOpen(HPHONEAPP hPhoneApp, DWORD dwDeviceID, LPHPHONE lphPhone,
		DWORD dwAPIVersion, DWORD dwExtVersion, DWORD_PTR dwCallbackInstance,
		DWORD dwPrivilege);

TAPI_EXPORT LONG WINAPI phoneSetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID,
		const PHONEBUTTONINFO *lpButtonInfo);

TAPI_EXPORT LONG WINAPI phoneSetData(HPHONE hPhone, DWORD dwDataID, const void *lpData,
		DWORD dwSize);

TAPI_EXPORT LONG WINAPI phoneSetDisplay(HPHONE hPhone, DWORD dwRow, DWORD dwColumn,
		LPCSTR lpsDisplay, DWORD dwSize);

TAPI_EXPORT LONG WINAPI phoneSetGain(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwGain);

TAPI_EXPORT LONG WINAPI phoneSetHookSwitch(HPHONE hPhone, DWORD dwHookSwitchDevs,
		DWORD dwHookSwitchMode);

TAPI_EXPORT LONG WINAPI phoneSetLamp(HPHONE hPhone, DWORD dwButtonLampID, DWORD dwLampMode);

TAPI_EXPORT LONG WINAPI phoneSetRing(HPHONE hPhone, DWORD dwRingMode, DWORD dwVolume);

TAPI_EXPORT LONG WINAPI phoneSetStatusMessages(HPHONE hPhone, DWORD dwPhoneStates,
		DWORD dwButtonModes, DWORD dwButtonStates);

TAPI_EXPORT LONG WINAPI phoneSetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwVolume);

#ifdef __cplusplus
}
#endif

#endif
