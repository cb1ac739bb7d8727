// SPDX-License-Identifier: MIT
/* tapi3const.h - the constants of TAPI 3 and of media service providers: enumerations, error
 * codes, media types, and the GUIDs of interfaces, classes, terminals and protocols. */
#ifndef TAPI3CONST_H
#define TAPI3CONST_H

#include "tapi.h"

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

#define TAPIMEDIATYPE_AUDIO                        0x00000008u
#define TAPIMEDIATYPE_VIDEO                        0x00008000u
#define TAPIMEDIATYPE_DATAMODEM                    0x00000010u
#define TAPIMEDIATYPE_G3FAX                        0x00000020u
#define TAPIMEDIATYPE_MULTITRACK                   0x00010000u

typedef enum TAPI_TONEMODE {
	TTM_RINGBACK = 0x00000002,
	TTM_BUSY = 0x00000004,
	TTM_BEEP = 0x00000008,
	TTM_BILLING = 0x00000010,
} TAPI_TONEMODE;

typedef enum TAPI_GATHERTERM {
	TGT_BUFFERFULL = 0x00000001,
	TGT_TERMDIGIT = 0x00000002,
	TGT_FIRSTTIMEOUT = 0x00000004,
	TGT_INTERTIMEOUT = 0x00000008,
	TGT_CANCEL = 0x00000010,
} TAPI_GATHERTERM;

typedef enum ADDRESS_EVENT {
	AE_STATE = 0,
	AE_CAPSCHANGE = 1,
	AE_RINGING = 2,
	AE_CONFIGCHANGE = 3,
	AE_FORWARD = 4,
	AE_NEWTERMINAL = 5,
	AE_REMOVETERMINAL = 6,
	AE_MSGWAITON = 7,
	AE_MSGWAITOFF = 8,
	AE_LASTITEM = 8,
} ADDRESS_EVENT;

typedef enum ADDRESS_STATE {
	AS_INSERVICE = 0,
	AS_OUTOFSERVICE = 1,
} ADDRESS_STATE;

typedef enum CALL_STATE {
	CS_IDLE = 0,
	CS_INPROGRESS = 1,
	CS_CONNECTED = 2,
	CS_DISCONNECTED = 3,
	CS_OFFERING = 4,
	CS_HOLD = 5,
	CS_QUEUED = 6,
	CS_LASTITEM = 6,
} CALL_STATE;

typedef enum CALL_STATE_EVENT_CAUSE {
	CEC_NONE = 0,
	CEC_DISCONNECT_NORMAL = 1,
	CEC_DISCONNECT_BUSY = 2,
	CEC_DISCONNECT_BADADDRESS = 3,
	CEC_DISCONNECT_NOANSWER = 4,
	CEC_DISCONNECT_CANCELLED = 5,
	CEC_DISCONNECT_REJECTED = 6,
	CEC_DISCONNECT_FAILED = 7,
	CEC_DISCONNECT_BLOCKED = 8,
} CALL_STATE_EVENT_CAUSE;

typedef enum CALL_MEDIA_EVENT {
	CME_NEW_STREAM = 0,
	CME_STREAM_FAIL = 1,
	CME_TERMINAL_FAIL = 2,
	CME_STREAM_NOT_USED = 3,
	CME_STREAM_ACTIVE = 4,
	CME_STREAM_INACTIVE = 5,
	CME_LASTITEM = 5,
} CALL_MEDIA_EVENT;

typedef enum CALL_MEDIA_EVENT_CAUSE {
	CMC_UNKNOWN = 0,
	CMC_BAD_DEVICE = 1,
	CMC_CONNECT_FAIL = 2,
	CMC_LOCAL_REQUEST = 3,
	CMC_REMOTE_REQUEST = 4,
	CMC_MEDIA_TIMEOUT = 5,
	CMC_MEDIA_RECOVERED = 6,
	CMC_QUALITY_OF_SERVICE = 7,
} CALL_MEDIA_EVENT_CAUSE;

typedef enum DISCONNECT_CODE {
	DC_NORMAL = 0,
	DC_NOANSWER = 1,
	DC_REJECTED = 2,
} DISCONNECT_CODE;

typedef enum TERMINAL_STATE {
	TS_INUSE = 0,
	TS_NOTINUSE = 1,
} TERMINAL_STATE;

typedef enum TERMINAL_DIRECTION {
	TD_CAPTURE = 0,
	TD_RENDER = 1,
	TD_BIDIRECTIONAL = 2,
	TD_MULTITRACK_MIXED = 3,
	TD_NONE = 4,
} TERMINAL_DIRECTION;

typedef enum TERMINAL_TYPE {
	TT_STATIC = 0,
	TT_DYNAMIC = 1,
} TERMINAL_TYPE;

typedef enum CALL_PRIVILEGE {
	CP_OWNER = 0,
	CP_MONITOR = 1,
} CALL_PRIVILEGE;

typedef enum TAPI_EVENT {
	TE_TAPIOBJECT = 0x00000001,
	TE_ADDRESS = 0x00000002,
	TE_CALLNOTIFICATION = 0x00000004,
	TE_CALLSTATE = 0x00000008,
	TE_CALLMEDIA = 0x00000010,
	TE_CALLHUB = 0x00000020,
	TE_CALLINFOCHANGE = 0x00000040,
	TE_PRIVATE = 0x00000080,
	TE_REQUEST = 0x00000100,
	TE_AGENT = 0x00000200,
	TE_AGENTSESSION = 0x00000400,
	TE_QOSEVENT = 0x00000800,
	TE_AGENTHANDLER = 0x00001000,
	TE_ACDGROUP = 0x00002000,
	TE_QUEUE = 0x00004000,
	TE_DIGITEVENT = 0x00008000,
	TE_GENERATEEVENT = 0x00010000,
	TE_ASRTERMINAL = 0x00020000,
	TE_TTSTERMINAL = 0x00040000,
	TE_FILETERMINAL = 0x00080000,
	TE_TONETERMINAL = 0x00100000,
	TE_PHONEEVENT = 0x00200000,
	TE_TONEEVENT = 0x00400000,
	TE_GATHERDIGITS = 0x00800000,
	TE_ADDRESSDEVSPECIFIC = 0x01000000,
	TE_PHONEDEVSPECIFIC = 0x02000000,
} TAPI_EVENT;

typedef enum CALL_NOTIFICATION_EVENT {
	CNE_OWNER = 0,
	CNE_MONITOR = 1,
	CNE_LASTITEM = 1,
} CALL_NOTIFICATION_EVENT;

typedef enum CALLHUB_EVENT {
	CHE_CALLJOIN = 0,
	CHE_CALLLEAVE = 1,
	CHE_CALLHUBNEW = 2,
	CHE_CALLHUBIDLE = 3,
	CHE_LASTITEM = 3,
} CALLHUB_EVENT;

typedef enum CALLHUB_STATE {
	CHS_ACTIVE = 0,
	CHS_IDLE = 1,
} CALLHUB_STATE;

typedef enum TAPIOBJECT_EVENT {
	TE_ADDRESSCREATE = 0,
	TE_ADDRESSREMOVE = 1,
	TE_REINIT = 2,
	TE_TRANSLATECHANGE = 3,
	TE_ADDRESSCLOSE = 4,
	TE_PHONECREATE = 5,
	TE_PHONEREMOVE = 6,
} TAPIOBJECT_EVENT;

