// SPDX-License-Identifier: MIT
/* resume.h - a session that comes back claims what it had; it gets what lineOpen and
 * lineSetCallPrivilege would give it now. */
#ifndef TAPISRVD_RESUME_H
#define TAPISRVD_RESUME_H

struct client;
struct frame;
struct session;

/* A SNAPSHOT frame of a client. */
void resume_claim(struct client *c, const struct frame *f);
/* END: settled at once, or when the providers have reported. */
void resume_end(struct client *c);
void resume_finish(struct client *c);
void resume_forget_claims(struct session *s);

#endif
