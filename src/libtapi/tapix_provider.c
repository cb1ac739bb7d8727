// SPDX-License-Identifier: MIT
/* tapix_provider.c - providers and their state, what an administrator does with them, and who may
 * do what. */
#include "libtapi/call.h"

#include "wire/utf8.h"

#include <string.h>

/* Asks the daemon something that is about no open object. */
static LONG ask(HLINEAPP app, unsigned kind, const ProtobufCMessage *request, struct arena *arena,
		const ProtobufCMessage **out)
{
	ProtobufCMessage *reply = NULL;
	struct app *a;
	LONG result = app_get(app, HANDLE_LINEAPP, &a);

	if (result)
		return result;
	app_lock(a);
	result = request_message(a, kind, 0, request, arena, &reply);
	app_unlock(a);
	app_unref(a);
	*out = reply;
	return result;
}

/* The program may have been built with a shorter or a longer struct. */
static void give(void *array, DWORD index, size_t size, const void *element, size_t real)
{
	char *to = (char *)array + index * size;

	memset(to, 0, size);
	memcpy(to, element, size < real ? size : real);
}

static LONG check_array(const void *array, const DWORD *count)
{
	return !count || (*count && !array)
			       ? fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL")
			       : 0;
}

static LONG count_them(DWORD *count, size_t found, const char *what)
{
	DWORD room = *count;

	*count = (DWORD)found;
	return room < *count ? fail(LINEERR_STRUCTURETOOSMALL, "array", "there are %u %s", *count,
					       what)
			     : 0;
}

static void copy_provider(struct tapix_provider *to, const ProviderStatus *from)
{
	memset(to, 0, sizeof(*to));
	to->permanent_provider_id = from->permanent_provider_id;
	utf8_copy(to->name, sizeof(to->name), from->name);
	utf8_copy(to->path, sizeof(to->path), from->path);
	utf8_copy(to->state, sizeof(to->state), from->state);
	utf8_copy(to->isolation, sizeof(to->isolation), from->isolation);
	if (from->reason)
		reason_from(&to->reason, from->reason, LINEERR_OPERATIONFAILED);
	to->num_lines = from->num_lines;
	to->num_phones = from->num_phones;
	to->pid = from->pid;
	to->restarts = from->restarts;
}

LONG tapixGetProviders(HLINEAPP hLineApp, struct tapix_provider *providers, size_t element_size,
		DWORD *count)
{
	TapixGetProviders request = TAPIX_GET_PROVIDERS__INIT;
	const ProtobufCMessage *answer;
	struct arena arena;
	LONG result = check_array(providers, count);

	if (result)
		return result;
	arena_init(&arena, MESSAGE_MAX);
	result = ask(hLineApp, CALL_TapixGetProviders, &request.base, &arena, &answer);
	if (!result) {
		const TapixGetProvidersReply *reply = (const TapixGetProvidersReply *)answer;

		for (DWORD i = 0; i < *count && i < reply->n_providers; i++) {
			struct tapix_provider p;

			copy_provider(&p, reply->providers[i]);
			give(providers, i, element_size, &p, sizeof(p));
		}
		result = count_them(count, reply->n_providers, "providers");
	}
	arena_fini(&arena);
	return result;
}

static void copy_access(struct tapix_access *to, const AccessRule *from)
{
	memset(to, 0, sizeof(*to));
	utf8_copy(to->who, sizeof(to->who), from->who);
	utf8_copy(to->devices, sizeof(to->devices), from->devices);
	to->role = from->role;
	to->line = from->line;
	to->unknown = from->unknown;
}

/* The three requests and their replies are alike but for the device. */
static LONG ask_access(HLINEAPP app, DWORD type, DWORD id, struct arena *arena,
		const ProtobufCMessage **out)
{
	TapixGetAccess all = TAPIX_GET_ACCESS__INIT;
	TapixGetLineAccess line = TAPIX_GET_LINE_ACCESS__INIT;
	TapixGetPhoneAccess phone = TAPIX_GET_PHONE_ACCESS__INIT;

	line.has_device = phone.has_device = 1;
	line.device = phone.device = id;
	switch (type) {
	case TAPIX_OBJECT_NONE:
		return ask(app, CALL_TapixGetAccess, &all.base, arena, out);
	case TAPIX_OBJECT_LINE:
		return ask(app, CALL_TapixGetLineAccess, &line.base, arena, out);
	case TAPIX_OBJECT_PHONE:
		return ask(app, CALL_TapixGetPhoneAccess, &phone.base, arena, out);
	default:
		return fail(LINEERR_INVALPARAM, "object", "the object is a line, a phone or none");
	}
}

LONG tapixGetAccess(HLINEAPP hLineApp, DWORD dwObjectType, DWORD dwObjectID,
		struct tapix_access *rules, size_t element_size, DWORD *count, DWORD *role)
{
	const ProtobufCMessage *answer;
	struct arena arena;
	LONG result = check_array(rules, count);

