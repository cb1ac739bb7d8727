// SPDX-License-Identifier: MIT
/* tsp_none.c - a shared object that is no TSP. */
extern int tsp_none;

int tsp_none = 1;
