// SPDX-License-Identifier: MIT
/* mix.h - conferences: calls of this process, of any instance, whose sound is mixed on the clock
 * thread. Each member gives what its peer says and what its own terminals say; each peer hears all
 * that except itself, and terminals hear all peers. */
#ifndef MEDIA_MIX_H
#define MEDIA_MIX_H

#include "media/engine.h"
#include "media/frame.h"

#include <stdbool.h>

#define MIX_NAME_MAX    64
#define MIX_MEMBERS_MAX 128

struct media_member;

/* Becomes a member of the group of this name. 0, -ENOMEM, -ENOSPC (too many), -EINVAL (name). */
MEDIA_API int media_mix_join(const char *group, struct media_member **out);
/* No plan that is published or will be knows the member any more. NULL is allowed. */
MEDIA_API void media_mix_leave(struct media_member *m);
MEDIA_API const char *media_mix_name(const struct media_member *m);
/* Members of its group, itself included; NULL: 0. */
MEDIA_API unsigned int media_mix_count(const struct media_member *m);

/* Clock thread, both once in a tick and in this order, TICK_SAMPLES each.
 * hear: gives what the peer says, and gets the sum of all peers (NULL: nobody listens). */
void mix_hear(struct media_member *m, const int16_t *peer, int16_t *all);
/* speak: gives what the terminals say (sounds: not silence), and gets the sum for the peer in its
 * place. */
void mix_speak(struct media_member *m, int16_t *samples, bool sounds);

#endif
