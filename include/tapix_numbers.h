/* SPDX-License-Identifier: MIT */
/**
 * tapix_numbers.h - what tapisrvd adds to the dialling rules of TAPI: locations, their area code rules and
 * calling cards can be edited, and a translation can explain itself. The rules are in tapi-numbers(7).
 *
 * Everything here belongs to the user of the program; each user has his own. Whatever changes is
 * kept by the daemon, and programs with an open line hear LINEDEVSTATE_TRANSLATECHANGE.
 *
 * hLineApp may be 0, also in a program that has not called lineInitializeEx. Arrays are the
 * caller's: *count elements of element_size bytes (the size that the caller knows; the structs may
 * grow); *count becomes the number there is. LINEERR_STRUCTURETOOSMALL: it was larger than the
 * array, whose elements are filled in.
 */
#ifndef TAPIX_NUMBERS_H
#define TAPIX_NUMBERS_H

#include <stddef.h>
#include <tapi.h>

#ifdef __cplusplus
extern "C" {
#endif

/* As an id: a new one is made; the current location. */
#define TAPIX_NEW              0xFFFFFFFFu
#define TAPIX_CURRENT_LOCATION 0xFFFFFFFFu

/**
 * Where one dials from. Dialling texts (access codes, cancel_call_waiting) hold 0-9 A-D * # , ! W P T
 * @ $ and the like, nothing else; codes hold digits. Empty: none.
 */
struct tapix_location {
	DWORD permanent_location_id;
	DWORD country_id;   /* of lineGetCountry; 0: none, numbers are then dialled as +E.164 */
	DWORD country_code; /* given, not taken: it follows from the country */
	DWORD preferred_card_id; /* 0: direct dial */
	DWORD options;           /* LINELOCATIONOPTION_ */
	char  name[64];
	char  area_code[16];
	char  local_access[32];         /* dialled first for local calls, */
	char  long_distance_access[32]; /* for long distance ones, */
	char  international_access[32]; /* for international ones; empty: as long distance */
	char  long_distance_carrier[16]; /* for L and N of a rule */
	char  international_carrier[16]; /* for M and S */
	char  cancel_call_waiting[32];
	char  toll_prefixes[1024]; /* "425,555": as in LINELOCATIONENTRY */
};

/**
 * How numbers of an area code in the location's country are dialled, all or some of them. The rule
 * with the longest prefix goes first, then one for the whole area code.
 */
struct tapix_area_rule {
	char  area_code[16];
	char  prefixes[256];     /* "555,556": subscriber numbers that begin so; empty: all */
	char  dial[16];          /* dialled before the number, which makes it long distance; empty: a local call */
	DWORD include_area_code; /* 1: the area code is dialled too */
};

/** A calling card. Rules have the letters of tapi-numbers(7); an empty one: such calls go direct. */
struct tapix_card {
	DWORD permanent_card_id;
	DWORD options;       /* LINECARDOPTION_ */
	DWORD number_digits; /* given, not taken */
	char  name[64];
	char  number[32]; /* H. Never given; taken: empty leaves it as it is, "-" removes it */
	char  pin[16];    /* K. The same */
	char  local_access[32]; /* J, by the kind of call */
	char  long_distance_access[32];
	char  international_access[32];
	char  same_area_rule[64];
	char  long_distance_rule[64];
	char  international_rule[64];
};

/**
 * All locations of the user. current: the id of the current one; may be NULL.
 *
 * Errors: LINEERR_STRUCTURETOOSMALL, see above.
 */
TAPI_EXPORT LONG tapixGetLocations(HLINEAPP hLineApp, struct tapix_location *locations,
	size_t element_size, DWORD *count, DWORD *current);

/**
 * Changes a location, or makes one (permanent_location_id is TAPIX_NEW). All members count; its area
 * rules stay. id: which one it is; may be NULL.
 *
 * Units:  size is sizeof(*location).
 * Errors: LINEERR_INVALLOCATION no such location; LINEERR_INVALCOUNTRYCODE; LINEERR_INVALCARD;
 *         LINEERR_INVALPARAM a member has what it must not have, or the name is taken (the reason says which);
 *         LINEERR_RESOURCEUNAVAIL there are too many.
 */
TAPI_EXPORT LONG tapixSetLocation(HLINEAPP hLineApp, const struct tapix_location *location,
	size_t size, DWORD *id);

/**
 * Removes a location. Its id is not given again.
 *
 * Errors: LINEERR_INVALLOCATION no such one; LINEERR_INUSE it is the current one.
 */
TAPI_EXPORT LONG tapixRemoveLocation(HLINEAPP hLineApp, DWORD location);

/**
 * The area code rules of a location, in the order they were set.
 *
 * Errors: LINEERR_INVALLOCATION; LINEERR_STRUCTURETOOSMALL, see above.
 */
TAPI_EXPORT LONG tapixGetAreaRules(HLINEAPP hLineApp, DWORD location, struct tapix_area_rule *rules,
	size_t element_size, DWORD *count);

/**
 * Replaces all area code rules of a location.
 *
 * Errors: LINEERR_INVALLOCATION; LINEERR_INVALPARAM a member has what it must not have, or two rules are for the same
 *         area code and prefix; LINEERR_RESOURCEUNAVAIL there are too many.
 */
TAPI_EXPORT LONG tapixSetAreaRules(HLINEAPP hLineApp, DWORD location,
	const struct tapix_area_rule *rules, size_t element_size, DWORD count);

/**
 * All calling cards of the user, hidden ones too, without their numbers.
 *
 * Errors: LINEERR_STRUCTURETOOSMALL, see above.
 */
TAPI_EXPORT LONG tapixGetCards(HLINEAPP hLineApp, struct tapix_card *cards, size_t element_size,
	DWORD *count);

/**
 * Changes a card, or makes one (permanent_card_id is TAPIX_NEW). id: which one it is; may be NULL.
 *
 * Units:  size is sizeof(*card).
 * Errors: LINEERR_INVALCARD no such one, or card 0, direct dial, which stays as it is; LINEERR_INVALPARAM a
 *         member has what it must not have, or the name is taken; LINEERR_RESOURCEUNAVAIL there are too many.
 */
TAPI_EXPORT LONG tapixSetCard(HLINEAPP hLineApp, const struct tapix_card *card, size_t size,
	DWORD *id);

/**
 * Removes a card. Its id is not given again.
 *
 * Errors: LINEERR_INVALCARD no such one, or card 0; LINEERR_INUSE a location prefers it.
 */
TAPI_EXPORT LONG tapixRemoveCard(HLINEAPP hLineApp, DWORD card);

/**
 * lineTranslateAddress as from any location, and what led to its result: one line for each rule that was
 * applied, in order, "rule: what it did", in the words of tapi-numbers(7).
 *
 * dwLocation: a permanent id, or TAPIX_CURRENT_LOCATION.
 * lpSteps:    the lines as text, with a NUL.
 * Errors:     those of lineTranslateAddress; LINEERR_INVALLOCATION.
 */
TAPI_EXPORT LONG tapixTranslateAddress(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
	LPCSTR lpszAddressIn, DWORD dwLocation, DWORD dwCard, DWORD dwTranslateOptions,
	LPLINETRANSLATEOUTPUT lpTranslateOutput, LPVARSTRING lpSteps);

#ifdef __cplusplus
}
#endif

#endif
