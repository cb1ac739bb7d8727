// SPDX-License-Identifier: MIT
/* bad_version.c - an MSP of another version of mspi.h. */
#include "mock_msp.h"

__attribute__((visibility("default"))) extern const struct msp_ops msp_provider;
const struct msp_ops msp_provider = {
	.version = MSP_VERSION + 1, .name = "too new", .clsid = MOCK_MSP_CLSID
};
