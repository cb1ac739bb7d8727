// SPDX-License-Identifier: MIT
/* tapi_dialing.h - dialling rules and assisted telephony: constants, structures and functions. */
#ifndef TAPI_DIALING_H
#define TAPI_DIALING_H

#include "tapi_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Kinds of calling cards. */
#define LINECARDOPTION_PREDEFINED                  0x00000001u
#define LINECARDOPTION_HIDDEN                      0x00000002u

/* Options of a dialling location. */
#define LINELOCATIONOPTION_PULSEDIAL               0x00000001u

/* What lineSetTollList does. */
#define LINETOLLLISTOPTION_ADD                     0x00000001u
#define LINETOLLLISTOPTION_REMOVE                  0x00000002u

/* Wishes for lineTranslateAddress. */
#define LINETRANSLATEOPTION_CARDOVERRIDE           0x00000001u
#define LINETRANSLATEOPTION_CANCELCALLWAITING      0x00000002u
#define LINETRANSLATEOPTION_FORCELOCAL             0x00000004u
#define LINETRANSLATEOPTION_FORCELD                0x00000008u

/* What lineTranslateAddress found out. */
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

/* Kinds of assisted-telephony requests. */
#define LINEREQUESTMODE_MAKECALL                   0x00000001u
#define LINEREQUESTMODE_MEDIACALL                  0x00000002u
#define LINEREQUESTMODE_DROP                       0x00000004u
#define LAST_LINEREQUESTMODE                       0x00000002u

/* Sizes of the strings of assisted telephony, with the NUL. */
#define TAPIMAXDESTADDRESSSIZE                     80u
#define TAPIMAXAPPNAMESIZE                         40u
#define TAPIMAXCALLEDPARTYSIZE                     40u
#define TAPIMAXCOMMENTSIZE                         80u
#define TAPIMAXDEVICECLASSSIZE                     40u
#define TAPIMAXDEVICEIDSIZE                        40u

/* The window message of tapiRequestMediaCall; never sent here. */
#define TAPI_REPLY                                 0x00000463u

#pragma pack(push, 4)

/** Countries and their dialling rules. */
typedef struct linecountrylist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumCountries;
	DWORD dwCountryListSize;
	DWORD dwCountryListOffset;
} LINECOUNTRYLIST, *LPLINECOUNTRYLIST;

/** One country of LINECOUNTRYLIST. */
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

/** Locations and calling cards. */
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

/** One dialling location of LINETRANSLATECAPS. */
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

/** One calling card of LINETRANSLATECAPS. */
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

/** What lineTranslateAddress made of an address. */
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

/** A queued request to place a voice call. */
typedef struct linereqmakecall_tag {
	char szDestAddress[TAPIMAXDESTADDRESSSIZE];
	char szAppName[TAPIMAXAPPNAMESIZE];
	char szCalledParty[TAPIMAXCALLEDPARTYSIZE];
	char szComment[TAPIMAXCOMMENTSIZE];
} LINEREQMAKECALL, *LPLINEREQMAKECALL;

/** A queued request to place a media call. */
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

/** The same in UTF-16; no function here uses it. */
typedef struct linereqmakecallw_tag {
	WCHAR szDestAddress[TAPIMAXDESTADDRESSSIZE];
	WCHAR szAppName[TAPIMAXAPPNAMESIZE];
	WCHAR szCalledParty[TAPIMAXCALLEDPARTYSIZE];
	WCHAR szComment[TAPIMAXCOMMENTSIZE];
} LINEREQMAKECALLW, *LPLINEREQMAKECALLW;

/** The same in UTF-16; no function here uses it. */
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

#pragma pack(pop)

/* --- Dialling rules -------------------------------------------------------------------------- */

/**
 * The list of countries with their codes and dialling rules, or with dwCountryID one of them; 0 is
 * all.
 *
 * dwAPIVersion is the highest the program knows.
 *
 * Errors:    LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INVALCOUNTRYCODE, LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetCountry(DWORD dwCountryID, DWORD dwAPIVersion,
		LPLINECOUNTRYLIST lpLineCountryList);

/**
 * The locations and calling cards that address translation knows, and which are current.
 *
 * hLineApp may be 0.
 *
 * Errors:    LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetTranslateCaps(HLINEAPP hLineApp, DWORD dwAPIVersion,
		LPLINETRANSLATECAPS lpTranslateCaps);

/**
 * Choose the location by its permanent id; every program hears LINEDEVSTATE_TRANSLATECHANGE.
 *
 * Errors:    LINEERR_INVALLOCATION.
 */
