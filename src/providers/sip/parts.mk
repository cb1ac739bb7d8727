# The parts of the SIP provider that know no stack: configuration, and texts in, values out.
# tests/sip/test_parts links them by themselves.
sip_parts_SRCS := $(addprefix src/providers/sip/, config.c config_compare.c config_value.c secret.c)
