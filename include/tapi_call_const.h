// SPDX-License-Identifier: MIT
/* tapi_call_const.h - constants of calls and their media. */
#ifndef TAPI_CALL_CONST_H
#define TAPI_CALL_CONST_H

/* The quality of service that the network gives a call. */
#define LINEBEARERMODE_VOICE                       0x00000001u
#define LINEBEARERMODE_SPEECH                      0x00000002u
#define LINEBEARERMODE_MULTIUSE                    0x00000004u
#define LINEBEARERMODE_DATA                        0x00000008u
#define LINEBEARERMODE_ALTSPEECHDATA               0x00000010u
#define LINEBEARERMODE_NONCALLSIGNALING            0x00000020u
#define LINEBEARERMODE_PASSTHROUGH                 0x00000040u
#define LINEBEARERMODE_RESTRICTEDDATA              0x00000080u

/* What is busy: the station or the trunk (LINECALLSTATE_BUSY). */
#define LINEBUSYMODE_STATION                       0x00000001u
#define LINEBUSYMODE_TRUNK                         0x00000002u
#define LINEBUSYMODE_UNKNOWN                       0x00000004u
#define LINEBUSYMODE_UNAVAIL                       0x00000008u

/* When lineCompleteCall can be asked for. */
#define LINECALLCOMPLCOND_BUSY                     0x00000001u
#define LINECALLCOMPLCOND_NOANSWER                 0x00000002u

/* How a call is completed: camp on, call back, intrude, leave a message. */
#define LINECALLCOMPLMODE_CAMPON                   0x00000001u
#define LINECALLCOMPLMODE_CALLBACK                 0x00000002u
#define LINECALLCOMPLMODE_INTRUDE                  0x00000004u
#define LINECALLCOMPLMODE_MESSAGE                  0x00000008u

/* What can be done with a call; in LINECALLSTATUS filtered by state and by the program's
 * privilege. */
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

/* More of the same (2.0): which variants of the above. */
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

/* Which part of LINECALLINFO changed (LINE_CALLINFO). */
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

/* Where a call came from. */
#define LINECALLORIGIN_OUTBOUND                    0x00000001u
#define LINECALLORIGIN_INTERNAL                    0x00000002u
#define LINECALLORIGIN_EXTERNAL                    0x00000004u
#define LINECALLORIGIN_UNKNOWN                     0x00000010u
#define LINECALLORIGIN_UNAVAIL                     0x00000020u
#define LINECALLORIGIN_CONFERENCE                  0x00000040u
#define LINECALLORIGIN_INBOUND                     0x00000080u

/* Wishes for a new call (LINECALLPARAMS.dwCallParamFlags). */
#define LINECALLPARAMFLAGS_SECURE                  0x00000001u
#define LINECALLPARAMFLAGS_IDLE                    0x00000002u
#define LINECALLPARAMFLAGS_BLOCKID                 0x00000004u
#define LINECALLPARAMFLAGS_ORIGOFFHOOK             0x00000008u
#define LINECALLPARAMFLAGS_DESTOFFHOOK             0x00000010u
#define LINECALLPARAMFLAGS_NOHOLDCONFERENCE        0x00000020u
#define LINECALLPARAMFLAGS_PREDICTIVEDIAL          0x00000040u
#define LINECALLPARAMFLAGS_ONESTEPTRANSFER         0x00000080u

/* What is known of a party, or why nothing is. */
#define LINECALLPARTYID_BLOCKED                    0x00000001u
#define LINECALLPARTYID_OUTOFAREA                  0x00000002u
#define LINECALLPARTYID_NAME                       0x00000004u
#define LINECALLPARTYID_ADDRESS                    0x00000008u
#define LINECALLPARTYID_PARTIAL                    0x00000010u
#define LINECALLPARTYID_UNKNOWN                    0x00000020u
#define LINECALLPARTYID_UNAVAIL                    0x00000040u

/* Why a call came. */
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

/* States of a call; exactly one bit in LINE_CALLSTATE. IDLE is final. */
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