	if (result)
		return result;
	arena_init(&arena, MESSAGE_MAX);
	result = ask_access(hLineApp, dwObjectType, dwObjectID, &arena, &answer);
	if (!result) {
		const TapixGetAccessReply *reply = (const TapixGetAccessReply *)answer;

		for (DWORD i = 0; i < *count && i < reply->n_rules; i++) {
			struct tapix_access a;

			copy_access(&a, reply->rules[i]);
			give(rules, i, element_size, &a, sizeof(a));
		}
		if (role)
			*role = reply->role;
		result = count_them(count, reply->n_rules, "rules");
	}
	arena_fini(&arena);
	return result;
}

static void copy_key(struct tapix_key *to, const ProviderKey *from)
{
	memset(to, 0, sizeof(*to));
	utf8_copy(to->key, sizeof(to->key), from->key);
	utf8_copy(to->values, sizeof(to->values), from->values);
	utf8_copy(to->normal, sizeof(to->normal), from->normal);
	utf8_copy(to->help, sizeof(to->help), from->help);
	utf8_copy(to->value, sizeof(to->value), from->value);
	to->type = from->type;
	to->min = from->min;
	to->max = from->max;
	to->source = from->source;
}

LONG tapixGetProviderKeys(HLINEAPP hLineApp, DWORD dwPermanentProviderID, struct tapix_key *keys,
		size_t element_size, DWORD *count)
{
	TapixGetProviderKeys request = TAPIX_GET_PROVIDER_KEYS__INIT;
	const ProtobufCMessage *answer;
	struct arena arena;
	LONG result = check_array(keys, count);

	if (result)
		return result;
	request.has_permanent_provider_id = 1;
	request.permanent_provider_id = dwPermanentProviderID;
	arena_init(&arena, MESSAGE_MAX);
	result = ask(hLineApp, CALL_TapixGetProviderKeys, &request.base, &arena, &answer);
	if (!result) {
		const TapixGetProviderKeysReply *reply = (const TapixGetProviderKeysReply *)answer;

		for (DWORD i = 0; i < *count && i < reply->n_keys; i++) {
			struct tapix_key k;

			copy_key(&k, reply->keys[i]);
			give(keys, i, element_size, &k, sizeof(k));
		}
		result = count_them(count, reply->n_keys, "keys");
	}
	arena_fini(&arena);
	return result;
}

static LONG fill_settings(TapixSetProviderKeys *request, const struct tapix_setting *settings,
		DWORD count, struct arena *arena)
{
	KeyValue *pairs = arena_alloc(arena, count * sizeof(*pairs) + 1);

	request->keys = arena_alloc(arena, count * sizeof(*request->keys) + 1);
	if (!pairs || !request->keys)
		return fail(LINEERR_NOMEM, "ENOMEM", "no memory for a request");
	for (DWORD i = 0; i < count; i++) {
		if (!settings[i].key)
			return fail(LINEERR_INVALPOINTER, "NULL", "a key is NULL");
		key_value__init(&pairs[i]);
		pairs[i].key = (char *)(uintptr_t)settings[i].key;
		pairs[i].value = (char *)(uintptr_t)settings[i].value;
		request->keys[request->n_keys++] = &pairs[i];
	}
	return 0;
}

LONG tapixSetProviderKeys(HLINEAPP hLineApp, DWORD dwPermanentProviderID,
		const struct tapix_setting *settings, DWORD count, DWORD *effect)
{
	TapixSetProviderKeys request = TAPIX_SET_PROVIDER_KEYS__INIT;
	const ProtobufCMessage *answer;
	struct arena arena;
	LONG result;

	if (!settings)
		return fail(LINEERR_INVALPOINTER, "NULL", "settings is NULL");
	request.has_permanent_provider_id = 1;
	request.permanent_provider_id = dwPermanentProviderID;
	arena_init(&arena, MESSAGE_MAX);
	result = fill_settings(&request, settings, count, &arena);
	if (!result)
		result = ask(hLineApp, CALL_TapixSetProviderKeys, &request.base, &arena, &answer);
	if (!result && effect)
		*effect = ((const TapixSetProviderKeysReply *)answer)->effect;
	arena_fini(&arena);
	return result;
}

LONG tapixRestartProvider(HLINEAPP hLineApp, DWORD dwPermanentProviderID)
{
	return CALL(TapixRestartProvider, APP(hLineApp), dwPermanentProviderID);
}

LONG tapixProviderDialog(HLINEAPP hLineApp, DWORD dwObjectType, DWORD dwObjectID, void *params,
		DWORD size)
{
	return CALL(TapixProviderDialog, APP(hLineApp), dwObjectType, dwObjectID, params, size);
}
