// SPDX-License-Identifier: MIT
/* daemon.h - a daemon for applications in the same thread: while libtapi polls, it reads and
 * answers. What it says can be given beforehand; else it is what the schema makes of it. Time
 * stands still but for those who wait. */
#ifndef FUZZ_DAEMON_H
#define FUZZ_DAEMON_H

#include "play.h"
#include "wire/calls.h"
#include "wire/frame.h"

#include <stdbool.h>

enum daemon_saying { DAEMON_RETURN, DAEMON_COMPLETION, DAEMON_SAYINGS };

/* Calls and devices that it names. */
extern const struct mutant_facts daemon_facts;

/* Listens, and is what libtapi connects to. */
void daemon_start(void);
/* Forgets what was given, and its connections. */
void daemon_forget(void);
/* What it says when it is asked `s->kind` from now on; FRAME_HELLO and FRAME_RESYNC, too. The body
 * stays the caller's. */
void daemon_says(enum daemon_saying what, const struct step *s);
/* A frame out of turn, to all its clients. */
void daemon_frame(const struct step *s);
void daemon_hangs_up(void);

#endif
