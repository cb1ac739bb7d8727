// SPDX-License-Identifier: MIT
/* store_schema.c - the tables. A released step is never edited: what changes is a further step. */
#include "store.h"

/* provider, device: provider.c, line.c. Ids are never given twice, also not of what is gone. */
#define PROVIDERS                                                                                  \
	"CREATE TABLE provider ("                                                                  \
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"                                                   \
	" name TEXT NOT NULL UNIQUE,"                                                              \
	" file TEXT NOT NULL,"                                                                     \
	" removed INTEGER NOT NULL DEFAULT 0);"                                                    \
	"CREATE TABLE device ("                                                                    \
	" provider INTEGER NOT NULL REFERENCES provider (id),"                                     \
	" kind INTEGER NOT NULL," /* 0 line, 1 phone */                                            \
	" key TEXT NOT NULL,"     /* what the provider calls it */                                 \
	" device INTEGER NOT NULL,"                                                                \
	" permanent INTEGER NOT NULL,"                                                             \
	" PRIMARY KEY (provider, kind, key));"

/* priority.c: rank 0 is the top. Media mode 0: who serves requests of assisted telephony. */
#define PRIORITIES                                                                                 \
	"CREATE TABLE priority ("                                                                  \
	" uid INTEGER NOT NULL,"                                                                   \
	" media_mode INTEGER NOT NULL,"                                                            \
	" rank INTEGER NOT NULL,"                                                                  \
	" app TEXT NOT NULL,"                                                                      \
	" PRIMARY KEY (uid, media_mode, rank));"

/* Dialling, one set a user. */
#define NUMBERS                                                                                    \
	"CREATE TABLE location ("                                                                  \
	" uid INTEGER NOT NULL,"                                                                   \
	" id INTEGER NOT NULL,"                                                                    \
	" name TEXT NOT NULL,"                                                                     \
	" country INTEGER NOT NULL,"                                                               \
	" area TEXT NOT NULL DEFAULT '',"                                                          \
	" local_prefix TEXT NOT NULL DEFAULT '',"                                                  \
	" long_prefix TEXT NOT NULL DEFAULT '',"                                                   \
	" cancel_waiting TEXT NOT NULL DEFAULT '',"                                                \
	" card INTEGER NOT NULL DEFAULT 0,"                                                        \
	" options INTEGER NOT NULL DEFAULT 0,"                                                     \
	" PRIMARY KEY (uid, id));"                                                                 \
	"CREATE TABLE card ("                                                                      \
	" uid INTEGER NOT NULL,"                                                                   \
	" id INTEGER NOT NULL,"                                                                    \
	" name TEXT NOT NULL,"                                                                     \
	" pin TEXT NOT NULL DEFAULT '',"                                                           \
	" local_rule TEXT NOT NULL DEFAULT '',"                                                    \
	" long_rule TEXT NOT NULL DEFAULT '',"                                                     \
	" international_rule TEXT NOT NULL DEFAULT '',"                                            \
	" options INTEGER NOT NULL DEFAULT 0,"                                                     \
	" PRIMARY KEY (uid, id));"                                                                 \
	"CREATE TABLE area_rule ("                                                                 \
	" uid INTEGER NOT NULL,"                                                                   \
	" location INTEGER NOT NULL,"                                                              \
	" position INTEGER NOT NULL,"                                                              \
	" area TEXT NOT NULL,"                                                                     \
	" prefixes TEXT NOT NULL DEFAULT '',"                                                      \
	" dial TEXT NOT NULL DEFAULT '',"                                                          \
	" options INTEGER NOT NULL DEFAULT 0,"                                                     \
	" PRIMARY KEY (uid, location, position));"                                                 \
	"CREATE TABLE toll ("                                                                      \
	" uid INTEGER NOT NULL,"                                                                   \
	" location INTEGER NOT NULL,"                                                              \
	" prefix TEXT NOT NULL,"                                                                   \
	" PRIMARY KEY (uid, location, prefix));"

/* Requests of assisted telephony that nobody has fetched yet. */
#define REQUESTS                                                                                   \
	"CREATE TABLE request ("                                                                   \
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"                                                   \
	" uid INTEGER NOT NULL,"                                                                   \
	" at INTEGER NOT NULL," /* seconds of time(2) */                                           \
	" address TEXT NOT NULL,"                                                                  \
	" app TEXT NOT NULL DEFAULT '',"                                                           \
	" called TEXT NOT NULL DEFAULT '',"                                                        \
	" comment TEXT NOT NULL DEFAULT '');"

/* Whatever is one value with a name. */
#define SETTINGS                                                                                   \
	"CREATE TABLE setting ("                                                                   \
	" uid INTEGER NOT NULL,"                                                                   \
	" name TEXT NOT NULL,"                                                                     \
	" value TEXT NOT NULL,"                                                                    \
	" PRIMARY KEY (uid, name));"

const char *const store_steps[] = {
	PROVIDERS PRIORITIES NUMBERS REQUESTS SETTINGS,
};
const unsigned store_step_count = sizeof(store_steps) / sizeof(store_steps[0]);
