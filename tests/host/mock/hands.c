// SPDX-License-Identifier: MIT
/* hands.c - what the test does with the mock TSP, on the test's thread: it is foreign to the host.
 */
#include "mock_state.h"

static HTAPICALL mock_ring(void)
{
	struct mock_call *c = mock_call_new(&m.lines[0], 0);

	if (!c)
		return 0;
	m.lines[0].event(m.lines[0].ht, 0, LINE_NEWCALL, (DWORD_PTR)c, (DWORD_PTR)&c->ht, 0);
	return c->ht;
}

static void mock_state(DWORD state, DWORD mode, DWORD media)
{
	m.newest->media = media;
	mock_set_state(m.newest, state, mode);
}

static void mock_event(int with_call, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	struct mock_line *l = m.newest ? m.newest->line : &m.lines[0];

	l->event(l->ht, with_call ? m.newest->ht : 0, msg, p1, p2, p3);
}

static uint32_t mock_handle(int kind, uint32_t own)
{
	return kind == MOCK_OWN ? own : kind == MOCK_FOREIGN ? own + 1000 : 0;
}

static void mock_event_on(int line, int call, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	struct mock_line *l = m.newest->line;

	l->event(mock_handle(line, (uint32_t)l->ht), mock_handle(call, (uint32_t)m.newest->ht), msg,
			p1, p2, p3);
}

static void mock_create(DWORD_PTR temp_id)
{
	m.create_proc(0, 0, LINE_CREATE, m.provider, temp_id, 0);
}

static void mock_remove(DWORD device)
{
	m.create_proc(0, 0, LINE_REMOVE, device, 0, 0);
}

static void mock_phone_event(DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	m.phone.event(m.phone.ht, msg, p1, p2, p3);
}

static void mock_phone_create(DWORD msg, DWORD_PTR p1, DWORD_PTR p2)
{
	m.phone.create_proc(0, msg, msg == PHONE_CREATE ? m.provider : p1, p2, 0);
}

static unsigned mock_phones(void)
{
	return (unsigned)m.phone.open;
}

static void mock_late(LONG result)
{
	m.complete(m.never, result);
}

static void mock_release(void)
{
	pthread_mutex_lock(&m.lock);
	m.is_released = 1;
	pthread_cond_broadcast(&m.changed);
	pthread_mutex_unlock(&m.lock);
}

static void mock_wait_hanging(void)
{
	pthread_mutex_lock(&m.lock);
	while (!m.is_hanging)
		pthread_cond_wait(&m.changed, &m.lock);
	pthread_mutex_unlock(&m.lock);
}

static void mock_reason(const char *cause, const char *sentence)
{
	m.say(cause, sentence);
}

static void mock_fatten(unsigned size)
{
	m.fat = size;
}

static unsigned mock_looks(void)
{
	return m.looks;
}

static unsigned mock_calls(void)
{
	unsigned n = 0;

	pthread_mutex_lock(&m.lock);
	for (int i = 0; i < CALLS; i++)
		n += m.calls[i].used ? 1u : 0u;
	pthread_mutex_unlock(&m.lock);
	return n;
}

static unsigned mock_lines(void)
{
	return (m.lines[0].open ? 1u : 0u) + (m.lines[1].open ? 1u : 0u);
}

static unsigned mock_running(void)
{
	return m.running;
}

static unsigned mock_dropped(void)
{
	return m.drops;
}

static DWORD mock_last_tag(void)
{
	return m.last_tag;
}

static char *mock_gather_buffer(void)
{
	return m.gather;
}

static const char *mock_received(DWORD *size, HDRVCALL *call, HDRVMSPLINE *msp)
{
	*size = m.received.size;
	*call = m.received.call;
	*msp = m.received.msp;
	return m.received.data;
}

static HTAPIMSPLINE mock_msp(void)
{
	return m.msp_line;
}

static const char *mock_keys(void)
{
	return m.keys;
}

static unsigned mock_configured(void)
{
	return m.configured;
}

static void mock_out_of_service(int yes)
{
	m.is_out_of_service = yes;
}

static void mock_batch(int begins)
{
	m.batch((DWORD)begins);
}

static const struct mock_api api = {
	.ring = mock_ring,
	.state = mock_state,
	.event = mock_event,
	.event_on = mock_event_on,
	.create = mock_create,
	.remove = mock_remove,
	.phone_event = mock_phone_event,
	.phone_create = mock_phone_create,
	.phones = mock_phones,
	.late = mock_late,
	.release = mock_release,
	.wait_hanging = mock_wait_hanging,
	.reason = mock_reason,
	.batch = mock_batch,
	.looks = mock_looks,
	.fatten = mock_fatten,
	.calls = mock_calls,
	.lines = mock_lines,
	.running = mock_running,
	.dropped = mock_dropped,
	.last_tag = mock_last_tag,
	.gather_buffer = mock_gather_buffer,
	.received = mock_received,
	.msp = mock_msp,
	.out_of_service = mock_out_of_service,
	.keys = mock_keys,
	.configured = mock_configured,
};

const struct mock_api *mock_api(void)
{
	return &api;
}
