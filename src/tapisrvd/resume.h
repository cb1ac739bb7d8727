// SPDX-License-Identifier: MIT
/* resume.h - a session that comes back claims what it had; it gets what lineOpen and
 * lineSetCallPrivilege would give it now. */
#ifndef TAPISRVD_RESUME_H
#define TAPISRVD_RESUME_H

struct client;

/* END: settled at once, or when the providers have reported. */
void resume_end(struct client *c);
void resume_finish(struct client *c);

#endif
