// SPDX-License-Identifier: MIT
/* tsp_tones.c - see tsp_tones.h. */
#include "tsp_tones.h"

#include "msp.h"

#define T (&tones_tsp)

/* The call, with the lock; NULL: the entry fails with leave_bad(). */
static struct call *enter(HDRVCALL handle)
{
	T->enter();
	return T->find(handle);
}

static LONG leave_bad(void)
{
	return T->leave(T->ops->fail(LINEERR_INVALCALLHANDLE, "call",
			"the call does not exist any more"));
}

void tones_fill_caps(LINEDEVCAPS *out)
{
	out->dwGenerateToneModes = GENERATE_TONE_MODES;
	out->dwGenerateToneMaxNumFreq = GENERATE_TONES_MAX;
	out->dwGenerateDigitModes = GENERATE_DIGIT_MODES;
	out->dwMonitorToneMaxNumFreq = TONES_FREQUENCIES;
	out->dwMonitorToneMaxNumEntries = TONES_LIST_MAX;
	out->dwMonitorDigitModes = LISTEN_DIGIT_MODES;
	out->dwGatherDigitsMinTimeout = GATHER_TIMEOUT_MIN_MS;
	out->dwGatherDigitsMaxTimeout = GATHER_TIMEOUT_MAX_MS;
	out->dwMedCtlDigitMaxListSize = CONTROL_DIGITS_MAX;
	out->dwMedCtlMediaMaxListSize = CONTROL_MEDIA_MAX;
	out->dwMedCtlToneMaxListSize = CONTROL_TONES_MAX;
	out->dwMedCtlCallStateMaxListSize = CONTROL_STATES_MAX;
}

/* --- generating ------------------------------------------------------------------------------- */

