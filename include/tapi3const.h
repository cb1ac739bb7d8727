// SPDX-License-Identifier: MIT
/* tapi3const.h - the constants of TAPI 3 and of media service providers: error codes and media
 * types here; enumerations by noun and GUIDs in the files that it includes.
 * One name for two things is kept apart by its type: TE_ names are events of the filter in
 * TAPI_EVENT and events of the registration in TAPIOBJECT_EVENT.
 */
#ifndef TAPI3CONST_H
#define TAPI3CONST_H

#include "tapi_types.h"
#include "tapi3const_call.h"
#include "tapi3const_phone.h"
#include "tapi3const_agent.h"
#include "tapi3const_msp.h"
#include "tapi3const_guid.h"

/* Results of TAPI 3 functions and of MSPs: negative LONGs, 0 is success. */
#define TAPI_E_NOTENOUGHMEMORY                     ((LONG)0x80040001u)
#define TAPI_E_NOITEMS                             ((LONG)0x80040002u)
#define TAPI_E_NOTSUPPORTED                        ((LONG)0x80040003u)
#define TAPI_E_INVALIDMEDIATYPE                    ((LONG)0x80040004u)
#define TAPI_E_OPERATIONFAILED                     ((LONG)0x80040005u)
#define TAPI_E_ALLOCATED                           ((LONG)0x80040006u)
#define TAPI_E_CALLUNAVAIL                         ((LONG)0x80040007u)
#define TAPI_E_COMPLETIONOVERRUN                   ((LONG)0x80040008u)
#define TAPI_E_CONFERENCEFULL                      ((LONG)0x80040009u)
#define TAPI_E_DIALMODIFIERNOTSUPPORTED            ((LONG)0x8004000Au)
#define TAPI_E_INUSE                               ((LONG)0x8004000Bu)
#define TAPI_E_INVALADDRESS                        ((LONG)0x8004000Cu)
#define TAPI_E_INVALADDRESSSTATE                   ((LONG)0x8004000Du)
#define TAPI_E_INVALCALLPARAMS                     ((LONG)0x8004000Eu)
#define TAPI_E_INVALCALLPRIVILEGE                  ((LONG)0x8004000Fu)
#define TAPI_E_INVALCALLSTATE                      ((LONG)0x80040010u)
#define TAPI_E_INVALCARD                           ((LONG)0x80040011u)
#define TAPI_E_INVALCOMPLETIONID                   ((LONG)0x80040012u)
#define TAPI_E_INVALCOUNTRYCODE                    ((LONG)0x80040013u)
#define TAPI_E_INVALDEVICECLASS                    ((LONG)0x80040014u)
#define TAPI_E_INVALDIALPARAMS                     ((LONG)0x80040015u)
#define TAPI_E_INVALDIGITS                         ((LONG)0x80040016u)
#define TAPI_E_INVALGROUPID                        ((LONG)0x80040017u)
#define TAPI_E_INVALLOCATION                       ((LONG)0x80040018u)
#define TAPI_E_INVALMESSAGEID                      ((LONG)0x80040019u)
#define TAPI_E_INVALPARKID                         ((LONG)0x8004001Au)
#define TAPI_E_INVALRATE                           ((LONG)0x8004001Bu)
#define TAPI_E_INVALTIMEOUT                        ((LONG)0x8004001Cu)
#define TAPI_E_INVALTONE                           ((LONG)0x8004001Du)
#define TAPI_E_INVALLIST                           ((LONG)0x8004001Eu)
#define TAPI_E_INVALMODE                           ((LONG)0x8004001Fu)
#define TAPI_E_NOCONFERENCE                        ((LONG)0x80040020u)
#define TAPI_E_NODEVICE                            ((LONG)0x80040021u)
#define TAPI_E_NOREQUEST                           ((LONG)0x80040022u)
#define TAPI_E_NOTOWNER                            ((LONG)0x80040023u)
#define TAPI_E_NOTREGISTERED                       ((LONG)0x80040024u)
#define TAPI_E_REQUESTOVERRUN                      ((LONG)0x80040025u)
#define TAPI_E_TARGETNOTFOUND                      ((LONG)0x80040026u)
#define TAPI_E_TARGETSELF                          ((LONG)0x80040027u)
#define TAPI_E_USERUSERINFOTOOBIG                  ((LONG)0x80040028u)
#define TAPI_E_REINIT                              ((LONG)0x80040029u)
#define TAPI_E_ADDRESSBLOCKED                      ((LONG)0x8004002Au)
#define TAPI_E_BILLINGREJECTED                     ((LONG)0x8004002Bu)
#define TAPI_E_INVALFEATURE                        ((LONG)0x8004002Cu)
#define TAPI_E_INVALBUTTONLAMPID                   ((LONG)0x8004002Du)
#define TAPI_E_INVALBUTTONSTATE                    ((LONG)0x8004002Eu)
#define TAPI_E_INVALDATAID                         ((LONG)0x8004002Fu)
#define TAPI_E_INVALHOOKSWITCHDEV                  ((LONG)0x80040030u)
#define TAPI_E_DROPPED                             ((LONG)0x80040031u)
#define TAPI_E_NOREQUESTRECIPIENT                  ((LONG)0x80040032u)
#define TAPI_E_REQUESTQUEUEFULL                    ((LONG)0x80040033u)
#define TAPI_E_DESTBUSY                            ((LONG)0x80040034u)
#define TAPI_E_DESTNOANSWER                        ((LONG)0x80040035u)
#define TAPI_E_DESTUNAVAIL                         ((LONG)0x80040036u)
#define TAPI_E_REQUESTFAILED                       ((LONG)0x80040037u)
#define TAPI_E_REQUESTCANCELLED                    ((LONG)0x80040038u)
#define TAPI_E_INVALPRIVILEGE                      ((LONG)0x80040039u)
#define TAPI_E_INVALIDDIRECTION                    ((LONG)0x8004003Au)
#define TAPI_E_INVALIDTERMINAL                     ((LONG)0x8004003Bu)
#define TAPI_E_INVALIDTERMINALCLASS                ((LONG)0x8004003Cu)
#define TAPI_E_NODRIVER                            ((LONG)0x8004003Du)
#define TAPI_E_MAXSTREAMS                          ((LONG)0x8004003Eu)
#define TAPI_E_NOTERMINALSELECTED                  ((LONG)0x8004003Fu)
#define TAPI_E_TERMINALINUSE                       ((LONG)0x80040040u)
#define TAPI_E_NOTSTOPPED                          ((LONG)0x80040041u)
#define TAPI_E_MAXTERMINALS                        ((LONG)0x80040042u)
#define TAPI_E_INVALIDSTREAM                       ((LONG)0x80040043u)
#define TAPI_E_TIMEOUT                             ((LONG)0x80040044u)
#define TAPI_E_CALLCENTER_GROUP_REMOVED            ((LONG)0x80040045u)
#define TAPI_E_CALLCENTER_QUEUE_REMOVED            ((LONG)0x80040046u)
#define TAPI_E_CALLCENTER_NO_AGENT_ID              ((LONG)0x80040047u)
#define TAPI_E_CALLCENTER_INVALAGENTID             ((LONG)0x80040048u)
#define TAPI_E_CALLCENTER_INVALAGENTGROUP          ((LONG)0x80040049u)
#define TAPI_E_CALLCENTER_INVALPASSWORD            ((LONG)0x8004004Au)
#define TAPI_E_CALLCENTER_INVALAGENTSTATE          ((LONG)0x8004004Bu)
#define TAPI_E_CALLCENTER_INVALAGENTACTIVITY       ((LONG)0x8004004Cu)
#define TAPI_E_REGISTRY_SETTING_CORRUPT            ((LONG)0x8004004Du)
#define TAPI_E_TERMINAL_PEER                       ((LONG)0x8004004Eu)
#define TAPI_E_PEER_NOT_SET                        ((LONG)0x8004004Fu)
#define TAPI_E_NOEVENT                             ((LONG)0x80040050u)
#define TAPI_E_INVALADDRESSTYPE                    ((LONG)0x80040051u)
#define TAPI_E_RESOURCEUNAVAIL                     ((LONG)0x80040052u)
#define TAPI_E_PHONENOTOPEN                        ((LONG)0x80040053u)
#define TAPI_E_CALLNOTSELECTED                     ((LONG)0x80040054u)
#define TAPI_E_WRONGEVENT                          ((LONG)0x80040055u)
#define TAPI_E_NOFORMAT                            ((LONG)0x80040056u)
#define TAPI_E_INVALIDSTREAMSTATE                  ((LONG)0x80040057u)
#define TAPI_E_WRONG_STATE                         ((LONG)0x80040058u)
#define TAPI_E_NOT_INITIALIZED                     ((LONG)0x80040059u)
#define TAPI_E_SERVICE_NOT_RUNNING                 ((LONG)0x8004005Au)

/* Media types, as bits; the same numbers as LINEMEDIAMODE_ for those that both know. */
#define TAPIMEDIATYPE_AUDIO                        0x00000008u
#define TAPIMEDIATYPE_VIDEO                        0x00008000u
#define TAPIMEDIATYPE_DATAMODEM                    0x00000010u
#define TAPIMEDIATYPE_G3FAX                        0x00000020u
#define TAPIMEDIATYPE_MULTITRACK                   0x00010000u

#endif
