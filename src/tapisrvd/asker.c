// SPDX-License-Identifier: MIT
/* asker.c - see asker.h. */
#include "asker.h"

#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "session.h"

void asker_note(struct asker *a, const struct request *r)
{
	a->session = r->session->id;
	a->serial = r->frame->h.serial;
}

/* NULL: it has gone, or was answered. */
static struct client *take(struct core *core, struct asker *a, uint32_t *serial)
{
	struct session *s = a->serial ? map_find(&core->sessions_by_id, a->session) : NULL;

	*serial = a->serial;
	a->serial = 0;
	return s && !session_is_away(s) ? s->client : NULL;
}

void asker_return(struct core *core, struct asker *a, const ProtobufCMessage *reply)
{
	uint32_t serial;
	struct client *c = take(core, a, &serial);

	if (c)
		client_return(c, serial, reply);
}

void asker_fail(struct core *core, struct asker *a, int32_t code, const Failure *why)
{
	uint32_t serial;
	struct client *c = take(core, a, &serial);

	if (c)
		client_fail(c, FRAME_RETURN, serial, code, why);
}