typedef enum TAPI_OBJECT_TYPE {
	TOT_NONE = 0,
	TOT_TAPI = 1,
	TOT_ADDRESS = 2,
	TOT_TERMINAL = 3,
	TOT_CALL = 4,
	TOT_CALLHUB = 5,
	TOT_PHONE = 6,
} TAPI_OBJECT_TYPE;

typedef enum QOS_SERVICE_LEVEL {
	QSL_NEEDED = 1,
	QSL_IF_AVAILABLE = 2,
	QSL_BEST_EFFORT = 3,
} QOS_SERVICE_LEVEL;

typedef enum QOS_EVENT {
	QE_NOQOS = 1,
	QE_ADMISSIONFAILURE = 2,
	QE_POLICYFAILURE = 3,
	QE_GENERICERROR = 4,
	QE_LASTITEM = 4,
} QOS_EVENT;

typedef enum CALLINFOCHANGE_CAUSE {
	CIC_OTHER = 0,
	CIC_DEVSPECIFIC = 1,
	CIC_BEARERMODE = 2,
	CIC_RATE = 3,
	CIC_APPSPECIFIC = 4,
	CIC_CALLID = 5,
	CIC_RELATEDCALLID = 6,
	CIC_ORIGIN = 7,
	CIC_REASON = 8,
	CIC_COMPLETIONID = 9,
	CIC_NUMOWNERINCR = 10,
	CIC_NUMOWNERDECR = 11,
	CIC_NUMMONITORS = 12,
	CIC_TRUNK = 13,
	CIC_CALLERID = 14,
	CIC_CALLEDID = 15,
	CIC_CONNECTEDID = 16,
	CIC_REDIRECTIONID = 17,
	CIC_REDIRECTINGID = 18,
	CIC_USERUSERINFO = 19,
	CIC_HIGHLEVELCOMP = 20,
	CIC_LOWLEVELCOMP = 21,
	CIC_CHARGINGINFO = 22,
	CIC_TREATMENT = 23,
	CIC_CALLDATA = 24,
	CIC_PRIVILEGE = 25,
	CIC_MEDIATYPE = 26,
	CIC_LASTITEM = 26,
} CALLINFOCHANGE_CAUSE;

typedef enum CALLINFO_LONG {
	CIL_MEDIATYPESAVAILABLE = 0,
	CIL_BEARERMODE = 1,
	CIL_CALLERIDADDRESSTYPE = 2,
	CIL_CALLEDIDADDRESSTYPE = 3,
	CIL_CONNECTEDIDADDRESSTYPE = 4,
	CIL_REDIRECTIONIDADDRESSTYPE = 5,
	CIL_REDIRECTINGIDADDRESSTYPE = 6,
	CIL_ORIGIN = 7,
	CIL_REASON = 8,
	CIL_APPSPECIFIC = 9,
	CIL_CALLPARAMSFLAGS = 10,
	CIL_CALLTREATMENT = 11,
	CIL_MINRATE = 12,
	CIL_MAXRATE = 13,
	CIL_COUNTRYCODE = 14,
	CIL_CALLID = 15,
	CIL_RELATEDCALLID = 16,
	CIL_COMPLETIONID = 17,
	CIL_NUMBEROFOWNERS = 18,
	CIL_NUMBEROFMONITORS = 19,
	CIL_TRUNK = 20,
	CIL_RATE = 21,
	CIL_GENERATEDIGITDURATION = 22,
	CIL_MONITORDIGITMODES = 23,
	CIL_MONITORMEDIAMODES = 24,
} CALLINFO_LONG;

typedef enum CALLINFO_STRING {
	CIS_CALLERIDNAME = 0,
	CIS_CALLERIDNUMBER = 1,
	CIS_CALLEDIDNAME = 2,
	CIS_CALLEDIDNUMBER = 3,
	CIS_CONNECTEDIDNAME = 4,
	CIS_CONNECTEDIDNUMBER = 5,
	CIS_REDIRECTIONIDNAME = 6,
	CIS_REDIRECTIONIDNUMBER = 7,
	CIS_REDIRECTINGIDNAME = 8,
	CIS_REDIRECTINGIDNUMBER = 9,
	CIS_CALLEDPARTYFRIENDLYNAME = 10,
	CIS_COMMENT = 11,
	CIS_DISPLAYABLEADDRESS = 12,
	CIS_CALLINGPARTYID = 13,
} CALLINFO_STRING;

typedef enum CALLINFO_BUFFER {
	CIB_USERUSERINFO = 0,
	CIB_DEVSPECIFICBUFFER = 1,
	CIB_CALLDATABUFFER = 2,
	CIB_CHARGINGINFOBUFFER = 3,
	CIB_HIGHLEVELCOMPATIBILITYBUFFER = 4,
	CIB_LOWLEVELCOMPATIBILITYBUFFER = 5,
} CALLINFO_BUFFER;

typedef enum ADDRESS_CAPABILITY {
	AC_ADDRESSTYPES = 0,
	AC_BEARERMODES = 1,
	AC_MAXACTIVECALLS = 2,
	AC_MAXONHOLDCALLS = 3,
	AC_MAXONHOLDPENDINGCALLS = 4,
	AC_MAXNUMCONFERENCE = 5,
	AC_MAXNUMTRANSCONF = 6,
	AC_MONITORDIGITSUPPORT = 7,
	AC_GENERATEDIGITSUPPORT = 8,
	AC_GENERATETONEMODES = 9,
	AC_GENERATETONEMAXNUMFREQ = 10,
	AC_MONITORTONEMAXNUMFREQ = 11,
	AC_MONITORTONEMAXNUMENTRIES = 12,
	AC_DEVCAPFLAGS = 13,
	AC_ANSWERMODES = 14,
	AC_LINEFEATURES = 15,
	AC_SETTABLEDEVSTATUS = 16,
	AC_PARKSUPPORT = 17,
	AC_CALLERIDSUPPORT = 18,
	AC_CALLEDIDSUPPORT = 19,
	AC_CONNECTEDIDSUPPORT = 20,
	AC_REDIRECTIONIDSUPPORT = 21,
	AC_REDIRECTINGIDSUPPORT = 22,
	AC_ADDRESSCAPFLAGS = 23,
	AC_CALLFEATURES1 = 24,
	AC_CALLFEATURES2 = 25,
	AC_REMOVEFROMCONFCAPS = 26,
	AC_REMOVEFROMCONFSTATE = 27,
	AC_TRANSFERMODES = 28,
	AC_ADDRESSFEATURES = 29,
	AC_PREDICTIVEAUTOTRANSFERSTATES = 30,
	AC_MAXCALLDATASIZE = 31,
	AC_LINEID = 32,
	AC_ADDRESSID = 33,
	AC_FORWARDMODES = 34,
	AC_MAXFORWARDENTRIES = 35,
	AC_MAXSPECIFICENTRIES = 36,
	AC_MINFWDNUMRINGS = 37,
	AC_MAXFWDNUMRINGS = 38,
	AC_MAXCALLCOMPLETIONS = 39,
	AC_CALLCOMPLETIONCONDITIONS = 40,
	AC_CALLCOMPLETIONMODES = 41,
	AC_PERMANENTDEVICEID = 42,
	AC_GATHERDIGITSMINTIMEOUT = 43,
	AC_GATHERDIGITSMAXTIMEOUT = 44,
	AC_GENERATEDIGITMINDURATION = 45,
	AC_GENERATEDIGITMAXDURATION = 46,
	AC_GENERATEDIGITDEFAULTDURATION = 47,
} ADDRESS_CAPABILITY;

