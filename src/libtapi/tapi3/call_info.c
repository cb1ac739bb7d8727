// SPDX-License-Identifier: MIT
/* call_info.c - ITCallInfo: what is known of a call is a member of LINECALLINFO; what a call will
 * be made with waits in call_params. */
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"

#include <stddef.h>
#include <string.h>

static LONG get_info(const void *of, void *out)
{
	return lineGetCallInfo(*(const HCALL *)of, out);
}

/* What the daemon knows of the call; to be freed. */
static LONG info_new(struct tapi_call *call, LINECALLINFO **out)
{
	HCALL handle = tapi_call_need_handle(call);
	void *info = NULL;
	LONG result = handle ? structure_obtain(get_info, &handle, &info)
			     : tapi_call_no_handle(call);

	*out = info;
	return result;
}

static TELLS(bool, is_dialled, tapi_call, dialled, false)

		static LONG none(const char *what)
{
	return fail(TAPI_E_NOTSUPPORTED, "call information", "%s cannot be asked or set now", what);
}

/* --- Numbers --------------------------------------------------------------------------------- */

#define INFO(which, member) [which] = (offsetof(LINECALLINFO, member) + 1)

/* Offset + 1; 0: not a plain member. */
static const size_t numbers[] = {
	INFO(CIL_BEARERMODE, dwBearerMode),
	INFO(CIL_CALLERIDADDRESSTYPE, dwCallerIDAddressType),
	INFO(CIL_CALLEDIDADDRESSTYPE, dwCalledIDAddressType),
	INFO(CIL_CONNECTEDIDADDRESSTYPE, dwConnectedIDAddressType),
	INFO(CIL_REDIRECTIONIDADDRESSTYPE, dwRedirectionIDAddressType),
	INFO(CIL_REDIRECTINGIDADDRESSTYPE, dwRedirectingIDAddressType),
	INFO(CIL_ORIGIN, dwOrigin),
	INFO(CIL_REASON, dwReason),
	INFO(CIL_APPSPECIFIC, dwAppSpecific),
	INFO(CIL_CALLPARAMSFLAGS, dwCallParamFlags),
	INFO(CIL_CALLTREATMENT, dwCallTreatment),
	INFO(CIL_COUNTRYCODE, dwCountryCode),
	INFO(CIL_CALLID, dwCallID),
	INFO(CIL_RELATEDCALLID, dwRelatedCallID),
	INFO(CIL_COMPLETIONID, dwCompletionID),
	INFO(CIL_NUMBEROFOWNERS, dwNumOwners),
	INFO(CIL_NUMBEROFMONITORS, dwNumMonitors),
	INFO(CIL_TRUNK, dwTrunk),
	INFO(CIL_RATE, dwRate),
	INFO(CIL_GENERATEDIGITDURATION, DialParams.dwDigitDuration),
	INFO(CIL_MONITORDIGITMODES, dwMonitorDigitModes),
	INFO(CIL_MONITORMEDIAMODES, dwMonitorMediaModes),
};

static DWORD types_from_modes(DWORD modes)
{
	DWORD types = modes & (LINEMEDIAMODE_VIDEO | LINEMEDIAMODE_DATAMODEM | LINEMEDIAMODE_G3FAX);

	if (modes & (LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE))
		types |= TAPIMEDIATYPE_AUDIO;
	return types;
}

static DWORD *param_number(struct call_params *p, CALLINFO_LONG which)
{
	switch ((unsigned)which) {
	case CIL_BEARERMODE:
		return &p->bearer_mode;
	case CIL_MINRATE:
		return &p->min_rate;
	case CIL_MAXRATE:
		return &p->max_rate;
	case CIL_CALLPARAMSFLAGS:
		return &p->flags;
	case CIL_COUNTRYCODE:
		return &p->country;
	case CIL_CALLEDIDADDRESSTYPE:
		return &p->address_type;
	case CIL_MEDIATYPESAVAILABLE:
		return &p->media_types;
	default:
		return NULL;
	}
}

static LONG get_param(struct tapi_call *call, CALLINFO_LONG which, DWORD *out)
{
	const DWORD *from;

	objects_lock();
	from = param_number(&call->params, which);
	if (from)
		*out = *from;
	objects_unlock();
	return from ? 0 : none("this");
}

