# The parts of the SIP provider that know no stack: configuration, and texts in, values out.
# tests/sip/test_sip_parts links them by themselves.
sip_parts_SRCS := $(addprefix src/providers/sip/, bodies.c cause.c config.c config_compare.c \
	config_value.c dial.c forward.c pace.c parties.c secret.c text.c uui.c)
