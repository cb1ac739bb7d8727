// SPDX-License-Identifier: MIT
/* check_feature.c - capability truth: what is claimed is exported and answers, what is exported is
 * claimed. A feature is a row: its bit, its function, and how it is tried on a call. */
#include "checks.h"
#include "kit.h"

#include <string.h>

/* What is tried. Asynchronous ones return what KIT_ASYNC does; their completion is waited for. */
struct trial {
	struct kit_line *line;
	struct kit_call *call;
	struct kit_request *r;
	const char *address;
};

typedef LONG try_fn(struct trial *t);

static VARSTRING park_room;
static DWORD number;
static char digits[32];

/* clang-format off */
#define HD t->call->hd
#define SIMPLE(name) static LONG try_##name(struct trial *t) { return KIT_ASYNC(t->r, name, HD); }
#define WITH(name, ...) static LONG try_##name(struct trial *t) { return KIT_ASYNC(t->r, name, __VA_ARGS__); }
#define AT_ONCE(name, ...) static LONG try_##name(struct trial *t) { return TSPI(name, __VA_ARGS__); }
#define MAKING(name, ...) static LONG try_##name(struct trial *t)                                    \
	{                                                                                          \
		struct kit_call *made = kit_call(t->line, t->r);                                   \
		return KIT_ASYNC(t->r, name, __VA_ARGS__);                                         \
	}

WITH(lineAccept, HD, NULL, 0)
WITH(lineAddToConference, HD, HD)
WITH(lineAnswer, HD, NULL, 0)
WITH(lineBlindTransfer, HD, t->address, 0)
WITH(lineCompleteCall, HD, &number, LINECALLCOMPLMODE_CAMPON, 0)
MAKING(lineCompleteTransfer, HD, HD, made->ht, &made->hd, LINETRANSFERMODE_TRANSFER)
WITH(lineDial, HD, t->address, 0)
WITH(lineDrop, HD, NULL, 0)
AT_ONCE(lineGatherDigits, HD, 1, LINEDIGITMODE_DTMF, digits, 1, NULL, 1000, 1000)
AT_ONCE(lineGenerateDigits, HD, 2, LINEDIGITMODE_DTMF, "1", 0)
AT_ONCE(lineGenerateTone, HD, 3, LINETONEMODE_BEEP, 100, 0, NULL)
SIMPLE(lineHold)
AT_ONCE(lineMonitorDigits, HD, LINEDIGITMODE_DTMF)
AT_ONCE(lineMonitorMedia, HD, LINEMEDIAMODE_INTERACTIVEVOICE)
AT_ONCE(lineMonitorTones, HD, 4, NULL, 0)
WITH(linePark, HD, LINEPARKMODE_NONDIRECTED, NULL, &park_room)
MAKING(linePrepareAddToConference, HD, made->ht, &made->hd, NULL)
WITH(lineRedirect, HD, t->address, 0)
SIMPLE(lineReleaseUserUserInfo)
SIMPLE(lineRemoveFromConference)
SIMPLE(lineSecureCall)
WITH(lineSendUserUserInfo, HD, "x", 1)
WITH(lineSetCallData, HD, digits, 1)
WITH(lineSetCallParams, HD, LINEBEARERMODE_VOICE, 0, 0, NULL)
WITH(lineSetCallQualityOfService, HD, NULL, 0, NULL, 0)
WITH(lineSetCallTreatment, HD, LINECALLTREATMENT_SILENCE)
AT_ONCE(lineSetMediaControl, t->line->hd, 0, HD, LINECALLSELECT_CALL, NULL, 0, NULL, 0, NULL, 0, NULL, 0)
WITH(lineSetTerminal, t->line->hd, 0, HD, LINECALLSELECT_CALL, LINETERMMODE_MEDIABIDIRECT, 0, 1)
MAKING(lineSetupTransfer, HD, made->ht, &made->hd, NULL)
WITH(lineSwapHold, HD, HD)
SIMPLE(lineUnhold)

