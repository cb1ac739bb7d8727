// SPDX-License-Identifier: MIT
/* tsp.h - the functions that one TSP exports, each looked up once (tsp.def is the list). */
#ifndef TSPHOST_TSP_H
#define TSPHOST_TSP_H

#include <tspi.h>

#include <stdbool.h>
#include <stddef.h>

struct tsp {
	void *library; /* never dlclosed: threads of the TSP may run */
#define TSPI(name, need, params) LONG(TSPIAPI *name) params;
#include "tsphost/tsp.def"
#undef TSPI
	void(TSPIAPI *providerSetReasonProc)(TSPI_REASON proc);
	void(TSPIAPI *providerSetBatchProc)(TSPI_BATCH proc);
	LONG(TSPIAPI *providerConfigure)(LPCSTR key, LPCSTR value);
};

enum tsp_function {
#define TSPI(name, need, params) TSP_##name,
#include "tsphost/tsp.def"
#undef TSPI
	TSP_COUNT
};

enum tsp_need { TSP_OPTIONAL, TSP_MANDATORY, TSP_WITH_PHONES };

/* Loads the TSP. 0, or -errno with a sentence for people in why. */
int tsp_load(struct tsp *t, const char *path, char *why, size_t size);
bool tsp_has(const struct tsp *t, enum tsp_function f);
/* "TSPI_lineHold" */
const char *tsp_name(enum tsp_function f);
enum tsp_need tsp_need(enum tsp_function f);

#endif
