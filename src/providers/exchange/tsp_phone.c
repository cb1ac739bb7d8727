// SPDX-License-Identifier: MIT
/* tsp_phone.c - the TSPI entries of phones. All of them only check handles and hand on. */
#include "devspecific.h"
#include "exchange.h"
#include "extension.h"

#include "providers/kit/varpart.h"

#include <strings.h>

static LONG bad_phone(void)
{
	return exchange_fail(PHONEERR_INVALPHONEHANDLE, "phone", "the phone is not open");
}

/* An entry about an open phone: what to do with it, p. */
#define ON_PHONE(handle, result_of)                                                                \
	do {                                                                                       \
		struct phone *p;                                                                   \
                                                                                                   \
		exchange_enter();                                                                  \
		p = phone_find(handle);                                                            \
		return exchange_leave(p ? (result_of) : bad_phone());                              \
	} while (0)

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps)
{
	const struct phone *p;

	(void)dwTSPIVersion;
	(void)dwExtVersion;
	exchange_enter();
	p = phone_device(dwDeviceID);
	return exchange_leave(p ? phone_caps(p, lpPhoneCaps) : PHONEERR_BADDEVICEID);
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
		LPPHONEEXTENSIONID lpExtensionID)
{
	const LINEEXTENSIONID *id = &devspecific_id;
	LONG result = PHONEERR_BADDEVICEID;

	(void)dwTSPIVersion;
	exchange_enter();
	if (phone_device(dwDeviceID)) {
		*lpExtensionID = (PHONEEXTENSIONID){ id->dwExtensionID0, id->dwExtensionID1,
			id->dwExtensionID2, id->dwExtensionID3 };
		result = 0;
	}
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwLowVersion, DWORD dwHighVersion, LPDWORD lpdwExtVersion)
{
	LONG result = 0;

	(void)dwTSPIVersion;
	exchange_enter();
	if (!phone_device(dwDeviceID))
		result = PHONEERR_BADDEVICEID;
	else if (dwLowVersion > DEVSPECIFIC_VERSION || dwHighVersion < DEVSPECIFIC_VERSION)
		result = exchange_fail(PHONEERR_INCOMPATIBLEEXTVERSION, "extension version",
				"the exchange has version 1.0 of its extensions");
	else
		*lpdwExtVersion = DEVSPECIFIC_VERSION;
	return exchange_leave(result);
}

