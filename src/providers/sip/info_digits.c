// SPDX-License-Identifier: MIT
/* info_digits.c - the next digit goes when the one before it is answered, so that they arrive in
 * their order. */
#include "info_digits.h"

#include "account.h"
#include "auth.h"
#include "bodies.h"
#include "call.h"
#include "dialog.h"
#include "tell.h"

#include "base/clock.h"

#include <string.h>

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_tag.h>

#define DURATION_MS     100
#define DURATION_MS_MAX 5000

static void end(struct call *c, DWORD how)
{
	struct info_digits *i = &c->info;

	if (!i->digits[0])
		return;
	i->digits[0] = '\0';
	tell_call(c, LINE_GENERATE, how, i->end_to_end, (DWORD)clock_now_ms(), NULL);
}

/* Pauses and hook flashes are no digits of INFO. */
static void send_next(struct call *c)
{
	struct info_digits *i = &c->info;
	char body[64], digit;

	while (i->digits[i->next] && strchr(",!", i->digits[i->next]))
		i->next++;
	digit = i->digits[i->next++];
	if (!digit || !c->dialog) {
		end(c, digit ? LINEGENERATETERM_CANCEL : LINEGENERATETERM_DONE);
		return;
	}
	info_write(digit, i->duration_ms, body, sizeof(body));
	nua_info(c->dialog->nh, SIPTAG_CONTENT_TYPE_STR("application/dtmf-relay"),
			SIPTAG_PAYLOAD_STR(body), TAG_END());
}

void info_digits_generate(struct call *c, DWORD end_to_end, const char *digits, DWORD duration_ms)
{
	struct info_digits *i = &c->info;
	size_t size = strlen(digits);

	end(c, LINEGENERATETERM_CANCEL);
	if (!size || size > INFO_DIGITS_MAX)
		return;
	*i = (struct info_digits){ .end_to_end = end_to_end,
		.duration_ms = duration_ms ? duration_ms : DURATION_MS };
	if (i->duration_ms > DURATION_MS_MAX)
		i->duration_ms = DURATION_MS_MAX;
	memcpy(i->digits, digits, size + 1);
	send_next(c);
}

void info_digits_cancel(struct call *c)
{
	end(c, LINEGENERATETERM_CANCEL);
}

bool info_digits_take_answer(struct dialog *d, const struct sip_event *e)
{
	struct call *c = d->call;

	if (!c || !c->info.digits[0] || e->status < 200)
		return true;
	if (e->status < 300) {
		c->info.challenges = 0;
		send_next(c);
	} else if (!auth_answer_in(d, e, &c->info.challenges)) {
		end(c, LINEGENERATETERM_CANCEL);
	}
	return true;
}