LONG tapi_call_get_info_long(struct tapi_call *call, CALLINFO_LONG which, DWORD *out)
{
	unsigned i = (unsigned)which;
	LINECALLINFO *info;
	LONG result;

	if (!call || !out)
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	if (!is_dialled(call))
		return get_param(call, which, out);
	if (i != CIL_MEDIATYPESAVAILABLE &&
			(i >= sizeof(numbers) / sizeof(numbers[0]) || !numbers[i]))
		return none("this number");
	result = info_new(call, &info);
	if (result || !info)
		return result;
	if (i == CIL_MEDIATYPESAVAILABLE)
		*out = types_from_modes(info->dwMediaMode);
	else
		memcpy(out, (const char *)info + numbers[i] - 1, sizeof(*out));
	mem_free(info);
	return 0;
}

static LONG set_param(struct tapi_call *call, CALLINFO_LONG which, DWORD value)
{
	DWORD *to;

	objects_lock();
	to = which == CIL_MEDIATYPESAVAILABLE ? NULL : param_number(&call->params, which);
	if (to)
		*to = value;
	objects_unlock();
	return to ? 0 : none("this number");
}

LONG tapi_call_set_info_long(struct tapi_call *call, CALLINFO_LONG which, DWORD value)
{
	HCALL handle;

	if (!call)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no call");
	if (!is_dialled(call))
		return set_param(call, which, value);
	handle = tapi_call_need_handle(call);
	if (!handle)
		return tapi_call_no_handle(call);
	switch ((unsigned)which) {
	case CIL_APPSPECIFIC:
		return lineSetAppSpecific(handle, value);
	case CIL_CALLTREATMENT: {
		struct call_request *r = call_request_begin(call);

		return r ? call_request_settle(r, lineSetCallTreatment(handle, value))
			 : TAPI_E_NOTENOUGHMEMORY;
	}
	case CIL_MONITORDIGITMODES:
		return lineMonitorDigits(handle, value);
	case CIL_MONITORMEDIAMODES:
		return lineMonitorMedia(handle, value);
	default:
		return none("this number");
	}
}

/* --- Texts and bytes ------------------------------------------------------------------------- */

