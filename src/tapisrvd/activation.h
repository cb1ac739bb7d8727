// SPDX-License-Identifier: MIT
/* activation.h - a socket that was opened before the daemon: systemd and the like start it when the
 * first application connects (sd_listen_fds(3), without its library). */
#ifndef TAPISRVD_ACTIVATION_H
#define TAPISRVD_ACTIVATION_H

/* The listening socket for applications, -1: there is none, or -errno: what was handed over is
 * none. The environment's part in it ends here, so that no child finds it. */
int activation_take(void);

#endif
