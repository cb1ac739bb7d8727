// SPDX-License-Identifier: MIT
/* network.h - when an interface gets or loses an address, accounts register anew. */
#ifndef SIP_NETWORK_H
#define SIP_NETWORK_H

void network_start(void);
void network_stop(void);

#endif