struct part {
	size_t size, offset; /* of the two members; 0: there is none */
};
#define PART(which, name)                                                                          \
	[which] = { offsetof(LINECALLINFO, name##Size), offsetof(LINECALLINFO, name##Offset) }

static const struct part texts[] = {
	PART(CIS_CALLERIDNAME, dwCallerIDName),
	PART(CIS_CALLERIDNUMBER, dwCallerID),
	PART(CIS_CALLEDIDNAME, dwCalledIDName),
	PART(CIS_CALLEDIDNUMBER, dwCalledID),
	PART(CIS_CONNECTEDIDNAME, dwConnectedIDName),
	PART(CIS_CONNECTEDIDNUMBER, dwConnectedID),
	PART(CIS_REDIRECTIONIDNAME, dwRedirectionIDName),
	PART(CIS_REDIRECTIONIDNUMBER, dwRedirectionID),
	PART(CIS_REDIRECTINGIDNAME, dwRedirectingIDName),
	PART(CIS_REDIRECTINGIDNUMBER, dwRedirectingID),
	PART(CIS_CALLEDPARTYFRIENDLYNAME, dwCalledParty),
	PART(CIS_COMMENT, dwComment),
	PART(CIS_DISPLAYABLEADDRESS, dwDisplayableAddress),
};

static const struct part buffers[] = {
	PART(CIB_USERUSERINFO, dwUserUserInfo),
	PART(CIB_DEVSPECIFICBUFFER, dwDevSpecific),
	PART(CIB_CALLDATABUFFER, dwCallData),
	PART(CIB_CHARGINGINFOBUFFER, dwChargingInfo),
	PART(CIB_HIGHLEVELCOMPATIBILITYBUFFER, dwHighLevelComp),
	PART(CIB_LOWLEVELCOMPATIBILITYBUFFER, dwLowLevelComp),
};

/* Copies the part, `spare` bytes fewer than there is room, and says how long it is. */
static LONG part_get(struct tapi_call *call, const struct part *part, void *to, size_t room)
{
	LINECALLINFO *info;
	DWORD size, offset;
	LONG result = info_new(call, &info);

	if (result || !info)
		return result;
	memcpy(&size, (const char *)info + part->size, sizeof(size));
	memcpy(&offset, (const char *)info + part->offset, sizeof(offset));
	if (size && room)
		memcpy(to, (const char *)info + offset, size < room ? size : room);
	mem_free(info);
	return (LONG)size;
}

static char **param_text(struct call_params *p, CALLINFO_STRING which)
{
	switch ((unsigned)which) {
	case CIS_CALLEDIDNUMBER:
		return &p->destination;
	case CIS_CALLEDPARTYFRIENDLYNAME:
		return &p->called_party;
	case CIS_COMMENT:
		return &p->comment;
	case CIS_DISPLAYABLEADDRESS:
		return &p->displayable;
	case CIS_CALLINGPARTYID:
		return &p->calling_party;
	default:
		return NULL;
	}
}

static LONG get_param_text(struct tapi_call *call, CALLINFO_STRING which, char *text, size_t size)
{
	char **from;
	LONG result;

	objects_lock();
	from = param_text(&call->params, which);
	result = from ? text_out(*from ? *from : "", text, size) : none("this text");
	objects_unlock();
	return result;
}

LONG tapi_call_get_info_string(struct tapi_call *call, CALLINFO_STRING which, char *text,
		size_t size)
{
	unsigned i = (unsigned)which;
	LONG length;

	if (!call || (!text && size))
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	if (!is_dialled(call))
		return get_param_text(call, which, text, size);
	if (i >= sizeof(texts) / sizeof(texts[0]))
		return none("this text");
	if (size)
		memset(text, 0, size);
	length = part_get(call, &texts[i], text, size ? size - 1 : 0);
	return length > 0 ? length - 1 : length; /* it counts its NUL */
}

LONG tapi_call_set_info_string(struct tapi_call *call, CALLINFO_STRING which, const char *text)
{
	char **to, *copy;
	LONG result = 0;

	if (!call || !text)
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	copy = mem_strdup(text);
	if (!copy)
		return fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory for a text");
	objects_lock();
	to = call->dialled ? NULL : param_text(&call->params, which);
	if (to) {
		mem_free(*to);
		*to = copy;
	} else {
		result = none("this text");
		mem_free(copy);
	}
	objects_unlock();
	return result;
}

LONG tapi_call_get_info_buffer(struct tapi_call *call, CALLINFO_BUFFER which, void *data,
		size_t size)
{
	unsigned i = (unsigned)which;
	LONG result;

	if (!call || (!data && size))
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	if (is_dialled(call))
		return i < sizeof(buffers) / sizeof(buffers[0])
				       ? part_get(call, &buffers[i], data, size)
				       : none("this buffer");
	if (which != CIB_USERUSERINFO)
		return none("this buffer");
	objects_lock();
	result = (LONG)call->params.user_user_size;
	if (result && size)
		memcpy(data, call->params.user_user, (size_t)result < size ? (size_t)result : size);
	objects_unlock();
	return result;
}

static LONG set_user_user(struct tapi_call *call, const void *data, size_t size)
{
	void *copy = mem_alloc(size + 1);

	if (!copy)
		return fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM",
				"no memory for user-user information");
	if (size)
		memcpy(copy, data, size);
	objects_lock();
	mem_free(call->params.user_user);
	call->params.user_user = copy;
	call->params.user_user_size = size;
	objects_unlock();
	return 0;
}

/* lineSetCallData only reads what it is given. */
static LONG set_call_data(HCALL handle, const void *data, DWORD size)
{
	void *plain;

	memcpy(&plain, &data, sizeof(plain));
	return lineSetCallData(handle, plain, size);
}

LONG tapi_call_set_info_buffer(struct tapi_call *call, CALLINFO_BUFFER which, const void *data,
		size_t size)
{
	struct call_request *r;
	HCALL handle;

	if (!call || (!data && size))
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	if (which != CIB_USERUSERINFO && which != CIB_CALLDATABUFFER)
		return none("this buffer");
	if (!is_dialled(call))
		return which == CIB_USERUSERINFO ? set_user_user(call, data, size)
						 : none("call data");
	handle = tapi_call_need_handle(call);
	if (!handle)
		return tapi_call_no_handle(call);
	r = call_request_begin(call);
	if (!r)
		return fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory for a request");
	return call_request_settle(r,
			which == CIB_USERUSERINFO ? lineSendUserUserInfo(handle, data, (DWORD)size)
						  : set_call_data(handle, data, (DWORD)size));
}
