# SPDX-License-Identifier: MIT
# call_descriptors.h -> the descriptors of all messages of the schema.
/^#define DESC_/ { printf "&%s,\n", $2 }
