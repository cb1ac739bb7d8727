// SPDX-License-Identifier: MIT
/* news.h - LINE_CREATE, LINE_REMOVE and the same of phones, to who may see the device. Each device
 * that comes or goes is one of core->news. A client that has much to read is told no more of them
 * until it has read; so is one that was away. */
#ifndef TAPISRVD_NEWS_H
#define TAPISRVD_NEWS_H

#include <stdbool.h>
#include <stdint.h>

struct client;
struct core;
struct line;
struct session;

/* It has just come or gone: msg says so to everybody. */
void news_tell(const struct line *line, uint32_t msg);
/* Tells the client what it does not know yet, part by part. */
void news_catch_up(struct client *c);
/* It has read what it had. */
void news_go_on(struct client *c);
/* The device is not one of those that the session will yet be told of. */
bool news_is_told(const struct session *s, const struct line *line);
/* Up to which of core->news all sessions know, also those that may come back. */
uint64_t news_told(const struct core *core);

#endif