typedef enum ADDRESS_CAPABILITY_STRING {
	ACS_PROTOCOL = 0,
	ACS_ADDRESSDEVICESPECIFIC = 1,
	ACS_LINEDEVICESPECIFIC = 2,
	ACS_PROVIDERSPECIFIC = 3,
	ACS_SWITCHSPECIFIC = 4,
	ACS_PERMANENTDEVICEGUID = 5,
} ADDRESS_CAPABILITY_STRING;

typedef enum FULLDUPLEX_SUPPORT {
	FDS_SUPPORTED = 0,
	FDS_NOTSUPPORTED = 1,
	FDS_UNKNOWN = 2,
} FULLDUPLEX_SUPPORT;

typedef enum FINISH_MODE {
	FM_ASTRANSFER = 0,
	FM_ASCONFERENCE = 1,
} FINISH_MODE;

typedef enum PHONE_PRIVILEGE {
	PP_OWNER = 0,
	PP_MONITOR = 1,
} PHONE_PRIVILEGE;

typedef enum PHONE_HOOK_SWITCH_DEVICE {
	PHSD_HANDSET = 1,
	PHSD_SPEAKERPHONE = 2,
	PHSD_HEADSET = 4,
} PHONE_HOOK_SWITCH_DEVICE;

typedef enum PHONE_HOOK_SWITCH_STATE {
	PHSS_ONHOOK = 0x00000001,
	PHSS_OFFHOOK_MIC_ONLY = 0x00000002,
	PHSS_OFFHOOK_SPEAKER_ONLY = 0x00000004,
	PHSS_OFFHOOK = 0x00000008,
} PHONE_HOOK_SWITCH_STATE;

typedef enum PHONE_LAMP_MODE {
	LM_DUMMY = 0x00000001,
	LM_OFF = 0x00000002,
	LM_STEADY = 0x00000004,
	LM_WINK = 0x00000008,
	LM_FLASH = 0x00000010,
	LM_FLUTTER = 0x00000020,
	LM_BROKENFLUTTER = 0x00000040,
	LM_UNKNOWN = 0x00000080,
} PHONE_LAMP_MODE;

typedef enum PHONECAPS_LONG {
	PCL_HOOKSWITCHES = 0,
	PCL_HANDSETHOOKSWITCHMODES = 1,
	PCL_HEADSETHOOKSWITCHMODES = 2,
	PCL_SPEAKERPHONEHOOKSWITCHMODES = 3,
	PCL_DISPLAYNUMROWS = 4,
	PCL_DISPLAYNUMCOLUMNS = 5,
	PCL_NUMRINGMODES = 6,
	PCL_NUMBUTTONLAMPS = 7,
	PCL_GENERICPHONE = 8,
} PHONECAPS_LONG;

typedef enum PHONECAPS_STRING {
	PCS_PHONENAME = 0,
	PCS_PHONEINFO = 1,
	PCS_PROVIDERINFO = 2,
} PHONECAPS_STRING;

typedef enum PHONECAPS_BUFFER {
	PCB_DEVSPECIFICBUFFER = 0,
} PHONECAPS_BUFFER;

typedef enum PHONE_BUTTON_STATE {
	PBS_UP = 0x00000001,
	PBS_DOWN = 0x00000002,
	PBS_UNKNOWN = 0x00000004,
	PBS_UNAVAIL = 0x00000008,
} PHONE_BUTTON_STATE;

typedef enum PHONE_BUTTON_MODE {
	PBM_DUMMY = 0,
	PBM_CALL = 1,
	PBM_FEATURE = 2,
	PBM_KEYPAD = 3,
	PBM_LOCAL = 4,
	PBM_DISPLAY = 5,
} PHONE_BUTTON_MODE;

typedef enum PHONE_BUTTON_FUNCTION {
	PBF_UNKNOWN = 0,
	PBF_CONFERENCE = 1,
	PBF_TRANSFER = 2,
	PBF_DROP = 3,
	PBF_HOLD = 4,
	PBF_RECALL = 5,
	PBF_DISCONNECT = 6,
	PBF_CONNECT = 7,
	PBF_MSGWAITON = 8,
	PBF_MSGWAITOFF = 9,
	PBF_SELECTRING = 10,
	PBF_ABBREVDIAL = 11,
	PBF_FORWARD = 12,
	PBF_PICKUP = 13,
	PBF_RINGAGAIN = 14,
	PBF_PARK = 15,
	PBF_REJECT = 16,
	PBF_REDIRECT = 17,
	PBF_MUTE = 18,
	PBF_VOLUMEUP = 19,
	PBF_VOLUMEDOWN = 20,
	PBF_SPEAKERON = 21,
	PBF_SPEAKEROFF = 22,
	PBF_FLASH = 23,
	PBF_DATAON = 24,
	PBF_DATAOFF = 25,
	PBF_DONOTDISTURB = 26,
	PBF_INTERCOM = 27,
	PBF_BRIDGEDAPP = 28,
	PBF_BUSY = 29,
	PBF_CALLAPP = 30,
	PBF_DATETIME = 31,
	PBF_DIRECTORY = 32,
	PBF_COVER = 33,
	PBF_CALLID = 34,
	PBF_LASTNUM = 35,
	PBF_NIGHTSRV = 36,
	PBF_SENDCALLS = 37,
	PBF_MSGINDICATOR = 38,
	PBF_REPDIAL = 39,
	PBF_SETREPDIAL = 40,
	PBF_SYSTEMSPEED = 41,
	PBF_STATIONSPEED = 42,
	PBF_CAMPON = 43,
	PBF_SAVEREPEAT = 44,
	PBF_QUEUECALL = 45,
	PBF_NONE = 46,
	PBF_SEND = 47,
} PHONE_BUTTON_FUNCTION;

typedef enum PHONE_TONE {
	PT_KEYPADZERO = 0,
	PT_KEYPADONE = 1,
	PT_KEYPADTWO = 2,
	PT_KEYPADTHREE = 3,
	PT_KEYPADFOUR = 4,
	PT_KEYPADFIVE = 5,
	PT_KEYPADSIX = 6,
	PT_KEYPADSEVEN = 7,
	PT_KEYPADEIGHT = 8,
	PT_KEYPADNINE = 9,
	PT_KEYPADSTAR = 10,
	PT_KEYPADPOUND = 11,
	PT_KEYPADA = 12,
	PT_KEYPADB = 13,
	PT_KEYPADC = 14,
	PT_KEYPADD = 15,
	PT_NORMALDIALTONE = 16,
	PT_EXTERNALDIALTONE = 17,
	PT_BUSY = 18,
	PT_RINGBACK = 19,
	PT_ERRORTONE = 20,
	PT_SILENCE = 21,
} PHONE_TONE;

