// SPDX-License-Identifier: MIT
/* network.h - when this machine gets or loses an address, new ones are listened at, and accounts
 * that are reached from elsewhere now register anew. */
#ifndef SIP_NETWORK_H
#define SIP_NETWORK_H

/* With the lock; the stack runs. */
void network_start(void);
void network_stop(void);

#endif