static LONG select_ext(struct phone *p, DWORD version)
{
	if (version && version != DEVSPECIFIC_VERSION)
		return exchange_fail(PHONEERR_INVALEXTVERSION, "extension version",
				"the exchange has version 1.0 of its extensions");
	p->ext_version = version;
	return 0;
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneSelectExtVersion(HDRVPHONE hdPhone, DWORD dwExtVersion)
{
	ON_PHONE(hdPhone, select_ext(p, dwExtVersion));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneOpen(DWORD dwDeviceID, HTAPIPHONE htPhone, LPHDRVPHONE lphdPhone,
		DWORD dwTSPIVersion, PHONEEVENT lpfnEventProc)
{
	struct phone *p;
	LONG result;

	if (!lphdPhone || !lpfnEventProc)
		return PHONEERR_INVALPOINTER;
	if (dwTSPIVersion < EXCHANGE_VERSION_LOW || dwTSPIVersion > EXCHANGE_VERSION_HIGH)
		return PHONEERR_INCOMPATIBLEAPIVERSION;
	exchange_enter();
	p = phone_device(dwDeviceID);
	result = p ? phone_open(p, htPhone, lpfnEventProc) : PHONEERR_BADDEVICEID;
	if (!result)
		*lphdPhone = phone_handle(p);
	return exchange_leave(result);
}

/* All that it was asked for was completed at once. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneClose(HDRVPHONE hdPhone)
{
	struct phone *p;
	LONG result = 0;

	exchange_enter();
	p = phone_find(hdPhone);
	if (p) {
		phone_close(p);
		outbox_deliver(&exchange.outbox);
		exchange_settle();
	} else {
		result = bad_phone();
	}
	return exchange_leave(result);
}

static LONG want(struct phone *p, DWORD states, DWORD modes, DWORD button_states)
{
	p->states = states;
	p->button_modes = modes;
	p->button_states = button_states;
	return 0;
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetStatusMessages(HDRVPHONE hdPhone, DWORD dwPhoneStates,
		DWORD dwButtonModes, DWORD dwButtonStates)
{
	ON_PHONE(hdPhone, want(p, dwPhoneStates, dwButtonModes, dwButtonStates));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetStatus(HDRVPHONE hdPhone, LPPHONESTATUS lpPhoneStatus)
{
	ON_PHONE(hdPhone, phone_status(p, lpPhoneStatus));
}

/* The set and the line of an extension have the same place in their lists. */
static LONG device_of_class(const struct phone *p, VARSTRING *out, const char *device_class)
{
	struct varpart v;
	DWORD id;

	if (strcasecmp(device_class, "tapi/line") == 0)
		id = extension_device(p->line);
	else if (strcasecmp(device_class, "tapi/phone") == 0)
		id = phone_device_id(p);
	else
		return exchange_fail(PHONEERR_INVALDEVICECLASS, "device class",
				"a set has the device classes tapi/line and tapi/phone");
	if (varpart_begin(&v, out, sizeof(*out)))
		return PHONEERR_STRUCTURETOOSMALL;
	out->dwStringFormat = STRINGFORMAT_BINARY;
	varpart_add(&v, &out->dwStringSize, &out->dwStringOffset, &id, sizeof(id));
	return varpart_end(&v);
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetID(HDRVPHONE hdPhone, LPVARSTRING lpDeviceID,
		LPCSTR lpszDeviceClass, int *descriptor)
{
	if (!lpDeviceID || !lpszDeviceClass)
		return PHONEERR_INVALPOINTER;
	if (descriptor)
		*descriptor = -1;
	ON_PHONE(hdPhone, device_of_class(p, lpDeviceID, lpszDeviceClass));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneDevSpecific(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		LPVOID lpParams, DWORD dwSize)
{
	ON_PHONE(hdPhone, phone_specific(p, dwRequestID, lpParams, dwSize));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetButtonInfo(HDRVPHONE hdPhone, DWORD dwButtonLampID,
		LPPHONEBUTTONINFO lpButtonInfo)
{
	ON_PHONE(hdPhone, phone_get_button(p, dwButtonLampID, lpButtonInfo));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetButtonInfo(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwButtonLampID, const PHONEBUTTONINFO *lpButtonInfo)
{
	ON_PHONE(hdPhone, phone_set_button(p, dwRequestID, dwButtonLampID, lpButtonInfo));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetLamp(HDRVPHONE hdPhone, DWORD dwButtonLampID,
		LPDWORD lpdwLampMode)
{
	ON_PHONE(hdPhone, phone_get_lamp(p, dwButtonLampID, lpdwLampMode));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetLamp(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwButtonLampID, DWORD dwLampMode)
{
	ON_PHONE(hdPhone, phone_set_lamp(p, dwRequestID, dwButtonLampID, dwLampMode));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetDisplay(HDRVPHONE hdPhone, LPVARSTRING lpDisplay)
{
	ON_PHONE(hdPhone, phone_get_display(p, lpDisplay));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetDisplay(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwRow, DWORD dwColumn, LPCSTR lpsDisplay, DWORD dwSize)
{
	ON_PHONE(hdPhone, phone_set_display(p, dwRequestID, dwRow, dwColumn, lpsDisplay, dwSize));
}

static LONG off_hook(const struct phone *p, DWORD *devs)
{
	*devs = phone_off_hook(p);
	return 0;
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetHookSwitch(HDRVPHONE hdPhone, LPDWORD lpdwHookSwitchDevs)
{
	ON_PHONE(hdPhone, off_hook(p, lpdwHookSwitchDevs));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetHookSwitch(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode)
{
	ON_PHONE(hdPhone, phone_set_switches(p, dwRequestID, dwHookSwitchDevs, dwHookSwitchMode));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetVolume(HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
		LPDWORD lpdwVolume)
{
	ON_PHONE(hdPhone, phone_get_level(p, PHONE_VOLUME, dwHookSwitchDev, lpdwVolume));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetVolume(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwHookSwitchDev, DWORD dwVolume)
{
	ON_PHONE(hdPhone, phone_set_level(p, dwRequestID, PHONE_VOLUME, dwHookSwitchDev, dwVolume));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetGain(HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
		LPDWORD lpdwGain)
{
	ON_PHONE(hdPhone, phone_get_level(p, PHONE_GAIN, dwHookSwitchDev, lpdwGain));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetGain(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwHookSwitchDev, DWORD dwGain)
{
	ON_PHONE(hdPhone, phone_set_level(p, dwRequestID, PHONE_GAIN, dwHookSwitchDev, dwGain));
}

static LONG get_ring(const struct phone *p, DWORD *mode, DWORD *volume)
{
	*mode = p->ring_mode;
	*volume = p->ring_volume;
	return 0;
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetRing(HDRVPHONE hdPhone, LPDWORD lpdwRingMode,
		LPDWORD lpdwVolume)
{
	ON_PHONE(hdPhone, get_ring(p, lpdwRingMode, lpdwVolume));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetRing(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwRingMode, DWORD dwVolume)
{
	ON_PHONE(hdPhone, phone_set_ring(p, dwRequestID, dwRingMode, dwVolume));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetData(HDRVPHONE hdPhone, DWORD dwDataID, LPVOID lpData,
		DWORD dwSize)
{
	ON_PHONE(hdPhone, phone_get_data(p, dwDataID, lpData, dwSize));
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetData(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwDataID, const void *lpData, DWORD dwSize)
{
	ON_PHONE(hdPhone, phone_set_data(p, dwRequestID, dwDataID, lpData, dwSize));
}
