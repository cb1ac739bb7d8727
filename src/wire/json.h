// SPDX-License-Identifier: MIT
/* json.h - any message of the schema as one JSON object on one line, by walking its descriptor. */
#ifndef WIRE_JSON_H
#define WIRE_JSON_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

/**
 * Prints msg into buf, always NUL-terminated when size > 0. Keys are the field names of tapi.proto;
 * absent fields are left out, numbers that are present are printed also when 0.
 *
 * Numbers whose field names a group of constants (tapi.proto's comments): a field in the plural
 * (name ends in s, digits not counted) of a group of single bits is an array of names, an unnamed
 * rest is "0x..." at its end; any other is a name, or an array when it is a combination of bits, or
 * a plain number. Calls and sessions (fixed64) are "0x..." strings, because JSON numbers stop at
 * 2^53; bytes are hex; GUIDs "{...}", times "YYYY-MM-DDThh:mm:ss.mmm", strings UTF-8 with U+FFFD
 * for what is none. Units: returns the length that the whole text has, without NUL (>= size: it was
 * cut).
 */
size_t json_print(const ProtobufCMessage *msg, char *buf, size_t size);

#endif
