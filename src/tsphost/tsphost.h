// SPDX-License-Identifier: MIT
/* tsphost.h - the provider host: loads one TSP and turns frames into TSPI_ calls. The program
 * tapi-tsphost is it in a process of its own; tsphost_run() is the same on a thread of the daemon.
 */
#ifndef TSPHOST_TSPHOST_H
#define TSPHOST_TSPHOST_H

/**
 * Speaks on a connected socket until the peer ends or asks the provider to shut down.
 *
 * Ownership: fd is taken. provider (the name in the configuration) is borrowed during the call.
 * Errors:    returns an exit code: 0, or 1 when the core refused the host or the wire broke.
 * Context:   the calling thread becomes the provider's thread: it makes all TSPI_ calls. The TSP
 * stays loaded for ever, since its threads may run.
 */
int tsphost_run(int fd, const char *provider);

#endif