static LONG try_lineSetupConference(struct trial *t)
{
	struct kit_call *conference = kit_call(t->line, t->r), *consult = kit_call(t->line, t->r);

	return KIT_ASYNC(t->r, lineSetupConference, HD, t->line->hd, conference->ht,
			&conference->hd, consult->ht, &consult->hd, 3, NULL);
}

struct feature {
	const char *bit_name;
	DWORD bit;
	enum tsp_function function;
	try_fn *try;
};

#define FEATURE(group, bit, name) { #group #bit, group##bit, TSP_##name, try_##name }
static const struct feature call_features[] = {
	FEATURE(LINECALLFEATURE_, ACCEPT, lineAccept),
	FEATURE(LINECALLFEATURE_, ADDTOCONF, lineAddToConference),
	FEATURE(LINECALLFEATURE_, ANSWER, lineAnswer),
	FEATURE(LINECALLFEATURE_, BLINDTRANSFER, lineBlindTransfer),
	FEATURE(LINECALLFEATURE_, COMPLETECALL, lineCompleteCall),
	FEATURE(LINECALLFEATURE_, COMPLETETRANSF, lineCompleteTransfer),
	FEATURE(LINECALLFEATURE_, DIAL, lineDial),
	FEATURE(LINECALLFEATURE_, DROP, lineDrop),
	FEATURE(LINECALLFEATURE_, GATHERDIGITS, lineGatherDigits),
	FEATURE(LINECALLFEATURE_, GENERATEDIGITS, lineGenerateDigits),
	FEATURE(LINECALLFEATURE_, GENERATETONE, lineGenerateTone),
	FEATURE(LINECALLFEATURE_, HOLD, lineHold),
	FEATURE(LINECALLFEATURE_, MONITORDIGITS, lineMonitorDigits),
	FEATURE(LINECALLFEATURE_, MONITORMEDIA, lineMonitorMedia),
	FEATURE(LINECALLFEATURE_, MONITORTONES, lineMonitorTones),
	FEATURE(LINECALLFEATURE_, PARK, linePark),
	FEATURE(LINECALLFEATURE_, PREPAREADDCONF, linePrepareAddToConference),
	FEATURE(LINECALLFEATURE_, REDIRECT, lineRedirect),
	FEATURE(LINECALLFEATURE_, RELEASEUSERUSERINFO, lineReleaseUserUserInfo),
	FEATURE(LINECALLFEATURE_, REMOVEFROMCONF, lineRemoveFromConference),
	FEATURE(LINECALLFEATURE_, SECURECALL, lineSecureCall),
	FEATURE(LINECALLFEATURE_, SENDUSERUSER, lineSendUserUserInfo),
	FEATURE(LINECALLFEATURE_, SETCALLDATA, lineSetCallData),
	FEATURE(LINECALLFEATURE_, SETCALLPARAMS, lineSetCallParams),
	FEATURE(LINECALLFEATURE_, SETMEDIACONTROL, lineSetMediaControl),
	FEATURE(LINECALLFEATURE_, SETQOS, lineSetCallQualityOfService),
	FEATURE(LINECALLFEATURE_, SETTERMINAL, lineSetTerminal),
	FEATURE(LINECALLFEATURE_, SETTREATMENT, lineSetCallTreatment),
	FEATURE(LINECALLFEATURE_, SETUPCONF, lineSetupConference),
	FEATURE(LINECALLFEATURE_, SETUPTRANSFER, lineSetupTransfer),
	FEATURE(LINECALLFEATURE_, SWAPHOLD, lineSwapHold),
	FEATURE(LINECALLFEATURE_, UNHOLD, lineUnhold),
};

