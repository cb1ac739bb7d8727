// SPDX-License-Identifier: MIT
/* fuzz_store.c - a state.db whose rows somebody else has written, or that is damaged: the daemon
 * starts, and answers every request about what was kept. After 'F' an input is changes of the
 * file's bytes: two for the place, one for the value. Else it is rows, one a line:
 *
 *   location|2|#7|#1|Office|#49     the table, how often, columns; #: a number, %: bytes, !: NULL
 *
 * From the second time on the second column is one higher; text there gets a letter more. */
#include "../tests/core/world.h"
#include "../tests/scratch.h"
#include "base/log.h"
#include "lines.h"
#include "tapisrvd/store.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tapix_numbers.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { COLUMNS = 14, TIMES = 300, USER = 7 };

static const char *const addresses[] = { "+49 (30) 12345|2^name", "+1 (425) 5551234", "102",
	"+4930", "" };

/* --- rows --- */

static const struct table {
	const char *name;
	int columns;
} tables[] = {
	{ "provider", 8 },
	{ "provider_key", 3 },
	{ "priority", 4 },
	{ "location", 14 },
	{ "card", 12 },
	{ "area_rule", 7 },
	{ "request", 7 },
	{ "setting", 3 },
};

static struct store_value read_column(const char *text)
{
	switch (*text) {
	case '#':
		return (struct store_value)STORE_N(strtoll(text + 1, NULL, 0));
	case '!':
		return (struct store_value)STORE_T(NULL);
	default:
		return (struct store_value)STORE_T(text + (*text == '%'));
	}
}

static void insert(struct store *s, const char *sql, struct store_value *values, int times)
{
	char grown[64];

	for (int i = 0; i < times && i < TIMES; i++) {
		(void)store_run(s, sql, values, NULL, NULL);
		if (values[1].type == STORE_NUMBER) {
			values[1].number = (int64_t)((uint64_t)values[1].number + 1);
		} else {
			(void)snprintf(grown, sizeof(grown), "name%d", i);
			values[1] = (struct store_value)STORE_T(grown);
		}
	}
}

static char *next_word(char **rest)
{
	char *word = *rest, *bar = strchr(word, '|');

	*rest = bar ? bar + 1 : word + strlen(word);
	if (bar)
		*bar = '\0';
	return word;
}

static void read_row(void *store, char *line)
{
	struct store_value values[COLUMNS + 1];
	char sql[64 + COLUMNS * 16];
	const char *name = next_word(&line);
	int times = atoi(next_word(&line));

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		if (strcmp(tables[i].name, name) != 0)
			continue;
		(void)snprintf(sql, sizeof(sql), "INSERT OR REPLACE INTO %s VALUES (", name);
		for (int c = 0; c < tables[i].columns; c++) {
			const char *word = next_word(&line);

			values[c] = read_column(word);
			(void)strcat(sql, c ? "," : "");
			(void)strcat(sql, *word == '%' ? "CAST(? AS BLOB)" : "?");
		}
		(void)strcat(sql, ")");
		values[tables[i].columns].type = STORE_END;
		insert(store, sql, values, times < 1 ? 1 : times);
	}
}

/* --- the file --- */

static char folder[SCRATCH_MAX], file[SCRATCH_MAX + 16];

static void remove_folder(void)
{
	scratch_end(folder);
}

/* A good file, made once. */
static const uint8_t *good_file(size_t *size)
{
	static uint8_t *bytes;
	static size_t count;
	struct stat st;
	int fd;

	*size = count;
	if (bytes)
		return bytes;
	scratch_begin(folder);
	assert(atexit(remove_folder) == 0);
	(void)snprintf(file, sizeof(file), "%s/state.db", folder);
	store_close(store_open(folder));
	fd = open(file, O_RDONLY);
	assert(fd >= 0 && fstat(fd, &st) == 0);
	*size = count = (size_t)st.st_size;
	bytes = malloc(count);
	assert(bytes && read(fd, bytes, count) == (ssize_t)count);
	(void)close(fd);
	return bytes;
}

/* A good file, but for the bytes that are changed. */
static void make_file(const uint8_t *data, size_t size)
{
	size_t whole;
	const uint8_t *good = good_file(&whole);
	uint8_t *bytes = malloc(whole);
	int fd;

	assert(bytes);
	memcpy(bytes, good, whole);
	for (; size >= 3; data += 3, size -= 3)
		bytes[((size_t)data[0] | (size_t)data[1] << 8) % whole] = data[2];
	fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert(fd >= 0 && write(fd, bytes, whole) == (ssize_t)whole);
	(void)close(fd);
	free(bytes);
}

static void make_rows(const uint8_t *data, size_t size)
{
	struct store *s;

	make_file(NULL, 0);
	s = store_open(folder);
	assert(s && store_is_kept(s));
	assert(store_run(s, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL) == 0);
	/* Not store_begin(): a row that is refused does not end the others. */
	assert(store_run(s, "BEGIN", NULL, NULL, NULL) == 0);
	lines_each(data, size, read_row, s);
	assert(store_run(s, "COMMIT", NULL, NULL, NULL) == 0);
	store_close(s);
}

/* --- the daemon --- */

#define ASK(app, kind, message) ask(app, CALL_##kind, &(message).base)

