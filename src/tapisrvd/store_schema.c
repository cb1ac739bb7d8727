// SPDX-License-Identifier: MIT
/* store_schema.c - the tables. A released step is never edited: what changes is a further step. */
#include "store.h"

/* provider_store.c. Ids are never given twice, also not of what is gone. */
#define PROVIDERS                                                                                  \
	"CREATE TABLE provider ("                                                                  \
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"                                                   \
	" name TEXT NOT NULL UNIQUE,"                                                              \
	" file TEXT NOT NULL,"                                                                     \
	" origin INTEGER NOT NULL," /* 0 configuration file, 1 lineAddProvider, 2 just adding */   \
	" line_base INTEGER NOT NULL DEFAULT 0,"                                                   \
	" num_lines INTEGER NOT NULL DEFAULT 0,"                                                   \
	" phone_base INTEGER NOT NULL DEFAULT 0,"                                                  \
	" num_phones INTEGER NOT NULL DEFAULT 0);"                                                 \
	"CREATE TABLE provider_key (" /* set while it ran; may be secrets */                       \
	" provider INTEGER NOT NULL REFERENCES provider (id),"                                     \
	" key TEXT NOT NULL,"                                                                      \
	" value TEXT NOT NULL,"                                                                    \
	" PRIMARY KEY (provider, key));"

/* priority.c: rank 0 is the top. Media mode 0: who serves requests of assisted telephony. */
#define PRIORITIES                                                                                 \
	"CREATE TABLE priority ("                                                                  \
	" uid INTEGER NOT NULL,"                                                                   \
	" media_mode INTEGER NOT NULL,"                                                            \
	" rank INTEGER NOT NULL,"                                                                  \
	" app TEXT NOT NULL,"                                                                      \
	" PRIMARY KEY (uid, media_mode, rank));"

/* dialling_store.c: one set a user; country 0: none. The current location and the next ids are
 * the setting 'dialling'. */
#define NUMBERS                                                                                    \
	"CREATE TABLE location ("                                                                  \
	" uid INTEGER NOT NULL,"                                                                   \
	" id INTEGER NOT NULL,"                                                                    \
	" name TEXT NOT NULL,"                                                                     \
	" country INTEGER NOT NULL,"                                                               \
	" card INTEGER NOT NULL DEFAULT 0,"                                                        \
	" options INTEGER NOT NULL DEFAULT 0,"                                                     \
	" area TEXT NOT NULL DEFAULT '',"                                                          \
	" local_access TEXT NOT NULL DEFAULT '',"                                                  \
	" long_access TEXT NOT NULL DEFAULT '',"                                                   \
	" international_access TEXT NOT NULL DEFAULT '',"                                          \
	" long_carrier TEXT NOT NULL DEFAULT '',"                                                  \
	" international_carrier TEXT NOT NULL DEFAULT '',"                                         \
	" cancel_waiting TEXT NOT NULL DEFAULT '',"                                                \
	" toll TEXT NOT NULL DEFAULT '',"                                                          \
	" PRIMARY KEY (uid, id));"                                                                 \
	"CREATE TABLE card ("                                                                      \
	" uid INTEGER NOT NULL,"                                                                   \
	" id INTEGER NOT NULL,"                                                                    \
	" name TEXT NOT NULL,"                                                                     \
	" options INTEGER NOT NULL DEFAULT 0,"                                                     \
	" number TEXT NOT NULL DEFAULT '',"                                                        \
	" pin TEXT NOT NULL DEFAULT '',"                                                           \
	" local_access TEXT NOT NULL DEFAULT '',"                                                  \
	" long_access TEXT NOT NULL DEFAULT '',"                                                   \
	" international_access TEXT NOT NULL DEFAULT '',"                                          \
	" same_rule TEXT NOT NULL DEFAULT '',"                                                     \
	" long_rule TEXT NOT NULL DEFAULT '',"                                                     \
	" international_rule TEXT NOT NULL DEFAULT '',"                                            \
	" PRIMARY KEY (uid, id));"                                                                 \
	"CREATE TABLE area_rule ("                                                                 \
	" uid INTEGER NOT NULL,"                                                                   \
	" location INTEGER NOT NULL,"                                                              \
	" position INTEGER NOT NULL,"                                                              \
	" area TEXT NOT NULL,"                                                                     \
	" prefixes TEXT NOT NULL DEFAULT '',"                                                      \
	" dial TEXT NOT NULL DEFAULT '',"                                                          \
	" include_area INTEGER NOT NULL DEFAULT 0,"                                                \
	" PRIMARY KEY (uid, location, position));"

/* assist.c: requests of assisted telephony that nobody has fetched yet. */
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
