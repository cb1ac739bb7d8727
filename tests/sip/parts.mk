# The parts of the SIP provider that know no stack, by themselves.
test_sip_parts_SRCS := $(addprefix tests/sip/, test_parts.c test_bodies.c test_cause.c \
	test_config.c test_dial.c test_forward.c test_parties.c)
$(eval $(call test_oom,test_sip_parts,$(call obj,$(test_sip_parts_SRCS) $(sip_parts_SRCS) $(kit_SRCS) \
	$(rtpmsg_SRCS)) $$(base_A),))