/* Of an address, and of a line: what begins without a call. */
#define PLAIN(group, bit, name) { #group #bit, group##bit, TSP_##name, NULL }
static const struct feature address_features[] = {
	PLAIN(LINEADDRFEATURE_, FORWARD, lineForward),
	PLAIN(LINEADDRFEATURE_, MAKECALL, lineMakeCall),
	PLAIN(LINEADDRFEATURE_, PICKUP, linePickup),
	PLAIN(LINEADDRFEATURE_, SETMEDIACONTROL, lineSetMediaControl),
	PLAIN(LINEADDRFEATURE_, SETTERMINAL, lineSetTerminal),
	PLAIN(LINEADDRFEATURE_, SETUPCONF, lineSetupConference),
	PLAIN(LINEADDRFEATURE_, UNCOMPLETECALL, lineUncompleteCall),
	PLAIN(LINEADDRFEATURE_, UNPARK, lineUnpark),
};
static const struct feature line_features[] = {
	PLAIN(LINEFEATURE_, DEVSPECIFIC, lineDevSpecific),
	PLAIN(LINEFEATURE_, DEVSPECIFICFEAT, lineDevSpecificFeature),
	PLAIN(LINEFEATURE_, FORWARD, lineForward),
	PLAIN(LINEFEATURE_, MAKECALL, lineMakeCall),
	PLAIN(LINEFEATURE_, SETDEVSTATUS, lineSetLineDevStatus),
	PLAIN(LINEFEATURE_, SETMEDIACONTROL, lineSetMediaControl),
	PLAIN(LINEFEATURE_, SETTERMINAL, lineSetTerminal),
};
/* clang-format on */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Everything that some line or address claims. */
struct claims {
	DWORD line, address, call;
	bool media; /* LINEDEVCAPFLAGS_MSP */
};

static struct claims collect(void)
{
	struct claims all = { 0 };

	for (DWORD i = 0; i < kit.lines && i < LINES_MAX; i++) {
		const LINEDEVCAPS *caps = kit_dev_caps(&kit.line[i]);
		DWORD count = caps ? caps->dwNumAddresses : 0;

		all.line |= caps ? caps->dwLineFeatures : 0;
		all.media = all.media || (caps && (caps->dwDevCapFlags & LINEDEVCAPFLAGS_MSP));
		for (DWORD a = 0; a < count && a < 8; a++) {
			const LINEADDRESSCAPS *address = kit_address_caps(&kit.line[i], a);

			all.address |= address ? address->dwAddressFeatures : 0;
			all.call |= address ? address->dwCallFeatures : 0;
		}
	}
	return all;
}

static bool claims_function(const struct feature *table, size_t count, DWORD bits,
		enum tsp_function f)
{
	for (size_t i = 0; i < count; i++)
		if (table[i].function == f && (bits & table[i].bit))
			return true;
	return false;
}

static void check_exported(const struct feature *table, size_t count, DWORD bits)
{
	for (size_t i = 0; i < count; i++)
		if ((bits & table[i].bit) && !tsp_has(&kit.tsp, table[i].function))
			fault("it claims %s, but does not export %s", table[i].bit_name,
					tsp_name(table[i].function));
}

static void check_media(bool claimed)
{
	static const enum tsp_function needed[] = { TSP_lineMSPIdentify, TSP_lineCreateMSPInstance,
		TSP_lineCloseMSPInstance, TSP_lineReceiveMSPData };

	for (size_t i = 0; i < COUNT(needed); i++) {
		if (claimed && !tsp_has(&kit.tsp, needed[i]))
			fault("it claims LINEDEVCAPFLAGS_MSP, but does not export %s",
					tsp_name(needed[i]));
		if (!claimed && kit.lines && tsp_has(&kit.tsp, needed[i]))
			fault("it exports %s, but no line claims LINEDEVCAPFLAGS_MSP",
					tsp_name(needed[i]));
	}
}

