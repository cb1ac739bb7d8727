// SPDX-License-Identifier: MIT
/* phones.h - inside of an application with phones: what the tests of phones and sets share. */
#ifndef CONFORMANCE_PHONES_H
#define CONFORMANCE_PHONES_H

#include "app.h"

/* phoneInitializeEx, if it was not done yet, then phoneOpen. */
HPHONE open_phone(DWORD device, DWORD privilege);
/* All PHONE_STATE and PHONE_BUTTON. */
void want_all(HPHONE phone);
/* The reply to a request: success, or this error, at once or with the reply. */
#define phone_done(id)         phone_done_at((id), 0, #id, __FILE__, __LINE__)
#define phone_refused(id, why) phone_done_at((id), (why), #id, __FILE__, __LINE__)
void phone_done_at(LONG id, LONG want, const char *what, const char *file, int line);
/* What a hand does at the set (tapi-exchange(7)). */
void touch(HPHONE phone, const char *words);
/* What the provider had to say of the phone until now has arrived. */
void phone_settle(HPHONE phone);
/* The next PHONE_STATE has this bit and this detail. */
#define next_phone_state(state, detail) next_phone_state_at((state), (detail), __FILE__, __LINE__)
void next_phone_state_at(DWORD state, DWORD detail, const char *file, int line);
/* They live until the next call. */
const PHONESTATUS *phone_status_of(HPHONE phone);
const char *display_of(HPHONE phone); /* trailing blanks cut */

#endif