typedef enum PHONE_EVENT {
	PE_DISPLAY = 0,
	PE_LAMPMODE = 1,
	PE_RINGMODE = 2,
	PE_RINGVOLUME = 3,
	PE_HOOKSWITCH = 4,
	PE_CAPSCHANGE = 5,
	PE_BUTTON = 6,
	PE_CLOSE = 7,
	PE_NUMBERGATHERED = 8,
	PE_DIALING = 9,
	PE_ANSWER = 10,
	PE_DISCONNECT = 11,
	PE_LASTITEM = 11,
} PHONE_EVENT;

typedef enum TERMINAL_MEDIA_STATE {
	TMS_IDLE = 0,
	TMS_ACTIVE = 1,
	TMS_PAUSED = 2,
	TMS_LASTITEM = 2,
} TERMINAL_MEDIA_STATE;

typedef enum FT_STATE_EVENT_CAUSE {
	FTEC_NORMAL = 0,
	FTEC_END_OF_FILE = 1,
	FTEC_READ_ERROR = 2,
	FTEC_WRITE_ERROR = 3,
} FT_STATE_EVENT_CAUSE;

typedef enum AGENT_EVENT {
	AE_NOT_READY = 0,
	AE_READY = 1,
	AE_BUSY_ACD = 2,
	AE_BUSY_INCOMING = 3,
	AE_BUSY_OUTGOING = 4,
	AE_UNKNOWN = 5,
} AGENT_EVENT;

typedef enum AGENT_STATE {
	AS_NOT_READY = 0,
	AS_READY = 1,
	AS_BUSY_ACD = 2,
	AS_BUSY_INCOMING = 3,
	AS_BUSY_OUTGOING = 4,
	AS_UNKNOWN = 5,
} AGENT_STATE;

typedef enum AGENT_SESSION_EVENT {
	ASE_NEW_SESSION = 0,
	ASE_NOT_READY = 1,
	ASE_READY = 2,
	ASE_BUSY = 3,
	ASE_WRAPUP = 4,
	ASE_END = 5,
} AGENT_SESSION_EVENT;

typedef enum AGENT_SESSION_STATE {
	ASST_NOT_READY = 0,
	ASST_READY = 1,
	ASST_BUSY_ON_CALL = 2,
	ASST_BUSY_WRAPUP = 3,
	ASST_SESSION_ENDED = 4,
} AGENT_SESSION_STATE;

typedef enum AGENTHANDLER_EVENT {
	AHE_NEW_AGENTHANDLER = 0,
	AHE_AGENTHANDLER_REMOVED = 1,
} AGENTHANDLER_EVENT;

typedef enum ACDGROUP_EVENT {
	ACDGE_NEW_GROUP = 0,
	ACDGE_GROUP_REMOVED = 1,
} ACDGROUP_EVENT;

typedef enum ACDQUEUE_EVENT {
	ACDQE_NEW_QUEUE = 0,
	ACDQE_QUEUE_REMOVED = 1,
} ACDQUEUE_EVENT;

typedef enum MSP_ADDRESS_EVENT {
	ADDRESS_TERMINAL_AVAILABLE = 0,
	ADDRESS_TERMINAL_UNAVAILABLE = 1,
} MSP_ADDRESS_EVENT;

typedef enum MSP_CALL_EVENT {
	CALL_NEW_STREAM = 0,
	CALL_STREAM_FAIL = 1,
	CALL_TERMINAL_FAIL = 2,
	CALL_STREAM_NOT_USED = 3,
	CALL_STREAM_ACTIVE = 4,
	CALL_STREAM_INACTIVE = 5,
} MSP_CALL_EVENT;

typedef enum MSP_CALL_EVENT_CAUSE {
	CALL_CAUSE_UNKNOWN = 0,
	CALL_CAUSE_BAD_DEVICE = 1,
	CALL_CAUSE_CONNECT_FAIL = 2,
	CALL_CAUSE_LOCAL_REQUEST = 3,
	CALL_CAUSE_REMOTE_REQUEST = 4,
	CALL_CAUSE_MEDIA_TIMEOUT = 5,
	CALL_CAUSE_MEDIA_RECOVERED = 6,
	CALL_CAUSE_QUALITY_OF_SERVICE = 7,
} MSP_CALL_EVENT_CAUSE;

typedef enum MSP_EVENT {
	ME_ADDRESS_EVENT = 0,
	ME_CALL_EVENT = 1,
	ME_TSP_DATA = 2,
	ME_PRIVATE_EVENT = 3,
	ME_ASR_TERMINAL_EVENT = 4,
	ME_TTS_TERMINAL_EVENT = 5,
	ME_FILE_TERMINAL_EVENT = 6,
	ME_TONE_TERMINAL_EVENT = 7,
} MSP_EVENT;

typedef enum TMGR_DIRECTION {
	TMGR_TD_CAPTURE = 1,
	TMGR_TD_RENDER = 2,
	TMGR_TD_BOTH = 3,
} TMGR_DIRECTION;

typedef enum PARTICIPANT_TYPED_INFO {
	PTI_CANONICALNAME = 0,
	PTI_NAME = 1,
	PTI_EMAILADDRESS = 2,
	PTI_PHONENUMBER = 3,
	PTI_LOCATION = 4,
	PTI_TOOL = 5,
	PTI_NOTES = 6,
	PTI_PRIVATE = 7,
} PARTICIPANT_TYPED_INFO;

typedef enum PARTICIPANT_EVENT {
	PE_NEW_PARTICIPANT = 0,
	PE_INFO_CHANGE = 1,
	PE_PARTICIPANT_LEAVE = 2,
	PE_NEW_SUBSTREAM = 3,
	PE_SUBSTREAM_REMOVED = 4,
	PE_SUBSTREAM_MAPPED = 5,
	PE_SUBSTREAM_UNMAPPED = 6,
	PE_PARTICIPANT_TIMEOUT = 7,
	PE_PARTICIPANT_RECOVERED = 8,
	PE_PARTICIPANT_ACTIVE = 9,
	PE_PARTICIPANT_INACTIVE = 10,
	PE_LOCAL_TALKING = 11,
	PE_LOCAL_SILENT = 12,
} PARTICIPANT_EVENT;

typedef enum StreamConfigCapsType {
	AudioStreamConfigCaps = 0,
	VideoStreamConfigCaps = 1,
} StreamConfigCapsType;

typedef enum TAPIControlFlags {
	TAPIControl_Flags_None = 0,
	TAPIControl_Flags_Auto = 1,
	TAPIControl_Flags_Manual = 2,
} TAPIControlFlags;

typedef enum StreamQualityProperty {
	StreamQuality_MaxBitrate = 0,
	StreamQuality_CurrBitrate = 1,
	StreamQuality_MinFrameInterval = 2,
	StreamQuality_AvgFrameInterval = 3,
} StreamQualityProperty;

typedef enum CallQualityProperty {
	CallQuality_ControlInterval = 0,
	CallQuality_ConfBitrate = 1,
	CallQuality_MaxInputBitrate = 2,
	CallQuality_CurrInputBitrate = 3,
	CallQuality_MaxOutputBitrate = 4,
	CallQuality_CurrOutputBitrate = 5,
	CallQuality_MaxCPULoad = 6,
	CallQuality_CurrCPULoad = 7,
} CallQualityProperty;

