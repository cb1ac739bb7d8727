// SPDX-License-Identifier: MIT
/* call3.c - a call with TAPI 3 objects: call3 ADDRESS NUMBER FILE.wav... plays the files to whoever
 * answers, records into call3.wav, and hangs up when the last file has ended. */
#include <stdio.h>
#include <stdlib.h>
#include <tapi3.h>
#include <tapix.h>

static int done;

static void on_event(struct tapi_event *event, void *arg)
{
	static const char *const states[] = { "idle", "in progress", "connected", "disconnected",
		"offering", "on hold", "queued" };
	struct tapi_call *call = tapi_event_get_call(event);
	struct tapix_reason why;

	(void)arg;
	if (tapi_event_get_kind(event) == TE_CALLSTATE) {
		printf("%s\n", states[tapi_event_get_state(event)]);
		done = tapi_event_get_state(event) == CS_DISCONNECTED;
		if (done && !tapixGetCallReason(tapi_call_get_handle(call), &why) && why.layer)
			printf("%s [%s]\n", why.sentence, why.cause);
	} else if (tapi_event_get_cause(event) == FTEC_END_OF_FILE) {
		printf("all played\n");
		(void)tapi_call_disconnect(call, DC_NORMAL);
	}
}

static LONG run(struct tapi *tapi, DWORD index, const char *number, const char *const *files,
		DWORD count)
{
	struct tapi_address *address = NULL;
	struct tapi_call *call = NULL;
	LONG error = tapi_get_address(tapi, index, &address);

	if (!error)
		error = tapi_address_create_call(address, number, LINEADDRESSTYPE_PHONENUMBER,
				TAPIMEDIATYPE_AUDIO, &call);
	if (!error)
		error = tapi_call_record(call, "call3.wav", NULL);
	if (!error)
		error = tapi_call_play(call, files, count, NULL);
	if (!error)
		error = tapi_call_connect(call, 0);
	while (error >= 0 && !done)
		error = tapi_dispatch(tapi, -1);
	tapi_unref(call);
	tapi_unref(address);
	return error;
}

int main(int argc, char **argv)
{
	struct tapix_reason why;
	struct tapi *tapi = NULL;
	LONG error;

	if (argc < 4) {
		fprintf(stderr, "usage: call3 ADDRESS NUMBER FILE.wav...\n");
		return 2;
	}
	error = tapi_initialize("call3", &tapi);
	if (!error)
		error = tapi_set_event_callback(tapi, on_event, NULL);
	if (!error)
		error = tapi_set_event_filter(tapi, TE_CALLSTATE | TE_FILETERMINAL);
	if (!error)
		error = run(tapi, (DWORD)strtoul(argv[1], NULL, 10), argv[2],
				(const char *const *)argv + 3, (DWORD)argc - 3);
	if (error < 0) {
		tapixGetLastReason(&why);
		fprintf(stderr, "call3: %#x: %s\n", (unsigned)error, why.sentence);
	}
	if (tapi)
		(void)tapi_shutdown(tapi);
	tapi_unref(tapi);
	return error < 0;
}