static void check_claimed(void)
{
	struct claims all;

	kit_start();
	all = collect();
	check_exported(call_features, COUNT(call_features), all.call);
	check_exported(address_features, COUNT(address_features), all.address);
	check_exported(line_features, COUNT(line_features), all.line);
	check_media(all.media);
	kit_end();
}

/* A function that serves several bits is claimed by any of them. */
static void check_unclaimed(const struct feature *table, size_t count, const struct claims *all)
{
	for (size_t i = 0; i < count; i++) {
		enum tsp_function f = table[i].function;

		if (tsp_need(f) == TSP_MANDATORY || !tsp_has(&kit.tsp, f) ||
				claims_function(call_features, COUNT(call_features), all->call,
						f) ||
				claims_function(address_features, COUNT(address_features),
						all->address, f) ||
				claims_function(line_features, COUNT(line_features), all->line, f))
			continue;
		fault("it exports %s, but nothing claims %s", tsp_name(f), table[i].bit_name);
	}
}

static void check_all_claimed(void)
{
	struct claims all;

	kit_start();
	all = collect();
	check_unclaimed(call_features, COUNT(call_features), &all);
	check_unclaimed(address_features, COUNT(address_features), &all);
	check_unclaimed(line_features, COUNT(line_features), &all);
	kit_end();
}

/* A call of its own for each, so that one does not spoil the next. */
static void try_feature(const struct feature *f)
{
	struct kit_line *l = kit_open(0);
	struct trial t = { .line = l, .address = kit_address(l) };
	LONG result, why;

	t.call = kit_make_call(l, t.address, &why);
	if (!t.call)
		skip("no call can be made to %s: %s; --dial names another address", t.address,
				kit_error(why));
	(void)kit_await(t.call, ~0U, WAIT_MS);
	park_room.dwTotalSize = sizeof(park_room);
	t.r = kit_request(tsp_name(f->function), l, t.call);
	result = f->try(&t);
	if (t.r->accepted)
		result = kit_wait(t.r);
	if (result == LINEERR_OPERATIONUNAVAIL)
		fault("it claims %s, but %s answers LINEERR_OPERATIONUNAVAIL", f->bit_name,
				tsp_name(f->function));
	kit_close(l);
}

static void check_answers(void)
{
	struct claims all;

	kit_start();
	all = collect();
	for (size_t i = 0; i < COUNT(call_features); i++)
		if ((all.call & call_features[i].bit) &&
				tsp_has(&kit.tsp, call_features[i].function))
			try_feature(&call_features[i]);
	kit_end();
}

static void check_now(void)
{
	struct kit_line *l;
	struct kit_call *c;
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };
	const LINEADDRESSCAPS *caps;
	LONG why;

	kit_start();
	l = kit_open(0);
	caps = kit_address_caps(l, 0);
	c = kit_make_call(l, kit_address(l), &why);
	if (!c || !caps)
		skip("no call can be made to %s: %s; --dial names another address", kit_address(l),
				kit_error(why));
	caps = kit_address_caps(l, 0);
	for (unsigned i = 0; i < 5 && caps; i++) {
		DWORD extra;

		kit_idle(50);
		if (TSPI(lineGetCallStatus, c->hd, &status))
			break;
		extra = status.dwCallFeatures & ~caps->dwCallFeatures;
		if (extra) {
			fault("a call offers features %#x that its address does not claim",
					(unsigned)extra);
			break;
		}
	}
	kit_end_call(c);
	status.dwTotalSize = sizeof(status);
	kit_close(l);
	kit_end();
}

const struct check checks_feature[] = {
	{ "claimed", "each feature that is claimed is exported", check_claimed },
	{ "exported", "each feature that is exported is claimed", check_all_claimed },
	{ "answers", "what is claimed answers other than OPERATIONUNAVAIL", check_answers },
	{ "now", "a call offers what its address claims", check_now },
};
const size_t checks_feature_count = sizeof(checks_feature) / sizeof(checks_feature[0]);