typedef enum AudioDeviceProperty {
	AudioDevice_DuplexMode = 0,
	AudioDevice_AutomaticGainControl = 1,
	AudioDevice_AcousticEchoCancellation = 2,
} AudioDeviceProperty;

typedef enum AudioSettingsProperty {
	AudioSettings_SignalLevel = 0,
	AudioSettings_SilenceThreshold = 1,
	AudioSettings_Volume = 2,
	AudioSettings_Balance = 3,
	AudioSettings_Loudness = 4,
	AudioSettings_Treble = 5,
	AudioSettings_Bass = 6,
	AudioSettings_Mono = 7,
} AudioSettingsProperty;

typedef enum MULTICAST_LOOPBACK_MODE {
	MM_NO_LOOPBACK = 0,
	MM_FULL_LOOPBACK = 1,
	MM_SELECTIVE_LOOPBACK = 2,
} MULTICAST_LOOPBACK_MODE;

typedef enum DIRECTORY_TYPE {
	DT_NTDS = 1,
	DT_ILS = 2,
} DIRECTORY_TYPE;

typedef enum DIRECTORY_OBJECT_TYPE {
	OT_CONFERENCE = 1,
	OT_USER = 2,
} DIRECTORY_OBJECT_TYPE;

typedef enum RND_ADVERTISING_SCOPE {
	RAS_LOCAL = 1,
	RAS_SITE = 2,
	RAS_REGION = 3,
	RAS_WORLD = 4,
} RND_ADVERTISING_SCOPE;

/*
 * GUIDs. Each NAME_INIT initialises a GUID:
 *     static const GUID call_control = IID_ITBasicCallControl_INIT;
 *     if (IsEqualGUID(&call_control, uuid)) ...
 */

