// SPDX-License-Identifier: MIT
/* board.c - which scene is of what kind, and what its lines are. */
#include "board.h"

struct board *board;

void board_new(unsigned scenes, unsigned callers, unsigned callees)
{
	board = shared_new(sizeof(*board));
	expect(scenes <= SCENES_MAX);
	board->scenes = scenes;
	board->callers = callers;
	board->callees = callees;
}

enum kind scene_kind(unsigned scene)
{
	static const enum kind kinds[] = { TALKING, HELD, RINGING, CONFERENCE, TALKING, DIALLING,
		CONSULTING, RINGING, HELD, TALKING };

	return kinds[scene % (sizeof(kinds) / sizeof(kinds[0]))];
}

unsigned scene_calls(enum kind kind)
{
	return kind == CONFERENCE || kind == CONSULTING ? 2 : 1;
}

/* The same in all processes: from the seed, the round and the scene (splitmix64). */
enum mood scene_mood(unsigned scene)
{
	uint64_t z;

	if (scene >= board->scenes)
		return scene == SCENES_MAX ? RESTLESS : MORTAL;
	z = effort.seed + (board->round + 1) * 0x9e3779b97f4a7c15U + scene;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return (enum mood)((z >> 33) % 3);
}

DWORD scene_device(unsigned scene, unsigned place)
{
	return scene * PLACES + place;
}

const char *scene_number(unsigned scene, unsigned place)
{
	static char text[4][16];
	static unsigned turn;

	turn = (turn + 1) % 4;
	(void)snprintf(text[turn], sizeof(text[turn]), "%u", 1000 + scene_device(scene, place));
	return text[turn];
}

bool is_over(DWORD state)
{
	return (state & (LINECALLSTATE_IDLE | LINECALLSTATE_DISCONNECTED)) != 0;
}

bool is_held(DWORD state)
{
	return (state & (LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER |
					LINECALLSTATE_ONHOLDPENDCONF)) != 0;
}

bool is_dialling(DWORD state)
{
	return (state & (LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING | LINECALLSTATE_PROCEEDING |
					LINECALLSTATE_RINGBACK)) != 0;
}
