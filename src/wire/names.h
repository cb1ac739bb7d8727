// SPDX-License-Identifier: MIT
/* names.h - the names of TAPI's constants at run time, from tapi.h and tspi.h, and which field of
 * which message has its number from which group, from the trailing comments of tapi.proto. */
#ifndef WIRE_NAMES_H
#define WIRE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A group is the common prefix with its underscore: "LINECALLSTATE_", "LINE_" (messages),
 * "LINEERR_". */

/* "LINECALLSTATE_IDLE"; NULL for a group or value without a name. The first declared of several. */
const char *names_constant(const char *group, uint32_t value);
/* The reverse; false if there is no constant of this name. */
bool names_value(const char *name, uint32_t *value);
/* Every constant of the group is 0 or one bit, so that they can be combined. */
bool names_is_bits(const char *group);
/* All bits that have a name in the group. */
uint32_t names_mask(const char *group);
/* "A|B", unnamed bits as one hex number at the end, "0" for none. Returns the whole length, as
 * snprintf does. */
size_t names_bits(const char *group, uint32_t bits, char *buf, size_t size);
/* The group of a message's field ("LineCallStatus", "call_state"), or NULL. */
const char *names_group(const char *message, const char *field);
/* The group of a call state's mode (dwCallStateMode of LINECALLSTATE_BUSY: "LINEBUSYMODE_"), or
 * NULL. */
const char *names_mode_group(uint32_t call_state);

#endif