/* interface */
#define IID_ITTAPI_INIT \
	{ 0xb1efc382, 0x9355, 0x11d0, { 0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_ITTAPI2_INIT \
	{ 0x54fbdc8c, 0xd90f, 0x4dad, { 0x96, 0x95, 0xb3, 0x73, 0x09, 0x7f, 0x09, 0x4b } }
#define IID_ITMediaSupport_INIT \
	{ 0xb1efc384, 0x9355, 0x11d0, { 0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_ITPluggableTerminalClassInfo_INIT \
	{ 0x41757f4a, 0xcf09, 0x4b34, { 0xbc, 0x96, 0x0a, 0x79, 0xd2, 0x39, 0x00, 0x76 } }
#define IID_ITPluggableTerminalSuperclassInfo_INIT \
	{ 0x6d54e42c, 0x4625, 0x4359, { 0xa6, 0xf7, 0x63, 0x19, 0x99, 0x10, 0x7e, 0x05 } }
#define IID_ITTerminalSupport_INIT \
	{ 0xb1efc385, 0x9355, 0x11d0, { 0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_ITTerminalSupport2_INIT \
	{ 0xf3eb39bc, 0x1b1f, 0x4e99, { 0xa0, 0xc0, 0x56, 0x30, 0x5c, 0x4d, 0xd5, 0x91 } }
#define IID_ITAddress_INIT \
	{ 0xb1efc386, 0x9355, 0x11d0, { 0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_ITAddress2_INIT \
	{ 0xb0ae5d9b, 0xbe51, 0x46c9, { 0xb0, 0xf7, 0xdf, 0xa8, 0xa2, 0x2a, 0x8b, 0xc4 } }
#define IID_ITAddressCapabilities_INIT \
	{ 0x8df232f5, 0x821b, 0x11d1, { 0xbb, 0x5c, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITPhone_INIT \
	{ 0x09d48db4, 0x10cc, 0x4388, { 0x9d, 0xe7, 0xa8, 0x46, 0x56, 0x18, 0x97, 0x5a } }
#define IID_ITAutomatedPhoneControl_INIT \
	{ 0x1ee1af0e, 0x6159, 0x4a61, { 0xb7, 0x9b, 0x6a, 0x4b, 0xa3, 0xfc, 0x9d, 0xfc } }
#define IID_ITBasicCallControl_INIT \
	{ 0xb1efc389, 0x9355, 0x11d0, { 0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_ITCallInfo_INIT \
	{ 0x350f85d1, 0x1227, 0x11d3, { 0x83, 0xd4, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITCallInfo2_INIT \
	{ 0x94d70ca6, 0x7ab0, 0x4daa, { 0x81, 0xca, 0xb8, 0xf8, 0x64, 0x3f, 0xae, 0xc1 } }
#define IID_ITTerminal_INIT \
	{ 0xb1efc38a, 0x9355, 0x11d0, { 0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_ITMultiTrackTerminal_INIT \
	{ 0xfe040091, 0xade8, 0x4072, { 0x95, 0xc9, 0xbf, 0x7d, 0xe8, 0xc5, 0x4b, 0x44 } }
#define IID_ITFileTrack_INIT \
	{ 0x31ca6ea9, 0xc08a, 0x4bea, { 0x88, 0x11, 0x8e, 0x9c, 0x1b, 0xa3, 0xea, 0x3a } }
#define IID_ITMediaPlayback_INIT \
	{ 0x627e8ae6, 0xae4c, 0x4a69, { 0xbb, 0x63, 0x2a, 0xd6, 0x25, 0x40, 0x4b, 0x77 } }
#define IID_ITMediaRecord_INIT \
	{ 0xf5dd4592, 0x5476, 0x4cc1, { 0x9d, 0x4d, 0xfa, 0xd3, 0xee, 0xfe, 0x7d, 0xb2 } }
#define IID_ITMediaControl_INIT \
	{ 0xc445dde8, 0x5199, 0x4bc7, { 0x98, 0x07, 0x5f, 0xfb, 0x92, 0xe4, 0x2e, 0x09 } }
#define IID_ITBasicAudioTerminal_INIT \
	{ 0xb1efc38d, 0x9355, 0x11d0, { 0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_ITStaticAudioTerminal_INIT \
	{ 0xa86b7871, 0xd14c, 0x48e6, { 0x92, 0x2e, 0xa8, 0xd1, 0x5f, 0x98, 0x48, 0x00 } }
#define IID_ITCallHub_INIT \
	{ 0xa3c1544e, 0x5b92, 0x11d1, { 0x8f, 0x4e, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITLegacyAddressMediaControl_INIT \
	{ 0xab493640, 0x4c0b, 0x11d2, { 0xa0, 0x46, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITPrivateEvent_INIT \
	{ 0x0e269cd0, 0x10d4, 0x4121, { 0x9c, 0x22, 0x9c, 0x85, 0xd6, 0x25, 0x65, 0x0d } }
#define IID_ITLegacyAddressMediaControl2_INIT \
	{ 0xb0ee512b, 0xa531, 0x409e, { 0x9d, 0xd9, 0x40, 0x99, 0xfe, 0x86, 0xc7, 0x38 } }
#define IID_ITLegacyCallMediaControl_INIT \
	{ 0xd624582f, 0xcc23, 0x4436, { 0xb8, 0xa5, 0x47, 0xc6, 0x25, 0xc8, 0x04, 0x5d } }
#define IID_ITLegacyCallMediaControl2_INIT \
	{ 0x57ca332d, 0x7bc2, 0x44f1, { 0xa6, 0x0c, 0x93, 0x6f, 0xe8, 0xd7, 0xce, 0x73 } }
#define IID_ITDetectTone_INIT \
	{ 0x961f79bd, 0x3097, 0x49df, { 0xa1, 0xd6, 0x90, 0x9b, 0x77, 0xe8, 0x9c, 0xa0 } }
#define IID_ITCustomTone_INIT \
	{ 0x357ad764, 0xb3c6, 0x4b2a, { 0x8f, 0xa5, 0x07, 0x22, 0x82, 0x7a, 0x92, 0x54 } }
#define IID_IEnumPhone_INIT \
	{ 0xf15b7669, 0x4780, 0x4595, { 0x8c, 0x89, 0xfb, 0x36, 0x9c, 0x8c, 0xf7, 0xaa } }
#define IID_IEnumTerminal_INIT \
	{ 0xae269cf4, 0x935e, 0x11d0, { 0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_IEnumTerminalClass_INIT \
	{ 0xae269cf5, 0x935e, 0x11d0, { 0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_IEnumCall_INIT \
	{ 0xae269cf6, 0x935e, 0x11d0, { 0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_IEnumAddress_INIT \
	{ 0x1666fca1, 0x9363, 0x11d0, { 0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_IEnumCallHub_INIT \
	{ 0xa3c15450, 0x5b92, 0x11d1, { 0x8f, 0x4e, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_IEnumBstr_INIT \
	{ 0x35372049, 0x0bc6, 0x11d2, { 0xa0, 0x33, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_IEnumPluggableTerminalClassInfo_INIT \
	{ 0x4567450c, 0xdbee, 0x4e3f, { 0xaa, 0xf5, 0x37, 0xbf, 0x9e, 0xbf, 0x5e, 0x29 } }
#define IID_IEnumPluggableSuperclassInfo_INIT \
	{ 0xe9586a80, 0x89e6, 0x4cff, { 0x93, 0x1d, 0x47, 0x8d, 0x57, 0x51, 0xf4, 0xc0 } }
#define IID_ITPhoneEvent_INIT \
	{ 0x8f942dd8, 0x64ed, 0x4aaf, { 0xa7, 0x7d, 0xb2, 0x3d, 0xb0, 0x83, 0x7e, 0xad } }
#define IID_ITCallStateEvent_INIT \
	{ 0x62f47097, 0x95c9, 0x11d0, { 0x83, 0x5d, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_ITPhoneDeviceSpecificEvent_INIT \
	{ 0x63ffb2a6, 0x872b, 0x4cd3, { 0xa5, 0x01, 0x32, 0x6e, 0x8f, 0xb4, 0x0a, 0xf7 } }
#define IID_ITCallMediaEvent_INIT \
	{ 0xff36b87f, 0xec3a, 0x11d0, { 0x8e, 0xe4, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITDigitDetectionEvent_INIT \
	{ 0x80d3bfac, 0x57d9, 0x11d2, { 0xa0, 0x4a, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITDigitGenerationEvent_INIT \
	{ 0x80d3bfad, 0x57d9, 0x11d2, { 0xa0, 0x4a, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITDigitsGatheredEvent_INIT \
	{ 0xe52ec4c1, 0xcba3, 0x441a, { 0x9e, 0x6a, 0x93, 0xcb, 0x90, 0x9e, 0x97, 0x24 } }
#define IID_ITToneDetectionEvent_INIT \
	{ 0x407e0faf, 0xd047, 0x4753, { 0xb0, 0xc6, 0x8e, 0x06, 0x03, 0x73, 0xfe, 0xcd } }
#define IID_ITTAPIObjectEvent_INIT \
	{ 0xf4854d48, 0x937a, 0x11d1, { 0xbb, 0x58, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITTAPIObjectEvent2_INIT \
	{ 0x359dda6e, 0x68ce, 0x4383, { 0xbf, 0x0b, 0x16, 0x91, 0x33, 0xc4, 0x1b, 0x46 } }
#define IID_ITTAPIEventNotification_INIT \
	{ 0xeddb9426, 0x3b91, 0x11d1, { 0x8f, 0x30, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITCallHubEvent_INIT \
	{ 0xa3c15451, 0x5b92, 0x11d1, { 0x8f, 0x4e, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITAddressEvent_INIT \
	{ 0x831ce2d1, 0x83b5, 0x11d1, { 0xbb, 0x5c, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITAddressDeviceSpecificEvent_INIT \
	{ 0x3acb216b, 0x40bd, 0x487a, { 0x86, 0x72, 0x5c, 0xe7, 0x7b, 0xd7, 0xe3, 0xa3 } }
#define IID_ITFileTerminalEvent_INIT \
	{ 0xe4a7fbac, 0x8c17, 0x4427, { 0x9f, 0x55, 0x9f, 0x58, 0x9a, 0xc8, 0xaf, 0x00 } }
#define IID_ITTTSTerminalEvent_INIT \
	{ 0xd964788f, 0x95a5, 0x461d, { 0xab, 0x0c, 0xb9, 0x90, 0x0a, 0x6c, 0x27, 0x13 } }
#define IID_ITASRTerminalEvent_INIT \
	{ 0xee016a02, 0x4fa9, 0x467c, { 0x93, 0x3f, 0x5a, 0x15, 0xb1, 0x23, 0x77, 0xd7 } }
#define IID_ITToneTerminalEvent_INIT \
	{ 0xe6f56009, 0x611f, 0x4945, { 0xbb, 0xd2, 0x2d, 0x0c, 0xe5, 0x61, 0x20, 0x56 } }
#define IID_ITQOSEvent_INIT \
	{ 0xcfa3357c, 0xad77, 0x11d1, { 0xbb, 0x68, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITCallInfoChangeEvent_INIT \
	{ 0x5d4b65f9, 0xe51c, 0x11d1, { 0xa0, 0x2f, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITRequest_INIT \
	{ 0xac48ffdf, 0xf8c4, 0x11d1, { 0xa0, 0x30, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITRequestEvent_INIT \
	{ 0xac48ffde, 0xf8c4, 0x11d1, { 0xa0, 0x30, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITCollection_INIT \
	{ 0x5ec5acf2, 0x9c02, 0x11d0, { 0x83, 0x62, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define IID_ITCollection2_INIT \
	{ 0xe6dddda5, 0xa6d3, 0x48ff, { 0x87, 0x37, 0xd3, 0x2f, 0xc4, 0xd9, 0x54, 0x77 } }
#define IID_ITForwardInformation_INIT \
	{ 0x449f659e, 0x88a3, 0x11d1, { 0xbb, 0x5d, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITForwardInformation2_INIT \
	{ 0x5229b4ed, 0xb260, 0x4382, { 0x8e, 0x1a, 0x5d, 0xf3, 0xa8, 0xa4, 0xcc, 0xc0 } }
#define IID_ITAddressTranslation_INIT \
	{ 0x0c4d8f03, 0x8ddb, 0x11d1, { 0xa0, 0x9e, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITAddressTranslationInfo_INIT \
	{ 0xafc15945, 0x8d40, 0x11d1, { 0xa0, 0x9e, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITLocationInfo_INIT \
	{ 0x0c4d8eff, 0x8ddb, 0x11d1, { 0xa0, 0x9e, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_IEnumLocation_INIT \
	{ 0x0c4d8f01, 0x8ddb, 0x11d1, { 0xa0, 0x9e, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITCallingCard_INIT \
	{ 0x0c4d8f00, 0x8ddb, 0x11d1, { 0xa0, 0x9e, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_IEnumCallingCard_INIT \
	{ 0x0c4d8f02, 0x8ddb, 0x11d1, { 0xa0, 0x9e, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITCallNotificationEvent_INIT \
	{ 0x895801df, 0x3dd6, 0x11d1, { 0x8f, 0x30, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITDispatchMapper_INIT \
	{ 0xe9225295, 0xc759, 0x11d1, { 0xa0, 0x2b, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITStreamControl_INIT \
	{ 0xee3bd604, 0x3868, 0x11d2, { 0xa0, 0x45, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITStream_INIT \
	{ 0xee3bd605, 0x3868, 0x11d2, { 0xa0, 0x45, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_IEnumStream_INIT \
	{ 0xee3bd606, 0x3868, 0x11d2, { 0xa0, 0x45, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITSubStreamControl_INIT \
	{ 0xee3bd607, 0x3868, 0x11d2, { 0xa0, 0x45, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITSubStream_INIT \
	{ 0xee3bd608, 0x3868, 0x11d2, { 0xa0, 0x45, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_IEnumSubStream_INIT \
	{ 0xee3bd609, 0x3868, 0x11d2, { 0xa0, 0x45, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITLegacyWaveSupport_INIT \
	{ 0x207823ea, 0xe252, 0x11d2, { 0xb7, 0x7e, 0x00, 0x80, 0xc7, 0x13, 0x53, 0x81 } }
#define IID_ITBasicCallControl2_INIT \
	{ 0x161a4a56, 0x1e99, 0x4b3f, { 0xa4, 0x6a, 0x16, 0x8f, 0x38, 0xa5, 0xee, 0x4c } }
#define IID_ITScriptableAudioFormat_INIT \
	{ 0xb87658bd, 0x3c59, 0x4f64, { 0xbe, 0x74, 0xae, 0xde, 0x3e, 0x86, 0xa8, 0x1e } }
#define IID_ITAgent_INIT \
	{ 0x5770ece5, 0x4b27, 0x11d1, { 0xbf, 0x80, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITAgentSession_INIT \
	{ 0x5afc3147, 0x4bcc, 0x11d1, { 0xbf, 0x80, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITACDGroup_INIT \
	{ 0x5afc3148, 0x4bcc, 0x11d1, { 0xbf, 0x80, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITQueue_INIT \
	{ 0x5afc3149, 0x4bcc, 0x11d1, { 0xbf, 0x80, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITAgentEvent_INIT \
	{ 0x5afc314a, 0x4bcc, 0x11d1, { 0xbf, 0x80, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITAgentSessionEvent_INIT \
	{ 0x5afc314b, 0x4bcc, 0x11d1, { 0xbf, 0x80, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITACDGroupEvent_INIT \
	{ 0x297f3032, 0xbd11, 0x11d1, { 0xa0, 0xa7, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITQueueEvent_INIT \
	{ 0x297f3033, 0xbd11, 0x11d1, { 0xa0, 0xa7, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITAgentHandlerEvent_INIT \
	{ 0x297f3034, 0xbd11, 0x11d1, { 0xa0, 0xa7, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITTAPICallCenter_INIT \
	{ 0x5afc3154, 0x4bcc, 0x11d1, { 0xbf, 0x80, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITAgentHandler_INIT \
	{ 0x587e8c22, 0x9802, 0x11d1, { 0xa0, 0xa4, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_IEnumAgent_INIT \
	{ 0x5afc314d, 0x4bcc, 0x11d1, { 0xbf, 0x80, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_IEnumAgentSession_INIT \
	{ 0x5afc314e, 0x4bcc, 0x11d1, { 0xbf, 0x80, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_IEnumQueue_INIT \
	{ 0x5afc3158, 0x4bcc, 0x11d1, { 0xbf, 0x80, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_IEnumACDGroup_INIT \
	{ 0x5afc3157, 0x4bcc, 0x11d1, { 0xbf, 0x80, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_IEnumAgentHandler_INIT \
	{ 0x587e8c28, 0x9802, 0x11d1, { 0xa0, 0xa4, 0x00, 0x80, 0x5f, 0xc1, 0x47, 0xd3 } }
#define IID_ITAMMediaFormat_INIT \
	{ 0x0364eb00, 0x4a77, 0x11d1, { 0xa6, 0x71, 0x00, 0x60, 0x97, 0xc9, 0xa2, 0xe8 } }
#define IID_ITAllocatorProperties_INIT \
	{ 0xc1bc3c90, 0xbcfe, 0x11d1, { 0x97, 0x45, 0x00, 0xc0, 0x4f, 0xd9, 0x1a, 0xc0 } }
#define IID_ITPluggableTerminalEventSink_INIT \
	{ 0x6e0887be, 0xba1a, 0x492e, { 0xbd, 0x10, 0x40, 0x20, 0xec, 0x5e, 0x33, 0xe0 } }
#define IID_ITPluggableTerminalEventSinkRegistration_INIT \
	{ 0xf7115709, 0xa216, 0x4957, { 0xa7, 0x59, 0x06, 0x0a, 0xb3, 0x2a, 0x90, 0xd1 } }
#define IID_ITMSPAddress_INIT \
	{ 0xee3bd600, 0x3868, 0x11d2, { 0xa0, 0x45, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define IID_ITTAPIDispatchEventNotification_INIT \
	{ 0x9f34325b, 0x7e62, 0x11d2, { 0x94, 0x57, 0x00, 0xc0, 0x4f, 0x8e, 0xc8, 0x88 } }
#define IID_ITDirectoryObjectConference_INIT \
	{ 0xf1029e5d, 0xcb5b, 0x11d0, { 0x8d, 0x59, 0x00, 0xc0, 0x4f, 0xd9, 0x1a, 0xc0 } }
#define IID_ITDirectoryObjectUser_INIT \
	{ 0x34621d6f, 0x6cff, 0x11d1, { 0xaf, 0xf7, 0x00, 0xc0, 0x4f, 0xc3, 0x1f, 0xee } }
#define IID_IEnumDialableAddrs_INIT \
	{ 0x34621d70, 0x6cff, 0x11d1, { 0xaf, 0xf7, 0x00, 0xc0, 0x4f, 0xc3, 0x1f, 0xee } }
#define IID_ITDirectoryObject_INIT \
	{ 0x34621d6e, 0x6cff, 0x11d1, { 0xaf, 0xf7, 0x00, 0xc0, 0x4f, 0xc3, 0x1f, 0xee } }
#define IID_IEnumDirectoryObject_INIT \
	{ 0x06c9b64a, 0x306d, 0x11d1, { 0x97, 0x74, 0x00, 0xc0, 0x4f, 0xd9, 0x1a, 0xc0 } }
#define IID_ITILSConfig_INIT \
	{ 0x34621d72, 0x6cff, 0x11d1, { 0xaf, 0xf7, 0x00, 0xc0, 0x4f, 0xc3, 0x1f, 0xee } }
#define IID_ITDirectory_INIT \
	{ 0x34621d6c, 0x6cff, 0x11d1, { 0xaf, 0xf7, 0x00, 0xc0, 0x4f, 0xc3, 0x1f, 0xee } }
#define IID_IEnumDirectory_INIT \
	{ 0x34621d6d, 0x6cff, 0x11d1, { 0xaf, 0xf7, 0x00, 0xc0, 0x4f, 0xc3, 0x1f, 0xee } }
#define IID_ITRendezvous_INIT \
	{ 0x34621d6b, 0x6cff, 0x11d1, { 0xaf, 0xf7, 0x00, 0xc0, 0x4f, 0xc3, 0x1f, 0xee } }
#define IID_IMcastScope_INIT \
	{ 0xdf0daef4, 0xa289, 0x11d1, { 0x86, 0x97, 0x00, 0x60, 0x08, 0xb0, 0xe5, 0xd2 } }
#define IID_IMcastLeaseInfo_INIT \
	{ 0xdf0daefd, 0xa289, 0x11d1, { 0x86, 0x97, 0x00, 0x60, 0x08, 0xb0, 0xe5, 0xd2 } }
#define IID_IEnumMcastScope_INIT \
	{ 0xdf0daf09, 0xa289, 0x11d1, { 0x86, 0x97, 0x00, 0x60, 0x08, 0xb0, 0xe5, 0xd2 } }
#define IID_IMcastAddressAllocation_INIT \
	{ 0xdf0daef1, 0xa289, 0x11d1, { 0x86, 0x97, 0x00, 0x60, 0x08, 0xb0, 0xe5, 0xd2 } }

/* class */
#define CLSID_TAPI_INIT \
	{ 0x21d6d48e, 0xa88b, 0x11d0, { 0x83, 0xdd, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd } }
#define CLSID_DispatchMapper_INIT \
	{ 0xe9225296, 0xc759, 0x11d1, { 0xa0, 0x2b, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define CLSID_RequestMakeCall_INIT \
	{ 0xac48ffe0, 0xf8c4, 0x11d1, { 0xa0, 0x30, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define CLSID_Rendezvous_INIT \
	{ 0xf1029e5b, 0xcb5b, 0x11d0, { 0x8d, 0x59, 0x00, 0xc0, 0x4f, 0xd9, 0x1a, 0xc0 } }
#define CLSID_McastAddressAllocation_INIT \
	{ 0xdf0daef2, 0xa289, 0x11d1, { 0x86, 0x97, 0x00, 0x60, 0x08, 0xb0, 0xe5, 0xd2 } }

/* terminal-class */
#define CLSID_String_VideoWindowTerm "{F7438990-D6EB-11D0-82A6-00AA00B5CA1B}"
#define CLSID_VideoWindowTerm_INIT \
	{ 0xf7438990, 0xd6eb, 0x11d0, { 0x82, 0xa6, 0x00, 0xaa, 0x00, 0xb5, 0xca, 0x1b } }
#define CLSID_String_VideoInputTerminal "{AAF578EC-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_VideoInputTerminal_INIT \
	{ 0xaaf578ec, 0xdc70, 0x11d0, { 0x8e, 0xd3, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define CLSID_String_HandsetTerminal "{AAF578EB-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_HandsetTerminal_INIT \
	{ 0xaaf578eb, 0xdc70, 0x11d0, { 0x8e, 0xd3, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define CLSID_String_HeadsetTerminal "{AAF578ED-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_HeadsetTerminal_INIT \
	{ 0xaaf578ed, 0xdc70, 0x11d0, { 0x8e, 0xd3, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define CLSID_String_SpeakerphoneTerminal "{AAF578EE-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_SpeakerphoneTerminal_INIT \
	{ 0xaaf578ee, 0xdc70, 0x11d0, { 0x8e, 0xd3, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define CLSID_String_MicrophoneTerminal "{AAF578EF-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_MicrophoneTerminal_INIT \
	{ 0xaaf578ef, 0xdc70, 0x11d0, { 0x8e, 0xd3, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define CLSID_String_SpeakersTerminal "{AAF578F0-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_SpeakersTerminal_INIT \
	{ 0xaaf578f0, 0xdc70, 0x11d0, { 0x8e, 0xd3, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define CLSID_String_MediaStreamTerminal "{E2F7AEF7-4971-11D1-A671-006097C9A2E8}"
#define CLSID_MediaStreamTerminal_INIT \
	{ 0xe2f7aef7, 0x4971, 0x11d1, { 0xa6, 0x71, 0x00, 0x60, 0x97, 0xc9, 0xa2, 0xe8 } }
#define CLSID_String_FileRecordingTerminal "{521F3D06-C3D0-4511-8617-86B9A783DA77}"
#define CLSID_FileRecordingTerminal_INIT \
	{ 0x521f3d06, 0xc3d0, 0x4511, { 0x86, 0x17, 0x86, 0xb9, 0xa7, 0x83, 0xda, 0x77 } }
#define CLSID_String_FilePlaybackTerminal "{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}"
#define CLSID_FilePlaybackTerminal_INIT \
	{ 0x0cb9914c, 0x79cd, 0x47dc, { 0xad, 0xb0, 0x32, 0x7f, 0x47, 0xce, 0xfb, 0x20 } }
#define CLSID_String_VideoSuperclass "{714C6F8C-6244-4685-87B3-B91F3F9EADA7}"
#define CLSID_VideoSuperclass_INIT \
	{ 0x714c6f8c, 0x6244, 0x4685, { 0x87, 0xb3, 0xb9, 0x1f, 0x3f, 0x9e, 0xad, 0xa7 } }
#define CLSID_String_StreamingSuperclass "{214F4ACC-AE0B-4464-8405-07029003F8E2}"
#define CLSID_StreamingSuperclass_INIT \
	{ 0x214f4acc, 0xae0b, 0x4464, { 0x84, 0x05, 0x07, 0x02, 0x90, 0x03, 0xf8, 0xe2 } }
#define CLSID_String_FileSuperclass "{B4790031-56DB-4D3E-88C8-6FFAAFA08A91}"
#define CLSID_FileSuperclass_INIT \
	{ 0xb4790031, 0x56db, 0x4d3e, { 0x88, 0xc8, 0x6f, 0xfa, 0xaf, 0xa0, 0x8a, 0x91 } }

/* protocol */
#define TAPIPROTOCOL_PSTN_INIT \
	{ 0x831ce2d6, 0x83b5, 0x11d1, { 0xbb, 0x5c, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define TAPIPROTOCOL_H323_INIT \
	{ 0x831ce2d7, 0x83b5, 0x11d1, { 0xbb, 0x5c, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }
#define TAPIPROTOCOL_Multicast_INIT \
	{ 0x831ce2d8, 0x83b5, 0x11d1, { 0xbb, 0x5c, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f } }

#endif
