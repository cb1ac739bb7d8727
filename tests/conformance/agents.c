// SPDX-License-Identifier: MIT
/* agents.c - a proxy and agents, for the tests. */
#include "agents.h"

#include <string.h>

const GUID sales = { 0x5a1e5000, 1, 2, { 3, 4, 5, 6, 7, 8, 9, 10 } };

LONG open_proxy(const DWORD *types, DWORD count)
{
	struct {
		LINECALLPARAMS params;
		DWORD types[32];
	} p;
	HLINE line = 0;
	LONG result;

	memset(&p, 0, sizeof(p));
	p.params.dwTotalSize = sizeof(p);
	p.params.dwDevSpecificSize = count * (DWORD)sizeof(DWORD);
	p.params.dwDevSpecificOffset = sizeof(p.params);
	memcpy(p.types, types, count * sizeof(DWORD));
	result = lineOpen(me.app, 0, &line, 0x00020002, 0, 0,
			LINECALLPRIVILEGE_NONE | LINEOPENOPTION_PROXY, 0, &p.params);
	if (result == 0)
		me.line[0] = line;
	return result;
}

static void serve_all(void *unused)
{
	DWORD types[LINEPROXYREQUEST_SETAGENTSTATEEX];

	(void)unused;
	for (DWORD i = 0; i < LINEPROXYREQUEST_SETAGENTSTATEEX; i++)
		types[i] = i + 1;
	expect_ok(open_proxy(types, LINEPROXYREQUEST_SETAGENTSTATEEX));
}

struct app *proxy_start(struct world *w, const char *name)
{
	struct app *a = app_start(w, name, 0);

	app_do(a, serve_all, NULL, 0);
	return a;
}

LINEPROXYREQUEST *next_request(DWORD type)
{
	struct message m = next_of(LINE_PROXYREQUEST, me.line[0]);
	LINEPROXYREQUEST *r = (LINEPROXYREQUEST *)m.p1;

	expect(r != NULL);
	expect_eq(r->dwRequestType, type);
	expect_eq(r->dwClientAppAPIVersion, 0x00020002);
	expect(strlen(part_of(r, dwClientUserName)) > 0);
	expect_eq(r->dwClientUserNameSize, strlen(part_of(r, dwClientUserName)) + 1);
	expect(r->dwSize >= sizeof(*r));
	return r;
}

void answer(LINEPROXYREQUEST *r, LONG result)
{
	expect_ok(lineProxyResponse(me.line[0], r, (DWORD)result));
}

void agent_opens(void *unused)
{
	(void)unused;
	(void)open_line(0, LINECALLPRIVILEGE_NONE, 0);
}

void asked_and_served(struct world *w, void (*ask)(void *), void (*serve)(void *))
{
	struct app *proxy = proxy_start(w, "acd.exe");
	struct app *agent = app_start(w, "agent.exe", 0);

	app_do(agent, agent_opens, NULL, 0);
	app_begin(agent, ask, NULL, 0);
	app_do(proxy, serve, NULL, 0);
	app_finish(agent, NULL, 0);
}

DWORD put_text(void *structure, DWORD *used, const char *text)
{
	DWORD at = *used;

	memcpy((char *)structure + at, text, strlen(text) + 1);
	*used += (DWORD)strlen(text) + 1;
	return at;
}
