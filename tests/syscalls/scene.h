// SPDX-License-Identifier: MIT
/* scene.h - what an application does while calls fail around it, or in it. */
#ifndef TESTS_SYSCALLS_SCENE_H
#define TESTS_SYSCALLS_SCENE_H

/* Exit codes; signals aside, the last two are what nobody may see. */
#include <stdbool.h>

enum scene { SCENE_DONE, SCENE_REFUSED, SCENE_NO_REASON, SCENE_HANGS };

/* Opens the lines of 101 and 102, calls from one to the other, answers, drops, closes. `mend`: a
 * provider that has failed is started again first, as its owner would. */
enum scene scene_play(bool mend);

#endif