/* What a waiting party hears; higher values are the provider's own. */
#define LINECALLTREATMENT_SILENCE                  0x00000001u
#define LINECALLTREATMENT_RINGBACK                 0x00000002u
#define LINECALLTREATMENT_BUSY                     0x00000003u
#define LINECALLTREATMENT_MUSIC                    0x00000004u

/* Mode of CONNECTED: active here, or at another station of a bridged line. 0 means ACTIVE. */
#define LINECONNECTEDMODE_ACTIVE                   0x00000001u
#define LINECONNECTEDMODE_INACTIVE                 0x00000002u
#define LINECONNECTEDMODE_ACTIVEHELD               0x00000004u
#define LINECONNECTEDMODE_INACTIVEHELD             0x00000008u
#define LINECONNECTEDMODE_CONFIRMED                0x00000010u

/* Which dial tone (LINECALLSTATE_DIALTONE). */
#define LINEDIALTONEMODE_NORMAL                    0x00000001u
#define LINEDIALTONEMODE_SPECIAL                   0x00000002u
#define LINEDIALTONEMODE_INTERNAL                  0x00000004u
#define LINEDIALTONEMODE_EXTERNAL                  0x00000008u
#define LINEDIALTONEMODE_UNKNOWN                   0x00000010u
#define LINEDIALTONEMODE_UNAVAIL                   0x00000020u

/* How digits are signalled; DTMFEND reports keys going up. */
#define LINEDIGITMODE_PULSE                        0x00000001u
#define LINEDIGITMODE_DTMF                         0x00000002u
#define LINEDIGITMODE_DTMFEND                      0x00000004u

/* Why a call was disconnected (LINECALLSTATE_DISCONNECTED). */
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

/* Why a gathering of digits ended. */
#define LINEGATHERTERM_BUFFERFULL                  0x00000001u
#define LINEGATHERTERM_TERMDIGIT                   0x00000002u
#define LINEGATHERTERM_FIRSTTIMEOUT                0x00000004u
#define LINEGATHERTERM_INTERTIMEOUT                0x00000008u
#define LINEGATHERTERM_CANCEL                      0x00000010u

/* Why the sending of digits or a tone ended. */
#define LINEGENERATETERM_DONE                      0x00000001u
#define LINEGENERATETERM_CANCEL                    0x00000002u

/* What lineSetMediaControl makes the provider do. */
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

/* What a call carries. UNKNOWN with others: not known yet, probably one of these. */
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

/* Mode of OFFERING: alerting here, or elsewhere. 0 means ACTIVE. */
#define LINEOFFERINGMODE_ACTIVE                    0x00000001u
#define LINEOFFERINGMODE_INACTIVE                  0x00000002u

/* Park at a given address, or let the switch choose. */
#define LINEPARKMODE_DIRECTED                      0x00000001u
#define LINEPARKMODE_NONDIRECTED                   0x00000002u

/* Which party of a conference can be removed. */
#define LINEREMOVEFROMCONF_NONE                    0x00000001u
#define LINEREMOVEFROMCONF_LAST                    0x00000002u
#define LINEREMOVEFROMCONF_ANY                     0x00000003u

/* Which special information tone (LINECALLSTATE_SPECIALINFO). */
#define LINESPECIALINFO_NOCIRCUIT                  0x00000001u
#define LINESPECIALINFO_CUSTIRREG                  0x00000002u
#define LINESPECIALINFO_REORDER                    0x00000004u
#define LINESPECIALINFO_UNKNOWN                    0x00000008u
#define LINESPECIALINFO_UNAVAIL                    0x00000010u

/* Tones of lineGenerateTone. */
#define LINETONEMODE_CUSTOM                        0x00000001u
#define LINETONEMODE_RINGBACK                      0x00000002u
#define LINETONEMODE_BUSY                          0x00000004u
#define LINETONEMODE_BEEP                          0x00000008u
#define LINETONEMODE_BILLING                       0x00000010u

/* How lineCompleteTransfer ends. */
#define LINETRANSFERMODE_TRANSFER                  0x00000001u
#define LINETRANSFERMODE_CONFERENCE                0x00000002u

#endif