TSPI_EXPORT LONG TSPIAPI TSPI_lineGenerateDigits(HDRVCALL hdCall, DWORD dwEndToEndID,
		DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration)
{
	struct call *c = enter(hdCall);
	LONG err;

	if (!c)
		return leave_bad();
	err = T->check_send(c, false);
	if (!err)
		err = generate_check_digits(T->ops, dwDigitMode, lpszDigits);
	if (!err)
		err = T->send_digits(c, dwEndToEndID, dwDigitMode, lpszDigits, dwDuration);
	return T->leave(err);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGenerateTone(HDRVCALL hdCall, DWORD dwEndToEndID,
		DWORD dwToneMode, DWORD dwDuration, DWORD dwNumTones,
		const LINEGENERATETONE *lpTones)
{
	struct call *c = enter(hdCall);
	LONG err;

	if (!c)
		return leave_bad();
	err = T->check_send(c, true);
	if (!err)
		err = generate_check_tone(T->ops, dwToneMode, dwNumTones, lpTones);
	if (!err)
		err = generate_tone(&T->msp(c)->generations, T->ops, c, dwEndToEndID, dwToneMode,
				dwDuration, dwNumTones, lpTones);
	return T->leave(err);
}

/* --- listening -------------------------------------------------------------------------------- */

/* The modes of one kind that are monitored become these; 0 switches it off in any state. */
static LONG set_modes(struct call *c, DWORD *modes, DWORD wanted, DWORD feature)
{
	LONG err = wanted ? T->check_listen(c, feature) : 0;

	if (err || *modes == wanted)
		return err;
	*modes = wanted;
	T->ops->settle(c);
	T->info_changed(c, LINECALLINFOSTATE_MONITORMODES);
	return 0;
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineMonitorDigits(HDRVCALL hdCall, DWORD dwDigitModes)
{
	struct call *c = enter(hdCall);
	LONG err;

	if (!c)
		return leave_bad();
	err = listen_check_digits(T->ops, dwDigitModes);
	if (!err)
		err = set_modes(c, &T->listening(c)->digit_modes, dwDigitModes,
				LINECALLFEATURE_MONITORDIGITS);
	return T->leave(err);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineMonitorMedia(HDRVCALL hdCall, DWORD dwMediaModes)
{
	struct call *c = enter(hdCall);
	LONG err;

	if (!c)
		return leave_bad();
	err = listen_check_media(T->ops, dwMediaModes);
	if (!err)
		err = set_modes(c, &T->listening(c)->media_modes, dwMediaModes,
				LINECALLFEATURE_MONITORMEDIA);
	return T->leave(err);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineMonitorTones(HDRVCALL hdCall, DWORD dwToneListID,
		const LINEMONITORTONE *lpToneList, DWORD dwNumEntries)
{
	struct call *c = enter(hdCall);
	LONG err = 0;

	if (!c)
		return leave_bad();
	if (lpToneList && dwNumEntries)
		err = T->check_listen(c, LINECALLFEATURE_MONITORTONES);
	if (!err)
		err = tones_set(&T->listening(c)->tones, T->ops, dwToneListID, lpToneList,
				dwNumEntries);
	if (!err)
		T->ops->settle(c);
	return T->leave(err);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGatherDigits(HDRVCALL hdCall, DWORD dwEndToEndID,
		DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
		LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout, DWORD dwInterDigitTimeout)
{
	const struct gather_request request = { .end_to_end = dwEndToEndID,
		.modes = dwDigitModes,
		.buffer = lpsDigits,
		.size = dwNumDigits,
		.terminators = lpszTerminationDigits,
		.first_ms = dwFirstDigitTimeout,
		.inter_ms = dwInterDigitTimeout };
	struct call *c = enter(hdCall);
	LONG err;

	if (!c)
		return leave_bad();
	err = gather_check(T->ops, &request);
	if (!err && lpsDigits)
		err = T->check_listen(c, LINECALLFEATURE_GATHERDIGITS);
	if (!err) {
		gather_start(&T->listening(c)->gather, &request);
		T->ops->settle(c);
	}
	return T->leave(err);
}

/* --- media control ---------------------------------------------------------------------------- */

static LONG control_call(struct call *c, const struct control_lists *lists)
{
	LONG err = T->check_listen(c, LINECALLFEATURE_SETMEDIACONTROL);

	if (!err)
		err = control_replace(&T->listening(c)->control, lists);
	if (!err)
		T->ops->settle(c);
	return err;
}

static LONG control_line(HDRVLINE line, const struct control_lists *lists)
{
	struct control **set = T->line_control(line);
	LONG err = set ? control_replace(set, lists) : LINEERR_INVALLINEHANDLE;

	if (!err)
		T->line_changed(line);
	return err;
}

static LONG control(HDRVLINE line, DWORD address, struct call *c, DWORD select,
		const struct control_lists *lists)
{
	LONG err = control_check(T->ops, lists);

	if (err)
		return err;
	switch (select) {
	case LINECALLSELECT_CALL:
		return c ? control_call(c, lists) : LINEERR_INVALCALLHANDLE;
	case LINECALLSELECT_ADDRESS:
		if (address)
			return T->ops->fail(LINEERR_INVALADDRESSID, "address",
					"the line has one address, 0");
		return control_line(line, lists);
	case LINECALLSELECT_LINE:
		return control_line(line, lists);
	default:
		return LINEERR_INVALCALLSELECT;
	}
}

/* TSPI: lists that are NULL switch their trigger off. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetMediaControl(HDRVLINE hdLine, DWORD dwAddressID,
		HDRVCALL hdCall, DWORD dwSelect, const LINEMEDIACONTROLDIGIT *lpDigitList,
		DWORD dwDigitNumEntries, const LINEMEDIACONTROLMEDIA *lpMediaList,
		DWORD dwMediaNumEntries, const LINEMEDIACONTROLTONE *lpToneList,
		DWORD dwToneNumEntries, const LINEMEDIACONTROLCALLSTATE *lpCallStateList,
		DWORD dwCallStateNumEntries)
{
	const struct control_lists lists = { .digits = lpDigitList,
		.digit_count = lpDigitList ? dwDigitNumEntries : 0,
		.media = lpMediaList,
		.media_count = lpMediaList ? dwMediaNumEntries : 0,
		.tones = lpToneList,
		.tone_count = lpToneList ? dwToneNumEntries : 0,
		.states = lpCallStateList,
		.state_count = lpCallStateList ? dwCallStateNumEntries : 0 };
	struct call *c = enter(hdCall);

	return T->leave(control(hdLine, dwAddressID, c, dwSelect, &lists));
}
