// SPDX-License-Identifier: MIT
/* phone.h - what is a phone's own: one owner, any number of monitors, three masks of messages. The
 * rest it shares with lines: it is a struct line of the kind phone_kind. */
#ifndef TAPISRVD_PHONE_H
#define TAPISRVD_PHONE_H

#include "line.h"

struct open;
struct request;

struct line *phone_find(const struct core *core, uint32_t device);
/* Opens with this PHONEPRIVILEGE_; none that waits for its RETURN. */
uint32_t phone_count_opens(const struct line *phone, uint32_t privilege);
/* What a phoneOpen asks for, against the phone. 0, or a PHONEERR_ with its reason kept. */
LONG phone_check_open(struct request *r, uint32_t privilege);
/* PHONESTATE_OWNER or _MONITORS, whose number has changed, to the others. */
void phone_tell_count(struct line *phone, uint32_t privilege, const struct open *except);

#endif
