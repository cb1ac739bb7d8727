// SPDX-License-Identifier: MIT
/* translate_request.h - what the requests of dialling share. */
#ifndef TAPISRVD_TRANSLATE_REQUEST_H
#define TAPISRVD_TRANSLATE_REQUEST_H

#include "dispatch.h"

#include <stdbool.h>

struct dialling;

/* dwAPIVersion, which is the highest that the application knows: `lowest` to what we speak. */
LONG request_check_version(struct request *r, uint32_t version, uint32_t lowest);
/* The asker's own. NULL: *error. */
struct dialling *request_dialling(struct request *r, LONG *error);
/* UTF-8 without control characters, and not too long for a log. */
bool text_is_plain(const char *text);

#endif
