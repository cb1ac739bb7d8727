// SPDX-License-Identifier: MIT
/* answer.c - takes calls with TAPI 2.x: answer LINE. Answers whatever comes, says who calls and
 * which digits they send, and waits for the next. */
#include <stdio.h>
#include <stdlib.h>
#include <tapi.h>
#include <tapi3.h>
#include <tapix.h>

static void say_caller(HCALL call)
{
	union {
		LINECALLINFO info;
		char room[2048];
	} u = { .info = { .dwTotalSize = sizeof(u) } };

	if (!lineGetCallInfo(call, &u.info) && u.info.dwCallerIDSize)
		printf("call from %s\n", u.room + u.info.dwCallerIDOffset);
}

static void on_state(HCALL call, DWORD state)
{
	printf("%s\n", tapixConstantName("LINECALLSTATE_", state));
	switch (state) {
	case LINECALLSTATE_OFFERING:
		say_caller(call);
		(void)lineAnswer(call, NULL, 0);
		break;
	case LINECALLSTATE_CONNECTED:
		(void)lineMonitorDigits(call, LINEDIGITMODE_DTMF);
		break;
	case LINECALLSTATE_DISCONNECTED:
		(void)lineDrop(call, NULL, 0);
		break;
	case LINECALLSTATE_IDLE:
		(void)lineDeallocateCall(call);
		break;
	default:
		break;
	}
}

int main(int argc, char **argv)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD device = argc > 1 ? (DWORD)strtoul(argv[1], NULL, 10) : 0, devices,
	      version = 0x00020002;
	LINEEXTENSIONID extension;
	struct tapix_reason why;
	LINEMESSAGE m;
	HLINEAPP app;
	HLINE line;

	if (lineInitializeEx(&app, 0, NULL, "answer", &devices, &version, &params) ||
			lineNegotiateAPIVersion(app, device, 0x00020000, 0x00020002, &version,
					&extension) ||
			lineOpen(app, device, &line, version, 0, 0, LINECALLPRIVILEGE_OWNER,
					LINEMEDIAMODE_INTERACTIVEVOICE, NULL) ||
			tapi_line_media(line)) {
		tapixGetLastReason(&why);
		return fprintf(stderr, "answer: %s\n", why.sentence), 1;
	}
	while (lineGetMessage(app, &m, 0xffffffff) == 0) {
		if (m.dwMessageID == LINE_CALLSTATE)
			on_state(m.hDevice, (DWORD)m.dwParam1);
		else if (m.dwMessageID == LINE_MONITORDIGITS)
			printf("digit %c\n", (char)m.dwParam1);
		(void)fflush(stdout);
	}
	return lineShutdown(app) != 0;
}
