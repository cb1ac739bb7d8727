// SPDX-License-Identifier: MIT
/* phone_display.c - two rows of twenty characters. A form feed blanks the display, a new line goes
 * to the beginning of the next row. */
#include "phone.h"

#include "exchange.h"
#include "extension.h"

#include "providers/kit/varpart.h"

#include <stdio.h>
#include <string.h>

LONG phone_get_display(const struct phone *p, VARSTRING *out)
{
	struct varpart v;

	if (varpart_begin(&v, out, sizeof(*out)))
		return PHONEERR_STRUCTURETOOSMALL;
	out->dwStringFormat = STRINGFORMAT_ASCII;
	varpart_add_text(&v, &out->dwStringSize, &out->dwStringOffset, p->display);
	return varpart_end(&v);
}

static bool is_shown(char c)
{
	return (c >= ' ' && c <= '~') || c == '\n' || c == '\f';
}

/* What does not fit is cut, as TAPI wants it. */
static void write_at(char *cells, DWORD cell, const char *text, DWORD size)
{
	for (DWORD i = 0; i < size; i++) {
		if (text[i] == '\f') {
			memset(cells, ' ', PHONE_CELLS);
			cell = 0;
		} else if (text[i] == '\n') {
			cell = (cell / PHONE_COLUMNS + 1) * PHONE_COLUMNS;
		} else if (cell < PHONE_CELLS) {
			cells[cell++] = text[i];
		}
	}
}

static void change(struct phone *p, const char cells[PHONE_CELLS])
{
	if (memcmp(p->display, cells, PHONE_CELLS) == 0)
		return;
	memcpy(p->display, cells, PHONE_CELLS);
	phone_tell_state(p, PHONESTATE_DISPLAY, 0);
}

LONG phone_set_display(struct phone *p, DRV_REQUESTID id, DWORD row, DWORD column, const char *text,
		DWORD size)
{
	char cells[PHONE_CELLS];
	LONG err = phone_check(p);

	if (err)
		return err;
	if (row >= PHONE_ROWS || column >= PHONE_COLUMNS)
		return exchange_fail(PHONEERR_INVALPARAM, "position",
				"the display has %u rows of %u columns, counted from 0", PHONE_ROWS,
				PHONE_COLUMNS);
	if (size && !text)
		return PHONEERR_INVALPOINTER;
	while (size && text[size - 1] == '\0')
		size--;
	for (DWORD i = 0; i < size; i++)
		if (!is_shown(text[i]))
			return exchange_fail(PHONEERR_INVALPARAM, "text",
					"the display shows ASCII characters only");
	memcpy(cells, p->display, sizeof(cells));
	write_at(cells, row * PHONE_COLUMNS + column, text, size);
	(void)phone_done(id);
	p->shows_line = false;
	change(p, cells);
	return (LONG)id;
}

void phone_show(struct phone *p, const char *text)
{
	char cells[PHONE_CELLS + 1];

	(void)snprintf(cells, sizeof(cells), "%-*.*s", (int)PHONE_COLUMNS, (int)PHONE_COLUMNS,
			text);
	memcpy(cells + PHONE_COLUMNS, p->display + PHONE_COLUMNS, PHONE_CELLS - PHONE_COLUMNS);
	for (DWORD i = 0; i < PHONE_COLUMNS; i++)
		if (!is_shown(cells[i]))
			cells[i] = '?';
	change(p, cells);
}
