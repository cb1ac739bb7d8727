// SPDX-License-Identifier: MIT
/* config_value.h - the kinds of values that keys have: each reads a text and says what is allowed.
 */
#ifndef SIP_CONFIG_VALUE_H
#define SIP_CONFIG_VALUE_H

#include "config.h"

/* All return NULL, or a static sentence that says what is allowed; *out is then unchanged. */

const char *value_yes_no(const char *text, bool *out);
/* A host name, or an IP. */
const char *value_host(const char *text, config_text out);
const char *value_ip(const char *text, config_text out);
/* host, host:port, [v6]:port; the port stays 0 where none is given. */
const char *value_host_port(const char *text, struct host_port *out);
/* *:port, v4:port, [v6]:port, the same without the port. */
const char *value_listen(const char *text, uint16_t normal_port, struct host_port *out);
/* Codecs with blanks or commas between them; written as the MSP reads them. */
const char *value_codecs(const char *text, char out[CONFIG_CODECS_MAX + 1]);
/* What may stand between quotes in a header; UTF-8. */
const char *value_text(const char *text, config_text out);
const char *value_auth_user(const char *text, config_text out);
/* The part of a URI before the @. */
const char *value_user(const char *text, config_text out);
/* An absolute path. */
const char *value_path(const char *text, config_text out);
/* A file's name without a folder. */
const char *value_file_name(const char *text, config_text out);

/* False: it is no number from min to max. */
bool value_is_number(const char *text, uint32_t min, uint32_t max, uint32_t *out);

#endif
