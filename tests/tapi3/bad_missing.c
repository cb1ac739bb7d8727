// SPDX-License-Identifier: MIT
/* bad_missing.c - an MSP that has nothing but its name. */
#include "mock_msp.h"

__attribute__((visibility("default"))) extern const struct msp_ops msp_provider;
const struct msp_ops msp_provider = {
	.version = MSP_VERSION, .name = "empty", .clsid = MOCK_MSP_CLSID
};
