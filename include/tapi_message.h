// SPDX-License-Identifier: MIT
/* tapi_message.h - what a program is told: LINE_ and PHONE_ messages.
 * A message has a device handle (hDevice: line, phone or call), the number, the dwCallbackInstance
 * given when the device was opened, and three parameters. LINE_REPLY, LINE_REQUEST, LINE_CREATE,
 * LINE_REMOVE and their PHONE_ twins have hDevice 0. "From the TSP" is what tspi.h's event
 * procedures get where that differs.
 */
#ifndef TAPI_MESSAGE_H
#define TAPI_MESSAGE_H

/* An address changed; read it with lineGetAddressStatus.
 * dwParam1: address id.
 * dwParam2: LINEADDRESSSTATE_ bits that changed.
 * dwParam3: unused.
 */
#define LINE_ADDRESSSTATE                          0u

/* Information on a call changed; read it with lineGetCallInfo. Counts of owners and monitors are
 * not told to the program that changed them.
 * dwParam1: LINECALLINFOSTATE_ bits that changed.
 * dwParam2 to 3: unused.
 */
#define LINE_CALLINFO                              1u

/* What state a call is in. IDLE is final; no sequence is promised. The top 8 bits of the state may
 * be device-specific. Cannot be switched off.
 * From the TSP:
 *     dwParam1: one LINECALLSTATE_ value.
 *     dwParam2: state mode (busy, connected, dialtone, disconnect, offering, specialinfo).
 *     dwParam3: media modes of the call (LINEMEDIAMODE_).
 * To the program:
 *     dwParam1: one LINECALLSTATE_ value.
 *     dwParam2: state mode; for CONFERENCED the parent hConfCall or 0.
 *     dwParam3: 0, or new LINECALLPRIVILEGE_ of the receiver.
 */
#define LINE_CALLSTATE                             2u

/* The line was closed by force: its handle and all its calls are gone. Never an answer to
 * lineClose.
 * dwParam1 to 3: unused.
 */
#define LINE_CLOSE                                 3u

/* The provider's own message on a line, address or call (hDevice is the call then).
 * dwParam1 to 3: device specific.
 */
#define LINE_DEVSPECIFIC                           4u

/* The provider's own message on a feature button.
 * dwParam1 to 3: device specific.
 */
#define LINE_DEVSPECIFICFEATURE                    5u

/* A gathering ended; the buffer of lineGatherDigits holds the digits.
 * From the TSP:
 *     dwParam1: one LINEGATHERTERM_ value.
 *     dwParam2: dwEndToEndID of the gather request.
 *     dwParam3: tick count, ms (0 if none).
 * To the program:
 *     dwParam1: one LINEGATHERTERM_ value.
 *     dwParam2: unused.
 *     dwParam3: tick count, ms (API 2.0 up).
 */
#define LINE_GATHERDIGITS                          6u

/* Digits or tone are out, or were cancelled; one a request.
 * From the TSP:
 *     dwParam1: one LINEGENERATETERM_ value.
 *     dwParam2: dwEndToEndID of the generate request.
 *     dwParam3: tick count, ms (0 if none).
 * To the program:
 *     dwParam1: one LINEGENERATETERM_ value.
 *     dwParam2: unused.
 *     dwParam3: tick count, ms (API 2.0 up).
 */
#define LINE_GENERATE                              7u

/* A line changed. RINGING comes once a ring. REINIT with dwParam2 0 asks the program to shut down,
 * else it stands for a newer message.
 * dwParam1: LINEDEVSTATE_ bits that changed.
 * dwParam2: RINGING: ring mode; REINIT: original message id or 0.
 * dwParam3: RINGING: ring count; REINIT: original dwParam1.
 */
#define LINE_LINEDEVSTATE                          8u

/* A digit was heard.
 * dwParam1: digit character in low byte.
 * dwParam2: one LINEDIGITMODE_ value.
 * dwParam3: tick count, ms (API 2.0 up).
 */
#define LINE_MONITORDIGITS                         9u

/* Media were found.
 * dwParam1: one LINEMEDIAMODE_ value detected.
 * dwParam2: unused.
 * dwParam3: tick count, ms (API 2.0 up).
 */
#define LINE_MONITORMEDIA                          10u

/* A tone was heard.
 * From the TSP:
 *     dwParam1: dwAppSpecific tag of the detected tone.
 *     dwParam2: dwToneListID of the tone list.
 *     dwParam3: tick count, ms (0 if none).
 * To the program:
 *     dwParam1: dwAppSpecific tag of the detected tone.
 *     dwParam2: unused.
 *     dwParam3: tick count, ms (API 2.0 up).
 */
#define LINE_MONITORTONE                           11u

/* An asynchronous request ended: exactly one a request, to its maker only, before the first
 * message on a handle that it makes valid. Cannot be switched off.
 * dwParam1: request id.
 * dwParam2: 0 or a LINEERR_ code as a DWORD, not sign-extended: (LONG)dwParam2 is negative, and
 *           dwParam2 == (DWORD)LINEERR_... holds.
 * dwParam3: unused.
 */
#define LINE_REPLY                                 12u

/* Requests of assisted telephony wait: call lineGetRequest until NOREQUEST.
 * dwParam1: one LINEREQUESTMODE_ value.
 * dwParam2: DROP: requester window; otherwise unused.
 * dwParam3: DROP: wRequestID in low word; otherwise unused.
 */
#define LINE_REQUEST                               13u

/* A button went down or up; every down has its up.
 * dwParam1: button/lamp id (0-9, 10 star, 11 hash).
 * dwParam2: PHONEBUTTONMODE_ value.
 * dwParam3: PHONEBUTTONSTATE_ value.
 */
