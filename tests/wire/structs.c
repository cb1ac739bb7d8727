// SPDX-License-Identifier: MIT
/* structs.c - the table behind structs.h, made from tapi.h. */
#include "structs.h"

#include "call_descriptors.h"
#include "tapi.pb-c.h"

#include <tapi.h>

#include <string.h>

const struct structure structures[] = {
#include "wiretest/structs.inc"
};
const size_t structure_count = sizeof(structures) / sizeof(structures[0]);

const ProtobufCMessageDescriptor *const messages[] = {
#include "wiretest/messages.inc"
};
const size_t message_count = sizeof(messages) / sizeof(messages[0]);

const struct structure *structure_find(const char *name)
{
	for (size_t i = 0; i < structure_count; i++)
		if (!strcmp(structures[i].name, name))
			return &structures[i];
	return NULL;
}
