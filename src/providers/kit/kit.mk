# kit: what every TSP needs, without state of its own.
kit_SRCS := $(addprefix src/providers/kit/, digit.c figures.c outbox.c timer.c varpart.c why.c)
