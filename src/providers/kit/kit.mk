# kit: what every TSP needs, without state of its own.
kit_SRCS := $(addprefix src/providers/kit/, control.c digit.c figures.c gather.c generate.c kind.c \
	listen.c msp.c outbox.c timer.c tones.c varpart.c why.c)
# TSPI entries and what they stand on, of providers that define its hooks.
tsp_tones_SRCS := $(addprefix src/providers/kit/, tsp_tones.c tsp_digits.c)
