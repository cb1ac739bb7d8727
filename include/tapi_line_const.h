// SPDX-License-Identifier: MIT
/* tapi_line_const.h - constants of lines and addresses. */
#ifndef TAPI_LINE_CONST_H
#define TAPI_LINE_CONST_H

/* Device ids with a meaning: LINEMAPPER lets lineOpen choose; INITIALIZE_NEGOTIATION asks a TSP
 * for its provider-wide version. */
#define INITIALIZE_NEGOTIATION                     0xFFFFFFFFu
#define LINEMAPPER                                 0xFFFFFFFFu

/* What a VARSTRING holds. Text is UTF-8, whichever of the text formats is named. */
#define STRINGFORMAT_ASCII                         0x00000001u
#define STRINGFORMAT_DBCS                          0x00000002u
#define STRINGFORMAT_UNICODE                       0x00000003u
#define STRINGFORMAT_BINARY                        0x00000004u

/* How messages reach the program. USEEVENT: a descriptor to poll, and lineGetMessage.
 * USEHIDDENWINDOW: the callback, from tapiDispatch(). */
#define LINEINITIALIZEEXOPTION_USEHIDDENWINDOW     0x00000001u
#define LINEINITIALIZEEXOPTION_USEEVENT            0x00000002u
#define LINEINITIALIZEEXOPTION_USECOMPLETIONPORT   0x00000003u
#define LINEINITIALIZEEXOPTION_CALLHUBTRACKING     0x80000000u

/* Options in lineOpen's privilege: only one address; serve proxy requests. */
#define LINEOPENOPTION_SINGLEADDRESS               0x80000000u
#define LINEOPENOPTION_PROXY                       0x40000000u

/* A program's privilege on calls: none, watch, control. */
#define LINECALLPRIVILEGE_NONE                     0x00000001u
#define LINECALLPRIVILEGE_MONITOR                  0x00000002u
#define LINECALLPRIVILEGE_OWNER                    0x00000004u

/* Whether a function means the line, the address or the call. */
#define LINECALLSELECT_LINE                        0x00000001u
#define LINECALLSELECT_ADDRESS                     0x00000002u
#define LINECALLSELECT_CALL                        0x00000004u
#define LINECALLSELECT_DEVICEID                    0x00000008u
#define LINECALLSELECT_CALLID                      0x00000010u

/* How an address is named: by its id, or as a dialable string. */
#define LINEADDRESSMODE_ADDRESSID                  0x00000001u
#define LINEADDRESSMODE_DIALABLEADDR               0x00000002u

/* Whether and how an address appears on other stations. */
#define LINEADDRESSSHARING_PRIVATE                 0x00000001u
#define LINEADDRESSSHARING_BRIDGEDEXCL             0x00000002u
#define LINEADDRESSSHARING_BRIDGEDNEW              0x00000004u
#define LINEADDRESSSHARING_BRIDGEDSHARED           0x00000008u
#define LINEADDRESSSHARING_MONITORED               0x00000010u

/* What changed on an address (LINE_ADDRESSSTATE), and the mask of lineSetStatusMessages. */
#define LINEADDRESSSTATE_OTHER                     0x00000001u
#define LINEADDRESSSTATE_DEVSPECIFIC               0x00000002u
#define LINEADDRESSSTATE_INUSEZERO                 0x00000004u
#define LINEADDRESSSTATE_INUSEONE                  0x00000008u
#define LINEADDRESSSTATE_INUSEMANY                 0x00000010u
#define LINEADDRESSSTATE_NUMCALLS                  0x00000020u
#define LINEADDRESSSTATE_FORWARD                   0x00000040u
#define LINEADDRESSSTATE_TERMINALS                 0x00000080u
#define LINEADDRESSSTATE_CAPSCHANGE                0x00000100u