static void ask(struct mock *app, uint16_t kind, const ProtobufCMessage *m)
{
	struct frame_header h = { .kind = kind, .serial = ++app->serial };

	assert(app->serial < WORLD_SEEN);
	app->kinds[app->serial] = kind;
	mock_send(app, h, m);
}

/* Each has been answered, once. */
static void take_answers(struct mock *app, uint32_t first)
{
	world_turn(app->world);
	for (uint32_t serial = first; serial <= app->serial; serial++)
		assert(app_answers(app, FRAME_RETURN, serial) == 1);
	assert(app->connected);
	mock_forget(app);
}

static void ask_numbers(struct mock *app)
{
	TapixGetLocations locations = TAPIX_GET_LOCATIONS__INIT;
	TapixGetCards cards = TAPIX_GET_CARDS__INIT;
	TapixGetAreaRules rules = TAPIX_GET_AREA_RULES__INIT;
	LineGetTranslateCaps caps = LINE_GET_TRANSLATE_CAPS__INIT;
	TapixTranslateAddress explain = TAPIX_TRANSLATE_ADDRESS__INIT;

	ASK(app, TapixGetLocations, locations);
	ASK(app, TapixGetCards, cards);
	for (uint32_t i = 0; i < 3; i++) {
		LineSetCurrentLocation current = LINE_SET_CURRENT_LOCATION__INIT;

		SET(&rules, location, i);
		ASK(app, TapixGetAreaRules, rules);
		SET(&current, location, i);
		ASK(app, LineSetCurrentLocation, current);
	}
	SET(&caps, api_version, 0x00020002);
	ASK(app, LineGetTranslateCaps, caps);
	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		SET_ID(&explain, device, 0);
		SET(&explain, api_version, 0x00020002);
		explain.address_in = (char *)(uintptr_t)addresses[i];
		ASK(app, TapixTranslateAddress, explain);
	}
}

static void ask_rest(struct mock *app)
{
	TapixGetProviders providers = TAPIX_GET_PROVIDERS__INIT;
	TapixGetRequests requests = TAPIX_GET_REQUESTS__INIT;
	LineRegisterRequestRecipient recipient = LINE_REGISTER_REQUEST_RECIPIENT__INIT;
	LineGetRequest request = LINE_GET_REQUEST__INIT;
	TapixGetAppPriorities priorities = TAPIX_GET_APP_PRIORITIES__INIT;
	LineSetAppPriority top = LINE_SET_APP_PRIORITY__INIT;

	ASK(app, TapixGetProviders, providers);
	ASK(app, TapixGetRequests, requests);
	SET(&recipient, request_mode, LINEREQUESTMODE_MAKECALL);
	SET(&recipient, enable, 1);
	ASK(app, LineRegisterRequestRecipient, recipient);
	SET(&request, request_mode, LINEREQUESTMODE_MAKECALL);
	ASK(app, LineGetRequest, request);
	for (uint32_t mode = 4; mode <= 16; mode *= 2) {
		SET(&priorities, media_mode, mode);
		ASK(app, TapixGetAppPriorities, priorities);
	}
	top.app_filename = (char *)"program";
	SET(&top, media_mode, 4);
	SET(&top, priority, 1);
	ASK(app, LineSetAppPriority, top);
}

/* What the handlers write is read again by the next start. */
static void ask_to_keep(struct mock *app)
{
	TapixSetLocation set_location = TAPIX_SET_LOCATION__INIT;
	DialLocation location = DIAL_LOCATION__INIT;
	TapixSetCard set_card = TAPIX_SET_CARD__INIT;
	DialCard card = DIAL_CARD__INIT;
	TapixSetAreaRules set_rules = TAPIX_SET_AREA_RULES__INIT;
	TapixRemoveLocation remove = TAPIX_REMOVE_LOCATION__INIT;
	TapixQueueMakeCall queue = TAPIX_QUEUE_MAKE_CALL__INIT;

	SET(&location, permanent_location_id, TAPIX_NEW);
	SET(&location, country_id, 49);
	location.name = (char *)"one more";
	set_location.location = &location;
	ASK(app, TapixSetLocation, set_location);
	SET(&card, permanent_card_id, TAPIX_NEW);
	card.name = (char *)"one more";
	set_card.card = &card;
	ASK(app, TapixSetCard, set_card);
	SET(&set_rules, location, 1);
	ASK(app, TapixSetAreaRules, set_rules);
	SET(&remove, location, 1);
	ASK(app, TapixRemoveLocation, remove);
	queue.dest_address = (char *)"102";
	ASK(app, TapixQueueMakeCall, queue);
}

static void use(struct world *w)
{
	struct mock *app = world_app_of(w, "app", USER);
	uint32_t first = app->serial + 1;

	(void)world_host(w, "mock");
	ask_numbers(app);
	ask_rest(app);
	ask_to_keep(app);
	ask_numbers(app);
	take_answers(app, first);
}

static void discard(enum log_level level, const char *line, void *arg)
{
	(void)level, (void)line, (void)arg;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct world w;

	log_set_sink(discard, NULL);

	if (size && *data == 'F')
		make_file(data + 1, size - 1);
	else
		make_rows(data, size);
	world_init_state(&w, "mock", NULL, folder);
	use(&w);
	world_fini(&w);
	return 0;
}