TAPI_EXPORT LONG WINAPI lineSetCurrentLocation(HLINEAPP hLineApp, DWORD dwLocation);

/**
 * Add or remove the prefix of a canonical address in the toll list of the current location.
 *
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INVALADDRESS, LINEERR_INVALLOCATION, LINEERR_INVALPARAM.
 */
TAPI_EXPORT LONG WINAPI lineSetTollList(HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn,
		DWORD dwTollListOption);

/**
 * Turn a canonical address ("+49 (30) 1234") into what must be dialled from the current location,
 * and into what may be shown.
 *
 * What does not begin with '+' is dialable already and comes back unchanged, with dwDestCountry 0.
 * The displayable form hides card digits. hLineApp may be 0.
 *
 * In:        dwCard is a permanent card id, read with LINETRANSLATEOPTION_CARDOVERRIDE.
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INVALADDRESS,
 *            LINEERR_INVALCARD, LINEERR_INVALPARAM, LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineTranslateAddress(HLINEAPP hLineApp, DWORD dwDeviceID,
		DWORD dwAPIVersion, LPCSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
		LPLINETRANSLATEOUTPUT lpTranslateOutput);

/* --- Assisted telephony: the program that serves --------------------------------------------- */

/**
 * Take the next waiting request; call it after LINE_REQUEST until it returns NOREQUEST.
 *
 * Out:       a LINEREQMAKECALL for LINEREQUESTMODE_MAKECALL, a LINEREQMEDIACALL for _MEDIACALL.
 * Errors:    LINEERR_INVALREQUESTMODE, LINEERR_NOREQUEST, LINEERR_NOTREGISTERED.
 */
TAPI_EXPORT LONG WINAPI lineGetRequest(HLINEAPP hLineApp, DWORD dwRequestMode,
		LPVOID lpRequestBuffer);

/**
 * Offer to place the calls that other programs ask for (tapiRequestMakeCall), or stop offering.
 *
 * LINE_REQUEST goes to one program, the first in the list of lineSetAppPriority with media mode 0,
 * with dwRegistrationInstance; it comes at once if requests wait. Requests are the user's own;
 * they wait for ever, also while the daemon is gone.
 *
 * Errors:    LINEERR_INVALREQUESTMODE.
 */
TAPI_EXPORT LONG WINAPI lineRegisterRequestRecipient(HLINEAPP hLineApp,
		DWORD dwRegistrationInstance, DWORD dwRequestMode, DWORD bEnable);

/* --- Assisted telephony: the program that asks ----------------------------------------------- */

/**
 * Country code and city code of the current location.
 *
 * Units:     both buffers hold 8 bytes or more; empty strings if not set.
 * Errors:    TAPIERR_REQUESTFAILED.
 */
TAPI_EXPORT LONG WINAPI tapiGetLocationInfo(LPSTR lpszCountryCode, LPSTR lpszCityCode);

/**
 * Dead since TAPI 2; always fails.
 *
 * Errors:    TAPIERR_REQUESTFAILED.
 */
TAPI_EXPORT LONG WINAPI tapiRequestDrop(HWND hwnd, WPARAM wRequestID);

/**
 * Ask that some program of the user places a voice call; success means that the request is queued,
 * nothing more ever comes back.
 *
 * If no program has registered for it, one from the user's list is started (tapi-dial(1)).
 *
 * Units:     strings longer than the TAPIMAX limits are cut, a longer address fails.
 * Errors:    TAPIERR_INVALDESTADDRESS, TAPIERR_INVALPOINTER, TAPIERR_NOREQUESTRECIPIENT,
 *            TAPIERR_REQUESTFAILED, TAPIERR_REQUESTQUEUEFULL.
 */
TAPI_EXPORT LONG WINAPI tapiRequestMakeCall(LPCSTR lpszDestAddress, LPCSTR lpszAppName,
		LPCSTR lpszCalledParty, LPCSTR lpszComment);

/**
 * Dead since TAPI 2; always fails.
 *
 * Errors:    TAPIERR_REQUESTFAILED.
 */
TAPI_EXPORT LONG WINAPI tapiRequestMediaCall(HWND hwnd, WPARAM wRequestID, LPCSTR lpszDeviceClass,
		LPCSTR lpDeviceID, DWORD dwSize, DWORD dwSecure, LPCSTR lpszDestAddress,
		LPCSTR lpszAppName, LPCSTR lpszCalledParty, LPCSTR lpszComment);

#ifdef __cplusplus
}
#endif

#endif
