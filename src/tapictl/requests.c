// SPDX-License-Identifier: MIT
/* requests.c - assisted telephony: tapictl requests, what other programs have asked for; tapictl
 * recipient LINE, which places those calls. */
#define _POSIX_C_SOURCE 200809L
#include "tapictl.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_REQUESTS = 1024, INSTANCE = 1 };

static void show(const struct tapix_request *r)
{
	time_t at = (time_t)r->at;
	struct tm tm;
	char when[32] = "";

	if (localtime_r(&at, &tm))
		(void)strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", &tm);
	printf("%5u  %s  %-24s  %-16s  %s%s%s\n", r->id, when, r->dest_address, r->app_name,
			r->called_party, *r->comment ? ": " : "", r->comment);
}

static void show_json(const struct tapix_request *r)
{
	printf("{\"id\":%u,\"at\":%u,\"dest_address\":", r->id, r->at);
	print_json_text(r->dest_address);
	printf(",\"app_name\":");
	print_json_text(r->app_name);
	printf(",\"called_party\":");
	print_json_text(r->called_party);
	printf(",\"comment\":");
	print_json_text(r->comment);
	printf("}\n");
}

enum exit_code command_requests_list(const struct options *o)
{
	static struct tapix_request all[MAX_REQUESTS];
	DWORD count = MAX_REQUESTS;
	LONG error = tapixGetRequests(0, all, sizeof(all[0]), &count);

	if (error)
		return complain("the requests", error);
	for (DWORD i = 0; i < count; i++) {
		if (o->json)
			show_json(&all[i]);
		else
			show(&all[i]);
	}
	return EXIT_DONE;
}

enum exit_code command_requests_remove(const struct options *o)
{
	char *end;
	unsigned long id = strtoul(o->argv[1], &end, 10);
	LONG error;

	if (!isdigit((unsigned char)*o->argv[1]) || *end) {
		fprintf(stderr, "tapictl: '%s' is no number of a request\n", o->argv[1]);
		return EXIT_USAGE;
	}
	error = tapixRemoveRequest(0, (DWORD)id);
	if (!error)
		return EXIT_DONE;
	(void)complain("the request was not removed", error);
	return error == LINEERR_NOREQUEST ? EXIT_NOT_FOUND : EXIT_FAILED;
}

/* As `tapictl dial` would, with its options. */
static void place(const struct options *o, const LINEREQMAKECALL *request)
{
	struct options dial = *o;

	dial.argv[0] = "dial";
	dial.argv[2] = request->szDestAddress;
	dial.argc = 3;
	if (o->json) {
		printf("{\"dest_address\":");
		print_json_text(request->szDestAddress);
		printf("}\n");
	} else {
		printf("request: %s, asked by %s\n", request->szDestAddress, request->szAppName);
	}
	(void)fflush(stdout);
	if (!*request->szDestAddress)
		fprintf(stderr, "tapictl: the request names nobody\n");
	else
		(void)command_dial(&dial);
}

static enum exit_code serve(const struct options *o, struct session *s)
{
	LINEREQMAKECALL request;
	LINEMESSAGE message;

	session_limit(o->timeout_s);
	while (!session_stopped() && !session_terminated()) {
		LONG error = lineGetRequest(s->app, LINEREQUESTMODE_MAKECALL, &request);

		if (!error) {
			session_limit(-1); /* it is the call's, now */
			place(o, &request);
			if (o->once)
				return EXIT_DONE;
			session_limit(o->timeout_s);
		} else if (error != LINEERR_NOREQUEST) {
			return complain("the requests", error);
		} else {
			error = session_message(s, &message, INFINITE);
			if (error < 0 && !session_stopped())
				return complain("the daemon", error);
		}
	}
	return EXIT_DONE;
}

enum exit_code command_recipient(const struct options *o)
{
	enum exit_code code;
	struct session s;
	DWORD device;
	LONG error;

	code = session_open(&s);
	if (code)
		return code;
	code = session_line(&s, o->argv[1], &device);
	if (!code) {
		error = lineRegisterRequestRecipient(s.app, INSTANCE, LINEREQUESTMODE_MAKECALL, 1);
		code = error ? complain("not registered", error) : serve(o, &s);
	}
	session_close(&s);
	return code;
}
