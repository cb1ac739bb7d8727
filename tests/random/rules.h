// SPDX-License-Identifier: MIT
/* rules.h - the names of the checker's rules. */
#ifndef TESTS_RANDOM_RULES_H
#define TESTS_RANDOM_RULES_H

#define CHECKER_RULES(R)                                                                           \
	R(request_id, "a request id is positive and not one that still waits")                     \
	R(reply_unknown, "a reply answers a request")                                              \
	R(reply_twice, "a request has one reply")                                                  \
	R(reply_missing, "a request has a reply")                                                  \
	R(reply_value, "a reply is 0 or an error")                                                 \
	R(new_handle, "a reply that makes a call names it")                                        \
	R(handle_reused, "a handle that is alive is not given again")                              \
	R(event_first, "no event on a handle before it was given")                                 \
	R(event_late, "no event on a handle that was freed")                                       \
	R(line_unknown, "no event on a line that was not opened")                                  \
	R(line_closed, "no event on a line that is closed")                                        \
	R(state_bits, "one state bit a message")                                                   \
	R(state_idle, "IDLE is final")                                                             \
	R(state_privilege, "the third parameter is 0, MONITOR or OWNER")                           \
	R(new_call_held, "LINE_APPNEWCALL gives a new handle")                                     \
	R(new_call_privilege, "LINE_APPNEWCALL gives one privilege")                               \
	R(new_call_alone, "LINE_CALLSTATE follows LINE_APPNEWCALL at once")                        \
	R(masked, "what is masked does not come")                                                  \
	R(info_bits, "LINE_CALLINFO says what changed")                                            \
	R(info_idle, "no news of owners and monitors once a call is IDLE")                         \
	R(conference, "CONFERENCED names a call of the application, or none")                      \
	R(generate, "one LINE_GENERATE for each that began")                                       \
	R(gather, "one LINE_GATHERDIGITS for each that began")                                     \
	R(sizes, "used is at most needed and at most total")                                       \
	R(owners, "the number of owners is that of those who own it")                              \
	R(monitors, "the number of monitors is that of those who monitor it")                      \
	R(state_differs, "the status has the state of the last message")                           \
	R(privilege_differs, "the status has the privilege that was given")                        \
	R(features, "a monitor is offered nothing that an owner does")                             \
	R(hub, "who is connected is in a hub: its call has an id")

#endif
