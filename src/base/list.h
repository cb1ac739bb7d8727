// SPDX-License-Identifier: MIT
/* list.h - an intrusive doubly linked ring; the head is a link of its own. */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list {
	struct list *next, *prev;
};

#define LIST_INIT(name)                                                                            \
	{                                                                                          \
		&(name), &(name)                                                                   \
	}
#define list_entry(link, type, member) ((type *)(void *)((char *)(link)-offsetof(type, member)))
#define list_for(pos, head)            for (struct list *pos = (head)->next; pos != (head); pos = pos->next)
/* As list_for, and pos may be removed and freed inside the loop. */
#define list_for_safe(pos, head)                                                                   \
	for (struct list *pos = (head)->next, *pos##_next = pos->next; pos != (head);              \
			pos = pos##_next, pos##_next = pos->next)

static inline void list_init(struct list *l)
{
	l->next = l->prev = l;
}

static inline bool list_empty(const struct list *l)
{
	return l->next == l;
}

static inline void list_append(struct list *head, struct list *l)
{
	l->prev = head->prev;
	l->next = head;
	head->prev->next = l;
	head->prev = l;
}

static inline void list_prepend(struct list *head, struct list *l)
{
	list_append(head->next, l);
}

static inline size_t list_count(const struct list *head)
{
	size_t count = 0;

	for (const struct list *l = head->next; l != head; l = l->next)
		count++;
	return count;
}

/* All of from goes to the end of to. */
static inline void list_move(struct list *to, struct list *from)
{
	if (list_empty(from))
		return;
	from->next->prev = to->prev;
	to->prev->next = from->next;
	from->prev->next = to;
	to->prev = from->prev;
	list_init(from);
}

/* The link points to itself afterwards, so removing twice is harmless. */
static inline void list_remove(struct list *l)
{
	l->prev->next = l->next;
	l->next->prev = l->prev;
	list_init(l);
}

#endif
