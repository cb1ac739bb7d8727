// SPDX-License-Identifier: MIT
/* program.h - the program tapisrvd in a private folder, told about by $NOTIFY_SOCKET, whose other
 * end is the test's. */
#ifndef CORE_PROGRAM_H
#define CORE_PROGRAM_H

#include "wire/arena.h"
#include "wire/calls.h"
#include "wire/conn.h"

#include <check.h>
#include <sys/types.h>

enum { PATIENCE_MS = 30000 };

/* The folder, and $NOTIFY_SOCKET: a fixture. */
void program_set_up(void);
void program_tear_down(void);
/* A path in the folder; lives until the fourth call after. */
const char *program_path(const char *name);
void program_write(const char *path, const char *text, mode_t mode);
/* A configuration with these sections of providers. */
const char *program_config(const char *providers);

pid_t program_spawn(const char *option, const char *config);
/* The same with another argv[0]. */
pid_t program_spawn_as(const char *name, const char *option, const char *config);
/* What it tells its manager next; "": nothing in that time. */
const char *program_told(int ms);
void program_await_ready(void);
pid_t program_start(const char *config);
/* Its exit code, or 128 and its signal. */
int program_wait(pid_t pid);
/* SIGTERM, and that. */
int program_stop(pid_t pid);
const char *program_log(void);

/* The first words of a client. */
void program_hello(struct conn *c);
void program_ask(struct conn *c, uint16_t kind, uint32_t serial, const ProtobufCMessage *m);
const ProtobufCMessage *program_receive(struct conn *c, struct arena *a, uint16_t kind,
		const ProtobufCMessageDescriptor *d);
/* Connects, initialises and asks for the providers. */
const TapixGetProvidersReply *program_providers(struct arena *a);

#endif