/* The kind of an address string (3.0). */
#define LINEADDRESSTYPE_PHONENUMBER                0x00000001u
#define LINEADDRESSTYPE_SDP                        0x00000002u
#define LINEADDRESSTYPE_EMAILNAME                  0x00000004u
#define LINEADDRESSTYPE_DOMAINNAME                 0x00000008u
#define LINEADDRESSTYPE_IPADDRESS                  0x00000010u

/* Abilities of an address (LINEADDRESSCAPS.dwAddrCapFlags). */
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

/* What can be done with an address at this moment (LINEADDRESSSTATUS.dwAddressFeatures). */
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

/* What answering does to a call that is active on the line already. */
#define LINEANSWERMODE_NONE                        0x00000001u
#define LINEANSWERMODE_DROP                        0x00000002u
#define LINEANSWERMODE_HOLD                        0x00000004u

/* Abilities of a line (LINEDEVCAPS.dwDevCapFlags). CLOSEDROP: closing drops active calls. MSP: has
 * a media service provider. */
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

/* What changed on a line (LINE_LINEDEVSTATE), and the mask of lineSetStatusMessages. */
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

/* The present condition of a line. */
#define LINEDEVSTATUSFLAGS_CONNECTED               0x00000001u
#define LINEDEVSTATUSFLAGS_MSGWAIT                 0x00000002u
#define LINEDEVSTATUSFLAGS_INSERVICE               0x00000004u
#define LINEDEVSTATUSFLAGS_LOCKED                  0x00000008u

/* What can be done with a line at this moment (LINEDEVSTATUS.dwLineFeatures). */
#define LINEFEATURE_DEVSPECIFIC                    0x00000001u
#define LINEFEATURE_DEVSPECIFICFEAT                0x00000002u
#define LINEFEATURE_FORWARD                        0x00000004u
#define LINEFEATURE_MAKECALL                       0x00000008u
#define LINEFEATURE_SETMEDIACONTROL                0x00000010u
#define LINEFEATURE_SETTERMINAL                    0x00000020u
#define LINEFEATURE_SETDEVSTATUS                   0x00000040u
#define LINEFEATURE_FORWARDFWD                     0x00000080u
#define LINEFEATURE_FORWARDDND                     0x00000100u

/* Which calls are forwarded. */
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

/* Where a mobile line is. */
#define LINEROAMMODE_UNKNOWN                       0x00000001u
#define LINEROAMMODE_UNAVAIL                       0x00000002u
#define LINEROAMMODE_HOME                          0x00000004u
#define LINEROAMMODE_ROAMA                         0x00000008u
#define LINEROAMMODE_ROAMB                         0x00000010u

/* Kinds of a line's terminals. */
#define LINETERMDEV_PHONE                          0x00000001u
#define LINETERMDEV_HEADSET                        0x00000002u
#define LINETERMDEV_SPEAKER                        0x00000004u

/* Classes of events and media that can be routed to a terminal. */
#define LINETERMMODE_BUTTONS                       0x00000001u
#define LINETERMMODE_LAMPS                         0x00000002u
#define LINETERMMODE_DISPLAY                       0x00000004u
#define LINETERMMODE_RINGER                        0x00000008u
#define LINETERMMODE_HOOKSWITCH                    0x00000010u
#define LINETERMMODE_MEDIATOLINE                   0x00000020u
#define LINETERMMODE_MEDIAFROMLINE                 0x00000040u
#define LINETERMMODE_MEDIABIDIRECT                 0x00000080u

/* How a terminal is shared between lines. */
#define LINETERMSHARING_PRIVATE                    0x00000001u
#define LINETERMSHARING_SHAREDEXCL                 0x00000002u
#define LINETERMSHARING_SHAREDCONF                 0x00000004u

/* How much of the other calls of a hub is known (3.0). */
#define LINECALLHUBTRACKING_NONE                   0x00000000u
#define LINECALLHUBTRACKING_PROVIDERLEVEL          0x00000001u
#define LINECALLHUBTRACKING_ALLCALLS               0x00000002u

#endif
