// SPDX-License-Identifier: MIT
/* inbox_procs.c - TAPI's procedures carry no context of the caller's, and LINE_CREATE and
 * LINE_REMOVE not even a handle; so each inbox has small functions of its own. */
#include "tsphost/inbox_procs.h"

/* clang-format off */
#define EACH_INBOX(X) \
	X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) \
	X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31)
/* clang-format on */

#define PROCEDURES(n)                                                                              \
	static void CALLBACK completion_##n(DRV_REQUESTID id, LONG result)                         \
	{                                                                                          \
		inbox_completion(n, id, result);                                                   \
	}                                                                                          \
	static void CALLBACK batch_##n(DWORD begins)                                               \
	{                                                                                          \
		inbox_batch(n, begins != 0);                                                       \
	}                                                                                          \
	static void CALLBACK line_##n(HTAPILINE line, HTAPICALL call, DWORD msg, DWORD_PTR p1,     \
			DWORD_PTR p2, DWORD_PTR p3)                                                \
	{                                                                                          \
		inbox_line_event(n, line, call, msg, (const DWORD_PTR[]){ p1, p2, p3 });           \
	}                                                                                          \
	static void CALLBACK phone_##n(HTAPIPHONE phone, DWORD msg, DWORD_PTR p1, DWORD_PTR p2,    \
			DWORD_PTR p3)                                                              \
	{                                                                                          \
		inbox_phone_event(n, phone, msg, (const DWORD_PTR[]){ p1, p2, p3 });               \
	}
EACH_INBOX(PROCEDURES)

const struct inbox_procs inbox_procs_list[INBOX_MAX] = {
#define ROW(n) { completion_##n, batch_##n, line_##n, phone_##n },
	EACH_INBOX(ROW)
#undef ROW
};