#define PHONE_BUTTON                               14u

/* The phone was closed by force; its handle is gone.
 * dwParam1 to 3: unused.
 */
#define PHONE_CLOSE                                15u

/* The provider's own message on a phone.
 * dwParam1 to 3: device specific.
 */
#define PHONE_DEVSPECIFIC                          16u

/* An asynchronous request ended; as LINE_REPLY.
 * dwParam1: request id.
 * dwParam2: 0 or a PHONEERR_ code as a DWORD.
 * dwParam3: unused.
 */
#define PHONE_REPLY                                17u

/* A phone changed; the detail holds when exactly one bit is set.
 * dwParam1: PHONESTATE_ bits that changed.
 * dwParam2: detail: owners, monitors, lamp id, ring or hookswitch mode.
 * dwParam3: unused.
 */
#define PHONE_STATE                                18u

/* A line device came; hDevice is 0.
 * From the TSP:
 *     dwParam1: hProvider from TSPI_providerEnumDevices.
 *     dwParam2: TSP's temporary device id.
 *     dwParam3: unused.
 * To the program:
 *     dwParam1: new line device id.
 *     dwParam2 to 3: unused.
 */
#define LINE_CREATE                                19u

/* A phone device came; hDevice is 0.
 * From the TSP:
 *     dwParam1: hProvider from TSPI_providerEnumDevices.
 *     dwParam2: TSP's temporary device id.
 *     dwParam3: unused.
 * To the program:
 *     dwParam1: new phone device id.
 *     dwParam2 to 3: unused.
 */
#define PHONE_CREATE                               20u

/* The agent handler's own message.
 * dwParam1: index of handler extension id in LINEAGENTCAPS.
 * dwParam2: handler specific.
 * dwParam3: handler specific.
 */
#define LINE_AGENTSPECIFIC                         21u

/* An agent at an address changed (2.0).
 * dwParam1: address id of the agent.
 * dwParam2: LINEAGENTSTATUS_ bits that changed.
 * dwParam3: new LINEAGENTSTATE_ if STATE bit, else 0.
 */
#define LINE_AGENTSTATUS                           22u

/* A handle for a call is given unasked; LINE_CALLSTATE follows at once. hDevice is the line.
 * Programs before 2.0 get LINE_CALLSTATE only.
 * dwParam1: address id.
 * dwParam2: new call handle (hCall).
 * dwParam3: LINECALLPRIVILEGE_OWNER or _MONITOR.
 */
#define LINE_APPNEWCALL                            23u

/* To a proxy: serve this request and answer with lineProxyResponse.
 * dwParam1: pointer to LINEPROXYREQUEST.
 * dwParam2: reserved.
 * dwParam3: reserved.
 */
#define LINE_PROXYREQUEST                          24u

/* A line device is gone for good; its id is not used again before a restart. hDevice is 0.
 * From the TSP: with it the TSP's handles of the line, of its calls and MSP instances end; nothing
 * is called for them any more, not even to close them. Programs get IDLE for their calls and
 * LINE_CLOSE for what they have open first.
 * dwParam1: id of the removed line device.
 * dwParam2: reserved, 0.
 * dwParam3: reserved, 0.
 */
#define LINE_REMOVE                                25u

/* A phone device is gone for good. hDevice is 0.
 * dwParam1: id of the removed phone device.
 * dwParam2: reserved, 0.
 * dwParam3: reserved, 0.
 */
#define PHONE_REMOVE                               26u

/* A session of an agent changed (2.2).
 * dwParam1: agent session handle.
 * dwParam2: LINEAGENTSESSIONSTATUS_ bits that changed.
 * dwParam3: new session state if STATE bit, else 0.
 */
#define LINE_AGENTSESSIONSTATUS                    27u

/* A queue changed (2.2).
 * dwParam1: queue id.
 * dwParam2: LINEQUEUESTATUS_ bits that changed.
 * dwParam3: reserved, 0.
 */
#define LINE_QUEUESTATUS                           28u

/* An agent changed (2.2).
 * dwParam1: agent handle.
 * dwParam2: LINEAGENTSTATUSEX_ bits that changed.
 * dwParam3: new LINEAGENTSTATEEX_ if STATE bit, else 0.
 */
#define LINE_AGENTSTATUSEX                         29u

/* The agent groups changed (2.2).
 * dwParam1: reserved, 0.
 * dwParam2: LINEGROUPSTATUS_ bits that changed.
 * dwParam3: reserved, 0.
 */
#define LINE_GROUPSTATUS                           30u

/* A proxy began or ceased to serve a request type.
 * dwParam1: LINEPROXYSTATUS_ value.
 * dwParam2: LINEPROXYREQUEST_ type for OPEN or CLOSE, else 0.
 * dwParam3: reserved, 0.
 */
#define LINE_PROXYSTATUS                           31u

/* The first call that the application holds of a call hub is there (2.2). A hub is all calls of a
 * provider that have the same dwCallID; hDevice is the call. Only for applications that initialised
 * with LINEINITIALIZEEXOPTION_CALLHUBTRACKING.
 * dwParam1: LINECALLHUBTRACKING_ level of the new hub.
 * dwParam2 to 3: unused.
 */
#define LINE_APPNEWCALLHUB                         32u

/* A call hub ended: its last call is idle, whoever has it, or the application's calls are in another hub
 * now (2.2). hDevice is a call by which the application knew it.
 * dwParam1 to 3: reserved, 0.
 */
#define LINE_CALLHUBCLOSE                          33u

/* The provider's own message on a line device (3.0).
 * dwParam1 to 3: device specific.
 */
#define LINE_DEVSPECIFICEX                         34u

#endif
